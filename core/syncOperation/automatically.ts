import type { InputItems } from '../node/parameters/reader';
import { truncate } from '../text';
import type { SyncColumn } from './definition';

/** As much of a name as counts when columns are mapped by their names. */
export const plainName = (name: string): string => name.replace(/[\s_-]+/g, '').toLowerCase();

/** What a column of the list may be called to be taken for this one, the best name first. */
export const namesOf = ({ id, label, aliases = [] }: SyncColumn): string[] =>
	[id, label, ...aliases].map(plainName);

const MAX_NAMED = 20;

/** The names of all columns of the list, by as much of them as counts. */
function presentNames(items: InputItems): Map<string, string[]> {
	const present = new Map<string, string[]>();
	const seen = new Set<string>();
	for (const item of items)
		for (const name of Object.keys(item.input.json)) {
			if (seen.has(name)) continue;
			seen.add(name);
			const known = present.get(plainName(name));
			if (known === undefined) present.set(plainName(name), [name]);
			else known.push(name);
		}
	return present;
}

/** What “Map Automatically” makes of the columns of the list. */
export function automatically(
	items: InputItems,
	columns: SyncColumn[],
): { mapped: Set<string>; unused: string | undefined } {
	const present = presentNames(items);
	const found = columns.filter((column) => namesOf(column).some((name) => present.has(name)));
	return { mapped: new Set(found.map(({ id }) => id)), unused: unusedColumns(present, columns) };
}

/**
 * What was left out of the list, as a sentence; undefined when every column was used. A name that is spelt in another way than
 * its field would else be missed by nobody.
 */
function unusedColumns(present: Map<string, string[]>, columns: SyncColumn[]): string | undefined {
	const unused: string[] = [];
	const used = new Set(columns.map((column) => namesOf(column).find((name) => present.has(name))));
	for (const [plain, names] of present) {
		// Of several that read the same, the last one counts.
		unused.push(...(used.has(plain) ? names.slice(0, -1) : names));
	}
	if (unused.length === 0) return undefined;
	const named = unused.slice(0, MAX_NAMED).map((name) => `“${truncate(name)}”`);
	const more = unused.length > named.length ? ` and ${unused.length - named.length} more` : '';
	return `Map Automatically did not use ${named.join(', ')}${more}: no field is called so. If one of them is meant for a field, rename the column like the field, or choose Map Each Column Manually.`;
}
