/* clang -g -O1 -fsanitize=fuzzer,address,undefined -I. -o fuzz_chain
 *     tests/fuzz/fuzz_chain.c && ./fuzz_chain tests/fuzz/corpus/chain
 * Replay: cc -g -DFUZZ_REPLAY -I. -o fuzz_chain tests/fuzz/fuzz_chain.c
 *
 * Paths. An even first byte: the rest describes certificates of few names and
 * few keys, which are made and signed, and the verdict must be that of a plain
 * recursive search over the descriptions. An odd one: bytes as certificates,
 * cut where they say (two bytes of length each), the first one trusted. */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"
#include "replay.h"
#include "tests/pki.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

#define NODES 7 /* the first is the server, the last two may be anchors */
#define KEYS 4

typedef struct node {
    unsigned subject, issuer, key, signer; /* of 4 each */
    unsigned basic;  /* 0 authority, 1 none, 2 says no */
    unsigned limit;  /* path length, 3: none */
    unsigned usage;  /* 0 none, 1 may sign certificates, 2 may not */
    unsigned eku;    /* 0 none, 1 server, 2 client */
    unsigned names;  /* 0 no limits, 1 .example permitted, 2 .other
                        permitted, 3 .other excluded */
    unsigned san;    /* 0 none, 1 a.example, 2 a.other (authorities) */
    bool is_expired;
} node;

typedef struct world {
    node nodes[NODES];
    size_t count;   /* certificates that are sent */
    size_t anchors; /* behind them, 1 or 2 */
} world;

static const char *const subjects[] = {"N0", "N1", "N2", "N3"};

/* ---- the reference ------------------------------------------------------- */

static bool
allows_names(const node *above, const node *below)
{
    /* The server has a.example; 0 and self-issued ones are not asked. */
    bool example = below->san == 1;

    if (!below->san) return true;
    switch (above->names) {
    case 1: return example;
    case 2: return !example;
    case 3: return example;
    default: return true;
    }
}

/* An anchor that is no authority vouches for its own key. */
static bool
may_stand_above(const node *above, bool is_anchor, const node *const *path,
                size_t depth)
{
    bool is_own = is_anchor && depth == 1 && above->key == path[0]->key;
    unsigned authorities = 0;
    size_t i;

    if ((above->basic || above->usage == 2) && !is_own) return false;
    if (above->eku == 2) return false;
    for (i = 0; i < depth; i++) {
        bool is_self_issued = path[i]->subject == path[i]->issuer;

        if (i && is_self_issued) continue;
        if (!allows_names(above, path[i])) return false;
        authorities += i > 0;
    }
    return above->limit == 3 || above->basic || authorities <= above->limit;
}

static bool
search(const world *w, const node **path, size_t depth)
{
    const node *top = path[depth - 1];
    size_t i, j;

    for (i = 0; i < w->count + w->anchors; i++) {
        const node *above = &w->nodes[i];

        if (above->subject != top->issuer || above->key != top->signer ||
            !may_stand_above(above, i >= w->count, path, depth)) {
            continue;
        }
        if (i >= w->count) return true; /* an anchor, whatever its date */
        if (above->is_expired || depth == 8) continue;
        for (j = 0; j < depth; j++) {
            if (path[j]->subject == above->subject &&
                path[j]->key == above->key) {
                break;
            }
        }
        if (j < depth) continue;
        path[depth] = above;
        if (search(w, path, depth + 1)) return true;
    }
    return false;
}

/* ---- the certificates ---------------------------------------------------- */

static void
make(pki_cert *cert, const node *n, const pki_key *keys, bool is_server,
     unsigned serial)
{
    static const char *const sans[] = {NULL, "a.example", "a.other"};
    static const unsigned usages[] = {0, 0x04, 0x02};
    char number[16];
    pki_spec spec;

    if (is_server) {
        pki_server(&spec, "a.example");
    } else {
        pki_ca(&spec, "");
        spec.basic = n->basic == 0 ? 'c' : n->basic == 1 ? 0 : 'n';
        spec.path_len = n->limit < 3 && !n->basic ? n->limit + 1 : 0;
        spec.usage = usages[n->usage];
        spec.eku = n->eku == 0 ? 0 : n->eku == 1 ? 's' : 'c';
        spec.dns = sans[n->san];
        if (n->names == 1) spec.permitted = "example";
        if (n->names == 2) spec.permitted = "other";
        if (n->names == 3) spec.excluded = "other";
    }
    spec.cn = subjects[n->subject];
    spec.issuer_cn = subjects[n->issuer];
    if (n->is_expired) spec.to = PKI_NOW - 1;
    snprintf(number, sizeof number, "020211%02x", serial & 0xff);
    spec.serial_hex = number;
    pki_make(cert, &spec, &keys[n->key], NULL, &keys[n->signer]);
}

static bool
read_world(world *w, const uint8_t *data, size_t len)
{
    size_t i;

    if (len < 2 + 3 * NODES) return false;
    memset(w, 0, sizeof *w);
    w->anchors = 1 + data[0] / 2 % 2;
    w->count = 1 + data[1] % (NODES - w->anchors);
    data += 2;
    for (i = 0; i < w->count + w->anchors; i++, data += 3) {
        node *n = &w->nodes[i];

        n->subject = data[0] & 3;
        n->issuer = data[0] >> 2 & 3;
        n->key = data[0] >> 4 & 3;
        n->signer = data[0] >> 6;
        n->basic = data[1] % 8 < 6 ? 0 : data[1] % 8 - 5;
        n->limit = data[1] >> 3 & 3;
        n->usage = data[1] >> 5 < 3 ? 0 : data[1] >> 5 < 7 ? 1 : 2;
        n->eku = data[2] % 8 < 5 ? 0 : data[2] % 8 < 7 ? 1 : 2;
        n->names = data[2] >> 3 & 3;
        n->san = (data[2] >> 5 & 3) % 3;
        n->is_expired = data[2] >> 7;
    }
    w->nodes[0].san = 1; /* the server is what it should be */
    w->nodes[0].is_expired = false;
    return true;
}

static void
run_world(const world *w)
{
    static pki_key keys[KEYS];
    static pki_cert certs[NODES];
    static bool is_ready;
    surreal_bytes chain[NODES];
    surreal_trust *trust = srl_trust_new(NULL);
    surreal_error err;
    surreal_status status;
    const node *path[9];
    bool expected;
    size_t i;

    for (i = 0; i < KEYS && !is_ready; i++) {
        pki_key_ed25519(&keys[i], (unsigned)i);
    }
    is_ready = true;
    FUZZ_CHECK(trust != NULL);
    for (i = 0; i < w->count + w->anchors; i++) {
        make(&certs[i], &w->nodes[i], keys, !i, (unsigned)i);
        chain[i] = pki_der(&certs[i]);
        if (i < w->count) continue;
        FUZZ_CHECK(!srl_trust_add(trust, chain[i], false, &err));
    }
    path[0] = &w->nodes[0];
    expected = search(w, path, 1);
    status = surreal_verify_chain(trust, chain, w->count, "a.example",
                                  PKI_NOW, &err);
    FUZZ_CHECK(!status == expected);
    FUZZ_CHECK(!status || err.message[0]);
    surreal_trust_free(trust);
}

static void
run_bytes(const uint8_t *data, size_t len)
{
    surreal_bytes chain[SURREAL_MAX_CHAIN];
    surreal_trust *trust = srl_trust_new(NULL);
    surreal_error err;
    srl_public_key key;
    srl_verify how;
    size_t count = 0;

    FUZZ_CHECK(trust != NULL);
    while (len >= 2 && count < SURREAL_MAX_CHAIN) {
        size_t n = srl_load16(data);

        data += 2;
        len -= 2;
        if (n > len) n = len;
        chain[count].ptr = data;
        chain[count++].len = n;
        data += n;
        len -= n;
    }
    if (count) (void)srl_trust_add(trust, chain[0], false, &err);
    memset(&how, 0, sizeof how);
    how.trust = trust;
    how.host = "a.example";
    how.unix_s = PKI_NOW;
    (void)srl_x509_verify(&how, chain, count, &key, &err);
    how.trust = NULL;
    how.is_blind = true;
    if (!srl_x509_verify(&how, chain, count, &key, &err)) {
        FUZZ_CHECK(key.spki.len && key.spki.ptr > chain[0].ptr);
    }
    surreal_trust_free(trust);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    world w;

    if (!len) return 0;
    if (data[0] & 1) {
        run_bytes(data + 1, len - 1);
    } else if (read_world(&w, data, len)) {
        run_world(&w);
    }
    return 0;
}
