/* surrealgen/cli/pages_read.c: pages of SG10xx and SG11xx. */
#include "explain.h"

#include <stddef.h>

const cli_page cli_pages_read[] = {
    { "SG1001", "app.surql", "",
      "Schema files are UTF-8 text. This one holds bytes that are not:"
      " most often it was saved in an old encoding, or is no text at"
      " all.",
      NULL,
      "printf 'DEFINE TABLE caf\\351;' > app.surql",
      "Save the file as UTF-8, for example with `iconv -f latin1 -t"
      " utf-8`." },
    { "SG1002", "app.surql", "",
      "There is a NUL byte in the file. Text has none; the file may be"
      " UTF-16, or damaged.",
      NULL,
      "printf 'DEFINE\\000TABLE a;' > app.surql",
      "Save the file as UTF-8 without NUL bytes." },
    { "SG1003", "app.surql", "",
      "A schema file may have 8 MiB, which is far more than any schema"
      " needs. Larger files are data.",
      NULL,
      "head -c 8388609 /dev/zero | tr '\\0' ' ' > app.surql",
      "Keep data (INSERT statements, exports) out of the schema files,"
      " or split the file." },
    { "SG1004", "app.surql", "",
      "Brackets or types stand more than 128 deep within each other."
      " There is a limit so that no input can exhaust the stack.",
      NULL,
      "awk 'BEGIN { for (i = 0; i < 200; i++) s = s \"[\"; print \"LET"
      " $x = \" s }' > app.surql",
      "Give inner parts a name of their own: a function, a parameter, a"
      " struct." },
    { "SG1005", "app.surql", "",
      "This character has no meaning at this place, in SurrealQL nor in"
      " models. Letters beyond ASCII are fine in names that are quoted.",
      "DEFINE TABLE a \\;",
      NULL,
      "Delete it; write a name with such letters in back-quotes." },
    { "SG1006", "app.surql", "",
      "A string begins here and the file ends before it does. A quote"
      " within a string needs a backslash.",
      "DEFINE TABLE a COMMENT 'it never ends;",
      NULL,
      "Close the string with the quote it began with." },
    { "SG1007", "app.surql", "",
      "A comment begins with `/*` and the file ends before a `*/`.",
      "DEFINE TABLE a; /* never closed",
      NULL,
      "Write `*/` where the comment ends. `--` and `//` make comments"
      " of one line." },
    { "SG1008", "app.surql", "",
      "A name begins with a back-quote or an angle bracket and is not"
      " closed.",
      "DEFINE TABLE `order;",
      NULL,
      "Close the name with a back-quote." },
    { "SG1009", "app.surql", "",
      "The JavaScript body of a `function() { ... }` is not closed: a"
      " brace, a string or a comment in it stays open.",
      "RETURN function() { return \"}\";",
      NULL,
      "Close what is open. Braces within strings do not count." },
    { "SG1010", "app.surql", "",
      "A bracket is closed by one of another kind, by the `;` of the"
      " statement, or was never opened.",
      "DEFINE FIELD a ON t VALUE (1 + 2;",
      NULL,
      "Close the bracket that the message points at, or delete the one"
      " too many." },
    { "SG1011", "app.surql", "",
      "A type has more than 1024 parts. There is a limit so that no"
      " input can take all memory.",
      NULL,
      "awk 'BEGIN { s = \"1\"; for (i = 0; i < 2000; i++) s = s \"|\""
      " i; print \"DEFINE FIELD a ON t TYPE \" s \";\" }' > app.surql",
      "Use a wider type (`string`, `int`) and an ASSERT, or a table to"
      " look the value up in." },
    { "SG1012", "app.sg", "",
      "A table comes to more than 4096 columns, with those of the"
      " structs in it counted too. Structs within structs multiply.",
      NULL,
      "awk 'BEGIN { print \"model m {\"; for (i = 0; i < 5000; i++)"
      " print \"c\" i \" int;\"; print \"}\" }' > app.sg",
      "Keep parts of it in tables of their own, or in one column of"
      " type `object`." },
    { "SG1013", "app.surql", "",
      "A name holds the character NUL, by an escape. No server and no C"
      " program could say such a name.",
      "DEFINE TABLE `a\\0b`;",
      NULL,
      "Leave the escape out." },
    { "SG1101", "app.surql", "",
      "At this place something else has to stand; the message says"
      " what.",
      "DEFINE FIELD name ON user TYPE;",
      NULL,
      "Write what was expected. Often a word is missing, or the one"
      " before has a clause too many." },
    { "SG1102", "app.surql", "",
      "No statement of SurrealQL and no item of a model file starts"
      " with this word.",
      "DEFNE TABLE user;",
      NULL,
      "Correct the word; when a close one exists the message names it." },
    { "SG1103", "app.surql", "",
      "There is no such thing to DEFINE.",
      "DEFINE TABEL user;",
      NULL,
      "Correct the word behind DEFINE." },
    { "SG1105", "app.surql", "",
      "A clause is written twice in one statement. The server would"
      " take one of them without a word.",
      "DEFINE FIELD n ON t TYPE int DEFAULT 1 TYPE string;",
      NULL,
      "Keep the one that is meant." },
    { "SG1106", "app.surql", "",
      "The statement has no clause of this name.",
      "DEFINE FIELD n ON t TPYE int;",
      NULL,
      "Correct the word; the message names a close one." },
    { "SG1107", "app.surql", "",
      "`-- @word` in front of a statement, or `@word` in a model, is"
      " read as an attribute, and there is none of this name. Spelled"
      " wrongly it would do nothing at all, so it is an error.",
      "-- @encrpt(argon2)\n"
      "DEFINE FIELD password ON user TYPE string;",
      NULL,
      "Correct the name. A comment that is only text must not begin"
      " with `-- @`." },
    { "SG1108", "app.sg", "",
      "The attribute exists, but not with this argument.",
      "model user {\n"
      "  name string @c(max: 0);\n"
      "}",
      NULL,
      "See the attributes in the manual: `surrealgen man"
      " surrealgen-schema`." },
    { "SG1109", "app.surql", "",
      "A statement begins before the one in front of it ended.",
      "DEFINE TABLE user SCHEMAFULL\n"
      "DEFINE FIELD name ON user TYPE string;",
      NULL,
      "End each statement with `;`." },
    { "SG1110", "app.surql", "",
      "Models, enums and structs stand in `.sg` files. A `.surql` file"
      " is plain SurrealQL, which every tool for SurrealDB can read.",
      "model user { name string; }",
      NULL,
      "Move it to a file whose name ends in `.sg`; such a file may hold"
      " DEFINE statements as well." },
    { "SG1111", "app.sg", "",
      "A password or key is written into a schema file. Such files are"
      " committed, and what is committed stays readable for good.",
      "access api on database type jwt { algorithm HS512 key"
      " \"secret\"; }",
      NULL,
      "Write `env(\"NAME\")` or `file(\"path\")`; it is read when the"
      " schema is applied." },
    { "SG1112", "app.sg", "",
      "The braces of a query are empty: there is nothing to run.",
      "query nothing() -> none { }",
      NULL,
      "Write a statement into it." },
    { "SG1113", "app.sg", "",
      "`result` says which statement of the query has its result, and"
      " there is no statement with that number. The first is 1.",
      "query two() -> one int { LET $a = 1; RETURN $a; } result 3;",
      NULL,
      "Give the number of a statement, or leave `result` out: the last"
      " one counts then." },
    { "SG1114", "app.surql", "",
      "A query begins a transaction and does not end it. The server"
      " would throw away what was done in it.",
      "-- @query open() -> one int\n"
      "BEGIN;\n"
      "RETURN 1;",
      NULL,
      "Write `COMMIT;` behind the last statement of it." },
    { "SG1115", "app.sg", "",
      "`include` names a file or a pattern and there is no such file."
      " Paths start in the folder of the file they stand in.",
      "include \"nowhere/*.sg\";",
      NULL,
      "Correct the path." },
    { "SG1116", "app.sg", "",
      "The file is there but cannot be read; the message has the"
      " system's reason.",
      "include \"/proc/self/mem\";",
      NULL,
      "Make it readable, or correct the path." },
    { "SG1117", "app.sg", "",
      "The attribute exists, but means nothing on what it is written"
      " on.",
      "@server prefix shop;",
      NULL,
      "Move it to what the message names, or delete it." },
    { "SG1118", "app.surql", "",
      "A DEFINE has a clause that this version does not know. The"
      " statement is kept as it is and goes to the server so; nothing"
      " in it is checked.",
      "DEFINE EVENT a ON t WEN $event = 'CREATE' THEN { RETURN 1 };",
      NULL,
      "Correct the word if it is spelled wrongly. If a newer server has"
      " it, `@allow(SG1118, \"why\")` silences this." },
    { "SG1119", "app.sg", "",
      "`use` puts the members of a mixin into a model or an edge. It"
      " works nowhere else.",
      "mixin a { x int; }\n"
      "mixin b { use a; y int; }",
      NULL,
      "Write `use` in the models, once for each mixin." },
    { "SG1120", "app.surql", "",
      "`-- @query` makes the one statement behind it a query. Here no"
      " statement follows, or there are two such comments in front of"
      " one.",
      "-- @query a() -> one int\n"
      "-- @query b() -> one int\n"
      "RETURN 1;",
      NULL,
      "Write one such comment in front of one statement; a query of"
      " several needs the block of an .sg file." },
    { NULL, NULL, NULL, NULL, NULL, NULL, NULL }
};
