import { randomUUID } from 'node:crypto';
import type { Clock } from '../../../shell/clock';
import type { Directory } from '../directory';
import { AlimailError, invalid, notFound } from '../errors';
import type { User } from '../records';
import { Mailbox, type Message, WELL_KNOWN } from './mailbox';

/** A message that left, for tests to count. */
export interface Sent {
	from: string;
	to: string[];
	subject: string;
	message: Message;
}

interface Leaving {
	mailbox: Mailbox;
	draft: Message;
	save: boolean;
	at: number;
}

export interface UploadSession {
	mailbox: Mailbox;
	draftId: string;
	name: string;
	contentId?: string | undefined;
	isInline: boolean;
	extHeaders: Record<string, string>;
	isUsed: boolean;
}

/** All mail of the tenant. */
export class Post {
	private readonly boxes = new Map<string, Mailbox>();
	private leaving: Leaving[] = [];
	readonly sent: Sent[] = [];
	readonly uploads = new Map<string, UploadSession>();
	/** Addresses for downloads: message and attachment. */
	readonly downloads = new Map<string, { message: Message; attachmentId: string }>();

	constructor(
		private readonly directory: Directory,
		private readonly clock: Clock,
	) {}

	/** By an account's id, address or alias. @throws 404 */
	mailbox(which: string): Mailbox {
		const user = this.directory.findUser(which);
		if (!user) throw notFound('User', which);
		return this.of(user);
	}

	of({ id, email }: User): Mailbox {
		this.settle();
		let box = this.boxes.get(id);
		if (box === undefined) this.boxes.set(id, (box = new Mailbox(id, email)));
		return box;
	}

	/** All mailboxes that were looked into. */
	get opened(): Mailbox[] {
		this.settle();
		return [...this.boxes.values()];
	}

	/** Drafts that are on their way and whose time has come. */
	settle(now = Date.now()): void {
		const due = this.leaving.filter(({ at }) => at <= now);
		this.leaving = this.leaving.filter(({ at }) => at > now);
		for (const one of due) this.leave(one);
	}

	/**
	 * Lets a draft go. Whether the service does so at once is not documented: `afterMs` later it is gone from Drafts, and
	 * whoever sends it again until then sends it twice.
	 */
	send(mailbox: Mailbox, draft: Message, save: boolean, afterMs: number): void {
		if (draft.folderId !== WELL_KNOWN.drafts)
			throw new AlimailError(400, 'NotADraft', 'Only a draft can be sent.');
		const all = [...draft.toRecipients, ...draft.ccRecipients, ...draft.bccRecipients];
		if (all.length === 0) throw invalid('The message has no recipients.', 'toRecipients');
		this.leaving.push({ mailbox, draft, save, at: Date.now() + afterMs });
		this.settle();
	}

	newUpload(session: Omit<UploadSession, 'isUsed'>): string {
		const id = randomUUID();
		this.uploads.set(id, { ...session, isUsed: false });
		return id;
	}

	private leave({ mailbox, draft, save }: Leaving): void {
		const now = this.clock.stamp();
		const { id: _id, seq: _seq, folderId: _folder, ...content } = draft;
		mailbox.messages.delete(draft.id);
		const gone: Partial<Message> = { ...content, sentDateTime: now, receivedDateTime: now };
		const copy = save
			? mailbox.put(WELL_KNOWN.sent, now, { ...gone, isRead: true })
			: ({ ...draft, sentDateTime: now } satisfies Message);
		const to = [...draft.toRecipients, ...draft.ccRecipients, ...draft.bccRecipients].map(({ email }) =>
			email.toLowerCase(),
		);
		this.sent.push({ from: draft.from.email, to, subject: draft.subject, message: copy });
		for (const address of new Set(to)) {
			const user = this.directory.findUser(address);
			if (user !== undefined) this.of(user).put(WELL_KNOWN.inbox, now, { ...gone, bccRecipients: [] });
		}
	}
}
