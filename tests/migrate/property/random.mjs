// tests/migrate/property/random.mjs: numbers that a seed decides.

export class Random {
    #state;

    constructor(seed) {
        this.#state = seed >>> 0;
    }

    // A number in [0, 1), as mulberry32 has it.
    next() {
        this.#state = (this.#state + 0x6d2b79f5) >>> 0;
        let t = this.#state;
        t = Math.imul(t ^ (t >>> 15), t | 1);
        t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
        return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
    }

    below(n) {
        return Math.floor(this.next() * n);
    }

    between(low, high) {
        return low + this.below(high - low + 1);
    }

    // True p times of 100.
    percent(p) {
        return this.below(100) < p;
    }

    pick(list) {
        return list[this.below(list.length)];
    }

    seed() {
        return this.below(4294967296);
    }
}
