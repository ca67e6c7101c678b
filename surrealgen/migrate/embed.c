/* surrealgen/migrate/embed.c: a chain as a C file, for surreal_migrate().
 *
 * The file is plain C99 and C++ and depends on the migrations alone, so that
 * two runs write the same bytes. A compiler need not take a literal of more
 * than 4,095 bytes; longer texts become arrays of characters. Those are
 * written as characters, not numbers: to a C++ compiler 195 does not fit a
 * char, '\303' is one. */
#include "../cli/outputs.h"
#include "../emit/emit.h"
#include "files.h"

#include <string.h>

enum { LITERAL_MAX = 4000, PER_LINE = 12 };

typedef struct embedder {
    gen_ctx *ctx;
    gen_buf *out;
    const surreal_migrations *chain;
    size_t at;        /* which migration */
    const char *way;  /* "up" or "down" */
    size_t step;
} embedder;

/* One byte within quotes. A question mark could begin a trigraph. */
static void add_char(gen_buf *out, unsigned char c, char quote)
{
    if (c == '\n') {
        gen_buf_add_text(out, "\\n");
    } else if (c == '\\' || c == '?' || c == (unsigned char)quote) {
        gen_buf_add_char(out, '\\');
        gen_buf_add_char(out, (char)c);
    } else if (c < 0x20 || c >= 0x7f) {
        gen_buf_add_fmt(out, "\\%c%c%c", '0' + (c >> 6), '0' + (c >> 3 & 7),
                        '0' + (c & 7));
    } else {
        gen_buf_add_char(out, (char)c);
    }
}

/* "text", a line of the source for each of its own. */
static void add_literal(gen_buf *out, const char *text, const char *indent)
{
    size_t i;

    gen_buf_add_char(out, '"');
    for (i = 0; text[i] != 0; i++) {
        add_char(out, (unsigned char)text[i], '"');
        if (text[i] == '\n' && text[i + 1] != 0) {
            gen_buf_add_fmt(out, "\"\n%s\"", indent);
        }
    }
    gen_buf_add_char(out, '"');
}

static void add_array(gen_buf *out, const char *text)
{
    size_t i;

    gen_buf_add_char(out, '{');
    for (i = 0; i == 0 || text[i - 1] != 0; i++) {
        gen_buf_add_text(out, i % PER_LINE == 0 ? "\n    '" : " '");
        if (text[i] == 0) {
            gen_buf_add_text(out, "\\0");
        } else {
            add_char(out, (unsigned char)text[i], '\'');
        }
        gen_buf_add_text(out, text[i] == 0 ? "'" : "',");
    }
    gen_buf_add_text(out, "\n}");
}

static void add_name(const embedder *e, const char *what)
{
    gen_buf_add_fmt(e->out, "%s_%zu_%zu_%s", e->way, e->at + 1, e->step + 1,
                    what);
}

/* static const char up_1_2_text[] = ...; */
static void add_variable(const embedder *e, const char *what,
                         const char *text)
{
    gen_buf_add_text(e->out, "static const char ");
    add_name(e, what);
    if (strlen(text) > LITERAL_MAX) {
        gen_buf_add_text(e->out, "[] = ");
        add_array(e->out, text);
    } else {
        gen_buf_add_text(e->out, "[] =\n    ");
        add_literal(e->out, text, "    ");
    }
    gen_buf_add_text(e->out, ";\n");
}

static bool is_long(const char *text)
{
    return text != NULL && strlen(text) > LITERAL_MAX;
}

static void add_variables(embedder *e, const surreal_migration_step *steps,
                          size_t count)
{
    for (e->step = 0; e->step < count; e->step++) {
        const surreal_migration_step *step = &steps[e->step];
        add_variable(e, "text", step->text);
        if (is_long(step->where)) add_variable(e, "where", step->where);
        if (is_long(step->touch)) add_variable(e, "touch", step->touch);
        if (is_long(step->archive)) {
            add_variable(e, "archive", step->archive);
        }
    }
}

/* A field of a struct: NULL, a literal, or the variable of a long one. */
static void add_text(const embedder *e, const char *what, const char *text)
{
    if (text == NULL) {
        gen_buf_add_text(e->out, "NULL");
    } else if (is_long(text)) {
        add_name(e, what);
    } else {
        add_literal(e->out, text, "      ");
    }
}

static void add_step(const embedder *e, const surreal_migration_step *step)
{
    static const char *const kinds[] = {
        "SURREAL_STEP_TX", "SURREAL_STEP_DATA", "SURREAL_STEP_INDEX"
    };

    gen_buf_add_fmt(e->out, "    { %s, ", kinds[step->kind]);
    add_name(e, "text");
    gen_buf_add_text(e->out, ", sizeof ");
    add_name(e, "text");
    gen_buf_add_text(e->out, " - 1,\n      ");
    add_text(e, "table", step->table);
    gen_buf_add_text(e->out, ", ");
    add_text(e, "index", step->index);
    gen_buf_add_text(e->out, ", ");
    add_text(e, "where", step->where);
    gen_buf_add_text(e->out, ", ");
    add_text(e, "touch", step->touch);
    gen_buf_add_text(e->out, ", ");
    add_text(e, "archive", step->archive);
    gen_buf_add_text(e->out, ",\n      ");
    add_text(e, "checksum", step->checksum);
    gen_buf_add_fmt(e->out, ", %lu, %lu, %u }", (unsigned long)step->line,
                    (unsigned long)step->batch, (unsigned)step->is_quiet);
}

static void add_steps(embedder *e, const surreal_migration_step *steps,
                      size_t count)
{
    if (count == 0) return;
    add_variables(e, steps, count);
    gen_buf_add_fmt(e->out, "static const surreal_migration_step %s_%zu[] = "
                    "{\n", e->way, e->at + 1);
    for (e->step = 0; e->step < count; e->step++) {
        add_step(e, &steps[e->step]);
        gen_buf_add_text(e->out, e->step + 1 < count ? ",\n" : "\n");
    }
    gen_buf_add_text(e->out, "};\n");
}

static void add_migration(embedder *e, size_t at)
{
    const surreal_migration *m = &e->chain->at[at];
    size_t i;

    e->at = at;
    gen_buf_add_fmt(e->out, "/* %s */\n", m->id);
    e->way = "up";
    add_steps(e, m->up, m->up_count);
    e->way = "down";
    add_steps(e, m->down, m->down_count);
    if (m->replaces_count > 0) {
        gen_buf_add_fmt(e->out, "static const char *const replaces_%zu[] = "
                        "{\n", at + 1);
        for (i = 0; i < m->replaces_count; i++) {
            gen_buf_add_fmt(e->out, "    \"%s\"%s\n", m->replaces[i],
                            i + 1 < m->replaces_count ? "," : "");
        }
        gen_buf_add_text(e->out, "};\n");
    }
    gen_buf_add_char(e->out, '\n');
}

/* "NAME_3, 2" or "NULL, 0". */
static void add_list(gen_buf *out, const char *name, size_t at, size_t count)
{
    if (count == 0) {
        gen_buf_add_text(out, "NULL, 0");
    } else {
        gen_buf_add_fmt(out, "%s_%zu, %zu", name, at + 1, count);
    }
}

static void add_row(const embedder *e, size_t at)
{
    static const char *const classes[] = {
        "EXACT", "SAFE", "MAY_FAIL", "LOSSY", "IRREVERSIBLE"
    };
    const surreal_migration *m = &e->chain->at[at];
    gen_buf *out = e->out;

    gen_buf_add_fmt(out, "    { \"%s\",\n      ", m->id);
    if (m->parent != NULL) {
        gen_buf_add_fmt(out, "\"%s\"", m->parent);
    } else {
        gen_buf_add_text(out, "NULL");
    }
    gen_buf_add_fmt(out, ",\n      \"%s\",\n      \"%s\",\n      ",
                    m->checksum, m->schema_hash);
    add_list(out, "replaces", at, m->replaces_count);
    gen_buf_add_text(out, ", ");
    add_list(out, "up", at, m->up_count);
    gen_buf_add_text(out, ", ");
    add_list(out, "down", at, m->down_count);
    gen_buf_add_fmt(out, ",\n      SURREAL_DOWN_%s, %u }%s\n",
                    classes[m->down_class], (unsigned)m->after_deploy,
                    at + 1 < e->chain->count ? "," : "");
}

static void add_source(embedder *e, const char *name, const char *header)
{
    gen_buf *out = e->out;
    size_t i;

    gen_buf_add_text(out, "/* Written by `surrealgen migrate embed`: edit the "
                     "migrations instead. */\n");
    gen_buf_add_fmt(out, "#include \"%s\"\n\n", header);
    for (i = 0; i < e->chain->count; i++) add_migration(e, i);
    if (e->chain->count > 0) {
        gen_buf_add_text(out, "static const surreal_migration all[] = {\n");
        for (i = 0; i < e->chain->count; i++) add_row(e, i);
        gen_buf_add_text(out, "};\n\n");
    }
    gen_buf_add_fmt(out, "const surreal_migrations %s = { %s, %zu, %d };\n",
                    name, e->chain->count > 0 ? "all" : "NULL",
                    e->chain->count, e->chain->major);
}

static void add_header(gen_buf *out, const char *name, const char *guard)
{
    gen_buf_add_text(out, "/* Written by `surrealgen migrate embed`: edit the "
                     "migrations instead.\n *\n");
    gen_buf_add_fmt(out, " *     surreal_status st = surreal_migrate(db, &%s, "
                    "NULL, NULL);\n */\n", name);
    gen_buf_add_fmt(out, "#ifndef %s\n#define %s\n#include \"surreal.h\"\n\n",
                    guard, guard);
    gen_buf_add_text(out, "#ifdef __cplusplus\nextern \"C\" {\n#endif\n\n");
    gen_buf_add_fmt(out, "extern const surreal_migrations %s;\n\n", name);
    gen_buf_add_text(out, "#ifdef __cplusplus\n}\n#endif\n\n#endif\n");
}

/* ------------------------------------------------------------------- verb */

static bool is_c_name(gen_str name)
{
    size_t i;

    for (i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        bool digit = c >= '0' && c <= '9';
        if (!((c | 0x20) >= 'a' && (c | 0x20) <= 'z') && c != '_'
            && !(digit && i > 0)) return false;
    }
    return name.len > 0 && name.ptr[0] != '_' && !emit_is_reserved(name)
        && !emit_is_macro(name) && !emit_is_scope(name);
}

/* "src/app.c" to "src/app.h", and to "app.h" at *base. */
static const char *header_of(gen_ctx *ctx, const char *path,
                             const char **base)
{
    const char *slash = strrchr(path, '/');
    const char *dot = strrchr(slash != NULL ? slash : path, '.');
    size_t len = dot != NULL ? (size_t)(dot - path) : strlen(path);
    gen_buf out;

    gen_buf_init(&out, ctx);
    gen_buf_add(&out, path, len);
    gen_buf_add_text(&out, ".h");
    slash = strrchr(out.ptr, '/');
    *base = slash != NULL ? slash + 1 : out.ptr;
    return out.ptr;
}

static const char *guard_of(gen_ctx *ctx, const char *name)
{
    gen_buf out;

    gen_buf_init(&out, ctx);
    for (; *name != 0; name++) {
        gen_buf_add_char(&out, *name >= 'a' && *name <= 'z'
                         ? (char)(*name - 'a' + 'A') : *name);
    }
    gen_buf_add_text(&out, "_H");
    return out.ptr;
}

static void add_depfile(const gen_cli *cli, const mig_chain *chain,
                        cli_outputs *all, const char *path)
{
    gen_list names = { NULL, 0, 0 };
    gen_buf out;
    size_t i;

    /* The folder, too: it is newer when a migration comes or goes. */
    gen_list_push(cli->ctx, &names, (void *)(uintptr_t)chain->dir.ptr);
    for (i = 0; i < chain->all.count; i++) {
        const mig_migration *m = mig_at(&chain->all, i);
        gen_list_push(cli->ctx, &names, (void *)(uintptr_t)m->up.path.ptr);
        gen_list_push(cli->ctx, &names, (void *)(uintptr_t)m->down.path.ptr);
        gen_list_push(cli->ctx, &names, (void *)(uintptr_t)m->snap_path.ptr);
    }
    gen_buf_init(&out, cli->ctx);
    cli_outputs_depfile(all, &names, &out);
    cli_outputs_add(all, path, out.ptr, out.len);
}

static void make_files(const gen_cli *cli, const mig_chain *chain,
                       const char *name, cli_outputs *all)
{
    const mig_migration *newest = chain->all.count > 0
        ? mig_at(&chain->heads, 0) : NULL;
    surreal_migrations runnable = mig_runnable(cli->ctx, chain,
        newest != NULL ? mig_target(newest) : gen_schema_of(cli->ctx)->target);
    const char *path = cli_text(cli, CLI_EMBED_OUT, NULL);
    const char *header, *base;
    embedder e;
    gen_buf out;

    memset(&e, 0, sizeof e);
    gen_buf_init(&out, cli->ctx);
    if (path == NULL) {
        gen_buf_add_fmt(&out, "%s.c", name);
        path = gen_str_copy(cli->ctx, out.ptr, out.len).ptr;
        gen_buf_init(&out, cli->ctx);
    }
    header = header_of(cli->ctx, path, &base);
    add_header(&out, name, guard_of(cli->ctx, name));
    cli_outputs_add(all, header, out.ptr, out.len);
    gen_buf_init(&out, cli->ctx);
    e.ctx = cli->ctx;
    e.out = &out;
    e.chain = &runnable;
    add_source(&e, name, base);
    cli_outputs_add(all, path, out.ptr, out.len);
}

int verb_migrate_embed(const gen_cli *cli)
{
    const char *name = cli_text(cli, CLI_C_NAME, "app_migrations");
    const char *depfile = cli_text(cli, CLI_DEPFILE, NULL);
    cli_outputs all = { NULL, { NULL, 0, 0 } };
    mig_chain chain;
    int rc;

    if (!is_c_name(gen_str_lit(name))) {
        cli_say("`%s` cannot be the name of a variable in C; choose another "
                "with --name", name);
        return CLI_USAGE;
    }
    rc = mig_need_folder(cli);
    if (rc == CLI_FINE) rc = mig_read_chain(cli, &chain);
    if (rc != CLI_FINE) return rc;
    rc = mig_check_chain(&chain, false);
    if (rc != CLI_FINE) {
        cli_print_diags(cli);
        return rc;
    }
    all.ctx = cli->ctx;
    make_files(cli, &chain, name, &all);
    if (cli_flag(cli, CLI_COMPARE)) {
        return cli_outputs_compare(&all, "the migrations; `surrealgen migrate "
                                   "embed` writes them");
    }
    if (depfile != NULL) add_depfile(cli, &chain, &all, depfile);
    return cli_outputs_write(&all);
}
