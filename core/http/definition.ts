import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IExecuteFunctions,
	IHookFunctions,
	ILoadOptionsFunctions,
	IPollFunctions,
	ITriggerFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import type { ErrorFacts, ServiceError } from '../errors';
import type { AnswerRules, ErrorMapper } from './classify';
import type { RateLimits } from './limiter';
import type { PartsInOne } from './parts';
import type { HttpResponse, RequestLine } from './response';

/**
 * How a sign-in that runs out is kept alive.
 * `token`: the credential fetches its token itself (`preAuthentication`) and keeps it in a hidden field; `renewAt` is the
 * field with the time (epoch milliseconds) from which it counts as run out.
 * `oauth2`: the credential extends n8n's `oAuth2Api`, and n8n keeps the token.
 */
export type SignIn =
	| { by: 'token'; field: string; renewAt: string }
	| {
			by: 'oauth2';
			/** What the words of a refused renewal mean, where the service has codes for that. */
			explain?(words: string): Partial<ErrorFacts> | undefined;
	  };

/** A part of an account that the service counts by itself (a mailbox, a domain, a kind of call). */
export interface LimitScope {
	/** Distinguishes it among those who share the limits. Never a secret. */
	name: string;
	limits: RateLimits;
	/** Whether a refusal (429) is about this part. Where none says so, it is about the last one of a request. */
	refuses?(answer: HttpResponse): boolean;
}

/** A run, as far as what makes its requests ready has to know it. */
export interface Asker {
	readonly account: string;
	readonly credential: ICredentialDataDecryptedObject;
	get(path: string, query?: IDataObject): Promise<IDataObject>;
}

/** A service: everything the shared transport has to know about it. */
export interface ServiceDefinition extends Pick<AnswerRules, 'refusedBy2xx'> {
	/** As people know it; it stands in every message. */
	name: string;
	/** The credential type that signs its requests. */
	credential: string;
	/** Without a slash at the end. */
	baseUrl(credential: ICredentialDataDecryptedObject): string;
	limits(credential: ICredentialDataDecryptedObject): RateLimits;
	/**
	 * What a request uses up besides the account's limit, always in the same order: the last one is waited for first, and holds
	 * nothing of those before it meanwhile. A 429 closes one of them alone.
	 *
	 * @param account as `account` has named it
	 */
	scopes?(request: RequestLine, credential: ICredentialDataDecryptedObject, account: string): LimitScope[];
	/** Learns what must be known before a request is counted, and joined with others: what its names stand for, say. */
	learn?(path: string, run: Asker): Promise<void>;
	/** Names who shares the limits, where several accounts do. Never a secret. Default: the account. */
	limitedAs?(credential: ICredentialDataDecryptedObject): string;
	/** The field of an answer with an address to which a file is uploaded: what goes there counts as the request did that was answered. */
	uploadAddress?: string;
	/**
	 * Names the account whose limit is used: the same for everyone who shares it. Never a secret, and no token that
	 * changes: where nothing else names it, the credential's id does.
	 */
	account(credential: ICredentialDataDecryptedObject, credentialId: string): string;
	/** The credential says what an answer can mean; nothing of it may go into the words. */
	mapError?(...answer: [...Parameters<ErrorMapper>, ICredentialDataDecryptedObject]): ReturnType<ErrorMapper>;
	/**
	 * Whether a success that holds nothing is certainly the service's own: nobody has to look whether it was done then, as after a
	 * proxy's.
	 */
	isOwnYes?(answer: HttpResponse): boolean;
	/** Whether the service says in another way than by a 404 or 410 that something is not there. */
	isGone?(error: ServiceError): boolean;
	/** For credentials whose token runs out. */
	signIn?: SignIn;
	/** How long a run will take is told before it starts; `isToFit` refuses one that is more than the day still holds. */
	forecast?(credential: ICredentialDataDecryptedObject): { isToFit: boolean };
	headers?: IDataObject;
	/** For services that take several requests in one. */
	parts?: PartsInOne;
	/** Milliseconds to wait for one answer, from the first byte sent to the last received. */
	timeoutMs?: number;
	/** Bytes of one answer, unpacked, at most. */
	maxAnswerBytes?: number;
}

export type ServiceContext =
	| IExecuteFunctions
	| ILoadOptionsFunctions
	| IHookFunctions
	| IWebhookFunctions
	| IPollFunctions
	| ITriggerFunctions;
