/* http/http.h: addresses, HTTP/1.1 messages and the upgrade to WebSocket. */
#ifndef SRL_HTTP_H
#define SRL_HTTP_H
#include "crypto/crypto.h"

/* Bytes in, bytes out: nothing here reads a socket, allocates or draws random
 * numbers. The client's steps are
 *
 *   srl_url_parse(&url, text, len, err)                     where to connect
 *   srl_http_upgrade_write(&send_buf, &url, nonce,          what to send
 *                          NULL, 0, err)
 *   srl_http_head_init(&head);
 *   while (more bytes came) {                               what comes back
 *       status = srl_http_head_feed(&head, got.data, got.len, err);
 *       if (status != SURREAL_WOULD_BLOCK) break;
 *   }
 *   if (!status) status = srl_http_upgrade_check(&head, nonce, err);
 *   frames start at got.data + head.len
 *
 * for WebSocket, and for one request and its answer
 *
 *   srl_http_path(&url, "/version", path, sizeof path);
 *   srl_http_request_write(&send_buf, &url, &request, err);
 *   srl_http_head_init(&head);
 *   ... feed as above; each time it says SURREAL_OK:
 *   if (srl_http_is_interim(&head)) {
 *       drop head.len bytes; srl_http_head_restart(&head, err); go on feeding
 *   }
 *   srl_http_body_init(&body, &head, request.method, max, err);
 *   in = the bytes behind the head;
 *   for (;;) {
 *       status = srl_http_body_next(&body, &in, &span, err);
 *       if (status == SURREAL_WOULD_BLOCK) {
 *           receive into `in`; at the end srl_http_body_eof(&body, err);
 *       } else if (status || !span.len) {
 *           break;                                         failed or done
 *       } else {
 *           use span
 *       }
 *   }
 *   body.is_reusable && !in.len                             keep connection?
 */

/* ---- http/base64.c ------------------------------------------------------- */

/* Characters that `len` bytes take in base64, without a NUL. */
#define SRL_BASE64_LEN(len) (((len) + 2) / 3 * 4)

/* Write base64 with padding (RFC 4648 4) and a NUL to `out`, which has room
 * for SRL_BASE64_LEN(len) + 1; returns the length without the NUL. */
SRL_FN size_t srl_base64_encode(char *out, const uint8_t *data, size_t len);

/* ---- http/url.c ---------------------------------------------------------- */

typedef enum srl_scheme {
    SRL_SCHEME_WS = 1, /* default port 80 */
    SRL_SCHEME_WSS,    /* 443 */
    SRL_SCHEME_HTTP,   /* 80 */
    SRL_SCHEME_HTTPS   /* 443 */
} srl_scheme;

typedef enum srl_host_kind {
    SRL_HOST_NAME = 1, /* for the resolver */
    SRL_HOST_IPV4,     /* four decimal numbers */
    SRL_HOST_IPV6
} srl_host_kind;

#define SRL_URL_MAX_HOST 253 /* bytes of a name, RFC 1035 2.3.4 */
#define SRL_URL_MAX_PATH 511 /* bytes of the path, "/rpc" included */

/* A parsed address. It keeps no pointer into the text it came from.
 *
 *   host  lower case, NUL-terminated, without the brackets of IPv6: what
 *         getaddrinfo takes
 *   port  as given, else the scheme's
 *   path  what to ask for, NUL-terminated: begins with '/' and ends in "/rpc"
 */
typedef struct srl_url {
    srl_scheme scheme;
    srl_host_kind host_kind;
    uint16_t port;
    char host[SRL_URL_MAX_HOST + 1];
    char path[SRL_URL_MAX_PATH + 1];
} srl_url;

/* Parse scheme://host[:port][/path], scheme ws, wss, http or https.
 *
 * Every spelling of the path gets "/rpc" exactly once: "", "/", "/rpc" and
 * "/rpc/" all become "/rpc", "/base" and "/base/rpc" become "/base/rpc".
 * Stricter than a browser: what a browser would silently repair (spaces,
 * backslashes, missing slashes, 0x7f.1, "..", percent-escapes in the host) is
 * refused, and so are userinfo (credentials belong into the options), query
 * and fragment. Reads only [text, text+len), whatever it holds.
 *
 * Returns:  SURREAL_OK; ERR_SYNTAX with err->at the offset of the byte that
 *           is wrong (`len` if the text ends too early). *out is defined only
 *           after SURREAL_OK */
SRL_FN surreal_status srl_url_parse(srl_url *out, const char *text,
                                    size_t len, surreal_error *err);

SRL_FN uint16_t srl_url_default_port(srl_scheme scheme);

/* ---- http/response.c ----------------------------------------------------- */

#define SRL_HTTP_MAX_HEADERS 100

typedef struct srl_http_header {
    uint32_t name; /* offsets into the bytes given */
    uint32_t name_len;
    uint32_t value;
    uint32_t value_len;
} srl_http_header;

/* The head of a response: status line and headers, parsed as bytes come.
 *
 *   code    100 to 999
 *   minor   1 for HTTP/1.1, 0 for HTTP/1.0
 *   reason  view, may be empty
 *   len     bytes of the head with its empty line; a body or frames follow
 *
 * These are defined after SURREAL_OK; the rest belongs to the parser. Views
 * point into the bytes of the last call to srl_http_head_feed. */
typedef struct srl_http_head {
    int code;
    int minor;
    surreal_str reason;
    size_t len;

    size_t count;
    srl_http_header headers[SRL_HTTP_MAX_HEADERS];
    const uint8_t *data;
    size_t line; /* where the line being read starts */
    size_t at;   /* bytes looked at */
    uint32_t reason_at;
    uint32_t reason_len;
    unsigned interim; /* interim responses before this one */
} srl_http_head;

SRL_FN void srl_http_head_init(srl_http_head *head);

/* Go on parsing with all bytes received so far.
 *
 *   data  from the first byte of the response on; the block may have moved
 *         since the last call, its contents may only have grown
 *   len   bytes there; what lies behind the head is not looked at
 *
 * Bytes seen in an earlier call are not looked at again, so feeding byte by
 * byte costs no more than feeding once, and what is wrong is reported at the
 * same byte however the input is cut. Reads only [data, data+len).
 *
 * Returns:  SURREAL_OK when the head is complete; WOULD_BLOCK for more bytes;
 *           ERR_HTTP with err->at for what RFC 9112 does not allow, and for
 *           folded lines; ERR_LIMIT beyond SURREAL_MAX_HEAD bytes or
 *           SRL_HTTP_MAX_HEADERS. Not to be called again after a failure */
SRL_FN surreal_status srl_http_head_feed(srl_http_head *head,
                                         const uint8_t *data, size_t len,
                                         surreal_error *err);

/* The value of the next header called `name` (case does not matter) from
 * header number *next on, and *next moved behind it; {NULL, 0} if there is
 * none. Start with *next = 0. Without blanks around it; may be empty. */
SRL_FN surreal_str srl_http_header_next(const srl_http_head *head,
                                        const char *name, size_t *next);

/* True if one of the headers called `name` is a comma-separated list that
 * holds `token` (RFC 9110 5.6.1; case does not matter). */
SRL_FN bool srl_http_has_token(const srl_http_head *head, const char *name,
                               const char *token);

/* True if there is one Content-Type and its media type is `type`, for example
 * "application/cbor". Case and parameters (";charset=utf-8") do not matter
 * (RFC 9110 8.3.1). */
SRL_FN bool srl_http_is_type(const srl_http_head *head, const char *type);

/* True for a response that only announces another (RFC 9110 15.2): 1xx but
 * for 101, after which the connection speaks something else. */
SRL_FN bool srl_http_is_interim(const srl_http_head *head);

/* After an interim response: make ready for the head behind it, whose bytes
 * begin `len` further on (take head->len before the call).
 *
 * Returns:  SURREAL_OK; ERR_LIMIT after SRL_HTTP_MAX_INTERIM of them, so that
 *           a server cannot send them for ever */
#define SRL_HTTP_MAX_INTERIM 16
SRL_FN surreal_status srl_http_head_restart(srl_http_head *head,
                                            surreal_error *err);

/* For the other parts of this layer. */

/* ERR_HTTP with err->at, the offset from the response's first byte. */
SRL_FN surreal_status srl_http_fail(surreal_error *err, uint64_t at,
                                    const char *what);

#define SRL_HTTP_QUOTE 96
/* Text for a message: cut, and ASCII only, for it may be sent to a
 * terminal. Returns `out`. */
SRL_FN const char *srl_http_quote(char out[SRL_HTTP_QUOTE], surreal_str text);

/* token (RFC 9110 5.6.2), and SP / HTAB. */
SRL_FN bool srl_http_is_token_byte(uint8_t c);
SRL_FN bool srl_http_is_blank(uint8_t c);
/* True if the text is `word` in any case of ASCII letters. */
SRL_FN bool srl_http_same(const uint8_t *text, size_t len, const char *word);

/* ---- http/request.c ------------------------------------------------------ */

typedef enum srl_http_method {
    SRL_HTTP_GET = 1,
    SRL_HTTP_HEAD, /* its response has no body whatever it says */
    SRL_HTTP_POST
} srl_http_method;

/* How the end of a body is known (RFC 9112 6). */
typedef enum srl_http_framing {
    SRL_HTTP_NO_BODY = 0,
    SRL_HTTP_LENGTH,     /* Content-Length */
    SRL_HTTP_CHUNKED,    /* Transfer-Encoding: chunked */
    SRL_HTTP_UNTIL_CLOSE /* responses only */
} srl_http_framing;

/* One header to send. */
typedef struct srl_http_field {
    surreal_str name;
    surreal_str value;
} srl_http_field;

/* A request without its body.
 *
 *   target   path and perhaps "?query", NUL-terminated (srl_http_path)
 *   fields   headers of the caller: Authorization, Content-Type, Accept and
 *            what else there is; may be NULL if field_count is 0
 *   framing  of the body that the caller sends next. A POST without a body
 *            is LENGTH with body_len 0 (RFC 9110 8.6)
 *   is_last  say "Connection: close"
 *
 * Zero a request before filling it in. */
typedef struct srl_http_request {
    srl_http_method method;
    const char *target;
    const srl_http_field *fields;
    size_t field_count;
    srl_http_framing framing;
    uint64_t body_len; /* with LENGTH */
    bool is_last;
} srl_http_request;

/* The path of another endpoint at the same place: the "/rpc" at the end of
 * url->path replaced by `name`, which begins with '/'. snprintf's contract:
 * returns the length without the NUL, and cuts what does not fit `cap`. */
SRL_FN size_t srl_http_path(const srl_url *url, const char *name, char *out,
                            size_t cap);

/* Append the head of a request (RFC 9112 3): request line, Host (RFC 9110 7.2,
 * without the scheme's default port), framing, the caller's headers. Headers
 * may hold secrets: set out->is_secret. Nothing of a value is put into *err.
 *
 * Returns:  SURREAL_OK; ERR_SYNTAX for a name that is no token, a control byte
 *           in a value (CR, LF and NUL first of all: RFC 9110 5.5) with the
 *           header's name in the message and err->at the offset in the value,
 *           or a target that is not printable ASCII from '/' on, err->at the
 *           offset in it; ERR_USAGE for a header that this layer writes
 *           itself or whose answer it would not understand; all of these
 *           before anything is appended. Else out->status */
SRL_FN surreal_status srl_http_request_write(srl_buf *out, const srl_url *url,
                                             const srl_http_request *request,
                                             surreal_error *err);

/* Append one chunk, which is head, data and line end (RFC 9112 7.1); nothing
 * for len 0, since an empty chunk would end the body. `last` ends it. Failure
 * is latched in out->status. */
SRL_FN void srl_http_chunk_put(srl_buf *out, const void *data, size_t len);
SRL_FN void srl_http_chunk_last(srl_buf *out);

/* For upgrade.c. `begin` appends request line and Host, `end` the fields and
 * the empty line and returns out->status with *err filled in. */
SRL_FN surreal_status srl_http_fields_check(const srl_http_field *fields,
                                            size_t count, surreal_error *err);
SRL_FN void srl_http_request_begin(srl_buf *out, const srl_url *url,
                                   const char *method, const char *target);
SRL_FN surreal_status srl_http_request_end(srl_buf *out,
                                           const srl_http_field *fields,
                                           size_t count, surreal_error *err);

/* ---- http/body.c --------------------------------------------------------- */

#define SRL_HTTP_MAX_CHUNK_LINE 256 /* bytes of size, extensions and CR LF */
#define SRL_HTTP_MAX_TRAILER 4096   /* bytes of all trailers together */

/* The body of a response, decoded as bytes come.
 *
 *   framing      how its end is known
 *   is_done      the whole body was seen
 *   is_reusable  once is_done: the server keeps the connection for another
 *                request (RFC 9112 9.3). Bytes behind the body say otherwise
 *   got          bytes of the body so far
 *   left         with LENGTH, after srl_http_body_init: bytes of the body
 *
 * The rest belongs to the decoder. */
typedef struct srl_http_body {
    srl_http_framing framing;
    bool is_done;
    bool is_reusable;
    uint64_t got;

    uint64_t max;
    uint64_t left; /* until the end of body or chunk; UNTIL_CLOSE: until max */
    uint64_t at;   /* bytes of the response looked at, its head included */
    size_t overhead; /* bytes of the line, or of all trailers */
    int state;
    bool is_cr; /* the byte before was a CR */
} srl_http_body;

/* Decide what follows a head (RFC 9112 6.3).
 *
 *   head    complete, not interim; not kept
 *   method  of the request
 *   max     bytes of body allowed; (uint64_t)-1 for any number
 *
 * Returns:  SURREAL_OK; ERR_HTTP with err->at in the head for what two readers
 *           may understand in two ways (Transfer-Encoding with Content-Length,
 *           or in HTTP/1.0, or other than "chunked"; Content-Length malformed
 *           or more than one), for a Content-Encoding but "identity", and for
 *           101; ERR_LIMIT for a Content-Length above max */
SRL_FN surreal_status srl_http_body_init(srl_http_body *body,
                                         const srl_http_head *head,
                                         srl_http_method method, uint64_t max,
                                         surreal_error *err);

/* The next bytes of the body.
 *
 *   in    bytes received and not yet used; moved on behind those used. Reads
 *         only [in->ptr, in->ptr + in->len), and nothing behind the body
 *   span  receives a view into `in`; {NULL, 0} if there is none
 *
 * The bytes of all spans, and what is wrong at which byte, are the same
 * however the input is cut.
 *
 * Returns:  SURREAL_OK with a span, or without one when the body is done;
 *           WOULD_BLOCK when all input is used and more must come; ERR_HTTP
 *           with err->at for a broken chunk; ERR_LIMIT beyond max, or a line
 *           or trailers beyond the above. Not to be called again after a
 *           failure */
SRL_FN surreal_status srl_http_body_next(srl_http_body *body,
                                         surreal_bytes *in,
                                         surreal_bytes *span,
                                         surreal_error *err);

/* The server ended the stream, in order: a reset, or TLS without its
 * close_notify, is a failure that the caller reports itself.
 *
 * Returns:  SURREAL_OK if the body is whole, and sets is_done; ERR_CLOSED with
 *           how much came if it is not */
SRL_FN surreal_status srl_http_body_eof(srl_http_body *body,
                                        surreal_error *err);

/* ---- http/upgrade.c ------------------------------------------------------ */

/* Append the request that asks for WebSocket with the sub-protocol "cbor"
 * (RFC 6455 4.1).
 *
 *   nonce   16 random bytes, new for each connection; needed again for
 *           srl_http_upgrade_check
 *   fields  more headers, `count` of them; may be NULL if there are none
 *
 * Returns:  as srl_http_request_write */
SRL_FN surreal_status srl_http_upgrade_write(srl_buf *out, const srl_url *url,
                                             const uint8_t nonce[16],
                                             const srl_http_field *fields,
                                             size_t count,
                                             surreal_error *err);

/* Check that the server switched to what was asked for (RFC 6455 4.1, second
 * list). *err says what was expected and what came.
 *
 * Returns:  SURREAL_OK; ERR_AUTH if the server answered 401, ERR_DENIED for
 *           403, with err->code the number; ERR_UPGRADE for any other answer
 *           (err->code again) and for a 101 that breaks a rule */
SRL_FN surreal_status srl_http_upgrade_check(const srl_http_head *head,
                                             const uint8_t nonce[16],
                                             surreal_error *err);

/* The Sec-WebSocket-Accept that belongs to a Sec-WebSocket-Key, NUL included
 * (RFC 6455 4.2.2). `key` is the header's text, 24 characters. */
SRL_FN void srl_http_accept_of(const char *key, char out[29]);

#endif
