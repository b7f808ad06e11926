import { contactOptions } from '../../../nodes/Outlook/contact/fields';
import official from '../../../sandbox/services/outlook/official.json';
import { NODE } from '../../support/runNode';
import { useSandbox } from '../../support/services';
import { byId, problem, rows, run } from './support';

const sandbox = useSandbox();
const service = () => sandbox.current.outlook;
const events = () => [...service().mailbox().events.items.values()];
const PLAN = { subject: 'Planning', start: '2026-12-01T09:30', end: '2026-12-01T10:30' };

describe('events', () => {
	test('times are what the clocks of their zones show, each end in its own', async () => {
		await rows(sandbox.current, 'event.create', {
			...PLAN,
			end: '2026-12-01T18:30',
			options: { timeZone: 'Europe/Berlin', endTimeZone: 'Asia/Tokyo' },
		});
		await rows(sandbox.current, 'event.create', {
			...PLAN,
			start: '2026-12-01T09:30:00Z',
			end: '2026-12-01T10:30:00Z',
			options: { timeZone: 'Asia/Tokyo' },
		});
		await rows(sandbox.current, 'event.create', {
			...PLAN,
			start: '2026-12-01T09:30:00Z',
			end: '2026-12-01T10:30:00Z',
			options: { timeZone: 'W. Europe Standard Time' },
		});
		expect(events().map(({ props }) => [props.start, props.end])).toEqual([
			[
				{ dateTime: '2026-12-01T09:30:00', timeZone: 'Europe/Berlin' },
				{ dateTime: '2026-12-01T18:30:00', timeZone: 'Asia/Tokyo' },
			],
			[
				{ dateTime: '2026-12-01T18:30:00', timeZone: 'Asia/Tokyo' },
				{ dateTime: '2026-12-01T19:30:00', timeZone: 'Asia/Tokyo' },
			],
			[
				{ dateTime: '2026-12-01T09:30:00', timeZone: 'UTC' },
				{ dateTime: '2026-12-01T10:30:00', timeZone: 'UTC' },
			],
		]);
	});

	test('three whole days end at the midnight after the last one', async () => {
		await rows(sandbox.current, 'event.create', {
			...PLAN,
			start: '2026-12-01',
			end: '2026-12-03',
			options: { allDay: true, timeZone: 'Europe/Berlin' },
		});
		expect(events()[0]!.props).toMatchObject({
			isAllDay: true,
			start: { dateTime: '2026-12-01T00:00:00' },
			end: { dateTime: '2026-12-04T00:00:00' },
		});
	});

	test('a series comes one by one in a time, people are invited, the rest arrives', async () => {
		const options = {
			attendees: 'Ben <ben@contoso.example>',
			optional: 'guest@elsewhere.example',
			location: 'Room 4',
			online: true,
			reminder: -1,
			showAs: 'tentative',
			sensitivity: 'private',
			categories: 'Own Work; Work',
			recurrence: {
				rule: { type: 'weekly', interval: 1, days: ['tuesday', 'thursday'], ends: 'numbered', count: 4 },
			},
		};
		const [made] = await rows(sandbox.current, 'event.create', { ...PLAN, options });
		expect(events()[0]!.props).toMatchObject({
			attendees: [
				{ type: 'required', emailAddress: { address: 'ben@contoso.example', name: 'Ben' } },
				{ type: 'optional' },
			],
			location: { displayName: 'Room 4' },
			isOnlineMeeting: true,
			isReminderOn: false,
			showAs: 'tentative',
			categories: ['Own Work', 'Work'],
		});
		const all = await rows(sandbox.current, 'event.getAll', {
			from: '2026-12-01',
			until: '2026-12-31',
			returnAll: true,
		});
		expect(all.map(({ start }) => (start as { dateTime: string }).dateTime.slice(0, 10))).toEqual([
			'2026-12-01',
			'2026-12-03',
			'2026-12-08',
			'2026-12-10',
		]);
		const [one] = await rows(sandbox.current, 'event.get', { eventId: made!.id, timeZone: 'Asia/Tokyo' });
		expect(one).toMatchObject({ type: 'seriesMaster', start: { timeZone: 'Asia/Tokyo' } });
	});

	test('rooms are booked, new times are not proposed, and nobody is asked to answer', async () => {
		const options = { attendees: 'ben@contoso.example', rooms: 'room4@contoso.example' };
		await rows(sandbox.current, 'event.create', {
			...PLAN,
			options: { ...options, proposals: false, responses: false },
		});
		expect(events()[0]!.props).toMatchObject({
			attendees: [
				{ type: 'required' },
				{ type: 'resource', emailAddress: { address: 'room4@contoso.example' } },
			],
			allowNewTimeProposals: false,
			responseRequested: false,
		});
	});

	test('whom a change does not name stays invited, an empty field means nobody, and no one is there twice', async () => {
		const people = {
			attendees: 'ben@contoso.example, ana@x.example',
			optional: 'c@x.example',
			rooms: 'r@x.example',
		};
		const [made] = await rows(sandbox.current, 'event.create', { ...PLAN, options: people });
		const invited = async (updateFields: object) => {
			await rows(sandbox.current, 'event.update', { eventId: made!.id, updateFields });
			const all = events()[0]!.props.attendees as Array<{ type: string; emailAddress: { address: string } }>;
			return all.map(({ type, emailAddress }) => `${type} ${emailAddress.address}`).sort();
		};
		expect(await invited({ optional: 'd@x.example, Ana@x.example' })).toEqual([
			'optional Ana@x.example',
			'optional d@x.example',
			'required ben@contoso.example',
			'resource r@x.example',
		]);
		expect(await invited({ rooms: '' })).toEqual([
			'optional Ana@x.example',
			'optional d@x.example',
			'required ben@contoso.example',
		]);
		const whole = { attendees: 'e@x.example', optional: '', rooms: '' };
		sandbox.current.requests.clear();
		expect(await invited(whole)).toEqual(['required e@x.example']);
		expect(sandbox.current.requests.total).toBe(1);
		expect(await invited({ subject: 'New' })).toEqual(['required e@x.example']);
	});

	test.each([
		['an end before its start', { ...PLAN, end: '2026-12-01T09:00' }, 'End'],
		[
			'a series that never comes',
			{
				...PLAN,
				options: {
					recurrence: {
						rule: { type: 'weekly', interval: 1, days: ['monday'], ends: 'endDate', until: '2026-12-03' },
					},
				},
			},
			'Recurrence',
		],
		['half a time', { from: '2026-12-01' }, 'Until', 'event.getAll'],
	])('before anything is sent: %s', async (_, form, field, operation = 'event.create') => {
		const { details } = await problem(sandbox.current, operation, form);
		expect(details).toMatchObject({ field, outcome: 'notSent' });
		expect(sandbox.current.requests.total).toBe(0);
	});

	/** 2026-12-02 is a Wednesday. */
	const weekly = (interval: number, days: string[], until: string) => ({
		subject: 'Round',
		start: '2026-12-02T09:30',
		end: '2026-12-02T10:30',
		options: { recurrence: { rule: { type: 'weekly', interval, days, ends: 'endDate', until } } },
	});

	test.each([
		[1, ['monday'], '2026-12-07', ['07']],
		[1, ['monday'], '2026-12-06', []],
		[2, ['monday'], '2026-12-08', []],
		[2, ['monday'], '2026-12-13', []],
		[2, ['monday'], '2026-12-14', ['14']],
		[2, ['sunday'], '2026-12-06', ['06']],
		[2, ['sunday'], '2026-12-19', ['06']],
		[2, ['monday', 'wednesday'], '2026-12-16', ['02', '14', '16']],
		[3, ['tuesday'], '2026-12-21', []],
		[3, ['tuesday'], '2026-12-22', ['22']],
	])('every %d weeks on %j until %s comes on %j', async (interval, days, until, expected) => {
		const form = weekly(interval, days, until);
		if (expected.length === 0) {
			const { details } = await problem(sandbox.current, 'event.create', form);
			expect(details).toMatchObject({ field: 'Recurrence', outcome: 'notSent' });
			expect(sandbox.current.requests.total).toBe(0);
			return;
		}
		await rows(sandbox.current, 'event.create', form);
		const window = { from: '2026-12-01', until: '2026-12-31', returnAll: true };
		const all = await rows(sandbox.current, 'event.getAll', window);
		expect(all.map(({ start }) => (start as { dateTime: string }).dateTime.slice(8, 10))).toEqual(expected);
	});

	/** 2026-12-02 is a Wednesday; the Tuesdays of that month are 1, 8, 15, 22 and 29. */
	test.each<[string, number, string, string[], string, string[]]>([
		['relativeMonthly', 1, 'second', ['tuesday'], '2027-02-28', ['2026-12-08', '2027-01-12', '2027-02-09']],
		['relativeMonthly', 1, 'first', ['tuesday'], '2027-02-28', ['2027-01-05', '2027-02-02']],
		['relativeMonthly', 2, 'last', ['friday'], '2027-03-01', ['2026-12-25', '2027-02-26']],
		['relativeMonthly', 1, 'last', ['saturday', 'sunday'], '2027-01-31', ['2026-12-27', '2027-01-31']],
		['relativeMonthly', 1, 'fourth', [], '2026-12-31', ['2026-12-23']],
		['relativeMonthly', 1, 'first', ['tuesday'], '2026-12-31', []],
		['relativeMonthly', 3, 'first', ['monday'], '2027-02-28', ['2026-12-07']],
		['relativeYearly', 1, 'third', ['thursday'], '2027-12-31', ['2026-12-17', '2027-12-16']],
		['relativeYearly', 2, 'first', ['tuesday'], '2027-12-31', []],
		['absoluteYearly', 1, 'first', [], '2028-01-01', ['2026-12-02', '2027-12-02']],
		['absoluteMonthly', 2, 'first', [], '2027-03-01', ['2026-12-02', '2027-02-02']],
	])(
		'%s, every %d, the %s of %j until %s comes on %j',
		async (type, interval, index, days, until, expected) => {
			const rule = { type, interval, index, days, ends: 'endDate', until };
			const form = { ...weekly(1, [], until), options: { recurrence: { rule } } };
			if (expected.length === 0) {
				const { details } = await problem(sandbox.current, 'event.create', form);
				expect(details).toMatchObject({ field: 'Recurrence', outcome: 'notSent' });
				expect(sandbox.current.requests.total).toBe(0);
				return;
			}
			await rows(sandbox.current, 'event.create', form);
			const window = { from: '2026-12-01', until: '2028-12-31', returnAll: true };
			const all = await rows(sandbox.current, 'event.getAll', window);
			expect(all.map(({ start }) => (start as { dateTime: string }).dateTime.slice(0, 10))).toEqual(expected);
		},
	);

	test('made a series later without its start, on the day and in the zone in which it was made', async () => {
		const early = { ...PLAN, start: '2026-12-01T06:30', end: '2026-12-01T07:30' };
		const [made] = await rows(sandbox.current, 'event.create', {
			...early,
			options: { timeZone: 'Asia/Tokyo' },
		});
		const [second] = await rows(sandbox.current, 'event.create', {
			...early,
			options: { timeZone: 'Tokyo Standard Time' },
		});
		const rule = { type: 'weekly', interval: 2, days: [], ends: 'numbered', count: 3 };
		const form = { eventId: '={{ $json.id }}', updateFields: { recurrence: { rule } } };
		const items = [made!.id, second!.id].map((id) => ({ json: { id } }));
		await rows(sandbox.current, 'event.update', form, { items });
		expect(events().map(({ props }) => props.recurrence)).toEqual(
			['Asia/Tokyo', 'Tokyo Standard Time'].map((recurrenceTimeZone) => ({
				pattern: { type: 'weekly', interval: 2, daysOfWeek: ['tuesday'], firstDayOfWeek: 'monday' },
				range: { type: 'numbered', numberOfOccurrences: 3, startDate: '2026-12-01', recurrenceTimeZone },
			})),
		);
		const inUtc = { updateFields: { timeZone: 'UTC', recurrence: { rule } }, eventId: made!.id };
		await rows(sandbox.current, 'event.update', inUtc);
		expect(events()[0]!.props.recurrence).toMatchObject({
			pattern: { daysOfWeek: ['monday'] },
			range: { startDate: '2026-11-30', recurrenceTimeZone: 'UTC' },
		});
	});

	test('made a series later that never comes: told before it is changed', async () => {
		const [made] = await rows(sandbox.current, 'event.create', PLAN);
		const rule = { type: 'weekly', interval: 2, days: ['monday'], ends: 'endDate', until: '2026-12-13' };
		const form = { eventId: made!.id, updateFields: { subject: 'New', recurrence: { rule } } };
		const { details } = await problem(sandbox.current, 'event.update', form);
		expect(details).toMatchObject({ field: 'Recurrence', outcome: 'notSent' });
		expect(events()[0]!.props.subject).toBe('Planning');
	});

	test('Outlook itself refuses a series that never comes', async () => {
		const recurrence = {
			pattern: { type: 'weekly', interval: 2, daysOfWeek: ['monday'], firstDayOfWeek: 'monday' },
			range: { type: 'endDate', startDate: '2026-12-02', endDate: '2026-12-08' },
		};
		const start = { dateTime: '2026-12-02T09:30:00', timeZone: 'UTC' };
		const body = JSON.stringify({ subject: 'Round', start, end: start, recurrence });
		const { details } = await problem(sandbox.current, 'custom.request', {
			method: 'POST',
			path: '/me/events',
			body,
		});
		expect(details).toMatchObject({ code: 'ErrorInvalidRecurrence', field: 'Recurrence' });
	});

	test('a zone that nobody knows is named by Outlook, with what to enter', async () => {
		const { details } = await problem(sandbox.current, 'event.create', {
			...PLAN,
			options: { timeZone: 'Mars/Olympus' },
		});
		expect(details).toMatchObject({
			code: 'TimeZoneNotSupportedException',
			field: 'Time Zone',
			remedy: expect.stringContaining('Europe/Berlin'),
		});
	});

	test('one whose answer got lost is there once', async () => {
		sandbox.current.faults.add({ service: 'outlook', path: '/v1.0/$batch', kind: 'resetAfter' });
		expect(await rows(sandbox.current, 'event.create', PLAN)).toHaveLength(1);
		expect(events()).toHaveLength(1);
	});

	test('changed, answered, called off, sent on, deleted', async () => {
		const [made] = await rows(sandbox.current, 'event.create', PLAN);
		const target = { eventId: made!.id };
		await rows(sandbox.current, 'event.update', {
			...target,
			updateFields: { subject: 'New', location: 'Room 5' },
		});
		expect(events()[0]!.props).toMatchObject({ subject: 'New', start: { dateTime: '2026-12-01T09:30:00' } });
		await rows(sandbox.current, 'event.forward', { ...target, to: 'x@elsewhere.example' });
		events()[0]!.props.isOrganizer = false;
		await rows(sandbox.current, 'event.respond', { ...target, response: 'decline', sendResponse: true });
		expect(events()[0]!.props).toMatchObject({ answered: ['declined'] });
		events()[0]!.props.isOrganizer = true;
		expect(await rows(sandbox.current, 'event.cancel', target)).toEqual([{ id: made!.id, cancelled: true }]);
		const [second] = await rows(sandbox.current, 'event.create', PLAN);
		await rows(sandbox.current, 'event.delete', { eventId: second!.id });
		expect(events()).toEqual([]);
	});
});

test('calendars, and an event in one of them', async () => {
	const [made] = await rows(sandbox.current, 'calendar.create', { name: 'Holidays' });
	await rows(sandbox.current, 'calendar.update', {
		calendar: byId(made!.id),
		updateFields: { name: 'Vacations' },
	});
	await rows(sandbox.current, 'event.create', { ...PLAN, calendar: byId(made!.id) });
	expect(
		await rows(sandbox.current, 'event.getAll', { calendar: byId(made!.id), returnAll: true }),
	).toHaveLength(1);
	expect(await rows(sandbox.current, 'event.getAll', { returnAll: true })).toEqual([]);
	expect(
		(await rows(sandbox.current, 'calendar.getAll', { returnAll: true })).map(({ name }) => name),
	).toEqual(['Calendar', 'Vacations']);
	expect((await rows(sandbox.current, 'calendar.get', {}))[0]).toMatchObject({ name: 'Calendar' });
	await rows(sandbox.current, 'calendar.delete', { calendar: byId(made!.id) });
	expect(await rows(sandbox.current, 'calendar.getAll', { returnAll: true })).toHaveLength(1);
});

test('a calendar in a group, in a color, and made the usual one', async () => {
	const { calendarGroup, calendar } = service().mailbox().kinds;
	const group = calendarGroup.add('', { name: 'Projects' });
	const [made] = await rows(sandbox.current, 'calendar.create', {
		name: 'Launch',
		calendarGroup: byId(`AAkALg${group.id}`),
		color: 'lightGreen',
	});
	expect(made).toMatchObject({ name: 'Launch', color: 'lightGreen' });
	expect([...calendar.items.values()].map(({ folder }) => folder)).toEqual(['', group.id]);
	const update = async (updateFields: object, own = byId(made!.id)) =>
		await rows(sandbox.current, 'calendar.update', { calendar: own, updateFields });
	await update({ color: 'lightRed' });
	expect((await rows(sandbox.current, 'calendar.get', {}))[0]).toMatchObject({ name: 'Calendar' });
	await update({ makeDefault: true });
	expect((await rows(sandbox.current, 'calendar.get', {}))[0]).toMatchObject({
		name: 'Launch',
		color: 'lightRed',
	});
	await update({ color: 'lightBlue' }, byId(''));
	await rows(sandbox.current, 'event.create', PLAN);
	expect(events()[0]!.folder).toBe(made!.id.slice('AAkALg'.length));
});

test.each([
	['calendar.create', 'calendar', { name: 'Launch' }],
	['contactFolder.create', 'contactFolder', { name: 'Suppliers' }],
	['category.create', 'outlookCategory', { name: 'Invoice', color: 'preset3' }],
	['rule.create', 'messageRule', { name: 'Invoices', actions: '{ "markAsRead": true }' }],
] as const)('%s whose answer got lost: it is there once, and told', async (operation, kind, form) => {
	const { items } = service().mailbox().kinds[kind];
	const { size } = items;
	sandbox.current.faults.add({ service: 'outlook', path: '/v1.0/$batch', kind: 'resetAfter' });
	const [made] = await rows(sandbox.current, operation, form);
	expect(made).not.toHaveProperty('singleValueExtendedProperties');
	expect(items.size).toBe(size + 1);
	sandbox.current.faults.add({ service: 'outlook', path: '/v1.0/$batch', kind: 'resetBefore' });
	await rows(sandbox.current, operation, { ...form, name: 'Another' });
	expect(items.size).toBe(size + 2);
});

test('the same rule of two items, of which the answers get lost: each is made, and each item has its own', async () => {
	const { items } = service().mailbox().kinds.messageRule;
	sandbox.current.faults.add({ service: 'outlook', path: '/v1.0/$batch', kind: 'resetAfter', times: 2 });
	const form = { name: 'Invoices', actions: '{ "markAsRead": true }' };
	const made = await rows(sandbox.current, 'rule.create', form, { items: [{}, {}] });
	expect(new Set(made.map(({ id }) => id)).size).toBe(2);
	expect(items.size).toBe(2);
	expect(sandbox.current.requests.list().filter(({ fault }) => fault === 'resetAfter')).toHaveLength(2);
});

test.each([
	['another than was asked for', [{ actions: { markAsRead: false } }]],
	['two', [{}, {}]],
])('a new rule of that name that may be somebody else’s is left to a person: %s', async (_, made) => {
	const { messageRule: store } = service().mailbox().kinds;
	const add = store.add.bind(store);
	jest.spyOn(store, 'add').mockImplementation((folder, props) => {
		const all = made.map((one) => add(folder, { ...props, ...one }));
		return all[0]!;
	});
	sandbox.current.faults.add({ service: 'outlook', path: '/v1.0/$batch', kind: 'resetAfter' });
	const form = { name: 'Invoices', actions: '{ "markAsRead": true }' };
	expect(await problem(sandbox.current, 'rule.create', form)).toMatchObject({
		details: { outcome: 'unknown' },
	});
	expect(store.items.size).toBe(made.length);
});

test.each([
	[{ calendar: byId('x'), updateFields: { makeDefault: false } }, 'calendar.update', 'Update Fields'],
	[{ calendar: byId('x'), updateFields: { name: ' ' } }, 'calendar.update', 'Name'],
	[{ name: 'New', calendarGroup: byId('nobody') }, 'calendar.create', 'Calendar Group'],
])('of a calendar: %j is told by its field', async (form, operation, field) => {
	const { details } = await problem(sandbox.current, operation, form);
	expect(details).toMatchObject({ field });
});

test('when people are free, and who is not known', async () => {
	service()
		.mailbox('ben@contoso.example')
		.events.add(service().mailbox('ben@contoso.example').calendar.id, {
			showAs: 'busy',
			start: { dateTime: '2026-12-01T09:30:00', timeZone: 'UTC' },
			end: { dateTime: '2026-12-01T10:00:00', timeZone: 'UTC' },
		});
	const form = {
		people: 'ben@contoso.example, nobody@contoso.example',
		from: '2026-12-01T09:00',
		until: '2026-12-01T11:00',
		timeZone: 'UTC',
	};
	const found = await rows(sandbox.current, 'calendar.getSchedule', { ...form, minutes: 30 });
	expect(found).toMatchObject([
		{ scheduleId: 'ben@contoso.example', availabilityView: '0200' },
		{ scheduleId: 'nobody@contoso.example', problem: expect.any(String) },
	]);
	expect(await rows(sandbox.current, 'calendar.getMeetingTimes', { ...form, minutes: 60 })).toMatchObject([
		{ confidence: 100 },
	]);
});

/** What is the service's to fill in. */
const NOT_WRITTEN =
	/^(?:id|changeKey|createdDateTime|lastModifiedDateTime|parentFolderId|photo|extensions|multiValueExtendedProperties|singleValueExtendedProperties|primaryEmailAddress|secondaryEmailAddress|tertiaryEmailAddress)$/;

test('each field that Graph has of a contact can be filled in, and only those', () => {
	const ours: Record<string, string> = { emails: 'emailAddresses' };
	expect(contactOptions.map(({ name }) => ours[name] ?? name).sort()).toEqual(
		Object.keys(official.schemas.contact)
			.filter((name) => !NOT_WRITTEN.test(name))
			.sort(),
	);
});

test('contacts and their folders', async () => {
	const fields = {
		givenName: 'Ana',
		surname: 'Bauer',
		emails: 'ana@x.example, a@y.example',
		homeAddress: { address: { city: 'Berlin' } },
		businessPhones: '+49 1、+49 2',
		birthday: '1990-02-03',
	};
	const [folder] = await rows(sandbox.current, 'contactFolder.create', { name: 'Suppliers' });
	await rows(sandbox.current, 'contactFolder.update', { contactFolder: byId(folder!.id), name: 'Partners' });
	const [made] = await rows(sandbox.current, 'contact.create', { fields });
	expect(made).toMatchObject({
		givenName: 'Ana',
		homeAddress: { city: 'Berlin' },
		businessPhones: ['+49 1', '+49 2'],
		emailAddresses: [{ address: 'ana@x.example' }, {}],
	});
	await rows(sandbox.current, 'contact.create', {
		fields: { givenName: 'Ben' },
		contactFolder: byId(folder!.id),
	});
	await rows(sandbox.current, 'contact.update', { contactId: made!.id, updateFields: { jobTitle: 'Head' } });
	expect(await rows(sandbox.current, 'contact.get', { contactId: made!.id })).toMatchObject([
		{ jobTitle: 'Head' },
	]);
	expect(
		await rows(sandbox.current, 'contact.getAll', { email: 'a@y.example', returnAll: true }),
	).toHaveLength(1);
	expect(
		await rows(sandbox.current, 'contact.getAll', { contactFolder: byId(folder!.id), returnAll: true }),
	).toMatchObject([{ givenName: 'Ben' }]);
	expect(await rows(sandbox.current, 'contactFolder.getAll', { returnAll: true })).toMatchObject([
		{ displayName: 'Partners' },
	]);
	expect(await rows(sandbox.current, 'contactFolder.get', { contactFolder: byId(folder!.id) })).toHaveLength(
		1,
	);
	await rows(sandbox.current, 'contact.delete', { contactId: made!.id });
	await rows(sandbox.current, 'contactFolder.delete', { contactFolder: byId(folder!.id) });
	expect(service().mailbox().kinds.contactFolder.items.size).toBe(0);
	const { details } = await problem(sandbox.current, 'contact.create', {
		fields: { emails: 'a@x.example, b@x.example, c@x.example, d@x.example' },
	});
	expect(details).toMatchObject({ field: 'Emails', outcome: 'notSent' });
});

test('a contact whose answer got lost is made once', async () => {
	sandbox.current.faults.add({ service: 'outlook', path: '/v1.0/$batch', kind: 'resetAfter' });
	expect(await rows(sandbox.current, 'contact.create', { fields: { givenName: 'Ana' } })).toHaveLength(1);
	expect(service().mailbox().contacts.items.size).toBe(1);
});

test('categories, rules, settings and automatic replies', async () => {
	const [red] = await rows(sandbox.current, 'category.create', { name: 'Invoice', color: 'preset0' });
	await rows(sandbox.current, 'category.update', { categoryId: red!.id, color: 'preset7' });
	expect(await rows(sandbox.current, 'category.getAll', { returnAll: true })).toMatchObject([
		{ displayName: 'Invoice', color: 'preset7' },
	]);
	expect((await problem(sandbox.current, 'category.create', { name: 'invoice' })).details).toMatchObject({
		outcome: 'refused',
	});
	await rows(sandbox.current, 'category.delete', { categoryId: red!.id });
	const [rule] = await rows(sandbox.current, 'rule.create', {
		name: 'Bills',
		conditions: '{"senderContains":["billing"]}',
		actions: '{"markAsRead":true}',
	});
	await rows(sandbox.current, 'rule.update', { ruleId: rule!.id, updateFields: { isEnabled: false } });
	expect(await rows(sandbox.current, 'rule.getAll', { returnAll: true })).toMatchObject([
		{ displayName: 'Bills', isEnabled: false },
	]);
	expect(await rows(sandbox.current, 'rule.get', { ruleId: rule!.id })).toHaveLength(1);
	await rows(sandbox.current, 'rule.delete', { ruleId: rule!.id });
	await rows(sandbox.current, 'mailboxSettings.update', {
		updateFields: { timeZone: 'W. Europe Standard Time' },
	});
	const away = {
		status: 'scheduled',
		start: '2026-12-20T00:00',
		end: '2027-01-02T00:00',
		timeZone: 'Europe/Berlin',
		internal: 'Away',
		external: '',
		audience: 'contactsOnly',
	};
	await rows(
		sandbox.current,
		'mailboxSettings.setAutomaticReply',
		{ ...away, mailbox: 'ben@contoso.example' },
		{ asApp: true },
	);
	expect(service().mailbox('ben@contoso.example').settings.automaticRepliesSetting).toMatchObject({
		status: 'scheduled',
		internalReplyMessage: 'Away',
		externalReplyMessage: 'Away',
		scheduledEndDateTime: { dateTime: '2027-01-02T00:00:00', timeZone: 'Europe/Berlin' },
	});
	await rows(
		sandbox.current,
		'mailboxSettings.setAutomaticReply',
		{ status: 'disabled', mailbox: 'ben@contoso.example' },
		{ asApp: true },
	);
	expect((await rows(sandbox.current, 'mailboxSettings.get', {}))[0]).toMatchObject({
		timeZone: 'W. Europe Standard Time',
	});
	expect(
		(
			await problem(sandbox.current, 'mailboxSettings.setAutomaticReply', {
				...away,
				end: '2026-12-01T00:00',
			})
		).details,
	).toMatchObject({ field: 'End' });
});

describe('users', () => {
	const NEW = {
		user: 'eva@contoso.example',
		displayName: 'Eva',
		password: 'S3cret-pass!',
		fields: { employeeId: '00417' },
	};

	test('created, read, changed, disabled, deleted', async () => {
		const [made] = await rows(sandbox.current, 'user.create', NEW, { asApp: true });
		expect(made).toMatchObject({ userPrincipalName: 'eva@contoso.example', employeeId: '00417' });
		expect(JSON.stringify(made)).not.toContain('S3cret');
		const target = { user: 'eva@contoso.example' };
		expect(
			await rows(sandbox.current, 'user.update', { ...target, updateFields: { department: 'Sales' } }),
		).toMatchObject([{ department: 'Sales' }]);
		expect(await rows(sandbox.current, 'user.disable', target)).toMatchObject([{ accountEnabled: false }]);
		expect(await rows(sandbox.current, 'user.enable', target)).toMatchObject([{ accountEnabled: true }]);
		expect(
			await rows(sandbox.current, 'user.getAll', { returnAll: true, filter: "department eq 'Sales'" }),
		).toHaveLength(1);
		expect(await rows(sandbox.current, 'user.get', target)).toHaveLength(1);
		await rows(sandbox.current, 'user.delete', target);
		expect((await problem(sandbox.current, 'user.get', target)).details).toMatchObject({
			code: 'Request_ResourceNotFound',
			field: 'User',
		});
	});

	test('one whose answer got lost is made once; one that was there is told', async () => {
		sandbox.current.faults.add({
			service: 'outlook',
			method: 'POST',
			path: '/v1.0/$batch',
			kind: 'resetAfter',
		});
		const { users } = sandbox.current.outlook.directory;
		const before = users.size;
		await rows(sandbox.current, 'user.create', NEW);
		expect(users.size).toBe(before + 1);
		const { details } = await problem(sandbox.current, 'user.create', NEW);
		expect(details).toMatchObject({ outcome: 'refused', remedy: expect.stringMatching(/.{5}/) });
	});

	test('without the permission the error says which', async () => {
		sandbox.current.outlook.tokens.roles = ['Mail.Send'];
		const done = await run(
			sandbox.current,
			'user.disable',
			{ user: 'ben@contoso.example' },
			{ asApp: true, settings: { onError: 'continueErrorOutput' } },
		);
		expect(done.json(NODE, 1)).toMatchObject([
			{
				details: {
					code: 'Authorization_RequestDenied',
					remedy: expect.stringContaining('User.ReadWrite.All'),
				},
			},
		]);
	});
});
