// tests/migrate/property.mjs: random pairs of schemas, migrated with rows.
//
//     node property.mjs BIN DIR     with the server of SURREAL_TEST_URL
//
// PROPERTY_SEED, PROPERTY_COUNT (40 pairs), PROPERTY_ALSO (more seeds, with
// blanks between them), PROPERTY_SECONDS (600; what is not done by then has
// failed). Each pair has a seed of its own, printed when something is wrong:
// PROPERTY_SEED=N PROPERTY_COUNT=1 runs that pair again, PROPERTY_KEEP=1 leaves
// its files in DIR.

import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync }
    from 'node:fs';
import { join } from 'node:path';
import { change, copy, randomSchema, settle } from './property/change.mjs';
import { Oracle, isNamed } from './property/oracle.mjs';
import { Random } from './property/random.mjs';
import { allFields, fieldById, isComputed, rowValue, schemaText, tableById, titles, valueText,
    viewQuery } from './property/schema.mjs';
import { Server, differences } from './property/server.mjs';
import { runTool } from './property/tool.mjs';

const env = process.env;
const [bin, dir] = process.argv.slice(2);
const major = Number(env.SURREAL_TEST_MAJOR);

class Wrong extends Error {}

const must = (good, text) => {
    if (!good) throw new Wrong(text);
};

// A value without what the server makes up itself.
const given = (value) => Object.fromEntries(Object.entries(value)
    .filter(([, one]) => one !== "'*any*'"));

// Without defaults of what may be left out: rows that are there do not get them.
function withoutGifts(schema) {
    const out = copy(schema);
    for (const { fields } of out.tables) {
        for (const { field } of allFields(fields)) {
            if (field.option && field.value === null) field.def = null;
        }
    }
    return out;
}

// ---------------------------------------------------------------- one pair

class Pair {
    constructor(server, seed) {
        this.server = server;
        this.seed = seed;
        this.r = new Random(seed);
        this.dir = join(dir, `pair_${seed}`);
        this.name = `pair_${seed}`;
        this.changes = [];
        this.clock = 1767225600;
        this.notes = {}; // what this pair was an example of
    }

    note(what) {
        this.notes[what] = (this.notes[what] ?? 0) + 1;
    }

    // ------------------------------------------------------------ the tool

    run(...args) {
        const run = runTool(bin, { dir: this.dir, clock: this.clock,
            database: this.name }, args);
        this.clock += 60;
        this.last = `surrealgen ${args.join(' ')}: exit ${run.status}\n`
            + `${run.stdout}${run.stderr}`;
        return run;
    }

    fine(...args) {
        const run = this.run(...args);
        must(run.status === 0, this.last);
        return run;
    }

    write(schema) {
        writeFileSync(join(this.dir, 'schema/a.sg'), schemaText(schema));
    }

    definitions(schema) {
        writeFileSync(join(this.dir, 'wanted.sg'), schemaText(schema));
        return this.fine('sql', 'wanted.sg').stdout;
    }

    // The definitions of a schema on an empty database: `name`.
    async wanted(name, schema) {
        await this.server.forget(name);
        await this.server.use(name);
        await this.server.must(this.definitions(schema));
        return this.server.catalogue();
    }

    header(word) {
        const id = readdirSync(join(this.dir, 'migrations')).sort().at(-1);
        const text = readFileSync(
            join(this.dir, 'migrations', id, 'up.surql'), 'utf8');
        const line = text.match(
            new RegExp(`\\b${word}: +([a-z-]+)(?: +\\((.*)\\))?`));
        must(line !== null, `no class of ${word} in ${id}:\n${text}`);
        const names = (line[2] ?? '').replaceAll('`', '').split(', ')
            .filter((name) => name !== '');
        return { class: line[1], names };
    }

    // ------------------------------------------------------------- the rows

    // CREATE of each row; those the server refuses are left out.
    async insert(schema, rows, into) {
        const refused = [];
        const ordered = [...schema.tables].sort((a, b) =>
            (a.edge !== null) - (b.edge !== null));
        for (const table of ordered) {
            const taken = into[table.id] ??= {};
            for (const [row, one] of Object.entries(rows[table.id] ?? {})) {
                const text = valueText(given(one.value));
                const [said] = await this.server.ask(table.edge === null
                    ? `CREATE ${table.name}:${row} CONTENT ${text}`
                    : `RELATE ${one.ends[0]}->${table.name}:${row}`
                      + `->${one.ends[1]} CONTENT ${text}`);
                if (said.error === undefined) taken[row] = one;
                else refused.push(`${table.name}:${row}: ${said.error}`);
            }
        }
        return refused;
    }

    randomRows(schema, first, count) {
        const rows = {};
        for (const table of schema.tables) {
            rows[table.id] = {};
            for (let n = 0; n < count; n++) {
                const end = (side) => {
                    const id = this.r.pick(table.edge[side]);
                    return `${tableById(schema, id).name}:1`;
                };
                const value = rowValue(this.r, schema, table.fields);
                if (!table.full && this.r.percent(30)) value.loose = '7';
                rows[table.id][first + n] = { value,
                    ends: table.edge === null ? null
                        : [end('from'), end('to')] };
            }
        }
        return rows;
    }

    // What the server made itself becomes part of what is expected; rows in
    // which it took a value for another one are left out of the game.
    async learn(schema, rows) {
        for (const table of schema.tables) {
            for (const field of table.fields) {
                if (!field.value?.includes('time::now')) continue;
                for (const [row, { value }] of
                    Object.entries(rows[table.id])) {
                    const [said] = await this.server.must(
                        `RETURN <string> ${table.name}:${row}.${
                            '`' + field.name + '`'}`);
                    value[field.name] = `d${said}`;
                }
            }
        }
        await this.forgetCoerced(schema, rows);
    }

    async forgetCoerced(schema, rows) {
        const { rows: want } = await this.evaluate(schema, rows);
        const got = this.stored(schema, await this.read(schema));
        const gone = schema.tables.flatMap(({ id, name }) =>
            Object.keys(rows[id]).filter((row) => {
                const key = `#8 ["${name}",${row}]`;
                return differences(want[name][key], got[name][key]).length > 0;
            }).map((row) => `${name}:${row}`));
        if (gone.length === 0) return;
        await this.server.must(`DELETE ${gone.join(', ')};`);
        const left = await this.read(schema);
        for (const { id, name } of schema.tables) {
            for (const row of Object.keys(rows[id])) {
                if (left[name][`#8 ["${name}",${row}]`] === undefined) {
                    delete rows[id][row];
                }
            }
        }
    }

    read(schema) {
        return this.server.rows(
            ['log', ...schema.tables.map(({ name }) => name)]);
    }

    // Rows as the server would tell them; null for one that has no value.
    async evaluate(schema, rows) {
        const out = {};
        const wrong = [];
        for (const table of schema.tables) {
            out[table.name] = {};
            for (const [row, { ends, value }] of
                Object.entries(rows[table.id])) {
                const [said] = await this.server.ask(
                    `RETURN ${valueText(value)}`);
                if (said.error !== undefined) {
                    wrong.push(`${table.name}:${row}: ${said.error}`);
                    continue;
                }
                const id = `#8 ["${table.name}",${row}]`;
                out[table.name][id] = { id, ...said.value };
                if (ends === null) continue;
                const [a, b] = await this.server.must(
                    `RETURN ${ends[0]}; RETURN ${ends[1]};`);
                Object.assign(out[table.name][id], { in: a, out: b });
            }
        }
        return { rows: out, wrong };
    }

    // Without what the server computes when it is asked.
    stored(schema, rows) {
        for (const table of schema.tables) {
            for (const field of table.fields.filter(isComputed)) {
                for (const row of Object.values(rows[table.name] ?? {})) {
                    delete row[field.name];
                }
            }
        }
        return rows;
    }

    // Casts that do not give back what they took.
    async spoilt(oracle) {
        const out = [];
        for (const { title, other, value, back } of oracle.casts) {
            const [said] = await this.server.ask(
                `RETURN [${value}, ${back}]`);
            if (said.error !== undefined
                || differences(said.value[0], said.value[1]).length > 0) {
                out.push({ title, other, value });
            }
        }
        return out;
    }

    async checkViews(schema) {
        for (const view of schema.views) {
            // SurrealDB 2 writes the table's rows for each view that is made,
            // and does not tell the others.
            const by = fieldById(tableById(schema, view.of).fields, view.by);
            if (major < 3 && by.value !== null) continue;
            const [want] = await this.server.must(viewQuery(schema, view));
            const [got] = await this.server.must(`SELECT * FROM ${view.name}`);
            const sorted = (rows) => rows.map(({ id, ...row }) =>
                JSON.stringify(Object.entries(row).sort())).sort();
            const wrong = differences(sorted(want), sorted(got), view.name);
            must(wrong.length === 0, `the view is not up to date:\n${
                wrong.join('\n')}`);
        }
    }

    // SurrealDB 3.0.2 cannot remove the elements it defined itself for a column
    // whose name is quoted: it looks for them without the quotes.
    sameCatalogue(what, want, got) {
        for (const [key, text] of Object.entries(got)) {
            if (want[key] === undefined && / fields .*\.\*/.test(key)
                && JSON.parse(text).name.startsWith('`')) {
                this.note('elements that cannot be removed');
                delete got[key];
            }
        }
        this.same(what, want, got);
    }

    same(what, want, got) {
        const wrong = differences(want, got);
        must(wrong.length === 0, `${what}:\n${wrong.slice(0, 8).join('\n')}`);
    }

    // ------------------------------------------------------------ the phases

    async start() {
        this.before = settle(randomSchema(this.r, major));
        rmSync(this.dir, { recursive: true, force: true });
        mkdirSync(join(this.dir, 'schema'), { recursive: true });
        writeFileSync(join(this.dir, 'surrealgen.toml'),
            `schema = ["schema"]\ntarget = "${major}.0"\n`);
        this.write(this.before);
        this.fine('migrate', 'generate', 'init', '--no-input');
        this.catalogueBefore = await this.wanted(`${this.name}_a`,
            this.before);
        await this.server.use(this.name);
        this.fine('migrate', 'up');
        this.same('the first migration makes another schema',
            this.catalogueBefore, await this.server.catalogue());
        this.rows = {};
        await this.insert(this.before, this.randomRows(this.before, 1, 4),
            this.rows);
        await this.learn(this.before, this.rows);
        this.rowsBefore = await this.read(this.before);
    }

    mutate() {
        this.after = copy(this.before);
        for (let n = this.r.between(1, 5); n > 0; n--) {
            this.changes.push(change(this.r, this.after));
        }
        this.write(this.after);
    }

    // False when there is no second migration to try.
    generate(oracle) {
        const run = this.run('migrate', 'generate', 'change', '--no-input');
        const unfillable = oracle.unfillable();
        if (run.status === 3 && run.stderr.includes('SG201')) {
            must(unfillable.length > 0, `refused for nothing:\n${this.last}`);
            this.note('refused: no default');
            return false;
        }
        if (run.status === 3 && run.stderr.includes('SG830')) {
            must(/\.\*\..*\.\*\./.test(run.stderr), this.last);
            this.note('refused: too deep');
            return false;
        }
        if (run.status === 0 && run.stderr.includes('nothing to do')) {
            must(this.definitions(this.before)
                 === this.definitions(this.after), 'nothing was seen');
            return false;
        }
        must(run.status === 0, this.last);
        must(unfillable.length === 0,
            `nobody can fill ${unfillable}, and it was not refused`);
        const again = this.fine('schema', 'diff');
        must(again.stdout === '', this.last);
        return true;
    }

    async nothingChanged(what, catalogue, schema, rows) {
        this.same(`${what} failed, and left definitions`, catalogue,
            await this.server.catalogue());
        this.same(`${what} failed, and changed rows`, rows,
            await this.read(schema));
    }

    // Whether the rows fit the schema that database `name` has.
    async fits(name, schema, rows) {
        await this.server.use(name);
        const refused = await this.insert(schema, rows, {});
        await this.server.use(this.name);
        return refused;
    }

    // A type without a cast to the other one is refused first; it may go
    // through all the same, when no row has a value.
    runUp() {
        const run = this.run('migrate', 'up', '--allow', 'data-loss');
        if (run.status !== 4 || !/error SG203/.test(run.stderr)) return run;
        this.note('refused: no cast');
        return this.run('migrate', 'up', '--allow', 'data-loss', '--allow',
            'SG203');
    }

    async goUp(oracle) {
        const expected = oracle.rows(this.rows);
        const { rows, wrong } = await this.evaluate(this.after, expected);
        this.catalogueAfter = await this.wanted(`${this.name}_b`,
            this.after);
        await this.wanted(`${this.name}_b`, withoutGifts(this.after));
        const unfit = wrong.length > 0 ? wrong
            : await this.fits(`${this.name}_b`, this.after, expected);
        const spoilt = await this.spoilt(oracle);
        await this.server.use(this.name);
        const up = this.header('up');
        const run = this.runUp();
        if (run.status !== 0) {
            must(run.status === 7 || (run.status === 4
                 && /error SG(104|204)/.test(run.stderr)), this.last);
            await this.nothingChanged('up', this.catalogueBefore, this.before,
                this.rowsBefore);
            must(unfit.length + spoilt.length > 0,
                `the rows fit, and up failed:\n${this.last}`);
            must(!['exact', 'safe'].includes(up.class),
                `up is said to be ${up.class}, and failed:\n${this.last}`);
            this.note('up failed: rows do not fit');
            return false;
        }
        must(unfit.length === 0, `up went through, and rows do not fit:\n${
            unfit.join('\n')}`);
        must(spoilt.length === 0 || up.class === 'lossy',
            `up is ${up.class}, and ${JSON.stringify(spoilt)} lost something`);
        must(oracle.lost.size === 0 || up.class === 'lossy',
            `up is ${up.class}, and ${[...oracle.lost]} went`);
        this.sameCatalogue('after up, the schema is another one', this.catalogueAfter,
            await this.server.catalogue());
        await this.sameRows('up', this.after, rows, this.rowsBefore.log, []);
        this.rows = expected;
        this.note(`up: ${up.class}`);
        return true;
    }

    // To fill a view SurrealDB 2 writes every row of its table: VALUE is
    // evaluated, and events fire.
    rewritten() {
        const out = new Set();
        for (const schema of [this.before, this.after]) {
            if (major >= 3) continue;
            for (const view of schema.views) out.add(tableById(schema, view.of));
        }
        return out;
    }

    async sameRows(what, schema, want, log, excused) {
        const got = await this.read(schema);
        const rewritten = this.rewritten();
        if (![...rewritten].some((table) => table.events.length > 0)) {
            this.same(`${what} let events fire`, log, got.log);
        }
        this.stored(schema, got);
        for (const { id, name, fields } of schema.tables) {
            if (![...rewritten].some((table) => table.id === id)) continue;
            for (const field of fields.filter(({ value }) => value !== null)) {
                for (const rows of [want[name], got[name]]) {
                    for (const row of Object.values(rows)) {
                        delete row[field.name];
                    }
                }
            }
        }
        const wrong = schema.tables.flatMap(({ name }) =>
            differences(want[name], got[name], name)
                .filter((line) => !excused.some((title) =>
                    this.isAbout(line, title))));
        must(wrong.length === 0, `rows after ${what}:\n${
            wrong.slice(0, 8).join('\n')}`);
        await this.checkViews(schema);
    }

    // "post.#8 [...].lines.0.qty: ..." is about "post.lines.*.qty".
    isAbout(line, title) {
        const at = line.replace(/: .*/s, '').replace(/\.#8 [^\]]*\]/, '')
            .replace(/\.[0-9]+(?=\.|$)/g, '.*').replace(/\.set\b/g, '');
        return at === title || at.startsWith(`${title}.`);
    }

    async live() {
        must(await this.server.untouchable(this.after.tables.map(
            ({ name }) => name)).then((e) => (this.said = e) === undefined),
        `a row cannot be written after up: ${this.said}`);
        if (this.r.percent(60)) {
            const added = this.randomRows(this.after, 5, 1);
            const taken = {};
            await this.insert(this.after, added, taken);
            await this.learn(this.after, taken);
            for (const [id, rows] of Object.entries(taken)) {
                Object.assign(this.rows[id], rows);
            }
        }
        this.rowsAfter = await this.read(this.after);
    }

    async goDown(oracle) {
        const down = this.header('down');
        const expected = oracle.rows(this.rows);
        const { rows, wrong } = await this.evaluate(this.before, expected);
        for (const { title } of await this.spoilt(oracle)) {
            oracle.lost.add(title);
        }
        await this.wanted(`${this.name}_a`, this.loose(oracle));
        await this.server.use(this.name);
        const unfit = wrong.length > 0 ? wrong
            : await this.fits(`${this.name}_a`, this.before, expected);
        const run = this.run('migrate', 'down',
            ...(down.class === 'lossy' ? ['--allow', 'data-loss'] : []));
        if (run.status !== 0) {
            must(run.status === 7, this.last);
            await this.nothingChanged('down', this.catalogueAfter, this.after,
                this.rowsAfter);
            must(unfit.length > 0 || oracle.lost.size > 0,
                `the rows fit, and down failed:\n${this.last}`);
            must(!['exact', 'safe'].includes(down.class),
                `down is said to be ${down.class}, and failed:\n${this.last}`);
            this.note('down failed: rows do not fit');
            return;
        }
        must(unfit.length === 0, `down went through, and rows do not fit:\n${
            unfit.join('\n')}`);
        this.honest(oracle, down);
        await this.sameRows('down', this.before, rows, this.rowsAfter.log,
            down.names);
        const got = await this.server.catalogue();
        this.loosen(oracle, got);
        this.sameCatalogue('after down, the schema is another one',
            this.catalogueBefore, got);
        if (down.class === 'exact') {
            const now = await this.read(this.after);
            this.same('down is exact, and changed rows',
                this.stored(this.after, this.rowsAfter),
                this.stored(this.before, now));
        }
        this.note(`down: ${down.class}`);
    }

    // Nothing lost that was not named, nothing named that could not be lost.
    honest(oracle, down) {
        const lost = [...oracle.lost];
        must(lost.length === 0 || down.class === 'lossy',
            `down is ${down.class}, and ${lost} lost something`);
        for (const title of lost) {
            must(isNamed(down.names, title)
                 || isNamed(down.names, this.inOther(title)),
                `down names ${down.names}, and ${title} lost something, too`);
        }
        must(down.class === 'lossy' || down.names.length === 0,
            `down is ${down.class}, and names ${down.names}`);
    }

    inOther(title) {
        const before = titles(this.before);
        for (const [id, name] of titles(this.after)) {
            if (name === title) return before.get(id) ?? title;
        }
        return title;
    }

    // The old schema, without asking for values that are gone.
    loose(oracle) {
        const schema = withoutGifts(this.before);
        for (const table of schema.tables) {
            for (const { field } of allFields(table.fields)) {
                if (!oracle.unfilled.has(field.id)) continue;
                field.option = true;
                field.assert = null;
            }
        }
        return schema;
    }

    // A column that came back without values cannot be required again.
    loosen(oracle, got) {
        for (const title of oracle.unfilled.values()) {
            const [table, ...path] = title.split('.');
            for (const spelled of [path.join('.'), path.join('.').replaceAll(
                '.*', '[*]')]) {
                const key = `${table} fields ${spelled}`;
                if (got[key] === undefined) continue;
                const is = JSON.parse(got[key]);
                must(/^none \||^option</.test(is.kind)
                     || got[key] === this.catalogueBefore[key],
                    `${title} came back as ${is.kind}`);
                got[key] = this.catalogueBefore[key];
                // So may its elements: those of option<array> are a column.
                for (const elements of [`${key}.*`, `${key}[*]`]) {
                    if (this.catalogueBefore[elements] === undefined) {
                        delete got[elements];
                    }
                }
            }
        }
    }

    async all() {
        await this.start();
        this.mutate();
        const up = new Oracle(this.before, this.after);
        if (!this.generate(up)) return;
        if (!await this.goUp(up)) return;
        await this.live();
        await this.goDown(new Oracle(this.after, this.before));
    }

    async end() {
        if (!this.server.isOpen) return;
        await this.server.forget(this.name);
        await this.server.forget(`${this.name}_a`);
        await this.server.forget(`${this.name}_b`);
        if (env.PROPERTY_KEEP === undefined) {
            rmSync(this.dir, { recursive: true, force: true });
        }
    }
}

// -------------------------------------------------------------------- all

const first = Number(env.PROPERTY_SEED ?? Date.now() % 1000000);
const count = Number(env.PROPERTY_COUNT ?? 40);
const seeds = Array.from({ length: count }, (_, n) => first + n);
const also = (env.PROPERTY_ALSO ?? '').split(' ').filter((s) => s !== '')
    .map(Number).filter((seed) => !seeds.includes(seed));
const begun = Date.now();
const until = begun + 1000 * Number(env.PROPERTY_SECONDS ?? 600);
const server = await Server.open({ url: env.SURREAL_TEST_URL,
    user: env.SURREAL_TEST_USER, pass: env.SURREAL_TEST_PASS });
const seen = {};
let passed = 0;
let failed = 0;
for (const seed of [...seeds, ...also]) {
    if (Date.now() > until) {
        failed++;
        console.log(`FAILED: the time was over before pair ${seed}`);
        break;
    }
    const pair = new Pair(server, seed);
    try {
        await pair.all();
        passed++;
    } catch (error) {
        failed++;
        console.log(`FAILED: pair ${pair.seed} on SurrealDB ${major}: ${
            error instanceof Wrong ? error.message : error.stack}`);
        console.log(`  changes: ${pair.changes.join('; ')}`);
    }
    for (const [what, times] of Object.entries(pair.notes)) {
        seen[what] = (seen[what] ?? 0) + times;
    }
    await pair.end();
    if (!server.isOpen) break; // what went wrong then is told
}
server.close();
const took = ((Date.now() - begun) / 1000).toFixed(1);
console.log(`seed ${first}, ${passed + failed} pairs in ${took} s: ${Object.entries(seen)
    .sort().map(([what, times]) => `${times} ${what}`).join(', ')}`);
console.log(`property: ${passed} passed, ${failed} failed, 0 skipped`);
process.exit(failed > 0 ? 1 : 0);
