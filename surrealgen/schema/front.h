/* surrealgen/schema/front.h: what the parts of the front end share.
 *
 * text -> tokens (lex.re) -> statements (parse.c, define.c, item.c, global.c,
 * access.c, query.c) and .sg items (block.c, member.c, include.c), types
 * (type.c) and attributes (attr.c) -> mixins, trees and meaning (mixin.c,
 * tree.c, apply.c, resolve.c, check.c, check_item.c) -> version rules
 * (version.c).
 * Nothing here is for emitters: they include gen.h. */
#ifndef GEN_FRONT_H
#define GEN_FRONT_H

#include "../gen.h"
#include "codes.h"

#include <setjmp.h>

/* --------------------------------------------------------------- context */

typedef struct gen_block {
    struct gen_block *next;
    size_t size, used;
} gen_block;

/* A change of the text that mends what was reported: pos.len bytes become
 * these, none for taking them out. */
typedef struct gen_edit {
    gen_pos pos;
    gen_str text;
} gen_edit;

typedef struct gen_diag {
    gen_list edits; /* gen_edit; all of them or none, see fmt/fix.c */
    const char *code_text;
    bool warning, muted, has_other;
    bool remark; /* a warning that is no more than worth a look */
    gen_str reason; /* why it is allowed; empty: it is not */
    gen_pos pos, other;
    gen_str message, hint, other_text, fix, note;
} gen_diag;

/* @allow: one warning, silent between two places of a file. */
typedef struct gen_allow {
    uint32_t from, to; /* bytes; to UINT32_MAX while the item is read */
    const char *code;
} gen_allow;

/* Keys of the one map: what a name is looked up as, and inside what. */
typedef enum gen_key {
    GEN_KEY_TABLE,
    GEN_KEY_FIELD, /* scope: the parent field, table or struct */
    GEN_KEY_INDEX, /* scope: the table */
    GEN_KEY_EVENT, /* scope: the table */
    GEN_KEY_TYPE_NAME,
    GEN_KEY_VARIANT, /* scope: the enum */
    GEN_KEY_MIXIN,
    GEN_KEY_ANALYZER,
    GEN_KEY_PARAM,
    GEN_KEY_SEQUENCE,
    GEN_KEY_FUNCTION,
    GEN_KEY_ACCESS, /* scope: the level */
    GEN_KEY_USER,   /* scope: the level */
    GEN_KEY_QUERY,
    GEN_KEY_PARM, /* scope: the list */
    GEN_KEY_FILE, /* the path without `.` and `..` */
    GEN_KEY_USED, /* scope: the query */
    GEN_KEY_BOUND, /* scope: the query */
    GEN_KEY_TOLD   /* scope: the file */
} gen_key;

typedef struct gen_slot {
    const void *scope;
    gen_str name;
    void *value;
    gen_key key;
    bool taken;
} gen_slot;

struct gen_ctx {
    gen_memory memory;
    gen_block *blocks;
    jmp_buf no_memory;
    bool armed; /* no_memory can be jumped to */
    gen_schema schema;
    gen_source source; /* read NULL: no include */
    bool target_fixed;
    gen_list diags;
    gen_diag muted;
    size_t errors, warnings, remarks, allowed;
    bool notes; /* remarks are wanted */
    size_t max_diags; /* kept; later ones are only counted */
    gen_slot *slots;
    size_t slot_cap, slot_count;
    size_t guesses; /* names compared for a warning so far */
    size_t mixed; /* members that mixins brought so far */
    unsigned struct_depth; /* of the search for cycles */
    uint32_t beside; /* texts read that are no part of the schema */
    gen_table *stand_in; /* the last gen_stand_in() */
    size_t known; /* files before this are: gen_set_known() */
};

void gen_die_no_memory(gen_ctx *ctx);
bool gen_reserve(gen_ctx *ctx, size_t len);
void *gen_map_get(const gen_ctx *ctx, const void *scope, gen_key key,
                  gen_str name);
void gen_map_set(gen_ctx *ctx, const void *scope, gen_key key, gen_str name,
                 void *value);
gen_str gen_str_sub(gen_str text, size_t from, size_t to);

/* ------------------------------------------------------------ diagnostics */

gen_diag *gen_error(gen_ctx *ctx, gen_code code, gen_pos pos,
                    const char *fmt, ...);
gen_diag *gen_warn(gen_ctx *ctx, gen_code code, gen_pos pos,
                   const char *fmt, ...);
/* What is worth a look, no more: only where it was asked for. */
gen_diag *gen_remark(gen_ctx *ctx, gen_code code, gen_pos pos,
                     const char *fmt, ...);
/* What would be one of these, had nobody said why it is fine. */
gen_diag *gen_allowed(gen_ctx *ctx, gen_code code, gen_pos pos,
                      gen_str reason, const char *fmt, ...);
void gen_hint(gen_ctx *ctx, gen_diag *diag, const char *fmt, ...);
void gen_other(gen_ctx *ctx, gen_diag *diag, gen_pos pos, const char *text);
void gen_fix(gen_ctx *ctx, gen_diag *diag, const char *fmt, ...);
void gen_note(gen_ctx *ctx, gen_diag *diag, const char *fmt, ...);
/* The place behind the last character of pos, of length 0. */
gen_pos gen_pos_behind(gen_pos pos);
void gen_add_edit(gen_ctx *ctx, gen_diag *diag, gen_pos pos,
                  const char *text);
const char *gen_code_text(gen_code code);
const char *gen_severity(const gen_diag *diag); /* "error", ... */
void gen_sort_diags(gen_ctx *ctx);
bool gen_find_code(gen_str text, gen_code *code);
bool gen_code_is_warning(gen_code code);

/* A name for a message: cut when long. "" once messages are only counted. */
const char *gen_clip(gen_ctx *ctx, gen_str text);

/* The closest candidate within two edits, or len 0. */
typedef struct gen_guess {
    gen_str want, best;
    unsigned distance;
} gen_guess;

void gen_guess_start(gen_guess *guess, gen_str want);
void gen_guess_try(gen_guess *guess, gen_str candidate);
void gen_guess_words(gen_guess *guess, const char *const *words);

/* ----------------------------------------------------------------- tokens */

typedef enum gen_tok {
    GEN_TOK_END,
    GEN_TOK_SPACE,
    GEN_TOK_COMMENT,
    GEN_TOK_DOC,      /* /// */
    GEN_TOK_FILE_DOC, /* //! */
    GEN_TOK_IDENT,
    GEN_TOK_QUOTED,   /* `name` and the angle form */
    GEN_TOK_PARAM,
    GEN_TOK_STRING,
    GEN_TOK_INT,
    GEN_TOK_FLOAT,
    GEN_TOK_DECIMAL,
    GEN_TOK_DURATION,
    GEN_TOK_REGEX,
    GEN_TOK_SCRIPT,
    GEN_TOK_PUNCT,
    GEN_TOK_BAD_CHAR, /* the rest never closed, or not a token at all */
    GEN_TOK_BAD_STRING,
    GEN_TOK_BAD_COMMENT,
    GEN_TOK_BAD_NAME,
    GEN_TOK_BAD_SCRIPT
} gen_tok;

/* off and len in bytes; line and col from 1, col in code points. */
typedef struct gen_token {
    uint32_t off, len, line, col;
    gen_tok kind;
} gen_token;

/* A statement or member: tokens [begin, end). The version rules walk it
 * unless something in it was reported already. */
typedef struct gen_extent {
    uint32_t begin, end;
    bool reported;
} gen_extent;

void gen_lex(gen_ctx *ctx, gen_file *file);
/* gen_add_text() of what another context, which lives longer, has read: a text
 * without bytes that cannot stand in one (gen_add_beside), and its tokens. */
gen_status gen_add_lexed(gen_ctx *ctx, const gen_file *from);
bool gen_tok_is_trivia(gen_tok kind);
gen_str gen_tok_str(const gen_file *file, const gen_token *tok);
gen_pos gen_tok_pos(const gen_file *file, const gen_token *tok);

/* Decodes the text of a string or quoted name token. */
gen_str gen_unquote(gen_ctx *ctx, gen_str text);

/* ------------------------------------------------------------------ words */

bool gen_word_eq(gen_str text, const char *word); /* any letter case */
bool gen_word_in(gen_str text, const char *const *words);

/* After these an expression goes on: the first before an operand, the second
 * after one. They decide what `/` means and where a clause starts. */
bool gen_word_is_prefix(gen_str text);
bool gen_digits(gen_str text, uint64_t most, uint64_t *out);
bool gen_word_is_infix(gen_str text);
bool gen_name_is_poison(gen_str name);
extern const char *const gen_type_words[];
extern const char *const gen_attr_words[];

/* ----------------------------------------------------------------- parser */

typedef struct gen_parser {
    gen_ctx *ctx;
    gen_file *file;
    gen_token *tokens; /* of the file, or of one annotation comment */
    uint32_t at;     /* token index, never on trivia */
    uint32_t prev;   /* the token before it */
    uint32_t begin;  /* first token of the statement or member */
    uint32_t resume; /* where the next begins when only a `;` is missing */
    uint32_t told;   /* broken tokens before this one are reported */
    bool failed;     /* something was reported in it */
    bool recovered;  /* and skipped: gen_recover() must not go further */
    bool in_block;   /* inside `{` of an .sg item */
    bool keep_raw;   /* a DEFINE: what is not known here is kept as it is */
    bool unknown;    /* and such a thing was met */
    bool stop_brace; /* `{` after an operand ends an expression */
    gen_query *query; /* of `-- @query` before the statement */
    unsigned depth;  /* types within types */
    unsigned type_parts;
    unsigned ran_off; /* brackets that stayed open to the end of the file */
} gen_parser;

const gen_token *gen_now(const gen_parser *p);
const gen_token *gen_peek(const gen_parser *p, unsigned n);
gen_str gen_text(const gen_parser *p);
gen_pos gen_here(const gen_parser *p);
gen_pos gen_pos_from(const gen_parser *p, uint32_t first);
bool gen_at_end(const gen_parser *p);
bool gen_at_word(const gen_parser *p, const char *word);
bool gen_at_punct(const gen_parser *p, const char *text);
void gen_next(gen_parser *p);
bool gen_take_word(gen_parser *p, const char *word);
bool gen_take_punct(gen_parser *p, const char *text);
bool gen_want_punct(gen_parser *p, const char *text, const char *where);

/* Reports once per statement: the record is muted when one is out. */
gen_diag *gen_fail(gen_parser *p, gen_code code, gen_pos pos,
                   const char *fmt, ...);
/* "expected WHAT, but here is `x`" at the current token. */
gen_diag *gen_expected(gen_parser *p, const char *what);

bool gen_want_name(gen_parser *p, const char *what, gen_str *out,
                   gen_pos *pos);
bool gen_want_path(gen_parser *p, gen_list *parts);
bool gen_want_name_list(gen_parser *p, const char *what, const char *sep,
                        gen_list *names);

/* An expression up to `;` or, at bracket depth 0, one of the stop words
 * where an operator could stand. commas: a top-level comma ends it too. */
bool gen_scan_expr(gen_parser *p, const char *const *stops, bool commas,
                   gen_clause *out);
bool gen_take_clause(gen_parser *p, const char *const *stops,
                     gen_clause *out);
bool gen_want_perms(gen_parser *p, const char *const *stops,
                    gen_perms *perms);
bool gen_clause_once(gen_parser *p, bool already, gen_pos first);
gen_str gen_words_until(gen_parser *p, const char *const *stops);
gen_str gen_take_docs(const gen_parser *p);
void gen_read_attrs(gen_parser *p, gen_attrs *attrs);
void gen_read_annotations(gen_parser *p, gen_attrs *attrs);
uint32_t gen_trivia_start(const gen_parser *p);

/* Where attributes can stand; `what` is "a query", for the message. */
typedef enum gen_place {
    GEN_PLACE_NONE,
    GEN_PLACE_RAW,
    GEN_PLACE_OTHER, /* nothing but what can stand anywhere */
    GEN_PLACE_FIELD,
    GEN_PLACE_TABLE,
    GEN_PLACE_INDEX,
    GEN_PLACE_ENUM,
    GEN_PLACE_VARIANT,
    GEN_PLACE_ALIAS,
    GEN_PLACE_QUERY
} gen_place;

void gen_check_attrs(gen_parser *p, const gen_attrs *attrs, gen_place place,
                     const char *what);
void gen_close_allows(gen_parser *p, size_t from);
void gen_parser_init(gen_parser *p, gen_ctx *ctx, gen_file *file);
gen_str gen_slice(const gen_parser *p, uint32_t first);
bool gen_missing_semicolon(gen_parser *p);
bool gen_want_end(gen_parser *p);
void gen_start(gen_parser *p);
void gen_close_extent(gen_parser *p);
void gen_recover(gen_parser *p);
void gen_item_push(gen_parser *p, gen_item_kind kind, void *of, gen_pos pos);
void gen_parse_file(gen_ctx *ctx, gen_file *file);

bool gen_skip_group(gen_parser *p);

/* define.c */
extern const char *const gen_field_stops[];
extern const char *const gen_view_stops[];
gen_exists gen_take_exists(gen_parser *p);
bool gen_want_on(gen_parser *p, gen_str *name, gen_pos *pos);
void gen_unknown_clause(gen_parser *p, const char *of,
                        const char *const *words);
void gen_parse_define(gen_parser *p, gen_str doc, const gen_attrs *attrs);
void gen_parse_raw(gen_parser *p, gen_str doc);
bool gen_field_clause(gen_parser *p, gen_field *field);
bool gen_index_kind_clause(gen_parser *p, gen_index *index);
bool gen_table_clause(gen_parser *p, gen_table *table);
gen_field *gen_field_new(gen_parser *p);
bool gen_index_columns(gen_parser *p, gen_index *index);

/* item.c: DEFINE of what is no table, field or index; false (and nothing
 * said, nothing taken) when the statement is to be kept as it is. And the
 * items of .sg for the same. */
bool gen_define_global(gen_parser *p, gen_str word, gen_str doc,
                       const gen_attrs *attrs);
bool gen_parse_global(gen_parser *p, gen_str doc, const gen_attrs *attrs);

/* global.c: what belongs to no table, and events. define: the form of
 * SurrealQL, else that of .sg; the words in front are taken. False when
 * something was reported, or kept raw. */
bool gen_odd(gen_parser *p, const char *what);
bool gen_odd_name(gen_parser *p, const char *what, gen_str *out,
                  gen_pos *pos);
bool gen_want_words(gen_parser *p, const char *what, gen_list *words);
bool gen_want_fn(gen_parser *p, gen_str *name, gen_pos *pos);
bool gen_want_parms(gen_parser *p, gen_list *parms, bool dollar);
gen_str gen_param_name(gen_ctx *ctx, gen_str text);
bool gen_block_text(gen_parser *p, gen_clause *out);
bool gen_parse_event(gen_parser *p, gen_event *event);
bool gen_parse_analyzer(gen_parser *p, gen_analyzer *a);
bool gen_parse_param(gen_parser *p, gen_param *param, bool define);
bool gen_parse_sequence(gen_parser *p, gen_sequence *s);
bool gen_parse_function(gen_parser *p, gen_function *f, bool define);

/* access.c */
bool gen_define_access(gen_parser *p, gen_access *access);
bool gen_define_user(gen_parser *p, gen_user *user);
void gen_parse_access(gen_parser *p, gen_access *access);
bool gen_parse_user(gen_parser *p, gen_user *user);

/* query.c, check_query.c */
void gen_check_queries(gen_ctx *ctx);
void gen_parse_query(gen_parser *p, gen_query *query);
bool gen_query_head(gen_parser *p, gen_query *query);
void gen_query_statement(gen_parser *p, gen_query *query);

/* member.c */
bool gen_parse_block(gen_parser *p, const char *what,
                     bool (*part)(gen_parser *p, void *of), void *of);
void gen_parse_model(gen_parser *p, gen_str doc, const gen_attrs *attrs);
void gen_parse_view(gen_parser *p, gen_str doc, const gen_attrs *attrs);
void gen_parse_struct(gen_parser *p, gen_str doc, const gen_attrs *attrs);
void gen_parse_mixin(gen_parser *p, gen_str doc, const gen_attrs *attrs);

/* A `use` of a table, with where its members go. */
typedef struct gen_use {
    gen_name name; /* first: gen_table.uses holds these */
    size_t fields, indexes, events;
} gen_use;

/* mixin.c */
void gen_expand_mixins(gen_ctx *ctx);

/* apply.c: definitions and REMOVE of what is no table, field or index. */
void gen_apply_item(gen_ctx *ctx, gen_item *item);
void gen_told_twice(gen_ctx *ctx, gen_code code, gen_pos pos, gen_pos first,
                    const char *what, gen_str name);
void gen_attach_event(gen_ctx *ctx, gen_table *table, gen_event *event);
void *gen_find_global(gen_ctx *ctx, const void *scope, gen_key key,
                      gen_str name);
/* "on" , [ "table" ] , name: the table, NULL when there is none. */
gen_table *gen_remove_on(gen_parser *p);
bool gen_remove_global(gen_parser *p, gen_str what);

/* block.c */
void gen_parse_item(gen_parser *p);

/* include.c */
void gen_parse_include(gen_parser *p);
bool gen_file_is_new(gen_ctx *ctx, gen_str path);
void gen_add_file(gen_ctx *ctx, gen_str name, gen_str text, size_t len,
                  unsigned depth);

/* front.c: a text that is no part of the schema, such as a migration: a file
 * for the places in it, without tokens. False after saying what it holds that
 * no text does. */
bool gen_add_beside(gen_ctx *ctx, const char *name, gen_str text,
                    gen_file **out);

/* cursor.c: a token of the kinds GEN_TOK_BAD_..., told. */
void gen_tell_bad(gen_ctx *ctx, const gen_file *file, const gen_token *tok);

/* type.c */
gen_type *gen_type_new(gen_ctx *ctx, gen_type_kind kind, gen_pos pos);
gen_type *gen_parse_type(gen_parser *p);

/* tree.c, check.c, version.c */
void gen_build_trees(gen_ctx *ctx);
gen_table *gen_find_table(gen_ctx *ctx, gen_str name);
/* For a table that a statement names, until tree.c finds it. Statements about
 * one table follow one another, and share it. */
gen_table *gen_stand_in(gen_ctx *ctx, gen_str name, gen_pos pos);
void gen_resolve_types(gen_ctx *ctx);
void gen_check_all(gen_ctx *ctx);
void gen_check_type_tables(gen_ctx *ctx, const gen_type *type);
/* check_item.c */
void gen_check_events(gen_ctx *ctx);
void gen_check_items(gen_ctx *ctx);
const gen_type *gen_type_bare(const gen_type *type);
void gen_check_versions(gen_ctx *ctx);
void gen_check_target(gen_ctx *ctx); /* target.c, a part of it */
void gen_lint(gen_ctx *ctx);         /* lint.c */

/* advise.c: what is not wrong and better otherwise, where notes are
 * wanted. */
void gen_advise(gen_ctx *ctx);
/* uses.c: tokens without blanks and comments, and what queries speak of. */
typedef struct gen_toks {
    const gen_file *file;
    uint32_t *at;
    size_t count;
} gen_toks;

void gen_toks_of(gen_ctx *ctx, const gen_file *file, uint32_t from,
                 uint32_t to, gen_toks *out);
/* False if the clause is not of a file that is here. */
bool gen_toks_clause(gen_ctx *ctx, const gen_clause *clause, gen_toks *out);
gen_str gen_toks_text(const gen_toks *t, size_t i); /* "" past the end */
gen_pos gen_toks_pos(const gen_toks *t, size_t i);
/* A word in any letter case, or just that sign. */
bool gen_toks_is(const gen_toks *t, size_t i, const char *text);
/* A name, plain or quoted; false (and nothing) for other tokens. */
bool gen_toks_name(gen_ctx *ctx, const gen_toks *t, size_t i, gen_str *out);
/* Behind the bracket that closes the one at i. */
size_t gen_toks_close(const gen_toks *t, size_t i);

/* Whether a statement is certainly about the column `path` ("a.b") of the
 * table; where. */
bool gen_query_uses(gen_ctx *ctx, const gen_query *query, gen_str table,
                    gen_str path, gen_pos *pos);
/* The next `fn::` of a clause at or behind token *from, which then is its. */
bool gen_clause_next_call(gen_ctx *ctx, const gen_clause *clause,
                          size_t *from, gen_str *name, gen_pos *pos);
/* A call of fn::name at or behind token *from of the clause; *args is how many
 * arguments it gives. */
bool gen_clause_calls(gen_ctx *ctx, const gen_clause *clause, gen_str name,
                      size_t *from, size_t *args, gen_pos *pos);
/* Columns compared behind WHERE in a statement about one table alone: names
 * (gen_name). NULL when there is no such table. */
gen_table *gen_clause_where(gen_ctx *ctx, const gen_clause *clause,
                            gen_list *columns);

/* What a type name of the .sg language stands for: one of the three. */
typedef struct gen_named {
    gen_enum *enum_ref;
    gen_struct *struct_ref;
    gen_alias *alias_ref;
    gen_pos pos;
} gen_named;

/* The line and column of an offset that well-formed text leads up to. */
gen_pos gen_pos_at(const gen_file *file, size_t off);

#endif
