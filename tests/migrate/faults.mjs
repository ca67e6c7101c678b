// tests/migrate/faults.mjs: surrealgen, or the server, dies at every request of
// a run; the run after it ends where an undisturbed one does.
//
//   node faults.mjs BIN kill|cut|engine
//
// In a folder with migrations/ and surrealgen.toml. kill: the tool is killed.
// cut: the connection is, and the tool goes on by itself. Both on the server of
// SURREAL_URL. engine: the server is killed; the engine is started here, version
// SURREAL_TEST_MAJOR, with a store in the folder.
//
// Prints what went wrong, and in the end "N passed, N failed".

import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { openWire } from './wire.mjs';

const require = createRequire(new URL('../engine/package.json',
    import.meta.url));
const { Surreal } = require('surrealdb');
globalThis.WebSocket ??= require('undici').WebSocket;

const [bin, mode] = process.argv.slice(2);
const env = process.env;
let passed = 0;
let failed = 0;

function check(what, isTrue, ...more) {
    if (isTrue) {
        passed++;
        return;
    }
    failed++;
    console.log(`FAILED: ${what}`);
    for (const line of more) console.log(`  ${line}`);
}

// ---- the database ----------------------------------------------------------

const admin = new Surreal();

async function connect(url) {
    await admin.connect(url);
    await admin.signin({ username: env.SURREAL_USERNAME,
        password: env.SURREAL_PASSWORD });
}

async function begin(database) {
    await admin.query(`DEFINE NAMESPACE IF NOT EXISTS faults;
        USE NS faults; REMOVE DATABASE IF EXISTS ${database};
        DEFINE DATABASE ${database};`);
    await admin.use({ namespace: 'faults', database });
}

const text = (value) => JSON.stringify(value, (key, one) =>
    typeof one === 'bigint' ? Number(one) : one, 1);

// Everything that may not depend on what happened on the way.
async function state(database) {
    await admin.use({ namespace: 'faults', database });
    const [info] = await admin.query('INFO FOR DB');
    const out = {};
    for (const table of Object.keys(info.tables).sort()) {
        const [of] = await admin.query(`INFO FOR TABLE ${table}`);
        const [all] = await admin.query(`SELECT * FROM ${table} ORDER BY id`);
        // A lock whose holder died stays until it is over; it is in nobody's
        // way, or `up again` would fail.
        if (table === '_surrealgen_lock') all.length = 0;
        if (table === '_surrealgen_log') {
            out[table] = all.map((row) => `${row.action} ${row.migration}`);
            out[table].sort();
            continue;
        }
        for (const row of all) {
            for (const name of ['run', 'applied_at', 'applied_by', 'took']) {
                if (table === '_surrealgen_migration') delete row[name];
            }
            // Made by a statement, so that it has another one each time.
            if (row.made) delete row.id;
        }
        all.sort((a, b) => text(a) < text(b) ? -1 : 1);
        out[table] = [info.tables[table], of, all];
    }
    return text(out);
}

// The first line that differs.
function difference(want, got) {
    const a = want.split('\n');
    const b = got.split('\n');
    const i = a.findIndex((line, at) => line !== b[at]);
    return i < 0 ? `and more: ${b[a.length]}`
        : `wanted ${a.slice(Math.max(i - 2, 0), i + 1)}, got ${b[i]}`;
}

// ---- the tool --------------------------------------------------------------

function up(url, database) {
    const child = spawn(bin, ['migrate', 'up'], { env: {
        ...env, SURREAL_URL: url, SURREAL_NAMESPACE: 'faults',
        SURREAL_DATABASE: database }, stdio: ['ignore', 'pipe', 'pipe'] });
    const out = { child, text: '' };
    child.stdout.on('data', (data) => { out.text += data; });
    child.stderr.on('data', (data) => { out.text += data; });
    out.end = new Promise((done) => child.on('close', (code, signal) => {
        out.code = signal ?? code;
        done();
    }));
    return out;
}

const brief = (text) => text.replace(/\s+/g, ' ').slice(0, 150);

// ---- the tool dies, the connection does ------------------------------------

async function sweep(when) {
    const wire = await openWire(env.SURREAL_URL);
    await connect(env.SURREAL_URL);
    await begin('whole');
    wire.reset(null);
    const whole = up(wire.url, 'whole');
    await whole.end;
    check('an undisturbed run', whole.code === 0, whole.text);
    const want = await state('whole');
    const count = wire.seen;

    // When the tool can do nothing but give up, it does so before it begins.
    const first = wire.texts.findIndex((text) => /CREATE \$srl_id/.test(text));
    check('the migrations are among its requests', first >= 0);
    for (let at = 1; at <= count; at++) {
        const database = `${mode}_${when}_${at}`;
        await begin(database);
        let run = null;
        wire.reset({ at, when, act: () => {
            if (mode === 'kill') run.child.kill('SIGKILL');
        } });
        run = up(wire.url, database);
        await run.end;
        const what = `${mode} ${when} request ${at} of ${count} `
            + `(${brief(wire.hit ?? 'not sent')})`;
        // SurrealDB 2 is asked once more, or once less, how an index does.
        if (wire.hit === null && at > count - 2) {
            check(`${what}: was not needed`, run.code === 0, run.text);
        } else if (mode === 'kill') {
            check(`${what}: dies`, run.code === 'SIGKILL', `exit ${run.code}`,
                run.text);
        } else if (at > first) {
            check(`${what}: goes on`, run.code === 0, `exit ${run.code}`,
                run.text);
        } else {
            check(`${what}: 0 or 6`, run.code === 0 || run.code === 6,
                `exit ${run.code}`, run.text);
        }
        if (run.code !== 0) {
            run = up(env.SURREAL_URL, database);
            await run.end;
            check(`${what}: up again`, run.code === 0, run.text);
        }
        const got = await state(database);
        check(`${what}: same end`, got === want, difference(want, got));
        await admin.query(`REMOVE DATABASE ${database}`);
    }
    wire.close();
    await admin.close();
}

// ---- the server dies -------------------------------------------------------

const engine = { child: null, port: 0 };

function start() {
    const path = fileURLToPath(new URL('../engine/engine.mjs',
        import.meta.url));
    engine.child = spawn('node', [path, '--version', env.SURREAL_TEST_MAJOR,
        '--store', `surrealkv://${process.cwd()}/store`, '--port',
        String(engine.port), '--max-seconds', '600'],
        { stdio: ['pipe', 'pipe', 'inherit'] });
    return new Promise((done, gone) => {
        let text = '';
        engine.child.on('exit', () => gone(new Error('the engine is gone')));
        engine.child.stdout.on('data', (data) => {
            text += data;
            const port = /ready ws:\/\/127\.0\.0\.1:(\d+)/.exec(text);
            if (!port) return;
            engine.port = Number(port[1]);
            done();
        });
    });
}

async function stop() {
    const end = new Promise((done) => engine.child.once('exit', done));
    engine.child.kill('SIGKILL');
    await end;
}

async function kills(when) {
    await start();
    const url = `ws://127.0.0.1:${engine.port}/rpc`;
    await connect(url);
    const wire = await openWire(url);
    await begin('whole');
    const whole = up(wire.url, 'whole');
    await whole.end;
    check('an undisturbed run', whole.code === 0, whole.text);
    const want = await state('whole');
    const count = wire.seen;
    const first = wire.texts.findIndex((text) => /CREATE \$srl_id/.test(text));

    for (let at = first + 1; at <= count; at += 3) {
        const database = `engine_${when}_${at}`;
        await begin(database);
        await admin.close();
        let back = null;
        wire.reset({ at, when, act: () => {
            back = stop().then(start);
        } });
        let run = up(wire.url, database);
        await run.end;
        const what = `server killed ${when} request ${at} of ${count} `
            + `(${brief(wire.hit ?? 'not sent')})`;
        check(`${what}: hit`, back !== null, run.text);
        await back;
        check(`${what}: 0, 6 or 8`, [0, 6, 8].includes(run.code),
            `exit ${run.code}`, run.text);
        const ended = run.code;
        run = up(url, database);
        await run.end;
        check(`${what}: up again`, run.code === 0, `before: ${ended}`,
            run.text);
        await connect(url);
        const got = await state(database);
        check(`${what}: same end`, got === want, difference(want, got));
    }
    wire.close();
    await admin.close();
    await stop();
    rmSync('store', { recursive: true, force: true });
}

// A request the server never saw is the same whichever of the two dies.
if (mode === 'engine') {
    for (const when of ['during', 'after']) await kills(when);
} else {
    for (const when of ['before', 'during', 'after']) await sweep(when);
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
