import { z } from 'zod';
import { type Credential, standIn } from '../../shell/standIn';
import { bodyOf } from './errors';
import { mailsView } from './page';
import type { Product } from './sending';
import { AokSendService } from './service';
import { aokSendSettings } from './settings';

export const aokSend = standIn({
	name: 'aoksend',
	title: 'AokSend, AotSend, 蜂邮',
	node: 'AokSend',
	create: ({ url }) => new AokSendService(url),
	errorBody: bodyOf,
	settings: { schema: aokSendSettings },
	faults: {},
	seed: {
		schema: z.strictObject({
			/** Approved templates, by number. */
			templates: z
				.array(z.strictObject({ id: z.string().min(1), subject: z.string().default('') }))
				.optional(),
		}),
		sow(service, { templates = [] }: { templates?: Array<{ id: string; subject: string }> }) {
			for (const { id, subject } of templates) service.templates.set(id, { subject });
			return { templates: templates.length };
		},
	},
	credentials: (service): Credential[] => [credentialOf(service, service.settings.credentialFor)],
	notes: (service) => [
		`App key ${service.appKeys.aoksend} (AokSend, ${service.urlOf('aoksend')})`,
		`App key ${service.appKeys.aotsend} (AotSend, ${service.urlOf('aotsend')})`,
		`App key ${service.appKeys.fengemail} (蜂邮, ${service.urlOf('fengemail')})`,
		`Templates: ${[...service.templates.keys()].join(', ')}`,
	],
	summary: ({ messages, templates }) => ({ messages: messages.length, templates: templates.size }),
	views: [mailsView],
	presets: [
		['answer to a send lost', { kind: 'resetAfter', method: 'POST', pathPattern: 'send_email$' }],
		['HTML page with status 200', { kind: 'html', status: 200 }],
		['503 of a proxy', { kind: 'proxyError' }],
	],
});

/** The service's value in the credential's form. */
const CHOICES: Record<Product, string> = { aoksend: 'aokSend', aotsend: 'aotSend', fengemail: 'fengEmail' };

const credentialOf = (service: AokSendService, product: Product): Credential => ({
	type: 'mailOpsAokSendApi',
	name: 'AokSend (sandbox)',
	data: {
		service: CHOICES[product],
		apiKey: service.appKeys[product],
		baseUrl: service.urlOf(product),
		requestsPerSecond: 1000,
	},
	nodes: ['aokSend'],
});
