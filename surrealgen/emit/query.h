/* surrealgen/emit/query.h: queries, functions and access methods in C.
 *
 * query_plan.c decides what each becomes; a function is a query whose text
 * calls it. query.c and link.c print that. */
#ifndef GEN_EMIT_QUERY_H
#define GEN_EMIT_QUERY_H
#include "emit.h"

/* What one statement gives. */
typedef struct emit_answer {
    gen_shape_kind shape;
    const emit_array *row; /* describes it; NULL for NONE */
    gen_str member;        /* of the struct for all answers: "r1" */
    bool is_part;          /* a table's row, of which columns may lack */
    bool is_flat;          /* needs no result to live in */
    unsigned statement[2]; /* on SurrealDB 2 and 3 */
} emit_answer;

/* A parameter whose default the program knows. */
typedef struct emit_default {
    const emit_member *member;
    gen_str value; /* as C */
} emit_default;

typedef struct emit_query {
    gen_str name;  /* shop_orders_of */
    gen_str label; /* orders_of, fn::order::total */
    gen_str text;
    gen_str doc;
    gen_pos pos;
    gen_str row, rows;      /* types of what is given; empty: the row itself */
    bool owns_row, owns_rows; /* the types are this query's own */
    const emit_struct *args; /* NULL: no parameters */
    gen_list defaults;      /* emit_default */
    gen_list answers;       /* emit_answer */
    bool is_tuple, is_retried;
} emit_query;

/* SIGNUP or SIGNIN of an access method. */
typedef struct emit_sign {
    gen_str name; /* shop_account_signup */
    gen_str access;
    gen_str doc;
    const emit_struct *args; /* NULL: no variables */
    bool is_new;
} emit_sign;

/* ---- query_text.c ------------------------------------------------------- */

/* Which result a statement (from 0) is, behind `before` others, on SurrealDB
 * 2 and 3: 2 gives none for BEGIN and COMMIT, and one for a block with
 * RETURN. */
void emit_statement(const gen_query *query, size_t index, unsigned before,
                    unsigned out[2]);
/* The statement a query's only answer is read from. */
size_t emit_statement_of(const gen_query *query);
/* The default as C, if it is a plain literal of the member's type; else
 * empty. `is_none`: it is NONE. */
gen_str emit_literal_of(gen_ctx *ctx, const emit_member *member,
                        gen_str text, bool *is_none);
/* Names with `$` in an expression which it does not bind and which are not the
 * server's own: gen_name, each once. */
void emit_names_in(gen_ctx *ctx, gen_str text, gen_list *out);
/* Blanks and comments at both ends taken off. */
gen_str emit_trim(gen_str text);
/* Text as string literals, each on a line of its own behind a newline; or as an
 * array of bytes. */
void emit_long_text(gen_buf *out, gen_str text, const char *indent);

/* ---- query_plan.c, query.c, link.c -------------------------------------- */

void emit_queries_plan(emit_plan *plan);
void emit_queries_header(emit_plan *plan, gen_buf *out);
void emit_queries_source(emit_plan *plan, gen_buf *out);
/* Records by other things than their id. */
void emit_links_header(emit_plan *plan, gen_buf *out);

#endif
