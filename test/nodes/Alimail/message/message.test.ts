import { WELL_KNOWN } from '../../../../sandbox/services/alimail/mail/mailbox';
import { ANA, fault, folder, mailbox, onMail, shopBox, useMail } from '../mailSupport';

const sandbox = useMail();
const at = (minute: number) => `2026-11-20T08:${String(minute).padStart(2, '0')}:00Z`;
const put = (subject: string, minute: number, more: object = {}, where: string = WELL_KNOWN.inbox) =>
	shopBox(sandbox).put(where, at(minute), { subject, ...more });
const posts = (path: RegExp) => sandbox.current.requests.count({ service: 'alimail', method: 'POST', path });
const subjects = (rows: Array<{ subject?: unknown }>) => rows.map(({ subject }) => subject);

describe('get many', () => {
	const getAll = async (more: object = {}) =>
		await onMail(sandbox, 'message.getAll', { folder: folder('inbox'), returnAll: true, ...more });

	test('of a folder, the newest first, page after page', async () => {
		for (let minute = 0; minute < 250; minute++)
			put(`M${minute}`, 0, { receivedDateTime: new Date(1e12 + minute * 60_000).toISOString() });
		const rows = await getAll();
		expect(rows).toHaveLength(250);
		expect(subjects(rows.slice(0, 2))).toEqual(['M249', 'M248']);
		expect(rows[0]).toMatchObject({ id: expect.any(String), size: expect.any(Number), folderId: '2' });
		expect(sandbox.current.requests.count({ service: 'alimail', path: /messages$/ })).toBe(3);
		expect(await getAll({ returnAll: false, limit: 120 })).toHaveLength(120);
	});

	test('of an empty folder, and of one that is not there', async () => {
		expect(await getAll()).toEqual([]);
		const [row] = await getAll({ folder: folder('gone') });
		expect(row!.error).toBe('Alimail could not find it');
	});

	test('by filters, in the search language and in the folder alone', async () => {
		put('Invoice 7', 1, { from: { email: ANA } });
		put('Invoice 8', 2, { from: { email: ANA }, isRead: true });
		put('Invoice 9', 3);
		put('Invoice 10', 4, { from: { email: ANA } }, WELL_KNOWN.junk);
		const filters = { sender: ANA, isRead: 'unread', subject: 'invoice' };
		expect(subjects(await getAll({ filters }))).toEqual(['Invoice 7']);
		expect(subjects(await getAll({ folder: folder(''), filters }))).toEqual(['Invoice 10', 'Invoice 7']);
		expect(
			subjects(await getAll({ search: 'subject:"9" OR subject:"8"', filters: { isRead: 'unread' } })),
		).toEqual(['Invoice 9']);
	});

	test('by time, with nothing of a search, and together with one', async () => {
		for (const minute of [1, 2, 3, 4]) put(`M${minute}`, minute);
		const filters = { receivedAfter: at(2), receivedBefore: at(4) };
		expect(subjects(await getAll({ filters }))).toEqual(['M3', 'M2']);
		expect(posts(/query$/)).toBe(0);
		expect(subjects(await getAll({ filters: { ...filters, isRead: 'unread' } }))).toEqual(['M3', 'M2']);
		expect(posts(/query$/)).toBe(1);
	});

	test('a search comes page after page', async () => {
		for (let minute = 0; minute < 130; minute++)
			put('Report', 0, { receivedDateTime: new Date(1e12 + minute).toISOString() });
		expect(await getAll({ search: 'subject:report' })).toHaveLength(130);
		expect(posts(/query$/)).toBe(2);
	});

	test('without a folder and without a filter nothing is asked', async () => {
		const [row] = await getAll({ folder: folder('') });
		expect(row!.error).toContain("'Folder' is empty");
		expect(sandbox.current.requests.total).toBe(0);
	});

	test('with bodies', async () => {
		put('A', 1, { body: { bodyText: 'Hello' } });
		expect(await getAll({ withBody: true })).toEqual([
			expect.objectContaining({ subject: 'A', body: { bodyText: 'Hello' } }),
		]);
	});

	test('a quote in a filter stays a part of the value', async () => {
		put('The "best" offer', 1);
		expect(await getAll({ filters: { subject: '"best" offer' } })).toHaveLength(1);
		expect(await getAll({ filters: { subject: 'x" OR subject:"offer' } })).toHaveLength(0);
	});
});

test('get gives all of one message', async () => {
	const { id } = put('A', 1, { body: { bodyHtml: '<p>x</p>' }, internetMessageHeaders: { 'X-A': 'b' } });
	expect(await onMail(sandbox, 'message.get', { messageId: id })).toEqual([
		expect.objectContaining({ id, body: { bodyHtml: '<p>x</p>' }, internetMessageHeaders: { 'X-A': 'b' } }),
	]);
});

describe('changes of many', () => {
	const many = async (operation: string, ids: string[], more: object = {}) =>
		await onMail(
			sandbox,
			`message.${operation}`,
			{ messageId: '={{ $json.id }}', ...more },
			ids.map((id) => ({ json: { id } })),
		);
	const hundredFifty = () => Array.from({ length: 150 }, (_, n) => put(`M${n}`, 1).id);

	test.each([
		['markRead', { isRead: true }, /batchUpdate$/, (m?: { isRead: boolean }) => m?.isRead === true],
		[
			'move',
			{ folder: folder('junk') },
			/messages\/move$/,
			(m?: { folderId: string }) => m?.folderId === '3',
		],
		['delete', {}, /batchDelete$/, (m?: { folderId: string }) => m?.folderId === '6'],
	] as const)('%s: a hundred in one request', async (operation, more, path, isDone) => {
		const ids = hundredFifty();
		const rows = await many(operation, ids, more);
		expect(rows.map(({ id }) => id)).toEqual(ids);
		expect(posts(path)).toBe(2);
		expect(ids.every((id) => isDone(shopBox(sandbox).messages.get(id)))).toBe(true);
	});

	test('one that is not there fails by itself', async () => {
		const ids = [put('A', 1).id, 'gone', put('B', 2).id];
		const rows = await many('markRead', ids, { isRead: true });
		expect(rows.map(({ error }) => error)).toEqual([undefined, 'Alimail could not find it', undefined]);
	});

	test('the same message twice is one message', async () => {
		const { id } = put('A', 1);
		expect(await many('delete', [id, id])).toEqual([
			{ id, deleted: true },
			{ id, deleted: true },
		]);
		expect(shopBox(sandbox).messages.has(id)).toBe(true);
	});

	test('a delete whose answer got lost is not done twice: the message stays in Deleted', async () => {
		const { id } = put('A', 1);
		fault(sandbox, /batchDelete$/, { kind: 'resetAfter' });
		expect(await many('delete', [id])).toEqual([{ id, deleted: true }]);
		expect(shopBox(sandbox).messages.get(id)?.folderId).toBe(WELL_KNOWN.deleted);
		expect(posts(/batchDelete$/)).toBe(1);
	});
});

describe('attachments', () => {
	const withFile = () =>
		put('A', 1, {
			attachments: [
				{
					id: 'a/1',
					name: 'R 7.pdf',
					isInline: false,
					extHeaders: { 'Content-Type': 'application/pdf; name=x' },
					content: Buffer.from('pdf'),
				},
			],
		});

	test('get many', async () => {
		const { id } = withFile();
		expect(await onMail(sandbox, 'attachment.getAll', { messageId: id, returnAll: true })).toEqual([
			expect.objectContaining({
				id: 'a/1',
				name: 'R 7.pdf',
				size: 3,
				contentType: 'application/pdf; name=x',
			}),
		]);
	});

	test.each(['absolute', 'relative', 'json'] as const)(
		'download, with its address told as %s',
		async (downloads) => {
			sandbox.current.alimail.settings.downloads = downloads;
			const { id } = withFile();
			const { run } = await onMail(sandbox, 'attachment.getContent', {
				messageId: id,
				attachmentId: 'a/1',
				property: 'data',
			});
			const [item] = run.items('Under Test');
			expect(item!.binary!.data).toMatchObject({ fileName: 'R 7.pdf', mimeType: 'application/pdf' });
			expect(Buffer.from(item!.binary!.data!.data, 'base64').toString()).toBe('pdf');
		},
	);

	test('an ID that the message does not have', async () => {
		const { id } = withFile();
		const [row] = await onMail(sandbox, 'attachment.getContent', {
			messageId: id,
			attachmentId: 'b',
			property: 'data',
		});
		expect(row!.error).toBe('The message has no attachment with the ID “b”');
	});
});

test('a mailbox that is not there', async () => {
	const [row] = await onMail(sandbox, 'message.getAll', {
		mailbox: { ...mailbox, value: 'nobody@yunhe.example' },
		folder: folder('inbox'),
	});
	expect(row!.error).toBe('Alimail could not find it');
});
