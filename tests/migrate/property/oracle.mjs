// tests/migrate/property/oracle.mjs: what must be there after a migration.
//
// Knows both schemas and the rows, nothing of how the tool works. A column
// keeps its value through any change of its name; a value of a type that is
// within the other one, or the other way round, stays as it is (and may not
// fit); else it is cast; a required column that nobody gave a value gets its
// default.

import { castTo, isComputed, tableById, titles } from './schema.mjs';

const needsValue = (field) =>
    !field.option && field.type.k !== 'any' && !isComputed(field);

const NUMBERS = ['float', 'decimal', 'number'];

const base = (type) => type.k === 'null' ? base(type.elem) : type;

const digits = (value) => 'string::replace(string::replace(<string> '
    + `${value}, 'f', ''), 'dec', '')`;

const hasDigits = (type) => [type, ...type.arms ?? []]
    .some(({ k }) => NUMBERS.includes(k));

// A cast in the server's words. A number as text is its digits. Of a union only
// the values that are not of the type.
function castText(from, to, value) {
    if (value === 'NULL') return value;
    const type = base(from);
    if (to === 'string' && hasDigits(type)) {
        return type.k === 'union'
            ? `(IF <string> ${value} = ${value} { ${value} } `
              + `ELSE { ${digits(value)} })`
            : digits(value);
    }
    // Sets and arrays of numbers become those of their digits.
    const inner = /^(?:set|array)<(.*)>$/.exec(to)?.[1];
    if (inner === 'string' && hasDigits(base(type.elem))) {
        return `<${to}> (<array> ${value}).map(|$v| IF $v = NULL { NULL } `
            + `ELSE { ${digits('$v')} })`;
    }
    return `<${to}> ${value}`;
}

// One direction of one pair of schemas.
export class Oracle {
    constructor(from, to) {
        this.from = from;
        this.to = to;
        this.refused = []; // columns nobody can fill
        this.casts = [];   // { title, value, back }
        this.lost = new Set(); // titles of columns that held what is gone
        this.unfilled = new Map(); // ids, titles: came back without values
        this.titlesFrom = titles(from);
        this.titlesTo = titles(to);
    }

    #leaf(source, field, value) {
        const cast = castTo(this.from, source.type, this.to, field.type);
        if (cast === null || value === 'NULL') return value;
        const out = castText(source.type, cast, value);
        const back = castTo(this.to, field.type, this.from, source.type);
        this.casts.push({ title: this.titlesFrom.get(source.id),
            other: this.titlesTo.get(field.id), value,
            back: back === null ? 'NONE'
                : castText(field.type, back, `(${out})`) });
        return out;
    }

    #missing(source, field, out) {
        if (!needsValue(field)) return;
        if (field.def !== null) {
            out[field.name] = field.def;
        } else if (field.value !== null) {
            out[field.name] = "'*any*'";
        } else if (source === undefined) {
            this.unfilled.set(field.id, this.titlesTo.get(field.id));
        }
    }

    #object(sources, fields, value) {
        const out = {};
        for (const [key, one] of Object.entries(value)) {
            if (!sources.some(({ name }) => name === key)) out[key] = one;
        }
        for (const field of fields) {
            const source = sources.find(({ id }) => id === field.id);
            const had = source === undefined || isComputed(source)
                ? undefined : value[source.name];
            if (isComputed(field)) continue;
            if (had === undefined) {
                this.#missing(source, field, out);
            } else if (field.type.k === 'object') {
                out[field.name] = this.#object(source.kids, field.kids, had);
            } else if (field.type.k === 'objects') {
                out[field.name] = had.map((one) =>
                    this.#object(source.kids, field.kids, one));
            } else {
                out[field.name] = this.#leaf(source, field, had);
            }
        }
        this.#note(sources, fields, value);
        return out;
    }

    // Values that no column of the other schema takes.
    #note(sources, fields, value) {
        for (const source of sources) {
            if (value[source.name] === undefined || isComputed(source)) {
                continue;
            }
            const field = fields.find(({ id }) => id === source.id);
            if (field === undefined || isComputed(field)) {
                this.lost.add(this.titlesFrom.get(source.id));
            }
        }
    }

    // rows: { table id: { row: { in, out, fields } } }; the same as they are to
    // be. Rows of a table that goes are lost.
    rows(rows) {
        const out = {};
        for (const [key, all] of Object.entries(rows)) {
            const id = Number(key);
            const source = tableById(this.from, id);
            const table = tableById(this.to, id);
            if (table === undefined) {
                if (Object.keys(all).length > 0) this.lost.add(source.name);
                continue;
            }
            out[id] = {};
            for (const [row, { ends, value }] of Object.entries(all)) {
                out[id][row] = { ends,
                    value: this.#object(source.fields, table.fields, value) };
            }
        }
        for (const { id } of this.to.tables) out[id] ??= {};
        return out;
    }

    // A required column that comes, and no rule what to put into rows that
    // are there. `generate` cannot know which rows are.
    unfillable() {
        const found = [];
        const look = (title, sources, fields) => {
            for (const field of fields) {
                const source = sources.find(({ id }) => id === field.id);
                if (source === undefined) {
                    if (needsValue(field) && field.def === null
                        && field.value === null) {
                        found.push(this.titlesTo.get(field.id));
                    }
                } else {
                    look(title, source.kids, field.kids);
                }
            }
        };
        for (const table of this.to.tables) {
            const source = tableById(this.from, table.id);
            if (source !== undefined) {
                look(table.name, source.fields, table.fields);
            }
        }
        return found;
    }
}

// `lost` is told by a class that names these: "post.slug", or "post" for all.
export const isNamed = (note, title) => note.some((name) =>
    title === name || title.startsWith(`${name}.`));
