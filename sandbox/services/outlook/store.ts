import type { Gone, Item, Props } from './records';

/** What happened to a record, for who is told of it. */
export interface Change {
	type: 'created' | 'updated' | 'deleted';
	item: { id: string; moves: number; version: number };
	/** The folder (or calendar) in which it happened. */
	folder: string;
	/** Whether it has left the folder for another one. */
	isMove?: boolean;
}

/** The records of one kind in a mailbox, and what has become of those that are gone. */
export class Store {
	readonly items = new Map<string, Item>();
	readonly gone: Gone[] = [];

	constructor(
		private readonly next: () => number,
		private readonly now: () => Date,
		private readonly tell: (change: Change) => void = () => {},
	) {}

	add(folder: string, props: Props): Item {
		const seq = this.next();
		const stamp = this.now().toISOString();
		const item: Item = {
			id: String(seq).padStart(8, '0'),
			moves: 0,
			folder,
			seq,
			since: seq,
			version: 1,
			props: { createdDateTime: stamp, lastModifiedDateTime: stamp, ...props },
			attachments: new Map(),
		};
		this.items.set(item.id, item);
		this.told('created', item);
		return item;
	}

	/** The record of an ID of either kind; an ID from before a move is not known any more. */
	find(given: string): Item | undefined {
		const immutable = /^AAkALg(\d+)$/.exec(given);
		if (immutable) return this.items.get(immutable[1]!);
		const [, id, moves] = /^AAMkAD(\d+)-(\d+)$/.exec(given) ?? [];
		const item = id === undefined ? undefined : this.items.get(id);
		return item?.moves === Number(moves) ? item : undefined;
	}

	in(folder: string): Item[] {
		return [...this.items.values()].filter((item) => item.folder === folder);
	}

	touch(item: Item, changes: Props = {}): void {
		item.props = { ...item.props, ...changes, lastModifiedDateTime: this.now().toISOString() };
		item.seq = this.next();
		item.version += 1;
		this.told('updated', item);
	}

	/** @param isHidden whether nobody is told of what is in the folder: there it is as good as deleted */
	move(item: Item, folder: string, { isHidden = false } = {}): void {
		this.gone.push({ ...item, seq: this.next(), reason: 'deleted' });
		this.told('deleted', item, !isHidden);
		item.moves += 1;
		item.isSubmitted = false;
		item.folder = folder;
		item.seq = item.since = this.next();
		item.version += 1;
		if (!isHidden) this.told('created', item);
	}

	remove(item: Item): void {
		this.gone.push({ ...item, seq: this.next(), reason: 'deleted' });
		this.items.delete(item.id);
		this.told('deleted', item);
	}

	private told(type: Change['type'], { id, moves, version, folder }: Item, isMove = false): void {
		this.tell({ type, item: { id, moves, version }, folder, isMove });
	}
}
