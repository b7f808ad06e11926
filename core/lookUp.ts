/** What a table holds under a key that came from outside. “constructor” and the like are in every object, and no keys of a table. */
export function lookUp<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
	return Object.hasOwn(table, key) ? table[key] : undefined;
}
