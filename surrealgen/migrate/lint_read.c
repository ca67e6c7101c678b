/* surrealgen/migrate/lint_read.c: what the statements of a script do.
 *
 * A recogniser, no parser: it looks for the words a rule wants to know of and
 * steps over everything in brackets. Statements in the braces of FOR, IF and
 * the like count as well; those in a DEFINE run later and do not. */
#include "lint.h"

#include <string.h>

typedef struct reading {
    lint *l;
    gen_ctx *ctx;
    gen_toks t;
    size_t at, end;
} reading;

lint_stmt *lint_stmt_at(const lint *l, size_t i)
{
    return i < l->stmts.count ? (lint_stmt *)l->stmts.at[i] : NULL;
}

bool lint_is(const lint_stmt *s, lint_verb verb, const char *what)
{
    return s->verb == verb && gen_word_eq(s->what, what);
}

/* A copy, with a NUL behind it. */
static bool name_at(const reading *r, size_t i, gen_str *out)
{
    if (i >= r->end || !gen_toks_name(r->ctx, &r->t, i, out)) return false;
    *out = gen_str_copy(r->ctx, out->ptr, out->len);
    return true;
}

static bool take(reading *r, const char *word)
{
    if (r->at >= r->end || !gen_toks_is(&r->t, r->at, word)) return false;
    r->at++;
    return true;
}

static bool take_name(reading *r, gen_str *out)
{
    if (!name_at(r, r->at, out)) return false;
    r->at++;
    return true;
}

/* a, a.b, a.*.b, a[*].b; "a.b" as the model has it. */
static bool take_path(reading *r, gen_str *out)
{
    gen_buf path;
    gen_str part;

    gen_buf_init(&path, r->ctx);
    if (!take_name(r, &part)) return false;
    gen_buf_add_str(&path, part);
    for (;;) {
        if (gen_toks_is(&r->t, r->at, "[")) {
            r->at = gen_toks_close(&r->t, r->at);
            gen_buf_add_text(&path, ".*");
        } else if (gen_toks_is(&r->t, r->at, ".*")) {
            r->at++;
            gen_buf_add_text(&path, ".*");
        } else if (take(r, ".")) {
            gen_buf_add_char(&path, '.');
            if (take(r, "*")) {
                gen_buf_add_char(&path, '*');
            } else if (take_name(r, &part)) {
                gen_buf_add_str(&path, part);
            } else {
                return false;
            }
        } else {
            *out = gen_buf_str(&path);
            return true;
        }
    }
}

/* fn::a::b and $name, too. */
static void take_any_name(reading *r, lint_stmt *s)
{
    gen_buf name;
    size_t first = r->at;
    gen_str part;

    if (r->at >= r->end) return;
    gen_buf_init(&name, r->ctx);
    if (gen_toks_name(r->ctx, &r->t, r->at, &part)
        && gen_toks_is(&r->t, r->at + 1, "::")) {
        for (r->at += 2; take_name(r, &part);) {
            if (name.len > 0) gen_buf_add_text(&name, "::");
            gen_buf_add_str(&name, part);
            if (!take(r, "::")) break;
        }
        s->name = gen_buf_str(&name);
    } else if (!take_path(r, &s->name)) {
        part = gen_toks_text(&r->t, r->at++);
        s->name = gen_str_copy(r->ctx, part.ptr, part.len);
    }
    s->name_pos = gen_toks_pos(&r->t, first);
    part = gen_toks_text(&r->t, r->at > first ? r->at - 1 : first);
    s->name_pos.len = (uint32_t)(part.ptr + part.len
                                 - (s->name_pos.file->text.ptr
                                    + s->name_pos.off));
}

static void read_define(reading *r, lint_stmt *s)
{
    if (r->at >= r->end) return;
    s->what = gen_toks_text(&r->t, r->at++);
    if (gen_word_eq(s->what, "ns")) s->what = gen_str_lit("namespace");
    if (gen_word_eq(s->what, "db")) s->what = gen_str_lit("database");
    if (take(r, "if")) {
        s->if_not_exists = take(r, "not");
        take(r, "exists");
    } else {
        s->overwrite = take(r, "overwrite");
    }
    take_any_name(r, s);
    if (gen_word_eq(s->what, "table")) s->table = s->name;
    if (take(r, "on")) {
        take(r, "table");
        take_name(r, &s->table);
    }
    if (r->at < r->end) {
        gen_str last = gen_toks_text(&r->t, r->end - 1);
        s->rest = gen_toks_text(&r->t, r->at);
        s->rest.len = (size_t)(last.ptr + last.len - s->rest.ptr);
    }
}

/* The table of `post`, `$batch`, `(SELECT ... FROM post ...)`. */
static void read_target(reading *r, lint_stmt *s)
{
    size_t close, i;

    take(r, "only");
    if (gen_toks_is(&r->t, r->at, "(")) {
        close = gen_toks_close(&r->t, r->at);
        for (i = r->at; i + 1 < close; i++) {
            if (!gen_toks_is(&r->t, i, "from")) continue;
            if (gen_toks_is(&r->t, i + 1, "only")) i++;
            name_at(r, i + 1, &s->table);
            break;
        }
        s->is_where = true;
        r->at = close;
        return;
    }
    s->name_pos = gen_toks_pos(&r->t, r->at);
    if (gen_str_is(gen_toks_text(&r->t, r->at), "$batch")
        && s->step != NULL && s->step->kind == SURREAL_STEP_DATA) {
        s->table = s->step->table;
        s->is_where = s->step->where.len > 0;
        r->at++;
    } else if (take_name(r, &s->table)) {
        if (gen_toks_is(&r->t, r->at, ":")) s->is_one = true;
        if (gen_toks_is(&r->t, r->at, "::")) {
            s->is_one = true;
            s->table = gen_str_lit("");
        }
    } else {
        s->is_one = true; /* $param, a call: not known */
    }
}

/* `name = from` of SET; at the operator. */
static void read_set(reading *r, lint_stmt *s, gen_str name)
{
    lint_set *set = (lint_set *)gen_new(r->ctx, sizeof *set);
    size_t start;

    set->name = name;
    set->from = gen_str_lit("");
    r->at++;
    start = r->at;
    if (take_path(r, &set->from) && r->at < r->end
        && !gen_toks_is(&r->t, r->at, ",")
        && !gen_toks_is(&r->t, r->at, "}")
        && !gen_toks_is(&r->t, r->at, "where")
        && !gen_toks_is(&r->t, r->at, "return")) {
        set->from = gen_str_lit("");
    }
    r->at = start;
    if (gen_toks_is(&r->t, start, "none")) {
        gen_name *gone = (gen_name *)gen_new(r->ctx, sizeof *gone);
        gone->text = name;
        gone->pos = gen_toks_pos(&r->t, start);
        gen_list_push(r->ctx, &s->unsets, gone);
        return;
    }
    gen_list_push(r->ctx, &s->sets, set);
}

/* A column may be called `where`: then an operator is behind it. */
static bool is_clause(const reading *r)
{
    static const char *const operators[] = {
        "=", "!=", "+=", "-=", ",", ".", "}", ")", "<", ">", "+", NULL
    };
    static const char *const words[] = {
        "set", "unset", "where", "return", "timeout", "parallel", "content",
        "merge", "replace", "patch", "explain", NULL
    };

    if (r->at + 1 < r->end
        && gen_word_in(gen_toks_text(&r->t, r->at + 1), operators)) {
        return false;
    }
    return gen_word_in(gen_toks_text(&r->t, r->at), words);
}

/* Names between commas up to the next clause. */
static void read_list(reading *r, lint_stmt *s, bool unset)
{
    bool more = true;

    while (more && r->at < r->end) {
        gen_name *gone = (gen_name *)gen_new(r->ctx, sizeof *gone);
        gone->pos = gen_toks_pos(&r->t, r->at);
        if (take_path(r, &gone->text)) {
            if (unset) {
                gen_list_push(r->ctx, &s->unsets, gone);
            } else if (r->at < r->end && !gen_toks_is(&r->t, r->at, ",")) {
                read_set(r, s, gone->text);
            }
        }
        while (r->at < r->end && !gen_toks_is(&r->t, r->at, ",")
               && !is_clause(r)) {
            r->at = gen_toks_close(&r->t, r->at);
        }
        more = take(r, ",");
    }
}

/* `{ name: from, ... }` of MERGE, CONTENT and REPLACE. */
static void read_object(reading *r, lint_stmt *s)
{
    size_t outer = r->end;
    gen_str name;

    if (!gen_toks_is(&r->t, r->at, "{")) return;
    r->end = gen_toks_close(&r->t, r->at) - 1;
    r->at++;
    while (r->at < r->end) {
        if (name_at(r, r->at, &name)
            && gen_toks_is(&r->t, r->at + 1, ":")) {
            r->at++;
            read_set(r, s, name);
        }
        while (r->at < r->end && !gen_toks_is(&r->t, r->at, ",")) {
            r->at = gen_toks_close(&r->t, r->at);
        }
        take(r, ",");
    }
    r->end = outer;
}

static void read_change(reading *r, lint_stmt *s)
{
    while (r->at < r->end) {
        if (take(r, "set")) {
            read_list(r, s, false);
        } else if (take(r, "unset")) {
            read_list(r, s, true);
        } else if (take(r, "merge") || take(r, "content")
                   || take(r, "replace")) {
            read_object(r, s);
        } else if (take(r, "where")) {
            s->is_where = true;
        } else {
            r->at = gen_toks_close(&r->t, r->at);
        }
    }
}

/* The first table read in it; $batch is that of the data step. */
static void find_source(reading *r, lint_stmt *s)
{
    size_t i;

    for (i = r->at; i + 1 < r->end; i++) {
        if (!gen_toks_is(&r->t, i, "from")) continue;
        if (gen_toks_is(&r->t, i + 1, "only")) i++;
        if (name_at(r, i + 1, &s->source)) return;
        if (gen_str_is(gen_toks_text(&r->t, i + 1), "$batch")
            && s->step->table.len > 0) {
            s->source = s->step->table;
            return;
        }
    }
}

/* RELATE a->edge->b writes into `edge`. */
static void find_edge(reading *r, lint_stmt *s)
{
    size_t i;

    for (i = r->at; i + 1 < r->end; i++) {
        if (!gen_toks_is(&r->t, i, "->")) continue;
        name_at(r, i + 1, &s->table);
        return;
    }
}

static lint_verb verb_of(const reading *r)
{
    static const struct {
        const char *word;
        lint_verb verb;
    } rows[] = {
        { "define", LINT_DEFINE }, { "remove", LINT_REMOVE },
        { "alter", LINT_ALTER }, { "update", LINT_UPDATE },
        { "upsert", LINT_UPDATE }, { "delete", LINT_DELETE },
        { "create", LINT_CREATE }, { "relate", LINT_CREATE },
        { "insert", LINT_INSERT }, { NULL, LINT_OTHER }
    };
    size_t i;

    for (i = 0; rows[i].word != NULL; i++) {
        if (gen_toks_is(&r->t, r->at, rows[i].word)) return rows[i].verb;
    }
    return LINT_OTHER;
}

/* r->at is behind the verb. */
static void read_statement(reading *r, lint_stmt *s)
{
    switch (s->verb) {
    case LINT_DEFINE:
    case LINT_REMOVE:
    case LINT_ALTER:
        read_define(r, s);
        return;
    case LINT_UPDATE:
        read_target(r, s);
        read_change(r, s);
        return;
    case LINT_DELETE:
        take(r, "from");
        read_target(r, s);
        read_change(r, s);
        return;
    case LINT_CREATE:
        read_target(r, s);
        s->is_one = false;
        find_edge(r, s);
        find_source(r, s);
        return;
    case LINT_INSERT:
        take(r, "relation");
        take(r, "ignore");
        if (take(r, "into")) take_name(r, &s->table);
        find_source(r, s);
        return;
    default:
        return;
    }
}

static lint_stmt *add(reading *r, const mig_step *step, size_t from,
                      size_t to)
{
    lint_stmt *s = (lint_stmt *)gen_new(r->ctx, sizeof *s);
    gen_str last = gen_toks_text(&r->t, to - 1);

    s->verb = verb_of(r);
    s->what = s->table = s->name = gen_str_lit("");
    s->source = s->rest = gen_str_lit("");
    s->step = step;
    s->begin = r->t.at[from];
    s->end = r->t.at[to - 1] + 1;
    s->pos = gen_toks_pos(&r->t, from);
    s->pos.len = (uint32_t)(last.ptr + last.len
                            - (r->l->file->text.ptr + s->pos.off));
    s->name_pos = gen_toks_pos(&r->t, from);
    s->at = r->l->stmts.count;
    gen_list_push(r->ctx, &r->l->stmts, s);
    r->at = from + 1;
    r->end = to;
    read_statement(r, s);
    return s;
}

static bool can_start(const reading *r, size_t i)
{
    return gen_toks_is(&r->t, i - 1, "{") || gen_toks_is(&r->t, i - 1, ";")
        || gen_toks_is(&r->t, i - 1, "(") || gen_toks_is(&r->t, i - 1, "=")
        || gen_toks_is(&r->t, i - 1, "then")
        || gen_toks_is(&r->t, i - 1, "return")
        || gen_toks_is(&r->t, i - 1, "else");
}

/* Where the statement that begins at i ends. */
static size_t end_of(const reading *r, size_t i, size_t end)
{
    while (i < end && !gen_toks_is(&r->t, i, ";")
           && !gen_toks_is(&r->t, i, "}") && !gen_toks_is(&r->t, i, ")")) {
        i = gen_toks_close(&r->t, i);
    }
    return i < end ? i : end;
}

/* Those within another one: FOR, IF, LET, a block. */
static void add_inner(reading *r, const lint_stmt *outer, size_t end)
{
    size_t i;

    for (i = 1; i < end; i++) {
        lint_stmt *s;
        r->at = i;
        if (!can_start(r, i) || verb_of(r) == LINT_OTHER) continue;
        s = add(r, outer->step, i, end_of(r, i, end));
        s->is_inner = true;
        s->item = NULL;
    }
}

/* The step of a statement in this line; lines only grow. */
static const mig_step *step_of(const mig_script *script, uint32_t line,
                               size_t *at)
{
    const gen_list *steps = &script->steps;

    while (*at < steps->count && mig_step_at(steps, *at)->line <= line) {
        (*at)++;
    }
    return *at > 0 ? mig_step_at(steps, *at - 1) : NULL;
}

static void note_table(lint *l, lint_stmt *s)
{
    gen_list *list;

    if (s->table.len == 0) return;
    list = (gen_list *)gen_map_get(l->reader, l, GEN_KEY_TABLE, s->table);
    if (list == NULL) {
        list = (gen_list *)gen_new(l->reader, sizeof *list);
        gen_map_set(l->reader, l, GEN_KEY_TABLE, s->table, list);
    }
    gen_list_push(l->reader, list, s);
}

/* The last step that touches a table, under its name. */
static void note_touched(lint *l)
{
    const gen_list *steps = &l->script->steps;
    size_t i, k;

    for (i = 0; i < steps->count; i++) {
        mig_step *step = mig_step_at(steps, i);
        for (k = 0; k < step->touch.count; k++) {
            gen_map_set(l->reader, &l->script->steps, GEN_KEY_TABLE,
                        gen_name_at(&step->touch, k)->text, step);
        }
    }
}

void lint_read(lint *l)
{
    gen_list stmts = { NULL, 0, 0 };
    reading r;
    size_t step = 0;
    size_t i, end;

    r.l = l;
    r.ctx = l->reader;
    fmt_split(l->reader, l->file, &stmts);
    fmt_match_items(l->reader, l->file, &stmts);
    for (i = 0; i < stmts.count; i++) {
        const fmt_stmt *stmt = fmt_stmt_at(&stmts, i);
        lint_stmt *s;
        gen_toks_of(l->reader, l->file, stmt->begin, stmt->end, &r.t);
        end = r.t.count;
        while (end > 0 && gen_toks_is(&r.t, end - 1, ";")) end--;
        if (end == 0) continue;
        r.at = 0;
        s = add(&r, step_of(l->script, l->file->tokens[stmt->begin].line,
                            &step), 0, end);
        s->item = s->verb == LINT_DEFINE ? stmt->item : NULL;
        if (s->verb == LINT_OTHER) add_inner(&r, s, end);
    }
    for (i = 0; i < l->stmts.count; i++) {
        note_table(l, lint_stmt_at(l, i));
    }
    note_touched(l);
    for (i = 0; i < l->stmts.count; i++) {
        lint_stmt *s = lint_stmt_at(l, i);
        if (s->verb == LINT_ALTER) lint_alter(l, s);
    }
}
