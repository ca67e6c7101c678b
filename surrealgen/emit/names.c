/* surrealgen/emit/names.c: names that compile. */
#include "emit.h"

#include <string.h>

/* Sorted. A member, a type or a function must not have one of these names:
 * keywords of C and C++, macros of common headers, and functions that a
 * program is likely to have in scope where it includes the header. */
static const char *const emit_reserved[] = {
    "EOF", "FALSE", "FILE", "INFINITY", "NAN", "NULL", "TRUE", "abort",
    "abs", "accept", "access", "alarm", "alignas", "alignof", "and",
    "and_eq", "asm", "assert", "atexit", "atof", "atoi", "auto", "bind",
    "bitand", "bitor", "bool", "break", "bsearch", "calloc", "case",
    "catch", "ceil", "char", "char16_t", "char32_t", "char8_t", "class",
    "clock", "close", "co_await", "co_return", "co_yield", "compl",
    "complex", "concept", "connect", "const", "const_cast", "consteval",
    "constexpr", "constinit", "continue", "cos", "ctime", "decltype",
    "default", "delete", "difftime", "div", "do", "double", "dup",
    "dynamic_cast", "else", "enum", "environ", "errno", "exec", "exit",
    "exp", "explicit", "export", "extern", "false", "fflush", "fgets",
    "float", "floor", "fopen", "for", "fork", "fputs", "free", "friend",
    "getenv", "gets", "goto", "i386", "if", "index", "inline", "int",
    "int64_t", "ioctl", "kill", "labs", "ldiv", "link", "linux", "listen",
    "log", "long", "main", "major", "malloc", "memcpy", "memset", "minor",
    "mutable", "namespace", "new", "nice", "noexcept", "not", "not_eq",
    "nullptr", "offsetof", "open", "operator", "or", "or_eq", "pause",
    "pipe", "poll", "pow", "printf", "private", "protected", "public",
    "putc", "puts", "qsort", "raise", "rand", "random", "read", "realloc",
    "recv", "register", "reinterpret_cast", "remove", "rename", "requires",
    "restrict", "return", "round", "select", "send", "short", "shutdown",
    "signal", "signed", "sin", "size_t", "sizeof", "sleep", "socket",
    "sqrt", "static", "static_assert", "static_cast", "stderr", "stdin",
    "stdout", "strcmp", "strlen", "struct", "switch", "sync", "system",
    "template", "this", "thread_local", "throw", "time", "true", "truncate",
    "try", "typedef", "typeid", "typename", "typeof", "uint64_t",
    "uint8_t", "union", "unix", "unlink", "unsigned", "using", "virtual",
    "void", "volatile", "wait", "wchar_t", "while", "write", "xor",
    "xor_eq"
};

/* INT32_MAX, UINT64_C, SIZE_MAX and their like: macros of <stdint.h>. */
static bool
emit_is_limit(gen_str name)
{
    static const char *const starts[] = {"INT", "UINT", "SIZE_", "PTRDIFF_",
                                         "WCHAR_", "WINT_", "SIG_ATOMIC_"};
    static const char *const ends[] = {"_MAX", "_MIN", "_C"};
    size_t i;
    size_t j;

    for (i = 0; i < sizeof starts / sizeof *starts; i++) {
        size_t len = strlen(starts[i]);

        if (name.len <= len || memcmp(name.ptr, starts[i], len)) continue;
        for (j = 0; j < sizeof ends / sizeof *ends; j++) {
            size_t end = strlen(ends[j]);

            if (name.len > end &&
                !memcmp(name.ptr + name.len - end, ends[j], end)) {
                return true;
            }
        }
    }
    return false;
}

bool
emit_is_reserved(gen_str name)
{
    /* Taken by the compiler, by the library, or about to be. */
    if (name.len > 1 && name.ptr[0] == '_') return true;
    if (name.len >= 7 && !memcmp(name.ptr, "surreal", 7) &&
        name.ptr[name.len - 1] != '_') {
        return true;
    }
    return emit_is_limit(name) || emit_is_macro(name) ||
           emit_find(name, emit_reserved,
                     sizeof emit_reserved / sizeof *emit_reserved);
}

bool
emit_is_local(gen_str name)
{
    static const char *const locals[] = {
        "a",    "arg",  "args",   "b",      "buf",  "cap",  "change",
        "count", "db",  "err",    "event",  "fn",   "from", "i",
        "id",   "key",  "len",    "live",   "n",    "none_", "number",
        "opt",  "out",  "owner",  "row",    "rows", "s",    "same",
        "status", "text", "timeout_ms", "to", "v",  "vars", "where", NULL};
    size_t i;

    for (i = 0; locals[i]; i++) {
        if (gen_str_is(name, locals[i])) return true;
    }
    /* One for each column of a unique index: key1, key2. */
    if (name.len < 4 || memcmp(name.ptr, "key", 3)) return false;
    for (i = 3; i < name.len; i++) {
        if (name.ptr[i] < '0' || name.ptr[i] > '9') return false;
    }
    return true;
}

static bool
emit_is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '_';
}

gen_str
emit_fold(gen_ctx *ctx, gen_str name)
{
    gen_buf buf;
    gen_str out;
    size_t i;

    gen_buf_init(&buf, ctx);
    if (!name.len || name.ptr[0] == '_' || !emit_is_word(name.ptr[0]) ||
        (name.ptr[0] >= '0' && name.ptr[0] <= '9')) {
        gen_buf_add_char(&buf, 'x');
    }
    for (i = 0; i < name.len; i++) {
        gen_buf_add_char(&buf, emit_is_word(name.ptr[i]) ? name.ptr[i] : '_');
    }
    out.ptr = buf.ptr;
    out.len = buf.len;
    return out;
}

gen_str
emit_upper(gen_ctx *ctx, gen_str name)
{
    gen_str out = name;
    char *at = (char *)gen_new(ctx, name.len + 1);
    size_t i;

    for (i = 0; i < name.len; i++) {
        char c = name.ptr[i];

        at[i] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
    }
    out.ptr = at;
    return out;
}

gen_str
emit_join(gen_ctx *ctx, gen_str a, const char *between, gen_str b)
{
    size_t mid = strlen(between);
    gen_str out;
    char *at;

    out.len = a.len + mid + b.len;
    at = (char *)gen_new(ctx, out.len + 1);
    if (a.len) memcpy(at, a.ptr, a.len);
    if (mid) memcpy(at + a.len, between, mid);
    if (b.len) memcpy(at + a.len + mid, b.ptr, b.len);
    out.ptr = at;
    return out;
}

gen_str
emit_glue(gen_ctx *ctx, gen_str a, const char *b)
{
    return emit_join(ctx, a, b, gen_str_lit(""));
}

/* ---- names in use -------------------------------------------------------- */

static uint64_t
emit_hash(uint64_t hash, gen_str name)
{
    size_t i;

    for (i = 0; i < name.len; i++) {
        hash = (hash ^ (unsigned char)name.ptr[i]) * UINT64_C(1099511628211);
    }
    return hash ^ hash >> 29;
}

static size_t
emit_name_slot(const emit_names *names, gen_str name)
{
    uint64_t hash = emit_hash(UINT64_C(1469598103934665603), name);
    size_t i = (size_t)hash & (names->cap - 1);


    while (names->slots[i].ptr && !gen_str_eq(names->slots[i], name)) {
        i = (i + 1) & (names->cap - 1);
    }
    return i;
}

bool
emit_name_taken(const emit_names *names, gen_str name)
{
    return names->cap && names->slots[emit_name_slot(names, name)].ptr;
}

void
emit_name_take(emit_plan *plan, gen_str name)
{
    emit_names *names = &plan->names;
    size_t i;

    if (names->count * 2 >= names->cap) {
        emit_names more;

        more.cap = names->cap ? names->cap * 2 : 1024;
        more.count = 0;
        more.slots = (gen_str *)gen_new(plan->ctx,
                                        more.cap * sizeof *more.slots);
        for (i = 0; i < names->cap; i++) {
            if (!names->slots[i].ptr) continue;
            more.slots[emit_name_slot(&more, names->slots[i])] =
                names->slots[i];
            more.count++;
        }
        *names = more;
    }
    i = emit_name_slot(names, name);
    if (!names->slots[i].ptr) names->count++;
    names->slots[i] = name;
}

/* ---- things by name ------------------------------------------------------ */

static emit_slot *
emit_map_slot(const emit_map *map, emit_lookup key, const void *scope,
              gen_str name)
{
    uint64_t hash = (uint64_t)(uintptr_t)scope + (uint64_t)key;
    size_t i;

    hash = emit_hash(hash * UINT64_C(11400714819323198485), name);
    for (i = (size_t)hash & (map->cap - 1); map->slots[i].value;
         i = (i + 1) & (map->cap - 1)) {
        const emit_slot *slot = &map->slots[i];

        if (slot->scope == scope && slot->key == key &&
            gen_str_eq(slot->name, name)) {
            break;
        }
    }
    return &map->slots[i];
}

void *
emit_map_get(const emit_plan *plan, emit_lookup key, const void *scope,
             gen_str name)
{
    if (!plan->map.cap) return NULL;
    return emit_map_slot(&plan->map, key, scope, name)->value;
}

void
emit_map_put(emit_plan *plan, emit_lookup key, const void *scope, gen_str name,
             void *value)
{
    emit_map *map = &plan->map;
    emit_slot *slot;
    size_t i;

    if (map->count * 2 >= map->cap) {
        emit_map more;

        more.cap = map->cap ? map->cap * 2 : 256;
        more.count = map->count;
        more.slots = (emit_slot *)gen_new(plan->ctx,
                                          more.cap * sizeof *more.slots);
        for (i = 0; i < map->cap; i++) {
            const emit_slot *old = &map->slots[i];

            if (!old->value) continue;
            *emit_map_slot(&more, old->key, old->scope, old->name) = *old;
        }
        *map = more;
    }
    slot = emit_map_slot(map, key, scope, name);
    if (slot->value) return;
    map->count++;
    slot->scope = scope;
    slot->name = name;
    slot->key = key;
    slot->value = value;
}
