import { CONTACT_LABELS } from '../../../nodes/Outlook/contact/labels';
import { EVENT_LABELS } from '../../../nodes/Outlook/event/labels';
import { MESSAGE_LABELS } from '../../../nodes/Outlook/message/labels';
import official from '../../../sandbox/services/outlook/official.json';
import { NODE } from '../../support/runNode';
import { useSandbox } from '../../support/services';
import { asked, ERROR_OUTPUT, problem, rows, run } from './support';

const sandbox = useSandbox();
const service = () => sandbox.current.outlook;
const idOf = (item: { id: string }) => `AAkALg${item.id}`;
const chosen = (fields: unknown) => ({ output: 'fields', fields });
const DAY = { dateTime: '2026-12-01T09:00:00', timeZone: 'UTC' };

/** One of each, and how to get it alone and in a list. */
const KINDS = {
	message: () => ({
		form: { messageId: idOf(service().receive('One')) },
		all: {},
		expected: { subject: 'One', isRead: false },
	}),
	draft: () => ({
		form: {
			messageId: idOf(service().mailbox().receive({ subject: 'One', isDraft: true }, 'drafts')),
		},
		all: {},
		expected: { subject: 'One', isDraft: true },
	}),
	event: () => ({
		form: {
			eventId: idOf(
				service()
					.mailbox()
					.events.add(service().mailbox().calendar.id, {
						subject: 'One',
						start: DAY,
						end: { ...DAY, dateTime: '2026-12-01T10:00:00' },
						showAs: 'free',
					}),
			),
		},
		all: { from: '2026-12-01', until: '2026-12-02' },
		expected: { subject: 'One', showAs: 'free' },
	}),
	contact: () => ({
		form: { contactId: idOf(service().mailbox().contacts.add('', { givenName: 'Ana', surname: 'Lind' })) },
		all: {},
		expected: { givenName: 'Ana', surname: 'Lind' },
	}),
};
const kinds = Object.keys(KINDS) as Array<keyof typeof KINDS>;

test.each(kinds)('%s: the fields that are chosen come with the ID, alone and in a list', async (kind) => {
	const { form, all, expected } = KINDS[kind]();
	const [id] = Object.values(form);
	const fields = chosen(Object.keys(expected));
	expect(await rows(sandbox.current, `${kind}.get`, { ...form, ...fields })).toEqual([{ id, ...expected }]);
	expect(await rows(sandbox.current, `${kind}.getAll`, fields)).toEqual([{ id, ...expected }]);
	expect(await rows(sandbox.current, `${kind}.getAll`, { ...all, ...fields })).toEqual([{ id, ...expected }]);
	const selected = encodeURIComponent(['id', ...Object.keys(expected)].join(','));
	expect(sandbox.current.requests.list().at(-1)!.query).toContain(`select=${selected}`);
});

test.each(kinds)('%s: where Output says otherwise, chosen fields do not count', async (kind) => {
	const { form } = KINDS[kind]();
	const [one] = await rows(sandbox.current, `${kind}.get`, { ...form, fields: ['changeKey'] });
	const [row] = await rows(sandbox.current, `${kind}.getAll`, { fields: ['changeKey'] });
	for (const told of [one!, row!]) expect(Object.keys(told).length).toBeGreaterThan(5);
});

test('an expression may name what the list does not offer, as a list or as text', async () => {
	service().receive('One', undefined, { singleValueExtendedProperties: [] });
	for (const fields of ['={{ ["subject", "extensions"] }}', '=subject, extensions']) {
		expect(await rows(sandbox.current, 'message.getAll', chosen(fields))).toMatchObject([{ subject: 'One' }]);
		expect(asked(sandbox.current)).toHaveLength(1);
		sandbox.current.requests.clear();
	}
});

test.each([
	['nothing', [], 'is empty', 'another Output'],
	['no name', '={{ ["subject", "from/emailAddress"] }}', 'has “from/emailAddress”', 'receivedDateTime'],
])('%s as fields is told before anything is asked', async (_, fields, said, remedy) => {
	for (const operation of ['message.getAll', 'draft.getAll', 'event.getAll', 'contact.getAll']) {
		const { error, details } = await problem(sandbox.current, operation, chosen(fields));
		expect(error).toBe(`'Fields' ${said}${said === 'is empty' ? '' : ', which is no name of a field'}`);
		expect(details).toMatchObject({
			field: 'Fields',
			item: 0,
			outcome: 'notSent',
			remedy: expect.stringContaining(remedy),
		});
	}
	expect(sandbox.current.requests.total).toBe(0);
});

test('a wrong name in one item leaves the others their results; one that Graph does not know says so', async () => {
	const messageId = idOf(service().receive('One'));
	const items = ['subject', 'from/x', 'subjects'].map((fields) => ({ json: { fields } }));
	const form = { messageId, ...chosen('={{ $json.fields }}') };
	const done = await run(sandbox.current, 'message.get', form, { items, settings: ERROR_OUTPUT });
	expect(done.json(NODE)).toEqual([{ id: messageId, subject: 'One' }]);
	expect(done.json(NODE, 1)).toMatchObject([
		{ error: "'Fields' has “from/x”, which is no name of a field", details: { item: 1, field: 'Fields' } },
		{
			error: 'Outlook does not know a field that was asked for',
			details: { item: 2, said: expect.stringContaining("'subjects'") },
		},
	]);
});

test('a thousand messages without bodies come in one request, with bodies in more', async () => {
	for (let i = 0; i < 300; i++) service().receive(`m${i}`);
	await rows(sandbox.current, 'message.getAll', { returnAll: true, ...chosen(['subject']) });
	expect(asked(sandbox.current)).toHaveLength(1);
	sandbox.current.requests.clear();
	await rows(sandbox.current, 'message.getAll', { returnAll: true, ...chosen(['body']) });
	expect(asked(sandbox.current)).toHaveLength(3);
});

/** What is no property of its own, or of a single series only. */
const NOT_OFFERED = new Set([
	'id',
	'attachments',
	'calendar',
	'cancelledOccurrences',
	'exceptionOccurrences',
	'extensions',
	'instances',
	'multiValueExtendedProperties',
	'photo',
	'singleValueExtendedProperties',
]);

test.each([
	['message', MESSAGE_LABELS],
	['event', EVENT_LABELS],
	['contact', CONTACT_LABELS],
] as const)('%s: what can be chosen is what the official description has', (type, labels) => {
	const known = Object.keys(official.schemas[type]).filter((name) => !NOT_OFFERED.has(name));
	expect(Object.keys(labels).sort()).toEqual(known.sort());
	expect(new Set(Object.values(labels)).size).toBe(known.length);
});
