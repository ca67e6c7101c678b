// Whether the server at SURREAL_TEST_URL takes schema files, each on an empty
// database of its own.
//
//   node tests/engine/accepts.mjs FILE...
//
// Prints "FILE: ok" or "FILE: what it said"; exit code 1 when one is refused.

import { readFileSync } from 'node:fs';
import { Surreal } from 'surrealdb';
import { WebSocket as UndiciWebSocket } from 'undici';

globalThis.WebSocket ??= UndiciWebSocket;

const db = new Surreal();
await db.connect(process.env.SURREAL_TEST_URL);
await db.signin({
    username: process.env.SURREAL_TEST_USER,
    password: process.env.SURREAL_TEST_PASS,
});
let refused = 0;
let count = 0;
for (const file of process.argv.slice(2)) {
    const name = `accepts_${process.pid}_${++count}`;
    let said = 'ok';
    try {
        await db.query(`DEFINE NAMESPACE ${name}; USE NS ${name};
                        DEFINE DATABASE ${name};`);
        await db.use({ namespace: name, database: name });
        await db.query(readFileSync(file, 'utf8'));
    } catch (error) {
        said = String(error.message ?? error).split('\n').slice(0, 4).join(' / ');
        refused = 1;
    }
    console.log(`${file}: ${said}`);
}
await db.close();
process.exit(refused);
