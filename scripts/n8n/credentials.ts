import type { CredentialEntry } from './workflows';

/** Where the local stand-ins for the services answer. */
export interface SandboxAddresses {
	alimail: { url: string };
	postmark: { url: string };
}

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
				requestsPerSecond: 20,
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
	];
}

/** Which of these credentials each node signs in with. */
export const credentialsOfNodes: Record<string, string[]> = {
	'n8n-nodes-mailops.alimail': ['mailOpsAlimailApi'],
	'n8n-nodes-mailops.postmark': ['mailOpsPostmarkServerApi'],
};
