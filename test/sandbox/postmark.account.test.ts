import { AccountClient, ServerClient } from 'postmark';
import { type Sandbox, startSandbox } from '../../sandbox';
import { postmarkCall } from './client';

let sandbox: Sandbox;
let account: AccountClient;
let client: ServerClient;
const options = () => ({ requestHost: sandbox.postmark.url.replace('http://', ''), useHttps: false });
beforeAll(async () => {
	sandbox = await startSandbox();
	account = new AccountClient(sandbox.postmark.accountToken, options());
	client = new ServerClient(sandbox.postmark.serverToken, options());
});
afterAll(async () => await sandbox.close());
beforeEach(() => sandbox.reset());
afterEach(() => expect(sandbox.postmark.unknownFields).toEqual([]));

const call = async (method: string, path: string, body?: unknown) =>
	(
		await postmarkCall(sandbox, method, path, body, {
			'x-postmark-account-token': sandbox.postmark.accountToken,
		})
	).body.ErrorCode;
const sendAs = (From: string) => client.sendEmail({ From, To: 'a@example.org', Subject: 'x', TextBody: 'x' });

describe('servers', () => {
	test('create, list, change and delete', async () => {
		const made = await account.createServer({
			Name: 'Shop',
			Color: 'green',
			DeliveryType: 'Sandbox' as never,
		});
		expect(made).toMatchObject({
			Name: 'Shop',
			Color: 'green',
			DeliveryType: 'Sandbox',
			ApiTokens: [expect.any(String)],
		});
		const own = new ServerClient(made.ApiTokens[0] ?? '', options());
		expect((await own.getServer()).ID).toBe(made.ID);
		expect((await own.getMessageStreams()).TotalCount).toBe(3);
		expect((await account.getServers({ name: 'sho' })).TotalCount).toBe(1);
		expect(await account.editServer(made.ID, { Name: 'Shop 2' })).toMatchObject({
			Name: 'Shop 2',
			Color: 'green',
		});
		expect(await account.deleteServer(made.ID)).toMatchObject({ ErrorCode: 0 });
		await expect(own.getServer()).rejects.toMatchObject({ code: 10 });
		await expect(account.getServer(made.ID)).rejects.toMatchObject({ statusCode: 404 });
		sandbox.postmark.settings.serverDeletion = false;
		await expect(account.deleteServer(1002)).rejects.toMatchObject({ code: 604 });
	});

	test('refused: a new one without a name, with a taken one or of another type', async () => {
		expect(await call('POST', '/servers', { Color: 'red' })).toBe(608);
		expect(await call('POST', '/servers', { Name: 'production' })).toBe(603);
		expect(await call('POST', '/servers', { Name: 'x', DeliveryType: 'Dry' })).toBe(403);
	});
});

describe('domains', () => {
	test('can be sent from once their key is found', async () => {
		const made = await account.createDomain({
			Name: 'shop.example',
			ReturnPathDomain: 'bounce.shop.example',
		});
		expect(made).toMatchObject({ DKIMVerified: false, DKIMUpdateStatus: 'Pending' });
		expect(made.DKIMPendingHost).toContain('._domainkey.shop.example');
		await expect(sendAs('hi@shop.example')).rejects.toMatchObject({ code: 401 });
		sandbox.postmark.settings.dnsReady = false;
		expect(await account.verifyDomainDKIM(made.ID)).toMatchObject({ DKIMVerified: false });
		sandbox.postmark.settings.dnsReady = true;
		expect(await account.verifyDomainDKIM(made.ID)).toMatchObject({
			DKIMVerified: true,
			DKIMHost: made.DKIMPendingHost,
			DKIMPendingHost: '',
		});
		expect(await account.verifyDomainReturnPath(made.ID)).toMatchObject({ ReturnPathDomainVerified: true });
		expect((await sendAs('hi@shop.example')).ErrorCode).toBe(0);
		expect(await account.editDomain(made.ID, { ReturnPathDomain: 'pm.shop.example' })).toMatchObject({
			ReturnPathDomain: 'pm.shop.example',
			ReturnPathDomainVerified: false,
		});
	});

	test('a rotated key waits, then takes the place of the old one', async () => {
		const { Domains, TotalCount } = await account.getDomains();
		expect(TotalCount).toBe(3);
		const id = Domains[0]?.ID ?? 0;
		const before = await account.getDomain(id);
		const rotated = await account.rotateDomainDKIM(id);
		expect(rotated).toMatchObject({ DKIMHost: before.DKIMHost, DKIMUpdateStatus: 'Pending' });
		await expect(account.rotateDomainDKIM(id)).rejects.toMatchObject({ code: 505 });
		expect(await account.verifyDomainDKIM(id)).toMatchObject({
			DKIMHost: rotated.DKIMPendingHost,
			DKIMRevokedHost: before.DKIMHost,
			SafeToRemoveRevokedKeyFromDNS: true,
		});
		expect(await account.deleteDomain(id)).toMatchObject({ ErrorCode: 0 });
		await expect(sendAs('hr@example.com')).rejects.toMatchObject({ code: 400 });
	});

	test('refused', async () => {
		const create = async (Name: string, ReturnPathDomain?: string) =>
			await call('POST', '/domains', { Name, ReturnPathDomain });
		expect(await create('')).toBe(514);
		expect(await create(`${'x'.repeat(255)}.example`)).toBe(515);
		expect(await create('no domain')).toBe(516);
		expect(await create('gmail.com')).toBe(503);
		expect(await create('EXAMPLE.com')).toBe(512);
		expect(await create('new.example', 'bounce.other.example')).toBe(511);
		expect(await call('GET', '/domains/7')).toBe(510);
	});
});

describe('sender signatures', () => {
	test('create, change, confirm, delete', async () => {
		const made = await account.createSenderSignature({
			Name: 'Zoë',
			FromEmail: 'zoe@own.example',
			ReplyToEmail: 'r@own.example',
		});
		expect(made).toMatchObject({
			Domain: 'own.example',
			Confirmed: false,
			ReplyToEmailAddress: 'r@own.example',
		});
		await expect(sendAs('zoe@own.example')).rejects.toMatchObject({ code: 401 });
		expect((await account.resendSenderSignatureConfirmation(made.ID)).ErrorCode).toBe(0);
		expect(sandbox.postmark.senders.signature('zoe@own.example')?.asked).toBe(2);
		sandbox.postmark.senders.confirm('zoe@own.example');
		expect((await sendAs('zoe@own.example')).ErrorCode).toBe(0);
		await expect(account.resendSenderSignatureConfirmation(made.ID)).rejects.toMatchObject({ code: 506 });
		expect(await account.editSenderSignature(made.ID, { Name: 'Zoe' })).toMatchObject({
			Name: 'Zoe',
			ReplyToEmailAddress: 'r@own.example',
		});
		expect((await account.getSenderSignatures()).TotalCount).toBe(2);
		expect((await account.getSenderSignature(made.ID)).EmailAddress).toBe('zoe@own.example');
		expect(await account.deleteSenderSignature(made.ID)).toMatchObject({ ErrorCode: 0 });
		await expect(sendAs('zoe@own.example')).rejects.toMatchObject({ code: 400 });
	});

	test('refused', async () => {
		const good = { Name: 'Zoë', FromEmail: 'zoe@own.example' };
		const create = async (more: object) => await call('POST', '/senders', { ...good, ...more });
		expect(await call('POST', '/senders', {})).toBe(502);
		expect(await create({ FromEmail: '' })).toBe(520);
		expect(await create({ Name: '' })).toBe(520);
		expect(await create({ Name: 'x'.repeat(256) })).toBe(521);
		expect(await create({ FromEmail: 'zoe' })).toBe(522);
		expect(await create({ FromEmail: 'zoe@gmail.com' })).toBe(503);
		expect(await create({ FromEmail: 'Unconfirmed@example.org' })).toBe(504);
		expect(await create({ ReturnPathDomain: 'x.other.example' })).toBe(511);
		expect(await call('GET', '/senders/7')).toBe(501);
	});
});

test('data removals', async () => {
	const made = await account.requestDataRemoval({
		RequestedBy: 'me@example.com',
		RequestedFor: 'you@example.org',
		NotifyWhenCompleted: true,
	});
	expect(made.Status).toBe('Pending');
	expect(await account.getDataRemovalStatus(made.ID)).toEqual({ ID: made.ID, Status: 'Done' });
	await expect(account.getDataRemovalStatus(7)).rejects.toMatchObject({ statusCode: 404 });
	expect(await call('POST', '/data-removals', { RequestedBy: 'me@example.com' })).toBe(403);
	expect(
		await call('POST', '/data-removals', {
			RequestedBy: 'me',
			RequestedFor: 'a@b.cc',
			NotifyWhenCompleted: true,
		}),
	).toBe(300);
});

test('every account call wants the account token', async () => {
	for (const path of [
		'/servers?count=1&offset=0',
		'/domains?count=1&offset=0',
		'/senders?count=1&offset=0',
		'/data-removals/1',
	]) {
		expect((await postmarkCall(sandbox, 'GET', path)).status).toBe(401);
	}
	expect((await postmarkCall(sandbox, 'POST', '/servers', { Name: 'x' })).status).toBe(401);
	expect((await postmarkCall(sandbox, 'PUT', '/templates/push', {})).status).toBe(401);
});
