import { ServiceClock } from '../../../core/http/clock';

const TOLD = Date.parse('2026-11-27T10:00:00Z');
const learned = (date: unknown, sentAt: number, receivedAt: number) => {
	const clock = new ServiceClock();
	clock.learn({ date: date as string }, sentAt, receivedAt);
	return clock;
};
const DATE = new Date(TOLD).toUTCString();

test.each([
	['says the same, as far as whole seconds tell', TOLD + 100, TOLD + 900, 0],
	['was asked just before its second', TOLD - 200, TOLD + 100, 0],
	['is behind by a minute at least', TOLD + 60_900, TOLD + 61_000, 61_000],
	['is ahead by a minute at most', TOLD - 60_500, TOLD - 60_000, -60_000],
])('a service that %s', (_, sentAt, receivedAt, aheadMs) => {
	expect(receivedAt - learned(DATE, sentAt, receivedAt).at(receivedAt)).toBe(aheadMs);
});

test.each([undefined, '', 'soon'])('a date %j says nothing', (date) => {
	expect(learned(date, TOLD, TOLD).at(TOLD)).toBe(TOLD);
});
