/* surrealgen/cli/input.c: the schema files a command line names. */
#include "options.h"

#include "walk.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Reads at most one block more than a schema file may have. */
char *cli_read_stream(FILE *from, size_t *len)
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

/* `as`: the file that stdin stands for, or NULL. */
static bool read_file(gen_ctx *ctx, const char *name, const char *as,
                      gen_status *status)
{
    bool is_as = as != NULL && strcmp(name, as) == 0;
    bool is_stdin = is_as || strcmp(name, "-") == 0;
    FILE *from = is_stdin ? stdin : fopen(name, "rb");
    char *bytes;
    size_t len;
    bool failed;

    if (from == NULL) {
        cli_say("cannot read %s: %s", name, strerror(errno));
        return false;
    }
    bytes = cli_read_stream(from, &len);
    failed = ferror(from) != 0;
    if (failed) cli_say("cannot read %s: %s", name, strerror(errno));
    if (!is_stdin) fclose(from);
    if (bytes == NULL || failed) {
        free(bytes);
        return false;
    }
    *status = gen_add_text(ctx, is_stdin && !is_as ? "<stdin>" : name, bytes,
                           len);
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

static bool add_name(const gen_cli *cli, const char *name, gen_list *out)
{
    const char *as = cli_text(cli, CLI_STDIN, NULL);

    if (strcmp(name, "-") == 0 || (as != NULL && strcmp(name, as) == 0)) {
        gen_list_push(cli->ctx, out, (void *)(uintptr_t)name);
        return true;
    }
    errno = 0;
    if (cli_find_files(cli->ctx, name, out)) return true;
    if (errno != 0) {
        cli_say("cannot read %s: %s", name, strerror(errno));
    } else {
        cli_say("%s: no .sg or .surql file is there", name);
    }
    return false;
}

int cli_files(const gen_cli *cli, gen_list *out)
{
    const char *as = cli_text(cli, CLI_STDIN, NULL);
    size_t given = cli->arg_count;
    size_t count = given > 0 ? given : cli_count(cli, CLI_SCHEMA_FILES);
    size_t i;

    for (i = 0; i < count; i++) {
        const char *name = given > 0 ? cli->args[i]
            : cli_at(cli, CLI_SCHEMA_FILES, i);
        if (!add_name(cli, name, out)) return CLI_FAILED;
    }
    for (i = 0; as != NULL && i < out->count; i++) {
        if (strcmp((const char *)out->at[i], as) == 0) as = NULL;
    }
    if (as != NULL) gen_list_push(cli->ctx, out, (void *)(uintptr_t)as);
    if (out->count > 0) return CLI_FINE;
    cli_say("no schema file is named; name one behind `%s`, or write "
            "`schema = [\"schema/**/*.sg\"]` into surrealgen.toml",
            cli->verb->name);
    return CLI_USAGE;
}

int cli_set_target(const gen_cli *cli)
{
    const char *target = cli_text(cli, CLI_TARGET, NULL);
    gen_version version;

    if (target != NULL) {
        if (!parse_target(target, &version)) {
            cli_say("`%s` is not a version; write 3.0 or 2.x", target);
            return CLI_USAGE;
        }
        gen_set_target(cli->ctx, version);
    }
    return CLI_FINE;
}

int cli_read(const gen_cli *cli)
{
    gen_status status = GEN_OK;
    gen_list files = { NULL, 0, 0 };
    int rc = cli_set_target(cli);
    size_t i;

    if (rc != CLI_FINE) return rc;
    if (cli_text(cli, CLI_MAX_DIAGS, NULL) != NULL) {
        long max = cli_number(cli, CLI_MAX_DIAGS, 0);
        gen_set_max_diags(cli->ctx, max > 0 ? (size_t)max : SIZE_MAX);
    }
    cli_set_source(cli->ctx);
    rc = cli_files(cli, &files);
    for (i = 0; rc == CLI_FINE && i < files.count; i++) {
        if (read_file(cli->ctx, (const char *)files.at[i],
                      cli_text(cli, CLI_STDIN, NULL), &status)) {
            continue;
        }
        rc = status == GEN_NO_MEMORY ? no_memory() : CLI_FAILED;
    }
    if (rc != CLI_FINE) return rc;
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
