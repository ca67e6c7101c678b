// Runs SurrealQL on the server of SURREAL_URL, as a person at a console would:
//
//   node query.mjs [FILE]          reads stdin without a file
//   node query.mjs --time [FILE]   prints how many milliseconds it took
//
// As SURREAL_USERNAME (root), in SURREAL_NAMESPACE and SURREAL_DATABASE, which
// are made when they are not there. Prints the result of each statement as a
// line of JSON; exit code 1, and what the server said, when one fails.

import { readFileSync } from 'node:fs';
import { Surreal } from 'surrealdb';
import { WebSocket as UndiciWebSocket } from 'undici';

globalThis.WebSocket ??= UndiciWebSocket;

const env = process.env;
const quoted = (name) => '`' + name + '`';
const ns = env.SURREAL_NAMESPACE;
const database = env.SURREAL_DATABASE;
const db = new Surreal();
await db.connect(env.SURREAL_URL);
await db.signin({ username: env.SURREAL_USERNAME,
    password: env.SURREAL_PASSWORD });
await db.query(`DEFINE NAMESPACE IF NOT EXISTS ${quoted(ns)};
                USE NS ${quoted(ns)};
                DEFINE DATABASE IF NOT EXISTS ${quoted(database)};`);
await db.use({ namespace: ns, database });
let code = 0;
try {
    const args = process.argv.slice(2);
    const timed = args[0] === '--time' && args.shift();
    const text = readFileSync(args[0] ?? 0, 'utf8');
    const from = performance.now();
    const rows = await db.query(text);
    if (timed) {
        console.log(Math.round(performance.now() - from));
    }
    for (const row of timed ? [] : rows) {
        console.log(JSON.stringify(row, (key, value) =>
            typeof value === 'bigint' ? Number(value) : value));
    }
} catch (error) {
    console.log(String(error.message ?? error));
    code = 1;
}
await db.close();
process.exit(code);
