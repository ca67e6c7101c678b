/* model/check.c: what the server would refuse, without asking it. */

/* The same rules as encoding keeps, walked without writing: what is short is
 * encoded into a few bytes of stack, text is only looked at. */
#include "model/model.h"

static bool srl_check_struct(srl_where *where, const surreal_model *model,
                             const uint8_t *row);
static bool srl_check_member(srl_where *where, unsigned member,
                             const void *sub, const uint8_t *at, size_t cap);

static bool
srl_check_bad(srl_where *where, surreal_status status, const char *why)
{
    srl_where_fail(where, status, "%s", why);
    return false;
}

static bool
srl_check_text(srl_where *where, surreal_str text)
{
    if (srl_utf8_valid((const uint8_t *)text.ptr, text.len)) return true;
    return srl_check_bad(where, SURREAL_ERR_UTF8, "text is not UTF-8");
}

/* Numbers, moments, enums: what takes a few bytes. */
static bool
srl_check_short(srl_where *where, unsigned member, const void *sub,
                const uint8_t *at)
{
    uint8_t room[SRL_ENCODE_SHORT];

    return srl_encode_short(where, room, member, sub, at);
}

static bool
srl_check_record(srl_where *where, const uint8_t *tables, const uint8_t *at)
{
    surreal_record_id id;
    char names[100];

    memcpy(&id, at, sizeof id);
    if (tables && !srl_tables_have(tables, id.table)) {
        srl_tables_print(tables, names, sizeof names);
        srl_where_fail(where, SURREAL_ERR_TYPE,
                       "expected record<%s>, got another record", names);
        return false;
    }
    if (!id.table.len || id.kind == SURREAL_KEY_NONE) {
        return srl_check_bad(where, SURREAL_ERR_USAGE,
                             "the record id names no record");
    }
    if (id.kind == SURREAL_KEY_STRING && !srl_check_text(where, id.key.s)) {
        return false;
    }
    return srl_check_text(where, id.table);
}

/* ---- shapes ------------------------------------------------------------- */

static bool
srl_check_slice(srl_where *where, srl_slice slice, unsigned member,
                const void *of, size_t size)
{
    size_t i;

    for (i = 0; i < slice.count; i++) {
        if (!srl_check_member(where, member, of, slice.v + i * size, 0)) {
            srl_where_index(where, i);
            return false;
        }
    }
    return true;
}

static bool
srl_check_geo(srl_where *where, unsigned member, const uint32_t *kinds,
              const uint8_t *at)
{
    srl_geo geo = srl_geo_of(member, at);
    srl_slice slice;
    unsigned part;
    size_t size;

    if (geo.kind < SURREAL_POINT || geo.kind > SURREAL_COLLECTION) {
        return srl_check_bad(where, SURREAL_ERR_MISSING,
                             "set, but of no kind of geometry");
    }
    if (kinds && !(*kinds >> geo.kind & 1)) {
        return srl_check_bad(where, SURREAL_ERR_TYPE,
                             "a kind of geometry the type does not allow");
    }
    if (geo.kind == SURREAL_POINT) return true;
    size = srl_geo_part(geo.kind, &part);
    if (part == SURREAL_MEMBER_POINT) return true;
    memcpy(&slice, geo.at, sizeof slice);
    return srl_check_slice(where, slice, part, NULL, size);
}

static bool
srl_check_union(srl_where *where, const surreal_union *u, const uint8_t *at)
{
    int tag = srl_union_tag(at);

    if (tag < 1 || (unsigned)tag > u->count + 1) {
        return srl_check_bad(where, SURREAL_ERR_MISSING,
                             "set, but no arm of the union is chosen");
    }
    if ((unsigned)tag == u->count + 1) return true;
    return srl_check_member(where, u->arms[tag - 1].member,
                            u->arms[tag - 1].of, at + u->at, 0);
}

static bool
srl_check_shape(srl_where *where, unsigned member, const void *sub,
                const uint8_t *at)
{
    const surreal_tuple *t = (const surreal_tuple *)sub;
    const surreal_part *part = (const surreal_part *)sub;
    size_t i;

    switch (member) {
    case SURREAL_MEMBER_UNION:
        return srl_check_union(where, (const surreal_union *)sub, at);
    case SURREAL_MEMBER_TUPLE:
        for (i = 0; i < t->count; i++) {
            if (!srl_check_member(where, t->parts[i].member, t->parts[i].of,
                                  at + t->parts[i].offset, 0)) {
                srl_where_index(where, i);
                return false;
            }
        }
        return true;
    case SURREAL_MEMBER_MAYBE:
        if (!srl_maybe_has(at)) {
            return srl_check_short(where, member, sub, at);
        }
        return srl_check_member(where, part->member, part->of,
                                at + part->offset, 0);
    /* Only their encoder knows. */
    case SURREAL_MEMBER_RANGE:
    case SURREAL_MEMBER_USER:
    case SURREAL_MEMBER_CONST: return true;
    default:
        return srl_check_geo(where, member, (const uint32_t *)sub, at);
    }
}

static bool
srl_check_items(srl_where *where, const surreal_items *items,
                const uint8_t *at)
{
    srl_slice slice = srl_slice_of(items, at);

    if (items->max && slice.count > items->max) {
        srl_where_fail(where, SURREAL_ERR_TOO_LONG,
                       "at most %lu elements, got %lu",
                       (unsigned long)items->max,
                       (unsigned long)slice.count);
        return false;
    }
    return srl_check_slice(where, slice, items->member, items->of,
                           items->size);
}

/* ---- members ------------------------------------------------------------ */

static bool
srl_check_raw(srl_where *where, const uint8_t *at)
{
    surreal_raw raw;
    surreal_status status;

    memcpy(&raw, at, sizeof raw);
    if (raw.cbor.len) {
        status = srl_item_sendable(raw.cbor, 1, 3);
        return !status ||
               srl_check_bad(where, status, surreal_status_text(status));
    }
    return raw.value.at || srl_check_bad(where, SURREAL_ERR_MISSING,
                                         "set, but holds no value");
}

static bool
srl_check_member(srl_where *where, unsigned member, const void *sub,
                 const uint8_t *at, size_t cap)
{
    srl_any_member u;

    if (srl_member_is_shape(member)) {
        return srl_check_shape(where, member, sub, at);
    }
    switch (member) {
    case SURREAL_MEMBER_STRING:
        memcpy(&u.text, at, sizeof u.text);
        return srl_check_text(where, u.text);
    case SURREAL_MEMBER_CHARS:
    case SURREAL_MEMBER_OCTETS:
        memcpy(&u.len, at, sizeof u.len);
        if (u.len > cap) {
            return srl_check_bad(where, SURREAL_ERR_TOO_LONG,
                                 "longer than its room");
        }
        return member == SURREAL_MEMBER_OCTETS ||
               srl_check_text(where,
                              surreal_text_of((const char *)at + sizeof u.len,
                                              u.len));
    case SURREAL_MEMBER_BYTES: return true;
    case SURREAL_MEMBER_RECORD:
        return srl_check_record(where, (const uint8_t *)sub, at);
    case SURREAL_MEMBER_FILE:
        memcpy(&u.file, at, sizeof u.file);
        return srl_check_text(where, u.file.bucket) &&
               srl_check_text(where, u.file.key);
    case SURREAL_MEMBER_RAW: return srl_check_raw(where, at);
    case SURREAL_MEMBER_ENUM: {
        const surreal_enum *e = (const surreal_enum *)sub;

        memcpy(&u.e, at, sizeof u.e);
        if (u.e >= 1 && (unsigned)u.e <= e->count) return true;
        srl_where_fail(where, SURREAL_ERR_RANGE,
                       "%d is no value of the enum %s", u.e, e->name);
        return false;
    }
    case SURREAL_MEMBER_STRUCT:
        return srl_check_struct(where, (const surreal_model *)sub, at);
    case SURREAL_MEMBER_ARRAY:
        return srl_check_items(where, (const surreal_items *)sub, at);
    default: return srl_check_short(where, member, sub, at);
    }
}

/* ---- rules -------------------------------------------------------------- */

/* A number as a double; false if it is none. Digits beyond 2^53 round, so a
 * bound that is that large is not written as a rule. */
static bool
srl_rule_number(unsigned member, const uint8_t *at, double *out)
{
    srl_any_member u;

    switch (member) {
    case SURREAL_MEMBER_INT:
        memcpy(&u.i, at, sizeof u.i);
        *out = (double)u.i;
        return true;
    case SURREAL_MEMBER_FLOAT: memcpy(out, at, sizeof *out); return true;
    case SURREAL_MEMBER_DECIMAL: {
        surreal_decimal decimal;

        memcpy(&decimal, at, sizeof decimal);
        return !surreal_decimal_to_double(decimal, out);
    }
    case SURREAL_MEMBER_NUMBER:
        memcpy(&u.number, at, sizeof u.number);
        if (u.number.kind == SURREAL_INT) {
            *out = (double)u.number.as.i;
            return true;
        }
        if (u.number.kind == SURREAL_FLOAT) {
            *out = u.number.as.f;
            return true;
        }
        return !surreal_decimal_to_double(u.number.as.decimal, out);
    default: return false;
    }
}

/* The text of a member that is one; false if it is not. */
static bool
srl_rule_text(unsigned member, const uint8_t *at, surreal_str *out)
{
    if (member == SURREAL_MEMBER_CHARS) {
        memcpy(&out->len, at, sizeof out->len);
        out->ptr = (const char *)at + sizeof out->len;
        return true;
    }
    if (member != SURREAL_MEMBER_STRING) return false;
    memcpy(out, at, sizeof *out);
    return true;
}

/* The characters of a text, the elements of an array. */
static bool
srl_rule_length(unsigned member, const void *sub, const uint8_t *at,
                double *out)
{
    surreal_str text;
    size_t count = 0;
    size_t i;

    if (member == SURREAL_MEMBER_ARRAY) {
        *out = (double)srl_slice_of((const surreal_items *)sub, at).count;
        return true;
    }
    if (!srl_rule_text(member, at, &text)) return false;
    for (i = 0; i < text.len; i++) {
        if (((uint8_t)text.ptr[i] & 0xc0) != 0x80) count++;
    }
    *out = (double)count;
    return true;
}

static bool
srl_rule_in(const surreal_rule *rule, unsigned member, const uint8_t *at)
{
    surreal_str text;
    size_t i;

    if (!srl_rule_text(member, at, &text)) return true;
    for (i = 0; i < rule->count; i++) {
        if (surreal_str_eq(text, surreal_text(rule->names[i]))) return true;
    }
    return false;
}

static bool
srl_rule_holds(const surreal_rule *rule, unsigned member, const void *sub,
               const uint8_t *at)
{
    bool is_length = rule->kind == SURREAL_RULE_LEN_MIN ||
                     rule->kind == SURREAL_RULE_LEN_MAX;
    double v;

    if (rule->kind == SURREAL_RULE_IN) return srl_rule_in(rule, member, at);
    if (!(is_length ? srl_rule_length(member, sub, at, &v)
                    : srl_rule_number(member, at, &v))) {
        return true;
    }
    switch (rule->kind) {
    case SURREAL_RULE_MIN:
    case SURREAL_RULE_LEN_MIN: return v >= rule->v;
    case SURREAL_RULE_MAX:
    case SURREAL_RULE_LEN_MAX: return v <= rule->v;
    case SURREAL_RULE_ABOVE: return v > rule->v;
    case SURREAL_RULE_BELOW: return v < rule->v;
    default: return true;
    }
}

static bool
srl_check_rules(srl_where *where, const surreal_model *model,
                const uint8_t *row)
{
    size_t i;

    for (i = 0; i < model->rule_count; i++) {
        const surreal_rule *rule = model->rules + i;
        const surreal_field_desc *field = model->fields + rule->field;

        if (!srl_bit_at(row, 0, field->bit) ||
            srl_field_is_null(model, row, field) ||
            srl_rule_holds(rule, field->member, srl_field_sub(model, field),
                           row + field->offset)) {
            continue;
        }
        srl_where_fail(where, SURREAL_ERR_RANGE, "does not hold: %.120s",
                       rule->text);
        srl_where_key(where, model, field);
        return false;
    }
    return true;
}

static bool
srl_check_struct(srl_where *where, const surreal_model *model,
                 const uint8_t *row)
{
    size_t i;

    for (i = 0; i < model->count; i++) {
        const surreal_field_desc *field = model->fields + i;
        bool is_fine = true;

        if ((field->flags & SURREAL_FIELD_SERVER) ||
            field->member == SURREAL_MEMBER_CONST) {
            continue;
        }
        if (!srl_bit_at(row, 0, field->bit)) {
            if (field->flags & SURREAL_FIELD_REQUIRED) {
                is_fine = srl_check_bad(where, SURREAL_ERR_MISSING,
                                        "required, but not set");
            }
        } else if (!srl_field_is_null(model, row, field) &&
                   !srl_enum_kept(model, field, row)) {
            is_fine = srl_check_member(where, field->member,
                                       srl_field_sub(model, field),
                                       row + field->offset, field->sub);
        }
        if (!is_fine) {
            srl_where_key(where, model, field);
            return false;
        }
    }
    return srl_check_rules(where, model, row);
}

SURREAL_API surreal_status
surreal_model_check(const surreal_model *model, const void *row,
                    surreal_error *err)
{
    srl_where where;

    srl_where_init(&where);
    if (srl_check_struct(&where, model, (const uint8_t *)row)) {
        return SURREAL_OK;
    }
    return srl_where_tell(&where, model, false, err);
}
