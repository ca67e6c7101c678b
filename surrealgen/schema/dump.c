/* surrealgen/schema/dump.c: the stages of -d, for people and tests. */
#include "front.h"

#include <string.h>

static const char *token_name(gen_tok kind)
{
    static const char *const names[] = {
        "end", "space", "comment", "doc", "file-doc", "ident", "quoted",
        "param", "string", "int", "float", "decimal", "duration", "regex",
        "script", "punct", "bad-char", "bad-string", "bad-comment",
        "bad-name", "bad-script"
    };
    return names[kind];
}

/* One token a line: place, kind, bytes with what is not printable as \xNN. */
void gen_dump_tokens(gen_ctx *ctx, const gen_file *file, gen_buf *out)
{
    size_t i, k;

    (void)ctx;
    for (i = 0; i < file->token_count; i++) {
        const gen_token *tok = &file->tokens[i];
        gen_str text = gen_tok_str(file, tok);
        gen_buf_add_fmt(out, "%u:%u %s |", tok->line, tok->col,
                        token_name(tok->kind));
        for (k = 0; k < text.len; k++) {
            unsigned char c = (unsigned char)text.ptr[k];
            if (c < 0x20 || c >= 0x7f || c == '\\') {
                gen_buf_add_fmt(out, "\\x%02x", c);
            } else {
                gen_buf_add_char(out, (char)c);
            }
        }
        gen_buf_add_text(out, "|\n");
    }
}

/* The file again, from its tokens. */
void gen_dump_roundtrip(gen_ctx *ctx, const gen_file *file, gen_buf *out)
{
    size_t i;

    (void)ctx;
    for (i = 0; i < file->token_count; i++) {
        gen_buf_add_str(out, gen_tok_str(file, &file->tokens[i]));
    }
}
