import type { IDataObject } from 'n8n-workflow';
import { eventually, hooksOf, useTrigger } from './support';
import { basic, type TriggerHost } from '../../../support/triggerHost';

const { sandbox, trigger } = useTrigger();
const postmark = () => sandbox.current.postmark;
const HOUR = 60 * 60_000;
const OTHER = 'https://user:secret-4711@crm.example.com/inbound?key=secret-4712';

/** The server's own setting, as anybody with its token reads and writes it. */
async function server(change?: IDataObject): Promise<IDataObject> {
	const response = await fetch(`${postmark().url}/server`, {
		method: change ? 'PUT' : 'GET',
		headers: {
			accept: 'application/json',
			'content-type': 'application/json',
			'x-postmark-server-token': postmark().serverToken,
		},
		...(change && { body: JSON.stringify(change) }),
	});
	return (await response.json()) as IDataObject;
}
const hookUrl = async () => (await server()).InboundHookUrl ?? '';
const withSecretOf = (host: TriggerHost, url = host.url) => {
	const { user, password } = host.memory.secret as { user: string; password: string };
	return url.replace('://', `://${user}:${password}@`);
};
const withSecretAt = (url: string) => url.replace('://', '://n8n:secret-4713@');
const inbound = async (parameters = {}) => await trigger({ events: ['inbound'], ...parameters });

describe('the address that gets inbound emails', () => {
	test('is the trigger’s while it is on, with the sign-in in it, and needs no webhook of a stream', async () => {
		const host = await inbound();
		await host.activate();
		expect(await hookUrl()).toBe(withSecretOf(host));
		expect(hooksOf(sandbox.current)).toEqual([]);
		await host.activate('init');
		expect(await hookUrl()).toBe(withSecretOf(host));
		await host.deactivate();
		expect(await hookUrl()).toBe('');
	});

	test('that belongs to somebody else is left alone, and named without its secrets', async () => {
		await server({ InboundHookUrl: OTHER });
		const host = await inbound({ events: ['inbound', 'bounce'] });
		const error = (await host.activate().catch((e: Error) => e)) as Error & { description: string };
		expect(error.message).toBe(
			'This Postmark server hands its inbound emails to another address already: https://***:***@crm.example.com/inbound?***',
		);
		expect(error.description).toContain('Replace Inbound Webhook');
		expect(JSON.stringify(error) + error.stack).not.toMatch(/secret-471/);
		expect(await hookUrl()).toBe(OTHER);
		expect(hooksOf(sandbox.current)).toEqual([]);
	});

	test('that belongs to a copy of the workflow on another n8n is somebody else’s too', async () => {
		const host = await inbound();
		// The same ids at another address: what an exported workflow has after it was imported elsewhere.
		const copy = withSecretAt(host.url.replace('127.0.0.1', 'other-n8n.example'));
		await server({ InboundHookUrl: copy });
		await expect(host.activate()).rejects.toThrow('hands its inbound emails to another address already');
		expect(await hookUrl()).toBe(copy);
		await host.deactivate();
		expect(await hookUrl()).toBe(copy);
	});

	test('can be taken over, and is put back', async () => {
		await server({ InboundHookUrl: OTHER });
		const host = await inbound({ options: { replaceInboundHook: true } });
		await host.activate();
		expect(await hookUrl()).toBe(withSecretOf(host));
		await host.activate('init');
		await host.deactivate();
		expect(await hookUrl()).toBe(OTHER);
	});

	test('that was changed by somebody since is not touched', async () => {
		const host = await inbound();
		await host.activate();
		await server({ InboundHookUrl: OTHER });
		await host.deactivate();
		expect(await hookUrl()).toBe(OTHER);
	});

	test('is given back when inbound emails are no longer chosen', async () => {
		await server({ InboundHookUrl: OTHER });
		const host = await inbound({ options: { replaceInboundHook: true } });
		await host.activate();
		host.change({ events: ['bounce'], streams: ['outbound'] });
		await host.activate('update');
		expect(await hookUrl()).toBe(OTHER);
		expect(hooksOf(sandbox.current)).toHaveLength(1);
	});

	test('is lent to a test of the editor, and comes back', async () => {
		const host = await inbound();
		await host.activate();
		const own = await hookUrl();
		await host.listen();
		expect(await hookUrl()).toContain(host.testUrl.replace('http://', ''));
		await host.stopListening();
		expect(await hookUrl()).toBe(own);
	});

	test('is free again after a test, and what a broken-off test left behind hinders nobody', async () => {
		const host = await inbound();
		await host.listen();
		await host.stopListening();
		expect(await hookUrl()).toBe('');
		await host.listen();
		await host.activate();
		expect(await hookUrl()).toBe(withSecretOf(host));
		await host.deactivate();
		expect(await hookUrl()).toBe('');
	});
});

describe('an inbound email', () => {
	const mail = {
		from: 'Ana Ana <ana@example.net>',
		to: 'support+ticket-4711@example.com',
		subject: 'Re: 订单',
		text: 'Thank you!\n\nOn Monday you wrote:\n> Hello',
		html: '<p>Thank you!</p>',
		attachments: [
			{ name: 'photo.png', contentType: 'image/png', content: Buffer.from([0x89, 0x50, 0x4e, 0x47]) },
			{ name: '账单.txt', contentType: 'text/plain', content: Buffer.from('账单') },
		],
	};

	test('arrives with its attachments in binary fields, and not in the JSON', async () => {
		const host = await inbound();
		await host.activate();
		await postmark().receive(mail);
		await postmark().hooks.idle();
		const [item] = host.items;
		expect(item!.json).toMatchObject({
			FromFull: { Email: 'ana@example.net' },
			MailboxHash: 'ticket-4711',
			Subject: 'Re: 订单',
			Attachments: [
				{ Name: 'photo.png', ContentType: 'image/png', BinaryField: 'attachment_0' },
				{ Name: '账单.txt', ContentType: 'text/plain', BinaryField: 'attachment_1' },
			],
		});
		expect(JSON.stringify(item!.json)).not.toContain('iVBORw');
		expect(
			Object.entries(item!.binary!).map(([name, { fileName, mimeType, data }]) => [
				name,
				fileName,
				mimeType,
				Buffer.from(data, 'base64').toString('latin1'),
			]),
		).toEqual([
			['attachment_0', 'photo.png', 'image/png', '\u0089PNG'],
			['attachment_1', '账单.txt', 'text/plain', Buffer.from('账单').toString('latin1')],
		]);
	});

	test('simplified, has what a reply needs', async () => {
		const host = await inbound({ simplify: true, options: { attachmentPrefix: 'file' } });
		await host.activate();
		await postmark().receive(mail);
		await postmark().hooks.idle();
		expect(Object.keys(host.json[0]!)).toEqual([
			'From',
			'FromName',
			'To',
			'MailboxHash',
			'Subject',
			'TextBody',
			'StrippedTextReply',
			'HtmlBody',
			'MessageID',
			'Date',
		]);
		expect(Object.keys(host.items[0]!.binary!)).toEqual(['file0', 'file1']);
	});

	test('brings its raw text as a file, when the server sends it along', async () => {
		const host = await inbound();
		await host.activate();
		const email = { MessageID: 'm-1', FromFull: { Email: 'a@example.net' }, RawEmail: 'From: a\r\n\r\nHi' };
		await host.prove(email);
		expect(host.json).toEqual([{ MessageID: 'm-1', FromFull: { Email: 'a@example.net' }, Attachments: [] }]);
		expect(host.items[0]!.binary!.rawEmail).toMatchObject({
			fileName: 'm-1.eml',
			mimeType: 'message/rfc822',
		});
	});

	test('from a stranger is refused, and a repeat is dropped', async () => {
		const host = await inbound();
		await host.activate();
		const email = { MessageID: 'm-1', FromFull: { Email: 'a@example.net' } };
		expect((await host.call(email, basic('n8n', 'x'))).status).toBe(401);
		for (const _ of [1, 2]) expect((await host.prove(email)).status).toBe(200);
		expect(host.executions).toHaveLength(1);
	});

	test('that Postmark has given up on is asked for again, once, and arrives with its attachments', async () => {
		const host = await inbound();
		await host.activate();
		postmark().settings.retrySpeed = 1e9;
		host.isFailing = true;
		await postmark().receive(mail);
		const { deliveries } = postmark().hooks;
		await eventually(() => deliveries[0]!.state === 'given up');
		host.isFailing = false;
		const before = { inboundCursor: Date.now() - 20 * HOUR, lookedAt: 0 };
		Object.assign(host.memory, before);
		await host.activate('init');
		await eventually(() => host.executions.length > 0);
		expect(host.items.map(({ json, binary }) => [json.Subject, Object.keys(binary!)])).toEqual([
			['Re: 订单', ['attachment_0', 'attachment_1']],
		]);
		Object.assign(host.memory, before);
		await host.prove({ wake: true });
		const retries = sandbox.current.requests.list({}).filter(({ path }) => path.endsWith('/retry'));
		expect(retries).toHaveLength(1);
	});
});
