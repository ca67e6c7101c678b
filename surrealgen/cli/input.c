/* surrealgen/cli/input.c: the schema files a command line names. */
#include "options.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Reads at most one block more than a schema file may have. */
static char *read_stream(FILE *from, size_t *len)
{
    size_t cap = 64 * 1024;
    char *bytes = (char *)malloc(cap);

    *len = 0;
    while (bytes != NULL) {
        size_t got = fread(bytes + *len, 1, cap - *len, from);
        *len += got;
        if (got == 0 || *len > GEN_MAX_FILE) break;
        if (*len == cap) {
            char *grown = (char *)realloc(bytes, cap * 2);
            if (grown == NULL) {
                free(bytes);
                return NULL;
            }
            bytes = grown;
            cap *= 2;
        }
    }
    return bytes;
}

static bool read_file(gen_ctx *ctx, const char *name, gen_status *status)
{
    bool is_stdin = strcmp(name, "-") == 0;
    FILE *from = is_stdin ? stdin : fopen(name, "rb");
    char *bytes;
    size_t len;
    bool failed;

    if (from == NULL) {
        cli_say("cannot read %s: %s", name, strerror(errno));
        return false;
    }
    bytes = read_stream(from, &len);
    failed = ferror(from) != 0;
    if (failed) cli_say("cannot read %s: %s", name, strerror(errno));
    if (!is_stdin) fclose(from);
    if (bytes == NULL || failed) {
        free(bytes);
        return false;
    }
    *status = gen_add_text(ctx, is_stdin ? "<stdin>" : name, bytes, len);
    free(bytes);
    return *status != GEN_NO_MEMORY;
}

/* "3", "3.0", "2.x"; 2.x means the last of them, 2.6. */
static bool parse_target(const char *text, gen_version *out)
{
    if (text[0] != '2' && text[0] != '3') return false;
    out->major = text[0] - '0';
    out->minor = 0;
    if (text[1] == 0) return true;
    if (text[1] != '.') return false;
    if (text[2] == 'x' && text[3] == 0) {
        out->minor = out->major == 2 ? 6 : 0;
        return true;
    }
    if (text[2] < '0' || text[2] > '9' || text[3] != 0) return false;
    out->minor = text[2] - '0';
    return true;
}

static int no_memory(void)
{
    cli_say("out of memory");
    return CLI_FAILED;
}

int cli_read(const gen_cli *cli)
{
    const char *target = cli_text(cli, CLI_TARGET, NULL);
    gen_status status = GEN_OK;
    gen_version version;
    size_t i;

    if (target != NULL) {
        if (!parse_target(target, &version)) {
            cli_say("`%s` is not a version; write 3.0 or 2.x", target);
            return CLI_USAGE;
        }
        gen_set_target(cli->ctx, version);
    }
    if (cli->arg_count == 0) {
        cli_say("no schema file is named; `surrealgen help %s` says more",
                cli->verb->name);
        return CLI_USAGE;
    }
    for (i = 0; i < cli->arg_count; i++) {
        if (read_file(cli->ctx, cli->args[i], &status)) continue;
        return status == GEN_NO_MEMORY ? no_memory() : CLI_FAILED;
    }
    return gen_finish(cli->ctx) == GEN_NO_MEMORY ? no_memory() : CLI_FINE;
}

int cli_load(const gen_cli *cli)
{
    int rc = cli_read(cli);

    if (rc == CLI_FINE && gen_error_count(cli->ctx) > 0) {
        cli_print_diags(cli);
        rc = CLI_SCHEMA;
    }
    return rc;
}
