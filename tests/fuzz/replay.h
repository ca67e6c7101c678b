/* tests/fuzz/replay.h: main() for a fuzz target without a fuzzer.
 *
 * Compiled with -DFUZZ_REPLAY, runs the target on every file named as an
 * argument, in the order given, and on the files of a directory in the order
 * of their names. Exits with 1 if there was nothing to run. */
#ifndef FUZZ_REPLAY_H
#define FUZZ_REPLAY_H
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#ifdef __cplusplus
extern "C"
#endif
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

/* What a target says must hold. Not compiled out, and seen by any fuzzer. */
#define FUZZ_CHECK(x)                                                      \
    do {                                                                   \
        if (!(x)) {                                                        \
            fprintf(stderr, "%s:%d: FUZZ_CHECK(%s)\n", __FILE__, __LINE__, \
                    #x);                                                   \
            abort();                                                       \
        }                                                                  \
    } while (0)

#ifdef FUZZ_REPLAY
#include <dirent.h>
#include <string.h>

static size_t replay_count;

static void
replay_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    uint8_t *data = NULL;
    uint8_t *exact;
    size_t cap = 0;
    size_t len = 0;
    size_t got;

    if (!file) {
        perror(path);
        exit(1);
    }
    do {
        if (len == cap) {
            cap = cap ? cap * 2 : 4096;
            data = (uint8_t *)realloc(data, cap);
            if (!data) abort();
        }
        got = fread(data + len, 1, cap - len, file);
        len += got;
    } while (got);
    fclose(file);
    /* A block of exactly the length, as a fuzzer passes it. */
    exact = (uint8_t *)malloc(len ? len : 1);
    if (!exact) abort();
    if (len) memcpy(exact, data, len);
    free(data);
    LLVMFuzzerTestOneInput(exact, len);
    free(exact);
    replay_count++;
}

static int
replay_order(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* False if it is no directory. */
static int
replay_dir(const char *path)
{
    DIR *dir = opendir(path);
    struct dirent *entry;
    char **names = NULL;
    size_t count = 0;
    size_t i;

    if (!dir) return 0;
    while ((entry = readdir(dir)) != NULL) {
        size_t len = strlen(path) + strlen(entry->d_name) + 2;

        if (entry->d_name[0] == '.') continue;
        names = (char **)realloc((void *)names, (count + 1) * sizeof *names);
        if (!names) abort();
        names[count] = (char *)malloc(len);
        if (!names[count]) abort();
        snprintf(names[count++], len, "%s/%s", path, entry->d_name);
    }
    closedir(dir);
    if (count) qsort((void *)names, count, sizeof *names, replay_order);
    for (i = 0; i < count; i++) {
        if (!replay_dir(names[i])) replay_file(names[i]);
        free(names[i]);
    }
    free((void *)names);
    return 1;
}

int
main(int argc, char **argv)
{
    int i;

    for (i = 1; i < argc; i++) {
        if (!replay_dir(argv[i])) replay_file(argv[i]);
    }
    printf("%s: %zu inputs\n", argv[0], replay_count);
    return !replay_count;
}
#endif

#endif
