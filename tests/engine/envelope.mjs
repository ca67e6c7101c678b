// Requests, replies and errors of the RPC protocol, 2.x and 3.x.

import { CborError, NONE, Raw, Tag, arrayItems, decode, encode, isNone,
    mapFields, uuidFromValue } from './cbor.mjs';
import { SHUTDOWN } from './native.mjs';

// A request the server would answer without `id`, because it never got so
// far as to know it.
export class BadRequest extends Error {
    constructor(kind, message) {
        super(message);
        this.kind = kind; // 'Parse' or 'InvalidRequest'
    }
}

// An absent, NONE or NULL session or transaction all mean "the default".
function readUuid(fields, name) {
    if (!fields.has(name)) return null;
    const value = decode(fields.get(name));
    if (value === null || isNone(value)) return null;
    const uuid = uuidFromValue(value);
    if (uuid === null) throw new BadRequest('InvalidRequest', name);
    return uuid;
}

// NULL, NONE, a number, a text, a UUID (tags 9 and 37) or a datetime (0, 12).
function isRequestId(value) {
    if (value === null || isNone(value)) return true;
    if (value instanceof Tag) return [0, 9, 12, 37].includes(value.tag);
    return ['number', 'bigint', 'string'].includes(typeof value);
}

function readFields(bytes) {
    try {
        return mapFields(bytes);
    } catch (error) {
        if (error instanceof CborError) {
            throw new BadRequest('Parse', error.message);
        }
        throw error;
    }
}

// Gives {id, method, params, version, session, txn}. `id`, `params` and
// `version` stay bytes (undefined when absent), session and txn are UUID text
// or null. 2.x knows neither session nor txn and must not trip over them.
export function parseRequest(bytes, major) {
    const fields = readFields(bytes);
    const method = fields.has('method') ? decode(fields.get('method')) : null;
    if (typeof method !== 'string') {
        throw new BadRequest('InvalidRequest', 'method');
    }
    const id = fields.get('id');
    if (id !== undefined && !isRequestId(decode(id))) {
        throw new BadRequest('InvalidRequest', 'id');
    }
    return {
        id: id === undefined || isNone(decode(id)) ? undefined : id,
        method,
        params: fields.get('params'),
        version: fields.get('version'),
        session: major >= 3 ? readUuid(fields, 'session') : null,
        txn: major >= 3 ? readUuid(fields, 'txn') : null,
    };
}

const raw = (bytes) => (bytes === undefined ? undefined : new Raw(bytes));

// Keys in byte order, as the server sends them.
export function encodeReply({ id, result, error, session }) {
    return encode({
        error: raw(error),
        id: raw(id),
        result: raw(result),
        session,
    });
}

export function encodeCall({ method, params, version }, session, txn) {
    return encode({
        method,
        params: raw(params),
        version: raw(version),
        session,
        txn,
    });
}

// The live queries a result tells of. 3.x rows say which of them are one; in
// 2.x any UUID may be.
export function liveIds(major, method, result) {
    if (method !== 'live' && method !== 'query') return [];
    const values = method === 'live' ? [result]
        : arrayItems(result).map(mapFields)
            .filter((row) => major < 3 || decode(row.get('type')) === 'live')
            .map((row) => row.get('result'));
    return values.filter((value) => value?.[0] === 0xd8 && value[1] === 37)
        .map((value) => uuidFromValue(decode(value)));
}

// ---- errors ---------------------------------------------------------------

const error3 = (code, kind, message, details) => encode({
    cause: NONE, code, details, kind, message,
});

const CODES_2 = new Map([
    ['Parse error', -32700],
    ['Invalid Request', -32600],
    ['Method not found', -32601],
    ['Invalid params', -32602],
]);

const error2 = (message) => encode({
    code: CODES_2.get(message) ?? -32000, message,
});

// The errors the bridge must make itself, because on a real server they come
// from the layer above the engine.
export const errors = {
    badRequest(major, kind) {
        const message = kind === 'Parse' ? 'Parse error' : 'Invalid request';
        if (major < 3) {
            return error2(kind === 'Parse' ? message : 'Invalid Request');
        }
        return error3(kind === 'Parse' ? -32700 : -32600, 'Validation',
            message, { kind });
    },

    methodNotFound(major, name) {
        if (major < 3) return error2('Method not found');
        return error3(-32601, 'NotFound', 'Method not found',
            { details: { name }, kind: 'Method' });
    },

    anonymous(major) {
        const text = 'Not enough permissions to perform this action';
        if (major < 3) {
            return error2('There was a problem with the database: IAM error: '
                + text);
        }
        const details = {
            action: 'process', actor: 'anonymous', resource: 'query',
        };
        return error3(-32002, 'NotAllowed',
            `Anonymous access not allowed: ${text}`,
            { details: { details, kind: 'NotAllowed' }, kind: 'Auth' });
    },

    liveNotSupported(major) {
        if (major < 3) {
            return error2('Live Query was made, but is not supported');
        }
        return error3(-32604, 'Configuration',
            'Unable to perform the realtime query',
            { kind: 'LiveQueryNotSupported' });
    },

    sessionNotFound(id) {
        return error3(-32000, 'NotFound', `Session not found: ${id}`,
            { details: { id }, kind: 'Session' });
    },

    sessionExists(id) {
        return error3(-32000, 'AlreadyExists', `Session already exists: ${id}`,
            { details: { id }, kind: 'Session' });
    },

    // 2.x only: the bridge's own trouble, named as such.
    bridge(text) {
        return error2(`Test bridge: ${text}`);
    },
};

// What an engine throws is a text. Where it failed to read the request the
// server answers without id, so those become a BadRequest; a result that CBOR
// cannot carry (regex, closure) is a parse error with id.
export function errorFromThrown(major, text) {
    if (text === SHUTDOWN) {
        return major < 3 ? error2(text) : error3(-32000, 'Internal', text);
    }
    if (/^invalid request$/i.test(text)) {
        throw new BadRequest('InvalidRequest', text);
    }
    if (/unsupported (value type|SurrealQL value)/i.test(text)) {
        return errors.badRequest(major, 'Parse');
    }
    if (major >= 3 || text === 'Parse error') {
        throw new BadRequest('Parse', text);
    }
    return error2(text);
}

// 3.x hands an error over as {error: {...}} where a result would be. A record
// may have a field called error, too; only the full set of keys tells.
export function errorIn(result) {
    if (result[0] !== 0xa1) return null;
    const field = mapFields(result).get('error');
    if (field === undefined || field[0] >> 5 !== 5) return null;
    const keys = mapFields(field);
    const isError = ['code', 'message', 'kind', 'cause']
        .every((key) => keys.has(key));
    return isError ? field : null;
}
