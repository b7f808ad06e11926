import { z } from 'zod';
import { type Credential, standIn } from '../../shell/standIn';
import { installPostmarkControl } from './control';
import { bodyOf } from './errors';
import { inboundView } from './page/inbound';
import { messagesView } from './page/messages';
import { streamsView } from './page/streams';
import { templatesView } from './page/templates';
import { webhooksView } from './page/webhooks';
import { sampleMail } from './samples';
import { PostmarkService } from './service';
import { postmarkSettings } from './settings';
import { pages, tables } from './tables';

export const postmark = standIn({
	name: 'postmark',
	title: 'Postmark',
	node: 'Postmark',
	create: ({ url }) => new PostmarkService(url),
	errorBody: bodyOf,
	settings: { schema: postmarkSettings },
	faults: {
		partial: {
			on: /^\/email\/batch(?:WithTemplates)?$/i,
			check: (fault) =>
				'errorCode' in fault && typeof fault.errorCode === 'number'
					? undefined
					: 'A "partial" fault of Postmark needs "errorCode", the number that the refused messages get.',
		},
	},
	seed: {
		schema: z.strictObject({
			/** Domains to send from, set up in DNS. */
			domains: z.array(z.string()).optional(),
			/** Single addresses to send from, confirmed. */
			signatures: z.array(z.string()).optional(),
		}),
		sow({ senders }, { domains = [], signatures = [] }: { domains?: string[]; signatures?: string[] }) {
			for (const domain of domains) if (!senders.domain(domain)) senders.addDomain(domain);
			for (const address of signatures) if (!senders.signature(address)) senders.addSignature(address);
			return { domains: domains.length, signatures: signatures.length };
		},
	},
	sample: sampleMail,
	credentials: (service): Credential[] => [
		{
			type: 'mailOpsPostmarkServerApi',
			name: 'Postmark server (sandbox)',
			data: { serverToken: service.serverToken, baseUrl: service.url },
			nodes: ['postmark', 'postmarkTrigger'],
		},
		{
			type: 'mailOpsPostmarkAccountApi',
			name: 'Postmark account (sandbox)',
			data: { accountToken: service.accountToken, baseUrl: service.url },
			nodes: [],
		},
	],
	notes: ({ servers, accountToken }) => [
		...servers.map(({ name, tokens }) => `Server token ${tokens.join(', ')} (${name})`),
		`Account token ${accountToken}`,
		'Senders: any address of example.com, yunhe.example or mailops.example',
	],
	summary: ({ messages, testAccepted, unknownFields, hooks }) => ({
		messages: messages.length,
		testAccepted,
		unknownFields,
		webhookDeliveries: hooks.deliveries.length,
	}),
	views: [messagesView, inboundView, templatesView, streamsView, webhooksView],
	presets: [
		['429 once', { kind: 'status', status: 429 }],
		['HTML error page', { kind: 'html' }],
		['answer to a send lost', { kind: 'resetAfter', method: 'POST', pathPattern: '^/email' }],
		[
			'a proxy’s 503 after a send',
			{ kind: 'proxyError', when: 'after', method: 'POST', pathPattern: '^/email' },
		],
		['5 s slow', { kind: 'slow', ms: 5000 }],
	],
	tables: {
		list: tables,
		pages,
		headers: ({ serverToken, accountToken }) => ({
			accept: 'application/json',
			'x-postmark-server-token': serverToken,
			'x-postmark-account-token': accountToken,
		}),
	},
	control: installPostmarkControl,
});
