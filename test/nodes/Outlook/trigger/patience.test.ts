import { forgive, hasPatience } from '../../../../nodes/Outlook/trigger/patience';

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;
/** What the others of this file have asked for is long ago. */
let now = Date.now();
beforeEach(() => void (now += 400 * DAY));

test('a file is asked for again for an hour, however seldom it is asked', () => {
	expect(hasPatience('a', now)).toBe(true);
	expect(hasPatience('a', now + HOUR - 1)).toBe(true);
	expect(hasPatience('a', now + HOUR)).toBe(false);
	expect(hasPatience('b', now)).toBe(true);
	expect(hasPatience('b', now + 31 * DAY)).toBe(false);
});

test('what failed long ago, or could be had since, says nothing of what fails now', () => {
	hasPatience('a', now);
	expect(hasPatience('a', now + 40 * DAY)).toBe(true);
	hasPatience('b', now);
	forgive('b');
	expect(hasPatience('b', now + 2 * HOUR)).toBe(true);
});

test('where many fail, the one that was asked for longest ago makes room, and no new one', () => {
	hasPatience('asked again', now);
	hasPatience('oldest', now);
	for (let i = 0; i < 998; i++) hasPatience(`file ${i}`, now + 1);
	hasPatience('asked again', now + 2);
	hasPatience('new', now + 3);
	expect(hasPatience('new', now + HOUR + 3)).toBe(false);
	expect(hasPatience('asked again', now + HOUR + 3)).toBe(false);
	expect(hasPatience('oldest', now + HOUR + 3)).toBe(true);
});
