import { NODE } from '../../support/runNode';
import { useSandbox } from '../../support/services';
import { byId, problem, rows, run } from './support';

const sandbox = useSandbox();
const mailbox = () => sandbox.current.outlook.mailbox();

describe('folders', () => {
	test('create, find by the way to it, rename, move, copy, delete', async () => {
		const [made] = await rows(sandbox.current, 'folder.create', { name: 'Invoices', parent: byId('inbox') });
		await rows(sandbox.current, 'folder.create', { name: '2026', parent: byId(made!.id) });
		const all = await rows(sandbox.current, 'folder.getAll', { deep: true, returnAll: true });
		expect(all.map(({ path }) => path)).toEqual(
			expect.arrayContaining(['Inbox', 'Inbox/Invoices', 'Inbox/Invoices/2026']),
		);
		await rows(sandbox.current, 'folder.update', { folder: byId(made!.id), name: 'Bills' });
		await rows(sandbox.current, 'folder.move', { folder: byId(made!.id), to: byId('archive') });
		expect((await rows(sandbox.current, 'folder.get', { folder: byId(made!.id) }))[0]).toMatchObject({
			displayName: 'Bills',
			parentFolderId: 'archive',
		});
		const [copy] = await rows(sandbox.current, 'folder.copy', { folder: byId(made!.id), to: byId('inbox') });
		expect(copy!.id).not.toBe(made!.id);
		expect(await rows(sandbox.current, 'folder.delete', { folder: byId(made!.id) })).toEqual([
			{ id: made!.id, deleted: true },
		]);
		expect(mailbox().folders.get(made!.id)).toMatchObject({ parent: 'deleteditems' });
	});

	test.each(['', 'inbox'])('one whose answer got lost is there once, and told: in “%s”', async (parent) => {
		const form = (name: string) => ({ name, parent: byId(parent) });
		const named = (wanted: string) => [...mailbox().folders.values()].filter(({ name }) => name === wanted);
		sandbox.current.faults.add({ service: 'outlook', path: '/v1.0/$batch', kind: 'resetAfter' });
		const [made] = await rows(sandbox.current, 'folder.create', form('Invoices'));
		expect(made).not.toHaveProperty('singleValueExtendedProperties');
		expect(named('Invoices').map(({ id }) => id)).toEqual([made!.id]);
		sandbox.current.faults.add({ service: 'outlook', path: '/v1.0/$batch', kind: 'resetBefore' });
		await rows(sandbox.current, 'folder.create', form('Bills'));
		expect(named('Bills')).toHaveLength(1);
		sandbox.current.faults.add({ service: 'outlook', path: '/v1.0/$batch', kind: 'resetBefore' });
		expect(await problem(sandbox.current, 'folder.create', form('invoices'))).toMatchObject({
			details: { outcome: 'unknown' },
		});
	});

	test('a name that is taken, and a folder that every mailbox has', async () => {
		mailbox().addFolder('Invoices');
		expect(await problem(sandbox.current, 'folder.create', { name: 'Invoices' })).toMatchObject({
			error: 'There is one of this name already',
			details: { field: 'Name' },
		});
		expect(await problem(sandbox.current, 'folder.delete', { folder: byId('inbox') })).toMatchObject({
			details: { code: 'ErrorDeleteDistinguishedFolder', field: 'Folder' },
		});
	});
});

describe('drafts and attachments', () => {
	const file = { data: Buffer.from('hello').toString('base64'), fileName: 'a.txt', mimeType: 'text/plain' };
	const draft = async () =>
		(
			await rows(sandbox.current, 'draft.create', {
				to: 'ben@contoso.example',
				subject: 'Hi',
				html: '<p>Hi</p>',
			})
		)[0]!;

	test('a draft is written, changed, given files, read and sent', async () => {
		const { id } = await draft();
		await rows(sandbox.current, 'draft.update', {
			messageId: id,
			updateFields: { subject: 'Changed', cc: 'c@x.example' },
		});
		const [added] = await rows(
			sandbox.current,
			'attachment.add',
			{ messageId: id, property: 'data' },
			{ items: [{ binary: { data: file } }] },
		);
		expect(added).toMatchObject({ name: 'a.txt', kind: 'file' });
		expect(
			await rows(sandbox.current, 'attachment.getAll', { messageId: id, returnAll: true }),
		).toMatchObject([{ id: added!.id, size: 5 }]);
		expect(
			await rows(sandbox.current, 'attachment.get', { messageId: id, attachmentId: added!.id }),
		).toMatchObject([{ name: 'a.txt' }]);
		expect((await rows(sandbox.current, 'draft.get', { messageId: id }))[0]).toMatchObject({
			subject: 'Changed',
			hasAttachments: true,
		});
		expect(await rows(sandbox.current, 'draft.send', { messageId: id })).toEqual([{ id, sent: true }]);
		expect(sandbox.current.outlook.post.sent).toMatchObject([
			{ to: ['ben@contoso.example', 'c@x.example'], props: { subject: 'Changed' } },
		]);
	});

	test('a large file is added piece by piece; attachments and drafts are deleted', async () => {
		const { id } = await draft();
		const big = { ...file, data: Buffer.alloc(4_500_000, 'x').toString('base64'), fileName: 'big.bin' };
		const [added] = await rows(
			sandbox.current,
			'attachment.add',
			{ messageId: id, property: 'data' },
			{ items: [{ binary: { data: big } }] },
		);
		expect(
			await rows(sandbox.current, 'attachment.delete', { messageId: id, attachmentId: added!.id }),
		).toEqual([{ id: added!.id, deleted: true }]);
		expect(await rows(sandbox.current, 'draft.delete', { messageId: id })).toEqual([{ id, deleted: true }]);
		expect(mailbox().messages.items.size).toBe(0);
	});

	test('files, attached messages and links come as what they are', async () => {
		const item = sandbox.current.outlook.receive('one');
		const kinds = [
			['fileAttachment', 'a.txt', 'text/plain', 'hello'],
			['itemAttachment', 'Old mail', null, 'Subject: x'],
			['referenceAttachment', 'A link', null, ''],
		] as const;
		kinds.forEach(([kind, name, contentType, content], i) =>
			item.attachments.set(`a${i}`, {
				id: `a${i}`,
				props: { '@odata.type': `#microsoft.graph.${kind}`, name, contentType },
				content: Buffer.from(content),
			}),
		);
		const form = { messageId: `AAkALg${item.id}`, attachmentId: '={{ $json.id }}', property: 'data' };
		const done = await run(sandbox.current, 'attachment.getContent', form, {
			items: kinds.map((_, i) => ({ json: { id: `a${i}` } })),
		});
		expect(done.error).toBeUndefined();
		expect(
			done.items(NODE).map(({ json, binary }) => [json.kind, binary?.data?.fileName, binary?.data?.mimeType]),
		).toEqual([
			['file', 'a.txt', 'text/plain'],
			['item', 'Old mail.eml', 'message/rfc822'],
			['link', undefined, undefined],
		]);
		expect(Buffer.from(done.items(NODE)[0]!.binary!.data!.data, 'base64').toString()).toBe('hello');
	});

	test('an inline image tells the contentId by which the HTML shows it', async () => {
		const item = sandbox.current.outlook.receive('one');
		const props = { name: 'l.png', contentType: 'image/png', isInline: true, contentId: 'logo' };
		item.attachments.set('a', {
			id: 'a',
			props: { '@odata.type': '#microsoft.graph.fileAttachment', ...props },
			content: Buffer.from('png'),
		});
		const form = { messageId: `AAkALg${item.id}`, returnAll: true, attachmentId: 'a' };
		const [listed] = await rows(sandbox.current, 'attachment.getAll', form);
		expect(listed).toMatchObject({ ...props, kind: 'file' });
		expect(listed).not.toHaveProperty('contentBytes');
		expect(await rows(sandbox.current, 'attachment.get', form)).toMatchObject([props]);
	});

	test('files of an event: added whole and piece by piece, listed, downloaded, deleted', async () => {
		const event = mailbox().events.add(mailbox().calendar.id, { subject: 'Planning' });
		const owner = { attachedTo: 'event', eventId: `AAkALg${event.id}`, property: 'data' };
		const big = { ...file, data: Buffer.alloc(4_500_000, 'x').toString('base64'), fileName: 'big.bin' };
		const added = await rows(sandbox.current, 'attachment.add', owner, {
			items: [{ binary: { data: file } }, { binary: { data: big } }],
		});
		expect(added.map(({ name, kind }) => [name, kind])).toEqual([
			['a.txt', 'file'],
			['big.bin', 'file'],
		]);
		const listed = await rows(sandbox.current, 'attachment.getAll', { ...owner, returnAll: true });
		expect(listed.map(({ name, size }) => [name, size]).sort()).toEqual([
			['a.txt', 5],
			['big.bin', 4_500_000],
		]);
		const one = { ...owner, attachmentId: added[0]!.id };
		expect(await rows(sandbox.current, 'attachment.get', one)).toMatchObject([{ name: 'a.txt' }]);
		const done = await run(sandbox.current, 'attachment.getContent', one);
		expect(Buffer.from(done.items(NODE)[0]!.binary!.data!.data, 'base64').toString()).toBe('hello');
		await rows(sandbox.current, 'attachment.delete', one);
		expect([...event.attachments.values()].map(({ props }) => props.name)).toEqual(['big.bin']);
	});

	test('a draft that is let go twice by a lost answer goes once', async () => {
		const { id } = await draft();
		sandbox.current.faults.add({ service: 'outlook', path: '/v1.0/$batch', kind: 'resetAfter' });
		await rows(sandbox.current, 'draft.send', { messageId: id });
		expect(sandbox.current.outlook.post.sent).toHaveLength(1);
		const { details } = await problem(sandbox.current, 'draft.send', { messageId: id });
		expect(details).toMatchObject({ outcome: 'refused' });
	});
});
