/* surrealgen/migrate/state.c: a schema as a sorted list of definitions.
 *
 * What surrealgen prints is canonical but for comments and line ends in
 * expressions; mig_canon() does away with those. The same text comes out of
 * schema.snap again: its lines are taken as they are, without the front end. */
#include "../schema/front.h"
#include "files.h"
#include "plan.h"
#include "stamp.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>


mig_def *mig_def_at(const gen_list *defs, size_t i)
{
    return (mig_def *)defs->at[i];
}

const mig_def *mig_find(const mig_state *state, gen_str key)
{
    size_t low = 0;
    size_t high = state->defs.count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const mig_def *def = mig_def_at(&state->defs, middle);
        int order = gen_str_order(def->key, key);
        if (order == 0) return def;
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return NULL;
}

/* ------------------------------------------------------------------- order */

/* What each kind needs stands before it. The values of params are worked out
 * when they are defined, so tables and functions are there by then; views and
 * indexes read rows. */
typedef enum place {
    PLACE_BUCKET,
    PLACE_ANALYZER,
    PLACE_FUNCTION,
    PLACE_SEQUENCE,
    PLACE_MODEL,
    PLACE_TABLE,
    PLACE_FIELD,
    PLACE_PARAM,
    PLACE_INDEX,
    PLACE_EVENT,
    PLACE_VIEW,
    PLACE_VIEW_INDEX,
    PLACE_CONFIG,
    PLACE_ACCESS,
    PLACE_USER,
    PLACE_COUNT
} place;

static place place_of(const mig_def *def, bool of_view)
{
    switch (def->kind) {
    case DB_BUCKET: return PLACE_BUCKET;
    case DB_ANALYZER: return PLACE_ANALYZER;
    case DB_FUNCTION: return PLACE_FUNCTION;
    case DB_SEQUENCE: return PLACE_SEQUENCE;
    case DB_MODULE:
    case DB_MODEL: return PLACE_MODEL;
    case DB_TABLE: return PLACE_TABLE;
    case DB_FIELD: return of_view ? PLACE_VIEW_INDEX : PLACE_FIELD;
    case DB_PARAM: return PLACE_PARAM;
    case DB_INDEX: return of_view ? PLACE_VIEW_INDEX : PLACE_INDEX;
    case DB_EVENT: return PLACE_EVENT;
    case DB_VIEW: return PLACE_VIEW;
    case DB_ACCESS: return PLACE_ACCESS;
    case DB_USER: return PLACE_USER;
    default: return PLACE_CONFIG;
    }
}

static bool in_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'
        || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

bool mig_mentions(gen_str text, gen_str name)
{
    size_t i;

    for (i = 0; name.len > 0 && i + name.len <= text.len; i++) {
        char before = i > 0 ? text.ptr[i - 1] : ' ';
        char after = i + name.len < text.len ? text.ptr[i + name.len] : ' ';
        if (text.ptr[i] == name.ptr[0]
            && memcmp(text.ptr + i, name.ptr, name.len) == 0
            && !in_name(before) && !in_name(after)) {
            return true;
        }
    }
    return false;
}

/* Views (and params) among themselves: each goes behind those it names. The
 * depth is found by going over them until nothing moves, at most as often as
 * there are any: a circle, which a likeness of names can make, ends so. */
static void set_depths(const gen_list *of, size_t *depths)
{
    bool moved = true;
    size_t round, i, k;

    for (round = 0; moved && round < of->count; round++) {
        moved = false;
        for (i = 0; i < of->count; i++) {
            const mig_def *def = mig_def_at(of, i);
            for (k = 0; k < of->count; k++) {
                if (k == i || depths[k] < depths[i]
                    || !mig_mentions(gen_str_sub(def->text, def->rest,
                                                 def->text.len),
                                     mig_def_at(of, k)->name)) {
                    continue;
                }
                depths[i] = depths[k] + 1;
                moved = true;
            }
        }
    }
}

static bool is_of_view(const mig_state *state, const mig_def *def)
{
    gen_buf key;
    const mig_def *table;

    if (def->table_spelled.len == 0) return false;
    gen_buf_init(&key, state->ctx);
    gen_buf_add_text(&key, "table ");
    gen_buf_add_str(&key, def->table_spelled);
    table = mig_find(state, gen_buf_str(&key));
    return table != NULL && table->kind == DB_VIEW;
}

/* The definitions of one place, in the order of their keys, which leaves
 * parents before members; views and params by what they name. */
static size_t order_place(mig_state *state, const unsigned char *places,
                          place at, size_t next)
{
    gen_list of = { NULL, 0, 0 };
    size_t *depths;
    size_t i, depth, left;

    for (i = 0; i < state->defs.count; i++) {
        if (places[i] != (unsigned char)at) continue;
        if (at == PLACE_VIEW || at == PLACE_PARAM) {
            gen_list_push(state->ctx, &of, state->defs.at[i]);
        } else {
            mig_def_at(&state->defs, i)->order = next++;
        }
    }
    if (of.count == 0) return next;
    depths = (size_t *)gen_new(state->ctx, of.count * sizeof *depths);
    set_depths(&of, depths);
    for (depth = 0, left = of.count; left > 0; depth++) {
        for (i = 0; i < of.count; i++) {
            if (depths[i] != depth) continue;
            mig_def_at(&of, i)->order = next++;
            left--;
        }
    }
    return next;
}

static void set_order(mig_state *state)
{
    size_t n = state->defs.count;
    unsigned char *places = (unsigned char *)gen_new(state->ctx, n + 1);
    bool views = false;
    size_t next = 0;
    size_t i;
    int at;

    for (i = 0; i < n; i++) {
        if (mig_def_at(&state->defs, i)->kind == DB_VIEW) views = true;
    }
    for (i = 0; i < n; i++) {
        const mig_def *def = mig_def_at(&state->defs, i);
        places[i] = (unsigned char)place_of(def, views
                                            && is_of_view(state, def));
    }
    for (at = 0; at < PLACE_COUNT; at++) {
        next = order_place(state, places, (place)at, next);
    }
}

/* ----------------------------------------------------------------- sorting */

static int compare_defs(const void *one, const void *two)
{
    const mig_def *a = *(const mig_def *const *)one;
    const mig_def *b = *(const mig_def *const *)two;
    int order = gen_str_order(a->key, b->key);

    if (order != 0) return order;
    return a->order < b->order ? -1 : a->order > b->order;
}

static bool is_sorted(const gen_list *defs)
{
    size_t i;

    for (i = 1; i < defs->count; i++) {
        if (gen_str_order(mig_def_at(defs, i - 1)->key,
                        mig_def_at(defs, i)->key) >= 0) {
            return false;
        }
    }
    return true;
}

static bool is_gone(const gen_list *removed, const mig_def *def)
{
    size_t i;

    for (i = 0; i < removed->count; i++) {
        const mig_def *gone = mig_def_at(removed, i);
        if (gone->order < def->order) continue;
        if (gen_str_eq(gone->key, def->key)) return true;
        if (gone->kind == DB_TABLE
            && gen_str_eq(gone->spelled, def->table_spelled)) {
            return true;
        }
    }
    return false;
}

/* Sorted; of two definitions of one thing the later one; without what was
 * removed again, and without the tables of surrealgen. */
static void settle(mig_state *state, const gen_list *removed)
{
    gen_list *defs = &state->defs;
    size_t kept = 0;
    size_t i;

    if (!is_sorted(defs)) {
        qsort(defs->at, defs->count, sizeof defs->at[0], compare_defs);
    }
    for (i = 0; i < defs->count; i++) {
        mig_def *def = mig_def_at(defs, i);
        gen_str table = def->table.len > 0 ? def->table : def->name;
        if (i + 1 < defs->count
            && gen_str_eq(def->key, mig_def_at(defs, i + 1)->key)) {
            continue;
        }
        if (removed->count > 0 && is_gone(removed, def)) continue;
        if (table.len > 12 && memcmp(table.ptr, "_surrealgen_", 12) == 0) {
            continue;
        }
        defs->at[kept++] = def;
    }
    defs->count = kept;
    set_order(state);
}

/* ----------------------------------------------------------- from a schema */

typedef struct statement {
    size_t from, to;
    const gen_attrs *attrs;
    gen_pos pos;
    const gen_secret *secret; /* NULL: it needs none */
} statement;

typedef struct collector {
    gen_ctx *ctx;
    gen_list statements;
    const gen_secret *secret; /* of the statement under way */
} collector;

/* Only notes that there is one. */
static bool note_secret(void *user, const gen_secret *secret, gen_str *value)
{
    collector *c = (collector *)user;

    if (c->secret == NULL) c->secret = secret;
    *value = gen_str_lit("");
    return true;
}

static void collect(void *user, size_t from, size_t to,
                    const gen_attrs *attrs, gen_pos pos)
{
    collector *c = (collector *)user;
    statement *s = (statement *)gen_new(c->ctx, sizeof *s);

    s->from = from;
    s->to = to;
    s->attrs = attrs;
    s->pos = pos;
    s->secret = c->secret;
    c->secret = NULL;
    gen_list_push(c->ctx, &c->statements, s);
}

/* False for text that may hold a comment, a line end, or two blanks. */
static bool is_canonical(gen_str text)
{
    size_t i;

    for (i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        char next = i + 1 < text.len ? text.ptr[i + 1] : 0;
        if (c == '\n' || c == '\t' || c == '\r' || c == '#' || c == '/'
            || (c == '-' && next == '-') || (c == ' ' && next == ' ')) {
            return false;
        }
    }
    return true;
}

static void add_statement(gen_ctx *ctx, mig_state *out, gen_list *removed,
                          gen_str text, const statement *s)
{
    bool removes;
    mig_def *def;

    if (!is_canonical(text)) text = mig_canon(ctx, text);
    def = mig_read_def(ctx, text, &removes);
    if (def == NULL) return;
    if (s->secret != NULL) {
        mig_apart *apart = (mig_apart *)gen_new(ctx, sizeof *apart);
        apart->def = def;
        apart->secret = s->secret;
        gen_list_push(ctx, &out->apart, apart);
        return;
    }
    def->order = out->defs.count + removed->count;
    def->pos = s->pos;
    def->attrs = s->attrs;
    if (s->attrs != NULL) {
        if (s->attrs->was.len > 0) def->was = s->attrs->was;
        def->is_new = s->attrs->is_new;
    }
    gen_list_push(ctx, removes ? removed : &out->defs, def);
}

/* The schema of `from`, printed into and read from the arena of ctx. */
static void state_of(gen_ctx *ctx, gen_ctx *from, mig_state *out)
{
    gen_list removed = { NULL, 0, 0 };
    gen_surql_options how;
    collector c;
    gen_buf text;
    size_t i;

    memset(out, 0, sizeof *out);
    memset(&how, 0, sizeof how);
    memset(&c, 0, sizeof c);
    out->ctx = ctx;
    out->target = gen_schema_of(from)->target;
    c.ctx = ctx;
    how.each = collect;
    how.secret = note_secret;
    how.user = &c;
    gen_buf_init(&text, ctx);
    gen_emit_surql(from, &how, &text);
    for (i = 0; i < c.statements.count; i++) {
        statement *s = (statement *)c.statements.at[i];
        gen_str one;
        one.ptr = text.ptr + s->from;
        one.len = s->to - s->from;
        text.ptr[s->to] = 0; /* was the `;` */
        add_statement(ctx, out, &removed, one, s);
    }
    settle(out, &removed);
}

int mig_state_of_files(gen_ctx *ctx, mig_state *out)
{
    state_of(ctx, ctx, out);
    return CLI_FINE;
}

mig_apart *mig_apart_at(const gen_list *list, size_t i)
{
    return (mig_apart *)list->at[i];
}

void mig_tell_apart(const mig_state *state)
{
    size_t i;

    for (i = 0; i < state->apart.count; i++) {
        const mig_apart *one = mig_apart_at(&state->apart, i);
        bool env = one->secret->kind == GEN_SECRET_ENV;
        cli_say("note: %s %s is in no migration: it needs %s %s, and the files "
                "of a migration are committed", mig_kind_word(one->def->kind),
                one->def->spelled.ptr, env ? "the variable" : "the file",
                one->secret->text.ptr);
    }
    if (state->apart.count == 0) return;
    fputs("  help: define it beside `migrate up`: `surrealgen sql --overwrite "
          "--with-secrets`\n        prints its statement, the secret in it\n",
          stderr);
}

void mig_keep_apart(const mig_state *state, gen_list *changes)
{
    size_t kept = 0;
    size_t i, k;

    for (i = 0; i < changes->count; i++) {
        const mig_change *change = mig_change_at(changes, i);
        bool goes = change->op == MIG_REMOVE;
        for (k = 0; goes && k < state->apart.count; k++) {
            goes = !gen_str_eq(mig_apart_at(&state->apart, k)->def->key,
                               change->before->key);
        }
        if (change->op != MIG_REMOVE || goes) {
            changes->at[kept++] = changes->at[i];
        }
    }
    changes->count = kept;
}

const char *mig_stamp(gen_ctx *ctx)
{
    mig_state state;
    gen_buf text;

    mig_state_of_files(ctx, &state);
    gen_buf_init(&text, ctx);
    mig_print_snapshot(&state, &text);
    return mig_digest(ctx, gen_buf_str(&text)).ptr;
}

/* ------------------------------------------------------------- from a text */

static bool starts(gen_str text, const char *with)
{
    size_t len = strlen(with);

    return text.len >= len && memcmp(text.ptr, with, len) == 0;
}

static gen_version read_target(gen_str text, gen_version otherwise)
{
    gen_version out = otherwise;
    const char *at = text.ptr + sizeof MIG_SNAPSHOT_HEAD - 1;
    char *end;
    long major = strtol(at, &end, 10);

    if (end == at || *end != '.') return otherwise;
    out.major = (int)major;
    out.minor = (int)strtol(end + 1, NULL, 10);
    return out;
}

/* The lines of schema.snap. */
/* The end of a definition, which is that of its line, unless a script within
 * keeps lines of its own: the next one begins with DEFINE. */
static char *end_of_line(char *at, char *end)
{
    char *stop = at;

    if (at[0] != 'D') {
        stop = (char *)memchr(at, '\n', (size_t)(end - at));
        return stop != NULL ? stop : end;
    }
    while ((stop = (char *)memchr(stop, '\n', (size_t)(end - stop))) != NULL) {
        if (end - stop < 8 || memcmp(stop, "\nDEFINE ", 8) == 0) return stop;
        stop++;
    }
    return end;
}

static int read_snapshot(gen_ctx *ctx, const char *name, gen_str text,
                         mig_state *out)
{
    gen_list removed = { NULL, 0, 0 };
    gen_str all = gen_str_copy(ctx, text.ptr, text.len);
    char *at = (char *)(uintptr_t)all.ptr;
    char *end = at + all.len;
    unsigned long line = 0;

    while (at < end) {
        char *stop = end_of_line(at, end);
        gen_str one;
        mig_def *def = NULL;
        bool removes = false;
        one.ptr = at;
        one.len = (size_t)(stop - at);
        for (line++; at < stop; at++) {
            line += *at == '\n';
        }
        at = stop + 1;
        if (one.len > 0 && one.ptr[one.len - 1] == '\r') one.len--;
        if (one.len == 0 || (line == 1 && starts(one, "--"))) continue;
        if (one.ptr[one.len - 1] == ';') {
            one.len--;
            ((char *)(uintptr_t)one.ptr)[one.len] = 0;
            def = mig_read_def(ctx, one, &removes);
        }
        if (def == NULL || removes) {
            cli_say("%s:%lu: a line of a snapshot is one DEFINE statement "
                    "with its `;`, and this is none; `surrealgen migrate "
                    "check` can tell whether the file was edited", name,
                    line);
            return CLI_SCHEMA;
        }
        def->order = out->defs.count;
        gen_list_push(ctx, &out->defs, def);
    }
    settle(out, &removed);
    return CLI_FINE;
}

int mig_state_of_text(gen_ctx *ctx, gen_version target, const char *name,
                      gen_str text, mig_state *out)
{
    gen_ctx *reader;
    gen_buf said;

    memset(out, 0, sizeof *out);
    out->ctx = ctx;
    out->target = target;
    if (starts(text, MIG_SNAPSHOT_HEAD)) {
        out->target = read_target(text, target);
        return read_snapshot(ctx, name, text, out);
    }
    reader = mig_reader(ctx, target);
    if (gen_load_text(reader, name, text.ptr, text.len) == NULL) {
        cli_say("out of memory");
        return CLI_FAILED;
    }
    if (gen_error_count(reader) > 0) {
        gen_buf_init(&said, ctx);
        gen_print_diags(reader, &said, false);
        fwrite(said.ptr, 1, said.len, stderr);
        return CLI_SCHEMA;
    }
    state_of(ctx, reader, out);
    return CLI_FINE;
}

/* --------------------------------------------------------------- to a text */

void mig_print_snapshot(const mig_state *state, gen_buf *out)
{
    size_t i;

    gen_buf_add_fmt(out, "%s%d.%d\n", MIG_SNAPSHOT_HEAD, state->target.major,
                    state->target.minor);
    for (i = 0; i < state->defs.count; i++) {
        gen_buf_add_str(out, mig_def_at(&state->defs, i)->text);
        gen_buf_add(out, ";\n", 2);
    }
}
