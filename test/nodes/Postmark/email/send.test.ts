import { NODE, runNode } from '../../../support/runNode';
import { useSandbox } from '../../../support/services';
import { ERROR_OUTPUT, file, requestsSent, sendNode } from './sendForm';

const sandbox = useSandbox();

const people = (count: number) =>
	Array.from({ length: count }, (_, i) => ({ to: `person${i}@yunhe.example` }));
const EACH_TO = { to: '={{ $json.to }}' };

describe('how many requests', () => {
	test.each([
		[0, 0],
		[1, 1],
		[500, 1],
		[501, 2],
		[1_200, 3],
	])('%d items go out in %d requests', async (items, requests) => {
		const run = await runNode(sendNode(sandbox.current, EACH_TO), people(items));
		expect(run.error).toBeUndefined();
		expect(run.items(NODE)).toHaveLength(items);
		expect(sandbox.current.postmark.messages).toHaveLength(items);
		expect(sandbox.current.requests.count({ service: 'postmark', path: '/email/batch' })).toBe(requests);
		expect(requestsSent(sandbox.current)).toBe(requests);
	});

	test('a request is cut before it carries more than 50 MB', async () => {
		const big = file(Buffer.alloc(7_000_000, 'x'), 'plan.pdf', 'application/pdf');
		const items = people(8).map((json) => ({ json, binary: { data: big } }));
		const run = await runNode(
			sendNode(sandbox.current, { ...EACH_TO, options: { attachments: 'data' } }),
			items,
		);
		expect(run.error).toBeUndefined();
		expect(run.json(NODE).map(({ To }) => To)).toEqual(people(8).map(({ to }) => to));
		const sizes = sandbox.current.requests.list({ path: '/email/batch' }).map(({ bytesIn }) => bytesIn);
		expect(sizes).toHaveLength(2);
		expect(Math.max(...sizes)).toBeLessThanOrEqual(50_000_000);
		expect(Math.max(...sizes)).toBeGreaterThan(5 * 9_000_000);
		expect(sandbox.current.postmark.messages.map(({ attachments }) => attachments[0]?.size)).toEqual(
			Array(8).fill(7_000_000),
		);
	});
});

test('an email without a subject goes out, and a hint says so', async () => {
	const form = { subject: '={{ $json.subject }}' };
	const run = await runNode(sendNode(sandbox.current, form), [{ subject: 'Hi' }, { subject: ' ' }, {}]);
	expect(run.items(NODE)).toHaveLength(3);
	expect(run.hints(NODE)).toEqual([expect.stringMatching(/^Sent without a subject: 'Subject' is empty/)]);
	const fine = await runNode(sendNode(sandbox.current, form), [{ subject: 'Hi' }]);
	expect(fine.hints(NODE)).toEqual([]);
});

test('each item has its own answer, linked to its input item', async () => {
	const run = await runNode(sendNode(sandbox.current, EACH_TO), people(700));
	expect(run.hints(NODE)).toEqual([]);
	const ids = run.json(NODE).map(({ MessageID }) => MessageID);
	expect(new Set(ids).size).toBe(700);
	run.items(NODE).forEach(({ json, pairedItem }, index) => {
		expect(pairedItem).toEqual({ item: index });
		expect(json).toMatchObject({ To: `person${index}@yunhe.example`, ErrorCode: 0, Message: 'OK' });
		expect(sandbox.current.postmark.message(String(json.MessageID))?.to[0]?.Email).toBe(json.To);
	});
});

describe('one bad address among a thousand', () => {
	test('that is none at all never leaves; the other 999 are sent in two requests', async () => {
		const items = people(1_000);
		items[407] = { to: 'ana.at.yunhe.example' };
		const run = await runNode(sendNode(sandbox.current, EACH_TO, ERROR_OUTPUT), items);
		expect(run.items(NODE, 0)).toHaveLength(999);
		expect(run.items(NODE, 1)).toEqual([
			{
				json: {
					to: 'ana.at.yunhe.example',
					error: "'To' has an entry that is not a mail address: “ana.at.yunhe.example”",
					details: expect.objectContaining({ item: 407, field: 'To', outcome: 'notSent' }),
				},
				pairedItem: expect.objectContaining({ item: 407 }),
			},
		]);
		expect(sandbox.current.postmark.messages).toHaveLength(999);
		expect(requestsSent(sandbox.current)).toBe(2);
	});

	test('that Postmark has stopped delivering to is named; the other 999 are sent in two requests', async () => {
		sandbox.current.postmark.bounce({ email: 'person612@yunhe.example' });
		const run = await runNode(sendNode(sandbox.current, EACH_TO, ERROR_OUTPUT), people(1_000));
		expect(run.items(NODE, 0)).toHaveLength(999);
		expect(run.items(NODE, 0).map(({ pairedItem }) => pairedItem)).not.toContainEqual({ item: 612 });
		expect(run.items(NODE, 1)).toEqual([
			{
				json: {
					to: 'person612@yunhe.example',
					error: 'Postmark no longer delivers to person612@yunhe.example',
					details: {
						item: 612,
						service: 'Postmark',
						code: '406',
						said: expect.stringContaining('marked as inactive'),
						remedy: expect.stringContaining('reactivate it on the Suppressions page'),
						field: 'To',
						outcome: 'refused',
						canRetry: false,
					},
				},
				pairedItem: expect.objectContaining({ item: 612 }),
			},
		]);
		expect(sandbox.current.postmark.messages).toHaveLength(999);
		expect(requestsSent(sandbox.current)).toBe(2);
	});

	test('stops a node without error output at that item, and says how many were already sent', async () => {
		sandbox.current.postmark.bounce({ email: 'person3@yunhe.example' });
		const run = await runNode(sendNode(sandbox.current, EACH_TO), people(10));
		expect(run.error?.message).toBe('Postmark no longer delivers to person3@yunhe.example [item 3]');
		expect(run.error?.description).toContain('9 of the other 9 items were already done.');
		expect(sandbox.current.postmark.messages).toHaveLength(9);
	});
});

test('of several recipients only the inactive one is left out, which the item and a hint say', async () => {
	sandbox.current.postmark.bounce({ email: 'gone@example.org' });
	const run = await runNode(sendNode(sandbox.current, { to: 'gone@example.org, ana@yunhe.example' }));
	expect(run.json(NODE)[0]).toMatchObject({
		ErrorCode: 0,
		Message: expect.stringContaining('will not deliver to these inactive addresses: gone@example.org'),
	});
	expect(run.hints(NODE)).toEqual([expect.stringContaining('only a part of their recipients')]);
	expect(sandbox.current.postmark.messages[0]?.suppressed).toEqual(['gone@example.org']);
});

test('a refused message does not shift the answers of those behind it', async () => {
	sandbox.current.faults.add({ service: 'postmark', kind: 'partial', indexes: [0, 2, 4], errorCode: 300 });
	const run = await runNode(sendNode(sandbox.current, EACH_TO, ERROR_OUTPUT), people(6));
	expect(run.json(NODE, 0).map(({ To }) => To)).toEqual([1, 3, 5].map((i) => `person${i}@yunhe.example`));
	expect(run.json(NODE, 1).map(({ to }) => to)).toEqual([0, 2, 4].map((i) => `person${i}@yunhe.example`));
	for (const { MessageID, To } of run.json(NODE, 0))
		expect(sandbox.current.postmark.message(String(MessageID))?.to[0]?.Email).toBe(To);
});

test.each([
	[
		'an object instead of a list',
		{},
		'Postmark answered without what belongs into its answer. It is not known whether this was done',
	],
	[
		'a list with an empty entry',
		[null],
		'An answer came back that does not say whether this email was accepted',
	],
])(
	'an answer that is %s leaves the fate of the email open, and it is not sent again',
	async (_, body, error) => {
		sandbox.current.faults.add({ service: 'postmark', kind: 'status', status: 200, body });
		const run = await runNode(sendNode(sandbox.current, {}, ERROR_OUTPUT));
		expect(run.json(NODE, 1)[0]).toMatchObject({
			error,
			details: { outcome: 'unknown', remedy: expect.stringMatching(/^Look at /) },
		});
		expect(requestsSent(sandbox.current)).toBe(1);
	},
);
