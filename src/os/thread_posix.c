/* os/thread_posix.c: mutexes and condition variables (POSIX). */
#include "os/os.h"

#ifndef SURREAL_NO_THREADS

/* Apple has no pthread_condattr_setclock: there conditions know the wall
 * clock only. Its wait turns the deadline into a span before it sleeps, so a
 * clock that is set meanwhile does not matter. */
#ifdef __APPLE__
#define SRL_COND_CLOCK CLOCK_REALTIME
#else
#define SRL_COND_CLOCK CLOCK_MONOTONIC
#endif

SRL_FN bool
srl_mutex_init(srl_mutex *mutex)
{
    return pthread_mutex_init(&mutex->os, NULL) == 0;
}

SRL_FN void
srl_mutex_free(srl_mutex *mutex)
{
    pthread_mutex_destroy(&mutex->os);
}

SRL_FN void
srl_mutex_lock(srl_mutex *mutex)
{
    int failed = pthread_mutex_lock(&mutex->os);

    SURREAL_ASSERT(!failed);
    (void)failed;
}

SRL_FN void
srl_mutex_unlock(srl_mutex *mutex)
{
    int failed = pthread_mutex_unlock(&mutex->os);

    SURREAL_ASSERT(!failed);
    (void)failed;
}

SRL_FN bool
srl_cond_init(srl_cond *cond)
{
    pthread_condattr_t how;
    int failed = pthread_condattr_init(&how);

    if (failed) return false;
#ifndef __APPLE__
    failed = pthread_condattr_setclock(&how, SRL_COND_CLOCK);
#endif
    if (!failed) failed = pthread_cond_init(&cond->os, &how);
    pthread_condattr_destroy(&how);
    return !failed;
}

SRL_FN void
srl_cond_free(srl_cond *cond)
{
    pthread_cond_destroy(&cond->os);
}

SRL_FN void
srl_cond_signal(srl_cond *cond)
{
    pthread_cond_signal(&cond->os);
}

SRL_FN void
srl_cond_wait(srl_cond *cond, srl_mutex *mutex, int64_t deadline_ms)
{
    struct timespec at;
    int64_t left;

    if (deadline_ms == INT64_MAX) {
        pthread_cond_wait(&cond->os, &mutex->os);
        return;
    }
    left = deadline_ms - srl_os_now_ms();
    if (left <= 0) return;
    /* An hour at a time: callers look at the clock anyway, and no deadline
     * of theirs can be too far for a time_t then. */
    if (left > 3600000) left = 3600000;
    clock_gettime(SRL_COND_CLOCK, &at);
    at.tv_sec += (time_t)(left / 1000);
    at.tv_nsec += (long)(left % 1000) * 1000000;
    if (at.tv_nsec >= 1000000000) {
        at.tv_sec++;
        at.tv_nsec -= 1000000000;
    }
    pthread_cond_timedwait(&cond->os, &mutex->os, &at);
}

#endif
