import { setTimeout as wait } from 'node:timers/promises';
import type { Claim, ClaimOptions, Claimed, Claims } from './claims';
import { RedisAway } from './link';
import { LocalClaims } from './localClaims';

/** Longer than services repeat a call quickly; for what comes later there is n8n's static data. */
const REMEMBER_MS = 6 * 60 * 60_000;
/** Services wait some ten seconds for an answer. */
const PATIENCE_MS = 8_000;
/** Without Redis n8n cannot start an execution anyway: an event must not wait for it. */
const OPTIONS = { rememberMs: REMEMBER_MS, patienceMs: 0 };

/** Somebody else is delivering the same event, and it is not known yet whether that works: it must be sent again later. */
export class StillBeingDelivered extends Error {
	constructor() {
		super(
			'The same event is being delivered by another call, which has not ended yet. Send it again in a moment.',
		);
		this.name = 'StillBeingDelivered';
	}
}

export interface Delivery {
	/** Those of the ids that nobody else has delivered; they are to be delivered now. */
	readonly fresh: ReadonlySet<string>;
	/** n8n has taken them over. */
	confirm(): void;
	/** They were not delivered: the service must be able to send them again. */
	giveBack(): void;
}

/**
 * Sees to it that an event that reaches several processes of n8n at the same time, or one of them twice, is delivered once:
 * whoever comes second waits for what becomes of the first. Every delivery must be confirmed or given back.
 */
export class Deliveries {
	private readonly local = new LocalClaims();

	constructor(
		private readonly claims: Claims,
		private readonly patienceMs = PATIENCE_MS,
	) {}

	/**
	 * @param node whose events these are
	 * @param ids what makes each event that one, its kind included
	 * @throws StillBeingDelivered; nothing is taken then
	 */
	async take(node: string, ids: readonly string[]): Promise<Delivery> {
		const mine = new Map<string, Claim>();
		const giveBack = () => mine.forEach((claim) => claim.end({ failed: '' }));
		const late = wait(this.patienceMs, undefined, { ref: false }).then(() => undefined);
		try {
			for (let open = [...new Set(ids)]; open.length > 0;) open = await this.takeSome(node, open, mine, late);
		} catch (error) {
			giveBack();
			throw error;
		}
		return {
			fresh: new Set(mine.keys()),
			confirm: () => mine.forEach((claim) => claim.end({ done: '' })),
			giveBack,
		};
	}

	/** Answers with those that turned out to be free again. */
	private async takeSome(
		node: string,
		ids: string[],
		mine: Map<string, Claim>,
		late: Promise<undefined>,
	): Promise<string[]> {
		const claimed = await this.claim(ids.map((id) => `delivery ${node} ${id}`));
		const free: string[] = [];
		for (const [i, id] of ids.entries()) {
			const one = claimed[i]!;
			if ('mine' in one) mine.set(id, one.mine);
		}
		for (const [i, id] of ids.entries()) {
			const one = claimed[i]!;
			if ('mine' in one) continue;
			const ending = await Promise.race([one.theirs.then((ended) => ended ?? 'free'), late]);
			if (ending === undefined) throw new StillBeingDelivered();
			if (ending === 'free' || !('done' in ending)) free.push(id);
		}
		return free;
	}

	private async claim(names: string[]): Promise<Claimed[]> {
		const options: ClaimOptions = OPTIONS;
		try {
			return await this.claims.claim(names, options);
		} catch (error) {
			if (!(error instanceof RedisAway)) throw error;
			return await this.local.claim(names, options);
		}
	}
}
