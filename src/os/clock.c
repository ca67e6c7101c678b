/* os/clock.c: time. */
#include "os/os.h"

SRL_FN int64_t
srl_os_now_ms(void)
{
    struct timespec now;

    /* Cannot fail for this clock with a valid pointer (POSIX). */
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

SRL_FN int64_t
srl_os_deadline(int timeout_ms)
{
    return timeout_ms < 0 ? INT64_MAX : srl_os_now_ms() + timeout_ms;
}

SRL_FN int64_t
srl_os_unix_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}
