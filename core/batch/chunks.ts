import { createHash } from 'node:crypto';
import { invalidInput } from '../errors';
import { megabytes } from '../text';

export interface ChunkLimits<M> {
	/** Messages in one request, at most. */
	items: number;
	/** Bytes of JSON in one request, at most. */
	bytes: number;
	/** Messages with different answers never share a request. */
	by?(message: M): string;
	/**
	 * What a message is about: when two about the same travel apart, the chunk with the one that came first is given out first.
	 * Their requests follow each other only if `call` sees to it, with `Chunk.keys`.
	 */
	key?(message: M): string;
	/** What the service repeats of a message in its answer to it, as it can be compared. */
	echo?(message: M): string;
	/**
	 * For requests that say once what all their messages have in common: that part, and the message's own. Messages with
	 * different common parts never share a request.
	 */
	split?(message: M): { common: object; own: unknown };
}

/** Messages that go out in one request. They are kept as the JSON that will be sent, nothing else. */
export class Chunk {
	readonly indexes: number[] = [];
	/**
	 * To be called just before each time it goes out, however long it has waited for its turn. Throws a ServiceError when it
	 * must not go out any more.
	 */
	beforeSending: () => void = () => undefined;
	/** What `ChunkLimits.echo` said of each message. */
	readonly echoes: Array<string | undefined> = [];
	/** What its messages are about, as `ChunkLimits.key` says; none without it. */
	readonly keys = new Set<string>();
	private readonly abouts: Array<string | undefined> = [];
	private readonly parts: string[] = [];
	private total = 2;

	/**
	 * @param group what `ChunkLimits.by` said of its messages; '' without it.
	 * @param common the JSON object that all its messages share.
	 */
	constructor(
		readonly group = '',
		private readonly common?: string,
	) {
		if (common !== undefined) this.total += Buffer.byteLength(common);
	}

	get size(): number {
		return this.parts.length;
	}

	/** Bytes of the chunk as a JSON array, with what its messages share. */
	get bytes(): number {
		return this.total + Math.max(0, this.size - 1);
	}

	/** @param told what `ChunkLimits.echo` and `ChunkLimits.key` say of the message */
	add(
		index: number,
		json: string,
		bytes = Buffer.byteLength(json),
		told: { echo?: string | undefined; key?: string | undefined } = {},
	): void {
		this.indexes.push(index);
		this.echoes.push(told.echo);
		this.abouts.push(told.key);
		if (told.key !== undefined) this.keys.add(told.key);
		this.parts.push(json);
		this.total += bytes;
	}

	/** A chunk of some of the messages, by their positions in this one. */
	only(positions: number[]): Chunk {
		if (positions.length === this.size) return this;
		const chunk = new Chunk(this.group, this.common);
		for (const position of positions) {
			const json = this.parts[position]!;
			const told = { echo: this.echoes[position], key: this.abouts[position] };
			chunk.add(this.indexes[position]!, json, Buffer.byteLength(json), told);
		}
		return chunk;
	}

	/** The messages as a JSON array; with `key`, as `{"key":[…]}`, beside what they share. */
	json(key?: string): Buffer {
		const [open, close] =
			key === undefined ? ['[', ']'] : [`${this.opening()}${JSON.stringify(key)}:[`, ']}'];
		return Buffer.from(`${open}${this.parts.join(',')}${close}`);
	}

	private opening(): string {
		return this.common === undefined || this.common === '{}' ? '{' : `${this.common.slice(0, -1)},`;
	}
}

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
	add(index: number, message: M): Chunk[] {
		const { json, bytes, shared } = this.written(message);
		const full: Chunk[] = [];
		const group = this.limits.by?.(message) ?? '';
		const kind = shared === undefined ? group : `${group} ${digest(shared)}`;
		let chunk = this.open.get(kind);
		const key = this.limits.key?.(message);
		if (key !== undefined) full.push(...this.takeOthersAbout(key, kind));
		if (chunk && chunk.bytes + 1 + bytes > this.limits.bytes) {
			full.push(chunk);
			chunk = undefined;
		}
		if (chunk === undefined) {
			chunk = new Chunk(group, shared);
			this.open.set(kind, chunk);
		}
		chunk.add(index, json, bytes, { echo: this.limits.echo?.(message), key });
		if (chunk.size >= this.limits.items) {
			full.push(chunk);
			this.open.delete(kind);
		}
		if (this.open.size > MAX_OPEN) full.push(this.takeFullest());
		return full;
	}

	/** @returns the message as it travels, and what it shares with others; `shared` is undefined without `ChunkLimits.split` */
	private written(message: M): { json: string; bytes: number; shared: string | undefined } {
		const { common, own } = this.limits.split?.(message) ?? { common: undefined, own: message };
		const json = JSON.stringify(own);
		const bytes = Buffer.byteLength(json);
		const shared = common === undefined ? undefined : JSON.stringify(common);
		const length = bytes + Buffer.byteLength(shared ?? '') + 2;
		if (length > this.limits.bytes)
			throw invalidInput(
				'Attachments',
				`This message is ${megabytes(length)} long, more than one request may carry (${megabytes(this.limits.bytes)})`,
				'Send smaller or fewer attachments, or a link to the file.',
			);
		return { json, bytes, shared };
	}

	*rest(): Generator<Chunk> {
		for (const chunk of this.open.values()) yield chunk;
		this.open.clear();
	}

	private *takeOthersAbout(key: string, ownKind: string): Generator<Chunk> {
		for (const [kind, chunk] of this.open)
			if (kind !== ownKind && chunk.keys.has(key)) {
				this.open.delete(kind);
				yield chunk;
			}
	}

	private takeFullest(): Chunk {
		const [group, chunk] = [...this.open].reduce((a, b) => (b[1].size > a[1].size ? b : a));
		this.open.delete(group);
		return chunk;
	}
}

const digest = (text: string) => createHash('sha256').update(text).digest('base64');
