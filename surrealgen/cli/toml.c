/* surrealgen/cli/toml.c: the part of TOML that settings need.
 *
 * `key = value` with a "string", a 'string', a whole number, true, false or
 * an array of strings; [section]; # comments. Dates, floats, dotted keys and
 * tables in tables have no use here and are named when they are met. */
#include "config.h"

#include <string.h>

typedef struct toml {
    gen_ctx *ctx;
    cli_file *file;
    const char *at;
    unsigned line;
    const char *section;
} toml;

static bool wrong(const toml *t, const char *what)
{
    cli_say("%s:%u: %s", t->file->name, t->line, what);
    return false;
}

static void skip_blanks(toml *t)
{
    while (*t->at == ' ' || *t->at == '\t' || *t->at == '\r') t->at++;
}

/* Blanks, comments and line ends. */
static void skip_lines(toml *t)
{
    for (;;) {
        skip_blanks(t);
        if (*t->at == '#') t->at += strcspn(t->at, "\n");
        if (*t->at != '\n') return;
        t->at++;
        t->line++;
    }
}

static const char *take_key(toml *t)
{
    size_t len = strspn(t->at, "abcdefghijklmnopqrstuvwxyz"
                        "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");
    gen_buf key;
    size_t i;

    gen_buf_init(&key, t->ctx);
    for (i = 0; i < len; i++) {
        gen_buf_add_char(&key, t->at[i] == '_' ? '-' : t->at[i]);
    }
    t->at += len;
    return len > 0 ? key.ptr : NULL;
}

static bool take_escape(toml *t, gen_buf *out)
{
    static const char from[] = "\"\\nrt";
    static const char to[] = "\"\\\n\r\t";
    const char *found = *t->at != 0 ? strchr(from, *t->at) : NULL;

    if (found == NULL) {
        return wrong(t, "only \\\" \\\\ \\n \\r and \\t mean something in a "
                     "\"string\"; a 'string' takes everything as it is");
    }
    gen_buf_add_char(out, to[found - from]);
    t->at++;
    return true;
}

static bool take_string(toml *t, cli_setting *setting)
{
    char quote = *t->at;
    gen_buf out;

    gen_buf_init(&out, t->ctx);
    gen_buf_add_text(&out, "");
    t->at++;
    while (*t->at != quote) {
        if (*t->at == 0 || *t->at == '\n') {
            return wrong(t, "this string is not closed on its line");
        }
        if (quote == '"' && *t->at == '\\') {
            t->at++;
            if (!take_escape(t, &out)) return false;
            continue;
        }
        gen_buf_add_char(&out, *t->at);
        t->at++;
    }
    t->at++;
    gen_list_push(t->ctx, &setting->texts,
                  (void *)(uintptr_t)gen_str_copy(t->ctx, out.len > 0
                                                  ? out.ptr : "",
                                                  out.len).ptr);
    return true;
}

static bool take_array(toml *t, cli_setting *setting)
{
    setting->is_array = true;
    t->at++;
    for (;;) {
        skip_lines(t);
        if (*t->at == ']') break;
        if (*t->at != '"' && *t->at != '\'') {
            return wrong(t, *t->at == 0 ? "this array is not closed with `]`"
                         : "an array holds \"strings\" with `,` between");
        }
        if (!take_string(t, setting)) return false;
        skip_lines(t);
        if (*t->at == ',') {
            t->at++;
        } else if (*t->at != ']') {
            return wrong(t, "`,` or `]` is missing behind this string");
        }
    }
    t->at++;
    return true;
}

static bool take_bare(toml *t, cli_setting *setting)
{
    size_t len = strcspn(t->at, " \t\r\n#,]");
    gen_str text = gen_str_copy(t->ctx, t->at, len);

    setting->is_bool = gen_str_is(text, "true") || gen_str_is(text, "false");
    setting->is_number = len > 0 && strspn(text.ptr, "0123456789") == len;
    if (!setting->is_bool && !setting->is_number) {
        return wrong(t, len == 0 ? "a value is missing behind `=`"
                     : "a value is a \"string\", a whole number, true, false "
                     "or an array of \"strings\"; text wants quotes");
    }
    gen_list_push(t->ctx, &setting->texts, (void *)(uintptr_t)text.ptr);
    t->at += len;
    return true;
}

/* As it is written: it is what --env names. */
static const char *take_name(toml *t)
{
    const char *from = t->at;

    if (strncmp(from, "env.", 4) == 0) t->at += 4;
    if (take_key(t) == NULL) return NULL;
    return gen_str_copy(t->ctx, from, (size_t)(t->at - from)).ptr;
}

static bool take_section(toml *t)
{
    t->at++;
    skip_blanks(t);
    t->section = take_name(t);
    skip_blanks(t);
    if (t->section == NULL || *t->at != ']') {
        return wrong(t, "a section is [name] or [env.name], with letters, "
                     "digits, - and _");
    }
    if (strcmp(t->section, "project") == 0) t->section = "";
    t->at++;
    gen_list_push(t->ctx, &t->file->sections,
                  (void *)(uintptr_t)t->section);
    return true;
}

static bool is_given(const toml *t, const char *key)
{
    size_t i;

    for (i = 0; i < t->file->settings.count; i++) {
        const cli_setting *s =
            (const cli_setting *)t->file->settings.at[i];
        if (strcmp(s->section, t->section) == 0
            && strcmp(s->key, key) == 0) {
            return true;
        }
    }
    return false;
}

static bool take_setting(toml *t)
{
    cli_setting *setting = (cli_setting *)gen_new(t->ctx, sizeof *setting);

    setting->section = t->section;
    setting->line = t->line;
    setting->key = take_key(t);
    skip_blanks(t);
    if (setting->key == NULL || *t->at != '=') {
        return wrong(t, *t->at == '.' ? "a key has no dots here"
                     : "a line is `key = value` or [section]");
    }
    if (is_given(t, setting->key)) {
        return wrong(t, "this key is set twice");
    }
    t->at++;
    skip_blanks(t);
    gen_list_push(t->ctx, &t->file->settings, setting);
    if (*t->at == '"' || *t->at == '\'') return take_string(t, setting);
    if (*t->at == '[') return take_array(t, setting);
    return take_bare(t, setting);
}

bool cli_parse_toml(gen_ctx *ctx, cli_file *file, const char *text)
{
    toml t;

    t.ctx = ctx;
    t.file = file;
    t.at = text;
    t.line = 1;
    t.section = "";
    if (strncmp(t.at, "\xef\xbb\xbf", 3) == 0) t.at += 3;
    for (;;) {
        skip_lines(&t);
        if (*t.at == 0) return true;
        if (*t.at == '[' ? !take_section(&t) : !take_setting(&t)) {
            return false;
        }
        skip_blanks(&t);
        if (*t.at != '#' && *t.at != '\n' && *t.at != 0) {
            return wrong(&t, "one setting stands on one line, and nothing "
                         "behind it");
        }
    }
}
