/* cc -O2 -I. -o build/check/ct tests/ct/ct.c &&
 *     valgrind -q --error-limit=no build/check/ct
 *
 * Whatever handles secrets takes the same way for every value of them. Secrets
 * are marked as undefined memory, so that memcheck reports each branch and
 * each address that depends on one; its count of errors is read before and
 * after each case. What a case gives back must still carry the mark, or the
 * secret never came near it; and three cases leak on purpose and have to be
 * caught. Compilers make branches out of masks, so tests/check/ct.sh runs this
 * for several of them and for each optimisation. */
#define SURREAL_IMPLEMENTATION
#if defined(__has_include)
#if __has_include(<valgrind/memcheck.h>)
#include <valgrind/memcheck.h>
#endif
#endif
#ifndef VALGRIND_MAKE_MEM_UNDEFINED
#error "valgrind/memcheck.h is missing: apt-get install valgrind"
#endif
/* Verdicts the code itself gives up: tags that fit, points of small order. */
#define SRL_PUBLIC(ptr, len) ((void)VALGRIND_MAKE_MEM_DEFINED(ptr, len))
#include "surreal.h"

#define CT_MAX 2048
#define CT_OUTSIDE __attribute__((noinline))

static volatile unsigned ct_sink;
static int ct_unmarked; /* results without the mark, in the running case */

static void
ct_fill(void *out, size_t len, unsigned seed)
{
    uint8_t *at = (uint8_t *)out;
    size_t i;

    for (i = 0; i < len; i++) {
        seed = seed * 1103515245u + 12345u;
        at[i] = (uint8_t)(seed >> 16);
    }
}

/* Some bytes, marked. */
static void
ct_secret(void *out, size_t len, unsigned seed)
{
    ct_fill(out, len, seed);
    (void)VALGRIND_MAKE_MEM_UNDEFINED(out, len);
}

/* A result: at least one bit of it has the mark, which ends here. */
static void
ct_result(void *out, size_t len)
{
    uint8_t bits[CT_MAX + 64];
    size_t i;
    unsigned any = 0;

    memset(bits, 0, sizeof bits);
    (void)VALGRIND_GET_VBITS(out, bits, len);
    for (i = 0; i < len; i++) {
        any |= bits[i];
    }
    if (len && !any) ct_unmarked++;
    (void)VALGRIND_MAKE_MEM_DEFINED(out, len);
}

/* A verdict, public from here on. */
static void
ct_verdict(bool ok)
{
    (void)VALGRIND_MAKE_MEM_DEFINED(&ok, sizeof ok);
    ct_sink += ok;
}

/* ---- cases that leak ----------------------------------------------------- */

static CT_OUTSIDE int
ct_early_compare(const uint8_t *a, const uint8_t *b, size_t len)
{
    size_t i;

    for (i = 0; i < len; i++) {
        if (a[i] != b[i]) return 1;
    }
    return 0;
}

static void
ct_leak_compare(void)
{
    uint8_t a[32], b[32];
    int differs;

    ct_secret(a, sizeof a, 1);
    ct_fill(b, sizeof b, 1);
    differs = ct_early_compare(a, b, sizeof a);
    ct_sink += (unsigned)differs; /* no mark: the way taken told it all */
}

static CT_OUTSIDE unsigned
ct_look_up(const uint8_t *table, const uint8_t *at)
{
    return table[*at];
}

static void
ct_leak_table(void)
{
    uint8_t table[256], secret;
    unsigned found;

    ct_fill(table, sizeof table, 2);
    ct_secret(&secret, 1, 3);
    found = ct_look_up(table, &secret);
    (void)VALGRIND_MAKE_MEM_DEFINED(&found, sizeof found);
    ct_sink += found;
}

static CT_OUTSIDE uint64_t
ct_divide(uint64_t a, uint64_t b)
{
    return b ? a / b : 0;
}

static void
ct_leak_branch(void)
{
    uint64_t secret;
    uint64_t found;

    ct_secret(&secret, sizeof secret, 4);
    found = ct_divide(~(uint64_t)0, secret);
    (void)VALGRIND_MAKE_MEM_DEFINED(&found, sizeof found);
    ct_sink += (unsigned)found;
}

/* ---- hashes -------------------------------------------------------------- */

static void
ct_equal(void)
{
    uint8_t a[64], b[64];
    size_t len;

    for (len = 1; len <= sizeof a; len += 7) {
        bool same;

        ct_secret(a, sizeof a, 5);
        ct_secret(b, sizeof b, len & 1 ? 5 : 6);
        same = srl_ct_equal(a, b, len);
        ct_verdict(same);
    }
}

static void
ct_hash(void)
{
    static const srl_hash_id ids[] = {SRL_SHA256, SRL_SHA384, SRL_SHA512};
    uint8_t data[300], out[SRL_HASH_MAX];
    size_t i;

    for (i = 0; i < 3; i++) {
        ct_secret(data, sizeof data, 7);
        srl_hash_of(ids[i], data, sizeof data, out);
        ct_result(out, srl_hash_len(ids[i]));
    }
}

static void
ct_hmac(void)
{
    static const srl_hash_id ids[] = {SRL_SHA256, SRL_SHA384, SRL_SHA512};
    static const size_t lens[] = {0, 32, 48, 64, 128, 200};
    uint8_t key[200], data[100], out[SRL_HASH_MAX];
    size_t i, j;

    for (i = 0; i < 3; i++) {
        for (j = 0; j < sizeof lens / sizeof lens[0]; j++) {
            srl_hmac hmac;

            ct_secret(key, sizeof key, 8);
            ct_secret(data, sizeof data, 9);
            srl_hmac_init(&hmac, ids[i], key, lens[j]);
            srl_hmac_add(&hmac, data, sizeof data);
            srl_hmac_end(&hmac, out);
            ct_result(out, srl_hash_len(ids[i]));
        }
    }
}

static void
ct_hkdf(void)
{
    static const srl_hash_id ids[] = {SRL_SHA256, SRL_SHA384};
    uint8_t salt[48], key[32], prk[SRL_HASH_MAX], out[100];
    size_t i;

    for (i = 0; i < 2; i++) {
        ct_secret(salt, sizeof salt, 10);
        ct_secret(key, sizeof key, 11);
        srl_hkdf_extract(ids[i], salt, srl_hash_len(ids[i]), key, sizeof key,
                         prk);
        ct_result(prk, srl_hash_len(ids[i]));
        ct_secret(prk, sizeof prk, 12);
        srl_hkdf_expand(ids[i], prk, (const uint8_t *)"info", 4, out,
                        sizeof out);
        ct_result(out, sizeof out);
    }
}

/* ---- ciphers ------------------------------------------------------------- */

/* Key, nonce (in TLS made of a secret) and text are secret; lengths, aad and
 * what goes over the wire are not. */
static void
ct_aead(srl_aead_id id, unsigned cpu)
{
    static const size_t lens[] = {0, 1, 15, 16, 64, 100, 255, 256, 257, 1111};
    unsigned found = srl_cpu();
    uint8_t key[32], nonce[12], aad[13], tag[16];
    uint8_t in[CT_MAX], out[CT_MAX];
    size_t i;

    if (cpu & found) found &= cpu | SRL_CPU_KNOWN;
    for (i = 0; i < sizeof lens / sizeof lens[0]; i++) {
        srl_aead aead;
        unsigned kept = srl_cpu_found;
        size_t len = lens[i];
        bool ok;

        srl_cpu_found = cpu ? found : SRL_CPU_KNOWN;
        ct_fill(aad, sizeof aad, 13);
        ct_secret(key, sizeof key, 14);
        ct_secret(nonce, sizeof nonce, 15);
        ct_secret(in, sizeof in, 16);
        srl_aead_init(&aead, id, key);
        srl_aead_seal(&aead, nonce, aad, sizeof aad, in, len, out, tag);
        ct_result(out, len);
        ct_result(tag, sizeof tag);
        ok = srl_aead_open(&aead, nonce, aad, sizeof aad, out, len, in, tag);
        ct_result(in, len);
        ct_verdict(ok);
        tag[3] ^= 1;
        ct_secret(in, sizeof in, 16);
        ok = srl_aead_open(&aead, nonce, aad, sizeof aad, out, len, in, tag);
        (void)VALGRIND_MAKE_MEM_DEFINED(in, len);
        ct_verdict(ok);
        srl_wipe(&aead, sizeof aead);
        srl_cpu_found = kept;
    }
}

static void
ct_aes_128_portable(void)
{
    ct_aead(SRL_AES_128_GCM, 0);
}

static void
ct_aes_256_portable(void)
{
    ct_aead(SRL_AES_256_GCM, 0);
}

static void
ct_chapoly_portable(void)
{
    ct_aead(SRL_CHACHA20_POLY1305, 0);
}

static void
ct_aes_128_cpu(void)
{
    ct_aead(SRL_AES_128_GCM, ~0u);
}

static void
ct_aes_256_cpu(void)
{
    ct_aead(SRL_AES_256_GCM, ~0u);
}

static void
ct_chapoly_sse2(void)
{
    ct_aead(SRL_CHACHA20_POLY1305, SRL_CPU_SSE2 | SRL_CPU_NEON);
}

static void
ct_chapoly_cpu(void)
{
    ct_aead(SRL_CHACHA20_POLY1305, ~0u);
}

/* ---- key agreement ------------------------------------------------------- */

static void
ct_x25519(void)
{
    uint8_t scalar[32], point[32], out[32];
    bool ok;

    ct_secret(scalar, sizeof scalar, 17);
    srl_x25519_public(out, scalar);
    ct_result(out, sizeof out);
    memset(point, 0, sizeof point);
    point[0] = 9;
    ok = srl_x25519(out, scalar, point);
    ct_result(out, sizeof out);
    ct_verdict(ok);
    point[0] = 0; /* of small order */
    ok = srl_x25519(out, scalar, point);
    ct_verdict(ok);
}

static void
ct_p256(void)
{
    uint8_t scalar[32], peer[SRL_P256_POINT], out[32];
    bool ok;

    ct_fill(scalar, sizeof scalar, 18);
    scalar[0] = 0x7f; /* surely below the order */
    (void)VALGRIND_MAKE_MEM_UNDEFINED(scalar, sizeof scalar);
    ok = srl_p256_public(peer, scalar);
    ct_result(peer, sizeof peer);
    ct_verdict(ok);
    ct_fill(scalar, sizeof scalar, 19);
    scalar[0] = 0x3f;
    (void)VALGRIND_MAKE_MEM_UNDEFINED(scalar, sizeof scalar);
    ok = srl_p256_ecdh(out, scalar, peer, sizeof peer);
    ct_result(out, sizeof out);
    ct_verdict(ok);
}

/* ---- main ---------------------------------------------------------------- */

typedef struct ct_case {
    const char *name;
    void (*run)(void);
    unsigned cpu; /* one of these is needed */
    bool leaks;
} ct_case;

static const ct_case ct_cases[] = {
    {"control: compare that ends early", ct_leak_compare, 0, true},
    {"control: table", ct_leak_table, 0, true},
    {"control: branch", ct_leak_branch, 0, true},
    {"ct_equal", ct_equal, 0, false},
    {"sha2", ct_hash, 0, false},
    {"hmac", ct_hmac, 0, false},
    {"hkdf", ct_hkdf, 0, false},
    {"aes-128-gcm, portable", ct_aes_128_portable, 0, false},
    {"aes-256-gcm, portable", ct_aes_256_portable, 0, false},
    {"chacha20-poly1305, portable", ct_chapoly_portable, 0, false},
    {"aes-128-gcm, cpu", ct_aes_128_cpu, SRL_CPU_AES, false},
    {"aes-256-gcm, cpu", ct_aes_256_cpu, SRL_CPU_AES, false},
    {"chacha20-poly1305, 128 bits", ct_chapoly_sse2,
     SRL_CPU_SSE2 | SRL_CPU_NEON, false},
    {"chacha20-poly1305, cpu", ct_chapoly_cpu, SRL_CPU_AVX2, false},
    {"x25519", ct_x25519, 0, false},
    {"p256", ct_p256, 0, false}};

int
main(void)
{
    int passed = 0, failed = 0, skipped = 0;
    size_t i;

    if (!RUNNING_ON_VALGRIND) {
        printf("ct: to be run under valgrind\n");
        return 2;
    }
    for (i = 0; i < sizeof ct_cases / sizeof ct_cases[0]; i++) {
        const ct_case *c = &ct_cases[i];
        unsigned before = (unsigned)VALGRIND_COUNT_ERRORS;
        unsigned errors;

        if (c->cpu && !(srl_cpu() & c->cpu)) {
            printf("skipped: %s: not in this build or CPU\n", c->name);
            skipped++;
            continue;
        }
        ct_unmarked = 0;
        c->run();
        errors = (unsigned)VALGRIND_COUNT_ERRORS - before;
        if ((errors != 0) == c->leaks && !ct_unmarked) {
            passed++;
            continue;
        }
        failed++;
        printf("FAILED: %s: %u reports, expected %s; %d results without the"
               " mark\n",
               c->name, errors, c->leaks ? "some" : "none", ct_unmarked);
    }
    printf("ct: %d passed, %d failed, %d skipped\n", passed, failed, skipped);
    return failed != 0;
}
