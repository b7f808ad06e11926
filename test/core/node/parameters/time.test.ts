import fc from 'fast-check';
import { readTime, wallClock } from '../../../../core/node/parameters/time';

const ZONES = [
	'UTC',
	'Asia/Shanghai',
	'America/New_York',
	'Europe/Berlin',
	'Australia/Lord_Howe',
	'Asia/Kolkata',
];

test('a day stays a day in every zone', () => {
	for (const zone of ZONES) expect(readTime(' 2026-02-28 ', zone)).toEqual({ day: '2026-02-28' });
});

test.each([
	['2026-07-01T09:30', 'Asia/Shanghai', '2026-07-01T01:30:00.000Z'],
	['2026-07-01 09:30:15', 'Europe/Berlin', '2026-07-01T07:30:15.000Z'],
	['2026-01-01T09:30:15.250', 'Europe/Berlin', '2026-01-01T08:30:15.000Z'],
	// Half an hour after clocks went forward there, while UTC's hands still stand before it.
	['2026-03-08T03:30', 'America/New_York', '2026-03-08T07:30:00.000Z'],
	['2026-07-01T09:30:00Z', 'Europe/Berlin', '2026-07-01T09:30:00.000Z'],
	['2026-07-01T09:30:00+0800', 'Europe/Berlin', '2026-07-01T01:30:00.000Z'],
])('%s in %s is %s', (written, zone, at) => {
	expect(readTime(written, zone)?.at?.toISOString()).toBe(at);
});

test('a moment knows its day where the workflow is', () => {
	expect(readTime('2026-07-01T22:00:00Z', 'Asia/Shanghai')?.day).toBe('2026-07-02');
	expect(readTime(new Date('2026-07-01T22:00:00Z'), 'America/New_York')?.day).toBe('2026-07-01');
});

test.each(['', 'soon', '31.12.2026', '2026-13-01', '2026-02-31', '2026-02-01T25:00', '12/31/2026', {}, NaN])(
	'%j is no date',
	(value) => expect(readTime(value, 'UTC')).toBeUndefined(),
);

test('what a clock shows leads back to the moment, but for the hour that a clock shows twice', () => {
	const moments = fc.date({ min: new Date('2020-01-01'), max: new Date('2035-01-01'), noInvalidDate: true });
	fc.assert(
		fc.property(moments, fc.constantFrom(...ZONES), (date, zone) => {
			const at = new Date(Math.floor(date.getTime() / 1_000) * 1_000);
			const shown = wallClock(at, zone);
			const back = readTime(shown, zone)!.at!;
			expect(wallClock(back, zone)).toBe(shown);
			expect(Math.abs(back.getTime() - at.getTime())).toBeLessThanOrEqual(3_600_000);
		}),
		{ numRuns: 2_000 },
	);
});
