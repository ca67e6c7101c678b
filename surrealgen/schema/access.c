/* surrealgen/schema/access.c: access, users, and where secrets come from.
 *
 * DEFINE statements hold the secrets they hold. An .sg file is committed and
 * read by many, so there a secret is only ever named. */
#include "front.h"

#include <string.h>

/* "database" | "namespace" | "root", behind "ON" */
static bool want_level(gen_parser *p, gen_level *level)
{
    if (!gen_take_word(p, "on")) {
        return gen_odd(p, "`on` and `database`, `namespace` or `root`");
    }
    if (gen_take_word(p, "database") || gen_take_word(p, "db")) {
        *level = GEN_LEVEL_DATABASE;
    } else if (gen_take_word(p, "namespace") || gen_take_word(p, "ns")) {
        *level = GEN_LEVEL_NAMESPACE;
    } else if (gen_take_word(p, "root")) {
        *level = GEN_LEVEL_ROOT;
    } else {
        return gen_odd(p, "`database`, `namespace` or `root`");
    }
    return !p->failed;
}

/* ----------------------------------------------------------------- secrets */

/* secret = "env" , "(" , string , ")" | "file" , "(" , string , ")" ; in a
 * DEFINE a string. */
static bool want_secret(gen_parser *p, gen_secret *secret)
{
    uint32_t first = p->at;
    bool env = gen_at_word(p, "env");
    gen_diag *diag;

    secret->pos = gen_here(p);
    if (gen_now(p)->kind == GEN_TOK_STRING) {
        if (!p->keep_raw) {
            diag = gen_fail(p, SG1111, secret->pos, "a secret cannot stand "
                            "in an .sg file");
            gen_fix(p->ctx, diag, "write `env(\"NAME\")` or "
                    "`file(\"path\")`: it is read when the schema is "
                    "applied");
            gen_note(p->ctx, diag, "schema files are committed, and what is "
                     "committed stays readable");
            return false;
        }
        secret->kind = GEN_SECRET_TEXT;
        secret->text = gen_unquote(p->ctx, gen_text(p));
        gen_next(p);
        return !p->failed;
    }
    if (p->keep_raw) return gen_odd(p, "a string");
    if (!env && !gen_at_word(p, "file")) {
        return gen_odd(p, "`env(\"NAME\")` or `file(\"path\")`");
    }
    gen_next(p);
    if (!gen_want_punct(p, "(", "and a string")) return false;
    if (gen_now(p)->kind != GEN_TOK_STRING) {
        return gen_odd(p, env ? "the name of a variable, as a string"
                       : "a path, as a string");
    }
    secret->kind = env ? GEN_SECRET_ENV : GEN_SECRET_FILE;
    secret->text = gen_unquote(p->ctx, gen_text(p));
    gen_next(p);
    if (!gen_want_punct(p, ")", "after the string")) return false;
    secret->pos = gen_pos_from(p, first);
    return true;
}

/* --------------------------------------------------------------- durations */

static bool want_span(gen_parser *p, gen_clause *out)
{
    if (!gen_clause_once(p, out->present, out->pos)) return false;
    if (gen_now(p)->kind != GEN_TOK_DURATION && !gen_at_word(p, "none")) {
        return gen_odd(p, "a duration such as `15m`, or `none`");
    }
    out->present = true;
    out->pos = gen_here(p);
    out->text = gen_str_copy(p->ctx, gen_text(p).ptr, gen_text(p).len);
    if (gen_at_word(p, "none")) out->text = gen_str_lit("NONE");
    gen_next(p);
    return !p->failed;
}

/* durspec = [ "for" ] , ( "token" | "session" | "grant" ) , ( duration
 *         | "none" ) ; several, a comma between them */
static bool want_durations(gen_parser *p, gen_clause *grant,
                           gen_clause *token, gen_clause *session)
{
    do {
        bool ok;
        if (p->keep_raw && !gen_take_word(p, "for")) {
            return gen_odd(p, "`FOR`");
        }
        if (gen_take_word(p, "token")) {
            ok = want_span(p, token);
        } else if (gen_take_word(p, "session")) {
            ok = want_span(p, session);
        } else if (grant != NULL && gen_take_word(p, "grant")) {
            ok = want_span(p, grant);
        } else {
            return gen_odd(p, grant != NULL ? "`token`, `session` or `grant`"
                           : "`token` or `session`");
        }
        if (!ok) return false;
    } while (gen_take_punct(p, ","));
    return true;
}

/* ----------------------------------------------------------- DEFINE ACCESS */

static const char *const define_stops[] = {
    "signup", "signin", "with", "authenticate", "duration", "comment", "type",
    NULL
};

/* SIGNUP ( expr ): the brackets are the statement's when they hold it all. */
static bool define_signing(gen_parser *p, gen_signing *s)
{
    uint32_t open = p->at;
    uint32_t first;
    gen_parser q;

    if (!gen_clause_once(p, s->present, s->pos)) return false;
    s->pos = gen_here(p);
    s->present = true;
    if (!gen_scan_expr(p, define_stops, false, &s->expr)) return false;
    q = *p;
    q.at = open;
    q.failed = true; /* a look back: it must not complain */
    if (!gen_at_punct(&q, "(")) return true;
    gen_skip_group(&q);
    if (q.at != p->at) return true;
    q.at = open;
    gen_next(&q);
    first = q.at;
    while (q.at < p->prev) {
        gen_next(&q);
    }
    if (q.prev < first) return true; /* () */
    s->expr.pos = gen_pos_from(&q, first);
    s->expr.text = gen_slice(&q, first);
    return true;
}

static bool want_algorithm(gen_parser *p, gen_str *out)
{
    if (gen_now(p)->kind != GEN_TOK_IDENT) {
        return gen_odd(p, "an algorithm such as `HS512`");
    }
    *out = gen_str_copy(p->ctx, gen_text(p).ptr, gen_text(p).len);
    gen_next(p);
    return !p->failed;
}

static bool want_url(gen_parser *p, gen_clause *url)
{
    if (!gen_clause_once(p, url->present, url->pos)) return false;
    if (gen_now(p)->kind != GEN_TOK_STRING) {
        return gen_odd(p, "the address of the keys, as a string");
    }
    url->present = true;
    url->pos = gen_here(p);
    url->text = gen_str_copy(p->ctx, gen_text(p).ptr, gen_text(p).len);
    gen_next(p);
    return !p->failed;
}

/* "ISSUER" , { "ALGORITHM" , word | "KEY" , secret } */
static bool define_issuer(gen_parser *p, gen_access *access)
{
    for (;;) {
        if (gen_take_word(p, "algorithm")) {
            if (!want_algorithm(p, &access->issuer_algorithm)) return false;
        } else if (gen_take_word(p, "key")) {
            if (!want_secret(p, &access->issuer)) return false;
        } else {
            return !p->failed;
        }
    }
}

/* "ALGORITHM" , word , "KEY" , secret | "URL" , string */
static bool define_jwt(gen_parser *p, gen_access *access)
{
    if (gen_take_word(p, "url")) return want_url(p, &access->url);
    if (!gen_take_word(p, "algorithm")) {
        return gen_odd(p, "`ALGORITHM` or `URL`");
    }
    if (!want_algorithm(p, &access->algorithm)) return false;
    if (!gen_take_word(p, "key")) return gen_odd(p, "`KEY` and a string");
    return want_secret(p, &access->key);
}

/* "type" , ( "record" | "jwt" | "bearer" , "for" , ( "user" | "record" ) ) */
static bool want_kind(gen_parser *p, gen_access *access)
{
    if (gen_take_word(p, "record")) {
        access->kind = GEN_ACCESS_RECORD;
    } else if (gen_take_word(p, "jwt")) {
        access->kind = GEN_ACCESS_JWT;
    } else if (gen_take_word(p, "bearer")) {
        access->kind = GEN_ACCESS_BEARER;
        if (!gen_take_word(p, "for")) {
            return gen_odd(p, "`for user` or `for record`");
        }
        access->bearer_for_record = gen_at_word(p, "record");
        if (!gen_take_word(p, "user") && !gen_take_word(p, "record")) {
            return gen_odd(p, "`user` or `record`");
        }
    } else {
        return gen_odd(p, "`record`, `jwt` or `bearer`");
    }
    return !p->failed;
}

static bool define_with(gen_parser *p, gen_access *access)
{
    if (gen_take_word(p, "refresh")) {
        access->with_refresh = true;
        return !p->failed;
    }
    if (gen_take_word(p, "jwt")) return define_jwt(p, access);
    if (gen_take_word(p, "issuer")) return define_issuer(p, access);
    return gen_odd(p, "`JWT`, `ISSUER` or `REFRESH`");
}

static bool define_access_clause(gen_parser *p, gen_access *access)
{
    if (gen_take_word(p, "signup")) {
        return define_signing(p, &access->signup);
    }
    if (gen_take_word(p, "signin")) {
        return define_signing(p, &access->signin);
    }
    if (gen_take_word(p, "with")) return define_with(p, access);
    if (gen_take_word(p, "authenticate")) {
        return gen_take_clause(p, define_stops, &access->authenticate);
    }
    if (gen_take_word(p, "duration")) {
        return want_durations(p, &access->grant, &access->token,
                              &access->session);
    }
    if (gen_take_word(p, "comment")) {
        return gen_take_clause(p, define_stops, &access->comment);
    }
    gen_unknown_clause(p, "access", define_stops);
    return false;
}

/* name , "ON" , level , "TYPE" , kind , { clause } ; */
bool gen_define_access(gen_parser *p, gen_access *access)
{
    bool ok = gen_odd_name(p, "the name of an access", &access->name,
                           &access->pos)
        && want_level(p, &access->level);

    if (ok && !gen_take_word(p, "type")) {
        return gen_odd(p, "`TYPE` and `RECORD`, `JWT` or `BEARER`");
    }
    ok = ok && want_kind(p, access);
    if (ok && access->kind == GEN_ACCESS_JWT) ok = define_jwt(p, access);
    while (ok && !p->failed && !gen_at_punct(p, ";") && !gen_at_end(p)) {
        ok = define_access_clause(p, access);
    }
    return ok && !p->failed && gen_want_end(p);
}

/* ------------------------------------------------------------ access in .sg */

/* ( "signup" | "signin" ) , "(" , keys , ")" , "=" , expr , ";" */
static bool item_signing(gen_parser *p, gen_signing *s)
{
    static const char *const none[] = { NULL };

    if (!gen_clause_once(p, s->present, s->pos)) return false;
    s->pos = gen_tok_pos(p->file, &p->tokens[p->prev]);
    s->present = true;
    return gen_want_parms(p, &s->params, false)
        && gen_want_punct(p, "=", "and what it runs")
        && gen_scan_expr(p, none, false, &s->expr)
        && gen_want_end(p);
}

/* "refresh" | "issuer" , [ "algorithm" , word ] , [ "key" ] , secret */
static bool item_with(gen_parser *p, gen_access *access)
{
    if (gen_take_word(p, "refresh")) {
        access->with_refresh = true;
        return gen_want_end(p);
    }
    if (!gen_take_word(p, "issuer")) {
        return gen_odd(p, "`refresh` or `issuer`");
    }
    if (gen_take_word(p, "algorithm")
        && !want_algorithm(p, &access->issuer_algorithm)) return false;
    gen_take_word(p, "key");
    return want_secret(p, &access->issuer)
        && gen_want_end(p);
}

/* "algorithm" , ident , "key" , secret , ";" */
static bool item_algorithm(gen_parser *p, gen_access *access)
{
    if (!gen_clause_once(p, access->algorithm.len > 0, access->key.pos)
        || !want_algorithm(p, &access->algorithm)) return false;
    if (!gen_take_word(p, "key")) return gen_odd(p, "`key` and a secret");
    return want_secret(p, &access->key)
        && gen_want_end(p);
}

static bool item_authenticate(gen_parser *p, gen_access *access)
{
    if (!gen_clause_once(p, access->authenticate.present,
                         access->authenticate.pos)) return false;
    if (!gen_block_text(p, &access->authenticate)) return false;
    gen_take_punct(p, ";");
    return !p->failed;
}

/* accpart = signing | "authenticate" , block | "with" , ... , ";"
 *         | "algorithm" , ... , ";" | "url" , string , ";"
 *         | "duration" , durspec , { "," , durspec } , ";" ; */
static bool access_part(gen_parser *p, void *of)
{
    static const char *const words[] = {
        "signup", "signin", "authenticate", "with", "algorithm", "url",
        "duration", "comment", NULL
    };
    static const char *const none[] = { NULL };
    gen_access *access = (gen_access *)of;

    if (gen_take_word(p, "signup")) return item_signing(p, &access->signup);
    if (gen_take_word(p, "signin")) return item_signing(p, &access->signin);
    if (gen_take_word(p, "authenticate")) return item_authenticate(p, access);
    if (gen_take_word(p, "with")) return item_with(p, access);
    if (gen_take_word(p, "algorithm")) return item_algorithm(p, access);
    if (gen_take_word(p, "url")) {
        return want_url(p, &access->url)
            && gen_want_end(p);
    }
    if (gen_take_word(p, "duration")) {
        return want_durations(p, &access->grant, &access->token,
                              &access->session)
            && gen_want_end(p);
    }
    if (gen_take_word(p, "comment")) {
        return gen_take_clause(p, none, &access->comment)
            && gen_want_end(p);
    }
    gen_unknown_clause(p, "access", words);
    return false;
}

/* access = name , "on" , level , "type" , kind , "{" , { accpart } , "}" ; */
void gen_parse_access(gen_parser *p, gen_access *access)
{
    access->bad = true;
    if (!gen_want_name(p, "the name of an access", &access->name,
                       &access->pos)
        || !want_level(p, &access->level)) return;
    if (!gen_take_word(p, "type")) {
        gen_odd(p, "`type` and `record`, `jwt` or `bearer`");
        return;
    }
    if (!want_kind(p, access)) return;
    gen_read_attrs(p, &access->attrs);
    if (p->failed) return;
    access->bad = !gen_parse_block(p, "and the parts of the access",
                                   access_part, access);
}

/* ------------------------------------------------------------------- users */

static const char *const user_words[] = {
    "password", "passhash", "roles", "duration", "comment", NULL
};

static bool user_clause(gen_parser *p, gen_user *user)
{
    if (gen_at_word(p, "password") || gen_at_word(p, "passhash")) {
        bool hash = gen_at_word(p, "passhash");
        gen_next(p);
        if (!gen_clause_once(p, user->secret.kind != GEN_SECRET_NONE,
                             user->secret.pos)) return false;
        user->passhash = hash;
        return want_secret(p, &user->secret);
    }
    if (gen_take_word(p, "roles")) {
        return gen_clause_once(p, user->roles.count > 0, user->pos)
            && gen_want_words(p, "a role: `owner`, `editor` or `viewer`",
                              &user->roles);
    }
    if (gen_take_word(p, "duration")) {
        return want_durations(p, NULL, &user->token, &user->session);
    }
    if (gen_take_word(p, "comment")) {
        return gen_take_clause(p, user_words, &user->comment);
    }
    gen_unknown_clause(p, "user", user_words);
    return false;
}

static bool user_clauses(gen_parser *p, gen_user *user)
{
    bool ok = gen_odd_name(p, "the name of a user", &user->name, &user->pos)
        && want_level(p, &user->level);

    if (ok) gen_read_attrs(p, &user->attrs);
    while (ok && !p->failed && !gen_at_punct(p, ";") && !gen_at_end(p)) {
        ok = user_clause(p, user);
    }
    return ok && !p->failed;
}

bool gen_define_user(gen_parser *p, gen_user *user)
{
    return user_clauses(p, user) && gen_want_end(p);
}

/* user = name , "on" , level , ( "password" | "passhash" ) , secret ,
 *        "roles" , words , [ "duration" , durspec , ... ] , ";" ; */
bool gen_parse_user(gen_parser *p, gen_user *user)
{
    if (!user_clauses(p, user)) return false;
    if (user->secret.kind == GEN_SECRET_NONE) {
        return gen_odd(p, "`password` or `passhash` and a secret");
    }
    if (user->roles.count == 0) return gen_odd(p, "`roles` and the roles");
    return gen_want_end(p);
}
