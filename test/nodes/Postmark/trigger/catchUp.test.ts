import type { TriggerHost } from '../../../support/triggerHost';
import { eventually, send, serverOf, useTrigger } from './support';

const { sandbox, trigger } = useTrigger();
const postmark = () => sandbox.current.postmark;
const HOUR = 60 * 60_000;

/** As if the trigger had been switched on, and had last looked, so long ago. */
function since(host: TriggerHost, hours: number): void {
	const at = Date.now() - hours * HOUR;
	for (const name of ['cursor', 'inboundCursor', 'lookedAt'])
		if (host.memory[name] !== undefined) host.memory[name] = at;
}

/** A bounce that happened while n8n could not be reached, so long ago that Postmark no longer tries to report it. */
function missed(email: string, hoursAgo: number, more: object = {}) {
	const bounce = postmark().bounce({ email, ...more });
	bounce.BouncedAt = new Date(Date.now() - hoursAgo * HOUR).toISOString();
	return bounce;
}

const bounce = (ID: number, Email = 'now@example.net') => ({ RecordType: 'Bounce', ID, Email });
const emails = (host: TriggerHost) => host.json.map(({ Email }) => Email);
const looks = () => sandbox.current.requests.list({ path: '/bounces' }).length;

/** Switches on, and away: what happens now is missed. */
async function away(hours: number, parameters = {}): Promise<TriggerHost> {
	const host = await trigger({ events: ['bounce'], ...parameters });
	await host.activate();
	since(host, hours);
	serverOf(sandbox.current).webhooks.clear();
	return host;
}

test('the first call after a long silence brings what was missed before it, oldest first', async () => {
	const host = await away(30);
	const id = await send(sandbox.current, { To: 'first@example.net', Metadata: { order: '4711' } });
	missed('second@example.net', 5);
	missed('first@example.net', 20, { message: id });
	await host.prove(bounce(1));
	expect(emails(host)).toEqual(['first@example.net', 'second@example.net', 'now@example.net']);
	expect(host.json[0]).toMatchObject({ RecordType: 'Bounce', MessageID: id, Metadata: { order: '4711' } });
	expect(host.executions).toHaveLength(1);
});

test('what was caught up is not reported again when Postmark still tries to', async () => {
	const host = await away(30);
	const late = missed('late@example.net', 5);
	await host.prove(bounce(1));
	await host.prove(late);
	since(host, 30);
	await host.prove(bounce(2, 'later@example.net'));
	expect(emails(host)).toEqual(['late@example.net', 'now@example.net', 'later@example.net']);
});

test('what was reported is not caught up again', async () => {
	const host = await away(30);
	await host.prove(missed('known@example.net', 5));
	since(host, 30);
	await host.prove(bounce(1));
	expect(emails(host)).toEqual(['known@example.net', 'now@example.net']);
});

test('after a restart the trigger wakes itself', async () => {
	const host = await away(30);
	missed('gone@example.net', 20);
	await host.activate('init');
	await eventually(() => host.executions.length > 0);
	expect(emails(host)).toEqual(['gone@example.net']);
});

test('nobody but the trigger can wake it', async () => {
	const host = await away(30);
	missed('gone@example.net', 20);
	expect((await host.call({ wake: true })).status).toBe(401);
	expect(looks()).toBe(0);
});

test('only the streams and kinds that were chosen, and nothing from before the trigger was switched on', async () => {
	const host = await away(10);
	missed('other stream@example.net', 5, { stream: 'broadcast' });
	missed('complaint@example.net', 5, { type: 'SpamComplaint' });
	missed('before@example.net', 11);
	missed('mine@example.net', 5);
	await host.prove(bounce(1));
	expect(emails(host)).toEqual(['mine@example.net', 'now@example.net']);
});

test('spam complaints are called so', async () => {
	const host = await away(10, { events: ['spamComplaint'] });
	missed('bounce@example.net', 5);
	missed('complaint@example.net', 5, { type: 'SpamComplaint' });
	await host.prove({ RecordType: 'SpamComplaint', ID: 1, Email: 'now@example.net' });
	expect(host.json.map(({ RecordType, Email }) => [RecordType, Email])).toEqual([
		['SpamComplaint', 'complaint@example.net'],
		['SpamComplaint', 'now@example.net'],
	]);
});

test('is not done with each call, nor when it is switched off', async () => {
	const host = await away(0);
	for (const id of [1, 2, 3]) await host.prove(bounce(id));
	expect(looks()).toBe(0);
	since(host, 2);
	for (const id of [4, 5, 6]) await host.prove(bounce(id));
	expect(looks()).toBe(1);
	since(host, 2);
	host.change({ options: { catchUp: false } });
	await host.prove(bounce(7));
	expect(looks()).toBe(1);
});

test('calls side by side do not report the same twice', async () => {
	const host = await away(30);
	missed('gone@example.net', 20);
	await Promise.all([1, 2, 3, 4].map(async (id) => await host.prove(bounce(id, `${id}`))));
	expect(emails(host).sort()).toEqual(['1', '2', '3', '4', 'gone@example.net']);
});

test('when Postmark cannot be asked, the event goes on, and nothing is lost', async () => {
	const host = await away(30);
	missed('gone@example.net', 20);
	const before = host.memory.cursor;
	sandbox.current.faults.add({ service: 'postmark', path: '/bounces', kind: 'status', status: 422 });
	expect((await host.prove(bounce(1))).status).toBe(200);
	expect(emails(host)).toEqual(['now@example.net']);
	expect(host.memory.cursor).toBe(before);
	await host.prove(bounce(2, 'next@example.net'));
	expect(emails(host)).toEqual(['now@example.net', 'gone@example.net', 'next@example.net']);
});

test('when n8n cannot start the execution, what was caught up comes again', async () => {
	const host = await away(30);
	missed('gone@example.net', 20);
	host.isFailing = true;
	expect((await host.prove(bounce(1))).status).toBe(500);
	host.isFailing = false;
	await host.prove(bounce(1));
	expect(emails(host)).toEqual(['gone@example.net', 'now@example.net']);
});

test('a flood comes in portions, each once', async () => {
	const host = await away(30);
	for (let i = 0; i < 600; i++) missed(`${i}@example.net`, 20 - i / 50);
	await host.prove(bounce(1));
	expect(host.executions[0]).toHaveLength(251);
	await eventually(() => host.items.length >= 601);
	expect(emails(host).filter((email) => email !== 'now@example.net')).toEqual(
		Array.from({ length: 600 }, (_, i) => `${i}@example.net`),
	);
});

test.each([2_500, 5_000])(
	'%d that were missed in a long downtime all come, each once, oldest first',
	async (count) => {
		const host = await away(30);
		const names = Array.from({ length: count }, (_, i) => `${i}@example.net`);
		for (const [i, email] of names.entries()) missed(email, 29 - i / 200);
		await host.activate('init');
		await eventually(() => host.items.length >= count, 110_000);
		expect(emails(host)).toEqual(names);
	},
	300_000,
);

test('what Postmark no longer keeps is told as an item of its own', async () => {
	const host = await away(50 * 24);
	missed('kept@example.net', 24);
	await host.prove(bounce(1));
	expect(emails(host)).toEqual(['kept@example.net', 'now@example.net', undefined]);
	expect(host.json.at(-1)).toEqual({
		RecordType: 'Missed',
		Message: expect.stringMatching(
			/^Some bounces and spam complaints from .*: Postmark keeps them for 45 days only$/,
		),
		Remedy: expect.stringContaining('Look at the activity of this time in Postmark'),
		From: expect.any(String),
		Until: expect.any(String),
	});
	host.memory.lookedAt = 0;
	await host.prove(bounce(2));
	expect(host.json.filter(({ RecordType }) => RecordType === 'Missed')).toHaveLength(1);
});

test('a kind of event that is chosen later brings nothing from before', async () => {
	const host = await trigger({ events: ['open'] });
	await host.activate();
	missed('before@example.net', 5);
	host.change({ events: ['open', 'bounce'] });
	await host.activate('update');
	host.memory.lookedAt = 0;
	await host.prove(bounce(1));
	expect(emails(host)).toEqual(['now@example.net']);
});

test('a change that is published switches off and on: nothing in between is lost; a longer pause is one', async () => {
	const host = await away(30);
	await host.activate('update');
	await host.deactivate();
	missed('between@example.net', 1);
	await host.activate('update');
	await host.prove(bounce(1));
	expect(emails(host)).toEqual(['between@example.net', 'now@example.net']);
	await host.deactivate();
	host.memory.stoppedAt = Date.now() - 2 * HOUR;
	missed('off@example.net', 1);
	await host.activate();
	host.memory.lookedAt = 0;
	await host.prove(bounce(2, 'on@example.net'));
	expect(emails(host).slice(2)).toEqual(['on@example.net']);
});

test('a form that cannot be read does no harm to n8n when the trigger looks by itself', async () => {
	const host = await away(30);
	missed('gone@example.net', 20);
	host.change({ events: ['nonsense'], streams: ['outbound'] });
	const failures: unknown[] = [];
	const note = (error: unknown) => void failures.push(error);
	process.on('uncaughtException', note).on('unhandledRejection', note);
	await host.restartTrigger();
	await new Promise((resolve) => setTimeout(resolve, 2_300));
	process.off('uncaughtException', note).off('unhandledRejection', note);
	expect([failures, host.answers]).toEqual([[], []]);
});
