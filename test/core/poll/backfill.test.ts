import fc from 'fast-check';
import { backfill, type Source } from '../../../core/poll/backfill';

interface Row {
	id: string;
	at: number;
}

const HOUR = 60 * 60_000;

/** A service whose searches reach no further than `reach` rows, newest first. */
function service(rows: Row[], reach = Infinity): Source<Row> & { asked: number } {
	return {
		asked: 0,
		id: ({ id }) => id,
		at: ({ at }) => at,
		async *between(from, until) {
			this.asked++;
			const found = rows.filter(({ at }) => at >= +from && at <= +until).sort((a, b) => b.at - a.at);
			if (found.length > reach) throw new Error('too many');
			yield* found;
		},
	};
}

/** Looks until there is no more, and stores what it is given as a trigger does. */
async function all(source: Source<Row>, from: number, until: number, most: number): Promise<string[]> {
	const seen = new Set<string>();
	const given: string[] = [];
	let cursor = from;
	for (let isMore = true; isMore;) {
		const look = await backfill(source, cursor, until, (id) => seen.has(id), { most });
		for (const { id } of look.rows) seen.add(id);
		given.push(...look.rows.map(({ id }) => id));
		({ cursor, isMore } = look);
	}
	return given;
}

test('whatever happened, all of it comes once, in order, in portions of any size', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 40 }),
			fc.integer({ min: 1, max: 10 }),
			async (hours, most) => {
				const rows = hours.map((hour, i) => ({ id: String(i), at: hour * HOUR }));
				const given = await all(service(rows), 0, 101 * HOUR, most);
				expect([...given].sort()).toEqual(rows.map(({ id }) => id).sort());
				const times = given.map((id) => rows[Number(id)]!.at);
				expect(times).toEqual([...times].sort((a, b) => a - b));
			},
		),
		{ numRuns: 60 },
	);
});

test('a long absence does not run into the end of what a search reaches', async () => {
	const rows = Array.from({ length: 480 }, (_, i) => ({ id: String(i), at: i * HOUR }));
	expect(await all(service(rows, 20), 0, 480 * HOUR, Infinity)).toHaveLength(480);
});

test('stops when its time is up, and says how far it came', async () => {
	const source = service([{ id: 'late', at: 400 * HOUR }]);
	const look = await backfill(source, 0, 480 * HOUR, () => false, { forMs: -1 });
	expect([source.asked, look.rows, look.isMore]).toEqual([1, [], true]);
	expect(look.cursor).toBeGreaterThan(0);
});

test('a fault is a fault, not an empty list', async () => {
	await expect(backfill(service([{ id: 'a', at: 1 }], 0), 0, 10, () => false)).rejects.toThrow('too many');
});
