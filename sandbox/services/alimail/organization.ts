import type { FastifyInstance } from 'fastify';
import { AlimailError, bodyOf, notFound } from './errors';
import { NOTE, TEXT, knownQuery, readBody } from './fields';
import type { Tenant } from './tenant';
import { showDomain } from './views';

const WRITE = { name: TEXT, introduction: NOTE, telephone: TEXT, address: TEXT, preferredLanguage: TEXT };

/** `/v2/organization/$current` and the reading of `/v2/domains` (github.com/eryajf/go-alimail, alimail/organization.go, domain.go). */
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

	app.get<{ Params: { domain: string } }>('/v2/domains/:domain', async (request) => {
		knownQuery(request.query, []);
		const { domains } = tenant.directory;
		const which = request.params.domain.toLowerCase();
		const found = domains.find(({ id, domain, aliases }) => [id, domain, ...aliases].includes(which));
		if (!found) throw notFound('Domain', which);
		return showDomain(found, domains[0] ?? found);
	});
}
