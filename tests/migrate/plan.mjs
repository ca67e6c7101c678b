// What generated migrations do to a real database.
//
//   node tests/migrate/plan.mjs BIN DIR...
//
// Each DIR has rows.surql, ask.surql and migrations/ of two: the first makes
// the old schema, the second is the one in question. Both are applied here by
// the plainest reading of their files, not by the runner. Prints a line for
// each statement of ask.surql after up and after down, and complains when the
// catalogue is not what the schema itself would make, or rows do not fit.

import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Tag, decode, encode } from '../engine/cbor.mjs';

const require = createRequire(new URL('../engine/x.js', import.meta.url));
const { WebSocket } = require('ws');
const socket = new WebSocket(process.env.SURREAL_TEST_URL, 'cbor');
socket.binaryType = 'nodebuffer';
await new Promise((resolve, reject) => {
    socket.on('open', resolve);
    socket.on('error', reject);
});
const waiting = new Map();
let calls = 0;
socket.on('message', (bytes) => {
    const reply = decode(bytes);
    waiting.get(reply.id)(reply);
});

function call(method, params) {
    return new Promise((resolve) => {
        const id = ++calls;
        waiting.set(id, resolve);
        socket.send(encode({ id, method, params }));
    });
}

// The key of an id: 1 and '1' are two.
function key(value) {
    const one = plain(value);
    if (typeof one === 'string' && /^[0-9]+$/.test(one)) return `'${one}'`;
    return typeof one === 'object' ? JSON.stringify(one) : one;
}

// A value as one line; ids that the server made up as `...`.
function plain(value) {
    if (value instanceof Tag) {
        if (value.tag === 6) return 'NONE';
        if (value.tag === 8) return `${value.value[0]}:${key(value.value[1])}`;
        if (value.tag === 37) return Buffer.from(value.value).toString('hex');
        if (value.tag === 10) return `${value.value}dec`;
        if (value.tag === 56) return plain(value.value);
        return plain(value.value);
    }
    if (Array.isArray(value)) return value.map(plain);
    if (typeof value === 'bigint') return String(value);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value)
        .sort((a, b) => (a[0] < b[0] ? -1 : 1))
        .map(([key, one]) => [key, plain(one)]));
}

const fillers = /not executed due to|cancelled transaction|cancelled by/;

// All statements of a text; throws the one message that means something. A
// conflict with what the server does by itself is tried again.
async function query(text, vars, again = 20) {
    const reply = await call('query', vars ? [text, vars] : [text]);
    if (reply.error) throw new Error(reply.error.message);
    const bad = reply.result.filter((one) => one.status !== 'OK');
    const cause = bad.find((one) => !fillers.test(one.result)) ?? bad[0];
    if (cause && again > 0
        && bad.some((one) => /can be retried/.test(one.result))) {
        await new Promise((resolve) => setTimeout(resolve, 50));
        return query(text, vars, again - 1);
    }
    if (cause) throw new Error(String(cause.result));
    return reply.result.map((one) => one.result);
}

// { head, where, text } of each `-- step:` of a script.
function stepsOf(script) {
    return script.split(/^-- step: /m).slice(1).map((part) => {
        const lines = part.split('\n');
        const where = lines.find((line) => line.startsWith('-- where: '));
        return {
            head: lines[0],
            where: where?.slice('-- where: '.length),
            text: lines.slice(1).filter((line) => !line.startsWith('--'))
                .join('\n'),
        };
    });
}

async function runStep(step) {
    const words = step.head.split(' ');
    if (words[0] === 'tx') {
        const touch = /touch=(\S+)/.exec(step.head)?.[1].split(',') ?? [];
        const check = touch.map((table) => `UPDATE ${table} RETURN NONE;`);
        const reply = await call('query', [
            `BEGIN; ${step.text}\n${check.join('\n')} THROW 'fits'; COMMIT;`]);
        const said = reply.error?.message ?? reply.result
            .map((one) => one.result)
            .find((one) => typeof one === 'string' && !fillers.test(one)
                && one !== 'NONE' && one !== null);
        if (!/fits/.test(said)) throw new Error(said);
        await query(`BEGIN; ${step.text} COMMIT;`);
        return;
    }
    const table = words[1];
    let last = null;
    for (;;) {
        const after = last ? `id > $last AND ` : '';
        const [ids] = await query(`SELECT VALUE id FROM ${table} WHERE ${after}`
            + `(${step.where}) ORDER BY id LIMIT 2`, last ? { last } : {});
        if (ids.length === 0) return;
        await query(`${words.includes('quiet') ? 'OPTION IMPORT;' : ''}`
            + `BEGIN; ${step.text} COMMIT;`, { batch: ids });
        last = ids[ids.length - 1];
    }
}

async function fresh(name) {
    await query(`DEFINE NAMESPACE ${name}; USE NS ${name};
                 DEFINE DATABASE ${name};`);
    await call('use', [name, name]);
    await query('DEFINE TABLE _surrealgen_attic SCHEMALESS PERMISSIONS NONE');
}

async function catalogue() {
    const [info] = await query('INFO FOR DB');
    delete info.tables._surrealgen_attic;
    const out = {};
    for (const [kind, of] of Object.entries(info)) {
        out[kind] = plain(of);
    }
    for (const table of Object.keys(info.tables).sort()) {
        const [one] = await query(`INFO FOR TABLE \`${table}\``);
        out[`table ${table}`] = plain(one);
    }
    return JSON.stringify(out, null, 1);
}

function differences(want, have) {
    const a = want.split('\n');
    const b = have.split('\n');
    return [...a.filter((line) => !b.includes(line)).map((l) => `  - ${l}`),
        ...b.filter((line) => !a.includes(line)).map((l) => `  + ${l}`)]
        .join('\n');
}

// What the definitions of a snapshot make on an empty database: tables first,
// columns next, the rest behind them.
async function catalogueOf(snapshot, name) {
    const order = ['ANALYZER', 'FUNCTION', 'SEQUENCE', 'TABLE', 'FIELD', 'PARAM',
        'INDEX', 'EVENT', 'VIEW', 'CONFIG', 'ACCESS', 'USER'];
    const lines = snapshot.split('\n').filter((l) => l.startsWith('DEFINE '));
    const rank = (line) => {
        const kind = line.split(' ')[1];
        return order.indexOf(kind === 'TABLE' && / AS SELECT /i.test(line)
            ? 'VIEW' : kind);
    };
    await fresh(name);
    lines.sort((a, b) => rank(a) - rank(b));
    await query(lines.map((line) => line.replace('DEFINE FIELD ',
        'DEFINE FIELD OVERWRITE ')).join('\n') || 'RETURN 1');
    return catalogue();
}

async function ask(text, when) {
    for (const one of text.split('\n').filter((line) => line.trim())) {
        let said;
        try {
            said = JSON.stringify(plain((await query(one))[0]));
        } catch (error) {
            said = `refused: ${error.message.split('\n')[0]}`;
        }
        console.log(`${when}: ${said}`);
    }
}

async function touchAll() {
    const [info] = await query('INFO FOR DB');
    delete info.tables._surrealgen_attic;
    for (const [table, text] of Object.entries(info.tables)) {
        if (/ AS SELECT /.test(text)) continue;
        await query(`UPDATE \`${table}\` RETURN NONE`);
    }
}

async function way(direction, dir, id, want, name, may) {
    const script = readFileSync(`${dir}/migrations/${id}/${direction}.surql`,
        'utf8');
    try {
        for (const step of stepsOf(script)) await runStep(step);
        await touchAll();
    } catch (error) {
        console.log(`${direction} FAILED: ${error.message.split('\n')[0]}`);
        return false;
    }
    const have = await catalogue();
    const expected = await catalogueOf(want, `${name}_${direction}_want`);
    await call('use', [name, name]);
    if (have === expected) {
        console.log(`${direction}: catalogue as the schema makes it`);
    } else {
        console.log(`${direction}: catalogue DIFFERS\n`
            + differences(expected, have));
    }
    return true;
}

await call('signin', [{ user: process.env.SURREAL_TEST_USER,
    pass: process.env.SURREAL_TEST_PASS }]);
let number = 0;
for (const dir of process.argv.slice(2)) {
    const name = `plan_${process.pid}_${++number}`;
    const [first, second] = readdirSync(`${dir}/migrations`).sort();
    const read = (path) => readFileSync(`${dir}/${path}`, 'utf8');
    const asked = read('ask.surql');
    console.log(`== ${dir.split('/').pop()}`);
    await fresh(name);
    for (const step of stepsOf(read(`migrations/${first}/up.surql`))) {
        await runStep(step);
    }
    if (read('rows.surql').trim()) await query(read('rows.surql'));
    if (await way('up', dir, second, read(`migrations/${second}/schema.snap`),
        name)) {
        await ask(asked, 'up');
        if (await way('down', dir, second,
            read(`migrations/${first}/schema.snap`), name)) {
            await ask(asked, 'down');
        }
    }
}
socket.close();
process.exit(0);
