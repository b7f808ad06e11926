import type { Given } from '../../shell/table/table';
import { wholeList } from '../../shell/table/pages';
import { PostmarkError, invalidField } from './errors';
import { type MessageStream, freshStream } from './records';
import type { PostmarkServer } from './server';
import type { Asked, PostmarkTable } from './table';

const TYPES = ['Transactional', 'Broadcasts', 'Inbound'] as const;
const HANDLING = ['None', 'Postmark', 'Custom'];
const MAX_STREAMS = 10;
/** An archived stream is kept for this long (postmarkapp.com/developer/api/message-streams-api). */
const PURGE_DAYS = 45;
const DEFAULTS = ['outbound', 'inbound'];
/** Which ids the service takes is only told in part; this is the sandbox's own. */
const ID = /^[a-z][a-z0-9_-]{0,29}$/;

/** github.com/ActiveCampaign/postmark-php, tests/PostmarkClientSuppressionsTest.php */
const NOT_THERE = "The message stream for the provided 'ID' was not found.";

const typeOf = (text: unknown) => TYPES.find((one) => one.toLowerCase() === String(text).toLowerCase());

/** `/message-streams` (postmarkapp.com/developer/api/message-streams-api). */
export const messageStreams: PostmarkTable<MessageStream> = {
	path: '/message-streams',
	id: { parameter: 'stream_ID', field: 'ID' },
	by: 'server',
	noun: 'message stream',
	rows: 'MessageStreams',
	codes: {
		query: 1221,
		required: { ID: 1222, Name: 1223, MessageStreamType: 1221 },
		limit: { Name: 1224, Description: 1231 },
		invalid: { ID: 1227, MessageStreamType: 1221, Description: 1234 },
		taken: 1230,
		missing: 1226,
	},
	notThere: NOT_THERE,
	records: ({ server }) => server.streams,
	verbs: ['list', 'create', 'get', 'update'],
	fields: {
		ID: {
			type: 'string',
			required: true,
			fixed: true,
			check: (id: string) =>
				ID.test(id)
					? undefined
					: "must start with a lower-case letter and have at most 30 lower-case letters, digits, '-' and '_'",
		},
		Name: { type: 'string', required: true, max: 100 },
		MessageStreamType: { type: 'string', required: true, fixed: true, check: wrongType },
		Description: {
			type: 'string',
			max: 1000,
			check: (text: string) => (/<[a-z/!]/i.test(text) ? 'must not contain HTML' : undefined),
		},
		SubscriptionManagementConfiguration: {
			type: 'object',
			fields: { UnsubscribeHandlingType: { type: 'string', choices: HANDLING } },
		},
	},
	unique: { field: 'ID' },
	pages: wholeList,
	filters: {
		MessageStreamType: {
			type: 'string',
			check: (type: string) => (/^all$/i.test(type) ? undefined : wrongType(type)),
		},
		IncludeArchivedStreams: { type: 'boolean' },
	},
	matches(stream, { MessageStreamType: type, IncludeArchivedStreams: archived }) {
		const wanted = type === undefined ? undefined : typeOf(type);
		return (archived === true || !stream.ArchivedAt) && (!wanted || stream.MessageStreamType === wanted);
	},
	check: checkStream,
	make(draft, { server }) {
		const { ID: id, MessageStreamType: type, Name, Description, ...more } = draft;
		const stream = freshStream(String(id), server.id, typeOf(type) ?? 'Transactional', String(Name));
		change(stream, { Description, ...more });
		stream.UpdatedAt = null;
		return stream;
	},
	change,
	actions: {
		archive: {
			method: 'POST',
			act(stream) {
				if (DEFAULTS.includes(stream.ID)) {
					throw new PostmarkError(1229, `The default message stream '${stream.ID}' cannot be archived.`);
				}
				stream.ArchivedAt ??= new Date().toISOString();
				const purge = Date.parse(stream.ArchivedAt) + PURGE_DAYS * 24 * 60 * 60 * 1000;
				stream.ExpectedPurgeDate ??= new Date(purge).toISOString();
				return { ID: stream.ID, ServerID: stream.ServerID, ExpectedPurgeDate: stream.ExpectedPurgeDate };
			},
		},
		unarchive: {
			method: 'POST',
			act(stream, { server }) {
				if (stream.ExpectedPurgeDate && Date.parse(stream.ExpectedPurgeDate) < Date.now()) {
					throw new PostmarkError(1232, `The message stream '${stream.ID}' can no longer be unarchived.`);
				}
				if (stream.ArchivedAt) checkRoom(server);
				stream.ArchivedAt = null;
				stream.ExpectedPurgeDate = null;
				return stream;
			},
		},
	},
	examples: {
		create: (n) => ({ ID: `news-${n}`, Name: `News ${n}`, MessageStreamType: 'Broadcasts' }),
		change: { Name: 'Renamed', Description: 'What it is for' },
		changes: ['UpdatedAt'],
	},
	undescribed: 'newer than the description',
};

/** @throws 1226 */
export function streamOf(of: PostmarkServer, id: string): MessageStream {
	const stream = of.streams.get(id);
	if (!stream) throw new PostmarkError(1226, NOT_THERE);
	return stream;
}

function wrongType(type: string): string | undefined {
	return typeOf(type) ? undefined : `must be ${TYPES.join(', ')}, not '${type}'`;
}

function checkStream(given: Given, { server }: Asked, old: MessageStream | undefined): void {
	const type = old?.MessageStreamType ?? typeOf(given.MessageStreamType);
	if (!old) {
		const id = String(given.ID);
		if (id.startsWith('pm-')) throw new PostmarkError(1233, `The ID '${id}' must not start with 'pm-'.`);
		const streams = [...server.streams.values()];
		if (type === 'Inbound' && streams.some((one) => one.MessageStreamType === 'Inbound')) {
			throw new PostmarkError(1228, 'A server can have one inbound stream only.');
		}
		checkRoom(server);
	}
	const { UnsubscribeHandlingType: handling } = (given.SubscriptionManagementConfiguration ?? {}) as Given;
	// Broadcasts need a way to unsubscribe; with which code the service refuses "None" is not public.
	if (handling === 'None' && type === 'Broadcasts') {
		throw invalidField("'UnsubscribeHandlingType' cannot be None in a broadcast stream.");
	}
}

function checkRoom(of: PostmarkServer): void {
	const active = [...of.streams.values()].filter(({ ArchivedAt }) => !ArchivedAt).length;
	if (active >= MAX_STREAMS)
		throw new PostmarkError(1225, `A server can have at most ${MAX_STREAMS} message streams.`);
}

function change(stream: MessageStream, given: Given): void {
	const { Name, Description, SubscriptionManagementConfiguration: subscription } = given;
	if (typeof Name === 'string') stream.Name = Name;
	if (typeof Description === 'string') stream.Description = Description;
	Object.assign(stream.SubscriptionManagementConfiguration, subscription);
	stream.UpdatedAt = new Date().toISOString();
}
