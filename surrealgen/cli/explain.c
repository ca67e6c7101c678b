/* surrealgen/cli/explain.c: `explain`: what a code means and the way out. */
#include "explain.h"
#include "options.h"
#include "report.h"

#include "../schema/front.h"

#include <string.h>

static const cli_page *const parts[] = {
    cli_pages_more, cli_pages_read, cli_pages_meaning, cli_pages_lint,
    cli_pages_files, NULL
};

static const cli_page *find_page(const char *code)
{
    const cli_page *page;
    size_t i;

    for (i = 0; parts[i] != NULL; i++) {
        for (page = parts[i]; page->code != NULL; page++) {
            if (strcmp(page->code, code) == 0) return page;
        }
    }
    return NULL;
}

static const char *const codes[] = {
#define EXPLAIN_CODE(code, text) #code,
    GEN_CODES(EXPLAIN_CODE)
#undef EXPLAIN_CODE
    NULL
};

/* "sg1211", "1211" and "SG1211" are all meant. */
static const char *full_code(gen_ctx *ctx, const char *text)
{
    gen_buf out;
    size_t i;

    gen_buf_init(&out, ctx);
    gen_buf_add_text(&out, "SG");
    if ((text[0] == 's' || text[0] == 'S')
        && (text[1] == 'g' || text[1] == 'G')) {
        text += 2;
    }
    gen_buf_add_text(&out, text);
    for (i = 0; codes[i] != NULL; i++) {
        if (strcmp(codes[i], out.ptr) == 0) return codes[i];
    }
    return NULL;
}

static void indented(gen_buf *out, const char *text)
{
    while (*text != 0) {
        size_t len = strcspn(text, "\n");
        gen_buf_add_fmt(out, "    %.*s\n", (int)len, text);
        text += len + (text[len] == '\n');
    }
}

static void print_page(gen_buf *out, const cli_page *page)
{
    gen_buf_add_fmt(out, "%s: %s\n\n", page->code, cli_code_title(page->code));
    cli_wrap(out, page->means);
    if (page->file[0] == 0) {
        gen_buf_add_text(out, "\nNo file is known that has it.\n\nWay out:"
                         "\n\n");
        cli_wrap(out, page->way);
        return;
    }
    gen_buf_add_fmt(out, "\nExample, %s:\n\n", page->file);
    if (page->make != NULL) {
        gen_buf_add_fmt(out, "    $ %s\n", page->make);
    } else {
        indented(out, page->example);
        gen_buf_add_char(out, '\n');
    }
    if (page->args[0] == '$') {
        gen_buf_add_fmt(out, "    %s\n", page->args);
    } else {
        gen_buf_add_fmt(out, "    $ surrealgen check %s%s%s\n", page->args,
                        page->args[0] != 0 ? " " : "", page->file);
    }
    gen_buf_add_text(out, "\nWay out:\n\n");
    cli_wrap(out, page->way);
}

static int print_list(const gen_cli *cli)
{
    gen_buf out;
    size_t i;

    gen_buf_init(&out, cli->ctx);
    for (i = 0; codes[i] != NULL; i++) {
        gen_buf_add_fmt(&out, "%-7s %s\n", codes[i],
                        cli_code_title(codes[i]));
    }
    return cli_write_stdout(&out) ? CLI_FINE : CLI_FAILED;
}

int verb_explain(const gen_cli *cli)
{
    gen_buf out;
    size_t i;

    if (cli_flag(cli, CLI_LIST_ALL)) return print_list(cli);
    if (cli->arg_count == 0) {
        cli_say("name a code, such as SG1211; `surrealgen explain --list` "
                "prints them all");
        return CLI_USAGE;
    }
    gen_buf_init(&out, cli->ctx);
    for (i = 0; i < cli->arg_count; i++) {
        const char *code = full_code(cli->ctx, cli->args[i]);
        const cli_page *page = code != NULL ? find_page(code) : NULL;
        if (page == NULL) {
            const char *close = cli_close(cli->args[i], codes);
            cli_say("there is no diagnostic `%s`; %s%s%s", cli->args[i],
                    close != NULL ? "did you mean `"
                    : "`surrealgen explain --list` prints them all",
                    close != NULL ? close : "", close != NULL ? "`?" : "");
            return CLI_USAGE;
        }
        if (i > 0) gen_buf_add_text(&out, "\n\n");
        print_page(&out, page);
    }
    return cli_write_stdout(&out) ? CLI_FINE : CLI_FAILED;
}
