import type { ICredentialType, INodeProperties } from 'n8n-workflow';
import { signedWith } from '../core/http/signed';

/** https://postmarkapp.com/developer/api/overview#authentication. Tested by the Postmark node. */
export class MailOpsPostmarkAccountApi implements ICredentialType {
	name = 'mailOpsPostmarkAccountApi';
	displayName = 'MailOps Postmark Account API';
	icon = {
		light: 'file:../nodes/Postmark/postmark.svg',
		dark: 'file:../nodes/Postmark/postmark.dark.svg',
	} as const;
	documentationUrl = 'https://github.com/mailops/n8n-nodes-mailops/blob/main/docs/postmark.md';
	properties: INodeProperties[] = [
		{
			displayName: 'Account API Token',
			name: 'accountToken',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				'In Postmark: Account, then API Tokens (account owners and admins only). It can change every server, domain and sender of the account, and cannot send. Only Account Server, Domain, Sender Signature, Data Removal and Custom API Call (Account) need it.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.postmarkapp.com',
			description: 'Leave as it is, unless you test against a local stand-in',
		},
	];
	authenticate = signedWith(({ accountToken }) => ({
		headers: { 'X-Postmark-Account-Token': String(accountToken ?? '') },
	}));
}
