/* surrealgen/cli/complete.c: `completion`: scripts for shells, from the
 * table.
 *
 * What an argument is, its name says: small letters are the words that can
 * stand there, FILE and PATTERN are files, DIR a folder, CODE a diagnostic,
 * VERB a verb. */
#include "options.h"

#include <string.h>

static const char codes[] = "surrealgen explain --list | cut -d\" \" -f1";

/* The argument without `[`, `]` and `...`. */
static gen_str bare(gen_ctx *ctx, const char *arg)
{
    gen_buf out;

    gen_buf_init(&out, ctx);
    gen_buf_add_text(&out, "");
    for (; arg != NULL && *arg != 0; arg++) {
        if (strchr("[].", *arg) == NULL) gen_buf_add_char(&out, *arg);
    }
    return gen_str_copy(ctx, out.len > 0 ? out.ptr : "", out.len);
}

static bool is_words(gen_str arg)
{
    return arg.len > 0 && arg.ptr[0] >= 'a' && arg.ptr[0] <= 'z';
}

/* "a|b" as "a b". */
static void add_words(gen_buf *out, gen_str arg)
{
    size_t i;

    for (i = 0; i < arg.len; i++) {
        gen_buf_add_char(out, arg.ptr[i] == '|' ? ' ' : arg.ptr[i]);
    }
}

static void add_options(gen_buf *out, const cli_verb *verb)
{
    bool first = true;
    int id;

    for (id = 0; id < CLI_OPT_COUNT; id++) {
        if (!cli_has(verb, (cli_opt)id)) continue;
        gen_buf_add_fmt(out, "%s--%s", first ? "" : " ",
                        cli_options[id].name);
        first = false;
    }
}

/* First words of verbs, each once; group: second words behind it. */
static void add_verbs(gen_buf *out, const char *group)
{
    const cli_verb *verb;
    const cli_verb *before;
    size_t lead = group != NULL ? strlen(group) + 1 : 0;

    for (verb = cli_verbs; verb->name != NULL; verb++) {
        size_t len = strcspn(verb->name, " ");
        bool again = false;
        if (group != NULL) {
            if (len + 1 != lead || strncmp(verb->name, group, len) != 0
                || verb->name[len] == 0) {
                continue;
            }
            gen_buf_add_fmt(out, "%s ", verb->name + lead);
            continue;
        }
        for (before = cli_verbs; before < verb && !again; before++) {
            again = strncmp(before->name, verb->name, len) == 0
                && (before->name[len] == ' ' || before->name[len] == 0);
        }
        if (!again) gen_buf_add_fmt(out, "%.*s ", (int)len, verb->name);
    }
}

/* ------------------------------------------------------------ bash and zsh */

/* How a shell is told what can stand there. */
typedef struct shell {
    const char *words, *words_end; /* around a list of words */
    const char *files, *folders;
} shell;

static const shell bash = {
    "COMPREPLY=($(compgen -W '", "' -- \"$cur\"))",
    "COMPREPLY=($(compgen -f -- \"$cur\"))",
    "COMPREPLY=($(compgen -d -- \"$cur\"))"
};

static const shell zsh = {
    "compadd -- ", "", "_files", "_files -/"
};

static void reply(gen_buf *out, const shell *sh, gen_str arg)
{
    if (is_words(arg)) {
        gen_buf_add_text(out, sh->words);
        add_words(out, arg);
        gen_buf_add_text(out, sh->words_end);
    } else if (gen_str_is(arg, "FILE") || gen_str_is(arg, "PATTERN")) {
        gen_buf_add_text(out, sh->files);
    } else if (gen_str_is(arg, "DIR")) {
        gen_buf_add_text(out, sh->folders);
    } else if (gen_str_is(arg, "CODE")) {
        /* The words of bash stand in single quotes: out of them and in. */
        gen_buf_add_fmt(out, "%s%s%s%s%s", sh->words,
                        sh == &bash ? "'\"$(" : "$(", codes,
                        sh == &bash ? ")\"'" : ")", sh->words_end);
    } else if (gen_str_is(arg, "VERB")) {
        gen_buf_add_text(out, sh->words);
        add_verbs(out, NULL);
        gen_buf_add_text(out, sh->words_end);
    } else {
        gen_buf_add_text(out, ":"); /* nothing is known */
    }
}

static void verb_case(gen_buf *out, const shell *sh, const cli_verb *verb)
{
    int id;

    gen_buf_add_fmt(out, "    '%s')\n        case \"$prev\" in\n",
                    verb->name);
    for (id = 0; id < CLI_OPT_COUNT; id++) {
        const cli_option *option = &cli_options[id];
        if (option->arg == NULL || !cli_has(verb, (cli_opt)id)) continue;
        gen_buf_add_fmt(out, "        --%s", option->name);
        if (option->letter != 0) gen_buf_add_fmt(out, "|-%c", option->letter);
        gen_buf_add_text(out, ") ");
        reply(out, sh, bare(out->ctx, option->arg));
        gen_buf_add_text(out, "; return ;;\n");
    }
    gen_buf_add_text(out, "        esac\n        case \"$cur\" in\n"
                     "        -*) ");
    gen_buf_add_text(out, sh->words);
    add_options(out, verb);
    gen_buf_add_fmt(out, "%s ;;\n        *) ", sh->words_end);
    reply(out, sh, bare(out->ctx, verb->args));
    gen_buf_add_text(out, " ;;\n        esac ;;\n");
}

/* A case for the second word of each group. */
static void group_cases(gen_buf *out, const shell *sh)
{
    const cli_verb *verb;
    gen_str last = { "", 0 };

    for (verb = cli_verbs; verb->name != NULL; verb++) {
        size_t len = strcspn(verb->name, " ");
        if (verb->name[len] == 0) continue;
        if (last.len == len && strncmp(last.ptr, verb->name, len) == 0) {
            continue;
        }
        last = gen_str_copy(out->ctx, verb->name, len);
        gen_buf_add_fmt(out, "    '%s') ", last.ptr);
        gen_buf_add_text(out, sh->words);
        add_verbs(out, last.ptr);
        gen_buf_add_fmt(out, "%s ;;\n", sh->words_end);
    }
}

static void shell_body(gen_buf *out, const shell *sh)
{
    const cli_verb *verb;

    gen_buf_add_text(out, "    case \"$verb\" in\n    '') ");
    gen_buf_add_text(out, sh->words);
    add_verbs(out, NULL);
    gen_buf_add_fmt(out, "%s ;;\n", sh->words_end);
    for (verb = cli_verbs; verb->name != NULL; verb++) {
        verb_case(out, sh, verb);
    }
    group_cases(out, sh);
    gen_buf_add_text(out, "    esac\n}\n");
}

/* The verb is one word or, when the first is a group, two. */
static void verb_words(gen_buf *out, const char *at, const char *second)
{
    const cli_verb *verb;

    gen_buf_add_fmt(out, "    case \"%s %s\" in\n", at, second);
    for (verb = cli_verbs; verb->name != NULL; verb++) {
        if (strchr(verb->name, ' ') == NULL) continue;
        gen_buf_add_fmt(out, "    '%s') verb='%s' ;;\n", verb->name,
                        verb->name);
    }
    gen_buf_add_text(out, "    esac\n");
}

static void print_bash(gen_buf *out)
{
    gen_buf_add_text(out,
        "# bash completion for surrealgen; made by `surrealgen completion "
        "bash`.\n"
        "_surrealgen()\n"
        "{\n"
        "    local cur=${COMP_WORDS[COMP_CWORD]} verb= second=\n"
        "    local prev=${COMP_WORDS[COMP_CWORD-1]}\n"
        "    ((COMP_CWORD > 1)) && verb=${COMP_WORDS[1]}\n"
        "    ((COMP_CWORD > 2)) && second=${COMP_WORDS[2]}\n");
    verb_words(out, "$verb", "$second");
    shell_body(out, &bash);
    gen_buf_add_text(out, "complete -o filenames -F _surrealgen "
                     "surrealgen\n");
}

static void print_zsh(gen_buf *out)
{
    gen_buf_add_text(out,
        "#compdef surrealgen\n"
        "# made by `surrealgen completion zsh`\n"
        "_surrealgen()\n"
        "{\n"
        "    local cur=${words[CURRENT]} verb= second=\n"
        "    local prev=${words[CURRENT-1]}\n"
        "    ((CURRENT > 2)) && verb=${words[2]}\n"
        "    ((CURRENT > 3)) && second=${words[3]}\n");
    verb_words(out, "$verb", "$second");
    shell_body(out, &zsh);
    gen_buf_add_text(out, "_surrealgen \"$@\"\n");
}

/* ------------------------------------------------------------------- fish */

/* Text in single quotes. */
static void fish_text(gen_buf *out, const char *text)
{
    gen_buf_add_char(out, '\'');
    for (; *text != 0; text++) {
        if (*text == '\'' || *text == '\\') gen_buf_add_char(out, '\\');
        gen_buf_add_char(out, *text);
    }
    gen_buf_add_char(out, '\'');
}

/* -n '...' for "these words were typed". */
static void fish_when(gen_buf *out, const char *name)
{
    size_t len = strcspn(name, " ");

    gen_buf_add_fmt(out, " -n '__fish_seen_subcommand_from %.*s", (int)len,
                    name);
    if (name[len] != 0) {
        gen_buf_add_fmt(out, "; and __fish_seen_subcommand_from %s",
                        name + len + 1);
    }
    gen_buf_add_char(out, '\'');
}

static void fish_argument(gen_buf *out, gen_str arg)
{
    if (is_words(arg)) {
        gen_buf_add_text(out, " -xa '");
        add_words(out, arg);
        gen_buf_add_text(out, "'");
    } else if (gen_str_is(arg, "DIR")) {
        gen_buf_add_text(out, " -xa '(__fish_complete_directories)'");
    } else if (gen_str_is(arg, "FILE") || gen_str_is(arg, "PATTERN")) {
        gen_buf_add_text(out, " -rF");
    } else if (arg.len > 0) {
        gen_buf_add_text(out, " -x");
    }
}

static void fish_verb(gen_buf *out, const cli_verb *verb)
{
    size_t len = strcspn(verb->name, " ");
    gen_str arg = bare(out->ctx, verb->args);
    int id;

    gen_buf_add_text(out, "complete -c surrealgen");
    if (verb->name[len] == 0) {
        gen_buf_add_fmt(out, " -n __fish_use_subcommand -fa %s -d ",
                        verb->name);
        fish_text(out, verb->text);
    } else {
        gen_buf_add_fmt(out, " -n __fish_use_subcommand -fa %.*s\n",
                        (int)len, verb->name);
        gen_buf_add_fmt(out, "complete -c surrealgen -n "
                        "'__fish_seen_subcommand_from %.*s' -fa %s -d ",
                        (int)len, verb->name, verb->name + len + 1);
        fish_text(out, verb->text);
    }
    gen_buf_add_char(out, '\n');
    for (id = 0; id < CLI_OPT_COUNT; id++) {
        const cli_option *option = &cli_options[id];
        if (!cli_has(verb, (cli_opt)id)) continue;
        gen_buf_add_text(out, "complete -c surrealgen");
        fish_when(out, verb->name);
        gen_buf_add_fmt(out, " -l %s", option->name);
        if (option->letter != 0) gen_buf_add_fmt(out, " -s %c",
                                                 option->letter);
        fish_argument(out, bare(out->ctx, option->arg));
        gen_buf_add_text(out, " -d ");
        fish_text(out, option->text);
        gen_buf_add_char(out, '\n');
    }
    if (!is_words(arg) && !gen_str_is(arg, "CODE")) return;
    gen_buf_add_text(out, "complete -c surrealgen");
    fish_when(out, verb->name);
    gen_buf_add_text(out, " -fa '");
    if (is_words(arg)) {
        add_words(out, arg);
    } else {
        gen_buf_add_fmt(out, "(%s)", codes);
    }
    gen_buf_add_text(out, "'\n");
}

int verb_completion(const gen_cli *cli)
{
    const char *name = cli->arg_count == 1 ? cli->args[0] : "";
    const cli_verb *verb;
    gen_buf out;

    gen_buf_init(&out, cli->ctx);
    if (strcmp(name, "bash") == 0) {
        print_bash(&out);
    } else if (strcmp(name, "zsh") == 0) {
        print_zsh(&out);
    } else if (strcmp(name, "fish") == 0) {
        gen_buf_add_text(&out, "# fish completion for surrealgen; made by "
                         "`surrealgen completion fish`.\n");
        for (verb = cli_verbs; verb->name != NULL; verb++) {
            fish_verb(&out, verb);
        }
    } else {
        cli_say("name the shell: bash, zsh or fish");
        return CLI_USAGE;
    }
    return cli_write_stdout(&out) ? CLI_FINE : CLI_FAILED;
}
