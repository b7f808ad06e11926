const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** A message that has left or will leave. */
export interface Use {
	/** Epoch milliseconds. */
	at: number;
	recipients: number;
}

/** A turn in a mailbox's queue: the same for whoever plans it with the same pace. */
export interface Slot extends Use {
	name: string;
}

export interface SendingLimits {
	messagesPerMinute: number;
	recipientsPerDay: number;
}

/**
 * When messages of one mailbox leave: one after the other, so that neither a minute nor 24 hours, wherever they begin, have
 * more than they may. Pure; times are epoch milliseconds.
 */
export class Slots {
	private readonly uses: Use[];
	/** Where the 24 hours begin that end with the last slot, and the recipients since then. */
	private from = 0;
	private recipients = 0;
	/** The last turn that was given out, and when it is. */
	private turn = -Infinity;
	private turnAt = NaN;

	/** @param uses what has left within a day, and what waits already */
	constructor(uses: readonly Use[]) {
		this.uses = [...uses].sort((a, b) => a.at - b.at);
		for (const use of this.uses) this.recipients += use.recipients;
	}

	/**
	 * The next slot, on the grid of whole seconds that the pace gives: whoever plans for the same mailbox means the same slots.
	 * `recipients` must fit into a day.
	 */
	take(recipients: number, notBefore: number, { messagesPerMinute, recipientsPerDay }: SendingLimits): Slot {
		const last = this.uses.at(-1)?.at ?? -Infinity;
		const before = this.uses.at(-messagesPerMinute)?.at ?? -Infinity;
		const earliest = Math.max(notBefore, last, before + MINUTE_MS);
		const at = this.whenDayHasRoom(earliest, recipientsPerDay - recipients);
		const after = last === this.turnAt ? this.turn : lastTurn(last, messagesPerMinute);
		this.turn = Math.max(after + 1, firstTurn(at, messagesPerMinute));
		this.turnAt = timeOf(this.turn, messagesPerMinute);
		const use = { at: this.turnAt, recipients };
		this.uses.push(use);
		this.recipients += recipients;
		return { ...use, name: `${messagesPerMinute} a minute, ${this.turn}` };
	}

	private whenDayHasRoom(at: number, room: number): number {
		let when = at;
		for (; this.from < this.uses.length; this.from++) {
			const oldest = this.uses[this.from]!;
			const isOver = oldest.at <= when - DAY_MS;
			if (!isOver && this.recipients <= room) break;
			if (!isOver) when = oldest.at + DAY_MS;
			this.recipients -= oldest.recipients;
		}
		return when;
	}
}

/** Turns are counted from 1970; beyond 60 a minute, several share a second. */
const timeOf = (turn: number, perMinute: number): number => Math.ceil((turn * 60) / perMinute) * 1_000;

/** The last turn that is not after this time. */
const lastTurn = (at: number, perMinute: number): number =>
	Math.floor((Math.floor(at / 1_000) * perMinute) / 60);

/** The first turn that is not before this time. */
const firstTurn = (at: number, perMinute: number): number =>
	Math.floor(((Math.ceil(at / 1_000) - 1) * perMinute) / 60) + 1;
