/* cc -O2 -I. -o build/bench_mask tests/bench/bench_mask.c && build/bench_mask
 *
 * Masking of client frames: srl_ws_mask (copy and mask, and in place) against
 * a loop over bytes and against memcpy, in GB/s. Every number is the median
 * of RUNS runs; the contenders take turns within each run, so that a slow
 * moment of the machine meets all of them. The last column is the ratio to
 * memcpy, which says more than GB/s on a busy machine.
 *
 * An argument is the ratio to the byte loop that 16 KiB must reach, for use
 * as a gate: build/bench_mask 4. */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"
#include "tests/bench/bench.h"
#include <stdio.h>
#include <stdlib.h>

#define RUNS 15
#define RUN_BYTES ((size_t)24 << 20)
#define MAX_LEN ((size_t)256 << 10)

static uint8_t bench_in[MAX_LEN + 64];
static uint8_t bench_out[MAX_LEN + 64];

/* Compilers must take each call for one that may do anything. */
typedef void bench_fn(uint8_t *dst, const uint8_t *src, size_t len,
                      const uint8_t key[4]);

static void
bench_word(uint8_t *dst, const uint8_t *src, size_t len, const uint8_t key[4])
{
    srl_ws_mask(dst, src, len, key, 0);
}

static void
bench_place(uint8_t *dst, const uint8_t *src, size_t len,
            const uint8_t key[4])
{
    (void)src;
    srl_ws_mask(dst, dst, len, key, 0);
}

static void
bench_byte(uint8_t *dst, const uint8_t *src, size_t len, const uint8_t key[4])
{
    size_t i;

    for (i = 0; i < len; i++) {
        dst[i] = (uint8_t)(src[i] ^ key[i & 3]);
    }
}

static void
bench_copy(uint8_t *dst, const uint8_t *src, size_t len, const uint8_t key[4])
{
    (void)key;
    memcpy(dst, src, len);
}

static bench_fn *volatile bench_fns[] = {bench_word, bench_place, bench_byte,
                                         bench_copy};
static const char *const bench_names[] = {"mask", "in place", "byte loop",
                                          "memcpy"};

enum { FNS = 4 };

/* GB/s of one run. */
static double
bench_run(bench_fn *fn, size_t len)
{
    static const uint8_t key[4] = {0x37, 0xfa, 0x21, 0x3d};
    size_t rounds = RUN_BYTES / len;
    double start = bench_wall_s();
    size_t i;

    for (i = 0; i < rounds; i++) {
        fn(bench_out, bench_in, len, key);
    }
    return (double)(rounds * len) / (bench_wall_s() - start) * 1e-9;
}

int
main(int argc, char **argv)
{
    static const size_t lens[] = {64, 1024, 16384, MAX_LEN};
    double gate = argc > 1 ? atof(argv[1]) : 0;
    double reached = 0;
    size_t l, f;

    for (l = 0; l < sizeof bench_in; l++) {
        bench_in[l] = (uint8_t)(l * 7);
    }
    printf("%10s", "bytes");
    for (f = 0; f < FNS; f++) {
        printf("%12s", bench_names[f]);
    }
    printf("%14s\n", "mask/memcpy");
    for (l = 0; l < sizeof lens / sizeof lens[0]; l++) {
        double speed[FNS][RUNS];
        int run;

        for (run = -1; run < RUNS; run++) { /* -1 warms up */
            for (f = 0; f < FNS; f++) {
                speed[f][run < 0 ? 0 : run] = bench_run(bench_fns[f],
                                                        lens[l]);
            }
        }
        printf("%10zu", lens[l]);
        for (f = 0; f < FNS; f++) {
            printf("%12.1f", bench_median(speed[f], RUNS));
        }
        printf("%14.2f\n", speed[0][RUNS / 2] / speed[3][RUNS / 2]);
        if (lens[l] == 16384) {
            reached = speed[0][RUNS / 2] / speed[2][RUNS / 2];
        }
    }
    if (reached < gate) {
        printf("FAILED: %.1f times the byte loop at 16 KiB, wanted %.1f\n",
               reached, gate);
        return 1;
    }
    return 0;
}
