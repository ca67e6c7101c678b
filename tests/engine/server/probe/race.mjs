// Do requests over HTTP run with each other's login?  with.sh server|3 node
// race.mjs. Every other request has a token; the counts should be 0 and 0.
import { Agent, request } from 'node:http';
import { decode, encode, pass, say, user } from './lib.mjs';

const REQUESTS = 4000;
const agent = new Agent({ keepAlive: true, maxSockets: 32 });

function call(method, params, token) {
    const headers = { 'content-type': 'application/cbor',
        ...(token ? { authorization: `Bearer ${token}` } : {}) };
    return new Promise((resolve, reject) => {
        const sent = request(process.env.SURREAL_TEST_HTTP_URL,
            { method: 'POST', agent, headers }, (response) => {
                const parts = [];
                response.on('data', (part) => parts.push(part));
                response.on('end', () => resolve(decode(
                    Buffer.concat(parts))));
            });
        sent.on('error', reject);
        sent.end(encode({ method, params }));
    });
}

const token = (await call('signin', [{ user, pass }])).result;
let refused = 0;
let allowed = 0;
await Promise.all(Array.from({ length: REQUESTS }, async (_, i) => {
    const isRoot = i % 2 === 1;
    const answer = await call('query', ['RETURN 1'], isRoot ? token : null);
    if (isRoot && answer.error) refused++;
    if (!isRoot && answer.result) allowed++;
}));
say('root refused', refused);
say('guest allowed', allowed);
process.exit(0);
