/* http/response.c: heads of HTTP/1.1 responses, RFC 9112. */
#include "http/http.h"

/* A head is a status line, header lines and an empty line, each ended by
 * CR LF. The bytes are looked at once, one after the other:
 *
 *   scan    byte `at` is checked by itself and against the byte before it; an
 *           LF after a CR ends the line
 *   line    [line, at) is then parsed as status line (code is 0), header or
 *           end, and the next line starts at `at`
 *
 * Both only depend on the bytes before them, so any cut of the input gives
 * the same result at the same byte. Headers are kept as offsets because the
 * caller's buffer may move between calls.
 *
 *   holds    line <= at <= SURREAL_MAX_HEAD; a line is parsed only when whole
 *   refuses  what makes two parsers see two different heads: CR or LF alone,
 *            NUL and other control bytes, folded lines (RFC 9112 5.2), blanks
 *            before the colon (5.1), versions other than 1.0 and 1.1
 */
SRL_STATIC_ASSERT(SURREAL_MAX_HEAD <= 0x7fffffff, http_head_offsets_fit);

SRL_FN surreal_status
srl_http_fail(surreal_error *err, uint64_t at, const char *what)
{
    surreal_status status = srl_fail(err, SURREAL_ERR_HTTP,
                                     "http response: %s (at byte %llu)",
                                     what, (unsigned long long)at);

    if (err) err->at = (size_t)at;
    return status;
}

SRL_FN const char *
srl_http_quote(char out[SRL_HTTP_QUOTE], surreal_str text)
{
    size_t i;

    srl_text_copy(out, SRL_HTTP_QUOTE, text.ptr, text.len);
    for (i = 0; out[i]; i++) {
        if (out[i] < ' ' || out[i] > '~') out[i] = '?';
    }
    return out;
}

SRL_FN bool
srl_http_is_token_byte(uint8_t c)
{
    if (srl_is_digit(c) || srl_is_letter(c)) return true;
    return c && c < 0x80 && strchr("!#$%&'*+-.^_`|~", c) != NULL;
}

SRL_FN bool
srl_http_is_blank(uint8_t c)
{
    return c == ' ' || c == '\t';
}

/* status-line = "HTTP/1." DIGIT SP 3DIGIT [ SP reason ] CR LF
 * The standard wants the second SP even before an empty reason; servers that
 * leave it out are understood all the same. */
static surreal_status
srl_http_status_line(srl_http_head *head, size_t end, surreal_error *err)
{
    const uint8_t *p = head->data + head->line;
    size_t len = end - head->line;
    int code = 0;
    size_t i;

    SURREAL_ASSERT(!head->code);
    if (len < 8 || (p[7] != '0' && p[7] != '1')) {
        return srl_http_fail(err, head->line + 7, "version is not HTTP/1.0 "
                                                  "or HTTP/1.1");
    }
    if (len < 9 || p[8] != ' ') {
        return srl_http_fail(err, head->line + 8, "expected one space after "
                                                  "the version");
    }
    for (i = 9; i < 12; i++) {
        if (i >= len || p[i] < (i == 9 ? '1' : '0') || p[i] > '9') {
            return srl_http_fail(err, head->line + i, "status is not a "
                                                      "number of three "
                                                      "digits");
        }
        code = code * 10 + (p[i] - '0');
    }
    if (len > 12 && p[12] != ' ') {
        return srl_http_fail(err, head->line + 12, "expected a space after "
                                                   "the status");
    }
    head->code = code;
    head->minor = p[7] - '0';
    head->reason_at = (uint32_t)(len > 13 ? head->line + 13 : end);
    head->reason_len = (uint32_t)(end - head->reason_at);
    return SURREAL_OK;
}

/* field-line = token ":" OWS value OWS CR LF */
static surreal_status
srl_http_header_line(srl_http_head *head, size_t end, surreal_error *err)
{
    const uint8_t *data = head->data;
    size_t colon = head->line;
    size_t value;
    srl_http_header *header;

    SURREAL_ASSERT(!srl_http_is_blank(data[colon])); /* see srl_http_scan */
    while (colon < end && srl_http_is_token_byte(data[colon])) {
        colon++;
    }
    if (colon == end || data[colon] != ':' || colon == head->line) {
        bool blank = colon < end && srl_http_is_blank(data[colon]);

        return srl_http_fail(err, colon, blank ? "blank in a header's name"
                                               : "expected a header's name "
                                                 "and ':'");
    }
    if (head->count == SRL_HTTP_MAX_HEADERS) {
        return srl_fail(err, SURREAL_ERR_LIMIT,
                        "http response: more than %d headers",
                        SRL_HTTP_MAX_HEADERS);
    }
    value = colon + 1;
    while (value < end && srl_http_is_blank(data[value])) {
        value++;
    }
    while (end > value && srl_http_is_blank(data[end - 1])) {
        end--;
    }
    header = &head->headers[head->count++];
    header->name = (uint32_t)head->line;
    header->name_len = (uint32_t)(colon - head->line);
    header->value = (uint32_t)value;
    header->value_len = (uint32_t)(end - value);
    return SURREAL_OK;
}

/* Check byte head->at; *line_end is set if it ends a line. */
static surreal_status
srl_http_scan(const srl_http_head *head, bool *line_end, surreal_error *err)
{
    static const char start[] = "HTTP/1.";
    const uint8_t *p = head->data + head->at;
    size_t column = head->at - head->line;

    /* What is not HTTP at all is told from its first bytes: its sender may
     * be waiting and never send the end of a line. */
    if (!head->code && column < sizeof start - 1 &&
        *p != (uint8_t)start[column]) {
        /* An alert of TLS: type 21, version 3 (RFC 8446 5.1). */
        if (column == 0 && *p == 0x15) {
            return srl_http_fail(err, head->at, "the server speaks TLS on "
                                 "this port: use wss:// or https://");
        }
        return srl_http_fail(err, head->at, "does not begin with HTTP/1.");
    }
    if (head->code && !column && srl_http_is_blank(*p)) {
        return srl_http_fail(err, head->at, "line begins with a blank (folded "
                                            "headers are not allowed)");
    }
    *line_end = column && p[-1] == '\r';
    if (*line_end) {
        if (*p == '\n') return SURREAL_OK;
        return srl_http_fail(err, head->at - 1, "CR without LF");
    }
    if (*p == '\n') return srl_http_fail(err, head->at, "LF without CR");
    if (*p == '\r' || *p == '\t') return SURREAL_OK;
    if (*p < 0x20 || *p == 0x7f) {
        return srl_http_fail(err, head->at, "control byte");
    }
    return SURREAL_OK;
}

SRL_FN void
srl_http_head_init(srl_http_head *head)
{
    memset(head, 0, sizeof *head);
}

SRL_FN surreal_status
srl_http_head_feed(srl_http_head *head, const uint8_t *data, size_t len,
                   surreal_error *err)
{
    size_t limit = len < SURREAL_MAX_HEAD ? len : SURREAL_MAX_HEAD;

    SURREAL_ASSERT(head->at <= len);
    SURREAL_ASSERT(!head->len); /* not called again after SURREAL_OK */
    head->data = data;
    while (head->at < limit) {
        bool line_end;
        size_t end;

        SRL_TRY(srl_http_scan(head, &line_end, err));
        head->at++;
        if (!line_end) continue;
        end = head->at - 2;
        if (!head->code) {
            SRL_TRY(srl_http_status_line(head, end, err));
        } else if (end > head->line) {
            SRL_TRY(srl_http_header_line(head, end, err));
        } else {
            head->len = head->at;
            head->reason = surreal_text_of(
                (const char *)data + head->reason_at, head->reason_len);
            return SURREAL_OK;
        }
        head->line = head->at;
    }
    if (head->at >= SURREAL_MAX_HEAD) {
        return srl_fail(err, SURREAL_ERR_LIMIT,
                        "http response: head longer than %llu bytes",
                        (unsigned long long)SURREAL_MAX_HEAD);
    }
    return SURREAL_WOULD_BLOCK;
}

SRL_FN bool
srl_http_same(const uint8_t *text, size_t len, const char *word)
{
    return srl_word_is((const char *)text, len, word);
}

SRL_FN surreal_str
srl_http_header_next(const srl_http_head *head, const char *name,
                     size_t *next)
{
    SURREAL_ASSERT(head->len);
    while (*next < head->count) {
        const srl_http_header *header = &head->headers[(*next)++];

        if (srl_http_same(head->data + header->name, header->name_len,
                          name)) {
            return surreal_text_of((const char *)head->data + header->value,
                                   header->value_len);
        }
    }
    return surreal_text_of(NULL, 0);
}

/* True if the comma-separated list holds `token`. */
static bool
srl_http_list_has(const uint8_t *list, size_t len, const char *token)
{
    size_t i = 0;

    while (i < len) {
        size_t start;
        size_t end;

        while (i < len && (list[i] == ',' || srl_http_is_blank(list[i]))) {
            i++;
        }
        start = i;
        while (i < len && list[i] != ',') {
            i++;
        }
        end = i;
        while (end > start && srl_http_is_blank(list[end - 1])) {
            end--;
        }
        if (end > start && srl_http_same(list + start, end - start, token)) {
            return true;
        }
    }
    return false;
}

SRL_FN bool
srl_http_has_token(const srl_http_head *head, const char *name,
                   const char *token)
{
    size_t next = 0;

    for (;;) {
        surreal_str value = srl_http_header_next(head, name, &next);

        if (!value.ptr) return false;
        if (srl_http_list_has((const uint8_t *)value.ptr, value.len,
                              token)) {
            return true;
        }
    }
}

SRL_FN bool
srl_http_is_type(const srl_http_head *head, const char *type)
{
    size_t next = 0;
    surreal_str value = srl_http_header_next(head, "Content-Type", &next);
    size_t len = 0;

    if (!value.ptr) return false;
    if (srl_http_header_next(head, "Content-Type", &next).ptr) return false;
    while (len < value.len && value.ptr[len] != ';') {
        len++;
    }
    while (len && srl_http_is_blank((uint8_t)value.ptr[len - 1])) {
        len--;
    }
    return srl_http_same((const uint8_t *)value.ptr, len, type);
}

SRL_FN bool
srl_http_is_interim(const srl_http_head *head)
{
    return head->code / 100 == 1 && head->code != 101;
}

SRL_FN surreal_status
srl_http_head_restart(srl_http_head *head, surreal_error *err)
{
    unsigned interim = head->interim + 1;

    SURREAL_ASSERT(head->len);
    SURREAL_ASSERT(srl_http_is_interim(head));
    if (interim > SRL_HTTP_MAX_INTERIM) {
        return srl_fail(err, SURREAL_ERR_LIMIT,
                        "http response: more than %d interim responses",
                        SRL_HTTP_MAX_INTERIM);
    }
    srl_http_head_init(head);
    head->interim = interim;
    return SURREAL_OK;
}
