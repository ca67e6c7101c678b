/* surrealgen/cli/generate.c: `generate`: C, and what make wants to know. */
#include "../migrate/stamp.h"
#include "outputs.h"

#include <stdio.h>
#include <string.h>

static void say_note(void *user, const char *text)
{
    (void)user;
    fprintf(stderr, "note: %s\n", text);
}

static void add_depfile(const gen_cli *cli, cli_outputs *all,
                        const char *path)
{
    const gen_list *files = &gen_schema_of(cli->ctx)->files;
    gen_list names = { NULL, 0, 0 };
    gen_buf out;
    size_t i;

    for (i = 0; i < files->count; i++) {
        gen_list_push(cli->ctx, &names,
                      (void *)(uintptr_t)gen_file_at(files, i)->name.ptr);
    }
    gen_buf_init(&out, cli->ctx);
    cli_outputs_depfile(all, &names, &out);
    cli_outputs_add(all, path, out.ptr, out.len);
}

int verb_generate(const gen_cli *cli)
{
    int rc = cli_load(cli);
    cli_outputs all = { NULL, { NULL, 0, 0 } };
    gen_emit_options how;

    if (rc != CLI_FINE) return rc;
    all.ctx = cli->ctx;
    how.ctx = cli->ctx;
    how.out_dir = cli_text(cli, CLI_OUT, ".");
    how.prefix = cli_text(cli, CLI_PREFIX, NULL);
    how.hash = mig_stamp(cli->ctx);
    how.write = cli_outputs_add;
    how.note = say_note;
    how.user = &all;
    gen_emit_c(gen_schema_of(cli->ctx), &how);
    cli_print_diags(cli);
    rc = cli_verdict(cli);
    if (rc != CLI_FINE) return rc;
    if (cli_flag(cli, CLI_COMPARE)) {
        return cli_outputs_compare(&all, "the schema; `surrealgen generate` "
                                   "writes them");
    }
    if (cli_flag(cli, CLI_STDOUT)) return cli_outputs_print(&all);
    if (cli_text(cli, CLI_DEPFILE, NULL) != NULL) {
        add_depfile(cli, &all, cli_text(cli, CLI_DEPFILE, NULL));
    }
    return cli_outputs_write(&all);
}
