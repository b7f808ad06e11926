import type { INodeParameters } from 'n8n-workflow';
import { inMinutes, usePolling } from './polling';

const { sandbox, service, mailbox, memory, poll, subjects } = usePolling();

const times = { start: inMinutes(6_000), end: inMinutes(6_060) };
const addCalendar = (name: string) => {
	const { id } = mailbox().kinds.calendar.add('', { name, canEdit: true });
	return { id, given: `AAkALg${id}` };
};
const usual = () => ({ id: mailbox().calendar.id, given: `AAkALg${mailbox().calendar.id}` });
const plan = (subject: string, { id }: { id: string }, more: object = {}) =>
	mailbox().events.add(id, { subject, ...times, ...more });
const changed = async (calendars: string[]) => await subjects({ event: 'eventChanged', calendars });

test('what changes in any of the chosen calendars is told, with the calendar, and nothing of others', async () => {
	const [rooms, tours, others] = ['Rooms', 'Tours', 'Others'].map((name) => addCalendar(name));
	const chosen: INodeParameters = { event: 'eventChanged', calendars: [rooms!.given, tours!.given] };
	plan('old', rooms!, { lastModifiedDateTime: '2026-01-01T00:00:00Z' });
	expect(await poll(chosen)).toEqual([]);
	const item = plan('one', rooms!);
	plan('two', tours!);
	plan('elsewhere', others!);
	plan('in the usual one', usual());
	const found = await poll(chosen);
	expect(found.map(({ json }) => [json.subject, json.calendarId, json.isNew]).sort()).toEqual([
		['one', rooms!.given, true],
		['two', tours!.given, true],
	]);
	expect(await poll(chosen)).toEqual([]);
	mailbox().events.remove(item);
	expect(await poll(chosen)).toMatchObject([{ json: { change: 'gone', calendarId: rooms!.given } }]);
	expect(await poll(chosen)).toEqual([]);
});

test('another choice begins anew only where the calendar is another one', async () => {
	const rooms = addCalendar('Rooms');
	await changed([]);
	plan('while nobody looked', usual());
	plan('before it was chosen', rooms, { lastModifiedDateTime: '2026-01-01T00:00:00Z' });
	expect(await changed([rooms.given, usual().given])).toEqual(['while nobody looked']);
	plan('of a room', rooms);
	plan('of the usual one', usual());
	expect((await changed([rooms.given, usual().given])).sort()).toEqual(['of a room', 'of the usual one']);
	plan('once more', usual());
	plan('not watched any more', rooms);
	expect(await changed([])).toEqual(['once more']);
	expect(await changed([])).toEqual([]);
	// Which one is the usual one was asked for when that mattered, twice.
	const asked = sandbox.current.requests.list().filter(({ path }) => path.endsWith('/$batch'));
	expect(asked).toHaveLength(2);
});

test('contacts were watched before: their place is no calendar’s', async () => {
	await poll({ event: 'contactChanged' });
	plan('old', usual(), { lastModifiedDateTime: '2026-01-01T00:00:00Z' });
	mailbox().contacts.add('', { displayName: 'Ana' });
	expect(await poll({ event: 'eventChanged', calendars: [usual().given] })).toEqual([]);
});

test('a calendar that Graph has forgotten the place of does not flood', async () => {
	const rooms = addCalendar('Rooms');
	const both = [rooms.given, usual().given];
	for (let i = 0; i < 250; i++) plan(`old ${i}`, rooms, { lastModifiedDateTime: '2026-01-01T00:00:00Z' });
	await changed(both);
	plan('one', rooms);
	expect(await changed(both)).toEqual(['one']);
	service().deltas!.epoch += 1;
	plan('two', usual());
	expect(await changed(both)).toEqual(['two']);
});

test('when one of them cannot be looked at nothing is lost, and nothing comes twice', async () => {
	const rooms = addCalendar('Rooms');
	const both = [rooms.given, usual().given];
	await changed(both);
	plan('one', rooms);
	plan('two', usual());
	sandbox.current.faults.add({ service: 'outlook', path: /delta/, kind: 'status', status: 400, after: 1 });
	await expect(changed(both)).rejects.toThrow();
	expect((await changed(both)).sort()).toEqual(['one', 'two']);
	expect(await changed(both)).toEqual([]);
});

test('events about to start, of each of the chosen calendars', async () => {
	const rooms = addCalendar('Rooms');
	const soon = { start: inMinutes(5.5), end: inMinutes(30) };
	plan('in a room', rooms, soon);
	plan('in the usual one', usual(), soon);
	const chosen: INodeParameters = { event: 'eventStarting', minutes: 10, calendars: [rooms.given] };
	expect((await poll(chosen, 'manual')).map(({ json }) => json.subject)).toEqual(['in a room']);
	expect(memory.saved).toEqual({});
	expect(await poll(chosen)).toMatchObject([{ json: { subject: 'in a room', calendarId: rooms.given } }]);
	const both = { ...chosen, calendars: [rooms.given, usual().given] };
	expect(await subjects(both)).toEqual(['in the usual one']);
	expect(await subjects(both)).toEqual([]);
});

test.each(['eventChanged', 'eventStarting'])(
	'%s: of a calendar that was deleted the person hears which',
	async (event) => {
		const rooms = addCalendar('Rooms');
		const both = { event, calendars: [usual().given, rooms.given] };
		await poll(both);
		const { calendar } = mailbox().kinds;
		calendar.remove(calendar.items.get(rooms.id)!);
		plan('meanwhile', usual(), { start: inMinutes(5.5), end: inMinutes(30) });
		await expect(poll(both)).rejects.toMatchObject({
			message: `The calendar ${rooms.given} is not there any more`,
			description: expect.stringContaining('take it out of Calendar Names or IDs') as string,
		});
		expect(await subjects({ event, calendars: [usual().given] })).toEqual(['meanwhile']);
	},
);

test('events of a series of which Graph tells only when they are: each change once', async () => {
	const rooms = addCalendar('Rooms');
	await changed([rooms.given]);
	const [link] = /http[^"]+deltatoken[^"]+/.exec(JSON.stringify(memory.saved))!;
	const tell = (dateTime: string) =>
		sandbox.current.faults.add({
			service: 'outlook',
			path: /delta/,
			kind: 'status',
			status: 200,
			body: {
				value: [{ id: 'x', type: 'occurrence', seriesMasterId: 'm', start: { dateTime, timeZone: 'UTC' } }],
				'@odata.deltaLink': link,
			},
		});
	for (const day of [1, 1, 2]) tell(`2030-01-0${day}T10:00:00`);
	const told: number[] = [];
	for (let i = 0; i < 4; i++) told.push((await changed([rooms.given])).length);
	expect(told).toEqual([1, 0, 1, 0]);
});

test('more calendars than are looked at are refused with what to do', async () => {
	const calendars = Array.from({ length: 51 }, (_, i) => `c${i}`);
	for (const event of ['eventChanged', 'eventStarting'])
		await expect(poll({ event, calendars })).rejects.toThrow('These are 51 calendars');
});

test('calendars of an expression, as text with commas, each once', async () => {
	const rooms = addCalendar('Rooms');
	const chosen = { event: 'eventChanged', calendars: `={{ "${rooms.given}, ${rooms.given}" }}` };
	await poll(chosen);
	plan('one', rooms);
	expect(await subjects(chosen)).toEqual(['one']);
});
