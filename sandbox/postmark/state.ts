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
}

/** What the resource files of Postmark work on. */
export interface PostmarkState {
	readonly servers: PostmarkServer[];
	readonly senders: Senders;
	readonly settings: PostmarkSettings;
	/** Messages that were accepted with the test token, which stores nothing. */
	testAccepted: number;
	store(message: StoredMessage, server: PostmarkServer): void;
	/** Remembers a field or parameter that Postmark would silently ignore. */
	noteUnknown(what: string): void;
}
