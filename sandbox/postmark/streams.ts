import { PostmarkError } from './errors';
import { readFilters } from './paging';
import type { Resource } from './resource';

const TYPES = ['all', 'transactional', 'broadcasts', 'inbound'];

/** `GET /message-streams` and one of them (postmarkapp.com/developer/api/message-streams-api). */
export const messageStreams: Resource = ({ app, state, server }) => {
	app.get('/message-streams', async (request) => {
		const of = server(request);
		const filters = readFilters(request, state, ['messagestreamtype', 'includearchivedstreams']);
		const type = filters.messagestreamtype?.toLowerCase() ?? 'all';
		if (!TYPES.includes(type)) {
			throw new PostmarkError(1221, `'${filters.messagestreamtype}' is not a type of message stream.`);
		}
		const archived = filters.includearchivedstreams?.toLowerCase() === 'true';
		const found = [...of.streams.values()].filter(
			(stream) =>
				(archived || !stream.ArchivedAt) &&
				(type === 'all' || stream.MessageStreamType.toLowerCase() === type),
		);
		return { MessageStreams: found, TotalCount: found.length };
	});

	app.get<{ Params: { id: string } }>('/message-streams/:id', async (request) => {
		const stream = server(request).streams.get(request.params.id);
		if (!stream)
			throw new PostmarkError(1226, `The message stream '${request.params.id}' was not found.`, 404);
		return stream;
	});
};
