/* base/mem.c: the allocator, capped and counted, and arenas on top of it. */
#include "base/base.h"

/* An arena is a list of chunks, each twice the size of the one before up to a
 * bound, and a block too large for that gets a chunk of its own behind the
 * current one, so that the room left in the current chunk is not lost. */
typedef struct srl_chunk {
    struct srl_chunk *older;
    size_t len; /* the header included */
} srl_chunk;

#define SRL_ARENA_ALIGN ((size_t)16)
#define SRL_ARENA_FIRST ((size_t)1024)
#define SRL_ARENA_LARGEST ((size_t)64 << 10)

/* The header of a chunk, rounded up so that blocks stay aligned. */
#define SRL_CHUNK_HEAD                                   \
    ((sizeof(srl_chunk) + SRL_ARENA_ALIGN - 1) & \
     ~(SRL_ARENA_ALIGN - 1))

static void *
srl_libc_resize(void *user, void *block, size_t old_len, size_t new_len)
{
    (void)user;
    (void)old_len;
    if (!new_len) {
        free(block);
        return NULL;
    }
    return realloc(block, new_len);
}

SRL_FN void
srl_mem_init(srl_mem *mem, const surreal_allocator *allocator, size_t max)
{
    mem->allocator.resize = srl_libc_resize;
    mem->allocator.user = NULL;
    if (allocator && allocator->resize) mem->allocator = *allocator;
    mem->used = 0;
    mem->max = max;
}

SRL_FN void *
srl_mem_resize(srl_mem *mem, void *block, size_t old_len, size_t new_len)
{
    void *moved;
    size_t used = mem->used - old_len;

    SURREAL_ASSERT(old_len <= mem->used);
    SURREAL_ASSERT(new_len > 0);
    if (!srl_size_add(used, new_len, &used)) return NULL;
    if (mem->max && used > mem->max) return NULL;
    moved = mem->allocator.resize(mem->allocator.user, block, old_len,
                                  new_len);
    if (moved) mem->used = used;
    return moved;
}

SRL_FN void
srl_mem_free(srl_mem *mem, void *block, size_t len)
{
    if (!block) return;
    SURREAL_ASSERT(len <= mem->used);
    mem->used -= len;
    mem->allocator.resize(mem->allocator.user, block, len, 0);
}

SRL_FN void
srl_arena_init(srl_arena *arena, srl_mem *mem)
{
    arena->mem = mem;
    arena->chunks = NULL;
    arena->at = NULL;
    arena->end = NULL;
}

SRL_FN void
srl_arena_free(srl_arena *arena)
{
    while (arena->chunks) {
        srl_chunk *chunk = arena->chunks;

        arena->chunks = chunk->older;
        srl_mem_free(arena->mem, chunk, chunk->len);
    }
    arena->at = NULL;
    arena->end = NULL;
}

SRL_FN void
srl_arena_reset(srl_arena *arena)
{
    srl_chunk *newest = arena->chunks;

    if (!newest) return;
    arena->chunks = newest->older;
    srl_arena_free(arena);
    newest->older = NULL;
    arena->chunks = newest;
    arena->at = (uint8_t *)newest + SRL_CHUNK_HEAD;
    arena->end = (uint8_t *)newest + newest->len;
}

static srl_chunk *
srl_chunk_new(srl_arena *arena, size_t len)
{
    srl_chunk *chunk;

    if (!srl_size_add(len, SRL_CHUNK_HEAD, &len)) return NULL;
    chunk = (srl_chunk *)srl_mem_resize(arena->mem, NULL, 0, len);
    if (chunk) chunk->len = len;
    return chunk;
}

/* A block that would waste a fresh chunk: behind the current one. */
static void *
srl_arena_alone(srl_arena *arena, size_t len)
{
    srl_chunk *chunk = srl_chunk_new(arena, len);

    if (!chunk) return NULL;
    if (arena->chunks) {
        chunk->older = arena->chunks->older;
        arena->chunks->older = chunk;
    } else {
        chunk->older = NULL;
        arena->chunks = chunk;
        arena->at = arena->end = (uint8_t *)chunk + chunk->len;
    }
    return (uint8_t *)chunk + SRL_CHUNK_HEAD;
}

SRL_FN void *
srl_arena_alloc(srl_arena *arena, size_t len)
{
    srl_chunk *chunk;
    size_t next = SRL_ARENA_FIRST;
    void *block;

    if (len > (size_t)-1 - SRL_ARENA_ALIGN) return NULL;
    len = (len + SRL_ARENA_ALIGN - 1) & ~(SRL_ARENA_ALIGN - 1);
    if (!len) len = SRL_ARENA_ALIGN;
    if (len <= (size_t)(arena->end - arena->at)) {
        block = arena->at;
        arena->at += len;
        return block;
    }
    if (arena->chunks) next = arena->chunks->len * 2;
    if (next > SRL_ARENA_LARGEST) next = SRL_ARENA_LARGEST;
    if (len > next / 2) return srl_arena_alone(arena, len);

    chunk = srl_chunk_new(arena, next - SRL_CHUNK_HEAD);
    if (!chunk) return NULL;
    chunk->older = arena->chunks;
    arena->chunks = chunk;
    arena->at = (uint8_t *)chunk + SRL_CHUNK_HEAD;
    arena->end = (uint8_t *)chunk + chunk->len;
    SURREAL_ASSERT(len <= (size_t)(arena->end - arena->at));
    block = arena->at;
    arena->at += len;
    return block;
}

SRL_FN void *
srl_arena_array(srl_arena *arena, size_t count, size_t size)
{
    size_t len;

    if (!srl_size_mul(count, size, &len)) return NULL;
    return srl_arena_alloc(arena, len);
}

SRL_FN surreal_str
srl_arena_text(srl_arena *arena, const char *text, size_t len)
{
    surreal_str copy = {NULL, 0};
    char *room;

    if (len == (size_t)-1) return copy;
    room = (char *)srl_arena_alloc(arena, len + 1);
    if (!room) return copy;
    if (len) memcpy(room, text, len);
    room[len] = '\0';
    copy.ptr = room;
    copy.len = len;
    return copy;
}

SRL_FN void
srl_wipe(void *ptr, size_t len)
{
#if defined(__GNUC__) || defined(__clang__)
    /* Faster than byte by byte, which short records feel. The assembler code,
     * of which there is none, may read the memory: the zeros must be there. */
    if (len) memset(ptr, 0, len);
    __asm__ volatile("" : : "r"(ptr) : "memory");
#else
    volatile uint8_t *p = (volatile uint8_t *)ptr;

    while (len--) {
        *p++ = 0;
    }
#endif
}
