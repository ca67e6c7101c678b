// CBOR (RFC 8949), as much of it as the bridge needs.
//
// The bridge must not change what it carries: params and results travel as
// the bytes they came in, because re-encoding them would hide the very
// mistakes the C codec is tested for. So most of this file finds where an
// item ends; decode() is for envelopes, errors and the few values the bridge
// itself must understand, encode() for the errors it makes.

const DEPTH_MAX = 300; // the engine stops at 256, and should say so itself

export class CborError extends Error {}

export class Tag {
    constructor(tag, value) {
        this.tag = tag;
        this.value = value;
    }
}

// Bytes that are one encoded item already.
export class Raw {
    constructor(bytes) {
        this.bytes = bytes;
    }
}

export const NONE = new Tag(6, null);

export const isNone = (value) => value instanceof Tag && value.tag === 6;

// The head of an item: 3 bits of major type, 5 of additional information,
// then 0 to 8 bytes of argument. Information 31 means "until the break".
function readHead(bytes, at) {
    if (at >= bytes.length) throw new CborError('ends inside an item');
    const major = bytes[at] >> 5;
    const info = bytes[at] & 31;
    if (info < 24) return { major, info, arg: info, next: at + 1 };
    if (info === 31) return { major, info, arg: 0, next: at + 1 };
    if (info > 27) throw new CborError('reserved head');
    const width = 1 << (info - 24);
    const next = at + 1 + width;
    if (next > bytes.length) throw new CborError('ends inside a head');
    const arg = width === 8
        ? Number(bytes.readBigUInt64BE(at + 1))
        : bytes.readUIntBE(at + 1, width);
    return { major, info, arg, next };
}

const isBreak = (bytes, at) => bytes[at] === 0xff;

// Calls visit(at) for each child and expects the offset after it back.
function walkChildren(bytes, head, count, visit) {
    let at = head.next;
    if (head.info !== 31) {
        // Each child takes a byte at least, so a lying count ends here and
        // not in a loop of 2^64 rounds.
        if (count > bytes.length) throw new CborError('count beyond the data');
        for (let i = 0; i < count; i++) at = visit(at);
        return at;
    }
    while (!isBreak(bytes, at)) at = visit(at);
    return at + 1;
}

// Returns the offset after the item that starts at `at`.
export function skip(bytes, at, depth = 0) {
    if (depth > DEPTH_MAX) throw new CborError('nested too deep');
    const head = readHead(bytes, at);
    const child = (offset) => skip(bytes, offset, depth + 1);
    switch (head.major) {
    case 0: case 1:
        if (head.info === 31) throw new CborError('break in a number');
        return head.next;
    case 2: case 3:
        if (head.info === 31) return walkChildren(bytes, head, 0, child);
        if (head.next + head.arg > bytes.length) {
            throw new CborError('ends inside a string');
        }
        return head.next + head.arg;
    case 4: return walkChildren(bytes, head, head.arg, child);
    case 5: return walkChildren(bytes, head, head.arg * 2, child);
    case 6: return child(head.next);
    default:
        if (head.info === 31) throw new CborError('stray break');
        return head.next;
    }
}

// Key text -> bytes of the value. A repeated key counts once, the last wins,
// as in the engine.
export function mapFields(bytes) {
    const head = readHead(bytes, 0);
    if (head.major !== 5) throw new CborError('not a map');
    const fields = new Map();
    const end = walkChildren(bytes, head, head.arg, (at) => {
        const value = skip(bytes, at);
        const after = skip(bytes, value);
        fields.set(decode(bytes.subarray(at, value)),
            bytes.subarray(value, after));
        return after;
    });
    if (end !== bytes.length) throw new CborError('bytes after the item');
    return fields;
}

export function arrayItems(bytes) {
    const head = readHead(bytes, 0);
    if (head.major !== 4) return [];
    const items = [];
    walkChildren(bytes, head, head.arg, (at) => {
        const after = skip(bytes, at);
        items.push(bytes.subarray(at, after));
        return after;
    });
    return items;
}

function decodeString(bytes, head, at) {
    const parts = [];
    if (head.info === 31) {
        walkChildren(bytes, head, 0, (offset) => {
            const part = readHead(bytes, offset);
            const after = skip(bytes, offset);
            parts.push(bytes.subarray(part.next, after));
            return after;
        });
    } else {
        parts.push(bytes.subarray(head.next, skip(bytes, at)));
    }
    const whole = Buffer.concat(parts);
    return head.major === 3 ? whole.toString('utf8') : whole;
}

function decodeHalf(bits) {
    const exponent = (bits >> 10) & 31;
    const fraction = bits & 1023;
    const sign = bits & 0x8000 ? -1 : 1;
    if (exponent === 0) return sign * fraction * 2 ** -24;
    if (exponent === 31) return fraction ? NaN : sign * Infinity;
    return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

function decodeSimple(bytes, head, at) {
    switch (head.info) {
    case 20: return false;
    case 21: return true;
    case 22: case 23: return null;
    case 25: return decodeHalf(head.arg);
    case 26: return bytes.readFloatBE(at + 1);
    case 27: return bytes.readDoubleBE(at + 1);
    default: throw new CborError('unknown simple value');
    }
}

// Maps become objects without prototype, tags become Tag. Integers beyond
// 2^53 lose digits; the bridge reads none that large.
export function decode(bytes) {
    const head = readHead(bytes, 0);
    switch (head.major) {
    case 0: return head.arg;
    case 1: return -1 - head.arg;
    case 2: case 3: return decodeString(bytes, head, 0);
    case 4: return arrayItems(bytes).map(decode);
    case 5: {
        const object = Object.create(null);
        for (const [key, value] of mapFields(bytes)) {
            object[key] = decode(value);
        }
        return object;
    }
    case 6: return new Tag(head.arg, decode(bytes.subarray(head.next)));
    default: return decodeSimple(bytes, head, 0);
    }
}

function encodeHead(major, arg) {
    const top = major << 5;
    if (arg < 24) return Buffer.from([top | arg]);
    if (arg < 0x100) return Buffer.from([top | 24, arg]);
    if (arg < 0x10000) return Buffer.from([top | 25, arg >> 8, arg & 255]);
    const wide = Buffer.alloc(5);
    wide[0] = top | 26;
    wide.writeUInt32BE(arg, 1);
    return wide;
}

// Objects keep the order of their keys: the engine sorts, so callers do.
// Fields that are undefined are left out.
export function encode(value) {
    if (value instanceof Raw) return value.bytes;
    if (value instanceof Tag) {
        return Buffer.concat([encodeHead(6, value.tag), encode(value.value)]);
    }
    if (value === null) return Buffer.from([0xf6]);
    if (typeof value === 'boolean') return Buffer.from([value ? 0xf5 : 0xf4]);
    if (Number.isInteger(value)) {
        return value < 0 ? encodeHead(1, -1 - value) : encodeHead(0, value);
    }
    if (typeof value === 'string') {
        const text = Buffer.from(value, 'utf8');
        return Buffer.concat([encodeHead(3, text.length), text]);
    }
    if (Buffer.isBuffer(value)) {
        return Buffer.concat([encodeHead(2, value.length), value]);
    }
    if (Array.isArray(value)) {
        return Buffer.concat([encodeHead(4, value.length),
            ...value.map(encode)]);
    }
    if (typeof value !== 'object') {
        throw new CborError(`cannot encode ${typeof value}`);
    }
    const fields = Object.entries(value).filter(([, v]) => v !== undefined);
    return Buffer.concat([encodeHead(5, fields.length),
        ...fields.flatMap(([key, v]) => [encode(key), encode(v)])]);
}

const UUID_TEXT =
    /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;

// UUIDs are handled as lower-case text with hyphens.
export function uuidFromText(text) {
    if (!UUID_TEXT.test(text)) return null;
    const hex = text.replaceAll('-', '').toLowerCase();
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16),
        hex.slice(16, 20), hex.slice(20)].join('-');
}

// Reads a decoded value: tag 37 (16 bytes), tag 9 (text) or plain text.
export function uuidFromValue(value) {
    if (typeof value === 'string') return uuidFromText(value);
    if (!(value instanceof Tag)) return null;
    if (value.tag === 9 && typeof value.value === 'string') {
        return uuidFromText(value.value);
    }
    if (value.tag !== 37 || value.value?.length !== 16) return null;
    return uuidFromText(value.value.toString('hex'));
}

export function uuidTag(text) {
    return new Tag(37, Buffer.from(text.replaceAll('-', ''), 'hex'));
}
