/* surrealgen/db/secrets.c: what must not stand in a schema file.
 *
 * A server hides keys that sign (KEY '[REDACTED]') and tells the hashes of
 * passwords. Neither goes into a file: an .sg file names a variable of the
 * environment, a .surql file has the statement as a comment with a word on
 * what is missing. The key that SurrealDB makes itself for an access method
 * of records is left out: it makes another. */
#include "db.h"

#include <string.h>

static const char redacted[] = "KEY '[REDACTED]'";
static const char own_key[] =
    " WITH JWT ALGORITHM HS512 KEY '[REDACTED]'"
    " WITH ISSUER KEY '[REDACTED]'";
static const char same_issuer[] = " WITH ISSUER KEY '[REDACTED]'";

/* Where `what` begins in the text outside of strings, or the text's length. */
static size_t find(gen_str text, const char *what)
{
    size_t len = strlen(what);
    size_t i;

    for (i = 0; i + len <= text.len; i++) {
        char c = text.ptr[i];
        if (memcmp(text.ptr + i, what, len) == 0) return i;
        if (c != '\'' && c != '"' && c != '`') continue;
        for (i++; i < text.len && text.ptr[i] != c; i++) {
            if (text.ptr[i] == '\\') i++;
        }
    }
    return text.len;
}

static gen_str cut(gen_ctx *ctx, gen_str text, const char *what)
{
    size_t at = find(text, what);
    size_t len = strlen(what);
    gen_buf out;

    if (at == text.len) return text;
    gen_buf_init(&out, ctx);
    gen_buf_add(&out, text.ptr, at);
    gen_buf_add(&out, text.ptr + at + len, text.len - at - len);
    return gen_str_copy(ctx, out.ptr, out.len);
}

/* "my access" and "_KEY" make MY_ACCESS_KEY. */
static gen_str variable(gen_ctx *ctx, gen_str name, const char *end)
{
    gen_buf out;
    size_t i;

    gen_buf_init(&out, ctx);
    for (i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        if (c >= 'a' && c <= 'z') c = (char)(c - 'a' + 'A');
        if (!(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9' && i > 0)) {
            c = '_';
        }
        gen_buf_add_char(&out, c);
    }
    gen_buf_add_text(&out, end);
    return gen_str_copy(ctx, out.ptr, out.len);
}

static gen_str note(gen_ctx *ctx, const char *fmt, gen_str name)
{
    gen_buf out;

    gen_buf_init(&out, ctx);
    gen_buf_add_fmt(&out, fmt, name.ptr);
    return gen_str_copy(ctx, out.ptr, out.len);
}

/* The statement with `...` in place of the string behind each `word`. */
static gen_str blot(gen_ctx *ctx, gen_str text, const char *word)
{
    size_t at = find(text, word);
    size_t end = at + strlen(word);
    gen_buf out;

    if (at == text.len) return text;
    gen_buf_init(&out, ctx);
    gen_buf_add(&out, text.ptr, end);
    gen_buf_add_text(&out, "'...'");
    if (end < text.len && text.ptr[end] == '\'') {
        for (end++; end < text.len && text.ptr[end] != '\''; end++) {
            if (text.ptr[end] == '\\') end++;
        }
        if (end < text.len) end++;
    }
    gen_buf_add(&out, text.ptr + end, text.len - end);
    return gen_str_copy(ctx, out.ptr, out.len);
}

static void set_access(gen_ctx *ctx, const db_print *how, db_entry *entry)
{
    gen_str text = entry->text;
    size_t key;

    if (find(text, " TYPE RECORD") < text.len) {
        text = cut(ctx, text, own_key);
    }
    key = find(text, redacted);
    /* The same secret checks and signs, unless another is named. */
    if (key < text.len && find(text, " ALGORITHM HS") < key) {
        text = cut(ctx, text, same_issuer);
    }
    entry->text = text;
    if (key == text.len || find(text, redacted) == text.len) return;
    if (how->sg) {
        entry->note = note(ctx, "No server tells the key of `%s`: set the "
                           "variable named here.", entry->name);
        return;
    }
    entry->note = note(ctx, "No server tells the key of the access `%s`: put "
                       "it in here.", entry->name);
    entry->hidden = blot(ctx, text, "KEY ");
}

static void set_user(gen_ctx *ctx, const db_print *how, db_entry *entry)
{
    if (how->secrets) return;
    if (how->sg) {
        entry->note = note(ctx, "The hash of the password of `%s` is left "
                           "out: set the variable named here.",
                           entry->name);
        return;
    }
    entry->note = note(ctx, "The hash of the password of the user `%s` is "
                       "left out (--with-secrets writes it).", entry->name);
    entry->hidden = blot(ctx, entry->text, "PASSHASH ");
}

void db_set_secrets(gen_ctx *ctx, const db_print *how, db_catalogue *what)
{
    size_t i;

    for (i = 0; i < what->entries.count; i++) {
        db_entry *entry = db_entry_at(&what->entries, i);
        if (entry->kind == DB_ACCESS) set_access(ctx, how, entry);
        if (entry->kind == DB_USER) set_user(ctx, how, entry);
    }
}

/* A string that stands for a secret becomes a variable of the environment. */
static void hide(gen_ctx *ctx, gen_secret *secret, gen_str name,
                 const char *end)
{
    if (secret->kind != GEN_SECRET_TEXT) return;
    secret->kind = GEN_SECRET_ENV;
    secret->text = variable(ctx, name, end);
}

static bool is_redacted(const gen_secret *secret)
{
    return gen_str_is(secret->text, "[REDACTED]");
}

void db_hide_secrets(gen_ctx *ctx, const db_print *how)
{
    gen_schema *schema = gen_schema_of(ctx);
    size_t i;

    for (i = 0; i < schema->accesses.count; i++) {
        gen_access *access = gen_access_at(&schema->accesses, i);
        if (is_redacted(&access->key)) {
            hide(ctx, &access->key, access->name, "_KEY");
        }
        if (is_redacted(&access->issuer)) {
            hide(ctx, &access->issuer, access->name, "_ISSUER_KEY");
        }
    }
    if (how->secrets) return;
    for (i = 0; i < schema->users.count; i++) {
        gen_user *user = gen_user_at(&schema->users, i);
        hide(ctx, &user->secret, user->name, "_PASSHASH");
    }
}
