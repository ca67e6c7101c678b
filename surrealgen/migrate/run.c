/* surrealgen/migrate/run.c: a chain as surreal_migrate() takes it. */
#include "migrate.h"

#include "../schema/front.h"

#include <string.h>

static const char *or_null(gen_str text)
{
    return text.len > 0 ? text.ptr : NULL;
}

/* "post, `old user`". */
static const char *tables_of(gen_ctx *ctx, const gen_list *names)
{
    gen_buf out;
    size_t i;

    if (names->count == 0) return NULL;
    gen_buf_init(&out, ctx);
    for (i = 0; i < names->count; i++) {
        if (i > 0) gen_buf_add_text(&out, ", ");
        gen_surql_name(&out, gen_name_at(names, i)->text);
    }
    return out.ptr;
}

/* ---------------------------------------------------------------- archive */

/* The significant tokens of one statement. */
typedef struct words {
    gen_file file;
    gen_list list; /* gen_token * */
} words;

static void read_words(gen_ctx *ctx, gen_str text, words *out)
{
    size_t i;

    memset(out, 0, sizeof *out);
    mig_lex(ctx, text, &out->file);
    for (i = 0; i < out->file.token_count; i++) {
        if (gen_tok_is_trivia(out->file.tokens[i].kind)) continue;
        gen_list_push(ctx, &out->list, &out->file.tokens[i]);
    }
}

/* Empty behind the end, which is a token of no bytes. */
static gen_str word_at(const words *w, size_t i)
{
    if (i >= w->list.count) return gen_str_lit("");
    return gen_tok_str(&w->file, (const gen_token *)w->list.at[i]);
}

static bool is_name(const words *w, size_t i)
{
    const gen_token *tok = i < w->list.count
        ? (const gen_token *)w->list.at[i] : NULL;

    return tok != NULL
        && (tok->kind == GEN_TOK_IDENT || tok->kind == GEN_TOK_QUOTED);
}

static void add_kept(gen_buf *out, gen_str table, gen_str column)
{
    /* The list is divided at commas, the table ends at the first dot. */
    if (memchr(table.ptr, '.', table.len) != NULL
        || memchr(table.ptr, ',', table.len) != NULL
        || memchr(column.ptr, ',', column.len) != NULL) return;
    if (out->len > 0) gen_buf_add_text(out, ", ");
    gen_buf_add_str(out, table);
    if (column.len == 0) return;
    gen_buf_add_char(out, '.');
    gen_buf_add_str(out, column);
}

/* `UPDATE post UNSET slug, tags.*.name WHERE ...` */
static void add_unset(const mig_step *step, const words *w, gen_buf *out)
{
    gen_str table = word_at(w, 1);
    gen_str none = gen_str_lit("");
    size_t from = 3;
    gen_buf name;

    if (!gen_word_eq(word_at(w, 0), "update")
        || !gen_word_eq(word_at(w, 2), "unset")) return;
    if (gen_str_is(table, "$batch")) {
        gen_buf_init(&name, out->ctx);
        gen_surql_name(&name, step->table);
        table = gen_buf_str(&name);
    } else if (!is_name(w, 1)) {
        return;
    }
    while (is_name(w, from)) {
        size_t to = from;
        gen_str column = word_at(w, from);
        /* A path goes on behind a dot. */
        while (gen_str_is(word_at(w, to + 1), ".")) to += 2;
        if (to >= w->list.count) return;
        column.len = (size_t)(word_at(w, to).ptr - column.ptr)
            + word_at(w, to).len;
        add_kept(out, table, column.len > 0 ? column : none);
        if (!gen_str_is(word_at(w, to + 1), ",")) return;
        from = to + 2;
    }
}

static bool is_defined_in(gen_ctx *ctx, const gen_list *steps, gen_str table)
{
    size_t i, k, n;

    for (i = 0; i < steps->count; i++) {
        gen_list list = { NULL, 0, 0 };
        mig_split(ctx, mig_step_at(steps, i)->text, &list);
        for (k = 0; k < list.count; k++) {
            words w;
            read_words(ctx, mig_statement_at(&list, k)->text, &w);
            if (!gen_word_eq(word_at(&w, 0), "define")
                || !gen_word_eq(word_at(&w, 1), "table")) continue;
            for (n = 2; n < 6; n++) {
                if (gen_str_eq(word_at(&w, n), table)) return true;
            }
        }
    }
    return false;
}

/* `REMOVE TABLE post`, and not one that is made anew, such as a view. With IF
 * EXISTS nobody can say whether there are rows to keep. */
static void add_removed(const gen_list *steps, const words *w, gen_buf *out)
{
    if (!gen_word_eq(word_at(w, 0), "remove")
        || !gen_word_eq(word_at(w, 1), "table") || w->list.count != 4
        || !is_name(w, 2)
        || is_defined_in(out->ctx, steps, word_at(w, 2))) return;
    add_kept(out, word_at(w, 2), gen_str_lit(""));
}

/* What up takes away, for whoever asks to keep it. */
static const char *archive_of(gen_ctx *ctx, const gen_list *steps,
                              const mig_step *step)
{
    gen_list list = { NULL, 0, 0 };
    gen_buf out;
    size_t i;

    gen_buf_init(&out, ctx);
    mig_split(ctx, step->text, &list);
    for (i = 0; i < list.count; i++) {
        words w;
        read_words(ctx, mig_statement_at(&list, i)->text, &w);
        add_unset(step, &w, &out);
        add_removed(steps, &w, &out);
    }
    return out.len > 0 ? out.ptr : NULL;
}

/* ------------------------------------------------------------------ chain */

static const surreal_migration_step *steps_of(gen_ctx *ctx,
                                              const gen_list *steps)
{
    surreal_migration_step *out;
    size_t i;

    if (steps->count == 0) return NULL;
    out = (surreal_migration_step *)gen_new(ctx, steps->count * sizeof *out);
    for (i = 0; i < steps->count; i++) {
        const mig_step *step = mig_step_at(steps, i);
        out[i].kind = step->kind;
        out[i].text = step->text.ptr;
        out[i].len = step->text.len;
        out[i].table = or_null(step->table);
        out[i].index = or_null(step->index);
        out[i].where = or_null(step->where);
        out[i].touch = tables_of(ctx, &step->touch);
        out[i].archive = step->kind == SURREAL_STEP_INDEX
            ? NULL : archive_of(ctx, steps, step);
        out[i].checksum = step->checksum.ptr;
        out[i].line = step->text_line;
        out[i].batch = step->batch;
        out[i].is_quiet = step->quiet;
    }
    return out;
}

static const char *const *names_of(gen_ctx *ctx, const gen_list *names)
{
    const char **out;
    size_t i;

    if (names->count == 0) return NULL;
    out = (const char **)gen_new(ctx, names->count * sizeof *out);
    for (i = 0; i < names->count; i++) {
        out[i] = gen_name_at(names, i)->text.ptr;
    }
    return out;
}

surreal_migrations mig_runnable(gen_ctx *ctx, const mig_chain *chain,
                                gen_version target)
{
    size_t count = chain->all.count;
    surreal_migration *all =
        (surreal_migration *)gen_new(ctx, (count + 1) * sizeof *all);
    surreal_migrations out;
    size_t i;

    for (i = 0; i < count; i++) {
        mig_migration *m = mig_at(&chain->all, i);
        all[i].id = m->id.ptr;
        all[i].parent = or_null(m->parent);
        all[i].checksum = m->checksum.ptr;
        all[i].schema_hash = mig_schema_hash(ctx, m).ptr;
        all[i].replaces = names_of(ctx, &m->replaces);
        all[i].replaces_count = m->replaces.count;
        all[i].up = steps_of(ctx, &m->up.steps);
        all[i].up_count = m->up.steps.count;
        all[i].down = steps_of(ctx, &m->down.steps);
        all[i].down_count = m->down.steps.count;
        all[i].down_class = (surreal_down_class)m->down_class;
        all[i].after_deploy = m->after_deploy;
    }
    memset(&out, 0, sizeof out);
    out.at = all;
    out.count = count;
    out.major = target.major;
    return out;
}
