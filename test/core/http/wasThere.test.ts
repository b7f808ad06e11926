import { ServiceError } from '../../../core/errors';
import { differences, ownOrTheirs, wasBefore } from '../../../core/http/wasThere';

const made = { service: 'Example', what: 'the list “News”', field: 'Name' };

test('what was asked for is one’s own, however the service writes it', () => {
	const found = { id: 7, name: 'NEWS', size: '3', note: null, tags: ['a'], options: { open: true, more: 1 } };
	const asked = {
		name: 'News',
		size: 3,
		note: '',
		tags: ['a'],
		options: { open: true },
		secret: 'not shown',
	};
	expect(ownOrTheirs(found, asked, made)).toBe(found);
});

test('what differs is named, and nothing was made', () => {
	const error = ownOrTheirs(
		{ id: 7, name: 'News', kind: 'Live', tags: [] },
		{ name: 'News', kind: 'Test', tags: ['a'] },
		made,
	);
	expect(error).toBeInstanceOf(ServiceError);
	expect((error as ServiceError).facts).toMatchObject({
		message:
			'The list “News” was there already, and is not the one that was asked for: it differs in kind, tags',
		outcome: 'refused',
		field: 'Name',
		remedy: expect.stringContaining('Nothing was made'),
	});
});

test.each([
	[{ a: '' }, { a: undefined }, []],
	[{ a: false }, { a: null }, ['a']],
	[{ a: 0 }, { a: '' }, ['a']],
	[{ a: { b: 1 } }, { a: { b: 2 } }, ['a']],
	[{ a: ['x', 'y'] }, { a: ['y', 'x'] }, ['a']],
])('%j and %j differ in %j', (asked, found, names) => {
	expect(differences(asked, found)).toEqual(names);
});

test('a record that is clearly older was there before; one without a time may be new', () => {
	const now = Date.parse('2026-11-26T10:00:00Z');
	expect(wasBefore('2026-11-26T09:50:00Z', now)).toBe(true);
	expect(wasBefore('2026-11-26T09:57:00Z', now)).toBe(false);
	expect(wasBefore(undefined, now)).toBe(false);
	expect(wasBefore('yesterday', now)).toBe(false);
});
