import type { IDataObject } from 'n8n-workflow';
import type { Readable } from 'node:stream';
import type { Client } from '../../../core/http/client';
import type { HttpResponse } from '../../../core/http/response';
import type { OutgoingFile } from '../message/files';
import { brokenUpload } from './brokenUpload';
import { StreamedFile } from './streamedFile';
import { UploadWire, type Outcome } from './uploadWire';

/** A range may have 4 MB at most; this is the largest that is a multiple of 320 KB too. */
const RANGE = 12 * 320 * 1024;
const MAX_FAULTS = 5;

/** More than this goes by a session of its own, piece by piece. */
export const IN_ONE_REQUEST = 3 * 1024 * 1024;

interface Session {
	uploadUrl: string;
}

/**
 * Sends a large file piece by piece, by Microsoft's own client; only one piece is in memory
 * (https://learn.microsoft.com/graph/outlook-large-attachments). After a piece whose answer got lost, Outlook is asked what it
 * wants next, and the upload goes on there.
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
		const id = (await sendPieces(uploadUrl, file, stream, client)) ?? (await twin())?.id;
		if (id === undefined) throw brokenUpload(name, 'its pieces do not make the whole');
		return { id, name, size: bytes, contentType: mimeType };
	} finally {
		stream.destroy();
	}
}

/** @returns the attachment's ID; undefined when all was taken, and the answer that tells it got lost */
async function sendPieces(
	url: string,
	{ name, bytes }: OutgoingFile,
	stream: Readable,
	client: Client,
): Promise<string | undefined> {
	// Who sends no large file does not load it.
	const { Client: GraphClient, LargeFileUploadTask } = await import('@microsoft/microsoft-graph-client');
	const wire = new UploadWire(client.files, url);
	const faults = new Faults(client, name);
	const file = new StreamedFile(
		name,
		bytes,
		stream,
		RANGE,
		async (from) => await faults.begin(from, wire.last),
	);
	const task = new LargeFileUploadTask(
		GraphClient.initWithMiddleware({ middleware: wire }),
		file,
		{ url, expiry: new Date() },
		{ rangeSize: RANGE },
	);
	let work: Promise<unknown> = task.upload();
	while (!(await isEnded(work, faults, wire, file))) work = task.resume();
	return file.end === bytes ? idIn(wire.last) : undefined;
}

async function isEnded(
	work: Promise<unknown>,
	faults: Faults,
	wire: UploadWire,
	file: StreamedFile,
): Promise<boolean> {
	try {
		await work;
		return true;
	} catch (error) {
		// The client wraps what it is told by others; what went wrong is known from them.
		if (file.fault !== undefined) throw file.fault;
		if (wire.last === undefined) throw error;
		return await faults.judge(wire.last, file.end === file.size);
	}
}

/** How often Outlook did not take a piece; a piece that begins further on begins anew. */
class Faults {
	private from = -1;
	private count = 0;
	/** Whether the next piece follows upon a question how far the upload has come. */
	private isResumed = false;

	constructor(
		private readonly client: Client,
		private readonly name: string,
	) {}

	/** @throws {ServiceError} when Outlook asks for the same piece time and again */
	async begin(from: number, last: Outcome | undefined): Promise<void> {
		if (from > this.from) this.count = 0;
		else if (!this.isResumed) await this.wait(last);
		this.from = from;
		this.isResumed = false;
	}

	/**
	 * After a request that failed: waits, so that the upload can be resumed.
	 *
	 * @param isSent whether the last piece was
	 * @returns true when there is nothing left to resume: with the last piece a session ends
	 * @throws {ServiceError} when it is no use
	 */
	async judge(last: Outcome, isSent: boolean): Promise<boolean> {
		if (last.isLook && isSent && isGone(last.came)) return true;
		await this.wait(last);
		this.isResumed = true;
		return false;
	}

	private async wait(last: Outcome | undefined): Promise<void> {
		const came = last?.came;
		this.count++;
		const isHopeless = came instanceof Error ? !came.facts.canRetry : came !== undefined && !canHelp(came);
		if (isHopeless || this.count === MAX_FAULTS)
			throw came instanceof Error
				? came
				: brokenUpload(this.name, `Outlook answered a piece with HTTP ${came?.status}`);
		await this.client.files.pauseAfter(came instanceof Error ? undefined : came, this.count);
	}
}

const isGone = (came: Outcome['came']): boolean => !(came instanceof Error) && came.status === 404;

const canHelp = ({ status }: HttpResponse): boolean =>
	status === 429 || status >= 500 || status === 200 || status === 416;

/** `…/Attachments('AAMk…')` */
function idIn(last: Outcome | undefined): string | undefined {
	if (last === undefined || last.came instanceof Error || last.came.status !== 201) return undefined;
	return /Attachments\('([^']+)'\)/i.exec(String(last.came.headers.location ?? ''))?.[1];
}
