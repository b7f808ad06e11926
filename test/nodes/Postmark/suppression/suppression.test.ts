import { useSandbox } from '../../../support/services';
import { asked, perform, performSome, refusal } from '../operations';

const sandbox = useSandbox();

const people = (count: number, stream = 'outbound') =>
	Array.from({ length: count }, (_, i) => ({ email: `person${i}@yunhe.example`, stream }));
const each = { stream: '={{ $json.stream }}', emailAddress: '={{ $json.email }}' };
const suppressed = (stream = 'outbound') =>
	sandbox.current.postmark.servers[0]!.suppressions.in(stream).map(({ EmailAddress }) => EmailAddress);

test('Create suppresses many addresses in few requests, each in its own stream', async () => {
	const { rows, items } = await perform(sandbox.current, 'suppression.create', each, [
		...people(70),
		...people(30, 'broadcast'),
	]);
	expect(rows).toHaveLength(100);
	expect(rows[0]).toMatchObject({
		EmailAddress: 'person0@yunhe.example',
		Status: 'Suppressed',
		MessageStream: 'outbound',
	});
	expect(rows[99]).toMatchObject({ EmailAddress: 'person29@yunhe.example', MessageStream: 'broadcast' });
	expect(items.map(({ pairedItem }) => (pairedItem as { item: number }).item)).toEqual(rows.map((_, i) => i));
	expect(suppressed()).toHaveLength(70);
	expect(suppressed('broadcast')).toHaveLength(30);
	expect(asked(sandbox.current).sort()).toEqual([
		'POST /message-streams/broadcast/suppressions',
		'POST /message-streams/outbound/suppressions',
		'POST /message-streams/outbound/suppressions',
	]);
});

test('Delete reactivates many, and names those that cannot be: spam complaints', async () => {
	sandbox.current.postmark.complain({ email: 'person3@yunhe.example' });
	sandbox.current.postmark.bounce({ email: 'person5@yunhe.example' });
	const { done, problems } = await performSome(sandbox.current, 'suppression.delete', each, people(8));
	expect(done).toHaveLength(7);
	expect(done.every(({ json }) => json.deleted === true && json.Status === 'Deleted')).toBe(true);
	expect(problems).toHaveLength(1);
	expect(problems[0]!.json).toMatchObject({
		error: 'Postmark did not take “person3@yunhe.example” off the suppression list',
		details: {
			item: 3,
			field: 'Email Address',
			said: 'You do not have the required authority to change this suppression.',
			remedy: expect.stringContaining('reported an email as spam stays on the list'),
			outcome: 'refused',
		},
	});
	expect(problems[0]!.json).toMatchObject({ email: 'person3@yunhe.example' });
	expect(suppressed()).toEqual(['person3@yunhe.example']);
	expect(asked(sandbox.current)).toEqual(['POST /message-streams/outbound/suppressions/delete']);
});

test('a row without an address is its own problem; all others are done', async () => {
	const rows = people(3);
	rows[1]!.email = 'not an address';
	const { done, problems } = await performSome(sandbox.current, 'suppression.create', each, rows);
	expect(done).toHaveLength(2);
	expect(problems[0]!.json.error).toBe("'Email Address' is not a mail address: “not an address”");
});

test('the same address twice gets two answers', async () => {
	const { rows } = await perform(sandbox.current, 'suppression.create', each, [people(1)[0]!, people(1)[0]!]);
	expect(rows.map(({ Status }) => Status)).toEqual(['Suppressed', 'Suppressed']);
});

test('a lost answer is asked for again, since doing it twice does no harm', async () => {
	sandbox.current.faults.add({
		service: 'postmark',
		method: 'POST',
		kind: 'resetAfter',
		times: 1,
	});
	const { rows } = await perform(sandbox.current, 'suppression.create', each, people(2));
	expect(rows).toHaveLength(2);
	expect(suppressed()).toHaveLength(2);
});

test('an unknown stream fails all its items, and no others', async () => {
	const { done, problems } = await performSome(sandbox.current, 'suppression.create', each, [
		...people(2),
		...people(2, 'nowhere'),
	]);
	expect(done).toHaveLength(2);
	expect(problems.map(({ json }) => json.error)).toEqual(
		Array(2).fill('The server has no such message stream'),
	);
});

test('Get Many gives the list of a stream, filtered', async () => {
	const { postmark } = sandbox.current;
	postmark.bounce({ email: 'a@yunhe.example' });
	postmark.complain({ email: 'b@yunhe.example' });
	postmark.bounce({ email: 'c@yunhe.example', stream: 'broadcast' });
	const found = async (filters: Record<string, unknown> = {}, more = {}) =>
		(
			await perform(sandbox.current, 'suppression.getAll', {
				stream: 'outbound',
				filters: filters as never,
				...more,
			})
		).rows.map(({ EmailAddress }) => EmailAddress);
	expect((await found()).sort()).toEqual(['a@yunhe.example', 'b@yunhe.example']);
	expect(await found({ reason: 'SpamComplaint' })).toEqual(['b@yunhe.example']);
	expect(await found({ origin: 'Customer' })).toEqual([]);
	expect(await found({ emailAddress: 'a@yunhe.example' })).toEqual(['a@yunhe.example']);
	expect(await found({ toDate: '2020-01-01' })).toEqual([]);
	expect(await found({}, { limit: 1 })).toHaveLength(1);
	expect(await found({}, { stream: { __rl: true, mode: 'id', value: 'broadcast' } })).toEqual([
		'c@yunhe.example',
	]);
});

test('an inbound stream is refused with words', async () => {
	const { message } = await refusal(sandbox.current, 'suppression.getAll', { stream: 'nowhere' });
	expect(message).toBe('The server has no such message stream [item 0]');
});
