/* surrealgen/cli/pages_more.c: pages of SG4xx, SG7xx and others. */
#include "explain.h"

#include <stddef.h>

const cli_page cli_pages_more[] = {
    { "SG401", "app.sg", "",
      "A `value` clause runs on every update of the row. One that"
      " hashes a password hashes the hash again when any other column"
      " changes; from then on nobody can sign in.",
      "model user schemafull {\n"
      "  password string value crypto::argon2::generate($value);\n"
      "}",
      NULL,
      "Write `password string @encrypt(argon2);`: it hashes a password"
      " only when it changes." },
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
    { "SG407", "app.sg", "",
      "The default of a set is written as an array. SurrealDB 3 does"
      " not turn one into the other and refuses every row that needs"
      " the default.",
      "model a schemafull {\n"
      "  tags set<string> default ['a'];\n"
      "}",
      NULL,
      "Put `<set>` in front: `default <set>['a']`." },
    { "SG408", "app.sg", "--target 2.x",
      "SurrealDB 2 takes the length of an array as the most it may"
      " hold, SurrealDB 3 as exactly how many. The struct in C has"
      " exactly as many.",
      "model a schemafull {\n"
      "  v array<float, 3>;\n"
      "}",
      NULL,
      "Add `assert array::len($value) = 3`, which says the same on"
      " both." },
    { "SG409", "app.sg", "",
      "The index wants vectors of one length, the type of its column"
      " holds another. No row fits both.",
      "model a schemafull {\n"
      "  v array<float, 3>;\n"
      "  index near (v) hnsw dimension 4 dist cosine;\n"
      "}",
      NULL,
      "Give both the same number." },
    { "SG410", "app.sg", "",
      "The default of an array of fixed length has another length."
      " SurrealDB 3 refuses every row that needs it.",
      "model a schemafull {\n"
      "  v array<float, 3> default [];\n"
      "}",
      NULL,
      "Make it `option<array<float, 3>>` without a default, or write a"
      " default with as many elements." },
    { "SG411", "app.sg", "",
      "`$value.table` reads a column called `table` of the other"
      " record. What was meant is the name of the table the record is"
      " in.",
      "model a schemafull {\n"
      "  owner record<a> assert $value.table = 'a';\n"
      "}",
      NULL,
      "Write `record::tb($value)`, or leave it out: the type says it"
      " already." },
    { "SG412", "app.sg", "",
      "A table with `drop` throws away every row that is written to it."
      " It is for tables whose rows only feed a view or an event; it"
      " does not remove a table.",
      "model gone schemaless drop { x int; }",
      NULL,
      "Leave `drop` out, or remove the table with `REMOVE TABLE`." },
    { "SG413", "app.sg", "",
      "A struct within another type is only names and types there: its"
      " defaults and asserts do not run. They do where the struct is"
      " the type of a column, of an array or of an option.",
      "struct place {\n"
      "  street string;\n"
      "  country string default 'CH';\n"
      "}\n"
      "model a schemafull { either place | string; }",
      NULL,
      "Give the column the struct alone, or move the clauses to the"
      " column." },
    { "SG414", "app.sg", "",
      "`flexible` lets an object have more keys than were declared. In"
      " a table that is not schemafull every object does.",
      "model a schemaless { x object flexible; }",
      NULL,
      "Leave `flexible` out, or make the table schemafull." },
    { "SG415", "app.sg", "--target 2.x",
      "SurrealDB 2 checks the type of a column before it runs a `value`"
      " in brackets. A row that leaves the column out is refused.",
      "model a schemafull {\n"
      "  n int value { 1 + 1 };\n"
      "}",
      NULL,
      "Leave the brackets out, or give the column a default as well." },
    { "SG416", "app.sg", "",
      "A vector index is made on a column whose type does not say what"
      " the elements are. It works in the database; in C there is no"
      " type for it.",
      "model a schemafull {\n"
      "  w array;\n"
      "  index near (w) hnsw dimension 4 dist cosine;\n"
      "}",
      NULL,
      "Write the type out: `array<float, 4>`." },
    { "SG417", "app.sg", "--target 2.x",
      "A computed column becomes a future on SurrealDB 2. The server"
      " works a future out when it hands a row over, after WHERE was"
      " asked: SELECT shows the value, a search by it finds nothing.",
      "model person schemafull {\n"
      "  age    int;\n"
      "  adult  bool  computed age >= 18;\n"
      "}",
      NULL,
      "Search by what it is made of (`WHERE age >= 18`), or store it:"
      " `value age >= 18` in place of `computed`. Where nothing searches"
      " by it, write `@allow(SG417)` behind it." },
    { "SG419", "app.surql", "",
      "A VALUE clause runs on every update. This one hashes what may be"
      " a hash already; after the first update of another column nobody"
      " can sign in.",
      "DEFINE TABLE user SCHEMAFULL;\n"
      "DEFINE FIELD password ON user TYPE string VALUE"
      " crypto::scrypt::generate($value);",
      NULL,
      "Hash only what changed: `VALUE IF $before = NONE OR $value !="
      " $before { ... } ELSE { $value }`, or `@encrypt(scrypt)` in a"
      " model." },
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
    { "SG703", "app.sg", "",
      "`@c(type: ..., via: ...)` gives a column a C type of your own."
      " `type` is one or more words, as C has them, and `via` is what"
      " the names of its two functions begin with: what stands there"
      " cannot be written into the C.",
      "model shop {\n"
      "  price  string  @c(type: \"money*\", via: \"money\");\n"
      "}",
      NULL,
      "Give a pointer or an array a name with `typedef` first, and name"
      " the header that has it: `@c(type: \"money_t\", via: \"money\","
      " include: \"money.h\")` with money_decode and money_encode in"
      " money.h." },
    { "SG1510", "app.sg", "",
      "A query uses a name with `$` that is none of its parameters, is"
      " not bound in it, and is none of the server's own.",
      "model bill { paid bool; }\n"
      "query of($paid: bool) -> many bill {\n"
      "  SELECT * FROM bill WHERE paid = $payd;\n"
      "}",
      NULL,
      "Correct the name, or declare the parameter in the brackets"
      " behind the name of the query." },
    { "SG1601", "app.surql", "$ surrealgen fmt --to model app.surql",
      "The statement does something once (INSERT, REMOVE, LET) or"
      " controls the run. A file of models describes, and has no place"
      " for it.",
      "INSERT INTO a { x: 1 };",
      NULL,
      "Keep the statement in a .surql file of its own." },
    { "SG1602", "app.surql", "$ surrealgen fmt --to model app.surql",
      "The statement says something that no item of the language has."
      " It is kept as DEFINE, word for word, and works the same.",
      "DEFINE USER ann ON DATABASE PASSWORD 'secret' ROLES VIEWER;",
      NULL,
      "Put the secret into the environment, and write `env(\"NAME\")`"
      " in an item; otherwise nothing has to be done." },
    { "SG1603", "", "",
      "After formatting, the text was read again and did not say the"
      " same. The file was left as it was. This is a fault of"
      " surrealgen, not of the file.",
      NULL,
      NULL,
      "Report it with the file; until then leave this file out of"
      " `fmt`." },
    { "SG1604", "app.sg", "$ surrealgen fmt --to define app.sg",
      "The item has no form in SurrealQL, so that it cannot be"
      " converted to a DEFINE statement.",
      "enum state: string { open, done }\n"
      "query all($a: state) -> none { RETURN $a; }",
      NULL,
      "Keep it in an .sg file, and convert the rest." },
    { "SG1610", "app.sg",
      "$ surrealgen query check --url ws://127.0.0.1:8000 app.sg",
      "The server cannot read the query: a function it does not have, or"
      " a clause in the wrong place. The place is the one the server"
      " named.",
      "model person schemafull {\n"
      "  name string;\n"
      "}\n"
      "query named() -> many { name: string } {\n"
      "  SELECT name FROM person WHERE string::foo(name);\n"
      "}",
      NULL,
      "Correct the text. When it is right for the server it is meant"
      " for, check it with that one: functions and clauses differ"
      " between versions." },
    { "SG1611", "app.sg",
      "$ surrealgen query check --url ws://127.0.0.1:8000 --with-schema"
      " app.sg",
      "The server reads the query and then refuses to run it. It ran in"
      " a transaction that was rolled back, with a made-up value for each"
      " parameter.",
      "model person schemafull {\n"
      "  name string;\n"
      "}\n"
      "query enter() -> none {\n"
      "  CREATE person SET name = 1;\n"
      "}",
      NULL,
      "Read what the server says. When only the made-up value is at"
      " fault, give the parameter a default that works: it is used in"
      " its place. When the tables are not on the server yet,"
      " `--with-schema` defines them for the trial." },
    { "SG1612", "app.sg",
      "$ surrealgen query check --url ws://127.0.0.1:8000 --with-schema"
      " app.sg",
      "The query declares a column that is not in the row that came. A"
      " program that reads it would be told that it is missing.",
      "model person schemafull {\n"
      "  name string;\n"
      "}\n"
      "query enter() -> one { name: string, nick: string } {\n"
      "  CREATE person SET name = 'Ann';\n"
      "}",
      NULL,
      "Select it in the query, correct its name, or declare it as"
      " `option<...>` when it may be missing." },
    { "SG1613", "app.sg",
      "$ surrealgen query check --url ws://127.0.0.1:8000 app.sg",
      "The query goes to another database with USE. A trial stays in the"
      " database that was named, so this query is not run.",
      "query away() -> none {\n"
      "  USE NS other DB other;\n"
      "}",
      NULL,
      "Leave USE out, and select the database when the connection is"
      " opened, or with surreal_use()." },
    { "SG1614", "app.sg",
      "$ surrealgen check --check-with ws://127.0.0.1:8000 app.sg",
      "The schema is right as far as surrealgen can tell, and the server"
      " refuses one of its statements. They ran in a transaction that was"
      " rolled back; the place is the clause that is to blame.",
      "model person schemafull {\n"
      "  name string assert string::foo($value);\n"
      "}",
      NULL,
      "Correct the clause. When it is right for another version, check"
      " with a server of that one." },
    { NULL, NULL, NULL, NULL, NULL, NULL, NULL }
};
