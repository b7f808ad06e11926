import type { IDataObject } from 'n8n-workflow';
import { perItem } from '../../../core/node/operation';
import { listOf } from '../connection';

/** https://postmarkapp.com/developer/api/inbound-rules-triggers-api#create-an-inbound-rule-trigger */
export const create = perItem({
	name: 'Create',
	value: 'create',
	action: 'Create an inbound rule',
	description: 'Block a sender, or everyone of a domain, from reaching the server’s inbound address',
	fields: [
		{
			displayName: 'Address or Domain',
			name: 'rule',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. spam@example.com or example.com',
			description: 'Who is blocked: one address, or a whole domain without the @',
		},
	],
	read: (item) => ({ Rule: item.requiredText('rule') }),
	call: async (rule, client) =>
		await client.send({
			method: 'POST',
			path: '/triggers/inboundrules',
			answer: ['ID', 'Rule'],
			body: rule,
			idempotent: false,
			// A rule is nothing but its address or domain: whoever made it, it is the one that was asked for.
			async reconcile() {
				for await (const known of client.pages('/triggers/inboundrules', inboundRules))
					if (sameRule(known, rule)) return known;
				return undefined;
			},
			manualCheck: `Look in Postmark whether the inbound stream has the rule “${rule.Rule}”.`,
		}),
});

export const inboundRules = listOf('InboundRules');

const sameRule = (known: IDataObject, { Rule }: { Rule: string }): boolean =>
	String(known.Rule).toLowerCase() === Rule.toLowerCase();
