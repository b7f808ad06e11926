import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IHttpRequestMethods,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
} from 'n8n-workflow';
import { Readable } from 'node:stream';
import { parseBody, readBody } from './body';
import type { HttpResponse } from './response';
import type { ServiceContext } from './definition';
import { withEnding } from './ending';
import { inTime } from './inTime';
import { withoutLongTexts } from './longTexts';

/** A request as it goes out; the same for each attempt. */
export interface OutgoingRequest {
	method: IHttpRequestMethods;
	url: string;
	headers: IDataObject;
	query?: IDataObject;
	body?: Buffer | Readable;
	/** Milliseconds for the whole answer. */
	timeoutMs: number;
	/** Bytes of the answer, unpacked, at most; without the texts that are left out. */
	maxBytes: number;
	/** Longer texts of JSON are left out. */
	mostOfText?: number;
	as?: 'bytes';
}

export interface StreamedResponse {
	status: number;
	body: Readable;
	/** Ends the connection, whether all was read or not. */
	close(): void;
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

	/**
	 * @param cancel ends the request itself; without it, a request that is under way is not called back.
	 * @throws {ServiceError} too long; otherwise what n8n's helper throws when no answer came.
	 */
	async send(request: OutgoingRequest, signature: Signature, cancel?: AbortSignal): Promise<HttpResponse> {
		return await inTime(request.timeoutMs, async (end) => {
			const { statusCode, headers, body } = await this.open(request, signature, either(end, cancel));
			const bytes = await readBody(contentOf(body, request), request.maxBytes, this.service);
			return {
				status: statusCode,
				headers,
				// A refusal is words, whatever was asked for.
				body: request.as === 'bytes' && statusCode < 300 ? bytes : parseBody(bytes, this.service),
			};
		});
	}

	/** The same, with the answer as a stream that the caller reads. `close` has to be called in the end. */
	async stream(request: OutgoingRequest, cancel?: AbortSignal): Promise<StreamedResponse> {
		const end = new AbortController();
		const { statusCode, body } = await this.open(request, 'unsigned', either(end.signal, cancel));
		return {
			status: statusCode,
			body,
			close() {
				body.destroy();
				end.abort();
			},
		};
	}

	private async open(
		request: OutgoingRequest,
		signature: Signature,
		abortSignal: AbortSignal,
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
			abortSignal,
		};
		const { helpers } = this.context;
		const response: unknown = await withEnding(
			async () =>
				signature === 'unsigned'
					? ((await helpers.httpRequest(options)) as unknown)
					: ((await helpers.httpRequestWithAuthentication.call(this.context, signature.credential, options, {
							credentialsDecrypted: {
								id: '',
								name: '',
								type: signature.credential,
								data: signature.data,
							},
						})) as unknown),
			abortSignal,
		);
		return response as IN8nHttpFullResponse & { body: Readable };
	}
}

const contentOf = (body: Readable, { mostOfText }: OutgoingRequest): Readable =>
	mostOfText === undefined ? body : Readable.from(withoutLongTexts(body, mostOfText));

const either = (end: AbortSignal, cancel: AbortSignal | undefined): AbortSignal =>
	cancel === undefined ? end : AbortSignal.any([end, cancel]);
