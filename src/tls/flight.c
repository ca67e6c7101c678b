/* tls/flight.c: the messages after ServerHello, and our answer to them. */
#include "tls/tls.h"

/* RFC 8446 4.3 to 4.6. What the server says under its handshake keys, up to
 * its Finished; then our flight, which is Finished alone unless it asked for a
 * certificate; and the two messages that may come later. The transcript is
 * added to by each handler, since CertificateVerify and Finished are over
 * what came before them. */

static surreal_status
srl_tls_bad(srl_tls *tls, srl_tls_alert alert, surreal_error *err,
            const char *what)
{
    return srl_tls_fail(tls, SURREAL_ERR_TLS, alert, err, "%s", what);
}

static surreal_status
srl_tls_malformed(srl_tls *tls, surreal_error *err, const char *message)
{
    return srl_tls_fail(tls, SURREAL_ERR_TLS, SRL_TLS_ALERT_DECODE_ERROR, err,
                        "%s is not well-formed", message);
}

/* ---- EncryptedExtensions ------------------------------------------------- */

static bool
srl_tls_is_http11(srl_tls_reader body)
{
    srl_tls_reader list = srl_tls_vector(&body, 2);
    srl_tls_reader name = srl_tls_vector(&list, 1);
    surreal_bytes text = srl_tls_take(&name, srl_tls_left(&name));

    return srl_tls_done(&body) && srl_tls_done(&list) && text.len == 8 &&
           !memcmp(text.ptr, "http/1.1", 8);
}

/* The server's groups, by which it tells what to offer next time (4.2.7). */
static bool
srl_tls_is_groups(srl_tls_reader body)
{
    srl_tls_reader list = srl_tls_vector(&body, 2);
    size_t len = srl_tls_left(&list);

    return srl_tls_done(&body) && len && len % 2 == 0;
}

static surreal_status
srl_tls_extension(srl_tls *tls, uint32_t type, srl_tls_reader body,
                  surreal_error *err)
{
    switch (type) {
    case SRL_TLS_EXT_SERVER_NAME:
        if (!tls->has_name) break;
        if (srl_tls_done(&body)) return SURREAL_OK;
        return srl_tls_malformed(tls, err, "server_name");
    case SRL_TLS_EXT_GROUPS:
        if (srl_tls_is_groups(body)) return SURREAL_OK;
        return srl_tls_malformed(tls, err, "supported_groups");
    case SRL_TLS_EXT_ALPN:
        if (srl_tls_is_http11(body)) return SURREAL_OK;
        return srl_tls_bad(tls, SRL_TLS_ALERT_ILLEGAL_PARAMETER, err,
                           "the server chose a protocol (ALPN) other than "
                           "http/1.1");
    case SRL_TLS_EXT_SIGNATURES:
    case SRL_TLS_EXT_VERSIONS:
    case SRL_TLS_EXT_COOKIE:
    case SRL_TLS_EXT_KEY_SHARE:
        return srl_tls_fail(tls, SURREAL_ERR_TLS,
                            SRL_TLS_ALERT_ILLEGAL_PARAMETER, err,
                            "extension %u does not belong here",
                            (unsigned)type);
    default: break;
    }
    return srl_tls_fail(tls, SURREAL_ERR_TLS,
                        SRL_TLS_ALERT_UNSUPPORTED_EXTENSION, err,
                        "extension %u was not asked for", (unsigned)type);
}

SRL_FN surreal_status
srl_tls_on_extensions(srl_tls *tls, const srl_tls_message *message,
                      surreal_error *err)
{
    srl_tls_reader r;
    srl_tls_reader list;
    uint32_t seen = 0; /* bits by number: all that are let through are small */

    srl_tls_reader_init(&r, message->body, message->len);
    list = srl_tls_vector(&r, 2);
    while (srl_tls_left(&list)) {
        uint32_t type = srl_tls_number(&list, 2);
        srl_tls_reader body = srl_tls_vector(&list, 2);

        if (list.failed) break;
        if (type < 32 && (seen >> type & 1)) {
            return srl_tls_fail(tls, SURREAL_ERR_TLS,
                                SRL_TLS_ALERT_ILLEGAL_PARAMETER, err,
                                "extension %u twice", (unsigned)type);
        }
        if (type < 32) seen |= (uint32_t)1 << type;
        SRL_TRY(srl_tls_extension(tls, type, body, err));
    }
    if (!srl_tls_done(&list) || !srl_tls_done(&r)) {
        return srl_tls_malformed(tls, err, "EncryptedExtensions");
    }
    srl_tls_transcript_message(tls, message);
    tls->state = SRL_TLS_REQUEST;
    return SURREAL_OK;
}

/* ---- CertificateRequest -------------------------------------------------- */

/* signature_algorithms: whether the scheme we can sign with is among them. */
static bool
srl_tls_read_schemes(srl_tls *tls, srl_tls_reader body)
{
    srl_tls_reader list = srl_tls_vector(&body, 2);

    if (!srl_tls_done(&body) || !srl_tls_left(&list)) return false;
    while (srl_tls_left(&list)) {
        if (srl_tls_number(&list, 2) == tls->config->client_scheme) {
            tls->is_scheme_wanted = true;
        }
    }
    return srl_tls_done(&list);
}

/* 4.3.2: extensions we do not know are ignored here, and here alone. */
SRL_FN surreal_status
srl_tls_on_request(srl_tls *tls, const srl_tls_message *message,
                   surreal_error *err)
{
    srl_tls_reader r;
    srl_tls_reader context;
    srl_tls_reader list;
    bool has_schemes = false;

    srl_tls_reader_init(&r, message->body, message->len);
    context = srl_tls_vector(&r, 1);
    list = srl_tls_vector(&r, 2);
    if (!srl_tls_done(&r)) {
        return srl_tls_malformed(tls, err, "CertificateRequest");
    }
    if (srl_tls_left(&context)) {
        return srl_tls_bad(tls, SRL_TLS_ALERT_ILLEGAL_PARAMETER, err,
                           "CertificateRequest with a context");
    }
    while (srl_tls_left(&list)) {
        uint32_t type = srl_tls_number(&list, 2);
        srl_tls_reader body = srl_tls_vector(&list, 2);

        if (type != SRL_TLS_EXT_SIGNATURES) continue;
        if (has_schemes) {
            return srl_tls_bad(tls, SRL_TLS_ALERT_ILLEGAL_PARAMETER, err,
                               "signature_algorithms twice");
        }
        has_schemes = true;
        if (!srl_tls_read_schemes(tls, body)) list.failed = true;
    }
    if (!srl_tls_done(&list)) {
        return srl_tls_malformed(tls, err, "CertificateRequest");
    }
    if (!has_schemes) {
        return srl_tls_bad(tls, SRL_TLS_ALERT_MISSING_EXTENSION, err,
                           "CertificateRequest without "
                           "signature_algorithms");
    }
    srl_tls_transcript_message(tls, message);
    tls->is_asked = true;
    tls->state = SRL_TLS_CERTIFICATE;
    return SURREAL_OK;
}

/* ---- Certificate --------------------------------------------------------- */

static surreal_status
srl_tls_read_chain(srl_tls *tls, const srl_tls_message *message,
                   surreal_bytes *chain, size_t *count, surreal_error *err)
{
    srl_tls_reader r;
    srl_tls_reader context;
    srl_tls_reader list;

    srl_tls_reader_init(&r, message->body, message->len);
    context = srl_tls_vector(&r, 1);
    list = srl_tls_vector(&r, 3);
    if (!srl_tls_done(&r)) return srl_tls_malformed(tls, err, "Certificate");
    if (srl_tls_left(&context)) {
        return srl_tls_bad(tls, SRL_TLS_ALERT_ILLEGAL_PARAMETER, err,
                           "Certificate with a context");
    }
    for (*count = 0; srl_tls_left(&list); ++*count) {
        srl_tls_reader cert = srl_tls_vector(&list, 3);
        srl_tls_reader extensions = srl_tls_vector(&list, 2);

        if (list.failed || !srl_tls_left(&cert)) {
            return srl_tls_malformed(tls, err, "Certificate");
        }
        /* 4.4.2.1: only answers to what we sent, which was nothing. */
        if (srl_tls_left(&extensions)) {
            return srl_tls_bad(tls, SRL_TLS_ALERT_UNSUPPORTED_EXTENSION, err,
                               "an extension of a certificate that was not "
                               "asked for");
        }
        if (*count == SURREAL_MAX_CHAIN) {
            return srl_tls_fail(tls, SURREAL_ERR_CERT_LIMIT,
                                SRL_TLS_ALERT_BAD_CERTIFICATE, err,
                                "more than %u certificates",
                                (unsigned)SURREAL_MAX_CHAIN);
        }
        chain[*count] = srl_tls_take(&cert, srl_tls_left(&cert));
    }
    if (!*count) return srl_tls_malformed(tls, err, "an empty Certificate");
    return SURREAL_OK;
}

/* The message may be gone when CertificateVerify comes. */
static bool
srl_tls_keep_key(srl_tls_key_copy *copy, const srl_public_key *key)
{
    surreal_bytes *slices[3];
    size_t at = 0;
    size_t i;

    copy->key = *key;
    copy->key.spki.ptr = NULL;
    copy->key.spki.len = 0;
    slices[0] = &copy->key.point;
    slices[1] = &copy->key.rsa.n;
    slices[2] = &copy->key.rsa.e;
    for (i = 0; i < 3; i++) {
        if (slices[i]->len > sizeof copy->room - at) return false;
        if (!slices[i]->len) continue;
        memcpy(copy->room + at, slices[i]->ptr, slices[i]->len);
        slices[i]->ptr = copy->room + at;
        at += slices[i]->len;
    }
    return true;
}

SRL_FN surreal_status
srl_tls_on_certificate(srl_tls *tls, const srl_tls_message *message,
                       surreal_error *err)
{
    surreal_bytes chain[SURREAL_MAX_CHAIN];
    size_t count = 0;
    srl_public_key key;
    surreal_error why;

    SRL_TRY(srl_tls_read_chain(tls, message, chain, &count, err));
    memset(&key, 0, sizeof key);
    srl_error_clear(&why);
    if (srl_x509_verify(&tls->config->verify, chain, count, &key, &why)) {
        return srl_tls_fail_with(tls, &why, srl_tls_alert_of(why.status),
                                 err);
    }
    if (!srl_tls_keep_key(&tls->server, &key)) {
        return srl_tls_fail(tls, SURREAL_ERR_CERT_LIMIT,
                            SRL_TLS_ALERT_UNSUPPORTED_CERTIFICATE, err,
                            "the server's key is longer than %u bits",
                            (unsigned)SRL_RSA_MAX_BITS);
    }
    srl_tls_transcript_message(tls, message);
    tls->state = SRL_TLS_VERIFY;
    return SURREAL_OK;
}

/* ---- CertificateVerify --------------------------------------------------- */

/* The schemes a CertificateVerify may have, which are those offered but for
 * the PKCS #1 ones (4.4.3), each with the one kind of key it goes with. */
typedef struct srl_tls_scheme {
    uint16_t number;
    srl_key_kind key;
    srl_signature_alg alg;
} srl_tls_scheme;

static const srl_tls_scheme srl_tls_schemes[] = {
    {0x0403, SRL_KEY_P256, {SRL_SIG_ECDSA, SRL_SHA256}},
    {0x0503, SRL_KEY_P384, {SRL_SIG_ECDSA, SRL_SHA384}},
    {0x0804, SRL_KEY_RSA, {SRL_SIG_RSA_PSS, SRL_SHA256}},
    {0x0805, SRL_KEY_RSA, {SRL_SIG_RSA_PSS, SRL_SHA384}},
    {0x0806, SRL_KEY_RSA, {SRL_SIG_RSA_PSS, SRL_SHA512}},
    {0x0807, SRL_KEY_ED25519, {SRL_SIG_ED25519, SRL_SHA512}}};

SRL_FN size_t
srl_tls_to_sign(const srl_tls *tls, const char *who,
                uint8_t out[SRL_TLS_TO_SIGN])
{
    SURREAL_ASSERT(strlen(who) == 6);
    memset(out, ' ', 64);
    memcpy(out + 64, "TLS 1.3, ", 9);
    memcpy(out + 73, who, 6);
    memcpy(out + 79, " CertificateVerify", 19); /* and its NUL */
    srl_tls_transcript_now(tls, out + 98);
    return 98 + tls->hash_len;
}

static bool
srl_tls_is_signed(const srl_tls *tls, const srl_tls_scheme *scheme,
                  surreal_bytes signature)
{
#ifdef SRL_TLS_FUZZ
    /* For fuzzing alone, here and below: what is signed and what is a MAC is
     * anything. */
    (void)tls;
    (void)scheme;
    return signature.len > 0;
#else
    uint8_t text[SRL_TLS_TO_SIGN];
    surreal_bytes message;

    message.ptr = text;
    message.len = srl_tls_to_sign(tls, "server", text);
    return srl_signature_verify(&tls->server.key, scheme->alg, message,
                                signature);
#endif
}

SRL_FN surreal_status
srl_tls_on_verify(srl_tls *tls, const srl_tls_message *message,
                  surreal_error *err)
{
    const srl_tls_scheme *scheme = srl_tls_schemes;
    size_t left = sizeof srl_tls_schemes / sizeof *srl_tls_schemes;
    srl_tls_reader r;
    srl_tls_reader body;
    surreal_bytes signature;
    uint32_t number;

    srl_tls_reader_init(&r, message->body, message->len);
    number = srl_tls_number(&r, 2);
    body = srl_tls_vector(&r, 2);
    signature = srl_tls_take(&body, srl_tls_left(&body));
    if (!srl_tls_done(&r)) {
        return srl_tls_malformed(tls, err, "CertificateVerify");
    }
    while (left && scheme->number != number) {
        scheme++;
        left--;
    }
    if (!left || scheme->key != tls->server.key.kind) {
        return srl_tls_fail(tls, SURREAL_ERR_TLS,
                            SRL_TLS_ALERT_ILLEGAL_PARAMETER, err,
                            "signature scheme 0x%04x %s", (unsigned)number,
                            left ? "does not go with the certificate's key"
                                 : "is not allowed here");
    }
    if (!srl_tls_is_signed(tls, scheme, signature)) {
        return srl_tls_bad(tls, SRL_TLS_ALERT_DECRYPT_ERROR, err,
                           "the signature is wrong: the server does not have "
                           "the key of its certificate");
    }
    srl_wipe(&tls->server, sizeof tls->server);
    srl_tls_transcript_message(tls, message);
    tls->state = SRL_TLS_FINISHED;
    return SURREAL_OK;
}

/* ---- our flight ---------------------------------------------------------- */

/* Type, length and all: put a message of `len` bytes that stands in the room
 * for content. */
static void
srl_tls_put_message(srl_tls *tls, uint8_t *room, unsigned type, size_t len)
{
    srl_store32(room, (uint32_t)(type << 24 | (len - 4)));
    srl_tls_transcript_add(tls, room, len);
    srl_tls_seal(tls, SRL_TLS_HANDSHAKE, len);
}

static void
srl_tls_store24(uint8_t *p, size_t v)
{
    p[0] = (uint8_t)(v >> 16);
    srl_store16(p + 1, (uint16_t)v);
}

/* The configured chain as entries of a Certificate at room + 8. */
static surreal_status
srl_tls_put_chain(srl_tls *tls, uint8_t *room, size_t cap, size_t *len,
                  surreal_error *why)
{
    size_t at = 0;

    for (;;) {
        surreal_bytes cert;
        surreal_status status;

        if (cap < *len + 5) break;
        status = srl_pem_next(tls->config->client_chain, &at,
                              room + *len + 3, cap - *len - 5, &cert, why);
        if (status == SURREAL_NOT_FOUND && *len > 8) return SURREAL_OK;
        if (status == SURREAL_NOT_FOUND) {
            return srl_fail(why, SURREAL_ERR_CERT,
                            "client_chain holds no certificate in PEM");
        }
        SRL_TRY(status);
        memmove(room + *len + 3, cert.ptr, cert.len);
        srl_tls_store24(room + *len, cert.len);
        *len += 3 + cert.len;
        srl_store16(room + *len, 0); /* no extensions */
        *len += 2;
    }
    return srl_fail(why, SURREAL_ERR_LIMIT,
                    "client_chain does not fit a record of 16384 bytes");
}

/* Empty if there is nothing to show, or nothing that the server takes: it
 * decides whether it goes on without (4.4.2.4). */
static surreal_status
srl_tls_put_certificate(srl_tls *tls, surreal_error *err)
{
    bool is_shown = tls->is_scheme_wanted && tls->config->client_sign;
    size_t cap;
    uint8_t *room = srl_tls_content(tls, &cap);
    size_t len = 8;

    if (is_shown) {
        surreal_error why;

        srl_error_clear(&why);
        if (srl_tls_put_chain(tls, room, cap, &len, &why)) {
            return srl_tls_fail_with(tls, &why, SRL_TLS_ALERT_INTERNAL_ERROR,
                                     err);
        }
        tls->is_client_shown = true;
    }
    if (cap < len) {
        return srl_tls_bad(tls, SRL_TLS_ALERT_INTERNAL_ERROR, err,
                           "no room for Certificate: output was not sent");
    }
    room[4] = 0; /* certificate_request_context */
    srl_tls_store24(room + 5, len - 8);
    srl_tls_put_message(tls, room, SRL_TLS_CERTIFICATE_MESSAGE, len);
    return SURREAL_OK;
}

/* Signed outside; we hold no private keys. */
static surreal_status
srl_tls_put_verify(srl_tls *tls, surreal_error *err)
{
    uint8_t text[SRL_TLS_TO_SIGN];
    const srl_tls_config *config = tls->config;
    surreal_bytes message;
    surreal_error why;
    surreal_status status;
    size_t cap;
    uint8_t *room = srl_tls_content(tls, &cap);
    size_t len = 0;

    if (cap < 8 + 64) {
        return srl_tls_bad(tls, SRL_TLS_ALERT_INTERNAL_ERROR, err,
                           "no room for CertificateVerify: client_chain is "
                           "too long");
    }
    message.ptr = text;
    message.len = srl_tls_to_sign(tls, "client", text);
    srl_error_clear(&why);
    status = config->client_sign(config->sign_user, config->client_scheme,
                                 message, room + 8, cap - 8, &len, &why);
    if (!status && (!len || len > cap - 8)) {
        status = srl_fail(&why, SURREAL_ERR_USAGE,
                          "client_sign made %llu bytes, where %llu fit",
                          (unsigned long long)len,
                          (unsigned long long)(cap - 8));
    } else if (status && !why.status) {
        srl_fail(&why, status, "client_sign failed: %s",
                 surreal_status_text(status));
    }
    /* What it returns counts, not what it put into the error; and answers
     * that are no failures would leave the handshake waiting for ever. */
    if (status == SURREAL_NOT_FOUND || status == SURREAL_NO_CHANGE ||
        status == SURREAL_WOULD_BLOCK || status == SURREAL_CONFLICT) {
        status = SURREAL_ERR_USAGE;
    }
    why.status = status;
    if (status) {
        return srl_tls_fail_with(tls, &why, SRL_TLS_ALERT_INTERNAL_ERROR,
                                 err);
    }
    srl_store16(room + 4, config->client_scheme);
    srl_store16(room + 6, (uint16_t)len);
    srl_tls_put_message(tls, room, SRL_TLS_CERTIFICATE_VERIFY, 8 + len);
    return SURREAL_OK;
}

static surreal_status
srl_tls_put_flight(srl_tls *tls, surreal_error *err)
{
    size_t cap;
    uint8_t *room;

    if (tls->is_asked) {
        SRL_TRY(srl_tls_put_certificate(tls, err));
        if (tls->is_client_shown) SRL_TRY(srl_tls_put_verify(tls, err));
    }
    room = srl_tls_content(tls, &cap);
    if (cap < 4 + tls->hash_len) {
        return srl_tls_bad(tls, SRL_TLS_ALERT_INTERNAL_ERROR, err,
                           "no room for Finished: client_chain is too long");
    }
    srl_tls_finished_mac(tls, &tls->out, room + 4);
    srl_tls_put_message(tls, room, SRL_TLS_FINISHED_MESSAGE,
                        4 + tls->hash_len);
    return SURREAL_OK;
}

/* ---- Finished ------------------------------------------------------------ */

static bool
srl_tls_is_finished(const srl_tls *tls, const srl_tls_message *message)
{
#ifdef SRL_TLS_FUZZ
    (void)tls;
    (void)message;
    return true;
#else
    uint8_t mac[SRL_TLS_SECRET];

    srl_tls_finished_mac(tls, &tls->in, mac);
    return srl_ct_equal(mac, message->body, tls->hash_len);
#endif
}

SRL_FN surreal_status
srl_tls_on_finished(srl_tls *tls, const srl_tls_message *message,
                    surreal_error *err)
{
    uint8_t client[SRL_TLS_SECRET];
    uint8_t server[SRL_TLS_SECRET];
    surreal_status status;

    if (message->len != tls->hash_len) {
        return srl_tls_malformed(tls, err, "Finished");
    }
    if (!srl_tls_is_finished(tls, message)) {
        return srl_tls_bad(tls, SRL_TLS_ALERT_DECRYPT_ERROR, err,
                           "Finished does not fit what was said before");
    }
    if (message->rest) { /* 5.1: other keys from here on */
        return srl_tls_bad(tls, SRL_TLS_ALERT_UNEXPECTED_MESSAGE, err,
                           "more in the record of Finished");
    }
    srl_tls_transcript_message(tls, message);
    srl_tls_application_secrets(tls, client, server);
    status = srl_tls_put_flight(tls, err);
    if (!status) {
        srl_tls_install(tls, &tls->out, client);
        srl_tls_install(tls, &tls->in, server);
        tls->state = SRL_TLS_OPEN;
        tls->config = NULL;
    }
    srl_wipe(client, sizeof client);
    srl_wipe(server, sizeof server);
    return status;
}

/* ---- later --------------------------------------------------------------- */

/* 4.6.1. No resumption: a database client keeps its connection. The message is
 * read all the same, so that a server that sends rubbish is found out. */
SRL_FN surreal_status
srl_tls_on_ticket(srl_tls *tls, const srl_tls_message *message,
                  surreal_error *err)
{
    srl_tls_reader r;
    srl_tls_reader ticket;
    srl_tls_reader list;
    uint32_t lifetime;

    srl_tls_reader_init(&r, message->body, message->len);
    lifetime = srl_tls_number(&r, 4);
    srl_tls_number(&r, 4); /* ticket_age_add */
    srl_tls_vector(&r, 1); /* ticket_nonce */
    ticket = srl_tls_vector(&r, 2);
    list = srl_tls_vector(&r, 2);
    while (srl_tls_left(&list)) {
        uint32_t type = srl_tls_number(&list, 2);
        srl_tls_reader body = srl_tls_vector(&list, 2);

        if (type == SRL_TLS_EXT_EARLY_DATA && srl_tls_left(&body) != 4) {
            list.failed = true;
        }
    }
    if (!srl_tls_done(&r) || !srl_tls_done(&list) || !srl_tls_left(&ticket)) {
        return srl_tls_malformed(tls, err, "NewSessionTicket");
    }
    if (lifetime > 604800) {
        return srl_tls_bad(tls, SRL_TLS_ALERT_ILLEGAL_PARAMETER, err,
                           "NewSessionTicket for more than seven days");
    }
    if (++tls->tickets <= SRL_TLS_MAX_TICKETS) return SURREAL_OK;
    return srl_tls_bad(tls, SRL_TLS_ALERT_UNEXPECTED_MESSAGE, err,
                       "too many NewSessionTickets in a row");
}

SRL_FN surreal_status
srl_tls_on_update(srl_tls *tls, const srl_tls_message *message,
                  surreal_error *err)
{
    if (message->len != 1) return srl_tls_malformed(tls, err, "KeyUpdate");
    if (message->body[0] > 1) {
        return srl_tls_bad(tls, SRL_TLS_ALERT_ILLEGAL_PARAMETER, err,
                           "KeyUpdate with an unknown request");
    }
    if (message->rest) {
        return srl_tls_bad(tls, SRL_TLS_ALERT_UNEXPECTED_MESSAGE, err,
                           "more in the record of KeyUpdate");
    }
    if (++tls->updates > SRL_TLS_MAX_UPDATES) {
        return srl_tls_bad(tls, SRL_TLS_ALERT_UNEXPECTED_MESSAGE, err,
                           "too many KeyUpdates in a row");
    }
    srl_tls_next_keys(tls, &tls->in);
    if (message->body[0]) tls->is_update_due = true;
    return SURREAL_OK;
}
