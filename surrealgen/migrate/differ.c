/* surrealgen/migrate/differ.c: a list of differences, told. */
#include "../cli/json.h"
#include "../fmt/diff.h"
#include "../schema/front.h"
#include "drift.h"

#include <stdio.h>
#include <string.h>

#define SHORT 96 /* bytes of a definition in the list */

static const char *const severity_words[] = { "error", "warning", "info" };
static const char *const op_words[] = { "extra", "missing", "changed" };
static const char *const kind_words[] = {
    "analyzer", "bucket", "param", "function", "sequence", "module", "table",
    "field", "index", "table", "event", "model", "api", "config", "access",
    "user"
};

/* ----------------------------------------------------------------- severity */

/* Without what only people read, or with what only decides who may. */
static gen_str cut_clause(gen_ctx *ctx, gen_str text, const char *word,
                          bool to_end)
{
    size_t len = strlen(word);
    gen_buf out;
    size_t i = 0;

    gen_buf_init(&out, ctx);
    while (i < text.len) {
        char c = text.ptr[i];
        if (c == '\'' || c == '"' || c == '`') {
            size_t from = i;
            for (i++; i < text.len && text.ptr[i] != c; i++) {
                if (text.ptr[i] == '\\') i++;
            }
            if (i < text.len) i++;
            gen_buf_add(&out, text.ptr + from, i - from);
            continue;
        }
        if (i + len > text.len || memcmp(text.ptr + i, word, len) != 0) {
            gen_buf_add_char(&out, c);
            i++;
            continue;
        }
        if (to_end) break;
        i += len;
        while (i < text.len && text.ptr[i] != '\'') i++;
        for (i++; i < text.len && text.ptr[i] != '\''; i++) {
            if (text.ptr[i] == '\\') i++;
        }
        i++;
    }
    return gen_buf_str(&out);
}

static bool same_without(gen_ctx *ctx, gen_version target,
                         const mig_drift *drift, bool perms)
{
    gen_str a = cut_clause(ctx, drift->ours, " COMMENT ", false);
    gen_str b = cut_clause(ctx, drift->live, " COMMENT ", false);

    if (perms) {
        a = cut_clause(ctx, a, " PERMISSIONS ", true);
        b = cut_clause(ctx, b, " PERMISSIONS ", true);
    }
    return gen_str_eq(mig_normal(ctx, target, a), mig_normal(ctx, target, b));
}

static mig_severity severity_of(gen_ctx *ctx, gen_version target,
                                const mig_drift *drift)
{
    if (drift->op == MIG_REMOVE) return MIG_ERROR;
    /* Who may sign in is decided at each database: a password in a migration
     * is refused. */
    if (drift->op == MIG_ADD) {
        return drift->kind == DB_USER ? MIG_INFO : MIG_WARNING;
    }
    if (same_without(ctx, target, drift, false)) return MIG_INFO;
    return same_without(ctx, target, drift, true) ? MIG_WARNING : MIG_ERROR;
}

/* --------------------------------------------------------------------- text */

void mig_add_object(gen_buf *out, const mig_drift *drift)
{
    gen_buf_add_fmt(out, "%s ", kind_words[drift->kind]);
    switch (drift->kind) {
    case DB_FIELD:
        gen_surql_name(out, drift->table);
        gen_buf_add_char(out, '.');
        gen_buf_add_str(out, drift->name);
        return;
    case DB_INDEX:
    case DB_EVENT:
        gen_surql_name(out, drift->table);
        gen_buf_add_char(out, '.');
        gen_surql_name(out, drift->name);
        return;
    case DB_FUNCTION:
        gen_surql_function(out, drift->name);
        return;
    case DB_PARAM:
        gen_buf_add_char(out, '$');
        gen_surql_name(out, drift->name);
        return;
    default:
        gen_buf_add_str(out, drift->name);
        return;
    }
}

/* Behind "DEFINE FIELD name ON t TYPE": what there is to know once the object
 * is named. */
static gen_str tail_of(gen_str text)
{
    static const char *const words[] = {
        " TYPE ", " FIELDS ", " WHEN ", " VALUE ", " THEN ", " TOKENIZERS ",
        "(", NULL
    };
    size_t best = text.len;
    size_t skip = 0;
    size_t i;
    size_t k;

    for (k = 0; words[k] != NULL; k++) {
        size_t len = strlen(words[k]);
        for (i = 0; i + len <= best; i++) {
            if (memcmp(text.ptr + i, words[k], len) != 0) continue;
            best = i;
            skip = k == 0 ? len : words[k][0] == ' ' ? 1 : 0;
        }
    }
    if (best == text.len) return text;
    return gen_str_sub(text, best + skip, text.len);
}

static void add_short(gen_buf *out, gen_str text)
{
    gen_str tail = tail_of(text);
    size_t i;

    for (i = 0; i < tail.len && i < SHORT; i++) {
        gen_buf_add_char(out, tail.ptr[i] == '\n' ? ' ' : tail.ptr[i]);
    }
    if (i < tail.len) gen_buf_add_text(out, "...");
}

/* One clause a line, for a diff to be about the clause. */
static gen_str clause_lines(gen_ctx *ctx, gen_str text)
{
    static const char *const words[] = {
        " TYPE ", " DEFAULT ", " READONLY", " VALUE ", " ASSERT ",
        " COMPUTED ", " REFERENCE", " COMMENT ", " PERMISSIONS ", " FIELDS ",
        " UNIQUE", " WHEN ", " THEN ", " AS ", " CHANGEFEED ", " SCHEMAFULL",
        " SCHEMALESS", " SIGNUP ", " SIGNIN ", " DURATION ", " FOR ", NULL
    };
    char quote = 0;
    gen_buf out;
    size_t i;
    size_t k;

    gen_buf_init(&out, ctx);
    for (i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (quote != 0) {
            if (c == quote) quote = 0;
        } else if (c == '\'' || c == '"' || c == '`') {
            quote = c;
        }
        for (k = 0; quote == 0 && words[k] != NULL; k++) {
            size_t len = strlen(words[k]);
            if (i + len <= text.len
                && memcmp(text.ptr + i, words[k], len) == 0) break;
        }
        if (quote == 0 && words[k] != NULL) {
            gen_buf_add_text(&out, "\n   ");
        }
        gen_buf_add_char(&out, c);
    }
    gen_buf_add_char(&out, '\n');
    return gen_buf_str(&out);
}

static void add_diff(const mig_differ *d, gen_buf *out,
                     const mig_drift *drift)
{
    gen_ctx *ctx = d->cli->ctx;
    gen_str none = { "", 0 };
    gen_buf name;

    gen_buf_init(&name, ctx);
    mig_add_object(&name, drift);
    gen_diff(ctx, name.ptr,
             drift->op == MIG_ADD ? none : clause_lines(ctx, drift->ours),
             drift->op == MIG_REMOVE ? none : clause_lines(ctx, drift->live),
             out);
}

static void add_line(const mig_differ *d, gen_buf *out,
                     const mig_drift *drift)
{
    static const char marks[] = { '+', '-', '~' };
    const char *theirs = d->theirs_word != NULL ? d->theirs_word : "live";
    gen_buf object;
    size_t pad;

    gen_buf_init(&object, d->cli->ctx);
    mig_add_object(&object, drift);
    gen_buf_add_fmt(out, "  %c %s", marks[drift->op], object.ptr);
    for (pad = object.len; pad < 18; pad++) gen_buf_add_char(out, ' ');
    if (drift->op != MIG_CHANGE) {
        gen_buf_add_fmt(out, "  %s only: ",
                        drift->op == MIG_ADD ? theirs : d->ours_word);
        add_short(out, drift->op == MIG_ADD ? drift->live : drift->ours);
        gen_buf_add_char(out, '\n');
        return;
    }
    gen_buf_add_fmt(out, "  %s: ", d->ours_word);
    add_short(out, drift->ours);
    gen_buf_add_char(out, '\n');
    for (pad = 0; pad < (object.len < 18 ? 18 : object.len) + 6; pad++) {
        gen_buf_add_char(out, ' ');
    }
    gen_buf_add_fmt(out, "%s: ", theirs);
    for (pad = strlen(theirs); pad < strlen(d->ours_word); pad++) {
        gen_buf_add_char(out, ' ');
    }
    add_short(out, drift->live);
    gen_buf_add_char(out, '\n');
}

static const char *how_text(const mig_differ *d)
{
    static const char *const texts[] = {
        "both in the server's words, in a database that was rolled back",
        "both in the server's words, in this database, rolled back; indexes "
        "and views\n  by their texts",
        "by the texts of the definitions, since no shadow was allowed:\n"
        "  --dev-url names a server to try them on"
    };
    if (d->how == MIG_SHADOW_NONE && !d->has_server) {
        return "by the texts of the definitions";
    }
    return texts[d->how];
}

/* The option that points where this run was pointed. */
static void add_where(const mig_differ *d, gen_buf *out)
{
    static const struct {
        cli_opt id;
        const char *name;
    } rows[] = {
        { CLI_ENV, "env" }, { CLI_DUMP_FILE, "from" }, { CLI_OPT_COUNT, NULL }
    };
    size_t i;

    for (i = 0; rows[i].name != NULL; i++) {
        const char *text;
        if (!cli_has(d->cli->verb, rows[i].id)) continue;
        text = cli_text(d->cli, rows[i].id, NULL);
        if (text != NULL) gen_buf_add_fmt(out, " --%s %s", rows[i].name, text);
    }
}

static void add_title(const mig_differ *d, gen_buf *out)
{
    gen_buf_add_text(out, d->cli->verb->name);
    add_where(d, out);
}

static void add_advice(const mig_differ *d, gen_buf *out)
{
    if (!cli_has(d->cli->verb, CLI_STATEMENTS)) return;
    gen_buf_add_fmt(out, "  adopt the live state:   surrealgen ");
    add_title(d, out);
    gen_buf_add_text(out, " --print adopt\n  restore ours:           "
                     "surrealgen ");
    add_title(d, out);
    gen_buf_add_text(out, " --print restore\n");
}

/* The most severe first: a report is read from the top. */
static void add_list(const mig_differ *d, gen_version target, gen_buf *out)
{
    bool diff = cli_flag(d->cli, CLI_SHOW_DIFF);
    int severity;
    size_t i;

    for (severity = MIG_ERROR; severity <= MIG_INFO; severity++) {
        for (i = 0; i < d->list.count; i++) {
            const mig_drift *drift = mig_drift_at(&d->list, i);
            if ((int)severity_of(d->cli->ctx, target, drift)
                != severity) continue;
            if (diff) add_diff(d, out, drift);
            else add_line(d, out, drift);
        }
    }
}

static void add_text(const mig_differ *d, gen_version target, gen_buf *out)
{
    size_t counts[3] = { 0, 0, 0 };
    size_t i;

    add_title(d, out);
    if (d->list.count == 0) {
        gen_buf_add_fmt(out, ": no drift, %zu objects are as in %s\n",
                        d->objects, d->against);
        return;
    }
    for (i = 0; i < d->list.count; i++) {
        counts[severity_of(d->cli->ctx, target,
                               mig_drift_at(&d->list, i))]++;
    }
    gen_buf_add_fmt(out, ": %s, %zu object%s from %s\n",
                    counts[MIG_ERROR] + counts[MIG_WARNING] > 0 ? "drift"
                    : "nothing of consequence", d->list.count,
                    d->list.count == 1 ? " differs" : "s differ", d->against);
    add_list(d, target, out);
    gen_buf_add_fmt(out, "  %zu errors, %zu warnings, %zu of no consequence\n"
                    "  compared %s\n", counts[0], counts[1], counts[2],
                    how_text(d));
    add_advice(d, out);
}

/* ---------------------------------------------------------- json, SurrealQL */

static void add_json(const mig_differ *d, gen_version target, gen_buf *out)
{
    static const char *const hows[] = { "database", "in-place", "texts" };
    cli_json json;
    size_t i;

    cli_json_init(&json, out, 2);
    cli_json_open(&json, '{');
    cli_json_key(&json, "against");
    cli_json_text(&json, d->against);
    cli_json_key(&json, "compared");
    cli_json_text(&json, hows[d->how]);
    cli_json_key(&json, "objects");
    cli_json_uint(&json, d->objects);
    cli_json_key(&json, "differences");
    cli_json_open(&json, '[');
    for (i = 0; i < d->list.count; i++) {
        const mig_drift *drift = mig_drift_at(&d->list, i);
        cli_json_open(&json, '{');
        cli_json_key(&json, "change");
        cli_json_text(&json, op_words[drift->op]);
        cli_json_key(&json, "severity");
        cli_json_text(&json, severity_words[severity_of(d->cli->ctx,
                                                            target, drift)]);
        cli_json_key(&json, "kind");
        cli_json_text(&json, kind_words[drift->kind]);
        cli_json_key(&json, "table");
        cli_json_str(&json, drift->table);
        cli_json_key(&json, "name");
        cli_json_str(&json, drift->name);
        cli_json_key(&json, "ours");
        if (drift->op == MIG_ADD) cli_json_null(&json);
        else cli_json_str(&json, drift->ours);
        cli_json_key(&json, "live");
        if (drift->op == MIG_REMOVE) cli_json_null(&json);
        else cli_json_str(&json, drift->live);
        cli_json_close(&json, '}');
    }
    cli_json_close(&json, ']');
    cli_json_close(&json, '}');
    gen_buf_add_char(out, '\n');
}

/* REMOVE of what only one side has. */
static void add_remove(gen_buf *out, const mig_drift *drift)
{
    static const char *const words[] = {
        "ANALYZER", "BUCKET", "PARAM", "FUNCTION", "SEQUENCE", "MODULE",
        "TABLE", "FIELD", "INDEX", "TABLE", "EVENT", "MODEL", "API",
        "CONFIG", "ACCESS", "USER"
    };
    bool of_table = drift->kind == DB_FIELD || drift->kind == DB_INDEX
        || drift->kind == DB_EVENT;

    gen_buf_add_fmt(out, "REMOVE %s ", words[drift->kind]);
    switch (drift->kind) {
    case DB_FIELD:
    case DB_CONFIG:
        gen_buf_add_str(out, drift->name);
        break;
    case DB_FUNCTION:
        gen_surql_function(out, drift->name);
        break;
    case DB_PARAM:
        gen_buf_add_char(out, '$');
        gen_surql_name(out, drift->name);
        break;
    case DB_API:
        gen_surql_string(out, drift->name);
        break;
    default:
        gen_surql_name(out, drift->name);
        break;
    }
    if (of_table) {
        gen_buf_add_text(out, " ON ");
        gen_surql_name(out, drift->table);
    }
    if (drift->kind == DB_ACCESS || drift->kind == DB_USER) {
        gen_buf_add_text(out, " ON DATABASE");
    }
    gen_buf_add_text(out, ";\n");
}

static void add_statements(const mig_differ *d, gen_buf *out, bool restore)
{
    size_t i;

    for (i = 0; i < d->list.count; i++) {
        const mig_drift *drift = mig_drift_at(&d->list, i);
        gen_str want = restore ? drift->ours : drift->live;
        gen_str is = restore ? drift->live : drift->ours;
        if (drift->op == MIG_ADD && drift->kind == DB_USER) continue;
        if (want.len == 0) {
            add_remove(out, drift);
            continue;
        }
        /* SurrealDB does not replace the definition of a view. */
        if (is.len > 0 && drift->kind == DB_VIEW) {
            add_remove(out, drift);
            is.len = 0;
        }
        if (memchr(want.ptr, '[', want.len) != NULL
            && strstr(want.ptr, "'[REDACTED]'") != NULL) {
            gen_buf_add_text(out, "-- its keys are not told; write them:\n");
        }
        mig_redefine(out, want, is.len > 0);
    }
}

/* -------------------------------------------------------------- the verdict */

static int verdict(const mig_differ *d, gen_version target)
{
    const char *fail = cli_text(d->cli, CLI_FAIL_ON, "warning");
    int limit = strcmp(fail, "error") == 0 ? MIG_ERROR
        : strcmp(fail, "warning") == 0 ? MIG_WARNING : MIG_INFO;
    size_t i;

    for (i = 0; i < d->list.count; i++) {
        if ((int)severity_of(d->cli->ctx, target,
                                 mig_drift_at(&d->list, i)) <= limit) {
            return CLI_FOUND;
        }
    }
    return CLI_FINE;
}

static gen_str hide_hash(gen_ctx *ctx, gen_str text)
{
    static const char word[] = " PASSHASH '";
    const char *at = text.len > 0 ? strstr(text.ptr, word) : NULL;
    gen_buf out;
    size_t from;
    size_t to;

    if (at == NULL) return text;
    from = (size_t)(at - text.ptr) + sizeof word - 1;
    for (to = from; to < text.len && text.ptr[to] != '\''; to++) {
    }
    gen_buf_init(&out, ctx);
    gen_buf_add(&out, text.ptr, from);
    gen_buf_add_text(&out, "[REDACTED]");
    gen_buf_add(&out, text.ptr + to, text.len - to);
    return gen_buf_str(&out);
}

/* Reports end up in logs: hashes of passwords are not told. */
static void hide_hashes(const mig_differ *d)
{
    size_t i;

    for (i = 0; i < d->list.count; i++) {
        mig_drift *drift = mig_drift_at(&d->list, i);
        if (drift->kind != DB_USER) continue;
        drift->ours = hide_hash(d->cli->ctx, drift->ours);
        drift->live = hide_hash(d->cli->ctx, drift->live);
    }
}

int mig_tell_drift(const mig_differ *differ, gen_version target)
{
    const char *print = cli_text(differ->cli, CLI_STATEMENTS, NULL);
    const char *format = cli_text(differ->cli, CLI_REPORT, "text");
    gen_buf out;

    if (print == NULL) hide_hashes(differ);
    gen_buf_init(&out, differ->cli->ctx);
    if (print != NULL) {
        add_statements(differ, &out, strcmp(print, "restore") == 0);
    } else if (strcmp(format, "json") == 0) {
        add_json(differ, target, &out);
    } else {
        add_text(differ, target, &out);
    }
    if (!cli_write_stdout(&out)) return CLI_FAILED;
    return verdict(differ, target);
}
