import type { IDataObject } from 'n8n-workflow';
import type { Readable } from 'node:stream';
import { stopped, type Attempts } from '../connection/attempts';
import { doubling } from '../connection/retryPolicy';
import { ServiceError } from '../errors';
import { bounded } from './bounded';
import { withLimiters } from './limiter';
import { LONGEST_ASKED_MS } from './limiter/rateLimiter';
import { networkError } from './networkError';
import { longest, TIMEOUT_MS } from './outgoing';
import type { RequestLimits } from './requestLimits';
import { retryAfterMs, type HttpResponse } from './response';
import type { OutgoingRequest, Transport } from './transport';

const FILE_TIMEOUT_MS = 10 * TIMEOUT_MS;
/** Addresses of uploads that are remembered, of a run: more than go on side by side. */
const MOST_ADDRESSES = 4_000;

/**
 * Files at addresses that a service has named in an answer. Such an address is its own permission, and often another
 * company's: nothing of the sign-in goes there.
 */
export class Files {
	private readonly counted = new Map<string, RequestLimits>();

	constructor(
		private readonly attempts: Attempts,
		private readonly transport: Transport,
	) {}

	/**
	 * The file as a stream that has to be read or destroyed.
	 *
	 * @throws {ServiceError} here, and out of the stream, with what to do
	 */
	async download(
		url: string,
		{ maxBytes = longest.answer, timeoutMs = FILE_TIMEOUT_MS } = {},
	): Promise<Readable> {
		const { service, signal } = this.attempts;
		const request = this.request('GET', url, { maxBytes, timeoutMs });
		const answer = await this.ending(true, async () => await this.transport.stream(request, signal));
		if (answer.status === 200) return bounded(answer, service, { maxBytes, timeoutMs, signal });
		answer.close();
		throw new ServiceError({
			service,
			message: `${service} did not hand over the file it had announced`,
			remedy: 'Run it again: such addresses are good for a short time only.',
			status: answer.status,
			canRetry: true,
		});
	}

	/** What is uploaded to this address uses up these limits. */
	count(url: string, limits: RequestLimits): void {
		this.counted.set(url, limits);
		const [oldest] = this.counted.keys();
		if (this.counted.size > MOST_ADDRESSES && oldest !== undefined) this.counted.delete(oldest);
	}

	/** A piece of a file. The answer is not judged: what a status means is up to the kind of upload. */
	async upload(
		url: string,
		body: Buffer | Readable,
		headers: IDataObject,
		{ method = 'PUT' as 'PUT' | 'POST', timeoutMs = FILE_TIMEOUT_MS } = {},
	): Promise<HttpResponse> {
		const bounds = { maxBytes: longest.answer, timeoutMs };
		const send = async () => {
			const request = { ...this.request(method, url, bounds), headers, body };
			return await this.ending(
				false,
				async () => await this.transport.send(request, 'unsigned', this.attempts.signal),
			);
		};
		return await this.inTurn(url, Buffer.isBuffer(body) ? body.length : 0, send);
	}

	/** @throws {ServiceError} what `send` throws; as soon as the execution is stopped */
	private async inTurn(url: string, bytes: number, send: () => Promise<HttpResponse>): Promise<HttpResponse> {
		const limits = this.counted.get(url);
		if (limits === undefined) return await send();
		const { service, signal, turn } = this.attempts;
		try {
			return await withLimiters(limits.all, send, { ...turn, bytes });
		} catch (error) {
			throw signal?.aborted && !(error instanceof ServiceError) ? stopped(service, true) : error;
		}
	}

	/** How far an upload has come, say. The answer is not judged either. */
	async look(url: string, { timeoutMs = TIMEOUT_MS } = {}): Promise<HttpResponse> {
		const request = this.request('GET', url, { maxBytes: longest.answer, timeoutMs });
		return await this.ending(
			true,
			async () => await this.transport.send(request, 'unsigned', this.attempts.signal),
		);
	}

	/**
	 * The wait before a piece is sent again: as long as the answer asks for, up to what any request waits, or else longer
	 * with each fault in a row.
	 *
	 * @param answer undefined when none came.
	 * @throws {ServiceError} as soon as the execution is stopped
	 */
	async pauseAfter(answer: HttpResponse | undefined, faults: number): Promise<void> {
		const asked = answer === undefined ? undefined : retryAfterMs(answer.headers);
		this.attempts.stats.retries++;
		await this.attempts.pause(asked ? Math.min(LONGEST_ASKED_MS, asked) : doubling(faults));
	}

	private request(
		method: 'GET' | 'PUT' | 'POST',
		url: string,
		bounds: Pick<OutgoingRequest, 'maxBytes' | 'timeoutMs'>,
	): OutgoingRequest {
		this.attempts.stats.requests++;
		return { method, url, headers: {}, ...bounds };
	}

	/** What ends with the execution. */
	private async ending<T>(isHarmless: boolean, work: () => Promise<T>): Promise<T> {
		const { service, signal } = this.attempts;
		if (signal?.aborted) throw stopped(service, true);
		try {
			return await work();
		} catch (error) {
			throw signal?.aborted ? stopped(service, isHarmless) : networkError(error, service);
		}
	}
}
