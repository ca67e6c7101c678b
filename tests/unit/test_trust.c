/* cc -I. -o build/unit/test_trust tests/unit/test_trust.c -lm
 *
 * Certificates of authorities out of files and directories, and where they are
 * looked for. */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"

#include "tests/test.h"

#include <sys/stat.h>

/* Two authorities made for this test. */
static const char pem_one[] =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBhzCCAS2gAwIBAgIQafmCoxGk74GBwedPnFgCJjAKBggqhkjOPQQDAjATMREw\n"
    "DwYDVQQDDAh0ZXN0IG9uZTAeFw0yMDAxMDEwMDAwMDBaFw00OTEyMzEwMDAwMDBa\n"
    "MBMxETAPBgNVBAMMCHRlc3Qgb25lMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n"
    "en3Lfthy0JoSxE+vB/6yE5NLGDk7zY0lomL16UwmxKTu8crft9ccicOXqE19XGKe\n"
    "8+NnmtHxHMqOZc1U2PmImaNjMGEwHQYDVR0OBBYEFIZzRPj3dGL1Bq33JUw67+Jv\n"
    "BjvbMB8GA1UdIwQYMBaAFIZzRPj3dGL1Bq33JUw67+JvBjvbMA8GA1UdEwEB/wQF\n"
    "MAMBAf8wDgYDVR0PAQH/BAQDAgEGMAoGCCqGSM49BAMCA0gAMEUCIC+2LL1suHKx\n"
    "9n4a+2sDkICmM0l3KuleAFoXm2osK/+XAiEAu6TMDYBFl4Mpi1D/Qb3plbmpROAo\n"
    "vV9GOg2jgwNZE10=\n"
    "-----END CERTIFICATE-----\n";
static const char pem_two[] =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBhjCCAS2gAwIBAgIQYZ1KmUmENwKgqxax4YECnDAKBggqhkjOPQQDAjATMREw\n"
    "DwYDVQQDDAh0ZXN0IHR3bzAeFw0yMDAxMDEwMDAwMDBaFw00OTEyMzEwMDAwMDBa\n"
    "MBMxETAPBgNVBAMMCHRlc3QgdHdvMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n"
    "K/KbAcWLv7NeYxLPttx8rXriRdlkbg6gCkVWEWhpKmrGd17eBCV5i8e1mdIY3Q0y\n"
    "gcZM8KrHgflThqArg7VKGaNjMGEwHQYDVR0OBBYEFD1NjxaBIDu4atUjN2FmAzB3\n"
    "KxyWMB8GA1UdIwQYMBaAFD1NjxaBIDu4atUjN2FmAzB3KxyWMA8GA1UdEwEB/wQF\n"
    "MAMBAf8wDgYDVR0PAQH/BAQDAgEGMAoGCCqGSM49BAMCA0cAMEQCICi+aoZSX+Gb\n"
    "YvZx9Y682pqDa2gDPmNwQ2j909ZOzi/EAiAR9ANj/DDeky9Qs/ZmEdaAXqrOuroS\n"
    "f+XxrP6/A1MixQ==\n"
    "-----END CERTIFICATE-----\n";

/* ---- files --------------------------------------------------------------- */

static char dir[64];

/* A path below the directory of this test, in one of four static buffers. */
static const char *
path_of(const char *name)
{
    static char path[4][256];
    static int turn;

    turn = (turn + 1) % 4;
    snprintf(path[turn], sizeof path[turn], "%s/%s", dir, name);
    return path[turn];
}

static const char *
file_of(const char *name, const void *data, size_t len)
{
    const char *path = path_of(name);
    FILE *f = fopen(path, "wb");

    if (!f || fwrite(data, 1, len, f) != len || fclose(f)) {
        printf("cannot write %s\n", path);
        exit(1);
    }
    return path;
}

static const char *
text_file(const char *name, const char *a, const char *b)
{
    char text[4096];
    int len = snprintf(text, sizeof text, "%s%s", a, b);

    return file_of(name, text, (size_t)len);
}

static const char *
dir_of(const char *name)
{
    const char *path = path_of(name);

    if (mkdir(path, 0700)) {
        printf("cannot make %s\n", path);
        exit(1);
    }
    return path;
}

static void
begin(void)
{
    snprintf(dir, sizeof dir, "/tmp/test_trust.XX" "XX" "XX");
    unsetenv("SSL_CERT_FILE");
    unsetenv("SSL_CERT_DIR");
    if (!mkdtemp(dir)) {
        printf("cannot make a directory\n");
        exit(1);
    }
}

static void
end(void)
{
    char command[128];

    snprintf(command, sizeof command, "rm -rf '%s'", dir);
    CHECK_INT(system(command), 0);
}

static surreal_status
load(const char *path, size_t *count, surreal_error *err)
{
    surreal_trust *trust = NULL;
    surreal_status status = surreal_trust_file(NULL, path, &trust, err);

    CHECK((trust != NULL) == (status == SURREAL_OK));
    *count = trust ? surreal_trust_count(trust) : 0;
    surreal_trust_free(trust);
    return status;
}

static surreal_status
load_system(size_t *count, surreal_error *err)
{
    surreal_trust *trust = NULL;
    surreal_status status = surreal_trust_system(NULL, &trust, err);

    CHECK((trust != NULL) == (status == SURREAL_OK));
    *count = trust ? surreal_trust_count(trust) : 0;
    surreal_trust_free(trust);
    return status;
}

/* ---- one file ------------------------------------------------------------ */

TEST(test_file_of_one_two_and_the_same_twice)
{
    surreal_error err;
    size_t count;

    begin();
    CHECK_INT(load(text_file("1", pem_one, ""), &count, &err), SURREAL_OK);
    CHECK_INT(count, 1);
    CHECK_INT(load(text_file("2", pem_one, pem_two), &count, &err),
              SURREAL_OK);
    CHECK_INT(count, 2);
    CHECK_INT(load(text_file("3", pem_one, pem_one), &count, &err),
              SURREAL_OK);
    CHECK_INT(count, 1);
    CHECK_INT(load(text_file("4", "# a comment\n", pem_two), &count, &err),
              SURREAL_OK);
    CHECK_INT(count, 1);
    end();
}

TEST(test_file_of_der)
{
    surreal_bytes pem = {(const uint8_t *)pem_one, sizeof pem_one - 1};
    surreal_bytes der;
    uint8_t room[sizeof pem_one];
    surreal_error err;
    size_t count;
    size_t at = 0;

    begin();
    NEED(srl_pem_next(pem, &at, room, sizeof room, &der, &err) == SURREAL_OK);
    CHECK_INT(load(file_of("der", der.ptr, der.len), &count, &err),
              SURREAL_OK);
    CHECK_INT(count, 1);
    CHECK_INT(load(file_of("short", der.ptr, der.len - 1), &count, &err),
              SURREAL_ERR_CERT);
    end();
}

TEST(test_file_without_a_certificate)
{
    surreal_error err;
    size_t count;

    begin();
    CHECK_INT(load(text_file("empty", "", ""), &count, &err),
              SURREAL_ERR_CERT);
    CHECK(strstr(err.message, path_of("empty")) != NULL);
    CHECK(strstr(err.message, "empty") != NULL);
    CHECK_INT(load(text_file("text", "hello\n", ""), &count, &err),
              SURREAL_ERR_CERT);
    CHECK(strstr(err.message, path_of("text")) != NULL);
    CHECK_INT(load(text_file("key", "-----BEGIN PRIVATE KEY-----\nAAAA\n"
                                    "-----END PRIVATE KEY-----\n", ""),
                   &count, &err), SURREAL_ERR_CERT);
    end();
}

/* What a user names has to be right; the offset is that in the file. */
TEST(test_file_that_is_broken_is_refused)
{
    char text[sizeof pem_one];
    surreal_error err;
    size_t count;

    begin();
    memcpy(text, pem_one, sizeof text);
    text[100] = '*';
    CHECK_INT(load(text_file("broken", pem_two, text), &count, &err),
              SURREAL_ERR_CERT);
    CHECK(err.at >= sizeof pem_two - 1);
    CHECK(strstr(err.message, path_of("broken")) != NULL);
    text[100] = pem_one[100];
    text[300] = '\0'; /* the armour never ends */
    CHECK_INT(load(text_file("cut", pem_two, text), &count, &err),
              SURREAL_ERR_CERT);
    end();
}

TEST(test_file_that_cannot_be_read)
{
    surreal_trust *trust = NULL;
    surreal_error err;
    size_t count;

    begin();
    CHECK_INT(load(path_of("missing"), &count, &err), SURREAL_ERR_TRUST);
    CHECK_INT(err.os_error, ENOENT);
    CHECK(strstr(err.message, path_of("missing")) != NULL);
    CHECK_INT(load(dir, &count, &err), SURREAL_ERR_TRUST);
    CHECK_INT(err.os_error, EISDIR);
    NEED(!symlink("loop", path_of("loop")));
    CHECK_INT(load(path_of("loop"), &count, &err), SURREAL_ERR_TRUST);
    CHECK_INT(err.os_error, ELOOP);
    if (geteuid()) { /* root may read everything */
        chmod(text_file("secret", pem_one, ""), 0);
        CHECK_INT(load(path_of("secret"), &count, &err), SURREAL_ERR_TRUST);
        CHECK_INT(err.os_error, EACCES);
    }
    CHECK_INT(surreal_trust_file(NULL, NULL, &trust, &err),
              SURREAL_ERR_USAGE);
    CHECK_INT(surreal_trust_file(NULL, "x", NULL, &err), SURREAL_ERR_USAGE);
    CHECK_INT(surreal_trust_file(NULL, path_of("missing"), &trust, NULL),
              SURREAL_ERR_TRUST);
    end();
}

/* A file that goes on and on, such as a device, is not read to its end. */
TEST(test_file_beyond_the_limit)
{
    surreal_error err;
    size_t count;

    begin();
    NEED(!truncate(text_file("large", pem_one, ""), ((off_t)8 << 20) + 1));
    CHECK_INT(load(path_of("large"), &count, &err), SURREAL_ERR_LIMIT);
    CHECK(strstr(err.message, path_of("large")) != NULL);
    CHECK(strstr(err.message, "8388608") != NULL);
    CHECK_INT(load("/dev/zero", &count, &err), SURREAL_ERR_LIMIT);
    end();
}

/* ---- reading files in general -------------------------------------------- */

TEST(test_file_read_is_exact_at_its_limit)
{
    static uint8_t data[40000];
    const size_t sizes[] = {0, 1, 255, 256, 257, 16383, 16384, 16385, 40000};
    size_t i;

    begin();
    for (i = 0; i < sizeof data; i++) data[i] = (uint8_t)(i * 7 + i / 251);
    for (i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        const char *path = file_of("data", data, sizes[i]);
        surreal_error err;
        srl_mem mem;
        srl_buf buf;

        srl_mem_init(&mem, NULL, 0);
        srl_buf_init(&buf, &mem, sizes[i]);
        CHECK_INT(srl_file_read(&buf, path, &err), SURREAL_OK);
        CHECK_MEM(buf.data, buf.len, data, sizes[i]);
        srl_buf_free(&buf);
        if (!sizes[i]) continue;
        srl_buf_init(&buf, &mem, sizes[i] - 1);
        CHECK_INT(srl_file_read(&buf, path, &err), SURREAL_ERR_LIMIT);
        srl_buf_free(&buf);
        CHECK_INT(mem.used, 0);
    }
    end();
}

/* A pipe has no size, and may have to be asked several times. */
TEST(test_file_read_takes_a_pipe)
{
    surreal_error err;
    srl_mem mem;
    srl_buf buf;
    int ends[2];
    char name[32];

    NEED(!pipe(ends));
    NEED(write(ends[1], pem_one, sizeof pem_one) == (int)sizeof pem_one);
    close(ends[1]);
    snprintf(name, sizeof name, "/dev/fd/%d", ends[0]);
    srl_mem_init(&mem, NULL, 0);
    srl_buf_init(&buf, &mem, 4096);
    if (srl_file_read(&buf, name, &err)) {
        SKIP("this system has no /dev/fd");
    } else {
        CHECK_MEM(buf.data, buf.len, pem_one, sizeof pem_one);
    }
    srl_buf_free(&buf);
    close(ends[0]);
}

/* ---- the system's -------------------------------------------------------- */

TEST(test_system_of_ssl_cert_file)
{
    char text[sizeof pem_one];
    surreal_error err;
    size_t count;

    begin();
    memcpy(text, pem_one, sizeof text);
    memset(text + 200, 'A', 60); /* base64 still, DER no more */
    setenv("SSL_CERT_FILE", text_file("ca", pem_one, pem_two), 1);
    CHECK_INT(load_system(&count, &err), SURREAL_OK);
    CHECK_INT(count, 2);
    CHECK_INT(err.status, SURREAL_OK);
    text_file("ca", text, pem_two); /* bundles hold odd things */
    CHECK_INT(load_system(&count, &err), SURREAL_OK);
    CHECK_INT(count, 1);
    text_file("ca", text, "");
    CHECK_INT(load_system(&count, &err), SURREAL_ERR_TRUST);
    CHECK(strstr(err.message, "SSL_CERT_FILE") != NULL);
    CHECK(strstr(err.message, path_of("ca")) != NULL);
    end();
}

/* What is set is meant: nothing else is looked at. */
TEST(test_system_of_ssl_cert_file_that_is_not_there)
{
    surreal_trust *trust = NULL;
    surreal_error err;
    size_t count;

    begin();
    setenv("SSL_CERT_FILE", path_of("missing"), 1);
    CHECK_INT(load_system(&count, &err), SURREAL_ERR_TRUST);
    CHECK(strstr(err.message, "SSL_CERT_FILE") != NULL);
    CHECK(strstr(err.message, path_of("missing")) != NULL);
    CHECK_INT(err.os_error, ENOENT);
    CHECK_INT(surreal_trust_system(NULL, &trust, NULL), SURREAL_ERR_TRUST);
    CHECK_INT(surreal_trust_system(NULL, NULL, &err), SURREAL_ERR_USAGE);
    setenv("SSL_CERT_DIR", path_of("nor this"), 1);
    CHECK_INT(load_system(&count, &err), SURREAL_ERR_TRUST);
    CHECK(strstr(err.message, "SSL_CERT_DIR") != NULL);
    CHECK(strstr(err.message, path_of("nor this")) != NULL);
    end();
}

/* Two directories, links by hash, hidden files, and things that are none. */
TEST(test_system_of_ssl_cert_dir)
{
    char list[256];
    surreal_error err;
    size_t count;

    begin();
    snprintf(list, sizeof list, "%s::%s:%s", dir_of("a"), dir_of("b"),
             path_of("missing"));
    setenv("SSL_CERT_DIR", list, 1);
    CHECK_INT(load_system(&count, &err), SURREAL_ERR_TRUST);
    CHECK(strstr(err.message, "SSL_CERT_DIR") != NULL);
    text_file("a/one.pem", pem_one, "");
    NEED(!symlink("one.pem", path_of("a/9d66eef0.0")));
    NEED(!symlink("nowhere", path_of("a/9d66eef0.1")));
    text_file("a/.two.pem", pem_two, "");
    text_file("a/README", "nothing\n", "");
    dir_of("a/sub");
    CHECK_INT(load_system(&count, &err), SURREAL_OK);
    CHECK_INT(count, 1);
    text_file("b/two.pem", pem_two, pem_one);
    CHECK_INT(load_system(&count, &err), SURREAL_OK);
    CHECK_INT(count, 2);
    setenv("SSL_CERT_FILE", text_file("c", pem_two, ""), 1);
    setenv("SSL_CERT_DIR", path_of("a"), 1);
    CHECK_INT(load_system(&count, &err), SURREAL_OK);
    CHECK_INT(count, 2);
    end();
}

static surreal_status
find(const char *const *files, const char *const *directories, size_t *count,
     surreal_error *err)
{
    surreal_trust *trust = NULL;
    srl_trust_places places;
    surreal_status status;

    memset(&places, 0, sizeof places);
    places.files = files;
    places.directories = directories;
    status = srl_trust_search(&places, NULL, &trust, err);
    *count = trust ? surreal_trust_count(trust) : 0;
    surreal_trust_free(trust);
    return status;
}

TEST(test_system_takes_the_first_place_with_any)
{
    const char *files[] = {NULL, NULL, NULL};
    const char *directories[] = {NULL, NULL};
    char places[3][128];
    surreal_error err;
    size_t count;

    begin();
    snprintf(places[0], sizeof places[0], "%s/first", dir);
    snprintf(places[1], sizeof places[1], "%s/second", dir);
    snprintf(places[2], sizeof places[2], "%s/third", dir);
    files[0] = places[0];
    files[1] = places[1];
    directories[0] = places[2];
    CHECK_INT(find(files, directories, &count, &err), SURREAL_ERR_TRUST);
    CHECK(strstr(err.message, files[0]) != NULL);
    CHECK(strstr(err.message, files[1]) != NULL);
    CHECK(strstr(err.message, directories[0]) != NULL);
    CHECK(strstr(err.message, "ca_file") != NULL);
    CHECK_INT(find(files, directories, &count, NULL), SURREAL_ERR_TRUST);
    mkdir(directories[0], 0700);
    text_file("third/x", pem_one, pem_two);
    CHECK_INT(find(files, directories, &count, &err), SURREAL_OK);
    CHECK_INT(count, 2);
    text_file("second", pem_one, "");
    CHECK_INT(find(files, directories, &count, &err), SURREAL_OK);
    CHECK_INT(count, 1);
    text_file("first", "", ""); /* one that is empty does not count */
    CHECK_INT(find(files, directories, &count, &err), SURREAL_OK);
    CHECK_INT(count, 1);
    text_file("first", pem_one, pem_two);
    CHECK_INT(find(files, directories, &count, &err), SURREAL_OK);
    CHECK_INT(count, 2);
    end();
}

/* An empty variable is none, or a script that unsets it so would end TLS. */
TEST(test_system_of_this_machine)
{
    surreal_error err;
    size_t count;
    surreal_status status;

    begin();
    setenv("SSL_CERT_FILE", "", 1);
    setenv("SSL_CERT_DIR", "", 1);
    status = load_system(&count, &err);
    end();
    if (status == SURREAL_ERR_TRUST &&
        access("/etc/ssl/certs/ca-certificates.crt", R_OK)) {
        CHECK(strstr(err.message, "/etc/ssl/certs") != NULL);
        SKIP("this machine has no certificates of authorities");
        return;
    }
    CHECK_INT(status, SURREAL_OK);
    CHECK(count >= 20);
}

TEST(test_system_fails_every_allocation)
{
    surreal_allocator allocator;
    surreal_trust *trust;
    surreal_error err;
    test_heap heap;
    surreal_status status;

    begin();
    text_file("x", pem_one, pem_two);
    setenv("SSL_CERT_FILE", path_of("x"), 1);
    setenv("SSL_CERT_DIR", dir, 1);
    memset(&heap, 0, sizeof heap);
    allocator.resize = test_resize;
    allocator.user = &heap;
    for (;;) {
        heap.calls = 0;
        heap.fail_at++;
        status = surreal_trust_system(&allocator, &trust, &err);
        if (!status) break;
        CHECK_INT(status, SURREAL_ERR_NOMEM);
        CHECK_INT(heap.held, 0);
        CHECK(trust == NULL);
        if (test_failed_checks || heap.fail_at > 1000) break;
    }
    CHECK(heap.fail_at > 3);
    CHECK_INT(surreal_trust_count(trust), 2);
    surreal_trust_free(trust);
    CHECK_INT(heap.held, 0);
    end();
}

TEST_MAIN(RUN(test_file_of_one_two_and_the_same_twice);
    RUN(test_file_of_der);
    RUN(test_file_without_a_certificate);
    RUN(test_file_that_is_broken_is_refused);
    RUN(test_file_that_cannot_be_read);
    RUN(test_file_beyond_the_limit);
    RUN(test_file_read_is_exact_at_its_limit);
    RUN(test_file_read_takes_a_pipe);
    RUN(test_system_of_ssl_cert_file);
    RUN(test_system_of_ssl_cert_file_that_is_not_there);
    RUN(test_system_of_ssl_cert_dir);
    RUN(test_system_takes_the_first_place_with_any);
    RUN(test_system_of_this_machine);
    RUN(test_system_fails_every_allocation);)
