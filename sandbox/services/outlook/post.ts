import { GraphError } from './errors';
import type { Directory } from './directory';
import { threadHeadersOf } from './extended';
import type { Mailbox } from './mailbox';
import { addressOf, type Attachment, type Item, type Props, recipientsOf } from './records';
import type { OutlookSettings } from './settings';
import { demandSendable } from './submission';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** When Exchange lets a message go, on the message itself: PidTagDeferredSendTime ([MS-OXOMSG] 2.2.3.4). */
const DEFERRED = /^SystemTime 0x0*3FEF$/i;
/** Whether it is deleted when it has left: PidTagDeleteAfterSubmit ([MS-OXOMSG] 3.3.5.1.3). */
const LEAVES_NO_COPY = /^Boolean 0x0*E01$/i;

/** A message that has left. */
export interface Sent {
	at: number;
	from: string;
	to: string[];
	props: Props;
	attachments: Attachment[];
}

/** Takes messages out of mailboxes and into others. */
export class Post {
	sent: Sent[] = [];
	private readonly waiting = new Map<Item, { mailbox: Mailbox; at: number; folder: string }>();
	/** Messages and recipients that were refused for a limit. */
	refused = 0;
	/** Messages whose time had come and which the mailbox's pace held back. */
	late = 0;
	/** Messages whose time had come and for which the day had no recipients left: their sender gets them back. */
	bounced = 0;

	constructor(
		private readonly directory: Directory,
		private readonly settings: () => OutlookSettings,
		private readonly now: () => Date,
	) {}

	clear(): void {
		this.sent = [];
		this.waiting.clear();
		this.refused = this.late = this.bounced = 0;
	}

	/**
	 * A draft goes: it is found in Sent Items under the ID that stays, or nowhere if it says so itself. One with a time of its own waits for it where it is (or
	 * in the Outbox), and is no draft any more ([MS-OXCMSG] 2.2.1.6, mfUnsent). @throws {GraphError}
	 */
	sendDraft(mailbox: Mailbox, item: Item): void {
		demandSendable(mailbox, item, this.directory, this.settings());
		const at = deferredUntil(item.props);
		if (at <= this.now().getTime()) {
			this.checkPace(mailbox, recipientsOf(item.props).length);
			this.leave(mailbox, item);
			return;
		}
		const { heldIn, heldIsDraft } = this.settings();
		mailbox.messages.touch(item, { isDraft: heldIsDraft });
		if (item.folder !== heldIn) mailbox.messages.move(item, heldIn);
		item.isSubmitted = true;
		this.waiting.set(item, { mailbox, at, folder: heldIn });
	}

	/**
	 * `sendMail`: at once, whatever time stands on the message, for extended properties come with what is created or changed
	 * (learn.microsoft.com/graph/api/singlevaluelegacyextendedproperty-post-singlevalueextendedproperties). @throws {GraphError}
	 */
	send(mailbox: Mailbox, item: Item, saves: boolean): void {
		demandSendable(mailbox, item, this.directory, this.settings());
		this.checkPace(mailbox, recipientsOf(item.props).length);
		this.leave(mailbox, item);
		if (!saves) mailbox.messages.items.delete(item.id);
	}

	/** Lets go what is due, each at its time, as if the clock had not jumped. */
	tick(): void {
		const now = this.now().getTime();
		const due = [...this.waiting].filter(([, { at }]) => at <= now).sort(([, a], [, b]) => a.at - b.at);
		for (const [item, { mailbox, at, folder }] of due) {
			const isThere = mailbox.messages.items.has(item.id) && item.folder === folder;
			const when = isThere ? this.whenFree(mailbox, at) : at;
			if (when > now) continue;
			this.waiting.delete(item);
			if (!isThere) continue;
			if (when > at) this.late += 1;
			this.leave(mailbox, item, when);
		}
	}

	/** The moment at which one more message may leave. */
	private whenFree({ left }: Mailbox, at: number): number {
		const { messagesPerMinute } = this.settings();
		const before = left.at(-messagesPerMinute);
		return before === undefined ? at : Math.max(at, before.at + MINUTE_MS);
	}

	private leave(mailbox: Mailbox, item: Item, when = this.now().getTime()): void {
		const now = new Date(when);
		const stamp = now.toISOString();
		const attachments = [...item.attachments.values()];
		item.props = {
			...item.props,
			isDraft: false,
			sentDateTime: stamp,
			receivedDateTime: stamp,
			isRead: true,
			visibleAt: Date.now() + this.settings().sentItemsLagMs,
		};
		if (propertyOf(item.props, LEAVES_NO_COPY)?.toLowerCase() === 'true') mailbox.messages.remove(item);
		else mailbox.messages.move(item, 'sentitems');
		const recipients = recipientsOf(item.props).map(addressOf);
		if (recipientsSince(mailbox, when - DAY_MS) + recipients.length > this.settings().recipientsPerDay)
			return this.bounce(mailbox, item, now);
		mailbox.left.push({ at: when, recipients: recipients.length });
		this.sent.push({
			at: now.getTime(),
			from: addressOf(item.props.from) || mailbox.address,
			to: recipients,
			props: item.props,
			attachments,
		});
		const headers = [
			...((item.props.internetMessageHeaders as unknown[] | undefined) ?? []),
			...threadHeadersOf(item),
		];
		for (const address of new Set(recipients)) {
			const {
				visibleAt: _visibleAt,
				bccRecipients: _bcc,
				singleValueExtendedProperties: _own,
				...props
			} = item.props;
			const arrived = this.directory.local(address)?.receive(
				{
					...props,
					internetMessageHeaders: headers,
					isRead: false,
					isDraft: false,
					flag: { flagStatus: 'notFlagged' },
					categories: [],
				},
				'inbox',
				now,
			);
			for (const attachment of attachments) arrived?.attachments.set(attachment.id, attachment);
		}
	}

	/** @throws {GraphError} 429 */
	private checkPace(mailbox: Mailbox, recipients: number): void {
		const { recipientsPerDay } = this.settings();
		const now = this.now().getTime();
		const isTooFast = this.whenFree(mailbox, now) > now;
		if (!isTooFast && recipientsSince(mailbox, now - DAY_MS) + recipients <= recipientsPerDay) return;
		// Exchange lets the first of the two wait by itself; it is refused here so that a test sees that the limit was not kept.
		this.refused += 1;
		throw new GraphError(
			429,
			'ErrorExceededMessageLimit',
			'Cannot send mail. The message submission limit has been reached.',
			{ 'retry-after': isTooFast ? '60' : '3600' },
		);
	}

	/** What comes back to who sent it. */
	private bounce(mailbox: Mailbox, { props }: Item, now: Date): void {
		this.bounced += 1;
		const from = { emailAddress: { name: 'Microsoft Outlook', address: 'postmaster@contoso.example' } };
		mailbox.receive({ subject: `Undeliverable: ${String(props.subject)}`, from, sender: from }, 'inbox', now);
	}
}

function recipientsSince({ left }: Mailbox, since: number): number {
	let sum = 0;
	for (let i = left.length - 1; i >= 0 && left[i]!.at > since; i--) sum += left[i]!.recipients;
	return sum;
}

function deferredUntil(props: Props): number {
	const at = propertyOf(props, DEFERRED);
	return at === undefined ? 0 : Date.parse(at);
}

/** What a message has for a property of MAPI. */
function propertyOf(props: Props, wanted: RegExp): string | undefined {
	const all = (props.singleValueExtendedProperties as Array<{ id: string; value: string }> | undefined) ?? [];
	return all.find(({ id }) => wanted.test(id))?.value;
}
