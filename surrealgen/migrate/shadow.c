/* surrealgen/migrate/shadow.c: what a server makes of definitions, with
 * nothing left behind.
 *
 * The definitions run in a transaction that reads the catalogue and then
 * throws it: THROW rolls everything back, and its message comes to us. In it
 * is CBOR in base64, for a message is a text. Which transaction that may be
 * depends on who asks:
 *
 *   DATABASE  a database of its own, made in that transaction. It takes
 *             rights on the namespace
 *   IN_PLACE  OVERWRITE in the database itself. Indexes and views are left
 *             out, since the server would build them over the rows there are,
 *             and without an owner's rights accesses, too
 *   NONE      neither: nothing but our own texts
 *
 * What is left out comes back with our text and is marked so (`ours`); so does
 * a definition the server refuses, such as one of a feature it was started
 * without: it is no drift that it cannot be tried.
 *
 * SurrealDB 2 knows INFO as a statement only, whose result a transaction that
 * is rolled back takes along. There it works on a server that was given to
 * try things on alone, where a database is really made and removed. */
#include "../schema/front.h"
#include "drift.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#define MARK "surrealgen-shadow:"

enum { REFUSED = 20 }; /* definitions a server may not take */

static const char read_all[] =
    "LET $d = (INFO FOR DB);\n"
    "LET $t = object::keys($d.tables).map(|$n| [$n, (INFO FOR TABLE $n)]);\n"
    "THROW '" MARK "' + encoding::base64::encode(encoding::cbor::encode("
    "[$d, $t]));\n"
    "COMMIT;\n";

typedef struct shadow {
    db_link *link;
    gen_ctx *ctx;
    db_catalogue ours;  /* the definitions asked about; empty for statements */
    gen_str text;       /* statements, when they are no definitions */
    mig_shadow how;
    bool no_access;
    gen_list refused;   /* db_entry: tried, and not taken */
    gen_list sorted;    /* the same, to be found */
    gen_list sent;      /* db_entry, in the order of their statements */
    gen_str name;       /* of the database */
    size_t before;      /* answers before the first of them */
} shadow;

/* --------------------------------------------------------------- statements */

static size_t skip_word(gen_str text, size_t at)
{
    while (at < text.len && strchr(" \t\r\n", text.ptr[at]) == NULL) at++;
    while (at < text.len && strchr(" \t\r\n", text.ptr[at]) != NULL) at++;
    return at;
}

static bool word_at(gen_str text, size_t at, const char *word)
{
    gen_str part;

    part.ptr = text.ptr + at;
    part.len = 0;
    while (at + part.len < text.len
           && strchr(" \t\r\n", part.ptr[part.len]) == NULL) part.len++;
    return gen_word_eq(part, word);
}

void mig_redefine(gen_buf *out, gen_str text, bool overwrite)
{
    size_t at = skip_word(text, skip_word(text, 0));

    if (!overwrite || word_at(text, at, "overwrite")
        || word_at(text, at, "if")) {
        gen_buf_add_str(out, text);
    } else {
        gen_buf_add(out, text.ptr, at);
        gen_buf_add_text(out, "OVERWRITE ");
        gen_buf_add(out, text.ptr + at, text.len - at);
    }
    gen_buf_add_text(out, ";\n");
}

/* What the server has made already when it comes to this. */
static bool is_there(const db_entry *entry)
{
    gen_str name = entry->name;

    return entry->kind == DB_FIELD
        && (gen_str_is(name, "in") || gen_str_is(name, "out")
            || gen_str_is(name, "id")
            || (name.len > 0 && (name.ptr[name.len - 1] == '*'
                || name.ptr[name.len - 1] == ']')));
}

/* What cannot be tried, or takes more than a definition does: keys, files
 * outside of the database, hashing passwords. */
static bool is_left_out(const shadow *s, const db_entry *entry)
{
    size_t i;

    for (i = 0; i < s->refused.count; i++) {
        if (db_entry_at(&s->refused, i) == entry) return true;
    }
    switch (entry->kind) {
    case DB_USER:
    case DB_MODEL:
    case DB_BUCKET:
    case DB_MODULE:
        return true;
    case DB_INDEX:
    case DB_VIEW:
        return s->how == MIG_SHADOW_IN_PLACE;
    case DB_ACCESS:
        return s->no_access;
    case DB_PARAM:
        return !mig_is_constant(entry);
    case DB_FIELD:
    case DB_EVENT:
        return false;
    default:
        return entry->level != GEN_LEVEL_DATABASE;
    }
}

static void add_ours(shadow *s, gen_buf *out)
{
    size_t i;

    memset(&s->sent, 0, sizeof s->sent);
    for (i = 0; i < s->ours.entries.count; i++) {
        db_entry *entry = db_entry_at(&s->ours.entries, i);
        entry->ours = is_left_out(s, entry);
        if (entry->ours) continue;
        mig_redefine(out, entry->text, s->how == MIG_SHADOW_IN_PLACE
                     || is_there(entry));
        gen_list_push(s->ctx, &s->sent, entry);
    }
}

/* One that nobody else has: two checks may run at once. */
static void set_name(shadow *s)
{
    unsigned long odd = (unsigned long)((size_t)s->link->db >> 4 & 0xffffff)
        ^ (unsigned long)time(NULL) * 2654435761ul;
    gen_buf name;

    gen_buf_init(&name, s->ctx);
    gen_buf_add_fmt(&name, "surrealgen_shadow_%lu", odd & 0xffffffffu);
    s->name = gen_buf_str(&name);
}

static void add_make(shadow *s, gen_buf *out, const char *what,
                     const char *word)
{
    gen_buf_add_fmt(out, "DEFINE %s %s;\nUSE %s %s;\n", what, s->name.ptr,
                    word, s->name.ptr);
    s->before += 2;
}

static void add_place(shadow *s, gen_buf *out)
{
    gen_buf_add_text(out, "BEGIN;\n");
    s->before = s->link->version.major >= 3 ? 1 : 0;
    if (s->how != MIG_SHADOW_DATABASE) return;
    if (s->link->ns.len == 0) add_make(s, out, "NAMESPACE", "NS");
    add_make(s, out, "DATABASE", "DB");
}

/* ---------------------------------------------------------- what was thrown */

static int digit(char c)
{
    static const char all[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                              "abcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *at = c != 0 ? strchr(all, c) : NULL;

    return at != NULL ? (int)(at - all) : -1;
}

static surreal_bytes decode(gen_ctx *ctx, gen_str text)
{
    uint8_t *bytes = (uint8_t *)gen_new(ctx, text.len / 4 * 3 + 4);
    surreal_bytes out;
    unsigned long bits = 0;
    unsigned have = 0;
    size_t i;

    out.ptr = bytes;
    out.len = 0;
    for (i = 0; i < text.len && digit(text.ptr[i]) >= 0; i++) {
        bits = (bits << 6 | (unsigned long)digit(text.ptr[i])) & 0xffffffu;
        have += 6;
        if (have < 8) continue;
        have -= 8;
        bytes[out.len++] = (uint8_t)(bits >> have & 0xff);
    }
    return out;
}

/* The text behind MARK in the statement's complaint; len 0 when there is
 * none. surreal_error cuts it, the statement's value is all of it. */
static gen_str thrown(const surreal_result *result, const surreal_error *err)
{
    surreal_str said = { NULL, 0 };
    gen_str out = { "", 0 };
    const char *at;

    if (err->statement < 0
        || surreal_get_str(surreal_statement_value(result,
                           (size_t)err->statement), &said) != SURREAL_OK) {
        return out;
    }
    at = strstr(said.ptr, MARK);
    if (at == NULL) return out;
    out.ptr = at + strlen(MARK);
    out.len = said.len - (size_t)(out.ptr - said.ptr);
    return out;
}

static int read_thrown(shadow *s, gen_str text, db_catalogue *out)
{
    surreal_bytes bytes = decode(s->ctx, text);
    surreal_result *result = NULL;
    surreal_error err;
    surreal_value all;

    if (surreal_result_from(NULL, bytes, &result, &err) != SURREAL_OK) {
        cli_say("the server's account of its shadow cannot be read: %s",
                err.message);
        return CLI_FAILED;
    }
    all = surreal_statement_value(result, 0);
    db_catalogue_from(s->ctx, surreal_at(all, 0), surreal_at(all, 1), out);
    surreal_result_free(result);
    return CLI_FINE;
}

static bool is_denied(const surreal_error *err)
{
    return err->status == SURREAL_ERR_DENIED
        || strstr(err->message, "IAM error") != NULL
        || strstr(err->message, "Not enough permissions") != NULL
        || strstr(err->message, "is not allowed") != NULL;
}

static int say_refused(const shadow *s, const surreal_error *err)
{
    cli_say("the server does not run this in a shadow: %s",
            db_reason(s->ctx, err->message));
    if (s->refused.count > 0) {
        gen_str text = db_entry_at(&s->refused, 0)->text;
        fprintf(stderr, "  nor does it take this: %.*s\n",
                (int)(text.len < 200 ? text.len : 200), text.ptr);
    }
    return CLI_FAILED;
}

/* ------------------------------------------------------------------- trying */

/* USE within the request may have moved the session. */
static int go_back(shadow *s)
{
    const char *ns = s->link->ns.len > 0 ? s->link->ns.ptr : NULL;

    if (s->how != MIG_SHADOW_DATABASE || ns == NULL) return CLI_FINE;
    if (surreal_use(s->link->db, ns, s->link->name.ptr) == SURREAL_OK) {
        return CLI_FINE;
    }
    cli_say("%s: %s", s->link->url, surreal_last_error(s->link->db)->message);
    return CLI_CONNECT;
}

/* The definition the server complains of, or NULL: it is about the rest. */
static db_entry *blamed(const shadow *s, const surreal_error *err)
{
    size_t at = err->statement >= 0 ? (size_t)err->statement : 0;

    if (at < s->before || at - s->before >= s->sent.count) return NULL;
    return db_entry_at(&s->sent, at - s->before);
}

/* One transaction; *denied when the user has not the rights for it, *again
 * when it should be tried without what was refused. */
static int try_once(shadow *s, db_catalogue *out, bool *denied, bool *again)
{
    surreal_result *result = NULL;
    const surreal_error *err;
    gen_str said;
    gen_buf text;
    int rc;

    *denied = *again = false;
    gen_buf_init(&text, s->ctx);
    add_place(s, &text);
    add_ours(s, &text);
    gen_buf_add_str(&text, s->text);
    gen_buf_add_text(&text, read_all);
    rc = db_send(s->link, &text, &result, &err);
    if (rc != CLI_FINE) return rc;
    if (err == NULL) {
        cli_say("the server ended a transaction that throws as if it had "
                "not: is something between it and us?");
        rc = CLI_FAILED;
    } else if (said = thrown(result, err), said.len > 0) {
        rc = read_thrown(s, said, out);
    } else if (is_denied(err)) {
        *denied = true;
    } else if (blamed(s, err) != NULL && s->refused.count < REFUSED) {
        gen_list_push(s->ctx, &s->refused, blamed(s, err));
        *again = true;
    } else {
        rc = say_refused(s, err);
    }
    surreal_result_free(result);
    return rc == CLI_FINE ? go_back(s) : rc;
}

static int try_until(shadow *s, db_catalogue *out, bool *denied)
{
    bool again = true;
    int rc = CLI_FINE;

    while (rc == CLI_FINE && again) rc = try_once(s, out, denied, &again);
    return rc;
}

/* A database that is really made, and the definitions in it. */
static int make_it(shadow *s)
{
    const char *name = s->name.ptr;
    surreal_result *result = NULL;
    const surreal_error *err = NULL;
    gen_buf text;
    bool again;
    int rc;

    do {
        gen_buf_init(&text, s->ctx);
        gen_buf_add_fmt(&text, "DEFINE NAMESPACE IF NOT EXISTS %s;\n"
                        "USE NS %s;\nREMOVE DATABASE IF EXISTS %s;\n"
                        "DEFINE DATABASE %s;\nUSE DB %s;\nBEGIN;\n", name,
                        name, name, name, name);
        s->before = s->link->version.major >= 3 ? 6 : 5;
        add_ours(s, &text);
        gen_buf_add_str(&text, s->text);
        gen_buf_add_text(&text, "COMMIT;\n");
        rc = db_send(s->link, &text, &result, &err);
        again = rc == CLI_FINE && err != NULL && blamed(s, err) != NULL
            && s->refused.count < REFUSED;
        if (again) gen_list_push(s->ctx, &s->refused, blamed(s, err));
        if (rc == CLI_FINE && err != NULL && !again) rc = say_refused(s, err);
        surreal_result_free(result);
        result = NULL;
    } while (rc == CLI_FINE && again);
    return rc;
}

/* SurrealDB 2, on a server to try things on: made, read and removed. */
static int try_made(shadow *s, db_catalogue *out)
{
    gen_list all = { NULL, 0, 0 };
    const char *name = s->name.ptr;
    surreal_result *result = NULL;
    const surreal_error *err;
    db_link inside = *s->link;
    gen_buf text;
    int rc;

    s->how = MIG_SHADOW_DATABASE;
    rc = make_it(s);
    inside.ns = inside.name = s->name;
    if (rc == CLI_FINE
        && surreal_use(inside.db, name, name) != SURREAL_OK) {
        rc = db_refused(&inside, "cannot use the shadow",
                        surreal_last_error(inside.db));
    }
    if (rc == CLI_FINE) rc = db_read(&inside, GEN_LEVEL_DATABASE, &all, out);
    gen_buf_init(&text, s->ctx);
    gen_buf_add_fmt(&text, "REMOVE NAMESPACE IF EXISTS %s", name);
    if (db_send(s->link, &text, &result, &err) == CLI_FINE && err != NULL) {
        cli_say("%s: the namespace %s stays behind: %s", s->link->url, name,
                err->message);
    }
    surreal_result_free(result);
    return rc;
}

/* The best that is allowed. */
static int try_all(shadow *s, bool in_place_ok, db_catalogue *out)
{
    bool denied = true;
    int rc = CLI_FINE;

    if (s->link->version.major < 3) {
        if (s->link->disposable) return try_made(s, out);
        s->how = MIG_SHADOW_NONE;
        return CLI_FINE;
    }
    s->how = MIG_SHADOW_DATABASE;
    rc = try_until(s, out, &denied);
    if (rc != CLI_FINE || !denied) return rc;
    if (in_place_ok) {
        s->how = MIG_SHADOW_IN_PLACE;
        rc = try_until(s, out, &denied);
        if (rc == CLI_FINE && denied) {
            s->no_access = true;
            rc = try_until(s, out, &denied);
        }
    }
    if (rc == CLI_FINE && denied) s->how = MIG_SHADOW_NONE;
    return rc;
}

/* --------------------------------------------------------- ours, and theirs */

static gen_str without(gen_str name, const char *head)
{
    size_t len = strlen(head);

    if (name.len > len && memcmp(name.ptr, head, len) == 0) {
        name.ptr += len;
        name.len -= len;
    }
    return name;
}

/* How it came there is not what it is. */
static gen_str without_exists(gen_ctx *ctx, gen_str text)
{
    size_t at = skip_word(text, skip_word(text, 0));
    size_t to = at;
    gen_buf out;

    if (word_at(text, at, "overwrite")) {
        to = skip_word(text, at);
    } else if (word_at(text, at, "if")) {
        to = skip_word(text, skip_word(text, skip_word(text, at)));
    }
    if (to == at) return text;
    gen_buf_init(&out, ctx);
    gen_buf_add(&out, text.ptr, at);
    gen_buf_add(&out, text.ptr + to, text.len - to);
    return gen_buf_str(&out);
}

static void mark_ours(const db_catalogue *what)
{
    size_t i;

    for (i = 0; i < what->entries.count; i++) {
        db_entry_at(&what->entries, i)->ours = true;
    }
}

int mig_catalogue_of(gen_ctx *ctx, gen_version target, gen_str text,
                     db_catalogue *out)
{
    size_t i;
    int rc = db_catalogue_of(ctx, target, text, out);

    mark_ours(out);
    for (i = 0; rc == CLI_FINE && i < out->entries.count; i++) {
        db_entry *entry = db_entry_at(&out->entries, i);
        entry->text = without_exists(ctx, entry->text);
        if (entry->kind == DB_FUNCTION) {
            entry->name = without(entry->name, "fn::");
        } else if (entry->kind == DB_PARAM) {
            entry->name = without(entry->name, "$");
        } else if (entry->kind == DB_API && entry->name.len > 1
                   && strchr("'\"", entry->name.ptr[0]) != NULL) {
            entry->name = gen_unquote(ctx, entry->name);
        }
    }
    return rc == CLI_FINE ? db_mark(ctx, target, out) : rc;
}

/* What the shadow has besides ours is the database's own, when it is no
 * database by itself; what it was not told is ours as it stands. */
static void settle(const shadow *s, db_catalogue *read)
{
    db_catalogue all = *read;
    size_t i;

    memset(&all.entries, 0, sizeof all.entries);
    for (i = 0; i < read->entries.count; i++) {
        db_entry *entry = db_entry_at(&read->entries, i);
        const db_entry *ours = mig_entry_like(&s->sorted, entry);
        if (ours != NULL && ours->ours) continue;
        if (s->how == MIG_SHADOW_IN_PLACE && ours == NULL
            && !entry->implied) continue;
        gen_list_push(s->ctx, &all.entries, entry);
    }
    for (i = 0; i < s->ours.entries.count; i++) {
        db_entry *entry = db_entry_at(&s->ours.entries, i);
        if (entry->ours) gen_list_push(s->ctx, &all.entries, entry);
    }
    *read = all;
}

int mig_shadow_read(db_link *link, gen_str text, bool in_place_ok,
                    mig_shadow *how, db_catalogue *out)
{
    shadow s;
    int rc = CLI_FINE;

    memset(&s, 0, sizeof s);
    memset(out, 0, sizeof *out);
    s.link = link;
    s.ctx = link->ctx;
    set_name(&s);
    if (in_place_ok) {
        rc = mig_catalogue_of(link->ctx, db_target(link), text, &s.ours);
        s.sorted = mig_sorted(link->ctx, &s.ours);
    } else {
        s.text = text;
    }
    if (rc == CLI_FINE) rc = try_all(&s, in_place_ok, out);
    *how = s.how;
    if (rc != CLI_FINE) return rc;
    if (s.how == MIG_SHADOW_NONE) {
        *out = s.ours;
        mark_ours(out);
        return CLI_FINE;
    }
    rc = db_mark(link->ctx, db_target(link), out);
    if (rc == CLI_FINE && in_place_ok) settle(&s, out);
    return rc;
}
