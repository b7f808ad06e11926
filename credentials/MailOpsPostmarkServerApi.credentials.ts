import type { ICredentialType, INodeProperties } from 'n8n-workflow';
import { signedWith } from '../core/http/signed';

/** https://postmarkapp.com/developer/api/overview#authentication. Tested by the Postmark node. */
export class MailOpsPostmarkServerApi implements ICredentialType {
	name = 'mailOpsPostmarkServerApi';
	displayName = 'MailOps Postmark Server API';
	icon = {
		light: 'file:../nodes/Postmark/postmark.svg',
		dark: 'file:../nodes/Postmark/postmark.dark.svg',
	} as const;
	documentationUrl = 'https://github.com/mailops/n8n-nodes-mailops/blob/main/docs/postmark.md';
	properties: INodeProperties[] = [
		{
			displayName: 'Server API Token',
			name: 'serverToken',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				'In Postmark: open the server, then API Tokens. It can only work with this one server: use one server, and one token, for each purpose. To try things out, use the token of a sandbox server. All resources but those that say “needs the account token” use it.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.postmarkapp.com',
			description: 'Leave as it is, unless you test against a local stand-in',
		},
	];
	authenticate = signedWith(({ serverToken }) => ({
		headers: { 'X-Postmark-Server-Token': String(serverToken ?? '') },
	}));
}
