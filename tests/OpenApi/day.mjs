// A day of a reviewer and of an operator, by a client that knows only the document: node day.mjs CONSOLE AGENTS REVIEWER-KEY OPERATOR-KEY AGENT-KEY.
// The agent's own calls go by plain HTTP. Every step that does not do what it should ends the program with 1.
import assert from 'node:assert/strict';
import { connect } from './client.mjs';

const [consoleUrl, agentsUrl, reviewerKey, operatorKey, agentKey] = process.argv.slice(2);
const grace = await connect(consoleUrl, reviewerKey);
const mallory = grace.as(operatorKey);
const call = (path, key = agentKey, method = 'POST') => fetch(new URL(path, agentsUrl), {
  method, body: method === 'POST' ? '{"amount":1}' : undefined,
  headers: { 'aiaccess-token': key, prefer: 'respond-async', ...(method === 'POST' ? { 'content-type': 'application/json' } : {}) },
});

const until = async (what, ask) => {
  const began = performance.now();
  for (;;) {
    const answer = await ask();
    if (answer) return { answer, ms: performance.now() - began };
    if (performance.now() - began > 60_000) throw new Error(`waited in vain until ${what}`);
    await new Promise(resolve => setTimeout(resolve, 20));
  }
};

// Morning: who am I, is all well, what are the rules, what waits?
assert.equal((await grace.call('whoAmI')).json.id, 'grace');
assert.equal((await mallory.call('whoAmI')).json.operator, true);
assert.equal((await grace.call('getHealth')).json.status, 'ok');
assert.ok((await grace.call('getSettings')).json.settings.some(one => one.name === 'gate:hold'));
const rules = (await grace.call('getPolicy')).json;
assert.ok(rules.routes[0].rules.some(rule => rule.id === 'write' && rule.needs.length > 0));
assert.equal((await grace.call('tryPolicy', {}, { agent: 'bot', method: 'GET', path: '/api/x' })).json.outcome, 'allow');
assert.deepEqual((await grace.call('listTickets')).json.tickets, []);
assert.ok((await grace.call('listPeople', { group: 'reviewers' })).json.people.some(person => person.id === 'grace'));
assert.equal((await grace.call('getPerson', { id: 'ada' })).json.owns.length, 2);
assert.equal((await grace.call('getPerson', { id: 'nobody' })).status, 404);

// She listens, from the beginning of the ledger.
const events = [];
const listening = (async () => {
  for await (const event of grace.listen('listenToEvents', { 'Last-Event-ID': '0' })) events.push(event);
})().catch(() => {});
await until('she listens', () => events.some(event => event.event === 'hello'));

// The agent asks for something.
assert.equal((await call('/api/one')).status, 202);
const listed = (await until('a ticket is listed', async () => (await grace.call('listTickets', { mine: 'true', risk: 'high', agent: 'bot', limit: '1' })).json.tickets[0])).answer;
assert.equal((await mallory.call('listTickets', { mine: 'true' })).json.tickets.length, 0);
await until('she is told', () => events.some(event => event.event === 'ticket' && JSON.parse(event.data).subject === listed.id));

// She reads it whole, and votes on what she read. Had anything happened in between, the vote would not count.
const read = await grace.call('getTicket', { id: listed.id });
assert.ok(read.json.shown.parts.length > 0);
assert.equal(read.headers.get('etag'), `"${read.json.revision}"`);
const stale = await grace.call('vote', { id: listed.id, 'If-Match': `"${read.json.revision + 1}"` }, { vote: 'approve' });
assert.equal(stale.status, 412);
assert.equal((await mallory.call('vote', { id: listed.id }, { vote: 'approve' })).status, 403);
assert.equal((await grace.call('vote', { id: listed.id }, { vote: 'deny' })).status, 400);
const voted = await grace.call('vote', { id: listed.id, 'If-Match': read.headers.get('etag') }, { vote: 'approve', reason: 'agreed' });
assert.equal(voted.json.status, 'approved');
assert.equal((await grace.call('vote', { id: listed.id }, { vote: 'approve', reason: 'agreed' })).status, 200);
assert.equal((await grace.call('vote', { id: listed.id }, { vote: 'deny', reason: 'or not' })).status, 409);
assert.equal((await call('/api/one')).status, 200);
await until('it has ended', async () => (await grace.call('listTickets', { state: 'ended' })).json.tickets.some(ticket => ticket.id === listed.id));

// The agent runs wild: it is suspended, and nothing of it passes.
assert.equal((await grace.call('suspendAgent', { id: 'bot' }, {})).status, 403);
const suspended = await mallory.call('suspendAgent', { id: 'bot' }, { reason: 'it runs wild' });
assert.equal(suspended.json.suspended.by, 'mallory');
const refused = await until('its calls are refused', async () => { const answer = await call('/api/x', agentKey, 'GET'); return answer.status === 403 && answer; });
assert.match((await refused.answer.json()).detail, /it runs wild/);
assert.deepEqual((await grace.call('listAgents', { suspended: 'true' })).json.agents.map(agent => agent.id), ['bot']);
assert.equal((await mallory.call('resumeAgent', { id: 'bot' }, { reason: 'mended' })).json.suspended, null);
await until('its calls pass', async () => (await call('/api/x', agentKey, 'GET')).status === 200);
assert.equal((await mallory.call('suspendAgent', { id: 'nobody' }, {})).status, 404);

// Its key is rotated, then the old one revoked.
const rotated = await mallory.call('rotateKey', { id: 'bot', key: 'own', 'Idempotency-Key': 'rotation-1' }, { overlap_seconds: 3600 });
assert.equal(rotated.status, 201);
assert.equal((await mallory.call('rotateKey', { id: 'bot', key: 'own', 'Idempotency-Key': 'rotation-1' }, { overlap_seconds: 3600 })).status, 409);
assert.equal((await call('/api/x', rotated.json.secret, 'GET')).status, 200);
assert.equal((await call('/api/x', agentKey, 'GET')).status, 200);
assert.equal((await mallory.call('revokeKey', { id: 'bot', key: 'own' }, { reason: 'rotated' })).json.live, false);
const revoked = await until('the old key is refused', async () => (await call('/api/x', agentKey, 'GET')).status === 401);
assert.equal((await call('/api/x', rotated.json.secret, 'GET')).status, 200);
const created = await mallory.call('createKey', { id: 'bot' }, { on_behalf_of: 'joan', expires: '2100-01-01T00:00:00Z' });
assert.equal(created.json.key.on_behalf_of, 'joan');
assert.equal((await mallory.call('createKey', { id: 'bot' }, { on_behalf_of: 'grace' })).status, 403);
assert.equal((await mallory.call('createKey', { id: 'bot' }, { expires: '2001-01-01T00:00:00Z' })).status, 400);
const keys = (await grace.call('getAgent', { id: 'bot' })).json.keys;
assert.ok(keys.find(key => key.id === rotated.json.key.id).last_used);

// Evening: what happened today, page by page, and all of it as lines.
const pages = [];
for (let cursor; ;) {
  const page = (await grace.call('searchLedger', { limit: '7', ...(cursor ? { cursor } : {}) })).json;
  pages.push(...page.entries);
  if (!(cursor = page.next)) break;
}
assert.deepEqual(pages.map(entry => entry.position), pages.map((_, index) => pages.length - index));
assert.equal((await grace.call('searchLedger', { kind: ['agent.*', 'key.*'], person: 'mallory', order: 'oldest' })).json.entries.length, 5);
assert.equal((await grace.call('searchLedger', { text: 'IT RUNS WILD', kind: 'agent.suspended' })).json.entries.length, 1);
const exported = (await grace.call('exportLedger', { ticket: listed.id })).lines;
assert.deepEqual(exported.map(entry => entry.kind).filter(kind => kind !== 'vote.refused'), ['ticket.opened', 'vote.approve', 'ticket.approved', 'ticket.executing', 'call.executed']);
assert.equal((await grace.call('searchLedger', { kind: 'exported' })).json.entries[0].reviewer.id, 'grace');
const counted = (await grace.call('getPolicy')).json.routes[0].rules.find(rule => rule.id === 'write').today;
assert.deepEqual([counted.asked, counted.approved, counted.executed], [1, 1, 1]);

// Somebody who was cut off misses nothing: the same events come again from where they stopped.
await until('she was told of the keys', () => events.filter(event => event.event === 'agent').length === 5);
const heard = events.filter(event => event.event === 'ticket' || event.event === 'agent');
const again = [];
for await (const event of grace.listen('listenToEvents', { 'Last-Event-ID': heard[1].id })) {
  if (event.event === 'ticket' || event.event === 'agent') again.push(event);
  if (again.length === heard.length - 2) break;
}
assert.deepEqual(again, heard.slice(2));

const operations = Object.values(grace.document.paths).flatMap(item => Object.values(item)).map(operation => operation.operationId);
const used = new Set([...grace.seen, ...mallory.seen].map(one => one.split(' ')[0]));
assert.deepEqual(operations.filter(id => !used.has(id) && id !== 'listenToEvents' && id !== 'getOpenApi'), [], 'operations that the day left out');
console.log(JSON.stringify({ operations: operations.length, answers: grace.seen.size + mallory.seen.size, suspended_ms: Math.round(refused.ms), revoked_ms: Math.round(revoked.ms) }));
process.exit(0);
