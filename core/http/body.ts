import type { Readable } from 'node:stream';
import { ServiceError } from '../errors';
import { megabytes } from '../text';
import { isTooDeep, MOST_LEVELS, parseJson } from './json';

/**
 * The whole of an answer. What n8n hands over is unpacked already, so a small packed answer that unfolds to a huge one
 * is bounded too.
 * @throws {ServiceError} when it is longer than `maxBytes`; whatever broke the connection otherwise
 */
export async function readBody(stream: Readable, maxBytes: number, service: string): Promise<Buffer> {
	const parts: Buffer[] = [];
	let length = 0;
	for await (const part of stream as AsyncIterable<Buffer>) {
		length += part.length;
		if (length > maxBytes) {
			stream.destroy();
			throw tooLong(service, maxBytes);
		}
		parts.push(part);
	}
	return parts.length === 1 ? parts[0]! : Buffer.concat(parts, length);
}

/** An answer that was given up. Whoever asked for several things at once may ask for fewer. */
export class AnswerTooLong extends ServiceError {}

export function tooLong(service: string, maxBytes: number): AnswerTooLong {
	return new AnswerTooLong({
		service,
		message: `${service} sent an answer longer than ${megabytes(maxBytes)}`,
		remedy:
			'Ask for less at once. If so much cannot be, check the base URL in the credential: something else may be answering.',
		outcome: 'unknown',
	});
}

/** As the system itself would say it. */
export const tooSlow = () => Object.assign(new Error('The answer took too long'), { code: 'ETIMEDOUT' });

/**
 * Parsed JSON, or the text when it is none; '' when there is nothing.
 * @throws {ServiceError} when it is nested too deeply to be handled
 */
export function parseBody(bytes: Buffer, service: string): unknown {
	const text = bytes.toString('utf8').replace(/^\ufeff/, '');
	if (isTooDeep(text))
		throw new ServiceError({
			service,
			message: `${service} sent an answer with more than ${MOST_LEVELS.toLocaleString('en')} lists and objects within each other`,
			remedy:
				'Check the base URL in the credential: something else may be answering. For a write, look at the service whether it was done.',
			outcome: 'unknown',
		});
	try {
		return text.trim() === '' ? '' : parseJson(text);
	} catch {
		return text;
	}
}
