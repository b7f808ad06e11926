import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { RETRY_POLICY } from '../../../../core/connection/retryPolicy';
import { patience } from '../../../../nodes/Outlook/trigger/patience';
import { denied } from '../../../../sandbox/services/outlook/errors';
import { attach, byId } from '../support';
import { inMinutes, usePolling } from './polling';

const { sandbox, service, mailbox, memory, poll, subjects } = usePolling();

test('what was there before is not told; what comes is, once, also after n8n was stopped', async () => {
	service().receive('old', undefined, { receivedDateTime: '2026-01-01T00:00:00Z' });
	expect(await subjects()).toEqual([]);
	service().receive('one');
	service().receive('two');
	expect(await subjects()).toEqual(['one', 'two']);
	expect(await subjects()).toEqual([]);
	// The static data is all that is left of a stopped n8n.
	for (let i = 0; i < 450; i++) service().receive(`m${i}`);
	expect(await subjects()).toHaveLength(450);
	expect(await subjects()).toEqual([]);
});

test.each(['messageGon', 'Message Gone', '', 'constructor'])(
	'what nobody offered to start on starts nothing: “%s”',
	async (event) => {
		await expect(poll({ event: `={{ ${JSON.stringify(event)} }}` })).rejects.toThrow(
			/^'Trigger On' is .+, which is not one of its choices/,
		);
		expect(sandbox.current.requests.list().filter(({ path }) => path.includes('/me'))).toEqual([]);
	},
);

test('mail that becomes visible late is told all the same', async () => {
	await poll();
	service().receive('late', undefined, { receivedDateTime: '2026-01-01T00:00:00Z' });
	expect(await subjects()).toEqual(['late']);
});

test('a look that fails is done again: nothing is lost, nothing comes twice', async () => {
	await poll();
	for (let i = 0; i < 450; i++) service().receive(`m${i}`);
	sandbox.current.faults.add({
		service: 'outlook',
		path: /delta/,
		kind: 'status',
		status: 400,
		after: 1,
		body: { error: { code: 'x', message: 'y' } },
	});
	await expect(poll()).rejects.toThrow();
	expect(new Set(await subjects()).size).toBe(450);
});

test('a place that Graph has forgotten leads to a new round without a flood', async () => {
	for (let i = 0; i < 300; i++)
		service().receive(`old ${i}`, undefined, { receivedDateTime: '2026-01-01T00:00:00Z' });
	await poll();
	service().receive('one');
	expect(await subjects()).toEqual(['one']);
	service().deltas!.epoch += 1;
	service().receive('two');
	expect(await subjects()).toEqual(['two']);
	expect(await subjects()).toEqual([]);
});

test('another folder, mailbox or kind of change begins anew: nothing of the old place is told', async () => {
	service().receive('old', undefined, { receivedDateTime: '2026-01-01T00:00:00Z' });
	await poll();
	const ago = new Date('2026-01-01T00:00:00Z');
	const archived = mailbox().receive({ subject: 'archived long ago' }, 'archive', ago);
	service().receive('in the inbox');
	const archive = { folder: byId('archive') };
	expect(await subjects(archive)).toEqual([]);
	service().receive('still in the inbox');
	mailbox().receive({ subject: 'new in the archive' }, 'archive', service().now());
	expect(await subjects(archive)).toEqual(['new in the archive']);
	const updated = { ...archive, event: 'messageUpdated' };
	expect(await subjects(updated)).toEqual([]);
	mailbox().messages.touch(archived, { isRead: true });
	expect(await subjects(updated)).toEqual(['archived long ago']);
});

test('other fields begin a new round: what comes has them, and what was told does not come again', async () => {
	await poll();
	service().receive('one');
	expect(await subjects()).toEqual(['one']);
	service().receive('two');
	const [found, ...others] = await poll({ withBody: true });
	expect(found!.json).toMatchObject({ subject: 'two', body: { content: '<p>two</p>' } });
	expect(others).toEqual([]);
	expect(await poll({ withBody: true })).toEqual([]);
});

test('updated, gone and sent messages', async () => {
	const item = service().receive('one');
	const other = service().receive('two');
	const keep: Record<string, IDataObject> = {};
	const look = async (event: string) => {
		memory.saved = keep[event] ?? {};
		const found = await poll({ event, folder: byId('inbox') });
		keep[event] = memory.saved;
		return found.map(({ json }) => [json.subject, json.change]);
	};
	for (const event of ['messageUpdated', 'messageGone', 'messageSent']) await look(event);
	mailbox().messages.touch(item, { isRead: true });
	mailbox().messages.move(other, 'archive');
	service().mailbox().receive({ subject: 'out', isDraft: false }, 'sentitems');
	expect(await look('messageUpdated')).toEqual([['one', 'present']]);
	expect(await look('messageGone')).toEqual([['two', 'gone']]);
	expect(await look('messageSent')).toEqual([['out', 'present']]);
});

test('what became of a message that is gone: where it is now, or that it was deleted', async () => {
	const names = ['moved', 'binned', 'shifted', 'erased'];
	const [moved, binned, shifted, erased] = names.map((name) => service().receive(name));
	const events = ['messageGone', 'messageMoved', 'messageDeleted'];
	const keep: Record<string, IDataObject> = {};
	const look = async (event: string) => {
		memory.saved = keep[event] ?? {};
		const found = await poll({ event, folder: byId('inbox') });
		keep[event] = memory.saved;
		return found.map(({ json }) => [json.subject, json.became, json.parentFolderId]);
	};
	for (const event of events) await look(event);
	mailbox().messages.move(moved!, 'archive');
	mailbox().messages.move(binned!, 'deleteditems');
	mailbox().deleteForGood(shifted!);
	mailbox().messages.remove(erased!);
	const told = {
		moved: ['moved', 'moved', 'archive'],
		binned: ['binned', 'deleted', 'deleteditems'],
		shifted: ['shifted', 'deleted', 'recoverableitemsdeletions'],
		erased: [undefined, 'deleted', undefined],
	};
	expect(await look('messageGone')).toEqual([told.moved, told.binned, told.shifted, told.erased]);
	expect(await look('messageMoved')).toEqual([told.moved]);
	expect(await look('messageDeleted')).toEqual([told.binned, told.shifted, told.erased]);
	for (const event of events) expect(await look(event)).toEqual([]);
});

test('what became of a message is told where Outlook does not show the folder of recoverable items', async () => {
	const form = { event: 'messageGone', folder: byId('inbox') };
	await poll(form);
	const item = service().receive('one');
	await poll(form);
	const folder = mailbox().folder.bind(mailbox());
	const asked: string[] = [];
	jest.spyOn(mailbox(), 'folder').mockImplementation((name) => {
		asked.push(name);
		if (name === 'recoverableitemsdeletions') throw denied();
		return folder(name);
	});
	mailbox().messages.move(item, 'archive');
	expect(await poll(form)).toMatchObject([{ json: { subject: 'one', became: 'moved' } }]);
	expect(asked).toContain('recoverableitemsdeletions');
	jest.restoreAllMocks();
});

test('contacts and events: new, changed and deleted', async () => {
	const times = { start: inMinutes(6_000), end: inMinutes(6_060) };
	for (const [event, add] of [
		['contactChanged', () => mailbox().contacts.add('', { displayName: 'Ana' })],
		['eventChanged', () => mailbox().events.add(mailbox().calendar.id, { subject: 'Plan', ...times })],
	] as const) {
		memory.saved = {};
		expect(await poll({ event })).toEqual([]);
		const made = add();
		const store = event === 'contactChanged' ? mailbox().contacts : mailbox().events;
		expect((await poll({ event })).map(({ json }) => [json.change, json.isNew])).toEqual([['present', true]]);
		store.touch(made, { categories: ['x'] });
		expect((await poll({ event })).map(({ json }) => [json.change, json.isNew])).toEqual([
			['present', false],
		]);
		store.remove(made);
		expect((await poll({ event })).map(({ json }) => json.change)).toEqual(['gone']);
		expect(await poll({ event })).toEqual([]);
	}
});

describe('events that are about to start', () => {
	const MINUTE = 60_000;
	/** An event so many minutes from now, half a minute off so that no slow machine steps over it. */
	const plan = (subject: string, minutes: number, more: object = {}) => {
		const times = { start: inMinutes(minutes + 0.5), end: inMinutes(minutes + 30.5) };
		return mailbox().events.add(mailbox().calendar.id, { subject, ...times, ...more });
	};
	const soon = async () =>
		(await poll({ event: 'eventStarting', minutes: 10 })).map(({ json }) => json.subject);

	test('each once, also one that is made late; not those of later, of the past, cancelled or all day', async () => {
		plan('soon', 5);
		plan('later', 60);
		plan('before', -20);
		plan('off', 5, { isCancelled: true });
		plan('day', 5, { isAllDay: true });
		expect(await soon()).toEqual(['soon']);
		plan('made late', 1);
		expect(await soon()).toEqual(['made late']);
		expect(await soon()).toEqual([]);
	});

	test('one that is moved is told again, and says in how many minutes it starts', async () => {
		const item = plan('moved', 3);
		expect(await soon()).toEqual(['moved']);
		const { start, end } = plan('other', 7).props;
		mailbox().events.touch(item, { start, end });
		const found = await poll({ event: 'eventStarting', minutes: 10 });
		expect(found.map(({ json }) => json.subject).sort()).toEqual(['moved', 'other']);
		expect(Number(found[0]!.json.minutesUntilStart)).toBeGreaterThan(0);
	});

	test('what began while n8n was stopped is told late, what a look that failed had seen is told by the next', async () => {
		await soon();
		memory.saved = JSON.parse(
			JSON.stringify(memory.saved, (key, value: unknown) =>
				key === 'lookedAt' ? Date.now() - 60 * MINUTE : value,
			),
		) as IDataObject;
		plan('missed', -30);
		sandbox.current.faults.add({
			service: 'outlook',
			path: /calendarView/,
			kind: 'status',
			status: 400,
			body: { error: { code: 'x', message: 'y' } },
		});
		await expect(soon()).rejects.toThrow();
		expect(await soon()).toEqual(['missed']);
		expect(await soon()).toEqual([]);
	});

	test('by hand the next ones; nothing is remembered', async () => {
		plan('later', 600);
		const found = await poll({ event: 'eventStarting', minutes: 10 }, 'manual');
		expect(found).toMatchObject([{ json: { subject: 'later' } }]);
		expect(memory.saved).toEqual({});
	});
});

test('bodies and files come when they are wanted', async () => {
	await poll({ withBody: true, attachments: true });
	const item = service().receive('one');
	item.attachments.set('a', {
		id: 'a',
		props: { '@odata.type': '#microsoft.graph.fileAttachment', name: 'a.txt', contentType: 'text/plain' },
		content: Buffer.from('hello'),
	});
	const [found] = await poll({ withBody: true, attachments: true });
	expect(found!.json.body).toEqual({ contentType: 'html', content: '<p>one</p>' });
	expect(found!.binary!.attachment_0).toMatchObject({ fileName: 'a.txt', mimeType: 'text/plain' });
});

test('files of every kind come as Download gives them; links are told', async () => {
	await poll({ attachments: true });
	service().receive('none');
	const inline = service().receive('inline only');
	attach(inline, 'fileAttachment', { name: 'logo.png', contentType: 'image/png', isInline: true }, 'png');
	const mixed = service().receive('mixed');
	attach(mixed, 'itemAttachment', { name: 'Old mail', contentType: null }, 'Subject: x');
	attach(mixed, 'referenceAttachment', { name: 'A link', contentType: null });
	attach(mixed, 'fileAttachment', { name: 'a.bin', contentType: null }, 'hello');
	sandbox.current.requests.clear();
	const found = await poll({ attachments: true });
	expect(
		found.map(({ json, binary }) => [
			json.subject,
			json.hasAttachments,
			json.links,
			binary && Object.entries(binary).map(([key, { fileName, mimeType }]) => [key, fileName, mimeType]),
		]),
	).toEqual([
		['none', false, undefined, undefined],
		['inline only', false, undefined, [['attachment_0', 'logo.png', 'image/png']]],
		[
			'mixed',
			true,
			[expect.objectContaining({ name: 'A link', kind: 'link' })],
			[
				['attachment_0', 'Old mail.eml', 'message/rfc822'],
				['attachment_1', 'a.bin', 'application/octet-stream'],
			],
		],
	]);
	// What is attached to the three of them is asked in one request.
	const asked = sandbox.current.requests.list().map(({ path }) => path);
	expect(asked.filter((path) => path.endsWith('/$batch'))).toHaveLength(1);
	expect(asked.filter((path) => path.endsWith('/attachments'))).toEqual([]);
});

test('a message that is deleted before its files are asked for is told without them', async () => {
	await poll({ attachments: true });
	service().receive('one');
	jest.spyOn(mailbox().messages, 'find').mockReturnValueOnce(undefined);
	const found = await poll({ attachments: true });
	expect(found.map(({ json, binary }) => [json.subject, binary])).toEqual([['one', undefined]]);
});

test('a file that is too large, or deleted meanwhile, does not keep its message and those after it from being told', async () => {
	await poll({ attachments: true });
	const large = service().receive('large');
	attach(
		large,
		'fileAttachment',
		{ name: 'film.mp4', contentType: 'video/mp4' },
		'x'.repeat(65 * 1024 * 1024),
	);
	attach(large, 'fileAttachment', { name: 'R/D.txt', contentType: 'text/plain' }, 'hello');
	attach(service().receive('next'), 'fileAttachment', { name: 'a.txt', contentType: 'text/plain' }, 'hello');
	const found = await poll({ attachments: true });
	expect(found.map(({ json, binary }) => [json.subject, json.problem, Object.keys(binary ?? {})])).toEqual([
		['large', expect.stringContaining('The file “film.mp4” could not be fetched: '), ['attachment_1']],
		['next', undefined, ['attachment_0']],
	]);
	expect(found[0]!.binary!.attachment_1!.fileName).toBe('R D.txt');
	// What may pass is tried again with the whole look.
	attach(service().receive('later'), 'fileAttachment', { name: 'a.txt', contentType: 'text/plain' }, 'hello');
	sandbox.current.faults.add({ service: 'outlook', path: /value$/, kind: 'status', status: 403, times: 100 });
	await expect(poll({ attachments: true })).rejects.toThrow();
	sandbox.current.faults.clear();
	expect(await subjects({ attachments: true })).toEqual(['later']);
});

test('by hand a few messages to look at; nothing is remembered', async () => {
	for (let i = 0; i < 5; i++) service().receive(`m${i}`);
	expect(await poll({}, 'manual')).toHaveLength(3);
	expect(memory.saved).toEqual({});
});

test('a file that Outlook cannot give for long does not keep the others from being told any longer', async () => {
	jest.replaceProperty(RETRY_POLICY, 'maxFaults', 0);
	jest.replaceProperty(patience, 'ms', 100);
	await poll({ attachments: true });
	attach(service().receive('one'), 'fileAttachment', { name: 'a.txt', contentType: 'text/plain' }, 'hello');
	service().receive('two');
	sandbox.current.faults.add({
		service: 'outlook',
		path: /\$value/,
		kind: 'status',
		status: 500,
		times: Infinity,
	});
	await expect(poll({ attachments: true })).rejects.toThrow();
	await new Promise((resolve) => setTimeout(resolve, 120));
	expect((await poll({ attachments: true })).map(({ json }) => [json.subject, json.problem])).toEqual([
		['one', expect.stringContaining('The file “a.txt” could not be fetched: ')],
		['two', undefined],
	]);
	jest.restoreAllMocks();
});

test('a file that could be had after all is not taken for one that fails for long, when it fails again', async () => {
	jest.replaceProperty(RETRY_POLICY, 'maxFaults', 0);
	jest.replaceProperty(patience, 'ms', 100);
	const form = { attachments: true };
	await poll(form);
	const before = memory.saved;
	attach(service().receive('one'), 'fileAttachment', { name: 'a.txt', contentType: 'text/plain' }, 'hello');
	const fail = () =>
		sandbox.current.faults.add({ service: 'outlook', path: /\$value/, kind: 'status', status: 500 });
	fail();
	await expect(poll(form)).rejects.toThrow();
	expect(await poll(form)).toMatchObject([{ binary: { attachment_0: {} } }]);
	// As another trigger does, or this one after Graph has forgotten how far it had come.
	memory.saved = before;
	await new Promise((resolve) => setTimeout(resolve, 120));
	fail();
	await expect(poll(form)).rejects.toThrow();
	jest.restoreAllMocks();
});

describe('several folders', () => {
	const several: INodeParameters = { moreFolders: ['archive', 'junkemail'] };
	const receive = (subject: string, folder: string) =>
		mailbox().receive({ subject }, folder, service().now());
	/** Not in the same millisecond as the look that comes next. */
	const receivedBefore = (subject: string, folder: string) =>
		mailbox().receive({ subject }, folder, new Date(service().now().getTime() - 1_000));

	test('what comes into any of them is told, once, also over downtime and pages', async () => {
		receivedBefore('old', 'archive');
		expect(await subjects(several)).toEqual([]);
		for (let i = 0; i < 300; i++) receive(`a${i}`, 'archive');
		for (let i = 0; i < 300; i++) receive(`j${i}`, 'junkemail');
		receive('one', 'inbox');
		const found = await subjects(several);
		expect(found).toHaveLength(601);
		expect(new Set(found).size).toBe(601);
		expect(await subjects(several)).toEqual([]);
	});

	test('a message that moves from one into another is no new one; one that leaves both is gone from each', async () => {
		await poll(several);
		const item = receive('one', 'inbox');
		expect(await subjects(several)).toEqual(['one']);
		mailbox().messages.move(item, 'archive');
		expect(await subjects(several)).toEqual([]);
		memory.saved = {};
		const gone = { ...several, event: 'messageMoved' };
		await poll(gone);
		mailbox().messages.move(item, 'junkemail');
		expect(await poll(gone)).toMatchObject([{ json: { change: 'gone', became: 'moved' } }]);
		mailbox().messages.move(item, 'drafts');
		expect(await poll(gone)).toMatchObject([{ json: { change: 'gone', became: 'moved' } }]);
	});

	test('further folders are added without losing what the first has come to, and left out again', async () => {
		await poll();
		receive('while nobody looked', 'inbox');
		receivedBefore('old', 'archive');
		expect(await subjects(several)).toEqual(['while nobody looked']);
		receive('in the archive', 'archive');
		receive('in the inbox', 'inbox');
		expect((await subjects(several)).sort()).toEqual(['in the archive', 'in the inbox']);
		receive('another', 'inbox');
		receive('not watched any more', 'archive');
		expect(await subjects()).toEqual(['another']);
		expect(await subjects()).toEqual([]);
	});

	test('folders below are looked at, also one that is made between two looks', async () => {
		const below = { subfolders: true };
		await poll(below);
		const made = mailbox().addFolder('Invoices', 'inbox');
		receive('one', made.id);
		receive('elsewhere', 'archive');
		expect(await subjects(below)).toEqual(['one']);
		receive('two', made.id);
		expect(await subjects(below)).toEqual(['two']);
	});

	test('one folder by its name and by its ID is one', async () => {
		const id = mailbox().folder('inbox').id;
		const twice = { event: 'messageGone', moreFolders: [id] };
		await poll(twice);
		const item = receive('one', 'inbox');
		await poll(twice);
		mailbox().messages.move(item, 'archive');
		expect(await poll(twice)).toHaveLength(1);
	});

	test('when one of them cannot be looked at nothing is lost, and nothing comes twice', async () => {
		await poll(several);
		receive('one', 'inbox');
		receive('two', 'junkemail');
		sandbox.current.faults.add({ service: 'outlook', path: /delta/, kind: 'status', status: 400, after: 1 });
		await expect(poll(several)).rejects.toThrow();
		expect((await subjects(several)).sort()).toEqual(['one', 'two']);
		expect(await subjects(several)).toEqual([]);
	});

	test('a folder that Graph has forgotten the place of does not flood', async () => {
		await poll(several);
		receive('one', 'archive');
		expect(await subjects(several)).toEqual(['one']);
		service().deltas!.epoch += 1;
		receive('two', 'junkemail');
		expect(await subjects(several)).toEqual(['two']);
	});
});

describe('filters', () => {
	const come = () => {
		const invoice = service().receive('Invoice 4711', 'ana@partner.example', { importance: 'high' });
		attach(invoice, 'fileAttachment', { name: 'a.pdf', contentType: 'application/pdf' }, 'pdf');
		service().receive('你好', 'Ben@Partner.example', { categories: ['Red category'] });
		service().receive('RE: INVOICE', 'c@sub.partner.example', { isRead: true });
		service().receive('Other', 'x@notpartner.example');
	};
	test.each<[IDataObject, string[]]>([
		[{ from: 'ANA@partner.example；c@sub.partner.example' }, ['Invoice 4711', 'RE: INVOICE']],
		[{ from: '@partner.example' }, ['Invoice 4711', '你好']],
		[{ from: 'notpartner.example' }, ['Other']],
		[{ from: '={{ ["ana@partner.example"] }}' }, ['Invoice 4711']],
		[{ subject: 'invoice' }, ['Invoice 4711', 'RE: INVOICE']],
		[{ isRead: 'read' }, ['RE: INVOICE']],
		[{ isRead: 'unread', importance: 'normal' }, ['你好', 'Other']],
		[{ hasAttachments: true }, ['Invoice 4711']],
		[{ hasAttachments: false, subject: '你' }, ['你好']],
		[{ importance: 'high' }, ['Invoice 4711']],
		[{ categories: 'Green, red CATEGORY' }, ['你好']],
		[{ from: '', subject: ' ', categories: '' }, ['Invoice 4711', '你好', 'RE: INVOICE', 'Other']],
	])('%j', async (filters, expected) => {
		await poll({ filters } as INodeParameters);
		come();
		const samples = await poll({ filters } as INodeParameters, 'manual');
		expect(samples).toHaveLength(Math.min(3, expected.length));
		for (const { json } of samples) expect(expected).toContain(json.subject);
		expect((await subjects({ filters } as INodeParameters)).sort()).toEqual([...expected].sort());
		// What did not fit was seen: other filters do not bring it.
		expect(await subjects()).toEqual([]);
	});

	test.each<[IDataObject, string]>([
		[{ from: 'somebody' }, "'From' has “somebody”"],
		[{ importance: 'urgent' }, "'Importance' is “urgent”"],
	])('%j: nothing could fit, so it is told', async (filters, said) => {
		await expect(poll({ filters } as INodeParameters)).rejects.toThrow(said);
	});
});

test('a look that begins while the last one is still under way tells nothing twice', async () => {
	await subjects();
	service().receive('one');
	const both = await Promise.all([subjects(), subjects()]);
	expect(both.flat()).toEqual(['one']);
	service().receive('two');
	expect((await Promise.all([subjects(), poll({}, 'manual')])).map(({ length }) => length)).toEqual([1, 2]);
	sandbox.current.faults.add({ service: 'outlook', path: /delta/, kind: 'status', status: 400 });
	service().receive('three');
	await expect(subjects()).rejects.toThrow();
	expect(await subjects()).toEqual(['three']);
});

test('after thousands of changes the other folders come with the next look, and nothing of them is lost', async () => {
	const moreFolders = Array.from({ length: 5 }, (_, i) => mailbox().addFolder(`F${i}`).id);
	const chosen = { folder: byId('inbox'), moreFolders };
	await poll(chosen);
	for (let i = 0; i < 5_000; i++) service().receive(`m${i}`);
	mailbox().receive({ subject: 'last' }, moreFolders.at(-1));
	expect(await subjects(chosen)).toHaveLength(5_000);
	expect(await subjects(chosen)).toEqual(['last']);
	expect(await subjects(chosen)).toEqual([]);
});

test('a large folder is gone through with the first look, so that what is deleted after it is told', async () => {
	const old = { receivedDateTime: '2026-01-01T00:00:00Z' };
	const items = Array.from({ length: 5_300 }, (_, i) => service().receive(`old ${i}`, undefined, old));
	const chosen = { event: 'messageGone' };
	expect(await poll(chosen)).toEqual([]);
	mailbox().messages.remove(items.at(-1)!);
	expect(await poll(chosen)).toMatchObject([{ json: { change: 'gone' } }]);
});
