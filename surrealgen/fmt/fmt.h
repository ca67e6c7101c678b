/* surrealgen/fmt/fmt.h: what works on statements and their comments.
 *
 * split.c cuts the tokens of a file into statements, white space and comments
 * included, without looking at the parser's result: every token of the file
 * is in exactly one piece. The formatter, the conversions and the fixes are
 * built on that. */
#ifndef GEN_FMT_H
#define GEN_FMT_H
#include "../schema/front.h"

/* One statement or item: the trivia [lead, begin) before it, its own tokens
 * [begin, end), and what follows on its last line, [end, tail). */
typedef struct fmt_stmt {
    uint32_t lead, begin, end, tail;
    const gen_item *item; /* what it defines, or NULL */
    bool done;            /* printed as a part of another */
} fmt_stmt;

fmt_stmt *fmt_stmt_at(const gen_list *list, size_t i);

/* gen_split: the statements of a file in order. The trivia behind the last
 * one is left over: it begins at the returned token. */
uint32_t fmt_split(gen_ctx *ctx, const gen_file *file, gen_list *stmts);
/* Which statement each item of the schema was written in. */
void fmt_match_items(gen_ctx *ctx, const gen_file *file, gen_list *stmts);

/* "\r\n" when the file's first line ends so, else "\n". */
const char *fmt_line_end(const gen_file *file);
unsigned fmt_newlines(const gen_file *file, const gen_token *tok);
/* A comment without the blanks (and the \r) at its end. */
gen_str fmt_comment(const gen_file *file, const gen_token *tok);
/* Whether nothing can follow on its line. */
bool fmt_is_line_comment(const gen_file *file, const gen_token *tok);
/* `-- @word`: an annotation, where the file is .surql. */
bool fmt_is_annotation(const gen_file *file, const gen_token *tok);

#endif
