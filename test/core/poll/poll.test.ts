import { PollContext } from 'n8n-core';
import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import { poll } from '../../../core/poll/poll';
import type { Source } from '../../../core/poll/backfill';
import { Engine } from '../../../scripts/engine';

interface Row {
	id: string;
	at: number;
}

const rows: Row[] = [];
let isAway = false;
const source: Source<Row> = {
	id: ({ id }) => id,
	at: ({ at }) => at,
	async *between(from, until) {
		for (const row of rows) if (row.at >= +from && row.at < +until) yield row;
		if (isAway) throw new Error('away');
	},
};

/** n8n's engine, for its context of a poll. */
class Polls extends Engine {
	readonly staticData: IDataObject = {};

	async poll(mode: 'trigger' | 'manual' = 'trigger', most = 500): Promise<string[] | null> {
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
		const { workflow, additionalData } = this.prepare(file, mode, 'run');
		const context = new PollContext(workflow, workflow.getNode('Poll')!, additionalData, mode, 'activate');
		const found = await poll(context as IPollFunctions, source, { most });
		return found?.map(({ id }) => id) ?? null;
	}
}

let polls: Polls;
const happens = (id: string, ago = 0) => rows.push({ id, at: Date.now() - ago });

beforeEach(() => {
	rows.length = 0;
	isAway = false;
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

test('a flood comes in portions', async () => {
	await polls.poll();
	for (const id of ['a', 'b', 'c']) happens(id);
	expect([await polls.poll('trigger', 2), await polls.poll('trigger', 2)]).toEqual([['a', 'b'], ['c']]);
});

test('a manual run gives the newest rows and stores nothing', async () => {
	for (const [i, id] of ['a', 'b', 'c', 'd'].entries()) happens(id, (10 - i) * 60_000);
	expect(await polls.poll('manual')).toEqual(['b', 'c', 'd']);
	expect(await polls.poll('manual')).toEqual(['b', 'c', 'd']);
	expect(polls.staticData).toEqual({});
});
