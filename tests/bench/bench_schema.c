/* tests/bench/bench_schema.c: schemas of any size, and what they cost.
 *
 *   cc -O2 -Isurrealgen tests/bench/bench_schema.c surrealgen/[a-z]*.c
 *
 *   bench_schema make KIND N     a schema of N of a kind on stdout
 *   bench_schema run FILE [DIR]  one line: CPU ms of lex, parse, check, emit
 *                                and all, peak MiB, KiB of C; writes the C
 *                                to DIR if there is one
 *
 * A run is a process of its own, so that its peak is its own. `lex` is
 * measured once more on the side, since reading a file is lexing and parsing
 * in one. */
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L
#endif
#include "schema/front.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

/* ---- schemas ------------------------------------------------------------ */

/* Twenty columns, eight of them optional, as two in five are in the schema
 * files people write. One enum and one struct for ten. */
static void
put_model(unsigned i, unsigned n)
{
    unsigned near = (i + 1) % n;
    unsigned far = (i * 7 + 3) % n;
    unsigned part = i / 10;

    printf("/// What number %u is about.\nmodel thing_%u schemafull {\n", i,
           i);
    printf("  code     string    assert string::len($value) > 2;\n"
           "  title    option<string>;\n"
           "  /// Where it stands.\n"
           "  state    state_%u  default 'draft';\n"
           "  owner    record<thing_%u>;\n"
           "  parent   option<record<thing_%u>>;\n",
           part, near, far);
    printf("  tags     array<string>  default [];\n"
           "  links    array<record<thing_%u>>  default [];\n"
           "  price    decimal   assert $value >= 0;\n"
           "  weight   option<float>;\n"
           "  amount   int       default 0;\n"
           "  most     option<int>;\n"
           "  active   bool      default true;\n",
           far);
    printf("  seen     option<datetime>;\n"
           "  created  datetime  @server default time::now() readonly;\n"
           "  home     option<address_%u>;\n"
           "  extra    option<object>;\n"
           "  spot     option<geometry<point>>;\n"
           "  token    uuid;\n"
           "  ratio    float;\n"
           "  nick     string | null  default NULL;\n",
           part);
    printf("  unique code_ix (code);\n  index owner_ix (owner, state);\n"
           "  permissions for select full, for create, update, delete"
           " where owner = $auth.id;\n}\n\n");
}

static void
put_models(unsigned n)
{
    unsigned i;

    for (i = 0; i < n; i++) {
        if (i % 10 == 0) {
            printf("enum state_%u : string { draft, placed, paid, sent,"
                   " gone, lost }\n\n"
                   "struct address_%u {\n  street string;\n  zip string"
                   " assert string::len($value) >= 4;\n  city string;\n"
                   "  country option<string>;\n}\n\n",
                   i / 10, i / 10);
        }
        put_model(i, n);
    }
}

/* The same in statements of the server. */
static void
put_define(unsigned i, unsigned n)
{
    static const char *const types[20] = {
        "string ASSERT string::len($value) > 2", "option<string>",
        "'draft' | 'placed' | 'paid' DEFAULT 'draft'", "record<thing_0>",
        "option<record<thing_0>>", "array<string> DEFAULT []",
        "array<record<thing_0>> DEFAULT []", "decimal ASSERT $value >= 0",
        "option<float>", "int DEFAULT 0", "option<int>",
        "bool DEFAULT true", "option<datetime>",
        "datetime DEFAULT time::now() READONLY", "object",
        "option<object>", "option<geometry<point>>", "uuid", "float",
        "option<string | int>"};
    unsigned k;

    (void)n;
    printf("DEFINE TABLE thing_%u TYPE NORMAL SCHEMAFULL PERMISSIONS FOR"
           " select FULL, FOR create, update, delete WHERE owner ="
           " $auth.id;\n",
           i);
    for (k = 0; k < 20; k++) {
        printf("DEFINE FIELD part_%u ON thing_%u TYPE %s;\n", k, i,
               types[k]);
    }
    printf("DEFINE INDEX part_ix ON thing_%u FIELDS part_0 UNIQUE;\n", i);
}

static void
put_wide(unsigned n)
{
    unsigned i;

    printf("model wide schemafull {\n");
    for (i = 0; i < n; i++) {
        printf("  column_%u %s;\n", i, i % 5 < 2 ? "option<int>" : "string");
    }
    printf("}\n");
}

static void
put_variants(unsigned n)
{
    unsigned i;

    printf("enum many : string {\n");
    for (i = 0; i < n; i++) {
        printf("  variant_%u%s\n", i, i + 1 < n ? "," : "");
    }
    printf("}\nmodel one { kind many; }\n");
}

/* Structs, each with one of the next inside: few deep, then many wide. */
static void
put_structs(unsigned n)
{
    unsigned i;

    for (i = 0; i < n; i++) {
        printf("struct part_%u {\n  name string;\n  size int;\n", i);
        if (i % 16 != 15 && i + 1 < n) printf("  next part_%u;\n", i + 1);
        printf("}\n");
    }
    for (i = 0; i < n; i += 16) {
        printf("model whole_%u { first option<part_%u>; more"
               " array<part_%u>; }\n", i, i, i);
    }
}

static void
put_enums(unsigned n)
{
    unsigned i;

    for (i = 0; i < n; i++) {
        printf("enum kind_%u : string { a, b, c }\n", i);
    }
    for (i = 0; i < n; i++) {
        printf("model t_%u { k kind_%u; s 'x' | 'y'; }\n", i, i);
    }
}

static void
put_errors(unsigned n)
{
    unsigned i;

    printf("model wrong {\n");
    for (i = 0; i < n; i++) {
        printf("  column_%u strng;\n", i);
    }
    printf("}\n");
}

static void
put_bad_defines(unsigned n)
{
    unsigned i;

    for (i = 0; i < n; i++) {
        printf("DEFINE FIELD a%u ON ghost TYPE string TYPE int;\n", i);
    }
}

/* Peers: the same columns as messages of protobuf and of flatbuffers. */
static void
put_proto(unsigned n)
{
    unsigned i;

    printf("syntax = \"proto3\";\npackage bench;\n");
    for (i = 0; i < n; i++) {
        if (i % 10 == 0) {
            printf("enum State%u { S%u_A = 0; S%u_B = 1; S%u_C = 2; }\n"
                   "message Address%u { string street = 1; string zip = 2;"
                   " string city = 3; optional string country = 4; }\n",
                   i / 10, i / 10, i / 10, i / 10, i / 10);
        }
        printf("message Thing%u {\n  string code = 1;\n  optional string"
               " title = 2;\n  State%u state = 3;\n  string owner = 4;\n"
               "  optional string parent = 5;\n  repeated string tags = 6;\n"
               "  repeated string links = 7;\n  string price = 8;\n"
               "  optional double weight = 9;\n  int64 amount = 10;\n",
               i, i / 10);
        printf("  optional int64 most = 11;\n  bool active = 12;\n"
               "  optional int64 seen = 13;\n  int64 created = 14;\n"
               "  optional Address%u home = 15;\n  optional bytes extra ="
               " 16;\n  optional bytes spot = 17;\n  bytes token = 18;\n"
               "  double ratio = 19;\n  optional string nick = 20;\n}\n",
               i / 10);
    }
}

static void
put_flat(unsigned n)
{
    unsigned i;

    printf("namespace bench;\n");
    for (i = 0; i < n; i++) {
        if (i % 10 == 0) {
            printf("enum State%u : byte { A, B, C }\n"
                   "table Address%u { street:string; zip:string;"
                   " city:string; country:string; }\n",
                   i / 10, i / 10);
        }
        printf("table Thing%u {\n  code:string; title:string; state:State%u;"
               " owner:string;\n  parent:string; tags:[string];"
               " links:[string]; price:string;\n  weight:double;"
               " amount:long; most:long; active:bool;\n",
               i, i / 10);
        printf("  seen:long; created:long; home:Address%u; extra:[ubyte];\n"
               "  spot:[ubyte]; token:[ubyte]; ratio:double;"
               " nick:string;\n}\n",
               i / 10);
    }
}

static int
make(const char *kind, unsigned n)
{
    unsigned i;

    if (!strcmp(kind, "models")) {
        put_models(n);
    } else if (!strcmp(kind, "defines")) {
        for (i = 0; i < n; i++) {
            put_define(i, n);
        }
    } else if (!strcmp(kind, "wide")) {
        put_wide(n);
    } else if (!strcmp(kind, "variants")) {
        put_variants(n);
    } else if (!strcmp(kind, "structs")) {
        put_structs(n);
    } else if (!strcmp(kind, "enums")) {
        put_enums(n);
    } else if (!strcmp(kind, "errors")) {
        put_errors(n);
    } else if (!strcmp(kind, "bad-defines")) {
        put_bad_defines(n);
    } else if (!strcmp(kind, "proto")) {
        put_proto(n);
    } else if (!strcmp(kind, "flat")) {
        put_flat(n);
    } else {
        fprintf(stderr, "there is no kind `%s`\n", kind);
        return 2;
    }
    return ferror(stdout) || fflush(stdout) ? 1 : 0;
}

/* ---- runs --------------------------------------------------------------- */

static double
now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static char *
read_all(const char *path, size_t *len)
{
    FILE *from = fopen(path, "rb");
    char *bytes;
    long size;

    if (!from || fseek(from, 0, SEEK_END) || (size = ftell(from)) < 0 ||
        fseek(from, 0, SEEK_SET)) {
        perror(path);
        exit(1);
    }
    bytes = (char *)malloc((size_t)size + 1);
    if (!bytes || fread(bytes, 1, (size_t)size, from) != (size_t)size) {
        perror(path);
        exit(1);
    }
    fclose(from);
    *len = (size_t)size;
    return bytes;
}

typedef struct written {
    const char *dir; /* NULL: only counted */
    size_t bytes;
} written;

static bool
take(void *user, const char *path, const char *bytes, size_t len)
{
    written *w = (written *)user;
    FILE *to;

    w->bytes += len;
    if (!w->dir) return true;
    to = fopen(path, "wb");
    return to && fwrite(bytes, 1, len, to) == len && !fclose(to);
}

static double
lex_alone(const char *name, const char *bytes, size_t len)
{
    gen_ctx *ctx = gen_open(NULL);
    gen_file *file = (gen_file *)gen_new(ctx, sizeof *file);
    double start;

    file->name = gen_str_lit(name);
    file->text = gen_str_copy(ctx, bytes, len);
    file->is_sg = strlen(name) > 3 && !strcmp(name + strlen(name) - 3, ".sg");
    start = now_ms();
    gen_lex(ctx, file);
    start = now_ms() - start;
    gen_close(ctx);
    return start;
}

static int
run(const char *path, const char *dir)
{
    written w;
    gen_emit_options how;
    gen_surql_options sql;
    struct rusage use;
    gen_buf out;
    gen_ctx *ctx = gen_open(NULL);
    size_t len;
    char *bytes = read_all(path, &len);
    double lex = lex_alone(path, bytes, len);
    double start = now_ms();
    double t[4];

    w.dir = dir;
    w.bytes = 0;
    memset(&how, 0, sizeof how);
    how.ctx = ctx;
    how.out_dir = dir ? dir : ".";
    how.write = take;
    how.user = &w;
    gen_add_text(ctx, path, bytes, len);
    t[0] = now_ms();
    gen_finish(ctx);
    t[1] = now_ms();
    if (!gen_error_count(ctx)) {
        memset(&sql, 0, sizeof sql);
        gen_buf_init(&out, ctx);
        gen_emit_surql(ctx, &sql, &out);
        t[2] = now_ms();
        gen_emit_c(gen_schema_of(ctx), &how);
    } else {
        t[2] = now_ms();
    }
    if (gen_error_count(ctx)) {
        gen_buf_init(&out, ctx);
        gen_print_diags(ctx, &out, false);
    }
    t[3] = now_ms();
    getrusage(RUSAGE_SELF, &use);
    printf("%.2f %.2f %.2f %.2f %.2f %.2f %.1f %zu %zu\n", lex,
           t[0] - start - lex, t[1] - t[0], t[2] - t[1], t[3] - t[2],
           t[3] - start, (double)use.ru_maxrss / 1024, w.bytes / 1024,
           gen_error_count(ctx));
    gen_close(ctx);
    free(bytes);
    return 0;
}

int
main(int argc, char **argv)
{
    if (argc == 4 && !strcmp(argv[1], "make")) {
        return make(argv[2], (unsigned)strtoul(argv[3], NULL, 10));
    }
    if (argc >= 3 && argc <= 4 && !strcmp(argv[1], "run")) {
        return run(argv[2], argc == 4 ? argv[3] : NULL);
    }
    fputs("usage: bench_schema make KIND N | run FILE [DIR]\n", stderr);
    return 2;
}
