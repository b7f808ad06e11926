import { setImmediate } from 'node:timers';
import type { Ending } from './claims';
import { SAVE } from './claimScripts';
import type { Member } from './member';

/** Longer than anybody holds one; it ends sooner by the death of its holder. */
export const KEPT_MS = 6 * 60 * 60_000;
/** For those who wait for an ending; anybody else may claim anew at once. */
const TOLD_MS = 60_000;
/** What Redis may have forgotten in a restart, and no service can tell yet. */
const REPEAT_MS = 60_000;
export const AT_ONCE = 500;

/** What this process has to say about one claim. */
export interface OwnClaim {
	readonly key: string;
	readonly token: string;
	/** What Redis says of it while it is held. */
	readonly held: string;
	says: string;
	keptMs: number;
	/** Somebody else has taken it over. */
	isLost: boolean;
	/** `performance.now()` of its ending. */
	endedAt?: number;
}

/**
 * What this process holds, and what became of it. What cannot be told at once, because Redis is away, is told when it is
 * back; and then everything else is told again, since Redis may have forgotten it.
 */
export class OwnClaims {
	private readonly all = new Map<string, OwnClaim>();
	private readonly unsaved = new Set<OwnClaim>();
	private isSaving = false;

	constructor(private readonly member: Member) {
		member.link.onUp(() => {
			for (const own of this.all.values()) this.unsaved.add(own);
			this.saveSoon();
		});
	}

	get size(): number {
		return this.all.size;
	}

	/** Redis has given it to this process. */
	hold(key: string, token: string): OwnClaim {
		const held = `h${this.member.name} ${token}`;
		const own: OwnClaim = { key, token, held, says: held, keptMs: KEPT_MS, isLost: false };
		this.all.set(key, own);
		return own;
	}

	end(own: OwnClaim, ending: Ending, rememberMs: number): void {
		if (own.endedAt !== undefined) return;
		own.endedAt = performance.now();
		own.says = said(ending, own.token);
		own.keptMs = 'failed' in ending ? TOLD_MS : rememberMs;
		this.unsaved.add(own);
		this.saveSoon();
	}

	/** Redis may have given it to this process, whose call had no answer: nobody else must wait for it for ever. */
	giveBack(key: string, token: string): void {
		if (!this.all.has(key)) this.end(this.hold(key, token), { failed: '' }, 0);
	}

	/** @throws RedisAway; what was not told stays to be told */
	async save(): Promise<void> {
		while (this.unsaved.size > 0) {
			const some = [...this.unsaved].slice(0, AT_ONCE);
			const told = some.map(({ says }) => says);
			const args = some.flatMap(({ held, says, keptMs }) => [held, says, keptMs]);
			const keys = some.map(({ key }) => key);
			const replies = await this.member.ask(SAVE, keys, args);
			some.forEach((own, i) => {
				if (replies[i] === 0) own.isLost = true;
				if (own.says === told[i]) this.saved(own);
			});
		}
	}

	/** What was done is kept a while, to be told again. */
	forgetOld(): void {
		const old = performance.now() - REPEAT_MS;
		for (const own of this.all.values())
			if (own.endedAt !== undefined && own.endedAt < old && !this.unsaved.has(own)) this.all.delete(own.key);
	}

	private saved(own: OwnClaim): void {
		this.unsaved.delete(own);
		if (own.endedAt !== undefined && !own.says.startsWith('d') && this.all.get(own.key) === own)
			this.all.delete(own.key);
	}

	/** Once for all that end in one go. */
	private saveSoon(): void {
		if (this.isSaving) return;
		this.isSaving = true;
		setImmediate(() => {
			this.isSaving = false;
			// The next beat tries again, and the way back to Redis does.
			this.save().catch(() => undefined);
		});
	}
}

function said(ending: Ending, token: string): string {
	if ('done' in ending) return `d${ending.done}`;
	return 'failed' in ending ? `f${token} ${ending.failed}` : `u${token} ${ending.unknown}`;
}
