/* rpc/error.c: the server's errors as statuses. */
#include "rpc/rpc.h"

/* SurrealDB 3 sends {code, message, kind, details}, where details is a chain
 * {kind, details: {kind, ...}}; SurrealDB 2 sends {code, message} with nearly
 * everything under one code, so its texts have to be told apart. The texts
 * also decide where 3.x says no more than "Internal" (an index violation, a
 * conflict on 3.0). Kinds win over texts. */

typedef struct srl_error_rule {
    const char *start;
    const char *end; /* NULL: anything */
    surreal_status status;
} srl_error_rule;

static bool
srl_text_starts(surreal_str text, const char *start)
{
    size_t len = strlen(start);

    return len <= text.len && !memcmp(text.ptr, start, len);
}

static bool
srl_text_ends(surreal_str text, const char *end)
{
    size_t len = strlen(end);

    return len <= text.len &&
           !memcmp(text.ptr + text.len - len, end, len);
}

static bool
srl_text_has(surreal_str text, const char *part)
{
    size_t len = strlen(part);
    size_t i;

    for (i = 0; len <= text.len && i <= text.len - len; i++) {
        if (!memcmp(text.ptr + i, part, len)) return true;
    }
    return false;
}

/* By text, for both majors. Texts quote data (a value that failed an
 * assertion, a text that was thrown), so only whole sentences of the server
 * count, by how they start and end: a user who stores "this transaction can
 * be retried" must not make his program retry. */
static surreal_status
srl_error_by_text(surreal_str text)
{
    static const char again[] = "This transaction can be retried";
    static const srl_error_rule rules[] = {
        {"Parse error:", NULL, SURREAL_ERR_QUERY},
        {"An error occurred: ", NULL, SURREAL_ERR_THROWN},
        {"The query was not executed due to a failed transaction. ", again,
         SURREAL_CONFLICT},
        {"Query not executed: Transaction conflict: ", again,
         SURREAL_CONFLICT},
        {"Transaction conflict: ", again, SURREAL_CONFLICT},
        {"Cannot COMMIT: Transaction conflict: ", again, SURREAL_CONFLICT},
        {"Failed to commit transaction due to a read or write conflict", again,
         SURREAL_CONFLICT},
        {"There was a problem with authentication", NULL, SURREAL_ERR_AUTH},
        {"There was a problem with signing up", NULL, SURREAL_ERR_AUTH},
        {"Username or Password was not provided", NULL, SURREAL_ERR_AUTH},
        {"No signin target to either", NULL, SURREAL_ERR_AUTH},
        {"The token has expired", NULL, SURREAL_ERR_AUTH},
        {"The session has expired", NULL, SURREAL_ERR_AUTH},
        {"InvalidToken", NULL, SURREAL_ERR_AUTH},
        {"Base64 error: ", NULL, SURREAL_ERR_AUTH},
        {"The access method ", NULL, SURREAL_ERR_AUTH},
        {"This record access method does not allow ", NULL, SURREAL_ERR_AUTH},
        {"This bearer access method requires ", NULL, SURREAL_ERR_AUTH},
        {"The signin query failed", NULL, SURREAL_ERR_AUTH},
        {"The signup query failed", NULL, SURREAL_ERR_AUTH},
        {"No record was returned", NULL, SURREAL_ERR_AUTH},
        {"IAM error: ", NULL, SURREAL_ERR_DENIED},
        {"Database record `", "already exists", SURREAL_ERR_EXISTS},
        {"Database index `", NULL, SURREAL_ERR_EXISTS},
        {"The query was not executed because it exceeded the timeout", NULL,
         SURREAL_ERR_QUERY_TIMEOUT},
    };
    size_t i;

    for (i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        if (srl_text_starts(text, rules[i].start) &&
            (!rules[i].end || srl_text_ends(text, rules[i].end))) {
            return rules[i].status;
        }
    }
    if (srl_text_starts(text, "Error while processing event ") &&
        srl_text_has(text, ": An error occurred: ")) {
        return SURREAL_ERR_THROWN;
    }
    /* "The user 'ann' already exists in the database 'shop'": names only. */
    if (!srl_text_starts(text, "The ")) return SURREAL_OK;
    if (srl_text_has(text, "' already exists")) return SURREAL_ERR_EXISTS;
    if (srl_text_has(text, "' does not exist")) return SURREAL_ERR_UNDEFINED;
    return SURREAL_OK;
}

/* By kind and the chain of details joined with '/': the longest rule that the
 * joined text starts with. SurrealDB 3. */
static surreal_status
srl_error_by_kind(const char *path)
{
    static const srl_error_rule rules[] = {
        {"NotFound/Method", NULL, SURREAL_ERR_METHOD},
        {"NotFound", NULL, SURREAL_ERR_UNDEFINED},
        {"NotAllowed/Auth/NotAllowed", NULL, SURREAL_ERR_DENIED},
        {"NotAllowed/Auth", NULL, SURREAL_ERR_AUTH},
        {"NotAllowed", NULL, SURREAL_ERR_DENIED},
        {"AlreadyExists", NULL, SURREAL_ERR_EXISTS},
        {"Query/TimedOut", NULL, SURREAL_ERR_QUERY_TIMEOUT},
        {"Query/TransactionConflict", NULL, SURREAL_CONFLICT},
        {"Thrown", NULL, SURREAL_ERR_THROWN},
    };
    size_t i;

    for (i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        if (!strncmp(path, rules[i].start, strlen(rules[i].start))) {
            return rules[i].status;
        }
    }
    return SURREAL_OK;
}

/* By code. On 2.x -32602 is "invalid params"; on 3.x it is "not allowed" and
 * -32603 is "invalid params". */
static surreal_status
srl_error_by_code(int64_t code, int major)
{
    if (code == -32601) return SURREAL_ERR_METHOD;
    if (code == -32602 && major >= 3) return SURREAL_ERR_DENIED;
    if (code == -32002) return SURREAL_ERR_AUTH;
    return SURREAL_ERR_SERVER;
}

/* Text of a map's member; {NULL, 0} if it is none. */
static surreal_str
srl_error_text(const uint8_t *map, const char *key)
{
    const uint8_t *at = srl_cbor_find(map, surreal_text(key));
    surreal_str text = {NULL, 0};

    if (at && *at >> 5 == SRL_CBOR_TEXT && (*at & 31) != 31) {
        srl_cbor_text_at(at, &text);
    }
    return text;
}

/* Walk details {kind, details: {kind, ...}} and join the kinds with '/'. The
 * server nests at most three deep; four bound a hostile one. */
static void
srl_error_details(const uint8_t *details, char *out, size_t cap)
{
    srl_out joined;
    int level;

    srl_out_init(&joined, out, cap);
    for (level = 0; details && *details >> 5 == SRL_CBOR_MAP && level < 4;
         level++) {
        surreal_str kind = srl_error_text(details, "kind");

        if (!kind.ptr) break;
        if (joined.len) srl_out_char(&joined, '/');
        srl_out_put(&joined, kind.ptr, kind.len);
        details = srl_cbor_find(details, SURREAL_LIT("details"));
    }
    srl_out_end(&joined);
}

static surreal_status
srl_error_fill(const uint8_t *map, surreal_str message, int64_t code,
               int major, surreal_error *err)
{
    static const char wrap[] = "There was a problem with the database: ";
    surreal_error local;
    char path[sizeof local.kind + sizeof local.detail];
    surreal_str kind = srl_error_text(map, "kind");
    surreal_status status;

    if (!err) err = &local;
    srl_error_clear(err);
    if (srl_text_starts(message, wrap)) {
        message.ptr += sizeof wrap - 1;
        message.len -= sizeof wrap - 1;
    }
    err->code = code;
    srl_text_copy(err->kind, sizeof err->kind, kind.ptr, kind.len);
    srl_error_details(srl_cbor_find(map, SURREAL_LIT("details")), err->detail,
                      sizeof err->detail);
    srl_text_copy(err->message, sizeof err->message, message.ptr,
                  message.len);
    snprintf(path, sizeof path, "%s/%s", err->kind, err->detail);

    status = srl_error_by_kind(path);
    /* Since 3.1 a sign-in that finds nobody is of kind NotFound. */
    if ((!status || status == SURREAL_ERR_UNDEFINED) &&
        srl_error_by_text(message) == SURREAL_ERR_AUTH) {
        status = SURREAL_ERR_AUTH;
    }
    if (!status) status = srl_error_by_text(message);
    if (!status) status = srl_error_by_code(code, major);
    err->status = status;
    return status;
}

SRL_FN surreal_status
srl_rpc_error(const uint8_t *error, int major, surreal_error *err)
{
    const uint8_t *at;
    srl_cbor_head head;
    int64_t code = 0;

    if (*error >> 5 != SRL_CBOR_MAP) {
        return srl_fail(err, SURREAL_ERR_REPLY,
                        "the server reported an error that is not an object");
    }
    at = srl_cbor_find(error, SURREAL_LIT("code"));
    if (at) {
        srl_cbor_head_at(at, &head);
        if (head.major <= SRL_CBOR_NINT && head.arg <= INT32_MAX) {
            code = head.major ? -1 - (int64_t)head.arg : (int64_t)head.arg;
        }
    }
    return srl_error_fill(error, srl_error_text(error, "message"), code,
                          major, err);
}

SRL_FN surreal_status
srl_row_error(const uint8_t *row, int statement, surreal_error *err)
{
    surreal_status status;

    status = srl_error_fill(row, srl_error_text(row, "result"), 0, 0, err);
    if (status == SURREAL_ERR_SERVER) status = SURREAL_ERR_STATEMENT;
    if (err) {
        err->status = status;
        err->statement = statement;
    }
    return status;
}

/* Only these two texts, whole: a longer one (a conflict, a missing COMMIT) is
 * a cause. */
SRL_FN bool
srl_row_is_bystander(const uint8_t *row)
{
    surreal_str text = srl_error_text(row, "result");

    return surreal_str_eq(text, SURREAL_LIT(
               "The query was not executed due to a failed transaction")) ||
           surreal_str_eq(text, SURREAL_LIT(
               "The query was not executed due to a cancelled transaction"));
}
