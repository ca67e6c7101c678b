/* surrealgen/migrate/spent.c: hints about renames that have done their work.
 *
 * @was and @new are for one migration. Once the newest snapshot has the new
 * name and no longer the old one they say nothing, and would say something
 * wrong on the day the old name is used again. `fmt` by itself looks at one
 * file and nothing else, so that an editor can call it; the snapshot is looked
 * at when it is asked to. */
#include "files.h"
#include "plan.h"
#include "spent.h"

#include <stdio.h>
#include <string.h>

/* One @was or @new as written, with all that was made of it: a member of a
 * struct is a column in several tables. */
typedef struct hint {
    const gen_attrs *attrs;
    const gen_attr *attr;
    bool is_needed;
} hint;

typedef struct search {
    gen_ctx *ctx;
    const mig_state *newest;
    gen_list hints;
} search;

static const gen_attr *hint_of(const gen_attrs *attrs)
{
    size_t i;

    for (i = 0; i < attrs->list.count; i++) {
        const gen_attr *attr = (const gen_attr *)attrs->list.at[i];
        if (gen_str_is(attr->name, "was") || gen_str_is(attr->name, "new")) {
            return attr;
        }
    }
    return NULL;
}

static void found(search *s, const gen_attrs *attrs, bool is_spent)
{
    const gen_attr *attr = hint_of(attrs);
    hint *one = NULL;
    size_t i;

    if (attr == NULL || attr->pos.file == NULL) return;
    for (i = 0; i < s->hints.count; i++) {
        hint *other = (hint *)s->hints.at[i];
        if (other->attr->pos.file == attr->pos.file
            && other->attr->pos.off == attr->pos.off) one = other;
    }
    if (one == NULL) {
        one = (hint *)gen_new(s->ctx, sizeof *one);
        one->attrs = attrs;
        one->attr = attr;
        gen_list_push(s->ctx, &s->hints, one);
    }
    if (!is_spent) one->is_needed = true;
}

/* The key with another last name: of a column in its object, of an index on
 * its table. */
static gen_str old_key(search *s, const mig_def *def)
{
    gen_str path = def->spelled;
    size_t from = 0;
    bool quoted = false;
    gen_buf key;
    size_t i;

    for (i = 0; i < path.len && def->kind == DB_FIELD; i++) {
        if (path.ptr[i] == '`') quoted = !quoted;
        if (path.ptr[i] == '.' && !quoted) from = i + 1;
    }
    gen_buf_init(&key, s->ctx);
    gen_buf_add(&key, def->key.ptr, def->key.len - path.len + from);
    gen_surql_name(&key, def->was);
    return gen_buf_str(&key);
}

static void look_at(search *s, const mig_def *def)
{
    bool spent = mig_find(s->newest, def->key) != NULL;

    if (def->attrs == NULL || (def->was.len == 0 && !def->is_new)) return;
    if (spent && def->was.len > 0) {
        spent = mig_find(s->newest, old_key(s, def)) == NULL;
    }
    found(s, def->attrs, spent);
}

/* A string stands in some definition of a column. */
static bool is_stored(search *s, gen_str word)
{
    gen_buf text;
    size_t i;

    gen_buf_init(&text, s->ctx);
    gen_surql_string(&text, word);
    for (i = 0; i < s->newest->defs.count; i++) {
        const mig_def *def = mig_def_at(&s->newest->defs, i);
        if (def->kind == DB_FIELD && strstr(def->text.ptr, text.ptr)) {
            return true;
        }
    }
    return false;
}

static void look_at_variants(search *s, const gen_schema *schema)
{
    size_t i, k;

    for (i = 0; i < schema->enums.count; i++) {
        const gen_enum *e = gen_enum_at(&schema->enums, i);
        for (k = 0; k < e->variants.count; k++) {
            const gen_variant *v = gen_variant_at(&e->variants, k);
            bool asks = v->attrs.was.len > 0 || v->attrs.is_new;
            if (e->is_int || !asks) continue;
            found(s, &v->attrs, is_stored(s, v->value)
                  && (v->attrs.was.len == 0
                      || !is_stored(s, v->attrs.was)));
        }
    }
}

static int find(const gen_cli *cli, const mig_state *newest, search *s)
{
    mig_state files;
    size_t i;
    int rc = mig_state_of_files(cli->ctx, &files);

    memset(s, 0, sizeof *s);
    s->ctx = cli->ctx;
    s->newest = newest;
    if (rc != CLI_FINE) return rc;
    for (i = 0; i < files.defs.count; i++) {
        look_at(s, mig_def_at(&files.defs, i));
    }
    look_at_variants(s, gen_schema_of(cli->ctx));
    return CLI_FINE;
}

/* ----------------------------------------------------------------- removing */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* Behind the argument in parentheses, when there is one. */
static size_t behind_argument(gen_str text, size_t at)
{
    char quote = 0;

    if (at >= text.len || text.ptr[at] != '(') return at;
    for (at++; at < text.len && text.ptr[at] != '\n'; at++) {
        char c = text.ptr[at];
        if (quote != 0 && c == '\\') {
            at++;
        } else if (quote != 0) {
            if (c == quote) quote = 0;
        } else if (c == '\'' || c == '"' || c == '`') {
            quote = c;
        } else if (c == ')') {
            return at + 1;
        }
    }
    return at;
}

/* The hint with the blanks before it; of a comment that is nothing else, the
 * line. False: it does not stand where it was read, in a comment that says
 * more. */
static bool extent(const hint *one, size_t *from, size_t *to)
{
    gen_str text = one->attr->pos.file->text;

    *from = one->attr->pos.off;
    *to = behind_argument(text, *from + one->attr->pos.len);
    if (*to > text.len || *from >= *to || text.ptr[*from] != '@') {
        return false;
    }
    while (*from > 0 && is_blank(text.ptr[*from - 1])) (*from)--;
    if (*from < 2 || memcmp(text.ptr + *from - 2, "--", 2) != 0) return true;
    *from -= 2;
    while (*from > 0 && text.ptr[*from - 1] == '-') (*from)--;
    while (*from > 0 && is_blank(text.ptr[*from - 1])) (*from)--;
    while (*to < text.len && is_blank(text.ptr[*to])) (*to)++;
    if (*to < text.len && text.ptr[*to] != '\n') return false;
    if (*from > 0 && text.ptr[*from - 1] == '\n' && *to < text.len) (*to)++;
    return true;
}

static bool has_spent(const search *s, const gen_file *file)
{
    size_t i, from, to;

    for (i = 0; i < s->hints.count; i++) {
        const hint *one = (const hint *)s->hints.at[i];
        if (!one->is_needed && one->attr->pos.file == file
            && extent(one, &from, &to)) return true;
    }
    return false;
}

/* The next one of the file at or behind a byte. */
static const hint *next_in(const search *s, const gen_file *file, size_t at)
{
    const hint *best = NULL;
    size_t i, from, to;

    for (i = 0; i < s->hints.count; i++) {
        const hint *one = (const hint *)s->hints.at[i];
        if (one->is_needed || one->attr->pos.file != file
            || one->attr->pos.off < at || !extent(one, &from, &to)) continue;
        if (best == NULL || one->attr->pos.off < best->attr->pos.off) {
            best = one;
        }
    }
    return best;
}

static bool remove_from(const search *s, const gen_file *file)
{
    const hint *one;
    size_t at = 0;
    size_t from, to;
    gen_buf out;

    gen_buf_init(&out, s->ctx);
    while ((one = next_in(s, file, at)) != NULL) {
        extent(one, &from, &to);
        gen_buf_add(&out, file->text.ptr + at, from - at);
        at = to;
    }
    gen_buf_add(&out, file->text.ptr + at, file->text.len - at);
    return cli_write_file(s->ctx, file->name.ptr, out.ptr, out.len);
}

static void print_spent(const search *s, const gen_file *file, gen_buf *out)
{
    size_t from, to, at = 0;
    const hint *one;

    while ((one = next_in(s, file, at)) != NULL) {
        extent(one, &from, &to);
        gen_buf_add_fmt(out, "%s:%u: ", file->name.ptr, one->attr->pos.line);
        gen_buf_add(out, file->text.ptr + one->attr->pos.off,
                    behind_argument(file->text, one->attr->pos.off
                                    + one->attr->pos.len)
                    - one->attr->pos.off);
        gen_buf_add_char(out, '\n');
        at = to;
    }
}

/* ------------------------------------------------------------------- verbs */

int verb_fmt_spent(const gen_cli *cli)
{
    const gen_list *files;
    const mig_migration *newest = NULL;
    mig_chain chain;
    mig_state snapshot;
    search s;
    gen_buf out;
    size_t i;
    bool any = false;
    int rc = cli_load(cli);

    if (rc == CLI_FINE) rc = mig_read_chain(cli, &chain);
    if (rc == CLI_FINE) rc = mig_newest(&chain, &newest);
    if (rc != CLI_FINE) return rc;
    if (newest == NULL) {
        cli_say("fmt --spent-hints: there is no migration in %s yet, so that "
                "every hint is still needed", chain.dir.ptr);
        return CLI_FINE;
    }
    rc = mig_state_of_text(cli->ctx, mig_target(newest),
                           newest->snap_path.ptr, newest->snapshot,
                           &snapshot);
    if (rc == CLI_FINE) rc = find(cli, &snapshot, &s);
    if (rc != CLI_FINE) return rc;
    files = &gen_schema_of(cli->ctx)->files;
    gen_buf_init(&out, cli->ctx);
    for (i = 0; i < files->count; i++) {
        const gen_file *file = gen_file_at(files, i);
        if (!has_spent(&s, file)) continue;
        any = true;
        print_spent(&s, file, &out);
        if (!cli_flag(cli, CLI_COMPARE) && !remove_from(&s, file)) {
            return CLI_FAILED;
        }
    }
    if (out.len > 0 && !cli_write_stdout(&out)) return CLI_FAILED;
    return any && cli_flag(cli, CLI_COMPARE) ? CLI_FOUND : CLI_FINE;
}

void mig_tell_spent(const gen_cli *cli, const mig_state *newest)
{
    size_t count = 0;
    size_t i;
    search s;

    if (find(cli, newest, &s) != CLI_FINE) return;
    for (i = 0; i < s.hints.count; i++) {
        count += !((const hint *)s.hints.at[i])->is_needed;
    }
    if (count == 0) return;
    fprintf(stderr, "%zu hint%s (@was, @new) %s done %s work: `surrealgen fmt "
            "--spent-hints` takes %s out\n", count, count == 1 ? "" : "s",
            count == 1 ? "has" : "have", count == 1 ? "its" : "their",
            count == 1 ? "it" : "them");
}
