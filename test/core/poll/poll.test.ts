import { PollContext } from 'n8n-core';
import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import { atPlace } from '../../../core/poll/atPlace';
import { poll, sample } from '../../../core/poll/poll';
import { TooManyRows, type Gap, type Source } from '../../../core/poll/backfill';
import { Engine } from '../../../scripts/engine';

interface Row {
	id: string;
	at: number;
}

const rows: Row[] = [];
let isAway = false;
/** How long a search takes, in milliseconds. */
let takesMs = 0;
/** How many rows a search can reach. */
let reach = Infinity;
/** How far n8n's clock is ahead, once the service has answered. */
let aheadMs: number | undefined;
let hasAnswered = false;
const clocked: Pick<Source<Row>, 'clock'> = {
	clock: { at: (moment) => moment - (hasAnswered ? (aheadMs ?? 0) : 0) },
};
const source: Source<Row> = {
	id: ({ id }) => id,
	at: ({ at }) => at,
	async *between(from, until, most) {
		hasAnswered = true;
		if (takesMs > 0) await new Promise((resolve) => setTimeout(resolve, takesMs));
		const found = rows.filter(({ at }) => at >= +from && at < +until);
		if (most < Infinity && found.length > Math.min(most, reach)) throw new TooManyRows();
		yield* found.slice(0, reach);
		if (isAway) throw new Error('away');
		if (found.length > reach) throw new TooManyRows();
	},
};

/** n8n's engine, for its context of a poll. */
class Polls extends Engine {
	readonly staticData: IDataObject = {};
	readonly gaps: Gap[] = [];

	async poll(most = 500, place = 'here'): Promise<string[] | null> {
		await new Promise((resolve) => setTimeout(resolve, 5));
		const node = {
			id: 'n',
			name: 'Poll',
			type: 'test.start',
			typeVersion: 1,
			position: [0, 0] as [number, number],
			parameters: {},
		};
		const file = { name: 'Test', nodes: [node], connections: {}, staticData: this.staticData };
		const { workflow, additionalData } = this.prepare(file, 'trigger', 'run');
		const context = new PollContext(
			workflow,
			workflow.getNode('Poll')!,
			additionalData,
			'trigger',
			'activate',
		);
		return await atPlace(context as IPollFunctions, place, async (state) => {
			const found = await poll(state, aheadMs === undefined ? source : { ...source, ...clocked }, { most });
			this.gaps.push(...(found?.gaps ?? []));
			return found?.rows.map(({ id }) => id) ?? null;
		});
	}
}

let polls: Polls;
const happens = (id: string, ago = 0) => rows.push({ id, at: Date.now() - ago });

beforeEach(() => {
	rows.length = 0;
	isAway = false;
	takesMs = 0;
	reach = Infinity;
	aheadMs = undefined;
	hasAnswered = false;
	polls = new Polls();
});

test('the first poll takes note of the time; then each row comes once', async () => {
	happens('before', 60_000);
	expect(await polls.poll()).toBeNull();
	happens('a');
	expect(await polls.poll()).toEqual(['a']);
	expect(await polls.poll()).toBeNull();
	happens('b');
	expect(await polls.poll()).toEqual(['b']);
});

test('a row that becomes visible late is not lost', async () => {
	await polls.poll();
	Object.assign(polls.staticData['node:Poll']!, { startedAt: 0 });
	happens('a');
	await polls.poll();
	happens('late', 60_000);
	expect(await polls.poll()).toEqual(['late']);
});

test('a poll that fails loses nothing', async () => {
	await polls.poll();
	happens('a');
	isAway = true;
	await expect(polls.poll()).rejects.toThrow('away');
	isAway = false;
	expect(await polls.poll()).toEqual(['a']);
});

test('another place begins anew: what was there before is none of its business', async () => {
	await polls.poll();
	happens('a');
	expect(await polls.poll(500, 'there')).toBeNull();
	happens('b');
	expect(await polls.poll(500, 'there')).toEqual(['b']);
	expect(await polls.poll()).toBeNull();
});

test('a poll that begins while the last one is still under way tells nothing twice', async () => {
	await polls.poll();
	happens('a');
	takesMs = 50;
	const both = await Promise.all([polls.poll(), polls.poll()]);
	expect(both.flatMap((found) => found ?? [])).toEqual(['a']);
	expect(await polls.poll()).toBeNull();
});

test('a flood comes in portions', async () => {
	await polls.poll();
	for (const id of ['a', 'b', 'c']) happens(id);
	expect([await polls.poll(2), await polls.poll(2)]).toEqual([['a', 'b'], ['c']]);
});

test('a flood of any size comes whole, once and to its end, whatever lies within the overlap', async () => {
	await polls.poll();
	Object.assign(polls.staticData['node:Poll']!, { startedAt: 0, cursor: Date.now() - 3_600_000 });
	for (let i = 0; i < 5_000; i++) happens(String(i), 240_000 - i * 40);
	reach = 1_000;
	const given: string[] = [];
	for (let found = await polls.poll(); found !== null; found = await polls.poll()) given.push(...found);
	expect(given).toEqual(rows.map(({ id }) => id));
	expect(polls.gaps).toEqual([]);
});

test('what a search cannot reach is told, with when it was', async () => {
	await polls.poll();
	Object.assign(polls.staticData['node:Poll']!, { startedAt: 0, cursor: Date.now() - 3_600_000 });
	const at = Math.floor((Date.now() - 1_800_000) / 1_000) * 1_000;
	for (let i = 0; i < 30; i++) rows.push({ id: String(i), at });
	reach = 20;
	expect(await polls.poll()).toHaveLength(20);
	expect(polls.gaps).toEqual([{ from: at, until: at + 1_000 }]);
	expect(await polls.poll()).toBeNull();
});

test('a sample is the newest rows', async () => {
	for (const [i, id] of ['a', 'b', 'c', 'd'].entries()) happens(id, (10 - i) * 60_000);
	expect((await sample(source)).map(({ id }) => id)).toEqual(['b', 'c', 'd']);
});

test('what a poll has not changed is not written, so that n8n need not save it', async () => {
	const kept: IDataObject = { place: 'here', cursor: 1, seen: { row: 'abc' } };
	const written: string[] = [];
	const watched = new Proxy(kept, {
		set: (target, name, value) => (written.push(String(name)), Reflect.set(target, name, value)),
		deleteProperty: (target, name) => (written.push(String(name)), Reflect.deleteProperty(target, name)),
	});
	const context = {
		getNode: () => ({ id: 'n' }),
		getWorkflow: () => ({ id: 'w' }),
		getWorkflowStaticData: () => watched,
	} as unknown as IPollFunctions;
	await atPlace(context, 'here', async (state) => void Object.assign(state, { seen: { row: 'abc' } }));
	expect(written).toEqual([]);
	await atPlace(context, 'here', async (state) => {
		delete state.seen;
		state.cursor = 2;
	});
	expect([written, kept]).toEqual([['seen', 'cursor'], { place: 'here', cursor: 2 }]);
});

describe.each([-20, 20])('a clock of n8n’s that is %i minutes ahead of the service’s', (minutes) => {
	const MINUTE = 60_000;
	beforeEach(() => void (aheadMs = minutes * MINUTE));
	/** By the service's clock. */
	const happensThere = (id: string, ago = 0) => happens(id, minutes * MINUTE + ago);

	test('hides nothing that comes after the first poll, or between two others, and tells nothing older', async () => {
		happensThere('before', 10);
		expect(await polls.poll()).toBeNull();
		const told: string[] = [];
		for (const id of ['a', 'b', 'c']) {
			happensThere(id);
			// What is in n8n's future is told when that has come.
			if (minutes > 0) expect(await polls.poll()).toEqual([id]);
			told.push(id);
		}
		if (minutes < 0) jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 30 * MINUTE);
		expect((await polls.poll()) ?? []).toEqual(minutes > 0 ? [] : told);
		jest.restoreAllMocks();
	});
});

it('tells each row once where more happens in the overlap than it can remember', async () => {
	await polls.poll();
	const begun = Date.now();
	for (let i = 0; i < 22_000; i++) rows.push({ id: `r${i}`, at: begun + 5 * i });
	jest.spyOn(Date, 'now').mockReturnValue(begun + 120_000);
	let told = 0;
	for (let at = 0; at < 16; at++) told += (await polls.poll(2_000))?.length ?? 0;
	expect(told).toBe(22_000);
	// What becomes visible late is found as long as all from its time on are known.
	rows.push({ id: 'late', at: begun + 5 * 21_000 });
	expect(await polls.poll(2_000)).toEqual(['late']);
	jest.restoreAllMocks();
});
