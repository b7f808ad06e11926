import { randomBytes } from 'node:crypto';
import type { Argument, Script } from './client';
import type { RedisLink } from './link';

/** Not heard of for this part of a lease, and it could have been taken for dead soon: it must not judge others yet. */
const GAP = 0.4;

/** This process among those that share Redis. With everything it says there, it says that it lives. */
export class Member {
	readonly name = randomBytes(9).toString('base64url');
	private session = 0;
	/** On Redis' clock: since when it was heard of without a gap. */
	private steadySince = 0;
	private heardAt = 0;
	/** `performance.now()` when the last call that was answered went out. */
	private heard = -Infinity;

	/**
	 * @param alive the key that says when each process was heard of last
	 * @param leaseMs a process that was not heard of for so long is dead
	 */
	constructor(
		readonly link: RedisLink,
		private readonly alive: string,
		private readonly leaseMs: number,
	) {}

	/** Whether nobody can have taken this process for dead, nor will soon. */
	get isTrusted(): boolean {
		return performance.now() - this.heard < this.leaseMs / 2;
	}

	/** Runs one of the scripts that begin with who asks. @throws RedisAway */
	async ask(what: Script, keys: readonly string[], args: readonly Argument[]): Promise<unknown[]> {
		const asked = performance.now();
		if (this.hasGap) this.steadySince = 0;
		const who = [this.name, this.leaseMs, Math.ceil(this.steadySince)];
		const answer = await this.link.run(what, [this.alive, ...keys], [...who, ...args]);
		const now = this.link.now ?? 0;
		if (this.steadySince === 0 || this.hasGap) this.steadySince = now;
		this.session = this.link.session;
		this.heardAt = now;
		this.heard = asked;
		return answer;
	}

	/** Whether it was not heard of for a while, as far as Redis could tell. */
	private get hasGap(): boolean {
		const now = this.link.now ?? 0;
		return this.session !== this.link.session || now - this.heardAt > this.leaseMs * GAP;
	}
}
