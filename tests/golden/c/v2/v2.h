/* v2.h: written by surrealgen from v2.sg; do not edit. */
/* A newer program: a column more, a column less, a variant, an arm and an
 * option more than in v1.sg. */
#ifndef V2_SURREALGEN_H
#define V2_SURREALGEN_H
#include "surreal.h"

#if !defined(SURREAL_MODEL_ABI) || SURREAL_MODEL_ABI != 2
#error "generated for another surreal.h: run surrealgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct v2_doc_id {
    surreal_record_id rid;
} v2_doc_id;

static inline v2_doc_id
v2_doc_id_str(surreal_str key)
{
    v2_doc_id id;

    id.rid = surreal_id_str("doc", key);
    return id;
}

static inline v2_doc_id
v2_doc_id_int(int64_t key)
{
    v2_doc_id id;

    id.rid = surreal_id_int("doc", key);
    return id;
}

static inline v2_doc_id
v2_doc_id_uuid(surreal_uuid key)
{
    v2_doc_id id;

    id.rid = surreal_id_uuid("doc", key);
    return id;
}

typedef struct v2_bare_id {
    surreal_record_id rid;
} v2_bare_id;

static inline v2_bare_id
v2_bare_id_str(surreal_str key)
{
    v2_bare_id id;

    id.rid = surreal_id_str("bare", key);
    return id;
}

static inline v2_bare_id
v2_bare_id_int(int64_t key)
{
    v2_bare_id id;

    id.rid = surreal_id_int("bare", key);
    return id;
}

static inline v2_bare_id
v2_bare_id_uuid(surreal_uuid key)
{
    v2_bare_id id;

    id.rid = surreal_id_uuid("bare", key);
    return id;
}

typedef enum v2_doc_state {
    V2_DOC_STATE_UNKNOWN_ = 0, /* a value not known here */
    V2_DOC_STATE_NEW,
    V2_DOC_STATE_LATE,
    V2_DOC_STATE_DONE
} v2_doc_state;

/* NULL for a value not known here. */
const char *v2_doc_state_name(v2_doc_state v);
bool v2_doc_state_parse(surreal_str text, v2_doc_state *out);

/* Bits of v2_doc_shape_ball.set_. */
enum {
    V2_DOC_SHAPE_BALL_KIND = 0,
    V2_DOC_SHAPE_BALL_R = 1
};

typedef struct v2_doc_shape_ball {
    uint64_t set_[1];
    int64_t r;
} v2_doc_shape_ball;

extern const surreal_model v2_doc_shape_ball_model;

static inline bool
v2_doc_shape_ball_has_r(const v2_doc_shape_ball *row)
{
    return surreal_bit_is(row->set_, V2_DOC_SHAPE_BALL_R);
}

static inline void
v2_doc_shape_ball_set_r(v2_doc_shape_ball *row, int64_t v)
{
    row->r = v;
    surreal_bit_set(row->set_, V2_DOC_SHAPE_BALL_R);
}

static inline size_t
v2_doc_shape_ball_print(const v2_doc_shape_ball *row, char *buf, size_t cap)
{
    return surreal_model_print(&v2_doc_shape_ball_model, row, buf, cap);
}

static inline size_t
v2_doc_shape_ball_to_json(const v2_doc_shape_ball *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&v2_doc_shape_ball_model, row, buf, cap);
}

static inline bool
v2_doc_shape_ball_equal(const v2_doc_shape_ball *a, const v2_doc_shape_ball *b)
{
    return surreal_model_equal(&v2_doc_shape_ball_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
v2_doc_shape_ball_copy(const v2_doc_shape_ball *row, surreal_result *owner,
        v2_doc_shape_ball *out)
{
    return surreal_model_copy(&v2_doc_shape_ball_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
v2_doc_shape_ball_check(const v2_doc_shape_ball *row, surreal_error *err)
{
    return surreal_model_check(&v2_doc_shape_ball_model, row, err);
}

/* Bits of v2_doc_shape_box.set_. */
enum {
    V2_DOC_SHAPE_BOX_KIND = 0,
    V2_DOC_SHAPE_BOX_W = 1,
    V2_DOC_SHAPE_BOX_H = 2
};

typedef struct v2_doc_shape_box {
    uint64_t set_[1];
    int64_t w;
    int64_t h; /* optional */
} v2_doc_shape_box;

extern const surreal_model v2_doc_shape_box_model;

static inline bool
v2_doc_shape_box_has_w(const v2_doc_shape_box *row)
{
    return surreal_bit_is(row->set_, V2_DOC_SHAPE_BOX_W);
}

static inline void
v2_doc_shape_box_set_w(v2_doc_shape_box *row, int64_t v)
{
    row->w = v;
    surreal_bit_set(row->set_, V2_DOC_SHAPE_BOX_W);
}

static inline bool
v2_doc_shape_box_has_h(const v2_doc_shape_box *row)
{
    return surreal_bit_is(row->set_, V2_DOC_SHAPE_BOX_H);
}

static inline void
v2_doc_shape_box_set_h(v2_doc_shape_box *row, int64_t v)
{
    row->h = v;
    surreal_bit_set(row->set_, V2_DOC_SHAPE_BOX_H);
}

static inline void
v2_doc_shape_box_clear_h(v2_doc_shape_box *row)
{
    surreal_bit_clear(row->set_, V2_DOC_SHAPE_BOX_H);
}

static inline size_t
v2_doc_shape_box_print(const v2_doc_shape_box *row, char *buf, size_t cap)
{
    return surreal_model_print(&v2_doc_shape_box_model, row, buf, cap);
}

static inline size_t
v2_doc_shape_box_to_json(const v2_doc_shape_box *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&v2_doc_shape_box_model, row, buf, cap);
}

static inline bool
v2_doc_shape_box_equal(const v2_doc_shape_box *a, const v2_doc_shape_box *b)
{
    return surreal_model_equal(&v2_doc_shape_box_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
v2_doc_shape_box_copy(const v2_doc_shape_box *row, surreal_result *owner,
        v2_doc_shape_box *out)
{
    return surreal_model_copy(&v2_doc_shape_box_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
v2_doc_shape_box_check(const v2_doc_shape_box *row, surreal_error *err)
{
    return surreal_model_check(&v2_doc_shape_box_model, row, err);
}

/* Bits of v2_doc_shape_tube.set_. */
enum {
    V2_DOC_SHAPE_TUBE_KIND = 0,
    V2_DOC_SHAPE_TUBE_R = 1
};

typedef struct v2_doc_shape_tube {
    uint64_t set_[1];
    int64_t r;
} v2_doc_shape_tube;

extern const surreal_model v2_doc_shape_tube_model;

static inline bool
v2_doc_shape_tube_has_r(const v2_doc_shape_tube *row)
{
    return surreal_bit_is(row->set_, V2_DOC_SHAPE_TUBE_R);
}

static inline void
v2_doc_shape_tube_set_r(v2_doc_shape_tube *row, int64_t v)
{
    row->r = v;
    surreal_bit_set(row->set_, V2_DOC_SHAPE_TUBE_R);
}

static inline size_t
v2_doc_shape_tube_print(const v2_doc_shape_tube *row, char *buf, size_t cap)
{
    return surreal_model_print(&v2_doc_shape_tube_model, row, buf, cap);
}

static inline size_t
v2_doc_shape_tube_to_json(const v2_doc_shape_tube *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&v2_doc_shape_tube_model, row, buf, cap);
}

static inline bool
v2_doc_shape_tube_equal(const v2_doc_shape_tube *a, const v2_doc_shape_tube *b)
{
    return surreal_model_equal(&v2_doc_shape_tube_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
v2_doc_shape_tube_copy(const v2_doc_shape_tube *row, surreal_result *owner,
        v2_doc_shape_tube *out)
{
    return surreal_model_copy(&v2_doc_shape_tube_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
v2_doc_shape_tube_check(const v2_doc_shape_tube *row, surreal_error *err)
{
    return surreal_model_check(&v2_doc_shape_tube_model, row, err);
}

typedef enum v2_doc_shape_tag {
    V2_DOC_SHAPE_NONE_ = 0,
    V2_DOC_SHAPE_BALL,
    V2_DOC_SHAPE_BOX,
    V2_DOC_SHAPE_TUBE,
    V2_DOC_SHAPE_OTHER_ /* none of these: u.other */
} v2_doc_shape_tag;

typedef struct v2_doc_shape {
    v2_doc_shape_tag tag;
    union {
        struct v2_doc_shape_ball ball;
        struct v2_doc_shape_box box;
        struct v2_doc_shape_tube tube;
        surreal_raw other;
    } u;
} v2_doc_shape;

/* Bits of v2_part.set_. */
enum {
    V2_PART_NAME = 0,
    V2_PART_SIZE = 1
};

typedef struct v2_part {
    uint64_t set_[1];
    surreal_str name;
    int64_t size; /* optional */
} v2_part;

extern const surreal_model v2_part_model;

static inline bool
v2_part_has_name(const v2_part *row)
{
    return surreal_bit_is(row->set_, V2_PART_NAME);
}

static inline void
v2_part_set_name(v2_part *row, surreal_str v)
{
    row->name = v;
    surreal_bit_set(row->set_, V2_PART_NAME);
}

static inline bool
v2_part_has_size(const v2_part *row)
{
    return surreal_bit_is(row->set_, V2_PART_SIZE);
}

static inline void
v2_part_set_size(v2_part *row, int64_t v)
{
    row->size = v;
    surreal_bit_set(row->set_, V2_PART_SIZE);
}

static inline void
v2_part_clear_size(v2_part *row)
{
    surreal_bit_clear(row->set_, V2_PART_SIZE);
}

static inline size_t
v2_part_print(const v2_part *row, char *buf, size_t cap)
{
    return surreal_model_print(&v2_part_model, row, buf, cap);
}

static inline size_t
v2_part_to_json(const v2_part *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&v2_part_model, row, buf, cap);
}

static inline bool
v2_part_equal(const v2_part *a, const v2_part *b)
{
    return surreal_model_equal(&v2_part_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
v2_part_copy(const v2_part *row, surreal_result *owner, v2_part *out)
{
    return surreal_model_copy(&v2_part_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
v2_part_check(const v2_part *row, surreal_error *err)
{
    return surreal_model_check(&v2_part_model, row, err);
}

/* Bits of v2_doc.set_. */
enum {
    V2_DOC_ID = 0,
    V2_DOC_TITLE = 1,
    V2_DOC_STATE = 2,
    V2_DOC_SHAPE = 3,
    V2_DOC_ADDED = 4,
    V2_DOC_PARTS = 5
};

typedef struct v2_doc {
    uint64_t set_[1];
    uint64_t mark_[1];
    surreal_value extra_; /* what it was read from */
    struct v2_doc_id id;
    surreal_str title;
    enum v2_doc_state state;
    struct v2_doc_shape shape;
    int64_t added; /* optional */
    struct {
        const struct v2_part *v;
        size_t count;
    } parts; /* optional */
} v2_doc;

extern const surreal_model v2_doc_model;

static inline bool
v2_doc_has_id(const v2_doc *row)
{
    return surreal_bit_is(row->set_, V2_DOC_ID);
}

static inline void
v2_doc_set_id(v2_doc *row, v2_doc_id v)
{
    row->id = v;
    surreal_bit_set(row->set_, V2_DOC_ID);
    surreal_bit_set(row->mark_, V2_DOC_ID);
}

static inline bool
v2_doc_has_title(const v2_doc *row)
{
    return surreal_bit_is(row->set_, V2_DOC_TITLE);
}

static inline void
v2_doc_set_title(v2_doc *row, surreal_str v)
{
    row->title = v;
    surreal_bit_set(row->set_, V2_DOC_TITLE);
    surreal_bit_set(row->mark_, V2_DOC_TITLE);
}

static inline bool
v2_doc_has_state(const v2_doc *row)
{
    return surreal_bit_is(row->set_, V2_DOC_STATE);
}

static inline void
v2_doc_set_state(v2_doc *row, v2_doc_state v)
{
    row->state = v;
    surreal_bit_set(row->set_, V2_DOC_STATE);
    surreal_bit_set(row->mark_, V2_DOC_STATE);
}

static inline bool
v2_doc_has_shape(const v2_doc *row)
{
    return surreal_bit_is(row->set_, V2_DOC_SHAPE);
}

static inline void
v2_doc_set_shape(v2_doc *row, v2_doc_shape v)
{
    row->shape = v;
    surreal_bit_set(row->set_, V2_DOC_SHAPE);
    surreal_bit_set(row->mark_, V2_DOC_SHAPE);
}

static inline bool
v2_doc_has_added(const v2_doc *row)
{
    return surreal_bit_is(row->set_, V2_DOC_ADDED);
}

static inline void
v2_doc_set_added(v2_doc *row, int64_t v)
{
    row->added = v;
    surreal_bit_set(row->set_, V2_DOC_ADDED);
    surreal_bit_set(row->mark_, V2_DOC_ADDED);
}

/* A merge removes the field. */
static inline void
v2_doc_clear_added(v2_doc *row)
{
    surreal_bit_clear(row->set_, V2_DOC_ADDED);
    surreal_bit_set(row->mark_, V2_DOC_ADDED);
}

static inline bool
v2_doc_has_parts(const v2_doc *row)
{
    return surreal_bit_is(row->set_, V2_DOC_PARTS);
}

static inline void
v2_doc_set_parts(v2_doc *row, const v2_part *v, size_t count)
{
    row->parts.v = v;
    row->parts.count = count;
    surreal_bit_set(row->set_, V2_DOC_PARTS);
    surreal_bit_set(row->mark_, V2_DOC_PARTS);
}

/* A merge removes the field. */
static inline void
v2_doc_clear_parts(v2_doc *row)
{
    surreal_bit_clear(row->set_, V2_DOC_PARTS);
    surreal_bit_set(row->mark_, V2_DOC_PARTS);
}

static inline size_t
v2_doc_print(const v2_doc *row, char *buf, size_t cap)
{
    return surreal_model_print(&v2_doc_model, row, buf, cap);
}

static inline size_t
v2_doc_to_json(const v2_doc *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&v2_doc_model, row, buf, cap);
}

static inline bool
v2_doc_equal(const v2_doc *a, const v2_doc *b)
{
    return surreal_model_equal(&v2_doc_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
v2_doc_copy(const v2_doc *row, surreal_result *owner, v2_doc *out)
{
    return surreal_model_copy(&v2_doc_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
v2_doc_check(const v2_doc *row, surreal_error *err)
{
    return surreal_model_check(&v2_doc_model, row, err);
}

typedef struct v2_doc_row {
    struct v2_doc row;
    surreal_result *result;
} v2_doc_row;

typedef struct v2_doc_rows {
    struct v2_doc *v;
    size_t count;
    surreal_result *result;
} v2_doc_rows;

static inline surreal_status
v2_doc_get(surreal *db, v2_doc_id id, v2_doc_row *out)
{
    return surreal_model_get(db, &v2_doc_model, id.rid, out ? &out->row : NULL,
            out ? &out->result : NULL);
}

static inline surreal_status
v2_doc_all(surreal *db, v2_doc_rows *out)
{
    void *v;
    surreal_status status = surreal_model_all(db, &v2_doc_model, &v,
            &out->count, &out->result);

    out->v = (v2_doc *)v;
    return status;
}

/* `where` is program text; values belong into vars. */
static inline surreal_status
v2_doc_find(surreal *db, const char *where, surreal_vars vars,
        v2_doc_rows *out)
{
    void *v;
    surreal_status status = surreal_model_find(db, &v2_doc_model, where, vars,
            &v, &out->count, &out->result);

    out->v = (v2_doc *)v;
    return status;
}

/* `where` may be NULL for all. */
static inline surreal_status
v2_doc_count(surreal *db, const char *where, surreal_vars vars, int64_t *count)
{
    return surreal_model_count(db, &v2_doc_model, where, vars, count);
}

static inline surreal_status
v2_doc_create(surreal *db, const v2_doc *row, v2_doc_row *out)
{
    return surreal_model_create(db, &v2_doc_model, row, out ? &out->row : NULL,
            out ? &out->result : NULL);
}

static inline surreal_status
v2_doc_insert(surreal *db, const v2_doc *rows, size_t count, v2_doc_rows *out)
{
    void *v = NULL;
    surreal_status status = surreal_model_insert(db, &v2_doc_model, rows,
            count, out ? &v : NULL, out ? &out->result : NULL);

    if (out) {
        out->v = (v2_doc *)v;
        out->count = v ? count : 0;
    }
    return status;
}

static inline surreal_status
v2_doc_merge(surreal *db, v2_doc_id id, const v2_doc *row, v2_doc_row *out)
{
    return surreal_model_merge(db, &v2_doc_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
v2_doc_replace(surreal *db, v2_doc_id id, const v2_doc *row, v2_doc_row *out)
{
    return surreal_model_replace(db, &v2_doc_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
v2_doc_upsert(surreal *db, v2_doc_id id, const v2_doc *row, v2_doc_row *out)
{
    return surreal_model_upsert(db, &v2_doc_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
v2_doc_delete(surreal *db, v2_doc_id id, v2_doc_row *out)
{
    return surreal_model_delete(db, &v2_doc_model, id.rid,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

typedef enum v2_bare_state {
    V2_BARE_STATE_UNKNOWN_ = 0, /* a value not known here */
    V2_BARE_STATE_NEW,
    V2_BARE_STATE_LATE,
    V2_BARE_STATE_DONE
} v2_bare_state;

/* NULL for a value not known here. */
const char *v2_bare_state_name(v2_bare_state v);
bool v2_bare_state_parse(surreal_str text, v2_bare_state *out);

/* Bits of v2_bare.set_. */
enum {
    V2_BARE_ID = 0,
    V2_BARE_TITLE = 1,
    V2_BARE_STATE = 2,
    V2_BARE_ADDED = 3
};

typedef struct v2_bare {
    uint64_t set_[1];
    uint64_t mark_[1];
    surreal_value extra_; /* what it was read from */
    struct v2_bare_id id;
    surreal_str title;
    enum v2_bare_state state;
    int64_t added; /* optional */
} v2_bare;

extern const surreal_model v2_bare_model;

static inline bool
v2_bare_has_id(const v2_bare *row)
{
    return surreal_bit_is(row->set_, V2_BARE_ID);
}

static inline void
v2_bare_set_id(v2_bare *row, v2_bare_id v)
{
    row->id = v;
    surreal_bit_set(row->set_, V2_BARE_ID);
    surreal_bit_set(row->mark_, V2_BARE_ID);
}

static inline bool
v2_bare_has_title(const v2_bare *row)
{
    return surreal_bit_is(row->set_, V2_BARE_TITLE);
}

static inline void
v2_bare_set_title(v2_bare *row, surreal_str v)
{
    row->title = v;
    surreal_bit_set(row->set_, V2_BARE_TITLE);
    surreal_bit_set(row->mark_, V2_BARE_TITLE);
}

static inline bool
v2_bare_has_state(const v2_bare *row)
{
    return surreal_bit_is(row->set_, V2_BARE_STATE);
}

static inline void
v2_bare_set_state(v2_bare *row, v2_bare_state v)
{
    row->state = v;
    surreal_bit_set(row->set_, V2_BARE_STATE);
    surreal_bit_set(row->mark_, V2_BARE_STATE);
}

static inline bool
v2_bare_has_added(const v2_bare *row)
{
    return surreal_bit_is(row->set_, V2_BARE_ADDED);
}

static inline void
v2_bare_set_added(v2_bare *row, int64_t v)
{
    row->added = v;
    surreal_bit_set(row->set_, V2_BARE_ADDED);
    surreal_bit_set(row->mark_, V2_BARE_ADDED);
}

/* A merge removes the field. */
static inline void
v2_bare_clear_added(v2_bare *row)
{
    surreal_bit_clear(row->set_, V2_BARE_ADDED);
    surreal_bit_set(row->mark_, V2_BARE_ADDED);
}

static inline size_t
v2_bare_print(const v2_bare *row, char *buf, size_t cap)
{
    return surreal_model_print(&v2_bare_model, row, buf, cap);
}

static inline size_t
v2_bare_to_json(const v2_bare *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&v2_bare_model, row, buf, cap);
}

static inline bool
v2_bare_equal(const v2_bare *a, const v2_bare *b)
{
    return surreal_model_equal(&v2_bare_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
v2_bare_copy(const v2_bare *row, surreal_result *owner, v2_bare *out)
{
    return surreal_model_copy(&v2_bare_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
v2_bare_check(const v2_bare *row, surreal_error *err)
{
    return surreal_model_check(&v2_bare_model, row, err);
}

typedef struct v2_bare_row {
    struct v2_bare row;
    surreal_result *result;
} v2_bare_row;

typedef struct v2_bare_rows {
    struct v2_bare *v;
    size_t count;
    surreal_result *result;
} v2_bare_rows;

static inline surreal_status
v2_bare_get(surreal *db, v2_bare_id id, v2_bare_row *out)
{
    return surreal_model_get(db, &v2_bare_model, id.rid,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
v2_bare_all(surreal *db, v2_bare_rows *out)
{
    void *v;
    surreal_status status = surreal_model_all(db, &v2_bare_model, &v,
            &out->count, &out->result);

    out->v = (v2_bare *)v;
    return status;
}

/* `where` is program text; values belong into vars. */
static inline surreal_status
v2_bare_find(surreal *db, const char *where, surreal_vars vars,
        v2_bare_rows *out)
{
    void *v;
    surreal_status status = surreal_model_find(db, &v2_bare_model, where, vars,
            &v, &out->count, &out->result);

    out->v = (v2_bare *)v;
    return status;
}

/* `where` may be NULL for all. */
static inline surreal_status
v2_bare_count(surreal *db, const char *where, surreal_vars vars,
        int64_t *count)
{
    return surreal_model_count(db, &v2_bare_model, where, vars, count);
}

static inline surreal_status
v2_bare_create(surreal *db, const v2_bare *row, v2_bare_row *out)
{
    return surreal_model_create(db, &v2_bare_model, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
v2_bare_insert(surreal *db, const v2_bare *rows, size_t count,
        v2_bare_rows *out)
{
    void *v = NULL;
    surreal_status status = surreal_model_insert(db, &v2_bare_model, rows,
            count, out ? &v : NULL, out ? &out->result : NULL);

    if (out) {
        out->v = (v2_bare *)v;
        out->count = v ? count : 0;
    }
    return status;
}

static inline surreal_status
v2_bare_merge(surreal *db, v2_bare_id id, const v2_bare *row, v2_bare_row *out)
{
    return surreal_model_merge(db, &v2_bare_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
v2_bare_replace(surreal *db, v2_bare_id id, const v2_bare *row,
        v2_bare_row *out)
{
    return surreal_model_replace(db, &v2_bare_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
v2_bare_upsert(surreal *db, v2_bare_id id, const v2_bare *row,
        v2_bare_row *out)
{
    return surreal_model_upsert(db, &v2_bare_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
v2_bare_delete(surreal *db, v2_bare_id id, v2_bare_row *out)
{
    return surreal_model_delete(db, &v2_bare_model, id.rid,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

/* At most `count` records behind `id`, in the order of ids; a zeroed id: from
 * the beginning. */
static inline surreal_status
v2_doc_page(surreal *db, v2_doc_id id, size_t count, v2_doc_rows *out)
{
    void *v;
    surreal_status status = surreal_model_page(db, &v2_doc_model, id.rid,
            count, &v, &out->count, &out->result);

    out->v = (v2_doc *)v;
    return status;
}

/* At most `count` records behind `id`, in the order of ids; a zeroed id: from
 * the beginning. */
static inline surreal_status
v2_bare_page(surreal *db, v2_bare_id id, size_t count, v2_bare_rows *out)
{
    void *v;
    surreal_status status = surreal_model_page(db, &v2_bare_model, id.rid,
            count, &v, &out->count, &out->result);

    out->v = (v2_bare *)v;
    return status;
}

/* For surreal_schema_check(). */
extern const surreal_schema v2_schema;

#ifdef __cplusplus
}
#endif

#endif
