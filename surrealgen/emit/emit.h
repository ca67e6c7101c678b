/* surrealgen/emit/emit.h: from the schema to C, in two steps.
 *
 * plan.c turns the schema into what C needs: enums, structs and arrays with
 * their C names, each thing after those it uses. header.c and source.c print
 * that and decide nothing. names.c makes names that compile. */
#ifndef GEN_EMIT_H
#define GEN_EMIT_H
#include "gen.h"

/* What any number of values has in common: a bit for each surreal_kind, as C
 * text ("1u << SURREAL_INT"). */
typedef gen_str emit_kinds;

/* One value of a C enum. */
typedef struct emit_value {
    gen_str name; /* ORDER_STATE_DRAFT */
    gen_str text; /* in the database */
    int64_t number;
    gen_str doc;
} emit_value;

typedef struct emit_enum {
    gen_str name;
    bool is_int, is_closed;
    gen_list values; /* emit_value */
    gen_str doc;
} emit_enum;

typedef struct emit_struct emit_struct;
typedef struct emit_array emit_array;
typedef struct emit_union emit_union;
typedef struct emit_tuple emit_tuple;
typedef struct emit_maybe emit_maybe;
typedef struct emit_user emit_user;

/* What a member of a struct or an element of an array is. */
typedef struct emit_type {
    const char *member; /* SURREAL_MEMBER_... without the prefix */
    gen_str c;          /* the C type; empty for arrays and CHARS */
    gen_str table;      /* RECORD: the only table allowed, or empty */
    const gen_list *tables; /* RECORD: several (gen_name), or NULL */
    uint64_t cap;       /* CHARS, OCTETS */
    gen_str kinds;      /* GEOMETRY of some kinds: the name of their bits */
    const gen_type *literal; /* CONST */
    const emit_enum *e;
    const emit_struct *s;
    const emit_array *a;
    const emit_union *u;
    const emit_tuple *t;
    const emit_maybe *m;
    const emit_user *user;
} emit_type;

/* An arm of a union, a part of a tuple. */
typedef struct emit_part {
    gen_str name;     /* in C */
    gen_str constant; /* arms: of the tag */
    const gen_type *tag; /* arms: what the discriminator holds, or NULL */
    emit_kinds kinds; /* arms */
    emit_type type;
} emit_part;

struct emit_union {
    gen_str name;
    gen_str text;     /* the type as SurrealQL has it */
    gen_str column;   /* the discriminator, or empty */
    gen_str none, other; /* constants */
    gen_list arms;    /* emit_part */
    bool is_closed;
    gen_str doc;
};

struct emit_tuple {
    gen_str name;
    gen_list parts; /* emit_part */
    gen_str doc;
};

/* An element that may be NONE or NULL. */
struct emit_maybe {
    gen_str name;
    emit_type of;
    bool optional, nullable;
};

/* @c(type:, via:): each pair once. */
struct emit_user {
    gen_str name;    /* of the description */
    gen_str c, via;
};

/* The kinds of geometry one type allows. */
typedef struct emit_mask {
    gen_str name;
    emit_kinds kinds;
} emit_mask;

struct emit_array {
    gen_str name; /* of the description, and of the type if it has one */
    emit_type item;
    uint64_t max; /* 0: any number */
    bool is_set, is_inline;
    bool has_type; /* an element of another array: needs a named type */
};

typedef struct emit_member {
    gen_str name;   /* in C */
    gen_str column;
    gen_str constant; /* PERSON_NAME */
    gen_str doc;
    gen_pos pos;
    emit_type type;
    bool optional, nullable, server, secret, unread, required, key;
    bool is_deprecated;
    gen_str deprecated; /* its text, may be empty */
    const gen_field *field; /* with an ASSERT, or NULL */
    uint32_t bit;
} emit_member;

struct emit_struct {
    gen_str name;
    gen_str column; /* the table or struct in the database */
    gen_list members; /* emit_member, as declared */
    gen_str doc;
    gen_pos pos;
    const gen_table *table; /* NULL for a nested struct */
    bool is_edge, has_null, has_extra, has_secret, keep, strict;
    gen_str from_type, to_type; /* edges: type of the ids */
};

typedef struct emit_item {
    enum {
        EMIT_ENUM,
        EMIT_STRUCT,
        EMIT_ARRAY,
        EMIT_UNION,
        EMIT_TUPLE,
        EMIT_MAYBE,
        EMIT_USER,
        EMIT_MASK
    } kind;
    const void *of;
} emit_item;

/* Names in use, so that no two things get the same one. */
typedef struct emit_names {
    gen_str *slots;
    size_t count, cap;
} emit_names;

/* What is looked up while the plan is made, and inside what. */
typedef enum emit_lookup {
    EMIT_KEY_TABLE,  /* emit_table, by its name in the database */
    EMIT_KEY_BASE,   /* emit_table, by its name in C */
    EMIT_KEY_MEMBER, /* emit_member, by its name in C; scope: the struct */
    EMIT_KEY_ENUM,   /* emit_enum; scope: what it was made from, no name */
    EMIT_KEY_STRUCT, /* emit_struct, likewise */
    EMIT_KEY_SHAPE,  /* emit_union or emit_tuple, likewise */
    EMIT_KEY_USER,   /* emit_user; name: "via c" */
    EMIT_KEY_INCLUDE, /* gen_str, by itself */
    EMIT_KEY_NOTE    /* its text, so that nothing is said twice */
} emit_lookup;

typedef struct emit_slot {
    const void *scope;
    gen_str name;
    emit_lookup key;
    void *value; /* NULL: free */
} emit_slot;

typedef struct emit_map {
    emit_slot *slots;
    size_t count, cap;
} emit_map;

typedef struct emit_plan {
    gen_ctx *ctx;
    const gen_schema *schema;
    const gen_emit_options *opt;
    gen_str prefix; /* of names; may be empty */
    gen_str file;   /* base name of the files */
    emit_names names;
    emit_map map;
    gen_list tables; /* emit_table, in source order */
    gen_list items;  /* emit_item, each after those it uses */
    gen_list includes; /* gen_str: headers of the user's, each once */
    gen_list queries; /* emit_query: see query.h */
    gen_list signs;  /* emit_sign */
    gen_str stamp;   /* the constant with the hash; empty: none */
    int errors;
} emit_plan;

/* A table and the name all of its C names begin with. */
typedef struct emit_table {
    const gen_table *table;
    gen_str base; /* person, shop_person */
} emit_table;

/* ---- names.c ------------------------------------------------------------ */

/* The name as a C identifier: letters, digits and _; never empty. */
gen_str emit_fold(gen_ctx *ctx, gen_str name);
gen_str emit_upper(gen_ctx *ctx, gen_str name);
/* Keywords of C and C++, macros and functions of the standard headers. */
bool emit_is_reserved(gen_str name);
/* Of the standard headers: macros, and what stands at file scope. */
bool emit_is_macro(gen_str name);
bool emit_is_scope(gen_str name);
/* Names of parameters in generated functions: no type may hide there. */
bool emit_is_local(gen_str name);
/* Whether the name is one of these, which are sorted. */
bool emit_find(gen_str name, const char *const *words, size_t count);
bool emit_name_taken(const emit_names *names, gen_str name);
void emit_name_take(emit_plan *plan, gen_str name);
/* NULL, or what was put there first. */
void *emit_map_get(const emit_plan *plan, emit_lookup key, const void *scope,
                   gen_str name);
void emit_map_put(emit_plan *plan, emit_lookup key, const void *scope,
                  gen_str name, void *value);
gen_str emit_join(gen_ctx *ctx, gen_str a, const char *between, gen_str b);
gen_str emit_glue(gen_ctx *ctx, gen_str a, const char *b);

/* ---- plan.c, type.c ----------------------------------------------------- */

bool emit_plan_make(emit_plan *plan);
/* To the caller's note(), unless it had the same text before. `text` lives as
 * long as the plan. */
void emit_note(emit_plan *plan, const char *text);
/* The note that `from` is called `to`. */
void emit_note_name(emit_plan *plan, gen_str from, gen_str to,
                    const char *why);
/* A base whose names, with each of `ends` behind it, are all free. */
gen_str emit_free_base(emit_plan *plan, gen_str base,
                       const char *const *ends);
const emit_table *emit_table_of(const emit_plan *plan, gen_str name);
emit_struct *emit_struct_new(emit_plan *plan, gen_str base, gen_str column,
                             const void *key);
void emit_struct_add(emit_plan *plan, emit_struct *s, gen_str column,
                     gen_str c_name, gen_pos pos, emit_member *member);
void emit_item_add(emit_plan *plan, int kind, const void *of);
/* The C side of a type. `field` is where it was declared (for members of
 * objects), or NULL; `base` is what new types are named after. */
emit_type emit_type_of(emit_plan *plan, const gen_type *type,
                       const gen_field *field, gen_str base);
/* Fill a struct from a list of fields. */
void emit_fields(emit_plan *plan, emit_struct *s, const gen_list *fields);
emit_type emit_plain(const char *member, const char *c);
emit_type emit_raw(void);
/* An enum of literals, one for each key. */
emit_type emit_literals(emit_plan *plan, const void *key, gen_str base,
                        const gen_list *literals, bool is_int,
                        bool is_closed);
/* The attribute of this name, or NULL. */
const gen_attr *emit_attr(const gen_attrs *attrs, const char *name);
/* @closed on the alias of a type, or on the field it is of. */
bool emit_is_closed(const gen_type *type, const gen_field *field);
/* `@c(key: ...)`, or empty. */
gen_str emit_c_arg(const gen_attrs *attrs, const char *key);
/* True for a literal that can be a constant on the wire. */
bool emit_is_constant(const gen_type *type);
void emit_struct_flags(emit_plan *plan, emit_struct *s,
                       const gen_attrs *attrs);

/* ---- union.c, shape.c --------------------------------------------------- */

emit_type emit_union_type(emit_plan *plan, const gen_type *type,
                          const gen_field *field, gen_str base);
emit_type emit_tuple_make(emit_plan *plan, const gen_type *type,
                          gen_str base);
emit_type emit_maybe_type(emit_plan *plan, emit_type of, bool optional,
                          bool nullable, gen_str base);
emit_type emit_geometry(emit_plan *plan, const gen_list *names,
                        gen_str base);
/* A type of the user's, if the field has one; false if not. */
bool emit_user_type(emit_plan *plan, const gen_field *field, emit_type *out);

/* ---- rule.c ------------------------------------------------------------- */

/* The rules of a struct as a table; returns their number. `members` are in the
 * order of the columns. */
size_t emit_rules(gen_buf *out, const emit_struct *s,
                  const emit_member *const *members, size_t count);

/* ---- header.c, source.c ------------------------------------------------- */

/* What a template's marks stand for. */
typedef struct emit_words {
    gen_str name;     /* $ */
    gen_str member;   /* @ */
    gen_str type;     /* # */
    gen_str constant; /* ! */
    gen_str other;    /* ~ */
} emit_words;

/* Whole lines, broken where they grow too long. */
void emit_template(gen_buf *out, const char *text, const emit_words *words);
void emit_header(emit_plan *plan, gen_buf *out);
void emit_source(emit_plan *plan, gen_buf *out);
/* A comment from /// lines; nothing for none. */
void emit_doc(gen_buf *out, gen_str doc, const char *indent);
void emit_banner(const emit_plan *plan, gen_buf *out, const char *end);
/* Text as a C string literal. */
void emit_literal(gen_buf *out, gen_str text);
/* The same on as many lines as it takes. */
void emit_long_literal(gen_buf *out, gen_str text, const char *indent);
/* A name behind its CBOR head, as C string literals. */
void emit_key(gen_buf *out, gen_str name);
/* What the description of a type refers to; false if to nothing. */
bool emit_sub(gen_buf *out, const emit_type *type);
/* One member: its type and name. */
void emit_declare(gen_buf *out, const emit_type *type, gen_str name,
                  const char *indent);
/* A type as a struct member says it: with the word `struct`, because a member
 * may have the name of its type, which C++ allows only so. */
void emit_tagged(gen_buf *out, const emit_type *type);

/* ---- shapes.c ----------------------------------------------------------- */

void emit_shape_header(gen_buf *out, const emit_item *item);
void emit_shape_source(gen_buf *out, const emit_item *item);
/* A literal as one CBOR item, as C string literals. */
void emit_literal_item(gen_buf *out, const gen_type *literal);

#endif
