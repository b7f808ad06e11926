import { badInput } from '../http/failure';

export interface ChunkLimits<M> {
	/** Messages in one request, at most. */
	items: number;
	/** Bytes of JSON in one request, at most. */
	bytes: number;
	/** Messages with different answers never share a request. */
	by?(message: M): string;
}

/** Messages that go out in one request. They are kept as the bytes that will be sent, nothing else. */
export class Chunk {
	readonly indexes: number[] = [];
	private readonly parts: Buffer[] = [];
	private total = 0;

	get size(): number {
		return this.parts.length;
	}

	/** Bytes of the chunk as a JSON array. */
	get bytes(): number {
		return this.total + Math.max(0, this.size - 1) + 2;
	}

	add(index: number, json: Buffer): void {
		this.indexes.push(index);
		this.parts.push(json);
		this.total += json.length;
	}

	/** The messages as a JSON array; with `key`, as `{"key":[…]}`. */
	json(key?: string): Buffer {
		const [open, close] = key === undefined ? ['[', ']'] : [`{${JSON.stringify(key)}:[`, ']}'];
		const pieces: Buffer[] = [Buffer.from(open)];
		this.parts.forEach((part, i) => pieces.push(...(i === 0 ? [part] : [COMMA, part])));
		return Buffer.concat([...pieces, Buffer.from(close)]);
	}
}

const COMMA = Buffer.from(',');
/** Open chunks of different groups; beyond that the fullest goes out, so that memory does not grow with the groups. */
const MAX_OPEN = 32;

/**
 * Cuts a stream of messages into chunks within the limits. Only open chunks are in memory: give a message in with
 * `add`, send what comes out, and at the end send what `rest` still holds.
 */
export class Chunker<M> {
	private readonly open = new Map<string, Chunk>();

	constructor(private readonly limits: ChunkLimits<M>) {}

	/** The chunks that are full now. */
	add(index: number, message: M, json: Buffer): Chunk[] {
		if (json.length + 2 > this.limits.bytes)
			throw badInput(
				'Attachments',
				`This message is ${megabytes(json.length)} long, more than one request may carry (${megabytes(this.limits.bytes)})`,
				'Send smaller or fewer attachments, or a link to the file.',
			);
		const full: Chunk[] = [];
		const group = this.limits.by?.(message) ?? '';
		let chunk = this.open.get(group);
		if (chunk && chunk.bytes + 1 + json.length > this.limits.bytes) {
			full.push(chunk);
			chunk = undefined;
		}
		if (chunk === undefined) {
			chunk = new Chunk();
			this.open.set(group, chunk);
		}
		chunk.add(index, json);
		if (chunk.size >= this.limits.items) {
			full.push(chunk);
			this.open.delete(group);
		}
		if (this.open.size > MAX_OPEN) full.push(this.takeFullest());
		return full;
	}

	*rest(): Generator<Chunk> {
		for (const chunk of this.open.values()) yield chunk;
		this.open.clear();
	}

	private takeFullest(): Chunk {
		const [group, chunk] = [...this.open].reduce((a, b) => (b[1].size > a[1].size ? b : a));
		this.open.delete(group);
		return chunk;
	}
}

/** 10,485,760 → "10 MB". */
export function megabytes(bytes: number): string {
	const mb = bytes / 1024 / 1024;
	return `${mb >= 10 ? Math.round(mb) : Math.round(mb * 10) / 10} MB`;
}
