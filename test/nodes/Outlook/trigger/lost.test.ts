import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { most, round } from '../../../../nodes/Outlook/trigger/delta';
import { denied } from '../../../../sandbox/services/outlook/errors';
import { byId } from '../support';
import { inMinutes, usePolling } from './polling';

const { sandbox, service, mailbox, memory, poll } = usePolling();

afterEach(() => jest.restoreAllMocks());

/** Graph no longer knows any place that it has told. */
const forget = () => void (service().deltas!.epoch += 1);
const DAY = 24 * 60;
const plan = (subject: string, days = 4) =>
	mailbox().events.add(mailbox().calendar.id, {
		subject,
		start: inMinutes(days * DAY),
		end: inMinutes(days * DAY + 60),
	});
/** What a look tells: the ID, and what became of it. */
const look = async (parameters: INodeParameters) =>
	(await poll(parameters)).map(({ json }) => [json.id, json.became ?? json.change]).sort();
const idOf = ({ id }: { id: string }) => `AAkALg${id}`;

describe('what was deleted while Graph had forgotten the place', () => {
	test('messages: each once, with what became of it, and nothing of those that are there', async () => {
		const [kept, moved, binned, erased] = ['k', 'm', 'b', 'e'].map((name) => service().receive(name));
		const gone = { event: 'messageGone', folder: byId('inbox') };
		await poll(gone);
		const late = service().receive('came after the first look');
		await poll(gone);
		forget();
		mailbox().messages.move(moved!, 'archive');
		mailbox().messages.move(binned!, 'deleteditems');
		mailbox().messages.remove(erased!);
		mailbox().messages.remove(late);
		expect(await look(gone)).toEqual(
			[
				[idOf(moved!), 'moved'],
				[idOf(binned!), 'deleted'],
				[idOf(erased!), 'deleted'],
				[idOf(late), 'deleted'],
			].sort(),
		);
		expect(await look(gone)).toEqual([]);
		forget();
		expect(await look(gone)).toEqual([]);
		mailbox().messages.remove(kept!);
		expect(await look(gone)).toEqual([[idOf(kept!), 'deleted']]);
	});

	test('of several folders, and over a look that fails', async () => {
		const gone = { event: 'messageDeleted', folder: byId('inbox'), moreFolders: ['archive'] };
		const one = service().receive('one');
		const two = mailbox().receive({ subject: 'two' }, 'archive');
		await poll(gone);
		forget();
		mailbox().messages.remove(one);
		mailbox().messages.remove(two);
		sandbox.current.faults.add({ service: 'outlook', path: /delta/, kind: 'status', status: 400, after: 3 });
		await expect(poll(gone)).rejects.toThrow();
		expect(await look(gone)).toEqual([idOf(one), idOf(two)].map((id) => [id, 'deleted']));
		expect(await look(gone)).toEqual([]);
	});

	test.each(['contactChanged', 'eventChanged'])('%s', async (event) => {
		const store = event === 'contactChanged' ? mailbox().contacts : mailbox().events;
		const add = (name: string) =>
			event === 'contactChanged' ? store.add('', { displayName: name }) : plan(name);
		const [one, two] = ['one', 'two'].map(add);
		await poll({ event });
		forget();
		store.remove(one!);
		store.touch(two!, { categories: ['x'] });
		expect(await look({ event })).toEqual(
			[
				[idOf(one!), 'gone'],
				[idOf(two!), 'present'],
			].sort(),
		);
		expect(await look({ event })).toEqual([]);
		store.remove(two!);
		forget();
		expect(await look({ event })).toEqual([[idOf(two!), 'gone']]);
	});

	test('more than is known: nothing is told that is there, and nothing twice', async () => {
		const gone = { event: 'messageDeleted', folder: byId('inbox') };
		const all = Array.from({ length: 5_300 }, (_, i) => service().receive(`m${i}`));
		await poll(gone);
		await poll(gone);
		expect(JSON.stringify(memory.saved).length).toBeLessThan(150_000);
		forget();
		const erased = [0, 100, 5_000, 5_299].map((at) => all[at]!);
		for (const item of erased) mailbox().messages.remove(item);
		const told = [...(await look(gone)), ...(await look(gone)), ...(await look(gone))];
		// The first ones were noted first, and made room.
		expect(told).toEqual(erased.slice(2).map((item) => [idOf(item), 'deleted']));
	});

	test('a round over several looks that Graph forgets once more', async () => {
		const gone = { event: 'messageDeleted', folder: byId('inbox') };
		const first = service().receive('first');
		for (let i = 0; i < 200; i++) service().receive(`m${i}`);
		await poll(gone);
		// Too many for one look.
		for (let i = 0; i < 5_100; i++) service().receive(`n${i}`, undefined, {});
		forget();
		jest.replaceProperty(round, 'ms', 0);
		mailbox().messages.remove(first);
		expect(await look(gone)).toEqual([]);
		forget();
		expect(await look(gone)).toEqual([]);
		expect(await look(gone)).toEqual([[idOf(first), 'deleted']]);
		expect(await look(gone)).toEqual([]);
	});
});

describe('what was there before the trigger was switched on', () => {
	const old = () => ({ receivedDateTime: new Date(Date.now() - 30 * 60_000).toISOString() });
	const subjects = async () => (await poll()).map(({ json }) => json.subject);

	test('is not told when Graph forgets the place soon after, however often', async () => {
		service().receive('before', undefined, old());
		expect(await subjects()).toEqual([]);
		forget();
		service().receive('after');
		expect(await subjects()).toEqual(['after']);
		for (let i = 0; i < 3; i++) {
			forget();
			expect(await subjects()).toEqual([]);
		}
	});

	test('is not told when Graph forgets the place within the first round', async () => {
		for (let i = 0; i < 5_001; i++) service().receive(`m${i}`, undefined, old());
		expect(await subjects()).toEqual([]);
		forget();
		expect(await subjects()).toEqual([]);
		expect(await subjects()).toEqual([]);
		service().receive('after');
		expect(await subjects()).toEqual(['after']);
	});

	test('is not new when it changes', async () => {
		const { receivedDateTime: createdDateTime } = old();
		const contact = mailbox().contacts.add('', { displayName: 'Ana', createdDateTime });
		await poll({ event: 'contactChanged' });
		mailbox().contacts.touch(contact, { displayName: 'Anna' });
		expect(await poll({ event: 'contactChanged' })).toMatchObject([{ json: { isNew: false } }]);
	});
});

test('a message that has come back is told again when it goes', async () => {
	const gone = { event: 'messageMoved', folder: byId('inbox') };
	const item = service().receive('one');
	await poll(gone);
	for (let i = 0; i < 2; i++) {
		mailbox().messages.move(item, 'archive');
		expect(await look(gone)).toEqual([[idOf(item), 'moved']]);
		mailbox().messages.move(item, 'inbox');
		expect(await look(gone)).toEqual([]);
	}
});

describe('events outside of the time that is looked at, which Graph tells as removed', () => {
	const changed = { event: 'eventChanged' };

	test('one that is made, changed or forgotten there is not told; one that goes there is told as it is now', async () => {
		const item = plan('within');
		await poll(changed);
		const far = plan('in two years', 730);
		expect(await look(changed)).toEqual([]);
		mailbox().events.touch(far, { subject: 'still far' });
		expect(await look(changed)).toEqual([]);
		mailbox().events.touch(item, { start: inMinutes(800 * DAY), end: inMinutes(800 * DAY + 60) });
		const found = await poll(changed);
		expect(found).toMatchObject([{ json: { subject: 'within', change: 'present', isNew: false } }]);
		expect(await look(changed)).toEqual([]);
		mailbox().events.remove(far);
		forget();
		expect(await look(changed)).toEqual([]);
	});

	test('one that leaves its calendar is gone from there; one that has only passed is not', async () => {
		const passed = plan('passed', -29);
		const item = plan('within');
		await poll(changed);
		const other = mailbox().kinds.calendar.add('', { name: 'Other' });
		mailbox().events.move(item, other.id);
		expect(await look(changed)).toEqual([[idOf(item), 'gone']]);
		// The view of a new round begins after it has ended.
		const { start, end } = plan('x', -31).props;
		Object.assign(passed.props, { start, end });
		forget();
		expect(await look(changed)).toEqual([]);
	});
});

describe('of many events that are gone a look asks for some, and the next ones for the others', () => {
	const changed = { event: 'eventChanged' };

	test.each([
		['one after the other', () => {}],
		['while Graph had forgotten the place', forget],
	])('%s: each is told once', async (_, happens) => {
		const events = Array.from({ length: 250 }, (_, i) => plan(`e${i}`));
		await poll(changed);
		await poll(changed);
		for (const event of events) mailbox().events.remove(event);
		happens();
		jest.replaceProperty(round, 'ms', -1);
		const looks: string[][] = [];
		for (let i = 0; i < 4; i++) looks.push((await poll(changed)).map(({ json }) => String(json.id)));
		expect(Math.max(...looks.map(({ length }) => length))).toBe(200);
		expect(looks.flat().sort()).toEqual(events.map(idOf).sort());
	});

	test('what changes meanwhile is told', async () => {
		const events = Array.from({ length: 250 }, (_, i) => plan(`e${i}`));
		await poll(changed);
		await poll(changed);
		forget();
		for (const event of events)
			mailbox().events.touch(event, { start: inMinutes(800 * DAY), end: inMinutes(800 * DAY + 60) });
		jest.replaceProperty(round, 'ms', -1);
		const told: string[] = [];
		for (let i = 0; i < 4; i++)
			for (const { json } of await poll(changed)) told.push(`${String(json.id)} ${String(json.change)}`);
		expect(told.sort()).toEqual(events.map((event) => `${idOf(event)} present`).sort());
	});
});

describe('what could keep a trigger from telling anything any more', () => {
	const refuse = () => {
		throw denied();
	};

	test('a message that was moved to where this sign-in may not look', async () => {
		const gone = { event: 'messageGone', folder: byId('inbox') };
		const item = service().receive('one');
		await poll(gone);
		const before = memory.saved;
		mailbox().messages.move(item, 'archive');
		jest.spyOn(mailbox().messages, 'find').mockImplementation(refuse);
		expect(await look(gone)).toEqual([[idOf(item), 'unknown']]);
		memory.saved = before;
		expect(await look({ ...gone, event: 'messageMoved' })).toEqual([]);
	});

	test('an event that is removed from the view, of which this sign-in may not see more', async () => {
		const item = plan('private');
		await poll({ event: 'eventChanged' });
		mailbox().events.touch(item, { start: inMinutes(800 * DAY), end: inMinutes(800 * DAY + 60) });
		jest.spyOn(mailbox().events, 'find').mockImplementation(refuse);
		plan('another');
		expect((await poll({ event: 'eventChanged' })).map(({ json }) => json.subject)).toEqual(['another']);
	});

	test.each([400, 404, 410])('a place that Graph has forgotten and says so with %i', async (status) => {
		await poll();
		service().receive('one');
		const body = { error: { code: 'SyncStateNotFound', message: 'The sync state is not found.' } };
		sandbox.current.faults.add({ service: 'outlook', path: /delta/, kind: 'status', status, body });
		expect((await poll()).map(({ json }) => json.subject)).toEqual(['one']);
	});
});

test('of messages with long bodies a look takes some, and the next ones the others', async () => {
	const form = { withBody: true, moreFolders: ['archive', 'drafts', 'junkemail', 'deleteditems'] };
	await poll(form);
	const receive = (i: number, folder: string) =>
		mailbox().receive({ subject: `${folder} ${i}`, body: { contentType: 'text', content: 'long' } }, folder);
	const all = Array.from({ length: 250 }, (_, i) => receive(i, 'inbox'));
	all.push(receive(0, 'deleteditems'));
	jest.replaceProperty(most, 'text', 800);
	const looks: number[] = [];
	const told: unknown[] = [];
	for (let i = 0; i < 4; i++) {
		const found = await poll(form);
		looks.push(found.length);
		told.push(...found.map(({ json }) => json.subject));
	}
	// The fifth folder waits for the next look, as four are looked at side by side.
	expect(looks).toEqual([200, 51, 0, 0]);
	expect(told.sort()).toEqual(all.map(({ props }) => props.subject).sort());
});

test.each([null, {}, 'x'])('an answer without rows is none, and asked for again: %j', async (value) => {
	await poll();
	service().receive('one');
	const body = { value, '@odata.deltaLink': 'x' };
	sandbox.current.faults.add({ service: 'outlook', path: /delta/, kind: 'status', status: 200, body });
	expect((await poll()).map(({ json }) => json.subject)).toEqual(['one']);
});

describe('a clock of n8n’s that is ahead of Outlook’s', () => {
	test.each([-5, 5])(
		'by %i minutes: the first round tells what comes meanwhile, and nothing older',
		async (minutes) => {
			service().moveMinutes(minutes);
			const receive = (subject: string, afterMs: number) => {
				const receivedDateTime = new Date(service().now().getTime() + afterMs).toISOString();
				return service().receive(subject, undefined, { receivedDateTime });
			};
			receive('before', -10_000);
			receive('meanwhile', 1_000);
			const subjects = async () => (await poll()).map(({ json }) => json.subject);
			expect(await subjects()).toEqual(['meanwhile']);
			expect(await subjects()).toEqual([]);
			// A folder that is chosen later begins then, by the same clock.
			const more = { moreFolders: ['archive'] };
			const stamp = (ms: number) => new Date(service().now().getTime() + ms).toISOString();
			mailbox().receive({ subject: 'old', receivedDateTime: stamp(-10_000) }, 'archive');
			mailbox().receive({ subject: 'now', receivedDateTime: stamp(1_000) }, 'archive');
			expect((await poll(more)).map(({ json }) => json.subject)).toEqual(['now']);
		},
	);

	const minuteAgo = () => new Date(Date.now() - 60_000).toISOString();

	test('hides nothing that came into a folder which was made since the last look', async () => {
		const below = { subfolders: true };
		await poll(below);
		// It was switched on before that minute, too.
		memory.saved = JSON.parse(
			JSON.stringify(memory.saved).replaceAll(/"startedAt":\d+/g, '"startedAt":0'),
		) as IDataObject;
		const { id } = mailbox().addFolder('2026', 'inbox');
		mailbox().receive({ subject: 'one', receivedDateTime: minuteAgo() }, id);
		expect((await poll(below)).map(({ json }) => json.subject)).toEqual(['one']);
		expect(await poll(below)).toEqual([]);
	});

	test('hides no event that has gone out of the view', async () => {
		const item = plan('within');
		await poll({ event: 'eventChanged' });
		memory.saved = JSON.parse(
			JSON.stringify(memory.saved).replaceAll(/"startedAt":\d+/g, '"startedAt":0'),
		) as IDataObject;
		mailbox().events.touch(item, { start: inMinutes(800 * DAY), end: inMinutes(800 * DAY + 60) });
		item.props.lastModifiedDateTime = minuteAgo();
		expect(await look({ event: 'eventChanged' })).toEqual([[idOf(item), 'present']]);
		expect(await look({ event: 'eventChanged' })).toEqual([]);
	});
});

test.each<[string, (id: string) => INodeParameters]>([
	['Folder', (id) => ({ folder: byId(id) })],
	['Further Folder Names or IDs', (id) => ({ folder: byId('inbox'), moreFolders: [id] })],
])('of a folder in %s that was deleted the person hears which', async (field, parameters) => {
	const { id } = mailbox().addFolder('Invoices');
	const chosen = parameters(id);
	await poll(chosen);
	mailbox().folders.delete(id);
	await expect(poll(chosen)).rejects.toMatchObject({
		message: `The folder ${id} is not there any more`,
		description: expect.stringContaining(`take it out of ${field}`) as string,
	});
});

test('a link to another address fails the look and is not kept; after a change of the cloud it begins anew', async () => {
	await poll();
	service().receive('one');
	const body = { value: [], '@odata.deltaLink': 'https://elsewhere.example/v1.0/me/x' };
	sandbox.current.faults.add({ service: 'outlook', path: /delta/, kind: 'status', status: 200, body });
	await expect(poll()).rejects.toThrow('is at another address than the credential’s cloud');
	expect((await poll()).map(({ json }) => json.subject)).toEqual(['one']);
	const kept = JSON.stringify(memory.saved).replaceAll(
		/http:[^"]+delta/g,
		'https://graph.microsoft.us/v1.0/me/delta',
	);
	memory.saved = JSON.parse(kept) as IDataObject;
	expect(await poll()).toEqual([]);
	service().receive('two');
	expect((await poll()).map(({ json }) => json.subject)).toEqual(['two']);
});
