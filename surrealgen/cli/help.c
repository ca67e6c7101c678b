/* surrealgen/cli/help.c: `help`, from the table. */
#include "options.h"

#include <stdio.h>
#include <string.h>

enum { HELP_LEFT = 24, HELP_WIDTH = 79 };

/* Text in lines of HELP_WIDTH, those after the first indented. */
static void wrap(gen_buf *out, const char *text, size_t indent)
{
    size_t col = indent;
    bool first = true;

    while (*text != 0) {
        size_t word = strcspn(text, " ");
        if (!first && col + 1 + word > HELP_WIDTH) {
            gen_buf_add_fmt(out, "\n%*s", (int)indent, "");
            col = indent;
        } else if (!first) {
            gen_buf_add_char(out, ' ');
            col++;
        }
        gen_buf_add(out, text, word);
        col += word;
        first = false;
        text += word;
        text += strspn(text, " ");
    }
    gen_buf_add_char(out, '\n');
}

void cli_wrap(gen_buf *out, const char *text)
{
    while (*text != 0) {
        size_t len = strcspn(text, "\n");
        gen_buf_add_text(out, "  ");
        wrap(out, gen_str_copy(out->ctx, text, len).ptr, 2);
        text += len + (text[len] == '\n');
    }
}

/* `left` in its column, or on a line of its own when it is long. */
static void row(gen_buf *out, const char *left, const char *text)
{
    gen_buf_add_fmt(out, "  %-*s", HELP_LEFT - 2, left);
    if (strlen(left) > HELP_LEFT - 3) {
        gen_buf_add_fmt(out, "\n%*s", HELP_LEFT, "");
    }
    wrap(out, text, HELP_LEFT);
}

static void print_option(gen_buf *out, const cli_option *option)
{
    gen_buf left;

    gen_buf_init(&left, out->ctx);
    if (option->letter != 0) gen_buf_add_fmt(&left, "-%c, ", option->letter);
    gen_buf_add_fmt(&left, "--%s", option->name);
    if (option->arg != NULL) gen_buf_add_fmt(&left, " %s", option->arg);
    row(out, left.ptr, option->text);
}

static void print_exits(gen_buf *out)
{
#define HELP_EXIT(name, number, text) row(out, #number, text);
    CLI_EXITS(HELP_EXIT)
#undef HELP_EXIT
}

void cli_print_usage(gen_buf *out)
{
    const cli_verb *verb;

    gen_buf_add_text(out, "usage: surrealgen VERB [OPTION]... [FILE]...\n"
                     "\nverbs:\n");
    for (verb = cli_verbs; verb->name != NULL; verb++) {
        gen_buf left;
        gen_buf_init(&left, out->ctx);
        gen_buf_add_fmt(&left, "%s%s%s", verb->name,
                        verb->args[0] != 0 ? " " : "", verb->args);
        row(out, left.ptr, verb->text);
    }
    gen_buf_add_text(out, "\n`surrealgen help VERB` lists the options of a "
                     "verb.\nFILE is .surql (SurrealQL) or .sg (models); - "
                     "is stdin.\n\nexit codes:\n");
    print_exits(out);
}

void cli_print_help(gen_buf *out, const cli_verb *verb)
{
    int id;

    gen_buf_add_fmt(out, "usage: surrealgen %s [OPTION]...%s%s\n\n%s\n\n"
                    "options:\n", verb->name, verb->args[0] != 0 ? " " : "",
                    verb->args, verb->more);
    for (id = 0; id < CLI_OPT_COUNT; id++) {
        if (cli_has(verb, (cli_opt)id)) print_option(out, &cli_options[id]);
    }
}

int verb_help(const gen_cli *cli)
{
    const cli_verb *verb = NULL;
    gen_buf name, out;
    size_t i;

    gen_buf_init(&name, cli->ctx);
    gen_buf_init(&out, cli->ctx);
    for (i = 0; i < cli->arg_count; i++) {
        gen_buf_add_fmt(&name, "%s%s", i > 0 ? " " : "", cli->args[i]);
    }
    if (cli->arg_count == 0) {
        cli_print_usage(&out);
    } else {
        verb = cli_find_verb(name.ptr);
        if (verb == NULL) {
            cli_say_no_verb(cli->ctx, name.ptr);
            return CLI_USAGE;
        }
        cli_print_help(&out, verb);
    }
    return cli_write_stdout(&out) ? CLI_FINE : CLI_FAILED;
}
