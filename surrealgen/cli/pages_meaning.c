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
      "`id` is the key of the record. Its type can be checked; a value,"
      " a default or an encryption cannot be given to it.",
      "DEFINE FIELD id ON t TYPE string DEFAULT 'x';",
      NULL,
      "Delete the clause and give the id when the record is made." },
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
    { NULL, NULL, NULL, NULL, NULL, NULL, NULL }
};
