import {
	type Bounce,
	type BulkRequest,
	type Click,
	type MessageStream,
	type Open,
	type StoredMessage,
	type Webhook,
	freshStream,
} from './records';
import type { InboundMessage, InboundRule } from './inboundRecords';
import { type ServerConfig, defaultConfig } from './serverConfig';
import { Suppressions } from './suppressionStore';
import { Templates } from './templateStore';

export interface ServerOptions {
	id: number;
	name: string;
	/** Several are possible. */
	tokens: string[];
	deliveryType?: 'Live' | 'Sandbox';
	color?: string;
}

/** One Postmark server: its tokens, streams, messages, bounces and inactive addresses. */
export class PostmarkServer {
	readonly id: number;
	readonly tokens: string[];
	readonly deliveryType: 'Live' | 'Sandbox';
	readonly config: ServerConfig;
	readonly streams = new Map<string, MessageStream>();
	/** In order of arrival. */
	readonly messages: StoredMessage[] = [];
	readonly bounces: Bounce[] = [];
	/** In order of arrival. */
	readonly opens: Open[] = [];
	readonly clicks: Click[] = [];
	readonly suppressions = new Suppressions();
	readonly templates = new Templates();
	readonly webhooks = new Map<number, Webhook>();
	/** By MessageID, in order of arrival. */
	readonly inbound = new Map<string, InboundMessage>();
	readonly inboundRules = new Map<number, InboundRule>();
	readonly bulkRequests = new Map<string, BulkRequest>();
	private byId = new Map<string, StoredMessage>();
	private sent = new Map<string, number>();
	private byWord = new Map<string, StoredMessage[]>();

	constructor(options: ServerOptions) {
		this.id = options.id;
		this.tokens = options.tokens;
		this.deliveryType = options.deliveryType ?? 'Live';
		this.config = defaultConfig(options.name, options.color);
		this.addStream('outbound', 'Transactional', 'Default Transactional Stream');
		this.addStream('broadcast', 'Broadcasts', 'Default Broadcast Stream');
		this.addStream('inbound', 'Inbound', 'Default Inbound Stream');
	}

	get name(): string {
		return this.config.Name;
	}

	get inboundHash(): string {
		return String(this.id).padStart(32, '0');
	}

	/** Where mail for this server goes in. */
	get inboundAddress(): string {
		return `${this.inboundHash}@inbound.postmarkapp.com`;
	}

	addStream(id: string, type: MessageStream['MessageStreamType'], name: string): MessageStream {
		const stream = freshStream(id, this.id, type, name);
		this.streams.set(id, stream);
		return stream;
	}

	store(message: StoredMessage): void {
		this.messages.push(message);
		this.byId.set(message.id, message);
		this.sent.set(message.stream, this.sentIn(message.stream) + 1);
		for (const word of wordsOf(message)) {
			const list = this.byWord.get(word);
			if (list) list.push(message);
			else this.byWord.set(word, [message]);
		}
	}

	/** Messages sent in a stream. */
	sentIn(stream: string): number {
		return this.sent.get(stream) ?? 0;
	}

	message(id: string): StoredMessage | undefined {
		return this.byId.get(id.toLowerCase());
	}

	/** Messages that carry all these words, in order of arrival; see {@link wordsOf}. */
	withWords(words: string[]): readonly StoredMessage[] {
		if (words.length === 0) return this.messages;
		const lists = words.map((word) => this.byWord.get(word) ?? []).sort((a, b) => a.length - b.length);
		const [shortest = [], ...others] = lists;
		const sets = others.map((list) => new Set(list));
		return shortest.filter((message) => sets.every((set) => set.has(message)));
	}
}

/** What a search can look up without walking over all messages: `recipient:`, `tag:` and `metadata:key=value`. */
function wordsOf(message: StoredMessage): Set<string> {
	const words = new Set<string>();
	for (const { Email } of [...message.to, ...message.cc, ...message.bcc])
		words.add(`recipient:${Email.toLowerCase()}`);
	if (message.tag) words.add(`tag:${message.tag}`);
	for (const [key, value] of Object.entries(message.metadata))
		words.add(`metadata:${key.toLowerCase()}=${value}`);
	return words;
}
