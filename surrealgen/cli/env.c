/* surrealgen/cli/env.c: the sections [env.NAME] of surrealgen.toml, and values
 * that stand elsewhere.
 *
 * A file that is shared says where a secret is, never what it is: env:NAME is a
 * variable, file:PATH a file beside the settings, such as one that is mounted
 * where the program runs. Messages name the variable or the file. */
#include "env.h"

#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RESOLVED_MAX = 64 * 1024 };

cli_env *cli_env_at(const gen_list *list, size_t i)
{
    return (cli_env *)list->at[i];
}

/* --------------------------------------------------------- env:, file: */

static const char *from_variable(const char *where, const char *name)
{
    const char *text = getenv(name);

    if (text != NULL && text[0] != 0) return text;
    cli_say("%s: the variable %s is %s", where, name,
            text == NULL ? "not set" : "empty");
    return NULL;
}

/* Editors end a file with a line end that is no part of the value. */
static const char *from_file(gen_ctx *ctx, const char *where,
                             const char *path)
{
    FILE *from = fopen(path, "rb");
    char *bytes;
    size_t len;
    bool failed;

    if (from == NULL) {
        cli_say("%s: cannot read %s: %s", where, path, strerror(errno));
        return NULL;
    }
    bytes = (char *)gen_new(ctx, RESOLVED_MAX + 1);
    len = fread(bytes, 1, RESOLVED_MAX, from);
    failed = ferror(from) != 0;
    fclose(from);
    if (len > 0 && bytes[len - 1] == '\n') len--;
    if (len > 0 && bytes[len - 1] == '\r') len--;
    bytes[len] = 0;
    if (!failed && len > 0 && len < RESOLVED_MAX - 1 && strlen(bytes) == len) {
        return bytes;
    }
    cli_say("%s: %s %s", where, path, failed ? "cannot be read"
            : len == 0 ? "is empty" : "does not hold one value");
    return NULL;
}

const char *cli_resolve(gen_ctx *ctx, const char *where, const char *dir,
                        const char *text)
{
    gen_buf path;

    if (strncmp(text, "env:", 4) == 0) return from_variable(where, text + 4);
    if (strncmp(text, "file:", 5) != 0) return text;
    gen_buf_init(&path, ctx);
    if (text[5] != '/') gen_buf_add_text(&path, dir);
    gen_buf_add_text(&path, text + 5);
    return from_file(ctx, where, path.ptr);
}

/* ------------------------------------------------------------- one section */

bool cli_is_env_key(const char *key)
{
    return cli_is_choice("group|order|approve|destructive|health|disposable",
                         key);
}

static bool say_key(const cli_file *file, const cli_setting *setting,
                    const char *wants)
{
    cli_say("%s:%u: `%s` wants %s", file->name, setting->line, setting->key,
            wants);
    return false;
}

/* The keys that are no options. */
static bool take_key(cli_env *env, const cli_file *file,
                     const cli_setting *setting)
{
    const char *text = setting->texts.count > 0
        ? (const char *)setting->texts.at[0] : "";
    const char *key = setting->key;

    if (strcmp(key, "approve") == 0 || strcmp(key, "disposable") == 0) {
        if (!setting->is_bool) return say_key(file, setting, "true or false");
        if (key[0] == 'a') env->approve = strcmp(text, "true") == 0;
    } else if (strcmp(key, "order") == 0) {
        if (!setting->is_number || strlen(text) > 9) {
            return say_key(file, setting, "a whole number");
        }
        env->order = strtol(text, NULL, 10);
    } else if (setting->is_array || setting->is_bool || setting->is_number) {
        return say_key(file, setting, "a \"string\"");
    } else if (strcmp(key, "destructive") == 0) {
        if (!cli_is_choice("never|allowed", text)) {
            return say_key(file, setting, "\"never\" or \"allowed\"");
        }
        env->keeps_all = strcmp(text, "never") == 0;
    } else if (strcmp(key, "health") == 0) {
        env->health = text;
    }
    return true;
}

/* What says where a database is, and who signs in. */
static const cli_opt places[] = {
    CLI_URL, CLI_NS, CLI_DB, CLI_USER, CLI_PASSWORD, CLI_TOKEN, CLI_PASS_ENV,
    CLI_TOKEN_ENV, CLI_AUTH_LEVEL, CLI_CA
};

enum { PLACE_COUNT = sizeof places / sizeof places[0] };

static bool is_place(const char *key)
{
    size_t i;

    for (i = 0; i < PLACE_COUNT; i++) {
        if (strcmp(cli_options[places[i]].name, key) == 0) return true;
    }
    return false;
}

/* The environment, as everywhere, goes before the file. */
static bool is_overridden(const gen_cli *cli, const char *key)
{
    int id;

    for (id = 0; id < CLI_OPT_COUNT; id++) {
        if (strcmp(cli_options[id].name, key) == 0
            && cli->values[id].from > CLI_FROM_FILE
            && cli_has(cli->verb, (cli_opt)id)) return true;
    }
    return false;
}

/* A token of the whole file is not for the one who signs in otherwise. */
static void drop_other_user(cli_env *env, const char *key)
{
    bool token = cli_is_choice("token|token-env", key);
    size_t i;

    if (!token && !cli_is_choice("user|password|pass-env", key)) return;
    for (i = 0; i < PLACE_COUNT; i++) {
        cli_opt id = places[i];
        bool other = token ? id == CLI_USER || id == CLI_PASSWORD
                             || id == CLI_PASS_ENV
            : id == CLI_TOKEN || id == CLI_TOKEN_ENV;
        if (other) memset(&env->cli.values[id], 0, sizeof env->cli.values[0]);
    }
}

static bool take_settings(cli_env *env, const cli_file *file,
                          const char *section)
{
    size_t i;

    for (i = 0; i < file->settings.count; i++) {
        const cli_setting *setting
            = (const cli_setting *)file->settings.at[i];
        bool mine = strcmp(setting->section, section) == 0;
        if (!mine && (setting->section[0] != 0 || !is_place(setting->key))) {
            continue;
        }
        if (mine && cli_is_env_key(setting->key)) {
            if (!take_key(env, file, setting)) return false;
            continue;
        }
        if (mine) drop_other_user(env, setting->key);
        if (!is_place(setting->key)
            && is_overridden(&env->cli, setting->key)) continue;
        if (!cli_give_setting(&env->cli, file, setting, true)) return false;
    }
    return true;
}

static bool say_missing(const cli_env *env, cli_opt id)
{
    if (cli_text(&env->cli, id, NULL) != NULL) return false;
    cli_say("%s: [env.%s] does not say `%s`", env->where, env->name,
            cli_options[id].name);
    return true;
}

static bool fill(cli_env *env, const gen_cli *cli, const cli_file *file,
                 const char *section)
{
    static const cli_opt secret[] = { CLI_PASSWORD, CLI_TOKEN };
    size_t i;

    env->cli = *cli;
    for (i = 0; i < PLACE_COUNT; i++) {
        memset(&env->cli.values[places[i]], 0, sizeof env->cli.values[0]);
    }
    if (!take_settings(env, file, "") || !take_settings(env, file, section)) {
        return false;
    }
    if (say_missing(env, CLI_URL) || say_missing(env, CLI_NS)
        || say_missing(env, CLI_DB)) return false;
    for (i = 0; i < 2; i++) {
        const char *text = cli_text(&env->cli, secret[i], NULL);
        if (text != NULL) {
            gen_list_push(cli->ctx, &env->secrets,
                          (void *)(uintptr_t)text);
        }
    }
    return true;
}

/* --------------------------------------------------------------------- all */

static const char *group_of(const cli_file *file, const char *section,
                            unsigned *line)
{
    const char *group = "";
    size_t i;

    *line = 1;
    for (i = file->settings.count; i > 0; i--) {
        const cli_setting *setting
            = (const cli_setting *)file->settings.at[i - 1];
        if (strcmp(setting->section, section) != 0) continue;
        *line = setting->line;
        if (strcmp(setting->key, "group") == 0
            && setting->texts.count == 1) {
            group = (const char *)setting->texts.at[0];
        }
    }
    return group;
}

/* By order, and where that is the same as they stand in the file. */
static void put_in_order(gen_ctx *ctx, gen_list *out, cli_env *env)
{
    size_t i;

    gen_list_push(ctx, out, env);
    for (i = out->count - 1; i > 0; i--) {
        if (cli_env_at(out, i - 1)->order <= env->order) break;
        out->at[i] = out->at[i - 1];
    }
    out->at[i] = env;
}

static bool is_same(const cli_env *a, const cli_env *b)
{
    static const cli_opt where[] = { CLI_URL, CLI_NS, CLI_DB };
    size_t i;

    for (i = 0; i < 3; i++) {
        if (strcmp(cli_text(&a->cli, where[i], ""),
                   cli_text(&b->cli, where[i], "")) != 0) return false;
    }
    return true;
}

static bool say_twice(const gen_list *all, const cli_env *env)
{
    size_t i;

    for (i = 0; i < all->count; i++) {
        const cli_env *other = cli_env_at(all, i);
        if (!is_same(other, env)) continue;
        cli_say("[env.%s] and [env.%s] are the same database: %s, %s, %s",
                other->name, env->name, cli_text(&env->cli, CLI_URL, ""),
                cli_text(&env->cli, CLI_NS, ""),
                cli_text(&env->cli, CLI_DB, ""));
        return true;
    }
    return false;
}

/* "; there are a, b", of the groups of the file. */
static void say_no_group(gen_ctx *ctx, const cli_file *file,
                         const char *group)
{
    gen_buf out;
    unsigned line;
    size_t i;

    gen_buf_init(&out, ctx);
    gen_buf_add_text(&out, "");
    for (i = 0; i < file->sections.count; i++) {
        const char *name = group_of(file,
                                    (const char *)file->sections.at[i], &line);
        if (name[0] == 0 || strstr(out.ptr, name) != NULL) continue;
        gen_buf_add_fmt(&out, "%s`%s`", out.len > 0 ? ", " : "", name);
    }
    if (group == NULL || out.len == 0) {
        cli_say("%s has no section [env.NAME] with a `group`", file->name);
    } else {
        cli_say("%s has no [env.NAME] with group = \"%s\"; there are %s",
                file->name, group, out.ptr);
    }
}

bool cli_read_envs(const gen_cli *cli, const char *group, gen_list *out)
{
    cli_file file;
    size_t i;

    memset(out, 0, sizeof *out);
    if (!cli_read_config(cli, &file)) return false;
    for (i = 0; i < file.sections.count; i++) {
        const char *section = (const char *)file.sections.at[i];
        cli_env *env;
        unsigned line;
        const char *its = group_of(&file, section, &line);
        gen_buf where;
        if (strncmp(section, "env.", 4) != 0 || its[0] == 0
            || (group != NULL && strcmp(its, group) != 0)) continue;
        env = (cli_env *)gen_new(cli->ctx, sizeof *env);
        gen_buf_init(&where, cli->ctx);
        gen_buf_add_fmt(&where, "%s:%u", file.name, line);
        env->name = section + 4;
        env->where = where.ptr;
        env->group = its;
        if (!fill(env, cli, &file, section) || say_twice(out, env)) {
            return false;
        }
        put_in_order(cli->ctx, out, env);
    }
    if (out->count == 0) say_no_group(cli->ctx, &file, group);
    return out->count > 0;
}
