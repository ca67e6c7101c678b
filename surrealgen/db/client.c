/* surrealgen/db/client.c: the client, compiled into the tool.
 *
 * The one object that holds all of surreal.h. It depends on nothing else of
 * the tool, so that make compiles it again only when the client changes. */
#define SURREAL_IMPLEMENTATION
#include "../../surreal.h"

void db_sha256(const void *data, size_t len, unsigned char out[32]);

void db_sha256(const void *data, size_t len, unsigned char out[32])
{
    srl_hash_of(SRL_SHA256, data, len, out);
}
