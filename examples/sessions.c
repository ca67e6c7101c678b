/* cc -I. examples/sessions.c -o sessions
 * ./sessions ws://127.0.0.1:8000 root root
 *
 * A server that acts for several users: one session for each, all on one
 * socket (SurrealDB 3; on 2 each is a connection). Signing in on a session
 * never changes who the others are, so nobody can become somebody else by
 * accident. */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"

#include <stdio.h>

static const char schema[] =
    "DEFINE TABLE OVERWRITE person PERMISSIONS FOR select WHERE id = $auth;"
    "DEFINE TABLE OVERWRITE note PERMISSIONS"
    "  FOR select, create WHERE owner = $auth;"
    "DEFINE FIELD OVERWRITE owner ON note TYPE record<person> DEFAULT $auth;"
    "DEFINE FIELD OVERWRITE text ON note TYPE string;"
    "DEFINE ACCESS OVERWRITE member ON DATABASE TYPE RECORD"
    "  SIGNUP (CREATE person SET name = $name,"
    "          pass = crypto::argon2::generate($pass))"
    "  SIGNIN (SELECT * FROM person WHERE name = $name"
    "          AND crypto::argon2::compare(pass, $pass));"
    "DELETE person, note";

/* A session of its own, signed up; NULL if that failed. */
static surreal *
user_session(surreal *db, const char *name, const char *pass)
{
    surreal_bind fields[2];
    surreal_vars who;
    surreal_fork_options as_nobody = {0};
    surreal_auth auth;
    surreal *session = NULL;

    as_nobody.anonymous = true; /* not as the server itself, not for a moment */
    fields[0] = surreal_bind_text("name", name);
    fields[1] = surreal_bind_text("pass", pass);
    who.v = fields, who.count = 2;
    auth = surreal_auth_record("example", "sessions", "member", who);
    if (surreal_fork(db, &as_nobody, &session)) {
        fprintf(stderr, "%s\n", surreal_last_error(db)->message);
        return NULL;
    }
    if (surreal_signup(session, &auth)) {
        fprintf(stderr, "%s\n", surreal_last_error(session)->message);
        surreal_close(session);
        return NULL;
    }
    return session;
}

static long long
count_notes(surreal *session)
{
    surreal_result *r = NULL;
    size_t n = 0;

    if (!surreal_select(session, surreal_table("note"), &r)) {
        n = surreal_count(surreal_rows(r, 0));
    }
    surreal_result_free(r);
    return (long long)n;
}

int
main(int argc, char **argv)
{
    surreal_options opt = {0};
    surreal *db = NULL, *ann = NULL, *bob = NULL;
    bool is_right = false;

    if (argc < 4) {
        fprintf(stderr, "usage: %s URL USER PASSWORD\n", argv[0]);
        return 2;
    }
    opt.ns = "example", opt.db = "sessions";
    opt.user = argv[2], opt.pass = argv[3];
    if (surreal_open(argv[1], &opt, &db) ||
        surreal_query(db, schema, SURREAL_NO_VARS, NULL)) {
        fprintf(stderr, "%s\n", surreal_last_error(db)->message);
    } else {
        ann = user_session(db, "ann", "one");
        bob = user_session(db, "bob", "two");
    }
    if (ann && bob) {
        surreal_query(ann, "CREATE note SET text = 'a'; CREATE note SET "
                           "text = 'b'", SURREAL_NO_VARS, NULL);
        surreal_query(bob, "CREATE note SET text = 'c'", SURREAL_NO_VARS,
                      NULL);
        printf("ann sees %lld, bob sees %lld, the server sees %lld notes\n",
               count_notes(ann), count_notes(bob), count_notes(db));
        is_right = count_notes(ann) == 2 && count_notes(bob) == 1 &&
                   count_notes(db) == 3;
    }
    surreal_close(bob);
    surreal_close(ann);
    surreal_close(db);
    return is_right ? 0 : 1;
}
