/* client/stream.c: the byte stream under a connection: TCP. */
#include "client/client.h"

static surreal_status
srl_tcp_read(void *user, uint8_t *data, size_t len, size_t *done,
             surreal_error *err)
{
    return srl_sock_read(((srl_tcp *)user)->fd, data, len, false, done, err);
}

SRL_FN surreal_status
srl_tcp_read_wait(void *user, uint8_t *data, size_t len, size_t *done,
                  surreal_error *err)
{
    return srl_sock_read(((srl_tcp *)user)->fd, data, len, true, done, err);
}

static surreal_status
srl_tcp_write(void *user, const uint8_t *data, size_t len, size_t *done,
              surreal_error *err)
{
    return srl_sock_write(((srl_tcp *)user)->fd, data, len, done, err);
}

/* Address after address: a name often has an IPv6 and an IPv4 address of which
 * only one is served. The error reported is that of the last one. */
static surreal_status
srl_tcp_connect(void *user, surreal_error *err)
{
    srl_tcp *tcp = (srl_tcp *)user;
    surreal_status status;

    for (;;) {
        if (tcp->fd >= 0) {
            status = srl_sock_connected(tcp->fd, err);
            if (status == SURREAL_WOULD_BLOCK) return status;
            if (status == SURREAL_OK) break;
            srl_sock_close(tcp->fd);
            tcp->fd = -1;
        }
        status = srl_sock_connect(&tcp->addresses, &tcp->fd, err);
        if (status != SURREAL_OK) return status;
    }
    srl_addresses_free(&tcp->addresses);
    return SURREAL_OK;
}

static int
srl_tcp_fd(void *user)
{
    return ((srl_tcp *)user)->fd;
}

static void
srl_tcp_close(void *user)
{
    srl_tcp *tcp = (srl_tcp *)user;

    srl_addresses_free(&tcp->addresses);
    srl_sock_close(tcp->fd);
    tcp->fd = -1;
}

SRL_FN surreal_status
srl_tcp_open(srl_tcp *tcp, const char *host, uint16_t port, surreal_stream *out,
             surreal_error *err)
{
    tcp->fd = -1;
    out->read = srl_tcp_read;
    out->write = srl_tcp_write;
    out->connect = srl_tcp_connect;
    out->fd = srl_tcp_fd;
    out->wants = NULL;
    out->close = srl_tcp_close;
    out->user = tcp;
    return srl_os_resolve(&tcp->addresses, err, host, port);
}
