/* crypto/crypto.h: the hash of the WebSocket upgrade. */
#ifndef SRL_CRYPTO_H
#define SRL_CRYPTO_H
#include "base/base.h"

/* ---- crypto/sha1.c ------------------------------------------------------- */

/* SHA-1 (RFC 3174, FIPS 180-4) of [data, data+len).
 *
 * Not a security function: SHA-1 is broken, and the upgrade (RFC 6455 1.3)
 * uses it only to show that the server understood the request. Nothing else
 * may call it. */
SRL_FN void srl_sha1(const uint8_t *data, size_t len, uint8_t out[20]);

#endif
