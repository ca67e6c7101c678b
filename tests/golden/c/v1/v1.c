/* v1.c: written by surrealgen from v1.sg; do not edit. */
#include "v1.h"

static const char *const v1_doc_state_names_[] = {
    "new",
    "done"
};

static const surreal_enum v1_doc_state_enum_ = {
    "v1_doc_state", v1_doc_state_names_, NULL, 2, 0
};

typedef char v1_doc_state_size_
    [sizeof(v1_doc_state) == sizeof(int) ? 1 : -1];

const char *
v1_doc_state_name(v1_doc_state v)
{
    if ((unsigned)v - 1u >= 2u) return NULL;
    return v1_doc_state_names_[(unsigned)v - 1u];
}

bool
v1_doc_state_parse(surreal_str text, v1_doc_state *out)
{
    int i;

    for (i = 0; i < 2; i++) {
        if (!surreal_str_eq(
                text, surreal_text(v1_doc_state_names_[i]))) {
            continue;
        }
        *out = (v1_doc_state)(i + 1);
        return true;
    }
    return false;
}

static const char v1_doc_shape_box_pool_[] =
    "\x64" "kind"
    "\x61" "w"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const v1_doc_shape_box_subs_[] = {
    "\x63" "box"
};

static const surreal_field_desc v1_doc_shape_box_fields_[] = {
    {0,
     0, 5, 0, 0, SURREAL_MEMBER_CONST,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(v1_doc_shape_box, w),
     5, 2, 1, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_REQUIRED}
};

static const uint64_t v1_doc_shape_box_required_[] = {
    UINT64_C(0x3)
};

const surreal_model v1_doc_shape_box_model = {
    "v1_doc_shape_box",
    v1_doc_shape_box_fields_,
    v1_doc_shape_box_pool_,
    v1_doc_shape_box_subs_,
    v1_doc_shape_box_required_,
    (uint32_t)sizeof(v1_doc_shape_box),
    2, 1, 0, 0, 0, 0, 0, NULL
};

static const char v1_doc_shape_tube_pool_[] =
    "\x64" "kind"
    "\x61" "r"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const v1_doc_shape_tube_subs_[] = {
    "\x64" "tube"
};

static const surreal_field_desc v1_doc_shape_tube_fields_[] = {
    {0,
     0, 5, 0, 0, SURREAL_MEMBER_CONST,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(v1_doc_shape_tube, r),
     5, 2, 1, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_REQUIRED}
};

static const uint64_t v1_doc_shape_tube_required_[] = {
    UINT64_C(0x3)
};

const surreal_model v1_doc_shape_tube_model = {
    "v1_doc_shape_tube",
    v1_doc_shape_tube_fields_,
    v1_doc_shape_tube_pool_,
    v1_doc_shape_tube_subs_,
    v1_doc_shape_tube_required_,
    (uint32_t)sizeof(v1_doc_shape_tube),
    2, 1, 0, 0, 0, 0, 0, NULL
};

static const surreal_part v1_doc_shape_arms_[] = {
    {&v1_doc_shape_box_model,
     "\x63" "box",
     0, 1u << SURREAL_OBJECT,
     (uint32_t)sizeof(v1_doc_shape_box), SURREAL_MEMBER_STRUCT, 0},
    {&v1_doc_shape_tube_model,
     "\x64" "tube",
     0, 1u << SURREAL_OBJECT,
     (uint32_t)sizeof(v1_doc_shape_tube), SURREAL_MEMBER_STRUCT, 0}
};

static const surreal_union v1_doc_shape_union_ = {
    "{ kind: 'box', w: int } | { kind: 'tube', r: int }",
    v1_doc_shape_arms_,
    "\x64" "kind",
    (uint32_t)sizeof(v1_doc_shape),
    (uint32_t)offsetof(v1_doc_shape, u), 2, 0
};

typedef char v1_doc_shape_size_
    [sizeof(v1_doc_shape_tag) == sizeof(int) ? 1 : -1];

static const char v1_part_pool_[] =
    "\x64" "name"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const surreal_field_desc v1_part_fields_[] = {
    {(uint32_t)offsetof(v1_part, name),
     0, 5, 0, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_REQUIRED}
};

static const uint64_t v1_part_required_[] = {
    UINT64_C(0x1)
};

const surreal_model v1_part_model = {
    "part",
    v1_part_fields_,
    v1_part_pool_,
    NULL,
    v1_part_required_,
    (uint32_t)sizeof(v1_part),
    1, 1, 0, 0, 0, 0, 0, NULL
};

static const surreal_items v1_doc_parts_items_ = {
    &v1_part_model, (uint32_t)sizeof(v1_part), 0,
    SURREAL_MEMBER_STRUCT, 0, 0
};

static const char v1_doc_pool_[] =
    "\x64" "gone"
    "\x62" "id"
    "\x65" "parts"
    "\x65" "shape"
    "\x65" "state"
    "\x65" "title"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const v1_doc_subs_[] = {
    "\x63" "doc",
    &v1_doc_parts_items_,
    &v1_doc_shape_union_,
    &v1_doc_state_enum_
};

static const surreal_field_desc v1_doc_fields_[] = {
    {(uint32_t)offsetof(v1_doc, gone),
     0, 5, 4, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(v1_doc, id),
     5, 3, 0, 0, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_KEY},
    {(uint32_t)offsetof(v1_doc, parts),
     8, 6, 5, 1, SURREAL_MEMBER_ARRAY,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(v1_doc, shape),
     14, 6, 3, 2, SURREAL_MEMBER_UNION,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(v1_doc, state),
     20, 6, 2, 3, SURREAL_MEMBER_ENUM,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(v1_doc, title),
     26, 6, 1, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_REQUIRED}
};

static const uint64_t v1_doc_required_[] = {
    UINT64_C(0xe)
};

const surreal_model v1_doc_model = {
    "doc",
    v1_doc_fields_,
    v1_doc_pool_,
    v1_doc_subs_,
    v1_doc_required_,
    (uint32_t)sizeof(v1_doc),
    6, 1, 1, 0, 2, SURREAL_MODEL_KEEP, 0, NULL
};

static const char *const v1_bare_state_names_[] = {
    "new",
    "done"
};

static const surreal_enum v1_bare_state_enum_ = {
    "v1_bare_state", v1_bare_state_names_, NULL, 2, 0
};

typedef char v1_bare_state_size_
    [sizeof(v1_bare_state) == sizeof(int) ? 1 : -1];

const char *
v1_bare_state_name(v1_bare_state v)
{
    if ((unsigned)v - 1u >= 2u) return NULL;
    return v1_bare_state_names_[(unsigned)v - 1u];
}

bool
v1_bare_state_parse(surreal_str text, v1_bare_state *out)
{
    int i;

    for (i = 0; i < 2; i++) {
        if (!surreal_str_eq(
                text, surreal_text(v1_bare_state_names_[i]))) {
            continue;
        }
        *out = (v1_bare_state)(i + 1);
        return true;
    }
    return false;
}

static const char v1_bare_pool_[] =
    "\x64" "gone"
    "\x62" "id"
    "\x65" "state"
    "\x65" "title"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const v1_bare_subs_[] = {
    "\x64" "bare",
    &v1_bare_state_enum_
};

static const surreal_field_desc v1_bare_fields_[] = {
    {(uint32_t)offsetof(v1_bare, gone),
     0, 5, 3, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(v1_bare, id),
     5, 3, 0, 0, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_KEY},
    {(uint32_t)offsetof(v1_bare, state),
     8, 6, 2, 1, SURREAL_MEMBER_ENUM,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(v1_bare, title),
     14, 6, 1, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_REQUIRED}
};

static const uint64_t v1_bare_required_[] = {
    UINT64_C(0x6)
};

const surreal_model v1_bare_model = {
    "bare",
    v1_bare_fields_,
    v1_bare_pool_,
    v1_bare_subs_,
    v1_bare_required_,
    (uint32_t)sizeof(v1_bare),
    4, 1, 1, 0, 2, 0, 0, NULL
};

const surreal_schema v1_schema = {
    "v1",
    "1:d3bcea1030a1bf45da5e2857b189868a"
};
