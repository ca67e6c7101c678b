// The peer of bench_client.c: the official JavaScript SDK doing the same.
//
//   node tests/bench/bench_sdk.mjs URL USER PASS N
import { createRequire } from "node:module";

const require = createRequire(new URL("../engine/package.json", import.meta.url));
if (Number(process.versions.node.split(".")[0]) < 22) {
  globalThis.WebSocket = require("undici").WebSocket;
}
const { Surreal } = require("surrealdb");
const [url, username, password, count] = process.argv.slice(2);
const n = Number(count);

const db = new Surreal();
await db.connect(url);
await db.signin({ username, password });
await db.use({ namespace: "bench", database: "bench" });

async function sequential(n) {
  for (let i = 0; i < n; i++) {
    const [got] = await db.query("RETURN $n", { n: i });
    if (Number(got) !== i) throw new Error(`expected ${i}, got ${got}`);
  }
}

async function pipelined(n) {
  const all = [];
  for (let i = 0; i < n; i++) all.push(db.query("RETURN $n", { n: i }));
  let sum = 0;
  for (const [got] of await Promise.all(all)) sum += Number(got);
  if (sum !== (n * (n - 1)) / 2) throw new Error(`wrong sum ${sum}`);
}

for (const run of [sequential, pipelined]) {
  await run(n / 10);
  const cpu = process.cpuUsage();
  const wall = process.hrtime.bigint();
  await run(n);
  const used = process.cpuUsage(cpu);
  const elapsed = Number(process.hrtime.bigint() - wall) / 1e3;
  console.log(run.name, ((used.user + used.system) / n).toFixed(3),
    (elapsed / n).toFixed(3));
}
await db.close();
process.exit(0);
