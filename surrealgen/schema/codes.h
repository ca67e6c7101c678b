/* surrealgen/schema/codes.h: every diagnostic, one row each.
 *
 * X(code, short text). The short text is the title `explain` prints; the
 * message of a diagnostic names the things at hand. A code never changes its
 * meaning and is never used again: SG1104 was "not read by this version of
 * surrealgen", when it did not read the whole language. 4xx: version of the
 * server. 10xx: reading the file. 11xx: form. 12xx: meaning. 15xx: queries.
 * 16xx: conversions and a server's answers. 7xx: the C emitter. Of
 * migrations: 1xx what goes away, 2xx rows that do not fit, 3xx who uses what
 * changes, 420 and up how statements go together, 5xx size, 6xx who may see
 * what, 8xx files and plans, 9xx the rules themselves. */
#ifndef GEN_CODES_H
#define GEN_CODES_H

#define GEN_CODES(X) \
    X(SG101, "a table goes, with its rows") \
    X(SG102, "a column goes, with its values") \
    X(SG103, "everything in it goes") \
    X(SG104, "a variant goes that rows may have") \
    X(SG105, "who is signed in may be signed out") \
    X(SG106, "a table is renamed by a copy") \
    X(SG201, "a required column that old rows do not have") \
    X(SG202, "a default that old rows do not get") \
    X(SG203, "another type, and the values stay as they are") \
    X(SG204, "a unique index over values that occur twice") \
    X(SG205, "rows that may not fit, and nobody looks") \
    X(SG206, "a column goes and its values stay") \
    X(SG207, "values are taken away before their column") \
    X(SG208, "edges that would lead nowhere") \
    X(SG209, "a DELETE will take more with it") \
    X(SG301, "a column is renamed under running programs") \
    X(SG302, "a function changes that somebody calls") \
    X(SG303, "a query uses a column that goes") \
    X(SG304, "other permissions") \
    X(SG305, "a migration that waits until old programs are gone") \
    X(SG401, "a hash would be hashed again") \
    X(SG402, "a function was renamed in SurrealDB 3.0") \
    X(SG403, "needs a newer SurrealDB than the target") \
    X(SG404, "is gone from the SurrealDB the target names") \
    X(SG405, "a regular expression takes no flags") \
    X(SG406, "a SurrealDB 1.x spelling") \
    X(SG407, "the default of a set is an array") \
    X(SG408, "an array of fixed length may be shorter on SurrealDB 2") \
    X(SG409, "a vector index and its column differ in length") \
    X(SG410, "the default of an array of fixed length is empty") \
    X(SG411, "`$value.table` is a column, not the table of a record") \
    X(SG412, "`drop` throws away what is written") \
    X(SG413, "clauses of a struct where they do not work") \
    X(SG414, "`flexible` in a table that is not schemafull") \
    X(SG415, "a value in brackets comes too late on SurrealDB 2") \
    X(SG416, "a vector without the type of its elements") \
    X(SG417, "a computed column that WHERE cannot see on SurrealDB 2") \
    X(SG419, "a hash is hashed again") \
    X(SG830, "a change without a recipe") \
    X(SG420, "rows are rewritten, and events run") \
    X(SG421, "an index is built on the side, and nobody waits") \
    X(SG422, "a unique index beside the rows it is over") \
    X(SG423, "a view is written over") \
    X(SG424, "`id` has a default") \
    X(SG501, "very many rows in one transaction") \
    X(SG502, "an index over very many rows stops who writes") \
    X(SG503, "an index no query uses, or a query without one") \
    X(SG504, "an index another one makes needless") \
    X(SG601, "a table that says nothing of permissions") \
    X(SG602, "everybody may read a secret") \
    X(SG603, "a secret in a file") \
    X(SG604, "a session that never ends") \
    X(SG704, "names of several styles") \
    X(SG901, "`sg-allow` that allows nothing") \
    X(SG1001, "the file is not UTF-8 text") \
    X(SG1002, "the file holds a NUL byte") \
    X(SG1003, "the file is too large") \
    X(SG1004, "nested too deep") \
    X(SG1005, "a character that means nothing here") \
    X(SG1006, "a string is not closed") \
    X(SG1007, "a comment is not closed") \
    X(SG1008, "a quoted name is not closed") \
    X(SG1009, "a script body is not closed") \
    X(SG1010, "brackets do not match") \
    X(SG1011, "a type has too many parts") \
    X(SG1012, "a table has too many columns") \
    X(SG1013, "a name holds a NUL") \
    X(SG1101, "something else was expected") \
    X(SG1102, "no statement starts like this") \
    X(SG1103, "no such thing to DEFINE") \
    X(SG1105, "a clause is given twice") \
    X(SG1106, "no such clause") \
    X(SG1107, "no such attribute") \
    X(SG1108, "an attribute is used wrongly") \
    X(SG1109, "a `;` is missing") \
    X(SG1110, "a block in a .surql file") \
    X(SG1111, "a secret in an .sg file") \
    X(SG1112, "a query without a statement") \
    X(SG1113, "a query has no such statement") \
    X(SG1114, "a transaction that does not end") \
    X(SG1115, "an include that finds no file") \
    X(SG1116, "an included file cannot be read") \
    X(SG1117, "an attribute where it means nothing") \
    X(SG1118, "a clause this version does not know, kept as it is") \
    X(SG1119, "`use` where it means nothing") \
    X(SG1120, "`-- @query` without a statement behind it") \
    X(SG1121, "an include pattern that finds no file") \
    X(SG1201, "a table is defined twice") \
    X(SG1202, "a field is defined twice") \
    X(SG1203, "an index is defined twice") \
    X(SG1204, "a name is declared twice") \
    X(SG1205, "a name belongs to a built-in type") \
    X(SG1206, "two files set different things") \
    X(SG1211, "no such type") \
    X(SG1212, "types that cannot be combined") \
    X(SG1213, "a struct contains itself") \
    X(SG1214, "a path leads through something without members") \
    X(SG1221, "`id` cannot have this clause or type") \
    X(SG1222, "clauses that exclude each other") \
    X(SG1223, "only records can be references") \
    X(SG1224, "no such variant") \
    X(SG1225, "only objects can be flexible") \
    X(SG1226, "the columns of an index do not fit its kind") \
    X(SG1227, "an index names a column that is not there") \
    X(SG1228, "`@encrypt` does not fit here") \
    X(SG1229, "a column name would make the table unusable") \
    X(SG1232, "two parameters of one name") \
    X(SG1233, "something is defined twice") \
    X(SG1234, "no such mixin") \
    X(SG1235, "a type stands for itself") \
    X(SG1236, "a column has a reserved name") \
    X(SG1237, "an index names an analyzer that is not there") \
    X(SG1238, "a query gives what is no table and no type") \
    X(SG1239, "shapes and statements of a query differ in number") \
    X(SG1240, "a parameter that is not used") \
    X(SG1241, "an error cannot be allowed") \
    X(SG1501, "a query names a table that is not defined here") \
    X(SG1502, "a query names a column that is not there") \
    X(SG1503, "`live` without a LIVE SELECT") \
    X(SG1504, "a LIVE SELECT without `live`") \
    X(SG1505, "a shape that cannot stand here") \
    X(SG1506, "a column of the shape is never given") \
    X(SG1508, "a statement that gives nothing to read") \
    X(SG1242, "an event on a table that is not there") \
    X(SG1243, "a clause on a column of a view") \
    X(SG1244, "access whose parts do not fit its type") \
    X(SG1245, "no such tokenizer, filter or role") \
    X(SG1510, "a name with `$` that is not declared") \
    X(SG701, "two columns have one name in C") \
    X(SG702, "two tables have one name in C") \
    X(SG703, "a type of the user's is not given in full") \
    X(SG801, "the history of migrations is not one line") \
    X(SG802, "no name of a migration") \
    X(SG803, "a file of a migration is missing") \
    X(SG804, "a file of a migration cannot be read") \
    X(SG805, "the header of a migration is missing or incomplete") \
    X(SG806, "a migration has another id than its folder") \
    X(SG807, "the parent of a migration is not there") \
    X(SG808, "the parent of a migration was edited") \
    X(SG809, "schema.snap was edited") \
    X(SG810, "a step that is not understood") \
    X(SG811, "a statement that cannot stand in a migration") \
    X(SG812, "a step with other statements than its kind has") \
    X(SG813, "a migration without statements") \
    X(SG814, "two migrations of one moment") \
    X(SG815, "the parents of migrations form a circle") \
    X(SG816, "a line of the header is not understood") \
    X(SG817, "no way back, and no reason") \
    X(SG818, "a snapshot that is not read") \
    X(SG819, "`sg-allow` without a code or a reason") \
    X(SG821, "a remark that looks like more") \
    X(SG822, "a merge left its marks") \
    X(SG1601, "a statement that cannot stand in a .sg file") \
    X(SG1602, "a statement that stays DEFINE in a .sg file") \
    X(SG1604, "no DEFINE statement says this") \
    X(SG1610, "a query the server does not read") \
    X(SG1611, "a query the server does not run") \
    X(SG1612, "a declared column that does not come") \
    X(SG1613, "a query that cannot be tried") \
    X(SG1614, "a definition the server refuses") \
    X(SG1231, "no such table here, but one with a close name")

/* The rows above that are warnings: what `@allow` can silence. */
#define GEN_WARNINGS(X) \
    X(SG302) \
    X(SG407) \
    X(SG408) \
    X(SG409) \
    X(SG410) \
    X(SG411) \
    X(SG412) \
    X(SG413) \
    X(SG415) \
    X(SG416) \
    X(SG417) \
    X(SG419) \
    X(SG503) \
    X(SG504) \
    X(SG601) \
    X(SG602) \
    X(SG603) \
    X(SG604) \
    X(SG704) \
    X(SG817) \
    X(SG821) \
    X(SG1118) \
    X(SG1121) \
    X(SG1231) \
    X(SG1237) \
    X(SG1240) \
    X(SG1602) \
    X(SG1501) \
    X(SG1502)

typedef enum gen_code {
#define GEN_CODE_ENUM(code, text) code,
    GEN_CODES(GEN_CODE_ENUM)
#undef GEN_CODE_ENUM
    GEN_CODE_COUNT
} gen_code;

#endif
