/* tls/keys.c: transcript, key schedule and keys of TLS 1.3. */
#include "tls/tls.h"

/* RFC 8446 7.1, for a handshake without PSK:
 *
 *             0 -> Extract <- 0              early secret
 *                     |
 *              Derive "derived"
 *                     |
 *   shared secret -> Extract                 handshake secret
 *                     +-> "c hs traffic", "s hs traffic"
 *              Derive "derived"
 *                     |
 *             0 -> Extract                   master secret
 *                     +-> "c ap traffic", "s ap traffic"
 *
 * Each secret is wiped as soon as the next ones are there: what this struct
 * holds never opens what was recorded before. */

#define SRL_TLS_LABEL_MAX 18 /* "tls13 " and the longest label */

SRL_FN void
srl_tls_expand(srl_hash_id id, const uint8_t *secret, const char *label,
               const uint8_t *context, size_t context_len, uint8_t *out,
               size_t out_len)
{
    uint8_t info[2 + 1 + SRL_TLS_LABEL_MAX + 1 + SRL_HASH_MAX];
    size_t label_len = strlen(label);
    size_t at = 0;

    SURREAL_ASSERT(out_len <= 255 && context_len <= SRL_HASH_MAX);
    SURREAL_ASSERT(6 + label_len <= SRL_TLS_LABEL_MAX);
    srl_store16(info, (uint16_t)out_len);
    info[2] = (uint8_t)(6 + label_len);
    memcpy(info + 3, "tls13 ", 6);
    memcpy(info + 9, label, label_len);
    at = 9 + label_len;
    info[at++] = (uint8_t)context_len;
    if (context_len) memcpy(info + at, context, context_len);
    srl_hkdf_expand(id, secret, info, at + context_len, out, out_len);
}

/* ---- transcript ---------------------------------------------------------- */

/* The hash is the suite's, which the ClientHello is written before: it goes
 * into both. */
SRL_FN void
srl_tls_transcript_init(srl_tls *tls)
{
    srl_hash_init(&tls->transcript, SRL_SHA256);
    srl_hash_init(&tls->transcript_384, SRL_SHA384);
    tls->suite = 0;
}

SRL_FN bool
srl_tls_choose_suite(srl_tls *tls, uint16_t suite)
{
    SURREAL_ASSERT(!tls->suite);
    if (suite == SRL_TLS_AES_256) {
        tls->transcript = tls->transcript_384;
        tls->hash_id = SRL_SHA384;
    } else if (suite == SRL_TLS_AES_128 || suite == SRL_TLS_CHACHA20) {
        tls->hash_id = SRL_SHA256;
    } else {
        return false;
    }
    srl_wipe(&tls->transcript_384, sizeof tls->transcript_384);
    tls->hash_len = srl_hash_len(tls->hash_id);
    tls->suite = suite;
    return true;
}

/* 4.4.1: the first ClientHello is replaced by a message with its hash. */
SRL_FN void
srl_tls_transcript_restart(srl_tls *tls)
{
    uint8_t message[4 + SRL_TLS_SECRET];

    SURREAL_ASSERT(tls->suite);
    srl_tls_transcript_now(tls, message + 4);
    message[0] = SRL_TLS_MESSAGE_HASH;
    message[1] = message[2] = 0;
    message[3] = (uint8_t)tls->hash_len;
    srl_hash_init(&tls->transcript, tls->hash_id);
    srl_hash_add(&tls->transcript, message, 4 + tls->hash_len);
}

SRL_FN void
srl_tls_transcript_add(srl_tls *tls, const void *data, size_t len)
{
    srl_hash_add(&tls->transcript, data, len);
    if (!tls->suite) srl_hash_add(&tls->transcript_384, data, len);
}

SRL_FN void
srl_tls_transcript_message(srl_tls *tls, const srl_tls_message *message)
{
    srl_tls_transcript_add(tls, message->head, 4);
    srl_tls_transcript_add(tls, message->body, message->len);
}

SRL_FN void
srl_tls_transcript_now(const srl_tls *tls, uint8_t out[SRL_TLS_SECRET])
{
    uint8_t digest[SRL_HASH_MAX]; /* what the hash may write at most */
    srl_hash copy = tls->transcript;

    SURREAL_ASSERT(tls->suite && tls->hash_len <= SRL_TLS_SECRET);
    srl_hash_end(&copy, digest);
    memcpy(out, digest, tls->hash_len);
}

/* ---- secrets ------------------------------------------------------------- */

/* The format that Wireshark reads: label, ClientHello.random, secret. */
static void
srl_tls_keylog(const srl_tls *tls, const char *label, const uint8_t *secret)
{
#ifdef SURREAL_TLS_KEYLOG
    static const char digits[] = "0123456789abcdef";
    char line[40 + 2 * (32 + SRL_TLS_SECRET)];
    srl_out out;
    size_t i;

    if (!tls->config || !tls->config->keylog) return;
    srl_out_init(&out, line, sizeof line);
    srl_out_text(&out, label);
    srl_out_char(&out, ' ');
    for (i = 0; i < 32 + tls->hash_len; i++) {
        uint8_t byte = i < 32 ? tls->random[i] : secret[i - 32];

        if (i == 32) srl_out_char(&out, ' ');
        srl_out_char(&out, digits[byte >> 4]);
        srl_out_char(&out, digits[byte & 15]);
    }
    srl_out_end(&out);
    tls->config->keylog(tls->config->keylog_user, line);
    srl_wipe(line, sizeof line);
#else
    (void)tls;
    (void)label;
    (void)secret;
#endif
}

/* Derive-Secret; messages NULL stands for the hash of none. */
static void
srl_tls_derive(const srl_tls *tls, const char *label,
               const uint8_t *messages, uint8_t *out)
{
    uint8_t none[SRL_TLS_SECRET];

    if (!messages) {
        srl_hash_of(tls->hash_id, "", 0, none);
        messages = none;
    }
    srl_tls_expand(tls->hash_id, tls->secret, label, messages, tls->hash_len,
                   out, tls->hash_len);
}

/* tls->secret becomes the next one below it: Extract of what is derived from
 * it and the new key. */
static void
srl_tls_extract(srl_tls *tls, const uint8_t *key, size_t key_len)
{
    uint8_t salt[SRL_TLS_SECRET];

    srl_tls_derive(tls, "derived", NULL, salt);
    srl_hkdf_extract(tls->hash_id, salt, tls->hash_len, key, key_len,
                     tls->secret);
    srl_wipe(salt, sizeof salt);
}

SRL_FN void
srl_tls_handshake_keys(srl_tls *tls, uint8_t shared[32])
{
    static const uint8_t zeros[SRL_TLS_SECRET] = {0};
    uint8_t messages[SRL_TLS_SECRET];
    uint8_t secret[SRL_TLS_SECRET];

    srl_tls_transcript_now(tls, messages);
    srl_hkdf_extract(tls->hash_id, zeros, tls->hash_len, zeros,
                     tls->hash_len, tls->secret);
    srl_tls_extract(tls, shared, 32);
    srl_wipe(shared, 32);
    srl_tls_derive(tls, "c hs traffic", messages, secret);
    srl_tls_keylog(tls, "CLIENT_HANDSHAKE_TRAFFIC_SECRET", secret);
    srl_tls_install(tls, &tls->out, secret);
    srl_tls_derive(tls, "s hs traffic", messages, secret);
    srl_tls_keylog(tls, "SERVER_HANDSHAKE_TRAFFIC_SECRET", secret);
    srl_tls_install(tls, &tls->in, secret);
    srl_wipe(secret, sizeof secret);
    srl_tls_extract(tls, zeros, tls->hash_len);
}

SRL_FN void
srl_tls_application_secrets(srl_tls *tls, uint8_t client[SRL_TLS_SECRET],
                            uint8_t server[SRL_TLS_SECRET])
{
    uint8_t messages[SRL_TLS_SECRET];

    srl_tls_transcript_now(tls, messages);
    srl_tls_derive(tls, "c ap traffic", messages, client);
    srl_tls_keylog(tls, "CLIENT_TRAFFIC_SECRET_0", client);
    srl_tls_derive(tls, "s ap traffic", messages, server);
    srl_tls_keylog(tls, "SERVER_TRAFFIC_SECRET_0", server);
    srl_wipe(tls->secret, sizeof tls->secret);
}

/* ---- keys ---------------------------------------------------------------- */

static srl_aead_id
srl_tls_cipher(const srl_tls *tls)
{
    switch (tls->suite) {
    case SRL_TLS_AES_128: return SRL_AES_128_GCM;
    case SRL_TLS_AES_256: return SRL_AES_256_GCM;
    default: return SRL_CHACHA20_POLY1305;
    }
}

SRL_FN void
srl_tls_install(srl_tls *tls, srl_tls_side *side, const uint8_t *secret)
{
    srl_aead_id id = srl_tls_cipher(tls);
    uint8_t key[32];

    memmove(side->secret, secret, tls->hash_len);
    srl_tls_expand(tls->hash_id, side->secret, "key", NULL, 0, key,
                   srl_aead_key_len(id));
    srl_tls_expand(tls->hash_id, side->secret, "iv", NULL, 0, side->iv,
                   sizeof side->iv);
    srl_wipe(&side->aead, sizeof side->aead);
    srl_aead_init(&side->aead, id, key);
    srl_wipe(key, sizeof key);
    side->seq = 0;
    side->is_on = true;
}

SRL_FN void
srl_tls_next_keys(srl_tls *tls, srl_tls_side *side)
{
    uint8_t next[SRL_TLS_SECRET];

    srl_tls_expand(tls->hash_id, side->secret, "traffic upd", NULL, 0, next,
                   tls->hash_len);
    srl_tls_install(tls, side, next);
    srl_wipe(next, sizeof next);
}

SRL_FN void
srl_tls_finished_mac(const srl_tls *tls, const srl_tls_side *side,
                     uint8_t out[SRL_TLS_SECRET])
{
    uint8_t key[SRL_TLS_SECRET];
    uint8_t messages[SRL_TLS_SECRET];
    srl_hmac hmac;

    srl_tls_expand(tls->hash_id, side->secret, "finished", NULL, 0, key,
                   tls->hash_len);
    srl_tls_transcript_now(tls, messages);
    srl_hmac_init(&hmac, tls->hash_id, key, tls->hash_len);
    srl_hmac_add(&hmac, messages, tls->hash_len);
    srl_hmac_end(&hmac, out);
    srl_wipe(key, sizeof key);
}

SRL_FN void
srl_tls_wipe_keys(srl_tls *tls)
{
    srl_wipe(tls->secret, sizeof tls->secret);
    srl_wipe(tls->scalar, sizeof tls->scalar);
    srl_wipe(&tls->in, sizeof tls->in);
    srl_wipe(&tls->out, sizeof tls->out);
}
