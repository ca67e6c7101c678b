/* wide.h: written by surrealgen from wide.sg; do not edit. */
#ifndef WIDE_SURREALGEN_H
#define WIDE_SURREALGEN_H
#include "surreal.h"

#if !defined(SURREAL_MODEL_ABI) || SURREAL_MODEL_ABI != 2
#error "generated for another surreal.h: run surrealgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct wide_all_id {
    surreal_record_id rid;
} wide_all_id;

static inline wide_all_id
wide_all_id_str(surreal_str key)
{
    wide_all_id id;

    id.rid = surreal_id_str("all", key);
    return id;
}

static inline wide_all_id
wide_all_id_int(int64_t key)
{
    wide_all_id id;

    id.rid = surreal_id_int("all", key);
    return id;
}

static inline wide_all_id
wide_all_id_uuid(surreal_uuid key)
{
    wide_all_id id;

    id.rid = surreal_id_uuid("all", key);
    return id;
}

/* Bits of wide_all.set_. */
enum {
    WIDE_ALL_ID = 0,
    WIDE_ALL_F000 = 1,
    WIDE_ALL_F001 = 2,
    WIDE_ALL_F002 = 3,
    WIDE_ALL_F003 = 4,
    WIDE_ALL_F004 = 5,
    WIDE_ALL_F005 = 6,
    WIDE_ALL_F006 = 7,
    WIDE_ALL_F007 = 8,
    WIDE_ALL_F008 = 9,
    WIDE_ALL_F009 = 10,
    WIDE_ALL_F010 = 11,
    WIDE_ALL_F011 = 12,
    WIDE_ALL_F012 = 13,
    WIDE_ALL_F013 = 14,
    WIDE_ALL_F014 = 15,
    WIDE_ALL_F015 = 16,
    WIDE_ALL_F016 = 17,
    WIDE_ALL_F017 = 18,
    WIDE_ALL_F018 = 19,
    WIDE_ALL_F019 = 20,
    WIDE_ALL_F020 = 21,
    WIDE_ALL_F021 = 22,
    WIDE_ALL_F022 = 23,
    WIDE_ALL_F023 = 24,
    WIDE_ALL_F024 = 25,
    WIDE_ALL_F025 = 26,
    WIDE_ALL_F026 = 27,
    WIDE_ALL_F027 = 28,
    WIDE_ALL_F028 = 29,
    WIDE_ALL_F029 = 30,
    WIDE_ALL_F030 = 31,
    WIDE_ALL_F031 = 32,
    WIDE_ALL_F032 = 33,
    WIDE_ALL_F033 = 34,
    WIDE_ALL_F034 = 35,
    WIDE_ALL_F035 = 36,
    WIDE_ALL_F036 = 37,
    WIDE_ALL_F037 = 38,
    WIDE_ALL_F038 = 39,
    WIDE_ALL_F039 = 40,
    WIDE_ALL_F040 = 41,
    WIDE_ALL_F041 = 42,
    WIDE_ALL_F042 = 43,
    WIDE_ALL_F043 = 44,
    WIDE_ALL_F044 = 45,
    WIDE_ALL_F045 = 46,
    WIDE_ALL_F046 = 47,
    WIDE_ALL_F047 = 48,
    WIDE_ALL_F048 = 49,
    WIDE_ALL_F049 = 50,
    WIDE_ALL_F050 = 51,
    WIDE_ALL_F051 = 52,
    WIDE_ALL_F052 = 53,
    WIDE_ALL_F053 = 54,
    WIDE_ALL_F054 = 55,
    WIDE_ALL_F055 = 56,
    WIDE_ALL_F056 = 57,
    WIDE_ALL_F057 = 58,
    WIDE_ALL_F058 = 59,
    WIDE_ALL_F059 = 60,
    WIDE_ALL_F060 = 61,
    WIDE_ALL_F061 = 62,
    WIDE_ALL_F062 = 63,
    WIDE_ALL_F063 = 64,
    WIDE_ALL_F064 = 65,
    WIDE_ALL_F065 = 66,
    WIDE_ALL_F066 = 67,
    WIDE_ALL_F067 = 68,
    WIDE_ALL_F068 = 69,
    WIDE_ALL_F069 = 70,
    WIDE_ALL_F070 = 71,
    WIDE_ALL_F071 = 72,
    WIDE_ALL_F072 = 73,
    WIDE_ALL_F073 = 74,
    WIDE_ALL_F074 = 75,
    WIDE_ALL_F075 = 76,
    WIDE_ALL_F076 = 77,
    WIDE_ALL_F077 = 78,
    WIDE_ALL_F078 = 79,
    WIDE_ALL_F079 = 80,
    WIDE_ALL_F080 = 81,
    WIDE_ALL_F081 = 82,
    WIDE_ALL_F082 = 83,
    WIDE_ALL_F083 = 84,
    WIDE_ALL_F084 = 85,
    WIDE_ALL_F085 = 86,
    WIDE_ALL_F086 = 87,
    WIDE_ALL_F087 = 88,
    WIDE_ALL_F088 = 89,
    WIDE_ALL_F089 = 90,
    WIDE_ALL_F090 = 91,
    WIDE_ALL_F091 = 92,
    WIDE_ALL_F092 = 93,
    WIDE_ALL_F093 = 94,
    WIDE_ALL_F094 = 95,
    WIDE_ALL_F095 = 96,
    WIDE_ALL_F096 = 97,
    WIDE_ALL_F097 = 98,
    WIDE_ALL_F098 = 99,
    WIDE_ALL_F099 = 100,
    WIDE_ALL_F100 = 101,
    WIDE_ALL_F101 = 102,
    WIDE_ALL_F102 = 103,
    WIDE_ALL_F103 = 104,
    WIDE_ALL_F104 = 105,
    WIDE_ALL_F105 = 106,
    WIDE_ALL_F106 = 107,
    WIDE_ALL_F107 = 108,
    WIDE_ALL_F108 = 109,
    WIDE_ALL_F109 = 110,
    WIDE_ALL_F110 = 111,
    WIDE_ALL_F111 = 112,
    WIDE_ALL_F112 = 113,
    WIDE_ALL_F113 = 114,
    WIDE_ALL_F114 = 115,
    WIDE_ALL_F115 = 116,
    WIDE_ALL_F116 = 117,
    WIDE_ALL_F117 = 118
};

typedef struct wide_all {
    uint64_t set_[2];
    uint64_t mark_[2];
    uint64_t null_[2];
    struct wide_all_id id;
    surreal_str f000;
    int64_t f001; /* optional */
    double f002;
    surreal_datetime f003; /* optional */
    bool f004;
    surreal_str f005; /* or NULL */
    surreal_decimal f006;
    struct wide_all_id f007; /* optional */
    struct {
        const int64_t *v;
        size_t count;
    } f008;
    surreal_str f009;
    int64_t f010; /* optional */
    double f011;
    surreal_datetime f012; /* optional */
    bool f013;
    surreal_str f014; /* or NULL */
    surreal_decimal f015;
    struct wide_all_id f016; /* optional */
    struct {
        const int64_t *v;
        size_t count;
    } f017;
    surreal_str f018;
    int64_t f019; /* optional */
    double f020;
    surreal_datetime f021; /* optional */
    bool f022;
    surreal_str f023; /* or NULL */
    surreal_decimal f024;
    struct wide_all_id f025; /* optional */
    struct {
        const int64_t *v;
        size_t count;
    } f026;
    surreal_str f027;
    int64_t f028; /* optional */
    double f029;
    surreal_datetime f030; /* optional */
    bool f031;
    surreal_str f032; /* or NULL */
    surreal_decimal f033;
    struct wide_all_id f034; /* optional */
    struct {
        const int64_t *v;
        size_t count;
    } f035;
    surreal_str f036;
    int64_t f037; /* optional */
    double f038;
    surreal_datetime f039; /* optional */
    bool f040;
    surreal_str f041; /* or NULL */
    surreal_decimal f042;
    struct wide_all_id f043; /* optional */
    struct {
        const int64_t *v;
        size_t count;
    } f044;
    surreal_str f045;
    int64_t f046; /* optional */
    double f047;
    surreal_datetime f048; /* optional */
    bool f049;
    surreal_str f050; /* or NULL */
    surreal_decimal f051;
    struct wide_all_id f052; /* optional */
    struct {
        const int64_t *v;
        size_t count;
    } f053;
    surreal_str f054;
    int64_t f055; /* optional */
    double f056;
    surreal_datetime f057; /* optional */
    bool f058;
    surreal_str f059; /* or NULL */
    surreal_decimal f060;
    struct wide_all_id f061; /* optional */
    struct {
        const int64_t *v;
        size_t count;
    } f062;
    surreal_str f063;
    int64_t f064; /* optional */
    double f065;
    surreal_datetime f066; /* optional */
    bool f067;
    surreal_str f068; /* or NULL */
    surreal_decimal f069;
    struct wide_all_id f070; /* optional */
    struct {
        const int64_t *v;
        size_t count;
    } f071;
    surreal_str f072;
    int64_t f073; /* optional */
    double f074;
    surreal_datetime f075; /* optional */
    bool f076;
    surreal_str f077; /* or NULL */
    surreal_decimal f078;
    struct wide_all_id f079; /* optional */
    struct {
        const int64_t *v;
        size_t count;
    } f080;
    surreal_str f081;
    int64_t f082; /* optional */
    double f083;
    surreal_datetime f084; /* optional */
    bool f085;
    surreal_str f086; /* or NULL */
    surreal_decimal f087;
    struct wide_all_id f088; /* optional */
    struct {
        const int64_t *v;
        size_t count;
    } f089;
    surreal_str f090;
    int64_t f091; /* optional */
    double f092;
    surreal_datetime f093; /* optional */
    bool f094;
    surreal_str f095; /* or NULL */
    surreal_decimal f096;
    struct wide_all_id f097; /* optional */
    struct {
        const int64_t *v;
        size_t count;
    } f098;
    surreal_str f099;
    int64_t f100; /* optional */
    double f101;
    surreal_datetime f102; /* optional */
    bool f103;
    surreal_str f104; /* or NULL */
    surreal_decimal f105;
    struct wide_all_id f106; /* optional */
    struct {
        const int64_t *v;
        size_t count;
    } f107;
    surreal_str f108;
    int64_t f109; /* optional */
    double f110;
    surreal_datetime f111; /* optional */
    bool f112;
    surreal_str f113; /* or NULL */
    surreal_decimal f114;
    struct wide_all_id f115; /* optional */
    struct {
        const int64_t *v;
        size_t count;
    } f116;
    surreal_str f117;
} wide_all;

extern const surreal_model wide_all_model;

static inline bool
wide_all_has_id(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_ID);
}

static inline void
wide_all_set_id(wide_all *row, wide_all_id v)
{
    row->id = v;
    surreal_bit_set(row->set_, WIDE_ALL_ID);
    surreal_bit_set(row->mark_, WIDE_ALL_ID);
}

static inline bool
wide_all_has_f000(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F000);
}

static inline void
wide_all_set_f000(wide_all *row, surreal_str v)
{
    row->f000 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F000);
    surreal_bit_set(row->mark_, WIDE_ALL_F000);
}

static inline bool
wide_all_has_f001(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F001);
}

static inline void
wide_all_set_f001(wide_all *row, int64_t v)
{
    row->f001 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F001);
    surreal_bit_set(row->mark_, WIDE_ALL_F001);
}

/* A merge removes the field. */
static inline void
wide_all_clear_f001(wide_all *row)
{
    surreal_bit_clear(row->set_, WIDE_ALL_F001);
    surreal_bit_set(row->mark_, WIDE_ALL_F001);
}

static inline bool
wide_all_has_f002(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F002);
}

static inline void
wide_all_set_f002(wide_all *row, double v)
{
    row->f002 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F002);
    surreal_bit_set(row->mark_, WIDE_ALL_F002);
}

static inline bool
wide_all_has_f003(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F003);
}

static inline void
wide_all_set_f003(wide_all *row, surreal_datetime v)
{
    row->f003 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F003);
    surreal_bit_set(row->mark_, WIDE_ALL_F003);
}

/* A merge removes the field. */
static inline void
wide_all_clear_f003(wide_all *row)
{
    surreal_bit_clear(row->set_, WIDE_ALL_F003);
    surreal_bit_set(row->mark_, WIDE_ALL_F003);
}

static inline bool
wide_all_has_f004(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F004);
}

static inline void
wide_all_set_f004(wide_all *row, bool v)
{
    row->f004 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F004);
    surreal_bit_set(row->mark_, WIDE_ALL_F004);
}

/* False for NULL too. */
static inline bool
wide_all_has_f005(const wide_all *row)
{
    return surreal_bit_is(row->set_,
            WIDE_ALL_F005) && surreal_bit_is(row->null_, WIDE_ALL_F005) == 0;
}

static inline void
wide_all_set_f005(wide_all *row, surreal_str v)
{
    row->f005 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F005);
    surreal_bit_set(row->mark_, WIDE_ALL_F005);
    surreal_bit_clear(row->null_, WIDE_ALL_F005);
}

static inline void
wide_all_null_f005(wide_all *row)
{
    surreal_bit_set(row->set_, WIDE_ALL_F005);
    surreal_bit_set(row->null_, WIDE_ALL_F005);
    surreal_bit_set(row->mark_, WIDE_ALL_F005);
}

static inline bool
wide_all_has_f006(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F006);
}

static inline void
wide_all_set_f006(wide_all *row, surreal_decimal v)
{
    row->f006 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F006);
    surreal_bit_set(row->mark_, WIDE_ALL_F006);
}

static inline bool
wide_all_has_f007(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F007);
}

static inline void
wide_all_set_f007(wide_all *row, wide_all_id v)
{
    row->f007 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F007);
    surreal_bit_set(row->mark_, WIDE_ALL_F007);
}

/* A merge removes the field. */
static inline void
wide_all_clear_f007(wide_all *row)
{
    surreal_bit_clear(row->set_, WIDE_ALL_F007);
    surreal_bit_set(row->mark_, WIDE_ALL_F007);
}

static inline bool
wide_all_has_f008(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F008);
}

static inline void
wide_all_set_f008(wide_all *row, const int64_t *v, size_t count)
{
    row->f008.v = v;
    row->f008.count = count;
    surreal_bit_set(row->set_, WIDE_ALL_F008);
    surreal_bit_set(row->mark_, WIDE_ALL_F008);
}

static inline bool
wide_all_has_f009(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F009);
}

static inline void
wide_all_set_f009(wide_all *row, surreal_str v)
{
    row->f009 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F009);
    surreal_bit_set(row->mark_, WIDE_ALL_F009);
}

static inline bool
wide_all_has_f010(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F010);
}

static inline void
wide_all_set_f010(wide_all *row, int64_t v)
{
    row->f010 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F010);
    surreal_bit_set(row->mark_, WIDE_ALL_F010);
}

/* A merge removes the field. */
static inline void
wide_all_clear_f010(wide_all *row)
{
    surreal_bit_clear(row->set_, WIDE_ALL_F010);
    surreal_bit_set(row->mark_, WIDE_ALL_F010);
}

static inline bool
wide_all_has_f011(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F011);
}

static inline void
wide_all_set_f011(wide_all *row, double v)
{
    row->f011 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F011);
    surreal_bit_set(row->mark_, WIDE_ALL_F011);
}

static inline bool
wide_all_has_f012(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F012);
}

static inline void
wide_all_set_f012(wide_all *row, surreal_datetime v)
{
    row->f012 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F012);
    surreal_bit_set(row->mark_, WIDE_ALL_F012);
}

/* A merge removes the field. */
static inline void
wide_all_clear_f012(wide_all *row)
{
    surreal_bit_clear(row->set_, WIDE_ALL_F012);
    surreal_bit_set(row->mark_, WIDE_ALL_F012);
}

static inline bool
wide_all_has_f013(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F013);
}

static inline void
wide_all_set_f013(wide_all *row, bool v)
{
    row->f013 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F013);
    surreal_bit_set(row->mark_, WIDE_ALL_F013);
}

/* False for NULL too. */
static inline bool
wide_all_has_f014(const wide_all *row)
{
    return surreal_bit_is(row->set_,
            WIDE_ALL_F014) && surreal_bit_is(row->null_, WIDE_ALL_F014) == 0;
}

static inline void
wide_all_set_f014(wide_all *row, surreal_str v)
{
    row->f014 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F014);
    surreal_bit_set(row->mark_, WIDE_ALL_F014);
    surreal_bit_clear(row->null_, WIDE_ALL_F014);
}

static inline void
wide_all_null_f014(wide_all *row)
{
    surreal_bit_set(row->set_, WIDE_ALL_F014);
    surreal_bit_set(row->null_, WIDE_ALL_F014);
    surreal_bit_set(row->mark_, WIDE_ALL_F014);
}

static inline bool
wide_all_has_f015(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F015);
}

static inline void
wide_all_set_f015(wide_all *row, surreal_decimal v)
{
    row->f015 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F015);
    surreal_bit_set(row->mark_, WIDE_ALL_F015);
}

static inline bool
wide_all_has_f016(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F016);
}

static inline void
wide_all_set_f016(wide_all *row, wide_all_id v)
{
    row->f016 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F016);
    surreal_bit_set(row->mark_, WIDE_ALL_F016);
}

/* A merge removes the field. */
static inline void
wide_all_clear_f016(wide_all *row)
{
    surreal_bit_clear(row->set_, WIDE_ALL_F016);
    surreal_bit_set(row->mark_, WIDE_ALL_F016);
}

static inline bool
wide_all_has_f017(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F017);
}

static inline void
wide_all_set_f017(wide_all *row, const int64_t *v, size_t count)
{
    row->f017.v = v;
    row->f017.count = count;
    surreal_bit_set(row->set_, WIDE_ALL_F017);
    surreal_bit_set(row->mark_, WIDE_ALL_F017);
}

static inline bool
wide_all_has_f018(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F018);
}

static inline void
wide_all_set_f018(wide_all *row, surreal_str v)
{
    row->f018 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F018);
    surreal_bit_set(row->mark_, WIDE_ALL_F018);
}

static inline bool
wide_all_has_f019(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F019);
}

static inline void
wide_all_set_f019(wide_all *row, int64_t v)
{
    row->f019 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F019);
    surreal_bit_set(row->mark_, WIDE_ALL_F019);
}

/* A merge removes the field. */
static inline void
wide_all_clear_f019(wide_all *row)
{
    surreal_bit_clear(row->set_, WIDE_ALL_F019);
    surreal_bit_set(row->mark_, WIDE_ALL_F019);
}

static inline bool
wide_all_has_f020(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F020);
}

static inline void
wide_all_set_f020(wide_all *row, double v)
{
    row->f020 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F020);
    surreal_bit_set(row->mark_, WIDE_ALL_F020);
}

static inline bool
wide_all_has_f021(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F021);
}

static inline void
wide_all_set_f021(wide_all *row, surreal_datetime v)
{
    row->f021 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F021);
    surreal_bit_set(row->mark_, WIDE_ALL_F021);
}

/* A merge removes the field. */
static inline void
wide_all_clear_f021(wide_all *row)
{
    surreal_bit_clear(row->set_, WIDE_ALL_F021);
    surreal_bit_set(row->mark_, WIDE_ALL_F021);
}

static inline bool
wide_all_has_f022(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F022);
}

static inline void
wide_all_set_f022(wide_all *row, bool v)
{
    row->f022 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F022);
    surreal_bit_set(row->mark_, WIDE_ALL_F022);
}

/* False for NULL too. */
static inline bool
wide_all_has_f023(const wide_all *row)
{
    return surreal_bit_is(row->set_,
            WIDE_ALL_F023) && surreal_bit_is(row->null_, WIDE_ALL_F023) == 0;
}

static inline void
wide_all_set_f023(wide_all *row, surreal_str v)
{
    row->f023 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F023);
    surreal_bit_set(row->mark_, WIDE_ALL_F023);
    surreal_bit_clear(row->null_, WIDE_ALL_F023);
}

static inline void
wide_all_null_f023(wide_all *row)
{
    surreal_bit_set(row->set_, WIDE_ALL_F023);
    surreal_bit_set(row->null_, WIDE_ALL_F023);
    surreal_bit_set(row->mark_, WIDE_ALL_F023);
}

static inline bool
wide_all_has_f024(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F024);
}

static inline void
wide_all_set_f024(wide_all *row, surreal_decimal v)
{
    row->f024 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F024);
    surreal_bit_set(row->mark_, WIDE_ALL_F024);
}

static inline bool
wide_all_has_f025(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F025);
}

static inline void
wide_all_set_f025(wide_all *row, wide_all_id v)
{
    row->f025 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F025);
    surreal_bit_set(row->mark_, WIDE_ALL_F025);
}

/* A merge removes the field. */
static inline void
wide_all_clear_f025(wide_all *row)
{
    surreal_bit_clear(row->set_, WIDE_ALL_F025);
    surreal_bit_set(row->mark_, WIDE_ALL_F025);
}

static inline bool
wide_all_has_f026(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F026);
}

static inline void
wide_all_set_f026(wide_all *row, const int64_t *v, size_t count)
{
    row->f026.v = v;
    row->f026.count = count;
    surreal_bit_set(row->set_, WIDE_ALL_F026);
    surreal_bit_set(row->mark_, WIDE_ALL_F026);
}

static inline bool
wide_all_has_f027(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F027);
}

static inline void
wide_all_set_f027(wide_all *row, surreal_str v)
{
    row->f027 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F027);
    surreal_bit_set(row->mark_, WIDE_ALL_F027);
}

static inline bool
wide_all_has_f028(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F028);
}

static inline void
wide_all_set_f028(wide_all *row, int64_t v)
{
    row->f028 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F028);
    surreal_bit_set(row->mark_, WIDE_ALL_F028);
}

/* A merge removes the field. */
static inline void
wide_all_clear_f028(wide_all *row)
{
    surreal_bit_clear(row->set_, WIDE_ALL_F028);
    surreal_bit_set(row->mark_, WIDE_ALL_F028);
}

static inline bool
wide_all_has_f029(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F029);
}

static inline void
wide_all_set_f029(wide_all *row, double v)
{
    row->f029 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F029);
    surreal_bit_set(row->mark_, WIDE_ALL_F029);
}

static inline bool
wide_all_has_f030(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F030);
}

static inline void
wide_all_set_f030(wide_all *row, surreal_datetime v)
{
    row->f030 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F030);
    surreal_bit_set(row->mark_, WIDE_ALL_F030);
}

/* A merge removes the field. */
static inline void
wide_all_clear_f030(wide_all *row)
{
    surreal_bit_clear(row->set_, WIDE_ALL_F030);
    surreal_bit_set(row->mark_, WIDE_ALL_F030);
}

static inline bool
wide_all_has_f031(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F031);
}

static inline void
wide_all_set_f031(wide_all *row, bool v)
{
    row->f031 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F031);
    surreal_bit_set(row->mark_, WIDE_ALL_F031);
}

/* False for NULL too. */
static inline bool
wide_all_has_f032(const wide_all *row)
{
    return surreal_bit_is(row->set_,
            WIDE_ALL_F032) && surreal_bit_is(row->null_, WIDE_ALL_F032) == 0;
}

static inline void
wide_all_set_f032(wide_all *row, surreal_str v)
{
    row->f032 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F032);
    surreal_bit_set(row->mark_, WIDE_ALL_F032);
    surreal_bit_clear(row->null_, WIDE_ALL_F032);
}

static inline void
wide_all_null_f032(wide_all *row)
{
    surreal_bit_set(row->set_, WIDE_ALL_F032);
    surreal_bit_set(row->null_, WIDE_ALL_F032);
    surreal_bit_set(row->mark_, WIDE_ALL_F032);
}

static inline bool
wide_all_has_f033(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F033);
}

static inline void
wide_all_set_f033(wide_all *row, surreal_decimal v)
{
    row->f033 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F033);
    surreal_bit_set(row->mark_, WIDE_ALL_F033);
}

static inline bool
wide_all_has_f034(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F034);
}

static inline void
wide_all_set_f034(wide_all *row, wide_all_id v)
{
    row->f034 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F034);
    surreal_bit_set(row->mark_, WIDE_ALL_F034);
}

/* A merge removes the field. */
static inline void
wide_all_clear_f034(wide_all *row)
{
    surreal_bit_clear(row->set_, WIDE_ALL_F034);
    surreal_bit_set(row->mark_, WIDE_ALL_F034);
}

static inline bool
wide_all_has_f035(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F035);
}

static inline void
wide_all_set_f035(wide_all *row, const int64_t *v, size_t count)
{
    row->f035.v = v;
    row->f035.count = count;
    surreal_bit_set(row->set_, WIDE_ALL_F035);
    surreal_bit_set(row->mark_, WIDE_ALL_F035);
}

static inline bool
wide_all_has_f036(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F036);
}

static inline void
wide_all_set_f036(wide_all *row, surreal_str v)
{
    row->f036 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F036);
    surreal_bit_set(row->mark_, WIDE_ALL_F036);
}

static inline bool
wide_all_has_f037(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F037);
}

static inline void
wide_all_set_f037(wide_all *row, int64_t v)
{
    row->f037 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F037);
    surreal_bit_set(row->mark_, WIDE_ALL_F037);
}

/* A merge removes the field. */
static inline void
wide_all_clear_f037(wide_all *row)
{
    surreal_bit_clear(row->set_, WIDE_ALL_F037);
    surreal_bit_set(row->mark_, WIDE_ALL_F037);
}

static inline bool
wide_all_has_f038(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F038);
}

static inline void
wide_all_set_f038(wide_all *row, double v)
{
    row->f038 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F038);
    surreal_bit_set(row->mark_, WIDE_ALL_F038);
}

static inline bool
wide_all_has_f039(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F039);
}

static inline void
wide_all_set_f039(wide_all *row, surreal_datetime v)
{
    row->f039 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F039);
    surreal_bit_set(row->mark_, WIDE_ALL_F039);
}

/* A merge removes the field. */
static inline void
wide_all_clear_f039(wide_all *row)
{
    surreal_bit_clear(row->set_, WIDE_ALL_F039);
    surreal_bit_set(row->mark_, WIDE_ALL_F039);
}

static inline bool
wide_all_has_f040(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F040);
}

static inline void
wide_all_set_f040(wide_all *row, bool v)
{
    row->f040 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F040);
    surreal_bit_set(row->mark_, WIDE_ALL_F040);
}

/* False for NULL too. */
static inline bool
wide_all_has_f041(const wide_all *row)
{
    return surreal_bit_is(row->set_,
            WIDE_ALL_F041) && surreal_bit_is(row->null_, WIDE_ALL_F041) == 0;
}

static inline void
wide_all_set_f041(wide_all *row, surreal_str v)
{
    row->f041 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F041);
    surreal_bit_set(row->mark_, WIDE_ALL_F041);
    surreal_bit_clear(row->null_, WIDE_ALL_F041);
}

static inline void
wide_all_null_f041(wide_all *row)
{
    surreal_bit_set(row->set_, WIDE_ALL_F041);
    surreal_bit_set(row->null_, WIDE_ALL_F041);
    surreal_bit_set(row->mark_, WIDE_ALL_F041);
}

static inline bool
wide_all_has_f042(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F042);
}

static inline void
wide_all_set_f042(wide_all *row, surreal_decimal v)
{
    row->f042 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F042);
    surreal_bit_set(row->mark_, WIDE_ALL_F042);
}

static inline bool
wide_all_has_f043(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F043);
}

static inline void
wide_all_set_f043(wide_all *row, wide_all_id v)
{
    row->f043 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F043);
    surreal_bit_set(row->mark_, WIDE_ALL_F043);
}

/* A merge removes the field. */
static inline void
wide_all_clear_f043(wide_all *row)
{
    surreal_bit_clear(row->set_, WIDE_ALL_F043);
    surreal_bit_set(row->mark_, WIDE_ALL_F043);
}

static inline bool
wide_all_has_f044(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F044);
}

static inline void
wide_all_set_f044(wide_all *row, const int64_t *v, size_t count)
{
    row->f044.v = v;
    row->f044.count = count;
    surreal_bit_set(row->set_, WIDE_ALL_F044);
    surreal_bit_set(row->mark_, WIDE_ALL_F044);
}

static inline bool
wide_all_has_f045(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F045);
}

static inline void
wide_all_set_f045(wide_all *row, surreal_str v)
{
    row->f045 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F045);
    surreal_bit_set(row->mark_, WIDE_ALL_F045);
}

static inline bool
wide_all_has_f046(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F046);
}

static inline void
wide_all_set_f046(wide_all *row, int64_t v)
{
    row->f046 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F046);
    surreal_bit_set(row->mark_, WIDE_ALL_F046);
}

/* A merge removes the field. */
static inline void
wide_all_clear_f046(wide_all *row)
{
    surreal_bit_clear(row->set_, WIDE_ALL_F046);
    surreal_bit_set(row->mark_, WIDE_ALL_F046);
}

static inline bool
wide_all_has_f047(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F047);
}

static inline void
wide_all_set_f047(wide_all *row, double v)
{
    row->f047 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F047);
    surreal_bit_set(row->mark_, WIDE_ALL_F047);
}

static inline bool
wide_all_has_f048(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F048);
}

static inline void
wide_all_set_f048(wide_all *row, surreal_datetime v)
{
    row->f048 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F048);
    surreal_bit_set(row->mark_, WIDE_ALL_F048);
}

/* A merge removes the field. */
static inline void
wide_all_clear_f048(wide_all *row)
{
    surreal_bit_clear(row->set_, WIDE_ALL_F048);
    surreal_bit_set(row->mark_, WIDE_ALL_F048);
}

static inline bool
wide_all_has_f049(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F049);
}

static inline void
wide_all_set_f049(wide_all *row, bool v)
{
    row->f049 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F049);
    surreal_bit_set(row->mark_, WIDE_ALL_F049);
}

/* False for NULL too. */
static inline bool
wide_all_has_f050(const wide_all *row)
{
    return surreal_bit_is(row->set_,
            WIDE_ALL_F050) && surreal_bit_is(row->null_, WIDE_ALL_F050) == 0;
}

static inline void
wide_all_set_f050(wide_all *row, surreal_str v)
{
    row->f050 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F050);
    surreal_bit_set(row->mark_, WIDE_ALL_F050);
    surreal_bit_clear(row->null_, WIDE_ALL_F050);
}

static inline void
wide_all_null_f050(wide_all *row)
{
    surreal_bit_set(row->set_, WIDE_ALL_F050);
    surreal_bit_set(row->null_, WIDE_ALL_F050);
    surreal_bit_set(row->mark_, WIDE_ALL_F050);
}

static inline bool
wide_all_has_f051(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F051);
}

static inline void
wide_all_set_f051(wide_all *row, surreal_decimal v)
{
    row->f051 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F051);
    surreal_bit_set(row->mark_, WIDE_ALL_F051);
}

static inline bool
wide_all_has_f052(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F052);
}

static inline void
wide_all_set_f052(wide_all *row, wide_all_id v)
{
    row->f052 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F052);
    surreal_bit_set(row->mark_, WIDE_ALL_F052);
}

/* A merge removes the field. */
static inline void
wide_all_clear_f052(wide_all *row)
{
    surreal_bit_clear(row->set_, WIDE_ALL_F052);
    surreal_bit_set(row->mark_, WIDE_ALL_F052);
}

static inline bool
wide_all_has_f053(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F053);
}

static inline void
wide_all_set_f053(wide_all *row, const int64_t *v, size_t count)
{
    row->f053.v = v;
    row->f053.count = count;
    surreal_bit_set(row->set_, WIDE_ALL_F053);
    surreal_bit_set(row->mark_, WIDE_ALL_F053);
}

static inline bool
wide_all_has_f054(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F054);
}

static inline void
wide_all_set_f054(wide_all *row, surreal_str v)
{
    row->f054 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F054);
    surreal_bit_set(row->mark_, WIDE_ALL_F054);
}

static inline bool
wide_all_has_f055(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F055);
}

static inline void
wide_all_set_f055(wide_all *row, int64_t v)
{
    row->f055 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F055);
    surreal_bit_set(row->mark_, WIDE_ALL_F055);
}

/* A merge removes the field. */
static inline void
wide_all_clear_f055(wide_all *row)
{
    surreal_bit_clear(row->set_, WIDE_ALL_F055);
    surreal_bit_set(row->mark_, WIDE_ALL_F055);
}

static inline bool
wide_all_has_f056(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F056);
}

static inline void
wide_all_set_f056(wide_all *row, double v)
{
    row->f056 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F056);
    surreal_bit_set(row->mark_, WIDE_ALL_F056);
}

static inline bool
wide_all_has_f057(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F057);
}

static inline void
wide_all_set_f057(wide_all *row, surreal_datetime v)
{
    row->f057 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F057);
    surreal_bit_set(row->mark_, WIDE_ALL_F057);
}

/* A merge removes the field. */
static inline void
wide_all_clear_f057(wide_all *row)
{
    surreal_bit_clear(row->set_, WIDE_ALL_F057);
    surreal_bit_set(row->mark_, WIDE_ALL_F057);
}

static inline bool
wide_all_has_f058(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F058);
}

static inline void
wide_all_set_f058(wide_all *row, bool v)
{
    row->f058 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F058);
    surreal_bit_set(row->mark_, WIDE_ALL_F058);
}

/* False for NULL too. */
static inline bool
wide_all_has_f059(const wide_all *row)
{
    return surreal_bit_is(row->set_,
            WIDE_ALL_F059) && surreal_bit_is(row->null_, WIDE_ALL_F059) == 0;
}

static inline void
wide_all_set_f059(wide_all *row, surreal_str v)
{
    row->f059 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F059);
    surreal_bit_set(row->mark_, WIDE_ALL_F059);
    surreal_bit_clear(row->null_, WIDE_ALL_F059);
}

static inline void
wide_all_null_f059(wide_all *row)
{
    surreal_bit_set(row->set_, WIDE_ALL_F059);
    surreal_bit_set(row->null_, WIDE_ALL_F059);
    surreal_bit_set(row->mark_, WIDE_ALL_F059);
}

static inline bool
wide_all_has_f060(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F060);
}

static inline void
wide_all_set_f060(wide_all *row, surreal_decimal v)
{
    row->f060 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F060);
    surreal_bit_set(row->mark_, WIDE_ALL_F060);
}

static inline bool
wide_all_has_f061(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F061);
}

static inline void
wide_all_set_f061(wide_all *row, wide_all_id v)
{
    row->f061 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F061);
    surreal_bit_set(row->mark_, WIDE_ALL_F061);
}

/* A merge removes the field. */
static inline void
wide_all_clear_f061(wide_all *row)
{
    surreal_bit_clear(row->set_, WIDE_ALL_F061);
    surreal_bit_set(row->mark_, WIDE_ALL_F061);
}

static inline bool
wide_all_has_f062(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F062);
}

static inline void
wide_all_set_f062(wide_all *row, const int64_t *v, size_t count)
{
    row->f062.v = v;
    row->f062.count = count;
    surreal_bit_set(row->set_, WIDE_ALL_F062);
    surreal_bit_set(row->mark_, WIDE_ALL_F062);
}

static inline bool
wide_all_has_f063(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F063);
}

static inline void
wide_all_set_f063(wide_all *row, surreal_str v)
{
    row->f063 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F063);
    surreal_bit_set(row->mark_, WIDE_ALL_F063);
}

static inline bool
wide_all_has_f064(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F064);
}

static inline void
wide_all_set_f064(wide_all *row, int64_t v)
{
    row->f064 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F064);
    surreal_bit_set(row->mark_, WIDE_ALL_F064);
}

/* A merge removes the field. */
static inline void
wide_all_clear_f064(wide_all *row)
{
    surreal_bit_clear(row->set_, WIDE_ALL_F064);
    surreal_bit_set(row->mark_, WIDE_ALL_F064);
}

static inline bool
wide_all_has_f065(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F065);
}

static inline void
wide_all_set_f065(wide_all *row, double v)
{
    row->f065 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F065);
    surreal_bit_set(row->mark_, WIDE_ALL_F065);
}

static inline bool
wide_all_has_f066(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F066);
}

static inline void
wide_all_set_f066(wide_all *row, surreal_datetime v)
{
    row->f066 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F066);
    surreal_bit_set(row->mark_, WIDE_ALL_F066);
}

/* A merge removes the field. */
static inline void
wide_all_clear_f066(wide_all *row)
{
    surreal_bit_clear(row->set_, WIDE_ALL_F066);
    surreal_bit_set(row->mark_, WIDE_ALL_F066);
}

static inline bool
wide_all_has_f067(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F067);
}

static inline void
wide_all_set_f067(wide_all *row, bool v)
{
    row->f067 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F067);
    surreal_bit_set(row->mark_, WIDE_ALL_F067);
}

/* False for NULL too. */
static inline bool
wide_all_has_f068(const wide_all *row)
{
    return surreal_bit_is(row->set_,
            WIDE_ALL_F068) && surreal_bit_is(row->null_, WIDE_ALL_F068) == 0;
}

static inline void
wide_all_set_f068(wide_all *row, surreal_str v)
{
    row->f068 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F068);
    surreal_bit_set(row->mark_, WIDE_ALL_F068);
    surreal_bit_clear(row->null_, WIDE_ALL_F068);
}

static inline void
wide_all_null_f068(wide_all *row)
{
    surreal_bit_set(row->set_, WIDE_ALL_F068);
    surreal_bit_set(row->null_, WIDE_ALL_F068);
    surreal_bit_set(row->mark_, WIDE_ALL_F068);
}

static inline bool
wide_all_has_f069(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F069);
}

static inline void
wide_all_set_f069(wide_all *row, surreal_decimal v)
{
    row->f069 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F069);
    surreal_bit_set(row->mark_, WIDE_ALL_F069);
}

static inline bool
wide_all_has_f070(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F070);
}

static inline void
wide_all_set_f070(wide_all *row, wide_all_id v)
{
    row->f070 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F070);
    surreal_bit_set(row->mark_, WIDE_ALL_F070);
}

/* A merge removes the field. */
static inline void
wide_all_clear_f070(wide_all *row)
{
    surreal_bit_clear(row->set_, WIDE_ALL_F070);
    surreal_bit_set(row->mark_, WIDE_ALL_F070);
}

static inline bool
wide_all_has_f071(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F071);
}

static inline void
wide_all_set_f071(wide_all *row, const int64_t *v, size_t count)
{
    row->f071.v = v;
    row->f071.count = count;
    surreal_bit_set(row->set_, WIDE_ALL_F071);
    surreal_bit_set(row->mark_, WIDE_ALL_F071);
}

static inline bool
wide_all_has_f072(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F072);
}

static inline void
wide_all_set_f072(wide_all *row, surreal_str v)
{
    row->f072 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F072);
    surreal_bit_set(row->mark_, WIDE_ALL_F072);
}

static inline bool
wide_all_has_f073(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F073);
}

static inline void
wide_all_set_f073(wide_all *row, int64_t v)
{
    row->f073 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F073);
    surreal_bit_set(row->mark_, WIDE_ALL_F073);
}

/* A merge removes the field. */
static inline void
wide_all_clear_f073(wide_all *row)
{
    surreal_bit_clear(row->set_, WIDE_ALL_F073);
    surreal_bit_set(row->mark_, WIDE_ALL_F073);
}

static inline bool
wide_all_has_f074(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F074);
}

static inline void
wide_all_set_f074(wide_all *row, double v)
{
    row->f074 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F074);
    surreal_bit_set(row->mark_, WIDE_ALL_F074);
}

static inline bool
wide_all_has_f075(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F075);
}

static inline void
wide_all_set_f075(wide_all *row, surreal_datetime v)
{
    row->f075 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F075);
    surreal_bit_set(row->mark_, WIDE_ALL_F075);
}

/* A merge removes the field. */
static inline void
wide_all_clear_f075(wide_all *row)
{
    surreal_bit_clear(row->set_, WIDE_ALL_F075);
    surreal_bit_set(row->mark_, WIDE_ALL_F075);
}

static inline bool
wide_all_has_f076(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F076);
}

static inline void
wide_all_set_f076(wide_all *row, bool v)
{
    row->f076 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F076);
    surreal_bit_set(row->mark_, WIDE_ALL_F076);
}

/* False for NULL too. */
static inline bool
wide_all_has_f077(const wide_all *row)
{
    return surreal_bit_is(row->set_,
            WIDE_ALL_F077) && surreal_bit_is(row->null_, WIDE_ALL_F077) == 0;
}

static inline void
wide_all_set_f077(wide_all *row, surreal_str v)
{
    row->f077 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F077);
    surreal_bit_set(row->mark_, WIDE_ALL_F077);
    surreal_bit_clear(row->null_, WIDE_ALL_F077);
}

static inline void
wide_all_null_f077(wide_all *row)
{
    surreal_bit_set(row->set_, WIDE_ALL_F077);
    surreal_bit_set(row->null_, WIDE_ALL_F077);
    surreal_bit_set(row->mark_, WIDE_ALL_F077);
}

static inline bool
wide_all_has_f078(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F078);
}

static inline void
wide_all_set_f078(wide_all *row, surreal_decimal v)
{
    row->f078 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F078);
    surreal_bit_set(row->mark_, WIDE_ALL_F078);
}

static inline bool
wide_all_has_f079(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F079);
}

static inline void
wide_all_set_f079(wide_all *row, wide_all_id v)
{
    row->f079 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F079);
    surreal_bit_set(row->mark_, WIDE_ALL_F079);
}

/* A merge removes the field. */
static inline void
wide_all_clear_f079(wide_all *row)
{
    surreal_bit_clear(row->set_, WIDE_ALL_F079);
    surreal_bit_set(row->mark_, WIDE_ALL_F079);
}

static inline bool
wide_all_has_f080(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F080);
}

static inline void
wide_all_set_f080(wide_all *row, const int64_t *v, size_t count)
{
    row->f080.v = v;
    row->f080.count = count;
    surreal_bit_set(row->set_, WIDE_ALL_F080);
    surreal_bit_set(row->mark_, WIDE_ALL_F080);
}

static inline bool
wide_all_has_f081(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F081);
}

static inline void
wide_all_set_f081(wide_all *row, surreal_str v)
{
    row->f081 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F081);
    surreal_bit_set(row->mark_, WIDE_ALL_F081);
}

static inline bool
wide_all_has_f082(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F082);
}

static inline void
wide_all_set_f082(wide_all *row, int64_t v)
{
    row->f082 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F082);
    surreal_bit_set(row->mark_, WIDE_ALL_F082);
}

/* A merge removes the field. */
static inline void
wide_all_clear_f082(wide_all *row)
{
    surreal_bit_clear(row->set_, WIDE_ALL_F082);
    surreal_bit_set(row->mark_, WIDE_ALL_F082);
}

static inline bool
wide_all_has_f083(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F083);
}

static inline void
wide_all_set_f083(wide_all *row, double v)
{
    row->f083 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F083);
    surreal_bit_set(row->mark_, WIDE_ALL_F083);
}

static inline bool
wide_all_has_f084(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F084);
}

static inline void
wide_all_set_f084(wide_all *row, surreal_datetime v)
{
    row->f084 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F084);
    surreal_bit_set(row->mark_, WIDE_ALL_F084);
}

/* A merge removes the field. */
static inline void
wide_all_clear_f084(wide_all *row)
{
    surreal_bit_clear(row->set_, WIDE_ALL_F084);
    surreal_bit_set(row->mark_, WIDE_ALL_F084);
}

static inline bool
wide_all_has_f085(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F085);
}

static inline void
wide_all_set_f085(wide_all *row, bool v)
{
    row->f085 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F085);
    surreal_bit_set(row->mark_, WIDE_ALL_F085);
}

/* False for NULL too. */
static inline bool
wide_all_has_f086(const wide_all *row)
{
    return surreal_bit_is(row->set_,
            WIDE_ALL_F086) && surreal_bit_is(row->null_, WIDE_ALL_F086) == 0;
}

static inline void
wide_all_set_f086(wide_all *row, surreal_str v)
{
    row->f086 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F086);
    surreal_bit_set(row->mark_, WIDE_ALL_F086);
    surreal_bit_clear(row->null_, WIDE_ALL_F086);
}

static inline void
wide_all_null_f086(wide_all *row)
{
    surreal_bit_set(row->set_, WIDE_ALL_F086);
    surreal_bit_set(row->null_, WIDE_ALL_F086);
    surreal_bit_set(row->mark_, WIDE_ALL_F086);
}

static inline bool
wide_all_has_f087(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F087);
}

static inline void
wide_all_set_f087(wide_all *row, surreal_decimal v)
{
    row->f087 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F087);
    surreal_bit_set(row->mark_, WIDE_ALL_F087);
}

static inline bool
wide_all_has_f088(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F088);
}

static inline void
wide_all_set_f088(wide_all *row, wide_all_id v)
{
    row->f088 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F088);
    surreal_bit_set(row->mark_, WIDE_ALL_F088);
}

/* A merge removes the field. */
static inline void
wide_all_clear_f088(wide_all *row)
{
    surreal_bit_clear(row->set_, WIDE_ALL_F088);
    surreal_bit_set(row->mark_, WIDE_ALL_F088);
}

static inline bool
wide_all_has_f089(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F089);
}

static inline void
wide_all_set_f089(wide_all *row, const int64_t *v, size_t count)
{
    row->f089.v = v;
    row->f089.count = count;
    surreal_bit_set(row->set_, WIDE_ALL_F089);
    surreal_bit_set(row->mark_, WIDE_ALL_F089);
}

static inline bool
wide_all_has_f090(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F090);
}

static inline void
wide_all_set_f090(wide_all *row, surreal_str v)
{
    row->f090 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F090);
    surreal_bit_set(row->mark_, WIDE_ALL_F090);
}

static inline bool
wide_all_has_f091(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F091);
}

static inline void
wide_all_set_f091(wide_all *row, int64_t v)
{
    row->f091 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F091);
    surreal_bit_set(row->mark_, WIDE_ALL_F091);
}

/* A merge removes the field. */
static inline void
wide_all_clear_f091(wide_all *row)
{
    surreal_bit_clear(row->set_, WIDE_ALL_F091);
    surreal_bit_set(row->mark_, WIDE_ALL_F091);
}

static inline bool
wide_all_has_f092(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F092);
}

static inline void
wide_all_set_f092(wide_all *row, double v)
{
    row->f092 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F092);
    surreal_bit_set(row->mark_, WIDE_ALL_F092);
}

static inline bool
wide_all_has_f093(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F093);
}

static inline void
wide_all_set_f093(wide_all *row, surreal_datetime v)
{
    row->f093 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F093);
    surreal_bit_set(row->mark_, WIDE_ALL_F093);
}

/* A merge removes the field. */
static inline void
wide_all_clear_f093(wide_all *row)
{
    surreal_bit_clear(row->set_, WIDE_ALL_F093);
    surreal_bit_set(row->mark_, WIDE_ALL_F093);
}

static inline bool
wide_all_has_f094(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F094);
}

static inline void
wide_all_set_f094(wide_all *row, bool v)
{
    row->f094 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F094);
    surreal_bit_set(row->mark_, WIDE_ALL_F094);
}

/* False for NULL too. */
static inline bool
wide_all_has_f095(const wide_all *row)
{
    return surreal_bit_is(row->set_,
            WIDE_ALL_F095) && surreal_bit_is(row->null_, WIDE_ALL_F095) == 0;
}

static inline void
wide_all_set_f095(wide_all *row, surreal_str v)
{
    row->f095 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F095);
    surreal_bit_set(row->mark_, WIDE_ALL_F095);
    surreal_bit_clear(row->null_, WIDE_ALL_F095);
}

static inline void
wide_all_null_f095(wide_all *row)
{
    surreal_bit_set(row->set_, WIDE_ALL_F095);
    surreal_bit_set(row->null_, WIDE_ALL_F095);
    surreal_bit_set(row->mark_, WIDE_ALL_F095);
}

static inline bool
wide_all_has_f096(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F096);
}

static inline void
wide_all_set_f096(wide_all *row, surreal_decimal v)
{
    row->f096 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F096);
    surreal_bit_set(row->mark_, WIDE_ALL_F096);
}

static inline bool
wide_all_has_f097(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F097);
}

static inline void
wide_all_set_f097(wide_all *row, wide_all_id v)
{
    row->f097 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F097);
    surreal_bit_set(row->mark_, WIDE_ALL_F097);
}

/* A merge removes the field. */
static inline void
wide_all_clear_f097(wide_all *row)
{
    surreal_bit_clear(row->set_, WIDE_ALL_F097);
    surreal_bit_set(row->mark_, WIDE_ALL_F097);
}

static inline bool
wide_all_has_f098(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F098);
}

static inline void
wide_all_set_f098(wide_all *row, const int64_t *v, size_t count)
{
    row->f098.v = v;
    row->f098.count = count;
    surreal_bit_set(row->set_, WIDE_ALL_F098);
    surreal_bit_set(row->mark_, WIDE_ALL_F098);
}

static inline bool
wide_all_has_f099(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F099);
}

static inline void
wide_all_set_f099(wide_all *row, surreal_str v)
{
    row->f099 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F099);
    surreal_bit_set(row->mark_, WIDE_ALL_F099);
}

static inline bool
wide_all_has_f100(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F100);
}

static inline void
wide_all_set_f100(wide_all *row, int64_t v)
{
    row->f100 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F100);
    surreal_bit_set(row->mark_, WIDE_ALL_F100);
}

/* A merge removes the field. */
static inline void
wide_all_clear_f100(wide_all *row)
{
    surreal_bit_clear(row->set_, WIDE_ALL_F100);
    surreal_bit_set(row->mark_, WIDE_ALL_F100);
}

static inline bool
wide_all_has_f101(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F101);
}

static inline void
wide_all_set_f101(wide_all *row, double v)
{
    row->f101 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F101);
    surreal_bit_set(row->mark_, WIDE_ALL_F101);
}

static inline bool
wide_all_has_f102(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F102);
}

static inline void
wide_all_set_f102(wide_all *row, surreal_datetime v)
{
    row->f102 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F102);
    surreal_bit_set(row->mark_, WIDE_ALL_F102);
}

/* A merge removes the field. */
static inline void
wide_all_clear_f102(wide_all *row)
{
    surreal_bit_clear(row->set_, WIDE_ALL_F102);
    surreal_bit_set(row->mark_, WIDE_ALL_F102);
}

static inline bool
wide_all_has_f103(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F103);
}

static inline void
wide_all_set_f103(wide_all *row, bool v)
{
    row->f103 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F103);
    surreal_bit_set(row->mark_, WIDE_ALL_F103);
}

/* False for NULL too. */
static inline bool
wide_all_has_f104(const wide_all *row)
{
    return surreal_bit_is(row->set_,
            WIDE_ALL_F104) && surreal_bit_is(row->null_, WIDE_ALL_F104) == 0;
}

static inline void
wide_all_set_f104(wide_all *row, surreal_str v)
{
    row->f104 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F104);
    surreal_bit_set(row->mark_, WIDE_ALL_F104);
    surreal_bit_clear(row->null_, WIDE_ALL_F104);
}

static inline void
wide_all_null_f104(wide_all *row)
{
    surreal_bit_set(row->set_, WIDE_ALL_F104);
    surreal_bit_set(row->null_, WIDE_ALL_F104);
    surreal_bit_set(row->mark_, WIDE_ALL_F104);
}

static inline bool
wide_all_has_f105(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F105);
}

static inline void
wide_all_set_f105(wide_all *row, surreal_decimal v)
{
    row->f105 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F105);
    surreal_bit_set(row->mark_, WIDE_ALL_F105);
}

static inline bool
wide_all_has_f106(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F106);
}

static inline void
wide_all_set_f106(wide_all *row, wide_all_id v)
{
    row->f106 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F106);
    surreal_bit_set(row->mark_, WIDE_ALL_F106);
}

/* A merge removes the field. */
static inline void
wide_all_clear_f106(wide_all *row)
{
    surreal_bit_clear(row->set_, WIDE_ALL_F106);
    surreal_bit_set(row->mark_, WIDE_ALL_F106);
}

static inline bool
wide_all_has_f107(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F107);
}

static inline void
wide_all_set_f107(wide_all *row, const int64_t *v, size_t count)
{
    row->f107.v = v;
    row->f107.count = count;
    surreal_bit_set(row->set_, WIDE_ALL_F107);
    surreal_bit_set(row->mark_, WIDE_ALL_F107);
}

static inline bool
wide_all_has_f108(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F108);
}

static inline void
wide_all_set_f108(wide_all *row, surreal_str v)
{
    row->f108 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F108);
    surreal_bit_set(row->mark_, WIDE_ALL_F108);
}

static inline bool
wide_all_has_f109(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F109);
}

static inline void
wide_all_set_f109(wide_all *row, int64_t v)
{
    row->f109 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F109);
    surreal_bit_set(row->mark_, WIDE_ALL_F109);
}

/* A merge removes the field. */
static inline void
wide_all_clear_f109(wide_all *row)
{
    surreal_bit_clear(row->set_, WIDE_ALL_F109);
    surreal_bit_set(row->mark_, WIDE_ALL_F109);
}

static inline bool
wide_all_has_f110(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F110);
}

static inline void
wide_all_set_f110(wide_all *row, double v)
{
    row->f110 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F110);
    surreal_bit_set(row->mark_, WIDE_ALL_F110);
}

static inline bool
wide_all_has_f111(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F111);
}

static inline void
wide_all_set_f111(wide_all *row, surreal_datetime v)
{
    row->f111 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F111);
    surreal_bit_set(row->mark_, WIDE_ALL_F111);
}

/* A merge removes the field. */
static inline void
wide_all_clear_f111(wide_all *row)
{
    surreal_bit_clear(row->set_, WIDE_ALL_F111);
    surreal_bit_set(row->mark_, WIDE_ALL_F111);
}

static inline bool
wide_all_has_f112(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F112);
}

static inline void
wide_all_set_f112(wide_all *row, bool v)
{
    row->f112 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F112);
    surreal_bit_set(row->mark_, WIDE_ALL_F112);
}

/* False for NULL too. */
static inline bool
wide_all_has_f113(const wide_all *row)
{
    return surreal_bit_is(row->set_,
            WIDE_ALL_F113) && surreal_bit_is(row->null_, WIDE_ALL_F113) == 0;
}

static inline void
wide_all_set_f113(wide_all *row, surreal_str v)
{
    row->f113 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F113);
    surreal_bit_set(row->mark_, WIDE_ALL_F113);
    surreal_bit_clear(row->null_, WIDE_ALL_F113);
}

static inline void
wide_all_null_f113(wide_all *row)
{
    surreal_bit_set(row->set_, WIDE_ALL_F113);
    surreal_bit_set(row->null_, WIDE_ALL_F113);
    surreal_bit_set(row->mark_, WIDE_ALL_F113);
}

static inline bool
wide_all_has_f114(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F114);
}

static inline void
wide_all_set_f114(wide_all *row, surreal_decimal v)
{
    row->f114 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F114);
    surreal_bit_set(row->mark_, WIDE_ALL_F114);
}

static inline bool
wide_all_has_f115(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F115);
}

static inline void
wide_all_set_f115(wide_all *row, wide_all_id v)
{
    row->f115 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F115);
    surreal_bit_set(row->mark_, WIDE_ALL_F115);
}

/* A merge removes the field. */
static inline void
wide_all_clear_f115(wide_all *row)
{
    surreal_bit_clear(row->set_, WIDE_ALL_F115);
    surreal_bit_set(row->mark_, WIDE_ALL_F115);
}

static inline bool
wide_all_has_f116(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F116);
}

static inline void
wide_all_set_f116(wide_all *row, const int64_t *v, size_t count)
{
    row->f116.v = v;
    row->f116.count = count;
    surreal_bit_set(row->set_, WIDE_ALL_F116);
    surreal_bit_set(row->mark_, WIDE_ALL_F116);
}

static inline bool
wide_all_has_f117(const wide_all *row)
{
    return surreal_bit_is(row->set_, WIDE_ALL_F117);
}

static inline void
wide_all_set_f117(wide_all *row, surreal_str v)
{
    row->f117 = v;
    surreal_bit_set(row->set_, WIDE_ALL_F117);
    surreal_bit_set(row->mark_, WIDE_ALL_F117);
}

static inline size_t
wide_all_print(const wide_all *row, char *buf, size_t cap)
{
    return surreal_model_print(&wide_all_model, row, buf, cap);
}

static inline size_t
wide_all_to_json(const wide_all *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&wide_all_model, row, buf, cap);
}

static inline bool
wide_all_equal(const wide_all *a, const wide_all *b)
{
    return surreal_model_equal(&wide_all_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
wide_all_copy(const wide_all *row, surreal_result *owner, wide_all *out)
{
    return surreal_model_copy(&wide_all_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
wide_all_check(const wide_all *row, surreal_error *err)
{
    return surreal_model_check(&wide_all_model, row, err);
}

typedef struct wide_all_row {
    struct wide_all row;
    surreal_result *result;
} wide_all_row;

typedef struct wide_all_rows {
    struct wide_all *v;
    size_t count;
    surreal_result *result;
} wide_all_rows;

static inline surreal_status
wide_all_get(surreal *db, wide_all_id id, wide_all_row *out)
{
    return surreal_model_get(db, &wide_all_model, id.rid,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
wide_all_all(surreal *db, wide_all_rows *out)
{
    void *v;
    surreal_status status = surreal_model_all(db, &wide_all_model, &v,
            &out->count, &out->result);

    out->v = (wide_all *)v;
    return status;
}

/* `where` is program text; values belong into vars. */
static inline surreal_status
wide_all_find(surreal *db, const char *where, surreal_vars vars,
        wide_all_rows *out)
{
    void *v;
    surreal_status status = surreal_model_find(db, &wide_all_model, where,
            vars, &v, &out->count, &out->result);

    out->v = (wide_all *)v;
    return status;
}

/* `where` may be NULL for all. */
static inline surreal_status
wide_all_count(surreal *db, const char *where, surreal_vars vars,
        int64_t *count)
{
    return surreal_model_count(db, &wide_all_model, where, vars, count);
}

static inline surreal_status
wide_all_create(surreal *db, const wide_all *row, wide_all_row *out)
{
    return surreal_model_create(db, &wide_all_model, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
wide_all_insert(surreal *db, const wide_all *rows, size_t count,
        wide_all_rows *out)
{
    void *v = NULL;
    surreal_status status = surreal_model_insert(db, &wide_all_model, rows,
            count, out ? &v : NULL, out ? &out->result : NULL);

    if (out) {
        out->v = (wide_all *)v;
        out->count = v ? count : 0;
    }
    return status;
}

static inline surreal_status
wide_all_merge(surreal *db, wide_all_id id, const wide_all *row,
        wide_all_row *out)
{
    return surreal_model_merge(db, &wide_all_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
wide_all_replace(surreal *db, wide_all_id id, const wide_all *row,
        wide_all_row *out)
{
    return surreal_model_replace(db, &wide_all_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
wide_all_upsert(surreal *db, wide_all_id id, const wide_all *row,
        wide_all_row *out)
{
    return surreal_model_upsert(db, &wide_all_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
wide_all_delete(surreal *db, wide_all_id id, wide_all_row *out)
{
    return surreal_model_delete(db, &wide_all_model, id.rid,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

/* At most `count` records behind `id`, in the order of ids; a zeroed id: from
 * the beginning. */
static inline surreal_status
wide_all_page(surreal *db, wide_all_id id, size_t count, wide_all_rows *out)
{
    void *v;
    surreal_status status = surreal_model_page(db, &wide_all_model, id.rid,
            count, &v, &out->count, &out->result);

    out->v = (wide_all *)v;
    return status;
}

static inline surreal_status
wide_all_by_f007(surreal *db, wide_all_id key1, wide_all_rows *out)
{
    return wide_all_find(db,
        "`f007` = $srl_1",
        SURREAL_VARS(surreal_bind_id("srl_1", key1.rid)), out);
}

static inline surreal_status
wide_all_by_f016(surreal *db, wide_all_id key1, wide_all_rows *out)
{
    return wide_all_find(db,
        "`f016` = $srl_1",
        SURREAL_VARS(surreal_bind_id("srl_1", key1.rid)), out);
}

static inline surreal_status
wide_all_by_f025(surreal *db, wide_all_id key1, wide_all_rows *out)
{
    return wide_all_find(db,
        "`f025` = $srl_1",
        SURREAL_VARS(surreal_bind_id("srl_1", key1.rid)), out);
}

static inline surreal_status
wide_all_by_f034(surreal *db, wide_all_id key1, wide_all_rows *out)
{
    return wide_all_find(db,
        "`f034` = $srl_1",
        SURREAL_VARS(surreal_bind_id("srl_1", key1.rid)), out);
}

static inline surreal_status
wide_all_by_f043(surreal *db, wide_all_id key1, wide_all_rows *out)
{
    return wide_all_find(db,
        "`f043` = $srl_1",
        SURREAL_VARS(surreal_bind_id("srl_1", key1.rid)), out);
}

static inline surreal_status
wide_all_by_f052(surreal *db, wide_all_id key1, wide_all_rows *out)
{
    return wide_all_find(db,
        "`f052` = $srl_1",
        SURREAL_VARS(surreal_bind_id("srl_1", key1.rid)), out);
}

static inline surreal_status
wide_all_by_f061(surreal *db, wide_all_id key1, wide_all_rows *out)
{
    return wide_all_find(db,
        "`f061` = $srl_1",
        SURREAL_VARS(surreal_bind_id("srl_1", key1.rid)), out);
}

static inline surreal_status
wide_all_by_f070(surreal *db, wide_all_id key1, wide_all_rows *out)
{
    return wide_all_find(db,
        "`f070` = $srl_1",
        SURREAL_VARS(surreal_bind_id("srl_1", key1.rid)), out);
}

static inline surreal_status
wide_all_by_f079(surreal *db, wide_all_id key1, wide_all_rows *out)
{
    return wide_all_find(db,
        "`f079` = $srl_1",
        SURREAL_VARS(surreal_bind_id("srl_1", key1.rid)), out);
}

static inline surreal_status
wide_all_by_f088(surreal *db, wide_all_id key1, wide_all_rows *out)
{
    return wide_all_find(db,
        "`f088` = $srl_1",
        SURREAL_VARS(surreal_bind_id("srl_1", key1.rid)), out);
}

static inline surreal_status
wide_all_by_f097(surreal *db, wide_all_id key1, wide_all_rows *out)
{
    return wide_all_find(db,
        "`f097` = $srl_1",
        SURREAL_VARS(surreal_bind_id("srl_1", key1.rid)), out);
}

static inline surreal_status
wide_all_by_f106(surreal *db, wide_all_id key1, wide_all_rows *out)
{
    return wide_all_find(db,
        "`f106` = $srl_1",
        SURREAL_VARS(surreal_bind_id("srl_1", key1.rid)), out);
}

static inline surreal_status
wide_all_by_f115(surreal *db, wide_all_id key1, wide_all_rows *out)
{
    return wide_all_find(db,
        "`f115` = $srl_1",
        SURREAL_VARS(surreal_bind_id("srl_1", key1.rid)), out);
}

/* For surreal_schema_check(). */
extern const surreal_schema wide_schema;

#ifdef __cplusplus
}
#endif

#endif
