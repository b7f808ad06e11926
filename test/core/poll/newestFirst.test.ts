import { TooManyRows } from '../../../core/poll/backfill';
import { newestFirst } from '../../../core/poll/newestFirst';

const SECOND = 1_000;

/** Rows at these seconds, behind a search that tells seconds apart and reaches three rows. */
function search(seconds: number[]) {
	const asked: Array<[number, number]> = [];
	return {
		asked,
		async *between(from: Date, until: Date, reach: number) {
			const [first, last] = [+from / SECOND, +until / SECOND];
			asked.push([first, last]);
			const rows = seconds.filter((at) => at >= first && at < last).sort((a, b) => b - a);
			if (rows.length > reach) throw new TooManyRows();
			yield* rows;
		},
	};
}

async function read(seconds: number[], reach = 3) {
	const source = search(seconds);
	const rows: number[] = [];
	for await (const row of newestFirst(source, 0, 64 * SECOND, reach)) rows.push(row);
	return { rows, asked: source.asked };
}

test('what one search reaches takes one', async () => {
	expect(await read([1, 2, 60])).toEqual({ rows: [60, 2, 1], asked: [[0, 64]] });
});

test('more than that is read in halves, newest first, shorter where more happened', async () => {
	const { rows, asked } = await read([1, 2, 33, 34, 35, 36, 60]);
	expect(rows).toEqual([60, 36, 35, 34, 33, 2, 1]);
	expect(asked.map((window) => window.join('–')).join(' ')).toBe(
		'0–64 32–64 48–64 32–48 40–48 32–40 36–40 32–36 0–32',
	);
});

test('too much within a second is said, not left out', async () => {
	await expect(read([7, 7, 7, 7])).rejects.toThrow(TooManyRows);
});
