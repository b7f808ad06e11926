import { ServiceError } from '../../../../core/errors';
import type { Connection, Forecast } from '../../../../core/connection/connection';
import { batched, done, perItem } from '../../../../core/node/operation';
import { foretell } from '../../../../core/node/run/forecast';
import { systemClock } from '../../../../core/http/limiter/clock';
import { RateLimiter } from '../../../../core/http/limiter/rateLimiter';

const face = { name: 'Do', value: 'do', action: 'Do it', description: 'Do it', fields: [], read: () => 1 };
const single = perItem({ ...face, call: async () => ({}) }) as Parameters<typeof foretell>[0];
const many = batched({
	...face,
	chunk: { items: 100, bytes: 1_000 },
	call: async () => [done({})],
}) as Parameters<typeof foretell>[0];

function told(
	operation: Parameters<typeof foretell>[0],
	items: number,
	forecast: Partial<Forecast> | undefined,
) {
	const asked: number[] = [];
	const said: string[] = [];
	const connection = {
		forecast(requests: number) {
			asked.push(requests);
			return forecast && { ms: 0, leftToday: Infinity, isToFit: false, ...forecast };
		},
	} as unknown as Connection;
	foretell(operation, items, connection, { announce: (sentence: string) => said.push(sentence) } as never);
	return { asked, said };
}

test('a request an item, or one a chunk', () => {
	expect(told(single, 250, {}).asked).toEqual([250]);
	expect(told(many, 250, {}).asked).toEqual([3]);
});

test.each([
	[9_000, []],
	[25_000, ['This takes 25 seconds at least: 250 requests.']],
	[600_000, ['This takes 10 minutes at least: 250 requests.']],
	[3 * 3_600_000, ['This takes 3 hours at least: 250 requests.']],
])('%d ms are told in words, when they are worth it', (ms, said) => {
	expect(told(single, 250, { ms }).said).toEqual(said);
});

test('what is more than the day holds is told, or refused before anything is sent', () => {
	expect(told(single, 250, { leftToday: 200 }).said).toEqual([
		'This takes 250 requests, and today’s quota holds 200 more: the rest fails until tomorrow.',
	]);
	const refused = () => told(single, 250, { leftToday: 200, isToFit: true });
	expect(refused).toThrow('today’s quota holds 200 more');
	try {
		refused();
	} catch (error) {
		expect((error as ServiceError).facts).toMatchObject({
			outcome: 'notSent',
			remedy: expect.stringContaining('tomorrow'),
		});
	}
	expect(told(single, 200, { leftToday: 200, isToFit: true }).said).toEqual([]);
});

test('where nothing is told of, nothing is said', () => {
	expect(told(single, 1_000_000, undefined).said).toEqual([]);
});

test('a limiter knows what the day still holds', async () => {
	const limiter = new RateLimiter('someone', { concurrency: 2, perDay: 5 }, systemClock);
	expect(limiter.leftToday).toBe(5);
	await limiter.run(async () => undefined);
	expect(limiter.leftToday).toBe(4);
	expect(new RateLimiter('another', { concurrency: 2 }, systemClock).leftToday).toBe(Infinity);
});
