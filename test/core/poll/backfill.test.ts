import fc from 'fast-check';
import { backfill, TooManyRows, type Gap, type Source } from '../../../core/poll/backfill';

interface Row {
	id: string;
	at: number;
}

const SECOND = 1_000;
const HOUR = 60 * 60 * SECOND;

interface Service extends Source<Row> {
	/** How many windows were read. */
	asked: number;
	/** Searches fail from now on. */
	isAway: boolean;
}

/** A service whose searches reach no further than `reach` rows of a second, newest first. */
function service(rows: Row[], reach = Infinity): Service {
	return {
		asked: 0,
		isAway: false,
		id: ({ id }) => id,
		at: ({ at }) => at,
		async *between(from, until, most) {
			this.asked++;
			if (this.isAway) throw new Error('away');
			const [first, last] = [Math.floor(+from / SECOND), Math.ceil(+until / SECOND)];
			const found = rows
				.filter(({ at }) => at >= first * SECOND && at <= last * SECOND)
				.sort((a, b) => b.at - a.at);
			if (found.length > Math.min(most, reach) && most < Infinity) throw new TooManyRows();
			yield* found.slice(0, reach);
			if (found.length > reach) throw new TooManyRows();
		},
	};
}

interface Told {
	ids: string[];
	gaps: Gap[];
	looks: number;
}

/** Looks until there is no more, and stores what it is given as a trigger does. */
async function all(source: Service, from: number, until: number, most = Infinity): Promise<Told> {
	const seen = new Set<string>();
	const told: Told = { ids: [], gaps: [], looks: 0 };
	let cursor = from;
	let windowMs: number | undefined;
	for (let isMore = true; isMore; told.looks++) {
		const limits = { most, ...(windowMs !== undefined && { windowMs }) };
		const look = await backfill(source, cursor, until, (id) => seen.has(id), limits);
		for (const { id } of look.rows) seen.add(id);
		told.ids.push(...look.rows.map(({ id }) => id));
		told.gaps.push(...look.gaps);
		({ cursor, isMore, windowMs } = look);
	}
	return told;
}

const spread = (count: number, everyMs: number): Row[] =>
	Array.from({ length: count }, (_, i) => ({ id: String(i), at: i * everyMs }));

test('whatever happened, all of it comes once, in order, in portions of any size, from a search of any reach', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(fc.integer({ min: 0, max: 100 * HOUR }), { maxLength: 40 }),
			fc.integer({ min: 1, max: 10 }),
			fc.integer({ min: 1, max: 40 }),
			async (times, most, reach) => {
				const rows = times.map((at, i) => ({ id: String(i), at }));
				const { ids, gaps } = await all(service(rows, reach), 0, 101 * HOUR, most);
				const isTold = ({ id, at }: Row) =>
					ids.includes(id) || gaps.some(({ from, until }) => at >= from && at < until);
				expect(rows.filter((row) => !isTold(row))).toEqual([]);
				expect(new Set(ids).size).toBe(ids.length);
				const given = ids.map((id) => rows[Number(id)]!.at);
				expect(given).toEqual([...given].sort((a, b) => a - b));
			},
		),
		{ numRuns: 60 },
	);
});

test('a long absence does not run into the end of what a search reaches', async () => {
	const { ids, gaps } = await all(service(spread(480, HOUR), 20), 0, 480 * HOUR);
	expect([ids.length, gaps]).toEqual([480, []]);
});

test('a flood is read in shorter windows, and these are kept short while it lasts', async () => {
	// 40,000 in one hour: a window of twelve would reach 10,000 of them.
	const source = service(spread(40_000, 90), 10_000);
	const { ids, gaps } = await all(source, 0, 12 * HOUR);
	expect([ids.length, new Set(ids).size, gaps]).toEqual([40_000, 40_000, []]);
	expect(source.asked).toBeLessThan(400);
});

test('in portions, windows that were found to be short enough are not looked for again', async () => {
	const source = service(spread(4_000, 900), 10_000);
	const { ids, looks } = await all(source, 0, 12 * HOUR, 100);
	expect([ids.length, looks]).toEqual([4_000, 41]);
	expect(source.asked).toBeLessThan(2 * looks);
});

test('what cannot be reached in the shortest of times is told, and what follows comes', async () => {
	const rows = [
		...Array.from({ length: 30 }, (_, i) => ({ id: `same ${i}`, at: 5 * HOUR })),
		{ id: 'after', at: 6 * HOUR },
	];
	const { ids, gaps } = await all(service(rows, 20), 0, 10 * HOUR, 7);
	expect(ids).toHaveLength(21);
	expect(ids.at(-1)).toBe('after');
	// The search has the neighbouring second too.
	expect(gaps).toEqual([
		{ from: 5 * HOUR - SECOND, until: 5 * HOUR },
		{ from: 5 * HOUR, until: 5 * HOUR + SECOND },
	]);
});

test('stops when its time is up, says how far it came, and always gets further', async () => {
	const source = service([{ id: 'late', at: 400 * HOUR }]);
	const look = await backfill(source, 0, 480 * HOUR, () => false, { forMs: -1 });
	expect([source.asked, look.rows, look.isMore]).toEqual([1, [], true]);
	expect(look.cursor).toBeGreaterThan(0);
});

test('what was found before a fault is given, and the next look goes on there', async () => {
	const source = service([
		{ id: 'a', at: HOUR },
		{ id: 'b', at: 40 * HOUR },
	]);
	const isKnown = (id: string) => {
		source.isAway = id === 'a';
		return false;
	};
	const look = await backfill(source, 0, 48 * HOUR, isKnown);
	expect(look).toMatchObject({ isMore: true, failure: new Error('away'), cursor: 12 * HOUR });
	expect(look.rows.map(({ id }) => id)).toEqual(['a']);
	source.isAway = false;
	const next = await backfill(source, look.cursor, 48 * HOUR, () => false);
	expect(next.rows.map(({ id }) => id)).toEqual(['b']);
	expect(next).not.toHaveProperty('failure');
});

test('a fault is a fault, not an empty list', async () => {
	const source = service([]);
	source.isAway = true;
	await expect(backfill(source, 0, 10, () => false)).rejects.toThrow('away');
});

test('when there is no time to look at, nothing is asked', async () => {
	const source = service([]);
	expect(await backfill(source, 10, 10, () => false)).toMatchObject({
		rows: [],
		gaps: [],
		cursor: 10,
		isMore: false,
	});
	expect(source.asked).toBe(0);
});
