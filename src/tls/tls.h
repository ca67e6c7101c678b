/* tls/tls.h: a TLS 1.3 client (RFC 8446) without sockets. */
#ifndef SRL_TLS_H
#define SRL_TLS_H
#include "x509/x509.h"

/* Set by tests/fuzz/fuzz_tls.c. Nobody else may come upon it by chance. */
#if defined(SRL_TLS_FUZZ) && !defined(FUZZING_BUILD_MODE_UNSAFE_FOR_PRODUCTION)
#error "SRL_TLS_FUZZ turns off encryption and every check of the server"
#endif

/* Bytes in, bytes out: the caller moves them, gives the time and the random
 * numbers.
 *
 *   tls = srl_tls_new(&config, mem); srl_tls_start(tls, err);
 *   for (;;) {
 *       bytes = srl_tls_output(tls);        write; srl_tls_sent(tls, n)
 *       room = srl_tls_room(tls, &cap);     read; srl_tls_received(tls, n, err)
 *       srl_tls_is_open(tls)?               srl_tls_read, srl_tls_write
 *   }
 *   srl_tls_close(tls); output once more; srl_tls_free(tls)
 *
 * The first failure sticks: every later call returns it. What is to be sent
 * then, an alert, is in srl_tls_output. */

/* What a connection is made from. Read by srl_tls_new and while the handshake
 * lasts; it must stay where it is until srl_tls_is_open.
 *
 *   host     what the client dialled and checks: name or address
 *   verify   see x509.h; its host is the same name
 *   client   chain as PEM, and what signs; sign NULL: none
 *   random   of the system; false: none, which ends the connection
 *   keylog   receives lines in the format of SSLKEYLOGFILE; only with
 *            SURREAL_TLS_KEYLOG
 */
typedef struct srl_tls_config {
    const char *host;
    srl_verify verify;
    surreal_bytes client_chain;
    surreal_tls_sign *client_sign;
    void *sign_user;
    uint16_t client_scheme;
    bool (*random)(void *user, void *out, size_t len);
    void *random_user;
#ifdef SURREAL_TLS_KEYLOG
    void (*keylog)(void *user, const char *line);
    void *keylog_user;
#endif
} srl_tls_config;

typedef struct srl_tls srl_tls;

/* ---- tls/client.c -------------------------------------------------------- */

/* One allocation; the others are those of handshake messages that come in
 * more than one record, each freed when it was read. NULL: no memory. */
SRL_FN srl_tls *srl_tls_new(const srl_tls_config *config, srl_mem *mem);
/* Wipes and frees; NULL is allowed. */
SRL_FN void srl_tls_free(srl_tls *tls);
/* Put the ClientHello into the output. */
SRL_FN surreal_status srl_tls_start(srl_tls *tls, surreal_error *err);

/* Bytes to be sent, and how many of them were. */
SRL_FN surreal_bytes srl_tls_output(const srl_tls *tls);
SRL_FN void srl_tls_sent(srl_tls *tls, size_t len);

/* Where received bytes may be put; *cap may be 0 while data waits to be taken
 * by srl_tls_read. srl_tls_received goes on with `len` new bytes there, to the
 * end of the handshake. All that comes later waits for srl_tls_read. */
SRL_FN uint8_t *srl_tls_room(srl_tls *tls, size_t *cap);
SRL_FN surreal_status srl_tls_received(srl_tls *tls, size_t len,
                                       surreal_error *err);
/* The stream has ended, and srl_tls_read would block or the handshake is not
 * over.
 *
 * Returns:  ERR_CLOSED if the peer had closed TLS before, ERR_TLS_TRUNCATED
 *           if not */
SRL_FN surreal_status srl_tls_eof(srl_tls *tls, surreal_error *err);

SRL_FN bool srl_tls_is_open(const srl_tls *tls);

/* Decrypted data, at least one byte. A record is decrypted where it is wanted
 * if data has room for it and for one byte more and its padding, so 2^14 + 1
 * bytes are worth having. What is behind *done in data may be written, too.
 * May put a KeyUpdate into the output.
 *
 * Returns:  OK; WOULD_BLOCK: receive more; ERR_CLOSED after close_notify; the
 *           failure */
SRL_FN surreal_status srl_tls_read(srl_tls *tls, uint8_t *data, size_t cap,
                                   size_t *done, surreal_error *err);
/* Encrypt data into the output, one record of at most 2^14 bytes.
 *
 * Returns:  OK; WOULD_BLOCK: send the output first; the failure */
SRL_FN surreal_status srl_tls_write(srl_tls *tls, const uint8_t *data,
                                    size_t len, size_t *done,
                                    surreal_error *err);
/* Put close_notify into the output; nothing can be written any more. */
SRL_FN void srl_tls_close(srl_tls *tls);

/* ---- inside the layer ----------------------------------------------------
 *
 * A handshake goes through these states in this order, SRL_TLS_RETRIED and
 * SRL_TLS_CERTIFICATE perhaps; src/tls/client.c has the table of what may come
 * in each.
 *
 *   HELLO        ClientHello is out, ServerHello or HelloRetryRequest is due
 *   RETRIED      the second ClientHello is out, ServerHello is due
 *   EXTENSIONS   keys are on; EncryptedExtensions are due
 *   REQUEST      Certificate is due, CertificateRequest may come before it
 *   CERTIFICATE  CertificateRequest came, Certificate is due
 *   VERIFY       CertificateVerify is due
 *   FINISHED     Finished is due
 *   OPEN         data flows; tickets and KeyUpdate may come
 */
typedef enum srl_tls_state {
    SRL_TLS_NEW = 0,
    SRL_TLS_HELLO,
    SRL_TLS_RETRIED,
    SRL_TLS_EXTENSIONS,
    SRL_TLS_REQUEST,
    SRL_TLS_CERTIFICATE,
    SRL_TLS_VERIFY,
    SRL_TLS_FINISHED,
    SRL_TLS_OPEN
} srl_tls_state;

#define SRL_TLS_SECRET 48       /* bytes of the longest secret: SHA-384 */
#define SRL_TLS_PLAIN 16384     /* content of a record (RFC 8446 5.1) */
#define SRL_TLS_HEAD 5          /* of a record */
#define SRL_TLS_MORE 256        /* a protected record may be longer by (5.2) */
#define SRL_TLS_MESSAGE 16384   /* our limit for a handshake message */
#define SRL_TLS_CHAIN 65536     /* the same for Certificate */
#define SRL_TLS_NAME 254        /* host and its NUL */

/* A protected alert, and a protected KeyUpdate, in bytes of output. */
#define SRL_TLS_ALERT_ROOM (SRL_TLS_HEAD + 2 + 1 + SRL_AEAD_TAG)
#define SRL_TLS_UPDATE_ROOM (SRL_TLS_HEAD + 5 + 1 + SRL_AEAD_TAG)

#define SRL_TLS_IN (SRL_TLS_HEAD + SRL_TLS_PLAIN + SRL_TLS_MORE)
/* One full record, CCS, and what must never wait for room. */
#define SRL_TLS_OUT                                                     \
    (SRL_TLS_HEAD + SRL_TLS_PLAIN + 1 + SRL_AEAD_TAG + SRL_TLS_HEAD + 1 + \
     SRL_TLS_ALERT_ROOM + SRL_TLS_UPDATE_ROOM)

/* Records a key of ours encrypts before it is replaced. AES-GCM allows about
 * 2^24.5 full ones (RFC 8446 5.5). Tests set less. */
#ifndef SRL_TLS_REKEY
#define SRL_TLS_REKEY ((uint64_t)1 << 23)
#endif

/* How often a peer may make us work without giving us anything: records
 * without content and CCS, KeyUpdates, and tickets, each in a row between two
 * records of data. */
#define SRL_TLS_MAX_EMPTY 32
#define SRL_TLS_MAX_UPDATES 32
#define SRL_TLS_MAX_TICKETS 16

/* Content types (RFC 8446 5.1). */
#define SRL_TLS_CCS 20u
#define SRL_TLS_ALERT 21u
#define SRL_TLS_HANDSHAKE 22u
#define SRL_TLS_DATA 23u

/* Handshake types (4). */
#define SRL_TLS_CLIENT_HELLO 1u
#define SRL_TLS_SERVER_HELLO 2u
#define SRL_TLS_NEW_SESSION_TICKET 4u
#define SRL_TLS_ENCRYPTED_EXTENSIONS 8u
#define SRL_TLS_CERTIFICATE_MESSAGE 11u
#define SRL_TLS_CERTIFICATE_REQUEST 13u
#define SRL_TLS_CERTIFICATE_VERIFY 15u
#define SRL_TLS_FINISHED_MESSAGE 20u
#define SRL_TLS_KEY_UPDATE 24u
#define SRL_TLS_MESSAGE_HASH 254u

/* Extensions (4.2). */
#define SRL_TLS_EXT_SERVER_NAME 0u
#define SRL_TLS_EXT_GROUPS 10u
#define SRL_TLS_EXT_SIGNATURES 13u
#define SRL_TLS_EXT_ALPN 16u
#define SRL_TLS_EXT_EARLY_DATA 42u
#define SRL_TLS_EXT_VERSIONS 43u
#define SRL_TLS_EXT_COOKIE 44u
#define SRL_TLS_EXT_KEY_SHARE 51u

#define SRL_TLS_13 0x0304u
#define SRL_TLS_12 0x0303u
#define SRL_TLS_GROUP_P256 0x0017u
#define SRL_TLS_GROUP_X25519 0x001du
#define SRL_TLS_AES_128 0x1301u
#define SRL_TLS_AES_256 0x1302u
#define SRL_TLS_CHACHA20 0x1303u

/* The keys of one direction. */
typedef struct srl_tls_side {
    srl_aead aead;
    uint8_t secret[SRL_TLS_SECRET]; /* the traffic secret they come from */
    uint8_t iv[SRL_AEAD_NONCE];
    uint64_t seq; /* of the next record */
    bool is_on;
} srl_tls_side;

/* The server's key from Certificate to CertificateVerify, copied out of a
 * message that is gone by then. */
typedef struct srl_tls_key_copy {
    srl_public_key key;
    uint8_t room[SRL_RSA_MAX_BITS / 8 + 8];
} srl_tls_key_copy;

struct srl_tls {
    const srl_tls_config *config; /* NULL once open */
    srl_mem *mem;
    char host[SRL_TLS_NAME]; /* for messages */
    srl_tls_state state;
    surreal_error error;     /* status: the failure that sticks, or OK */

    uint16_t suite;          /* 0 until it is known */
    srl_hash_id hash_id;
    size_t hash_len;
    srl_hash transcript;     /* SHA-256 until the suite is known */
    srl_hash transcript_384; /* until then */
    uint8_t secret[SRL_TLS_SECRET]; /* where the next ones come from */
    srl_tls_side in;
    srl_tls_side out;

    uint8_t random[32];
    uint8_t session_id[32];
    uint8_t scalar[32];      /* of our key share */
    uint16_t group;          /* of it */
    bool has_name;           /* server_name was sent */
    bool is_asked;           /* CertificateRequest came ... */
    bool is_scheme_wanted;   /* ... and takes client_scheme */
    bool is_client_shown;    /* our certificate went out */
    srl_tls_key_copy server;

    uint8_t head[4];         /* of the handshake message that comes in */
    uint8_t *block;          /* its body, if it takes several records */
    size_t have;             /* bytes of head and body so far */

    bool has_record;         /* the peer speaks TLS: one was seen */
    bool is_ccs_sent;
    bool is_update_due;      /* our KeyUpdate waits for room */
    bool is_alert_sent;      /* nothing may be sent any more */
    bool is_peer_closed;
    unsigned empty;
    unsigned updates;
    unsigned tickets;

    size_t plain_at;         /* decrypted, unread: [plain_at, plain_end) */
    size_t plain_end;
    size_t in_at;            /* not yet processed: [in_at, in_end) */
    size_t in_end;
    size_t out_at;
    size_t out_end;
    uint8_t input[SRL_TLS_IN];
    uint8_t output[SRL_TLS_OUT];
};

/* A handshake message: head and body need not be neighbours. `rest` bytes of
 * its last record follow it. */
typedef struct srl_tls_message {
    unsigned type;
    const uint8_t *head;
    const uint8_t *body;
    size_t len;
    size_t rest;
} srl_tls_message;

/* A bounded reader of the presentation language (RFC 8446 3). What goes beyond
 * the end gives 0 or an empty reader and is latched in `failed`. */
typedef struct srl_tls_reader {
    const uint8_t *at;
    const uint8_t *end;
    bool failed;
} srl_tls_reader;

/* ---- tls/alert.c --------------------------------------------------------- */

/* name, number (RFC 8446 6), what to think of it when it comes */
#define SRL_TLS_ALERT_LIST(X)                                                 \
    X(CLOSE_NOTIFY, close_notify, 0, "")                                      \
    X(UNEXPECTED_MESSAGE, unexpected_message, 10, "")                         \
    X(BAD_RECORD_MAC, bad_record_mac, 20,                                     \
      "bytes were changed on the way, or one side computes wrongly")          \
    X(RECORD_OVERFLOW, record_overflow, 22, "")                               \
    X(HANDSHAKE_FAILURE, handshake_failure, 40,                               \
      "it has nothing in common with this client, which speaks TLS 1.3 only " \
      "(AES-GCM or ChaCha20-Poly1305; X25519 or P-256): often a server that " \
      "stops at TLS 1.2")                                                     \
    X(BAD_CERTIFICATE, bad_certificate, 42, "")                               \
    X(UNSUPPORTED_CERTIFICATE, unsupported_certificate, 43, "")               \
    X(CERTIFICATE_REVOKED, certificate_revoked, 44, "")                       \
    X(CERTIFICATE_EXPIRED, certificate_expired, 45, "")                       \
    X(CERTIFICATE_UNKNOWN, certificate_unknown, 46, "")                       \
    X(ILLEGAL_PARAMETER, illegal_parameter, 47, "")                           \
    X(UNKNOWN_CA, unknown_ca, 48, "")                                         \
    X(ACCESS_DENIED, access_denied, 49,                                       \
      "it knows the client certificate and does not let it in")               \
    X(DECODE_ERROR, decode_error, 50, "")                                     \
    X(DECRYPT_ERROR, decrypt_error, 51, "")                                   \
    X(PROTOCOL_VERSION, protocol_version, 70,                                 \
      "it offers nothing newer than TLS 1.2; turn on TLS 1.3 there, or put a "\
      "proxy in front that has it")                                           \
    X(INSUFFICIENT_SECURITY, insufficient_security, 71,                       \
      "it wants other ciphers than AES-GCM and ChaCha20-Poly1305")            \
    X(INTERNAL_ERROR, internal_error, 80, "see the server's log")             \
    X(INAPPROPRIATE_FALLBACK, inappropriate_fallback, 86, "")                 \
    X(USER_CANCELED, user_canceled, 90, "")                                   \
    X(MISSING_EXTENSION, missing_extension, 109, "")                          \
    X(UNSUPPORTED_EXTENSION, unsupported_extension, 110, "")                  \
    X(UNRECOGNIZED_NAME, unrecognized_name, 112,                              \
      "it has no certificate for this name; server_name of surreal_tls asks " \
      "for another")                                                          \
    X(BAD_STATUS, bad_certificate_status_response, 113, "")                   \
    X(UNKNOWN_PSK, unknown_psk_identity, 115, "")                             \
    X(CERTIFICATE_REQUIRED, certificate_required, 116,                        \
      "it asks for a client certificate: client_chain and client_sign of "    \
      "surreal_tls")                                                          \
    X(NO_APPLICATION_PROTOCOL, no_application_protocol, 120,                  \
      "it does not speak HTTP/1.1 on this port")

typedef enum srl_tls_alert {
#define SRL_TLS_ALERT_ENUM(name, text, number, hint) \
    SRL_TLS_ALERT_##name = number,
    SRL_TLS_ALERT_LIST(SRL_TLS_ALERT_ENUM)
#undef SRL_TLS_ALERT_ENUM
    SRL_TLS_ALERT_NONE = 256 /* ours only: nothing is sent */
} srl_tls_alert;

/* "handshake_failure"; "unknown alert" for what has no name. */
SRL_FN const char *srl_tls_alert_name(unsigned number);
/* Fail for good, with "tls: step: what (host; we sent the alert so-and-so)".
 * The alert goes into the output, all keys are wiped. Returns `status`. */
SRL_FN surreal_status srl_tls_fail(srl_tls *tls, surreal_status status,
                                   srl_tls_alert alert, surreal_error *err,
                                   const char *fmt, ...) SURREAL_PRINTF(5, 6);
/* What failed before, or OK. */
SRL_FN surreal_status srl_tls_failed(const srl_tls *tls, surreal_error *err);
/* For a failure of another layer, reported in `why`. */
SRL_FN surreal_status srl_tls_fail_with(srl_tls *tls, const surreal_error *why,
                                        srl_tls_alert alert,
                                        surreal_error *err);
/* The content of an alert record. OK for one that changes nothing. */
SRL_FN surreal_status srl_tls_on_alert(srl_tls *tls, const uint8_t *data,
                                       size_t len, surreal_error *err);
/* The alert that goes with a refused certificate. */
SRL_FN srl_tls_alert srl_tls_alert_of(surreal_status status);

/* ---- tls/reader.c -------------------------------------------------------- */

SRL_FN void srl_tls_reader_init(srl_tls_reader *r, const uint8_t *data,
                                size_t len);
SRL_FN size_t srl_tls_left(const srl_tls_reader *r);
/* A big-endian number of `width` bytes, 1 to 4. */
SRL_FN uint32_t srl_tls_number(srl_tls_reader *r, unsigned width);
SRL_FN surreal_bytes srl_tls_take(srl_tls_reader *r, size_t len);
/* A vector with a length of `width` bytes in front, as a reader of its own. */
SRL_FN srl_tls_reader srl_tls_vector(srl_tls_reader *r, unsigned width);
/* True if all was read, and nothing beyond it. */
SRL_FN bool srl_tls_done(const srl_tls_reader *r);

/* ---- tls/keys.c ---------------------------------------------------------- */

/* HKDF-Expand-Label (RFC 8446 7.1); out_len is at most 255. */
SRL_FN void srl_tls_expand(srl_hash_id id, const uint8_t *secret,
                           const char *label, const uint8_t *context,
                           size_t context_len, uint8_t *out, size_t out_len);
/* The transcript hash (4.4.1): begin, choose by suite, restart after a
 * HelloRetryRequest, add, look. */
SRL_FN void srl_tls_transcript_init(srl_tls *tls);
/* False for a suite that was not offered. */
SRL_FN bool srl_tls_choose_suite(srl_tls *tls, uint16_t suite);
SRL_FN void srl_tls_transcript_restart(srl_tls *tls);
SRL_FN void srl_tls_transcript_add(srl_tls *tls, const void *data,
                                   size_t len);
SRL_FN void srl_tls_transcript_message(srl_tls *tls,
                                       const srl_tls_message *message);
SRL_FN void srl_tls_transcript_now(const srl_tls *tls,
                                   uint8_t out[SRL_TLS_SECRET]);
/* With the ServerHello in the transcript: handshake keys for both sides. Wipes
 * `shared`; tls->secret is the master secret after it. */
SRL_FN void srl_tls_handshake_keys(srl_tls *tls, uint8_t shared[32]);
/* With the server's Finished in the transcript: the application secrets. Wipes
 * tls->secret. */
SRL_FN void srl_tls_application_secrets(srl_tls *tls,
                                        uint8_t client[SRL_TLS_SECRET],
                                        uint8_t server[SRL_TLS_SECRET]);
/* Keys from a new traffic secret, which is copied. */
SRL_FN void srl_tls_install(srl_tls *tls, srl_tls_side *side,
                            const uint8_t *secret);
/* KeyUpdate (7.2). */
SRL_FN void srl_tls_next_keys(srl_tls *tls, srl_tls_side *side);
/* The verify_data (4.4.4) of the side over the transcript so far. */
SRL_FN void srl_tls_finished_mac(const srl_tls *tls, const srl_tls_side *side,
                                 uint8_t out[SRL_TLS_SECRET]);
SRL_FN void srl_tls_wipe_keys(srl_tls *tls);

/* ---- tls/record.c -------------------------------------------------------- */

/* A record in the input: its head is checked, its body is all there. */
typedef struct srl_tls_record {
    unsigned type;
    uint8_t *head;
    uint8_t *body;
    size_t len;
} srl_tls_record;

/* Take the next record out of the input.
 *
 * Returns:  OK; WOULD_BLOCK: not all there; the failure */
SRL_FN surreal_status srl_tls_next_record(srl_tls *tls, srl_tls_record *rec,
                                          surreal_error *err);
/* Decrypt it to `out`, its own body or len - 16 bytes elsewhere. *type is the
 * type inside, *len what is left without padding. */
SRL_FN surreal_status srl_tls_open(srl_tls *tls, const srl_tls_record *rec,
                                   uint8_t *out, unsigned *type, size_t *len,
                                   surreal_error *err);
/* Room for content in the output, beside what is kept for alert and
 * KeyUpdate; NULL and 0 if there is none. */
SRL_FN uint8_t *srl_tls_content(srl_tls *tls, size_t *cap);
/* Make a record of the `len` bytes there: protected if keys are on. */
SRL_FN void srl_tls_seal(srl_tls *tls, unsigned type, size_t len);
/* An alert; there is always room. */
SRL_FN void srl_tls_put_alert(srl_tls *tls, srl_tls_alert alert);
/* The CCS of middlebox compatibility mode (D.4), once. */
SRL_FN void srl_tls_put_ccs(srl_tls *tls);
/* A KeyUpdate of ours and new keys; false if it must wait for room. */
SRL_FN bool srl_tls_put_update(srl_tls *tls);

/* ---- tls/hello.c --------------------------------------------------------- */

/* True if the host is a name and no address. */
SRL_FN bool srl_tls_is_name(const char *host);
/* A new key share for the group; false without random numbers. */
SRL_FN bool srl_tls_new_share(srl_tls *tls, uint16_t group);
/* Put a ClientHello with this cookie (or none) into output and transcript. */
SRL_FN surreal_status srl_tls_put_hello(srl_tls *tls, surreal_bytes cookie,
                                        surreal_error *err);
/* ServerHello, HelloRetryRequest. */
SRL_FN surreal_status srl_tls_on_hello(srl_tls *tls,
                                       const srl_tls_message *message,
                                       surreal_error *err);

/* ---- tls/flight.c -------------------------------------------------------- */

SRL_FN surreal_status srl_tls_on_extensions(srl_tls *tls,
                                            const srl_tls_message *message,
                                            surreal_error *err);
SRL_FN surreal_status srl_tls_on_request(srl_tls *tls,
                                         const srl_tls_message *message,
                                         surreal_error *err);
SRL_FN surreal_status srl_tls_on_certificate(srl_tls *tls,
                                             const srl_tls_message *message,
                                             surreal_error *err);
SRL_FN surreal_status srl_tls_on_verify(srl_tls *tls,
                                        const srl_tls_message *message,
                                        surreal_error *err);
SRL_FN surreal_status srl_tls_on_finished(srl_tls *tls,
                                          const srl_tls_message *message,
                                          surreal_error *err);
SRL_FN surreal_status srl_tls_on_ticket(srl_tls *tls,
                                        const srl_tls_message *message,
                                        surreal_error *err);
SRL_FN surreal_status srl_tls_on_update(srl_tls *tls,
                                        const srl_tls_message *message,
                                        surreal_error *err);
/* What is signed in a CertificateVerify (4.4.3): `who` is "client" or
 * "server". Returns its length. */
#define SRL_TLS_TO_SIGN (64 + 34 + SRL_TLS_SECRET)
SRL_FN size_t srl_tls_to_sign(const srl_tls *tls, const char *who,
                              uint8_t out[SRL_TLS_TO_SIGN]);

#endif
