import type { IDataObject } from 'n8n-workflow';
import type { Readable } from 'node:stream';
import { invalidInput } from '../../../core/errors';
import { fileNameOf, selectBinary } from '../../../core/mail/attachments';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { megabytes } from '../../../core/text';

/** A file that goes with a message; nothing of it is in memory yet. */
export interface OutgoingFile {
	name: string;
	mimeType: string;
	bytes: number;
	/** By which the HTML shows it; undefined for what is only attached. */
	contentId?: string;
	open(): Promise<Readable>;
}

/** An upload session takes no more (https://learn.microsoft.com/graph/outlook-large-attachments). */
const LARGEST = 150 * 1024 * 1024;

/** The files of the options *Attachments* and *Inline Images*. */
export async function readFiles(item: ParameterReader, options: ParameterReader): Promise<OutgoingFile[]> {
	const inline = selectBinary(item, options.list('inlineImages'), options.label('inlineImages'));
	const attached = selectBinary(item, options.list('attachments'), options.label('attachments')).filter(
		(name) => !inline.includes(name),
	);
	const files = [
		...(await Promise.all(attached.map(async (name) => await readFile(item, name)))),
		...(await Promise.all(
			inline.map(async (name) => ({ ...(await readFile(item, name)), contentId: name })),
		)),
	];
	const whole = files.reduce((sum, { bytes }) => sum + bytes, 0);
	if (whole > LARGEST)
		throw invalidInput(
			'Attachments',
			`The files of this message have ${megabytes(whole)}, and Outlook takes 150 MB at most`,
			'Send fewer or smaller files, or a link to them.',
		);
	return files;
}

export async function readFile(item: ParameterReader, property: string): Promise<OutgoingFile> {
	const file = item.binary(property);
	return {
		name: fileNameOf(property, file),
		mimeType: file.mimeType || 'application/octet-stream',
		...(await item.stream(property)),
	};
}

/** A small file as Graph takes it inside a request. */
export async function asAttachment({ name, mimeType, contentId, open }: OutgoingFile): Promise<IDataObject> {
	const stream = await open();
	const pieces: Buffer[] = [];
	for await (const piece of stream) pieces.push(piece as Buffer);
	return {
		'@odata.type': '#microsoft.graph.fileAttachment',
		name,
		contentType: mimeType,
		contentBytes: Buffer.concat(pieces).toString('base64'),
		...(contentId === undefined ? {} : { isInline: true, contentId }),
	};
}
