// How a server stops.  SURREAL_TEST_SERVER=... node stop.mjs
import { spawn } from 'node:child_process';

const port = 30000 + Math.floor(Math.random() * 2000);
process.env.SURREAL_TEST_HTTP_URL = `http://127.0.0.1:${port}/rpc`;
process.env.SURREAL_TEST_USER = 'root';
process.env.SURREAL_TEST_PASS = 'stop';
const { Link, raw, head, line, say, sleep } = await import('./lib.mjs');

const server = process.env.SURREAL_TEST_SERVER
    ?? 'build/server/release/surreal';

async function start() {
    const child = spawn(server, ['start', '--no-banner', '--bind',
        `127.0.0.1:${port}`, 'memory'], { stdio: 'ignore', env: {
        ...process.env, SURREAL_USER: 'root', SURREAL_PASS: 'stop' } });
    const ended = new Promise((resolve) => {
        child.on('exit', (code, signal) => resolve(`${code ?? signal}`));
    });
    for (let i = 0; i < 50; i++) {
        await sleep(100);
        const { bytes } = await raw(head('GET', '/status'), { quiet: 50 });
        if (bytes.length) break;
    }
    return { child, ended };
}

const within = (promise, ms) => Promise.race([promise, sleep(ms).then(() =>
    `not within ${ms} ms`)]);

async function round(topic, work) {
    const { child, ended } = await start();
    const link = await (await Link.open()).login();
    link.seen.length = 0;
    await work(child, link, ended);
    await sleep(300);
    say(`${topic}: came`, link.seen.join('; ') || 'nothing');
    say(`${topic}: socket`, link.isOpen ? 'open' : 'closed');
    child.kill('SIGKILL');
    await ended;
}

await round('idle socket, SIGTERM', async (child, link, ended) => {
    child.kill('SIGTERM');
    await sleep(500);
    say('new connection after SIGTERM', line(await raw(head('GET',
        '/status'))));
    await link.tell('call after SIGTERM', 'query', ['RETURN 1']);
    say('exit', await within(ended, 3000));
});
await round('query under way', async (child, link, ended) => {
    const slow = link.tell('query under way', 'query', ['SLEEP 1s']);
    await sleep(100);
    child.kill('SIGTERM');
    await sleep(200);
    void link.tell('query after SIGTERM', 'query', ['RETURN 1']);
    await slow;
    say('exit', await within(ended, 3000));
});
await round('two SIGTERM', async (child, link, ended) => {
    const slow = link.call('query', ['SLEEP 2s']);
    child.kill('SIGTERM');
    await sleep(300);
    child.kill('SIGTERM');
    say('exit', await within(ended, 5000));
    void slow;
});
await round('client leaves after SIGTERM', async (child, link, ended) => {
    child.kill('SIGTERM');
    await sleep(300);
    link.close();
    say('exit', await within(ended, 3000));
});
await round('SIGKILL', async (child, link, ended) => {
    child.kill('SIGKILL');
    say('exit', await within(ended, 3000));
});

// idle: no time-out of the server's own within 40 seconds?
const { child, ended } = await start();
const idle = raw(head('GET', '/status'), { quiet: 40000, longest: 40000 });
const half = raw('GET /status HTTP/1.1\r\n', { quiet: 40000, longest: 40000 });
const silent = raw('', { quiet: 40000, longest: 40000 });
say('kept alive 40 s', (await idle).end);
say('half a head 40 s', `${(await half).end} ${(await half).bytes
    .subarray(0, 40)}`.trim());
say('nothing sent 40 s', (await silent).end);
child.kill('SIGKILL');
await ended;
process.exit(0);
