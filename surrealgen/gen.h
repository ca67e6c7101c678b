/* surrealgen/gen.h: the intermediate form and the entry points around it.
 *
 * One gen_ctx reads any number of schema files and leaves one gen_schema.
 * Everything reached from the schema lives in the context's arena: nothing is
 * freed by itself, all of it goes with gen_close().
 *
 * Three facts carry the rest:
 *   - a table owns its fields as a TREE (children, and `*` for elements);
 *   - a type keeps the shape that was written (`kind`, `elem`, `arms`) next
 *     to what is left of it for C (`core`, `optional`, `nullable`);
 *   - expressions are source text, never parsed: see gen_clause.
 *
 * Running out of memory inside gen_add_text() or gen_finish() comes back as
 * GEN_NO_MEMORY: a longjmp to that entry point, the only one in the program.
 * Outside of them (emitters) it prints a message and ends the process. */
#ifndef GEN_H
#define GEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define GEN_VERSION "0.1.0"

/* Limits: reached, they give a diagnostic, never a crash. */
#define GEN_MAX_FILE (8u * 1024u * 1024u) /* bytes of one schema file */
#define GEN_MAX_DEPTH 128                 /* nested brackets and types */
#define GEN_MAX_DIAGS 20                  /* diagnostics shown in one run */
#define GEN_MAX_FIELDS 4096               /* columns of one table, expanded */

typedef struct gen_ctx gen_ctx;
typedef struct gen_file gen_file;
typedef struct gen_type gen_type;
typedef struct gen_field gen_field;
typedef struct gen_table gen_table;
typedef struct gen_enum gen_enum;
typedef struct gen_struct gen_struct;
typedef struct gen_alias gen_alias;

/* ptr[len] is always 0; the bytes themselves hold no NUL in names. */
typedef struct gen_str {
    const char *ptr;
    size_t len;
} gen_str;

/* Where something was written. line and col count from 1, col in code
 * points; off and len count bytes. file is NULL for things never written. */
typedef struct gen_pos {
    const gen_file *file;
    uint32_t off, len, line, col;
} gen_pos;

/* A growing array of pointers. Read it through the typed accessors below. */
typedef struct gen_list {
    void **at;
    size_t count, cap;
} gen_list;

/* A clause: its expression exactly as written, comments included. */
typedef struct gen_clause {
    bool present;
    gen_str text;
    gen_pos pos;
} gen_clause;

typedef struct gen_version {
    int major, minor;
} gen_version;

/* ---------------------------------------------------------------- types */

typedef enum gen_type_kind {
    GEN_T_ANY,
    GEN_T_NONE,
    GEN_T_NULL,
    GEN_T_BOOL,
    GEN_T_INT,
    GEN_T_FLOAT,
    GEN_T_DECIMAL,
    GEN_T_NUMBER,
    GEN_T_STRING,
    GEN_T_BYTES,
    GEN_T_DATETIME,
    GEN_T_DURATION,
    GEN_T_UUID,
    GEN_T_OBJECT,   /* object: any keys, or those of the field's children */
    GEN_T_RANGE,
    GEN_T_REGEX,
    GEN_T_FUNCTION,
    GEN_T_OPTION,   /* elem */
    GEN_T_ARRAY,    /* elem (NULL: any), length when has_length */
    GEN_T_SET,      /* like ARRAY */
    GEN_T_RECORD,   /* names: tables, none means any table */
    GEN_T_TABLE,    /* names: tables, none means any */
    GEN_T_FILE,     /* names: buckets */
    GEN_T_GEOMETRY, /* names: point, line, ...; none means any; `point`
                       alone is GEOMETRY with the one name "point" */
    GEN_T_UNION,    /* arms, two or more */
    GEN_T_LITERAL,  /* literal */
    GEN_T_SHAPE,    /* { k: T }: members; a literal object type */
    GEN_T_TUPLE,    /* [T, U]: arms */
    GEN_T_ENUM,     /* enum_ref */
    GEN_T_STRUCT,   /* struct_ref */
    GEN_T_ALIAS,    /* alias_ref: a name declared with `type`. Its core is the
                       core of what it stands for, and never an ALIAS */
    GEN_T_NAME,     /* a name of the .sg language before it is resolved; a
                       schema without errors has none left */
    GEN_T_REFERENCES /* references<T> of 2.x; names */
} gen_type_kind;

typedef enum gen_literal_kind {
    GEN_L_STRING,
    GEN_L_INT,
    GEN_L_FLOAT,
    GEN_L_DECIMAL,
    GEN_L_DURATION,
    GEN_L_BOOL,
    GEN_L_OTHER     /* prefixed strings: d'...', u'...', r'...' */
} gen_literal_kind;

/* One name inside `record<a | b>` and its like. */
typedef struct gen_name {
    gen_str text;
    gen_pos pos;
} gen_name;

/* One `key: T` of a shape. */
typedef struct gen_member {
    gen_str name;
    gen_type *type;
    gen_pos pos;
} gen_member;

struct gen_type {
    gen_type_kind kind;
    gen_pos pos;
    gen_type *elem;
    bool has_length;
    uint64_t length;
    gen_list names;   /* gen_name; see gen_name_at */
    gen_list arms;    /* gen_type */
    gen_list members; /* gen_member */
    gen_str name;     /* NAME, ENUM, STRUCT: as written */
    gen_enum *enum_ref;
    gen_struct *struct_ref;
    gen_alias *alias_ref;
    gen_alias *named; /* set on the type an alias declares and on its core:
                         what a C emitter names it after, and shares */
    gen_literal_kind literal_kind;
    gen_str literal;  /* as written, quotes and all */
    gen_str value;    /* strings: decoded; ints: the digits with sign */

    /* Set by gen_finish(): the type without option<>, none and null. core
     * is never NULL, may be the node itself; optional: NONE is admitted;
     * nullable: NULL is. `any` admits both. */
    gen_type *core;
    bool optional, nullable;
};

/* ---------------------------------------------------- permissions, attrs */

enum {
    GEN_OP_SELECT = 1,
    GEN_OP_CREATE = 2,
    GEN_OP_UPDATE = 4,
    GEN_OP_DELETE = 8
};

typedef enum gen_perm_kind {
    GEN_PERM_UNSET,
    GEN_PERM_NONE,
    GEN_PERM_FULL,
    GEN_PERM_RULES, /* the clause as a whole */
    GEN_PERM_WHERE  /* one rule */
} gen_perm_kind;

typedef struct gen_perm_rule {
    unsigned ops;       /* GEN_OP_ bits */
    gen_perm_kind kind; /* NONE, FULL or WHERE */
    gen_clause where;
} gen_perm_rule;

typedef struct gen_perms {
    gen_perm_kind kind;
    gen_list rules; /* gen_perm_rule, in source order */
    gen_pos pos;
} gen_perms;

/* One argument of an attribute: `max: 254`, or a bare `argon2`. */
typedef struct gen_attr_arg {
    gen_str key;  /* len 0 when bare */
    gen_str text; /* as written; strings decoded */
    bool is_string;
    gen_pos pos;
} gen_attr_arg;

typedef struct gen_attr {
    gen_str name; /* without the @ */
    gen_list args; /* gen_attr_arg */
    gen_pos pos;
} gen_attr;

/* Attributes of anything that can be annotated. c_name and c_max repeat
 * @c(name:) and @c(max:), `server` @server, `secret` @secret, `skip`
 * @c(skip), `is_new` @new, so that an emitter rarely walks the list.
 * c_name.len is 0 and c_max 0 when not given. */
typedef struct gen_attrs {
    gen_list list; /* gen_attr */
    gen_str c_name;
    uint64_t c_max;
    bool server, secret, skip, is_new;
    gen_str was;
    gen_str encrypt; /* "argon2", ...; len 0 when not given */
} gen_attrs;

/* --------------------------------------------------------- fields, tables */

typedef enum gen_exists {
    GEN_EXISTS_PLAIN,
    GEN_EXISTS_OVERWRITE,
    GEN_EXISTS_IF_NOT
} gen_exists;

typedef enum gen_part_kind {
    GEN_PART_NAME,
    GEN_PART_ALL,  /* .* and [*] */
    GEN_PART_INDEX /* [0] */
} gen_part_kind;

typedef struct gen_part {
    gen_part_kind kind;
    gen_str name; /* decoded; "*" for ALL, the digits for INDEX */
    gen_pos pos;
} gen_part;

typedef enum gen_on_delete {
    GEN_DELETE_UNSET_CLAUSE, /* no ON DELETE written */
    GEN_DELETE_IGNORE,
    GEN_DELETE_UNSET,
    GEN_DELETE_CASCADE,
    GEN_DELETE_REJECT,
    GEN_DELETE_THEN /* delete_then */
} gen_on_delete;

struct gen_field {
    gen_str name;  /* the last part of the path; "*" for an element */
    gen_list path; /* gen_part, from the table down, this one included */
    bool is_elem;  /* this is the `*` of its parent */
    bool implied;  /* never written: a parent of something that was */
    bool defined;  /* by a DEFINE of its own: an item, though the table may
                      be a model */
    gen_attrs attrs;
    gen_str doc;   /* /// lines joined by \n, markers removed */
    gen_pos pos;   /* of the name */

    bool has_type;
    gen_type *type; /* as declared; never NULL (`any` when not written) */

    /* Set by gen_finish(): what a C emitter wants. eff is `type` with the
     * element types of `*` children merged in (tags TYPE array plus tags.*
     * TYPE string is array<string>), option/none/null removed; optional and
     * nullable say what was removed. An object with children is OBJECT
     * here, its members are the children. */
    gen_type *eff;
    bool optional, nullable;

    bool flexible, readonly, default_always, reference;
    gen_clause default_, value, assert_, computed, comment;
    gen_on_delete on_delete;
    gen_clause delete_then;
    gen_perms perms;
    gen_exists exists;

    gen_table *table;   /* NULL inside a struct */
    gen_field *parent;
    gen_list children;  /* gen_field, in source order; the element child,
                           when there is one, is among them */

    /* Private to the front end. */
    bool bad, removed;
};

typedef enum gen_index_kind {
    GEN_IX_PLAIN,
    GEN_IX_UNIQUE,
    GEN_IX_COUNT,
    GEN_IX_FULLTEXT,
    GEN_IX_SEARCH, /* 2.x spelling of FULLTEXT */
    GEN_IX_HNSW,
    GEN_IX_MTREE
} gen_index_kind;

typedef struct gen_index {
    gen_str name;
    gen_pos pos;
    gen_str doc;
    gen_attrs attrs;
    gen_table *table;
    gen_list columns;  /* gen_list of gen_part; see gen_index_column */
    gen_list col_pos;  /* gen_name: text as written, position */
    gen_index_kind kind;
    gen_pos kind_pos;
    gen_str analyzer;
    gen_str options;   /* words after the kind, as written: "BM25 ...",
                          "DIMENSION 4 DIST COSINE" */
    gen_clause where;  /* COUNT WHERE */
    bool concurrently, defer;
    gen_clause comment;
    gen_exists exists;
    bool defined; /* by a DEFINE of its own */
    bool bad, removed;
} gen_index;

/* DEFINE EVENT and the `event` member. */
typedef struct gen_event {
    gen_str name;
    gen_pos pos;
    gen_str doc;
    gen_attrs attrs;
    gen_table *table;
    gen_clause when;
    gen_list then; /* gen_clause, at least one */
    bool async, has_retry, has_maxdepth;
    uint64_t retry, maxdepth;
    gen_clause comment;
    gen_exists exists;
    bool bad, removed;
} gen_event;

typedef enum gen_table_kind {
    GEN_TABLE_ANY,
    GEN_TABLE_NORMAL,
    GEN_TABLE_RELATION
} gen_table_kind;

struct gen_table {
    gen_str name;
    gen_pos pos;
    gen_attrs attrs;
    gen_str doc;
    bool implied;     /* fields were defined on it, it never was */
    bool from_model;  /* written as model or edge */
    gen_table_kind kind;
    gen_list from;    /* gen_name: RELATION IN */
    gen_list to;      /* gen_name: RELATION OUT */
    bool enforced;
    bool schemafull, drop;
    gen_clause changefeed; /* the duration, with INCLUDE ORIGINAL dropped */
    bool changefeed_original;
    gen_clause view;  /* AS SELECT ... ; a `view` item has from_model set, and
                         its columns as fields that lower to nothing */
    gen_perms perms;
    gen_clause comment;
    gen_exists exists;
    gen_list fields;  /* gen_field: top level, `id`/`in`/`out` only when
                         written */
    gen_list indexes; /* gen_index */
    gen_list events;  /* gen_event */
    gen_list uses;    /* gen_name: mixins, already expanded into the lists */
    gen_list reserved; /* gen_name */
    size_t field_total; /* nodes of the whole tree */
    bool bad, removed;
    bool viewed;      /* private: a view names it */
};

/* ------------------------------------------------------- enum and struct */

typedef struct gen_variant {
    gen_str name;    /* identifier: the C side */
    gen_str value;   /* string enums: the text in the database */
    int64_t number;  /* int enums */
    gen_attrs attrs;
    gen_str doc;
    gen_pos pos;
} gen_variant;

struct gen_enum {
    gen_str name;
    gen_pos pos;
    gen_attrs attrs;
    gen_str doc;
    bool is_int;
    gen_list variants; /* gen_variant */
    bool bad;
};

struct gen_struct {
    gen_str name;
    gen_pos pos;
    gen_attrs attrs;
    gen_str doc;
    gen_list fields; /* gen_field, a tree like a table's */
    bool bad;
    int mark;        /* private: cycle search */
    size_t weight;   /* private: columns it expands to */
};

/* `type name = T;` */
struct gen_alias {
    gen_str name;
    gen_pos pos;
    gen_attrs attrs;
    gen_str doc;
    gen_type *type;
    bool bad;
    int mark;      /* private: cycle search */
    size_t weight; /* private: parts it expands to */
};

/* Members to be put into tables by `use`. Copies of them carry the positions
 * of the mixin. */
typedef struct gen_mixin {
    gen_str name;
    gen_pos pos;
    gen_attrs attrs;
    gen_str doc;
    gen_list fields;  /* gen_field */
    gen_list indexes; /* gen_index */
    gen_list events;  /* gen_event */
    bool bad;
} gen_mixin;

/* ------------------------------------------------------------ database-wide */

typedef struct gen_analyzer {
    gen_str name;
    gen_pos pos;
    gen_attrs attrs;
    gen_str doc;
    gen_str function;    /* "fn::name", or empty */
    gen_list tokenizers; /* gen_name */
    gen_list filters;    /* gen_name: as written, "snowball(english)" */
    gen_clause comment;
    gen_exists exists;
    bool bad, removed;
} gen_analyzer;

/* A parameter of a function, a query, a signup or a signin. */
typedef struct gen_parm {
    gen_str name; /* without $ */
    gen_pos pos;
    gen_type *type;     /* never NULL: `any` when not written */
    gen_clause default_; /* .sg only */
    gen_str doc;
} gen_parm;

typedef struct gen_param {
    gen_str name; /* without $ */
    gen_pos pos;
    gen_attrs attrs;
    gen_str doc;
    gen_type *type; /* NULL when not written (DEFINE PARAM has none) */
    gen_clause value;
    gen_perms perms;
    gen_clause comment;
    gen_exists exists;
    bool bad, removed;
} gen_param;

typedef struct gen_sequence {
    gen_str name;
    gen_pos pos;
    gen_attrs attrs;
    gen_str doc;
    bool has_batch, has_start;
    uint64_t batch;
    int64_t start;
    gen_clause timeout;
    gen_exists exists;
    bool bad, removed;
} gen_sequence;

typedef struct gen_function {
    gen_str name; /* without fn:: : "order::total" */
    gen_pos pos;
    gen_attrs attrs;
    gen_str doc;
    gen_list params; /* gen_parm */
    gen_type *returns; /* NULL when not written */
    gen_clause body;   /* braces included */
    gen_perms perms;   /* NONE, FULL, or RULES with one WHERE of ops 0 */
    gen_clause comment;
    gen_exists exists;
    bool bad, removed;
} gen_function;

typedef enum gen_level {
    GEN_LEVEL_DATABASE,
    GEN_LEVEL_NAMESPACE,
    GEN_LEVEL_ROOT
} gen_level;

/* Where a secret comes from. TEXT only in DEFINE statements, which hold what
 * they hold; a literal in .sg is an error. */
typedef enum gen_secret_kind {
    GEN_SECRET_NONE,
    GEN_SECRET_ENV,
    GEN_SECRET_FILE,
    GEN_SECRET_TEXT
} gen_secret_kind;

typedef struct gen_secret {
    gen_secret_kind kind;
    gen_str text; /* variable, path, or the decoded literal */
    gen_pos pos;
} gen_secret;

typedef enum gen_access_kind {
    GEN_ACCESS_RECORD,
    GEN_ACCESS_JWT,
    GEN_ACCESS_BEARER
} gen_access_kind;

/* signup and signin: parameters only in .sg, expr in both. */
typedef struct gen_signing {
    bool present;
    gen_list params; /* gen_parm */
    gen_clause expr; /* without the parentheses of the DEFINE form */
    gen_pos pos;
} gen_signing;

typedef struct gen_access {
    gen_str name;
    gen_pos pos;
    gen_attrs attrs;
    gen_str doc;
    gen_level level;
    gen_access_kind kind;
    bool bearer_for_record;
    gen_signing signup, signin;
    gen_clause authenticate;
    bool with_refresh;
    gen_str algorithm; /* JWT, or RECORD ... WITH JWT; as written */
    gen_secret key;
    gen_clause url;    /* the string as written, quotes and all */
    gen_str issuer_algorithm;
    gen_secret issuer;
    gen_clause grant, token, session; /* durations, or NONE */
    gen_clause comment;
    gen_exists exists;
    bool bad, removed;
} gen_access;

typedef struct gen_user {
    gen_str name;
    gen_pos pos;
    gen_attrs attrs;
    gen_str doc;
    gen_level level;
    bool passhash;
    gen_secret secret;
    gen_list roles; /* gen_name */
    gen_clause token, session;
    gen_clause comment;
    gen_exists exists;
    bool bad, removed;
} gen_user;

/* ---------------------------------------------------------------- queries */

typedef enum gen_shape_kind {
    GEN_SHAPE_NONE,
    GEN_SHAPE_ONE,   /* exactly one row */
    GEN_SHAPE_MAYBE, /* none or one */
    GEN_SHAPE_MANY,
    GEN_SHAPE_EACH,  /* many, handed out one by one */
    GEN_SHAPE_LIVE
} gen_shape_kind;

typedef struct gen_shape {
    gen_shape_kind kind;
    gen_type *type;   /* NULL for NONE and when `table` is set */
    gen_table *table; /* the type is a whole row of it; set by gen_finish */
    gen_name name;    /* the name written, when it was one word */
    gen_pos pos;
} gen_shape;

/* `query name(...) -> shape { ... } result n;` and the comment form:
 * -- @query name($p: T) -> shape */
typedef struct gen_query {
    gen_str name;
    gen_pos pos;
    gen_attrs attrs;
    gen_str doc;
    gen_list params; /* gen_parm */
    gen_list shapes; /* gen_shape: one, or in ( ) one for each statement */
    bool is_tuple;
    gen_clause body;      /* between the braces */
    gen_list statements;  /* gen_clause: body split at its top-level `;` */
    int64_t result;       /* statement whose result counts, from 1; 0: the
                             last that is not BEGIN, COMMIT or CANCEL */
    gen_list uses;        /* gen_name: every $name in the body, each once, with
                             its first place; not those the body binds itself
                             (LET, FOR, closures) nor the server's own */
    bool from_comment, bad;
} gen_query;

/* ----------------------------------------------------------------- schema */

typedef enum gen_item_kind {
    GEN_ITEM_TABLE,
    GEN_ITEM_FIELD, /* a DEFINE FIELD as written; the table's tree holds a
                       node of its own for it, and a later REMOVE or
                       OVERWRITE changes only the tree. Members of a model
                       are reached through their table. */
    GEN_ITEM_INDEX,
    GEN_ITEM_ENUM,
    GEN_ITEM_STRUCT,
    GEN_ITEM_ALIAS,
    GEN_ITEM_MIXIN,
    GEN_ITEM_EVENT, /* a DEFINE EVENT; see FIELD */
    GEN_ITEM_ANALYZER,
    GEN_ITEM_PARAM,
    GEN_ITEM_SEQUENCE,
    GEN_ITEM_FUNCTION,
    GEN_ITEM_ACCESS,
    GEN_ITEM_USER,
    GEN_ITEM_QUERY,
    GEN_ITEM_RAW
} gen_item_kind;

/* A statement kept word for word. */
typedef struct gen_raw {
    gen_str text;  /* without the `;` */
    gen_str kind;  /* first words: "DEFINE FUNCTION", "INSERT", "LET" */
    gen_str name;  /* DEFINE x NAME, as written; may be empty */
    bool is_define;
    gen_pos pos;
    gen_str doc;
    uint32_t tok_begin;
} gen_raw;

/* The statements in source order: what `sql` prints. `of` is the gen_table,
 * gen_field, gen_index, gen_enum, ... the kind names. */
typedef struct gen_item {
    gen_item_kind kind;
    void *of;
    gen_pos pos;
} gen_item;

struct gen_file {
    gen_str name;   /* as given on the command line */
    gen_str text;
    bool is_sg;     /* ends in .sg: blocks are allowed */
    unsigned depth; /* includes that led to it */
    gen_str doc;    /* //! lines */
    uint32_t order;

    /* Private to the front end. */
    struct gen_token *tokens;
    size_t token_count;
    gen_list extents;
    gen_list allows[2]; /* of items, of members */
};

typedef struct gen_schema {
    gen_version target;  /* 3.0 unless a file or the caller says */
    gen_pos target_pos;
    gen_str prefix;      /* len 0 when no file sets it */
    gen_pos prefix_pos;
    gen_str namespace_;
    gen_str doc;         /* //! of the first file that has one */
    gen_list files;      /* gen_file */
    gen_list enums;      /* gen_enum, source order */
    gen_list structs;    /* gen_struct */
    gen_list aliases;    /* gen_alias */
    gen_list mixins;     /* gen_mixin */
    gen_list tables;     /* gen_table, source order; implied ones included */
    gen_list analyzers;  /* gen_analyzer */
    gen_list params;     /* gen_param */
    gen_list sequences;  /* gen_sequence */
    gen_list functions;  /* gen_function */
    gen_list accesses;   /* gen_access */
    gen_list users;      /* gen_user */
    gen_list queries;    /* gen_query */
    gen_list raws;       /* gen_raw */
    gen_list items;      /* gen_item */
} gen_schema;

/* -------------------------------------------------------------- front end */

/* Memory. grow(user, n) returns n fresh bytes or NULL; drop gives them back.
 * The context takes blocks of 64 KiB and more. */
typedef struct gen_memory {
    void *(*grow)(void *user, size_t n);
    void (*drop)(void *user, void *ptr, size_t n);
    void *user;
} gen_memory;

typedef enum gen_status {
    GEN_OK,
    GEN_ERRORS,   /* the input has errors: see gen_print_diags */
    GEN_NO_MEMORY
} gen_status;

/* NULL for memory means malloc and free. NULL back means no memory. */
gen_ctx *gen_open(const gen_memory *memory);
void gen_close(gen_ctx *ctx);

/* How many diagnostics are kept and printed: GEN_MAX_DIAGS unless set. */
void gen_set_max_diags(gen_ctx *ctx, size_t max);

/* What was added so far was told about elsewhere: only what comes behind it is
 * looked through for advice. Its errors are still told. */
void gen_set_known(gen_ctx *ctx);

/* Overrides what the files say (`--target`). Call before gen_add_text. */
void gen_set_target(gen_ctx *ctx, gen_version target);

/* How `include` gets at files: the front end itself opens none. list calls
 * found(arg, path) for every file that `pattern` names relative to the folder
 * of the file `from`, sorted by name, each path as a person would write it
 * from the working directory. read returns the bytes (malloc'd, *len of them,
 * at most GEN_MAX_FILE + 1) or NULL with errno set. */
typedef struct gen_source {
    void (*list)(void *user, const char *from, const char *pattern,
                 void (*found)(void *arg, const char *path), void *arg);
    char *(*read)(void *user, const char *path, size_t *len);
    void *user;
} gen_source;

/* Without a source, `include` is an error that says so. */
void gen_set_source(gen_ctx *ctx, const gen_source *source);

/* Reads one file; bytes are copied. Files ending in .sg may hold blocks.
 * What it includes is read as well, each file once. */
gen_status gen_add_text(gen_ctx *ctx, const char *name, const char *bytes,
                        size_t len);

/* Names, types, trees, version rules. Call once, after the last file. */
gen_status gen_finish(gen_ctx *ctx);

/* One file from start to end: gen_add_text and gen_finish. NULL only when
 * out of memory; gen_error_count() says whether the schema can be used. */
gen_schema *gen_load_text(gen_ctx *ctx, const char *name, const char *bytes,
                          size_t len);

gen_schema *gen_schema_of(gen_ctx *ctx);
size_t gen_error_count(const gen_ctx *ctx);
size_t gen_warning_count(const gen_ctx *ctx);
/* Notes, and what is allowed with a reason. */
size_t gen_remark_count(const gen_ctx *ctx);
/* Whether to tell what is no more than worth a look. */
void gen_set_notes(gen_ctx *ctx, bool wanted);

/* ---------------------------------------------------------------- helpers */

gen_field *gen_field_at(const gen_list *list, size_t i);
gen_table *gen_table_at(const gen_list *list, size_t i);
gen_index *gen_index_at(const gen_list *list, size_t i);
gen_enum *gen_enum_at(const gen_list *list, size_t i);
gen_struct *gen_struct_at(const gen_list *list, size_t i);
gen_variant *gen_variant_at(const gen_list *list, size_t i);
gen_type *gen_type_at(const gen_list *list, size_t i);
gen_member *gen_member_at(const gen_list *list, size_t i);
gen_name *gen_name_at(const gen_list *list, size_t i);
gen_part *gen_part_at(const gen_list *list, size_t i);
gen_attr *gen_attr_at(const gen_list *list, size_t i);
gen_attr_arg *gen_attr_arg_at(const gen_list *list, size_t i);
gen_perm_rule *gen_perm_rule_at(const gen_list *list, size_t i);
gen_raw *gen_raw_at(const gen_list *list, size_t i);
gen_item *gen_item_at(const gen_list *list, size_t i);
gen_file *gen_file_at(const gen_list *list, size_t i);
gen_event *gen_event_at(const gen_list *list, size_t i);
gen_alias *gen_alias_at(const gen_list *list, size_t i);
gen_mixin *gen_mixin_at(const gen_list *list, size_t i);
gen_analyzer *gen_analyzer_at(const gen_list *list, size_t i);
gen_parm *gen_parm_at(const gen_list *list, size_t i);
gen_param *gen_param_at(const gen_list *list, size_t i);
gen_sequence *gen_sequence_at(const gen_list *list, size_t i);
gen_function *gen_function_at(const gen_list *list, size_t i);
gen_access *gen_access_at(const gen_list *list, size_t i);
gen_user *gen_user_at(const gen_list *list, size_t i);
gen_query *gen_query_at(const gen_list *list, size_t i);
gen_shape *gen_shape_at(const gen_list *list, size_t i);
gen_clause *gen_clause_at(const gen_list *list, size_t i);
gen_list *gen_index_column(const gen_index *index, size_t i); /* gen_part */

/* The `*` child, or NULL. For array<object> with `a.*.b` fields this is the
 * (maybe implied) element whose children are the members. */
gen_field *gen_field_elem(const gen_field *field);

/* True when a client never sends the field: COMPUTED, @server, or an `id`. */
bool gen_field_read_only(const gen_field *field);

/* True when CREATE may leave the field out: optional, DEFAULT or VALUE. */
bool gen_field_may_omit(const gen_field *field);

/* True for a literal or union of literals that are all strings or all ints
 * (nothing else beside none and null): fit for a C enum. Works on core
 * types. kind may be NULL. The literals are gen_type_literal(type, i). */
bool gen_type_is_literals(const gen_type *type, gen_literal_kind *kind);
size_t gen_type_literal_count(const gen_type *type);
const gen_type *gen_type_literal(const gen_type *type, size_t i);

/* Word of a kind, for messages: "array", "record", "string". */
const char *gen_type_word(gen_type_kind kind);

bool gen_str_eq(gen_str a, gen_str b);
bool gen_str_is(gen_str a, const char *text);
/* By their bytes: below 0, 0 or above, as memcmp() says it. */
int gen_str_order(gen_str a, gen_str b);
gen_str gen_str_lit(const char *text);

/* ---------------------------------------------------------- memory, text */

/* Zeroed, aligned for anything, lives as long as the context. */
void *gen_new(gen_ctx *ctx, size_t len);
/* The same, not zeroed: for what is written over at once. */
void *gen_new_plain(gen_ctx *ctx, size_t len);
gen_str gen_str_copy(gen_ctx *ctx, const char *ptr, size_t len);
void gen_list_push(gen_ctx *ctx, gen_list *list, void *item);

/* A growing text in the arena. gen_buf_add_fmt knows %s %d %u %zu %c and
 * %.*s as printf does; text is always NUL-terminated. */
typedef struct gen_buf {
    gen_ctx *ctx;
    char *ptr;
    size_t len, cap;
} gen_buf;

void gen_buf_init(gen_buf *buf, gen_ctx *ctx);
void gen_buf_add(gen_buf *buf, const char *ptr, size_t len);
void gen_buf_add_str(gen_buf *buf, gen_str text);
void gen_buf_add_text(gen_buf *buf, const char *text);
void gen_buf_add_char(gen_buf *buf, char c);
void gen_buf_add_fmt(gen_buf *buf, const char *fmt, ...);
/* What is in it; "" for nothing. It stays as it is until the next addition. */
gen_str gen_buf_str(const gen_buf *buf);

/* ----------------------------------------------------------------- output */

/* The diagnostics so far, in the order of the files. */
void gen_print_diags(gen_ctx *ctx, gen_buf *out, bool colour);

/* For emitters: an error of their own, in the same format. code is a row of
 * schema/codes.h ("SG701"); hint, fix may be NULL; other_text names what is
 * at `other` (NULL: no second place). Counted by gen_error_count(). */
void gen_report(gen_ctx *ctx, const char *code, gen_pos pos,
                const char *message, const char *hint, const gen_pos *other,
                const char *other_text, const char *fix);

/* The stages of -d. */
void gen_dump_tokens(gen_ctx *ctx, const gen_file *file, gen_buf *out);
void gen_dump_roundtrip(gen_ctx *ctx, const gen_file *file, gen_buf *out);
void gen_dump_ast(gen_ctx *ctx, gen_buf *out);

/* SurrealQL (surql/surql.c). exists adds a word to every DEFINE of an item;
 * PLAIN keeps what was written. secret gives what env() or file() stands for,
 * or returns false after saying why not; when it is NULL, a statement that
 * needs one becomes a comment and note (or NULL) is called with "user x needs
 * the variable Y". */
typedef struct gen_surql_options {
    gen_exists exists;
    bool (*secret)(void *user, const gen_secret *secret, gen_str *value);
    void (*note)(void *user, const char *text);
    void *user;
    /* Called after each statement, which is [from, to) of the output, its `;`
     * left out. attrs is NULL for what cannot have any. May be NULL. */
    void (*each)(void *user, size_t from, size_t to, const gen_attrs *attrs,
                 gen_pos pos);
} gen_surql_options;

/* False when a secret could not be had: the text is not to be used. */
bool gen_emit_surql(gen_ctx *ctx, const gen_surql_options *opt,
                    gen_buf *out);

/* A name as SurrealQL wants it: bare, or back-quoted when it must be. */
void gen_surql_name(gen_buf *out, gen_str name);
/* Back-quoted in any case: a word that a server yet to come may take. */
void gen_surql_quoted(gen_buf *out, gen_str name);
/* fn::a::b with each part quoted where it must be; name is "a::b". */
void gen_surql_function(gen_buf *out, gen_str name);
void gen_surql_path(gen_buf *out, const gen_list *path);
void gen_surql_type(gen_buf *out, const gen_type *type);
void gen_surql_string(gen_buf *out, gen_str text);

/* Applies the edits of the diagnostics of these codes ("SG402,SG404", "all")
 * to one file, over and over until none is left; how many places that were.
 * False when memory ran out, or when a place was left as it is because the
 * edit would have made a new error. */
bool gen_fix_text(gen_ctx *home, const char *name, gen_str text,
                  const char *codes, gen_buf *out, size_t *places);

/* A file in the one layout there is (fmt/fmt.c); it must have no errors.
 * False, which is a mistake of the formatter, when its tokens would not be
 * the same. */
bool gen_fmt(gen_ctx *ctx, const gen_file *file, gen_buf *out);

/* The schema as .sg text (emit/sg_file.c): DEFINE statements become items and
 * members, comments included, wherever the SurrealQL of them stays the same;
 * the others stay DEFINE statements, items of .sg files stay as they are. What
 * cannot stand in .sg at all is reported (SG1601).
 *   group: members may come from anywhere in the schema; without it only those
 *          that follow their table in the order a model is printed in.
 *   drop_exists: OVERWRITE and IF NOT EXISTS are left out.
 *   file: that one alone; NULL for all of them. `include` is kept only then.
 *   target: begins with `target surrealdb X.Y;` unless a file says so. */
typedef struct gen_sg_options {
    bool group, drop_exists, target;
    const gen_file *file;
} gen_sg_options;

void gen_emit_sg(gen_ctx *ctx, const gen_sg_options *opt, gen_buf *out);

/* The first file as DEFINE statements with their comments (emit/define.c):
 * what gen_emit_surql() prints, in its order. */
void gen_emit_define(gen_ctx *ctx, gen_buf *out);

/* The C emitter (emit/emit.c). It writes PREFIX.h and PREFIX.c through
 * write(), which makes the file or returns false after saying why. note() (or
 * NULL) gets what is no mistake but not what one would expect, such as "`int`
 * is called `int_` in C: ...", each text once. Returns 0, or nonzero when
 * something was reported or not written. */
typedef struct gen_emit_options {
    gen_ctx *ctx;
    const char *out_dir; /* never NULL: "." */
    const char *prefix;  /* NULL: the schema's, else "db" */
    const char *hash;    /* of the schema, for PREFIX_schema; NULL: none */
    bool (*write)(void *user, const char *path, const char *bytes,
                  size_t len);
    void (*note)(void *user, const char *text);
    void *user;
} gen_emit_options;

int gen_emit_c(const gen_schema *schema, const gen_emit_options *opt);

#endif
