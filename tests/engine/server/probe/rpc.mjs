// Calls over WebSocket.  with.sh server|3 node rpc.mjs
import { Link, NONE, Tag, basic, decode, idOf, newUuid, pass, say, show, sleep,
    user, uuidTag } from './lib.mjs';

const guest = await Link.open();
for (const [method, params] of [['ping', []], ['version', []],
    ['info', []], ['use', ['p', 'p']], ['let', ['a', 1]], ['unset', ['a']],
    ['query', ['RETURN 1']], ['select', ['t']], ['live', ['t']],
    ['kill', [newUuid()]], ['run', ['time::now']], ['begin', []],
    ['sessions', []], ['invalidate', []], ['reset', []],
    ['signin', [{ user, pass: 'wrong' }]],
    ['signin', [{ user: 'nobody', pass: 'x' }]],
    ['signin', [{ user }]], ['authenticate', ['abc']],
    ['signin', [{ user, pass, ns: 'nope' }]], ['health', []]]) {
    await guest.tell(`guest ${method} ${show(params)}`, method, params);
}
await guest.tell('guest attach', 'attach', [], { session: uuidTag(newUuid()) });
guest.close();

const root = await Link.open();
await root.tell('root signin', 'signin', [{ user, pass }]);
await root.tell('use db first', 'query', ['RETURN session::db()']);
await root.tell('use', 'use', ['p', 'p']);
await root.tell('use none none', 'use', [NONE, NONE]);
await root.tell('rows', 'query', ['DEFINE TABLE t; RETURN $session.id; '
    + 'RETURN $session.ip']);
await root.tell('let', 'let', ['a', 5]);
await root.tell('regex result', 'query', ['RETURN <regex> "a"']);

// live
const seen = async (topic, link = root) => {
    await sleep(150);
    say(topic, link.seen.splice(0).filter((text) =>
        /action/.test(text)).join('\n    ') || 'no notification');
};
root.seen.length = 0;
const live = (await root.tell('live', 'live', ['t'])).result;
await root.call('query', ['CREATE t:1 SET a = 1; UPDATE t:1 SET a = 2; '
    + 'DELETE t:1']);
say('order', root.seen.map((text) => (/action/.test(text) ? 'live' : 'reply'))
    .join(' '));
await seen('live messages');
await root.tell('kill', 'kill', [live]);
await seen('killed');
await root.tell('kill again', 'kill', [live]);
await root.tell('kill text', 'kill', ['x']);
await root.call('live', ['t']);
await root.call('query', ['REMOVE TABLE t; DEFINE TABLE t']);
await seen('table removed');
await root.call('query', ['LIVE SELECT * FROM t; LIVE SELECT VALUE a FROM t']);
root.seen.length = 0;
await root.call('query', ['CREATE t:2 SET a = 1']);
await seen('two live queries');
await root.tell('reset', 'reset', []);
await seen('after reset');
await root.tell('query after reset', 'query', ['RETURN 1']);
await root.login();
await root.tell('variable after reset', 'query', ['RETURN $a']);
root.seen.length = 0;
await root.call('query', ['CREATE t:3']);
await seen('live after reset');

// sessions
const one = uuidTag(newUuid());
const at = { session: one };
await root.tell('attach', 'attach', [], at);
await root.tell('attach again', 'attach', [], at);
await root.tell('attach without', 'attach', []);
await root.tell('sessions', 'sessions', []);
await root.tell('attached is a guest', 'query', ['RETURN 1'], at);
await root.tell('attached signin', 'signin', [{ user, pass }], at);
await root.tell('attached use', 'use', ['p', 'p'], at);
await root.tell('attached session id', 'query', ['RETURN $session.id'], at);
const inner = (await root.call('live', ['t'], at)).result;
await root.call('live', ['t']);
root.seen.length = 0;
await root.call('query', ['CREATE t:4']);
await seen('live of both');
await root.tell('kill of the other session', 'kill', [inner]);
await seen('killed of the other');
await root.call('live', ['t'], at);
await root.tell('detach', 'detach', [], at);
root.seen.length = 0;
await root.call('query', ['CREATE t:5']);
await seen('live after detach');
await root.tell('detached', 'query', ['RETURN 1'], at);
await root.tell('detached ping', 'ping', [], at);
await root.tell('detach again', 'detach', [], at);
const foreign = await (await Link.open()).login();
await root.call('attach', [], at);
await foreign.tell('session of another connection', 'query', ['RETURN 1'], at);

// transactions
const txn = (await root.tell('begin', 'begin', [])).result;
await root.tell('in txn', 'query', ['CREATE x:1'], { txn });
await foreign.tell('txn of another connection', 'query', ['RETURN 1'],
    { txn });
await root.tell('commit text', 'commit', [idOf(txn)]);
await root.tell('commit', 'commit', [txn]);
await root.tell('commit again', 'commit', [txn]);
await root.tell('query in ended txn', 'query', ['RETURN 1'], { txn });
const lost = (await foreign.call('begin')).result;
await foreign.call('query', ['CREATE x:2'], { txn: lost });
foreign.close();
await sleep(200);
await root.tell('txn of a closed connection', 'query', ['SELECT * FROM x']);
const bad = (await root.call('begin')).result;
await root.tell('error in txn', 'query', ['CREATE x:1'], { txn: bad });
await root.tell('commit after error', 'commit', [bad]);

// logins
await root.call('query', [`
    DEFINE ACCESS acc ON DATABASE TYPE RECORD
        SIGNUP (CREATE person SET name = $name) SIGNIN (
        SELECT * FROM person WHERE name = $name) WITH REFRESH
        DURATION FOR TOKEN 1s, FOR SESSION 2s;
    DEFINE ACCESS bear ON DATABASE TYPE BEARER FOR USER;
    DEFINE USER ann ON DATABASE PASSWORD 'a' ROLES VIEWER;
    DEFINE TABLE person PERMISSIONS FULL`]);
const who = { ns: 'p', db: 'p', ac: 'acc', name: 'x' };
const person = await Link.open();
const pair = (await person.tell('signup', 'signup', [who])).result;
await person.tell('record query', 'query', ['SELECT * FROM person']);
await person.tell('record DDL', 'query', ['DEFINE TABLE no']);
await person.tell('signin nobody', 'signin', [{ ...who, name: 'y' }]);
const next = (await person.tell('refresh', 'refresh', [pair])).result;
await person.tell('refresh old', 'refresh', [pair]);
await person.tell('authenticate', 'authenticate', [next.access]);
await sleep(2500);
await person.tell('expired session', 'query', ['RETURN 1']);
await person.tell('expired ping', 'ping', []);
await person.tell('expired token', 'authenticate', [next.access]);
await person.tell('refresh after expiry', 'refresh', [next]);
await person.tell('query after refresh', 'query', ['RETURN 1']);
const third = (await person.call('signin', [who])).result;
await person.tell('revoke', 'revoke', [third]);
await person.tell('revoke again', 'revoke', [third]);
await person.tell('refresh revoked', 'refresh', [third]);
await person.tell('invalidate', 'invalidate', []);
await person.tell('after invalidate', 'query', ['RETURN 1']);
const grant = await root.tell('grant', 'query',
    ['ACCESS bear ON DATABASE GRANT FOR USER ann']);
const key = grant.result[0].result.grant?.key;
await person.tell('bearer', 'signin', [{ ns: 'p', db: 'p', ac: 'bear', key }]);
await person.tell('bearer query', 'query', ['RETURN 1']);
await person.tell('bearer bad', 'signin', [{ ns: 'p', db: 'p', ac: 'bear',
    key: 'surreal-bearer-x' }]);
const ann = await Link.open({ authorization: basic('ann', 'a'),
    'surreal-auth-ns': 'p', 'surreal-auth-db': 'p' });
await ann.tell('header login selects', 'query',
    ['RETURN [session::ns(), session::db()]']);
const jwt = (await (await Link.open()).call('signin', [{ ns: 'p', db: 'p',
    user: 'ann', pass: 'a' }])).result;
const bearer = await Link.open({ authorization: `Bearer ${jwt}` });
await bearer.tell('header token selects', 'query',
    ['RETURN [session::ns(), session::db()]']);

// order
root.seen.length = 0;
const slow = root.call('query', ['SLEEP 200ms']);
const fast = root.call('ping');
await Promise.all([slow, fast]);
say('order of replies', root.seen.map((text) => text.match(/\bid: \d+/)[0]
    && (/time/.test(text) ? 'slow' : 'fast')).join(' '));

// size
const big = 'x'.repeat(5 << 20);
const back = await root.call('query', ['RETURN string::len($a)', { a: big }]);
say('5 MiB up', show(back.result ?? back));
const down = await root.call('query', ['RETURN $a', { a: big }]);
say('5 MiB down', down.result?.[0]?.result?.length ?? show(down));
process.exit(0);
