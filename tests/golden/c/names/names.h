/* names.h: written by surrealgen from names.sg; do not edit. */
#ifndef NAMES_SURREALGEN_H
#define NAMES_SURREALGEN_H
#include "surreal.h"

#if !defined(SURREAL_MODEL_ABI) || SURREAL_MODEL_ABI != 2
#error "generated for another surreal.h: run surrealgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct int__id {
    surreal_record_id rid;
} int__id;

static inline int__id
int__id_str(surreal_str key)
{
    int__id id;

    id.rid = surreal_id_str("int", key);
    return id;
}

static inline int__id
int__id_int(int64_t key)
{
    int__id id;

    id.rid = surreal_id_int("int", key);
    return id;
}

static inline int__id
int__id_uuid(surreal_uuid key)
{
    int__id id;

    id.rid = surreal_id_uuid("int", key);
    return id;
}

typedef struct time__id {
    surreal_record_id rid;
} time__id;

static inline time__id
time__id_str(surreal_str key)
{
    time__id id;

    id.rid = surreal_id_str("time", key);
    return id;
}

static inline time__id
time__id_int(int64_t key)
{
    time__id id;

    id.rid = surreal_id_int("time", key);
    return id;
}

static inline time__id
time__id_uuid(surreal_uuid key)
{
    time__id id;

    id.rid = surreal_id_uuid("time", key);
    return id;
}

typedef struct person_id {
    surreal_record_id rid;
} person_id;

static inline person_id
person_id_str(surreal_str key)
{
    person_id id;

    id.rid = surreal_id_str("person", key);
    return id;
}

static inline person_id
person_id_int(int64_t key)
{
    person_id id;

    id.rid = surreal_id_int("person", key);
    return id;
}

static inline person_id
person_id_uuid(surreal_uuid key)
{
    person_id id;

    id.rid = surreal_id_uuid("person", key);
    return id;
}

typedef struct person_get__id {
    surreal_record_id rid;
} person_get__id;

static inline person_get__id
person_get__id_str(surreal_str key)
{
    person_get__id id;

    id.rid = surreal_id_str("person_get", key);
    return id;
}

static inline person_get__id
person_get__id_int(int64_t key)
{
    person_get__id id;

    id.rid = surreal_id_int("person_get", key);
    return id;
}

static inline person_get__id
person_get__id_uuid(surreal_uuid key)
{
    person_get__id id;

    id.rid = surreal_id_uuid("person_get", key);
    return id;
}

typedef struct person_set_get_id {
    surreal_record_id rid;
} person_set_get_id;

static inline person_set_get_id
person_set_get_id_str(surreal_str key)
{
    person_set_get_id id;

    id.rid = surreal_id_str("person_set_get", key);
    return id;
}

static inline person_set_get_id
person_set_get_id_int(int64_t key)
{
    person_set_get_id id;

    id.rid = surreal_id_int("person_set_get", key);
    return id;
}

static inline person_set_get_id
person_set_get_id_uuid(surreal_uuid key)
{
    person_set_get_id id;

    id.rid = surreal_id_uuid("person_set_get", key);
    return id;
}

typedef struct row__id {
    surreal_record_id rid;
} row__id;

static inline row__id
row__id_str(surreal_str key)
{
    row__id id;

    id.rid = surreal_id_str("row", key);
    return id;
}

static inline row__id
row__id_int(int64_t key)
{
    row__id id;

    id.rid = surreal_id_int("row", key);
    return id;
}

static inline row__id
row__id_uuid(surreal_uuid key)
{
    row__id id;

    id.rid = surreal_id_uuid("row", key);
    return id;
}

typedef struct surreal__id {
    surreal_record_id rid;
} surreal__id;

static inline surreal__id
surreal__id_str(surreal_str key)
{
    surreal__id id;

    id.rid = surreal_id_str("surreal", key);
    return id;
}

static inline surreal__id
surreal__id_int(int64_t key)
{
    surreal__id id;

    id.rid = surreal_id_int("surreal", key);
    return id;
}

static inline surreal__id
surreal__id_uuid(surreal_uuid key)
{
    surreal__id id;

    id.rid = surreal_id_uuid("surreal", key);
    return id;
}

typedef struct get_id {
    surreal_record_id rid;
} get_id;

static inline get_id
get_id_str(surreal_str key)
{
    get_id id;

    id.rid = surreal_id_str("get", key);
    return id;
}

static inline get_id
get_id_int(int64_t key)
{
    get_id id;

    id.rid = surreal_id_int("get", key);
    return id;
}

static inline get_id
get_id_uuid(surreal_uuid key)
{
    get_id id;

    id.rid = surreal_id_uuid("get", key);
    return id;
}

typedef struct odd_name_id {
    surreal_record_id rid;
} odd_name_id;

static inline odd_name_id
odd_name_id_str(surreal_str key)
{
    odd_name_id id;

    id.rid = surreal_id_str("odd-name", key);
    return id;
}

static inline odd_name_id
odd_name_id_int(int64_t key)
{
    odd_name_id id;

    id.rid = surreal_id_int("odd-name", key);
    return id;
}

static inline odd_name_id
odd_name_id_uuid(surreal_uuid key)
{
    odd_name_id id;

    id.rid = surreal_id_uuid("odd-name", key);
    return id;
}

typedef struct template__id {
    surreal_record_id rid;
} template__id;

static inline template__id
template__id_str(surreal_str key)
{
    template__id id;

    id.rid = surreal_id_str("template", key);
    return id;
}

static inline template__id
template__id_int(int64_t key)
{
    template__id id;

    id.rid = surreal_id_int("template", key);
    return id;
}

static inline template__id
template__id_uuid(surreal_uuid key)
{
    template__id id;

    id.rid = surreal_id_uuid("template", key);
    return id;
}

typedef struct house_id {
    surreal_record_id rid;
} house_id;

static inline house_id
house_id_str(surreal_str key)
{
    house_id id;

    id.rid = surreal_id_str("house", key);
    return id;
}

static inline house_id
house_id_int(int64_t key)
{
    house_id id;

    id.rid = surreal_id_int("house", key);
    return id;
}

static inline house_id
house_id_uuid(surreal_uuid key)
{
    house_id id;

    id.rid = surreal_id_uuid("house", key);
    return id;
}

/* Bits of int_.set_. */
enum {
    INT__ID = 0,
    INT__CLASS_ = 1,
    INT__DO_ = 2,
    INT__EOF_ = 3,
    INT__ERRNO_ = 4,
    INT__UNIX_ = 5,
    INT__STDIN_ = 6,
    INT__SET__ = 7,
    INT__NAN_ = 8,
    INT__INT32_MAX_ = 9,
    INT__SIZE_MAX_ = 10,
    INT__UINT64_C_ = 11,
    INT__A_B = 12,
    INT__X1ST = 13,
    INT__X__BER = 14
};

typedef struct int_ {
    uint64_t set_[1];
    uint64_t mark_[1];
    struct int__id id;
    surreal_str class_;
    int64_t do_; /* optional */
    int64_t EOF_;
    int64_t errno_;
    bool unix_;
    surreal_str stdin_;
    surreal_str set__;
    surreal_str NAN_; /* optional */
    int64_t INT32_MAX_;
    int64_t SIZE_MAX_;
    int64_t UINT64_C_;
    int64_t a_b;
    int64_t x1st;
    surreal_str x__ber;
} int_;

extern const surreal_model int__model;

static inline bool
int__has_id(const int_ *row)
{
    return surreal_bit_is(row->set_, INT__ID);
}

static inline void
int__set_id(int_ *row, int__id v)
{
    row->id = v;
    surreal_bit_set(row->set_, INT__ID);
    surreal_bit_set(row->mark_, INT__ID);
}

static inline bool
int__has_class_(const int_ *row)
{
    return surreal_bit_is(row->set_, INT__CLASS_);
}

static inline void
int__set_class_(int_ *row, surreal_str v)
{
    row->class_ = v;
    surreal_bit_set(row->set_, INT__CLASS_);
    surreal_bit_set(row->mark_, INT__CLASS_);
}

static inline bool
int__has_do_(const int_ *row)
{
    return surreal_bit_is(row->set_, INT__DO_);
}

static inline void
int__set_do_(int_ *row, int64_t v)
{
    row->do_ = v;
    surreal_bit_set(row->set_, INT__DO_);
    surreal_bit_set(row->mark_, INT__DO_);
}

/* A merge removes the field. */
static inline void
int__clear_do_(int_ *row)
{
    surreal_bit_clear(row->set_, INT__DO_);
    surreal_bit_set(row->mark_, INT__DO_);
}

static inline bool
int__has_EOF_(const int_ *row)
{
    return surreal_bit_is(row->set_, INT__EOF_);
}

static inline void
int__set_EOF_(int_ *row, int64_t v)
{
    row->EOF_ = v;
    surreal_bit_set(row->set_, INT__EOF_);
    surreal_bit_set(row->mark_, INT__EOF_);
}

static inline bool
int__has_errno_(const int_ *row)
{
    return surreal_bit_is(row->set_, INT__ERRNO_);
}

static inline void
int__set_errno_(int_ *row, int64_t v)
{
    row->errno_ = v;
    surreal_bit_set(row->set_, INT__ERRNO_);
    surreal_bit_set(row->mark_, INT__ERRNO_);
}

static inline bool
int__has_unix_(const int_ *row)
{
    return surreal_bit_is(row->set_, INT__UNIX_);
}

static inline void
int__set_unix_(int_ *row, bool v)
{
    row->unix_ = v;
    surreal_bit_set(row->set_, INT__UNIX_);
    surreal_bit_set(row->mark_, INT__UNIX_);
}

static inline bool
int__has_stdin_(const int_ *row)
{
    return surreal_bit_is(row->set_, INT__STDIN_);
}

static inline void
int__set_stdin_(int_ *row, surreal_str v)
{
    row->stdin_ = v;
    surreal_bit_set(row->set_, INT__STDIN_);
    surreal_bit_set(row->mark_, INT__STDIN_);
}

static inline bool
int__has_set__(const int_ *row)
{
    return surreal_bit_is(row->set_, INT__SET__);
}

static inline void
int__set_set__(int_ *row, surreal_str v)
{
    row->set__ = v;
    surreal_bit_set(row->set_, INT__SET__);
    surreal_bit_set(row->mark_, INT__SET__);
}

static inline bool
int__has_NAN_(const int_ *row)
{
    return surreal_bit_is(row->set_, INT__NAN_);
}

static inline void
int__set_NAN_(int_ *row, surreal_str v)
{
    row->NAN_ = v;
    surreal_bit_set(row->set_, INT__NAN_);
    surreal_bit_set(row->mark_, INT__NAN_);
}

/* A merge removes the field. */
static inline void
int__clear_NAN_(int_ *row)
{
    surreal_bit_clear(row->set_, INT__NAN_);
    surreal_bit_set(row->mark_, INT__NAN_);
}

static inline bool
int__has_INT32_MAX_(const int_ *row)
{
    return surreal_bit_is(row->set_, INT__INT32_MAX_);
}

static inline void
int__set_INT32_MAX_(int_ *row, int64_t v)
{
    row->INT32_MAX_ = v;
    surreal_bit_set(row->set_, INT__INT32_MAX_);
    surreal_bit_set(row->mark_, INT__INT32_MAX_);
}

static inline bool
int__has_SIZE_MAX_(const int_ *row)
{
    return surreal_bit_is(row->set_, INT__SIZE_MAX_);
}

static inline void
int__set_SIZE_MAX_(int_ *row, int64_t v)
{
    row->SIZE_MAX_ = v;
    surreal_bit_set(row->set_, INT__SIZE_MAX_);
    surreal_bit_set(row->mark_, INT__SIZE_MAX_);
}

static inline bool
int__has_UINT64_C_(const int_ *row)
{
    return surreal_bit_is(row->set_, INT__UINT64_C_);
}

static inline void
int__set_UINT64_C_(int_ *row, int64_t v)
{
    row->UINT64_C_ = v;
    surreal_bit_set(row->set_, INT__UINT64_C_);
    surreal_bit_set(row->mark_, INT__UINT64_C_);
}

static inline bool
int__has_a_b(const int_ *row)
{
    return surreal_bit_is(row->set_, INT__A_B);
}

static inline void
int__set_a_b(int_ *row, int64_t v)
{
    row->a_b = v;
    surreal_bit_set(row->set_, INT__A_B);
    surreal_bit_set(row->mark_, INT__A_B);
}

static inline bool
int__has_x1st(const int_ *row)
{
    return surreal_bit_is(row->set_, INT__X1ST);
}

static inline void
int__set_x1st(int_ *row, int64_t v)
{
    row->x1st = v;
    surreal_bit_set(row->set_, INT__X1ST);
    surreal_bit_set(row->mark_, INT__X1ST);
}

static inline bool
int__has_x__ber(const int_ *row)
{
    return surreal_bit_is(row->set_, INT__X__BER);
}

static inline void
int__set_x__ber(int_ *row, surreal_str v)
{
    row->x__ber = v;
    surreal_bit_set(row->set_, INT__X__BER);
    surreal_bit_set(row->mark_, INT__X__BER);
}

static inline size_t
int__print(const int_ *row, char *buf, size_t cap)
{
    return surreal_model_print(&int__model, row, buf, cap);
}

static inline size_t
int__to_json(const int_ *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&int__model, row, buf, cap);
}

static inline bool
int__equal(const int_ *a, const int_ *b)
{
    return surreal_model_equal(&int__model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
int__copy(const int_ *row, surreal_result *owner, int_ *out)
{
    return surreal_model_copy(&int__model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
int__check(const int_ *row, surreal_error *err)
{
    return surreal_model_check(&int__model, row, err);
}

typedef struct int__row {
    struct int_ row;
    surreal_result *result;
} int__row;

typedef struct int__rows {
    struct int_ *v;
    size_t count;
    surreal_result *result;
} int__rows;

static inline surreal_status
int__get(surreal *db, int__id id, int__row *out)
{
    return surreal_model_get(db, &int__model, id.rid, out ? &out->row : NULL,
            out ? &out->result : NULL);
}

static inline surreal_status
int__all(surreal *db, int__rows *out)
{
    void *v;
    surreal_status status = surreal_model_all(db, &int__model, &v, &out->count,
            &out->result);

    out->v = (int_ *)v;
    return status;
}

/* `where` is program text; values belong into vars. */
static inline surreal_status
int__find(surreal *db, const char *where, surreal_vars vars, int__rows *out)
{
    void *v;
    surreal_status status = surreal_model_find(db, &int__model, where, vars,
            &v, &out->count, &out->result);

    out->v = (int_ *)v;
    return status;
}

/* `where` may be NULL for all. */
static inline surreal_status
int__count(surreal *db, const char *where, surreal_vars vars, int64_t *count)
{
    return surreal_model_count(db, &int__model, where, vars, count);
}

static inline surreal_status
int__create(surreal *db, const int_ *row, int__row *out)
{
    return surreal_model_create(db, &int__model, row, out ? &out->row : NULL,
            out ? &out->result : NULL);
}

static inline surreal_status
int__insert(surreal *db, const int_ *rows, size_t count, int__rows *out)
{
    void *v = NULL;
    surreal_status status = surreal_model_insert(db, &int__model, rows, count,
            out ? &v : NULL, out ? &out->result : NULL);

    if (out) {
        out->v = (int_ *)v;
        out->count = v ? count : 0;
    }
    return status;
}

static inline surreal_status
int__merge(surreal *db, int__id id, const int_ *row, int__row *out)
{
    return surreal_model_merge(db, &int__model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
int__replace(surreal *db, int__id id, const int_ *row, int__row *out)
{
    return surreal_model_replace(db, &int__model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
int__upsert(surreal *db, int__id id, const int_ *row, int__row *out)
{
    return surreal_model_upsert(db, &int__model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
int__delete(surreal *db, int__id id, int__row *out)
{
    return surreal_model_delete(db, &int__model, id.rid,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

/* Bits of time_.set_. */
enum {
    TIME__ID = 0,
    TIME__TIME_ = 1
};

typedef struct time_ {
    uint64_t set_[1];
    uint64_t mark_[1];
    struct time__id id;
    surreal_datetime time_;
} time_;

extern const surreal_model time__model;

static inline bool
time__has_id(const time_ *row)
{
    return surreal_bit_is(row->set_, TIME__ID);
}

static inline void
time__set_id(time_ *row, time__id v)
{
    row->id = v;
    surreal_bit_set(row->set_, TIME__ID);
    surreal_bit_set(row->mark_, TIME__ID);
}

static inline bool
time__has_time_(const time_ *row)
{
    return surreal_bit_is(row->set_, TIME__TIME_);
}

static inline void
time__set_time_(time_ *row, surreal_datetime v)
{
    row->time_ = v;
    surreal_bit_set(row->set_, TIME__TIME_);
    surreal_bit_set(row->mark_, TIME__TIME_);
}

static inline size_t
time__print(const time_ *row, char *buf, size_t cap)
{
    return surreal_model_print(&time__model, row, buf, cap);
}

static inline size_t
time__to_json(const time_ *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&time__model, row, buf, cap);
}

static inline bool
time__equal(const time_ *a, const time_ *b)
{
    return surreal_model_equal(&time__model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
time__copy(const time_ *row, surreal_result *owner, time_ *out)
{
    return surreal_model_copy(&time__model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
time__check(const time_ *row, surreal_error *err)
{
    return surreal_model_check(&time__model, row, err);
}

typedef struct time__row {
    struct time_ row;
    surreal_result *result;
} time__row;

typedef struct time__rows {
    struct time_ *v;
    size_t count;
    surreal_result *result;
} time__rows;

static inline surreal_status
time__get(surreal *db, time__id id, time__row *out)
{
    return surreal_model_get(db, &time__model, id.rid, out ? &out->row : NULL,
            out ? &out->result : NULL);
}

static inline surreal_status
time__all(surreal *db, time__rows *out)
{
    void *v;
    surreal_status status = surreal_model_all(db, &time__model, &v,
            &out->count, &out->result);

    out->v = (time_ *)v;
    return status;
}

/* `where` is program text; values belong into vars. */
static inline surreal_status
time__find(surreal *db, const char *where, surreal_vars vars, time__rows *out)
{
    void *v;
    surreal_status status = surreal_model_find(db, &time__model, where, vars,
            &v, &out->count, &out->result);

    out->v = (time_ *)v;
    return status;
}

/* `where` may be NULL for all. */
static inline surreal_status
time__count(surreal *db, const char *where, surreal_vars vars, int64_t *count)
{
    return surreal_model_count(db, &time__model, where, vars, count);
}

static inline surreal_status
time__create(surreal *db, const time_ *row, time__row *out)
{
    return surreal_model_create(db, &time__model, row, out ? &out->row : NULL,
            out ? &out->result : NULL);
}

static inline surreal_status
time__insert(surreal *db, const time_ *rows, size_t count, time__rows *out)
{
    void *v = NULL;
    surreal_status status = surreal_model_insert(db, &time__model, rows, count,
            out ? &v : NULL, out ? &out->result : NULL);

    if (out) {
        out->v = (time_ *)v;
        out->count = v ? count : 0;
    }
    return status;
}

static inline surreal_status
time__merge(surreal *db, time__id id, const time_ *row, time__row *out)
{
    return surreal_model_merge(db, &time__model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
time__replace(surreal *db, time__id id, const time_ *row, time__row *out)
{
    return surreal_model_replace(db, &time__model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
time__upsert(surreal *db, time__id id, const time_ *row, time__row *out)
{
    return surreal_model_upsert(db, &time__model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
time__delete(surreal *db, time__id id, time__row *out)
{
    return surreal_model_delete(db, &time__model, id.rid,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

/* Bits of person.set_. */
enum {
    PERSON_ID = 0,
    PERSON_GET_ = 1,
    PERSON_ID_STR = 2,
    PERSON_FIND = 3,
    PERSON_SET_X = 4
};

typedef struct person {
    uint64_t set_[1];
    uint64_t mark_[1];
    struct person_id id;
    int64_t get_;
    surreal_str id_str;
    surreal_str find; /* optional */
    int64_t set_x;
} person;

extern const surreal_model person_model;

static inline bool
person_has_id(const person *row)
{
    return surreal_bit_is(row->set_, PERSON_ID);
}

static inline void
person_set_id(person *row, person_id v)
{
    row->id = v;
    surreal_bit_set(row->set_, PERSON_ID);
    surreal_bit_set(row->mark_, PERSON_ID);
}

static inline bool
person_has_get_(const person *row)
{
    return surreal_bit_is(row->set_, PERSON_GET_);
}

static inline void
person_set_get_(person *row, int64_t v)
{
    row->get_ = v;
    surreal_bit_set(row->set_, PERSON_GET_);
    surreal_bit_set(row->mark_, PERSON_GET_);
}

static inline bool
person_has_id_str(const person *row)
{
    return surreal_bit_is(row->set_, PERSON_ID_STR);
}

static inline void
person_set_id_str(person *row, surreal_str v)
{
    row->id_str = v;
    surreal_bit_set(row->set_, PERSON_ID_STR);
    surreal_bit_set(row->mark_, PERSON_ID_STR);
}

static inline bool
person_has_find(const person *row)
{
    return surreal_bit_is(row->set_, PERSON_FIND);
}

static inline void
person_set_find(person *row, surreal_str v)
{
    row->find = v;
    surreal_bit_set(row->set_, PERSON_FIND);
    surreal_bit_set(row->mark_, PERSON_FIND);
}

/* A merge removes the field. */
static inline void
person_clear_find(person *row)
{
    surreal_bit_clear(row->set_, PERSON_FIND);
    surreal_bit_set(row->mark_, PERSON_FIND);
}

static inline bool
person_has_set_x(const person *row)
{
    return surreal_bit_is(row->set_, PERSON_SET_X);
}

static inline void
person_set_set_x(person *row, int64_t v)
{
    row->set_x = v;
    surreal_bit_set(row->set_, PERSON_SET_X);
    surreal_bit_set(row->mark_, PERSON_SET_X);
}

static inline size_t
person_print(const person *row, char *buf, size_t cap)
{
    return surreal_model_print(&person_model, row, buf, cap);
}

static inline size_t
person_to_json(const person *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&person_model, row, buf, cap);
}

static inline bool
person_equal(const person *a, const person *b)
{
    return surreal_model_equal(&person_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
person_copy(const person *row, surreal_result *owner, person *out)
{
    return surreal_model_copy(&person_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
person_check(const person *row, surreal_error *err)
{
    return surreal_model_check(&person_model, row, err);
}

typedef struct person_row {
    struct person row;
    surreal_result *result;
} person_row;

typedef struct person_rows {
    struct person *v;
    size_t count;
    surreal_result *result;
} person_rows;

static inline surreal_status
person_get(surreal *db, person_id id, person_row *out)
{
    return surreal_model_get(db, &person_model, id.rid, out ? &out->row : NULL,
            out ? &out->result : NULL);
}

static inline surreal_status
person_all(surreal *db, person_rows *out)
{
    void *v;
    surreal_status status = surreal_model_all(db, &person_model, &v,
            &out->count, &out->result);

    out->v = (person *)v;
    return status;
}

/* `where` is program text; values belong into vars. */
static inline surreal_status
person_find(surreal *db, const char *where, surreal_vars vars,
        person_rows *out)
{
    void *v;
    surreal_status status = surreal_model_find(db, &person_model, where, vars,
            &v, &out->count, &out->result);

    out->v = (person *)v;
    return status;
}

/* `where` may be NULL for all. */
static inline surreal_status
person_count(surreal *db, const char *where, surreal_vars vars, int64_t *count)
{
    return surreal_model_count(db, &person_model, where, vars, count);
}

static inline surreal_status
person_create(surreal *db, const person *row, person_row *out)
{
    return surreal_model_create(db, &person_model, row, out ? &out->row : NULL,
            out ? &out->result : NULL);
}

static inline surreal_status
person_insert(surreal *db, const person *rows, size_t count, person_rows *out)
{
    void *v = NULL;
    surreal_status status = surreal_model_insert(db, &person_model, rows,
            count, out ? &v : NULL, out ? &out->result : NULL);

    if (out) {
        out->v = (person *)v;
        out->count = v ? count : 0;
    }
    return status;
}

static inline surreal_status
person_merge(surreal *db, person_id id, const person *row, person_row *out)
{
    return surreal_model_merge(db, &person_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
person_replace(surreal *db, person_id id, const person *row, person_row *out)
{
    return surreal_model_replace(db, &person_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
person_upsert(surreal *db, person_id id, const person *row, person_row *out)
{
    return surreal_model_upsert(db, &person_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
person_delete(surreal *db, person_id id, person_row *out)
{
    return surreal_model_delete(db, &person_model, id.rid,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

/* Bits of person_get_.set_. */
enum {
    PERSON_GET__ID = 0,
    PERSON_GET__X = 1
};

typedef struct person_get_ {
    uint64_t set_[1];
    uint64_t mark_[1];
    struct person_get__id id;
    int64_t x;
} person_get_;

extern const surreal_model person_get__model;

static inline bool
person_get__has_id(const person_get_ *row)
{
    return surreal_bit_is(row->set_, PERSON_GET__ID);
}

static inline void
person_get__set_id(person_get_ *row, person_get__id v)
{
    row->id = v;
    surreal_bit_set(row->set_, PERSON_GET__ID);
    surreal_bit_set(row->mark_, PERSON_GET__ID);
}

static inline bool
person_get__has_x(const person_get_ *row)
{
    return surreal_bit_is(row->set_, PERSON_GET__X);
}

static inline void
person_get__set_x(person_get_ *row, int64_t v)
{
    row->x = v;
    surreal_bit_set(row->set_, PERSON_GET__X);
    surreal_bit_set(row->mark_, PERSON_GET__X);
}

static inline size_t
person_get__print(const person_get_ *row, char *buf, size_t cap)
{
    return surreal_model_print(&person_get__model, row, buf, cap);
}

static inline size_t
person_get__to_json(const person_get_ *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&person_get__model, row, buf, cap);
}

static inline bool
person_get__equal(const person_get_ *a, const person_get_ *b)
{
    return surreal_model_equal(&person_get__model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
person_get__copy(const person_get_ *row, surreal_result *owner,
        person_get_ *out)
{
    return surreal_model_copy(&person_get__model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
person_get__check(const person_get_ *row, surreal_error *err)
{
    return surreal_model_check(&person_get__model, row, err);
}

typedef struct person_get__row {
    struct person_get_ row;
    surreal_result *result;
} person_get__row;

typedef struct person_get__rows {
    struct person_get_ *v;
    size_t count;
    surreal_result *result;
} person_get__rows;

static inline surreal_status
person_get__get(surreal *db, person_get__id id, person_get__row *out)
{
    return surreal_model_get(db, &person_get__model, id.rid,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
person_get__all(surreal *db, person_get__rows *out)
{
    void *v;
    surreal_status status = surreal_model_all(db, &person_get__model, &v,
            &out->count, &out->result);

    out->v = (person_get_ *)v;
    return status;
}

/* `where` is program text; values belong into vars. */
static inline surreal_status
person_get__find(surreal *db, const char *where, surreal_vars vars,
        person_get__rows *out)
{
    void *v;
    surreal_status status = surreal_model_find(db, &person_get__model, where,
            vars, &v, &out->count, &out->result);

    out->v = (person_get_ *)v;
    return status;
}

/* `where` may be NULL for all. */
static inline surreal_status
person_get__count(surreal *db, const char *where, surreal_vars vars,
        int64_t *count)
{
    return surreal_model_count(db, &person_get__model, where, vars, count);
}

static inline surreal_status
person_get__create(surreal *db, const person_get_ *row, person_get__row *out)
{
    return surreal_model_create(db, &person_get__model, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
person_get__insert(surreal *db, const person_get_ *rows, size_t count,
        person_get__rows *out)
{
    void *v = NULL;
    surreal_status status = surreal_model_insert(db, &person_get__model, rows,
            count, out ? &v : NULL, out ? &out->result : NULL);

    if (out) {
        out->v = (person_get_ *)v;
        out->count = v ? count : 0;
    }
    return status;
}

static inline surreal_status
person_get__merge(surreal *db, person_get__id id, const person_get_ *row,
        person_get__row *out)
{
    return surreal_model_merge(db, &person_get__model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
person_get__replace(surreal *db, person_get__id id, const person_get_ *row,
        person_get__row *out)
{
    return surreal_model_replace(db, &person_get__model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
person_get__upsert(surreal *db, person_get__id id, const person_get_ *row,
        person_get__row *out)
{
    return surreal_model_upsert(db, &person_get__model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
person_get__delete(surreal *db, person_get__id id, person_get__row *out)
{
    return surreal_model_delete(db, &person_get__model, id.rid,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

/* Bits of person_set_get.set_. */
enum {
    PERSON_SET_GET_ID = 0,
    PERSON_SET_GET_Y = 1
};

typedef struct person_set_get {
    uint64_t set_[1];
    uint64_t mark_[1];
    struct person_set_get_id id;
    int64_t y;
} person_set_get;

extern const surreal_model person_set_get_model;

static inline bool
person_set_get_has_id(const person_set_get *row)
{
    return surreal_bit_is(row->set_, PERSON_SET_GET_ID);
}

static inline void
person_set_get_set_id(person_set_get *row, person_set_get_id v)
{
    row->id = v;
    surreal_bit_set(row->set_, PERSON_SET_GET_ID);
    surreal_bit_set(row->mark_, PERSON_SET_GET_ID);
}

static inline bool
person_set_get_has_y(const person_set_get *row)
{
    return surreal_bit_is(row->set_, PERSON_SET_GET_Y);
}

static inline void
person_set_get_set_y(person_set_get *row, int64_t v)
{
    row->y = v;
    surreal_bit_set(row->set_, PERSON_SET_GET_Y);
    surreal_bit_set(row->mark_, PERSON_SET_GET_Y);
}

static inline size_t
person_set_get_print(const person_set_get *row, char *buf, size_t cap)
{
    return surreal_model_print(&person_set_get_model, row, buf, cap);
}

static inline size_t
person_set_get_to_json(const person_set_get *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&person_set_get_model, row, buf, cap);
}

static inline bool
person_set_get_equal(const person_set_get *a, const person_set_get *b)
{
    return surreal_model_equal(&person_set_get_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
person_set_get_copy(const person_set_get *row, surreal_result *owner,
        person_set_get *out)
{
    return surreal_model_copy(&person_set_get_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
person_set_get_check(const person_set_get *row, surreal_error *err)
{
    return surreal_model_check(&person_set_get_model, row, err);
}

typedef struct person_set_get_row {
    struct person_set_get row;
    surreal_result *result;
} person_set_get_row;

typedef struct person_set_get_rows {
    struct person_set_get *v;
    size_t count;
    surreal_result *result;
} person_set_get_rows;

static inline surreal_status
person_set_get_get(surreal *db, person_set_get_id id, person_set_get_row *out)
{
    return surreal_model_get(db, &person_set_get_model, id.rid,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
person_set_get_all(surreal *db, person_set_get_rows *out)
{
    void *v;
    surreal_status status = surreal_model_all(db, &person_set_get_model, &v,
            &out->count, &out->result);

    out->v = (person_set_get *)v;
    return status;
}

/* `where` is program text; values belong into vars. */
static inline surreal_status
person_set_get_find(surreal *db, const char *where, surreal_vars vars,
        person_set_get_rows *out)
{
    void *v;
    surreal_status status = surreal_model_find(db, &person_set_get_model,
            where, vars, &v, &out->count, &out->result);

    out->v = (person_set_get *)v;
    return status;
}

/* `where` may be NULL for all. */
static inline surreal_status
person_set_get_count(surreal *db, const char *where, surreal_vars vars,
        int64_t *count)
{
    return surreal_model_count(db, &person_set_get_model, where, vars, count);
}

static inline surreal_status
person_set_get_create(surreal *db, const person_set_get *row,
        person_set_get_row *out)
{
    return surreal_model_create(db, &person_set_get_model, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
person_set_get_insert(surreal *db, const person_set_get *rows, size_t count,
        person_set_get_rows *out)
{
    void *v = NULL;
    surreal_status status = surreal_model_insert(db, &person_set_get_model,
            rows, count, out ? &v : NULL, out ? &out->result : NULL);

    if (out) {
        out->v = (person_set_get *)v;
        out->count = v ? count : 0;
    }
    return status;
}

static inline surreal_status
person_set_get_merge(surreal *db, person_set_get_id id,
        const person_set_get *row, person_set_get_row *out)
{
    return surreal_model_merge(db, &person_set_get_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
person_set_get_replace(surreal *db, person_set_get_id id,
        const person_set_get *row, person_set_get_row *out)
{
    return surreal_model_replace(db, &person_set_get_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
person_set_get_upsert(surreal *db, person_set_get_id id,
        const person_set_get *row, person_set_get_row *out)
{
    return surreal_model_upsert(db, &person_set_get_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
person_set_get_delete(surreal *db, person_set_get_id id,
        person_set_get_row *out)
{
    return surreal_model_delete(db, &person_set_get_model, id.rid,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

/* Bits of row_.set_. */
enum {
    ROW__ID = 0,
    ROW__ROW = 1,
    ROW__V = 2
};

typedef struct row_ {
    uint64_t set_[1];
    uint64_t mark_[1];
    struct row__id id;
    int64_t row;
    int64_t v;
} row_;

extern const surreal_model row__model;

static inline bool
row__has_id(const row_ *row)
{
    return surreal_bit_is(row->set_, ROW__ID);
}

static inline void
row__set_id(row_ *row, row__id v)
{
    row->id = v;
    surreal_bit_set(row->set_, ROW__ID);
    surreal_bit_set(row->mark_, ROW__ID);
}

static inline bool
row__has_row(const row_ *row)
{
    return surreal_bit_is(row->set_, ROW__ROW);
}

static inline void
row__set_row(row_ *row, int64_t v)
{
    row->row = v;
    surreal_bit_set(row->set_, ROW__ROW);
    surreal_bit_set(row->mark_, ROW__ROW);
}

static inline bool
row__has_v(const row_ *row)
{
    return surreal_bit_is(row->set_, ROW__V);
}

static inline void
row__set_v(row_ *row, int64_t v)
{
    row->v = v;
    surreal_bit_set(row->set_, ROW__V);
    surreal_bit_set(row->mark_, ROW__V);
}

static inline size_t
row__print(const row_ *row, char *buf, size_t cap)
{
    return surreal_model_print(&row__model, row, buf, cap);
}

static inline size_t
row__to_json(const row_ *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&row__model, row, buf, cap);
}

static inline bool
row__equal(const row_ *a, const row_ *b)
{
    return surreal_model_equal(&row__model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
row__copy(const row_ *row, surreal_result *owner, row_ *out)
{
    return surreal_model_copy(&row__model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
row__check(const row_ *row, surreal_error *err)
{
    return surreal_model_check(&row__model, row, err);
}

typedef struct row__row {
    struct row_ row;
    surreal_result *result;
} row__row;

typedef struct row__rows {
    struct row_ *v;
    size_t count;
    surreal_result *result;
} row__rows;

static inline surreal_status
row__get(surreal *db, row__id id, row__row *out)
{
    return surreal_model_get(db, &row__model, id.rid, out ? &out->row : NULL,
            out ? &out->result : NULL);
}

static inline surreal_status
row__all(surreal *db, row__rows *out)
{
    void *v;
    surreal_status status = surreal_model_all(db, &row__model, &v, &out->count,
            &out->result);

    out->v = (row_ *)v;
    return status;
}

/* `where` is program text; values belong into vars. */
static inline surreal_status
row__find(surreal *db, const char *where, surreal_vars vars, row__rows *out)
{
    void *v;
    surreal_status status = surreal_model_find(db, &row__model, where, vars,
            &v, &out->count, &out->result);

    out->v = (row_ *)v;
    return status;
}

/* `where` may be NULL for all. */
static inline surreal_status
row__count(surreal *db, const char *where, surreal_vars vars, int64_t *count)
{
    return surreal_model_count(db, &row__model, where, vars, count);
}

static inline surreal_status
row__create(surreal *db, const row_ *row, row__row *out)
{
    return surreal_model_create(db, &row__model, row, out ? &out->row : NULL,
            out ? &out->result : NULL);
}

static inline surreal_status
row__insert(surreal *db, const row_ *rows, size_t count, row__rows *out)
{
    void *v = NULL;
    surreal_status status = surreal_model_insert(db, &row__model, rows, count,
            out ? &v : NULL, out ? &out->result : NULL);

    if (out) {
        out->v = (row_ *)v;
        out->count = v ? count : 0;
    }
    return status;
}

static inline surreal_status
row__merge(surreal *db, row__id id, const row_ *row, row__row *out)
{
    return surreal_model_merge(db, &row__model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
row__replace(surreal *db, row__id id, const row_ *row, row__row *out)
{
    return surreal_model_replace(db, &row__model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
row__upsert(surreal *db, row__id id, const row_ *row, row__row *out)
{
    return surreal_model_upsert(db, &row__model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
row__delete(surreal *db, row__id id, row__row *out)
{
    return surreal_model_delete(db, &row__model, id.rid,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

/* Bits of surreal_.set_. */
enum {
    SURREAL__ID = 0,
    SURREAL__VALUE = 1
};

typedef struct surreal_ {
    uint64_t set_[1];
    uint64_t mark_[1];
    struct surreal__id id;
    surreal_raw value; /* optional */
} surreal_;

extern const surreal_model surreal__model;

static inline bool
surreal__has_id(const surreal_ *row)
{
    return surreal_bit_is(row->set_, SURREAL__ID);
}

static inline void
surreal__set_id(surreal_ *row, surreal__id v)
{
    row->id = v;
    surreal_bit_set(row->set_, SURREAL__ID);
    surreal_bit_set(row->mark_, SURREAL__ID);
}

static inline bool
surreal__has_value(const surreal_ *row)
{
    return surreal_bit_is(row->set_, SURREAL__VALUE);
}

static inline void
surreal__set_value(surreal_ *row, surreal_raw v)
{
    row->value = v;
    surreal_bit_set(row->set_, SURREAL__VALUE);
    surreal_bit_set(row->mark_, SURREAL__VALUE);
}

/* A merge removes the field. */
static inline void
surreal__clear_value(surreal_ *row)
{
    surreal_bit_clear(row->set_, SURREAL__VALUE);
    surreal_bit_set(row->mark_, SURREAL__VALUE);
}

static inline size_t
surreal__print(const surreal_ *row, char *buf, size_t cap)
{
    return surreal_model_print(&surreal__model, row, buf, cap);
}

static inline size_t
surreal__to_json(const surreal_ *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&surreal__model, row, buf, cap);
}

static inline bool
surreal__equal(const surreal_ *a, const surreal_ *b)
{
    return surreal_model_equal(&surreal__model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
surreal__copy(const surreal_ *row, surreal_result *owner, surreal_ *out)
{
    return surreal_model_copy(&surreal__model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
surreal__check(const surreal_ *row, surreal_error *err)
{
    return surreal_model_check(&surreal__model, row, err);
}

typedef struct surreal__row {
    struct surreal_ row;
    surreal_result *result;
} surreal__row;

typedef struct surreal__rows {
    struct surreal_ *v;
    size_t count;
    surreal_result *result;
} surreal__rows;

static inline surreal_status
surreal__get(surreal *db, surreal__id id, surreal__row *out)
{
    return surreal_model_get(db, &surreal__model, id.rid,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
surreal__all(surreal *db, surreal__rows *out)
{
    void *v;
    surreal_status status = surreal_model_all(db, &surreal__model, &v,
            &out->count, &out->result);

    out->v = (surreal_ *)v;
    return status;
}

/* `where` is program text; values belong into vars. */
static inline surreal_status
surreal__find(surreal *db, const char *where, surreal_vars vars,
        surreal__rows *out)
{
    void *v;
    surreal_status status = surreal_model_find(db, &surreal__model, where,
            vars, &v, &out->count, &out->result);

    out->v = (surreal_ *)v;
    return status;
}

/* `where` may be NULL for all. */
static inline surreal_status
surreal__count(surreal *db, const char *where, surreal_vars vars,
        int64_t *count)
{
    return surreal_model_count(db, &surreal__model, where, vars, count);
}

static inline surreal_status
surreal__create(surreal *db, const surreal_ *row, surreal__row *out)
{
    return surreal_model_create(db, &surreal__model, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
surreal__insert(surreal *db, const surreal_ *rows, size_t count,
        surreal__rows *out)
{
    void *v = NULL;
    surreal_status status = surreal_model_insert(db, &surreal__model, rows,
            count, out ? &v : NULL, out ? &out->result : NULL);

    if (out) {
        out->v = (surreal_ *)v;
        out->count = v ? count : 0;
    }
    return status;
}

static inline surreal_status
surreal__merge(surreal *db, surreal__id id, const surreal_ *row,
        surreal__row *out)
{
    return surreal_model_merge(db, &surreal__model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
surreal__replace(surreal *db, surreal__id id, const surreal_ *row,
        surreal__row *out)
{
    return surreal_model_replace(db, &surreal__model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
surreal__upsert(surreal *db, surreal__id id, const surreal_ *row,
        surreal__row *out)
{
    return surreal_model_upsert(db, &surreal__model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
surreal__delete(surreal *db, surreal__id id, surreal__row *out)
{
    return surreal_model_delete(db, &surreal__model, id.rid,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

/* Bits of get.set_. */
enum {
    GET_ID = 0,
    GET_GET = 1,
    GET_SET = 2
};

typedef struct get {
    uint64_t set_[1];
    uint64_t mark_[1];
    struct get_id id;
    surreal_str get;
    surreal_str set;
} get;

extern const surreal_model get_model;

static inline bool
get_has_id(const get *row)
{
    return surreal_bit_is(row->set_, GET_ID);
}

static inline void
get_set_id(get *row, get_id v)
{
    row->id = v;
    surreal_bit_set(row->set_, GET_ID);
    surreal_bit_set(row->mark_, GET_ID);
}

static inline bool
get_has_get(const get *row)
{
    return surreal_bit_is(row->set_, GET_GET);
}

static inline void
get_set_get(get *row, surreal_str v)
{
    row->get = v;
    surreal_bit_set(row->set_, GET_GET);
    surreal_bit_set(row->mark_, GET_GET);
}

static inline bool
get_has_set(const get *row)
{
    return surreal_bit_is(row->set_, GET_SET);
}

static inline void
get_set_set(get *row, surreal_str v)
{
    row->set = v;
    surreal_bit_set(row->set_, GET_SET);
    surreal_bit_set(row->mark_, GET_SET);
}

static inline size_t
get_print(const get *row, char *buf, size_t cap)
{
    return surreal_model_print(&get_model, row, buf, cap);
}

static inline size_t
get_to_json(const get *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&get_model, row, buf, cap);
}

static inline bool
get_equal(const get *a, const get *b)
{
    return surreal_model_equal(&get_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
get_copy(const get *row, surreal_result *owner, get *out)
{
    return surreal_model_copy(&get_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
get_check(const get *row, surreal_error *err)
{
    return surreal_model_check(&get_model, row, err);
}

typedef struct get_row {
    struct get row;
    surreal_result *result;
} get_row;

typedef struct get_rows {
    struct get *v;
    size_t count;
    surreal_result *result;
} get_rows;

static inline surreal_status
get_get(surreal *db, get_id id, get_row *out)
{
    return surreal_model_get(db, &get_model, id.rid, out ? &out->row : NULL,
            out ? &out->result : NULL);
}

static inline surreal_status
get_all(surreal *db, get_rows *out)
{
    void *v;
    surreal_status status = surreal_model_all(db, &get_model, &v, &out->count,
            &out->result);

    out->v = (get *)v;
    return status;
}

/* `where` is program text; values belong into vars. */
static inline surreal_status
get_find(surreal *db, const char *where, surreal_vars vars, get_rows *out)
{
    void *v;
    surreal_status status = surreal_model_find(db, &get_model, where, vars, &v,
            &out->count, &out->result);

    out->v = (get *)v;
    return status;
}

/* `where` may be NULL for all. */
static inline surreal_status
get_count(surreal *db, const char *where, surreal_vars vars, int64_t *count)
{
    return surreal_model_count(db, &get_model, where, vars, count);
}

static inline surreal_status
get_create(surreal *db, const get *row, get_row *out)
{
    return surreal_model_create(db, &get_model, row, out ? &out->row : NULL,
            out ? &out->result : NULL);
}

static inline surreal_status
get_insert(surreal *db, const get *rows, size_t count, get_rows *out)
{
    void *v = NULL;
    surreal_status status = surreal_model_insert(db, &get_model, rows, count,
            out ? &v : NULL, out ? &out->result : NULL);

    if (out) {
        out->v = (get *)v;
        out->count = v ? count : 0;
    }
    return status;
}

static inline surreal_status
get_merge(surreal *db, get_id id, const get *row, get_row *out)
{
    return surreal_model_merge(db, &get_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
get_replace(surreal *db, get_id id, const get *row, get_row *out)
{
    return surreal_model_replace(db, &get_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
get_upsert(surreal *db, get_id id, const get *row, get_row *out)
{
    return surreal_model_upsert(db, &get_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
get_delete(surreal *db, get_id id, get_row *out)
{
    return surreal_model_delete(db, &get_model, id.rid, out ? &out->row : NULL,
            out ? &out->result : NULL);
}

/* Bits of odd_name.set_. */
enum {
    ODD_NAME_ID = 0,
    ODD_NAME_X_Y = 1
};

typedef struct odd_name {
    uint64_t set_[1];
    uint64_t mark_[1];
    struct odd_name_id id;
    int64_t x_y; /* optional */
} odd_name;

extern const surreal_model odd_name_model;

static inline bool
odd_name_has_id(const odd_name *row)
{
    return surreal_bit_is(row->set_, ODD_NAME_ID);
}

static inline void
odd_name_set_id(odd_name *row, odd_name_id v)
{
    row->id = v;
    surreal_bit_set(row->set_, ODD_NAME_ID);
    surreal_bit_set(row->mark_, ODD_NAME_ID);
}

static inline bool
odd_name_has_x_y(const odd_name *row)
{
    return surreal_bit_is(row->set_, ODD_NAME_X_Y);
}

static inline void
odd_name_set_x_y(odd_name *row, int64_t v)
{
    row->x_y = v;
    surreal_bit_set(row->set_, ODD_NAME_X_Y);
    surreal_bit_set(row->mark_, ODD_NAME_X_Y);
}

/* A merge removes the field. */
static inline void
odd_name_clear_x_y(odd_name *row)
{
    surreal_bit_clear(row->set_, ODD_NAME_X_Y);
    surreal_bit_set(row->mark_, ODD_NAME_X_Y);
}

static inline size_t
odd_name_print(const odd_name *row, char *buf, size_t cap)
{
    return surreal_model_print(&odd_name_model, row, buf, cap);
}

static inline size_t
odd_name_to_json(const odd_name *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&odd_name_model, row, buf, cap);
}

static inline bool
odd_name_equal(const odd_name *a, const odd_name *b)
{
    return surreal_model_equal(&odd_name_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
odd_name_copy(const odd_name *row, surreal_result *owner, odd_name *out)
{
    return surreal_model_copy(&odd_name_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
odd_name_check(const odd_name *row, surreal_error *err)
{
    return surreal_model_check(&odd_name_model, row, err);
}

typedef struct odd_name_row {
    struct odd_name row;
    surreal_result *result;
} odd_name_row;

typedef struct odd_name_rows {
    struct odd_name *v;
    size_t count;
    surreal_result *result;
} odd_name_rows;

static inline surreal_status
odd_name_get(surreal *db, odd_name_id id, odd_name_row *out)
{
    return surreal_model_get(db, &odd_name_model, id.rid,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
odd_name_all(surreal *db, odd_name_rows *out)
{
    void *v;
    surreal_status status = surreal_model_all(db, &odd_name_model, &v,
            &out->count, &out->result);

    out->v = (odd_name *)v;
    return status;
}

/* `where` is program text; values belong into vars. */
static inline surreal_status
odd_name_find(surreal *db, const char *where, surreal_vars vars,
        odd_name_rows *out)
{
    void *v;
    surreal_status status = surreal_model_find(db, &odd_name_model, where,
            vars, &v, &out->count, &out->result);

    out->v = (odd_name *)v;
    return status;
}

/* `where` may be NULL for all. */
static inline surreal_status
odd_name_count(surreal *db, const char *where, surreal_vars vars,
        int64_t *count)
{
    return surreal_model_count(db, &odd_name_model, where, vars, count);
}

static inline surreal_status
odd_name_create(surreal *db, const odd_name *row, odd_name_row *out)
{
    return surreal_model_create(db, &odd_name_model, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
odd_name_insert(surreal *db, const odd_name *rows, size_t count,
        odd_name_rows *out)
{
    void *v = NULL;
    surreal_status status = surreal_model_insert(db, &odd_name_model, rows,
            count, out ? &v : NULL, out ? &out->result : NULL);

    if (out) {
        out->v = (odd_name *)v;
        out->count = v ? count : 0;
    }
    return status;
}

static inline surreal_status
odd_name_merge(surreal *db, odd_name_id id, const odd_name *row,
        odd_name_row *out)
{
    return surreal_model_merge(db, &odd_name_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
odd_name_replace(surreal *db, odd_name_id id, const odd_name *row,
        odd_name_row *out)
{
    return surreal_model_replace(db, &odd_name_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
odd_name_upsert(surreal *db, odd_name_id id, const odd_name *row,
        odd_name_row *out)
{
    return surreal_model_upsert(db, &odd_name_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
odd_name_delete(surreal *db, odd_name_id id, odd_name_row *out)
{
    return surreal_model_delete(db, &odd_name_model, id.rid,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

/* Bits of template_.set_. */
enum {
    TEMPLATE__ID = 0,
    TEMPLATE__TEMPLATE_ = 1
};

typedef struct template_ {
    uint64_t set_[1];
    uint64_t mark_[1];
    struct template__id id;
    surreal_str template_; /* optional */
} template_;

extern const surreal_model template__model;

static inline bool
template__has_id(const template_ *row)
{
    return surreal_bit_is(row->set_, TEMPLATE__ID);
}

static inline void
template__set_id(template_ *row, template__id v)
{
    row->id = v;
    surreal_bit_set(row->set_, TEMPLATE__ID);
    surreal_bit_set(row->mark_, TEMPLATE__ID);
}

static inline bool
template__has_template_(const template_ *row)
{
    return surreal_bit_is(row->set_, TEMPLATE__TEMPLATE_);
}

static inline void
template__set_template_(template_ *row, surreal_str v)
{
    row->template_ = v;
    surreal_bit_set(row->set_, TEMPLATE__TEMPLATE_);
    surreal_bit_set(row->mark_, TEMPLATE__TEMPLATE_);
}

/* A merge removes the field. */
static inline void
template__clear_template_(template_ *row)
{
    surreal_bit_clear(row->set_, TEMPLATE__TEMPLATE_);
    surreal_bit_set(row->mark_, TEMPLATE__TEMPLATE_);
}

static inline size_t
template__print(const template_ *row, char *buf, size_t cap)
{
    return surreal_model_print(&template__model, row, buf, cap);
}

static inline size_t
template__to_json(const template_ *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&template__model, row, buf, cap);
}

static inline bool
template__equal(const template_ *a, const template_ *b)
{
    return surreal_model_equal(&template__model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
template__copy(const template_ *row, surreal_result *owner, template_ *out)
{
    return surreal_model_copy(&template__model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
template__check(const template_ *row, surreal_error *err)
{
    return surreal_model_check(&template__model, row, err);
}

typedef struct template__row {
    struct template_ row;
    surreal_result *result;
} template__row;

typedef struct template__rows {
    struct template_ *v;
    size_t count;
    surreal_result *result;
} template__rows;

static inline surreal_status
template__get(surreal *db, template__id id, template__row *out)
{
    return surreal_model_get(db, &template__model, id.rid,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
template__all(surreal *db, template__rows *out)
{
    void *v;
    surreal_status status = surreal_model_all(db, &template__model, &v,
            &out->count, &out->result);

    out->v = (template_ *)v;
    return status;
}

/* `where` is program text; values belong into vars. */
static inline surreal_status
template__find(surreal *db, const char *where, surreal_vars vars,
        template__rows *out)
{
    void *v;
    surreal_status status = surreal_model_find(db, &template__model, where,
            vars, &v, &out->count, &out->result);

    out->v = (template_ *)v;
    return status;
}

/* `where` may be NULL for all. */
static inline surreal_status
template__count(surreal *db, const char *where, surreal_vars vars,
        int64_t *count)
{
    return surreal_model_count(db, &template__model, where, vars, count);
}

static inline surreal_status
template__create(surreal *db, const template_ *row, template__row *out)
{
    return surreal_model_create(db, &template__model, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
template__insert(surreal *db, const template_ *rows, size_t count,
        template__rows *out)
{
    void *v = NULL;
    surreal_status status = surreal_model_insert(db, &template__model, rows,
            count, out ? &v : NULL, out ? &out->result : NULL);

    if (out) {
        out->v = (template_ *)v;
        out->count = v ? count : 0;
    }
    return status;
}

static inline surreal_status
template__merge(surreal *db, template__id id, const template_ *row,
        template__row *out)
{
    return surreal_model_merge(db, &template__model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
template__replace(surreal *db, template__id id, const template_ *row,
        template__row *out)
{
    return surreal_model_replace(db, &template__model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
template__upsert(surreal *db, template__id id, const template_ *row,
        template__row *out)
{
    return surreal_model_upsert(db, &template__model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
template__delete(surreal *db, template__id id, template__row *out)
{
    return surreal_model_delete(db, &template__model, id.rid,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

/* Bits of address.set_. */
enum {
    ADDRESS_STREET = 0
};

typedef struct address {
    uint64_t set_[1];
    surreal_str street;
} address;

extern const surreal_model address_model;

static inline bool
address_has_street(const address *row)
{
    return surreal_bit_is(row->set_, ADDRESS_STREET);
}

static inline void
address_set_street(address *row, surreal_str v)
{
    row->street = v;
    surreal_bit_set(row->set_, ADDRESS_STREET);
}

static inline size_t
address_print(const address *row, char *buf, size_t cap)
{
    return surreal_model_print(&address_model, row, buf, cap);
}

static inline size_t
address_to_json(const address *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&address_model, row, buf, cap);
}

static inline bool
address_equal(const address *a, const address *b)
{
    return surreal_model_equal(&address_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
address_copy(const address *row, surreal_result *owner, address *out)
{
    return surreal_model_copy(&address_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
address_check(const address *row, surreal_error *err)
{
    return surreal_model_check(&address_model, row, err);
}

/* Bits of house.set_. */
enum {
    HOUSE_ID = 0,
    HOUSE_ADDRESS = 1,
    HOUSE_HOUSE = 2,
    HOUSE_HOUSE_ID = 3
};

typedef struct house {
    uint64_t set_[1];
    uint64_t mark_[1];
    struct house_id id;
    struct address address;
    struct house_id house; /* optional */
    int64_t house_id;
} house;

extern const surreal_model house_model;

static inline bool
house_has_id(const house *row)
{
    return surreal_bit_is(row->set_, HOUSE_ID);
}

static inline void
house_set_id(house *row, house_id v)
{
    row->id = v;
    surreal_bit_set(row->set_, HOUSE_ID);
    surreal_bit_set(row->mark_, HOUSE_ID);
}

static inline bool
house_has_address(const house *row)
{
    return surreal_bit_is(row->set_, HOUSE_ADDRESS);
}

static inline void
house_set_address(house *row, address v)
{
    row->address = v;
    surreal_bit_set(row->set_, HOUSE_ADDRESS);
    surreal_bit_set(row->mark_, HOUSE_ADDRESS);
}

static inline bool
house_has_house(const house *row)
{
    return surreal_bit_is(row->set_, HOUSE_HOUSE);
}

static inline void
house_set_house(house *row, house_id v)
{
    row->house = v;
    surreal_bit_set(row->set_, HOUSE_HOUSE);
    surreal_bit_set(row->mark_, HOUSE_HOUSE);
}

/* A merge removes the field. */
static inline void
house_clear_house(house *row)
{
    surreal_bit_clear(row->set_, HOUSE_HOUSE);
    surreal_bit_set(row->mark_, HOUSE_HOUSE);
}

static inline bool
house_has_house_id(const house *row)
{
    return surreal_bit_is(row->set_, HOUSE_HOUSE_ID);
}

static inline void
house_set_house_id(house *row, int64_t v)
{
    row->house_id = v;
    surreal_bit_set(row->set_, HOUSE_HOUSE_ID);
    surreal_bit_set(row->mark_, HOUSE_HOUSE_ID);
}

static inline size_t
house_print(const house *row, char *buf, size_t cap)
{
    return surreal_model_print(&house_model, row, buf, cap);
}

static inline size_t
house_to_json(const house *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&house_model, row, buf, cap);
}

static inline bool
house_equal(const house *a, const house *b)
{
    return surreal_model_equal(&house_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
house_copy(const house *row, surreal_result *owner, house *out)
{
    return surreal_model_copy(&house_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
house_check(const house *row, surreal_error *err)
{
    return surreal_model_check(&house_model, row, err);
}

typedef struct house_row {
    struct house row;
    surreal_result *result;
} house_row;

typedef struct house_rows {
    struct house *v;
    size_t count;
    surreal_result *result;
} house_rows;

static inline surreal_status
house_get(surreal *db, house_id id, house_row *out)
{
    return surreal_model_get(db, &house_model, id.rid, out ? &out->row : NULL,
            out ? &out->result : NULL);
}

static inline surreal_status
house_all(surreal *db, house_rows *out)
{
    void *v;
    surreal_status status = surreal_model_all(db, &house_model, &v,
            &out->count, &out->result);

    out->v = (house *)v;
    return status;
}

/* `where` is program text; values belong into vars. */
static inline surreal_status
house_find(surreal *db, const char *where, surreal_vars vars, house_rows *out)
{
    void *v;
    surreal_status status = surreal_model_find(db, &house_model, where, vars,
            &v, &out->count, &out->result);

    out->v = (house *)v;
    return status;
}

/* `where` may be NULL for all. */
static inline surreal_status
house_count(surreal *db, const char *where, surreal_vars vars, int64_t *count)
{
    return surreal_model_count(db, &house_model, where, vars, count);
}

static inline surreal_status
house_create(surreal *db, const house *row, house_row *out)
{
    return surreal_model_create(db, &house_model, row, out ? &out->row : NULL,
            out ? &out->result : NULL);
}

static inline surreal_status
house_insert(surreal *db, const house *rows, size_t count, house_rows *out)
{
    void *v = NULL;
    surreal_status status = surreal_model_insert(db, &house_model, rows, count,
            out ? &v : NULL, out ? &out->result : NULL);

    if (out) {
        out->v = (house *)v;
        out->count = v ? count : 0;
    }
    return status;
}

static inline surreal_status
house_merge(surreal *db, house_id id, const house *row, house_row *out)
{
    return surreal_model_merge(db, &house_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
house_replace(surreal *db, house_id id, const house *row, house_row *out)
{
    return surreal_model_replace(db, &house_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
house_upsert(surreal *db, house_id id, const house *row, house_row *out)
{
    return surreal_model_upsert(db, &house_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
house_delete(surreal *db, house_id id, house_row *out)
{
    return surreal_model_delete(db, &house_model, id.rid,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

/* At most `count` records behind `id`, in the order of ids; a zeroed id: from
 * the beginning. */
static inline surreal_status
int__page(surreal *db, int__id id, size_t count, int__rows *out)
{
    void *v;
    surreal_status status = surreal_model_page(db, &int__model, id.rid, count,
            &v, &out->count, &out->result);

    out->v = (int_ *)v;
    return status;
}

/* At most `count` records behind `id`, in the order of ids; a zeroed id: from
 * the beginning. */
static inline surreal_status
time__page(surreal *db, time__id id, size_t count, time__rows *out)
{
    void *v;
    surreal_status status = surreal_model_page(db, &time__model, id.rid, count,
            &v, &out->count, &out->result);

    out->v = (time_ *)v;
    return status;
}

/* At most `count` records behind `id`, in the order of ids; a zeroed id: from
 * the beginning. */
static inline surreal_status
person_page(surreal *db, person_id id, size_t count, person_rows *out)
{
    void *v;
    surreal_status status = surreal_model_page(db, &person_model, id.rid,
            count, &v, &out->count, &out->result);

    out->v = (person *)v;
    return status;
}

/* At most `count` records behind `id`, in the order of ids; a zeroed id: from
 * the beginning. */
static inline surreal_status
person_get__page(surreal *db, person_get__id id, size_t count,
        person_get__rows *out)
{
    void *v;
    surreal_status status = surreal_model_page(db, &person_get__model, id.rid,
            count, &v, &out->count, &out->result);

    out->v = (person_get_ *)v;
    return status;
}

/* At most `count` records behind `id`, in the order of ids; a zeroed id: from
 * the beginning. */
static inline surreal_status
person_set_get_page(surreal *db, person_set_get_id id, size_t count,
        person_set_get_rows *out)
{
    void *v;
    surreal_status status = surreal_model_page(db, &person_set_get_model,
            id.rid, count, &v, &out->count, &out->result);

    out->v = (person_set_get *)v;
    return status;
}

/* At most `count` records behind `id`, in the order of ids; a zeroed id: from
 * the beginning. */
static inline surreal_status
row__page(surreal *db, row__id id, size_t count, row__rows *out)
{
    void *v;
    surreal_status status = surreal_model_page(db, &row__model, id.rid, count,
            &v, &out->count, &out->result);

    out->v = (row_ *)v;
    return status;
}

/* At most `count` records behind `id`, in the order of ids; a zeroed id: from
 * the beginning. */
static inline surreal_status
surreal__page_(surreal *db, surreal__id id, size_t count, surreal__rows *out)
{
    void *v;
    surreal_status status = surreal_model_page(db, &surreal__model, id.rid,
            count, &v, &out->count, &out->result);

    out->v = (surreal_ *)v;
    return status;
}

/* At most `count` records behind `id`, in the order of ids; a zeroed id: from
 * the beginning. */
static inline surreal_status
get_page(surreal *db, get_id id, size_t count, get_rows *out)
{
    void *v;
    surreal_status status = surreal_model_page(db, &get_model, id.rid, count,
            &v, &out->count, &out->result);

    out->v = (get *)v;
    return status;
}

/* At most `count` records behind `id`, in the order of ids; a zeroed id: from
 * the beginning. */
static inline surreal_status
odd_name_page(surreal *db, odd_name_id id, size_t count, odd_name_rows *out)
{
    void *v;
    surreal_status status = surreal_model_page(db, &odd_name_model, id.rid,
            count, &v, &out->count, &out->result);

    out->v = (odd_name *)v;
    return status;
}

/* At most `count` records behind `id`, in the order of ids; a zeroed id: from
 * the beginning. */
static inline surreal_status
template__page(surreal *db, template__id id, size_t count, template__rows *out)
{
    void *v;
    surreal_status status = surreal_model_page(db, &template__model, id.rid,
            count, &v, &out->count, &out->result);

    out->v = (template_ *)v;
    return status;
}

/* At most `count` records behind `id`, in the order of ids; a zeroed id: from
 * the beginning. */
static inline surreal_status
house_page(surreal *db, house_id id, size_t count, house_rows *out)
{
    void *v;
    surreal_status status = surreal_model_page(db, &house_model, id.rid, count,
            &v, &out->count, &out->result);

    out->v = (house *)v;
    return status;
}

static inline surreal_status
house_by_house(surreal *db, house_id key1, house_rows *out)
{
    return house_find(db,
        "`house` = $srl_1",
        SURREAL_VARS(surreal_bind_id("srl_1", key1.rid)), out);
}

/* For surreal_schema_check(). */
extern const surreal_schema names_schema;

#ifdef __cplusplus
}
#endif

#endif
