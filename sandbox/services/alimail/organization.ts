import type { FastifyInstance } from 'fastify';
import { AlimailError, bodyOf, conflict, notFound } from './errors';
import { NOTE, TEXT, knownQuery, readBody } from './fields';
import type { Domain } from './records';
import type { Tenant } from './tenant';
import { showDomain } from './views';

const WRITE = { name: TEXT, introduction: NOTE, telephone: TEXT, address: TEXT, preferredLanguage: TEXT };

/** `/v2/organization/$current` and `/v2/domains` (github.com/eryajf/go-alimail, alimail/organization.go, domain.go). */
export function organizationRoutes(app: FastifyInstance, tenant: Tenant): void {
	const checkWhich = (which: string) => {
		if (which !== '$current') throw new AlimailError(404, 'OrganizationNotFound', bodyOf(404).message);
	};

	app.get<{ Params: { which: string } }>('/v2/organization/:which', async (request) => {
		knownQuery(request.query, []);
		checkWhich(request.params.which);
		return tenant.directory.organization;
	});

	app.patch<{ Params: { which: string } }>('/v2/organization/:which', async (request, reply) => {
		knownQuery(request.query, []);
		checkWhich(request.params.which);
		Object.assign(tenant.directory.organization, readBody(request.body, WRITE));
		return await reply.send();
	});

	app.get('/v2/domains', async (request) => {
		knownQuery(request.query, []);
		const { domains } = tenant.directory;
		return { domains: domains.map((domain) => showDomain(domain, domains[0] ?? domain)) };
	});

	domainRoutes(app, tenant);
}

/** Aliases of one domain (help.aliyun.com/en/document_detail/439253.html). */
const MAX_ALIASES = 6;
const NAME = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/;

type OfDomain = { Params: { domain: string } };
type OfAlias = { Params: { domain: string; alias: string } };

function domainRoutes(app: FastifyInstance, tenant: Tenant): void {
	const find = (which: string): Domain => {
		const wanted = which.toLowerCase();
		const found = tenant.directory.domains.find(({ id, domain, aliases }) =>
			[id, domain, ...aliases].includes(wanted),
		);
		if (!found) throw notFound('Domain', which);
		return found;
	};
	const free = (given: unknown, field: string): string => {
		const name = String(given).toLowerCase();
		if (!NAME.test(name)) throw conflict('InvalidDomain', `"${name}" is not a domain.`, field);
		if (tenant.directory.domains.some(({ domain, aliases }) => [domain, ...aliases].includes(name)))
			throw conflict('DomainExists', `The domain "${name}" exists already.`, field);
		return name;
	};
	const show = (domain: Domain) => showDomain(domain, tenant.directory.domains[0] ?? domain);

	app.get<OfDomain>('/v2/domains/:domain', async (request) => {
		knownQuery(request.query, []);
		return show(find(request.params.domain));
	});

	app.post('/v2/domains', async (request) => {
		knownQuery(request.query, []);
		const { domain } = readBody(request.body, { domain: TEXT }, ['domain']);
		return show(tenant.directory.addDomain(free(domain, 'domain')));
	});

	app.delete<OfDomain>('/v2/domains/:domain', async (request, reply) => {
		knownQuery(request.query, []);
		const domain = find(request.params.domain);
		const { domains, users } = tenant.directory;
		const isUsed = [...users.values()].some(({ email }) => email.endsWith(`@${domain.domain}`));
		if (domain.isMaster || isUsed)
			throw conflict('DomainInUse', 'The domain is the main one, or has accounts.', 'domain');
		domains.splice(domains.indexOf(domain), 1);
		return await reply.send();
	});

	app.post<OfDomain>('/v2/domains/:domain/verify', async (request) => {
		knownQuery(request.query, []);
		return { isOwner: !tenant.settings.foreignDomains.includes(find(request.params.domain).domain) };
	});

	app.post<OfDomain>('/v2/domains/:domain/aliases', async (request, reply) => {
		knownQuery(request.query, []);
		const domain = find(request.params.domain);
		const { alias } = readBody(request.body, { alias: TEXT }, ['alias']);
		if (domain.aliases.length >= MAX_ALIASES)
			throw conflict('TooManyAliases', `A domain can have at most ${MAX_ALIASES} aliases.`, 'alias');
		domain.aliases.push(free(alias, 'alias'));
		return await reply.send();
	});

	app.delete<OfAlias>('/v2/domains/:domain/aliases/:alias', async (request, reply) => {
		knownQuery(request.query, []);
		const domain = find(request.params.domain);
		const alias = request.params.alias.toLowerCase();
		if (!domain.aliases.includes(alias)) throw notFound('Domain', alias);
		domain.aliases = domain.aliases.filter((one) => one !== alias);
		return await reply.send();
	});
}
