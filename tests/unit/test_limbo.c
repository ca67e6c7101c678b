/* The path validation cases of x509-limbo (C2SP), all that apply to a client
 * of servers. What we judge otherwise stands in the table with its reason. */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"
#include "tests/test.h"
#include "tests/vectors.h"

#define LIMBO_CERTS 128

#define NO_IDENTIFIERS                                                      \
    "key identifiers help to find a path and decide nothing; many private " \
    "authorities leave them out, and names and signatures are enough"
#define ROOT_IDENTIFIERS                                                  \
    "a rule for those who issue public roots (CA/Browser Forum 7.1.2.1); " \
    "key identifiers of an anchor are not read"
#define COMMON_NAME                                                        \
    "a rule for public authorities (CA/Browser Forum); the common name is " \
    "not read at all, so that it can neither give nor take (RFC 9525 2)"
#define AUTHORITY_AS_LEAF                                                   \
    "an authority's certificate shown by a server is refused unless it is " \
    "itself trusted: webpki::ca-as-leaf asks for that, against this"
#define EXPIRED_ANCHOR                                                     \
    "an anchor is a name and a key (RFC 5280 6.1.1 (d)): its dates are not " \
    "checked, since who trusts it decides how long"
#define BASIC_NOT_CRITICAL                                                 \
    "what an authority should have written changes nothing about what it " \
    "wrote; three anchors of Debian 12 are such"
#define CRITICAL_SAN                                                       \
    "a rule for public authorities (CA/Browser Forum 7.1.2.7.12); RFC 5280 " \
    "4.2.1.6 has a SHOULD, and the names are read either way"

/* What is expected by limbo and not done, each with its reason. */
static const struct deviation {
    const char *id;
    const char *reason;
} deviations[] = {
    {"pathlen::validation-ignores-pathlen-in-leaf", AUTHORITY_AS_LEAF},
    {"rfc5280::ca-as-leaf", AUTHORITY_AS_LEAF},
    {"rfc5280::aki::leaf-missing-aki", NO_IDENTIFIERS},
    {"rfc5280::aki::intermediate-missing-aki", NO_IDENTIFIERS},
    {"rfc5280::ski::root-missing-ski", NO_IDENTIFIERS},
    {"rfc5280::ski::intermediate-missing-ski", NO_IDENTIFIERS},
    {"rfc5280::validity::expired-root", EXPIRED_ANCHOR},
    {"rfc5280::root-non-critical-basic-constraints", BASIC_NOT_CRITICAL},
    {"webpki::aki::root-with-aki-missing-keyidentifier", ROOT_IDENTIFIERS},
    {"webpki::aki::root-with-aki-authoritycertissuer", ROOT_IDENTIFIERS},
    {"webpki::aki::root-with-aki-authoritycertserialnumber", ROOT_IDENTIFIERS},
    {"webpki::aki::root-with-aki-all-fields", ROOT_IDENTIFIERS},
    {"webpki::aki::root-with-aki-ski-mismatch", ROOT_IDENTIFIERS},
    {"webpki::cn::ipv4-hex-mismatch", COMMON_NAME},
    {"webpki::cn::ipv4-leading-zeros-mismatch", COMMON_NAME},
    {"webpki::cn::ipv6-uppercase-mismatch", COMMON_NAME},
    {"webpki::cn::ipv6-uncompressed-mismatch", COMMON_NAME},
    {"webpki::cn::ipv6-non-rfc5952-mismatch", COMMON_NAME},
    {"webpki::cn::punycode-not-in-san", COMMON_NAME},
    {"webpki::cn::utf8-vs-punycode-mismatch", COMMON_NAME},
    {"webpki::cn::not-in-san", COMMON_NAME},
    {"webpki::cn::case-mismatch", COMMON_NAME},
    {"webpki::san::san-critical-with-nonempty-subject", CRITICAL_SAN},
};

#define LIMBO_DEVIATIONS (sizeof deviations / sizeof *deviations)

/* Why a case is none of ours; NULL if it is. */
static const char *
limbo_dropped(const json *test)
{
    static const char *const features[][2] = {
        {"has-crl", "revocation lists are not read"},
        {"max-chain-depth", "the depth of paths cannot be chosen"},
        {"pedantic-webpki-eku", "pedantic"},
        {"pedantic-webpki-subscriber-key", "pedantic"},
        {"pedantic-serial-number", "pedantic"},
        {"pedantic-public-suffix-wildcard", "pedantic"},
        {"pedantic-rfc5280", "pedantic"},
        {"rfc5280-incompatible-with-webpki", "other profile"},
        {"has-policy-constraints", "policies are not processed"},
    };
    const json *feature = json_get(test, "features");
    const char *kind = json_text(test, "validation_kind");
    size_t i;

    if (!kind || strcmp(kind, "SERVER")) return "not of a server";
    if (!json_text(json_get(test, "expected_peer_name"), "value")) {
        return "no name to check, which is required here";
    }
    for (feature = feature->child; feature; feature = feature->next) {
        for (i = 0; i < sizeof features / sizeof *features; i++) {
            if (!strcmp(feature->text, features[i][0])) return features[i][1];
        }
    }
    return NULL;
}

/* "2024-03-01T00:00:00.999+00:00"; the cases without a time are of
 * certificates that are valid for centuries. */
static int64_t
limbo_time(const json *test)
{
    const char *text = json_text(test, "validation_time");
    uint8_t der[17] = {SRL_DER_GENERALIZED_TIME, 15};
    surreal_bytes in;
    srl_der reader;
    size_t n = 2;
    int64_t unix_s;

    if (!text) return INT64_C(1767225600);
    for (; n < 16 && *text; text++) {
        if (!strchr("-T:", *text)) der[n++] = (uint8_t)*text;
    }
    der[n++] = 'Z';
    in.ptr = der;
    in.len = n;
    srl_der_init(&reader, in);
    unix_s = srl_der_time(&reader);
    if (reader.why) abort();
    return unix_s;
}

/* The first block of a text, as DER in memory of its own. */
static surreal_bytes
limbo_der(const char *pem)
{
    surreal_bytes text, der;
    size_t at = 0;
    uint8_t *room;

    text.ptr = (const uint8_t *)pem;
    text.len = strlen(pem);
    room = (uint8_t *)malloc(text.len);
    if (!room || srl_pem_next(text, &at, room, text.len, &der, NULL)) abort();
    return der;
}

static surreal_status
limbo_verdict(const json *test, surreal_error *err)
{
    surreal_trust *trust = srl_trust_new(NULL);
    surreal_bytes chain[LIMBO_CERTS];
    surreal_status status = SURREAL_OK;
    const char *host = json_text(json_get(test, "expected_peer_name"),
                                 "value");
    const json *item = json_get(test, "trusted_certs");
    size_t count = 0;
    size_t i;

    for (item = item->child; item && !status; item = item->next) {
        surreal_bytes text;

        text.ptr = (const uint8_t *)item->text;
        text.len = strlen(item->text);
        status = srl_trust_add(trust, text, true, err);
    }
    chain[count++] = limbo_der(json_text(test, "peer_certificate"));
    item = json_get(test, "untrusted_intermediates");
    for (item = item->child; item; item = item->next) {
        if (count == LIMBO_CERTS) abort();
        chain[count++] = limbo_der(item->text);
    }
    if (!status) {
        status = surreal_verify_chain(trust, chain, count, host,
                                      limbo_time(test), err);
    }
    for (i = 0; i < count; i++) {
        free((void *)(uintptr_t)chain[i].ptr);
    }
    surreal_trust_free(trust);
    return status;
}

static const struct deviation *
limbo_deviation(const char *id)
{
    size_t i;

    for (i = 0; i < LIMBO_DEVIATIONS; i++) {
        if (!strcmp(deviations[i].id, id)) return &deviations[i];
    }
    return NULL;
}

TEST(test_limbo)
{
    json *doc = vectors_json("limbo.json");
    bool show = getenv("LIMBO_SHOW") != NULL;
    bool seen[LIMBO_DEVIATIONS] = {false};
    unsigned passed = 0, refused = 0, deviating = 0, dropped = 0, agreed = 0;
    const json *test;
    size_t i;

    if (!doc) {
        SKIP(VECTORS_ABSENT);
        return;
    }
    for (test = json_get(doc, "testcases")->child; test; test = test->next) {
        const char *id = json_text(test, "id");
        const char *none = limbo_dropped(test);
        const struct deviation *known = limbo_deviation(id);
        bool wanted = !strcmp(json_text(test, "expected_result"), "SUCCESS");
        surreal_error err;
        bool got = !limbo_verdict(test, &err);

        if (show) {
            printf("%s %s%s: %s\n", got == wanted ? "  " : "**", id,
                   none ? " (dropped)" : "", got ? "accepted" : err.message);
        }
        if (none) {
            dropped++;
            agreed += got == wanted;
            continue;
        }
        if (known) {
            seen[known - deviations] = true;
            deviating++;
            if (got == wanted) TEST_FAIL("%s: no deviation any more", id);
            continue;
        }
        if (got != wanted) {
            TEST_FAIL("%s: %s (%s)", id, got ? "accepted" : "refused",
                      got ? "" : err.message);
        }
        passed += wanted;
        refused += !wanted;
    }
    for (i = 0; i < LIMBO_DEVIATIONS; i++) {
        if (!seen[i]) TEST_FAIL("%s: no such case", deviations[i].id);
    }
    printf("limbo: %u accepted, %u refused as expected, %u deviations, %u "
           "dropped (%u of them agree)\n",
           passed, refused, deviating, dropped, agreed);
    json_free(doc);
}

TEST_MAIN(RUN(test_limbo);)
