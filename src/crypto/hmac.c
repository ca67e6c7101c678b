/* crypto/hmac.c: HMAC, RFC 2104, and HKDF, RFC 5869. */
#include "crypto/crypto.h"

SRL_FN void
srl_hmac_init(srl_hmac *hmac, srl_hash_id id, const uint8_t *key,
              size_t key_len)
{
    size_t block = id == SRL_SHA256 ? 64 : 128;
    uint8_t pad[SRL_HASH_BLOCK];
    size_t i;

    /* A key longer than a block is replaced by its digest (RFC 2104 2). */
    memset(pad, 0, sizeof pad);
    if (key_len > block) {
        srl_hash_of(id, key, key_len, pad);
    } else if (key_len) {
        memcpy(pad, key, key_len);
    }
    for (i = 0; i < block; i++) {
        pad[i] ^= 0x36;
    }
    srl_hash_init(&hmac->inner, id);
    srl_hash_add(&hmac->inner, pad, block);
    for (i = 0; i < block; i++) {
        pad[i] ^= 0x36 ^ 0x5c;
    }
    srl_hash_init(&hmac->outer, id);
    srl_hash_add(&hmac->outer, pad, block);
    srl_wipe(pad, sizeof pad);
}

SRL_FN void
srl_hmac_add(srl_hmac *hmac, const void *data, size_t len)
{
    srl_hash_add(&hmac->inner, data, len);
}

SRL_FN void
srl_hmac_end(srl_hmac *hmac, uint8_t *out)
{
    uint8_t digest[SRL_HASH_MAX];
    size_t len = srl_hash_len(hmac->inner.id);

    srl_hash_end(&hmac->inner, digest);
    srl_hash_add(&hmac->outer, digest, len);
    srl_hash_end(&hmac->outer, out);
    srl_wipe(digest, sizeof digest);
}

/* No salt means a string of zeros (RFC 5869 2.2), which is what HMAC makes of
 * an empty key. */
SRL_FN void
srl_hkdf_extract(srl_hash_id id, const uint8_t *salt, size_t salt_len,
                 const uint8_t *key, size_t key_len, uint8_t *out)
{
    srl_hmac hmac;

    srl_hmac_init(&hmac, id, salt, salt_len);
    srl_hmac_add(&hmac, key, key_len);
    srl_hmac_end(&hmac, out);
}

SRL_FN void
srl_hkdf_expand(srl_hash_id id, const uint8_t *prk, const uint8_t *info,
                size_t info_len, uint8_t *out, size_t out_len)
{
    size_t len = srl_hash_len(id);
    uint8_t step[SRL_HASH_MAX];
    uint8_t count = 0;
    srl_hmac keyed;
    srl_hmac hmac;

    SURREAL_ASSERT(out_len <= 255 * len);
    srl_hmac_init(&keyed, id, prk, len);
    while (out_len) {
        size_t n = out_len < len ? out_len : len;

        hmac = keyed; /* the key is hashed once, not once a step */
        if (count) srl_hmac_add(&hmac, step, len);
        count++;
        srl_hmac_add(&hmac, info, info_len);
        srl_hmac_add(&hmac, &count, 1);
        srl_hmac_end(&hmac, step);
        memcpy(out, step, n);
        out += n;
        out_len -= n;
    }
    srl_wipe(step, sizeof step);
    srl_wipe(&keyed, sizeof keyed);
}
