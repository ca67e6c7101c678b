// What the probes share: raw HTTP, hand-made frames, CBOR calls, and a print
// in which only what may be compared is left: UUIDs are numbered in the order
// they come, times, tokens and dates are masked.

import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { NONE, Tag, decode, encode, isNone, uuidFromText, uuidFromValue,
    uuidTag } from '../../cbor.mjs';

export { NONE, Tag, decode, encode, uuidTag };

const url = new URL(process.env.SURREAL_TEST_HTTP_URL);
export const host = url.hostname;
export const port = Number(url.port);
export const user = process.env.SURREAL_TEST_USER;
export const pass = process.env.SURREAL_TEST_PASS;
export const basic = (name, word) => 'Basic '
    + Buffer.from(`${name}:${word}`).toString('base64');
export const root = basic(user, pass);

export const sleep = (ms) => new Promise((resolve) => {
    setTimeout(resolve, ms);
});

// ---- print ----------------------------------------------------------------

const names = new Map();
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

function nameOf(uuid) {
    if (!names.has(uuid)) names.set(uuid, `#${names.size + 1}`);
    return names.get(uuid);
}

export const mask = (text) => text
    .replace(UUID, nameOf)
    .replace(/eyJ[\w-]+\.[\w-]+\.[\w-]+/g, '<jwt>')
    .replace(/surreal-(refresh|bearer)-\w+-\w+/g, '<$1>')
    .replace(/\b[\d.]+(ns|µs|ms|s)\b/g, '<time>')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<date>')
    .replace(/\w{3}, \d\d \w{3} \d{4} [\d:]+ GMT/g, '<date>')
    .replace(/\b3\.0\.[25]\b/g, '<version>');

export function show(value) {
    if (isNone(value)) return 'NONE';
    if (value instanceof Tag) {
        if (value.tag === 37 || value.tag === 9) {
            return nameOf(uuidFromValue(value));
        }
        return `${value.tag}(${show(value.value)})`;
    }
    if (Array.isArray(value)) return `[${value.map(show).join(', ')}]`;
    if (value instanceof Uint8Array) return `h'${value.length}'`;
    if (value && typeof value === 'object') {
        return `{${Object.entries(value)
            .map(([key, item]) => `${key}: ${show(item)}`).join(', ')}}`;
    }
    return mask(typeof value === 'string' ? JSON.stringify(value)
        : String(value));
}

export const say = (topic, fact) => console.log(`${topic}: ${fact}`);

// ---- raw HTTP -------------------------------------------------------------

// Sends bytes and gives all that came until the peer closed, or nothing came
// for a while.
export function raw(bytes, { quiet = 400, longest = 10000, more } = {}) {
    return new Promise((resolve) => {
        const parts = [];
        const socket = connect(port, host);
        let timer;
        const over = setTimeout(() => done('open'), longest);
        const done = (end) => {
            clearTimeout(timer);
            clearTimeout(over);
            socket.destroy();
            resolve({ bytes: Buffer.concat(parts), end });
        };
        const wait = () => {
            clearTimeout(timer);
            timer = setTimeout(() => done('open'), quiet);
        };
        socket.on('connect', async () => {
            socket.write(bytes);
            wait();
            if (more) await more(socket, wait);
        });
        socket.on('data', (part) => { parts.push(part); wait(); });
        socket.on('end', () => done('closed'));
        socket.on('error', (error) => done(error.code));
    });
}

export function head(method, path, headers = {}, version = '1.1') {
    const lines = [`${method} ${path} HTTP/${version}`];
    for (const [key, value] of Object.entries({
        host: `${host}:${port}`, ...headers })) {
        if (value !== undefined) lines.push(`${key}: ${value}`);
    }
    return `${lines.join('\r\n')}\r\n\r\n`;
}

// One line about one answer; `all` shows the headers, too.
export function line({ bytes, end }, all = false) {
    const text = bytes.toString('latin1');
    if (text === '') return `nothing, then ${end}`;
    const at = text.indexOf('\r\n\r\n');
    const [status, ...headers] = text.slice(0, at).split('\r\n');
    const shown = headers.filter((header) => all
        || /^(content-|transfer|connection|allow|sec-|location)/i
            .test(header));
    const body = text.slice(at + 4, at + 304);
    return mask(`${status} | ${shown.join(' | ')} | ${JSON.stringify(body)} `
        + `(${end})`);
}

export async function http(topic, method, path, headers, body = '', opt = {}) {
    const length = body.length ? { 'content-length': body.length } : {};
    const answer = await raw(Buffer.concat([
        Buffer.from(head(method, path, { ...length, ...headers }, opt.version)),
        Buffer.from(body)]), opt);
    say(topic, line(answer, opt.all));
    return answer;
}

// ---- WebSocket by hand ----------------------------------------------------

export const upgradeHeaders = (more) => ({
    connection: 'Upgrade', upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    'sec-websocket-protocol': 'cbor', ...more });

export function frame(opcode, payload = '', { fin = true, rsv = 0,
    masked = true, length } = {}) {
    const data = Buffer.from(payload);
    const size = length ?? data.length;
    const start = [(fin ? 0x80 : 0) | rsv << 4 | opcode];
    const bit = masked ? 0x80 : 0;
    let extra = Buffer.alloc(0);
    if (size < 126) {
        start.push(bit | size);
    } else if (size < 65536) {
        start.push(bit | 126, size >> 8, size & 255);
    } else {
        start.push(bit | 127);
        extra = Buffer.alloc(8);
        extra.writeBigUInt64BE(BigInt(size));
    }
    if (!masked) return Buffer.concat([Buffer.from(start), extra, data]);
    const key = randomBytes(4);
    const covered = Buffer.from(data.map((byte, i) => byte ^ key[i & 3]));
    return Buffer.concat([Buffer.from(start), extra, key, covered]);
}

const OPCODES = ['cont', 'text', 'bin', 3, 4, 5, 6, 7, 'close', 'ping',
    'pong'];

function readFrames(bytes) {
    const frames = [];
    let at = 0;
    while (at + 2 <= bytes.length) {
        const opcode = bytes[at] & 15;
        let size = bytes[at + 1] & 127;
        let from = at + 2;
        if (size === 126) { size = bytes.readUInt16BE(from); from += 2; }
        else if (size === 127) {
            size = Number(bytes.readBigUInt64BE(from));
            from += 8;
        }
        if (from + size > bytes.length) break;
        frames.push({ fin: bytes[at] >> 7, rsv: bytes[at] >> 4 & 7, opcode,
            data: bytes.subarray(from, from + size) });
        at = from + size;
    }
    return frames;
}

function showFrame({ fin, rsv, opcode, data }) {
    const name = `${OPCODES[opcode]}${fin ? '' : '-part'}${rsv || ''}`;
    if (opcode === 8) {
        return data.length < 2 ? 'close()'
            : `close(${data.readUInt16BE()} ${data.subarray(2)})`;
    }
    if (opcode === 2) {
        try {
            return `bin ${show(decode(data))}`;
        } catch {
            return `bin ${data.toString('hex').slice(0, 80)}`;
        }
    }
    return `${name} ${mask(JSON.stringify(data.toString().slice(0, 300)))}`;
}

// Upgrades, sends the frames, and says what came back. The first ping of the
// server comes at any moment, so pings are left out unless asked for.
export async function frames(topic, sent, { headers, quiet, longest,
    more, pings, path = '/rpc' } = {}) {
    const answer = await raw(Buffer.concat([
        Buffer.from(head('GET', path, upgradeHeaders(headers))),
        ...[sent].flat()]), { quiet, longest, more });
    const at = answer.bytes.indexOf('\r\n\r\n');
    if (!answer.bytes.subarray(0, 13).equals(Buffer.from('HTTP/1.1 101 '))) {
        say(topic, line(answer));
        return answer;
    }
    const got = readFrames(answer.bytes.subarray(at + 4))
        .filter(({ opcode }) => pings || opcode !== 9).map(showFrame);
    say(topic, `${got.join('; ') || 'nothing'} (${answer.end})`);
    return answer;
}

// ---- calls ----------------------------------------------------------------

// A connection on which calls are made and everything that comes is kept.
export class Link {
    #socket;
    #rest = null;
    #waiting = new Map();
    #next = 1;
    seen = [];
    isOpen = true;

    static open(headers = {}) {
        const link = new Link();
        return new Promise((resolve, reject) => {
            const socket = connect(port, host, () => socket.write(
                head('GET', '/rpc', upgradeHeaders(headers))));
            link.#socket = socket;
            let text = Buffer.alloc(0);
            socket.on('data', (part) => {
                if (link.#rest) { link.#read(part); return; }
                text = Buffer.concat([text, part]);
                const at = text.indexOf('\r\n\r\n');
                if (at < 0) return;
                if (!text.toString('latin1').startsWith('HTTP/1.1 101')) {
                    reject(new Error(text.toString('latin1')));
                    return;
                }
                link.#rest = Buffer.alloc(0);
                resolve(link);
                link.#read(text.subarray(at + 4));
            });
            socket.on('close', () => { link.isOpen = false; });
            socket.on('error', (error) => {
                link.seen.push(error.code);
                reject(error);
            });
        });
    }

    #read(part) {
        this.#rest = Buffer.concat([this.#rest, part]);
        let used = 0;
        for (const one of readFrames(this.#rest)) {
            used += one.data.length + 2 + (one.data.length > 65535 ? 8
                : one.data.length > 125 ? 2 : 0);
            if (one.opcode === 9) {
                this.#socket.write(frame(10, one.data));
            } else {
                const value = one.opcode === 2 ? decode(one.data) : null;
                this.seen.push(value ? show(value) : showFrame(one));
                this.#waiting.get(value?.id)?.(value);
            }
        }
        this.#rest = this.#rest.subarray(used);
    }

    send(request) {
        this.#socket.write(frame(2, encode(request)));
    }

    call(method, params = [], more = {}) {
        const id = this.#next++;
        return new Promise((resolve) => {
            this.#waiting.set(id, resolve);
            this.send({ id, method, params, ...more });
            setTimeout(() => resolve({ timeout: true }), 3000);
        });
    }

    async tell(topic, method, params, more) {
        const answer = await this.call(method, params, more);
        delete answer.id;
        say(topic, show(answer));
        return answer;
    }

    raw(bytes) { this.#socket.write(bytes); }

    async login() {
        await this.call('signin', [{ user, pass }]);
        await this.call('query', ['DEFINE NAMESPACE IF NOT EXISTS p; USE NS p;'
            + 'DEFINE DATABASE IF NOT EXISTS p']);
        await this.call('use', ['p', 'p']);
        return this;
    }

    close() { this.#socket.destroy(); }
}

export const newUuid = () => {
    const hex = randomBytes(16).toString('hex');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a`
        + `${hex.slice(17, 20)}-${hex.slice(20)}`;
};
export const idOf = (value) => uuidFromValue(value);
