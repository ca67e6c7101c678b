/* api/tls.h: whom to trust behind wss:// and https://. */
#ifndef SURREAL_API_TLS_H
#define SURREAL_API_TLS_H
#include "api/error.h"

/* Certificates of authorities that servers may be vouched for by.
 *
 * Threads:  never changes once it is made; any number of threads and
 *           connections may use it at once */
typedef struct surreal_trust surreal_trust;

#ifndef SURREAL_NO_TLS

/* Those of the system: of the file SSL_CERT_FILE and of the directories
 * SSL_CERT_DIR (separated by ':') if set, else of the first place that holds
 * any of those where systems keep them. A certificate there that is not
 * understood is left out.
 *
 *   allocator  may be NULL
 *   out        yours; free with surreal_trust_free(). NULL on failure
 *   err        may be NULL
 *
 * Returns:  SURREAL_OK; ERR_TRUST if there are none, or what is set cannot be
 *           read: the message names the places; ERR_NOMEM */
SURREAL_API surreal_status
surreal_trust_system(const surreal_allocator *allocator, surreal_trust **out,
                     surreal_error *err);

/* Those of a PEM or DER file of at most 8 MiB.
 *
 * Returns:  SURREAL_OK; ERR_TRUST if it cannot be read; ERR_CERT for a file
 *           that holds no certificate or a broken one: at is its offset;
 *           ERR_LIMIT; ERR_NOMEM */
SURREAL_API surreal_status
surreal_trust_file(const surreal_allocator *allocator, const char *path,
                   surreal_trust **out, surreal_error *err);

/* Those in memory, PEM or DER; copied. */
SURREAL_API surreal_status
surreal_trust_memory(const surreal_allocator *allocator, surreal_bytes text,
                     surreal_trust **out, surreal_error *err);

SURREAL_API size_t surreal_trust_count(const surreal_trust *trust);
SURREAL_API void surreal_trust_free(surreal_trust *trust);

/* Whether a chain of certificates vouches for a host at a time, without any
 * I/O: what the library asks of every server.
 *
 *   chain    DER each, the server's own first, the rest in any order, at most
 *            SURREAL_MAX_CHAIN; reads nothing else, whatever they hold
 *   host     a name, or an IPv4 or IPv6 address without brackets; required
 *   unix_s   seconds since 1970
 *   err      may be NULL; the message names certificate and reason
 *
 * Returns:  SURREAL_OK; a status of class TLS (ERR_CERT...), by which reasons
 *           are told apart; ERR_USAGE for a host that is neither */
SURREAL_API surreal_status
surreal_verify_chain(const surreal_trust *trust, const surreal_bytes *chain,
                     size_t count, const char *host, int64_t unix_s,
                     surreal_error *err);

#endif /* SURREAL_NO_TLS */

/* Signs for a client certificate; the key never comes near the library.
 *
 *   scheme     the SignatureScheme of surreal_tls.client_scheme
 *   message    what to sign, as it stands: hashing is part of the scheme
 *   signature  room for `cap` bytes; *len is set to those used
 *
 * Returns:  SURREAL_OK; anything else ends the connection with it */
typedef surreal_status surreal_tls_sign(void *user, uint16_t scheme,
                                        surreal_bytes message,
                                        uint8_t *signature, size_t cap,
                                        size_t *len, surreal_error *err);

/* How a server proves who it is. All zero, as in a zeroed surreal_options, is
 * right for servers with a certificate of a public authority: the system's
 * anchors, and the host of the url.
 *
 *   trust        anchors; NULL: those of ca_file and ca, or the system's. Not
 *                copied: it must outlive the connection
 *   ca_file      PEM or DER file of anchors, instead of the system's; read
 *                when connecting
 *   ca           the same in memory
 *   only_cert    trust exactly this certificate (PEM or DER), while it is
 *                valid, whoever signed it and whatever names it holds
 *   pins         SHA-256 digests of public keys (SubjectPublicKeyInfo), 32
 *                bytes each, one after the other: the server's key must be one
 *                of them. With none of trust, ca_file and ca given, that is
 *                all that is asked; with one of them the chain is checked too
 *   server_name  the name to ask for and to check instead of the url's host
 *   client_chain certificates to show if the server asks (PEM), with
 *   client_sign, sign_user, client_scheme
 *                what signs for the first of them: 0x0403 (P-256), 0x0807
 *                (Ed25519), 0x0804 (RSA-PSS with SHA-256), ...
 *   danger_accept_any_server
 *                true: check nothing of the above. Whoever sits on the way
 *                reads everything, passwords first; the trace says so each
 *                time
 *
 * trust excludes ca_file and ca, only_cert excludes all three; ERR_USAGE says
 * so, and where bytes are not NULL but empty. Text and bytes are copied.
 * Revocation is not checked (docs/security.md). */
typedef struct surreal_tls {
    const surreal_trust *trust;
    const char *ca_file;
    surreal_bytes ca;
    surreal_bytes only_cert;
    surreal_bytes pins;
    const char *server_name;
    surreal_bytes client_chain;
    surreal_tls_sign *client_sign;
    void *sign_user;
    uint16_t client_scheme;
    bool danger_accept_any_server;
} surreal_tls;

#endif
