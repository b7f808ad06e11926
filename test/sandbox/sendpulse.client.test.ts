import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { useSandbox } from '../support/services';

type Answer = Record<string, unknown> & { is_error?: number };
type Call = (callback: (answer: Answer) => void, ...given: unknown[]) => void;
type Client = Record<string, Call> & {
	init(id: string, secret: string, storage: string, callback: (token: unknown) => void): void;
};

const sandbox = useSandbox();
let client: Client;
let storage: string;

/** The client knows one address, by https: what it sends there goes to the stand-in, and is otherwise as it is. */
beforeEach(() => {
	const { port, pathname } = new URL(sandbox.current.sendpulse.url);
	jest
		.spyOn(https, 'request')
		.mockImplementation(((options: http.RequestOptions, answer: never) =>
			http.request(
				{ ...options, hostname: '127.0.0.1', port, path: `${pathname}${options.path}` },
				answer,
			)) as never);
	sandbox.current.sendpulse.settings.requestsPerSecond = 100;
	storage = mkdtempSync(join(tmpdir(), 'sendpulse-'));
	client = jest.requireActual<Client>('sendpulse-api');
});
afterEach(() => {
	jest.restoreAllMocks();
	rmSync(storage, { recursive: true });
});

const signIn = async (secret = 'sandbox-client-secret') =>
	await new Promise((resolve) => client.init('sandbox-client', secret, storage, resolve));
const call = async <T = Answer>(name: string, ...given: unknown[]) =>
	await new Promise<T>((resolve) => client[name]!((answer) => resolve(answer as T), ...given));

/** First of all: the client keeps the first token it gets, whatever it is told afterwards. */
test('a wrong secret is what the client takes for one, and a token that ended is renewed', async () => {
	expect(await signIn('wrong')).toMatchObject({ is_error: 1, message: 'Invalid credentials' });
	await signIn();
	sandbox.current.sendpulse.account.tokens.clear();
	expect(await call('listSenders')).toHaveLength(2);
});

test('the official client works with the stand-in as with the service', async () => {
	await signIn();
	const { id } = await call<{ id: number }>('createAddressBook', 'Customers');
	expect(await call('editAddressBook', id, 'Buyers')).toEqual({ result: true });
	expect(await call('getBookInfo', id)).toMatchObject([{ id, name: 'Buyers', all_email_qty: 0 }]);
	const people = ['ana', 'ben'].map((name, i) => ({
		email: `${name}@x.example`,
		variables: { Name: name, Age: i },
	}));
	expect(await call('addEmails', id, people)).toEqual({ result: true });
	expect(await call('getEmailsFromBook', id)).toMatchObject([
		{ email: 'ana@x.example', variables: { Name: 'ana', Age: 0 } },
		{ email: 'ben@x.example' },
	]);
	const variables = [{ name: 'Name', value: 'Ana Bauer' }];
	expect(await call('updateEmailVariables', id, 'ana@x.example', variables)).toEqual({ result: true });
	expect(await call('getEmailInfo', id, 'ana@x.example')).toMatchObject({
		email: 'ana@x.example',
		variables: expect.arrayContaining([{ name: 'Name', type: 'string', value: 'Ana Bauer' }]),
	});
	expect(await call('removeEmails', id, ['ben@x.example'])).toEqual({ result: true });
	expect(await call('removeAddressBook', id)).toEqual({ result: true });
	expect(await call('getBookInfo', id)).toMatchObject({ error_code: 213 });
});

test('blacklist, senders, templates, balance', async () => {
	await signIn();
	expect(await call('addToBlackList', 'ana@x.example,ben@x.example', 'asked')).toEqual({ result: true });
	expect(await call('removeFromBlackList', 'ben@x.example')).toEqual({ result: true });
	expect(await call('getBlackList')).toEqual(['ana@x.example']);
	expect(await call('listSenders')).toHaveLength(2);
	expect(await call('listEmailTemplates')).toMatchObject([{ owner: 'sendpulse' }]);
	expect(await call('getEmailTemplate', 7001)).toMatchObject({ id: '7001', name: 'Welcome' });
	expect(await call('getBalance', 'usd')).toMatchObject({ currency: 'USD' });
});

test('an address is known across lists, and leaves them all', async () => {
	await signIn();
	const { id } = sandbox.current.sendpulse.addList('Customers', ['ana@x.example']);
	sandbox.current.sendpulse.addList('Buyers', ['ana@x.example']);
	expect(await call('getEmailGlobalInfo', 'ana@x.example')).toMatchObject([{ book_id: id }, {}]);
	expect(await call('emailStatByCampaigns', 'ana@x.example')).toMatchObject({ statistic: { sent: 0 } });
	expect(await call('campaignCost', id)).toMatchObject({ result: true, sent_emails_qty: 1 });
	expect(await call('removeEmailFromAllBooks', 'ana@x.example')).toEqual({ result: true });
	expect(await call('getEmailGlobalInfo', 'ana@x.example')).toMatchObject({ error_code: 17 });
});

test('recipients are taken off the SMTP service, and let in again', async () => {
	await signIn();
	const { stopped } = sandbox.current.sendpulse.account.reports;
	expect(await call('smtpUnsubscribeEmails', [{ email: 'ana@x.example', comment: 'asked' }])).toEqual({
		result: true,
	});
	expect([...stopped.keys()]).toEqual(['ana@x.example']);
	expect(await call('smtpRemoveFromUnsubscribe', ['ana@x.example'])).toEqual({ result: true });
	expect(stopped.size).toBe(0);
	expect(await call('smtpListIP')).toEqual(['192.0.2.10', '192.0.2.11']);
});

test('a sender is added, confirmed and removed', async () => {
	await signIn();
	expect(await call('addSender', 'News', 'news@example.com')).toEqual({ result: true });
	expect(await call('getSenderActivationMail', 'news@example.com')).toMatchObject({ result: true });
	const { unconfirmed, senders } = sandbox.current.sendpulse.account;
	const { code } = unconfirmed.get('news@example.com')!;
	expect(await call('activateSender', 'news@example.com', code)).toMatchObject({ result: true });
	expect(senders.get('news@example.com')).toBe('News');
	expect(await call('removeSender', 'news@example.com')).toEqual({ result: true });
});

test('a campaign is created, read and cancelled', async () => {
	await signIn();
	const made = await call<{ id: number }>(
		'createCampaign',
		'Example Shop',
		'shop@example.com',
		'Half price',
		'<p>Hällo</p>',
		756589,
		'Spring sale',
	);
	expect(made).toMatchObject({ status: 13, count: 1 });
	expect(sandbox.current.sendpulse.account.campaigns.get(made.id)).toMatchObject({ html: '<p>Hällo</p>' });
	expect(await call('listCampaigns', 10, 0)).toMatchObject([{ id: made.id, name: 'Spring sale' }]);
	expect(await call('getCampaignInfo', made.id)).toMatchObject({ message: { subject: 'Half price' } });
	expect(await call('campaignStatByCountries', made.id)).toEqual({});
	expect(await call('campaignStatByReferrals', made.id)).toEqual([]);
	expect(await call('cancelCampaign', made.id)).toEqual({ result: true });
	expect(await call('cancelCampaign', made.id)).toMatchObject({ error_code: 602 });
});

test('an email goes out, and can be asked for', async () => {
	await signIn();
	const email = {
		html: '<p>Hällo</p>',
		text: 'Hällo',
		subject: 'Hi',
		from: { name: 'Shop', email: 'shop@example.com' },
		to: [{ name: 'Ana', email: 'ana@x.example' }],
		attachments_binary: { 'a.txt': Buffer.from('hello').toString('base64') },
	};
	const { id, result } = await call<{ id: string; result: boolean }>('smtpSendMail', email);
	expect(result).toBe(true);
	expect(sandbox.current.sendpulse.account.emails).toMatchObject([
		{ id, html: '<p>Hällo</p>', text: 'Hällo', attachments: [{ name: 'a.txt' }] },
	]);
	expect(await call('smtpGetEmailInfoById', id)).toMatchObject({ id, recipient: 'ana@x.example' });
	expect(await call('smtpListEmails', 10, 0)).toMatchObject([{ id }]);
});
