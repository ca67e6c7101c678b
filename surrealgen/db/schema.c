/* surrealgen/db/schema.c: the verbs `schema pull` and `schema print`. */
#include "db.h"

#include <stdio.h>
#include <string.h>

static bool ends(const char *text, const char *with)
{
    size_t a = strlen(text);
    size_t b = strlen(with);

    return a >= b && strcmp(text + a - b, with) == 0;
}

static bool wants_sg(const gen_cli *cli)
{
    const char *form = cli_text(cli, CLI_FORM, NULL);

    if (form != NULL) return strcmp(form, "sg") == 0;
    return ends(cli_text(cli, CLI_OUT_FILE, ""), ".sg");
}

/* To the file of -o, to stdout, or against the file with --check. */
static int deliver(const gen_cli *cli, const gen_buf *out)
{
    const char *path = cli_text(cli, CLI_OUT_FILE, NULL);
    gen_str text = { "", 0 };

    if (out->ptr != NULL) {
        text.ptr = out->ptr;
        text.len = out->len;
    }
    if (cli_flag(cli, CLI_COMPARE)) {
        if (path == NULL) {
            cli_say("--check compares with the file of -o, and none is "
                    "named");
            return CLI_USAGE;
        }
        if (cli_same_file(path, text.ptr, text.len)) return CLI_FINE;
        cli_say("%s differs from what is there; `surrealgen %s -o %s` would "
                "write it anew", path, cli->verb->name, path);
        return CLI_FOUND;
    }
    if (path == NULL) return cli_write_stdout(out) ? CLI_FINE : CLI_FAILED;
    return cli_write_file(cli->ctx, path, text.ptr, text.len) ? CLI_FINE
        : CLI_FAILED;
}

/* "a,b.c": names between commas. */
static void read_only(const gen_cli *cli, gen_list *out)
{
    const char *text = cli_text(cli, CLI_ONLY, "");

    while (*text != 0) {
        size_t len = strcspn(text, ",");
        gen_name *name = (gen_name *)gen_new(cli->ctx, sizeof *name);
        name->text = gen_str_copy(cli->ctx, text, len);
        if (len > 0) gen_list_push(cli->ctx, out, name);
        text += len;
        if (*text == ',') text++;
    }
}

static gen_level read_level(const gen_cli *cli)
{
    const char *level = cli_text(cli, CLI_LEVEL, "database");

    if (strcmp(level, "root") == 0) return GEN_LEVEL_ROOT;
    return strcmp(level, "namespace") == 0 ? GEN_LEVEL_NAMESPACE
        : GEN_LEVEL_DATABASE;
}

/* A schema without the tables that could not be read would be applied as if
 * they had nothing: nothing is written then. */
static int say_unread(const db_catalogue *what)
{
    size_t i;

    for (i = 0; i < what->unread.count; i++) {
        cli_say("the server cannot describe the table %s",
                gen_name_at(&what->unread, i)->text.ptr);
    }
    if (what->unread.count == 0) return CLI_FINE;
    fputs("  help: a column whose name is a word of SurrealQL (true, let, "
          "function) does that to\n        SurrealDB 3.0; REMOVE FIELD makes "
          "the table readable again. --only leaves it out\n", stderr);
    return CLI_FAILED;
}

int verb_schema_pull(const gen_cli *cli)
{
    gen_list only = { NULL, 0, 0 };
    db_catalogue what;
    db_print how;
    db_link link;
    gen_buf out;
    int rc = db_open(cli, &link);

    if (rc == CLI_FINE) {
        read_only(cli, &only);
        rc = db_read(&link, read_level(cli), &only, &what);
        if (rc == CLI_FINE) rc = say_unread(&what);
    }
    if (rc == CLI_FINE) {
        how.sg = wants_sg(cli);
        how.secrets = cli_flag(cli, CLI_WITH_SECRETS);
        how.target = db_target(&link);
        gen_buf_init(&out, cli->ctx);
        rc = db_print_schema(cli->ctx, &how, &what, &out);
    }
    db_close(&link);
    return rc == CLI_FINE ? deliver(cli, &out) : rc;
}

int verb_schema_print(const gen_cli *cli)
{
    gen_surql_options surql;
    db_catalogue what;
    db_print how;
    gen_buf text;
    gen_buf out;
    int rc = cli_load(cli);

    if (rc != CLI_FINE) return rc;
    memset(&surql, 0, sizeof surql);
    gen_buf_init(&text, cli->ctx);
    gen_emit_surql(cli->ctx, &surql, &text);
    how.sg = wants_sg(cli);
    how.secrets = true;
    how.target = gen_schema_of(cli->ctx)->target;
    gen_buf_init(&out, cli->ctx);
    rc = db_catalogue_of(cli->ctx, how.target, gen_str_copy(cli->ctx,
                         text.ptr != NULL ? text.ptr : "", text.len), &what);
    if (rc == CLI_FINE) rc = db_print_schema(cli->ctx, &how, &what, &out);
    return rc == CLI_FINE ? deliver(cli, &out) : rc;
}
