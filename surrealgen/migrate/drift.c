/* surrealgen/migrate/drift.c: two catalogues, compared object by object.
 *
 * Both are what a server says, so their texts are compared as they are; where
 * one side is our own text (`ours`), both in the form of normal.c. What the
 * server makes by itself on one side only (elements of arrays, the ends of
 * relations), keys and hashes that it does not tell, and the tables of
 * surrealgen do not count. What belongs to a table that one side has not goes
 * with the table. */
#include "../schema/front.h"
#include "drift.h"

#include <stdlib.h>
#include <string.h>

mig_drift *mig_drift_at(const gen_list *list, size_t i)
{
    return (mig_drift *)list->at[i];
}

/* -------------------------------------------------------------------- order */

static int kind_of(const db_entry *entry)
{
    return (int)(entry->kind == DB_VIEW ? DB_TABLE : entry->kind);
}

static gen_str table_of(const db_entry *entry)
{
    return kind_of(entry) == DB_TABLE ? entry->name : entry->table;
}

/* By table, so that one stands with what it has; what has none comes first. */
static int compare(const db_entry *a, const db_entry *b)
{
    int order = gen_str_order(table_of(a), table_of(b));

    if (order == 0) order = kind_of(a) - kind_of(b);
    return order != 0 ? order : gen_str_order(a->name, b->name);
}

static int compare_entries(const void *one, const void *two)
{
    return compare(*(const db_entry *const *)one,
                   *(const db_entry *const *)two);
}

gen_list mig_sorted(gen_ctx *ctx, const db_catalogue *what)
{
    gen_list out = { NULL, 0, 0 };
    size_t kept = 0;
    size_t i;

    for (i = 0; i < what->entries.count; i++) {
        db_entry *entry = db_entry_at(&what->entries, i);
        gen_str table = table_of(entry);
        if (entry->level != GEN_LEVEL_DATABASE) continue;
        if (table.len >= 12 && memcmp(table.ptr, "_surrealgen_", 12) == 0) {
            continue;
        }
        gen_list_push(ctx, &out, entry);
    }
    if (out.count > 1) {
        qsort(out.at, out.count, sizeof out.at[0], compare_entries);
    }
    /* INFO FOR TABLE names the views of the table, too. */
    for (i = 0; i < out.count; i++) {
        if (i == 0 || compare(db_entry_at(&out, i),
                              db_entry_at(&out, i - 1)) != 0) {
            out.at[kept++] = out.at[i];
        }
    }
    out.count = kept;
    return out;
}

const db_entry *mig_entry_like(const gen_list *sorted, const db_entry *one)
{
    size_t low = 0;
    size_t high = sorted->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const db_entry *entry = db_entry_at(sorted, middle);
        int order = compare(entry, one);
        if (order == 0) return entry;
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return NULL;
}

/* ----------------------------------------------------------------- the same */

/* The text without its PASSHASH, which is another one each time. */
static gen_str without_hash(gen_ctx *ctx, gen_str text)
{
    static const char word[] = " PASSHASH '";
    gen_buf out;
    size_t i;

    gen_buf_init(&out, ctx);
    for (i = 0; i < text.len; i++) {
        if (i + sizeof word - 1 <= text.len
            && memcmp(text.ptr + i, word, sizeof word - 1) == 0) {
            i += sizeof word - 1;
            while (i < text.len && text.ptr[i] != '\'') i++;
            continue;
        }
        gen_buf_add_char(&out, text.ptr[i]);
    }
    return gen_buf_str(&out);
}

/* A server keeps what the value of a param came to when it was defined. What
 * that was, when it asked rows or the clock, nobody can say later. */
bool mig_is_constant(const db_entry *param)
{
    gen_str text = param->text;
    char quote = 0;
    size_t i;

    for (i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (quote != 0) {
            if (c == '\\') i++;
            if (c == quote) quote = 0;
            continue;
        }
        if (c == '\'' || c == '"' || c == '`') quote = c;
        /* The first `$` is that of its name. */
        if (c == '(' || (c == '$' && i > 20)) return false;
        if (c == ':' && text.ptr[i + 1] != ' ') return false;
        if (i + 6 <= text.len
            && gen_word_eq(gen_str_sub(text, i, i + 6), "select")) {
            return false;
        }
    }
    return true;
}

/* Without the value. */
static gen_str param_rest(gen_ctx *ctx, gen_version target, gen_str text)
{
    gen_str normal = mig_normal(ctx, target, text);
    const char *from = strstr(normal.ptr, " value ");
    const char *to = strstr(normal.ptr, " permissions ");
    const char *comment = strstr(normal.ptr, " comment ");
    gen_buf out;

    if (comment != NULL && (to == NULL || comment < to)) to = comment;
    if (from == NULL || to == NULL || to < from) return normal;
    gen_buf_init(&out, ctx);
    gen_buf_add(&out, normal.ptr, (size_t)(from - normal.ptr));
    gen_buf_add_text(&out, to);
    return gen_buf_str(&out);
}

static bool is_same(gen_ctx *ctx, gen_version target, const db_entry *a,
                    const db_entry *b)
{
    if (gen_str_eq(a->text, b->text)) return true;
    if (a->kind == DB_USER) {
        return gen_str_eq(mig_normal(ctx, target, without_hash(ctx, a->text)),
                          mig_normal(ctx, target,
                                     without_hash(ctx, b->text)));
    }
    if (!a->ours && !b->ours) return false;
    if (a->kind == DB_PARAM
        && !(mig_is_constant(a) && mig_is_constant(b))) {
        return gen_str_eq(param_rest(ctx, target, a->text),
                          param_rest(ctx, target, b->text));
    }
    return gen_str_eq(mig_normal(ctx, target, a->text),
                      mig_normal(ctx, target, b->text));
}

/* ------------------------------------------------------------------ walking */

typedef struct walk {
    gen_ctx *ctx;
    gen_version target;
    gen_list *out;
    const gen_list *ours, *live;
    gen_str gone; /* a table one side has not: what it has is passed over */
    bool is_gone;
} walk;

static bool is_word_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9') || c == '_';
}

static bool mentions(gen_str text, gen_str name)
{
    size_t i;

    for (i = 0; i + name.len <= text.len; i++) {
        if (memcmp(text.ptr + i, name.ptr, name.len) != 0) continue;
        if (i > 0 && is_word_char(text.ptr[i - 1])) continue;
        if (!is_word_char(text.ptr[i + name.len])) return true;
    }
    return false;
}

/* A server makes the tables that references and relations name, and those that
 * columns stand on. `live` is the table only there, number `at`; one with
 * anything in it that is not ours was made by somebody. */
static bool is_made_by_mention(const walk *w, const db_entry *live, size_t at)
{
    static const char bare[] = " TYPE ANY SCHEMALESS PERMISSIONS NONE";
    size_t len = sizeof bare - 1;
    size_t i;

    if (kind_of(live) != DB_TABLE || live->text.len < len
        || strcmp(live->text.ptr + live->text.len - len, bare) != 0) {
        return false;
    }
    for (i = at + 1; i < w->live->count; i++) {
        const db_entry *inside = db_entry_at(w->live, i);
        if (!gen_str_eq(inside->table, live->name)) break;
        if (mig_entry_like(w->ours, inside) == NULL) return false;
    }
    for (i = 0; i < w->ours->count; i++) {
        const db_entry *entry = db_entry_at(w->ours, i);
        if ((entry->kind == DB_FIELD || entry->kind == DB_TABLE
             || entry->kind == DB_INDEX)
            && mentions(entry->text, live->name)) return true;
    }
    return false;
}

static void add(walk *w, mig_op op, const db_entry *ours,
                const db_entry *live)
{
    const db_entry *entry = ours != NULL ? ours : live;
    mig_drift *out;

    if (w->is_gone && gen_str_eq(table_of(entry), w->gone)) return;
    if (op != MIG_CHANGE && entry->implied) return;
    if (op != MIG_CHANGE && kind_of(entry) == DB_TABLE) {
        w->is_gone = true;
        w->gone = entry->name;
    }
    out = (mig_drift *)gen_new(w->ctx, sizeof *out);
    out->op = op;
    out->kind = entry->kind;
    out->table = entry->table;
    out->name = entry->name;
    if (ours != NULL) out->ours = ours->text;
    if (live != NULL) out->live = live->text;
    gen_list_push(w->ctx, w->out, out);
}

void mig_compare(gen_ctx *ctx, gen_version target, const db_catalogue *ours,
                 const db_catalogue *live, gen_list *out)
{
    gen_list one = mig_sorted(ctx, ours);
    gen_list two = mig_sorted(ctx, live);
    size_t i = 0;
    size_t j = 0;
    walk w;

    memset(&w, 0, sizeof w);
    w.ctx = ctx;
    w.target = target;
    w.out = out;
    w.ours = &one;
    w.live = &two;
    while (i < one.count || j < two.count) {
        const db_entry *a = i < one.count ? db_entry_at(&one, i) : NULL;
        const db_entry *b = j < two.count ? db_entry_at(&two, j) : NULL;
        int order = a == NULL ? 1 : b == NULL ? -1 : compare(a, b);
        if (order < 0) {
            add(&w, MIG_REMOVE, a, NULL);
            i++;
        } else if (order > 0) {
            if (!is_made_by_mention(&w, b, j)) add(&w, MIG_ADD, NULL, b);
            j++;
        } else {
            if (!is_same(ctx, target, a, b)) add(&w, MIG_CHANGE, a, b);
            i++;
            j++;
        }
    }
}
