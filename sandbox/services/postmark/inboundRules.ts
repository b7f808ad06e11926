import { isAddress } from './addresses';
import { DOMAIN } from './domains';
import type { InboundRule } from './inboundRecords';
import type { PostmarkTable } from './table';

/** Senders whose mail is blocked (postmarkapp.com/developer/api/inbound-rules-triggers-api). */
export const inboundRules: PostmarkTable<InboundRule> = {
	path: '/triggers/inboundrules',
	id: { parameter: 'triggerid', field: 'ID', next: ({ state }) => state.newId() },
	by: 'server',
	noun: 'rule',
	rows: 'InboundRules',
	codes: { query: 800, required: 809, invalid: 813, taken: 810, missing: 812 },
	records: ({ server }) => server.inboundRules,
	verbs: ['list', 'create', 'remove'],
	fields: {
		Rule: {
			type: 'string',
			required: true,
			check: (rule: string) =>
				DOMAIN.test(rule) || isAddress(rule) ? undefined : 'is not an email address or a domain',
		},
	},
	unique: { field: 'Rule', anyCase: true },
	removed: ({ Rule }) => `Rule ${Rule} removed.`,
	examples: { create: (n) => ({ Rule: `spam${n}@example.org` }) },
};
