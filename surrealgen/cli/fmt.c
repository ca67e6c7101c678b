/* surrealgen/cli/fmt.c: `fmt`: layout, conversions and fixes of files.
 *
 * Each file is read, changed and written for itself, in its own context: one
 * with errors is reported and left alone, the others are still done. */
#include "options.h"

#include "../fmt/diff.h"
#include "../schema/front.h"
#include "report.h"
#include "walk.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct fmt_run {
    const gen_cli *cli;
    const char *to, *fix; /* NULL: not asked for */
    const char *as;       /* --stdin */
    int rc;
} fmt_run;

static void worse(fmt_run *run, int rc)
{
    if (run->rc == CLI_FINE || rc == CLI_FAILED) run->rc = rc;
}

/* Layout asks for nothing a file includes: the file names itself, which it
 * was read as already. */
static void list_self(void *user, const char *from, const char *pattern,
                      void (*found)(void *arg, const char *path), void *arg)
{
    (void)user;
    (void)pattern;
    found(arg, from);
}

static char *read_none(void *user, const char *path, size_t *len)
{
    (void)user;
    (void)path;
    *len = 0;
    return NULL;
}

static bool is_sg(const char *name)
{
    size_t len = strlen(name);

    return len >= 3 && strcmp(name + len - 3, ".sg") == 0;
}

/* The bytes of a file, in the arena of the run. */
static bool read_bytes(fmt_run *run, const char *name, gen_str *text)
{
    bool in = run->as != NULL && strcmp(name, run->as) == 0;
    FILE *from = in || strcmp(name, "-") == 0 ? stdin : fopen(name, "rb");
    char part[4096];
    gen_buf buf;
    bool ok;

    gen_buf_init(&buf, run->cli->ctx);
    while (from != NULL && buf.len <= GEN_MAX_FILE) {
        size_t got = fread(part, 1, sizeof part, from);
        if (got == 0) break;
        gen_buf_add(&buf, part, got);
    }
    ok = from != NULL && ferror(from) == 0;
    if (!ok) {
        cli_say("cannot read %s: %s", name, strerror(errno));
        worse(run, CLI_FAILED);
    }
    if (from != NULL && from != stdin) fclose(from);
    text->ptr = buf.ptr;
    text->len = buf.len;
    return ok;
}

/* ------------------------------------------------------------------- stages */

static gen_ctx *open_like(fmt_run *run, bool whole)
{
    gen_ctx *ctx = gen_open(cli_memory());
    gen_source self = { list_self, read_none, NULL };

    if (ctx == NULL) {
        cli_say("out of memory");
        worse(run, CLI_FAILED);
        return NULL;
    }
    if (run->cli->ctx->target_fixed) {
        gen_set_target(ctx, run->cli->ctx->schema.target);
    }
    if (whole) {
        cli_set_source(ctx);
    } else {
        gen_set_source(ctx, &self);
    }
    return ctx;
}

static bool show_errors(fmt_run *run, gen_ctx *ctx)
{
    gen_buf out;

    if (gen_error_count(ctx) + gen_warning_count(ctx) == 0) return false;
    gen_buf_init(&out, ctx);
    gen_print_diags(ctx, &out, false);
    fwrite(out.ptr, 1, out.len, stderr);
    if (gen_error_count(ctx) == 0) return false;
    worse(run, CLI_SCHEMA);
    return true;
}

/* The file in layout; text is replaced. False when it has errors. */
static bool lay_out(fmt_run *run, const char *name, gen_str *text)
{
    gen_ctx *ctx = open_like(run, false);
    bool ok;
    gen_buf out;

    if (ctx == NULL) return false;
    gen_add_text(ctx, name, text->ptr, text->len);
    ok = !show_errors(run, ctx);
    if (ok) {
        gen_buf_init(&out, ctx);
        ok = gen_fmt(ctx, gen_file_at(&gen_schema_of(ctx)->files, 0), &out);
        if (ok) {
            *text = gen_str_copy(run->cli->ctx, out.ptr, out.len);
        } else if (!show_errors(run, ctx)) {
            cli_say("%s: the layout would change what it says, so it is left "
                    "as it is; please report this with the file", name);
            worse(run, CLI_REFUSED);
        }
    }
    gen_close(ctx);
    return ok;
}

static bool fix(fmt_run *run, const char *name, gen_str *text)
{
    gen_buf out;
    size_t places;
    bool all;

    gen_buf_init(&out, run->cli->ctx);
    all = gen_fix_text(run->cli->ctx, name, *text, run->fix, &out, &places);
    if (!all) {
        cli_say("%s: some places are left as they are: the fix would make "
                "a new error", name);
    }
    if (places > 0) {
        cli_say("%s: %lu place%s fixed", name, (unsigned long)places,
                places == 1 ? "" : "s");
    }
    text->ptr = out.ptr;
    text->len = out.len;
    return true;
}

static bool convert(fmt_run *run, const char *name, gen_str *text)
{
    gen_ctx *ctx = open_like(run, true);
    gen_sg_options sg;
    gen_buf out;
    bool ok;

    if (ctx == NULL) return false;
    gen_load_text(ctx, name, text->ptr, text->len);
    ok = gen_error_count(ctx) == 0;
    gen_buf_init(&out, ctx);
    if (ok) {
        memset(&sg, 0, sizeof sg);
        sg.group = true;
        sg.drop_exists = cli_flag(run->cli, CLI_DROP_EXISTS);
        sg.file = gen_file_at(&gen_schema_of(ctx)->files, 0);
        if (strcmp(run->to, "model") == 0) {
            gen_emit_sg(ctx, &sg, &out);
        } else {
            gen_emit_define(ctx, &out);
        }
    }
    ok = !show_errors(run, ctx);
    if (ok) *text = gen_str_copy(run->cli->ctx, out.ptr, out.len);
    gen_close(ctx);
    return ok;
}

/* ------------------------------------------------------------------- output */

/* x.surql to x.sg and back; NULL when the file is of that kind already. */
static const char *other_name(gen_ctx *ctx, const char *name, const char *to)
{
    bool model = strcmp(to, "model") == 0;
    const char *dot = strrchr(name, '.');
    gen_buf buf;

    if (is_sg(name) == model || dot == NULL) return NULL;
    gen_buf_init(&buf, ctx);
    gen_buf_add(&buf, name, (size_t)(dot - name));
    gen_buf_add_text(&buf, model ? ".sg" : ".surql");
    return buf.ptr;
}

static void put(fmt_run *run, const gen_buf *out)
{
    if (!cli_write_stdout(out)) worse(run, CLI_FAILED);
}

static void write_over(fmt_run *run, const char *name, gen_str text)
{
    if (!cli_write_file(run->cli->ctx, name, text.ptr, text.len)) {
        worse(run, CLI_FAILED);
    }
}

/* A file that is there and says something else is not ours to replace. */
static void write_beside(fmt_run *run, const char *name, const char *target,
                         gen_str text)
{
    FILE *there = fopen(target, "rb");

    if (there != NULL) {
        fclose(there);
        if (!cli_same_file(target, text.ptr, text.len)) {
            cli_say("%s is there already; remove it, or use --stdout",
                    target);
            worse(run, CLI_REFUSED);
            return;
        }
    }
    if (!cli_write_file(run->cli->ctx, target, text.ptr, text.len)) {
        worse(run, CLI_FAILED);
        return;
    }
    if (cli_flag(run->cli, CLI_REMOVE) && remove(name) != 0) {
        cli_say("cannot remove %s: %s", name, strerror(errno));
        worse(run, CLI_FAILED);
    }
}

static void deliver(fmt_run *run, const char *name, gen_str was, gen_str now)
{
    const char *target = run->to != NULL ? other_name(run->cli->ctx, name,
                                                      run->to) : NULL;
    bool in = strcmp(name, "-") == 0
        || (run->as != NULL && strcmp(name, run->as) == 0);
    bool same = gen_str_eq(was, now);
    gen_buf out;

    gen_buf_init(&out, run->cli->ctx);
    if (cli_flag(run->cli, CLI_DIFF)) {
        gen_diff(run->cli->ctx, name, was, now, &out);
        put(run, &out);
        if (!same) worse(run, CLI_FOUND);
    } else if (cli_flag(run->cli, CLI_COMPARE)) {
        gen_buf_add_fmt(&out, "%s\n", name);
        if (!same) put(run, &out);
        if (!same) worse(run, CLI_FOUND);
    } else if (in || cli_flag(run->cli, CLI_STDOUT)) {
        gen_buf_add_str(&out, now);
        put(run, &out);
    } else if (target != NULL) {
        write_beside(run, name, target, now);
    } else {
        write_over(run, name, now);
    }
}

static void one_file(fmt_run *run, const char *name)
{
    const char *known = strcmp(name, "-") == 0 ? "<stdin>" : name;
    const char *target = NULL;
    gen_str was, now;

    if (!read_bytes(run, name, &was)) return;
    now = was;
    if (run->fix != NULL && !fix(run, known, &now)) return;
    if (run->to != NULL) {
        target = other_name(run->cli->ctx, known, run->to);
        if (!convert(run, known, &now)) return;
    }
    /* A fix changes what it mends and nothing else. */
    if ((run->fix == NULL || run->to != NULL)
        && !lay_out(run, target != NULL ? target : known, &now)) return;
    deliver(run, name, was, now);
}

/* Whether each of them is a diagnostic; one that is not is told. */
static bool known_codes(const char *codes)
{
    char code[16];

    if (codes == NULL || strcmp(codes, "all") == 0) return true;
    while (*codes != 0) {
        size_t len = strcspn(codes, ", ");
        snprintf(code, sizeof code, "%.*s", (int)(len < 15 ? len : 15),
                 codes);
        if (len > 0 && cli_code_title(code)[0] == 0) {
            cli_say("there is no diagnostic `%s`; `surrealgen explain "
                    "--list` prints them all", code);
            return false;
        }
        codes += len;
        codes += strspn(codes, ", ");
    }
    return true;
}

int verb_fmt(const gen_cli *cli)
{
    gen_list files = { NULL, 0, 0 };
    fmt_run run;
    size_t i;
    int rc;

    if (cli_flag(cli, CLI_SPENT_HINTS)) return verb_fmt_spent(cli);
    memset(&run, 0, sizeof run);
    run.cli = cli;
    run.to = cli_text(cli, CLI_TO, NULL);
    run.fix = cli_text(cli, CLI_FIX, NULL);
    run.as = cli_text(cli, CLI_STDIN, NULL);
    if (!known_codes(run.fix)) return CLI_USAGE;
    cli_set_source(cli->ctx); /* for --fix, which reads again */
    rc = cli_set_target(cli);
    if (rc == CLI_FINE) rc = cli_files(cli, &files);
    for (i = 0; rc == CLI_FINE && i < files.count; i++) {
        one_file(&run, (const char *)files.at[i]);
    }
    return rc != CLI_FINE ? rc : run.rc;
}
