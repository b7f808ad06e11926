/** Rows as they come, so many together; the last group may be smaller. */
export async function* inGroups<T>(rows: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
	let some: T[] = [];
	for await (const row of rows) {
		some.push(row);
		if (some.length < size) continue;
		yield some;
		some = [];
	}
	if (some.length > 0) yield some;
}
