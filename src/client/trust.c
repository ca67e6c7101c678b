/* client/trust.c: certificates of authorities, from files. */
#include "client/client.h"

/* The largest file of anchors; systems have 220 kB. */
#define SRL_TRUST_FILE_MAX ((size_t)8 << 20)
/* The longest path of a file in a directory. */
#define SRL_TRUST_PATH 1024

SRL_FN surreal_status
srl_trust_add_file(surreal_trust *trust, const surreal_allocator *allocator,
                   const char *path, bool is_lenient, surreal_error *err)
{
    surreal_error why;
    surreal_bytes text;
    surreal_status status;
    srl_buf buf;
    srl_mem mem;

    srl_mem_init(&mem, allocator, 0);
    srl_buf_init(&buf, &mem, SRL_TRUST_FILE_MAX);
    srl_error_clear(&why);
    status = srl_file_read(&buf, path, &why);
    if (status == SURREAL_ERR_IO) {
        status = srl_fail(err, SURREAL_ERR_TRUST,
                          "cannot read the certificates of authorities: %s",
                          why.message);
        if (err) err->os_error = why.os_error;
    } else if (status) {
        srl_fail(err, status, "certificates of authorities: %s", why.message);
    } else {
        text.ptr = buf.data;
        text.len = buf.len;
        status = buf.len ? srl_trust_add(trust, text, is_lenient, &why)
                         : srl_fail(&why, SURREAL_ERR_CERT,
                                    "the file is empty");
        if (status) {
            srl_fail(err, status, "'%s': %s", path, why.message);
            if (err) err->at = why.at;
        }
    }
    srl_buf_free(&buf);
    return status;
}

SURREAL_API surreal_status
surreal_trust_file(const surreal_allocator *allocator, const char *path,
                   surreal_trust **out, surreal_error *err)
{
    surreal_trust *trust;
    surreal_status status;

    srl_error_clear(err);
    if (!out) return srl_fail(err, SURREAL_ERR_USAGE, "out is NULL");
    *out = NULL;
    if (!path) return srl_fail(err, SURREAL_ERR_USAGE, "path is NULL");
    trust = srl_trust_new(allocator);
    if (!trust) return srl_fail(err, SURREAL_ERR_NOMEM, "out of memory");
    status = srl_trust_add_file(trust, allocator, path, false, err);
    if (!status && !surreal_trust_count(trust)) {
        status = srl_fail(err, SURREAL_ERR_CERT,
                          "'%s' holds no certificate", path);
    }
    if (!status) {
        *out = trust;
        return SURREAL_OK;
    }
    surreal_trust_free(trust);
    return status;
}

/* ---- those of the system ------------------------------------------------- */

/* What is broken in a place of the system's is left out; only memory and the
 * last reason count. */
static surreal_status
srl_trust_try(surreal_trust *trust, const surreal_allocator *allocator,
              const char *path, surreal_error *err)
{
    surreal_status status = srl_trust_add_file(trust, allocator, path, true,
                                               err);

    return status == SURREAL_ERR_NOMEM ? status : SURREAL_OK;
}

/* Everything in a directory is looked at: the names that are hashes of
 * subjects (OpenSSL's "9d66eef0.0") are links to files beside them mostly, and
 * an anchor that comes twice is kept once. */
static surreal_status
srl_trust_try_dir(surreal_trust *trust, const surreal_allocator *allocator,
                  const char *path, surreal_error *err)
{
    surreal_status status = SURREAL_OK;
    const char *name;
    srl_dir dir;

    if (srl_dir_open(&dir, path, err)) return SURREAL_OK;
    while (!status && (name = srl_dir_next(&dir)) != NULL) {
        char file[SRL_TRUST_PATH];
        int len = snprintf(file, sizeof file, "%s/%s", path, name);

        if (len < 0 || (size_t)len >= sizeof file) continue;
        status = srl_trust_try(trust, allocator, file, err);
    }
    srl_dir_close(&dir);
    return status;
}

/* A list of directories separated by ':'. */
static surreal_status
srl_trust_try_dirs(surreal_trust *trust, const surreal_allocator *allocator,
                   const char *list, surreal_error *err)
{
    while (*list) {
        size_t len = strcspn(list, ":");
        char path[SRL_TRUST_PATH];

        if (len && len < sizeof path) {
            memcpy(path, list, len);
            path[len] = '\0';
            SRL_TRY(srl_trust_try_dir(trust, allocator, path, err));
        } else if (len) {
            srl_fail(err, SURREAL_ERR_TRUST,
                     "the path '%.80s...' has more than %d bytes", list,
                     SRL_TRUST_PATH - 1);
        }
        list += list[len] ? len + 1 : len;
    }
    return SURREAL_OK;
}

/* What the user of the program has said: nothing else is looked at. */
static surreal_status
srl_trust_search_set(surreal_trust *trust, const srl_trust_places *places,
                   const surreal_allocator *allocator, surreal_error *err)
{
    const char *file = places->file;
    const char *dirs = places->dirs;
    int os_error;

    if (file) SRL_TRY(srl_trust_try(trust, allocator, file, err));
    if (dirs) SRL_TRY(srl_trust_try_dirs(trust, allocator, dirs, err));
    if (surreal_trust_count(trust)) return SURREAL_OK;
    os_error = err->os_error;
    srl_fail(err, SURREAL_ERR_TRUST,
             "no certificates of authorities in%s%s%s%s%s%s",
             file ? " SSL_CERT_FILE " : "", file ? file : "",
             dirs ? " SSL_CERT_DIR " : "", dirs ? dirs : "",
             err->status ? ": " : "", err->status ? err->message : "");
    err->os_error = os_error;
    return SURREAL_ERR_TRUST;
}

static surreal_status
srl_trust_search_any(surreal_trust *trust, const srl_trust_places *places,
                   const surreal_allocator *allocator, surreal_error *err)
{
    char tried[512];
    srl_out out;
    size_t i;

    srl_out_init(&out, tried, sizeof tried);
    for (i = 0; places->files[i]; i++) {
        SRL_TRY(srl_trust_try(trust, allocator, places->files[i], err));
        if (surreal_trust_count(trust)) return SURREAL_OK;
        srl_out_text(&out, " ");
        srl_out_text(&out, places->files[i]);
    }
    for (i = 0; places->directories[i]; i++) {
        SRL_TRY(srl_trust_try_dir(trust, allocator, places->directories[i],
                                  err));
        if (surreal_trust_count(trust)) return SURREAL_OK;
        srl_out_text(&out, " ");
        srl_out_text(&out, places->directories[i]);
    }
    srl_out_end(&out);
    return srl_fail(err, SURREAL_ERR_TRUST,
                    "no certificates of authorities: set options.tls.ca_file "
                    "or SSL_CERT_FILE. Tried%s", tried);
}

SRL_FN surreal_status
srl_trust_search(const srl_trust_places *places,
                 const surreal_allocator *allocator, surreal_trust **out,
                 surreal_error *err)
{
    surreal_trust *trust = srl_trust_new(allocator);
    surreal_status status;
    surreal_error ignored;

    if (!err) err = &ignored;
    srl_error_clear(err);
    *out = NULL;
    if (!trust) return srl_fail(err, SURREAL_ERR_NOMEM, "out of memory");
    status = places->file || places->dirs
                 ? srl_trust_search_set(trust, places, allocator, err)
                 : srl_trust_search_any(trust, places, allocator, err);
    if (status) {
        surreal_trust_free(trust);
        return status;
    }
    srl_error_clear(err); /* of what was left out */
    *out = trust;
    return SURREAL_OK;
}

/* A variable that is empty says nothing. */
static const char *
srl_trust_env(const char *name)
{
    const char *value = getenv(name);

    return value && value[0] ? value : NULL;
}

/* Windows keeps its anchors in a store that is no file: its place is here,
 * once os/ has a port to it. On macOS the file has the system's anchors; those
 * a user added to the keychain are only in frameworks. */
SURREAL_API surreal_status
surreal_trust_system(const surreal_allocator *allocator, surreal_trust **out,
                     surreal_error *err)
{
    static const char *const files[] = {
#ifndef __ANDROID__
        "/etc/ssl/certs/ca-certificates.crt", /* Debian, Arch, Alpine */
        "/etc/pki/tls/certs/ca-bundle.crt",   /* Fedora, RHEL 6 */
        "/etc/ssl/ca-bundle.pem",             /* SUSE */
        "/etc/pki/tls/cacert.pem",
        "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", /* RHEL 7 */
        "/etc/ssl/cert.pem",                  /* macOS, OpenBSD, Alpine */
        "/usr/local/etc/ssl/cert.pem",        /* FreeBSD, DragonFly */
        "/usr/local/share/certs/ca-root-nss.crt",
        "/etc/openssl/certs/ca-certificates.crt", /* NetBSD */
        "/etc/certs/ca-certificates.crt",     /* Solaris */
#endif
        NULL};
    static const char *const directories[] = {
#ifdef __ANDROID__
        "/apex/com.android.conscrypt/cacerts", /* 14 and later */
        "/system/etc/security/cacerts",
        "/data/misc/keychain/certs-added",
#else
        "/etc/ssl/certs",
        "/etc/pki/tls/certs",
        "/usr/local/share/certs",
#endif
        NULL};
    srl_trust_places places;

    srl_error_clear(err);
    if (!out) return srl_fail(err, SURREAL_ERR_USAGE, "out is NULL");
    places.file = srl_trust_env("SSL_CERT_FILE");
    places.dirs = srl_trust_env("SSL_CERT_DIR");
    places.files = files;
    places.directories = directories;
    return srl_trust_search(&places, allocator, out, err);
}
