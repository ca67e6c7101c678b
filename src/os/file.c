/* os/file.c: reading files and directories (POSIX). */
#include "os/os.h"

/* What a read asks for at least; files of anchors are a few hundred kB. */
#define SRL_OS_FILE_PIECE ((size_t)16384)

static surreal_status
srl_file_fail(surreal_error *err, const char *path, int os_error)
{
    srl_fail(err, SURREAL_ERR_IO, "'%s': %s", path, strerror(os_error));
    if (err) err->os_error = os_error;
    return SURREAL_ERR_IO;
}

/* The size a file says it has is a hint: pipes have none, and files grow. */
static size_t
srl_file_hint(int fd, size_t room)
{
    struct stat st;

    if (fstat(fd, &st) || st.st_size <= 0) return SRL_OS_FILE_PIECE;
    /* One byte more, so that the read that finds the end needs no room. */
    return (uintmax_t)st.st_size < room ? (size_t)st.st_size + 1 : room;
}

static surreal_status
srl_file_fill(srl_buf *out, int fd, const char *path, surreal_error *err)
{
    size_t want = srl_file_hint(fd, out->max - out->len);

    for (;;) {
        size_t room = out->max - out->len;
        ssize_t got;
        uint8_t extra;

        if (want > room) want = room;
        if (want && srl_buf_reserve(out, want)) {
            return srl_fail(err, out->status, "out of memory for '%s'", path);
        }
        got = want ? read(fd, out->data + out->len, want)
                   : read(fd, &extra, 1);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return srl_file_fail(err, path, errno);
        if (!got) return SURREAL_OK;
        if (!want) {
            return srl_fail(err, SURREAL_ERR_LIMIT,
                            "'%s' has more than %zu bytes", path, out->max);
        }
        out->len += (size_t)got;
        want = SRL_OS_FILE_PIECE;
    }
}

SRL_FN surreal_status
srl_file_read(srl_buf *out, const char *path, surreal_error *err)
{
    surreal_status status;
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0) return srl_file_fail(err, path, errno);
    status = srl_file_fill(out, fd, path, err);
    close(fd);
    return status;
}

#ifdef SURREAL_TLS_KEYLOG

/* One write for a line: several connections may share the file. */
SRL_FN bool
srl_file_log(const char *path, const char *line)
{
    char text[512];
    int len = snprintf(text, sizeof text, "%s\n", line);
    ssize_t put = -1;
    int fd;

    if (len < 0 || (size_t)len >= sizeof text) return false;
    fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    if (fd >= 0) {
        put = write(fd, text, (size_t)len);
        close(fd);
    }
    srl_wipe(text, sizeof text);
    return put == (ssize_t)len;
}

#endif

SRL_FN surreal_status
srl_dir_open(srl_dir *dir, const char *path, surreal_error *err)
{
    dir->os = opendir(path);
    return dir->os ? SURREAL_OK : srl_file_fail(err, path, errno);
}

SRL_FN const char *
srl_dir_next(srl_dir *dir)
{
    struct dirent *entry;

    do {
        entry = readdir(dir->os);
    } while (entry && entry->d_name[0] == '.');
    return entry ? entry->d_name : NULL;
}

SRL_FN void
srl_dir_close(srl_dir *dir)
{
    closedir(dir->os);
}
