import type { Client } from '../../../../core/http/client';
import { folderPath } from '../../api/folders';
import { briefPages } from '../../api/messages';
import { messagesPerMinute } from '../../connection';
import { addressesOf, type Place, type QueuedMessage } from './marks';
import { queuedIn, waitingIn } from './look';
import { Slots, type Use } from './slots';

const DAY_MS = 24 * 3_600_000;
/** A message is made and let go before its slot comes, or Exchange sends it at once. */
const LEAD_MS = 60_000;

/** A slot that was given to a message in this process. */
interface Taken extends Use {
	id?: string;
	settledAt?: number;
}

/** The slots of one mailbox, for all runs of this process. */
class Board {
	private slots = new Slots([]);
	private taken: Taken[] = [];
	usedAt = 0;

	/** @param listed what Outlook has told of since then (epoch milliseconds); what was under way here may not be among it */
	refresh(listed: Array<Use & { id: string }>, since: number): void {
		const ids = new Set(listed.map(({ id }) => id));
		this.taken = this.taken.filter(({ settledAt = Infinity }) => settledAt >= since);
		this.slots = new Slots([...listed, ...this.taken.filter(({ id }) => id === undefined || !ids.has(id))]);
	}

	take(recipients: number, notBefore: number, client: Client, recipientsPerDay: number): Taken {
		this.usedAt = Date.now();
		const limits = { messagesPerMinute: messagesPerMinute(client.credential), recipientsPerDay };
		const at = this.slots.take(recipients, Math.max(notBefore, this.usedAt + LEAD_MS), limits);
		const taken = { at, recipients };
		this.taken.push(taken);
		return taken;
	}

	/** @param id undefined when the message was not let go after all */
	settle(taken: Taken, id: string | undefined): void {
		if (id === undefined) this.taken = this.taken.filter((one) => one !== taken);
		else Object.assign(taken, { id, settledAt: Date.now() });
	}
}

const boards = new Map<string, Board>();

function boardOf(mailbox: string, client: Client): Board {
	for (const [name, { usedAt }] of boards) if (usedAt < Date.now() - DAY_MS) boards.delete(name);
	const name = `${client.account} ${mailbox.toLowerCase()}`;
	const board = boards.get(name) ?? new Board();
	board.usedAt = Date.now();
	boards.set(name, board);
	return board;
}

/** What a run knows of a mailbox: read once, when its first item comes. */
export class Ledger {
	readonly board: Board;
	private readonly known = new Map<string, QueuedMessage>();
	private waiting: Promise<void> | undefined;
	private readonly left = new Map<string, Promise<void>>();

	private constructor(
		private readonly mailbox: string,
		private readonly client: Client,
	) {
		this.board = boardOf(mailbox, client);
	}

	private static readonly ofRun = new WeakMap<Client, Map<string, Ledger>>();

	static of(mailbox: string, client: Client): Ledger {
		const all = Ledger.ofRun.get(client) ?? new Map<string, Ledger>();
		Ledger.ofRun.set(client, all);
		const ledger = all.get(mailbox) ?? new Ledger(mailbox, client);
		all.set(mailbox, ledger);
		return ledger;
	}

	/** The same, read anew. */
	static anew(mailbox: string, client: Client): Ledger {
		Ledger.ofRun.get(client)?.delete(mailbox);
		return Ledger.of(mailbox, client);
	}

	/** The message of this place, whether it waits, has left, or was never let go. */
	async find(place: Place): Promise<QueuedMessage | undefined> {
		this.waiting ??= this.readWaiting();
		const queue = place.queue.toLowerCase();
		const left = this.left.get(queue) ?? this.readLeft(place.queue);
		this.left.set(queue, left);
		await Promise.all([this.waiting, left]);
		return this.known.get(nameOf(place));
	}

	private async readWaiting(): Promise<void> {
		const since = Date.now();
		const uses = await this.usesOfLastDay();
		for await (const message of waitingIn(this.mailbox, undefined, this.client)) {
			this.known.set(nameOf(message), message);
			if (message.isLetGo && message.leavesAt > 0)
				uses.push({ id: message.id, at: message.leavesAt, recipients: message.recipients.length });
		}
		this.board.refresh(uses, since);
	}

	/** All that left the mailbox, whoever sent it: its limits count that too. */
	private async usesOfLastDay(): Promise<Array<Use & { id: string }>> {
		const uses: Array<Use & { id: string }> = [];
		const since = new Date(Date.now() - DAY_MS).toISOString();
		const list = `${folderPath(this.mailbox, 'sentitems', this.client)}/messages`;
		const query = {
			$filter: `sentDateTime ge ${since}`,
			$select: 'id,sentDateTime,toRecipients,ccRecipients,bccRecipients',
		};
		for await (const row of this.client.pages(list, briefPages, query))
			uses.push({
				id: String(row.id),
				at: Date.parse(String(row.sentDateTime)),
				recipients: addressesOf(row).length,
			});
		return uses;
	}

	private async readLeft(queue: string): Promise<void> {
		for await (const message of queuedIn(this.mailbox, 'sentitems', queue, this.client))
			this.known.set(nameOf(message), message);
	}
}

const nameOf = ({ queue, key }: Place): string => `${queue.toLowerCase()}|${key}`;
