import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { ServiceError } from '../errors';
import { networkError } from './networkError';
import type { ServiceDefinition } from './service';

/** A token is renewed this long before it runs out (or after nine tenths of a short life), lest it die on the way. */
const EARLY_MS = 60_000;

/** When to renew a token that was fetched just now and lives for `seconds`: epoch milliseconds. */
export function renewalTime(seconds: number, now = Date.now()): number {
	const life = seconds * 1_000;
	return now + life - Math.min(EARLY_MS, life / 10);
}

/**
 * The credential's data for one run, with a live token in it.
 *
 * n8n fetches a token when the stored one is empty, and stores it; it neither looks at the time nor stops many parallel
 * requests from each fetching one. So a token that is about to run out, or that was refused, is emptied here, and the
 * first request that follows renews it for all the others.
 */
export class TokenRefresher {
	/** The renewal under way, with its failure: whoever finds the token dead waits for the one who is renewing it. */
	private renewal?: Promise<ServiceError | undefined>;
	/** The service has refused the sign-in itself: asking again in this run cannot help. */
	private refusal?: ServiceError;

	constructor(
		private readonly definition: ServiceDefinition,
		private readonly data: ICredentialDataDecryptedObject,
	) {}

	/** The service refused this token. Late refusals of an older one do not touch the new one. */
	invalidate(used: string): void {
		const { token } = this.definition;
		if (token !== undefined && this.data[token.field] === used) this.data[token.field] = '';
	}

	get isRenewing(): boolean {
		return this.renewal !== undefined;
	}

	/** Waits while the token is being renewed. @throws {ServiceError} when that fails: it holds for everyone who waited. */
	async settled(): Promise<void> {
		while (this.renewal !== undefined) {
			const failure = await this.renewal;
			if (failure !== undefined) throw failure;
		}
	}

	/**
	 * To be called when nobody is renewing the token. Calls `send` with the credential's data and the token in it. `send` must pass the same object to n8n, which puts a
	 * new token into it when there is none.
	 *
	 * @throws {ServiceError} with outcome `notSent` when there is no token to be had: the request itself never went out.
	 */
	async withToken<T>(
		send: (data: ICredentialDataDecryptedObject, token: string | undefined) => Promise<T>,
	): Promise<T> {
		const { token } = this.definition;
		if (token === undefined) return await send({ ...this.data }, undefined);
		if (this.refusal !== undefined) throw this.refusal;
		if (!this.isStale(token)) return await send({ ...this.data }, String(this.data[token.field]));
		this.data[token.field] = '';
		const sent = send(this.data, undefined);
		this.renewal = sent.then(
			() => undefined,
			(error: unknown) => (this.data[token.field] ? undefined : this.noToken(error)),
		);
		try {
			return await sent;
		} catch (error) {
			throw (await this.renewal) ?? error;
		} finally {
			this.renewal = undefined;
		}
	}

	private noToken(error: unknown): ServiceError {
		const failure = networkError(error, this.definition.name).with({ outcome: 'notSent' });
		if (!failure.facts.canRetry) this.refusal = failure;
		return failure;
	}

	private isStale({ field, renewAt }: { field: string; renewAt: string }): boolean {
		const due = Number(this.data[renewAt]);
		return !this.data[field] || (due > 0 && due <= Date.now());
	}
}
