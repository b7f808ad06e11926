import type { Entry } from '../values/decode';

const RANGE = /^(.+);range=(\d+)-(\d+|\*)$/i;

/**
 * An entry with all values of its long lists. Active Directory gives the first 1,500 of them only, under the name
 * `member;range=0-1499`, with an empty `member` beside it (MS-ADTS 3.1.1.3.1.3.3).
 *
 * @param ask the entry with one attribute only
 */
export async function complete(
	entry: Entry,
	ask: (attribute: string) => Promise<Entry | undefined>,
): Promise<Entry> {
	const parts = Object.keys(entry).filter((name) => RANGE.test(name));
	if (parts.length === 0) return entry;
	const whole: Entry = { dn: entry.dn };
	for (const [name, value] of Object.entries(entry)) if (!parts.includes(name)) whole[name] = value;
	for (const part of parts) {
		const [, name] = RANGE.exec(part)!;
		const values: Array<string | Buffer> = [];
		for await (const some of following(entry, part, ask)) values.push(...some);
		whole[name!] = values as string[];
	}
	return whole;
}

/** The values of one part, and of all that follow it. */
async function* following(
	entry: Entry,
	part: string,
	ask: (attribute: string) => Promise<Entry | undefined>,
): AsyncGenerator<Array<string | Buffer>> {
	let values = valuesOf(entry[part]);
	let [, name, , last] = RANGE.exec(part)!;
	yield values;
	while (last !== '*') {
		const from = Number(last) + 1;
		const more = await ask(`${name!};range=${from}-*`);
		const key = Object.keys(more ?? {}).find((one) => RANGE.test(one));
		if (more === undefined || key === undefined) return;
		values = valuesOf(more[key]);
		yield values;
		if (values.length === 0) return;
		[, name, , last] = RANGE.exec(key)!;
	}
}

/** All values of an attribute of one entry, some at a time: a group of 100,000 is never in one answer. */
export async function* inRanges(
	attribute: string,
	size: number,
	ask: (attribute: string) => Promise<Entry | undefined>,
): AsyncGenerator<Array<string | Buffer>> {
	const first = await ask(`${attribute};range=0-${size - 1}`);
	const key = Object.keys(first ?? {}).find((name) => RANGE.test(name));
	if (first === undefined) return;
	if (key === undefined) {
		// Few values, or a directory without ranges.
		const plain = valuesOf(first[attribute] ?? []);
		if (plain.length > 0) yield plain;
		return;
	}
	const inSize = async (asked: string) =>
		await ask(asked.replace(/-\*$/, `-${rangeStart(asked) + size - 1}`));
	yield* following(first, key, inSize);
}

const rangeStart = (attribute: string) => Number(/range=(\d+)-/i.exec(attribute)?.[1] ?? 0);

const valuesOf = (value: Entry[string] | undefined): Array<string | Buffer> =>
	value === undefined ? [] : ([value].flat() as Array<string | Buffer>);
