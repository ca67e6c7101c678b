/* tls/alert.c: how a connection fails, and what alerts tell. */
#include "tls/tls.h"

/* Everything that ends a connection goes through srl_tls_fail: it makes the
 * message, sends the alert (RFC 8446 6.2: once, and nothing after it), wipes
 * the keys and makes the failure stick. A message says at which step, what
 * was wrong, with which host, and who told whom. */

SRL_FN const char *
srl_tls_alert_name(unsigned number)
{
    switch (number) {
#define SRL_TLS_ALERT_CASE(name, text, value, hint) \
    case value: return #text;
        SRL_TLS_ALERT_LIST(SRL_TLS_ALERT_CASE)
#undef SRL_TLS_ALERT_CASE
    default: return "unknown alert";
    }
}

static const char *
srl_tls_alert_hint(unsigned number)
{
    switch (number) {
#define SRL_TLS_ALERT_CASE(name, text, value, hint) \
    case value: return hint;
        SRL_TLS_ALERT_LIST(SRL_TLS_ALERT_CASE)
#undef SRL_TLS_ALERT_CASE
    default: return "";
    }
}

SRL_FN srl_tls_alert
srl_tls_alert_of(surreal_status status)
{
    switch (status) {
    case SURREAL_ERR_CERT_EXPIRED:
    case SURREAL_ERR_CERT_EARLY: return SRL_TLS_ALERT_CERTIFICATE_EXPIRED;
    case SURREAL_ERR_CERT_ISSUER:
    case SURREAL_ERR_TRUST: return SRL_TLS_ALERT_UNKNOWN_CA;
    case SURREAL_ERR_CERT_USAGE: return SRL_TLS_ALERT_UNSUPPORTED_CERTIFICATE;
    case SURREAL_ERR_CERT_PIN: return SRL_TLS_ALERT_CERTIFICATE_UNKNOWN;
    case SURREAL_ERR_CERT:
    case SURREAL_ERR_CERT_NAME:
    case SURREAL_ERR_CERT_SIGNATURE:
    case SURREAL_ERR_CERT_WEAK:
    case SURREAL_ERR_CERT_CONSTRAINT:
    case SURREAL_ERR_CERT_LIMIT: return SRL_TLS_ALERT_BAD_CERTIFICATE;
    default: return SRL_TLS_ALERT_INTERNAL_ERROR;
    }
}

/* What was due when it failed. */
static const char *
srl_tls_step(const srl_tls *tls)
{
    switch (tls->state) {
    case SRL_TLS_NEW: return "ClientHello";
    case SRL_TLS_HELLO: return "waiting for ServerHello";
    case SRL_TLS_RETRIED: return "waiting for the second ServerHello";
    case SRL_TLS_EXTENSIONS: return "waiting for EncryptedExtensions";
    case SRL_TLS_REQUEST:
    case SRL_TLS_CERTIFICATE: return "waiting for Certificate";
    case SRL_TLS_VERIFY: return "waiting for CertificateVerify";
    case SRL_TLS_FINISHED: return "waiting for Finished";
    default: return "after the handshake";
    }
}

SRL_FN surreal_status
srl_tls_failed(const srl_tls *tls, surreal_error *err)
{
    if (SRL_LIKELY(!tls->error.status)) return SURREAL_OK;
    if (err) *err = tls->error;
    return tls->error.status;
}

/* tls->error is filled in: the rest of failing. */
static surreal_status
srl_tls_end(srl_tls *tls, srl_tls_alert alert, surreal_error *err)
{
    if (alert != SRL_TLS_ALERT_NONE) srl_tls_put_alert(tls, alert);
    tls->is_alert_sent = true;
    srl_tls_wipe_keys(tls);
    srl_wipe(tls->input, sizeof tls->input);
    tls->plain_at = tls->plain_end = 0;
    tls->in_at = tls->in_end = 0;
    if (err) *err = tls->error;
    return tls->error.status;
}

SRL_FN surreal_status
srl_tls_fail(srl_tls *tls, surreal_status status, srl_tls_alert alert,
             surreal_error *err, const char *fmt, ...)
{
    char what[400];
    va_list args;

    SURREAL_ASSERT(!tls->error.status);
    va_start(args, fmt);
    if (vsnprintf(what, sizeof what, fmt, args) < 0) what[0] = '\0';
    va_end(args);
    if (alert == SRL_TLS_ALERT_NONE) {
        srl_fail(&tls->error, status, "tls: %s: %s (server %s)",
                 srl_tls_step(tls), what, tls->host);
    } else {
        srl_fail(&tls->error, status,
                 "tls: %s: %s (server %s; it is told %s)",
                 srl_tls_step(tls), what, tls->host,
                 srl_tls_alert_name((unsigned)alert));
    }
    return srl_tls_end(tls, alert, err);
}

SRL_FN surreal_status
srl_tls_fail_with(srl_tls *tls, const surreal_error *why,
                  srl_tls_alert alert, surreal_error *err)
{
    SURREAL_ASSERT(!tls->error.status && why->status);
    srl_fail(&tls->error, why->status,
             "tls: %s: %.400s (server %s; it is told %s)", srl_tls_step(tls),
             why->message, tls->host, srl_tls_alert_name((unsigned)alert));
    tls->error.at = why->at;
    tls->error.os_error = why->os_error;
    return srl_tls_end(tls, alert, err);
}

/* An alert of the peer that is the end. */
static surreal_status
srl_tls_told(srl_tls *tls, unsigned number, surreal_error *err)
{
    surreal_status status = number == SRL_TLS_ALERT_PROTOCOL_VERSION
                                ? SURREAL_ERR_TLS_VERSION
                                : SURREAL_ERR_TLS_ALERT;
    const char *hint = srl_tls_alert_hint(number);

    if (tls->is_client_shown && number >= SRL_TLS_ALERT_BAD_CERTIFICATE &&
        number <= SRL_TLS_ALERT_UNKNOWN_CA &&
        number != SRL_TLS_ALERT_ILLEGAL_PARAMETER) {
        hint = "it does not take our client certificate (client_chain of "
               "surreal_tls)";
    }
    return srl_tls_fail(tls, status, SRL_TLS_ALERT_NONE, err,
                        "the server sent the alert %s (%u)%s%s",
                        srl_tls_alert_name(number), number,
                        *hint ? ": " : "", hint);
}

/* RFC 8446 6: an alert has two bytes in a record of its own. Its level means
 * nothing; but for two, every alert is the end. */
SRL_FN surreal_status
srl_tls_on_alert(srl_tls *tls, const uint8_t *data, size_t len,
                 surreal_error *err)
{
    if (len != 2) {
        return srl_tls_fail(tls, SURREAL_ERR_TLS, SRL_TLS_ALERT_DECODE_ERROR,
                            err, "an alert of %u bytes", (unsigned)len);
    }
    if (data[1] == SRL_TLS_ALERT_USER_CANCELED) {
        if (++tls->empty <= SRL_TLS_MAX_EMPTY) return SURREAL_OK;
        return srl_tls_fail(tls, SURREAL_ERR_TLS,
                            SRL_TLS_ALERT_UNEXPECTED_MESSAGE, err,
                            "too many alerts that say nothing");
    }
    if (data[1] != SRL_TLS_ALERT_CLOSE_NOTIFY) {
        return srl_tls_told(tls, data[1], err);
    }
    if (tls->state != SRL_TLS_OPEN) {
        return srl_tls_fail(tls, SURREAL_ERR_CLOSED, SRL_TLS_ALERT_NONE, err,
                            "the server ended the handshake (close_notify)");
    }
    tls->is_peer_closed = true;
    return SURREAL_OK;
}
