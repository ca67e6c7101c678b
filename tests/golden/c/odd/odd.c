/* odd.c: written by surrealgen from odd.sg; do not edit. */
#include "odd.h"

static const char odd_user_pool_[] =
    "\x62" "id"
    "\x64" "name"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const odd_user_subs_[] = {
    "\x64" "user"
};

static const surreal_field_desc odd_user_fields_[] = {
    {(uint32_t)offsetof(odd_user, id),
     0, 3, 0, 0, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_KEY},
    {(uint32_t)offsetof(odd_user, name),
     3, 5, 1, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_REQUIRED}
};

static const uint64_t odd_user_required_[] = {
    UINT64_C(0x2)
};

const surreal_model odd_user_model = {
    "user",
    odd_user_fields_,
    odd_user_pool_,
    odd_user_subs_,
    odd_user_required_,
    (uint32_t)sizeof(odd_user),
    2, 1, 1, 0, 0, 0, 0, NULL
};

static const char odd_row_pool_[] =
    "\x62" "id"
    "\x64" "user"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const odd_row_subs_[] = {
    "\x63" "row",
    "\x64" "user"
};

static const surreal_field_desc odd_row_fields_[] = {
    {(uint32_t)offsetof(odd_row, id),
     0, 3, 0, 0, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_KEY},
    {(uint32_t)offsetof(odd_row, user),
     3, 5, 1, 1, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_REQUIRED}
};

static const uint64_t odd_row_required_[] = {
    UINT64_C(0x2)
};

const surreal_model odd_row_model = {
    "row",
    odd_row_fields_,
    odd_row_pool_,
    odd_row_subs_,
    odd_row_required_,
    (uint32_t)sizeof(odd_row),
    2, 1, 1, 0, 0, 0, 0, NULL
};

static const char odd_likes_pool_[] =
    "\x62" "id"
    "\x62" "in"
    "\x63" "out"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const odd_likes_subs_[] = {
    "\x65" "likes",
    "\x64" "user",
    "\x63" "row"
};

static const surreal_field_desc odd_likes_fields_[] = {
    {(uint32_t)offsetof(odd_likes, id),
     0, 3, 0, 0, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_KEY},
    {(uint32_t)offsetof(odd_likes, in),
     3, 3, 1, 1, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_SERVER | SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(odd_likes, out),
     6, 4, 2, 2, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_SERVER | SURREAL_FIELD_REQUIRED}
};

static const uint64_t odd_likes_required_[] = {
    UINT64_C(0x6)
};

const surreal_model odd_likes_model = {
    "likes",
    odd_likes_fields_,
    odd_likes_pool_,
    odd_likes_subs_,
    odd_likes_required_,
    (uint32_t)sizeof(odd_likes),
    3, 1, 1, 0, 0, 0, 0, NULL
};

static const surreal_items odd_fn_select_all_a_items_ = {
    "\x64" "user", (uint32_t)sizeof(odd_user_id), 0,
    SURREAL_MEMBER_RECORD, 0, 0
};

static const char odd_fn_select_all_b_pool_[] =
    "\x61" "k"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const surreal_field_desc odd_fn_select_all_b_fields_[] = {
    {(uint32_t)offsetof(odd_fn_select_all_b, k),
     0, 2, 0, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_REQUIRED}
};

static const uint64_t odd_fn_select_all_b_required_[] = {
    UINT64_C(0x1)
};

const surreal_model odd_fn_select_all_b_model = {
    "odd_fn_select_all_b",
    odd_fn_select_all_b_fields_,
    odd_fn_select_all_b_pool_,
    NULL,
    odd_fn_select_all_b_required_,
    (uint32_t)sizeof(odd_fn_select_all_b),
    1, 1, 0, 0, 0, 0, 0, NULL
};

static const surreal_part odd_fn_select_all_c_arms_[] = {
    {NULL,
     NULL,
     0, 1u << SURREAL_INT,
     (uint32_t)sizeof(int64_t), SURREAL_MEMBER_INT, 0},
    {NULL,
     NULL,
     0, 1u << SURREAL_STRING,
     (uint32_t)sizeof(surreal_str), SURREAL_MEMBER_STRING, 0}
};

static const surreal_union odd_fn_select_all_c_union_ = {
    "int | string",
    odd_fn_select_all_c_arms_,
    NULL,
    (uint32_t)sizeof(odd_fn_select_all_c),
    (uint32_t)offsetof(odd_fn_select_all_c, u), 2, 0
};

typedef char odd_fn_select_all_c_size_
    [sizeof(odd_fn_select_all_c_tag) == sizeof(int) ? 1 : -1];

static const char odd_fn_select_all_args_pool_[] =
    "\x61" "a"
    "\x61" "b"
    "\x61" "c"
    "\x61" "d"
    "\x61" "e"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const odd_fn_select_all_args_subs_[] = {
    &odd_fn_select_all_a_items_,
    &odd_fn_select_all_b_model,
    &odd_fn_select_all_c_union_
};

static const surreal_field_desc odd_fn_select_all_args_fields_[] = {
    {(uint32_t)offsetof(odd_fn_select_all_args, a),
     0, 2, 0, 0, SURREAL_MEMBER_ARRAY,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(odd_fn_select_all_args, b),
     2, 2, 1, 1, SURREAL_MEMBER_STRUCT,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(odd_fn_select_all_args, c),
     4, 2, 2, 2, SURREAL_MEMBER_UNION,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(odd_fn_select_all_args, d),
     6, 2, 3, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(odd_fn_select_all_args, e),
     8, 2, 4, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_OPTION}
};

static const uint64_t odd_fn_select_all_args_required_[] = {
    UINT64_C(0x3)
};

const surreal_model odd_fn_select_all_args_model = {
    "fn::select::all",
    odd_fn_select_all_args_fields_,
    odd_fn_select_all_args_pool_,
    odd_fn_select_all_args_subs_,
    odd_fn_select_all_args_required_,
    (uint32_t)sizeof(odd_fn_select_all_args),
    5, 1, 0, 0, 0, 0, 0, NULL
};

static const surreal_items odd_fn_select_all_item_ = {
    NULL, (uint32_t)sizeof(surreal_decimal), 0,
    SURREAL_MEMBER_DECIMAL, 0, 0
};

static const char *const odd_fn_u_a_names_[] = {
    "x",
    "y"
};

static const surreal_enum odd_fn_u_a_enum_ = {
    "odd_fn_u_a", odd_fn_u_a_names_, NULL, 2, 0
};

typedef char odd_fn_u_a_size_
    [sizeof(odd_fn_u_a) == sizeof(int) ? 1 : -1];

const char *
odd_fn_u_a_name(odd_fn_u_a v)
{
    if ((unsigned)v - 1u >= 2u) return NULL;
    return odd_fn_u_a_names_[(unsigned)v - 1u];
}

bool
odd_fn_u_a_parse(surreal_str text, odd_fn_u_a *out)
{
    int i;

    for (i = 0; i < 2; i++) {
        if (!surreal_str_eq(
                text, surreal_text(odd_fn_u_a_names_[i]))) {
            continue;
        }
        *out = (odd_fn_u_a)(i + 1);
        return true;
    }
    return false;
}

static const char *const odd_fn_u_b_names_[] = {
    "5",
    "6"
};

static const int64_t odd_fn_u_b_numbers_[] = {
    INT64_C(5),
    INT64_C(6)
};

static const surreal_enum odd_fn_u_b_enum_ = {
    "odd_fn_u_b", NULL, odd_fn_u_b_numbers_, 2, 0
};

typedef char odd_fn_u_b_size_
    [sizeof(odd_fn_u_b) == sizeof(int) ? 1 : -1];

const char *
odd_fn_u_b_name(odd_fn_u_b v)
{
    if ((unsigned)v - 1u >= 2u) return NULL;
    return odd_fn_u_b_names_[(unsigned)v - 1u];
}

bool
odd_fn_u_b_parse(int64_t number, odd_fn_u_b *out)
{
    int i;

    for (i = 0; i < 2; i++) {
        if (number != odd_fn_u_b_numbers_[i]) {
            continue;
        }
        *out = (odd_fn_u_b)(i + 1);
        return true;
    }
    return false;
}

static const char odd_fn_u_args_pool_[] =
    "\x61" "a"
    "\x61" "b"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const odd_fn_u_args_subs_[] = {
    &odd_fn_u_a_enum_,
    &odd_fn_u_b_enum_
};

static const surreal_field_desc odd_fn_u_args_fields_[] = {
    {(uint32_t)offsetof(odd_fn_u_args, a),
     0, 2, 0, 0, SURREAL_MEMBER_ENUM,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(odd_fn_u_args, b),
     2, 2, 1, 1, SURREAL_MEMBER_ENUM,
     SURREAL_FIELD_OPTION}
};

static const uint64_t odd_fn_u_args_required_[] = {
    UINT64_C(0x0)
};

const surreal_model odd_fn_u_args_model = {
    "fn::u",
    odd_fn_u_args_fields_,
    odd_fn_u_args_pool_,
    odd_fn_u_args_subs_,
    odd_fn_u_args_required_,
    (uint32_t)sizeof(odd_fn_u_args),
    2, 1, 0, 0, 1, 0, 0, NULL
};

static const char *const odd_fn_u_item_word_names_[] = {
    "x"
};

static const surreal_enum odd_fn_u_item_word_enum_ = {
    "odd_fn_u_item_word", odd_fn_u_item_word_names_, NULL, 1, 0
};

typedef char odd_fn_u_item_word_size_
    [sizeof(odd_fn_u_item_word) == sizeof(int) ? 1 : -1];

const char *
odd_fn_u_item_word_name(odd_fn_u_item_word v)
{
    if ((unsigned)v - 1u >= 1u) return NULL;
    return odd_fn_u_item_word_names_[(unsigned)v - 1u];
}

bool
odd_fn_u_item_word_parse(surreal_str text, odd_fn_u_item_word *out)
{
    int i;

    for (i = 0; i < 1; i++) {
        if (!surreal_str_eq(
                text, surreal_text(odd_fn_u_item_word_names_[i]))) {
            continue;
        }
        *out = (odd_fn_u_item_word)(i + 1);
        return true;
    }
    return false;
}

static const surreal_part odd_fn_u_item_arms_[] = {
    {&odd_fn_u_item_word_enum_,
     NULL,
     0, 1u << SURREAL_STRING,
     (uint32_t)sizeof(odd_fn_u_item_word), SURREAL_MEMBER_ENUM, 0},
    {NULL,
     NULL,
     0, 1u << SURREAL_INT,
     (uint32_t)sizeof(int64_t), SURREAL_MEMBER_INT, 0}
};

static const surreal_union odd_fn_u_item_union_ = {
    "'x' | int",
    odd_fn_u_item_arms_,
    NULL,
    (uint32_t)sizeof(odd_fn_u_item),
    (uint32_t)offsetof(odd_fn_u_item, u), 2, 0
};

typedef char odd_fn_u_item_size_
    [sizeof(odd_fn_u_item_tag) == sizeof(int) ? 1 : -1];

static const surreal_items odd_fn_u_item_ = {
    &odd_fn_u_item_union_, (uint32_t)sizeof(odd_fn_u_item), 0,
    SURREAL_MEMBER_UNION, 0, 0
};

static const char *const odd_fn_lit_item_names_[] = {
    "x"
};

static const surreal_enum odd_fn_lit_item_enum_ = {
    "odd_fn_lit_item", odd_fn_lit_item_names_, NULL, 1, 0
};

typedef char odd_fn_lit_item_size_
    [sizeof(odd_fn_lit_item) == sizeof(int) ? 1 : -1];

const char *
odd_fn_lit_item_name(odd_fn_lit_item v)
{
    if ((unsigned)v - 1u >= 1u) return NULL;
    return odd_fn_lit_item_names_[(unsigned)v - 1u];
}

bool
odd_fn_lit_item_parse(surreal_str text, odd_fn_lit_item *out)
{
    int i;

    for (i = 0; i < 1; i++) {
        if (!surreal_str_eq(
                text, surreal_text(odd_fn_lit_item_names_[i]))) {
            continue;
        }
        *out = (odd_fn_lit_item)(i + 1);
        return true;
    }
    return false;
}

static const surreal_items odd_fn_lit_item_ = {
    &odd_fn_lit_item_enum_, (uint32_t)sizeof(odd_fn_lit_item), 0,
    SURREAL_MEMBER_ENUM, 0, 0
};

static const char odd_select_args_pool_[] =
    "\x63" "Out"
    "\x65" "class"
    "\x64" "null"
    "\x63" "row"
    "\x64" "set_"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const surreal_field_desc odd_select_args_fields_[] = {
    {(uint32_t)offsetof(odd_select_args, Out),
     0, 4, 3, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(odd_select_args, class_),
     4, 6, 0, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(odd_select_args, null),
     10, 5, 4, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_NULLABLE | SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(odd_select_args, row),
     15, 4, 1, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(odd_select_args, set__),
     19, 5, 2, SURREAL_NO_SUB, SURREAL_MEMBER_BOOL,
     SURREAL_FIELD_OPTION}
};

static const uint64_t odd_select_args_required_[] = {
    UINT64_C(0x13)
};

const surreal_model odd_select_args_model = {
    "select",
    odd_select_args_fields_,
    odd_select_args_pool_,
    NULL,
    odd_select_args_required_,
    (uint32_t)sizeof(odd_select_args),
    5, 1, 0, 1, 0, 0, 0, NULL
};

static const surreal_items odd_select_item_ = {
    NULL, (uint32_t)sizeof(int64_t), 0,
    SURREAL_MEMBER_INT, 0, 0
};

static const char odd_user_page_args_pool_[] =
    "\x61" "x"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const surreal_field_desc odd_user_page_args_fields_[] = {
    {(uint32_t)offsetof(odd_user_page_args, x),
     0, 2, 0, SURREAL_NO_SUB, SURREAL_MEMBER_RAW,
     SURREAL_FIELD_OPTION}
};

static const uint64_t odd_user_page_args_required_[] = {
    UINT64_C(0x0)
};

const surreal_model odd_user_page_args_model = {
    "user_page",
    odd_user_page_args_fields_,
    odd_user_page_args_pool_,
    NULL,
    odd_user_page_args_required_,
    (uint32_t)sizeof(odd_user_page_args),
    1, 1, 0, 0, 0, 0, 0, NULL
};

static const surreal_items odd_user_page_item_ = {
    &odd_user_model, (uint32_t)sizeof(odd_user), 0,
    SURREAL_MEMBER_STRUCT, 0, 0
};

static const surreal_items odd_likes_from_item_ = {
    NULL, (uint32_t)sizeof(surreal_str), 0,
    SURREAL_MEMBER_STRING, 0, 0
};

static const char *const odd_lit_item_names_[] = {
    "x"
};

static const surreal_enum odd_lit_item_enum_ = {
    "odd_lit_item", odd_lit_item_names_, NULL, 1, 0
};

typedef char odd_lit_item_size_
    [sizeof(odd_lit_item) == sizeof(int) ? 1 : -1];

const char *
odd_lit_item_name(odd_lit_item v)
{
    if ((unsigned)v - 1u >= 1u) return NULL;
    return odd_lit_item_names_[(unsigned)v - 1u];
}

bool
odd_lit_item_parse(surreal_str text, odd_lit_item *out)
{
    int i;

    for (i = 0; i < 1; i++) {
        if (!surreal_str_eq(
                text, surreal_text(odd_lit_item_names_[i]))) {
            continue;
        }
        *out = (odd_lit_item)(i + 1);
        return true;
    }
    return false;
}

static const surreal_items odd_lit_item_ = {
    &odd_lit_item_enum_, (uint32_t)sizeof(odd_lit_item), 0,
    SURREAL_MEMBER_ENUM, 0, 0
};

static const char odd_un_r1_a_pool_[] =
    "\x64" "kind"
    "\x61" "n"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const odd_un_r1_a_subs_[] = {
    "\x61" "a"
};

static const surreal_field_desc odd_un_r1_a_fields_[] = {
    {0,
     0, 5, 0, 0, SURREAL_MEMBER_CONST,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(odd_un_r1_a, n),
     5, 2, 1, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_REQUIRED}
};

static const uint64_t odd_un_r1_a_required_[] = {
    UINT64_C(0x3)
};

const surreal_model odd_un_r1_a_model = {
    "odd_un_r1_a",
    odd_un_r1_a_fields_,
    odd_un_r1_a_pool_,
    odd_un_r1_a_subs_,
    odd_un_r1_a_required_,
    (uint32_t)sizeof(odd_un_r1_a),
    2, 1, 0, 0, 0, 0, 0, NULL
};

static const char odd_un_r1_b_pool_[] =
    "\x64" "kind"
    "\x61" "s"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const odd_un_r1_b_subs_[] = {
    "\x61" "b"
};

static const surreal_field_desc odd_un_r1_b_fields_[] = {
    {0,
     0, 5, 0, 0, SURREAL_MEMBER_CONST,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(odd_un_r1_b, s),
     5, 2, 1, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_REQUIRED}
};

static const uint64_t odd_un_r1_b_required_[] = {
    UINT64_C(0x3)
};

const surreal_model odd_un_r1_b_model = {
    "odd_un_r1_b",
    odd_un_r1_b_fields_,
    odd_un_r1_b_pool_,
    odd_un_r1_b_subs_,
    odd_un_r1_b_required_,
    (uint32_t)sizeof(odd_un_r1_b),
    2, 1, 0, 0, 0, 0, 0, NULL
};

static const surreal_part odd_un_r1_arms_[] = {
    {&odd_un_r1_a_model,
     "\x61" "a",
     0, 1u << SURREAL_OBJECT,
     (uint32_t)sizeof(odd_un_r1_a), SURREAL_MEMBER_STRUCT, 0},
    {&odd_un_r1_b_model,
     "\x61" "b",
     0, 1u << SURREAL_OBJECT,
     (uint32_t)sizeof(odd_un_r1_b), SURREAL_MEMBER_STRUCT, 0}
};

static const surreal_union odd_un_r1_union_ = {
    "{ kind: 'a', n: int } | { kind: 'b', s: string }",
    odd_un_r1_arms_,
    "\x64" "kind",
    (uint32_t)sizeof(odd_un_r1),
    (uint32_t)offsetof(odd_un_r1, u), 2, 0
};

typedef char odd_un_r1_size_
    [sizeof(odd_un_r1_tag) == sizeof(int) ? 1 : -1];

static const surreal_items odd_un_r1_ = {
    &odd_un_r1_union_, (uint32_t)sizeof(odd_un_r1), 0,
    SURREAL_MEMBER_UNION, 0, 0
};

static const surreal_items odd_un_r2_items_ = {
    NULL, (uint32_t)sizeof(int64_t), 0,
    SURREAL_MEMBER_INT, 1, 0
};

static const surreal_items odd_un_r2_ = {
    &odd_un_r2_items_, (uint32_t)sizeof(odd_un_r2_items), 0,
    SURREAL_MEMBER_ARRAY, 0, 0
};

static const surreal_items odd_un_r3_ = {
    NULL, (uint32_t)sizeof(surreal_polygon), 0,
    SURREAL_MEMBER_POLYGON, 0, 0
};

static const surreal_items odd_opt_item_ = {
    NULL, (uint32_t)sizeof(surreal_raw), 0,
    SURREAL_MEMBER_RAW, 0, 0
};

/* odd.sg:9 */
static const char odd_fn_select_all_text_[] =
    "LET $c = IF $c = NONE { 5 } ELSE { $c };\012"
    "LET $d = IF $d = NONE { 'a \042quoted\042 \077\077 text' } ELSE { "
    "$d };\012"
    "RETURN fn::select::all($a, $b, $c, $d, $e)";

static const surreal_answer odd_fn_select_all_answers_[] = {
    {&odd_fn_select_all_item_,
     (uint32_t)offsetof(odd_fn_select_all_row, row),
     SURREAL_NO_FOUND,
     {2, 2}, SURREAL_SHAPE_ONE, 0}
};

const surreal_typed odd_fn_select_all_query = {
    "fn::select::all", odd_fn_select_all_text_,
    sizeof odd_fn_select_all_text_ - 1,
    &odd_fn_select_all_args_model, odd_fn_select_all_answers_, 1, 0
};

/* odd.sg:10 */
static const char odd_fn_u_text_[] =
    "RETURN fn::u($a, $b)";

static const surreal_answer odd_fn_u_answers_[] = {
    {&odd_fn_u_item_,
     (uint32_t)offsetof(odd_fn_u_row, row),
     SURREAL_NO_FOUND,
     {0, 0}, SURREAL_SHAPE_MAYBE, 0}
};

const surreal_typed odd_fn_u_query = {
    "fn::u", odd_fn_u_text_,
    sizeof odd_fn_u_text_ - 1,
    &odd_fn_u_args_model, odd_fn_u_answers_, 1, 0
};

/* odd.sg:11 */
static const char odd_fn_lit_text_[] =
    "RETURN fn::lit()";

static const surreal_answer odd_fn_lit_answers_[] = {
    {&odd_fn_lit_item_,
     0,
     SURREAL_NO_FOUND,
     {0, 0}, SURREAL_SHAPE_ONE, 0}
};

const surreal_typed odd_fn_lit_query = {
    "fn::lit", odd_fn_lit_text_,
    sizeof odd_fn_lit_text_ - 1,
    NULL, odd_fn_lit_answers_, 1, 0
};

/* odd.sg:6 */
static const char odd_select_text_[] =
    "RETURN [$class, $row, $set_, $Out, $null].len();";

static const surreal_answer odd_select_answers_[] = {
    {&odd_select_item_,
     0,
     SURREAL_NO_FOUND,
     {0, 0}, SURREAL_SHAPE_ONE, 0}
};

const surreal_typed odd_select_query = {
    "select", odd_select_text_,
    sizeof odd_select_text_ - 1,
    &odd_select_args_model, odd_select_answers_, 1, 0
};

/* odd.sg:7 */
static const char odd_user_page_text_[] =
    "SELECT * FROM user WHERE $x;";

static const surreal_answer odd_user_page_answers_[] = {
    {&odd_user_page_item_,
     (uint32_t)offsetof(odd_user_rows, v),
     SURREAL_NO_FOUND,
     {0, 0}, SURREAL_SHAPE_MANY, 1}
};

const surreal_typed odd_user_page_query = {
    "user_page", odd_user_page_text_,
    sizeof odd_user_page_text_ - 1,
    &odd_user_page_args_model, odd_user_page_answers_, 1, 0
};

/* odd.sg:8 */
static const char odd_likes_from_text_[] =
    "RETURN 'a';";

static const surreal_answer odd_likes_from_answers_[] = {
    {&odd_likes_from_item_,
     (uint32_t)offsetof(odd_likes_from_row, row),
     SURREAL_NO_FOUND,
     {0, 0}, SURREAL_SHAPE_MAYBE, 0}
};

const surreal_typed odd_likes_from_query = {
    "likes_from", odd_likes_from_text_,
    sizeof odd_likes_from_text_ - 1,
    NULL, odd_likes_from_answers_, 1, 0
};

/* odd.sg:12 */
static const char odd_lit_text_[] =
    "RETURN ['x'];";

static const surreal_answer odd_lit_answers_[] = {
    {&odd_lit_item_,
     (uint32_t)offsetof(odd_lit_rows, v),
     SURREAL_NO_FOUND,
     {0, 0}, SURREAL_SHAPE_MANY, 0}
};

const surreal_typed odd_lit_query = {
    "lit", odd_lit_text_,
    sizeof odd_lit_text_ - 1,
    NULL, odd_lit_answers_, 1, 0
};

/* odd.sg:13 */
static const char odd_un_text_[] =
    "RETURN NONE; RETURN []; RETURN NONE;";

static const surreal_answer odd_un_answers_[] = {
    {&odd_un_r1_,
     (uint32_t)offsetof(odd_un_out, r1.row),
     (uint32_t)offsetof(odd_un_out, r1.found),
     {0, 0}, SURREAL_SHAPE_MAYBE, 0},
    {&odd_un_r2_,
     (uint32_t)offsetof(odd_un_out, r2.v),
     SURREAL_NO_FOUND,
     {1, 1}, SURREAL_SHAPE_MANY, 0},
    {&odd_un_r3_,
     (uint32_t)offsetof(odd_un_out, r3),
     SURREAL_NO_FOUND,
     {2, 2}, SURREAL_SHAPE_ONE, 0}
};

const surreal_typed odd_un_query = {
    "un", odd_un_text_,
    sizeof odd_un_text_ - 1,
    NULL, odd_un_answers_, 3, 0
};

/* odd.sg:14 */
static const char odd_opt_text_[] =
    "RETURN [1, NONE];";

static const surreal_answer odd_opt_answers_[] = {
    {&odd_opt_item_,
     (uint32_t)offsetof(odd_opt_rows, v),
     SURREAL_NO_FOUND,
     {0, 0}, SURREAL_SHAPE_MANY, 0}
};

const surreal_typed odd_opt_query = {
    "opt", odd_opt_text_,
    sizeof odd_opt_text_ - 1,
    NULL, odd_opt_answers_, 1, 0
};

/* odd.sg:15 */
static const char odd_long_text_[] =
    "CREATE user SET name = 'a very long text that goes on and on \077\077"
    "= \077\077 \134\134 and has \042quotes\042 in it, so that lines mu"
    "st be broken somewhere inside';";

static const surreal_answer odd_long_answers_[] = {
    {NULL, 0, SURREAL_NO_FOUND, {0, 0}, SURREAL_SHAPE_NONE, 0}
};

const surreal_typed odd_long_query = {
    "long", odd_long_text_,
    sizeof odd_long_text_ - 1,
    NULL, odd_long_answers_, 1, 0
};

const surreal_schema odd_schema = {
    "odd",
    "1:d06c937c5c393421148085c96d2bc6a5"
};
