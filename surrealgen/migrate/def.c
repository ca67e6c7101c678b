/* surrealgen/migrate/def.c: one definition: what it defines, by its first
 * words, and its typed form.
 *
 * A schema of five hundred tables is ten thousand lines, of which a change
 * touches a few. So only the head of each line is read here; the front end
 * sees those that differ, all of one side as one text. */
#include "plan.h"

#include <string.h>

typedef struct kind_row {
    const char *word;
    db_kind kind;
} kind_row;

static const kind_row kinds[] = {
    { "field", DB_FIELD }, { "table", DB_TABLE }, { "index", DB_INDEX },
    { "event", DB_EVENT }, { "function", DB_FUNCTION },
    { "param", DB_PARAM }, { "analyzer", DB_ANALYZER },
    { "sequence", DB_SEQUENCE }, { "access", DB_ACCESS },
    { "user", DB_USER }, { "bucket", DB_BUCKET }, { "module", DB_MODULE },
    { "model", DB_MODEL }, { "api", DB_API }, { "config", DB_CONFIG },
    { NULL, DB_TABLE }
};

const char *mig_kind_word(db_kind kind)
{
    const kind_row *row = kinds;

    if (kind == DB_VIEW) kind = DB_TABLE;
    while (row->word != NULL && row->kind != kind) row++;
    return row->word != NULL ? row->word : "table";
}

/* ------------------------------------------------------------------- words */

typedef struct words {
    gen_str text;
    size_t at;
} words;

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void skip_blanks(words *w)
{
    while (w->at < w->text.len && is_blank(w->text.ptr[w->at])) w->at++;
}

/* The byte behind a quoted name, or behind the byte at `at`. Names between
 * the angles of U+27E8 are three bytes on either side. */
static size_t skip_part(gen_str text, size_t at)
{
    char close = text.ptr[at];

    if (close == '`' || close == '"' || close == '\'') {
        for (at++; at < text.len && text.ptr[at] != close; at++) {
            if (text.ptr[at] == '\\') at++;
        }
        return at < text.len ? at + 1 : text.len;
    }
    if (at + 3 <= text.len && memcmp(text.ptr + at, "\342\237\250", 3) == 0) {
        for (at += 3; at + 3 <= text.len; at++) {
            if (memcmp(text.ptr + at, "\342\237\251", 3) == 0) return at + 3;
        }
        return text.len;
    }
    return at + 1;
}

static gen_str take(words *w)
{
    gen_str out;
    size_t from;

    skip_blanks(w);
    from = w->at;
    while (w->at < w->text.len) {
        char c = w->text.ptr[w->at];
        if (is_blank(c) || c == ';' || c == '(' || c == ',') break;
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_') {
            w->at++;
        } else {
            w->at = skip_part(w->text, w->at);
        }
    }
    if (w->at > w->text.len) w->at = w->text.len;
    out.ptr = w->text.ptr + from;
    out.len = w->at - from;
    return out;
}

static bool same_word(gen_str text, const char *word)
{
    size_t i;

    for (i = 0; i < text.len && word[i] != 0; i++) {
        char c = text.ptr[i];
        if (c >= 'A' && c <= 'Z') c = (char)(c - 'A' + 'a');
        if (c != word[i]) return false;
    }
    return i == text.len && word[i] == 0;
}

static bool take_word(words *w, const char *word)
{
    size_t before = w->at;

    skip_blanks(w);
    if (w->at >= w->text.len || (w->text.ptr[w->at] | 0x20) != word[0]) {
        w->at = before;
        return false;
    }
    if (same_word(take(w), word)) return true;
    w->at = before;
    return false;
}

/* -------------------------------------------------------------------- head */

static gen_str copy(gen_ctx *ctx, gen_str text)
{
    return gen_str_copy(ctx, text.ptr, text.len);
}

/* A name of one part without its quotes; a path stays as it is. */
static gen_str plain_name(gen_ctx *ctx, gen_str spelled)
{
    bool quoted = spelled.len > 2 && (spelled.ptr[0] == '`'
        || (unsigned char)spelled.ptr[0] == 0xe2);

    if (quoted && skip_part(spelled, 0) == spelled.len) {
        return gen_unquote(ctx, spelled);
    }
    return spelled;
}

static void set_key(gen_ctx *ctx, mig_def *def)
{
    const char *kind = mig_kind_word(def->kind);
    size_t len = strlen(kind);
    size_t all = len + 1 + def->table_spelled.len + 1 + def->on.len + 1
        + def->spelled.len;
    char *key = (char *)gen_new(ctx, all + 1);
    size_t at = 0;

    memcpy(key, kind, len);
    at = len;
    if (def->table_spelled.len > 0) {
        key[at++] = ' ';
        memcpy(key + at, def->table_spelled.ptr, def->table_spelled.len);
        at += def->table_spelled.len;
    }
    if (def->on.len > 0 && !same_word(def->on, "database")) {
        key[at++] = ' ';
        memcpy(key + at, def->on.ptr, def->on.len);
        at += def->on.len;
    }
    key[at++] = ' ';
    memcpy(key + at, def->spelled.ptr, def->spelled.len);
    at += def->spelled.len;
    key[at] = 0;
    def->key.ptr = key;
    def->key.len = at;
}

static void read_name(gen_ctx *ctx, words *w, mig_def *def)
{
    def->spelled = copy(ctx, take(w));
    def->name = plain_name(ctx, def->spelled);
    if (def->kind == DB_FUNCTION && def->name.len > 4) {
        def->name.ptr += 4; /* fn:: */
        def->name.len -= 4;
    } else if (def->kind == DB_PARAM && def->name.len > 1) {
        def->name.ptr++;
        def->name.len--;
    }
}

/* What comes behind ON: a table, or a level. */
static bool read_on(gen_ctx *ctx, words *w, mig_def *def)
{
    bool of_table = def->kind == DB_FIELD || def->kind == DB_INDEX
        || def->kind == DB_EVENT;

    if (!of_table && def->kind != DB_ACCESS && def->kind != DB_USER) {
        return true;
    }
    if (!take_word(w, "on")) return false;
    if (of_table) {
        take_word(w, "table");
        def->table_spelled = copy(ctx, take(w));
        def->table = plain_name(ctx, def->table_spelled);
        return def->table.len > 0;
    }
    def->on = copy(ctx, take(w));
    return def->on.len > 0;
}

bool mig_is_view_text(gen_str text)
{
    size_t i = 0;

    while (i < text.len) {
        if (text.ptr[i] == ' ' && i + 4 < text.len
            && same_word(gen_str_sub(text, i + 1, i + 3), "as")
            && is_blank(text.ptr[i + 3])) {
            return true;
        }
        i = skip_part(text, i);
    }
    return false;
}

/* The text without OVERWRITE or IF NOT EXISTS, which is all of it nearly
 * always. */
static gen_str without(gen_ctx *ctx, gen_str text, size_t from, size_t to)
{
    char *out;

    if (from == to) return text;
    out = (char *)gen_new(ctx, text.len - (to - from) + 1);
    memcpy(out, text.ptr, from);
    memcpy(out + from, text.ptr + to, text.len - to);
    text.ptr = out;
    text.len -= to - from;
    out[text.len] = 0;
    return text;
}

mig_def *mig_read_def(gen_ctx *ctx, gen_str text, bool *removes)
{
    const kind_row *row = kinds;
    gen_str none = { "", 0 };
    mig_def head;
    mig_def *def;
    gen_str word;
    words w;
    size_t rest;

    memset(&head, 0, sizeof head);
    head.table = head.table_spelled = head.on = head.was = none;
    w.text = text;
    w.at = 0;
    *removes = take_word(&w, "remove");
    if (!*removes && !take_word(&w, "define")) return NULL;
    word = take(&w);
    while (row->word != NULL && !same_word(word, row->word)) row++;
    if (row->word == NULL) return NULL;
    head.kind = row->kind;
    head.rest = rest = w.at;
    if (!take_word(&w, "overwrite") && take_word(&w, "if")) {
        take_word(&w, "not");
        take_word(&w, "exists");
    }
    head.text = without(ctx, text, rest, w.at);
    read_name(ctx, &w, &head);
    if (head.spelled.len == 0 || !read_on(ctx, &w, &head)) return NULL;
    if (head.kind == DB_TABLE && mig_is_view_text(head.text)) {
        head.kind = DB_VIEW;
    }
    def = (mig_def *)gen_new(ctx, sizeof *def);
    *def = head;
    set_key(ctx, def);
    return def;
}

void mig_add_define(gen_buf *out, const mig_def *def, bool overwrite)
{
    gen_buf_add(out, def->text.ptr, def->rest);
    if (overwrite) gen_buf_add_text(out, " OVERWRITE");
    gen_buf_add(out, def->text.ptr + def->rest, def->text.len - def->rest);
    gen_buf_add_char(out, ';');
}

/* -------------------------------------------------------------- typed form */

static void *grow_in_arena(void *user, size_t n)
{
    return gen_new_plain((gen_ctx *)user, n);
}

static void drop_nothing(void *user, void *ptr, size_t n)
{
    (void)user;
    (void)ptr;
    (void)n;
}

gen_ctx *mig_reader(gen_ctx *ctx, gen_version target)
{
    gen_memory memory;
    gen_ctx *reader;

    memory.grow = grow_in_arena;
    memory.drop = drop_nothing;
    memory.user = ctx;
    reader = gen_open(&memory);
    gen_set_target(reader, target);
    return reader;
}

static bool is_bad(const gen_item *item)
{
    switch (item->kind) {
    case GEN_ITEM_TABLE: return ((const gen_table *)item->of)->bad;
    case GEN_ITEM_FIELD: return ((const gen_field *)item->of)->bad;
    case GEN_ITEM_INDEX: return ((const gen_index *)item->of)->bad;
    case GEN_ITEM_EVENT: return ((const gen_event *)item->of)->bad;
    default: return false;
    }
}

bool mig_parse(gen_ctx *ctx, gen_version target, gen_list *defs)
{
    gen_ctx *reader = mig_reader(ctx, target);
    const gen_list *items;
    size_t *ends;
    gen_buf text;
    size_t at = 0;
    size_t i;

    if (defs->count == 0) return true;
    ends = (size_t *)gen_new(ctx, defs->count * sizeof *ends);
    gen_buf_init(&text, ctx);
    for (i = 0; i < defs->count; i++) {
        const mig_def *def = mig_def_at(defs, i);
        mig_add_define(&text, def, def->kind == DB_FIELD);
        gen_buf_add_char(&text, '\n');
        ends[i] = text.len;
    }
    if (gen_load_text(reader, "definitions.surql", text.ptr, text.len)
        == NULL) {
        return false;
    }
    items = &gen_schema_of(reader)->items;
    for (i = 0; i < items->count; i++) {
        const gen_item *item = gen_item_at(items, i);
        while (at < defs->count && ends[at] <= item->pos.off) at++;
        if (at < defs->count && item->kind != GEN_ITEM_RAW
            && !is_bad(item)) {
            mig_def_at(defs, at)->item = item;
        }
    }
    return true;
}
