/* x509/name.c: hosts, the names in certificates, and limits on names. */
#include "x509/x509.h"

/* Names are compared as in RFC 9525 6.3: ASCII without case, whole labels, the
 * wildcard only as the whole left-most label and for one label, with at least
 * two labels behind it. Only subjectAltName counts, never the common name. */

/* ---- domain names -------------------------------------------------------- */

static uint8_t
srl_dns_lower(uint8_t c)
{
    return c >= 'A' && c <= 'Z' ? (uint8_t)(c - 'A' + 'a') : c;
}

static bool
srl_dns_equal(surreal_bytes a, surreal_bytes b)
{
    size_t i;

    if (a.len != b.len) return false;
    for (i = 0; i < a.len; i++) {
        if (srl_dns_lower(a.ptr[i]) != srl_dns_lower(b.ptr[i])) return false;
    }
    return true;
}

/* RFC 1034 3.5, RFC 1123 2.1. A last label of digits alone would be read as
 * an address by some (RFC 3696 2), as would 0x and digits. */
SRL_FN bool
srl_dns_is_valid(surreal_bytes name)
{
    size_t label = 0;
    size_t i;
    bool digits = true;

    if (!name.len || name.len > 253) return false;
    for (i = 0; i <= name.len; i++) {
        int c = i < name.len ? name.ptr[i] : '.';

        if (c == '.') {
            if (i == label || i - label > 63) return false;
            if (name.ptr[label] == '-' || name.ptr[i - 1] == '-') return false;
            if (i == name.len) break;
            label = i + 1;
            digits = true;
        } else if (srl_is_letter(c) || c == '-') {
            digits = false;
        } else if (!srl_is_digit(c)) {
            return false;
        }
    }
    if (digits) return false;
    if (name.len - label < 2 || name.ptr[label] != '0' ||
        srl_dns_lower(name.ptr[label + 1]) != 'x') {
        return true;
    }
    for (i = label + 2; i < name.len; i++) {
        if (srl_hex_value(name.ptr[i]) < 0) return true;
    }
    return false;
}

/* Take "*." from the front; false: there is none, or less than two labels
 * would stay. */
static bool
srl_dns_wildcard(surreal_bytes *name)
{
    if (name->len < 3 || name->ptr[0] != '*' || name->ptr[1] != '.' ||
        !memchr(name->ptr + 2, '.', name->len - 2)) {
        return false;
    }
    name->ptr += 2;
    name->len -= 2;
    return true;
}

/* Whether a dNSName of a certificate is that of the host, which is valid. */
static bool
srl_dns_matches(surreal_bytes name, surreal_bytes host)
{
    const uint8_t *dot;
    size_t skip;

    if (!srl_dns_wildcard(&name)) {
        return srl_dns_is_valid(name) && srl_dns_equal(name, host);
    }
    dot = (const uint8_t *)memchr(host.ptr, '.', host.len);
    if (!dot || !srl_dns_is_valid(name)) return false;
    skip = (size_t)(dot - host.ptr) + 1;
    host.ptr += skip;
    host.len -= skip;
    return srl_dns_equal(name, host);
}

/* Whether a name is the base or below it (RFC 5280 4.2.1.10). The empty base
 * is above every name. */
static bool
srl_dns_is_below(surreal_bytes name, surreal_bytes base)
{
    surreal_bytes tail;

    if (!base.len) return true;
    if (name.len < base.len) return false;
    tail.ptr = name.ptr + (name.len - base.len);
    tail.len = base.len;
    if (!srl_dns_equal(tail, base)) return false;
    return name.len == base.len || tail.ptr[-1] == '.';
}

/* ---- addresses ----------------------------------------------------------- */

SRL_FN bool
srl_peer_parse(srl_peer *peer, const char *host)
{
    size_t len = strlen(host);

    memset(peer, 0, sizeof *peer);
    if (memchr(host, ':', len)) {
        peer->ip_len = 16;
        return srl_ipv6_parse(host, len, peer->ip);
    }
    if (srl_ipv4_parse(host, len, peer->ip)) {
        peer->ip_len = 4;
        return true;
    }
    if (len && host[len - 1] == '.') len--; /* the root's */
    peer->name.ptr = (const uint8_t *)host;
    peer->name.len = len;
    return srl_dns_is_valid(peer->name);
}

/* ---- subjectAltName ------------------------------------------------------ */

SRL_FN bool
srl_san_has(surreal_bytes san, const srl_peer *peer)
{
    srl_der der;

    srl_der_init(&der, san);
    while (srl_der_more(&der)) {
        surreal_bytes body;
        unsigned tag = srl_der_any(&der, &body);

        if (tag == SRL_NAME_DNS && peer->name.len &&
            srl_dns_matches(body, peer->name)) {
            return true;
        }
        if (tag == SRL_NAME_IP && !peer->name.len &&
            body.len == peer->ip_len &&
            !memcmp(body.ptr, peer->ip, peer->ip_len)) {
            return true;
        }
    }
    return false;
}

SRL_FN void
srl_ip_print(surreal_bytes ip, char room[48])
{
    srl_out out;
    char group[8];
    size_t i;

    srl_out_init(&out, room, 48);
    for (i = 0; ip.len == 4 && i < 4; i++) {
        if (i) srl_out_char(&out, '.');
        srl_out_uint(&out, ip.ptr[i]);
    }
    for (i = 0; ip.len == 16 && i < 16; i += 2) {
        snprintf(group, sizeof group, i ? ":%x" : "%x",
                 (unsigned)srl_load16(ip.ptr + i));
        srl_out_text(&out, group);
    }
    srl_out_end(&out);
}

SRL_FN void
srl_san_print(surreal_bytes san, char *room, size_t cap)
{
    srl_out out;
    srl_der der;
    bool is_first = true;

    srl_out_init(&out, room, cap);
    srl_der_init(&der, san);
    while (srl_der_more(&der)) {
        surreal_bytes body;
        unsigned tag = srl_der_any(&der, &body);
        char ip[48];

        if (tag != SRL_NAME_DNS && tag != SRL_NAME_IP) continue;
        if (out.len + 70 > cap) {
            srl_out_text(&out, ", ...");
            break;
        }
        if (!is_first) srl_out_text(&out, ", ");
        is_first = false;
        if (tag == SRL_NAME_DNS) {
            srl_out_char(&out, '"');
            srl_out_escaped(&out, body, 48);
            srl_out_char(&out, '"');
        } else {
            srl_ip_print(body, ip);
            srl_out_text(&out, ip);
        }
    }
    if (is_first) srl_out_text(&out, "(none)");
    srl_out_end(&out);
}

/* ---- limits on names ----------------------------------------------------- */

/* Whether a dNSName is in a subtree of permitted names, or whether any name it
 * stands for is in one of the excluded: "*.example.com" stands for
 * "bar.example.com" too. */
static bool
srl_limit_dns(surreal_bytes name, surreal_bytes base, bool is_excluded)
{
    const uint8_t *dot;
    surreal_bytes tail;
    bool is_wild = name.len >= 2 && name.ptr[0] == '*' && name.ptr[1] == '.';

    if (is_wild) {
        name.ptr += 2;
        name.len -= 2;
    }
    /* What is no name is in no permitted subtree and in every excluded. */
    if (!srl_dns_is_valid(name)) return is_excluded;
    if (srl_dns_is_below(name, base)) return true;
    if (!is_wild || !is_excluded || !base.len) return false;
    dot = (const uint8_t *)memchr(base.ptr, '.', base.len);
    if (!dot) return false;
    tail.ptr = dot + 1;
    tail.len = base.len - (size_t)(dot + 1 - base.ptr);
    return srl_dns_equal(tail, name);
}

static bool
srl_limit_ip(surreal_bytes ip, surreal_bytes base)
{
    size_t i;

    if (base.len != 2 * ip.len) return false; /* of the other version */
    for (i = 0; i < ip.len; i++) {
        if ((ip.ptr[i] ^ base.ptr[i]) & base.ptr[ip.len + i]) return false;
    }
    return true;
}

/* A directory name is below a base whose RDNs it begins with. They are
 * compared byte by byte, which can miss a permitted name that is written
 * otherwise; of excluded bases every directory name counts as below. */
static bool
srl_limit_directory(surreal_bytes name, surreal_bytes base, bool is_excluded)
{
    srl_der der;
    surreal_bytes head;
    surreal_bytes full;

    if (is_excluded) return true;
    srl_der_init(&der, base);
    head = srl_der_body(&der, SRL_DER_SEQUENCE);
    srl_der_init(&der, name);
    full = srl_der_body(&der, SRL_DER_SEQUENCE);
    if (full.len < head.len) return false;
    full.len = head.len; /* RDNs end at the same byte if they are equal */
    return srl_bytes_equal(full, head);
}

/* Whether a name is inside what one list of subtrees says of its form;
 * *has_form: whether it says anything. */
static bool
srl_limit_has(surreal_bytes trees, bool is_excluded, unsigned tag,
              surreal_bytes name, unsigned *budget, bool *has_form)
{
    srl_der der;

    *has_form = false;
    srl_der_init(&der, trees);
    while (srl_der_more(&der)) {
        srl_der tree = srl_der_enter(&der, SRL_DER_SEQUENCE);
        surreal_bytes base;
        bool is_in;

        if (!*budget) return false;
        --*budget;
        if (srl_der_any(&tree, &base) != tag) continue;
        *has_form = true;
        if (tag == SRL_NAME_DNS) {
            is_in = srl_limit_dns(name, base, is_excluded);
        } else if (tag == SRL_NAME_IP) {
            is_in = srl_limit_ip(name, base);
        } else if (tag == SRL_NAME_DIRECTORY) {
            is_in = srl_limit_directory(name, base, is_excluded);
        } else {
            is_in = is_excluded; /* a form that is not understood */
        }
        if (is_in) return true;
    }
    return false;
}

static bool
srl_limits_keep(const srl_limits *limits, unsigned tag, surreal_bytes name,
                unsigned *budget)
{
    bool has_form;

    if (srl_limit_has(limits->excluded, true, tag, name, budget, &has_form)) {
        return false;
    }
    if (srl_limit_has(limits->permitted, false, tag, name, budget,
                      &has_form)) {
        return true;
    }
    return !has_form;
}

SRL_FN srl_limits_verdict
srl_limits_check(const srl_limits *limits, const srl_cert *cert,
                 unsigned *budget, unsigned *tag, surreal_bytes *name)
{
    srl_der der;
    bool is_kept = true;

    if (!limits->permitted.len && !limits->excluded.len) {
        return SRL_LIMITS_KEPT;
    }
    *tag = SRL_NAME_DIRECTORY;
    *name = cert->subject;
    if (name->len > 2) is_kept = srl_limits_keep(limits, *tag, *name, budget);
    srl_der_init(&der, cert->san);
    while (is_kept && srl_der_more(&der)) {
        *tag = srl_general_name(&der, false, name);
        is_kept = srl_limits_keep(limits, *tag, *name, budget);
    }
    if (!*budget) return SRL_LIMITS_BUDGET;
    return is_kept ? SRL_LIMITS_KEPT : SRL_LIMITS_BROKEN;
}
