/* cc -I. examples/first.c -o first && ./first ws://127.0.0.1:8000 root root
 *
 * One query with a variable, and its rows. */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"

#include <stdio.h>

int
main(int argc, char **argv)
{
    surreal_options opt = {0};
    surreal_result *r = NULL;
    surreal_value row;
    surreal *db = NULL;
    surreal_status status;

    if (argc < 4) {
        fprintf(stderr, "usage: %s URL USER PASSWORD\n", argv[0]);
        return 2;
    }
    opt.ns = "example";
    opt.db = "first";
    opt.user = argv[2];
    opt.pass = argv[3];
    status = surreal_open(argv[1], &opt, &db);
    if (!status) {
        status = surreal_query(
            db, "UPSERT person:ann SET name = 'Ann', age = 31;"
                "UPSERT person:bob SET name = 'Bob', age = 17;"
                "SELECT name, age FROM person WHERE age > $min",
            SURREAL_VARS(surreal_bind_int("min", 18)), &r);
    }
    if (status) fprintf(stderr, "%s\n", surreal_last_error(db)->message);

    SURREAL_EACH(row, surreal_rows(r, 2)) {
        printf("%s is %lld\n", surreal_str_at(row, "name").ptr,
               (long long)surreal_int_at(row, "age"));
    }
    surreal_result_free(r);
    surreal_close(db);
    return status ? 1 : 0;
}
