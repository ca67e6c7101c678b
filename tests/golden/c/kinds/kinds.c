/* kinds.c: written by surrealgen from kinds.sg; do not edit. */
#include "kinds.h"

static const surreal_items thing_shape_box_tags_items_ = {
    NULL, (uint32_t)sizeof(surreal_str), 0,
    SURREAL_MEMBER_STRING, 0, 0
};

static const char thing_shape_box_pool_[] =
    "\x61" "h"
    "\x64" "kind"
    "\x64" "tags"
    "\x61" "w"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const thing_shape_box_subs_[] = {
    "\x63" "box",
    &thing_shape_box_tags_items_
};

static const surreal_field_desc thing_shape_box_fields_[] = {
    {(uint32_t)offsetof(thing_shape_box, h),
     0, 2, 2, SURREAL_NO_SUB, SURREAL_MEMBER_FLOAT,
     SURREAL_FIELD_REQUIRED},
    {0,
     2, 5, 0, 0, SURREAL_MEMBER_CONST,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(thing_shape_box, tags),
     7, 5, 3, 1, SURREAL_MEMBER_ARRAY,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(thing_shape_box, w),
     12, 2, 1, SURREAL_NO_SUB, SURREAL_MEMBER_FLOAT,
     SURREAL_FIELD_REQUIRED}
};

static const uint64_t thing_shape_box_required_[] = {
    UINT64_C(0x7)
};

const surreal_model thing_shape_box_model = {
    "thing_shape_box",
    thing_shape_box_fields_,
    thing_shape_box_pool_,
    thing_shape_box_subs_,
    thing_shape_box_required_,
    (uint32_t)sizeof(thing_shape_box),
    4, 1, 0, 0, 0, 0, 0, NULL
};

static const char thing_shape_tube_pool_[] =
    "\x61" "h"
    "\x64" "kind"
    "\x61" "r"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const thing_shape_tube_subs_[] = {
    "\x64" "tube"
};

static const surreal_field_desc thing_shape_tube_fields_[] = {
    {(uint32_t)offsetof(thing_shape_tube, h),
     0, 2, 2, SURREAL_NO_SUB, SURREAL_MEMBER_FLOAT,
     SURREAL_FIELD_REQUIRED},
    {0,
     2, 5, 0, 0, SURREAL_MEMBER_CONST,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(thing_shape_tube, r),
     7, 2, 1, SURREAL_NO_SUB, SURREAL_MEMBER_FLOAT,
     SURREAL_FIELD_REQUIRED}
};

static const uint64_t thing_shape_tube_required_[] = {
    UINT64_C(0x7)
};

const surreal_model thing_shape_tube_model = {
    "thing_shape_tube",
    thing_shape_tube_fields_,
    thing_shape_tube_pool_,
    thing_shape_tube_subs_,
    thing_shape_tube_required_,
    (uint32_t)sizeof(thing_shape_tube),
    3, 1, 0, 0, 0, 0, 0, NULL
};

static const surreal_part thing_shape_arms_[] = {
    {&thing_shape_box_model,
     "\x63" "box",
     0, 1u << SURREAL_OBJECT,
     (uint32_t)sizeof(thing_shape_box), SURREAL_MEMBER_STRUCT, 0},
    {&thing_shape_tube_model,
     "\x64" "tube",
     0, 1u << SURREAL_OBJECT,
     (uint32_t)sizeof(thing_shape_tube), SURREAL_MEMBER_STRUCT, 0}
};

static const surreal_union thing_shape_union_ = {
    "{ kind: 'box', w: float, h: float, tags: option<array<string>> }"
    " | { kind: 'tube', r: float, h: float }",
    thing_shape_arms_,
    "\x64" "kind",
    (uint32_t)sizeof(thing_shape),
    (uint32_t)offsetof(thing_shape, u), 2, 0
};

typedef char thing_shape_size_
    [sizeof(thing_shape_tag) == sizeof(int) ? 1 : -1];

static const char thing_solid_is_1_pool_[] =
    "\x61" "a"
    "\x61" "t"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const thing_solid_is_1_subs_[] = {
    "\x01"
};

static const surreal_field_desc thing_solid_is_1_fields_[] = {
    {(uint32_t)offsetof(thing_solid_is_1, a),
     0, 2, 1, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_REQUIRED},
    {0,
     2, 2, 0, 0, SURREAL_MEMBER_CONST,
     SURREAL_FIELD_REQUIRED}
};

static const uint64_t thing_solid_is_1_required_[] = {
    UINT64_C(0x3)
};

const surreal_model thing_solid_is_1_model = {
    "thing_solid_is_1",
    thing_solid_is_1_fields_,
    thing_solid_is_1_pool_,
    thing_solid_is_1_subs_,
    thing_solid_is_1_required_,
    (uint32_t)sizeof(thing_solid_is_1),
    2, 1, 0, 0, 0, 0, 0, NULL
};

static const char thing_solid_is_2_pool_[] =
    "\x61" "b"
    "\x61" "t"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const thing_solid_is_2_subs_[] = {
    "\x02"
};

static const surreal_field_desc thing_solid_is_2_fields_[] = {
    {(uint32_t)offsetof(thing_solid_is_2, b),
     0, 2, 1, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_REQUIRED},
    {0,
     2, 2, 0, 0, SURREAL_MEMBER_CONST,
     SURREAL_FIELD_REQUIRED}
};

static const uint64_t thing_solid_is_2_required_[] = {
    UINT64_C(0x3)
};

const surreal_model thing_solid_is_2_model = {
    "thing_solid_is_2",
    thing_solid_is_2_fields_,
    thing_solid_is_2_pool_,
    thing_solid_is_2_subs_,
    thing_solid_is_2_required_,
    (uint32_t)sizeof(thing_solid_is_2),
    2, 1, 0, 0, 0, 0, 0, NULL
};

static const surreal_part thing_solid_arms_[] = {
    {&thing_solid_is_1_model,
     "\x01",
     0, 1u << SURREAL_OBJECT,
     (uint32_t)sizeof(thing_solid_is_1), SURREAL_MEMBER_STRUCT, 0},
    {&thing_solid_is_2_model,
     "\x02",
     0, 1u << SURREAL_OBJECT,
     (uint32_t)sizeof(thing_solid_is_2), SURREAL_MEMBER_STRUCT, 0},
    {NULL,
     NULL,
     0, 1u << SURREAL_STRING,
     (uint32_t)sizeof(surreal_str), SURREAL_MEMBER_STRING, 0}
};

static const surreal_union thing_solid_union_ = {
    "{ t: 1, a: int } | { t: 2, b: string } | string",
    thing_solid_arms_,
    "\x61" "t",
    (uint32_t)sizeof(thing_solid),
    (uint32_t)offsetof(thing_solid, u), 3, 1
};

typedef char thing_solid_size_
    [sizeof(thing_solid_tag) == sizeof(int) ? 1 : -1];

static const surreal_part thing_code_arms_[] = {
    {NULL,
     NULL,
     0, 1u << SURREAL_INT,
     (uint32_t)sizeof(int64_t), SURREAL_MEMBER_INT, 0},
    {NULL,
     NULL,
     0, 1u << SURREAL_STRING,
     (uint32_t)sizeof(surreal_str), SURREAL_MEMBER_STRING, 0}
};

static const surreal_union thing_code_union_ = {
    "int | string",
    thing_code_arms_,
    NULL,
    (uint32_t)sizeof(thing_code),
    (uint32_t)offsetof(thing_code, u), 2, 0
};

typedef char thing_code_size_
    [sizeof(thing_code_tag) == sizeof(int) ? 1 : -1];

static const surreal_part thing_due_arms_[] = {
    {NULL,
     NULL,
     0, 1u << SURREAL_DATETIME,
     (uint32_t)sizeof(surreal_datetime), SURREAL_MEMBER_DATETIME, 0},
    {NULL,
     NULL,
     0, 1u << SURREAL_DURATION,
     (uint32_t)sizeof(surreal_duration), SURREAL_MEMBER_DURATION, 0}
};

static const surreal_union thing_due_union_ = {
    "datetime | duration",
    thing_due_arms_,
    NULL,
    (uint32_t)sizeof(thing_due),
    (uint32_t)offsetof(thing_due, u), 2, 0
};

typedef char thing_due_size_
    [sizeof(thing_due_tag) == sizeof(int) ? 1 : -1];

static const char *const thing_size_word_names_[] = {
    "auto",
    "none"
};

static const surreal_enum thing_size_word_enum_ = {
    "thing_size_word", thing_size_word_names_, NULL, 2, 0
};

typedef char thing_size_word_size_
    [sizeof(thing_size_word) == sizeof(int) ? 1 : -1];

const char *
thing_size_word_name(thing_size_word v)
{
    if ((unsigned)v - 1u >= 2u) return NULL;
    return thing_size_word_names_[(unsigned)v - 1u];
}

bool
thing_size_word_parse(surreal_str text, thing_size_word *out)
{
    int i;

    for (i = 0; i < 2; i++) {
        if (!surreal_str_eq(
                text, surreal_text(thing_size_word_names_[i]))) {
            continue;
        }
        *out = (thing_size_word)(i + 1);
        return true;
    }
    return false;
}

static const surreal_part thing_size_arms_[] = {
    {&thing_size_word_enum_,
     NULL,
     0, 1u << SURREAL_STRING,
     (uint32_t)sizeof(thing_size_word), SURREAL_MEMBER_ENUM, 0},
    {NULL,
     NULL,
     0, 1u << SURREAL_INT,
     (uint32_t)sizeof(int64_t), SURREAL_MEMBER_INT, 0}
};

static const surreal_union thing_size_union_ = {
    "'auto' | 'none' | int",
    thing_size_arms_,
    NULL,
    (uint32_t)sizeof(thing_size),
    (uint32_t)offsetof(thing_size, u), 2, 0
};

typedef char thing_size_size_
    [sizeof(thing_size_tag) == sizeof(int) ? 1 : -1];

static const surreal_part thing_owner_arms_[] = {
    {"\x82" "\x65" "thing" "\x65" "other",
     NULL,
     0, 1u << SURREAL_RECORD_ID,
     (uint32_t)sizeof(surreal_record_id), SURREAL_MEMBER_RECORD, 0},
    {NULL,
     NULL,
     0, 1u << SURREAL_STRING,
     (uint32_t)sizeof(surreal_str), SURREAL_MEMBER_STRING, 0}
};

static const surreal_union thing_owner_union_ = {
    "record<thing> | record<other> | string",
    thing_owner_arms_,
    NULL,
    (uint32_t)sizeof(thing_owner),
    (uint32_t)offsetof(thing_owner, u), 2, 0
};

typedef char thing_owner_size_
    [sizeof(thing_owner_tag) == sizeof(int) ? 1 : -1];

static const surreal_part thing_nest_arms_[] = {
    {NULL,
     NULL,
     0, 1u << SURREAL_INT,
     (uint32_t)sizeof(int64_t), SURREAL_MEMBER_INT, 0},
    {NULL,
     NULL,
     0, 1u << SURREAL_STRING,
     (uint32_t)sizeof(surreal_str), SURREAL_MEMBER_STRING, 0}
};

static const surreal_union thing_nest_union_ = {
    "int | string",
    thing_nest_arms_,
    NULL,
    (uint32_t)sizeof(thing_nest),
    (uint32_t)offsetof(thing_nest, u), 2, 0
};

typedef char thing_nest_size_
    [sizeof(thing_nest_tag) == sizeof(int) ? 1 : -1];

static const surreal_items thing_nest_items_ = {
    &thing_nest_union_, (uint32_t)sizeof(thing_nest), 0,
    SURREAL_MEMBER_UNION, 0, 0
};

static const surreal_part duo_1_maybe_part_ = {
    NULL, NULL,
    (uint32_t)offsetof(duo_1_maybe, v), 0,
    (uint32_t)sizeof(duo_1_maybe),
    SURREAL_MEMBER_STRING, SURREAL_FIELD_OPTION
};

static const surreal_part duo_parts_[] = {
    {NULL, NULL,
     (uint32_t)offsetof(duo, _0), 0, (uint32_t)sizeof(int64_t),
     SURREAL_MEMBER_INT, 0},
    {&duo_1_maybe_part_, NULL,
     (uint32_t)offsetof(duo, _1), 0, (uint32_t)sizeof(duo_1_maybe),
     SURREAL_MEMBER_MAYBE, 0}
};

static const surreal_tuple duo_tuple_ = {
    duo_parts_, 2, (uint32_t)sizeof(duo)
};

static const surreal_items thing_twice_items_ = {
    &duo_tuple_, (uint32_t)sizeof(duo), 0,
    SURREAL_MEMBER_TUPLE, 0, 0
};

static const char *const fit_word_names_[] = {
    "tight",
    "loose"
};

static const surreal_enum fit_word_enum_ = {
    "fit_word", fit_word_names_, NULL, 2, 1
};

typedef char fit_word_size_
    [sizeof(fit_word) == sizeof(int) ? 1 : -1];

const char *
fit_word_name(fit_word v)
{
    if ((unsigned)v - 1u >= 2u) return NULL;
    return fit_word_names_[(unsigned)v - 1u];
}

bool
fit_word_parse(surreal_str text, fit_word *out)
{
    int i;

    for (i = 0; i < 2; i++) {
        if (!surreal_str_eq(
                text, surreal_text(fit_word_names_[i]))) {
            continue;
        }
        *out = (fit_word)(i + 1);
        return true;
    }
    return false;
}

static const surreal_part fit_arms_[] = {
    {&fit_word_enum_,
     NULL,
     0, 1u << SURREAL_STRING,
     (uint32_t)sizeof(fit_word), SURREAL_MEMBER_ENUM, 0},
    {NULL,
     NULL,
     0, 1u << SURREAL_INT,
     (uint32_t)sizeof(int64_t), SURREAL_MEMBER_INT, 0}
};

static const surreal_union fit_union_ = {
    "'tight' | 'loose' | int",
    fit_arms_,
    NULL,
    (uint32_t)sizeof(fit),
    (uint32_t)offsetof(fit, u), 2, 1
};

typedef char fit_size_
    [sizeof(fit_tag) == sizeof(int) ? 1 : -1];

static const surreal_part thing_near_arms_[] = {
    {&fit_word_enum_,
     NULL,
     0, 1u << SURREAL_STRING,
     (uint32_t)sizeof(fit_word), SURREAL_MEMBER_ENUM, 0},
    {NULL,
     NULL,
     0, 1u << SURREAL_INT,
     (uint32_t)sizeof(int64_t), SURREAL_MEMBER_INT, 0},
    {NULL,
     NULL,
     0, 1u << SURREAL_BOOL,
     (uint32_t)sizeof(bool), SURREAL_MEMBER_BOOL, 0}
};

static const surreal_union thing_near_union_ = {
    "'tight' | 'loose' | int | bool",
    thing_near_arms_,
    NULL,
    (uint32_t)sizeof(thing_near),
    (uint32_t)offsetof(thing_near, u), 3, 0
};

typedef char thing_near_size_
    [sizeof(thing_near_tag) == sizeof(int) ? 1 : -1];

static const surreal_part thing_triple_1_parts_[] = {
    {NULL, NULL,
     (uint32_t)offsetof(thing_triple_1, _0), 0, (uint32_t)sizeof(int64_t),
     SURREAL_MEMBER_INT, 0},
    {NULL, NULL,
     (uint32_t)offsetof(thing_triple_1, _1), 0, (uint32_t)sizeof(int64_t),
     SURREAL_MEMBER_INT, 0}
};

static const surreal_tuple thing_triple_1_tuple_ = {
    thing_triple_1_parts_, 2, (uint32_t)sizeof(thing_triple_1)
};

static const surreal_items thing_triple_2_items_ = {
    NULL, (uint32_t)sizeof(surreal_str), 0,
    SURREAL_MEMBER_STRING, 0, 0
};

static const surreal_part thing_triple_parts_[] = {
    {NULL, NULL,
     (uint32_t)offsetof(thing_triple, _0), 0, (uint32_t)sizeof(double),
     SURREAL_MEMBER_FLOAT, 0},
    {&thing_triple_1_tuple_, NULL,
     (uint32_t)offsetof(thing_triple, _1), 0, (uint32_t)sizeof(thing_triple_1),
     SURREAL_MEMBER_TUPLE, 0},
    {&thing_triple_2_items_, NULL,
     (uint32_t)offsetof(thing_triple, _2), 0, 0,
     SURREAL_MEMBER_ARRAY, 0}
};

static const surreal_tuple thing_triple_tuple_ = {
    thing_triple_parts_, 3, (uint32_t)sizeof(thing_triple)
};

static const surreal_part thing_scores_maybe_part_ = {
    NULL, NULL,
    (uint32_t)offsetof(thing_scores_maybe, v), 0,
    (uint32_t)sizeof(thing_scores_maybe),
    SURREAL_MEMBER_INT, SURREAL_FIELD_OPTION
};

static const surreal_items thing_scores_items_ = {
    &thing_scores_maybe_part_, (uint32_t)sizeof(thing_scores_maybe), 0,
    SURREAL_MEMBER_MAYBE, 0, 0
};

static const surreal_part thing_notes_maybe_part_ = {
    NULL, NULL,
    (uint32_t)offsetof(thing_notes_maybe, v), 0,
    (uint32_t)sizeof(thing_notes_maybe),
    SURREAL_MEMBER_STRING, SURREAL_FIELD_NULLABLE
};

static const surreal_items thing_notes_items_ = {
    &thing_notes_maybe_part_, (uint32_t)sizeof(thing_notes_maybe), 0,
    SURREAL_MEMBER_MAYBE, 0, 0
};

static const surreal_part thing_ages_maybe_part_ = {
    NULL, NULL,
    (uint32_t)offsetof(thing_ages_maybe, v), 0,
    (uint32_t)sizeof(thing_ages_maybe),
    SURREAL_MEMBER_INT, SURREAL_FIELD_NULLABLE
};

static const surreal_items thing_ages_items_ = {
    &thing_ages_maybe_part_, (uint32_t)sizeof(thing_ages_maybe), 0,
    SURREAL_MEMBER_MAYBE, 1, 0
};

static const uint32_t thing_zone_kinds_ =
    1u << SURREAL_POLYGON | 1u << SURREAL_MULTIPOLYGON;

static surreal_status
money_user_decode_(surreal_value v, void *out, surreal_error *err)
{
    return money_decode(v, (money_t *)out, err);
}

static surreal_status
money_user_encode_(const void *v, surreal_writer *w, surreal_error *err)
{
    return money_encode((const money_t *)v, w, err);
}

static const surreal_user money_user_ = {
    "money_t", money_user_decode_, money_user_encode_,
    (uint32_t)sizeof(money_t)
};

static const char *const mood_names_[] = {
    "good",
    "very bad"
};

static const surreal_enum mood_enum_ = {
    "mood", mood_names_, NULL, 2, 0
};

typedef char mood_size_
    [sizeof(mood) == sizeof(int) ? 1 : -1];

const char *
mood_name(mood v)
{
    if ((unsigned)v - 1u >= 2u) return NULL;
    return mood_names_[(unsigned)v - 1u];
}

bool
mood_parse(surreal_str text, mood *out)
{
    int i;

    for (i = 0; i < 2; i++) {
        if (!surreal_str_eq(
                text, surreal_text(mood_names_[i]))) {
            continue;
        }
        *out = (mood)(i + 1);
        return true;
    }
    return false;
}

static const char *const level_names_[] = {
    "a",
    "b"
};

static const surreal_enum level_enum_ = {
    "level", level_names_, NULL, 2, 1
};

typedef char level_size_
    [sizeof(level) == sizeof(int) ? 1 : -1];

const char *
level_name(level v)
{
    if ((unsigned)v - 1u >= 2u) return NULL;
    return level_names_[(unsigned)v - 1u];
}

bool
level_parse(surreal_str text, level *out)
{
    int i;

    for (i = 0; i < 2; i++) {
        if (!surreal_str_eq(
                text, surreal_text(level_names_[i]))) {
            continue;
        }
        *out = (level)(i + 1);
        return true;
    }
    return false;
}

static const char address_pool_[] =
    "\x64" "mood"
    "\x66" "street"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const address_subs_[] = {
    &mood_enum_
};

static const surreal_field_desc address_fields_[] = {
    {(uint32_t)offsetof(address, mood),
     0, 5, 1, 0, SURREAL_MEMBER_ENUM,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(address, street),
     5, 7, 0, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_REQUIRED}
};

static const uint64_t address_required_[] = {
    UINT64_C(0x1)
};

const surreal_model address_model = {
    "address",
    address_fields_,
    address_pool_,
    address_subs_,
    address_required_,
    (uint32_t)sizeof(address),
    2, 1, 0, 0, 1, SURREAL_MODEL_KEEP, 0, NULL
};

static const surreal_part thing_merged_arms_[] = {
    {NULL,
     NULL,
     0, 1u << SURREAL_ARRAY,
     (uint32_t)sizeof(surreal_raw), SURREAL_MEMBER_RAW, 0},
    {NULL,
     NULL,
     0, 1u << SURREAL_INT,
     (uint32_t)sizeof(int64_t), SURREAL_MEMBER_INT, 0}
};

static const surreal_union thing_merged_union_ = {
    "array<int> | array<string> | int",
    thing_merged_arms_,
    NULL,
    (uint32_t)sizeof(thing_merged),
    (uint32_t)offsetof(thing_merged, u), 2, 0
};

typedef char thing_merged_size_
    [sizeof(thing_merged_tag) == sizeof(int) ? 1 : -1];

static const char thing_any_case_object_pool_[] =
    "\x61" "x"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const surreal_field_desc thing_any_case_object_fields_[] = {
    {(uint32_t)offsetof(thing_any_case_object, x),
     0, 2, 0, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_REQUIRED}
};

static const uint64_t thing_any_case_object_required_[] = {
    UINT64_C(0x1)
};

const surreal_model thing_any_case_object_model = {
    "thing_any_case_object",
    thing_any_case_object_fields_,
    thing_any_case_object_pool_,
    NULL,
    thing_any_case_object_required_,
    (uint32_t)sizeof(thing_any_case_object),
    1, 1, 0, 0, 0, 0, 0, NULL
};

static const surreal_part thing_any_case_array_parts_[] = {
    {NULL, NULL,
     (uint32_t)offsetof(thing_any_case_array, _0), 0, (uint32_t)sizeof(int64_t),
     SURREAL_MEMBER_INT, 0}
};

static const surreal_tuple thing_any_case_array_tuple_ = {
    thing_any_case_array_parts_, 1, (uint32_t)sizeof(thing_any_case_array)
};

static const surreal_part thing_any_case_arms_[] = {
    {NULL,
     NULL,
     0, 1u << SURREAL_BOOL,
     (uint32_t)sizeof(bool), SURREAL_MEMBER_BOOL, 0},
    {NULL,
     NULL,
     0, 1u << SURREAL_FLOAT,
     (uint32_t)sizeof(double), SURREAL_MEMBER_FLOAT, 0},
    {NULL,
     NULL,
     0, 1u << SURREAL_DECIMAL,
     (uint32_t)sizeof(surreal_decimal), SURREAL_MEMBER_DECIMAL, 0},
    {NULL,
     NULL,
     0, 1u << SURREAL_BYTES,
     (uint32_t)sizeof(surreal_bytes), SURREAL_MEMBER_BYTES, 0},
    {NULL,
     NULL,
     0, 1u << SURREAL_UUID,
     (uint32_t)sizeof(surreal_uuid), SURREAL_MEMBER_UUID, 0},
    {NULL,
     NULL,
     0, 1u << SURREAL_POINT,
     (uint32_t)sizeof(surreal_point), SURREAL_MEMBER_POINT, 0},
    {&thing_any_case_object_model,
     NULL,
     0, 1u << SURREAL_OBJECT,
     (uint32_t)sizeof(thing_any_case_object), SURREAL_MEMBER_STRUCT, 0},
    {&thing_any_case_array_tuple_,
     NULL,
     0, 1u << SURREAL_ARRAY,
     (uint32_t)sizeof(thing_any_case_array), SURREAL_MEMBER_TUPLE, 0}
};

static const surreal_union thing_any_case_union_ = {
    "bool | float | decimal | bytes | uuid | geometry<point> | { x: i"
    "nt } | [int]",
    thing_any_case_arms_,
    NULL,
    (uint32_t)sizeof(thing_any_case),
    (uint32_t)offsetof(thing_any_case, u), 8, 0
};

typedef char thing_any_case_size_
    [sizeof(thing_any_case_tag) == sizeof(int) ? 1 : -1];

static const char *const thing_flag_number_names_[] = {
    "5",
    "-7"
};

static const int64_t thing_flag_number_numbers_[] = {
    INT64_C(5),
    INT64_C(-7)
};

static const surreal_enum thing_flag_number_enum_ = {
    "thing_flag_number", NULL, thing_flag_number_numbers_, 2, 0
};

typedef char thing_flag_number_size_
    [sizeof(thing_flag_number) == sizeof(int) ? 1 : -1];

const char *
thing_flag_number_name(thing_flag_number v)
{
    if ((unsigned)v - 1u >= 2u) return NULL;
    return thing_flag_number_names_[(unsigned)v - 1u];
}

bool
thing_flag_number_parse(int64_t number, thing_flag_number *out)
{
    int i;

    for (i = 0; i < 2; i++) {
        if (number != thing_flag_number_numbers_[i]) {
            continue;
        }
        *out = (thing_flag_number)(i + 1);
        return true;
    }
    return false;
}

static const surreal_part thing_flag_arms_[] = {
    {NULL,
     NULL,
     0, 1u << SURREAL_BOOL,
     (uint32_t)sizeof(bool), SURREAL_MEMBER_BOOL, 0},
    {&thing_flag_number_enum_,
     NULL,
     0, 1u << SURREAL_INT,
     (uint32_t)sizeof(thing_flag_number), SURREAL_MEMBER_ENUM, 0}
};

static const surreal_union thing_flag_union_ = {
    "true | 5 | -7",
    thing_flag_arms_,
    NULL,
    (uint32_t)sizeof(thing_flag),
    (uint32_t)offsetof(thing_flag, u), 2, 0
};

typedef char thing_flag_size_
    [sizeof(thing_flag_tag) == sizeof(int) ? 1 : -1];

static const char thing_pool_[] =
    "\x67" "address"
    "\x64" "ages"
    "\x68" "any_case"
    "\x64" "area"
    "\x64" "code"
    "\x64" "dots"
    "\x63" "due"
    "\x66" "either"
    "\x64" "fits"
    "\x64" "flag"
    "\x64" "hash"
    "\x62" "id"
    "\x65" "lands"
    "\x65" "level"
    "\x66" "merged"
    "\x63" "mix"
    "\x64" "mood"
    "\x64" "near"
    "\x64" "nest"
    "\x65" "notes"
    "\x63" "old"
    "\x65" "owner"
    "\x64" "pair"
    "\x64" "pass"
    "\x65" "place"
    "\x65" "price"
    "\x65" "route"
    "\x66" "scores"
    "\x65" "shape"
    "\x64" "size"
    "\x65" "solid"
    "\x64" "span"
    "\x65" "stars"
    "\x65" "title"
    "\x65" "token"
    "\x66" "triple"
    "\x65" "twice"
    "\x64" "ways"
    "\x64" "word"
    "\x64" "zone"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const thing_subs_[] = {
    &address_model,
    &thing_ages_items_,
    &thing_any_case_union_,
    &thing_code_union_,
    &thing_due_union_,
    "\x82" "\x65" "thing" "\x65" "other",
    &fit_union_,
    &thing_flag_union_,
    "\x65" "thing",
    &level_enum_,
    &thing_merged_union_,
    &mood_enum_,
    &thing_near_union_,
    &thing_nest_items_,
    &thing_notes_items_,
    &thing_owner_union_,
    &duo_tuple_,
    &money_user_,
    &thing_scores_items_,
    &thing_shape_union_,
    &thing_size_union_,
    &thing_solid_union_,
    &thing_triple_tuple_,
    &thing_twice_items_,
    &thing_zone_kinds_
};

static const surreal_field_desc thing_fields_[] = {
    {(uint32_t)offsetof(thing, address),
     0, 8, 30, 0, SURREAL_MEMBER_STRUCT,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(thing, ages),
     8, 5, 16, 1, SURREAL_MEMBER_ARRAY,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(thing, any_case),
     13, 9, 32, 2, SURREAL_MEMBER_UNION,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(thing, area),
     22, 5, 17, SURREAL_NO_SUB, SURREAL_MEMBER_POLYGON,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(thing, code),
     27, 5, 3, 3, SURREAL_MEMBER_UNION,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(thing, dots),
     32, 5, 21, SURREAL_NO_SUB, SURREAL_MEMBER_MULTIPOINT,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(thing, due),
     37, 4, 4, 4, SURREAL_MEMBER_UNION,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(thing, either),
     41, 7, 7, 5, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(thing, fits),
     48, 5, 11, 6, SURREAL_MEMBER_UNION,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(thing, flag),
     53, 5, 33, 7, SURREAL_MEMBER_UNION,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(thing, hash),
     58, 5, 26, 8, SURREAL_MEMBER_OCTETS,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(thing, id),
     63, 3, 0, 8, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_KEY},
    {(uint32_t)offsetof(thing, lands),
     66, 6, 23, SURREAL_NO_SUB, SURREAL_MEMBER_MULTIPOLYGON,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(thing, level),
     72, 6, 29, 9, SURREAL_MEMBER_ENUM,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(thing, merged),
     78, 7, 31, 10, SURREAL_MEMBER_UNION,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(thing, mix),
     85, 4, 24, SURREAL_NO_SUB, SURREAL_MEMBER_COLLECTION,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(thing, mood),
     89, 5, 28, 11, SURREAL_MEMBER_ENUM,
     0},
    {(uint32_t)offsetof(thing, near),
     94, 5, 12, 12, SURREAL_MEMBER_UNION,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(thing, nest),
     99, 5, 8, 13, SURREAL_MEMBER_ARRAY,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(thing, notes),
     104, 6, 15, 14, SURREAL_MEMBER_ARRAY,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(thing, old),
     110, 4, 36, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(thing, owner),
     114, 6, 6, 15, SURREAL_MEMBER_UNION,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(thing, pair),
     120, 5, 9, 16, SURREAL_MEMBER_TUPLE,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(thing, pass),
     125, 5, 35, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_SECRET | SURREAL_FIELD_UNREAD | SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(thing, place),
     130, 6, 20, SURREAL_NO_SUB, SURREAL_MEMBER_GEOMETRY,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(thing, price),
     136, 6, 27, 17, SURREAL_MEMBER_USER,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(thing, route),
     142, 6, 18, SURREAL_NO_SUB, SURREAL_MEMBER_LINE,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(thing, scores),
     148, 7, 14, 18, SURREAL_MEMBER_ARRAY,
     0},
    {(uint32_t)offsetof(thing, shape),
     155, 6, 1, 19, SURREAL_MEMBER_UNION,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(thing, size),
     161, 5, 5, 20, SURREAL_MEMBER_UNION,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(thing, solid),
     166, 6, 2, 21, SURREAL_MEMBER_UNION,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(thing, span),
     172, 5, 25, SURREAL_NO_SUB, SURREAL_MEMBER_RANGE,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(thing, stars),
     177, 6, 37, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     0},
    {(uint32_t)offsetof(thing, title),
     183, 6, 38, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(thing, token),
     189, 6, 34, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_OPTION | SURREAL_FIELD_SECRET},
    {(uint32_t)offsetof(thing, triple),
     195, 7, 13, 22, SURREAL_MEMBER_TUPLE,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(thing, twice),
     202, 6, 10, 23, SURREAL_MEMBER_ARRAY,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(thing, ways),
     208, 5, 22, SURREAL_NO_SUB, SURREAL_MEMBER_MULTILINE,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(thing, word),
     213, 5, 39, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(thing, zone),
     218, 5, 19, 24, SURREAL_MEMBER_GEOMETRY,
     SURREAL_FIELD_OPTION}
};

static const uint64_t thing_required_[] = {
    UINT64_C(0xa)
};

static const char *const thing_words_3_[] = {
    "one",
    "two"
};

static const surreal_rule thing_rules_[] = {
    {"$value >= 1 AND $value <= 5",
     NULL, 1, 0, 32, SURREAL_RULE_MIN},
    {"$value >= 1 AND $value <= 5",
     NULL, 5, 0, 32, SURREAL_RULE_MAX},
    {"string::len($value) <= 10",
     NULL, 10, 0, 33, SURREAL_RULE_LEN_MAX},
    {"$value IN ['one', 'two']",
     thing_words_3_, 0, 2, 38, SURREAL_RULE_IN}
};

const surreal_model thing_model = {
    "thing",
    thing_fields_,
    thing_pool_,
    thing_subs_,
    thing_required_,
    (uint32_t)sizeof(thing),
    40, 1, 1, 0, 2, SURREAL_MODEL_KEEP | SURREAL_MODEL_SECRET, 4, thing_rules_
};

static const char other_pool_[] =
    "\x62" "id"
    "\x64" "name"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const other_subs_[] = {
    "\x65" "other"
};

static const surreal_field_desc other_fields_[] = {
    {(uint32_t)offsetof(other, id),
     0, 3, 0, 0, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_KEY},
    {(uint32_t)offsetof(other, name),
     3, 5, 1, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_REQUIRED}
};

static const uint64_t other_required_[] = {
    UINT64_C(0x2)
};

const surreal_model other_model = {
    "other",
    other_fields_,
    other_pool_,
    other_subs_,
    other_required_,
    (uint32_t)sizeof(other),
    2, 1, 1, 0, 0, 0, 0, NULL
};

static const char strict_pool_[] =
    "\x61" "a"
    "\x62" "id"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const strict_subs_[] = {
    "\x66" "strict"
};

static const surreal_field_desc strict_fields_[] = {
    {(uint32_t)offsetof(strict, a),
     0, 2, 1, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(strict, id),
     2, 3, 0, 0, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_KEY}
};

static const uint64_t strict_required_[] = {
    UINT64_C(0x2)
};

const surreal_model strict_model = {
    "strict",
    strict_fields_,
    strict_pool_,
    strict_subs_,
    strict_required_,
    (uint32_t)sizeof(strict),
    2, 1, 1, 0, 0, SURREAL_MODEL_STRICT, 0, NULL
};

const surreal_schema kinds_schema = {
    "kinds",
    "1:1c753edeafa01bb7ac2ec0a73cbe235b"
};
