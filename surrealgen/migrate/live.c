/* surrealgen/migrate/live.c: what there is, from a server or from a file.
 *
 * A file of --from is what `schema pull` or `surreal export` wrote, or what
 * INFO FOR DB and INFO FOR TABLE gave, as JSON: of that the texts that begin
 * with DEFINE are read, whatever stands around them. */
#include "../schema/front.h"
#include "drift.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ------------------------------------------------------------------- a file */

static void add_code_point(gen_buf *out, unsigned long c)
{
    if (c < 0x80) {
        gen_buf_add_char(out, (char)c);
    } else if (c < 0x800) {
        gen_buf_add_char(out, (char)(0xc0 | c >> 6));
        gen_buf_add_char(out, (char)(0x80 | (c & 0x3f)));
    } else if (c < 0x10000) {
        gen_buf_add_char(out, (char)(0xe0 | c >> 12));
        gen_buf_add_char(out, (char)(0x80 | (c >> 6 & 0x3f)));
        gen_buf_add_char(out, (char)(0x80 | (c & 0x3f)));
    } else {
        gen_buf_add_char(out, (char)(0xf0 | c >> 18));
        gen_buf_add_char(out, (char)(0x80 | (c >> 12 & 0x3f)));
        gen_buf_add_char(out, (char)(0x80 | (c >> 6 & 0x3f)));
        gen_buf_add_char(out, (char)(0x80 | (c & 0x3f)));
    }
}

static unsigned long hex_at(gen_str text, size_t at)
{
    char digits[5] = { 0, 0, 0, 0, 0 };

    if (at + 4 <= text.len) memcpy(digits, text.ptr + at, 4);
    return strtoul(digits, NULL, 16);
}

/* A JSON string that begins at `at`; the byte behind it. */
static size_t read_string(gen_str text, size_t at, gen_buf *out)
{
    static const char from[] = "nrtbf";
    static const char to[] = "\n\r\t\b\f";

    for (at++; at < text.len && text.ptr[at] != '"'; at++) {
        char c = text.ptr[at];
        const char *known;
        unsigned long high;
        if (c != '\\' || at + 1 >= text.len) {
            gen_buf_add_char(out, c);
            continue;
        }
        c = text.ptr[++at];
        known = strchr(from, c);
        if (c == 'u') {
            high = hex_at(text, at + 1);
            at += 4;
            if (high >= 0xd800 && high < 0xdc00 && at + 6 < text.len) {
                high = 0x10000 + ((high - 0xd800) << 10)
                    + (hex_at(text, at + 3) - 0xdc00);
                at += 6;
            }
            add_code_point(out, high);
        } else {
            gen_buf_add_char(out, known != NULL && c != 0
                             ? to[known - from] : c);
        }
    }
    return at + 1;
}

/* SurrealDB 3 leaves the first words of a CONFIG out, so what has none is not
 * found here: a dump as JSON is compared without them. */
static gen_str definitions_in(gen_ctx *ctx, gen_str text)
{
    gen_buf one;
    gen_buf out;
    size_t i = 0;

    gen_buf_init(&out, ctx);
    while (i < text.len) {
        if (text.ptr[i] != '"') {
            i++;
            continue;
        }
        gen_buf_init(&one, ctx);
        i = read_string(text, i, &one);
        if (one.len < 7 || memcmp(one.ptr, "DEFINE ", 7) != 0) continue;
        gen_buf_add_str(&out, gen_buf_str(&one));
        gen_buf_add_text(&out, ";\n");
    }
    return gen_buf_str(&out);
}

/* What `schema pull` left out because it holds a secret stands in it as a
 * comment: "-- DEFINE USER ...;". */
static gen_str uncomment(gen_ctx *ctx, gen_str text)
{
    static const char mark[] = "-- DEFINE ";
    gen_buf out;
    size_t i;

    gen_buf_init(&out, ctx);
    for (i = 0; i < text.len; i++) {
        if ((i == 0 || text.ptr[i - 1] == '\n')
            && i + sizeof mark - 1 <= text.len
            && memcmp(text.ptr + i, mark, sizeof mark - 1) == 0) {
            i += 3;
        }
        gen_buf_add_char(&out, text.ptr[i]);
    }
    return gen_buf_str(&out);
}

int mig_read_text(gen_ctx *ctx, const char *path, gen_str *out)
{
    FILE *from = fopen(path, "rb");
    size_t len = 0;
    char *bytes;

    if (from == NULL) {
        cli_say("cannot read %s: %s", path, strerror(errno));
        return CLI_FAILED;
    }
    bytes = cli_read_stream(from, &len);
    fclose(from);
    if (bytes == NULL) {
        cli_say("cannot read %s: %s", path, strerror(errno));
        return CLI_FAILED;
    }
    *out = gen_str_copy(ctx, bytes, len);
    free(bytes);
    return CLI_FINE;
}

static int read_dump(const gen_cli *cli, const char *path, mig_live *out)
{
    gen_str text;
    size_t i = 0;
    int rc = mig_read_text(cli->ctx, path, &text);

    if (rc != CLI_FINE) return rc;
    while (i < text.len && strchr(" \t\r\n", text.ptr[i]) != NULL) i++;
    if (i < text.len && (text.ptr[i] == '{' || text.ptr[i] == '[')) {
        text = definitions_in(cli->ctx, text);
    } else {
        text = uncomment(cli->ctx, text);
    }
    rc = mig_catalogue_of(cli->ctx, out->target, text, &out->what);
    if (rc == CLI_FINE && out->what.entries.count == 0) {
        cli_say("%s defines nothing; it should be what `schema pull` wrote, or "
                "what INFO FOR DB and INFO FOR TABLE gave", path);
        return CLI_FAILED;
    }
    return rc;
}

/* ----------------------------------------------------------------- a server */

/* Two majors have two ways to say the same. */
static int open_dev_of(const gen_cli *cli, mig_live *out)
{
    int rc = mig_open_dev(cli, &out->dev);

    out->has_dev = true;
    if (rc != CLI_FINE || out->dev.version.major == out->target.major) {
        return rc;
    }
    cli_say("--dev-url is SurrealDB %d, the database one of SurrealDB %d: they "
            "put the same definition into other words",
            (int)out->dev.version.major, out->target.major);
    return CLI_USAGE;
}

int mig_open_live(const gen_cli *cli, mig_live *out)
{
    int rc;

    memset(out, 0, sizeof *out);
    if (cli_has(cli->verb, CLI_DUMP_FILE)
        && cli_text(cli, CLI_DUMP_FILE, NULL) != NULL) {
        out->target = gen_schema_of(cli->ctx)->target;
        if (out->target.major == 0) {
            out->target.major = 3;
        }
        return CLI_FINE;
    }
    rc = db_open(cli, &out->link);
    out->has_server = true;
    if (rc == CLI_FINE) out->target = db_target(&out->link);
    if (rc != CLI_FINE || cli_text(cli, CLI_DEV_URL, NULL) == NULL) return rc;
    return open_dev_of(cli, out);
}

static int say_unread(const db_catalogue *what)
{
    size_t i;

    for (i = 0; i < what->unread.count; i++) {
        cli_say("the server cannot describe the table %s",
                gen_name_at(&what->unread, i)->text.ptr);
    }
    return what->unread.count > 0 ? CLI_FAILED : CLI_FINE;
}

int mig_read_live(const gen_cli *cli, mig_live *out)
{
    gen_list all = { NULL, 0, 0 };
    int rc;

    if (!out->has_server) {
        return read_dump(cli, cli_text(cli, CLI_DUMP_FILE, ""), out);
    }
    rc = db_read(&out->link, GEN_LEVEL_DATABASE, &all, &out->what);
    if (rc == CLI_FINE) rc = say_unread(&out->what);
    return rc == CLI_FINE ? db_mark(cli->ctx, out->target, &out->what) : rc;
}

void mig_close_live(mig_live *live)
{
    if (live->has_server) db_close(&live->link);
    if (live->has_dev) db_close(&live->dev);
}

/* ----------------------------------------------------------------- compared */

/* Those somebody wrote. */
static size_t count_objects(gen_ctx *ctx, const db_catalogue *what)
{
    gen_list all = mig_sorted(ctx, what);
    size_t count = 0;
    size_t i;

    for (i = 0; i < all.count; i++) {
        if (!db_entry_at(&all, i)->implied) count++;
    }
    return count;
}

int mig_differ_from(mig_live *live, gen_str text, mig_differ *out)
{
    gen_ctx *ctx = out->cli->ctx;
    db_catalogue ours;
    int rc;

    out->how = MIG_SHADOW_NONE;
    out->has_server = live->has_server;
    if (live->has_dev) {
        rc = mig_shadow_read(&live->dev, text, true, &out->how, &ours);
    } else if (live->has_server) {
        rc = mig_shadow_read(&live->link, text, true, &out->how, &ours);
    } else {
        rc = mig_catalogue_of(ctx, live->target, text, &ours);
    }
    if (rc != CLI_FINE) return rc;
    mig_compare(ctx, live->target, &ours, &live->what, &out->list);
    out->objects = count_objects(ctx, &live->what);
    return CLI_FINE;
}

int mig_drift_of(db_link *link, const mig_chain *chain,
                 const mig_migration *applied, gen_list *out)
{
    gen_list all = { NULL, 0, 0 };
    gen_version target = db_target(link);
    db_catalogue ours;
    db_catalogue live;
    mig_shadow how;
    int rc;

    memset(out, 0, sizeof *out);
    if (applied == NULL) return CLI_FINE;
    rc = db_read(link, GEN_LEVEL_DATABASE, &all, &live);
    if (rc == CLI_FINE) rc = db_mark(chain->ctx, target, &live);
    if (rc == CLI_FINE) {
        rc = mig_shadow_read(link, applied->snapshot, true, &how, &ours);
    }
    if (rc != CLI_FINE) return rc;
    mig_compare(chain->ctx, target, &ours, &live, out);
    return CLI_FINE;
}

/* ----------------------------------------------------------------- a state */

/* What stays out, since a file is no place for it. */
static void leave_out(gen_ctx *ctx, db_catalogue *what)
{
    gen_list kept = { NULL, 0, 0 };
    size_t i;

    for (i = 0; i < what->entries.count; i++) {
        db_entry *entry = db_entry_at(&what->entries, i);
        if (entry->kind == DB_USER) {
            fprintf(stderr, "left out: user %s, whose password is no part of "
                    "a schema\n", entry->name.ptr);
        } else {
            gen_list_push(ctx, &kept, entry);
        }
    }
    what->entries = kept;
}

int mig_state_of_live(gen_ctx *ctx, gen_version target, db_catalogue *what,
                      mig_state *out)
{
    db_print how;
    gen_buf text;
    size_t i;
    int rc;

    leave_out(ctx, what);
    memset(&how, 0, sizeof how);
    how.target = target;
    gen_buf_init(&text, ctx);
    rc = db_print_schema(ctx, &how, what, &text);
    for (i = 0; rc == CLI_FINE && i < what->entries.count; i++) {
        const db_entry *entry = db_entry_at(&what->entries, i);
        if (entry->hidden.len == 0) continue;
        fprintf(stderr, "left out: access %s, whose key no server tells\n",
                entry->name.ptr);
    }
    if (rc != CLI_FINE) return rc;
    return mig_state_of_text(ctx, target, "live.surql", gen_buf_str(&text),
                             out);
}
