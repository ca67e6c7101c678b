/* migrate/schema.c: the history of a database, held against one hash. */
#include "migrate/migrate.h"

/* Who asks comes first: record users see no rows of a table they may not see,
 * which would look like a history without any. */
static const char srl_schema_ask[] =
    "RETURN $auth; "
    "SELECT id, parent, schema_hash, status, replaces, applied_at "
    "FROM _surrealgen_migration ORDER BY applied_at DESC;";

typedef struct srl_schema_look {
    surreal_value rows;
    surreal_value head;
    bool is_ours;  /* the head makes our schema */
    bool had_ours; /* another one did, and is applied */
    bool is_vague; /* a hash that cannot be compared, or a squash */
} srl_schema_look;

/* The row that is nobody's parent. The last one that was applied, as a rule;
 * where the server's clock went back, another one stands behind it. */
static surreal_value
srl_schema_head(surreal_value rows)
{
    surreal_value head = surreal_at(rows, 0);
    size_t left = surreal_count(rows);
    bool is_head = false;

    while (!is_head && left-- > 0) {
        surreal_iter it = surreal_iterate(rows);
        surreal_str id = srl_mig_id_of(head);

        is_head = true;
        while (is_head && surreal_next(&it)) {
            if (!surreal_str_eq(surreal_str_at(it.value, "parent"), id)) {
                continue;
            }
            head = it.value;
            is_head = false;
        }
    }
    return head;
}

/* Of one algorithm: "1:" is in front of both. */
static bool
srl_schema_may_compare(surreal_str a, surreal_str b)
{
    size_t i;

    for (i = 0; i < a.len && i < b.len && a.ptr[i] == b.ptr[i]; i++) {
        if (a.ptr[i] == ':') return true;
    }
    return false;
}

static void
srl_schema_look_at(const surreal_schema *schema, srl_schema_look *look)
{
    surreal_iter it = surreal_iterate(look->rows);
    surreal_str ours = surreal_text(schema->hash);
    surreal_str head;

    look->head = srl_schema_head(look->rows);
    head = srl_mig_id_of(look->head);
    while (surreal_next(&it)) {
        surreal_str hash = surreal_str_at(it.value, "schema_hash");
        bool is_it = surreal_str_eq(hash, ours);

        if (!srl_schema_may_compare(hash, ours) ||
            surreal_count(surreal_field(it.value, "replaces"))) {
            look->is_vague = true;
        }
        if (surreal_str_eq(srl_mig_id_of(it.value), head)) {
            look->is_ours = is_it;
        } else if (is_it &&
                   srl_mig_state_of(it.value) == SRL_MIG_APPLIED) {
            look->had_ours = true;
        }
    }
}

static void
srl_schema_say(surreal_schema_report *report, surreal_schema_state state,
               const char *format, ...)
{
    va_list args;
    int len;

    report->state = state;
    va_start(args, format);
    len = vsnprintf(report->message, sizeof report->message, format, args);
    va_end(args);
    if (len < 0 || (size_t)len < sizeof report->message) return;
    memcpy(report->message + sizeof report->message - 4, "...", 4);
}

static void
srl_schema_tell(const surreal_schema *schema, const srl_schema_look *look,
                surreal_schema_report *report)
{
    srl_mig_state at = srl_mig_state_of(look->head);
    const char *how = at == SRL_MIG_PARTIAL     ? "half applied"
                      : at == SRL_MIG_REVERTING ? "half taken back"
                                                : "the newest there";
    const char *id = report->migration;

    if (look->is_ours && at == SRL_MIG_APPLIED) {
        srl_schema_say(report, SURREAL_SCHEMA_EQUAL,
                       "the database has schema %s as this program has it: "
                       "migration %s makes it", schema->name, id);
    } else if (look->is_ours) {
        srl_schema_say(report, SURREAL_SCHEMA_OLDER,
                       "the database is on its way: migration %s, which makes "
                       "schema %s as this program has it, is %s. Wait for who "
                       "is at it, or go on with it (surrealgen migrate %s)",
                       id, schema->name, how,
                       at == SRL_MIG_PARTIAL ? "up" : "down");
    } else if (look->had_ours) {
        srl_schema_say(report, SURREAL_SCHEMA_NEWER,
                       "the database is newer than this program: migration %s "
                       "(%s) came after the one that makes schema %s as this "
                       "program has it. Start a program that was built from "
                       "the schema files as they are now", id, how,
                       schema->name);
    } else if (look->is_vague) {
        srl_schema_say(report, SURREAL_SCHEMA_UNKNOWN,
                       "whether the database (migration %s is %s) has schema "
                       "%s as this program has it cannot be told: older "
                       "migrations were squashed, or their hashes were made in "
                       "another way. `surrealgen schema validate` compares the "
                       "schema files with the database", id, how,
                       schema->name);
    } else {
        srl_schema_say(report, SURREAL_SCHEMA_OLDER,
                       "the database is older than this program: migration %s "
                       "is %s, and none makes schema %s as this program has "
                       "it. Apply what is pending (surrealgen migrate up); if "
                       "nothing is, the change has no migration yet "
                       "(surrealgen migrate generate)", id, how,
                       schema->name);
    }
}

/* ---- the answer --------------------------------------------------------- */

/* SurrealDB 3 fails for a table that is missing; and for a database. */
static bool
srl_schema_is_missing(const surreal_error *why)
{
    return why->status == SURREAL_ERR_UNDEFINED &&
           strstr(why->message, "_surrealgen_migration") != NULL;
}

SURREAL_API surreal_status
surreal_schema_read(const surreal_schema *schema, const surreal_result *result,
                    surreal_schema_report *report, surreal_error *err)
{
    const surreal_error *why;
    surreal_error ignored;
    srl_schema_look look;
    surreal_str text;

    if (!err) err = &ignored;
    if (!report) return SURREAL_ERR_USAGE;
    memset(report, 0, sizeof *report);
    if (!schema || !schema->name || !schema->hash || !result) {
        return srl_fail(err, SURREAL_ERR_USAGE,
                        "a schema is compared with the answer to "
                        "surreal_schema_check_start: one of them is NULL");
    }
    why = surreal_result_error(result);
    if (why && !srl_schema_is_missing(why)) {
        *err = *why;
        return why->status;
    }
    if (!surreal_is_nothing(surreal_statement_value(result, 0))) {
        return srl_fail(err, SURREAL_ERR_DENIED,
                        "record users do not see the history of migrations: "
                        "compare the schema as a system user (root, "
                        "namespace or database, any role)");
    }
    memset(&look, 0, sizeof look);
    if (!why) look.rows = surreal_rows(result, 1);
    if (!surreal_count(look.rows)) {
        srl_schema_say(report, SURREAL_SCHEMA_UNTRACKED,
                       "the database has no history of migrations, so that "
                       "nobody can tell whether it has schema %s. `surrealgen "
                       "migrate up` makes a new database, `surrealgen migrate "
                       "baseline` takes one that is there under its care",
                       schema->name);
        return SURREAL_OK;
    }
    /* The first text that is read takes the memory for all of them. */
    if (surreal_get_str(surreal_field(surreal_at(look.rows, 0), "status"),
                        &text) == SURREAL_ERR_NOMEM) {
        return srl_fail(err, SURREAL_ERR_NOMEM,
                        "out of memory for the history of migrations");
    }
    srl_schema_look_at(schema, &look);
    text = srl_mig_id_of(look.head);
    srl_text_copy(report->migration, sizeof report->migration, text.ptr,
                  text.len);
    srl_schema_tell(schema, &look, report);
    return SURREAL_OK;
}

SURREAL_API surreal_status
surreal_schema_check_start(surreal *db, surreal_done *done, void *user,
                           surreal_request **request)
{
    return surreal_query_start(db, surreal_text(srl_schema_ask),
                               SURREAL_NO_VARS, done, user, request);
}

SURREAL_API surreal_status
surreal_schema_check(surreal *db, const surreal_schema *schema,
                     surreal_schema_report *report)
{
    surreal_result *result = NULL;
    surreal_status status;

    if (report) memset(report, 0, sizeof *report);
    if (!db) return SURREAL_ERR_USAGE;
    if (!report || !schema || !schema->name || !schema->hash) {
        return srl_fail(srl_handle_error(db), SURREAL_ERR_USAGE,
                        "comparing the schema takes a schema, with its name "
                        "and hash, and a report");
    }
    status = surreal_query(db, srl_schema_ask, SURREAL_NO_VARS, &result);
    if (result) {
        status = surreal_schema_read(schema, result, report,
                                     srl_handle_error(db));
    }
    surreal_result_free(result);
    return status;
}
