import { createHash } from 'node:crypto';

/** Ids of what has been delivered, in the order of their arrival, by kind: short hashes in one text. For n8n's static data. */
export type KeptIds = Record<string, string>;

/** 48 bits: among ten thousand ids, one in 28 billion new ones is taken for an old one. */
const LENGTH = 8;
/** What is remembered of each kind. Static data is written with every call, so it is no more than is needed. */
const MOST = 2_000;

/**
 * What this process has delivered, by node. Calls that run side by side each load n8n's static data, and the last to
 * finish overwrites what the others stored: this memory fills the gap. It holds only what n8n has taken over.
 */
const delivered = new Map<string, KeptIds>();
const NODES = 1_000;

export interface Memory {
	/** Names the node in the memory of this process; undefined to leave that memory out (in manual runs). */
	node?: string | undefined;
	/** How many ids are remembered of a kind; as many as a search can reach where rows are looked up. */
	most?: Record<string, number>;
}

/** Recognises what was delivered before. Each kind has a shelf of its own, so that busy kinds do not crowd out rare ones. */
export class DeliveredIds {
	private readonly shelves = new Map<string, Set<string>>();

	private constructor(
		private readonly stored: KeptIds,
		private readonly node: string | undefined,
		private readonly most: Record<string, number>,
	) {}

	/** @param stored what static data holds. */
	static of(stored: KeptIds | undefined, { node, most = {} }: Memory = {}): DeliveredIds {
		return new DeliveredIds(stored ?? {}, node, most);
	}

	has(kind: string, id: string): boolean {
		return this.shelf(kind).has(short(id));
	}

	add(kind: string, id: string): void {
		const shelf = this.shelf(kind);
		shelf.add(short(id));
		this.trim(kind, shelf);
	}

	/** For static data. */
	kept(): KeptIds {
		const kept = { ...this.stored };
		for (const [kind, shelf] of this.shelves) if (shelf.size > 0) kept[kind] = [...shelf].join('');
		return kept;
	}

	/** Call it when n8n has taken over what was delivered: before that, the service must be able to send it again. */
	confirm(): void {
		if (this.node === undefined) return;
		const known = { ...delivered.get(this.node) };
		for (const [kind, shelf] of this.shelves) {
			const all = new Set([...split(known[kind]), ...shelf]);
			this.trim(kind, all);
			known[kind] = [...all].join('');
		}
		delivered.delete(this.node);
		delivered.set(this.node, known);
		if (delivered.size > NODES) delivered.delete(delivered.keys().next().value!);
	}

	private shelf(kind: string): Set<string> {
		let shelf = this.shelves.get(kind);
		if (shelf === undefined) {
			const known = this.node === undefined ? undefined : delivered.get(this.node)?.[kind];
			shelf = new Set([...split(this.stored[kind]), ...split(known)]);
			this.trim(kind, shelf);
			this.shelves.set(kind, shelf);
		}
		return shelf;
	}

	/** The oldest are forgotten: at worst one of them is delivered again, and none is lost. */
	private trim(kind: string, shelf: Set<string>): void {
		const most = this.most[kind] ?? MOST;
		for (const oldest of shelf) {
			if (shelf.size <= most) break;
			shelf.delete(oldest);
		}
	}
}

/** Forgets what this process has delivered, as a restart does. */
export const forgetDelivered = (): void => delivered.clear();

const short = (id: string) => createHash('sha256').update(id).digest('base64url').slice(0, LENGTH);

const split = (shelf = ''): string[] =>
	Array.from({ length: Math.floor(shelf.length / LENGTH) }, (_, i) =>
		shelf.slice(i * LENGTH, (i + 1) * LENGTH),
	);
