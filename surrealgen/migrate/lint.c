/* surrealgen/migrate/lint.c: the rules about migrations, and what is allowed.
 *
 * One table has all of them. A rule with a function looks at every statement;
 * one without is a rule of the front end (version.c, check.c, advise.c), which
 * reads the schema before the migration with the script behind it: what it
 * finds in the script is passed on, with the level of the table. */
#include "lint.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum {
    IN_UP = 1,
    IN_BOTH = 3,  /* on the way down, too */
    SERVER = 4,   /* says nothing without a server */
    PROGRAM = 8,  /* says nothing without schema files */
    ELSEWHERE = 16, /* not found here: for the list alone */
    UNSAID = 32   /* on the way down, too, when its class is below lossy: by
                     hand, or an edit that the class knows nothing of */
};

typedef struct rule {
    gen_code code;
    char level;         /* E, W or N */
    unsigned where;
    const char *class_; /* of --allow, beside the code */
    lint_run *run;
    const char *text;
} rule;

static const rule rules[] = {
    { SG101, 'E', IN_UP | UNSAID, "data-loss", lint_remove_table,
      "REMOVE TABLE of a table with rows; names what links to it" },
    { SG102, 'E', IN_UP, "data-loss", lint_remove_field,
      "REMOVE FIELD of a column with values" },
    { SG103, 'E', IN_UP | UNSAID, "data-loss", lint_remove_all,
      "REMOVE DATABASE or NAMESPACE; DELETE without WHERE" },
    { SG104, 'E', IN_UP, NULL, lint_variant,
      "a type loses values that rows may have; a note with touch=" },
    { SG105, 'W', IN_UP, NULL, lint_remove_access,
      "REMOVE ACCESS or USER: sessions end" },
    { SG106, 'E', IN_UP, "data-loss", lint_copy_table,
      "a table is renamed by a copy: record ids change" },
    { SG201, 'E', IN_UP, NULL, lint_required,
      "a new required column without default or backfill" },
    { SG202, 'E', IN_UP, NULL, lint_new_default,
      "a default without a backfill: old rows do not get it" },
    { SG203, 'E', IN_UP, NULL, lint_cast,
      "another type without a step that casts the values" },
    { SG204, 'E', IN_UP, NULL, lint_unique,
      "UNIQUE over values that occur twice; a note without a server" },
    { SG205, 'W', IN_UP, NULL, lint_touch,
      "stronger ASSERT, no longer optional, SCHEMAFULL: no touch check" },
    { SG206, 'E', IN_BOTH, NULL, lint_stays,
      "REMOVE FIELD without UNSET, SCHEMAFULL; a warning on 2.x" },
    { SG207, 'E', IN_BOTH, NULL, lint_unset_first,
      "UNSET of a required or read-only column before its REMOVE" },
    { SG208, 'E', IN_UP, NULL, lint_edge,
      "an edge gets narrower or ENFORCED; a warning without a server" },
    { SG209, 'W', IN_UP, NULL, lint_cascade,
      "REFERENCE ON DELETE CASCADE is new on a column" },
    { SG301, 'W', IN_UP, NULL, lint_rename,
      "a rename that running programs meet" },
    { SG302, 'E', IN_UP, NULL, lint_function,
      "a function goes or takes other arguments while somebody calls it" },
    { SG303, 'E', IN_UP | PROGRAM, NULL, lint_query_field,
      "a column goes while a query uses it" },
    { SG304, 'W', IN_UP, NULL, lint_perms,
      "other PERMISSIONS; prints both" },
    { SG305, 'E', IN_UP, NULL, lint_contract,
      "`-- phase: contract`: waits for `--after-deploy`" },
    { SG401, 'E', IN_BOTH, NULL, lint_hash,
      "`VALUE crypto::...::generate($value)` hashes again and again" },
    { SG402, 'E', IN_BOTH, NULL, NULL,
      "a function under its name of before 3.0" },
    { SG403, 'E', IN_BOTH, NULL, NULL,
      "what the target does not have yet" },
    { SG404, 'E', IN_BOTH, NULL, NULL,
      "what the target no longer has: SEARCH, MTREE, FLEXIBLE TYPE, ..." },
    { SG406, 'E', IN_BOTH, NULL, NULL, "a spelling of SurrealDB 1.x" },
    { SG408, 'N', IN_UP, NULL, lint_length,
      "`array<T, N>` is exactly N on 3.x" },
    { SG420, 'W', IN_UP, NULL, lint_loud,
      "a backfill that runs events, VALUE or DEFAULT ALWAYS" },
    { SG421, 'E', IN_BOTH, NULL, lint_aside,
      "CONCURRENTLY outside of an index step" },
    { SG422, 'E', IN_BOTH, NULL, lint_beside,
      "a UNIQUE index in one transaction with its rows" },
    { SG423, 'E', IN_BOTH, NULL, lint_view,
      "DEFINE TABLE OVERWRITE ... AS of a view that is there; 3.x" },
    { SG424, 'E', IN_BOTH, NULL, lint_id_default, "DEFAULT on `id`" },
    { SG501, 'W', IN_UP | SERVER, NULL, lint_big_update,
      "more than 50,000 rows written in one transaction" },
    { SG502, 'W', IN_UP | SERVER, NULL, lint_big_index,
      "an index over more than 50,000 rows without CONCURRENTLY" },
    { SG503, 'N', IN_UP | PROGRAM, NULL, lint_new_index,
      "an index no query uses; `check --notes`: a query without index" },
    { SG504, 'W', IN_UP, NULL, NULL,
      "an index whose columns another one begins with" },
    { SG601, 'N', IN_UP, NULL, NULL,
      "a table without PERMISSIONS where records sign in" },
    { SG602, 'E', IN_UP, NULL, lint_secret,
      "everybody may read a column that is `@secret` or a hash" },
    { SG603, 'E', IN_BOTH, NULL, NULL,
      "a password, key or token in the file" },
    { SG604, 'W', IN_UP, NULL, NULL, "an access without DURATION FOR SESSION" },
    { SG701, 'E', ELSEWHERE, NULL, NULL,
      "two columns have one name in C: `check`" },
    { SG702, 'E', ELSEWHERE, NULL, NULL,
      "two tables have one name in C: `check`" },
    { SG704, 'W', IN_UP, NULL, NULL,
      "mixed styles of names, or names that differ in case alone" },
    { SG1229, 'E', IN_BOTH, NULL, NULL,
      "a name of a column that breaks INFO (`select`)" },
    { SG801, 'E', ELSEWHERE, NULL, NULL,
      "two heads, an edited or unknown migration: `migrate check`, `up`" },
    { SG901, 'W', IN_BOTH, NULL, NULL, "`sg-allow` that allows nothing" }
};

enum { RULE_COUNT = sizeof rules / sizeof rules[0] };

static const rule *find_rule(gen_code code)
{
    size_t i;

    for (i = 0; i < RULE_COUNT; i++) {
        if (rules[i].code == code) return &rules[i];
    }
    return NULL;
}

static bool is_for(const lint *l, const rule *r)
{
    if (!l->is_down) return true;
    if (l->how->unsaid) return (r->where & UNSAID) != 0;
    return (r->where & IN_BOTH) == IN_BOTH
        || ((r->where & UNSAID) != 0 && l->how->what->down_class < MIG_LOSSY);
}

void mig_print_rules(gen_buf *out)
{
    size_t i;

    gen_buf_add_text(out, "| code | level | rule | asks | approve with |\n"
                     "|---|---|---|---|---|\n");
    for (i = 0; i < RULE_COUNT; i++) {
        const rule *r = &rules[i];
        const char *code = gen_code_text(r->code);
        gen_buf_add_fmt(out, "| %s | %c | %s | %s | ", code, r->level,
                        r->text, (r->where & SERVER) != 0 ? "server"
                        : (r->where & PROGRAM) != 0 ? "queries" : "");
        if ((r->where & ELSEWHERE) == 0 && r->level == 'E') {
            if (r->class_ != NULL) {
                gen_buf_add_fmt(out, "`%s`, ", r->class_);
            }
            gen_buf_add_fmt(out, "`%s`", code);
        }
        gen_buf_add_text(out, " |\n");
    }
}

void mig_list_approved(const gen_cli *cli, gen_list *out)
{
    size_t i;

    memset(out, 0, sizeof *out);
    for (i = 0; i < cli_count(cli, CLI_ALLOW); i++) {
        const char *at = cli_at(cli, CLI_ALLOW, i);
        while (*at != 0) {
            size_t len = strcspn(at, ",");
            gen_name *name = (gen_name *)gen_new(cli->ctx, sizeof *name);
            name->text = gen_str_copy(cli->ctx, at, len);
            if (len > 0) gen_list_push(cli->ctx, out, name);
            at += len;
            if (*at == ',') at++;
        }
    }
}

/* ---------------------------------------------------------------- allowing */

/* The line of the statement in the file that s is a part of. */
static uint32_t line_of(const lint *l, const lint_stmt *s)
{
    size_t i;

    if (s == NULL) return 0;
    for (i = s->at; i > 0 && lint_stmt_at(l, i)->is_inner; i--) {
    }
    return lint_stmt_at(l, i)->pos.line;
}

/* The reason the script gives, or NULL. */
static const gen_str *reason_of(const lint *l, const char *code,
                                const lint_stmt *s)
{
    const gen_list *allows = &l->script->allows;
    uint32_t line = line_of(l, s);
    size_t i;

    for (i = 0; i < allows->count; i++) {
        const mig_allow *allow = mig_allow_at(allows, i);
        if (!gen_str_is(allow->code, code) || allow->reason.len == 0
            || (allow->line != 0 && allow->line != line)) continue;
        l->used[i] = true;
        return &allow->reason;
    }
    return NULL;
}

bool lint_is_allowed(lint *l, gen_code code, const lint_stmt *s)
{
    return reason_of(l, gen_code_text(code), s) != NULL;
}

/* "SG102" and "sg102". */
static bool is_code(gen_str text, const char *code)
{
    return text.len > 2 && (text.ptr[0] | 32) == 's'
        && (text.ptr[1] | 32) == 'g' && strcmp(text.ptr + 2, code + 2) == 0;
}

/* What --allow says about it, or NULL. */
static const char *approval_of(const lint *l, const rule *r)
{
    const gen_list *approved = l->how->approved;
    size_t i;

    for (i = 0; approved != NULL && i < approved->count; i++) {
        gen_str text = gen_name_at(approved, i)->text;
        gen_buf out;
        if (!is_code(text, gen_code_text(r->code))
            && (r->class_ == NULL || !gen_word_eq(text, r->class_))) continue;
        gen_buf_init(&out, l->how->ctx);
        gen_buf_add_fmt(&out, "--allow %s", text.ptr);
        return out.ptr;
    }
    return NULL;
}

gen_diag *lint_found(lint *l, gen_code code, int level, gen_pos pos,
                     const lint_stmt *s, const char *fmt, ...)
{
    gen_ctx *ctx = l->how->ctx;
    const rule *r = find_rule(code);
    const gen_str *reason = reason_of(l, gen_code_text(code), s);
    const char *approval;
    char text[1024];
    va_list args;

    va_start(args, fmt);
    vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    if (level == 0) level = r->level;
    /* The clause of an ALTER was read elsewhere. */
    if (pos.file != l->file && s != NULL) pos = s->name_pos;
    pos.file = l->script->file;
    if (reason != NULL) {
        return gen_allowed(ctx, code, pos, *reason, "%s", text);
    }
    approval = level == 'N' ? NULL : approval_of(l, r);
    if (approval != NULL) {
        return gen_allowed(ctx, code, pos, gen_str_lit(approval), "%s", text);
    }
    if (level == 'N') return gen_remark(ctx, code, pos, "%s", text);
    if (level == 'W') return gen_warn(ctx, code, pos, "%s", text);
    return gen_error(ctx, code, pos, "%s", text);
}

/* What a rule that could have spoken had nothing to say about. */
static void tell_unused(lint *l)
{
    const gen_list *allows = &l->script->allows;
    size_t i;
    size_t note = 0;

    for (i = 0; i < allows->count; i++) {
        const mig_allow *allow = mig_allow_at(allows, i);
        const gen_list *notes = &l->script->notes;
        const rule *r;
        gen_code code;
        gen_diag *diag;
        while (note < notes->count
               && !gen_str_is(mig_note_at(notes, note)->key, "sg-allow")) {
            note++;
        }
        if (note == notes->count) return;
        note++;
        if (l->used[i] || !gen_find_code(allow->code, &code)) continue;
        r = find_rule(code);
        /* With a server the rows decide: another one may have others. */
        if (r == NULL || (r->where & (ELSEWHERE | SERVER)) != 0
            || !is_for(l, r) || l->how->link != NULL
            || ((r->where & PROGRAM) != 0 && l->how->program == NULL)
            || (r->level == 'N' && !l->how->ctx->notes)) continue;
        diag = gen_warn(l->how->ctx, SG901, mig_note_at(notes,
                        note - 1)->pos, "nothing here has %s",
                        gen_code_text(code));
        gen_fix(l->how->ctx, diag, "take the line out, or put it right "
                "before the statement it is about");
    }
}

/* --------------------------------------------------------------- a server */

bool mig_count(db_link *link, gen_str text, uint64_t *out)
{
    surreal_result *result = NULL;
    const surreal_error *err;
    int64_t n = 0;
    bool known = false;

    if (db_query(link, text, &result) != CLI_FINE) return false;
    err = surreal_statement_error(result, 0);
    if (err == NULL) {
        known = surreal_get_int(surreal_statement_value(result, 0), &n)
            == SURREAL_OK && n >= 0;
    } else {
        /* A table that is not there yet has no rows. */
        known = strstr(err->message, "does not exist") != NULL;
    }
    *out = (uint64_t)n;
    surreal_result_free(result);
    return known;
}

/* Each text is asked once. */
bool lint_count(const lint *l, const gen_buf *from, uint64_t *out)
{
    gen_str key = gen_str_copy(l->reader, from->ptr, from->len);
    uint64_t *kept;
    gen_buf text;

    *out = 0;
    if (l->how->link == NULL) return false;
    kept = (uint64_t *)gen_map_get(l->reader, &l->how->link, GEN_KEY_USED,
                                   key);
    if (kept == NULL) {
        kept = (uint64_t *)gen_new(l->reader, 2 * sizeof *kept);
        gen_buf_init(&text, l->reader);
        gen_buf_add_fmt(&text, "RETURN (SELECT count() AS n %s GROUP ALL)"
                        "[0].n ?? 0;", from->ptr);
        kept[1] = mig_count(l->how->link, gen_buf_str(&text), &kept[0]);
        gen_map_set(l->reader, &l->how->link, GEN_KEY_USED, key, kept);
    }
    *out = kept[0];
    return kept[1] != 0;
}

bool lint_rows(const lint *l, gen_str table, uint64_t *out)
{
    gen_buf from;

    gen_buf_init(&from, l->reader);
    gen_buf_add_text(&from, "FROM ");
    gen_surql_name(&from, table);
    return lint_count(l, &from, out);
}

/* 18,204 */
const char *lint_number(gen_ctx *ctx, uint64_t n)
{
    char digits[32];
    gen_buf out;
    size_t len, i;

    gen_buf_init(&out, ctx);
    len = (size_t)snprintf(digits, sizeof digits, "%llu",
                           (unsigned long long)n);
    for (i = 0; i < len; i++) {
        if (i > 0 && (len - i) % 3 == 0) gen_buf_add_char(&out, ',');
        gen_buf_add_char(&out, digits[i]);
    }
    return out.ptr;
}

/* ------------------------------------------------------------------ running */

/* Behind `REMOVE TABLE`, or where it is. */
static size_t behind_remove(const gen_file *file, size_t i)
{
    size_t k = i + 1;

    if (file->tokens[i].kind != GEN_TOK_IDENT
        || !gen_word_eq(gen_tok_str(file, &file->tokens[i]), "remove")) {
        return i;
    }
    while (gen_tok_is_trivia(file->tokens[k].kind)) k++;
    if (file->tokens[k].kind != GEN_TOK_IDENT
        || !gen_word_eq(gen_tok_str(file, &file->tokens[k]), "table")) {
        return i;
    }
    while (file->tokens[k].kind != GEN_TOK_END
           && !(file->tokens[k].kind == GEN_TOK_PUNCT
                && gen_str_is(gen_tok_str(file, &file->tokens[k]), ";"))) {
        k++;
    }
    return k;
}

/* Every name in the script, as keys of the map; whether it removes a table or
 * is about a function: then all of the schema counts. It does not on the way
 * down, where no rule asks what links to a table or calls a function; and a
 * table that only goes there need not be known. */
static bool note_names(gen_ctx *ctx, const mig_script *script, bool is_down)
{
    const gen_file *file = script->file;
    bool removes = false;
    bool table = false;
    bool function = false;
    size_t i;

    for (i = 0; i < file->token_count; i++) {
        const gen_token *tok;
        gen_str text;
        if (is_down) i = behind_remove(file, i);
        tok = &file->tokens[i];
        text = gen_tok_str(file, tok);
        if (tok->kind == GEN_TOK_QUOTED) text = gen_unquote(ctx, text);
        if (tok->kind != GEN_TOK_IDENT && tok->kind != GEN_TOK_QUOTED) {
            continue;
        }
        table = table || gen_word_eq(text, "table");
        removes = removes || gen_word_eq(text, "remove");
        function = function || gen_word_eq(text, "function");
        gen_map_set(ctx, script, GEN_KEY_USED, text,
                    (void *)(uintptr_t)script);
    }
    for (i = 0; i < script->steps.count; i++) {
        const mig_step *step = mig_step_at(&script->steps, i);
        gen_map_set(ctx, script, GEN_KEY_USED, step->table,
                    (void *)(uintptr_t)script);
    }
    return !is_down && (function || (table && removes));
}

/* Tables before what is in them; of tables the script does not name nothing
 * but their names, unless links are looked for. */
static gen_str text_of(gen_ctx *ctx, const mig_state *state,
                       const mig_script *script, bool is_down)
{
    gen_buf out;
    bool all;
    int pass;
    size_t i;

    if (state == NULL || state->defs.count == 0) return gen_str_lit("");
    all = note_names(ctx, script, is_down);
    gen_buf_init(&out, ctx);
    for (pass = 0; pass < 2; pass++) {
        for (i = 0; i < state->defs.count; i++) {
            const mig_def *def = mig_def_at(&state->defs, i);
            bool table = def->kind == DB_TABLE || def->kind == DB_VIEW;
            if (table != (pass == 0)) continue;
            if (!all && !table && def->table.len > 0
                && gen_map_get(ctx, script, GEN_KEY_USED, def->table)
                == NULL) continue;
            mig_add_define(&out, def, false);
            gen_buf_add_char(&out, '\n');
        }
    }
    return out.len > 0 ? gen_buf_str(&out) : gen_str_lit("");
}

/* The statement a place is in. */
static const lint_stmt *stmt_at(const lint *l, uint32_t off)
{
    const lint_stmt *found = NULL;
    size_t i;

    for (i = 0; i < l->stmts.count; i++) {
        const lint_stmt *s = lint_stmt_at(l, i);
        if (s->pos.off > off) break;
        if (!s->is_inner) found = s;
    }
    return found;
}

/* What the front end found in the script. */
static void pass_on(lint *l, const gen_diag *from)
{
    const lint_stmt *s;
    const rule *r;
    gen_code code;
    gen_diag *diag;

    if (from->pos.file != l->file
        || !gen_find_code(gen_str_lit(from->code_text), &code)) return;
    r = find_rule(code);
    if (r == NULL || (r->where & ELSEWHERE) != 0 || !is_for(l, r)) return;
    /* Ours says it, but for what only the front end sees. */
    if (r->run != NULL && code != SG602 && code != SG408) return;
    s = stmt_at(l, from->pos.off);
    diag = lint_found(l, code, from->remark ? 'N' : 0, from->pos, s,
                      "%s", from->message.ptr);
    if (from->hint.len > 0) gen_hint(l->how->ctx, diag, "%s", from->hint.ptr);
    if (from->note.len > 0) gen_note(l->how->ctx, diag, "%s", from->note.ptr);
    if (from->fix.len > 0) gen_fix(l->how->ctx, diag, "%s", from->fix.ptr);
    if (from->has_other && from->other.file == l->file) {
        gen_pos other = from->other;
        other.file = l->script->file;
        gen_other(l->how->ctx, diag, other, from->other_text.ptr);
    }
}

/* The version rules pass over what was reported. */
static void pass_over(gen_file *file)
{
    size_t i;

    for (i = 0; i < file->extents.count; i++) {
        ((gen_extent *)file->extents.at[i])->reported = true;
    }
}

static bool read_schema(gen_ctx *ctx, gen_version target, gen_str before,
                        const mig_script *script, bool is_made)
{
    gen_set_target(ctx, target);
    gen_set_notes(ctx, true);
    gen_set_max_diags(ctx, SIZE_MAX);
    if (gen_add_text(ctx, "/before", before.ptr, before.len)
        == GEN_NO_MEMORY) return false;
    gen_set_known(ctx);
    if (script != NULL && gen_add_lexed(ctx, script->file)
        == GEN_NO_MEMORY) return false;
    if (is_made) pass_over(gen_file_at(&gen_schema_of(ctx)->files, 1));
    return gen_finish(ctx) != GEN_NO_MEMORY;
}

static void run_rules(lint *l)
{
    size_t i, k;

    for (i = 0; i < l->stmts.count; i++) {
        for (k = 0; k < RULE_COUNT; k++) {
            if (rules[k].run == NULL || !is_for(l, &rules[k])) continue;
            rules[k].run(l, lint_stmt_at(l, i));
        }
    }
    for (i = 0; i < l->reader->diags.count; i++) {
        pass_on(l, (const gen_diag *)l->reader->diags.at[i]);
    }
    tell_unused(l);
}

static void run_script(const mig_lint *how, const mig_script *script,
                       const mig_state *before, const mig_state *after,
                       bool is_down)
{
    const mig_state *any = before != NULL ? before : after;
    gen_version target = { 3, 0 };
    gen_str text;
    size_t i;
    lint l;

    if (script->is_empty || script->file == NULL) return;
    if (any != NULL && any->target.major > 0) target = any->target;
    memset(&l, 0, sizeof l);
    l.how = how;
    l.script = script;
    l.is_down = is_down;
    l.used = (bool *)gen_new(how->ctx, (script->allows.count + 1)
                             * sizeof *l.used);
    l.reader = gen_open(cli_memory());
    l.old = gen_open(cli_memory());
    text = l.reader != NULL ? text_of(l.reader, before, script, is_down)
        : gen_str_lit("");
    if (l.reader != NULL && l.old != NULL
        && read_schema(l.reader, target, text, script,
                       how->is_made && !is_down)
        && read_schema(l.old, target, text, NULL, false)) {
        l.file = gen_file_at(&gen_schema_of(l.reader)->files, 1);
        lint_read(&l);
        run_rules(&l);
    } else {
        cli_say("out of memory");
    }
    for (i = 0; i < l.others.count; i++) {
        gen_close((gen_ctx *)l.others.at[i]);
    }
    if (l.reader != NULL) gen_close(l.reader);
    if (l.old != NULL) gen_close(l.old);
}

void mig_lint_migration(const mig_lint *how)
{
    if (!how->unsaid) {
        run_script(how, &how->what->up, how->before, how->after, false);
    }
    run_script(how, &how->what->down, how->after, how->before, true);
}
