/* surrealgen/emit/sg.h: the printer of .sg text, in two parts.
 *
 * sg.c prints one definition as an item or a member and says which cannot be
 * one; sg_file.c puts members into models and lets comments travel along. */
#ifndef GEN_EMIT_SG_H
#define GEN_EMIT_SG_H
#include "../fmt/fmt.h"

typedef struct sg_printer {
    gen_ctx *ctx;
    gen_buf *out;
    const gen_sg_options *opt;
    const gen_file *file;
    const char *nl;
    gen_list stmts; /* fmt_stmt */
    const void *apart; /* scope of the map: the members of each table */
    bool plain_docs, told_docs;
    const char *why; /* why the last definition was not fit */
} sg_printer;

/* false, with the reason why it is not fit. */
bool sg_no(sg_printer *p, const char *why);
void sg_put_text(sg_printer *p, const char *text);
/* " word clause", if the clause is there. */
void sg_put_clause(sg_printer *p, const char *word, const gen_clause *clause);

/* Whether the definition says the same as an item or member: the SurrealQL of
 * it stays the same. */
bool sg_table_fits(sg_printer *p, const gen_table *table);
bool sg_field_fits(sg_printer *p, const gen_field *field);
bool sg_index_fits(sg_printer *p, const gen_index *index);
bool sg_event_fits(sg_printer *p, const gen_event *event);
bool sg_item_fits(sg_printer *p, const gen_item *item);

/* `model name schemafull {`, then the members, then `permissions ...; }`. A
 * view is printed whole by sg_put_view(). */
void sg_put_head(sg_printer *p, const gen_table *table);
void sg_put_tail(sg_printer *p, const gen_table *table);
void sg_put_view(sg_printer *p, const gen_table *table);
/* shape: the type to print in place of the field's own, or NULL. */
void sg_put_field(sg_printer *p, const gen_field *field, const char *shape);
void sg_put_index(sg_printer *p, const gen_index *index);
void sg_put_event(sg_printer *p, const gen_event *event);
void sg_put_item(sg_printer *p, const gen_item *item);
/* The COMMENT of it as /// lines, where it can be. */
void sg_put_doc(sg_printer *p, const gen_clause *comment, gen_str doc,
                const char *indent);
bool sg_is_plain(const gen_field *field);
void sg_put_attrs(sg_printer *p, const gen_attrs *attrs);
const gen_clause *sg_comment_of(const gen_item *item);
/* Every stretch of source text that is printed as it was. */
void sg_clauses_of(sg_printer *p, const gen_item *item, gen_list *out);

#endif
