import type { Claim, ClaimOptions, Claimed, Claims, Ending } from './claims';

interface Entry {
	ending: Promise<Ending>;
	/** When it is forgotten, in epoch milliseconds; missing while it is held. */
	until?: number;
	isUnknown?: boolean;
}

/** Claims within this process. Nobody dies here without taking the claims along. */
export class LocalClaims implements Claims {
	private readonly entries = new Map<string, Entry>();
	private readonly most: number;

	/** @param most endings that are remembered at most; beyond that the oldest are forgotten */
	constructor(most = 50_000) {
		this.most = most;
	}

	async claim(names: readonly string[], { rememberMs }: ClaimOptions): Promise<Claimed[]> {
		this.forget();
		return names.map((name) => this.claimOne(name, rememberMs));
	}

	/** As after a restart of the process. */
	clear(): void {
		this.entries.clear();
	}

	private claimOne(name: string, rememberMs: number): Claimed {
		const known = this.entries.get(name);
		if (known !== undefined && !known.isUnknown) return { theirs: known.ending };
		let tell!: (ending: Ending) => void;
		const entry: Entry = { ending: new Promise<Ending>((resolve) => (tell = resolve)) };
		this.entries.delete(name);
		this.entries.set(name, entry);
		const mine: Claim = {
			isDoubtful: known !== undefined,
			isHeld: true,
			end: (ending) => {
				if (entry.until !== undefined) return;
				entry.until = Date.now() + rememberMs;
				if ('unknown' in ending) entry.isUnknown = true;
				if ('failed' in ending && this.entries.get(name) === entry) this.entries.delete(name);
				tell(ending);
			},
		};
		return { mine };
	}

	private forget(): void {
		const now = Date.now();
		for (const [name, { until }] of this.entries) {
			if (until !== undefined && (until < now || this.entries.size > this.most)) this.entries.delete(name);
			else if (this.entries.size <= this.most) return;
		}
	}
}
