/* surrealgen/cli/options.h: a command line, read; what a verb gets.
 *
 * cli/table.h has every verb and option in one table. Help, completion, man
 * pages, environment and surrealgen.toml all follow from it. */
#ifndef GEN_CLI_OPTIONS_H
#define GEN_CLI_OPTIONS_H
#include "../gen.h"

#include <stdio.h>

/* Every exit code there is; `surrealgen help` and the man page print them.
 * They are apart so that a script can tell "differs" from "did not work". */
#define CLI_EXITS(X) \
    X(CLI_FINE, 0, "done, or nothing to do") \
    X(CLI_FOUND, 1, "something was found: stale or unformatted files, " \
                    "differences, denied warnings") \
    X(CLI_USAGE, 2, "wrong usage or configuration") \
    X(CLI_SCHEMA, 3, "errors in the schema or in queries") \
    X(CLI_REFUSED, 4, "refused for safety; the message names the way") \
    X(CLI_LOCKED, 5, "another run holds the lock") \
    X(CLI_CONNECT, 6, "cannot connect, or not authorised") \
    X(CLI_FAILED, 7, "failed: a file cannot be read or written, or the " \
                     "server refused; nothing was changed") \
    X(CLI_PARTLY, 8, "failed half way; the message says how to resume") \
    X(CLI_INTERRUPTED, 130, "interrupted, with nothing left under way")

typedef enum cli_exit {
#define CLI_EXIT_ENUM(name, number, text) name = number,
    CLI_EXITS(CLI_EXIT_ENUM)
#undef CLI_EXIT_ENUM
    CLI_EXIT_COUNT
} cli_exit;

typedef enum cli_opt {
#define OPTION(id, letter, name, arg, kind, text) CLI_##id,
#define VERB(name, run, args, options, text, more)
#include "table.h"
#undef OPTION
#undef VERB
    CLI_OPT_COUNT
} cli_opt;

/* Bits of an option's kind. */
enum {
    CLI_ONCE = 0,  /* the last one counts */
    CLI_LIST = 1,  /* each one counts */
    CLI_LINE = 2,  /* on the command line only: nothing to configure */
    CLI_EVERY = 4, /* every verb has it */
    CLI_SECRET = 8, /* never shown; in surrealgen.toml only where it is:
                       env:NAME or file:PATH */
    CLI_ELSEWHERE = 16 /* surrealgen.toml may say where it is, too */
};

typedef struct gen_cli gen_cli;

typedef struct cli_option {
    const char *id;
    char letter;      /* 0: no short form */
    const char *name; /* without -- */
    const char *arg;  /* NULL: a switch. "a|b|c", in
                         small letters: one of them. "N": a whole
                         number. Anything else names what is wanted, and
                         FILE, DIR and PATTERN are paths */
    unsigned kind;
    const char *text;
} cli_option;

typedef struct cli_verb {
    const char *name; /* one word or two */
    int (*run)(const gen_cli *cli);
    const char *args; /* "FILE...", "" for none; [FILE]... may be left out */
    const char *options; /* ids, one blank between them; "*": all that can
                            be set in surrealgen.toml */
    const char *text, *more;
} cli_verb;

extern const cli_option cli_options[CLI_OPT_COUNT + 1]; /* ends: name NULL */
extern const cli_verb cli_verbs[];                      /* the same */

/* Where a value came from; the later one wins. */
typedef enum cli_from {
    CLI_FROM_DEFAULT,
    CLI_FROM_FILE,
    CLI_FROM_DOTENV,
    CLI_FROM_ENV,
    CLI_FROM_FLAG
} cli_from;

typedef struct cli_value {
    gen_list texts;    /* const char *; of a switch "true" or "false" */
    cli_from from;
    const char *where; /* "surrealgen.toml:3", "SURREALGEN_OUT" */
} cli_value;

struct gen_cli {
    gen_ctx *ctx; /* opened for the run, closed after it */
    const cli_verb *verb;
    cli_value values[CLI_OPT_COUNT];
    const char **args; /* what is no option, in order */
    size_t arg_count;
};

/* ---- options.c ---------------------------------------------------------- */

/* Reads the command line. False when it is wrong, which has been said. */
bool cli_parse(gen_cli *cli, int argc, char **argv);

bool cli_flag(const gen_cli *cli, cli_opt id);
/* The value of an option, or `otherwise`. */
const char *cli_text(const gen_cli *cli, cli_opt id, const char *otherwise);
long cli_number(const gen_cli *cli, cli_opt id, long otherwise);
size_t cli_count(const gen_cli *cli, cli_opt id);
const char *cli_at(const gen_cli *cli, cli_opt id, size_t i);

/* Whether the verb has the option. */
bool cli_has(const cli_verb *verb, cli_opt id);
const cli_verb *cli_find_verb(const char *name);
/* "no such verb", with what is close; false. */
bool cli_say_no_verb(gen_ctx *ctx, const char *name);
/* Whether only certain words will do. */
bool cli_has_choices(const cli_option *option);
/* Whether text is one of "a|b|c". */
bool cli_is_choice(const char *choices, const char *text);
/* The value fits the option; says so when it does not, naming `where`. */
bool cli_check_value(const cli_option *option, const char *where,
                     const char *text);
/* "surrealgen: ..." to stderr. */
void cli_say(const char *fmt, ...);
/* The first thing that was said, or "". */
const char *cli_said(void);
/* The one of `words` (ends with NULL) that is close to `want`, or NULL. */
const char *cli_close(const char *want, const char *const *words);

/* ---- memory.c ----------------------------------------------------------- */

/* For gen_open(): contexts of one run share what others gave back. */
const gen_memory *cli_memory(void);

/* ---- input.c, output.c, check.c ------------------------------------------ */

/* Reads and checks the schema the command line names into cli->ctx. When it
 * cannot be used, what is wrong has been printed. cli_read() leaves it to the
 * caller to look at gen_error_count(). */
int cli_read(const gen_cli *cli);

/* Lets `include` read files. */
void cli_set_source(gen_ctx *ctx);
char *cli_read_stream(FILE *from, size_t *len);
/* Sets what --target says; CLI_USAGE when it is no version. */
int cli_set_target(const gen_cli *cli);
/* The paths the command line names, or else the setting `schema`. */
int cli_files(const gen_cli *cli, gen_list *out);
int cli_load(const gen_cli *cli);
/* The diagnostics of cli->ctx in the format asked for: text and gcc lines to
 * stderr, others to stdout. Once per run. */
void cli_print_diags(const gen_cli *cli);
/* CLI_SCHEMA, CLI_FOUND (denied warnings) or CLI_FINE. */
int cli_verdict(const gen_cli *cli);

/* All of it, or a message and false. */
bool cli_write_stdout(const gen_buf *out);
/* Whoever asked a verb for `--format json` gets a document, whatever became of
 * it: {"exit", "message"} where the verb itself wrote none. */
void cli_close_report(const gen_cli *cli, int rc);
/* Written beside the file and renamed over it, so that a failed run, or one
 * that is stopped half way, leaves the old file. Folders are made. Nothing is
 * written when the file holds these bytes already. The file a link leads to is
 * the one replaced, its mode stays; what is no plain file is written to. */
bool cli_write_file(gen_ctx *ctx, const char *path, const char *bytes,
                    size_t len);
/* The two halves of it, for several files that change together or not at all:
 * temporary is NULL when there is nothing to do, and is to be removed when
 * the rest fails. */
bool cli_stage_file(gen_ctx *ctx, const char *path, const char *bytes,
                    size_t len, const char **temporary);
bool cli_commit_file(gen_ctx *ctx, const char *path, const char *temporary);
/* Whether the file holds just these bytes. */
bool cli_same_file(const char *path, const char *bytes, size_t len);

/* ---- help.c ------------------------------------------------------------- */

void cli_print_usage(gen_buf *out);
/* Each line of the text as a paragraph, indented by two. */
void cli_wrap(gen_buf *out, const char *text);
void cli_print_help(gen_buf *out, const cli_verb *verb);

/* ---- the verbs ---------------------------------------------------------- */

#define OPTION(id, letter, name, arg, kind, text)
#define VERB(name, run, args, options, text, more) \
    int run(const gen_cli *cli);
#include "table.h"
#undef OPTION
#undef VERB
/* `fmt --spent-hints` (migrate/spent.c): takes out each @was and @new that the
 * newest snapshot has; with --check lists them, and exits 1 when there are
 * any. */
int verb_fmt_spent(const gen_cli *cli);

#endif
