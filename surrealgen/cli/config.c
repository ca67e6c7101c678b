/* surrealgen/cli/config.c: flag > environment > .env > surrealgen.toml.
 *
 * A verb is configured only when it has options that can be, so that a broken
 * file never keeps anybody from `help`. */
#include "config.h"

#include "env.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char config_name[] = "surrealgen.toml";

/* SURREALGEN_IF_NOT_EXISTS for if-not-exists. */
static const char *variable(gen_ctx *ctx, const char *name)
{
    gen_buf out;

    gen_buf_init(&out, ctx);
    gen_buf_add_text(&out, "SURREALGEN_");
    for (; *name != 0; name++) {
        char c = *name;
        if (c == '-') c = '_';
        if (c >= 'a' && c <= 'z') c = (char)(c - 'a' + 'A');
        gen_buf_add_char(&out, c);
    }
    return out.ptr;
}

static bool is_setting(const cli_option *option)
{
    return (option->kind & CLI_LINE) == 0;
}

/* Where the value is checked by its own choices, so that two options of one
 * name can have different ones: those it does not fit keep what they had. */
static bool fits(const cli_option *option, const char *text)
{
    if (option->arg == NULL) return cli_is_choice("true|false", text);
    return !cli_has_choices(option) || cli_is_choice(option->arg, text);
}

/* Gives every option of that name the texts, unless the command line did.
 * False when none can have them, which is said. */
static bool give(gen_cli *cli, const char *name, const gen_list *texts,
                 cli_from from, const char *where)
{
    const cli_option *refuses = NULL;
    bool taken = false;
    gen_buf what;
    size_t i;
    int id;

    gen_buf_init(&what, cli->ctx);
    gen_buf_add_fmt(&what, "%s: `%s`", where, name);
    for (id = 0; id < CLI_OPT_COUNT; id++) {
        const cli_option *option = &cli_options[id];
        cli_value *value = &cli->values[id];
        bool fit = true;
        if (!is_setting(option) || strcmp(option->name, name) != 0) continue;
        for (i = 0; i < texts->count; i++) {
            fit = fit && fits(option, (const char *)texts->at[i]);
        }
        if (!fit) {
            refuses = option;
            continue;
        }
        for (i = 0; i < texts->count; i++) {
            if (!cli_check_value(option, what.ptr,
                                 (const char *)texts->at[i])) {
                return false;
            }
        }
        taken = true;
        if (value->from == CLI_FROM_FLAG) continue;
        value->texts = *texts;
        value->from = from;
        value->where = where;
    }
    if (taken || refuses == NULL) return true;
    return cli_check_value(refuses, what.ptr, (const char *)texts->at[0]);
}

static const cli_option *option_of(const char *name)
{
    int id;

    for (id = 0; id < CLI_OPT_COUNT; id++) {
        if (is_setting(&cli_options[id])
            && strcmp(cli_options[id].name, name) == 0) {
            return &cli_options[id];
        }
    }
    return NULL;
}

/* ------------------------------------------------------- environment, .env */

/* A list is written with commas. */
static void split(gen_ctx *ctx, const cli_option *option, const char *text,
                  gen_list *out)
{
    bool is_list = (option->kind & CLI_LIST) != 0;

    memset(out, 0, sizeof *out);
    for (;;) {
        size_t len = is_list ? strcspn(text, ",") : strlen(text);
        gen_list_push(ctx, out,
                      (void *)(uintptr_t)gen_str_copy(ctx, text, len).ptr);
        if (text[len] == 0) return;
        text += len + 1;
    }
}

/* A switch is on with 1 or true. */
static const char *plain_bool(const cli_option *option, const char *text)
{
    if (option->arg != NULL) return text;
    if (strcmp(text, "1") == 0) return "true";
    return strcmp(text, "0") == 0 ? "false" : text;
}

static bool read_environment(gen_cli *cli)
{
    int id;

    for (id = 0; id < CLI_OPT_COUNT; id++) {
        const cli_option *option = &cli_options[id];
        const char *name = variable(cli->ctx, option->name);
        const char *text = getenv(name);
        gen_list texts;
        if (!is_setting(option) || text == NULL || text[0] == 0) continue;
        split(cli->ctx, option, plain_bool(option, text), &texts);
        if (!give(cli, option->name, &texts, CLI_FROM_ENV, name)) {
            return false;
        }
    }
    return true;
}

/* The option behind SURREALGEN_X, or one it may have been meant to be. */
static const cli_option *by_variable(gen_ctx *ctx, const char *name,
                                     const char **close)
{
    const char *names[CLI_OPT_COUNT + 1];
    size_t count = 0;
    int id;

    for (id = 0; id < CLI_OPT_COUNT; id++) {
        if (!is_setting(&cli_options[id])) continue;
        names[count] = variable(ctx, cli_options[id].name);
        if (strcmp(names[count], name) == 0) return &cli_options[id];
        count++;
    }
    names[count] = NULL;
    *close = cli_close(name, names);
    return NULL;
}

/* KEY=value, export KEY="value". Lines of others are theirs. */
static bool dotenv_line(gen_cli *cli, const char *line, size_t len,
                        unsigned number)
{
    gen_str text = gen_str_copy(cli->ctx, line, len);
    const char *at = text.ptr + strspn(text.ptr, " \t");
    const cli_option *option;
    const char *close = NULL;
    const char *name, *value;
    gen_list texts;
    gen_buf where;
    size_t end;

    if (strncmp(at, "export ", 7) == 0) at += 7 + strspn(at + 7, " \t");
    if (strncmp(at, "SURREALGEN_", 11) != 0) return true;
    end = strcspn(at, "= \t");
    name = gen_str_copy(cli->ctx, at, end).ptr;
    at += end;
    at += strspn(at, " \t");
    gen_buf_init(&where, cli->ctx);
    gen_buf_add_fmt(&where, ".env:%u", number);
    if (*at != '=') {
        cli_say("%s: a line is %s=value", where.ptr, name);
        return false;
    }
    at += 1 + strspn(at + 1, " \t");
    end = strlen(at);
    while (end > 0 && strchr(" \t\r", at[end - 1]) != NULL) end--;
    if (end > 1 && (*at == '"' || *at == '\'') && at[end - 1] == *at) {
        at++;
        end -= 2;
    }
    value = gen_str_copy(cli->ctx, at, end).ptr;
    if (strcmp(name, "SURREALGEN_ENV") == 0) return true;
    option = by_variable(cli->ctx, name, &close);
    if (option == NULL) {
        cli_say("%s: there is no setting `%s`%s%s%s", where.ptr, name,
                close != NULL ? "; did you mean `" : "",
                close != NULL ? close : "", close != NULL ? "`?" : "");
        return false;
    }
    split(cli->ctx, option, plain_bool(option, value), &texts);
    return give(cli, option->name, &texts, CLI_FROM_DOTENV, where.ptr);
}

/* The bytes of a small file; NULL without errno when it is not there. */
static const char *slurp(gen_ctx *ctx, const char *path)
{
    FILE *from = fopen(path, "rb");
    gen_buf out;
    char part[4096];
    size_t got;
    bool failed;

    if (from == NULL) return NULL;
    gen_buf_init(&out, ctx);
    gen_buf_add_text(&out, "");
    while ((got = fread(part, 1, sizeof part, from)) > 0
           && out.len < GEN_MAX_FILE) {
        gen_buf_add(&out, part, got);
    }
    failed = ferror(from) != 0;
    fclose(from);
    if (failed) return NULL;
    return out.len > 0 ? out.ptr : "";
}

static bool read_dotenv(gen_cli *cli)
{
    const char *at = slurp(cli->ctx, ".env");
    unsigned number = 1;

    if (at == NULL) return true;
    for (;;) {
        size_t len = strcspn(at, "\n");
        if (!dotenv_line(cli, at, len, number)) return false;
        if (at[len] == 0) return true;
        at += len + 1;
        number++;
    }
}

/* ------------------------------------------------------------------- file */

static bool say_no_key(const cli_file *file, const cli_setting *setting)
{
    const char *names[CLI_OPT_COUNT + 1];
    const char *close;
    size_t count = 0;
    int id;

    for (id = 0; id < CLI_OPT_COUNT; id++) {
        if (!is_setting(&cli_options[id])) continue;
        names[count] = cli_options[id].name;
        count++;
    }
    names[count] = NULL;
    close = cli_close(setting->key, names);
    if (close != NULL) {
        cli_say("%s:%u: there is no setting `%s`; did you mean `%s`?",
                file->name, setting->line, setting->key, close);
    } else {
        cli_say("%s:%u: there is no setting `%s`; `surrealgen config show` "
                "lists them", file->name, setting->line, setting->key);
    }
    return false;
}

/* What the file calls a path is beside the file. */
static const char *beside(gen_ctx *ctx, const cli_file *file,
                          const cli_option *option, const char *text)
{
    const char *slash = strrchr(file->name, '/');
    gen_buf out;

    if (slash == NULL || option->arg == NULL || text[0] == '/'
        || !cli_is_choice("DIR|FILE|PATTERN", option->arg)) {
        return text;
    }
    gen_buf_init(&out, ctx);
    gen_buf_add(&out, file->name, (size_t)(slash - file->name) + 1);
    gen_buf_add_text(&out, text);
    return out.ptr;
}

/* The folder of the settings, with its slash; "" when that is here. */
static const char *folder_of(gen_ctx *ctx, const cli_file *file)
{
    const char *slash = strrchr(file->name, '/');

    return slash == NULL ? "" : gen_str_copy(ctx, file->name, (size_t)
                                             (slash - file->name) + 1).ptr;
}

static bool is_elsewhere(const char *text)
{
    return strncmp(text, "env:", 4) == 0 || strncmp(text, "file:", 5) == 0;
}

bool cli_give_setting(gen_cli *cli, const cli_file *file,
                      const cli_setting *setting, bool resolve)
{
    const cli_option *option = option_of(setting->key);
    gen_list texts = { NULL, 0, 0 };
    gen_buf where;
    size_t i;

    if (option == NULL) return say_no_key(file, setting);
    gen_buf_init(&where, cli->ctx);
    gen_buf_add_fmt(&where, "%s:%u", file->name, setting->line);
    if ((option->kind & CLI_SECRET) != 0
        && (setting->texts.count != 1
            || !is_elsewhere((const char *)setting->texts.at[0]))) {
        cli_say("%s: a secret does not belong into a file that is shared "
                "(SG603); write \"env:NAME\" or \"file:PATH\"", where.ptr);
        return false;
    }
    if (setting->is_array && (option->kind & CLI_LIST) == 0) {
        cli_say("%s: `%s` is one value, not an array", where.ptr,
                setting->key);
        return false;
    }
    for (i = 0; i < setting->texts.count; i++) {
        const char *text = (const char *)setting->texts.at[i];
        if (!resolve || (option->kind & (CLI_ELSEWHERE | CLI_SECRET)) == 0) {
            text = beside(cli->ctx, file, option, text);
        } else {
            text = cli_resolve(cli->ctx, where.ptr, folder_of(cli->ctx, file),
                               text);
            if (text == NULL) return false;
        }
        gen_list_push(cli->ctx, &texts, (void *)(uintptr_t)text);
    }
    return give(cli, setting->key, &texts, CLI_FROM_FILE, where.ptr);
}

/* What the verb has no use for need not be there. */
static bool connects(const gen_cli *cli, const cli_setting *setting)
{
    const cli_option *option = option_of(setting->key);
    cli_opt id;

    if (option == NULL || cli->verb->options[0] == '*') return false;
    id = (cli_opt)(option - cli_options);
    return cli_has(cli->verb, (option->kind & CLI_SECRET) != 0
                   ? CLI_PASS_ENV : id);
}

static bool give_section(gen_cli *cli, const cli_file *file,
                         const char *section)
{
    size_t i;

    for (i = 0; i < file->settings.count; i++) {
        const cli_setting *setting =
            (const cli_setting *)file->settings.at[i];
        if (strcmp(setting->section, section) != 0
            || (strncmp(section, "env.", 4) == 0
                && cli_is_env_key(setting->key))) continue;
        if (!cli_give_setting(cli, file, setting, connects(cli, setting))) {
            return false;
        }
    }
    return true;
}

/* [NAME], or [env.NAME]: the section, or NULL after saying so. */
static const char *find_section(gen_cli *cli, cli_file *file,
                                const char *section)
{
    const char *close;
    size_t i;

    for (i = 0; i < file->sections.count; i++) {
        const char *name = (const char *)file->sections.at[i];
        if (strcmp(name, section) == 0
            || (strncmp(name, "env.", 4) == 0
                && strcmp(name + 4, section) == 0)) {
            return name;
        }
    }
    gen_list_push(cli->ctx, &file->sections, NULL);
    close = cli_close(section, (const char *const *)file->sections.at);
    cli_say("%s has no section [%s]%s%s%s", file->name, section,
            close != NULL ? "; did you mean [" : "",
            close != NULL ? close : "", close != NULL ? "]?" : "");
    return NULL;
}

bool cli_read_config(const gen_cli *cli, cli_file *out)
{
    const char *given = cli_text(cli, CLI_CONFIG, getenv("SURREALGEN_CONFIG"));
    const char *text;

    memset(out, 0, sizeof *out);
    out->name = given != NULL ? given : config_name;
    text = slurp(cli->ctx, out->name);
    if (text != NULL) return cli_parse_toml(cli->ctx, out, text);
    cli_say("cannot read %s: %s", out->name, strerror(errno));
    return false;
}

static bool read_file(gen_cli *cli)
{
    const char *given = cli_text(cli, CLI_CONFIG, getenv("SURREALGEN_CONFIG"));
    const char *section = cli_text(cli, CLI_ENV, getenv("SURREALGEN_ENV"));
    cli_file file = { NULL, { NULL, 0, 0 }, { NULL, 0, 0 } };
    const char *text;

    file.name = given != NULL ? given : config_name;
    text = slurp(cli->ctx, file.name);
    if (text == NULL) {
        if (given == NULL && errno == ENOENT) {
            if (section == NULL) return true;
            cli_say("there is no %s here, so no section [%s]", config_name,
                    section);
            return false;
        }
        cli_say("cannot read %s: %s", file.name, strerror(errno));
        return false;
    }
    if (!cli_parse_toml(cli->ctx, &file, text)) return false;
    if (!give_section(cli, &file, "")) return false;
    if (section == NULL) return true;
    section = find_section(cli, &file, section);
    return section != NULL && give_section(cli, &file, section);
}

bool cli_configure(gen_cli *cli)
{
    int id;

    for (id = 0; id < CLI_OPT_COUNT; id++) {
        if (is_setting(&cli_options[id]) && cli_has(cli->verb, (cli_opt)id)) {
            return read_file(cli) && read_dotenv(cli)
                && read_environment(cli);
        }
    }
    return true;
}

/* ------------------------------------------------------------- config show */

static void show_value(gen_buf *out, const cli_option *option,
                       const cli_value *value)
{
    bool is_list = (option->kind & CLI_LIST) != 0;
    bool bare = option->arg == NULL || strcmp(option->arg, "N") == 0;
    size_t i;

    if (is_list) gen_buf_add_char(out, '[');
    for (i = 0; i < value->texts.count; i++) {
        const char *text = (const char *)value->texts.at[i];
        if (i > 0) gen_buf_add_text(out, ", ");
        if ((option->kind & CLI_SECRET) != 0) text = "(set)";
        if (bare) {
            gen_buf_add_text(out, text);
            continue;
        }
        gen_buf_add_char(out, '"');
        for (; *text != 0; text++) {
            if (*text == '"' || *text == '\\') gen_buf_add_char(out, '\\');
            gen_buf_add_char(out, *text);
        }
        gen_buf_add_char(out, '"');
    }
    if (is_list) gen_buf_add_char(out, ']');
}

int verb_config_show(const gen_cli *cli)
{
    gen_buf out, line;
    int id;

    gen_buf_init(&out, cli->ctx);
    gen_buf_init(&line, cli->ctx);
    for (id = 0; id < CLI_OPT_COUNT; id++) {
        const cli_option *option = &cli_options[id];
        const cli_value *value = &cli->values[id];
        if (!is_setting(option) || option_of(option->name) != option) {
            continue;
        }
        line.len = 0;
        if (value->texts.count == 0) {
            gen_buf_add_fmt(&line, "# %s", option->name);
        } else {
            gen_buf_add_fmt(&line, "%s = ", option->name);
            show_value(&line, option, value);
        }
        gen_buf_add_fmt(&out, "%-40s # %s\n", line.ptr,
                        value->where != NULL ? value->where : "not set");
    }
    return cli_write_stdout(&out) ? CLI_FINE : CLI_FAILED;
}
