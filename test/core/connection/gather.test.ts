import { setTimeout as wait } from 'node:timers/promises';
import { gather } from '../../../core/connection/gather';

interface Message {
	to: string;
	key?: string;
}

function gathered(answer: (messages: Message[]) => Promise<string[]> | string[], concurrency = 2) {
	const sent: Message[][] = [];
	let most = 0;
	let underWay = 0;
	const send = gather<Message, string>({
		size: 3,
		concurrency,
		group: ({ to }) => to,
		key: ({ key }) => key,
		async send(messages) {
			sent.push(messages);
			most = Math.max(most, ++underWay);
			await wait(2);
			underWay--;
			return await answer(messages);
		},
	});
	return { send, sent, most: () => most };
}

test('calls of one group travel together, those of another apart, and each gets its own answer', async () => {
	const { send, sent } = gathered((messages) => messages.map(({ to, key }) => `${to} ${key}`));
	const messages = Array.from({ length: 8 }, (_, i) => ({ to: i % 4 === 3 ? 'b' : 'a', key: String(i) }));
	expect(await Promise.all(messages.map(send))).toEqual(messages.map(({ to, key }) => `${to} ${key}`));
	expect(sent.map((group) => new Set(group.map(({ to }) => to)).size)).toEqual(sent.map(() => 1));
	expect(sent.filter(([first]) => first!.to === 'a').map(({ length }) => length)).toEqual([3, 3]);
});

test('two with the same key never share a request; none is lost', async () => {
	const { send, sent } = gathered((messages) => messages.map(({ key }) => key!));
	const keys = ['x', 'x', 'y', 'x', 'z'];
	expect(await Promise.all(keys.map((key) => send({ to: 'a', key })))).toEqual(keys);
	for (const group of sent) expect(new Set(group.map(({ key }) => key)).size).toBe(group.length);
});

test('no more requests side by side than a group may have; a request that fails fails for those in it alone', async () => {
	const { send, most } = gathered((messages) => {
		if (messages.some(({ key }) => key === '4')) throw new Error('broken');
		return messages.map(({ key }) => key!);
	});
	const all = Array.from({ length: 30 }, (_, i) => send({ to: 'a', key: String(i) }));
	const results = await Promise.allSettled(all);
	expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(3);
	expect(most()).toBe(2);
});
