/* tls/record.c: the record layer of TLS 1.3, both ways. */
#include "tls/tls.h"

/* RFC 8446 section 5. A record is
 *
 *   type (1)  03 03 (2)  length (2)  content              without keys
 *   23   (1)  03 03 (2)  length (2)  sealed(content type zeros...) tag (16)
 *
 * Input: records lie in tls->input as they came, are taken out one by one and
 * decrypted where they lie or straight to where the caller wants data. What
 * can be refused from the five bytes of the head alone is refused before a
 * byte of the body is waited for.
 *
 * Output: content is written into tls->output behind room for its head, and
 * sealed in place. Room for one alert and one KeyUpdate is always kept, so
 * that telling the peer of a failure never has to wait. */

#define SRL_TLS_PROTECTED 0x17u /* the type outside: application_data */

/* ---- in ------------------------------------------------------------------ */

/* What is no TLS at all: the port speaks something else. */
static surreal_status
srl_tls_check_first(srl_tls *tls, const uint8_t *head, size_t have,
                    surreal_error *err)
{
    size_t n = have < SRL_TLS_HEAD ? have : SRL_TLS_HEAD;

    if (head[0] >= SRL_TLS_CCS && head[0] <= SRL_TLS_DATA &&
        (have < 2 || head[1] == 3)) {
        return SURREAL_OK;
    }
    if (!memcmp(head, "HTTP/", n)) {
        if (n < SRL_TLS_HEAD) return SURREAL_WOULD_BLOCK;
        return srl_tls_fail(tls, SURREAL_ERR_TLS,
                            SRL_TLS_ALERT_UNEXPECTED_MESSAGE, err,
                            "the server answers in plain HTTP: this port has "
                            "no TLS; use ws:// or http://, or the port that "
                            "has it");
    }
    return srl_tls_fail(tls, SURREAL_ERR_TLS,
                        SRL_TLS_ALERT_UNEXPECTED_MESSAGE, err,
                        "the server does not answer in TLS (its first byte "
                        "is 0x%02x): is this the right port?", head[0]);
}

static surreal_status
srl_tls_unexpected(srl_tls *tls, surreal_error *err, const char *what)
{
    return srl_tls_fail(tls, SURREAL_ERR_TLS,
                        SRL_TLS_ALERT_UNEXPECTED_MESSAGE, err, "%s", what);
}

/* Type and length against what may come now. The version is not looked at: it
 * is there for old middleboxes only (5.1). */
static surreal_status
srl_tls_check_head(srl_tls *tls, unsigned type, size_t len,
                   surreal_error *err)
{
    bool is_on = tls->in.is_on;
    size_t max = is_on ? SRL_TLS_PLAIN + SRL_TLS_MORE : SRL_TLS_PLAIN;

    switch (type) {
    case SRL_TLS_CCS:
        if (tls->state == SRL_TLS_OPEN) {
            return srl_tls_unexpected(tls, err, "change_cipher_spec after "
                                                "Finished");
        }
        if (tls->have) {
            return srl_tls_unexpected(tls, err, "change_cipher_spec inside a "
                                                "handshake message");
        }
        if (len != 1) {
            return srl_tls_unexpected(tls, err, "change_cipher_spec that is "
                                                "not one byte long");
        }
        break;
    case SRL_TLS_ALERT:
        if (is_on) {
            return srl_tls_unexpected(tls, err, "an alert that is not "
                                                "encrypted");
        }
        break;
    case SRL_TLS_HANDSHAKE:
        if (is_on) {
            return srl_tls_unexpected(tls, err, "a handshake record that is "
                                                "not encrypted");
        }
        if (!len) {
            return srl_tls_unexpected(tls, err, "an empty handshake record");
        }
        break;
    case SRL_TLS_DATA:
        if (!is_on) {
            return srl_tls_unexpected(tls, err, "data before the keys");
        }
        break;
    default:
        return srl_tls_fail(tls, SURREAL_ERR_TLS,
                            SRL_TLS_ALERT_UNEXPECTED_MESSAGE, err,
                            "a record of type %u", type);
    }
    if (len <= max) return SURREAL_OK;
    return srl_tls_fail(tls, SURREAL_ERR_TLS, SRL_TLS_ALERT_RECORD_OVERFLOW,
                        err, "a record of %u bytes", (unsigned)len);
}

SRL_FN surreal_status
srl_tls_next_record(srl_tls *tls, srl_tls_record *rec, surreal_error *err)
{
    uint8_t *head = tls->input + tls->in_at;
    size_t have = tls->in_end - tls->in_at;

    if (!have) return SURREAL_WOULD_BLOCK;
    if (!tls->has_record) {
        SRL_TRY(srl_tls_check_first(tls, head, have, err));
    }
    if (have < SRL_TLS_HEAD) return SURREAL_WOULD_BLOCK;
    rec->type = head[0];
    rec->head = head;
    rec->body = head + SRL_TLS_HEAD;
    rec->len = srl_load16(head + 3);
    SRL_TRY(srl_tls_check_head(tls, rec->type, rec->len, err));
    if (have - SRL_TLS_HEAD < rec->len) return SURREAL_WOULD_BLOCK;
    tls->in_at += SRL_TLS_HEAD + rec->len;
    tls->has_record = true;
    return SURREAL_OK;
}

/* 5.3: the number of the record, padded to the left, over the IV. */
static void
srl_tls_nonce(const srl_tls_side *side, uint8_t out[SRL_AEAD_NONCE])
{
    uint8_t seq[8];
    size_t i;

    srl_store64(seq, side->seq);
    memcpy(out, side->iv, SRL_AEAD_NONCE);
    for (i = 0; i < 8; i++) {
        out[4 + i] = (uint8_t)(out[4 + i] ^ seq[i]);
    }
}

/* True if the tag fits. */
static bool
srl_tls_decrypt(const srl_tls *tls, const srl_tls_record *rec, uint8_t *out,
                size_t len)
{
    uint8_t nonce[SRL_AEAD_NONCE];

    srl_tls_nonce(&tls->in, nonce);
#ifdef SRL_TLS_FUZZ
    /* For fuzzing alone: nothing is encrypted, tags are anything. */
    memmove(out, rec->body, len);
    return true;
#else
    return srl_aead_open(&tls->in.aead, nonce, rec->head, SRL_TLS_HEAD,
                         rec->body, len, out, rec->body + len);
#endif
}

SRL_FN surreal_status
srl_tls_open(srl_tls *tls, const srl_tls_record *rec, uint8_t *out,
             unsigned *type, size_t *len, surreal_error *err)
{
    size_t n = rec->len < SRL_AEAD_TAG ? 0 : rec->len - SRL_AEAD_TAG;

    SURREAL_ASSERT(tls->in.is_on && rec->type == SRL_TLS_DATA);
    if (tls->in.seq == UINT64_MAX) {
        return srl_tls_fail(tls, SURREAL_ERR_LIMIT,
                            SRL_TLS_ALERT_INTERNAL_ERROR, err,
                            "more records than can be numbered");
    }
    if (rec->len < SRL_AEAD_TAG || !srl_tls_decrypt(tls, rec, out, n)) {
        return srl_tls_fail(tls, SURREAL_ERR_TLS,
                            SRL_TLS_ALERT_BAD_RECORD_MAC, err,
                            "a record was changed on the way (its tag does "
                            "not fit)");
    }
    tls->in.seq++;
    if (n > SRL_TLS_PLAIN + 1) { /* 5.4: padding counts */
        return srl_tls_fail(tls, SURREAL_ERR_TLS,
                            SRL_TLS_ALERT_RECORD_OVERFLOW, err,
                            "a record of %u bytes in plain", (unsigned)n);
    }
    while (n && !out[n - 1]) {
        n--;
    }
    if (!n) {
        return srl_tls_unexpected(tls, err, "a record of zeros alone");
    }
    *type = out[n - 1];
    *len = n - 1;
    return SURREAL_OK;
}

/* ---- out ----------------------------------------------------------------- */

static size_t
srl_tls_out_free(const srl_tls *tls)
{
    return sizeof tls->output - tls->out_end;
}

SRL_FN uint8_t *
srl_tls_content(srl_tls *tls, size_t *cap)
{
    size_t room = srl_tls_out_free(tls);
    size_t kept = SRL_TLS_HEAD + 1 + SRL_AEAD_TAG + SRL_TLS_ALERT_ROOM +
                  SRL_TLS_UPDATE_ROOM;

    *cap = 0;
    if (tls->out.is_on) srl_tls_put_ccs(tls);
    if (!tls->is_ccs_sent) kept += SRL_TLS_HEAD + 1;
    room = srl_tls_out_free(tls);
    if (room <= kept) return NULL;
    *cap = room - kept;
    if (*cap > SRL_TLS_PLAIN) *cap = SRL_TLS_PLAIN;
    return tls->output + tls->out_end + SRL_TLS_HEAD;
}

SRL_FN void
srl_tls_seal(srl_tls *tls, unsigned type, size_t len)
{
    uint8_t *head = tls->output + tls->out_end;
    uint8_t *body = head + SRL_TLS_HEAD;
    uint8_t nonce[SRL_AEAD_NONCE];

    SURREAL_ASSERT(len <= SRL_TLS_PLAIN);
    head[0] = (uint8_t)type;
    /* 5.1: the first ClientHello may say 03 01, and old servers want it. */
    srl_store16(head + 1, tls->state == SRL_TLS_NEW ? 0x0301 : 0x0303);
    if (tls->out.is_on && type != SRL_TLS_CCS) {
        head[0] = SRL_TLS_PROTECTED;
        body[len++] = (uint8_t)type;
        srl_store16(head + 3, (uint16_t)(len + SRL_AEAD_TAG));
        srl_tls_nonce(&tls->out, nonce);
        srl_aead_seal(&tls->out.aead, nonce, head, SRL_TLS_HEAD, body, len,
                      body, body + len);
        tls->out.seq++;
        len += SRL_AEAD_TAG;
    }
    srl_store16(head + 3, (uint16_t)len);
    tls->out_end += SRL_TLS_HEAD + len;
    SURREAL_ASSERT(tls->out_end <= sizeof tls->output);
}

SRL_FN void
srl_tls_put_ccs(srl_tls *tls)
{
    if (tls->is_ccs_sent) return;
    tls->is_ccs_sent = true;
    tls->output[tls->out_end + SRL_TLS_HEAD] = 1;
    srl_tls_seal(tls, SRL_TLS_CCS, 1);
}

SRL_FN void
srl_tls_put_alert(srl_tls *tls, srl_tls_alert alert)
{
    uint8_t *body;

    if (tls->is_alert_sent || tls->state == SRL_TLS_NEW) return;
    if (tls->out.is_on) srl_tls_put_ccs(tls);
    SURREAL_ASSERT(srl_tls_out_free(tls) >= SRL_TLS_ALERT_ROOM);
    body = tls->output + tls->out_end + SRL_TLS_HEAD;
    body[0] = alert == SRL_TLS_ALERT_CLOSE_NOTIFY ? 1 : 2;
    body[1] = (uint8_t)alert;
    srl_tls_seal(tls, SRL_TLS_ALERT, 2);
    tls->is_alert_sent = true;
}

SRL_FN bool
srl_tls_put_update(srl_tls *tls)
{
    /* KeyUpdate, 1 byte, update_not_requested (4.6.3). */
    static const uint8_t message[5] = {SRL_TLS_KEY_UPDATE, 0, 0, 1, 0};

    if (srl_tls_out_free(tls) < SRL_TLS_ALERT_ROOM + SRL_TLS_UPDATE_ROOM) {
        return false;
    }
    memcpy(tls->output + tls->out_end + SRL_TLS_HEAD, message,
           sizeof message);
    srl_tls_seal(tls, SRL_TLS_HANDSHAKE, sizeof message);
    srl_tls_next_keys(tls, &tls->out);
    tls->is_update_due = false;
    return true;
}
