/* surrealgen/surql/surql.h: what the parts of the SurrealQL printer share.
 *
 * surql.c decides the order, the other parts print one kind of statement
 * each. A part appends whole statements to `out`. */
#ifndef SQL_H
#define SQL_H

#include "../gen.h"

typedef struct sql_printer {
    gen_ctx *ctx;
    gen_buf *out;
    const gen_surql_options *opt;
    size_t from; /* where the statement at hand begins in `out` */
    bool v3;     /* the target is SurrealDB 3 or later */
    bool failed; /* a secret was wanted and could not be had */
} sql_printer;

/* ---- type.c ------------------------------------------------------------- */

bool sql_same_word(gen_str a, const char *word);
void sql_part(gen_buf *out, const gen_part *part, bool first);
/* open: a struct here may be `object`, its members follow as fields. */
void sql_type(gen_buf *out, const gen_type *type, bool open);
/* The struct whose members follow as fields, or NULL; steps gets a `.*` for
 * every array between. Agrees with `open` above. */
const gen_struct *sql_open_struct(const gen_type *type, gen_buf *steps);

/* ---- field.c ------------------------------------------------------------ */

/* "DEFINE what" and the words OVERWRITE or IF NOT EXISTS. */
void sql_define(sql_printer *p, const char *what, gen_exists exists);
/* The end of one: `;` and a new line. */
void sql_end(sql_printer *p, const gen_attrs *attrs, gen_pos pos);
void sql_clause(sql_printer *p, const char *word, const gen_clause *clause);
/* The comment that was written, else in .sg files the doc comment. */
void sql_comment(sql_printer *p, const gen_clause *comment, gen_str doc,
                 gen_pos pos);
void sql_perms(sql_printer *p, const gen_perms *perms);
void sql_members(sql_printer *p, const gen_table *table, gen_str prefix,
                 const gen_list *fields);
void sql_field(sql_printer *p, const gen_field *field);

/* ---- table.c, global.c, access.c ---------------------------------------- */

void sql_index(sql_printer *p, const gen_index *index);
void sql_event(sql_printer *p, const gen_event *event);
void sql_table(sql_printer *p, const gen_table *table);
void sql_words(gen_buf *out, const gen_list *names);
void sql_analyzer(sql_printer *p, const gen_analyzer *analyzer);
void sql_function(sql_printer *p, const gen_function *function);
void sql_param(sql_printer *p, const gen_param *param);
void sql_sequence(sql_printer *p, const gen_sequence *sequence);
void sql_access(sql_printer *p, const gen_access *access);
void sql_user(sql_printer *p, const gen_user *user);

#endif
