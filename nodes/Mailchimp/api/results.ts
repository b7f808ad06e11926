import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { ReadEntry } from 'tar';
import { ServiceError } from '../../../core/errors';
import { isData } from '../../../core/http/response';
import { megabytes } from '../../../core/text';

/** The answer of one operation of a batch. */
export interface BatchResult {
	operation_id: string;
	status_code: number;
	/** The body as JSON text; empty where there is none. */
	response: string;
}

export interface ResultBounds {
	/** Bytes of all files together, unpacked. */
	total: number;
	/** Bytes of one file. */
	file: number;
}

const BOUNDS: ResultBounds = { total: 512 * 1024 * 1024, file: 64 * 1024 * 1024 };

/**
 * The results in a gzipped tar of JSON files (https://mailchimp.com/developer/marketing/guides/run-async-requests-batch-endpoint/),
 * file after file: only one is in memory, and nothing is ever written to a disk.
 *
 * @throws {ServiceError} for what is cut off, no gzip, no JSON, too large, or has a name that leads out of the archive; the
 * results stay at Mailchimp.
 */
export async function* resultsIn(file: Readable, bounds = BOUNDS): AsyncGenerator<BatchResult> {
	// Loaded by the first batch: most runs have none.
	const { Parser } = await import('tar');
	const ready: BatchResult[] = [];
	let fault: unknown;
	let total = 0;
	const parser = new Parser({
		strict: true,
		onReadEntry(entry: ReadEntry) {
			const parts: Buffer[] = [];
			try {
				checkEntry(entry, bounds);
			} catch (error) {
				fault ??= error;
			}
			entry.on('data', (part: Buffer) => {
				total += part.length;
				if (total > bounds.total) fault ??= tooLarge(bounds.total);
				if (fault === undefined) parts.push(part);
			});
			entry.on('end', () => {
				if (fault !== undefined || entry.type === 'Directory') return;
				try {
					ready.push(...parsed(Buffer.concat(parts).toString(), entry.path));
				} catch (error) {
					fault = error;
				}
			});
		},
	});
	parser.on('error', (error: unknown) => (fault ??= error));
	const unpacked = createGunzip();
	pipeline(file, unpacked, () => undefined);
	try {
		for await (const part of unpacked) {
			parser.write(part as Buffer);
			if (fault !== undefined) throw fault;
			yield* ready.splice(0);
		}
		parser.end();
		if (fault !== undefined) throw fault;
		yield* ready.splice(0);
	} catch (error) {
		throw error instanceof ServiceError ? error : unreadable(error);
	} finally {
		file.destroy();
	}
}

/** Nothing is unpacked to a disk; a name that would leave the archive is no name that Mailchimp gives, so nothing of it is believed. */
function checkEntry({ path, type, size }: ReadEntry, { file }: ResultBounds): void {
	if (!['File', 'OldFile', 'ContiguousFile', 'Directory'].includes(type))
		throw strange(`holds a link or a device (“${path}”)`);
	if (/^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)/.test(path))
		throw strange(`holds a file that would lie outside of it (“${path}”)`);
	if (size > file) throw tooLarge(file);
}

function parsed(text: string, path: string): BatchResult[] {
	let results: unknown;
	try {
		results = JSON.parse(text);
	} catch {
		throw strange(`holds a file that is no JSON (“${path}”)`);
	}
	if (!Array.isArray(results) || !results.every(isData))
		throw strange(`holds a file that is no list of results (“${path}”)`);
	return results.map((one) => {
		const { operation_id: id, status_code: status, response } = one as Record<string, unknown>;
		return {
			operation_id: String(id ?? ''),
			status_code: Number(status),
			response: typeof response === 'string' ? response : JSON.stringify(response ?? ''),
		};
	});
}

/** What is to be done when the results cannot be read, and not the batch failed. */
export const AGAIN = 'The batch itself was done, and Mailchimp keeps its results for seven days.';

const strange = (what: string): ServiceError =>
	new ServiceError({
		service: 'Mailchimp',
		message: `The file with the results of the batch ${what}, and was not used`,
		remedy: `${AGAIN} If it comes again, a proxy or another server may stand where Mailchimp’s file should be.`,
		outcome: 'unknown',
	});

const tooLarge = (bytes: number): ServiceError =>
	new ServiceError({
		service: 'Mailchimp',
		message: `The results of the batch are longer than ${megabytes(bytes)}`,
		remedy: 'Put fewer operations into one batch, and let those that read ask for fewer fields.',
		outcome: 'unknown',
	});

function unreadable(error: unknown): ServiceError {
	const { code, message } = error as { code?: string; message?: string };
	const what =
		code === 'Z_DATA_ERROR' && /header/.test(message ?? '')
			? 'is not packed with gzip'
			: code === 'Z_BUF_ERROR' || /truncated|unexpected end|premature/i.test(message ?? '')
				? 'is cut off'
				: 'cannot be unpacked';
	return strange(what).with({ canRetry: true, said: message ?? '' });
}
