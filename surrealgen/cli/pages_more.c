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
    { "SG1501", "app.sg", "",
      "A query names a table that no file of this run defines. The server"
      " would refuse it, or read nothing.",
      "model user { name string; }\n"
      "query all() -> many user { SELECT * FROM usr; }",
      NULL,
      "Correct the name; the message has one that comes close. If another"
      " program defines the table, say so in front of the query:"
      " `@allow(SG1501, \"made by the importer\")`." },
    { "SG1502", "app.sg", "",
      "A query selects a column that a SCHEMAFULL table does not have. It"
      " would always be NONE.",
      "model user schemafull { name string; }\n"
      "query names() -> many { nme: option<string> }"
      " { SELECT nme FROM user; }",
      NULL,
      "Correct the name; the message has one that comes close." },
    { "SG1503", "app.sg", "",
      "`live` declares a query that goes on giving changes. Only LIVE"
      " SELECT does that.",
      "model user { name string; }\n"
      "query feed() -> live user { SELECT * FROM user; }",
      NULL,
      "Write `LIVE SELECT`, or `many` in place of `live`." },
    { "SG1504", "app.sg", "",
      "LIVE SELECT gives no rows but an id, behind which changes come.",
      "model user { name string; }\n"
      "query feed() -> many user { LIVE SELECT * FROM user; }",
      NULL,
      "Declare the query as `-> live ...`, or leave LIVE out." },
    { "SG1505", "app.sg", "",
      "`each` and `live` hand out rows as they come, which a query of"
      " several results cannot; and a live query is one statement.",
      "model user { name string; }\n"
      "query both() -> (one int, each user)"
      " { RETURN 1; SELECT * FROM user; }",
      NULL,
      "Make it a query of its own, or write `many`." },
    { "SG1506", "app.sg", "",
      "The query promises a column that its statement never gives, so"
      " that every row would be refused.",
      "model user schemafull { name string; }\n"
      "query a() -> many { name: string, rank: int }"
      " { SELECT name FROM user; }",
      NULL,
      "Select the column under that name (`level AS rank`), or make it"
      " `option<...>`." },
    { "SG1508", "app.sg", "",
      "The rows of the query are read from a LET, BEGIN, COMMIT or CANCEL,"
      " which give nothing.",
      "query a() -> one int { LET $x = 1; }",
      NULL,
      "End the query with a RETURN, or name the statement that counts"
      " with `result n;` behind the braces. In a query of several results"
      " the shape of such a statement is `none`." },
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
