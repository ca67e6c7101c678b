// Loads the engine's native library of one major version.
//
// The packages export only a wrapper for the official SDK, which decodes
// every reply. The bridge wants the bytes, so it takes the library the
// wrapper stands on.

import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const modules = new URL('./node_modules/', import.meta.url);
const shim = fileURLToPath(new URL('glibc238.node', modules));

function platformName() {
    const { platform, arch } = process;
    if (platform === 'win32') return `win32-${arch}-msvc`;
    if (platform !== 'linux') return `${platform}-${arch}`;
    const { header } = process.report.getReport();
    return `linux-${arch}-${header.glibcVersionRuntime ? 'gnu' : 'musl'}`;
}

// Before glibc 2.38 the 2.x library misses four functions; glibc238.c has
// them. RTLD_GLOBAL lets the library, loaded later, find them.
function loadShim(cause) {
    if (!existsSync(shim)) {
        throw new Error(`${cause.message}; tests/engine/setup.sh builds what `
            + 'is missing (it needs a C compiler)', { cause });
    }
    const { RTLD_NOW, RTLD_GLOBAL } = os.constants.dlopen;
    process.dlopen({ exports: {} }, shim, RTLD_NOW | RTLD_GLOBAL);
}

function load(major) {
    const path = fileURLToPath(new URL(
        `engine-${major}/dist/surrealdb-node.${platformName()}.node`,
        modules));
    if (!existsSync(path)) {
        throw new Error(`no engine at ${path}; run tests/engine/setup.sh`);
    }
    try {
        return require(path).SurrealNodeEngine;
    } catch (error) {
        if (!/__isoc23_/.test(error.message)) throw error;
        loadShim(error);
        return require(path).SurrealNodeEngine;
    }
}

export const SHUTDOWN = 'The server is gracefully shutting down';

// The native engine, safe to stop: a call that reaches a freed engine aborts
// the whole process, so free() lets no more in and waits for those inside.
export class Native {
    #engine;
    #inside = new Set();
    #isClosed = false;

    static async connect(major, url) {
        const Engine = load(major);
        const native = new Native();
        native.#engine = await Engine.connect(url);
        native.version = await Engine.version();
        return native;
    }

    async execute(bytes) {
        const call = this.#call(() => this.#engine.execute(bytes));
        return Buffer.from(await call);
    }

    exportSql(options) {
        return this.#call(() => this.#engine.export(options));
    }

    // Calls listener(bytes) until the engine ends.
    async pumpNotifications(listener) {
        const receiver = await this.#engine.notifications();
        for (;;) {
            const bytes = await receiver.recv();
            if (bytes === null) return;
            listener(Buffer.from(bytes));
        }
    }

    async free() {
        this.#isClosed = true;
        await Promise.allSettled(this.#inside);
        await this.#engine.free();
    }

    async #call(work) {
        if (this.#isClosed) throw new Error(SHUTDOWN);
        const call = work();
        this.#inside.add(call);
        try {
            return await call;
        } finally {
            this.#inside.delete(call);
        }
    }
}
