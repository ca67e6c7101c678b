/* surrealgen/cli/man.c: `man`: the manual pages, from the table.
 *
 * Only macros of man(7) that groff and mandoc both know are used. The page of
 * the language is text of its own: cli/man_schema.h. */
#include "options.h"

#include "man_schema.h"

#include <string.h>

/* Text for roff: `\` and `-` mean something, and so do `.` and `'` at the
 * start of a line. */
static void roff(gen_buf *out, const char *text)
{
    bool start = true;

    for (; *text != 0; text++) {
        char c = *text;
        if (start && (c == '.' || c == '\'')) gen_buf_add_text(out, "\\&");
        if (c == '\\') {
            gen_buf_add_text(out, "\\e");
        } else if (c == '-') {
            gen_buf_add_text(out, "\\-");
        } else if (c == '`') {
            gen_buf_add_text(out, "\\(ga");
        } else {
            gen_buf_add_char(out, c);
        }
        start = c == '\n';
    }
}

static void head(gen_buf *out, const char *name, const char *section)
{
    gen_buf_add_fmt(out, ".TH %s %s 2026-11-21 \"surrealgen %s\"\n", name,
                    section, GEN_VERSION);
}

static void paragraph(gen_buf *out, const char *text)
{
    gen_buf_add_text(out, ".PP\n");
    roff(out, text);
    gen_buf_add_char(out, '\n');
}

static void print_option(gen_buf *out, const cli_option *option)
{
    gen_buf_add_text(out, ".TP\n.B ");
    if (option->letter != 0) gen_buf_add_fmt(out, "\\-%c, ", option->letter);
    gen_buf_add_text(out, "\\-\\-");
    roff(out, option->name);
    if (option->arg != NULL) {
        gen_buf_add_text(out, "\\fR \\fI");
        roff(out, option->arg);
        gen_buf_add_text(out, "\\fR");
    }
    gen_buf_add_char(out, '\n');
    roff(out, option->text);
    gen_buf_add_char(out, '\n');
}

static void print_verb(gen_buf *out, const cli_verb *verb)
{
    int id;

    gen_buf_add_fmt(out, ".SS \"surrealgen %s%s%s\"\n", verb->name,
                    verb->args[0] != 0 ? " " : "", verb->args);
    roff(out, verb->more);
    gen_buf_add_char(out, '\n');
    for (id = 0; id < CLI_OPT_COUNT; id++) {
        if (cli_has(verb, (cli_opt)id)
            && (cli_options[id].kind & CLI_EVERY) == 0) {
            print_option(out, &cli_options[id]);
        }
    }
}

static void term(gen_buf *out, const char *name, const char *text)
{
    gen_buf_add_text(out, ".TP\n.B ");
    roff(out, name);
    gen_buf_add_char(out, '\n');
    roff(out, text);
    gen_buf_add_char(out, '\n');
}

static void print_settings(gen_buf *out)
{
    gen_buf_add_text(out, ".SH ENVIRONMENT\n");
    term(out, "SURREALGEN_...",
         "Every option that can be set: in capitals, with _ for -; lists "
         "with commas. SURREALGEN_ENV is --env, SURREALGEN_CONFIG is "
         "--config.");
    term(out, "NO_COLOR", "When set, diagnostics have no colours.");
    gen_buf_add_text(out, ".SH FILES\n");
    term(out, "surrealgen.toml",
         "Settings of the project: a line `name = value` for an option, "
         "values as in TOML; [section] begins those of `--env section`. "
         "Paths are relative to the file.");
    term(out, ".env", "Lines SURREALGEN_...=value; others are left alone.");
}

static void print_program(gen_buf *out)
{
    const cli_verb *verb;
    int id;

    head(out, "SURREALGEN", "1");
    gen_buf_add_text(out, ".SH NAME\nsurrealgen \\- typed C and SurrealQL "
                     "from schema files\n.SH SYNOPSIS\n.B surrealgen\n"
                     ".I verb\n.RI [ option ]...\n.RI [ file ]...\n"
                     ".SH DESCRIPTION\n");
    roff(out, "Reads schema files, .sg (models) and .surql (SurrealQL), and "
         "writes C for surreal.h, SurrealQL, or what is wrong in them. A "
         "folder stands for all schema files below it, a pattern with * and "
         "** for those it fits, - for stdin.");
    gen_buf_add_text(out, "\n.SH VERBS\n");
    for (verb = cli_verbs; verb->name != NULL; verb++) print_verb(out, verb);
    gen_buf_add_text(out, ".SS \"Options of every verb\"\n");
    for (id = 0; id < CLI_OPT_COUNT; id++) {
        if ((cli_options[id].kind & CLI_EVERY) != 0) {
            print_option(out, &cli_options[id]);
        }
    }
    gen_buf_add_text(out, ".SH \"EXIT STATUS\"\n");
#define MAN_EXIT(name, number, text) term(out, #number, text);
    CLI_EXITS(MAN_EXIT)
#undef MAN_EXIT
    print_settings(out);
    gen_buf_add_text(out, ".SH \"SEE ALSO\"\n.BR surrealgen\\-schema (5)\n");
}

static void print_schema(gen_buf *out)
{
    size_t i;

    head(out, "SURREALGEN\\-SCHEMA", "5");
    gen_buf_add_text(out, ".SH NAME\nsurrealgen\\-schema \\- the schema "
                     "language of surrealgen\n.SH DESCRIPTION\n");
    for (i = 0; cli_man_schema[i].kind != MAN_END; i++) {
        const man_part *part = &cli_man_schema[i];
        if (part->kind == MAN_HEAD) {
            gen_buf_add_fmt(out, ".SH \"%s\"\n", part->text);
        } else if (part->kind == MAN_CODE) {
            gen_buf_add_text(out, ".PP\n.nf\n.RS 4\n");
            roff(out, part->text);
            gen_buf_add_text(out, "\n.RE\n.fi\n");
        } else if (part->kind == MAN_TERM) {
            term(out, part->text, part->more);
        } else {
            paragraph(out, part->text);
        }
    }
    gen_buf_add_text(out, ".SH \"SEE ALSO\"\n.BR surrealgen (1)\n");
}

int verb_man(const gen_cli *cli)
{
    const char *page = cli->arg_count > 0 ? cli->args[0] : "surrealgen";
    gen_buf out;

    gen_buf_init(&out, cli->ctx);
    if (cli_is_choice("surrealgen|surrealgen.1", page)) {
        print_program(&out);
    } else if (cli_is_choice("surrealgen-schema|surrealgen-schema.5|schema",
                             page)) {
        print_schema(&out);
    } else {
        cli_say("there is no page `%s`; there are surrealgen and "
                "surrealgen-schema", page);
        return CLI_USAGE;
    }
    return cli_write_stdout(&out) ? CLI_FINE : CLI_FAILED;
}
