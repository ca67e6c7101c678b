/* rpc/token.c: what a token says of itself, RFC 7519. */
#include "rpc/rpc.h"

/* A token is three parts in base64url (RFC 4648 section 5, no padding) with
 * dots between: header, claims, signature. The claims are a JSON object, of
 * which a few members matter. The signature is not looked at, since only the
 * server has the key: nothing may be decided by what is read here but when to
 * ask for the next token and what the server has selected.
 *
 * Tokens of other issuers come in every style, so anything that is not
 * understood makes the whole token one that says nothing, never an error.
 */

/* No server sends longer ones; HTTP servers do not even take them back. */
#define SRL_TOKEN_MAX ((size_t)64 << 10)
/* Arrays and objects open at once. */
#define SRL_TOKEN_DEPTH 16

/* ---- base64url ----------------------------------------------------------- */

static int
srl_base64url_digit(char c)
{
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    return c == '-' ? 62 : c == '_' ? 63 : -1;
}

/* Bits left over at the end must be zero: one text for the same bytes. */
static bool
srl_base64url_decode(srl_buf *out, surreal_str text)
{
    uint32_t bits = 0;
    unsigned count = 0;
    size_t i;

    if (text.len % 4 == 1 || srl_buf_reserve(out, text.len)) return false;
    for (i = 0; i < text.len; i++) {
        int digit = srl_base64url_digit(text.ptr[i]);

        if (digit < 0) return false;
        bits = (bits << 6 | (uint32_t)digit) & 0xfff;
        count += 6;
        if (count < 8) continue;
        count -= 8;
        out->data[out->len++] = (uint8_t)(bits >> count);
    }
    return (bits & ((1u << count) - 1)) == 0;
}

/* ---- JSON ---------------------------------------------------------------- */

/* A place in [at, end). Strings are unescaped where they stand: they only get
 * shorter. */
typedef struct srl_claims {
    uint8_t *at;
    uint8_t *end;
} srl_claims;

/* The next byte that is not white space; 0 at the end. */
static uint8_t
srl_claims_peek(srl_claims *in)
{
    while (in->at < in->end && (*in->at == ' ' || *in->at == '\t' ||
                                *in->at == '\n' || *in->at == '\r')) {
        in->at++;
    }
    return in->at < in->end ? *in->at : 0;
}

static bool
srl_claims_take(srl_claims *in, uint8_t c)
{
    if (srl_claims_peek(in) != c) return false;
    in->at++;
    return true;
}

/* Four hexadecimal digits behind \u. */
static bool
srl_claims_hex(srl_claims *in, uint32_t *code)
{
    int i;

    *code = 0;
    if (in->end - in->at < 4) return false;
    for (i = 0; i < 4; i++) {
        int digit = srl_hex_value(*in->at++);

        if (digit < 0) return false;
        *code = *code << 4 | (uint32_t)digit;
    }
    return true;
}

/* \u escape, two of them for what lies beyond U+FFFF. */
static bool
srl_claims_code(srl_claims *in, uint8_t **out)
{
    uint32_t code;
    uint32_t low;

    if (!srl_claims_hex(in, &code)) return false;
    if (code >= 0xd800 && code < 0xe000) {
        if (code >= 0xdc00 || in->end - in->at < 2 || in->at[0] != '\\' ||
            in->at[1] != 'u') {
            return false;
        }
        in->at += 2;
        if (!srl_claims_hex(in, &low) || low < 0xdc00 || low > 0xdfff) {
            return false;
        }
        code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
    }
    *out += srl_utf8_put(*out, code);
    return true;
}

/* string = '"' *( char / escape ) '"' */
static bool
srl_claims_string(srl_claims *in, surreal_str *text)
{
    static const char from[] = "\"\\/bfnrt";
    static const char to[] = "\"\\/\b\f\n\r\t";
    uint8_t *out;

    if (!srl_claims_take(in, '"')) return false;
    out = in->at;
    text->ptr = (const char *)out;
    while (in->at < in->end) {
        uint8_t c = *in->at++;
        const char *escape;

        if (c == '"') {
            text->len = (size_t)(out - (const uint8_t *)text->ptr);
            return true;
        }
        if (c < 0x20) return false;
        if (c != '\\') {
            *out++ = c;
            continue;
        }
        if (in->at == in->end || !*in->at) return false;
        c = *in->at++;
        if (c == 'u') {
            if (!srl_claims_code(in, &out)) return false;
            continue;
        }
        escape = strchr(from, c);
        if (!escape) return false;
        *out++ = (uint8_t)to[escape - from];
    }
    return false;
}

/* number = ["-"] 1*digit ["." 1*digit] [e ["+" / "-"] 1*digit]; the value is
 * its whole part, and 0 for what no date looks like: negative, with an
 * exponent, beyond 2^53. */
static bool
srl_claims_number(srl_claims *in, int64_t *value)
{
    const uint8_t *start;
    bool is_date = *in->at != '-';
    int64_t v = 0;
    int part;

    *value = 0;
    if (!is_date) in->at++;
    for (part = 0; part < 3; part++) {
        if (part == 1 && (in->at == in->end || *in->at != '.')) continue;
        if (part == 2 && (in->at == in->end || (*in->at | 32) != 'e')) break;
        if (part) in->at++;
        if (part == 2) is_date = false;
        if (part == 2 && in->at < in->end &&
            (*in->at == '+' || *in->at == '-')) {
            in->at++;
        }
        start = in->at;
        for (; in->at < in->end && *in->at >= '0' && *in->at <= '9'; in->at++) {
            if (!part && v <= (int64_t)1 << 53) v = v * 10 + (*in->at - '0');
        }
        if (in->at == start) return false;
    }
    if (is_date && v <= (int64_t)1 << 53) *value = v;
    return true;
}

static bool
srl_claims_word(srl_claims *in, const char *word)
{
    size_t len = strlen(word);

    if ((size_t)(in->end - in->at) < len || memcmp(in->at, word, len)) {
        return false;
    }
    in->at += len;
    return true;
}

/* value = string / number / "true" / "false" / "null" / array / object */
static bool
srl_claims_value(srl_claims *in, surreal_str *text, int64_t *number,
                 unsigned depth)
{
    surreal_str ignored;
    int64_t zero;
    uint8_t c = srl_claims_peek(in);
    bool is_map = c == '{';

    if (c == '"') return srl_claims_string(in, text);
    if (c == 't') return srl_claims_word(in, "true");
    if (c == 'f') return srl_claims_word(in, "false");
    if (c == 'n') return srl_claims_word(in, "null");
    if (c == '-' || (c >= '0' && c <= '9')) {
        return srl_claims_number(in, number);
    }
    if ((c != '[' && !is_map) || depth >= SRL_TOKEN_DEPTH) return false;
    in->at++;
    if (srl_claims_take(in, is_map ? '}' : ']')) return true;
    do {
        if (is_map && (!srl_claims_string(in, &ignored) ||
                       !srl_claims_take(in, ':'))) {
            return false;
        }
        if (!srl_claims_value(in, &ignored, &zero, depth + 1)) return false;
    } while (srl_claims_take(in, ','));
    return srl_claims_take(in, is_map ? '}' : ']');
}

/* ---- claims -------------------------------------------------------------- */

/* SurrealDB writes its own claims in capitals and reads them in both; with
 * both there, the capitals count. */
static void
srl_claims_member(srl_token *token, surreal_str key, surreal_str text,
                  int64_t number)
{
    if (surreal_str_eq(key, SURREAL_LIT("exp"))) token->exp = number;
    if (surreal_str_eq(key, SURREAL_LIT("iat"))) token->iat = number;
    if (surreal_str_eq(key, SURREAL_LIT("NS"))) token->ns = text;
    if (surreal_str_eq(key, SURREAL_LIT("DB"))) token->db = text;
    if (surreal_str_eq(key, SURREAL_LIT("AC"))) token->ac = text;
    if (surreal_str_eq(key, SURREAL_LIT("ns")) && !token->ns.len) {
        token->ns = text;
    }
    if (surreal_str_eq(key, SURREAL_LIT("db")) && !token->db.len) {
        token->db = text;
    }
    if (surreal_str_eq(key, SURREAL_LIT("ac")) && !token->ac.len) {
        token->ac = text;
    }
}

/* object = "{" [member *("," member)] "}", and nothing else. */
static bool
srl_claims_read(srl_claims *in, srl_token *token)
{
    surreal_str key;

    if (!srl_claims_take(in, '{')) return false;
    if (srl_claims_take(in, '}')) return !srl_claims_peek(in);
    do {
        surreal_str text = {NULL, 0};
        int64_t number = 0;

        srl_claims_peek(in);
        if (!srl_claims_string(in, &key) || !srl_claims_take(in, ':') ||
            !srl_claims_value(in, &text, &number, 1)) {
            return false;
        }
        srl_claims_member(token, key, text, number);
    } while (srl_claims_take(in, ','));
    return srl_claims_take(in, '}') && !srl_claims_peek(in) &&
           in->at == in->end;
}

SRL_FN bool
srl_token_read(surreal_str text, srl_buf *room, srl_token *out)
{
    const char *dot = text.ptr && text.len <= SRL_TOKEN_MAX
                          ? (const char *)memchr(text.ptr, '.', text.len)
                          : NULL;
    const char *end = text.ptr + text.len;
    const char *last;
    srl_claims in;

    memset(out, 0, sizeof *out);
    if (!dot) return false;
    dot++;
    last = (const char *)memchr(dot, '.', (size_t)(end - dot));
    if (!last || memchr(last + 1, '.', (size_t)(end - last - 1))) return false;
    if (!srl_base64url_decode(
            room, surreal_text_of(dot, (size_t)(last - dot))) ||
        !room->len || !srl_utf8_valid(room->data, room->len)) {
        return false;
    }
    in.at = room->data;
    in.end = room->data + room->len;
    if (srl_claims_read(&in, out)) return true;
    memset(out, 0, sizeof *out);
    return false;
}
