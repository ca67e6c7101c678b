/* tests/fuzz/fuzz_schema_tokens.c: any sequence of words as a schema file.
 *
 *   make build/fuzz/fuzz_schema_tokens && \
 *       build/fuzz/fuzz_schema_tokens -max_total_time=60
 *
 * Bytes choose from the words and signs of the language, and from openings
 * that lead deep into it, so that a fuzzer gets behind the first word. The
 * first byte chooses .sg or .surql and the server. With FUZZ_SHOW in the
 * environment the text is printed first. */
#include "schema_checks.h"

/* The first are whole openings; then one word each. */
static const char *const words[] = {
    "model a {\n", "model b schemafull {\n", "edge e from a to b {\n",
    "enum m : string {", "enum n : int {", "struct s {", "mixin x {",
    "type t =", "view v {", "query q(", "function fn::f(", "access u on",
    "DEFINE TABLE a", "DEFINE FIELD f ON a TYPE", "DEFINE INDEX i ON a",
    "DEFINE EVENT v ON a WHEN", "DEFINE ACCESS u ON DATABASE TYPE",
    "DEFINE FUNCTION fn::f(", "DEFINE ANALYZER l", "DEFINE PARAM $p VALUE",
    "DEFINE USER r ON ROOT", "DEFINE SEQUENCE o", "-- @c(name: z)\n",
    "/// doc\n", "//! file\n", "-- @query q($p: int) -> one a\n",
    "f string", "g option<", "h array<", "  unique u (", "  index i (",
    "}\n", "{", "(", ")", "[", "]", "<", ">", ";\n", ",", ":", "::", ".",
    "..", "..=", "*", "[*]", ".*", "=", "==", "!=", ">=", "<=", "+", "-",
    "/", "?", "??", "?:", "|", "||", "&&", "->", "<-", "<->", "<~", "@",
    "@@", "$", "#", "!", "%", "~", "^", "\\", "`", "'", "\"", "\n", "\r\n",
    "a", "b", "f", "g", "s", "m", "t", "x", "id", "in", "out", "`a b`",
    "$p", "$value", "$auth", "$this", "0", "1", "-1", "4096", "1.5", "2f",
    "3dec", "9223372036854775808", "1d", "30d12h", "'text'", "\"x\"",
    "d'2026-01-01T00:00:00Z'", "u'00000000-0000-0000-0000-000000000000'",
    "r'a:1'", "b'00ff'", "/re/", "2.x", "3.0", "true", "false", "null",
    "none", "NONE", "any", "bool", "int", "float", "decimal", "number",
    "string", "bytes", "datetime", "duration", "uuid", "object", "range",
    "regex", "function", "option", "array", "set", "record", "references",
    "table", "file", "geometry", "point", "line", "polygon", "multipolygon",
    "collection", "literal", "DEFINE", "REMOVE", "ALTER", "OVERWRITE", "IF",
    "NOT", "EXISTS", "ON", "TABLE", "TYPE", "FIELD", "INDEX", "EVENT",
    "DROP", "SCHEMAFULL", "SCHEMALESS", "NORMAL", "RELATION", "ANY", "IN",
    "OUT", "FROM", "TO", "ENFORCED", "CHANGEFEED", "INCLUDE", "ORIGINAL",
    "AS", "SELECT", "WHERE", "GROUP", "BY", "PERMISSIONS", "NONE", "FULL",
    "FOR", "select", "create", "update", "delete", "FLEXIBLE", "READONLY",
    "DEFAULT", "ALWAYS", "VALUE", "ASSERT", "COMPUTED", "REFERENCE",
    "COMMENT", "FIELDS", "COLUMNS", "UNIQUE", "COUNT", "FULLTEXT", "SEARCH",
    "ANALYZER", "BM25", "HIGHLIGHTS", "HNSW", "MTREE", "DIMENSION", "DIST",
    "CONCURRENTLY", "WHEN", "THEN", "ASYNC", "RETRY", "MAXDEPTH",
    "TOKENIZERS", "FILTERS", "blank", "class", "snowball(english)",
    "CASCADE", "REJECT", "IGNORE", "UNSET", "JWT", "RECORD", "BEARER",
    "SIGNUP", "SIGNIN", "AUTHENTICATE", "WITH", "REFRESH", "ALGORITHM",
    "HS512", "KEY", "URL", "ISSUER", "DURATION", "TOKEN", "SESSION",
    "GRANT", "PASSWORD", "PASSHASH", "ROLES", "OWNER", "viewer", "DATABASE",
    "NAMESPACE", "ROOT", "BATCH", "START", "TIMEOUT", "model", "edge",
    "enum", "struct", "mixin", "type", "view", "query", "access", "user",
    "param", "sequence", "analyzer", "include", "target", "surrealdb",
    "prefix", "namespace", "use", "reserved", "unique", "index", "event",
    "default", "value", "assert", "computed", "readonly", "flexible",
    "permissions", "one", "maybe", "many", "each", "live", "result",
    "@server", "@secret", "@c(name: k)", "@c(max: 8)", "@c(skip)",
    "@was(o)", "@open", "@closed", "@deprecated", "@encrypt(argon2)",
    "@retry", "@allow(SG1202)", "env(\"X\")", "RETURN", "BEGIN", "COMMIT",
    "LET", "CREATE", "RELATE", "{ k: 'x' }", "fn::f()", "time::now()",
    "string::is::email($value)", "|$x| $x", "/* c */", "// c\n", "\xc3\xa9",
    "\xe2\x80\xa6", "int_", "class", "errno", "a_id", "get", "_x", "0x"
};

enum { WORDS = sizeof words / sizeof *words, TEXT_MAX = 32768 };

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    char *text;
    size_t at = 0;
    size_t i = 1;

    if (!len) return 0;
    text = (char *)malloc(TEXT_MAX + 64);
    if (!text) abort();
    if (data[0] & 2) {
        static const char target[] = "target surrealdb 2.x;\n";

        at = sizeof target - 1;
        memcpy(text, target, at);
    }
    /* Two bytes a word: there are more than 256. */
    for (; i + 1 < len && at < TEXT_MAX; i += 2) {
        const char *word = words[(data[i] | data[i + 1] << 8) % WORDS];
        size_t n = strlen(word);

        memcpy(text + at, word, n);
        at += n;
        /* The rest of the bits: now and then no blank between. */
        if ((data[i + 1] & 0xe0) != 0xe0) text[at++] = ' ';
    }
    if (getenv("FUZZ_SHOW")) fprintf(stderr, "%.*s\n", (int)at, text);
    text = (char *)realloc(text, at ? at : 1);
    if (!text) abort();
    schema_check(data[0] & 1 ? "fuzz.sg" : "fuzz.surql", text, at);
    free(text);
    return 0;
}
