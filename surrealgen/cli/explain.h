/* surrealgen/cli/explain.h: a page for every diagnostic. */
#ifndef GEN_CLI_EXPLAIN_H
#define GEN_CLI_EXPLAIN_H

/* The example is the text of `file`, or NULL when `make` makes the file (a
 * shell command, since the text could not be printed or is too long). The
 * tests write it, run `surrealgen check ARGS FILE` and want to see the code. */
typedef struct cli_page {
    const char *code;
    const char *file; /* name of the example: app.sg or app.surql; "" when
                         no file can have it, for a fault of our own */
    const char *args; /* options of `check`, "" for none; or, with "$ " in
                         front, another command that has the code */
    const char *means;
    const char *example;
    const char *make;
    const char *way;
} cli_page;

/* The pages stand in files by their first digits; each ends with a NULL
 * code. */
extern const cli_page cli_pages_read[];    /* SG10xx, SG11xx */
extern const cli_page cli_pages_meaning[]; /* SG12xx */
extern const cli_page cli_pages_lint[];    /* rules of migrations */
extern const cli_page cli_pages_files[];   /* SG80x to SG82x */
extern const cli_page cli_pages_more[];    /* all others */

#endif
