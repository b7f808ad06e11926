import { credentialFor, useSandbox } from '../../../support/services';
import { NODE, runNode } from '../../../support/runNode';
import { asked, perform } from '../operations';

const sandbox = useSandbox();

test('whose key it is, where the account is, and what the role may not do, in one request', async () => {
	sandbox.current.mailchimp.settings.role = 'viewer';
	const { rows } = await perform(sandbox.current, 'account.get');
	expect(rows).toMatchObject([
		{
			account_name: 'MailOps Sandbox',
			role: 'viewer',
			data_center: 'us6',
			this_role: 'may only view reports: nothing can be added, changed or sent with it',
		},
	]);
	expect(rows[0]).not.toHaveProperty('_links');
	expect(asked(sandbox.current)).toEqual(['GET /']);
});

test('a token tells the same, and has no data center to tell', async () => {
	const run = await runNode({
		type: 'mailchimp',
		parameters: { authentication: 'oAuth2', resource: 'account', operation: 'get' },
		credentials: credentialFor(sandbox.current, 'mailOpsMailchimpOAuth2Api'),
	});
	expect(run.json(NODE)).toMatchObject([
		{ role: 'owner', this_role: expect.stringContaining('a Manager would be enough') },
	]);
	expect(run.json(NODE)[0]).not.toHaveProperty('data_center');
});
