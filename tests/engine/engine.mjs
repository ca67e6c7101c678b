// A real SurrealDB engine behind WebSocket and HTTP.
//
//   node engine.mjs [--version 2|3] [--store mem://] [--port 0]
//                   [--user root] [--pass root] [--unauthenticated]
//                   [--max-seconds 900] [--port-file PATH] [--ignore-stdin]
//                   [--tls-dir DIR [--tls-port 0]]
//
// Prints `ready ws://127.0.0.1:PORT/rpc SurrealDB-VERSION pid PID`, before that
// `secure wss://127.0.0.1:PORT/rpc` if it speaks TLS as well, and serves until
// its stdin closes, SIGTERM or SIGINT comes, or the time is over. The first of
// these is for the tests: a test that dies takes its engine along.

import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { parseArgs } from 'node:util';
import { WebSocketServer } from 'ws';
import { decode, encode } from './cbor.mjs';
import { writeCertificates } from './certificate.mjs';
import { Client } from './client.mjs';
import { Engine2 } from './engine2.mjs';
import { Engine3 } from './engine3.mjs';
import { BadRequest, encodeReply, errors } from './envelope.mjs';
import { HttpError, answerHttp, commonHeaders, connectionId, readHeaders }
    from './http.mjs';

const MESSAGE_MAX = 128 << 20;
const PING_MS = 5000;
const STOP_MS = 1000;

function readOptions() {
    const { values } = parseArgs({ options: {
        version: { type: 'string', default: '3' },
        store: { type: 'string', default: 'mem://' },
        port: { type: 'string', default: '0' },
        user: { type: 'string', default: 'root' },
        pass: { type: 'string', default: 'root' },
        unauthenticated: { type: 'boolean', default: false },
        'max-seconds': { type: 'string', default: '900' },
        'port-file': { type: 'string' },
        'ignore-stdin': { type: 'boolean', default: false },
        'tls-dir': { type: 'string' },
        'tls-port': { type: 'string', default: '0' },
    } });
    if (values.version !== '2' && values.version !== '3') {
        throw new Error('--version is 2 or 3');
    }
    const port = Number(values.port);
    const tlsPort = Number(values['tls-port']);
    const seconds = Number(values['max-seconds']);
    for (const number of [port, tlsPort]) {
        if (!Number.isInteger(number) || number < 0 || number > 65535) {
            throw new Error('a port is a number from 0 to 65535');
        }
    }
    if (!(seconds > 0 && seconds < 2 ** 31 / 1000)) {
        throw new Error('--max-seconds is a number above 0');
    }
    return { ...values, port, tlsPort, seconds,
        wall: !values.unauthenticated };
}

// ---- engine ---------------------------------------------------------------

const quoteName = (text) => `\`${text.replace(/[\\`]/g, '\\$&')}\``;
const quoteText = (text) => `'${text.replace(/[\\']/g, '\\$&')}'`;

async function defineRoot(engine, user, pass) {
    const sql = `DEFINE USER IF NOT EXISTS ${quoteName(user)} ON ROOT `
        + `PASSWORD ${quoteText(pass)} ROLES OWNER`;
    const { result, error } = await engine.execute(null,
        { method: 'query', params: encode([sql]) });
    if (error) throw new Error(`root user: ${decode(error).message}`);
    const [row] = decode(result);
    if (row.status !== 'OK') throw new Error(`root user: ${row.result}`);
}

async function startEngine(options) {
    const Engine = options.version === '3' ? Engine3 : Engine2;
    const engine = await Engine.start(options.store);
    await defineRoot(engine, options.user, options.pass);
    engine.pumpNotifications().catch(fail);
    return engine;
}

// ---- WebSocket ------------------------------------------------------------

// The connection stays open for a next request, as on the server: a client
// that waits for its end waits for long.
function refuseUpgrade(engine, server, request, socket, status, text) {
    const lines = [`HTTP/1.1 ${status} Refused`,
        'content-type: text/plain; charset=utf-8',
        `content-length: ${Buffer.byteLength(text)}`];
    for (const [key, value] of Object.entries(
        commonHeaders(engine, request))) {
        lines.push(`${key}: ${value}`);
    }
    socket.write(`${lines.join('\r\n')}\r\n\r\n${text}`);
    server.emit(socket.encrypted ? 'secureConnection' : 'connection', socket);
}

function checkUpgrade(request) {
    const path = new URL(request.url, 'http://bridge').pathname;
    if (path !== '/rpc') throw new HttpError(404);
    const offered = (request.headers['sec-websocket-protocol'] ?? '')
        .split(',').map((name) => name.trim());
    if (!offered.includes('cbor') || offered.includes('json')) {
        throw new HttpError(400, 'this bridge speaks only the sub-protocol '
            + 'cbor, and a server prefers json; offer exactly '
            + 'Sec-WebSocket-Protocol: cbor');
    }
}

// Requests are not awaited one after the other: the server runs those of one
// connection concurrently, and its replies come in any order.
async function answerMessage(engine, client, bytes, send) {
    try {
        send(await client.handle(bytes));
    } catch (error) {
        if (!(error instanceof BadRequest)) throw error;
        send(encodeReply({
            error: errors.badRequest(engine.major, error.kind) }));
    }
}

function serveSocket(engine, client, ws, link) {
    link.send = (bytes) => {
        if (ws.readyState === ws.OPEN) ws.send(bytes, { binary: true });
    };
    // Like the server: a ping at once, and an end without a close frame,
    // whether the client closed or sent what it must not.
    ws.close = ws.terminate;
    ws.ping();
    const pings = setInterval(() => ws.ping(), PING_MS);
    ws.on('message', (data) => {
        answerMessage(engine, client, data, link.send).catch(fail);
    });
    // Broken frames.
    ws.on('error', (error) => console.error(`socket: ${error.message}`));
    ws.on('close', () => {
        clearInterval(pings);
        if (!isStopping) client.close().catch(fail);
    });
}

async function upgrade(engine, options, wss, server, request, socket, head) {
    socket.on('error', (error) => console.error(`socket: ${error.message}`));
    const link = { send: () => {} };
    const client = new Client(engine, {
        wall: options.wall, send: (bytes) => link.send(bytes) });
    let isOpen = false;
    try {
        checkUpgrade(request);
        await client.open(connectionId(request.headers));
        isOpen = true;
        await readHeaders(client, request.headers);
    } catch (error) {
        if (isOpen) await client.close();
        if (!(error instanceof HttpError)) throw error;
        refuseUpgrade(engine, server, request, socket, error.status,
            error.message);
        return;
    }
    if (socket.destroyed) { // it left while its login was checked
        await client.close();
        return;
    }
    let isUpgraded = false;
    socket.once('close', () => {
        if (!isUpgraded && !isStopping) client.close().catch(fail);
    });
    wss.handleUpgrade(request, socket, head, (ws) => {
        isUpgraded = true;
        serveSocket(engine, client, ws, link);
    });
}

// ---- start and stop -------------------------------------------------------

let isStopping = false;

function fail(error) {
    if (isStopping) return; // the engine may be gone under a late request
    console.error(error);
    process.exit(1);
}

// Queries still running when the time is over are cut off by the exit.
async function stop(engine, servers, wss) {
    if (isStopping) return;
    isStopping = true;
    setTimeout(() => process.exit(0), STOP_MS).unref();
    for (const server of servers) server.close();
    for (const ws of wss.clients) ws.terminate();
    for (const server of servers) server.closeAllConnections?.();
    await engine.free();
    process.exit(0);
}

function announce(engine, options, ports) {
    if (options['port-file']) {
        // A reader that polls for the file must not find half a number.
        const path = options['port-file'];
        writeFileSync(`${path}.new`, `${ports.join('\n')}\n`);
        renameSync(`${path}.new`, path);
    }
    if (ports.length > 1) {
        process.stdout.write(`secure wss://127.0.0.1:${ports[1]}/rpc\n`);
    }
    process.stdout.write(`ready ws://127.0.0.1:${ports[0]}/rpc `
        + `SurrealDB-${engine.version} pid ${process.pid}\n`);
}

// A server with TLS 1.2 and 1.3, as the real one.
function secureServer(dir) {
    if (!existsSync(`${dir}/server.key`)) writeCertificates(dir);
    return createSecureServer({ ALPNProtocols: ['http/1.1'],
        cert: readFileSync(`${dir}/server.pem`),
        key: readFileSync(`${dir}/server.key`) });
}

const listen = (server, port) => new Promise((resolve) => {
    server.listen(port, '127.0.0.1', () => resolve(server.address().port));
});

function stopWhenTold(options, stopNow) {
    process.on('SIGTERM', stopNow);
    process.on('SIGINT', stopNow);
    setTimeout(stopNow, options.seconds * 1000).unref();
    if (options['ignore-stdin']) return;
    process.stdin.on('end', stopNow);
    process.stdin.on('error', stopNow);
    process.stdin.resume();
}

async function main() {
    const options = readOptions();
    const engine = await startEngine(options);
    const shared = { wall: options.wall, attached: new Map() };
    const wss = new WebSocketServer({ noServer: true, maxPayload: MESSAGE_MAX,
        perMessageDeflate: false, handleProtocols: () => 'cbor' });
    const servers = [createServer()];
    if (options['tls-dir']) servers.push(secureServer(options['tls-dir']));
    for (const server of servers) {
        server.on('request', (request, response) => {
            answerHttp(engine, shared, request, response).catch(fail);
        });
        server.on('upgrade', (request, socket, head) => {
            upgrade(engine, options, wss, server, request, socket, head)
                .catch(fail);
        });
        server.on('error', fail);
    }
    const wanted = [options.port, options.tlsPort];
    announce(engine, options, await Promise.all(
        servers.map((server, i) => listen(server, wanted[i]))));
    stopWhenTold(options, () => stop(engine, servers, wss).catch((error) => {
        console.error(error);
        process.exit(1);
    }));
}

process.on('unhandledRejection', fail);
main().catch((error) => {
    console.error(`engine.mjs: ${error.message}`);
    process.exit(1);
});
