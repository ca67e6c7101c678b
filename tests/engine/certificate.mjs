// Throw-away certificates for tests: an authority, one below it, a server.
//
//   node certificate.mjs DIR
//
// writes into DIR
//
//   ca.pem      the authority
//   server.pem  what the server shows: its own and the one that signed it
//   server.key  its key
//   leaf.pem    its own alone
//   leaf.pin    SHA-256 of its public key, in hexadecimal
//
// The server is localhost, db.example, 127.0.0.1 and ::1. Written here because
// Node has keys and signatures but nothing that builds a certificate, and
// machines without the program openssl run the tests too.

import { createHash, generateKeyPairSync, randomBytes, sign }
    from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { pathToFileURL } from 'node:url';

// ---- DER (X.690) ------------------------------------------------------------

function element(tag, ...parts) {
    const body = Buffer.concat(parts);
    if (body.length < 128) {
        return Buffer.concat([Buffer.from([tag, body.length]), body]);
    }
    const bytes = [];
    for (let n = body.length; n > 0; n = Math.floor(n / 256)) {
        bytes.unshift(n % 256);
    }
    return Buffer.concat([Buffer.from([tag, 0x80 | bytes.length, ...bytes]),
        body]);
}

const sequence = (...parts) => element(0x30, ...parts);
const set = (...parts) => element(0x31, ...parts);
const octets = (...parts) => element(0x04, ...parts);
const bits = (bytes, unused = 0) => element(0x03, Buffer.from([unused]),
    bytes);
const text = (value) => element(0x0c, Buffer.from(value, 'utf8'));
const yes = element(0x01, Buffer.from([0xff]));

function integer(bytes) {
    const body = Buffer.from(bytes);
    return element(0x02, body[0] & 0x80 ? Buffer.from([0]) : Buffer.alloc(0),
        body);
}

function oid(dotted) {
    const [first, second, ...rest] = dotted.split('.').map(Number);
    const bytes = [first * 40 + second];
    for (const arc of rest) {
        const part = [arc & 0x7f];
        for (let n = arc >>> 7; n > 0; n >>>= 7) part.unshift(n & 0x7f | 0x80);
        bytes.push(...part);
    }
    return element(0x06, Buffer.from(bytes));
}

// UTCTime holds the years up to 2049 (RFC 5280 4.1.2.5).
function time(date) {
    const digits = date.toISOString().replace(/[-:T]|\.\d+/g, '');
    return date.getUTCFullYear() < 2050
        ? element(0x17, Buffer.from(digits.slice(2)))
        : element(0x18, Buffer.from(digits));
}

// ---- certificates (RFC 5280) ------------------------------------------------

const ECDSA_SHA256 = sequence(oid('1.2.840.10045.4.3.2'));

const name = (common) => sequence(set(sequence(oid('2.5.4.3'),
    text(common))));

const extension = (id, isCritical, value) => (isCritical
    ? sequence(oid(id), yes, octets(value))
    : sequence(oid(id), octets(value)));

function address(ip) {
    if (isIP(ip) === 4) return Buffer.from(ip.split('.').map(Number));
    const [head, tail] = ip.split('::').map((half) => (half
        ? half.split(':').map((group) => parseInt(group, 16)) : []));
    const zeros = Array(8 - head.length - (tail ?? []).length).fill(0);
    const groups = [...head, ...zeros, ...(tail ?? [])];
    return Buffer.from(groups.flatMap((group) => [group >> 8, group & 0xff]));
}

const generalName = (host) => (isIP(host) ? element(0x87, address(host))
    : element(0x82, Buffer.from(host)));

const keyId = (spki) => createHash('sha256').update(spki).digest()
    .subarray(0, 20);

function extensions({ isCa, hosts }, spki, issuerSpki) {
    const usage = isCa ? bits(Buffer.from([0x06]), 1) // keyCertSign, cRLSign
        : bits(Buffer.from([0x80]), 7); // digitalSignature
    const list = [
        extension('2.5.29.14', false, octets(keyId(spki))),
        extension('2.5.29.35', false, sequence(element(0x80,
            keyId(issuerSpki)))),
        extension('2.5.29.19', true, isCa ? sequence(yes) : sequence()),
        extension('2.5.29.15', true, usage),
    ];
    if (!isCa) {
        list.push(extension('2.5.29.37', false,
            sequence(oid('1.3.6.1.5.5.7.3.1')))); // serverAuth
        list.push(extension('2.5.29.17', false,
            sequence(...hosts.map(generalName))));
    }
    return element(0xa3, sequence(...list));
}

const DAY = 24 * 3600 * 1000;

// {key, der, pem}. Without `issuer` it signs itself.
export function makeCertificate({ subject, isCa = false, hosts = [], issuer,
    from = new Date(Date.now() - DAY), to = new Date(Date.now() + 30 * DAY) }) {
    const { publicKey, privateKey } = generateKeyPairSync('ec',
        { namedCurve: 'P-256' });
    const spki = publicKey.export({ type: 'spki', format: 'der' });
    const by = issuer ?? { subject, key: privateKey, spki };
    const serial = randomBytes(16);
    serial[0] = serial[0] & 0x7f | 0x40; // positive, and 16 bytes long
    const body = sequence(element(0xa0, integer([2])), integer(serial),
        ECDSA_SHA256, name(by.subject), sequence(time(from), time(to)),
        name(subject), spki, extensions({ isCa, hosts }, spki, by.spki));
    const der = sequence(body, ECDSA_SHA256,
        bits(sign('sha256', body, by.key)));
    return { subject, key: privateKey, spki, der, pem: pem(der) };
}

function pem(der) {
    const lines = der.toString('base64').match(/.{1,64}/g);
    return ['-----BEGIN CERTIFICATE-----', ...lines,
        '-----END CERTIFICATE-----', ''].join('\n');
}

export const keyPem = (key) => key.export({ type: 'pkcs8', format: 'pem' });

export function writeCertificates(dir) {
    const ca = makeCertificate({ subject: 'surreal.h test authority',
        isCa: true });
    const below = makeCertificate({ subject: 'surreal.h test issuer',
        isCa: true, issuer: ca });
    const server = makeCertificate({ subject: 'surreal.h test server',
        hosts: ['localhost', 'db.example', '127.0.0.1', '::1'],
        issuer: below });
    const pin = createHash('sha256').update(server.spki).digest('hex');
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    writeFileSync(`${dir}/ca.pem`, ca.pem);
    writeFileSync(`${dir}/server.pem`, server.pem + below.pem);
    writeFileSync(`${dir}/leaf.pem`, server.pem);
    writeFileSync(`${dir}/leaf.pin`, `${pin}\n`);
    writeFileSync(`${dir}/server.key`, keyPem(server.key), { mode: 0o600 });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
    if (process.argv.length !== 3) {
        console.error('usage: node certificate.mjs DIR');
        process.exit(2);
    }
    writeCertificates(process.argv[2]);
}
