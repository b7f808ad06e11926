import type { FastifyInstance, FastifyRequest } from 'fastify';
import { UnreadableJson, installParsers } from '../parsers';
import { bounces } from './bounces';
import { email } from './email';
import { PostmarkError, bodyOf } from './errors';
import { outboundMessages } from './messages';
import { BOUNCE_TYPES, type Bounce, type StoredMessage } from './records';
import type { Resource } from './resource';
import { Senders } from './senders';
import { PostmarkServer, type ServerOptions } from './server';
import { servers } from './servers';
import type { Caller, PostmarkSettings, PostmarkState } from './state';
import { messageStreams } from './streams';

const resources: Resource[] = [email, outboundMessages, messageStreams, bounces, servers];

const BATCH_LIMIT = 50 * 1024 * 1024;
/** Bytes of base64 kept over all messages; further attachments keep name and size only. */
const ATTACHMENT_MEMORY = 128 * 1024 * 1024;
const TEST_TOKEN = 'POSTMARK_API_TEST';

/** The stand-in for Postmark: one account with its servers, senders and messages. */
export class PostmarkService implements PostmarkState {
	readonly accountToken = 'sandbox-account-token';
	/** Token of the first server, which delivers. */
	readonly serverToken = 'sandbox-server-token';
	servers: PostmarkServer[] = [];
	senders = new Senders([]);
	settings: PostmarkSettings = { accountPending: false, searchDelayMs: 0 };
	testAccepted = 0;
	private unknown = new Set<string>();
	private attachmentBytes = 0;

	constructor(private readonly origin: () => string) {
		this.reset();
	}

	/** Base URL for a client. */
	get url(): string {
		return `${this.origin()}/postmark`;
	}

	/** Every stored message of every server, in order of arrival. */
	get messages(): StoredMessage[] {
		const [first, ...others] = this.servers;
		const all = [...(first?.messages ?? []), ...others.flatMap(({ messages }) => messages)];
		return others.some(({ messages }) => messages.length > 0) ? all.sort((a, b) => a.at - b.at) : all;
	}

	/** Fields and parameters that Postmark would have ignored without a word, such as `POST /email: Subjekt`. */
	get unknownFields(): string[] {
		return [...this.unknown];
	}

	message(id: string): StoredMessage | undefined {
		return this.servers.map((server) => server.message(id)).find((message) => message !== undefined);
	}

	addServer(options: ServerOptions): PostmarkServer {
		const server = new PostmarkServer(options);
		this.servers.push(server);
		return server;
	}

	/** Adds a bounce; a lasting kind makes the address inactive in its stream, so that sends to it answer 406. */
	bounce(options: {
		email: string;
		type?: string;
		stream?: string;
		server?: PostmarkServer;
		message?: StoredMessage;
	}): Bounce {
		const { email: address, type = 'HardBounce', message } = options;
		const stream = options.stream ?? message?.stream ?? 'outbound';
		const server = options.server ?? (this.servers[0] as PostmarkServer);
		const lasting = ['HardBounce', 'BadEmailAddress', 'SpamComplaint', 'ManuallyDeactivated'].includes(type);
		const bounce: Bounce = {
			RecordType: 'Bounce',
			ID: 692560000 + server.bounces.length + 1,
			Type: type,
			TypeCode: BOUNCE_TYPES[type] ?? 2048,
			Name: type.replace(/(?<=[a-z])(?=[A-Z])/g, ' '),
			Tag: message?.tag ?? '',
			MessageID: message?.id ?? '00000000-0000-0000-0000-000000000000',
			ServerID: server.id,
			MessageStream: stream,
			Description: 'The server was unable to deliver your message (ex: unknown user, mailbox not found).',
			Details: 'smtp;550 5.1.1 The email account that you tried to reach does not exist.',
			Email: address,
			From: message?.from.Email ?? '',
			BouncedAt: new Date().toISOString(),
			DumpAvailable: false,
			Inactive: lasting,
			CanActivate: lasting && type !== 'SpamComplaint',
			Subject: message?.subject ?? '',
			Content: '',
		};
		server.bounces.push(bounce);
		if (lasting) server.deactivate(stream, address);
		return bounce;
	}

	store(message: StoredMessage, server: PostmarkServer): void {
		for (const attachment of message.attachments) {
			this.attachmentBytes += attachment.content?.length ?? 0;
			if (this.attachmentBytes > ATTACHMENT_MEMORY) attachment.content = undefined;
		}
		server.store(message);
	}

	noteUnknown(what: string): void {
		if (this.unknown.size < 1000) this.unknown.add(what);
	}

	/** Back to an account with two empty servers (one of DeliveryType Sandbox) and three confirmed domains. */
	reset(): void {
		this.servers = [];
		this.addServer({ id: 1001, name: 'Production', tokens: [this.serverToken] });
		this.addServer({
			id: 1002,
			name: 'Staging',
			tokens: ['sandbox-staging-token'],
			deliveryType: 'Sandbox',
			color: 'yellow',
		});
		this.senders = new Senders(['example.com', 'yunhe.example', 'mailops.example']);
		this.senders.addSignature('unconfirmed@example.org', false);
		this.settings = { accountPending: false, searchDelayMs: 0 };
		this.testAccepted = 0;
		this.unknown.clear();
		this.attachmentBytes = 0;
	}

	/** The routes below the service's prefix. */
	mount(app: FastifyInstance): void {
		installParsers(app, BATCH_LIMIT);
		app.addHook('onRequest', async (request) => checkHeaders(request));
		app.setErrorHandler(async (error, _request, reply) => {
			const failure = asPostmarkError(error);
			return await reply.code(failure.status).send(failure.body);
		});
		app.setNotFoundHandler(async (_request, reply) => await reply.code(404).send(bodyOf(404)));
		const context = {
			app,
			state: this,
			server: (request: FastifyRequest) => this.serverOf(request),
			testable: (request: FastifyRequest): Caller =>
				request.headers['x-postmark-server-token'] === TEST_TOKEN ? {} : { server: this.serverOf(request) },
			account: (request: FastifyRequest) => this.checkAccount(request),
		};
		for (const resource of resources) resource(context);
	}

	private serverOf(request: FastifyRequest): PostmarkServer {
		const token = tokenIn(request, 'X-Postmark-Server-Token');
		const server = this.servers.find(({ tokens }) => tokens.includes(token));
		if (!server) throw badToken('Server', 'X-Postmark-Server-Token');
		return server;
	}

	private checkAccount(request: FastifyRequest): void {
		if (tokenIn(request, 'X-Postmark-Account-Token') !== this.accountToken) {
			throw badToken('Account', 'X-Postmark-Account-Token');
		}
	}
}

function tokenIn(request: FastifyRequest, header: string): string {
	const token = request.headers[header.toLowerCase()];
	if (typeof token === 'string' && token !== '') return token;
	throw new PostmarkError(
		10,
		`No API token was supplied in the HTTP headers. Please add the header ${header}.`,
		401,
	);
}

function badToken(kind: string, header: string): PostmarkError {
	const message = `The ${kind} Token you provided in the ${header} request header was invalid. Please verify that you are using a valid token.`;
	return new PostmarkError(10, message, 401);
}

/** Accept and, with a body, Content-Type must be JSON, else ErrorCode 409 (postmarkapp.com/developer/api/overview). */
function checkHeaders(request: FastifyRequest): void {
	if (!request.headers.accept?.toLowerCase().includes('application/json')) {
		throw new PostmarkError(409, 'The request must have the header Accept: application/json.');
	}
	const type = request.headers['content-type'] ?? '';
	if (request.method !== 'GET' && !type.toLowerCase().startsWith('application/json')) {
		throw new PostmarkError(409, bodyOf(415).Message, 415);
	}
}

function asPostmarkError(error: unknown): PostmarkError {
	if (error instanceof PostmarkError) return error;
	if (error instanceof UnreadableJson)
		return new PostmarkError(402, 'Invalid JSON: the body could not be read.');
	const status = (error as { statusCode?: number }).statusCode ?? 500;
	return new PostmarkError(bodyOf(status).ErrorCode, bodyOf(status).Message, status);
}
