/* v2.c: written by surrealgen from v2.sg; do not edit. */
#include "v2.h"

static const char *const v2_doc_state_names_[] = {
    "new",
    "late",
    "done"
};

static const surreal_enum v2_doc_state_enum_ = {
    "v2_doc_state", v2_doc_state_names_, NULL, 3, 0
};

typedef char v2_doc_state_size_
    [sizeof(v2_doc_state) == sizeof(int) ? 1 : -1];

const char *
v2_doc_state_name(v2_doc_state v)
{
    if ((unsigned)v - 1u >= 3u) return NULL;
    return v2_doc_state_names_[(unsigned)v - 1u];
}

bool
v2_doc_state_parse(surreal_str text, v2_doc_state *out)
{
    int i;

    for (i = 0; i < 3; i++) {
        if (!surreal_str_eq(
                text, surreal_text(v2_doc_state_names_[i]))) {
            continue;
        }
        *out = (v2_doc_state)(i + 1);
        return true;
    }
    return false;
}

static const char v2_doc_shape_ball_pool_[] =
    "\x64" "kind"
    "\x61" "r"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const v2_doc_shape_ball_subs_[] = {
    "\x64" "ball"
};

static const surreal_field_desc v2_doc_shape_ball_fields_[] = {
    {0,
     0, 5, 0, 0, SURREAL_MEMBER_CONST,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(v2_doc_shape_ball, r),
     5, 2, 1, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_REQUIRED}
};

static const uint64_t v2_doc_shape_ball_required_[] = {
    UINT64_C(0x3)
};

const surreal_model v2_doc_shape_ball_model = {
    "v2_doc_shape_ball",
    v2_doc_shape_ball_fields_,
    v2_doc_shape_ball_pool_,
    v2_doc_shape_ball_subs_,
    v2_doc_shape_ball_required_,
    (uint32_t)sizeof(v2_doc_shape_ball),
    2, 1, 0, 0, 0, 0, 0, NULL
};

static const char v2_doc_shape_box_pool_[] =
    "\x61" "h"
    "\x64" "kind"
    "\x61" "w"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const v2_doc_shape_box_subs_[] = {
    "\x63" "box"
};

static const surreal_field_desc v2_doc_shape_box_fields_[] = {
    {(uint32_t)offsetof(v2_doc_shape_box, h),
     0, 2, 2, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_OPTION},
    {0,
     2, 5, 0, 0, SURREAL_MEMBER_CONST,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(v2_doc_shape_box, w),
     7, 2, 1, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_REQUIRED}
};

static const uint64_t v2_doc_shape_box_required_[] = {
    UINT64_C(0x3)
};

const surreal_model v2_doc_shape_box_model = {
    "v2_doc_shape_box",
    v2_doc_shape_box_fields_,
    v2_doc_shape_box_pool_,
    v2_doc_shape_box_subs_,
    v2_doc_shape_box_required_,
    (uint32_t)sizeof(v2_doc_shape_box),
    3, 1, 0, 0, 0, 0, 0, NULL
};

static const char v2_doc_shape_tube_pool_[] =
    "\x64" "kind"
    "\x61" "r"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const v2_doc_shape_tube_subs_[] = {
    "\x64" "tube"
};

static const surreal_field_desc v2_doc_shape_tube_fields_[] = {
    {0,
     0, 5, 0, 0, SURREAL_MEMBER_CONST,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(v2_doc_shape_tube, r),
     5, 2, 1, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_REQUIRED}
};

static const uint64_t v2_doc_shape_tube_required_[] = {
    UINT64_C(0x3)
};

const surreal_model v2_doc_shape_tube_model = {
    "v2_doc_shape_tube",
    v2_doc_shape_tube_fields_,
    v2_doc_shape_tube_pool_,
    v2_doc_shape_tube_subs_,
    v2_doc_shape_tube_required_,
    (uint32_t)sizeof(v2_doc_shape_tube),
    2, 1, 0, 0, 0, 0, 0, NULL
};

static const surreal_part v2_doc_shape_arms_[] = {
    {&v2_doc_shape_ball_model,
     "\x64" "ball",
     0, 1u << SURREAL_OBJECT,
     (uint32_t)sizeof(v2_doc_shape_ball), SURREAL_MEMBER_STRUCT, 0},
    {&v2_doc_shape_box_model,
     "\x63" "box",
     0, 1u << SURREAL_OBJECT,
     (uint32_t)sizeof(v2_doc_shape_box), SURREAL_MEMBER_STRUCT, 0},
    {&v2_doc_shape_tube_model,
     "\x64" "tube",
     0, 1u << SURREAL_OBJECT,
     (uint32_t)sizeof(v2_doc_shape_tube), SURREAL_MEMBER_STRUCT, 0}
};

static const surreal_union v2_doc_shape_union_ = {
    "{ kind: 'ball', r: int } | { kind: 'box', w: int, h: option<int>"
    " } | { kind: 'tube', r: int }",
    v2_doc_shape_arms_,
    "\x64" "kind",
    (uint32_t)sizeof(v2_doc_shape),
    (uint32_t)offsetof(v2_doc_shape, u), 3, 0
};

typedef char v2_doc_shape_size_
    [sizeof(v2_doc_shape_tag) == sizeof(int) ? 1 : -1];

static const char v2_part_pool_[] =
    "\x64" "name"
    "\x64" "size"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const surreal_field_desc v2_part_fields_[] = {
    {(uint32_t)offsetof(v2_part, name),
     0, 5, 0, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(v2_part, size),
     5, 5, 1, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_OPTION}
};

static const uint64_t v2_part_required_[] = {
    UINT64_C(0x1)
};

const surreal_model v2_part_model = {
    "part",
    v2_part_fields_,
    v2_part_pool_,
    NULL,
    v2_part_required_,
    (uint32_t)sizeof(v2_part),
    2, 1, 0, 0, 0, 0, 0, NULL
};

static const surreal_items v2_doc_parts_items_ = {
    &v2_part_model, (uint32_t)sizeof(v2_part), 0,
    SURREAL_MEMBER_STRUCT, 0, 0
};

static const char v2_doc_pool_[] =
    "\x65" "added"
    "\x62" "id"
    "\x65" "parts"
    "\x65" "shape"
    "\x65" "state"
    "\x65" "title"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const v2_doc_subs_[] = {
    "\x63" "doc",
    &v2_doc_parts_items_,
    &v2_doc_shape_union_,
    &v2_doc_state_enum_
};

static const surreal_field_desc v2_doc_fields_[] = {
    {(uint32_t)offsetof(v2_doc, added),
     0, 6, 4, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(v2_doc, id),
     6, 3, 0, 0, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_KEY},
    {(uint32_t)offsetof(v2_doc, parts),
     9, 6, 5, 1, SURREAL_MEMBER_ARRAY,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(v2_doc, shape),
     15, 6, 3, 2, SURREAL_MEMBER_UNION,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(v2_doc, state),
     21, 6, 2, 3, SURREAL_MEMBER_ENUM,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(v2_doc, title),
     27, 6, 1, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_REQUIRED}
};

static const uint64_t v2_doc_required_[] = {
    UINT64_C(0xe)
};

const surreal_model v2_doc_model = {
    "doc",
    v2_doc_fields_,
    v2_doc_pool_,
    v2_doc_subs_,
    v2_doc_required_,
    (uint32_t)sizeof(v2_doc),
    6, 1, 1, 0, 2, SURREAL_MODEL_KEEP, 0, NULL
};

static const char *const v2_bare_state_names_[] = {
    "new",
    "late",
    "done"
};

static const surreal_enum v2_bare_state_enum_ = {
    "v2_bare_state", v2_bare_state_names_, NULL, 3, 0
};

typedef char v2_bare_state_size_
    [sizeof(v2_bare_state) == sizeof(int) ? 1 : -1];

const char *
v2_bare_state_name(v2_bare_state v)
{
    if ((unsigned)v - 1u >= 3u) return NULL;
    return v2_bare_state_names_[(unsigned)v - 1u];
}

bool
v2_bare_state_parse(surreal_str text, v2_bare_state *out)
{
    int i;

    for (i = 0; i < 3; i++) {
        if (!surreal_str_eq(
                text, surreal_text(v2_bare_state_names_[i]))) {
            continue;
        }
        *out = (v2_bare_state)(i + 1);
        return true;
    }
    return false;
}

static const char v2_bare_pool_[] =
    "\x65" "added"
    "\x62" "id"
    "\x65" "state"
    "\x65" "title"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const v2_bare_subs_[] = {
    "\x64" "bare",
    &v2_bare_state_enum_
};

static const surreal_field_desc v2_bare_fields_[] = {
    {(uint32_t)offsetof(v2_bare, added),
     0, 6, 3, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(v2_bare, id),
     6, 3, 0, 0, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_KEY},
    {(uint32_t)offsetof(v2_bare, state),
     9, 6, 2, 1, SURREAL_MEMBER_ENUM,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(v2_bare, title),
     15, 6, 1, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_REQUIRED}
};

static const uint64_t v2_bare_required_[] = {
    UINT64_C(0x6)
};

const surreal_model v2_bare_model = {
    "bare",
    v2_bare_fields_,
    v2_bare_pool_,
    v2_bare_subs_,
    v2_bare_required_,
    (uint32_t)sizeof(v2_bare),
    4, 1, 1, 0, 2, 0, 0, NULL
};

const surreal_schema v2_schema = {
    "v2",
    "1:57c37a6b570d066961f55ca25aba44b1"
};
