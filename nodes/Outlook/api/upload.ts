import type { IDataObject } from 'n8n-workflow';
import type { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
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
 * has it already, it says which it wants next.
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
			last = await sendPiece(uploadUrl, piece, from, bytes, client);
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

async function sendPiece(
	url: string,
	piece: Buffer,
	from: number,
	total: number,
	client: Client,
): Promise<HttpResponse> {
	const to = from + piece.length - 1;
	for (let faults = 1; ; faults++) {
		const answer = await client.files
			.upload(url, piece, {
				'Content-Range': `bytes ${from}-${to}/${total}`,
				'Content-Length': piece.length,
				'Content-Type': 'application/octet-stream',
			})
			.catch((error: unknown) => error as ServiceError);
		if (!(answer instanceof Error) && (isTaken(answer, to, total) || (faults > 1 && isWantedNoMore(answer))))
			return answer;
		const again = answer instanceof ServiceError ? answer.facts.canRetry : canHelp(answer as HttpResponse);
		if (!again || faults === MAX_FAULTS)
			throw answer instanceof Error
				? answer
				: broken('', `Outlook answered a piece with HTTP ${answer.status}`);
		await wait(500 * 2 ** (faults - 1));
	}
}

/** Whether Outlook has the piece: now, or from a try whose answer got lost. */
function isTaken({ status, body }: HttpResponse, to: number, total: number): boolean {
	if (status === 201) return to === total - 1;
	if (status !== 200 || !isData(body)) return false;
	const ranges = body.nextExpectedRanges ?? body.NextExpectedRanges;
	const next = Number.parseInt(String(Array.isArray(ranges) ? ranges[0] : ''), 10);
	return next > to;
}

/** After a try whose answer got lost: that one was taken. Was it not, the next piece is refused, or the file is not there. */
const isWantedNoMore = ({ status }: HttpResponse): boolean => status === 416 || status === 404;

const canHelp = ({ status }: HttpResponse): boolean => status === 429 || status >= 500 || status === 200;

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
