import type { IDataObject } from 'n8n-workflow';
import { useSandbox } from '../../../support/services';
import { asked, AUDIENCE, perform, performSome, refusal } from '../operations';

const sandbox = useSandbox();

const MEMBERS = `/lists/${AUDIENCE}/members`;
const adding = {
	method: 'POST',
	path: MEMBERS,
	body: '={{ { email_address: $json.email, status: "subscribed", merge_fields: { FNAME: $json.name } } }}',
};
const people = (count: number) =>
	Array.from({ length: count }, (_, at) => ({ email: `p${at}@example.com`, name: `安娜 👋 ${at}` }));
const members = () => sandbox.current.mailchimp.audience.members;
const writes = () => asked(sandbox.current).filter((request) => !request.startsWith('GET'));
const files = () => asked(sandbox.current).filter((request) => request.includes('/batch-results/'));

test('an operation for each item in one request, each with its own answer or its own error', async () => {
	const { done, problems, hints } = await performSome(sandbox.current, 'batch.run', adding, [
		...people(250),
		{ email: 'nobody', name: '' },
	]);
	expect(done.map(({ json }) => json.email_address)).toEqual(people(250).map(({ email }) => email));
	expect(done[7]!.json).toMatchObject({ merge_fields: { FNAME: '安娜 👋 7' } });
	expect(done[7]!.json).not.toHaveProperty('_links');
	expect(problems).toMatchObject([
		{
			error: 'This is not a mail address',
			details: { item: 250, field: 'Email Address', code: 'Invalid Resource' },
		},
	]);
	expect(writes()).toEqual(['POST /batches']);
	expect(hints).toEqual([
		expect.stringMatching(/^251 operations in 1 batch of Mailchimp: \d requests in all\.$/),
	]);
});

test('a batch that is not waited for is looked at later: how far it is, and an item for each operation', async () => {
	const { rows } = await perform(sandbox.current, 'batch.run', { ...adding, wait: false }, [
		...people(2),
		{ email: 'nobody', name: '' },
	]);
	const [{ batch_id: batchId }] = rows as [IDataObject];
	expect(new Set(rows.map(({ batch_id: id }) => id)).size).toBe(1);
	const results = await perform(sandbox.current, 'batch.getResults', { batchId });
	expect(results.rows).toHaveLength(3);
	const byId = new Map(results.rows.map((row) => [row.operation_id, row]));
	expect(byId.get(rows[0]!.operation_id)).toMatchObject({
		status_code: 200,
		ok: true,
		response: { email_address: 'p0@example.com' },
	});
	expect(byId.get(rows[2]!.operation_id)).toMatchObject({
		status_code: 400,
		ok: false,
		message: 'This is not a mail address',
		field: 'Email Address',
		remedy: expect.stringContaining('without a name'),
	});
	expect((await perform(sandbox.current, 'batch.get', { batchId })).rows).toMatchObject([
		{ id: batchId, status: 'finished', errored_operations: 1 },
	]);
	expect((await perform(sandbox.current, 'batch.getAll')).rows).toHaveLength(1);
	await perform(sandbox.current, 'batch.delete', { batchId });
	expect(sandbox.current.mailchimp.batches.all.size).toBe(0);
});

test('reading and changing in one batch, with parameters for what reads', async () => {
	await perform(sandbox.current, 'member.upsert', { emailAddress: '={{ $json.email }}' }, people(3));
	const { rows } = await perform(
		sandbox.current,
		'batch.run',
		{
			method: '={{ $json.method }}',
			path: '={{ $json.path }}',
			query: '={{ { count: 2, fields: "members.email_address" } }}',
			body: '{ "language": "de" }',
		},
		[
			{ method: 'GET', path: MEMBERS },
			{ method: 'PATCH', path: `${MEMBERS}/p0@example.com` },
			{ method: 'DELETE', path: `${MEMBERS}/p1@example.com` },
		],
	);
	expect(rows[0]!.members).toHaveLength(2);
	expect(rows[1]).toMatchObject({ language: 'de' });
	expect(rows[2]).toEqual({});
});

test.each([
	['/batches', /leads to batches, which no batch may have/],
	['/3.0/lists', /begins with the version/],
	['/lists?count=1', /must start with one slash/],
	['/lists/../batches', /must not lead out/],
])('the path %s is refused before anything is sent', async (path, words) => {
	const { message } = await refusal(sandbox.current, 'batch.run', { method: 'GET', path });
	expect(message).toMatch(words);
	expect(asked(sandbox.current)).toEqual([]);
});

test('handed in once although the answer got lost, which the ids of its operations show', async () => {
	// Another batch of as many operations, of somebody else.
	await perform(sandbox.current, 'batch.run', { ...adding, wait: false }, [
		{ email: 'other@example.com', name: 'x' },
	]);
	sandbox.current.faults.add({ service: 'mailchimp', method: 'POST', kind: 'resetAfter' });
	const { rows } = await perform(sandbox.current, 'batch.run', adding, people(1));
	expect(rows).toMatchObject([{ email_address: 'p0@example.com' }]);
	expect(sandbox.current.mailchimp.batches.all.size).toBe(2);
	expect(members().size).toBe(2);
});

test.each([
	['of another size', [1, 2]],
	['of the same size', [1]],
])('a batch of somebody else, %s, that is still under way holds nobody up then', async (_, places) => {
	const { batches, settings } = sandbox.current.mailchimp;
	const { batchMs } = settings;
	const add = batches.add.bind(batches);
	const spy = jest.spyOn(batches, 'add').mockImplementation((operations, authorization) => {
		const own = add(operations, authorization);
		settings.batchMs = 600_000;
		add(
			places.map((place) => ({ method: 'GET', path: MEMBERS, operation_id: `strange-${place}` })),
			authorization,
		);
		settings.batchMs = batchMs;
		return own;
	});
	try {
		sandbox.current.faults.add({ service: 'mailchimp', method: 'POST', kind: 'resetAfter' });
		const { rows } = await perform(sandbox.current, 'batch.run', adding, people(1));
		expect(rows).toMatchObject([{ email_address: 'p0@example.com' }]);
		expect([...batches.all.values()].map(({ status }) => status)).toEqual(['finished', 'pending']);
	} finally {
		spy.mockRestore();
	}
});

test('an operation that Mailchimp splits into pages is known again, and no page of it is lost', async () => {
	const { batches } = sandbox.current.mailchimp;
	const add = batches.add.bind(batches);
	const spy = jest.spyOn(batches, 'add').mockImplementation((operations, authorization) => {
		const [first] = operations;
		return add([...operations, { ...first!, params: { offset: '10' } }], authorization);
	});
	try {
		sandbox.current.faults.add({ service: 'mailchimp', method: 'POST', kind: 'resetAfter' });
		const both = { ...adding, method: '={{ $json.method }}', wait: true };
		const { rows } = await perform(sandbox.current, 'batch.run', both, [
			{ method: 'GET' },
			{ method: 'POST', ...people(1)[0]! },
		]);
		expect(rows[0]?.pages).toHaveLength(2);
		expect(batches.all.size).toBe(1);
	} finally {
		spy.mockRestore();
	}
});

test('whatever goes wrong when it is handed in says that it may be done, and which batch it is', async () => {
	sandbox.current.faults.add({
		service: 'mailchimp',
		method: 'GET',
		path: /\/batches\/\w+$/,
		kind: 'status',
		status: 401,
		times: Infinity,
	});
	const { problems } = await performSome(sandbox.current, 'batch.run', adding, people(2));
	const [id] = sandbox.current.mailchimp.batches.all.keys();
	expect(problems).toHaveLength(2);
	expect(problems[0]).toMatchObject({
		error: 'Mailchimp does not know this API key',
		details: {
			outcome: 'unknown',
			canRetry: false,
			remedy: expect.stringContaining(`look with Batch → Get Results, Batch ID ${id}`),
		},
	});
});

test('nothing of the sign-in goes to where the results are', async () => {
	await perform(sandbox.current, 'batch.run', adding, people(1));
	// The store refuses a request that brings one.
	expect(files()).toHaveLength(1);
	const { url, apiKey } = sandbox.current.mailchimp;
	const [batch] = sandbox.current.mailchimp.batches.all.values();
	const { response_body_url: address } = (await (
		await fetch(`${url}/batches/${batch!.id}`, { headers: { authorization: `Bearer ${apiKey}` } })
	).json()) as IDataObject;
	const signed = await fetch(String(address), { headers: { authorization: `Bearer ${apiKey}` } });
	expect(signed.status).toBe(400);
});

test('an address that has run out is asked for anew', async () => {
	sandbox.current.faults.add({
		service: 'mailchimp',
		path: /^\/batch-results\//,
		kind: 'status',
		status: 403,
	});
	const { rows } = await perform(sandbox.current, 'batch.run', adding, people(1));
	expect(rows).toHaveLength(1);
	expect(files()).toHaveLength(2);
});

test.each([
	['cutOff', /is cut off, and was not used/, 3],
	['endsEarly', /is cut off, and was not used/, 3],
	['noGzip', /is not packed with gzip, and was not used/, 3],
	['noTar', /cannot be unpacked, and was not used/, 3],
	['noJson', /holds a file that is no JSON/, 1],
	['noList', /holds a file that is no list of results/, 1],
	['climbs', /holds a file that would lie outside of it \(“\.\.\/\.\.\/etc\/cron\.d\/results\.json”\)/, 1],
	['absolute', /holds a file that would lie outside of it \(“\/etc\/cron\.d\/results\.json”\)/, 1],
	['link', /holds a link or a device/, 1],
	['lacksOne', /has 1 of 2 answers/, 3],
] as const)(
	'a file with results that is wrong (%s) is named, and so is what to do',
	async (batchFile, words, downloads) => {
		sandbox.current.mailchimp.settings.batchFile = batchFile;
		try {
			const { problems } = await performSome(sandbox.current, 'batch.run', adding, people(2));
			expect(problems).toHaveLength(2);
			expect(problems[0]).toMatchObject({
				error: expect.stringMatching(words),
				details: {
					outcome: 'unknown',
					remedy: expect.stringContaining('Batch → Get Results'),
				},
			});
			expect(files()).toHaveLength(downloads);
			// The operations themselves were done.
			expect(members().size).toBe(2);
		} finally {
			sandbox.current.mailchimp.settings.batchFile = 'whole';
		}
	},
);
