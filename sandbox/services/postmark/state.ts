import type { Events } from './events';
import type { Hooks } from './hooks';
import type { PostmarkServer } from './server';
import type { StoredMessage } from './records';
import type { Senders } from './senders';
import type { PostmarkSettings } from './settings';

/** Who asks: a server, or nobody in particular with the test token. */
export interface Caller {
	server?: PostmarkServer;
}

/** A request to forget a recipient. */
export interface DataRemoval {
	ID: number;
	Status: 'Pending' | 'Done';
	RequestedBy: string;
	RequestedFor: string;
}

/** What the resource files of Postmark work on. */
export interface PostmarkState {
	readonly accountToken: string;
	readonly servers: PostmarkServer[];
	readonly senders: Senders;
	/** Requests to forget a recipient, by id. */
	readonly dataRemovals: Map<number, DataRemoval>;
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
