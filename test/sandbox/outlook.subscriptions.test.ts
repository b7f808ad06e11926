import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { useSandbox } from '../support/services';
import { eventually } from '../support/triggers';
import { graphClient } from './graphClient';

const sandbox = useSandbox();
const outlook = () => sandbox.current.outlook;
const graph = (token?: string) => graphClient(sandbox.current, token);

interface Answer {
	status: number;
	type?: string;
	body?: string;
}

/** Somebody who has subscribed. */
const listener = {
	url: '',
	paths: [] as string[],
	notices: [] as Array<Record<string, any>>, // eslint-disable-line @typescript-eslint/no-explicit-any
	/** Of the handshake; by default as it must be. */
	handshake: (token: string): Answer => ({ status: 200, type: 'text/plain', body: token }),
	/** Of the next notifications; then 202. */
	answers: [] as number[],
};
const asItMustBe = listener.handshake;

async function bodyOf(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks).toString();
}
const server = createServer((request, response) => {
	void bodyOf(request).then((body) => {
		const url = new URL(request.url!, 'http://local');
		listener.paths.push(url.pathname + url.search.replace(/validationToken=[^&]+/, 'validationToken'));
		const token = url.searchParams.get('validationToken');
		if (token !== null) {
			const { status, type = 'text/html', body: text = '' } = listener.handshake(token);
			response.writeHead(status, { 'content-type': type }).end(text);
			return;
		}
		const status = listener.answers.shift() ?? 202;
		if (status < 300) listener.notices.push(...(JSON.parse(body) as { value: [] }).value);
		response.writeHead(status).end();
	});
});
beforeAll(async () => {
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	listener.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?key=1`;
});
beforeEach(() => Object.assign(listener, { paths: [], notices: [], answers: [], handshake: asItMustBe }));
afterAll(() => {
	server.closeAllConnections();
	server.close();
});

const inMinutes = (minutes: number) => new Date(outlook().now().getTime() + minutes * 60_000).toISOString();
const wanted = (more: object = {}) => ({
	changeType: 'created,updated,deleted',
	notificationUrl: listener.url,
	lifecycleNotificationUrl: listener.url,
	resource: "me/mailFolders('inbox')/messages",
	expirationDateTime: inMinutes(10_000),
	clientState: 'secret',
	...more,
});
const subscribe = async (more: object = {}, token?: string) =>
	(await graph(token)
		.api('/subscriptions')
		.headers({ Prefer: 'IdType="ImmutableId"' })
		.post(wanted(more))) as Record<string, string>;
const told = () => listener.notices.map(({ changeType, lifecycleEvent }) => changeType ?? lifecycleEvent);

test('an address proves that it is there, once for each purpose; then it is told what happens in its folder alone', async () => {
	const made = await subscribe();
	expect(made).toMatchObject({ resource: "me/mailFolders('inbox')/messages", clientState: 'secret' });
	expect(listener.paths).toEqual(['/hook?key=1&validationToken', '/hook?key=1&validationToken']);
	const item = outlook().receive('one');
	outlook().mailbox().receive({ subject: 'elsewhere' }, 'archive');
	outlook().mailbox().contacts.add('', {});
	outlook().mailbox().messages.touch(item, { isRead: true });
	outlook().mailbox().messages.move(item, 'archive');
	await outlook().subscriptions.notifications.idle();
	expect(told()).toEqual(['created', 'updated', 'deleted']);
	// All that came together in one call.
	expect(listener.paths.slice(2)).toEqual(['/hook?key=1']);
	expect(listener.notices[0]).toMatchObject({
		subscriptionId: made.id,
		clientState: 'secret',
		resourceData: { '@odata.type': '#Microsoft.Graph.Message', id: `AAkALg${item.id}` },
	});
});

test.each<[string, (token: string) => Answer, string]>([
	['a refusal', () => ({ status: 401 }), "HTTP status code is '401'"],
	['another text', () => ({ status: 200, type: 'text/plain', body: 'ok' }), 'must be the validation token'],
	['HTML', (token) => ({ status: 200, type: 'text/html', body: token }), 'text/plain'],
	[
		'a token that was not decoded',
		(token) => ({ status: 200, type: 'text/plain', body: encodeURIComponent(token) }),
		'must be the validation token',
	],
])('%s as the answer to the handshake makes no subscription', async (_, handshake, words) => {
	listener.handshake = handshake;
	await expect(subscribe()).rejects.toMatchObject({
		statusCode: 400,
		code: 'ValidationError',
		message: expect.stringContaining(words) as string,
	});
	expect(outlook().subscriptions.active).toEqual([]);
});

test.each<[string, object, number]>([
	['a time that is past', { expirationDateTime: '2020-01-01T00:00:00Z' }, 400],
	['more than seven days', { expirationDateTime: new Date(Date.now() + 8 * 86_400_000).toISOString() }, 400],
	['no time', { expirationDateTime: undefined }, 400],
	['another kind of change', { changeType: 'created,read' }, 400],
	['a change twice', { changeType: 'created,created' }, 400],
	['too long a secret', { clientState: 'x'.repeat(129) }, 400],
	['an unknown field', { filter: 'x' }, 400],
	['what nobody can watch', { resource: 'me/mailFolders' }, 400],
	['events of a mail folder', { resource: 'me/mailFolders/inbox/events' }, 400],
	['an address without https', { notificationUrl: 'http://n8n.example/hook' }, 400],
	['a folder that is not there', { resource: 'me/mailFolders/none/messages' }, 404],
	['a user who is not there', { resource: 'users/none@contoso.example/messages' }, 404],
	// learn.microsoft.com/graph/outlook-share-messages-folders
	['a shared mailbox, by a person', { resource: 'users/support@contoso.example/messages' }, 403],
])('refuses %s', async (_, more, statusCode) => {
	await expect(subscribe(more)).rejects.toMatchObject({ statusCode });
	expect(outlook().subscriptions.active).toEqual([]);
});

test('an app watches any mailbox, and has no own one; a sign-in without the permission watches none', async () => {
	const app = outlook().tokens.forApp().access_token;
	await subscribe({ resource: 'users/support@contoso.example/events' }, app);
	await expect(subscribe({}, app)).rejects.toMatchObject({ statusCode: 400 });
	const poor = outlook().signIn(['Contacts.Read']).access_token;
	await expect(subscribe({}, poor)).rejects.toMatchObject({ statusCode: 403 });
	await subscribe({ resource: 'me/contacts' }, poor);
	// Each sees its own.
	const list = async (token?: string) => (await graph(token).api('/subscriptions').get()).value as unknown[];
	expect(await list(app)).toHaveLength(1);
	expect(await list()).toHaveLength(1);
});

test('is renewed, changed in nothing else, and ends by itself', async () => {
	const { id } = await subscribe({ expirationDateTime: inMinutes(1) });
	const one = graph().api(`/subscriptions/${id}`);
	const left = (of: { expirationDateTime: string }) =>
		Math.round((Date.parse(of.expirationDateTime) - outlook().now().getTime()) / 60_000);
	// Shorter ones last 45 minutes.
	expect(left(await one.get())).toBe(45);
	expect(left(await one.patch({ expirationDateTime: inMinutes(10_000) }))).toBe(10_000);
	await expect(one.patch({ changeType: 'created' })).rejects.toMatchObject({ statusCode: 400 });
	await expect(one.patch({ lifecycleNotificationUrl: listener.url })).rejects.toMatchObject({
		statusCode: 400,
	});
	expect(await one.get()).toMatchObject({ clientState: null });
	outlook().moveMinutes(10_001);
	await expect(one.patch({ expirationDateTime: inMinutes(100) })).rejects.toMatchObject({ statusCode: 404 });
	outlook().receive('unseen');
	await outlook().subscriptions.notifications.idle();
	expect(told()).toEqual([]);
});

test('tells of its life: silent until it is authorized again, gone when it is removed', async () => {
	const { id } = await subscribe();
	const { subscriptions } = outlook();
	subscriptions.lifecycle('reauthorizationRequired');
	outlook().receive('silent');
	await graph().api(`/subscriptions/${id}/reauthorize`).post({});
	outlook().receive('told');
	subscriptions.lifecycle('missed');
	subscriptions.lifecycle('subscriptionRemoved');
	await subscriptions.notifications.idle();
	expect(told()).toEqual(['reauthorizationRequired', 'created', 'missed', 'subscriptionRemoved']);
	expect(listener.notices.every(({ clientState }) => clientState === 'secret')).toBe(true);
	await expect(graph().api(`/subscriptions/${id}`).get()).rejects.toMatchObject({ statusCode: 404 });
	await expect(graph().api(`/subscriptions/${id}`).delete()).rejects.toMatchObject({ statusCode: 404 });
});

test('what is not taken is sent again', async () => {
	outlook().settings.notificationRetryMs = 10;
	await subscribe();
	listener.answers.push(500, 404);
	outlook().receive('one');
	// It is told when it is there, and noted when its answer has come back.
	await eventually(() => outlook().subscriptions.notifications.calls[0]?.tries.length === 3);
	expect(outlook().subscriptions.notifications.calls[0]!.tries).toEqual([500, 404, 202]);
	expect(told()).toEqual(['created']);
});
