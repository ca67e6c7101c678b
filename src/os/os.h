/* os/os.h: clock, random numbers and sockets of the operating system. */
#ifndef SRL_OS_H
#define SRL_OS_H
#include "base/base.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

/* Under -std=c99 the system headers hide sockets unless _POSIX_C_SOURCE is
 * defined before the first of them. */
#ifndef POLLIN
#error "surreal.h came too late: include it before any system header in the file that defines SURREAL_IMPLEMENTATION, or compile that file with -D_POSIX_C_SOURCE=200809L"
#endif

/* ---- os/clock.c ---------------------------------------------------------- */

/* Milliseconds of a clock that never goes back; its zero means nothing. */
SRL_FN int64_t srl_os_now_ms(void);

/* ---- os/random.c --------------------------------------------------------- */

/* Fill with random bytes of the system; false if there are none. */
SRL_FN bool srl_os_random(void *out, size_t len);

/* ---- os/sock_posix.c ----------------------------------------------------- */

/* The addresses of a host, tried one after the other. */
typedef struct srl_addresses {
    struct addrinfo *list;
    struct addrinfo *next; /* not tried yet */
} srl_addresses;

/* Look up a host. Numeric addresses are answered at once; a name goes through
 * getaddrinfo, which may block for as long as the system's resolver does.
 * `host` ends in NUL. */
SRL_FN surreal_status srl_os_resolve(srl_addresses *out, surreal_error *err,
                                     const char *host, uint16_t port);
SRL_FN void srl_addresses_free(srl_addresses *addresses);

/* Start to connect to the next address: *fd is the socket, never blocking.
 *
 * Returns:  SURREAL_OK when connected, WOULD_BLOCK when under way (wait for
 *           SURREAL_WRITE, then call srl_sock_connected), ERR_CONNECT when no
 *           address is left: err tells of the last one tried */
SRL_FN surreal_status srl_sock_connect(srl_addresses *addresses, int *fd,
                                       surreal_error *err);
/* How the attempt ended; WOULD_BLOCK while it has not. */
SRL_FN surreal_status srl_sock_connected(int fd, surreal_error *err);

/* A read that may wait does so for this long at most; a signal ends it. */
#define SRL_SOCK_PATIENCE_MS 1000

/* Read or write what is possible at once; *done is at least 1 on SURREAL_OK.
 *
 *   wait  wait for the first byte, up to SRL_SOCK_PATIENCE_MS, if the system
 *         can do that in the same call
 *
 * Returns:  WOULD_BLOCK; ERR_CLOSED when the peer has ended the stream;
 *           ERR_IO */
SRL_FN surreal_status srl_sock_read(int fd, uint8_t *data, size_t len,
                                    bool wait, size_t *done,
                                    surreal_error *err);
SRL_FN surreal_status srl_sock_write(int fd, const uint8_t *data, size_t len,
                                     size_t *done, surreal_error *err);
SRL_FN void srl_sock_close(int fd);

/* Wait until the socket is ready for `wants`, `wake` can be read, or
 * timeout_ms has passed; either may be -1. A signal ends the wait early. */
SRL_FN void srl_sock_wait(int fd, short wants, int wake, int timeout_ms);

/* A pipe by which one thread ends another's wait: read end first. False if
 * there are no descriptors. */
SRL_FN bool srl_wake_open(int ends[2]);
SRL_FN void srl_wake_send(const int ends[2]);
/* True if there was anything in it; empties it. */
SRL_FN bool srl_wake_take(const int ends[2]);
SRL_FN void srl_wake_close(int ends[2]);

SRL_STATIC_ASSERT(SURREAL_READ == POLLIN, read_is_pollin);
SRL_STATIC_ASSERT(SURREAL_WRITE == POLLOUT, write_is_pollout);

#endif
