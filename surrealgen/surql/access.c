/* surrealgen/surql/access.c: DEFINE ACCESS and DEFINE USER.
 *
 * What env() and file() name is a secret, and this text may end in a log or
 * a repository: without a way to get at secrets such a statement becomes a
 * comment that says what it needs. */
#include "surql.h"

static const char *level_word(gen_level level)
{
    static const char *const words[] = { "DATABASE", "NAMESPACE", "ROOT" };

    return words[level];
}

/* ---------------------------------------------------------------- secrets */

static bool is_elsewhere(const gen_secret *secret)
{
    return secret->kind == GEN_SECRET_ENV || secret->kind == GEN_SECRET_FILE;
}

/* True when the statement can be printed with the secrets it needs. */
static bool has_secrets(sql_printer *p, const char *what, gen_str name,
                        const gen_secret *const *secrets, size_t count)
{
    const char *between = " needs ";
    bool wanted = false;
    gen_buf text;
    size_t i;

    gen_buf_init(&text, p->ctx);
    gen_buf_add_text(&text, what);
    gen_buf_add_char(&text, ' ');
    gen_surql_name(&text, name);
    for (i = 0; i < count; i++) {
        const gen_secret *secret = secrets[i];
        if (!is_elsewhere(secret) || p->opt->secret != NULL) continue;
        wanted = true;
        gen_buf_add_text(&text, between);
        between = " and ";
        gen_buf_add_text(&text, secret->kind == GEN_SECRET_ENV
                         ? "the variable " : "the file ");
        gen_buf_add_str(&text, secret->text);
    }
    if (!wanted) return true;
    gen_buf_add_text(p->out, "-- ");
    for (i = 0; i < text.len; i++) { /* a name may hold a line end */
        unsigned char c = (unsigned char)text.ptr[i];
        gen_buf_add_char(p->out, c < ' ' ? ' ' : text.ptr[i]);
    }
    gen_buf_add_text(p->out, "; left out\n");
    if (p->opt->note != NULL) p->opt->note(p->opt->user, text.ptr);
    return false;
}

static void put_secret(sql_printer *p, const char *word,
                       const gen_secret *secret)
{
    gen_str text = secret->text;

    if (is_elsewhere(secret)
        && !p->opt->secret(p->opt->user, secret, &text)) {
        p->failed = true;
        return;
    }
    gen_buf_add_char(p->out, ' ');
    gen_buf_add_text(p->out, word);
    gen_buf_add_char(p->out, ' ');
    gen_surql_string(p->out, text);
}

/* ---------------------------------------------------------------- clauses */

static void put_duration(sql_printer *p, bool *first, const char *what,
                         const gen_clause *clause)
{
    if (!clause->present) return;
    gen_buf_add_text(p->out, *first ? " DURATION" : ",");
    *first = false;
    gen_buf_add_fmt(p->out, " FOR %s ", what);
    if (sql_same_word(clause->text, "none")) {
        gen_buf_add_text(p->out, "NONE");
    } else {
        gen_buf_add_str(p->out, clause->text);
    }
}

static void put_durations(sql_printer *p, const gen_clause *grant,
                          const gen_clause *token, const gen_clause *session)
{
    bool first = true;

    if (grant != NULL) put_duration(p, &first, "GRANT", grant);
    put_duration(p, &first, "TOKEN", token);
    put_duration(p, &first, "SESSION", session);
}

/* A block stands for itself, anything else goes into parentheses. */
static void put_signing(sql_printer *p, const char *word,
                        const gen_signing *signing)
{
    gen_str text = signing->expr.text;

    if (!signing->present) return;
    gen_buf_add_fmt(p->out, " %s ", word);
    if (text.len > 0 && text.ptr[0] == '{') {
        gen_buf_add_str(p->out, text);
        return;
    }
    gen_buf_add_char(p->out, '(');
    gen_buf_add_str(p->out, text);
    gen_buf_add_char(p->out, ')');
}

static void put_upper(gen_buf *out, gen_str word)
{
    size_t i;

    for (i = 0; i < word.len; i++) {
        char c = word.ptr[i];
        if (c >= 'a' && c <= 'z') c = (char)(c - 'a' + 'A');
        gen_buf_add_char(out, c);
    }
}

/* ALGORITHM x KEY y, or URL z, and who issues. */
static void put_jwt(sql_printer *p, const gen_access *access)
{
    sql_clause(p, "URL", &access->url);
    if (access->algorithm.len > 0) {
        gen_buf_add_text(p->out, " ALGORITHM ");
        put_upper(p->out, access->algorithm);
    }
    if (access->key.kind != GEN_SECRET_NONE) {
        put_secret(p, "KEY", &access->key);
    }
    if (access->issuer.kind == GEN_SECRET_NONE) return;
    gen_buf_add_text(p->out, " WITH ISSUER");
    if (access->issuer_algorithm.len > 0) {
        gen_buf_add_text(p->out, " ALGORITHM ");
        put_upper(p->out, access->issuer_algorithm);
    }
    put_secret(p, "KEY", &access->issuer);
}

static void put_kind(sql_printer *p, const gen_access *access)
{
    if (access->kind == GEN_ACCESS_BEARER) {
        gen_buf_add_fmt(p->out, " TYPE BEARER FOR %s",
                        access->bearer_for_record ? "RECORD" : "USER");
        return;
    }
    if (access->kind == GEN_ACCESS_JWT) {
        gen_buf_add_text(p->out, " TYPE JWT");
        put_jwt(p, access);
        return;
    }
    gen_buf_add_text(p->out, " TYPE RECORD");
    put_signing(p, "SIGNUP", &access->signup);
    put_signing(p, "SIGNIN", &access->signin);
    if (access->with_refresh) gen_buf_add_text(p->out, " WITH REFRESH");
    if (access->algorithm.len > 0 || access->url.present) {
        gen_buf_add_text(p->out, " WITH JWT");
        put_jwt(p, access);
    }
}

/* ------------------------------------------------------------- statements */

void sql_access(sql_printer *p, const gen_access *access)
{
    const gen_secret *secrets[2];

    secrets[0] = &access->key;
    secrets[1] = &access->issuer;
    if (!has_secrets(p, "access", access->name, secrets, 2)) return;
    sql_define(p, "ACCESS", access->exists);
    gen_surql_name(p->out, access->name);
    gen_buf_add_fmt(p->out, " ON %s", level_word(access->level));
    put_kind(p, access);
    sql_clause(p, "AUTHENTICATE", &access->authenticate);
    put_durations(p, &access->grant, &access->token, &access->session);
    sql_comment(p, &access->comment, access->doc, access->pos);
    sql_end(p, &access->attrs, access->pos);
}

void sql_user(sql_printer *p, const gen_user *user)
{
    const gen_secret *secret = &user->secret;

    if (!has_secrets(p, "user", user->name, &secret, 1)) return;
    sql_define(p, "USER", user->exists);
    gen_surql_name(p->out, user->name);
    gen_buf_add_fmt(p->out, " ON %s", level_word(user->level));
    if (secret->kind != GEN_SECRET_NONE) {
        put_secret(p, user->passhash ? "PASSHASH" : "PASSWORD", secret);
    }
    if (user->roles.count > 0) {
        gen_buf_add_text(p->out, " ROLES ");
        sql_words(p->out, &user->roles);
    }
    put_durations(p, NULL, &user->token, &user->session);
    sql_comment(p, &user->comment, user->doc, user->pos);
    sql_end(p, &user->attrs, user->pos);
}
