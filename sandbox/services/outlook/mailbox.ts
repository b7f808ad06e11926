import { notFound } from './errors';
import type { Item, Props } from './records';
import { type Change, Store } from './store';

/** Folders that every mailbox has, by the name that stands for their IDs. */
export const WELL_KNOWN: Record<string, string> = {
	inbox: 'Inbox',
	drafts: 'Drafts',
	sentitems: 'Sent Items',
	deleteditems: 'Deleted Items',
	junkemail: 'Junk Email',
	archive: 'Archive',
	outbox: 'Outbox',
};

/**
 * Where a message is that was deleted from Deleted Items, or with Shift+Delete. Its name stands for it (learn.microsoft.com/graph/api/resources/mailfolder);
 * the message keeps its immutable ID, as it stays in the mailbox (learn.microsoft.com/graph/outlook-immutable-id), and no list has it.
 */
export const RECOVERABLE = 'recoverableitemsdeletions';

export interface Folder {
	id: string;
	name: string;
	/** `msgfolderroot` above the first ones. */
	parent: string;
	isHidden: boolean;
	seq: number;
	/** What somebody has put there (learn.microsoft.com/graph/api/singlevaluelegacyextendedproperty-post-singlevalueextendedproperties). */
	extended?: unknown;
}

/** Kinds of records whose changes are told to who has subscribed. */
export type Kind = 'message' | 'event' | 'contact';
export type Listener = (mailbox: Mailbox, kind: Kind, change: Change) => void;

/** All of one mailbox. */
export class Mailbox {
	private seq = 0;
	readonly folders = new Map<string, Folder>();
	readonly messages: Store;
	readonly events: Store;
	readonly contacts: Store;
	/** Calendars and their groups, contact folders, categories and rules, by kind. */
	readonly kinds: Record<
		'calendar' | 'calendarGroup' | 'contactFolder' | 'outlookCategory' | 'messageRule',
		Store
	>;
	settings: Props = {};
	/** Moments at which a message left, with its number of recipients. */
	readonly left: Array<{ at: number; recipients: number }> = [];

	constructor(
		/** The owner's ID. */
		readonly owner: string,
		readonly address: string,
		now: () => Date,
		onChange: Listener = () => {},
	) {
		const store = (kind?: Kind) =>
			new Store(
				() => this.next(),
				now,
				kind === undefined ? undefined : (change) => onChange(this, kind, change),
			);
		this.messages = store('message');
		this.events = store('event');
		this.contacts = store('contact');
		this.kinds = {
			calendar: store(),
			calendarGroup: store(),
			contactFolder: store(),
			outlookCategory: store(),
			messageRule: store(),
		};
		for (const [known, name] of Object.entries(WELL_KNOWN)) this.addFolder(name, 'msgfolderroot', known);
		this.addFolder('Deletions', 'recoverableitemsroot', RECOVERABLE);
		this.kinds.calendar.add('', { name: 'Calendar', color: 'auto', isDefaultCalendar: true, canEdit: true });
		this.kinds.calendarGroup.add('', { name: 'My Calendars' });
		this.settings = {
			archiveFolder: 'archive',
			timeZone: 'UTC',
			dateFormat: 'yyyy-MM-dd',
			timeFormat: 'HH:mm',
			userPurpose: 'user',
			language: { locale: 'en-US', displayName: 'English (United States)' },
			automaticRepliesSetting: {
				status: 'disabled',
				externalAudience: 'all',
				internalReplyMessage: '',
				externalReplyMessage: '',
			},
		};
	}

	next(): number {
		this.seq += 1;
		return this.seq;
	}

	/** Where the log has come to. */
	get last(): number {
		return this.seq;
	}

	addFolder(
		name: string,
		parent = 'msgfolderroot',
		id = `AAMkFolder${String(this.next()).padStart(6, '0')}`,
	): Folder {
		const folder: Folder = { id, name, parent, isHidden: false, seq: this.next() };
		this.folders.set(id, folder);
		return folder;
	}

	/** @throws {GraphError} 404 */
	folder(given: string): Folder {
		const found = this.folders.get(given) ?? this.folders.get(given.toLowerCase());
		if (found === undefined) throw notFound();
		return found;
	}

	/** Folders below one, however deep, itself included. */
	tree(id: string): Folder[] {
		const own = [...this.folders.values()].filter((folder) => folder.id === id);
		return own.flatMap((folder) => [
			folder,
			...this.childrenOf(folder.id).flatMap((child) => this.tree(child.id)),
		]);
	}

	childrenOf(parent: string): Folder[] {
		return [...this.folders.values()].filter((folder) => folder.parent === parent);
	}

	get calendar(): Item {
		return [...this.kinds.calendar.items.values()].find(({ props }) => props.isDefaultCalendar === true)!;
	}

	/** What Shift+Delete does. */
	deleteForGood(message: Item): void {
		this.messages.move(message, RECOVERABLE, { isHidden: true });
	}

	/** A received message, without the wire. */
	receive(props: Props, folder = 'inbox', now = new Date()): Item {
		const stamp = now.toISOString();
		const item = this.messages.add(folder, {
			subject: '',
			importance: 'normal',
			isRead: false,
			isDraft: false,
			categories: [],
			body: { contentType: 'html', content: '' },
			toRecipients: [{ emailAddress: { name: '', address: this.address } }],
			ccRecipients: [],
			bccRecipients: [],
			replyTo: [],
			receivedDateTime: stamp,
			sentDateTime: stamp,
			flag: { flagStatus: 'notFlagged' },
			inferenceClassification: 'focused',
			...props,
		});
		item.props.internetMessageId ??= `<${item.id}.${this.owner.slice(0, 8)}@contoso.example>`;
		item.props.conversationId ??= `AAQk${item.id}`;
		return item;
	}
}
