/* shapes.c: written by surrealgen from shapes.sg; do not edit. */
#include "shapes.h"

static const char shapes_sparse_pool_[] =
    "\x62" "a0"
    "\x62" "a1"
    "\x62" "a2"
    "\x62" "a3"
    "\x62" "a4"
    "\x62" "b0"
    "\x62" "b1"
    "\x62" "b2"
    "\x62" "b3"
    "\x62" "b4"
    "\x62" "c0"
    "\x62" "c1"
    "\x62" "c2"
    "\x62" "c3"
    "\x62" "c4"
    "\x62" "d0"
    "\x62" "d1"
    "\x62" "d2"
    "\x62" "d3"
    "\x62" "d4"
    "\x62" "id"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const shapes_sparse_subs_[] = {
    "\x66" "sparse"
};

static const surreal_field_desc shapes_sparse_fields_[] = {
    {(uint32_t)offsetof(shapes_sparse, a0),
     0, 3, 1, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(shapes_sparse, a1),
     3, 3, 2, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(shapes_sparse, a2),
     6, 3, 3, SURREAL_NO_SUB, SURREAL_MEMBER_DATETIME,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(shapes_sparse, a3),
     9, 3, 4, SURREAL_NO_SUB, SURREAL_MEMBER_FLOAT,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(shapes_sparse, a4),
     12, 3, 5, SURREAL_NO_SUB, SURREAL_MEMBER_BOOL,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(shapes_sparse, b0),
     15, 3, 6, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(shapes_sparse, b1),
     18, 3, 7, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(shapes_sparse, b2),
     21, 3, 8, SURREAL_NO_SUB, SURREAL_MEMBER_DATETIME,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(shapes_sparse, b3),
     24, 3, 9, SURREAL_NO_SUB, SURREAL_MEMBER_FLOAT,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(shapes_sparse, b4),
     27, 3, 10, SURREAL_NO_SUB, SURREAL_MEMBER_BOOL,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(shapes_sparse, c0),
     30, 3, 11, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(shapes_sparse, c1),
     33, 3, 12, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(shapes_sparse, c2),
     36, 3, 13, SURREAL_NO_SUB, SURREAL_MEMBER_DATETIME,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(shapes_sparse, c3),
     39, 3, 14, SURREAL_NO_SUB, SURREAL_MEMBER_FLOAT,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(shapes_sparse, c4),
     42, 3, 15, SURREAL_NO_SUB, SURREAL_MEMBER_BOOL,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(shapes_sparse, d0),
     45, 3, 16, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(shapes_sparse, d1),
     48, 3, 17, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(shapes_sparse, d2),
     51, 3, 18, SURREAL_NO_SUB, SURREAL_MEMBER_DATETIME,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(shapes_sparse, d3),
     54, 3, 19, SURREAL_NO_SUB, SURREAL_MEMBER_FLOAT,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(shapes_sparse, d4),
     57, 3, 20, SURREAL_NO_SUB, SURREAL_MEMBER_BOOL,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(shapes_sparse, id),
     60, 3, 0, 0, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_KEY}
};

static const uint64_t shapes_sparse_required_[] = {
    UINT64_C(0x0)
};

const surreal_model shapes_sparse_model = {
    "sparse",
    shapes_sparse_fields_,
    shapes_sparse_pool_,
    shapes_sparse_subs_,
    shapes_sparse_required_,
    (uint32_t)sizeof(shapes_sparse),
    21, 1, 1, 0, 0, 0, 0, NULL
};

static const char shapes_leaf_pool_[] =
    "\x62" "at"
    "\x61" "n"
    "\x64" "name"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const surreal_field_desc shapes_leaf_fields_[] = {
    {(uint32_t)offsetof(shapes_leaf, at),
     0, 3, 1, SURREAL_NO_SUB, SURREAL_MEMBER_DATETIME,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(shapes_leaf, n),
     3, 2, 2, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(shapes_leaf, name),
     5, 5, 0, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_REQUIRED}
};

static const uint64_t shapes_leaf_required_[] = {
    UINT64_C(0x7)
};

const surreal_model shapes_leaf_model = {
    "leaf",
    shapes_leaf_fields_,
    shapes_leaf_pool_,
    NULL,
    shapes_leaf_required_,
    (uint32_t)sizeof(shapes_leaf),
    3, 1, 0, 0, 0, 0, 0, NULL
};

static const char shapes_branch_pool_[] =
    "\x64" "left"
    "\x64" "note"
    "\x65" "right"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const shapes_branch_subs_[] = {
    &shapes_leaf_model,
    &shapes_leaf_model
};

static const surreal_field_desc shapes_branch_fields_[] = {
    {(uint32_t)offsetof(shapes_branch, left),
     0, 5, 0, 0, SURREAL_MEMBER_STRUCT,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(shapes_branch, note),
     5, 5, 2, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(shapes_branch, right),
     10, 6, 1, 1, SURREAL_MEMBER_STRUCT,
     SURREAL_FIELD_REQUIRED}
};

static const uint64_t shapes_branch_required_[] = {
    UINT64_C(0x3)
};

const surreal_model shapes_branch_model = {
    "branch",
    shapes_branch_fields_,
    shapes_branch_pool_,
    shapes_branch_subs_,
    shapes_branch_required_,
    (uint32_t)sizeof(shapes_branch),
    3, 1, 0, 0, 0, 0, 0, NULL
};

static const char shapes_nested_three_deep_deeper_pool_[] =
    "\x67" "deepest"
    "\x61" "n"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const surreal_field_desc shapes_nested_three_deep_deeper_fields_[] = {
    {(uint32_t)offsetof(shapes_nested_three_deep_deeper, deepest),
     0, 8, 0, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(shapes_nested_three_deep_deeper, n),
     8, 2, 1, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_REQUIRED}
};

static const uint64_t shapes_nested_three_deep_deeper_required_[] = {
    UINT64_C(0x3)
};

const surreal_model shapes_nested_three_deep_deeper_model = {
    "shapes_nested_three_deep_deeper",
    shapes_nested_three_deep_deeper_fields_,
    shapes_nested_three_deep_deeper_pool_,
    NULL,
    shapes_nested_three_deep_deeper_required_,
    (uint32_t)sizeof(shapes_nested_three_deep_deeper),
    2, 1, 0, 0, 0, 0, 0, NULL
};

static const char shapes_nested_three_deep_pool_[] =
    "\x66" "deeper"
    "\x61" "n"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const shapes_nested_three_deep_subs_[] = {
    &shapes_nested_three_deep_deeper_model
};

static const surreal_field_desc shapes_nested_three_deep_fields_[] = {
    {(uint32_t)offsetof(shapes_nested_three_deep, deeper),
     0, 7, 0, 0, SURREAL_MEMBER_STRUCT,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(shapes_nested_three_deep, n),
     7, 2, 1, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_REQUIRED}
};

static const uint64_t shapes_nested_three_deep_required_[] = {
    UINT64_C(0x3)
};

const surreal_model shapes_nested_three_deep_model = {
    "shapes_nested_three_deep",
    shapes_nested_three_deep_fields_,
    shapes_nested_three_deep_pool_,
    shapes_nested_three_deep_subs_,
    shapes_nested_three_deep_required_,
    (uint32_t)sizeof(shapes_nested_three_deep),
    2, 1, 0, 0, 0, 0, 0, NULL
};

static const char shapes_nested_three_pool_[] =
    "\x64" "deep"
    "\x61" "n"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const shapes_nested_three_subs_[] = {
    &shapes_nested_three_deep_model
};

static const surreal_field_desc shapes_nested_three_fields_[] = {
    {(uint32_t)offsetof(shapes_nested_three, deep),
     0, 5, 0, 0, SURREAL_MEMBER_STRUCT,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(shapes_nested_three, n),
     5, 2, 1, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_REQUIRED}
};

static const uint64_t shapes_nested_three_required_[] = {
    UINT64_C(0x3)
};

const surreal_model shapes_nested_three_model = {
    "shapes_nested_three",
    shapes_nested_three_fields_,
    shapes_nested_three_pool_,
    shapes_nested_three_subs_,
    shapes_nested_three_required_,
    (uint32_t)sizeof(shapes_nested_three),
    2, 1, 0, 0, 0, 0, 0, NULL
};

static const char shapes_nested_pool_[] =
    "\x62" "id"
    "\x63" "one"
    "\x65" "three"
    "\x63" "two"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const shapes_nested_subs_[] = {
    "\x66" "nested",
    &shapes_branch_model,
    &shapes_nested_three_model,
    &shapes_branch_model
};

static const surreal_field_desc shapes_nested_fields_[] = {
    {(uint32_t)offsetof(shapes_nested, id),
     0, 3, 0, 0, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_KEY},
    {(uint32_t)offsetof(shapes_nested, one),
     3, 4, 1, 1, SURREAL_MEMBER_STRUCT,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(shapes_nested, three),
     7, 6, 3, 2, SURREAL_MEMBER_STRUCT,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(shapes_nested, two),
     13, 4, 2, 3, SURREAL_MEMBER_STRUCT,
     SURREAL_FIELD_REQUIRED}
};

static const uint64_t shapes_nested_required_[] = {
    UINT64_C(0xe)
};

const surreal_model shapes_nested_model = {
    "nested",
    shapes_nested_fields_,
    shapes_nested_pool_,
    shapes_nested_subs_,
    shapes_nested_required_,
    (uint32_t)sizeof(shapes_nested),
    4, 1, 1, 0, 0, 0, 0, NULL
};

static const char *const shapes_order_state_names_[] = {
    "draft",
    "placed",
    "paid"
};

static const surreal_enum shapes_order_state_enum_ = {
    "shapes_order_state", shapes_order_state_names_, NULL, 3, 0
};

typedef char shapes_order_state_size_
    [sizeof(shapes_order_state) == sizeof(int) ? 1 : -1];

const char *
shapes_order_state_name(shapes_order_state v)
{
    if ((unsigned)v - 1u >= 3u) return NULL;
    return shapes_order_state_names_[(unsigned)v - 1u];
}

bool
shapes_order_state_parse(surreal_str text, shapes_order_state *out)
{
    int i;

    for (i = 0; i < 3; i++) {
        if (!surreal_str_eq(
                text, surreal_text(shapes_order_state_names_[i]))) {
            continue;
        }
        *out = (shapes_order_state)(i + 1);
        return true;
    }
    return false;
}

static const char shapes_line_pool_[] =
    "\x64" "note"
    "\x65" "price"
    "\x63" "qty"
    "\x63" "sku"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const surreal_field_desc shapes_line_fields_[] = {
    {(uint32_t)offsetof(shapes_line, note),
     0, 5, 3, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(shapes_line, price),
     5, 6, 2, SURREAL_NO_SUB, SURREAL_MEMBER_DECIMAL,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(shapes_line, qty),
     11, 4, 1, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(shapes_line, sku),
     15, 4, 0, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_REQUIRED}
};

static const uint64_t shapes_line_required_[] = {
    UINT64_C(0x7)
};

const surreal_model shapes_line_model = {
    "line",
    shapes_line_fields_,
    shapes_line_pool_,
    NULL,
    shapes_line_required_,
    (uint32_t)sizeof(shapes_line),
    4, 1, 0, 0, 0, 0, 0, NULL
};

static const surreal_items shapes_order_lines_items_ = {
    &shapes_line_model, (uint32_t)sizeof(shapes_line), 0,
    SURREAL_MEMBER_STRUCT, 0, 0
};

static const char shapes_order_pool_[] =
    "\x65" "buyer"
    "\x62" "id"
    "\x65" "lines"
    "\x65" "state"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const shapes_order_subs_[] = {
    "\x66" "nested",
    "\x65" "order",
    &shapes_order_lines_items_,
    &shapes_order_state_enum_
};

static const surreal_field_desc shapes_order_fields_[] = {
    {(uint32_t)offsetof(shapes_order, buyer),
     0, 6, 1, 0, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(shapes_order, id),
     6, 3, 0, 1, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_KEY},
    {(uint32_t)offsetof(shapes_order, lines),
     9, 6, 3, 2, SURREAL_MEMBER_ARRAY,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(shapes_order, state),
     15, 6, 2, 3, SURREAL_MEMBER_ENUM,
     SURREAL_FIELD_REQUIRED}
};

static const uint64_t shapes_order_required_[] = {
    UINT64_C(0xe)
};

const surreal_model shapes_order_model = {
    "order",
    shapes_order_fields_,
    shapes_order_pool_,
    shapes_order_subs_,
    shapes_order_required_,
    (uint32_t)sizeof(shapes_order),
    4, 1, 1, 0, 2, 0, 0, NULL
};

static const char shapes_mixed_shape_box_pool_[] =
    "\x61" "h"
    "\x64" "kind"
    "\x61" "w"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const shapes_mixed_shape_box_subs_[] = {
    "\x63" "box"
};

static const surreal_field_desc shapes_mixed_shape_box_fields_[] = {
    {(uint32_t)offsetof(shapes_mixed_shape_box, h),
     0, 2, 2, SURREAL_NO_SUB, SURREAL_MEMBER_FLOAT,
     SURREAL_FIELD_REQUIRED},
    {0,
     2, 5, 0, 0, SURREAL_MEMBER_CONST,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(shapes_mixed_shape_box, w),
     7, 2, 1, SURREAL_NO_SUB, SURREAL_MEMBER_FLOAT,
     SURREAL_FIELD_REQUIRED}
};

static const uint64_t shapes_mixed_shape_box_required_[] = {
    UINT64_C(0x7)
};

const surreal_model shapes_mixed_shape_box_model = {
    "shapes_mixed_shape_box",
    shapes_mixed_shape_box_fields_,
    shapes_mixed_shape_box_pool_,
    shapes_mixed_shape_box_subs_,
    shapes_mixed_shape_box_required_,
    (uint32_t)sizeof(shapes_mixed_shape_box),
    3, 1, 0, 0, 0, 0, 0, NULL
};

static const char shapes_mixed_shape_tube_pool_[] =
    "\x64" "kind"
    "\x61" "r"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const shapes_mixed_shape_tube_subs_[] = {
    "\x64" "tube"
};

static const surreal_field_desc shapes_mixed_shape_tube_fields_[] = {
    {0,
     0, 5, 0, 0, SURREAL_MEMBER_CONST,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(shapes_mixed_shape_tube, r),
     5, 2, 1, SURREAL_NO_SUB, SURREAL_MEMBER_FLOAT,
     SURREAL_FIELD_REQUIRED}
};

static const uint64_t shapes_mixed_shape_tube_required_[] = {
    UINT64_C(0x3)
};

const surreal_model shapes_mixed_shape_tube_model = {
    "shapes_mixed_shape_tube",
    shapes_mixed_shape_tube_fields_,
    shapes_mixed_shape_tube_pool_,
    shapes_mixed_shape_tube_subs_,
    shapes_mixed_shape_tube_required_,
    (uint32_t)sizeof(shapes_mixed_shape_tube),
    2, 1, 0, 0, 0, 0, 0, NULL
};

static const surreal_part shapes_mixed_shape_arms_[] = {
    {&shapes_mixed_shape_box_model,
     "\x63" "box",
     0, 1u << SURREAL_OBJECT,
     (uint32_t)sizeof(shapes_mixed_shape_box), SURREAL_MEMBER_STRUCT, 0},
    {&shapes_mixed_shape_tube_model,
     "\x64" "tube",
     0, 1u << SURREAL_OBJECT,
     (uint32_t)sizeof(shapes_mixed_shape_tube), SURREAL_MEMBER_STRUCT, 0}
};

static const surreal_union shapes_mixed_shape_union_ = {
    "{ kind: 'box', w: float, h: float } | { kind: 'tube', r: float }",
    shapes_mixed_shape_arms_,
    "\x64" "kind",
    (uint32_t)sizeof(shapes_mixed_shape),
    (uint32_t)offsetof(shapes_mixed_shape, u), 2, 0
};

typedef char shapes_mixed_shape_size_
    [sizeof(shapes_mixed_shape_tag) == sizeof(int) ? 1 : -1];

static const surreal_part shapes_mixed_code_arms_[] = {
    {NULL,
     NULL,
     0, 1u << SURREAL_INT,
     (uint32_t)sizeof(int64_t), SURREAL_MEMBER_INT, 0},
    {NULL,
     NULL,
     0, 1u << SURREAL_STRING,
     (uint32_t)sizeof(surreal_str), SURREAL_MEMBER_STRING, 0}
};

static const surreal_union shapes_mixed_code_union_ = {
    "int | string",
    shapes_mixed_code_arms_,
    NULL,
    (uint32_t)sizeof(shapes_mixed_code),
    (uint32_t)offsetof(shapes_mixed_code, u), 2, 0
};

typedef char shapes_mixed_code_size_
    [sizeof(shapes_mixed_code_tag) == sizeof(int) ? 1 : -1];

static const surreal_part shapes_mixed_duo_parts_[] = {
    {NULL, NULL,
     (uint32_t)offsetof(shapes_mixed_duo, _0), 0, (uint32_t)sizeof(int64_t),
     SURREAL_MEMBER_INT, 0},
    {NULL, NULL,
     (uint32_t)offsetof(shapes_mixed_duo, _1), 0, (uint32_t)sizeof(surreal_str),
     SURREAL_MEMBER_STRING, 0}
};

static const surreal_tuple shapes_mixed_duo_tuple_ = {
    shapes_mixed_duo_parts_, 2, (uint32_t)sizeof(shapes_mixed_duo)
};

static const char shapes_mixed_pool_[] =
    "\x64" "code"
    "\x63" "duo"
    "\x62" "id"
    "\x64" "path"
    "\x65" "shape"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const shapes_mixed_subs_[] = {
    &shapes_mixed_code_union_,
    &shapes_mixed_duo_tuple_,
    "\x65" "mixed",
    &shapes_mixed_shape_union_
};

static const surreal_field_desc shapes_mixed_fields_[] = {
    {(uint32_t)offsetof(shapes_mixed, code),
     0, 5, 2, 0, SURREAL_MEMBER_UNION,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(shapes_mixed, duo),
     5, 4, 3, 1, SURREAL_MEMBER_TUPLE,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(shapes_mixed, id),
     9, 3, 0, 2, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_KEY},
    {(uint32_t)offsetof(shapes_mixed, path),
     12, 5, 4, SURREAL_NO_SUB, SURREAL_MEMBER_LINE,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(shapes_mixed, shape),
     17, 6, 1, 3, SURREAL_MEMBER_UNION,
     SURREAL_FIELD_REQUIRED}
};

static const uint64_t shapes_mixed_required_[] = {
    UINT64_C(0x1e)
};

const surreal_model shapes_mixed_model = {
    "mixed",
    shapes_mixed_fields_,
    shapes_mixed_pool_,
    shapes_mixed_subs_,
    shapes_mixed_required_,
    (uint32_t)sizeof(shapes_mixed),
    5, 1, 1, 0, 0, 0, 0, NULL
};

const surreal_schema shapes_schema = {
    "shapes",
    "1:307240eaf3e13663cf221c2da3937682"
};
