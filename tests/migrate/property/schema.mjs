// tests/migrate/property/schema.mjs: a schema as data, as text, and rows of it.
//
// Tables, columns and what stands on them have an id that a change of the name
// does not change: that is how the oracle knows what became of a value.
//
//   schema  { major, last, tables, enums, functions, params, analyzers, views }
//   table   { id, name, full, edge: { from, to, enforced } | null, perms,
//             fields, indexes, events }
//   field   { id, name, type, option, def, always, value, assert, readonly,
//             computed, perms, note, flavour, kids, was }
//   type    { k: 'int' ... } and what the kind needs: enum, tables, elem, arms

// ------------------------------------------------------------------- finding

export function* allFields(fields, above = []) {
    for (const field of fields) {
        yield { field, above, list: fields };
        yield* allFields(field.kids, [...above, field]);
    }
}

export const tableById = (schema, id) =>
    schema.tables.find((table) => table.id === id);

export const fieldById = (fields, id) => {
    for (const { field } of allFields(fields)) {
        if (field.id === id) return field;
    }
    return undefined;
};

// "lines.*.qty" of a column and those above it.
export function pathOf(field, above) {
    return [...above, field].map((one, i, all) =>
        i > 0 && all[i - 1].type.k === 'objects' ? `*.${one.name}` : one.name)
        .join('.');
}

export const titles = (schema) => {
    const out = new Map();
    for (const table of schema.tables) {
        out.set(table.id, table.name);
        for (const { field, above } of allFields(table.fields)) {
            out.set(field.id, `${table.name}.${pathOf(field, above)}`);
        }
    }
    return out;
};

export const isComputed = (field) => field.computed !== null;

// --------------------------------------------------------------------- types

const names = (schema, ids) =>
    ids.map((id) => tableById(schema, id).name).join(' | ');

// As the server takes it; a name of an enum in the schema files.
export function typeText(schema, type) {
    switch (type.k) {
    case 'enum': return schema.enums.find((e) => e.id === type.of).name;
    case 'record': return type.tables.length === 0 ? 'record'
        : `record<${names(schema, type.tables)}>`;
    case 'array': case 'set':
        return `${type.k}<${typeText(schema, type.elem)}>`;
    case 'union': return type.arms.map((a) => typeText(schema, a)).join(' | ');
    case 'null': return `${typeText(schema, type.elem)} | null`;
    case 'objects': return 'array<object>';
    case 'point': return 'geometry<point>';
    default: return type.k;
    }
}

const variants = (schema, type) =>
    schema.enums.find((e) => e.id === type.of).variants;

// Whether every value of a is one of b: then nothing has to be done to it.
export function within(from, a, to, b) {
    if (b.k === 'any') return true;
    if (a.k === 'null') {
        return b.k === 'null' && within(from, a.elem, to, b.elem);
    }
    if (b.k === 'null') return within(from, a, to, b.elem);
    if (a.k === 'union') return a.arms.every((x) => within(from, x, to, b));
    if (b.k === 'union') return b.arms.some((x) => within(from, a, to, x));
    if (a.k === 'enum') {
        return b.k === 'string' || (b.k === 'enum' && variants(from, a)
            .every((v) => variants(to, b).includes(v)));
    }
    if (a.k === 'record' && b.k === 'record') {
        return b.tables.length === 0 || (a.tables.length > 0
            && a.tables.every((id) => b.tables.includes(id)));
    }
    if (b.k === 'number') return ['int', 'float', 'decimal', 'number']
        .includes(a.k);
    if (a.k !== b.k) return false;
    return a.elem === undefined || within(from, a.elem, to, b.elem);
}

const CASTS = {
    int: 'float decimal string', float: 'int decimal string',
    decimal: 'int float string', number: 'string',
    bool: 'string', datetime: 'string', duration: 'string', uuid: 'string',
    record: 'string', array: 'set', set: 'array',
    string: 'int float decimal number bool datetime duration uuid record',
};

const base = (type) => type.k === 'null' ? base(type.elem)
    : type.k === 'enum' ? { k: 'string' } : type;

// One cast for all arms that are not of the type, or none: where numbers become
// their digits, nobody can tell afterwards which values are numbers.
function castOfArms(from, arms, to, b) {
    const others = arms.filter((arm) => !within(from, arm, to, b));
    const casts = new Set(others.map((arm) => castTo(from, arm, to, b)));
    const digits = others.filter(({ k }) => ['float', 'decimal'].includes(k));
    const words = others.filter(({ k }) => k !== 'int' && !digits.some(
        (one) => one.k === k));
    if (casts.size !== 1) return null;
    const [cast] = casts;
    return cast === 'string' && digits.length > 0 && words.length > 0
        ? null : cast;
}

// The type a value is cast to, as text; null: it stays what it is.
export function castTo(from, a, to, b) {
    if (within(from, a, to, b) || within(to, b, from, a)) return null;
    const x = base(a);
    const y = base(b);
    if (x.k === 'union') return castOfArms(from, x.arms, to, b);
    if (x.elem !== undefined && y.elem !== undefined) {
        const elem = castTo(from, x.elem, to, y.elem);
        if (elem === null && !within(from, x.elem, to, y.elem)) return null;
        return `${y.k}<${elem ?? typeText(to, y.elem)}>`;
    }
    if (!(CASTS[x.k] ?? '').split(' ').includes(y.k)) return null;
    return y.k === 'record' ? 'record' : y.k;
}

// ---------------------------------------------------------------- as .sg text

const tick = (name) => `\`${name}\``;

function typeOf(schema, field) {
    const text = typeText(schema, field.type);
    return field.option ? `option<${text}>` : text;
}

function fieldLine(schema, table, field, above) {
    const words = [pathOf(field, above), typeOf(schema, field)];
    const add = (word, text) => {
        if (text !== null) words.push(`${word} ${text}`);
    };
    if (field.was === undefined) words.push('@new');
    else if (field.was !== null) words.push(`@was(${field.was})`);
    if (field.flexible && table.full) words.push('flexible');
    add(field.always ? 'default always' : 'default', field.def);
    if (field.readonly) words.push('readonly');
    add('value', field.value);
    add('assert', field.assert);
    add('computed', field.computed);
    add('comment', field.note);
    add('permissions', field.perms);
    return `  ${words.join(' ')};`;
}

// Where an index looks: "home.zip", "lines.*.qty".
export function column(table, id) {
    for (const { field, above } of allFields(table.fields)) {
        if (field.id === id) return pathOf(field, above);
    }
    return undefined;
}

function indexLine(schema, table, index) {
    const cols = index.cols.map((id) => column(table, id)).join(', ');
    if (index.kind === 'unique') return `  unique ${index.name} (${cols});`;
    const analyzer = schema.analyzers.find((a) => a.id === index.analyzer);
    const tail = index.kind === 'fulltext'
        ? ` fulltext analyzer ${analyzer.name} bm25(1.2, 0.75)` : '';
    return `  index ${index.name} (${cols})${tail};`;
}

function tableText(schema, table) {
    const head = table.edge === null ? `model ${table.name}`
        : `edge ${table.name} from ${names(schema, table.edge.from)}`
          + ` to ${names(schema, table.edge.to)}`
          + (table.edge.enforced ? ' enforced' : '');
    const lines = [`${head} ${table.full ? 'schemafull' : 'schemaless'} {`];
    for (const { field, above } of allFields(table.fields)) {
        lines.push(fieldLine(schema, table, field, above));
    }
    for (const index of table.indexes) {
        lines.push(indexLine(schema, table, index));
    }
    for (const event of table.events) {
        lines.push(`  event ${event.name} when ${event.when} then `
            + `{ CREATE log SET what = '${event.says}' };`);
    }
    if (table.perms !== null) lines.push(`  permissions ${table.perms};`);
    return [...lines, '}', ''];
}

export const viewQuery = (schema, view) => {
    const table = tableById(schema, view.of);
    const name = tick(fieldById(table.fields, view.by).name);
    return `SELECT ${name}, count() AS n FROM ${table.name} GROUP BY ${name}`;
};

function viewText(schema, view) {
    const field = fieldById(tableById(schema, view.of).fields, view.by);
    return [`view ${view.name} { ${field.name} ${typeOf(schema, field)}; `
        + 'n int; }', `  as ${viewQuery(schema, view)};`, ''];
}

export function schemaText(schema) {
    const lines = [`target surrealdb ${schema.major}.0;`, ''];
    for (const one of schema.enums) {
        lines.push(`enum ${one.name} : string { ${one.variants
            .map((v) => `${v} = '${v}'`).join(', ')} }`);
    }
    for (const one of schema.analyzers) {
        lines.push(`analyzer ${one.name} tokenizers ${one.tokenizers}`
            + ` filters ${one.filters};`);
    }
    for (const one of schema.params) {
        lines.push(`param $${one.name}: int = ${one.value};`);
    }
    for (const one of schema.functions) {
        lines.push(`function fn::${one.name}($x: int) -> int `
            + `{ RETURN $x + ${one.adds}; }`);
    }
    lines.push('model log schemaless { what option<string>; }', '');
    for (const table of schema.tables) lines.push(...tableText(schema, table));
    for (const view of schema.views) lines.push(...viewText(schema, view));
    return `${lines.join('\n')}\n`;
}

// -------------------------------------------------------------------- values

const TEXTS = {
    word: (r) => r.pick(['ann', 'bob', 'cy', 'a b', 'it\\\'s', 'größe']),
    digits: (r) => String(r.below(100)),
    truth: (r) => r.pick(['true', 'false']),
    time: (r) => `2026-01-0${r.between(1, 9)}T00:00:00Z`,
    span: (r) => `${r.between(1, 50)}m`,
    uuid: (r) => `018f3f7a-0000-7000-8000-00000000000${r.below(10)}`,
};

export const FLAVOURS = ['word', ...Object.keys(TEXTS)];

const floats = (r) => `${r.between(-4, 60)}${r.pick(['', '.5', '.25'])}f`;
const decimals = (r) => `${r.between(-4, 60)}${r.pick(['', '.5', '.1'])}dec`;
const ints = (r) => r.percent(2) ? '9007199254740993'
    : String(r.between(-4, 60));

// A value of the type, as SurrealQL.
export function literal(r, schema, type, flavour = 'word') {
    switch (type.k) {
    case 'int': return ints(r);
    case 'float': return floats(r);
    case 'decimal': return decimals(r);
    case 'number': return r.pick([ints, floats, decimals])(r);
    case 'string': return `'${TEXTS[r.percent(93) ? flavour : 'word'](r)}'`;
    case 'bool': return r.pick(['true', 'false']);
    case 'datetime': return `d'${TEXTS.time(r)}'`;
    case 'duration': return TEXTS.span(r);
    case 'uuid': return `u'${TEXTS.uuid(r)}'`;
    case 'bytes': return `<bytes> '${TEXTS.word(r)}'`;
    case 'point': return `(${r.below(9)}.5, ${r.below(9)}.5)`;
    case 'any': return r.pick(['1', `'x'`, 'true', '[1, 2]']);
    case 'enum': return `'${r.pick(variants(schema, type))}'`;
    case 'record': {
        const table = type.tables.length > 0
            ? tableById(schema, r.pick(type.tables))
            : r.pick(schema.tables);
        return `${table.name}:${r.between(1, 4)}`;
    }
    case 'union': return literal(r, schema, r.pick(type.arms), flavour);
    case 'null': return r.percent(30) ? 'NULL'
        : literal(r, schema, type.elem, flavour);
    case 'array': case 'set': {
        const all = Array.from({ length: r.below(4) }, () =>
            literal(r, schema, type.elem, flavour));
        return `${type.k === 'set' ? `<set>` : ''}[${all.join(', ')}]`;
    }
    default: throw new Error(`no values of ${type.k}`);
    }
}

// What a row holds: texts, objects of such, arrays of objects. A column that
// holds nothing is not in it.
export function rowValue(r, schema, fields) {
    const out = {};
    for (const field of fields) {
        if (isComputed(field) || field.value?.includes('time::now')) continue;
        // The server fills in a default for what is not given.
        if (field.option && field.def === null && r.percent(40)) continue;
        if (field.def !== null && field.type.k !== 'object'
            && r.percent(10)) {
            out[field.name] = field.def;
        } else if (field.type.k === 'object') {
            out[field.name] = rowValue(r, schema, field.kids);
            if (field.flexible) out[field.name].extra = '1';
        } else if (field.type.k === 'objects') {
            out[field.name] = Array.from({ length: r.below(3) }, () =>
                rowValue(r, schema, field.kids));
        } else {
            out[field.name] = literal(r, schema, field.type, field.flavour);
        }
    }
    return out;
}

export function valueText(value) {
    if (typeof value === 'string') return value;
    if (Array.isArray(value)) return `[${value.map(valueText).join(', ')}]`;
    return `{ ${Object.entries(value).map(([key, one]) =>
        `${tick(key)}: ${valueText(one)}`).join(', ')} }`;
}
