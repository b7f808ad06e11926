/** What stands in an answer for a text that was left out. */
export const LEFT_OUT = '(left out: too long)';

const [QUOTE, BACKSLASH] = Buffer.from('"\\');
const INSTEAD = Buffer.from(JSON.stringify(LEFT_OUT));

/**
 * JSON as it comes in, with `LEFT_OUT` in the place of each text that is longer than `most` bytes. No more than one piece and
 * one such text are in memory.
 */
export async function* withoutLongTexts(
	pieces: AsyncIterable<Buffer>,
	most: number,
): AsyncGenerator<Buffer, void> {
	let text: HeldText | undefined;
	for await (const piece of pieces) {
		let from = 0;
		for (let at = 0; at < piece.length; at++) {
			if (text === undefined) {
				if (piece[at] !== QUOTE) continue;
				yield piece.subarray(from, at);
				text = new HeldText(most);
				from = at;
			} else if (text.isEndedBy(piece[at]!)) {
				text.add(piece.subarray(from, at + 1));
				yield* text.parts();
				text = undefined;
				from = at + 1;
			}
		}
		if (text === undefined) yield piece.subarray(from);
		else text.add(piece.subarray(from));
	}
	// The answer broke off within it.
	if (text !== undefined) yield* text.parts();
}

/** A text with its quotes, as far as it has come in. */
class HeldText {
	private held: Buffer[] = [];
	private length = 0;
	private isEscaped = false;

	constructor(private readonly most: number) {}

	/** @param byte any after the first quote, in their order */
	isEndedBy(byte: number): boolean {
		const isEnd = byte === QUOTE && !this.isEscaped;
		this.isEscaped = byte === BACKSLASH && !this.isEscaped;
		return isEnd;
	}

	add(part: Buffer): void {
		this.length += part.length;
		if (this.length > this.most) this.held = [];
		else this.held.push(part);
	}

	parts(): Buffer[] {
		return this.length > this.most ? [INSTEAD] : this.held;
	}
}
