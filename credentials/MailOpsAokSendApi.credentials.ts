import type { ICredentialType, INodeProperties } from 'n8n-workflow';

/**
 * The app key of one of three services of one vendor. The key goes into each request's form, which the AokSend node fills
 * in; the node tests it too.
 */
export class MailOpsAokSendApi implements ICredentialType {
	name = 'mailOpsAokSendApi';
	displayName = 'MailOps AokSend API';
	icon = {
		light: 'file:../nodes/AokSend/aokSend.svg',
		dark: 'file:../nodes/AokSend/aokSend.dark.svg',
	} as const;
	documentationUrl = 'https://github.com/mailops/n8n-nodes-mailops/blob/main/docs/aoksend.md';
	properties: INodeProperties[] = [
		{
			displayName: 'Service',
			name: 'service',
			type: 'options',
			options: [
				{ name: 'AokSend', value: 'aokSend', description: 'Emails by template, from www.aoksend.com' },
				{ name: 'AotSend', value: 'aotSend', description: 'Emails by template, from www.aotsend.com' },
				{
					name: '蜂邮 Enterprise',
					value: 'fengEmail',
					description: 'Emails with a subject and words of your own, from qy.fengemail.com',
				},
			],
			default: 'aokSend',
			description: 'The service that gave you the app key: each has accounts and keys of its own',
		},
		{
			displayName: 'App Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'From the console of the service, where it is called app_key',
		},
		{
			displayName: 'Requests per Second',
			name: 'requestsPerSecond',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 1000 },
			default: 20,
			description:
				'How many emails may start in a second. The vendor names no limit: raise it when you need to.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://apiv2.aoksend.com',
			description: 'Leave empty, unless you test against a local stand-in',
		},
	];
}
