/* The prebuilt 2.x engines name four functions that the C library has only
 * since glibc 2.38 (Debian 12 has 2.36). They differ from the old ones in one
 * thing, accepting 0b101 literals, which the engine does not need; so this
 * hands the calls to the old ones. It is a Node add-on only because that is
 * the one kind of library Node keeps loaded; see native.mjs.
 *
 * No headers: they would rename strtol to __isoc23_strtol on a new system and
 * make these functions call themselves. */

typedef __builtin_va_list va_list;

long strtol(const char *text, char **end, int base);
long long strtoll(const char *text, char **end, int base);
unsigned long long strtoull(const char *text, char **end, int base);
int vsscanf(const char *text, const char *format, va_list args);

long __isoc23_strtol(const char *text, char **end, int base)
{
    return strtol(text, end, base);
}

long long __isoc23_strtoll(const char *text, char **end, int base)
{
    return strtoll(text, end, base);
}

unsigned long long __isoc23_strtoull(const char *text, char **end, int base)
{
    return strtoull(text, end, base);
}

int __isoc23_sscanf(const char *text, const char *format, ...)
{
    va_list args;
    int count;

    __builtin_va_start(args, format);
    count = vsscanf(text, format, args);
    __builtin_va_end(args);
    return count;
}

void *napi_register_module_v1(void *env, void *exports)
{
    (void)env;
    return exports;
}
