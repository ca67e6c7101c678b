/* surrealgen/migrate/moving.c: which tables get another name, what that is
 * about, and what stands in its way. */
#include "plan.h"

#include <stdio.h>
#include <string.h>

/* --------------------------------------------------------- what leads there */

static void add_title(gen_buf *out, size_t *count, const mig_def *def)
{
    gen_buf_add_text(out, (*count)++ == 0 ? "  it is named by " : ", ");
    if (def->table.len == 0 && def->kind != DB_TABLE
        && def->kind != DB_FUNCTION && def->kind != DB_PARAM) {
        gen_buf_add_fmt(out, "%s ", def->kind == DB_VIEW ? "view"
                        : mig_kind_word(def->kind));
    } else if (def->kind == DB_TABLE) {
        gen_buf_add_text(out, "edge ");
    } else if (def->kind == DB_EVENT) {
        gen_buf_add_text(out, "event ");
    }
    mig_add_title(out, def);
}

/* Columns, edges and whatever else names the table, its own parts aside. */
static void add_links(gen_buf *out, const mig_moved *one,
                      const mig_state *before)
{
    size_t i, count = 0;

    for (i = 0; i < before->defs.count; i++) {
        const mig_def *def = mig_def_at(&before->defs, i);
        bool own = gen_str_eq(def->table, one->from)
            || (def->kind == DB_TABLE && gen_str_eq(def->name, one->from));
        if ((own && def->kind != DB_FIELD) || def->kind == DB_INDEX
            || !mig_mentions(gen_str_sub(def->text, def->rest
                                         + (own ? def->spelled.len
                                            + def->table_spelled.len + 5 : 0),
                                         def->text.len), one->from)) {
            continue;
        }
        add_title(out, &count, def);
    }
    if (count > 0) gen_buf_add_char(out, '\n');
}

static void say_refused(gen_ctx *ctx, const mig_moved *one,
                        const mig_state *before)
{
    gen_buf out;

    gen_buf_init(&out, ctx);
    gen_buf_add_fmt(&out, "migrate generate: the table `%s` cannot be renamed "
                    "to `%s` without more: every id of it (%s:...) and every "
                    "link to one has its name\n", one->from.ptr, one->to.ptr,
                    one->from.ptr);
    add_links(&out, one, before);
    gen_buf_add_fmt(&out, "  keep its name in the database: `model %s "
                    "@c(name: %s) { ... }` changes the one in C alone\n"
                    "  or copy its rows and rewrite every link: "
                    "--rewrite-links\n"
                    "  or drop it and add the other (@new): its rows go\n",
                    one->from.ptr, one->to.ptr);
    fwrite(out.ptr, 1, out.len, stderr);
}

/* ------------------------------------------------------ what cannot be done */

static const gen_table *edge_at(const mig_state *state, size_t i)
{
    const mig_def *def = mig_def_at(&state->defs, i);
    const gen_table *table = mig_table_of(def);

    return def->kind == DB_TABLE && table != NULL
        && table->kind == GEN_TABLE_RELATION ? table : NULL;
}

static bool has_name(const gen_list *names, gen_str name)
{
    size_t i;

    for (i = 0; i < names->count; i++) {
        if (gen_str_eq(gen_name_at(names, i)->text, name)) return true;
    }
    return names->count == 0;
}

bool mig_edge_leads_to(const gen_table *edge, gen_str table)
{
    return has_name(&edge->from, table) || has_name(&edge->to, table);
}

bool mig_is_remade(const gen_table *edge, const gen_list *moved)
{
    return mig_names_moved(&edge->from, moved)
        || mig_names_moved(&edge->to, moved);
}

static void complain(gen_buf *out, const char *title, const char *text)
{
    gen_buf_add_fmt(out, "  `%s`: %s\n", title, text);
}

/* An edge is made anew when an end of it moves, and the edges that lead to it
 * with it; what leads to those would be lost on the way. */
static void find_towers(gen_buf *out, const mig_state *state,
                        const gen_list *moved)
{
    size_t i, k, n;

    for (i = 0; i < state->defs.count; i++) {
        const gen_table *low = edge_at(state, i);
        if (low == NULL || !mig_is_remade(low, moved)) continue;
        for (k = 0; k < state->defs.count; k++) {
            const gen_table *mid = edge_at(state, k);
            if (mid == NULL || mid == low
                || !mig_edge_leads_to(mid, low->name)) continue;
            for (n = 0; n < state->defs.count; n++) {
                const gen_table *top = edge_at(state, n);
                if (top == NULL || top == mid || top == low
                    || top->from.count + top->to.count == 0
                    || !mig_edge_leads_to(top, mid->name)) continue;
                complain(out, top->name.ptr, "an edge of edges of edges: "
                         "what it hangs on is made anew, and the server "
                         "takes it away meanwhile");
            }
        }
    }
}

static bool is_link_to_edge(const mig_state *state, const gen_field *field,
                            const gen_list *moved)
{
    size_t i;

    for (i = 0; i < state->defs.count; i++) {
        const gen_table *edge = edge_at(state, i);
        mig_moved one;
        gen_list alone = { NULL, 0, 0 };
        void *at[1];
        if (edge == NULL || !mig_is_remade(edge, moved)
            || mig_moved_from(moved, edge->name) != NULL) continue;
        one.from = edge->name;
        one.to = edge->name;
        at[0] = &one;
        alone.at = at;
        alone.count = 1;
        if ((mig_links_in(field->type, &alone) & MIG_LINK) != 0) return true;
    }
    return false;
}

/* What the server does when the record of a REFERENCE goes, it also does when
 * an edge goes to be made anew. */
static void find_columns(gen_buf *out, gen_ctx *ctx, const mig_state *state,
                         const gen_list *moved)
{
    size_t i;

    for (i = 0; i < state->defs.count; i++) {
        const mig_def *def = mig_def_at(&state->defs, i);
        const gen_field *field = mig_field_of(def);
        gen_buf title;
        if (field == NULL) continue;
        gen_buf_init(&title, ctx);
        mig_add_title(&title, def);
        if (gen_str_is(def->name, "id")
            && (mig_links_in(field->type, moved) & MIG_LINK) != 0) {
            complain(out, title.ptr, "ids with ids of the table in them "
                     "would become others, too");
        } else if (field->reference
                   && is_link_to_edge(state, field, moved)) {
            complain(out, title.ptr, "a REFERENCE to an edge that has to be "
                     "made anew: leave REFERENCE out in one migration before, "
                     "and bring it back in one behind");
        } else if (memchr(def->spelled.ptr, '[', def->spelled.len) != NULL
                   && (mig_links_in(field->type, moved) & MIG_LINK) != 0) {
            complain(out, title.ptr, "one place of an array, which a recipe "
                     "does not reach");
        }
    }
}

static int check_moved(const gen_cli *cli, const mig_state *before,
                       const gen_list *moved)
{
    gen_buf out;

    gen_buf_init(&out, cli->ctx);
    find_towers(&out, before, moved);
    find_columns(&out, cli->ctx, before, moved);
    if (out.len == 0) return CLI_FINE;
    cli_say("migrate generate: the links to `%s` cannot all be rewritten",
            mig_moved_at(moved, 0)->from.ptr);
    fwrite(out.ptr, 1, out.len, stderr);
    fputs("  write this one by hand, from `surrealgen migrate generate "
          "--empty`, or keep the name with @c(name: ...)\n", stderr);
    return CLI_REFUSED;
}

/* ----------------------------------------------------------------- finding */

static bool is_gone(const gen_list *changes, gen_str table)
{
    size_t i;

    for (i = 0; i < changes->count; i++) {
        const mig_change *gone = mig_change_at(changes, i);
        if (gone->op == MIG_REMOVE && gone->before->kind == DB_TABLE
            && gen_str_eq(gone->before->name, table)) return true;
    }
    return false;
}

/* Two models that both were one table: which of them has the rows? */
static int add_moved(const gen_cli *cli, gen_list *moved, gen_str from,
                     gen_str to)
{
    mig_moved *one;

    if (mig_moved_from(moved, from) != NULL) {
        cli_say("migrate generate: both `%s` and `%s` say @was(%s): one of "
                "them has its rows", mig_moved_from(moved, from)->to.ptr,
                to.ptr, from.ptr);
        return CLI_REFUSED;
    }
    one = (mig_moved *)gen_new(cli->ctx, sizeof *one);
    one->from = from;
    one->to = to;
    gen_list_push(cli->ctx, moved, one);
    return CLI_FINE;
}

int mig_find_moved(const gen_cli *cli, mig_state *before,
                   const gen_list *changes, gen_list *moved)
{
    size_t i;
    int rc;

    for (i = 0; i < changes->count; i++) {
        const mig_change *came = mig_change_at(changes, i);
        gen_buf key;
        if (came->op != MIG_ADD || came->after->kind != DB_TABLE
            || came->after->was.len == 0) {
            continue;
        }
        gen_buf_init(&key, cli->ctx);
        gen_buf_add_text(&key, "table ");
        gen_surql_name(&key, came->after->was);
        if (is_gone(changes, came->after->was)) {
            rc = add_moved(cli, moved, came->after->was, came->after->name);
            if (rc != CLI_FINE) return rc;
        } else if (mig_find(before, gen_buf_str(&key)) != NULL) {
            cli_say("migrate generate: `%s` says @was(%s), and `%s` is still "
                    "in the schema: rename one table after the other, or "
                    "leave the hint out", came->after->name.ptr,
                    came->after->was.ptr, came->after->was.ptr);
            return CLI_REFUSED;
        }
    }
    if (moved->count == 0) return CLI_FINE;
    if (!cli_flag(cli, CLI_REWRITE_LINKS)) {
        for (i = 0; i < moved->count; i++) {
            say_refused(cli->ctx, mig_moved_at(moved, i), before);
        }
        return CLI_REFUSED;
    }
    mig_parse_all(cli->ctx, before);
    return check_moved(cli, before, moved);
}
