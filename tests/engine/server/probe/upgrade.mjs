// Upgrade and frames.  with.sh server|3 node upgrade.mjs
import { NONE, basic, encode, frame, frames, head, http, newUuid, pass, port,
    raw, root, say, sleep, upgradeHeaders, user, line } from './lib.mjs';

const up = async (topic, headers, path = '/rpc', method = 'GET') => {
    say(topic, line(await raw(head(method, path, upgradeHeaders(headers)),
        { quiet: 200 })));
};
const ping = encode({ id: 1, method: 'ping' });
const who = encode({ id: 1, method: 'query', params: [
    'RETURN [session::ns(), session::db(), session::id(), session::origin(), '
    + 'session::ac()]'] });

say('101', line(await raw(head('GET', '/rpc', upgradeHeaders())), true));
for (const offer of [undefined, 'cbor', 'json', 'json, cbor', 'cbor, json',
    'cbor,json', 'nonsense', 'nonsense, cbor', 'flatbuffers', 'msgpack',
    'CBOR']) {
    await up(`offer ${offer}`, { 'sec-websocket-protocol': offer });
}
await frames('no offer, JSON', frame(1, '{"id":1,"method":"ping"}'),
    { headers: { 'sec-websocket-protocol': undefined } });
for (const path of ['/rpc/', '/', '/nope', '/rpc?a=1', '/RPC', '//rpc',
    `http://127.0.0.1:${port}/rpc`]) {
    await up(`path ${path.replace(String(port), 'PORT')}`, {}, path);
}
await up('POST upgrade', {}, '/rpc', 'POST');
await up('version 12', { 'sec-websocket-version': '12' });
await up('no version', { 'sec-websocket-version': undefined });
await up('no key', { 'sec-websocket-key': undefined });
await up('short key', { 'sec-websocket-key': 'abc' });
await up('no upgrade', { upgrade: undefined });
await up('no connection', { connection: undefined });
await up('connection list', { connection: 'keep-alive, Upgrade' });
await up('extensions', { 'sec-websocket-extensions': 'permessage-deflate' });
await up('origin', { origin: 'http://evil.example' });
await up('no host', { host: undefined });
await http('HTTP/1.0', 'GET', '/rpc', upgradeHeaders(), '',
    { version: '1.0' });
for (const kb of [8, 60, 200, 500]) {
    await up(`header of ${kb} KiB`, { 'x-long': 'a'.repeat(kb << 10) });
}
const many = {};
for (let i = 0; i < 110; i++) many[`x-${i}`] = 'a';
await up('110 more headers', many);

await up('basic right', { authorization: root });
await up('basic wrong', { authorization: basic(user, 'wrong') });
await up('basic no colon', { authorization: `Basic ${btoa('root')}` });
await up('basic not base64', { authorization: 'Basic ###' });
await up('basic lower case', { authorization: root.replace('B', 'b') });
await up('bearer bad', { authorization: 'Bearer abc' });
await up('bearer jwt bad', { authorization: 'Bearer eyJhbGciOiJIUzUxMiJ9.'
    + 'eyJhIjoxfQ.AAAA' });
await up('digest', { authorization: 'Digest abc' });
await up('auth-db without ns', { authorization: root,
    'surreal-auth-db': 'x' });
await up('auth-ns unknown', { authorization: root,
    'surreal-auth-ns': 'nope' });
await up('id not a UUID', { 'surreal-id': 'abc' });
await up('request id not a UUID', { 'x-request-id': 'abc' });
const id = newUuid();
await frames('id given', frame(2, who), { headers: { authorization: root,
    'surreal-id': id } });
const other = newUuid();
const twice = raw(head('GET', '/rpc', upgradeHeaders({
    'surreal-id': other })), { quiet: 600 });
await sleep(100);
await up('id twice', { 'surreal-id': other });
await twice;
const xid = newUuid();
await frames('request id', frame(2, who), { headers: { authorization: root,
    'x-request-id': xid } });
await frames('ns, db', frame(2, who), { headers: { authorization: root,
    'surreal-ns': 'made', 'surreal-db': 'up', origin: 'http://o' } });
await frames('db only', frame(2, who), { headers: { authorization: root,
    'surreal-db': 'up' } });
await frames('nothing selected', frame(2, who), { headers: {
    authorization: root } });
await frames('ns made by header?', frame(2, encode({ id: 1, method: 'query',
    params: ['INFO FOR ROOT.namespaces'] })), { headers: {
    authorization: root } });

await frames('first 6 seconds', [], { quiet: 6500,
    longest: 6500, pings: true });
await frames('ping', frame(9, 'hello'));
await frames('pong unasked', [frame(10, 'x'), frame(2, ping)]);
await frames('fragmented', [frame(2, ping.subarray(0, 5), { fin: false }),
    frame(9, 'mid'), frame(0, ping.subarray(5))]);
await frames('text frame with CBOR', frame(1, ping));
await frames('text frame, not UTF-8', frame(1, encode({ id: 1,
    method: 'ping', a: new Uint8Array([255, 255]) })));
await frames('unmasked', frame(2, ping, { masked: false }));
await frames('rsv1', frame(2, ping, { rsv: 4 }));
await frames('opcode 3', frame(3, 'x'));
await frames('long ping', frame(9, 'x'.repeat(126)));
await frames('part of a ping', frame(9, 'x', { fin: false }));
await frames('continuation first', frame(0, 'x'));
await frames('two starts', [frame(2, 'x', { fin: false }), frame(2, 'x')]);
await frames('empty message', frame(2, ''));
await frames('close 1000', frame(8, Buffer.from([3, 232, 98, 121, 101])));
await frames('close empty', frame(8));
await frames('close 1 byte', frame(8, 'x'));
await frames('close 1005', frame(8, Buffer.from([3, 237])));
await frames('close 4000', frame(8, Buffer.from([15, 160])));
await frames('request, close', [frame(2, ping), frame(8, Buffer.from([3,
    232]))]);
await frames('128 MiB announced', frame(2, '', { length: 128 << 20 }));
await frames('128 MiB + 1 announced', frame(2, '', {
    length: (128 << 20) + 1 }));
await frames('2^63 announced', Buffer.from([0x82, 0xff, 0x80, 0, 0, 0, 0, 0, 0,
    0, 1, 2, 3, 4]));

const req = async (topic, request, more = []) => frames(topic,
    [frame(2, request instanceof Uint8Array ? request : encode(request)),
        ...more]);
await req('not CBOR', Buffer.from([0xff]));
await req('CBOR, cut', ping.subarray(0, 8));
await req('CBOR and more', Buffer.concat([ping, Buffer.from([0])]));
await req('array', [1]);
await req('no method', { id: 1 });
await req('method number', { id: 1, method: 5 });
await req('unknown method', { id: 1, method: 'nope' });
await req('upper case', { id: 1, method: 'Ping' });
await req('id array', { id: [1], method: 'ping' });
await req('id bool', { id: true, method: 'ping' });
await req('id null', { id: null, method: 'ping' });
await req('id none', { id: NONE, method: 'ping' });
await req('id absent', { method: 'ping' });
await req('id text', { id: 'x', method: 'ping' });
await req('params object', { id: 1, method: 'ping', params: {} });
await req('params missing', { id: 1, method: 'use' });
await req('version 1', { id: 1, method: 'ping', version: 1 });
await req('version 3', { id: 1, method: 'ping', version: 3 });
await req('session text', { id: 1, method: 'ping', session: newUuid() });
await req('session bad', { id: 1, method: 'ping', session: 'x' });
await req('session null', { id: 1, method: 'ping', session: null });
await req('txn bad', { id: 1, method: 'ping', txn: 'x' });
await req('other key', { id: 1, method: 'ping', jsonrpc: '2.0' });
await req('error key order', { id: 1, method: 'nope', session: newUuid() });
process.exit(0);
