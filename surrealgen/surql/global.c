/* surrealgen/surql/global.c: what a database has besides tables. */
#include "surql.h"

/* -------------------------------------------------------------- analyzers */

/* Tokenizers and filters are words of the server, with a path in quotes at
 * most: upper case is the form it gives back. */
void sql_words(gen_buf *out, const gen_list *names)
{
    char quote = 0;
    size_t i, k;

    for (i = 0; i < names->count; i++) {
        gen_str word = gen_name_at(names, i)->text;
        if (i > 0) gen_buf_add_text(out, ", ");
        for (k = 0; k < word.len; k++) {
            char c = word.ptr[k];
            if (quote != 0 && c == '\\' && k + 1 < word.len) {
                gen_buf_add_char(out, c);
                c = word.ptr[++k];
            } else if (quote != 0) {
                if (c == quote) quote = 0;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (c >= 'a' && c <= 'z') {
                c = (char)(c - 'a' + 'A');
            }
            gen_buf_add_char(out, c);
        }
    }
}

void sql_analyzer(sql_printer *p, const gen_analyzer *analyzer)
{
    sql_define(p, "ANALYZER", analyzer->exists);
    gen_surql_name(p->out, analyzer->name);
    if (analyzer->function.len > 0) {
        gen_buf_add_text(p->out, " FUNCTION ");
        gen_buf_add_str(p->out, analyzer->function);
    }
    if (analyzer->tokenizers.count > 0) {
        gen_buf_add_text(p->out, " TOKENIZERS ");
        sql_words(p->out, &analyzer->tokenizers);
    }
    if (analyzer->filters.count > 0) {
        gen_buf_add_text(p->out, " FILTERS ");
        sql_words(p->out, &analyzer->filters);
    }
    sql_comment(p, &analyzer->comment, analyzer->doc, analyzer->pos);
    sql_end(p, &analyzer->attrs, analyzer->pos);
}

/* --------------------------------------------------- params and sequences */

void sql_param(sql_printer *p, const gen_param *param)
{
    sql_define(p, "PARAM", param->exists);
    gen_buf_add_char(p->out, '$');
    gen_surql_name(p->out, param->name);
    sql_clause(p, "VALUE", &param->value);
    sql_comment(p, &param->comment, param->doc, param->pos);
    sql_perms(p, &param->perms);
    sql_end(p, &param->attrs, param->pos);
}

void sql_sequence(sql_printer *p, const gen_sequence *sequence)
{
    sql_define(p, "SEQUENCE", sequence->exists);
    gen_surql_name(p->out, sequence->name);
    if (sequence->has_batch) {
        gen_buf_add_fmt(p->out, " BATCH %llu",
                        (unsigned long long)sequence->batch);
    }
    if (sequence->has_start) {
        gen_buf_add_fmt(p->out, " START %lld", (long long)sequence->start);
    }
    sql_clause(p, "TIMEOUT", &sequence->timeout);
    sql_end(p, &sequence->attrs, sequence->pos);
}

/* -------------------------------------------------------------- functions */

void gen_surql_function(gen_buf *out, gen_str name)
{
    size_t from = 0;
    size_t i;

    gen_buf_add_text(out, "fn");
    for (i = 0; i <= name.len; i++) {
        gen_str part;
        if (i < name.len && name.ptr[i] != ':') continue;
        part.ptr = name.ptr + from;
        part.len = i - from;
        gen_buf_add_text(out, "::");
        gen_surql_name(out, part);
        i++; /* the second colon */
        from = i + 1;
    }
}

/* SurrealQL has no default for a parameter: one that may be left out is
 * option<T>, which the body turns into T again (see put_function_body). */
static void put_function_params(sql_printer *p, const gen_function *function)
{
    size_t i;

    gen_buf_add_char(p->out, '(');
    for (i = 0; i < function->params.count; i++) {
        const gen_parm *parm = gen_parm_at(&function->params, i);
        bool wrap = parm->default_.present && !parm->type->optional;
        if (i > 0) gen_buf_add_text(p->out, ", ");
        gen_buf_add_char(p->out, '$');
        gen_surql_name(p->out, parm->name);
        gen_buf_add_text(p->out, wrap ? ": option<" : ": ");
        sql_type(p->out, parm->type, false);
        if (wrap) gen_buf_add_char(p->out, '>');
    }
    gen_buf_add_char(p->out, ')');
}

/* NONE alone calls for the default. `??` would replace a NULL as well, which
 * a type may have on purpose; `?:` even 0 and false. */
static void put_default(sql_printer *p, const gen_parm *parm)
{
    gen_buf_add_text(p->out, " LET $");
    gen_surql_name(p->out, parm->name);
    if (parm->type->nullable) {
        gen_buf_add_text(p->out, " = IF $");
        gen_surql_name(p->out, parm->name);
        gen_buf_add_text(p->out, " = NONE { ");
        gen_buf_add_str(p->out, parm->default_.text);
        gen_buf_add_text(p->out, " } ELSE { $");
        gen_surql_name(p->out, parm->name);
        gen_buf_add_text(p->out, " };");
        return;
    }
    gen_buf_add_text(p->out, " = $");
    gen_surql_name(p->out, parm->name);
    gen_buf_add_text(p->out, " ?? (");
    gen_buf_add_str(p->out, parm->default_.text);
    gen_buf_add_text(p->out, ");");
}

static void put_function_body(sql_printer *p, const gen_function *function)
{
    gen_str body = function->body.text;
    size_t i;

    gen_buf_add_text(p->out, " {");
    for (i = 0; i < function->params.count; i++) {
        const gen_parm *parm = gen_parm_at(&function->params, i);
        if (parm->default_.present) put_default(p, parm);
    }
    gen_buf_add(p->out, body.ptr + 1, body.len - 1);
}

void sql_function(sql_printer *p, const gen_function *function)
{
    sql_define(p, "FUNCTION", function->exists);
    gen_surql_function(p->out, function->name);
    put_function_params(p, function);
    if (function->returns != NULL) {
        gen_buf_add_text(p->out, " -> ");
        sql_type(p->out, function->returns, false);
    }
    put_function_body(p, function);
    sql_comment(p, &function->comment, function->doc, function->pos);
    sql_perms(p, &function->perms);
    sql_end(p, &function->attrs, function->pos);
}
