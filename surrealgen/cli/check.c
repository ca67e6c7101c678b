/* surrealgen/cli/check.c: `check`, and how diagnostics are printed. */
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L /* isatty */
#endif
#include "../db/db.h"
#include "options.h"

#include "report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(_WIN32)
#include <io.h>
#define cli_isatty(fd) _isatty(fd)
#else
#include <unistd.h>
#define cli_isatty(fd) isatty(fd)
#endif

/* How many there are beyond --max-diags: said on stderr, since the lines on
 * stdout are for a machine. */
static void say_more(const gen_cli *cli)
{
    size_t total = gen_error_count(cli->ctx) + gen_warning_count(cli->ctx)
        + gen_remark_count(cli->ctx);
    size_t shown = (size_t)cli_number(cli, CLI_MAX_DIAGS, GEN_MAX_DIAGS);

    if (shown > 0 && total > shown) {
        cli_say("%lu more; `--max-diags 0` shows all",
                (unsigned long)(total - shown));
    }
}

void cli_print_diags(const gen_cli *cli)
{
    const char *plain = getenv("NO_COLOR");
    bool colour = cli_isatty(2) != 0 && (plain == NULL || plain[0] == 0);
    const char *format = cli_has(cli->verb, CLI_FORMAT)
        ? cli_text(cli, CLI_FORMAT, "text") : "text";
    gen_ctx *ctx = cli->ctx;
    gen_buf out;

    gen_buf_init(&out, ctx);
    if (strcmp(format, "text") == 0) {
        if (gen_error_count(ctx) + gen_warning_count(ctx)
            + gen_remark_count(ctx) == 0) return;
        gen_print_diags(ctx, &out, colour);
        fwrite(out.ptr, 1, out.len, stderr);
        return;
    }
    cli_report(ctx, format, &out);
    if (strcmp(format, "gcc") == 0) {
        fwrite(out.ptr, 1, out.len, stderr);
    } else {
        cli_write_stdout(&out);
    }
    say_more(cli);
}

int cli_verdict(const gen_cli *cli)
{
    if (gen_error_count(cli->ctx) > 0) return CLI_SCHEMA;
    if (cli_count(cli, CLI_DENY) > 0 && gen_warning_count(cli->ctx) > 0) {
        return CLI_FOUND;
    }
    return CLI_FINE;
}

static bool write_nothing(void *user, const char *path, const char *bytes,
                          size_t len)
{
    (void)user;
    (void)path;
    (void)bytes;
    (void)len;
    return true;
}

/* What cannot become C is an error of the schema too. */
int verb_check(const gen_cli *cli)
{
    gen_emit_options how;
    int rc;

    gen_set_notes(cli->ctx, cli_flag(cli, CLI_NOTES));
    rc = cli_load(cli);
    if (rc != CLI_FINE) return rc;
    memset(&how, 0, sizeof how);
    how.ctx = cli->ctx;
    how.out_dir = ".";
    how.prefix = cli_text(cli, CLI_PREFIX, NULL);
    how.write = write_nothing;
    gen_emit_c(gen_schema_of(cli->ctx), &how);
    if (cli_text(cli, CLI_CHECK_WITH, NULL) != NULL) {
        rc = db_check_schema(cli);
        if (rc != CLI_FINE) return rc;
    }
    cli_print_diags(cli);
    return cli_verdict(cli);
}
