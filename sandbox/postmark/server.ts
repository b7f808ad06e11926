import type { Bounce, MessageStream, StoredMessage } from './records';

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
	readonly name: string;
	readonly tokens: string[];
	readonly deliveryType: 'Live' | 'Sandbox';
	readonly color: string;
	readonly streams = new Map<string, MessageStream>();
	/** In order of arrival. */
	readonly messages: StoredMessage[] = [];
	readonly bounces: Bounce[] = [];
	private byId = new Map<string, StoredMessage>();
	private byWord = new Map<string, StoredMessage[]>();
	private inactive = new Set<string>();

	constructor(options: ServerOptions) {
		this.id = options.id;
		this.name = options.name;
		this.tokens = options.tokens;
		this.deliveryType = options.deliveryType ?? 'Live';
		this.color = options.color ?? 'blue';
		this.addStream('outbound', 'Transactional', 'Default Transactional Stream');
		this.addStream('broadcast', 'Broadcasts', 'Default Broadcast Stream');
		this.addStream('inbound', 'Inbound', 'Default Inbound Stream');
	}

	addStream(id: string, type: MessageStream['MessageStreamType'], name: string): MessageStream {
		const stream: MessageStream = {
			ID: id,
			ServerID: this.id,
			Name: name,
			Description: '',
			MessageStreamType: type,
			CreatedAt: new Date().toISOString(),
			UpdatedAt: null,
			ArchivedAt: null,
			ExpectedPurgeDate: null,
			SubscriptionManagementConfiguration: {
				UnsubscribeHandlingType: type === 'Broadcasts' ? 'Postmark' : 'None',
			},
		};
		this.streams.set(id, stream);
		return stream;
	}

	store(message: StoredMessage): void {
		this.messages.push(message);
		this.byId.set(message.id, message);
		for (const word of wordsOf(message)) {
			const list = this.byWord.get(word);
			if (list) list.push(message);
			else this.byWord.set(word, [message]);
		}
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

	/** Suppression is per stream: a bounce in one does not stop the other. */
	deactivate(stream: string, address: string): void {
		this.inactive.add(`${stream} ${address.toLowerCase()}`);
	}

	isInactive(stream: string, address: string): boolean {
		return this.inactive.has(`${stream} ${address.toLowerCase()}`);
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
