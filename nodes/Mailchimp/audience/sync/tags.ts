import type { Desired, Fields } from '../../../../core/sync';

/** How the sync shows whether a contact has the tag by which it knows its own. */
export const MARK = 'Tag of This Sync';

/** Of which tags a sync decides: those with its prefix, or those that some row names. Any case. */
export class ManagedTags {
	private readonly named = new Set<string>();
	private readonly own: string | undefined;

	constructor(
		private readonly prefix: string,
		private readonly ownTag: string | undefined,
	) {
		this.own = ownTag?.toLowerCase();
	}

	/**
	 * Learns the tags that rows name; those of a prefix are written with it. The one of the sync is everybody’s anyhow, and
	 * is the mark alone, also where a row names it. Changes the rows in place.
	 */
	prepare(rows: Desired[]): void {
		for (const { fields } of rows) {
			if (this.ownTag !== undefined) fields[MARK] = this.ownTag;
			const named = listOf(fields.tags);
			if (named.length === 0) continue;
			const tags = named
				.map((tag) => (this.hasPrefix(tag) ? tag : `${this.prefix}${tag}`))
				.filter((tag) => tag.toLowerCase() !== this.own);
			fields.tags = tags;
			for (const tag of tags) this.named.add(tag.toLowerCase());
		}
	}

	/** What the sync sees of a contact's tags. */
	seen(tags: string[]): Fields {
		const { own } = this;
		const seen: Fields = { tags: tags.filter((tag) => this.has(tag)) };
		if (own !== undefined) seen[MARK] = tags.find((tag) => tag.toLowerCase() === own) ?? '';
		return seen;
	}

	/** Whether the sync may take the tag off. The one by which it knows its own stays. */
	has(tag: string): boolean {
		const name = tag.toLowerCase();
		if (name === this.own) return false;
		return this.prefix === '' ? this.named.has(name) : this.hasPrefix(tag);
	}

	private hasPrefix(tag: string): boolean {
		return tag.toLowerCase().startsWith(this.prefix.toLowerCase());
	}
}

export const listOf = (value: Fields[string]): string[] =>
	Array.isArray(value) ? value : typeof value === 'string' && value !== '' ? [value] : [];
