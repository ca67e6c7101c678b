/* surrealgen/cli/pages_meaning.c: pages of SG12xx. */
#include "explain.h"

#include <stddef.h>

const cli_page cli_pages_meaning[] = {
    { "SG1201", "app.surql", "",
      "Two statements define the same table, and nothing says that the"
      " second one is meant to replace the first.",
      "DEFINE TABLE user;\n"
      "DEFINE TABLE user SCHEMAFULL;",
      NULL,
      "Delete one, or write OVERWRITE into the second." },
    { "SG1202", "app.surql", "",
      "Two statements define the same field of a table.",
      "DEFINE FIELD n ON t TYPE int;\n"
      "DEFINE FIELD n ON t TYPE string;",
      NULL,
      "Delete one, or write OVERWRITE into the second." },
    { "SG1203", "app.surql", "",
      "Two indexes of a table have one name.",
      "DEFINE INDEX ix ON t FIELDS a;\n"
      "DEFINE INDEX ix ON t FIELDS b;",
      NULL,
      "Rename one, or write OVERWRITE into the second." },
    { "SG1204", "app.sg", "",
      "Enums, structs and types share their names, and so do the"
      " variants of an enum: each name stands for one thing.",
      "enum state: string { open, done, open }",
      NULL,
      "Rename or delete one of them." },
    { "SG1205", "app.sg", "",
      "The name is that of a type SurrealQL has. A type of your own"
      " with that name would hide it, or be hidden.",
      "struct point { x float; y float; }",
      NULL,
      "Choose another name." },
    { "SG1206", "app.sg", "",
      "`target`, `prefix` and `namespace` hold for the whole schema,"
      " and two places set them differently.",
      "prefix shop;\n"
      "prefix store;\n"
      "model a { n int; }",
      NULL,
      "Keep one. A setting that several projects differ in belongs on"
      " the command line or into surrealgen.toml." },
    { "SG1211", "app.sg", "",
      "A type is named that SurrealQL does not have and no file"
      " declares.",
      "model user {\n"
      "  name strng;\n"
      "}",
      NULL,
      "Correct the name, or declare it with `enum`, `struct` or `type`." },
    { "SG1212", "app.surql", "",
      "The types do not make sense together: one takes everything the"
      " other does, or the server refuses the combination.",
      "DEFINE FIELD a ON t TYPE option<any>;",
      NULL,
      "Write the one that says it all; here `any`." },
    { "SG1213", "app.sg", "",
      "A struct holds itself, directly or by way of others. In C and in"
      " the database that would never end.",
      "struct node { next option<node>; }",
      NULL,
      "Link by records: make it a table, with a column"
      " `option<record<node>>`." },
    { "SG1214", "app.sg", "",
      "A path of the form `a.b` declares a member of `a`, but `a` has"
      " no members there, or they are declared elsewhere.",
      "struct address { city string; }\n"
      "model user {\n"
      "  home address;\n"
      "  home.zip string;\n"
      "}",
      NULL,
      "Declare the member where the message points: in the struct, or"
      " give the column the type `object`." },
    { "SG1221", "app.surql", "",
      "`id` is the key of the record. Its type can be checked, and is one"
      " that keys have: int, string, uuid, array or object; a value, a"
      " default or an encryption cannot be given to it.",
      "DEFINE FIELD id ON t TYPE string DEFAULT 'x';",
      NULL,
      "Delete the clause and give the id when the record is made; or"
      " write one of those types." },
    { "SG1222", "app.surql", "",
      "Two clauses of the statement contradict each other; the server"
      " refuses it, or one of them would never take effect.",
      "DEFINE FIELD a ON t TYPE int COMPUTED 1 VALUE 2;",
      NULL,
      "Delete one of the two that the message points at." },
    { "SG1223", "app.surql", "",
      "REFERENCE keeps track of records that point at each other. This"
      " column holds none.",
      "DEFINE FIELD a ON t TYPE int REFERENCE;",
      NULL,
      "Give it a type made of records, such as `option<record<user>>`,"
      " or delete REFERENCE." },
    { "SG1224", "app.sg", "",
      "A default or a comparison names a value that the enum does not"
      " have. The server would refuse every such record.",
      "enum state: string { draft, paid }\n"
      "model bill { state state default 'payed'; }",
      NULL,
      "Write one of the variants; the message points at the enum." },
    { "SG1225", "app.surql", "",
      "FLEXIBLE lets an object have keys that were not declared. This"
      " column is no object.",
      "DEFINE FIELD a ON t TYPE string FLEXIBLE;",
      NULL,
      "Delete FLEXIBLE, or give the column the type `object`." },
    { "SG1226", "app.surql", "",
      "The kind of the index decides how many columns it can have:"
      " COUNT none, full text and vectors one, others one or more.",
      "DEFINE INDEX ix ON t UNIQUE;",
      NULL,
      "Name the columns with FIELDS, or make an index for each." },
    { "SG1227", "app.sg", "",
      "An index is made on a column that the table does not have. The"
      " server accepts that, and the index stays empty.",
      "model user {\n"
      "  name string;\n"
      "  index by_name (nmae);\n"
      "}",
      NULL,
      "Correct the name of the column." },
    { "SG1228", "app.sg", "",
      "`@encrypt` writes VALUE and PERMISSIONS for a password of type"
      " `string`; it fits no other column, and knows `argon2`,"
      " `bcrypt`, `scrypt` and `pbkdf2`.",
      "model user {\n"
      "  pin int @encrypt(argon2);\n"
      "}",
      NULL,
      "Give the column the type `string` and no `value` or"
      " `permissions` of its own." },
    { "SG1229", "app.surql", "",
      "SurrealDB 3 accepts a column with this name, and then every"
      " statement on the table fails until it is removed.",
      "DEFINE FIELD select ON t TYPE int;",
      NULL,
      "Choose another name. As a nested column (`a.select`) it works." },
    { "SG1231", "app.surql", "",
      "A record type names a table that is in none of the files, while"
      " one with a close name is. It is a warning because the table may"
      " be defined elsewhere.",
      "DEFINE TABLE user;\n"
      "DEFINE FIELD by ON post TYPE record<usre>;",
      NULL,
      "Correct the name, or add the file that defines the table." },
    { "SG1232", "app.sg", "",
      "Two parameters have one name, so that only one of them could be"
      " used.",
      "function fn::add($a: int, $a: int) -> int { RETURN $a; }",
      NULL,
      "Rename one." },
    { "SG1233", "app.sg", "",
      "An analyzer, parameter, function or the like is defined twice.",
      "analyzer words tokenizers blank;\n"
      "analyzer words tokenizers class;",
      NULL,
      "Delete or rename one. In a .surql file OVERWRITE lets the second"
      " one win." },
    { "SG1234", "app.sg", "",
      "`use` names a mixin that no file declares.",
      "mixin stamps { made datetime; }\n"
      "model note { use stamp; }",
      NULL,
      "Correct the name." },
    { "SG1235", "app.sg", "",
      "A type stands for itself, by way of others, and so would never"
      " end.",
      "type a = b | int;\n"
      "type b = a | string;",
      NULL,
      "Break the circle; for data without end link records." },
    { "SG1236", "app.sg", "",
      "The name was reserved: a column of that name was there before"
      " with another meaning, and old rows may still hold it.",
      "model bill {\n"
      "  reserved discount;\n"
      "  discount decimal;\n"
      "}",
      NULL,
      "Choose another name, or delete the `reserved` when no old row is"
      " left." },
    { "SG1237", "app.sg", "",
      "A full text index names an analyzer that none of the files"
      " defines. The server would refuse to fill it.",
      "analyzer english tokenizers blank;\n"
      "model post { t string; index a (t) fulltext analyzer enlgish"
      " bm25; }",
      NULL,
      "Correct the name, or define the analyzer." },
    { "SG1238", "app.sg", "",
      "A query says what it gives, and that is neither a table nor a"
      " type.",
      "model user { name string; }\n"
      "query all() -> many usr { SELECT * FROM user; }",
      NULL,
      "Name a table, a type, or write the type out: `{ name: string }`." },
    { "SG1239", "app.sg", "",
      "A query with shapes in brackets has one for each statement that"
      " gives something; the numbers differ.",
      "query a() -> (one int, one int) { RETURN 1; }",
      NULL,
      "Write as many shapes as statements; `none` for one that counts"
      " for nothing." },
    { "SG1240", "app.sg", "",
      "A query has a parameter that its statements do not use. Most"
      " often another name was meant there.",
      "query a($used: int, $unused: int) -> one int { RETURN $used; }",
      NULL,
      "Use it or delete it." },
    { "SG1241", "app.sg", "",
      "`@allow` silences warnings. This code is an error: what it is"
      " about does not work, and saying so does not help.",
      "@allow(SG1201, \"why not\") model a { x int; }",
      NULL,
      "Correct what the error is about." },
    { "SG1242", "app.sg", "",
      "An event is written for a table that no file defines.",
      "model person { name string; }\n"
      "event welcome on persn then { RETURN 1 };",
      NULL,
      "Correct the name of the table, or write the event into the"
      " model." },
    { "SG1243", "app.sg", "",
      "A view is made by its SELECT; its columns say the types that"
      " come out. A clause of theirs would never run.",
      "model a { n int; }\n"
      "view v { n int default 5; } as SELECT n FROM a;",
      NULL,
      "Leave the clause out, and put what it says into the SELECT." },
    { "SG1244", "app.sg", "",
      "The parts of an access do not fit its type: `signup` and"
      " `signin` belong to `record`, a key to `jwt`, and `jwt` needs"
      " one.",
      "access api on database type jwt { duration session 1h; }",
      NULL,
      "Add what the message names, or change the type." },
    { "SG1245", "app.sg", "",
      "The server has no tokenizer, filter or role of this name.",
      "analyzer words tokenizers blnak, class;",
      NULL,
      "Correct the name; the message has a close one." },
    { NULL, NULL, NULL, NULL, NULL, NULL, NULL }
};
