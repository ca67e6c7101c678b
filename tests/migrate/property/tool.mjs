// tests/migrate/property/tool.mjs: surrealgen, run on a database of the server
// at hand, in a folder and at a time of the caller's.

import { spawnSync } from 'node:child_process';
import { env } from 'node:process';

export function runTool(bin, { dir, clock, database }, args) {
    return spawnSync(bin, args, { cwd: dir, encoding: 'utf8', input: '',
        env: { ...env, NO_COLOR: '1', SOURCE_DATE_EPOCH: String(clock),
            SURREAL_URL: env.SURREAL_TEST_URL,
            SURREAL_USERNAME: env.SURREAL_TEST_USER,
            SURREAL_PASSWORD: env.SURREAL_TEST_PASS,
            SURREAL_NAMESPACE: 'property', SURREAL_DATABASE: database } });
}
