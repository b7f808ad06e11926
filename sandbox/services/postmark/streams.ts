import type { FastifyRequest } from 'fastify';
import { readBody, readObject } from './body';
import { PostmarkError, invalidField } from './errors';
import { readFilters } from './paging';
import type { MessageStream } from './records';
import type { Resource } from './resource';
import type { PostmarkServer } from './server';
import type { PostmarkState } from './state';

const TYPES = ['Transactional', 'Broadcasts', 'Inbound'] as const;
const HANDLING = ['None', 'Postmark', 'Custom'] as const;
const MAX_STREAMS = 10;
/** An archived stream is kept for this long (postmarkapp.com/developer/api/message-streams-api). */
const PURGE_DAYS = 45;
const DEFAULTS = ['outbound', 'inbound'];
/** Which ids the service takes is only told in part; this is the sandbox's own. */
const ID = /^[a-z][a-z0-9_-]{0,29}$/;

type Handling = MessageStream['SubscriptionManagementConfiguration']['UnsubscribeHandlingType'];
type WithId = { Params: { id: string } };

const CHANGEABLE = {
	Name: 'string',
	Description: 'string',
	SubscriptionManagementConfiguration: 'object',
} as const;
const CREATED = { ...CHANGEABLE, ID: 'string', MessageStreamType: 'string' } as const;

/** `/message-streams`: list, create, get, update, archive, unarchive (postmarkapp.com/developer/api/message-streams-api). */
export const messageStreams: Resource = ({ app, state, server }) => {
	app.get('/message-streams', async (request) => {
		const of = server(request);
		const filters = readFilters(request, state, ['messagestreamtype', 'includearchivedstreams']);
		const type = filters.messagestreamtype?.toLowerCase() ?? 'all';
		if (!['all', ...TYPES.map((one) => one.toLowerCase())].includes(type)) {
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

	app.post('/message-streams', async (request) => {
		const of = server(request);
		const given = readBody(request, state, CREATED) as Record<string, string | undefined>;
		const type = TYPES.find((one) => one.toLowerCase() === given.MessageStreamType?.toLowerCase());
		checkNew(given, type, of);
		const stream = of.addStream(given.ID ?? '', type ?? 'Transactional', given.Name ?? '');
		change(stream, given, request, state);
		return stream;
	});

	app.get<WithId>('/message-streams/:id', async (request) => streamOf(server(request), request.params.id));

	app.patch<WithId>('/message-streams/:id', async (request) => {
		const stream = streamOf(server(request), request.params.id);
		const given = readBody(request, state, CHANGEABLE);
		change(stream, given, request, state);
		stream.UpdatedAt = new Date().toISOString();
		return stream;
	});

	app.post<WithId>('/message-streams/:id/archive', async (request) => {
		const stream = streamOf(server(request), request.params.id);
		if (DEFAULTS.includes(stream.ID)) {
			throw new PostmarkError(1229, `The default message stream '${stream.ID}' cannot be archived.`);
		}
		stream.ArchivedAt ??= new Date().toISOString();
		const purge = Date.parse(stream.ArchivedAt) + PURGE_DAYS * 24 * 60 * 60 * 1000;
		stream.ExpectedPurgeDate ??= new Date(purge).toISOString();
		return { ID: stream.ID, ServerID: stream.ServerID, ExpectedPurgeDate: stream.ExpectedPurgeDate };
	});

	app.post<WithId>('/message-streams/:id/unarchive', async (request) => {
		const of = server(request);
		const stream = streamOf(of, request.params.id);
		if (stream.ExpectedPurgeDate && Date.parse(stream.ExpectedPurgeDate) < Date.now()) {
			throw new PostmarkError(1232, `The message stream '${stream.ID}' can no longer be unarchived.`);
		}
		if (stream.ArchivedAt) checkRoom(of);
		stream.ArchivedAt = null;
		stream.ExpectedPurgeDate = null;
		return stream;
	});
};

/** @throws 1226 with status 404. */
export function streamOf(of: PostmarkServer, id: string): MessageStream {
	const stream = of.streams.get(id);
	if (!stream) throw new PostmarkError(1226, `The message stream '${id}' was not found.`, 404);
	return stream;
}

function checkNew(
	given: Record<string, string | undefined>,
	type: MessageStream['MessageStreamType'] | undefined,
	of: PostmarkServer,
): void {
	const { ID: id, Name: name } = given;
	if (!id) throw new PostmarkError(1222, "The field 'ID' is required.");
	if (!name) throw new PostmarkError(1223, "The field 'Name' is required.");
	if (!type) {
		throw new PostmarkError(
			1221,
			`The 'MessageStreamType' must be ${TYPES.join(', ')}, not '${given.MessageStreamType ?? ''}'.`,
		);
	}
	if (id.startsWith('pm-')) throw new PostmarkError(1233, `The ID '${id}' must not start with 'pm-'.`);
	if (!ID.test(id)) {
		throw new PostmarkError(
			1227,
			`The ID '${id}' must start with a lower-case letter and have at most 30 lower-case letters, digits, '-' and '_'.`,
		);
	}
	if (of.streams.has(id))
		throw new PostmarkError(1230, `A message stream with the ID '${id}' exists already.`);
	if (type === 'Inbound' && [...of.streams.values()].some((one) => one.MessageStreamType === 'Inbound')) {
		throw new PostmarkError(1228, 'A server can have one inbound stream only.');
	}
	checkRoom(of);
	checkWords(given);
}

function checkRoom(of: PostmarkServer): void {
	const active = [...of.streams.values()].filter(({ ArchivedAt }) => !ArchivedAt).length;
	if (active >= MAX_STREAMS)
		throw new PostmarkError(1225, `A server can have at most ${MAX_STREAMS} message streams.`);
}

function checkWords({ Name, Description }: Record<string, unknown>): void {
	if (typeof Name === 'string' && Name.length > 100) {
		throw new PostmarkError(1224, "The 'Name' is longer than 100 characters.");
	}
	if (typeof Description !== 'string') return;
	if (Description.length > 1000)
		throw new PostmarkError(1231, "The 'Description' is longer than 1000 characters.");
	if (/<[a-z/!]/i.test(Description))
		throw new PostmarkError(1234, "The 'Description' must not contain HTML.");
}

function change(
	stream: MessageStream,
	given: Record<string, unknown>,
	request: FastifyRequest,
	state: PostmarkState,
): void {
	const { Name, Description, SubscriptionManagementConfiguration: subscription } = given;
	if (Name === '') throw new PostmarkError(1223, "The field 'Name' must not be empty.");
	checkWords(given);
	const handling =
		subscription === undefined ? undefined : readHandling(subscription, stream, request, state);
	if (typeof Name === 'string') stream.Name = Name;
	if (typeof Description === 'string') stream.Description = Description;
	if (handling) stream.SubscriptionManagementConfiguration = { UnsubscribeHandlingType: handling };
}

function readHandling(value: unknown, stream: MessageStream, request: FastifyRequest, state: PostmarkState) {
	const { UnsubscribeHandlingType: wanted } = readObject(
		value,
		{ UnsubscribeHandlingType: 'string' },
		(field) =>
			state.noteUnknown(`${request.method} /message-streams: SubscriptionManagementConfiguration.${field}`),
	) as { UnsubscribeHandlingType?: string };
	if (wanted === undefined) return undefined;
	const handling: Handling | undefined = HANDLING.find((one) => one === wanted);
	if (!handling)
		throw invalidField(`'UnsubscribeHandlingType' must be ${HANDLING.join(', ')}, not '${wanted}'.`);
	// Broadcasts need a way to unsubscribe; with which code the service refuses "None" is not public.
	if (handling === 'None' && stream.MessageStreamType === 'Broadcasts') {
		throw invalidField("'UnsubscribeHandlingType' cannot be None in a broadcast stream.");
	}
	return handling;
}
