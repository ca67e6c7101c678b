// The HTTP side of the bridge: the login headers, /rpc, /export, /import and
// the three routes that only say the server is there.

import { randomUUID } from 'node:crypto';
import { NONE, Tag, arrayItems, decode, encode, isNone, mapFields,
    uuidFromText } from './cbor.mjs';
import { Client } from './client.mjs';
import { BadRequest } from './envelope.mjs';

const RPC_BODY_MAX = 4 << 20;
const IMPORT_BODY_MAX = 128 << 20;

const DETAILS = new Map([
    [400, 'Request problems dectected'], // the server's spelling
    [401, 'Authentication failed'],
    [403, 'Forbidden'],
    [404, 'Not found'],
    [405, 'Method not allowed'],
    [413, 'Payload too large'],
    [415, 'Unsupported media type'],
    [500, 'Internal error'],
]);

export class HttpError extends Error {
    constructor(status, message, isPlain = false) {
        super(message ?? DETAILS.get(status));
        this.status = status;
        this.isPlain = isPlain;
    }
}

const loginFailed = () => new HttpError(401,
    'There was a problem with authentication', true);

// ---- login headers, also those of a WebSocket upgrade ----------------------

function basicLogin(value, ns, db) {
    const text = Buffer.from(value, 'base64').toString('utf8');
    const colon = text.indexOf(':');
    if (colon < 0) return null;
    if (db && !ns) throw loginFailed();
    return { db, ns, pass: text.slice(colon + 1), user: text.slice(0, colon) };
}

// A scheme the server does not know, and what is not Basic, it does not see.
// It logs in by Basic without selecting the user's namespace and database.
async function logIn(client, headers) {
    const authorization = headers.authorization;
    if (authorization === undefined) return;
    const [scheme, value = ''] = authorization.split(/ +/);
    let answer;
    if (/^basic$/i.test(scheme)) {
        const login = basicLogin(value, headers['surreal-auth-ns'],
            headers['surreal-auth-db']);
        if (login === null) return;
        answer = await client.call('signin', [login]);
        if (!answer.error) await client.call('use', [null, null]);
    } else if (/^bearer$/i.test(scheme)) {
        answer = await client.call('authenticate', [value]);
    } else {
        return;
    }
    if (answer.error) throw loginFailed();
}

// A database without a namespace is left alone: `use` with just that aborts
// a 3.0 engine, and nothing could be done in it anyway.
export async function readHeaders(client, headers) {
    await logIn(client, headers);
    const ns = headers['surreal-ns'];
    const db = headers['surreal-db'];
    if (!ns) return;
    const { error } = await client.call('use', [ns ?? NONE, db ?? NONE]);
    if (error) throw new HttpError(400, decode(error).message);
}

export function connectionId(headers) {
    const given = headers['surreal-id'];
    if (given === undefined) return randomUUID();
    const id = uuidFromText(given);
    if (id === null) {
        throw new HttpError(401, 'The request body contains invalid data',
            true);
    }
    return id;
}

// ---- bodies ---------------------------------------------------------------

// The server refuses what is too long before it has come, and hangs up.
async function readBody(request, max) {
    if (Number(request.headers['content-length']) > max) {
        throw new HttpError(413, 'length limit exceeded', true);
    }
    const parts = [];
    let length = 0;
    for await (const part of request) {
        length += part.length;
        if (length > max) throw new HttpError(413);
        parts.push(part);
    }
    return Buffer.concat(parts);
}

const mediaType = (header = '') => header.split(';')[0].trim().toLowerCase();

function requireCbor(headers) {
    const type = mediaType(headers['content-type']);
    const accepted = mediaType(headers.accept ?? type);
    if (type !== 'application/cbor' || accepted !== type) {
        throw new HttpError(415, 'this bridge speaks only application/cbor');
    }
}

// ---- routes: each gives {status, type, body} -------------------------------

const empty = () => ({ status: 200, body: '' });

async function rpc(client, request) {
    requireCbor(request.headers);
    const body = await readBody(request, RPC_BODY_MAX);
    await readHeaders(client, request.headers);
    const reply = await client.handle(body);
    return { status: 200, type: 'application/cbor', body: reply };
}

// Runs SQL in the client's own session, so the engine checks its rights.
async function queryRows(client, sql) {
    const { result, error } = await client.call('query', [sql]);
    if (error) throw new HttpError(400, decode(error).message);
    return arrayItems(result).map(mapFields);
}

function requireLogin(client) {
    if (client.isSignedIn) return;
    throw new HttpError(403, 'Not enough permissions to perform this action');
}

const rowFailed = (row) => decode(row.get('status')) === 'ERR';

// The engine's export checks no rights; INFO FOR DB asks for the same ones.
async function exportRoute(client, request) {
    const body = await readBody(request, RPC_BODY_MAX);
    await readHeaders(client, request.headers);
    requireLogin(client);
    const rows = await queryRows(client,
        'INFO FOR DB; RETURN session::ns(); RETURN session::db()');
    if (rowFailed(rows[0])) {
        const text = decode(rows[0].get('result'));
        throw new HttpError(/permissions/.test(text) ? 403 : 400, text);
    }
    const [ns, db] = rows.slice(1).map((row) => decode(row.get('result')));
    const isJson = mediaType(request.headers['content-type'])
        === 'application/json';
    const given = isJson ? encode(JSON.parse(body.toString('utf8'))) : body;
    const options = body.length > 0 ? given : encode({});
    const sql = await client.exportSql(ns, db, options);
    return { status: 200, isStream: true, body: sql };
}

function plainRow(row) {
    const plain = {};
    for (const [key, bytes] of row) {
        const value = decode(bytes);
        if (isNone(value)) continue;
        plain[key] = value instanceof Tag ? String(value.value) : value;
    }
    return plain;
}

// The reply lists the failed statements only: [] means all went well.
async function importRoute(client, request) {
    const body = await readBody(request, IMPORT_BODY_MAX);
    await readHeaders(client, request.headers);
    requireLogin(client);
    const rows = await queryRows(client, body.toString('utf8'));
    const failed = rows.filter(rowFailed).map(plainRow);
    return { status: 200, type: 'application/json',
        body: JSON.stringify(failed) };
}

const ROUTES = new Map([
    ['/health', { GET: empty }],
    ['/status', { GET: empty }],
    ['/version', { GET: (client, request, version) => ({ status: 200,
        type: 'text/plain; charset=utf-8', body: `surrealdb-${version}` }) }],
    ['/rpc', { POST: rpc, isClient: true }],
    ['/export', { GET: exportRoute, POST: exportRoute, isClient: true }],
    ['/import', { POST: importRoute, isClient: true }],
]);

// ---- one request ----------------------------------------------------------

async function withClient(engine, options, headers, work) {
    const client = new Client(engine, { ...options, http: true });
    await client.open(connectionId(headers));
    try {
        return await work(client);
    } finally {
        await client.close();
    }
}

async function route(engine, options, request) {
    const path = new URL(request.url, 'http://bridge').pathname;
    const methods = ROUTES.get(path);
    if (methods === undefined) throw new HttpError(404);
    const handler = methods[request.method];
    if (handler === undefined) throw new HttpError(405);
    if (!methods.isClient) return handler(null, request, engine.version);
    return withClient(engine, options, request.headers,
        (client) => handler(client, request));
}

function errorAnswer(error) {
    if (error instanceof HttpError && error.isPlain) {
        return { status: error.status, type: 'text/plain; charset=utf-8',
            body: error.message };
    }
    const isClientFault = error instanceof BadRequest
        || error instanceof SyntaxError;
    const status = error instanceof HttpError ? error.status
        : isClientFault ? 400 : 500;
    if (status === 500) console.error(error);
    return { status, type: 'application/json', body: JSON.stringify({
        code: status, details: DETAILS.get(status),
        information: error.message,
    }) };
}

export function commonHeaders(engine, request) {
    return {
        'surreal-version': engine.major >= 3 ? `surrealdb/${engine.version}`
            : `surrealdb-${engine.version}`,
        server: 'SurrealDB',
        'x-request-id': request.headers['x-request-id'] ?? randomUUID(),
    };
}

export async function answerHttp(engine, options, request, response) {
    let answer;
    try {
        answer = await route(engine, options, request);
    } catch (error) {
        answer = errorAnswer(error);
    }
    const body = Buffer.from(answer.body);
    const headers = commonHeaders(engine, request);
    if (answer.type) headers['content-type'] = answer.type;
    // What is left of a refused body must not be read as the next request.
    if (!request.complete) headers.connection = 'close';
    if (answer.isStream) { // the server sends a chunk for each line or so
        response.writeHead(answer.status, headers);
        for (const line of body.toString().split(/(?<=\n)/)) {
            response.write(line);
        }
        response.end();
        return;
    }
    headers['content-length'] = body.length;
    response.writeHead(answer.status, headers);
    response.end(body);
}
