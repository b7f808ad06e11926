import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IHttpRequestMethods,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
} from 'n8n-workflow';
import type { Readable } from 'node:stream';
import { ServiceError } from '../errors';
import { parseBody, readBody } from './body';
import type { HttpResponse } from './response';
import type { ServiceContext } from './definition';

/** A request as it goes out; the same for each attempt. */
export interface OutgoingRequest {
	method: IHttpRequestMethods;
	url: string;
	headers: IDataObject;
	query?: IDataObject;
	body?: Buffer | Readable;
	/** Milliseconds for the whole answer. */
	timeoutMs: number;
	/** Bytes of the answer, unpacked, at most. */
	maxBytes: number;
	as?: 'bytes';
}

/** Signed with a credential, or not at all: nothing of a sign-in goes to another address. */
export type Signature = { credential: string; data: ICredentialDataDecryptedObject } | 'unsigned';

/**
 * One request through n8n's own helper, so that proxies, outbound rules and TLS settings apply, with bounds that the
 * helper does not have: the answer is read here, piece by piece, and given up when it is too long or takes too long.
 */
export class Transport {
	constructor(
		private readonly context: ServiceContext,
		private readonly service: string,
	) {}

	/** @throws {ServiceError} too long; otherwise what n8n's helper throws when no answer came. */
	async send(request: OutgoingRequest, signature: Signature): Promise<HttpResponse> {
		return await this.within(request.timeoutMs, async (signal) => {
			const { statusCode, headers, body } = await this.open(request, signature, signal);
			const bytes = await readBody(body, request.maxBytes, this.service);
			return { status: statusCode, headers, body: request.as === 'bytes' ? bytes : parseBody(bytes) };
		});
	}

	/** The same, with the answer as a stream that the caller reads; it has to be read or destroyed. */
	async open(
		request: OutgoingRequest,
		signature: Signature,
		abortSignal?: AbortSignal,
	): Promise<IN8nHttpFullResponse & { body: Readable }> {
		const options: IHttpRequestOptions = {
			method: request.method,
			url: request.url,
			headers: { ...request.headers },
			...(request.query === undefined ? {} : { qs: request.query }),
			...(request.body === undefined ? {} : { body: request.body as Buffer }),
			encoding: 'stream',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			sendCredentialsOnCrossOriginRedirect: false,
			timeout: request.timeoutMs,
			...(abortSignal === undefined ? {} : { abortSignal }),
		};
		const { helpers } = this.context;
		const response: unknown =
			signature === 'unsigned'
				? await helpers.httpRequest(options)
				: await helpers.httpRequestWithAuthentication.call(this.context, signature.credential, options, {
						credentialsDecrypted: { id: '', name: '', type: signature.credential, data: signature.data },
					});
		return response as IN8nHttpFullResponse & { body: Readable };
	}

	/** Ends what takes longer than `ms`, also when it trickles in byte by byte. */
	private async within<T>(ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
		const patience = new AbortController();
		let isLate = false;
		const timer = setTimeout(() => {
			isLate = true;
			patience.abort();
		}, ms);
		try {
			return await work(patience.signal);
		} catch (error) {
			if (isLate && !(error instanceof ServiceError)) throw tooSlow();
			throw error;
		} finally {
			clearTimeout(timer);
		}
	}
}

const tooSlow = () => Object.assign(new Error('The answer took too long'), { code: 'ETIMEDOUT' });
