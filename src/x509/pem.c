/* x509/pem.c: certificates as text, RFC 7468. */
#include "x509/x509.h"

#define SRL_PEM_BEGIN "-----BEGIN "
#define SRL_PEM_FIRST "-----BEGIN CERTIFICATE-----"
#define SRL_PEM_LAST "-----END CERTIFICATE-----"

/* Whether `word` stands at [at, ...) of the text. */
static bool
srl_pem_has(surreal_bytes text, size_t at, const char *word)
{
    size_t len = strlen(word);

    return text.len - at >= len && !memcmp(text.ptr + at, word, len);
}

/* The place of `word` at the beginning of a line at or behind `at`; text.len
 * if there is none. */
static size_t
srl_pem_find(surreal_bytes text, size_t at, const char *word)
{
    while (at < text.len) {
        const void *line;

        if ((!at || text.ptr[at - 1] == '\n' || text.ptr[at - 1] == '\r') &&
            srl_pem_has(text, at, word)) {
            return at;
        }
        line = memchr(text.ptr + at, word[0], text.len - at);
        if (!line) break;
        if ((size_t)((const uint8_t *)line - text.ptr) > at) {
            at = (size_t)((const uint8_t *)line - text.ptr);
        } else {
            at++;
        }
    }
    return text.len;
}

SRL_FN bool
srl_pem_is(surreal_bytes text)
{
    /* DER begins with a SEQUENCE of more than 127 bytes: no text. */
    if (text.len >= 2 && text.ptr[0] == 0x30 && text.ptr[1] >= 0x80) {
        return false;
    }
    return srl_pem_find(text, 0, SRL_PEM_BEGIN) < text.len;
}

/* The six bits of a character; 64 for '=', 65 for white space, 66 for others.
 * What is here is public: a table may be indexed by it, and needs none. */
static unsigned
srl_pem_digit(uint8_t c)
{
    if (c >= 'A' && c <= 'Z') return c - (unsigned)'A';
    if (c >= 'a' && c <= 'z') return c - (unsigned)'a' + 26;
    if (srl_is_digit(c)) return c - (unsigned)'0' + 52;
    if (c == '+') return 62;
    if (c == '/') return 63;
    if (c == '=') return 64;
    if (c == ' ' || c == '\t' || c == '\r' || c == '\n') return 65;
    return 66;
}

static surreal_status
srl_pem_fail(surreal_error *err, size_t at, const char *what)
{
    surreal_status status = srl_fail(err, SURREAL_ERR_CERT,
                                     "certificate in PEM: %s (at byte %lu)",
                                     what, (unsigned long)at);

    if (err) err->at = at;
    return status;
}

/* Base64 from *at up to the '-' of the last line. A block is whole groups of
 * four, '=' only at its end and the bits it drops zero (RFC 4648 3.5), so that
 * two texts are never one certificate by leniency. */
static surreal_status
srl_pem_decode(surreal_bytes text, size_t *at, uint8_t *room, size_t cap,
               size_t *len, surreal_error *err)
{
    uint32_t bits = 0;
    unsigned digits = 0;
    unsigned pads = 0;
    size_t n = 0;
    size_t i;

    for (i = *at; i < text.len && text.ptr[i] != '-'; i++) {
        unsigned v = srl_pem_digit(text.ptr[i]);

        if (v == 65) continue;
        if (v == 66) return srl_pem_fail(err, i, "character not in base64");
        if (pads && (v != 64 || !digits)) {
            return srl_pem_fail(err, i, "text behind the padding");
        }
        if (v == 64) {
            if (digits < 2) return srl_pem_fail(err, i, "padding too early");
            pads++;
            v = 0;
        }
        bits = bits << 6 | v;
        if (++digits < 4) continue;
        digits = 0;
        if (pads && (bits & (pads == 1 ? 0xffu : 0xffffu))) {
            return srl_pem_fail(err, i, "bits behind the end");
        }
        if (cap - n < 3 - pads) {
            return srl_pem_fail(err, i, "block too long");
        }
        room[n++] = (uint8_t)(bits >> 16);
        if (pads < 2) room[n++] = (uint8_t)(bits >> 8);
        if (!pads) room[n++] = (uint8_t)bits;
        bits = 0;
    }
    if (digits) return srl_pem_fail(err, i, "base64 ends inside a group");
    *at = i;
    *len = n;
    return SURREAL_OK;
}

SRL_FN size_t
srl_pem_begin(surreal_bytes text, size_t at)
{
    return srl_pem_find(text, at, SRL_PEM_FIRST);
}

SRL_FN surreal_status
srl_pem_next(surreal_bytes text, size_t *at, uint8_t *room, size_t cap,
             surreal_bytes *out, surreal_error *err)
{
    size_t begin;
    size_t len = 0;
    size_t i;

    out->ptr = room;
    out->len = 0;
    SURREAL_ASSERT(*at <= text.len);
    begin = srl_pem_find(text, *at, SRL_PEM_FIRST);
    if (begin == text.len) {
        *at = text.len;
        return SURREAL_NOT_FOUND;
    }
    i = begin + strlen(SRL_PEM_FIRST);
    *at = i;
    SRL_TRY(srl_pem_decode(text, &i, room, cap, &len, err));
    if (i == text.len) {
        return srl_pem_fail(err, begin, "block without an end, as of a file "
                                        "that was cut");
    }
    if (!srl_pem_has(text, i, SRL_PEM_LAST)) {
        return srl_pem_fail(err, i, "expected \"" SRL_PEM_LAST "\"");
    }
    if (!len) return srl_pem_fail(err, begin, "block without bytes");
    out->len = len;
    *at = i + strlen(SRL_PEM_LAST);
    return SURREAL_OK;
}
