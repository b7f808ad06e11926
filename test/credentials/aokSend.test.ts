import { CredentialTestContext } from 'n8n-core';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { AokSend } from '../../nodes/AokSend/AokSend.node';
import { aokSendCredential, type Service } from '../nodes/AokSend/support';
import { useSandbox } from '../support/services';

const sandbox = useSandbox();

/** What the Test button does: n8n's own context for it, with its real request helper. */
async function press(service: Service, more: ICredentialDataDecryptedObject = {}) {
	const { mailOpsAokSendApi } = aokSendCredential(sandbox.current, service);
	const data = { ...mailOpsAokSendApi, ...more };
	const context = new CredentialTestContext({} as never);
	return await new AokSend().methods.credentialTest.aokSendAppKey.call(context as never, {
		id: '1',
		name: 'AokSend',
		type: 'mailOpsAokSendApi',
		data,
	});
}

test('AokSend tells how many emails are left', async () => {
	expect(await press('aokSend')).toEqual({ status: 'OK', message: 'Connected. Emails left: 10000.' });
});

test.each(['aotSend', 'fengEmail'] as const)('%s knows the key, and nothing is sent', async (service) => {
	expect(await press(service)).toMatchObject({ status: 'OK', message: expect.stringContaining('knows') });
	expect(sandbox.current.aoksend.messages).toEqual([]);
});

test.each(['aokSend', 'aotSend', 'fengEmail'] as const)('%s: a wrong key', async (service) => {
	const { status, message } = await press(service, { apiKey: 'wrong-key' });
	expect(status).toBe('Error');
	expect(message).toContain('does not know this app key');
});

test('no key', async () => {
	expect(await press('aokSend', { apiKey: ' ' })).toEqual({ status: 'Error', message: 'Enter the app key.' });
	expect(sandbox.current.requests.total).toBe(0);
});

test('another server at the base URL, and none', async () => {
	const { message } = await press('aokSend', { baseUrl: `${sandbox.current.url}/nowhere` });
	expect(message).toContain('check the base URL');
	expect((await press('aokSend', { baseUrl: 'http://127.0.0.1:1' })).message).toContain('could not be asked');
});

test('a code nobody knows leaves it open', async () => {
	sandbox.current.faults.add({ service: 'aoksend', kind: 'status', status: 200, body: { code: 0 } });
	expect((await press('fengEmail')).message).toContain('Send one email to yourself');
});
