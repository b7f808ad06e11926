import type { Client } from '../../../../core/http/client';
import { shared, type Shared } from '../../../../core/shared';
import { folderPath } from '../../api/folders';
import { briefPages } from '../../api/messages';
import { Board } from './board';
import { addressesOf, type Place, type QueuedMessage } from './marks';
import { queuedIn, waitingIn } from './look';
import type { Use } from './slots';

const DAY_MS = 24 * 3_600_000;

const boardsOf = new WeakMap<Shared, Map<string, Board>>();

function boardOf(mailbox: string, client: Client): Board {
	const state = shared();
	const boards = boardsOf.get(state) ?? new Map<string, Board>();
	boardsOf.set(state, boards);
	for (const [name, { usedAt }] of boards) if (usedAt < Date.now() - DAY_MS) boards.delete(name);
	const name = `${client.account} ${mailbox}`;
	const board = boards.get(name) ?? new Board(name, state.claims);
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
