/* client/env.c: configuration from the environment. */
#include "client/client.h"

#define SRL_ENV_PREFIX 64
/* The longest name behind a prefix is RETRY_MAX_ATTEMPTS. */
#define SRL_ENV_NAME (SRL_ENV_PREFIX + 24)

/* One variable: its whole name, and its value or NULL. */
typedef struct srl_env_var {
    char name[SRL_ENV_NAME];
    const char *value;
} srl_env_var;

/* The length of a name of letters, digits and '_'; 0 if it is none. */
static size_t
srl_env_name_len(const char *name)
{
    size_t n = 0;

    if (!name || srl_is_digit(name[0])) return 0;
    while (srl_is_letter(name[n]) || srl_is_digit(name[n]) || name[n] == '_') {
        n++;
    }
    return name[n] ? 0 : n;
}

/* A name is checked before: prefix and name fit. */
static void
srl_env_find(const char *prefix, const char *name, srl_env_var *out)
{
    int len = snprintf(out->name, sizeof out->name, "%s%s", prefix, name);

    SURREAL_ASSERT(len > 0 && (size_t)len < sizeof out->name);
    (void)len;
    out->value = getenv(out->name);
}

/* Text that may not be empty; NULL if it is not set. */
static surreal_status
srl_env_text(const char *prefix, const char *name, const char **out,
             surreal_error *err)
{
    srl_env_var var;

    srl_env_find(prefix, name, &var);
    *out = var.value;
    if (!var.value) return SURREAL_OK;
    if (!var.value[0]) {
        return srl_fail(err, SURREAL_ERR_SYNTAX,
                        "%s is empty: give it a value or unset it", var.name);
    }
    if (!srl_utf8_valid((const uint8_t *)var.value, strlen(var.value))) {
        return srl_fail(err, SURREAL_ERR_UTF8, "%s is not UTF-8", var.name);
    }
    return SURREAL_OK;
}

/* Digits, and up to three more behind a point, as thousandths; -1 for
 * anything else and for what is beyond a million. */
static int64_t
srl_env_thousandths(const char *text)
{
    int64_t n = 0;
    int digits = 0;
    int places = 0;

    for (; srl_is_digit(*text); text++, digits++) {
        if (n <= 1000000) n = n * 10 + (*text - '0');
    }
    if (!digits) return -1;
    if (n > 1000000) n = 1000001;
    if (*text == '.') {
        for (text++; srl_is_digit(*text) && places < 3; places++) {
            n = n * 10 + (*text++ - '0');
        }
        if (!places) return -1;
    }
    for (; places < 3; places++) n *= 10;
    return *text ? -1 : n;
}

/* What a number may be: in whole units, though it is read in thousandths. */
typedef struct srl_env_number {
    const char *name;
    int min;
    int max;
    int standard;
    bool is_whole;
    const char *unit; /* "seconds", or "" */
} srl_env_number;

static surreal_status
srl_env_read_number(const char *prefix, const srl_env_number *number,
                    int64_t *out, surreal_error *err)
{
    const char *space = number->unit[0] ? " " : "";
    srl_env_var var;
    surreal_status status = SURREAL_OK;

    srl_env_find(prefix, number->name, &var);
    *out = (int64_t)number->standard * 1000;
    if (!var.value) return SURREAL_OK;
    *out = srl_env_thousandths(var.value);
    if (*out < 0 || (number->is_whole && strchr(var.value, '.'))) {
        status = SURREAL_ERR_SYNTAX;
    } else if (*out < (int64_t)number->min * 1000 ||
               *out > (int64_t)number->max * 1000) {
        status = SURREAL_ERR_RANGE;
    }
    if (!status) return SURREAL_OK;
    return srl_fail(err, status, "%s is '%.40s': expected %s of %d to %d%s%s",
                    var.name, var.value,
                    number->is_whole ? "a whole number" : "a number",
                    number->min, number->max, space, number->unit);
}

static surreal_status
srl_env_missing(const char *prefix, const char *name, const char *because,
                surreal_error *err)
{
    return srl_fail(err, SURREAL_ERR_MISSING, "%s%s is not set: %s", prefix,
                    name, because);
}

static surreal_status
srl_env_read_url(const char *prefix, surreal_env *out, surreal_error *err)
{
    surreal_error why;
    surreal_status status;
    srl_url url;

    SRL_TRY(srl_env_text(prefix, "URL", &out->url, err));
    if (!out->url) {
        return srl_env_missing(prefix, "URL",
                               "it is the server's address, such as "
                               "ws://127.0.0.1:8000", err);
    }
    status = srl_url_parse(&url, out->url, strlen(out->url), &why);
    if (!status) return SURREAL_OK;
    return srl_fail(err, status, "%sURL: %s", prefix, why.message);
}

static surreal_status
srl_env_read_names(const char *prefix, surreal_options *o,
                   surreal_error *err)
{
    srl_env_var pass;

    SRL_TRY(srl_env_text(prefix, "NAMESPACE", &o->ns, err));
    SRL_TRY(srl_env_text(prefix, "DATABASE", &o->db, err));
    SRL_TRY(srl_env_text(prefix, "USERNAME", &o->user, err));
    srl_env_find(prefix, "PASSWORD", &pass);
    o->pass = pass.value;
    if (o->db && !o->ns) {
        return srl_env_missing(prefix, "NAMESPACE",
                               "a database is inside a namespace", err);
    }
    if (!o->user != !o->pass) {
        return srl_env_missing(prefix, o->user ? "PASSWORD" : "USERNAME",
                               "user name and password come together", err);
    }
    if (o->pass &&
        !srl_utf8_valid((const uint8_t *)o->pass, strlen(o->pass))) {
        return srl_fail(err, SURREAL_ERR_UTF8, "%s is not UTF-8", pass.name);
    }
    return SURREAL_OK;
}

/* How the server proves who it is. There is no variable that would switch the
 * proof off: what weakens a program stands in its source. */
static surreal_status
srl_env_read_tls(const char *prefix, surreal_tls *tls, surreal_error *err)
{
    SRL_TRY(srl_env_text(prefix, "TLS_CA_FILE", &tls->ca_file, err));
    return srl_env_text(prefix, "TLS_SERVER_NAME", &tls->server_name, err);
}

static surreal_status
srl_env_read_numbers(const char *prefix, surreal_env *out, surreal_error *err)
{
    static const srl_env_number numbers[] = {
        {"TIMEOUT", 1, 86400, 30, false, "seconds"},
        {"MAX_CONNECTIONS", 1, 100, 10, true, ""},
        {"RETRY_MAX_ATTEMPTS", 1, 100, 3, true, ""},
        {"RETRY_MIN_WAIT", 0, 3600, 1, false, "seconds"},
        {"RETRY_MAX_WAIT", 0, 3600, 10, false, "seconds"},
        {"RETRY_MULTIPLIER", 1, 100, 2, false, ""}};
    int64_t v[6];
    size_t i;

    for (i = 0; i < 6; i++) {
        SRL_TRY(srl_env_read_number(prefix, &numbers[i], &v[i], err));
    }
    out->options.connect_ms = (int)v[0];
    out->options.timeout_ms = (int)v[0];
    out->pool.size = (int)(v[1] / 1000);
    out->retry_attempts = (int)(v[2] / 1000);
    out->retry_min_ms = (int)v[3];
    out->retry_max_ms = (int)v[4];
    out->retry_multiplier = (double)v[5] / 1000;
    if (v[4] < v[3]) {
        return srl_fail(err, SURREAL_ERR_RANGE,
                        "%sRETRY_MAX_WAIT is %d ms, less than "
                        "%sRETRY_MIN_WAIT, %d ms", prefix,
                        out->retry_max_ms, prefix, out->retry_min_ms);
    }
    return SURREAL_OK;
}

SURREAL_API surreal_status
surreal_options_from_env(const char *prefix, surreal_env *out,
                         surreal_error *err)
{
    size_t len = srl_env_name_len(prefix);
    surreal_status status;

    srl_error_clear(err);
    if (!out) return srl_fail(err, SURREAL_ERR_USAGE, "out is NULL");
    memset(out, 0, sizeof *out);
    if (!len || len > SRL_ENV_PREFIX) {
        return srl_fail(err, SURREAL_ERR_USAGE,
                        "the prefix '%.80s' is not 1 to %d letters, digits "
                        "and '_' beginning with no digit",
                        prefix ? prefix : "(NULL)", SRL_ENV_PREFIX);
    }
    status = srl_env_read_url(prefix, out, err);
    if (!status) status = srl_env_read_names(prefix, &out->options, err);
    if (!status) status = srl_env_read_tls(prefix, &out->options.tls, err);
    if (!status) status = srl_env_read_numbers(prefix, out, err);
    if (status) memset(out, 0, sizeof *out);
    return status;
}

SURREAL_API surreal_status
surreal_env_prefix(const char *name, char *out, size_t cap)
{
    static const char lead[] = "SURQL_";
    size_t len = srl_env_name_len(name);
    size_t at = sizeof lead - 1;
    size_t i;

    if (!out) return SURREAL_ERR_USAGE;
    if (cap) out[0] = '\0';
    if (!len) return SURREAL_ERR_SYNTAX;
    if (len > SRL_ENV_PREFIX - sizeof lead || cap < sizeof lead + len + 1) {
        return SURREAL_ERR_TOO_LONG;
    }
    memcpy(out, lead, at);
    for (i = 0; i < len; i++) {
        char c = name[i];

        out[at++] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
    }
    memcpy(out + at, "_", 2);
    return SURREAL_OK;
}
