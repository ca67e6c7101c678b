/* Certificates and paths: every mistake with its own status. The certificates
 * are made here, see tests/pki.h. */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"
#include "tests/test.h"
#include "tests/pki.h"

/* A root, an authority below it and a server, whose specs tests change. */
typedef struct shop {
    pki_spec root_spec, ca_spec, spec;
    pki_key root_key, ca_key, key;
    pki_cert root, ca, leaf;
    surreal_error err;
} shop;

static void
shop_open(shop *s)
{
    memset(s, 0, sizeof *s);
    pki_key_ed25519(&s->root_key, 1);
    pki_key_p256(&s->ca_key, 2);
    pki_key_ed25519(&s->key, 3);
    pki_ca(&s->root_spec, "Test Root");
    pki_ca(&s->ca_spec, "Test Authority");
    pki_server(&s->spec, "db.example");
}

static surreal_trust *
trust_of(const pki_cert *cert)
{
    surreal_trust *trust = NULL;
    surreal_error err;

    if (surreal_trust_memory(NULL, pki_der(cert), &trust, &err)) {
        TEST_FAIL("trust: %s", err.message);
    }
    return trust;
}

/* The verdict on server, authority and trusted root at a time. */
static surreal_status
shop_at(shop *s, const char *host, int64_t now)
{
    surreal_bytes chain[2];
    surreal_trust *trust;
    surreal_status status;

    pki_make(&s->root, &s->root_spec, &s->root_key, NULL, NULL);
    pki_make(&s->ca, &s->ca_spec, &s->ca_key, &s->root, &s->root_key);
    pki_make(&s->leaf, &s->spec, &s->key, &s->ca, &s->ca_key);
    trust = trust_of(&s->root);
    if (!trust) return SURREAL_ERR_INTERNAL;
    chain[0] = pki_der(&s->leaf);
    chain[1] = pki_der(&s->ca);
    status = surreal_verify_chain(trust, chain, 2, host, now, &s->err);
    if (status) CHECK(s->err.status == status && s->err.message[0]);
    surreal_trust_free(trust);
    return status;
}

static surreal_status
shop_verdict(shop *s)
{
    return shop_at(s, "db.example", PKI_NOW);
}

/* What was refused, and that the message says why. */
#define REFUSED(shop, want, part)                                         \
    do {                                                                  \
        surreal_status got_ = shop_verdict(shop);                         \
        if (got_ != (want) || !strstr((shop)->err.message, (part)))       \
            TEST_FAIL("%s (%s), expected %s with \"%s\"",                 \
                      surreal_status_text(got_), (shop)->err.message,     \
                      surreal_status_text(want), (part));                 \
    } while (0)

TEST(test_x509_good_chain)
{
    shop s;

    shop_open(&s);
    CHECK_INT(shop_verdict(&s), SURREAL_OK);
    pki_key_p256(&s.root_key, 1);
    pki_key_ed25519(&s.ca_key, 2);
    pki_key_p256(&s.key, 3);
    CHECK_INT(shop_verdict(&s), SURREAL_OK);
}

TEST_MAIN(RUN(test_x509_good_chain);)
