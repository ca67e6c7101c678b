/* surrealgen/cli/pages_lint.c: pages of the rules of `migrate lint`.
 *
 * Their examples are the up.surql of a migration: tests/cli/explain.sh puts
 * them behind the schema of tests/migrate/lint/base. */
#include "explain.h"

#include <stddef.h>

const cli_page cli_pages_lint[] = {
    { "SG101", "up.surql", "$ surrealgen migrate lint",
      "A migration removes a table. Its rows go with it, and every "
      "link and edge that leads to them leads nowhere afterwards: a"
      " server does not look after them.",
      "REMOVE TABLE user;",
      NULL,
      "When it is meant, say so: `-- sg-allow SG101: why` on the "
      "line before the statement, or `--allow data-loss` for one "
      "run. With --url the rows are counted; an empty table is not "
      "reported." },
    { "SG102", "up.surql", "$ surrealgen migrate lint",
      "A migration removes a column, and the values in it are gone."
      " No way down brings them back.",
      "REMOVE FIELD nick ON user;\n"
      "UPDATE user UNSET nick;",
      NULL,
      "If the column only has another name now, write `@was(nick)` "
      "behind the new one and generate the migration again: it then"
      " moves the values. If they may go, `-- sg-allow SG102: why` "
      "on the line before, or --allow data-loss. `up --archive` "
      "keeps them for a while." },
    { "SG103", "up.surql", "$ surrealgen migrate lint",
      "A statement takes away everything there is: REMOVE DATABASE,"
      " REMOVE NAMESPACE, or a DELETE that names no rows.",
      "DELETE user;",
      NULL,
      "Add a WHERE. When every row is meant, `-- sg-allow SG103: "
      "why` on the line before, or --allow data-loss." },
    { "SG104", "up.surql", "$ surrealgen migrate lint",
      "The type of a column loses a value that rows may have. The "
      "server changes no row and looks at none: the next UPDATE of "
      "such a row fails.",
      "DEFINE FIELD OVERWRITE state ON user TYPE 'draft' | 'live';",
      NULL,
      "Give those rows another value first: `UPDATE user SET state "
      "= 'draft' WHERE state = 'gone';` in a step before it." },
    { "SG105", "up.surql", "$ surrealgen migrate lint",
      "An access method or a user goes. Tokens that were made with "
      "it are worth nothing any more, even when it is defined "
      "again: it then has another key.",
      "REMOVE ACCESS member ON DATABASE;",
      NULL,
      "To change it, write `DEFINE ACCESS OVERWRITE`, which keeps "
      "who is signed in as long as the key stays." },
    { "SG106", "up.surql", "$ surrealgen migrate lint",
      "The rows of a table are copied into another one and the "
      "table is removed. The name of the table is a part of every "
      "record id, so all of them have new ids: links and edges to "
      "the old ones lead nowhere.",
      "DEFINE TABLE member SCHEMALESS PERMISSIONS NONE;\n"
      "INSERT INTO member (SELECT * FROM user);\n"
      "REMOVE TABLE user;",
      NULL,
      "When only the name in C is to change, keep the table and "
      "write `@c(name: member)`. Otherwise write `@was(user)` at the "
      "model and let `migrate generate --rewrite-links` copy the rows "
      "and rewrite every link, or do that by hand in the same "
      "migration and say so with `-- sg-allow SG106: why`." },
    { "SG201", "up.surql", "$ surrealgen migrate lint",
      "A new column is required, and rows that are there get no "
      "value for it: reading them gives NONE, and the next UPDATE "
      "of one fails.",
      "DEFINE FIELD slug ON post TYPE string;",
      NULL,
      "Three statements: define it as `option<string>`; `UPDATE "
      "post SET slug = ... WHERE slug = NONE` in a data step; "
      "define it again with OVERWRITE as `string`. `migrate "
      "generate` writes them when the column has a default or is "
      "given one with `--backfill`." },
    { "SG202", "up.surql", "$ surrealgen migrate lint",
      "A default is for rows that are created. Those that are there"
      " stay without a value, and the next UPDATE of one fails.",
      "DEFINE FIELD rank ON post TYPE int DEFAULT 1;",
      NULL,
      "Fill them in a step before: define it as `option<int>`, "
      "`UPDATE post SET rank = 1 WHERE rank = NONE`, then as `int "
      "DEFAULT 1`. Or write `DEFAULT ALWAYS`, which fills a row at "
      "its next UPDATE." },
    { "SG203", "up.surql", "$ surrealgen migrate lint",
      "A column gets a type its values do not have. The server does"
      " not change them, and the next UPDATE of such a row fails.",
      "DEFINE FIELD OVERWRITE age ON user TYPE string;",
      NULL,
      "Define it as `int | string`, cast in a data step, `UPDATE "
      "$batch SET age = <string> age`, then define it as `string`." },
    { "SG204", "up.surql", "$ surrealgen migrate lint",
      "A UNIQUE index over values that occur twice cannot be built:"
      " the server says so and the migration is rolled back. "
      "Without a server this is a note, for nobody knows the rows.",
      "DEFINE INDEX title_ix ON post FIELDS title UNIQUE;",
      NULL,
      "`surrealgen migrate dups post.title` shows the values that "
      "occur more than once." },
    { "SG205", "up.surql", "$ surrealgen migrate lint",
      "A definition asks more of rows than the one before, and "
      "nothing looks whether they have it. A row that does not fit "
      "fails at its next UPDATE.",
      "DEFINE FIELD OVERWRITE title ON post TYPE string ASSERT "
      "string::len($value) > 3;",
      NULL,
      "Write `-- step: tx touch=post` over the step: before it is "
      "applied it is tried on every row of `post`, in a transaction"
      " that is rolled back." },
    { "SG206", "up.surql", "$ surrealgen migrate lint",
      "A column is removed and its values stay in the rows. On a "
      "SCHEMAFULL table every later UPDATE of such a row fails: it "
      "has a column nobody defines. SurrealDB 2 takes the value away "
      "at that UPDATE: there it is a warning.",
      "-- sg-allow SG102: never written\n"
      "REMOVE FIELD nick ON user;",
      NULL,
      "Add `UPDATE user UNSET nick;` behind the REMOVE." },
    { "SG207", "up.surql", "$ surrealgen migrate lint",
      "UNSET takes a value away from a column that is still "
      "required, or read-only. The server refuses that for every "
      "row.",
      "UPDATE user UNSET age;\n"
      "-- sg-allow SG102: never written\n"
      "REMOVE FIELD age ON user;",
      NULL,
      "Remove the column first, then UNSET." },
    { "SG208", "up.surql", "$ surrealgen migrate lint",
      "Edges may have fewer tables at their ends than before, or "
      "ENFORCED asks that both ends exist. Edges that are there are"
      " not looked at. Without a server this is a warning.",
      "DEFINE TABLE OVERWRITE likes TYPE RELATION IN user OUT post "
      "SCHEMAFULL PERMISSIONS NONE;",
      NULL,
      "Delete or change the edges that do not fit in a step before "
      "it; the message has the SELECT that finds them." },
    { "SG209", "up.surql", "$ surrealgen migrate lint",
      "With ON DELETE CASCADE, deleting a record deletes the rows "
      "that link to it. Programs that delete today do not expect "
      "it.",
      "DEFINE FIELD OVERWRITE author ON post TYPE record<user> "
      "REFERENCE ON DELETE CASCADE;",
      NULL,
      "Look at who deletes such records. `ON DELETE REJECT` refuses"
      " instead, `ON DELETE UNSET` only takes the link away." },
    { "SG301", "up.surql", "$ surrealgen migrate lint",
      "A column gets another name while programs still run that "
      "read and write it under the old one.",
      "DEFINE FIELD short ON user TYPE option<string>;\n"
      "-- step: data user quiet\n"
      "UPDATE $batch SET short = nick;\n"
      "-- step: tx\n"
      "REMOVE FIELD nick ON user;\n"
      "UPDATE user UNSET nick;",
      NULL,
      "`migrate generate --phased` writes two migrations: one that "
      "adds the new name, and one, for when no old program runs any"
      " more, that takes the old one away." },
    { "SG302", "up.surql", "$ surrealgen migrate lint --schema program.sg",
      "A function goes, or takes other arguments, and a query of "
      "the schema files, or another definition, calls it as it was. "
      "`check` tells the same of queries and the functions of the "
      "schema files.",
      "REMOVE FUNCTION fn::total;",
      NULL,
      "Change who calls it first, or give the new function another "
      "name and remove the old one when nobody calls it." },
    { "SG303", "up.surql", "$ surrealgen migrate lint --schema program.sg",
      "A column goes, and a query of the schema files uses it.",
      "-- sg-allow SG102: never written\n"
      "REMOVE FIELD nick ON user;\n"
      "UPDATE user UNSET nick;",
      NULL,
      "Change the query first. Only queries where it is certain are"
      " told: those whose tables are all known." },
    { "SG304", "up.surql", "$ surrealgen migrate lint",
      "Somebody may see or change more than before, or less. An "
      "OVERWRITE without PERMISSIONS counts: it is NONE for a "
      "table, FULL for a column or a function.",
      "DEFINE TABLE OVERWRITE post SCHEMAFULL;\n"
      "DEFINE TABLE OVERWRITE user SCHEMAFULL;",
      NULL,
      "The message has both. When it is meant, `-- sg-allow SG304: "
      "why` on the line before." },
    { "SG305", "up.surql", "$ surrealgen migrate lint",
      "The header says `-- phase: contract`: what it takes away, "
      "programs of before still use. `up` applies what stands before "
      "it and stops there, with exit 4.",
      "-- phase: contract\n"
      "-- sg-allow SG102: nobody reads it\n"
      "REMOVE FIELD nick ON user;\n"
      "UPDATE user UNSET nick;",
      NULL,
      "When the last old program is gone, `migrate up --after-deploy`; "
      "`migrate lint --after-deploy` looks at the rest of it." },
    { "SG420", "up.surql", "$ surrealgen migrate lint",
      "UPDATE runs the events of a table, its VALUE clauses and "
      "DEFAULT ALWAYS for each row: `updated_at` moves, mails go "
      "out.",
      "UPDATE post SET score = score + 1;",
      NULL,
      "Make it a step `-- step: data post quiet` with `UPDATE "
      "$batch SET ...`: then nothing else runs, and nothing is "
      "checked either." },
    { "SG421", "up.surql", "$ surrealgen migrate lint",
      "An index that is built CONCURRENTLY is ready later, or fails"
      " later: the statement itself always works.",
      "DEFINE INDEX score_ix ON post FIELDS score CONCURRENTLY;",
      NULL,
      "Put it behind a line `-- step: index post score_ix`: `up` "
      "then waits, and fails when it does." },
    { "SG422", "up.surql", "$ surrealgen migrate lint",
      "A UNIQUE index does not see rows that were written in its "
      "own transaction: values that occur twice stay.",
      "UPDATE user SET nick = name;\n"
      "DEFINE INDEX nick_ix ON user FIELDS nick UNIQUE;",
      NULL,
      "Put a line `-- step: tx` before the DEFINE INDEX: it is then"
      " a transaction of its own." },
    { "SG423", "up.surql", "$ surrealgen migrate lint",
      "On SurrealDB 3 a view that is there cannot be defined over: "
      "the server writes its rows anew and finds them there already.",
      "DEFINE TABLE OVERWRITE per_user AS SELECT author, count() AS"
      " n FROM post GROUP BY author;",
      NULL,
      "Write `REMOVE TABLE per_user;` before it and DEFINE TABLE "
      "without OVERWRITE: a view has no rows of its own to lose." },
    { "SG424", "up.surql", "$ surrealgen migrate lint",
      "The type of `id` says what the key of a record may be. It "
      "does not make one: SurrealDB 3 refuses a default on it, 2 takes "
      "no notice of it.",
      "DEFINE FIELD id ON post TYPE string DEFAULT rand::ulid();",
      NULL,
      "Leave the default out; whoever creates a record gives the "
      "id, `CREATE post:ulid()`, or the server makes a random one." },
    { "SG501", "", "",
      "A statement writes more than 50,000 rows in one transaction:"
      " it takes long, much memory, and meets other writers.",
      NULL, NULL,
      "Make it a step `-- step: data TABLE` with `UPDATE $batch "
      "...`: a thousand rows at a time, and what is done stays done"
      " when it is stopped. Only `migrate lint` and `up` with a "
      "server can tell." },
    { "SG502", "", "",
      "An index is built over more than 50,000 rows in a "
      "transaction. Whoever writes into the table waits for it.",
      NULL, NULL,
      "Add CONCURRENTLY and a line `-- step: index TABLE NAME` "
      "before it. Only `migrate lint` and `up` with a server can "
      "tell." },
    { "SG503", "up.surql", "$ surrealgen migrate lint --schema program.sg",
      "Every index is written with every row. This one starts with "
      "columns that no query of the files looks for; or a query "
      "looks for a column that no index begins with, and so at "
      "every row.",
      "DEFINE INDEX score_ix ON post FIELDS score;",
      NULL,
      "Take it out, unless programs have queries of their own. "
      "`check --notes` says it of a schema, and of queries without "
      "an index." },
    { "SG504", "app.sg", "--notes",
      "All that an index can do another one does too, since its "
      "columns begin with the same ones.",
      "model user schemafull {\n"
      "  name string;\n"
      "  age  int;\n"
      "  index a (name);\n"
      "  index b (name, age);\n"
      "}",
      NULL,
      "Take the shorter one out." },
    { "SG601", "app.surql", "--notes",
      "A table without PERMISSIONS has none: who signs in with an "
      "access of records sees no row of it, and gets no error.",
      "DEFINE TABLE post SCHEMAFULL;\n"
      "DEFINE ACCESS member ON DATABASE TYPE RECORD DURATION FOR "
      "SESSION 12h;",
      NULL,
      "Write `PERMISSIONS NONE` when that is meant, or who may do "
      "what." },
    { "SG602", "app.sg", "--notes",
      "Everybody may select from the table, also the column that is"
      " a secret or the hash of a password.",
      "model user schemafull permissions full {\n"
      "  name  string;\n"
      "  token string @secret;\n"
      "}",
      NULL,
      "Give the column `permissions for select none`, or the table "
      "less." },
    { "SG603", "app.surql", "--notes",
      "A password, a key or a token stands in the file. Whoever may"
      " read the file, or its history, has it.",
      "DEFINE USER admin ON DATABASE PASSWORD 'hunter2' ROLES "
      "OWNER;",
      NULL,
      "An .sg file can name it: `password env(\"ADMIN_PASSWORD\")`. "
      "In a migration, define the user by hand, or with PASSHASH; in "
      "surrealgen.toml write `env:NAME` or `file:PATH`. "
      "What stood in a file should be changed." },
    { "SG604", "app.surql", "--notes",
      "An access without DURATION FOR SESSION makes sessions that "
      "never end, whatever becomes of the token.",
      "DEFINE ACCESS tokens ON DATABASE TYPE JWT URL "
      "'https://example.com/keys';",
      NULL,
      "Say how long: `DURATION FOR SESSION 12h`; `NONE`, when "
      "endless is meant." },
    { "SG704", "app.sg", "--notes",
      "Names of tables, or of the columns of one table, are written"
      " in several styles, or differ in nothing but case. SurrealDB"
      " takes `userId` and `userid` for two columns.",
      "model user schemafull {\n"
      "  first_name string;\n"
      "  lastName   string;\n"
      "}",
      NULL,
      "Choose one style; a rename of a column that is in use is "
      "`@was(old)`." },
    { "SG901", "up.surql", "$ surrealgen migrate lint",
      "A line `-- sg-allow` allows what nothing here has: the "
      "statement is another one now, or the line stands in the "
      "wrong place.",
      "-- sg-allow SG102: never written\n"
      "DEFINE FIELD more ON user TYPE option<string>;",
      NULL,
      "Take the line out. It belongs on a line before the statement"
      " it is about, or into the header to be about all." },
    { NULL, NULL, NULL, NULL, NULL, NULL, NULL }
};
