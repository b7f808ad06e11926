import { perItem, type PerItemOperation } from '../../../../core/node/operation';
import { runPerItem } from '../../../../core/node/run/perItem';
import type { RunContext } from '../../../../core/node/run/runContext';

afterAll(() => jest.restoreAllMocks());

/** The clock goes on only when an item is read, so that the machine's speed does not matter. */
test('items begin in their order, however often those before gave way', async () => {
	let now = performance.now() + 1_000;
	jest.spyOn(performance, 'now').mockImplementation(() => now);
	const begun: number[] = [];
	const operation = perItem({
		name: 'Do',
		value: 'do',
		action: 'Do it',
		description: 'Do it',
		fields: [],
		read(item) {
			now += 7;
			return item.index;
		},
		async call(index: number) {
			begun.push(index);
			return { index };
		},
	});
	const nothing = () => undefined;
	const run = {
		count: 200,
		client: { concurrency: 20 },
		parameters: { context: { getInputData: () => [] } },
		journal: { key: () => '', recall: nothing, done: nothing, failed: nothing },
		results: { isClosed: false, done: nothing, failed: nothing },
	} as unknown as RunContext;
	await runPerItem(operation as unknown as PerItemOperation<unknown, never>, run);
	expect(begun).toEqual(Array.from({ length: 200 }, (_, i) => i));
});
