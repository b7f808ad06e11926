import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers';
import { setTimeout as wait } from 'node:timers/promises';
import type { Claim, ClaimOptions, Claimed, Claims } from './claims';
import { CLAIM, FOLLOW } from './claimScripts';
import { Followers } from './followers';
import { hashed } from './keys';
import { RedisAway, type RedisLink } from './link';
import { Member } from './member';
import { AT_ONCE, KEPT_MS, OwnClaims } from './ownClaims';

export interface ClaimTimes {
	/** A process that was not heard of for so long is dead. Longer than n8n lives without Redis (10 seconds). */
	leaseMs: number;
	/** How often this process tells that it lives, while it holds or waits for something. */
	beatMs: number;
	/** How often it is looked what became of claims that others hold. */
	followMs: number;
	/** After a restart of Redis, which may have forgotten everything, those who hold claims get so long to say so. */
	restartMs: number;
	/** The same after this process alone was away from Redis, or Redis did not answer. */
	returnMs: number;
}

const TIMES: ClaimTimes = {
	leaseMs: 15_000,
	beatMs: 2_000,
	followMs: 200,
	restartMs: 10_000,
	returnMs: 3_000,
};

const PATIENCE_MS = 2 * 60_000;

interface Wanted {
	key: string;
	token: string;
}

/**
 * Claims that all workers share, held in Redis. A claim is held as long as its process lives, which it says every few
 * seconds: when it dies, the next to claim gets a doubtful one. While Redis is away, nothing is claimed.
 *
 * No key tells whose it is; the words of an ending are stored as they are.
 */
export class RedisClaims implements Claims {
	private readonly times: ClaimTimes;
	readonly member: Member;
	private readonly own: OwnClaims;
	private readonly followers = new Followers();
	private timer: NodeJS.Timeout | undefined;
	private isClosed = false;

	constructor(
		private readonly link: RedisLink,
		private readonly base: string,
		times: Partial<ClaimTimes> = {},
	) {
		this.times = { ...TIMES, ...times };
		this.member = new Member(link, `${base}:alive`, this.times.leaseMs);
		this.own = new OwnClaims(this.member);
	}

	async claim(names: readonly string[], options: ClaimOptions): Promise<Claimed[]> {
		const until = performance.now() + (options.patienceMs ?? PATIENCE_MS);
		const answers: Claimed[] = [];
		for (let start = 0; start < names.length; start += AT_ONCE) {
			const wanted = names.slice(start, start + AT_ONCE).map((name) => ({
				key: `${this.base}:claim:${hashed(name)}`,
				token: randomBytes(9).toString('base64url'),
			}));
			const replies = await this.claimSome(wanted, until, options.signal);
			answers.push(...wanted.map((one, i) => this.claimed(one, replies[i]!, options.rememberMs)));
		}
		return answers;
	}

	/** Waits for nobody any more, and tells nothing more. */
	close(): void {
		this.isClosed = true;
		clearTimeout(this.timer);
		this.followers.giveUp(new RedisAway('it was left'));
	}

	private async claimSome(
		wanted: Wanted[],
		until: number,
		signal: AbortSignal | undefined,
	): Promise<string[]> {
		const keys = wanted.map(({ key }) => key);
		const tokens = wanted.map(({ token }) => token);
		let wasAsked = false;
		for (;;) {
			try {
				await this.untilSafe(until, signal);
				await this.own.save();
				wasAsked = true;
				return (await this.member.ask(CLAIM, keys, [KEPT_MS, ...tokens])).map(String);
			} catch (error) {
				// A call without an answer may have been done: with the same tokens, it is not done twice.
				const again = error instanceof RedisAway && performance.now() < until && !signal?.aborted;
				if (again) continue;
				if (wasAsked) for (const { key, token } of wanted) this.own.giveBack(key, token);
				throw error;
			}
		}
	}

	private claimed({ key, token }: Wanted, reply: string, rememberMs: number): Claimed {
		const kind = reply[0];
		if (kind === 'd') return { theirs: Promise.resolve({ done: reply.slice(1) }) };
		if (kind === 't') {
			const theirs = this.followers.follow(key, reply.slice(1));
			this.beatIn(this.times.followMs);
			return { theirs };
		}
		return { mine: this.hold(key, token, kind === 'o', rememberMs) };
	}

	private hold(key: string, token: string, isDoubtful: boolean, rememberMs: number): Claim {
		const own = this.own.hold(key, token);
		this.beatIn(this.times.beatMs);
		const { member, own: all } = this;
		return {
			isDoubtful,
			get isHeld() {
				return !own.isLost && own.endedAt === undefined && member.isTrusted;
			},
			end: (ending) => all.end(own, ending, rememberMs),
		};
	}

	/** Nobody may be taken for dead, and nothing for free, before the living have been able to tell Redis anew. */
	private async untilSafe(until: number, signal: AbortSignal | undefined): Promise<void> {
		await this.link.whenUp(until - performance.now(), signal);
		const { restartMs, returnMs } = this.times;
		const returned = this.link.session > 1 ? this.link.upSince + returnMs : 0;
		const safeAt = Math.max(this.link.restartedAt + restartMs, returned);
		const ms = safeAt - (this.link.now ?? safeAt);
		if (ms <= 0) return;
		if (performance.now() + ms > until) throw new RedisAway('it has only just come back');
		await wait(ms, undefined, signal && { signal });
	}

	private beatIn(ms: number): void {
		if (this.isClosed || (this.timer !== undefined && ms >= this.times.beatMs)) return;
		clearTimeout(this.timer);
		this.timer = setTimeout(() => void this.beat(), ms);
		// Whoever waits for somebody else's ending keeps the process; to tell that it lives is no reason to live.
		if (this.followers.size === 0) this.timer.unref();
	}

	private async beat(): Promise<void> {
		this.timer = undefined;
		this.own.forgetOld();
		try {
			await this.own.save();
			await this.follow();
		} catch (error) {
			if (this.link.awayForMs > PATIENCE_MS) this.followers.giveUp(error);
		}
		if (this.followers.size > 0) this.beatIn(this.times.followMs);
		else if (this.own.size > 0) this.beatIn(this.times.beatMs);
	}

	private async follow(): Promise<void> {
		const keys = this.followers.keys();
		for (let start = 0; start === 0 || start < keys.length; start += AT_ONCE) {
			const some = keys.slice(start, start + AT_ONCE);
			const [, ...said] = await this.member.ask(FOLLOW, some, []);
			some.forEach((key, i) => this.followers.learn(key, String(said[i])));
		}
	}
}
