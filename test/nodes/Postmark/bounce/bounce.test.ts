import { useSandbox } from '../../../support/services';
import { asked, bytesOf, lastQuery, listOf, perform, refusal, sendMany } from '../operations';

const sandbox = useSandbox();

test('Get Many finds bounces by all that they can be found by', async () => {
	const [id] = await sendMany(sandbox.current, [{ Tag: 'welcome' }]);
	const { postmark } = sandbox.current;
	postmark.bounce({ message: id! });
	postmark.bounce({ email: 'full@yunhe.example', type: 'SoftBounce', stream: 'broadcast' });
	const found = async (filters: Record<string, unknown>) =>
		(await perform(sandbox.current, 'bounce.getAll', { filters: filters as never })).rows.map(
			({ Email }) => Email,
		);
	expect(await found({})).toEqual(['full@yunhe.example', 'ana@yunhe.example']);
	expect(await found({ type: 'SoftBounce' })).toEqual(['full@yunhe.example']);
	expect(await found({ inactive: 'true' })).toEqual(['ana@yunhe.example']);
	expect(await found({ inactive: 'false' })).toEqual(['full@yunhe.example']);
	expect(await found({ emailAddress: 'full@' })).toEqual(['full@yunhe.example']);
	expect(await found({ tag: 'welcome' })).toEqual(['ana@yunhe.example']);
	expect(await found({ messageId: id })).toEqual(['ana@yunhe.example']);
	expect(await found({ messageStream: 'broadcast' })).toEqual(['full@yunhe.example']);
	await found({ fromDate: '2026-02-01T12:00:00', toDate: '2026-02-03' });
	expect(lastQuery(sandbox.current)).toMatchObject({ fromdate: '2026-02-01T07:00:00', todate: '2026-02-03' });
});

test('Get, and Get Source as text and as a file', async () => {
	const [id] = await sendMany(sandbox.current, [{}]);
	const bounce = sandbox.current.postmark.bounce({ message: id! });
	const chosen = { bounce: { __rl: true, mode: 'list', value: bounce.ID } };
	const { rows } = await perform(sandbox.current, 'bounce.get', chosen);
	expect(rows[0]).toMatchObject({ ID: bounce.ID, Email: 'ana@yunhe.example', Type: 'HardBounce' });
	const text = await perform(sandbox.current, 'bounce.getDump', chosen);
	expect(text.rows[0]!.Body).toContain('550 5.1.1');
	const file = await perform(sandbox.current, 'bounce.getDump', { ...chosen, asFile: true });
	expect(file.items[0]!.binary!.data!.fileName).toBe(`${bounce.ID}.eml`);
	expect(bytesOf(file.items[0]!, 'data').toString()).toBe(text.rows[0]!.Body);
});

test('a source that Postmark no longer has makes no empty file', async () => {
	const { ID } = sandbox.current.postmark.bounce({ email: 'ana@yunhe.example' });
	const { rows } = await perform(sandbox.current, 'bounce.getDump', { bounce: ID });
	expect(rows).toEqual([{ ID, Body: '' }]);
	const { message } = await refusal(sandbox.current, 'bounce.getDump', { bounce: ID, asFile: true });
	expect(message).toBe(`Postmark has no source of “${ID}” any more [item 0]`);
});

test('Activate lets Postmark send to the address again', async () => {
	const { ID } = sandbox.current.postmark.bounce({ email: 'ana@yunhe.example' });
	await expect(sendMany(sandbox.current, [{}])).rejects.toThrow(/inactive/);
	const { rows } = await perform(sandbox.current, 'bounce.activate', { bounce: ID });
	expect(rows[0]).toMatchObject({ activated: true, ID, Inactive: false, Email: 'ana@yunhe.example' });
	await sendMany(sandbox.current, [{}]);
});

test('a spam complaint cannot be activated, and the error says so', async () => {
	const { ID } = sandbox.current.postmark.complain({ email: 'ana@yunhe.example' });
	const { details, description } = await refusal(sandbox.current, 'bounce.activate', { bounce: ID });
	expect(details).toMatchObject({ code: '1003', outcome: 'refused' });
	expect(description).toContain('cannot be activated');
});

test('an ID that is no number is named before anything is asked', async () => {
	const { message, details } = await refusal(sandbox.current, 'bounce.get', { bounce: 'ana@yunhe.example' });
	expect(message).toBe("'Bounce' is not an ID: “ana@yunhe.example” [item 0]");
	expect(details).toMatchObject({ field: 'Bounce', outcome: 'notSent' });
	expect(sandbox.current.requests.total).toBe(0);
});

test('an ID of 64 bits is asked for digit by digit; one that has lost digits already is named', async () => {
	const { details } = await refusal(sandbox.current, 'bounce.get', { bounce: '4323372036854775807' });
	expect(details).toMatchObject({ code: '1001' });
	expect(asked(sandbox.current)).toEqual(['GET /bounces/4323372036854775807']);
	for (const bounce of [
		'={{ 4323372036854775807 }}',
		{ __rl: true, mode: 'id', value: '={{ 4323372036854775807 }}' },
	]) {
		const { message } = await refusal(sandbox.current, 'bounce.get', { bounce });
		expect(message).toBe("'Bounce' has lost its last digits on the way: 4323372036854776000 [item 0]");
	}
	expect(sandbox.current.requests.total).toBe(1);
});

test('Get Delivery Stats counts by type', async () => {
	sandbox.current.postmark.bounce({ email: 'a@yunhe.example' });
	sandbox.current.postmark.bounce({ email: 'b@yunhe.example', type: 'SoftBounce' });
	const { rows } = await perform(sandbox.current, 'bounce.getStats');
	expect(rows[0]).toMatchObject({ InactiveMails: 1 });
	expect(rows[0]!.Bounces).toContainEqual(expect.objectContaining({ Type: 'SoftBounce', Count: 1 }));
});

test('the list of bounces can be searched by address, and goes on after a page', async () => {
	for (let i = 0; i < 60; i++) sandbox.current.postmark.bounce({ email: `person${i}@yunhe.example` });
	const search = listOf(sandbox.current, 'searchBounces');
	const first = await search();
	expect(first.results).toHaveLength(50);
	expect(first.results[0]!.name).toMatch(/^person59@yunhe\.example: .+, \d{4}-\d{2}-\d{2}$/);
	const second = await search('', String(first.paginationToken));
	expect(second.results).toHaveLength(10);
	expect(second.paginationToken).toBeUndefined();
	expect((await search('person42')).results.map(({ name }) => name.split(':')[0])).toEqual([
		'person42@yunhe.example',
	]);
});
