/* surrealgen/cli/man_schema.c: the schema language, for people at a shell. */
#include "man_schema.h"

#include <stddef.h>

const man_part cli_man_schema[] = {
    { MAN_TEXT, "A .surql file is SurrealQL: DEFINE statements, with "
      "attributes in comments in front of them (-- @name). A .sg file may "
      "hold the same and, shorter, the items below. What a clause says is "
      "SurrealQL and goes to the server as it is written.", NULL },
    { MAN_CODE,
      "//! Notes of a program.\n"
      "target surrealdb 3.0;\n"
      "prefix app;\n\n"
      "enum state : string { open, done }\n\n"
      "/// Something to remember.\n"
      "model note schemafull {\n"
      "  text   string         assert string::len($value) > 0;\n"
      "  state  state          default 'open';\n"
      "  tags   array<string>  default [];\n"
      "  made   datetime       @server default time::now() readonly;\n"
      "  index by_state (state);\n"
      "}", NULL },
    { MAN_HEAD, "ITEMS", NULL },
    { MAN_TERM, "target surrealdb VERSION;", "The server the schema is for." },
    { MAN_TERM, "prefix NAME;", "What every C name begins with." },
    { MAN_TERM, "include \"PATTERN\";",
      "Other files, relative to this one, each read once." },
    { MAN_TERM, "enum NAME : string|int { ... }",
      "Values with names; an enum in C." },
    { MAN_TERM, "struct NAME { ... }",
      "Members for columns; a struct in C." },
    { MAN_TERM, "type NAME = TYPE;", "A name for a type." },
    { MAN_TERM, "mixin NAME { ... }",
      "Members for several models, put there by `use NAME;`." },
    { MAN_TERM, "model NAME [schemafull|schemaless] { ... }", "A table." },
    { MAN_TERM, "edge NAME from A to B { ... }", "A relation table." },
    { MAN_TERM, "view NAME { ... } as SELECT ...;", "A table made of others." },
    { MAN_TERM, "analyzer, param, sequence, function, access, user",
      "What DEFINE has for a database, with its clauses in small letters." },
    { MAN_TERM, "query NAME($p: TYPE) -> SHAPE { ... }",
      "A statement as a C function. SHAPE is none, or one, maybe, many, each "
      "or live and a type or table." },
    { MAN_TERM, "DEFINE ...;", "Any statement of SurrealQL." },
    { MAN_HEAD, "MEMBERS", NULL },
    { MAN_TERM, "NAME TYPE [@ATTRIBUTE]... [CLAUSE]...;",
      "A column. Clauses: default, value, assert, computed, readonly, "
      "flexible, reference, comment, permissions." },
    { MAN_TERM, "index NAME (COLUMN, ...) [KIND];", "An index; `unique` too." },
    { MAN_TERM, "event NAME when CONDITION then { ... };", "An event." },
    { MAN_TERM, "permissions for OP ... ;", "Who may do what." },
    { MAN_HEAD, "ATTRIBUTES", NULL },
    { MAN_TERM, "@c(name: N, max: N, skip)",
      "Another name in C; text or bytes kept in the struct, N bytes at most; "
      "not in the struct." },
    { MAN_TERM, "@c(type: \"T\", via: \"F\", include: \"H\")",
      "A type of your own, with F_decode and F_encode, from the header H." },
    { MAN_TERM, "@c(unknown: skip|keep|error)",
      "What becomes of keys that this program does not know." },
    { MAN_TERM, "@encrypt(argon2|bcrypt|scrypt|pbkdf2)",
      "A password: hashed by the server, never read back." },
    { MAN_TERM, "@server", "Set by the server, never sent." },
    { MAN_TERM, "@secret", "Never printed, wiped after it was sent." },
    { MAN_TERM, "@was(OLD)", "Its name before, for the next migration." },
    { MAN_TERM, "@open, @closed",
      "Whether unknown values of an enum or a union are kept or refused." },
    { MAN_TERM, "@deprecated(\"TEXT\")", "The C compiler warns of its use." },
    { MAN_TERM, "@retry(conflict)", "A query that runs again on a conflict." },
    { MAN_TERM, "@allow(CODE, \"WHY\")", "No warning CODE here." },
    { MAN_HEAD, "TYPES", NULL },
    { MAN_TEXT, "any bool int float decimal number string bytes datetime "
      "duration uuid object range regex, option<T>, array<T, N>, set<T, N>, "
      "record<table>, geometry<point>, T | U, 'literal', { key: T }, and "
      "names of enums, structs and types.", NULL },
    { MAN_END, NULL, NULL }
};
