import { DelegateBackoff, handleWhen, retry } from 'cockatiel';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
} from 'n8n-workflow';
import { setTimeout as wait } from 'node:timers/promises';
import { classifyResponse, retryAfterMs, type HttpResponse, type ErrorResolution } from './classify';
import { budgetOf, type Budget } from './budget';
import { ServiceError } from '../errors';
import { networkError } from './networkError';
import type { Paginator } from './pagination';
import { redact } from './redact';
import type { RequestSpec, ServiceContext, ServiceDefinition } from './service';
import { TokenRefresher } from './tokens';

/** What one run has cost; reports show it. */
export interface RequestStats {
	requests: number;
	retries: number;
	throttled: number;
	/** Time in which at least one request was ready and had to wait for the budget. */
	waitedMs: number;
}

const MAX_FAULTS = 4;
/** A service that only asks to wait is given patience by time rather than by count. */
const MAX_WAITS = 20;
const PATIENCE_MS = 10 * 60_000;
const TIMEOUT_MS = 120_000;
/** Time for a request of unknown fate to finish at the service before it is looked up. */
const SETTLE_AFTER_MS = 500;

/** A fault that asks for another try, with the pause before it. */
class Again extends Error {
	constructor(
		readonly failure: ServiceError,
		readonly afterMs: number,
	) {
		super(failure.message);
	}
}

/**
 * Sends requests to one service for one run. Every request goes through n8n's own helper (credentials, proxies,
 * outbound rules), waits for its place in the account's budget, is repeated only where that is safe, and fails as a
 * ServiceError that says what to do.
 */
export class Client {
	readonly stats: RequestStats = { requests: 0, retries: 0, throttled: 0, waitedMs: 0 };
	private waiters = 0;
	private waitingSince = 0;

	private constructor(
		private readonly definition: ServiceDefinition,
		private readonly context: ServiceContext,
		readonly credential: ICredentialDataDecryptedObject,
		private readonly budget: Budget,
		private readonly signIn: TokenRefresher,
		private readonly signal: AbortSignal | undefined,
		/** Tells accounts apart, without any secret. */
		readonly account: string,
	) {}

	static async open(definition: ServiceDefinition, context: ServiceContext): Promise<Client> {
		const credential = await context.getCredentials<ICredentialDataDecryptedObject>(definition.credential);
		const account = `${definition.name} ${definition.account(credential)}`;
		const budget = budgetOf(account, definition.limits(credential));
		const signal =
			'getExecutionCancelSignal' in context
				? (context as IExecuteFunctions).getExecutionCancelSignal()
				: undefined;
		const signIn = new TokenRefresher(definition, credential);
		return new Client(definition, context, credential, budget, signIn, signal, account);
	}

	/** Requests that may be under way side by side. */
	get concurrency(): number {
		return this.budget.limits.inFlight;
	}

	async get<T = IDataObject>(path: string, query?: IDataObject): Promise<T> {
		return await this.send<T>({ method: 'GET', path, ...(query ? { query } : {}) });
	}

	async delete<T = IDataObject>(path: string, body?: unknown): Promise<T> {
		return await this.send<T>({ method: 'DELETE', path, ...(body === undefined ? {} : { body }) });
	}

	/** Rows of a list, page after page, `limit` of them at most. Only one page is in memory. */
	async *pages(
		path: string,
		paging: Paginator,
		filters: IDataObject = {},
		limit = Infinity,
	): AsyncGenerator<IDataObject> {
		const size = Math.min(paging.maxSize, limit);
		let query: IDataObject | undefined = { ...filters, ...paging.first(size) };
		let left = limit;
		while (query !== undefined && left > 0) {
			const answer: IDataObject = await this.get(path, query);
			const rows = paging.rows(answer);
			for (const row of rows) {
				if (left-- <= 0) return;
				yield row;
			}
			query = left > 0 ? paging.next(answer, rows, query, size) : undefined;
		}
	}

	/** One request, answered with the parsed body. See RequestSpec for what may be repeated. */
	async send<T = IDataObject>(spec: RequestSpec<T>): Promise<T> {
		const method = spec.method ?? 'GET';
		const safe = spec.idempotent ?? ['GET', 'HEAD', 'PUT', 'DELETE'].includes(method);
		const request = this.prepare(spec);
		const started = Date.now();
		let faults = 0;
		let waits = 0;
		let renewed = false;
		let usedToken: string | undefined;

		const onFault = async (
			fault: ServiceError,
			verdict?: ErrorResolution,
			headers?: IDataObject,
		): Promise<T> => {
			let failure = fault;
			if (verdict?.action === 'refreshToken' && usedToken !== undefined && !renewed) {
				renewed = true;
				this.signIn.invalidate(usedToken);
				throw new Again(failure, 0);
			}
			if (failure.outcome === 'unknown' && !safe) {
				const settled = await this.settle(spec, failure);
				if (settled !== undefined) return settled;
				failure = failure.with({ outcome: 'refused' });
			}
			if (!failure.facts.canRetry || Date.now() - started > PATIENCE_MS) throw failure;
			if (verdict?.action === 'rateLimited') {
				this.stats.throttled++;
				this.budget.throttled(headers && retryAfterMs(headers));
				if (++waits > MAX_WAITS) throw failure;
				throw new Again(failure, 0);
			}
			if (++faults > MAX_FAULTS) throw failure;
			throw new Again(failure, doubling(faults));
		};

		const attempt = async (): Promise<T> => {
			if (this.signal?.aborted) throw stopped(this.definition.name, true);
			let isOut = false;
			const answer = await this.once(request, (token) => {
				isOut = true;
				usedToken = token;
				spec.onAttempt?.();
			}).catch((error: unknown) => {
				if (this.signal?.aborted) throw stopped(this.definition.name, safe || !isOut);
				return networkError(error, this.definition.name);
			});
			if (answer instanceof ServiceError) return await onFault(answer.with(this.redacted(answer.facts)));
			const verdict = classifyResponse(
				answer,
				{ method, path: spec.path },
				this.definition.name,
				this.definition.mapError,
			);
			if (verdict === undefined) {
				this.budget.succeeded();
				return answer.body as T;
			}
			return await onFault(this.toFailure(verdict), verdict, answer.headers);
		};

		const policy = retry(
			handleWhen((error) => error instanceof Again),
			{
				maxAttempts: Number.MAX_SAFE_INTEGER,
				backoff: new DelegateBackoff(({ result }) => {
					this.stats.retries++;
					return 'error' in result && result.error instanceof Again ? result.error.afterMs : 0;
				}),
			},
		);
		try {
			// Without the signal: cockatiel would keep every request's answer with it until the execution ends.
			return await policy.execute(attempt);
		} catch (error) {
			if (error instanceof Again) throw error.failure;
			throw error instanceof ServiceError || !this.signal?.aborted
				? error
				: stopped(this.definition.name, true);
		}
	}

	private async once(
		request: IHttpRequestOptions,
		using: (token: string | undefined) => void,
	): Promise<HttpResponse> {
		const send = async (data: ICredentialDataDecryptedObject, token: string | undefined) => {
			this.stats.requests++;
			using(token);
			return await this.transmit(request, data);
		};
		let answer: HttpResponse | undefined;
		while (answer === undefined) {
			await this.signIn.settled();
			answer = await this.budget.run(
				// A place is given up when the token is being renewed: all who waited for it would go out in one burst.
				async () => (this.signIn.isRenewing ? undefined : await this.signIn.withToken(send)),
				this.signal,
				this.waiting,
			);
		}
		return answer;
	}

	/** Requests wait side by side: the time is counted once, however many there are. */
	private readonly waiting = (starts: boolean): void => {
		if (starts && this.waiters++ === 0) this.waitingSince = Date.now();
		if (!starts && --this.waiters === 0) this.stats.waitedMs += Date.now() - this.waitingSince;
	};

	private async transmit(
		request: IHttpRequestOptions,
		data: ICredentialDataDecryptedObject,
	): Promise<HttpResponse> {
		const response = (await this.context.helpers.httpRequestWithAuthentication.call(
			this.context,
			this.definition.credential,
			{ ...request, headers: { ...request.headers } },
			{ credentialsDecrypted: { id: '', name: '', type: this.definition.credential, data } },
		)) as IN8nHttpFullResponse;
		return { status: response.statusCode, headers: response.headers, body: response.body };
	}

	private prepare(spec: RequestSpec): IHttpRequestOptions {
		const json = spec.json ?? (spec.body === undefined ? undefined : Buffer.from(JSON.stringify(spec.body)));
		return {
			method: spec.method ?? 'GET',
			url: `${this.definition.baseUrl(this.credential)}${spec.path}`,
			headers: {
				Accept: 'application/json',
				...this.definition.headers,
				...(json === undefined ? {} : { 'Content-Type': 'application/json' }),
			},
			...(spec.query === undefined ? {} : { qs: spec.query }),
			...(json === undefined ? {} : { body: json }),
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			sendCredentialsOnCrossOriginRedirect: false,
			timeout: this.definition.timeoutMs ?? TIMEOUT_MS,
		};
	}

	private async settle<T>(spec: RequestSpec<T>, failure: ServiceError): Promise<T | undefined> {
		const unknown = failure.with({
			canRetry: false,
			message: `${failure.message}. It is not known whether this was done`,
			remedy: `${spec.manualCheck ?? 'Look at the service whether it was done.'} It was not repeated, so that nothing happens twice.`,
		});
		if (spec.reconcile === undefined) throw unknown;
		try {
			await wait(SETTLE_AFTER_MS, undefined, this.signal ? { signal: this.signal } : undefined);
			return await spec.reconcile();
		} catch {
			throw unknown;
		}
	}

	private toFailure({ action: _action, ...facts }: ErrorResolution): ServiceError {
		return new ServiceError({ ...facts, ...this.redacted(facts) });
	}

	private redacted({ said }: { said?: string }): { said?: string } {
		return said === undefined ? {} : { said: redact(said, this.credential) };
	}
}

function stopped(service: string, harmless: boolean): ServiceError {
	return new ServiceError({
		service,
		message: harmless
			? 'The execution was stopped before this was done'
			: 'The execution was stopped while this was under way. It is not known whether it was done',
		remedy: harmless ? 'Run it again to do the rest.' : 'Look at the service whether it was done.',
		outcome: harmless ? 'notSent' : 'unknown',
		canRetry: harmless,
	});
}

/** 0.5 s, 1 s, 2 s, 4 s, each with up to a quarter more so that many clients do not come back together. */
function doubling(faults: number): number {
	return 500 * 2 ** (faults - 1) * (1 + Math.random() / 4);
}
