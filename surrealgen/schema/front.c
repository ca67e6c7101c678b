/* surrealgen/schema/front.c: the entry points of the front end.
 *
 * Each one arms the jump that an allocation failure takes (arena.c) and
 * turns it into GEN_NO_MEMORY. Nothing needs undoing: what was built so far
 * belongs to the arena. */
#include "front.h"

#include <string.h>

void gen_set_target(gen_ctx *ctx, gen_version target)
{
    ctx->schema.target = target;
    ctx->target_fixed = true;
}

void gen_set_known(gen_ctx *ctx)
{
    ctx->known = ctx->schema.files.count;
}

void gen_set_source(gen_ctx *ctx, const gen_source *source)
{
    ctx->source = *source;
}

gen_schema *gen_schema_of(gen_ctx *ctx)
{
    return &ctx->schema;
}

/* Bytes of the well-formed sequence at s, or 0 (Unicode table 3-7). */
static size_t utf8_len(const unsigned char *s, size_t left)
{
    unsigned char low = 0x80;
    unsigned char high = 0xbf;
    size_t len, i;

    if (s[0] < 0x80) return 1;
    if (s[0] < 0xc2 || s[0] > 0xf4) return 0;
    len = s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 : 4;
    if (s[0] == 0xe0) low = 0xa0;
    if (s[0] == 0xed) high = 0x9f;
    if (s[0] == 0xf0) low = 0x90;
    if (s[0] == 0xf4) high = 0x8f;
    if (left < len || s[1] < low || s[1] > high) return 0;
    for (i = 2; i < len; i++) {
        if ((s[i] & 0xc0) != 0x80) return 0;
    }
    return len;
}

gen_pos gen_pos_at(const gen_file *file, size_t off)
{
    gen_pos pos = { NULL, 0, 1, 1, 1 };
    size_t i;

    pos.file = file;
    pos.off = (uint32_t)off;
    for (i = 0; i < off; i++) {
        unsigned char c = (unsigned char)file->text.ptr[i];
        if (c == '\n') {
            pos.line++;
            pos.col = 1;
        } else if ((c & 0xc0) != 0x80) {
            pos.col++;
        }
    }
    return pos;
}

/* How much of the text from `at` on is ASCII without NUL, by steps of eight
 * bytes: less is fine, the caller looks at the rest one by one. A byte less
 * one borrows into its highest bit when it was 0, or when the one below it
 * borrowed, which takes a 0 as well. */
static size_t plain_run(const unsigned char *s, size_t at, size_t len)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    size_t from = at;
    uint64_t word;

    for (; len - at >= sizeof word; at += sizeof word) {
        memcpy(&word, s + at, sizeof word);
        if (((word | (word - ones)) & (ones << 7)) != 0) break;
    }
    return at - from;
}

/* Text is UTF-8 without NUL, or it is told and not parsed. */
static bool check_bytes(gen_ctx *ctx, const gen_file *file)
{
    const unsigned char *s = (const unsigned char *)file->text.ptr;
    size_t i = 0;

    for (;;) {
        size_t len;
        i += plain_run(s, i, file->text.len);
        if (i >= file->text.len) return true;
        len = utf8_len(s + i, file->text.len - i);
        if (len == 0) {
            gen_error(ctx, SG1001, gen_pos_at(file, i), "this is not UTF-8 "
                      "text (byte 0x%02x)", s[i]);
            return false;
        }
        if (s[i] == 0) {
            gen_error(ctx, SG1002, gen_pos_at(file, i), "there is a NUL byte "
                      "here");
            return false;
        }
        i += len;
    }
}

static bool ends_in_sg(gen_str name)
{
    return name.len >= 3 && memcmp(name.ptr + name.len - 3, ".sg", 3) == 0;
}

static gen_file *new_file(gen_ctx *ctx, gen_str name, gen_str text,
                          unsigned depth)
{
    gen_file *file = (gen_file *)gen_new(ctx, sizeof *file);

    file->name = name;
    file->is_sg = ends_in_sg(file->name);
    file->order = (uint32_t)ctx->schema.files.count;
    file->doc = gen_str_lit("");
    file->depth = depth;
    file->text = text;
    gen_list_push(ctx, &ctx->schema.files, file);
    return file;
}

/* text is in the arena, or empty when len says the file is too large. */
void gen_add_file(gen_ctx *ctx, gen_str name, gen_str text, size_t len,
                  unsigned depth)
{
    gen_file *file = new_file(ctx, name, text, depth);
    gen_pos pos = { NULL, 0, 0, 1, 1 };

    gen_lex(ctx, file);
    if (len > GEN_MAX_FILE) {
        pos.file = file;
        gen_error(ctx, SG1003, pos, "the file is larger than %u MiB",
                  GEN_MAX_FILE / (1024 * 1024));
        return;
    }
    if (check_bytes(ctx, file)) gen_parse_file(ctx, file);
}

bool gen_add_beside(gen_ctx *ctx, const char *name, gen_str text,
                    gen_file **out)
{
    gen_file *file = (gen_file *)gen_new(ctx, sizeof *file);
    bool fits = text.len <= GEN_MAX_FILE;
    gen_pos pos = { NULL, 0, 0, 1, 1 };

    *out = file;
    file->name = gen_str_copy(ctx, name, strlen(name));
    file->text = fits ? text : gen_str_lit("");
    file->doc = gen_str_lit("");
    /* Told after what is wrong with the schema. */
    file->order = UINT32_C(0x80000000) + ctx->beside++;
    if (fits) return check_bytes(ctx, file);
    pos.file = file;
    gen_error(ctx, SG1003, pos, "the file is larger than %u MiB",
              GEN_MAX_FILE / (1024 * 1024));
    return false;
}

static void add_text(gen_ctx *ctx, const char *name, const char *bytes,
                     size_t len)
{
    gen_str path = gen_str_copy(ctx, name, strlen(name));
    gen_str text = { "", 0 };

    if (!gen_file_is_new(ctx, path)) return;
    if (len <= GEN_MAX_FILE) text = gen_str_copy(ctx, bytes, len);
    gen_add_file(ctx, path, text, len, 0);
}

gen_status gen_add_text(gen_ctx *ctx, const char *name, const char *bytes,
                        size_t len)
{
    if (setjmp(ctx->no_memory) != 0) {
        ctx->armed = false;
        return GEN_NO_MEMORY;
    }
    ctx->armed = true;
    add_text(ctx, name, bytes, len);
    ctx->armed = false;
    return ctx->errors > 0 ? GEN_ERRORS : GEN_OK;
}

gen_status gen_add_lexed(gen_ctx *ctx, const gen_file *from)
{
    gen_file *file;

    if (setjmp(ctx->no_memory) != 0) {
        ctx->armed = false;
        return GEN_NO_MEMORY;
    }
    ctx->armed = true;
    if (gen_file_is_new(ctx, from->name)) {
        file = new_file(ctx, from->name, from->text, 0);
        file->tokens = from->tokens;
        file->token_count = from->token_count;
        gen_parse_file(ctx, file);
    }
    ctx->armed = false;
    return ctx->errors > 0 ? GEN_ERRORS : GEN_OK;
}

gen_status gen_finish(gen_ctx *ctx)
{
    if (setjmp(ctx->no_memory) != 0) {
        ctx->armed = false;
        return GEN_NO_MEMORY;
    }
    ctx->armed = true;
    gen_build_trees(ctx);
    gen_resolve_types(ctx);
    gen_check_all(ctx);
    if (ctx->known == 0 || ctx->known < ctx->schema.files.count) {
        gen_check_versions(ctx);
        gen_lint(ctx);
        gen_advise(ctx);
    }
    ctx->armed = false;
    return ctx->errors > 0 ? GEN_ERRORS : GEN_OK;
}

gen_schema *gen_load_text(gen_ctx *ctx, const char *name, const char *bytes,
                          size_t len)
{
    if (gen_add_text(ctx, name, bytes, len) == GEN_NO_MEMORY) return NULL;
    if (gen_finish(ctx) == GEN_NO_MEMORY) return NULL;
    return &ctx->schema;
}
