/* odd.h: written by surrealgen from odd.sg; do not edit. */
/* Queries whose names are in the way of others. */
#ifndef ODD_SURREALGEN_H
#define ODD_SURREALGEN_H
#include "surreal.h"

#if !defined(SURREAL_MODEL_ABI) || SURREAL_MODEL_ABI != 2
#error "generated for another surreal.h: run surrealgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct odd_user_id {
    surreal_record_id rid;
} odd_user_id;

static inline odd_user_id
odd_user_id_str(surreal_str key)
{
    odd_user_id id;

    id.rid = surreal_id_str("user", key);
    return id;
}

static inline odd_user_id
odd_user_id_int(int64_t key)
{
    odd_user_id id;

    id.rid = surreal_id_int("user", key);
    return id;
}

static inline odd_user_id
odd_user_id_uuid(surreal_uuid key)
{
    odd_user_id id;

    id.rid = surreal_id_uuid("user", key);
    return id;
}

typedef struct odd_row_id {
    surreal_record_id rid;
} odd_row_id;

static inline odd_row_id
odd_row_id_str(surreal_str key)
{
    odd_row_id id;

    id.rid = surreal_id_str("row", key);
    return id;
}

static inline odd_row_id
odd_row_id_int(int64_t key)
{
    odd_row_id id;

    id.rid = surreal_id_int("row", key);
    return id;
}

static inline odd_row_id
odd_row_id_uuid(surreal_uuid key)
{
    odd_row_id id;

    id.rid = surreal_id_uuid("row", key);
    return id;
}

typedef struct odd_likes_id {
    surreal_record_id rid;
} odd_likes_id;

static inline odd_likes_id
odd_likes_id_str(surreal_str key)
{
    odd_likes_id id;

    id.rid = surreal_id_str("likes", key);
    return id;
}

static inline odd_likes_id
odd_likes_id_int(int64_t key)
{
    odd_likes_id id;

    id.rid = surreal_id_int("likes", key);
    return id;
}

static inline odd_likes_id
odd_likes_id_uuid(surreal_uuid key)
{
    odd_likes_id id;

    id.rid = surreal_id_uuid("likes", key);
    return id;
}

/* Bits of odd_user.set_. */
enum {
    ODD_USER_ID = 0,
    ODD_USER_NAME = 1
};

typedef struct odd_user {
    uint64_t set_[1];
    uint64_t mark_[1];
    struct odd_user_id id;
    surreal_str name;
} odd_user;

extern const surreal_model odd_user_model;

static inline bool
odd_user_has_id(const odd_user *row)
{
    return surreal_bit_is(row->set_, ODD_USER_ID);
}

static inline void
odd_user_set_id(odd_user *row, odd_user_id v)
{
    row->id = v;
    surreal_bit_set(row->set_, ODD_USER_ID);
    surreal_bit_set(row->mark_, ODD_USER_ID);
}

static inline bool
odd_user_has_name(const odd_user *row)
{
    return surreal_bit_is(row->set_, ODD_USER_NAME);
}

static inline void
odd_user_set_name(odd_user *row, surreal_str v)
{
    row->name = v;
    surreal_bit_set(row->set_, ODD_USER_NAME);
    surreal_bit_set(row->mark_, ODD_USER_NAME);
}

static inline size_t
odd_user_print(const odd_user *row, char *buf, size_t cap)
{
    return surreal_model_print(&odd_user_model, row, buf, cap);
}

static inline size_t
odd_user_to_json(const odd_user *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&odd_user_model, row, buf, cap);
}

static inline bool
odd_user_equal(const odd_user *a, const odd_user *b)
{
    return surreal_model_equal(&odd_user_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
odd_user_copy(const odd_user *row, surreal_result *owner, odd_user *out)
{
    return surreal_model_copy(&odd_user_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
odd_user_check(const odd_user *row, surreal_error *err)
{
    return surreal_model_check(&odd_user_model, row, err);
}

typedef struct odd_user_row {
    struct odd_user row;
    surreal_result *result;
} odd_user_row;

typedef struct odd_user_rows {
    struct odd_user *v;
    size_t count;
    surreal_result *result;
} odd_user_rows;

static inline surreal_status
odd_user_get(surreal *db, odd_user_id id, odd_user_row *out)
{
    return surreal_model_get(db, &odd_user_model, id.rid,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
odd_user_all(surreal *db, odd_user_rows *out)
{
    void *v;
    surreal_status status = surreal_model_all(db, &odd_user_model, &v,
            &out->count, &out->result);

    out->v = (odd_user *)v;
    return status;
}

/* `where` is program text; values belong into vars. */
static inline surreal_status
odd_user_find(surreal *db, const char *where, surreal_vars vars,
        odd_user_rows *out)
{
    void *v;
    surreal_status status = surreal_model_find(db, &odd_user_model, where,
            vars, &v, &out->count, &out->result);

    out->v = (odd_user *)v;
    return status;
}

/* `where` may be NULL for all. */
static inline surreal_status
odd_user_count(surreal *db, const char *where, surreal_vars vars,
        int64_t *count)
{
    return surreal_model_count(db, &odd_user_model, where, vars, count);
}

static inline surreal_status
odd_user_create(surreal *db, const odd_user *row, odd_user_row *out)
{
    return surreal_model_create(db, &odd_user_model, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
odd_user_insert(surreal *db, const odd_user *rows, size_t count,
        odd_user_rows *out)
{
    void *v = NULL;
    surreal_status status = surreal_model_insert(db, &odd_user_model, rows,
            count, out ? &v : NULL, out ? &out->result : NULL);

    if (out) {
        out->v = (odd_user *)v;
        out->count = v ? count : 0;
    }
    return status;
}

static inline surreal_status
odd_user_merge(surreal *db, odd_user_id id, const odd_user *row,
        odd_user_row *out)
{
    return surreal_model_merge(db, &odd_user_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
odd_user_replace(surreal *db, odd_user_id id, const odd_user *row,
        odd_user_row *out)
{
    return surreal_model_replace(db, &odd_user_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
odd_user_upsert(surreal *db, odd_user_id id, const odd_user *row,
        odd_user_row *out)
{
    return surreal_model_upsert(db, &odd_user_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
odd_user_delete(surreal *db, odd_user_id id, odd_user_row *out)
{
    return surreal_model_delete(db, &odd_user_model, id.rid,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

/* Bits of odd_row.set_. */
enum {
    ODD_ROW_ID = 0,
    ODD_ROW_USER = 1
};

typedef struct odd_row {
    uint64_t set_[1];
    uint64_t mark_[1];
    struct odd_row_id id;
    struct odd_user_id user;
} odd_row;

extern const surreal_model odd_row_model;

static inline bool
odd_row_has_id(const odd_row *row)
{
    return surreal_bit_is(row->set_, ODD_ROW_ID);
}

static inline void
odd_row_set_id(odd_row *row, odd_row_id v)
{
    row->id = v;
    surreal_bit_set(row->set_, ODD_ROW_ID);
    surreal_bit_set(row->mark_, ODD_ROW_ID);
}

static inline bool
odd_row_has_user(const odd_row *row)
{
    return surreal_bit_is(row->set_, ODD_ROW_USER);
}

static inline void
odd_row_set_user(odd_row *row, odd_user_id v)
{
    row->user = v;
    surreal_bit_set(row->set_, ODD_ROW_USER);
    surreal_bit_set(row->mark_, ODD_ROW_USER);
}

static inline size_t
odd_row_print(const odd_row *row, char *buf, size_t cap)
{
    return surreal_model_print(&odd_row_model, row, buf, cap);
}

static inline size_t
odd_row_to_json(const odd_row *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&odd_row_model, row, buf, cap);
}

static inline bool
odd_row_equal(const odd_row *a, const odd_row *b)
{
    return surreal_model_equal(&odd_row_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
odd_row_copy(const odd_row *row, surreal_result *owner, odd_row *out)
{
    return surreal_model_copy(&odd_row_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
odd_row_check(const odd_row *row, surreal_error *err)
{
    return surreal_model_check(&odd_row_model, row, err);
}

typedef struct odd_row_row {
    struct odd_row row;
    surreal_result *result;
} odd_row_row;

typedef struct odd_row_rows {
    struct odd_row *v;
    size_t count;
    surreal_result *result;
} odd_row_rows;

static inline surreal_status
odd_row_get(surreal *db, odd_row_id id, odd_row_row *out)
{
    return surreal_model_get(db, &odd_row_model, id.rid,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
odd_row_all(surreal *db, odd_row_rows *out)
{
    void *v;
    surreal_status status = surreal_model_all(db, &odd_row_model, &v,
            &out->count, &out->result);

    out->v = (odd_row *)v;
    return status;
}

/* `where` is program text; values belong into vars. */
static inline surreal_status
odd_row_find(surreal *db, const char *where, surreal_vars vars,
        odd_row_rows *out)
{
    void *v;
    surreal_status status = surreal_model_find(db, &odd_row_model, where, vars,
            &v, &out->count, &out->result);

    out->v = (odd_row *)v;
    return status;
}

/* `where` may be NULL for all. */
static inline surreal_status
odd_row_count(surreal *db, const char *where, surreal_vars vars,
        int64_t *count)
{
    return surreal_model_count(db, &odd_row_model, where, vars, count);
}

static inline surreal_status
odd_row_create(surreal *db, const odd_row *row, odd_row_row *out)
{
    return surreal_model_create(db, &odd_row_model, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
odd_row_insert(surreal *db, const odd_row *rows, size_t count,
        odd_row_rows *out)
{
    void *v = NULL;
    surreal_status status = surreal_model_insert(db, &odd_row_model, rows,
            count, out ? &v : NULL, out ? &out->result : NULL);

    if (out) {
        out->v = (odd_row *)v;
        out->count = v ? count : 0;
    }
    return status;
}

static inline surreal_status
odd_row_merge(surreal *db, odd_row_id id, const odd_row *row, odd_row_row *out)
{
    return surreal_model_merge(db, &odd_row_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
odd_row_replace(surreal *db, odd_row_id id, const odd_row *row,
        odd_row_row *out)
{
    return surreal_model_replace(db, &odd_row_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
odd_row_upsert(surreal *db, odd_row_id id, const odd_row *row,
        odd_row_row *out)
{
    return surreal_model_upsert(db, &odd_row_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
odd_row_delete(surreal *db, odd_row_id id, odd_row_row *out)
{
    return surreal_model_delete(db, &odd_row_model, id.rid,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

/* Bits of odd_likes.set_. */
enum {
    ODD_LIKES_ID = 0,
    ODD_LIKES_IN = 1,
    ODD_LIKES_OUT = 2
};

typedef struct odd_likes {
    uint64_t set_[1];
    uint64_t mark_[1];
    struct odd_likes_id id;
    struct odd_user_id in; /* set by the server */
    struct odd_row_id out; /* set by the server */
} odd_likes;

extern const surreal_model odd_likes_model;

static inline bool
odd_likes_has_id(const odd_likes *row)
{
    return surreal_bit_is(row->set_, ODD_LIKES_ID);
}

static inline void
odd_likes_set_id(odd_likes *row, odd_likes_id v)
{
    row->id = v;
    surreal_bit_set(row->set_, ODD_LIKES_ID);
    surreal_bit_set(row->mark_, ODD_LIKES_ID);
}

static inline bool
odd_likes_has_in(const odd_likes *row)
{
    return surreal_bit_is(row->set_, ODD_LIKES_IN);
}

static inline bool
odd_likes_has_out(const odd_likes *row)
{
    return surreal_bit_is(row->set_, ODD_LIKES_OUT);
}

static inline size_t
odd_likes_print(const odd_likes *row, char *buf, size_t cap)
{
    return surreal_model_print(&odd_likes_model, row, buf, cap);
}

static inline size_t
odd_likes_to_json(const odd_likes *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&odd_likes_model, row, buf, cap);
}

static inline bool
odd_likes_equal(const odd_likes *a, const odd_likes *b)
{
    return surreal_model_equal(&odd_likes_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
odd_likes_copy(const odd_likes *row, surreal_result *owner, odd_likes *out)
{
    return surreal_model_copy(&odd_likes_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
odd_likes_check(const odd_likes *row, surreal_error *err)
{
    return surreal_model_check(&odd_likes_model, row, err);
}

typedef struct odd_likes_row {
    struct odd_likes row;
    surreal_result *result;
} odd_likes_row;

typedef struct odd_likes_rows {
    struct odd_likes *v;
    size_t count;
    surreal_result *result;
} odd_likes_rows;

static inline surreal_status
odd_likes_get(surreal *db, odd_likes_id id, odd_likes_row *out)
{
    return surreal_model_get(db, &odd_likes_model, id.rid,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
odd_likes_all(surreal *db, odd_likes_rows *out)
{
    void *v;
    surreal_status status = surreal_model_all(db, &odd_likes_model, &v,
            &out->count, &out->result);

    out->v = (odd_likes *)v;
    return status;
}

/* `where` is program text; values belong into vars. */
static inline surreal_status
odd_likes_find(surreal *db, const char *where, surreal_vars vars,
        odd_likes_rows *out)
{
    void *v;
    surreal_status status = surreal_model_find(db, &odd_likes_model, where,
            vars, &v, &out->count, &out->result);

    out->v = (odd_likes *)v;
    return status;
}

/* `where` may be NULL for all. */
static inline surreal_status
odd_likes_count(surreal *db, const char *where, surreal_vars vars,
        int64_t *count)
{
    return surreal_model_count(db, &odd_likes_model, where, vars, count);
}

/* `row` may be NULL for an edge without data. */
static inline surreal_status
odd_likes_relate(surreal *db, odd_user_id from, odd_row_id to,
        const odd_likes *row, odd_likes_row *out)
{
    return surreal_model_relate(db, &odd_likes_model, from.rid, to.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
odd_likes_merge(surreal *db, odd_likes_id id, const odd_likes *row,
        odd_likes_row *out)
{
    return surreal_model_merge(db, &odd_likes_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
odd_likes_replace(surreal *db, odd_likes_id id, const odd_likes *row,
        odd_likes_row *out)
{
    return surreal_model_replace(db, &odd_likes_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
odd_likes_upsert(surreal *db, odd_likes_id id, const odd_likes *row,
        odd_likes_row *out)
{
    return surreal_model_upsert(db, &odd_likes_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
odd_likes_delete(surreal *db, odd_likes_id id, odd_likes_row *out)
{
    return surreal_model_delete(db, &odd_likes_model, id.rid,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

/* Bits of odd_fn_select_all_b.set_. */
enum {
    ODD_FN_SELECT_ALL_B_K = 0
};

typedef struct odd_fn_select_all_b {
    uint64_t set_[1];
    int64_t k;
} odd_fn_select_all_b;

extern const surreal_model odd_fn_select_all_b_model;

static inline bool
odd_fn_select_all_b_has_k(const odd_fn_select_all_b *row)
{
    return surreal_bit_is(row->set_, ODD_FN_SELECT_ALL_B_K);
}

static inline void
odd_fn_select_all_b_set_k(odd_fn_select_all_b *row, int64_t v)
{
    row->k = v;
    surreal_bit_set(row->set_, ODD_FN_SELECT_ALL_B_K);
}

static inline size_t
odd_fn_select_all_b_print(const odd_fn_select_all_b *row, char *buf,
        size_t cap)
{
    return surreal_model_print(&odd_fn_select_all_b_model, row, buf, cap);
}

static inline size_t
odd_fn_select_all_b_to_json(const odd_fn_select_all_b *row, char *buf,
        size_t cap)
{
    return surreal_model_to_json(&odd_fn_select_all_b_model, row, buf, cap);
}

static inline bool
odd_fn_select_all_b_equal(const odd_fn_select_all_b *a,
        const odd_fn_select_all_b *b)
{
    return surreal_model_equal(&odd_fn_select_all_b_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
odd_fn_select_all_b_copy(const odd_fn_select_all_b *row, surreal_result *owner,
        odd_fn_select_all_b *out)
{
    return surreal_model_copy(&odd_fn_select_all_b_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
odd_fn_select_all_b_check(const odd_fn_select_all_b *row, surreal_error *err)
{
    return surreal_model_check(&odd_fn_select_all_b_model, row, err);
}

typedef enum odd_fn_select_all_c_tag {
    ODD_FN_SELECT_ALL_C_NONE_ = 0,
    ODD_FN_SELECT_ALL_C_INT,
    ODD_FN_SELECT_ALL_C_STRING,
    ODD_FN_SELECT_ALL_C_OTHER_ /* none of these: u.other */
} odd_fn_select_all_c_tag;

typedef struct odd_fn_select_all_c {
    odd_fn_select_all_c_tag tag;
    union {
        int64_t int_;
        surreal_str string;
        surreal_raw other;
    } u;
} odd_fn_select_all_c;

/* Bits of odd_fn_select_all_args.set_. */
enum {
    ODD_FN_SELECT_ALL_ARGS_A = 0,
    ODD_FN_SELECT_ALL_ARGS_B = 1,
    ODD_FN_SELECT_ALL_ARGS_C = 2,
    ODD_FN_SELECT_ALL_ARGS_D = 3,
    ODD_FN_SELECT_ALL_ARGS_E = 4
};

typedef struct odd_fn_select_all_args {
    uint64_t set_[1];
    struct {
        const struct odd_user_id *v;
        size_t count;
    } a;
    struct odd_fn_select_all_b b;
    struct odd_fn_select_all_c c; /* optional */
    surreal_str d; /* optional */
    surreal_str e; /* optional */
} odd_fn_select_all_args;

extern const surreal_model odd_fn_select_all_args_model;

static inline bool
odd_fn_select_all_args_has_a(const odd_fn_select_all_args *row)
{
    return surreal_bit_is(row->set_, ODD_FN_SELECT_ALL_ARGS_A);
}

static inline void
odd_fn_select_all_args_set_a(odd_fn_select_all_args *row, const odd_user_id *v,
        size_t count)
{
    row->a.v = v;
    row->a.count = count;
    surreal_bit_set(row->set_, ODD_FN_SELECT_ALL_ARGS_A);
}

static inline bool
odd_fn_select_all_args_has_b(const odd_fn_select_all_args *row)
{
    return surreal_bit_is(row->set_, ODD_FN_SELECT_ALL_ARGS_B);
}

static inline void
odd_fn_select_all_args_set_b(odd_fn_select_all_args *row,
        odd_fn_select_all_b v)
{
    row->b = v;
    surreal_bit_set(row->set_, ODD_FN_SELECT_ALL_ARGS_B);
}

static inline bool
odd_fn_select_all_args_has_c(const odd_fn_select_all_args *row)
{
    return surreal_bit_is(row->set_, ODD_FN_SELECT_ALL_ARGS_C);
}

static inline void
odd_fn_select_all_args_set_c(odd_fn_select_all_args *row,
        odd_fn_select_all_c v)
{
    row->c = v;
    surreal_bit_set(row->set_, ODD_FN_SELECT_ALL_ARGS_C);
}

static inline void
odd_fn_select_all_args_clear_c(odd_fn_select_all_args *row)
{
    surreal_bit_clear(row->set_, ODD_FN_SELECT_ALL_ARGS_C);
}

static inline bool
odd_fn_select_all_args_has_d(const odd_fn_select_all_args *row)
{
    return surreal_bit_is(row->set_, ODD_FN_SELECT_ALL_ARGS_D);
}

static inline void
odd_fn_select_all_args_set_d(odd_fn_select_all_args *row, surreal_str v)
{
    row->d = v;
    surreal_bit_set(row->set_, ODD_FN_SELECT_ALL_ARGS_D);
}

static inline void
odd_fn_select_all_args_clear_d(odd_fn_select_all_args *row)
{
    surreal_bit_clear(row->set_, ODD_FN_SELECT_ALL_ARGS_D);
}

static inline bool
odd_fn_select_all_args_has_e(const odd_fn_select_all_args *row)
{
    return surreal_bit_is(row->set_, ODD_FN_SELECT_ALL_ARGS_E);
}

static inline void
odd_fn_select_all_args_set_e(odd_fn_select_all_args *row, surreal_str v)
{
    row->e = v;
    surreal_bit_set(row->set_, ODD_FN_SELECT_ALL_ARGS_E);
}

static inline void
odd_fn_select_all_args_clear_e(odd_fn_select_all_args *row)
{
    surreal_bit_clear(row->set_, ODD_FN_SELECT_ALL_ARGS_E);
}

static inline size_t
odd_fn_select_all_args_print(const odd_fn_select_all_args *row, char *buf,
        size_t cap)
{
    return surreal_model_print(&odd_fn_select_all_args_model, row, buf, cap);
}

static inline size_t
odd_fn_select_all_args_to_json(const odd_fn_select_all_args *row, char *buf,
        size_t cap)
{
    return surreal_model_to_json(&odd_fn_select_all_args_model, row, buf, cap);
}

static inline bool
odd_fn_select_all_args_equal(const odd_fn_select_all_args *a,
        const odd_fn_select_all_args *b)
{
    return surreal_model_equal(&odd_fn_select_all_args_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
odd_fn_select_all_args_copy(const odd_fn_select_all_args *row,
        surreal_result *owner, odd_fn_select_all_args *out)
{
    return surreal_model_copy(&odd_fn_select_all_args_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
odd_fn_select_all_args_check(const odd_fn_select_all_args *row,
        surreal_error *err)
{
    return surreal_model_check(&odd_fn_select_all_args_model, row, err);
}

typedef enum odd_fn_u_a {
    ODD_FN_U_A_UNKNOWN_ = 0, /* a value not known here */
    ODD_FN_U_A_X,
    ODD_FN_U_A_Y
} odd_fn_u_a;

/* NULL for a value not known here. */
const char *odd_fn_u_a_name(odd_fn_u_a v);
bool odd_fn_u_a_parse(surreal_str text, odd_fn_u_a *out);

typedef enum odd_fn_u_b {
    ODD_FN_U_B_UNKNOWN_ = 0, /* a value not known here */
    ODD_FN_U_B_X5,
    ODD_FN_U_B_X6
} odd_fn_u_b;

/* NULL for a value not known here. */
const char *odd_fn_u_b_name(odd_fn_u_b v);
bool odd_fn_u_b_parse(int64_t number, odd_fn_u_b *out);

/* Bits of odd_fn_u_args.set_. */
enum {
    ODD_FN_U_ARGS_A = 0,
    ODD_FN_U_ARGS_B = 1
};

typedef struct odd_fn_u_args {
    uint64_t set_[1];
    surreal_value extra_; /* what it was read from */
    enum odd_fn_u_a a; /* optional */
    enum odd_fn_u_b b; /* optional */
} odd_fn_u_args;

extern const surreal_model odd_fn_u_args_model;

static inline bool
odd_fn_u_args_has_a(const odd_fn_u_args *row)
{
    return surreal_bit_is(row->set_, ODD_FN_U_ARGS_A);
}

static inline void
odd_fn_u_args_set_a(odd_fn_u_args *row, odd_fn_u_a v)
{
    row->a = v;
    surreal_bit_set(row->set_, ODD_FN_U_ARGS_A);
}

static inline void
odd_fn_u_args_clear_a(odd_fn_u_args *row)
{
    surreal_bit_clear(row->set_, ODD_FN_U_ARGS_A);
}

static inline bool
odd_fn_u_args_has_b(const odd_fn_u_args *row)
{
    return surreal_bit_is(row->set_, ODD_FN_U_ARGS_B);
}

static inline void
odd_fn_u_args_set_b(odd_fn_u_args *row, odd_fn_u_b v)
{
    row->b = v;
    surreal_bit_set(row->set_, ODD_FN_U_ARGS_B);
}

static inline void
odd_fn_u_args_clear_b(odd_fn_u_args *row)
{
    surreal_bit_clear(row->set_, ODD_FN_U_ARGS_B);
}

static inline size_t
odd_fn_u_args_print(const odd_fn_u_args *row, char *buf, size_t cap)
{
    return surreal_model_print(&odd_fn_u_args_model, row, buf, cap);
}

static inline size_t
odd_fn_u_args_to_json(const odd_fn_u_args *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&odd_fn_u_args_model, row, buf, cap);
}

static inline bool
odd_fn_u_args_equal(const odd_fn_u_args *a, const odd_fn_u_args *b)
{
    return surreal_model_equal(&odd_fn_u_args_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
odd_fn_u_args_copy(const odd_fn_u_args *row, surreal_result *owner,
        odd_fn_u_args *out)
{
    return surreal_model_copy(&odd_fn_u_args_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
odd_fn_u_args_check(const odd_fn_u_args *row, surreal_error *err)
{
    return surreal_model_check(&odd_fn_u_args_model, row, err);
}

typedef enum odd_fn_u_item_word {
    ODD_FN_U_ITEM_WORD_UNKNOWN_ = 0, /* a value not known here */
    ODD_FN_U_ITEM_WORD_X
} odd_fn_u_item_word;

/* NULL for a value not known here. */
const char *odd_fn_u_item_word_name(odd_fn_u_item_word v);
bool odd_fn_u_item_word_parse(surreal_str text, odd_fn_u_item_word *out);

typedef enum odd_fn_u_item_tag {
    ODD_FN_U_ITEM_NONE_ = 0,
    ODD_FN_U_ITEM_STRING,
    ODD_FN_U_ITEM_INT,
    ODD_FN_U_ITEM_OTHER_ /* none of these: u.other */
} odd_fn_u_item_tag;

typedef struct odd_fn_u_item {
    odd_fn_u_item_tag tag;
    union {
        enum odd_fn_u_item_word string;
        int64_t int_;
        surreal_raw other;
    } u;
} odd_fn_u_item;

typedef enum odd_fn_lit_item {
    ODD_FN_LIT_ITEM_UNKNOWN_ = 0, /* a value not known here */
    ODD_FN_LIT_ITEM_X
} odd_fn_lit_item;

/* NULL for a value not known here. */
const char *odd_fn_lit_item_name(odd_fn_lit_item v);
bool odd_fn_lit_item_parse(surreal_str text, odd_fn_lit_item *out);

/* Bits of odd_select_args.set_. */
enum {
    ODD_SELECT_ARGS_CLASS_ = 0,
    ODD_SELECT_ARGS_ROW = 1,
    ODD_SELECT_ARGS_SET__ = 2,
    ODD_SELECT_ARGS_OUT = 3,
    ODD_SELECT_ARGS_NULL = 4
};

typedef struct odd_select_args {
    uint64_t set_[1];
    uint64_t null_[1];
    int64_t class_;
    surreal_str row;
    bool set__; /* optional */
    int64_t Out; /* optional */
    int64_t null; /* or NULL */
} odd_select_args;

extern const surreal_model odd_select_args_model;

static inline bool
odd_select_args_has_class_(const odd_select_args *row)
{
    return surreal_bit_is(row->set_, ODD_SELECT_ARGS_CLASS_);
}

static inline void
odd_select_args_set_class_(odd_select_args *row, int64_t v)
{
    row->class_ = v;
    surreal_bit_set(row->set_, ODD_SELECT_ARGS_CLASS_);
}

static inline bool
odd_select_args_has_row(const odd_select_args *row)
{
    return surreal_bit_is(row->set_, ODD_SELECT_ARGS_ROW);
}

static inline void
odd_select_args_set_row(odd_select_args *row, surreal_str v)
{
    row->row = v;
    surreal_bit_set(row->set_, ODD_SELECT_ARGS_ROW);
}

static inline bool
odd_select_args_has_set__(const odd_select_args *row)
{
    return surreal_bit_is(row->set_, ODD_SELECT_ARGS_SET__);
}

static inline void
odd_select_args_set_set__(odd_select_args *row, bool v)
{
    row->set__ = v;
    surreal_bit_set(row->set_, ODD_SELECT_ARGS_SET__);
}

static inline void
odd_select_args_clear_set__(odd_select_args *row)
{
    surreal_bit_clear(row->set_, ODD_SELECT_ARGS_SET__);
}

static inline bool
odd_select_args_has_Out(const odd_select_args *row)
{
    return surreal_bit_is(row->set_, ODD_SELECT_ARGS_OUT);
}

static inline void
odd_select_args_set_Out(odd_select_args *row, int64_t v)
{
    row->Out = v;
    surreal_bit_set(row->set_, ODD_SELECT_ARGS_OUT);
}

static inline void
odd_select_args_clear_Out(odd_select_args *row)
{
    surreal_bit_clear(row->set_, ODD_SELECT_ARGS_OUT);
}

/* False for NULL too. */
static inline bool
odd_select_args_has_null(const odd_select_args *row)
{
    return surreal_bit_is(row->set_,
            ODD_SELECT_ARGS_NULL) && surreal_bit_is(row->null_,
            ODD_SELECT_ARGS_NULL) == 0;
}

static inline void
odd_select_args_set_null(odd_select_args *row, int64_t v)
{
    row->null = v;
    surreal_bit_set(row->set_, ODD_SELECT_ARGS_NULL);
    surreal_bit_clear(row->null_, ODD_SELECT_ARGS_NULL);
}

static inline void
odd_select_args_null_null(odd_select_args *row)
{
    surreal_bit_set(row->set_, ODD_SELECT_ARGS_NULL);
    surreal_bit_set(row->null_, ODD_SELECT_ARGS_NULL);
}

static inline size_t
odd_select_args_print(const odd_select_args *row, char *buf, size_t cap)
{
    return surreal_model_print(&odd_select_args_model, row, buf, cap);
}

static inline size_t
odd_select_args_to_json(const odd_select_args *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&odd_select_args_model, row, buf, cap);
}

static inline bool
odd_select_args_equal(const odd_select_args *a, const odd_select_args *b)
{
    return surreal_model_equal(&odd_select_args_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
odd_select_args_copy(const odd_select_args *row, surreal_result *owner,
        odd_select_args *out)
{
    return surreal_model_copy(&odd_select_args_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
odd_select_args_check(const odd_select_args *row, surreal_error *err)
{
    return surreal_model_check(&odd_select_args_model, row, err);
}

/* Bits of odd_user_page_args.set_. */
enum {
    ODD_USER_PAGE_ARGS_X = 0
};

typedef struct odd_user_page_args {
    uint64_t set_[1];
    surreal_raw x; /* optional */
} odd_user_page_args;

extern const surreal_model odd_user_page_args_model;

static inline bool
odd_user_page_args_has_x(const odd_user_page_args *row)
{
    return surreal_bit_is(row->set_, ODD_USER_PAGE_ARGS_X);
}

static inline void
odd_user_page_args_set_x(odd_user_page_args *row, surreal_raw v)
{
    row->x = v;
    surreal_bit_set(row->set_, ODD_USER_PAGE_ARGS_X);
}

static inline void
odd_user_page_args_clear_x(odd_user_page_args *row)
{
    surreal_bit_clear(row->set_, ODD_USER_PAGE_ARGS_X);
}

static inline size_t
odd_user_page_args_print(const odd_user_page_args *row, char *buf, size_t cap)
{
    return surreal_model_print(&odd_user_page_args_model, row, buf, cap);
}

static inline size_t
odd_user_page_args_to_json(const odd_user_page_args *row, char *buf,
        size_t cap)
{
    return surreal_model_to_json(&odd_user_page_args_model, row, buf, cap);
}

static inline bool
odd_user_page_args_equal(const odd_user_page_args *a,
        const odd_user_page_args *b)
{
    return surreal_model_equal(&odd_user_page_args_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
odd_user_page_args_copy(const odd_user_page_args *row, surreal_result *owner,
        odd_user_page_args *out)
{
    return surreal_model_copy(&odd_user_page_args_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
odd_user_page_args_check(const odd_user_page_args *row, surreal_error *err)
{
    return surreal_model_check(&odd_user_page_args_model, row, err);
}

typedef enum odd_lit_item {
    ODD_LIT_ITEM_UNKNOWN_ = 0, /* a value not known here */
    ODD_LIT_ITEM_X
} odd_lit_item;

/* NULL for a value not known here. */
const char *odd_lit_item_name(odd_lit_item v);
bool odd_lit_item_parse(surreal_str text, odd_lit_item *out);

/* Bits of odd_un_r1_a.set_. */
enum {
    ODD_UN_R1_A_KIND = 0,
    ODD_UN_R1_A_N = 1
};

typedef struct odd_un_r1_a {
    uint64_t set_[1];
    int64_t n;
} odd_un_r1_a;

extern const surreal_model odd_un_r1_a_model;

static inline bool
odd_un_r1_a_has_n(const odd_un_r1_a *row)
{
    return surreal_bit_is(row->set_, ODD_UN_R1_A_N);
}

static inline void
odd_un_r1_a_set_n(odd_un_r1_a *row, int64_t v)
{
    row->n = v;
    surreal_bit_set(row->set_, ODD_UN_R1_A_N);
}

static inline size_t
odd_un_r1_a_print(const odd_un_r1_a *row, char *buf, size_t cap)
{
    return surreal_model_print(&odd_un_r1_a_model, row, buf, cap);
}

static inline size_t
odd_un_r1_a_to_json(const odd_un_r1_a *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&odd_un_r1_a_model, row, buf, cap);
}

static inline bool
odd_un_r1_a_equal(const odd_un_r1_a *a, const odd_un_r1_a *b)
{
    return surreal_model_equal(&odd_un_r1_a_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
odd_un_r1_a_copy(const odd_un_r1_a *row, surreal_result *owner,
        odd_un_r1_a *out)
{
    return surreal_model_copy(&odd_un_r1_a_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
odd_un_r1_a_check(const odd_un_r1_a *row, surreal_error *err)
{
    return surreal_model_check(&odd_un_r1_a_model, row, err);
}

/* Bits of odd_un_r1_b.set_. */
enum {
    ODD_UN_R1_B_KIND = 0,
    ODD_UN_R1_B_S = 1
};

typedef struct odd_un_r1_b {
    uint64_t set_[1];
    surreal_str s;
} odd_un_r1_b;

extern const surreal_model odd_un_r1_b_model;

static inline bool
odd_un_r1_b_has_s(const odd_un_r1_b *row)
{
    return surreal_bit_is(row->set_, ODD_UN_R1_B_S);
}

static inline void
odd_un_r1_b_set_s(odd_un_r1_b *row, surreal_str v)
{
    row->s = v;
    surreal_bit_set(row->set_, ODD_UN_R1_B_S);
}

static inline size_t
odd_un_r1_b_print(const odd_un_r1_b *row, char *buf, size_t cap)
{
    return surreal_model_print(&odd_un_r1_b_model, row, buf, cap);
}

static inline size_t
odd_un_r1_b_to_json(const odd_un_r1_b *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&odd_un_r1_b_model, row, buf, cap);
}

static inline bool
odd_un_r1_b_equal(const odd_un_r1_b *a, const odd_un_r1_b *b)
{
    return surreal_model_equal(&odd_un_r1_b_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
odd_un_r1_b_copy(const odd_un_r1_b *row, surreal_result *owner,
        odd_un_r1_b *out)
{
    return surreal_model_copy(&odd_un_r1_b_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
odd_un_r1_b_check(const odd_un_r1_b *row, surreal_error *err)
{
    return surreal_model_check(&odd_un_r1_b_model, row, err);
}

typedef enum odd_un_r1_tag {
    ODD_UN_R1_NONE_ = 0,
    ODD_UN_R1_A,
    ODD_UN_R1_B,
    ODD_UN_R1_OTHER_ /* none of these: u.other */
} odd_un_r1_tag;

typedef struct odd_un_r1 {
    odd_un_r1_tag tag;
    union {
        struct odd_un_r1_a a;
        struct odd_un_r1_b b;
        surreal_raw other;
    } u;
} odd_un_r1;

typedef struct odd_un_r2_items {
    const int64_t *v;
    size_t count;
} odd_un_r2_items;

typedef struct odd_fn_select_all_row {
    surreal_decimal row;
    surreal_result *result;
} odd_fn_select_all_row;

extern const surreal_typed odd_fn_select_all_query;

static inline surreal_status
odd_fn_select_all(surreal *db, const odd_fn_select_all_args *args,
        odd_fn_select_all_row *out)
{
    static odd_fn_select_all_args none_;
    odd_fn_select_all_args row;

    row = args ? *args : none_;
    if (surreal_bit_is(row.set_, ODD_FN_SELECT_ALL_ARGS_E) == 0) {
        odd_fn_select_all_args_set_e(&row, SURREAL_LIT("it's"));
    }
    return surreal_typed_run(db, &odd_fn_select_all_query, &row, out,
            sizeof *out, &out->result);
}

typedef struct odd_fn_u_row {
    struct odd_fn_u_item row;
    surreal_result *result;
} odd_fn_u_row;

extern const surreal_typed odd_fn_u_query;

static inline surreal_status
odd_fn_u(surreal *db, const odd_fn_u_args *args, odd_fn_u_row *out)
{
    static odd_fn_u_args none_;
    odd_fn_u_args row;

    row = args ? *args : none_;
    if (surreal_bit_is(row.set_, ODD_FN_U_ARGS_A) == 0) {
        odd_fn_u_args_set_a(&row, ODD_FN_U_A_Y);
    }
    if (surreal_bit_is(row.set_, ODD_FN_U_ARGS_B) == 0) {
        odd_fn_u_args_set_b(&row, ODD_FN_U_B_X6);
    }
    return surreal_typed_run(db, &odd_fn_u_query, &row, out, sizeof *out,
            &out->result);
}

extern const surreal_typed odd_fn_lit_query;

static inline surreal_status
odd_fn_lit(surreal *db, odd_fn_lit_item *out)
{
    return surreal_typed_run(db, &odd_fn_lit_query, NULL, out, sizeof *out,
            NULL);
}

extern const surreal_typed odd_select_query;

static inline surreal_status
odd_select(surreal *db, const odd_select_args *args, int64_t *out)
{
    static odd_select_args none_;
    odd_select_args row;

    row = args ? *args : none_;
    if (surreal_bit_is(row.set_, ODD_SELECT_ARGS_SET__) == 0) {
        odd_select_args_set_set__(&row, true);
    }
    return surreal_typed_run(db, &odd_select_query, &row, out, sizeof *out,
            NULL);
}

extern const surreal_typed odd_user_page_query;

static inline surreal_status
odd_user_page(surreal *db, const odd_user_page_args *args, odd_user_rows *out)
{
    return surreal_typed_run(db, &odd_user_page_query, args, out, sizeof *out,
            &out->result);
}

typedef struct odd_likes_from_row {
    surreal_str row;
    surreal_result *result;
} odd_likes_from_row;

extern const surreal_typed odd_likes_from_query;

static inline surreal_status
odd_likes_from(surreal *db, odd_likes_from_row *out)
{
    return surreal_typed_run(db, &odd_likes_from_query, NULL, out, sizeof *out,
            &out->result);
}

typedef struct odd_lit_rows {
    enum odd_lit_item *v;
    size_t count;
    surreal_result *result;
} odd_lit_rows;

extern const surreal_typed odd_lit_query;

static inline surreal_status
odd_lit(surreal *db, odd_lit_rows *out)
{
    return surreal_typed_run(db, &odd_lit_query, NULL, out, sizeof *out,
            &out->result);
}

typedef struct odd_un_out {
    struct {
        bool found;
        struct odd_un_r1 row;
    } r1;
    struct {
        struct odd_un_r2_items *v;
        size_t count;
    } r2;
    surreal_polygon r3;
    surreal_result *result;
} odd_un_out;

extern const surreal_typed odd_un_query;

static inline surreal_status
odd_un(surreal *db, odd_un_out *out)
{
    return surreal_typed_run(db, &odd_un_query, NULL, out, sizeof *out,
            &out->result);
}

typedef struct odd_opt_rows {
    surreal_raw *v;
    size_t count;
    surreal_result *result;
} odd_opt_rows;

extern const surreal_typed odd_opt_query;

static inline surreal_status
odd_opt(surreal *db, odd_opt_rows *out)
{
    return surreal_typed_run(db, &odd_opt_query, NULL, out, sizeof *out,
            &out->result);
}

extern const surreal_typed odd_long_query;

static inline surreal_status
odd_long(surreal *db)
{
    return surreal_typed_run(db, &odd_long_query, NULL, NULL, 0, NULL);
}

/* At most `count` records behind `id`, in the order of ids; a zeroed id: from
 * the beginning. */
static inline surreal_status
odd_user_page_(surreal *db, odd_user_id id, size_t count, odd_user_rows *out)
{
    void *v;
    surreal_status status = surreal_model_page(db, &odd_user_model, id.rid,
            count, &v, &out->count, &out->result);

    out->v = (odd_user *)v;
    return status;
}

/* At most `count` records behind `id`, in the order of ids; a zeroed id: from
 * the beginning. */
static inline surreal_status
odd_row_page(surreal *db, odd_row_id id, size_t count, odd_row_rows *out)
{
    void *v;
    surreal_status status = surreal_model_page(db, &odd_row_model, id.rid,
            count, &v, &out->count, &out->result);

    out->v = (odd_row *)v;
    return status;
}

/* SURREAL_NOT_FOUND if there is none. */
static inline surreal_status
odd_row_get_by_user(surreal *db, odd_user_id key1, odd_row_row *out)
{
    return surreal_model_by(db, &odd_row_model,
        "`user` = $srl_1",
        SURREAL_VARS(surreal_bind_id("srl_1", key1.rid)),
                out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
odd_row_by_user(surreal *db, odd_user_id key1, odd_row_rows *out)
{
    return odd_row_find(db,
        "`user` = $srl_1",
        SURREAL_VARS(surreal_bind_id("srl_1", key1.rid)), out);
}

/* At most `count` records behind `id`, in the order of ids; a zeroed id: from
 * the beginning. */
static inline surreal_status
odd_likes_page(surreal *db, odd_likes_id id, size_t count, odd_likes_rows *out)
{
    void *v;
    surreal_status status = surreal_model_page(db, &odd_likes_model, id.rid,
            count, &v, &out->count, &out->result);

    out->v = (odd_likes *)v;
    return status;
}

/* SURREAL_NOT_FOUND if there is none. */
static inline surreal_status
odd_likes_get_by_in_out(surreal *db, odd_user_id key1, odd_row_id key2,
        odd_likes_row *out)
{
    return surreal_model_by(db, &odd_likes_model,
        "`in` = $srl_1 AND `out` = $srl_2",
        SURREAL_VARS(surreal_bind_id("srl_1", key1.rid),
                surreal_bind_id("srl_2", key2.rid)), out ? &out->row : NULL,
                out ? &out->result : NULL);
}

/* Deletes all edges from one to the other; `count` may be NULL. */
static inline surreal_status
odd_likes_unrelate(surreal *db, odd_user_id from, odd_row_id to, size_t *count)
{
    return surreal_model_unrelate(db, &odd_likes_model, from.rid, to.rid,
            count);
}

/* Edges that leave a record, and that lead to one. */
static inline surreal_status
odd_likes_from_(surreal *db, odd_user_id id, odd_likes_rows *out)
{
    void *v;
    surreal_status status = surreal_model_linked(db, &odd_likes_model,
        "SELECT * FROM $srl_id->`likes`",
        id.rid, &v, &out->count, &out->result);

    out->v = (odd_likes *)v;
    return status;
}

static inline surreal_status
odd_likes_to(surreal *db, odd_row_id id, odd_likes_rows *out)
{
    void *v;
    surreal_status status = surreal_model_linked(db, &odd_likes_model,
        "SELECT * FROM $srl_id<-`likes`",
        id.rid, &v, &out->count, &out->result);

    out->v = (odd_likes *)v;
    return status;
}

/* Records a record leads to. */
static inline surreal_status
odd_likes_targets(surreal *db, odd_user_id id, odd_row_rows *out)
{
    void *v;
    surreal_status status = surreal_model_linked(db, &odd_row_model,
        "SELECT * FROM $srl_id->`likes`->`row`",
        id.rid, &v, &out->count, &out->result);

    out->v = (odd_row *)v;
    return status;
}

/* Records that lead to a record. */
static inline surreal_status
odd_likes_sources(surreal *db, odd_row_id id, odd_user_rows *out)
{
    void *v;
    surreal_status status = surreal_model_linked(db, &odd_user_model,
        "SELECT * FROM $srl_id<-`likes`<-`user`",
        id.rid, &v, &out->count, &out->result);

    out->v = (odd_user *)v;
    return status;
}

/* For surreal_schema_check(). */
extern const surreal_schema odd_schema;

#ifdef __cplusplus
}
#endif

#endif
