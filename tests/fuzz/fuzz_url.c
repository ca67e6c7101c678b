/* clang -g -O1 -fsanitize=fuzzer,address,undefined -I. -o fuzz_url
 *     tests/fuzz/fuzz_url.c && ./fuzz_url tests/fuzz/corpus/url
 * Replay: cc -g -DFUZZ_REPLAY -I. -o fuzz_url tests/fuzz/fuzz_url.c
 *
 * Addresses: what is accepted can be written down again and means the same;
 * what is refused names a byte of the text. */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"
#ifdef FUZZ_REPLAY
#include "replay.h"
#endif

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static void
must(bool ok)
{
    if (!ok) abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    static const char *const schemes[] = {"", "ws", "wss", "http", "https"};
    char text[1024], request[2048];
    const uint8_t nonce[16] = {0};
    surreal_error err;
    srl_url url, again;
    srl_buf buf;
    size_t path_len;
    int n;

    if (srl_url_parse(&url, (const char *)data, len, &err)) {
        must(err.status == SURREAL_ERR_SYNTAX && err.at <= len);
        must(err.message[0] != '\0');
        return 0;
    }
    path_len = strlen(url.path);
    must(url.path[0] == '/' && path_len >= 4);
    must(!strcmp(url.path + path_len - 4, "/rpc"));
    must(url.host[0] && url.port);

    n = snprintf(text, sizeof text,
                 url.host_kind == SRL_HOST_IPV6 ? "%s://[%s]:%u%s"
                                                : "%s://%s:%u%s",
                 schemes[url.scheme], url.host, (unsigned)url.port, url.path);
    must(n > 0 && (size_t)n < sizeof text);
    must(!srl_url_parse(&again, text, (size_t)n, &err));
    must(!memcmp(&url, &again, sizeof url));

    /* No address can put a line of its own into the request. */
    srl_buf_fixed(&buf, request, sizeof request - 1);
    srl_http_upgrade_write(&buf, &url, nonce, NULL, 0, NULL);
    must(!buf.status);
    request[buf.len] = '\0';
    for (n = 0; strchr(request, '\r');) {
        char *end = strchr(request, '\r');

        must(end[1] == '\n');
        *end = ' ';
        n++;
    }
    must(n == 8);
    return 0;
}
