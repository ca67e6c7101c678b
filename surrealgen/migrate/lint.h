/* surrealgen/migrate/lint.h: what the rules about migrations share.
 *
 * A script is read twice: lint_read.c recognises what its statements do, and
 * the front end reads the schema before it with the script behind, so that
 * every definition has its types and every statement its place. lint_model.c
 * answers what a table or a column was when a statement ran. A rule looks at
 * one statement and at what stands around it; lint.c has the table of them,
 * and what is allowed. */
#ifndef GEN_MIGRATE_LINT_H
#define GEN_MIGRATE_LINT_H
#include "../fmt/fmt.h"
#include "migrate.h"

typedef enum lint_verb {
    LINT_OTHER,
    LINT_DEFINE,
    LINT_REMOVE,
    LINT_ALTER,
    LINT_UPDATE, /* and UPSERT */
    LINT_DELETE,
    LINT_CREATE, /* and RELATE */
    LINT_INSERT
} lint_verb;

/* `name = from`: from is the column on the right when that is all there is,
 * else empty. */
typedef struct lint_set {
    gen_str name, from;
} lint_set;

typedef struct lint_stmt {
    lint_verb verb;
    gen_str what;      /* DEFINE, REMOVE: "table", "FIELD", ... */
    gen_str table;     /* it is about; empty when that is not known */
    gen_str name;      /* DEFINE, REMOVE: without quotes, "a.b" */
    gen_str source;    /* INSERT, CREATE: the table it reads */
    gen_str rest;      /* DEFINE, ALTER: behind what it is about */
    gen_pos pos;       /* from its first token to the last */
    gen_pos name_pos;
    bool overwrite, if_not_exists;
    bool is_where;     /* of some rows; those of a data step, too */
    bool is_one;       /* of one record */
    bool is_inner;     /* inside of another statement */
    gen_list sets;     /* lint_set */
    gen_list unsets;   /* gen_name */
    const mig_step *step;
    const gen_item *item; /* DEFINE: typed, or NULL */
    uint32_t begin, end; /* tokens */
    size_t at;         /* place in lint.stmts */
} lint_stmt;

typedef struct lint {
    const mig_lint *how;
    const mig_script *script;
    gen_ctx *reader;   /* what was before, and the script */
    gen_ctx *old;      /* what was before, alone */
    const gen_file *file; /* the script in reader */
    gen_list stmts;    /* lint_stmt */
    bool *used;        /* of script->allows */
    gen_list others;   /* gen_ctx: closed at the end */
    bool is_down;
} lint;

/* ---- lint_read.c -------------------------------------------------------- */

lint_stmt *lint_stmt_at(const lint *l, size_t i);
void lint_read(lint *l);
bool lint_is(const lint_stmt *s, lint_verb verb, const char *what);

/* ---- lint_alter.c ------------------------------------------------------- */

/* Makes a DEFINE of an ALTER that is understood. */
void lint_alter(lint *l, lint_stmt *s);

/* ---- lint_model.c ------------------------------------------------------- */

const gen_table *lint_table(const gen_ctx *of, gen_str name);
const gen_field *lint_field(gen_ctx *of, gen_str table, gen_str path);
/* As it was when s ran: NULL when there was none. */
const gen_table *lint_table_before(const lint *l, const lint_stmt *s,
                                   gen_str name);
const gen_field *lint_field_before(const lint *l, const lint_stmt *s,
                                   gen_str table, gen_str path);
/* Rows of the table may be there when s runs: it is older than the migration,
 * no view, and the server, if there is one to ask, has some. */
bool lint_has_rows(const lint *l, const lint_stmt *s, gen_str table);
/* Statements about a table, in order: the next one at or behind `from`, or
 * NULL. */
const lint_stmt *lint_about(const lint *l, gen_str table, size_t from);
/* A statement that gives the column a value, or takes it away. */
const lint_stmt *lint_sets(const lint *l, gen_str table, gen_str column,
                           size_t from, size_t to);
const lint_stmt *lint_unsets(const lint *l, gen_str table, gen_str column,
                             size_t from, size_t to);
/* The column that took over the values of this one, or empty. */
gen_str lint_moved(const lint *l, const lint_stmt *remove);
/* Rows of the table are looked at: touch=, or an UPDATE that sets nothing. */
bool lint_is_touched(const lint *l, const lint_stmt *s);
bool lint_optional(const gen_type *type);
/* Every value of `from` is one of `to`. */
bool lint_fits(gen_ctx *ctx, const gen_type *from, const gen_type *to);
/* A literal, or a table of records, that a type no longer has. */
typedef struct lint_arm {
    gen_str text;
    bool is_table;
} lint_arm;
/* Those of `from` that `to` has no place for (lint_arm), where nothing else is
 * missing. *in_list: it is about the elements of an array. */
bool lint_gone(gen_ctx *ctx, const gen_type *from, const gen_type *to,
               gen_list *out, bool *in_list);
/* "a.b" as SurrealQL, each part quoted where it must be. */
void lint_add_path(gen_buf *out, gen_str path);
gen_str lint_type_text(gen_ctx *ctx, const gen_type *type);

/* ---- lint.c ------------------------------------------------------------- */

/* Reports unless it is allowed or approved; level 0: that of the rule. The
 * diagnostic may be muted. */
gen_diag *lint_found(lint *l, gen_code code, int level, gen_pos pos,
                     const lint_stmt *s, const char *fmt, ...);
/* Whether the script allows it; that counts as a use. */
bool lint_is_allowed(lint *l, gen_code code, const lint_stmt *s);
/* How many rows the server counts; false when there is none to ask. text is
 * "FROM post WHERE a != NONE". */
bool lint_count(const lint *l, const gen_buf *text, uint64_t *out);
/* All of a table; the same. */
bool lint_rows(const lint *l, gen_str table, uint64_t *out);
const char *lint_number(gen_ctx *ctx, uint64_t n);

typedef void lint_run(lint *l, const lint_stmt *s);

lint_run lint_remove_table, lint_remove_field, lint_remove_all,
    lint_variant, lint_remove_access, lint_copy_table;
lint_run lint_required, lint_new_default, lint_cast, lint_unique,
    lint_touch, lint_stays, lint_unset_first, lint_edge, lint_cascade;
lint_run lint_rename, lint_function, lint_query_field, lint_perms,
    lint_contract;
lint_run lint_hash, lint_length, lint_loud, lint_aside, lint_beside,
    lint_view, lint_id_default;
lint_run lint_big_update, lint_big_index, lint_new_index, lint_secret;

#endif
