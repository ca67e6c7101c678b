/* os/sock_posix.c: TCP sockets that never block (POSIX). */
#include "os/os.h"

/* A write to a connection the peer has closed must be an error, not the end
 * of the program: Linux has a flag for the call, BSD and macOS one for the
 * socket. */
#ifdef MSG_NOSIGNAL
#define SRL_SOCK_NOSIGNAL MSG_NOSIGNAL
#else
#define SRL_SOCK_NOSIGNAL 0
#endif

/* Once connected, the socket itself blocks and every call says that it does
 * not want to, except the one that waits for an answer: receiving and waiting
 * are then one system call instead of two. Where a call cannot say so, the
 * socket stays non-blocking and waiting is poll's. */
#ifdef MSG_DONTWAIT
#define SRL_SOCK_DONTWAIT MSG_DONTWAIT
#else
#define SRL_SOCK_DONTWAIT 0
#endif

SRL_FN surreal_status
srl_os_resolve(srl_addresses *out, surreal_error *err, const char *host,
               uint16_t port)
{
    struct addrinfo hints;
    char service[8];
    int rc;

    memset(&hints, 0, sizeof hints);
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_NUMERICSERV;
    snprintf(service, sizeof service, "%u", (unsigned)port);
    out->list = NULL;
    out->next = NULL;
    rc = getaddrinfo(host, service, &hints, &out->list);
    if (rc) {
        return srl_fail(err, SURREAL_ERR_RESOLVE,
                        "cannot find the address of host '%s': %s", host,
                        gai_strerror(rc));
    }
    out->next = out->list;
    return SURREAL_OK;
}

SRL_FN void
srl_addresses_free(srl_addresses *addresses)
{
    if (addresses->list) freeaddrinfo(addresses->list);
    addresses->list = NULL;
    addresses->next = NULL;
}

static surreal_status
srl_sock_fail(surreal_error *err, surreal_status status, const char *what,
              int os_error)
{
    srl_fail(err, status, "%s: %s", what, strerror(os_error));
    if (err) err->os_error = os_error;
    return status;
}

static bool
srl_sock_prepare(int fd)
{
    int on = 1;
    int flags = fcntl(fd, F_GETFL, 0);

    if (flags < 0 || fcntl(fd, F_SETFL, flags | O_NONBLOCK) < 0) return false;
    if (fcntl(fd, F_SETFD, FD_CLOEXEC) < 0) return false;
    /* Requests are small and whole when written: never hold them back. */
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
#ifdef SO_NOSIGPIPE
    setsockopt(fd, SOL_SOCKET, SO_NOSIGPIPE, &on, sizeof on);
#endif
    return true;
}

SRL_FN surreal_status
srl_sock_connect(srl_addresses *addresses, int *fd, surreal_error *err)
{
    while (addresses->next) {
        struct addrinfo *to = addresses->next;
        int sock = socket(to->ai_family, to->ai_socktype, to->ai_protocol);
        int rc = -1;

        addresses->next = to->ai_next;
        if (sock >= 0 && srl_sock_prepare(sock)) {
            rc = connect(sock, to->ai_addr, to->ai_addrlen);
        }
        if (rc == 0 || (sock >= 0 && errno == EINPROGRESS)) {
            *fd = sock;
            return rc == 0 ? SURREAL_OK : SURREAL_WOULD_BLOCK;
        }
        srl_sock_fail(err, SURREAL_ERR_CONNECT, "connect", errno);
        if (sock >= 0) close(sock);
    }
    return SURREAL_ERR_CONNECT;
}

/* Failure leaves a socket that never blocks, which is correct and slower. */
static void
srl_sock_allow_waiting(int fd)
{
#ifdef MSG_DONTWAIT
    struct timeval limit;
    int flags = fcntl(fd, F_GETFL, 0);

    limit.tv_sec = SRL_SOCK_PATIENCE_MS / 1000;
    limit.tv_usec = SRL_SOCK_PATIENCE_MS % 1000 * 1000;
    if (flags < 0 ||
        setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit)) {
        return;
    }
    fcntl(fd, F_SETFL, flags & ~O_NONBLOCK);
#else
    (void)fd;
#endif
}

SRL_FN surreal_status
srl_sock_connected(int fd, surreal_error *err)
{
    struct pollfd p;
    socklen_t len;
    int failure = 0;

    p.fd = fd;
    p.events = POLLOUT;
    p.revents = 0;
    if (poll(&p, 1, 0) <= 0) return SURREAL_WOULD_BLOCK;
    len = sizeof failure;
    if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &failure, &len) < 0) {
        failure = errno;
    }
    if (!failure) {
        srl_sock_allow_waiting(fd);
        return SURREAL_OK;
    }
    return srl_sock_fail(err, SURREAL_ERR_CONNECT, "connect", failure);
}

SRL_FN surreal_status
srl_sock_read(int fd, uint8_t *data, size_t len, bool wait, size_t *done,
              surreal_error *err)
{
    ssize_t got;

    SURREAL_ASSERT(len > 0);
    do {
        got = recv(fd, data, len, wait ? 0 : SRL_SOCK_DONTWAIT);
    } while (got < 0 && errno == EINTR && !wait);
    if (got > 0) {
        *done = (size_t)got;
        return SURREAL_OK;
    }
    if (got == 0) {
        return srl_fail(err, SURREAL_ERR_CLOSED,
                        "the server ended the connection");
    }
    if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR) {
        return SURREAL_WOULD_BLOCK;
    }
    return srl_sock_fail(err, SURREAL_ERR_IO, "receive", errno);
}

SRL_FN surreal_status
srl_sock_write(int fd, const uint8_t *data, size_t len, size_t *done,
               surreal_error *err)
{
    ssize_t put;

    SURREAL_ASSERT(len > 0);
    do {
        put = send(fd, data, len, SRL_SOCK_NOSIGNAL | SRL_SOCK_DONTWAIT);
    } while (put < 0 && errno == EINTR);
    if (put > 0) {
        *done = (size_t)put;
        return SURREAL_OK;
    }
    if (put < 0 && errno != EAGAIN && errno != EWOULDBLOCK) {
        return srl_sock_fail(err, SURREAL_ERR_IO, "send", errno);
    }
    return SURREAL_WOULD_BLOCK;
}

SRL_FN void
srl_sock_close(int fd)
{
    if (fd >= 0) close(fd);
}

SRL_FN void
srl_sock_wait(int fd, short wants, int wake, int timeout_ms)
{
    struct pollfd p[2];
    nfds_t count = 0;

    if (fd >= 0) {
        p[count].fd = fd;
        p[count].events = wants;
        p[count++].revents = 0;
    }
    if (wake >= 0) {
        p[count].fd = wake;
        p[count].events = POLLIN;
        p[count++].revents = 0;
    }
    poll(p, count, timeout_ms);
}

/* ---- waking ------------------------------------------------------------- */

SRL_FN bool
srl_wake_open(int ends[2])
{
    int i;

    if (pipe(ends)) {
        ends[0] = ends[1] = -1;
        return false;
    }
    for (i = 0; i < 2; i++) {
        fcntl(ends[i], F_SETFL, O_NONBLOCK);
        fcntl(ends[i], F_SETFD, FD_CLOEXEC);
    }
    return true;
}

/* A pipe that is full wakes as well, so the result does not matter; errno
 * belongs to whom a signal interrupted. */
SRL_FN void
srl_wake_send(const int ends[2])
{
    int saved = errno;
    ssize_t put = ends[1] >= 0 ? write(ends[1], "", 1) : 0;

    (void)put;
    errno = saved;
}

SRL_FN bool
srl_wake_take(const int ends[2])
{
    char bytes[64];
    bool any = false;

    if (ends[0] < 0) return false;
    while (read(ends[0], bytes, sizeof bytes) > 0) any = true;
    return any;
}

SRL_FN void
srl_wake_close(int ends[2])
{
    srl_sock_close(ends[0]);
    srl_sock_close(ends[1]);
    ends[0] = ends[1] = -1;
}

SRL_FN void
srl_sock_wait_any(struct pollfd *set, size_t count, int timeout_ms)
{
    size_t i;

    if (poll(set, (nfds_t)count, timeout_ms) >= 0) return;
    for (i = 0; i < count; i++) {
        set[i].revents = 0;
    }
}
