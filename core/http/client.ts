import type { ICredentialDataDecryptedObject, IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { Attempts, type Attempted } from '../connection/attempts';
import type { Connection, Forecast, RequestStats } from '../connection/connection';
import { until, type Patience } from '../connection/until';
import { ServiceError } from '../errors';
import {
	classifyResponse,
	isHollow,
	unconfirmed,
	type AnswerRules,
	type ClassifiedRequest,
	type ErrorResolution,
} from './classify';
import { ServiceClock } from './clock';
import { Files } from './files';
import { limiterFor, type RateLimiter } from './limiter';
import { shareLimits } from './workers';
import { networkError } from './networkError';
import { brokeOff, type NextPage, type Paginator } from './pagination';
import { outgoing } from './outgoing';
import { redact } from './redact';
import { isIdempotent, isWrite, type RequestSpec, type WriteRequest } from './request';
import type { RequestLimits } from './requestLimits';
import { isData, retryAfterMs, type HttpResponse } from './response';
import { Sender } from './sender';
import type { ServiceContext, ServiceDefinition } from './definition';
import { TokenRefresher } from './tokens';
import { Transport } from './transport';

shareLimits();

/**
 * Sends requests to one service for one run. Every request goes through n8n's own helper (credentials, proxies,
 * outbound rules), waits for its turn in the account's limiter, is repeated only where that is safe, and fails as a
 * ServiceError that says what to do.
 */
export class Client implements Connection {
	/** Files at addresses that the service names in its answers. */
	readonly files: Files;
	/** What the service's own time is, once it has answered. */
	readonly clock = new ServiceClock();
	private readonly attempts: Attempts;
	private readonly sender: Sender;
	private readonly rules: AnswerRules;
	/** Whether a request went out in this run that is no GET. */
	hasWritten = false;

	private constructor(
		private readonly definition: ServiceDefinition,
		context: ServiceContext,
		readonly credential: ICredentialDataDecryptedObject,
		private readonly limiter: RateLimiter,
		sharers: string,
		private readonly tokens: TokenRefresher,
		signal: AbortSignal | undefined,
		/** Tells accounts apart, without any secret. */
		readonly account: string,
	) {
		this.attempts = new Attempts(definition.name, signal);
		this.rules = {
			...definition,
			service: definition.name,
			mapError: (response, request) => definition.mapError?.(response, request, credential),
		};
		const transport = new Transport(context, definition.name);
		this.files = new Files(this.attempts, transport);
		this.sender = new Sender(
			definition,
			credential,
			account,
			sharers,
			limiter,
			tokens,
			transport,
			this.attempts,
		);
	}

	static async open(definition: ServiceDefinition, context: ServiceContext): Promise<Client> {
		const credential = await context.getCredentials<ICredentialDataDecryptedObject>(definition.credential);
		const credentialId = String(context.getNode().credentials?.[definition.credential]?.id ?? '');
		const account = `${definition.name} ${definition.account(credential, credentialId)}`;
		const sharers =
			definition.limitedAs === undefined ? account : `${definition.name} ${definition.limitedAs(credential)}`;
		const limiter = limiterFor(sharers, definition.limits(credential));
		const signal =
			'getExecutionCancelSignal' in context
				? (context as IExecuteFunctions).getExecutionCancelSignal()
				: undefined;
		const tokens = new TokenRefresher(
			definition,
			context,
			credential,
			`${definition.credential} ${credentialId} ${account}`,
			signal,
		);
		return new Client(definition, context, credential, limiter, sharers, tokens, signal, account);
	}

	/** The credential with the token that it holds now: one that this run has fetched, too. */
	get signedInWith(): ICredentialDataDecryptedObject {
		return this.tokens.current;
	}

	get stats(): RequestStats {
		return this.attempts.stats;
	}

	/**
	 * As many as may ever be under way: the limiter lets more of them go when answers turn out to be slow. Where parts travel
	 * together, enough items wait side by side to fill the requests that carry them.
	 */
	get concurrency(): number {
		const { parts } = this.definition;
		return parts === undefined
			? this.limiter.maxConcurrency
			: (parts.ready ?? parts.concurrency * parts.size);
	}

	forecast(requests: number): Forecast | undefined {
		const told = this.definition.forecast?.(this.credential);
		if (told === undefined) return undefined;
		const { limiter } = this;
		return { ...told, ms: limiter.estimateMs(requests), leftToday: limiter.leftToday };
	}

	async get<T = IDataObject>(path: string, query?: IDataObject): Promise<T> {
		return await this.send<T>({ path, ...(query ? { query } : {}) });
	}

	/**
	 * Deletes. Whether it is gone is asked at the same path, where an answer does not tell it or got lost: what is gone after
	 * a try whose answer got lost was deleted by that try.
	 */
	async delete<T = IDataObject>(
		path: string,
		{ answer = 'nothing', ...more }: Partial<WriteRequest<T>> = {},
	): Promise<T> {
		return await this.send<T>({
			reconcile: async () => ((await this.isThere(path)) ? undefined : ({} as T)),
			...more,
			method: 'DELETE',
			path,
			answer,
		});
	}

	/** Whether the service says that what was asked for is not there. A proxy's page is no such answer. */
	isGone(error: unknown): error is ServiceError {
		if (!(error instanceof ServiceError)) return false;
		const { status, code, said } = error.facts;
		const isNotFound = (status === 404 || status === 410) && (code ?? said) !== undefined;
		return isNotFound || (this.definition.isGone?.(error) ?? false);
	}

	/** What was asked for; undefined when the service says that it is not there. */
	async found<T>(asked: Promise<T>): Promise<T | undefined> {
		try {
			return await asked;
		} catch (error) {
			if (this.isGone(error)) return undefined;
			throw error;
		}
	}

	/** Whether a record is there. */
	async isThere(path: string): Promise<boolean> {
		return (await this.found(this.get(path).then(() => true))) ?? false;
	}

	/** Rows of a list, page after page, `limit` of them at most. Only one page is in memory. */
	async *pages(
		path: string,
		paginator: Paginator,
		filters: IDataObject = {},
		limit = Infinity,
		headers: Record<string, string> = {},
	): AsyncGenerator<IDataObject> {
		for await (const rows of this.wholePages(path, paginator, filters, limit, headers))
			for (const row of rows) yield row;
	}

	/** The same a page at a time, for who takes them so: a promise for each of many thousand rows takes longer than the rows. */
	async *wholePages(
		path: string,
		paginator: Paginator,
		filters: IDataObject = {},
		limit = Infinity,
		headers: Record<string, string> = {},
	): AsyncGenerator<IDataObject[]> {
		const size = Math.min(paginator.maxSize, limit);
		let page: { path: string; query: IDataObject } | undefined = {
			path,
			query: { ...filters, ...paginator.first(size) },
		};
		let left = limit;
		while (page !== undefined && left > 0) {
			const answer: unknown = await this.send<unknown>({
				...page,
				headers,
				answer: (body) => paginator.rows(body) !== undefined,
			});
			const rows = paginator.rows(answer) ?? [];
			yield rows.length > left ? rows.slice(0, left) : rows;
			left -= rows.length;
			const next: NextPage | undefined =
				left > 0 ? paginator.next(answer, rows, page.query, size) : undefined;
			page = next && ('link' in next ? this.pageAt(next.link, page) : { path, query: next.query });
		}
	}

	/** One request, answered with the parsed body. See RequestSpec for what may be repeated. */
	async send<T = IDataObject>(spec: RequestSpec<T>): Promise<T> {
		return (await this.exchange(spec)).body as T;
	}

	/** The same, with status and headers. */
	async exchange<T = IDataObject>(spec: RequestSpec<T>): Promise<HttpResponse> {
		const request = await outgoing(spec, this.definition, this.credential);
		const classified: ClassifiedRequest = {
			method: request.method,
			path: spec.path,
			idempotent: isIdempotent(spec),
			...(spec.countedAs === undefined ? {} : { countedAs: spec.countedAs }),
			...(spec.answer === undefined ? {} : { answer: spec.answer }),
			...(spec.redirect === undefined ? {} : { redirect: spec.redirect }),
		};
		await this.definition.learn?.(spec.path, this);
		const limits = this.sender.limitsOf(classified);
		const passenger = this.sender.passenger(spec, request, limits);
		let refused: RateLimiter | undefined;
		let usedToken: string | undefined;
		const reconcile = isWrite(spec) ? spec.reconcile : undefined;
		if (isWrite(spec)) this.hasWritten = true;
		const response = await this.attempts.run<HttpResponse>(
			{
				idempotent: classified.idempotent,
				...(spec.manualCheck === undefined ? {} : { manualCheck: spec.manualCheck }),
				...(reconcile === undefined
					? {}
					: {
							reconcile: async () => asResponse(await reconcile()),
							doneBefore: async (refusal: ServiceError) =>
								asResponse(request.method === 'DELETE' && this.isGone(refusal) ? {} : await reconcile()),
						}),
				refresh: () => {
					if (usedToken !== undefined) this.tokens.invalidate(usedToken);
					return usedToken !== undefined;
				},
				rateLimited: (ms) => void refused?.rateLimited(ms),
			},
			async (sent) => {
				let sentAt = Date.now();
				const out = (token: string | undefined) => {
					spec.onAttempt?.();
					sentAt = Date.now();
					sent();
					usedToken = token;
				};
				const send = async () =>
					passenger === undefined
						? await this.sender.alone(request, limits, out)
						: await this.sender.inCompany(passenger, out);
				// The limiter learns from how long answers take: the wait for a turn is none of that.
				const attempted = await this.attempt(classified, limits, send, () => Date.now() - sentAt);
				refused = attempted.refused;
				return 'value' in attempted && this.isToConfirm(attempted.value, classified)
					? await this.confirm(attempted, classified, reconcile)
					: attempted;
			},
		);
		this.countUploads(response.body, limits);
		return response;
	}

	/** What an answer means that came in a file, or in the answer to another request; undefined for a success. */
	judge(response: HttpResponse, request: ClassifiedRequest): ServiceError | undefined {
		const resolution = classifyResponse(response, request, this.rules);
		return resolution && this.toError(resolution);
	}

	/** What a job of the service has come to; see `until`. */
	async until<T>(ask: () => Promise<T>, isDone: (answer: T) => boolean, patience?: Patience): Promise<T> {
		return await until(this.attempts, ask, isDone, patience);
	}

	/** Takes the credential's secrets out of an error's words, in case a service repeats them. */
	redact(error: ServiceError): ServiceError {
		const { message, remedy, said, code, requestId, field } = error.facts;
		const words = { message, remedy, said, code, requestId, field };
		const clean = Object.entries(words).flatMap(([key, text]) => {
			if (text === undefined) return [];
			const redacted = redact(redact(text, this.credential), this.tokens.current);
			return redacted === text ? [] : [[key, redacted] as const];
		});
		return clean.length === 0 ? error : error.with(Object.fromEntries(clean));
	}

	private async attempt(
		classified: ClassifiedRequest,
		limits: RequestLimits,
		send: () => Promise<HttpResponse>,
		tookMs: () => number,
	): Promise<Attempted<HttpResponse> & { refused?: RateLimiter }> {
		let response: HttpResponse;
		try {
			response = await send();
		} catch (error) {
			return { error: this.redact(networkError(error, this.definition.name)) };
		}
		const resolution = classifyResponse(response, classified, this.rules);
		if (resolution === undefined) {
			const ms = tookMs();
			for (const limiter of limits.all) limiter.succeeded(ms);
			this.clock.learn(response.headers, Date.now() - ms);
			return { value: response };
		}
		const retryAfter = retryAfterMs(response.headers);
		return {
			error: this.toError(resolution),
			action: resolution.action,
			refused: limits.refusedBy(response),
			...(retryAfter === undefined ? {} : { retryAfterMs: retryAfter }),
		};
	}

	private countUploads(body: unknown, limits: RequestLimits): void {
		const { uploadAddress } = this.definition;
		const url = uploadAddress !== undefined && isData(body) ? body[uploadAddress] : undefined;
		if (typeof url === 'string') this.files.count(url, limits);
	}

	/** Whether a success shows nothing of what was done, and may be a proxy's. */
	private isToConfirm(answer: HttpResponse, { answer: shape }: ClassifiedRequest): boolean {
		return shape === 'nothing' && isHollow(answer.body) && this.definition.isOwnYes?.(answer) !== true;
	}

	/** A success that shows nothing of what was done: the service is asked. */
	private async confirm(
		attempted: { value: HttpResponse },
		classified: ClassifiedRequest,
		reconcile: (() => Promise<unknown>) | undefined,
	): Promise<Attempted<HttpResponse>> {
		try {
			const found = await reconcile?.();
			if (found instanceof ServiceError) return { error: found, action: 'fail' };
			if (found !== undefined) return attempted;
		} catch {
			// What cannot be looked up may or may not have been done, as below.
		}
		return { error: this.toError(unconfirmed(this.definition.name, classified)), action: 'retry' };
	}

	/** The page at an address that came in an answer. The sign-in goes with it, so it must be the service's own. */
	private pageAt(link: string, from: { path: string }): { path: string; query: IDataObject } {
		const base = new URL(this.definition.baseUrl(this.credential));
		const url = URL.canParse(link, base.href) ? new URL(link, base) : undefined;
		const root = base.pathname.replace(/\/$/, '');
		if (url === undefined || url.origin !== base.origin || !url.pathname.startsWith(`${root}/`))
			throw brokeOff('the next page is at another address').with({
				service: this.definition.name,
				canRetry: false,
				remedy:
					'Check the base URL in the credential: the sign-in is sent only to the address that stands there.',
			});
		const next = `${url.pathname.slice(root.length)}${url.search}`;
		if (next === from.path) throw brokeOff('the same page came twice');
		return { path: next, query: {} };
	}

	private toError({ action: _action, ...facts }: ErrorResolution): ServiceError {
		return this.redact(new ServiceError(facts));
	}
}

/** What a reconcile found, as if it had come back at once. */
function asResponse(found: unknown): HttpResponse | ServiceError | undefined {
	if (found === undefined || found instanceof ServiceError) return found;
	return { status: 200, headers: {}, body: found };
}
