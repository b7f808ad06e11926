import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** For n8n's static data. */
export interface KeptKnown {
	/** IDs of what is in the place. */
	known?: string;
	/** Of what was there when Graph forgot the place, those that were not found again yet. */
	lost?: string;
}

/**
 * What is in a place, so that what was deleted while Graph had forgotten how far the trigger had come is known to be gone. No
 * more than a number of IDs: of others nobody can say that they are missing, so nothing is told of them.
 */
export class Known {
	private readonly here: Set<string>;
	private readonly lost: Set<string>;

	/** @param most the one that was noted first goes when there are more */
	constructor(
		{ known, lost }: KeptKnown,
		private readonly most: number,
	) {
		this.here = new Set(unpacked(known));
		this.lost = new Set(unpacked(lost));
	}

	come(id: string): void {
		this.lost.delete(id);
		this.here.delete(id);
		this.here.add(id);
		trim(this.here, this.most);
	}

	/** @returns whether it was known to be there */
	go(id: string): boolean {
		const wasHere = this.here.delete(id);
		return this.lost.delete(id) || wasHere;
	}

	/** From now on all that is there is told anew, and what is not told is missing. */
	search(): void {
		for (const id of this.here) {
			// Those that are not found for longer go before.
			if (this.lost.size >= this.most) break;
			this.lost.add(id);
		}
		this.here.clear();
	}

	/** From now on all that is there is told anew, of another time. */
	clear(): void {
		this.here.clear();
		this.lost.clear();
	}

	/** When all that is there was told: what was not. */
	missing(): string[] {
		return [...this.lost];
	}

	kept(): KeptKnown {
		return {
			...(this.here.size === 0 ? {} : { known: packed(this.here) }),
			...(this.lost.size === 0 ? {} : { lost: packed(this.lost) }),
		};
	}
}

function trim(ids: Set<string>, most: number): void {
	for (const first of ids) {
		if (ids.size <= most) break;
		ids.delete(first);
	}
}

/** The IDs of a mailbox begin alike: 5,000 of them come to about 100 kB. */
const packed = (ids: Set<string>): string => deflateRawSync([...ids].join('\n')).toString('base64');
const unpacked = (text: string | undefined): string[] =>
	text === undefined ? [] : inflateRawSync(Buffer.from(text, 'base64')).toString().split('\n');
