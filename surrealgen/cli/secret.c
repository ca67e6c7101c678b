/* surrealgen/cli/secret.c: what env("X") and file("x") stand for.
 *
 * Read only when the user asked for secrets in the output. Messages name the
 * variable or the file, never what is in it. */
#include "options.h"

#include "secret.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SECRET_MAX = 64 * 1024 };

static bool from_variable(const gen_secret *secret, gen_str *value)
{
    const char *text = getenv(secret->text.ptr);

    if (text == NULL || text[0] == 0) {
        fprintf(stderr, "%s:%u:%u: the variable %s is not set\n",
                secret->pos.file->name.ptr, (unsigned)secret->pos.line,
                (unsigned)secret->pos.col, secret->text.ptr);
        return false;
    }
    value->ptr = text;
    value->len = strlen(text);
    return true;
}

/* Relative to the schema file, as `include` is. */
static void path_of(const gen_secret *secret, gen_buf *path)
{
    gen_str from = secret->pos.file->name;
    size_t len = from.len;

    while (len > 0 && from.ptr[len - 1] != '/') {
        len--;
    }
    if (secret->text.ptr[0] != '/') gen_buf_add(path, from.ptr, len);
    gen_buf_add_str(path, secret->text);
}

static bool refuse(const gen_secret *secret, const char *path,
                   const char *why)
{
    fprintf(stderr, "%s:%u:%u: the file %s %s\n",
            secret->pos.file->name.ptr, (unsigned)secret->pos.line,
            (unsigned)secret->pos.col, path, why);
    return false;
}

/* Editors end a file with a line end that is no part of the secret. */
static bool from_file(gen_ctx *ctx, const gen_secret *secret, gen_str *value)
{
    static char bytes[SECRET_MAX + 1];
    gen_buf path;
    FILE *from;
    size_t len;

    gen_buf_init(&path, ctx);
    path_of(secret, &path);
    from = fopen(path.ptr, "rb");
    if (from == NULL) {
        gen_buf why;
        gen_buf_init(&why, ctx);
        gen_buf_add_fmt(&why, "cannot be read: %s", strerror(errno));
        return refuse(secret, path.ptr, why.ptr);
    }
    len = fread(bytes, 1, sizeof bytes, from);
    if (ferror(from) != 0) {
        fclose(from);
        return refuse(secret, path.ptr, "cannot be read");
    }
    fclose(from);
    if (len > SECRET_MAX) {
        return refuse(secret, path.ptr, "is too long for a secret");
    }
    if (len > 0 && bytes[len - 1] == '\n') len--;
    if (len > 0 && bytes[len - 1] == '\r') len--;
    if (len == 0) return refuse(secret, path.ptr, "is empty");
    if (memchr(bytes, 0, len) != NULL) {
        return refuse(secret, path.ptr, "holds a NUL byte");
    }
    *value = gen_str_copy(ctx, bytes, len);
    memset(bytes, 0, sizeof bytes);
    return true;
}

bool cli_secret(void *user, const gen_secret *secret, gen_str *value)
{
    if (secret->kind == GEN_SECRET_ENV) return from_variable(secret, value);
    return from_file((gen_ctx *)user, secret, value);
}

void cli_secret_note(void *user, const char *text)
{
    (void)user;
    cli_say("%s; its statement is left out, `--with-secrets` puts it in",
            text);
}
