/* bench.h: written by surrealgen from bench.sg; do not edit. */
/* What the codec bench reads and writes. */
#ifndef BENCH_SURREALGEN_H
#define BENCH_SURREALGEN_H
#include "surreal.h"

#if !defined(SURREAL_MODEL_ABI) || SURREAL_MODEL_ABI != 2
#error "generated for another surreal.h: run surrealgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct bench_reader_id {
    surreal_record_id rid;
} bench_reader_id;

static inline bench_reader_id
bench_reader_id_str(surreal_str key)
{
    bench_reader_id id;

    id.rid = surreal_id_str("reader", key);
    return id;
}

static inline bench_reader_id
bench_reader_id_int(int64_t key)
{
    bench_reader_id id;

    id.rid = surreal_id_int("reader", key);
    return id;
}

static inline bench_reader_id
bench_reader_id_uuid(surreal_uuid key)
{
    bench_reader_id id;

    id.rid = surreal_id_uuid("reader", key);
    return id;
}

/* Bits of bench_place.set_. */
enum {
    BENCH_PLACE_CITY = 0,
    BENCH_PLACE_HEIGHT = 1,
    BENCH_PLACE_STREET = 2
};

typedef struct bench_place {
    uint64_t set_[1];
    surreal_str city;
    int64_t height;
    surreal_str street;
} bench_place;

extern const surreal_model bench_place_model;

static inline bool
bench_place_has_city(const bench_place *row)
{
    return surreal_bit_is(row->set_, BENCH_PLACE_CITY);
}

static inline void
bench_place_set_city(bench_place *row, surreal_str v)
{
    row->city = v;
    surreal_bit_set(row->set_, BENCH_PLACE_CITY);
}

static inline bool
bench_place_has_height(const bench_place *row)
{
    return surreal_bit_is(row->set_, BENCH_PLACE_HEIGHT);
}

static inline void
bench_place_set_height(bench_place *row, int64_t v)
{
    row->height = v;
    surreal_bit_set(row->set_, BENCH_PLACE_HEIGHT);
}

static inline bool
bench_place_has_street(const bench_place *row)
{
    return surreal_bit_is(row->set_, BENCH_PLACE_STREET);
}

static inline void
bench_place_set_street(bench_place *row, surreal_str v)
{
    row->street = v;
    surreal_bit_set(row->set_, BENCH_PLACE_STREET);
}

static inline size_t
bench_place_print(const bench_place *row, char *buf, size_t cap)
{
    return surreal_model_print(&bench_place_model, row, buf, cap);
}

static inline size_t
bench_place_to_json(const bench_place *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&bench_place_model, row, buf, cap);
}

static inline bool
bench_place_equal(const bench_place *a, const bench_place *b)
{
    return surreal_model_equal(&bench_place_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
bench_place_copy(const bench_place *row, surreal_result *owner,
        bench_place *out)
{
    return surreal_model_copy(&bench_place_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
bench_place_check(const bench_place *row, surreal_error *err)
{
    return surreal_model_check(&bench_place_model, row, err);
}

/* Bits of bench_reader.set_. */
enum {
    BENCH_READER_ID = 0,
    BENCH_READER_NAME = 1,
    BENCH_READER_EMAIL = 2,
    BENCH_READER_PHONE = 3,
    BENCH_READER_TITLE = 4,
    BENCH_READER_NICK = 5,
    BENCH_READER_BORN = 6,
    BENCH_READER_BOSS = 7,
    BENCH_READER_VISITS = 8,
    BENCH_READER_SCORE = 9,
    BENCH_READER_ACTIVE = 10,
    BENCH_READER_BALANCE = 11,
    BENCH_READER_ADDRESS = 12,
    BENCH_READER_TAGS = 13
};

typedef struct bench_reader {
    uint64_t set_[1];
    uint64_t mark_[1];
    struct bench_reader_id id;
    surreal_str name;
    surreal_str email;
    surreal_str phone;
    surreal_str title;
    surreal_str nick; /* optional */
    surreal_datetime born;
    struct bench_reader_id boss;
    int64_t visits;
    double score;
    bool active;
    surreal_decimal balance;
    struct bench_place address;
    struct {
        const surreal_str *v;
        size_t count;
    } tags;
} bench_reader;

extern const surreal_model bench_reader_model;

static inline bool
bench_reader_has_id(const bench_reader *row)
{
    return surreal_bit_is(row->set_, BENCH_READER_ID);
}

static inline void
bench_reader_set_id(bench_reader *row, bench_reader_id v)
{
    row->id = v;
    surreal_bit_set(row->set_, BENCH_READER_ID);
    surreal_bit_set(row->mark_, BENCH_READER_ID);
}

static inline bool
bench_reader_has_name(const bench_reader *row)
{
    return surreal_bit_is(row->set_, BENCH_READER_NAME);
}

static inline void
bench_reader_set_name(bench_reader *row, surreal_str v)
{
    row->name = v;
    surreal_bit_set(row->set_, BENCH_READER_NAME);
    surreal_bit_set(row->mark_, BENCH_READER_NAME);
}

static inline bool
bench_reader_has_email(const bench_reader *row)
{
    return surreal_bit_is(row->set_, BENCH_READER_EMAIL);
}

static inline void
bench_reader_set_email(bench_reader *row, surreal_str v)
{
    row->email = v;
    surreal_bit_set(row->set_, BENCH_READER_EMAIL);
    surreal_bit_set(row->mark_, BENCH_READER_EMAIL);
}

static inline bool
bench_reader_has_phone(const bench_reader *row)
{
    return surreal_bit_is(row->set_, BENCH_READER_PHONE);
}

static inline void
bench_reader_set_phone(bench_reader *row, surreal_str v)
{
    row->phone = v;
    surreal_bit_set(row->set_, BENCH_READER_PHONE);
    surreal_bit_set(row->mark_, BENCH_READER_PHONE);
}

static inline bool
bench_reader_has_title(const bench_reader *row)
{
    return surreal_bit_is(row->set_, BENCH_READER_TITLE);
}

static inline void
bench_reader_set_title(bench_reader *row, surreal_str v)
{
    row->title = v;
    surreal_bit_set(row->set_, BENCH_READER_TITLE);
    surreal_bit_set(row->mark_, BENCH_READER_TITLE);
}

static inline bool
bench_reader_has_nick(const bench_reader *row)
{
    return surreal_bit_is(row->set_, BENCH_READER_NICK);
}

static inline void
bench_reader_set_nick(bench_reader *row, surreal_str v)
{
    row->nick = v;
    surreal_bit_set(row->set_, BENCH_READER_NICK);
    surreal_bit_set(row->mark_, BENCH_READER_NICK);
}

/* A merge removes the field. */
static inline void
bench_reader_clear_nick(bench_reader *row)
{
    surreal_bit_clear(row->set_, BENCH_READER_NICK);
    surreal_bit_set(row->mark_, BENCH_READER_NICK);
}

static inline bool
bench_reader_has_born(const bench_reader *row)
{
    return surreal_bit_is(row->set_, BENCH_READER_BORN);
}

static inline void
bench_reader_set_born(bench_reader *row, surreal_datetime v)
{
    row->born = v;
    surreal_bit_set(row->set_, BENCH_READER_BORN);
    surreal_bit_set(row->mark_, BENCH_READER_BORN);
}

static inline bool
bench_reader_has_boss(const bench_reader *row)
{
    return surreal_bit_is(row->set_, BENCH_READER_BOSS);
}

static inline void
bench_reader_set_boss(bench_reader *row, bench_reader_id v)
{
    row->boss = v;
    surreal_bit_set(row->set_, BENCH_READER_BOSS);
    surreal_bit_set(row->mark_, BENCH_READER_BOSS);
}

static inline bool
bench_reader_has_visits(const bench_reader *row)
{
    return surreal_bit_is(row->set_, BENCH_READER_VISITS);
}

static inline void
bench_reader_set_visits(bench_reader *row, int64_t v)
{
    row->visits = v;
    surreal_bit_set(row->set_, BENCH_READER_VISITS);
    surreal_bit_set(row->mark_, BENCH_READER_VISITS);
}

static inline bool
bench_reader_has_score(const bench_reader *row)
{
    return surreal_bit_is(row->set_, BENCH_READER_SCORE);
}

static inline void
bench_reader_set_score(bench_reader *row, double v)
{
    row->score = v;
    surreal_bit_set(row->set_, BENCH_READER_SCORE);
    surreal_bit_set(row->mark_, BENCH_READER_SCORE);
}

static inline bool
bench_reader_has_active(const bench_reader *row)
{
    return surreal_bit_is(row->set_, BENCH_READER_ACTIVE);
}

static inline void
bench_reader_set_active(bench_reader *row, bool v)
{
    row->active = v;
    surreal_bit_set(row->set_, BENCH_READER_ACTIVE);
    surreal_bit_set(row->mark_, BENCH_READER_ACTIVE);
}

static inline bool
bench_reader_has_balance(const bench_reader *row)
{
    return surreal_bit_is(row->set_, BENCH_READER_BALANCE);
}

static inline void
bench_reader_set_balance(bench_reader *row, surreal_decimal v)
{
    row->balance = v;
    surreal_bit_set(row->set_, BENCH_READER_BALANCE);
    surreal_bit_set(row->mark_, BENCH_READER_BALANCE);
}

static inline bool
bench_reader_has_address(const bench_reader *row)
{
    return surreal_bit_is(row->set_, BENCH_READER_ADDRESS);
}

static inline void
bench_reader_set_address(bench_reader *row, bench_place v)
{
    row->address = v;
    surreal_bit_set(row->set_, BENCH_READER_ADDRESS);
    surreal_bit_set(row->mark_, BENCH_READER_ADDRESS);
}

static inline bool
bench_reader_has_tags(const bench_reader *row)
{
    return surreal_bit_is(row->set_, BENCH_READER_TAGS);
}

static inline void
bench_reader_set_tags(bench_reader *row, const surreal_str *v, size_t count)
{
    row->tags.v = v;
    row->tags.count = count;
    surreal_bit_set(row->set_, BENCH_READER_TAGS);
    surreal_bit_set(row->mark_, BENCH_READER_TAGS);
}

static inline size_t
bench_reader_print(const bench_reader *row, char *buf, size_t cap)
{
    return surreal_model_print(&bench_reader_model, row, buf, cap);
}

static inline size_t
bench_reader_to_json(const bench_reader *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&bench_reader_model, row, buf, cap);
}

static inline bool
bench_reader_equal(const bench_reader *a, const bench_reader *b)
{
    return surreal_model_equal(&bench_reader_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
bench_reader_copy(const bench_reader *row, surreal_result *owner,
        bench_reader *out)
{
    return surreal_model_copy(&bench_reader_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
bench_reader_check(const bench_reader *row, surreal_error *err)
{
    return surreal_model_check(&bench_reader_model, row, err);
}

typedef struct bench_reader_row {
    struct bench_reader row;
    surreal_result *result;
} bench_reader_row;

typedef struct bench_reader_rows {
    struct bench_reader *v;
    size_t count;
    surreal_result *result;
} bench_reader_rows;

static inline surreal_status
bench_reader_get(surreal *db, bench_reader_id id, bench_reader_row *out)
{
    return surreal_model_get(db, &bench_reader_model, id.rid,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
bench_reader_all(surreal *db, bench_reader_rows *out)
{
    void *v;
    surreal_status status = surreal_model_all(db, &bench_reader_model, &v,
            &out->count, &out->result);

    out->v = (bench_reader *)v;
    return status;
}

/* `where` is program text; values belong into vars. */
static inline surreal_status
bench_reader_find(surreal *db, const char *where, surreal_vars vars,
        bench_reader_rows *out)
{
    void *v;
    surreal_status status = surreal_model_find(db, &bench_reader_model, where,
            vars, &v, &out->count, &out->result);

    out->v = (bench_reader *)v;
    return status;
}

/* `where` may be NULL for all. */
static inline surreal_status
bench_reader_count(surreal *db, const char *where, surreal_vars vars,
        int64_t *count)
{
    return surreal_model_count(db, &bench_reader_model, where, vars, count);
}

static inline surreal_status
bench_reader_create(surreal *db, const bench_reader *row,
        bench_reader_row *out)
{
    return surreal_model_create(db, &bench_reader_model, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
bench_reader_insert(surreal *db, const bench_reader *rows, size_t count,
        bench_reader_rows *out)
{
    void *v = NULL;
    surreal_status status = surreal_model_insert(db, &bench_reader_model, rows,
            count, out ? &v : NULL, out ? &out->result : NULL);

    if (out) {
        out->v = (bench_reader *)v;
        out->count = v ? count : 0;
    }
    return status;
}

static inline surreal_status
bench_reader_merge(surreal *db, bench_reader_id id, const bench_reader *row,
        bench_reader_row *out)
{
    return surreal_model_merge(db, &bench_reader_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
bench_reader_replace(surreal *db, bench_reader_id id, const bench_reader *row,
        bench_reader_row *out)
{
    return surreal_model_replace(db, &bench_reader_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
bench_reader_upsert(surreal *db, bench_reader_id id, const bench_reader *row,
        bench_reader_row *out)
{
    return surreal_model_upsert(db, &bench_reader_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
bench_reader_delete(surreal *db, bench_reader_id id, bench_reader_row *out)
{
    return surreal_model_delete(db, &bench_reader_model, id.rid,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

/* At most `count` records behind `id`, in the order of ids; a zeroed id: from
 * the beginning. */
static inline surreal_status
bench_reader_page(surreal *db, bench_reader_id id, size_t count,
        bench_reader_rows *out)
{
    void *v;
    surreal_status status = surreal_model_page(db, &bench_reader_model, id.rid,
            count, &v, &out->count, &out->result);

    out->v = (bench_reader *)v;
    return status;
}

static inline surreal_status
bench_reader_by_boss(surreal *db, bench_reader_id key1, bench_reader_rows *out)
{
    return bench_reader_find(db,
        "`boss` = $srl_1",
        SURREAL_VARS(surreal_bind_id("srl_1", key1.rid)), out);
}

/* For surreal_schema_check(). */
extern const surreal_schema bench_schema;

#ifdef __cplusplus
}
#endif

#endif
