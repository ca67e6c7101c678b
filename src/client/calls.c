/* client/calls.c: records and functions by query. */
#include "client/client.h"

/* One table says what each verb's statement looks like, one function makes
 * the statement and its variables, and both forms of every call send what it
 * made. The variables have names nobody else uses: on SurrealDB 2 a session's
 * variable of the same name would win over the one sent along, and the
 * statement would be about something else. */

SRL_FN surreal_error *
srl_handle_error(surreal *db)
{
    return &db->error;
}

SRL_FN const surreal_allocator *
srl_handle_allocator(const surreal *db)
{
    return &db->conn->mem.allocator;
}

/* ---- targets and data ------------------------------------------------- */

SURREAL_API surreal_target
surreal_table(const char *name)
{
    surreal_target what;

    memset(&what, 0, sizeof what);
    what.kind = SURREAL_TABLE;
    what.table = surreal_text(name);
    return what;
}

SURREAL_API surreal_target
surreal_record(surreal_record_id id)
{
    surreal_target what;

    memset(&what, 0, sizeof what);
    what.kind = SURREAL_RECORD_ID;
    what.id = id;
    return what;
}

static surreal_data
srl_data_of(surreal_bind bind)
{
    surreal_data data;

    data.bind = bind;
    data.is_given = 1;
    return data;
}

SURREAL_API surreal_data
surreal_data_encoded(surreal_bytes item)
{
    return srl_data_of(surreal_bind_encoded(NULL, item));
}

SURREAL_API surreal_data
surreal_data_value(surreal_value v)
{
    return srl_data_of(surreal_bind_value(NULL, v));
}

SURREAL_API surreal_data
surreal_data_fields(surreal_vars fields)
{
    return srl_data_of(surreal_bind_object(NULL, fields));
}

SURREAL_API surreal_data
surreal_data_none(void)
{
    surreal_data data;

    memset(&data, 0, sizeof data);
    return data;
}

/* ---- verbs ------------------------------------------------------------ */

typedef enum srl_verb {
    SRL_SELECT,
    SRL_CREATE,
    SRL_INSERT,
    SRL_INSERT_RELATION,
    SRL_UPDATE,
    SRL_UPSERT,
    SRL_MERGE,
    SRL_PATCH,
    SRL_DELETE,
    SRL_RELATE
} srl_verb;

typedef struct srl_verb_form {
    const char *name;
    const char *head;
    const char *data;   /* what stands before the data, if there is any */
    bool needs_data;
    bool takes_range;
} srl_verb_form;

static const srl_verb_form *
srl_verb_form_of(srl_verb verb)
{
    static const srl_verb_form forms[] = {
        {"select", "SELECT * FROM $srl_what", NULL, false, true},
        {"create", "CREATE $srl_what", " CONTENT ", false, false},
        {"insert", "INSERT INTO $srl_what", " ", true, false},
        {"insert_relation", "INSERT RELATION INTO $srl_what", " ", true,
         false},
        {"update", "UPDATE $srl_what", " CONTENT ", false, true},
        {"upsert", "UPSERT $srl_what", " CONTENT ", false, true},
        {"merge", "UPDATE $srl_what", " MERGE ", true, true},
        {"patch", "UPDATE $srl_what", " PATCH ", true, true},
        {"delete", "DELETE $srl_what", NULL, false, true},
        {"relate", "RELATE $srl_from->$srl_what->$srl_to", " CONTENT ", false,
         false},
    };

    return &forms[verb];
}

#define SRL_CALL_BINDS 4
#define SRL_CALL_TEXT 128

/* A call: what was asked for, and the query it becomes. */
typedef struct srl_query {
    srl_verb verb;
    surreal_target what;
    surreal_data data;
    surreal_return ret;
    surreal_record_id from; /* RELATE */
    surreal_record_id to;
    surreal_bind binds[SRL_CALL_BINDS];
    size_t count;
    char text[SRL_CALL_TEXT];
    size_t len;
} srl_query;

static srl_query
srl_query_of(srl_verb verb, surreal_target what, surreal_data data,
             surreal_return ret)
{
    srl_query q;

    memset(&q, 0, sizeof q);
    q.verb = verb;
    q.what = what;
    q.data = data;
    q.ret = ret;
    return q;
}

static surreal_status
srl_query_check(const srl_query *q, surreal_error *err)
{
    const srl_verb_form *form = srl_verb_form_of(q->verb);
    const surreal_target *what = &q->what;

    if (what->kind == SURREAL_TABLE ? !what->table.ptr
                                    : what->id.kind == SURREAL_KEY_NONE) {
        return srl_fail(err, SURREAL_ERR_USAGE,
                        "%s: the target is neither a table nor a record",
                        form->name);
    }
    if (what->kind == SURREAL_RECORD_ID && !form->takes_range &&
        what->id.kind == SURREAL_KEY_RANGE) {
        return srl_fail(err, SURREAL_ERR_USAGE,
                        "%s: the target may not be a range", form->name);
    }
    if (form->needs_data && !q->data.is_given) {
        return srl_fail(err, SURREAL_ERR_USAGE, "%s: there is no data",
                        form->name);
    }
    if (q->verb == SRL_RELATE && (q->from.kind == SURREAL_KEY_NONE ||
                                  q->to.kind == SURREAL_KEY_NONE)) {
        return srl_fail(err, SURREAL_ERR_USAGE,
                        "relate: an end of the edge is no record");
    }
    if ((unsigned)q->ret > SURREAL_RETURN_DIFF) {
        return srl_fail(err, SURREAL_ERR_USAGE,
                        "%s: %d is no surreal_return", form->name,
                        (int)q->ret);
    }
    return SURREAL_OK;
}

static void
srl_query_bind(srl_query *q, surreal_bind bind, const char *name)
{
    SURREAL_ASSERT(q->count < SRL_CALL_BINDS);
    bind.name = name;
    q->binds[q->count++] = bind;
}

static const char *
srl_return_clause(srl_verb verb, surreal_return ret)
{
    if (verb == SRL_SELECT) return "";
    switch (ret) {
    case SURREAL_RETURN_NONE: return " RETURN NONE";
    case SURREAL_RETURN_BEFORE: return " RETURN BEFORE";
    case SURREAL_RETURN_DIFF: return " RETURN DIFF";
    case SURREAL_RETURN_AFTER: return " RETURN AFTER";
    default:
        return verb == SRL_DELETE ? " RETURN BEFORE" : " RETURN AFTER";
    }
}

/* Make the statement and its variables. */
static surreal_status
srl_query_make(srl_query *q, surreal_error *err)
{
    const srl_verb_form *form = srl_verb_form_of(q->verb);
    surreal_bind what;
    srl_out out;

    SRL_TRY(srl_query_check(q, err));
    srl_out_init(&out, q->text, sizeof q->text);
    srl_out_text(&out, form->head);
    if (form->data && q->data.is_given) {
        srl_out_text(&out, form->data);
        srl_out_text(&out, "$srl_data");
        srl_query_bind(q, q->data.bind, "srl_data");
    }
    srl_out_text(&out, srl_return_clause(q->verb, q->ret));
    q->len = srl_out_end(&out);
    SURREAL_ASSERT(q->len < sizeof q->text);

    if (q->what.kind == SURREAL_TABLE) {
        what = surreal_bind_table(NULL, "");
        what.u.s = q->what.table;
    } else {
        what = surreal_bind_id(NULL, q->what.id);
    }
    srl_query_bind(q, what, "srl_what");
    if (q->verb == SRL_RELATE) {
        srl_query_bind(q, surreal_bind_id(NULL, q->from), "srl_from");
        srl_query_bind(q, surreal_bind_id(NULL, q->to), "srl_to");
    }
    return SURREAL_OK;
}

static surreal_vars
srl_vars_of(const surreal_bind *binds, size_t count)
{
    surreal_vars vars;

    vars.v = binds;
    vars.count = count;
    return vars;
}

/* The two ways to send it. */

static surreal_status
srl_query_wait(surreal *db, srl_query q, surreal_result **out)
{
    if (out) *out = NULL;
    if (!db) return SURREAL_ERR_USAGE;
    SRL_TRY(srl_query_make(&q, srl_handle_error(db)));
    return surreal_query_str(db, surreal_text_of(q.text, q.len),
                             srl_vars_of(q.binds, q.count), out);
}

static surreal_status
srl_query_queue(surreal *db, srl_query q, surreal_done *done, void *user,
                surreal_request **request)
{
    if (!db) return SURREAL_ERR_USAGE;
    SRL_TRY(srl_query_make(&q, srl_handle_error(db)));
    return surreal_query_start(db, surreal_text_of(q.text, q.len),
                               srl_vars_of(q.binds, q.count), done, user,
                               request);
}

static srl_query
srl_select_of(surreal_target what)
{
    return srl_query_of(SRL_SELECT, what, surreal_data_none(),
                        SURREAL_RETURN_DEFAULT);
}

SURREAL_API surreal_status
surreal_select(surreal *db, surreal_target what, surreal_result **out)
{
    return srl_query_wait(db, srl_select_of(what), out);
}

SURREAL_API surreal_status
surreal_select_start(surreal *db, surreal_target what, surreal_done *done,
                     void *user, surreal_request **request)
{
    return srl_query_queue(db, srl_select_of(what), done, user, request);
}

SURREAL_API surreal_status
surreal_create(surreal *db, surreal_target what, surreal_data data,
               surreal_return ret, surreal_result **out)
{
    return srl_query_wait(db, srl_query_of(SRL_CREATE, what, data, ret), out);
}

SURREAL_API surreal_status
surreal_create_start(surreal *db, surreal_target what, surreal_data data,
                     surreal_return ret, surreal_done *done, void *user,
                     surreal_request **request)
{
    return srl_query_queue(db, srl_query_of(SRL_CREATE, what, data, ret),
                           done, user, request);
}

static srl_query
srl_insert_of(srl_verb verb, const char *table, surreal_data rows,
              surreal_return ret)
{
    return srl_query_of(verb, surreal_table(table), rows, ret);
}

SURREAL_API surreal_status
surreal_insert(surreal *db, const char *table, surreal_data rows,
               surreal_return ret, surreal_result **out)
{
    return srl_query_wait(db, srl_insert_of(SRL_INSERT, table, rows, ret),
                          out);
}

SURREAL_API surreal_status
surreal_insert_start(surreal *db, const char *table, surreal_data rows,
                     surreal_return ret, surreal_done *done, void *user,
                     surreal_request **request)
{
    return srl_query_queue(db, srl_insert_of(SRL_INSERT, table, rows, ret),
                           done, user, request);
}

SURREAL_API surreal_status
surreal_insert_relation(surreal *db, const char *table, surreal_data rows,
                        surreal_return ret, surreal_result **out)
{
    return srl_query_wait(db,
                          srl_insert_of(SRL_INSERT_RELATION, table, rows, ret),
                          out);
}

SURREAL_API surreal_status
surreal_insert_relation_start(surreal *db, const char *table,
                              surreal_data rows, surreal_return ret,
                              surreal_done *done, void *user,
                              surreal_request **request)
{
    return srl_query_queue(db,
                           srl_insert_of(SRL_INSERT_RELATION, table, rows, ret),
                           done, user, request);
}

SURREAL_API surreal_status
surreal_update(surreal *db, surreal_target what, surreal_data data,
               surreal_return ret, surreal_result **out)
{
    return srl_query_wait(db, srl_query_of(SRL_UPDATE, what, data, ret), out);
}

SURREAL_API surreal_status
surreal_update_start(surreal *db, surreal_target what, surreal_data data,
                     surreal_return ret, surreal_done *done, void *user,
                     surreal_request **request)
{
    return srl_query_queue(db, srl_query_of(SRL_UPDATE, what, data, ret),
                           done, user, request);
}

SURREAL_API surreal_status
surreal_upsert(surreal *db, surreal_target what, surreal_data data,
               surreal_return ret, surreal_result **out)
{
    return srl_query_wait(db, srl_query_of(SRL_UPSERT, what, data, ret), out);
}

SURREAL_API surreal_status
surreal_upsert_start(surreal *db, surreal_target what, surreal_data data,
                     surreal_return ret, surreal_done *done, void *user,
                     surreal_request **request)
{
    return srl_query_queue(db, srl_query_of(SRL_UPSERT, what, data, ret),
                           done, user, request);
}

SURREAL_API surreal_status
surreal_merge(surreal *db, surreal_target what, surreal_data data,
              surreal_return ret, surreal_result **out)
{
    return srl_query_wait(db, srl_query_of(SRL_MERGE, what, data, ret), out);
}

SURREAL_API surreal_status
surreal_merge_start(surreal *db, surreal_target what, surreal_data data,
                    surreal_return ret, surreal_done *done, void *user,
                    surreal_request **request)
{
    return srl_query_queue(db, srl_query_of(SRL_MERGE, what, data, ret),
                           done, user, request);
}

static srl_query
srl_patch_of(surreal_target what, surreal_bytes ops, surreal_return ret)
{
    surreal_data data = surreal_data_encoded(ops);

    if (!ops.len) data = surreal_data_none();
    return srl_query_of(SRL_PATCH, what, data, ret);
}

SURREAL_API surreal_status
surreal_patch(surreal *db, surreal_target what, surreal_bytes ops,
              surreal_return ret, surreal_result **out)
{
    return srl_query_wait(db, srl_patch_of(what, ops, ret), out);
}

SURREAL_API surreal_status
surreal_patch_start(surreal *db, surreal_target what, surreal_bytes ops,
                    surreal_return ret, surreal_done *done, void *user,
                    surreal_request **request)
{
    return srl_query_queue(db, srl_patch_of(what, ops, ret),
                           done, user, request);
}

static srl_query
srl_delete_of(surreal_target what, surreal_return ret)
{
    return srl_query_of(SRL_DELETE, what, surreal_data_none(), ret);
}

SURREAL_API surreal_status
surreal_delete(surreal *db, surreal_target what, surreal_return ret,
               surreal_result **out)
{
    return srl_query_wait(db, srl_delete_of(what, ret), out);
}

SURREAL_API surreal_status
surreal_delete_start(surreal *db, surreal_target what, surreal_return ret,
                     surreal_done *done, void *user, surreal_request **request)
{
    return srl_query_queue(db, srl_delete_of(what, ret), done, user, request);
}

static srl_query
srl_relate_of(surreal_record_id from, surreal_target edge,
              surreal_record_id to, surreal_data data, surreal_return ret)
{
    srl_query q = srl_query_of(SRL_RELATE, edge, data, ret);

    q.from = from;
    q.to = to;
    return q;
}

SURREAL_API surreal_status
surreal_relate(surreal *db, surreal_record_id from, surreal_target edge,
               surreal_record_id to, surreal_data data, surreal_return ret,
               surreal_result **out)
{
    return srl_query_wait(db, srl_relate_of(from, edge, to, data, ret), out);
}

SURREAL_API surreal_status
surreal_relate_start(surreal *db, surreal_record_id from, surreal_target edge,
                     surreal_record_id to, surreal_data data,
                     surreal_return ret, surreal_done *done, void *user,
                     surreal_request **request)
{
    return srl_query_queue(db, srl_relate_of(from, edge, to, data, ret),
                           done, user, request);
}

/* ---- patches ---------------------------------------------------------- */

/* { op, path } with room for more. */
static void
srl_put_patch(surreal_writer *w, const char *op, const char *path)
{
    surreal_put_object(w);
    surreal_put_key(w, "op");
    surreal_put_text(w, op);
    surreal_put_key(w, "path");
    surreal_put_text(w, path);
}

SURREAL_API void
surreal_put_patch_add(surreal_writer *w, const char *path)
{
    srl_put_patch(w, "add", path);
    surreal_put_key(w, "value");
}

SURREAL_API void
surreal_put_patch_replace(surreal_writer *w, const char *path)
{
    srl_put_patch(w, "replace", path);
    surreal_put_key(w, "value");
}

SURREAL_API void
surreal_put_patch_test(surreal_writer *w, const char *path)
{
    srl_put_patch(w, "test", path);
    surreal_put_key(w, "value");
}

SURREAL_API void
surreal_put_patch_remove(surreal_writer *w, const char *path)
{
    srl_put_patch(w, "remove", path);
    surreal_put_end(w);
}

/* ---- functions -------------------------------------------------------- */

/* RETURN name($srl_a0, ...). The method `run` ignores transactions, and a name
 * of three bytes ends a 2.x server. */
#define SRL_RUN_TEXT (SURREAL_RUN_NAME + SURREAL_RUN_ARGS * 12 + 16)

typedef struct srl_run_call {
    surreal_bind binds[SURREAL_RUN_ARGS];
    char names[SURREAL_RUN_ARGS][8];
    char text[SRL_RUN_TEXT];
    size_t len;
} srl_run_call;

static bool
srl_run_is_word(char c)
{
    return srl_is_letter(c) || srl_is_digit(c) || c == '_';
}

/* segment ("::" segment)*, one alone only if it is a function of that form:
 * anything else could be a keyword. *at is where it stops making sense. */
static bool
srl_function_name(surreal_str name, size_t *at)
{
    static const char *const alone[] = {"count", "not", "rand", "sleep"};
    size_t segments = 0;
    size_t i = 0;

    for (;;) {
        *at = i;
        if (i == name.len || srl_is_digit(name.ptr[i])) return false;
        while (i < name.len && srl_run_is_word(name.ptr[i])) i++;
        if (i == *at) return false;
        segments++;
        *at = i;
        if (i == name.len) break;
        if (name.len - i < 2 || memcmp(name.ptr + i, "::", 2)) return false;
        i += 2;
    }
    if (segments > 1) return true;
    for (i = 0; i < sizeof alone / sizeof alone[0]; i++) {
        if (surreal_str_eq(name, surreal_text(alone[i]))) return true;
    }
    *at = 0;
    return false;
}

static surreal_status
srl_run_make(srl_run_call *run, const char *function, surreal_vars args,
             surreal_error *err)
{
    surreal_str name = surreal_text(function);
    srl_out out;
    size_t at = 0;
    size_t i;

    if (name.len > SURREAL_RUN_NAME || !srl_function_name(name, &at)) {
        srl_fail(err, SURREAL_ERR_SYNTAX,
                 "'%.*s' is no function name: segments of letters, digits "
                 "and '_' joined by '::' are", (int)(name.len > 64 ? 64 :
                 name.len), name.len ? name.ptr : "");
        err->at = at;
        return err->status;
    }
    if (args.count > SURREAL_RUN_ARGS) {
        return srl_fail(err, SURREAL_ERR_LIMIT,
                        "%zu arguments, at most %d are sent", args.count,
                        SURREAL_RUN_ARGS);
    }
    srl_out_init(&out, run->text, sizeof run->text);
    srl_out_text(&out, "RETURN ");
    srl_out_put(&out, name.ptr, name.len);
    srl_out_char(&out, '(');
    for (i = 0; i < args.count; i++) {
        snprintf(run->names[i], sizeof run->names[i], "srl_a%u", (unsigned)i);
        run->binds[i] = args.v[i];
        run->binds[i].name = run->names[i];
        srl_out_text(&out, i ? ", $" : "$");
        srl_out_text(&out, run->names[i]);
    }
    srl_out_char(&out, ')');
    run->len = srl_out_end(&out);
    SURREAL_ASSERT(run->len < sizeof run->text);
    return SURREAL_OK;
}

SURREAL_API surreal_status
surreal_run(surreal *db, const char *function, surreal_vars args,
            surreal_result **out)
{
    srl_run_call run;

    if (out) *out = NULL;
    if (!db) return SURREAL_ERR_USAGE;
    SRL_TRY(srl_run_make(&run, function, args, srl_handle_error(db)));
    return surreal_query_str(db, surreal_text_of(run.text, run.len),
                             srl_vars_of(run.binds, args.count), out);
}

SURREAL_API surreal_status
surreal_run_start(surreal *db, const char *function, surreal_vars args,
                  surreal_done *done, void *user, surreal_request **request)
{
    srl_run_call run;

    if (!db) return SURREAL_ERR_USAGE;
    SRL_TRY(srl_run_make(&run, function, args, srl_handle_error(db)));
    return surreal_query_start(db, surreal_text_of(run.text, run.len),
                               srl_vars_of(run.binds, args.count), done, user,
                               request);
}

/* A query rather than the method `info`, which needs a namespace. ONLY of
 * nobody is NONE on 2.6 and 3.0.2, an error on 3.0.5. */
#define SRL_INFO_TEXT \
    SURREAL_LIT("RETURN IF $auth THEN (SELECT * FROM ONLY $auth) " \
                "ELSE NONE END")

SURREAL_API surreal_status
surreal_info(surreal *db, surreal_result **out)
{
    return surreal_query_str(db, SRL_INFO_TEXT, srl_vars_of(NULL, 0), out);
}

SURREAL_API surreal_status
surreal_info_start(surreal *db, surreal_done *done, void *user,
                   surreal_request **request)
{
    return surreal_query_start(db, SRL_INFO_TEXT, srl_vars_of(NULL, 0), done,
                               user, request);
}
