import { CredentialTestContext } from 'n8n-core';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
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

test('the Test button shows account, data center and role, and what the role may not do', async () => {
	expect(await byKey()).toEqual({
		status: 'OK',
		message: expect.stringMatching(
			/^Account “MailOps Sandbox”, data center us6, role owner: it may do everything/,
		),
	});
	sandbox.current.mailchimp.settings.role = 'viewer';
	expect((await byKey()).message).toMatch(/role viewer: it may only read/);
	const token = await press('mailchimpOAuth2', {
		baseUrl: sandbox.current.mailchimp.url,
		oauthTokenData: { access_token: sandbox.current.mailchimp.account.token } as never,
	});
	expect(token).toMatchObject({ status: 'OK' });
});

test('it says what is wrong with a key', async () => {
	expect(await byKey({ apiKey: ' ' })).toEqual({ status: 'Error', message: 'Enter the API key.' });
	expect((await byKey({ apiKey: 'abc' })).message).toMatch(/is not whole: it ends with a dash/);
	expect((await byKey({ apiKey: 'abc-us6' })).message).toMatch(/does not know this key/);
	expect((await byKey({ baseUrl: `${sandbox.current.mailchimp.host}/us1/3.0` })).message).toMatch(
		/linked to a different datacenter/,
	);
	expect((await press('mailchimpOAuth2', {})).message).toMatch(/press Connect/);
});

test('the data center comes from the key; without one the host that serves all', () => {
	expect(baseUrl({ apiKey: 'x-us19' })).toBe('https://us19.api.mailchimp.com/3.0');
	expect(baseUrl({ apiKey: 'x' })).toBe('https://api.mailchimp.com/3.0');
	expect(baseUrl({ baseUrl: 'https://api.mailchimp.com/3.0/' })).toBe('https://api.mailchimp.com/3.0');
});
