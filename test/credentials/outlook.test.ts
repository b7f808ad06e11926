import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CredentialTestContext } from 'n8n-core';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { Outlook } from '../../nodes/Outlook/Outlook.node';
import { credentialFor, useSandbox } from '../support/services';

const sandbox = useSandbox();

/** What the Test button does: n8n's own context for it, with its real request helper. */
async function press(test: 'outlookUser' | 'outlookApp', more: ICredentialDataDecryptedObject = {}) {
	const type = test === 'outlookApp' ? 'mailOpsOutlookAppOAuth2Api' : 'mailOpsOutlookOAuth2Api';
	const data = { ...credentialFor(sandbox.current, type)[type], ...more } as ICredentialDataDecryptedObject;
	const context = new CredentialTestContext({} as never);
	return await new Outlook().methods.credentialTest[test].call(context as never, {
		id: '1',
		name: 'x',
		type,
		data,
	});
}

describe('a person', () => {
	test('whose sign-in it is, and what it allows', async () => {
		const { status, message } = await press('outlookUser');
		expect(status).toBe('OK');
		expect(message).toMatch(/^Signed in as anna@contoso\.example\. It allows to read mail, .*send mail/);
		expect(message).toContain('In shared mailboxes: read mail,');
		expect(message).toMatch(/The token ends at \d{4}-\d\d-\d\d \d\d:\d\d UTC; it is renewed by itself\.$/);
		expect(message).not.toContain('Not allowed');
	});

	test('shared mailboxes only as far as the permissions for them go; a token that nothing renews', async () => {
		const { access_token: token } = sandbox.current.outlook.signIn(['Mail.ReadWrite', 'Mail.Read.Shared']);
		const { message } = await press('outlookUser', { oauthTokenData: { access_token: token } });
		expect(message).toContain(
			'It allows to read mail, change and move mail, write drafts. In shared mailboxes: read mail.',
		);
		expect(message).toMatch(/UTC; nothing renews it: connect the account again/);
	});

	test('which permission is missing for what', async () => {
		const { access_token: token } = sandbox.current.outlook.signIn(['Mail.Read', 'User.Read']);
		const { message } = await press('outlookUser', { oauthTokenData: { access_token: token } });
		expect(message).toContain('It allows to read mail.');
		expect(message).toContain('send mail (Mail.Send)');
		expect(message).toContain('create and disable users (User.ReadWrite.All)');
	});

	test.each([
		[{ oauthTokenData: {} }, 'press Connect'],
		[{ oauthTokenData: { access_token: 'gone' } }, 'connect the account again'],
		[{ graphUrl: 'http://127.0.0.1:1' }, 'could not be asked'],
	])('%j', async (more, words) => {
		expect(await press('outlookUser', more as never)).toMatchObject({
			status: 'Error',
			message: expect.stringContaining(words),
		});
	});
});

describe('an app', () => {
	test('what an administrator has agreed to', async () => {
		sandbox.current.outlook.tokens.roles = ['Mail.Send'];
		const { status, message } = await press('outlookApp');
		expect(status).toBe('OK');
		expect(message).toContain('the app “MailOps sandbox”. It allows to send mail.');
		expect(message).toContain('read mail (Mail.ReadWrite)');
		expect(message).toContain('every mailbox of the tenant');
		expect(message).toContain('When its client secret ends, only the app registration says');
	});

	test('one that may do nothing yet', async () => {
		sandbox.current.outlook.tokens.roles = [];
		expect(await press('outlookApp')).toMatchObject({
			status: 'Error',
			message: expect.stringContaining('grant consent'),
		});
	});

	test.each([
		[7000222, 'The client secret has ended'],
		[65001, 'Nobody has agreed'],
		[53003, 'Conditional Access'],
		[90094, 'An administrator has to agree'],
		[123456, 'Microsoft refused the sign-in'],
	])('AADSTS%d in plain words', async (code, words) => {
		sandbox.current.outlook.tokens.refusal = { code, message: 'Words of Microsoft.' };
		const { status, message } = await press('outlookApp');
		expect(status).toBe('Error');
		expect(message).toContain(words);
		expect(message).toContain(`AADSTS${code}`);
	});

	test('an HTML page of a proxy is no answer of Microsoft', async () => {
		sandbox.current.faults.add({ service: 'outlook', path: /token/, kind: 'html' });
		expect(await press('outlookApp')).toMatchObject({ status: 'Error' });
	});
});

describe('a certificate', () => {
	const folder = mkdtempSync(join(tmpdir(), 'outlook-'));
	afterAll(() => rmSync(folder, { recursive: true }));
	const make = (name: string, days = 2) => {
		const [key, cert] = [join(folder, `${name}.key`), join(folder, `${name}.crt`)];
		execFileSync(
			'openssl',
			[
				'req',
				'-x509',
				'-newkey',
				'rsa:2048',
				'-nodes',
				'-keyout',
				key,
				'-out',
				cert,
				'-days',
				String(days),
				'-subj',
				'/CN=MailOps',
			],
			{ stdio: 'ignore' },
		);
		return { privateKey: readFileSync(key, 'utf8'), certificate: readFileSync(cert, 'utf8') };
	};

	test('proves the app, also when the fields have lost their line breaks', async () => {
		const pair = make('a');
		expect(await press('outlookApp', { signInWith: 'certificate', ...pair })).toMatchObject({ status: 'OK' });
		const flat = Object.fromEntries(
			Object.entries(pair).map(([name, pem]) => [name, pem.replaceAll('\n', ' ')]),
		);
		expect(await press('outlookApp', { signInWith: 'certificate', ...flat })).toMatchObject({ status: 'OK' });
	});

	test('tells when it ends, and says what to do when that is soon', async () => {
		const far = await press('outlookApp', { signInWith: 'certificate', ...make('far', 400) });
		expect(far.message).toMatch(/Its certificate ends on \d{4}-\d\d-\d\d\.$/);
		const soon = await press('outlookApp', { signInWith: 'certificate', ...make('soon', 10) });
		expect(soon).toMatchObject({
			status: 'OK',
			message: expect.stringMatching(/ends on \d{4}-\d\d-\d\d, in 9 days: make a new one/),
		});
	});

	test('a key of another certificate, and what is none', async () => {
		const [a, b] = [make('b'), make('c')];
		expect(
			await press('outlookApp', {
				signInWith: 'certificate',
				privateKey: a.privateKey,
				certificate: b.certificate,
			}),
		).toMatchObject({
			status: 'Error',
			message: expect.stringContaining('does not belong to the certificate'),
		});
		expect(
			await press('outlookApp', { signInWith: 'certificate', privateKey: 'x', certificate: a.certificate }),
		).toMatchObject({
			message: expect.stringContaining("'Private Key' cannot be read"),
		});
	});
});
