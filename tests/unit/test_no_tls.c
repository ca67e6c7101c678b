/* cc -I. -o build/unit/test_no_tls tests/unit/test_no_tls.c -lm
 *
 * A program without TLS: nothing of it is compiled, and a url that asks for it
 * is refused by name unless the program brings its own. */
#define SURREAL_NO_TLS
#define SURREAL_IMPLEMENTATION
#include "surreal.h"
#include "tests/test.h"

#if defined(SRL_TLS_H) || defined(SRL_X509_H) || defined(SRL_AEAD_TAG)
#error "SURREAL_NO_TLS leaves something of TLS"
#endif

static int opened, secure_opened;

static surreal_status
open_none(void *user, const char *host, uint16_t port, bool is_secure,
          surreal_stream *out, surreal_error *err)
{
    (void)user, (void)host, (void)port, (void)out;
    opened++;
    secure_opened += is_secure;
    return surreal_fail_with(err, SURREAL_ERR_CONNECT, "nobody is there");
}

TEST(test_no_tls_is_said_by_name)
{
    static const char *const urls[] = {"wss://127.0.0.1:1",
                                       "https://127.0.0.1:1"};
    int i;

    for (i = 0; i < 2; i++) {
        surreal *db = NULL;

        CHECK_INT(surreal_open(urls[i], NULL, &db),
                  SURREAL_ERR_UNSUPPORTED);
        CHECK(strstr(surreal_last_error(db)->message, "SURREAL_NO_TLS"));
        surreal_close(db);
    }
}

TEST(test_no_tls_but_that_of_a_transport)
{
    surreal_transport transport = {open_none, NULL, false};
    surreal_options opt;
    surreal *db = NULL;

    memset(&opt, 0, sizeof opt);
    opt.transport = &transport;
    CHECK_INT(surreal_open("wss://127.0.0.1:1", &opt, &db),
              SURREAL_ERR_CONNECT);
    CHECK_INT(secure_opened, 1);
    surreal_close(db);
    transport.is_plain = true; /* nobody would encrypt */
    CHECK_INT(surreal_open("wss://127.0.0.1:1", &opt, &db),
              SURREAL_ERR_UNSUPPORTED);
    CHECK_INT(opened, 1);
    surreal_close(db);
    CHECK_INT(surreal_open("ws://127.0.0.1:1", &opt, &db),
              SURREAL_ERR_CONNECT);
    surreal_close(db);
}

TEST_MAIN(RUN(test_no_tls_is_said_by_name);
    RUN(test_no_tls_but_that_of_a_transport);)
