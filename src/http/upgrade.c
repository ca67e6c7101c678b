/* http/upgrade.c: from HTTP to WebSocket, RFC 6455 section 4. */
#include "http/http.h"

/* The request names one sub-protocol, "cbor", because a server that is offered
 * several chooses by its own list, and no extension. A server shows by the
 * hash of our key that the answer is one to this request and not a stored
 * page (RFC 6455 1.3). Each rule of 4.1 that an answer breaks has a message
 * of its own: most failures here are a wrong address, a proxy that does not
 * forward upgrades, or bad credentials, and the reader must see which. */

SRL_FN void
srl_http_accept_of(const char *key, char out[29])
{
    static const char guid[] = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    uint8_t joined[24 + sizeof guid - 1];
    uint8_t hash[20];

    SURREAL_ASSERT(strlen(key) == 24);
    memcpy(joined, key, 24);
    memcpy(joined + 24, guid, sizeof guid - 1);
    srl_sha1(joined, sizeof joined, hash);
    srl_base64_encode(out, hash, sizeof hash);
}

SRL_FN surreal_status
srl_http_upgrade_write(srl_buf *out, const srl_url *url,
                       const uint8_t nonce[16], const srl_http_field *fields,
                       size_t count, surreal_error *err)
{
    char key[SRL_BASE64_LEN(16) + 1];

    SURREAL_ASSERT(url->path[0] == '/');
    SRL_TRY(srl_http_fields_check(fields, count, err));
    srl_base64_encode(key, nonce, 16);
    srl_http_request_begin(out, url, "GET", url->path);
    srl_buf_put_text(out, "Upgrade: websocket\r\n"
                          "Connection: Upgrade\r\n"
                          "Sec-WebSocket-Key: ");
    srl_buf_put_text(out, key);
    srl_buf_put_text(out, "\r\n"
                          "Sec-WebSocket-Version: 13\r\n"
                          "Sec-WebSocket-Protocol: cbor\r\n");
    return srl_http_request_end(out, fields, count, err);
}

/* An answer other than 101. */
static surreal_status
srl_http_refused(const srl_http_head *head, surreal_error *err)
{
    surreal_status status = SURREAL_ERR_UPGRADE;
    char reason[SRL_HTTP_QUOTE];
    char where[SRL_HTTP_QUOTE];
    size_t next = 0;
    surreal_str location = srl_http_header_next(head, "Location", &next);

    if (head->code == 401) status = SURREAL_ERR_AUTH;
    if (head->code == 403) status = SURREAL_ERR_DENIED;
    srl_http_quote(reason, head->reason);
    if (head->code / 100 == 3 && location.ptr) {
        srl_fail(err, status, "upgrade: server answered %d%s%s and points to "
                 "%s; expected 101", head->code, reason[0] ? " " : "",
                 reason, srl_http_quote(where, location));
    } else {
        srl_fail(err, status, "upgrade: server answered %d%s%s; expected 101",
                 head->code, reason[0] ? " " : "", reason);
    }
    if (err) err->code = head->code;
    return status;
}

/* The value of a header that must be there once. */
static surreal_status
srl_http_only(const srl_http_head *head, const char *name,
              const char *expected, surreal_str *value, surreal_error *err)
{
    size_t next = 0;

    *value = srl_http_header_next(head, name, &next);
    if (!value->ptr) {
        return srl_fail(err, SURREAL_ERR_UPGRADE,
                        "upgrade: no %s in the answer; expected \"%s\"",
                        name, expected);
    }
    if (srl_http_header_next(head, name, &next).ptr) {
        return srl_fail(err, SURREAL_ERR_UPGRADE,
                        "upgrade: more than one %s in the answer", name);
    }
    return SURREAL_OK;
}

/* A header that must be there once with just this value. */
static surreal_status
srl_http_exactly(const srl_http_head *head, const char *name,
                 const char *expected, surreal_error *err)
{
    char came[SRL_HTTP_QUOTE];
    surreal_str value;

    SRL_TRY(srl_http_only(head, name, expected, &value, err));
    if (surreal_str_eq(value, surreal_text(expected))) return SURREAL_OK;
    return srl_fail(err, SURREAL_ERR_UPGRADE,
                    "upgrade: %s is \"%s\"; expected \"%s\"", name,
                    srl_http_quote(came, value), expected);
}

/* A header whose list must hold `token`. */
static surreal_status
srl_http_lists(const srl_http_head *head, const char *name,
               const char *token, surreal_error *err)
{
    char came[SRL_HTTP_QUOTE];
    surreal_str value;
    size_t next = 0;

    if (srl_http_has_token(head, name, token)) return SURREAL_OK;
    value = srl_http_header_next(head, name, &next);
    if (!value.ptr) {
        return srl_fail(err, SURREAL_ERR_UPGRADE,
                        "upgrade: no %s in the answer; expected \"%s\"",
                        name, token);
    }
    return srl_fail(err, SURREAL_ERR_UPGRADE,
                    "upgrade: %s is \"%s\"; expected \"%s\"", name,
                    srl_http_quote(came, value), token);
}

SRL_FN surreal_status
srl_http_upgrade_check(const srl_http_head *head, const uint8_t nonce[16],
                       surreal_error *err)
{
    char key[SRL_BASE64_LEN(16) + 1];
    char accept[29];
    char came[SRL_HTTP_QUOTE];
    surreal_str extensions;
    size_t next = 0;

    SURREAL_ASSERT(head->len);
    if (head->code != 101) return srl_http_refused(head, err);
    if (head->minor != 1) {
        return srl_fail(err, SURREAL_ERR_UPGRADE,
                        "upgrade: answer is HTTP/1.0; expected HTTP/1.1");
    }
    SRL_TRY(srl_http_lists(head, "Upgrade", "websocket", err));
    SRL_TRY(srl_http_lists(head, "Connection", "Upgrade", err));

    srl_base64_encode(key, nonce, 16);
    srl_http_accept_of(key, accept);
    SRL_TRY(srl_http_exactly(head, "Sec-WebSocket-Accept", accept, err));
    SRL_TRY(srl_http_exactly(head, "Sec-WebSocket-Protocol", "cbor", err));

    extensions = srl_http_header_next(head, "Sec-WebSocket-Extensions",
                                      &next);
    if (extensions.ptr) {
        return srl_fail(err, SURREAL_ERR_UPGRADE,
                        "upgrade: Sec-WebSocket-Extensions is \"%s\"; no "
                        "extension was asked for",
                        srl_http_quote(came, extensions));
    }
    return SURREAL_OK;
}
