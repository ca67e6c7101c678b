/* surrealgen/migrate/interrupt.c: Ctrl-C while migrations run.
 *
 * A transaction that was sent is done or not, and to leave before its answer
 * would only mean not to know. So the first signal stops the run behind what
 * is under way, with the lock given back and everything written down; the
 * second one ends the program at once, which the next run puts up with too. */
#define _POSIX_C_SOURCE 200809L /* write */
#include "migrate.h"

#include <signal.h>
#if !defined(_WIN32)
#include <unistd.h>
#endif

static volatile sig_atomic_t came;

static void on_signal(int number)
{
#if !defined(_WIN32)
    static const char note[] = "surrealgen: stopping behind the transaction "
                               "under way; once more ends at once\n";
    if (write(2, note, sizeof note - 1) < 0) came = 1;
#endif
    came = 1;
    signal(number, SIG_DFL);
}

static void watch(int number)
{
    /* Ignored for a program in the background: that stays so. */
    if (signal(number, on_signal) == SIG_IGN) signal(number, SIG_IGN);
}

void mig_watch_interrupts(void)
{
    watch(SIGINT);
    watch(SIGTERM);
}

bool mig_is_interrupted(void)
{
    return came != 0;
}
