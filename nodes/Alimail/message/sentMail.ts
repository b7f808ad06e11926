import type { IDataObject } from 'n8n-workflow';
import {
	idOf,
	sortedAddresses,
	type Finder,
	type Found,
	type FoundMessage,
	type IdempotencyKey,
} from '../../../core/batch/idempotency';
import type { Client } from '../../../core/http/client';
import { markedIn, sentWithMarks, type Listed } from '../mail/marked';
import type { Message, Person } from '../mail/messages';
import { headerOf, mailboxOf } from './mark';

const DAY_MS = 24 * 60 * 60_000;

/** Finds messages again among those that a mailbox has sent. A mailbox is gone through once a run. */
export class SentMail implements Finder {
	private readonly lists = new Map<string, Promise<Listed[]>>();

	constructor(private readonly client: Client) {}

	async before(marks: IdempotencyKey[]): Promise<Found> {
		return await this.find(marks, this.lists);
	}

	async now(marks: IdempotencyKey[]): Promise<Found> {
		return await this.find(marks, new Map());
	}

	private async find(marks: IdempotencyKey[], lists: Map<string, Promise<Listed[]>>): Promise<Found> {
		const found: Found = new Map();
		for (const mark of marks) {
			const mailbox = mailboxOf(mark);
			const name = `${mailbox} ${mark.days}`;
			const list = lists.get(name) ?? this.list(mailbox, mark.days);
			lists.set(name, list);
			const wanted = { mark: headerOf(mark), subject: mark.message?.subject ?? '' };
			const one = await markedIn(this.client, mailbox, await list, wanted);
			if (one !== undefined) found.set(idOf(mark), toFound(one));
		}
		return found;
	}

	private async list(mailbox: string, days: number): Promise<Listed[]> {
		const rows: Listed[] = [];
		const since = Date.now() - days * DAY_MS;
		for await (const row of sentWithMarks(this.client, mailbox, since)) if (row.mark !== '') rows.push(row);
		return rows;
	}
}

function toFound(message: Message): FoundMessage {
	const { id, subject, toRecipients, ccRecipients, sentDateTime } = message as Message & {
		toRecipients?: Array<IDataObject & Person>;
		ccRecipients?: Array<IDataObject & Person>;
	};
	return {
		row: { sent: true, id, subject, toRecipients, sentDateTime },
		message: {
			recipients: sortedAddresses(
				[...(toRecipients ?? []), ...(ccRecipients ?? [])].map(({ email }) => email),
			),
			...(subject === undefined ? {} : { subject }),
		},
	};
}
