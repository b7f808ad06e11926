import {
	BatchRequestContent,
	Client,
	LargeFileUploadTask,
	FileUpload,
	PageIterator,
} from '@microsoft/microsoft-graph-client';
import { useSandbox } from '../support/services';
import { ask } from './client';
import { graphClient } from './graphClient';

const sandbox = useSandbox();

const graph = () => graphClient(sandbox.current);
const message = {
	subject: 'Hi',
	body: { contentType: 'html', content: '<p>Hi</p>' },
	toRecipients: [{ emailAddress: { address: 'ben@contoso.example' } }],
};

test('sends, drafts, moves and finds by the ID that stays', async () => {
	const client = graph();
	await client.api('/me/sendMail').post({ message });
	expect(sandbox.current.outlook.post.sent).toHaveLength(1);
	const prefer = { Prefer: 'IdType="ImmutableId"' };
	const draft = (await client.api('/me/messages').headers(prefer).post(message)) as { id: string };
	const moved = (await client
		.api(`/me/messages/${draft.id}/move`)
		.headers(prefer)
		.post({ destinationId: 'archive' })) as { id: string };
	expect(moved.id).toBe(draft.id);
	await client.api(`/me/messages/${draft.id}/send`).headers(prefer).post({});
	expect(await client.api(`/me/messages/${draft.id}`).headers(prefer).get()).toMatchObject({
		isDraft: false,
		parentFolderId: 'sentitems',
	});
	await expect(client.api(`/me/messages/${draft.id}/send`).headers(prefer).post({})).rejects.toMatchObject({
		statusCode: 400,
	});
});

test('without that preference, a move gives another ID and the old one is gone', async () => {
	const client = graph();
	const draft = (await client.api('/me/messages').post(message)) as { id: string };
	const moved = (await client.api(`/me/messages/${draft.id}/move`).post({ destinationId: 'archive' })) as {
		id: string;
	};
	expect(moved.id).not.toBe(draft.id);
	await expect(client.api(`/me/messages/${draft.id}`).get()).rejects.toMatchObject({
		statusCode: 404,
		code: 'ErrorItemNotFound',
	});
});

test('its page iterator reads a long list to the end', async () => {
	for (let i = 0; i < 25; i++) sandbox.current.outlook.receive(`m${i}`);
	const client = graph();
	const first = await client.api('/me/mailFolders/inbox/messages').top(10).select('subject').get();
	const subjects: string[] = [];
	await new PageIterator(client, first, ({ subject }: { subject: string }) => {
		subjects.push(subject);
		return subjects.length < 10;
	}).iterate();
	expect(subjects).toHaveLength(10);
	expect(first['@odata.nextLink']).toMatch(/\$skip=10|%24skip=10/);
});

test('a batch made by its own class: each part has its answer, in another order', async () => {
	const item = sandbox.current.outlook.receive('one');
	const content = new BatchRequestContent(
		['a', 'b', 'c'].map((id) => ({
			id,
			request: new Request(
				`https://graph.microsoft.com/me/messages/${id === 'b' ? 'AAkALg99999999' : `AAkALg${item.id}`}`,
				{ method: 'GET' },
			),
		})),
	);
	const { responses } = (await graph()
		.api('/$batch')
		.post(await content.getContent())) as { responses: Array<{ id: string; status: number }> };
	expect(Object.fromEntries(responses.map(({ id, status }) => [id, status]))).toEqual({
		a: 200,
		b: 404,
		c: 200,
	});
});

test('more than twenty parts, and a body without its type, are refused', async () => {
	const client = graph();
	const requests = Array.from({ length: 21 }, (_, i) => ({ id: String(i), method: 'GET', url: '/me' }));
	await expect(client.api('/$batch').post({ requests })).rejects.toMatchObject({
		code: 'MaximumValueExceeded',
	});
	const { responses } = (await client
		.api('/$batch')
		.post({ requests: [{ id: '1', method: 'POST', url: '/me/messages', body: message }] })) as {
		responses: Array<{ status: number }>;
	};
	expect(responses[0]!.status).toBe(400);
});

test('its upload task sends a file in ranges', async () => {
	const client = graph();
	const draft = (await client.api('/me/messages').post(message)) as { id: string };
	const content = Buffer.alloc(5_000_000, 'x');
	const session = (await client.api(`/me/messages/${draft.id}/attachments/createUploadSession`).post({
		attachmentItem: { attachmentType: 'file', name: 'a.bin', size: content.length },
	})) as { uploadUrl: string; expirationDateTime: string };
	const task = new LargeFileUploadTask(
		// The address is its own permission.
		Client.initWithMiddleware({
			middleware: {
				async execute(context) {
					const answer = await fetch(session.uploadUrl, context.options as RequestInit);
					context.response =
						answer.status === 201
							? new Response('{}', { status: 201, headers: { 'content-type': 'application/json' } })
							: answer;
				},
			},
		}),
		new FileUpload(content, 'a.bin', content.length),
		{ url: session.uploadUrl, expiry: new Date(session.expirationDateTime), isCancelled: false },
		{ rangeSize: 3_200_000 },
	);
	await task.upload();
	const [attachment] = [...sandbox.current.outlook.mailbox().messages.in('drafts')[0]!.attachments.values()];
	expect(attachment!.content.equals(content)).toBe(true);
});

test('a range that is not the next one, and a sign-in where none belongs, are refused', async () => {
	const client = graph();
	const draft = (await client.api('/me/messages').post(message)) as { id: string };
	const { uploadUrl } = (await client.api(`/me/messages/${draft.id}/attachments/createUploadSession`).post({
		attachmentItem: { attachmentType: 'file', name: 'a.bin', size: 8 },
	})) as { uploadUrl: string };
	const put = async (headers: Record<string, string>) =>
		(
			await ask(uploadUrl, {
				method: 'PUT',
				headers: { 'content-type': 'application/octet-stream', ...headers },
				body: 'abcd',
			})
		).status;
	expect(await put({ 'content-range': 'bytes 4-7/8' })).toBe(416);
	expect(await put({ 'content-range': 'bytes 0-3/8', authorization: 'Bearer x' })).toBe(401);
	expect(await put({ 'content-range': 'bytes 0-3/8' })).toBe(200);
	expect(await put({ 'content-range': 'bytes 4-7/8' })).toBe(201);
});

test('what the official description does not know is refused', async () => {
	const client = graph();
	await expect(client.api('/me/messages').post({ ...message, colour: 'red' })).rejects.toMatchObject({
		code: 'RequestBodyRead',
	});
	await expect(client.api('/me/messages').post({ ...message, importance: 'very' })).rejects.toMatchObject({
		code: 'ErrorInvalidArgument',
	});
	await expect(client.api('/me/messages').query({ colour: 'red' }).get()).rejects.toMatchObject({
		code: 'BadRequest',
	});
});

describe('sign-in', () => {
	const form = (fields: Record<string, string>, tenant = 'common') =>
		ask<Record<string, unknown>>(`${sandbox.current.outlook.loginUrl}/${tenant}/oauth2/v2.0/token`, {
			method: 'POST',
			body: new URLSearchParams({
				client_id: 'c1a0e000-0000-4000-8000-0000000000aa',
				client_secret: 'sandbox-client-secret',
				...fields,
			}),
		});

	test('a refresh token is good for one use, and brings the next', async () => {
		const first = sandbox.current.outlook.signIn();
		const renewed = await form({ grant_type: 'refresh_token', refresh_token: first.refresh_token });
		expect(renewed).toMatchObject({
			status: 200,
			body: { access_token: expect.any(String), refresh_token: expect.any(String) },
		});
		expect(await form({ grant_type: 'refresh_token', refresh_token: first.refresh_token })).toMatchObject({
			status: 400,
			body: { error: 'invalid_grant', error_codes: [70008] },
		});
	});

	test('a code is good for one use, and only with what proves who asked for it', async () => {
		const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';
		const at = `${sandbox.current.outlook.loginUrl}/common/oauth2/v2.0/authorize?client_id=c1a0e000-0000-4000-8000-0000000000aa&response_type=code&redirect_uri=http%3A%2F%2Flocalhost%2Fcallback&scope=Mail.Read&state=s&code_challenge=${challenge}&code_challenge_method=S256`;
		const code = async () =>
			new URL((await fetch(at, { redirect: 'manual' })).headers.get('location')!).searchParams.get('code')!;
		expect(
			(await form({ grant_type: 'authorization_code', code: await code(), code_verifier: 'wrong' })).status,
		).toBe(400);
		const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
		expect(
			(await form({ grant_type: 'authorization_code', code: await code(), code_verifier: verifier })).body,
		).toMatchObject({ scope: 'Mail.Read' });
	});

	test('a token that has ended, and one for less', async () => {
		sandbox.current.outlook.settings.tokenSeconds = 0.001;
		const { access_token: token } = sandbox.current.outlook.signIn(['Mail.Read']);
		const get = async (bearer: string) =>
			await ask<{ error: { code: string } }>(`${sandbox.current.outlook.url}/me/messages`, {
				headers: { authorization: `Bearer ${bearer}` },
			});
		await new Promise((done) => setTimeout(done, 20));
		expect(await get(token)).toMatchObject({
			status: 401,
			body: { error: { code: 'InvalidAuthenticationToken' } },
		});
		sandbox.current.outlook.settings.tokenSeconds = 3600;
		const read = sandbox.current.outlook.signIn(['Mail.Read']).access_token;
		expect((await get(read)).status).toBe(200);
		const sends = await ask(`${sandbox.current.outlook.url}/me/sendMail`, {
			method: 'POST',
			headers: { authorization: `Bearer ${read}`, 'content-type': 'application/json' },
			body: '{}',
		});
		expect(sends.status).toBe(403);
	});
});
