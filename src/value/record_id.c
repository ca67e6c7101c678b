/* value/record_id.c: names and record ids as SurrealQL text. */
#include "value/value.h"

/* Names stand bare where that is safe in every place and for SurrealDB 2 and
 * 3, else in back-quotes, where only the back-quote and the backslash need an
 * escape; the five control characters that have a portable one are written
 * with it, so that text stays on a line. (Angle brackets, U+27E8, are
 * read but not written: SurrealDB 3 cannot escape the closing one.)
 *
 * A record key is another matter: keywords are fine, but what looks like a
 * number would come back as one, so such strings are quoted. */

/* What has to be known of a name to choose its form. */
typedef struct srl_name {
    size_t len;
    bool is_word;   /* [A-Za-z0-9_] only */
    bool is_number; /* [0-9_] only */
    char text[16];  /* the name if it is shorter, to compare with keywords */
} srl_name;

static srl_name
srl_name_of(srl_cbor_pieces pieces)
{
    srl_name name;
    surreal_str piece;
    size_t i;

    memset(&name, 0, sizeof name);
    name.is_word = true;
    name.is_number = true;
    while (srl_cbor_piece(&pieces, &piece)) {
        for (i = 0; i < piece.len; i++, name.len++) {
            char c = piece.ptr[i];
            bool is_digit = srl_is_digit(c);
            bool is_letter = srl_is_letter(c);

            if (!is_digit && c != '_') name.is_number = false;
            if (!is_digit && c != '_' && !is_letter) name.is_word = false;
            if (name.len < sizeof name.text - 1) name.text[name.len] = c;
        }
    }
    return name;
}

static char
srl_upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

/* Words that mean something else when they stand bare as a table or at the
 * start of an expression, in SurrealDB 2 or 3; case does not matter. */
static bool
srl_is_keyword(const srl_name *name)
{
    static const char *const words[] = {
        "ALTER",  "BREAK",  "CONTINUE", "CREATE",    "DEFINE",  "DELETE",
        "EXPLAIN", "FALSE", "FN",       "FOR",       "FUNCTION", "IF",
        "INFINITY", "INFO", "INSERT",   "LET",       "ML",      "NAN",
        "NONE",   "NULL",   "ONLY",     "OVERWRITE", "RAND",    "REBUILD",
        "RELATE", "REMOVE", "RETURN",   "SELECT",    "SLEEP",   "THROW",
        "TRUE",   "UPDATE", "UPSERT",   "VALUE"};
    size_t i;

    if (name->len >= sizeof name->text) return false;
    for (i = 0; i < sizeof words / sizeof words[0]; i++) {
        size_t n = 0;

        while (n < name->len && srl_upper(name->text[n]) == words[i][n]) {
            n++;
        }
        if (n == name->len && !words[i][n]) return true;
    }
    return false;
}

static void
srl_sink_back_quoted(srl_sink sink, srl_cbor_pieces name)
{
    static const char from[] = "`\\\b\f\n\r\t";
    static const char to[] = "`\\bfnrt";
    surreal_str piece;

    srl_sink_put(sink, "`", 1);
    while (srl_cbor_piece(&name, &piece)) {
        size_t start = 0;
        size_t i;

        for (i = 0; i < piece.len; i++) {
            char c = piece.ptr[i];
            const char *known = c ? strchr(from, c) : NULL;

            if (!known) continue;
            srl_sink_put(sink, piece.ptr + start, i - start);
            srl_sink_put(sink, "\\", 1);
            srl_sink_put(sink, &to[known - from], 1);
            start = i + 1;
        }
        if (piece.len) {
            srl_sink_put(sink, piece.ptr + start, piece.len - start);
        }
    }
    srl_sink_put(sink, "`", 1);
}

static void
srl_sink_bare(srl_sink sink, srl_cbor_pieces name)
{
    surreal_str piece;

    while (srl_cbor_piece(&name, &piece)) {
        srl_sink_put(sink, piece.ptr, piece.len);
    }
}

SRL_FN void
srl_sink_ident(srl_sink sink, srl_cbor_pieces pieces)
{
    srl_name name = srl_name_of(pieces);
    bool starts_well = name.len && !(name.text[0] >= '0' &&
                                     name.text[0] <= '9');

    if (name.is_word && starts_well && !srl_is_keyword(&name)) {
        srl_sink_bare(sink, pieces);
    } else {
        srl_sink_back_quoted(sink, pieces);
    }
}

SRL_FN void
srl_sink_key(srl_sink sink, srl_cbor_pieces pieces)
{
    srl_name name = srl_name_of(pieces);

    /* NaN and Infinity are the only words the server takes for a number. */
    if (name.is_word && !name.is_number && strcmp(name.text, "NaN") &&
        strcmp(name.text, "Infinity")) {
        srl_sink_bare(sink, pieces);
    } else {
        srl_sink_back_quoted(sink, pieces);
    }
}

static srl_sink
srl_sink_plain(srl_out *out)
{
    srl_sink sink;

    sink.out = out;
    sink.json = false;
    return sink;
}

SRL_FN void
srl_ident_out(srl_out *out, surreal_str name)
{
    srl_sink_ident(srl_sink_plain(out), srl_cbor_pieces_str(name));
}

SURREAL_API size_t
surreal_ident_print(surreal_str name, char *buf, size_t cap)
{
    srl_out out;

    srl_out_init(&out, buf, cap);
    srl_ident_out(&out, name);
    return srl_out_end(&out);
}

/* ---- record ids ---------------------------------------------------------- */

SRL_FN bool
srl_item_is_key(const uint8_t *at)
{
    srl_item_bounds bounds;

    switch (srl_item_kind(at)) {
    case SURREAL_INT:
    case SURREAL_STRING:
    case SURREAL_UUID:
    case SURREAL_ARRAY:
    case SURREAL_OBJECT: return true;
    case SURREAL_RANGE: break;
    default: return false;
    }
    if (srl_item_range(at, &bounds)) return false;
    /* A range of ranges is none of keys, so this goes one level down. */
    if (bounds.begin && (srl_item_kind(bounds.begin) == SURREAL_RANGE ||
                         !srl_item_is_key(bounds.begin))) {
        return false;
    }
    return !bounds.end || (srl_item_kind(bounds.end) != SURREAL_RANGE &&
                           srl_item_is_key(bounds.end));
}

static void
srl_sink_key_item(srl_sink sink, const uint8_t *at)
{
    surreal_uuid u;

    if (*at >> 5 == SRL_CBOR_TEXT) {
        srl_sink_key(sink, srl_cbor_pieces_of(at));
    } else if (!srl_item_uuid(at, &u)) {
        srl_sink_text(sink, "u'");
        srl_uuid_out(sink.out, u);
        srl_sink_text(sink, "'");
    } else {
        srl_sink_item(sink, at); /* integers, arrays and objects */
    }
}

/* Any key: one, or a range of them. */
static void
srl_sink_key_any(srl_sink sink, const uint8_t *at)
{
    srl_item_bounds bounds;

    if (srl_item_range(at, &bounds)) {
        srl_sink_key_item(sink, at);
        return;
    }
    if (bounds.begin) srl_sink_key_item(sink, bounds.begin);
    if (bounds.begin_excluded) srl_sink_text(sink, ">");
    srl_sink_text(sink, "..");
    if (bounds.end_included) srl_sink_text(sink, "=");
    if (bounds.end) srl_sink_key_item(sink, bounds.end);
}

SRL_FN void
srl_sink_record(srl_sink sink, const uint8_t *table, const uint8_t *key)
{
    SURREAL_ASSERT(srl_item_is_key(key));
    srl_sink_ident(sink, srl_cbor_pieces_of(table));
    srl_sink_text(sink, ":");
    srl_sink_key_any(sink, key);
}

/* Encoded keys come from the caller and are looked at before they are read. */
static bool
srl_key_is_sound(surreal_bytes key)
{
    const char *reason;
    size_t used;

    if (srl_cbor_check(key.ptr, key.len, SURREAL_MAX_DEPTH, &used, &reason)) {
        return false;
    }
    return used == key.len && srl_item_is_key(key.ptr);
}

SRL_FN void
srl_sink_record_id(srl_sink sink, const surreal_record_id *id)
{
    srl_sink_ident(sink, srl_cbor_pieces_str(id->table));
    srl_sink_text(sink, ":");
    switch (id->kind) {
    case SURREAL_KEY_INT: srl_out_int(sink.out, id->key.i); break;
    case SURREAL_KEY_STRING:
        srl_sink_key(sink, srl_cbor_pieces_str(id->key.s));
        break;
    case SURREAL_KEY_UUID:
        srl_sink_text(sink, "u'");
        srl_uuid_out(sink.out, id->key.u);
        srl_sink_text(sink, "'");
        break;
    case SURREAL_KEY_ARRAY:
    case SURREAL_KEY_OBJECT:
    case SURREAL_KEY_RANGE:
        if (srl_key_is_sound(id->key.cbor)) {
            srl_sink_key_any(sink, id->key.cbor.ptr);
        } else {
            srl_sink_text(sink, "<malformed key>");
        }
        break;
    case SURREAL_KEY_NONE: break;
    }
}

SURREAL_API size_t
surreal_record_id_print(surreal_record_id id, char *buf, size_t cap)
{
    srl_out out;

    srl_out_init(&out, buf, cap);
    srl_sink_record_id(srl_sink_plain(&out), &id);
    return srl_out_end(&out);
}

SURREAL_API surreal_record_id
surreal_id_int(const char *table, int64_t key)
{
    surreal_record_id id;

    memset(&id, 0, sizeof id);
    id.table = surreal_text(table);
    id.kind = SURREAL_KEY_INT;
    id.key.i = key;
    return id;
}

SURREAL_API surreal_record_id
surreal_id_str(const char *table, surreal_str key)
{
    surreal_record_id id;

    memset(&id, 0, sizeof id);
    id.table = surreal_text(table);
    id.kind = SURREAL_KEY_STRING;
    id.key.s = key;
    return id;
}

SURREAL_API surreal_record_id
surreal_id_uuid(const char *table, surreal_uuid key)
{
    surreal_record_id id;

    memset(&id, 0, sizeof id);
    id.table = surreal_text(table);
    id.kind = SURREAL_KEY_UUID;
    id.key.u = key;
    return id;
}

/* The kind follows from the first bytes. Anything but an array, object or
 * range stays SURREAL_KEY_NONE, which no writer accepts. */
SURREAL_API surreal_record_id
surreal_id_cbor(const char *table, surreal_bytes key)
{
    surreal_record_id id;
    srl_cbor_head head;

    memset(&id, 0, sizeof id);
    id.table = surreal_text(table);
    if (!key.len || !srl_cbor_read(key.ptr, key.ptr + key.len, &head)) {
        return id;
    }
    if (head.major == SRL_CBOR_ARRAY) id.kind = SURREAL_KEY_ARRAY;
    if (head.major == SRL_CBOR_MAP) id.kind = SURREAL_KEY_OBJECT;
    if (head.major == SRL_CBOR_TAG && head.arg == SRL_TAG_RANGE) {
        id.kind = SURREAL_KEY_RANGE;
    }
    id.key.cbor = key;
    return id;
}

SURREAL_API bool
surreal_id_eq(surreal_record_id a, surreal_record_id b)
{
    if (a.kind != b.kind || !surreal_str_eq(a.table, b.table)) return false;
    switch (a.kind) {
    case SURREAL_KEY_NONE: return true;
    case SURREAL_KEY_INT: return a.key.i == b.key.i;
    case SURREAL_KEY_STRING: return surreal_str_eq(a.key.s, b.key.s);
    case SURREAL_KEY_UUID:
        return !memcmp(a.key.u.bytes, b.key.u.bytes, sizeof a.key.u.bytes);
    default: break;
    }
    if (a.key.cbor.len != b.key.cbor.len) return false;
    return !a.key.cbor.len ||
           !memcmp(a.key.cbor.ptr, b.key.cbor.ptr, a.key.cbor.len);
}

/* ---- parsing -------------------------------------------------------------
 *
 * Every spelling of a record id with a scalar key that SurrealDB 2 or 3
 * prints or reads:
 *
 *   id     = name ":" key
 *   name   = letter { letter | digit } | quoted
 *   key    = [ "-" ] 1*digit | 1*( letter | digit ) | quoted | uuid
 *   quoted = "`" { char } "`" | U+27E8 { char } U+27E9
 *   uuid   = "u" ( "'" 36CHAR "'" | '"' 36CHAR '"' )
 *
 * where "_" is a letter. Whole numbers beyond 64 bits are string keys, as on
 * the server. Names are copied with escapes undone and a NUL behind them:
 * since an escape never grows, text.len + 2 bytes are enough for both. */
typedef struct srl_id_scan {
    const char *text;
    size_t len;
    size_t at;
    char *room;
    size_t cap;
    size_t used;
} srl_id_scan;

#define SRL_ID_OPEN "\xe2\x9f\xa8"
#define SRL_ID_CLOSE "\xe2\x9f\xa9"

static bool
srl_id_starts(const srl_id_scan *s, const char *text)
{
    size_t len = strlen(text);

    return s->len - s->at >= len && !memcmp(s->text + s->at, text, len);
}

static char
srl_id_peek(const srl_id_scan *s)
{
    return s->at < s->len ? s->text[s->at] : '\0';
}

static bool
srl_id_is_word(char c)
{
    return srl_is_letter(c) || srl_is_digit(c) || c == '_';
}

static surreal_status
srl_id_keep(srl_id_scan *s, const void *bytes, size_t len)
{
    if (len > s->cap - s->used) return SURREAL_ERR_FULL;
    if (len) memcpy(s->room + s->used, bytes, len);
    s->used += len;
    return SURREAL_OK;
}

/* hex = 4HEX | "{" 1*6HEX "}" ; the cursor is behind "\u" */
static surreal_status
srl_id_code(srl_id_scan *s, uint32_t *code)
{
    bool braces = srl_id_peek(s) == '{';
    unsigned max = braces ? 6 : 4;
    unsigned n = 0;

    s->at += braces;
    for (*code = 0; n < max; n++, s->at++) {
        int digit = srl_hex_value(srl_id_peek(s));

        if (digit < 0) break;
        *code = *code << 4 | (uint32_t)digit;
    }
    if (!n || (!braces && n != 4)) return SURREAL_ERR_SYNTAX;
    if (braces && srl_id_peek(s) != '}') return SURREAL_ERR_SYNTAX;
    s->at += braces;
    if (*code > 0x10ffff || (*code >= 0xd800 && *code <= 0xdfff)) {
        return SURREAL_ERR_SYNTAX;
    }
    return SURREAL_OK;
}

/* One escape; the cursor is on the backslash and stays there if the escape is
 * none. Inside angle brackets SurrealDB 2 takes an unknown one literally, and
 * SDKs rely on it. */
static surreal_status
srl_id_escape(srl_id_scan *s, bool angle)
{
    static const char from[] = "\\`'\"/bfnrt0";
    static const char to[] = "\\`'\"/\b\f\n\r\t";
    uint8_t utf8[4];
    uint32_t code;
    size_t start = s->at++;
    char c = srl_id_peek(s);
    const char *known = c ? strchr(from, c) : NULL;

    if (angle && srl_id_starts(s, SRL_ID_CLOSE)) {
        s->at += 3;
        return srl_id_keep(s, SRL_ID_CLOSE, 3);
    }
    if (known) {
        s->at++;
        return srl_id_keep(s, &to[known - from], 1); /* to ends in the NUL */
    }
    if (c == 'u') {
        s->at++;
        if (!srl_id_code(s, &code)) {
            return srl_id_keep(s, utf8, srl_utf8_put(utf8, code));
        }
    }
    if (angle && s->at < s->len) {
        s->at = start + 1;
        return srl_id_keep(s, "\\", 1);
    }
    s->at = start;
    return SURREAL_ERR_SYNTAX;
}

static surreal_status
srl_id_quoted(srl_id_scan *s)
{
    bool angle = srl_id_peek(s) != '`';
    const char *close = angle ? SRL_ID_CLOSE : "`";
    size_t start;
    size_t close_at;

    s->at += angle ? 3 : 1;
    start = s->at;
    while (!srl_id_starts(s, close)) {
        if (s->at == s->len) return SURREAL_ERR_SYNTAX;
        if (s->text[s->at] == '\\') {
            SRL_TRY(srl_id_escape(s, angle));
        } else {
            SRL_TRY(srl_id_keep(s, s->text + s->at, 1));
            s->at++;
        }
    }
    close_at = s->at;
    s->at = start;
    if (!srl_utf8_valid((const uint8_t *)s->text + start, close_at - start)) {
        return SURREAL_ERR_SYNTAX;
    }
    s->at = close_at + (angle ? 3 : 1);
    return SURREAL_OK;
}

/* The text kept since `start`, closed with a NUL. */
static surreal_status
srl_id_kept(srl_id_scan *s, size_t start, surreal_str *out)
{
    out->ptr = s->room + start;
    out->len = s->used - start;
    return srl_id_keep(s, "", 1);
}

static surreal_status
srl_id_table(srl_id_scan *s, surreal_str *out)
{
    size_t start = s->at;
    char c = srl_id_peek(s);

    if (c == '`' || srl_id_starts(s, SRL_ID_OPEN)) {
        SRL_TRY(srl_id_quoted(s));
        return srl_id_kept(s, 0, out);
    }
    if (srl_is_digit(c)) return SURREAL_ERR_SYNTAX;
    while (srl_id_is_word(srl_id_peek(s))) {
        s->at++;
    }
    if (s->at == start) return SURREAL_ERR_SYNTAX;
    SRL_TRY(srl_id_keep(s, s->text + start, s->at - start));
    return srl_id_kept(s, 0, out);
}

/* [ "-" ] 1*digit as an integer; false if it does not fit. */
static bool
srl_id_int(const char *text, size_t len, int64_t *out)
{
    surreal_decimal digits;

    digits.text = surreal_text_of(text, len);
    return surreal_decimal_to_scaled(digits, 0, out) == SURREAL_OK;
}

/* A bare key: a number or a word. */
static surreal_status
srl_id_bare(srl_id_scan *s, surreal_record_id *out)
{
    size_t start = s->at;
    size_t kept = s->used;
    bool minus = srl_id_peek(s) == '-';
    bool digits = true;
    size_t len;

    s->at += minus;
    while (srl_id_is_word(srl_id_peek(s))) {
        char c = s->text[s->at];

        if (c < '0' || c > '9') {
            if (minus) return SURREAL_ERR_SYNTAX;
            digits = false;
        }
        s->at++;
    }
    len = s->at - start;
    if (len == minus) return SURREAL_ERR_SYNTAX;
    /* What the server generates: "rand" and the like, with parentheses. */
    if (srl_id_peek(s) == '(') return SURREAL_ERR_UNSUPPORTED;
    if (digits && srl_id_int(s->text + start, len, &out->key.i)) {
        out->kind = SURREAL_KEY_INT;
        return SURREAL_OK;
    }
    if ((len == 3 && !memcmp(s->text + start, "NaN", 3)) ||
        (len == 8 && !memcmp(s->text + start, "Infinity", 8))) {
        s->at = start;
        return SURREAL_ERR_SYNTAX;
    }
    out->kind = SURREAL_KEY_STRING;
    SRL_TRY(srl_id_keep(s, s->text + start, len));
    return srl_id_kept(s, kept, &out->key.s);
}

static surreal_status
srl_id_uuid(srl_id_scan *s, surreal_uuid *out)
{
    char quote = s->text[s->at + 1];
    surreal_status status;
    size_t bad = 0;
    size_t len = 0;

    s->at += 2;
    while (s->at + len < s->len && s->text[s->at + len] != quote) {
        len++;
    }
    status = surreal_uuid_parse(surreal_text_of(s->text + s->at, len), out,
                                &bad);
    s->at += status ? bad : len;
    if (status || s->at == s->len) return SURREAL_ERR_SYNTAX;
    s->at++;
    return SURREAL_OK;
}

static surreal_status
srl_id_key(srl_id_scan *s, surreal_record_id *out)
{
    size_t kept = s->used;
    char c = srl_id_peek(s);

    if (c == '[' || c == '{') return SURREAL_ERR_UNSUPPORTED;
    if (srl_id_starts(s, "..")) return SURREAL_ERR_UNSUPPORTED;
    if (srl_id_starts(s, "u'") || srl_id_starts(s, "u\"")) {
        out->kind = SURREAL_KEY_UUID;
        SRL_TRY(srl_id_uuid(s, &out->key.u));
    } else if (c == '`' || srl_id_starts(s, SRL_ID_OPEN)) {
        out->kind = SURREAL_KEY_STRING;
        SRL_TRY(srl_id_quoted(s));
        SRL_TRY(srl_id_kept(s, kept, &out->key.s));
    } else {
        SRL_TRY(srl_id_bare(s, out));
    }
    if (srl_id_starts(s, "..") || srl_id_starts(s, ">..")) {
        return SURREAL_ERR_UNSUPPORTED;
    }
    return s->at == s->len ? SURREAL_OK : SURREAL_ERR_SYNTAX;
}

SURREAL_API surreal_status
surreal_record_id_parse(surreal_str text, char *buf, size_t cap,
                        surreal_record_id *out, size_t *at)
{
    surreal_record_id id;
    surreal_status status;
    srl_id_scan scan;

    SURREAL_ASSERT(buf || !cap);
    memset(&id, 0, sizeof id);
    memset(&scan, 0, sizeof scan);
    scan.text = text.ptr;
    scan.len = text.len;
    scan.room = buf;
    scan.cap = cap;
    status = srl_id_table(&scan, &id.table);
    if (!status && srl_id_peek(&scan) != ':') status = SURREAL_ERR_SYNTAX;
    if (!status) {
        scan.at++;
        status = srl_id_key(&scan, &id);
    }
    SURREAL_ASSERT(scan.at <= scan.len);
    if (status && at) *at = scan.at;
    if (!status) *out = id;
    return status;
}
