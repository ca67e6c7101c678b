/* surrealgen/migrate/squash_rows.c: what a squash would forget.
 *
 * The new migration is made of two states, and a state has no rows. So every
 * statement about rows stands in the way, unless
 *
 *   - the migration says `-- elidable`: its author says that nobody needs it
 *     where the squash runs, or
 *   - the new migration has the same statement, which a recipe put there, or
 *   - it changes or deletes rows of a table the squash itself makes, while
 *     nothing in it puts rows anywhere: there are none.
 *
 * And a table that is there before and behind, but was removed between: its
 * rows went then. Two states do not tell that from a table left alone, and
 * nothing allows it. */
#include "../schema/front.h"
#include "squash.h"

#include <stdio.h>
#include <string.h>

typedef struct looker {
    const mig_squash *s;
    gen_list kept; /* gen_name: checksums of statements of the new one */
    bool inserts; /* some statement so far may have put rows somewhere */
    size_t found;
} looker;

static const char *const schema_words[] = {
    "define", "remove", "alter", "rebuild", "option", NULL
};
static const char *const insert_words[] = {
    "create", "insert", "upsert", "relate", NULL
};
static const char *const change_words[] = { "update", "delete", NULL };

static size_t skip_blanks(gen_str text, size_t at)
{
    while (at < text.len && strchr(" \t\r\n", text.ptr[at]) != NULL) at++;
    return at;
}

/* The next word or quoted name; *at goes behind it. */
static gen_str take_word(gen_ctx *ctx, gen_str text, size_t *at)
{
    size_t from = skip_blanks(text, *at);
    size_t to = from;

    if (from < text.len && text.ptr[from] == '`') {
        for (to++; to < text.len && text.ptr[to] != '`'; to++) {
            if (text.ptr[to] == '\\') to++;
        }
        if (to < text.len) to++;
        *at = to;
        return gen_unquote(ctx, gen_str_sub(text, from, to));
    }
    while (to < text.len && strchr(" \t\r\n:;,(", text.ptr[to]) == NULL) to++;
    *at = to;
    return gen_str_copy(ctx, text.ptr + from, to - from);
}

static bool has_table(const mig_state *state, gen_str table)
{
    size_t i;

    for (i = 0; i < state->defs.count; i++) {
        const mig_def *def = mig_def_at(&state->defs, i);
        if ((def->kind == DB_TABLE || def->kind == DB_VIEW)
            && gen_str_eq(def->name, table)) return true;
    }
    return false;
}

static void tell(looker *l, const mig_migration *m, const mig_step *step,
                 gen_str text, uint32_t line, const char *why)
{
    size_t len = 0;

    if (l->found++ == 0) {
        cli_say("migrate squash: refused, for rows would not be what they are "
                "after %s", l->s->to->id.ptr);
    }
    while (len < text.len && len < 60 && text.ptr[len] != '\n') len++;
    fprintf(stderr, "  %s:%lu: %.*s%s\n      %s\n", m->up.path.ptr,
            (unsigned long)(step->text_line + line - 1), (int)len, text.ptr,
            len < text.len ? "..." : "", why);
}

/* REMOVE TABLE [IF EXISTS] t */
static void look_at_remove(looker *l, const mig_migration *m,
                           const mig_step *step, const mig_statement *one)
{
    gen_ctx *ctx = l->s->cli->ctx;
    size_t at = 0;
    gen_str word;

    take_word(ctx, one->text, &at);
    if (!gen_word_eq(take_word(ctx, one->text, &at), "table")) return;
    word = take_word(ctx, one->text, &at);
    if (gen_word_eq(word, "if")) {
        take_word(ctx, one->text, &at);
        word = take_word(ctx, one->text, &at);
    }
    if (!has_table(&l->s->before, word) || !has_table(&l->s->after, word)) {
        return;
    }
    tell(l, m, step, one->text, one->line, "the table is made again later, "
         "and its old rows would stay; end one squash before it and begin "
         "another behind it");
}

static bool is_kept(const looker *l, gen_str text)
{
    gen_str sum = mig_checksum(l->s->cli->ctx, text);
    size_t i;

    for (i = 0; i < l->kept.count; i++) {
        if (gen_str_eq(gen_name_at(&l->kept, i)->text, sum)) return true;
    }
    return false;
}

static void read_kept(looker *l)
{
    gen_ctx *ctx = l->s->cli->ctx;
    gen_list parts = { NULL, 0, 0 };
    size_t i;

    mig_split(ctx, l->s->files.up, &parts);
    for (i = 0; i < parts.count; i++) {
        gen_name *name = (gen_name *)gen_new(ctx, sizeof *name);
        name->text = mig_checksum(ctx, mig_statement_at(&parts, i)->text);
        gen_list_push(ctx, &l->kept, name);
    }
}

static void look_at_statement(looker *l, const mig_migration *m,
                              const mig_step *step, const mig_statement *one)
{
    gen_ctx *ctx = l->s->cli->ctx;
    size_t at = 0;
    gen_str word = take_word(ctx, one->text, &at);
    bool changes = gen_word_in(word, change_words);

    if (gen_word_eq(word, "remove")) look_at_remove(l, m, step, one);
    if (gen_word_in(word, schema_words) || word.len == 0) return;
    if (m->elidable || is_kept(l, one->text)) return;
    if (changes) {
        word = take_word(ctx, one->text, &at);
        if (gen_word_eq(word, "only")) word = take_word(ctx, one->text, &at);
        if (step->kind == SURREAL_STEP_DATA) word = step->table;
        if (!l->inserts && !has_table(&l->s->before, word)
            && word.len > 0 && word.ptr[0] != '$') return;
    }
    if (!changes) l->inserts = true;
    tell(l, m, step, one->text, one->line, changes
         ? "it changes rows; `-- elidable` in the header says that a squash "
           "may leave it out"
         : gen_word_in(word, insert_words)
         ? "it makes rows; `-- elidable` in the header says that a squash may "
           "leave it out"
         : "it may change rows; `-- elidable` in the header says that a "
           "squash may leave it out");
}

int mig_squash_rows(const mig_squash *s)
{
    looker l;
    size_t i, k, n;

    memset(&l, 0, sizeof l);
    l.s = s;
    read_kept(&l);
    for (i = 0; i < s->list.count; i++) {
        const mig_migration *m = mig_at(&s->list, i);
        for (k = 0; k < m->up.steps.count; k++) {
            const mig_step *step = mig_step_at(&m->up.steps, k);
            gen_list parts = { NULL, 0, 0 };
            mig_split(s->cli->ctx, step->text, &parts);
            for (n = 0; n < parts.count; n++) {
                look_at_statement(&l, m, step, mig_statement_at(&parts, n));
            }
        }
    }
    return l.found > 0 ? CLI_REFUSED : CLI_FINE;
}
