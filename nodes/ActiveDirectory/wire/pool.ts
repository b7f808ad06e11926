import { isIP } from 'node:net';
import { ServiceError } from '../../../core/errors';
import { SERVICE } from '../errors/network';
import { resultFault } from '../errors/resultCodes';
import { signInFault } from '../errors/signIn';
import { addressOf, type DirectorySettings, type Target } from '../settings';
import { resultCodeOf, wordsOf } from './faults';
import { Session, type OpenOptions } from './session';

/** How long a server that could not be reached is asked last. */
const AVOID_MS = 30_000;
const INVALID_CREDENTIALS = 49;

/** Of this process: the next run need not wait for what the last one has found out. */
const avoided = new Map<string, number>();

/**
 * The connections of one run. All go to the same server, so that what was written can be read again; to the next one in
 * the credential's list when that cannot be reached.
 */
export class Pool {
	private readonly open = new Set<Session>();
	private readonly idle: Session[] = [];
	private main: Promise<Session> | undefined;
	private current: Target | undefined;
	/** Where that is: behind the name of a domain stand all its controllers, and each has numbers of its own. */
	private address: string | undefined;
	private isClosed = false;

	constructor(
		private readonly settings: DirectorySettings,
		private readonly options: OpenOptions = {},
	) {}

	/** The server that this run talks to; undefined before the first connection. */
	get server(): Target | undefined {
		return this.current;
	}

	/** The connection that short questions share. @throws {ServiceError} */
	async shared(): Promise<Session> {
		const known = await this.main?.catch(() => undefined);
		if (known?.isOpen) return known;
		// Those who come at the same time share the new one.
		if (known !== undefined || this.main === undefined || (await this.isFailed(this.main)))
			this.main = this.signedIn();
		return await this.main;
	}

	/** A connection of one's own, for what keeps its place on it. To be given back with `release`. @throws {ServiceError} */
	async lease(): Promise<Session> {
		for (let session = this.idle.pop(); session !== undefined; session = this.idle.pop())
			if (session.isOpen) return session;
		return await this.signedIn();
	}

	release(session: Session): void {
		if (session.isOpen && !this.isClosed) this.idle.push(session);
		else this.open.delete(session);
	}

	/** A connection that is not signed in. The caller closes it. @throws {ServiceError} */
	async unsigned(): Promise<Session> {
		const errors: ServiceError[] = [];
		for (const target of this.inOrder()) {
			try {
				const session = await this.openAt(target);
				if (this.isClosed) throw await closed(session);
				avoided.delete(addressOf(target));
				this.current = target;
				this.address = session.address;
				return session;
			} catch (error) {
				if (!(error instanceof ServiceError) || this.options.signal?.aborted) throw error;
				avoided.set(addressOf(target), Date.now() + AVOID_MS);
				errors.push(error);
			}
		}
		throw noneOf(errors);
	}

	/** At the same address as before; when that is away, at any other that the name stands for. */
	private async openAt(target: Target): Promise<Session> {
		const { current, address, options } = this;
		if (target !== current || address === undefined)
			return await Session.open(target, this.settings, options);
		try {
			return await Session.open(target, this.settings, { ...options, address });
		} catch (error) {
			if (!(error instanceof ServiceError) || options.signal?.aborted || isIP(target.host) !== 0) throw error;
			return await Session.open(target, this.settings, options);
		}
	}

	/** Nothing stays open. */
	async close(): Promise<void> {
		this.isClosed = true;
		await this.main?.catch(() => undefined);
		await Promise.all([...this.open].map(async (session) => await session.close()));
		this.open.clear();
	}

	private async signedIn(): Promise<Session> {
		const session = await this.unsigned();
		if (this.isClosed) throw await closed(session);
		this.open.add(session);
		const { account, password } = this.settings;
		try {
			await session.bind(account, password);
			return session;
		} catch (error) {
			this.open.delete(session);
			await session.close();
			const code = resultCodeOf(error);
			if (code === INVALID_CREDENTIALS) throw signInFault(account, wordsOf(error));
			if (code !== undefined) throw resultFault(code, wordsOf(error)).error.with({ outcome: 'notSent' });
			throw noneOf([
				new ServiceError({
					service: SERVICE,
					message: `The server ${addressOf(session.target)} closed the connection during the sign-in`,
					remedy: 'Check the server, then run it again.',
					outcome: 'notSent',
					canRetry: true,
					said: wordsOf(error),
				}),
			]);
		}
	}

	private inOrder(): Target[] {
		const now = Date.now();
		const isAvoided = (target: Target) => (avoided.get(addressOf(target)) ?? 0) > now;
		const { servers } = this.settings;
		const first = this.current === undefined || isAvoided(this.current) ? [] : [this.current];
		const others = servers.filter((target) => target !== first[0]);
		return [...first, ...others.filter((target) => !isAvoided(target)), ...others.filter(isAvoided)];
	}

	private async isFailed(session: Promise<Session>): Promise<boolean> {
		return await session.then(
			({ isOpen }) => !isOpen,
			() => true,
		);
	}
}

async function closed(session: Session): Promise<ServiceError> {
	await session.close();
	return new ServiceError({
		service: SERVICE,
		message: 'The run had ended before this was done',
		remedy: 'Run it again.',
		outcome: 'notSent',
	});
}

/** One server's own error, or that none of several could be reached, each with its reason. */
function noneOf(errors: ServiceError[]): ServiceError {
	const [first] = errors;
	if (errors.length === 1) return first!;
	return new ServiceError({
		service: SERVICE,
		message: `None of the ${errors.length} servers could be reached`,
		remedy: `${errors.map(({ message }) => `${message}.`).join(' ')} ${first!.remedy ?? ''}`.trim(),
		outcome: 'notSent',
		canRetry: errors.some(({ facts }) => facts.canRetry),
	});
}
