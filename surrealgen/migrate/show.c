/* surrealgen/migrate/show.c: --dry-run: the requests of a run, printed.
 *
 * The library makes them, as it does for a run, and gives them here instead of
 * sending them. With a server the history says where the run would begin;
 * without one `up` begins with an empty database and `down` with all of the
 * chain applied. Passwords and keys in statements do not get out. */
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L /* gethostname */
#endif
#include "../cli/json.h"
#include "../schema/front.h"
#include "verb.h"

#include <string.h>
#include <unistd.h>

typedef struct shown {
    surreal_migrate_kind kind;
    const surreal_migration *of; /* NULL: of none in particular */
    bool is_down;
    size_t step;
    gen_str text;
} shown;

typedef struct show {
    gen_ctx *ctx;
    gen_list all; /* shown * */
    const surreal_migration *waiting; /* for --after-deploy, or NULL */
} show;

/* ------------------------------------------------------------------ secrets */

static bool hides(gen_str word)
{
    return gen_word_eq(word, "password") || gen_word_eq(word, "passhash")
        || gen_word_eq(word, "key");
}

/* The text with what stands behind PASSWORD, PASSHASH and KEY in DEFINE USER
 * and DEFINE ACCESS taken out. */
static gen_str masked(gen_ctx *ctx, gen_str text)
{
    gen_str before = gen_str_lit("");
    bool inside = false;
    size_t from = 0;
    gen_file file;
    gen_buf out;
    size_t i;

    mig_lex(ctx, text, &file);
    gen_buf_init(&out, ctx);
    for (i = 0; i < file.token_count; i++) {
        const gen_token *tok = &file.tokens[i];
        gen_str word = gen_tok_str(&file, tok);
        if (gen_tok_is_trivia(tok->kind)) continue;
        if (gen_word_eq(before, "define")) {
            inside = gen_word_eq(word, "user") || gen_word_eq(word, "access");
        }
        if (inside && tok->kind == GEN_TOK_STRING && hides(before)) {
            size_t at = (size_t)(word.ptr - text.ptr);
            gen_buf_add(&out, text.ptr + from, at - from);
            gen_buf_add_text(&out, "'[REDACTED]'");
            from = at + word.len;
        }
        before = word;
    }
    gen_buf_add(&out, text.ptr + from, text.len - from);
    return gen_buf_str(&out);
}

static surreal_status collect(void *user,
                              const surreal_migrate_request *request)
{
    show *s = (show *)user;
    shown *one = (shown *)gen_new(s->ctx, sizeof *one);

    one->kind = request->kind;
    one->of = request->migration;
    one->is_down = request->is_down;
    one->step = request->step;
    one->text = masked(s->ctx, gen_str_copy(s->ctx, request->text.ptr,
                                            request->text.len));
    gen_list_push(s->ctx, &s->all, one);
    return SURREAL_OK;
}

/* ----------------------------------------------------------------- printing */

static const char *word_of(surreal_migrate_kind kind)
{
    static const char *const words[] = {
        "tables", "lock", "unlock", "trial", "run", "batch", "again", "index",
        "wait"
    };

    return words[kind];
}

static const char *what_of(surreal_migrate_kind kind)
{
    static const char *const texts[] = {
        "the tables of the history, where they are missing",
        "the lock, for migrations of several steps",
        "the lock, given back",
        "tried and rolled back: the THROW at its end is meant",
        "done and written down",
        "the first rows, done and written down",
        "the next rows: sent again for as long as it answers `more: true`",
        "built beside the traffic",
        "asked until it says `ready`"
    };

    return texts[kind];
}

static size_t steps_of(const shown *one)
{
    return one->is_down ? one->of->down_count : one->of->up_count;
}

/* A request that is sent only if there are rows left is no statement of a
 * script. */
static void add_text(gen_buf *out, const shown *one)
{
    const char *before = one->kind == SURREAL_MIGRATE_AGAIN ? "-- " : "";
    size_t from = 0;
    size_t i;

    for (i = 0; i <= one->text.len; i++) {
        if (i < one->text.len && one->text.ptr[i] != '\n') continue;
        if (i > from) {
            gen_buf_add_text(out, before);
            gen_buf_add(out, one->text.ptr + from, i - from);
            gen_buf_add_char(out, '\n');
        }
        from = i + 1;
    }
    gen_buf_add_char(out, '\n');
}

static void print_text(const show *s, gen_buf *out)
{
    size_t i;

    if (s->all.count == 0 && s->waiting == NULL) {
        gen_buf_add_text(out, "-- nothing to do\n");
    }
    for (i = 0; i < s->all.count; i++) {
        const shown *one = (const shown *)s->all.at[i];
        gen_buf_add_fmt(out, "-- request %lu of %lu",
                        (unsigned long)(i + 1), (unsigned long)s->all.count);
        if (one->of != NULL) {
            gen_buf_add_fmt(out, ", %s", one->of->id);
            if (one->is_down) gen_buf_add_text(out, ", back");
            if (steps_of(one) > 1) {
                gen_buf_add_fmt(out, ", step %lu of %lu",
                                (unsigned long)(one->step + 1),
                                (unsigned long)steps_of(one));
            }
        }
        gen_buf_add_fmt(out, ": %s\n", what_of(one->kind));
        add_text(out, one);
    }
    if (s->waiting != NULL) {
        gen_buf_add_fmt(out, "-- %s waits for --after-deploy\n",
                        s->waiting->id);
    }
}

static void print_json(const show *s, gen_buf *out)
{
    cli_json json;
    size_t i;

    cli_json_init(&json, out, 2);
    cli_json_open(&json, '{');
    cli_json_key(&json, "requests");
    cli_json_open(&json, '[');
    for (i = 0; i < s->all.count; i++) {
        const shown *one = (const shown *)s->all.at[i];
        cli_json_open(&json, '{');
        cli_json_key(&json, "kind");
        cli_json_text(&json, word_of(one->kind));
        if (one->of != NULL) {
            cli_json_key(&json, "migration");
            cli_json_text(&json, one->of->id);
            cli_json_key(&json, "down");
            cli_json_bool(&json, one->is_down);
            cli_json_key(&json, "step");
            cli_json_uint(&json, one->step + 1);
            cli_json_key(&json, "steps");
            cli_json_uint(&json, steps_of(one));
        }
        cli_json_key(&json, "text");
        cli_json_str(&json, one->text);
        cli_json_close(&json, '}');
    }
    cli_json_close(&json, ']');
    if (s->waiting != NULL) {
        cli_json_key(&json, "waiting");
        cli_json_text(&json, s->waiting->id);
    }
    cli_json_close(&json, '}');
    gen_buf_add_char(out, '\n');
}

/* ------------------------------------------------------------------ the run */

/* Who runs it by hand, for the history; the process of this is not theirs. */
static const char *by_hand(gen_ctx *ctx)
{
    char host[128];
    gen_buf out;

    if (gethostname(host, sizeof host) != 0) host[0] = 0;
    host[sizeof host - 1] = 0;
    gen_buf_init(&out, ctx);
    gen_buf_add_fmt(&out, "%s (by hand, surrealgen %s)",
                    host[0] != 0 ? host : "unknown host", GEN_VERSION);
    return out.ptr;
}

int mig_show_open(const gen_cli *cli, mig_session *out)
{
    int rc;

    if (cli_text(cli, CLI_URL, NULL) != NULL) {
        return mig_open(cli, false, out);
    }
    memset(out, 0, sizeof *out);
    out->cli = cli;
    rc = mig_read_chain(cli, &out->chain);
    if (rc == CLI_FINE) rc = mig_newest(&out->chain, &out->newest);
    return rc;
}

int mig_show(mig_session *session, const surreal_migrate_options *how)
{
    gen_ctx *ctx = session->cli->ctx;
    surreal_migrate_options opt = *how;
    surreal_migrate_report report;
    surreal_migrations chain;
    surreal_status status;
    gen_buf out;
    show s;

    memset(&report, 0, sizeof report);
    memset(&s, 0, sizeof s);
    s.ctx = ctx;
    opt.by = by_hand(ctx);
    opt.on_event = NULL;
    opt.on_request = collect;
    opt.user = &s;
    if (session->newest != NULL) {
        chain = mig_runnable(ctx, &session->chain,
                             mig_target(session->newest));
        status = surreal_migrate(session->link.db, &chain, &opt, &report);
        if (status != SURREAL_OK) {
            cli_say("%s: %s", session->cli->verb->name,
                    session->link.db != NULL
                        ? surreal_last_error(session->link.db)->message
                        : report.error.message);
            return status == SURREAL_ERR_USAGE
                    || status == SURREAL_ERR_UNSUPPORTED ? CLI_REFUSED
                                                         : CLI_FAILED;
        }
    }
    s.waiting = report.waiting;
    gen_buf_init(&out, ctx);
    if (mig_wants_json(session->cli)) {
        print_json(&s, &out);
    } else {
        print_text(&s, &out);
    }
    return cli_write_stdout(&out) ? CLI_FINE : CLI_FAILED;
}
