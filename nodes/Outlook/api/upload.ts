import type { IDataObject } from 'n8n-workflow';
import type { Readable } from 'node:stream';
import { ServiceError } from '../../../core/errors';
import type { Client } from '../../../core/http/client';
import { isData, type HttpResponse } from '../../../core/http/response';
import type { OutgoingFile } from '../message/files';

/** A range may have 4 MB at most; this is the largest that is a multiple of 320 KB too. */
const RANGE = 12 * 320 * 1024;
const MAX_FAULTS = 5;

/** More than this goes by a session of its own, piece by piece. */
export const IN_ONE_REQUEST = 3 * 1024 * 1024;

interface Session {
	uploadUrl: string;
}

/**
 * Sends a large file piece by piece; only one piece is in memory
 * (https://learn.microsoft.com/graph/outlook-large-attachments). A piece whose answer got lost is sent again; when Outlook
 * has it already, or a part of it, it is asked what it wants next, and the upload goes on there.
 *
 * @param owner the path of the message or event.
 * @param twin looks the file up, when the answer to its last piece got lost. @returns the attachment
 */
export async function uploadFile(
	owner: string,
	file: OutgoingFile,
	twin: () => Promise<IDataObject | undefined>,
	client: Client,
): Promise<IDataObject> {
	const { name, mimeType, bytes, contentId } = file;
	const { uploadUrl } = await client.send<Session & IDataObject>({
		method: 'POST',
		path: `${owner}/attachments/createUploadSession`,
		body: {
			attachmentItem: {
				attachmentType: 'file',
				name,
				size: bytes,
				contentType: mimeType,
				...(contentId === undefined ? {} : { isInline: true, contentId }),
			},
		},
		answer: ['uploadUrl'],
		// A session that is not used ends by itself.
		idempotent: true,
	});
	const stream = await file.open();
	try {
		let from = 0;
		let last: HttpResponse | undefined;
		for await (const piece of pieces(stream)) {
			last = await sendPiece(uploadUrl, { piece, from, total: bytes }, name, client);
			from += piece.length;
		}
		const id = from !== bytes || last === undefined ? undefined : (idIn(last) ?? (await twin())?.id);
		if (id === undefined) throw broken(name, 'its pieces do not make the whole');
		return { id, name, size: bytes, contentType: mimeType };
	} finally {
		stream.destroy();
	}
}

/** A stream in ranges of one length, the last one shorter. */
async function* pieces(stream: Readable): AsyncGenerator<Buffer> {
	let kept: Buffer[] = [];
	let length = 0;
	for await (const part of stream as AsyncIterable<Buffer>) {
		kept.push(part);
		length += part.length;
		while (length >= RANGE) {
			const whole = kept.length === 1 ? kept[0]! : Buffer.concat(kept);
			yield whole.subarray(0, RANGE);
			kept = [whole.subarray(RANGE)];
			length -= RANGE;
		}
	}
	if (length > 0) yield Buffer.concat(kept);
}

interface Range {
	piece: Buffer;
	/** Where in the file it begins. */
	from: number;
	total: number;
}

/** @returns the answer with which Outlook had the whole piece */
async function sendPiece(
	url: string,
	{ piece, from, total }: Range,
	name: string,
	client: Client,
): Promise<HttpResponse> {
	const to = from + piece.length - 1;
	let at = from;
	for (let faults = 1; ; faults++) {
		const rest = piece.subarray(at - from);
		const answer = await client.files
			.upload(url, rest, {
				'Content-Range': `bytes ${at}-${to}/${total}`,
				'Content-Length': rest.length,
				'Content-Type': 'application/octet-stream',
			})
			.catch((error: unknown) => error as ServiceError);
		const next =
			answer instanceof Error ? undefined : await wantedNext(answer, { url, to, total, faults }, client);
		if (next !== undefined && next > to) return answer as HttpResponse;
		if (next !== undefined && next < at) throw broken(name, 'Outlook has lost a part that it had taken');
		if (next !== undefined && next > at) {
			at = next;
			faults = 0;
			continue;
		}
		const again = answer instanceof ServiceError ? answer.facts.canRetry : canHelp(answer as HttpResponse);
		if (!again || faults === MAX_FAULTS)
			throw answer instanceof Error
				? answer
				: broken(name, `Outlook answered a piece with HTTP ${answer.status}`);
		await client.files.pauseAfter(answer instanceof Error ? undefined : answer, faults);
	}
}

interface Sent {
	url: string;
	to: number;
	total: number;
	/** Which try of this piece it was. */
	faults: number;
}

/**
 * The byte that Outlook wants next; beyond the piece when it has all of it, undefined when it does not tell. A range that
 * it does not want shows nothing by itself: Outlook is asked what it has. With the last piece a session ends; whether it
 * made a file is seen from the file.
 */
async function wantedNext(
	answer: HttpResponse,
	{ url, to, total, faults }: Sent,
	client: Client,
): Promise<number | undefined> {
	const isLast = to === total - 1;
	const ended = isLast ? total : undefined;
	if (answer.status === 201) return ended;
	if (answer.status === 404 && faults > 1) return ended;
	if (answer.status !== 416) return nextIn(answer);
	const session = await client.files.look(url).catch((error: unknown) => error as ServiceError);
	if (session instanceof Error) {
		if (session instanceof ServiceError && session.facts.canRetry) return undefined;
		throw session;
	}
	return session.status === 404 ? ended : nextIn(session);
}

/** `nextExpectedRanges: ['1024-']` (https://learn.microsoft.com/graph/api/resources/uploadsession) */
function nextIn({ status, body }: HttpResponse): number | undefined {
	if (status !== 200 || !isData(body)) return undefined;
	const ranges = body.nextExpectedRanges ?? body.NextExpectedRanges;
	const next = Number.parseInt(String(Array.isArray(ranges) ? ranges[0] : ''), 10);
	return Number.isNaN(next) ? undefined : next;
}

const canHelp = ({ status }: HttpResponse): boolean =>
	status === 429 || status >= 500 || status === 200 || status === 416;

/** `…/Attachments('AAMk…')` */
const idIn = ({ status, headers }: HttpResponse): string | undefined =>
	status === 201 ? (/Attachments\('([^']+)'\)/i.exec(String(headers.location ?? ''))?.[1] ?? '') : undefined;

const broken = (name: string, why: string): ServiceError =>
	new ServiceError({
		service: 'Outlook',
		message: `The file${name === '' ? '' : ` “${name}”`} could not be uploaded: ${why}`,
		remedy: 'Run the item again: nothing was sent.',
		field: 'Attachments',
		outcome: 'refused',
		canRetry: true,
	});
