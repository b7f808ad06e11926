import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { NODE, runNode } from '../../support/runNode';
import { credentialFor, useSandbox } from '../../support/services';
import { byId, rows, run } from './support';

/**
 * n8n's own Outlook node and this one against the same stand-in: what the one stores the other would have stored, and what the
 * one has stored the other reads. Where they differ on purpose, the test says how.
 */

const sandbox = useSandbox();
const service = () => sandbox.current.outlook;
const mailbox = () => service().mailbox();

type Items = Array<Partial<INodeExecutionData>>;
const ALONE: Items = [{}];

/** An operation of n8n's own node. */
async function builtIn(operation: string, parameters: object = {}, items: Items = ALONE) {
	const [resource, value] = operation.split('.');
	const { mailOpsOutlookOAuth2Api: data } = credentialFor(sandbox.current, 'mailOpsOutlookOAuth2Api');
	const done = await runNode(
		{
			type: 'outlook',
			parameters: { resource, operation: value, ...parameters } as never,
			credentials: {
				microsoftOutlookOAuth2Api: {
					...data,
					grantType: 'authorizationCode',
					graphApiBaseUrl: service().url.replace(/\/v1\.0$/, ''),
				},
			},
			settings: { type: 'n8n-nodes-base.microsoftOutlook', typeVersion: 2 },
		},
		items.map((item) => ({ json: {}, ...item })),
	);
	if (done.error) throw done.error;
	return done.items(NODE);
}
const ours = async (operation: string, parameters: object = {}, items: Items = ALONE) =>
	(await rows(sandbox.current, operation, parameters, { items })) as IDataObject[];

/** What each record gets by itself, and by which this pack finds one again. */
const OWN = new Set([
	'createdDateTime',
	'lastModifiedDateTime',
	'receivedDateTime',
	'sentDateTime',
	'internetMessageId',
	'conversationId',
	'iCalUId',
	'transactionId',
	'visibleAt',
	'singleValueExtendedProperties',
]);
/** As the service sees it: a name that is not given is none. */
const bare = (value: unknown): unknown => {
	if (Array.isArray(value)) return value.map(bare);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value)
			.filter(([name, inner]) => !OWN.has(name) && inner !== undefined && inner !== '')
			.map(([name, inner]) => [name, bare(inner)]),
	);
};

/** All that a mailbox holds, without what is another one each time. */
const stored = () => ({
	messages: [...mailbox().messages.items.values()].map(({ folder, props, attachments }) => ({
		folder,
		props: bare(props),
		files: [...attachments.values()].map((file) => [file.props.name, file.content.toString()]),
	})),
	events: [...mailbox().events.items.values()].map(({ folder, props }) => ({ folder, props: bare(props) })),
	contacts: [...mailbox().contacts.items.values()].map(({ props }) => bare(props)),
	calendars: [...mailbox().kinds.calendar.items.values()].map(({ props }) => bare(props)),
	folders: [...mailbox().folders.values()].map(({ name, parent }) => [name, parent]),
	sent: service().post.sent.map(({ to, props }) => [to, bare(props)]),
});

/** What a mailbox holds after the same was done by the one node and, on a fresh sandbox, by the other. */
async function eachDoes(theirs: () => Promise<unknown>, own: () => Promise<unknown>) {
	await theirs();
	const one = stored();
	sandbox.current.reset();
	await own();
	return [one, stored()] as const;
}
const file = {
	binary: {
		data: { data: Buffer.from('hello').toString('base64'), fileName: 'a.txt', mimeType: 'text/plain' },
	},
};
const idOf = (item: { id: string }) => `AAMkAD${item.id}-0`;
const received = () => service().receive('one', 'ana@elsewhere.example');

describe('both store the same', () => {
	test('message: send', async () => {
		const [one, other] = await eachDoes(
			async () =>
				await builtIn('message.send', {
					toRecipients: 'ben@contoso.example, c@x.example',
					subject: 'Hi',
					bodyContent: '<p>Hi</p>',
					additionalFields: {
						bodyContentType: 'html',
						ccRecipients: 'd@x.example',
						categories: ['Work'],
					},
				}),
			async () =>
				await ours('message.send', {
					to: 'ben@contoso.example, c@x.example',
					subject: 'Hi',
					html: '<p>Hi</p>',
					options: { cc: 'd@x.example', categories: 'Work' },
				}),
		);
		expect(one.sent).toHaveLength(1);
		expect(other.sent.map(([to]) => to)).toEqual(one.sent.map(([to]) => to));
		expect(other).toEqual(one);
	});

	test.each<[string, object, string, object]>([
		[
			'message.update',
			{ updateFields: { isRead: true, categories: ['Work'] } },
			'message.update',
			{ updateFields: { isRead: true, categories: 'Work' } },
		],
		['message.move', { folderId: byId('archive') }, 'message.move', { folder: byId('archive') }],
		['message.delete', {}, 'message.delete', {}],
	])('%s', async (theirs, form, own, ownForm) => {
		const [one, other] = await eachDoes(
			async () => await builtIn(theirs, { messageId: byId(idOf(received())), ...form }),
			async () => await ours(own, { messageId: idOf(received()), ...ownForm }),
		);
		expect(one).not.toEqual({ ...one, messages: [] });
		expect(other).toEqual(one);
	});

	test('draft: create, update, send, delete', async () => {
		const [one, other] = await eachDoes(
			async () => {
				const [made] = await builtIn(
					'draft.create',
					{
						subject: 'Hi',
						bodyContent: '<p>Hi</p>',
						additionalFields: {
							bodyContentType: 'html',
							toRecipients: 'ben@contoso.example',
							attachments: { attachments: [{ binaryPropertyName: 'data' }] },
						},
					},
					[file],
				);
				const draftId = byId(String(made!.json.id));
				await builtIn('draft.update', { draftId, updateFields: { subject: 'Changed' } });
				await builtIn('draft.send', { draftId, to: 'ben@contoso.example' });
				const [second] = await builtIn('draft.create', { subject: 'x', bodyContent: 'x' });
				await builtIn('draft.delete', { draftId: byId(String(second!.json.id)) });
			},
			async () => {
				const form = { to: 'ben@contoso.example', subject: 'Hi', html: '<p>Hi</p>' };
				const [made] = await ours('draft.create', { ...form, options: { attachments: 'data' } }, [file]);
				await ours('draft.update', { messageId: made!.id, updateFields: { subject: 'Changed' } });
				await ours('draft.send', { messageId: made!.id });
				const [second] = await ours('draft.create', { subject: 'x', text: 'x' });
				await ours('draft.delete', { messageId: second!.id });
			},
		);
		expect(one.sent).toHaveLength(1);
		// A deleted draft is gone here; n8n's node leaves it in Deleted Items.
		expect(one.messages).toMatchObject([{ folder: 'sentitems' }, { folder: 'deleteditems' }]);
		expect(other.messages).toEqual(one.messages.slice(0, 1));
		expect(other.sent).toEqual(one.sent);
	});

	test('attachment: add', async () => {
		const draft = () => mailbox().receive({ isDraft: true, subject: 'Hi' }, 'drafts');
		const [one, other] = await eachDoes(
			async () =>
				await builtIn(
					'messageAttachment.add',
					{ messageId: byId(idOf(draft())), binaryPropertyName: 'data' },
					[file],
				),
			async () => await ours('attachment.add', { messageId: idOf(draft()), property: 'data' }, [file]),
		);
		expect(one.messages[0]!.files).toEqual([['a.txt', 'hello']]);
		expect(other).toEqual(one);
	});

	test('folder: create, within another one, rename, delete', async () => {
		const [one, other] = await eachDoes(
			async () => {
				const [made] = await builtIn('folder.create', { displayName: 'Invoices' });
				const id = String(made!.json.id);
				await builtIn('folder.create', { displayName: '2026', options: { folderId: byId(id) } });
				await builtIn('folder.update', { folderId: byId(id), displayName: 'Bills' });
				const [gone] = await builtIn('folder.create', { displayName: 'Old' });
				await builtIn('folder.delete', { folderId: byId(String(gone!.json.id)) });
			},
			async () => {
				const [made] = await ours('folder.create', { name: 'Invoices' });
				await ours('folder.create', { name: '2026', parent: byId(String(made!.id)) });
				await ours('folder.update', { folder: byId(String(made!.id)), name: 'Bills' });
				const [gone] = await ours('folder.create', { name: 'Old' });
				await ours('folder.delete', { folder: byId(String(gone!.id)) });
			},
		);
		expect(one.folders.map(([name]) => name)).toEqual(expect.arrayContaining(['Bills', '2026']));
		expect(other.folders).toEqual(one.folders);
	});

	test('calendar: create in a group, change, delete', async () => {
		const group = () => `AAMkAD${[...mailbox().kinds.calendarGroup.items.keys()][0]}-0`;
		const [one, other] = await eachDoes(
			async () => {
				const [made] = await builtIn('calendar.create', {
					name: 'Holidays',
					additionalFields: { calendarGroup: group(), color: 'lightPink' },
				});
				await builtIn('calendar.update', {
					calendarId: byId(String(made!.json.id)),
					updateFields: { name: 'Vacations', color: 'lightTeal', isDefaultCalendar: true },
				});
				const [gone] = await builtIn('calendar.create', { name: 'Old' });
				await builtIn('calendar.delete', { calendarId: byId(String(gone!.json.id)) });
			},
			async () => {
				const [made] = await ours('calendar.create', {
					name: 'Holidays',
					calendarGroup: byId(group()),
					color: 'lightPink',
				});
				await ours('calendar.update', {
					calendar: byId(String(made!.id)),
					updateFields: { name: 'Vacations', color: 'lightTeal', makeDefault: true },
				});
				const [gone] = await ours('calendar.create', { name: 'Old' });
				await ours('calendar.delete', { calendar: byId(String(gone!.id)) });
			},
		);
		expect(one.calendars).toMatchObject([
			{ name: 'Calendar', isDefaultCalendar: false },
			{ name: 'Vacations', color: 'lightTeal', isDefaultCalendar: true },
		]);
		expect(other).toEqual(one);
	});

	test('event: create, update, delete', async () => {
		const calendar = () => `AAMkAD${mailbox().calendar.id}-0`;
		const [one, other] = await eachDoes(
			async () => {
				const times = { startDateTime: '2026-12-01T09:30:00', endDateTime: '2026-12-01T10:30:00' };
				const make = async (additionalFields: object) =>
					await builtIn('event.create', {
						calendarId: byId(calendar()),
						subject: 'Plan',
						...times,
						additionalFields,
					});
				const [made] = await make({
					timeZone: 'Europe/Berlin',
					body: '<p>Agenda</p>',
					location: 'Room 4',
					attendees: {
						values: [
							{ email: 'ben@contoso.example', name: 'Ben', type: 'required' },
							{ email: 'room4@contoso.example', name: 'Room 4', type: 'resource' },
						],
					},
					showAs: 'tentative',
					sensitivity: 'private',
				});
				await builtIn('event.update', {
					calendarId: byId(calendar()),
					eventId: byId(String(made!.json.id)),
					additionalFields: { subject: 'New plan' },
				});
				const [gone] = await make({});
				await builtIn('event.delete', {
					calendarId: byId(calendar()),
					eventId: byId(String(gone!.json.id)),
				});
			},
			async () => {
				const form = { subject: 'Plan', start: '2026-12-01T09:30', end: '2026-12-01T10:30' };
				const [made] = await ours('event.create', {
					...form,
					options: {
						timeZone: 'Europe/Berlin',
						html: '<p>Agenda</p>',
						location: 'Room 4',
						attendees: 'Ben <ben@contoso.example>',
						rooms: 'Room 4 <room4@contoso.example>',
						showAs: 'tentative',
						sensitivity: 'private',
					},
				});
				await ours('event.update', { eventId: made!.id, updateFields: { subject: 'New plan' } });
				const [gone] = await ours('event.create', form);
				await ours('event.delete', { eventId: gone!.id });
			},
		);
		expect(one.events).toMatchObject([
			{ props: { subject: 'New plan', location: { displayName: 'Room 4' } } },
		]);
		expect(other.events).toEqual(one.events);
	});

	test('contact: create, update, delete', async () => {
		const words = Object.fromEntries(
			['assistantName', 'businessHomePage', 'fileAs', 'initials', 'manager', 'middleName', 'profession']
				.concat('spouseName', 'title', 'nickName', 'personalNotes', 'officeLocation', 'department')
				.map((name) => [name, `the ${name}`]),
		);
		const [one, other] = await eachDoes(
			async () => {
				const [made] = await builtIn('contact.create', {
					givenName: 'Ana',
					surname: 'Ruiz',
					additionalFields: {
						companyName: 'Contoso',
						emailAddresses: { values: [{ address: 'ana@x.example', name: 'Ana' }] },
						businessPhones: '+49 30 1, +49 30 2',
						businessAddress: { values: { city: 'Berlin', countryOrRegion: 'Germany' } },
						otherAddress: { values: { street: 'Ring 1', city: 'Bonn' } },
						categories: 'Work, Friends',
						children: 'Mia, Leo',
						imAddresses: 'sip:ana@x.example, ana#1',
						...words,
					},
				});
				await builtIn('contact.update', {
					contactId: byId(String(made!.json.id)),
					additionalFields: { jobTitle: 'Head' },
				});
				const [gone] = await builtIn('contact.create', { givenName: 'x', surname: '' });
				await builtIn('contact.delete', { contactId: byId(String(gone!.json.id)) });
			},
			async () => {
				const [made] = await ours('contact.create', {
					fields: {
						givenName: 'Ana',
						surname: 'Ruiz',
						companyName: 'Contoso',
						emails: 'Ana <ana@x.example>',
						businessPhones: '+49 30 1, +49 30 2',
						businessAddress: { address: { city: 'Berlin', countryOrRegion: 'Germany' } },
						otherAddress: { address: { street: 'Ring 1', city: 'Bonn' } },
						categories: 'Work, Friends',
						children: 'Mia, Leo',
						imAddresses: 'sip:ana@x.example, ana#1',
						...words,
					},
				});
				await ours('contact.update', { contactId: made!.id, updateFields: { jobTitle: 'Head' } });
				const [gone] = await ours('contact.create', { fields: { givenName: 'x' } });
				await ours('contact.delete', { contactId: gone!.id });
			},
		);
		expect(one.contacts).toMatchObject([
			{ givenName: 'Ana', jobTitle: 'Head', children: ['Mia', 'Leo'], ...words },
		]);
		expect(other.contacts).toEqual(one.contacts);
	});
});

describe('both read the same', () => {
	/** Of the fields that n8n's node gives, those that are about the record and not about the kind of its ID. */
	const shared = (theirs: IDataObject, own: IDataObject) =>
		Object.fromEntries(
			Object.keys(theirs)
				.filter((name) => name in own && name !== 'id' && !name.startsWith('@odata'))
				.map((name) => [name, [theirs[name], own[name]]]),
		);
	const expectAgreement = (
		theirs: IDataObject | undefined,
		own: IDataObject | undefined,
		fields: string[],
	) => {
		const pairs = shared(theirs!, own!);
		expect(Object.keys(pairs)).toEqual(expect.arrayContaining(fields));
		for (const [name, [one, other]] of Object.entries(pairs) as Array<[string, [unknown, unknown]]>)
			expect([name, other]).toEqual([name, one]);
	};

	test('a message, and all of them', async () => {
		const item = received();
		const id = idOf(item);
		const [one] = await builtIn('message.get', { messageId: byId(id), output: 'raw', options: {} });
		const [other] = await ours('message.get', { messageId: id, output: 'raw' });
		expectAgreement(one!.json, other, ['subject', 'from', 'body', 'isRead', 'receivedDateTime']);
		for (const subject of ['two', 'three']) service().receive(subject);
		const all = await builtIn('message.getAll', {
			returnAll: true,
			output: 'raw',
			filtersUI: {},
			options: {},
		});
		const own = await ours('message.getAll', { returnAll: true });
		expect(own.map(({ subject }) => subject).sort()).toEqual(all.map(({ json }) => json.subject).sort());
		expect(own).toHaveLength(3);
	});

	test('attachments: their list, one of them, its content', async () => {
		const item = received();
		item.attachments.set('a1', {
			id: 'a1',
			props: { '@odata.type': '#microsoft.graph.fileAttachment', name: 'a.txt', contentType: 'text/plain' },
			content: Buffer.from('hello'),
		});
		const theirs = { messageId: byId(idOf(item)), attachmentId: byId('a1'), options: {} };
		const own = { messageId: idOf(item), attachmentId: 'a1' };
		const [listed] = await builtIn('messageAttachment.getAll', { ...theirs, returnAll: true });
		expectAgreement(listed!.json, (await ours('attachment.getAll', { ...own, returnAll: true }))[0], [
			'name',
			'size',
			'contentType',
		]);
		const [one] = await builtIn('messageAttachment.get', theirs);
		expectAgreement(one!.json, (await ours('attachment.get', own))[0], ['name', 'size', 'contentType']);
		const [loaded] = await builtIn('messageAttachment.download', { ...theirs, binaryPropertyName: 'data' });
		const done = await run(sandbox.current, 'attachment.getContent', { ...own, property: 'data' });
		const { data, fileName, mimeType } = done.items(NODE)[0]!.binary!.data!;
		expect(loaded!.binary!.data).toMatchObject({ data, fileName, mimeType });
	});

	test('folders, calendars, events and contacts', async () => {
		const folder = mailbox().addFolder('Invoices');
		mailbox().receive({ subject: 'filed' }, folder.id);
		const [box] = await builtIn('folder.get', { folderId: byId(folder.id), options: {} });
		expectAgreement(box!.json, (await ours('folder.get', { folder: byId(folder.id) }))[0], [
			'displayName',
			'totalItemCount',
			'unreadItemCount',
		]);
		const calendarId = `AAMkAD${mailbox().calendar.id}-0`;
		const [calendar] = await builtIn('calendar.get', { calendarId: byId(calendarId) });
		expectAgreement(calendar!.json, (await ours('calendar.get', { calendar: byId(calendarId) }))[0], [
			'name',
			'canEdit',
		]);
		const event = mailbox().events.add(mailbox().calendar.id, {
			subject: 'Plan',
			start: { dateTime: '2026-12-01T09:00:00', timeZone: 'UTC' },
			end: { dateTime: '2026-12-01T10:00:00', timeZone: 'UTC' },
		});
		const [plan] = await builtIn('event.get', {
			calendarId: byId(calendarId),
			eventId: byId(idOf(event)),
			output: 'raw',
		});
		expectAgreement(plan!.json, (await ours('event.get', { eventId: idOf(event), timeZone: 'UTC' }))[0], [
			'subject',
			'start',
			'end',
		]);
		const contact = mailbox().contacts.add('', {
			givenName: 'Ana',
			emailAddresses: [{ address: 'a@x.example' }],
		});
		const [person] = await builtIn('contact.get', { contactId: byId(idOf(contact)), output: 'raw' });
		expectAgreement(person!.json, (await ours('contact.get', { contactId: idOf(contact) }))[0], [
			'givenName',
			'emailAddresses',
		]);
	});
});
