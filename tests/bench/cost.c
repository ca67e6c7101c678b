/* tests/bench/cost.c: what a command costs.
 *
 *   cc -O2 tests/bench/cost.c -o build/bench/cost
 *   build/bench/cost ROUNDS COMMAND [ARG...]
 *
 * Runs it so many times and prints the medians of CPU ms (user and system),
 * wall ms, and the highest peak of resident KiB. Exits with what the command
 * did when that is not 0. */
#define _DEFAULT_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#define MOST 99

static double
ms_of(struct timeval at)
{
    return (double)at.tv_sec * 1e3 + (double)at.tv_usec / 1e3;
}

static int
compare(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;

    return x < y ? -1 : x > y;
}

static double
median(double *v, int n)
{
    qsort(v, (size_t)n, sizeof *v, compare);
    return v[n / 2];
}

int
main(int argc, char **argv)
{
    double cpu[MOST];
    double wall[MOST];
    long peak = 0;
    int rounds = argc > 2 ? (int)strtol(argv[1], NULL, 10) : 0;
    int i;

    if (rounds < 1 || rounds > MOST) return 2;
    for (i = 0; i < rounds; i++) {
        struct timeval from;
        struct timeval to;
        struct rusage used;
        int status;
        pid_t pid;

        gettimeofday(&from, NULL);
        pid = fork();
        if (pid == 0) {
            dup2(2, 1); /* our output is figures */
            execvp(argv[2], argv + 2);
            _exit(127);
        }
        if (pid < 0 || wait4(pid, &status, 0, &used) != pid) return 1;
        gettimeofday(&to, NULL);
        if (!WIFEXITED(status)) return 1;
        if (WEXITSTATUS(status)) return WEXITSTATUS(status);
        cpu[i] = ms_of(used.ru_utime) + ms_of(used.ru_stime);
        wall[i] = ms_of(to) - ms_of(from);
        if (used.ru_maxrss > peak) peak = used.ru_maxrss;
    }
    printf("%.1f %.1f %ld\n", median(cpu, rounds), median(wall, rounds), peak);
    return 0;
}
