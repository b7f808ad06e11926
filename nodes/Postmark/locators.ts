import type { INodeProperties } from 'n8n-workflow';
import { locator } from '../../core/node/locator';

export const streamLocator = locator({
	displayName: 'Message Stream',
	name: 'stream',
	description: 'The message stream to work on',
	search: 'searchStreams',
	example: 'newsletter',
});

/** Only streams that send have suppressions and webhooks. */
export const sendingStreamLocator: INodeProperties = {
	...locator({
		displayName: 'Message Stream',
		name: 'stream',
		description: 'The message stream it is about: each stream that sends keeps its own',
		search: 'searchSendingStreams',
		example: 'outbound',
	}),
	default: { mode: 'list', value: 'outbound', cachedResultName: 'Default Transactional Stream' },
};

export const bounceLocator = locator({
	displayName: 'Bounce',
	name: 'bounce',
	description: 'The bounce to work on; search for it by the recipient’s address',
	search: 'searchBounces',
	example: '692560173',
});

export const webhookLocator = locator({
	displayName: 'Webhook',
	name: 'webhook',
	description: 'The webhook to work on',
	search: 'searchWebhooks',
	example: '1234567',
});

export const inboundRuleLocator = locator({
	displayName: 'Inbound Rule',
	name: 'rule',
	description: 'The rule to work on',
	search: 'searchInboundRules',
	example: '3',
});

export const serverLocator = locator({
	displayName: 'Server',
	name: 'server',
	description: 'The server of the account to work on',
	search: 'searchServers',
	example: '1001',
});

export const domainLocator = locator({
	displayName: 'Domain',
	name: 'domain',
	description: 'The domain to work on',
	search: 'searchDomains',
	example: '36735',
});

export const signatureLocator = locator({
	displayName: 'Sender Signature',
	name: 'signature',
	description: 'The sender to work on',
	search: 'searchSignatures',
	example: '1234',
});
