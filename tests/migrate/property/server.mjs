// tests/migrate/property/server.mjs: a database as the property test sees it.
//
// Values are compared as the bytes the server sent: every leaf becomes a text
// that tells 1 from 1.0 from 1dec, so nothing is equal that is not the same.

import { createRequire } from 'node:module';
import { arrayItems, decode, encode, mapFields, Tag }
    from '../../engine/cbor.mjs';

const engine = createRequire(new URL('../../engine/', import.meta.url));
const { WebSocket } = engine('undici');

// ------------------------------------------------------------------ values

function leaf(bytes) {
    const major = bytes[0] >> 5;
    const value = decode(bytes);
    if (major === 7 && typeof value === 'number') return `${value}f`;
    if (major === 2) return `0x${value.toString('hex')}`;
    if (major === 3) return `'${value}'`;
    return value === null ? 'NULL' : String(value);
}

const shown = (value) => JSON.stringify(value, (key, v) => {
    if (v instanceof Tag) return `#${v.tag} ${shown(v.value)}`;
    if (v?.type === 'Buffer') return Buffer.from(v.data).toString('hex');
    return v;
});

// Objects and arrays of leaves; NONE is undefined.
export function tree(bytes) {
    const major = bytes[0] >> 5;
    if (major === 4) return arrayItems(bytes).map(tree);
    if (major === 5) {
        const out = {};
        for (const [key, value] of mapFields(bytes)) {
            const child = tree(value);
            if (child !== undefined) out[key] = child;
        }
        return out;
    }
    if (major !== 6) return leaf(bytes);
    const tag = decode(bytes);
    if (tag.tag === 56) return { set: tree(bytes.subarray(2)) };
    return tag.tag === 6 ? undefined : `#${tag.tag} ${shown(tag.value)}`;
}

// ------------------------------------------------------------------ server

export class Server {
    #socket;
    #waiting = new Map();
    isOpen = true;
    #last = 0;

    static async open({ url, user, pass }) {
        const server = new Server();
        const socket = new WebSocket(url, ['cbor']);
        socket.binaryType = 'arraybuffer';
        server.#socket = socket;
        await new Promise((resolve, reject) => {
            socket.onopen = resolve;
            socket.onerror = () => reject(new Error(`cannot reach ${url}`));
        });
        socket.onmessage = ({ data }) => server.#take(Buffer.from(data));
        socket.onclose = () => server.#end();
        await server.#call('signin', [{ user, pass }]);
        return server;
    }

    close() {
        this.#socket.onclose = null;
        this.#socket.close();
    }

    #take(bytes) {
        const fields = new Map(mapFields(bytes));
        if (!fields.has('id')) return;
        const id = decode(fields.get('id'));
        const { resolve, reject } = this.#waiting.get(id);
        this.#waiting.delete(id);
        if (fields.has('error')) {
            reject(new Error(decode(fields.get('error')).message));
        } else {
            resolve(fields.get('result'));
        }
    }

    #end() {
        this.isOpen = false;
        for (const { reject } of this.#waiting.values()) {
            reject(new Error('the connection ended'));
        }
        this.#waiting.clear();
    }

    #call(method, params) {
        const id = ++this.#last;
        return new Promise((resolve, reject) => {
            this.#waiting.set(id, { resolve, reject });
            this.#socket.send(encode({ id, method, params }));
        });
    }

    // The statements' answers: {value} or {error}.
    async ask(text, read = tree) {
        let rows;
        try {
            rows = await this.#call('query', [text]);
        } catch (error) {
            return [{ error: error.message }];
        }
        return arrayItems(rows).map((row) => {
            const fields = new Map(mapFields(row));
            const result = fields.get('result');
            return decode(fields.get('status')) === 'OK'
                ? { value: read(result) } : { error: decode(result) };
        });
    }

    // The same for statements that are in order.
    async must(text, read = tree) {
        const rows = await this.ask(text, read);
        for (const { error } of rows) {
            if (error !== undefined) throw new Error(`${error}\nin: ${text}`);
        }
        return rows.map(({ value }) => value);
    }

    async use(database) {
        await this.must(`DEFINE NAMESPACE IF NOT EXISTS property;
            USE NS property; DEFINE DATABASE IF NOT EXISTS ${database};`);
        await this.#call('use', ['property', database]);
    }

    async forget(database) {
        await this.must(`USE NS property;
                         REMOVE DATABASE IF EXISTS ${database};`);
    }

    // ------------------------------------------------------- what is there

    // Every definition, in the server's own words, by name.
    async catalogue() {
        const out = {};
        const note = (kind, list) => {
            for (const { id, ...one } of list) {
                const name = String(one.name ?? one.what ?? shown(one));
                out[`${kind} ${name.replaceAll('`', '')}`] = shown(one);
            }
        };
        const [db] = await this.must('INFO FOR DB STRUCTURE', decode);
        const tables = db.tables.filter(
            ({ name }) => !name.startsWith('_surrealgen_'));
        for (const [kind, list] of Object.entries(db)) {
            note(kind, kind === 'tables' ? tables : list);
        }
        for (const { name } of tables) {
            const [of] = await this.must(
                `INFO FOR TABLE \`${name}\` STRUCTURE`, decode);
            for (const kind of ['fields', 'indexes', 'events']) {
                note(`${name} ${kind}`, of[kind]);
            }
        }
        return out;
    }

    // Rows by the text of their id.
    async rows(tables) {
        const out = {};
        for (const table of tables) {
            const [rows] = await this.must(`SELECT * FROM ${table}`);
            out[table] = {};
            for (const row of rows) out[table][row.id] = row;
        }
        return out;
    }

    // Every row could be written once more. Leaves nothing; undefined, or
    // what the server said.
    async untouchable(tables) {
        if (tables.length === 0) return undefined;
        const rows = await this.ask(`BEGIN;
            ${tables.map((t) => `UPDATE ${t} RETURN NONE;`).join('\n')}
            THROW 'was touched'; COMMIT;`);
        const errors = rows.map(({ error }) => error)
            .filter((e) => e !== undefined && !/not executed/.test(e));
        return errors.find((e) => !e.includes('was touched'));
    }
}

// Lines about what is different between two trees.
export function differences(want, got, path = '') {
    if (want === "'*any*'" && got !== undefined) return [];
    const inner = (v) => typeof v === 'object' && v !== null;
    if (!inner(want) || !inner(got)
        || Array.isArray(want) !== Array.isArray(got)) {
        return want === got ? []
            : [`${path}: ${JSON.stringify(got)}, not ${JSON.stringify(want)}`];
    }
    const keys = new Set([...Object.keys(want), ...Object.keys(got)]);
    return [...keys].flatMap((key) =>
        differences(want[key], got[key], path ? `${path}.${key}` : key));
}
