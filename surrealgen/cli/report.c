/* surrealgen/cli/report.c: diagnostics as JSON, SARIF, GitHub and gcc lines.
 *
 * Columns count code points from 1 in all of them. An end is the place behind
 * the last character. Keys and their meaning are in docs/schema.md
 * ("Diagnostics") and do not change. */
#include "report.h"

#include "json.h"
#include "../schema/front.h"

#include <string.h>

const char *cli_code_title(const char *code)
{
    static const struct {
        const char *code, *title;
    } rows[] = {
#define REPORT_ROW(name, text) { #name, text },
        GEN_CODES(REPORT_ROW)
#undef REPORT_ROW
        { NULL, NULL }
    };
    size_t i;

    for (i = 0; rows[i].code != NULL; i++) {
        if (strcmp(rows[i].code, code) == 0) return rows[i].title;
    }
    return "";
}

static const gen_diag *diag_at(const gen_ctx *ctx, size_t i)
{
    return (const gen_diag *)ctx->diags.at[i];
}

static bool is_placed(gen_pos pos)
{
    return pos.file != NULL && pos.line > 0;
}

/* ------------------------------------------------------------------- JSON */

static void json_end(cli_json *json, const char *key, gen_pos at)
{
    cli_json_key(json, key);
    cli_json_open(json, '{');
    cli_json_key(json, "line");
    cli_json_uint(json, at.line);
    cli_json_key(json, "column");
    cli_json_uint(json, at.col);
    cli_json_close(json, '}');
}

static void json_place(cli_json *json, gen_pos pos)
{
    cli_json_key(json, "file");
    if (pos.file == NULL) {
        cli_json_null(json);
    } else {
        cli_json_str(json, pos.file->name);
    }
    cli_json_key(json, "line");
    cli_json_uint(json, is_placed(pos) ? pos.line : 0);
    cli_json_key(json, "column");
    cli_json_uint(json, is_placed(pos) ? pos.col : 0);
    if (is_placed(pos)) {
        json_end(json, "end", gen_pos_behind(pos));
    } else {
        cli_json_key(json, "end");
        cli_json_null(json);
    }
}

static void json_text(cli_json *json, const char *key, gen_str text)
{
    cli_json_key(json, key);
    if (text.len > 0) {
        cli_json_str(json, text);
    } else {
        cli_json_null(json);
    }
}

static void json_edits(cli_json *json, const gen_diag *diag)
{
    size_t i;

    cli_json_key(json, "edits");
    cli_json_open(json, '[');
    for (i = 0; i < diag->edits.count; i++) {
        const gen_edit *edit = (const gen_edit *)diag->edits.at[i];
        cli_json_open(json, '{');
        cli_json_key(json, "file");
        cli_json_str(json, edit->pos.file->name);
        json_end(json, "start", edit->pos);
        json_end(json, "end", gen_pos_behind(edit->pos));
        cli_json_key(json, "text");
        cli_json_str(json, edit->text);
        cli_json_close(json, '}');
    }
    cli_json_close(json, ']');
}

static void print_json(gen_buf *out, const gen_diag *diag)
{
    cli_json json;

    cli_json_init(&json, out, 0);
    cli_json_open(&json, '{');
    cli_json_key(&json, "code");
    cli_json_text(&json, diag->code_text);
    cli_json_key(&json, "severity");
    cli_json_text(&json, gen_severity(diag));
    json_place(&json, diag->pos);
    json_text(&json, "message", diag->message);
    json_text(&json, "hint", diag->hint);
    json_text(&json, "fix", diag->fix);
    json_text(&json, "note", diag->note);
    if (diag->reason.len > 0) json_text(&json, "reason", diag->reason);
    cli_json_key(&json, "related");
    cli_json_open(&json, '[');
    if (diag->has_other && diag->other.file != NULL) {
        cli_json_open(&json, '{');
        json_place(&json, diag->other);
        json_text(&json, "message", diag->other_text);
        cli_json_close(&json, '}');
    }
    cli_json_close(&json, ']');
    json_edits(&json, diag);
    cli_json_close(&json, '}');
    gen_buf_add_char(out, '\n');
}

/* ------------------------------------------------------------------ SARIF */

/* A path as a relative reference of RFC 3986. */
static void sarif_uri(cli_json *json, gen_ctx *ctx, gen_str path)
{
    gen_buf uri;
    size_t i;

    gen_buf_init(&uri, ctx);
    /* "a:b" would be read as a scheme. */
    if (memchr(path.ptr, ':', path.len) != NULL && path.ptr[0] != '/') {
        gen_buf_add_text(&uri, "./");
    }
    for (i = 0; i < path.len; i++) {
        unsigned char c = (unsigned char)path.ptr[i];
        if (c > 0x20 && c < 0x7f && strchr("\"#%<>?[\\]^`{|}", c) == NULL) {
            gen_buf_add_char(&uri, (char)c);
        } else {
            gen_buf_add_fmt(&uri, "%%%02X", (unsigned)c);
        }
    }
    cli_json_str(json, gen_buf_str(&uri));
}

static void sarif_message(cli_json *json, const char *key, gen_str text)
{
    cli_json_key(json, key);
    cli_json_open(json, '{');
    cli_json_key(json, "text");
    cli_json_str(json, text);
    cli_json_close(json, '}');
}

static void sarif_artifact(cli_json *json, gen_ctx *ctx, gen_pos pos)
{
    cli_json_key(json, "artifactLocation");
    cli_json_open(json, '{');
    cli_json_key(json, "uri");
    sarif_uri(json, ctx, pos.file->name);
    cli_json_close(json, '}');
}

static void sarif_region(cli_json *json, const char *key, gen_pos pos)
{
    gen_pos end = gen_pos_behind(pos);

    cli_json_key(json, key);
    cli_json_open(json, '{');
    cli_json_key(json, "startLine");
    cli_json_uint(json, pos.line);
    cli_json_key(json, "startColumn");
    cli_json_uint(json, pos.col);
    cli_json_key(json, "endLine");
    cli_json_uint(json, end.line);
    cli_json_key(json, "endColumn");
    cli_json_uint(json, end.col);
    cli_json_close(json, '}');
}

static void sarif_place(cli_json *json, gen_ctx *ctx, gen_pos pos)
{
    cli_json_key(json, "physicalLocation");
    cli_json_open(json, '{');
    sarif_artifact(json, ctx, pos);
    if (is_placed(pos)) sarif_region(json, "region", pos);
    cli_json_close(json, '}');
}

/* One fix with one replacement for each edit: all of them or none. */
static void sarif_fixes(cli_json *json, gen_ctx *ctx, const gen_diag *diag)
{
    gen_buf text;
    size_t i;

    if (diag->edits.count == 0) return;
    gen_buf_init(&text, ctx);
    gen_buf_add_fmt(&text, "as `surrealgen fmt --fix %s` does",
                    diag->code_text);
    cli_json_key(json, "fixes");
    cli_json_open(json, '[');
    cli_json_open(json, '{');
    sarif_message(json, "description", gen_buf_str(&text));
    cli_json_key(json, "artifactChanges");
    cli_json_open(json, '[');
    cli_json_open(json, '{');
    sarif_artifact(json, ctx, diag->pos);
    cli_json_key(json, "replacements");
    cli_json_open(json, '[');
    for (i = 0; i < diag->edits.count; i++) {
        const gen_edit *edit = (const gen_edit *)diag->edits.at[i];
        cli_json_open(json, '{');
        sarif_region(json, "deletedRegion", edit->pos);
        cli_json_key(json, "insertedContent");
        cli_json_open(json, '{');
        cli_json_key(json, "text");
        cli_json_str(json, edit->text);
        cli_json_close(json, '}');
        cli_json_close(json, '}');
    }
    cli_json_close(json, ']');
    cli_json_close(json, '}');
    cli_json_close(json, ']');
    cli_json_close(json, '}');
    cli_json_close(json, ']');
}

/* Message, hint, fix and note: SARIF has one text for them. */
static gen_str whole_text(gen_ctx *ctx, const gen_diag *diag)
{
    gen_buf text;

    gen_buf_init(&text, ctx);
    gen_buf_add_str(&text, diag->message);
    if (diag->hint.len > 0) gen_buf_add_fmt(&text, "\n%s", diag->hint.ptr);
    if (diag->fix.len > 0) gen_buf_add_fmt(&text, "\nfix: %s", diag->fix.ptr);
    if (diag->note.len > 0) {
        gen_buf_add_fmt(&text, "\nnote: %s", diag->note.ptr);
    }
    return gen_buf_str(&text);
}

static void sarif_result(cli_json *json, gen_ctx *ctx, const gen_diag *diag)
{
    cli_json_open(json, '{');
    cli_json_key(json, "ruleId");
    cli_json_text(json, diag->code_text);
    cli_json_key(json, "level");
    cli_json_text(json, diag->reason.len > 0 ? "note" : gen_severity(diag));
    if (diag->reason.len > 0) {
        cli_json_key(json, "suppressions");
        cli_json_open(json, '[');
        cli_json_open(json, '{');
        cli_json_key(json, "kind");
        cli_json_text(json, "inSource");
        cli_json_key(json, "justification");
        cli_json_str(json, diag->reason);
        cli_json_close(json, '}');
        cli_json_close(json, ']');
    }
    sarif_message(json, "message", whole_text(ctx, diag));
    if (diag->pos.file != NULL) {
        cli_json_key(json, "locations");
        cli_json_open(json, '[');
        cli_json_open(json, '{');
        sarif_place(json, ctx, diag->pos);
        cli_json_close(json, '}');
        cli_json_close(json, ']');
    }
    if (diag->has_other && diag->other.file != NULL) {
        cli_json_key(json, "relatedLocations");
        cli_json_open(json, '[');
        cli_json_open(json, '{');
        cli_json_key(json, "id");
        cli_json_uint(json, 1);
        sarif_place(json, ctx, diag->other);
        sarif_message(json, "message", diag->other_text);
        cli_json_close(json, '}');
        cli_json_close(json, ']');
    }
    sarif_fixes(json, ctx, diag);
    cli_json_close(json, '}');
}

/* Each code that was reported, once: reportingDescriptors are unique. */
static void sarif_rules(cli_json *json, gen_ctx *ctx)
{
    size_t i, k;

    cli_json_key(json, "rules");
    cli_json_open(json, '[');
    for (i = 0; i < ctx->diags.count; i++) {
        const char *code = diag_at(ctx, i)->code_text;
        for (k = 0; k < i; k++) {
            if (strcmp(diag_at(ctx, k)->code_text, code) == 0) break;
        }
        if (k < i) continue;
        cli_json_open(json, '{');
        cli_json_key(json, "id");
        cli_json_text(json, code);
        cli_json_key(json, "shortDescription");
        cli_json_open(json, '{');
        cli_json_key(json, "text");
        cli_json_text(json, cli_code_title(code));
        cli_json_close(json, '}');
        cli_json_close(json, '}');
    }
    cli_json_close(json, ']');
}

static void print_sarif(gen_buf *out, gen_ctx *ctx)
{
    cli_json json;
    size_t i;

    cli_json_init(&json, out, 2);
    cli_json_open(&json, '{');
    cli_json_key(&json, "$schema");
    cli_json_text(&json, "https://json.schemastore.org/sarif-2.1.0.json");
    cli_json_key(&json, "version");
    cli_json_text(&json, "2.1.0");
    cli_json_key(&json, "runs");
    cli_json_open(&json, '[');
    cli_json_open(&json, '{');
    cli_json_key(&json, "tool");
    cli_json_open(&json, '{');
    cli_json_key(&json, "driver");
    cli_json_open(&json, '{');
    cli_json_key(&json, "name");
    cli_json_text(&json, "surrealgen");
    cli_json_key(&json, "version");
    cli_json_text(&json, GEN_VERSION);
    sarif_rules(&json, ctx);
    cli_json_close(&json, '}');
    cli_json_close(&json, '}');
    cli_json_key(&json, "columnKind");
    cli_json_text(&json, "unicodeCodePoints");
    cli_json_key(&json, "results");
    cli_json_open(&json, '[');
    for (i = 0; i < ctx->diags.count; i++) {
        sarif_result(&json, ctx, diag_at(ctx, i));
    }
    cli_json_close(&json, ']');
    cli_json_close(&json, '}');
    cli_json_close(&json, ']');
    cli_json_close(&json, '}');
    gen_buf_add_char(out, '\n');
}

/* ------------------------------------------------------------ GitHub, gcc */

/* Workflow commands end at a line end, their properties at `,` and `:`. */
static void github_text(gen_buf *out, gen_str text, bool property)
{
    size_t i;

    for (i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == '%' || c == '\r' || c == '\n'
            || (property && (c == ':' || c == ','))) {
            gen_buf_add_fmt(out, "%%%02X", (unsigned)(unsigned char)c);
        } else {
            gen_buf_add_char(out, c);
        }
    }
}

static void print_github(gen_buf *out, const gen_diag *diag)
{
    gen_buf_add_text(out, diag->remark || diag->reason.len > 0
                     ? "::notice " : diag->warning
                     ? "::warning " : "::error ");
    if (diag->pos.file != NULL) {
        gen_buf_add_text(out, "file=");
        github_text(out, diag->pos.file->name, true);
        gen_buf_add_char(out, ',');
    }
    if (is_placed(diag->pos)) {
        gen_pos end = gen_pos_behind(diag->pos);
        gen_buf_add_fmt(out, "line=%u,endLine=%u,", diag->pos.line, end.line);
        /* GitHub wants columns only when both are on one line. */
        if (end.line == diag->pos.line) {
            gen_buf_add_fmt(out, "col=%u,endColumn=%u,", diag->pos.col,
                            end.col);
        }
    }
    gen_buf_add_fmt(out, "title=surrealgen %s::", diag->code_text);
    github_text(out, whole_text(out->ctx, diag), false);
    gen_buf_add_char(out, '\n');
}

static void gcc_place(gen_buf *out, gen_pos pos)
{
    if (pos.file == NULL) {
        gen_buf_add_text(out, "surrealgen: ");
    } else {
        gen_buf_add_fmt(out, "%s:", pos.file->name.ptr);
        if (pos.line > 0) gen_buf_add_fmt(out, "%u:%u:", pos.line, pos.col);
        gen_buf_add_char(out, ' ');
    }
}

static void gcc_note(gen_buf *out, gen_pos pos, gen_str text)
{
    if (text.len == 0) return;
    gcc_place(out, pos);
    gen_buf_add_fmt(out, "note: %s\n", text.ptr);
}

static void print_gcc(gen_buf *out, const gen_diag *diag)
{
    gcc_place(out, diag->pos);
    gen_buf_add_fmt(out, "%s: %s [%s]\n", diag->reason.len > 0 ? "note"
                    : gen_severity(diag), diag->message.ptr, diag->code_text);
    gcc_note(out, diag->pos, diag->reason);
    gcc_note(out, diag->pos, diag->hint);
    if (diag->has_other && diag->other.file != NULL) {
        gcc_note(out, diag->other, diag->other_text);
    }
    gcc_note(out, diag->pos, diag->fix);
    gcc_note(out, diag->pos, diag->note);
}

void cli_report(gen_ctx *ctx, const char *format, gen_buf *out)
{
    size_t i;

    gen_sort_diags(ctx);
    if (strcmp(format, "sarif") == 0) {
        print_sarif(out, ctx);
        return;
    }
    for (i = 0; i < ctx->diags.count; i++) {
        const gen_diag *diag = diag_at(ctx, i);
        if (strcmp(format, "json") == 0) {
            print_json(out, diag);
        } else if (strcmp(format, "github") == 0) {
            print_github(out, diag);
        } else {
            print_gcc(out, diag);
        }
    }
}
