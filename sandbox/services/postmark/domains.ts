import type { FastifyRequest } from 'fastify';
import { readBody } from './body';
import { PostmarkError } from './errors';
import { readPage } from './paging';
import type { Resource } from './resource';
import { type Domain, acceptKey, newKey } from './senders';
import type { PostmarkState } from './state';

const NAME = /^(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+\p{L}[\p{L}\p{N}-]*$/u;
/** A few of those nobody can own. */
const PUBLIC = ['gmail.com', 'outlook.com', 'hotmail.com', 'yahoo.com', 'qq.com', '163.com', 'aliyun.com'];
type WithId = { Params: { id: string } };

/**
 * `/domains` with the account token (postmarkapp.com/developer/api/domains-api). There is no DNS to look into: a check
 * finds what it looks for while `settings.dnsReady` is on.
 */
export const domains: Resource = ({ app, state, account }) => {
	app.get('/domains', async (request) => {
		account(request);
		const { count, offset } = readPage(request, state, [], 511);
		const all = [...state.senders.domains.values()];
		return { TotalCount: all.length, Domains: all.slice(offset, offset + count).map(brief) };
	});

	app.post('/domains', async (request) => {
		account(request);
		const { Name, ReturnPathDomain = '' } = readBody(request, state, {
			Name: 'string',
			ReturnPathDomain: 'string',
		}) as Record<string, string | undefined>;
		if (!Name) throw new PostmarkError(514, "The field 'Name' is required.");
		if (Name.length > 255) throw new PostmarkError(515, "The field 'Name' is longer than 255 characters.");
		if (!NAME.test(Name)) throw new PostmarkError(516, `'${Name}' is not a valid domain name.`);
		checkPublic(Name);
		if (state.senders.domain(Name)) throw new PostmarkError(512, `The domain '${Name}' exists already.`);
		checkReturnPath(ReturnPathDomain, Name);
		const domain = state.senders.addDomain(Name, false);
		domain.ReturnPathDomain = ReturnPathDomain;
		return domain;
	});

	app.get<WithId>('/domains/:id', async (request) => find(request, account, state));

	app.put<WithId>('/domains/:id', async (request) => {
		const domain = find(request, account, state);
		const { ReturnPathDomain } = readBody(request, state, { ReturnPathDomain: 'string' }) as {
			ReturnPathDomain?: string;
		};
		if (ReturnPathDomain === undefined)
			throw new PostmarkError(511, "The field 'ReturnPathDomain' is required.");
		checkReturnPath(ReturnPathDomain, domain.Name);
		if (ReturnPathDomain !== domain.ReturnPathDomain) domain.ReturnPathDomainVerified = false;
		domain.ReturnPathDomain = ReturnPathDomain;
		return domain;
	});

	app.delete<WithId>('/domains/:id', async (request) => {
		const domain = find(request, account, state);
		state.senders.removeDomain(domain);
		return { ErrorCode: 0, Message: `Domain ${domain.Name} removed.` };
	});

	app.put<WithId>('/domains/:id/verifydkim', async (request) => {
		const domain = find(request, account, state);
		if (state.settings.dnsReady) acceptKey(domain);
		return domain;
	});

	app.put<WithId>('/domains/:id/verifyreturnpath', async (request) => {
		const domain = find(request, account, state);
		domain.ReturnPathDomainVerified = state.settings.dnsReady && domain.ReturnPathDomain !== '';
		return domain;
	});

	// Postmark no longer asks for SPF; the call is still there.
	app.post<WithId>('/domains/:id/verifyspf', async (request) => {
		const { SPFHost, SPFVerified, SPFTextValue } = find(request, account, state);
		return { SPFHost, SPFVerified, SPFTextValue };
	});

	app.post<WithId>('/domains/:id/rotatedkim', async (request) => {
		const domain = find(request, account, state);
		if (domain.DKIMPendingHost) {
			throw new PostmarkError(505, `A new DKIM key for '${domain.Name}' is waiting to be verified already.`);
		}
		Object.assign(domain, newKey(domain.Name), { DKIMUpdateStatus: 'Pending' });
		return domain;
	});
};

function find(
	request: FastifyRequest<WithId>,
	account: (request: FastifyRequest) => void,
	state: PostmarkState,
): Domain {
	account(request as FastifyRequest);
	const domain = state.senders.domains.get(Number(request.params.id));
	if (!domain) throw new PostmarkError(510, `There is no domain with the id '${request.params.id}'.`);
	return domain;
}

/** @throws 503 */
export function checkPublic(name: string): void {
	if (!PUBLIC.includes(name.toLowerCase())) return;
	throw new PostmarkError(503, `'${name}' is a public domain: only domains you own can be used.`);
}

export function checkReturnPath(value: string, domain: string): void {
	if (value === '') return;
	if (NAME.test(value) && value.toLowerCase().endsWith(`.${domain.toLowerCase()}`)) return;
	throw new PostmarkError(
		511,
		`The field 'ReturnPathDomain' must be a subdomain of ${domain}, not '${value}'.`,
	);
}

function brief({ ID, Name, SPFVerified, DKIMVerified, WeakDKIM, ReturnPathDomainVerified }: Domain) {
	return { ID, Name, SPFVerified, DKIMVerified, WeakDKIM, ReturnPathDomainVerified };
}
