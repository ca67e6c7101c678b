/* os/os.h: clock, random numbers, threads and sockets of the system. */
#ifndef SRL_OS_H
#define SRL_OS_H
#include "base/base.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#ifndef SURREAL_NO_THREADS
#include <pthread.h>
#endif
#include <sys/socket.h>
#include <sys/stat.h>
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
/* That clock in so many milliseconds; INT64_MAX if negative: never. */
SRL_FN int64_t srl_os_deadline(int timeout_ms);
/* Milliseconds since 1970 by the system's clock, which may be wrong and may
 * be set: only for what others have dated. */
SRL_FN int64_t srl_os_unix_ms(void);

/* ---- os/random.c --------------------------------------------------------- */

/* Fill with random bytes of the system; false if there are none. */
SRL_FN bool srl_os_random(void *out, size_t len);

/* ---- os/file.c ----------------------------------------------------------- */

/* Append the whole of a file; out->max is the most that is taken.
 *
 * Returns:  SURREAL_OK; ERR_IO with os_error; ERR_LIMIT; ERR_NOMEM */
SRL_FN surreal_status srl_file_read(srl_buf *out, const char *path,
                                    surreal_error *err);
#ifdef SURREAL_TLS_KEYLOG
/* Append a line to a file that is made if need be, for its owner alone. */
SRL_FN bool srl_file_log(const char *path, const char *line);
#endif

/* The names in a directory, "." and ".." and other hidden ones left out. */
typedef struct srl_dir {
    DIR *os;
} srl_dir;

SRL_FN surreal_status srl_dir_open(srl_dir *dir, const char *path,
                                   surreal_error *err);
/* NULL at the end; valid until the next call. */
SRL_FN const char *srl_dir_next(srl_dir *dir);
SRL_FN void srl_dir_close(srl_dir *dir);

/* ---- os/process.c -------------------------------------------------------- */

/* The name of this machine, "?" if it has none. */
SRL_FN void srl_os_host(char *out, size_t cap);
SRL_FN int64_t srl_os_pid(void);
/* A process of this machine is there, whoever's it is. */
SRL_FN bool srl_os_pid_lives(int64_t pid);

/* ---- os/thread_posix.c ---------------------------------------------------
 *
 * What several threads need to share something, and nothing that starts one.
 * Init gives false when the system has no room for another. */
#ifndef SURREAL_NO_THREADS

typedef struct srl_mutex {
    pthread_mutex_t os;
} srl_mutex;

typedef struct srl_cond {
    pthread_cond_t os;
} srl_cond;

SRL_FN bool srl_mutex_init(srl_mutex *mutex);
SRL_FN void srl_mutex_free(srl_mutex *mutex); /* may follow its last unlock */
SRL_FN void srl_mutex_lock(srl_mutex *mutex);
SRL_FN void srl_mutex_unlock(srl_mutex *mutex);

SRL_FN bool srl_cond_init(srl_cond *cond);
SRL_FN void srl_cond_free(srl_cond *cond);
SRL_FN void srl_cond_signal(srl_cond *cond);
/* Give the mutex up until the condition is signalled or srl_os_now_ms()
 * reaches deadline_ms (INT64_MAX: never); it is held again afterwards. May
 * return for no reason, so loop over what is waited for and the clock. */
SRL_FN void srl_cond_wait(srl_cond *cond, srl_mutex *mutex,
                          int64_t deadline_ms);

#endif

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

/* The same for many sockets: fd and events of each are given, revents is the
 * answer, 0 for all after a signal. Entries with fd -1 are passed over. */
SRL_FN void srl_sock_wait_any(struct pollfd *set, size_t count,
                              int timeout_ms);

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
