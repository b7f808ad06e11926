import fc from 'fast-check';
import { Slots, type Use } from '../../../../nodes/Outlook/message/queue/slots';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const NOW = Date.UTC(2026, 10, 26, 12);

test('one after the other at the pace, on whole seconds, after what waits already', () => {
	const slots = new Slots([{ at: NOW + 10_000, recipients: 1 }]);
	const limits = { messagesPerMinute: 30, recipientsPerDay: 10_000 };
	expect([1, 1, 1].map((n) => slots.take(n, NOW, limits).at - NOW)).toEqual([12_000, 14_000, 16_000]);
	expect(slots.take(1, NOW + MINUTE, limits).at).toBe(NOW + MINUTE);
});

test('what a day does not take goes on when the oldest of it is a day old', () => {
	const slots = new Slots([{ at: NOW - 3_600_000, recipients: 4 }]);
	const limits = { messagesPerMinute: 60, recipientsPerDay: 5 };
	expect([1, 1, 1, 2].map((n) => slots.take(n, NOW, limits).at - NOW)).toEqual([
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
					at: slots.take(recipients, NOW, { messagesPerMinute, recipientsPerDay }).at,
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

test('who plans by itself for the same mailbox means the same slots, and knows them by name', () => {
	const limits = { messagesPerMinute: 7, recipientsPerDay: 10_000 };
	const [one, other] = [new Slots([]), new Slots([{ at: NOW - 1_234, recipients: 1 }])];
	const ofOne = Array.from({ length: 20 }, () => one.take(1, NOW + 61_000, limits));
	const ofOther = Array.from({ length: 20 }, () => other.take(2, NOW + 65_432, limits));
	expect(ofOther).toEqual(ofOne.map((slot) => ({ ...slot, recipients: 2 })));
	expect(new Set(ofOne.map(({ name }) => name)).size).toBe(20);
});

test('more than one a second: as many in a second as the pace has', () => {
	const slots = new Slots([]);
	const all = Array.from({ length: 6 }, () =>
		slots.take(1, NOW, { messagesPerMinute: 120, recipientsPerDay: 99 }),
	);
	expect(all.map(({ at }) => at - NOW)).toEqual([0, 0, 1_000, 1_000, 2_000, 2_000]);
	expect(new Set(all.map(({ name }) => name)).size).toBe(6);
});
