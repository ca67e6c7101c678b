/* surrealgen/cli/pages_more.c: pages of SG4xx, SG7xx and others. */
#include "explain.h"

#include <stddef.h>

const cli_page cli_pages_more[] = {
    { "SG402", "app.surql", "",
      "SurrealDB 3.0 renamed many functions: `string::is::email` became"
      " `string::is_email`, `type::thing` became `type::record`. The"
      " schema uses the old name, the target knows only the new one.",
      "DEFINE FIELD mail ON user TYPE string ASSERT"
      " string::is::email($value);",
      NULL,
      "Write the new name; the message has it. When the server is"
      " older, say so with `target surrealdb 2.x;` or `--target 2.x`." },
    { "SG403", "app.surql", "--target 2.x",
      "A clause, type or function is newer than the server the schema"
      " is for.",
      "DEFINE FIELD adult ON user TYPE bool COMPUTED age >= 18;",
      NULL,
      "Raise the target when the server is newer than it says, or write"
      " what the older server has: VALUE in place of COMPUTED, the"
      " function's former name." },
    { "SG404", "app.surql", "",
      "The schema uses something that the target server no longer has,"
      " such as `SEARCH ANALYZER`, `MTREE` or the type"
      " `references<...>`.",
      "DEFINE INDEX ft ON post FIELDS body SEARCH ANALYZER english"
      " BM25;",
      NULL,
      "Write what took its place; the message names it (here `FULLTEXT"
      " ANALYZER`). When the server still has it, set the target to its"
      " version." },
    { "SG405", "app.surql", "",
      "In SurrealQL a regular expression ends at its second `/`."
      " Letters behind it, as other languages have them, are not read.",
      "LET $tags = string::matches($text, /#[a-z]+/gi);",
      NULL,
      "Leave the letters out. To ignore the letter case write `(?i)` at"
      " the start of the expression." },
    { "SG406", "app.surql", "",
      "A type is written as SurrealDB 1.x had it, with parentheses. No"
      " server since 2.0 reads that.",
      "DEFINE FIELD forum ON post TYPE record(forum);",
      NULL,
      "Write the angle brackets: `record<forum>`." },
    { "SG701", "app.sg", "",
      "Names of columns become names of struct members in C, where only"
      " letters, digits and `_` can stand. Two columns of one table"
      " come to the same name.",
      "model person {\n"
      "  first_name string;\n"
      "  `first-name` string;\n"
      "}",
      NULL,
      "Give one of them another name in C: `@c(name: other)` behind its"
      " type. The column keeps its name in the database." },
    { "SG702", "app.sg", "",
      "Two tables come to the same name in C, where only letters,"
      " digits and `_` can stand.",
      "model a_b { x int; }\n"
      "model `a-b` { x int; }",
      NULL,
      "Write `@c(name: other)` behind the name of one of them. The"
      " table keeps its name in the database." },
    { NULL, NULL, NULL, NULL, NULL, NULL, NULL }
};
