/* os/process.c: who this program is. */
#include "os/os.h"

#include <signal.h>

SRL_FN void
srl_os_host(char *out, size_t cap)
{
    if (gethostname(out, cap)) snprintf(out, cap, "?");
    out[cap - 1] = '\0';
}

SRL_FN int64_t
srl_os_pid(void)
{
    return (int64_t)getpid();
}

SRL_FN bool
srl_os_pid_lives(int64_t pid)
{
    return pid > 0 && (kill((pid_t)pid, 0) == 0 || errno != ESRCH);
}
