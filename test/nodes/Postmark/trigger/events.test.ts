import { hooksOf, send, useTrigger } from './support';
import { basic } from '../../../support/triggerHost';

const { sandbox, trigger } = useTrigger();
const ALL = ['bounce', 'click', 'delivery', 'open', 'spamComplaint', 'subscriptionChange'];
const postmark = () => sandbox.current.postmark;

test('each event arrives as Postmark sent it', async () => {
	const host = await trigger({ events: ALL, firstOpenOnly: false });
	await host.activate();
	const id = await send(sandbox.current, { Metadata: { order: '4711' }, Tag: 'order' });
	postmark().deliver(id);
	await postmark().hooks.idle();
	postmark().open(id);
	await postmark().hooks.idle();
	postmark().click(id);
	await postmark().hooks.idle();
	postmark().complain(id);
	await postmark().hooks.idle();
	expect(host.json.map(({ RecordType }) => RecordType)).toEqual([
		'Delivery',
		'Open',
		'Click',
		'SpamComplaint',
		'SubscriptionChange',
	]);
	for (const json of host.json.slice(0, 4))
		expect(json).toMatchObject({ MessageID: id, Metadata: { order: '4711' }, MessageStream: 'outbound' });
	expect(host.json[2]).toMatchObject({ OriginalLink: 'https://example.com/track' });
	expect(host.answers).toEqual([200, 200, 200, 200, 200]);
});

test('Simplify keeps the fields that are used most, ten at most', async () => {
	const host = await trigger({ events: ALL, firstOpenOnly: false, simplify: true });
	await host.activate();
	const id = await send(sandbox.current, { Metadata: { order: '4711' } });
	postmark().open(id);
	postmark().bounce({ message: id });
	await postmark().hooks.idle();
	for (const json of host.json) expect(Object.keys(json).length).toBeLessThanOrEqual(10);
	expect(host.json.find(({ RecordType }) => RecordType === 'Bounce')).toEqual({
		RecordType: 'Bounce',
		Email: 'ana@example.net',
		Type: 'HardBounce',
		Description: expect.any(String),
		Inactive: true,
		ID: expect.any(Number),
		MessageID: id,
		Subject: 'Your order',
		Metadata: { order: '4711' },
		BouncedAt: expect.any(String),
	});
});

test('of several streams, each event once', async () => {
	const host = await trigger({ events: ['bounce'], streams: ['outbound', 'broadcast'] });
	await host.activate();
	postmark().bounce({ email: 'a@example.net', stream: 'outbound' });
	postmark().bounce({ email: 'b@example.net', stream: 'broadcast' });
	await postmark().hooks.idle();
	expect(host.json.map(({ Email }) => Email).sort()).toEqual(['a@example.net', 'b@example.net']);
});

test('First Open Only', async () => {
	const host = await trigger({ events: ['open'] });
	await host.activate();
	const id = await send(sandbox.current);
	postmark().open(id);
	await postmark().hooks.idle();
	postmark().open(id);
	await postmark().hooks.idle();
	await host.prove({ RecordType: 'Open', MessageID: id, Recipient: 'x@example.net', FirstOpen: false });
	expect(host.json).toEqual([expect.objectContaining({ RecordType: 'Open', FirstOpen: true })]);
});

describe('who calls', () => {
	const bounce = { RecordType: 'Bounce', ID: 1, Email: 'evil@example.net' };

	test.each([
		['nobody in particular', () => ({})],
		['somebody with a wrong password', () => basic('n8n', 'guessed')],
		[
			'somebody with the password under another name',
			() => basic('admin', hooksOf(sandbox.current)[0]!.HttpAuth!.Password),
		],
		['somebody with nonsense', () => ({ authorization: 'Bearer 1' })],
	])('%s is turned away', async (_, headers) => {
		const host = await trigger({ events: ['bounce'] });
		await host.activate();
		const answer = await host.call(bounce, headers());
		expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Basic realm="n8n"']);
		expect(host.executions).toEqual([]);
	});

	test('a Postmark with an old password is asked to come again, and loses nothing', async () => {
		postmark().settings.retrySpeed = 60_000;
		const host = await trigger({ events: ['bounce'] });
		await host.activate();
		const { password } = host.memory.secret as { password: string };
		hooksOf(sandbox.current)[0]!.HttpAuth!.Password = 'old';
		postmark().bounce({ email: 'gone@example.net' });
		await postmark().hooks.idle();
		expect(postmark().hooks.deliveries.map(({ state }) => state)).toEqual(['waiting']);
		hooksOf(sandbox.current)[0]!.HttpAuth!.Password = password;
		await new Promise((resolve) => setTimeout(resolve, 50));
		await postmark().hooks.idle();
		expect(host.json).toEqual([expect.objectContaining({ Email: 'gone@example.net' })]);
	});

	test('an event that was not asked for starts nothing, and is not sent again', async () => {
		const host = await trigger({ events: ['bounce'] });
		await host.activate();
		for (const body of [{ RecordType: 'Delivery', MessageID: 'm' }, {}, 'text', null, [1]])
			expect((await host.prove(body)).status).toBe(200);
		expect(host.executions).toEqual([]);
	});
});

describe('repeats', () => {
	const bounce = (ID: number) => ({ RecordType: 'Bounce', ID, Email: 'a@example.net' });

	test('are dropped, also after a restart', async () => {
		const host = await trigger({ events: ['bounce', 'delivery'] });
		await host.activate();
		const delivery = { RecordType: 'Delivery', MessageID: 'm', Recipient: 'a@example.net', DeliveredAt: 't' };
		for (const body of [bounce(1), bounce(1), delivery, delivery, bounce(2), { ...delivery, Recipient: 'b' }])
			expect((await host.prove(body)).status).toBe(200);
		expect(host.json.map(({ ID, Recipient }) => ID ?? Recipient)).toEqual([1, 'a@example.net', 2, 'b']);
		const { forgetDelivered } = await import('../../../../core/webhook/deliveredIds');
		forgetDelivered();
		await host.prove(bounce(1));
		expect(host.executions).toHaveLength(4);
	});

	test('are dropped when two calls bring the same event at once', async () => {
		const host = await trigger({ events: ['bounce'] });
		await host.activate();
		const answers = await Promise.all([1, 2, 3].map(async () => await host.prove(bounce(7))));
		expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
		expect(host.json.map(({ ID }) => ID)).toEqual([7]);
	});

	test('at once are taken when n8n could not start the execution the first time', async () => {
		const host = await trigger({ events: ['bounce'] });
		await host.activate();
		host.isFailing = true;
		await Promise.all([1, 2].map(async () => await host.prove(bounce(8))));
		host.isFailing = false;
		expect((await host.prove(bounce(8))).status).toBe(200);
		expect(host.json.map(({ ID }) => ID)).toEqual([8]);
	});

	test('with numbers of nineteen digits keep all of them, and are told apart by the last', async () => {
		const host = await trigger({ events: ['bounce'] });
		await host.activate();
		for (const id of ['1234567890123456781', '1234567890123456782'])
			await host.prove(
				Buffer.from(`{"RecordType":"Bounce","ID":${id},"Type":"HardBounce","Email":"a@example.net"}`),
			);
		expect(host.json.map(({ ID }) => ID)).toEqual(['1234567890123456781', '1234567890123456782']);
	});

	test('are dropped when calls side by side overwrite what n8n has stored', async () => {
		const host = await trigger({ events: ['bounce'] });
		await host.activate();
		const before = structuredClone(host.saved);
		await host.prove(bounce(1));
		host.saved = before;
		await host.prove(bounce(1));
		expect(host.executions).toHaveLength(1);
	});

	test('are taken when n8n could not start the execution the first time', async () => {
		const host = await trigger({ events: ['bounce'] });
		await host.activate();
		host.isFailing = true;
		expect((await host.prove(bounce(1))).status).toBe(500);
		host.isFailing = false;
		expect((await host.prove(bounce(1))).status).toBe(200);
		expect(host.json).toEqual([bounce(1)]);
	});

	test('a list of events is taken apart', async () => {
		const host = await trigger({ events: ['bounce'] });
		await host.activate();
		await host.prove([bounce(1), bounce(2), bounce(1)]);
		expect(host.json.map(({ ID }) => ID)).toEqual([1, 2]);
	});
});
