/* surrealgen/migrate/verb_squash.c: `migrate squash FROM..TO`: several
 * migrations become one that leads from the state before them to the state
 * behind them.
 *
 * It is proved before anything is written: the old ones and the new one run
 * from the beginning in two databases of --dev-url, whose catalogues must be
 * the same. Then the new folder is written, the old ones go to .squashed, and
 * what followed the last one follows the new one. Its `-- replaces:` tells the
 * runner that a database which has all of them has it as well. */
#include "../schema/front.h"
#include "files.h"
#include "squash.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* --------------------------------------------------------------- which ones */

static int say_range(const char *text)
{
    cli_say("`%s` is no range; write FROM..TO, such as init..add_slug, "
            "..add_slug for all up to it, or init.. for all from it", text);
    return CLI_USAGE;
}

/* FROM and TO may be left out: the first and the newest. */
static int read_range(mig_squash *s, const char *text)
{
    const char *dots = strstr(text, "..");
    const mig_migration *head = NULL;
    gen_list way;
    int rc = mig_newest(&s->chain, &head);

    if (rc != CLI_FINE) return rc;
    if (dots == NULL || head == NULL) return say_range(text);
    way = mig_way_to(&s->chain, head);
    s->from = mig_at(&way, 0);
    s->to = head;
    if (dots > text) {
        s->from = mig_named(&s->chain, gen_str_copy(s->cli->ctx, text,
                                           (size_t)(dots - text)).ptr);
    }
    if (dots[2] != 0) s->to = mig_named(&s->chain, dots + 2);
    return s->from != NULL && s->to != NULL ? CLI_FINE : CLI_USAGE;
}

static int collect(mig_squash *s)
{
    gen_list way = mig_way_to(&s->chain, s->to);
    size_t i = 0;

    while (i < way.count && mig_at(&way, i) != s->from) i++;
    if (i == way.count) {
        cli_say("%s does not come before %s", s->from->id.ptr, s->to->id.ptr);
        return CLI_USAGE;
    }
    s->parent = i > 0 ? mig_at(&way, i - 1) : NULL;
    for (; i < way.count; i++) {
        gen_list_push(s->cli->ctx, &s->list, way.at[i]);
    }
    if (s->list.count > 1) return CLI_FINE;
    cli_say("%s is one migration already", s->to->id.ptr);
    return CLI_USAGE;
}

/* -------------------------------------------------------------- the new one */

/* The digits of the last one: it takes that one's place. */
static int make_id(mig_squash *s)
{
    const char *name = cli_text(s->cli, CLI_SQUASH_NAME, "squashed");
    size_t digits = s->to->id.len - s->to->name.len;
    gen_buf id;

    if (!mig_is_name(gen_str_lit(name))) {
        cli_say("`%s` is no name for a migration: write letters, digits and "
                "`_`", name);
        return CLI_USAGE;
    }
    gen_buf_init(&id, s->cli->ctx);
    gen_buf_add(&id, s->to->id.ptr, digits);
    gen_buf_add_text(&id, name);
    s->files.id = gen_buf_str(&id);
    if (mig_find_id(&s->chain, s->files.id) == NULL) return CLI_FINE;
    cli_say("there is a migration %s already; --name gives another name",
            id.ptr);
    return CLI_USAGE;
}

/* What the old ones replaced is replaced by this one, too. */
static const char *replaces(const mig_squash *s)
{
    gen_buf out;
    size_t i, k;

    gen_buf_init(&out, s->cli->ctx);
    for (i = 0; i < s->list.count; i++) {
        const mig_migration *m = mig_at(&s->list, i);
        for (k = 0; k < m->replaces.count; k++) {
            gen_buf_add_fmt(&out, "-- replaces: %s\n",
                            gen_name_at(&m->replaces, k)->text.ptr);
        }
        gen_buf_add_fmt(&out, "-- replaces: %s\n", m->id.ptr);
    }
    return out.ptr;
}

static int compose(mig_squash *s)
{
    gen_ctx *ctx = s->cli->ctx;
    gen_version target = mig_target(s->to);
    mig_compose_options how;
    int rc = make_id(s);

    memset(&how, 0, sizeof how);
    how.header = replaces(s);
    if (rc == CLI_FINE) rc = mig_state_after(ctx, s->parent, target,
                                             &s->before);
    if (rc == CLI_FINE) rc = mig_state_after(ctx, s->to, target, &s->after);
    if (rc == CLI_FINE) {
        rc = mig_compose(ctx, s->parent, &s->before, &s->after, &how,
                         &s->files);
    }
    if (rc == CLI_FINE) rc = mig_squash_rows(s);
    if (rc == CLI_SCHEMA) cli_print_diags(s->cli);
    return rc;
}

/* ---------------------------------------------------------------- the proof */

static int say_other(const mig_squash *s, const gen_list *list)
{
    size_t i;

    cli_say("the squash does not make what %s and those before it make: "
            "nothing was written", s->to->id.ptr);
    for (i = 0; i < list->count; i++) {
        const mig_drift *drift = mig_drift_at(list, i);
        gen_buf object;
        gen_buf_init(&object, s->cli->ctx);
        mig_add_object(&object, drift);
        fprintf(stderr, "  %s\n    one by one: %s\n    squashed:   %s\n",
                object.ptr, drift->ours.len > 0 ? drift->ours.ptr : "-",
                drift->live.len > 0 ? drift->live.ptr : "-");
    }
    return CLI_REFUSED;
}

static int run_both(const mig_squash *s, mig_replay *r)
{
    gen_list all = mig_way_to(&s->chain, s->to);
    gen_list some = mig_way_to(&s->chain, s->parent);
    gen_list list = { NULL, 0, 0 };
    db_catalogue one;
    db_catalogue two;
    mig_migration squash;
    int rc;

    memset(&squash, 0, sizeof squash);
    squash.id = s->files.id;
    if (!mig_read_script(s->cli->ctx, "up.surql", s->files.up, &squash.up)) {
        cli_print_diags(s->cli);
        return CLI_SCHEMA;
    }
    rc = mig_replay_list(r, &all);
    if (rc == CLI_FINE) rc = mig_replay_read(r, &one);
    if (rc == CLI_FINE) rc = mig_replay_list(r, &some);
    if (rc == CLI_FINE) rc = mig_replay_script(r, &squash, false);
    if (rc == CLI_FINE) rc = mig_replay_read(r, &two);
    if (rc != CLI_FINE) return rc;
    mig_compare(s->cli->ctx, db_target(&r->link), &one, &two, &list);
    return list.count > 0 ? say_other(s, &list) : CLI_FINE;
}

static int prove(const mig_squash *s)
{
    mig_replay r;
    int rc;

    if (cli_flag(s->cli, CLI_NO_SERVER)) {
        fputs("not proved: --offline\n", stderr);
        return CLI_FINE;
    }
    if (cli_text(s->cli, CLI_DEV_URL, NULL) == NULL) {
        cli_say("a squash is proved on a server, where the old migrations and "
                "the new one run from the beginning: name one with --dev-url, "
                "such as `surreal start memory`; --offline goes without");
        return CLI_REFUSED;
    }
    rc = mig_open_replay(s->cli, &r);
    r.chain = &s->chain;
    if (rc == CLI_FINE) rc = run_both(s, &r);
    mig_close_replay(&r);
    return rc;
}

/* -------------------------------------------------------------- the folders */

static int move_old(const mig_squash *s)
{
    const char *dir = mig_path(s->cli->ctx, s->chain.dir.ptr, ".squashed", "");
    size_t i;

#if defined(_WIN32)
    _mkdir(dir);
#else
    mkdir(dir, 0777);
#endif
    for (i = 0; i < s->list.count; i++) {
        const mig_migration *m = mig_at(&s->list, i);
        const char *to = mig_path(s->cli->ctx, dir, m->id.ptr, "");
        if (rename(m->dir.ptr, to) == 0) continue;
        cli_say("cannot move %s to %s: %s; move it there yourself, and those "
                "that `-- replaces:` of %s names", m->dir.ptr, to,
                strerror(errno), s->files.id.ptr);
        return CLI_PARTLY;
    }
    return CLI_FINE;
}

/* The line `-- parent:` of what followed, which no checksum is about. */
static int lead_on(const mig_squash *s, const mig_migration *child,
                   const mig_migration *squash)
{
    gen_str text = child->up.text;
    const mig_note *note = mig_find_note(&child->up, "parent");
    gen_buf out;
    size_t from;
    size_t to;

    if (note == NULL) return CLI_FINE;
    for (from = note->pos.off; from > 0 && text.ptr[from - 1] != '\n';) {
        from--;
    }
    for (to = note->pos.off; to < text.len && text.ptr[to] != '\n';) to++;
    gen_buf_init(&out, s->cli->ctx);
    gen_buf_add(&out, text.ptr, from);
    gen_buf_add_fmt(&out, "-- parent:  %s  %s", squash->id.ptr,
                    mig_short_hash(s->cli->ctx, squash->checksum).ptr);
    gen_buf_add(&out, text.ptr + to, text.len - to);
    return cli_write_file(s->cli->ctx, child->up.path.ptr, out.ptr, out.len)
        ? CLI_FINE : CLI_PARTLY;
}

static int follow(const mig_squash *s)
{
    const mig_migration *squash = mig_read_folder(s->cli->ctx, s->chain.dir,
                                                  s->files.id);
    size_t i;
    int rc = CLI_FINE;

    for (i = 0; rc == CLI_FINE && i < s->chain.all.count; i++) {
        const mig_migration *m = mig_at(&s->chain.all, i);
        if (gen_str_eq(m->parent, s->to->id)) rc = lead_on(s, m, squash);
    }
    return rc;
}

static int write_it(const mig_squash *s)
{
    bool keep = cli_flag(s->cli, CLI_KEEP);
    int rc;

    if (cli_flag(s->cli, CLI_SQUASH_PRINT)) {
        gen_buf out;
        gen_buf_init(&out, s->cli->ctx);
        gen_buf_add_str(&out, s->files.up);
        return cli_write_stdout(&out) ? CLI_FINE : CLI_FAILED;
    }
    rc = mig_write(s->cli, &s->chain, &s->files);
    if (rc == CLI_FINE) rc = follow(s);
    if (rc == CLI_FINE && !keep) rc = move_old(s);
    if (rc != CLI_FINE) return rc;
    printf("%s/%s: %lu migrations in one; the old ones are in %s%s\n",
           s->chain.dir.ptr, s->files.id.ptr, (unsigned long)s->list.count,
           s->chain.dir.ptr, keep ? ", passed over" : "/.squashed");
    return CLI_FINE;
}

int verb_migrate_squash(const gen_cli *cli)
{
    mig_squash s;
    int rc;

    if (cli->arg_count != 1) return say_range("");
    memset(&s, 0, sizeof s);
    s.cli = cli;
    rc = mig_read_chain(cli, &s.chain);
    if (rc == CLI_FINE) rc = read_range(&s, cli->args[0]);
    if (rc == CLI_FINE) rc = collect(&s);
    if (rc == CLI_FINE) rc = compose(&s);
    if (rc == CLI_FINE) rc = prove(&s);
    return rc == CLI_FINE ? write_it(&s) : rc;
}
