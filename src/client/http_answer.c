/* client/http_answer.c: what HTTP says beside the answer to a request. */
#include "client/client.h"

/* An answer that is not 200 comes from somewhere between us and the RPC: the
 * server's HTTP side, a proxy, something that is no SurrealDB at all. Its text
 * is the only hint at which, so it is passed on: trying to read it as CBOR
 * would hide it. */

SRL_FN void
srl_httpwire_note(srl_httpwire *h, const char *type)
{
    size_t next = 0;

    h->code = h->head.code;
    h->text_len = 0;
    h->is_json = srl_http_is_type(&h->head, "application/json");
    h->is_error = h->code != 200 || (type && !srl_http_is_type(&h->head, type));
    srl_http_quote(h->type, srl_http_header_next(&h->head, "Content-Type",
                                                 &next));
    next = 0;
    srl_http_quote(h->where, srl_http_header_next(&h->head, "Location",
                                                  &next));
}

/* Text for a person: one line of printable ASCII. */
#define SRL_HTTP_SHOWN 200

static void
srl_http_show(srl_out *out, uint8_t c)
{
    bool is_plain = c > ' ' && c <= '~';

    if (out->len >= SRL_HTTP_SHOWN) return;
    if (is_plain) {
        srl_out_char(out, (char)c);
    } else if (out->len && out->buf[out->len - 1] != ' ') {
        srl_out_char(out, ' '); /* a run of anything else is one blank */
    }
}

/* The text of a string member of the server's error object,
 * {"code":400,"details":"...","information":"..."}. It may be cut, and looking
 * for the key is enough: what is shown is for a person. */
static bool
srl_http_member_show(const uint8_t *text, size_t len, const char *key,
                     srl_out *out)
{
    size_t n = strlen(key);
    size_t i;

    for (i = 0; i + n < len && memcmp(text + i, key, n); i++) continue;
    i += n;
    while (i < len && (text[i] == ' ' || text[i] == ':')) i++;
    if (i >= len || text[i] != '"') return false;
    for (i++; i < len && text[i] != '"'; i++) {
        if (text[i] == '\\' && i + 1 < len) {
            i++;
            srl_http_show(out, text[i] == 'n' ? '\n' : text[i]);
        } else {
            srl_http_show(out, text[i]);
        }
    }
    return true;
}

static void
srl_http_text_show(const srl_httpwire *h, char *room, size_t cap)
{
    srl_out out;
    size_t i;

    srl_out_init(&out, room, cap);
    if (!h->is_json ||
        (!srl_http_member_show(h->text, h->text_len, "\"information\"",
                               &out) &&
         !srl_http_member_show(h->text, h->text_len, "\"details\"", &out))) {
        for (i = 0; i < h->text_len; i++) srl_http_show(&out, h->text[i]);
    }
    srl_out_end(&out);
}

/* What a code means for the caller, and what may be done about it. */
static surreal_status
srl_http_code_status(const srl_httpwire *h, const srl_exchange *x,
                     const char **hint)
{
    *hint = "";
    switch (h->code) {
    case 200: *hint = ", which is not what was asked for"; break;
    case 400: return SURREAL_ERR_SERVER;
    case 422: return SURREAL_ERR_STATEMENT; /* of an import, since 3.1 */
    case 401: return SURREAL_ERR_AUTH;
    case 403: return SURREAL_ERR_DENIED;
    case 404:
    case 405:
        *hint = x ? ": this server does not have it"
                  : ": is this the address of SurrealDB's /rpc?";
        break;
    case 413:
        *hint = x ? ": the request is too large"
                  : ": the request is too large; SurrealDB takes 4 MiB over "
                    "HTTP and 128 MiB over ws://";
        return SURREAL_ERR_LIMIT;
    default: break;
    }
    return SURREAL_ERR_HTTP;
}

SRL_FN surreal_status
srl_httpwire_error(const srl_conn *c, const srl_exchange *x,
                   surreal_error *err)
{
    const srl_httpwire *h = c->transport.http;
    char text[SRL_HTTP_SHOWN + 8];
    const char *hint = "";
    surreal_status status = srl_http_code_status(h, x, &hint);
    bool is_moved = h->code / 100 == 3 && h->where[0];

    srl_http_text_show(h, text, sizeof text);
    srl_fail(err, status, "%s: the server answered %d%s%s%s%s%s%s%s",
             x ? x->name : c->url.path, h->code,
             h->code == 200 ? " with " : "",
             h->code != 200 ? "" : h->type[0] ? h->type : "no Content-Type",
             hint, is_moved ? " and points to " : "",
             is_moved ? h->where : "", text[0] ? ": " : "", text);
    err->code = h->code;
    return status;
}
