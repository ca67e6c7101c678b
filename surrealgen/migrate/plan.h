/* surrealgen/migrate/plan.h: what state, diff and plan share. */
#ifndef GEN_MIGRATE_PLAN_H
#define GEN_MIGRATE_PLAN_H
#include "../schema/front.h"
#include "migrate.h"

/* ---- def.c -------------------------------------------------------------- */

/* "table", "field"; a view is a table. */
const char *mig_kind_word(db_kind kind);
/* One statement on one line, without `;`: what it defines (or removes), or
 * NULL when it does neither. The text stays where it is. */
mig_def *mig_read_def(gen_ctx *ctx, gen_str text, bool *removes);
/* Whether a DEFINE TABLE has a clause AS. */
bool mig_is_view_text(gen_str text);
/* A reader whose memory is that of ctx. */
gen_ctx *mig_reader(gen_ctx *ctx, gen_version target);

/* ---- state.c ------------------------------------------------------------ */

/* The name stands in the text as a word. */
bool mig_mentions(gen_str text, gen_str name);

/* ---- types.c ------------------------------------------------------------ */

/* Every value of a is one of b. */
bool mig_type_within(const gen_type *a, const gen_type *b);
bool mig_names_within(const gen_list *some, const gen_list *all);

typedef struct mig_cast {
    const char *text; /* "<int>" for messages, or NULL: there is none */
    const char *expr; /* with @ for the value; NULL: text and the value */
    bool fails;       /* not every value has one */
    bool loses;       /* values that differ may become the same */
    bool nullable;    /* NULL is a value, and stays what it is */
    bool alike;       /* a value may equal what it becomes, as 1 does 1f: such
                         a row is not written by the server */
} mig_cast;

mig_cast mig_cast_of(gen_ctx *ctx, const gen_type *from, const gen_type *to);
void mig_add_cast(gen_buf *out, const mig_cast *cast, gen_str value);

/* ---- diff.c ------------------------------------------------------------- */

/* The typed form, or NULL when there is none. */
const gen_field *mig_field_of(const mig_def *def);
const gen_table *mig_table_of(const mig_def *def);
const gen_index *mig_index_of(const mig_def *def);
/* Sets `what` and the casts of a change of both sides. */
void mig_classify(gen_ctx *ctx, mig_change *change);
/* "post.slug", "post", "fn::a": what a person calls it. */
void mig_add_title(gen_buf *out, const mig_def *def);
/* Which clauses differ: "default, permissions". */
void mig_add_what(gen_buf *out, unsigned what);

/* ---- rename.c ----------------------------------------------------------- */

/* A column that went and one that came: perhaps one with another name. */
typedef struct mig_pair {
    mig_change *gone, *came; /* of a variant: the column, in both */
    unsigned far; /* edits between the names */
    const gen_enum *of;      /* NULL: columns */
    gen_variant *variant;    /* that came, and the value that went */
    gen_str word;
} mig_pair;

bool mig_is_field(const mig_change *change, mig_op op);
/* Makes RENAME where @was says so; what is taken loses both its sides, until
 * mig_drop_taken(). */
void mig_match_hints(gen_ctx *ctx, gen_list *changes);
void mig_drop_taken(gen_list *changes);
/* Edits between two names, up to a length that does not matter. */
unsigned mig_distance(gen_str a, gen_str b);
/* Pairs that nobody has decided about, the likeliest first. */
void mig_find_pairs(gen_ctx *ctx, gen_list *changes, gen_list *out);
/* ---- variant.c ---------------------------------------------------------- */

/* Sets the words of changes by @was of variants; program: the schema files. */
void mig_match_words(gen_ctx *ctx, const gen_schema *program,
                     gen_list *changes);
/* A value that went and one that came, of one enum, with no other beside. */
void mig_find_words(gen_ctx *ctx, const gen_schema *program,
                    gen_list *changes, gen_list *out);

/* path names something inside of what `above` names; its rest. */
bool mig_is_below(gen_str path, gen_str above, gen_str *rest);

/* ---- relink.c ----------------------------------------------------------- */

/* A table that gets another name. */
typedef struct mig_moved {
    gen_str from, to;
} mig_moved;

const mig_moved *mig_moved_at(const gen_list *list, size_t i);
/* The one that had this name, or NULL. */
const mig_moved *mig_moved_from(const gen_list *moved, gen_str table);
/* One of the tables moves, or they are all tables. */
bool mig_names_moved(const gen_list *names, const gen_list *moved);
gen_list mig_moved_names(gen_ctx *ctx, const gen_list *names,
                         const gen_list *moved);
gen_type *mig_moved_type(gen_ctx *ctx, const gen_type *type,
                         const gen_list *moved);

/* What values of a type may hold; bits. */
typedef enum mig_link {
    MIG_NO_LINK = 0,
    MIG_LINK = 1,        /* ids of a table that moves, where they can be seen */
    MIG_LINK_HIDDEN = 2, /* anything, so perhaps such ids */
    MIG_LINK_OBJECT = 4  /* an object: what its columns say, unless it may
                            have others */
} mig_link;

mig_link mig_links_in(const gen_type *type, const gen_list *moved);

/* Whether one of these strings is a value of the type. */
bool mig_has_word(const gen_type *type, const gen_list *words);
gen_type *mig_worded_type(gen_ctx *ctx, const gen_type *type,
                          const gen_list *words);

typedef struct mig_relink {
    gen_ctx *ctx;
    const gen_list *moved; /* mig_moved */
    const gen_list *words; /* mig_moved: strings instead of tables, or NULL */
    bool v3;
    unsigned elements;     /* names given to elements of arrays */
} mig_relink;

/* `value` is a record of the table; and that id under the other name. */
void mig_add_is_moved(const mig_relink *r, gen_buf *out, gen_str value,
                      const mig_moved *one);
void mig_add_moved_id(const mig_relink *r, gen_buf *out, gen_str value,
                      const mig_moved *one);
void mig_add_relink_value(mig_relink *r, gen_buf *out, gen_str value,
                          const gen_type *type);
/* `path = ...`: the column with its ids under their new names; and which rows
 * it is about. */
void mig_add_relinked(mig_relink *r, gen_buf *out, gen_str path,
                      const gen_type *type);
void mig_add_has_link(const mig_relink *r, gen_buf *out, gen_str path,
                      const gen_type *type);

/* ---- moving.c ----------------------------------------------------------- */

/* Tables with another name (mig_moved), by @was: what `changes` drops and adds.
 * CLI_REFUSED after saying why it cannot be done, or not without the flag. */
int mig_find_moved(const gen_cli *cli, mig_state *before,
                   const gen_list *changes, gen_list *moved);
/* A record of the table may be an end of it. */
bool mig_edge_leads_to(const gen_table *edge, gen_str table);
/* Its rows are made anew: an end of them has another name. */
bool mig_is_remade(const gen_table *edge, const gen_list *moved);

/* ---- retable.c ---------------------------------------------------------- */

gen_str mig_spelled(gen_ctx *ctx, gen_str name);
/* The DEFINE statement, with a line end. */
gen_str mig_field_text(gen_ctx *ctx, gen_version target,
                       const gen_field *field);
gen_str mig_table_text(gen_ctx *ctx, gen_version target,
                       const gen_table *table);
/* Every definition of it, typed. */
void mig_parse_all(gen_ctx *ctx, mig_state *state);
/* `before` with nothing but the tables renamed, and what names them; then the
 * changes that lead there, with RENAME for the tables. */
int mig_moved_state(gen_ctx *ctx, mig_state *before, mig_state *after,
                    const gen_list *moved, mig_state *out, gen_list *changes);
/* Definitions of columns, and of SCHEMALESS tables, that may hold links nobody
 * can find. */
void mig_hidden_links(gen_ctx *ctx, mig_state *state, const gen_list *moved,
                      gen_list *out);

/* ---- plan.c -------------------------------------------------------------- */

/* The places of a migration, in the order in which they run. Neighbours become
 * one transaction unless rows are changed between them:
 *
 *   DROP    what others stand on goes first: views, indexes, events
 *   BASE    analyzers, functions, params: what others stand on comes first
 *   TABLE   tables, and what rows need not fit
 *   TIGHT   what rows must fit as they are; tried before anything is done
 *   OPEN    columns as wide as the data steps need them
 *   FILL    data steps: what rows get; all columns are still there
 *   TAKE    REMOVE FIELD
 *   KEEP    data steps: copies of what goes
 *   EMPTY   one data step for each table: what rows lose, and what moves. One
 *           for each, since SurrealDB 3 refuses to write a row in which any
 *           value is left that has no column, even with OPTION IMPORT
 *   LATE    data steps: what rows get in objects that have moved
 *   CLOSE   columns as they are to be
 *   INDEX   indexes
 *   TOP     views, events, access
 *   GONE    what nothing stands on any more */
typedef enum mig_slot {
    MIG_AT_DROP,
    MIG_AT_BASE,
    MIG_AT_TABLE,
    MIG_AT_TIGHT,
    MIG_AT_OPEN,
    MIG_AT_TAKE,
    MIG_AT_CLOSE,
    MIG_AT_INDEX,
    MIG_AT_TOP,
    MIG_AT_GONE,
    MIG_AT_COUNT
} mig_slot;

/* One way, up or down: the changes as seen in that direction. */
typedef struct mig_way {
    gen_ctx *ctx;
    const mig_state *from, *to;
    const gen_list *changes; /* mig_change */
    const mig_plan_options *opt;
    bool is_down;
    gen_buf text[MIG_AT_COUNT];
    gen_list touch[MIG_AT_COUNT]; /* gen_name */
    gen_list fill;                /* mig_step */
    gen_list keep;                /* mig_step: into the attic */
    gen_list empty;               /* mig_emptied */
    gen_list late;                /* mig_step */
    gen_list marked;              /* gen_name: tables, see mig_put_marked() */
    gen_list redone;              /* mig_def of `to`: indexes made anew */
    gen_list views;  /* mig_def of `to`: views to be made */
    gen_list moved;  /* gen_name: tables whose rows a data step changes */
    gen_list moving; /* mig_moved: tables that get another name */
    mig_class worst;
    gen_buf note;    /* what is lost */
    gen_list tables; /* gen_name */
    bool split;      /* what is tried at TIGHT is not yet as it is to be */
    bool apart;      /* what goes and what comes need transactions of their
                        own; the server would trip over one */
    bool failed;     /* something was reported */
} mig_way;

/* A value that gets another name, or the elements of an array that do: all that
 * becomes of one array is one assignment, since SurrealDB 3 evaluates each with
 * the row as it was before the statement. */
typedef struct mig_move {
    gen_str to;
    gen_str text;    /* the whole assignment; empty: of elements */
    gen_str from;    /* the array */
    gen_buf mappers; /* ".map(..)" of each */
} mig_move;

/* Values that go from the rows of a table, and those that move. */
typedef struct mig_emptied {
    gen_str table;
    gen_list unset; /* gen_name: paths */
    gen_list moves; /* mig_move, each before its UNSET */
    gen_list where; /* gen_name: conditions, one of which holds */
} mig_emptied;

/* The way is at least as bad as this; def (or NULL) is what is lost. */
void mig_worse(mig_way *way, mig_class class_, const mig_def *def);
/* A table's name once in a list. */
void mig_add_name(gen_ctx *ctx, gen_list *names, gen_str name);
/* Rows of the table must fit what is defined at this place. */
void mig_touch(mig_way *way, mig_slot place, gen_str table);
/* A statement and a line end. */
void mig_put_define(mig_way *way, mig_slot place, const mig_def *def,
                    bool overwrite);
void mig_put_remove(mig_way *way, mig_slot place, const mig_def *def);
/* The way has data steps. */
bool mig_has_data(const mig_way *way);
/* A quiet data step, put at the end of the list. */
mig_step *mig_data_step(mig_way *way, gen_list *list, gen_str table,
                        gen_str text, gen_str where);
/* One that does SET `set` where `where` holds. */
void mig_put_fill(mig_way *way, gen_list *list, gen_str table, gen_str set,
                  gen_str where);
/* The same for values that may equal what they become: the server writes no row
 * that it takes for unchanged, so each gets a mark, and loses it. */
void mig_put_marked(mig_way *way, gen_list *list, gen_str table, gen_str set,
                    gen_str where);
/* The rows of the table lose what is at `path`; move (or empty) is an
 * assignment that takes the value elsewhere first. */
void mig_put_empty(mig_way *way, gen_str table, gen_str path, gen_str where,
                   gen_str move);
/* The same for elements of the array at `from`, which is at `to` then. */
void mig_put_elements(mig_way *way, gen_str table, gen_str path, gen_str where,
                      gen_str from, gen_str to, gen_str mapper);
/* The members of a table in a state, in an order a server accepts. */
void mig_members(gen_ctx *ctx, const mig_state *state, gen_str table,
                 gen_list *out);
/* The typed table a column stands on, or NULL. */
const gen_table *mig_table_in(mig_way *way, const mig_state *state,
                              gen_str table);
/* With --archive: what goes is kept first (up), or brought back (down); path
 * empty: whole rows. */
void mig_put_kept(mig_way *way, const mig_def *def);
void mig_put_back(mig_way *way, const mig_def *def, bool edge);
/* The change of one column in this way, or NULL. */
const mig_change *mig_change_of(const mig_way *way, gen_str table,
                                gen_str path);

/* ---- plan_value.c ------------------------------------------------------- */

/* "l.*.q" is "q" in the elements of "l"; false for a path of single values.
 * Only the last array counts. */
bool mig_split_path(gen_str path, gen_str *head, gen_str *tail);
/* The rows that hold something at the path, as a condition. */
gen_str mig_rows_with(gen_ctx *ctx, gen_str path);
/* The nearest column above, by its path; len 0 at the top. */
gen_str mig_parent_of(gen_str path);
/* An object above this column of the new state has another name than before. */
bool mig_parent_moves(const mig_way *way, const mig_def *def);
/* Where the values of a column of the old state are, once the objects above it
 * have moved. */
gen_str mig_moved_path(const mig_way *way, const mig_def *def);
/* An expression that every row can have: a plain value of the column's type. */
bool mig_is_plain(const gen_field *field, gen_str expr);
/* path = expr in rows (and elements) that have the parent and not the value. */
void mig_fill(mig_way *way, const mig_def *def, gen_str expr);
/* The same once values have moved here from another name. */
void mig_fill_late(mig_way *way, const mig_def *def, gen_str expr);
/* False: the column stands too deep in arrays. */
bool mig_cast_values(mig_way *way, const mig_def *def, const mig_cast *cast);
bool mig_move_values(mig_way *way, const mig_change *change);
void mig_say_deep(mig_way *way, const mig_def *def, const char *what);


/* ---- plan_move.c -------------------------------------------------------- */

/* Rows, links and edges of the tables that way->moving names. */
void mig_plan_moving(mig_way *way);
/* The parts of it that are changes of their own; false: none of it. */
bool mig_plan_moved(mig_way *way, const mig_change *change);

/* ---- phase.c ------------------------------------------------------------- */

/* The state between the two migrations of --phased: what old programs do not
 * notice has been done, the rest has not. */
int mig_middle(gen_ctx *ctx, const mig_state *before, const mig_state *after,
               const gen_list *changes, mig_state *out);
/* Tells the changes to or from the middle which columns are twins; renames:
 * the changes as a whole. */
void mig_set_twins(gen_list *changes, const gen_list *renames);

/* ---- plan_field.c, plan_table.c ----------------------------------------- */

void mig_plan_field(mig_way *way, const mig_change *change);
/* DEFINE TABLE once more, which makes what the server makes with it. */
void mig_redo_table(mig_way *way, gen_str table);
/* The expression of --backfill for a column. */
bool mig_backfill_of(const mig_way *way, const mig_def *def, gen_str *out);
/* The column with another type, and without ASSERT and COMMENT. */
gen_str mig_open_text(gen_ctx *ctx, gen_version target, const mig_def *def,
                      gen_type *type, gen_exists exists);
gen_type *mig_option_of(gen_ctx *ctx, gen_type *type);
gen_type *mig_both_of(gen_ctx *ctx, gen_type *a, gen_type *b);
/* It is there before it is defined: elements, ends of edges. */
bool mig_needs_overwrite(const mig_def *def);
/* The column as wide as `type`, for as long as rows change; and as it is to
 * be. */
void mig_put_open(mig_way *way, const mig_def *def, gen_type *type,
                  bool overwrite);
void mig_put_final(mig_way *way, mig_slot at, const mig_change *change);
void mig_plan_other(mig_way *way, const mig_change *change);
/* Views and indexes that must be made anew because of what the way does. */
void mig_plan_dependents(mig_way *way);

/* ---- plan_order.c -------------------------------------------------------- */

/* Puts each data step of way->fill behind those whose columns it reads. */
void mig_order_fills(mig_way *way);

#endif
