/* ddl.h: written by surrealgen from ddl.surql; do not edit. */
#ifndef DDL_SURREALGEN_H
#define DDL_SURREALGEN_H
#include "surreal.h"

#if !defined(SURREAL_MODEL_ABI) || SURREAL_MODEL_ABI != 2
#error "generated for another surreal.h: run surrealgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct user_id {
    surreal_record_id rid;
} user_id;

static inline user_id
user_id_str(surreal_str key)
{
    user_id id;

    id.rid = surreal_id_str("user", key);
    return id;
}

static inline user_id
user_id_int(int64_t key)
{
    user_id id;

    id.rid = surreal_id_int("user", key);
    return id;
}

static inline user_id
user_id_uuid(surreal_uuid key)
{
    user_id id;

    id.rid = surreal_id_uuid("user", key);
    return id;
}

typedef struct post_id {
    surreal_record_id rid;
} post_id;

static inline post_id
post_id_str(surreal_str key)
{
    post_id id;

    id.rid = surreal_id_str("post", key);
    return id;
}

static inline post_id
post_id_int(int64_t key)
{
    post_id id;

    id.rid = surreal_id_int("post", key);
    return id;
}

static inline post_id
post_id_uuid(surreal_uuid key)
{
    post_id id;

    id.rid = surreal_id_uuid("post", key);
    return id;
}

typedef struct bare_id {
    surreal_record_id rid;
} bare_id;

static inline bare_id
bare_id_str(surreal_str key)
{
    bare_id id;

    id.rid = surreal_id_str("bare", key);
    return id;
}

static inline bare_id
bare_id_int(int64_t key)
{
    bare_id id;

    id.rid = surreal_id_int("bare", key);
    return id;
}

static inline bare_id
bare_id_uuid(surreal_uuid key)
{
    bare_id id;

    id.rid = surreal_id_uuid("bare", key);
    return id;
}

typedef struct likes_id {
    surreal_record_id rid;
} likes_id;

static inline likes_id
likes_id_str(surreal_str key)
{
    likes_id id;

    id.rid = surreal_id_str("likes", key);
    return id;
}

static inline likes_id
likes_id_int(int64_t key)
{
    likes_id id;

    id.rid = surreal_id_int("likes", key);
    return id;
}

static inline likes_id
likes_id_uuid(surreal_uuid key)
{
    likes_id id;

    id.rid = surreal_id_uuid("likes", key);
    return id;
}

typedef struct follows_id {
    surreal_record_id rid;
} follows_id;

static inline follows_id
follows_id_str(surreal_str key)
{
    follows_id id;

    id.rid = surreal_id_str("follows", key);
    return id;
}

static inline follows_id
follows_id_int(int64_t key)
{
    follows_id id;

    id.rid = surreal_id_int("follows", key);
    return id;
}

static inline follows_id
follows_id_uuid(surreal_uuid key)
{
    follows_id id;

    id.rid = surreal_id_uuid("follows", key);
    return id;
}

/* Bits of user_name.set_. */
enum {
    USER_NAME_FIRST = 0,
    USER_NAME_LAST = 1
};

typedef struct user_name {
    uint64_t set_[1];
    surreal_str first;
    surreal_str last; /* optional */
} user_name;

extern const surreal_model user_name_model;

static inline bool
user_name_has_first(const user_name *row)
{
    return surreal_bit_is(row->set_, USER_NAME_FIRST);
}

static inline void
user_name_set_first(user_name *row, surreal_str v)
{
    row->first = v;
    surreal_bit_set(row->set_, USER_NAME_FIRST);
}

static inline bool
user_name_has_last(const user_name *row)
{
    return surreal_bit_is(row->set_, USER_NAME_LAST);
}

static inline void
user_name_set_last(user_name *row, surreal_str v)
{
    row->last = v;
    surreal_bit_set(row->set_, USER_NAME_LAST);
}

static inline void
user_name_clear_last(user_name *row)
{
    surreal_bit_clear(row->set_, USER_NAME_LAST);
}

static inline size_t
user_name_print(const user_name *row, char *buf, size_t cap)
{
    return surreal_model_print(&user_name_model, row, buf, cap);
}

static inline size_t
user_name_to_json(const user_name *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&user_name_model, row, buf, cap);
}

static inline bool
user_name_equal(const user_name *a, const user_name *b)
{
    return surreal_model_equal(&user_name_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
user_name_copy(const user_name *row, surreal_result *owner, user_name *out)
{
    return surreal_model_copy(&user_name_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
user_name_check(const user_name *row, surreal_error *err)
{
    return surreal_model_check(&user_name_model, row, err);
}

/* Bits of user.set_. */
enum {
    USER_ID = 0,
    USER_EMAIL = 1,
    USER_NAME = 2,
    USER_CREATED = 3,
    USER_ADULT = 4
};

typedef struct user {
    uint64_t set_[1];
    uint64_t mark_[1];
    struct user_id id;
    surreal_str email;
    struct user_name name;
    surreal_datetime created;
    surreal_raw adult; /* set by the server */
} user;

extern const surreal_model user_model;

static inline bool
user_has_id(const user *row)
{
    return surreal_bit_is(row->set_, USER_ID);
}

static inline void
user_set_id(user *row, user_id v)
{
    row->id = v;
    surreal_bit_set(row->set_, USER_ID);
    surreal_bit_set(row->mark_, USER_ID);
}

static inline bool
user_has_email(const user *row)
{
    return surreal_bit_is(row->set_, USER_EMAIL);
}

static inline void
user_set_email(user *row, surreal_str v)
{
    row->email = v;
    surreal_bit_set(row->set_, USER_EMAIL);
    surreal_bit_set(row->mark_, USER_EMAIL);
}

static inline bool
user_has_name(const user *row)
{
    return surreal_bit_is(row->set_, USER_NAME);
}

static inline void
user_set_name(user *row, user_name v)
{
    row->name = v;
    surreal_bit_set(row->set_, USER_NAME);
    surreal_bit_set(row->mark_, USER_NAME);
}

static inline bool
user_has_created(const user *row)
{
    return surreal_bit_is(row->set_, USER_CREATED);
}

static inline void
user_set_created(user *row, surreal_datetime v)
{
    row->created = v;
    surreal_bit_set(row->set_, USER_CREATED);
    surreal_bit_set(row->mark_, USER_CREATED);
}

static inline bool
user_has_adult(const user *row)
{
    return surreal_bit_is(row->set_, USER_ADULT);
}

static inline size_t
user_print(const user *row, char *buf, size_t cap)
{
    return surreal_model_print(&user_model, row, buf, cap);
}

static inline size_t
user_to_json(const user *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&user_model, row, buf, cap);
}

static inline bool
user_equal(const user *a, const user *b)
{
    return surreal_model_equal(&user_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
user_copy(const user *row, surreal_result *owner, user *out)
{
    return surreal_model_copy(&user_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
user_check(const user *row, surreal_error *err)
{
    return surreal_model_check(&user_model, row, err);
}

typedef struct user_row {
    struct user row;
    surreal_result *result;
} user_row;

typedef struct user_rows {
    struct user *v;
    size_t count;
    surreal_result *result;
} user_rows;

static inline surreal_status
user_get(surreal *db, user_id id, user_row *out)
{
    return surreal_model_get(db, &user_model, id.rid, out ? &out->row : NULL,
            out ? &out->result : NULL);
}

static inline surreal_status
user_all(surreal *db, user_rows *out)
{
    void *v;
    surreal_status status = surreal_model_all(db, &user_model, &v, &out->count,
            &out->result);

    out->v = (user *)v;
    return status;
}

/* `where` is program text; values belong into vars. */
static inline surreal_status
user_find(surreal *db, const char *where, surreal_vars vars, user_rows *out)
{
    void *v;
    surreal_status status = surreal_model_find(db, &user_model, where, vars,
            &v, &out->count, &out->result);

    out->v = (user *)v;
    return status;
}

/* `where` may be NULL for all. */
static inline surreal_status
user_count(surreal *db, const char *where, surreal_vars vars, int64_t *count)
{
    return surreal_model_count(db, &user_model, where, vars, count);
}

static inline surreal_status
user_create(surreal *db, const user *row, user_row *out)
{
    return surreal_model_create(db, &user_model, row, out ? &out->row : NULL,
            out ? &out->result : NULL);
}

static inline surreal_status
user_insert(surreal *db, const user *rows, size_t count, user_rows *out)
{
    void *v = NULL;
    surreal_status status = surreal_model_insert(db, &user_model, rows, count,
            out ? &v : NULL, out ? &out->result : NULL);

    if (out) {
        out->v = (user *)v;
        out->count = v ? count : 0;
    }
    return status;
}

static inline surreal_status
user_merge(surreal *db, user_id id, const user *row, user_row *out)
{
    return surreal_model_merge(db, &user_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
user_replace(surreal *db, user_id id, const user *row, user_row *out)
{
    return surreal_model_replace(db, &user_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
user_upsert(surreal *db, user_id id, const user *row, user_row *out)
{
    return surreal_model_upsert(db, &user_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
user_delete(surreal *db, user_id id, user_row *out)
{
    return surreal_model_delete(db, &user_model, id.rid,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

/* Bits of post_lines.set_. */
enum {
    POST_LINES_TEXT = 0,
    POST_LINES_QTY = 1
};

typedef struct post_lines {
    uint64_t set_[1];
    surreal_str text;
    int64_t qty;
} post_lines;

extern const surreal_model post_lines_model;

static inline bool
post_lines_has_text(const post_lines *row)
{
    return surreal_bit_is(row->set_, POST_LINES_TEXT);
}

static inline void
post_lines_set_text(post_lines *row, surreal_str v)
{
    row->text = v;
    surreal_bit_set(row->set_, POST_LINES_TEXT);
}

static inline bool
post_lines_has_qty(const post_lines *row)
{
    return surreal_bit_is(row->set_, POST_LINES_QTY);
}

static inline void
post_lines_set_qty(post_lines *row, int64_t v)
{
    row->qty = v;
    surreal_bit_set(row->set_, POST_LINES_QTY);
}

static inline size_t
post_lines_print(const post_lines *row, char *buf, size_t cap)
{
    return surreal_model_print(&post_lines_model, row, buf, cap);
}

static inline size_t
post_lines_to_json(const post_lines *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&post_lines_model, row, buf, cap);
}

static inline bool
post_lines_equal(const post_lines *a, const post_lines *b)
{
    return surreal_model_equal(&post_lines_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
post_lines_copy(const post_lines *row, surreal_result *owner, post_lines *out)
{
    return surreal_model_copy(&post_lines_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
post_lines_check(const post_lines *row, surreal_error *err)
{
    return surreal_model_check(&post_lines_model, row, err);
}

/* Bits of post.set_. */
enum {
    POST_ID = 0,
    POST_AUTHOR = 1,
    POST_LINES = 2,
    POST_TAGS = 3
};

typedef struct post {
    uint64_t set_[1];
    uint64_t mark_[1];
    struct post_id id;
    struct user_id author;
    struct {
        const struct post_lines *v;
        size_t count;
    } lines;
    struct {
        const surreal_str *v;
        size_t count;
    } tags;
} post;

extern const surreal_model post_model;

static inline bool
post_has_id(const post *row)
{
    return surreal_bit_is(row->set_, POST_ID);
}

static inline void
post_set_id(post *row, post_id v)
{
    row->id = v;
    surreal_bit_set(row->set_, POST_ID);
    surreal_bit_set(row->mark_, POST_ID);
}

static inline bool
post_has_author(const post *row)
{
    return surreal_bit_is(row->set_, POST_AUTHOR);
}

static inline void
post_set_author(post *row, user_id v)
{
    row->author = v;
    surreal_bit_set(row->set_, POST_AUTHOR);
    surreal_bit_set(row->mark_, POST_AUTHOR);
}

static inline bool
post_has_lines(const post *row)
{
    return surreal_bit_is(row->set_, POST_LINES);
}

static inline void
post_set_lines(post *row, const post_lines *v, size_t count)
{
    row->lines.v = v;
    row->lines.count = count;
    surreal_bit_set(row->set_, POST_LINES);
    surreal_bit_set(row->mark_, POST_LINES);
}

static inline bool
post_has_tags(const post *row)
{
    return surreal_bit_is(row->set_, POST_TAGS);
}

static inline void
post_set_tags(post *row, const surreal_str *v, size_t count)
{
    row->tags.v = v;
    row->tags.count = count;
    surreal_bit_set(row->set_, POST_TAGS);
    surreal_bit_set(row->mark_, POST_TAGS);
}

static inline size_t
post_print(const post *row, char *buf, size_t cap)
{
    return surreal_model_print(&post_model, row, buf, cap);
}

static inline size_t
post_to_json(const post *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&post_model, row, buf, cap);
}

static inline bool
post_equal(const post *a, const post *b)
{
    return surreal_model_equal(&post_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
post_copy(const post *row, surreal_result *owner, post *out)
{
    return surreal_model_copy(&post_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
post_check(const post *row, surreal_error *err)
{
    return surreal_model_check(&post_model, row, err);
}

typedef struct post_row {
    struct post row;
    surreal_result *result;
} post_row;

typedef struct post_rows {
    struct post *v;
    size_t count;
    surreal_result *result;
} post_rows;

static inline surreal_status
post_get(surreal *db, post_id id, post_row *out)
{
    return surreal_model_get(db, &post_model, id.rid, out ? &out->row : NULL,
            out ? &out->result : NULL);
}

static inline surreal_status
post_all(surreal *db, post_rows *out)
{
    void *v;
    surreal_status status = surreal_model_all(db, &post_model, &v, &out->count,
            &out->result);

    out->v = (post *)v;
    return status;
}

/* `where` is program text; values belong into vars. */
static inline surreal_status
post_find(surreal *db, const char *where, surreal_vars vars, post_rows *out)
{
    void *v;
    surreal_status status = surreal_model_find(db, &post_model, where, vars,
            &v, &out->count, &out->result);

    out->v = (post *)v;
    return status;
}

/* `where` may be NULL for all. */
static inline surreal_status
post_count(surreal *db, const char *where, surreal_vars vars, int64_t *count)
{
    return surreal_model_count(db, &post_model, where, vars, count);
}

static inline surreal_status
post_create(surreal *db, const post *row, post_row *out)
{
    return surreal_model_create(db, &post_model, row, out ? &out->row : NULL,
            out ? &out->result : NULL);
}

static inline surreal_status
post_insert(surreal *db, const post *rows, size_t count, post_rows *out)
{
    void *v = NULL;
    surreal_status status = surreal_model_insert(db, &post_model, rows, count,
            out ? &v : NULL, out ? &out->result : NULL);

    if (out) {
        out->v = (post *)v;
        out->count = v ? count : 0;
    }
    return status;
}

static inline surreal_status
post_merge(surreal *db, post_id id, const post *row, post_row *out)
{
    return surreal_model_merge(db, &post_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
post_replace(surreal *db, post_id id, const post *row, post_row *out)
{
    return surreal_model_replace(db, &post_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
post_upsert(surreal *db, post_id id, const post *row, post_row *out)
{
    return surreal_model_upsert(db, &post_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
post_delete(surreal *db, post_id id, post_row *out)
{
    return surreal_model_delete(db, &post_model, id.rid,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

/* Bits of bare.set_. */
enum {
    BARE_ID = 0
};

typedef struct bare {
    uint64_t set_[1];
    uint64_t mark_[1];
    struct bare_id id;
} bare;

extern const surreal_model bare_model;

static inline bool
bare_has_id(const bare *row)
{
    return surreal_bit_is(row->set_, BARE_ID);
}

static inline void
bare_set_id(bare *row, bare_id v)
{
    row->id = v;
    surreal_bit_set(row->set_, BARE_ID);
    surreal_bit_set(row->mark_, BARE_ID);
}

static inline size_t
bare_print(const bare *row, char *buf, size_t cap)
{
    return surreal_model_print(&bare_model, row, buf, cap);
}

static inline size_t
bare_to_json(const bare *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&bare_model, row, buf, cap);
}

static inline bool
bare_equal(const bare *a, const bare *b)
{
    return surreal_model_equal(&bare_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
bare_copy(const bare *row, surreal_result *owner, bare *out)
{
    return surreal_model_copy(&bare_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
bare_check(const bare *row, surreal_error *err)
{
    return surreal_model_check(&bare_model, row, err);
}

typedef struct bare_row {
    struct bare row;
    surreal_result *result;
} bare_row;

typedef struct bare_rows {
    struct bare *v;
    size_t count;
    surreal_result *result;
} bare_rows;

static inline surreal_status
bare_get(surreal *db, bare_id id, bare_row *out)
{
    return surreal_model_get(db, &bare_model, id.rid, out ? &out->row : NULL,
            out ? &out->result : NULL);
}

static inline surreal_status
bare_all(surreal *db, bare_rows *out)
{
    void *v;
    surreal_status status = surreal_model_all(db, &bare_model, &v, &out->count,
            &out->result);

    out->v = (bare *)v;
    return status;
}

/* `where` is program text; values belong into vars. */
static inline surreal_status
bare_find(surreal *db, const char *where, surreal_vars vars, bare_rows *out)
{
    void *v;
    surreal_status status = surreal_model_find(db, &bare_model, where, vars,
            &v, &out->count, &out->result);

    out->v = (bare *)v;
    return status;
}

/* `where` may be NULL for all. */
static inline surreal_status
bare_count(surreal *db, const char *where, surreal_vars vars, int64_t *count)
{
    return surreal_model_count(db, &bare_model, where, vars, count);
}

static inline surreal_status
bare_create(surreal *db, const bare *row, bare_row *out)
{
    return surreal_model_create(db, &bare_model, row, out ? &out->row : NULL,
            out ? &out->result : NULL);
}

static inline surreal_status
bare_insert(surreal *db, const bare *rows, size_t count, bare_rows *out)
{
    void *v = NULL;
    surreal_status status = surreal_model_insert(db, &bare_model, rows, count,
            out ? &v : NULL, out ? &out->result : NULL);

    if (out) {
        out->v = (bare *)v;
        out->count = v ? count : 0;
    }
    return status;
}

static inline surreal_status
bare_merge(surreal *db, bare_id id, const bare *row, bare_row *out)
{
    return surreal_model_merge(db, &bare_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
bare_replace(surreal *db, bare_id id, const bare *row, bare_row *out)
{
    return surreal_model_replace(db, &bare_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
bare_upsert(surreal *db, bare_id id, const bare *row, bare_row *out)
{
    return surreal_model_upsert(db, &bare_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
bare_delete(surreal *db, bare_id id, bare_row *out)
{
    return surreal_model_delete(db, &bare_model, id.rid,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

/* Bits of likes.set_. */
enum {
    LIKES_ID = 0,
    LIKES_IN = 1,
    LIKES_OUT = 2,
    LIKES_STARS = 3
};

typedef struct likes {
    uint64_t set_[1];
    uint64_t mark_[1];
    struct likes_id id;
    struct user_id in; /* set by the server */
    surreal_record_id out; /* set by the server */
    int64_t stars;
} likes;

extern const surreal_model likes_model;

static inline bool
likes_has_id(const likes *row)
{
    return surreal_bit_is(row->set_, LIKES_ID);
}

static inline void
likes_set_id(likes *row, likes_id v)
{
    row->id = v;
    surreal_bit_set(row->set_, LIKES_ID);
    surreal_bit_set(row->mark_, LIKES_ID);
}

static inline bool
likes_has_in(const likes *row)
{
    return surreal_bit_is(row->set_, LIKES_IN);
}

static inline bool
likes_has_out(const likes *row)
{
    return surreal_bit_is(row->set_, LIKES_OUT);
}

static inline bool
likes_has_stars(const likes *row)
{
    return surreal_bit_is(row->set_, LIKES_STARS);
}

static inline void
likes_set_stars(likes *row, int64_t v)
{
    row->stars = v;
    surreal_bit_set(row->set_, LIKES_STARS);
    surreal_bit_set(row->mark_, LIKES_STARS);
}

static inline size_t
likes_print(const likes *row, char *buf, size_t cap)
{
    return surreal_model_print(&likes_model, row, buf, cap);
}

static inline size_t
likes_to_json(const likes *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&likes_model, row, buf, cap);
}

static inline bool
likes_equal(const likes *a, const likes *b)
{
    return surreal_model_equal(&likes_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
likes_copy(const likes *row, surreal_result *owner, likes *out)
{
    return surreal_model_copy(&likes_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
likes_check(const likes *row, surreal_error *err)
{
    return surreal_model_check(&likes_model, row, err);
}

typedef struct likes_row {
    struct likes row;
    surreal_result *result;
} likes_row;

typedef struct likes_rows {
    struct likes *v;
    size_t count;
    surreal_result *result;
} likes_rows;

static inline surreal_status
likes_get(surreal *db, likes_id id, likes_row *out)
{
    return surreal_model_get(db, &likes_model, id.rid, out ? &out->row : NULL,
            out ? &out->result : NULL);
}

static inline surreal_status
likes_all(surreal *db, likes_rows *out)
{
    void *v;
    surreal_status status = surreal_model_all(db, &likes_model, &v,
            &out->count, &out->result);

    out->v = (likes *)v;
    return status;
}

/* `where` is program text; values belong into vars. */
static inline surreal_status
likes_find(surreal *db, const char *where, surreal_vars vars, likes_rows *out)
{
    void *v;
    surreal_status status = surreal_model_find(db, &likes_model, where, vars,
            &v, &out->count, &out->result);

    out->v = (likes *)v;
    return status;
}

/* `where` may be NULL for all. */
static inline surreal_status
likes_count(surreal *db, const char *where, surreal_vars vars, int64_t *count)
{
    return surreal_model_count(db, &likes_model, where, vars, count);
}

/* `row` may be NULL for an edge without data. */
static inline surreal_status
likes_relate(surreal *db, user_id from, surreal_record_id to, const likes *row,
        likes_row *out)
{
    return surreal_model_relate(db, &likes_model, from.rid, to, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
likes_merge(surreal *db, likes_id id, const likes *row, likes_row *out)
{
    return surreal_model_merge(db, &likes_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
likes_replace(surreal *db, likes_id id, const likes *row, likes_row *out)
{
    return surreal_model_replace(db, &likes_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
likes_upsert(surreal *db, likes_id id, const likes *row, likes_row *out)
{
    return surreal_model_upsert(db, &likes_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
likes_delete(surreal *db, likes_id id, likes_row *out)
{
    return surreal_model_delete(db, &likes_model, id.rid,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

/* Bits of follows.set_. */
enum {
    FOLLOWS_ID = 0,
    FOLLOWS_IN = 1,
    FOLLOWS_OUT = 2
};

typedef struct follows {
    uint64_t set_[1];
    uint64_t mark_[1];
    struct follows_id id;
    struct user_id in; /* set by the server */
    struct user_id out; /* set by the server */
} follows;

extern const surreal_model follows_model;

static inline bool
follows_has_id(const follows *row)
{
    return surreal_bit_is(row->set_, FOLLOWS_ID);
}

static inline void
follows_set_id(follows *row, follows_id v)
{
    row->id = v;
    surreal_bit_set(row->set_, FOLLOWS_ID);
    surreal_bit_set(row->mark_, FOLLOWS_ID);
}

static inline bool
follows_has_in(const follows *row)
{
    return surreal_bit_is(row->set_, FOLLOWS_IN);
}

static inline bool
follows_has_out(const follows *row)
{
    return surreal_bit_is(row->set_, FOLLOWS_OUT);
}

static inline size_t
follows_print(const follows *row, char *buf, size_t cap)
{
    return surreal_model_print(&follows_model, row, buf, cap);
}

static inline size_t
follows_to_json(const follows *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&follows_model, row, buf, cap);
}

static inline bool
follows_equal(const follows *a, const follows *b)
{
    return surreal_model_equal(&follows_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
follows_copy(const follows *row, surreal_result *owner, follows *out)
{
    return surreal_model_copy(&follows_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
follows_check(const follows *row, surreal_error *err)
{
    return surreal_model_check(&follows_model, row, err);
}

typedef struct follows_row {
    struct follows row;
    surreal_result *result;
} follows_row;

typedef struct follows_rows {
    struct follows *v;
    size_t count;
    surreal_result *result;
} follows_rows;

static inline surreal_status
follows_get(surreal *db, follows_id id, follows_row *out)
{
    return surreal_model_get(db, &follows_model, id.rid,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
follows_all(surreal *db, follows_rows *out)
{
    void *v;
    surreal_status status = surreal_model_all(db, &follows_model, &v,
            &out->count, &out->result);

    out->v = (follows *)v;
    return status;
}

/* `where` is program text; values belong into vars. */
static inline surreal_status
follows_find(surreal *db, const char *where, surreal_vars vars,
        follows_rows *out)
{
    void *v;
    surreal_status status = surreal_model_find(db, &follows_model, where, vars,
            &v, &out->count, &out->result);

    out->v = (follows *)v;
    return status;
}

/* `where` may be NULL for all. */
static inline surreal_status
follows_count(surreal *db, const char *where, surreal_vars vars,
        int64_t *count)
{
    return surreal_model_count(db, &follows_model, where, vars, count);
}

/* `row` may be NULL for an edge without data. */
static inline surreal_status
follows_relate(surreal *db, user_id from, user_id to, const follows *row,
        follows_row *out)
{
    return surreal_model_relate(db, &follows_model, from.rid, to.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
follows_merge(surreal *db, follows_id id, const follows *row, follows_row *out)
{
    return surreal_model_merge(db, &follows_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
follows_replace(surreal *db, follows_id id, const follows *row,
        follows_row *out)
{
    return surreal_model_replace(db, &follows_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
follows_upsert(surreal *db, follows_id id, const follows *row,
        follows_row *out)
{
    return surreal_model_upsert(db, &follows_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
follows_delete(surreal *db, follows_id id, follows_row *out)
{
    return surreal_model_delete(db, &follows_model, id.rid,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

/* At most `count` records behind `id`, in the order of ids; a zeroed id: from
 * the beginning. */
static inline surreal_status
user_page(surreal *db, user_id id, size_t count, user_rows *out)
{
    void *v;
    surreal_status status = surreal_model_page(db, &user_model, id.rid, count,
            &v, &out->count, &out->result);

    out->v = (user *)v;
    return status;
}

/* At most `count` records behind `id`, in the order of ids; a zeroed id: from
 * the beginning. */
static inline surreal_status
post_page(surreal *db, post_id id, size_t count, post_rows *out)
{
    void *v;
    surreal_status status = surreal_model_page(db, &post_model, id.rid, count,
            &v, &out->count, &out->result);

    out->v = (post *)v;
    return status;
}

static inline surreal_status
post_by_author(surreal *db, user_id key1, post_rows *out)
{
    return post_find(db,
        "`author` = $srl_1",
        SURREAL_VARS(surreal_bind_id("srl_1", key1.rid)), out);
}

/* At most `count` records behind `id`, in the order of ids; a zeroed id: from
 * the beginning. */
static inline surreal_status
bare_page(surreal *db, bare_id id, size_t count, bare_rows *out)
{
    void *v;
    surreal_status status = surreal_model_page(db, &bare_model, id.rid, count,
            &v, &out->count, &out->result);

    out->v = (bare *)v;
    return status;
}

/* At most `count` records behind `id`, in the order of ids; a zeroed id: from
 * the beginning. */
static inline surreal_status
likes_page(surreal *db, likes_id id, size_t count, likes_rows *out)
{
    void *v;
    surreal_status status = surreal_model_page(db, &likes_model, id.rid, count,
            &v, &out->count, &out->result);

    out->v = (likes *)v;
    return status;
}

/* Deletes all edges from one to the other; `count` may be NULL. */
static inline surreal_status
likes_unrelate(surreal *db, user_id from, surreal_record_id to, size_t *count)
{
    return surreal_model_unrelate(db, &likes_model, from.rid, to, count);
}

/* Edges that leave a record, and that lead to one. */
static inline surreal_status
likes_from(surreal *db, user_id id, likes_rows *out)
{
    void *v;
    surreal_status status = surreal_model_linked(db, &likes_model,
        "SELECT * FROM $srl_id->`likes`",
        id.rid, &v, &out->count, &out->result);

    out->v = (likes *)v;
    return status;
}

static inline surreal_status
likes_to(surreal *db, surreal_record_id id, likes_rows *out)
{
    void *v;
    surreal_status status = surreal_model_linked(db, &likes_model,
        "SELECT * FROM $srl_id<-`likes`",
        id, &v, &out->count, &out->result);

    out->v = (likes *)v;
    return status;
}

/* Records that lead to a record. */
static inline surreal_status
likes_sources(surreal *db, surreal_record_id id, user_rows *out)
{
    void *v;
    surreal_status status = surreal_model_linked(db, &user_model,
        "SELECT * FROM $srl_id<-`likes`<-`user`",
        id, &v, &out->count, &out->result);

    out->v = (user *)v;
    return status;
}

/* At most `count` records behind `id`, in the order of ids; a zeroed id: from
 * the beginning. */
static inline surreal_status
follows_page(surreal *db, follows_id id, size_t count, follows_rows *out)
{
    void *v;
    surreal_status status = surreal_model_page(db, &follows_model, id.rid,
            count, &v, &out->count, &out->result);

    out->v = (follows *)v;
    return status;
}

/* Deletes all edges from one to the other; `count` may be NULL. */
static inline surreal_status
follows_unrelate(surreal *db, user_id from, user_id to, size_t *count)
{
    return surreal_model_unrelate(db, &follows_model, from.rid, to.rid, count);
}

/* Edges that leave a record, and that lead to one. */
static inline surreal_status
follows_from(surreal *db, user_id id, follows_rows *out)
{
    void *v;
    surreal_status status = surreal_model_linked(db, &follows_model,
        "SELECT * FROM $srl_id->`follows`",
        id.rid, &v, &out->count, &out->result);

    out->v = (follows *)v;
    return status;
}

static inline surreal_status
follows_to(surreal *db, user_id id, follows_rows *out)
{
    void *v;
    surreal_status status = surreal_model_linked(db, &follows_model,
        "SELECT * FROM $srl_id<-`follows`",
        id.rid, &v, &out->count, &out->result);

    out->v = (follows *)v;
    return status;
}

/* Records a record leads to. */
static inline surreal_status
follows_targets(surreal *db, user_id id, user_rows *out)
{
    void *v;
    surreal_status status = surreal_model_linked(db, &user_model,
        "SELECT * FROM $srl_id->`follows`->`user`",
        id.rid, &v, &out->count, &out->result);

    out->v = (user *)v;
    return status;
}

/* Records that lead to a record. */
static inline surreal_status
follows_sources(surreal *db, user_id id, user_rows *out)
{
    void *v;
    surreal_status status = surreal_model_linked(db, &user_model,
        "SELECT * FROM $srl_id<-`follows`<-`user`",
        id.rid, &v, &out->count, &out->result);

    out->v = (user *)v;
    return status;
}

/* For surreal_schema_check(). */
extern const surreal_schema ddl_schema;

#ifdef __cplusplus
}
#endif

#endif
