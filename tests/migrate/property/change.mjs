// tests/migrate/property/change.mjs: a random schema, and random changes of it.

import { FLAVOURS, allFields, fieldById, isComputed, literal, tableById }
    from './schema.mjs';

const WORDS = ['name', 'title', 'type', 'value', 'order', 'group', 'limit',
    'size', 'state', 'note', 'age', 'rank', 'code', 'kind', 'score', 'user',
    'time', 'data', 'where', 'end', 'from', 'nick', 'mail', 'city', 'zip'];
const TABLES = ['person', 'post', 'orders', 'item', 'author', 'shop', 'tag'];
const LEAVES = ['int', 'int', 'float', 'decimal', 'number', 'string', 'string',
    'string', 'bool', 'datetime', 'duration', 'uuid', 'bytes', 'point'];

const nextId = (schema) => ++schema.last;

// A name nobody in the list had before, not even under another one.
function fresh(r, schema, words, taken) {
    const free = words.filter((word) => !taken.has(word));
    const name = free.length > 0 ? r.pick(free)
        : `${r.pick(words)}_${nextId(schema)}`;
    taken.add(name);
    return name;
}

// --------------------------------------------------------------------- types

// SurrealDB 3.0.2 dies of a fraction that it tries to take for an int.
const unionOf = (a, b) => ({ k: 'union',
    arms: b.k === 'decimal' ? [b, a] : [a, b] });

function randomType(r, schema, depth = 0) {
    const roll = r.below(100);
    if (roll < 55 || depth > 1) return { k: r.pick(LEAVES) };
    if (roll < 65) return { k: 'enum', of: addEnum(r, schema) };
    if (roll < 73) {
        const normal = schema.tables.filter((t) => t.edge === null);
        const some = normal.filter(() => r.percent(50)).map((t) => t.id);
        return { k: 'record', tables: some };
    }
    if (roll < 83) {
        return { k: r.pick(['array', 'array', 'set']),
            elem: randomType(r, schema, depth + 1) };
    }
    if (roll < 90) {
        const a = r.pick(LEAVES);
        const b = r.pick(LEAVES.filter((k) => k !== a));
        if (a === 'number' || b === 'number') return { k: 'any' };
        return unionOf({ k: a }, { k: b });
    }
    if (roll < 96 && depth === 0) {
        return { k: 'null', elem: { k: r.pick(LEAVES) } };
    }
    return { k: 'any' };
}

function addEnum(r, schema) {
    const id = nextId(schema);
    schema.enums.push({ id, name: `enum_${id}`,
        variants: ['open', 'paid', 'sent', 'lost'].slice(0, r.between(2, 4)) });
    return id;
}

// -------------------------------------------------------------------- columns

function randomDefault(r, schema, type) {
    if (type.k === 'object' || type.k === 'objects') return null;
    if (type.k === 'enum') {
        return `'${schema.enums.find((e) => e.id === type.of).variants[0]}'`;
    }
    if (type.k === 'record') return null;
    return literal(r, schema, type);
}

function randomAssert(r, field) {
    const forms = {
        int: ['$value > -3', '$value < 50'],
        float: ['$value > -3f'],
        string: ['string::len($value) < 12', "$value != 'bob'"],
    }[field.type.k];
    if (forms === undefined) return null;
    const form = r.pick(forms);
    return field.option ? `$value = NONE OR ${form}` : form;
}

const randomPerms = (r) => r.pick([null, null, 'none', 'full',
    'for select full, for create, update none',
    'for select where $auth != NONE, for create, update full']);

export function randomField(r, schema, taken, depth = 0) {
    const field = { id: nextId(schema),
        name: fresh(r, schema, WORDS, taken), type: null, option: false,
        def: null, always: false, value: null, assert: null, readonly: false,
        computed: null, perms: null, note: null, flexible: false,
        flavour: r.pick(FLAVOURS), kids: [], names: new Set(), was: null };
    if (depth < 2 && r.percent(18)) {
        field.type = { k: r.pick(['object', 'object', 'objects']) };
        for (let n = r.between(1, 3); n > 0; n--) {
            field.kids.push(randomField(r, schema, field.names, depth + 1));
        }
        field.option = r.percent(40);
        field.flexible = field.type.k === 'object' && r.percent(15);
        return field;
    }
    field.type = randomType(r, schema);
    field.option = field.type.k !== 'any' && field.type.k !== 'null'
        && r.percent(35);
    if (r.percent(35)) field.def = randomDefault(r, schema, field.type);
    field.always = field.def !== null && schema.major >= 3 && r.percent(10);
    if (r.percent(15)) field.assert = randomAssert(r, field);
    field.readonly = r.percent(7);
    if (r.percent(10)) field.perms = randomPerms(r);
    if (r.percent(10)) field.note = `'about ${field.name}'`;
    if (depth === 0 && r.percent(6)) special(r, schema, field);
    return field;
}

// What the server decides.
function special(r, schema, field) {
    Object.assign(field, { def: null, assert: null, option: false,
        always: false, readonly: false });
    if (schema.major >= 3 && r.percent(40)) {
        field.type = { k: 'int' };
        field.computed = '1 + 2';
    } else if (r.percent(50)) {
        field.type = { k: 'datetime' };
        field.value = 'time::now()';
    } else {
        field.type = { k: 'string' };
        field.value = 'string::lowercase($value)';
        field.def = "'low'";
        field.flavour = 'word';
    }
}

const leaves = (table) => [...allFields(table.fields)]
    .filter(({ field, above }) => field.kids.length === 0
        && !isComputed(field) && ['int', 'string', 'enum', 'bool', 'uuid',
            'datetime'].includes(field.type.k)
        && above.every((one) => one.type.k === 'object'))
    .map(({ field }) => field);

// ------------------------------------------------------------ what has a table

function addIndex(r, schema, table) {
    const all = leaves(table);
    if (all.length === 0) return false;
    const id = nextId(schema);
    const one = r.pick(all);
    const index = { id, name: `ix_${id}`, cols: [one.id], kind: 'index' };
    const roll = r.below(100);
    if (roll < 35) index.kind = 'unique';
    if (roll > 75 && one.type.k === 'string' && schema.analyzers.length > 0) {
        index.kind = 'fulltext';
        index.analyzer = r.pick(schema.analyzers).id;
    } else if (all.length > 1 && r.percent(30)) {
        index.cols.push(r.pick(all.filter((f) => f !== one)).id);
    }
    table.indexes.push(index);
    return true;
}

function addEvent(r, schema, table) {
    const id = nextId(schema);
    table.events.push({ id, name: `ev_${id}`, says: `${table.name} ${id}`,
        when: r.pick(["$event = 'UPDATE'", '$before != $after', 'true']) });
}

function addView(r, schema) {
    const table = r.pick(schema.tables.filter((t) => t.edge === null));
    const all = leaves(table).filter((f) => table.fields.includes(f));
    if (all.length === 0) return false;
    const id = nextId(schema);
    schema.views.push({ id, name: `view_${id}`, of: table.id,
        by: r.pick(all).id });
    return true;
}

function addTable(r, schema) {
    const table = { id: nextId(schema),
        name: fresh(r, schema, TABLES, schema.names), full: r.percent(80),
        edge: null, perms: r.percent(30) ? r.pick(['full', 'none',
            'for select full, for create, update, delete none']) : null,
        fields: [], indexes: [], events: [], names: new Set() };
    const normal = schema.tables.filter((t) => t.edge === null);
    if (normal.length > 0 && r.percent(25)) {
        table.edge = { from: [r.pick(normal).id], to: [r.pick(normal).id],
            enforced: r.percent(30) };
    }
    schema.tables.push(table);
    for (let n = r.between(1, 6); n > 0; n--) {
        table.fields.push(randomField(r, schema, table.names));
    }
    if (r.percent(50)) addIndex(r, schema, table);
    if (r.percent(20)) addEvent(r, schema, table);
    return true;
}

function addOther(r, schema) {
    const id = nextId(schema);
    const kind = r.below(3);
    if (kind === 0) {
        schema.functions.push({ id, name: `f_${id}`, adds: r.below(9) });
    } else if (kind === 1) {
        schema.params.push({ id, name: `p_${id}`, value: r.below(9) });
    } else {
        schema.analyzers.push({ id, name: `an_${id}`, tokenizers: 'blank',
            filters: r.pick(['lowercase', 'ascii']) });
    }
    return true;
}

export function randomSchema(r, major) {
    const schema = { major, last: 0, tables: [], enums: [], functions: [],
        params: [], analyzers: [], views: [], names: new Set(['log']) };
    for (let n = r.below(3); n > 0; n--) addOther(r, schema);
    for (let n = r.between(1, 4); n > 0; n--) addTable(r, schema);
    if (r.percent(30)) addView(r, schema);
    return schema;
}

// ------------------------------------------------------------------- changes
//
// Each takes (r, schema), changes it, and says in words what it did, or false
// when there was nothing of the kind.

// The column goes, and what stands on it.
function dropUses(schema, table, gone) {
    table.indexes = table.indexes.filter(
        (index) => !index.cols.some((id) => gone.has(id)));
    schema.views = schema.views.filter((view) => !gone.has(view.by));
}

function anyField(r, schema, fits = () => true) {
    const all = schema.tables.flatMap((table) =>
        [...allFields(table.fields)].map((at) => ({ table, ...at })))
        .filter(fits);
    return all.length > 0 ? r.pick(all) : undefined;
}

const isLeaf = ({ field }) => field.kids.length === 0 && !isComputed(field)
    && field.value === null;

function addColumn(r, schema) {
    const table = r.pick(schema.tables);
    const parents = [table, ...[...allFields(table.fields)]
        .filter(({ field, above }) => field.kids.length > 0
            && above.length < 2).map(({ field }) => field)];
    const parent = r.percent(70) ? table : r.pick(parents);
    const field = randomField(r, schema, parent.names,
        parent === table ? 0 : 1);
    field.was = undefined;
    (parent.kids ?? parent.fields).push(field);
    return `add ${table.name}.${field.name}`;
}

function removeColumn(r, schema) {
    const at = anyField(r, schema, ({ list }) => list.length > 1);
    if (at === undefined) return false;
    at.list.splice(at.list.indexOf(at.field), 1);
    dropUses(schema, at.table, new Set([at.field.id,
        ...[...allFields(at.field.kids)].map(({ field }) => field.id)]));
    return `remove ${at.table.name}.${at.field.name}`;
}

function renameColumn(r, schema) {
    const at = anyField(r, schema, ({ field }) => field.was === null);
    if (at === undefined) return false;
    const old = at.field.name;
    const taken = at.above.length > 0 ? at.above.at(-1).names
        : at.table.names;
    at.field.was = old;
    at.field.name = fresh(r, schema, WORDS, taken);
    if (at.field.note !== null && r.percent(50)) at.field.note = null;
    return `rename ${at.table.name}.${old} to ${at.field.name}`;
}

const NEAR = {
    int: ['float', 'decimal', 'number', 'string', 'bool'],
    float: ['int', 'decimal', 'number', 'string'],
    decimal: ['int', 'float', 'number', 'string'],
    number: ['int', 'float', 'decimal', 'string'],
    string: ['int', 'float', 'decimal', 'bool', 'datetime', 'duration', 'uuid',
        'number'],
    bool: ['string', 'int'], datetime: ['string'], duration: ['string'],
    uuid: ['string'], bytes: ['string'], point: ['any'],
};

function nearType(r, schema, type) {
    const roll = r.below(100);
    if (type.k === 'array' || type.k === 'set') {
        if (roll < 30) {
            return { k: type.k === 'set' ? 'array' : 'set', elem: type.elem };
        }
        return { k: type.k, elem: nearType(r, schema, type.elem) };
    }
    if (type.k === 'union') return roll < 70 ? r.pick(type.arms) : { k: 'any' };
    if (type.k === 'null') {
        const elem = roll < 50 ? type.elem : nearType(r, schema, type.elem);
        return roll < 50 || ['any', 'null', 'union'].includes(elem.k) ? elem
            : { k: 'null', elem };
    }
    if (type.k === 'enum') return { k: roll < 70 ? 'string' : 'int' };
    if (type.k === 'record') {
        if (roll < 30) return { k: 'string' };
        const normal = schema.tables.filter((t) => t.edge === null);
        return roll < 60 ? { k: 'record', tables: [] }
            : { k: 'record', tables: normal.filter(() => r.percent(60))
                .map((t) => t.id) };
    }
    if (type.k === 'any') return { k: r.pick(LEAVES) };
    if (roll < 12 && type.k !== 'number') {
        const other = r.pick(LEAVES.filter((k) => k !== type.k
            && k !== 'number'));
        return unionOf(type, { k: other });
    }
    if (roll < 20) return { k: 'null', elem: type };
    if (roll < 25) return { k: 'any' };
    if (roll < 30 && type.k === 'string') {
        return { k: 'enum', of: addEnum(r, schema) };
    }
    return { k: r.pick(NEAR[type.k] ?? ['string']) };
}

function retypeColumn(r, schema) {
    const at = anyField(r, schema, isLeaf);
    if (at === undefined) return false;
    const { field, table } = at;
    const old = field.type;
    field.type = nearType(r, schema, old);
    if (['any', 'null'].includes(field.type.k)) field.option = false;
    field.assert = null;
    if (field.def !== null) {
        field.def = randomDefault(r, schema, field.type);
        field.always = field.always && field.def !== null;
    }
    // An index is of columns that have one kind of value.
    if (!leaves(table).includes(field)) {
        dropUses(schema, table, new Set([field.id]));
    } else if (field.type.k !== 'string') {
        table.indexes = table.indexes.filter((index) =>
            index.kind !== 'fulltext' || !index.cols.includes(field.id));
    }
    return `retype ${table.name}.${field.name} ${old.k} to ${field.type.k}`;
}

function optionColumn(r, schema) {
    const at = anyField(r, schema, (one) => !isComputed(one.field)
        && !['any', 'null'].includes(one.field.type.k)
        && one.field.value === null);
    if (at === undefined) return false;
    at.field.option = !at.field.option;
    at.field.assert = null;
    if (!at.field.option && at.field.kids.length === 0 && r.percent(60)) {
        at.field.def ??= randomDefault(r, schema, at.field.type);
    }
    return `${at.field.option ? 'option' : 'require'} `
        + `${at.table.name}.${at.field.name}`;
}

function clauseOfColumn(r, schema) {
    const at = anyField(r, schema, isLeaf);
    if (at === undefined) return false;
    const { field } = at;
    const roll = r.below(5);
    if (roll === 0) {
        field.def = field.def === null
            ? randomDefault(r, schema, field.type) : null;
        field.always = false;
    }
    if (roll === 1) field.assert = randomAssert(r, field);
    if (roll === 2) field.readonly = !field.readonly;
    if (roll === 3) field.perms = randomPerms(r);
    if (roll === 4) field.note = field.note === null ? "'new words'" : null;
    return `${['default', 'assert', 'readonly', 'permissions', 'comment'][roll]}`
        + ` of ${at.table.name}.${field.name}`;
}

function changeEnum(r, schema) {
    if (schema.enums.length === 0) return false;
    const one = r.pick(schema.enums);
    if (one.variants.length > 2 && r.percent(50)) {
        return `${one.name} without ${one.variants.pop()}`;
    }
    one.variants.push(`v${nextId(schema)}`);
    return `${one.name} with ${one.variants.at(-1)}`;
}

function removeTable(r, schema) {
    if (schema.tables.length < 2) return false;
    const table = r.pick(schema.tables);
    const left = schema.tables.filter((t) => t !== table && t.edge === null);
    if (left.length === 0) return false;
    const gone = new Set([table.id]);
    for (const edge of schema.tables.filter((t) => t.edge !== null)) {
        for (const side of ['from', 'to']) {
            edge.edge[side] = edge.edge[side].filter((id) => id !== table.id);
            if (edge.edge[side].length === 0) gone.add(edge.id);
        }
    }
    schema.tables = schema.tables.filter((t) => !gone.has(t.id));
    schema.views = schema.views.filter((view) => !gone.has(view.of));
    for (const t of schema.tables) {
        for (const { field } of allFields(t.fields)) forget(field.type, gone);
    }
    return `remove table ${table.name}`;
}

// record<a> of a table that goes is a record of any.
function forget(type, gone) {
    if (type.tables !== undefined) {
        type.tables = type.tables.filter((id) => !gone.has(id));
    }
    if (type.elem !== undefined) forget(type.elem, gone);
    for (const arm of type.arms ?? []) forget(arm, gone);
}

function changeTable(r, schema) {
    const table = r.pick(schema.tables);
    const roll = r.below(3);
    if (roll === 0 || (roll === 1 && table.edge === null)) {
        table.full = !table.full;
        return `${table.name} ${table.full ? 'schemafull' : 'schemaless'}`;
    }
    if (roll === 1) {
        const { edge } = table;
        const others = schema.tables.filter((t) => t.edge === null
            && !edge.to.includes(t.id));
        if (edge.to.length > 1) edge.to.pop();
        else if (others.length > 0) edge.to.push(r.pick(others).id);
        else edge.enforced = !edge.enforced;
        return `ends of ${table.name}`;
    }
    table.perms = table.perms === 'full' ? 'none' : 'full';
    return `permissions of ${table.name}`;
}

function changeIndex(r, schema) {
    const table = r.pick(schema.tables);
    if (table.indexes.length === 0 || r.percent(50)) {
        return addIndex(r, schema, table) && `index on ${table.name}`;
    }
    const index = r.pick(table.indexes);
    if (index.kind !== 'fulltext' && r.percent(50)) {
        index.kind = index.kind === 'unique' ? 'index' : 'unique';
        return `${index.name} is ${index.kind}`;
    }
    table.indexes = table.indexes.filter((one) => one !== index);
    return `remove ${index.name}`;
}

function changeEvent(r, schema) {
    const table = r.pick(schema.tables);
    if (table.events.length === 0 || r.percent(40)) {
        addEvent(r, schema, table);
        return `event on ${table.name}`;
    }
    if (r.percent(50)) {
        table.events[0].says += '!';
        return `change ${table.events[0].name}`;
    }
    return `remove ${table.events.pop().name}`;
}

function changeView(r, schema) {
    if (schema.views.length === 0 || r.percent(50)) {
        return addView(r, schema) && `view ${schema.views.at(-1).name}`;
    }
    const view = r.pick(schema.views);
    const all = leaves(tableById(schema, view.of)).filter((f) =>
        fieldById(tableById(schema, view.of).fields, f.id) !== undefined
        && tableById(schema, view.of).fields.includes(f) && f.id !== view.by);
    if (all.length > 0 && r.percent(60)) {
        view.by = r.pick(all).id;
        return `change ${view.name}`;
    }
    schema.views = schema.views.filter((one) => one !== view);
    return `remove ${view.name}`;
}

function changeOther(r, schema) {
    const list = r.pick([schema.functions, schema.params, schema.analyzers]);
    if (list.length === 0 || r.percent(30)) {
        return addOther(r, schema) && 'add function, param or analyzer';
    }
    const one = r.pick(list);
    if (r.percent(60)) {
        if (one.adds !== undefined) one.adds += 1;
        if (one.value !== undefined) one.value += 1;
        if (one.filters !== undefined) {
            one.filters = one.filters === 'ascii' ? 'lowercase' : 'ascii';
        }
        return `change ${one.name}`;
    }
    const used = schema.tables.some((t) =>
        t.indexes.some((index) => index.analyzer === one.id));
    if (used) return false;
    list.splice(list.indexOf(one), 1);
    return `remove ${one.name}`;
}

const CHANGES = [addColumn, addColumn, addColumn, removeColumn, removeColumn,
    renameColumn, renameColumn, retypeColumn, retypeColumn, retypeColumn,
    optionColumn, optionColumn, clauseOfColumn, clauseOfColumn, changeEnum,
    removeTable, changeTable, changeIndex, changeIndex, changeEvent,
    changeView, changeOther, (r, schema) => addTable(r, schema)
        && `add table ${schema.tables.at(-1).name}`];

// One change: the same for the same r and schema.
export function change(r, schema) {
    for (;;) {
        const said = r.pick(CHANGES)(r, schema);
        if (said !== false) return said;
    }
}

// The files of the next version do not say any more what was new in this one.
export function settle(schema) {
    for (const table of schema.tables) {
        for (const { field } of allFields(table.fields)) field.was = null;
    }
    return schema;
}

export const copy = (schema) => structuredClone(schema);
