// One client of the engine: a WebSocket connection, or one HTTP request.
//
// Holds what the real server keeps per connection and the engine does not:
// the default session, the sessions the client attached, its transactions,
// and the login wall. (To the embedded engine an anonymous session is an
// owner; without the wall no test of a login could ever fail.)

import { NONE, arrayItems, decode, encode, uuidFromValue, uuidTag }
    from './cbor.mjs';
import { encodeReply, errors, liveIds, parseRequest } from './envelope.mjs';

const LOGINS = new Set(['signin', 'signup', 'authenticate', 'refresh']);
const LOGOUTS = new Set(['invalidate', 'reset']);

// What the server runs as a query, and so refuses to an anonymous session.
const QUERIES = new Set(['query', 'select', 'insert', 'insert_relation',
    'create', 'update', 'upsert', 'merge', 'patch', 'delete', 'relate', 'run',
    'live', 'kill', 'info', 'graphql']);

const NO_TRANSACTION = '00000000-0000-0000-0000-000000000000';

export class Client {
    #engine;
    #options;
    #main; // the default session
    #attached; // client's UUID -> promise of a session
    #transactions = new Set();

    // options: {wall, http, send(bytes), attached}. `attached` is shared
    // between HTTP requests, as on the server.
    constructor(engine, options) {
        this.#engine = engine;
        this.#options = options;
        this.#attached = options.attached ?? new Map();
    }

    async open(id) {
        this.#main = await this.#engine.open(id, (session, notification) => {
            this.#deliver(notification, undefined);
        });
    }

    async close() {
        for (const id of this.#transactions) {
            await this.#engine.execute(this.#main, {
                method: 'cancel', params: encode([uuidTag(id)]) });
        }
        const sessions = this.#options.http ? []
            : await Promise.all(this.#attached.values());
        for (const session of [...sessions, this.#main]) {
            await this.#engine.close(session);
        }
    }

    // Gives the reply; throws BadRequest where there is no id to reply to.
    async handle(bytes) {
        const request = parseRequest(bytes, this.#engine.major);
        const answer = await this.#answer(request);
        return encodeReply({
            ...answer,
            id: this.#options.http ? undefined : request.id,
            session: request.session && !this.#options.http
                ? uuidTag(request.session) : undefined,
        });
    }

    // A call of the bridge itself in the default session; gives {result} or
    // {error}, decoded on demand by the caller.
    call(method, params) {
        return this.#answer({ method, params: encode(params), session: null,
            txn: null });
    }

    get isSignedIn() {
        return this.#main.signedIn || !this.#options.wall;
    }

    exportSql(ns, db, options) {
        return this.#engine.exportSql(this.#main, ns, db, options);
    }

    #deliver(notification, session) {
        if (this.#options.http) return;
        this.#options.send(encodeReply({ result: notification, session }));
    }

    async #answer(request) {
        const { method } = request;
        const { major } = this.#engine;
        const refusal = this.#options.http ? refuseOverHttp(major, method)
            : null;
        if (refusal) return { error: refusal };
        if (major >= 3 && method === 'sessions') return this.#list();
        if (major >= 3 && method === 'attach') return this.#attach(request);
        if (major >= 3 && method === 'detach') return this.#detach(request);

        const session = await this.#find(request);
        if (session === undefined) {
            return { error: errors.sessionNotFound(request.session) };
        }
        if (this.#isWalled(session, method)) {
            return { error: errors.anonymous(major) };
        }
        return this.#execute(session, request);
    }

    async #find({ session, method }) {
        if (session === null) return this.#main;
        const found = this.#attached.get(session);
        if (found !== undefined) return found;
        return method === 'ping' || method === 'version' ? this.#main
            : undefined;
    }

    // 2.x evaluates the value of a variable, which counts as a query.
    #isWalled(session, method) {
        if (!this.#options.wall || session.signedIn) return false;
        const isLet = method === 'let' || method === 'set';
        return QUERIES.has(method) || (isLet && this.#engine.major < 3);
    }

    async #execute(session, request) {
        const { method } = request;
        const txn = this.#ownTransaction(request.txn);
        const ends = method === 'commit' || method === 'cancel';
        const actual = ends ? this.#endTransaction(request) : request;
        const answer = await this.#engine.execute(session, actual, txn);
        if (answer.error) return answer;
        if (LOGINS.has(method)) session.signedIn = true;
        if (LOGOUTS.has(method)) session.signedIn = false;
        if (method === 'reset') this.#engine.forgetLive?.(session);
        if (method === 'begin') {
            this.#transactions.add(uuidFromValue(decode(answer.result)));
        }
        // A 2.x result does not tell; there the live query just dies with
        // its request.
        const { major } = this.#engine;
        const isLive = this.#options.http && major >= 3
            && liveIds(major, method, answer.result).length > 0;
        return isLive ? { error: errors.liveNotSupported(major) } : answer;
    }

    // ---- transactions: those of other connections do not exist ------------

    #ownTransaction(id) {
        return id === null || this.#transactions.has(id) ? id : NO_TRANSACTION;
    }

    #endTransaction(request) {
        const items = request.params ? arrayItems(request.params) : [];
        const last = items.at(-1);
        if (last === undefined || last[0] !== 0xd8) return request;
        const id = uuidFromValue(decode(last));
        if (id === null || this.#transactions.delete(id)) return request;
        return { ...request, params: encode([uuidTag(NO_TRANSACTION)]) };
    }

    // ---- attached sessions (3.x) ------------------------------------------

    #list() {
        const ids = [...this.#attached.keys()].map(uuidTag);
        return { result: encode(ids) };
    }

    async #attach(request) {
        const id = request.session;
        // Without a session in it the engine has its own error for it.
        if (id === null) return this.#engine.execute(null, request);
        if (this.#attached.has(id)) return { error: errors.sessionExists(id) };
        const opened = this.#engine.open(id, (session, notification) => {
            this.#deliver(notification, uuidTag(id));
        });
        this.#attached.set(id, opened);
        await opened;
        return { result: encode(NONE) };
    }

    async #detach(request) {
        const id = request.session;
        if (id === null) return this.#engine.execute(null, request);
        const session = await this.#attached.get(id);
        this.#attached.delete(id);
        if (session) await this.#engine.close(session);
        return { result: encode(NONE) };
    }
}

function refuseOverHttp(major, method) {
    if (method === 'live') return errors.liveNotSupported(major);
    const missing = major >= 3 ? ['begin', 'commit', 'cancel']
        : ['let', 'set', 'unset'];
    return missing.includes(method) ? errors.methodNotFound(major, method)
        : null;
}
