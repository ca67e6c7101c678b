/* surrealgen/emit/emit.c: the entry of the C emitter. */
#include "emit.h"

#include <stdio.h>
#include <string.h>

/* Without a prefix the files are called like the schema file if there is one
 * only: app.sg becomes app.h and app.c. */
static gen_str
emit_file_name(const gen_schema *schema)
{
    gen_str name;
    size_t start;

    if (schema->files.count != 1) return gen_str_lit("db");
    name = gen_file_at(&schema->files, 0)->name;
    for (start = name.len; start && name.ptr[start - 1] != '/';) {
        start--;
    }
    name.ptr += start;
    name.len -= start;
    for (start = 1; start < name.len; start++) {
        if (name.ptr[start] == '.') name.len = start;
    }
    return name.len ? name : gen_str_lit("db");
}

/* Both files are made before either is written: a failure leaves the old
 * ones. */
int
gen_emit_c(const gen_schema *schema, const gen_emit_options *opt)
{
    emit_plan plan;
    gen_buf header;
    gen_buf source;
    gen_buf path;

    memset(&plan, 0, sizeof plan);
    plan.ctx = opt->ctx;
    plan.schema = schema;
    plan.opt = opt;
    plan.prefix = schema->prefix;
    if (opt->prefix) plan.prefix = gen_str_lit(opt->prefix);
    plan.file = plan.prefix.len ? plan.prefix : emit_file_name(schema);
    if (plan.prefix.len) plan.prefix = emit_fold(plan.ctx, plan.prefix);
    if (!emit_plan_make(&plan)) return 1;

    gen_buf_init(&header, plan.ctx);
    gen_buf_init(&source, plan.ctx);
    emit_header(&plan, &header);
    emit_source(&plan, &source);

    gen_buf_init(&path, plan.ctx);
    gen_buf_add_fmt(&path, "%s/%.*s.h", opt->out_dir, (int)plan.file.len,
                    plan.file.ptr);
    if (!opt->write(opt->user, path.ptr, header.ptr, header.len)) return 1;
    path.ptr[path.len - 1] = 'c';
    if (!opt->write(opt->user, path.ptr, source.ptr, source.len)) return 1;
    return 0;
}
