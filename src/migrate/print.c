/* migrate/print.c: requests that are shown instead of being sent. */
#include "migrate/migrate.h"

/* The same code makes them, so what is shown is what would be sent. Nobody
 * answers: whoever sends one goes on as if it had been done, and a step that
 * would go through rows shows how it begins and how it goes on. */

SRL_FN bool
srl_mig_is_shown(const srl_mig *m)
{
    return m->opt.on_request != NULL;
}

SRL_FN void
srl_mig_kind(srl_mig *m, surreal_migrate_kind kind)
{
    m->kind = kind;
}

/* Value as text, behind what is there. */
static surreal_status
srl_mig_show_value(srl_buf *out, surreal_value v)
{
    size_t len = surreal_print(v, NULL, 0);

    if (srl_buf_reserve(out, len + 1)) return out->status;
    surreal_print(v, (char *)out->data + out->len, len + 1);
    out->len += len;
    return SURREAL_OK;
}

/* LET $name = value; for each. */
static surreal_status
srl_mig_show_vars(srl_mig *m, surreal_vars vars, srl_buf *out)
{
    surreal_result *r = NULL;
    surreal_bytes bytes;
    surreal_iter it;
    srl_buf item;
    surreal_status status;

    srl_buf_init(&item, &m->mem, SURREAL_MAX_MESSAGE);
    srl_cbor_put_head(&item, SRL_CBOR_MAP, vars.count);
    status = srl_put_vars(&item, vars, m->major, m->err);
    bytes.ptr = item.data;
    bytes.len = item.len;
    if (!status) status = item.status;
    if (!status) {
        status = surreal_result_from(&m->mem.allocator, bytes, &r, m->err);
    }
    it = surreal_iterate(surreal_statement_value(r, 0));
    while (!status && surreal_next(&it)) {
        /* The first name that is read takes the memory for all of them. */
        if (!it.key.len) {
            status = SURREAL_ERR_NOMEM;
            break;
        }
        srl_buf_put_text(out, "LET $");
        srl_buf_put(out, it.key.ptr, it.key.len);
        srl_buf_put_text(out, " = ");
        status = srl_mig_show_value(out, it.value);
        srl_buf_put_text(out, ";\n");
    }
    surreal_result_free(r);
    srl_buf_free(&item);
    return status ? status : out->status;
}

/* The first step that is in the request; false if none is. */
static bool
srl_mig_show_step(const srl_mig *m, surreal_migrate_request *out)
{
    srl_mig_part part;

    if (m->parts.len < sizeof part) return false;
    memcpy(&part, m->parts.data, sizeof part);
    out->migration = part.migration;
    out->is_down = part.is_down;
    out->step = part.step;
    return true;
}

SRL_FN surreal_status
srl_mig_show(srl_mig *m, surreal_vars vars)
{
    surreal_migrate_request request;
    surreal_status status = SURREAL_OK;
    srl_buf text;

    memset(&request, 0, sizeof request);
    request.kind = m->kind;
    m->kind = SURREAL_MIGRATE_RUN;
    if (!srl_mig_show_step(m, &request)) {
        request.migration = m->at;
        request.is_down = m->opt.mode == SURREAL_MIGRATE_DOWN;
    }
    srl_buf_init(&text, &m->mem, SURREAL_MAX_MESSAGE);
    if (vars.count) status = srl_mig_show_vars(m, vars, &text);
    srl_buf_put(&text, m->text.data, m->text.len);
    srl_buf_put(&text, "", 1);
    if (!status) status = text.status;
    if (status) {
        srl_fail(m->err, status, "a request of the migration: %s",
                 surreal_status_text(status));
    } else {
        request.text = surreal_text_of((const char *)text.data, text.len - 1);
        status = m->opt.on_request(m->opt.user, &request);
        if (status) {
            srl_fail(m->err, status, "the program stopped the migration");
        }
    }
    srl_buf_free(&text);
    return status;
}
