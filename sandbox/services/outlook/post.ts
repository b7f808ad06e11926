import { badRequest, GraphError } from './errors';
import type { Directory } from './directory';
import type { Mailbox } from './mailbox';
import { addressOf, type Attachment, type Item, type Props, recipientsOf } from './records';
import type { OutlookSettings } from './settings';

const DAY_MS = 24 * 3_600_000;
/** When Exchange lets a message go, on the message itself: PidTagDeferredSendTime ([MS-OXOMSG] 2.2.3.4). */
const DEFERRED = /^SystemTime 0x3FEF$/i;

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
	private readonly waiting = new Map<Item, { mailbox: Mailbox; at: number }>();
	/** Messages and recipients that were refused for a limit. */
	refused = 0;

	constructor(
		private readonly directory: Directory,
		private readonly settings: () => OutlookSettings,
		private readonly now: () => Date,
	) {}

	clear(): void {
		this.sent = [];
		this.waiting.clear();
		this.refused = 0;
	}

	/** A draft goes: it is found in Sent Items under the ID that stays. @throws {GraphError} */
	sendDraft(mailbox: Mailbox, item: Item): void {
		this.check(mailbox, item.props, [...item.attachments.values()]);
		const at = deferredUntil(item.props);
		item.props = { ...item.props, isDraft: false };
		if (at > this.now().getTime()) {
			mailbox.messages.move(item, 'outbox');
			this.waiting.set(item, { mailbox, at });
			return;
		}
		this.leave(mailbox, item);
	}

	/** `sendMail`. @throws {GraphError} */
	send(mailbox: Mailbox, item: Item, saves: boolean): void {
		this.sendDraft(mailbox, item);
		if (!saves) mailbox.messages.items.delete(item.id);
	}

	/** Lets go what is due. */
	tick(): void {
		for (const [item, { mailbox, at }] of this.waiting) {
			if (!mailbox.messages.items.has(item.id) || item.folder !== 'outbox') this.waiting.delete(item);
			else if (at <= this.now().getTime()) {
				this.waiting.delete(item);
				this.leave(mailbox, item);
			}
		}
	}

	private leave(mailbox: Mailbox, item: Item): void {
		const now = this.now();
		const stamp = now.toISOString();
		const attachments = [...item.attachments.values()];
		item.props = {
			...item.props,
			sentDateTime: stamp,
			receivedDateTime: stamp,
			isRead: true,
			visibleAt: Date.now() + this.settings().sentItemsLagMs,
		};
		mailbox.messages.move(item, 'sentitems');
		const recipients = recipientsOf(item.props).map(addressOf);
		mailbox.left.push({ at: now.getTime(), recipients: recipients.length });
		this.sent.push({
			at: now.getTime(),
			from: addressOf(item.props.from) || mailbox.address,
			to: recipients,
			props: item.props,
			attachments,
		});
		for (const address of new Set(recipients)) {
			const {
				visibleAt: _visibleAt,
				bccRecipients: _bcc,
				singleValueExtendedProperties: _own,
				...props
			} = item.props;
			const arrived = this.directory
				.local(address)
				?.receive(
					{ ...props, isRead: false, isDraft: false, flag: { flagStatus: 'notFlagged' }, categories: [] },
					'inbox',
					now,
				);
			for (const attachment of attachments) arrived?.attachments.set(attachment.id, attachment);
		}
	}

	private check(mailbox: Mailbox, props: Props, attachments: Attachment[]): void {
		const recipients = recipientsOf(props);
		const { messagesPerMinute, recipientsPerDay, recipientsPerMessage, messageBytes } = this.settings();
		if (recipients.length === 0)
			throw badRequest('At least one recipient is not valid, or none is given.', 'ErrorInvalidRecipients');
		for (const recipient of recipients)
			if (!/^[^@\s<>,]+@[^@\s<>,]+$/.test(addressOf(recipient)))
				throw badRequest('At least one recipient is not valid.', 'ErrorInvalidRecipients');
		if (recipients.length > recipientsPerMessage)
			throw badRequest('The message has more recipients than are allowed.', 'ErrorExceededMessageLimit');
		const size =
			JSON.stringify(props).length + attachments.reduce((sum, { content }) => sum + content.length * 1.37, 0);
		if (size > messageBytes)
			throw badRequest('The message exceeds the maximum supported size.', 'ErrorMessageSizeExceeded');
		const sender = addressOf(props.from);
		if (
			sender !== '' &&
			sender.toLowerCase() !== mailbox.address.toLowerCase() &&
			!this.directory.shared.get(sender.toLowerCase())?.has(mailbox.owner)
		)
			throw new GraphError(
				403,
				'ErrorSendAsDenied',
				'The user account which was used to submit this request does not have the right to send mail on behalf of the specified sending account.',
			);
		const now = this.now().getTime();
		const lastMinute = mailbox.left.filter(({ at }) => at > now - 60_000).length;
		const today = mailbox.left
			.filter(({ at }) => at > now - DAY_MS)
			.reduce((sum, one) => sum + one.recipients, 0);
		if (lastMinute < messagesPerMinute && today + recipients.length <= recipientsPerDay) return;
		// Exchange lets the first of the two wait by itself; it is refused here so that a test sees that the limit was not kept.
		this.refused += 1;
		throw new GraphError(
			429,
			'ErrorExceededMessageLimit',
			'Cannot send mail. The message submission limit has been reached.',
			{ 'retry-after': lastMinute >= messagesPerMinute ? '60' : '3600' },
		);
	}
}

function deferredUntil(props: Props): number {
	const all = (props.singleValueExtendedProperties as Array<{ id: string; value: string }> | undefined) ?? [];
	const found = all.find(({ id }) => DEFERRED.test(id));
	return found === undefined ? 0 : Date.parse(found.value);
}
