import { z } from 'zod';
import { type Credential, standIn } from '../../shell/standIn';
import { ecommerceTables, storeOf } from './ecommerce';
import { bodyOf } from './errors';
import { folderTables } from './folders';
import { addAudience } from './lists';
import { writeMember } from './memberRules';
import { MailchimpService } from './service';
import { mailchimpSettings } from './settings';
import { views } from './page';
import { pages } from './table';
import { audienceTables } from './audienceTables';
import { webhookTables } from './webhooks';

const member = z.strictObject({
	email_address: z.string(),
	status: z.string().default('subscribed'),
	merge_fields: z.record(z.unknown()).optional(),
	tags: z.array(z.string()).optional(),
});

const seed = z.strictObject({
	/** Audiences by ID; the members go into the first when there is none. */
	audiences: z.array(z.strictObject({ id: z.string(), name: z.string() })).optional(),
	members: z.array(member).optional(),
});

export const mailchimp = standIn({
	name: 'mailchimp',
	title: 'Mailchimp',
	node: 'Mailchimp',
	create: ({ url }) => new MailchimpService(url),
	exactPaths: true,
	errorBody: bodyOf,
	settings: { schema: mailchimpSettings },
	faults: {
		tokenRevoked: {
			on: /^\/(?:[a-z]+\d+\/)?3\.0/,
			play: ({ account }, { headers: { authorization = '' } }) => account.revokeOf(authorization),
		},
	},
	seed: {
		schema: seed,
		sow(service, { audiences = [], members = [] }: z.output<typeof seed>) {
			for (const { id, name } of audiences) addAudience(service, { name }, id);
			for (const given of members)
				writeMember(service, service.audience, undefined, {
					given,
					expects: 'new',
					skipMergeValidation: false,
					source: 'admin',
				});
			return { audiences: audiences.length, members: members.length };
		},
	},
	credentials: ({ host, url, account }): Credential[] => [
		{
			type: 'mailOpsMailchimpApi',
			name: 'Mailchimp (sandbox)',
			data: { apiKey: account.apiKey, baseUrl: `${host}/<dc>/3.0` },
			nodes: ['mailchimp', 'mailchimpTrigger', 'mailchimpActivityTrigger'],
		},
		{
			type: 'mailOpsMailchimpOAuth2Api',
			name: 'Mailchimp OAuth2 (sandbox)',
			data: {
				clientId: account.clientId,
				clientSecret: account.clientSecret,
				grantType: 'authorizationCode',
				authUrl: `${host}/oauth2/authorize`,
				accessTokenUrl: `${host}/oauth2/token`,
				baseUrl: url,
				oauthTokenData: { access_token: account.token, token_type: 'bearer' },
			},
			nodes: [],
		},
	],
	notes: ({ account }) => [
		`API key ${account.apiKey}`,
		`OAuth2 client ${account.clientId}, secret ${account.clientSecret}`,
	],
	summary: ({ audiences, unknownFields, hooks }) => ({
		audiences: audiences.size,
		members: [...audiences.values()].reduce((sum, { members }) => sum + members.size, 0),
		unknownFields,
		webhookDeliveries: hooks.deliveries.length,
	}),
	views,
	presets: [
		['429 once', { kind: 'status', status: 429 }],
		['403 without a body', { kind: 'emptyBody', status: 403 }],
		['HTML error page', { kind: 'html' }],
		['answer to a write lost', { kind: 'resetAfter', method: 'POST' }],
	],
	tables: {
		list: [...audienceTables, ...webhookTables, ...folderTables, ...ecommerceTables],
		pages,
		headers: ({ account }) => ({ authorization: `Bearer ${account.apiKey}` }),
		parents: (service) => parentsOf(service),
	},
});

/** A list, a contact, a category and a store for the paths of the tables. */
function parentsOf(service: MailchimpService): Record<string, string> {
	const { audience } = service;
	const [known] = audience.members.values();
	const contact =
		known ??
		writeMember(service, audience, undefined, {
			given: { email_address: 'table@example.com', status: 'subscribed' },
			expects: 'new',
			skipMergeValidation: true,
			source: 'admin',
		}).member;
	const id = 'cafe000001';
	if (!audience.categories.has(id))
		audience.categories.set(id, {
			id,
			list_id: audience.id,
			title: 'Parent',
			type: 'checkboxes',
			display_order: 0,
			interests: new Map(),
		});
	return {
		store_id: storeOf(service).id,
		list_id: audience.id,
		subscriber_hash: contact.id,
		interest_category_id: id,
	};
}
