import { useSandbox } from '../../../support/services';
import { asked, problem, rows } from '../support';

const sandbox = useSandbox();

describe('a person', () => {
	test('who it is, what the sign-in allows, and when the token ends', async () => {
		const [account] = await rows(sandbox.current, 'account.get');
		expect(account).toMatchObject({
			signedInAs: 'person',
			mail: 'anna@contoso.example',
			allowed: expect.arrayContaining(['read mail', 'send mail']),
			allowedInSharedMailboxes: expect.arrayContaining(['read mail']),
			notAllowed: [],
			isRenewed: true,
			tokenEnds: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
		});
		expect(JSON.stringify(account)).not.toContain('ey');
		expect(asked(sandbox.current)).toEqual(['GET /v1.0/me']);
	});

	test('a token that may not read its owner says what it may, and which permission is missing for what', async () => {
		const { access_token: token } = sandbox.current.outlook.signIn(['Mail.Read']);
		const [account] = await rows(
			sandbox.current,
			'account.get',
			{},
			{ credential: { oauthTokenData: { access_token: token } } },
		);
		expect(account).toMatchObject({
			permissions: ['Mail.Read'],
			allowed: ['read mail'],
			notAllowed: expect.arrayContaining([
				'send mail (Mail.Send)',
				'choose users from a list (User.ReadBasic.All)',
				'read users (User.Read.All)',
				'create and disable users (User.ReadWrite.All)',
			]),
			isRenewed: false,
		});
	});
});

describe('an app', () => {
	test('what an administrator has agreed to, also with the first request of all', async () => {
		const [account] = await rows(sandbox.current, 'account.get', {}, { asApp: true });
		expect(account).toMatchObject({
			signedInAs: 'app',
			appName: 'MailOps sandbox',
			allowed: expect.arrayContaining(['send mail', 'choose users from a list', 'read users']),
			certificateEnds: null,
			tokenEnds: expect.stringMatching(/^\d{4}-/),
		});
	});

	test('one that cannot sign in is an error that says why', async () => {
		const credential = { clientSecret: 'wrong' };
		const { error } = await problem(sandbox.current, 'account.get', {}, { asApp: true, credential });
		expect(error).toContain('The client secret is wrong');
	});
});
