import type { Claim, Claimed, Claims, Ending } from '../../../../core/shared';
import { claim } from './claim';
import { Slots, type SendingLimits, type Slot, type Use } from './slots';

const MINUTE_MS = 60_000;
/** A message is made and let go before its slot comes, or Exchange sends it at once. */
const LEAD_MS = MINUTE_MS;
/** Longer than any run goes on with what it has read of a mailbox. */
const REMEMBER_MS = 60 * MINUTE_MS;
/** What was let go so long before a mailbox was read is among what was read, also where two machines' clocks differ. */
const SURELY_READ_MS = MINUTE_MS;

/** A slot that this process holds for a message. It must be settled, whatever becomes of the message. */
export interface Taken extends Slot {
	readonly claim: Claim;
	id?: string;
	settledAt?: number;
}

interface Wanted {
	recipients: number;
	notBefore: number;
	limits: SendingLimits;
	resolve(taken: Taken): void;
	reject(error: unknown): void;
}

/**
 * The slots of one mailbox, for all runs of this process. Each is claimed before it is used: another worker that fills the
 * same queue at the same time goes on with the next one.
 */
export class Board {
	private slots = new Slots([]);
	private taken: Taken[] = [];
	/** Slots that were given back, with so many recipients planned for each. */
	private free: Slot[] = [];
	private waiting: Wanted[] = [];
	private isGivingOut = false;
	/** When the mailbox was read last. */
	private readAt = 0;
	usedAt = 0;

	/** @param name of the mailbox, for all that plan for it */
	constructor(
		private readonly name: string,
		private readonly claims: Claims,
	) {}

	/** @param listed what Outlook has told of since then (epoch milliseconds); what was under way here may not be among it */
	refresh(listed: Array<Use & { id: string }>, since: number): void {
		const ids = new Set(listed.map(({ id }) => id));
		this.taken = this.taken.filter(({ settledAt = Infinity }) => settledAt >= since);
		this.slots = new Slots([...listed, ...this.taken.filter(({ id }) => id === undefined || !ids.has(id))]);
		this.free = [];
		this.readAt = since;
	}

	/** The next slot that nobody else has; those who wait at the same time ask for theirs together. @throws {ServiceError} */
	async take(recipients: number, notBefore: number, limits: SendingLimits): Promise<Taken> {
		this.usedAt = Date.now();
		return await new Promise((resolve, reject) => {
			this.waiting.push({ recipients, notBefore, limits, resolve, reject });
			if (!this.isGivingOut) void this.giveOut();
		});
	}

	/** The message has its slot; without an ID, it may have. */
	use(taken: Taken, id?: string): void {
		Object.assign(taken, { id, settledAt: Date.now() });
		taken.claim.end({ done: String(taken.settledAt) });
	}

	/** The message was not let go: the slot is free again, for whoever comes next. */
	giveBack(taken: Taken): void {
		this.taken = this.taken.filter((one) => one !== taken);
		this.free.push(taken);
		taken.claim.end({ failed: '' });
	}

	private async giveOut(): Promise<void> {
		this.isGivingOut = true;
		await Promise.resolve();
		while (this.waiting.length > 0) {
			const some = this.waiting;
			this.waiting = [];
			const slots = some.map((one) => this.next(one));
			try {
				const claimed = await this.claim(slots);
				const others: Wanted[] = [];
				some.forEach((one, i) => {
					const won = this.won(slots[i]!, claimed[i]!);
					if (won === undefined) others.push(one);
					else one.resolve(won);
				});
				this.waiting.unshift(...others);
			} catch (error) {
				this.free.push(...slots);
				for (const { reject } of some) reject(error);
			}
		}
		this.isGivingOut = false;
	}

	private next({ recipients, notBefore, limits }: Wanted): Slot {
		const earliest = Math.max(notBefore, Date.now() + LEAD_MS);
		const fits = (slot: Slot) => slot.at >= earliest && slot.recipients >= recipients;
		const at = this.free.findIndex(fits);
		return at < 0 ? this.slots.take(recipients, earliest, limits) : this.free.splice(at, 1)[0]!;
	}

	/**
	 * What somebody has let go is in the mailbox, so it was read: a slot that is free all the same was one of a message that
	 * was cancelled, and may be claimed anew.
	 */
	private async claim(slots: Slot[]): Promise<Claimed[]> {
		const names = slots.map(({ name }) => `outlook slot ${this.name} ${name}`);
		const claimed = await claim(this.claims, names, REMEMBER_MS);
		try {
			for (let open = [...names.keys()]; open.length > 0;) {
				const known = await Promise.all(open.map(async (i) => await doneAt(claimed[i]!)));
				open = open.filter((i, at) => {
					const done = known[at];
					if (done === undefined || done >= this.readAt - SURELY_READ_MS) return false;
					names[i] += ` after ${done}`;
					return true;
				});
				const again = open.map((i) => names[i]!);
				for (const [at, one] of (await claim(this.claims, again, REMEMBER_MS)).entries())
					claimed[open[at]!] = one;
			}
		} catch (error) {
			for (const one of claimed) if ('mine' in one) one.mine.end({ failed: '' });
			throw error;
		}
		return claimed;
	}

	private won(slot: Slot, claimed: Claimed): Taken | undefined {
		if ('theirs' in claimed) {
			this.freeWhenGivenBack(slot, claimed.theirs);
			return undefined;
		}
		const taken = { ...slot, claim: claimed.mine };
		if (claimed.mine.isDoubtful) {
			// A worker that died may have let a message go with it: who reads the mailbox next knows.
			this.use(taken);
			return undefined;
		}
		this.taken.push(taken);
		return taken;
	}

	private freeWhenGivenBack(slot: Slot, theirs: Promise<Ending | undefined>): void {
		const { slots } = this;
		theirs.then(
			(ending) => {
				const isFree = ending === undefined || !('done' in ending);
				if (isFree && slots === this.slots) this.free.push(slot);
			},
			() => undefined,
		);
	}
}

/** When a slot was used that somebody else has; undefined for one that is still held, or is free. */
async function doneAt(claimed: Claimed): Promise<number | undefined> {
	if ('mine' in claimed) return undefined;
	const ending = await Promise.race([claimed.theirs, Promise.resolve(undefined)]);
	return ending !== undefined && 'done' in ending ? Number(ending.done) : undefined;
}
