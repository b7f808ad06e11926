import type { IDataObject } from 'n8n-workflow';
import { forgetDelivered } from '../../../../core/webhook/deliveredIds';
import type { Item } from '../../../../sandbox/services/outlook/records';
import { eventually } from '../../../support/triggers';
import { byId } from '../support';
import { useInstant } from './listening';
import { inMinutes } from './polling';

const { sandbox, service, mailbox, active, calls, trigger, started, settled, subjects, restart, wake } =
	useInstant();

test('is told by Outlook of what it watches, and of nothing any more when it is switched off', async () => {
	const host = await started();
	expect(active()).toMatchObject([
		{
			resource: "me/mailFolders('inbox')/messages",
			changeTypes: ['created'],
			clientState: (host.memory.secret as IDataObject).password,
			immutable: true,
		},
	]);
	const { notificationUrl, lifecycleNotificationUrl, expiresAt } = active()[0]!;
	expect(notificationUrl.startsWith(`${host.url}?`)).toBe(true);
	expect(lifecycleNotificationUrl).toBe(notificationUrl);
	expect(expiresAt).toBeGreaterThan(Date.now() + 6 * 86_400_000);
	await host.deactivate();
	expect(active()).toEqual([]);
});

test('what comes starts the workflow, once, however many notifications tell of it; what was there does not', async () => {
	service().receive('old', undefined, { receivedDateTime: '2026-01-01T00:00:00Z' });
	const host = await started();
	service().receive('one');
	await settled();
	for (let i = 0; i < 30; i++) service().receive(`m${i}`);
	await settled();
	// Repeats of a call, one of them a forgery.
	const secret = (host.memory.secret as IDataObject).password;
	const notice = { clientState: secret, changeType: 'created', resourceData: { id: 'x' } };
	await Promise.all(Array.from({ length: 5 }, async () => await host.call({ value: [notice] })));
	await settled();
	expect(subjects(host).sort()).toEqual(['one', ...Array.from({ length: 30 }, (_, i) => `m${i}`)].sort());
});

test('a clock of n8n’s that is ahead hides nothing: the trigger begins by Outlook’s', async () => {
	const minuteAgo = () => new Date(Date.now() - 60_000);
	sandbox.current.faults.add({
		service: 'outlook',
		path: '/v1.0/subscriptions',
		kind: 'status',
		status: 200,
		body: { value: [] },
		headers: { date: minuteAgo().toUTCString() },
	});
	const host = await started();
	service().receive('one', undefined, { receivedDateTime: minuteAgo().toISOString() });
	await settled();
	expect(subjects(host)).toEqual(['one']);
});

test('Graph has its answer before the work is done', async () => {
	const host = await started();
	await wake(host);
	sandbox.current.faults.add({ service: 'outlook', path: /delta/, kind: 'slow', ms: 2_500 });
	service().receive('one');
	await service().subscriptions.notifications.idle();
	expect(calls().at(-1)).toMatchObject({ state: 'delivered', tries: [202] });
	expect(host.items).toEqual([]);
	await settled();
	expect(subjects(host)).toEqual(['one']);
});

test('each item of a call must prove itself; a stranger is turned away, and nothing is asked of Outlook', async () => {
	const host = await started();
	await wake(host);
	service().subscriptions.clear();
	service().receive('one');
	sandbox.current.requests.clear();
	const forged = { clientState: 'guess', changeType: 'created' };
	const without = { changeType: 'created' };
	for (const body of [{ value: [forged, without] }, { value: [] }, {}, [], { value: 'x' }, { wake: true }])
		expect((await host.call(body)).status).toBe(401);
	await settled();
	expect(sandbox.current.requests.list()).toEqual([]);
	expect(host.items).toEqual([]);
	const proven = { ...forged, clientState: (host.memory.secret as IDataObject).password };
	expect((await host.call({ value: [forged, proven] })).status).toBe(202);
	await settled();
	expect(subjects(host)).toEqual(['one']);
});

test('whoever asks for the handshake gets the token as plain text and nothing else', async () => {
	const host = await started();
	const answer = await host.call('', {}, `${host.url}?validationToken=${encodeURIComponent('<b> + é')}`);
	expect(answer.status).toBe(200);
	expect(answer.headers.get('content-type')).toMatch(/^text\/plain/);
	expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
	expect(await answer.text()).toBe('<b> + é');
	expect(host.items).toEqual([]);
});

test('what comes while n8n is stopped is found when it starts, late mail too', async () => {
	const host = await started();
	await wake(host);
	host.isActive = false;
	service().receive('missed');
	service().receive('late', undefined, { receivedDateTime: '2026-01-01T00:00:00Z' });
	await service().subscriptions.notifications.idle();
	service().subscriptions.notifications.clear();
	host.isActive = true;
	forgetDelivered();
	await restart(host);
	expect(subjects(host).sort()).toEqual(['late', 'missed']);
	await wake(host);
	expect(host.items).toHaveLength(2);
});

test('a subscription that has ended or vanished is made again, and what came meanwhile is told', async () => {
	const host = await started();
	await wake(host);
	service().subscriptions.clear();
	service().receive('meanwhile');
	host.memory.keptAt = 0;
	await restart(host);
	expect(active()).toHaveLength(1);
	service().receive('after');
	await settled();
	expect(subjects(host)).toEqual(['meanwhile', 'after']);
});

test('it is renewed every hour, and stays one', async () => {
	const host = await started();
	const [before] = active();
	before!.expiresAt = Date.now() + 60_000;
	host.memory.keptAt = Date.now() - 51 * 60_000;
	expect((await wake(host)).status).toBe(200);
	expect(active()).toHaveLength(1);
	expect(active()[0]!.id).toBe(before!.id);
	expect(active()[0]!.expiresAt).toBeGreaterThan(Date.now() + 6 * 86_400_000);
});

test('what Outlook tells of the subscription is answered', async () => {
	const host = await started();
	await wake(host);
	const { subscriptions } = service();
	subscriptions.lifecycle('reauthorizationRequired');
	service().receive('while it was silent');
	await settled();
	expect(active()[0]!.isPaused).toBe(false);
	const { id } = active()[0]!;
	subscriptions.lifecycle('subscriptionRemoved');
	service().receive('while it was gone');
	await settled();
	expect(active()).toHaveLength(1);
	expect(active()[0]!.id).not.toBe(id);
	active()[0]!.isPaused = true;
	service().receive('missed');
	subscriptions.lifecycle('missed');
	await settled();
	expect(subjects(host)).toEqual(['while it was silent', 'while it was gone', 'missed']);
});

test('a place that Graph has forgotten leads to a new round without a flood', async () => {
	for (let i = 0; i < 300; i++)
		service().receive(`old ${i}`, undefined, { receivedDateTime: '2026-01-01T00:00:00Z' });
	const host = await started();
	service().receive('one');
	await settled();
	service().deltas!.epoch += 1;
	service().receive('two');
	await settled();
	expect(subjects(host)).toEqual(['one', 'two']);
});

test('what n8n could not take over comes again', async () => {
	const host = await started();
	await wake(host);
	host.isFailing = true;
	service().settings.notificationRetryMs = 60_000;
	service().receive('one');
	await settled();
	expect(host.items).toEqual([]);
	// Graph was not told that it was taken, and comes again.
	expect(calls().at(-1)).toMatchObject({ state: 'waiting', tries: [503] });
	host.isFailing = false;
	await wake(host);
	expect(subjects(host)).toEqual(['one']);
});

test('where n8n does not reach its own address, the work is done before Graph has its answer', async () => {
	const host = await started();
	host.isCutOff = true;
	service().receive('one');
	await settled();
	expect(subjects(host)).toEqual(['one']);
	expect(calls().at(-1)).toMatchObject({ state: 'delivered' });
	// Nobody else renews it.
	active()[0]!.expiresAt = Date.now() + 60_000;
	await host.restartTrigger();
	await eventually(() => active()[0]!.expiresAt > Date.now() + 86_400_000);
	expect(active()[0]!.expiresAt).toBeGreaterThan(Date.now() + 86_400_000);
});

test('what cannot go on is a failed execution, and no silence', async () => {
	const host = await started();
	await wake(host);
	sandbox.current.faults.add({
		service: 'outlook',
		path: /delta/,
		kind: 'status',
		status: 403,
		times: 100,
		body: { error: { code: 'ErrorAccessDenied', message: 'Access is denied.' } },
	});
	// What a webhook throws n8n 2.41 keeps as a failed execution, and answers with 500.
	expect((await wake(host)).status).toBe(500);
});

const times = { start: inMinutes(6_000), end: inMinutes(6_060) };
const newPlan = () => mailbox().events.add(mailbox().calendar.id, { subject: 'Plan', ...times });

test.each<[string, Array<(item: Item) => unknown>, string[]]>([
	['messageUpdated', [(item) => mailbox().messages.touch(item, { isRead: true })], ['one present']],
	['messageGone', [(item) => mailbox().messages.move(item, 'archive')], ['one gone']],
	['messageGone', [(item) => mailbox().messages.remove(item)], [' gone']],
	['messageMoved', [(item) => mailbox().messages.move(item, 'archive')], ['one gone']],
	['messageMoved', [(item) => mailbox().messages.move(item, 'deleteditems')], []],
	['messageDeleted', [(item) => mailbox().messages.move(item, 'deleteditems')], ['one gone']],
	['messageSent', [() => mailbox().receive({ subject: 'out' }, 'sentitems')], ['out present']],
	[
		'contactChanged',
		[
			() => (made = mailbox().contacts.add('', { displayName: 'Ana' })),
			() => mailbox().contacts.touch(made, { displayName: 'Anna' }),
			() => mailbox().contacts.remove(made),
		],
		['Ana present', 'Anna present', ' gone'],
	],
	[
		'eventChanged',
		[
			() => (made = newPlan()),
			() => mailbox().events.touch(made, { subject: 'New plan' }),
			() => mailbox().events.remove(made),
		],
		['Plan present', 'New plan present', ' gone'],
	],
])('%s', async (event, acts, told) => {
	const item = service().receive('one');
	const host = await started({ event });
	await wake(host);
	for (const act of acts) {
		act(item);
		await settled();
	}
	expect(
		host.json.map(
			({ subject, displayName, change }) => `${String(subject ?? displayName ?? '')} ${String(change)}`,
		),
	).toEqual(told);
});
let made: Item;

test('bodies and files come when they are wanted', async () => {
	const host = await started({ withBody: true, attachments: true });
	const item = service().receive('one');
	item.attachments.set('a', {
		id: 'a',
		props: {
			'@odata.type': '#microsoft.graph.fileAttachment',
			name: 'a.txt',
			contentType: 'text/plain',
			isInline: true,
		},
		content: Buffer.from('hello'),
	});
	await settled();
	expect(host.items[0]!.json.hasAttachments).toBe(false);
	expect(host.items[0]!.json.body).toEqual({ contentType: 'html', content: '<p>one</p>' });
	expect(host.items[0]!.binary!.attachment_0).toMatchObject({ fileName: 'a.txt', mimeType: 'text/plain' });
});

test('of a shared mailbox only an app is told, and a person hears why not', async () => {
	const host = await trigger({ mailbox: 'support@contoso.example' });
	await expect(host.activate()).rejects.toThrow('Outlook does not let this sign-in watch the mailbox');
	expect(active()).toEqual([]);
	host.change({ authentication: 'app' });
	await host.activate();
	service().receive('for us', undefined, {}, 'support@contoso.example');
	await settled();
	expect(subjects(host)).toEqual(['for us']);
});

test('another folder begins anew, and leaves no second subscription behind', async () => {
	const host = await started();
	await wake(host);
	await host.deactivate();
	host.change({ folder: byId('archive') });
	mailbox().receive({ subject: 'before' }, 'archive', new Date(Date.now() - 60_000));
	await host.activate();
	mailbox().receive({ subject: 'filed' }, 'archive');
	service().receive('elsewhere');
	await settled();
	expect(active()).toHaveLength(1);
	expect(subjects(host)).toEqual(['filed']);
});

test('in a test of the editor the message itself is shown', async () => {
	const host = await trigger({});
	await host.listen();
	service().receive('one');
	await settled();
	expect(host.json).toMatchObject([{ subject: 'one', change: 'present' }]);
	await eventually(() => active().length === 0);
	expect(active()).toHaveLength(0);
	expect(host.saved).toEqual({});
});

test('the usual failure of the handshake is said in plain words', async () => {
	const host = await trigger({});
	sandbox.current.faults.add({
		service: 'outlook',
		path: /subscriptions/,
		method: 'POST',
		kind: 'status',
		status: 400,
		body: { error: { code: 'ValidationError', message: 'Subscription validation request timed out.' } },
	});
	await expect(host.activate()).rejects.toThrow('Microsoft did not get the right answer');
});

test('a message that has come back is told again when it goes, in the same process too', async () => {
	const item = service().receive('one');
	const host = await started({ event: 'messageMoved' });
	await wake(host);
	for (let times = 1; times <= 3; times++) {
		mailbox().messages.move(item, 'archive');
		await settled();
		expect(host.json).toHaveLength(times);
		mailbox().messages.move(item, 'inbox');
		await settled();
		await wake(host);
		expect(host.json).toHaveLength(times);
	}
});
