import fc from 'fast-check';
import { Chunker, type Chunk } from '../../../core/batch/chunks';
import { megabytes } from '../../../core/text';

interface Message {
	group: string;
	text: string;
}

/** Gives all messages in, and answers with what came out, and the most chunks that were open at a time. */
function cut(messages: Message[], limits: { items: number; bytes: number }) {
	const chunker = new Chunker<Message>({ ...limits, by: ({ group }) => group });
	const chunks: Chunk[] = [];
	const refused: number[] = [];
	let held = 0;
	let mostHeld = 0;
	const groupsHeld = new Map<string, number>();
	messages.forEach((message, index) => {
		try {
			const full = chunker.add(index, message);
			held += 1 - full.reduce((sum, { size }) => sum + size, 0);
			groupsHeld.set(message.group, 1);
			for (const chunk of full) groupsHeld.delete(messages[chunk.indexes.at(-1)!]!.group);
			if (full.length > 0 && full.every((chunk) => !chunk.indexes.includes(index)))
				groupsHeld.set(message.group, 1);
			mostHeld = Math.max(mostHeld, groupsHeld.size);
			chunks.push(...full);
		} catch {
			refused.push(index);
		}
	});
	const rest = [...chunker.rest()];
	chunks.push(...rest);
	return { chunks, refused, mostHeld, left: held - rest.reduce((sum, { size }) => sum + size, 0) };
}

const someMessages = (groups: number) =>
	fc.array(
		fc.record({ group: fc.integer({ min: 0, max: groups }).map(String), text: fc.string({ maxLength: 60 }) }),
		{ maxLength: 200 },
	);

test('every message goes out exactly once, in order, within the limits, with its own group only', () => {
	fc.assert(
		fc.property(
			fc.oneof(someMessages(3), someMessages(100)),
			fc.integer({ min: 1, max: 20 }),
			fc.integer({ min: 40, max: 400 }),
			(messages, items, bytes) => {
				const { chunks, refused, left } = cut(messages, { items, bytes });
				const sent = chunks.flatMap(({ indexes }) => indexes);
				expect([...sent, ...refused].sort((a, b) => a - b)).toEqual(messages.map((_, i) => i));
				expect(left).toBe(0);
				for (const index of refused)
					expect(Buffer.byteLength(JSON.stringify(messages[index])) + 2).toBeGreaterThan(bytes);
				const seen = new Map<string, number>();
				for (const chunk of chunks) {
					const json = chunk.json();
					const group = messages[chunk.indexes[0]!]!.group;
					expect(JSON.parse(json.toString())).toEqual(chunk.indexes.map((i) => messages[i]));
					expect(chunk.size).toBeLessThanOrEqual(items);
					expect(chunk.size).toBeGreaterThan(0);
					expect(json.length).toBe(chunk.bytes);
					expect(json.length).toBeLessThanOrEqual(bytes);
					for (const index of chunk.indexes) {
						expect(messages[index]!.group).toBe(group);
						expect(index).toBeGreaterThan(seen.get(group) ?? -1);
						seen.set(group, index);
					}
				}
			},
		),
		{ numRuns: 200 },
	);
});

test('a bounded number of chunks is open, however many groups there are', () => {
	fc.assert(
		fc.property(fc.integer({ min: 33, max: 400 }), (groups) => {
			const messages = Array.from({ length: groups * 3 }, (_, i) => ({
				group: String(i % groups),
				text: 'x',
			}));
			expect(cut(messages, { items: 500, bytes: 100_000 }).mostHeld).toBeLessThanOrEqual(32);
		}),
		{ numRuns: 30 },
	);
});

test('chunks are as full as they can be: 1,200 messages of one group make three of 500', () => {
	const messages = Array.from({ length: 1_200 }, (_, i) => ({ group: '', text: String(i) }));
	expect(cut(messages, { items: 500, bytes: 1e9 }).chunks.map(({ size }) => size)).toEqual([500, 500, 200]);
});

test('without groups all messages share chunks', () => {
	const chunker = new Chunker<object>({ items: 3, bytes: 1_000 });
	expect(chunker.add(0, {})).toEqual([]);
	expect(chunker.add(1, {})).toEqual([]);
	expect(chunker.add(2, {})[0]!.json('messages').toString()).toBe('{"messages":[{},{},{}]}');
	expect([...chunker.rest()]).toEqual([]);
});

describe('a part that all messages of a request share', () => {
	interface Letter {
		body: string;
		to: string;
	}
	const letters = (items: number, bytes = 1e6) =>
		new Chunker<Letter>({ items, bytes, split: ({ body, to }) => ({ common: { body }, own: { to } }) });

	test('is sent once, beside the list', () => {
		const chunker = letters(2);
		chunker.add(0, { body: 'Hello', to: 'a' });
		const [chunk] = chunker.add(1, { body: 'Hello', to: 'b' });
		expect(chunk!.json('list').toString()).toBe('{"body":"Hello","list":[{"to":"a"},{"to":"b"}]}');
		expect(chunk!.only([1]).json('list').toString()).toBe('{"body":"Hello","list":[{"to":"b"}]}');
	});

	test('keeps messages apart that differ in it', () => {
		const chunker = letters(10);
		for (const [i, body] of ['x', 'y', 'x'].entries()) chunker.add(i, { body, to: String(i) });
		expect([...chunker.rest()].map(({ indexes }) => indexes)).toEqual([[0, 2], [1]]);
	});

	test('counts towards the size of the request', () => {
		const chunker = letters(10, 110);
		const full = [0, 1, 2, 3, 4].flatMap((i) => chunker.add(i, { body: 'x'.repeat(60), to: '12345' }));
		const chunks = [...full, ...chunker.rest()];
		expect(chunks.map(({ size }) => size)).toEqual([2, 2, 1]);
	});
});

test('of two messages about the same that travel apart, the first goes out first', () => {
	const chunker = new Chunker<{ group: string; about: string }>({
		items: 2,
		bytes: 1_000,
		by: ({ group }) => group,
		key: ({ about }) => about,
	});
	const out = [
		...chunker.add(0, { group: 'a', about: 'x' }),
		...chunker.add(1, { group: 'c', about: 'y' }),
		...chunker.add(2, { group: 'b', about: 'x' }),
		...chunker.add(3, { group: 'b', about: 'z' }),
		...chunker.rest(),
	];
	expect(out.map(({ indexes, keys }) => [indexes, [...keys]])).toEqual([
		[[0], ['x']],
		[
			[2, 3],
			['x', 'z'],
		],
		[[1], ['y']],
	]);
	expect([...out[1]!.only([1]).keys]).toEqual(['z']);
});

test('a part of a chunk keeps the items’ own places', () => {
	const chunker = new Chunker<object>({ items: 3, bytes: 1_000 });
	const [chunk] = [4, 7, 9].flatMap((index) => chunker.add(index, { index }));
	const part = chunk!.only([0, 2]);
	expect(part.indexes).toEqual([4, 9]);
	expect(part.json().toString()).toBe('[{"index":4},{"index":9}]');
	expect(part.bytes).toBe(part.json().length);
});

test('a message that no request can carry is refused with its size and the limit', () => {
	const chunker = new Chunker<object>({ items: 3, bytes: 2 * 1024 * 1024 });
	expect(() => chunker.add(0, { text: 'x'.repeat(3 * 1024 * 1024) })).toThrow(
		'This message is 3 MB long, more than one request may carry (2 MB)',
	);
	expect([megabytes(10 * 1024 * 1024), megabytes(1.55 * 1024 * 1024)]).toEqual(['10 MB', '1.6 MB']);
});
