/* tests/bench/bench.h: clocks and medians of the benches. */
#ifndef BENCH_H
#define BENCH_H
#include <stdlib.h>
#include <time.h>

static inline double
bench_seconds(clockid_t clock)
{
    struct timespec t;

    clock_gettime(clock, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* CPU time of the calling thread, and time as it passes. */
static inline double
bench_spent_s(void)
{
    return bench_seconds(CLOCK_THREAD_CPUTIME_ID);
}

static inline double
bench_wall_s(void)
{
    return bench_seconds(CLOCK_MONOTONIC);
}

static inline int
bench_order(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;

    return (x > y) - (x < y);
}

/* Sorts them. */
static inline double
bench_median(double *values, size_t count)
{
    qsort(values, count, sizeof *values, bench_order);
    return values[count / 2];
}

#endif
