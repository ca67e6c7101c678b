/* surrealgen/schema/apply.c: definitions and REMOVE of what has no columns.
 *
 * As with tables: a second definition is an error unless it says OVERWRITE
 * or IF NOT EXISTS, and REMOVE takes away. The schema's lists hold what is
 * left, in the order in which it came to be. */
#include "front.h"

#include <string.h>

void gen_told_twice(gen_ctx *ctx, gen_code code, gen_pos pos, gen_pos first,
                    const char *what, gen_str name)
{
    gen_diag *diag;

    diag = gen_error(ctx, code, pos, "%s `%s` is defined twice", what,
                     gen_clip(ctx, name));
    gen_other(ctx, diag, first, "first here");
    if (pos.file != NULL && !pos.file->is_sg) {
        gen_fix(ctx, diag, "if the second one is meant to win, write "
                "`OVERWRITE` in it");
    }
}

/* What all of them have: how they are told apart, and the marks. */
typedef struct entry {
    gen_key key;
    const void *scope;
    gen_str name;
    gen_pos pos;
    gen_exists exists;
    const char *what;
    gen_list *list;
    bool *bad;
} entry;

/* The map keeps the place next to the thing, for the second one's message;
 * removed points into the thing. */
typedef struct holder {
    void *of;
    gen_pos pos;
    bool *removed;
} holder;

static void define_entry(gen_ctx *ctx, const entry *e, void *of,
                         bool *removed)
{
    holder *old = (holder *)gen_map_get(ctx, e->scope, e->key, e->name);
    holder *now;

    if (old != NULL && e->exists == GEN_EXISTS_IF_NOT) return;
    if (old != NULL && e->exists == GEN_EXISTS_PLAIN) {
        gen_told_twice(ctx, SG1233, e->pos, old->pos, e->what,
                       gen_str_sub(e->pos.file->text, e->pos.off,
                                   e->pos.off + e->pos.len));
        *e->bad = true;
        return;
    }
    if (old != NULL) *old->removed = true;
    now = (holder *)gen_new(ctx, sizeof *now);
    now->of = of;
    now->pos = e->pos;
    now->removed = removed;
    gen_map_set(ctx, e->scope, e->key, e->name, now);
    gen_list_push(ctx, e->list, of);
}

void *gen_find_global(gen_ctx *ctx, const void *scope, gen_key key,
                      gen_str name)
{
    const holder *h = (const holder *)gen_map_get(ctx, scope, key, name);

    return h != NULL ? h->of : NULL;
}

static void remove_entry(gen_ctx *ctx, const void *scope, gen_key key,
                         gen_str name)
{
    holder *old = (holder *)gen_map_get(ctx, scope, key, name);

    if (old == NULL) return;
    *old->removed = true;
    gen_map_set(ctx, scope, key, name, NULL);
}

/* An access or a user is one of its level. */
static const void *level_scope(gen_level level)
{
    static const char levels[3] = { 0, 0, 0 };

    return &levels[level];
}

void gen_attach_event(gen_ctx *ctx, gen_table *table, gen_event *event)
{
    entry e;

    event->table = table;
    e.key = GEN_KEY_EVENT;
    e.scope = table;
    e.name = event->name;
    e.pos = event->pos;
    e.exists = event->exists;
    e.what = "the event";
    e.list = &table->events;
    e.bad = &event->bad;
    define_entry(ctx, &e, event, &event->removed);
}

#define GEN_ENTRY(member, type, map_key, map_scope, text) \
    { \
        type *it = (type *)item->of; \
        e.key = map_key; \
        e.scope = map_scope; \
        e.name = it->name; \
        e.pos = it->pos; \
        e.exists = it->exists; \
        e.what = text; \
        e.list = &ctx->schema.member; \
        e.bad = &it->bad; \
        define_entry(ctx, &e, it, &it->removed); \
    }

static void declare_query(gen_ctx *ctx, gen_query *query)
{
    gen_query *old = (gen_query *)gen_map_get(ctx, NULL, GEN_KEY_QUERY,
                                              query->name);
    gen_diag *diag;

    if (old != NULL) {
        diag = gen_error(ctx, SG1233, query->pos, "the query `%s` is "
                         "defined twice", gen_clip(ctx, query->name));
        gen_other(ctx, diag, old->pos, "first here");
        query->bad = true;
        return;
    }
    gen_map_set(ctx, NULL, GEN_KEY_QUERY, query->name, query);
    gen_list_push(ctx, &ctx->schema.queries, query);
}

/* Everything but tables, fields, indexes and events. */
void gen_apply_item(gen_ctx *ctx, gen_item *item)
{
    entry e;

    switch (item->kind) {
    case GEN_ITEM_ANALYZER:
        GEN_ENTRY(analyzers, gen_analyzer, GEN_KEY_ANALYZER, NULL,
                  "the analyzer")
        break;
    case GEN_ITEM_PARAM:
        GEN_ENTRY(params, gen_param, GEN_KEY_PARAM, NULL, "the param")
        break;
    case GEN_ITEM_SEQUENCE:
        GEN_ENTRY(sequences, gen_sequence, GEN_KEY_SEQUENCE, NULL,
                  "the sequence")
        break;
    case GEN_ITEM_FUNCTION:
        GEN_ENTRY(functions, gen_function, GEN_KEY_FUNCTION, NULL,
                  "the function")
        break;
    case GEN_ITEM_ACCESS:
        GEN_ENTRY(accesses, gen_access, GEN_KEY_ACCESS,
                  level_scope(it->level), "the access")
        break;
    case GEN_ITEM_USER:
        GEN_ENTRY(users, gen_user, GEN_KEY_USER, level_scope(it->level),
                  "the user")
        break;
    case GEN_ITEM_QUERY:
        declare_query(ctx, (gen_query *)item->of);
        break;
    default:
        break;
    }
}

#undef GEN_ENTRY

/* ------------------------------------------------------------------ REMOVE */

gen_table *gen_remove_on(gen_parser *p)
{
    gen_str name;
    gen_pos pos;

    if (!gen_take_word(p, "on")) return NULL;
    gen_take_word(p, "table");
    if (!gen_want_name(p, "a table", &name, &pos)) return NULL;
    return gen_find_table(p->ctx, name);
}

static bool remove_level(gen_parser *p, gen_level *level)
{
    if (!gen_take_word(p, "on")) return false;
    *level = GEN_LEVEL_ROOT;
    if (gen_at_word(p, "database") || gen_at_word(p, "db")) {
        *level = GEN_LEVEL_DATABASE;
    } else if (gen_at_word(p, "namespace") || gen_at_word(p, "ns")) {
        *level = GEN_LEVEL_NAMESPACE;
    }
    return true;
}

/* A name, and for what lives on something, on what. `what` is the word behind
 * REMOVE; false when it is not one of these. */
bool gen_remove_global(gen_parser *p, gen_str what)
{
    gen_ctx *ctx = p->ctx;
    gen_table *table;
    gen_level level;
    gen_str name;
    gen_pos pos;

    if (gen_word_eq(what, "param")) {
        if (gen_now(p)->kind != GEN_TOK_PARAM) return true;
        name = gen_param_name(ctx, gen_text(p));
        remove_entry(ctx, NULL, GEN_KEY_PARAM, name);
    } else if (gen_word_eq(what, "function")) {
        if (!gen_at_word(p, "fn") || !gen_want_fn(p, &name, &pos)) {
            return true;
        }
        remove_entry(ctx, NULL, GEN_KEY_FUNCTION, name);
    } else if (gen_now(p)->kind != GEN_TOK_IDENT
               && gen_now(p)->kind != GEN_TOK_QUOTED) {
        return false;
    } else if (!gen_want_name(p, "a name", &name, &pos)) {
        return true;
    } else if (gen_word_eq(what, "event")) {
        table = gen_remove_on(p);
        if (table != NULL) remove_entry(ctx, table, GEN_KEY_EVENT, name);
    } else if (gen_word_eq(what, "analyzer")) {
        remove_entry(ctx, NULL, GEN_KEY_ANALYZER, name);
    } else if (gen_word_eq(what, "sequence")) {
        remove_entry(ctx, NULL, GEN_KEY_SEQUENCE, name);
    } else if (gen_word_eq(what, "access")) {
        if (remove_level(p, &level)) {
            remove_entry(ctx, level_scope(level), GEN_KEY_ACCESS, name);
        }
    } else if (gen_word_eq(what, "user")) {
        if (remove_level(p, &level)) {
            remove_entry(ctx, level_scope(level), GEN_KEY_USER, name);
        }
    }
    return true;
}
