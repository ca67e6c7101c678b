/* shop.c: written by surrealgen from queries.sg; do not edit. */
#include "shop.h"

static const char shop_place_pool_[] =
    "\x66" "street"
    "\x63" "zip"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const surreal_field_desc shop_place_fields_[] = {
    {(uint32_t)offsetof(shop_place, street),
     0, 7, 0, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(shop_place, zip),
     7, 4, 1, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_OPTION}
};

static const uint64_t shop_place_required_[] = {
    UINT64_C(0x1)
};

const surreal_model shop_place_model = {
    "place",
    shop_place_fields_,
    shop_place_pool_,
    NULL,
    shop_place_required_,
    (uint32_t)sizeof(shop_place),
    2, 1, 0, 0, 0, 0, 0, NULL
};

static const char shop_user_pool_[] =
    "\x65" "email"
    "\x64" "home"
    "\x62" "id"
    "\x65" "level"
    "\x64" "name"
    "\x68" "password"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const shop_user_subs_[] = {
    &shop_place_model,
    "\x64" "user"
};

static const surreal_field_desc shop_user_fields_[] = {
    {(uint32_t)offsetof(shop_user, email),
     0, 6, 1, 100, SURREAL_MEMBER_CHARS,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(shop_user, home),
     6, 5, 5, 0, SURREAL_MEMBER_STRUCT,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(shop_user, id),
     11, 3, 0, 1, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_KEY},
    {(uint32_t)offsetof(shop_user, level),
     14, 6, 4, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     0},
    {(uint32_t)offsetof(shop_user, name),
     20, 5, 3, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(shop_user, password),
     25, 9, 2, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_SECRET | SURREAL_FIELD_UNREAD | SURREAL_FIELD_REQUIRED}
};

static const uint64_t shop_user_required_[] = {
    UINT64_C(0xa)
};

const surreal_model shop_user_model = {
    "user",
    shop_user_fields_,
    shop_user_pool_,
    shop_user_subs_,
    shop_user_required_,
    (uint32_t)sizeof(shop_user),
    6, 1, 1, 0, 0, SURREAL_MODEL_SECRET, 0, NULL
};

static const char *const shop_state_names_[] = {
    "draft",
    "placed",
    "paid in full"
};

static const surreal_enum shop_state_enum_ = {
    "shop_state", shop_state_names_, NULL, 3, 0
};

typedef char shop_state_size_
    [sizeof(shop_state) == sizeof(int) ? 1 : -1];

const char *
shop_state_name(shop_state v)
{
    if ((unsigned)v - 1u >= 3u) return NULL;
    return shop_state_names_[(unsigned)v - 1u];
}

bool
shop_state_parse(surreal_str text, shop_state *out)
{
    int i;

    for (i = 0; i < 3; i++) {
        if (!surreal_str_eq(
                text, surreal_text(shop_state_names_[i]))) {
            continue;
        }
        *out = (shop_state)(i + 1);
        return true;
    }
    return false;
}

static const char shop_order_pool_[] =
    "\x65" "buyer"
    "\x62" "id"
    "\x64" "note"
    "\x65" "state"
    "\x65" "total"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const shop_order_subs_[] = {
    "\x64" "user",
    "\x66" "orders",
    &shop_state_enum_
};

static const surreal_field_desc shop_order_fields_[] = {
    {(uint32_t)offsetof(shop_order, buyer),
     0, 6, 1, 0, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(shop_order, id),
     6, 3, 0, 1, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_KEY},
    {(uint32_t)offsetof(shop_order, note),
     9, 5, 4, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_NULLABLE},
    {(uint32_t)offsetof(shop_order, state),
     14, 6, 2, 2, SURREAL_MEMBER_ENUM,
     0},
    {(uint32_t)offsetof(shop_order, total),
     20, 6, 3, SURREAL_NO_SUB, SURREAL_MEMBER_DECIMAL,
     0}
};

static const uint64_t shop_order_required_[] = {
    UINT64_C(0x2)
};

const surreal_model shop_order_model = {
    "orders",
    shop_order_fields_,
    shop_order_pool_,
    shop_order_subs_,
    shop_order_required_,
    (uint32_t)sizeof(shop_order),
    5, 1, 1, 2, 3, 0, 0, NULL
};

static const char shop_product_pool_[] =
    "\x62" "id"
    "\x64" "rank"
    "\x65" "title"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const shop_product_subs_[] = {
    "\x67" "product"
};

static const surreal_field_desc shop_product_fields_[] = {
    {(uint32_t)offsetof(shop_product, id),
     0, 3, 0, 0, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_KEY},
    {(uint32_t)offsetof(shop_product, rank),
     3, 5, 2, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(shop_product, title),
     8, 6, 1, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_REQUIRED}
};

static const uint64_t shop_product_required_[] = {
    UINT64_C(0x2)
};

const surreal_model shop_product_model = {
    "product",
    shop_product_fields_,
    shop_product_pool_,
    shop_product_subs_,
    shop_product_required_,
    (uint32_t)sizeof(shop_product),
    3, 1, 1, 0, 0, 0, 0, NULL
};

static const char shop_likes_pool_[] =
    "\x62" "id"
    "\x62" "in"
    "\x63" "out"
    "\x65" "stars"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const shop_likes_subs_[] = {
    "\x65" "likes",
    "\x64" "user",
    "\x67" "product"
};

static const surreal_field_desc shop_likes_fields_[] = {
    {(uint32_t)offsetof(shop_likes, id),
     0, 3, 0, 0, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_KEY},
    {(uint32_t)offsetof(shop_likes, in),
     3, 3, 1, 1, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_SERVER | SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(shop_likes, out),
     6, 4, 2, 2, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_SERVER | SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(shop_likes, stars),
     10, 6, 3, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     0}
};

static const uint64_t shop_likes_required_[] = {
    UINT64_C(0x6)
};

const surreal_model shop_likes_model = {
    "likes",
    shop_likes_fields_,
    shop_likes_pool_,
    shop_likes_subs_,
    shop_likes_required_,
    (uint32_t)sizeof(shop_likes),
    4, 1, 1, 0, 0, 0, 0, NULL
};

static const char shop_touches_pool_[] =
    "\x62" "id"
    "\x62" "in"
    "\x63" "out"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const shop_touches_subs_[] = {
    "\x67" "touches",
    "\x64" "user"
};

static const surreal_field_desc shop_touches_fields_[] = {
    {(uint32_t)offsetof(shop_touches, id),
     0, 3, 0, 0, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_KEY},
    {(uint32_t)offsetof(shop_touches, in),
     3, 3, 1, 1, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_SERVER | SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(shop_touches, out),
     6, 4, 2, SURREAL_NO_SUB, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_SERVER | SURREAL_FIELD_REQUIRED}
};

static const uint64_t shop_touches_required_[] = {
    UINT64_C(0x6)
};

const surreal_model shop_touches_model = {
    "touches",
    shop_touches_fields_,
    shop_touches_pool_,
    shop_touches_subs_,
    shop_touches_required_,
    (uint32_t)sizeof(shop_touches),
    3, 1, 1, 0, 0, 0, 0, NULL
};

static const char shop_fn_order_total_args_pool_[] =
    "\x61" "o"
    "\x63" "vat"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const shop_fn_order_total_args_subs_[] = {
    "\x66" "orders"
};

static const surreal_field_desc shop_fn_order_total_args_fields_[] = {
    {(uint32_t)offsetof(shop_fn_order_total_args, o),
     0, 2, 0, 0, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(shop_fn_order_total_args, vat),
     2, 4, 1, SURREAL_NO_SUB, SURREAL_MEMBER_DECIMAL,
     SURREAL_FIELD_OPTION}
};

static const uint64_t shop_fn_order_total_args_required_[] = {
    UINT64_C(0x1)
};

const surreal_model shop_fn_order_total_args_model = {
    "fn::order::total",
    shop_fn_order_total_args_fields_,
    shop_fn_order_total_args_pool_,
    shop_fn_order_total_args_subs_,
    shop_fn_order_total_args_required_,
    (uint32_t)sizeof(shop_fn_order_total_args),
    2, 1, 0, 0, 0, 0, 0, NULL
};

static const surreal_items shop_fn_order_total_item_ = {
    NULL, (uint32_t)sizeof(surreal_decimal), 0,
    SURREAL_MEMBER_DECIMAL, 0, 0
};

static const char shop_fn_untyped_args_pool_[] =
    "\x61" "v"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const surreal_field_desc shop_fn_untyped_args_fields_[] = {
    {(uint32_t)offsetof(shop_fn_untyped_args, v),
     0, 2, 0, SURREAL_NO_SUB, SURREAL_MEMBER_RAW,
     SURREAL_FIELD_OPTION}
};

static const uint64_t shop_fn_untyped_args_required_[] = {
    UINT64_C(0x0)
};

const surreal_model shop_fn_untyped_args_model = {
    "fn::untyped",
    shop_fn_untyped_args_fields_,
    shop_fn_untyped_args_pool_,
    NULL,
    shop_fn_untyped_args_required_,
    (uint32_t)sizeof(shop_fn_untyped_args),
    1, 1, 0, 0, 0, 0, 0, NULL
};

static const surreal_items shop_fn_untyped_item_ = {
    NULL, (uint32_t)sizeof(surreal_raw), 0,
    SURREAL_MEMBER_RAW, 0, 0
};

static const char shop_fn_evens_args_pool_[] =
    "\x65" "below"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const surreal_field_desc shop_fn_evens_args_fields_[] = {
    {(uint32_t)offsetof(shop_fn_evens_args, below),
     0, 6, 0, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_OPTION}
};

static const uint64_t shop_fn_evens_args_required_[] = {
    UINT64_C(0x0)
};

const surreal_model shop_fn_evens_args_model = {
    "fn::evens",
    shop_fn_evens_args_fields_,
    shop_fn_evens_args_pool_,
    NULL,
    shop_fn_evens_args_required_,
    (uint32_t)sizeof(shop_fn_evens_args),
    1, 1, 0, 0, 0, 0, 0, NULL
};

static const surreal_items shop_fn_evens_item_ = {
    NULL, (uint32_t)sizeof(int64_t), 0,
    SURREAL_MEMBER_INT, 0, 0
};

static const surreal_items shop_fn_first_user_item_ = {
    "\x64" "user", (uint32_t)sizeof(shop_user_id), 0,
    SURREAL_MEMBER_RECORD, 0, 0
};

static const char shop_account_signup_args_pool_[] =
    "\x65" "email"
    "\x64" "name"
    "\x68" "password"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const surreal_field_desc shop_account_signup_args_fields_[] = {
    {(uint32_t)offsetof(shop_account_signup_args, email),
     0, 6, 0, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(shop_account_signup_args, name),
     6, 5, 2, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(shop_account_signup_args, password),
     11, 9, 1, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_REQUIRED}
};

static const uint64_t shop_account_signup_args_required_[] = {
    UINT64_C(0x7)
};

const surreal_model shop_account_signup_args_model = {
    "account",
    shop_account_signup_args_fields_,
    shop_account_signup_args_pool_,
    NULL,
    shop_account_signup_args_required_,
    (uint32_t)sizeof(shop_account_signup_args),
    3, 1, 0, 0, 0, 0, 0, NULL
};

static const char shop_account_signin_args_pool_[] =
    "\x65" "email"
    "\x68" "password"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const surreal_field_desc shop_account_signin_args_fields_[] = {
    {(uint32_t)offsetof(shop_account_signin_args, email),
     0, 6, 0, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(shop_account_signin_args, password),
     6, 9, 1, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_REQUIRED}
};

static const uint64_t shop_account_signin_args_required_[] = {
    UINT64_C(0x3)
};

const surreal_model shop_account_signin_args_model = {
    "account",
    shop_account_signin_args_fields_,
    shop_account_signin_args_pool_,
    NULL,
    shop_account_signin_args_required_,
    (uint32_t)sizeof(shop_account_signin_args),
    2, 1, 0, 0, 0, 0, 0, NULL
};

static const char shop_old_signin_args_pool_[] =
    "\x65" "email"
    "\x65" "level"
    "\x63" "pin"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const surreal_field_desc shop_old_signin_args_fields_[] = {
    {(uint32_t)offsetof(shop_old_signin_args, email),
     0, 6, 0, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(shop_old_signin_args, level),
     6, 6, 1, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(shop_old_signin_args, pin),
     12, 4, 2, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_REQUIRED}
};

static const uint64_t shop_old_signin_args_required_[] = {
    UINT64_C(0x7)
};

const surreal_model shop_old_signin_args_model = {
    "old",
    shop_old_signin_args_fields_,
    shop_old_signin_args_pool_,
    NULL,
    shop_old_signin_args_required_,
    (uint32_t)sizeof(shop_old_signin_args),
    3, 1, 0, 0, 0, 0, 0, NULL
};

static const char shop_orders_of_args_pool_[] =
    "\x65" "buyer"
    "\x65" "limit"
    "\x65" "state"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const shop_orders_of_args_subs_[] = {
    "\x64" "user",
    &shop_state_enum_
};

static const surreal_field_desc shop_orders_of_args_fields_[] = {
    {(uint32_t)offsetof(shop_orders_of_args, buyer),
     0, 6, 0, 0, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(shop_orders_of_args, limit),
     6, 6, 2, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(shop_orders_of_args, state),
     12, 6, 1, 1, SURREAL_MEMBER_ENUM,
     SURREAL_FIELD_OPTION}
};

static const uint64_t shop_orders_of_args_required_[] = {
    UINT64_C(0x1)
};

const surreal_model shop_orders_of_args_model = {
    "orders_of",
    shop_orders_of_args_fields_,
    shop_orders_of_args_pool_,
    shop_orders_of_args_subs_,
    shop_orders_of_args_required_,
    (uint32_t)sizeof(shop_orders_of_args),
    3, 1, 0, 0, 1, 0, 0, NULL
};

static const char shop_orders_of_item_pool_[] =
    "\x62" "id"
    "\x64" "note"
    "\x65" "state"
    "\x65" "total"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const shop_orders_of_item_subs_[] = {
    "\x66" "orders",
    &shop_state_enum_
};

static const surreal_field_desc shop_orders_of_item_fields_[] = {
    {(uint32_t)offsetof(shop_orders_of_item, id),
     0, 3, 0, 0, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(shop_orders_of_item, note),
     3, 5, 3, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_NULLABLE | SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(shop_orders_of_item, state),
     8, 6, 1, 1, SURREAL_MEMBER_ENUM,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(shop_orders_of_item, total),
     14, 6, 2, SURREAL_NO_SUB, SURREAL_MEMBER_DECIMAL,
     SURREAL_FIELD_REQUIRED}
};

static const uint64_t shop_orders_of_item_required_[] = {
    UINT64_C(0xf)
};

const surreal_model shop_orders_of_item_model = {
    "shop_orders_of_item",
    shop_orders_of_item_fields_,
    shop_orders_of_item_pool_,
    shop_orders_of_item_subs_,
    shop_orders_of_item_required_,
    (uint32_t)sizeof(shop_orders_of_item),
    4, 1, 0, 1, 2, 0, 0, NULL
};

static const surreal_items shop_orders_of_item_ = {
    &shop_orders_of_item_model, (uint32_t)sizeof(shop_orders_of_item), 0,
    SURREAL_MEMBER_STRUCT, 0, 0
};

static const char shop_user_by_email_args_pool_[] =
    "\x65" "email"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const surreal_field_desc shop_user_by_email_args_fields_[] = {
    {(uint32_t)offsetof(shop_user_by_email_args, email),
     0, 6, 0, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_REQUIRED}
};

static const uint64_t shop_user_by_email_args_required_[] = {
    UINT64_C(0x1)
};

const surreal_model shop_user_by_email_args_model = {
    "user_by_email",
    shop_user_by_email_args_fields_,
    shop_user_by_email_args_pool_,
    NULL,
    shop_user_by_email_args_required_,
    (uint32_t)sizeof(shop_user_by_email_args),
    1, 1, 0, 0, 0, 0, 0, NULL
};

static const surreal_items shop_user_by_email_item_ = {
    &shop_user_model, (uint32_t)sizeof(shop_user), 0,
    SURREAL_MEMBER_STRUCT, 0, 0
};

static const char shop_names_item_pool_[] =
    "\x64" "name"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const surreal_field_desc shop_names_item_fields_[] = {
    {(uint32_t)offsetof(shop_names_item, name),
     0, 5, 0, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_REQUIRED}
};

static const uint64_t shop_names_item_required_[] = {
    UINT64_C(0x1)
};

const surreal_model shop_names_item_model = {
    "shop_names_item",
    shop_names_item_fields_,
    shop_names_item_pool_,
    NULL,
    shop_names_item_required_,
    (uint32_t)sizeof(shop_names_item),
    1, 1, 0, 0, 0, 0, 0, NULL
};

static const surreal_items shop_names_item_ = {
    &shop_names_item_model, (uint32_t)sizeof(shop_names_item), 0,
    SURREAL_MEMBER_STRUCT, 0, 0
};

static const surreal_items shop_count_users_item_ = {
    NULL, (uint32_t)sizeof(int64_t), 0,
    SURREAL_MEMBER_INT, 0, 0
};

static const char shop_user_names_args_pool_[] =
    "\x63" "big"
    "\x64" "from"
    "\x64" "rate"
    "\x65" "since"
    "\x65" "state"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const shop_user_names_args_subs_[] = {
    &shop_state_enum_
};

static const surreal_field_desc shop_user_names_args_fields_[] = {
    {(uint32_t)offsetof(shop_user_names_args, big),
     0, 4, 1, SURREAL_NO_SUB, SURREAL_MEMBER_BOOL,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(shop_user_names_args, from),
     4, 5, 0, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(shop_user_names_args, rate),
     9, 5, 2, SURREAL_NO_SUB, SURREAL_MEMBER_FLOAT,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(shop_user_names_args, since),
     14, 6, 3, SURREAL_NO_SUB, SURREAL_MEMBER_DATETIME,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(shop_user_names_args, state),
     20, 6, 4, 0, SURREAL_MEMBER_ENUM,
     SURREAL_FIELD_OPTION}
};

static const uint64_t shop_user_names_args_required_[] = {
    UINT64_C(0x0)
};

const surreal_model shop_user_names_args_model = {
    "user_names",
    shop_user_names_args_fields_,
    shop_user_names_args_pool_,
    shop_user_names_args_subs_,
    shop_user_names_args_required_,
    (uint32_t)sizeof(shop_user_names_args),
    5, 1, 0, 0, 1, 0, 0, NULL
};

static const surreal_items shop_user_names_item_ = {
    NULL, (uint32_t)sizeof(surreal_str), 0,
    SURREAL_MEMBER_STRING, 0, 0
};

static const char shop_pay_args_pool_[] =
    "\x61" "o"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const shop_pay_args_subs_[] = {
    "\x66" "orders"
};

static const surreal_field_desc shop_pay_args_fields_[] = {
    {(uint32_t)offsetof(shop_pay_args, o),
     0, 2, 0, 0, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_REQUIRED}
};

static const uint64_t shop_pay_args_required_[] = {
    UINT64_C(0x1)
};

const surreal_model shop_pay_args_model = {
    "pay",
    shop_pay_args_fields_,
    shop_pay_args_pool_,
    shop_pay_args_subs_,
    shop_pay_args_required_,
    (uint32_t)sizeof(shop_pay_args),
    1, 1, 0, 0, 0, 0, 0, NULL
};

static const surreal_items shop_pay_item_ = {
    &shop_order_model, (uint32_t)sizeof(shop_order), 0,
    SURREAL_MEMBER_STRUCT, 0, 0
};

static const char shop_touch_args_pool_[] =
    "\x62" "id"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const shop_touch_args_subs_[] = {
    "\x64" "user"
};

static const surreal_field_desc shop_touch_args_fields_[] = {
    {(uint32_t)offsetof(shop_touch_args, id),
     0, 3, 0, 0, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_REQUIRED}
};

static const uint64_t shop_touch_args_required_[] = {
    UINT64_C(0x1)
};

const surreal_model shop_touch_args_model = {
    "touch",
    shop_touch_args_fields_,
    shop_touch_args_pool_,
    shop_touch_args_subs_,
    shop_touch_args_required_,
    (uint32_t)sizeof(shop_touch_args),
    1, 1, 0, 0, 0, 0, 0, NULL
};

static const char shop_dump_args_pool_[] =
    "\x64" "from"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const surreal_field_desc shop_dump_args_fields_[] = {
    {(uint32_t)offsetof(shop_dump_args, from),
     0, 5, 0, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_OPTION}
};

static const uint64_t shop_dump_args_required_[] = {
    UINT64_C(0x0)
};

const surreal_model shop_dump_args_model = {
    "dump",
    shop_dump_args_fields_,
    shop_dump_args_pool_,
    NULL,
    shop_dump_args_required_,
    (uint32_t)sizeof(shop_dump_args),
    1, 1, 0, 0, 0, 0, 0, NULL
};

static const surreal_items shop_dump_item_ = {
    &shop_product_model, (uint32_t)sizeof(shop_product), 0,
    SURREAL_MEMBER_STRUCT, 0, 0
};

static const surreal_items shop_feed_item_ = {
    &shop_order_model, (uint32_t)sizeof(shop_order), 0,
    SURREAL_MEMBER_STRUCT, 0, 0
};

static const char shop_rich_feed_args_pool_[] =
    "\x63" "min"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const surreal_field_desc shop_rich_feed_args_fields_[] = {
    {(uint32_t)offsetof(shop_rich_feed_args, min),
     0, 4, 0, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_REQUIRED}
};

static const uint64_t shop_rich_feed_args_required_[] = {
    UINT64_C(0x1)
};

const surreal_model shop_rich_feed_args_model = {
    "rich_feed",
    shop_rich_feed_args_fields_,
    shop_rich_feed_args_pool_,
    NULL,
    shop_rich_feed_args_required_,
    (uint32_t)sizeof(shop_rich_feed_args),
    1, 1, 0, 0, 0, 0, 0, NULL
};

static const char shop_rich_feed_item_pool_[] =
    "\x62" "id"
    "\x65" "level"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const shop_rich_feed_item_subs_[] = {
    "\x64" "user"
};

static const surreal_field_desc shop_rich_feed_item_fields_[] = {
    {(uint32_t)offsetof(shop_rich_feed_item, id),
     0, 3, 0, 0, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(shop_rich_feed_item, level),
     3, 6, 1, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_REQUIRED}
};

static const uint64_t shop_rich_feed_item_required_[] = {
    UINT64_C(0x3)
};

const surreal_model shop_rich_feed_item_model = {
    "shop_rich_feed_item",
    shop_rich_feed_item_fields_,
    shop_rich_feed_item_pool_,
    shop_rich_feed_item_subs_,
    shop_rich_feed_item_required_,
    (uint32_t)sizeof(shop_rich_feed_item),
    2, 1, 0, 0, 0, 0, 0, NULL
};

static const surreal_items shop_rich_feed_item_ = {
    &shop_rich_feed_item_model, (uint32_t)sizeof(shop_rich_feed_item), 0,
    SURREAL_MEMBER_STRUCT, 0, 0
};

static const char shop_dash_args_pool_[] =
    "\x61" "u"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const shop_dash_args_subs_[] = {
    "\x64" "user"
};

static const surreal_field_desc shop_dash_args_fields_[] = {
    {(uint32_t)offsetof(shop_dash_args, u),
     0, 2, 0, 0, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_REQUIRED}
};

static const uint64_t shop_dash_args_required_[] = {
    UINT64_C(0x1)
};

const surreal_model shop_dash_args_model = {
    "dash",
    shop_dash_args_fields_,
    shop_dash_args_pool_,
    shop_dash_args_subs_,
    shop_dash_args_required_,
    (uint32_t)sizeof(shop_dash_args),
    1, 1, 0, 0, 0, 0, 0, NULL
};

static const surreal_items shop_dash_r1_ = {
    &shop_user_model, (uint32_t)sizeof(shop_user), 0,
    SURREAL_MEMBER_STRUCT, 0, 0
};

static const surreal_items shop_dash_r3_ = {
    &shop_order_model, (uint32_t)sizeof(shop_order), 0,
    SURREAL_MEMBER_STRUCT, 0, 0
};

static const surreal_items shop_dash_r4_ = {
    NULL, (uint32_t)sizeof(int64_t), 0,
    SURREAL_MEMBER_INT, 0, 0
};

static const surreal_items shop_raw_rows_item_ = {
    NULL, (uint32_t)sizeof(surreal_raw), 0,
    SURREAL_MEMBER_RAW, 0, 0
};

static const surreal_items shop_grid_item_items_ = {
    NULL, (uint32_t)sizeof(int64_t), 0,
    SURREAL_MEMBER_INT, 0, 0
};

static const surreal_items shop_grid_item_ = {
    &shop_grid_item_items_, (uint32_t)sizeof(shop_grid_item_items), 0,
    SURREAL_MEMBER_ARRAY, 0, 0
};

static const char shop_where_is_args_pool_[] =
    "\x61" "u"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const shop_where_is_args_subs_[] = {
    "\x64" "user"
};

static const surreal_field_desc shop_where_is_args_fields_[] = {
    {(uint32_t)offsetof(shop_where_is_args, u),
     0, 2, 0, 0, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_REQUIRED}
};

static const uint64_t shop_where_is_args_required_[] = {
    UINT64_C(0x1)
};

const surreal_model shop_where_is_args_model = {
    "where_is",
    shop_where_is_args_fields_,
    shop_where_is_args_pool_,
    shop_where_is_args_subs_,
    shop_where_is_args_required_,
    (uint32_t)sizeof(shop_where_is_args),
    1, 1, 0, 0, 0, 0, 0, NULL
};

static const surreal_items shop_where_is_item_ = {
    &shop_place_model, (uint32_t)sizeof(shop_place), 0,
    SURREAL_MEMBER_STRUCT, 0, 0
};

static const char shop_bump_args_pool_[] =
    "\x62" "id"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const shop_bump_args_subs_[] = {
    "\x64" "user"
};

static const surreal_field_desc shop_bump_args_fields_[] = {
    {(uint32_t)offsetof(shop_bump_args, id),
     0, 3, 0, 0, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_REQUIRED}
};

static const uint64_t shop_bump_args_required_[] = {
    UINT64_C(0x1)
};

const surreal_model shop_bump_args_model = {
    "bump",
    shop_bump_args_fields_,
    shop_bump_args_pool_,
    shop_bump_args_subs_,
    shop_bump_args_required_,
    (uint32_t)sizeof(shop_bump_args),
    1, 1, 0, 0, 0, 0, 0, NULL
};

static const surreal_items shop_bump_item_ = {
    NULL, (uint32_t)sizeof(int64_t), 0,
    SURREAL_MEMBER_INT, 0, 0
};

static const char shop_bump_once_args_pool_[] =
    "\x62" "id"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const shop_bump_once_args_subs_[] = {
    "\x64" "user"
};

static const surreal_field_desc shop_bump_once_args_fields_[] = {
    {(uint32_t)offsetof(shop_bump_once_args, id),
     0, 3, 0, 0, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_REQUIRED}
};

static const uint64_t shop_bump_once_args_required_[] = {
    UINT64_C(0x1)
};

const surreal_model shop_bump_once_args_model = {
    "bump_once",
    shop_bump_once_args_fields_,
    shop_bump_once_args_pool_,
    shop_bump_once_args_subs_,
    shop_bump_once_args_required_,
    (uint32_t)sizeof(shop_bump_once_args),
    1, 1, 0, 0, 0, 0, 0, NULL
};

static const surreal_items shop_bump_once_item_ = {
    NULL, (uint32_t)sizeof(int64_t), 0,
    SURREAL_MEMBER_INT, 0, 0
};

static const surreal_items shop_one_user_item_ = {
    &shop_user_model, (uint32_t)sizeof(shop_user), 0,
    SURREAL_MEMBER_STRUCT, 0, 0
};

static const surreal_items shop_echo_tags_items_ = {
    NULL, (uint32_t)sizeof(surreal_str), 0,
    SURREAL_MEMBER_STRING, 0, 0
};

static const char shop_echo_args_pool_[] =
    "\x63" "any"
    "\x64" "home"
    "\x65" "maybe"
    "\x64" "null"
    "\x65" "state"
    "\x64" "tags"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const shop_echo_args_subs_[] = {
    &shop_place_model,
    &shop_state_enum_,
    &shop_echo_tags_items_
};

static const surreal_field_desc shop_echo_args_fields_[] = {
    {(uint32_t)offsetof(shop_echo_args, any),
     0, 4, 3, SURREAL_NO_SUB, SURREAL_MEMBER_RAW,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(shop_echo_args, home),
     4, 5, 0, 0, SURREAL_MEMBER_STRUCT,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(shop_echo_args, maybe),
     9, 6, 4, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(shop_echo_args, null),
     15, 5, 5, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_NULLABLE | SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(shop_echo_args, state),
     20, 6, 2, 1, SURREAL_MEMBER_ENUM,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(shop_echo_args, tags),
     26, 5, 1, 2, SURREAL_MEMBER_ARRAY,
     SURREAL_FIELD_REQUIRED}
};

static const uint64_t shop_echo_args_required_[] = {
    UINT64_C(0x27)
};

const surreal_model shop_echo_args_model = {
    "echo",
    shop_echo_args_fields_,
    shop_echo_args_pool_,
    shop_echo_args_subs_,
    shop_echo_args_required_,
    (uint32_t)sizeof(shop_echo_args),
    6, 1, 0, 1, 2, 0, 0, NULL
};

static const surreal_items shop_echo_item_tags_items_ = {
    NULL, (uint32_t)sizeof(surreal_str), 0,
    SURREAL_MEMBER_STRING, 0, 0
};

static const char shop_echo_item_pool_[] =
    "\x63" "any"
    "\x64" "home"
    "\x65" "maybe"
    "\x64" "null"
    "\x65" "state"
    "\x64" "tags"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const shop_echo_item_subs_[] = {
    &shop_place_model,
    &shop_state_enum_,
    &shop_echo_item_tags_items_
};

static const surreal_field_desc shop_echo_item_fields_[] = {
    {(uint32_t)offsetof(shop_echo_item, any),
     0, 4, 3, SURREAL_NO_SUB, SURREAL_MEMBER_RAW,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(shop_echo_item, home),
     4, 5, 0, 0, SURREAL_MEMBER_STRUCT,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(shop_echo_item, maybe),
     9, 6, 4, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(shop_echo_item, null),
     15, 5, 5, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_NULLABLE | SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(shop_echo_item, state),
     20, 6, 2, 1, SURREAL_MEMBER_ENUM,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(shop_echo_item, tags),
     26, 5, 1, 2, SURREAL_MEMBER_ARRAY,
     SURREAL_FIELD_REQUIRED}
};

static const uint64_t shop_echo_item_required_[] = {
    UINT64_C(0x27)
};

const surreal_model shop_echo_item_model = {
    "shop_echo_item",
    shop_echo_item_fields_,
    shop_echo_item_pool_,
    shop_echo_item_subs_,
    shop_echo_item_required_,
    (uint32_t)sizeof(shop_echo_item),
    6, 1, 0, 1, 2, 0, 0, NULL
};

static const surreal_items shop_echo_item_ = {
    &shop_echo_item_model, (uint32_t)sizeof(shop_echo_item), 0,
    SURREAL_MEMBER_STRUCT, 0, 0
};

/* queries.sg:41 */
static const char shop_fn_order_total_text_[] =
    "LET $vat = IF $vat = NONE { 0.081dec } ELSE { $vat };\012"
    "RETURN fn::order::total($o, $vat)";

static const surreal_answer shop_fn_order_total_answers_[] = {
    {&shop_fn_order_total_item_,
     (uint32_t)offsetof(shop_fn_order_total_row, row),
     SURREAL_NO_FOUND,
     {1, 1}, SURREAL_SHAPE_ONE, 0}
};

const surreal_typed shop_fn_order_total_query = {
    "fn::order::total", shop_fn_order_total_text_,
    sizeof shop_fn_order_total_text_ - 1,
    &shop_fn_order_total_args_model, shop_fn_order_total_answers_, 1, 0
};

/* queries.sg:45 */
static const char shop_fn_untyped_text_[] =
    "RETURN fn::untyped($v)";

static const surreal_answer shop_fn_untyped_answers_[] = {
    {&shop_fn_untyped_item_,
     (uint32_t)offsetof(shop_fn_untyped_row, row),
     SURREAL_NO_FOUND,
     {0, 0}, SURREAL_SHAPE_ONE, 0}
};

const surreal_typed shop_fn_untyped_query = {
    "fn::untyped", shop_fn_untyped_text_,
    sizeof shop_fn_untyped_text_ - 1,
    &shop_fn_untyped_args_model, shop_fn_untyped_answers_, 1, 0
};

/* queries.sg:49 */
static const char shop_fn_evens_text_[] =
    "RETURN fn::evens($below)";

static const surreal_answer shop_fn_evens_answers_[] = {
    {&shop_fn_evens_item_,
     (uint32_t)offsetof(shop_fn_evens_rows, v),
     SURREAL_NO_FOUND,
     {0, 0}, SURREAL_SHAPE_MANY, 0}
};

const surreal_typed shop_fn_evens_query = {
    "fn::evens", shop_fn_evens_text_,
    sizeof shop_fn_evens_text_ - 1,
    &shop_fn_evens_args_model, shop_fn_evens_answers_, 1, 0
};

/* queries.sg:53 */
static const char shop_fn_first_user_text_[] =
    "RETURN fn::first_user()";

static const surreal_answer shop_fn_first_user_answers_[] = {
    {&shop_fn_first_user_item_,
     (uint32_t)offsetof(shop_fn_first_user_row, row),
     SURREAL_NO_FOUND,
     {0, 0}, SURREAL_SHAPE_MAYBE, 0}
};

const surreal_typed shop_fn_first_user_query = {
    "fn::first_user", shop_fn_first_user_text_,
    sizeof shop_fn_first_user_text_ - 1,
    NULL, shop_fn_first_user_answers_, 1, 0
};

/* queries.sg:69 */
static const char shop_orders_of_text_[] =
    "SELECT id, state, total, note FROM orders\012"
    "  WHERE buyer = $buyer AND ($state = NONE OR state = $state)\012"
    "  ORDER BY id DESC LIMIT $limit;";

static const surreal_answer shop_orders_of_answers_[] = {
    {&shop_orders_of_item_,
     (uint32_t)offsetof(shop_orders_of_rows, v),
     SURREAL_NO_FOUND,
     {0, 0}, SURREAL_SHAPE_MANY, 0}
};

const surreal_typed shop_orders_of_query = {
    "orders_of", shop_orders_of_text_,
    sizeof shop_orders_of_text_ - 1,
    &shop_orders_of_args_model, shop_orders_of_answers_, 1, 0
};

/* queries.sg:77 */
static const char shop_user_by_email_text_[] =
    "SELECT * FROM user WHERE email = $email;";

static const surreal_answer shop_user_by_email_answers_[] = {
    {&shop_user_by_email_item_,
     (uint32_t)offsetof(shop_user_row, row),
     SURREAL_NO_FOUND,
     {0, 0}, SURREAL_SHAPE_MAYBE, 1}
};

const surreal_typed shop_user_by_email_query = {
    "user_by_email", shop_user_by_email_text_,
    sizeof shop_user_by_email_text_ - 1,
    &shop_user_by_email_args_model, shop_user_by_email_answers_, 1, 0
};

/* queries.sg:81 */
static const char shop_names_text_[] =
    "SELECT name FROM user ORDER BY name;";

static const surreal_answer shop_names_answers_[] = {
    {&shop_names_item_,
     (uint32_t)offsetof(shop_names_rows, v),
     SURREAL_NO_FOUND,
     {0, 0}, SURREAL_SHAPE_MANY, 0}
};

const surreal_typed shop_names_query = {
    "names", shop_names_text_,
    sizeof shop_names_text_ - 1,
    NULL, shop_names_answers_, 1, 0
};

/* queries.sg:85 */
static const char shop_count_users_text_[] =
    "RETURN count(SELECT id FROM user);";

static const surreal_answer shop_count_users_answers_[] = {
    {&shop_count_users_item_,
     0,
     SURREAL_NO_FOUND,
     {0, 0}, SURREAL_SHAPE_ONE, 0}
};

const surreal_typed shop_count_users_query = {
    "count_users", shop_count_users_text_,
    sizeof shop_count_users_text_ - 1,
    NULL, shop_count_users_answers_, 1, 0
};

/* queries.sg:89 */
static const char shop_user_names_text_[] =
    "LET $since = IF $since = NONE { time::now() - 7d } ELSE { $since }"
    ";\012"
    "SELECT VALUE name FROM user\012"
    "  WHERE name >= $from AND ($big OR level * $rate >= 2)\012"
    "    AND $since < time::now() AND $state = 'paid in full'\012"
    "  ORDER BY name;";

static const surreal_answer shop_user_names_answers_[] = {
    {&shop_user_names_item_,
     (uint32_t)offsetof(shop_user_names_rows, v),
     SURREAL_NO_FOUND,
     {1, 1}, SURREAL_SHAPE_MANY, 0}
};

const surreal_typed shop_user_names_query = {
    "user_names", shop_user_names_text_,
    sizeof shop_user_names_text_ - 1,
    &shop_user_names_args_model, shop_user_names_answers_, 1, 0
};

/* queries.sg:99 */
static const char shop_pay_text_[] =
    "BEGIN;\012"
    "  LET $state = $o.state;\012"
    "  IF $state = 'paid in full' { THROW 'paid already' };\012"
    "  UPDATE ONLY $o SET state = 'paid in full';\012"
    "  COMMIT;";

static const surreal_answer shop_pay_answers_[] = {
    {&shop_pay_item_,
     (uint32_t)offsetof(shop_order_row, row),
     SURREAL_NO_FOUND,
     {2, 3}, SURREAL_SHAPE_ONE, 1}
};

const surreal_typed shop_pay_query = {
    "pay", shop_pay_text_,
    sizeof shop_pay_text_ - 1,
    &shop_pay_args_model, shop_pay_answers_, 1, 1
};

/* queries.sg:107 */
static const char shop_touch_text_[] =
    "UPDATE $id SET level += 1;";

static const surreal_answer shop_touch_answers_[] = {
    {NULL, 0, SURREAL_NO_FOUND, {0, 0}, SURREAL_SHAPE_NONE, 0}
};

const surreal_typed shop_touch_query = {
    "touch", shop_touch_text_,
    sizeof shop_touch_text_ - 1,
    &shop_touch_args_model, shop_touch_answers_, 1, 0
};

/* queries.sg:109 */
static const char shop_dump_text_[] =
    "SELECT * FROM product WHERE rank >= $from ORDER BY id;";

static const surreal_answer shop_dump_answers_[] = {
    {&shop_dump_item_,
     0,
     SURREAL_NO_FOUND,
     {0, 0}, SURREAL_SHAPE_EACH, 1}
};

const surreal_typed shop_dump_query = {
    "dump", shop_dump_text_,
    sizeof shop_dump_text_ - 1,
    &shop_dump_args_model, shop_dump_answers_, 1, 0
};

/* queries.sg:113 */
static const char shop_feed_text_[] =
    "LIVE SELECT * FROM orders;";

static const surreal_answer shop_feed_answers_[] = {
    {&shop_feed_item_,
     0,
     SURREAL_NO_FOUND,
     {0, 0}, SURREAL_SHAPE_LIVE, 1}
};

const surreal_typed shop_feed_query = {
    "feed", shop_feed_text_,
    sizeof shop_feed_text_ - 1,
    NULL, shop_feed_answers_, 1, 0
};

/* queries.sg:115 */
static const char shop_rich_feed_text_[] =
    "LIVE SELECT id, level FROM user WHERE level > $min;";

static const surreal_answer shop_rich_feed_answers_[] = {
    {&shop_rich_feed_item_,
     0,
     SURREAL_NO_FOUND,
     {0, 0}, SURREAL_SHAPE_LIVE, 0}
};

const surreal_typed shop_rich_feed_query = {
    "rich_feed", shop_rich_feed_text_,
    sizeof shop_rich_feed_text_ - 1,
    &shop_rich_feed_args_model, shop_rich_feed_answers_, 1, 0
};

/* queries.sg:119 */
static const char shop_dash_text_[] =
    "SELECT * FROM ONLY $u;\012"
    "  LET $mine = SELECT * FROM orders WHERE buyer = $u;\012"
    "  RETURN $mine;\012"
    "  RETURN count($mine);\012"
    "  UPDATE $u SET level = 2;";

static const surreal_answer shop_dash_answers_[] = {
    {&shop_dash_r1_,
     (uint32_t)offsetof(shop_dash_out, r1.row),
     (uint32_t)offsetof(shop_dash_out, r1.found),
     {0, 0}, SURREAL_SHAPE_MAYBE, 1},
    {NULL, 0, SURREAL_NO_FOUND, {1, 1}, SURREAL_SHAPE_NONE, 0},
    {&shop_dash_r3_,
     (uint32_t)offsetof(shop_dash_out, r3.v),
     SURREAL_NO_FOUND,
     {2, 2}, SURREAL_SHAPE_MANY, 1},
    {&shop_dash_r4_,
     (uint32_t)offsetof(shop_dash_out, r4),
     SURREAL_NO_FOUND,
     {3, 3}, SURREAL_SHAPE_ONE, 0},
    {NULL, 0, SURREAL_NO_FOUND, {4, 4}, SURREAL_SHAPE_NONE, 0}
};

const surreal_typed shop_dash_query = {
    "dash", shop_dash_text_,
    sizeof shop_dash_text_ - 1,
    &shop_dash_args_model, shop_dash_answers_, 5, 0
};

/* queries.sg:127 */
static const char shop_raw_rows_text_[] =
    "SELECT * FROM user;";

static const surreal_answer shop_raw_rows_answers_[] = {
    {&shop_raw_rows_item_,
     (uint32_t)offsetof(shop_raw_rows_rows, v),
     SURREAL_NO_FOUND,
     {0, 0}, SURREAL_SHAPE_MANY, 0}
};

const surreal_typed shop_raw_rows_query = {
    "raw_rows", shop_raw_rows_text_,
    sizeof shop_raw_rows_text_ - 1,
    NULL, shop_raw_rows_answers_, 1, 0
};

/* queries.sg:128 */
static const char shop_grid_text_[] =
    "RETURN [[1, 2], [3]];";

static const surreal_answer shop_grid_answers_[] = {
    {&shop_grid_item_,
     (uint32_t)offsetof(shop_grid_rows, v),
     SURREAL_NO_FOUND,
     {0, 0}, SURREAL_SHAPE_MANY, 0}
};

const surreal_typed shop_grid_query = {
    "grid", shop_grid_text_,
    sizeof shop_grid_text_ - 1,
    NULL, shop_grid_answers_, 1, 0
};

/* queries.sg:129 */
static const char shop_where_is_text_[] =
    "SELECT VALUE home FROM ONLY $u;";

static const surreal_answer shop_where_is_answers_[] = {
    {&shop_where_is_item_,
     (uint32_t)offsetof(shop_where_is_row, row),
     SURREAL_NO_FOUND,
     {0, 0}, SURREAL_SHAPE_ONE, 0}
};

const surreal_typed shop_where_is_query = {
    "where_is", shop_where_is_text_,
    sizeof shop_where_is_text_ - 1,
    &shop_where_is_args_model, shop_where_is_answers_, 1, 0
};

/* queries.sg:131 */
static const char shop_bump_text_[] =
    "BEGIN;\012"
    "  LET $n = $id.level;\012"
    "  LET $nap = sleep(30ms);\012"
    "  UPDATE $id SET level = $n + 1;\012"
    "  RETURN $n + 1;\012"
    "  COMMIT;";

static const surreal_answer shop_bump_answers_[] = {
    {&shop_bump_item_,
     0,
     SURREAL_NO_FOUND,
     {0, 4}, SURREAL_SHAPE_ONE, 0}
};

const surreal_typed shop_bump_query = {
    "bump", shop_bump_text_,
    sizeof shop_bump_text_ - 1,
    &shop_bump_args_model, shop_bump_answers_, 1, 1
};

/* queries.sg:140 */
static const char shop_bump_once_text_[] =
    "BEGIN;\012"
    "  LET $n = $id.level;\012"
    "  LET $nap = sleep(30ms);\012"
    "  UPDATE $id SET level = $n + 1;\012"
    "  RETURN $n + 1;\012"
    "  COMMIT;";

static const surreal_answer shop_bump_once_answers_[] = {
    {&shop_bump_once_item_,
     0,
     SURREAL_NO_FOUND,
     {0, 4}, SURREAL_SHAPE_ONE, 0}
};

const surreal_typed shop_bump_once_query = {
    "bump_once", shop_bump_once_text_,
    sizeof shop_bump_once_text_ - 1,
    &shop_bump_once_args_model, shop_bump_once_answers_, 1, 0
};

/* queries.sg:149 */
static const char shop_one_user_text_[] =
    "SELECT * FROM user;";

static const surreal_answer shop_one_user_answers_[] = {
    {&shop_one_user_item_,
     (uint32_t)offsetof(shop_user_row, row),
     SURREAL_NO_FOUND,
     {0, 0}, SURREAL_SHAPE_ONE, 1}
};

const surreal_typed shop_one_user_query = {
    "one_user", shop_one_user_text_,
    sizeof shop_one_user_text_ - 1,
    NULL, shop_one_user_answers_, 1, 0
};

/* queries.sg:150 */
static const char shop_echo_text_[] =
    "RETURN { home: $home, tags: $tags, state: $state, any: $any,\012"
    "           maybe: $maybe, null: $null };";

static const surreal_answer shop_echo_answers_[] = {
    {&shop_echo_item_,
     (uint32_t)offsetof(shop_echo_row, row),
     SURREAL_NO_FOUND,
     {0, 0}, SURREAL_SHAPE_ONE, 0}
};

const surreal_typed shop_echo_query = {
    "echo", shop_echo_text_,
    sizeof shop_echo_text_ - 1,
    &shop_echo_args_model, shop_echo_answers_, 1, 0
};

const surreal_schema shop_schema = {
    "shop",
    "1:e786da80b934547f426e40cb7920ac58"
};
