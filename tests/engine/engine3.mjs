// SurrealDB 3.x behind one native engine object.
//
// The engine keeps any number of sessions apart by UUID, so each session of
// each client is one attached session of the engine, and requests run as
// concurrently as the engine lets them. On a real server two connections may
// attach the same UUID; here the second one gets another UUID inside the
// engine, which shows in $session.id and nowhere else.

import { randomUUID } from 'node:crypto';
import { Raw, decode, encode, mapFields, uuidFromValue, uuidTag }
    from './cbor.mjs';
import { encodeCall, errorFromThrown, errorIn, liveIds }
    from './envelope.mjs';
import { Native } from './native.mjs';

export class Engine3 {
    major = 3;
    version = '';
    #native;
    #sessions = new Map(); // engine's UUID -> session
    #owners = new Map(); // live UUID -> session
    #forgotten = new Set(); // live UUIDs
    #exports = Promise.resolve();

    static async start(url) {
        const engine = new Engine3();
        engine.#native = await Native.connect(3, url);
        engine.version = engine.#native.version;
        return engine;
    }

    // `deliver(session, notification)` is called for each live message.
    async open(wanted, deliver) {
        const id = this.#sessions.has(wanted) ? randomUUID() : wanted;
        const session = { id, shown: wanted, deliver, signedIn: false };
        this.#sessions.set(id, session);
        const { error } = await this.execute(session, { method: 'attach' });
        if (error) throw new Error(`attach: ${decode(error).message}`);
        return session;
    }

    async close(session) {
        this.#sessions.delete(session.id);
        for (const [live, owner] of this.#owners) {
            if (owner === session) this.#owners.delete(live);
        }
        await this.execute(session, { method: 'detach' });
    }

    // The engine goes on sending after a reset, the server does not.
    forgetLive(session) {
        for (const [live, owner] of this.#owners) {
            if (owner !== session) continue;
            this.#owners.delete(live);
            this.#forgotten.add(live);
        }
    }

    // Without a session this is the engine's own, which is an owner.
    async execute(session, request, txn) {
        const call = encodeCall(request, session ? uuidTag(session.id)
            : undefined, txn ? uuidTag(txn) : undefined);
        let result;
        try {
            result = await this.#native.execute(call);
        } catch (thrown) {
            return { error: errorFromThrown(3, thrown.message) };
        }
        const error = errorIn(result);
        if (error) return { error };
        for (const id of liveIds(3, request.method, result)) {
            this.#owners.set(id, session);
        }
        return { result };
    }

    // The engine exports what its own session looks at, and there is only one
    // of that, hence one export at a time.
    exportSql(session, ns, db, options) {
        const run = async () => {
            const params = encode([ns, db]);
            const { error } = await this.execute(null,
                { method: 'use', params });
            if (error) throw new Error(`use: ${decode(error).message}`);
            return this.#native.exportSql(options);
        };
        const done = this.#exports.then(run);
        this.#exports = done.catch(() => {}); // the caller reports it
        return done;
    }

    pumpNotifications() {
        return this.#native.pumpNotifications((bytes) => this.#route(bytes));
    }

    // The message names the session by the engine's UUID; the client must
    // read the one it knows. KILLED names none, so that goes by the live
    // query; the others may be here before the reply that has its UUID.
    #route(bytes) {
        const fields = mapFields(bytes);
        const live = uuidFromValue(decode(fields.get('id')));
        const named = uuidFromValue(decode(fields.get('session')));
        const session = this.#sessions.get(named) ?? this.#owners.get(live);
        if (session === undefined) return; // its socket has just closed
        if (this.#forgotten.has(live)) return;
        if (named !== null) {
            fields.set('session', encode(uuidTag(session.shown)));
        }
        if (decode(fields.get('action')) === 'KILLED') {
            this.#owners.delete(live);
        }
        const message = Object.fromEntries(
            [...fields].map(([key, value]) => [key, new Raw(value)]));
        session.deliver(session, encode(message));
    }

    free() {
        return this.#native.free();
    }
}
