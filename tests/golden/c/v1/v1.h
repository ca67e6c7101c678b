/* v1.h: written by surrealgen from v1.sg; do not edit. */
/* An older program. What became of it is in v2.sg. */
#ifndef V1_SURREALGEN_H
#define V1_SURREALGEN_H
#include "surreal.h"

#if !defined(SURREAL_MODEL_ABI) || SURREAL_MODEL_ABI != 2
#error "generated for another surreal.h: run surrealgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct v1_doc_id {
    surreal_record_id rid;
} v1_doc_id;

static inline v1_doc_id
v1_doc_id_str(surreal_str key)
{
    v1_doc_id id;

    id.rid = surreal_id_str("doc", key);
    return id;
}

static inline v1_doc_id
v1_doc_id_int(int64_t key)
{
    v1_doc_id id;

    id.rid = surreal_id_int("doc", key);
    return id;
}

static inline v1_doc_id
v1_doc_id_uuid(surreal_uuid key)
{
    v1_doc_id id;

    id.rid = surreal_id_uuid("doc", key);
    return id;
}

typedef struct v1_bare_id {
    surreal_record_id rid;
} v1_bare_id;

static inline v1_bare_id
v1_bare_id_str(surreal_str key)
{
    v1_bare_id id;

    id.rid = surreal_id_str("bare", key);
    return id;
}

static inline v1_bare_id
v1_bare_id_int(int64_t key)
{
    v1_bare_id id;

    id.rid = surreal_id_int("bare", key);
    return id;
}

static inline v1_bare_id
v1_bare_id_uuid(surreal_uuid key)
{
    v1_bare_id id;

    id.rid = surreal_id_uuid("bare", key);
    return id;
}

typedef enum v1_doc_state {
    V1_DOC_STATE_UNKNOWN_ = 0, /* a value not known here */
    V1_DOC_STATE_NEW,
    V1_DOC_STATE_DONE
} v1_doc_state;

/* NULL for a value not known here. */
const char *v1_doc_state_name(v1_doc_state v);
bool v1_doc_state_parse(surreal_str text, v1_doc_state *out);

/* Bits of v1_doc_shape_box.set_. */
enum {
    V1_DOC_SHAPE_BOX_KIND = 0,
    V1_DOC_SHAPE_BOX_W = 1
};

typedef struct v1_doc_shape_box {
    uint64_t set_[1];
    int64_t w;
} v1_doc_shape_box;

extern const surreal_model v1_doc_shape_box_model;

static inline bool
v1_doc_shape_box_has_w(const v1_doc_shape_box *row)
{
    return surreal_bit_is(row->set_, V1_DOC_SHAPE_BOX_W);
}

static inline void
v1_doc_shape_box_set_w(v1_doc_shape_box *row, int64_t v)
{
    row->w = v;
    surreal_bit_set(row->set_, V1_DOC_SHAPE_BOX_W);
}

static inline size_t
v1_doc_shape_box_print(const v1_doc_shape_box *row, char *buf, size_t cap)
{
    return surreal_model_print(&v1_doc_shape_box_model, row, buf, cap);
}

static inline size_t
v1_doc_shape_box_to_json(const v1_doc_shape_box *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&v1_doc_shape_box_model, row, buf, cap);
}

static inline bool
v1_doc_shape_box_equal(const v1_doc_shape_box *a, const v1_doc_shape_box *b)
{
    return surreal_model_equal(&v1_doc_shape_box_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
v1_doc_shape_box_copy(const v1_doc_shape_box *row, surreal_result *owner,
        v1_doc_shape_box *out)
{
    return surreal_model_copy(&v1_doc_shape_box_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
v1_doc_shape_box_check(const v1_doc_shape_box *row, surreal_error *err)
{
    return surreal_model_check(&v1_doc_shape_box_model, row, err);
}

/* Bits of v1_doc_shape_tube.set_. */
enum {
    V1_DOC_SHAPE_TUBE_KIND = 0,
    V1_DOC_SHAPE_TUBE_R = 1
};

typedef struct v1_doc_shape_tube {
    uint64_t set_[1];
    int64_t r;
} v1_doc_shape_tube;

extern const surreal_model v1_doc_shape_tube_model;

static inline bool
v1_doc_shape_tube_has_r(const v1_doc_shape_tube *row)
{
    return surreal_bit_is(row->set_, V1_DOC_SHAPE_TUBE_R);
}

static inline void
v1_doc_shape_tube_set_r(v1_doc_shape_tube *row, int64_t v)
{
    row->r = v;
    surreal_bit_set(row->set_, V1_DOC_SHAPE_TUBE_R);
}

static inline size_t
v1_doc_shape_tube_print(const v1_doc_shape_tube *row, char *buf, size_t cap)
{
    return surreal_model_print(&v1_doc_shape_tube_model, row, buf, cap);
}

static inline size_t
v1_doc_shape_tube_to_json(const v1_doc_shape_tube *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&v1_doc_shape_tube_model, row, buf, cap);
}

static inline bool
v1_doc_shape_tube_equal(const v1_doc_shape_tube *a, const v1_doc_shape_tube *b)
{
    return surreal_model_equal(&v1_doc_shape_tube_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
v1_doc_shape_tube_copy(const v1_doc_shape_tube *row, surreal_result *owner,
        v1_doc_shape_tube *out)
{
    return surreal_model_copy(&v1_doc_shape_tube_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
v1_doc_shape_tube_check(const v1_doc_shape_tube *row, surreal_error *err)
{
    return surreal_model_check(&v1_doc_shape_tube_model, row, err);
}

typedef enum v1_doc_shape_tag {
    V1_DOC_SHAPE_NONE_ = 0,
    V1_DOC_SHAPE_BOX,
    V1_DOC_SHAPE_TUBE,
    V1_DOC_SHAPE_OTHER_ /* none of these: u.other */
} v1_doc_shape_tag;

typedef struct v1_doc_shape {
    v1_doc_shape_tag tag;
    union {
        struct v1_doc_shape_box box;
        struct v1_doc_shape_tube tube;
        surreal_raw other;
    } u;
} v1_doc_shape;

/* Bits of v1_part.set_. */
enum {
    V1_PART_NAME = 0
};

typedef struct v1_part {
    uint64_t set_[1];
    surreal_str name;
} v1_part;

extern const surreal_model v1_part_model;

static inline bool
v1_part_has_name(const v1_part *row)
{
    return surreal_bit_is(row->set_, V1_PART_NAME);
}

static inline void
v1_part_set_name(v1_part *row, surreal_str v)
{
    row->name = v;
    surreal_bit_set(row->set_, V1_PART_NAME);
}

static inline size_t
v1_part_print(const v1_part *row, char *buf, size_t cap)
{
    return surreal_model_print(&v1_part_model, row, buf, cap);
}

static inline size_t
v1_part_to_json(const v1_part *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&v1_part_model, row, buf, cap);
}

static inline bool
v1_part_equal(const v1_part *a, const v1_part *b)
{
    return surreal_model_equal(&v1_part_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
v1_part_copy(const v1_part *row, surreal_result *owner, v1_part *out)
{
    return surreal_model_copy(&v1_part_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
v1_part_check(const v1_part *row, surreal_error *err)
{
    return surreal_model_check(&v1_part_model, row, err);
}

/* Bits of v1_doc.set_. */
enum {
    V1_DOC_ID = 0,
    V1_DOC_TITLE = 1,
    V1_DOC_STATE = 2,
    V1_DOC_SHAPE = 3,
    V1_DOC_GONE = 4,
    V1_DOC_PARTS = 5
};

typedef struct v1_doc {
    uint64_t set_[1];
    uint64_t mark_[1];
    surreal_value extra_; /* what it was read from */
    struct v1_doc_id id;
    surreal_str title;
    enum v1_doc_state state;
    struct v1_doc_shape shape;
    surreal_str gone; /* optional */
    struct {
        const struct v1_part *v;
        size_t count;
    } parts; /* optional */
} v1_doc;

extern const surreal_model v1_doc_model;

static inline bool
v1_doc_has_id(const v1_doc *row)
{
    return surreal_bit_is(row->set_, V1_DOC_ID);
}

static inline void
v1_doc_set_id(v1_doc *row, v1_doc_id v)
{
    row->id = v;
    surreal_bit_set(row->set_, V1_DOC_ID);
    surreal_bit_set(row->mark_, V1_DOC_ID);
}

static inline bool
v1_doc_has_title(const v1_doc *row)
{
    return surreal_bit_is(row->set_, V1_DOC_TITLE);
}

static inline void
v1_doc_set_title(v1_doc *row, surreal_str v)
{
    row->title = v;
    surreal_bit_set(row->set_, V1_DOC_TITLE);
    surreal_bit_set(row->mark_, V1_DOC_TITLE);
}

static inline bool
v1_doc_has_state(const v1_doc *row)
{
    return surreal_bit_is(row->set_, V1_DOC_STATE);
}

static inline void
v1_doc_set_state(v1_doc *row, v1_doc_state v)
{
    row->state = v;
    surreal_bit_set(row->set_, V1_DOC_STATE);
    surreal_bit_set(row->mark_, V1_DOC_STATE);
}

static inline bool
v1_doc_has_shape(const v1_doc *row)
{
    return surreal_bit_is(row->set_, V1_DOC_SHAPE);
}

static inline void
v1_doc_set_shape(v1_doc *row, v1_doc_shape v)
{
    row->shape = v;
    surreal_bit_set(row->set_, V1_DOC_SHAPE);
    surreal_bit_set(row->mark_, V1_DOC_SHAPE);
}

static inline bool
v1_doc_has_gone(const v1_doc *row)
{
    return surreal_bit_is(row->set_, V1_DOC_GONE);
}

static inline void
v1_doc_set_gone(v1_doc *row, surreal_str v)
{
    row->gone = v;
    surreal_bit_set(row->set_, V1_DOC_GONE);
    surreal_bit_set(row->mark_, V1_DOC_GONE);
}

/* A merge removes the field. */
static inline void
v1_doc_clear_gone(v1_doc *row)
{
    surreal_bit_clear(row->set_, V1_DOC_GONE);
    surreal_bit_set(row->mark_, V1_DOC_GONE);
}

static inline bool
v1_doc_has_parts(const v1_doc *row)
{
    return surreal_bit_is(row->set_, V1_DOC_PARTS);
}

static inline void
v1_doc_set_parts(v1_doc *row, const v1_part *v, size_t count)
{
    row->parts.v = v;
    row->parts.count = count;
    surreal_bit_set(row->set_, V1_DOC_PARTS);
    surreal_bit_set(row->mark_, V1_DOC_PARTS);
}

/* A merge removes the field. */
static inline void
v1_doc_clear_parts(v1_doc *row)
{
    surreal_bit_clear(row->set_, V1_DOC_PARTS);
    surreal_bit_set(row->mark_, V1_DOC_PARTS);
}

static inline size_t
v1_doc_print(const v1_doc *row, char *buf, size_t cap)
{
    return surreal_model_print(&v1_doc_model, row, buf, cap);
}

static inline size_t
v1_doc_to_json(const v1_doc *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&v1_doc_model, row, buf, cap);
}

static inline bool
v1_doc_equal(const v1_doc *a, const v1_doc *b)
{
    return surreal_model_equal(&v1_doc_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
v1_doc_copy(const v1_doc *row, surreal_result *owner, v1_doc *out)
{
    return surreal_model_copy(&v1_doc_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
v1_doc_check(const v1_doc *row, surreal_error *err)
{
    return surreal_model_check(&v1_doc_model, row, err);
}

typedef struct v1_doc_row {
    struct v1_doc row;
    surreal_result *result;
} v1_doc_row;

typedef struct v1_doc_rows {
    struct v1_doc *v;
    size_t count;
    surreal_result *result;
} v1_doc_rows;

static inline surreal_status
v1_doc_get(surreal *db, v1_doc_id id, v1_doc_row *out)
{
    return surreal_model_get(db, &v1_doc_model, id.rid, out ? &out->row : NULL,
            out ? &out->result : NULL);
}

static inline surreal_status
v1_doc_all(surreal *db, v1_doc_rows *out)
{
    void *v;
    surreal_status status = surreal_model_all(db, &v1_doc_model, &v,
            &out->count, &out->result);

    out->v = (v1_doc *)v;
    return status;
}

/* `where` is program text; values belong into vars. */
static inline surreal_status
v1_doc_find(surreal *db, const char *where, surreal_vars vars,
        v1_doc_rows *out)
{
    void *v;
    surreal_status status = surreal_model_find(db, &v1_doc_model, where, vars,
            &v, &out->count, &out->result);

    out->v = (v1_doc *)v;
    return status;
}

/* `where` may be NULL for all. */
static inline surreal_status
v1_doc_count(surreal *db, const char *where, surreal_vars vars, int64_t *count)
{
    return surreal_model_count(db, &v1_doc_model, where, vars, count);
}

static inline surreal_status
v1_doc_create(surreal *db, const v1_doc *row, v1_doc_row *out)
{
    return surreal_model_create(db, &v1_doc_model, row, out ? &out->row : NULL,
            out ? &out->result : NULL);
}

static inline surreal_status
v1_doc_insert(surreal *db, const v1_doc *rows, size_t count, v1_doc_rows *out)
{
    void *v = NULL;
    surreal_status status = surreal_model_insert(db, &v1_doc_model, rows,
            count, out ? &v : NULL, out ? &out->result : NULL);

    if (out) {
        out->v = (v1_doc *)v;
        out->count = v ? count : 0;
    }
    return status;
}

static inline surreal_status
v1_doc_merge(surreal *db, v1_doc_id id, const v1_doc *row, v1_doc_row *out)
{
    return surreal_model_merge(db, &v1_doc_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
v1_doc_replace(surreal *db, v1_doc_id id, const v1_doc *row, v1_doc_row *out)
{
    return surreal_model_replace(db, &v1_doc_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
v1_doc_upsert(surreal *db, v1_doc_id id, const v1_doc *row, v1_doc_row *out)
{
    return surreal_model_upsert(db, &v1_doc_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
v1_doc_delete(surreal *db, v1_doc_id id, v1_doc_row *out)
{
    return surreal_model_delete(db, &v1_doc_model, id.rid,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

typedef enum v1_bare_state {
    V1_BARE_STATE_UNKNOWN_ = 0, /* a value not known here */
    V1_BARE_STATE_NEW,
    V1_BARE_STATE_DONE
} v1_bare_state;

/* NULL for a value not known here. */
const char *v1_bare_state_name(v1_bare_state v);
bool v1_bare_state_parse(surreal_str text, v1_bare_state *out);

/* Bits of v1_bare.set_. */
enum {
    V1_BARE_ID = 0,
    V1_BARE_TITLE = 1,
    V1_BARE_STATE = 2,
    V1_BARE_GONE = 3
};

/* The same without keeping what is not known. */
typedef struct v1_bare {
    uint64_t set_[1];
    uint64_t mark_[1];
    surreal_value extra_; /* what it was read from */
    struct v1_bare_id id;
    surreal_str title;
    enum v1_bare_state state;
    surreal_str gone; /* optional */
} v1_bare;

extern const surreal_model v1_bare_model;

static inline bool
v1_bare_has_id(const v1_bare *row)
{
    return surreal_bit_is(row->set_, V1_BARE_ID);
}

static inline void
v1_bare_set_id(v1_bare *row, v1_bare_id v)
{
    row->id = v;
    surreal_bit_set(row->set_, V1_BARE_ID);
    surreal_bit_set(row->mark_, V1_BARE_ID);
}

static inline bool
v1_bare_has_title(const v1_bare *row)
{
    return surreal_bit_is(row->set_, V1_BARE_TITLE);
}

static inline void
v1_bare_set_title(v1_bare *row, surreal_str v)
{
    row->title = v;
    surreal_bit_set(row->set_, V1_BARE_TITLE);
    surreal_bit_set(row->mark_, V1_BARE_TITLE);
}

static inline bool
v1_bare_has_state(const v1_bare *row)
{
    return surreal_bit_is(row->set_, V1_BARE_STATE);
}

static inline void
v1_bare_set_state(v1_bare *row, v1_bare_state v)
{
    row->state = v;
    surreal_bit_set(row->set_, V1_BARE_STATE);
    surreal_bit_set(row->mark_, V1_BARE_STATE);
}

static inline bool
v1_bare_has_gone(const v1_bare *row)
{
    return surreal_bit_is(row->set_, V1_BARE_GONE);
}

static inline void
v1_bare_set_gone(v1_bare *row, surreal_str v)
{
    row->gone = v;
    surreal_bit_set(row->set_, V1_BARE_GONE);
    surreal_bit_set(row->mark_, V1_BARE_GONE);
}

/* A merge removes the field. */
static inline void
v1_bare_clear_gone(v1_bare *row)
{
    surreal_bit_clear(row->set_, V1_BARE_GONE);
    surreal_bit_set(row->mark_, V1_BARE_GONE);
}

static inline size_t
v1_bare_print(const v1_bare *row, char *buf, size_t cap)
{
    return surreal_model_print(&v1_bare_model, row, buf, cap);
}

static inline size_t
v1_bare_to_json(const v1_bare *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&v1_bare_model, row, buf, cap);
}

static inline bool
v1_bare_equal(const v1_bare *a, const v1_bare *b)
{
    return surreal_model_equal(&v1_bare_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
v1_bare_copy(const v1_bare *row, surreal_result *owner, v1_bare *out)
{
    return surreal_model_copy(&v1_bare_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
v1_bare_check(const v1_bare *row, surreal_error *err)
{
    return surreal_model_check(&v1_bare_model, row, err);
}

typedef struct v1_bare_row {
    struct v1_bare row;
    surreal_result *result;
} v1_bare_row;

typedef struct v1_bare_rows {
    struct v1_bare *v;
    size_t count;
    surreal_result *result;
} v1_bare_rows;

static inline surreal_status
v1_bare_get(surreal *db, v1_bare_id id, v1_bare_row *out)
{
    return surreal_model_get(db, &v1_bare_model, id.rid,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
v1_bare_all(surreal *db, v1_bare_rows *out)
{
    void *v;
    surreal_status status = surreal_model_all(db, &v1_bare_model, &v,
            &out->count, &out->result);

    out->v = (v1_bare *)v;
    return status;
}

/* `where` is program text; values belong into vars. */
static inline surreal_status
v1_bare_find(surreal *db, const char *where, surreal_vars vars,
        v1_bare_rows *out)
{
    void *v;
    surreal_status status = surreal_model_find(db, &v1_bare_model, where, vars,
            &v, &out->count, &out->result);

    out->v = (v1_bare *)v;
    return status;
}

/* `where` may be NULL for all. */
static inline surreal_status
v1_bare_count(surreal *db, const char *where, surreal_vars vars,
        int64_t *count)
{
    return surreal_model_count(db, &v1_bare_model, where, vars, count);
}

static inline surreal_status
v1_bare_create(surreal *db, const v1_bare *row, v1_bare_row *out)
{
    return surreal_model_create(db, &v1_bare_model, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
v1_bare_insert(surreal *db, const v1_bare *rows, size_t count,
        v1_bare_rows *out)
{
    void *v = NULL;
    surreal_status status = surreal_model_insert(db, &v1_bare_model, rows,
            count, out ? &v : NULL, out ? &out->result : NULL);

    if (out) {
        out->v = (v1_bare *)v;
        out->count = v ? count : 0;
    }
    return status;
}

static inline surreal_status
v1_bare_merge(surreal *db, v1_bare_id id, const v1_bare *row, v1_bare_row *out)
{
    return surreal_model_merge(db, &v1_bare_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
v1_bare_replace(surreal *db, v1_bare_id id, const v1_bare *row,
        v1_bare_row *out)
{
    return surreal_model_replace(db, &v1_bare_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
v1_bare_upsert(surreal *db, v1_bare_id id, const v1_bare *row,
        v1_bare_row *out)
{
    return surreal_model_upsert(db, &v1_bare_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
v1_bare_delete(surreal *db, v1_bare_id id, v1_bare_row *out)
{
    return surreal_model_delete(db, &v1_bare_model, id.rid,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

/* At most `count` records behind `id`, in the order of ids; a zeroed id: from
 * the beginning. */
static inline surreal_status
v1_doc_page(surreal *db, v1_doc_id id, size_t count, v1_doc_rows *out)
{
    void *v;
    surreal_status status = surreal_model_page(db, &v1_doc_model, id.rid,
            count, &v, &out->count, &out->result);

    out->v = (v1_doc *)v;
    return status;
}

/* At most `count` records behind `id`, in the order of ids; a zeroed id: from
 * the beginning. */
static inline surreal_status
v1_bare_page(surreal *db, v1_bare_id id, size_t count, v1_bare_rows *out)
{
    void *v;
    surreal_status status = surreal_model_page(db, &v1_bare_model, id.rid,
            count, &v, &out->count, &out->result);

    out->v = (v1_bare *)v;
    return status;
}

/* For surreal_schema_check(). */
extern const surreal_schema v1_schema;

#ifdef __cplusplus
}
#endif

#endif
