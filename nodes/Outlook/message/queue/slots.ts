const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** A message that has left or will leave. */
export interface Use {
	/** Epoch milliseconds. */
	at: number;
	recipients: number;
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

	/** @param uses what has left within a day, and what waits already */
	constructor(uses: readonly Use[]) {
		this.uses = [...uses].sort((a, b) => a.at - b.at);
		for (const use of this.uses) this.recipients += use.recipients;
	}

	/** The next slot, on a whole second. `recipients` must fit into a day. */
	take(
		recipients: number,
		notBefore: number,
		{ messagesPerMinute, recipientsPerDay }: SendingLimits,
	): number {
		const pace = MINUTE_MS / messagesPerMinute;
		let at = Math.max(notBefore, (this.uses.at(-1)?.at ?? -Infinity) + pace);
		const before = this.uses.at(-messagesPerMinute);
		if (before !== undefined) at = Math.max(at, before.at + MINUTE_MS);
		at = this.whenDayHasRoom(at, recipientsPerDay - recipients);
		const slot = Math.ceil(at / 1_000) * 1_000;
		this.uses.push({ at: slot, recipients });
		this.recipients += recipients;
		return slot;
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
