// tests/migrate/corpus.mjs: real schemas, changed and migrated.
//
//     node corpus.mjs BIN DIR CORPUS     with the server of SURREAL_TEST_URL
//
// The schema is the snapshot of a file: definitions alone, one a line. The
// tables take turns: one gets a column, one loses one, one gets a wider type,
// one an index. CORPUS_ONLY is a part of a name.

import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync }
    from 'node:fs';
import { join } from 'node:path';
import { Server, differences } from './property/server.mjs';
import { runTool } from './property/tool.mjs';

const env = process.env;
const [bin, dir, corpus] = process.argv.slice(2);
const major = Number(env.SURREAL_TEST_MAJOR);

// ------------------------------------------------------------------ changes

const ORDER = ['ANALYZER', 'PARAM', 'FUNCTION', 'TABLE', 'FIELD', 'INDEX'];

// A snapshot is sorted; a server wants what others stand on first.
function ordered(snapshot) {
    const rank = (line) => {
        const at = ORDER.indexOf(line.split(' ')[1]);
        return at < 0 || / AS SELECT /.test(line) ? ORDER.length : at;
    };
    return snapshot.split('\n').filter((line) => line.startsWith('DEFINE '))
        .map((line, n) => ({ line, n })).sort((a, b) =>
            rank(a.line) - rank(b.line) || a.n - b.n)
        .map(({ line }) => line).join('\n');
}

const FIELD = /^DEFINE FIELD (\S+) ON (\S+) (?:FLEXIBLE )?TYPE (.*);$/;
const PLAIN = /^(string|int|bool|datetime|float)$/;

// Statements of the table's columns that nothing else names.
function columns(lines, table) {
    const of = lines.map((line) => ({ line, match: line.match(FIELD) }))
        .filter(({ match }) => match !== null && match[2] === table
            && /^\w+$/.test(match[1]));
    return of.map(({ line, match }) => ({ line, name: match[1],
        type: match[3] })).filter(({ line, name }) =>
        !lines.some((other) => other !== line
            && new RegExp(`\\b${name}\\b`).test(other)));
}

// Each gives the lines with one change of the table, or null.
const CHANGES = {
    add: (lines, table) => [...lines,
        `DEFINE FIELD surrealgen_new ON ${table} TYPE option<int>;`],
    drop: (lines, table) => {
        const [one] = columns(lines, table);
        return one === undefined ? null
            : lines.filter((line) => line !== one.line);
    },
    widen: (lines, table) => {
        const one = columns(lines, table).find(({ type }) => PLAIN.test(type));
        return one === undefined ? null : lines.map((line) =>
            line === one.line ? line.replace(/TYPE (\w+);$/,
                'TYPE option<$1>;') : line);
    },
    index: (lines, table) => {
        const one = columns(lines, table).find(({ type }) => PLAIN.test(type));
        return one === undefined ? null : [...lines,
            `DEFINE INDEX surrealgen_ix ON ${table} FIELDS ${one.name};`];
    },
};

function change(text) {
    let lines = text.split('\n');
    const counts = {};
    let turn = 0;
    for (const line of [...lines]) {
        const table = line.match(/^DEFINE TABLE (\w+)/)?.[1];
        if (table === undefined || / AS SELECT /.test(line)
            || / DROP\b/.test(line)) continue;
        const kinds = Object.keys(CHANGES);
        for (let n = 0; n < kinds.length; n++) {
            const kind = kinds[(turn + n) % kinds.length];
            const changed = CHANGES[kind](lines, table);
            if (changed === null) continue;
            lines = changed;
            counts[kind] = (counts[kind] ?? 0) + 1;
            break;
        }
        turn++;
    }
    return { text: lines.join('\n'), counts };
}

// ----------------------------------------------------------------- one file

class Wrong extends Error {}

const must = (good, text) => {
    if (!good) throw new Wrong(text);
};

class File {
    constructor(server, name, n) {
        this.server = server;
        this.name = name;
        this.database = `corpus_${n}`;
        this.dir = join(dir, this.database);
        this.clock = 1767225600;
    }

    run(...args) {
        const run = runTool(bin, this, args);
        this.clock += 60;
        this.last = `surrealgen ${args.join(' ')}: exit ${run.status}\n`
            + `${run.stdout.slice(0, 2000)}${run.stderr.slice(0, 2000)}`;
        return run;
    }

    fine(...args) {
        const run = this.run(...args);
        must(run.status === 0, this.last);
        return run.stdout;
    }

    // What lint says about other people's schemas is not what is tried here.
    up() {
        const run = this.run('migrate', 'up', '--allow', 'data-loss');
        if (run.status !== 4) {
            must(run.status === 0, this.last);
            return;
        }
        const codes = run.stderr.match(/(?<=error )SG[46]\d\d/g) ?? [];
        this.fine('migrate', 'up', '--allow', 'data-loss',
            ...codes.flatMap((code) => ['--allow', code]));
    }

    snapshot() {
        const id = readdirSync(join(this.dir, 'migrations')).sort().at(-1);
        return readFileSync(join(this.dir, 'migrations', id, 'schema.snap'),
            'utf8');
    }

    // What the server makes of the text in an empty database.
    async wanted(text) {
        const name = `${this.database}_w`;
        await this.server.forget(name);
        await this.server.use(name);
        await this.server.must(text);
        const out = await this.server.catalogue();
        await this.server.use(this.database);
        return out;
    }

    async same(what, want) {
        const wrong = differences(want, await this.server.catalogue());
        must(wrong.length === 0, `${what} is another schema:\n${
            wrong.slice(0, 6).join('\n')}`);
    }

    async all() {
        rmSync(this.dir, { recursive: true, force: true });
        mkdirSync(join(this.dir, 'schema'), { recursive: true });
        writeFileSync(join(this.dir, 'surrealgen.toml'),
            `schema = ["schema"]\ntarget = "${major}.0"\n`);
        const check = this.run('check', join(corpus, 'schemas', this.name));
        if (check.status !== 0) return 'not for this server';
        await this.server.use(this.database);
        writeFileSync(join(this.dir, 'schema/a.surql'),
            readFileSync(join(corpus, 'schemas', this.name)));
        this.fine('migrate', 'generate', 'init', '--no-input');
        this.up();
        const before = ordered(this.snapshot());
        const { text: after, counts } = change(before);
        const was = await this.wanted(before);
        await this.same('init', was);
        if (after === before) return 'has no table';
        writeFileSync(join(this.dir, 'schema/a.surql'), after);
        this.fine('migrate', 'generate', 'change', '--no-input');
        this.up();
        await this.same('up', await this.wanted(after));
        this.fine('schema', 'check');
        this.fine('migrate', 'down', '--allow', 'data-loss');
        await this.same('down', was);
        for (const [kind, times] of Object.entries(counts)) {
            seen[kind] = (seen[kind] ?? 0) + times;
        }
        return undefined;
    }

    async end() {
        await this.server.forget(this.database);
        await this.server.forget(`${this.database}_w`);
    }
}

// ---------------------------------------------------------------------- all

const seen = {};
const count = { passed: 0, failed: 0, skipped: 0 };
const verdicts = readFileSync(join(corpus, readdirSync(corpus)
    .find((name) => name.startsWith('VERDICTS-'))), 'utf8');
const server = await Server.open({ url: env.SURREAL_TEST_URL,
    user: env.SURREAL_TEST_USER, pass: env.SURREAL_TEST_PASS });
let n = 0;
for (const name of readdirSync(join(corpus, 'schemas')).sort()) {
    if (!verdicts.includes(`${name} :: ok`)
        || !name.includes(env.CORPUS_ONLY ?? '')) continue;
    const file = new File(server, name, ++n);
    try {
        const why = await file.all();
        if (why === undefined) {
            count.passed++;
        } else {
            count.skipped++;
            console.log(`skipped: ${name}: ${why}`);
        }
    } catch (error) {
        count.failed++;
        console.log(`FAILED: ${name} on SurrealDB ${major}: ${
            error instanceof Wrong ? error.message
                : error.stack.slice(0, 1000)}`);
    }
    await file.end();
}
server.close();
console.log(`tables: ${Object.entries(seen).sort()
    .map(([kind, times]) => `${times} ${kind}`).join(', ')}`);
console.log(`corpus: ${count.passed} passed, ${count.failed} failed, ${
    count.skipped} skipped`);
process.exit(count.failed > 0 ? 1 : 0);
