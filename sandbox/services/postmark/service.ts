import type { FastifyInstance } from 'fastify';
import type { Service } from '../../shell/standIn';
import { Events, type Subject, subjectOf } from './events';
import { Hooks } from './hooks';
import { recipientsOf } from './message';
import type { InboundMessage } from './inboundRecords';
import { type Incoming, receive } from './receiving';
import type { Bounce, Click, MessageEvent, Open, StoredMessage } from './records';
import { mountRoutes } from './routes';
import { Senders } from './senders';
import { PostmarkServer, type ServerOptions } from './server';
import { type PostmarkSettings, postmarkSettings } from './settings';
import type { DataRemoval, PostmarkState } from './state';
import type { Visit } from './visits';

/** Bytes of base64 kept over all messages; further attachments keep name and size only. */
const ATTACHMENT_MEMORY = 128 * 1024 * 1024;

/** Whom a bounce, complaint or unsubscription is about: a message, or an address of a stream by itself. */
export interface About {
	/** By default the first recipient of the message. */
	email?: string | undefined;
	message?: string | StoredMessage | undefined;
	/** By default the message's, or `outbound`. */
	stream?: string | undefined;
	/** By default the message's, or the first one. */
	server?: PostmarkServer;
}

/** The stand-in for Postmark: one account with its servers, senders and messages. */
export class PostmarkService implements PostmarkState, Service {
	readonly accountToken = 'sandbox-account-token';
	/** Token of the first server, which delivers. */
	readonly serverToken = 'sandbox-server-token';
	servers: PostmarkServer[] = [];
	senders = new Senders([], () => this.newId());
	readonly dataRemovals = new Map<number, DataRemoval>();
	readonly settings: PostmarkSettings = postmarkSettings.parse({});
	readonly hooks = new Hooks(() => this.settings);
	readonly events: Events = new Events(this);
	testAccepted = 0;
	private unknown = new Set<string>();
	private attachmentBytes = 0;
	private lastId = 0;

	/** @param baseUrl known when the port is open */
	constructor(private readonly baseUrl: () => string) {
		this.reset();
	}

	/** Base URL for a client. */
	get url(): string {
		return this.baseUrl();
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

	/** Records that the message reached its recipients (or one of them), and posts it to the webhooks. */
	deliver(message: string | StoredMessage, recipient?: string): MessageEvent[] {
		const found = this.messageOf(message);
		const emails = recipient ? [recipient] : recipientsOf(found).map(({ Email }) => Email);
		return emails.map((email) => this.events.deliver(this.subject(found, email)));
	}

	/** Adds a bounce; a lasting kind makes the address inactive in its stream, so that sends to it answer 406. */
	bounce({ type = 'HardBounce', ...about }: About & { type?: string | undefined }): Bounce {
		return this.events.bounce(this.subjectOf(about), type);
	}

	/** The recipient marks the message as spam. */
	complain(about: string | About): Bounce {
		return this.events.bounce(this.subjectOf(about), 'SpamComplaint');
	}

	/** The recipient opens the message, which has to be sent with TrackOpens. */
	open(message: string | StoredMessage, visit: Visit & { recipient?: string | undefined } = {}): Open {
		return this.events.open(this.subject(this.messageOf(message), visit.recipient), visit);
	}

	/** The recipient follows a link (by default the first) of the message, which has to be sent with TrackLinks. */
	click(
		message: string | StoredMessage,
		link?: string,
		visit: Visit & { recipient?: string | undefined } = {},
	): Click {
		return this.events.click(this.subject(this.messageOf(message), visit.recipient), link, visit);
	}

	/** The recipient unsubscribes from the stream. */
	unsubscribe(about: string | About): void {
		const { server, stream, email, message } = this.subjectOf(about);
		this.events.suppress(server, stream, email, 'ManualSuppression', 'Recipient', message);
	}

	/** A mail comes in for the server: it is stored, and posted to its InboundHookUrl unless a rule blocks it. */
	async receive(mail: Incoming): Promise<InboundMessage> {
		return await receive(mail, mail.server ?? (this.servers[0] as PostmarkServer), this);
	}

	private subjectOf(about: string | About): Subject {
		const { message, email, stream, server } = typeof about === 'string' ? { message: about } : about;
		if (message !== undefined) return this.subject(this.messageOf(message), email);
		if (!email) throw new Error('Name the message, or the address in "email".');
		return { server: server ?? (this.servers[0] as PostmarkServer), stream: stream ?? 'outbound', email };
	}

	private messageOf(message: string | StoredMessage): StoredMessage {
		const found = typeof message === 'string' ? this.message(message) : message;
		if (!found) throw new Error(`There is no message with the id "${String(message)}".`);
		return found;
	}

	private subject(message: StoredMessage, email?: string): Required<Subject> {
		const server = this.servers.find(({ id }) => id === message.serverId) as PostmarkServer;
		return subjectOf(server, message, email);
	}

	store(message: StoredMessage, server: PostmarkServer): void {
		for (const attachment of message.attachments) {
			this.attachmentBytes += attachment.content?.length ?? 0;
			if (this.attachmentBytes > ATTACHMENT_MEMORY) delete attachment.content;
		}
		server.store(message);
	}

	newId(): number {
		this.lastId += 1;
		return 40_000_000 + this.lastId;
	}

	noteUnknown(what: string): void {
		if (this.unknown.size < 1000) this.unknown.add(what);
	}

	/** Back to an account with two empty servers (one of DeliveryType Sandbox) and three confirmed domains. */
	reset(): void {
		this.lastId = 0;
		this.servers = [];
		this.addServer({ id: 1001, name: 'Production', tokens: [this.serverToken] });
		this.addServer({
			id: 1002,
			name: 'Staging',
			tokens: ['sandbox-staging-token'],
			deliveryType: 'Sandbox',
			color: 'yellow',
		});
		const newId = () => this.newId();
		this.senders = new Senders(['example.com', 'yunhe.example', 'mailops.example'], newId);
		this.dataRemovals.clear();
		this.senders.addSignature('unconfirmed@example.org', false);
		this.hooks.clear();
		this.testAccepted = 0;
		this.unknown.clear();
		this.attachmentBytes = 0;
	}

	/** Ends the waiting for the next try of a webhook. */
	close(): void {
		this.hooks.clear();
	}

	/** The routes below the service's prefix. */
	mount(app: FastifyInstance): void {
		mountRoutes(app, this);
	}
}
