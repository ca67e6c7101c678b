/* tests/unit/test_model_versions.c: old programs with new data, new programs
 * with old data.
 *
 *   cc -I. tests/unit/test_model_versions.c -lm -o test_model_versions
 *
 * v1 and v2 are one schema before and after a change: a column, a variant of
 * an enum, an arm of a union and an option inside an arm were added, a column
 * was removed. Each program reads what the other wrote, changes the title and
 * sends it back, by a merge and as a whole. */
#define SURREAL_IMPLEMENTATION
#ifndef SURREAL_STATIC
#define SURREAL_STATIC
#endif
#include "surreal.h"

#include "tests/golden/c/v1/v1.c"
#include "tests/golden/c/v2/v2.c"
#include "tests/test.h"

static uint8_t room[1 << 12];
static uint8_t other_room[1 << 12];
static surreal_error err;

#define LIT(s) SURREAL_LIT(s)

/* A row as it lies in the database. */
static surreal_result *
stored(const surreal_model *model, const void *row)
{
    surreal_bytes bytes;
    surreal_result *r = NULL;

    if (surreal_encode(model, row, SURREAL_SEND_NEW, 3, other_room,
                       sizeof other_room, &bytes, &err) ||
        surreal_result_from(NULL, bytes, &r, &err)) {
        printf("stored: %s\n", err.message);
        return NULL;
    }
    return r;
}

static const char *
sent(const surreal_model *model, const void *row, surreal_send what)
{
    static char text[1024];
    surreal_bytes bytes;
    surreal_result *r = NULL;

    if (surreal_encode(model, row, what, 3, room, sizeof room, &bytes,
                       &err)) {
        return err.message;
    }
    if (surreal_result_from(NULL, bytes, &r, &err)) return err.message;
    surreal_print(surreal_statement_value(r, 0), text, sizeof text);
    surreal_result_free(r);
    return text;
}

static v2_doc
new_doc(void)
{
    static v2_part parts[1];
    v2_doc_shape shape;
    v2_doc doc;

    memset(&doc, 0, sizeof doc);
    memset(&shape, 0, sizeof shape);
    memset(parts, 0, sizeof parts);
    v2_part_set_name(&parts[0], LIT("lid"));
    v2_part_set_size(&parts[0], 3);
    shape.tag = V2_DOC_SHAPE_BALL;
    v2_doc_shape_ball_set_r(&shape.u.ball, 7);
    v2_doc_set_title(&doc, LIT("t"));
    v2_doc_set_state(&doc, V2_DOC_STATE_LATE);
    v2_doc_set_shape(&doc, shape);
    v2_doc_set_added(&doc, 1);
    v2_doc_set_parts(&doc, parts, 1);
    return doc;
}

TEST(test_versions_old_program_new_data)
{
    v2_doc doc = new_doc();
    surreal_result *r = stored(&v2_doc_model, &doc);
    v1_doc got;

    NEED(r);
    CHECK_INT(surreal_decode(&v1_doc_model, surreal_statement_value(r, 0),
                             &got, &err),
              SURREAL_OK);
    CHECK_STR(got.title.ptr, "t");
    CHECK_INT(got.state, V1_DOC_STATE_UNKNOWN_);
    CHECK_INT(got.shape.tag, V1_DOC_SHAPE_OTHER_);
    CHECK(!v1_doc_has_gone(&got));
    CHECK_STR(got.parts.v[0].name.ptr, "lid");
    v1_doc_set_title(&got, LIT("u"));
    CHECK_STR(sent(&v1_doc_model, &got, SURREAL_SEND_CHANGES),
              "{ title: 'u' }");
    /* The whole goes back with what only the newer program knows; elements
     * of a struct that does not keep it lose it. */
    CHECK_STR(sent(&v1_doc_model, &got, SURREAL_SEND_CONTENT),
              "{ parts: [{ name: 'lid' }], shape: { kind: 'ball', r: 7 }, "
              "state: 'late', title: 'u', added: 1 }");
    surreal_result_free(r);
}

TEST(test_versions_old_program_new_arm_of_its_own)
{
    v2_doc doc = new_doc();
    surreal_result *r;
    v2_doc_shape shape;
    v1_doc got;

    memset(&shape, 0, sizeof shape);
    shape.tag = V2_DOC_SHAPE_BOX;
    v2_doc_shape_box_set_w(&shape.u.box, 2);
    v2_doc_shape_box_set_h(&shape.u.box, 5);
    v2_doc_set_shape(&doc, shape);
    r = stored(&v2_doc_model, &doc);
    NEED(r);
    /* An option more in an arm that is known is skipped. */
    CHECK_INT(surreal_decode(&v1_doc_model, surreal_statement_value(r, 0),
                             &got, &err),
              SURREAL_OK);
    CHECK_INT(got.shape.tag, V1_DOC_SHAPE_BOX);
    CHECK_INT(got.shape.u.box.w, 2);
    surreal_result_free(r);
}

TEST(test_versions_old_program_that_does_not_keep)
{
    v2_bare bare;
    v1_bare got;
    surreal_result *r;

    memset(&bare, 0, sizeof bare);
    v2_bare_set_title(&bare, LIT("t"));
    v2_bare_set_state(&bare, V2_BARE_STATE_LATE);
    v2_bare_set_added(&bare, 1);
    r = stored(&v2_bare_model, &bare);
    NEED(r);
    CHECK_INT(surreal_decode(&v1_bare_model, surreal_statement_value(r, 0),
                             &got, &err),
              SURREAL_OK);
    v1_bare_set_title(&got, LIT("u"));
    /* The column is gone, the value of a column that is known is not. */
    CHECK_STR(sent(&v1_bare_model, &got, SURREAL_SEND_CONTENT),
              "{ state: 'late', title: 'u' }");
    CHECK_STR(sent(&v1_bare_model, &got, SURREAL_SEND_CHANGES),
              "{ title: 'u' }");
    surreal_result_free(r);
}

TEST(test_versions_new_program_old_data)
{
    static v1_part parts[1];
    v1_doc_shape shape;
    v1_doc doc;
    v2_doc got;
    surreal_result *r;

    memset(&doc, 0, sizeof doc);
    memset(&shape, 0, sizeof shape);
    memset(parts, 0, sizeof parts);
    v1_part_set_name(&parts[0], LIT("lid"));
    shape.tag = V1_DOC_SHAPE_BOX;
    v1_doc_shape_box_set_w(&shape.u.box, 2);
    v1_doc_set_title(&doc, LIT("t"));
    v1_doc_set_state(&doc, V1_DOC_STATE_DONE);
    v1_doc_set_shape(&doc, shape);
    v1_doc_set_gone(&doc, LIT("old"));
    v1_doc_set_parts(&doc, parts, 1);
    r = stored(&v1_doc_model, &doc);
    NEED(r);
    CHECK_INT(surreal_decode(&v2_doc_model, surreal_statement_value(r, 0),
                             &got, &err),
              SURREAL_OK);
    CHECK_INT(got.state, V2_DOC_STATE_DONE);
    CHECK_INT(got.shape.tag, V2_DOC_SHAPE_BOX);
    CHECK(!v2_doc_has_added(&got));
    CHECK(!v2_doc_shape_box_has_h(&got.shape.u.box));
    CHECK(!v2_part_has_size(&got.parts.v[0]));
    v2_doc_set_title(&got, LIT("u"));
    v2_doc_set_added(&got, 4);
    CHECK_STR(sent(&v2_doc_model, &got, SURREAL_SEND_CHANGES),
              "{ added: 4, title: 'u' }");
    CHECK_STR(sent(&v2_doc_model, &got, SURREAL_SEND_CONTENT),
              "{ added: 4, parts: [{ name: 'lid' }], "
              "shape: { kind: 'box', w: 2 }, state: 'done', title: 'u', "
              "gone: 'old' }");
    surreal_result_free(r);
}

/* A column that both know must be there, as it must for each alone. */
TEST(test_versions_a_required_column_that_is_missing_is_named)
{
    static const uint8_t data[] = {0xa1, 0x65, 't', 'i', 't', 'l', 'e',
                                   0x61, 'x'};
    surreal_bytes bytes;
    surreal_result *r = NULL;
    v2_bare got;

    bytes.ptr = data;
    bytes.len = sizeof data;
    NEED(!surreal_result_from(NULL, bytes, &r, &err));
    CHECK_INT(surreal_decode(&v2_bare_model, surreal_statement_value(r, 0),
                             &got, &err),
              SURREAL_ERR_MISSING);
    CHECK_STR(err.path, "state");
    surreal_result_free(r);
}

TEST_MAIN(RUN(test_versions_old_program_new_data);
          RUN(test_versions_old_program_new_arm_of_its_own);
          RUN(test_versions_old_program_that_does_not_keep);
          RUN(test_versions_new_program_old_data);
          RUN(test_versions_a_required_column_that_is_missing_is_named);)
