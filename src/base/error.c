/* base/error.c: statuses, their texts, and filling in a surreal_error. */
#include "base/base.h"

SURREAL_API surreal_class
surreal_status_class(surreal_status status)
{
    return (surreal_class)((unsigned)status >> 8);
}

SURREAL_API const char *
surreal_status_text(surreal_status status)
{
    switch (status) {
#define SRL_STATUS_CASE(name, cls, number, text) \
    case SURREAL_##name: return text;
        SURREAL_STATUS_LIST(SRL_STATUS_CASE)
#undef SRL_STATUS_CASE
    default: return "unknown status";
    }
}

SURREAL_API bool
surreal_may_repeat(surreal_status status)
{
    return status == SURREAL_WOULD_BLOCK || status == SURREAL_CONFLICT ||
           status == SURREAL_ERR_NOT_SENT;
}

SRL_FN void
srl_error_clear(surreal_error *err)
{
    if (!err) return;
    memset(err, 0, sizeof *err);
    err->statement = -1;
}

SRL_FN void
srl_text_copy(char *out, size_t cap, const char *text, size_t len)
{
    size_t keep;

    SURREAL_ASSERT(cap >= 4);
    if (len < cap) {
        if (len) memcpy(out, text, len);
        out[len] = '\0';
        return;
    }
    keep = cap - 4;
    while (keep && ((uint8_t)text[keep] & 0xc0) == 0x80) {
        keep--; /* never split a UTF-8 character */
    }
    memcpy(out, text, keep);
    memcpy(out + keep, "...", 4);
}

static surreal_status
srl_fail_args(surreal_error *err, surreal_status status, const char *fmt,
              va_list args)
{
    char text[1024];
    int len;

    SURREAL_ASSERT(status != SURREAL_OK);
    if (!err) return status;
    len = vsnprintf(text, sizeof text, fmt, args);
    if (len < 0) len = 0;
    if ((size_t)len >= sizeof text) len = (int)sizeof text - 1;
    srl_error_clear(err);
    err->status = status;
    srl_text_copy(err->message, sizeof err->message, text, (size_t)len);
    return status;
}

SRL_FN surreal_status
srl_fail(surreal_error *err, surreal_status status, const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    srl_fail_args(err, status, fmt, args);
    va_end(args);
    return status;
}

SURREAL_API surreal_status
surreal_fail_with(surreal_error *err, surreal_status status, const char *fmt,
                  ...)
{
    va_list args;

    va_start(args, fmt);
    srl_fail_args(err, status, fmt, args);
    va_end(args);
    return status;
}
