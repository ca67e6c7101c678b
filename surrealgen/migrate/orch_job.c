/* surrealgen/migrate/orch_job.c: one child for each database, some at a time.
 *
 * surreal_migrate() waits until it is done, so several at once need threads, a
 * machine of states around all it does, or processes. Processes are the simple
 * one that is right: what runs for a database is what `migrate up` runs, in a
 * copy of this very program that has read the folder already, so that all of
 * them apply the same bytes; a crash is one database's; the connections, the
 * environment and the exit code are its own. It is forked and not executed
 * anew: nothing is handed over on a command line, secrets least of all, and the
 * plan cannot change between two starts.
 *
 * The parent holds no connection. It reads two pipes of each child, lines and
 * stderr, until both end, then asks for the exit code. A child has a group of
 * its own, so that Ctrl-C reaches the parent alone, which passes it on: the
 * first one ends a run behind its transaction, the second one at once. Where
 * the system can, a child learns that the parent is gone, too. */
#define _POSIX_C_SOURCE 200809L /* sigaction, clock_gettime */
#include "orchestrate.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#if defined(__linux__)
#include <sys/prctl.h>
#endif

/* What one child may say; the rest is left out. */
enum { HEARD_MAX = 1024 * 1024, MOST_JOBS = 256 };

typedef struct job {
    orch_target *target;
    pid_t pid;
    int out, err;    /* -1: at its end */
    gen_buf lines, said;
    size_t heard;    /* of lines */
    int64_t began;
    int told;        /* signals passed on */
} job;

static volatile sig_atomic_t signals;

static void on_signal(int number)
{
    static const char note[] = "surrealgen: stopping behind the transactions "
                               "under way; once more ends at once\n";

    (void)number;
    if (signals == 0 && write(2, note, sizeof note - 1) < 0) signals = 0;
    if (signals < 2) signals = signals + 1;
}

static void watch(int number)
{
    struct sigaction how, was;

    memset(&how, 0, sizeof how);
    how.sa_handler = on_signal;
    /* Ignored for a program in the background: that stays so. */
    if (sigaction(number, NULL, &was) == 0 && was.sa_handler == SIG_IGN) {
        return;
    }
    sigaction(number, &how, NULL);
}

void orch_watch(void)
{
    watch(SIGINT);
    watch(SIGTERM);
}

bool orch_is_interrupted(void)
{
    return signals > 0;
}

int orch_worse(int a, int b)
{
    /* Interrupted is not worse than half done. */
    static const int order[] = { CLI_FINE, CLI_FOUND, CLI_USAGE, CLI_SCHEMA,
                                 CLI_REFUSED, CLI_LOCKED, CLI_CONNECT,
                                 CLI_FAILED, CLI_INTERRUPTED, CLI_PARTLY };
    int i;
    int worst = a;

    for (i = 0; i < (int)(sizeof order / sizeof *order); i++) {
        if (order[i] == a || order[i] == b) worst = order[i];
    }
    return worst;
}

static int64_t now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* ------------------------------------------------------------------ a child */

static void be_a_child(const orch *o, const orch_target *t, orch_work *work,
                       const int *pipes)
{
    int nowhere = open("/dev/null", O_RDWR);
    FILE *out;
    int rc;

    setpgid(0, 0);
    signal(SIGINT, SIG_DFL);
    signal(SIGTERM, SIG_DFL);
#if defined(__linux__)
    prctl(PR_SET_PDEATHSIG, SIGTERM);
#endif
    /* What a verb prints for people is told by lines here. */
    dup2(nowhere, 0);
    dup2(nowhere, 1);
    dup2(pipes[3], 2);
    out = fdopen(pipes[1], "w");
    rc = CLI_FAILED;
    if (out != NULL) rc = work(o, t, out);
    if (out != NULL && fclose(out) != 0) rc = orch_worse(rc, CLI_FAILED);
    fflush(NULL);
    _exit(rc);
}

static void close_pipes(const int *pipes)
{
    int i;

    for (i = 0; i < 4; i++) {
        if (pipes[i] >= 0) close(pipes[i]);
    }
}

static void set_quiet(int fd)
{
    fcntl(fd, F_SETFD, FD_CLOEXEC);
    fcntl(fd, F_SETFL, O_NONBLOCK);
}

static bool start(orch *o, orch_target *t, const orch_task *task, job *out)
{
    int pipes[4] = { -1, -1, -1, -1 };
    int why;

    memset(out, 0, sizeof *out);
    out->target = t;
    t->ran = true;
    out->began = now_ms();
    gen_buf_init(&out->lines, o->cli->ctx);
    gen_buf_init(&out->said, o->cli->ctx);
    fflush(NULL);
    if (pipe(pipes) == 0 && pipe(pipes + 2) == 0) {
        out->pid = fork();
        if (out->pid == 0) be_a_child(o, t, task->work, pipes);
        if (out->pid > 0) {
            setpgid(out->pid, out->pid); /* whoever of the two is first */
            close(pipes[1]);
            close(pipes[3]);
            out->out = pipes[0];
            out->err = pipes[2];
            set_quiet(out->out);
            set_quiet(out->err);
            return true;
        }
    }
    why = errno;
    close_pipes(pipes);
    t->rc = CLI_FAILED;
    gen_buf_add_fmt(&out->said, "surrealgen: no process can be started: %s\n",
                    strerror(why));
    t->said = gen_buf_str(&out->said);
    return false;
}

/* ----------------------------------------------------------------- hearing */

/* The pipe, or -1 at its end. */
static int take(int fd, gen_buf *into)
{
    char part[4096];
    ssize_t got = read(fd, part, sizeof part);

    if (got > 0) {
        if (into->len < HEARD_MAX) gen_buf_add(into, part, (size_t)got);
        return fd;
    }
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return fd;
    close(fd);
    return -1;
}

static void hear_lines(orch *o, job *j, orch_hear *hear)
{
    while (j->heard < j->lines.len) {
        const char *line = j->lines.ptr + j->heard;
        const char *end = (const char *)memchr(line, '\n',
                                               j->lines.len - j->heard);
        if (end == NULL) return;
        j->heard += (size_t)(end - line) + 1;
        if (hear != NULL) {
            hear(o, j->target, gen_str_copy(o->cli->ctx, line,
                                            (size_t)(end - line)).ptr);
        }
    }
}

/* Whatever a server or the client quotes, no secret is in what is printed. */
static gen_str without_secrets(gen_ctx *ctx, const cli_env *env, gen_str text)
{
    gen_buf out;
    size_t i, k;

    gen_buf_init(&out, ctx);
    gen_buf_add_text(&out, "");
    for (i = 0; i < text.len;) {
        size_t len = 0;
        for (k = 0; k < env->secrets.count && len == 0; k++) {
            const char *secret = (const char *)env->secrets.at[k];
            size_t n = strlen(secret);
            if (n >= 4 && n <= text.len - i
                && memcmp(text.ptr + i, secret, n) == 0) len = n;
        }
        if (len > 0) gen_buf_add_text(&out, "***");
        else gen_buf_add_char(&out, text.ptr[i]);
        i += len > 0 ? len : 1;
    }
    return gen_str_copy(ctx, out.ptr, out.len);
}

/* Under the name of its target, so that several do not run together. */
static void print_said(const orch_target *t, gen_str text)
{
    size_t i, from = 0;

    for (i = 0; i < text.len; i++) {
        if (text.ptr[i] != '\n' && i + 1 < text.len) continue;
        fprintf(stderr, "[%s] %.*s\n", t->env->name,
                (int)(i - from + (text.ptr[i] != '\n')), text.ptr + from);
        from = i + 1;
    }
}

static int code_of(const job *j, int status)
{
    if (WIFEXITED(status)) return WEXITSTATUS(status);
    /* Ours came before it could be noted: nothing was under way. */
    if (j->told > 0) return CLI_INTERRUPTED;
    return CLI_PARTLY; /* it fell over: nobody knows how far it was */
}

static void end(orch *o, job *j, const orch_task *task)
{
    orch_target *t = j->target;
    int status = 0;
    int rc;

    while (waitpid(j->pid, &status, 0) < 0 && errno == EINTR) continue;
    rc = code_of(j, status);
    if (WIFSIGNALED(status) && j->told == 0) {
        gen_buf_add_fmt(&j->said, "surrealgen: ended by signal %d; the same "
                        "command finds out how far it was\n",
                        WTERMSIG(status));
    }
    t->took_ms += now_ms() - j->began;
    t->rc = rc;
    if (j->said.len > 0) {
        gen_str said = without_secrets(o->cli->ctx, t->env,
                                       gen_buf_str(&j->said));
        if (rc != CLI_FINE) t->said = said;
        print_said(t, said);
    }
    if (rc == CLI_FINE && task->word != NULL && !o->json) {
        printf("%s %s (%ld ms)\n", task->word, t->env->name,
               (long)(now_ms() - j->began));
        fflush(stdout);
    }
}

/* -------------------------------------------------------------------- some */

typedef struct crew {
    job jobs[MOST_JOBS];
    size_t count;
} crew;

static void pass_on(crew *c)
{
    size_t i;

    for (i = 0; i < c->count; i++) {
        while (c->jobs[i].told < signals) {
            kill(c->jobs[i].pid, SIGTERM);
            c->jobs[i].told++;
        }
    }
}

/* Waits for anything of any child; those at their end leave. */
static int attend(orch *o, crew *c, const orch_task *task)
{
    struct pollfd fds[2 * MOST_JOBS];
    int worst = CLI_FINE;
    size_t i;

    for (i = 0; i < c->count; i++) {
        fds[2 * i].fd = c->jobs[i].out;
        fds[2 * i + 1].fd = c->jobs[i].err;
        fds[2 * i].events = fds[2 * i + 1].events = POLLIN;
        fds[2 * i].revents = fds[2 * i + 1].revents = 0;
    }
    /* Not for ever: a signal may come just before this. */
    if (poll(fds, (nfds_t)(2 * c->count), 500) < 0 && errno != EINTR) {
        return CLI_FAILED;
    }
    pass_on(c);
    for (i = c->count; i > 0; i--) {
        job *j = &c->jobs[i - 1];
        if (fds[2 * i - 2].revents != 0) j->out = take(j->out, &j->lines);
        if (fds[2 * i - 1].revents != 0) j->err = take(j->err, &j->said);
        hear_lines(o, j, task->hear);
        if (j->out >= 0 || j->err >= 0) continue;
        end(o, j, task);
        worst = orch_worse(worst, j->target->rc);
        c->jobs[i - 1] = c->jobs[--c->count];
    }
    return worst;
}

int orch_each(orch *o, const gen_list *targets, const orch_task *task)
{
    crew *c = (crew *)gen_new(o->cli->ctx, sizeof *c);
    size_t most = task->most < MOST_JOBS ? task->most : MOST_JOBS;
    int worst = CLI_FINE;
    size_t next = 0;
    size_t i;

    for (i = 0; i < targets->count; i++) orch_at(targets, i)->ran = false;
    for (;;) {
        bool goes_on = signals == 0 && !(task->stops && worst != CLI_FINE);
        while (goes_on && next < targets->count && c->count < most) {
            orch_target *t = orch_at(targets, next++);
            if (start(o, t, task, &c->jobs[c->count])) {
                c->count++;
            } else {
                print_said(t, t->said);
                worst = orch_worse(worst, t->rc);
                goes_on = !task->stops;
            }
        }
        if (c->count == 0) break;
        worst = orch_worse(worst, attend(o, c, task));
    }
    if (signals > 0) worst = orch_worse(worst, CLI_INTERRUPTED);
    return worst;
}
