/* surrealgen/migrate/orch_report.c: the plan and the result of a roll-out, as
 * tables and as JSON. */
#include "../cli/json.h"
#include "orchestrate.h"

#include <string.h>

/* Rows that are applied everywhere are told as one when there are more. */
enum { SAME_MOST = 3 };

static const char *const fates[] = {
    "not started", "up to date", "deployed", "failed", "taken back",
    "interrupted"
};

static void add_cell(gen_buf *out, const char *text, size_t wide, bool last)
{
    size_t len = strlen(text);

    gen_buf_add_text(out, text);
    while (!last && len++ < wide + 2) gen_buf_add_char(out, ' ');
}

static size_t wide_of(const orch_target *t)
{
    size_t len = strlen(t->env->name);
    size_t least = t->is_reached ? 7 : 11;

    return len > least ? len : least;
}

static size_t first_wide(const orch *o)
{
    size_t wide = 15; /* "changed by hand" */
    size_t i, k;

    for (i = 0; i < o->chain.all.count; i++) {
        gen_str id = mig_at(&o->chain.all, i)->id;
        if (id.len > wide) wide = id.len;
    }
    for (i = 0; i < o->targets.count; i++) {
        const gen_list *list = &orch_at(&o->targets, i)->strangers;
        for (k = 0; k < list->count; k++) {
            gen_str id = gen_name_at(list, k)->text;
            if (id.len > wide) wide = id.len;
        }
    }
    return wide;
}

static bool applied_everywhere(const orch *o, size_t i)
{
    size_t k;

    for (k = 0; k < o->targets.count; k++) {
        const orch_target *t = orch_at(&o->targets, k);
        if (!t->is_reached || t->standings[i] != MIG_APPLIED) return false;
    }
    return true;
}

static const char *cell_of(const orch_target *t, size_t i)
{
    return t->is_reached ? mig_standing_word(t->standings[i])
        : "unreachable";
}

static bool has_stranger(const orch_target *t, gen_str id)
{
    size_t i;

    for (i = 0; i < t->strangers.count; i++) {
        if (gen_str_eq(gen_name_at(&t->strangers, i)->text, id)) return true;
    }
    return false;
}

/* Each once: at the first database that has it. */
static void add_strangers(const orch *o, size_t wide, gen_buf *out)
{
    size_t i, k, n;

    for (i = 0; i < o->targets.count; i++) {
        const orch_target *t = orch_at(&o->targets, i);
        for (k = 0; k < t->strangers.count; k++) {
            gen_str id = gen_name_at(&t->strangers, k)->text;
            for (n = 0; n < i; n++) {
                if (has_stranger(orch_at(&o->targets, n), id)) break;
            }
            if (n < i) continue;
            add_cell(out, id.ptr, wide, false);
            for (n = 0; n < o->targets.count; n++) {
                const orch_target *one = orch_at(&o->targets, n);
                add_cell(out, has_stranger(one, id) ? "unknown" : "-",
                         wide_of(one), n + 1 == o->targets.count);
            }
            gen_buf_add_char(out, '\n');
        }
    }
}

static void add_drifts(const orch *o, size_t wide, gen_buf *out)
{
    size_t i;

    add_cell(out, "changed by hand", wide, false);
    for (i = 0; i < o->targets.count; i++) {
        const orch_target *t = orch_at(&o->targets, i);
        gen_buf text;
        gen_buf_init(&text, out->ctx);
        if (t->drifts > 0) {
            gen_buf_add_fmt(&text, "%zu", (size_t)t->drifts);
        } else {
            gen_buf_add_text(&text, t->drifts == 0 ? "-" : "?");
        }
        add_cell(out, text.ptr, wide_of(t), i + 1 == o->targets.count);
    }
    gen_buf_add_char(out, '\n');
}

void orch_print_plan(const orch *o, gen_buf *out)
{
    size_t wide = first_wide(o);
    size_t same = 0;
    size_t i, k;

    add_cell(out, "", wide, false);
    for (i = 0; i < o->targets.count; i++) {
        const orch_target *t = orch_at(&o->targets, i);
        add_cell(out, t->env->name, wide_of(t), i + 1 == o->targets.count);
    }
    gen_buf_add_char(out, '\n');
    while (same < o->chain.all.count && applied_everywhere(o, same)) same++;
    if (same > SAME_MOST) {
        gen_buf_add_fmt(out, "(%zu migrations, applied everywhere)\n", same);
    } else {
        same = 0;
    }
    for (i = same; i < o->chain.all.count; i++) {
        add_cell(out, mig_at(&o->chain.all, i)->id.ptr, wide, false);
        for (k = 0; k < o->targets.count; k++) {
            const orch_target *t = orch_at(&o->targets, k);
            add_cell(out, cell_of(t, i), wide_of(t),
                     k + 1 == o->targets.count);
        }
        gen_buf_add_char(out, '\n');
    }
    add_strangers(o, wide, out);
    add_drifts(o, wide, out);
}

/* ----------------------------------------------------------------- result */

static const char *fate_of(const orch_target *t)
{
    if (t->fate == ORCH_FAILED && t->rc == CLI_PARTLY) return "half way";
    return fates[t->fate];
}

void orch_print_result(const orch *o, gen_buf *out)
{
    size_t wide = 8;
    size_t i;

    for (i = 0; i < o->targets.count; i++) {
        size_t len = strlen(orch_at(&o->targets, i)->env->name);
        if (len > wide) wide = len;
    }
    add_cell(out, "database", wide, false);
    gen_buf_add_text(out, "result       applied  back  took\n");
    for (i = 0; i < o->targets.count; i++) {
        const orch_target *t = orch_at(&o->targets, i);
        gen_buf cell;
        add_cell(out, t->env->name, wide, false);
        add_cell(out, fate_of(t), 11, false);
        gen_buf_init(&cell, out->ctx);
        gen_buf_add_fmt(&cell, "%zu", t->done.count);
        add_cell(out, cell.ptr, 7, false);
        gen_buf_init(&cell, out->ctx);
        gen_buf_add_fmt(&cell, "%zu", t->undone.count);
        add_cell(out, cell.ptr, 4, false);
        gen_buf_add_fmt(out, "%zu ms\n", (size_t)t->took_ms);
    }
}

/* ------------------------------------------------------------------- JSON */

static void add_done(cli_json *json, const char *key, const gen_list *list)
{
    size_t i;

    cli_json_key(json, key);
    cli_json_open(json, '[');
    for (i = 0; i < list->count; i++) {
        const mig_done *one = (const mig_done *)list->at[i];
        cli_json_open(json, '{');
        cli_json_key(json, "id");
        cli_json_str(json, one->id);
        cli_json_key(json, "took_us");
        cli_json_int(json, one->took_us);
        cli_json_close(json, '}');
    }
    cli_json_close(json, ']');
}

static void add_migration(cli_json *json, gen_str id, const char *status)
{
    cli_json_open(json, '{');
    cli_json_key(json, "id");
    cli_json_str(json, id);
    cli_json_key(json, "status");
    cli_json_text(json, status);
    cli_json_close(json, '}');
}

static void add_plan(const orch *o, cli_json *json, const orch_target *t)
{
    size_t i;

    cli_json_key(json, "server");
    cli_json_str(json, t->server);
    cli_json_key(json, "drift");
    if (t->drifts < 0) cli_json_null(json);
    else cli_json_int(json, t->drifts);
    cli_json_key(json, "migrations");
    cli_json_open(json, '[');
    for (i = 0; i < o->chain.all.count; i++) {
        add_migration(json, mig_at(&o->chain.all, i)->id, cell_of(t, i));
    }
    for (i = 0; i < t->strangers.count; i++) {
        add_migration(json, gen_name_at(&t->strangers, i)->text, "unknown");
    }
    cli_json_close(json, ']');
}

static void add_target(const orch *o, cli_json *json, const orch_target *t,
                       bool ran)
{
    cli_json_open(json, '{');
    cli_json_key(json, "name");
    cli_json_text(json, t->env->name);
    cli_json_key(json, "reached");
    cli_json_bool(json, t->is_reached);
    if (t->is_reached) add_plan(o, json, t);
    if (ran) {
        cli_json_key(json, "result");
        cli_json_text(json, fate_of(t));
        add_done(json, "applied", &t->done);
        add_done(json, "taken_back", &t->undone);
        cli_json_key(json, "took_ms");
        cli_json_int(json, t->took_ms);
    }
    cli_json_key(json, "exit");
    cli_json_int(json, t->rc);
    if (t->said.len > 0) {
        cli_json_key(json, "message");
        cli_json_str(json, t->said);
    }
    cli_json_close(json, '}');
}

void orch_print_json(const orch *o, int rc, bool ran, gen_buf *out)
{
    const char *group = cli_text(o->cli, CLI_GROUP, NULL);
    cli_json json;
    size_t i;

    cli_json_init(&json, out, 2);
    cli_json_open(&json, '{');
    cli_json_key(&json, "exit");
    cli_json_int(&json, rc);
    if (group != NULL) {
        cli_json_key(&json, "group");
        cli_json_text(&json, group);
    }
    if (o->waiting != NULL) {
        cli_json_key(&json, "waiting");
        cli_json_str(&json, o->waiting->id);
    }
    cli_json_key(&json, "targets");
    cli_json_open(&json, '[');
    for (i = 0; i < o->targets.count; i++) {
        add_target(o, &json, orch_at(&o->targets, i), ran);
    }
    cli_json_close(&json, ']');
    cli_json_close(&json, '}');
    gen_buf_add_char(out, '\n');
}
