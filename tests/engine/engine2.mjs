// SurrealDB 2.x behind one native engine object.
//
// The 2.x engine object has exactly one session, and two objects cannot share
// a store. So sessions take turns in it: before a request runs, the engine is
// made to look like the request's session (variables, login, namespace,
// database). Requests of one session run concurrently; when the session
// changes, those in flight must have ended or, when they take long, have
// started: a running query works on its own copy of the session.
//
// What that cannot give:
// - "Started" is a guess for slow requests: SLOW_MS old, and a ping sent
//   after that has come back.
// - A login is restored from its token, or where that has expired from the
//   signin request. So a session whose signup or authenticate token has
//   expired is refused when another session ran in between, and the clock of
//   DURATION FOR SESSION starts anew with every turn.
// - $session.id is NONE.
// - `reset` is made of other calls: the engine's own aborts the process.
// - A live query is known by the UUID it returns; one made inside a function
//   or block that does not return it has no owner, and its messages are lost.

import { NONE, arrayItems, decode, encode, isNone, mapFields, uuidFromValue,
    uuidTag } from './cbor.mjs';
import { encodeCall, errorFromThrown, errors, liveIds }
    from './envelope.mjs';
import { Native } from './native.mjs';

const SLOW_MS = 50;
const ORPHAN_MS = 2000;
const NULL = Buffer.from([0xf6]);

const delay = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });
const quote = (name) => `\`${name.replace(/[\\`]/g, '\\$&')}\``;
const array = (...items) => Buffer.concat([
    Buffer.from([0x80 | items.length]), ...items]);

const LOGINS = new Set(['signin', 'signup', 'authenticate']);
const CHANGES = new Set([...LOGINS, 'use', 'let', 'set', 'unset',
    'invalidate', 'reset']);

// The engine could not be brought into a session's state.
class RestoreError extends Error {}

export class Engine2 {
    major = 2;
    version = '';
    #native;
    #queue = [];
    #pumping = false;
    #running = new Map(); // promise -> start time
    #current = null; // the session the engine looks like
    #held = new Set(); // names of the variables the engine holds
    #owners = new Map(); // live UUID -> session
    #orphans = new Map(); // live UUID -> messages that came before its reply

    static async start(url) {
        const engine = new Engine2();
        engine.#native = await Native.connect(2, url);
        engine.version = engine.#native.version;
        return engine;
    }

    async open(shown, deliver) {
        return { shown, deliver, signedIn: false, login: null,
            ns: NULL, db: NULL, vars: new Map(), lives: new Set() };
    }

    async close(session) {
        await this.#killLives(session);
        if (this.#current === session) this.#current = null;
    }

    // Without a session: as owner, nothing selected.
    async execute(session, request) {
        const target = session ?? await this.open('', () => {});
        const { method } = request;
        try {
            return await this.#submit(target, CHANGES.has(method), () => (
                method === 'reset' ? this.#reset(target)
                    : this.#run(target, request)));
        } catch (error) {
            if (!(error instanceof RestoreError)) throw error;
            return { error: errors.bridge(error.message) };
        }
    }

    exportSql(session, ns, db, options) {
        return this.#submit(session, true,
            () => this.#native.exportSql(options));
    }

    free() {
        return this.#native.free();
    }

    // ---- turns ------------------------------------------------------------

    #submit(session, exclusive, work) {
        return new Promise((resolve, reject) => {
            this.#queue.push({ session, exclusive, work, resolve, reject });
            this.#pump();
        });
    }

    async #pump() {
        if (this.#pumping) return;
        this.#pumping = true;
        while (this.#queue.length > 0) await this.#admit(this.#queue.shift());
        this.#pumping = false;
    }

    // Rejections go to the job, never to the pump.
    async #admit(job) {
        try {
            if (job.session !== this.#current) {
                await this.#allStarted();
                await this.#become(job.session);
            }
        } catch (error) {
            job.reject(error);
            return;
        }
        const done = job.work();
        this.#running.set(done, Date.now());
        const ended = done.then(job.resolve, job.reject)
            .finally(() => this.#running.delete(done));
        if (job.exclusive) await ended;
    }

    async #allStarted() {
        await Promise.all([...this.#running].map(async ([done, since]) => {
            const settled = done.then(() => true, () => true);
            const wait = Math.max(0, SLOW_MS - (Date.now() - since));
            const ended = await Promise.race([settled, delay(wait)]);
            if (!ended) await this.#call('ping');
        }));
    }

    #call(method, params) {
        return this.#native.execute(encodeCall({ method, params }));
    }

    // Variables go in as owner, before the login: they were evaluated under
    // the session's own rights when they were set.
    async #become(session) {
        this.#current = null;
        await this.#call('invalidate');
        await this.#call('use', array(NULL, NULL));
        for (const name of this.#held) {
            await this.#call('unset', encode([name]));
        }
        this.#held = new Set(session.vars.keys());
        for (const [name, value] of session.vars) {
            await this.#call('let', array(encode(name), value));
        }
        if (session.login) await this.#logIn(session.login);
        await this.#call('use', array(session.ns, session.db));
        this.#current = session;
    }

    async #logIn(login) {
        try {
            await this.#call('authenticate', array(login.token));
        } catch (thrown) {
            if (login.method !== 'signin') {
                throw new RestoreError('cannot restore the login of this '
                    + `session: ${thrown.message}`);
            }
            await this.#signInAgain(login);
        }
    }

    async #signInAgain(login) {
        try {
            login.token = await this.#call('signin', login.params);
        } catch (thrown) {
            throw new RestoreError('cannot sign this session in again: '
                + thrown.message);
        }
    }

    // ---- requests ---------------------------------------------------------

    async #run(session, request) {
        let result;
        try {
            result = await this.#native.execute(encodeCall(request));
        } catch (thrown) {
            return { error: errorFromThrown(2, thrown.message) };
        }
        await this.#follow(session, request, result);
        return { result };
    }

    // Keeps the session's record of itself up to date.
    async #follow(session, { method, params }, result) {
        if (LOGINS.has(method)) {
            const token = method === 'authenticate'
                ? arrayItems(params)[0] : result;
            session.login = { method, params, token };
            // A login may move the session to its namespace and database.
            session.ns = await this.#evaluate('session::ns()');
            session.db = await this.#evaluate('session::db()');
        } else if (method === 'invalidate') {
            session.login = null;
        } else if (method === 'use') {
            const [ns, db] = arrayItems(params);
            if (!isNone(decode(ns))) session.ns = ns;
            if (!isNone(decode(db))) session.db = db;
        } else if (method === 'let' || method === 'set') {
            await this.#followLet(session, decode(arrayItems(params)[0]));
        } else if (method === 'unset') {
            session.vars.delete(decode(arrayItems(params)[0]));
        } else if (method === 'live' || method === 'query') {
            for (const id of liveIds(2, method, result)) {
                this.#adopt(session, id);
            }
        } else if (method === 'kill') {
            this.#forget(session, uuidFromValue(decode(params)[0]));
        }
    }

    async #followLet(session, name) {
        const value = await this.#evaluate(`$${quote(name)}`);
        session.vars.delete(name);
        if (isNone(decode(value))) return;
        session.vars.set(name, value);
        this.#held.add(name);
    }

    // NONE becomes NULL for session::ns(), where `use` reads NONE as "leave".
    async #evaluate(expression) {
        const rows = await this.#call('query', encode([
            `RETURN ${expression}`]));
        const row = mapFields(arrayItems(rows)[0]);
        if (decode(row.get('status')) !== 'OK') {
            throw new RestoreError(decode(row.get('result')));
        }
        const value = row.get('result');
        const isWhere = expression.startsWith('session::');
        return isWhere && isNone(decode(value)) ? NULL : value;
    }

    // The engine's own reset aborts the process: it would end live queries
    // through a function this build does not have.
    async #reset(session) {
        await this.#killLivesNow(session);
        session.login = null;
        session.ns = NULL;
        session.db = NULL;
        session.vars.clear();
        await this.#become(session);
        return { result: encode(NONE) };
    }

    // ---- live queries -----------------------------------------------------

    pumpNotifications() {
        return this.#native.pumpNotifications((bytes) => this.#route(bytes));
    }

    #route(bytes) {
        const id = uuidFromValue(decode(mapFields(bytes).get('id')));
        const session = this.#owners.get(id);
        if (session !== undefined) {
            session.deliver(session, bytes);
        } else if (this.#orphans.has(id)) {
            this.#orphans.get(id).push(bytes);
        } else {
            this.#orphans.set(id, [bytes]);
            setTimeout(() => this.#orphans.delete(id), ORPHAN_MS).unref();
        }
    }

    // An owner too many, of a UUID that is no live query, does no harm.
    #adopt(session, id) {
        this.#owners.set(id, session);
        session.lives.add(id);
        const early = this.#orphans.get(id) ?? [];
        this.#orphans.delete(id);
        for (const bytes of early) session.deliver(session, bytes);
    }

    #forget(session, id) {
        this.#owners.delete(id);
        session.lives.delete(id);
    }

    // As owner in the session's database: its login may be gone by now.
    async #killLives(session) {
        if (session.lives.size === 0) return;
        const owner = { ...session, login: null, vars: new Map() };
        await this.#submit(owner, true, () => this.#killLivesNow(session));
        this.#current = null;
    }

    async #killLivesNow(session) {
        for (const id of [...session.lives]) {
            this.#forget(session, id);
            // Most refusals mean that the UUID was no live query after all.
            await this.#call('kill', encode([uuidTag(id)])).catch((thrown) => {
                if (!/cannot execute KILL|can not execute KILL/i
                    .test(thrown.message)) throw thrown;
            });
        }
    }
}
