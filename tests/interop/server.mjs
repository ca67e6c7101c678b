// One TLS server of Node (OpenSSL as Node brings it) for each argument, for
// run.sh:
//
//   node server.mjs DIR NAME[,cert=C][,group=G][,suite=S][,tickets=0]
//       [,client=optional|required][,fragment=N][,mode=M][,alpn=P] ...
//
// mode=http answers a POST with its body, mode=abrupt ends the stream without
// the end of TLS, mode=plain echoes without TLS and mode=plainhttp answers
// without TLS. Prints "NAME PORT" for each; ends by itself after three minutes.
import fs from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import tls from 'node:tls';
import { constants } from 'node:crypto';

const [dir, ...specs] = process.argv.slice(2);

function answer(request, response) {
    const parts = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', () => {
        const body = Buffer.concat(parts);
        response.setHeader('Content-Length', body.length);
        response.end(body);
    });
}

function echo(socket) {
    socket.on('error', () => socket.destroy());
    socket.pipe(socket);
}

function options(set) {
    const base = `${dir}/${set.cert ?? 'p256'}`;
    return {
        cert: fs.readFileSync(`${base}.chain.pem`),
        key: fs.readFileSync(`${base}.key`),
        ca: fs.readFileSync(`${dir}/root.pem`),
        minVersion: 'TLSv1.3',
        ...(set.suite && { ciphers: set.suite }),
        ...(set.group && { ecdhCurve: set.group }),
        ...(set.alpn && { ALPNProtocols: [set.alpn] }),
        requestCert: Boolean(set.client),
        rejectUnauthorized: set.client === 'required',
        secureOptions: set.tickets === '0' ? constants.SSL_OP_NO_TICKET : 0,
    };
}

function abrupt(raw, context) {
    const socket = new tls.TLSSocket(raw, { ...context, isServer: true });
    socket.on('error', () => raw.destroy());
    socket.on('secure', () => {
        socket.write('half a sen', () => raw.destroy());
    });
}

function start(set) {
    if (set.mode === 'plain') return net.createServer(echo);
    if (set.mode === 'plainhttp') return http.createServer(answer);
    if (set.mode === 'http') return https.createServer(options(set), answer);
    if (set.mode === 'abrupt') {
        const context = options(set);
        return net.createServer((raw) => abrupt(raw, context));
    }
    return tls.createServer(options(set), (socket) => {
        if (set.fragment) socket.setMaxSendFragment(Number(set.fragment));
        echo(socket);
    });
}

for (const spec of specs) {
    const [name, ...words] = spec.split(',');
    const set = Object.fromEntries(words.map((word) => word.split('=')));
    const server = start(set);
    server.on('tlsClientError', () => {});
    await new Promise((done) => server.listen(0, '127.0.0.1', done));
    console.log(`${name} ${server.address().port}`);
}
console.log('ready 0');
setTimeout(() => process.exit(0), 180000);
