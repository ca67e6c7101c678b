/* examples/countries/countries.c: the countries of the world in SurrealDB.
 *
 *   make demo
 *
 * The recipe, from schema file to typed rows: apply the schema, write every
 * row through generated code, read all of it back and compare, then ask. */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"

#include "load.h"

#include <stdio.h>
#include <string.h>

static const char rule[] =
    "------------------------------------------------------------";

/* Print a message and end: a demo needs nothing finer. */
static void
need(surreal *db, surreal_status status, const char *what)
{
    if (!status) return;
    fprintf(stderr, "%s: %s\n%s\n", what, surreal_status_text(status),
            surreal_last_error(db)->message);
    surreal_close(db);
    exit(1);
}

/* ---- writing ------------------------------------------------------------ */

static void
apply_schema(surreal *db, const char *path)
{
    static char text[65536];
    FILE *f = fopen(path, "rb");
    size_t len = 0;

    if (f) {
        len = fread(text, 1, sizeof text - 1, f);
        fclose(f);
    }
    if (!len) {
        fprintf(stderr, "cannot read %s\n", path);
        exit(1);
    }
    need(db, surreal_query_str(db, surreal_text_of(text, len),
                               SURREAL_NO_VARS, NULL), "schema");
}

static void
write_world(surreal *db, const world *w)
{
    size_t i;

    need(db, country_insert(db, w->countries, w->country_count, NULL),
         "countries");
    for (i = 0; i < w->border_count; i++) {
        need(db, borders_relate(db, country_id_str(w->borders[i].from),
                                country_id_str(w->borders[i].to), NULL, NULL),
             "borders");
    }
}

/* ---- reading back and comparing ----------------------------------------- */

static int
str_cmp(surreal_str a, surreal_str b)
{
    size_t len = a.len < b.len ? a.len : b.len;
    int order = memcmp(a.ptr, b.ptr, len);

    return order ? order : (a.len > b.len) - (a.len < b.len);
}

static int
by_id(const void *a, const void *b)
{
    return str_cmp(((const country *)a)->id.rid.key.s,
                   ((const country *)b)->id.rid.key.s);
}

static int
by_pair(const void *a, const void *b)
{
    const border_pair *x = (const border_pair *)a;
    const border_pair *y = (const border_pair *)b;
    int order = str_cmp(x->from, y->from);

    return order ? order : str_cmp(x->to, y->to);
}

static size_t
compare_countries(surreal *db, const world *w, size_t *read)
{
    country_rows rows;
    size_t equal = 0;
    size_t i;

    need(db, country_all(db, &rows), "read countries");
    *read += rows.count;
    qsort(rows.v, rows.count, sizeof rows.v[0], by_id);
    qsort(w->countries, w->country_count, sizeof w->countries[0], by_id);
    for (i = 0; i < rows.count && i < w->country_count; i++) {
        if (surreal_model_equal(&country_model, &rows.v[i],
                                &w->countries[i])) {
            equal++;
        } else {
            char text[4096];

            surreal_model_print(&country_model, &rows.v[i], text,
                                sizeof text);
            fprintf(stderr, "differs: %s\n", text);
        }
    }
    surreal_result_free(rows.result);
    return equal;
}

static size_t
compare_borders(surreal *db, const world *w, size_t *read)
{
    borders_rows rows;
    border_pair *pairs;
    size_t equal = 0;
    size_t i;

    need(db, borders_all(db, &rows), "read borders");
    *read += rows.count;
    pairs = (border_pair *)surreal_result_alloc(rows.result,
                                                rows.count * sizeof *pairs);
    if (!pairs) exit(1);
    for (i = 0; i < rows.count; i++) {
        pairs[i].from = rows.v[i].in.rid.key.s;
        pairs[i].to = rows.v[i].out.rid.key.s;
    }
    qsort(pairs, rows.count, sizeof *pairs, by_pair);
    qsort(w->borders, w->border_count, sizeof *w->borders, by_pair);
    for (i = 0; i < rows.count && i < w->border_count; i++) {
        if (!by_pair(&pairs[i], &w->borders[i])) equal++;
    }
    surreal_result_free(rows.result);
    return equal;
}

/* ---- asking ------------------------------------------------------------- */

/* Text in a column of `width` characters (not bytes). */
static void
cell(surreal_str text, int width)
{
    size_t i;

    printf("%.*s", SURREAL_FMT(text));
    for (i = 0; i < text.len; i++) {
        if (((unsigned char)text.ptr[i] & 0xc0) != 0x80) width--;
    }
    printf("%*s", width > 0 ? width : 0, "");
}

static void
show_largest(surreal *db)
{
    country_rows rows;
    size_t i;

    need(db, country_find(db, "region = $region AND un_member "
                              "ORDER BY area DESC LIMIT 5",
                          SURREAL_VARS(surreal_bind_text(
                              "region", region_name(REGION_EUROPE))),
                          &rows), "largest");
    printf("\nThe five largest UN members of Europe\n%s\n", rule);
    for (i = 0; i < rows.count; i++) {
        const country *c = &rows.v[i];
        surreal_str capital = {"", 0};

        if (c->capitals.count) capital = c->capitals.v[0];
        cell(c->name.common, 22);
        cell(capital, 12);
        printf("%10.0f km2  %2zu languages\n", c->area, c->languages.count);
    }
    surreal_result_free(rows.result);
}

/* A walk over the edges: out, out again, and home. */
static void
show_walk(surreal *db)
{
    surreal_result *r = NULL;
    surreal_value name;
    surreal_str text;
    int column = 0;

    need(db, surreal_query(
                 db, "SELECT VALUE array::sort(array::distinct("
                     "->borders->country->borders->country.name.common)) "
                     "FROM ONLY $start",
                 SURREAL_VARS(surreal_bind_id(
                     "start", country_id_str(SURREAL_LIT("CHE")).rid)), &r),
         "walk");
    printf("\nTwo borders from Switzerland\n%s\n", rule);
    SURREAL_EACH(name, surreal_rows(r, 0)) {
        if (surreal_get_str(name, &text)) continue;
        cell(text, 20);
        if (++column % 3 == 0) printf("\n");
    }
    if (column % 3) printf("\n");
    surreal_result_free(r);
}

static void
show_regions(surreal *db)
{
    surreal_result *r = NULL;
    surreal_value row;

    need(db, surreal_query(
                 db, "SELECT region, count() AS countries, "
                     "count(landlocked) AS landlocked, "
                     "math::sum(area) AS area "
                     "FROM country GROUP BY region ORDER BY countries DESC",
                 SURREAL_NO_VARS, &r), "regions");
    printf("\nRegions                countries  landlocked        area km2\n"
           "%s\n", rule);
    SURREAL_EACH(row, surreal_rows(r, 0)) {
        cell(surreal_str_at(row, "region"), 22);
        printf("%10lld  %10lld  %14.0f\n",
               (long long)surreal_int_at(row, "countries"),
               (long long)surreal_int_at(row, "landlocked"),
               surreal_float_at(row, "area"));
    }
    surreal_result_free(r);
}

int
main(int argc, char **argv)
{
    surreal_options opt;
    surreal_server_version version;
    surreal *db = NULL;
    size_t read = 0;
    size_t equal;
    size_t written;
    world w;

    if (argc < 6) {
        fprintf(stderr, "usage: %s URL USER PASSWORD SCHEMA.surql "
                        "COUNTRIES.txt\n", argv[0]);
        return 2;
    }
    if (world_load(argv[5], &w)) return 1;

    memset(&opt, 0, sizeof opt);
    opt.ns = "demo";
    opt.db = "countries";
    opt.user = argv[2];
    opt.pass = argv[3];
    if (surreal_open(argv[1], &opt, &db)) {
        need(db, surreal_last_error(db)->status, argv[1]);
    }
    version = surreal_version(db);
    printf("SurrealDB %s\n", version.text.ptr);

    apply_schema(db, argv[4]);
    write_world(db, &w);
    equal = compare_countries(db, &w, &read);
    equal += compare_borders(db, &w, &read);
    show_largest(db);
    show_walk(db);
    show_regions(db);

    written = w.country_count + w.border_count;
    printf("\n%zu rows written, %zu read back, %zu compared equal "
           "(%zu countries, %zu borders)\n", written, read, equal,
           w.country_count, w.border_count);
    surreal_close(db);
    surreal_result_free(w.memory);
    return written == read && written == equal ? 0 : 1;
}
