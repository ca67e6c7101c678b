/* examples/countries/load.c: reads the countries, line by line. */
#include "load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A line is a word and up to three values, separated by tabs. All text points
 * into the file's bytes, which live in the world's memory like everything
 * else. */
typedef struct line {
    surreal_str word;
    surreal_str v[3];
} line;

static line
line_split(char *text)
{
    surreal_str cells[4] = {{NULL, 0}, {NULL, 0}, {NULL, 0}, {NULL, 0}};
    line l;
    size_t i;

    for (i = 0; i < 4 && text; i++) {
        char *tab = strchr(text, '\t');

        if (tab) *tab = '\0';
        cells[i] = surreal_text(text);
        text = tab ? tab + 1 : NULL;
    }
    l.word = cells[0];
    memcpy(l.v, cells + 1, sizeof l.v);
    return l;
}

static bool
line_is(const line *l, const char *word)
{
    return surreal_str_eq(l->word, surreal_text(word));
}

static bool
is_true(surreal_str text)
{
    return surreal_str_eq(text, SURREAL_LIT("true"));
}

/* A copy of an array with one more, zeroed element. The lists of a country
 * are short, so copying each time is cheap enough. */
static void *
extend(world *w, const void *old, size_t count, size_t size)
{
    char *all = (char *)surreal_result_alloc(w->memory, (count + 1) * size);

    if (!all) {
        fprintf(stderr, "out of memory\n");
        exit(1);
    }
    if (count) memcpy(all, old, count * size);
    memset(all + count * size, 0, size);
    return all;
}

static title *
add_title(world *w, const title *old, size_t count, const line *l)
{
    title *all = (title *)extend(w, old, count, sizeof *all);

    title_set_lang(&all[count], l->v[0]);
    title_set_common(&all[count], l->v[1]);
    title_set_official(&all[count], l->v[2]);
    return all;
}

/* Lines that add to a list; false if it is another line. */
static bool
read_list(world *w, country *row, const line *l)
{
    size_t n;

    if (line_is(l, "native")) {
        n = row->native.count;
        country_set_native(row, add_title(w, row->native.v, n, l), n + 1);
    } else if (line_is(l, "translation")) {
        n = row->translations.count;
        country_set_translations(
            row, add_title(w, row->translations.v, n, l), n + 1);
    } else if (line_is(l, "currency")) {
        currency *all;

        n = row->currencies.count;
        all = (currency *)extend(w, row->currencies.v, n, sizeof *all);
        currency_set_code(&all[n], l->v[0]);
        currency_set_name(&all[n], l->v[1]);
        if (l->v[2].len) currency_set_symbol(&all[n], l->v[2]);
        country_set_currencies(row, all, n + 1);
    } else if (line_is(l, "language")) {
        language *all;

        n = row->languages.count;
        all = (language *)extend(w, row->languages.v, n, sizeof *all);
        language_set_code(&all[n], l->v[0]);
        language_set_name(&all[n], l->v[1]);
        country_set_languages(row, all, n + 1);
    } else if (line_is(l, "capital")) {
        surreal_str *all;

        n = row->capitals.count;
        all = (surreal_str *)extend(w, row->capitals.v, n, sizeof *all);
        all[n] = l->v[0];
        country_set_capitals(row, all, n + 1);
    } else {
        return false;
    }
    return true;
}

/* Lines with one value; false if the line means nothing here. */
static bool
read_value(country *row, const line *l)
{
    if (line_is(l, "name")) {
        country_name name;

        memset(&name, 0, sizeof name);
        country_name_set_common(&name, l->v[0]);
        country_name_set_official(&name, l->v[1]);
        country_set_name(row, name);
    } else if (line_is(l, "latlng")) {
        surreal_point spot;

        spot.lat = strtod(l->v[0].ptr, NULL);
        spot.lon = strtod(l->v[1].ptr, NULL);
        country_set_spot(row, spot);
    } else if (line_is(l, "region")) {
        region where;

        if (!region_parse(l->v[0], &where)) return false;
        country_set_region(row, where);
    } else if (line_is(l, "status")) {
        iso_status status;

        if (!iso_status_parse(l->v[0], &status)) return false;
        country_set_status(row, status);
    } else if (line_is(l, "cca2")) {
        country_set_cca2(row, l->v[0]);
    } else if (line_is(l, "ccn3")) {
        country_set_ccn3(row, l->v[0]);
    } else if (line_is(l, "independent")) {
        country_set_independent(row, is_true(l->v[0]));
    } else if (line_is(l, "un_member")) {
        country_set_un_member(row, is_true(l->v[0]));
    } else if (line_is(l, "subregion")) {
        country_set_subregion(row, l->v[0]);
    } else if (line_is(l, "landlocked")) {
        country_set_landlocked(row, is_true(l->v[0]));
    } else if (line_is(l, "area")) {
        country_set_area(row, strtod(l->v[0].ptr, NULL));
    } else if (line_is(l, "flag")) {
        country_set_flag(row, l->v[0]);
    } else {
        return false;
    }
    return true;
}

/* The lists a country may lack are there all the same, empty. */
static void
country_begin(country *row, surreal_str code)
{
    memset(row, 0, sizeof *row);
    country_set_id(row, country_id_str(code));
    country_set_native(row, NULL, 0);
    country_set_translations(row, NULL, 0);
    country_set_currencies(row, NULL, 0);
    country_set_capitals(row, NULL, 0);
    country_set_languages(row, NULL, 0);
}

static bool
read_line(world *w, const line *l)
{
    country *row;

    if (line_is(l, "country")) {
        country_begin(&w->countries[w->country_count++], l->v[0]);
        return true;
    }
    if (!w->country_count) return false;
    row = &w->countries[w->country_count - 1];
    if (line_is(l, "border")) {
        border_pair *pair = &w->borders[w->border_count++];

        pair->from = row->id.rid.key.s;
        pair->to = l->v[0];
        return true;
    }
    return read_list(w, row, l) || read_value(row, l);
}

/* The whole file, with a NUL behind it, in the world's memory. */
static char *
read_file(const char *path, world *w)
{
    FILE *f = fopen(path, "rb");
    char *text = NULL;
    long len;

    if (!f) return NULL;
    if (!fseek(f, 0, SEEK_END) && (len = ftell(f)) >= 0 &&
        !fseek(f, 0, SEEK_SET)) {
        text = (char *)surreal_result_alloc(w->memory, (size_t)len + 1);
        if (text && fread(text, 1, (size_t)len, f) != (size_t)len) {
            text = NULL;
        }
        if (text) text[len] = '\0';
    }
    fclose(f);
    return text;
}

static size_t
count_lines(const char *text, const char *word)
{
    size_t len = strlen(word);
    size_t count = 0;

    for (; text; text = strchr(text, '\n')) {
        if (*text == '\n') text++;
        if (!strncmp(text, word, len) && text[len] == '\t') count++;
    }
    return count;
}

int
world_load(const char *path, world *w)
{
    surreal_bytes empty = {NULL, 0};
    size_t number = 1;
    char *text;

    memset(w, 0, sizeof *w);
    if (surreal_result_from(NULL, empty, &w->memory, NULL)) return -1;
    text = read_file(path, w);
    if (!text) {
        fprintf(stderr, "cannot read %s\n", path);
        return -1;
    }
    w->countries = (country *)surreal_result_alloc(
        w->memory, count_lines(text, "country") * sizeof *w->countries);
    w->borders = (border_pair *)surreal_result_alloc(
        w->memory, count_lines(text, "border") * sizeof *w->borders);
    if (!w->countries || !w->borders) return -1;

    while (*text) {
        char *end = strchr(text, '\n');
        line l;

        if (end) *end = '\0';
        l = line_split(text);
        if (!read_line(w, &l)) {
            fprintf(stderr, "%s:%zu: '%s' is not understood\n", path, number,
                    l.word.ptr);
            return -1;
        }
        text = end ? end + 1 : text + strlen(text);
        number++;
    }
    return 0;
}
