import type { ICredentialType, INodeProperties } from 'n8n-workflow';

/**
 * An app of your own. Mailchimp's tokens have no scopes and never run out
 * (https://mailchimp.com/developer/marketing/guides/access-user-data-oauth-2/). Tested by the Mailchimp node.
 */
export class MailOpsMailchimpOAuth2Api implements ICredentialType {
	name = 'mailOpsMailchimpOAuth2Api';
	displayName = 'MailOps Mailchimp OAuth2 API';
	extends = ['oAuth2Api'];
	icon = {
		light: 'file:../nodes/Mailchimp/mailchimp.svg',
		dark: 'file:../nodes/Mailchimp/mailchimp.dark.svg',
	} as const;
	documentationUrl = 'https://github.com/mailops/n8n-nodes-mailops/blob/main/docs/mailchimp.md';
	properties: INodeProperties[] = [
		{ displayName: 'Grant Type', name: 'grantType', type: 'hidden', default: 'authorizationCode' },
		{
			displayName: 'Authorization URL',
			name: 'authUrl',
			type: 'hidden',
			default: 'https://login.mailchimp.com/oauth2/authorize',
		},
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'hidden',
			typeOptions: { password: true },
			default: 'https://login.mailchimp.com/oauth2/token',
		},
		{ displayName: 'Scope', name: 'scope', type: 'hidden', default: '' },
		{ displayName: 'Auth URI Query Parameters', name: 'authQueryParameters', type: 'hidden', default: '' },
		{ displayName: 'Authentication', name: 'authentication', type: 'hidden', default: 'body' },
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.mailchimp.com/3.0',
			description:
				'Leave as it is: this address serves the accounts of every data center. Change it only for a local stand-in.',
		},
	];
}
