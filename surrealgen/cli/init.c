/* surrealgen/cli/init.c: `init`: a small project that works. */
#include "options.h"

#include <stdio.h>
#include <string.h>

typedef struct starter {
    const char *path, *text;
} starter;

static const starter files[] = {
    { "schema/app.sg",
      "//! The data of this program.\n"
      "target surrealdb 3.0;\n"
      "prefix app;\n"
      "\n"
      "/// Something to remember.\n"
      "model note schemafull {\n"
      "  text  string    assert string::len($value) > 0;\n"
      "  done  bool      default false;\n"
      "  made  datetime  @server  default time::now() readonly;\n"
      "}\n" },
    { "surrealgen.toml",
      "# Settings of surrealgen; `surrealgen config show` lists all of them.\n"
      "schema = [\"schema/**/*.sg\", \"schema/**/*.surql\"]\n"
      "out = \"gen\"\n" },
    { "Makefile",
      "# make         builds the program; its schema becomes C on the way.\n"
      "#              surreal.h stands beside this file, or is installed.\n"
      "# make schema  prints the schema for the server\n"
      "CFLAGS ?= -O1 -g -Wall -Wextra\n"
      "SURREALGEN ?= surrealgen\n"
      "\n"
      "app: main.c gen/app.c gen/app.h\n"
      "\t$(CC) $(CPPFLAGS) -I. -Igen $(CFLAGS) main.c gen/app.c "
      "-o $@ $(LDFLAGS) -lm\n"
      "\n"
      "# Files that stay the same are not written, so make is told.\n"
      "gen/app.c: surrealgen.toml $(wildcard schema/*)\n"
      "\t$(SURREALGEN) generate\n"
      "\t@touch gen/app.c gen/app.h\n"
      "gen/app.h: gen/app.c\n"
      "\n"
      "schema:\n"
      "\t@$(SURREALGEN) sql\n"
      "\n"
      "clean:\n"
      "\trm -rf gen app\n"
      "\n"
      ".PHONY: schema clean\n" },
    { "main.c",
      "#define SURREAL_IMPLEMENTATION\n"
      "#include \"app.h\"\n"
      "\n"
      "#include <stdio.h>\n"
      "\n"
      "static int remember(surreal *db, const char *text)\n"
      "{\n"
      "    app_note note = {0};\n"
      "    app_note_rows rows = {0};\n"
      "    app_note_row made = {0};\n"
      "    size_t i;\n"
      "\n"
      "    app_note_set_text(&note, surreal_text(text));\n"
      "    if (app_note_create(db, &note, &made)) return 1;\n"
      "    surreal_result_free(made.result);\n"
      "    if (app_note_all(db, &rows)) return 1;\n"
      "    for (i = 0; i < rows.count; i++) {\n"
      "        printf(\"%s\\n\", rows.v[i].text.ptr);\n"
      "    }\n"
      "    surreal_result_free(rows.result);\n"
      "    return 0;\n"
      "}\n"
      "\n"
      "int main(int argc, char **argv)\n"
      "{\n"
      "    surreal_options opt = {0};\n"
      "    surreal *db;\n"
      "    int failed;\n"
      "\n"
      "    opt.ns = \"app\", opt.db = \"main\";\n"
      "    opt.user = \"root\", opt.pass = \"root\";\n"
      "    failed = surreal_open(\"ws://127.0.0.1:8000\", &opt, &db)\n"
      "        || remember(db, argc > 1 ? argv[1] : \"hello\");\n"
      "    if (failed) fprintf(stderr, \"%s\\n\", "
      "surreal_last_error(db)->message);\n"
      "    surreal_close(db);\n"
      "    return failed;\n"
      "}\n" },
    { ".gitignore", "/gen/\n/app\n*.tmp\n/.env\n" },
    { NULL, NULL }
};

static bool is_there(const char *path)
{
    FILE *from = fopen(path, "rb");

    if (from == NULL) return false;
    fclose(from);
    return true;
}

/* Nothing is written over, and nothing written when one is there already. */
int verb_init(const gen_cli *cli)
{
    const char *folder = cli->arg_count > 0 ? cli->args[0] : ".";
    const char *paths[8];
    bool taken = false;
    size_t i;

    if (cli->arg_count > 1) {
        cli_say("`init` takes one folder");
        return CLI_USAGE;
    }
    for (i = 0; files[i].path != NULL; i++) {
        gen_buf path;
        gen_buf_init(&path, cli->ctx);
        gen_buf_add_fmt(&path, "%s%s%s", strcmp(folder, ".") == 0 ? ""
                        : folder, strcmp(folder, ".") == 0 ? "" : "/",
                        files[i].path);
        paths[i] = path.ptr;
        if (!is_there(path.ptr)) continue;
        cli_say("%s is there already", path.ptr);
        taken = true;
    }
    if (taken) {
        cli_say("nothing was written; choose another folder");
        return CLI_REFUSED;
    }
    for (i = 0; files[i].path != NULL; i++) {
        if (!cli_write_file(cli->ctx, paths[i], files[i].text,
                            strlen(files[i].text))) {
            return CLI_FAILED;
        }
        printf("%s\n", paths[i]);
    }
    return CLI_FINE;
}
