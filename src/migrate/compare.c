/* migrate/compare.c: the chain and the database, put side by side. */
#include "migrate/migrate.h"

SRL_FN size_t
srl_mig_find(const srl_mig *m, surreal_str id)
{
    size_t i;

    for (i = 0; i < m->chain->count; i++) {
        if (surreal_str_eq(id, surreal_text(m->chain->at[i].id))) break;
    }
    return i;
}

/* Sums of different algorithms ("1:", "2:") say nothing about each other. */
SRL_FN bool
srl_mig_same_sum(surreal_str a, surreal_str b)
{
    const char *ca = (const char *)memchr(a.ptr, ':', a.len);
    const char *cb = (const char *)memchr(b.ptr, ':', b.len);

    if (ca && cb && (ca - a.ptr != cb - b.ptr ||
                     memcmp(a.ptr, b.ptr, (size_t)(ca - a.ptr)) != 0)) {
        return true;
    }
    return surreal_str_eq(a, b);
}

static bool
srl_mig_replaces(const surreal_migration *what, surreal_str id)
{
    size_t i;

    for (i = 0; i < what->replaces_count; i++) {
        if (surreal_str_eq(id, surreal_text(what->replaces[i]))) return true;
    }
    return false;
}

static surreal_status
srl_mig_not_usable(srl_mig *m, const surreal_migration *what, const char *why)
{
    m->report->failed = what;
    return srl_fail(m->err, SURREAL_ERR_USAGE, "migration %s: %s",
                    what->id ? what->id : "(without an id)", why);
}

/* The parent of a migration behind a squash may still be the last of those it
 * stands for. */
static bool
srl_mig_follows(const surreal_migration *what, const surreal_migration *before)
{
    const char *parent = what->parent && what->parent[0] ? what->parent : NULL;

    if (!before) return !parent;
    return parent && (!strcmp(parent, before->id) ||
                      srl_mig_replaces(before, surreal_text(parent)));
}

SRL_FN surreal_status
srl_mig_chain_check(srl_mig *m)
{
    const surreal_migrations *chain = m->chain;
    size_t i;

    for (i = 0; i < chain->count; i++) {
        const surreal_migration *what = &chain->at[i];
        const surreal_migration *before = i ? what - 1 : NULL;

        if (!what->id || !what->id[0] || !what->checksum) {
            return srl_mig_not_usable(m, what, "it needs an id and a checksum");
        }
        if (!srl_mig_follows(what, before)) {
            m->report->failed = what;
            return srl_fail(m->err, SURREAL_ERR_USAGE,
                            "migration %s: its parent is %s, but it stands "
                            "behind %s: `surrealgen migrate rebase` makes one "
                            "chain of two", what->id,
                            what->parent && what->parent[0] ? what->parent
                                                            : "nothing",
                            before ? before->id : "nothing");
        }
        if (srl_mig_find(m, surreal_text(what->id)) != i) {
            return srl_mig_not_usable(m, what, "it is in the chain twice");
        }
    }
    return SURREAL_OK;
}

/* ---- rows nobody knows -------------------------------------------------- */

SRL_FN surreal_str
srl_mig_id_of(surreal_value row)
{
    surreal_str id = {NULL, 0};

    surreal_get_str(surreal_record_key(surreal_field(row, "id")), &id);
    return id;
}

/* It is a squash of what the chain has: written by a newer program that has
 * one migration where this one has several. */
static bool
srl_mig_is_our_squash(const srl_mig *m, surreal_value row)
{
    surreal_iter it = surreal_iterate(surreal_field(row, "replaces"));
    surreal_str id;

    if (!surreal_count(surreal_field(row, "replaces"))) return false;
    while (surreal_next(&it)) {
        if (surreal_get_str(it.value, &id)) return false;
        if (srl_mig_find(m, id) == m->chain->count) return false;
    }
    return true;
}

/* A squash that is in the chain, or in the database, stands for it. */
static bool
srl_mig_is_replaced(const srl_mig *m, surreal_str id)
{
    surreal_iter it = surreal_iterate(surreal_rows(m->history, 0));
    size_t i;

    for (i = 0; i < m->chain->count; i++) {
        if (srl_mig_replaces(&m->chain->at[i], id)) return true;
    }
    while (surreal_next(&it)) {
        surreal_iter of = surreal_iterate(surreal_field(it.value, "replaces"));
        surreal_str one;

        while (surreal_next(&of)) {
            if (!surreal_get_str(of.value, &one) && surreal_str_eq(one, id)) {
                return true;
            }
        }
    }
    return false;
}

static surreal_status
srl_mig_strangers(srl_mig *m)
{
    surreal_iter it = surreal_iterate(surreal_rows(m->history, 0));
    size_t count = m->chain->count;

    while (surreal_next(&it)) {
        surreal_str id = srl_mig_id_of(it.value);
        const char *last = count ? m->chain->at[count - 1].id : "";

        if (!id.ptr || srl_mig_find(m, id) < count ||
            srl_mig_is_replaced(m, id) || srl_mig_is_our_squash(m, it.value)) {
            continue;
        }
        if (strcmp(id.ptr, last) > 0) {
            return srl_fail(m->err, SURREAL_ERR_USAGE,
                            "the database has migration %s, which comes after "
                            "all that are known here: this program or folder "
                            "is older than the database", id.ptr);
        }
        return srl_fail(m->err, SURREAL_ERR_USAGE,
                        "the database has migration %s, which is not known "
                        "here: was its folder deleted, or is it on a branch "
                        "that was not merged?", id.ptr);
    }
    return SURREAL_OK;
}

/* ---- the chain, one by one ---------------------------------------------- */

/* How many of those it stands for are applied. */
static size_t
srl_mig_replaced(const srl_mig *m, size_t i)
{
    const surreal_migration *what = &m->chain->at[i];
    surreal_iter it = surreal_iterate(surreal_rows(m->history, 0));
    size_t n = 0;

    while (surreal_next(&it)) {
        n += srl_mig_replaces(what, srl_mig_id_of(it.value)) &&
             srl_mig_state_of(it.value) == SRL_MIG_APPLIED;
    }
    return n;
}

SRL_FN bool
srl_mig_is_squashed(const srl_mig *m, size_t i)
{
    size_t count = m->chain->at[i].replaces_count;

    return count && !m->rows[i].state && srl_mig_replaced(m, i) == count;
}

static surreal_status
srl_mig_edited(srl_mig *m, size_t i)
{
    const surreal_migration *what = &m->chain->at[i];
    surreal_str sum = surreal_str_at(m->rows[i].v, "checksum");

    if (srl_mig_same_sum(sum, surreal_text(what->checksum))) return SURREAL_OK;
    m->report->failed = what;
    return srl_fail(m->err, SURREAL_ERR_USAGE,
                    "migration %s was edited since it was applied (checksum "
                    "%.*s then, %s now): put it back as it was and write what "
                    "is new as a migration of its own", what->id,
                    SURREAL_FMT(sum), what->checksum);
}

SRL_FN surreal_status
srl_mig_same_steps(srl_mig *m, size_t i)
{
    const surreal_migration *what = &m->chain->at[i];
    surreal_value row = m->rows[i].v;
    bool is_down = m->rows[i].state == SRL_MIG_REVERTING;
    surreal_value sums = surreal_field(row, "step_sums");
    size_t count = srl_mig_steps_of(what, is_down);
    size_t done = (size_t)surreal_int_at(row, "steps_done");
    size_t k;

    /* Half of a step is done, too. */
    if (!surreal_is_nothing(surreal_field(row, "cursor"))) done++;
    for (k = 0; k < done; k++) {
        const char *sum = k < count
                              ? srl_mig_step_of(what, is_down, k)->checksum
                              : NULL;
        surreal_str was;

        if (!surreal_get_str(surreal_at(sums, k), &was) && k < count &&
            srl_mig_same_sum(was, surreal_text(sum ? sum : ""))) {
            continue;
        }
        m->report->failed = what;
        m->report->is_down = is_down;
        m->report->step = k;
        return srl_fail(m->err, SURREAL_ERR_USAGE,
                        "migration %s is half %s, and step %zu, which was "
                        "run, was edited since: put the step back as it was, "
                        "or `surrealgen migrate repair %s` takes the edit for "
                        "what was run", what->id,
                        is_down ? "taken back" : "applied", k + 1, what->id);
    }
    return SURREAL_OK;
}

/* Whether one behind it has a row. */
static bool
srl_mig_goes_on(const srl_mig *m, size_t i)
{
    for (i++; i < m->chain->count; i++) {
        if (m->rows[i].state) return true;
    }
    return false;
}

SRL_FN surreal_status
srl_mig_compare(srl_mig *m)
{
    const surreal_migration *pending = NULL;
    size_t i;

    m->first = m->chain->count;
    if (!m->db) {
        if (m->opt.mode != SURREAL_MIGRATE_DOWN) m->first = 0;
        return SURREAL_OK;
    }
    SRL_TRY(srl_mig_strangers(m));
    for (i = 0; i < m->chain->count; i++) {
        const surreal_migration *what = &m->chain->at[i];
        size_t had = m->rows[i].state ? 0 : srl_mig_replaced(m, i);

        if (had && had < what->replaces_count) {
            m->report->failed = what;
            return srl_fail(m->err, SURREAL_ERR_USAGE,
                            "migration %s stands for %zu others, of which the "
                            "database has %zu: apply the rest of them with the "
                            "chain as it was before the squash", what->id,
                            what->replaces_count, had);
        }
        /* In the middle of what is applied it has no row to get: those it
         * stands for have theirs. */
        if (had && srl_mig_goes_on(m, i)) continue;
        if (m->rows[i].state != SRL_MIG_APPLIED) {
            if (m->rows[i].state) SRL_TRY(srl_mig_same_steps(m, i));
            if (!pending) m->first = i;
            if (!pending) pending = what;
            if (!m->rows[i].state) continue;
        } else {
            SRL_TRY(srl_mig_edited(m, i));
        }
        if (pending && pending != what) {
            m->report->failed = pending;
            return srl_fail(m->err, SURREAL_ERR_USAGE,
                            "migration %s is not applied, but %s is, which "
                            "comes after it: `surrealgen migrate rebase` gives "
                            "it a place at the end", pending->id, what->id);
        }
    }
    return SURREAL_OK;
}
