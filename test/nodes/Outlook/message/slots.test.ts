import fc from 'fast-check';
import { Slots, type Use } from '../../../../nodes/Outlook/message/queue/slots';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const NOW = Date.UTC(2026, 10, 26, 12);

test('one after the other at the pace, on whole seconds, after what waits already', () => {
	const slots = new Slots([{ at: NOW + 10_000, recipients: 1 }]);
	const limits = { messagesPerMinute: 30, recipientsPerDay: 10_000 };
	expect([1, 1, 1].map((n) => slots.take(n, NOW, limits) - NOW)).toEqual([12_000, 14_000, 16_000]);
	expect(slots.take(1, NOW + MINUTE, limits)).toBe(NOW + MINUTE);
});

test('what a day does not take goes on when the oldest of it is a day old', () => {
	const slots = new Slots([{ at: NOW - 3_600_000, recipients: 4 }]);
	const limits = { messagesPerMinute: 60, recipientsPerDay: 5 };
	expect([1, 1, 1, 2].map((n) => slots.take(n, NOW, limits) - NOW)).toEqual([
		0,
		DAY - 3_600_000,
		DAY - 3_600_000 + 1_000,
		DAY - 3_600_000 + 2_000,
	]);
});

test('no minute and no 24 hours have more than they may, wherever they begin', () => {
	const use = fc.record({
		at: fc.integer({ min: -DAY, max: DAY }),
		recipients: fc.integer({ min: 1, max: 3 }),
	});
	fc.assert(
		fc.property(
			fc.array(use, { maxLength: 4 }),
			fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 40 }),
			fc.integer({ min: 1, max: 40 }),
			fc.integer({ min: 12, max: 60 }),
			(before, items, messagesPerMinute, recipientsPerDay) => {
				const uses: Use[] = before.map(({ at, recipients }) => ({ at: NOW + at, recipients }));
				const slots = new Slots(uses);
				const taken = items.map((recipients) => ({
					at: slots.take(recipients, NOW, { messagesPerMinute, recipientsPerDay }),
					recipients,
				}));
				const all = [...uses, ...taken];
				for (const { at } of taken) {
					const minute = taken.filter((one) => one.at > at - MINUTE && one.at <= at);
					expect(minute.length).toBeLessThanOrEqual(messagesPerMinute);
					const day = all.filter((one) => one.at > at - DAY && one.at <= at);
					expect(day.reduce((sum, one) => sum + one.recipients, 0)).toBeLessThanOrEqual(recipientsPerDay);
				}
				expect(taken.map(({ at }) => at)).toEqual(taken.map(({ at }) => at).sort((a, b) => a - b));
			},
		),
	);
});
