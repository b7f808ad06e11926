import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IDataObject,
	IHttpRequestHelper,
	INodeProperties,
} from 'n8n-workflow';
import { signedWithToken } from '../core/http/signed';
import { askForToken } from '../core/http/tokenRequest';
import { ASSUMED } from '../nodes/Alimail/assumed';
import { readToken, TOKEN, tokenRequest } from '../nodes/Alimail/token';

/**
 * An app of Alimail's API Open Platform. Signs in by client credentials
 * (https://help.aliyun.com/document_detail/2855420.html). Tested by the Alimail node.
 */
export class MailOpsAlimailApi implements ICredentialType {
	name = 'mailOpsAlimailApi';
	displayName = 'MailOps Alimail (Alibaba Mail) API';
	icon = {
		light: 'file:../nodes/Alimail/alimail.svg',
		dark: 'file:../nodes/Alimail/alimail.dark.svg',
	} as const;
	documentationUrl = 'https://github.com/mailops/n8n-nodes-mailops/blob/main/docs/alimail.md';
	properties: INodeProperties[] = [
		{
			displayName: 'Site',
			name: 'site',
			type: 'options',
			options: [
				{ name: 'China (Localized Edition)', value: 'chinaLocalized' },
				{ name: 'China (Standard and AI Premium Edition)', value: 'china' },
				{ name: 'Germany', value: 'germany' },
				{ name: 'Hong Kong (China)', value: 'hongKong' },
				{ name: 'Singapore', value: 'singapore' },
				{ name: 'United States', value: 'unitedStates' },
				{ name: 'Other (Base URL)', value: 'custom' },
			],
			default: 'china',
			description: 'Where your mail tenant was set up. An app works only at its own site.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://mail-api.example.com',
			displayOptions: { show: { site: ['custom'] } },
			description: 'The address of the API, without a slash at the end',
		},
		{
			displayName: 'App ID',
			name: 'appId',
			type: 'string',
			required: true,
			default: '',
			description:
				'In the Alimail admin console: Advanced Features, API Open Platform, the app, Edit. Give the app only the permissions your workflows need: reading for look-ups, writing of users and departments for a sync.',
		},
		{
			displayName: 'Secret',
			name: 'appSecret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'The app’s Secret, from the same place',
		},
		{
			displayName: 'Mail Domain',
			name: 'domain',
			type: 'string',
			default: '',
			placeholder: 'e.g. example.com',
			description:
				'Your main mail domain. Alimail counts requests for all apps of a domain together: credentials with the same domain here share one budget. When empty, this app counts alone.',
		},
		{
			displayName: 'Requests per Second',
			name: 'requestsPerSecond',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 40 },
			default: 20,
			description:
				'The limit of your mail domain: 20 unless Alimail has granted more, 40 at most. The nodes stay a little under it, and slow down when Alimail asks for it. Lower it when other systems use the same domain.',
		},
		{
			displayName: 'Choose Fields',
			name: ASSUMED.select,
			type: 'boolean',
			default: true,
			description:
				'Whether to ask for the fields by name ($select) when accounts and departments are read. No page of Alimail describes it, though public clients use it: switch it off if Alimail refuses it. What does not come by itself is then missing.',
		},
		{
			displayName: 'Clear Fields With',
			name: ASSUMED.clear,
			type: 'options',
			options: [
				{ name: 'Empty Text', value: 'empty' },
				{ name: 'Null', value: 'null' },
			],
			default: 'empty',
			description:
				'What is written into a field that is to be emptied. No page of Alimail says which it takes: try it on one account first.',
		},
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
