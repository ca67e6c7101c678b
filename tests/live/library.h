/* tests/live/library.h: surreal.h for the tests against a real server.
 *
 * make compiles the library once and links it to all of them (LIVE_LINKED):
 * with sanitizers it takes half a minute. A test that looks inside it
 * (LIVE_INSIDE), or is compiled by hand, has its own. */
#ifndef LIBRARY_H
#define LIBRARY_H
#if defined(LIVE_LINKED) && !defined(LIVE_INSIDE)
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L
#endif
#else
#define SURREAL_IMPLEMENTATION
#endif
#include "surreal.h"

#include <time.h>

/* Milliseconds of a clock that nobody sets. */
static inline int64_t
live_now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

#endif
