/* wide.c: written by surrealgen from wide.sg; do not edit. */
#include "wide.h"

static const surreal_items wide_all_f008_items_ = {
    NULL, (uint32_t)sizeof(int64_t), 0,
    SURREAL_MEMBER_INT, 0, 0
};

static const surreal_items wide_all_f017_items_ = {
    NULL, (uint32_t)sizeof(int64_t), 0,
    SURREAL_MEMBER_INT, 0, 0
};

static const surreal_items wide_all_f026_items_ = {
    NULL, (uint32_t)sizeof(int64_t), 0,
    SURREAL_MEMBER_INT, 0, 0
};

static const surreal_items wide_all_f035_items_ = {
    NULL, (uint32_t)sizeof(int64_t), 0,
    SURREAL_MEMBER_INT, 0, 0
};

static const surreal_items wide_all_f044_items_ = {
    NULL, (uint32_t)sizeof(int64_t), 0,
    SURREAL_MEMBER_INT, 0, 0
};

static const surreal_items wide_all_f053_items_ = {
    NULL, (uint32_t)sizeof(int64_t), 0,
    SURREAL_MEMBER_INT, 0, 0
};

static const surreal_items wide_all_f062_items_ = {
    NULL, (uint32_t)sizeof(int64_t), 0,
    SURREAL_MEMBER_INT, 0, 0
};

static const surreal_items wide_all_f071_items_ = {
    NULL, (uint32_t)sizeof(int64_t), 0,
    SURREAL_MEMBER_INT, 0, 0
};

static const surreal_items wide_all_f080_items_ = {
    NULL, (uint32_t)sizeof(int64_t), 0,
    SURREAL_MEMBER_INT, 0, 0
};

static const surreal_items wide_all_f089_items_ = {
    NULL, (uint32_t)sizeof(int64_t), 0,
    SURREAL_MEMBER_INT, 0, 0
};

static const surreal_items wide_all_f098_items_ = {
    NULL, (uint32_t)sizeof(int64_t), 0,
    SURREAL_MEMBER_INT, 0, 0
};

static const surreal_items wide_all_f107_items_ = {
    NULL, (uint32_t)sizeof(int64_t), 0,
    SURREAL_MEMBER_INT, 0, 0
};

static const surreal_items wide_all_f116_items_ = {
    NULL, (uint32_t)sizeof(int64_t), 0,
    SURREAL_MEMBER_INT, 0, 0
};

static const char wide_all_pool_[] =
    "\x64" "f000"
    "\x64" "f001"
    "\x64" "f002"
    "\x64" "f003"
    "\x64" "f004"
    "\x64" "f005"
    "\x64" "f006"
    "\x64" "f007"
    "\x64" "f008"
    "\x64" "f009"
    "\x64" "f010"
    "\x64" "f011"
    "\x64" "f012"
    "\x64" "f013"
    "\x64" "f014"
    "\x64" "f015"
    "\x64" "f016"
    "\x64" "f017"
    "\x64" "f018"
    "\x64" "f019"
    "\x64" "f020"
    "\x64" "f021"
    "\x64" "f022"
    "\x64" "f023"
    "\x64" "f024"
    "\x64" "f025"
    "\x64" "f026"
    "\x64" "f027"
    "\x64" "f028"
    "\x64" "f029"
    "\x64" "f030"
    "\x64" "f031"
    "\x64" "f032"
    "\x64" "f033"
    "\x64" "f034"
    "\x64" "f035"
    "\x64" "f036"
    "\x64" "f037"
    "\x64" "f038"
    "\x64" "f039"
    "\x64" "f040"
    "\x64" "f041"
    "\x64" "f042"
    "\x64" "f043"
    "\x64" "f044"
    "\x64" "f045"
    "\x64" "f046"
    "\x64" "f047"
    "\x64" "f048"
    "\x64" "f049"
    "\x64" "f050"
    "\x64" "f051"
    "\x64" "f052"
    "\x64" "f053"
    "\x64" "f054"
    "\x64" "f055"
    "\x64" "f056"
    "\x64" "f057"
    "\x64" "f058"
    "\x64" "f059"
    "\x64" "f060"
    "\x64" "f061"
    "\x64" "f062"
    "\x64" "f063"
    "\x64" "f064"
    "\x64" "f065"
    "\x64" "f066"
    "\x64" "f067"
    "\x64" "f068"
    "\x64" "f069"
    "\x64" "f070"
    "\x64" "f071"
    "\x64" "f072"
    "\x64" "f073"
    "\x64" "f074"
    "\x64" "f075"
    "\x64" "f076"
    "\x64" "f077"
    "\x64" "f078"
    "\x64" "f079"
    "\x64" "f080"
    "\x64" "f081"
    "\x64" "f082"
    "\x64" "f083"
    "\x64" "f084"
    "\x64" "f085"
    "\x64" "f086"
    "\x64" "f087"
    "\x64" "f088"
    "\x64" "f089"
    "\x64" "f090"
    "\x64" "f091"
    "\x64" "f092"
    "\x64" "f093"
    "\x64" "f094"
    "\x64" "f095"
    "\x64" "f096"
    "\x64" "f097"
    "\x64" "f098"
    "\x64" "f099"
    "\x64" "f100"
    "\x64" "f101"
    "\x64" "f102"
    "\x64" "f103"
    "\x64" "f104"
    "\x64" "f105"
    "\x64" "f106"
    "\x64" "f107"
    "\x64" "f108"
    "\x64" "f109"
    "\x64" "f110"
    "\x64" "f111"
    "\x64" "f112"
    "\x64" "f113"
    "\x64" "f114"
    "\x64" "f115"
    "\x64" "f116"
    "\x64" "f117"
    "\x62" "id"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0";

static const void *const wide_all_subs_[] = {
    "\x63" "all",
    &wide_all_f008_items_,
    "\x63" "all",
    &wide_all_f017_items_,
    "\x63" "all",
    &wide_all_f026_items_,
    "\x63" "all",
    &wide_all_f035_items_,
    "\x63" "all",
    &wide_all_f044_items_,
    "\x63" "all",
    &wide_all_f053_items_,
    "\x63" "all",
    &wide_all_f062_items_,
    "\x63" "all",
    &wide_all_f071_items_,
    "\x63" "all",
    &wide_all_f080_items_,
    "\x63" "all",
    &wide_all_f089_items_,
    "\x63" "all",
    &wide_all_f098_items_,
    "\x63" "all",
    &wide_all_f107_items_,
    "\x63" "all",
    &wide_all_f116_items_,
    "\x63" "all"
};

static const surreal_field_desc wide_all_fields_[] = {
    {(uint32_t)offsetof(wide_all, f000),
     0, 5, 1, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f001),
     5, 5, 2, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(wide_all, f002),
     10, 5, 3, SURREAL_NO_SUB, SURREAL_MEMBER_FLOAT,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f003),
     15, 5, 4, SURREAL_NO_SUB, SURREAL_MEMBER_DATETIME,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(wide_all, f004),
     20, 5, 5, SURREAL_NO_SUB, SURREAL_MEMBER_BOOL,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f005),
     25, 5, 6, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_NULLABLE | SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f006),
     30, 5, 7, SURREAL_NO_SUB, SURREAL_MEMBER_DECIMAL,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f007),
     35, 5, 8, 0, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(wide_all, f008),
     40, 5, 9, 1, SURREAL_MEMBER_ARRAY,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f009),
     45, 5, 10, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f010),
     50, 5, 11, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(wide_all, f011),
     55, 5, 12, SURREAL_NO_SUB, SURREAL_MEMBER_FLOAT,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f012),
     60, 5, 13, SURREAL_NO_SUB, SURREAL_MEMBER_DATETIME,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(wide_all, f013),
     65, 5, 14, SURREAL_NO_SUB, SURREAL_MEMBER_BOOL,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f014),
     70, 5, 15, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_NULLABLE | SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f015),
     75, 5, 16, SURREAL_NO_SUB, SURREAL_MEMBER_DECIMAL,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f016),
     80, 5, 17, 2, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(wide_all, f017),
     85, 5, 18, 3, SURREAL_MEMBER_ARRAY,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f018),
     90, 5, 19, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f019),
     95, 5, 20, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(wide_all, f020),
     100, 5, 21, SURREAL_NO_SUB, SURREAL_MEMBER_FLOAT,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f021),
     105, 5, 22, SURREAL_NO_SUB, SURREAL_MEMBER_DATETIME,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(wide_all, f022),
     110, 5, 23, SURREAL_NO_SUB, SURREAL_MEMBER_BOOL,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f023),
     115, 5, 24, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_NULLABLE | SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f024),
     120, 5, 25, SURREAL_NO_SUB, SURREAL_MEMBER_DECIMAL,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f025),
     125, 5, 26, 4, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(wide_all, f026),
     130, 5, 27, 5, SURREAL_MEMBER_ARRAY,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f027),
     135, 5, 28, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f028),
     140, 5, 29, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(wide_all, f029),
     145, 5, 30, SURREAL_NO_SUB, SURREAL_MEMBER_FLOAT,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f030),
     150, 5, 31, SURREAL_NO_SUB, SURREAL_MEMBER_DATETIME,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(wide_all, f031),
     155, 5, 32, SURREAL_NO_SUB, SURREAL_MEMBER_BOOL,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f032),
     160, 5, 33, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_NULLABLE | SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f033),
     165, 5, 34, SURREAL_NO_SUB, SURREAL_MEMBER_DECIMAL,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f034),
     170, 5, 35, 6, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(wide_all, f035),
     175, 5, 36, 7, SURREAL_MEMBER_ARRAY,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f036),
     180, 5, 37, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f037),
     185, 5, 38, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(wide_all, f038),
     190, 5, 39, SURREAL_NO_SUB, SURREAL_MEMBER_FLOAT,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f039),
     195, 5, 40, SURREAL_NO_SUB, SURREAL_MEMBER_DATETIME,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(wide_all, f040),
     200, 5, 41, SURREAL_NO_SUB, SURREAL_MEMBER_BOOL,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f041),
     205, 5, 42, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_NULLABLE | SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f042),
     210, 5, 43, SURREAL_NO_SUB, SURREAL_MEMBER_DECIMAL,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f043),
     215, 5, 44, 8, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(wide_all, f044),
     220, 5, 45, 9, SURREAL_MEMBER_ARRAY,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f045),
     225, 5, 46, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f046),
     230, 5, 47, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(wide_all, f047),
     235, 5, 48, SURREAL_NO_SUB, SURREAL_MEMBER_FLOAT,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f048),
     240, 5, 49, SURREAL_NO_SUB, SURREAL_MEMBER_DATETIME,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(wide_all, f049),
     245, 5, 50, SURREAL_NO_SUB, SURREAL_MEMBER_BOOL,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f050),
     250, 5, 51, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_NULLABLE | SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f051),
     255, 5, 52, SURREAL_NO_SUB, SURREAL_MEMBER_DECIMAL,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f052),
     260, 5, 53, 10, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(wide_all, f053),
     265, 5, 54, 11, SURREAL_MEMBER_ARRAY,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f054),
     270, 5, 55, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f055),
     275, 5, 56, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(wide_all, f056),
     280, 5, 57, SURREAL_NO_SUB, SURREAL_MEMBER_FLOAT,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f057),
     285, 5, 58, SURREAL_NO_SUB, SURREAL_MEMBER_DATETIME,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(wide_all, f058),
     290, 5, 59, SURREAL_NO_SUB, SURREAL_MEMBER_BOOL,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f059),
     295, 5, 60, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_NULLABLE | SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f060),
     300, 5, 61, SURREAL_NO_SUB, SURREAL_MEMBER_DECIMAL,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f061),
     305, 5, 62, 12, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(wide_all, f062),
     310, 5, 63, 13, SURREAL_MEMBER_ARRAY,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f063),
     315, 5, 64, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f064),
     320, 5, 65, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(wide_all, f065),
     325, 5, 66, SURREAL_NO_SUB, SURREAL_MEMBER_FLOAT,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f066),
     330, 5, 67, SURREAL_NO_SUB, SURREAL_MEMBER_DATETIME,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(wide_all, f067),
     335, 5, 68, SURREAL_NO_SUB, SURREAL_MEMBER_BOOL,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f068),
     340, 5, 69, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_NULLABLE | SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f069),
     345, 5, 70, SURREAL_NO_SUB, SURREAL_MEMBER_DECIMAL,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f070),
     350, 5, 71, 14, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(wide_all, f071),
     355, 5, 72, 15, SURREAL_MEMBER_ARRAY,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f072),
     360, 5, 73, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f073),
     365, 5, 74, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(wide_all, f074),
     370, 5, 75, SURREAL_NO_SUB, SURREAL_MEMBER_FLOAT,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f075),
     375, 5, 76, SURREAL_NO_SUB, SURREAL_MEMBER_DATETIME,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(wide_all, f076),
     380, 5, 77, SURREAL_NO_SUB, SURREAL_MEMBER_BOOL,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f077),
     385, 5, 78, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_NULLABLE | SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f078),
     390, 5, 79, SURREAL_NO_SUB, SURREAL_MEMBER_DECIMAL,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f079),
     395, 5, 80, 16, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(wide_all, f080),
     400, 5, 81, 17, SURREAL_MEMBER_ARRAY,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f081),
     405, 5, 82, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f082),
     410, 5, 83, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(wide_all, f083),
     415, 5, 84, SURREAL_NO_SUB, SURREAL_MEMBER_FLOAT,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f084),
     420, 5, 85, SURREAL_NO_SUB, SURREAL_MEMBER_DATETIME,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(wide_all, f085),
     425, 5, 86, SURREAL_NO_SUB, SURREAL_MEMBER_BOOL,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f086),
     430, 5, 87, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_NULLABLE | SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f087),
     435, 5, 88, SURREAL_NO_SUB, SURREAL_MEMBER_DECIMAL,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f088),
     440, 5, 89, 18, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(wide_all, f089),
     445, 5, 90, 19, SURREAL_MEMBER_ARRAY,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f090),
     450, 5, 91, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f091),
     455, 5, 92, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(wide_all, f092),
     460, 5, 93, SURREAL_NO_SUB, SURREAL_MEMBER_FLOAT,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f093),
     465, 5, 94, SURREAL_NO_SUB, SURREAL_MEMBER_DATETIME,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(wide_all, f094),
     470, 5, 95, SURREAL_NO_SUB, SURREAL_MEMBER_BOOL,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f095),
     475, 5, 96, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_NULLABLE | SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f096),
     480, 5, 97, SURREAL_NO_SUB, SURREAL_MEMBER_DECIMAL,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f097),
     485, 5, 98, 20, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(wide_all, f098),
     490, 5, 99, 21, SURREAL_MEMBER_ARRAY,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f099),
     495, 5, 100, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f100),
     500, 5, 101, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(wide_all, f101),
     505, 5, 102, SURREAL_NO_SUB, SURREAL_MEMBER_FLOAT,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f102),
     510, 5, 103, SURREAL_NO_SUB, SURREAL_MEMBER_DATETIME,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(wide_all, f103),
     515, 5, 104, SURREAL_NO_SUB, SURREAL_MEMBER_BOOL,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f104),
     520, 5, 105, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_NULLABLE | SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f105),
     525, 5, 106, SURREAL_NO_SUB, SURREAL_MEMBER_DECIMAL,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f106),
     530, 5, 107, 22, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(wide_all, f107),
     535, 5, 108, 23, SURREAL_MEMBER_ARRAY,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f108),
     540, 5, 109, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f109),
     545, 5, 110, SURREAL_NO_SUB, SURREAL_MEMBER_INT,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(wide_all, f110),
     550, 5, 111, SURREAL_NO_SUB, SURREAL_MEMBER_FLOAT,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f111),
     555, 5, 112, SURREAL_NO_SUB, SURREAL_MEMBER_DATETIME,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(wide_all, f112),
     560, 5, 113, SURREAL_NO_SUB, SURREAL_MEMBER_BOOL,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f113),
     565, 5, 114, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_NULLABLE | SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f114),
     570, 5, 115, SURREAL_NO_SUB, SURREAL_MEMBER_DECIMAL,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f115),
     575, 5, 116, 24, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_OPTION},
    {(uint32_t)offsetof(wide_all, f116),
     580, 5, 117, 25, SURREAL_MEMBER_ARRAY,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, f117),
     585, 5, 118, SURREAL_NO_SUB, SURREAL_MEMBER_STRING,
     SURREAL_FIELD_REQUIRED},
    {(uint32_t)offsetof(wide_all, id),
     590, 3, 0, 26, SURREAL_MEMBER_RECORD,
     SURREAL_FIELD_KEY}
};

static const uint64_t wide_all_required_[] = {
    UINT64_C(0xbadd6eb75badd6ea),
    UINT64_C(0x6eb75badd6eb75)
};

const surreal_model wide_all_model = {
    "all",
    wide_all_fields_,
    wide_all_pool_,
    wide_all_subs_,
    wide_all_required_,
    (uint32_t)sizeof(wide_all),
    119, 2, 2, 4, 0, 0, 0, NULL
};

const surreal_schema wide_schema = {
    "wide",
    "1:796c89ca457d416a236a35718b036da8"
};
