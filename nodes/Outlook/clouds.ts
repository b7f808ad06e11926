import type { ICredentialDataDecryptedObject, INodeProperties } from 'n8n-workflow';

interface Cloud {
	name: string;
	graph: string;
	login: string;
	description: string;
}

/** https://learn.microsoft.com/graph/deployments */
export const CLOUDS: Record<string, Cloud> = {
	global: {
		name: 'Global',
		graph: 'https://graph.microsoft.com',
		login: 'https://login.microsoftonline.com',
		description: 'Microsoft 365 as nearly everybody has it',
	},
	usGov: {
		name: 'US Government (GCC High)',
		graph: 'https://graph.microsoft.us',
		login: 'https://login.microsoftonline.us',
		description: 'Level 4 of the national cloud of the US',
	},
	usDod: {
		name: 'US Government (DoD)',
		graph: 'https://dod-graph.microsoft.us',
		login: 'https://login.microsoftonline.us',
		description: 'Level 5 of the national cloud of the US',
	},
	china: {
		name: 'China (21Vianet)',
		graph: 'https://microsoftgraph.chinacloudapi.cn',
		login: 'https://login.chinacloudapi.cn',
		description: 'Microsoft 365 operated by 21Vianet',
	},
};

const withoutSlash = (address: unknown): string =>
	String(address ?? '')
		.trim()
		.replace(/\/+$/, '');

const cloudOf = ({ cloud }: ICredentialDataDecryptedObject): Cloud =>
	CLOUDS[String(cloud || 'global')] ?? CLOUDS.global!;

/** Where the API is, with its version and without a slash at the end. */
export const graphUrlOf = (credential: ICredentialDataDecryptedObject): string =>
	credential.cloud === 'other' ? withoutSlash(credential.graphUrl) : `${cloudOf(credential).graph}/v1.0`;

/** Where one signs in, without the tenant. */
export const loginUrlOf = (credential: ICredentialDataDecryptedObject): string =>
	credential.cloud === 'other' ? withoutSlash(credential.loginUrl) : cloudOf(credential).login;

/** All that an app has been given in this cloud (https://learn.microsoft.com/graph/auth-v2-service). */
export const everythingOf = (credential: ICredentialDataDecryptedObject): string =>
	credential.cloud === 'other'
		? `${new URL(graphUrlOf(credential)).origin}/.default`
		: `${cloudOf(credential).graph}/.default`;

const cloudOptions = [
	...Object.entries(CLOUDS).map(([value, { name, description }]) => ({ name, value, description })),
	{ name: 'Other', value: 'other', description: 'A local stand-in, for trying things out' },
];

/** Fields of both credentials that say where Microsoft is. */
export const cloudFields: INodeProperties[] = [
	{
		displayName: 'Cloud',
		name: 'cloud',
		type: 'options',
		options: cloudOptions,
		default: 'global',
		description: 'Which of Microsoft’s clouds your organization is in',
	},
	{
		displayName: 'Graph Address',
		name: 'graphUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. http://127.0.0.1:8025/outlook/v1.0',
		displayOptions: { show: { cloud: ['other'] } },
		description: 'Where the API answers, with its version',
	},
	{
		displayName: 'Sign-In Address',
		name: 'loginUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. http://127.0.0.1:8025/outlook/login',
		displayOptions: { show: { cloud: ['other'] } },
		description: 'Where one signs in, without the tenant',
	},
];

/** The fields of both credentials for what Exchange and Graph take. */
export const limitFields: INodeProperties[] = [
	{
		displayName: 'Messages per Minute',
		name: 'messagesPerMinute',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 100_000 },
		default: 30,
		description:
			'How many messages leave one mailbox in a minute. Exchange Online lets 30 go. Lower it when people or other systems send from the same mailboxes.',
	},
	{
		displayName: 'Requests at Once',
		name: 'requestsAtOnce',
		type: 'options',
		options: [
			{
				name: '4 for All Mailboxes Together',
				value: 'app',
				description: 'As Microsoft says today. Never too many.',
			},
			{
				name: '4 for Each Mailbox',
				value: 'mailbox',
				description: 'As Microsoft said before. Faster for many mailboxes, unless Outlook refuses requests.',
			},
		],
		default: 'app',
		description:
			'How many requests of the app Outlook works on at the same time. Choose the same in all credentials of one app.',
	},
];
