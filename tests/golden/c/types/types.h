/* types.h: written by surrealgen from types.sg; do not edit. */
/* Every type, both ways. */
#ifndef TYPES_SURREALGEN_H
#define TYPES_SURREALGEN_H
#include "surreal.h"

#if !defined(SURREAL_MODEL_ABI) || SURREAL_MODEL_ABI != 2
#error "generated for another surreal.h: run surrealgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

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

typedef enum color {
    COLOR_UNKNOWN_ = 0, /* a value not known here */
    COLOR_RED,
    COLOR_GREEN,
    COLOR_BLUE
} color;

/* NULL for a value not known here. */
const char *color_name(color v);
bool color_parse(surreal_str text, color *out);

typedef enum rank {
    RANK_UNKNOWN_ = 0, /* a value not known here */
    RANK_LOW,
    RANK_NORMAL,
    RANK_HIGH
} rank;

/* NULL for a value not known here. */
const char *rank_name(rank v);
bool rank_parse(int64_t number, rank *out);

typedef enum person_state {
    PERSON_STATE_UNKNOWN_ = 0, /* a value not known here */
    PERSON_STATE_NEW,
    PERSON_STATE_IN_PROGRESS,
    PERSON_STATE_DONE
} person_state;

/* NULL for a value not known here. */
const char *person_state_name(person_state v);
bool person_state_parse(surreal_str text, person_state *out);

typedef enum person_level {
    PERSON_LEVEL_UNKNOWN_ = 0, /* a value not known here */
    PERSON_LEVEL_X1,
    PERSON_LEVEL_X2,
    PERSON_LEVEL_MINUS_3
} person_level;

/* NULL for a value not known here. */
const char *person_level_name(person_level v);
bool person_level_parse(int64_t number, person_level *out);

/* Bits of place.set_. */
enum {
    PLACE_STREET = 0,
    PLACE_ZIP = 1,
    PLACE_SPOT = 2
};

typedef struct place {
    uint64_t set_[1];
    surreal_str street;
    surreal_str zip; /* optional */
    surreal_point spot; /* optional */
} place;

extern const surreal_model place_model;

static inline bool
place_has_street(const place *row)
{
    return surreal_bit_is(row->set_, PLACE_STREET);
}

static inline void
place_set_street(place *row, surreal_str v)
{
    row->street = v;
    surreal_bit_set(row->set_, PLACE_STREET);
}

static inline bool
place_has_zip(const place *row)
{
    return surreal_bit_is(row->set_, PLACE_ZIP);
}

static inline void
place_set_zip(place *row, surreal_str v)
{
    row->zip = v;
    surreal_bit_set(row->set_, PLACE_ZIP);
}

static inline void
place_clear_zip(place *row)
{
    surreal_bit_clear(row->set_, PLACE_ZIP);
}

static inline bool
place_has_spot(const place *row)
{
    return surreal_bit_is(row->set_, PLACE_SPOT);
}

static inline void
place_set_spot(place *row, surreal_point v)
{
    row->spot = v;
    surreal_bit_set(row->set_, PLACE_SPOT);
}

static inline void
place_clear_spot(place *row)
{
    surreal_bit_clear(row->set_, PLACE_SPOT);
}

static inline size_t
place_print(const place *row, char *buf, size_t cap)
{
    return surreal_model_print(&place_model, row, buf, cap);
}

static inline size_t
place_to_json(const place *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&place_model, row, buf, cap);
}

static inline bool
place_equal(const place *a, const place *b)
{
    return surreal_model_equal(&place_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
place_copy(const place *row, surreal_result *owner, place *out)
{
    return surreal_model_copy(&place_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
place_check(const place *row, surreal_error *err)
{
    return surreal_model_check(&place_model, row, err);
}

typedef struct person_grid_items {
    const int64_t *v;
    size_t count;
} person_grid_items;

/* Bits of person_shape_inner.set_. */
enum {
    PERSON_SHAPE_INNER_DEEP = 0
};

typedef struct person_shape_inner {
    uint64_t set_[1];
    int64_t deep;
} person_shape_inner;

extern const surreal_model person_shape_inner_model;

static inline bool
person_shape_inner_has_deep(const person_shape_inner *row)
{
    return surreal_bit_is(row->set_, PERSON_SHAPE_INNER_DEEP);
}

static inline void
person_shape_inner_set_deep(person_shape_inner *row, int64_t v)
{
    row->deep = v;
    surreal_bit_set(row->set_, PERSON_SHAPE_INNER_DEEP);
}

static inline size_t
person_shape_inner_print(const person_shape_inner *row, char *buf, size_t cap)
{
    return surreal_model_print(&person_shape_inner_model, row, buf, cap);
}

static inline size_t
person_shape_inner_to_json(const person_shape_inner *row, char *buf,
        size_t cap)
{
    return surreal_model_to_json(&person_shape_inner_model, row, buf, cap);
}

static inline bool
person_shape_inner_equal(const person_shape_inner *a,
        const person_shape_inner *b)
{
    return surreal_model_equal(&person_shape_inner_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
person_shape_inner_copy(const person_shape_inner *row, surreal_result *owner,
        person_shape_inner *out)
{
    return surreal_model_copy(&person_shape_inner_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
person_shape_inner_check(const person_shape_inner *row, surreal_error *err)
{
    return surreal_model_check(&person_shape_inner_model, row, err);
}

/* Bits of person_shape.set_. */
enum {
    PERSON_SHAPE_KIND = 0,
    PERSON_SHAPE_W = 1,
    PERSON_SHAPE_INNER = 2
};

typedef struct person_shape {
    uint64_t set_[1];
    surreal_str kind;
    double w;
    struct person_shape_inner inner;
} person_shape;

extern const surreal_model person_shape_model;

static inline bool
person_shape_has_kind(const person_shape *row)
{
    return surreal_bit_is(row->set_, PERSON_SHAPE_KIND);
}

static inline void
person_shape_set_kind(person_shape *row, surreal_str v)
{
    row->kind = v;
    surreal_bit_set(row->set_, PERSON_SHAPE_KIND);
}

static inline bool
person_shape_has_w(const person_shape *row)
{
    return surreal_bit_is(row->set_, PERSON_SHAPE_W);
}

static inline void
person_shape_set_w(person_shape *row, double v)
{
    row->w = v;
    surreal_bit_set(row->set_, PERSON_SHAPE_W);
}

static inline bool
person_shape_has_inner(const person_shape *row)
{
    return surreal_bit_is(row->set_, PERSON_SHAPE_INNER);
}

static inline void
person_shape_set_inner(person_shape *row, person_shape_inner v)
{
    row->inner = v;
    surreal_bit_set(row->set_, PERSON_SHAPE_INNER);
}

static inline size_t
person_shape_print(const person_shape *row, char *buf, size_t cap)
{
    return surreal_model_print(&person_shape_model, row, buf, cap);
}

static inline size_t
person_shape_to_json(const person_shape *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&person_shape_model, row, buf, cap);
}

static inline bool
person_shape_equal(const person_shape *a, const person_shape *b)
{
    return surreal_model_equal(&person_shape_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
person_shape_copy(const person_shape *row, surreal_result *owner,
        person_shape *out)
{
    return surreal_model_copy(&person_shape_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
person_shape_check(const person_shape *row, surreal_error *err)
{
    return surreal_model_check(&person_shape_model, row, err);
}

typedef enum person_mixed_tag {
    PERSON_MIXED_NONE_ = 0,
    PERSON_MIXED_INT,
    PERSON_MIXED_STRING,
    PERSON_MIXED_OTHER_ /* none of these: u.other */
} person_mixed_tag;

typedef struct person_mixed {
    person_mixed_tag tag;
    union {
        int64_t int_;
        surreal_str string;
        surreal_raw other;
    } u;
} person_mixed;

/* Bits of person.set_. */
enum {
    PERSON_ID = 0,
    PERSON_NAME = 1,
    PERSON_AGE = 2,
    PERSON_HEIGHT = 3,
    PERSON_BALANCE = 4,
    PERSON_ANY_NUM = 5,
    PERSON_ALIVE = 6,
    PERSON_PHOTO = 7,
    PERSON_BORN = 8,
    PERSON_QUOTA = 9,
    PERSON_TOKEN = 10,
    PERSON_BEST = 11,
    PERSON_THING = 12,
    PERSON_HOME = 13,
    PERSON_PAPER = 14,
    PERSON_EXTRA = 15,
    PERSON_PREFS = 16,
    PERSON_COLOR = 17,
    PERSON_RANK = 18,
    PERSON_STATE = 19,
    PERSON_LEVEL = 20,
    PERSON_NOTE = 21,
    PERSON_MAYBE = 22,
    PERSON_ADDRESS = 23,
    PERSON_PLACES = 24,
    PERSON_TAGS = 25,
    PERSON_GRID = 26,
    PERSON_VEC = 27,
    PERSON_FRIENDS = 28,
    PERSON_CODE = 29,
    PERSON_PASS = 30,
    PERSON_MADE = 31,
    PERSON_NICKNAME = 32,
    PERSON_SHAPE = 33,
    PERSON_MIXED = 34,
    PERSON_AREA = 35
};

/* A person; may hold * / and / * in its text. */
typedef struct person {
    uint64_t set_[1];
    uint64_t mark_[1];
    uint64_t null_[1];
    surreal_value extra_; /* what it was read from */
    struct person_id id;
    /* Shown everywhere. */
    surreal_str name;
    int64_t age; /* optional */
    double height;
    surreal_decimal balance;
    surreal_number any_num;
    bool alive;
    surreal_bytes photo; /* optional */
    surreal_datetime born;
    surreal_duration quota;
    surreal_uuid token;
    struct person_id best; /* optional */
    surreal_record_id thing; /* optional */
    surreal_point home;
    surreal_file paper; /* optional */
    surreal_raw extra; /* optional */
    surreal_raw prefs;
    enum color color;
    enum rank rank;
    enum person_state state;
    enum person_level level;
    surreal_str note; /* or NULL */
    int64_t maybe; /* optional */
    struct place address; /* optional */
    struct {
        const struct place *v;
        size_t count;
    } places;
    struct {
        const surreal_str *v;
        size_t count;
    } tags;
    struct {
        const struct person_grid_items *v;
        size_t count;
    } grid;
    struct {
        double v[4];
        size_t count;
    } vec; /* optional */
    struct {
        const struct person_id *v;
        size_t count;
    } friends;
    struct {
        size_t len;
        char text[8 + 1];
    } code;
    surreal_str pass; /* never read back */
    surreal_datetime made; /* set by the server */
    surreal_str nickname; /* optional */
    struct person_shape shape; /* optional */
    struct person_mixed mixed; /* optional */
    surreal_polygon area; /* optional */
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
person_has_name(const person *row)
{
    return surreal_bit_is(row->set_, PERSON_NAME);
}

static inline void
person_set_name(person *row, surreal_str v)
{
    row->name = v;
    surreal_bit_set(row->set_, PERSON_NAME);
    surreal_bit_set(row->mark_, PERSON_NAME);
}

static inline bool
person_has_age(const person *row)
{
    return surreal_bit_is(row->set_, PERSON_AGE);
}

static inline void
person_set_age(person *row, int64_t v)
{
    row->age = v;
    surreal_bit_set(row->set_, PERSON_AGE);
    surreal_bit_set(row->mark_, PERSON_AGE);
}

/* A merge removes the field. */
static inline void
person_clear_age(person *row)
{
    surreal_bit_clear(row->set_, PERSON_AGE);
    surreal_bit_set(row->mark_, PERSON_AGE);
}

static inline bool
person_has_height(const person *row)
{
    return surreal_bit_is(row->set_, PERSON_HEIGHT);
}

static inline void
person_set_height(person *row, double v)
{
    row->height = v;
    surreal_bit_set(row->set_, PERSON_HEIGHT);
    surreal_bit_set(row->mark_, PERSON_HEIGHT);
}

static inline bool
person_has_balance(const person *row)
{
    return surreal_bit_is(row->set_, PERSON_BALANCE);
}

static inline void
person_set_balance(person *row, surreal_decimal v)
{
    row->balance = v;
    surreal_bit_set(row->set_, PERSON_BALANCE);
    surreal_bit_set(row->mark_, PERSON_BALANCE);
}

static inline bool
person_has_any_num(const person *row)
{
    return surreal_bit_is(row->set_, PERSON_ANY_NUM);
}

static inline void
person_set_any_num(person *row, surreal_number v)
{
    row->any_num = v;
    surreal_bit_set(row->set_, PERSON_ANY_NUM);
    surreal_bit_set(row->mark_, PERSON_ANY_NUM);
}

static inline bool
person_has_alive(const person *row)
{
    return surreal_bit_is(row->set_, PERSON_ALIVE);
}

static inline void
person_set_alive(person *row, bool v)
{
    row->alive = v;
    surreal_bit_set(row->set_, PERSON_ALIVE);
    surreal_bit_set(row->mark_, PERSON_ALIVE);
}

static inline bool
person_has_photo(const person *row)
{
    return surreal_bit_is(row->set_, PERSON_PHOTO);
}

static inline void
person_set_photo(person *row, surreal_bytes v)
{
    row->photo = v;
    surreal_bit_set(row->set_, PERSON_PHOTO);
    surreal_bit_set(row->mark_, PERSON_PHOTO);
}

/* A merge removes the field. */
static inline void
person_clear_photo(person *row)
{
    surreal_bit_clear(row->set_, PERSON_PHOTO);
    surreal_bit_set(row->mark_, PERSON_PHOTO);
}

static inline bool
person_has_born(const person *row)
{
    return surreal_bit_is(row->set_, PERSON_BORN);
}

static inline void
person_set_born(person *row, surreal_datetime v)
{
    row->born = v;
    surreal_bit_set(row->set_, PERSON_BORN);
    surreal_bit_set(row->mark_, PERSON_BORN);
}

static inline bool
person_has_quota(const person *row)
{
    return surreal_bit_is(row->set_, PERSON_QUOTA);
}

static inline void
person_set_quota(person *row, surreal_duration v)
{
    row->quota = v;
    surreal_bit_set(row->set_, PERSON_QUOTA);
    surreal_bit_set(row->mark_, PERSON_QUOTA);
}

static inline bool
person_has_token(const person *row)
{
    return surreal_bit_is(row->set_, PERSON_TOKEN);
}

static inline void
person_set_token(person *row, surreal_uuid v)
{
    row->token = v;
    surreal_bit_set(row->set_, PERSON_TOKEN);
    surreal_bit_set(row->mark_, PERSON_TOKEN);
}

static inline bool
person_has_best(const person *row)
{
    return surreal_bit_is(row->set_, PERSON_BEST);
}

static inline void
person_set_best(person *row, person_id v)
{
    row->best = v;
    surreal_bit_set(row->set_, PERSON_BEST);
    surreal_bit_set(row->mark_, PERSON_BEST);
}

/* A merge removes the field. */
static inline void
person_clear_best(person *row)
{
    surreal_bit_clear(row->set_, PERSON_BEST);
    surreal_bit_set(row->mark_, PERSON_BEST);
}

static inline bool
person_has_thing(const person *row)
{
    return surreal_bit_is(row->set_, PERSON_THING);
}

static inline void
person_set_thing(person *row, surreal_record_id v)
{
    row->thing = v;
    surreal_bit_set(row->set_, PERSON_THING);
    surreal_bit_set(row->mark_, PERSON_THING);
}

/* A merge removes the field. */
static inline void
person_clear_thing(person *row)
{
    surreal_bit_clear(row->set_, PERSON_THING);
    surreal_bit_set(row->mark_, PERSON_THING);
}

static inline bool
person_has_home(const person *row)
{
    return surreal_bit_is(row->set_, PERSON_HOME);
}

static inline void
person_set_home(person *row, surreal_point v)
{
    row->home = v;
    surreal_bit_set(row->set_, PERSON_HOME);
    surreal_bit_set(row->mark_, PERSON_HOME);
}

static inline bool
person_has_paper(const person *row)
{
    return surreal_bit_is(row->set_, PERSON_PAPER);
}

static inline void
person_set_paper(person *row, surreal_file v)
{
    row->paper = v;
    surreal_bit_set(row->set_, PERSON_PAPER);
    surreal_bit_set(row->mark_, PERSON_PAPER);
}

/* A merge removes the field. */
static inline void
person_clear_paper(person *row)
{
    surreal_bit_clear(row->set_, PERSON_PAPER);
    surreal_bit_set(row->mark_, PERSON_PAPER);
}

static inline bool
person_has_extra(const person *row)
{
    return surreal_bit_is(row->set_, PERSON_EXTRA);
}

static inline void
person_set_extra(person *row, surreal_raw v)
{
    row->extra = v;
    surreal_bit_set(row->set_, PERSON_EXTRA);
    surreal_bit_set(row->mark_, PERSON_EXTRA);
}

/* A merge removes the field. */
static inline void
person_clear_extra(person *row)
{
    surreal_bit_clear(row->set_, PERSON_EXTRA);
    surreal_bit_set(row->mark_, PERSON_EXTRA);
}

static inline bool
person_has_prefs(const person *row)
{
    return surreal_bit_is(row->set_, PERSON_PREFS);
}

static inline void
person_set_prefs(person *row, surreal_raw v)
{
    row->prefs = v;
    surreal_bit_set(row->set_, PERSON_PREFS);
    surreal_bit_set(row->mark_, PERSON_PREFS);
}

static inline bool
person_has_color(const person *row)
{
    return surreal_bit_is(row->set_, PERSON_COLOR);
}

static inline void
person_set_color(person *row, color v)
{
    row->color = v;
    surreal_bit_set(row->set_, PERSON_COLOR);
    surreal_bit_set(row->mark_, PERSON_COLOR);
}

static inline bool
person_has_rank(const person *row)
{
    return surreal_bit_is(row->set_, PERSON_RANK);
}

static inline void
person_set_rank(person *row, rank v)
{
    row->rank = v;
    surreal_bit_set(row->set_, PERSON_RANK);
    surreal_bit_set(row->mark_, PERSON_RANK);
}

static inline bool
person_has_state(const person *row)
{
    return surreal_bit_is(row->set_, PERSON_STATE);
}

static inline void
person_set_state(person *row, person_state v)
{
    row->state = v;
    surreal_bit_set(row->set_, PERSON_STATE);
    surreal_bit_set(row->mark_, PERSON_STATE);
}

static inline bool
person_has_level(const person *row)
{
    return surreal_bit_is(row->set_, PERSON_LEVEL);
}

static inline void
person_set_level(person *row, person_level v)
{
    row->level = v;
    surreal_bit_set(row->set_, PERSON_LEVEL);
    surreal_bit_set(row->mark_, PERSON_LEVEL);
}

/* False for NULL too. */
static inline bool
person_has_note(const person *row)
{
    return surreal_bit_is(row->set_, PERSON_NOTE) && surreal_bit_is(row->null_,
            PERSON_NOTE) == 0;
}

static inline void
person_set_note(person *row, surreal_str v)
{
    row->note = v;
    surreal_bit_set(row->set_, PERSON_NOTE);
    surreal_bit_set(row->mark_, PERSON_NOTE);
    surreal_bit_clear(row->null_, PERSON_NOTE);
}

static inline void
person_null_note(person *row)
{
    surreal_bit_set(row->set_, PERSON_NOTE);
    surreal_bit_set(row->null_, PERSON_NOTE);
    surreal_bit_set(row->mark_, PERSON_NOTE);
}

/* False for NULL too. */
static inline bool
person_has_maybe(const person *row)
{
    return surreal_bit_is(row->set_,
            PERSON_MAYBE) && surreal_bit_is(row->null_, PERSON_MAYBE) == 0;
}

static inline void
person_set_maybe(person *row, int64_t v)
{
    row->maybe = v;
    surreal_bit_set(row->set_, PERSON_MAYBE);
    surreal_bit_set(row->mark_, PERSON_MAYBE);
    surreal_bit_clear(row->null_, PERSON_MAYBE);
}

/* A merge removes the field. */
static inline void
person_clear_maybe(person *row)
{
    surreal_bit_clear(row->set_, PERSON_MAYBE);
    surreal_bit_set(row->mark_, PERSON_MAYBE);
}

static inline void
person_null_maybe(person *row)
{
    surreal_bit_set(row->set_, PERSON_MAYBE);
    surreal_bit_set(row->null_, PERSON_MAYBE);
    surreal_bit_set(row->mark_, PERSON_MAYBE);
}

static inline bool
person_has_address(const person *row)
{
    return surreal_bit_is(row->set_, PERSON_ADDRESS);
}

static inline void
person_set_address(person *row, place v)
{
    row->address = v;
    surreal_bit_set(row->set_, PERSON_ADDRESS);
    surreal_bit_set(row->mark_, PERSON_ADDRESS);
}

/* A merge removes the field. */
static inline void
person_clear_address(person *row)
{
    surreal_bit_clear(row->set_, PERSON_ADDRESS);
    surreal_bit_set(row->mark_, PERSON_ADDRESS);
}

static inline bool
person_has_places(const person *row)
{
    return surreal_bit_is(row->set_, PERSON_PLACES);
}

static inline void
person_set_places(person *row, const place *v, size_t count)
{
    row->places.v = v;
    row->places.count = count;
    surreal_bit_set(row->set_, PERSON_PLACES);
    surreal_bit_set(row->mark_, PERSON_PLACES);
}

static inline bool
person_has_tags(const person *row)
{
    return surreal_bit_is(row->set_, PERSON_TAGS);
}

static inline void
person_set_tags(person *row, const surreal_str *v, size_t count)
{
    row->tags.v = v;
    row->tags.count = count;
    surreal_bit_set(row->set_, PERSON_TAGS);
    surreal_bit_set(row->mark_, PERSON_TAGS);
}

static inline bool
person_has_grid(const person *row)
{
    return surreal_bit_is(row->set_, PERSON_GRID);
}

static inline void
person_set_grid(person *row, const person_grid_items *v, size_t count)
{
    row->grid.v = v;
    row->grid.count = count;
    surreal_bit_set(row->set_, PERSON_GRID);
    surreal_bit_set(row->mark_, PERSON_GRID);
}

static inline bool
person_has_vec(const person *row)
{
    return surreal_bit_is(row->set_, PERSON_VEC);
}

/* ERR_TOO_LONG leaves it as it is. */
static inline surreal_status
person_set_vec(person *row, const double *v, size_t count)
{
    size_t i;

    if (count > sizeof row->vec.v / sizeof *row->vec.v) {
        return SURREAL_ERR_TOO_LONG;
    }
    for (i = 0; i < count; i++) {
        row->vec.v[i] = v[i];
    }
    row->vec.count = count;
    surreal_bit_set(row->set_, PERSON_VEC);
    surreal_bit_set(row->mark_, PERSON_VEC);
    return SURREAL_OK;
}

/* A merge removes the field. */
static inline void
person_clear_vec(person *row)
{
    surreal_bit_clear(row->set_, PERSON_VEC);
    surreal_bit_set(row->mark_, PERSON_VEC);
}

static inline bool
person_has_friends(const person *row)
{
    return surreal_bit_is(row->set_, PERSON_FRIENDS);
}

static inline void
person_set_friends(person *row, const person_id *v, size_t count)
{
    row->friends.v = v;
    row->friends.count = count;
    surreal_bit_set(row->set_, PERSON_FRIENDS);
    surreal_bit_set(row->mark_, PERSON_FRIENDS);
}

static inline bool
person_has_code(const person *row)
{
    return surreal_bit_is(row->set_, PERSON_CODE);
}

/* ERR_TOO_LONG leaves it as it is. */
static inline surreal_status
person_set_code(person *row, surreal_str v)
{
    if (surreal_chars_set(row->code.text, sizeof row->code.text - 1,
            &row->code.len, v)) {
        return SURREAL_ERR_TOO_LONG;
    }
    surreal_bit_set(row->set_, PERSON_CODE);
    surreal_bit_set(row->mark_, PERSON_CODE);
    return SURREAL_OK;
}

static inline bool
person_has_pass(const person *row)
{
    return surreal_bit_is(row->set_, PERSON_PASS);
}

static inline void
person_set_pass(person *row, surreal_str v)
{
    row->pass = v;
    surreal_bit_set(row->set_, PERSON_PASS);
    surreal_bit_set(row->mark_, PERSON_PASS);
}

static inline bool
person_has_made(const person *row)
{
    return surreal_bit_is(row->set_, PERSON_MADE);
}

static inline bool
person_has_nickname(const person *row)
{
    return surreal_bit_is(row->set_, PERSON_NICKNAME);
}

static inline void
person_set_nickname(person *row, surreal_str v)
{
    row->nickname = v;
    surreal_bit_set(row->set_, PERSON_NICKNAME);
    surreal_bit_set(row->mark_, PERSON_NICKNAME);
}

/* A merge removes the field. */
static inline void
person_clear_nickname(person *row)
{
    surreal_bit_clear(row->set_, PERSON_NICKNAME);
    surreal_bit_set(row->mark_, PERSON_NICKNAME);
}

static inline bool
person_has_shape(const person *row)
{
    return surreal_bit_is(row->set_, PERSON_SHAPE);
}

static inline void
person_set_shape(person *row, person_shape v)
{
    row->shape = v;
    surreal_bit_set(row->set_, PERSON_SHAPE);
    surreal_bit_set(row->mark_, PERSON_SHAPE);
}

/* A merge removes the field. */
static inline void
person_clear_shape(person *row)
{
    surreal_bit_clear(row->set_, PERSON_SHAPE);
    surreal_bit_set(row->mark_, PERSON_SHAPE);
}

static inline bool
person_has_mixed(const person *row)
{
    return surreal_bit_is(row->set_, PERSON_MIXED);
}

static inline void
person_set_mixed(person *row, person_mixed v)
{
    row->mixed = v;
    surreal_bit_set(row->set_, PERSON_MIXED);
    surreal_bit_set(row->mark_, PERSON_MIXED);
}

/* A merge removes the field. */
static inline void
person_clear_mixed(person *row)
{
    surreal_bit_clear(row->set_, PERSON_MIXED);
    surreal_bit_set(row->mark_, PERSON_MIXED);
}

static inline bool
person_has_area(const person *row)
{
    return surreal_bit_is(row->set_, PERSON_AREA);
}

static inline void
person_set_area(person *row, surreal_polygon v)
{
    row->area = v;
    surreal_bit_set(row->set_, PERSON_AREA);
    surreal_bit_set(row->mark_, PERSON_AREA);
}

/* A merge removes the field. */
static inline void
person_clear_area(person *row)
{
    surreal_bit_clear(row->set_, PERSON_AREA);
    surreal_bit_set(row->mark_, PERSON_AREA);
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

static inline surreal_status
person_by_best(surreal *db, person_id key1, person_rows *out)
{
    return person_find(db,
        "`best` = $srl_1",
        SURREAL_VARS(surreal_bind_id("srl_1", key1.rid)), out);
}

/* Whether the column was made from this text; the server compares. */
static inline surreal_status
person_check_pass(surreal *db, person_id id, surreal_str text, bool *out)
{
    return surreal_model_matches(db, &person_model,
        "SELECT VALUE crypto::argon2::compare(`pass`, $srl_text) FROM ONLY "
        "$srl_id",
        id.rid, text, out);
}

/* For surreal_schema_check(). */
extern const surreal_schema types_schema;

#ifdef __cplusplus
}
#endif

#endif
