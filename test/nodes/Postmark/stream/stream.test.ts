import { useSandbox } from '../../../support/services';
import { asked, listOf, perform, refusal } from '../operations';

const sandbox = useSandbox();

test('Create makes a stream with all that can be said of it', async () => {
	const { rows } = await perform(sandbox.current, 'stream.create', {
		id: 'newsletter',
		name: 'Newsletter 公司新闻',
		type: 'Broadcasts',
		additionalFields: { description: 'Monthly', unsubscribeHandling: 'Custom' },
	});
	expect(rows[0]).toMatchObject({
		ID: 'newsletter',
		Name: 'Newsletter 公司新闻',
		MessageStreamType: 'Broadcasts',
		Description: 'Monthly',
		SubscriptionManagementConfiguration: { UnsubscribeHandlingType: 'Custom' },
	});
	expect(sandbox.current.postmark.servers[0]!.streams.has('newsletter')).toBe(true);
});

test.each(['resetBefore', 'resetAfter'] as const)(
	'Create is done once when the answer gets lost (%s)',
	async (kind) => {
		sandbox.current.faults.add({
			service: 'postmark',
			method: 'POST',
			path: '/message-streams',
			kind,
			times: 1,
		});
		const { rows } = await perform(sandbox.current, 'stream.create', {
			id: 'newsletter',
			name: 'Newsletter',
			type: 'Broadcasts',
		});
		expect(rows[0]).toMatchObject({ ID: 'newsletter', Name: 'Newsletter' });
	},
);

test('an ID that is taken is a plain error', async () => {
	const { details } = await refusal(sandbox.current, 'stream.create', {
		id: 'outbound',
		name: 'Mine',
		type: 'Transactional',
	});
	expect(details).toMatchObject({ code: '1230', outcome: 'refused' });
});

test('Update changes only what is named, and wants something named', async () => {
	const stream = { stream: 'broadcast' };
	const { rows } = await perform(sandbox.current, 'stream.update', {
		...stream,
		updateFields: { name: 'News' },
	});
	expect(rows[0]).toMatchObject({
		Name: 'News',
		SubscriptionManagementConfiguration: { UnsubscribeHandlingType: 'Postmark' },
	});
	const { message } = await refusal(sandbox.current, 'stream.update', { ...stream, updateFields: {} });
	expect(message).toBe("'Update Fields' names no field to change [item 0]");
});

test('Archive and Unarchive, and Get Many shows archived ones when asked to', async () => {
	const chosen = { stream: { __rl: true, mode: 'list', value: 'broadcast' } };
	const archived = await perform(sandbox.current, 'stream.archive', chosen);
	expect(archived.rows[0]).toMatchObject({
		archived: true,
		ID: 'broadcast',
		ExpectedPurgeDate: expect.any(String),
	});
	const ids = async (filters = {}) =>
		(await perform(sandbox.current, 'stream.getAll', { filters })).rows.map(({ ID }) => ID);
	expect(await ids()).toEqual(['outbound', 'inbound']);
	expect(await ids({ archived: true })).toEqual(['outbound', 'broadcast', 'inbound']);
	expect(await ids({ archived: true, type: 'Broadcasts' })).toEqual(['broadcast']);
	const back = await perform(sandbox.current, 'stream.unarchive', chosen);
	expect(back.rows[0]).toMatchObject({ archived: false, ID: 'broadcast', ArchivedAt: null });
	expect((await perform(sandbox.current, 'stream.get', chosen)).rows[0]).toMatchObject({ ArchivedAt: null });
});

test('the default stream cannot be archived, and the error says so', async () => {
	const { details, description } = await refusal(sandbox.current, 'stream.archive', { stream: 'outbound' });
	expect(details).toMatchObject({ code: '1229' });
	expect(description).toContain('cannot be archived');
});

test('the limit holds, and the lists can be searched', async () => {
	expect((await perform(sandbox.current, 'stream.getAll', { limit: 2 })).rows).toHaveLength(2);
	const names = async (method: 'searchStreams' | 'searchSendingStreams', search?: string) =>
		(await listOf(sandbox.current, method)(search)).results.map(({ value }) => value);
	expect(await names('searchStreams')).toEqual(['outbound', 'broadcast', 'inbound']);
	expect(await names('searchSendingStreams')).toEqual(['outbound', 'broadcast']);
	expect(await names('searchStreams', 'BROADCAST')).toEqual(['broadcast']);
	expect(asked(sandbox.current)).toContain(
		'GET /message-streams?MessageStreamType=All&IncludeArchivedStreams=true',
	);
});
