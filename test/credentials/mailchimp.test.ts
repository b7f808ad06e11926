import { Readable } from 'node:stream';
import { CredentialTestContext } from 'n8n-core';
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { Mailchimp } from '../../nodes/Mailchimp/Mailchimp.node';
import { baseUrl } from '../../nodes/Mailchimp/connection';
import { useSandbox } from '../support/services';

const sandbox = useSandbox();
const tests = new Mailchimp().methods.credentialTest;

/** What the Test button does: n8n's own context for it, with its real request helper. */
async function press(test: keyof typeof tests, data: ICredentialDataDecryptedObject) {
	const context = new CredentialTestContext({} as never);
	return await tests[test].call(context as never, { id: '1', name: 'Mailchimp', type: 'test', data });
}
const byKey = async (more: ICredentialDataDecryptedObject = {}) =>
	await press('mailchimpKey', {
		apiKey: sandbox.current.mailchimp.apiKey,
		baseUrl: `${sandbox.current.mailchimp.host}/<dc>/3.0`,
		...more,
	});

const byToken = async () =>
	await press('mailchimpOAuth2', {
		baseUrl: sandbox.current.mailchimp.url,
		oauthTokenData: { access_token: sandbox.current.mailchimp.account.token } as never,
	});

test('the Test button shows account, data center and role, and what the role may not do', async () => {
	const owner =
		'Account “MailOps Sandbox”, data center us6, role owner: it may do everything the nodes do, and everything else in the account: a Manager would be enough.';
	expect(await byKey()).toEqual({ status: 'OK', message: owner });
	expect(await byToken()).toEqual({ status: 'OK', message: owner });
	sandbox.current.mailchimp.settings.role = 'viewer';
	const viewer =
		'Account “MailOps Sandbox”, data center us6, role viewer: it may only view reports: nothing can be added, changed or sent with it.';
	expect(await byKey()).toEqual({ status: 'OK', message: viewer });
	expect(await byToken()).toEqual({ status: 'OK', message: viewer });
});

test('a token whose data center is not told works all the same', async () => {
	sandbox.current.faults.add({
		service: 'mailchimp',
		path: /metadata/,
		kind: 'status',
		status: 500,
		times: 1,
	});
	expect(await byToken()).toEqual({
		status: 'OK',
		message: expect.stringMatching(/^Account “MailOps Sandbox”, role owner: it may do everything/),
	});
});

test('the data center of a token is asked for where Mailchimp signs in, with the token in the header alone', async () => {
	const asked: Array<Record<string, unknown>> = [];
	const request = async (options: Record<string, unknown>) => {
		asked.push(options);
		const answer = String(options.url).endsWith('/metadata')
			? { dc: 'us19' }
			: { account_name: 'Acme', role: 'manager', login_id: '1' };
		const body = Readable.from([Buffer.from(JSON.stringify(answer))]);
		return { statusCode: 200, headers: { 'content-type': 'application/json' }, body };
	};
	const data = { baseUrl: 'https://api.mailchimp.com/3.0', oauthTokenData: { access_token: 'secret' } };
	const answer = await tests.mailchimpOAuth2.call({ helpers: { request } } as never, { data } as never);
	expect(answer.message).toBe(
		'Account “Acme”, data center us19, role manager: it may do everything the nodes do.',
	);
	expect(asked.map(({ url, headers }) => [url, (headers as IDataObject).Authorization])).toEqual([
		['https://api.mailchimp.com/3.0/', 'Bearer secret'],
		['https://login.mailchimp.com/oauth2/metadata', 'OAuth secret'],
	]);
});

test('it says what is wrong with a key', async () => {
	expect(await byKey({ apiKey: ' ' })).toEqual({ status: 'Error', message: 'Enter the API key.' });
	expect((await byKey({ apiKey: 'abc' })).message).toMatch(/is not whole: it ends with a dash/);
	expect((await byKey({ apiKey: 'abc-us6' })).message).toMatch(/does not know this key/);
	expect((await byKey({ baseUrl: `${sandbox.current.mailchimp.host}/us1/3.0` })).message).toMatch(
		/linked to a different datacenter/,
	);
	expect((await press('mailchimpOAuth2', {})).message).toMatch(/press Connect/);
	sandbox.current.mailchimp.account.revoke(sandbox.current.mailchimp.account.token);
	expect((await byToken()).message).toMatch(/was revoked. Press Connect again/);
});

test('the data center comes from the key; without one the host that serves all', () => {
	expect(baseUrl({ apiKey: 'x-us19' })).toBe('https://us19.api.mailchimp.com/3.0');
	expect(baseUrl({ apiKey: 'x' })).toBe('https://api.mailchimp.com/3.0');
	expect(baseUrl({ baseUrl: 'https://api.mailchimp.com/3.0/' })).toBe('https://api.mailchimp.com/3.0');
});
