/* tls/tls.h: a TLS 1.3 client (RFC 8446) without sockets. */
#ifndef SRL_TLS_H
#define SRL_TLS_H
#include "x509/x509.h"

/* Bytes in, bytes out: the caller moves them, gives the time and the random
 * numbers.
 *
 *   srl_tls_init(tls, &config, mem); srl_tls_start(tls, err);
 *   for (;;) {
 *       bytes = srl_tls_output(tls);        write; srl_tls_sent(tls, n)
 *       room = srl_tls_room(tls, &cap);     read; srl_tls_received(tls, n, err)
 *       srl_tls_is_open(tls)?               srl_tls_read, srl_tls_write
 *   }
 *   srl_tls_close(tls); output once more; srl_tls_free(tls)
 *
 * The first failure sticks: every later call returns it. What is to be sent
 * then, an alert, is in srl_tls_output. */

/* What a connection is made from. Read during srl_tls_init and while the
 * handshake lasts; it must stay where it is until srl_tls_is_open.
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

/* NULL: no memory. */
SRL_FN srl_tls *srl_tls_new(const srl_tls_config *config, srl_mem *mem);
/* Wipes and frees; NULL is allowed. */
SRL_FN void srl_tls_free(srl_tls *tls);
/* Put the ClientHello into the output. */
SRL_FN surreal_status srl_tls_start(srl_tls *tls, surreal_error *err);

/* Bytes to be sent, and how many of them were. */
SRL_FN surreal_bytes srl_tls_output(const srl_tls *tls);
SRL_FN void srl_tls_sent(srl_tls *tls, size_t len);

/* Where received bytes may be put; *cap may be 0 while data waits to be taken
 * by srl_tls_read. srl_tls_received goes on with `len` new bytes there: as
 * far as the handshake goes, and up to the first record of data. */
SRL_FN uint8_t *srl_tls_room(srl_tls *tls, size_t *cap);
SRL_FN surreal_status srl_tls_received(srl_tls *tls, size_t len,
                                       surreal_error *err);
/* The stream has ended without a word.
 *
 * Returns:  ERR_CLOSED if the peer had closed TLS before, ERR_TLS_TRUNCATED
 *           if not */
SRL_FN surreal_status srl_tls_eof(srl_tls *tls, surreal_error *err);

SRL_FN bool srl_tls_is_open(const srl_tls *tls);

/* Decrypted data, at least one byte. A record that fits `cap` is decrypted
 * where it is wanted.
 *
 * Returns:  OK; WOULD_BLOCK: receive more; ERR_CLOSED after close_notify; the
 *           failure */
SRL_FN surreal_status srl_tls_read(srl_tls *tls, uint8_t *data, size_t cap,
                                   size_t *done, surreal_error *err);
/* Encrypt data into the output, one record at least.
 *
 * Returns:  OK; WOULD_BLOCK: send the output first; the failure */
SRL_FN surreal_status srl_tls_write(srl_tls *tls, const uint8_t *data,
                                    size_t len, size_t *done,
                                    surreal_error *err);
/* Put close_notify into the output; nothing can be written any more. */
SRL_FN void srl_tls_close(srl_tls *tls);

#endif
