import { AccountClient, ServerClient } from 'postmark';
import { type Sandbox, startSandbox } from '../../sandbox';
import { postmarkCall } from './client';

let sandbox: Sandbox;
let account: AccountClient;
let client: ServerClient;
beforeAll(async () => {
	sandbox = await startSandbox();
	const options = { requestHost: sandbox.postmark.url.replace('http://', ''), useHttps: false };
	account = new AccountClient(sandbox.postmark.accountToken, options);
	client = new ServerClient(sandbox.postmark.serverToken, options);
});
afterAll(async () => await sandbox.close());
beforeEach(() => sandbox.reset());
afterEach(() => expect(sandbox.postmark.unknownFields).toEqual([]));

const mail = { From: 'shop@example.com', To: 'anna@example.org', Subject: 'x', TextBody: 'x' };
const send = async (change: object) =>
	(await postmarkCall(sandbox, 'POST', '/email', { ...mail, ...change })).body;

describe('what is taken', () => {
	test('names of fields in any case, at every depth', async () => {
		const { body } = await postmarkCall(sandbox, 'POST', '/email', {
			from: mail.From,
			TO: mail.To,
			subject: 'x',
			htmlbody: '<p>x</p>',
			metadata: { Order: '1' },
			headers: [{ name: 'X-A', VALUE: 'b' }],
			attachments: [{ name: 'a.txt', content: 'eA==', contenttype: 'text/plain', contentId: 'cid:a' }],
		});
		expect(body.ErrorCode).toBe(0);
		expect(sandbox.postmark.messages[0]).toMatchObject({
			html: '<p>x</p>',
			metadata: { Order: '1' },
			headers: [{ Name: 'X-A', Value: 'b' }],
			attachments: [{ name: 'a.txt', contentId: 'a' }],
		});
		const made = await postmarkCall(sandbox, 'POST', '/templates', {
			name: 'T',
			SUBJECT: 's',
			textbody: 't',
		});
		expect(made.body).toMatchObject({ Name: 'T' });
		const domain = { name: 'own.example', returnPathDomain: 'pm.own.example' };
		const headers = { 'x-postmark-account-token': sandbox.postmark.accountToken };
		expect((await postmarkCall(sandbox, 'POST', '/domains', domain, headers)).body).toMatchObject({
			ReturnPathDomain: 'pm.own.example',
		});
	});

	test('a comma behind the last address', async () => {
		expect((await send({ To: 'a@example.org, b@example.org, ' })).ErrorCode).toBe(0);
		expect(sandbox.postmark.messages[0]!.to).toHaveLength(2);
		expect((await send({ To: ',' })).Message).toContain('Zero recipients specified');
	});

	test('a number in the metadata', async () => {
		expect((await send({ Metadata: { order: 4711 } })).ErrorCode).toBe(0);
		expect(sandbox.postmark.messages[0]!.metadata).toEqual({ order: '4711' });
	});

	test('the number of a template as text, and in any case', async () => {
		const { TemplateId } = await client.createTemplate({ Name: 'T', Subject: 's {{a}}', TextBody: 't' });
		const { From, To } = mail;
		for (const id of [{ TemplateId: String(TemplateId) }, { templateid: TemplateId }]) {
			const { body } = await postmarkCall(sandbox, 'POST', '/email/withTemplate', {
				From,
				To,
				templatemodel: { a: 1 },
				...id,
			});
			expect(body.ErrorCode).toBe(0);
		}
		expect(sandbox.postmark.messages.map(({ subject }) => subject)).toEqual(['s 1', 's 1']);
	});
});

describe('what comes back', () => {
	test('a layout without an alias gets one, and templates can use it', async () => {
		const { Alias } = await client.createTemplate({
			Name: 'L',
			HtmlBody: '<p>{{{@content}}}</p>',
			TemplateType: 'Layout' as never,
		});
		expect(Alias).toMatch(/^[A-Za-z]/);
		const made = { Name: 'T', Subject: 's', HtmlBody: 'x', LayoutTemplate: Alias! };
		expect(await client.createTemplate(made)).toMatchObject({ LayoutTemplate: Alias });
	});

	test('a dump that is not there is an empty object', async () => {
		await client.sendEmail(mail);
		const bounce = sandbox.postmark.bounce({ email: mail.To });
		bounce.DumpAvailable = false;
		expect((await postmarkCall(sandbox, 'GET', `/bounces/${bounce.ID}/dump`)).body).toEqual({});
	});

	test.each(['sends', 'opens/platforms', 'clicks'])('%s of nothing has no totals', async (series) => {
		expect((await postmarkCall(sandbox, 'GET', `/stats/outbound/${series}`)).body).toEqual({ Days: [] });
	});

	test('SPF and DKIM of a sender signature, by the ways that are older than domains', async () => {
		const { ID } = await account.createSenderSignature({ Name: 'Ana', FromEmail: 'ana@own.example' });
		expect(await account.verifySenderSignatureSPF(ID)).toMatchObject({
			ID,
			SPFHost: 'own.example',
			SPFTextValue: expect.stringContaining('spf'),
			SPFVerified: true,
		});
		await expect(account.requestNewDKIMForSenderSignature(ID)).rejects.toMatchObject({
			code: 505,
			message: 'This DKIM is already being renewed.',
		});
		const confirmed = await account.createSenderSignature({ Name: 'Shop', FromEmail: 'a@example.com' });
		expect(await account.requestNewDKIMForSenderSignature(confirmed.ID)).toMatchObject({ ErrorCode: 0 });
		expect((await account.getSenderSignature(confirmed.ID)).DKIMPendingHost).toContain('example.com');
	});
});

describe('what is said', () => {
	test('of a stream that does not exist', async () => {
		const unknown = await postmarkCall(sandbox, 'POST', '/message-streams/nope/suppressions', {
			Suppressions: [{ EmailAddress: 'a@example.org' }],
		});
		expect([unknown.status, unknown.body.Message]).toEqual([
			422,
			"The message stream for the provided 'ID' was not found.",
		]);
		expect((await send({ MessageStream: 'nope' })).Message).toBe(
			"The stream provided: 'nope' does not exist on this server.",
		);
	});

	test('of a push between servers that do not exist', async () => {
		const push = async (SourceServerID: number, DestinationServerID: number) =>
			await account.pushTemplates({ SourceServerID, DestinationServerID, PerformChanges: false });
		const { ID } = await client.getServer();
		for (const [from, to, words] of [
			[0, 1, 'The source and destination servers were not found.'],
			[ID, 1, 'The destination server was not found.'],
			[1, ID, 'The source server was not found.'],
		] as const)
			await expect(push(from, to)).rejects.toMatchObject({ statusCode: 422, message: words });
	});

	test('of a layout without a place for the words', async () => {
		const layout = { Name: 'L', HtmlBody: 'x', TemplateType: 'Layout' as never };
		await expect(client.createTemplate(layout)).rejects.toMatchObject({
			code: 1131,
			message: expect.stringContaining('The layout content placeholder must be present'),
		});
	});
});
