import Ajv from 'ajv';
import official from '../../sandbox/services/sendpulse/official.json';
import { useSandbox } from '../support/services';
import { ask } from './client';

const sandbox = useSandbox();
const KEY = { authorization: 'Bearer sandbox-static-key' };

async function call<T = Record<string, unknown>>(
	method: string,
	path: string,
	body?: unknown,
	headers: object = KEY,
) {
	return await ask<T>(`${sandbox.current.sendpulse.url}${path}`, {
		method,
		headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
		...(body === undefined ? {} : { body: JSON.stringify(body) }),
	});
}

const signIn = async (client_secret = 'sandbox-client-secret') =>
	await call<{ access_token: string; expires_in: number }>(
		'POST',
		'/oauth/access_token',
		{ grant_type: 'client_credentials', client_id: 'sandbox-client', client_secret },
		{},
	);

describe('signing in', () => {
	test('gives a token of an hour, which then ends', async () => {
		const { body } = await signIn();
		expect(body.expires_in).toBe(3600);
		const token = { authorization: `Bearer ${body.access_token}` };
		expect((await call('GET', '/balance', undefined, token)).status).toBe(200);
		sandbox.current.sendpulse.account.tokens.set(body.access_token, Date.now() - 1);
		expect(await call('GET', '/balance', undefined, token)).toMatchObject({
			status: 401,
			body: { message: 'Unauthorized!', error_code: 401 },
		});
	});

	test('a wrong secret gets none, and nothing works without a token', async () => {
		expect(await signIn('wrong')).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
		expect((await call('GET', '/balance', undefined, {})).status).toBe(401);
	});
});

describe('limits', () => {
	test('more than ten in a second: 2020202020', async () => {
		const answers = await Promise.all(Array.from({ length: 12 }, async () => await call('GET', '/balance')));
		const refused = answers.filter(({ status }) => status === 429);
		expect(refused.map(({ body }) => body.error_code)).toEqual([2020202020, 2020202020]);
	});

	test.each(['requestsPerMinute', 'requestsPerDay'] as const)(
		'above %s: 429 without a code',
		async (limit) => {
			sandbox.current.sendpulse.settings[limit] = 1;
			expect((await call('GET', '/balance')).status).toBe(200);
			expect(await call('GET', '/balance')).toMatchObject({
				status: 429,
				body: { message: 'Too Many Requests' },
			});
		},
	);
});

describe('lists and contacts', () => {
	test.each([
		['POST', '/addressbooks', {}, 422, 201],
		['GET', '/addressbooks/9', undefined, 404, 213],
		['GET', '/addressbooks?limit=101', undefined, 422, 422],
		['POST', '/addressbooks/1/emails', {}, 422, 422],
		['DELETE', '/addressbooks/1/emails', { emails: ['x@x.example'] }, 404, 303],
		['GET', '/addressbooks/1/emails/x@x.example', undefined, 404, 17],
		['POST', '/addressbooks/1/emails/variable', { email: 'ana@x.example', variables: 'x' }, 422, 731],
		['POST', '/addressbooks/1/emails', { emails: Array(101).fill('ana@x.example') }, 422, 422],
		['POST', '/addressbooks/1/emails', { emails: ['a@x.example'], confirmation: 'force' }, 422, 422],
		['POST', '/blacklist', { emails: 'ana@x.example' }, 422, 832],
		['GET', '/addressbooks/1/variables/Nothing/x', undefined, 404, 299],
		['PUT', '/addressbooks/1/phone', { email: 'x@x.example', phone: '1' }, 404, 17],
		['PUT', '/addressbooks/1/phone', { email: 'ana@x.example' }, 422, 422],
		['GET', '/emails/x@x.example', undefined, 404, 17],
		['DELETE', '/emails/x@x.example', undefined, 404, 17],
		['POST', '/senders', { email: 'x', name: 'X' }, 422, 906],
		['POST', '/senders', { email: 'x@gmail.com', name: 'X' }, 422, 20],
		['POST', '/senders', { email: 'shop@example.com', name: 'X' }, 422, 902],
		['POST', '/senders', { email: 'x@x.example' }, 422, 901],
		['DELETE', '/senders', { email: 'x@x.example' }, 404, 1003],
		['GET', '/senders/shop@example.com/code', undefined, 422, 21],
		['POST', '/senders/x@x.example/code', { code: 'x' }, 404, 1003],
		['POST', '/senders/x@x.example/code', {}, 422, 1104],
		['POST', '/template', { name: 'Welcome', body: 'PHA+' }, 422, 573],
		['POST', '/template/edit/9', { body: 'PHA+' }, 404, 290],
		['POST', '/template', { name: 'x' }, 422, 32],
		['POST', '/template', { name: 'x', body: 'PHA+', lang: 'xx' }, 422, 422],
	])('%s %s %j → %d, code %d', async (method, path, body, status, code) => {
		const { id } = sandbox.current.sendpulse.addList('Customers', ['ana@x.example']);
		const answer = await call(method, path.replace('/1/', `/${id}/`), body);
		expect([answer.status, answer.body.error_code]).toEqual([status, code]);
	});

	test('a name is given once', async () => {
		sandbox.current.sendpulse.addList('Customers');
		expect((await call('POST', '/addressbooks', { bookName: 'Customers' })).body.error_code).toBe(203);
	});

	test('who has unsubscribed stays so, who is on the blacklist does not come in', async () => {
		const { id, contacts } = sandbox.current.sendpulse.addList('Customers', ['ana@x.example']);
		await call('POST', `/addressbooks/${id}/emails/unsubscribe`, { emails: ['ana@x.example'] });
		sandbox.current.sendpulse.account.blacklist.add('ben@x.example');
		const emails = [
			'ana@x.example',
			'ben@x.example',
			'no address',
			{ email: 'cem@x.example', variables: { a: 1 } },
		];
		expect((await call('POST', `/addressbooks/${id}/emails`, { emails })).body).toEqual({ result: true });
		expect([...contacts.values()].map(({ email: address, status }) => [address, status])).toEqual([
			['ana@x.example', 3],
			['cem@x.example', 1],
		]);
	});

	test('with a confirmation asked for, a contact is new and not active', async () => {
		const { id, contacts } = sandbox.current.sendpulse.addList('Customers');
		const body = { emails: ['ana@x.example'], confirmation: 'force', message_lang: 'en' };
		expect(
			(await call('POST', `/addressbooks/${id}/emails`, { ...body, sender_email: 'x@y.example' })).body,
		).toEqual({
			message: 'Sender is not valid',
			error_code: 704,
		});
		await call('POST', `/addressbooks/${id}/emails`, { ...body, sender_email: 'shop@example.com' });
		expect(contacts.get('ana@x.example')?.status).toBe(0);
	});
});

const MAIL = {
	subject: 'Hi',
	from: { name: 'Shop', email: 'shop@example.com' },
	to: [{ email: 'ana@x.example' }],
	html: Buffer.from('<p>Hi</p>').toString('base64'),
	text: 'Hi',
};

const CAMPAIGN = {
	name: 'Spring sale',
	sender_name: 'Shop',
	sender_email: 'shop@example.com',
	subject: 'Hi',
	body: Buffer.from('<p>Hi</p>').toString('base64'),
	list_id: 756589,
};

test.each([
	[{ subject: undefined }, 720],
	[{ sender_email: 'x@elsewhere.example' }, 704],
	[{ body: '' }, 721],
	[{ template_id: '9' }, 31],
	[{ list_id: undefined }, 722],
	[{ list_id: 9 }, 703],
	[{ send_date: '2020-01-01 09:00:00' }, 799],
	[{ send_date: 'tomorrow' }, 799],
	[{ colour: 'red' }, 422],
])('a campaign with %j is refused with %d', async (change, code) => {
	const { body } = await call('POST', '/campaigns', { ...CAMPAIGN, ...change });
	expect(body.error_code).toBe(code);
	expect(sandbox.current.sendpulse.account.campaigns.size).toBe(0);
});

test('four campaigns in an hour, and not five; a test is none', async () => {
	for (const name of ['a', 'b', 'c', 'd'])
		expect((await call('POST', '/campaigns', { ...CAMPAIGN, name })).status).toBe(200);
	expect((await call('POST', '/campaigns', { ...CAMPAIGN, is_test: true })).status).toBe(200);
	expect((await call('POST', '/campaigns', CAMPAIGN)).body.error_code).toBe(791);
});

test.each([
	[{ from: undefined }, 10],
	[{ from: { name: 'x', email: 'x@elsewhere.example' } }, 422],
	[{ to: [] }, 11],
	[{ to: [{ email: 'x' }] }, 11],
	[{ subject: '' }, 12],
	[{ text: undefined }, 13],
	[{ template: { id: '9', variables: {} } }, 31],
	[{ template: { id: '7001', variables: [] } }, 731],
])('an email with %j is refused with %d', async (change, code) => {
	const { status, body } = await call('POST', '/smtp/emails', { email: { ...MAIL, ...change } });
	expect([status, body.error_code]).toEqual([422, code]);
	expect(sandbox.current.sendpulse.account.emails).toEqual([]);
});

describe('the official description', () => {
	type Schema = object;
	type Operation = {
		requestBody?: { content: Record<string, { schema: Schema }> };
		responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
	};
	const spec = official as unknown as {
		paths: Record<string, Record<string, Operation>>;
		components: object;
	};

	function faults(schema: Schema | undefined, components: object, value: unknown): string[] {
		if (schema === undefined) return [];
		const ajv = new Ajv({ allErrors: true, unknownFormats: 'ignore', logger: false });
		return ajv.validate({ ...schema, components }, value) ? [] : [ajv.errorsText()];
	}

	test.each([
		['post', '/addressbooks', { bookName: 'New' }],
		['get', '/addressbooks'],
		['get', '/addressbooks/{id}'],
		['put', '/addressbooks/{id}', { name: 'Renamed' }],
		['get', '/addressbooks/{id}/variables'],
		['get', '/addressbooks/{id}/emails'],
		['get', '/addressbooks/{id}/emails/total'],
		['get', '/addressbooks/{id}/emails/{email}'],
		['post', '/addressbooks/{id}/emails/unsubscribe', { emails: ['ana@x.example'] }],
		[
			'post',
			'/addressbooks/{id}/emails/variable',
			{ email: 'ana@x.example', variables: [{ name: 'a', value: 'b' }] },
		],
		['delete', '/addressbooks/{id}/emails', { emails: ['ana@x.example'] }],
		['delete', '/addressbooks/{id}'],
		['get', '/blacklist'],
		['post', '/blacklist', { emails: Buffer.from('a@x.example').toString('base64') }],
		['get', '/senders'],
		['get', '/templates'],
		['get', '/template/{template_id}'],
		['post', '/template', { name: 'Order', body: 'PHA+PC9wPg==', lang: 'en' }],
		['post', '/template/edit/{id}', { body: 'PHA+PC9wPg==' }],
		['post', '/senders', { email: 'news@example.com', name: 'News' }],
		['get', '/senders/{email}/code'],
		['post', '/senders/{email}/code', { code: 'c0de' }],
		['delete', '/senders', { email: 'shop@example.com' }],
		['get', '/balance'],
		['get', '/user/balance/detail'],
		['get', '/addressbooks/{id}/variables/City/Berlin'],
		['get', '/addressbooks/{id}/cost'],
		['put', '/addressbooks/{id}/phone', { email: 'ana@x.example', phone: '+4915112345678' }],
		['get', '/emails/{email}'],
		['get', '/emails/{email}/details'],
		['get', '/emails/{email}/campaigns'],
		['post', '/emails', { emails: ['ana@x.example', 'x@x.example'] }],
		['post', '/emails/campaigns', { emails: ['ana@x.example'] }],
		['delete', '/emails/{email}'],
		['post', '/campaigns', CAMPAIGN],
		['get', '/campaigns'],
		['get', '/campaigns/{id}'],
		['patch', '/campaigns/{id}', { name: 'Summer', subject: 'Now' }],
		['get', '/campaigns/{id}/countries'],
		['get', '/campaigns/{id}/referrals'],
		['get', '/campaigns/{id}/email/{email}'],
		['get', '/addressbooks/{id}/campaigns'],
		['delete', '/campaigns/{id}'],
		['get', '/tags'],
		['post', '/tags', { name: 'vip', color: '#ff0000' }],
		['put', '/tags/{id}', { name: 'vip', color: '#ff0000' }],
		['post', '/tags/pin/email', { email: 'ana@x.example', tags: [2506] }],
		['post', '/tags/unpin/phone', { phone: '123456789', tags: [2506] }],
		['delete', '/tags/{id}'],
		['get', '/a360/autoresponders/list'],
		['get', '/a360/autoresponders/{ID}'],
		['get', '/a360/autoresponders/{ID}/total-stats'],
		['post', '/verifier-service/send-single-to-verify', { email: 'ana@x.example' }],
		['post', '/verifier-service/send-list-to-verify', { id: 756589 }],
		['post', '/smtp/emails', { email: MAIL }],
		['get', '/smtp/emails'],
		['get', '/smtp/emails/total'],
		['get', '/smtp/bounces/day/total'],
		['post', '/smtp/unsubscribe', [{ email: 'ana@x.example', comment: 'asked' }]],
		['delete', '/smtp/unsubscribe', ['ana@x.example']],
		['get', '/smtp/ips'],
		['get', '/smtp/senders'],
		['get', '/v2/email-service/smtp/sender_domains'],
		['post', '/smtp/resubscribe', { email: 'stopped@x.example', sender: 'shop@example.com', lang: 'en' }],
		['post', '/smtp/emails/info', { emails: ['x'] }],
	])('%s %s asks and answers as it says', async (method, path, ...[body]: unknown[]) => {
		const { id } = sandbox.current.sendpulse.addList('Customers', ['ana@x.example']);
		await call('POST', '/smtp/emails', { email: MAIL });
		sandbox.current.sendpulse.account.lists.get(id)!.contacts.get('ana@x.example')!.variables.City = 'Berlin';
		const { requestBody, responses } =
			spec.paths[path.replace('City/Berlin', '{variableName}/{searchValue}')]![method]!;
		const asked = requestBody && Object.values(requestBody.content)[0]!.schema;
		expect(faults(asked, spec.components, body)).toEqual([]);
		const own = sandbox.current.sendpulse.addCampaign('Spring', { lists: [id] }).id;
		sandbox.current.sendpulse.account.unconfirmed.set('ana@x.example', {
			name: 'Ana',
			code: path.endsWith('code') && method === 'post' ? 'c0de' : '',
			codeAt: 0,
		});
		sandbox.current.sendpulse.account.reports.stop('stopped@x.example', 'unsubscribed');
		const ids: Record<string, number> = { campaigns: own, template: 7001, tags: 2506, a360: 281013 };
		const real = path
			.replace(/\{(?:id|ID|template_id)\}/, String(ids[path.split('/')[1]!] ?? id))
			.replace('{email}', 'ana@x.example');
		const answer = await call<unknown>(method.toUpperCase(), real, body);
		expect(answer.status).toBe(200);
		const { content } = responses['200']!;
		expect(faults(content && Object.values(content)[0]!.schema, spec.components, answer.body)).toEqual([]);
	});
});
