import { type Sandbox, startSandbox } from '../../sandbox';
import { alimailClient, ask } from './client';

const SHOP = 'shop@yunhe.example';
const ANA = 'ana@yunhe.example';
const at = `/v2/users/${SHOP}`;

let sandbox: Sandbox;
let call: Awaited<ReturnType<typeof alimailClient>>;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());
beforeEach(async () => {
	sandbox.reset();
	sandbox.alimail.settings.requestsPerSecond = 10_000;
	sandbox.alimail.seed({ users: [{ email: SHOP }, { email: ANA }] });
	call = await alimailClient(sandbox);
});

const MESSAGE = { subject: 'Hi', from: { email: SHOP }, toRecipients: [{ email: ANA }] };
const draft = async (more: object = {}): Promise<string> => {
	const { body } = await call<{ message: { id: string } }>('POST', `${at}/messages`, {
		message: { ...MESSAGE, ...more },
	});
	return body.message.id;
};

test('a draft that is sent is gone, its copy has another id, and it reaches the mailboxes here', async () => {
	const id = await draft();
	expect((await call('POST', `${at}/messages/${id}/send`, { saveToSentItems: true })).status).toBe(200);
	expect((await call('GET', `${at}/messages/${id}`)).status).toBe(404);
	expect((await call('POST', `${at}/messages/${id}/send`, { saveToSentItems: true })).status).toBe(404);
	const list = async (mailbox: string, folder: string) =>
		(
			await call<{ messages: Array<{ id: string; subject: string }> }>(
				'GET',
				`/v2/users/${mailbox}/mailFolders/${folder}/messages?orderby=DES`,
			)
		).body.messages;
	const [copy, ...more] = await list(SHOP, '1');
	expect([copy!.subject, copy!.id === id, more]).toEqual(['Hi', false, []]);
	expect(await list(ANA, '2')).toHaveLength(1);
});

test.each([
	['an unknown field', { colour: 'red' }, 'colour'],
	['somebody else’s address', { from: { email: ANA } }, 'from'],
	['what is no address', { toRecipients: [{ email: 'ana' }] }, 'toRecipients'],
	['an unknown priority', { priority: 'HIGH' }, 'priority'],
	['a header of two lines', { internetMessageHeaders: { 'X-A': 'a\r\nb' } }, 'internetMessageHeaders'],
])('%s in a draft is 400 and names the field', async (_what, more, field) => {
	const { status, body } = await call('POST', `${at}/messages`, { message: { ...MESSAGE, ...more } });
	expect([status, body.developerMessage]).toEqual([400, `field: ${field}`]);
});

test('without recipients nothing is sent; what is no draft is not sent either', async () => {
	const id = await draft({ toRecipients: [] });
	expect((await call('POST', `${at}/messages/${id}/send`, {})).status).toBe(400);
	const { id: received } = sandbox.alimail.post.mailbox(SHOP).put('2', '2026-11-20T08:00:00Z');
	expect((await call('POST', `${at}/messages/${received}/send`, {})).status).toBe(400);
	expect(sandbox.alimail.post.sent).toEqual([]);
});

test('a file goes whole into a session, once, with the sign-in', async () => {
	const id = await draft();
	const { body } = await call<{ uploadUrl: string }>(
		'POST',
		`${at}/messages/${id}/attachments/createUploadSession`,
		{ attachment: { name: 'a.txt', isInline: false } },
	);
	expect(body.uploadUrl).toMatch(/\/v2\/stream\/[^/]+$/);
	const put = async (headers: Record<string, string>) =>
		(await ask(body.uploadUrl, { method: 'POST', headers, body: 'hello' })).status;
	const authorization = `Bearer ${sandbox.alimail.apps.issue(sandbox.alimail.apps.list()[0]!, 60)}`;
	expect(await put({ 'content-type': 'application/octet-stream' })).toBe(401);
	expect(await put({ authorization, 'content-type': 'text/plain' })).toBe(400);
	expect(await put({ authorization, 'content-type': 'application/octet-stream' })).toBe(200);
	expect(await put({ authorization, 'content-type': 'application/octet-stream' })).toBe(404);
	const { body: list } = await call<{ attachments: object[] }>('GET', `${at}/messages/${id}/attachments`);
	expect(list.attachments).toEqual([expect.objectContaining({ name: 'a.txt', size: 5, isInline: false })]);
});

test('reading, writing and sending are three permissions', async () => {
	const { alimail } = sandbox;
	const as = async (permissions: Parameters<typeof alimail.apps.add>[0]['permissions']) => {
		alimail.apps.add({ id: 'mail', secret: 's', permissions });
		const client = await alimailClient(sandbox, { id: 'mail', secret: 's' });
		const status = async (method: string, path: string, body?: object) =>
			(await client(method, path, body)).status;
		const id = alimail.post.mailbox(SHOP).put('5', '2026-11-20T08:00:00Z').id;
		return [
			await status('GET', `${at}/mailFolders`),
			await status('POST', `${at}/messages/query`, { query: 'isRead:false', cursor: '', size: 1 }),
			await status('POST', `${at}/messages/batchUpdate`, { ids: [id], action: 'markRead' }),
			await status('POST', `${at}/messages/${id}/send`, { saveToSentItems: false }),
		];
	};
	expect(await as({ users: 'readWrite' })).toEqual([403, 403, 403, 403]);
	expect(await as({ mails: 'read' })).toEqual([200, 200, 403, 403]);
	expect(await as({ mails: 'readWrite' })).toEqual([200, 200, 200, 403]);
	expect(await as({ mails: 'readWrite', sending: 'readWrite' })).toEqual([200, 200, 200, 200]);
});

test.each(['', 'subject', 'colour:red', 'subject:"a', '(subject:a', 'subject:a subject:b', 'date>2026'])(
	'the search “%s” is refused',
	async (query) => {
		const { status, body } = await call('POST', `${at}/messages/query`, { query, cursor: '', size: 10 });
		expect([status, body.developerMessage]).toEqual([400, 'field: query']);
	},
);

test('changes of several messages are done for all or for none', async () => {
	const box = sandbox.alimail.post.mailbox(SHOP);
	const { id } = box.put('2', '2026-11-20T08:00:00Z');
	const update = async (ids: string[]) =>
		(await call('POST', `${at}/messages/batchUpdate`, { ids, action: 'markRead' })).status;
	expect(await update([id, 'gone'])).toBe(404);
	expect(box.messages.get(id)?.isRead).toBe(false);
	expect(await update(Array.from({ length: 101 }, () => id))).toBe(400);
});

test('folders that every mailbox has stay, and one with mail in it is not deleted', async () => {
	expect((await call('PATCH', `${at}/mailFolders/2`, { displayName: 'X' })).status).toBe(400);
	const { body } = await call<{ id: string }>('POST', `${at}/mailFolders`, { displayName: 'Bills' });
	expect((await call('POST', `${at}/mailFolders`, { displayName: 'Bills' })).status).toBe(400);
	sandbox.alimail.post.mailbox(SHOP).put(body.id, '2026-11-20T08:00:00Z');
	expect((await call('DELETE', `${at}/mailFolders/${body.id}`)).status).toBe(400);
});
