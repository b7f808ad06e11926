import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { ServiceError } from '../errors';
import { shared } from '../shared';
import { networkError } from './networkError';
import type { ServiceContext, ServiceDefinition } from './definition';
import { isData, type HttpResponse } from './response';

type Data = ICredentialDataDecryptedObject;

/** A token is renewed this long before it runs out (or after nine tenths of a short life), lest it die on the way. */
const EARLY_MS = 60_000;

/** How long a token lives of which the answer does not say it, in seconds. */
const USUAL_LIFE = 3_600;

/** What to store of an answer that grants a token (RFC 6749, 5.1), in the credential's hidden fields; undefined when it does not. */
export function grantedToken(
	{ status, body }: HttpResponse,
	{ field, renewAt }: { field: string; renewAt: string },
): IDataObject | undefined {
	if (status < 200 || status >= 300 || !isData(body) || typeof body.access_token !== 'string')
		return undefined;
	const seconds = Number(body.expires_in);
	const life = Number.isFinite(seconds) && seconds > 0 ? seconds : USUAL_LIFE;
	return { [field]: body.access_token, [renewAt]: renewalTime(life) };
}

/** When to renew a token that was fetched just now and lives for `seconds`: epoch milliseconds. */
function renewalTime(seconds: number, now = Date.now()): number {
	const life = seconds * 1_000;
	return now + life - Math.min(EARLY_MS, life / 10);
}

/**
 * The renewals under way in this process, by credential: one for all nodes and executions that wait. Answers with why it
 * failed, or with nothing when there is a new token.
 */
const renewals = new Map<string, Promise<ServiceError | undefined>>();

/**
 * The credential's data for one run, with a live token in it.
 *
 * n8n sends with whatever token is stored. It fetches one when there is none (once for each of the requests that find
 * none), and renews one only when the service has refused it. So the pack looks at the time itself, renews shortly before
 * the end, and lets everybody wait who would need the new token: other items, other nodes, other executions, and in queue
 * mode the other workers. Whoever comes second reads what is stored before fetching anything: another process may have
 * been first. Only the turn to renew goes through Redis, and never a token: n8n's database has it, encrypted, for all
 * workers, and a copy in Redis would be one more place to steal it from.
 */
export class TokenRefresher {
	/** The service has refused the sign-in itself: asking again in this run cannot help. */
	private refusal?: ServiceError;
	/** A token that the service no longer takes, whatever its time says. */
	private dead?: string;

	constructor(
		private readonly definition: Pick<ServiceDefinition, 'name' | 'credential' | 'signIn'>,
		private readonly context: ServiceContext,
		private data: Data,
		/** Names the credential among all of this n8n. */
		private readonly key: string,
		/** Ends the wait for another process that renews the token. */
		private readonly signal?: AbortSignal,
	) {}

	/** The service refused this token. Late refusals of an older one do not touch the new one. */
	invalidate(used: string): void {
		if (this.token(this.data) === used) this.dead = used;
	}

	/** The credential with whatever token it holds now. */
	get current(): Data {
		return this.data;
	}

	get isRefreshing(): boolean {
		return renewals.has(this.key);
	}

	/** Waits while the token is being renewed. @throws {ServiceError} when that fails: it holds for everyone who waited. */
	async settled(): Promise<void> {
		for (let renewal = renewals.get(this.key); renewal; renewal = renewals.get(this.key)) {
			const failure = await renewal;
			if (failure !== undefined) throw failure;
			this.data = await this.stored();
		}
	}

	/**
	 * To be called when nobody is renewing the token. Calls `send` with the credential's data and the token in it. `send`
	 * must pass the same object to n8n, which puts a new token into it when there is none.
	 *
	 * @throws {ServiceError} with outcome `notSent` when there is no token to be had: the request itself never went out.
	 */
	async withToken<T>(send: (data: Data, token: string | undefined) => Promise<T>): Promise<T> {
		if (this.definition.signIn === undefined) return await send({ ...this.data }, undefined);
		if (this.refusal !== undefined) throw this.refusal;
		if (this.isLive(this.data)) return await send({ ...this.data }, this.token(this.data));
		return await this.renewWith(send);
	}

	/** Renews the token for everyone. n8n fetches a first token only along with a request: then `send` goes ahead. */
	private async renewWith<T>(send: (data: Data, token: string | undefined) => Promise<T>): Promise<T> {
		let tell!: (failure: ServiceError | undefined) => void;
		const renewal = new Promise<ServiceError | undefined>((resolve) => (tell = resolve));
		renewals.set(this.key, renewal);
		const over = (failure?: ServiceError) => {
			if (failure !== undefined && !failure.facts.canRetry) this.refusal = failure;
			if (renewals.get(this.key) === renewal) renewals.delete(this.key);
			tell(failure);
		};
		try {
			const ahead = await shared().lock.hold(
				`token ${this.key}`,
				async () =>
					(await this.renewAlone(over)) ? undefined : { result: await this.sendAhead(send, over) },
				this.signal,
			);
			if (ahead !== undefined) return ahead.result;
		} finally {
			// Where the wait for another process ended with the execution: whoever waits here takes over.
			over();
		}
		return await send({ ...this.data }, this.token(this.data));
	}

	/** Whether there is a live token now: another process may have fetched it, or n8n renews it without a request. */
	private async renewAlone(over: (failure?: ServiceError) => void): Promise<boolean> {
		try {
			this.data = await this.stored();
			if (!this.isLive(this.data) && this.canRefreshAlone) await this.refresh();
		} catch (error) {
			const failure = this.noToken(error);
			over(failure);
			throw failure;
		}
		return this.isLive(this.data);
	}

	private async sendAhead<T>(
		send: (data: Data, token: string | undefined) => Promise<T>,
		over: (failure?: ServiceError) => void,
	): Promise<T> {
		const { signIn } = this.definition;
		if (signIn?.by === 'token') this.data[signIn.field] = '';
		try {
			const result = await send(this.data, undefined);
			if (signIn?.by === 'oauth2') this.data = await this.stored();
			over();
			return result;
		} catch (error) {
			if (signIn?.by === 'oauth2') this.data = await this.stored().catch(() => this.data);
			const failure = this.token(this.data) === undefined ? this.noToken(error) : undefined;
			over(failure);
			throw failure ?? error;
		}
	}

	/** Whether n8n can renew the token without a request: an OAuth2 one that there is already. */
	private get canRefreshAlone(): boolean {
		return this.definition.signIn?.by === 'oauth2' && this.token(this.data) !== undefined;
	}

	private async refresh(): Promise<void> {
		await this.context.helpers.refreshOAuth2Token.call(this.context as never, this.definition.credential);
		this.data = await this.stored();
	}

	private async stored(): Promise<Data> {
		return await this.context.getCredentials<Data>(this.definition.credential);
	}

	private noToken(error: unknown): ServiceError {
		const { name, signIn, credential } = this.definition;
		if (signIn?.by !== 'oauth2' || isOfNetwork(error))
			return networkError(error, name).with({ outcome: 'notSent' });
		const label = this.context.getNode().credentials?.[credential]?.name;
		return new ServiceError({
			service: name,
			message: `${name} no longer accepts the sign-in of the credential${label === undefined ? '' : ` “${label}”`}`,
			remedy: 'Open the credential and connect the account again, then run the workflow again.',
			...signIn.explain?.(wordsOf(error)),
			outcome: 'notSent',
		});
	}

	private token(data: Data): string | undefined {
		const { signIn } = this.definition;
		const token = signIn?.by === 'token' ? data[signIn.field] : oauth2(data).access_token;
		return typeof token === 'string' && token !== '' ? token : undefined;
	}

	/** A token without a known end counts as live: a refusal tells. */
	private isLive(data: Data): boolean {
		const { signIn } = this.definition;
		const token = this.token(data);
		if (token === undefined || token === this.dead) return false;
		const due = signIn?.by === 'token' ? Number(data[signIn.renewAt]) : renewalOf(oauth2(data));
		return !(due > 0 && due <= Date.now());
	}
}

/** As n8n stores it. `n8n_expires_at` (epoch milliseconds) is missing in tokens of before n8n 2.33. */
interface OAuth2Token {
	access_token?: string;
	n8n_expires_at?: string;
	expires_in?: number | string;
}

const oauth2 = (data: Data): OAuth2Token => (data.oauthTokenData ?? {}) as OAuth2Token;

function renewalOf({ n8n_expires_at: endsAt, expires_in: seconds }: OAuth2Token): number {
	const end = Number(endsAt);
	const life = Number(seconds) * 1_000;
	return end - Math.min(EARLY_MS, life > 0 ? life / 10 : EARLY_MS);
}

/** The sign-in could not be asked, which says nothing about it. */
function isOfNetwork(error: unknown): boolean {
	const { code } = networkError(error, '').facts;
	// n8n's own codes for a sign-in that was refused look like those of a network.
	if (code === 'EAUTH' || code === 'ESTATUS') return false;
	return code !== undefined && /^(?:E[A-Z]|ERR_|CERT|UNABLE|DEPTH|SELF)/.test(code);
}

/** All that an error and what caused it say, with the answer that n8n has kept beside it. */
function wordsOf(error: unknown): string {
	const words: string[] = [];
	for (let e = error; e instanceof Error && words.length < 12; e = e.cause) {
		const { body } = e as { body?: unknown };
		words.push(e.message, typeof body === 'object' ? JSON.stringify(body) : String(body ?? ''));
	}
	return words.join(' ');
}
