/* http/http.h: addresses, response heads and the upgrade to WebSocket. */
#ifndef SRL_HTTP_H
#define SRL_HTTP_H
#include "crypto/crypto.h"

/* Bytes in, bytes out: nothing here reads a socket, allocates or draws random
 * numbers. The client's steps are
 *
 *   srl_url_parse(&url, text, len, err)                     where to connect
 *   srl_http_upgrade_write(&send_buf, &url, nonce)          what to send
 *   srl_http_head_init(&head);
 *   while (more bytes came) {                               what comes back
 *       status = srl_http_head_feed(&head, got.data, got.len, err);
 *       if (status != SURREAL_WOULD_BLOCK) break;
 *   }
 *   if (!status) status = srl_http_upgrade_check(&head, nonce, err);
 *   frames start at got.data + head.len
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

/* ---- http/upgrade.c ------------------------------------------------------ */

/* Append the request that asks for WebSocket with the sub-protocol "cbor"
 * (RFC 6455 4.1). Failure is latched in out->status.
 *
 *   nonce  16 random bytes, new for each connection; needed again for
 *          srl_http_upgrade_check */
SRL_FN void srl_http_upgrade_write(srl_buf *out, const srl_url *url,
                                   const uint8_t nonce[16]);

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
