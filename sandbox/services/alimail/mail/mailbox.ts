import { AlimailError } from '../errors';

/** Folders that every mailbox has. Ids 1 and 2 were seen by two clients, the others by one. */
export const WELL_KNOWN = { sent: '1', inbox: '2', junk: '3', drafts: '5', deleted: '6' } as const;
const NAMES: Record<string, string> = { 1: 'Sent', 2: 'Inbox', 3: 'Junk', 5: 'Drafts', 6: 'Deleted' };

export interface Person {
	email: string;
	name?: string;
}

export interface Attachment {
	id: string;
	name: string;
	contentId?: string | undefined;
	isInline: boolean;
	extHeaders: Record<string, string>;
	content: Buffer;
}

/** What a client may write of a message. */
export interface Written {
	internetMessageId?: string;
	subject: string;
	summary?: string;
	priority: string;
	isReadReceiptRequested: boolean;
	from: Person;
	toRecipients: Person[];
	ccRecipients: Person[];
	bccRecipients: Person[];
	replyTo: Person[];
	body: { bodyText?: string; bodyHtml?: string };
	internetMessageHeaders: Record<string, string>;
	tags: string[];
}

export interface Message extends Written {
	readonly id: string;
	/** Order of arrival. */
	readonly seq: number;
	folderId: string;
	conversationId: string;
	isRead: boolean;
	sentDateTime?: string | undefined;
	/** RFC 3339, like all times here. */
	receivedDateTime: string;
	lastModifiedDateTime: string;
	attachments: Attachment[];
}

export interface Folder {
	id: string;
	displayName: string;
	/** Missing at the top. */
	parentFolderId?: string;
}

const pad = (number: number): string => String(number).padStart(6, '0');

/** One account's mail. */
export class Mailbox {
	private seq = 0;
	readonly folders = new Map<string, Folder>();
	readonly messages = new Map<string, Message>();

	constructor(
		/** The account's id. */
		readonly owner: string,
		readonly address: string,
	) {
		for (const id of Object.values(WELL_KNOWN)) this.folders.set(id, { id, displayName: NAMES[id]! });
	}

	addFolder(displayName: string, parentFolderId?: string): Folder {
		this.seq += 1;
		const id = `folder-${pad(this.seq)}`;
		const folder = { id, displayName, ...(parentFolderId === undefined ? {} : { parentFolderId }) };
		this.folders.set(id, folder);
		return folder;
	}

	childrenOf(parent: string | undefined): Folder[] {
		return [...this.folders.values()].filter(({ parentFolderId }) => parentFolderId === parent);
	}

	/** In order of arrival. */
	in(folderId: string): Message[] {
		return [...this.messages.values()].filter((message) => message.folderId === folderId);
	}

	/** @throws 404 */
	folder(id: string): Folder {
		const found = this.folders.get(id);
		if (!found) throw new AlimailError(404, 'FolderNotFound', `Folder "${id}" does not exist.`);
		return found;
	}

	/** @throws 404 */
	message(id: string): Message {
		const found = this.messages.get(id);
		if (!found) throw new AlimailError(404, 'MessageNotFound', `Message "${id}" does not exist.`);
		return found;
	}

	/** Puts a message into a folder, without the wire. */
	put(folderId: string, now: string, given: Partial<Message> = {}): Message {
		this.seq += 1;
		const id = `DzzzzzzN${this.owner}${pad(this.seq)}`;
		const message: Message = {
			subject: '',
			priority: 'PRY_NORMAL',
			isReadReceiptRequested: false,
			from: { email: this.address },
			toRecipients: [{ email: this.address }],
			ccRecipients: [],
			bccRecipients: [],
			replyTo: [],
			body: {},
			internetMessageHeaders: {},
			tags: [],
			isRead: false,
			receivedDateTime: now,
			lastModifiedDateTime: now,
			attachments: [],
			...given,
			id,
			seq: this.seq,
			folderId,
			conversationId: given.conversationId ?? `conv-${id}`,
			// The service gives its own, whatever was supplied.
			internetMessageId: `<${id}@mail.alimail.example>`,
		};
		this.messages.set(id, message);
		return message;
	}
}
