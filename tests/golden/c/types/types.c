/* types.c: written by surrealgen from types.sg; do not edit. */
#include "types.h"

static const char *const color_names_[] = {
    "red",
    "green",
    "dark-blue"
};

static const surreal_enum color_enum_ = {
    "color", color_names_, NULL, 3, 0
};

typedef char color_size_
    [sizeof(color) == sizeof(int) ? 1 : -1];

const char *
color_name(color v)
{
    if ((unsigned)v - 1u >= 3u) return NULL;
    return color_names_[(unsigned)v - 1u];
}

bool
color_parse(surreal_str text, color *out)
{
    int i;

    for (i = 0; i < 3; i++) {
        if (!surreal_str_eq(
                text, surreal_text(color_names_[i]))) {
            continue;
        }
        *out = (color)(i + 1);
        return true;
    }
    return false;
}

static const char *const rank_names_[] = {
    "low",
    "normal",
    "high"
};

static const int64_t rank_numbers_[] = {
    INT64_C(-1),
    INT64_C(2),
    INT64_C(3)
};

static const surreal_enum rank_enum_ = {
    "rank", NULL, rank_numbers_, 3, 0
};

typedef char rank_size_
    [sizeof(rank) == sizeof(int) ? 1 : -1];

const char *
rank_name(rank v)
{
    if ((unsigned)v - 1u >= 3u) return NULL;
    return rank_names_[(unsigned)v - 1u];
}

bool
rank_parse(int64_t number, rank *out)
{
    int i;

    for (i = 0; i < 3; i++) {
        if (number != rank_numbers_[i]) {
            continue;
        }
        *out = (rank)(i + 1);
        return true;
    }
    return false;
}

static const char *const person_state_names_[] = {
    "new",
    "in progress",
    "done"
};

static const surreal_enum person_state_enum_ = {
    "person_state", person_state_names_, NULL, 3, 0
};

typedef char person_state_size_
    [sizeof(person_state) == sizeof(int) ? 1 : -1];

const char *
person_state_name(person_state v)
{
    if ((unsigned)v - 1u >= 3u) return NULL;
    return person_state_names_[(unsigned)v - 1u];
}

bool
person_state_parse(surreal_str text, person_state *out)
{
    int i;

    for (i = 0; i < 3; i++) {
        if (!surreal_str_eq(
                text, surreal_text(person_state_names_[i]))) {
            continue;
        }
        *out = (person_state)(i + 1);
        return true;
    }
    return false;
}

static const char *const person_level_names_[] = {
    "1",
    "2",
    "-3"
};

static const int64_t person_level_numbers_[] = {
    INT64_C(1),
    INT64_C(2),
    INT64_C(-3)
};

static const surreal_enum person_level_enum_ = {
    "person_level", NULL, person_level_numbers_, 3, 0
};

typedef char person_level_size_
    [sizeof(person_level) == sizeof(int) ? 1 : -1];

const char *
person_level_name(person_level v)
{
    if ((unsigned)v - 1u >= 3u) return NULL;
    return person_level_names_[(unsigned)v - 1u];
}

bool
person_level_parse(int64_t number, person_level *out)
{
    int i;

    for (i = 0; i < 3; i++) {
        if (number != person_level_numbers_[i]) {
            continue;
        }
        *out = (person_level)(i + 1);
        return true;
    }
    return false;
}

static const char place_pool_[] =
    "\x64" "spot"
    "\x66" "street"
    "\x63" "zip"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const surreal_field_desc place_fields_[] = {
    {(uint32_t)offsetof(place, spot),
     0, 5, 2, SURREAL_NO_SUB, SURREAL_MEMBER_POINT,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(place, street),
     5, 7, 0, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(place, zip),
     12, 4, 1, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_OPTION}
};

static const uint64_t place_required_[] = {
    UINT64_C(0x1)
};

const surreal_model place_model = {
    "place",
    place_fields_,
    place_pool_,
    NULL,
    place_required_,
    (uint32_t)sizeof(place),
    3, 1, 0, 0, 0, 0, 0, NULL
};

static const surreal_items person_places_items_ = {
    &place_model, (uint32_t)sizeof(place), 0,
    SURREAL_MEMBER_STRUCT, 0, 0
};

static const surreal_items person_tags_items_ = {
    NULL, (uint32_t)sizeof(surreal_str), 0,
    SURREAL_MEMBER_STRING, 1, 0
};

static const surreal_items person_grid_items_ = {
    NULL, (uint32_t)sizeof(int64_t), 0,
    SURREAL_MEMBER_INT, 0, 0
};

static const surreal_items person_grid__items_ = {
    &person_grid_items_, (uint32_t)sizeof(person_grid_items), 0,
    SURREAL_MEMBER_ARRAY, 0, 0
};

static const surreal_items person_vec_items_ = {
    NULL, (uint32_t)sizeof(double), 4,
    SURREAL_MEMBER_FLOAT, 0, 1
};

static const surreal_items person_friends_items_ = {
    "\x66" "person", (uint32_t)sizeof(person_id), 0,
    SURREAL_MEMBER_RECORD, 0, 0
};

static const char person_shape_inner_pool_[] =
    "\x64" "deep"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const surreal_field_desc person_shape_inner_fields_[] = {
    {(uint32_t)offsetof(person_shape_inner, deep),
     0, 5, 0, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_REQUIRED}
};

static const uint64_t person_shape_inner_required_[] = {
    UINT64_C(0x1)
};

const surreal_model person_shape_inner_model = {
    "person_shape_inner",
    person_shape_inner_fields_,
    person_shape_inner_pool_,
    NULL,
    person_shape_inner_required_,
    (uint32_t)sizeof(person_shape_inner),
    1, 1, 0, 0, 0, 0, 0, NULL
};

static const char person_shape_pool_[] =
    "\x65" "inner"
    "\x64" "kind"
    "\x61" "w"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const person_shape_subs_[] = {
    &person_shape_inner_model
};

static const surreal_field_desc person_shape_fields_[] = {
    {(uint32_t)offsetof(person_shape, inner),
     0, 6, 2, 0, SURREAL_MEMBER_STRUCT,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(person_shape, kind),
     6, 5, 0, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(person_shape, w),
     11, 2, 1, SURREAL_NO_SUB, SURREAL_MEMBER_FLOAT,
     SURREAL_FIELD_REQUIRED}
};

static const uint64_t person_shape_required_[] = {
    UINT64_C(0x7)
};

const surreal_model person_shape_model = {
    "person_shape",
    person_shape_fields_,
    person_shape_pool_,
    person_shape_subs_,
    person_shape_required_,
    (uint32_t)sizeof(person_shape),
    3, 1, 0, 0, 0, 0, 0, NULL
};

static const surreal_part person_mixed_arms_[] = {
    {NULL,
     NULL,
     0, 1u << SURREAL_INT,
     (uint32_t)sizeof(int64_t), SURREAL_MEMBER_INT, 0},
    {NULL,
     NULL,
     0, 1u << SURREAL_STRING,
     (uint32_t)sizeof(surreal_str), SURREAL_MEMBER_STRING, 0}
};

static const surreal_union person_mixed_union_ = {
    "int | string",
    person_mixed_arms_,
    NULL,
    (uint32_t)sizeof(person_mixed),
    (uint32_t)offsetof(person_mixed, u), 2, 0
};

typedef char person_mixed_size_
    [sizeof(person_mixed_tag) == sizeof(int) ? 1 : -1];

static const char person_pool_[] =
    "\x67" "address"
    "\x63" "age"
    "\x65" "alive"
    "\x67" "any_num"
    "\x64" "area"
    "\x67" "balance"
    "\x64" "best"
    "\x64" "born"
    "\x64" "code"
    "\x65" "color"
    "\x65" "extra"
    "\x67" "friends"
    "\x64" "grid"
    "\x66" "height"
    "\x64" "home"
    "\x62" "id"
    "\x65" "level"
    "\x64" "made"
    "\x65" "maybe"
    "\x65" "mixed"
    "\x64" "name"
    "\x64" "nick"
    "\x64" "note"
    "\x65" "paper"
    "\x64" "pass"
    "\x65" "photo"
    "\x66" "places"
    "\x65" "prefs"
    "\x65" "quota"
    "\x64" "rank"
    "\x65" "shape"
    "\x65" "state"
    "\x64" "tags"
    "\x65" "thing"
    "\x65" "token"
    "\x63" "vec"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const person_subs_[] = {
    &place_model,
    "\x66" "person",
    &color_enum_,
    &person_friends_items_,
    &person_grid__items_,
    "\x66" "person",
    &person_level_enum_,
    &person_mixed_union_,
    &person_places_items_,
    &rank_enum_,
    &person_shape_model,
    &person_state_enum_,
    &person_tags_items_,
    &person_vec_items_
};

static const surreal_field_desc person_fields_[] = {
    {(uint32_t)offsetof(person, address),
     0, 8, 23, 0, SURREAL_MEMBER_STRUCT,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(person, age),
     8, 4, 2, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(person, alive),
     12, 6, 6, SURREAL_NO_SUB, SURREAL_MEMBER_BOOL,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(person, any_num),
     18, 8, 5, SURREAL_NO_SUB, SURREAL_MEMBER_NUMBER,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(person, area),
     26, 5, 35, SURREAL_NO_SUB, SURREAL_MEMBER_POLYGON,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(person, balance),
     31, 8, 4, SURREAL_NO_SUB, SURREAL_MEMBER_DECIMAL,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(person, best),
     39, 5, 11, 1, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(person, born),
     44, 5, 8, SURREAL_NO_SUB, SURREAL_MEMBER_DATETIME,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(person, code),
     49, 5, 29, 8, SURREAL_MEMBER_CHARS,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(person, color),
     54, 6, 17, 2, SURREAL_MEMBER_ENUM,
     0},
    {(uint32_t)offsetof(person, extra),
     60, 6, 15, SURREAL_NO_SUB, SURREAL_MEMBER_RAW,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(person, friends),
     66, 8, 28, 3, SURREAL_MEMBER_ARRAY,
     0},
    {(uint32_t)offsetof(person, grid),
     74, 5, 26, 4, SURREAL_MEMBER_ARRAY,
     0},
    {(uint32_t)offsetof(person, height),
     79, 7, 3, SURREAL_NO_SUB, SURREAL_MEMBER_FLOAT,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(person, home),
     86, 5, 13, SURREAL_NO_SUB, SURREAL_MEMBER_POINT,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(person, id),
     91, 3, 0, 5, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_KEY},
    {(uint32_t)offsetof(person, level),
     94, 6, 20, 6, SURREAL_MEMBER_ENUM,
     0},
    {(uint32_t)offsetof(person, made),
     100, 5, 31, SURREAL_NO_SUB, SURREAL_MEMBER_DATETIME,
     SURREAL_FIELD_SERVER},
    {(uint32_t)offsetof(person, maybe),
     105, 6, 22, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_OPTION | SURREAL_FIELD_NULLABLE},
    {(uint32_t)offsetof(person, mixed),
     111, 6, 34, 7, SURREAL_MEMBER_UNION,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(person, name),
     117, 5, 1, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(person, nickname),
     122, 5, 32, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(person, note),
     127, 5, 21, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_NULLABLE},
    {(uint32_t)offsetof(person, paper),
     132, 6, 14, SURREAL_NO_SUB, SURREAL_MEMBER_FILE,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(person, pass),
     138, 5, 30, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_SECRET | SURREAL_FIELD_UNREAD | SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(person, photo),
     143, 6, 7, SURREAL_NO_SUB, SURREAL_MEMBER_BYTES,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(person, places),
     149, 7, 24, 8, SURREAL_MEMBER_ARRAY,
     0},
    {(uint32_t)offsetof(person, prefs),
     156, 6, 16, SURREAL_NO_SUB, SURREAL_MEMBER_RAW,
     0},
    {(uint32_t)offsetof(person, quota),
     162, 6, 9, SURREAL_NO_SUB, SURREAL_MEMBER_DURATION,
     0},
    {(uint32_t)offsetof(person, rank),
     168, 5, 18, 9, SURREAL_MEMBER_ENUM,
     0},
    {(uint32_t)offsetof(person, shape),
     173, 6, 33, 10, SURREAL_MEMBER_STRUCT,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(person, state),
     179, 6, 19, 11, SURREAL_MEMBER_ENUM,
     0},
    {(uint32_t)offsetof(person, tags),
     185, 5, 25, 12, SURREAL_MEMBER_ARRAY,
     0},
    {(uint32_t)offsetof(person, thing),
     190, 6, 12, SURREAL_NO_SUB, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(person, token),
     196, 6, 10, SURREAL_NO_SUB, SURREAL_MEMBER_UUID,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(person, vec),
     202, 4, 27, 13, SURREAL_MEMBER_ARRAY,
     SURREAL_FIELD_OPTION}
};

static const uint64_t person_required_[] = {
    UINT64_C(0x2000257a)
};

const surreal_model person_model = {
    "person",
    person_fields_,
    person_pool_,
    person_subs_,
    person_required_,
    (uint32_t)sizeof(person),
    36, 1, 1, 2, 3, SURREAL_MODEL_SECRET, 0, NULL
};

const surreal_schema types_schema = {
    "types",
    "1:33cf2207be8568f474eab48970b482cf"
};
