/* shapes.h: written by surrealgen from shapes.sg; do not edit. */
/* What the bench of models reads and writes beside bench.sg and wide.sg. */
#ifndef SHAPES_SURREALGEN_H
#define SHAPES_SURREALGEN_H
#include "surreal.h"

#if !defined(SURREAL_MODEL_ABI) || SURREAL_MODEL_ABI != 2
#error "generated for another surreal.h: run surrealgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct shapes_sparse_id {
    surreal_record_id rid;
} shapes_sparse_id;

static inline shapes_sparse_id
shapes_sparse_id_str(surreal_str key)
{
    shapes_sparse_id id;

    id.rid = surreal_id_str("sparse", key);
    return id;
}

static inline shapes_sparse_id
shapes_sparse_id_int(int64_t key)
{
    shapes_sparse_id id;

    id.rid = surreal_id_int("sparse", key);
    return id;
}

static inline shapes_sparse_id
shapes_sparse_id_uuid(surreal_uuid key)
{
    shapes_sparse_id id;

    id.rid = surreal_id_uuid("sparse", key);
    return id;
}

typedef struct shapes_nested_id {
    surreal_record_id rid;
} shapes_nested_id;

static inline shapes_nested_id
shapes_nested_id_str(surreal_str key)
{
    shapes_nested_id id;

    id.rid = surreal_id_str("nested", key);
    return id;
}

static inline shapes_nested_id
shapes_nested_id_int(int64_t key)
{
    shapes_nested_id id;

    id.rid = surreal_id_int("nested", key);
    return id;
}

static inline shapes_nested_id
shapes_nested_id_uuid(surreal_uuid key)
{
    shapes_nested_id id;

    id.rid = surreal_id_uuid("nested", key);
    return id;
}

typedef struct shapes_order_id {
    surreal_record_id rid;
} shapes_order_id;

static inline shapes_order_id
shapes_order_id_str(surreal_str key)
{
    shapes_order_id id;

    id.rid = surreal_id_str("order", key);
    return id;
}

static inline shapes_order_id
shapes_order_id_int(int64_t key)
{
    shapes_order_id id;

    id.rid = surreal_id_int("order", key);
    return id;
}

static inline shapes_order_id
shapes_order_id_uuid(surreal_uuid key)
{
    shapes_order_id id;

    id.rid = surreal_id_uuid("order", key);
    return id;
}

typedef struct shapes_mixed_id {
    surreal_record_id rid;
} shapes_mixed_id;

static inline shapes_mixed_id
shapes_mixed_id_str(surreal_str key)
{
    shapes_mixed_id id;

    id.rid = surreal_id_str("mixed", key);
    return id;
}

static inline shapes_mixed_id
shapes_mixed_id_int(int64_t key)
{
    shapes_mixed_id id;

    id.rid = surreal_id_int("mixed", key);
    return id;
}

static inline shapes_mixed_id
shapes_mixed_id_uuid(surreal_uuid key)
{
    shapes_mixed_id id;

    id.rid = surreal_id_uuid("mixed", key);
    return id;
}

/* Bits of shapes_sparse.set_. */
enum {
    SHAPES_SPARSE_ID = 0,
    SHAPES_SPARSE_A0 = 1,
    SHAPES_SPARSE_A1 = 2,
    SHAPES_SPARSE_A2 = 3,
    SHAPES_SPARSE_A3 = 4,
    SHAPES_SPARSE_A4 = 5,
    SHAPES_SPARSE_B0 = 6,
    SHAPES_SPARSE_B1 = 7,
    SHAPES_SPARSE_B2 = 8,
    SHAPES_SPARSE_B3 = 9,
    SHAPES_SPARSE_B4 = 10,
    SHAPES_SPARSE_C0 = 11,
    SHAPES_SPARSE_C1 = 12,
    SHAPES_SPARSE_C2 = 13,
    SHAPES_SPARSE_C3 = 14,
    SHAPES_SPARSE_C4 = 15,
    SHAPES_SPARSE_D0 = 16,
    SHAPES_SPARSE_D1 = 17,
    SHAPES_SPARSE_D2 = 18,
    SHAPES_SPARSE_D3 = 19,
    SHAPES_SPARSE_D4 = 20
};

/* Nearly everything may be missing. */
typedef struct shapes_sparse {
    uint64_t set_[1];
    uint64_t mark_[1];
    struct shapes_sparse_id id;
    surreal_str a0; /* optional */
    int64_t a1; /* optional */
    surreal_datetime a2; /* optional */
    double a3; /* optional */
    bool a4; /* optional */
    surreal_str b0; /* optional */
    int64_t b1; /* optional */
    surreal_datetime b2; /* optional */
    double b3; /* optional */
    bool b4; /* optional */
    surreal_str c0; /* optional */
    int64_t c1; /* optional */
    surreal_datetime c2; /* optional */
    double c3; /* optional */
    bool c4; /* optional */
    surreal_str d0; /* optional */
    int64_t d1; /* optional */
    surreal_datetime d2; /* optional */
    double d3; /* optional */
    bool d4; /* optional */
} shapes_sparse;

extern const surreal_model shapes_sparse_model;

static inline bool
shapes_sparse_has_id(const shapes_sparse *row)
{
    return surreal_bit_is(row->set_, SHAPES_SPARSE_ID);
}

static inline void
shapes_sparse_set_id(shapes_sparse *row, shapes_sparse_id v)
{
    row->id = v;
    surreal_bit_set(row->set_, SHAPES_SPARSE_ID);
    surreal_bit_set(row->mark_, SHAPES_SPARSE_ID);
}

static inline bool
shapes_sparse_has_a0(const shapes_sparse *row)
{
    return surreal_bit_is(row->set_, SHAPES_SPARSE_A0);
}

static inline void
shapes_sparse_set_a0(shapes_sparse *row, surreal_str v)
{
    row->a0 = v;
    surreal_bit_set(row->set_, SHAPES_SPARSE_A0);
    surreal_bit_set(row->mark_, SHAPES_SPARSE_A0);
}

/* A merge removes the field. */
static inline void
shapes_sparse_clear_a0(shapes_sparse *row)
{
    surreal_bit_clear(row->set_, SHAPES_SPARSE_A0);
    surreal_bit_set(row->mark_, SHAPES_SPARSE_A0);
}

static inline bool
shapes_sparse_has_a1(const shapes_sparse *row)
{
    return surreal_bit_is(row->set_, SHAPES_SPARSE_A1);
}

static inline void
shapes_sparse_set_a1(shapes_sparse *row, int64_t v)
{
    row->a1 = v;
    surreal_bit_set(row->set_, SHAPES_SPARSE_A1);
    surreal_bit_set(row->mark_, SHAPES_SPARSE_A1);
}

/* A merge removes the field. */
static inline void
shapes_sparse_clear_a1(shapes_sparse *row)
{
    surreal_bit_clear(row->set_, SHAPES_SPARSE_A1);
    surreal_bit_set(row->mark_, SHAPES_SPARSE_A1);
}

static inline bool
shapes_sparse_has_a2(const shapes_sparse *row)
{
    return surreal_bit_is(row->set_, SHAPES_SPARSE_A2);
}

static inline void
shapes_sparse_set_a2(shapes_sparse *row, surreal_datetime v)
{
    row->a2 = v;
    surreal_bit_set(row->set_, SHAPES_SPARSE_A2);
    surreal_bit_set(row->mark_, SHAPES_SPARSE_A2);
}

/* A merge removes the field. */
static inline void
shapes_sparse_clear_a2(shapes_sparse *row)
{
    surreal_bit_clear(row->set_, SHAPES_SPARSE_A2);
    surreal_bit_set(row->mark_, SHAPES_SPARSE_A2);
}

static inline bool
shapes_sparse_has_a3(const shapes_sparse *row)
{
    return surreal_bit_is(row->set_, SHAPES_SPARSE_A3);
}

static inline void
shapes_sparse_set_a3(shapes_sparse *row, double v)
{
    row->a3 = v;
    surreal_bit_set(row->set_, SHAPES_SPARSE_A3);
    surreal_bit_set(row->mark_, SHAPES_SPARSE_A3);
}

/* A merge removes the field. */
static inline void
shapes_sparse_clear_a3(shapes_sparse *row)
{
    surreal_bit_clear(row->set_, SHAPES_SPARSE_A3);
    surreal_bit_set(row->mark_, SHAPES_SPARSE_A3);
}

static inline bool
shapes_sparse_has_a4(const shapes_sparse *row)
{
    return surreal_bit_is(row->set_, SHAPES_SPARSE_A4);
}

static inline void
shapes_sparse_set_a4(shapes_sparse *row, bool v)
{
    row->a4 = v;
    surreal_bit_set(row->set_, SHAPES_SPARSE_A4);
    surreal_bit_set(row->mark_, SHAPES_SPARSE_A4);
}

/* A merge removes the field. */
static inline void
shapes_sparse_clear_a4(shapes_sparse *row)
{
    surreal_bit_clear(row->set_, SHAPES_SPARSE_A4);
    surreal_bit_set(row->mark_, SHAPES_SPARSE_A4);
}

static inline bool
shapes_sparse_has_b0(const shapes_sparse *row)
{
    return surreal_bit_is(row->set_, SHAPES_SPARSE_B0);
}

static inline void
shapes_sparse_set_b0(shapes_sparse *row, surreal_str v)
{
    row->b0 = v;
    surreal_bit_set(row->set_, SHAPES_SPARSE_B0);
    surreal_bit_set(row->mark_, SHAPES_SPARSE_B0);
}

/* A merge removes the field. */
static inline void
shapes_sparse_clear_b0(shapes_sparse *row)
{
    surreal_bit_clear(row->set_, SHAPES_SPARSE_B0);
    surreal_bit_set(row->mark_, SHAPES_SPARSE_B0);
}

static inline bool
shapes_sparse_has_b1(const shapes_sparse *row)
{
    return surreal_bit_is(row->set_, SHAPES_SPARSE_B1);
}

static inline void
shapes_sparse_set_b1(shapes_sparse *row, int64_t v)
{
    row->b1 = v;
    surreal_bit_set(row->set_, SHAPES_SPARSE_B1);
    surreal_bit_set(row->mark_, SHAPES_SPARSE_B1);
}

/* A merge removes the field. */
static inline void
shapes_sparse_clear_b1(shapes_sparse *row)
{
    surreal_bit_clear(row->set_, SHAPES_SPARSE_B1);
    surreal_bit_set(row->mark_, SHAPES_SPARSE_B1);
}

static inline bool
shapes_sparse_has_b2(const shapes_sparse *row)
{
    return surreal_bit_is(row->set_, SHAPES_SPARSE_B2);
}

static inline void
shapes_sparse_set_b2(shapes_sparse *row, surreal_datetime v)
{
    row->b2 = v;
    surreal_bit_set(row->set_, SHAPES_SPARSE_B2);
    surreal_bit_set(row->mark_, SHAPES_SPARSE_B2);
}

/* A merge removes the field. */
static inline void
shapes_sparse_clear_b2(shapes_sparse *row)
{
    surreal_bit_clear(row->set_, SHAPES_SPARSE_B2);
    surreal_bit_set(row->mark_, SHAPES_SPARSE_B2);
}

static inline bool
shapes_sparse_has_b3(const shapes_sparse *row)
{
    return surreal_bit_is(row->set_, SHAPES_SPARSE_B3);
}

static inline void
shapes_sparse_set_b3(shapes_sparse *row, double v)
{
    row->b3 = v;
    surreal_bit_set(row->set_, SHAPES_SPARSE_B3);
    surreal_bit_set(row->mark_, SHAPES_SPARSE_B3);
}

/* A merge removes the field. */
static inline void
shapes_sparse_clear_b3(shapes_sparse *row)
{
    surreal_bit_clear(row->set_, SHAPES_SPARSE_B3);
    surreal_bit_set(row->mark_, SHAPES_SPARSE_B3);
}

static inline bool
shapes_sparse_has_b4(const shapes_sparse *row)
{
    return surreal_bit_is(row->set_, SHAPES_SPARSE_B4);
}

static inline void
shapes_sparse_set_b4(shapes_sparse *row, bool v)
{
    row->b4 = v;
    surreal_bit_set(row->set_, SHAPES_SPARSE_B4);
    surreal_bit_set(row->mark_, SHAPES_SPARSE_B4);
}

/* A merge removes the field. */
static inline void
shapes_sparse_clear_b4(shapes_sparse *row)
{
    surreal_bit_clear(row->set_, SHAPES_SPARSE_B4);
    surreal_bit_set(row->mark_, SHAPES_SPARSE_B4);
}

static inline bool
shapes_sparse_has_c0(const shapes_sparse *row)
{
    return surreal_bit_is(row->set_, SHAPES_SPARSE_C0);
}

static inline void
shapes_sparse_set_c0(shapes_sparse *row, surreal_str v)
{
    row->c0 = v;
    surreal_bit_set(row->set_, SHAPES_SPARSE_C0);
    surreal_bit_set(row->mark_, SHAPES_SPARSE_C0);
}

/* A merge removes the field. */
static inline void
shapes_sparse_clear_c0(shapes_sparse *row)
{
    surreal_bit_clear(row->set_, SHAPES_SPARSE_C0);
    surreal_bit_set(row->mark_, SHAPES_SPARSE_C0);
}

static inline bool
shapes_sparse_has_c1(const shapes_sparse *row)
{
    return surreal_bit_is(row->set_, SHAPES_SPARSE_C1);
}

static inline void
shapes_sparse_set_c1(shapes_sparse *row, int64_t v)
{
    row->c1 = v;
    surreal_bit_set(row->set_, SHAPES_SPARSE_C1);
    surreal_bit_set(row->mark_, SHAPES_SPARSE_C1);
}

/* A merge removes the field. */
static inline void
shapes_sparse_clear_c1(shapes_sparse *row)
{
    surreal_bit_clear(row->set_, SHAPES_SPARSE_C1);
    surreal_bit_set(row->mark_, SHAPES_SPARSE_C1);
}

static inline bool
shapes_sparse_has_c2(const shapes_sparse *row)
{
    return surreal_bit_is(row->set_, SHAPES_SPARSE_C2);
}

static inline void
shapes_sparse_set_c2(shapes_sparse *row, surreal_datetime v)
{
    row->c2 = v;
    surreal_bit_set(row->set_, SHAPES_SPARSE_C2);
    surreal_bit_set(row->mark_, SHAPES_SPARSE_C2);
}

/* A merge removes the field. */
static inline void
shapes_sparse_clear_c2(shapes_sparse *row)
{
    surreal_bit_clear(row->set_, SHAPES_SPARSE_C2);
    surreal_bit_set(row->mark_, SHAPES_SPARSE_C2);
}

static inline bool
shapes_sparse_has_c3(const shapes_sparse *row)
{
    return surreal_bit_is(row->set_, SHAPES_SPARSE_C3);
}

static inline void
shapes_sparse_set_c3(shapes_sparse *row, double v)
{
    row->c3 = v;
    surreal_bit_set(row->set_, SHAPES_SPARSE_C3);
    surreal_bit_set(row->mark_, SHAPES_SPARSE_C3);
}

/* A merge removes the field. */
static inline void
shapes_sparse_clear_c3(shapes_sparse *row)
{
    surreal_bit_clear(row->set_, SHAPES_SPARSE_C3);
    surreal_bit_set(row->mark_, SHAPES_SPARSE_C3);
}

static inline bool
shapes_sparse_has_c4(const shapes_sparse *row)
{
    return surreal_bit_is(row->set_, SHAPES_SPARSE_C4);
}

static inline void
shapes_sparse_set_c4(shapes_sparse *row, bool v)
{
    row->c4 = v;
    surreal_bit_set(row->set_, SHAPES_SPARSE_C4);
    surreal_bit_set(row->mark_, SHAPES_SPARSE_C4);
}

/* A merge removes the field. */
static inline void
shapes_sparse_clear_c4(shapes_sparse *row)
{
    surreal_bit_clear(row->set_, SHAPES_SPARSE_C4);
    surreal_bit_set(row->mark_, SHAPES_SPARSE_C4);
}

static inline bool
shapes_sparse_has_d0(const shapes_sparse *row)
{
    return surreal_bit_is(row->set_, SHAPES_SPARSE_D0);
}

static inline void
shapes_sparse_set_d0(shapes_sparse *row, surreal_str v)
{
    row->d0 = v;
    surreal_bit_set(row->set_, SHAPES_SPARSE_D0);
    surreal_bit_set(row->mark_, SHAPES_SPARSE_D0);
}

/* A merge removes the field. */
static inline void
shapes_sparse_clear_d0(shapes_sparse *row)
{
    surreal_bit_clear(row->set_, SHAPES_SPARSE_D0);
    surreal_bit_set(row->mark_, SHAPES_SPARSE_D0);
}

static inline bool
shapes_sparse_has_d1(const shapes_sparse *row)
{
    return surreal_bit_is(row->set_, SHAPES_SPARSE_D1);
}

static inline void
shapes_sparse_set_d1(shapes_sparse *row, int64_t v)
{
    row->d1 = v;
    surreal_bit_set(row->set_, SHAPES_SPARSE_D1);
    surreal_bit_set(row->mark_, SHAPES_SPARSE_D1);
}

/* A merge removes the field. */
static inline void
shapes_sparse_clear_d1(shapes_sparse *row)
{
    surreal_bit_clear(row->set_, SHAPES_SPARSE_D1);
    surreal_bit_set(row->mark_, SHAPES_SPARSE_D1);
}

static inline bool
shapes_sparse_has_d2(const shapes_sparse *row)
{
    return surreal_bit_is(row->set_, SHAPES_SPARSE_D2);
}

static inline void
shapes_sparse_set_d2(shapes_sparse *row, surreal_datetime v)
{
    row->d2 = v;
    surreal_bit_set(row->set_, SHAPES_SPARSE_D2);
    surreal_bit_set(row->mark_, SHAPES_SPARSE_D2);
}

/* A merge removes the field. */
static inline void
shapes_sparse_clear_d2(shapes_sparse *row)
{
    surreal_bit_clear(row->set_, SHAPES_SPARSE_D2);
    surreal_bit_set(row->mark_, SHAPES_SPARSE_D2);
}

static inline bool
shapes_sparse_has_d3(const shapes_sparse *row)
{
    return surreal_bit_is(row->set_, SHAPES_SPARSE_D3);
}

static inline void
shapes_sparse_set_d3(shapes_sparse *row, double v)
{
    row->d3 = v;
    surreal_bit_set(row->set_, SHAPES_SPARSE_D3);
    surreal_bit_set(row->mark_, SHAPES_SPARSE_D3);
}

/* A merge removes the field. */
static inline void
shapes_sparse_clear_d3(shapes_sparse *row)
{
    surreal_bit_clear(row->set_, SHAPES_SPARSE_D3);
    surreal_bit_set(row->mark_, SHAPES_SPARSE_D3);
}

static inline bool
shapes_sparse_has_d4(const shapes_sparse *row)
{
    return surreal_bit_is(row->set_, SHAPES_SPARSE_D4);
}

static inline void
shapes_sparse_set_d4(shapes_sparse *row, bool v)
{
    row->d4 = v;
    surreal_bit_set(row->set_, SHAPES_SPARSE_D4);
    surreal_bit_set(row->mark_, SHAPES_SPARSE_D4);
}

/* A merge removes the field. */
static inline void
shapes_sparse_clear_d4(shapes_sparse *row)
{
    surreal_bit_clear(row->set_, SHAPES_SPARSE_D4);
    surreal_bit_set(row->mark_, SHAPES_SPARSE_D4);
}

static inline size_t
shapes_sparse_print(const shapes_sparse *row, char *buf, size_t cap)
{
    return surreal_model_print(&shapes_sparse_model, row, buf, cap);
}

static inline size_t
shapes_sparse_to_json(const shapes_sparse *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&shapes_sparse_model, row, buf, cap);
}

static inline bool
shapes_sparse_equal(const shapes_sparse *a, const shapes_sparse *b)
{
    return surreal_model_equal(&shapes_sparse_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
shapes_sparse_copy(const shapes_sparse *row, surreal_result *owner,
        shapes_sparse *out)
{
    return surreal_model_copy(&shapes_sparse_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
shapes_sparse_check(const shapes_sparse *row, surreal_error *err)
{
    return surreal_model_check(&shapes_sparse_model, row, err);
}

typedef struct shapes_sparse_row {
    struct shapes_sparse row;
    surreal_result *result;
} shapes_sparse_row;

typedef struct shapes_sparse_rows {
    struct shapes_sparse *v;
    size_t count;
    surreal_result *result;
} shapes_sparse_rows;

static inline surreal_status
shapes_sparse_get(surreal *db, shapes_sparse_id id, shapes_sparse_row *out)
{
    return surreal_model_get(db, &shapes_sparse_model, id.rid,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
shapes_sparse_all(surreal *db, shapes_sparse_rows *out)
{
    void *v;
    surreal_status status = surreal_model_all(db, &shapes_sparse_model, &v,
            &out->count, &out->result);

    out->v = (shapes_sparse *)v;
    return status;
}

/* `where` is program text; values belong into vars. */
static inline surreal_status
shapes_sparse_find(surreal *db, const char *where, surreal_vars vars,
        shapes_sparse_rows *out)
{
    void *v;
    surreal_status status = surreal_model_find(db, &shapes_sparse_model, where,
            vars, &v, &out->count, &out->result);

    out->v = (shapes_sparse *)v;
    return status;
}

/* `where` may be NULL for all. */
static inline surreal_status
shapes_sparse_count(surreal *db, const char *where, surreal_vars vars,
        int64_t *count)
{
    return surreal_model_count(db, &shapes_sparse_model, where, vars, count);
}

static inline surreal_status
shapes_sparse_create(surreal *db, const shapes_sparse *row,
        shapes_sparse_row *out)
{
    return surreal_model_create(db, &shapes_sparse_model, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
shapes_sparse_insert(surreal *db, const shapes_sparse *rows, size_t count,
        shapes_sparse_rows *out)
{
    void *v = NULL;
    surreal_status status = surreal_model_insert(db, &shapes_sparse_model,
            rows, count, out ? &v : NULL, out ? &out->result : NULL);

    if (out) {
        out->v = (shapes_sparse *)v;
        out->count = v ? count : 0;
    }
    return status;
}

static inline surreal_status
shapes_sparse_merge(surreal *db, shapes_sparse_id id, const shapes_sparse *row,
        shapes_sparse_row *out)
{
    return surreal_model_merge(db, &shapes_sparse_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
shapes_sparse_replace(surreal *db, shapes_sparse_id id,
        const shapes_sparse *row, shapes_sparse_row *out)
{
    return surreal_model_replace(db, &shapes_sparse_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
shapes_sparse_upsert(surreal *db, shapes_sparse_id id,
        const shapes_sparse *row, shapes_sparse_row *out)
{
    return surreal_model_upsert(db, &shapes_sparse_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
shapes_sparse_delete(surreal *db, shapes_sparse_id id, shapes_sparse_row *out)
{
    return surreal_model_delete(db, &shapes_sparse_model, id.rid,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

/* Bits of shapes_leaf.set_. */
enum {
    SHAPES_LEAF_NAME = 0,
    SHAPES_LEAF_AT = 1,
    SHAPES_LEAF_N = 2
};

typedef struct shapes_leaf {
    uint64_t set_[1];
    surreal_str name;
    surreal_datetime at;
    int64_t n;
} shapes_leaf;

extern const surreal_model shapes_leaf_model;

static inline bool
shapes_leaf_has_name(const shapes_leaf *row)
{
    return surreal_bit_is(row->set_, SHAPES_LEAF_NAME);
}

static inline void
shapes_leaf_set_name(shapes_leaf *row, surreal_str v)
{
    row->name = v;
    surreal_bit_set(row->set_, SHAPES_LEAF_NAME);
}

static inline bool
shapes_leaf_has_at(const shapes_leaf *row)
{
    return surreal_bit_is(row->set_, SHAPES_LEAF_AT);
}

static inline void
shapes_leaf_set_at(shapes_leaf *row, surreal_datetime v)
{
    row->at = v;
    surreal_bit_set(row->set_, SHAPES_LEAF_AT);
}

static inline bool
shapes_leaf_has_n(const shapes_leaf *row)
{
    return surreal_bit_is(row->set_, SHAPES_LEAF_N);
}

static inline void
shapes_leaf_set_n(shapes_leaf *row, int64_t v)
{
    row->n = v;
    surreal_bit_set(row->set_, SHAPES_LEAF_N);
}

static inline size_t
shapes_leaf_print(const shapes_leaf *row, char *buf, size_t cap)
{
    return surreal_model_print(&shapes_leaf_model, row, buf, cap);
}

static inline size_t
shapes_leaf_to_json(const shapes_leaf *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&shapes_leaf_model, row, buf, cap);
}

static inline bool
shapes_leaf_equal(const shapes_leaf *a, const shapes_leaf *b)
{
    return surreal_model_equal(&shapes_leaf_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
shapes_leaf_copy(const shapes_leaf *row, surreal_result *owner,
        shapes_leaf *out)
{
    return surreal_model_copy(&shapes_leaf_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
shapes_leaf_check(const shapes_leaf *row, surreal_error *err)
{
    return surreal_model_check(&shapes_leaf_model, row, err);
}

/* Bits of shapes_branch.set_. */
enum {
    SHAPES_BRANCH_LEFT = 0,
    SHAPES_BRANCH_RIGHT = 1,
    SHAPES_BRANCH_NOTE = 2
};

typedef struct shapes_branch {
    uint64_t set_[1];
    struct shapes_leaf left;
    struct shapes_leaf right;
    surreal_str note; /* optional */
} shapes_branch;

extern const surreal_model shapes_branch_model;

static inline bool
shapes_branch_has_left(const shapes_branch *row)
{
    return surreal_bit_is(row->set_, SHAPES_BRANCH_LEFT);
}

static inline void
shapes_branch_set_left(shapes_branch *row, shapes_leaf v)
{
    row->left = v;
    surreal_bit_set(row->set_, SHAPES_BRANCH_LEFT);
}

static inline bool
shapes_branch_has_right(const shapes_branch *row)
{
    return surreal_bit_is(row->set_, SHAPES_BRANCH_RIGHT);
}

static inline void
shapes_branch_set_right(shapes_branch *row, shapes_leaf v)
{
    row->right = v;
    surreal_bit_set(row->set_, SHAPES_BRANCH_RIGHT);
}

static inline bool
shapes_branch_has_note(const shapes_branch *row)
{
    return surreal_bit_is(row->set_, SHAPES_BRANCH_NOTE);
}

static inline void
shapes_branch_set_note(shapes_branch *row, surreal_str v)
{
    row->note = v;
    surreal_bit_set(row->set_, SHAPES_BRANCH_NOTE);
}

static inline void
shapes_branch_clear_note(shapes_branch *row)
{
    surreal_bit_clear(row->set_, SHAPES_BRANCH_NOTE);
}

static inline size_t
shapes_branch_print(const shapes_branch *row, char *buf, size_t cap)
{
    return surreal_model_print(&shapes_branch_model, row, buf, cap);
}

static inline size_t
shapes_branch_to_json(const shapes_branch *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&shapes_branch_model, row, buf, cap);
}

static inline bool
shapes_branch_equal(const shapes_branch *a, const shapes_branch *b)
{
    return surreal_model_equal(&shapes_branch_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
shapes_branch_copy(const shapes_branch *row, surreal_result *owner,
        shapes_branch *out)
{
    return surreal_model_copy(&shapes_branch_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
shapes_branch_check(const shapes_branch *row, surreal_error *err)
{
    return surreal_model_check(&shapes_branch_model, row, err);
}

/* Bits of shapes_nested_three_deep_deeper.set_. */
enum {
    SHAPES_NESTED_THREE_DEEP_DEEPER_DEEPEST = 0,
    SHAPES_NESTED_THREE_DEEP_DEEPER_N = 1
};

typedef struct shapes_nested_three_deep_deeper {
    uint64_t set_[1];
    surreal_str deepest;
    int64_t n;
} shapes_nested_three_deep_deeper;

extern const surreal_model shapes_nested_three_deep_deeper_model;

static inline bool
shapes_nested_three_deep_deeper_has_deepest(const
        shapes_nested_three_deep_deeper *row)
{
    return surreal_bit_is(row->set_, SHAPES_NESTED_THREE_DEEP_DEEPER_DEEPEST);
}

static inline void
shapes_nested_three_deep_deeper_set_deepest(shapes_nested_three_deep_deeper
        *row, surreal_str v)
{
    row->deepest = v;
    surreal_bit_set(row->set_, SHAPES_NESTED_THREE_DEEP_DEEPER_DEEPEST);
}

static inline bool
shapes_nested_three_deep_deeper_has_n(const shapes_nested_three_deep_deeper
        *row)
{
    return surreal_bit_is(row->set_, SHAPES_NESTED_THREE_DEEP_DEEPER_N);
}

static inline void
shapes_nested_three_deep_deeper_set_n(shapes_nested_three_deep_deeper *row,
        int64_t v)
{
    row->n = v;
    surreal_bit_set(row->set_, SHAPES_NESTED_THREE_DEEP_DEEPER_N);
}

static inline size_t
shapes_nested_three_deep_deeper_print(const shapes_nested_three_deep_deeper
        *row, char *buf, size_t cap)
{
    return surreal_model_print(&shapes_nested_three_deep_deeper_model, row,
            buf, cap);
}

static inline size_t
shapes_nested_three_deep_deeper_to_json(const shapes_nested_three_deep_deeper
        *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&shapes_nested_three_deep_deeper_model, row,
            buf, cap);
}

static inline bool
shapes_nested_three_deep_deeper_equal(const shapes_nested_three_deep_deeper *a,
        const shapes_nested_three_deep_deeper *b)
{
    return surreal_model_equal(&shapes_nested_three_deep_deeper_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
shapes_nested_three_deep_deeper_copy(const shapes_nested_three_deep_deeper
        *row, surreal_result *owner, shapes_nested_three_deep_deeper *out)
{
    return surreal_model_copy(&shapes_nested_three_deep_deeper_model, row,
            owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
shapes_nested_three_deep_deeper_check(const shapes_nested_three_deep_deeper
        *row, surreal_error *err)
{
    return surreal_model_check(&shapes_nested_three_deep_deeper_model, row,
            err);
}

/* Bits of shapes_nested_three_deep.set_. */
enum {
    SHAPES_NESTED_THREE_DEEP_DEEPER = 0,
    SHAPES_NESTED_THREE_DEEP_N = 1
};

typedef struct shapes_nested_three_deep {
    uint64_t set_[1];
    struct shapes_nested_three_deep_deeper deeper;
    int64_t n;
} shapes_nested_three_deep;

extern const surreal_model shapes_nested_three_deep_model;

static inline bool
shapes_nested_three_deep_has_deeper(const shapes_nested_three_deep *row)
{
    return surreal_bit_is(row->set_, SHAPES_NESTED_THREE_DEEP_DEEPER);
}

static inline void
shapes_nested_three_deep_set_deeper(shapes_nested_three_deep *row,
        shapes_nested_three_deep_deeper v)
{
    row->deeper = v;
    surreal_bit_set(row->set_, SHAPES_NESTED_THREE_DEEP_DEEPER);
}

static inline bool
shapes_nested_three_deep_has_n(const shapes_nested_three_deep *row)
{
    return surreal_bit_is(row->set_, SHAPES_NESTED_THREE_DEEP_N);
}

static inline void
shapes_nested_three_deep_set_n(shapes_nested_three_deep *row, int64_t v)
{
    row->n = v;
    surreal_bit_set(row->set_, SHAPES_NESTED_THREE_DEEP_N);
}

static inline size_t
shapes_nested_three_deep_print(const shapes_nested_three_deep *row, char *buf,
        size_t cap)
{
    return surreal_model_print(&shapes_nested_three_deep_model, row, buf, cap);
}

static inline size_t
shapes_nested_three_deep_to_json(const shapes_nested_three_deep *row,
        char *buf, size_t cap)
{
    return surreal_model_to_json(&shapes_nested_three_deep_model, row, buf,
            cap);
}

static inline bool
shapes_nested_three_deep_equal(const shapes_nested_three_deep *a,
        const shapes_nested_three_deep *b)
{
    return surreal_model_equal(&shapes_nested_three_deep_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
shapes_nested_three_deep_copy(const shapes_nested_three_deep *row,
        surreal_result *owner, shapes_nested_three_deep *out)
{
    return surreal_model_copy(&shapes_nested_three_deep_model, row, owner,
            out);
}

/* What a create would be refused for. */
static inline surreal_status
shapes_nested_three_deep_check(const shapes_nested_three_deep *row,
        surreal_error *err)
{
    return surreal_model_check(&shapes_nested_three_deep_model, row, err);
}

/* Bits of shapes_nested_three.set_. */
enum {
    SHAPES_NESTED_THREE_DEEP = 0,
    SHAPES_NESTED_THREE_N = 1
};

typedef struct shapes_nested_three {
    uint64_t set_[1];
    struct shapes_nested_three_deep deep;
    int64_t n;
} shapes_nested_three;

extern const surreal_model shapes_nested_three_model;

static inline bool
shapes_nested_three_has_deep(const shapes_nested_three *row)
{
    return surreal_bit_is(row->set_, SHAPES_NESTED_THREE_DEEP);
}

static inline void
shapes_nested_three_set_deep(shapes_nested_three *row,
        shapes_nested_three_deep v)
{
    row->deep = v;
    surreal_bit_set(row->set_, SHAPES_NESTED_THREE_DEEP);
}

static inline bool
shapes_nested_three_has_n(const shapes_nested_three *row)
{
    return surreal_bit_is(row->set_, SHAPES_NESTED_THREE_N);
}

static inline void
shapes_nested_three_set_n(shapes_nested_three *row, int64_t v)
{
    row->n = v;
    surreal_bit_set(row->set_, SHAPES_NESTED_THREE_N);
}

static inline size_t
shapes_nested_three_print(const shapes_nested_three *row, char *buf,
        size_t cap)
{
    return surreal_model_print(&shapes_nested_three_model, row, buf, cap);
}

static inline size_t
shapes_nested_three_to_json(const shapes_nested_three *row, char *buf,
        size_t cap)
{
    return surreal_model_to_json(&shapes_nested_three_model, row, buf, cap);
}

static inline bool
shapes_nested_three_equal(const shapes_nested_three *a,
        const shapes_nested_three *b)
{
    return surreal_model_equal(&shapes_nested_three_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
shapes_nested_three_copy(const shapes_nested_three *row, surreal_result *owner,
        shapes_nested_three *out)
{
    return surreal_model_copy(&shapes_nested_three_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
shapes_nested_three_check(const shapes_nested_three *row, surreal_error *err)
{
    return surreal_model_check(&shapes_nested_three_model, row, err);
}

/* Bits of shapes_nested.set_. */
enum {
    SHAPES_NESTED_ID = 0,
    SHAPES_NESTED_ONE = 1,
    SHAPES_NESTED_TWO = 2,
    SHAPES_NESTED_THREE = 3
};

/* Structs in structs. */
typedef struct shapes_nested {
    uint64_t set_[1];
    uint64_t mark_[1];
    struct shapes_nested_id id;
    struct shapes_branch one;
    struct shapes_branch two;
    struct shapes_nested_three three;
} shapes_nested;

extern const surreal_model shapes_nested_model;

static inline bool
shapes_nested_has_id(const shapes_nested *row)
{
    return surreal_bit_is(row->set_, SHAPES_NESTED_ID);
}

static inline void
shapes_nested_set_id(shapes_nested *row, shapes_nested_id v)
{
    row->id = v;
    surreal_bit_set(row->set_, SHAPES_NESTED_ID);
    surreal_bit_set(row->mark_, SHAPES_NESTED_ID);
}

static inline bool
shapes_nested_has_one(const shapes_nested *row)
{
    return surreal_bit_is(row->set_, SHAPES_NESTED_ONE);
}

static inline void
shapes_nested_set_one(shapes_nested *row, shapes_branch v)
{
    row->one = v;
    surreal_bit_set(row->set_, SHAPES_NESTED_ONE);
    surreal_bit_set(row->mark_, SHAPES_NESTED_ONE);
}

static inline bool
shapes_nested_has_two(const shapes_nested *row)
{
    return surreal_bit_is(row->set_, SHAPES_NESTED_TWO);
}

static inline void
shapes_nested_set_two(shapes_nested *row, shapes_branch v)
{
    row->two = v;
    surreal_bit_set(row->set_, SHAPES_NESTED_TWO);
    surreal_bit_set(row->mark_, SHAPES_NESTED_TWO);
}

static inline bool
shapes_nested_has_three(const shapes_nested *row)
{
    return surreal_bit_is(row->set_, SHAPES_NESTED_THREE);
}

static inline void
shapes_nested_set_three(shapes_nested *row, shapes_nested_three v)
{
    row->three = v;
    surreal_bit_set(row->set_, SHAPES_NESTED_THREE);
    surreal_bit_set(row->mark_, SHAPES_NESTED_THREE);
}

static inline size_t
shapes_nested_print(const shapes_nested *row, char *buf, size_t cap)
{
    return surreal_model_print(&shapes_nested_model, row, buf, cap);
}

static inline size_t
shapes_nested_to_json(const shapes_nested *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&shapes_nested_model, row, buf, cap);
}

static inline bool
shapes_nested_equal(const shapes_nested *a, const shapes_nested *b)
{
    return surreal_model_equal(&shapes_nested_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
shapes_nested_copy(const shapes_nested *row, surreal_result *owner,
        shapes_nested *out)
{
    return surreal_model_copy(&shapes_nested_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
shapes_nested_check(const shapes_nested *row, surreal_error *err)
{
    return surreal_model_check(&shapes_nested_model, row, err);
}

typedef struct shapes_nested_row {
    struct shapes_nested row;
    surreal_result *result;
} shapes_nested_row;

typedef struct shapes_nested_rows {
    struct shapes_nested *v;
    size_t count;
    surreal_result *result;
} shapes_nested_rows;

static inline surreal_status
shapes_nested_get(surreal *db, shapes_nested_id id, shapes_nested_row *out)
{
    return surreal_model_get(db, &shapes_nested_model, id.rid,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
shapes_nested_all(surreal *db, shapes_nested_rows *out)
{
    void *v;
    surreal_status status = surreal_model_all(db, &shapes_nested_model, &v,
            &out->count, &out->result);

    out->v = (shapes_nested *)v;
    return status;
}

/* `where` is program text; values belong into vars. */
static inline surreal_status
shapes_nested_find(surreal *db, const char *where, surreal_vars vars,
        shapes_nested_rows *out)
{
    void *v;
    surreal_status status = surreal_model_find(db, &shapes_nested_model, where,
            vars, &v, &out->count, &out->result);

    out->v = (shapes_nested *)v;
    return status;
}

/* `where` may be NULL for all. */
static inline surreal_status
shapes_nested_count(surreal *db, const char *where, surreal_vars vars,
        int64_t *count)
{
    return surreal_model_count(db, &shapes_nested_model, where, vars, count);
}

static inline surreal_status
shapes_nested_create(surreal *db, const shapes_nested *row,
        shapes_nested_row *out)
{
    return surreal_model_create(db, &shapes_nested_model, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
shapes_nested_insert(surreal *db, const shapes_nested *rows, size_t count,
        shapes_nested_rows *out)
{
    void *v = NULL;
    surreal_status status = surreal_model_insert(db, &shapes_nested_model,
            rows, count, out ? &v : NULL, out ? &out->result : NULL);

    if (out) {
        out->v = (shapes_nested *)v;
        out->count = v ? count : 0;
    }
    return status;
}

static inline surreal_status
shapes_nested_merge(surreal *db, shapes_nested_id id, const shapes_nested *row,
        shapes_nested_row *out)
{
    return surreal_model_merge(db, &shapes_nested_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
shapes_nested_replace(surreal *db, shapes_nested_id id,
        const shapes_nested *row, shapes_nested_row *out)
{
    return surreal_model_replace(db, &shapes_nested_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
shapes_nested_upsert(surreal *db, shapes_nested_id id,
        const shapes_nested *row, shapes_nested_row *out)
{
    return surreal_model_upsert(db, &shapes_nested_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
shapes_nested_delete(surreal *db, shapes_nested_id id, shapes_nested_row *out)
{
    return surreal_model_delete(db, &shapes_nested_model, id.rid,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

typedef enum shapes_order_state {
    SHAPES_ORDER_STATE_UNKNOWN_ = 0, /* a value not known here */
    SHAPES_ORDER_STATE_DRAFT,
    SHAPES_ORDER_STATE_PLACED,
    SHAPES_ORDER_STATE_PAID
} shapes_order_state;

/* NULL for a value not known here. */
const char *shapes_order_state_name(shapes_order_state v);
bool shapes_order_state_parse(surreal_str text, shapes_order_state *out);

/* Bits of shapes_line.set_. */
enum {
    SHAPES_LINE_SKU = 0,
    SHAPES_LINE_QTY = 1,
    SHAPES_LINE_PRICE = 2,
    SHAPES_LINE_NOTE = 3
};

typedef struct shapes_line {
    uint64_t set_[1];
    surreal_str sku;
    int64_t qty;
    surreal_decimal price;
    surreal_str note; /* optional */
} shapes_line;

extern const surreal_model shapes_line_model;

static inline bool
shapes_line_has_sku(const shapes_line *row)
{
    return surreal_bit_is(row->set_, SHAPES_LINE_SKU);
}

static inline void
shapes_line_set_sku(shapes_line *row, surreal_str v)
{
    row->sku = v;
    surreal_bit_set(row->set_, SHAPES_LINE_SKU);
}

static inline bool
shapes_line_has_qty(const shapes_line *row)
{
    return surreal_bit_is(row->set_, SHAPES_LINE_QTY);
}

static inline void
shapes_line_set_qty(shapes_line *row, int64_t v)
{
    row->qty = v;
    surreal_bit_set(row->set_, SHAPES_LINE_QTY);
}

static inline bool
shapes_line_has_price(const shapes_line *row)
{
    return surreal_bit_is(row->set_, SHAPES_LINE_PRICE);
}

static inline void
shapes_line_set_price(shapes_line *row, surreal_decimal v)
{
    row->price = v;
    surreal_bit_set(row->set_, SHAPES_LINE_PRICE);
}

static inline bool
shapes_line_has_note(const shapes_line *row)
{
    return surreal_bit_is(row->set_, SHAPES_LINE_NOTE);
}

static inline void
shapes_line_set_note(shapes_line *row, surreal_str v)
{
    row->note = v;
    surreal_bit_set(row->set_, SHAPES_LINE_NOTE);
}

static inline void
shapes_line_clear_note(shapes_line *row)
{
    surreal_bit_clear(row->set_, SHAPES_LINE_NOTE);
}

static inline size_t
shapes_line_print(const shapes_line *row, char *buf, size_t cap)
{
    return surreal_model_print(&shapes_line_model, row, buf, cap);
}

static inline size_t
shapes_line_to_json(const shapes_line *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&shapes_line_model, row, buf, cap);
}

static inline bool
shapes_line_equal(const shapes_line *a, const shapes_line *b)
{
    return surreal_model_equal(&shapes_line_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
shapes_line_copy(const shapes_line *row, surreal_result *owner,
        shapes_line *out)
{
    return surreal_model_copy(&shapes_line_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
shapes_line_check(const shapes_line *row, surreal_error *err)
{
    return surreal_model_check(&shapes_line_model, row, err);
}

/* Bits of shapes_order.set_. */
enum {
    SHAPES_ORDER_ID = 0,
    SHAPES_ORDER_BUYER = 1,
    SHAPES_ORDER_STATE = 2,
    SHAPES_ORDER_LINES = 3
};

/* An array of structs. */
typedef struct shapes_order {
    uint64_t set_[1];
    uint64_t mark_[1];
    surreal_value extra_; /* what it was read from */
    struct shapes_order_id id;
    struct shapes_nested_id buyer;
    enum shapes_order_state state;
    struct {
        const struct shapes_line *v;
        size_t count;
    } lines;
} shapes_order;

extern const surreal_model shapes_order_model;

static inline bool
shapes_order_has_id(const shapes_order *row)
{
    return surreal_bit_is(row->set_, SHAPES_ORDER_ID);
}

static inline void
shapes_order_set_id(shapes_order *row, shapes_order_id v)
{
    row->id = v;
    surreal_bit_set(row->set_, SHAPES_ORDER_ID);
    surreal_bit_set(row->mark_, SHAPES_ORDER_ID);
}

static inline bool
shapes_order_has_buyer(const shapes_order *row)
{
    return surreal_bit_is(row->set_, SHAPES_ORDER_BUYER);
}

static inline void
shapes_order_set_buyer(shapes_order *row, shapes_nested_id v)
{
    row->buyer = v;
    surreal_bit_set(row->set_, SHAPES_ORDER_BUYER);
    surreal_bit_set(row->mark_, SHAPES_ORDER_BUYER);
}

static inline bool
shapes_order_has_state(const shapes_order *row)
{
    return surreal_bit_is(row->set_, SHAPES_ORDER_STATE);
}

static inline void
shapes_order_set_state(shapes_order *row, shapes_order_state v)
{
    row->state = v;
    surreal_bit_set(row->set_, SHAPES_ORDER_STATE);
    surreal_bit_set(row->mark_, SHAPES_ORDER_STATE);
}

static inline bool
shapes_order_has_lines(const shapes_order *row)
{
    return surreal_bit_is(row->set_, SHAPES_ORDER_LINES);
}

static inline void
shapes_order_set_lines(shapes_order *row, const shapes_line *v, size_t count)
{
    row->lines.v = v;
    row->lines.count = count;
    surreal_bit_set(row->set_, SHAPES_ORDER_LINES);
    surreal_bit_set(row->mark_, SHAPES_ORDER_LINES);
}

static inline size_t
shapes_order_print(const shapes_order *row, char *buf, size_t cap)
{
    return surreal_model_print(&shapes_order_model, row, buf, cap);
}

static inline size_t
shapes_order_to_json(const shapes_order *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&shapes_order_model, row, buf, cap);
}

static inline bool
shapes_order_equal(const shapes_order *a, const shapes_order *b)
{
    return surreal_model_equal(&shapes_order_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
shapes_order_copy(const shapes_order *row, surreal_result *owner,
        shapes_order *out)
{
    return surreal_model_copy(&shapes_order_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
shapes_order_check(const shapes_order *row, surreal_error *err)
{
    return surreal_model_check(&shapes_order_model, row, err);
}

typedef struct shapes_order_row {
    struct shapes_order row;
    surreal_result *result;
} shapes_order_row;

typedef struct shapes_order_rows {
    struct shapes_order *v;
    size_t count;
    surreal_result *result;
} shapes_order_rows;

static inline surreal_status
shapes_order_get(surreal *db, shapes_order_id id, shapes_order_row *out)
{
    return surreal_model_get(db, &shapes_order_model, id.rid,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
shapes_order_all(surreal *db, shapes_order_rows *out)
{
    void *v;
    surreal_status status = surreal_model_all(db, &shapes_order_model, &v,
            &out->count, &out->result);

    out->v = (shapes_order *)v;
    return status;
}

/* `where` is program text; values belong into vars. */
static inline surreal_status
shapes_order_find(surreal *db, const char *where, surreal_vars vars,
        shapes_order_rows *out)
{
    void *v;
    surreal_status status = surreal_model_find(db, &shapes_order_model, where,
            vars, &v, &out->count, &out->result);

    out->v = (shapes_order *)v;
    return status;
}

/* `where` may be NULL for all. */
static inline surreal_status
shapes_order_count(surreal *db, const char *where, surreal_vars vars,
        int64_t *count)
{
    return surreal_model_count(db, &shapes_order_model, where, vars, count);
}

static inline surreal_status
shapes_order_create(surreal *db, const shapes_order *row,
        shapes_order_row *out)
{
    return surreal_model_create(db, &shapes_order_model, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
shapes_order_insert(surreal *db, const shapes_order *rows, size_t count,
        shapes_order_rows *out)
{
    void *v = NULL;
    surreal_status status = surreal_model_insert(db, &shapes_order_model, rows,
            count, out ? &v : NULL, out ? &out->result : NULL);

    if (out) {
        out->v = (shapes_order *)v;
        out->count = v ? count : 0;
    }
    return status;
}

static inline surreal_status
shapes_order_merge(surreal *db, shapes_order_id id, const shapes_order *row,
        shapes_order_row *out)
{
    return surreal_model_merge(db, &shapes_order_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
shapes_order_replace(surreal *db, shapes_order_id id, const shapes_order *row,
        shapes_order_row *out)
{
    return surreal_model_replace(db, &shapes_order_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
shapes_order_upsert(surreal *db, shapes_order_id id, const shapes_order *row,
        shapes_order_row *out)
{
    return surreal_model_upsert(db, &shapes_order_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
shapes_order_delete(surreal *db, shapes_order_id id, shapes_order_row *out)
{
    return surreal_model_delete(db, &shapes_order_model, id.rid,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

/* Bits of shapes_mixed_shape_box.set_. */
enum {
    SHAPES_MIXED_SHAPE_BOX_KIND = 0,
    SHAPES_MIXED_SHAPE_BOX_W = 1,
    SHAPES_MIXED_SHAPE_BOX_H = 2
};

typedef struct shapes_mixed_shape_box {
    uint64_t set_[1];
    double w;
    double h;
} shapes_mixed_shape_box;

extern const surreal_model shapes_mixed_shape_box_model;

static inline bool
shapes_mixed_shape_box_has_w(const shapes_mixed_shape_box *row)
{
    return surreal_bit_is(row->set_, SHAPES_MIXED_SHAPE_BOX_W);
}

static inline void
shapes_mixed_shape_box_set_w(shapes_mixed_shape_box *row, double v)
{
    row->w = v;
    surreal_bit_set(row->set_, SHAPES_MIXED_SHAPE_BOX_W);
}

static inline bool
shapes_mixed_shape_box_has_h(const shapes_mixed_shape_box *row)
{
    return surreal_bit_is(row->set_, SHAPES_MIXED_SHAPE_BOX_H);
}

static inline void
shapes_mixed_shape_box_set_h(shapes_mixed_shape_box *row, double v)
{
    row->h = v;
    surreal_bit_set(row->set_, SHAPES_MIXED_SHAPE_BOX_H);
}

static inline size_t
shapes_mixed_shape_box_print(const shapes_mixed_shape_box *row, char *buf,
        size_t cap)
{
    return surreal_model_print(&shapes_mixed_shape_box_model, row, buf, cap);
}

static inline size_t
shapes_mixed_shape_box_to_json(const shapes_mixed_shape_box *row, char *buf,
        size_t cap)
{
    return surreal_model_to_json(&shapes_mixed_shape_box_model, row, buf, cap);
}

static inline bool
shapes_mixed_shape_box_equal(const shapes_mixed_shape_box *a,
        const shapes_mixed_shape_box *b)
{
    return surreal_model_equal(&shapes_mixed_shape_box_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
shapes_mixed_shape_box_copy(const shapes_mixed_shape_box *row,
        surreal_result *owner, shapes_mixed_shape_box *out)
{
    return surreal_model_copy(&shapes_mixed_shape_box_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
shapes_mixed_shape_box_check(const shapes_mixed_shape_box *row,
        surreal_error *err)
{
    return surreal_model_check(&shapes_mixed_shape_box_model, row, err);
}

/* Bits of shapes_mixed_shape_tube.set_. */
enum {
    SHAPES_MIXED_SHAPE_TUBE_KIND = 0,
    SHAPES_MIXED_SHAPE_TUBE_R = 1
};

typedef struct shapes_mixed_shape_tube {
    uint64_t set_[1];
    double r;
} shapes_mixed_shape_tube;

extern const surreal_model shapes_mixed_shape_tube_model;

static inline bool
shapes_mixed_shape_tube_has_r(const shapes_mixed_shape_tube *row)
{
    return surreal_bit_is(row->set_, SHAPES_MIXED_SHAPE_TUBE_R);
}

static inline void
shapes_mixed_shape_tube_set_r(shapes_mixed_shape_tube *row, double v)
{
    row->r = v;
    surreal_bit_set(row->set_, SHAPES_MIXED_SHAPE_TUBE_R);
}

static inline size_t
shapes_mixed_shape_tube_print(const shapes_mixed_shape_tube *row, char *buf,
        size_t cap)
{
    return surreal_model_print(&shapes_mixed_shape_tube_model, row, buf, cap);
}

static inline size_t
shapes_mixed_shape_tube_to_json(const shapes_mixed_shape_tube *row, char *buf,
        size_t cap)
{
    return surreal_model_to_json(&shapes_mixed_shape_tube_model, row, buf,
            cap);
}

static inline bool
shapes_mixed_shape_tube_equal(const shapes_mixed_shape_tube *a,
        const shapes_mixed_shape_tube *b)
{
    return surreal_model_equal(&shapes_mixed_shape_tube_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
shapes_mixed_shape_tube_copy(const shapes_mixed_shape_tube *row,
        surreal_result *owner, shapes_mixed_shape_tube *out)
{
    return surreal_model_copy(&shapes_mixed_shape_tube_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
shapes_mixed_shape_tube_check(const shapes_mixed_shape_tube *row,
        surreal_error *err)
{
    return surreal_model_check(&shapes_mixed_shape_tube_model, row, err);
}

typedef enum shapes_mixed_shape_tag {
    SHAPES_MIXED_SHAPE_NONE_ = 0,
    SHAPES_MIXED_SHAPE_BOX,
    SHAPES_MIXED_SHAPE_TUBE,
    SHAPES_MIXED_SHAPE_OTHER_ /* none of these: u.other */
} shapes_mixed_shape_tag;

typedef struct shapes_mixed_shape {
    shapes_mixed_shape_tag tag;
    union {
        struct shapes_mixed_shape_box box;
        struct shapes_mixed_shape_tube tube;
        surreal_raw other;
    } u;
} shapes_mixed_shape;

typedef enum shapes_mixed_code_tag {
    SHAPES_MIXED_CODE_NONE_ = 0,
    SHAPES_MIXED_CODE_INT,
    SHAPES_MIXED_CODE_STRING,
    SHAPES_MIXED_CODE_OTHER_ /* none of these: u.other */
} shapes_mixed_code_tag;

typedef struct shapes_mixed_code {
    shapes_mixed_code_tag tag;
    union {
        int64_t int_;
        surreal_str string;
        surreal_raw other;
    } u;
} shapes_mixed_code;

typedef struct shapes_mixed_duo {
    int64_t _0;
    surreal_str _1;
} shapes_mixed_duo;

/* Bits of shapes_mixed.set_. */
enum {
    SHAPES_MIXED_ID = 0,
    SHAPES_MIXED_SHAPE = 1,
    SHAPES_MIXED_CODE = 2,
    SHAPES_MIXED_DUO = 3,
    SHAPES_MIXED_PATH = 4
};

/* Unions, one of them with a literal tag. */
typedef struct shapes_mixed {
    uint64_t set_[1];
    uint64_t mark_[1];
    struct shapes_mixed_id id;
    struct shapes_mixed_shape shape;
    struct shapes_mixed_code code;
    struct shapes_mixed_duo duo;
    surreal_line path;
} shapes_mixed;

extern const surreal_model shapes_mixed_model;

static inline bool
shapes_mixed_has_id(const shapes_mixed *row)
{
    return surreal_bit_is(row->set_, SHAPES_MIXED_ID);
}

static inline void
shapes_mixed_set_id(shapes_mixed *row, shapes_mixed_id v)
{
    row->id = v;
    surreal_bit_set(row->set_, SHAPES_MIXED_ID);
    surreal_bit_set(row->mark_, SHAPES_MIXED_ID);
}

static inline bool
shapes_mixed_has_shape(const shapes_mixed *row)
{
    return surreal_bit_is(row->set_, SHAPES_MIXED_SHAPE);
}

static inline void
shapes_mixed_set_shape(shapes_mixed *row, shapes_mixed_shape v)
{
    row->shape = v;
    surreal_bit_set(row->set_, SHAPES_MIXED_SHAPE);
    surreal_bit_set(row->mark_, SHAPES_MIXED_SHAPE);
}

static inline bool
shapes_mixed_has_code(const shapes_mixed *row)
{
    return surreal_bit_is(row->set_, SHAPES_MIXED_CODE);
}

static inline void
shapes_mixed_set_code(shapes_mixed *row, shapes_mixed_code v)
{
    row->code = v;
    surreal_bit_set(row->set_, SHAPES_MIXED_CODE);
    surreal_bit_set(row->mark_, SHAPES_MIXED_CODE);
}

static inline bool
shapes_mixed_has_duo(const shapes_mixed *row)
{
    return surreal_bit_is(row->set_, SHAPES_MIXED_DUO);
}

static inline void
shapes_mixed_set_duo(shapes_mixed *row, shapes_mixed_duo v)
{
    row->duo = v;
    surreal_bit_set(row->set_, SHAPES_MIXED_DUO);
    surreal_bit_set(row->mark_, SHAPES_MIXED_DUO);
}

static inline bool
shapes_mixed_has_path(const shapes_mixed *row)
{
    return surreal_bit_is(row->set_, SHAPES_MIXED_PATH);
}

static inline void
shapes_mixed_set_path(shapes_mixed *row, surreal_line v)
{
    row->path = v;
    surreal_bit_set(row->set_, SHAPES_MIXED_PATH);
    surreal_bit_set(row->mark_, SHAPES_MIXED_PATH);
}

static inline size_t
shapes_mixed_print(const shapes_mixed *row, char *buf, size_t cap)
{
    return surreal_model_print(&shapes_mixed_model, row, buf, cap);
}

static inline size_t
shapes_mixed_to_json(const shapes_mixed *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&shapes_mixed_model, row, buf, cap);
}

static inline bool
shapes_mixed_equal(const shapes_mixed *a, const shapes_mixed *b)
{
    return surreal_model_equal(&shapes_mixed_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
shapes_mixed_copy(const shapes_mixed *row, surreal_result *owner,
        shapes_mixed *out)
{
    return surreal_model_copy(&shapes_mixed_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
shapes_mixed_check(const shapes_mixed *row, surreal_error *err)
{
    return surreal_model_check(&shapes_mixed_model, row, err);
}

typedef struct shapes_mixed_row {
    struct shapes_mixed row;
    surreal_result *result;
} shapes_mixed_row;

typedef struct shapes_mixed_rows {
    struct shapes_mixed *v;
    size_t count;
    surreal_result *result;
} shapes_mixed_rows;

static inline surreal_status
shapes_mixed_get(surreal *db, shapes_mixed_id id, shapes_mixed_row *out)
{
    return surreal_model_get(db, &shapes_mixed_model, id.rid,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
shapes_mixed_all(surreal *db, shapes_mixed_rows *out)
{
    void *v;
    surreal_status status = surreal_model_all(db, &shapes_mixed_model, &v,
            &out->count, &out->result);

    out->v = (shapes_mixed *)v;
    return status;
}

/* `where` is program text; values belong into vars. */
static inline surreal_status
shapes_mixed_find(surreal *db, const char *where, surreal_vars vars,
        shapes_mixed_rows *out)
{
    void *v;
    surreal_status status = surreal_model_find(db, &shapes_mixed_model, where,
            vars, &v, &out->count, &out->result);

    out->v = (shapes_mixed *)v;
    return status;
}

/* `where` may be NULL for all. */
static inline surreal_status
shapes_mixed_count(surreal *db, const char *where, surreal_vars vars,
        int64_t *count)
{
    return surreal_model_count(db, &shapes_mixed_model, where, vars, count);
}

static inline surreal_status
shapes_mixed_create(surreal *db, const shapes_mixed *row,
        shapes_mixed_row *out)
{
    return surreal_model_create(db, &shapes_mixed_model, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
shapes_mixed_insert(surreal *db, const shapes_mixed *rows, size_t count,
        shapes_mixed_rows *out)
{
    void *v = NULL;
    surreal_status status = surreal_model_insert(db, &shapes_mixed_model, rows,
            count, out ? &v : NULL, out ? &out->result : NULL);

    if (out) {
        out->v = (shapes_mixed *)v;
        out->count = v ? count : 0;
    }
    return status;
}

static inline surreal_status
shapes_mixed_merge(surreal *db, shapes_mixed_id id, const shapes_mixed *row,
        shapes_mixed_row *out)
{
    return surreal_model_merge(db, &shapes_mixed_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
shapes_mixed_replace(surreal *db, shapes_mixed_id id, const shapes_mixed *row,
        shapes_mixed_row *out)
{
    return surreal_model_replace(db, &shapes_mixed_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
shapes_mixed_upsert(surreal *db, shapes_mixed_id id, const shapes_mixed *row,
        shapes_mixed_row *out)
{
    return surreal_model_upsert(db, &shapes_mixed_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
shapes_mixed_delete(surreal *db, shapes_mixed_id id, shapes_mixed_row *out)
{
    return surreal_model_delete(db, &shapes_mixed_model, id.rid,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

/* At most `count` records behind `id`, in the order of ids; a zeroed id: from
 * the beginning. */
static inline surreal_status
shapes_sparse_page(surreal *db, shapes_sparse_id id, size_t count,
        shapes_sparse_rows *out)
{
    void *v;
    surreal_status status = surreal_model_page(db, &shapes_sparse_model,
            id.rid, count, &v, &out->count, &out->result);

    out->v = (shapes_sparse *)v;
    return status;
}

/* At most `count` records behind `id`, in the order of ids; a zeroed id: from
 * the beginning. */
static inline surreal_status
shapes_nested_page(surreal *db, shapes_nested_id id, size_t count,
        shapes_nested_rows *out)
{
    void *v;
    surreal_status status = surreal_model_page(db, &shapes_nested_model,
            id.rid, count, &v, &out->count, &out->result);

    out->v = (shapes_nested *)v;
    return status;
}

/* At most `count` records behind `id`, in the order of ids; a zeroed id: from
 * the beginning. */
static inline surreal_status
shapes_order_page(surreal *db, shapes_order_id id, size_t count,
        shapes_order_rows *out)
{
    void *v;
    surreal_status status = surreal_model_page(db, &shapes_order_model, id.rid,
            count, &v, &out->count, &out->result);

    out->v = (shapes_order *)v;
    return status;
}

static inline surreal_status
shapes_order_by_buyer(surreal *db, shapes_nested_id key1,
        shapes_order_rows *out)
{
    return shapes_order_find(db,
        "`buyer` = $srl_1",
        SURREAL_VARS(surreal_bind_id("srl_1", key1.rid)), out);
}

/* At most `count` records behind `id`, in the order of ids; a zeroed id: from
 * the beginning. */
static inline surreal_status
shapes_mixed_page(surreal *db, shapes_mixed_id id, size_t count,
        shapes_mixed_rows *out)
{
    void *v;
    surreal_status status = surreal_model_page(db, &shapes_mixed_model, id.rid,
            count, &v, &out->count, &out->result);

    out->v = (shapes_mixed *)v;
    return status;
}

/* For surreal_schema_check(). */
extern const surreal_schema shapes_schema;

#ifdef __cplusplus
}
#endif

#endif
