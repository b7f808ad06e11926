import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IDataObject,
	IHttpRequestHelper,
	INodeProperties,
} from 'n8n-workflow';
import { signedWithToken } from '../core/http/signed';
import { askForToken } from '../core/http/tokenRequest';
import { keyAsToken, readToken, TOKEN, tokenRequest, usesKey } from '../nodes/SendPulse/token';

/** https://sendpulse.com/integrations/api. Tested by the SendPulse node. */
export class MailOpsSendPulseApi implements ICredentialType {
	name = 'mailOpsSendPulseApi';
	displayName = 'MailOps SendPulse API';
	icon = {
		light: 'file:../nodes/SendPulse/sendPulse.svg',
		dark: 'file:../nodes/SendPulse/sendPulse.dark.svg',
	} as const;
	documentationUrl = 'https://github.com/mailops/n8n-nodes-mailops/blob/main/docs/sendpulse.md';
	properties: INodeProperties[] = [
		{
			displayName: 'Sign In With',
			name: 'authentication',
			type: 'options',
			options: [
				{
					name: 'ID and Secret',
					value: 'client',
					description: 'Gives a token of one hour, which the nodes renew',
				},
				{ name: 'API Key', value: 'apiKey', description: 'A static key, which does not end' },
			],
			default: 'client',
			description: 'What you have from SendPulse: Account settings, API',
		},
		{
			displayName: 'ID',
			name: 'clientId',
			type: 'string',
			default: '',
			displayOptions: { show: { authentication: ['client'] } },
			description: 'The ID of the REST API, from Account settings, API',
		},
		{
			displayName: 'Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			displayOptions: { show: { authentication: ['client'] } },
			description: 'The secret, from the same place',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			displayOptions: { show: { authentication: ['apiKey'] } },
			description: 'A static key, from the same place: an account has up to five',
		},
		{
			displayName: 'More Than a Day Holds',
			name: 'beyondToday',
			type: 'options',
			options: [
				{ name: 'Refuse at Once', value: 'refuse', description: 'Nothing of such a run is sent' },
				{ name: 'Start', value: 'start', description: 'What goes beyond the day’s quota fails' },
			],
			default: 'start',
			description: 'What becomes of a run that needs more requests than today’s quota still holds',
		},
		{
			displayName: 'Plan',
			name: 'plan',
			type: 'options',
			options: [
				{ name: 'Free', value: 'free', description: '1,000 requests a minute, 500,000 a day' },
				{ name: 'Paid', value: 'paid', description: '2,000 requests a minute, 1,000,000 a day' },
				{ name: 'Enterprise', value: 'enterprise', description: '3,000 requests a minute, 3,000,000 a day' },
			],
			default: 'free',
			description: 'The plan of the account: it says how many requests SendPulse takes',
		},
		{
			displayName: 'Requests per Second',
			name: 'requestsPerSecond',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 1000 },
			default: 10,
			description: 'SendPulse takes ten from an account. Lower it when other systems use the same account.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.sendpulse.com',
			description: 'Leave as it is, unless you test against a local stand-in',
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
		if (usesKey(credentials)) return keyAsToken(credentials);
		const { url, body } = tokenRequest(credentials);
		return readToken(await askForToken(this, url, body));
	}

	authenticate = signedWithToken(TOKEN.field);
}
