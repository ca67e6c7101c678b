/* ddl.c: written by surrealgen from ddl.surql; do not edit. */
#include "ddl.h"

static const char user_name_pool_[] =
    "\x65" "first"
    "\x64" "last"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const surreal_field_desc user_name_fields_[] = {
    {(uint32_t)offsetof(user_name, first),
     0, 6, 0, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(user_name, last),
     6, 5, 1, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_OPTION}
};

static const uint64_t user_name_required_[] = {
    UINT64_C(0x1)
};

const surreal_model user_name_model = {
    "user_name",
    user_name_fields_,
    user_name_pool_,
    NULL,
    user_name_required_,
    (uint32_t)sizeof(user_name),
    2, 1, 0, 0, 0, 0, 0, NULL
};

static const char user_pool_[] =
    "\x65" "adult"
    "\x67" "created"
    "\x65" "email"
    "\x62" "id"
    "\x64" "name"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const user_subs_[] = {
    "\x64" "user",
    &user_name_model
};

static const surreal_field_desc user_fields_[] = {
    {(uint32_t)offsetof(user, adult),
     0, 6, 4, SURREAL_NO_SUB, SURREAL_MEMBER_RAW,
     SURREAL_FIELD_OPTION | SURREAL_FIELD_SERVER},
    {(uint32_t)offsetof(user, created),
     6, 8, 3, SURREAL_NO_SUB, SURREAL_MEMBER_DATETIME,
     0},
    {(uint32_t)offsetof(user, email),
     14, 6, 1, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(user, id),
     20, 3, 0, 0, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_KEY},
    {(uint32_t)offsetof(user, name),
     23, 5, 2, 1, SURREAL_MEMBER_STRUCT,
     SURREAL_FIELD_REQUIRED}
};

static const uint64_t user_required_[] = {
    UINT64_C(0x6)
};

const surreal_model user_model = {
    "user",
    user_fields_,
    user_pool_,
    user_subs_,
    user_required_,
    (uint32_t)sizeof(user),
    5, 1, 1, 0, 0, 0, 0, NULL
};

static const char post_lines_pool_[] =
    "\x63" "qty"
    "\x64" "text"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const surreal_field_desc post_lines_fields_[] = {
    {(uint32_t)offsetof(post_lines, qty),
     0, 4, 1, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     0},
    {(uint32_t)offsetof(post_lines, text),
     4, 5, 0, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_REQUIRED}
};

static const uint64_t post_lines_required_[] = {
    UINT64_C(0x1)
};

const surreal_model post_lines_model = {
    "post_lines",
    post_lines_fields_,
    post_lines_pool_,
    NULL,
    post_lines_required_,
    (uint32_t)sizeof(post_lines),
    2, 1, 0, 0, 0, 0, 0, NULL
};

static const surreal_items post_lines_items_ = {
    &post_lines_model, (uint32_t)sizeof(post_lines), 0,
    SURREAL_MEMBER_STRUCT, 0, 0
};

static const surreal_items post_tags_items_ = {
    NULL, (uint32_t)sizeof(surreal_str), 0,
    SURREAL_MEMBER_STRING, 0, 0
};

static const char post_pool_[] =
    "\x66" "author"
    "\x62" "id"
    "\x65" "lines"
    "\x64" "tags"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const post_subs_[] = {
    "\x64" "user",
    "\x64" "post",
    &post_lines_items_,
    &post_tags_items_
};

static const surreal_field_desc post_fields_[] = {
    {(uint32_t)offsetof(post, author),
     0, 7, 1, 0, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(post, id),
     7, 3, 0, 1, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_KEY},
    {(uint32_t)offsetof(post, lines),
     10, 6, 2, 2, SURREAL_MEMBER_ARRAY,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(post, tags),
     16, 5, 3, 3, SURREAL_MEMBER_ARRAY,
     0}
};

static const uint64_t post_required_[] = {
    UINT64_C(0x6)
};

const surreal_model post_model = {
    "post",
    post_fields_,
    post_pool_,
    post_subs_,
    post_required_,
    (uint32_t)sizeof(post),
    4, 1, 1, 0, 0, 0, 0, NULL
};

static const char bare_pool_[] =
    "\x62" "id"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const bare_subs_[] = {
    "\x64" "bare"
};

static const surreal_field_desc bare_fields_[] = {
    {(uint32_t)offsetof(bare, id),
     0, 3, 0, 0, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_KEY}
};

static const uint64_t bare_required_[] = {
    UINT64_C(0x0)
};

const surreal_model bare_model = {
    "bare",
    bare_fields_,
    bare_pool_,
    bare_subs_,
    bare_required_,
    (uint32_t)sizeof(bare),
    1, 1, 1, 0, 0, 0, 0, NULL
};

static const char likes_pool_[] =
    "\x62" "id"
    "\x62" "in"
    "\x63" "out"
    "\x65" "stars"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const likes_subs_[] = {
    "\x65" "likes",
    "\x64" "user"
};

static const surreal_field_desc likes_fields_[] = {
    {(uint32_t)offsetof(likes, id),
     0, 3, 0, 0, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_KEY},
    {(uint32_t)offsetof(likes, in),
     3, 3, 1, 1, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_SERVER | SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(likes, out),
     6, 4, 2, SURREAL_NO_SUB, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_SERVER | SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(likes, stars),
     10, 6, 3, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     0}
};

static const uint64_t likes_required_[] = {
    UINT64_C(0x6)
};

const surreal_model likes_model = {
    "likes",
    likes_fields_,
    likes_pool_,
    likes_subs_,
    likes_required_,
    (uint32_t)sizeof(likes),
    4, 1, 1, 0, 0, 0, 0, NULL
};

static const char follows_pool_[] =
    "\x62" "id"
    "\x62" "in"
    "\x63" "out"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const follows_subs_[] = {
    "\x67" "follows",
    "\x64" "user",
    "\x64" "user"
};

static const surreal_field_desc follows_fields_[] = {
    {(uint32_t)offsetof(follows, id),
     0, 3, 0, 0, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_KEY},
    {(uint32_t)offsetof(follows, in),
     3, 3, 1, 1, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_SERVER | SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(follows, out),
     6, 4, 2, 2, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_SERVER | SURREAL_FIELD_REQUIRED}
};

static const uint64_t follows_required_[] = {
    UINT64_C(0x6)
};

const surreal_model follows_model = {
    "follows",
    follows_fields_,
    follows_pool_,
    follows_subs_,
    follows_required_,
    (uint32_t)sizeof(follows),
    3, 1, 1, 0, 0, 0, 0, NULL
};

const surreal_schema ddl_schema = {
    "ddl",
    "1:92d77b62aac65838513af70e7a6bc710"
};
