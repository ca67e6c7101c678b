// tests/cli/formats.mjs BIN ROOT: json and sarif of `check`, and `ir`, parsed
// and held against what docs/ promise.
import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import assert from 'node:assert/strict'

const [bin, root] = process.argv.slice(2)
const run = (...args) => spawnSync(bin, args, { encoding: 'utf8' })

function test(name, body) {
  body()
  console.log(`ok ${name}`)
}

test('json: one object a line, always the same keys', () => {
  const lines = run('check', '--format', 'json', 'bad.sg').stdout
    .trim().split('\n').map((line) => JSON.parse(line))
  assert.equal(lines.length, 2)
  for (const d of lines) {
    assert.deepEqual(Object.keys(d), ['code', 'severity', 'file', 'line',
      'column', 'end', 'message', 'hint', 'fix', 'note', 'related', 'edits'])
  }
  assert.deepEqual(lines[0].edits, [])
  assert.deepEqual([lines[0].line, lines[0].column, lines[0].end],
    [2, 8, { line: 2, column: 13 }])
})

test('json: columns are code points, any name survives', () => {
  const name = 'caf\u00e9 "x"\\.surql'
  writeFileSync(name, 'DEFINE TABLE `\u{1f600}\u00e9` TPYE x;\n')
  const d = JSON.parse(run('check', '--format', 'json', name).stdout)
  assert.equal(d.file, name)
  assert.equal(d.column, 19)
})

test('json: a second place', () => {
  writeFileSync('twice.surql', 'DEFINE TABLE z;\nDEFINE TABLE z;\n')
  const d = JSON.parse(run('check', '--format', 'json', 'twice.surql').stdout)
  assert.deepEqual(d.related.map((r) => [r.file, r.line, r.column, r.end]),
    [['twice.surql', 1, 14, { line: 1, column: 15 }]])
})

// Edits put into the file are what `fmt --fix` writes.
const old = '\ufeff-- \u{1f600}\r\nDEFINE FIELD n ON `\u{1f600}` '
  + 'FLEXIBLE TYPE object DEFAULT {};\r\nDEFINE FIELD o ON e DEFAULT '
  + '[/* \u{1f600} */ "\u{1f600}", type::thing("a", 1)];\r\n'
  + 'DEFINE FIELD p ON e DEFAULT string::is::email("x");\r\n'

function mend(text, edits) {
  const starts = [0]
  const points = [...text.replace(/^\ufeff/, '')]
  points.forEach((c, i) => { if (c === '\n') starts.push(i + 1) })
  const at = (p) => starts[p.line - 1] + p.column - 1
  for (const e of edits.sort((a, b) => at(b.start) - at(a.start))) {
    points.splice(at(e.start), at(e.end) - at(e.start), e.text)
  }
  return (text.startsWith('\ufeff') ? '\ufeff' : '') + points.join('')
}

test('json, sarif: what can be mended by machine', () => {
  writeFileSync('old.surql', old)
  const json = run('check', '--format', 'json', 'old.surql').stdout
    .trim().split('\n').map((line) => JSON.parse(line))
  const edits = json.flatMap((d) => d.edits)
  assert.ok(edits.length >= 4)
  for (const e of edits) {
    assert.deepEqual(Object.keys(e), ['file', 'start', 'end', 'text'])
    assert.equal(e.file, 'old.surql')
  }
  const log = JSON.parse(
    run('check', '--format', 'sarif', 'old.surql').stdout)
  const fixes = log.runs[0].results.flatMap((r) => r.fixes ?? [])
  assert.equal(fixes.length, json.filter((d) => d.edits.length > 0).length)
  const changes = fixes.flatMap((f) => {
    assert.ok(f.description.text.length > 0)
    assert.equal(f.artifactChanges.length, 1)
    assert.equal(f.artifactChanges[0].artifactLocation.uri, 'old.surql')
    return f.artifactChanges[0].replacements
  })
  assert.deepEqual(changes.map((r) => ({
    file: 'old.surql',
    start: { line: r.deletedRegion.startLine,
      column: r.deletedRegion.startColumn },
    end: { line: r.deletedRegion.endLine, column: r.deletedRegion.endColumn },
    text: r.insertedContent.text,
  })), edits)
  const got = mend(old, edits)
  assert.equal(run('fmt', '--fix', 'all', 'old.surql').status, 0)
  assert.equal(got, readFileSync('old.surql', 'utf8'))
})

// What the schema of SARIF 2.1.0 requires of the objects used here.
test('sarif: what 2.1.0 requires', () => {
  const log = JSON.parse(
    run('check', '--format', 'sarif', 'bad.sg', 'twice.surql').stdout)
  assert.equal(log.version, '2.1.0')
  assert.equal(log.runs.length, 1)
  const { tool, results, columnKind } = log.runs[0]
  assert.equal(tool.driver.name, 'surrealgen')
  assert.equal(columnKind, 'unicodeCodePoints')
  const ids = tool.driver.rules.map((r) => r.id)
  assert.equal(new Set(ids).size, ids.length)
  assert.equal(results.length, 3)
  for (const r of results) {
    assert.ok(ids.includes(r.ruleId))
    assert.ok(['error', 'warning'].includes(r.level))
    assert.ok(r.message.text.length > 0)
    for (const l of [...r.locations, ...(r.relatedLocations ?? [])]) {
      const { artifactLocation, region } = l.physicalLocation
      assert.ok(!/[ \\]/.test(artifactLocation.uri))
      for (const k of ['startLine', 'startColumn', 'endLine', 'endColumn']) {
        assert.ok(Number.isInteger(region[k]) && region[k] >= 1)
      }
    }
  }
})

// The part of JSON Schema that docs/ir.schema.json uses.
function check(schema, value, at, defs) {
  if (schema.$ref) {
    return check(defs[schema.$ref.replace('#/$defs/', '')], value, at, defs)
  }
  if (schema.anyOf) {
    const said = []
    for (const s of schema.anyOf) {
      try {
        return check(s, value, at, defs)
      } catch (e) {
        said.push(e.message)
      }
    }
    assert.fail(`${at}: ${said.join('; ')}`)
  }
  if ('const' in schema) assert.deepEqual(value, schema.const, at)
  if (schema.enum) assert.ok(schema.enum.includes(value), `${at}: ${value}`)
  const kinds = schema.type === undefined ? [] : [schema.type].flat()
  const kind = value === null ? 'null' : Array.isArray(value) ? 'array'
    : Number.isInteger(value) ? 'integer' : typeof value
  if (kinds.length) assert.ok(kinds.includes(kind), `${at}: is ${kind}`)
  if (kind === 'array' && schema.items) {
    value.forEach((v, i) => check(schema.items, v, `${at}[${i}]`, defs))
  }
  if (kind === 'object') {
    for (const k of schema.required ?? []) {
      assert.ok(k in value, `${at}: no ${k}`)
    }
    for (const [k, v] of Object.entries(value)) {
      const s = schema.properties?.[k]
      if (!s && schema.additionalProperties === false) {
        assert.fail(`${at}: ${k} is not in the schema`)
      }
      if (s) check(s, v, `${at}.${k}`, defs)
    }
  }
}

test('ir: as docs/ir.schema.json says, the same twice', () => {
  const schema = JSON.parse(readFileSync(`${root}/docs/ir.schema.json`))
  const file = `${root}/tests/cli/all.sg`
  const one = execFileSync(bin, ['ir', file], { encoding: 'utf8' })
  const two = execFileSync(bin, ['ir', '--format', 'json', file],
    { encoding: 'utf8' })
  assert.equal(one, two)
  const ir = JSON.parse(one)
  check(schema, ir, 'ir', schema.$defs)
  for (const list of schema.required) {
    assert.ok(!Array.isArray(ir[list]) || ir[list].length > 0,
      `tests/cli/all.sg has nothing for ${list}`)
  }
  const promised = new Set(readFileSync(`${root}/docs/ir.md`, 'utf8')
    .match(/`[a-z_]+`/g).map((w) => w.slice(1, -1)))
  const keys = new Set()
  const walk = (v) => {
    if (v === null || typeof v !== 'object') return
    if (!Array.isArray(v)) Object.keys(v).forEach((k) => keys.add(k))
    Object.values(v).forEach(walk)
  }
  walk(ir)
  assert.deepEqual([...keys].filter((k) => !promised.has(k)), [])
  assert.ok(!one.includes('hunter2'), 'a secret is printed')
  const expected = `${root}/tests/cli/all.ir.expect`
  const got = one.replaceAll(`${root}/`, '')
  if (process.env.UPDATE === '1') writeFileSync(expected, got)
  assert.equal(got, readFileSync(expected, 'utf8'))
})
