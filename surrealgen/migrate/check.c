/* surrealgen/migrate/check.c: what is wrong with a chain, without a server.
 *
 * Reading it (files.c, chain.c) has found what cannot be understood. Here is
 * what can be understood and does not fit together: two newest migrations,
 * files that were edited behind the back of others, nothing to apply. */
#include "migrate.h"

#include "../schema/front.h"
#include "files.h"

#include <string.h>

static gen_pos place_of(const mig_script *script, const char *key)
{
    const mig_note *note = mig_find_note(script, key);

    return note != NULL ? note->pos : mig_pos(script, 0, 0);
}

/* The children of an edited migration name what it was. */
static void check_parent(const mig_chain *chain, const mig_migration *m)
{
    const mig_migration *parent = mig_find_id(chain, m->parent);
    gen_str now;
    gen_diag *diag;

    if (parent == NULL) return;
    now = mig_short_hash(chain->ctx, parent->checksum);
    if (gen_str_eq(now, m->parent_hash)) return;
    diag = gen_error(chain->ctx, SG808, place_of(&m->up, "parent"),
                     "the statements of `%s` were edited since", m->parent.ptr);
    gen_hint(chain->ctx, diag, "its checksum now begins with %s", now.ptr);
    gen_fix(chain->ctx, diag, "undo the edit and write a new migration; if no "
            "database has that one yet: `surrealgen migrate rebase %s`",
            m->id.ptr);
}

static void check_snapshot(const mig_chain *chain, mig_migration *m)
{
    gen_diag *diag;
    gen_str now;

    if (m->written_hash.len == 0) return;
    now = mig_short_hash(chain->ctx, mig_schema_hash(chain->ctx, m));
    if (gen_str_eq(now, m->written_hash)) return;
    diag = gen_error(chain->ctx, SG809, place_of(&m->up, "schema"),
                     "%s/schema.snap is not what was written with this "
                     "migration", m->dir.ptr);
    gen_hint(chain->ctx, diag, "its checksum now begins with %s", now.ptr);
    gen_fix(chain->ctx, diag, "take it from the history of the repository; "
            "if it was edited on purpose, write `-- schema:  %s`", now.ptr);
}

static void check_scripts(const mig_chain *chain, const mig_migration *m,
                          bool all)
{
    gen_diag *diag;

    if (m->up.is_empty) {
        diag = gen_error(chain->ctx, SG813, place_of(&m->up, "id"),
                         "this migration has no statement");
        gen_fix(chain->ctx, diag, "write them, or remove the folder: applied "
                "empty it could not be filled later");
    }
    if (all && m->down.is_empty && m->down.irreversible.len == 0
        && m->up.irreversible.len == 0) {
        diag = gen_warn(chain->ctx, SG817, mig_pos(&m->down, 0, 0),
                        "there is no way back");
        gen_fix(chain->ctx, diag, "write the statements that undo up.surql, "
                "or `-- irreversible: why`");
    }
}

/* Of two of one second nobody can say which comes first. */
static void check_moment(const mig_chain *chain, size_t at)
{
    const mig_migration *m = mig_at(&chain->all, at);
    size_t digits = m->id.len - m->name.len;
    size_t i;

    for (i = 0; i < at; i++) {
        const mig_migration *other = mig_at(&chain->all, i);
        gen_pos pos;
        gen_diag *diag;
        if (memcmp(other->id.ptr, m->id.ptr, digits) != 0) continue;
        pos = place_of(&other->up, "id");
        diag = gen_error(chain->ctx, SG814, place_of(&m->up, "id"), "`%s` has "
                         "the same digits", other->id.ptr);
        gen_other(chain->ctx, diag, pos, "there");
        gen_fix(chain->ctx, diag, "raise the last digit of the later one: its "
                "folder, its `-- id:` and the `-- parent:` of what follows it");
        return;
    }
}

int mig_check_filled(const mig_chain *chain, const gen_list *some)
{
    size_t before = gen_error_count(chain->ctx);
    size_t i;

    for (i = 0; i < some->count; i++) {
        check_scripts(chain, mig_at(some, i), false);
    }
    return gen_error_count(chain->ctx) > before ? CLI_SCHEMA : CLI_FINE;
}

int mig_check_chain(const mig_chain *chain, bool all)
{
    size_t before = gen_error_count(chain->ctx);
    size_t i;

    mig_tell_heads(chain);
    for (i = 0; i < chain->all.count; i++) {
        mig_migration *m = mig_at(&chain->all, i);
        check_moment(chain, i);
        check_parent(chain, m);
        check_snapshot(chain, m);
        check_scripts(chain, m, all);
    }
    return gen_error_count(chain->ctx) > before ? CLI_SCHEMA : CLI_FINE;
}

/* ------------------------------------------------------------------- verb */

int verb_migrate_check(const gen_cli *cli)
{
    const char *format = cli_text(cli, CLI_FORMAT, "text");
    mig_chain chain;
    int rc = mig_need_folder(cli);

    if (rc == CLI_FINE) rc = mig_scan_chain(cli, &chain);
    /* A chain that was not understood is not checked further: each question
     * would be answered by what is already reported. */
    if (rc == CLI_FINE) rc = mig_check_chain(&chain, true);
    if (rc != CLI_FINE && rc != CLI_SCHEMA) return rc;
    cli_print_diags(cli);
    if (rc == CLI_FINE && cli_text(cli, CLI_DEV_URL, NULL) != NULL) {
        rc = mig_check_replay(cli, &chain);
    }
    if (rc != CLI_FINE) return rc;
    if (cli_flag(cli, CLI_STRICT) && gen_warning_count(cli->ctx) > 0) {
        return CLI_FOUND;
    }
    if (strcmp(format, "text") != 0) return CLI_FINE;
    if (chain.all.count == 0) {
        printf("%s: no migration yet\n", chain.dir.ptr);
    } else {
        printf("%s: %lu migration%s, the newest is %s\n", chain.dir.ptr,
               (unsigned long)chain.all.count,
               chain.all.count == 1 ? "" : "s",
               mig_at(&chain.heads, 0)->id.ptr);
    }
    return CLI_FINE;
}
