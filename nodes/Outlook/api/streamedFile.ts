import type { FileObject } from '@microsoft/microsoft-graph-client';
import type { Readable } from 'node:stream';
import { brokenUpload } from './brokenUpload';

interface Span {
	minValue: number;
	maxValue: number;
}

/**
 * A file that is read once from its stream, in the ranges that an upload asks for from front to back. One range is in memory:
 * it may be asked for again, or a part of it.
 */
export class StreamedFile implements FileObject<Readable> {
	/** What the last range ended before. */
	end = 0;
	/** Why a range could not be given. */
	fault?: unknown;
	private from = 0;
	private readonly range: Buffer<ArrayBuffer>;
	private readonly parts: AsyncIterator<Buffer>;
	/** What the stream gave beyond the range. */
	private rest = Buffer.alloc(0) as Buffer;

	/**
	 * @param size bytes
	 * @param longest bytes of a range
	 * @param before told of each range, before it is read. @throws what ends the upload
	 */
	constructor(
		readonly name: string,
		readonly size: number,
		readonly content: Readable,
		longest: number,
		private readonly before: (from: number) => Promise<void>,
	) {
		this.range = Buffer.allocUnsafe(Math.min(size, longest));
		this.parts = (content as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
	}

	/** @returns the bytes, good until the next range is asked for */
	async sliceFile({ minValue, maxValue }: Span): Promise<Buffer<ArrayBuffer>> {
		try {
			await this.before(minValue);
			return await this.read(minValue, maxValue + 1 - minValue);
		} catch (error) {
			this.fault = error;
			throw error;
		}
	}

	private async read(from: number, length: number): Promise<Buffer<ArrayBuffer>> {
		if (from < this.from || from > this.end || length < 1)
			throw brokenUpload(this.name, 'Outlook has lost a part that it had taken');
		this.range.copyWithin(0, from - this.from, this.end - this.from);
		this.from = from;
		while (this.end < from + length) this.end += await this.more(this.end - from, length);
		return this.range.subarray(0, length);
	}

	/** @returns how many bytes it has put behind those that are there */
	private async more(held: number, length: number): Promise<number> {
		if (this.rest.length === 0) {
			const { done, value } = await this.parts.next();
			if (done === true) throw brokenUpload(this.name, 'its pieces do not make the whole');
			this.rest = value;
		}
		const taken = this.rest.copy(this.range, held, 0, length - held);
		this.rest = this.rest.subarray(taken);
		return taken;
	}
}
