import type { Ending } from './claims';

interface Follower {
	/** The claim that is followed; the same key may be claimed again by somebody else. */
	token: string;
	promise: Promise<Ending | undefined>;
	tell(ending: Ending | undefined): void;
	fail(error: unknown): void;
}

/** Those who wait for what becomes of other processes' claims. */
export class Followers {
	private readonly waiting = new Map<string, Follower>();

	get size(): number {
		return this.waiting.size;
	}

	follow(key: string, token: string): Promise<Ending | undefined> {
		const known = this.waiting.get(key);
		if (known !== undefined) return known.promise;
		let tell!: Follower['tell'];
		let fail!: Follower['fail'];
		const promise = new Promise<Ending | undefined>((resolve, reject) => {
			tell = resolve;
			fail = reject;
		});
		// Whoever has stopped waiting must not end the process by it.
		promise.catch(() => undefined);
		this.waiting.set(key, { token, promise, tell, fail });
		return promise;
	}

	keys(): string[] {
		return [...this.waiting.keys()];
	}

	/** @param said what Redis says of the claim; `x` when its holder is dead, '' when it says nothing */
	learn(key: string, said: string): void {
		const follower = this.waiting.get(key);
		if (follower === undefined) return;
		const kind = said[0];
		// Still held. By somebody new, if the one who was followed failed and another was quicker than this look.
		if (kind === 'h') return;
		this.waiting.delete(key);
		follower.tell(kind === 'd' ? { done: said.slice(1) } : endingOf(follower, said));
	}

	giveUp(error: unknown): void {
		for (const { fail } of this.waiting.values()) fail(error);
		this.waiting.clear();
	}
}

function endingOf({ token }: Follower, said: string): Ending | undefined {
	const [, kind, whose, words] = /^([fu])(\S+) (.*)$/s.exec(said) ?? [];
	// What is known of another claim says nothing about this one.
	if (whose !== token || words === undefined) return undefined;
	return kind === 'f' ? { failed: words } : { unknown: words };
}
