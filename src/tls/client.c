/* tls/client.c: the connection: what may come when, and the way in and out. */
#include "tls/tls.h"

/* The state machine is this table. A message that has no row for the state it
 * comes in is refused; so is one longer than its row says, before any of it
 * is kept. Nothing else decides about the order of messages. */
typedef surreal_status srl_tls_handler(srl_tls *tls,
                                       const srl_tls_message *message,
                                       surreal_error *err);

typedef struct srl_tls_row {
    srl_tls_state state;
    unsigned type;
    size_t max;
    srl_tls_handler *handler;
} srl_tls_row;

static const srl_tls_row srl_tls_rows[] = {
    {SRL_TLS_HELLO, SRL_TLS_SERVER_HELLO, SRL_TLS_MESSAGE, srl_tls_on_hello},
    {SRL_TLS_RETRIED, SRL_TLS_SERVER_HELLO, SRL_TLS_MESSAGE,
     srl_tls_on_hello},
    {SRL_TLS_EXTENSIONS, SRL_TLS_ENCRYPTED_EXTENSIONS, SRL_TLS_MESSAGE,
     srl_tls_on_extensions},
    {SRL_TLS_REQUEST, SRL_TLS_CERTIFICATE_REQUEST, SRL_TLS_MESSAGE,
     srl_tls_on_request},
    {SRL_TLS_REQUEST, SRL_TLS_CERTIFICATE_MESSAGE, SRL_TLS_CHAIN,
     srl_tls_on_certificate},
    {SRL_TLS_CERTIFICATE, SRL_TLS_CERTIFICATE_MESSAGE, SRL_TLS_CHAIN,
     srl_tls_on_certificate},
    {SRL_TLS_VERIFY, SRL_TLS_CERTIFICATE_VERIFY, SRL_TLS_MESSAGE,
     srl_tls_on_verify},
    {SRL_TLS_FINISHED, SRL_TLS_FINISHED_MESSAGE, SRL_TLS_SECRET,
     srl_tls_on_finished},
    {SRL_TLS_OPEN, SRL_TLS_NEW_SESSION_TICKET, SRL_TLS_MESSAGE,
     srl_tls_on_ticket},
    {SRL_TLS_OPEN, SRL_TLS_KEY_UPDATE, 1, srl_tls_on_update}};

/* ---- handshake messages -------------------------------------------------- */

static surreal_status
srl_tls_find_row(srl_tls *tls, unsigned type, size_t len,
                 const srl_tls_row **out, surreal_error *err)
{
    const srl_tls_row *row = srl_tls_rows;
    size_t left = sizeof srl_tls_rows / sizeof *srl_tls_rows;

    while (left && (row->state != tls->state || row->type != type)) {
        row++;
        left--;
    }
    if (!left) {
        return srl_tls_fail(tls, SURREAL_ERR_TLS,
                            SRL_TLS_ALERT_UNEXPECTED_MESSAGE, err,
                            "a handshake message of type %u", type);
    }
    if (len > row->max) {
        return srl_tls_fail(tls, SURREAL_ERR_TLS, row->max < SRL_TLS_MESSAGE
                                ? SRL_TLS_ALERT_DECODE_ERROR
                                : SRL_TLS_ALERT_ILLEGAL_PARAMETER,
                            err, "a handshake message of type %u has %u "
                            "bytes, at most %u are taken", type,
                            (unsigned)len, (unsigned)row->max);
    }
    *out = row;
    return SURREAL_OK;
}

static size_t
srl_tls_body_len(const srl_tls *tls)
{
    return (size_t)tls->head[1] << 16 | srl_load16(tls->head + 2);
}

static void
srl_tls_free_block(srl_tls *tls)
{
    if (tls->block) srl_mem_free(tls->mem, tls->block, srl_tls_body_len(tls));
    tls->block = NULL;
    tls->have = 0;
}

/* A body that goes on in the next record. */
static surreal_status
srl_tls_keep(srl_tls *tls, const uint8_t *data, size_t len,
             surreal_error *err)
{
    if (!tls->block) {
        tls->block = (uint8_t *)srl_mem_resize(tls->mem, NULL, 0,
                                               srl_tls_body_len(tls));
        if (!tls->block) {
            tls->have = 0;
            return srl_tls_fail(tls, SURREAL_ERR_NOMEM,
                                SRL_TLS_ALERT_INTERNAL_ERROR, err,
                                "no memory for a message of %u bytes",
                                (unsigned)srl_tls_body_len(tls));
        }
    }
    if (len) memcpy(tls->block + (tls->have - 4), data, len);
    tls->have += len;
    return SURREAL_OK;
}

/* The next message, or the part of it, at the front of a record's content;
 * *used bytes of it were taken. */
static surreal_status
srl_tls_take_message(srl_tls *tls, const uint8_t *data, size_t len,
                     size_t *used, surreal_error *err)
{
    const srl_tls_row *row = NULL;
    srl_tls_message message;
    size_t at = 0;
    size_t due;

    while (tls->have < 4 && at < len) {
        tls->head[tls->have++] = data[at++];
    }
    *used = at;
    if (tls->have < 4) return SURREAL_OK;
    message.type = tls->head[0];
    message.head = tls->head;
    message.len = srl_tls_body_len(tls);
    SRL_TRY(srl_tls_find_row(tls, message.type, message.len, &row, err));
    due = message.len - (tls->have - 4);
    if (due > len - at || tls->block) {
        size_t n = due < len - at ? due : len - at;

        SRL_TRY(srl_tls_keep(tls, data + at, n, err));
        *used = at + n;
        if (n < due) return SURREAL_OK;
        message.body = tls->block;
    } else {
        message.body = data + at;
        *used = at + due;
    }
    message.rest = len - *used;
    SRL_TRY(row->handler(tls, &message, err));
    srl_tls_free_block(tls);
    return SURREAL_OK;
}

static surreal_status
srl_tls_on_handshake(srl_tls *tls, const uint8_t *data, size_t len,
                     surreal_error *err)
{
    if (!len) {
        return srl_tls_fail(tls, SURREAL_ERR_TLS,
                            SRL_TLS_ALERT_UNEXPECTED_MESSAGE, err,
                            "an empty handshake record");
    }
    tls->empty = 0;
    while (len) {
        size_t used;

        SRL_TRY(srl_tls_take_message(tls, data, len, &used, err));
        data += used;
        len -= used;
    }
    return SURREAL_OK;
}

/* ---- records ------------------------------------------------------------- */

static surreal_status
srl_tls_on_empty(srl_tls *tls, surreal_error *err)
{
    if (++tls->empty <= SRL_TLS_MAX_EMPTY) return SURREAL_OK;
    return srl_tls_fail(tls, SURREAL_ERR_TLS,
                        SRL_TLS_ALERT_UNEXPECTED_MESSAGE, err,
                        "too many records without content in a row");
}

/* What is no data. */
static surreal_status
srl_tls_on_content(srl_tls *tls, unsigned type, const uint8_t *data,
                   size_t len, surreal_error *err)
{
    switch (type) {
    case SRL_TLS_HANDSHAKE:
        return srl_tls_on_handshake(tls, data, len, err);
    case SRL_TLS_ALERT:
        return srl_tls_on_alert(tls, data, len, err);
    case SRL_TLS_DATA:
        return srl_tls_fail(tls, SURREAL_ERR_TLS,
                            SRL_TLS_ALERT_UNEXPECTED_MESSAGE, err,
                            "data before Finished");
    default:
        return srl_tls_fail(tls, SURREAL_ERR_TLS,
                            SRL_TLS_ALERT_UNEXPECTED_MESSAGE, err,
                            "a record of type %u inside", type);
    }
}

/* A record of the handshake, decrypted where it lies. */
static surreal_status
srl_tls_on_record(srl_tls *tls, const srl_tls_record *rec,
                  surreal_error *err)
{
    unsigned type = rec->type;
    size_t len = rec->len;

    if (type == SRL_TLS_CCS) {
        if (rec->body[0] == 1) return srl_tls_on_empty(tls, err);
        return srl_tls_fail(tls, SURREAL_ERR_TLS,
                            SRL_TLS_ALERT_UNEXPECTED_MESSAGE, err,
                            "change_cipher_spec that says %u",
                            (unsigned)rec->body[0]);
    }
    if (type == SRL_TLS_DATA) {
        SRL_TRY(srl_tls_open(tls, rec, rec->body, &type, &len, err));
    }
    return srl_tls_on_content(tls, type, rec->body, len, err);
}

/* ---- a connection -------------------------------------------------------- */

SRL_FN srl_tls *
srl_tls_new(const srl_tls_config *config, srl_mem *mem)
{
    srl_tls *tls = (srl_tls *)srl_mem_resize(mem, NULL, 0, sizeof *tls);

    SURREAL_ASSERT(config->host && config->random);
    if (!tls) return NULL;
    /* The buffers need no zeros. */
    memset(tls, 0, offsetof(srl_tls, input));
    tls->config = config;
    tls->mem = mem;
    srl_text_copy(tls->host, sizeof tls->host, config->host,
                  strlen(config->host));
    return tls;
}

SRL_FN void
srl_tls_free(srl_tls *tls)
{
    srl_mem *mem;

    if (!tls) return;
    mem = tls->mem;
    srl_tls_free_block(tls);
    srl_wipe(tls, sizeof *tls - sizeof tls->output); /* that is sealed */
    srl_mem_free(mem, tls, sizeof *tls);
}

SRL_FN surreal_status
srl_tls_start(srl_tls *tls, surreal_error *err)
{
    const srl_tls_config *config = tls->config;
    surreal_bytes none = {NULL, 0};

    SURREAL_ASSERT(tls->state == SRL_TLS_NEW);
    SRL_TRY(srl_tls_failed(tls, err));
    if (!config->random(config->random_user, tls->random,
                        sizeof tls->random) ||
        !config->random(config->random_user, tls->session_id,
                        sizeof tls->session_id) ||
        !srl_tls_new_share(tls, SRL_TLS_GROUP_X25519)) {
        return srl_tls_fail(tls, SURREAL_ERR_RANDOM, SRL_TLS_ALERT_NONE, err,
                            "the system gave no random numbers");
    }
    srl_tls_transcript_init(tls);
    SRL_TRY(srl_tls_put_hello(tls, none, err));
    tls->state = SRL_TLS_HELLO;
    return SURREAL_OK;
}

SRL_FN bool
srl_tls_is_open(const srl_tls *tls)
{
    return tls->state == SRL_TLS_OPEN && !tls->error.status;
}

/* ---- out ----------------------------------------------------------------- */

SRL_FN surreal_bytes
srl_tls_output(const srl_tls *tls)
{
    surreal_bytes out;

    out.ptr = tls->output + tls->out_at;
    out.len = tls->out_end - tls->out_at;
    return out;
}

/* The KeyUpdate that the peer asked for or our own records make due, as soon
 * as it has room. Several requests get one answer (RFC 8446 4.6.3). */
static bool
srl_tls_update_if_due(srl_tls *tls)
{
    if (tls->out.seq >= SRL_TLS_REKEY) tls->is_update_due = true;
    if (!tls->is_update_due) return true;
    return srl_tls_put_update(tls);
}

SRL_FN void
srl_tls_sent(srl_tls *tls, size_t len)
{
    SURREAL_ASSERT(len <= tls->out_end - tls->out_at);
    tls->out_at += len;
    if (tls->out_at < tls->out_end) return;
    tls->out_at = tls->out_end = 0;
    if (srl_tls_is_open(tls) && !tls->is_alert_sent) {
        srl_tls_update_if_due(tls);
    }
}

SRL_FN surreal_status
srl_tls_write(srl_tls *tls, const uint8_t *data, size_t len, size_t *done,
              surreal_error *err)
{
    size_t n = len < SRL_TLS_PLAIN ? len : SRL_TLS_PLAIN;
    size_t cap;
    uint8_t *room;

    *done = 0;
    SRL_TRY(srl_tls_failed(tls, err));
    if (tls->is_alert_sent) {
        return srl_fail(err, SURREAL_ERR_CLOSED,
                        "tls: nothing can be written after the end (server "
                        "%s)", tls->host);
    }
    if (tls->state != SRL_TLS_OPEN) return SURREAL_WOULD_BLOCK;
    if (!len) return SURREAL_OK;
    if (!srl_tls_update_if_due(tls)) return SURREAL_WOULD_BLOCK;
    room = srl_tls_content(tls, &cap);
    /* No record is made shorter because of what still waits. */
    if (cap < n) return SURREAL_WOULD_BLOCK;
    memcpy(room, data, n);
    srl_tls_seal(tls, SRL_TLS_DATA, n);
    *done = n;
    return SURREAL_OK;
}

SRL_FN void
srl_tls_close(srl_tls *tls)
{
    srl_tls_put_alert(tls, SRL_TLS_ALERT_CLOSE_NOTIFY);
    tls->is_alert_sent = true;
}

/* ---- in ------------------------------------------------------------------ */

SRL_FN uint8_t *
srl_tls_room(srl_tls *tls, size_t *cap)
{
    size_t have = tls->in_end - tls->in_at;

    /* Whatever comes after the end is of no interest. */
    if (tls->error.status || tls->is_peer_closed) have = 0;
    if (tls->plain_at == tls->plain_end && tls->in_at) {
        if (have) memmove(tls->input, tls->input + tls->in_at, have);
        tls->in_at = 0;
        tls->in_end = have;
    }
    *cap = sizeof tls->input - tls->in_end;
    return tls->input + tls->in_end;
}

SRL_FN surreal_status
srl_tls_received(srl_tls *tls, size_t len, surreal_error *err)
{
    srl_tls_record rec;
    surreal_status status = SURREAL_OK;

    SRL_TRY(srl_tls_failed(tls, err));
    SURREAL_ASSERT(len <= sizeof tls->input - tls->in_end);
    if (tls->is_peer_closed) return SURREAL_OK;
    tls->in_end += len;
    while (!status && tls->state != SRL_TLS_OPEN) {
        status = srl_tls_next_record(tls, &rec, err);
        if (!status) status = srl_tls_on_record(tls, &rec, err);
    }
    return status == SURREAL_WOULD_BLOCK ? SURREAL_OK : status;
}

SRL_FN surreal_status
srl_tls_eof(srl_tls *tls, surreal_error *err)
{
    SRL_TRY(srl_tls_failed(tls, err));
    if (tls->is_peer_closed) {
        return srl_fail(err, SURREAL_ERR_CLOSED,
                        "tls: the server closed the connection (server %s)",
                        tls->host);
    }
    return srl_tls_fail(tls, SURREAL_ERR_TLS_TRUNCATED, SRL_TLS_ALERT_NONE,
                        err, "the stream ended without close_notify%s",
                        tls->has_record
                            ? ""
                            : ", before the server said anything: it may "
                              "not speak TLS on this port");
}

/* One record after the handshake. Data goes to `data` or stays in the input as
 * [plain_at, plain_end); *done is what went to `data`. */
static surreal_status
srl_tls_read_record(srl_tls *tls, uint8_t *data, size_t cap, size_t *done,
                    surreal_error *err)
{
    srl_tls_record rec;
    uint8_t *into;
    unsigned type;
    size_t len;

    SRL_TRY(srl_tls_next_record(tls, &rec, err));
    into = rec.len <= cap + SRL_AEAD_TAG ? data : rec.body;
    SRL_TRY(srl_tls_open(tls, &rec, into, &type, &len, err));
    if (type != SRL_TLS_DATA) {
        SRL_TRY(srl_tls_on_content(tls, type, into, len, err));
        if (!tls->is_alert_sent) srl_tls_update_if_due(tls);
        return SURREAL_OK;
    }
    if (tls->have) {
        return srl_tls_fail(tls, SURREAL_ERR_TLS,
                            SRL_TLS_ALERT_UNEXPECTED_MESSAGE, err,
                            "data inside a handshake message");
    }
    if (!len) return srl_tls_on_empty(tls, err);
    tls->empty = tls->updates = tls->tickets = 0;
    if (into == data) {
        *done = len;
    } else {
        tls->plain_at = (size_t)(into - tls->input);
        tls->plain_end = tls->plain_at + len;
    }
    return SURREAL_OK;
}

SRL_FN surreal_status
srl_tls_read(srl_tls *tls, uint8_t *data, size_t cap, size_t *done,
             surreal_error *err)
{
    *done = 0;
    SURREAL_ASSERT(cap);
    SRL_TRY(srl_tls_failed(tls, err));
    if (tls->state != SRL_TLS_OPEN) return SURREAL_WOULD_BLOCK;
    while (!*done) {
        size_t n = tls->plain_end - tls->plain_at;

        if (n) {
            if (n > cap) n = cap;
            memcpy(data, tls->input + tls->plain_at, n);
            srl_wipe(tls->input + tls->plain_at, n);
            tls->plain_at += n;
            *done = n;
        } else if (tls->is_peer_closed) {
            return srl_fail(err, SURREAL_ERR_CLOSED,
                            "tls: the server closed the connection (server "
                            "%s)", tls->host);
        } else {
            SRL_TRY(srl_tls_read_record(tls, data, cap, done, err));
        }
    }
    return SURREAL_OK;
}
