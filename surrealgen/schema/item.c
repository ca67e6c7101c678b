/* surrealgen/schema/item.c: items and DEFINE statements of no table.
 *
 * A DEFINE is read on a copy of the parser: when a part of it is not known
 * here, the copy is dropped and the statement kept word for word. */
#include "front.h"

#include <string.h>

/* Everything that is kept has these; the rest of it is its own. */
typedef struct head {
    gen_exists exists;
    gen_str doc;
    const gen_attrs *attrs;
    bool define;
} head;

/* What is read whole, its `;` included. */
static bool push(gen_parser *p, gen_item_kind kind, void *of, gen_pos pos,
                 const gen_attrs *attrs, const char *what)
{
    bool failed = p->failed;

    gen_check_attrs(p, attrs, GEN_PLACE_OTHER, what);
    p->recovered = p->failed && !failed;
    gen_item_push(p, kind, of, pos);
    return !p->failed;
}

static bool read_event(gen_parser *p, const head *h)
{
    gen_event *event = (gen_event *)gen_new(p->ctx, sizeof *event);
    gen_str table;
    gen_pos table_pos;

    event->exists = h->exists;
    event->doc = h->doc;
    event->attrs = *h->attrs;
    if (!gen_odd_name(p, "the name of an event", &event->name, &event->pos)) {
        return false;
    }
    if (!gen_at_word(p, "on")) {
        return gen_odd(p, "`on` and the name of a table");
    }
    if (gen_peek(p, 1)->kind == GEN_TOK_PARAM && p->keep_raw) {
        p->unknown = true;
        return false;
    }
    if (!gen_want_on(p, &table, &table_pos)) return false;
    event->table = gen_stand_in(p->ctx, table, table_pos);
    if (!h->define) gen_read_attrs(p, &event->attrs);
    if (!gen_parse_event(p, event)) return false;
    return push(p, GEN_ITEM_EVENT, event, event->pos, &event->attrs,
                "an event");
}

static bool read_analyzer(gen_parser *p, const head *h)
{
    gen_analyzer *a = (gen_analyzer *)gen_new(p->ctx, sizeof *a);

    a->exists = h->exists;
    a->doc = h->doc;
    a->attrs = *h->attrs;
    if (!gen_parse_analyzer(p, a)) return false;
    return push(p, GEN_ITEM_ANALYZER, a, a->pos, &a->attrs, "an analyzer");
}

static bool read_param(gen_parser *p, const head *h)
{
    gen_param *param = (gen_param *)gen_new(p->ctx, sizeof *param);

    param->exists = h->exists;
    param->doc = h->doc;
    param->attrs = *h->attrs;
    if (!gen_parse_param(p, param, h->define)) return false;
    return push(p, GEN_ITEM_PARAM, param, param->pos, &param->attrs, "a param");
}

static bool read_sequence(gen_parser *p, const head *h)
{
    gen_sequence *s = (gen_sequence *)gen_new(p->ctx, sizeof *s);

    s->exists = h->exists;
    s->doc = h->doc;
    s->attrs = *h->attrs;
    if (!gen_parse_sequence(p, s)) return false;
    return push(p, GEN_ITEM_SEQUENCE, s, s->pos, &s->attrs, "a sequence");
}

static bool read_function(gen_parser *p, const head *h)
{
    gen_function *f = (gen_function *)gen_new(p->ctx, sizeof *f);

    f->exists = h->exists;
    f->doc = h->doc;
    f->attrs = *h->attrs;
    if (!gen_parse_function(p, f, h->define)) return false;
    return push(p, GEN_ITEM_FUNCTION, f, f->pos, &f->attrs, "a function");
}

static bool read_access(gen_parser *p, const head *h)
{
    gen_access *access = (gen_access *)gen_new(p->ctx, sizeof *access);

    access->exists = h->exists;
    access->doc = h->doc;
    access->attrs = *h->attrs;
    if (!h->define) {
        gen_parse_access(p, access);
        if (access->name.len == 0) return false;
    } else if (!gen_define_access(p, access)) {
        return false;
    }
    return push(p, GEN_ITEM_ACCESS, access, access->pos, &access->attrs,
                "an access");
}

static bool read_user(gen_parser *p, const head *h)
{
    gen_user *user = (gen_user *)gen_new(p->ctx, sizeof *user);

    user->exists = h->exists;
    user->doc = h->doc;
    user->attrs = *h->attrs;
    if (!(h->define ? gen_define_user(p, user) : gen_parse_user(p, user))) {
        return false;
    }
    return push(p, GEN_ITEM_USER, user, user->pos, &user->attrs, "a user");
}

typedef struct item_row {
    const char *word;
    bool (*read)(gen_parser *p, const head *h);
} item_row;

static const item_row rows[] = {
    { "event", read_event },
    { "analyzer", read_analyzer },
    { "param", read_param },
    { "sequence", read_sequence },
    { "function", read_function },
    { "access", read_access },
    { "user", read_user },
    { NULL, NULL }
};

static const item_row *find_row(gen_str word)
{
    const item_row *row;

    for (row = rows; row->word != NULL; row++) {
        if (gen_word_eq(word, row->word)) return row;
    }
    return NULL;
}

bool gen_define_global(gen_parser *p, gen_str word, gen_str doc,
                       const gen_attrs *attrs)
{
    const item_row *row = find_row(word);
    gen_parser saved = *p;
    head h;

    if (row == NULL) return false;
    p->keep_raw = true;
    gen_next(p);
    gen_next(p);
    h.define = true;
    h.doc = doc;
    h.attrs = attrs;
    h.exists = gen_take_exists(p);
    if (!p->failed) row->read(p, &h);
    p->keep_raw = false;
    if (!p->unknown) return true;
    *p = saved;
    return false;
}

/* False when the current word starts none of these. */
bool gen_parse_global(gen_parser *p, gen_str doc, const gen_attrs *attrs)
{
    const item_row *row = find_row(gen_text(p));
    head h;

    if (row == NULL || gen_now(p)->kind != GEN_TOK_IDENT) return false;
    gen_next(p);
    h.define = false;
    h.doc = doc;
    h.attrs = attrs;
    h.exists = GEN_EXISTS_PLAIN;
    row->read(p, &h);
    return true;
}
