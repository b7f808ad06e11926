import { createHash } from 'node:crypto';

/** Ids of what has been delivered, in the order of their arrival, by kind. Plain data, for n8n's static data. */
export type Shelves = Record<string, string[]>;

const SHELF = 2_000;
/** 64 bits tell thousands apart; static data is written with every call, so entries are short. */
const ID_LENGTH = 11;

/**
 * What this process has delivered, by node. Calls that run side by side each load n8n's static data, and the last to
 * finish overwrites what the others stored: this memory fills the gap. It holds only what n8n has taken over.
 */
const delivered = new Map<string, Shelves>();
const NODES = 1_000;

/** Recognises what was delivered before. Each kind has a shelf of its own, so that busy kinds do not crowd out rare ones. */
export class DeliveredIds {
	private constructor(
		private readonly shelves: Shelves,
		private readonly node: string | undefined,
	) {}

	/**
	 * @param kept what static data holds.
	 * @param node names the node in the memory of this process; undefined to leave that memory out (in manual runs).
	 */
	static of(kept: Shelves | undefined, node?: string): DeliveredIds {
		const shelves: Shelves = {};
		const sources = [kept ?? {}, (node === undefined ? undefined : delivered.get(node)) ?? {}];
		for (const source of sources)
			for (const [kind, ids] of Object.entries(source))
				shelves[kind] = [...new Set([...(shelves[kind] ?? []), ...ids])].slice(-SHELF);
		return new DeliveredIds(shelves, node);
	}

	has(kind: string, id: string): boolean {
		const start = short(id);
		return this.shelves[kind]?.some((entry) => entry.startsWith(start)) ?? false;
	}

	add(kind: string, id: string): void {
		const entry = short(id) + Math.floor(Date.now() / 1_000).toString(36);
		this.shelves[kind] = [...(this.shelves[kind] ?? []), entry].slice(-SHELF);
	}

	/** What arrived before this moment (epoch milliseconds) may be forgotten; 0 while a shelf is not full. */
	horizon(kind: string): number {
		const shelf = this.shelves[kind] ?? [];
		return shelf.length < SHELF ? 0 : parseInt(shelf[0]!.slice(ID_LENGTH), 36) * 1_000;
	}

	/** For static data. */
	kept(): Shelves {
		return structuredClone(this.shelves);
	}

	/** Call it when n8n has taken over what was delivered: before that, the service must be able to send it again. */
	confirm(): void {
		if (this.node === undefined) return;
		const { shelves } = DeliveredIds.of(this.shelves, this.node);
		delivered.delete(this.node);
		delivered.set(this.node, shelves);
		if (delivered.size > NODES) delivered.delete(delivered.keys().next().value!);
	}
}

/** Forgets what this process has delivered, as a restart does. */
export const forgetDelivered = (): void => delivered.clear();

const short = (id: string) => createHash('sha256').update(id).digest('base64url').slice(0, ID_LENGTH);
