import type { IDataObject, IHttpRequestMethods } from 'n8n-workflow';
import type { Repeatable } from '../connection/attempts';
import type { AnswerShape } from './classify';
import type { FormPart } from './formData';

interface Common<T> extends Pick<Repeatable<T>, 'manualCheck'> {
	/** Starts with a slash; made with the `path` tag. */
	path: string;
	query?: IDataObject;
	headers?: Record<string, string>;
	/** For the service's `scope`, where it counts some requests of a path apart from its others. */
	countedAs?: string;
	/** Called each time the request goes out. What it throws keeps it from going out. */
	onAttempt?(): void;
	/** Raw bytes of a success instead of parsed JSON. */
	as?: 'bytes';
	/** `LEFT_OUT` comes for each text of JSON that is longer than 1 MB: for an answer that is too long otherwise. */
	withoutLongTexts?: true;
	/** A redirect is an answer of its own, with its address in the headers. It is never followed. */
	redirect?: 'tell';
	/** Milliseconds to wait for the answer, when this kind takes longer than others. */
	timeoutMs?: number;
}

export interface ReadRequest<T = unknown> extends Common<T> {
	method?: 'GET' | 'HEAD';
	answer?: AnswerShape;
}

export interface WriteRequest<T = unknown> extends Common<T>, Pick<Repeatable<T>, 'reconcile'> {
	method: Exclude<IHttpRequestMethods, 'GET' | 'HEAD'>;
	/** What is sent as JSON. */
	body?: unknown;
	/** JSON that is ready to send, instead of `body`. */
	json?: Buffer;
	/** A file as it is, instead of `body`. */
	bytes?: Buffer;
	/** A web form's fields, instead of `body`. */
	form?: Record<string, string>;
	/** A form with files, instead of `body`. */
	multipart?: FormPart[];
	/**
	 * Whether a second sending does no harm (replacing, deleting: the default for PUT and DELETE). What is not idempotent
	 * (the default for the others) could be done twice, so it is not repeated once it may have arrived.
	 */
	idempotent?: boolean;
	/** What the answer to a write holds that was done. A proxy's empty 200 must not pass for "done"; see `nothing`. */
	answer: AnswerShape;
}

export type RequestSpec<T = unknown> = ReadRequest<T> | WriteRequest<T>;

export const isWrite = <T>(spec: RequestSpec<T>): spec is WriteRequest<T> =>
	spec.method !== undefined && spec.method !== 'GET' && spec.method !== 'HEAD';

export function isIdempotent<T>(spec: RequestSpec<T>): boolean {
	if (!isWrite(spec)) return true;
	return spec.idempotent ?? (spec.method === 'PUT' || spec.method === 'DELETE');
}
