/* cc -O2 -I. -o build/bench_crypto tests/bench/bench_crypto.c -lcrypto &&
 *     build/bench_crypto
 *
 * The bundled cryptography beside the system's OpenSSL (EVP). Each figure is
 * the median of ROUNDS rounds, in which the contenders take turns; a ratio is
 * the median of the rounds' ratios, which a slow moment of the machine hardly
 * moves. OpenSSL's keys and contexts are made once, outside of what is
 * measured; ours are parsed for each verification, as in a handshake.
 *
 * With the argument "plain" and OPENSSL_ia32cap=0:0 in the environment both
 * do without what the CPU has: the targets are then 150 MB/s of the 200 that
 * OpenSSL does on some machine, and 600 of 824.
 *
 * Returns 1 if a target is missed. */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"
#include "tests/bench/bench.h"
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#define ROUNDS 9
#define ROUND_S 0.012
#define MAX_TEXT 16384

typedef struct bench {
    srl_aead aead[2]; /* with what the CPU has, without */
    EVP_CIPHER_CTX *cipher;
    srl_hash_id hash;
    const EVP_MD *md;
    EVP_MD_CTX *digest;
    EVP_PKEY *key;
    EVP_PKEY_CTX *ctx;
    size_t len;
    int portable;
    uint8_t scalar[32];
    uint8_t peer[97];
    uint8_t r[48], s[48];
    uint8_t hashed[SRL_HASH_MAX];
    uint8_t sig[1024];
    size_t sig_len;
    uint8_t n[1024], e[8];
    srl_rsa_key rsa;
    srl_curve curve;
    int is_pss;
    bool ok;
} bench;

typedef void bench_fn(bench *b);

static uint8_t bench_text[MAX_TEXT], bench_out[MAX_TEXT + 64];
static int bench_missed;
static unsigned bench_cpu;
static bool bench_is_plain;

static double
bench_run(bench_fn *fn, bench *b, long count)
{
    double start = bench_spent_s();
    long i;

    for (i = 0; i < count; i++) {
        fn(b);
    }
    return (double)count / (bench_spent_s() - start);
}

static long
bench_calibrate(bench_fn *fn, bench *b)
{
    long count = 1;

    for (;;) {
        double rate = bench_run(fn, b, count);

        if ((double)count / rate > ROUND_S / 4) {
            return (long)(rate * ROUND_S) + 1;
        }
        count *= 2;
    }
}

/* One line. `plain` is NULL where there is one way only; scale makes MB/s out
 * of operations; want is the ratio. */
static void
bench_line(const char *name, bench *b, bench_fn *ours, bench_fn *plain,
           bench_fn *theirs, double scale, double want)
{
    double rate[3][ROUNDS], ratio[ROUNDS], found;
    long count[3];
    bench_fn *fns[3];
    int round, i;

    fns[0] = ours;
    fns[1] = plain;
    fns[2] = theirs;
    b->ok = true;
    for (i = 0; i < 3; i++) {
        b->portable = i == 1;
        if (fns[i]) count[i] = bench_calibrate(fns[i], b);
    }
    for (round = 0; round < ROUNDS; round++) {
        for (i = 0; i < 3; i++) {
            b->portable = i == 1;
            if (fns[i]) rate[i][round] = bench_run(fns[i], b, count[i]);
        }
        ratio[round] = rate[0][round] / rate[2][round];
    }
    if (!b->ok) {
        printf("FAILED: %s: a result was wrong\n", name);
        bench_missed++;
    }
    found = bench_median(ratio, ROUNDS);
    printf("%-26s %10.0f ", name, bench_median(rate[0], ROUNDS) * scale);
    if (plain) {
        printf("%10.0f ", bench_median(rate[1], ROUNDS) * scale);
    } else {
        printf("%10s ", "");
    }
    printf("%10.0f %7.2f", bench_median(rate[2], ROUNDS) * scale, found);
    if (want > 0) printf("  >= %.2f %s", want, found >= want ? "" : "MISSED");
    if (found < want) bench_missed++;
    printf("\n");
    fflush(stdout);
}

/* ---- ciphers ------------------------------------------------------------- */

static const uint8_t bench_nonce[12] = {1, 2, 3};
static const uint8_t bench_aad[5] = {0x17, 3, 3, 0x40, 0x11};

static void
bench_seal(bench *b)
{
    srl_aead_seal(&b->aead[b->portable], bench_nonce, bench_aad, 5,
                  bench_text, b->len, bench_out, bench_out + b->len);
}

static void
bench_evp_seal(bench *b)
{
    int n;

    b->ok &= EVP_EncryptInit_ex(b->cipher, NULL, NULL, NULL, bench_nonce) ==
                 1 &&
             EVP_EncryptUpdate(b->cipher, NULL, &n, bench_aad, 5) == 1 &&
             EVP_EncryptUpdate(b->cipher, bench_out, &n, bench_text,
                               (int)b->len) == 1 &&
             EVP_EncryptFinal_ex(b->cipher, bench_out + n, &n) == 1 &&
             EVP_CIPHER_CTX_ctrl(b->cipher, EVP_CTRL_AEAD_GET_TAG, 16,
                                 bench_out + b->len) == 1;
}

static void
bench_open(bench *b)
{
    b->ok &= srl_aead_open(&b->aead[b->portable], bench_nonce, bench_aad, 5,
                           bench_out, b->len, bench_text, b->sig);
}

static void
bench_evp_open(bench *b)
{
    int n;

    b->ok &= EVP_DecryptInit_ex(b->cipher, NULL, NULL, NULL, bench_nonce) ==
                 1 &&
             EVP_DecryptUpdate(b->cipher, NULL, &n, bench_aad, 5) == 1 &&
             EVP_DecryptUpdate(b->cipher, bench_text, &n, bench_out,
                               (int)b->len) == 1 &&
             EVP_CIPHER_CTX_ctrl(b->cipher, EVP_CTRL_AEAD_SET_TAG, 16,
                                 b->sig) == 1 &&
             EVP_DecryptFinal_ex(b->cipher, bench_text + n, &n) == 1;
}

static void
bench_ciphers(void)
{
    static const size_t lens[] = {64, 1024, 16384};
    static const double want[2][3] = {{0.55, 0, 0.28}, {0.75, 0, 0.73}};
    static const char *const names[] = {"AES-128-GCM", "AES-256-GCM",
                                        "ChaCha20-Poly1305"};
    int id;
    size_t l;

    for (id = 0; id < 3; id++) {
        const EVP_CIPHER *cipher = id == 0   ? EVP_aes_128_gcm()
                                   : id == 1 ? EVP_aes_256_gcm()
                                             : EVP_chacha20_poly1305();
        uint8_t key[32];
        bench b;

        memset(&b, 0, sizeof b);
        memset(key, 0x42, sizeof key);
        srl_aead_init(&b.aead[0], (srl_aead_id)(id + 1), key);
        srl_cpu_found = SRL_CPU_KNOWN;
        srl_aead_init(&b.aead[1], (srl_aead_id)(id + 1), key);
        srl_cpu_found = bench_cpu;
        b.cipher = EVP_CIPHER_CTX_new();
        EVP_CipherInit_ex(b.cipher, cipher, NULL, key, bench_nonce, 1);
        for (l = 0; l < 3; l++) {
            char name[64];

            b.len = lens[l];
            snprintf(name, sizeof name, "%s %zu B", names[id], b.len);
            bench_line(name, &b, bench_seal, bench_seal, bench_evp_seal,
                       (double)b.len * 1e-6,
                       lens[l] == 16384 ? want[bench_is_plain][id] : 0);
        }
        EVP_CipherInit_ex(b.cipher, NULL, NULL, NULL, bench_nonce, 0);
        bench_seal(&b);
        memcpy(b.sig, bench_out + b.len, 16);
        bench_line("  the same, opened", &b, bench_open, bench_open,
                   bench_evp_open, (double)b.len * 1e-6, 0);
        EVP_CIPHER_CTX_free(b.cipher);
    }
}

/* ---- hashes -------------------------------------------------------------- */

static void
bench_hash(bench *b)
{
    srl_hash hash;

    if (b->portable) srl_cpu_found = SRL_CPU_KNOWN;
    srl_hash_init(&hash, b->hash);
    srl_hash_add(&hash, bench_text, b->len);
    srl_hash_end(&hash, bench_out);
    srl_cpu_found = bench_cpu;
}

static void
bench_evp_hash(bench *b)
{
    b->ok &= EVP_DigestInit_ex(b->digest, b->md, NULL) == 1 &&
             EVP_DigestUpdate(b->digest, bench_text, b->len) == 1 &&
             EVP_DigestFinal_ex(b->digest, bench_out, NULL) == 1;
}

static void
bench_hashes(void)
{
    static const size_t lens[] = {64, 1024, 16384};
    int id;
    size_t l;

    for (id = 0; id < 2; id++) {
        bench b;

        memset(&b, 0, sizeof b);
        b.hash = id ? SRL_SHA384 : SRL_SHA256;
        b.md = id ? EVP_sha384() : EVP_sha256();
        b.digest = EVP_MD_CTX_new();
        for (l = 0; l < 3; l++) {
            char name[64];

            b.len = lens[l];
            snprintf(name, sizeof name, "%s %zu B", id ? "SHA-384" : "SHA-256",
                     b.len);
            bench_line(name, &b, bench_hash, bench_hash, bench_evp_hash,
                       (double)b.len * 1e-6,
                       !id && l == 2 && !bench_is_plain ? 0.8 : 0);
        }
        EVP_MD_CTX_free(b.digest);
    }
}

/* ---- key agreement ------------------------------------------------------- */

static void
bench_x25519(bench *b)
{
    b->ok &= srl_x25519(bench_out, b->scalar, b->peer);
}

static void
bench_p256(bench *b)
{
    b->ok &= srl_p256_ecdh(bench_out, b->scalar, b->peer, SRL_P256_POINT);
}

static void
bench_x25519_new(bench *b)
{
    srl_x25519_public(bench_out, b->scalar);
}

static void
bench_p256_new(bench *b)
{
    b->ok &= srl_p256_public(bench_out, b->scalar);
}

static void
bench_evp_derive(bench *b)
{
    size_t len = sizeof bench_out;

    b->ok &= EVP_PKEY_derive(b->ctx, bench_out, &len) == 1;
}

static void
bench_evp_new(bench *b)
{
    EVP_PKEY *key = NULL;

    b->ok &= EVP_PKEY_keygen(b->ctx, &key) == 1;
    EVP_PKEY_free(key);
}

static void
bench_agree(const char *name, EVP_PKEY *key, bench_fn *ours, bench_fn *fresh,
            double want)
{
    uint8_t pub[SRL_P256_POINT];
    size_t len = 0;
    char text[64];
    bench b;

    memset(&b, 0, sizeof b);
    memset(b.scalar, 0x51, sizeof b.scalar);
    EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_PUB_KEY, pub,
                                    sizeof pub, &len);
    memcpy(b.peer, pub, len);
    b.ctx = EVP_PKEY_CTX_new(key, NULL);
    EVP_PKEY_derive_init(b.ctx);
    EVP_PKEY_derive_set_peer(b.ctx, key);
    bench_line(name, &b, ours, NULL, bench_evp_derive, 1, want);
    EVP_PKEY_keygen_init(b.ctx);
    snprintf(text, sizeof text, "%s, new key", name);
    bench_line(text, &b, fresh, NULL, bench_evp_new, 1, 0);
    EVP_PKEY_CTX_free(b.ctx);
    EVP_PKEY_free(key);
}

/* ---- signatures ---------------------------------------------------------- */

static void
bench_ecdsa(bench *b)
{
    b->ok &= srl_ecdsa_verify(b->curve, b->peer,
                              1 + 2 * srl_curve_len(b->curve), b->hashed,
                              b->len, b->r, b->s);
}

static void
bench_ed25519(bench *b)
{
    b->ok &= srl_ed25519_verify(b->peer, bench_text, 200, b->sig);
}

static void
bench_rsa(bench *b)
{
    b->ok &= b->is_pss ? srl_rsa_pss_verify(&b->rsa, SRL_SHA256, b->hashed, 32,
                                            b->sig, b->sig_len)
                       : srl_rsa_pkcs1_verify(&b->rsa, SRL_SHA256, b->hashed,
                                              b->sig, b->sig_len);
}

static void
bench_evp_verify(bench *b)
{
    b->ok &= EVP_PKEY_verify(b->ctx, b->sig, b->sig_len, b->hashed, b->len) ==
             1;
}

static void
bench_evp_ed25519(bench *b)
{
    b->ok &= EVP_DigestVerifyInit(b->digest, NULL, NULL, NULL, b->key) == 1 &&
             EVP_DigestVerify(b->digest, b->sig, b->sig_len, bench_text,
                              200) == 1;
}

static void
bench_verify_ec(const char *name, srl_curve curve, double want)
{
    EVP_PKEY *key = EVP_EC_gen(curve == SRL_P256 ? "P-256" : "P-384");
    const uint8_t *at;
    size_t len = 0, room;
    ECDSA_SIG *pair;
    bench b;

    memset(&b, 0, sizeof b);
    b.curve = curve;
    room = srl_curve_len(curve);
    b.len = room;
    memset(b.hashed, 0x37, sizeof b.hashed);
    EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_PUB_KEY, b.peer,
                                    sizeof b.peer, &len);
    b.ctx = EVP_PKEY_CTX_new(key, NULL);
    EVP_PKEY_sign_init(b.ctx);
    b.sig_len = sizeof b.sig;
    EVP_PKEY_sign(b.ctx, b.sig, &b.sig_len, b.hashed, b.len);
    at = b.sig;
    pair = d2i_ECDSA_SIG(NULL, &at, (long)b.sig_len);
    BN_bn2binpad(ECDSA_SIG_get0_r(pair), b.r, (int)room);
    BN_bn2binpad(ECDSA_SIG_get0_s(pair), b.s, (int)room);
    EVP_PKEY_verify_init(b.ctx);
    bench_line(name, &b, bench_ecdsa, NULL, bench_evp_verify, 1, want);
    ECDSA_SIG_free(pair);
    EVP_PKEY_CTX_free(b.ctx);
    EVP_PKEY_free(key);
}

static void
bench_verify_ed(void)
{
    EVP_PKEY *key = EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
    size_t len = 32;
    bench b;

    memset(&b, 0, sizeof b);
    b.key = key;
    EVP_PKEY_get_raw_public_key(key, b.peer, &len);
    b.digest = EVP_MD_CTX_new();
    EVP_DigestSignInit(b.digest, NULL, NULL, NULL, key);
    b.sig_len = sizeof b.sig;
    EVP_DigestSign(b.digest, b.sig, &b.sig_len, bench_text, 200);
    EVP_MD_CTX_free(b.digest);
    b.digest = EVP_MD_CTX_new();
    bench_line("Ed25519 verify", &b, bench_ed25519, NULL, bench_evp_ed25519,
               1, 0);
    EVP_MD_CTX_free(b.digest);
    EVP_PKEY_free(key);
}

static void
bench_verify_rsa(const char *name, unsigned bits, int is_pss, double want)
{
    EVP_PKEY *key = EVP_PKEY_Q_keygen(NULL, NULL, "RSA", (size_t)bits);
    BIGNUM *n = NULL, *e = NULL;
    int pad = is_pss ? RSA_PKCS1_PSS_PADDING : RSA_PKCS1_PADDING;
    bench b;

    memset(&b, 0, sizeof b);
    b.is_pss = is_pss;
    b.len = 32;
    memset(b.hashed, 0x37, sizeof b.hashed);
    EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_N, &n);
    EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_E, &e);
    b.rsa.n.ptr = b.n;
    b.rsa.n.len = (size_t)BN_bn2bin(n, b.n);
    b.rsa.e.ptr = b.e;
    b.rsa.e.len = (size_t)BN_bn2bin(e, b.e);
    b.ctx = EVP_PKEY_CTX_new(key, NULL);
    EVP_PKEY_sign_init(b.ctx);
    EVP_PKEY_CTX_set_rsa_padding(b.ctx, pad);
    EVP_PKEY_CTX_set_signature_md(b.ctx, EVP_sha256());
    if (is_pss) EVP_PKEY_CTX_set_rsa_pss_saltlen(b.ctx, 32);
    b.sig_len = sizeof b.sig;
    EVP_PKEY_sign(b.ctx, b.sig, &b.sig_len, b.hashed, b.len);
    EVP_PKEY_verify_init(b.ctx);
    EVP_PKEY_CTX_set_rsa_padding(b.ctx, pad);
    EVP_PKEY_CTX_set_signature_md(b.ctx, EVP_sha256());
    if (is_pss) EVP_PKEY_CTX_set_rsa_pss_saltlen(b.ctx, 32);
    bench_line(name, &b, bench_rsa, NULL, bench_evp_verify, 1, want);
    BN_free(n);
    BN_free(e);
    EVP_PKEY_CTX_free(b.ctx);
    EVP_PKEY_free(key);
}

int
main(int argc, char **argv)
{
    bench_is_plain = argc > 1 && strcmp(argv[1], "plain") == 0;
    if (bench_is_plain) srl_cpu_found = SRL_CPU_KNOWN;
    bench_cpu = srl_cpu();
    memset(bench_text, 0x5a, sizeof bench_text);
    printf("against %s, CPU features %#x\n",
           OpenSSL_version(OPENSSL_VERSION), bench_cpu);
    printf("%-26s %10s %10s %10s %7s\n", "MB/s", "ours", "portable", "OpenSSL",
           "ratio");
    bench_ciphers();
    bench_hashes();
    if (bench_is_plain) return bench_missed != 0;
    printf("%-26s %10s %10s %10s %7s\n", "operations/s", "ours", "", "OpenSSL",
           "ratio");
    bench_agree("X25519", EVP_PKEY_Q_keygen(NULL, NULL, "X25519"),
                bench_x25519, bench_x25519_new, 0.5);
    bench_agree("P-256 ECDH", EVP_EC_gen("P-256"), bench_p256, bench_p256_new,
                0);
    bench_verify_ec("P-256 verify", SRL_P256, 0.25);
    bench_verify_ec("P-384 verify", SRL_P384, 0.5);
    bench_verify_ed();
    bench_verify_rsa("RSA-2048 verify", 2048, 0, 0.25);
    bench_verify_rsa("RSA-2048 verify, PSS", 2048, 1, 0);
    bench_verify_rsa("RSA-4096 verify", 4096, 0, 0);
    if (bench_missed) printf("%d targets missed\n", bench_missed);
    return bench_missed != 0;
}
