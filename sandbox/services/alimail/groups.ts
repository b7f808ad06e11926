/** A map from a key to a set of ids, without empty sets: the directory's indexes. */
export class Groups {
	private sets = new Map<string, Set<string>>();

	add(key: string | undefined, id: string): void {
		if (!key) return;
		const set = this.sets.get(key);
		if (set) set.add(id);
		else this.sets.set(key, new Set([id]));
	}

	remove(key: string | undefined, id: string): void {
		if (!key) return;
		const set = this.sets.get(key);
		set?.delete(id);
		if (set?.size === 0) this.sets.delete(key);
	}

	/** In the order the ids were added. */
	of(key: string): ReadonlySet<string> {
		return this.sets.get(key) ?? NONE;
	}
}

const NONE: ReadonlySet<string> = new Set();
