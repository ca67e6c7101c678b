/* surrealgen/schema/arena.c: memory, lists, text and the name map.
 *
 * One arena per context, made of blocks; nothing in it is freed before
 * gen_close(). A failed allocation leaves through gen_die_no_memory(): while
 * an entry point is active it is a longjmp to it (the one longjmp of the
 * program), otherwise the process ends. No caller ever sees NULL. */
#include "front.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Tests make blocks small, so that every allocation can fail. */
#ifndef GEN_BLOCK
#define GEN_BLOCK ((size_t)64 * 1024)
#endif

enum { GEN_ALIGN = 16 };

static void *default_grow(void *user, size_t n)
{
    (void)user;
    return malloc(n);
}

static void default_drop(void *user, void *ptr, size_t n)
{
    (void)user;
    (void)n;
    free(ptr);
}

gen_ctx *gen_open(const gen_memory *memory)
{
    gen_memory use = { default_grow, default_drop, NULL };
    gen_ctx *ctx;

    if (memory != NULL) {
        use = *memory;
    }
    ctx = (gen_ctx *)use.grow(use.user, sizeof *ctx);
    if (ctx == NULL) return NULL;
    memset(ctx, 0, sizeof *ctx);
    ctx->memory = use;
    ctx->muted.muted = true;
    ctx->max_diags = GEN_MAX_DIAGS;
    ctx->schema.target.major = 3;
    return ctx;
}

void gen_close(gen_ctx *ctx)
{
    gen_memory memory;

    if (ctx == NULL) return;
    memory = ctx->memory;
    while (ctx->blocks != NULL) {
        gen_block *next = ctx->blocks->next;
        memory.drop(memory.user, ctx->blocks, ctx->blocks->size);
        ctx->blocks = next;
    }
    memory.drop(memory.user, ctx, sizeof *ctx);
}

void gen_die_no_memory(gen_ctx *ctx)
{
    if (ctx->armed) {
        longjmp(ctx->no_memory, 1);
    }
    fputs("surrealgen: out of memory\n", stderr);
    exit(1);
}

static size_t head_size(void)
{
    return (sizeof(gen_block) + GEN_ALIGN - 1) / GEN_ALIGN * GEN_ALIGN;
}

/* NULL when there is no memory. */
static gen_block *add_block(gen_ctx *ctx, size_t size)
{
    gen_block *block;

    block = (gen_block *)ctx->memory.grow(ctx->memory.user, size);
    if (block == NULL) return NULL;
    block->size = size;
    block->used = head_size();
    block->next = NULL;
    return block;
}

/* Makes sure that allocations of len bytes in all cannot fail. */
bool gen_reserve(gen_ctx *ctx, size_t len)
{
    gen_block *block = ctx->blocks;
    size_t size = head_size() + len + GEN_ALIGN;

    if (len > SIZE_MAX / 4) return false;
    if (block != NULL && block->size - block->used >= len + GEN_ALIGN) {
        return true;
    }
    block = add_block(ctx, size < GEN_BLOCK ? GEN_BLOCK : size);
    if (block == NULL) return false;
    block->next = ctx->blocks;
    ctx->blocks = block;
    return true;
}

/* Not zeroed. What would fill most of a block gets one of its own, behind
 * the current one, whose rest is not lost. */
static char *take(gen_ctx *ctx, size_t len)
{
    gen_block *block = ctx->blocks;
    size_t need;
    char *ptr;

    if (len > SIZE_MAX / 4) {
        gen_die_no_memory(ctx);
    }
    need = (len + GEN_ALIGN - 1) / GEN_ALIGN * GEN_ALIGN;
    if (block == NULL || block->size - block->used < need) {
        size_t size = head_size() + need;
        bool own = block != NULL && size > GEN_BLOCK / 2;
        gen_block *fresh;
        if (!own && size < GEN_BLOCK) {
            size = GEN_BLOCK;
        }
        fresh = add_block(ctx, size);
        if (fresh == NULL) gen_die_no_memory(ctx);
        fresh->next = own ? block->next : block;
        if (own) {
            block->next = fresh;
        } else {
            ctx->blocks = fresh;
        }
        block = fresh;
    }
    ptr = (char *)block + block->used;
    block->used += need;
    return ptr;
}

void *gen_new(gen_ctx *ctx, size_t len)
{
    return memset(take(ctx, len), 0, len);
}

void *gen_new_plain(gen_ctx *ctx, size_t len)
{
    return take(ctx, len);
}

/* ------------------------------------------------------------------- text */

gen_str gen_str_lit(const char *text)
{
    gen_str str;

    str.ptr = text;
    str.len = strlen(text);
    return str;
}

gen_str gen_str_copy(gen_ctx *ctx, const char *ptr, size_t len)
{
    char *copy = take(ctx, len + 1);
    gen_str str;

    if (len > 0) {
        memcpy(copy, ptr, len);
    }
    copy[len] = 0;
    str.ptr = copy;
    str.len = len;
    return str;
}

gen_str gen_str_sub(gen_str text, size_t from, size_t to)
{
    gen_str sub;

    sub.ptr = text.ptr + from;
    sub.len = to - from;
    return sub;
}

bool gen_str_eq(gen_str a, gen_str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

bool gen_str_is(gen_str a, const char *text)
{
    size_t i;

    /* Asked of every token, and most differ in the first letter. */
    for (i = 0; i < a.len; i++) {
        if (text[i] == 0 || a.ptr[i] != text[i]) return false;
    }
    return text[i] == 0;
}

int gen_str_order(gen_str a, gen_str b)
{
    size_t len = a.len < b.len ? a.len : b.len;
    int order = len > 0 ? memcmp(a.ptr, b.ptr, len) : 0;

    return order != 0 ? order : (a.len > b.len) - (a.len < b.len);
}

void gen_list_push(gen_ctx *ctx, gen_list *list, void *item)
{
    if (list->count == list->cap) {
        size_t cap = list->cap == 0 ? 4 : list->cap * 2;
        void **at = (void **)gen_new_plain(ctx, cap * sizeof *at);
        if (list->count > 0) {
            memcpy(at, list->at, list->count * sizeof *at);
        }
        list->at = at;
        list->cap = cap;
    }
    list->at[list->count] = item;
    list->count++;
}

void gen_buf_init(gen_buf *buf, gen_ctx *ctx)
{
    memset(buf, 0, sizeof *buf);
    buf->ctx = ctx;
    buf->cap = 64;
    buf->ptr = (char *)gen_new(ctx, buf->cap);
}

/* What was taken last can be made longer where it stands. */
static bool stretch(gen_ctx *ctx, const char *ptr, size_t old, size_t len)
{
    gen_block *block = ctx->blocks;

    old = (old + GEN_ALIGN - 1) / GEN_ALIGN * GEN_ALIGN;
    len = (len + GEN_ALIGN - 1) / GEN_ALIGN * GEN_ALIGN;
    if (block == NULL || ptr + old != (char *)block + block->used
        || len - old > block->size - block->used) return false;
    block->used += len - old;
    return true;
}

/* A text grows out of every block on its way: those go. */
static void drop_own_block(gen_ctx *ctx, const char *ptr)
{
    gen_block **at = &ctx->blocks;
    gen_block *own;

    while (*at != NULL && (char *)*at + head_size() != ptr) {
        at = &(*at)->next;
    }
    own = *at;
    if (own == NULL) return;
    *at = own->next;
    ctx->memory.drop(ctx->memory.user, own, own->size);
}

static void buf_grow(gen_buf *buf, size_t len)
{
    size_t cap = buf->cap * 2;
    char *grown;

    while (len >= cap - buf->len) {
        cap *= 2;
    }
    if (!stretch(buf->ctx, buf->ptr, buf->cap, cap)) {
        grown = take(buf->ctx, cap);
        memcpy(grown, buf->ptr, buf->len);
        if (buf->cap >= GEN_BLOCK) drop_own_block(buf->ctx, buf->ptr);
        buf->ptr = grown;
    }
    buf->cap = cap;
}

void gen_buf_add(gen_buf *buf, const char *ptr, size_t len)
{
    if (len >= buf->cap - buf->len) {
        buf_grow(buf, len);
    }
    if (len > 0) {
        memcpy(buf->ptr + buf->len, ptr, len);
    }
    buf->len += len;
    buf->ptr[buf->len] = 0;
}

void gen_buf_add_str(gen_buf *buf, gen_str text)
{
    gen_buf_add(buf, text.ptr, text.len);
}

void gen_buf_add_text(gen_buf *buf, const char *text)
{
    gen_buf_add(buf, text, strlen(text));
}

void gen_buf_add_char(gen_buf *buf, char c)
{
    if (1 >= buf->cap - buf->len) buf_grow(buf, 1);
    buf->ptr[buf->len++] = c;
    buf->ptr[buf->len] = 0;
}

gen_str gen_buf_str(const gen_buf *buf)
{
    gen_str str;

    str.ptr = buf->ptr;
    str.len = buf->len;
    return str;
}

void gen_buf_add_fmt(gen_buf *buf, const char *fmt, ...)
{
    va_list args;
    va_list again;
    int len;

    va_start(args, fmt);
    va_copy(again, args);
    len = vsnprintf(buf->ptr + buf->len, buf->cap - buf->len, fmt, args);
    va_end(args);
    if (len > 0 && (size_t)len >= buf->cap - buf->len) {
        buf_grow(buf, (size_t)len);
        vsnprintf(buf->ptr + buf->len, buf->cap - buf->len, fmt, again);
    }
    va_end(again);
    if (len > 0) {
        buf->len += (size_t)len;
    }
    buf->ptr[buf->len] = 0;
}

/* -------------------------------------------------------------------- map */

static size_t map_hash(const void *scope, gen_key key, gen_str name)
{
    uint64_t h = 14695981039346656037u ^ (uint64_t)(uintptr_t)scope;
    size_t i;

    h = (h ^ (uint64_t)key) * 1099511628211u;
    for (i = 0; i < name.len; i++) {
        h = (h ^ (unsigned char)name.ptr[i]) * 1099511628211u;
    }
    return (size_t)(h ^ (h >> 29));
}

/* The slot that holds the key, or the free one where it belongs. */
static gen_slot *map_slot(gen_slot *slots, size_t cap, const void *scope,
                          gen_key key, gen_str name)
{
    size_t i = map_hash(scope, key, name) & (cap - 1);

    while (slots[i].taken) {
        gen_slot *s = &slots[i];
        if (s->scope == scope && s->key == key
            && gen_str_eq(s->name, name)) return s;
        i = (i + 1) & (cap - 1);
    }
    return &slots[i];
}

void *gen_map_get(const gen_ctx *ctx, const void *scope, gen_key key,
                  gen_str name)
{
    if (ctx->slot_cap == 0) return NULL;
    return map_slot(ctx->slots, ctx->slot_cap, scope, key, name)->value;
}

static void map_grow(gen_ctx *ctx)
{
    size_t cap = ctx->slot_cap == 0 ? 256 : ctx->slot_cap * 2;
    gen_slot *slots = (gen_slot *)gen_new(ctx, cap * sizeof *slots);
    size_t i;

    for (i = 0; i < ctx->slot_cap; i++) {
        gen_slot *old = &ctx->slots[i];
        if (old->taken) {
            *map_slot(slots, cap, old->scope, old->key, old->name) = *old;
        }
    }
    ctx->slots = slots;
    ctx->slot_cap = cap;
}

/* A NULL value takes the name away again. */
void gen_map_set(gen_ctx *ctx, const void *scope, gen_key key, gen_str name,
                 void *value)
{
    gen_slot *slot;

    if (ctx->slot_count * 2 >= ctx->slot_cap) {
        map_grow(ctx);
    }
    slot = map_slot(ctx->slots, ctx->slot_cap, scope, key, name);
    if (!slot->taken) {
        ctx->slot_count++;
    }
    slot->taken = true;
    slot->scope = scope;
    slot->key = key;
    slot->name = name;
    slot->value = value;
}
