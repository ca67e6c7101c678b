/* clang -g -O1 -fsanitize=fuzzer,address,undefined -I. -o fuzz_cert
 *     tests/fuzz/fuzz_cert.c && ./fuzz_cert tests/fuzz/corpus/cert
 * Replay: cc -g -DFUZZ_REPLAY -I. -o fuzz_cert tests/fuzz/fuzz_cert.c
 *
 * Certificates: whatever is understood lies inside the bytes, its names can be
 * printed and matched, and one byte less is never understood. */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"
#include "replay.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static void
must_be_inside(surreal_bytes part, surreal_bytes all)
{
    if (!part.len) return;
    FUZZ_CHECK(part.ptr >= all.ptr && part.len <= all.len);
    FUZZ_CHECK((size_t)(part.ptr - all.ptr) <= all.len - part.len);
}

static void
must_be_text(const char *text, size_t cap)
{
    size_t i;

    for (i = 0; text[i]; i++) {
        FUZZ_CHECK(text[i] >= 0x20 && text[i] < 0x7f);
    }
    FUZZ_CHECK(i < cap);
}

static void
use_names(const srl_cert *cert)
{
    static const char *const hosts[] = {"db.example", "a.b.example.com",
                                        "192.168.0.1", "::1"};
    char label[SRL_CERT_LABEL];
    char names[320];
    srl_limits limits;
    srl_peer peer;
    surreal_bytes name;
    unsigned budget = 10000;
    unsigned tag;
    size_t i;

    srl_cert_label(cert, label);
    must_be_text(label, sizeof label);
    srl_name_label(cert->issuer, label);
    must_be_text(label, sizeof label);
    srl_san_print(cert->san, names, sizeof names);
    must_be_text(names, sizeof names);
    for (i = 0; i < sizeof hosts / sizeof *hosts; i++) {
        FUZZ_CHECK(srl_peer_parse(&peer, hosts[i]));
        (void)srl_san_has(cert->san, &peer);
    }
    limits.permitted = cert->permitted;
    limits.excluded = cert->excluded;
    if (srl_limits_check(&limits, cert, &budget, &tag, &name) ==
        SRL_LIMITS_BROKEN) {
        must_be_inside(name, cert->der);
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    surreal_bytes all;
    surreal_error err;
    srl_cert cert;
    char room[48];

    all.ptr = data;
    all.len = len;
    if (srl_cert_parse(&cert, all, &err)) {
        FUZZ_CHECK(err.status == SURREAL_ERR_CERT && err.at <= len);
        must_be_text(err.message, sizeof err.message);
        use_names(&cert); /* what was read before may be shown */
        return 0;
    }
    must_be_inside(cert.tbs, all);
    must_be_inside(cert.issuer, all);
    must_be_inside(cert.subject, all);
    must_be_inside(cert.signature, all);
    must_be_inside(cert.serial, all);
    must_be_inside(cert.san, all);
    must_be_inside(cert.permitted, all);
    must_be_inside(cert.excluded, all);
    must_be_inside(cert.key.spki, all);
    must_be_inside(cert.key.point, all);
    must_be_inside(cert.key.rsa.n, all);
    must_be_inside(cert.key.rsa.e, all);
    FUZZ_CHECK(cert.version >= 1 && cert.version <= 3);
    FUZZ_CHECK(cert.issuer.len > 2 && cert.subject.len >= 2);
    FUZZ_CHECK(cert.path_len < 0 || cert.is_ca);
    (void)srl_public_key_flaw(&cert.key, room);
    use_names(&cert);
    all.len--;
    FUZZ_CHECK(srl_cert_parse(&cert, all, NULL) == SURREAL_ERR_CERT);
    return 0;
}
