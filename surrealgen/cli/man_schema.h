/* surrealgen/cli/man_schema.h: the text of surrealgen-schema(5). */
#ifndef GEN_CLI_MAN_SCHEMA_H
#define GEN_CLI_MAN_SCHEMA_H

typedef enum man_kind {
    MAN_END,
    MAN_TEXT,
    MAN_HEAD,
    MAN_CODE,
    MAN_TERM
} man_kind;

typedef struct man_part {
    man_kind kind;
    const char *text, *more; /* more: of a TERM */
} man_part;

extern const man_part cli_man_schema[];

#endif
