/** How a claim ended. The words that come with it are for those who wait for it, in this process or in another one. */
export type Ending =
	/** It was done. That is remembered, and for a while nobody gets the claim again. */
	| { done: string }
	/** It was certainly not done: anybody may claim it again. */
	| { failed: string }
	/** It may have been done: whoever claims it next must look first. */
	| { unknown: string };

/** The right to do what must be done once. It must be ended, whatever happens. */
export interface Claim {
	/** Whoever held it before may have done it, and died or did not know: look before doing it. */
	readonly isDoubtful: boolean;
	/** Whether it is certain at this moment that nobody else has taken it over. Ask just before doing it. */
	readonly isHeld: boolean;
	end(ending: Ending): void;
}

/** `theirs` ends with `undefined` when nobody holds it any more and nothing is known of it: claim it again. */
export type Claimed = { mine: Claim } | { theirs: Promise<Ending | undefined> };

export interface ClaimOptions {
	/** How long `done` is remembered, in milliseconds. */
	rememberMs: number;
	/** How long to wait for a Redis that is away, in milliseconds. */
	patienceMs?: number;
	/** Ends the waiting. */
	signal?: AbortSignal | undefined;
}

/** What must be done once, by name. */
export interface Claims {
	/**
	 * Claims several at once; answers in their order.
	 *
	 * @throws RedisAway when claims are shared between processes and it cannot be known who holds them: nothing is claimed
	 */
	claim(names: readonly string[], options: ClaimOptions): Promise<Claimed[]>;
}
