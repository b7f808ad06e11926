import type { FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import { readBody } from './body';
import { PostmarkError, invalidField } from './errors';
import { readFilters, readPage } from './paging';
import type { Resource } from './resource';
import { PostmarkServer } from './server';
import { SERVER_FIELDS, type ServerConfig, checkConfig } from './serverConfig';
import type { PostmarkState } from './state';

const BAD_QUERY = 600;
type WithId = { Params: { id: string } };

/**
 * `/server` with a server token (postmarkapp.com/developer/api/server-api), `/servers` with the account token
 * (postmarkapp.com/developer/api/servers-api).
 */
export const servers: Resource = ({ app, state, server, account }) => {
	app.get('/server', async (request) => {
		readFilters(request, state, []);
		return show(server(request));
	});

	app.put('/server', async (request) => {
		const of = server(request);
		return show(update(of, request, state));
	});

	app.get('/servers', async (request) => {
		account(request);
		const { count, offset, filters } = readPage(request, state, ['name'], BAD_QUERY);
		const name = filters.name?.toLowerCase();
		const found = state.servers.filter((one) => name === undefined || one.name.toLowerCase().includes(name));
		return { TotalCount: found.length, Servers: found.slice(offset, offset + count).map(show) };
	});

	app.post('/servers', async (request) => {
		account(request);
		const { DeliveryType, ...given } = readBody(request, state, {
			...SERVER_FIELDS,
			DeliveryType: 'string',
		}) as Partial<ServerConfig> & { DeliveryType?: string };
		if (given.Name === undefined) throw new PostmarkError(608, "The field 'Name' is required.");
		const type = DeliveryType ?? 'Live';
		if (type !== 'Live' && type !== 'Sandbox') {
			throw invalidField(`The field 'DeliveryType' must be Live or Sandbox, not '${type}'.`);
		}
		checkConfig(given, state.servers);
		const created = new PostmarkServer({
			id: state.newId(),
			name: given.Name,
			tokens: [randomUUID()],
			deliveryType: type,
		});
		Object.assign(created.config, given);
		state.servers.push(created);
		return show(created);
	});

	app.get<WithId>('/servers/:id', async (request) => {
		account(request);
		return show(find(state, request.params.id));
	});

	app.put<WithId>('/servers/:id', async (request) => {
		account(request);
		return show(update(find(state, request.params.id), request, state));
	});

	// At the service an account has to be allowed to do this (604); a server that still sends cannot be deleted (605).
	app.delete<WithId>('/servers/:id', async (request) => {
		account(request);
		const found = find(state, request.params.id);
		if (!state.settings.serverDeletion) {
			throw new PostmarkError(604, 'Your account does not have the right to delete servers.');
		}
		state.servers.splice(state.servers.indexOf(found), 1);
		return { ErrorCode: 0, Message: `Server ${found.name} removed.` };
	});
};

function find(state: PostmarkState, id: string): PostmarkServer {
	const found = state.servers.find((one) => String(one.id) === id);
	if (!found) throw new PostmarkError(12, `There is no server with the id '${id}'.`, 404);
	return found;
}

function update(of: PostmarkServer, request: FastifyRequest, state: PostmarkState): PostmarkServer {
	const given = readBody(request, state, SERVER_FIELDS) as Partial<ServerConfig>;
	if (Object.keys(given).length === 0) throw new PostmarkError(609, 'No server data was submitted.');
	checkConfig(
		given,
		state.servers.filter((server) => server !== of),
	);
	Object.assign(of.config, given);
	return of;
}

function show({ id, tokens, deliveryType, config, inboundHash, inboundAddress }: PostmarkServer) {
	return {
		ID: id,
		...config,
		ApiTokens: tokens,
		DeliveryType: deliveryType,
		ServerLink: `https://account.postmarkapp.com/servers/${id}/streams`,
		InboundAddress: inboundAddress,
		InboundHash: inboundHash,
	};
}
