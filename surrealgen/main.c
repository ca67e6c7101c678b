/* surrealgen/main.c: verbs, options and files.
 *
 * A run is: read the files, parse, check, then print or generate. Only this
 * file touches the file system. Exit codes: 0 fine, 1 a file cannot be read
 * or written (or no memory), 2 wrong usage, 3 errors in the schema. */
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L /* isatty, mkdir */
#endif
#include "gen.h"
#include "secret.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(_WIN32)
#include <direct.h>
#include <io.h>
#define surrealgen_isatty(fd) _isatty(fd)
#define surrealgen_mkdir(path) _mkdir(path)
#else
#include <sys/stat.h>
#include <unistd.h>
#define surrealgen_isatty(fd) isatty(fd)
#define surrealgen_mkdir(path) mkdir(path, 0777)
#endif

enum { EXIT_FINE, EXIT_IO, EXIT_USAGE, EXIT_SCHEMA };

typedef struct options {
    const char *verb;
    const char *dump;
    const char *out_dir;
    const char *prefix;
    gen_exists exists;
    bool with_secrets;
    bool has_target;
    gen_version target;
    char **files;
    int file_count;
} options;

/* ------------------------------------------------------------------- tables */

typedef struct verb_row {
    const char *name, *args, *text, *more;
} verb_row;

static const verb_row verbs[] = {
    { "check", "FILE...", "report what is wrong in the schema",
      "Reads the files as one schema. Diagnostics go to stderr; nothing is\n"
      "printed when all is well." },
    { "sql", "FILE...", "print the schema as SurrealQL",
      "Models become DEFINE statements; DEFINE statements come out in one\n"
      "canonical form, other statements as they are." },
    { "generate", "FILE...", "write the C header and source",
      "Writes PREFIX.h and PREFIX.c." },
    { "help", "[VERB]", "say more about a verb", "" },
    { NULL, NULL, NULL, NULL }
};

typedef struct option_row {
    const char *name, *arg; /* arg NULL: takes none */
    const char *verbs;      /* where it is legal, " " around each */
    const char *text;
} option_row;

static const option_row rows[] = {
    { "--target", "VERSION", " check sql generate ",
      "server to write for, such as 3.0 or 2.x" },
    { "--overwrite", NULL, " sql ", "put OVERWRITE into every DEFINE" },
    { "--if-not-exists", NULL, " sql ",
      "put IF NOT EXISTS into every DEFINE" },
    { "--with-secrets", NULL, " sql ",
      "print what env() and file() stand for" },
    { "-o", "DIR", " generate ", "folder to write to (default: here)" },
    { "--prefix", "P", " generate ", "prefix of every C name" },
    { "-d", "STAGE", " ",
      "print a stage: tokens, ast, roundtrip (no verb)" },
    { "--help", NULL, " check sql generate help ", "print this" },
    { "--version", NULL, " check sql generate help ", "print the version" },
    { NULL, NULL, NULL, NULL }
};

static bool legal_for(const option_row *row, const char *verb)
{
    char word[32];

    snprintf(word, sizeof word, " %s ", verb);
    return strstr(row->verbs, word) != NULL;
}

static void print_options(FILE *to, const char *verb)
{
    const option_row *row;

    fputs("\noptions:\n", to);
    for (row = rows; row->name != NULL; row++) {
        char left[40];
        if (verb != NULL && !legal_for(row, verb)) continue;
        snprintf(left, sizeof left, "%s %s", row->name,
                 row->arg != NULL ? row->arg : "");
        fprintf(to, "  %-20s %s\n", left, row->text);
    }
}

static void print_usage(FILE *to)
{
    const verb_row *verb;

    fputs("usage: surrealgen VERB [OPTION]... FILE...\n"
          "       surrealgen -d STAGE FILE\n\nverbs:\n", to);
    for (verb = verbs; verb->name != NULL; verb++) {
        fprintf(to, "  %-9s %-10s %s\n", verb->name, verb->args, verb->text);
    }
    print_options(to, NULL);
    fputs("\nFILE is .surql (SurrealQL) or .sg (models); - is stdin.\n"
          "exit: 0 fine, 1 file trouble, 2 usage, 3 errors in the schema\n",
          to);
}

static const verb_row *find_verb(const char *name)
{
    const verb_row *verb;

    for (verb = verbs; verb->name != NULL; verb++) {
        if (strcmp(verb->name, name) == 0) return verb;
    }
    return NULL;
}

static int print_help(const char *name)
{
    const verb_row *verb;

    if (name == NULL) {
        print_usage(stdout);
        return EXIT_FINE;
    }
    verb = find_verb(name);
    if (verb == NULL) {
        fprintf(stderr, "surrealgen: there is no verb `%s`\n", name);
        return EXIT_USAGE;
    }
    printf("usage: surrealgen %s [OPTION]... %s\n\n%s\n", verb->name,
           verb->args, verb->more[0] != 0 ? verb->more : verb->text);
    print_options(stdout, verb->name);
    return EXIT_FINE;
}

/* ------------------------------------------------------------------ options */

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

static bool set_option(options *opt, const option_row *row,
                       const char *value)
{
    if (strcmp(row->name, "--target") == 0) {
        opt->has_target = parse_target(value, &opt->target);
        if (!opt->has_target) {
            fprintf(stderr, "surrealgen: `%s` is not a version; write 3.0 or "
                    "2.x\n", value);
        }
        return opt->has_target;
    }
    if (strcmp(row->name, "--overwrite") == 0) {
        opt->exists = GEN_EXISTS_OVERWRITE;
    } else if (strcmp(row->name, "--if-not-exists") == 0) {
        opt->exists = GEN_EXISTS_IF_NOT;
    } else if (strcmp(row->name, "--with-secrets") == 0) {
        opt->with_secrets = true;
    } else if (strcmp(row->name, "-o") == 0) {
        opt->out_dir = value;
    } else if (strcmp(row->name, "--prefix") == 0) {
        opt->prefix = value;
    } else if (strcmp(row->name, "-d") == 0) {
        opt->dump = value;
    }
    return true;
}

/* The row arg names, `=value` allowed on long ones. */
static const option_row *find_option(const char *arg, const char **value)
{
    const option_row *row;

    *value = NULL;
    for (row = rows; row->name != NULL; row++) {
        size_t len = strlen(row->name);
        if (strncmp(arg, row->name, len) != 0) continue;
        if (arg[len] == 0) return row;
        if (arg[len] == '=' && len > 2 && row->arg != NULL) {
            *value = arg + len + 1;
            return row;
        }
    }
    return NULL;
}

static bool take_option(options *opt, int argc, char **argv, int *i)
{
    const char *value;
    const option_row *row = find_option(argv[*i], &value);

    if (row == NULL) {
        fprintf(stderr, "surrealgen: there is no option `%s`\n", argv[*i]);
        return false;
    }
    if (row->arg != NULL && value == NULL) {
        if (*i + 1 >= argc) {
            fprintf(stderr, "surrealgen: `%s` needs %s\n", row->name,
                    row->arg);
            return false;
        }
        (*i)++;
        value = argv[*i];
    }
    if (opt->verb != NULL && !legal_for(row, opt->verb)) {
        fprintf(stderr, "surrealgen: `%s` means nothing to `%s`\n",
                row->name, opt->verb);
        return false;
    }
    return set_option(opt, row, value);
}

/* Options and files in any order; the verb comes first. */
static bool parse_args(options *opt, int argc, char **argv)
{
    bool only_files = false;
    int i = 1;

    if (argc > 1 && argv[1][0] != '-') {
        opt->verb = argv[1];
        i = 2;
        if (find_verb(opt->verb) == NULL) {
            fprintf(stderr, "surrealgen: there is no verb `%s`\n",
                    opt->verb);
            return false;
        }
    }
    for (; i < argc; i++) {
        if (!only_files && strcmp(argv[i], "--") == 0) {
            only_files = true;
        } else if (!only_files && argv[i][0] == '-' && argv[i][1] != 0) {
            if (!take_option(opt, argc, argv, &i)) return false;
        } else {
            opt->files[opt->file_count] = argv[i];
            opt->file_count++;
        }
    }
    return true;
}

/* -------------------------------------------------------------------- files */

/* Reads at most one byte more than a schema file may have. */
static char *read_stream(FILE *from, size_t *len)
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

static bool read_file(gen_ctx *ctx, const char *name, gen_status *status)
{
    bool is_stdin = strcmp(name, "-") == 0;
    FILE *from = is_stdin ? stdin : fopen(name, "rb");
    char *bytes;
    size_t len;
    bool failed;

    if (from == NULL) {
        fprintf(stderr, "surrealgen: cannot read %s: %s\n", name,
                strerror(errno));
        return false;
    }
    bytes = read_stream(from, &len);
    failed = ferror(from) != 0;
    if (failed) {
        fprintf(stderr, "surrealgen: cannot read %s: %s\n", name,
                strerror(errno));
    }
    if (!is_stdin) fclose(from);
    if (bytes == NULL || failed) {
        free(bytes);
        return false;
    }
    *status = gen_add_text(ctx, is_stdin ? "<stdin>" : name, bytes, len);
    free(bytes);
    return *status != GEN_NO_MEMORY;
}

static bool write_stdout(const gen_buf *out)
{
    size_t put = fwrite(out->ptr, 1, out->len, stdout);

    if (put == out->len && fflush(stdout) == 0) return true;
    fprintf(stderr, "surrealgen: cannot write: %s\n", strerror(errno));
    return false;
}

/* Whether the file holds these bytes already: then make has less to do. */
static bool same_file(const char *path, const char *bytes, size_t len)
{
    FILE *from = fopen(path, "rb");
    size_t at = 0;
    bool same = true;
    char part[4096];

    if (from == NULL) return false;
    while (same) {
        size_t got = fread(part, 1, sizeof part, from);
        if (got == 0) break;
        same = got <= len - at && memcmp(part, bytes + at, got) == 0;
        at += got;
    }
    fclose(from);
    return same && at == len;
}

/* Make the directories a path leads through. One that exists is fine, and one
 * that cannot be made is reported by whoever opens the file in it. */
static void make_directories(const char *path, gen_buf *part)
{
    size_t i;

    for (i = 1; path[i] != 0; i++) {
        if (path[i] != '/') continue;
        part->len = 0;
        gen_buf_add(part, path, i);
        surrealgen_mkdir(part->ptr);
    }
}

/* Written beside the file and renamed over it, so that a failed run, or one
 * that is stopped half way, leaves the old file. */
static bool write_file(void *user, const char *path, const char *bytes,
                       size_t len)
{
    gen_ctx *ctx = (gen_ctx *)user;
    gen_buf temporary;
    FILE *to;
    bool ok;

    if (same_file(path, bytes, len)) return true;
    gen_buf_init(&temporary, ctx);
    make_directories(path, &temporary);
    temporary.len = 0;
    gen_buf_add_fmt(&temporary, "%s.tmp", path);
    to = fopen(temporary.ptr, "wb");
    ok = to != NULL && fwrite(bytes, 1, len, to) == len;
    if (to != NULL) ok = fclose(to) == 0 && ok;
    ok = ok && rename(temporary.ptr, path) == 0;
    if (!ok) {
        fprintf(stderr, "surrealgen: cannot write %s: %s\n", path,
                strerror(errno));
        if (to != NULL) remove(temporary.ptr);
    }
    return ok;
}

/* -------------------------------------------------------------------- verbs */

static void print_diags(gen_ctx *ctx)
{
    const char *plain = getenv("NO_COLOR");
    bool colour = surrealgen_isatty(2) != 0
        && (plain == NULL || plain[0] == 0);
    gen_buf out;

    if (gen_error_count(ctx) + gen_warning_count(ctx) == 0) return;
    gen_buf_init(&out, ctx);
    gen_print_diags(ctx, &out, colour);
    fwrite(out.ptr, 1, out.len, stderr);
}

static int run_dump(gen_ctx *ctx, const options *opt)
{
    const gen_file *file = gen_file_at(&gen_schema_of(ctx)->files, 0);
    gen_buf out;

    gen_buf_init(&out, ctx);
    if (strcmp(opt->dump, "tokens") == 0) {
        gen_dump_tokens(ctx, file, &out);
    } else if (strcmp(opt->dump, "roundtrip") == 0) {
        gen_dump_roundtrip(ctx, file, &out);
    } else if (strcmp(opt->dump, "ast") == 0) {
        print_diags(ctx);
        if (gen_error_count(ctx) > 0) return EXIT_SCHEMA;
        gen_dump_ast(ctx, &out);
    } else {
        fprintf(stderr, "surrealgen: there is no stage `%s`; there are "
                "tokens, ast and roundtrip\n", opt->dump);
        return EXIT_USAGE;
    }
    return write_stdout(&out) ? EXIT_FINE : EXIT_IO;
}

static int run_sql(gen_ctx *ctx, const options *opt)
{
    gen_surql_options how;
    gen_buf out;

    how.exists = opt->exists;
    how.secret = opt->with_secrets ? secret_read : NULL;
    how.note = secret_note;
    how.user = ctx;
    gen_buf_init(&out, ctx);
    if (!gen_emit_surql(ctx, &how, &out)) return EXIT_IO;
    return write_stdout(&out) ? EXIT_FINE : EXIT_IO;
}

static bool write_nothing(void *user, const char *path, const char *bytes,
                          size_t len)
{
    (void)user;
    (void)path;
    (void)bytes;
    (void)len;
    return true;
}

/* What cannot become C is an error of the schema too. */
static int run_check(gen_ctx *ctx)
{
    gen_emit_options how;

    how.ctx = ctx;
    how.out_dir = ".";
    how.prefix = NULL;
    how.write = write_nothing;
    how.user = NULL;
    gen_emit_c(gen_schema_of(ctx), &how);
    print_diags(ctx);
    return gen_error_count(ctx) > 0 ? EXIT_SCHEMA : EXIT_FINE;
}

static int run_generate(gen_ctx *ctx, const options *opt)
{
    gen_emit_options how;
    int rc;

    how.ctx = ctx;
    how.out_dir = opt->out_dir != NULL ? opt->out_dir : ".";
    how.prefix = opt->prefix;
    how.write = write_file;
    how.user = ctx;
    rc = gen_emit_c(gen_schema_of(ctx), &how);
    if (gen_error_count(ctx) > 0) {
        print_diags(ctx);
        return EXIT_SCHEMA;
    }
    return rc == 0 ? EXIT_FINE : EXIT_IO;
}

/* Read, parse, check; then what the verb does with a good schema. */
static int run(gen_ctx *ctx, const options *opt)
{
    gen_status status = GEN_OK;
    int i;

    if (opt->has_target) gen_set_target(ctx, opt->target);
    for (i = 0; i < opt->file_count; i++) {
        if (!read_file(ctx, opt->files[i], &status)) {
            if (status == GEN_NO_MEMORY) {
                fputs("surrealgen: out of memory\n", stderr);
            }
            return EXIT_IO;
        }
    }
    if (gen_finish(ctx) == GEN_NO_MEMORY) {
        fputs("surrealgen: out of memory\n", stderr);
        return EXIT_IO;
    }
    if (opt->dump != NULL) return run_dump(ctx, opt);
    if (gen_error_count(ctx) > 0) {
        print_diags(ctx);
        return EXIT_SCHEMA;
    }
    if (strcmp(opt->verb, "check") == 0) return run_check(ctx);
    if (strcmp(opt->verb, "generate") == 0) return run_generate(ctx, opt);
    print_diags(ctx);
    return run_sql(ctx, opt);
}

static bool asks_for(int argc, char **argv, const char *option)
{
    int i;

    for (i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strcmp(argv[i], option) == 0) return true;
    }
    return false;
}

int main(int argc, char **argv)
{
    options opt;
    gen_ctx *ctx;
    int rc;

    if (asks_for(argc, argv, "--version")) {
        puts("surrealgen " GEN_VERSION);
        return EXIT_FINE;
    }
    if (asks_for(argc, argv, "--help")) {
        return print_help(argv[1][0] != '-' ? argv[1] : NULL);
    }
    memset(&opt, 0, sizeof opt);
    opt.files = argv; /* entries are moved forward, never past the reader */
    if (!parse_args(&opt, argc, argv)) return EXIT_USAGE;
    if (opt.verb != NULL && strcmp(opt.verb, "help") == 0) {
        return print_help(opt.file_count > 0 ? opt.files[0] : NULL);
    }
    if (opt.file_count == 0 || (opt.verb == NULL && opt.dump == NULL)) {
        print_usage(stderr);
        return EXIT_USAGE;
    }
    ctx = gen_open(NULL);
    if (ctx == NULL) {
        fputs("surrealgen: out of memory\n", stderr);
        return EXIT_IO;
    }
    rc = run(ctx, &opt);
    gen_close(ctx);
    return rc;
}
