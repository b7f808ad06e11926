import { CredentialTestContext } from 'n8n-core';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { SendPulse } from '../../nodes/SendPulse/SendPulse.node';
import { sendPulseCredential } from '../nodes/SendPulse/support';
import { useSandbox } from '../support/services';

const sandbox = useSandbox();

/** What the Test button does: n8n's own context for it, with its real request helper. */
async function press(more: ICredentialDataDecryptedObject = {}) {
	const data = { ...sendPulseCredential(sandbox.current).mailOpsSendPulseApi, ...more };
	const context = new CredentialTestContext({} as never);
	return await new SendPulse().methods.credentialTest.sendPulseAccount.call(context as never, {
		id: '1',
		name: 'SendPulse',
		type: 'mailOpsSendPulseApi',
		data,
	});
}

test('tells the plans of the account, and the limits that the nodes keep to', async () => {
	expect(await press({ plan: 'paid' })).toEqual({
		status: 'OK',
		message:
			'Connected. Email plan: Free, SMTP plan: SMTP Free. The nodes keep to 2,000 requests a minute and 1,000,000 a day.',
	});
});

test('a static key works without a token', async () => {
	expect(await press({ authentication: 'apiKey', apiKey: 'sandbox-static-key' })).toMatchObject({
		status: 'OK',
	});
	expect(sandbox.current.requests.count({ path: '/oauth/access_token' })).toBe(0);
});

test.each([
	[{ clientSecret: 'wrong' }, 'SendPulse refused the ID or the secret'],
	[{ clientId: '' }, 'Enter the ID and the secret'],
	[{ authentication: 'apiKey', apiKey: '' }, 'Enter the API key'],
	[{ authentication: 'apiKey', apiKey: 'wrong' }, 'does not know this API key'],
	[{ baseUrl: 'http://127.0.0.1:1' }, 'could not be asked'],
])('%j', async (more, words) => {
	const { status, message } = await press(more as never);
	expect(status).toBe('Error');
	expect(message).toContain(words);
});
