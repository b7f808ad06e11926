import { PostmarkError } from './errors';
import { readFilters, readPage } from './paging';
import type { Resource } from './resource';
import type { PostmarkServer } from './server';

/** `GET /server` with a server token, `GET /servers` with the account token (postmarkapp.com/developer/api/servers-api). */
export const servers: Resource = ({ app, state, server, account }) => {
	app.get('/server', async (request) => {
		readFilters(request, state, []);
		return show(server(request));
	});

	app.get('/servers', async (request) => {
		account(request);
		const { count, offset, filters } = readPage(request, state, ['name'], 600);
		const name = filters.name?.toLowerCase();
		const found = state.servers.filter((one) => name === undefined || one.name.toLowerCase().includes(name));
		return { TotalCount: found.length, Servers: found.slice(offset, offset + count).map(show) };
	});

	app.get<{ Params: { id: string } }>('/servers/:id', async (request) => {
		account(request);
		const found = state.servers.find((one) => String(one.id) === request.params.id);
		if (!found) throw new PostmarkError(12, `There is no server with the id '${request.params.id}'.`, 404);
		return show(found);
	});
};

function show(server: PostmarkServer) {
	const hash = String(server.id).padStart(32, '0');
	return {
		ID: server.id,
		Name: server.name,
		ApiTokens: server.tokens,
		Color: server.color,
		SmtpApiActivated: true,
		RawEmailEnabled: false,
		DeliveryType: server.deliveryType,
		ServerLink: `https://account.postmarkapp.com/servers/${server.id}/streams`,
		InboundAddress: `${hash}@inbound.postmarkapp.com`,
		InboundHookUrl: '',
		BounceHookUrl: '',
		OpenHookUrl: '',
		DeliveryHookUrl: '',
		ClickHookUrl: '',
		PostFirstOpenOnly: false,
		InboundDomain: '',
		InboundHash: hash,
		InboundSpamThreshold: 0,
		TrackOpens: false,
		TrackLinks: 'None',
		IncludeBounceContentInHook: false,
		EnableSmtpApiErrorHooks: false,
	};
}
