// The bridge against the official JavaScript SDK, unmodified: what that takes
// for a server, a C client may take for one. Each check runs on a 3.x and on
// a 2.x engine.
//
//   node tests/engine/sdk.test.mjs [3|2]

import { spawn } from 'node:child_process';
import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict';
import { request as httpRequest } from 'node:http';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { RecordId, Surreal, Table, Uuid, createRemoteEngines } from 'surrealdb';
import { WebSocket as UndiciWebSocket } from 'undici';
import { NONE, Tag, decode, encode, uuidTag } from './cbor.mjs';

const ENGINE = fileURLToPath(new URL('./engine.mjs', import.meta.url));
const WAIT_MS = 5000;
const ROOT = { username: 'root', password: 'secret' };
const DENIED = /Not enough permissions to perform this action/;

// Node 20 has no WebSocket of its own.
const WebSocketImpl = globalThis.WebSocket ?? UndiciWebSocket;

let passed = 0;
let failed = 0;

async function check(label, work) {
    try {
        await limit(work(), WAIT_MS * 3, 'the check');
        passed++;
        console.log(`ok   ${label}`);
    } catch (error) {
        failed++;
        console.log(`FAIL ${label}: ${error.stack}`);
    }
}

function limit(promise, ms, what) {
    let timer;
    const late = new Promise((resolve, reject) => {
        timer = setTimeout(() => reject(
            new Error(`${what} took over ${ms} ms`)), ms);
    });
    return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

async function until(test, what) {
    const end = Date.now() + WAIT_MS;
    while (!test()) {
        if (Date.now() > end) throw new Error(`${what} did not come`);
        await new Promise((resolve) => { setTimeout(resolve, 5); });
    }
}

// ---- the engine process ---------------------------------------------------

async function startEngine(version, ...more) {
    const started = Date.now();
    const child = spawn(process.execPath, [ENGINE, '--version', version,
        '--pass', ROOT.password, '--max-seconds', '120', ...more],
    { stdio: ['pipe', 'pipe', 'inherit'] });
    const exit = new Promise((resolve) => {
        child.once('exit', (code, signal) => resolve({ code, signal }));
    });
    const lines = createInterface({ input: child.stdout });
    const line = await limit(new Promise((resolve, reject) => {
        lines.once('line', resolve);
        exit.then(({ code }) => reject(new Error(`engine exit ${code}`)));
    }), WAIT_MS, 'the engine start');
    const url = line.match(/^ready (ws:\S+) SurrealDB-([0-9.]+) pid (\d+)$/);
    ok(url, `unexpected line: ${line}`);
    equal(Number(url[3]), child.pid);
    return { child, exit, ws: url[1], version: url[2],
        http: url[1].replace('ws:', 'http:'), ms: Date.now() - started };
}

function client() {
    return new Surreal({ engines: createRemoteEngines(),
        websocketImpl: WebSocketImpl });
}

async function connect(engine) {
    const db = client();
    await db.connect(engine.ws, { reconnect: { enabled: false } });
    return db;
}

async function connectRoot(engine, database = 'test') {
    const db = await connect(engine);
    await db.signin(ROOT);
    await db.query('DEFINE NAMESPACE IF NOT EXISTS test');
    await db.use({ namespace: 'test' });
    await db.query(`DEFINE DATABASE IF NOT EXISTS ${database}`);
    await db.use({ namespace: 'test', database });
    return db;
}

// One CBOR request on a bare socket, for what the SDK would not send.
async function bareSocket(engine) {
    const ws = new UndiciWebSocket(engine.ws, ['cbor']);
    ws.binaryType = 'arraybuffer';
    await limit(new Promise((resolve, reject) => {
        ws.onopen = resolve;
        ws.onerror = () => reject(new Error('no connection'));
    }), WAIT_MS, 'the upgrade');
    const call = (bytes) => limit(new Promise((resolve) => {
        ws.onmessage = ({ data }) => resolve(decode(Buffer.from(data)));
        ws.send(bytes);
    }), WAIT_MS, 'the reply');
    return { ws, call };
}

const cborOnly = { accept: 'application/cbor',
    'content-type': 'application/cbor' };

async function rpcOverHttp(engine, request, headers = {}) {
    const response = await fetch(engine.http, { method: 'POST',
        body: encode(request),
        headers: { ...cborOnly, ...headers } });
    const bytes = Buffer.from(await response.arrayBuffer());
    return { response, bytes };
}

const basic = (user, pass) => ({ authorization:
    `Basic ${Buffer.from(`${user}:${pass}`).toString('base64')}` });

const selected = { 'surreal-ns': 'test', 'surreal-db': 'test' };

// ---- login ----------------------------------------------------------------

async function checkLogin(engine, name) {
    const { major } = engine;
    await check(`${name} version is told`, async () => {
        const db = await connect(engine);
        deepEqual(await db.version(),
            { version: `surrealdb-${engine.version}` });
        await db.close();
    });
    await check(`${name} wrong password is refused`, async () => {
        const db = await connect(engine);
        await rejects(db.signin({ ...ROOT, password: 'no' }),
            /problem with authentication/);
        await rejects(db.query('RETURN 1').collect(), DENIED);
        await db.close();
    });
    await check(`${name} nothing before signin`, async () => {
        const db = await connect(engine);
        await rejects(db.query('RETURN 1').collect(), DENIED);
        await rejects(db.select(new Table('person')), DENIED);
        await rejects(db.create(new Table('person')), DENIED);
        await db.close();
    });
    await check(`${name} the wall is up again after invalidate`, async () => {
        const db = await connectRoot(engine);
        deepEqual(await db.query('RETURN 1'), [1]);
        await db.invalidate();
        await rejects(db.query('RETURN 1').collect(), DENIED);
        await db.signin(ROOT);
        deepEqual(await db.query('RETURN 2'), [2]);
        await db.close();
    });
    await check(`${name} reset clears login, variables, place`, async () => {
        const db = await connectRoot(engine);
        await db.set('v', 1);
        await db.reset();
        await rejects(db.query('RETURN 1').collect(), DENIED);
        await db.signin(ROOT);
        deepEqual(await db.query('RETURN session::db()'), [undefined]);
        await db.use({ namespace: 'test', database: 'test' });
        deepEqual(await db.query('RETURN $v'), [undefined]);
        await db.close();
    });
    await check(`${name} a token logs another socket in`, async () => {
        const first = await connect(engine);
        const { access } = await first.signin(ROOT);
        const second = await connect(engine);
        await second.authenticate(access);
        deepEqual(await second.query('RETURN 3'), [3]);
        await rejects(second.authenticate(`${access}x`));
        await first.close();
        await second.close();
    });
    await check(`${name} record users see what they may`, async () => {
        const root = await connectRoot(engine);
        await root.query(`
            DEFINE TABLE OVERWRITE account SCHEMALESS PERMISSIONS NONE;
            DEFINE TABLE OVERWRITE note SCHEMALESS PERMISSIONS
                FOR select, create WHERE owner = $auth;
            DEFINE ACCESS OVERWRITE people ON DATABASE TYPE RECORD
                SIGNUP (CREATE account SET name = $name, pass = $pass)
                SIGNIN (SELECT * FROM account
                    WHERE name = $name AND pass = $pass);
            CREATE note SET text = 'hidden', owner = NONE`);
        const user = await connect(engine);
        const access = { namespace: 'test', database: 'test',
            access: 'people' };
        await user.signup({ ...access, variables: { name: 'a', pass: 'b' } });
        await user.query('CREATE note SET text = "own", owner = $auth');
        const [texts] = await user.query('SELECT VALUE text FROM note');
        deepEqual(texts, ['own']);
        equal((await root.query('SELECT VALUE text FROM note'))[0].length, 2);
        await rejects(user.query('DEFINE TABLE nope').collect(), DENIED);
        await rejects(user.signin({ ...access,
            variables: { name: 'a', pass: 'wrong' } }));
        await user.close();
        await root.close();
    });
    await check(`${name} the error of the wall`, async () => {
        const { ws, call } = await bareSocket(engine);
        const { error } = await call(encode({ id: 1, method: 'query',
            params: ['RETURN 1'] }));
        const expected = major >= 3 ? { code: -32002, kind: 'NotAllowed' }
            : { code: -32000, kind: undefined };
        equal(error.code, expected.code);
        equal(error.kind, expected.kind);
        match(error.message, DENIED);
        ws.close();
    });
}

// ---- data -----------------------------------------------------------------

async function checkData(engine, name) {
    const db = await connectRoot(engine);
    await db.query('DEFINE TABLE IF NOT EXISTS person SCHEMALESS');
    const tobie = new RecordId('person', 'tobie');

    await check(`${name} create and select`, async () => {
        await db.create(tobie).content({ age: 7, tags: ['a', null] });
        const found = await db.select(tobie);
        equal(found.age, 7);
        deepEqual(found.tags, ['a', null]);
        equal(String(found.id), 'person:tobie');
        equal((await db.select(new Table('person'))).length, 1);
    });
    await check(`${name} query with bound variables`, async () => {
        const [sum, text] = await db.query('RETURN $a + 1; RETURN $t',
            { a: 41, t: "it's" });
        equal(sum, 42);
        equal(text, "it's");
    });
    await check(`${name} session variables`, async () => {
        await db.set('v', { deep: [1, 2] });
        deepEqual(await db.query('RETURN $v.deep'), [[1, 2]]);
        await db.unset('v');
        deepEqual(await db.query('RETURN $v'), [undefined]);
    });
    await check(`${name} error of a statement`, async () => {
        await rejects(db.query('THROW "boom"').collect(),
            /An error occurred: boom/);
        await rejects(db.query('RETURN 1 1').collect(), /Parse error/);
        await rejects(db.create(tobie).content({}), /already exists/);
    });
    await check(`${name} merge, patch, upsert, delete`, async () => {
        equal((await db.update(tobie).merge({ age: 8 })).age, 8);
        const other = new RecordId('person', 2);
        equal((await db.upsert(other).content({ age: 1 })).age, 1);
        equal((await db.delete(other)).age, 1);
        equal(await db.select(other), undefined);
    });
    await check(`${name} 1 MiB both ways`, async () => {
        const text = 'x'.repeat(1 << 20);
        const [back] = await db.query('RETURN $text', { text });
        ok(back === text);
    });
    await check(`${name} 100 parallel queries`, async () => {
        const numbers = Array.from({ length: 100 }, (_, i) => i);
        const answers = await Promise.all(numbers.map(
            (n) => db.query('RETURN $n * 2', { n })));
        deepEqual(answers.flat(), numbers.map((n) => n * 2));
    });
    await check(`${name} a slow query does not hold up others`, async () => {
        const other = await connectRoot(engine);
        let slowEnded = false;
        const slow = db.query('SLEEP 1500ms; RETURN 1').collect()
            .then((answer) => { slowEnded = true; return answer; });
        await db.query('RETURN 2');
        await other.query('RETURN 3');
        equal(slowEnded, false);
        equal((await slow)[1], 1);
        await other.close();
    });
    await db.close();
}

// ---- sessions -------------------------------------------------------------

async function checkSessions(engine, name) {
    await check(`${name} two sockets do not share a session`, async () => {
        const one = await connectRoot(engine);
        const two = await connectRoot(engine, 'other');
        await one.set('v', 'one');
        await two.set('v', 'two');
        const where = 'RETURN [$v, session::db()]';
        const answers = await Promise.all(Array.from({ length: 20 },
            (_, i) => (i % 2 ? two : one).query(where)));
        answers.forEach((answer, i) => deepEqual(answer,
            [i % 2 ? ['two', 'other'] : ['one', 'test']]));
        await one.invalidate();
        await rejects(one.query('RETURN 1').collect(), DENIED);
        deepEqual(await two.query('RETURN 1'), [1]);
        await one.close();
        deepEqual(await two.query(where), [['two', 'other']]);
        await two.close();
    });
    if (engine.major < 3) return;
    await check(`${name} attached sessions start empty`, async () => {
        const db = await connectRoot(engine);
        const session = await db.newSession();
        await rejects(session.query('RETURN 1').collect(), DENIED);
        await session.signin(ROOT);
        await session.use({ namespace: 'test', database: 'other' });
        deepEqual(await session.query('RETURN session::db()'), ['other']);
        deepEqual(await db.query('RETURN session::db()'), ['test']);
        equal((await db.sessions()).length, 1);
        await session.closeSession();
        equal((await db.sessions()).length, 0);
        await db.close();
    });
    await check(`${name} one session id on two sockets`, async () => {
        const session = uuidTag('018f1e6a-7b2c-7def-8123-456789abcdef');
        const one = await bareSocket(engine);
        const two = await bareSocket(engine);
        const login = { id: 2, session, method: 'signin',
            params: [{ pass: ROOT.password, user: ROOT.username }] };
        const query = { id: 3, session, method: 'query',
            params: ['RETURN 5'] };
        for (const { call } of [one, two]) {
            const reply = await call(encode({ id: 1, method: 'attach',
                session }));
            deepEqual(Object.keys(reply), ['id', 'result', 'session']);
        }
        ok((await one.call(encode(login))).result);
        equal((await one.call(encode(query))).result[0].result, 5);
        equal((await two.call(encode(query))).error.kind, 'NotAllowed');
        one.ws.close();
        equal((await two.call(encode({ ...query, method: 'sessions' })))
            .result.length, 1);
        two.ws.close();
    });
    await check(`${name} unknown session`, async () => {
        const { ws, call } = await bareSocket(engine);
        const { error } = await call(encode({ id: 1, method: 'query',
            params: ['RETURN 1'],
            session: uuidTag('00000000-0000-4000-8000-000000000001') }));
        deepEqual({ ...error.details.details },
            { id: '00000000-0000-4000-8000-000000000001' });
        ws.close();
    });
    await check(`${name} transactions`, async () => {
        const db = await connectRoot(engine);
        const other = await connectRoot(engine);
        await db.query('DEFINE TABLE IF NOT EXISTS tx');
        const undone = await db.beginTransaction();
        await undone.query('CREATE tx:1');
        deepEqual(await other.query('SELECT * FROM tx'), [[]]);
        await undone.cancel();
        const done = await db.beginTransaction();
        await done.query('CREATE tx:2');
        await done.commit();
        equal((await other.query('SELECT * FROM tx'))[0].length, 1);
        await db.close();
        await other.close();
    });
    await check(`${name} refresh tokens log in the right user`, async () => {
        const db = await connectRoot(engine);
        await db.query(`DEFINE TABLE OVERWRITE guest PERMISSIONS NONE;
            DEFINE ACCESS OVERWRITE guests ON DATABASE TYPE RECORD
                SIGNUP (CREATE guest) WITH REFRESH`);
        const { call, ws } = await bareSocket(engine);
        const signup = await call(encode({ id: 1, method: 'signup', params: [
            { ac: 'guests', db: 'test', ns: 'test' }] }));
        const { access, refresh } = signup.result;
        const fresh = await bareSocket(engine);
        const again = await fresh.call(encode({ id: 2, method: 'refresh',
            params: [{ access, refresh }] }));
        ok(again.result.access);
        const denied = await fresh.call(encode({ id: 3, method: 'query',
            params: ['SELECT * FROM guest; DEFINE TABLE nope'] }));
        deepEqual(denied.result[0].result, []);
        match(denied.result[1].result, DENIED);
        ws.close();
        fresh.ws.close();
        await db.close();
    });
}

// ---- live queries ---------------------------------------------------------

async function collectLive(db, table) {
    const live = await db.live(new Table(table));
    const events = [];
    live.subscribe((message) => events.push(message));
    // live() comes back before the SDK has asked the server.
    await until(() => live.id !== undefined, 'the live query');
    return { live, events };
}

async function checkLive(engine, name) {
    await check(`${name} live query: create, update, delete`, async () => {
        const watcher = await connectRoot(engine);
        const writer = await connectRoot(engine);
        const elsewhere = await connectRoot(engine, 'other');
        for (const db of [writer, elsewhere]) {
            await db.query('REMOVE TABLE IF EXISTS seen; DEFINE TABLE seen');
        }
        const { events, live } = await collectLive(watcher, 'seen');
        const foreign = await collectLive(elsewhere, 'seen');
        const id = new RecordId('seen', 1);
        // One by one: of two messages that come at once the SDK's iterator
        // may lose the second, and 2.6 may swap them.
        const told = (count) => until(() => events.length >= count,
            `message ${count}`);
        await writer.create(id).content({ n: 1 });
        await told(1);
        await writer.update(id).content({ n: 2 });
        await told(2);
        await writer.delete(id);
        await told(3);
        deepEqual(events.map(({ action, value }) => [action, value.n]),
            [['CREATE', 1], ['UPDATE', 2], ['DELETE', 2]]);
        equal(String(events[0].recordId), 'seen:1');
        equal(foreign.events.length, 0);
        await live.kill();
        await writer.create(id).content({ n: 3 });
        await writer.query('SLEEP 50ms');
        const late = events.slice(3).filter(({ action }) =>
            action !== 'KILLED');
        deepEqual(late, []);
        for (const db of [watcher, writer, elsewhere]) await db.close();
    });
    await check(`${name} LIVE SELECT in a query is delivered`, async () => {
        const db = await connectRoot(engine);
        await db.query('REMOVE TABLE IF EXISTS told; DEFINE TABLE told');
        const [id] = await db.query('LIVE SELECT n FROM told');
        ok(id instanceof Uuid);
        const events = [];
        const live = await db.liveOf(id);
        live.subscribe((message) => events.push(message));
        await db.query('CREATE told SET n = 9');
        await until(() => events.length > 0, 'the message');
        deepEqual(events.map(({ value }) => value.n), [9]);
        await db.close();
    });
    await check(`${name} frame of a live message`, async () => {
        const root = await connectRoot(engine);
        await root.query('REMOVE TABLE IF EXISTS framed; DEFINE TABLE framed');
        const { ws } = await bareSocket(engine);
        const messages = [];
        ws.onmessage = ({ data }) =>
            messages.push(decode(Buffer.from(data)));
        const send = async (id, method, ...params) => {
            ws.send(encode({ id, method, params }));
            await until(() => messages.some((m) => m.id === id), method);
        };
        await send(1, 'signin', { pass: ROOT.password, user: ROOT.username });
        await send(2, 'use', 'test', 'test');
        await send(3, 'live', 'framed');
        await root.query('CREATE framed:1');
        const live = () => messages.filter((m) => m.id === undefined);
        await until(() => live().length > 0, 'the live message');
        const [frame] = live();
        deepEqual(Object.keys(frame), ['result']);
        const keys = ['action', 'id', 'record', 'result'];
        deepEqual(Object.keys(frame.result), engine.major >= 3
            ? [...keys, 'session'] : keys);
        if (engine.major >= 3) {
            await root.query('REMOVE TABLE framed');
            await until(() => live().length > 1, 'KILLED');
            equal(live()[1].result.action, 'KILLED');
        }
        ws.close();
        await root.close();
    });
}

// ---- frames ---------------------------------------------------------------

async function checkFrames(engine, name) {
    await check(`${name} id comes back as it was, or not at all`, async () => {
        const { ws, call } = await bareSocket(engine);
        const ping = (id) => call(encode({ id, method: 'ping' }));
        equal((await ping('a b')).id, 'a b');
        equal((await ping(null)).id, null);
        deepEqual(Object.keys(await call(encode({ method: 'ping' }))),
            ['result']);
        deepEqual((await ping(1)).result, NONE);
        ws.close();
    });
    await check(`${name} unreadable requests`, async () => {
        const { ws, call } = await bareSocket(engine);
        const parse = await call(Buffer.from([0xff]));
        deepEqual([Object.keys(parse), parse.error.code],
            [['error'], -32700]);
        const badTag = await call(encode({ id: 1, method: 'query',
            params: ['RETURN 1', { v: new Tag(24, 1) }] }));
        // Before signin the wall answers; the server would have read on.
        ok(badTag.error);
        const shape = await call(encode({ id: 1, method: 5 }));
        deepEqual([Object.keys(shape), shape.error.code],
            [['error'], -32600]);
        const method = await call(encode({ id: 1, method: 'nope' }));
        deepEqual([method.id, method.error.code], [1, -32601]);
        const params = await call(encode({ id: 1, method: 'use',
            params: [1] }));
        equal(params.error.code, engine.major >= 3 ? -32603 : -32602);
        ws.close();
    });
    await check(`${name} an upgrade without cbor is refused`, async () => {
        const port = new URL(engine.http).port;
        const response = await limit(new Promise((resolve, reject) => {
            httpRequest({ port, host: '127.0.0.1', path: '/rpc', headers: {
                connection: 'Upgrade', upgrade: 'websocket',
                'sec-websocket-version': '13',
                'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
                'sec-websocket-protocol': 'json',
            } }, resolve).on('error', reject).end();
        }), WAIT_MS, 'the answer');
        response.resume();
        equal(response.statusCode, 400);
    });
}

// ---- HTTP -----------------------------------------------------------------

async function checkHttp(engine, name) {
    const origin = new URL(engine.http).origin;
    const root = basic('root', ROOT.password);
    const query = (sql) => ({ id: 1, method: 'query', params: [sql] });

    await check(`${name} GET /health, /status, /version`, async () => {
        for (const path of ['/health', '/status']) {
            const response = await fetch(origin + path);
            equal(response.status, 200);
            equal(await response.text(), '');
        }
        const response = await fetch(`${origin}/version`);
        equal(await response.text(), `surrealdb-${engine.version}`);
        match(response.headers.get('surreal-version'), /^surrealdb[-/]/);
        equal((await fetch(`${origin}/nope`)).status, 404);
    });
    await check(`${name} POST /rpc`, async () => {
        const { response, bytes } = await rpcOverHttp(engine,
            query('RETURN session::db()'), { ...root, ...selected });
        equal(response.status, 200);
        const reply = decode(bytes);
        deepEqual(Object.keys(reply), ['result']);
        equal(reply.result[0].result, 'test');
    });
    await check(`${name} POST /rpc keeps nothing`, async () => {
        await rpcOverHttp(engine, { method: 'signin', params: [
            { pass: ROOT.password, user: 'root' }] });
        const { bytes } = await rpcOverHttp(engine, query('RETURN 1'));
        match(decode(bytes).error.message, DENIED);
    });
    await check(`${name} POST /rpc refusals`, async () => {
        const wrong = await rpcOverHttp(engine, query('RETURN 1'),
            basic('root', 'no'));
        equal(wrong.response.status, 401);
        const bearer = await rpcOverHttp(engine, query('RETURN 1'),
            { authorization: 'Bearer nonsense' });
        equal(bearer.response.status, 401);
        const type = await rpcOverHttp(engine, query('RETURN 1'),
            { 'content-type': 'text/plain' });
        equal(type.response.status, 415);
        const body = await fetch(engine.http, { method: 'POST', body: 'zz',
            headers: cborOnly });
        equal(body.status, 400);
        const large = await limit(new Promise((resolve, reject) => {
            const request = httpRequest(engine.http, { method: 'POST',
                headers: { ...cborOnly, 'content-length': (4 << 20) + 1 } });
            request.on('response', resolve).on('error', reject);
            request.write('x');
        }), WAIT_MS, 'the refusal of a body that never comes');
        large.resume();
        equal(large.statusCode, 413);
        const any = await rpcOverHttp(engine, query('RETURN 1'),
            { accept: '*/*' });
        equal(any.response.status, 415);
        const live = await rpcOverHttp(engine,
            { method: 'live', params: ['person'] }, { ...root, ...selected });
        match(decode(live.bytes).error.message,
            /not supported|Unable to perform the realtime query/);
    });
    await check(`${name} the SDK over HTTP`, async () => {
        const db = client();
        await db.connect(engine.http, { namespace: 'test', database: 'test',
            authentication: ROOT });
        deepEqual(await db.query('RETURN $v + 1', { v: 1 }), [2]);
        await db.close();
    });
    await check(`${name} export and import`, async () => {
        const db = await connectRoot(engine);
        await db.query(`DEFINE TABLE OVERWRITE kept SCHEMALESS;
            CREATE kept:1 SET text = 'as it was'`);
        const headers = { ...root, ...selected };
        const dump = await fetch(`${origin}/export`, { headers });
        equal(dump.status, 200);
        const sql = await dump.text();
        match(sql, /as it was/);
        await db.query('REMOVE TABLE kept');
        const none = await fetch(`${origin}/export`, { headers: selected });
        equal(none.status, 403);
        const copy = await connectRoot(engine, 'copy');
        const imported = await fetch(`${origin}/import`, { method: 'POST',
            body: sql, headers: { ...headers, 'surreal-db': 'copy' } });
        deepEqual(await imported.json(), []);
        deepEqual(await copy.query('SELECT VALUE text FROM kept'),
            [['as it was']]);
        const bad = await fetch(`${origin}/import`, { method: 'POST',
            body: 'THROW "no"', headers });
        match((await bad.json())[0].result, /An error occurred: no/);
        await db.close();
        await copy.close();
    });
}

// ---- process --------------------------------------------------------------

async function checkStop(version, name) {
    await check(`${name} stops when stdin closes`, async () => {
        const engine = await startEngine(version);
        const { ws } = await bareSocket(engine);
        const closed = new Promise((resolve) => { ws.onclose = resolve; });
        engine.child.stdin.end();
        const { code } = await limit(engine.exit, WAIT_MS, 'the exit');
        equal(code, 0);
        equal((await limit(closed, WAIT_MS, 'the close')).code, 1006);
    });
    await check(`${name} stops at SIGTERM under load`, async () => {
        const engine = await startEngine(version);
        const db = await connectRoot(engine);
        const slow = db.query('SLEEP 30s').collect().catch(() => 'cut off');
        await db.query('RETURN 1');
        engine.child.kill('SIGTERM');
        const { code } = await limit(engine.exit, WAIT_MS, 'the exit');
        equal(code, 0);
        equal(await limit(slow, WAIT_MS, 'the query'), 'cut off');
    });
    await check(`${name} stops when its time is over`, async () => {
        const engine = await startEngine(version, '--max-seconds', '1');
        equal((await limit(engine.exit, WAIT_MS, 'the exit')).code, 0);
    });
    await check(`${name} --unauthenticated takes the wall away`, async () => {
        const engine = await startEngine(version, '--unauthenticated');
        const db = await connect(engine);
        deepEqual(await db.query('RETURN 4'), [4]);
        await db.close();
        engine.child.stdin.end();
        await limit(engine.exit, WAIT_MS, 'the exit');
    });
}

async function main() {
    const wanted = process.argv.slice(2);
    for (const version of wanted.length > 0 ? wanted : ['3', '2']) {
        const engine = await startEngine(version);
        engine.major = Number(version);
        const name = `SurrealDB ${engine.version}:`;
        console.log(`# ${name} ready in ${engine.ms} ms`);
        try {
            await checkLogin(engine, name);
            await checkData(engine, name);
            await checkSessions(engine, name);
            await checkLive(engine, name);
            await checkFrames(engine, name);
            await checkHttp(engine, name);
        } finally {
            engine.child.stdin.end();
        }
        await check(`${name} ends cleanly after all this`, async () => {
            deepEqual(await engine.exit, { code: 0, signal: null });
        });
        await checkStop(version, name);
    }
    console.log(`${passed} passed, ${failed} failed`);
    process.exit(failed > 0 ? 1 : 0);
}

main().catch((error) => {
    console.log(`FAIL ${error.stack}`);
    console.log(`${passed} passed, ${failed + 1} failed`);
    process.exit(1);
});
