import type { INodeParameters } from 'n8n-workflow';
import { setTimeout as wait } from 'node:timers/promises';
import { forgetDelivered } from '../../../../core/webhook/deliveredIds';
import { eventually } from '../../../support/triggers';
import { byId } from '../support';
import { useInstant } from './listening';
import { inMinutes } from './polling';

const { sandbox, service, mailbox, active, started, settled, subjects, wake, restart, trigger } =
	useInstant();

const receive = (subject: string, folder: string, more: object = {}) =>
	mailbox().receive({ subject, ...more }, folder, service().now());

describe('several folders', () => {
	const several: INodeParameters = { moreFolders: ['archive', 'junkemail'] };

	test('one subscription, and what comes into any of them starts the workflow once', async () => {
		const host = await started(several);
		expect(active()).toMatchObject([{ resource: 'me/messages', changeTypes: ['created'] }]);
		receive('one', 'inbox');
		receive('two', 'archive');
		receive('elsewhere', 'drafts');
		await settled();
		expect(subjects(host).sort()).toEqual(['one', 'two']);
		mailbox().messages.move(receive('three', 'junkemail'), 'archive');
		await settled();
		await wake(host);
		expect(subjects(host).sort()).toEqual(['one', 'three', 'two']);
	});

	test('folders below, also one that is made later, and what comes while n8n is stopped', async () => {
		const host = await started({ subfolders: true });
		await wake(host);
		const made = mailbox().addFolder('Invoices', 'inbox');
		receive('one', made.id);
		await settled();
		host.isActive = false;
		receive('missed', mailbox().addFolder('2026', made.id).id);
		receive('elsewhere', 'archive');
		await service().subscriptions.notifications.idle();
		service().subscriptions.notifications.clear();
		host.isActive = true;
		forgetDelivered();
		await restart(host);
		expect(subjects(host)).toEqual(['one', 'missed']);
		expect(active()).toHaveLength(1);
	});

	test.each([
		['messageMoved', 'archive', 1],
		['messageMoved', 'deleteditems', 0],
		['messageDeleted', 'deleteditems', 1],
	])('%s, to %s', async (event, to, times) => {
		const item = receive('one', 'junkemail');
		const host = await started({ event, moreFolders: ['junkemail'] });
		await wake(host);
		receive('new elsewhere', 'drafts');
		mailbox().messages.move(item, to);
		await settled();
		await wake(host);
		expect(host.json.map(({ change }) => change)).toEqual(Array.from({ length: times }, () => 'gone'));
	});

	test('another choice goes on where a folder was watched, and begins now where it was not', async () => {
		const host = await started();
		await wake(host);
		await host.deactivate();
		receive('meanwhile', 'inbox');
		mailbox().receive({ subject: 'before' }, 'archive', new Date(Date.now() - 60_000));
		host.change(several);
		await host.activate();
		expect(active()).toMatchObject([{ resource: 'me/messages' }]);
		receive('filed', 'archive');
		await settled();
		expect(subjects(host).sort()).toEqual(['filed', 'meanwhile']);
		await host.deactivate();
		host.change({ moreFolders: [] });
		await host.activate();
		receive('filed again', 'archive');
		receive('after', 'inbox');
		await settled();
		expect(active()).toMatchObject([{ resource: "me/mailFolders('inbox')/messages" }]);
		expect(subjects(host).sort()).toEqual(['after', 'filed', 'meanwhile']);
	});

	test('a place that Graph has forgotten: no flood, and what was deleted meanwhile is told', async () => {
		const item = receive('one', 'archive');
		const host = await started({ event: 'messageDeleted', ...several });
		await wake(host);
		service().deltas!.epoch += 1;
		mailbox().messages.remove(item);
		await settled();
		await wake(host);
		expect(host.json).toMatchObject([{ id: `AAkALg${item.id}`, became: 'deleted' }]);
	});

	test('filters hold for all of them', async () => {
		const host = await started({
			...several,
			filters: { importance: 'high', isRead: 'unread', subject: 'Invoice' },
		});
		receive('Invoice 1', 'archive', { importance: 'high' });
		receive('Invoice 2', 'archive');
		receive('Invoice 3', 'inbox', { importance: 'high', isRead: true });
		receive('Other', 'inbox', { importance: 'high' });
		await settled();
		expect(subjects(host)).toEqual(['Invoice 1']);
	});

	test('in a test of the editor only what is in one of them is shown', async () => {
		const host = await trigger(several);
		await host.listen();
		receive('elsewhere', 'drafts');
		await settled();
		expect(host.json).toEqual([]);
		receive('one', 'archive');
		await settled();
		expect(host.json).toMatchObject([{ subject: 'one', change: 'present' }]);
		await eventually(() => active().length === 0);
		expect(host.saved).toEqual({});
	});

	test('in a test of the editor what leaves one of them is shown', async () => {
		const item = mailbox().receive({ subject: 'one' }, 'archive', new Date(Date.now() - 60_000));
		const host = await trigger({ event: 'messageMoved', ...several });
		await host.listen();
		receive('elsewhere', 'drafts');
		receive('within', 'inbox');
		await settled();
		expect(host.json).toEqual([]);
		mailbox().messages.move(item, 'drafts');
		await settled();
		expect(host.json).toMatchObject([{ subject: 'one', change: 'gone', became: 'moved' }]);
		await eventually(() => active().length === 0);
	});
});

describe('several calendars', () => {
	const times = { start: inMinutes(6_000), end: inMinutes(6_060) };
	const plan = (subject: string, calendar: string) => mailbox().events.add(calendar, { subject, ...times });
	const calendar = (name: string) => mailbox().kinds.calendar.add('', { name });

	test('one subscription, and what changes in any of them starts the workflow once', async () => {
		const [rooms, tours, others] = ['Rooms', 'Tours', 'Others'].map((name) => calendar(name));
		const calendars = [rooms!, tours!].map(({ id }) => `AAkALg${id}`);
		const host = await started({ event: 'eventChanged', calendars });
		expect(active()).toMatchObject([{ resource: 'me/events' }]);
		plan('one', rooms!.id);
		const item = plan('two', tours!.id);
		plan('elsewhere', others!.id);
		plan('in the usual one', mailbox().calendar.id);
		await settled();
		expect(host.json.map(({ subject, calendarId }) => [subject, calendarId]).sort()).toEqual([
			['one', calendars[0]],
			['two', calendars[1]],
		]);
		mailbox().events.remove(item);
		await settled();
		expect(host.json.at(-1)).toMatchObject({ change: 'gone', calendarId: calendars[1] });
	});

	test('in a test of the editor only what is in one of them is shown', async () => {
		const rooms = calendar('Rooms');
		const host = await trigger({ event: 'eventChanged', calendars: [`AAkALg${rooms.id}`] });
		await host.listen();
		plan('elsewhere', mailbox().calendar.id);
		await settled();
		expect(host.json).toEqual([]);
		plan('one', rooms.id);
		await settled();
		expect(host.json).toMatchObject([{ subject: 'one', calendarId: `AAkALg${rooms.id}` }]);
		await eventually(() => active().length === 0);
	});
});

test('where much happens in other folders, calls lead to few looks, and nothing is lost', async () => {
	const moreFolders = Array.from({ length: 9 }, (_, i) => mailbox().addFolder(`F${i}`).id);
	const host = await started({ folder: byId('inbox'), moreFolders });
	await wake(host);
	sandbox.current.requests.clear();
	const { password } = host.memory.secret as { password: string };
	for (let i = 0; i < 40; i++) {
		await host.call({ value: [{ clientState: password, changeType: 'created', resourceData: { id: 'x' } }] });
		await wait(50);
	}
	receive('one', moreFolders[0]!);
	await settled();
	// Ten folders take 1.2 seconds; the calls went on for two and more.
	const looks = sandbox.current.requests.list().filter(({ path }) => path.includes('/messages/delta'));
	expect(looks.length).toBeLessThanOrEqual(60);
	expect(subjects(host)).toEqual(['one']);
});

test('what the time of one look is not enough for comes with the next', async () => {
	const moreFolders = Array.from({ length: 9 }, (_, i) => mailbox().addFolder(`F${i}`).id);
	const host = await started({ folder: byId('inbox'), moreFolders });
	await wake(host);
	// Each request takes so long that the time is over before the last folders are asked.
	sandbox.current.faults.add({ service: 'outlook', path: /delta/, kind: 'slow', ms: 3_000, times: 8 });
	host.isCutOff = true;
	for (const folder of moreFolders) receive(folder, folder);
	await settled();
	host.isCutOff = false;
	await wake(host);
	expect(subjects(host).sort()).toEqual([...moreFolders].sort());
});
