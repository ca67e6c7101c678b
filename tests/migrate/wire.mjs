// tests/migrate/wire.mjs: a wire between surrealgen and a server, cut at will.
//
//     const wire = await openWire('ws://127.0.0.1:1234/rpc');
//     wire.fault = { at: 3, when: 'after', act: () => child.kill('SIGKILL') };
//     // run the tool against wire.url
//     wire.seen, wire.hit      requests that came, the text of the one hit
//
// Requests of the method `query` are counted from 1; signing in and pings are
// not. At request `at`:
//
//   before   it is dropped, then `act`
//   during   it is passed on, then `act` at once
//   after    it is passed on, its answer is awaited and dropped, then `act`
//
// Both ends of that connection are cut then. The next one works as usual, on
// which the count goes on.

import { createRequire } from 'node:module';
import { decode } from '../engine/cbor.mjs';

// The packages are those of the engine.
const require = createRequire(new URL('../engine/package.json',
    import.meta.url));
const { WebSocket, WebSocketServer } = require('ws');

function read(data) {
    try {
        return decode(Buffer.from(data)) ?? {};
    } catch {
        return {};
    }
}

class Wire {
    constructor(server, to) {
        this.server = server;
        this.to = to;
        this.url = `ws://127.0.0.1:${server.address().port}/rpc`;
        this.reset(null);
        server.on('connection', (near) => this.join(near));
    }

    reset(fault) {
        this.seen = 0;
        this.hit = null;
        this.texts = [];
        this.fault = fault;
    }

    join(near) {
        const far = new WebSocket(this.to, near.protocol || 'cbor');
        const early = [];
        let awaited; // the id whose answer is to be dropped
        let isCut = false;
        const cut = () => {
            isCut = true;
            this.fault.act();
            far.terminate();
            near.terminate();
        };
        const pass = (...message) => {
            if (far.readyState === WebSocket.OPEN) far.send(...message);
            else early.push(message);
        };
        const isHit = (message) => {
            if (message.method !== 'query') return false;
            this.texts.push(String(message.params?.[0] ?? ''));
            this.seen++;
            return this.seen === this.fault?.at;
        };
        near.on('message', (data, binary) => {
            if (isCut) return;
            const message = read(data);
            if (!isHit(message)) return pass(data, { binary });
            this.hit = this.texts.at(-1);
            if (this.fault.when === 'before') return cut();
            if (this.fault.when === 'after') awaited = message.id;
            isCut = this.fault.when === 'during';
            pass(data, { binary }, isCut ? cut : undefined);
        });
        far.on('open', () => {
            for (const message of early) far.send(...message);
        });
        far.on('message', (data, binary) => {
            if (isCut) return;
            if (awaited !== undefined && read(data).id === awaited) {
                return cut();
            }
            near.send(data, { binary });
        });
        for (const [one, other] of [[near, far], [far, near]]) {
            one.on('close', () => other.terminate());
            one.on('error', () => other.terminate());
        }
    }

    close() {
        for (const near of this.server.clients) near.terminate();
        this.server.close();
    }
}

export function openWire(to) {
    return new Promise((done, failed) => {
        const server = new WebSocketServer({ host: '127.0.0.1', port: 0,
            perMessageDeflate: false, maxPayload: 128 << 20,
            handleProtocols: (names) => [...names][0] });
        server.on('error', failed);
        server.on('listening', () => done(new Wire(server, to)));
    });
}
