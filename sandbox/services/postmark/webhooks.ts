import type { FastifyRequest } from 'fastify';
import { readBody, readObject } from './body';
import { PostmarkError, invalidField } from './errors';
import { readFilters } from './paging';
import type { Resource } from './resource';
import type { PostmarkServer } from './server';
import type { PostmarkState } from './state';

interface Switch {
	Enabled: boolean;
}

export interface Webhook {
	ID: number;
	Url: string;
	/** Stays with its stream for good. */
	MessageStream: string;
	HttpAuth?: { Username: string; Password: string };
	HttpHeaders: Array<{ Name: string; Value: string }>;
	Triggers: {
		Open: Switch & { PostFirstOpenOnly: boolean };
		Click: Switch;
		Delivery: Switch;
		Bounce: Switch & { IncludeContent: boolean };
		SpamComplaint: Switch & { IncludeContent: boolean };
		SubscriptionChange: Switch;
	};
}

const TRIGGERS: Webhook['Triggers'] = {
	Open: { Enabled: false, PostFirstOpenOnly: false },
	Click: { Enabled: false },
	Delivery: { Enabled: false },
	Bounce: { Enabled: false, IncludeContent: false },
	SpamComplaint: { Enabled: false, IncludeContent: false },
	SubscriptionChange: { Enabled: false },
};
const FIELDS = { Url: 'string', HttpAuth: 'object', HttpHeaders: 'array', Triggers: 'object' } as const;
type WithId = { Params: { id: string } };

/**
 * `/webhooks`: list, create, get, update, delete (postmarkapp.com/developer/api/webhooks-api). The answers carry the
 * password as it was given, as the examples there do. Which ErrorCodes a bad webhook has is not public: these are the sandbox's own.
 */
export const webhooks: Resource = ({ app, state, server }) => {
	app.get('/webhooks', async (request) => {
		const { messagestream } = readFilters(request, state, ['messagestream']);
		const all = [...server(request).webhooks.values()];
		return {
			Webhooks: all.filter(
				({ MessageStream }) => messagestream === undefined || MessageStream === messagestream,
			),
		};
	});

	app.post('/webhooks', async (request) => {
		const of = server(request);
		const given = readBody(request, state, { ...FIELDS, MessageStream: 'string' });
		if (!given.Url) throw new PostmarkError(606, "The field 'Url' is required.");
		const MessageStream = (given.MessageStream as string | undefined) ?? 'outbound';
		checkStream(of, MessageStream);
		const fresh: Webhook = {
			ID: state.newId(),
			Url: '',
			MessageStream,
			HttpHeaders: [],
			Triggers: structuredClone(TRIGGERS),
		};
		const webhook = change(fresh, given, request, state);
		of.webhooks.set(webhook.ID, webhook);
		return webhook;
	});

	app.get<WithId>('/webhooks/:id', async (request) => find(server(request), request.params.id));

	app.put<WithId>('/webhooks/:id', async (request) => {
		const of = server(request);
		const old = find(of, request.params.id);
		const webhook = change(old, readBody(request, state, FIELDS), request, state);
		of.webhooks.set(webhook.ID, webhook);
		return webhook;
	});

	app.delete<WithId>('/webhooks/:id', async (request) => {
		const of = server(request);
		const { ID } = find(of, request.params.id);
		of.webhooks.delete(ID);
		return { ErrorCode: 0, Message: `Webhook ${ID} removed.` };
	});
};

function find(of: PostmarkServer, id: string): Webhook {
	const webhook = of.webhooks.get(Number(id));
	if (!webhook) throw new PostmarkError(12, `There is no webhook with the id '${id}'.`, 404);
	return webhook;
}

function checkStream(of: PostmarkServer, id: string): void {
	const stream = of.streams.get(id);
	if (!stream || stream.ArchivedAt) {
		throw new PostmarkError(1235, `The 'MessageStream' provided does not exist on this server: '${id}'.`);
	}
	if (stream.MessageStreamType === 'Inbound') {
		throw new PostmarkError(
			1236,
			`The inbound stream '${id}' has its webhook in the server's InboundHookUrl.`,
		);
	}
}

function change(
	old: Webhook,
	given: Record<string, unknown>,
	request: FastifyRequest,
	state: PostmarkState,
): Webhook {
	const unknown = (field: string) => state.noteUnknown(`${request.method} /webhooks: ${field}`);
	const { Url, HttpAuth, HttpHeaders, Triggers } = given;
	const webhook: Webhook = { ...old, Triggers: structuredClone(old.Triggers) };
	if (Url !== undefined) {
		checkUrl(Url as string, 'Url');
		webhook.Url = Url as string;
	}
	if (HttpAuth !== undefined) {
		const { Username = '', Password = '' } = readObject(
			HttpAuth,
			{ Username: 'string', Password: 'string' },
			(field) => unknown(`HttpAuth.${field}`),
		) as Record<string, string | undefined>;
		// Empty on both sides takes it away: the sandbox's own reading.
		webhook.HttpAuth = Username || Password ? { Username, Password } : undefined;
	}
	if (HttpHeaders !== undefined) {
		webhook.HttpHeaders = (HttpHeaders as unknown[]).map((one) => readHeader(one, unknown));
	}
	if (Triggers !== undefined) readTriggers(Triggers, webhook, unknown);
	return webhook;
}

function readHeader(value: unknown, unknown: (field: string) => void): { Name: string; Value: string } {
	const { Name, Value } = readObject(value, { Name: 'string', Value: 'string' }, (field) =>
		unknown(`HttpHeaders[].${field}`),
	) as Record<string, string | undefined>;
	if (!Name || Value === undefined || !/^[!-9;-~]+$/.test(Name) || /[\r\n]/.test(Value)) {
		throw invalidField("Each of the 'HttpHeaders' needs a 'Name' and a 'Value' without line breaks.");
	}
	return { Name, Value };
}

function readTriggers(value: unknown, webhook: Webhook, unknown: (field: string) => void): void {
	const names = Object.keys(TRIGGERS) as Array<keyof Webhook['Triggers']>;
	const given = readObject(value, Object.fromEntries(names.map((name) => [name, 'object'])), (field) =>
		unknown(`Triggers.${field}`),
	);
	for (const name of names) {
		if (given[name] === undefined) continue;
		const fields = Object.fromEntries(
			Object.keys(TRIGGERS[name]).map((field) => [field, 'boolean' as const]),
		);
		Object.assign(
			webhook.Triggers[name],
			readObject(given[name], fields, (field) => unknown(`Triggers.${name}.${field}`)),
		);
	}
}

/** @throws 606 for anything but the address of a web server. */
export function checkUrl(url: string, field: string): void {
	if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return;
	throw new PostmarkError(606, `The field '${field}' is not a valid URL.`);
}
