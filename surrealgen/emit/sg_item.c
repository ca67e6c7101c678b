/* surrealgen/emit/sg_item.c: the items of .sg outside of models.
 *
 * Analyzers, params, sequences, functions, access and users. */
#include "sg.h"

#include <string.h>

/* Words of the server, small; the path of a filter keeps its letters. */
static void put_names(sg_printer *p, const char *word, const gen_list *names)
{
    char quote = 0;
    size_t i, k;

    for (i = 0; i < names->count; i++) {
        gen_str text = gen_name_at(names, i)->text;
        sg_put_text(p, i == 0 ? word : ", ");
        for (k = 0; k < text.len; k++) {
            char c = text.ptr[k];
            if (quote != 0 && c == '\\' && k + 1 < text.len) {
                gen_buf_add_char(p->out, c);
                c = text.ptr[++k];
            } else if (quote != 0) {
                if (c == quote) quote = 0;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (c >= 'A' && c <= 'Z') {
                c = (char)(c | 32);
            }
            gen_buf_add_char(p->out, c);
        }
    }
}

/* NONE, FULL, or one WHERE. */
static void put_perms(sg_printer *p, const gen_perms *perms)
{
    if (perms->kind == GEN_PERM_NONE) sg_put_text(p, " permissions none");
    if (perms->kind == GEN_PERM_FULL) sg_put_text(p, " permissions full");
    if (perms->kind == GEN_PERM_RULES && perms->rules.count > 0) {
        sg_put_text(p, " permissions");
        sg_put_clause(p, "where", &gen_perm_rule_at(&perms->rules, 0)->where);
    }
}

static void put_parms(sg_printer *p, const gen_list *parms)
{
    size_t i;

    sg_put_text(p, "(");
    for (i = 0; i < parms->count; i++) {
        const gen_parm *parm = gen_parm_at(parms, i);
        if (i > 0) sg_put_text(p, ", ");
        sg_put_text(p, "$");
        gen_surql_name(p->out, parm->name);
        sg_put_text(p, ": ");
        gen_surql_type(p->out, parm->type);
        sg_put_clause(p, "=", &parm->default_);
    }
    sg_put_text(p, ")");
}

/* ---------------------------------------------------- the smaller ones */

static void put_analyzer(sg_printer *p, const gen_analyzer *a)
{
    sg_put_text(p, "analyzer ");
    gen_surql_name(p->out, a->name);
    if (a->function.len > 0) {
        sg_put_text(p, " function ");
        gen_buf_add_str(p->out, a->function);
    }
    put_names(p, " tokenizers ", &a->tokenizers);
    put_names(p, " filters ", &a->filters);
    sg_put_attrs(p, &a->attrs);
    gen_buf_add_char(p->out, ';');
}

static void put_param(sg_printer *p, const gen_param *param)
{
    sg_put_text(p, "param $");
    gen_surql_name(p->out, param->name);
    sg_put_text(p, ": ");
    if (param->type != NULL) {
        gen_surql_type(p->out, param->type);
    } else {
        sg_put_text(p, "any");
    }
    sg_put_clause(p, "=", &param->value);
    put_perms(p, &param->perms);
    sg_put_attrs(p, &param->attrs);
    gen_buf_add_char(p->out, ';');
}

static void put_sequence(sg_printer *p, const gen_sequence *s)
{
    sg_put_text(p, "sequence ");
    gen_surql_name(p->out, s->name);
    if (s->has_batch) {
        gen_buf_add_fmt(p->out, " batch %llu", (unsigned long long)s->batch);
    }
    if (s->has_start) {
        gen_buf_add_fmt(p->out, " start %lld", (long long)s->start);
    }
    sg_put_clause(p, "timeout", &s->timeout);
    sg_put_attrs(p, &s->attrs);
    gen_buf_add_char(p->out, ';');
}

static void put_function(sg_printer *p, const gen_function *f)
{
    sg_put_text(p, "function ");
    gen_surql_function(p->out, f->name);
    put_parms(p, &f->params);
    if (f->returns != NULL) {
        sg_put_text(p, " -> ");
        gen_surql_type(p->out, f->returns);
    }
    put_perms(p, &f->perms);
    sg_put_attrs(p, &f->attrs);
    gen_buf_add_char(p->out, ' ');
    gen_buf_add_str(p->out, f->body.text);
}

/* -------------------------------------------------------- access and users */

static const char *const levels[] = { "database", "namespace", "root" };

static void put_secret(sg_printer *p, const gen_secret *secret)
{
    sg_put_text(p, secret->kind == GEN_SECRET_FILE ? "file(" : "env(");
    gen_surql_string(p->out, secret->text);
    sg_put_text(p, ")");
}

static void put_duration(sg_printer *p, const char *what,
                         const gen_clause *clause, bool *first)
{
    if (!clause->present) return;
    sg_put_text(p, *first ? "duration" : ",");
    *first = false;
    gen_buf_add_fmt(p->out, " %s ", what);
    sg_put_text(p, gen_word_eq(clause->text, "none") ? "none"
             : clause->text.ptr);
}

static void put_signing(sg_printer *p, const char *word,
                        const gen_signing *signing)
{
    size_t i;

    if (!signing->present) return;
    gen_buf_add_fmt(p->out, "  %s (", word);
    for (i = 0; i < signing->params.count; i++) {
        const gen_parm *parm = gen_parm_at(&signing->params, i);
        if (i > 0) sg_put_text(p, ", ");
        gen_surql_name(p->out, parm->name);
        sg_put_text(p, ": ");
        gen_surql_type(p->out, parm->type);
    }
    sg_put_text(p, ") = ");
    gen_buf_add_str(p->out, signing->expr.text);
    gen_buf_add_fmt(p->out, ";%s", p->nl);
}

static void put_key(sg_printer *p, const gen_access *a)
{
    if (a->algorithm.len > 0 && a->key.kind != GEN_SECRET_NONE) {
        gen_buf_add_fmt(p->out, "  algorithm %s key ", a->algorithm.ptr);
        put_secret(p, &a->key);
        gen_buf_add_fmt(p->out, ";%s", p->nl);
    }
    if (a->url.present) {
        gen_buf_add_fmt(p->out, "  url %s;%s", a->url.text.ptr, p->nl);
    }
    if (a->issuer.kind != GEN_SECRET_NONE) {
        sg_put_text(p, "  with issuer ");
        put_secret(p, &a->issuer);
        gen_buf_add_fmt(p->out, ";%s", p->nl);
    }
}

static void put_access(sg_printer *p, const gen_access *a)
{
    static const char *const kinds[] = { "record", "jwt", "bearer for " };
    bool first = true;

    sg_put_text(p, "access ");
    gen_surql_name(p->out, a->name);
    gen_buf_add_fmt(p->out, " on %s type %s", levels[a->level],
                    kinds[a->kind]);
    if (a->kind == GEN_ACCESS_BEARER) {
        sg_put_text(p, a->bearer_for_record ? "record" : "user");
    }
    sg_put_attrs(p, &a->attrs);
    gen_buf_add_fmt(p->out, " {%s", p->nl);
    put_signing(p, "signup", &a->signup);
    put_signing(p, "signin", &a->signin);
    if (a->with_refresh) gen_buf_add_fmt(p->out, "  with refresh;%s", p->nl);
    put_key(p, a);
    if (a->authenticate.present) {
        gen_buf_add_fmt(p->out, "  authenticate %s%s",
                        a->authenticate.text.ptr, p->nl);
    }
    if (a->grant.present || a->token.present || a->session.present) {
        sg_put_text(p, "  ");
        put_duration(p, "grant", &a->grant, &first);
        put_duration(p, "token", &a->token, &first);
        put_duration(p, "session", &a->session, &first);
        gen_buf_add_fmt(p->out, ";%s", p->nl);
    }
    sg_put_text(p, "}");
}

static void put_user(sg_printer *p, const gen_user *u)
{
    bool first = true;

    sg_put_text(p, "user ");
    gen_surql_name(p->out, u->name);
    gen_buf_add_fmt(p->out, " on %s %s ", levels[u->level],
                    u->passhash ? "passhash" : "password");
    put_secret(p, &u->secret);
    put_names(p, " roles ", &u->roles);
    if (u->token.present || u->session.present) {
        gen_buf_add_char(p->out, ' ');
        put_duration(p, "token", &u->token, &first);
        put_duration(p, "session", &u->session, &first);
    }
    sg_put_attrs(p, &u->attrs);
    gen_buf_add_char(p->out, ';');
}

/* -------------------------------------------------------------- any of them */

static bool exists_fits(sg_printer *p, gen_exists exists)
{
    if (exists == GEN_EXISTS_PLAIN || p->opt->drop_exists) return true;
    return sg_no(p, exists == GEN_EXISTS_OVERWRITE ? "it says OVERWRITE"
              : "it says IF NOT EXISTS");
}

static bool access_fits(sg_printer *p, const gen_access *a)
{
    if (a->key.kind == GEN_SECRET_TEXT || a->issuer.kind == GEN_SECRET_TEXT) {
        return sg_no(p, "a secret is written out in it");
    }
    if (a->authenticate.present && (a->authenticate.text.len == 0
        || a->authenticate.text.ptr[0] != '{')) {
        return sg_no(p, "AUTHENTICATE without braces");
    }
    return exists_fits(p, a->exists);
}

static bool function_fits(sg_printer *p, const gen_function *f)
{
    if (f->perms.kind == GEN_PERM_RULES) {
        return sg_no(p, "PERMISSIONS WHERE before a body");
    }
    return exists_fits(p, f->exists);
}

/* The COMMENT has no word of its own here: it must be a doc comment. */
static bool comment_fits(sg_printer *p, const gen_clause *comment,
                         gen_str doc)
{
    gen_buf buf;
    sg_printer q = *p;

    if (!comment->present) return true;
    if (doc.len > 0) return sg_no(p, "it has a COMMENT and a `///`");
    gen_buf_init(&buf, p->ctx);
    q.out = &buf;
    sg_put_doc(&q, comment, doc, "");
    return buf.len > 0 || sg_no(p, "its COMMENT cannot be a `///`");
}

const gen_clause *sg_comment_of(const gen_item *item)
{
    switch (item->kind) {
    case GEN_ITEM_TABLE: return &((const gen_table *)item->of)->comment;
    case GEN_ITEM_FIELD: return &((const gen_field *)item->of)->comment;
    case GEN_ITEM_INDEX: return &((const gen_index *)item->of)->comment;
    case GEN_ITEM_EVENT: return &((const gen_event *)item->of)->comment;
    case GEN_ITEM_ANALYZER:
        return &((const gen_analyzer *)item->of)->comment;
    case GEN_ITEM_PARAM: return &((const gen_param *)item->of)->comment;
    case GEN_ITEM_FUNCTION:
        return &((const gen_function *)item->of)->comment;
    case GEN_ITEM_ACCESS: return &((const gen_access *)item->of)->comment;
    case GEN_ITEM_USER: return &((const gen_user *)item->of)->comment;
    default: return NULL;
    }
}

bool sg_item_fits(sg_printer *p, const gen_item *item)
{
    const gen_clause *comment = sg_comment_of(item);
    gen_str doc = gen_str_lit("");
    bool ok;

    switch (item->kind) {
    case GEN_ITEM_ANALYZER:
        doc = ((const gen_analyzer *)item->of)->doc;
        ok = exists_fits(p, ((const gen_analyzer *)item->of)->exists);
        break;
    case GEN_ITEM_PARAM:
        doc = ((const gen_param *)item->of)->doc;
        ok = exists_fits(p, ((const gen_param *)item->of)->exists);
        break;
    case GEN_ITEM_SEQUENCE:
        return exists_fits(p, ((const gen_sequence *)item->of)->exists);
    case GEN_ITEM_FUNCTION:
        doc = ((const gen_function *)item->of)->doc;
        ok = function_fits(p, (const gen_function *)item->of);
        break;
    case GEN_ITEM_ACCESS:
        doc = ((const gen_access *)item->of)->doc;
        ok = access_fits(p, (const gen_access *)item->of);
        break;
    case GEN_ITEM_USER:
        doc = ((const gen_user *)item->of)->doc;
        ok = exists_fits(p, ((const gen_user *)item->of)->exists);
        if (((const gen_user *)item->of)->secret.kind == GEN_SECRET_TEXT) {
            return sg_no(p, "a secret is written out in it");
        }
        break;
    default:
        return sg_no(p, "there is no word for it");
    }
    return ok && comment_fits(p, comment, doc);
}

void sg_put_item(sg_printer *p, const gen_item *item)
{
    switch (item->kind) {
    case GEN_ITEM_ANALYZER:
        put_analyzer(p, (const gen_analyzer *)item->of);
        break;
    case GEN_ITEM_PARAM:
        put_param(p, (const gen_param *)item->of);
        break;
    case GEN_ITEM_SEQUENCE:
        put_sequence(p, (const gen_sequence *)item->of);
        break;
    case GEN_ITEM_FUNCTION:
        put_function(p, (const gen_function *)item->of);
        break;
    case GEN_ITEM_ACCESS:
        put_access(p, (const gen_access *)item->of);
        break;
    case GEN_ITEM_USER:
        put_user(p, (const gen_user *)item->of);
        break;
    default:
        break;
    }
}

/* ------------------------------------------------------------------ clauses */

static void add(sg_printer *p, gen_list *out, const gen_clause *clause)
{
    if (clause->present) gen_list_push(p->ctx, out, (void *)clause);
}

static void add_perms(sg_printer *p, gen_list *out, const gen_perms *perms)
{
    size_t i;

    for (i = 0; i < perms->rules.count; i++) {
        add(p, out, &gen_perm_rule_at(&perms->rules, i)->where);
    }
}

static void add_field(sg_printer *p, gen_list *out, const gen_field *field)
{
    add(p, out, &field->default_);
    add(p, out, &field->value);
    add(p, out, &field->assert_);
    add(p, out, &field->computed);
    add(p, out, &field->delete_then);
    add_perms(p, out, &field->perms);
}

static void add_access(sg_printer *p, gen_list *out, const gen_access *a)
{
    add(p, out, &a->signup.expr);
    add(p, out, &a->signin.expr);
    add(p, out, &a->authenticate);
}

void sg_clauses_of(sg_printer *p, const gen_item *item, gen_list *out)
{
    const gen_clause *comment = sg_comment_of(item);
    size_t i;

    if (comment != NULL) add(p, out, comment);
    if (item->kind == GEN_ITEM_TABLE) {
        const gen_table *table = (const gen_table *)item->of;
        add(p, out, &table->view);
        add_perms(p, out, &table->perms);
    } else if (item->kind == GEN_ITEM_FIELD) {
        add_field(p, out, (const gen_field *)item->of);
    } else if (item->kind == GEN_ITEM_INDEX) {
        add(p, out, &((const gen_index *)item->of)->where);
    } else if (item->kind == GEN_ITEM_EVENT) {
        const gen_event *event = (const gen_event *)item->of;
        add(p, out, &event->when);
        for (i = 0; i < event->then.count; i++) {
            add(p, out, gen_clause_at(&event->then, i));
        }
    } else if (item->kind == GEN_ITEM_PARAM) {
        add(p, out, &((const gen_param *)item->of)->value);
        add_perms(p, out, &((const gen_param *)item->of)->perms);
    } else if (item->kind == GEN_ITEM_FUNCTION) {
        add(p, out, &((const gen_function *)item->of)->body);
    } else if (item->kind == GEN_ITEM_ACCESS) {
        add_access(p, out, (const gen_access *)item->of);
    }
}
