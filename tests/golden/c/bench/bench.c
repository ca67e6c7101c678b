/* bench.c: written by surrealgen from bench.sg; do not edit. */
#include "bench.h"

static const char bench_place_pool_[] =
    "\x64" "city"
    "\x66" "height"
    "\x66" "street"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const surreal_field_desc bench_place_fields_[] = {
    {(uint32_t)offsetof(bench_place, city),
     0, 5, 0, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(bench_place, height),
     5, 7, 1, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(bench_place, street),
     12, 7, 2, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_REQUIRED}
};

static const uint64_t bench_place_required_[] = {
    UINT64_C(0x7)
};

const surreal_model bench_place_model = {
    "place",
    bench_place_fields_,
    bench_place_pool_,
    NULL,
    bench_place_required_,
    (uint32_t)sizeof(bench_place),
    3, 1, 0, 0, 0, 0, 0, NULL
};

static const surreal_items bench_reader_tags_items_ = {
    NULL, (uint32_t)sizeof(surreal_str), 0,
    SURREAL_MEMBER_STRING, 0, 0
};

static const char bench_reader_pool_[] =
    "\x66" "active"
    "\x67" "address"
    "\x67" "balance"
    "\x64" "born"
    "\x64" "boss"
    "\x65" "email"
    "\x62" "id"
    "\x64" "name"
    "\x64" "nick"
    "\x65" "phone"
    "\x65" "score"
    "\x64" "tags"
    "\x65" "title"
    "\x66" "visits"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const bench_reader_subs_[] = {
    &bench_place_model,
    "\x66" "reader",
    "\x66" "reader",
    &bench_reader_tags_items_
};

static const surreal_field_desc bench_reader_fields_[] = {
    {(uint32_t)offsetof(bench_reader, active),
     0, 7, 10, SURREAL_NO_SUB, SURREAL_MEMBER_BOOL,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(bench_reader, address),
     7, 8, 12, 0, SURREAL_MEMBER_STRUCT,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(bench_reader, balance),
     15, 8, 11, SURREAL_NO_SUB, SURREAL_MEMBER_DECIMAL,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(bench_reader, born),
     23, 5, 6, SURREAL_NO_SUB, SURREAL_MEMBER_DATETIME,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(bench_reader, boss),
     28, 5, 7, 1, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(bench_reader, email),
     33, 6, 2, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(bench_reader, id),
     39, 3, 0, 2, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_KEY},
    {(uint32_t)offsetof(bench_reader, name),
     42, 5, 1, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(bench_reader, nick),
     47, 5, 5, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(bench_reader, phone),
     52, 6, 3, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(bench_reader, score),
     58, 6, 9, SURREAL_NO_SUB, SURREAL_MEMBER_FLOAT,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(bench_reader, tags),
     64, 5, 13, 3, SURREAL_MEMBER_ARRAY,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(bench_reader, title),
     69, 6, 4, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(bench_reader, visits),
     75, 7, 8, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_REQUIRED}
};

static const uint64_t bench_reader_required_[] = {
    UINT64_C(0x3fde)
};

const surreal_model bench_reader_model = {
    "reader",
    bench_reader_fields_,
    bench_reader_pool_,
    bench_reader_subs_,
    bench_reader_required_,
    (uint32_t)sizeof(bench_reader),
    14, 1, 1, 0, 0, 0, 0, NULL
};

const surreal_schema bench_schema = {
    "bench",
    "1:9fcbdaf1dc54559e3a88bba81e60b354"
};
