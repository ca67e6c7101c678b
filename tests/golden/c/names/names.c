/* names.c: written by surrealgen from names.sg; do not edit. */
#include "names.h"

static const char int__pool_[] =
    "\x63" "1st"
    "\x63" "EOF"
    "\x69" "INT32_MAX"
    "\x63" "NAN"
    "\x68" "SIZE_MAX"
    "\x68" "UINT64_C"
    "\x63" "a b"
    "\x65" "class"
    "\x62" "do"
    "\x65" "errno"
    "\x62" "id"
    "\x64" "set_"
    "\x65" "stdin"
    "\x64" "unix"
    "\x65" "\303\274ber"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const int__subs_[] = {
    "\x63" "int"
};

static const surreal_field_desc int__fields_[] = {
    {(uint32_t)offsetof(int_, x1st),
     0, 4, 13, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(int_, EOF_),
     4, 4, 3, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(int_, INT32_MAX_),
     8, 10, 9, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(int_, NAN_),
     18, 4, 8, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(int_, SIZE_MAX_),
     22, 9, 10, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(int_, UINT64_C_),
     31, 9, 11, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(int_, a_b),
     40, 4, 12, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(int_, class_),
     44, 6, 1, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(int_, do_),
     50, 3, 2, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(int_, errno_),
     53, 6, 4, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(int_, id),
     59, 3, 0, 0, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_KEY},
    {(uint32_t)offsetof(int_, set__),
     62, 5, 7, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(int_, stdin_),
     67, 6, 6, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(int_, unix_),
     73, 5, 5, SURREAL_NO_SUB, SURREAL_MEMBER_BOOL,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(int_, x__ber),
     78, 6, 14, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_REQUIRED}
};

static const uint64_t int__required_[] = {
    UINT64_C(0x7efa)
};

const surreal_model int__model = {
    "int",
    int__fields_,
    int__pool_,
    int__subs_,
    int__required_,
    (uint32_t)sizeof(int_),
    15, 1, 1, 0, 0, 0, 0, NULL
};

static const char time__pool_[] =
    "\x62" "id"
    "\x64" "time"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const time__subs_[] = {
    "\x64" "time"
};

static const surreal_field_desc time__fields_[] = {
    {(uint32_t)offsetof(time_, id),
     0, 3, 0, 0, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_KEY},
    {(uint32_t)offsetof(time_, time_),
     3, 5, 1, SURREAL_NO_SUB, SURREAL_MEMBER_DATETIME,
     SURREAL_FIELD_REQUIRED}
};

static const uint64_t time__required_[] = {
    UINT64_C(0x2)
};

const surreal_model time__model = {
    "time",
    time__fields_,
    time__pool_,
    time__subs_,
    time__required_,
    (uint32_t)sizeof(time_),
    2, 1, 1, 0, 0, 0, 0, NULL
};

static const char person_pool_[] =
    "\x64" "find"
    "\x63" "get"
    "\x62" "id"
    "\x66" "id_str"
    "\x65" "set_x"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const person_subs_[] = {
    "\x66" "person"
};

static const surreal_field_desc person_fields_[] = {
    {(uint32_t)offsetof(person, find),
     0, 5, 3, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(person, get_),
     5, 4, 1, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(person, id),
     9, 3, 0, 0, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_KEY},
    {(uint32_t)offsetof(person, id_str),
     12, 7, 2, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(person, set_x),
     19, 6, 4, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_REQUIRED}
};

static const uint64_t person_required_[] = {
    UINT64_C(0x16)
};

const surreal_model person_model = {
    "person",
    person_fields_,
    person_pool_,
    person_subs_,
    person_required_,
    (uint32_t)sizeof(person),
    5, 1, 1, 0, 0, 0, 0, NULL
};

static const char person_get__pool_[] =
    "\x62" "id"
    "\x61" "x"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const person_get__subs_[] = {
    "\x6a" "person_get"
};

static const surreal_field_desc person_get__fields_[] = {
    {(uint32_t)offsetof(person_get_, id),
     0, 3, 0, 0, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_KEY},
    {(uint32_t)offsetof(person_get_, x),
     3, 2, 1, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_REQUIRED}
};

static const uint64_t person_get__required_[] = {
    UINT64_C(0x2)
};

const surreal_model person_get__model = {
    "person_get",
    person_get__fields_,
    person_get__pool_,
    person_get__subs_,
    person_get__required_,
    (uint32_t)sizeof(person_get_),
    2, 1, 1, 0, 0, 0, 0, NULL
};

static const char person_set_get_pool_[] =
    "\x62" "id"
    "\x61" "y"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const person_set_get_subs_[] = {
    "\x6e" "person_set_get"
};

static const surreal_field_desc person_set_get_fields_[] = {
    {(uint32_t)offsetof(person_set_get, id),
     0, 3, 0, 0, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_KEY},
    {(uint32_t)offsetof(person_set_get, y),
     3, 2, 1, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_REQUIRED}
};

static const uint64_t person_set_get_required_[] = {
    UINT64_C(0x2)
};

const surreal_model person_set_get_model = {
    "person_set_get",
    person_set_get_fields_,
    person_set_get_pool_,
    person_set_get_subs_,
    person_set_get_required_,
    (uint32_t)sizeof(person_set_get),
    2, 1, 1, 0, 0, 0, 0, NULL
};

static const char row__pool_[] =
    "\x62" "id"
    "\x63" "row"
    "\x61" "v"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const row__subs_[] = {
    "\x63" "row"
};

static const surreal_field_desc row__fields_[] = {
    {(uint32_t)offsetof(row_, id),
     0, 3, 0, 0, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_KEY},
    {(uint32_t)offsetof(row_, row),
     3, 4, 1, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(row_, v),
     7, 2, 2, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_REQUIRED}
};

static const uint64_t row__required_[] = {
    UINT64_C(0x6)
};

const surreal_model row__model = {
    "row",
    row__fields_,
    row__pool_,
    row__subs_,
    row__required_,
    (uint32_t)sizeof(row_),
    3, 1, 1, 0, 0, 0, 0, NULL
};

static const char surreal__pool_[] =
    "\x62" "id"
    "\x65" "value"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const surreal__subs_[] = {
    "\x67" "surreal"
};

static const surreal_field_desc surreal__fields_[] = {
    {(uint32_t)offsetof(surreal_, id),
     0, 3, 0, 0, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_KEY},
    {(uint32_t)offsetof(surreal_, value),
     3, 6, 1, SURREAL_NO_SUB, SURREAL_MEMBER_RAW,
     SURREAL_FIELD_OPTION}
};

static const uint64_t surreal__required_[] = {
    UINT64_C(0x0)
};

const surreal_model surreal__model = {
    "surreal",
    surreal__fields_,
    surreal__pool_,
    surreal__subs_,
    surreal__required_,
    (uint32_t)sizeof(surreal_),
    2, 1, 1, 0, 0, 0, 0, NULL
};

static const char get_pool_[] =
    "\x63" "get"
    "\x62" "id"
    "\x63" "set"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const get_subs_[] = {
    "\x63" "get"
};

static const surreal_field_desc get_fields_[] = {
    {(uint32_t)offsetof(get, get),
     0, 4, 1, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(get, id),
     4, 3, 0, 0, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_KEY},
    {(uint32_t)offsetof(get, set),
     7, 4, 2, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_REQUIRED}
};

static const uint64_t get_required_[] = {
    UINT64_C(0x6)
};

const surreal_model get_model = {
    "get",
    get_fields_,
    get_pool_,
    get_subs_,
    get_required_,
    (uint32_t)sizeof(get),
    3, 1, 1, 0, 0, 0, 0, NULL
};

static const char odd_name_pool_[] =
    "\x62" "id"
    "\x63" "x-y"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const odd_name_subs_[] = {
    "\x68" "odd-name"
};

static const surreal_field_desc odd_name_fields_[] = {
    {(uint32_t)offsetof(odd_name, id),
     0, 3, 0, 0, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_KEY},
    {(uint32_t)offsetof(odd_name, x_y),
     3, 4, 1, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_OPTION}
};

static const uint64_t odd_name_required_[] = {
    UINT64_C(0x0)
};

const surreal_model odd_name_model = {
    "odd-name",
    odd_name_fields_,
    odd_name_pool_,
    odd_name_subs_,
    odd_name_required_,
    (uint32_t)sizeof(odd_name),
    2, 1, 1, 0, 0, 0, 0, NULL
};

static const char template__pool_[] =
    "\x62" "id"
    "\x68" "template"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const template__subs_[] = {
    "\x68" "template"
};

static const surreal_field_desc template__fields_[] = {
    {(uint32_t)offsetof(template_, id),
     0, 3, 0, 0, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_KEY},
    {(uint32_t)offsetof(template_, template_),
     3, 9, 1, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_OPTION}
};

static const uint64_t template__required_[] = {
    UINT64_C(0x0)
};

const surreal_model template__model = {
    "template",
    template__fields_,
    template__pool_,
    template__subs_,
    template__required_,
    (uint32_t)sizeof(template_),
    2, 1, 1, 0, 0, 0, 0, NULL
};

static const char address_pool_[] =
    "\x66" "street"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const surreal_field_desc address_fields_[] = {
    {(uint32_t)offsetof(address, street),
     0, 7, 0, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_REQUIRED}
};

static const uint64_t address_required_[] = {
    UINT64_C(0x1)
};

const surreal_model address_model = {
    "address",
    address_fields_,
    address_pool_,
    NULL,
    address_required_,
    (uint32_t)sizeof(address),
    1, 1, 0, 0, 0, 0, 0, NULL
};

static const char house_pool_[] =
    "\x67" "address"
    "\x65" "house"
    "\x68" "house_id"
    "\x62" "id"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const house_subs_[] = {
    &address_model,
    "\x65" "house",
    "\x65" "house"
};

static const surreal_field_desc house_fields_[] = {
    {(uint32_t)offsetof(house, address),
     0, 8, 1, 0, SURREAL_MEMBER_STRUCT,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(house, house),
     8, 6, 2, 1, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(house, house_id),
     14, 9, 3, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(house, id),
     23, 3, 0, 2, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_KEY}
};

static const uint64_t house_required_[] = {
    UINT64_C(0xa)
};

const surreal_model house_model = {
    "house",
    house_fields_,
    house_pool_,
    house_subs_,
    house_required_,
    (uint32_t)sizeof(house),
    4, 1, 1, 0, 0, 0, 0, NULL
};

const surreal_schema names_schema = {
    "names",
    "1:4bc5c5d93e5b71ce50b1692d028a56f3"
};
