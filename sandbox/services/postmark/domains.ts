import type { Given } from '../../shell/table/table';
import { PostmarkError } from './errors';
import { type Domain, acceptKey, freshDomain, newKey } from './senders';
import type { PostmarkTable } from './table';

export const DOMAIN = /^(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+\p{L}[\p{L}\p{N}-]*$/u;
/** A few of those nobody can own. */
const PUBLIC = ['gmail.com', 'outlook.com', 'hotmail.com', 'yahoo.com', 'qq.com', '163.com', 'aliyun.com'];

/**
 * `/domains` (postmarkapp.com/developer/api/domains-api). There is no DNS to look into: a check finds what it looks for
 * while `settings.dnsReady` is on.
 */
export const domains: PostmarkTable<Domain> = {
	path: '/domains',
	id: { parameter: 'domainid', field: 'ID', next: ({ state }) => state.newId() },
	by: 'account',
	noun: 'domain',
	rows: 'Domains',
	codes: { query: 511, required: 514, limit: 515, invalid: 516, taken: 512, missing: 510 },
	records: ({ state }) => state.senders.domains,
	verbs: ['list', 'create', 'get', 'put', 'remove'],
	fields: {
		Name: {
			type: 'string',
			required: true,
			fixed: true,
			max: 255,
			check: (name: string) => (DOMAIN.test(name) ? undefined : 'is not a valid domain name'),
		},
		ReturnPathDomain: { type: 'string', default: '' },
		CustomTrackingDomain: { type: 'string' },
	},
	unique: { field: 'Name', anyCase: true },
	check({ Name, ReturnPathDomain, CustomTrackingDomain }: Given, _asked, old) {
		if (old && ReturnPathDomain === undefined)
			throw new PostmarkError(511, "The field 'ReturnPathDomain' is required.");
		const name = old?.Name ?? String(Name);
		if (!old) checkPublic(name);
		checkSubdomain(String(ReturnPathDomain ?? ''), name);
		checkSubdomain(String(CustomTrackingDomain ?? ''), name, 'CustomTrackingDomain');
	},
	make: ({ ID, Name, ReturnPathDomain }) => ({
		...freshDomain(Number(ID), String(Name)),
		ReturnPathDomain: String(ReturnPathDomain),
	}),
	change(domain, { ReturnPathDomain, CustomTrackingDomain = domain.CustomTrackingDomain }) {
		if (ReturnPathDomain !== domain.ReturnPathDomain) domain.ReturnPathDomainVerified = false;
		domain.ReturnPathDomain = String(ReturnPathDomain);
		if (CustomTrackingDomain !== domain.CustomTrackingDomain) domain.CustomTrackingVerified = false;
		domain.CustomTrackingDomain = String(CustomTrackingDomain);
	},
	brief: ({
		ID,
		Name,
		SPFVerified,
		DKIMVerified,
		WeakDKIM,
		ReturnPathDomainVerified,
		CustomTrackingVerified,
	}) => ({
		ID,
		Name,
		SPFVerified,
		DKIMVerified,
		WeakDKIM,
		ReturnPathDomainVerified,
		CustomTrackingVerified,
	}),
	removed: ({ Name }) => `Domain ${Name} removed.`,
	actions: {
		verifydkim: {
			method: 'PUT',
			act(domain, { state }) {
				if (state.settings.dnsReady) acceptKey(domain);
				return domain;
			},
		},
		verifyreturnpath: {
			method: 'PUT',
			act(domain, { state }) {
				domain.ReturnPathDomainVerified = state.settings.dnsReady && domain.ReturnPathDomain !== '';
				return domain;
			},
		},
		// github.com/ActiveCampaign/postmark-php, src/Postmark/PostmarkAdminClient.php
		verifycustomtracking: {
			method: 'PUT',
			act(domain, { state }) {
				domain.CustomTrackingVerified = state.settings.dnsReady && domain.CustomTrackingDomain !== '';
				return domain;
			},
		},
		// Postmark no longer asks for SPF; the call is still there.
		verifyspf: {
			method: 'POST',
			act: (domain) => spfOf(domain),
		},
		rotatedkim: {
			method: 'POST',
			// Answers what is about the key only.
			act: (domain) =>
				Object.fromEntries(
					Object.entries(renewKey(domain)).filter(
						([field]) => !/^(?:SPF|ReturnPath|CustomTracking)/.test(field),
					),
				),
		},
	},
	examples: {
		create: (n) => ({ Name: `shop${n}.example`, ReturnPathDomain: `bounce.shop${n}.example` }),
		change: { ReturnPathDomain: '' },
	},
};

/** What a check of SPF answers. */
const spfOf = ({ SPFHost, SPFVerified, SPFTextValue }: Domain) => ({
	SPFHost,
	SPFVerified,
	SPFTextValue,
});

/** A new key, which is used once it is found in DNS. @throws 505 */
export function renewKey(domain: Domain): Domain {
	if (domain.DKIMPendingHost) {
		// github.com/ActiveCampaign/postmark-gem, spec/integration/account_api_client_spec.rb
		throw new PostmarkError(505, 'This DKIM is already being renewed.');
	}
	return Object.assign(domain, newKey(domain.Name), { DKIMUpdateStatus: 'Pending' });
}

/** @throws 503 */
export function checkPublic(name: string): void {
	if (!PUBLIC.includes(name.toLowerCase())) return;
	throw new PostmarkError(503, `'${name}' is a public domain: only domains you own can be used.`);
}

export function checkSubdomain(value: string, domain: string, field = 'ReturnPathDomain'): void {
	if (value === '') return;
	if (DOMAIN.test(value) && value.toLowerCase().endsWith(`.${domain.toLowerCase()}`)) return;
	throw new PostmarkError(511, `The field '${field}' must be a subdomain of ${domain}, not '${value}'.`);
}
