import { toServiceError } from '../errors';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { encodeFormData } from './formData';
import { isWrite, type RequestSpec, type WriteRequest } from './request';
import type { ServiceDefinition } from './definition';
import type { OutgoingRequest } from './transport';

export const TIMEOUT_MS = 120_000;
/** Bytes of an answer, and of a text in it where long ones are left out, at most. Tests have less. */
export const longest = { answer: 64 * 1024 * 1024, text: 1024 * 1024 };

/** A request as each of its attempts sends it. */
export async function outgoing<T>(
	spec: RequestSpec<T>,
	definition: ServiceDefinition,
	credential: ICredentialDataDecryptedObject,
): Promise<OutgoingRequest> {
	const content = isWrite(spec) ? await contentOf(spec) : undefined;
	return {
		method: spec.method ?? 'GET',
		url: `${definition.baseUrl(credential)}${spec.path}`,
		headers: {
			Accept: 'application/json',
			...definition.headers,
			...(content === undefined ? {} : { 'Content-Type': content.contentType }),
			...spec.headers,
		},
		...(spec.query === undefined ? {} : { query: spec.query }),
		...(content === undefined ? {} : { body: content.body }),
		...(spec.as === undefined ? {} : { as: spec.as }),
		timeoutMs: spec.timeoutMs ?? definition.timeoutMs ?? TIMEOUT_MS,
		maxBytes: definition.maxAnswerBytes ?? longest.answer,
		...(spec.withoutLongTexts === true ? { mostOfText: longest.text } : {}),
	};
}

async function contentOf<T>({
	json,
	bytes: file,
	form,
	multipart,
	body,
}: WriteRequest<T>): Promise<{ contentType: string; body: Buffer } | undefined> {
	if (multipart !== undefined) return await encodeFormData(multipart);
	if (file !== undefined) return { contentType: 'application/octet-stream', body: file };
	if (form !== undefined)
		return {
			// With a charset: of the bare type, n8n's helper would take the bytes for pairs and give up.
			contentType: 'application/x-www-form-urlencoded;charset=utf-8',
			body: Buffer.from(new URLSearchParams(form).toString()),
		};
	const bytes = json ?? (body === undefined ? undefined : Buffer.from(asJson(body)));
	return bytes === undefined ? undefined : { contentType: 'application/json', body: bytes };
}

/** What cannot be written as JSON has not left: an object that is part of itself, or with too many within each other. */
function asJson(body: unknown): string {
	try {
		return JSON.stringify(body);
	} catch (error) {
		throw toServiceError(error, 'notSent');
	}
}
