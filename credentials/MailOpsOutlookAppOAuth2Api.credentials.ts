import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IDataObject,
	IHttpRequestHelper,
	INodeProperties,
} from 'n8n-workflow';
import { signedWithToken } from '../core/http/signed';
import { askForToken } from '../core/http/tokenRequest';
import { cloudFields, limitFields } from '../nodes/Outlook/clouds';
import { readToken, TOKEN, tokenRequest } from '../nodes/Outlook/token';

/** An app signs in by itself, without a person (https://learn.microsoft.com/graph/auth-v2-service). Tested by the Outlook node. */
export class MailOpsOutlookAppOAuth2Api implements ICredentialType {
	name = 'mailOpsOutlookAppOAuth2Api';
	displayName = 'MailOps Outlook App OAuth2 API';
	icon = {
		light: 'file:../nodes/Outlook/outlook.svg',
		dark: 'file:../nodes/Outlook/outlook.dark.svg',
	} as const;
	documentationUrl = 'https://github.com/mailops/n8n-nodes-mailops/blob/main/docs/outlook.md';
	properties: INodeProperties[] = [
		...cloudFields,
		{
			displayName: 'Tenant',
			name: 'tenant',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 5c1f9a10-7c1e-4b7a-9d9e-3f6f2f0e8a11',
			description: 'The Directory (tenant) ID from the app’s Overview, or one of your domains',
		},
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 1f3c5a77-0b1d-4c55-8f6e-2a9f6f0c1d22',
			description: 'The Application (client) ID from the app’s Overview',
		},
		{
			displayName: 'Sign In With',
			name: 'signInWith',
			type: 'options',
			options: [
				{ name: 'Certificate', value: 'certificate', description: 'Its key never leaves n8n' },
				{ name: 'Secret', value: 'secret', description: 'Ends after two years at most' },
			],
			default: 'secret',
			description: 'What proves the app, from its Certificates & secrets',
		},
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			displayOptions: { show: { signInWith: ['secret'] } },
			description: 'The secret’s Value, not its ID',
		},
		{
			displayName: 'Private Key',
			name: 'privateKey',
			type: 'string',
			typeOptions: { password: true, rows: 4 },
			default: '',
			displayOptions: { show: { signInWith: ['certificate'] } },
			description: 'In PEM format, from the line BEGIN PRIVATE KEY to the line END PRIVATE KEY',
		},
		{
			displayName: 'Certificate',
			name: 'certificate',
			type: 'string',
			typeOptions: { password: true, rows: 4 },
			default: '',
			displayOptions: { show: { signInWith: ['certificate'] } },
			description: 'The one you uploaded to the app, in PEM format: it tells Microsoft which key signs',
		},
		...limitFields,
		{
			displayName: 'Access Token',
			name: TOKEN.field,
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
		{
			displayName: 'Access Token Renew At',
			name: TOKEN.renewAt,
			type: 'hidden',
			typeOptions: { password: true },
			default: '',
		},
	];

	async preAuthentication(
		this: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
	): Promise<IDataObject> {
		const { url, form } = tokenRequest(credentials);
		return readToken(await askForToken(this, url, new URLSearchParams(form)));
	}

	authenticate = signedWithToken(TOKEN.field);
}
