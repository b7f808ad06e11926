import type { Events } from './events';
import type { Hooks } from './hooks';
import type { PostmarkServer } from './server';
import type { StoredMessage } from './records';
import type { Senders } from './senders';

/** Who asks: a server, or nobody in particular with the test token. */
export interface Caller {
	server?: PostmarkServer;
}

export interface PostmarkSettings {
	/** A new account that is not approved yet: recipients must share the domain of From, else 412. */
	accountPending: boolean;
	/** Milliseconds until an accepted message can be found by a search; at the service it takes a moment. */
	searchDelayMs: number;
	/** Whether the Bulk API is enabled for the account. */
	bulkEnabled: boolean;
	/** Whether a check of a domain finds its records in DNS. */
	dnsReady: boolean;
	/** Whether the account may delete servers; at the service that has to be asked for. */
	serverDeletion: boolean;
	/**
	 * How many times faster than at the service an event that was not taken is posted again. With 60, the default, its
	 * minutes are seconds.
	 */
	retrySpeed: number;
}

/** What the resource files of Postmark work on. */
export interface PostmarkState {
	readonly accountToken: string;
	readonly servers: PostmarkServer[];
	readonly senders: Senders;
	/** Requests to forget a recipient, by id. */
	readonly dataRemovals: Map<number, { by: string; for: string }>;
	readonly settings: PostmarkSettings;
	readonly events: Events;
	readonly hooks: Hooks;
	/** Messages that were accepted with the test token, which stores nothing. */
	testAccepted: number;
	store(message: StoredMessage, server: PostmarkServer): void;
	/** A number no record of the account has yet. */
	newId(): number;
	/** Remembers a field or parameter that Postmark would silently ignore. */
	noteUnknown(what: string): void;
}
