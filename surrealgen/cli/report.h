/* surrealgen/cli/report.h: diagnostics for machines. */
#ifndef GEN_CLI_REPORT_H
#define GEN_CLI_REPORT_H
#include "../gen.h"

/* format is one of those of --format, but not "text". */
void cli_report(gen_ctx *ctx, const char *format, gen_buf *out);

/* What the row of a code in schema/codes.h says, or "". */
const char *cli_code_title(const char *code);

#endif
