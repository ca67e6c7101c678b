/* surrealgen/cli/check.c: `check`, and how diagnostics are printed. */
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L /* isatty */
#endif
#include "options.h"

#include <stdio.h>
#include <stdlib.h>

#if defined(_WIN32)
#include <io.h>
#define cli_isatty(fd) _isatty(fd)
#else
#include <unistd.h>
#define cli_isatty(fd) isatty(fd)
#endif

void cli_print_diags(const gen_cli *cli)
{
    const char *plain = getenv("NO_COLOR");
    bool colour = cli_isatty(2) != 0 && (plain == NULL || plain[0] == 0);
    gen_buf out;

    if (gen_error_count(cli->ctx) + gen_warning_count(cli->ctx) == 0) return;
    gen_buf_init(&out, cli->ctx);
    gen_print_diags(cli->ctx, &out, colour);
    fwrite(out.ptr, 1, out.len, stderr);
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
    int rc = cli_load(cli);
    gen_emit_options how;

    if (rc != CLI_FINE) return rc;
    how.ctx = cli->ctx;
    how.out_dir = ".";
    how.prefix = NULL;
    how.write = write_nothing;
    how.user = NULL;
    gen_emit_c(gen_schema_of(cli->ctx), &how);
    cli_print_diags(cli);
    return gen_error_count(cli->ctx) > 0 ? CLI_SCHEMA : CLI_FINE;
}
