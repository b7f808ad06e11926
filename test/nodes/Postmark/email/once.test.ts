import { forgetClaims } from '../../../../core/batch/inFlight';
import { patience } from '../../../../core/batch/idempotency';
import { NODE, runNode } from '../../../support/runNode';
import { useSandbox } from '../../../support/services';
import { ERROR_OUTPUT, sendNode } from './sendForm';

const sandbox = useSandbox();
const { pausesMs } = patience;

beforeEach(() => {
	forgetClaims();
	patience.pausesMs = [5, 10, 20];
});
afterAll(() => {
	patience.pausesMs = pausesMs;
});

const orders = (count: number, from = 0) =>
	Array.from({ length: count }, (_, i) => ({ order: `order-${from + i}`, to: `p${from + i}@yunhe.example` }));
const KEYED = { preventDoubleSending: 'key', onceKey: '={{ $json.order }}' };
const EACH_TO = { to: '={{ $json.to }}' };

const keyed = (options: Record<string, unknown> = {}, more: Record<string, unknown> = {}) =>
	sendNode(sandbox.current, { ...EACH_TO, ...KEYED, ...options, ...more }, ERROR_OUTPUT);
const byExecution = () =>
	sendNode(
		sandbox.current,
		{ ...EACH_TO, preventDoubleSending: 'execution' },
		{ onError: 'continueErrorOutput' },
	);

const recipients = () => sandbox.current.postmark.messages.map(({ to }) => to[0]!.Email);
const batches = () => sandbox.current.requests.count({ service: 'postmark', path: '/email/batch' });
const searches = () => sandbox.current.requests.count({ service: 'postmark', path: '/messages/outbound' });
const lose = (kind: 'resetBefore' | 'resetAfter', more: { after?: number; times?: number } = {}) =>
	sandbox.current.faults.add({ service: 'postmark', kind, path: '/email/batch', ...more });

describe('by own key', () => {
	test('a second run with the same keys sends nothing, and says which emails those were', async () => {
		const first = await runNode(keyed(), orders(700));
		expect(first.json(NODE).every(({ alreadySent }) => alreadySent === undefined)).toBe(true);
		expect([batches(), searches()]).toEqual([2, 1]);
		forgetClaims();
		const second = await runNode(keyed(), orders(700));
		expect(second.json(NODE)).toHaveLength(700);
		second.json(NODE).forEach((json, i) => {
			expect(json).toMatchObject({
				alreadySent: true,
				MessageID: first.json(NODE)[i]!.MessageID,
				To: orders(700)[i]!.to,
				SubmittedAt: expect.any(String),
				Message: expect.stringContaining('Already sent'),
			});
		});
		expect(second.hints(NODE)).toEqual([expect.stringContaining('not sent again')]);
		// 700 earlier emails are two pages, read once for the whole run.
		expect([batches(), searches()]).toEqual([2, 3]);
		expect(recipients()).toHaveLength(700);
	});

	test('items that are new go out, between those that are not', async () => {
		await runNode(keyed(), orders(3));
		forgetClaims();
		const run = await runNode(keyed(), orders(6));
		expect(run.json(NODE).map(({ alreadySent }) => alreadySent ?? false)).toEqual([
			...[true, true, true],
			...[false, false, false],
		]);
		expect(run.json(NODE).map(({ To }) => To)).toEqual(orders(6).map(({ to }) => to));
		expect(recipients()).toEqual(orders(6).map(({ to }) => to));
	});

	test('one key by one, where that takes fewer requests than reading the whole list', async () => {
		await runNode(keyed(), orders(1_100));
		forgetClaims();
		sandbox.current.requests.clear();
		const run = await runNode(keyed(), orders(1, 1_099));
		expect(run.json(NODE)).toEqual([
			expect.objectContaining({ alreadySent: true, To: 'p1099@yunhe.example' }),
		]);
		// The first page tells that there are three; the one key is one.
		expect(searches()).toBe(2);
	});

	test('the key is in the metadata as it is, when Postmark takes it so', async () => {
		await runNode(keyed({}, { subject: 'x' }), [
			{ order: 'order-1', to: 'a@yunhe.example' },
			{ order: `第${'x'.repeat(100)}`, to: 'b@yunhe.example' },
		]);
		const [plain, long] = sandbox.current.postmark.messages.map(({ metadata }) => metadata);
		expect(plain!['mailops-key']).toBe('order-1');
		expect(long!['mailops-key']).toMatch(/^[\w-]{43}$/);
		expect(plain!['mailops-scope']).toMatch(/^[\w-]{43}$/);
		expect(plain!['mailops-scope']).toBe(long!['mailops-scope']);
	});

	test('the same key in another node is another email', async () => {
		await runNode(keyed(), orders(1));
		forgetClaims();
		const other = keyed();
		const run = await runNode({ ...other, settings: { ...other.settings, id: 'node-2' } }, orders(1));
		expect(run.json(NODE)[0]!.alreadySent).toBeUndefined();
		expect(recipients()).toHaveLength(2);
	});

	test.each([
		['a resend right after, before the search knows of the first', undefined],
		['two executions at the same moment', 'together'],
	])('%s', async (_, together) => {
		sandbox.current.postmark.settings.searchDelayMs = 60_000;
		const runs = together
			? await Promise.all([runNode(keyed(), orders(5)), runNode(keyed(), orders(5))])
			: [await runNode(keyed(), orders(5)), await runNode(keyed(), orders(5))];
		expect(recipients().sort()).toEqual(orders(5).map(({ to }) => to));
		for (const run of runs) expect(run.json(NODE).map(({ To }) => To)).toEqual(orders(5).map(({ to }) => to));
		expect(runs.flatMap((run) => run.json(NODE)).filter(({ alreadySent }) => alreadySent)).toHaveLength(5);
	});

	test('an item without a key is not sent', async () => {
		const run = await runNode(keyed(), [{ to: 'a@yunhe.example' }, ...orders(1)]);
		expect(run.json(NODE, 1)[0]).toMatchObject({
			error: "'Double-Sending Key' is empty",
			details: { field: 'Double-Sending Key' },
		});
		expect(recipients()).toEqual(['p0@yunhe.example']);
	});

	test('metadata of one’s own: eight entries, and not under the names that are used', async () => {
		const entries = (names: string[]) => ({
			options: { metadata: { entry: names.map((name) => ({ name, value: 'x' })) } },
		});
		const run = await runNode(keyed(entries([...'abcdefghi'])), orders(1));
		expect(run.json(NODE, 1)[0]!.error).toContain("of which 'Prevent Double Sending' uses 2");
		const named = await runNode(keyed(entries(['mailops-key'])), orders(1));
		expect(named.json(NODE, 1)[0]!.error).toContain("which 'Prevent Double Sending' uses");
		const fine = await runNode(keyed(entries([...'abcdefgh'])), orders(1));
		expect(fine.items(NODE)).toHaveLength(1);
	});
});

describe('the same key twice in one run', () => {
	const twice = [orders(1)[0]!, { order: 'order-0', to: 'P0@yunhe.example' }, orders(1, 1)[0]!];

	test('only the first goes out; the second has its MessageID', async () => {
		const run = await runNode(keyed(), twice);
		const [first, second, third] = run.json(NODE);
		expect(second).toMatchObject({ alreadySent: true, MessageID: first!.MessageID, To: first!.To });
		expect(third!.alreadySent).toBeUndefined();
		expect(run.items(NODE).map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
		]);
		expect(recipients()).toEqual(['p0@yunhe.example', 'p1@yunhe.example']);
	});

	test('the second shares the fate of a first that was refused', async () => {
		sandbox.current.postmark.bounce({ email: 'p0@yunhe.example' });
		const run = await runNode(keyed(), twice);
		expect(run.json(NODE, 1).map(({ error }) => error)).toEqual([
			'Postmark no longer delivers to p0@yunhe.example',
			'Not sent, because another item with the same key was tried first: Postmark no longer delivers to p0@yunhe.example',
		]);
		expect(recipients()).toEqual(['p1@yunhe.example']);
	});

	test('a first that could not be read does not hold the key', async () => {
		const run = await runNode(keyed(), [{ order: 'order-0', to: 'nobody' }, orders(1)[0]!]);
		expect(run.items(NODE, 1)).toHaveLength(1);
		expect(recipients()).toEqual(['p0@yunhe.example']);
	});
});

describe('a key that is the same for emails that are not', () => {
	const CONSTANT = { onceKey: 'confirmation' };
	const refused = (what: string) => ({
		error: expect.stringMatching(
			`^The 'Double-Sending Key' “.+” already belongs to another email, ${what}, and was not sent$`,
		),
		details: expect.objectContaining({
			field: 'Double-Sending Key',
			outcome: 'notSent',
			remedy: expect.stringContaining("Check the expression in 'Double-Sending Key'"),
		}),
	});

	test.each([
		['within a run', () => {}, 1],
		['in a later run of the same process', () => {}, 2],
		['in a later run, when only the service knows', forgetClaims, 2],
	])(
		'to other people, %s: an error names both, and nobody’s email counts for another’s',
		async (_, between, runs) => {
			const items = orders(3);
			if (runs === 2) await runNode(keyed(CONSTANT), [items[0]!]);
			between();
			const run = await runNode(keyed(CONSTANT), runs === 2 ? items.slice(1) : items);
			expect(run.json(NODE, 1).slice(-2)).toEqual(
				[1, 2].map((i) =>
					expect.objectContaining(refused(`to p[01]@yunhe.example; this one is to p${i}@yunhe.example`)),
				),
			);
			expect(recipients()).toEqual(['p0@yunhe.example']);
		},
	);

	test('a copy to somebody is a difference too, the order of the addresses and names are none', async () => {
		const to = (addresses: string, more = {}) => ({
			to: addresses,
			...KEYED,
			...CONSTANT,
			options: more,
		});
		const send = async (form: ReturnType<typeof to>) =>
			await runNode(sendNode(sandbox.current, form, ERROR_OUTPUT), [{}]);
		await send(to('Ana <a@yunhe.example>, b@yunhe.example'));
		forgetClaims();
		const same = await send(to('B@yunhe.example, "Bauer, Ana" <a@yunhe.example>'));
		expect(same.json(NODE)[0]).toMatchObject({ alreadySent: true });
		const other = await send(to('a@yunhe.example, b@yunhe.example', { cc: 'c@yunhe.example' }));
		expect(other.json(NODE, 1)[0]).toMatchObject(
			refused(
				'to a@yunhe.example, b@yunhe.example; this one is to a@yunhe.example, b@yunhe.example, c@yunhe.example',
			),
		);
	});

	test.each([
		['in the same process', () => {}],
		['when only the service knows', forgetClaims],
	])('with another subject, %s', async (_, between) => {
		const about = { subject: '={{ $json.subject }}' };
		await runNode(keyed({}, about), [{ ...orders(1)[0]!, subject: 'Your  order' }]);
		between();
		const run = await runNode(keyed({}, about), [
			{ ...orders(1)[0]!, subject: 'Your order ' },
			{ ...orders(1)[0]!, subject: 'Your parcel' },
		]);
		expect(run.json(NODE)).toEqual([expect.objectContaining({ alreadySent: true })]);
		expect(run.json(NODE, 1)).toEqual([
			expect.objectContaining(
				refused(
					'to p0@yunhe.example with the subject “Your +order”; this one is to p0@yunhe.example with the subject “Your parcel”',
				),
			),
		]);
	});

	test('when the first is refused, the other one is told of the key all the same', async () => {
		sandbox.current.postmark.bounce({ email: 'p0@yunhe.example' });
		const run = await runNode(keyed(CONSTANT), orders(2));
		expect(run.json(NODE, 1).map(({ error }) => error)).toEqual([
			'Postmark no longer delivers to p0@yunhe.example',
			expect.stringContaining('already belongs to another email'),
		]);
	});
});

describe('a key of which an expression gives nothing', () => {
	test.each([
		['={{ $json.orderNumber }}-confirmation', '{{ $json.orderNumber }}', '-confirmation'],
		["={{ $json.order }}-{{ $json.lines.join('') }}", "{{ $json.lines.join('') }}", 'order-0-'],
		["={{ $json.orderNumber + '-paid' }}", "{{ $json.orderNumber + '-paid' }}", 'undefined-paid'],
		['=order {{ $json.lines }}, {{ $json.nothing }}', '{{ $json.nothing }}', undefined],
	])('%s is refused', async (onceKey, code, text) => {
		const run = await runNode(keyed({ onceKey }), [{ ...orders(1)[0]!, lines: [], nothing: null }]);
		expect(run.json(NODE, 1)).toEqual([
			expect.objectContaining({
				error: expect.stringContaining(`its expression ${code} gives nothing for this item`),
				details: expect.objectContaining({ field: 'Double-Sending Key' }),
			}),
		]);
		if (text !== undefined) expect(run.json(NODE, 1)[0]!.error).toContain(`“${text}”`);
		expect(recipients()).toEqual([]);
	});

	test.each([
		['0 is something', '={{ $json.number }}-paid', '0-paid'],
		[
			'a word that only looks like it',
			'={{ $json.name }}-{{ $json.order.toUpperCase() }}',
			'nullable-ORDER-0',
		],
	])('%s', async (_, onceKey, key) => {
		await runNode(keyed({ onceKey }), [{ ...orders(1)[0]!, number: 0, name: 'nullable' }]);
		expect(sandbox.current.postmark.messages.map(({ metadata }) => metadata['mailops-key'])).toEqual([key]);
	});
});

describe.each([
	['own key', keyed],
	['execution and item', byExecution],
])('a batch whose answer got lost, by %s', (_, node) => {
	test.each(['resetBefore', 'resetAfter'] as const)('%s: each email goes out exactly once', async (kind) => {
		sandbox.current.postmark.settings.searchDelayMs = 12;
		lose(kind, { after: 1 });
		const run = await runNode(node(), orders(700));
		expect(run.items(NODE, 1)).toEqual([]);
		expect(run.json(NODE).map(({ To }) => To)).toEqual(orders(700).map(({ to }) => to));
		expect(recipients().sort()).toEqual(
			orders(700)
				.map(({ to }) => to)
				.sort(),
		);
		for (const { MessageID, To } of run.json(NODE))
			expect(sandbox.current.postmark.message(String(MessageID))?.to[0]?.Email).toBe(To);
		expect(batches()).toBe(kind === 'resetAfter' ? 2 : 3);
	});

	test('a 500 is no reason to send twice either', async () => {
		sandbox.current.faults.add({ service: 'postmark', kind: 'status', status: 500, path: '/email/batch' });
		const run = await runNode(node(), orders(3));
		expect(run.items(NODE)).toHaveLength(3);
		expect(recipients()).toEqual(orders(3).map(({ to }) => to));
	});
});

describe('a connection that keeps breaking', () => {
	test('after three tries it is said that the emails were certainly not sent', async () => {
		lose('resetBefore', { times: Infinity });
		const run = await runNode(keyed(), orders(2));
		expect(run.json(NODE, 1)).toHaveLength(2);
		expect(run.json(NODE, 1)[0]).toMatchObject({
			error: expect.stringContaining('handed over 3 times'),
			details: { outcome: 'refused', canRetry: true },
		});
		expect([batches(), recipients().length]).toEqual([3, 0]);
	});

	test('emails that the search does not know in time count as lost, and the next run finds them', async () => {
		lose('resetAfter');
		const found = await runNode(keyed(), orders(2));
		expect(found.json(NODE)[0]!.Message).toContain('The answer got lost');
		expect(recipients()).toHaveLength(2);
	});

	test('a key whose email may have been sent is not free: the next run looks for it with patience', async () => {
		lose('resetAfter');
		const searchIsDown = sandbox.current.faults.add({
			service: 'postmark',
			kind: 'html',
			status: 404,
			path: '/messages/outbound',
			after: 1,
			times: Infinity,
		});
		const first = await runNode(keyed(), orders(1));
		expect(first.json(NODE, 1)[0]).toMatchObject({ details: { outcome: 'unknown' } });
		searchIsDown.remove();
		// The email is not in the list yet when the next run begins.
		sandbox.current.faults.add({
			service: 'postmark',
			kind: 'status',
			status: 200,
			body: { TotalCount: 0, Messages: [] },
			path: '/messages/outbound',
		});
		const second = await runNode(keyed(), orders(1));
		expect(second.json(NODE)).toEqual([expect.objectContaining({ alreadySent: true })]);
		expect(recipients()).toHaveLength(1);
	});

	test('whoever knows that the list is far behind waits for longer', async () => {
		sandbox.current.postmark.settings.searchDelayMs = 700;
		lose('resetAfter');
		const run = await runNode(keyed({ searchWait: 20 }), orders(2));
		expect(run.json(NODE)).toHaveLength(2);
		expect([batches(), recipients().length]).toEqual([1, 2]);
	}, 300_000);

	test.each([14, 301])('a wait of %i seconds is refused', async (searchWait) => {
		const run = await runNode(keyed({ searchWait }), orders(1));
		expect(run.json(NODE, 1)[0]).toMatchObject({
			details: { field: 'Wait for the List (Seconds)', outcome: 'notSent' },
		});
	});

	test('emails without a key in the same batch stay as unknown as before, and are not sent again', async () => {
		lose('resetAfter');
		const node = keyed({ preventDoubleSending: '={{ $json.order ? "key" : "none" }}' });
		const run = await runNode(node, [{ to: 'loose@yunhe.example' }, ...orders(1)]);
		expect(run.json(NODE).map(({ To }) => To)).toEqual(['p0@yunhe.example']);
		expect(run.json(NODE, 1)[0]).toMatchObject({
			to: 'loose@yunhe.example',
			error: expect.stringContaining('It is not known whether this was done'),
			details: { outcome: 'unknown' },
		});
		expect([batches(), recipients().length]).toEqual([1, 2]);
	});
});

describe('when the search is down', () => {
	const down = () =>
		sandbox.current.faults.add({
			service: 'postmark',
			kind: 'status',
			status: 422,
			body: { ErrorCode: 700, Message: 'Messages query exception.' },
			path: '/messages/outbound',
			times: Infinity,
		});

	test('nothing is sent blindly, and the words say so', async () => {
		down();
		const run = await runNode(keyed(), orders(3));
		expect(run.items(NODE, 1)).toHaveLength(3);
		expect(run.json(NODE, 1)[0]).toMatchObject({
			error: expect.stringMatching(
				/^It was not sent, because it could not be looked up whether it was sent before: /,
			),
			details: { outcome: 'notSent', canRetry: true, remedy: expect.stringContaining('Nothing was sent') },
		});
		expect([batches(), searches()]).toEqual([0, 1]);
	});

	test('a lost batch stays unknown, and is not sent again', async () => {
		lose('resetAfter');
		sandbox.current.faults.add({
			service: 'postmark',
			kind: 'status',
			status: 422,
			body: { ErrorCode: 700, Message: 'Messages query exception.' },
			path: '/messages/outbound',
			after: 1,
			times: Infinity,
		});
		const run = await runNode(keyed(), orders(2));
		expect(run.json(NODE, 1)[0]).toMatchObject({ details: { outcome: 'unknown' } });
		expect([batches(), recipients().length]).toEqual([1, 2]);
	});
});

describe('by execution and item', () => {
	test('the same execution again, as after a restart of n8n: nothing is sent twice', async () => {
		await runNode(byExecution(), orders(3), { executionId: 'again-1' });
		forgetClaims();
		const again = await runNode(byExecution(), orders(3), { executionId: 'again-1' });
		expect(again.json(NODE).map(({ alreadySent }) => alreadySent)).toEqual([true, true, true]);
		expect(recipients()).toHaveLength(3);
	});

	test('another execution sends again', async () => {
		await runNode(byExecution(), orders(3));
		await runNode(byExecution(), orders(3));
		expect(recipients()).toHaveLength(6);
	});

	test('the same address twice in a run is two emails', async () => {
		const run = await runNode(byExecution(), [orders(1)[0]!, orders(1)[0]!]);
		expect(run.json(NODE).map(({ alreadySent }) => alreadySent)).toEqual([undefined, undefined]);
		expect(recipients()).toHaveLength(2);
	});

	test('in another order nobody’s email counts for another’s', async () => {
		await runNode(byExecution(), orders(2), { executionId: 'order-1' });
		forgetClaims();
		await runNode(byExecution(), orders(3).reverse(), { executionId: 'order-1' });
		expect(new Set(recipients())).toEqual(new Set(orders(3).map(({ to }) => to)));
	});
});

test('a run that stops in the middle leaves the keys of what was not sent free', async () => {
	sandbox.current.postmark.bounce({ email: 'p1@yunhe.example' });
	const stopping = { ...keyed(), settings: {} };
	const run = await runNode(stopping, orders(2_600));
	const sent = recipients().length;
	expect(sent).toBeLessThan(2_599);
	expect(run.error?.message).toContain('p1@yunhe.example');
	const rest = await runNode(keyed(), orders(2_600));
	expect(rest.items(NODE)).toHaveLength(2_599);
	expect(new Set(recipients()).size).toBe(2_599);
	expect(recipients()).toHaveLength(2_599);
});

test.each([
	['Key', '“Key”'],
	['', 'nothing'],
])('an expression that gives no known way, “%s”, is not taken for “no protection”', async (way, given) => {
	const run = await runNode(keyed({ preventDoubleSending: `={{ "${way}" }}` }), orders(1));
	expect(run.json(NODE, 1)[0]).toMatchObject({
		error: `'Prevent Double Sending' is ${given}, which is not one of its choices`,
	});
	expect(recipients()).toEqual([]);
});

test('without the option nothing is looked up and nothing is added', async () => {
	await runNode(sendNode(sandbox.current, EACH_TO), orders(2));
	await runNode(sendNode(sandbox.current, EACH_TO), orders(2));
	expect(searches()).toBe(0);
	expect(recipients()).toHaveLength(4);
	expect(sandbox.current.postmark.messages[0]!.metadata).toEqual({});
});

test('the test token is not asked to search', async () => {
	const node = sendNode(
		sandbox.current,
		{ ...EACH_TO, options: KEYED },
		{},
		{ serverToken: 'POSTMARK_API_TEST' },
	);
	const run = await runNode(node, orders(2));
	expect(run.error).toBeUndefined();
	expect(searches()).toBe(0);
});
