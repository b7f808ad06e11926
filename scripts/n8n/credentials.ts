import type { CredentialEntry } from './workflows';

/** Where the local stand-ins for the services answer. */
export interface SandboxAddresses {
	alimail: { url: string };
	postmark: { url: string };
}

/** What a shop or a site has to show to the example workflows' webhooks. */
export const CALLER_TOKEN = 'sandbox-caller';

/** Credentials that sign in to the sandbox. Their fixed ids let a second start find them again. */
export function sandboxCredentials(sandbox: SandboxAddresses): CredentialEntry[] {
	return [
		{
			id: 'mailopsAlimailSbx',
			name: 'Alimail (sandbox)',
			type: 'mailOpsAlimailApi',
			data: {
				site: 'custom',
				baseUrl: sandbox.alimail.url,
				appId: 'sandbox-app',
				appSecret: 'sandbox-secret',
				requestsPerSecond: 40,
			},
		},
		{
			id: 'mailopsPostmarkServer',
			name: 'Postmark server (sandbox)',
			type: 'mailOpsPostmarkServerApi',
			data: { serverToken: 'sandbox-server-token', baseUrl: sandbox.postmark.url },
		},
		{
			id: 'mailopsPostmarkAccount',
			name: 'Postmark account (sandbox)',
			type: 'mailOpsPostmarkAccountApi',
			data: { accountToken: 'sandbox-account-token', baseUrl: sandbox.postmark.url },
		},
		{
			id: 'mailopsWebhookCaller',
			name: 'Webhook caller (sandbox)',
			type: 'httpHeaderAuth',
			data: { name: 'Authorization', value: `Bearer ${CALLER_TOKEN}` },
		},
	];
}

/** Which of these credentials each node signs in with. */
export const credentialsOfNodes: Record<string, string[]> = {
	'n8n-nodes-mailops.alimail': ['mailOpsAlimailApi'],
	'n8n-nodes-mailops.postmark': ['mailOpsPostmarkServerApi'],
	'n8n-nodes-mailops.postmarkTrigger': ['mailOpsPostmarkServerApi'],
};
