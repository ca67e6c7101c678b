/* examples/countries/load.h: the countries as generated structs. */
#ifndef LOAD_H
#define LOAD_H
#include "countries.h"

/* A land border as the data has it: two codes of three letters. */
typedef struct border_pair {
    surreal_str from;
    surreal_str to;
} border_pair;

typedef struct world {
    country *countries;
    size_t country_count;
    border_pair *borders;
    size_t border_count;
    surreal_result *memory; /* owns all of it; free this */
} world;

/* Read the lines flatten.mjs writes. Returns 0, or -1 with a message on
 * stderr that names the line. */
int world_load(const char *path, world *out);

#endif
