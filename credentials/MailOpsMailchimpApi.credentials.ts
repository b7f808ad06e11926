import type { ICredentialType, INodeProperties } from 'n8n-workflow';
import { signedWith } from '../core/http/signed';

/** https://mailchimp.com/developer/marketing/guides/quick-start/#generate-your-api-key. Tested by the Mailchimp node. */
export class MailOpsMailchimpApi implements ICredentialType {
	name = 'mailOpsMailchimpApi';
	displayName = 'MailOps Mailchimp API';
	icon = {
		light: 'file:../nodes/Mailchimp/mailchimp.svg',
		dark: 'file:../nodes/Mailchimp/mailchimp.dark.svg',
	} as const;
	documentationUrl = 'https://github.com/mailops/n8n-nodes-mailops/blob/main/docs/mailchimp.md';
	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				'In Mailchimp: Profile, then Extras, then API keys. A key may do whatever its user may: make a user with the smallest role that does (from Manager on users can make keys), and one key for each purpose.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://<dc>.api.mailchimp.com/3.0',
			description:
				'Leave as it is, unless you test against a local stand-in. &lt;dc&gt; stands for the data center at the end of the API key, such as us19.',
		},
	];
	// A key is often pasted with the end of its line.
	authenticate = signedWith(({ apiKey }) => ({
		auth: { username: 'n8n', password: String(apiKey ?? '').trim() },
	}));
}
