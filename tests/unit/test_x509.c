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

/* ---- dates --------------------------------------------------------------- */

TEST(test_x509_dates)
{
    shop s;

    shop_open(&s);
    s.spec.to = PKI_NOW - 12 * PKI_DAY - 5;
    REFUSED(&s, SURREAL_ERR_CERT_EXPIRED,
            "certificate of \"db.example\" expired on 2025-12-19T23:59:55Z, "
            "12 days ago (the clock says 2026-01-01T00:00:00Z)");
    s.spec.to = 0;
    s.spec.from = PKI_NOW + 3 * 3600;
    REFUSED(&s, SURREAL_ERR_CERT_EARLY,
            "certificate of \"db.example\" is valid from "
            "2026-01-01T03:00:00Z on, in 3 hours");
    shop_open(&s);
    s.ca_spec.to = PKI_NOW - 100;
    REFUSED(&s, SURREAL_ERR_CERT_EXPIRED,
            "\"Test Authority\" expired on 2025-12-31T23:58:20Z, 100 seconds");
    s.ca_spec.to = 0;
    s.ca_spec.from = PKI_NOW + 120;
    REFUSED(&s, SURREAL_ERR_CERT_EARLY, "in 2 minutes");
    /* Both ends are inside. */
    shop_open(&s);
    s.spec.from = PKI_NOW;
    s.spec.to = PKI_NOW + 60;
    CHECK_INT(shop_at(&s, "db.example", PKI_NOW - 1), SURREAL_ERR_CERT_EARLY);
    CHECK_INT(shop_at(&s, "db.example", PKI_NOW), SURREAL_OK);
    CHECK_INT(shop_at(&s, "db.example", PKI_NOW + 60), SURREAL_OK);
    CHECK_INT(shop_at(&s, "db.example", PKI_NOW + 61),
              SURREAL_ERR_CERT_EXPIRED);
    /* No time is too far away, nor is an anchor's date looked at. */
    CHECK_INT(shop_at(&s, "db.example", INT64_MAX), SURREAL_ERR_CERT_EXPIRED);
    CHECK_INT(shop_at(&s, "db.example", INT64_MIN), SURREAL_ERR_CERT_EARLY);
    shop_open(&s);
    s.root_spec.to = PKI_NOW - PKI_DAY;
    CHECK_INT(shop_verdict(&s), SURREAL_OK);
    shop_open(&s);
    s.spec.from_text = "2501010000Z";
    REFUSED(&s, SURREAL_ERR_CERT, "time not in the form");
    s.spec.from_text = "250230000000Z";
    REFUSED(&s, SURREAL_ERR_CERT, "no such time");
    s.spec.from_text = "500101000000Z"; /* 1950 */
    CHECK_INT(shop_verdict(&s), SURREAL_OK);
    s.spec.from_text = "490101000000Z"; /* 2049 */
    REFUSED(&s, SURREAL_ERR_CERT_EARLY, "2049-01-01T00:00:00Z");
    s.spec.from_text = NULL;
    s.spec.to = INT64_C(253402300799); /* 9999: no end at all */
    CHECK_INT(shop_verdict(&s), SURREAL_OK);
}

TEST(test_x509_stamps)
{
    static const struct {
        int64_t unix_s;
        const char *text;
    } stamps[] = {{0, "1970-01-01T00:00:00Z"},
                  {-1, "1969-12-31T23:59:59Z"},
                  {951782400, "2000-02-29T00:00:00Z"},
                  {INT64_C(4107542399), "2100-02-28T23:59:59Z"},
                  {INT64_C(4107542400), "2100-03-01T00:00:00Z"},
                  {INT64_C(253402300799), "9999-12-31T23:59:59Z"},
                  {INT64_C(253402300800), "no date"},
                  {INT64_C(-62135596800), "0001-01-01T00:00:00Z"},
                  {INT64_C(-62135596801), "no date"}};
    char room[24];
    size_t i;
    int64_t day;

    for (i = 0; i < sizeof stamps / sizeof *stamps; i++) {
        srl_stamp_print(stamps[i].unix_s, room);
        CHECK_STR(room, stamps[i].text);
    }
    /* What is printed is read as the same day, in another part. */
    for (day = -719162; day < 2932896; day += 17) {
        uint8_t der[17] = {0x18, 15};
        surreal_bytes in;
        srl_der reader;
        size_t n = 2;

        srl_stamp_print(day * 86400 + 1, room);
        for (i = 0; room[i]; i++) {
            if (!strchr("-T:", room[i])) der[n++] = (uint8_t)room[i];
        }
        in.ptr = der;
        in.len = n;
        srl_der_init(&reader, in);
        if (srl_der_time(&reader) != day * 86400 + 1 || reader.why) {
            TEST_FAIL("day %ld is %s", (long)day, room);
            return;
        }
    }
}

/* ---- names --------------------------------------------------------------- */

TEST(test_x509_wrong_host)
{
    shop s;

    shop_open(&s);
    s.spec.dns = "a.example b.example";
    s.spec.ip_len = 4;
    s.spec.ip[0] = 192;
    REFUSED(&s, SURREAL_ERR_CERT_NAME,
            "certificate of \"db.example\" is not for \"db.example\" but for "
            "\"a.example\", \"b.example\", 192.0.0.0");
    CHECK_INT(shop_at(&s, "B.EXAMPLE", PKI_NOW), SURREAL_OK);
    CHECK_INT(shop_at(&s, "b.example.", PKI_NOW), SURREAL_OK);
    CHECK_INT(shop_at(&s, "192.0.0.0", PKI_NOW), SURREAL_OK);
    CHECK_INT(shop_at(&s, "192.0.0.1", PKI_NOW), SURREAL_ERR_CERT_NAME);
    shop_open(&s);
    s.spec.dns = NULL; /* the common name does not count */
    REFUSED(&s, SURREAL_ERR_CERT_NAME, "names no host (it has no subjectAl");
    s.spec.cn = "127.0.0.1";
    s.spec.dns = "127.0.0.1"; /* an address that is a name is none */
    CHECK_INT(shop_at(&s, "127.0.0.1", PKI_NOW), SURREAL_ERR_CERT_NAME);
    s.spec.dns = "*.example.com";
    CHECK_INT(shop_at(&s, "a.example.com", PKI_NOW), SURREAL_OK);
    CHECK_INT(shop_at(&s, "a.b.example.com", PKI_NOW), SURREAL_ERR_CERT_NAME);
    s.spec.dns = "*.example";
    CHECK_INT(shop_at(&s, "db.example", PKI_NOW), SURREAL_ERR_CERT_NAME);
    /* 300 names are listed as far as they fit. */
    shop_open(&s);
    s.spec.cn = "many names";
    s.spec.dns = "some.quite.long.name.of.a.host.1.example "
                 "some.quite.long.name.of.a.host.2.example "
                 "some.quite.long.name.of.a.host.3.example "
                 "some.quite.long.name.of.a.host.4.example "
                 "some.quite.long.name.of.a.host.5.example "
                 "some.quite.long.name.of.a.host.6.example "
                 "some.quite.long.name.of.a.host.7.example";
    REFUSED(&s, SURREAL_ERR_CERT_NAME, "5.example\", \"some.quite");
    CHECK(strstr(s.err.message, ", ...") != NULL);
}

/* "db.example\0.evil.example", as DER of a dNSName. */
#define NUL_NAME "821864622e6578616d706c65002e6576696c2e6578616d706c65"

TEST(test_x509_bad_names)
{
    shop s;

    shop_open(&s);
    s.spec.san_hex = NUL_NAME;
    REFUSED(&s, SURREAL_ERR_CERT, "not printable ASCII");
    s.spec.san_hex = "8203c3a962";
    REFUSED(&s, SURREAL_ERR_CERT, "not printable ASCII");
    s.spec.san_hex = "87050102030405";
    REFUSED(&s, SURREAL_ERR_CERT, "address of a wrong length");
    s.spec.san_hex = "8904676f6f64";
    REFUSED(&s, SURREAL_ERR_CERT, "form that does not exist");
    s.spec.san_hex = "a20382016a";
    REFUSED(&s, SURREAL_ERR_CERT, "form that does not exist");
    s.spec.san_hex = "";
    REFUSED(&s, SURREAL_ERR_CERT, "ends where an element is expected");
    s.spec.san_hex = "820564622e6578";
    REFUSED(&s, SURREAL_ERR_CERT_NAME, "but for \"db.ex\"");
    s.spec.san_hex = "820562";
    REFUSED(&s, SURREAL_ERR_CERT, "longer than what holds it");
    /* Other forms than these two are passed over. */
    s.spec.san_hex = "8601618101628803550403820a64622e6578616d706c65"
                     "a40f300d310b3009060355040613024242";
    CHECK_INT(shop_verdict(&s), SURREAL_OK);
    s.spec.san_hex = "a40f300d310b3009060355040613024242" /* but their form */
                     "a40e300d310b3009060355040613024242";
    REFUSED(&s, SURREAL_ERR_CERT, "longer than what holds it");
    /* RFC 5280 4.2.1.6 */
    shop_open(&s);
    s.spec.cn = NULL;
    REFUSED(&s, SURREAL_ERR_CERT, "must be critical");
    s.spec.san_critical = true;
    CHECK_INT(shop_verdict(&s), SURREAL_OK);
    s.spec.to = PKI_NOW - 1;
    REFUSED(&s, SURREAL_ERR_CERT_EXPIRED, "certificate of \"db.example\" exp");
    shop_open(&s);
    s.spec.issuer_cn = "";
    REFUSED(&s, SURREAL_ERR_CERT, "issuer without a name");
}

/* Whatever a certificate says, one line of printable ASCII comes out. */
TEST(test_x509_labels)
{
    static const char *const names[] = {
        "\x1b[2J\n\"\\", "\xc3\xa9t\xc3\xa9", "%s%n",
        "a name that is longer than any host is allowed to be, and even much "
        "longer than a whole message of an error may be, were it not cut",
        "\x01\x02\x03\x04\x05\x06\x07\x08\x0e\x0f\x10\x11\x12\x13\x14\x15"
        "\x16\x17\x18\x19\x1a\x1b\x1c\x1d\x1e\x1f\x7f\x80\x81\x82\x83\x84"};
    shop s;
    size_t i, j;

    for (i = 0; i < sizeof names / sizeof *names; i++) {
        shop_open(&s);
        s.spec.cn = names[i];
        s.spec.dns = "x\\y\"z";
        REFUSED(&s, SURREAL_ERR_CERT_NAME, "but for \"x\\x5cy\\x22z\"");
        for (j = 0; s.err.message[j]; j++) {
            uint8_t c = (uint8_t)s.err.message[j];

            if (c < 0x20 || c > 0x7e) TEST_FAIL("byte %02x is shown", c);
        }
        CHECK(j < sizeof s.err.message - 1);
    }
    shop_open(&s);
    s.spec.cn = names[0];
    s.spec.to = PKI_NOW - 1;
    REFUSED(&s, SURREAL_ERR_CERT_EXPIRED, "\"\\x1b[2J\\x0a\\x22\\x5c\" exp");
}

TEST(test_x509_hosts_that_are_none)
{
    static const char *const hosts[] = {"", ".", "a_b.example", "-a.example",
                                        "a..example", "a b", "exa\xc3mple",
                                        "*.example.com", "1.2.3", "[::1]",
                                        "1:2", "a.example:443"};
    shop s;
    size_t i;

    shop_open(&s);
    CHECK_INT(shop_verdict(&s), SURREAL_OK);
    for (i = 0; i < sizeof hosts / sizeof *hosts; i++) {
        CHECK_INT(shop_at(&s, hosts[i], PKI_NOW), SURREAL_ERR_USAGE);
    }
    CHECK_INT(shop_at(&s, "a_b.example", PKI_NOW), SURREAL_ERR_USAGE);
    CHECK(strstr(s.err.message, "no underscore") != NULL);
    CHECK_INT(shop_at(&s, NULL, PKI_NOW), SURREAL_ERR_USAGE);
}

/* ---- keys and algorithms ------------------------------------------------- */

/* SubjectPublicKeyInfo of an RSA key of so many bits, as hexadecimal. */
static const char *
rsa_spki(unsigned bits, const char *exponent)
{
    static char text[8192];
    pki_buf *buf = (pki_buf *)calloc(1, sizeof *buf);
    unsigned bytes = (bits + 7) / 8;
    size_t all, string, pair, number, i;

    if (!buf) abort();
    all = pki_begin(buf, 0x30);
    pki_put_hex(buf, "300d06092a864886f70d0101010500");
    string = pki_begin(buf, 3);
    pki_put_byte(buf, 0);
    pair = pki_begin(buf, 0x30);
    number = pki_begin(buf, 2);
    if (bits % 8 == 0) pki_put_byte(buf, 0);
    pki_put_byte(buf, 1u << (bits + 7) % 8);
    for (i = 1; i < bytes; i++) {
        pki_put_byte(buf, 0x55);
    }
    pki_end(buf, number);
    pki_put_hex(buf, exponent);
    pki_end(buf, pair);
    pki_end(buf, string);
    pki_end(buf, all);
    if (buf->len * 2 >= sizeof text) abort();
    for (i = 0; i < buf->len; i++) {
        snprintf(text + 2 * i, 3, "%02x", buf->data[i]);
    }
    free(buf);
    return text;
}

#define E65537 "0203010001"

TEST(test_x509_weak_keys)
{
    static const struct {
        unsigned bits;
        const char *exponent;
        const char *part; /* NULL: taken */
    } keys[] = {
        {1024, E65537, "RSA key of 1024 bits"},
        {2047, E65537, "RSA key of 2047 bits"},
        {2048, E65537, NULL},
        {2052, E65537, "RSA key of 2052 bits"},
        {4096, "020103", NULL},
        {8192, E65537, NULL},
        {8200, E65537, "RSA key of 8200 bits"},
        {2048, "020104", "even or small"},
        {2048, "020101", "even or small"},
    };
    shop s;
    size_t i;

    for (i = 0; i < sizeof keys / sizeof *keys; i++) {
        shop_open(&s);
        s.spec.spki_hex = rsa_spki(keys[i].bits, keys[i].exponent);
        if (!keys[i].part) {
            CHECK_INT(shop_verdict(&s), SURREAL_OK);
            continue;
        }
        REFUSED(&s, SURREAL_ERR_CERT_WEAK, keys[i].part);
        s.ca_spec.spki_hex = s.spec.spki_hex; /* then nobody can sign, but */
        s.spec.spki_hex = NULL;               /* that is seen later */
        REFUSED(&s, SURREAL_ERR_CERT_WEAK, keys[i].part);
        CHECK(strstr(s.err.message, "Test Authority") != NULL);
        s.root_spec.spki_hex = s.ca_spec.spki_hex;
        s.ca_spec.spki_hex = NULL;
        REFUSED(&s, SURREAL_ERR_CERT_WEAK, "\"Test Root\" is trusted, but");
    }
    shop_open(&s);
    s.spec.spki_hex = rsa_spki(2048, "0201ff");
    REFUSED(&s, SURREAL_ERR_CERT, "INTEGER below zero");
}

TEST(test_x509_other_keys)
{
    static const char *const weak[] = {
        /* P-521, a curve spelt out, DSA, RSASSA-PSS, X25519 */
        "3016301006072a8648ce3d020106052b8104002303020004",
        "3014300e06072a8648ce3d0201300302010103020004",
        "3011300906072a8648ce380401030400020101",
        "3014300d06092a864886f70d01010a30000303003000",
        "302a300506032b656e032100000000000000000000000000000000000000"
        "0000000000000000000000000000",
        /* P-256, compressed and of no length */
        "3039301306072a8648ce3d020106082a8648ce3d03010703220002010101"
        "0101010101010101010101010101010101010101010101010101010101",
        "3018301306072a8648ce3d020106082a8648ce3d030107030100"};
    static const struct {
        const char *spki;
        const char *part;
    } broken[] = {
        {"3026300506032b6570032000000000000000000000000000000000000000"
         "00000000000000000000",
         "longer than what holds it"},
        {"302c300706032b6570050003210000000000000000000000000000000000"
         "00000000000000000000000000000000",
         "more elements than expected"},
        {"302a300506032b6570032101000000000000000000000000000000000000"
         "0000000000000000000000000000",
         "not of whole bytes"},
        {"3009300506032b65700300",
         "BIT STRING without bytes"},
        {"300a300506032b6570030100",
         "has not 32 bytes"},
        {"3012300b06092a864886f70d0101010303003000",
         "ends where an element is expected"},
        {"3014300d06092a864886f70d01010105000303003000",
         "ends where an element is expected"},
        {"301d300d06092a864886f70d0101010500030c0030090201050201030201"
         "01",
         "more elements than expected"}};
    shop s;
    size_t i;

    for (i = 0; i < sizeof weak / sizeof *weak; i++) {
        shop_open(&s);
        s.spec.spki_hex = weak[i];
        REFUSED(&s, SURREAL_ERR_CERT_WEAK, i < 5 ? "algorithm or curve"
                                                 : "compressed or no point");
    }
    for (i = 0; i < sizeof broken / sizeof *broken; i++) {
        shop_open(&s);
        s.spec.spki_hex = broken[i].spki;
        REFUSED(&s, SURREAL_ERR_CERT, broken[i].part);
    }
}

TEST(test_x509_weak_signatures)
{
    static const struct {
        const char *alg;
        const char *part;
    } algs[] = {
        {PKI_ALG_RSA_SHA1, "SHA-1 with RSA"},
        {PKI_ALG_RSA_MD5, "MD5 with RSA"},
        {PKI_ALG_ECDSA_SHA1, "SHA-1 with ECDSA"},
        {"300a06082a8648ce3d040301", "1.2.840.10045.4.3.1"},
        {"301006092a864886f70d01010a3003020101", NULL},
        {"300d06092a864886f70d01010a3000", "RSASSA-PSS with these"},
        {"300b0609608648016503040203", "2.16.840.1.101.3.4.2.3"}};
    shop s;
    size_t i;

    for (i = 0; i < sizeof algs / sizeof *algs; i++) {
        shop_open(&s);
        s.spec.inner_alg_hex = algs[i].alg;
        if (!algs[i].part) {
            REFUSED(&s, SURREAL_ERR_CERT, "more elements than expected");
            continue;
        }
        REFUSED(&s, SURREAL_ERR_CERT_WEAK, algs[i].part);
        s.ca_spec.inner_alg_hex = algs[i].alg;
        s.spec.inner_alg_hex = NULL;
        REFUSED(&s, SURREAL_ERR_CERT_WEAK, algs[i].part);
        /* How an anchor was signed does not matter. */
        s.root_spec.inner_alg_hex = algs[i].alg;
        s.ca_spec.inner_alg_hex = NULL;
        CHECK_INT(shop_verdict(&s), SURREAL_OK);
    }
    shop_open(&s); /* not the algorithm of the key */
    s.spec.inner_alg_hex = PKI_ALG_RSA_SHA256;
    REFUSED(&s, SURREAL_ERR_CERT_SIGNATURE, "not that of \"Test Authority\"");
    s.spec.inner_alg_hex = PKI_ALG_ED25519;
    REFUSED(&s, SURREAL_ERR_CERT_SIGNATURE, "not that of \"Test Authority\"");
    s.spec.inner_alg_hex = "300c06082a8648ce3d0403020500"; /* NULL behind */
    REFUSED(&s, SURREAL_ERR_CERT, "more elements than expected");
    s.spec.inner_alg_hex = NULL;
    s.spec.outer_alg_hex = PKI_ALG_RSA_SHA256;
    REFUSED(&s, SURREAL_ERR_CERT, "is not the one inside");
}

TEST(test_x509_bad_signatures)
{
    shop s;

    shop_open(&s);
    s.spec.bad_signature = true;
    REFUSED(&s, SURREAL_ERR_CERT_SIGNATURE,
            "certificate of \"db.example\": the signature is not that of "
            "\"Test Authority\"");
    s.spec.bad_signature = false;
    s.ca_spec.bad_signature = true;
    REFUSED(&s, SURREAL_ERR_CERT_SIGNATURE, "not that of \"Test Root\"");
    s.ca_spec.bad_signature = false;
    s.root_spec.bad_signature = true; /* never checked */
    CHECK_INT(shop_verdict(&s), SURREAL_OK);
}

/* ---- what certificates are for ------------------------------------------- */

TEST(test_x509_usage)
{
    shop s;

    shop_open(&s);
    s.ca_spec.basic = 0;
    REFUSED(&s, SURREAL_ERR_CERT_USAGE, "\"Test Authority\" is not that of a");
    s.ca_spec.basic = 'n';
    REFUSED(&s, SURREAL_ERR_CERT_USAGE, "\"Test Authority\" is not that of a");
    shop_open(&s);
    s.ca_spec.usage = 0x82; /* no keyCertSign */
    REFUSED(&s, SURREAL_ERR_CERT_USAGE, "\"Test Authority\" is not that of a");
    s.ca_spec.usage = 0;
    CHECK_INT(shop_verdict(&s), SURREAL_OK);
    s.ca_spec.eku = 'c';
    REFUSED(&s, SURREAL_ERR_CERT_USAGE, "not for TLS servers");
    s.ca_spec.eku = 'a';
    CHECK_INT(shop_verdict(&s), SURREAL_OK);
    s.ca_spec.eku = 's';
    CHECK_INT(shop_verdict(&s), SURREAL_OK);
    shop_open(&s);
    s.root_spec.basic = 'n';
    REFUSED(&s, SURREAL_ERR_CERT_USAGE, "\"Test Root\" is trusted, but is not");
    shop_open(&s);
    s.root_spec.usage = 0x02;
    REFUSED(&s, SURREAL_ERR_CERT_USAGE, "\"Test Root\" is trusted, but is not");
    s.root_spec.usage = 0x04;
    s.root_spec.eku = 'c';
    REFUSED(&s, SURREAL_ERR_CERT_USAGE, "\"Test Root\" is trusted, but is not");
    shop_open(&s); /* a root of version 1 */
    s.root_spec.version = 1;
    s.root_spec.basic = 0;
    s.root_spec.usage = 0;
    CHECK_INT(shop_verdict(&s), SURREAL_OK);
    s.ca_spec.version = 1; /* but nobody else */
    s.ca_spec.basic = 0;
    s.ca_spec.usage = 0;
    REFUSED(&s, SURREAL_ERR_CERT_USAGE, "\"Test Authority\" is not that of a");
}

TEST(test_x509_usage_of_server)
{
    shop s;

    shop_open(&s);
    s.spec.basic = 'c';
    REFUSED(&s, SURREAL_ERR_CERT_USAGE, "authority, not of a server");
    s.spec.basic = 'n';
    CHECK_INT(shop_verdict(&s), SURREAL_OK);
    s.spec.usage = 0x84;
    REFUSED(&s, SURREAL_ERR_CERT_USAGE, "may sign certificates, but");
    s.spec.usage = 0x20; /* keyEncipherment */
    REFUSED(&s, SURREAL_ERR_CERT_USAGE, "may not be used to sign");
    s.spec.usage = 0;
    CHECK_INT(shop_verdict(&s), SURREAL_OK);
    s.spec.eku = 'c';
    REFUSED(&s, SURREAL_ERR_CERT_USAGE, "not for TLS servers");
    s.spec.eku = 'a';
    CHECK_INT(shop_verdict(&s), SURREAL_OK);
    s.spec.eku = 0;
    CHECK_INT(shop_verdict(&s), SURREAL_OK);
    s.spec.permitted = "example";
    REFUSED(&s, SURREAL_ERR_CERT_USAGE, "limits names, but");
}

TEST(test_x509_extensions)
{
    static const struct {
        const char *more;
        const char *part;
    } bad[] = {
        {"300c0603551d130101ff040230003009" "0603551d1304023000",
         "extension given twice"},
        {"3009" "06032a0304" "04020500" "3009" "06032a0304" "04020500",
         "extension given twice"},
        {"300c" "06032a0304" "0101ff" "04020500", "extension 1.2.3.4 (at"},
        {"300c" "0603551d0e" "0101ff" "04020400", "extension 2.5.29.14 (at"},
        {"300c" "0603551d23" "0101ff" "04023000", "extension 2.5.29.35 (at"},
        {"300c" "0603551d20" "0101ff" "04023000", "extension 2.5.29.32 (at"},
        {"300c" "06032a0304" "010101" "04020500", "neither 00 nor ff"},
        {"3009" "0603551d0e" "04023000", "another type than expected"},
        {"300b" "06032a0304" "04020500" "0500", "more elements than"},
        {"3009" "0603551d13" "04023100", "another type than expected"},
        {"300c" "0603551d13" "0405" "3003020100", "path length of no auth"},
        {"3009" "0603551d1e" "04023000", "name constraints without any"},
        {"300a" "0603551d13" "0403" "30000a", "more elements than expected"}};
    shop s;
    size_t i;

    for (i = 0; i < sizeof bad / sizeof *bad; i++) {
        shop_open(&s);
        s.spec.more_hex = bad[i].more;
        REFUSED(&s, SURREAL_ERR_CERT, bad[i].part);
    }
    shop_open(&s); /* not critical and not known: passed over; FALSE as well */
    s.spec.more_hex = "3009" "06032a0304" "04020500"
                      "300a" "06032a0305" "010100" "0400"
                      "3009" "0603551d20" "04023000";
    CHECK_INT(shop_verdict(&s), SURREAL_OK);
    s.spec.usage = 0;
    s.spec.more_hex = "300b" "0603551d0f" "0404" "03020000";
    REFUSED(&s, SURREAL_ERR_CERT, "key usage of nothing");
    s.spec.more_hex = "300b" "0603551d0f" "0404" "03020780";
    CHECK_INT(shop_verdict(&s), SURREAL_OK);
    s.spec.more_hex = "300c" "0603551d0f" "0405" "0303070080";
    REFUSED(&s, SURREAL_ERR_CERT_USAGE, "may not be used to sign");
    s.spec.more_hex = NULL;
    s.spec.eku = 0;
    s.spec.more_hex = "3009" "0603551d25" "04023000";
    REFUSED(&s, SURREAL_ERR_CERT, "ends where an element is expected");
    /* An authority's is noticed where a path needs it. */
    shop_open(&s);
    s.ca_spec.more_hex = "300c" "06032a0304" "0101ff" "04020500";
    REFUSED(&s, SURREAL_ERR_CERT, "\"Test Authority\" not understood: crit");
}

/* As many extensions as are read, and one more. */
TEST(test_x509_many_extensions)
{
    char text[70 * 24];
    size_t n, count;
    shop s;

    for (count = 61; count <= 62; count++) {
        shop_open(&s);
        for (n = 0; n < count; n++) {
            snprintf(text + n * 22, sizeof text - n * 22,
                     "300906032a04%02x04020500", (unsigned)n);
        }
        s.spec.more_hex = text; /* usage, eku and san are three */
        if (count == 61) {
            CHECK_INT(shop_verdict(&s), SURREAL_OK);
        } else {
            REFUSED(&s, SURREAL_ERR_CERT, "more than 64 extensions");
        }
    }
}

TEST(test_x509_fields)
{
    static const struct {
        const char *serial;
        const char *part; /* NULL: taken */
    } serials[] = {
        {"0201ff", "below zero"},
        {"020100", NULL},
        {"02020001", "shortest form"},
        {"0200", "without bytes"},
        {"0214" "7f00000000000000000000000000000000000000", NULL},
        {"0215" "00ff00000000000000000000000000000000000000", NULL},
        {"0215" "0100000000000000000000000000000000000000" "00",
         "longer than 20"},
        {"03020001", "another type"}};
    shop s;
    size_t i;

    for (i = 0; i < sizeof serials / sizeof *serials; i++) {
        shop_open(&s);
        s.spec.serial_hex = serials[i].serial;
        if (serials[i].part) {
            REFUSED(&s, SURREAL_ERR_CERT, serials[i].part);
        } else {
            CHECK_INT(shop_verdict(&s), SURREAL_OK);
        }
    }
    shop_open(&s);
    s.spec.version = 4;
    REFUSED(&s, SURREAL_ERR_CERT, "version that does not exist");
    s.spec.version = 2;
    REFUSED(&s, SURREAL_ERR_CERT, "extensions before version 3");
    s.spec.version = 1;
    REFUSED(&s, SURREAL_ERR_CERT, "extensions before version 3");
    s.spec.version = 3;
    s.spec.unique_hex = "8102000a82020007";
    CHECK_INT(shop_verdict(&s), SURREAL_OK);
    s.spec.unique_hex = "82020007" "8102000a"; /* in the wrong order */
    REFUSED(&s, SURREAL_ERR_CERT, "more elements than expected");
}

/* ---- limits of authorities ----------------------------------------------- */

TEST(test_x509_name_limits)
{
    shop s;

    shop_open(&s);
    s.ca_spec.permitted = "example";
    CHECK_INT(shop_verdict(&s), SURREAL_OK);
    s.ca_spec.permitted = "other db.example";
    CHECK_INT(shop_verdict(&s), SURREAL_OK);
    s.ca_spec.permitted = "b.example";
    REFUSED(&s, SURREAL_ERR_CERT_CONSTRAINT,
            "certificate of \"db.example\" holds a name (db.example) that "
            "authority \"Test Authority\" may not vouch for");
    s.ca_spec.permitted = NULL;
    s.ca_spec.excluded = "EXAMPLE";
    REFUSED(&s, SURREAL_ERR_CERT_CONSTRAINT, "(db.example)");
    s.ca_spec.excluded = "x.db.example";
    CHECK_INT(shop_verdict(&s), SURREAL_OK);
    s.spec.dns = "db.example *.db.example"; /* of which x.db.example is one */
    REFUSED(&s, SURREAL_ERR_CERT_CONSTRAINT, "(*.db.example)");
    shop_open(&s);
    s.root_spec.permitted = "other.example"; /* of the anchor */
    REFUSED(&s, SURREAL_ERR_CERT_CONSTRAINT, "\"Test Root\" may not vouch");
    s.root_spec.permitted = "db.example";
    CHECK_INT(shop_verdict(&s), SURREAL_OK);
    s.ca_spec.dns = "evil.example"; /* names of authorities count */
    REFUSED(&s, SURREAL_ERR_CERT_CONSTRAINT,
            "certificate of \"Test Authority\" holds a name (evil.example)");
    s.ca_spec.cn = "Test Root"; /* unless it is self-issued */
    CHECK_INT(shop_verdict(&s), SURREAL_OK);
    shop_open(&s); /* forms that are not limited */
    s.ca_spec.limits_hex = "300ea00c300a8708" "7f000000" "ff000000";
    CHECK_INT(shop_verdict(&s), SURREAL_OK);
    s.spec.ip_len = 4;
    s.spec.ip[0] = 126;
    REFUSED(&s, SURREAL_ERR_CERT_CONSTRAINT, "(126.0.0.0)");
    s.spec.ip[0] = 127;
    CHECK_INT(shop_verdict(&s), SURREAL_OK);
    s.spec.ip_len = 16;
    REFUSED(&s, SURREAL_ERR_CERT_CONSTRAINT, "(7f00:0:0:0:0:0:0:0)");
}

/* Forms that are not understood are refused where such a name occurs. */
TEST(test_x509_name_limits_of_other_forms)
{
    static const char *const lists[] = {"a0", "a1"};
    char text[64];
    shop s;
    int i;

    for (i = 0; i < 2; i++) {
        shop_open(&s);
        snprintf(text, sizeof text, "3007%s053003860161", lists[i]);
        /* the URI "a" */
        s.ca_spec.limits_hex = text;
        CHECK_INT(shop_verdict(&s), SURREAL_OK);
        s.spec.san_hex = "820a64622e6578616d706c65" "860161";
        REFUSED(&s, SURREAL_ERR_CERT_CONSTRAINT, "one that is no host");
        s.spec.san_hex = "820a64622e6578616d706c65" "810161";
        CHECK_INT(shop_verdict(&s), SURREAL_OK);
    }
    /* Directory names: a permitted base is compared, an excluded one is
     * believed to be meant. */
    shop_open(&s);
    s.spec.cn = "db";
    s.ca_spec.limits_hex = "3015a0133011a40f300d310c300906035504030c026462";
    REFUSED(&s, SURREAL_ERR_CERT, "longer than");
    s.ca_spec.limits_hex = "3015a0133011a40f300d310b300906035504030c026462";
    CHECK_INT(shop_verdict(&s), SURREAL_OK);
    s.spec.cn = "dc";
    REFUSED(&s, SURREAL_ERR_CERT_CONSTRAINT, "one that is no host");
    s.ca_spec.limits_hex = "3015a1133011a40f300d310b300906035504030c026462";
    REFUSED(&s, SURREAL_ERR_CERT_CONSTRAINT, "one that is no host");
    s.spec.cn = NULL;
    s.spec.san_critical = true;
    CHECK_INT(shop_verdict(&s), SURREAL_OK);
}

TEST(test_x509_broken_name_limits)
{
    static const struct {
        const char *hex;
        const char *part;
    } bad[] = {
        {"3000", "name constraints without any"},
        {"3002a000", "ends where an element is expected"},
        {"3006a00430028202", "longer than"},
        {"3009a00730058203" "2e6162", "not a domain name"},
        {"3009a00730058203" "2a2e61", "not a domain name"},
        {"300aa0083006870401020304", "wrong length"},
        {"300ea00c300a8708" "7f000000" "ff00ff00", "mask that has gaps"},
        {"300ea00c300a8708" "7f000000" "fd000000", "mask that has gaps"},
        {"300aa0083006820161800101", "more elements"},
        {"300ea1053003820161a0053003820161", "more elements"},
        {"3009a00530038201610500", "more elements"}};
    shop s;
    size_t i;

    for (i = 0; i < sizeof bad / sizeof *bad; i++) {
        shop_open(&s);
        s.ca_spec.limits_hex = bad[i].hex;
        REFUSED(&s, SURREAL_ERR_CERT, bad[i].part);
    }
}

TEST(test_x509_path_len)
{
    shop s;

    shop_open(&s);
    s.root_spec.path_len = 1; /* pathLenConstraint 0 */
    REFUSED(&s, SURREAL_ERR_CERT_USAGE,
            "authority \"Test Root\" allows 0 authorities below it, the path "
            "has 1");
    s.root_spec.path_len = 2;
    CHECK_INT(shop_verdict(&s), SURREAL_OK);
    s.root_spec.path_len = 1;
    s.ca_spec.cn = "Test Root"; /* self-issued: not counted */
    CHECK_INT(shop_verdict(&s), SURREAL_OK);
    shop_open(&s);
    s.ca_spec.path_len = 1;
    CHECK_INT(shop_verdict(&s), SURREAL_OK);
}

/* ---- paths --------------------------------------------------------------- */

TEST(test_x509_unknown_authority)
{
    shop s;
    surreal_trust *trust;
    surreal_bytes chain[3];

    shop_open(&s);
    CHECK_INT(shop_verdict(&s), SURREAL_OK);
    trust = trust_of(&s.root);
    NEED(trust);
    chain[0] = pki_der(&s.leaf);
    CHECK_INT(surreal_verify_chain(trust, chain, 1, "db.example", PKI_NOW,
                                   &s.err), SURREAL_ERR_CERT_ISSUER);
    CHECK_STR(s.err.message,
              "certificate of \"db.example\" is signed by \"Test Authority\", "
              "which is not trusted, and no certificate of it was sent (1 are "
              "trusted)");
    surreal_trust_free(trust);
    trust = trust_of(&s.leaf); /* another one */
    NEED(trust);
    chain[1] = pki_der(&s.ca);
    pki_make(&s.root, &s.root_spec, &s.root_key, NULL, NULL);
    chain[0] = pki_der(&s.root);
    s.spec.cn = s.spec.dns = "self.example";
    pki_make(&s.leaf, &s.spec, &s.key, NULL, NULL);
    chain[0] = pki_der(&s.leaf);
    CHECK_INT(surreal_verify_chain(trust, chain, 1, "self.example", PKI_NOW,
                                   &s.err), SURREAL_ERR_CERT_ISSUER);
    CHECK_STR(s.err.message,
              "certificate of \"self.example\" is signed by itself and not "
              "trusted; give it as ca_file, ca or only_cert if it should be");
    surreal_trust_free(trust);
}

/* What `openssl req -x509` makes says that it is an authority's, and most of
 * them are of "localhost": told is that it is not trusted, not what else it
 * is, nor what is wrong with another of that name. */
TEST(test_x509_untrusted_self_signed)
{
    static const char basic[] = {0, 'n', 'c'};
    surreal_bytes chain[1];
    surreal_trust *trust;
    shop s;
    size_t i, k;

    shop_open(&s);
    s.spec.cn = s.spec.dns = "localhost";
    for (i = 0; i < sizeof basic; i++) {
        s.spec.basic = basic[i];
        pki_make(&s.leaf, &s.spec, &s.root_key, NULL, NULL);
        trust = trust_of(&s.leaf); /* same name, another key */
        NEED(trust);
        for (k = 0; k < sizeof basic; k++) {
            s.spec.basic = basic[k];
            pki_make(&s.leaf, &s.spec, &s.key, NULL, NULL);
            chain[0] = pki_der(&s.leaf);
            CHECK_INT(surreal_verify_chain(trust, chain, 1, "localhost",
                                           PKI_NOW, &s.err),
                      SURREAL_ERR_CERT_ISSUER);
            CHECK(strstr(s.err.message, "by itself and not trusted") != NULL);
        }
        surreal_trust_free(trust);
    }
}

/* A server's certificate that signed itself, given as an anchor. */
TEST(test_x509_self_signed)
{
    static const char basic[] = {0, 'n', 'c'};
    shop s;
    surreal_trust *trust;
    surreal_bytes chain[2];
    pki_cert other;
    size_t i;

    for (i = 0; i < 3; i++) {
        shop_open(&s);
        s.spec.basic = basic[i];
        pki_make(&s.leaf, &s.spec, &s.key, NULL, NULL);
        trust = trust_of(&s.leaf);
        NEED(trust);
        chain[0] = pki_der(&s.leaf);
        CHECK_INT(surreal_verify_chain(trust, chain, 1, "db.example", PKI_NOW,
                                       &s.err), SURREAL_OK);
        CHECK_INT(surreal_verify_chain(trust, chain, 1, "x.example", PKI_NOW,
                                       &s.err), SURREAL_ERR_CERT_NAME);
        CHECK_INT(surreal_verify_chain(trust, chain, 1, "db.example",
                                       PKI_NOW + 400 * PKI_DAY, &s.err),
                  SURREAL_ERR_CERT_EXPIRED);
        /* It vouches for nobody else, unless it is an authority. */
        s.spec.basic = 0;
        s.spec.issuer_cn = "db.example";
        s.spec.cn = s.spec.dns = "other.example";
        pki_make(&other, &s.spec, &s.ca_key, NULL, &s.key);
        chain[0] = pki_der(&other);
        chain[1] = pki_der(&s.leaf);
        CHECK_INT(surreal_verify_chain(trust, chain, 2, "other.example",
                                       PKI_NOW, &s.err),
                  SURREAL_ERR_CERT_USAGE);
        surreal_trust_free(trust);
    }
}

/* Any order, with certificates between that are none of the path or no
 * certificates at all. */
TEST(test_x509_unordered)
{
    static const uint8_t junk[] = {0x30, 0x03, 0x02, 0x01};
    shop s;
    surreal_trust *trust;
    surreal_bytes chain[7];
    pki_cert sub, cross, strange;
    pki_key sub_key;
    unsigned turn;

    shop_open(&s);
    pki_key_ed25519(&sub_key, 9);
    CHECK_INT(shop_verdict(&s), SURREAL_OK);
    pki_ca(&s.ca_spec, "Sub Authority");
    pki_make(&sub, &s.ca_spec, &sub_key, &s.ca, &s.ca_key);
    /* Cross-signed: the same authority by somebody else, and expired. */
    pki_ca(&s.ca_spec, "Test Authority");
    s.ca_spec.issuer_cn = "Elsewhere";
    pki_make(&cross, &s.ca_spec, &s.ca_key, NULL, &s.key);
    s.ca_spec.issuer_cn = NULL;
    s.ca_spec.to = PKI_NOW - PKI_DAY;
    pki_make(&strange, &s.ca_spec, &s.ca_key, &s.root, &s.root_key);
    pki_make(&s.leaf, &s.spec, &s.key, &sub, &sub_key);
    trust = trust_of(&s.root);
    NEED(trust);
    for (turn = 0; turn < 6; turn++) {
        surreal_bytes parts[6];
        unsigned i;

        parts[0] = pki_der(&sub);
        parts[1] = pki_der(&s.ca);
        parts[2] = pki_der(&cross);
        parts[3] = pki_der(&strange);
        parts[4].ptr = junk;
        parts[4].len = sizeof junk;
        parts[5] = pki_der(&s.root);
        chain[0] = pki_der(&s.leaf);
        for (i = 0; i < 6; i++) {
            chain[1 + i] = parts[(i * 5 + turn) % 6];
        }
        if (surreal_verify_chain(trust, chain, 7, "db.example", PKI_NOW,
                                 &s.err)) {
            TEST_FAIL("turn %u: %s", turn, s.err.message);
        }
        /* Without the good one the expired one is the reason. */
        for (i = 1; i < 7; i++) {
            if (chain[i].ptr == s.ca.der) chain[i] = chain[6];
        }
        CHECK_INT(surreal_verify_chain(trust, chain, 6, "db.example", PKI_NOW,
                                       &s.err), SURREAL_ERR_CERT_EXPIRED);
    }
    surreal_trust_free(trust);
}

/* An authority that signed its own next key: two of one name on the path. */
TEST(test_x509_next_key)
{
    shop s;
    surreal_trust *trust;
    surreal_bytes chain[3];
    pki_cert next;
    pki_key next_key;

    shop_open(&s);
    pki_key_ed25519(&next_key, 9);
    CHECK_INT(shop_verdict(&s), SURREAL_OK);
    pki_make(&next, &s.ca_spec, &next_key, &s.ca, &s.ca_key);
    pki_make(&s.leaf, &s.spec, &s.key, &next, &next_key);
    trust = trust_of(&s.root);
    NEED(trust);
    chain[0] = pki_der(&s.leaf);
    chain[1] = pki_der(&s.ca);
    chain[2] = pki_der(&next);
    CHECK_INT(surreal_verify_chain(trust, chain, 3, "db.example", PKI_NOW,
                                   &s.err), SURREAL_OK);
    CHECK_INT(surreal_verify_chain(trust, chain, 2, "db.example", PKI_NOW,
                                   &s.err), SURREAL_ERR_CERT_SIGNATURE);
    surreal_trust_free(trust);
}

/* Two anchors of one name, of which the second one signed. */
TEST(test_x509_same_name_anchors)
{
    shop s;
    surreal_trust *trust;
    surreal_bytes chain[2];
    pki_cert old;
    pki_key old_key;

    shop_open(&s);
    pki_key_ed25519(&old_key, 77);
    CHECK_INT(shop_verdict(&s), SURREAL_OK);
    pki_make(&old, &s.root_spec, &old_key, NULL, NULL);
    trust = srl_trust_new(NULL);
    NEED(trust);
    CHECK_INT(srl_trust_add(trust, pki_der(&old), false, NULL), SURREAL_OK);
    CHECK_INT(srl_trust_add(trust, pki_der(&s.root), false, NULL), SURREAL_OK);
    CHECK_INT(srl_trust_add(trust, pki_der(&s.root), false, NULL), SURREAL_OK);
    CHECK_INT(surreal_trust_count(trust), 2);
    chain[0] = pki_der(&s.leaf);
    chain[1] = pki_der(&s.ca);
    CHECK_INT(surreal_verify_chain(trust, chain, 2, "db.example", PKI_NOW,
                                   &s.err), SURREAL_OK);
    surreal_trust_free(trust);
}

/* A line of authorities: as long as a path may be, and one more. */
TEST(test_x509_depth)
{
    static pki_cert certs[10]; /* of the server, then upwards */
    static pki_key keys[10];
    surreal_bytes chain[11];
    surreal_trust *trust;
    surreal_error err;
    pki_spec spec;
    char names[10][32];
    int n, i;

    for (n = 8; n <= 9; n++) {
        for (i = n; i >= 0; i--) {
            snprintf(names[i], sizeof names[i], "Authority %d", i);
            pki_key_ed25519(&keys[i], 100 + (unsigned)i);
            pki_ca(&spec, names[i]);
            if (!i) pki_server(&spec, "db.example");
            pki_make(&certs[i], &spec, &keys[i], i < n ? &certs[i + 1] : NULL,
                     i < n ? &keys[i + 1] : NULL);
            chain[i] = pki_der(&certs[i]);
        }
        trust = trust_of(&certs[n]);
        NEED(trust);
        CHECK_INT(surreal_verify_chain(trust, chain, (size_t)n, "db.example",
                                       PKI_NOW, &err),
                  n == 8 ? SURREAL_OK : SURREAL_ERR_CERT_LIMIT);
        if (n == 9) CHECK(strstr(err.message, "more than 8") != NULL);
        surreal_trust_free(trust);
    }
    trust = trust_of(&certs[9]);
    NEED(trust);
    for (i = 0; i < 11; i++) {
        chain[i] = pki_der(&certs[0]);
    }
    CHECK_INT(surreal_verify_chain(trust, chain, 11, "db.example", PKI_NOW,
                                   &err), SURREAL_ERR_CERT_LIMIT);
    CHECK_INT(surreal_verify_chain(trust, chain, 0, "db.example", PKI_NOW,
                                   &err), SURREAL_ERR_CERT);
    surreal_trust_free(trust);
}

/* Nine authorities of one name and one key that all signed each other, and an
 * anchor of another key: every order is a path. Bounded all the same. */
TEST(test_x509_tangle)
{
    static pki_cert certs[10];
    surreal_bytes chain[10];
    surreal_trust *trust;
    surreal_error err;
    surreal_status status;
    pki_spec spec;
    pki_key keys[10], root_key;
    pki_cert root;
    int same_key, i;

    for (same_key = 0; same_key < 2; same_key++) {
        pki_key_ed25519(&root_key, 50);
        pki_ca(&spec, "Mesh");
        pki_make(&root, &spec, &root_key, NULL, NULL);
        for (i = 0; i < 10; i++) { /* all of them: the loop closes at 1 */
            pki_key_ed25519(&keys[i], 200 + (same_key ? 0 : (unsigned)i));
        }
        for (i = 9; i >= 0; i--) {
            char serial[16];

            pki_ca(&spec, "Mesh");
            if (!i) pki_server(&spec, "db.example");
            if (!i) spec.issuer_cn = "Mesh";
            snprintf(serial, sizeof serial, "020203%02x", i);
            spec.serial_hex = serial;
            pki_make(&certs[i], &spec, &keys[i], NULL,
                     &keys[i < 9 ? i + 1 : 1]);
            chain[i] = pki_der(&certs[i]);
        }
        trust = trust_of(&root);
        NEED(trust);
        status = surreal_verify_chain(trust, chain, 10, "db.example", PKI_NOW,
                                      &err);
        CHECK(status == SURREAL_ERR_CERT_LIMIT ||
              status == SURREAL_ERR_CERT_SIGNATURE);
        surreal_trust_free(trust);
    }
}

/* Names times limits are bounded, and the answer is no. */
TEST(test_x509_many_limits)
{
    static char permitted[8000], names[8000];
    size_t n = 0, m = 0;
    unsigned i;
    shop s;

    shop_open(&s);
    for (i = 0; i < 700; i++) {
        n += (size_t)snprintf(permitted + n, sizeof permitted - n, "%sa%u.b",
                              i ? " " : "", i);
        m += (size_t)snprintf(names + m, sizeof names - m, "%sa%u.b",
                              i ? " " : "", i);
    }
    s.ca_spec.permitted = permitted;
    s.spec.dns = names;
    s.spec.cn = "db";
    CHECK_INT(shop_at(&s, "a1.b", PKI_NOW), SURREAL_OK);
    s.ca_spec.permitted = NULL; /* all of which must be looked at */
    s.ca_spec.excluded = permitted;
    for (i = 0; names[i]; i++) {
        if (names[i] == 'a') names[i] = 'c';
    }
    CHECK_INT(shop_at(&s, "c1.b", PKI_NOW), SURREAL_ERR_CERT_LIMIT);
}

/* ---- other ways to know a server ----------------------------------------- */

TEST(test_x509_only_cert)
{
    shop s;
    srl_verify how;
    srl_public_key key;
    surreal_bytes chain[1];

    shop_open(&s);
    s.spec.basic = 'c'; /* what it is for does not matter */
    s.spec.eku = 'c';
    s.spec.dns = NULL;
    pki_make(&s.leaf, &s.spec, &s.key, NULL, NULL);
    s.spec.cn = "other.example";
    pki_make(&s.ca, &s.spec, &s.key, NULL, NULL);
    memset(&how, 0, sizeof how);
    how.only_cert = pki_der(&s.leaf);
    how.unix_s = PKI_NOW;
    chain[0] = pki_der(&s.leaf);
    CHECK_INT(srl_x509_verify(&how, chain, 1, &key, &s.err), SURREAL_OK);
    CHECK_INT(key.kind, SRL_KEY_ED25519);
    CHECK_MEM(key.point.ptr, key.point.len, s.key.point, 32);
    CHECK(key.point.ptr > s.leaf.der &&
          key.point.ptr < s.leaf.der + s.leaf.len);
    chain[0] = pki_der(&s.ca);
    CHECK_INT(srl_x509_verify(&how, chain, 1, &key, &s.err),
              SURREAL_ERR_CERT_PIN);
    CHECK_STR(s.err.message, "the server shows a certificate of "
              "\"other.example\" that is not the only one trusted, of "
              "\"db.example\"");
    CHECK_INT(key.kind, 0);
    chain[0] = pki_der(&s.leaf);
    how.unix_s = PKI_NOW + 400 * PKI_DAY; /* but while it is valid */
    CHECK_INT(srl_x509_verify(&how, chain, 1, &key, &s.err),
              SURREAL_ERR_CERT_EXPIRED);
    how.unix_s = PKI_NOW - 400 * PKI_DAY;
    CHECK_INT(srl_x509_verify(&how, chain, 1, &key, NULL),
              SURREAL_ERR_CERT_EARLY);
}

TEST(test_x509_pins)
{
    shop s;
    srl_verify how;
    srl_public_key key;
    surreal_bytes chain[2];
    uint8_t pins[64] = {0};
    surreal_trust *trust;

    shop_open(&s);
    CHECK_INT(shop_verdict(&s), SURREAL_OK);
    chain[0] = pki_der(&s.leaf);
    chain[1] = pki_der(&s.ca);
    memset(&how, 0, sizeof how);
    how.pins.ptr = pins;
    how.pins.len = 64;
    how.unix_s = PKI_NOW + 4000 * PKI_DAY; /* alone: only the key */
    CHECK_INT(srl_x509_verify(&how, chain, 2, &key, &s.err),
              SURREAL_ERR_CERT_PIN);
    CHECK_STR(s.err.message, "the key in the certificate of \"db.example\" is "
                             "none of the 2 pinned");
    {
        pki_buf *spki = (pki_buf *)calloc(1, sizeof *spki);

        NEED(spki);
        pki_put_key(spki, &s.key);
        srl_hash_of(SRL_SHA256, spki->data, spki->len, pins + 32);
        free(spki);
    }
    CHECK_INT(srl_x509_verify(&how, chain, 1, &key, &s.err), SURREAL_OK);
    how.pins.len = 63;
    CHECK_INT(srl_x509_verify(&how, chain, 1, &key, &s.err),
              SURREAL_ERR_USAGE);
    how.pins.len = 64;
    trust = trust_of(&s.root); /* with anchors: both */
    NEED(trust);
    how.trust = trust;
    how.host = "db.example";
    CHECK_INT(srl_x509_verify(&how, chain, 2, &key, &s.err),
              SURREAL_ERR_CERT_EXPIRED);
    how.unix_s = PKI_NOW;
    CHECK_INT(srl_x509_verify(&how, chain, 2, &key, &s.err), SURREAL_OK);
    CHECK_INT(srl_x509_verify(&how, chain, 1, &key, &s.err),
              SURREAL_ERR_CERT_ISSUER);
    pins[40] ^= 1;
    CHECK_INT(srl_x509_verify(&how, chain, 2, &key, &s.err),
              SURREAL_ERR_CERT_PIN);
    surreal_trust_free(trust);
}

TEST(test_x509_blind_and_empty)
{
    shop s;
    srl_verify how;
    srl_public_key key;
    surreal_bytes chain[1];
    surreal_trust *trust;

    shop_open(&s);
    s.spec.to = PKI_NOW - 1;
    pki_make(&s.leaf, &s.spec, &s.key, NULL, NULL);
    chain[0] = pki_der(&s.leaf);
    memset(&how, 0, sizeof how);
    how.unix_s = PKI_NOW;
    CHECK_INT(srl_x509_verify(&how, chain, 1, &key, &s.err),
              SURREAL_ERR_USAGE); /* nothing asked for is not "yes" */
    how.is_blind = true;
    CHECK_INT(srl_x509_verify(&how, chain, 1, &key, &s.err), SURREAL_OK);
    CHECK_INT(key.kind, SRL_KEY_ED25519);
    chain[0].len--;
    CHECK_INT(srl_x509_verify(&how, chain, 1, &key, &s.err),
              SURREAL_ERR_CERT);
    CHECK_INT(srl_x509_verify(&how, chain, 0, &key, &s.err),
              SURREAL_ERR_CERT);
    chain[0].len++;
    trust = srl_trust_new(NULL);
    NEED(trust);
    CHECK_INT(surreal_verify_chain(trust, chain, 1, "db.example", PKI_NOW,
                                   &s.err), SURREAL_ERR_TRUST);
    surreal_trust_free(trust);
    CHECK_INT(surreal_verify_chain(NULL, chain, 1, "db.example", PKI_NOW,
                                   NULL), SURREAL_ERR_USAGE);
    CHECK_INT(surreal_trust_count(NULL), 0);
    surreal_trust_free(NULL);
}

/* ---- every byte ---------------------------------------------------------- */

/* Cut at every byte: never understood, and the offset is inside. */
TEST(test_x509_cut)
{
    shop s;
    srl_cert cert;
    size_t len;

    shop_open(&s);
    s.ca_spec.permitted = "example";
    s.ca_spec.dns = "ca.example";
    CHECK_INT(shop_verdict(&s), SURREAL_OK);
    for (len = 0; len < s.ca.len; len++) {
        uint8_t *exact = (uint8_t *)malloc(len ? len : 1);
        surreal_bytes der;

        NEED(exact);
        memcpy(exact, s.ca.der, len);
        der.ptr = exact;
        der.len = len;
        if (srl_cert_parse(&cert, der, &s.err) != SURREAL_ERR_CERT ||
            s.err.at > len || !s.err.message[0]) {
            TEST_FAIL("cut at %zu", len);
        }
        free(exact);
    }
    s.ca.der[s.ca.len++] = 0;
    CHECK_INT(srl_cert_parse(&cert, pki_der(&s.ca), &s.err), SURREAL_ERR_CERT);
    CHECK(strstr(s.err.message, "bytes behind the end") != NULL);
}

/* Any byte changed in server or authority: refused, whatever it means now. */
TEST(test_x509_changed)
{
    static const uint8_t changes[] = {0x01, 0x20, 0x80, 0xff};
    shop s;
    surreal_trust *trust;
    surreal_bytes chain[2];
    unsigned which;
    size_t i, j;

    shop_open(&s);
    CHECK_INT(shop_verdict(&s), SURREAL_OK);
    trust = trust_of(&s.root);
    NEED(trust);
    for (which = 0; which < 2; which++) {
        pki_cert *cert = which ? &s.ca : &s.leaf;

        for (i = 0; i < cert->len; i++) {
            for (j = 0; j < sizeof changes; j++) {
                cert->der[i] ^= changes[j];
                chain[0] = pki_der(&s.leaf);
                chain[1] = pki_der(&s.ca);
                if (!surreal_verify_chain(trust, chain, 2, "db.example",
                                          PKI_NOW, &s.err)) {
                    TEST_FAIL("byte %zu of %u may be changed by %02x", i,
                              which, changes[j]);
                }
                cert->der[i] ^= changes[j];
            }
        }
    }
    surreal_trust_free(trust);
}

/* ---- the store ----------------------------------------------------------- */

/* Many anchors as PEM; the text in room. */
static surreal_bytes
many_pem(char *room, size_t cap, unsigned count)
{
    surreal_bytes text;
    size_t n = 0;
    unsigned i;

    for (i = 0; i < count; i++) {
        pki_spec spec;
        pki_key key;
        pki_cert cert;
        char name[32];

        snprintf(name, sizeof name, "Anchor %u", i);
        pki_key_ed25519(&key, 1000 + i);
        pki_ca(&spec, name);
        if (i % 3 == 0) spec.permitted = "example";
        pki_make(&cert, &spec, &key, NULL, NULL);
        n += (size_t)snprintf(room + n, cap - n, "# %s\r\n", name);
        n += pki_pem(&cert, room + n, cap - n);
    }
    text.ptr = (const uint8_t *)room;
    text.len = n;
    return text;
}

TEST(test_x509_store)
{
    static char room[60000];
    surreal_bytes text = many_pem(room, sizeof room, 40);
    surreal_trust *trust = NULL;
    surreal_error err;
    char *at;
    unsigned i;

    CHECK_INT(surreal_trust_memory(NULL, text, &trust, &err), SURREAL_OK);
    NEED(trust);
    CHECK_INT(surreal_trust_count(trust), 40);
    for (i = 0; i < 40; i++) {
        pki_buf *name = (pki_buf *)calloc(1, sizeof *name);
        surreal_bytes der;
        size_t place = 0;
        char cn[32];

        NEED(name);
        snprintf(cn, sizeof cn, "Anchor %u", i);
        pki_put_name(name, cn);
        der.ptr = name->data;
        der.len = name->len;
        CHECK(srl_trust_find(trust, der, &place) != NULL);
        CHECK(srl_trust_find(trust, der, &place) == NULL);
        free(name);
    }
    CHECK_INT(srl_trust_add(trust, text, false, &err), SURREAL_OK);
    CHECK_INT(surreal_trust_count(trust), 40); /* each one once */
    surreal_trust_free(trust);

    at = strstr(room, "# Anchor 7\r\n");
    NEED(at);
    at = strstr(at, "MII");
    NEED(at);
    at[60] = '!';
    CHECK_INT(surreal_trust_memory(NULL, text, &trust, &err),
              SURREAL_ERR_CERT);
    CHECK(trust == NULL);
    CHECK_INT(err.at, at + 60 - room);
    at[60] = 'A'; /* well-formed text, but another certificate */
    at[3] = 'z';
    CHECK_INT(surreal_trust_memory(NULL, text, &trust, &err),
              SURREAL_ERR_CERT);
    CHECK_INT(err.at, at - room - 28);
    trust = srl_trust_new(NULL); /* a system's bundle goes on */
    NEED(trust);
    CHECK_INT(srl_trust_add(trust, text, true, &err), SURREAL_OK);
    CHECK_INT(surreal_trust_count(trust), 39);
    at[60] = '!';
    CHECK_INT(srl_trust_add(trust, text, true, &err), SURREAL_OK);
    CHECK_INT(surreal_trust_count(trust), 39);
    surreal_trust_free(trust);
}

TEST(test_x509_store_refuses)
{
    static const char *const texts[] = {
        "", "hello", "-----BEGIN CERTIFICATE-----", "\x30", "0\x82",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
        "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n"};
    surreal_trust *trust = NULL;
    surreal_error err;
    surreal_bytes text;
    size_t i;

    for (i = 0; i < sizeof texts / sizeof *texts; i++) {
        text.ptr = (const uint8_t *)texts[i];
        text.len = strlen(texts[i]);
        CHECK_INT(surreal_trust_memory(NULL, text, &trust, &err),
                  SURREAL_ERR_CERT);
        CHECK(!trust && err.message[0]);
        trust = srl_trust_new(NULL);
        NEED(trust);
        CHECK_INT(srl_trust_add(trust, text, true, &err), SURREAL_OK);
        CHECK_INT(surreal_trust_count(trust), 0);
        surreal_trust_free(trust);
    }
    text.ptr = NULL;
    text.len = 1;
    CHECK_INT(surreal_trust_memory(NULL, text, &trust, &err),
              SURREAL_ERR_USAGE);
    CHECK_INT(surreal_trust_memory(NULL, text, NULL, NULL),
              SURREAL_ERR_USAGE);
}

TEST(test_x509_store_without_memory)
{
    static char room[60000];
    surreal_bytes text = many_pem(room, sizeof room, 40);
    surreal_allocator allocator;
    surreal_status status = SURREAL_ERR_NOMEM;
    surreal_trust *trust = NULL;
    surreal_error err;
    test_heap heap;
    size_t fail_at;

    allocator.resize = test_resize;
    allocator.user = &heap;
    for (fail_at = 1; status && fail_at < 1000; fail_at++) {
        memset(&heap, 0, sizeof heap);
        heap.fail_at = fail_at;
        status = surreal_trust_memory(&allocator, text, &trust, &err);
        if (status) {
            CHECK_INT(status, SURREAL_ERR_NOMEM);
            CHECK(trust == NULL);
            CHECK_INT(heap.held, 0);
            continue;
        }
        CHECK_INT(surreal_trust_count(trust), 40);
        surreal_trust_free(trust);
        CHECK_INT(heap.held, 0);
    }
    CHECK(!status && fail_at > 6);
}

TEST(test_x509_system_bundle)
{
    static const char *const path = "/etc/ssl/certs/ca-certificates.crt";
    FILE *file = fopen(path, "rb");
    surreal_trust *trust = NULL;
    surreal_error err;
    surreal_bytes text;
    uint8_t *data;
    size_t blocks = 0, at;

    if (!file) {
        SKIP("no /etc/ssl/certs/ca-certificates.crt");
        return;
    }
    data = (uint8_t *)malloc(4 << 20);
    NEED(data);
    text.ptr = data;
    text.len = fread(data, 1, 4 << 20, file);
    fclose(file);
    for (at = 0; (at = srl_pem_begin(text, at)) < text.len; at++) {
        blocks++;
    }
    trust = srl_trust_new(NULL);
    NEED(trust);
    CHECK_INT(srl_trust_add(trust, text, true, &err), SURREAL_OK);
    /* One key may be there twice, and one in fifty be odd. */
    printf("system bundle: %zu blocks, %zu anchors\n", blocks,
           surreal_trust_count(trust));
    CHECK(surreal_trust_count(trust) + 1 + blocks / 50 >= blocks);
    surreal_trust_free(trust);
    free(data);
}

TEST_MAIN(RUN(test_x509_good_chain);
          RUN(test_x509_dates);
          RUN(test_x509_stamps);
          RUN(test_x509_wrong_host);
          RUN(test_x509_bad_names);
          RUN(test_x509_labels);
          RUN(test_x509_hosts_that_are_none);
          RUN(test_x509_weak_keys);
          RUN(test_x509_other_keys);
          RUN(test_x509_weak_signatures);
          RUN(test_x509_bad_signatures);
          RUN(test_x509_usage);
          RUN(test_x509_usage_of_server);
          RUN(test_x509_extensions);
          RUN(test_x509_many_extensions);
          RUN(test_x509_fields);
          RUN(test_x509_name_limits);
          RUN(test_x509_name_limits_of_other_forms);
          RUN(test_x509_broken_name_limits);
          RUN(test_x509_path_len);
          RUN(test_x509_unknown_authority);
          RUN(test_x509_untrusted_self_signed);
          RUN(test_x509_self_signed);
          RUN(test_x509_unordered);
          RUN(test_x509_next_key);
          RUN(test_x509_same_name_anchors);
          RUN(test_x509_depth);
          RUN(test_x509_tangle);
          RUN(test_x509_many_limits);
          RUN(test_x509_only_cert);
          RUN(test_x509_pins);
          RUN(test_x509_blind_and_empty);
          RUN(test_x509_cut);
          RUN(test_x509_changed);
          RUN(test_x509_store);
          RUN(test_x509_store_refuses);
          RUN(test_x509_store_without_memory);
          RUN(test_x509_system_bundle);)
