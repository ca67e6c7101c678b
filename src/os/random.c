/* os/random.c: random bytes from the operating system. */
#include "os/os.h"

/* /dev/urandom exists on every POSIX system this library knows and needs no
 * feature-test macro beyond POSIX, unlike getrandom and getentropy. Callers
 * draw in blocks, so opening it each time does not matter. */
SRL_FN bool
srl_os_random(void *out, size_t len)
{
    uint8_t *at = (uint8_t *)out;
    int fd = open("/dev/urandom", O_RDONLY | O_CLOEXEC);

    if (fd < 0) return false;
    while (len) {
        ssize_t got = read(fd, at, len);

        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) break;
        at += got;
        len -= (size_t)got;
    }
    close(fd);
    return len == 0;
}
