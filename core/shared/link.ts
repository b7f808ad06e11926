import { setImmediate, setTimeout } from 'node:timers';
import { script, type Argument, type RedisClient, type Script } from './client';

/** Redis cannot be asked now. What to do without it is known only to whoever asked. */
export class RedisAway extends Error {
	constructor(readonly reason: string) {
		super(`Redis is not reachable: ${reason}`);
		this.name = 'RedisAway';
	}
}

export interface LinkTimes {
	/** A call that takes longer counts as hanging. */
	timeoutMs: number;
	/** Between two tries to get back to a Redis that is away. */
	retryMs: number;
}

const TIMES: LinkTimes = { timeoutMs: 1_000, retryMs: 1_000 };

/** When Redis was away, in epoch milliseconds; `until` is missing while it still is. */
export interface Outage {
	from: number;
	until?: number;
	reason: string;
}

interface Session {
	client: RedisClient;
	/** Adds up with `performance.now()` to Redis' clock, in milliseconds; known after the first answer. */
	offset: number | undefined;
}

/**
 * For how many seconds Redis has run; -1 when it does not tell. With a key, so that in a cluster the node that has our keys
 * is asked.
 */
const UPTIME = script(`
local info = redis.pcall('INFO', 'server')
local uptime = type(info) == 'string' and string.match(info, 'uptime_in_seconds:(%d+)') or '-1'
return answer({tonumber(uptime), redis.call('EXISTS', KEYS[1])})
`);

/**
 * The way to Redis, which is there or is not. It is a circuit breaker: the first call that fails or hangs ends the
 * connection, so that nothing of it is done later, and until there is a new one, calls fail at once. A new one is tried for
 * by itself, beside the calls; none has to wait for it, but the first.
 */
export class RedisLink {
	/** Grows with each new connection: what was true of the old one may be so no longer. */
	session = 0;
	/** On Redis' clock: the beginning of this session. */
	upSince = 0;
	/** On Redis' clock: before that, Redis may have forgotten what it was told. 0 when it has run long enough. */
	restartedAt = 0;
	lastOutage: Outage | undefined;
	private readonly times: LinkTimes;
	private current: Session | undefined;
	private opening: Promise<void> | undefined;
	private isClosed = false;
	private retry: NodeJS.Timeout | undefined;
	private readonly toTell = new Set<() => void>();

	/**
	 * @param open a new connection; it must give up by itself
	 * @param key any key of ours
	 */
	constructor(
		private readonly open: () => Promise<RedisClient>,
		private readonly key: string,
		times: Partial<LinkTimes> = {},
	) {
		this.times = { ...TIMES, ...times };
	}

	get isUp(): boolean {
		return this.current !== undefined;
	}

	/** Redis' clock in milliseconds, as far as it is known. */
	get now(): number | undefined {
		return this.current && timeIn(this.current);
	}

	/** Milliseconds since Redis was there last; 0 when it is. */
	get awayForMs(): number {
		return this.isUp || this.lastOutage === undefined ? 0 : Date.now() - this.lastOutage.from;
	}

	/** For what each process does by itself during an outage, and some for `ms` longer than others. @throws RedisAway */
	refuseWhileReturning(ms: number): void {
		const until = this.lastOutage?.until;
		if (until !== undefined && Date.now() - until < ms) throw new RedisAway('it has only just come back');
	}

	/** Ends when there is a connection. @throws RedisAway when there is none within `ms`; the signal's reason */
	async whenUp(ms: number, signal?: AbortSignal): Promise<void> {
		signal?.throwIfAborted();
		if (!this.isUp && !this.isAway) await this.connect();
		if (this.isUp) return;
		let over = () => {};
		const up = new Promise<void>((resolve, reject) => {
			const forget = this.onUp(resolve);
			const late = () => reject(new RedisAway(this.lastOutage?.reason ?? 'it was left'));
			const timer = setTimeout(late, Math.max(0, ms));
			const stop = () => reject(signal?.reason);
			if (signal?.aborted) stop();
			else signal?.addEventListener('abort', stop);
			over = () => {
				forget();
				clearTimeout(timer);
				signal?.removeEventListener('abort', stop);
			};
		});
		await up.finally(over);
	}

	/** Told when there is a connection again, or for the first time. */
	onUp(told: () => void): () => void {
		this.toTell.add(told);
		return () => void this.toTell.delete(told);
	}

	/**
	 * Runs a script, and sees to it that it does nothing after `timeoutMs`.
	 *
	 * @throws RedisAway at once when Redis is known to be away, else when it does not answer in time
	 */
	async run(
		what: Script,
		keys: readonly string[],
		args: readonly Argument[],
		timeoutMs = this.times.timeoutMs,
	): Promise<unknown[]> {
		if (this.current === undefined && !this.isAway) await this.connect();
		const { current } = this;
		if (current === undefined) throw new RedisAway(this.lastOutage?.reason ?? 'it was left');
		try {
			return await this.ask(current, what, keys, args, timeoutMs);
		} catch (error) {
			if (!(error instanceof RedisAway)) this.lost(current, error);
			throw error instanceof RedisAway ? error : new RedisAway(wordsOf(error));
		}
	}

	/** Ends the connection for good. */
	close(): void {
		this.isClosed = true;
		clearTimeout(this.retry);
		this.current?.client.close();
		this.current = undefined;
	}

	private get isAway(): boolean {
		return this.isClosed || (this.lastOutage !== undefined && this.lastOutage.until === undefined);
	}

	/** Ends with a connection, or with the knowledge that there is none. */
	private async connect(): Promise<void> {
		this.opening ??= this.tryToConnect().finally(() => (this.opening = undefined));
		await this.opening;
	}

	private async tryToConnect(): Promise<void> {
		let client: RedisClient | undefined;
		try {
			client = await this.open();
			const session: Session = { client, offset: undefined };
			const [uptime] = await this.ask(session, UPTIME, [this.key], [], this.times.timeoutMs);
			if (this.isClosed) throw new Error('it was left');
			this.current = session;
			this.session++;
			this.upSince = this.now!;
			this.restartedAt = this.now! - Math.max(0, Number(uptime)) * 1_000;
			if (this.lastOutage && this.lastOutage.until === undefined) this.lastOutage.until = Date.now();
			client.onEnd((why) => this.lost(session, why));
			for (const told of [...this.toTell]) told();
		} catch (error) {
			client?.close();
			this.away(error);
		}
	}

	private async ask(
		session: Session,
		what: Script,
		keys: readonly string[],
		args: readonly Argument[],
		timeoutMs: number,
	): Promise<unknown[]> {
		const asked = performance.now();
		const now = timeIn(session);
		const deadline = now === undefined ? 0 : Math.ceil(now + timeoutMs);
		const reply = await withTimeout(timeoutMs, session.client.run(what, keys, [deadline, ...args]));
		const [time, ...answer] = reply as [number, ...unknown[]];
		session.offset = time - (asked + performance.now()) / 2;
		if (answer.length === 0) throw new RedisAway('it was asked too late');
		return answer;
	}

	private lost(session: Session, why: unknown): void {
		if (session !== this.current) return;
		this.current = undefined;
		session.client.close();
		this.away(why);
	}

	private away(why: unknown): void {
		if (this.isClosed) return;
		const reason = wordsOf(why);
		if (this.lastOutage === undefined || this.lastOutage.until !== undefined)
			this.lastOutage = { from: Date.now(), reason };
		clearTimeout(this.retry);
		this.retry = setTimeout(() => void this.connect(), this.times.retryMs).unref();
	}
}

const timeIn = ({ offset }: Session): number | undefined =>
	offset === undefined ? undefined : offset + performance.now();

async function withTimeout<T>(ms: number, answer: Promise<T>): Promise<T> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<never>((_, reject) => {
		// When this process itself was busy, the answer may have come and not have been read yet: it is, before this fires.
		const giveUp = () =>
			setImmediate(() => setImmediate(() => reject(new Error(`no answer within ${ms} ms`))));
		timer = setTimeout(giveUp, ms);
	});
	try {
		return await Promise.race([answer, late]);
	} finally {
		clearTimeout(timer);
	}
}

/** A reason that can stand in a hint: it names no password (Redis never repeats one) and is one line long. */
function wordsOf(error: unknown): string {
	const text = error instanceof Error ? error.message || error.name : String(error);
	return text.replace(/\s+/g, ' ').slice(0, 200);
}
