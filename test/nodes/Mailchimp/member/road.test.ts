import type { IDataObject } from 'n8n-workflow';
import { hashOf } from '../../../../nodes/Mailchimp/ids';
import { useSandbox } from '../../../support/services';
import { asked, AUDIENCE, perform, performSome, refusal } from '../operations';

const sandbox = useSandbox();

const MEMBERS = `/lists/${AUDIENCE}/members`;
const people = (count: number) => Array.from({ length: count }, (_, at) => ({ email: `p${at}@example.com` }));
const stored = (email: string) => sandbox.current.mailchimp.audience.find(email);
const tagsOf = (email: string) =>
	sandbox.current.mailchimp.audience.tagsOf(hashOf(email)).map(({ name }) => name);
const writes = () => asked(sandbox.current).filter((request) => !request.startsWith('GET'));
const member = { member: '={{ $json.email }}' };

beforeEach(async () => {
	await perform(sandbox.current, 'member.upsert', { emailAddress: '={{ $json.email }}' }, people(60));
	sandbox.current.requests.clear();
});

interface Way {
	operation: string;
	parameters: IDataObject;
	row: IDataObject;
	isDone(email: string): boolean;
}

const WAYS: Array<[string, Way]> = [
	[
		'archive',
		{
			operation: 'member.archive',
			parameters: {},
			row: { archived: true, id: hashOf('p0@example.com') },
			isDone: (email) => stored(email)?.status === 'archived',
		},
	],
	[
		'update',
		{
			operation: 'member.update',
			parameters: { options: { language: 'de' } },
			row: { email_address: 'p0@example.com', language: 'de' },
			isDone: (email) => stored(email)?.language === 'de',
		},
	],
	[
		'tags',
		{
			operation: 'member.changeTags',
			parameters: { add: '研发 👋', remove: 'Old' },
			row: { id: hashOf('p0@example.com'), added: ['研发 👋'], removed: ['Old'] },
			isDone: (email) => tagsOf(email).join() === '研发 👋',
		},
	],
	[
		'notes',
		{
			operation: 'member.addNote',
			parameters: { note: '你好' },
			row: { note: '你好' },
			isDone: (email) => stored(email)?.notes.size === 1,
		},
	],
	[
		'events',
		{
			operation: 'member.addEvent',
			parameters: { name: 'purchased', properties: '{"tea":"乌龙"}' },
			row: { name: 'purchased', properties: { tea: '乌龙' } },
			isDone: (email) => stored(email)?.events.length === 1,
		},
	],
	[
		'erasing',
		{
			operation: 'member.deletePermanently',
			parameters: { confirmed: true },
			row: { deleted: true },
			isDone: (email) => stored(email) === undefined,
		},
	],
];

describe.each(WAYS)('many of them: %s', (_, { operation, parameters, row, isDone }) => {
	test('from 50 items on go in one batch, which a hint says', async () => {
		const { rows, hints } = await perform(
			sandbox.current,
			operation,
			{ ...member, ...parameters },
			people(50),
		);
		expect(rows).toHaveLength(50);
		expect(rows[0]).toMatchObject(row);
		expect(writes()).toEqual(['POST /batches']);
		expect(people(50).every(({ email }) => isDone(email))).toBe(true);
		expect(isDone('p50@example.com')).toBe(false);
		expect(hints).toEqual([
			expect.stringMatching(/^50 operations in 1 batch of Mailchimp: \d+ requests in all/),
		]);
	});

	test('fewer go one by one, with the same result', async () => {
		const { rows, hints } = await perform(
			sandbox.current,
			operation,
			{ ...member, ...parameters },
			people(3),
		);
		expect(rows[0]).toMatchObject(row);
		expect(writes()).toHaveLength(3);
		expect(people(3).every(({ email }) => isDone(email))).toBe(true);
		expect(hints).toEqual([
			expect.stringMatching(/^3 operations one by one over ten connections: \d+ requests/),
		]);
	});

	test('each has its own error in a batch as alone', async () => {
		const items = [{ email: 'nobody@example.com' }, ...people(2)];
		const words = [];
		for (const batchFrom of [1, 0]) {
			const options = { ...(parameters.options as IDataObject), batchFrom };
			const { done, problems } = await performSome(
				sandbox.current,
				operation,
				{ ...member, ...parameters, options },
				/archive|Permanently/.test(operation) && batchFrom === 0 ? [items[0]!] : items,
			);
			if (batchFrom === 1) expect(done).toHaveLength(2);
			words.push(problems.map(({ error }) => error));
		}
		expect(words[0]).toEqual(words[1]);
		expect(words[0]).toEqual(['Mailchimp does not have it']);
	});
});

test.each([
	['Create or Update', 'member.upsert', { emailAddress: '={{ $json.email }}' }, 1],
	['Add to Members', 'tag.addMembers', { tag: '={{ $json.tag }}', emailAddress: '={{ $json.email }}' }, 2],
	[
		'Remove From Members',
		'tag.removeMembers',
		{ tag: '={{ $json.tag }}', emailAddress: '={{ $json.email }}' },
		2,
	],
])(
	'%s has bulk calls, and a hint says so for more than one item',
	async (_, operation, parameters, calls) => {
		await perform(sandbox.current, 'tag.create', { name: 'One' });
		await perform(sandbox.current, 'tag.create', { name: 'Two' });
		sandbox.current.requests.clear();
		const [one, two] = [...sandbox.current.mailchimp.audience.segments.keys()];
		const items = people(5).map((item, at) => ({ ...item, tag: String(at < 3 ? one : two) }));
		const { rows, hints } = await perform(sandbox.current, operation, parameters, items);
		expect([rows.length, writes().length]).toEqual([5, calls]);
		const word = calls === 1 ? '1 bulk call' : '2 bulk calls';
		const requests = calls === 1 ? '1 request' : '2 requests';
		expect(hints).toEqual([`5 items in ${word} of Mailchimp: ${requests} in all.`]);
		expect((await perform(sandbox.current, operation, parameters, [items[0]!])).hints).toEqual([]);
	},
);

test.each([[1], [0]])(
	'of several items about one member the later counts, from %s on in batches',
	async (batchFrom) => {
		const items = [
			...people(3),
			{ email: 'p0@example.com', language: 'fr', add: 'Coffee', remove: 'Tea' },
			{ email: 'P0@Example.com', language: 'it', add: 'Tea', remove: 'Coffee' },
		];
		const updated = await perform(
			sandbox.current,
			'member.update',
			{ ...member, options: { language: '={{ $json.language ?? "de" }}', batchFrom } },
			items,
		);
		expect(updated.rows.map(({ language }) => language)).toEqual(['de', 'de', 'de', 'fr', 'it']);
		expect(stored('p0@example.com')?.language).toBe('it');
		const tags = { add: '={{ $json.add ?? "Tea" }}', remove: '={{ $json.remove ?? "Coffee" }}' };
		await perform(
			sandbox.current,
			'member.changeTags',
			{ ...member, ...tags, options: { batchFrom } },
			items,
		);
		expect(tagsOf('p0@example.com')).toEqual(['Tea']);
		expect(sandbox.current.mailchimp.batches.all.size).toBe(batchFrom === 0 ? 0 : 6);
	},
);

test('many new contacts go in one batch; one that is there, and an address twice, have an error of their own', async () => {
	const items = ['new@example.com', 'p1@example.com', 'New@example.com'].map((email) => ({ email }));
	const { done, problems } = await performSome(
		sandbox.current,
		'member.create',
		{ emailAddress: '={{ $json.email }}', tags: 'Batch', options: { batchFrom: 2 } },
		items,
	);
	expect(done.map(({ json }) => json.email_address)).toEqual(['new@example.com']);
	expect(problems.map(({ details }) => (details as IDataObject).item)).toEqual([1, 2]);
	expect(problems[0]?.error).toMatch(/^This address is in the audience already/);
	expect(tagsOf('new@example.com')).toEqual(['Batch']);
	expect(writes()).toEqual(['POST /batches', `POST ${MEMBERS}`]);
});

describe('whom Mailchimp does not archive', () => {
	const ARCHIVE = { ...member, options: { batchFrom: '={{ $json.from }}' } };

	test.each([0, 2])('who is archived already is what was asked for (batch from %s)', async (from) => {
		await perform(sandbox.current, 'member.archive', { member: 'p0@example.com' });
		sandbox.current.requests.clear();
		const items = ['p0@example.com', 'P1@Example.com', 'p1@example.com'].map((email) => ({ email, from }));
		const { rows } = await perform(sandbox.current, 'member.archive', ARCHIVE, items);
		expect(rows.map(({ archived }) => archived)).toEqual([true, true, true]);
		expect(writes()).toHaveLength(from === 0 ? 3 : 2);
		await perform(sandbox.current, 'member.archive', ARCHIVE, items);
	});

	test('who is pending or cleaned is told as such', async () => {
		Object.assign(stored('p0@example.com')!, { status: 'pending' });
		Object.assign(stored('p1@example.com')!, { status: 'cleaned' });
		const { done, problems } = await performSome(sandbox.current, 'member.archive', member, people(3));
		expect(done).toHaveLength(1);
		expect(problems.map(({ error }) => error)).toEqual([
			'The contact is “pending”, and Mailchimp archives nobody who is pending or cleaned',
			'The contact is “cleaned”, and Mailchimp archives nobody who is pending or cleaned',
		]);
		expect(stored('p0@example.com')?.status).toBe('pending');
	});

	test('what cannot be looked at keeps Mailchimp’s own words', async () => {
		Object.assign(stored('p0@example.com')!, { status: 'pending' });
		sandbox.current.faults.add({ service: 'mailchimp', method: 'GET', kind: 'status', status: 404 });
		const { details } = await refusal(sandbox.current, 'member.archive', { member: 'p0@example.com' });
		expect(details.said).toMatch(/^This list member cannot be removed/);
	});
});

test('a batch that fails takes nothing from what was done before it', async () => {
	sandbox.current.faults.add({
		service: 'mailchimp',
		method: 'POST',
		path: /\/batches$/,
		kind: 'status',
		status: 400,
		after: 1,
	});
	const { done, problems } = await performSome(
		sandbox.current,
		'member.update',
		{ ...member, options: { language: '={{ $json.language ?? "de" }}', batchFrom: 1 } },
		[...people(2), { email: 'p0@example.com', language: 'fr' }],
	);
	expect([done.length, problems.length]).toEqual([2, 1]);
	expect(stored('p0@example.com')?.language).toBe('de');
});

test('the threshold is the user’s: 0 is never, and nothing else than a number up to 500', async () => {
	const archive = async (batchFrom: unknown) =>
		await perform(
			sandbox.current,
			'member.archive',
			{ ...member, options: { batchFrom } as IDataObject },
			people(2),
		);
	await archive(2);
	expect(writes()).toEqual(['POST /batches']);
	const { message } = await refusal(sandbox.current, 'member.archive', {
		member: 'p9@example.com',
		options: { batchFrom: 501 },
	});
	expect(message).toBe("'Batch From (Items)' is 501");
});

test('more than 500 are several batches, and what is left over goes alone', async () => {
	await perform(sandbox.current, 'member.upsert', { emailAddress: '={{ $json.email }}' }, people(510));
	sandbox.current.requests.clear();
	const { rows, hints } = await perform(
		sandbox.current,
		'member.update',
		{
			...member,
			options: { language: 'de' },
		},
		people(510),
	);
	expect(rows.map(({ email_address: one }) => one)).toEqual(people(510).map(({ email }) => email));
	expect(writes().filter((request) => request === 'POST /batches')).toHaveLength(1);
	expect(writes().filter((request) => request.startsWith('PATCH'))).toHaveLength(10);
	expect(hints).toEqual([
		expect.stringMatching(/^500 operations in 1 batch of Mailchimp, 10 operations one by one/),
	]);
});

test('what a batch cannot carry goes alone', async () => {
	await perform(
		sandbox.current,
		'member.update',
		{ ...member, options: { language: 'de', skipMergeValidation: true, batchFrom: 1 } },
		people(2),
	);
	expect(writes()).toEqual(
		expect.arrayContaining([
			`PATCH ${MEMBERS}/${hashOf('p0@example.com')}?skip_merge_validation=true`,
			`PATCH ${MEMBERS}/${hashOf('p1@example.com')}?skip_merge_validation=true`,
		]),
	);
});
