/* http/request.c: heads of HTTP/1.1 requests, and chunks. */
#include "http/http.h"

/* A head is written in one go, after everything in it that came from outside
 * was checked: a line end in a value would make two requests of one (RFC 9110
 * 5.5), and a second Host, Content-Length or Transfer-Encoding would let two
 * servers on the way see two different requests (RFC 9112 11.2). Names are
 * told in messages, values never: they hold passwords and tokens. */

/* What this client says itself, and what would bring an answer that it does
 * not understand: a compressed one, trailers, another protocol. */
static bool
srl_http_is_reserved(surreal_str name)
{
    static const char *const names[] = {
        "Accept-Encoding", "Connection", "Content-Length", "Host", "TE",
        "Trailer", "Transfer-Encoding", "Upgrade"};
    static const char prefix[] = "Sec-WebSocket-";
    const uint8_t *text = (const uint8_t *)name.ptr;
    size_t i;

    for (i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (srl_http_same(text, name.len, names[i])) return true;
    }
    return name.len >= sizeof prefix - 1 &&
           srl_http_same(text, sizeof prefix - 1, prefix);
}

static surreal_status
srl_http_request_fail(surreal_error *err, size_t at, const char *what,
                      surreal_str name)
{
    char quoted[SRL_HTTP_QUOTE];
    surreal_status status = srl_fail(err, SURREAL_ERR_SYNTAX,
                                     "http request: %s \"%s\" (at byte %llu)",
                                     what, srl_http_quote(quoted, name),
                                     (unsigned long long)at);

    if (err) err->at = at;
    return status;
}

SRL_FN surreal_status
srl_http_fields_check(const srl_http_field *fields, size_t count,
                      surreal_error *err)
{
    char quoted[SRL_HTTP_QUOTE];
    size_t i;

    SURREAL_ASSERT(fields || !count);
    for (i = 0; i < count; i++) {
        surreal_str name = fields[i].name;
        surreal_str value = fields[i].value;
        size_t at = 0;

        while (at < name.len && srl_http_is_token_byte((uint8_t)name.ptr[at])) {
            at++;
        }
        if (at < name.len || !name.len) {
            return srl_http_request_fail(err, at, "not a header's name:",
                                         name);
        }
        if (srl_http_is_reserved(name)) {
            return srl_fail(err, SURREAL_ERR_USAGE,
                            "http request: header \"%s\" is not the caller's "
                            "to set", srl_http_quote(quoted, name));
        }
        for (at = 0; at < value.len; at++) {
            uint8_t c = (uint8_t)value.ptr[at];

            if (c == '\t' || (c >= 0x20 && c != 0x7f)) continue;
            return srl_http_request_fail(err, at, "control byte in the value "
                                                  "of header", name);
        }
    }
    return SURREAL_OK;
}

/* origin-form = absolute-path [ "?" query ] (RFC 9112 3.2.1). What stands
 * between the slashes is the caller's; a byte that ends the target early or
 * the line is not. */
static surreal_status
srl_http_target_check(const char *target, surreal_error *err)
{
    size_t at = 0;
    surreal_status status;

    if (target[0] == '/') {
        while (target[at] > ' ' && target[at] <= '~' && target[at] != '#') {
            at++;
        }
        if (!target[at]) return SURREAL_OK;
    }
    status = srl_fail(err, SURREAL_ERR_SYNTAX, "http request: target %s (at "
                      "byte %llu)", at ? "holds a byte that must be escaped"
                                       : "does not begin with '/'",
                      (unsigned long long)at);
    if (err) err->at = at;
    return status;
}

/* Host = uri-host [ ":" port ] (RFC 9110 7.2); a default port is left out as
 * RFC 6455 4.1 wants. */
static void
srl_http_put_host(srl_buf *out, const srl_url *url)
{
    bool brackets = url->host_kind == SRL_HOST_IPV6;
    char digits[8];
    srl_out port;

    srl_buf_put_text(out, brackets ? "Host: [" : "Host: ");
    srl_buf_put_text(out, url->host);
    if (brackets) srl_buf_put_text(out, "]");
    if (url->port != srl_url_default_port(url->scheme)) {
        srl_out_init(&port, digits, sizeof digits);
        srl_out_char(&port, ':');
        srl_out_uint(&port, url->port);
        srl_out_end(&port);
        srl_buf_put_text(out, digits);
    }
    srl_buf_put_text(out, "\r\n");
}

SRL_FN void
srl_http_request_begin(srl_buf *out, const srl_url *url, const char *method,
                       const char *target)
{
    srl_buf_put_text(out, method);
    srl_buf_put_text(out, " ");
    srl_buf_put_text(out, target);
    srl_buf_put_text(out, " HTTP/1.1\r\n");
    srl_http_put_host(out, url);
}

SRL_FN surreal_status
srl_http_request_end(srl_buf *out, const srl_http_field *fields, size_t count,
                     surreal_error *err)
{
    size_t i;

    for (i = 0; i < count; i++) {
        srl_buf_put(out, fields[i].name.ptr, fields[i].name.len);
        srl_buf_put_text(out, ": ");
        srl_buf_put(out, fields[i].value.ptr, fields[i].value.len);
        srl_buf_put_text(out, "\r\n");
    }
    srl_buf_put_text(out, "\r\n");
    if (!out->status) return SURREAL_OK;
    return srl_fail(err, out->status, "http request: %s",
                    surreal_status_text(out->status));
}

SRL_FN size_t
srl_http_path(const srl_url *url, const char *name, char *out, size_t cap)
{
    size_t len = strlen(url->path);
    srl_out text;

    SURREAL_ASSERT(name[0] == '/');
    SURREAL_ASSERT(len >= 4 && !strcmp(url->path + len - 4, "/rpc"));
    srl_out_init(&text, out, cap);
    srl_out_put(&text, url->path, len - 4);
    srl_out_text(&text, name);
    return srl_out_end(&text);
}

SRL_FN surreal_status
srl_http_request_write(srl_buf *out, const srl_url *url,
                       const srl_http_request *request, surreal_error *err)
{
    static const char *const methods[] = {"", "GET", "HEAD", "POST"};
    char digits[24];
    srl_out length;

    SURREAL_ASSERT(request->method >= SRL_HTTP_GET);
    SURREAL_ASSERT(request->method <= SRL_HTTP_POST);
    SURREAL_ASSERT(request->framing != SRL_HTTP_UNTIL_CLOSE);
    SRL_TRY(srl_http_target_check(request->target, err));
    SRL_TRY(srl_http_fields_check(request->fields, request->field_count,
                                  err));
    srl_http_request_begin(out, url, methods[request->method],
                           request->target);
    if (request->framing == SRL_HTTP_LENGTH) {
        srl_out_init(&length, digits, sizeof digits);
        srl_out_uint(&length, request->body_len);
        srl_out_end(&length);
        srl_buf_put_text(out, "Content-Length: ");
        srl_buf_put_text(out, digits);
        srl_buf_put_text(out, "\r\n");
    } else if (request->framing == SRL_HTTP_CHUNKED) {
        srl_buf_put_text(out, "Transfer-Encoding: chunked\r\n");
    }
    if (request->is_last) srl_buf_put_text(out, "Connection: close\r\n");
    return srl_http_request_end(out, request->fields, request->field_count,
                                err);
}

SRL_FN void
srl_http_chunk_put(srl_buf *out, const void *data, size_t len)
{
    static const char hex[] = "0123456789ABCDEF";
    char head[sizeof len * 2 + 2];
    size_t at = sizeof head - 2;
    size_t rest = len;

    if (!len) return;
    head[at] = '\r';
    head[at + 1] = '\n';
    while (rest) {
        head[--at] = hex[rest & 15];
        rest >>= 4;
    }
    srl_buf_put(out, head + at, sizeof head - at);
    srl_buf_put(out, data, len);
    srl_buf_put_text(out, "\r\n");
}

SRL_FN void
srl_http_chunk_last(srl_buf *out)
{
    srl_buf_put_text(out, "0\r\n\r\n");
}
