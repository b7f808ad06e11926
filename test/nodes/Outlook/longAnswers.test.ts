import { longest } from '../../../core/http/outgoing';
import { NODE } from '../../support/runNode';
import { byId, ERROR_OUTPUT, rows, run } from './support';
import { inMinutes, usePolling } from './trigger/polling';

const { sandbox, mailbox, memory, poll } = usePolling();

/** As if answers of 64 kB were too long, and texts of 4 kB. */
beforeEach(() => {
	jest.replaceProperty(longest, 'answer', 64_000);
	jest.replaceProperty(longest, 'text', 4_000);
});
afterEach(() => jest.restoreAllMocks());

const body = (length: number) => ({ contentType: 'text', content: 'x'.repeat(length) });
const receive = (subject: string, length: number, more: object = {}) =>
	mailbox().receive({ subject, body: body(length), ...more });
/** How many there were. */
const requests = () => sandbox.current.requests.list().length;
const GIANT = 100_000;

describe('a trigger, when the page it comes to makes too long an answer', () => {
	const withBody = { withBody: true };
	const look = async (parameters: object = withBody) =>
		(await poll(parameters as never)).map(({ json }) => json);

	test('asks for fewer, and tells each message once and whole', async () => {
		await look();
		const wanted = Array.from({ length: 90 }, (_, i) => `m${i}`);
		for (const subject of wanted) receive(subject, 3_000);
		const found = await look();
		expect(found.map(({ subject }) => subject).sort()).toEqual(wanted.sort());
		expect(found.every((row) => JSON.stringify(row.body) === JSON.stringify(body(3_000)))).toBe(true);
		expect(found.some(({ problem }) => problem !== undefined)).toBe(false);
		expect(await look()).toEqual([]);
	});

	test('tells one that is too long by itself without its long text, once, and goes on past it', async () => {
		await look();
		receive('before', 10);
		const giant = receive('giant', GIANT);
		receive('after', 10);
		const found = await look();
		expect(found.map(({ subject }) => subject)).toEqual(['before', 'giant', 'after']);
		expect(found.map(({ problem }) => problem)).toEqual([
			undefined,
			`What Outlook has of AAkALg${giant.id} is too long for one answer, so its texts of more than 1 MB are left out.`,
			undefined,
		]);
		expect(found[1]!.body).toEqual({ contentType: 'text', content: '(left out: too long)' });
		receive('later', 10);
		expect((await look()).map(({ subject }) => subject)).toEqual(['later']);
		expect(await look()).toEqual([]);
	});

	test('in the first round too, which tells nothing; and it remembers no more than how many to ask for', async () => {
		const old = { receivedDateTime: '2026-01-01T00:00:00Z' };
		for (let i = 0; i < 60; i++) receive(`m${i}`, 3_000, old);
		receive('giant', GIANT, old);
		expect(await look()).toEqual([]);
		expect(JSON.stringify(memory.saved).length).toBeLessThan(2_000);
		receive('new', 10);
		expect((await look()).map(({ subject }) => subject)).toEqual(['new']);
	});

	test('with its files, the problem stays', async () => {
		const form = { ...withBody, attachments: true };
		await look(form);
		receive('giant', GIANT);
		expect(await look(form)).toMatchObject([{ problem: expect.stringContaining('too long') as string }]);
	});

	test('of events', async () => {
		const form = { event: 'eventChanged' };
		await look(form);
		const add = (subject: string, length: number) =>
			mailbox().events.add(mailbox().calendar.id, {
				subject,
				start: inMinutes(60),
				end: inMinutes(90),
				body: body(length),
			});
		for (let i = 0; i < 24; i++) add(`e${i}`, 3_000);
		add('giant', GIANT);
		const found = await look(form);
		expect(found.map(({ subject }) => subject).sort()).toEqual(
			[...Array.from({ length: 24 }, (_, i) => `e${i}`), 'giant'].sort(),
		);
		expect(found.filter(({ problem }) => problem !== undefined)).toMatchObject([{ subject: 'giant' }]);
		const starting = await look({ event: 'eventStarting', minutes: 70 });
		expect(starting).toHaveLength(25);
	});
});

describe('a list, when a page makes too long an answer', () => {
	const all = { folder: byId('inbox'), output: 'body', returnAll: true };
	const fill = () => {
		for (let i = 0; i < 130; i++) receive(`m${i}`, i === 70 ? GIANT : 700);
		return Array.from({ length: 130 }, (_, i) => `m${i}`);
	};

	test.each([
		['Get Many', 'message.getAll', {}],
		['a limit', 'message.getAll', { returnAll: false, limit: 130 }],
	])('comes in smaller pages, each message once: %s', async (_, operation, more) => {
		const wanted = fill();
		const found = await rows(sandbox.current, operation, { ...all, ...more });
		expect(found.map(({ subject }) => subject as string).sort()).toEqual(wanted.sort());
		expect(found.filter(({ problem }) => problem !== undefined)).toMatchObject([{ subject: 'm70' }]);
	});

	test('what a search finds, too', async () => {
		for (let i = 0; i < 130; i++) receive(`budget ${i}`, 700);
		const found = await rows(sandbox.current, 'message.getAll', { ...all, search: 'budget' });
		expect(new Set(found.map(({ subject }) => subject as string)).size).toBe(130);
		expect(found).toHaveLength(130);
	});

	test('of a search, one that is too long by itself is an error with what to do', async () => {
		receive('budget', GIANT);
		await expect(rows(sandbox.current, 'message.getAll', { ...all, search: 'budget' })).rejects.toMatchObject(
			{
				message: expect.stringContaining('What was found at place 1 is too long') as string,
				description: expect.stringContaining('Choose an Output without bodies') as string,
			},
		);
	});

	test('Get Changes goes on, too', async () => {
		const wanted = fill();
		const found = await rows(sandbox.current, 'message.getChanges', {
			folder: byId('inbox'),
			withBody: true,
		});
		expect(
			found
				.slice(0, -1)
				.map(({ subject }) => subject as string)
				.sort(),
		).toEqual(wanted.sort());
		expect(found.at(-1)).toMatchObject({ change: 'end', changes: 130 });
	});

	test('few requests are wasted', async () => {
		fill();
		const before = requests();
		await rows(sandbox.current, 'message.getAll', all);
		expect(requests() - before).toBeLessThan(30);
	});
});

test('of messages that are too long together all come; one that is too long by itself is an error of its own', async () => {
	const lengths = [3_000, GIANT, ...Array.from({ length: 40 }, () => 3_000)];
	const items = lengths.map((length, i) => ({ json: { id: `AAkALg${receive(`m${i}`, length).id}` } }));
	const done = await run(
		sandbox.current,
		'message.get',
		{ messageId: '={{ $json.id }}' },
		{ items, settings: ERROR_OUTPUT },
	);
	expect(done.json(NODE).map(({ subject }) => subject)).toEqual(
		lengths.flatMap((length, i) => (length === GIANT ? [] : [`m${i}`])),
	);
	expect(done.json(NODE, 1)).toMatchObject([
		{ error: expect.stringContaining('an answer longer than') as string, details: { item: 1 } },
	]);
});
