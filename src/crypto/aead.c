/* crypto/aead.c: one interface to the ciphers of TLS 1.3, RFC 5116. */
#include "crypto/crypto.h"

SRL_FN size_t
srl_aead_key_len(srl_aead_id id)
{
    return id == SRL_AES_128_GCM ? 16 : 32;
}

SRL_FN void
srl_aead_init(srl_aead *aead, srl_aead_id id, const uint8_t *key)
{
    size_t len = srl_aead_key_len(id);

    aead->id = id;
    aead->cpu = srl_cpu();
    if (id == SRL_CHACHA20_POLY1305) {
        srl_chapoly_init(&aead->u.chapoly, key, aead->cpu);
#ifdef SRL_CRYPTO_GCM
    } else if (aead->cpu & SRL_CPU_AES) {
        srl_gcm_cpu_init(&aead->u.gcm_cpu, key, len);
#endif
    } else {
        srl_gcm_init(&aead->u.gcm, key, len);
    }
}

static void
srl_aead_run(const srl_aead *aead, const srl_aead_job *job,
             uint8_t tag[SRL_AEAD_TAG])
{
    /* 2^32 - 2 blocks of 16 bytes (SP 800-38D 5.2.1.1); RFC 8439 2.8 allows
     * more. Records of TLS have 2^14. */
    SURREAL_ASSERT((uint64_t)job->len < ((uint64_t)1 << 36) - 32);
    if (aead->id == SRL_CHACHA20_POLY1305) {
        srl_chapoly_run(&aead->u.chapoly, job, tag);
#ifdef SRL_CRYPTO_GCM
    } else if (aead->cpu & SRL_CPU_AES) {
        srl_gcm_cpu_run(&aead->u.gcm_cpu, job, tag);
#endif
    } else {
        srl_gcm_run(&aead->u.gcm, job, tag);
    }
}

SRL_FN void
srl_aead_seal(const srl_aead *aead, const uint8_t nonce[SRL_AEAD_NONCE],
              const uint8_t *aad, size_t aad_len, const uint8_t *in,
              size_t len, uint8_t *out, uint8_t tag[SRL_AEAD_TAG])
{
    srl_aead_job job;

    job.nonce = nonce;
    job.aad = aad;
    job.aad_len = aad_len;
    job.in = in;
    job.len = len;
    job.out = out;
    job.is_seal = true;
    srl_aead_run(aead, &job, tag);
}

/* Hashing and decrypting are one pass: with a wrong tag what was decrypted is
 * taken back before anyone sees it. */
SRL_FN bool
srl_aead_open(const srl_aead *aead, const uint8_t nonce[SRL_AEAD_NONCE],
              const uint8_t *aad, size_t aad_len, const uint8_t *in,
              size_t len, uint8_t *out, const uint8_t tag[SRL_AEAD_TAG])
{
    srl_aead_job job;
    uint8_t want[SRL_AEAD_TAG];
    bool ok;

    job.nonce = nonce;
    job.aad = aad;
    job.aad_len = aad_len;
    job.in = in;
    job.len = len;
    job.out = out;
    job.is_seal = false;
    srl_aead_run(aead, &job, want);
    ok = srl_ct_equal(want, tag, SRL_AEAD_TAG);
    srl_wipe(want, sizeof want);
    if (!ok && len) srl_wipe(out, len);
    return ok;
}
