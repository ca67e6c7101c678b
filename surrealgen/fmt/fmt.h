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

/* The statements of a file in order. The trivia behind the last one is left
 * over: it begins at the returned token. */
uint32_t fmt_split(gen_ctx *ctx, const gen_file *file, gen_list *stmts);
/* The same between two braces, where `mark` ends each piece. */
uint32_t fmt_split_block(gen_ctx *ctx, const gen_file *file, uint32_t from,
                         uint32_t to, char mark, gen_list *stmts);
/* Past the comments that stand on the line where a statement ends. */
uint32_t fmt_trailing_end(const gen_file *file, uint32_t i);
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

/* ---- marks -------------------------------------------------------------- */

/* What stands between a token and the significant one before it. */
typedef enum fmt_gap {
    FMT_AUTO,  /* nothing or one space, by the two tokens */
    FMT_KEEP,  /* the source's own white space and comments */
    FMT_SPACE, /* one space */
    FMT_NONE,
    FMT_CLAUSE, /* one space, or a line of its own where the author broke */
    FMT_RULE,   /* the same, one step further in */
    FMT_MARGIN  /* the same, at the margin */
} fmt_gap;

typedef enum fmt_case { FMT_AS_IS, FMT_LOWER, FMT_UPPER } fmt_case;

typedef struct fmt_mark {
    unsigned char gap, kase;
} fmt_mark;

typedef struct fmt_printer {
    gen_ctx *ctx;
    gen_file *file;
    gen_buf *out;
    const char *nl;
    fmt_mark *marks; /* one for each token */
    gen_parser p;    /* walks the statement at hand */
    fmt_case kase;   /* of keywords */
} fmt_printer;

/* mark.c. The walkers leave f->p behind what they marked. */
void fmt_keep(fmt_printer *f, uint32_t from, uint32_t to);
void fmt_word(fmt_printer *f); /* the current token is a keyword */
void fmt_clauses(fmt_printer *f);
void fmt_define(fmt_printer *f, uint32_t end);
void fmt_at(fmt_printer *f, uint32_t begin);

/* layout.c. The tokens [from, to) with the gaps between them; lines that are
 * broken go on at `indent`. */
void fmt_range(fmt_printer *f, gen_buf *out, uint32_t from, uint32_t to,
               const char *indent);
/* The comments of [from, to) on lines of their own. */
void fmt_lead(fmt_printer *f, uint32_t from, uint32_t to, const char *indent,
              bool first);
void fmt_tail(fmt_printer *f, const fmt_stmt *stmt);

/* block.c: what is between the braces of a .sg item. */
void fmt_item(fmt_printer *f, const fmt_stmt *stmt);

#endif
