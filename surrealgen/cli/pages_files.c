/* surrealgen/cli/pages_files.c: pages of SG8xx, about folders of migrations. */
#include "explain.h"

#include <stddef.h>

const cli_page cli_pages_files[] = {
    { "SG801", "a folder of migrations",
      "$ surrealgen migrate check",
      "The migrations of a database are one line, each behind its parent,"
      " and only one is the newest. Here two are: two branches were merged"
      " that both added a migration. The same code stands for a database"
      " whose history does not fit the files: a migration that was edited"
      " after it was applied, or one the files do not know.",
      NULL,
      "surrealgen migrate new a && mv migrations aside && surrealgen"
      " migrate new b && mv aside/* migrations",
      "`surrealgen migrate rebase` puts the newer one behind the other. An"
      " edited migration: undo the edit and write another one; when the"
      " edit is right and only the history is behind, `surrealgen migrate"
      " repair ID`." },
    { "SG802", "migrations/20260801_init.surql",
      "$ surrealgen migrate check",
      "Something in the folder of migrations is named like none, or a file"
      " where a folder should be. Migrations are folders called by 14"
      " digits, `_` and a name of letters, digits, `_` and `-`; what is"
      " skipped without a word could be one that was meant to run.",
      "DEFINE TABLE post;",
      NULL,
      "Let `surrealgen migrate new NAME` make the folder. Files such as a"
      " README are left alone; other folders belong elsewhere." },
    { "SG803", "migrations/20260801120000_init/up.surql",
      "$ surrealgen migrate check",
      "A migration has three files: up.surql, down.surql and schema.snap."
      " One is not there.",
      "-- surrealgen migration 1\n"
      "-- id:      20260801120000_init\n"
      "-- parent:  none\n"
      "-- target:  surrealdb >= 3.0\n"
      "\n"
      "DEFINE TABLE post;",
      NULL,
      "Take it from the history of the repository. When there is no way"
      " back, down.surql is a file with `-- irreversible: why` in it." },
    { "SG804", "a folder of migrations",
      "$ surrealgen migrate check",
      "A file of a migration is there and cannot be read: no permission, or"
      " it is no file.",
      NULL,
      "mkdir -p migrations/20260801120000_init/up.surql",
      "The message has the reason of the system." },
    { "SG805", "migrations/20260801120000_init/up.surql",
      "$ surrealgen migrate check",
      "up.surql begins with lines that say what it is: its format, its id,"
      " its parent, the server it is for. Without them nobody can say in"
      " what order migrations run.",
      "DEFINE TABLE post;",
      NULL,
      "Let `surrealgen migrate new NAME` write a migration with its header"
      " and put the statements behind it." },
    { "SG806", "migrations/20260801120000_init/up.surql",
      "$ surrealgen migrate check",
      "The header of a migration names another id than its folder."
      " Databases remember migrations by their id: with the wrong one this"
      " would be applied a second time, or taken for another.",
      "-- surrealgen migration 1\n"
      "-- id:      20260801120000_first\n"
      "-- parent:  none\n"
      "-- target:  surrealdb >= 3.0\n"
      "\n"
      "DEFINE TABLE post;",
      NULL,
      "Where the migration was applied already, give the folder its name"
      " back. Otherwise write the name of the folder into the header." },
    { "SG807", "migrations/20260801120000_init/up.surql",
      "$ surrealgen migrate check",
      "The parent of a migration, the one it was made behind, is not in the"
      " folder.",
      "-- surrealgen migration 1\n"
      "-- id:      20260801120000_init\n"
      "-- parent:  20260701090000_base  3f9ac1d2\n"
      "-- target:  surrealdb >= 3.0\n"
      "\n"
      "DEFINE TABLE post;",
      NULL,
      "Bring the folder back from the history of the repository. If it was"
      " renamed, databases know it by its former name." },
    { "SG808", "a folder of migrations",
      "$ surrealgen migrate check",
      "The statements of a migration are not what they were when the one"
      " behind it was made. Comments, blanks and the case of keywords do"
      " not count. A database that has it applied is not what the files"
      " say.",
      NULL,
      "surrealgen migrate new a && surrealgen migrate new b && for f in"
      " migrations/*/up.surql; do echo 'DEFINE TABLE a;' >> $f; done",
      "Undo the edit, and change what is to be changed with a new"
      " migration. When no database has the migration yet, `surrealgen"
      " migrate rebase ID` with the id of the one behind it takes it as it"
      " is now." },
    { "SG809", "a folder of migrations",
      "$ surrealgen migrate check",
      "schema.snap holds the schema behind a migration: the next one is"
      " made by comparing with it. It was edited, or a merge went wrong, so"
      " that the comparison would miss something.",
      NULL,
      "surrealgen migrate new a && for f in migrations/*/up.surql"
      " migrations/*/schema.snap; do echo 'DEFINE TABLE a;' >> $f; done",
      "Take the file from the history of the repository. If it was edited"
      " on purpose, for a migration written by hand, write the checksum the"
      " message has behind `-- schema:`." },
    { "SG810", "migrations/20260801120000_init/up.surql",
      "$ surrealgen migrate check",
      "A comment `-- step:` or `-- where:` is not understood. They say how"
      " statements run; one that was passed over would run them in another"
      " way.",
      "-- surrealgen migration 1\n"
      "-- id:      20260801120000_init\n"
      "-- parent:  none\n"
      "-- target:  surrealdb >= 3.0\n"
      "\n"
      "-- step: data\n"
      "UPDATE $batch SET n = 1;",
      NULL,
      "`-- step: tx [touch=a,b]` begins statements of one transaction, `--"
      " step: data TABLE [batch=N] [quiet]` one statement that works on"
      " $batch, with `-- where: CONDITION` for some rows only, `-- step:"
      " index TABLE NAME` one DEFINE INDEX ... CONCURRENTLY." },
    { "SG811", "migrations/20260801120000_init/up.surql",
      "$ surrealgen migrate check",
      "A statement that a migration cannot hold. BEGIN and COMMIT: each"
      " step is a transaction. USE: the rest would run in another database."
      " OPTION: see `quiet`. RETURN, also within a block, a call or an IF:"
      " the server leaves out all statements behind it, commits what was"
      " before, and reports no error. BREAK and CONTINUE outside of FOR:"
      " they fail, and SurrealDB 3 commits the statements around them. The"
      " tables whose names begin with"
      " `_surrealgen_` hold the history of migrations.",
      "-- surrealgen migration 1\n"
      "-- id:      20260801120000_init\n"
      "-- parent:  none\n"
      "-- target:  surrealdb >= 3.0\n"
      "\n"
      "BEGIN;\n"
      "DEFINE TABLE post;\n"
      "COMMIT;",
      NULL,
      "Take it out. A block has the value of its last expression, without"
      " RETURN. Bodies of functions, events and closures may have RETURN." },
    { "SG812", "migrations/20260801120000_init/up.surql",
      "$ surrealgen migrate check",
      "The statements of a step do not fit its kind: a data step is one"
      " statement with $batch in it, an index step one DEFINE INDEX ..."
      " CONCURRENTLY of just that index, and a step has a statement.",
      "-- surrealgen migration 1\n"
      "-- id:      20260801120000_init\n"
      "-- parent:  none\n"
      "-- target:  surrealdb >= 3.0\n"
      "\n"
      "-- step: data post\n"
      "UPDATE post SET n = 1;",
      NULL,
      "Divide the statements with more `-- step:` lines; `-- step: tx`"
      " takes any number." },
    { "SG813", "a folder of migrations",
      "$ surrealgen migrate check",
      "up.surql has no statement. Once applied, it could not be filled:"
      " that would be an edit of an applied migration.",
      NULL,
      "surrealgen migrate new a",
      "Write the statements, or remove the folder." },
    { "SG814", "a folder of migrations",
      "$ surrealgen migrate check",
      "Two migrations have the same 14 digits. Their order in a list, and"
      " what a shortened id means, would be a matter of luck.",
      NULL,
      "surrealgen migrate new a && b=$(echo migrations/*_a | sed"
      " 's/_a$/_b/') && cp -r migrations/*_a $b && sed -i 's/_a$/_b/'"
      " $b/up.surql",
      "Raise the last digit of one of them that no database has yet, in the"
      " name of its folder, its `-- id:` and the `-- parent:` of what"
      " follows." },
    { "SG815", "migrations/20260801120000_init/up.surql",
      "$ surrealgen migrate check",
      "Following the parents of a migration leads back to it, so that none"
      " could be the first.",
      "-- surrealgen migration 1\n"
      "-- id:      20260801120000_init\n"
      "-- parent:  20260801120000_init  3f9ac1d2\n"
      "-- target:  surrealdb >= 3.0\n"
      "\n"
      "DEFINE TABLE post;",
      NULL,
      "One of the `-- parent:` lines was edited: take it from the history"
      " of the repository." },
    { "SG816", "migrations/20260801120000_init/up.surql",
      "$ surrealgen migrate check",
      "A line of the header of up.surql has a value that is none, or stands"
      " twice.",
      "-- surrealgen migration 1\n"
      "-- id:      20260801120000_init\n"
      "-- parent:  none\n"
      "-- target:  the newest\n"
      "\n"
      "DEFINE TABLE post;",
      NULL,
      "The message says what was expected. `surrealgen migrate new NAME`"
      " shows a header as it should be." },
    { "SG817", "a folder of migrations",
      "$ surrealgen migrate check",
      "down.surql has no statement and does not say why: going back past"
      " this migration will be refused.",
      NULL,
      "surrealgen migrate new a && echo 'DEFINE TABLE a;' >> $(echo"
      " migrations/*_a/up.surql)",
      "Write the statements that undo up.surql, or `-- irreversible: why`"
      " when there are none." },
    { "SG818", "migrations/20260801120000_init/schema.snap",
      "$ surrealgen migrate check",
      "The first line of schema.snap says what it is and for which server."
      " This file has another one.",
      "DEFINE TABLE post;",
      NULL,
      "Take the file from the history of the repository." },
    { "SG819", "migrations/20260801120000_init/up.surql",
      "$ surrealgen migrate check",
      "`-- sg-allow` names a rule of `migrate lint` and why it does not"
      " hold here. The reason is missing, or there is no such rule.",
      "-- surrealgen migration 1\n"
      "-- id:      20260801120000_init\n"
      "-- parent:  none\n"
      "-- target:  surrealdb >= 3.0\n"
      "\n"
      "-- sg-allow SG401:\n"
      "DEFINE TABLE post;",
      NULL,
      "Write `-- sg-allow CODE: reason` on the line before the statement,"
      " or into the header for the whole migration. Reasons are printed"
      " with the plan." },
    { "SG821", "migrations/20260801120000_init/up.surql",
      "$ surrealgen migrate check",
      "A comment begins with a word that is almost one of those that mean"
      " something, so that it does nothing.",
      "-- surrealgen migration 1\n"
      "-- id:      20260801120000_init\n"
      "-- parent:  none\n"
      "-- target:  surrealdb >= 3.0\n"
      "\n"
      "-- stepp: data post\n"
      "DEFINE TABLE post;",
      NULL,
      "Write the word as it should be. If it is a remark, leave the `:`"
      " out." },
    { "SG822", "a folder of migrations",
      "$ surrealgen migrate check",
      "A merge stopped here and left both texts with its marks.",
      NULL,
      "surrealgen migrate new a && for f in migrations/*/up.surql; do"
      " printf '<<<<<<< HEAD\\n' >> $f; done",
      "Take one of the two. Two branches never write into one migration:"
      " somebody edited one that was there." },
    { "SG830", "a folder of migrations",
      "$ surrealgen migrate generate b new.sg",
      "A change needs a data step that no recipe of `migrate generate`"
      " can write: values in arrays of arrays get another type or another"
      " name.",
      NULL,
      "echo 'model t schemafull { a array<object>; a.*.b array<object>;"
      " a.*.b.*.c string; }' > new.sg && surrealgen migrate generate a"
      " new.sg && sed -i 's/c string/c int/' new.sg",
      "Write it by hand: `surrealgen migrate generate --empty NAME`, and"
      " put the definitions, the data step and the new schema.snap into"
      " it." },
    { NULL, NULL, NULL, NULL, NULL, NULL, NULL }
};
