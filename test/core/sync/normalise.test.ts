import { cleanText, isFilled } from '../../../core/sync';
import { createNormaliser } from '../../../core/sync/normalise';

it('makes text ordinary: width, white space, zero-width spaces; case stays', async () => {
	expect(cleanText('  Ａｎｎ\u3000 Lee\t\u200b')).toBe('Ann Lee');
	expect(cleanText('plain')).toBe('plain');
	expect(cleanText(' \n ')).toBe('');
});

it('knows what is filled', async () => {
	expect([undefined, '', ' ', [], [' ']].map(isFilled)).toEqual([false, false, false, false, false]);
	expect(['a', false, ['', 'a']].map(isFilled)).toEqual([true, true, true]);
});

describe('comparing two values', () => {
	const { same, lookup } = createNormaliser({
		normalise: { phone: (value) => String(value).replace(/\D/g, '') },
	});

	it.each([
		['a', ' a', true],
		['a', 'A', false],
		['', undefined, true],
		[[], undefined, true],
		[['a', 'b'], ['b ', 'a', 'a'], true],
		[['a'], ['a', 'b'], false],
		['a', ['a'], true],
		[['a,b'], ['a', 'b'], false],
		[true, 'TRUE', true],
		[false, undefined, true],
		[true, undefined, false],
		[true, '', false],
	])('%j and %j: %s', async (a, b, expected) => {
		expect(same('name', a, b)).toBe(expected);
		expect(same('name', b, a)).toBe(expected);
	});

	it('uses the field’s own normaliser', async () => {
		expect(same('phone', '+86 (10) 12', '861012')).toBe(true);
		expect(same('name', '+86', '86')).toBe(false);
	});

	it('looks up by case-folded text only', async () => {
		expect(lookup('email', ' Ａnn@X.com ')).toBe('ann@x.com');
		expect(lookup('email', ['ann@x.com'])).toBe('ann@x.com');
		expect([undefined, '', true, ['a', 'b']].map((value) => lookup('email', value))).toEqual([
			'',
			'',
			'',
			'',
		]);
	});
});
