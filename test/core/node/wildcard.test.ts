import fc from 'fast-check';
import { wildcard } from '../../../core/node/wildcard';

describe('a wildcard', () => {
	test.each([
		['admin@*', 'admin@x.com', true],
		['admin@*', 'xadmin@x.com', false],
		['*-admin@x.com', 'it-admin@x.com', true],
		['*', '', true],
		['a*a', 'a', false],
		['a*a', 'aa', true],
		['*b*b*', 'ab', false],
		['*b*b*', 'abab', true],
		['**x**', 'x', true],
		['a.c', 'abc', false],
		['*a*', 'b\na', true],
	])('%j fits %j: %j', (pattern, text, fits) => {
		expect(wildcard(pattern)(text)).toBe(fits);
	});

	test('for any pattern and text: the same as the expression that it stands for', () => {
		const word = fc.stringMatching(/^[ab.*]{0,8}$/);
		fc.assert(
			fc.property(word, fc.stringMatching(/^[ab.]{0,10}$/), (pattern, text) => {
				const source = pattern.replaceAll('.', '\\.').replace(/\*+/g, '.*');
				expect(wildcard(pattern)(text)).toBe(new RegExp(`^${source}$`).test(text));
			}),
			{ numRuns: 2000 },
		);
	});

	test('with a thousand stars looks at a long text no more than once', () => {
		const fits = wildcard(`${'*a'.repeat(1_000)}*b`);
		// An expression would try every way to place a thousand stars before it gives up.
		expect(fits('a'.repeat(20_000))).toBe(false);
		expect(fits(`${'a'.repeat(20_000)}b`)).toBe(true);
	});
});
