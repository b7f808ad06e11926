import { WORDS, type Verdict, type Wrong } from './verdict';

export interface Row {
	/** `postmark email.send` */
	name: string;
	/** One for each mishap, in their order; undefined where it was left out. */
	cells: Array<(Verdict & { words: string }) | undefined>;
}

const SIGN: Record<Verdict['said'], string> = { done: '+', refused: '-', unknown: '?', none: '!' };
const LETTER: Record<Wrong, string> = {
	doubled: '2',
	falselyDone: 'D',
	falselyRefused: 'R',
	noRemedy: 'W',
	silent: 'S',
};

/** The whole table, with a legend; a letter is a fault. */
export function print(mishaps: readonly string[], rows: Row[]): string {
	const width = Math.max(...rows.map(({ name }) => name.length));
	const numbers = mishaps.map((_, at) => String(at + 1).padStart(4)).join('');
	const lines = rows.map(
		({ name, cells }) => `${name.padEnd(width)}${cells.map((cell) => markOf(cell).padStart(4)).join('')}`,
	);
	const legend = mishaps.map((name, at) => `${String(at + 1).padStart(3)} ${name}`);
	return [
		...inColumns(legend, 3),
		'',
		'  + said done    - said refused    ? said unknown',
		...Object.entries(WORDS).map(([wrong, words]) => `  ${LETTER[wrong as Wrong]} ${words}`),
		'',
		`${''.padEnd(width)}${numbers}`,
		...lines,
	].join('\n');
}

const markOf = (cell: Row['cells'][number]): string =>
	cell === undefined
		? ''
		: cell.wrong.length > 0
			? cell.wrong.map((one) => LETTER[one]).join('')
			: SIGN[cell.said];

function inColumns(lines: string[], columns: number): string[] {
	const height = Math.ceil(lines.length / columns);
	return Array.from({ length: height }, (_, row) =>
		Array.from({ length: columns }, (__, column) => (lines[column * height + row] ?? '').padEnd(30))
			.join('')
			.trimEnd(),
	);
}

/** How often each fault was found, over all cells. */
export function count(rows: Row[]): Record<Wrong, number> {
	const counts = Object.fromEntries(Object.keys(WORDS).map((wrong) => [wrong, 0])) as Record<Wrong, number>;
	for (const { cells } of rows)
		for (const cell of cells) for (const wrong of cell?.wrong ?? []) counts[wrong]++;
	return counts;
}

/** What was said where something is wrong; the same words of one row stand together. */
export function details(mishaps: readonly string[], rows: Row[]): string[] {
	return rows.flatMap(({ name, cells }) => {
		const found = new Map<string, string[]>();
		for (const [at, cell] of cells.entries()) {
			if (cell === undefined || cell.wrong.length === 0) continue;
			const words = `${cell.wrong.map((wrong) => WORDS[wrong]).join('; ')}. ${cell.words}`;
			found.set(words, [...(found.get(words) ?? []), mishaps[at]!]);
		}
		return [...found].map(([words, at]) => `${name}: ${words}\n    after ${at.join(', ')}`);
	});
}
