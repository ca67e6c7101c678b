/* The reader of DER: every refusal with its reason and offset. */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"
#include "tests/test.h"
#include "tests/vectors.h"

typedef enum what {
    BOOL,
    INTEGER,
    POSITIVE,
    SMALL,
    BITS,
    OCTET_BITS,
    OID,
    EMPTY,
    TIME,
    OCTETS,
    NESTED, /* SEQUENCE { SEQUENCE { INTEGER } } and nothing behind */
    ANY
} what;

static void
der_read(srl_der *der, what kind)
{
    unsigned unused;
    surreal_bytes body;
    srl_der outer, inner;

    switch (kind) {
    case BOOL: srl_der_bool(der); break;
    case INTEGER: srl_der_integer(der); break;
    case POSITIVE: srl_der_positive(der); break;
    case SMALL: srl_der_small(der); break;
    case BITS: srl_der_bits(der, &unused); break;
    case OCTET_BITS: srl_der_octet_bits(der); break;
    case OID: srl_der_oid(der); break;
    case EMPTY: srl_der_null(der); break;
    case TIME: srl_der_time(der); break;
    case OCTETS: srl_der_body(der, SRL_DER_OCTET_STRING); break;
    case ANY: srl_der_any(der, &body); break;
    case NESTED:
        outer = srl_der_enter(der, SRL_DER_SEQUENCE);
        inner = srl_der_enter(&outer, SRL_DER_SEQUENCE);
        srl_der_integer(&inner);
        srl_der_leave(&outer, &inner);
        srl_der_leave(der, &outer);
        break;
    default: abort();
    }
    srl_der_end(der);
}

#define TWO(x) x x
#define NUMBERS TWO(TWO("31")) /* "1111" */

static const struct {
    const char *hex;
    what kind;
    const char *why; /* NULL: well-formed */
    size_t at;
} cases[] = {
    {"", ANY, "ends where an element is expected", 0},
    {"02", ANY, "ends inside a length", 1},
    {"0282", ANY, "ends inside a length", 2},
    {"028201", ANY, "ends inside a length", 3},
    {"0280", ANY, "indefinite length", 1},
    {"30800000", ANY, "indefinite length", 1},
    {"028401000000", ANY, "length of more than three bytes", 1},
    {"02ff", ANY, "length of more than three bytes", 1},
    {"02817f", ANY, "length not in its shortest form", 1},
    {"0281ff", ANY, "element longer than what holds it", 0},
    {"028200ff", ANY, "length not in its shortest form", 1},
    {"0283000100", ANY, "length not in its shortest form", 1},
    {"0283010000", ANY, "element longer than what holds it", 0},
    {"0202ff", ANY, "element longer than what holds it", 0},
    {"1f0100", ANY, "tag of more than one byte", 0},
    {"bf810100", ANY, "tag of more than one byte", 0},
    {"0000", ANY, NULL, 0}, /* a tag nobody asks for */
    {"02010000", ANY, "bytes behind the end", 3},
    {"0101ff", BOOL, NULL, 0},
    {"010100", BOOL, NULL, 0},
    {"010101", BOOL, "BOOLEAN that is neither 00 nor ff", 0},
    {"0100", BOOL, "BOOLEAN that is neither 00 nor ff", 0},
    {"0102ffff", BOOL, "BOOLEAN that is neither 00 nor ff", 0},
    {"020101", BOOL, "element of another type than expected", 0},
    {"020100", INTEGER, NULL, 0},
    {"0201ff", INTEGER, NULL, 0},
    {"02020080", INTEGER, NULL, 0},
    {"0202ff7f", INTEGER, NULL, 0},
    {"0200", INTEGER, "INTEGER without bytes", 0},
    {"0202007f", INTEGER, "INTEGER not in its shortest form", 0},
    {"0202ff80", INTEGER, "INTEGER not in its shortest form", 0},
    {"02020000", INTEGER, "INTEGER not in its shortest form", 0},
    {"0201ff", POSITIVE, "INTEGER below zero", 0},
    {"02020080", POSITIVE, NULL, 0},
    {"0202ffff", SMALL, "INTEGER not in its shortest form", 0},
    {"020300ffff", SMALL, NULL, 0},
    {"0203010000", SMALL, "INTEGER above 65535", 0},
    {"030100", BITS, NULL, 0},
    {"03020780", BITS, NULL, 0},
    {"0300", BITS, "BIT STRING without bytes", 0},
    {"030101", BITS, "unused bits of a BIT STRING are wrong", 0},
    {"03020880", BITS, "unused bits of a BIT STRING are wrong", 0},
    {"03020781", BITS, "unused bits of a BIT STRING are wrong", 0},
    {"03020180", OCTET_BITS, "BIT STRING that is not of whole bytes", 0},
    {"2303030180", BITS, "element of another type than expected", 0},
    {"06012a", OID, NULL, 0},
    {"06032a8101", OID, NULL, 0},
    {"0600", OID, "OBJECT IDENTIFIER not well-formed", 0},
    {"060180", OID, "OBJECT IDENTIFIER not well-formed", 0},
    {"06022a81", OID, "OBJECT IDENTIFIER not well-formed", 0},
    {"06032a8001", OID, "OBJECT IDENTIFIER not well-formed", 0},
    {"0500", EMPTY, NULL, 0},
    {"050100", EMPTY, "NULL that holds something", 0},
    {"0400", OCTETS, NULL, 0},
    {"2404040100", OCTETS, "element of another type than expected", 0},
    {"170d" "3730303130313030303030305a", TIME, NULL, 0},
    {"170d" "3730303130313030303030302b", TIME,
     "time not in the form YYMMDDhhmmssZ or YYYYMMDDhhmmssZ", 0},
    {"170b" "373030313031303030305a", TIME,
     "time not in the form YYMMDDhhmmssZ or YYYYMMDDhhmmssZ", 0},
    {"1711" "3730303130313030303030302b30303030", TIME,
     "time not in the form YYMMDDhhmmssZ or YYYYMMDDhhmmssZ", 0},
    {"1811" "32303230303130313030303030302e305a", TIME,
     "time not in the form YYMMDDhhmmssZ or YYYYMMDDhhmmssZ", 0},
    {"180d" "3730303130313030303030305a", TIME,
     "time not in the form YYMMDDhhmmssZ or YYYYMMDDhhmmssZ", 0},
    {"180f" "32303230303130313030303030305a", TIME, NULL, 0},
    {"180f" "30303030303130313030303030305a", TIME, "no such time", 0},
    {"170d" "3730303030313030303030305a", TIME, "no such time", 0},
    {"170d" "3730313330313030303030305a", TIME, "no such time", 0},
    {"170d" "3730303130303030303030305a", TIME, "no such time", 0},
    {"170d" "3731303232393030303030305a", TIME, "no such time", 0},
    {"170d" "3732303232393030303030305a", TIME, NULL, 0},
    {"180f" "32313030303232393030303030305a", TIME, "no such time", 0},
    {"170d" "3730303130313234303030305a", TIME, "no such time", 0},
    {"170d" "3730303130313030363030305a", TIME, "no such time", 0},
    {"170d" "3730303130313030303036305a", TIME, "no such time", 0},
    {"170d" "373030313031" NUMBERS "2f315a", TIME, "no such time", 0},
    {"170d" "2d37" "3031" "3031" NUMBERS "31315a", TIME, "no such time", 0},
    {"30053003020105", NESTED, NULL, 0},
    {"3006300302010500", NESTED, "more elements than expected", 7},
    {"300630040201" "0500", NESTED, "more elements than expected", 7},
    {"300530040201" "05", NESTED, "element longer than what holds it", 2},
    {"30043003020105", NESTED, "element longer than what holds it", 2},
    {"30053003020205", NESTED, "element longer than what holds it", 4},
    {"30053003020105" "00", NESTED, "bytes behind the end", 7},
    {"30023000", NESTED, "ends where an element is expected", 4},
    {"3100", NESTED, "element of another type than expected", 0}};

TEST(test_der_cases)
{
    size_t i;

    for (i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t len;
        unsigned char *data = vectors_bytes(cases[i].hex, &len);
        surreal_bytes in;
        srl_der der;

        NEED(data);
        in.ptr = data;
        in.len = len;
        srl_der_init(&der, in);
        der_read(&der, cases[i].kind);
        if (!cases[i].why != !der.why ||
            (der.why && (strcmp(der.why, cases[i].why) ||
                         der.why_at != cases[i].at))) {
            TEST_FAIL("%s: %s at %zu", cases[i].hex,
                      der.why ? der.why : "taken", der.why_at);
        }
        free(data);
    }
}

/* The first failure stays, and what follows reads nothing. */
TEST(test_der_latches)
{
    static const uint8_t data[] = {0x02, 0x01, 0x05, 0x01, 0x01, 0x07,
                                   0x02, 0x01, 0x09};
    surreal_bytes in, body;
    srl_der der, inner;

    in.ptr = data;
    in.len = sizeof data;
    srl_der_init(&der, in);
    CHECK_INT(srl_der_small(&der), 5);
    CHECK(!srl_der_bool(&der));
    CHECK(der.why && der.why_at == 3);
    CHECK_INT(srl_der_small(&der), 0);
    CHECK(!srl_der_more(&der) && !srl_der_is(&der, SRL_DER_INTEGER));
    body = srl_der_element(&der, SRL_DER_INTEGER);
    CHECK(!body.len && body.ptr);
    CHECK_INT(srl_der_any(&der, &body), 0);
    CHECK(!body.len && body.ptr);
    inner = srl_der_enter(&der, SRL_DER_SEQUENCE);
    CHECK(inner.why == der.why);
    CHECK_INT(srl_der_time(&inner), 0);
    srl_der_fail(&der, "later");
    srl_der_end(&der);
    srl_der_leave(&der, &inner);
    CHECK(der.why_at == 3 && strcmp(der.why, "later"));
    in.ptr = NULL; /* nothing at all */
    in.len = 0;
    srl_der_init(&der, in);
    CHECK(!srl_der_more(&der));
    srl_der_end(&der);
    CHECK(!der.why);
    body = srl_der_body(&der, SRL_DER_NULL);
    CHECK(der.why && body.ptr && !body.len);
}

TEST(test_der_values)
{
    static const uint8_t data[] = {
        0x02, 0x02, 0x00, 0x80,             /* 128 */
        0x02, 0x01, 0x00,                   /* 0 */
        0x03, 0x02, 0x03, 0xa8,             /* five bits */
        0x17, 0x0d, '9', '9', '1', '2', '3', '1', '2', '3', '5', '9', '5',
        '9', 'Z',                           /* 1999-12-31T23:59:59Z */
        0x30, 0x80};                        /* and what fails */
    surreal_bytes in, body;
    srl_der der;
    unsigned unused;

    in.ptr = data;
    in.len = sizeof data;
    srl_der_init(&der, in);
    body = srl_der_positive(&der);
    CHECK(body.len == 1 && body.ptr[0] == 0x80);
    CHECK_INT(srl_der_positive(&der).len, 0);
    body = srl_der_bits(&der, &unused);
    CHECK(body.len == 1 && body.ptr[0] == 0xa8 && unused == 3);
    CHECK_INT(srl_der_time(&der), 946684799);
    CHECK(!der.why && srl_der_is(&der, SRL_DER_SEQUENCE));
    srl_der_enter(&der, SRL_DER_SEQUENCE);
    CHECK_STR(der.why, "indefinite length");
    CHECK_INT(der.why_at, sizeof data - 1);
}

/* Long lengths: the two ends of each form. */
TEST(test_der_long)
{
    static const size_t lens[] = {0, 127, 128, 255, 256, 65535, 65536};
    size_t i;

    for (i = 0; i < sizeof lens / sizeof *lens; i++) {
        uint8_t *data = (uint8_t *)calloc(1, lens[i] + 8);
        size_t n = 0;
        surreal_bytes in, body;
        srl_der der;

        NEED(data);
        data[n++] = 0x04;
        if (lens[i] >= 65536) {
            data[n++] = 0x83;
            data[n++] = (uint8_t)(lens[i] >> 16);
            data[n++] = (uint8_t)(lens[i] >> 8);
        } else if (lens[i] >= 256) {
            data[n++] = 0x82;
            data[n++] = (uint8_t)(lens[i] >> 8);
        } else if (lens[i] >= 128) {
            data[n++] = 0x81;
        }
        data[n++] = (uint8_t)lens[i];
        in.ptr = data;
        in.len = n + lens[i];
        srl_der_init(&der, in);
        body = srl_der_body(&der, SRL_DER_OCTET_STRING);
        srl_der_end(&der);
        CHECK(!der.why && body.len == lens[i] && body.ptr == data + n);
        if (lens[i]) {
            in.len--;
            srl_der_init(&der, in);
            srl_der_body(&der, SRL_DER_OCTET_STRING);
            CHECK_STR(der.why, "element longer than what holds it");
        }
        free(data);
    }
}

TEST(test_der_oid_text)
{
    static const struct {
        const char *hex;
        const char *text;
    } oids[] = {{"2a", "1.2"},
                {"27", "0.39"},
                {"28", "1.0"},
                {"4f", "1.39"},
                {"50", "2.0"},
                {"813401", "2.100.1"},
                {"2a864886f70d010101", "1.2.840.113549.1.1.1"},
                {"ffffffffffffffffffff7f", "..."}};
    char room[48];
    size_t i;

    for (i = 0; i < sizeof oids / sizeof *oids; i++) {
        surreal_bytes oid;
        size_t len;
        unsigned char *data = vectors_bytes(oids[i].hex, &len);

        NEED(data);
        oid.ptr = data;
        oid.len = len;
        srl_oid_print(oid, room, sizeof room);
        CHECK_STR(room, oids[i].text);
        srl_oid_print(oid, room, 4); /* cut, never beyond */
        CHECK_INT(strlen(room), strlen(oids[i].text) < 3
                                    ? strlen(oids[i].text) : 3);
        free(data);
    }
}

TEST_MAIN(RUN(test_der_cases);
          RUN(test_der_latches);
          RUN(test_der_values);
          RUN(test_der_long);
          RUN(test_der_oid_text);)
