import type { Sandbox } from '../../sandbox';
import type { CredentialEntry } from './workflows';

/** What a shop or a site has to show to the example workflows' webhooks. */
export const CALLER_TOKEN = 'sandbox-caller';

/** Credentials that sign in to the sandbox. Their fixed ids, which are their types, let a second start find them again. */
export function sandboxCredentials(sandbox: Pick<Sandbox, 'credentials'>): CredentialEntry[] {
	return [
		...sandbox.credentials().map(({ type, name, data }) => ({ id: type, name, type, data })),
		{
			id: 'mailopsWebhookCaller',
			name: 'Webhook caller (sandbox)',
			type: 'httpHeaderAuth',
			data: { name: 'Authorization', value: `Bearer ${CALLER_TOKEN}` },
		},
		{
			id: 'mailopsCodeSecret',
			name: 'Code secret (sandbox)',
			type: 'crypto',
			data: { hmacSecret: 'sandbox-code-secret' },
		},
	];
}

/** Which of these credentials each node of an imported workflow signs in with, by the node's full type name. */
export function credentialsOfNodes(sandbox: Pick<Sandbox, 'credentials'>): Record<string, string[]> {
	const needs: Record<string, string[]> = {};
	for (const { type, nodes } of sandbox.credentials()) {
		for (const node of nodes) (needs[`n8n-nodes-mailops.${node}`] ??= []).push(type);
	}
	return needs;
}
