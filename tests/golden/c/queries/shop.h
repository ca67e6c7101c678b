/* shop.h: written by surrealgen from queries.sg; do not edit. */
/* Queries, functions, access methods and links of every kind. */
#ifndef SHOP_SURREALGEN_H
#define SHOP_SURREALGEN_H
#include "surreal.h"

#if !defined(SURREAL_MODEL_ABI) || SURREAL_MODEL_ABI != 2
#error "generated for another surreal.h: run surrealgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct shop_user_id {
    surreal_record_id rid;
} shop_user_id;

static inline shop_user_id
shop_user_id_str(surreal_str key)
{
    shop_user_id id;

    id.rid = surreal_id_str("user", key);
    return id;
}

static inline shop_user_id
shop_user_id_int(int64_t key)
{
    shop_user_id id;

    id.rid = surreal_id_int("user", key);
    return id;
}

static inline shop_user_id
shop_user_id_uuid(surreal_uuid key)
{
    shop_user_id id;

    id.rid = surreal_id_uuid("user", key);
    return id;
}

typedef struct shop_order_id {
    surreal_record_id rid;
} shop_order_id;

static inline shop_order_id
shop_order_id_str(surreal_str key)
{
    shop_order_id id;

    id.rid = surreal_id_str("orders", key);
    return id;
}

static inline shop_order_id
shop_order_id_int(int64_t key)
{
    shop_order_id id;

    id.rid = surreal_id_int("orders", key);
    return id;
}

static inline shop_order_id
shop_order_id_uuid(surreal_uuid key)
{
    shop_order_id id;

    id.rid = surreal_id_uuid("orders", key);
    return id;
}

typedef struct shop_product_id {
    surreal_record_id rid;
} shop_product_id;

static inline shop_product_id
shop_product_id_str(surreal_str key)
{
    shop_product_id id;

    id.rid = surreal_id_str("product", key);
    return id;
}

static inline shop_product_id
shop_product_id_int(int64_t key)
{
    shop_product_id id;

    id.rid = surreal_id_int("product", key);
    return id;
}

static inline shop_product_id
shop_product_id_uuid(surreal_uuid key)
{
    shop_product_id id;

    id.rid = surreal_id_uuid("product", key);
    return id;
}

typedef struct shop_likes_id {
    surreal_record_id rid;
} shop_likes_id;

static inline shop_likes_id
shop_likes_id_str(surreal_str key)
{
    shop_likes_id id;

    id.rid = surreal_id_str("likes", key);
    return id;
}

static inline shop_likes_id
shop_likes_id_int(int64_t key)
{
    shop_likes_id id;

    id.rid = surreal_id_int("likes", key);
    return id;
}

static inline shop_likes_id
shop_likes_id_uuid(surreal_uuid key)
{
    shop_likes_id id;

    id.rid = surreal_id_uuid("likes", key);
    return id;
}

typedef struct shop_touches_id {
    surreal_record_id rid;
} shop_touches_id;

static inline shop_touches_id
shop_touches_id_str(surreal_str key)
{
    shop_touches_id id;

    id.rid = surreal_id_str("touches", key);
    return id;
}

static inline shop_touches_id
shop_touches_id_int(int64_t key)
{
    shop_touches_id id;

    id.rid = surreal_id_int("touches", key);
    return id;
}

static inline shop_touches_id
shop_touches_id_uuid(surreal_uuid key)
{
    shop_touches_id id;

    id.rid = surreal_id_uuid("touches", key);
    return id;
}

/* Bits of shop_place.set_. */
enum {
    SHOP_PLACE_STREET = 0,
    SHOP_PLACE_ZIP = 1
};

typedef struct shop_place {
    uint64_t set_[1];
    surreal_str street;
    surreal_str zip; /* optional */
} shop_place;

extern const surreal_model shop_place_model;

static inline bool
shop_place_has_street(const shop_place *row)
{
    return surreal_bit_is(row->set_, SHOP_PLACE_STREET);
}

static inline void
shop_place_set_street(shop_place *row, surreal_str v)
{
    row->street = v;
    surreal_bit_set(row->set_, SHOP_PLACE_STREET);
}

static inline bool
shop_place_has_zip(const shop_place *row)
{
    return surreal_bit_is(row->set_, SHOP_PLACE_ZIP);
}

static inline void
shop_place_set_zip(shop_place *row, surreal_str v)
{
    row->zip = v;
    surreal_bit_set(row->set_, SHOP_PLACE_ZIP);
}

static inline void
shop_place_clear_zip(shop_place *row)
{
    surreal_bit_clear(row->set_, SHOP_PLACE_ZIP);
}

static inline size_t
shop_place_print(const shop_place *row, char *buf, size_t cap)
{
    return surreal_model_print(&shop_place_model, row, buf, cap);
}

static inline size_t
shop_place_to_json(const shop_place *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&shop_place_model, row, buf, cap);
}

static inline bool
shop_place_equal(const shop_place *a, const shop_place *b)
{
    return surreal_model_equal(&shop_place_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
shop_place_copy(const shop_place *row, surreal_result *owner, shop_place *out)
{
    return surreal_model_copy(&shop_place_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
shop_place_check(const shop_place *row, surreal_error *err)
{
    return surreal_model_check(&shop_place_model, row, err);
}

/* Bits of shop_user.set_. */
enum {
    SHOP_USER_ID = 0,
    SHOP_USER_EMAIL = 1,
    SHOP_USER_PASSWORD = 2,
    SHOP_USER_NAME = 3,
    SHOP_USER_LEVEL = 4,
    SHOP_USER_HOME = 5
};

typedef struct shop_user {
    uint64_t set_[1];
    uint64_t mark_[1];
    struct shop_user_id id;
    struct {
        size_t len;
        char text[100 + 1];
    } email;
    surreal_str password; /* never read back */
    surreal_str name;
    int64_t level;
    struct shop_place home; /* optional */
} shop_user;

extern const surreal_model shop_user_model;

static inline bool
shop_user_has_id(const shop_user *row)
{
    return surreal_bit_is(row->set_, SHOP_USER_ID);
}

static inline void
shop_user_set_id(shop_user *row, shop_user_id v)
{
    row->id = v;
    surreal_bit_set(row->set_, SHOP_USER_ID);
    surreal_bit_set(row->mark_, SHOP_USER_ID);
}

static inline bool
shop_user_has_email(const shop_user *row)
{
    return surreal_bit_is(row->set_, SHOP_USER_EMAIL);
}

/* ERR_TOO_LONG leaves it as it is. */
static inline surreal_status
shop_user_set_email(shop_user *row, surreal_str v)
{
    if (surreal_chars_set(row->email.text, sizeof row->email.text - 1,
            &row->email.len, v)) {
        return SURREAL_ERR_TOO_LONG;
    }
    surreal_bit_set(row->set_, SHOP_USER_EMAIL);
    surreal_bit_set(row->mark_, SHOP_USER_EMAIL);
    return SURREAL_OK;
}

static inline bool
shop_user_has_password(const shop_user *row)
{
    return surreal_bit_is(row->set_, SHOP_USER_PASSWORD);
}

static inline void
shop_user_set_password(shop_user *row, surreal_str v)
{
    row->password = v;
    surreal_bit_set(row->set_, SHOP_USER_PASSWORD);
    surreal_bit_set(row->mark_, SHOP_USER_PASSWORD);
}

static inline bool
shop_user_has_name(const shop_user *row)
{
    return surreal_bit_is(row->set_, SHOP_USER_NAME);
}

static inline void
shop_user_set_name(shop_user *row, surreal_str v)
{
    row->name = v;
    surreal_bit_set(row->set_, SHOP_USER_NAME);
    surreal_bit_set(row->mark_, SHOP_USER_NAME);
}

static inline bool
shop_user_has_level(const shop_user *row)
{
    return surreal_bit_is(row->set_, SHOP_USER_LEVEL);
}

static inline void
shop_user_set_level(shop_user *row, int64_t v)
{
    row->level = v;
    surreal_bit_set(row->set_, SHOP_USER_LEVEL);
    surreal_bit_set(row->mark_, SHOP_USER_LEVEL);
}

static inline bool
shop_user_has_home(const shop_user *row)
{
    return surreal_bit_is(row->set_, SHOP_USER_HOME);
}

static inline void
shop_user_set_home(shop_user *row, shop_place v)
{
    row->home = v;
    surreal_bit_set(row->set_, SHOP_USER_HOME);
    surreal_bit_set(row->mark_, SHOP_USER_HOME);
}

/* A merge removes the field. */
static inline void
shop_user_clear_home(shop_user *row)
{
    surreal_bit_clear(row->set_, SHOP_USER_HOME);
    surreal_bit_set(row->mark_, SHOP_USER_HOME);
}

static inline size_t
shop_user_print(const shop_user *row, char *buf, size_t cap)
{
    return surreal_model_print(&shop_user_model, row, buf, cap);
}

static inline size_t
shop_user_to_json(const shop_user *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&shop_user_model, row, buf, cap);
}

static inline bool
shop_user_equal(const shop_user *a, const shop_user *b)
{
    return surreal_model_equal(&shop_user_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
shop_user_copy(const shop_user *row, surreal_result *owner, shop_user *out)
{
    return surreal_model_copy(&shop_user_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
shop_user_check(const shop_user *row, surreal_error *err)
{
    return surreal_model_check(&shop_user_model, row, err);
}

typedef struct shop_user_row {
    struct shop_user row;
    surreal_result *result;
} shop_user_row;

typedef struct shop_user_rows {
    struct shop_user *v;
    size_t count;
    surreal_result *result;
} shop_user_rows;

static inline surreal_status
shop_user_get(surreal *db, shop_user_id id, shop_user_row *out)
{
    return surreal_model_get(db, &shop_user_model, id.rid,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
shop_user_all(surreal *db, shop_user_rows *out)
{
    void *v;
    surreal_status status = surreal_model_all(db, &shop_user_model, &v,
            &out->count, &out->result);

    out->v = (shop_user *)v;
    return status;
}

/* `where` is program text; values belong into vars. */
static inline surreal_status
shop_user_find(surreal *db, const char *where, surreal_vars vars,
        shop_user_rows *out)
{
    void *v;
    surreal_status status = surreal_model_find(db, &shop_user_model, where,
            vars, &v, &out->count, &out->result);

    out->v = (shop_user *)v;
    return status;
}

/* `where` may be NULL for all. */
static inline surreal_status
shop_user_count(surreal *db, const char *where, surreal_vars vars,
        int64_t *count)
{
    return surreal_model_count(db, &shop_user_model, where, vars, count);
}

static inline surreal_status
shop_user_create(surreal *db, const shop_user *row, shop_user_row *out)
{
    return surreal_model_create(db, &shop_user_model, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
shop_user_insert(surreal *db, const shop_user *rows, size_t count,
        shop_user_rows *out)
{
    void *v = NULL;
    surreal_status status = surreal_model_insert(db, &shop_user_model, rows,
            count, out ? &v : NULL, out ? &out->result : NULL);

    if (out) {
        out->v = (shop_user *)v;
        out->count = v ? count : 0;
    }
    return status;
}

static inline surreal_status
shop_user_merge(surreal *db, shop_user_id id, const shop_user *row,
        shop_user_row *out)
{
    return surreal_model_merge(db, &shop_user_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
shop_user_replace(surreal *db, shop_user_id id, const shop_user *row,
        shop_user_row *out)
{
    return surreal_model_replace(db, &shop_user_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
shop_user_upsert(surreal *db, shop_user_id id, const shop_user *row,
        shop_user_row *out)
{
    return surreal_model_upsert(db, &shop_user_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
shop_user_delete(surreal *db, shop_user_id id, shop_user_row *out)
{
    return surreal_model_delete(db, &shop_user_model, id.rid,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

typedef enum shop_state {
    SHOP_STATE_UNKNOWN_ = 0, /* a value not known here */
    SHOP_STATE_DRAFT,
    SHOP_STATE_PLACED,
    SHOP_STATE_PAID
} shop_state;

/* NULL for a value not known here. */
const char *shop_state_name(shop_state v);
bool shop_state_parse(surreal_str text, shop_state *out);

/* Bits of shop_order.set_. */
enum {
    SHOP_ORDER_ID = 0,
    SHOP_ORDER_BUYER = 1,
    SHOP_ORDER_STATE = 2,
    SHOP_ORDER_TOTAL = 3,
    SHOP_ORDER_NOTE = 4
};

typedef struct shop_order {
    uint64_t set_[1];
    uint64_t mark_[1];
    uint64_t null_[1];
    surreal_value extra_; /* what it was read from */
    struct shop_order_id id;
    struct shop_user_id buyer;
    enum shop_state state;
    surreal_decimal total;
    surreal_str note; /* or NULL */
} shop_order;

extern const surreal_model shop_order_model;

static inline bool
shop_order_has_id(const shop_order *row)
{
    return surreal_bit_is(row->set_, SHOP_ORDER_ID);
}

static inline void
shop_order_set_id(shop_order *row, shop_order_id v)
{
    row->id = v;
    surreal_bit_set(row->set_, SHOP_ORDER_ID);
    surreal_bit_set(row->mark_, SHOP_ORDER_ID);
}

static inline bool
shop_order_has_buyer(const shop_order *row)
{
    return surreal_bit_is(row->set_, SHOP_ORDER_BUYER);
}

static inline void
shop_order_set_buyer(shop_order *row, shop_user_id v)
{
    row->buyer = v;
    surreal_bit_set(row->set_, SHOP_ORDER_BUYER);
    surreal_bit_set(row->mark_, SHOP_ORDER_BUYER);
}

static inline bool
shop_order_has_state(const shop_order *row)
{
    return surreal_bit_is(row->set_, SHOP_ORDER_STATE);
}

static inline void
shop_order_set_state(shop_order *row, shop_state v)
{
    row->state = v;
    surreal_bit_set(row->set_, SHOP_ORDER_STATE);
    surreal_bit_set(row->mark_, SHOP_ORDER_STATE);
}

static inline bool
shop_order_has_total(const shop_order *row)
{
    return surreal_bit_is(row->set_, SHOP_ORDER_TOTAL);
}

static inline void
shop_order_set_total(shop_order *row, surreal_decimal v)
{
    row->total = v;
    surreal_bit_set(row->set_, SHOP_ORDER_TOTAL);
    surreal_bit_set(row->mark_, SHOP_ORDER_TOTAL);
}

/* False for NULL too. */
static inline bool
shop_order_has_note(const shop_order *row)
{
    return surreal_bit_is(row->set_,
            SHOP_ORDER_NOTE) && surreal_bit_is(row->null_,
            SHOP_ORDER_NOTE) == 0;
}

static inline void
shop_order_set_note(shop_order *row, surreal_str v)
{
    row->note = v;
    surreal_bit_set(row->set_, SHOP_ORDER_NOTE);
    surreal_bit_set(row->mark_, SHOP_ORDER_NOTE);
    surreal_bit_clear(row->null_, SHOP_ORDER_NOTE);
}

static inline void
shop_order_null_note(shop_order *row)
{
    surreal_bit_set(row->set_, SHOP_ORDER_NOTE);
    surreal_bit_set(row->null_, SHOP_ORDER_NOTE);
    surreal_bit_set(row->mark_, SHOP_ORDER_NOTE);
}

static inline size_t
shop_order_print(const shop_order *row, char *buf, size_t cap)
{
    return surreal_model_print(&shop_order_model, row, buf, cap);
}

static inline size_t
shop_order_to_json(const shop_order *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&shop_order_model, row, buf, cap);
}

static inline bool
shop_order_equal(const shop_order *a, const shop_order *b)
{
    return surreal_model_equal(&shop_order_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
shop_order_copy(const shop_order *row, surreal_result *owner, shop_order *out)
{
    return surreal_model_copy(&shop_order_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
shop_order_check(const shop_order *row, surreal_error *err)
{
    return surreal_model_check(&shop_order_model, row, err);
}

typedef struct shop_order_row {
    struct shop_order row;
    surreal_result *result;
} shop_order_row;

typedef struct shop_order_rows {
    struct shop_order *v;
    size_t count;
    surreal_result *result;
} shop_order_rows;

static inline surreal_status
shop_order_get(surreal *db, shop_order_id id, shop_order_row *out)
{
    return surreal_model_get(db, &shop_order_model, id.rid,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
shop_order_all(surreal *db, shop_order_rows *out)
{
    void *v;
    surreal_status status = surreal_model_all(db, &shop_order_model, &v,
            &out->count, &out->result);

    out->v = (shop_order *)v;
    return status;
}

/* `where` is program text; values belong into vars. */
static inline surreal_status
shop_order_find(surreal *db, const char *where, surreal_vars vars,
        shop_order_rows *out)
{
    void *v;
    surreal_status status = surreal_model_find(db, &shop_order_model, where,
            vars, &v, &out->count, &out->result);

    out->v = (shop_order *)v;
    return status;
}

/* `where` may be NULL for all. */
static inline surreal_status
shop_order_count(surreal *db, const char *where, surreal_vars vars,
        int64_t *count)
{
    return surreal_model_count(db, &shop_order_model, where, vars, count);
}

static inline surreal_status
shop_order_create(surreal *db, const shop_order *row, shop_order_row *out)
{
    return surreal_model_create(db, &shop_order_model, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
shop_order_insert(surreal *db, const shop_order *rows, size_t count,
        shop_order_rows *out)
{
    void *v = NULL;
    surreal_status status = surreal_model_insert(db, &shop_order_model, rows,
            count, out ? &v : NULL, out ? &out->result : NULL);

    if (out) {
        out->v = (shop_order *)v;
        out->count = v ? count : 0;
    }
    return status;
}

static inline surreal_status
shop_order_merge(surreal *db, shop_order_id id, const shop_order *row,
        shop_order_row *out)
{
    return surreal_model_merge(db, &shop_order_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
shop_order_replace(surreal *db, shop_order_id id, const shop_order *row,
        shop_order_row *out)
{
    return surreal_model_replace(db, &shop_order_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
shop_order_upsert(surreal *db, shop_order_id id, const shop_order *row,
        shop_order_row *out)
{
    return surreal_model_upsert(db, &shop_order_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
shop_order_delete(surreal *db, shop_order_id id, shop_order_row *out)
{
    return surreal_model_delete(db, &shop_order_model, id.rid,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

/* Bits of shop_product.set_. */
enum {
    SHOP_PRODUCT_ID = 0,
    SHOP_PRODUCT_TITLE = 1,
    SHOP_PRODUCT_RANK = 2
};

typedef struct shop_product {
    uint64_t set_[1];
    uint64_t mark_[1];
    struct shop_product_id id;
    surreal_str title;
    int64_t rank; /* optional */
} shop_product;

extern const surreal_model shop_product_model;

static inline bool
shop_product_has_id(const shop_product *row)
{
    return surreal_bit_is(row->set_, SHOP_PRODUCT_ID);
}

static inline void
shop_product_set_id(shop_product *row, shop_product_id v)
{
    row->id = v;
    surreal_bit_set(row->set_, SHOP_PRODUCT_ID);
    surreal_bit_set(row->mark_, SHOP_PRODUCT_ID);
}

static inline bool
shop_product_has_title(const shop_product *row)
{
    return surreal_bit_is(row->set_, SHOP_PRODUCT_TITLE);
}

static inline void
shop_product_set_title(shop_product *row, surreal_str v)
{
    row->title = v;
    surreal_bit_set(row->set_, SHOP_PRODUCT_TITLE);
    surreal_bit_set(row->mark_, SHOP_PRODUCT_TITLE);
}

static inline bool
shop_product_has_rank(const shop_product *row)
{
    return surreal_bit_is(row->set_, SHOP_PRODUCT_RANK);
}

static inline void
shop_product_set_rank(shop_product *row, int64_t v)
{
    row->rank = v;
    surreal_bit_set(row->set_, SHOP_PRODUCT_RANK);
    surreal_bit_set(row->mark_, SHOP_PRODUCT_RANK);
}

/* A merge removes the field. */
static inline void
shop_product_clear_rank(shop_product *row)
{
    surreal_bit_clear(row->set_, SHOP_PRODUCT_RANK);
    surreal_bit_set(row->mark_, SHOP_PRODUCT_RANK);
}

static inline size_t
shop_product_print(const shop_product *row, char *buf, size_t cap)
{
    return surreal_model_print(&shop_product_model, row, buf, cap);
}

static inline size_t
shop_product_to_json(const shop_product *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&shop_product_model, row, buf, cap);
}

static inline bool
shop_product_equal(const shop_product *a, const shop_product *b)
{
    return surreal_model_equal(&shop_product_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
shop_product_copy(const shop_product *row, surreal_result *owner,
        shop_product *out)
{
    return surreal_model_copy(&shop_product_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
shop_product_check(const shop_product *row, surreal_error *err)
{
    return surreal_model_check(&shop_product_model, row, err);
}

typedef struct shop_product_row {
    struct shop_product row;
    surreal_result *result;
} shop_product_row;

typedef struct shop_product_rows {
    struct shop_product *v;
    size_t count;
    surreal_result *result;
} shop_product_rows;

static inline surreal_status
shop_product_get(surreal *db, shop_product_id id, shop_product_row *out)
{
    return surreal_model_get(db, &shop_product_model, id.rid,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
shop_product_all(surreal *db, shop_product_rows *out)
{
    void *v;
    surreal_status status = surreal_model_all(db, &shop_product_model, &v,
            &out->count, &out->result);

    out->v = (shop_product *)v;
    return status;
}

/* `where` is program text; values belong into vars. */
static inline surreal_status
shop_product_find(surreal *db, const char *where, surreal_vars vars,
        shop_product_rows *out)
{
    void *v;
    surreal_status status = surreal_model_find(db, &shop_product_model, where,
            vars, &v, &out->count, &out->result);

    out->v = (shop_product *)v;
    return status;
}

/* `where` may be NULL for all. */
static inline surreal_status
shop_product_count(surreal *db, const char *where, surreal_vars vars,
        int64_t *count)
{
    return surreal_model_count(db, &shop_product_model, where, vars, count);
}

static inline surreal_status
shop_product_create(surreal *db, const shop_product *row,
        shop_product_row *out)
{
    return surreal_model_create(db, &shop_product_model, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
shop_product_insert(surreal *db, const shop_product *rows, size_t count,
        shop_product_rows *out)
{
    void *v = NULL;
    surreal_status status = surreal_model_insert(db, &shop_product_model, rows,
            count, out ? &v : NULL, out ? &out->result : NULL);

    if (out) {
        out->v = (shop_product *)v;
        out->count = v ? count : 0;
    }
    return status;
}

static inline surreal_status
shop_product_merge(surreal *db, shop_product_id id, const shop_product *row,
        shop_product_row *out)
{
    return surreal_model_merge(db, &shop_product_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
shop_product_replace(surreal *db, shop_product_id id, const shop_product *row,
        shop_product_row *out)
{
    return surreal_model_replace(db, &shop_product_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
shop_product_upsert(surreal *db, shop_product_id id, const shop_product *row,
        shop_product_row *out)
{
    return surreal_model_upsert(db, &shop_product_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
shop_product_delete(surreal *db, shop_product_id id, shop_product_row *out)
{
    return surreal_model_delete(db, &shop_product_model, id.rid,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

/* Bits of shop_likes.set_. */
enum {
    SHOP_LIKES_ID = 0,
    SHOP_LIKES_IN = 1,
    SHOP_LIKES_OUT = 2,
    SHOP_LIKES_STARS = 3
};

typedef struct shop_likes {
    uint64_t set_[1];
    uint64_t mark_[1];
    struct shop_likes_id id;
    struct shop_user_id in; /* set by the server */
    struct shop_product_id out; /* set by the server */
    int64_t stars;
} shop_likes;

extern const surreal_model shop_likes_model;

static inline bool
shop_likes_has_id(const shop_likes *row)
{
    return surreal_bit_is(row->set_, SHOP_LIKES_ID);
}

static inline void
shop_likes_set_id(shop_likes *row, shop_likes_id v)
{
    row->id = v;
    surreal_bit_set(row->set_, SHOP_LIKES_ID);
    surreal_bit_set(row->mark_, SHOP_LIKES_ID);
}

static inline bool
shop_likes_has_in(const shop_likes *row)
{
    return surreal_bit_is(row->set_, SHOP_LIKES_IN);
}

static inline bool
shop_likes_has_out(const shop_likes *row)
{
    return surreal_bit_is(row->set_, SHOP_LIKES_OUT);
}

static inline bool
shop_likes_has_stars(const shop_likes *row)
{
    return surreal_bit_is(row->set_, SHOP_LIKES_STARS);
}

static inline void
shop_likes_set_stars(shop_likes *row, int64_t v)
{
    row->stars = v;
    surreal_bit_set(row->set_, SHOP_LIKES_STARS);
    surreal_bit_set(row->mark_, SHOP_LIKES_STARS);
}

static inline size_t
shop_likes_print(const shop_likes *row, char *buf, size_t cap)
{
    return surreal_model_print(&shop_likes_model, row, buf, cap);
}

static inline size_t
shop_likes_to_json(const shop_likes *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&shop_likes_model, row, buf, cap);
}

static inline bool
shop_likes_equal(const shop_likes *a, const shop_likes *b)
{
    return surreal_model_equal(&shop_likes_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
shop_likes_copy(const shop_likes *row, surreal_result *owner, shop_likes *out)
{
    return surreal_model_copy(&shop_likes_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
shop_likes_check(const shop_likes *row, surreal_error *err)
{
    return surreal_model_check(&shop_likes_model, row, err);
}

typedef struct shop_likes_row {
    struct shop_likes row;
    surreal_result *result;
} shop_likes_row;

typedef struct shop_likes_rows {
    struct shop_likes *v;
    size_t count;
    surreal_result *result;
} shop_likes_rows;

static inline surreal_status
shop_likes_get(surreal *db, shop_likes_id id, shop_likes_row *out)
{
    return surreal_model_get(db, &shop_likes_model, id.rid,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
shop_likes_all(surreal *db, shop_likes_rows *out)
{
    void *v;
    surreal_status status = surreal_model_all(db, &shop_likes_model, &v,
            &out->count, &out->result);

    out->v = (shop_likes *)v;
    return status;
}

/* `where` is program text; values belong into vars. */
static inline surreal_status
shop_likes_find(surreal *db, const char *where, surreal_vars vars,
        shop_likes_rows *out)
{
    void *v;
    surreal_status status = surreal_model_find(db, &shop_likes_model, where,
            vars, &v, &out->count, &out->result);

    out->v = (shop_likes *)v;
    return status;
}

/* `where` may be NULL for all. */
static inline surreal_status
shop_likes_count(surreal *db, const char *where, surreal_vars vars,
        int64_t *count)
{
    return surreal_model_count(db, &shop_likes_model, where, vars, count);
}

/* `row` may be NULL for an edge without data. */
static inline surreal_status
shop_likes_relate(surreal *db, shop_user_id from, shop_product_id to,
        const shop_likes *row, shop_likes_row *out)
{
    return surreal_model_relate(db, &shop_likes_model, from.rid, to.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
shop_likes_merge(surreal *db, shop_likes_id id, const shop_likes *row,
        shop_likes_row *out)
{
    return surreal_model_merge(db, &shop_likes_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
shop_likes_replace(surreal *db, shop_likes_id id, const shop_likes *row,
        shop_likes_row *out)
{
    return surreal_model_replace(db, &shop_likes_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
shop_likes_upsert(surreal *db, shop_likes_id id, const shop_likes *row,
        shop_likes_row *out)
{
    return surreal_model_upsert(db, &shop_likes_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
shop_likes_delete(surreal *db, shop_likes_id id, shop_likes_row *out)
{
    return surreal_model_delete(db, &shop_likes_model, id.rid,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

/* Bits of shop_touches.set_. */
enum {
    SHOP_TOUCHES_ID = 0,
    SHOP_TOUCHES_IN = 1,
    SHOP_TOUCHES_OUT = 2
};

typedef struct shop_touches {
    uint64_t set_[1];
    uint64_t mark_[1];
    struct shop_touches_id id;
    struct shop_user_id in; /* set by the server */
    surreal_record_id out; /* set by the server */
} shop_touches;

extern const surreal_model shop_touches_model;

static inline bool
shop_touches_has_id(const shop_touches *row)
{
    return surreal_bit_is(row->set_, SHOP_TOUCHES_ID);
}

static inline void
shop_touches_set_id(shop_touches *row, shop_touches_id v)
{
    row->id = v;
    surreal_bit_set(row->set_, SHOP_TOUCHES_ID);
    surreal_bit_set(row->mark_, SHOP_TOUCHES_ID);
}

static inline bool
shop_touches_has_in(const shop_touches *row)
{
    return surreal_bit_is(row->set_, SHOP_TOUCHES_IN);
}

static inline bool
shop_touches_has_out(const shop_touches *row)
{
    return surreal_bit_is(row->set_, SHOP_TOUCHES_OUT);
}

static inline size_t
shop_touches_print(const shop_touches *row, char *buf, size_t cap)
{
    return surreal_model_print(&shop_touches_model, row, buf, cap);
}

static inline size_t
shop_touches_to_json(const shop_touches *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&shop_touches_model, row, buf, cap);
}

static inline bool
shop_touches_equal(const shop_touches *a, const shop_touches *b)
{
    return surreal_model_equal(&shop_touches_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
shop_touches_copy(const shop_touches *row, surreal_result *owner,
        shop_touches *out)
{
    return surreal_model_copy(&shop_touches_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
shop_touches_check(const shop_touches *row, surreal_error *err)
{
    return surreal_model_check(&shop_touches_model, row, err);
}

typedef struct shop_touches_row {
    struct shop_touches row;
    surreal_result *result;
} shop_touches_row;

typedef struct shop_touches_rows {
    struct shop_touches *v;
    size_t count;
    surreal_result *result;
} shop_touches_rows;

static inline surreal_status
shop_touches_get(surreal *db, shop_touches_id id, shop_touches_row *out)
{
    return surreal_model_get(db, &shop_touches_model, id.rid,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
shop_touches_all(surreal *db, shop_touches_rows *out)
{
    void *v;
    surreal_status status = surreal_model_all(db, &shop_touches_model, &v,
            &out->count, &out->result);

    out->v = (shop_touches *)v;
    return status;
}

/* `where` is program text; values belong into vars. */
static inline surreal_status
shop_touches_find(surreal *db, const char *where, surreal_vars vars,
        shop_touches_rows *out)
{
    void *v;
    surreal_status status = surreal_model_find(db, &shop_touches_model, where,
            vars, &v, &out->count, &out->result);

    out->v = (shop_touches *)v;
    return status;
}

/* `where` may be NULL for all. */
static inline surreal_status
shop_touches_count(surreal *db, const char *where, surreal_vars vars,
        int64_t *count)
{
    return surreal_model_count(db, &shop_touches_model, where, vars, count);
}

/* `row` may be NULL for an edge without data. */
static inline surreal_status
shop_touches_relate(surreal *db, shop_user_id from, surreal_record_id to,
        const shop_touches *row, shop_touches_row *out)
{
    return surreal_model_relate(db, &shop_touches_model, from.rid, to, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
shop_touches_merge(surreal *db, shop_touches_id id, const shop_touches *row,
        shop_touches_row *out)
{
    return surreal_model_merge(db, &shop_touches_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
shop_touches_replace(surreal *db, shop_touches_id id, const shop_touches *row,
        shop_touches_row *out)
{
    return surreal_model_replace(db, &shop_touches_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
shop_touches_upsert(surreal *db, shop_touches_id id, const shop_touches *row,
        shop_touches_row *out)
{
    return surreal_model_upsert(db, &shop_touches_model, id.rid, row,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

static inline surreal_status
shop_touches_delete(surreal *db, shop_touches_id id, shop_touches_row *out)
{
    return surreal_model_delete(db, &shop_touches_model, id.rid,
            out ? &out->row : NULL, out ? &out->result : NULL);
}

/* Bits of shop_fn_order_total_args.set_. */
enum {
    SHOP_FN_ORDER_TOTAL_ARGS_O = 0,
    SHOP_FN_ORDER_TOTAL_ARGS_VAT = 1
};

typedef struct shop_fn_order_total_args {
    uint64_t set_[1];
    struct shop_order_id o;
    surreal_decimal vat; /* optional */
} shop_fn_order_total_args;

extern const surreal_model shop_fn_order_total_args_model;

static inline bool
shop_fn_order_total_args_has_o(const shop_fn_order_total_args *row)
{
    return surreal_bit_is(row->set_, SHOP_FN_ORDER_TOTAL_ARGS_O);
}

static inline void
shop_fn_order_total_args_set_o(shop_fn_order_total_args *row, shop_order_id v)
{
    row->o = v;
    surreal_bit_set(row->set_, SHOP_FN_ORDER_TOTAL_ARGS_O);
}

static inline bool
shop_fn_order_total_args_has_vat(const shop_fn_order_total_args *row)
{
    return surreal_bit_is(row->set_, SHOP_FN_ORDER_TOTAL_ARGS_VAT);
}

static inline void
shop_fn_order_total_args_set_vat(shop_fn_order_total_args *row,
        surreal_decimal v)
{
    row->vat = v;
    surreal_bit_set(row->set_, SHOP_FN_ORDER_TOTAL_ARGS_VAT);
}

static inline void
shop_fn_order_total_args_clear_vat(shop_fn_order_total_args *row)
{
    surreal_bit_clear(row->set_, SHOP_FN_ORDER_TOTAL_ARGS_VAT);
}

static inline size_t
shop_fn_order_total_args_print(const shop_fn_order_total_args *row, char *buf,
        size_t cap)
{
    return surreal_model_print(&shop_fn_order_total_args_model, row, buf, cap);
}

static inline size_t
shop_fn_order_total_args_to_json(const shop_fn_order_total_args *row,
        char *buf, size_t cap)
{
    return surreal_model_to_json(&shop_fn_order_total_args_model, row, buf,
            cap);
}

static inline bool
shop_fn_order_total_args_equal(const shop_fn_order_total_args *a,
        const shop_fn_order_total_args *b)
{
    return surreal_model_equal(&shop_fn_order_total_args_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
shop_fn_order_total_args_copy(const shop_fn_order_total_args *row,
        surreal_result *owner, shop_fn_order_total_args *out)
{
    return surreal_model_copy(&shop_fn_order_total_args_model, row, owner,
            out);
}

/* What a create would be refused for. */
static inline surreal_status
shop_fn_order_total_args_check(const shop_fn_order_total_args *row,
        surreal_error *err)
{
    return surreal_model_check(&shop_fn_order_total_args_model, row, err);
}

/* Bits of shop_fn_untyped_args.set_. */
enum {
    SHOP_FN_UNTYPED_ARGS_V = 0
};

typedef struct shop_fn_untyped_args {
    uint64_t set_[1];
    surreal_raw v; /* optional */
} shop_fn_untyped_args;

extern const surreal_model shop_fn_untyped_args_model;

static inline bool
shop_fn_untyped_args_has_v(const shop_fn_untyped_args *row)
{
    return surreal_bit_is(row->set_, SHOP_FN_UNTYPED_ARGS_V);
}

static inline void
shop_fn_untyped_args_set_v(shop_fn_untyped_args *row, surreal_raw v)
{
    row->v = v;
    surreal_bit_set(row->set_, SHOP_FN_UNTYPED_ARGS_V);
}

static inline void
shop_fn_untyped_args_clear_v(shop_fn_untyped_args *row)
{
    surreal_bit_clear(row->set_, SHOP_FN_UNTYPED_ARGS_V);
}

static inline size_t
shop_fn_untyped_args_print(const shop_fn_untyped_args *row, char *buf,
        size_t cap)
{
    return surreal_model_print(&shop_fn_untyped_args_model, row, buf, cap);
}

static inline size_t
shop_fn_untyped_args_to_json(const shop_fn_untyped_args *row, char *buf,
        size_t cap)
{
    return surreal_model_to_json(&shop_fn_untyped_args_model, row, buf, cap);
}

static inline bool
shop_fn_untyped_args_equal(const shop_fn_untyped_args *a,
        const shop_fn_untyped_args *b)
{
    return surreal_model_equal(&shop_fn_untyped_args_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
shop_fn_untyped_args_copy(const shop_fn_untyped_args *row,
        surreal_result *owner, shop_fn_untyped_args *out)
{
    return surreal_model_copy(&shop_fn_untyped_args_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
shop_fn_untyped_args_check(const shop_fn_untyped_args *row, surreal_error *err)
{
    return surreal_model_check(&shop_fn_untyped_args_model, row, err);
}

/* Bits of shop_fn_evens_args.set_. */
enum {
    SHOP_FN_EVENS_ARGS_BELOW = 0
};

typedef struct shop_fn_evens_args {
    uint64_t set_[1];
    int64_t below; /* optional */
} shop_fn_evens_args;

extern const surreal_model shop_fn_evens_args_model;

static inline bool
shop_fn_evens_args_has_below(const shop_fn_evens_args *row)
{
    return surreal_bit_is(row->set_, SHOP_FN_EVENS_ARGS_BELOW);
}

static inline void
shop_fn_evens_args_set_below(shop_fn_evens_args *row, int64_t v)
{
    row->below = v;
    surreal_bit_set(row->set_, SHOP_FN_EVENS_ARGS_BELOW);
}

static inline void
shop_fn_evens_args_clear_below(shop_fn_evens_args *row)
{
    surreal_bit_clear(row->set_, SHOP_FN_EVENS_ARGS_BELOW);
}

static inline size_t
shop_fn_evens_args_print(const shop_fn_evens_args *row, char *buf, size_t cap)
{
    return surreal_model_print(&shop_fn_evens_args_model, row, buf, cap);
}

static inline size_t
shop_fn_evens_args_to_json(const shop_fn_evens_args *row, char *buf,
        size_t cap)
{
    return surreal_model_to_json(&shop_fn_evens_args_model, row, buf, cap);
}

static inline bool
shop_fn_evens_args_equal(const shop_fn_evens_args *a,
        const shop_fn_evens_args *b)
{
    return surreal_model_equal(&shop_fn_evens_args_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
shop_fn_evens_args_copy(const shop_fn_evens_args *row, surreal_result *owner,
        shop_fn_evens_args *out)
{
    return surreal_model_copy(&shop_fn_evens_args_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
shop_fn_evens_args_check(const shop_fn_evens_args *row, surreal_error *err)
{
    return surreal_model_check(&shop_fn_evens_args_model, row, err);
}

/* Bits of shop_account_signup_args.set_. */
enum {
    SHOP_ACCOUNT_SIGNUP_ARGS_EMAIL = 0,
    SHOP_ACCOUNT_SIGNUP_ARGS_PASSWORD = 1,
    SHOP_ACCOUNT_SIGNUP_ARGS_NAME = 2
};

typedef struct shop_account_signup_args {
    uint64_t set_[1];
    surreal_str email;
    surreal_str password;
    surreal_str name;
} shop_account_signup_args;

extern const surreal_model shop_account_signup_args_model;

static inline bool
shop_account_signup_args_has_email(const shop_account_signup_args *row)
{
    return surreal_bit_is(row->set_, SHOP_ACCOUNT_SIGNUP_ARGS_EMAIL);
}

static inline void
shop_account_signup_args_set_email(shop_account_signup_args *row,
        surreal_str v)
{
    row->email = v;
    surreal_bit_set(row->set_, SHOP_ACCOUNT_SIGNUP_ARGS_EMAIL);
}

static inline bool
shop_account_signup_args_has_password(const shop_account_signup_args *row)
{
    return surreal_bit_is(row->set_, SHOP_ACCOUNT_SIGNUP_ARGS_PASSWORD);
}

static inline void
shop_account_signup_args_set_password(shop_account_signup_args *row,
        surreal_str v)
{
    row->password = v;
    surreal_bit_set(row->set_, SHOP_ACCOUNT_SIGNUP_ARGS_PASSWORD);
}

static inline bool
shop_account_signup_args_has_name(const shop_account_signup_args *row)
{
    return surreal_bit_is(row->set_, SHOP_ACCOUNT_SIGNUP_ARGS_NAME);
}

static inline void
shop_account_signup_args_set_name(shop_account_signup_args *row, surreal_str v)
{
    row->name = v;
    surreal_bit_set(row->set_, SHOP_ACCOUNT_SIGNUP_ARGS_NAME);
}

static inline size_t
shop_account_signup_args_print(const shop_account_signup_args *row, char *buf,
        size_t cap)
{
    return surreal_model_print(&shop_account_signup_args_model, row, buf, cap);
}

static inline size_t
shop_account_signup_args_to_json(const shop_account_signup_args *row,
        char *buf, size_t cap)
{
    return surreal_model_to_json(&shop_account_signup_args_model, row, buf,
            cap);
}

static inline bool
shop_account_signup_args_equal(const shop_account_signup_args *a,
        const shop_account_signup_args *b)
{
    return surreal_model_equal(&shop_account_signup_args_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
shop_account_signup_args_copy(const shop_account_signup_args *row,
        surreal_result *owner, shop_account_signup_args *out)
{
    return surreal_model_copy(&shop_account_signup_args_model, row, owner,
            out);
}

/* What a create would be refused for. */
static inline surreal_status
shop_account_signup_args_check(const shop_account_signup_args *row,
        surreal_error *err)
{
    return surreal_model_check(&shop_account_signup_args_model, row, err);
}

/* Bits of shop_account_signin_args.set_. */
enum {
    SHOP_ACCOUNT_SIGNIN_ARGS_EMAIL = 0,
    SHOP_ACCOUNT_SIGNIN_ARGS_PASSWORD = 1
};

typedef struct shop_account_signin_args {
    uint64_t set_[1];
    surreal_str email;
    surreal_str password;
} shop_account_signin_args;

extern const surreal_model shop_account_signin_args_model;

static inline bool
shop_account_signin_args_has_email(const shop_account_signin_args *row)
{
    return surreal_bit_is(row->set_, SHOP_ACCOUNT_SIGNIN_ARGS_EMAIL);
}

static inline void
shop_account_signin_args_set_email(shop_account_signin_args *row,
        surreal_str v)
{
    row->email = v;
    surreal_bit_set(row->set_, SHOP_ACCOUNT_SIGNIN_ARGS_EMAIL);
}

static inline bool
shop_account_signin_args_has_password(const shop_account_signin_args *row)
{
    return surreal_bit_is(row->set_, SHOP_ACCOUNT_SIGNIN_ARGS_PASSWORD);
}

static inline void
shop_account_signin_args_set_password(shop_account_signin_args *row,
        surreal_str v)
{
    row->password = v;
    surreal_bit_set(row->set_, SHOP_ACCOUNT_SIGNIN_ARGS_PASSWORD);
}

static inline size_t
shop_account_signin_args_print(const shop_account_signin_args *row, char *buf,
        size_t cap)
{
    return surreal_model_print(&shop_account_signin_args_model, row, buf, cap);
}

static inline size_t
shop_account_signin_args_to_json(const shop_account_signin_args *row,
        char *buf, size_t cap)
{
    return surreal_model_to_json(&shop_account_signin_args_model, row, buf,
            cap);
}

static inline bool
shop_account_signin_args_equal(const shop_account_signin_args *a,
        const shop_account_signin_args *b)
{
    return surreal_model_equal(&shop_account_signin_args_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
shop_account_signin_args_copy(const shop_account_signin_args *row,
        surreal_result *owner, shop_account_signin_args *out)
{
    return surreal_model_copy(&shop_account_signin_args_model, row, owner,
            out);
}

/* What a create would be refused for. */
static inline surreal_status
shop_account_signin_args_check(const shop_account_signin_args *row,
        surreal_error *err)
{
    return surreal_model_check(&shop_account_signin_args_model, row, err);
}

/* Bits of shop_old_signin_args.set_. */
enum {
    SHOP_OLD_SIGNIN_ARGS_EMAIL = 0,
    SHOP_OLD_SIGNIN_ARGS_LEVEL = 1,
    SHOP_OLD_SIGNIN_ARGS_PIN = 2
};

typedef struct shop_old_signin_args {
    uint64_t set_[1];
    surreal_str email;
    int64_t level;
    surreal_str pin;
} shop_old_signin_args;

extern const surreal_model shop_old_signin_args_model;

static inline bool
shop_old_signin_args_has_email(const shop_old_signin_args *row)
{
    return surreal_bit_is(row->set_, SHOP_OLD_SIGNIN_ARGS_EMAIL);
}

static inline void
shop_old_signin_args_set_email(shop_old_signin_args *row, surreal_str v)
{
    row->email = v;
    surreal_bit_set(row->set_, SHOP_OLD_SIGNIN_ARGS_EMAIL);
}

static inline bool
shop_old_signin_args_has_level(const shop_old_signin_args *row)
{
    return surreal_bit_is(row->set_, SHOP_OLD_SIGNIN_ARGS_LEVEL);
}

static inline void
shop_old_signin_args_set_level(shop_old_signin_args *row, int64_t v)
{
    row->level = v;
    surreal_bit_set(row->set_, SHOP_OLD_SIGNIN_ARGS_LEVEL);
}

static inline bool
shop_old_signin_args_has_pin(const shop_old_signin_args *row)
{
    return surreal_bit_is(row->set_, SHOP_OLD_SIGNIN_ARGS_PIN);
}

static inline void
shop_old_signin_args_set_pin(shop_old_signin_args *row, surreal_str v)
{
    row->pin = v;
    surreal_bit_set(row->set_, SHOP_OLD_SIGNIN_ARGS_PIN);
}

static inline size_t
shop_old_signin_args_print(const shop_old_signin_args *row, char *buf,
        size_t cap)
{
    return surreal_model_print(&shop_old_signin_args_model, row, buf, cap);
}

static inline size_t
shop_old_signin_args_to_json(const shop_old_signin_args *row, char *buf,
        size_t cap)
{
    return surreal_model_to_json(&shop_old_signin_args_model, row, buf, cap);
}

static inline bool
shop_old_signin_args_equal(const shop_old_signin_args *a,
        const shop_old_signin_args *b)
{
    return surreal_model_equal(&shop_old_signin_args_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
shop_old_signin_args_copy(const shop_old_signin_args *row,
        surreal_result *owner, shop_old_signin_args *out)
{
    return surreal_model_copy(&shop_old_signin_args_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
shop_old_signin_args_check(const shop_old_signin_args *row, surreal_error *err)
{
    return surreal_model_check(&shop_old_signin_args_model, row, err);
}

/* Bits of shop_orders_of_args.set_. */
enum {
    SHOP_ORDERS_OF_ARGS_BUYER = 0,
    SHOP_ORDERS_OF_ARGS_STATE = 1,
    SHOP_ORDERS_OF_ARGS_LIMIT = 2
};

typedef struct shop_orders_of_args {
    uint64_t set_[1];
    surreal_value extra_; /* what it was read from */
    struct shop_user_id buyer;
    enum shop_state state; /* optional */
    int64_t limit; /* optional */
} shop_orders_of_args;

extern const surreal_model shop_orders_of_args_model;

static inline bool
shop_orders_of_args_has_buyer(const shop_orders_of_args *row)
{
    return surreal_bit_is(row->set_, SHOP_ORDERS_OF_ARGS_BUYER);
}

static inline void
shop_orders_of_args_set_buyer(shop_orders_of_args *row, shop_user_id v)
{
    row->buyer = v;
    surreal_bit_set(row->set_, SHOP_ORDERS_OF_ARGS_BUYER);
}

static inline bool
shop_orders_of_args_has_state(const shop_orders_of_args *row)
{
    return surreal_bit_is(row->set_, SHOP_ORDERS_OF_ARGS_STATE);
}

static inline void
shop_orders_of_args_set_state(shop_orders_of_args *row, shop_state v)
{
    row->state = v;
    surreal_bit_set(row->set_, SHOP_ORDERS_OF_ARGS_STATE);
}

static inline void
shop_orders_of_args_clear_state(shop_orders_of_args *row)
{
    surreal_bit_clear(row->set_, SHOP_ORDERS_OF_ARGS_STATE);
}

static inline bool
shop_orders_of_args_has_limit(const shop_orders_of_args *row)
{
    return surreal_bit_is(row->set_, SHOP_ORDERS_OF_ARGS_LIMIT);
}

static inline void
shop_orders_of_args_set_limit(shop_orders_of_args *row, int64_t v)
{
    row->limit = v;
    surreal_bit_set(row->set_, SHOP_ORDERS_OF_ARGS_LIMIT);
}

static inline void
shop_orders_of_args_clear_limit(shop_orders_of_args *row)
{
    surreal_bit_clear(row->set_, SHOP_ORDERS_OF_ARGS_LIMIT);
}

static inline size_t
shop_orders_of_args_print(const shop_orders_of_args *row, char *buf,
        size_t cap)
{
    return surreal_model_print(&shop_orders_of_args_model, row, buf, cap);
}

static inline size_t
shop_orders_of_args_to_json(const shop_orders_of_args *row, char *buf,
        size_t cap)
{
    return surreal_model_to_json(&shop_orders_of_args_model, row, buf, cap);
}

static inline bool
shop_orders_of_args_equal(const shop_orders_of_args *a,
        const shop_orders_of_args *b)
{
    return surreal_model_equal(&shop_orders_of_args_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
shop_orders_of_args_copy(const shop_orders_of_args *row, surreal_result *owner,
        shop_orders_of_args *out)
{
    return surreal_model_copy(&shop_orders_of_args_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
shop_orders_of_args_check(const shop_orders_of_args *row, surreal_error *err)
{
    return surreal_model_check(&shop_orders_of_args_model, row, err);
}

/* Bits of shop_orders_of_item.set_. */
enum {
    SHOP_ORDERS_OF_ITEM_ID = 0,
    SHOP_ORDERS_OF_ITEM_STATE = 1,
    SHOP_ORDERS_OF_ITEM_TOTAL = 2,
    SHOP_ORDERS_OF_ITEM_NOTE = 3
};

typedef struct shop_orders_of_item {
    uint64_t set_[1];
    uint64_t null_[1];
    surreal_value extra_; /* what it was read from */
    struct shop_order_id id;
    enum shop_state state;
    surreal_decimal total;
    surreal_str note; /* or NULL */
} shop_orders_of_item;

extern const surreal_model shop_orders_of_item_model;

static inline bool
shop_orders_of_item_has_id(const shop_orders_of_item *row)
{
    return surreal_bit_is(row->set_, SHOP_ORDERS_OF_ITEM_ID);
}

static inline void
shop_orders_of_item_set_id(shop_orders_of_item *row, shop_order_id v)
{
    row->id = v;
    surreal_bit_set(row->set_, SHOP_ORDERS_OF_ITEM_ID);
}

static inline bool
shop_orders_of_item_has_state(const shop_orders_of_item *row)
{
    return surreal_bit_is(row->set_, SHOP_ORDERS_OF_ITEM_STATE);
}

static inline void
shop_orders_of_item_set_state(shop_orders_of_item *row, shop_state v)
{
    row->state = v;
    surreal_bit_set(row->set_, SHOP_ORDERS_OF_ITEM_STATE);
}

static inline bool
shop_orders_of_item_has_total(const shop_orders_of_item *row)
{
    return surreal_bit_is(row->set_, SHOP_ORDERS_OF_ITEM_TOTAL);
}

static inline void
shop_orders_of_item_set_total(shop_orders_of_item *row, surreal_decimal v)
{
    row->total = v;
    surreal_bit_set(row->set_, SHOP_ORDERS_OF_ITEM_TOTAL);
}

/* False for NULL too. */
static inline bool
shop_orders_of_item_has_note(const shop_orders_of_item *row)
{
    return surreal_bit_is(row->set_,
            SHOP_ORDERS_OF_ITEM_NOTE) && surreal_bit_is(row->null_,
            SHOP_ORDERS_OF_ITEM_NOTE) == 0;
}

static inline void
shop_orders_of_item_set_note(shop_orders_of_item *row, surreal_str v)
{
    row->note = v;
    surreal_bit_set(row->set_, SHOP_ORDERS_OF_ITEM_NOTE);
    surreal_bit_clear(row->null_, SHOP_ORDERS_OF_ITEM_NOTE);
}

static inline void
shop_orders_of_item_null_note(shop_orders_of_item *row)
{
    surreal_bit_set(row->set_, SHOP_ORDERS_OF_ITEM_NOTE);
    surreal_bit_set(row->null_, SHOP_ORDERS_OF_ITEM_NOTE);
}

static inline size_t
shop_orders_of_item_print(const shop_orders_of_item *row, char *buf,
        size_t cap)
{
    return surreal_model_print(&shop_orders_of_item_model, row, buf, cap);
}

static inline size_t
shop_orders_of_item_to_json(const shop_orders_of_item *row, char *buf,
        size_t cap)
{
    return surreal_model_to_json(&shop_orders_of_item_model, row, buf, cap);
}

static inline bool
shop_orders_of_item_equal(const shop_orders_of_item *a,
        const shop_orders_of_item *b)
{
    return surreal_model_equal(&shop_orders_of_item_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
shop_orders_of_item_copy(const shop_orders_of_item *row, surreal_result *owner,
        shop_orders_of_item *out)
{
    return surreal_model_copy(&shop_orders_of_item_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
shop_orders_of_item_check(const shop_orders_of_item *row, surreal_error *err)
{
    return surreal_model_check(&shop_orders_of_item_model, row, err);
}

/* Bits of shop_user_by_email_args.set_. */
enum {
    SHOP_USER_BY_EMAIL_ARGS_EMAIL = 0
};

typedef struct shop_user_by_email_args {
    uint64_t set_[1];
    surreal_str email;
} shop_user_by_email_args;

extern const surreal_model shop_user_by_email_args_model;

static inline bool
shop_user_by_email_args_has_email(const shop_user_by_email_args *row)
{
    return surreal_bit_is(row->set_, SHOP_USER_BY_EMAIL_ARGS_EMAIL);
}

static inline void
shop_user_by_email_args_set_email(shop_user_by_email_args *row, surreal_str v)
{
    row->email = v;
    surreal_bit_set(row->set_, SHOP_USER_BY_EMAIL_ARGS_EMAIL);
}

static inline size_t
shop_user_by_email_args_print(const shop_user_by_email_args *row, char *buf,
        size_t cap)
{
    return surreal_model_print(&shop_user_by_email_args_model, row, buf, cap);
}

static inline size_t
shop_user_by_email_args_to_json(const shop_user_by_email_args *row, char *buf,
        size_t cap)
{
    return surreal_model_to_json(&shop_user_by_email_args_model, row, buf,
            cap);
}

static inline bool
shop_user_by_email_args_equal(const shop_user_by_email_args *a,
        const shop_user_by_email_args *b)
{
    return surreal_model_equal(&shop_user_by_email_args_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
shop_user_by_email_args_copy(const shop_user_by_email_args *row,
        surreal_result *owner, shop_user_by_email_args *out)
{
    return surreal_model_copy(&shop_user_by_email_args_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
shop_user_by_email_args_check(const shop_user_by_email_args *row,
        surreal_error *err)
{
    return surreal_model_check(&shop_user_by_email_args_model, row, err);
}

/* Bits of shop_names_item.set_. */
enum {
    SHOP_NAMES_ITEM_NAME = 0
};

typedef struct shop_names_item {
    uint64_t set_[1];
    surreal_str name;
} shop_names_item;

extern const surreal_model shop_names_item_model;

static inline bool
shop_names_item_has_name(const shop_names_item *row)
{
    return surreal_bit_is(row->set_, SHOP_NAMES_ITEM_NAME);
}

static inline void
shop_names_item_set_name(shop_names_item *row, surreal_str v)
{
    row->name = v;
    surreal_bit_set(row->set_, SHOP_NAMES_ITEM_NAME);
}

static inline size_t
shop_names_item_print(const shop_names_item *row, char *buf, size_t cap)
{
    return surreal_model_print(&shop_names_item_model, row, buf, cap);
}

static inline size_t
shop_names_item_to_json(const shop_names_item *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&shop_names_item_model, row, buf, cap);
}

static inline bool
shop_names_item_equal(const shop_names_item *a, const shop_names_item *b)
{
    return surreal_model_equal(&shop_names_item_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
shop_names_item_copy(const shop_names_item *row, surreal_result *owner,
        shop_names_item *out)
{
    return surreal_model_copy(&shop_names_item_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
shop_names_item_check(const shop_names_item *row, surreal_error *err)
{
    return surreal_model_check(&shop_names_item_model, row, err);
}

/* Bits of shop_user_names_args.set_. */
enum {
    SHOP_USER_NAMES_ARGS_FROM = 0,
    SHOP_USER_NAMES_ARGS_BIG = 1,
    SHOP_USER_NAMES_ARGS_RATE = 2,
    SHOP_USER_NAMES_ARGS_SINCE = 3,
    SHOP_USER_NAMES_ARGS_STATE = 4
};

typedef struct shop_user_names_args {
    uint64_t set_[1];
    surreal_value extra_; /* what it was read from */
    surreal_str from; /* optional */
    bool big; /* optional */
    double rate; /* optional */
    surreal_datetime since; /* optional */
    enum shop_state state; /* optional */
} shop_user_names_args;

extern const surreal_model shop_user_names_args_model;

static inline bool
shop_user_names_args_has_from(const shop_user_names_args *row)
{
    return surreal_bit_is(row->set_, SHOP_USER_NAMES_ARGS_FROM);
}

static inline void
shop_user_names_args_set_from(shop_user_names_args *row, surreal_str v)
{
    row->from = v;
    surreal_bit_set(row->set_, SHOP_USER_NAMES_ARGS_FROM);
}

static inline void
shop_user_names_args_clear_from(shop_user_names_args *row)
{
    surreal_bit_clear(row->set_, SHOP_USER_NAMES_ARGS_FROM);
}

static inline bool
shop_user_names_args_has_big(const shop_user_names_args *row)
{
    return surreal_bit_is(row->set_, SHOP_USER_NAMES_ARGS_BIG);
}

static inline void
shop_user_names_args_set_big(shop_user_names_args *row, bool v)
{
    row->big = v;
    surreal_bit_set(row->set_, SHOP_USER_NAMES_ARGS_BIG);
}

static inline void
shop_user_names_args_clear_big(shop_user_names_args *row)
{
    surreal_bit_clear(row->set_, SHOP_USER_NAMES_ARGS_BIG);
}

static inline bool
shop_user_names_args_has_rate(const shop_user_names_args *row)
{
    return surreal_bit_is(row->set_, SHOP_USER_NAMES_ARGS_RATE);
}

static inline void
shop_user_names_args_set_rate(shop_user_names_args *row, double v)
{
    row->rate = v;
    surreal_bit_set(row->set_, SHOP_USER_NAMES_ARGS_RATE);
}

static inline void
shop_user_names_args_clear_rate(shop_user_names_args *row)
{
    surreal_bit_clear(row->set_, SHOP_USER_NAMES_ARGS_RATE);
}

static inline bool
shop_user_names_args_has_since(const shop_user_names_args *row)
{
    return surreal_bit_is(row->set_, SHOP_USER_NAMES_ARGS_SINCE);
}

static inline void
shop_user_names_args_set_since(shop_user_names_args *row, surreal_datetime v)
{
    row->since = v;
    surreal_bit_set(row->set_, SHOP_USER_NAMES_ARGS_SINCE);
}

static inline void
shop_user_names_args_clear_since(shop_user_names_args *row)
{
    surreal_bit_clear(row->set_, SHOP_USER_NAMES_ARGS_SINCE);
}

static inline bool
shop_user_names_args_has_state(const shop_user_names_args *row)
{
    return surreal_bit_is(row->set_, SHOP_USER_NAMES_ARGS_STATE);
}

static inline void
shop_user_names_args_set_state(shop_user_names_args *row, shop_state v)
{
    row->state = v;
    surreal_bit_set(row->set_, SHOP_USER_NAMES_ARGS_STATE);
}

static inline void
shop_user_names_args_clear_state(shop_user_names_args *row)
{
    surreal_bit_clear(row->set_, SHOP_USER_NAMES_ARGS_STATE);
}

static inline size_t
shop_user_names_args_print(const shop_user_names_args *row, char *buf,
        size_t cap)
{
    return surreal_model_print(&shop_user_names_args_model, row, buf, cap);
}

static inline size_t
shop_user_names_args_to_json(const shop_user_names_args *row, char *buf,
        size_t cap)
{
    return surreal_model_to_json(&shop_user_names_args_model, row, buf, cap);
}

static inline bool
shop_user_names_args_equal(const shop_user_names_args *a,
        const shop_user_names_args *b)
{
    return surreal_model_equal(&shop_user_names_args_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
shop_user_names_args_copy(const shop_user_names_args *row,
        surreal_result *owner, shop_user_names_args *out)
{
    return surreal_model_copy(&shop_user_names_args_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
shop_user_names_args_check(const shop_user_names_args *row, surreal_error *err)
{
    return surreal_model_check(&shop_user_names_args_model, row, err);
}

/* Bits of shop_pay_args.set_. */
enum {
    SHOP_PAY_ARGS_O = 0
};

typedef struct shop_pay_args {
    uint64_t set_[1];
    struct shop_order_id o;
} shop_pay_args;

extern const surreal_model shop_pay_args_model;

static inline bool
shop_pay_args_has_o(const shop_pay_args *row)
{
    return surreal_bit_is(row->set_, SHOP_PAY_ARGS_O);
}

static inline void
shop_pay_args_set_o(shop_pay_args *row, shop_order_id v)
{
    row->o = v;
    surreal_bit_set(row->set_, SHOP_PAY_ARGS_O);
}

static inline size_t
shop_pay_args_print(const shop_pay_args *row, char *buf, size_t cap)
{
    return surreal_model_print(&shop_pay_args_model, row, buf, cap);
}

static inline size_t
shop_pay_args_to_json(const shop_pay_args *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&shop_pay_args_model, row, buf, cap);
}

static inline bool
shop_pay_args_equal(const shop_pay_args *a, const shop_pay_args *b)
{
    return surreal_model_equal(&shop_pay_args_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
shop_pay_args_copy(const shop_pay_args *row, surreal_result *owner,
        shop_pay_args *out)
{
    return surreal_model_copy(&shop_pay_args_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
shop_pay_args_check(const shop_pay_args *row, surreal_error *err)
{
    return surreal_model_check(&shop_pay_args_model, row, err);
}

/* Bits of shop_touch_args.set_. */
enum {
    SHOP_TOUCH_ARGS_ID = 0
};

typedef struct shop_touch_args {
    uint64_t set_[1];
    struct shop_user_id id;
} shop_touch_args;

extern const surreal_model shop_touch_args_model;

static inline bool
shop_touch_args_has_id(const shop_touch_args *row)
{
    return surreal_bit_is(row->set_, SHOP_TOUCH_ARGS_ID);
}

static inline void
shop_touch_args_set_id(shop_touch_args *row, shop_user_id v)
{
    row->id = v;
    surreal_bit_set(row->set_, SHOP_TOUCH_ARGS_ID);
}

static inline size_t
shop_touch_args_print(const shop_touch_args *row, char *buf, size_t cap)
{
    return surreal_model_print(&shop_touch_args_model, row, buf, cap);
}

static inline size_t
shop_touch_args_to_json(const shop_touch_args *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&shop_touch_args_model, row, buf, cap);
}

static inline bool
shop_touch_args_equal(const shop_touch_args *a, const shop_touch_args *b)
{
    return surreal_model_equal(&shop_touch_args_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
shop_touch_args_copy(const shop_touch_args *row, surreal_result *owner,
        shop_touch_args *out)
{
    return surreal_model_copy(&shop_touch_args_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
shop_touch_args_check(const shop_touch_args *row, surreal_error *err)
{
    return surreal_model_check(&shop_touch_args_model, row, err);
}

/* Bits of shop_dump_args.set_. */
enum {
    SHOP_DUMP_ARGS_FROM = 0
};

typedef struct shop_dump_args {
    uint64_t set_[1];
    int64_t from; /* optional */
} shop_dump_args;

extern const surreal_model shop_dump_args_model;

static inline bool
shop_dump_args_has_from(const shop_dump_args *row)
{
    return surreal_bit_is(row->set_, SHOP_DUMP_ARGS_FROM);
}

static inline void
shop_dump_args_set_from(shop_dump_args *row, int64_t v)
{
    row->from = v;
    surreal_bit_set(row->set_, SHOP_DUMP_ARGS_FROM);
}

static inline void
shop_dump_args_clear_from(shop_dump_args *row)
{
    surreal_bit_clear(row->set_, SHOP_DUMP_ARGS_FROM);
}

static inline size_t
shop_dump_args_print(const shop_dump_args *row, char *buf, size_t cap)
{
    return surreal_model_print(&shop_dump_args_model, row, buf, cap);
}

static inline size_t
shop_dump_args_to_json(const shop_dump_args *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&shop_dump_args_model, row, buf, cap);
}

static inline bool
shop_dump_args_equal(const shop_dump_args *a, const shop_dump_args *b)
{
    return surreal_model_equal(&shop_dump_args_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
shop_dump_args_copy(const shop_dump_args *row, surreal_result *owner,
        shop_dump_args *out)
{
    return surreal_model_copy(&shop_dump_args_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
shop_dump_args_check(const shop_dump_args *row, surreal_error *err)
{
    return surreal_model_check(&shop_dump_args_model, row, err);
}

/* Bits of shop_rich_feed_args.set_. */
enum {
    SHOP_RICH_FEED_ARGS_MIN = 0
};

typedef struct shop_rich_feed_args {
    uint64_t set_[1];
    int64_t min;
} shop_rich_feed_args;

extern const surreal_model shop_rich_feed_args_model;

static inline bool
shop_rich_feed_args_has_min(const shop_rich_feed_args *row)
{
    return surreal_bit_is(row->set_, SHOP_RICH_FEED_ARGS_MIN);
}

static inline void
shop_rich_feed_args_set_min(shop_rich_feed_args *row, int64_t v)
{
    row->min = v;
    surreal_bit_set(row->set_, SHOP_RICH_FEED_ARGS_MIN);
}

static inline size_t
shop_rich_feed_args_print(const shop_rich_feed_args *row, char *buf,
        size_t cap)
{
    return surreal_model_print(&shop_rich_feed_args_model, row, buf, cap);
}

static inline size_t
shop_rich_feed_args_to_json(const shop_rich_feed_args *row, char *buf,
        size_t cap)
{
    return surreal_model_to_json(&shop_rich_feed_args_model, row, buf, cap);
}

static inline bool
shop_rich_feed_args_equal(const shop_rich_feed_args *a,
        const shop_rich_feed_args *b)
{
    return surreal_model_equal(&shop_rich_feed_args_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
shop_rich_feed_args_copy(const shop_rich_feed_args *row, surreal_result *owner,
        shop_rich_feed_args *out)
{
    return surreal_model_copy(&shop_rich_feed_args_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
shop_rich_feed_args_check(const shop_rich_feed_args *row, surreal_error *err)
{
    return surreal_model_check(&shop_rich_feed_args_model, row, err);
}

/* Bits of shop_rich_feed_item.set_. */
enum {
    SHOP_RICH_FEED_ITEM_ID = 0,
    SHOP_RICH_FEED_ITEM_LEVEL = 1
};

typedef struct shop_rich_feed_item {
    uint64_t set_[1];
    struct shop_user_id id;
    int64_t level;
} shop_rich_feed_item;

extern const surreal_model shop_rich_feed_item_model;

static inline bool
shop_rich_feed_item_has_id(const shop_rich_feed_item *row)
{
    return surreal_bit_is(row->set_, SHOP_RICH_FEED_ITEM_ID);
}

static inline void
shop_rich_feed_item_set_id(shop_rich_feed_item *row, shop_user_id v)
{
    row->id = v;
    surreal_bit_set(row->set_, SHOP_RICH_FEED_ITEM_ID);
}

static inline bool
shop_rich_feed_item_has_level(const shop_rich_feed_item *row)
{
    return surreal_bit_is(row->set_, SHOP_RICH_FEED_ITEM_LEVEL);
}

static inline void
shop_rich_feed_item_set_level(shop_rich_feed_item *row, int64_t v)
{
    row->level = v;
    surreal_bit_set(row->set_, SHOP_RICH_FEED_ITEM_LEVEL);
}

static inline size_t
shop_rich_feed_item_print(const shop_rich_feed_item *row, char *buf,
        size_t cap)
{
    return surreal_model_print(&shop_rich_feed_item_model, row, buf, cap);
}

static inline size_t
shop_rich_feed_item_to_json(const shop_rich_feed_item *row, char *buf,
        size_t cap)
{
    return surreal_model_to_json(&shop_rich_feed_item_model, row, buf, cap);
}

static inline bool
shop_rich_feed_item_equal(const shop_rich_feed_item *a,
        const shop_rich_feed_item *b)
{
    return surreal_model_equal(&shop_rich_feed_item_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
shop_rich_feed_item_copy(const shop_rich_feed_item *row, surreal_result *owner,
        shop_rich_feed_item *out)
{
    return surreal_model_copy(&shop_rich_feed_item_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
shop_rich_feed_item_check(const shop_rich_feed_item *row, surreal_error *err)
{
    return surreal_model_check(&shop_rich_feed_item_model, row, err);
}

/* Bits of shop_dash_args.set_. */
enum {
    SHOP_DASH_ARGS_U = 0
};

typedef struct shop_dash_args {
    uint64_t set_[1];
    struct shop_user_id u;
} shop_dash_args;

extern const surreal_model shop_dash_args_model;

static inline bool
shop_dash_args_has_u(const shop_dash_args *row)
{
    return surreal_bit_is(row->set_, SHOP_DASH_ARGS_U);
}

static inline void
shop_dash_args_set_u(shop_dash_args *row, shop_user_id v)
{
    row->u = v;
    surreal_bit_set(row->set_, SHOP_DASH_ARGS_U);
}

static inline size_t
shop_dash_args_print(const shop_dash_args *row, char *buf, size_t cap)
{
    return surreal_model_print(&shop_dash_args_model, row, buf, cap);
}

static inline size_t
shop_dash_args_to_json(const shop_dash_args *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&shop_dash_args_model, row, buf, cap);
}

static inline bool
shop_dash_args_equal(const shop_dash_args *a, const shop_dash_args *b)
{
    return surreal_model_equal(&shop_dash_args_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
shop_dash_args_copy(const shop_dash_args *row, surreal_result *owner,
        shop_dash_args *out)
{
    return surreal_model_copy(&shop_dash_args_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
shop_dash_args_check(const shop_dash_args *row, surreal_error *err)
{
    return surreal_model_check(&shop_dash_args_model, row, err);
}

typedef struct shop_grid_item_items {
    const int64_t *v;
    size_t count;
} shop_grid_item_items;

/* Bits of shop_where_is_args.set_. */
enum {
    SHOP_WHERE_IS_ARGS_U = 0
};

typedef struct shop_where_is_args {
    uint64_t set_[1];
    struct shop_user_id u;
} shop_where_is_args;

extern const surreal_model shop_where_is_args_model;

static inline bool
shop_where_is_args_has_u(const shop_where_is_args *row)
{
    return surreal_bit_is(row->set_, SHOP_WHERE_IS_ARGS_U);
}

static inline void
shop_where_is_args_set_u(shop_where_is_args *row, shop_user_id v)
{
    row->u = v;
    surreal_bit_set(row->set_, SHOP_WHERE_IS_ARGS_U);
}

static inline size_t
shop_where_is_args_print(const shop_where_is_args *row, char *buf, size_t cap)
{
    return surreal_model_print(&shop_where_is_args_model, row, buf, cap);
}

static inline size_t
shop_where_is_args_to_json(const shop_where_is_args *row, char *buf,
        size_t cap)
{
    return surreal_model_to_json(&shop_where_is_args_model, row, buf, cap);
}

static inline bool
shop_where_is_args_equal(const shop_where_is_args *a,
        const shop_where_is_args *b)
{
    return surreal_model_equal(&shop_where_is_args_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
shop_where_is_args_copy(const shop_where_is_args *row, surreal_result *owner,
        shop_where_is_args *out)
{
    return surreal_model_copy(&shop_where_is_args_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
shop_where_is_args_check(const shop_where_is_args *row, surreal_error *err)
{
    return surreal_model_check(&shop_where_is_args_model, row, err);
}

/* Bits of shop_bump_args.set_. */
enum {
    SHOP_BUMP_ARGS_ID = 0
};

typedef struct shop_bump_args {
    uint64_t set_[1];
    struct shop_user_id id;
} shop_bump_args;

extern const surreal_model shop_bump_args_model;

static inline bool
shop_bump_args_has_id(const shop_bump_args *row)
{
    return surreal_bit_is(row->set_, SHOP_BUMP_ARGS_ID);
}

static inline void
shop_bump_args_set_id(shop_bump_args *row, shop_user_id v)
{
    row->id = v;
    surreal_bit_set(row->set_, SHOP_BUMP_ARGS_ID);
}

static inline size_t
shop_bump_args_print(const shop_bump_args *row, char *buf, size_t cap)
{
    return surreal_model_print(&shop_bump_args_model, row, buf, cap);
}

static inline size_t
shop_bump_args_to_json(const shop_bump_args *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&shop_bump_args_model, row, buf, cap);
}

static inline bool
shop_bump_args_equal(const shop_bump_args *a, const shop_bump_args *b)
{
    return surreal_model_equal(&shop_bump_args_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
shop_bump_args_copy(const shop_bump_args *row, surreal_result *owner,
        shop_bump_args *out)
{
    return surreal_model_copy(&shop_bump_args_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
shop_bump_args_check(const shop_bump_args *row, surreal_error *err)
{
    return surreal_model_check(&shop_bump_args_model, row, err);
}

/* Bits of shop_bump_once_args.set_. */
enum {
    SHOP_BUMP_ONCE_ARGS_ID = 0
};

typedef struct shop_bump_once_args {
    uint64_t set_[1];
    struct shop_user_id id;
} shop_bump_once_args;

extern const surreal_model shop_bump_once_args_model;

static inline bool
shop_bump_once_args_has_id(const shop_bump_once_args *row)
{
    return surreal_bit_is(row->set_, SHOP_BUMP_ONCE_ARGS_ID);
}

static inline void
shop_bump_once_args_set_id(shop_bump_once_args *row, shop_user_id v)
{
    row->id = v;
    surreal_bit_set(row->set_, SHOP_BUMP_ONCE_ARGS_ID);
}

static inline size_t
shop_bump_once_args_print(const shop_bump_once_args *row, char *buf,
        size_t cap)
{
    return surreal_model_print(&shop_bump_once_args_model, row, buf, cap);
}

static inline size_t
shop_bump_once_args_to_json(const shop_bump_once_args *row, char *buf,
        size_t cap)
{
    return surreal_model_to_json(&shop_bump_once_args_model, row, buf, cap);
}

static inline bool
shop_bump_once_args_equal(const shop_bump_once_args *a,
        const shop_bump_once_args *b)
{
    return surreal_model_equal(&shop_bump_once_args_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
shop_bump_once_args_copy(const shop_bump_once_args *row, surreal_result *owner,
        shop_bump_once_args *out)
{
    return surreal_model_copy(&shop_bump_once_args_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
shop_bump_once_args_check(const shop_bump_once_args *row, surreal_error *err)
{
    return surreal_model_check(&shop_bump_once_args_model, row, err);
}

/* Bits of shop_echo_args.set_. */
enum {
    SHOP_ECHO_ARGS_HOME = 0,
    SHOP_ECHO_ARGS_TAGS = 1,
    SHOP_ECHO_ARGS_STATE = 2,
    SHOP_ECHO_ARGS_ANY = 3,
    SHOP_ECHO_ARGS_MAYBE = 4,
    SHOP_ECHO_ARGS_NULL = 5
};

typedef struct shop_echo_args {
    uint64_t set_[1];
    uint64_t null_[1];
    surreal_value extra_; /* what it was read from */
    struct shop_place home;
    struct {
        const surreal_str *v;
        size_t count;
    } tags;
    enum shop_state state;
    surreal_raw any; /* optional */
    int64_t maybe; /* optional */
    int64_t null; /* or NULL */
} shop_echo_args;

extern const surreal_model shop_echo_args_model;

static inline bool
shop_echo_args_has_home(const shop_echo_args *row)
{
    return surreal_bit_is(row->set_, SHOP_ECHO_ARGS_HOME);
}

static inline void
shop_echo_args_set_home(shop_echo_args *row, shop_place v)
{
    row->home = v;
    surreal_bit_set(row->set_, SHOP_ECHO_ARGS_HOME);
}

static inline bool
shop_echo_args_has_tags(const shop_echo_args *row)
{
    return surreal_bit_is(row->set_, SHOP_ECHO_ARGS_TAGS);
}

static inline void
shop_echo_args_set_tags(shop_echo_args *row, const surreal_str *v,
        size_t count)
{
    row->tags.v = v;
    row->tags.count = count;
    surreal_bit_set(row->set_, SHOP_ECHO_ARGS_TAGS);
}

static inline bool
shop_echo_args_has_state(const shop_echo_args *row)
{
    return surreal_bit_is(row->set_, SHOP_ECHO_ARGS_STATE);
}

static inline void
shop_echo_args_set_state(shop_echo_args *row, shop_state v)
{
    row->state = v;
    surreal_bit_set(row->set_, SHOP_ECHO_ARGS_STATE);
}

static inline bool
shop_echo_args_has_any(const shop_echo_args *row)
{
    return surreal_bit_is(row->set_, SHOP_ECHO_ARGS_ANY);
}

static inline void
shop_echo_args_set_any(shop_echo_args *row, surreal_raw v)
{
    row->any = v;
    surreal_bit_set(row->set_, SHOP_ECHO_ARGS_ANY);
}

static inline void
shop_echo_args_clear_any(shop_echo_args *row)
{
    surreal_bit_clear(row->set_, SHOP_ECHO_ARGS_ANY);
}

static inline bool
shop_echo_args_has_maybe(const shop_echo_args *row)
{
    return surreal_bit_is(row->set_, SHOP_ECHO_ARGS_MAYBE);
}

static inline void
shop_echo_args_set_maybe(shop_echo_args *row, int64_t v)
{
    row->maybe = v;
    surreal_bit_set(row->set_, SHOP_ECHO_ARGS_MAYBE);
}

static inline void
shop_echo_args_clear_maybe(shop_echo_args *row)
{
    surreal_bit_clear(row->set_, SHOP_ECHO_ARGS_MAYBE);
}

/* False for NULL too. */
static inline bool
shop_echo_args_has_null(const shop_echo_args *row)
{
    return surreal_bit_is(row->set_,
            SHOP_ECHO_ARGS_NULL) && surreal_bit_is(row->null_,
            SHOP_ECHO_ARGS_NULL) == 0;
}

static inline void
shop_echo_args_set_null(shop_echo_args *row, int64_t v)
{
    row->null = v;
    surreal_bit_set(row->set_, SHOP_ECHO_ARGS_NULL);
    surreal_bit_clear(row->null_, SHOP_ECHO_ARGS_NULL);
}

static inline void
shop_echo_args_null_null(shop_echo_args *row)
{
    surreal_bit_set(row->set_, SHOP_ECHO_ARGS_NULL);
    surreal_bit_set(row->null_, SHOP_ECHO_ARGS_NULL);
}

static inline size_t
shop_echo_args_print(const shop_echo_args *row, char *buf, size_t cap)
{
    return surreal_model_print(&shop_echo_args_model, row, buf, cap);
}

static inline size_t
shop_echo_args_to_json(const shop_echo_args *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&shop_echo_args_model, row, buf, cap);
}

static inline bool
shop_echo_args_equal(const shop_echo_args *a, const shop_echo_args *b)
{
    return surreal_model_equal(&shop_echo_args_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
shop_echo_args_copy(const shop_echo_args *row, surreal_result *owner,
        shop_echo_args *out)
{
    return surreal_model_copy(&shop_echo_args_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
shop_echo_args_check(const shop_echo_args *row, surreal_error *err)
{
    return surreal_model_check(&shop_echo_args_model, row, err);
}

/* Bits of shop_echo_item.set_. */
enum {
    SHOP_ECHO_ITEM_HOME = 0,
    SHOP_ECHO_ITEM_TAGS = 1,
    SHOP_ECHO_ITEM_STATE = 2,
    SHOP_ECHO_ITEM_ANY = 3,
    SHOP_ECHO_ITEM_MAYBE = 4,
    SHOP_ECHO_ITEM_NULL = 5
};

typedef struct shop_echo_item {
    uint64_t set_[1];
    uint64_t null_[1];
    surreal_value extra_; /* what it was read from */
    struct shop_place home;
    struct {
        const surreal_str *v;
        size_t count;
    } tags;
    enum shop_state state;
    surreal_raw any; /* optional */
    int64_t maybe; /* optional */
    int64_t null; /* or NULL */
} shop_echo_item;

extern const surreal_model shop_echo_item_model;

static inline bool
shop_echo_item_has_home(const shop_echo_item *row)
{
    return surreal_bit_is(row->set_, SHOP_ECHO_ITEM_HOME);
}

static inline void
shop_echo_item_set_home(shop_echo_item *row, shop_place v)
{
    row->home = v;
    surreal_bit_set(row->set_, SHOP_ECHO_ITEM_HOME);
}

static inline bool
shop_echo_item_has_tags(const shop_echo_item *row)
{
    return surreal_bit_is(row->set_, SHOP_ECHO_ITEM_TAGS);
}

static inline void
shop_echo_item_set_tags(shop_echo_item *row, const surreal_str *v,
        size_t count)
{
    row->tags.v = v;
    row->tags.count = count;
    surreal_bit_set(row->set_, SHOP_ECHO_ITEM_TAGS);
}

static inline bool
shop_echo_item_has_state(const shop_echo_item *row)
{
    return surreal_bit_is(row->set_, SHOP_ECHO_ITEM_STATE);
}

static inline void
shop_echo_item_set_state(shop_echo_item *row, shop_state v)
{
    row->state = v;
    surreal_bit_set(row->set_, SHOP_ECHO_ITEM_STATE);
}

static inline bool
shop_echo_item_has_any(const shop_echo_item *row)
{
    return surreal_bit_is(row->set_, SHOP_ECHO_ITEM_ANY);
}

static inline void
shop_echo_item_set_any(shop_echo_item *row, surreal_raw v)
{
    row->any = v;
    surreal_bit_set(row->set_, SHOP_ECHO_ITEM_ANY);
}

static inline void
shop_echo_item_clear_any(shop_echo_item *row)
{
    surreal_bit_clear(row->set_, SHOP_ECHO_ITEM_ANY);
}

static inline bool
shop_echo_item_has_maybe(const shop_echo_item *row)
{
    return surreal_bit_is(row->set_, SHOP_ECHO_ITEM_MAYBE);
}

static inline void
shop_echo_item_set_maybe(shop_echo_item *row, int64_t v)
{
    row->maybe = v;
    surreal_bit_set(row->set_, SHOP_ECHO_ITEM_MAYBE);
}

static inline void
shop_echo_item_clear_maybe(shop_echo_item *row)
{
    surreal_bit_clear(row->set_, SHOP_ECHO_ITEM_MAYBE);
}

/* False for NULL too. */
static inline bool
shop_echo_item_has_null(const shop_echo_item *row)
{
    return surreal_bit_is(row->set_,
            SHOP_ECHO_ITEM_NULL) && surreal_bit_is(row->null_,
            SHOP_ECHO_ITEM_NULL) == 0;
}

static inline void
shop_echo_item_set_null(shop_echo_item *row, int64_t v)
{
    row->null = v;
    surreal_bit_set(row->set_, SHOP_ECHO_ITEM_NULL);
    surreal_bit_clear(row->null_, SHOP_ECHO_ITEM_NULL);
}

static inline void
shop_echo_item_null_null(shop_echo_item *row)
{
    surreal_bit_set(row->set_, SHOP_ECHO_ITEM_NULL);
    surreal_bit_set(row->null_, SHOP_ECHO_ITEM_NULL);
}

static inline size_t
shop_echo_item_print(const shop_echo_item *row, char *buf, size_t cap)
{
    return surreal_model_print(&shop_echo_item_model, row, buf, cap);
}

static inline size_t
shop_echo_item_to_json(const shop_echo_item *row, char *buf, size_t cap)
{
    return surreal_model_to_json(&shop_echo_item_model, row, buf, cap);
}

static inline bool
shop_echo_item_equal(const shop_echo_item *a, const shop_echo_item *b)
{
    return surreal_model_equal(&shop_echo_item_model, a, b);
}

/* Into the memory of `owner`. */
static inline surreal_status
shop_echo_item_copy(const shop_echo_item *row, surreal_result *owner,
        shop_echo_item *out)
{
    return surreal_model_copy(&shop_echo_item_model, row, owner, out);
}

/* What a create would be refused for. */
static inline surreal_status
shop_echo_item_check(const shop_echo_item *row, surreal_error *err)
{
    return surreal_model_check(&shop_echo_item_model, row, err);
}

static inline surreal_status
shop_account_signup(surreal *db, const shop_account_signup_args *args)
{
    return surreal_typed_signup(db, "account", &shop_account_signup_args_model,
            args);
}

static inline surreal_status
shop_account_signin(surreal *db, const shop_account_signin_args *args)
{
    return surreal_typed_signin(db, "account", &shop_account_signin_args_model,
            args);
}

static inline surreal_status
shop_old_signin(surreal *db, const shop_old_signin_args *args)
{
    return surreal_typed_signin(db, "old", &shop_old_signin_args_model, args);
}

typedef struct shop_fn_order_total_row {
    surreal_decimal row;
    surreal_result *result;
} shop_fn_order_total_row;

extern const surreal_typed shop_fn_order_total_query;

/* Total with VAT. */
static inline surreal_status
shop_fn_order_total(surreal *db, const shop_fn_order_total_args *args,
        shop_fn_order_total_row *out)
{
    return surreal_typed_run(db, &shop_fn_order_total_query, args, out,
            sizeof *out, &out->result);
}

typedef struct shop_fn_untyped_row {
    surreal_raw row;
    surreal_result *result;
} shop_fn_untyped_row;

extern const surreal_typed shop_fn_untyped_query;

static inline surreal_status
shop_fn_untyped(surreal *db, const shop_fn_untyped_args *args,
        shop_fn_untyped_row *out)
{
    return surreal_typed_run(db, &shop_fn_untyped_query, args, out,
            sizeof *out, &out->result);
}

typedef struct shop_fn_evens_rows {
    int64_t *v;
    size_t count;
    surreal_result *result;
} shop_fn_evens_rows;

extern const surreal_typed shop_fn_evens_query;

static inline surreal_status
shop_fn_evens(surreal *db, const shop_fn_evens_args *args,
        shop_fn_evens_rows *out)
{
    static shop_fn_evens_args none_;
    shop_fn_evens_args row;

    row = args ? *args : none_;
    if (surreal_bit_is(row.set_, SHOP_FN_EVENS_ARGS_BELOW) == 0) {
        shop_fn_evens_args_set_below(&row, INT64_C(10));
    }
    return surreal_typed_run(db, &shop_fn_evens_query, &row, out, sizeof *out,
            &out->result);
}

typedef struct shop_fn_first_user_row {
    struct shop_user_id row;
    surreal_result *result;
} shop_fn_first_user_row;

extern const surreal_typed shop_fn_first_user_query;

static inline surreal_status
shop_fn_first_user(surreal *db, shop_fn_first_user_row *out)
{
    return surreal_typed_run(db, &shop_fn_first_user_query, NULL, out,
            sizeof *out, &out->result);
}

typedef struct shop_orders_of_rows {
    struct shop_orders_of_item *v;
    size_t count;
    surreal_result *result;
} shop_orders_of_rows;

extern const surreal_typed shop_orders_of_query;

/* The newest orders of one buyer. */
static inline surreal_status
shop_orders_of(surreal *db, const shop_orders_of_args *args,
        shop_orders_of_rows *out)
{
    static shop_orders_of_args none_;
    shop_orders_of_args row;

    row = args ? *args : none_;
    if (surreal_bit_is(row.set_, SHOP_ORDERS_OF_ARGS_LIMIT) == 0) {
        shop_orders_of_args_set_limit(&row, INT64_C(20));
    }
    return surreal_typed_run(db, &shop_orders_of_query, &row, out, sizeof *out,
            &out->result);
}

extern const surreal_typed shop_user_by_email_query;

static inline surreal_status
shop_user_by_email(surreal *db, const shop_user_by_email_args *args,
        shop_user_row *out)
{
    return surreal_typed_run(db, &shop_user_by_email_query, args, out,
            sizeof *out, &out->result);
}

typedef struct shop_names_rows {
    struct shop_names_item *v;
    size_t count;
    surreal_result *result;
} shop_names_rows;

extern const surreal_typed shop_names_query;

static inline surreal_status
shop_names(surreal *db, shop_names_rows *out)
{
    return surreal_typed_run(db, &shop_names_query, NULL, out, sizeof *out,
            &out->result);
}

extern const surreal_typed shop_count_users_query;

static inline surreal_status
shop_count_users(surreal *db, int64_t *out)
{
    return surreal_typed_run(db, &shop_count_users_query, NULL, out,
            sizeof *out, NULL);
}

typedef struct shop_user_names_rows {
    surreal_str *v;
    size_t count;
    surreal_result *result;
} shop_user_names_rows;

extern const surreal_typed shop_user_names_query;

static inline surreal_status
shop_user_names(surreal *db, const shop_user_names_args *args,
        shop_user_names_rows *out)
{
    static shop_user_names_args none_;
    shop_user_names_args row;

    row = args ? *args : none_;
    if (surreal_bit_is(row.set_, SHOP_USER_NAMES_ARGS_FROM) == 0) {
        shop_user_names_args_set_from(&row, SURREAL_LIT("A"));
    }
    if (surreal_bit_is(row.set_, SHOP_USER_NAMES_ARGS_BIG) == 0) {
        shop_user_names_args_set_big(&row, false);
    }
    if (surreal_bit_is(row.set_, SHOP_USER_NAMES_ARGS_RATE) == 0) {
        shop_user_names_args_set_rate(&row, 2.0);
    }
    if (surreal_bit_is(row.set_, SHOP_USER_NAMES_ARGS_STATE) == 0) {
        shop_user_names_args_set_state(&row, SHOP_STATE_PAID);
    }
    return surreal_typed_run(db, &shop_user_names_query, &row, out,
            sizeof *out, &out->result);
}

extern const surreal_typed shop_pay_query;

static inline surreal_status
shop_pay(surreal *db, const shop_pay_args *args, shop_order_row *out)
{
    return surreal_typed_run(db, &shop_pay_query, args, out, sizeof *out,
            &out->result);
}

extern const surreal_typed shop_touch_query;

static inline surreal_status
shop_touch(surreal *db, const shop_touch_args *args)
{
    return surreal_typed_run(db, &shop_touch_query, args, NULL, 0, NULL);
}

extern const surreal_typed shop_dump_query;

/* Receives a row, valid during the call. Anything but SURREAL_OK ends it. */
typedef surreal_status shop_dump_fn(void *arg, const shop_product *row);

typedef struct shop_dump_each {
    shop_dump_fn *fn;
    void *arg;
} shop_dump_each;

static inline surreal_status
shop_dump_call(void *arg, const void *row)
{
    const shop_dump_each *v = (const shop_dump_each *)arg;

    return v->fn(v->arg, (const shop_product *)row);
}

static inline surreal_status
shop_dump(surreal *db, const shop_dump_args *args, shop_dump_fn *fn, void *arg)
{
    shop_dump_each v;
    shop_product out;
    static shop_dump_args none_;
    shop_dump_args row;

    row = args ? *args : none_;
    if (surreal_bit_is(row.set_, SHOP_DUMP_ARGS_FROM) == 0) {
        shop_dump_args_set_from(&row, INT64_C(0));
    }
    if (fn == NULL) return SURREAL_ERR_USAGE;
    v.fn = fn;
    v.arg = arg;
    return surreal_typed_each(db, &shop_dump_query, &row, &out, shop_dump_call,
            &v);
}

extern const surreal_typed shop_feed_query;

/* `row` is zeroed unless a record came. */
typedef struct shop_feed_event {
    surreal_event event;
    struct shop_order row;
} shop_feed_event;

static inline surreal_status
shop_feed(surreal *db, const surreal_live_options *opt, surreal_live **out)
{
    return surreal_typed_live(db, &shop_feed_query, NULL, opt, out);
}

/* For opt->on_event: an event with its row. */
static inline surreal_status
shop_feed_read(const surreal_event *v, shop_feed_event *out,
        surreal_error *err)
{
    out->event = *v;
    return surreal_typed_event(&shop_feed_query, v, &out->row, err);
}

/* As surreal_live_next; the row lives until the next call. */
static inline surreal_status
shop_feed_next(surreal_live *live, int timeout_ms, shop_feed_event *out,
        surreal_error *err)
{
    surreal_status status = surreal_live_next(live, &out->event, timeout_ms);

    if (status) return status;
    return surreal_typed_event(&shop_feed_query, &out->event, &out->row, err);
}

extern const surreal_typed shop_rich_feed_query;

/* `row` is zeroed unless a record came. */
typedef struct shop_rich_feed_event {
    surreal_event event;
    struct shop_rich_feed_item row;
} shop_rich_feed_event;

static inline surreal_status
shop_rich_feed(surreal *db, const shop_rich_feed_args *args,
        const surreal_live_options *opt, surreal_live **out)
{
    return surreal_typed_live(db, &shop_rich_feed_query, args, opt, out);
}

/* For opt->on_event: an event with its row. */
static inline surreal_status
shop_rich_feed_read(const surreal_event *v, shop_rich_feed_event *out,
        surreal_error *err)
{
    out->event = *v;
    return surreal_typed_event(&shop_rich_feed_query, v, &out->row, err);
}

/* As surreal_live_next; the row lives until the next call. */
static inline surreal_status
shop_rich_feed_next(surreal_live *live, int timeout_ms,
        shop_rich_feed_event *out, surreal_error *err)
{
    surreal_status status = surreal_live_next(live, &out->event, timeout_ms);

    if (status) return status;
    return surreal_typed_event(&shop_rich_feed_query, &out->event, &out->row,
            err);
}

typedef struct shop_dash_out {
    struct {
        bool found;
        struct shop_user row;
    } r1;
    struct {
        struct shop_order *v;
        size_t count;
    } r3;
    int64_t r4;
    surreal_result *result;
} shop_dash_out;

extern const surreal_typed shop_dash_query;

static inline surreal_status
shop_dash(surreal *db, const shop_dash_args *args, shop_dash_out *out)
{
    return surreal_typed_run(db, &shop_dash_query, args, out, sizeof *out,
            &out->result);
}

typedef struct shop_raw_rows_rows {
    surreal_raw *v;
    size_t count;
    surreal_result *result;
} shop_raw_rows_rows;

extern const surreal_typed shop_raw_rows_query;

static inline surreal_status
shop_raw_rows(surreal *db, shop_raw_rows_rows *out)
{
    return surreal_typed_run(db, &shop_raw_rows_query, NULL, out, sizeof *out,
            &out->result);
}

typedef struct shop_grid_rows {
    struct shop_grid_item_items *v;
    size_t count;
    surreal_result *result;
} shop_grid_rows;

extern const surreal_typed shop_grid_query;

static inline surreal_status
shop_grid(surreal *db, shop_grid_rows *out)
{
    return surreal_typed_run(db, &shop_grid_query, NULL, out, sizeof *out,
            &out->result);
}

typedef struct shop_where_is_row {
    struct shop_place row;
    surreal_result *result;
} shop_where_is_row;

extern const surreal_typed shop_where_is_query;

static inline surreal_status
shop_where_is(surreal *db, const shop_where_is_args *args,
        shop_where_is_row *out)
{
    return surreal_typed_run(db, &shop_where_is_query, args, out, sizeof *out,
            &out->result);
}

extern const surreal_typed shop_bump_query;

static inline surreal_status
shop_bump(surreal *db, const shop_bump_args *args, int64_t *out)
{
    return surreal_typed_run(db, &shop_bump_query, args, out, sizeof *out,
            NULL);
}

extern const surreal_typed shop_bump_once_query;

static inline surreal_status
shop_bump_once(surreal *db, const shop_bump_once_args *args, int64_t *out)
{
    return surreal_typed_run(db, &shop_bump_once_query, args, out, sizeof *out,
            NULL);
}

extern const surreal_typed shop_one_user_query;

static inline surreal_status
shop_one_user(surreal *db, shop_user_row *out)
{
    return surreal_typed_run(db, &shop_one_user_query, NULL, out, sizeof *out,
            &out->result);
}

typedef struct shop_echo_row {
    struct shop_echo_item row;
    surreal_result *result;
} shop_echo_row;

extern const surreal_typed shop_echo_query;

static inline surreal_status
shop_echo(surreal *db, const shop_echo_args *args, shop_echo_row *out)
{
    return surreal_typed_run(db, &shop_echo_query, args, out, sizeof *out,
            &out->result);
}

/* At most `count` records behind `id`, in the order of ids; a zeroed id: from
 * the beginning. */
static inline surreal_status
shop_user_page(surreal *db, shop_user_id id, size_t count, shop_user_rows *out)
{
    void *v;
    surreal_status status = surreal_model_page(db, &shop_user_model, id.rid,
            count, &v, &out->count, &out->result);

    out->v = (shop_user *)v;
    return status;
}

/* SURREAL_NOT_FOUND if there is none. */
static inline surreal_status
shop_user_get_by_email(surreal *db, surreal_str key1, shop_user_row *out)
{
    return surreal_model_by(db, &shop_user_model,
        "`email` = $srl_1",
        SURREAL_VARS(surreal_bind_str("srl_1", key1)), out ? &out->row : NULL,
                out ? &out->result : NULL);
}

/* SURREAL_NOT_FOUND if there is none. */
static inline surreal_status
shop_user_get_by_name_level(surreal *db, surreal_str key1, int64_t key2,
        shop_user_row *out)
{
    return surreal_model_by(db, &shop_user_model,
        "`name` = $srl_1 AND `level` = $srl_2",
        SURREAL_VARS(surreal_bind_str("srl_1", key1), surreal_bind_int("srl_2",
                key2)), out ? &out->row : NULL, out ? &out->result : NULL);
}

/* Whether the column was made from this text; the server compares. */
static inline surreal_status
shop_user_check_password(surreal *db, shop_user_id id, surreal_str text,
        bool *out)
{
    return surreal_model_matches(db, &shop_user_model,
        "SELECT VALUE crypto::argon2::compare(`password`, $srl_text) FROM O"
        "NLY $srl_id",
        id.rid, text, out);
}

/* At most `count` records behind `id`, in the order of ids; a zeroed id: from
 * the beginning. */
static inline surreal_status
shop_order_page(surreal *db, shop_order_id id, size_t count,
        shop_order_rows *out)
{
    void *v;
    surreal_status status = surreal_model_page(db, &shop_order_model, id.rid,
            count, &v, &out->count, &out->result);

    out->v = (shop_order *)v;
    return status;
}

static inline surreal_status
shop_order_by_buyer(surreal *db, shop_user_id key1, shop_order_rows *out)
{
    return shop_order_find(db,
        "`buyer` = $srl_1",
        SURREAL_VARS(surreal_bind_id("srl_1", key1.rid)), out);
}

/* At most `count` records behind `id`, in the order of ids; a zeroed id: from
 * the beginning. */
static inline surreal_status
shop_product_page(surreal *db, shop_product_id id, size_t count,
        shop_product_rows *out)
{
    void *v;
    surreal_status status = surreal_model_page(db, &shop_product_model, id.rid,
            count, &v, &out->count, &out->result);

    out->v = (shop_product *)v;
    return status;
}

/* At most `count` records behind `id`, in the order of ids; a zeroed id: from
 * the beginning. */
static inline surreal_status
shop_likes_page(surreal *db, shop_likes_id id, size_t count,
        shop_likes_rows *out)
{
    void *v;
    surreal_status status = surreal_model_page(db, &shop_likes_model, id.rid,
            count, &v, &out->count, &out->result);

    out->v = (shop_likes *)v;
    return status;
}

/* SURREAL_NOT_FOUND if there is none. */
static inline surreal_status
shop_likes_get_by_in_out(surreal *db, shop_user_id key1, shop_product_id key2,
        shop_likes_row *out)
{
    return surreal_model_by(db, &shop_likes_model,
        "`in` = $srl_1 AND `out` = $srl_2",
        SURREAL_VARS(surreal_bind_id("srl_1", key1.rid),
                surreal_bind_id("srl_2", key2.rid)), out ? &out->row : NULL,
                out ? &out->result : NULL);
}

/* Deletes all edges from one to the other; `count` may be NULL. */
static inline surreal_status
shop_likes_unrelate(surreal *db, shop_user_id from, shop_product_id to,
        size_t *count)
{
    return surreal_model_unrelate(db, &shop_likes_model, from.rid, to.rid,
            count);
}

/* Edges that leave a record, and that lead to one. */
static inline surreal_status
shop_likes_from(surreal *db, shop_user_id id, shop_likes_rows *out)
{
    void *v;
    surreal_status status = surreal_model_linked(db, &shop_likes_model,
        "SELECT * FROM $srl_id->`likes`",
        id.rid, &v, &out->count, &out->result);

    out->v = (shop_likes *)v;
    return status;
}

static inline surreal_status
shop_likes_to(surreal *db, shop_product_id id, shop_likes_rows *out)
{
    void *v;
    surreal_status status = surreal_model_linked(db, &shop_likes_model,
        "SELECT * FROM $srl_id<-`likes`",
        id.rid, &v, &out->count, &out->result);

    out->v = (shop_likes *)v;
    return status;
}

/* Records a record leads to. */
static inline surreal_status
shop_likes_targets(surreal *db, shop_user_id id, shop_product_rows *out)
{
    void *v;
    surreal_status status = surreal_model_linked(db, &shop_product_model,
        "SELECT * FROM $srl_id->`likes`->`product`",
        id.rid, &v, &out->count, &out->result);

    out->v = (shop_product *)v;
    return status;
}

/* Records that lead to a record. */
static inline surreal_status
shop_likes_sources(surreal *db, shop_product_id id, shop_user_rows *out)
{
    void *v;
    surreal_status status = surreal_model_linked(db, &shop_user_model,
        "SELECT * FROM $srl_id<-`likes`<-`user`",
        id.rid, &v, &out->count, &out->result);

    out->v = (shop_user *)v;
    return status;
}

/* At most `count` records behind `id`, in the order of ids; a zeroed id: from
 * the beginning. */
static inline surreal_status
shop_touches_page(surreal *db, shop_touches_id id, size_t count,
        shop_touches_rows *out)
{
    void *v;
    surreal_status status = surreal_model_page(db, &shop_touches_model, id.rid,
            count, &v, &out->count, &out->result);

    out->v = (shop_touches *)v;
    return status;
}

/* Deletes all edges from one to the other; `count` may be NULL. */
static inline surreal_status
shop_touches_unrelate(surreal *db, shop_user_id from, surreal_record_id to,
        size_t *count)
{
    return surreal_model_unrelate(db, &shop_touches_model, from.rid, to,
            count);
}

/* Edges that leave a record, and that lead to one. */
static inline surreal_status
shop_touches_from(surreal *db, shop_user_id id, shop_touches_rows *out)
{
    void *v;
    surreal_status status = surreal_model_linked(db, &shop_touches_model,
        "SELECT * FROM $srl_id->`touches`",
        id.rid, &v, &out->count, &out->result);

    out->v = (shop_touches *)v;
    return status;
}

static inline surreal_status
shop_touches_to(surreal *db, surreal_record_id id, shop_touches_rows *out)
{
    void *v;
    surreal_status status = surreal_model_linked(db, &shop_touches_model,
        "SELECT * FROM $srl_id<-`touches`",
        id, &v, &out->count, &out->result);

    out->v = (shop_touches *)v;
    return status;
}

/* Records that lead to a record. */
static inline surreal_status
shop_touches_sources(surreal *db, surreal_record_id id, shop_user_rows *out)
{
    void *v;
    surreal_status status = surreal_model_linked(db, &shop_user_model,
        "SELECT * FROM $srl_id<-`touches`<-`user`",
        id, &v, &out->count, &out->result);

    out->v = (shop_user *)v;
    return status;
}

/* For surreal_schema_check(). */
extern const surreal_schema shop_schema;

#ifdef __cplusplus
}
#endif

#endif
