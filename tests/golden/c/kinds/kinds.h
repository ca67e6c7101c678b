/* kinds.h: written by surrealgen from kinds.sg; do not edit. */
/* Unions, tuples and what else has more than one shape. */
#ifndef KINDS_SURREALGEN_H
#define KINDS_SURREALGEN_H
#include "surreal.h"
#include "tests/golden/c/money.h"

#if !defined(SURREAL_MODEL_ABI) || SURREAL_MODEL_ABI != 2
#error "generated for another surreal.h: run surrealgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct thing_id {
    surreal_record_id rid;
} thing_id;

static inline thing_id
thing_id_str(surreal_str key)
{
    thing_id id;

    id.rid = surreal_id_str("thing", key);
    return id;
}

static inline thing_id
thing_id_int(int64_t key)
{
    thing_id id;

    id.rid = surreal_id_int("thing", key);
    return id;
}

static inline thing_id
thing_id_uuid(surreal_uuid key)
{
    thing_id id;

    id.rid = surreal_id_uuid("thing", key);
    return id;
}

typedef struct other_id {
    surreal_record_id rid;
} other_id;

static inline other_id
other_id_str(surreal_str key)
{
    other_id id;

    id.rid = surreal_id_str("other", key);
    return id;
}

static inline other_id
other_id_int(int64_t key)
{
    other_id id;

    id.rid = surreal_id_int("other", key);
    return id;
}

static inline other_id
other_id_uuid(surreal_uuid key)
{
    other_id id;

    id.rid = surreal_id_uuid("other", key);
    return id;
}

typedef struct strict_id {
    surreal_record_id rid;
} strict_id;

static inline strict_id
strict_id_str(surreal_str key)
{
    strict_id id;

    id.rid = surreal_id_str("strict", key);
    return id;
}

static inline strict_id
strict_id_int(int64_t key)
{
    strict_id id;

    id.rid = surreal_id_int("strict", key);
    return id;
}

static inline strict_id
strict_id_uuid(surreal_uuid key)
{
    strict_id id;

    id.rid = surreal_id_uuid("strict", key);
    return id;
}

/* Bits of thing_shape_box.set_. */
enum {
    THING_SHAPE_BOX_KIND = 0,
    THING_SHAPE_BOX_W = 1,
    THING_SHAPE_BOX_H = 2,
    THING_SHAPE_BOX_TAGS = 3
};

typedef struct thing_shape_box {
    uint64_t set_[1];
    double w;
    double h;
    struct {
        const surreal_str *v;
        size_t count;
    } tags; /* optional */
} thing_shape_box;

extern const surreal_model thing_shape_box_model;

static inline bool
thing_shape_box_has_w(const thing_shape_box *row)
{
    return surreal_bit_is(row->set_, THING_SHAPE_BOX_W);
}

static inline void
thing_shape_box_set_w(thing_shape_box *row, double v)
{
    row->w = v;
    surreal_bit_set(row->set_, THING_SHAPE_BOX_W);
}

static inline bool
thing_shape_box_has_h(const thing_shape_box *row)
{
    return surreal_bit_is(row->set_, THING_SHAPE_BOX_H);
}

static inline void
thing_shape_box_set_h(thing_shape_box *row, double v)
{
    row->h = v;
    surreal_bit_set(row->set_, THING_SHAPE_BOX_H);
}

static inline bool
thing_shape_box_has_tags(const thing_shape_box *row)
{
    return surreal_bit_is(row->set_, THING_SHAPE_BOX_TAGS);
}

static inline void
thing_shape_box_set_tags(thing_shape_box *row, const surreal_str *v,
        size_t count)
{
    row->tags.v = v;
    row->tags.count = count;
    surreal_bit_set(row->set_, THING_SHAPE_BOX_TAGS);
}

static inline void
thing_shape_box_clear_tags(thing_shape_box *row)
{
    surreal_bit_clear(row->set_, THING_SHAPE_BOX_TAGS);
}

static inline size_t
thing_shape_box_print(const thing_shape_box *row, char *buf, size_t cap)
{
    return surreal_model_print(&thing_shape_box_model, row, buf, cap);
}

static inline size_t
thing_shape_box_to_json(const thing_shape_box *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&thing_shape_box_model, row, buf, cap);
}

static inline bool
thing_shape_box_equal(const thing_shape_box *a, const thing_shape_box *b)
{
    return surreal_model_equal(&thing_shape_box_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
thing_shape_box_copy(const thing_shape_box *row, surreal_result *owner,
        thing_shape_box *out)
{
    return surreal_model_copy(&thing_shape_box_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
thing_shape_box_check(const thing_shape_box *row, surreal_error *err)
{
    return surreal_model_check(&thing_shape_box_model, row, err);
}

/* Bits of thing_shape_tube.set_. */
enum {
    THING_SHAPE_TUBE_KIND = 0,
    THING_SHAPE_TUBE_R = 1,
    THING_SHAPE_TUBE_H = 2
};

typedef struct thing_shape_tube {
    uint64_t set_[1];
    double r;
    double h;
} thing_shape_tube;

extern const surreal_model thing_shape_tube_model;

static inline bool
thing_shape_tube_has_r(const thing_shape_tube *row)
{
    return surreal_bit_is(row->set_, THING_SHAPE_TUBE_R);
}

static inline void
thing_shape_tube_set_r(thing_shape_tube *row, double v)
{
    row->r = v;
    surreal_bit_set(row->set_, THING_SHAPE_TUBE_R);
}

static inline bool
thing_shape_tube_has_h(const thing_shape_tube *row)
{
    return surreal_bit_is(row->set_, THING_SHAPE_TUBE_H);
}

static inline void
thing_shape_tube_set_h(thing_shape_tube *row, double v)
{
    row->h = v;
    surreal_bit_set(row->set_, THING_SHAPE_TUBE_H);
}

static inline size_t
thing_shape_tube_print(const thing_shape_tube *row, char *buf, size_t cap)
{
    return surreal_model_print(&thing_shape_tube_model, row, buf, cap);
}

static inline size_t
thing_shape_tube_to_json(const thing_shape_tube *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&thing_shape_tube_model, row, buf, cap);
}

static inline bool
thing_shape_tube_equal(const thing_shape_tube *a, const thing_shape_tube *b)
{
    return surreal_model_equal(&thing_shape_tube_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
thing_shape_tube_copy(const thing_shape_tube *row, surreal_result *owner,
        thing_shape_tube *out)
{
    return surreal_model_copy(&thing_shape_tube_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
thing_shape_tube_check(const thing_shape_tube *row, surreal_error *err)
{
    return surreal_model_check(&thing_shape_tube_model, row, err);
}

typedef enum thing_shape_tag {
    THING_SHAPE_NONE_ = 0,
    THING_SHAPE_BOX,
    THING_SHAPE_TUBE,
    THING_SHAPE_OTHER_ /* none of these: u.other */
} thing_shape_tag;

typedef struct thing_shape {
    thing_shape_tag tag;
    union {
        struct thing_shape_box box;
        struct thing_shape_tube tube;
        surreal_raw other;
    } u;
} thing_shape;

/* Bits of thing_solid_is_1.set_. */
enum {
    THING_SOLID_IS_1_T = 0,
    THING_SOLID_IS_1_A = 1
};

typedef struct thing_solid_is_1 {
    uint64_t set_[1];
    int64_t a;
} thing_solid_is_1;

extern const surreal_model thing_solid_is_1_model;

static inline bool
thing_solid_is_1_has_a(const thing_solid_is_1 *row)
{
    return surreal_bit_is(row->set_, THING_SOLID_IS_1_A);
}

static inline void
thing_solid_is_1_set_a(thing_solid_is_1 *row, int64_t v)
{
    row->a = v;
    surreal_bit_set(row->set_, THING_SOLID_IS_1_A);
}

static inline size_t
thing_solid_is_1_print(const thing_solid_is_1 *row, char *buf, size_t cap)
{
    return surreal_model_print(&thing_solid_is_1_model, row, buf, cap);
}

static inline size_t
thing_solid_is_1_to_json(const thing_solid_is_1 *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&thing_solid_is_1_model, row, buf, cap);
}

static inline bool
thing_solid_is_1_equal(const thing_solid_is_1 *a, const thing_solid_is_1 *b)
{
    return surreal_model_equal(&thing_solid_is_1_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
thing_solid_is_1_copy(const thing_solid_is_1 *row, surreal_result *owner,
        thing_solid_is_1 *out)
{
    return surreal_model_copy(&thing_solid_is_1_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
thing_solid_is_1_check(const thing_solid_is_1 *row, surreal_error *err)
{
    return surreal_model_check(&thing_solid_is_1_model, row, err);
}

/* Bits of thing_solid_is_2.set_. */
enum {
    THING_SOLID_IS_2_T = 0,
    THING_SOLID_IS_2_B = 1
};

typedef struct thing_solid_is_2 {
    uint64_t set_[1];
    surreal_str b;
} thing_solid_is_2;

extern const surreal_model thing_solid_is_2_model;

static inline bool
thing_solid_is_2_has_b(const thing_solid_is_2 *row)
{
    return surreal_bit_is(row->set_, THING_SOLID_IS_2_B);
}

static inline void
thing_solid_is_2_set_b(thing_solid_is_2 *row, surreal_str v)
{
    row->b = v;
    surreal_bit_set(row->set_, THING_SOLID_IS_2_B);
}

static inline size_t
thing_solid_is_2_print(const thing_solid_is_2 *row, char *buf, size_t cap)
{
    return surreal_model_print(&thing_solid_is_2_model, row, buf, cap);
}

static inline size_t
thing_solid_is_2_to_json(const thing_solid_is_2 *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&thing_solid_is_2_model, row, buf, cap);
}

static inline bool
thing_solid_is_2_equal(const thing_solid_is_2 *a, const thing_solid_is_2 *b)
{
    return surreal_model_equal(&thing_solid_is_2_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
thing_solid_is_2_copy(const thing_solid_is_2 *row, surreal_result *owner,
        thing_solid_is_2 *out)
{
    return surreal_model_copy(&thing_solid_is_2_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
thing_solid_is_2_check(const thing_solid_is_2 *row, surreal_error *err)
{
    return surreal_model_check(&thing_solid_is_2_model, row, err);
}

typedef enum thing_solid_tag {
    THING_SOLID_NONE_ = 0,
    THING_SOLID_IS_1,
    THING_SOLID_IS_2,
    THING_SOLID_STRING,
    THING_SOLID_OTHER_ /* none of these: u.other */
} thing_solid_tag;

typedef struct thing_solid {
    thing_solid_tag tag;
    union {
        struct thing_solid_is_1 is_1;
        struct thing_solid_is_2 is_2;
        surreal_str string;
        surreal_raw other;
    } u;
} thing_solid;

typedef enum thing_code_tag {
    THING_CODE_NONE_ = 0,
    THING_CODE_INT,
    THING_CODE_STRING,
    THING_CODE_OTHER_ /* none of these: u.other */
} thing_code_tag;

typedef struct thing_code {
    thing_code_tag tag;
    union {
        int64_t int_;
        surreal_str string;
        surreal_raw other;
    } u;
} thing_code;

typedef enum thing_due_tag {
    THING_DUE_NONE_ = 0,
    THING_DUE_DATETIME,
    THING_DUE_DURATION,
    THING_DUE_OTHER_ /* none of these: u.other */
} thing_due_tag;

typedef struct thing_due {
    thing_due_tag tag;
    union {
        surreal_datetime datetime;
        surreal_duration duration;
        surreal_raw other;
    } u;
} thing_due;

typedef enum thing_size_word {
    THING_SIZE_WORD_UNKNOWN_ = 0, /* a value not known here */
    THING_SIZE_WORD_AUTO,
    THING_SIZE_WORD_NONE
} thing_size_word;

/* NULL for a value not known here. */
const char *thing_size_word_name(thing_size_word v);
bool thing_size_word_parse(surreal_str text, thing_size_word *out);

typedef enum thing_size_tag {
    THING_SIZE_NONE_ = 0,
    THING_SIZE_STRING,
    THING_SIZE_INT,
    THING_SIZE_OTHER_ /* none of these: u.other */
} thing_size_tag;

typedef struct thing_size {
    thing_size_tag tag;
    union {
        enum thing_size_word string;
        int64_t int_;
        surreal_raw other;
    } u;
} thing_size;

typedef enum thing_owner_tag {
    THING_OWNER_NONE_ = 0,
    THING_OWNER_RECORD,
    THING_OWNER_STRING,
    THING_OWNER_OTHER_ /* none of these: u.other */
} thing_owner_tag;

typedef struct thing_owner {
    thing_owner_tag tag;
    union {
        surreal_record_id record;
        surreal_str string;
        surreal_raw other;
    } u;
} thing_owner;

typedef enum thing_nest_tag {
    THING_NEST_NONE_ = 0,
    THING_NEST_INT,
    THING_NEST_STRING,
    THING_NEST_OTHER_ /* none of these: u.other */
} thing_nest_tag;

typedef struct thing_nest {
    thing_nest_tag tag;
    union {
        int64_t int_;
        surreal_str string;
        surreal_raw other;
    } u;
} thing_nest;

typedef struct duo_1_maybe {
    bool has;
    bool is_null; /* where `has` is false */
    surreal_str v;
} duo_1_maybe;

typedef struct duo {
    int64_t _0;
    struct duo_1_maybe _1;
} duo;

typedef enum fit_word {
    FIT_WORD_UNKNOWN_ = 0, /* a value not known here */
    FIT_WORD_TIGHT,
    FIT_WORD_LOOSE
} fit_word;

/* NULL for a value not known here. */
const char *fit_word_name(fit_word v);
bool fit_word_parse(surreal_str text, fit_word *out);

typedef enum fit_tag {
    FIT_NONE_ = 0,
    FIT_STRING,
    FIT_INT,
    FIT_OTHER_ /* none of these: u.other */
} fit_tag;

/* Closed, and shared by two columns. */
typedef struct fit {
    fit_tag tag;
    union {
        enum fit_word string;
        int64_t int_;
        surreal_raw other;
    } u;
} fit;

typedef enum thing_near_tag {
    THING_NEAR_NONE_ = 0,
    THING_NEAR_STRING,
    THING_NEAR_INT,
    THING_NEAR_BOOL,
    THING_NEAR_OTHER_ /* none of these: u.other */
} thing_near_tag;

typedef struct thing_near {
    thing_near_tag tag;
    union {
        enum fit_word string;
        int64_t int_;
        bool bool_;
        surreal_raw other;
    } u;
} thing_near;

typedef struct thing_triple_1 {
    int64_t _0;
    int64_t _1;
} thing_triple_1;

typedef struct thing_triple {
    double _0;
    struct thing_triple_1 _1;
    struct {
        const surreal_str *v;
        size_t count;
    } _2;
} thing_triple;

typedef struct thing_scores_maybe {
    bool has;
    bool is_null; /* where `has` is false */
    int64_t v;
} thing_scores_maybe;

typedef struct thing_notes_maybe {
    bool has;
    bool is_null; /* where `has` is false */
    surreal_str v;
} thing_notes_maybe;

typedef struct thing_ages_maybe {
    bool has;
    bool is_null; /* where `has` is false */
    int64_t v;
} thing_ages_maybe;

/* Yours. err may be NULL. */
surreal_status money_decode(surreal_value v,
        money_t *out, surreal_error *err);
surreal_status money_encode(const money_t *v,
        surreal_writer *w, surreal_error *err);

typedef enum mood {
    MOOD_UNKNOWN_ = 0, /* a value not known here */
    MOOD_GOOD,
    MOOD_BAD
} mood;

/* NULL for a value not known here. */
const char *mood_name(mood v);
bool mood_parse(surreal_str text, mood *out);

typedef enum level {
    LEVEL_UNKNOWN_ = 0, /* a value not known here */
    LEVEL_A,
    LEVEL_B
} level;

/* NULL for a value not known here. */
const char *level_name(level v);
bool level_parse(surreal_str text, level *out);

/* Bits of address.set_. */
enum {
    ADDRESS_STREET = 0,
    ADDRESS_MOOD = 1
};

typedef struct address {
    uint64_t set_[1];
    surreal_value extra_; /* what it was read from */
    surreal_str street;
    enum mood mood; /* optional */
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

static inline bool
address_has_mood(const address *row)
{
    return surreal_bit_is(row->set_, ADDRESS_MOOD);
}

static inline void
address_set_mood(address *row, mood v)
{
    row->mood = v;
    surreal_bit_set(row->set_, ADDRESS_MOOD);
}

static inline void
address_clear_mood(address *row)
{
    surreal_bit_clear(row->set_, ADDRESS_MOOD);
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

typedef enum thing_merged_tag {
    THING_MERGED_NONE_ = 0,
    THING_MERGED_ARRAY,
    THING_MERGED_INT,
    THING_MERGED_OTHER_ /* none of these: u.other */
} thing_merged_tag;

typedef struct thing_merged {
    thing_merged_tag tag;
    union {
        surreal_raw array;
        int64_t int_;
        surreal_raw other;
    } u;
} thing_merged;

/* Bits of thing_any_case_object.set_. */
enum {
    THING_ANY_CASE_OBJECT_X = 0
};

typedef struct thing_any_case_object {
    uint64_t set_[1];
    int64_t x;
} thing_any_case_object;

extern const surreal_model thing_any_case_object_model;

static inline bool
thing_any_case_object_has_x(const thing_any_case_object *row)
{
    return surreal_bit_is(row->set_, THING_ANY_CASE_OBJECT_X);
}

static inline void
thing_any_case_object_set_x(thing_any_case_object *row, int64_t v)
{
    row->x = v;
    surreal_bit_set(row->set_, THING_ANY_CASE_OBJECT_X);
}

static inline size_t
thing_any_case_object_print(const thing_any_case_object *row, char *buf,
        size_t cap)
{
    return surreal_model_print(&thing_any_case_object_model, row, buf, cap);
}

static inline size_t
thing_any_case_object_to_json(const thing_any_case_object *row, char *buf,
        size_t cap)
{
    return surreal_model_to_json(&thing_any_case_object_model, row, buf, cap);
}

static inline bool
thing_any_case_object_equal(const thing_any_case_object *a,
        const thing_any_case_object *b)
{
    return surreal_model_equal(&thing_any_case_object_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
thing_any_case_object_copy(const thing_any_case_object *row,
        surreal_result *owner, thing_any_case_object *out)
{
    return surreal_model_copy(&thing_any_case_object_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
thing_any_case_object_check(const thing_any_case_object *row,
        surreal_error *err)
{
    return surreal_model_check(&thing_any_case_object_model, row, err);
}

typedef struct thing_any_case_array {
    int64_t _0;
} thing_any_case_array;

typedef enum thing_any_case_tag {
    THING_ANY_CASE_NONE_ = 0,
    THING_ANY_CASE_BOOL,
    THING_ANY_CASE_FLOAT,
    THING_ANY_CASE_DECIMAL,
    THING_ANY_CASE_BYTES,
    THING_ANY_CASE_UUID,
    THING_ANY_CASE_GEOMETRY,
    THING_ANY_CASE_OBJECT,
    THING_ANY_CASE_ARRAY,
    THING_ANY_CASE_OTHER_ /* none of these: u.other */
} thing_any_case_tag;

typedef struct thing_any_case {
    thing_any_case_tag tag;
    union {
        bool bool_;
        double float_;
        surreal_decimal decimal;
        surreal_bytes bytes;
        surreal_uuid uuid;
        surreal_point geometry;
        struct thing_any_case_object object;
        struct thing_any_case_array array;
        surreal_raw other;
    } u;
} thing_any_case;

typedef enum thing_flag_number {
    THING_FLAG_NUMBER_UNKNOWN_ = 0, /* a value not known here */
    THING_FLAG_NUMBER_X5,
    THING_FLAG_NUMBER_MINUS_7
} thing_flag_number;

/* NULL for a value not known here. */
const char *thing_flag_number_name(thing_flag_number v);
bool thing_flag_number_parse(int64_t number, thing_flag_number *out);

typedef enum thing_flag_tag {
    THING_FLAG_NONE_ = 0,
    THING_FLAG_BOOL,
    THING_FLAG_INT,
    THING_FLAG_OTHER_ /* none of these: u.other */
} thing_flag_tag;

typedef struct thing_flag {
    thing_flag_tag tag;
    union {
        bool bool_;
        enum thing_flag_number int_;
        surreal_raw other;
    } u;
} thing_flag;

/* Bits of thing.set_. */
enum {
    THING_ID = 0,
    THING_SHAPE = 1,
    THING_SOLID = 2,
    THING_CODE = 3,
    THING_DUE = 4,
    THING_SIZE = 5,
    THING_OWNER = 6,
    THING_EITHER = 7,
    THING_NEST = 8,
    THING_PAIR = 9,
    THING_TWICE = 10,
    THING_FITS = 11,
    THING_NEAR = 12,
    THING_TRIPLE = 13,
    THING_SCORES = 14,
    THING_NOTES = 15,
    THING_AGES = 16,
    THING_AREA = 17,
    THING_ROUTE = 18,
    THING_ZONE = 19,
    THING_PLACE = 20,
    THING_DOTS = 21,
    THING_WAYS = 22,
    THING_LANDS = 23,
    THING_MIX = 24,
    THING_SPAN = 25,
    THING_HASH = 26,
    THING_PRICE = 27,
    THING_MOOD = 28,
    THING_LEVEL = 29,
    THING_ADDRESS = 30,
    THING_MERGED = 31,
    THING_ANY_CASE = 32,
    THING_FLAG = 33,
    THING_TOKEN = 34,
    THING_PASS = 35,
    THING_OLD = 36,
    THING_STARS = 37,
    THING_TITLE = 38,
    THING_WORD = 39
};

typedef struct thing {
    uint64_t set_[1];
    uint64_t mark_[1];
    surreal_value extra_; /* what it was read from */
    struct thing_id id;
    /* Something with a volume. */
    struct thing_shape shape;
    struct thing_solid solid; /* optional */
    struct thing_code code;
    struct thing_due due; /* optional */
    struct thing_size size; /* optional */
    struct thing_owner owner; /* optional */
    surreal_record_id either; /* optional */
    struct {
        const struct thing_nest *v;
        size_t count;
    } nest; /* optional */
    struct duo pair; /* optional */
    struct {
        const struct duo *v;
        size_t count;
    } twice; /* optional */
    struct fit fits; /* optional */
    struct thing_near near; /* optional */
    struct thing_triple triple; /* optional */
    struct {
        const struct thing_scores_maybe *v;
        size_t count;
    } scores;
    struct {
        const struct thing_notes_maybe *v;
        size_t count;
    } notes; /* optional */
    struct {
        const struct thing_ages_maybe *v;
        size_t count;
    } ages; /* optional */
    surreal_polygon area; /* optional */
    surreal_line route; /* optional */
    surreal_geometry zone; /* optional */
    surreal_geometry place; /* optional */
    surreal_multipoint dots; /* optional */
    surreal_multiline ways; /* optional */
    surreal_multipolygon lands; /* optional */
    surreal_collection mix; /* optional */
    surreal_bounds span; /* optional */
    struct {
        size_t len;
        uint8_t data[8];
    } hash; /* optional */
    money_t price; /* optional */
    enum mood mood;
    enum level level; /* optional */
    struct address address; /* optional */
    struct thing_merged merged; /* optional */
    struct thing_any_case any_case; /* optional */
    struct thing_flag flag; /* optional */
    surreal_str token; /* secret */
    surreal_str pass; /* never read back */
    /* Since 2.
     * Deprecated: use "code" */
    int64_t old; /* optional */
    int64_t stars;
    surreal_str title; /* optional */
    surreal_str word; /* optional */
} thing;

extern const surreal_model thing_model;

static inline bool
thing_has_id(const thing *row)
{
    return surreal_bit_is(row->set_, THING_ID);
}

static inline void
thing_set_id(thing *row, thing_id v)
{
    row->id = v;
    surreal_bit_set(row->set_, THING_ID);
    surreal_bit_set(row->mark_, THING_ID);
}

static inline bool
thing_has_shape(const thing *row)
{
    return surreal_bit_is(row->set_, THING_SHAPE);
}

static inline void
thing_set_shape(thing *row, thing_shape v)
{
    row->shape = v;
    surreal_bit_set(row->set_, THING_SHAPE);
    surreal_bit_set(row->mark_, THING_SHAPE);
}

static inline bool
thing_has_solid(const thing *row)
{
    return surreal_bit_is(row->set_, THING_SOLID);
}

static inline void
thing_set_solid(thing *row, thing_solid v)
{
    row->solid = v;
    surreal_bit_set(row->set_, THING_SOLID);
    surreal_bit_set(row->mark_, THING_SOLID);
}

/* A merge removes the field. */
static inline void
thing_clear_solid(thing *row)
{
    surreal_bit_clear(row->set_, THING_SOLID);
    surreal_bit_set(row->mark_, THING_SOLID);
}

static inline bool
thing_has_code(const thing *row)
{
    return surreal_bit_is(row->set_, THING_CODE);
}

static inline void
thing_set_code(thing *row, thing_code v)
{
    row->code = v;
    surreal_bit_set(row->set_, THING_CODE);
    surreal_bit_set(row->mark_, THING_CODE);
}

static inline bool
thing_has_due(const thing *row)
{
    return surreal_bit_is(row->set_, THING_DUE);
}

static inline void
thing_set_due(thing *row, thing_due v)
{
    row->due = v;
    surreal_bit_set(row->set_, THING_DUE);
    surreal_bit_set(row->mark_, THING_DUE);
}

/* A merge removes the field. */
static inline void
thing_clear_due(thing *row)
{
    surreal_bit_clear(row->set_, THING_DUE);
    surreal_bit_set(row->mark_, THING_DUE);
}

static inline bool
thing_has_size(const thing *row)
{
    return surreal_bit_is(row->set_, THING_SIZE);
}

static inline void
thing_set_size(thing *row, thing_size v)
{
    row->size = v;
    surreal_bit_set(row->set_, THING_SIZE);
    surreal_bit_set(row->mark_, THING_SIZE);
}

/* A merge removes the field. */
static inline void
thing_clear_size(thing *row)
{
    surreal_bit_clear(row->set_, THING_SIZE);
    surreal_bit_set(row->mark_, THING_SIZE);
}

static inline bool
thing_has_owner(const thing *row)
{
    return surreal_bit_is(row->set_, THING_OWNER);
}

static inline void
thing_set_owner(thing *row, thing_owner v)
{
    row->owner = v;
    surreal_bit_set(row->set_, THING_OWNER);
    surreal_bit_set(row->mark_, THING_OWNER);
}

/* A merge removes the field. */
static inline void
thing_clear_owner(thing *row)
{
    surreal_bit_clear(row->set_, THING_OWNER);
    surreal_bit_set(row->mark_, THING_OWNER);
}

static inline bool
thing_has_either(const thing *row)
{
    return surreal_bit_is(row->set_, THING_EITHER);
}

static inline void
thing_set_either(thing *row, surreal_record_id v)
{
    row->either = v;
    surreal_bit_set(row->set_, THING_EITHER);
    surreal_bit_set(row->mark_, THING_EITHER);
}

/* A merge removes the field. */
static inline void
thing_clear_either(thing *row)
{
    surreal_bit_clear(row->set_, THING_EITHER);
    surreal_bit_set(row->mark_, THING_EITHER);
}

static inline bool
thing_has_nest(const thing *row)
{
    return surreal_bit_is(row->set_, THING_NEST);
}

static inline void
thing_set_nest(thing *row, const thing_nest *v, size_t count)
{
    row->nest.v = v;
    row->nest.count = count;
    surreal_bit_set(row->set_, THING_NEST);
    surreal_bit_set(row->mark_, THING_NEST);
}

/* A merge removes the field. */
static inline void
thing_clear_nest(thing *row)
{
    surreal_bit_clear(row->set_, THING_NEST);
    surreal_bit_set(row->mark_, THING_NEST);
}

static inline bool
thing_has_pair(const thing *row)
{
    return surreal_bit_is(row->set_, THING_PAIR);
}

static inline void
thing_set_pair(thing *row, duo v)
{
    row->pair = v;
    surreal_bit_set(row->set_, THING_PAIR);
    surreal_bit_set(row->mark_, THING_PAIR);
}

/* A merge removes the field. */
static inline void
thing_clear_pair(thing *row)
{
    surreal_bit_clear(row->set_, THING_PAIR);
    surreal_bit_set(row->mark_, THING_PAIR);
}

static inline bool
thing_has_twice(const thing *row)
{
    return surreal_bit_is(row->set_, THING_TWICE);
}

static inline void
thing_set_twice(thing *row, const duo *v, size_t count)
{
    row->twice.v = v;
    row->twice.count = count;
    surreal_bit_set(row->set_, THING_TWICE);
    surreal_bit_set(row->mark_, THING_TWICE);
}

/* A merge removes the field. */
static inline void
thing_clear_twice(thing *row)
{
    surreal_bit_clear(row->set_, THING_TWICE);
    surreal_bit_set(row->mark_, THING_TWICE);
}

static inline bool
thing_has_fits(const thing *row)
{
    return surreal_bit_is(row->set_, THING_FITS);
}

static inline void
thing_set_fits(thing *row, fit v)
{
    row->fits = v;
    surreal_bit_set(row->set_, THING_FITS);
    surreal_bit_set(row->mark_, THING_FITS);
}

/* A merge removes the field. */
static inline void
thing_clear_fits(thing *row)
{
    surreal_bit_clear(row->set_, THING_FITS);
    surreal_bit_set(row->mark_, THING_FITS);
}

static inline bool
thing_has_near(const thing *row)
{
    return surreal_bit_is(row->set_, THING_NEAR);
}

static inline void
thing_set_near(thing *row, thing_near v)
{
    row->near = v;
    surreal_bit_set(row->set_, THING_NEAR);
    surreal_bit_set(row->mark_, THING_NEAR);
}

/* A merge removes the field. */
static inline void
thing_clear_near(thing *row)
{
    surreal_bit_clear(row->set_, THING_NEAR);
    surreal_bit_set(row->mark_, THING_NEAR);
}

static inline bool
thing_has_triple(const thing *row)
{
    return surreal_bit_is(row->set_, THING_TRIPLE);
}

static inline void
thing_set_triple(thing *row, thing_triple v)
{
    row->triple = v;
    surreal_bit_set(row->set_, THING_TRIPLE);
    surreal_bit_set(row->mark_, THING_TRIPLE);
}

/* A merge removes the field. */
static inline void
thing_clear_triple(thing *row)
{
    surreal_bit_clear(row->set_, THING_TRIPLE);
    surreal_bit_set(row->mark_, THING_TRIPLE);
}

static inline bool
thing_has_scores(const thing *row)
{
    return surreal_bit_is(row->set_, THING_SCORES);
}

static inline void
thing_set_scores(thing *row, const thing_scores_maybe *v, size_t count)
{
    row->scores.v = v;
    row->scores.count = count;
    surreal_bit_set(row->set_, THING_SCORES);
    surreal_bit_set(row->mark_, THING_SCORES);
}

static inline bool
thing_has_notes(const thing *row)
{
    return surreal_bit_is(row->set_, THING_NOTES);
}

static inline void
thing_set_notes(thing *row, const thing_notes_maybe *v, size_t count)
{
    row->notes.v = v;
    row->notes.count = count;
    surreal_bit_set(row->set_, THING_NOTES);
    surreal_bit_set(row->mark_, THING_NOTES);
}

/* A merge removes the field. */
static inline void
thing_clear_notes(thing *row)
{
    surreal_bit_clear(row->set_, THING_NOTES);
    surreal_bit_set(row->mark_, THING_NOTES);
}

static inline bool
thing_has_ages(const thing *row)
{
    return surreal_bit_is(row->set_, THING_AGES);
}

static inline void
thing_set_ages(thing *row, const thing_ages_maybe *v, size_t count)
{
    row->ages.v = v;
    row->ages.count = count;
    surreal_bit_set(row->set_, THING_AGES);
    surreal_bit_set(row->mark_, THING_AGES);
}

/* A merge removes the field. */
static inline void
thing_clear_ages(thing *row)
{
    surreal_bit_clear(row->set_, THING_AGES);
    surreal_bit_set(row->mark_, THING_AGES);
}

static inline bool
thing_has_area(const thing *row)
{
    return surreal_bit_is(row->set_, THING_AREA);
}

static inline void
thing_set_area(thing *row, surreal_polygon v)
{
    row->area = v;
    surreal_bit_set(row->set_, THING_AREA);
    surreal_bit_set(row->mark_, THING_AREA);
}

/* A merge removes the field. */
static inline void
thing_clear_area(thing *row)
{
    surreal_bit_clear(row->set_, THING_AREA);
    surreal_bit_set(row->mark_, THING_AREA);
}

static inline bool
thing_has_route(const thing *row)
{
    return surreal_bit_is(row->set_, THING_ROUTE);
}

static inline void
thing_set_route(thing *row, surreal_line v)
{
    row->route = v;
    surreal_bit_set(row->set_, THING_ROUTE);
    surreal_bit_set(row->mark_, THING_ROUTE);
}

/* A merge removes the field. */
static inline void
thing_clear_route(thing *row)
{
    surreal_bit_clear(row->set_, THING_ROUTE);
    surreal_bit_set(row->mark_, THING_ROUTE);
}

static inline bool
thing_has_zone(const thing *row)
{
    return surreal_bit_is(row->set_, THING_ZONE);
}

static inline void
thing_set_zone(thing *row, surreal_geometry v)
{
    row->zone = v;
    surreal_bit_set(row->set_, THING_ZONE);
    surreal_bit_set(row->mark_, THING_ZONE);
}

/* A merge removes the field. */
static inline void
thing_clear_zone(thing *row)
{
    surreal_bit_clear(row->set_, THING_ZONE);
    surreal_bit_set(row->mark_, THING_ZONE);
}

static inline bool
thing_has_place(const thing *row)
{
    return surreal_bit_is(row->set_, THING_PLACE);
}

static inline void
thing_set_place(thing *row, surreal_geometry v)
{
    row->place = v;
    surreal_bit_set(row->set_, THING_PLACE);
    surreal_bit_set(row->mark_, THING_PLACE);
}

/* A merge removes the field. */
static inline void
thing_clear_place(thing *row)
{
    surreal_bit_clear(row->set_, THING_PLACE);
    surreal_bit_set(row->mark_, THING_PLACE);
}

static inline bool
thing_has_dots(const thing *row)
{
    return surreal_bit_is(row->set_, THING_DOTS);
}

static inline void
thing_set_dots(thing *row, surreal_multipoint v)
{
    row->dots = v;
    surreal_bit_set(row->set_, THING_DOTS);
    surreal_bit_set(row->mark_, THING_DOTS);
}

/* A merge removes the field. */
static inline void
thing_clear_dots(thing *row)
{
    surreal_bit_clear(row->set_, THING_DOTS);
    surreal_bit_set(row->mark_, THING_DOTS);
}

static inline bool
thing_has_ways(const thing *row)
{
    return surreal_bit_is(row->set_, THING_WAYS);
}

static inline void
thing_set_ways(thing *row, surreal_multiline v)
{
    row->ways = v;
    surreal_bit_set(row->set_, THING_WAYS);
    surreal_bit_set(row->mark_, THING_WAYS);
}

/* A merge removes the field. */
static inline void
thing_clear_ways(thing *row)
{
    surreal_bit_clear(row->set_, THING_WAYS);
    surreal_bit_set(row->mark_, THING_WAYS);
}

static inline bool
thing_has_lands(const thing *row)
{
    return surreal_bit_is(row->set_, THING_LANDS);
}

static inline void
thing_set_lands(thing *row, surreal_multipolygon v)
{
    row->lands = v;
    surreal_bit_set(row->set_, THING_LANDS);
    surreal_bit_set(row->mark_, THING_LANDS);
}

/* A merge removes the field. */
static inline void
thing_clear_lands(thing *row)
{
    surreal_bit_clear(row->set_, THING_LANDS);
    surreal_bit_set(row->mark_, THING_LANDS);
}

static inline bool
thing_has_mix(const thing *row)
{
    return surreal_bit_is(row->set_, THING_MIX);
}

static inline void
thing_set_mix(thing *row, surreal_collection v)
{
    row->mix = v;
    surreal_bit_set(row->set_, THING_MIX);
    surreal_bit_set(row->mark_, THING_MIX);
}

/* A merge removes the field. */
static inline void
thing_clear_mix(thing *row)
{
    surreal_bit_clear(row->set_, THING_MIX);
    surreal_bit_set(row->mark_, THING_MIX);
}

static inline bool
thing_has_span(const thing *row)
{
    return surreal_bit_is(row->set_, THING_SPAN);
}

static inline void
thing_set_span(thing *row, surreal_bounds v)
{
    row->span = v;
    surreal_bit_set(row->set_, THING_SPAN);
    surreal_bit_set(row->mark_, THING_SPAN);
}

/* A merge removes the field. */
static inline void
thing_clear_span(thing *row)
{
    surreal_bit_clear(row->set_, THING_SPAN);
    surreal_bit_set(row->mark_, THING_SPAN);
}

static inline bool
thing_has_hash(const thing *row)
{
    return surreal_bit_is(row->set_, THING_HASH);
}

/* ERR_TOO_LONG leaves it as it is. */
static inline surreal_status
thing_set_hash(thing *row, surreal_bytes v)
{
    size_t i;

    if (v.len > sizeof row->hash.data) {
        return SURREAL_ERR_TOO_LONG;
    }
    for (i = 0; i < v.len; i++) {
        row->hash.data[i] = v.ptr[i];
    }
    row->hash.len = v.len;
    surreal_bit_set(row->set_, THING_HASH);
    surreal_bit_set(row->mark_, THING_HASH);
    return SURREAL_OK;
}

/* A merge removes the field. */
static inline void
thing_clear_hash(thing *row)
{
    surreal_bit_clear(row->set_, THING_HASH);
    surreal_bit_set(row->mark_, THING_HASH);
}

static inline bool
thing_has_price(const thing *row)
{
    return surreal_bit_is(row->set_, THING_PRICE);
}

static inline void
thing_set_price(thing *row, money_t v)
{
    row->price = v;
    surreal_bit_set(row->set_, THING_PRICE);
    surreal_bit_set(row->mark_, THING_PRICE);
}

/* A merge removes the field. */
static inline void
thing_clear_price(thing *row)
{
    surreal_bit_clear(row->set_, THING_PRICE);
    surreal_bit_set(row->mark_, THING_PRICE);
}

static inline bool
thing_has_mood(const thing *row)
{
    return surreal_bit_is(row->set_, THING_MOOD);
}

static inline void
thing_set_mood(thing *row, mood v)
{
    row->mood = v;
    surreal_bit_set(row->set_, THING_MOOD);
    surreal_bit_set(row->mark_, THING_MOOD);
}

static inline bool
thing_has_level(const thing *row)
{
    return surreal_bit_is(row->set_, THING_LEVEL);
}

static inline void
thing_set_level(thing *row, level v)
{
    row->level = v;
    surreal_bit_set(row->set_, THING_LEVEL);
    surreal_bit_set(row->mark_, THING_LEVEL);
}

/* A merge removes the field. */
static inline void
thing_clear_level(thing *row)
{
    surreal_bit_clear(row->set_, THING_LEVEL);
    surreal_bit_set(row->mark_, THING_LEVEL);
}

static inline bool
thing_has_address(const thing *row)
{
    return surreal_bit_is(row->set_, THING_ADDRESS);
}

static inline void
thing_set_address(thing *row, address v)
{
    row->address = v;
    surreal_bit_set(row->set_, THING_ADDRESS);
    surreal_bit_set(row->mark_, THING_ADDRESS);
}

/* A merge removes the field. */
static inline void
thing_clear_address(thing *row)
{
    surreal_bit_clear(row->set_, THING_ADDRESS);
    surreal_bit_set(row->mark_, THING_ADDRESS);
}

static inline bool
thing_has_merged(const thing *row)
{
    return surreal_bit_is(row->set_, THING_MERGED);
}

static inline void
thing_set_merged(thing *row, thing_merged v)
{
    row->merged = v;
    surreal_bit_set(row->set_, THING_MERGED);
    surreal_bit_set(row->mark_, THING_MERGED);
}

/* A merge removes the field. */
static inline void
thing_clear_merged(thing *row)
{
    surreal_bit_clear(row->set_, THING_MERGED);
    surreal_bit_set(row->mark_, THING_MERGED);
}

static inline bool
thing_has_any_case(const thing *row)
{
    return surreal_bit_is(row->set_, THING_ANY_CASE);
}

static inline void
thing_set_any_case(thing *row, thing_any_case v)
{
    row->any_case = v;
    surreal_bit_set(row->set_, THING_ANY_CASE);
    surreal_bit_set(row->mark_, THING_ANY_CASE);
}

/* A merge removes the field. */
static inline void
thing_clear_any_case(thing *row)
{
    surreal_bit_clear(row->set_, THING_ANY_CASE);
    surreal_bit_set(row->mark_, THING_ANY_CASE);
}

static inline bool
thing_has_flag(const thing *row)
{
    return surreal_bit_is(row->set_, THING_FLAG);
}

static inline void
thing_set_flag(thing *row, thing_flag v)
{
    row->flag = v;
    surreal_bit_set(row->set_, THING_FLAG);
    surreal_bit_set(row->mark_, THING_FLAG);
}

/* A merge removes the field. */
static inline void
thing_clear_flag(thing *row)
{
    surreal_bit_clear(row->set_, THING_FLAG);
    surreal_bit_set(row->mark_, THING_FLAG);
}

static inline bool
thing_has_token(const thing *row)
{
    return surreal_bit_is(row->set_, THING_TOKEN);
}

static inline void
thing_set_token(thing *row, surreal_str v)
{
    row->token = v;
    surreal_bit_set(row->set_, THING_TOKEN);
    surreal_bit_set(row->mark_, THING_TOKEN);
}

/* A merge removes the field. */
static inline void
thing_clear_token(thing *row)
{
    surreal_bit_clear(row->set_, THING_TOKEN);
    surreal_bit_set(row->mark_, THING_TOKEN);
}

static inline bool
thing_has_pass(const thing *row)
{
    return surreal_bit_is(row->set_, THING_PASS);
}

static inline void
thing_set_pass(thing *row, surreal_str v)
{
    row->pass = v;
    surreal_bit_set(row->set_, THING_PASS);
    surreal_bit_set(row->mark_, THING_PASS);
}

SURREAL_DEPRECATED("use \042code\042")
static inline bool
thing_has_old(const thing *row)
{
    return surreal_bit_is(row->set_, THING_OLD);
}

SURREAL_DEPRECATED("use \042code\042")
static inline void
thing_set_old(thing *row, int64_t v)
{
    row->old = v;
    surreal_bit_set(row->set_, THING_OLD);
    surreal_bit_set(row->mark_, THING_OLD);
}

/* A merge removes the field. */
SURREAL_DEPRECATED("use \042code\042")
static inline void
thing_clear_old(thing *row)
{
    surreal_bit_clear(row->set_, THING_OLD);
    surreal_bit_set(row->mark_, THING_OLD);
}

static inline bool
thing_has_stars(const thing *row)
{
    return surreal_bit_is(row->set_, THING_STARS);
}

static inline void
thing_set_stars(thing *row, int64_t v)
{
    row->stars = v;
    surreal_bit_set(row->set_, THING_STARS);
    surreal_bit_set(row->mark_, THING_STARS);
}

static inline bool
thing_has_title(const thing *row)
{
    return surreal_bit_is(row->set_, THING_TITLE);
}

static inline void
thing_set_title(thing *row, surreal_str v)
{
    row->title = v;
    surreal_bit_set(row->set_, THING_TITLE);
    surreal_bit_set(row->mark_, THING_TITLE);
}

/* A merge removes the field. */
static inline void
thing_clear_title(thing *row)
{
    surreal_bit_clear(row->set_, THING_TITLE);
    surreal_bit_set(row->mark_, THING_TITLE);
}

static inline bool
thing_has_word(const thing *row)
{
    return surreal_bit_is(row->set_, THING_WORD);
}

static inline void
thing_set_word(thing *row, surreal_str v)
{
    row->word = v;
    surreal_bit_set(row->set_, THING_WORD);
    surreal_bit_set(row->mark_, THING_WORD);
}

/* A merge removes the field. */
static inline void
thing_clear_word(thing *row)
{
    surreal_bit_clear(row->set_, THING_WORD);
    surreal_bit_set(row->mark_, THING_WORD);
}

static inline size_t
thing_print(const thing *row, char *buf, size_t cap)
{
    return surreal_model_print(&thing_model, row, buf, cap);
}

static inline size_t
thing_to_json(const thing *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&thing_model, row, buf, cap);
}

static inline bool
thing_equal(const thing *a, const thing *b)
{
    return surreal_model_equal(&thing_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
thing_copy(const thing *row, surreal_result *owner, thing *out)
{
    return surreal_model_copy(&thing_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
thing_check(const thing *row, surreal_error *err)
{
    return surreal_model_check(&thing_model, row, err);
}

typedef struct thing_row {
    struct thing row;
    surreal_result *result;
} thing_row;

typedef struct thing_rows {
    struct thing *v;
    size_t count;
    surreal_result *result;
} thing_rows;

static inline surreal_status
thing_get(surreal *db, thing_id id, thing_row *out)
{
    return surreal_model_get(db, &thing_model, id.rid, out ? &out->row : NULL,
            out ? &out->result : NULL);
}

static inline surreal_status
thing_all(surreal *db, thing_rows *out)
{
    void *v;
    surreal_status status = surreal_model_all(db, &thing_model, &v,
            &out->count, &out->result);

    out->v = (thing *)v;
    return status;
}

/* `where` is program text; values belong into vars. */
static inline surreal_status
thing_find(surreal *db, const char *where, surreal_vars vars, thing_rows *out)
{
    void *v;
    surreal_status status = surreal_model_find(db, &thing_model, where, vars,
            &v, &out->count, &out->result);

    out->v = (thing *)v;
    return status;
}

/* `where` may be NULL for all. */
static inline surreal_status
thing_count(surreal *db, const char *where, surreal_vars vars, int64_t *count)
{
    return surreal_model_count(db, &thing_model, where, vars, count);
}

static inline surreal_status
thing_create(surreal *db, const thing *row, thing_row *out)
{
    return surreal_model_create(db, &thing_model, row, out ? &out->row : NULL,
            out ? &out->result : NULL);
}

static inline surreal_status
thing_insert(surreal *db, const thing *rows, size_t count, thing_rows *out)
{
    void *v = NULL;
    surreal_status status = surreal_model_insert(db, &thing_model, rows, count,
            out ? &v : NULL, out ? &out->result : NULL);

    if (out) {
        out->v = (thing *)v;
        out->count = v ? count : 0;
    }
    return status;
}

static inline surreal_status
thing_merge(surreal *db, thing_id id, const thing *row, thing_row *out)
{
    return surreal_model_merge(db, &thing_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
thing_replace(surreal *db, thing_id id, const thing *row, thing_row *out)
{
    return surreal_model_replace(db, &thing_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
thing_upsert(surreal *db, thing_id id, const thing *row, thing_row *out)
{
    return surreal_model_upsert(db, &thing_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
thing_delete(surreal *db, thing_id id, thing_row *out)
{
    return surreal_model_delete(db, &thing_model, id.rid,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

/* Bits of other.set_. */
enum {
    OTHER_ID = 0,
    OTHER_NAME = 1
};

typedef struct other {
    uint64_t set_[1];
    uint64_t mark_[1];
    struct other_id id;
    surreal_str name;
} other;

extern const surreal_model other_model;

static inline bool
other_has_id(const other *row)
{
    return surreal_bit_is(row->set_, OTHER_ID);
}

static inline void
other_set_id(other *row, other_id v)
{
    row->id = v;
    surreal_bit_set(row->set_, OTHER_ID);
    surreal_bit_set(row->mark_, OTHER_ID);
}

static inline bool
other_has_name(const other *row)
{
    return surreal_bit_is(row->set_, OTHER_NAME);
}

static inline void
other_set_name(other *row, surreal_str v)
{
    row->name = v;
    surreal_bit_set(row->set_, OTHER_NAME);
    surreal_bit_set(row->mark_, OTHER_NAME);
}

static inline size_t
other_print(const other *row, char *buf, size_t cap)
{
    return surreal_model_print(&other_model, row, buf, cap);
}

static inline size_t
other_to_json(const other *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&other_model, row, buf, cap);
}

static inline bool
other_equal(const other *a, const other *b)
{
    return surreal_model_equal(&other_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
other_copy(const other *row, surreal_result *owner, other *out)
{
    return surreal_model_copy(&other_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
other_check(const other *row, surreal_error *err)
{
    return surreal_model_check(&other_model, row, err);
}

typedef struct other_row {
    struct other row;
    surreal_result *result;
} other_row;

typedef struct other_rows {
    struct other *v;
    size_t count;
    surreal_result *result;
} other_rows;

static inline surreal_status
other_get(surreal *db, other_id id, other_row *out)
{
    return surreal_model_get(db, &other_model, id.rid, out ? &out->row : NULL,
            out ? &out->result : NULL);
}

static inline surreal_status
other_all(surreal *db, other_rows *out)
{
    void *v;
    surreal_status status = surreal_model_all(db, &other_model, &v,
            &out->count, &out->result);

    out->v = (other *)v;
    return status;
}

/* `where` is program text; values belong into vars. */
static inline surreal_status
other_find(surreal *db, const char *where, surreal_vars vars, other_rows *out)
{
    void *v;
    surreal_status status = surreal_model_find(db, &other_model, where, vars,
            &v, &out->count, &out->result);

    out->v = (other *)v;
    return status;
}

/* `where` may be NULL for all. */
static inline surreal_status
other_count(surreal *db, const char *where, surreal_vars vars, int64_t *count)
{
    return surreal_model_count(db, &other_model, where, vars, count);
}

static inline surreal_status
other_create(surreal *db, const other *row, other_row *out)
{
    return surreal_model_create(db, &other_model, row, out ? &out->row : NULL,
            out ? &out->result : NULL);
}

static inline surreal_status
other_insert(surreal *db, const other *rows, size_t count, other_rows *out)
{
    void *v = NULL;
    surreal_status status = surreal_model_insert(db, &other_model, rows, count,
            out ? &v : NULL, out ? &out->result : NULL);

    if (out) {
        out->v = (other *)v;
        out->count = v ? count : 0;
    }
    return status;
}

static inline surreal_status
other_merge(surreal *db, other_id id, const other *row, other_row *out)
{
    return surreal_model_merge(db, &other_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
other_replace(surreal *db, other_id id, const other *row, other_row *out)
{
    return surreal_model_replace(db, &other_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
other_upsert(surreal *db, other_id id, const other *row, other_row *out)
{
    return surreal_model_upsert(db, &other_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
other_delete(surreal *db, other_id id, other_row *out)
{
    return surreal_model_delete(db, &other_model, id.rid,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

/* Bits of strict.set_. */
enum {
    STRICT_ID = 0,
    STRICT_A = 1
};

typedef struct strict {
    uint64_t set_[1];
    uint64_t mark_[1];
    struct strict_id id;
    int64_t a;
} strict;

extern const surreal_model strict_model;

static inline bool
strict_has_id(const strict *row)
{
    return surreal_bit_is(row->set_, STRICT_ID);
}

static inline void
strict_set_id(strict *row, strict_id v)
{
    row->id = v;
    surreal_bit_set(row->set_, STRICT_ID);
    surreal_bit_set(row->mark_, STRICT_ID);
}

static inline bool
strict_has_a(const strict *row)
{
    return surreal_bit_is(row->set_, STRICT_A);
}

static inline void
strict_set_a(strict *row, int64_t v)
{
    row->a = v;
    surreal_bit_set(row->set_, STRICT_A);
    surreal_bit_set(row->mark_, STRICT_A);
}

static inline size_t
strict_print(const strict *row, char *buf, size_t cap)
{
    return surreal_model_print(&strict_model, row, buf, cap);
}

static inline size_t
strict_to_json(const strict *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&strict_model, row, buf, cap);
}

static inline bool
strict_equal(const strict *a, const strict *b)
{
    return surreal_model_equal(&strict_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
strict_copy(const strict *row, surreal_result *owner, strict *out)
{
    return surreal_model_copy(&strict_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
strict_check(const strict *row, surreal_error *err)
{
    return surreal_model_check(&strict_model, row, err);
}

typedef struct strict_row {
    struct strict row;
    surreal_result *result;
} strict_row;

typedef struct strict_rows {
    struct strict *v;
    size_t count;
    surreal_result *result;
} strict_rows;

static inline surreal_status
strict_get(surreal *db, strict_id id, strict_row *out)
{
    return surreal_model_get(db, &strict_model, id.rid, out ? &out->row : NULL,
            out ? &out->result : NULL);
}

static inline surreal_status
strict_all(surreal *db, strict_rows *out)
{
    void *v;
    surreal_status status = surreal_model_all(db, &strict_model, &v,
            &out->count, &out->result);

    out->v = (strict *)v;
    return status;
}

/* `where` is program text; values belong into vars. */
static inline surreal_status
strict_find(surreal *db, const char *where, surreal_vars vars,
        strict_rows *out)
{
    void *v;
    surreal_status status = surreal_model_find(db, &strict_model, where, vars,
            &v, &out->count, &out->result);

    out->v = (strict *)v;
    return status;
}

/* `where` may be NULL for all. */
static inline surreal_status
strict_count(surreal *db, const char *where, surreal_vars vars, int64_t *count)
{
    return surreal_model_count(db, &strict_model, where, vars, count);
}

static inline surreal_status
strict_create(surreal *db, const strict *row, strict_row *out)
{
    return surreal_model_create(db, &strict_model, row, out ? &out->row : NULL,
            out ? &out->result : NULL);
}

static inline surreal_status
strict_insert(surreal *db, const strict *rows, size_t count, strict_rows *out)
{
    void *v = NULL;
    surreal_status status = surreal_model_insert(db, &strict_model, rows,
            count, out ? &v : NULL, out ? &out->result : NULL);

    if (out) {
        out->v = (strict *)v;
        out->count = v ? count : 0;
    }
    return status;
}

static inline surreal_status
strict_merge(surreal *db, strict_id id, const strict *row, strict_row *out)
{
    return surreal_model_merge(db, &strict_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
strict_replace(surreal *db, strict_id id, const strict *row, strict_row *out)
{
    return surreal_model_replace(db, &strict_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
strict_upsert(surreal *db, strict_id id, const strict *row, strict_row *out)
{
    return surreal_model_upsert(db, &strict_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
strict_delete(surreal *db, strict_id id, strict_row *out)
{
    return surreal_model_delete(db, &strict_model, id.rid,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

/* At most `count` records behind `id`, in the order of ids; a zeroed id: from
 * the beginning. */
static inline surreal_status
thing_page(surreal *db, thing_id id, size_t count, thing_rows *out)
{
    void *v;
    surreal_status status = surreal_model_page(db, &thing_model, id.rid, count,
            &v, &out->count, &out->result);

    out->v = (thing *)v;
    return status;
}

/* Whether the column was made from this text; the server compares. */
static inline surreal_status
thing_check_pass(surreal *db, thing_id id, surreal_str text, bool *out)
{
    return surreal_model_matches(db, &thing_model,
        "SELECT VALUE crypto::argon2::compare(`pass`, $srl_text) FROM ONLY "
        "$srl_id",
        id.rid, text, out);
}

/* At most `count` records behind `id`, in the order of ids; a zeroed id: from
 * the beginning. */
static inline surreal_status
other_page(surreal *db, other_id id, size_t count, other_rows *out)
{
    void *v;
    surreal_status status = surreal_model_page(db, &other_model, id.rid, count,
            &v, &out->count, &out->result);

    out->v = (other *)v;
    return status;
}

/* At most `count` records behind `id`, in the order of ids; a zeroed id: from
 * the beginning. */
static inline surreal_status
strict_page(surreal *db, strict_id id, size_t count, strict_rows *out)
{
    void *v;
    surreal_status status = surreal_model_page(db, &strict_model, id.rid,
            count, &v, &out->count, &out->result);

    out->v = (strict *)v;
    return status;
}

/* For surreal_schema_check(). */
extern const surreal_schema kinds_schema;

#ifdef __cplusplus
}
#endif

#endif
