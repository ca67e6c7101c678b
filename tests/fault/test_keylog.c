/* cc -I. -o build/fault/test_keylog tests/fault/test_keylog.c -lm -lpthread
 *
 * A program built to show the keys of its connections. */
#define SURREAL_TLS_KEYLOG
#define SURREAL_IMPLEMENTATION
#include "surreal.h"
#include "tests/fault/secure.h"

static void
session(void)
{
    surreal *db = NULL;
    secure w;
    script s;

    script_init(&s);
    secure_init(&w);
    s.options.reconnect.attempts = -1;
    s.options.transport = secure_on(&w, script_dial, &s, &s.options);
    surreal_open_start("wss://db.example:8000", &s.options, &db);
    while (surreal_get_state(db) == SURREAL_CONNECTING) surreal_step(db);
    CHECK_INT(surreal_get_state(db), SURREAL_OPEN);
    script_end(&s, db);
    secure_end(&w);
}

/* "LABEL", 32 bytes and a secret, in hexadecimal. */
static bool
is_line(const char *line, const char *label)
{
    static const char digits[] = "0123456789abcdef";
    size_t len = strlen(label);

    return !strncmp(line, label, len) && line[len] == ' ' &&
           strspn(line + len + 1, digits) == 64 && line[len + 65] == ' ' &&
           strspn(line + len + 66, digits) == 64 &&
           !strcmp(line + len + 130, "\n");
}

TEST(test_keylog_has_what_wireshark_reads)
{
    static const char *const labels[] = {
        "CLIENT_HANDSHAKE_TRAFFIC_SECRET", "SERVER_HANDSHAKE_TRAFFIC_SECRET",
        "CLIENT_TRAFFIC_SECRET_0", "SERVER_TRAFFIC_SECRET_0"};
    char path[] = "/tmp/test_keylog.XX" "XX" "XX";
    int fd = mkstemp(path);
    struct stat st;
    char line[512];
    int lines = 0;
    FILE *f;

    NEED(fd >= 0);
    close(fd);
    remove(path); /* it is made */
    setenv("SSLKEYLOGFILE", path, 1);
    session();
    session();
    NEED(!stat(path, &st));
    CHECK_INT(st.st_mode & 0777, 0600);
    f = fopen(path, "r");
    NEED(f != NULL);
    while (fgets(line, sizeof line, f)) {
        if (!is_line(line, labels[lines++ % 4])) {
            TEST_FAIL("line %d: %s", lines, line);
        }
    }
    CHECK_INT(lines, 8);
    fclose(f);
    remove(path);
}

TEST(test_keylog_without_a_file_is_silent)
{
    unsetenv("SSLKEYLOGFILE");
    session();
    setenv("SSLKEYLOGFILE", "/nonexistent/keys", 1);
    session();
    CHECK(access("/nonexistent/keys", F_OK) != 0);
}

TEST_MAIN(RUN(test_keylog_has_what_wireshark_reads);
    RUN(test_keylog_without_a_file_is_silent);)
