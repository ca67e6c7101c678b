// Routes, codes, headers and bodies.  with.sh server|3 node http.mjs
import { NONE, basic, encode, decode, head, http, host, line, newUuid, pass,
    port, raw, root, say, show, user, uuidTag } from './lib.mjs';

const cbor = { 'content-type': 'application/cbor' };
const json = { accept: 'application/json' };
const asRoot = { authorization: root, 'surreal-ns': 'p', 'surreal-db': 'p' };
const ping = encode({ id: 1, method: 'ping' });
const query = (text, more) => encode({ id: 1, method: 'query',
    params: [text], ...more });

async function rpc(topic, body, headers = {}, opt) {
    const { bytes, end } = await raw(Buffer.concat([Buffer.from(head('POST',
        '/rpc', { ...cbor, 'content-length': body.length, ...headers })),
    body]), opt);
    const at = bytes.indexOf('\r\n\r\n');
    const text = bytes.subarray(0, at).toString();
    const isCbor = /content-type: application\/cbor/i.test(text);
    if (!isCbor) { say(topic, line({ bytes, end })); return null; }
    const value = decode(bytes.subarray(at + 4));
    say(topic, `${text.split('\r\n')[0]} ${show(value)}`);
    return value;
}

for (const path of ['/', '/status', '/health', '/version', '/ready', '/rpc',
    '/nope', '/export', '/sync', '/sql', '/key/t', '/signin', '/import']) {
    await http(`GET ${path}`, 'GET', path, {}, '', { all: true });
}
await http('HEAD /health', 'HEAD', '/health', {});
await http('POST /health', 'POST', '/health', {});
await http('OPTIONS /rpc', 'OPTIONS', '/rpc', {});
await http('DELETE /rpc', 'DELETE', '/rpc', {});
await http('GET /health, wrong login', 'GET', '/health', {
    authorization: basic(user, 'wrong') });
await http('GET /version, 1.0', 'GET', '/version', {}, '', { version: '1.0' });
await http('GET /version, close', 'GET', '/version', { connection: 'close' });

await http('/rpc', 'POST', '/rpc', cbor, ping, { all: true });
await rpc('/rpc headers select what is not there', query('SELECT * FROM t'),
    { ...asRoot, 'surreal-ns': 'nope' });
await rpc('/rpc use', encode({ method: 'use', params: ['p', 'p'] }), asRoot);
await rpc('/rpc guest', query('RETURN 1'));
await rpc('/rpc root', query('RETURN [1, session::db()]'), asRoot);
await rpc('/rpc error', encode({ method: 'nope' }), asRoot);
await rpc('/rpc not CBOR', Buffer.from([255]), asRoot);
await rpc('/rpc no method', encode({ id: 1 }), asRoot);
await rpc('/rpc accept json', ping, { accept: 'application/json' });
await rpc('/rpc accept */*', ping, { accept: '*/*' });
await rpc('/rpc accept cbor', ping, { accept: 'application/cbor' });
await rpc('/rpc accept list', ping, { accept: 'application/cbor, */*' });
await rpc('/rpc type params', ping, { 'content-type':
    'application/cbor; charset=utf-8' });
await rpc('/rpc type text', ping, { 'content-type': 'text/plain' });
await rpc('/rpc type unknown', ping, { 'content-type': 'image/png' });
await rpc('/rpc no type', ping, { 'content-type': undefined });
await rpc('/rpc type json', Buffer.from('{"id":1,"method":"ping"}'), {
    'content-type': 'application/json' });
await rpc('/rpc wrong login', ping, { authorization: basic(user, 'x') });
await rpc('/rpc begin', encode({ method: 'begin' }), asRoot);
await rpc('/rpc live', encode({ method: 'live', params: ['t'] }), asRoot);
await rpc('/rpc LIVE', query('DEFINE TABLE t; LIVE SELECT * FROM t'), asRoot);
await rpc('/rpc signin', encode({ method: 'signin',
    params: [{ user, pass }] }));
await rpc('/rpc after signin', query('RETURN 1'));
await rpc('/rpc use', encode({ method: 'use', params: ['a', 'b'] }), asRoot);
await rpc('/rpc let', encode({ method: 'let', params: ['v', 1] }), asRoot);
await rpc('/rpc after let', query('RETURN $v'), asRoot);
const session = uuidTag(newUuid());
await rpc('/rpc attach', encode({ method: 'attach', session }));
await rpc('/rpc attached signin', encode({ method: 'signin', session,
    params: [{ user, pass }] }));
await rpc('/rpc attached query', query('RETURN 1', { session }));
await rpc('/rpc sessions', encode({ method: 'sessions' }));
await rpc('/rpc detach', encode({ method: 'detach', session }));
await rpc('/rpc body 4 MiB', Buffer.concat([ping, Buffer.alloc((4 << 20)
    - ping.length)]));
await rpc('/rpc body 4 MiB + 1', Buffer.alloc((4 << 20) + 1));
say('/rpc 5 MiB announced only', line(await raw(head('POST', '/rpc',
    { ...cbor, 'content-length': 5 << 20 }))));
say('/rpc 5 MiB, expect', line(await raw(head('POST', '/rpc', { ...cbor,
    'content-length': 5 << 20, expect: '100-continue' }))));
await http('/rpc expect', 'POST', '/rpc', { ...cbor, expect: '100-continue' },
    ping);

const chunks = (...parts) => Buffer.concat([...parts.flatMap((part) => [
    Buffer.from(`${part.length.toString(16)}\r\n`), part,
    Buffer.from('\r\n')]), Buffer.from('0\r\n\r\n')]);
const chunked = { ...cbor, 'transfer-encoding': 'chunked' };
say('/rpc chunked', line(await raw(Buffer.concat([Buffer.from(
    head('POST', '/rpc', chunked)), chunks(ping.subarray(0, 4),
    ping.subarray(4))]))));
say('/rpc chunked 5 MiB', line(await raw(Buffer.concat([Buffer.from(
    head('POST', '/rpc', chunked)), chunks(Buffer.alloc(5 << 20))]))));
say('/rpc no length', line(await raw(head('POST', '/rpc', cbor))));

const get = head('GET', '/status');
say('two requests at once', (await raw(get + get)).bytes.toString()
    .match(/HTTP\/1.1 200/g)?.length);
say('post and get at once', (await raw(Buffer.concat([Buffer.from(head('POST',
    '/rpc', { ...cbor, 'content-length': ping.length })), ping,
Buffer.from(get)]))).bytes.toString().match(/HTTP\/1.1 200/g)?.length);
await http('big reply', 'POST', '/sql', { ...asRoot, ...json },
    'RETURN string::repeat("x", 100000)');
await http('gzip', 'POST', '/sql', { ...asRoot, ...json, 'accept-encoding':
    'gzip' }, 'RETURN string::repeat("x", 600)');

await http('/sql guest', 'POST', '/sql', json, 'RETURN 1');
await http('/sql', 'POST', '/sql', { ...asRoot, ...json }, 'RETURN 1');
await http('/sql no accept', 'POST', '/sql', asRoot, 'RETURN 1');
await http('/sql text', 'POST', '/sql', { ...asRoot, accept: 'text/plain' },
    'RETURN 1');
await http('/sql cbor', 'POST', '/sql', { ...asRoot,
    accept: 'application/cbor' }, 'RETURN r"a:1"');
await http('/sql syntax', 'POST', '/sql', { ...asRoot, ...json },
    'SELECT FROM');
await http('/sql vars', 'POST', '/sql?a=5', { ...asRoot, ...json },
    'RETURN $a');
await http('/sql no ns', 'POST', '/sql', { authorization: root, ...json },
    'SELECT * FROM t');
await http('/sql 1 MiB + 1', 'POST', '/sql', { ...asRoot, ...json },
    ' '.repeat((1 << 20) + 1));
await http('/key', 'POST', '/key/k/1', { ...asRoot, ...json }, '{a: 1}');
await http('/key get', 'GET', '/key/k', { ...asRoot, ...json });
const login = JSON.stringify({ user, pass });
await http('/signin', 'POST', '/signin', json, login);
await http('/signin no accept', 'POST', '/signin', {}, login);
await http('/signin text', 'POST', '/signin', { accept: 'text/plain' }, login);
await http('/signin wrong', 'POST', '/signin', json,
    JSON.stringify({ user, pass: 'x' }));
await http('/export', 'GET', '/export', asRoot, '', { all: true });
await http('/export guest', 'GET', '/export', { 'surreal-ns': 'p',
    'surreal-db': 'p' });
await http('/export no ns', 'GET', '/export', { authorization: root });
await http('/import', 'POST', '/import', { ...asRoot, ...json },
    'OPTION IMPORT; CREATE im:1; CREATE im:1;');
await http('/import no option', 'POST', '/import', { ...asRoot, ...json },
    'CREATE im:2;');
await http('/import guest', 'POST', '/import', { 'surreal-ns': 'p',
    'surreal-db': 'p', ...json }, 'OPTION IMPORT;');
await http('/import no accept', 'POST', '/import', asRoot, 'OPTION IMPORT;');
process.exit(0);
