/* surrealgen/cli/options.c: the table, and reading a command line by it. */
#include "options.h"

#include "../schema/front.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const cli_option cli_options[CLI_OPT_COUNT + 1] = {
#define OPTION(id, letter, name, arg, kind, text) \
    { #id, letter, name, arg, kind, text },
#define VERB(name, run, args, options, text, more)
#include "table.h"
#undef OPTION
#undef VERB
    { NULL, 0, NULL, NULL, 0, NULL }
};

const cli_verb cli_verbs[] = {
#define OPTION(id, letter, name, arg, kind, text)
#define VERB(name, run, args, options, text, more) \
    { name, run, args, options, text, more },
#include "table.h"
#undef OPTION
#undef VERB
    { NULL, NULL, NULL, NULL, NULL, NULL }
};

/* What was said first is mostly why a run failed: see cli_close_report(). */
static char first_said[512];

const char *cli_said(void)
{
    return first_said;
}

void cli_say(const char *fmt, ...)
{
    va_list args;

    if (first_said[0] == 0) {
        va_start(args, fmt);
        vsnprintf(first_said, sizeof first_said, fmt, args);
        va_end(args);
    }
    fputs("surrealgen: ", stderr);
    va_start(args, fmt);
    vfprintf(stderr, fmt, args);
    va_end(args);
    fputc('\n', stderr);
}

/* ----------------------------------------------------------------- lookups */

bool cli_has(const cli_verb *verb, cli_opt id)
{
    const char *name = cli_options[id].id;
    size_t len = strlen(name);
    const char *at = verb->options;

    if ((cli_options[id].kind & CLI_EVERY) != 0) return true;
    if (*at == '*') {
        return (cli_options[id].kind & CLI_LINE) == 0 || id == CLI_CONFIG
            || id == CLI_ENV;
    }
    while (*at != 0) {
        size_t word = strcspn(at, " ");
        if (word == len && memcmp(at, name, len) == 0) return true;
        at += word;
        at += strspn(at, " ");
    }
    return false;
}

const cli_verb *cli_find_verb(const char *name)
{
    const cli_verb *verb;

    for (verb = cli_verbs; verb->name != NULL; verb++) {
        if (strcmp(verb->name, name) == 0) return verb;
    }
    return NULL;
}

bool cli_has_choices(const cli_option *option)
{
    return option->arg != NULL && option->arg[0] >= 'a'
        && option->arg[0] <= 'z';
}

bool cli_is_choice(const char *choices, const char *text)
{
    size_t len = strlen(text);

    for (;;) {
        size_t word = strcspn(choices, "|");
        if (word == len && memcmp(choices, text, len) == 0) return true;
        if (choices[word] == 0) return false;
        choices += word + 1;
    }
}

const char *cli_close(const char *want, const char *const *words)
{
    gen_guess guess;

    gen_guess_start(&guess, gen_str_lit(want));
    gen_guess_words(&guess, words);
    return guess.best.len > 0 ? guess.best.ptr : NULL;
}

bool cli_flag(const gen_cli *cli, cli_opt id)
{
    const char *text = cli_text(cli, id, "false");

    return strcmp(text, "true") == 0;
}

const char *cli_text(const gen_cli *cli, cli_opt id, const char *otherwise)
{
    size_t count = cli_count(cli, id);

    return count > 0 ? cli_at(cli, id, count - 1) : otherwise;
}

long cli_number(const gen_cli *cli, cli_opt id, long otherwise)
{
    const char *text = cli_text(cli, id, NULL);

    return text != NULL ? strtol(text, NULL, 10) : otherwise;
}

size_t cli_count(const gen_cli *cli, cli_opt id)
{
    return cli->values[id].texts.count;
}

const char *cli_at(const gen_cli *cli, cli_opt id, size_t i)
{
    return (const char *)cli->values[id].texts.at[i];
}

/* ------------------------------------------------------------------ values */

static bool is_number(const char *text)
{
    size_t len = strlen(text);

    return len > 0 && len < 10 && strspn(text, "0123456789") == len;
}

bool cli_check_value(const cli_option *option, const char *where,
                     const char *text)
{
    const char *arg = option->arg;

    if (arg == NULL) {
        if (cli_is_choice("true|false", text)) return true;
        cli_say("%s is true or false, not `%s`", where, text);
        return false;
    }
    /* --timeout has limits, and says so itself. */
    if ((strcmp(arg, "N") == 0 || strcmp(arg, "MS") == 0
         || strcmp(option->name, "lock-wait") == 0) && !is_number(text)) {
        cli_say("%s wants a whole number, not `%s`", where, text);
        return false;
    }
    if (cli_has_choices(option) && !cli_is_choice(arg, text)) {
        cli_say("%s is %s%s, not `%s`", where,
                strchr(arg, '|') != NULL ? "one of " : "", arg, text);
        return false;
    }
    return true;
}

static void set_value(gen_cli *cli, cli_opt id, const char *text)
{
    cli_value *value = &cli->values[id];

    if (value->from != CLI_FROM_FLAG
        || (cli_options[id].kind & CLI_LIST) == 0) {
        value->texts.count = 0;
    }
    value->from = CLI_FROM_FLAG;
    value->where = "command line";
    text = gen_str_copy(cli->ctx, text, strlen(text)).ptr;
    gen_list_push(cli->ctx, &value->texts, (void *)(uintptr_t)text);
}

/* ------------------------------------------------------------ command line */

typedef struct reader {
    gen_cli *cli;
    int argc, at;
    char **argv;
} reader;

/* The option of the verb, or the first of that name. A short option matches
 * on its letter, a long one on its name up to `len`. */
static const cli_option *find_option(const cli_verb *verb, char letter,
                                     const char *name, size_t len)
{
    const cli_option *found = NULL;
    int id;

    for (id = 0; id < CLI_OPT_COUNT; id++) {
        const cli_option *option = &cli_options[id];
        bool same = name == NULL ? option->letter == letter
            : strlen(option->name) == len
              && memcmp(option->name, name, len) == 0;
        if (!same) continue;
        if (verb == NULL || cli_has(verb, (cli_opt)id)) return option;
        if (found == NULL) found = option;
    }
    return found;
}

/* "no option `--x`", with the option of the verb that is close to it. */
static void say_no_option(const gen_cli *cli, const char *arg)
{
    const char *names[CLI_OPT_COUNT + 1];
    const char *close = NULL;
    size_t count = 0;
    int id;

    for (id = 0; id < CLI_OPT_COUNT; id++) {
        if (cli_has(cli->verb, (cli_opt)id)) {
            names[count] = cli_options[id].name;
            count++;
        }
    }
    names[count] = NULL;
    if (arg[1] == '-') {
        gen_str word = gen_str_copy(cli->ctx, arg + 2, strcspn(arg + 2, "="));
        close = cli_close(word.ptr, names);
    }
    if (close != NULL) {
        cli_say("there is no option `%s`; did you mean `--%s`?", arg, close);
    } else {
        cli_say("there is no option `%s`; `surrealgen help %s` lists them",
                arg, cli->verb->name);
    }
}

/* The value behind `=`, behind a letter, or the next argument. */
static bool take_value(reader *r, const cli_option *option, const char *glued)
{
    gen_cli *cli = r->cli;
    const char *value = glued;
    cli_opt id = (cli_opt)(option - cli_options);
    gen_buf where;

    gen_buf_init(&where, cli->ctx);
    gen_buf_add_fmt(&where, "`--%s`", option->name);
    if (!cli_has(cli->verb, id)) {
        cli_say("`--%s` means nothing to `%s`; `surrealgen help %s` lists "
                "what does", option->name, cli->verb->name, cli->verb->name);
        return false;
    }
    if (option->arg == NULL) {
        if (glued != NULL && !cli_is_choice("true|false", glued)) {
            cli_say("`--%s` takes no value", option->name);
            return false;
        }
        set_value(cli, id, glued != NULL ? glued : "true");
        return true;
    }
    if (value == NULL) {
        if (r->at + 1 >= r->argc) {
            cli_say("`--%s` needs %s behind it", option->name, option->arg);
            return false;
        }
        r->at++;
        value = r->argv[r->at];
    }
    if (!cli_check_value(option, where.ptr, value)) return false;
    set_value(cli, id, value);
    return true;
}

/* --name, --name=value, --name value, -o value, -ovalue. */
static bool take_option(reader *r)
{
    const char *arg = r->argv[r->at];
    const char *glued = NULL;
    const cli_option *option;

    if (arg[1] == '-') {
        size_t len = strcspn(arg + 2, "=");
        option = find_option(r->cli->verb, 0, arg + 2, len);
        if (arg[2 + len] == '=') glued = arg + 3 + len;
    } else {
        option = find_option(r->cli->verb, arg[1], NULL, 0);
        if (arg[2] != 0) glued = arg + 2;
        if (option != NULL && option->arg == NULL && glued != NULL) {
            option = NULL;
        }
    }
    if (option == NULL) {
        say_no_option(r->cli, arg);
        return false;
    }
    return take_value(r, option, glued);
}

/* The second words behind `group`, "a, b and c"; "" when it is no group. */
static const char *group_words(gen_ctx *ctx, const char *group)
{
    size_t len = strlen(group);
    const cli_verb *verb;
    gen_buf out;

    gen_buf_init(&out, ctx);
    gen_buf_add_text(&out, "");
    for (verb = cli_verbs; verb->name != NULL; verb++) {
        if (strncmp(verb->name, group, len) != 0 || verb->name[len] != ' ') {
            continue;
        }
        if (out.len > 0) gen_buf_add_text(&out, ", ");
        gen_buf_add_fmt(&out, "`%s`", verb->name);
    }
    return out.len > 0 ? out.ptr : "";
}

bool cli_say_no_verb(gen_ctx *ctx, const char *name)
{
    const char *names[128];
    const char *group = group_words(ctx, name);
    const char *close;
    const cli_verb *verb;
    size_t count = 0;

    for (verb = cli_verbs; verb->name != NULL && count < 127; verb++) {
        names[count] = verb->name;
        count++;
    }
    names[count] = NULL;
    close = cli_close(name, names);
    if (group[0] != 0) {
        cli_say("`%s` needs a second word: %s", name, group);
    } else if (close != NULL) {
        cli_say("there is no verb `%s`; did you mean `%s`?", name, close);
    } else {
        cli_say("there is no verb `%s`; `surrealgen help` lists them", name);
    }
    return false;
}

/* One word or two. `at` moves behind them. */
static bool take_verb(reader *r)
{
    gen_ctx *ctx = r->cli->ctx;
    const char *first = r->argv[r->at];
    gen_buf both;

    gen_buf_init(&both, ctx);
    if (r->at + 1 < r->argc) {
        gen_buf_add_fmt(&both, "%s %s", first, r->argv[r->at + 1]);
        r->cli->verb = cli_find_verb(both.ptr);
        if (r->cli->verb != NULL) {
            r->at += 2;
            return true;
        }
    }
    r->cli->verb = cli_find_verb(first);
    if (r->cli->verb != NULL) {
        r->at++;
        return true;
    }
    if (group_words(ctx, first)[0] != 0 && r->at + 1 < r->argc
        && r->argv[r->at + 1][0] != '-') {
        return cli_say_no_verb(ctx, both.ptr);
    }
    return cli_say_no_verb(ctx, first);
}

/* Options and files in any order; the verb comes first. */
bool cli_parse(gen_cli *cli, int argc, char **argv)
{
    reader r;
    bool only_files = false;

    r.cli = cli;
    r.argc = argc;
    r.argv = argv;
    r.at = 1;
    cli->args = (const char **)gen_new(cli->ctx, (size_t)argc
                                       * sizeof *cli->args);
    if (argc > 1 && argv[1][0] != '-') {
        if (!take_verb(&r)) return false;
    } else {
        cli->verb = cli_find_verb(argc > 1 && strncmp(argv[1], "-d", 2) == 0
                                  ? "dump" : "help");
    }
    for (; r.at < argc; r.at++) {
        const char *arg = argv[r.at];
        if (!only_files && strcmp(arg, "--") == 0) {
            only_files = true;
        } else if (!only_files && arg[0] == '-' && arg[1] != 0) {
            if (!take_option(&r)) return false;
        } else {
            cli->args[cli->arg_count] = arg;
            cli->arg_count++;
        }
    }
    return true;
}
