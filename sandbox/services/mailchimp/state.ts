import type { Account } from './account';
import type { Audience } from './audience';
import type { Batches } from './batchRuns';
import type { Campaign, Folder, QueuedEmail, Store, StoredFile, Template } from './records';
import type { Hooks } from './hooks';
import type { MailchimpSettings } from './settings';

/** What the resource files of Mailchimp work on. */
export interface MailchimpState {
	/** The API on the single host, with its version. */
	readonly url: string;
	/** The same without the version: the data centres and the sign-in are below it. */
	readonly host: string;
	readonly settings: MailchimpSettings;
	readonly account: Account;
	readonly audiences: Map<string | number, Audience>;
	readonly campaigns: Map<string, Campaign>;
	readonly campaignFolders: Map<string | number, Folder>;
	readonly templates: Map<number, Template>;
	readonly templateFolders: Map<string | number, Folder>;
	/** Who waits for the email of the classic automation, by their hashes. */
	readonly queued: Map<string, QueuedEmail>;
	/** For whom the step of the journey was started, in that order. */
	readonly triggered: string[];
	readonly files: Map<number, StoredFile>;
	readonly stores: Map<string | number, Store>;
	/** The one that a fresh account has. */
	readonly audience: Audience;
	readonly hooks: Hooks;
	readonly batches: Batches;
	/** A number no record of the account has yet. */
	newId(): number;
	now(): Date;
	/** `2026-01-31T09:05:07+00:00` */
	stamp(): string;
	/** Remembers what Mailchimp would silently ignore. */
	noteUnknown(what: string): void;
}
