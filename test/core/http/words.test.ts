import fc from 'fast-check';
import { ServiceError } from '../../../core/errors';
import { headerValue, path } from '../../../core/http/path';
import { retryAfterMs } from '../../../core/http/response';
import { redact } from '../../../core/http/redact';

describe('path', () => {
	test('puts each value into one encoded segment', () => {
		expect(path`/v2/users/${'a/b@c'}/aliases/${'x?y#z'}`).toBe('/v2/users/a%2Fb%40c/aliases/x%3Fy%23z');
		expect(path`/v2/departments/${7}`).toBe('/v2/departments/7');
		expect(path`/plain`).toBe('/plain');
	});

	test('no value leaves its segment, whatever it is', () => {
		fc.assert(
			fc.property(
				fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('.', '..', '%2e%2e', '../x', '//h')),
				(value) => {
					let made: string;
					try {
						made = path`/v2/users/${value}/aliases`;
					} catch (error) {
						// Only what no encoding can tame is refused, and in words.
						expect(error).toBeInstanceOf(ServiceError);
						return;
					}
					const { pathname, search, hash, host } = new URL(`https://api.example.com${made}`);
					const segments = pathname.split('/');
					expect([segments.length, segments[1], segments[2], segments[4]]).toEqual([
						5,
						'v2',
						'users',
						'aliases',
					]);
					expect(decodeURIComponent(segments[3]!)).toBe(value);
					expect([search, hash, host]).toEqual(['', '', 'api.example.com']);
				},
			),
			{ numRuns: 500 },
		);
	});

	test.each(['', '.', '..'])('“%s” is refused: it would be another place', (value) => {
		expect(() => path`/v2/users/${value}`).toThrow('is not an ID or address');
	});
});

test('a header value is one line without control characters', () => {
	expect(headerValue(' a\r\nBcc: b@example.com\u0000 ')).toBe('a Bcc: b@example.com');
	fc.assert(
		fc.property(fc.string({ unit: 'binary' }), (value) => {
			expect(headerValue(value)).not.toMatch(/[\u0000-\u001f\u007f]/);
		}),
	);
});

describe('retryAfterMs', () => {
	const now = Date.parse('2026-03-01T00:00:00Z');
	test.each([
		['30', 30_000],
		[2, 2_000],
		['1.5', 1_500],
		['0', 0],
		['-5', 0],
		['Sun, 01 Mar 2026 00:00:10 GMT', 10_000],
		['Sat, 28 Feb 2026 00:00:00 GMT', 0],
		['soon', undefined],
		[undefined, undefined],
		[['3', '4'], undefined],
	])('%j is %j', (header, ms) => {
		expect(retryAfterMs({ 'retry-after': header as never }, now)).toBe(ms);
	});
});

describe('redact', () => {
	const credential = {
		appId: 'the-app-id',
		appSecret: 'a/b+c&d"e',
		accessToken: 'tok-123456',
		short_key: 'abc',
	};

	test('takes every secret out, as it is and as it is sent', () => {
		for (const form of [
			'a/b+c&d"e',
			encodeURIComponent('a/b+c&d"e'),
			new URLSearchParams({ s: 'a/b+c&d"e' }).toString(),
			JSON.stringify('a/b+c&d"e'),
		])
			expect(redact(`<${form}> tok-123456 tok-123456`, credential)).toMatch(/^<(s=)?"?•••"?> ••• •••$/);
	});

	test('takes sign-ins out of addresses, whoever they belong to', () => {
		expect(
			redact('No “https://n8n:p%40ss-4711@n8n.example/hook” nor ftp://me@x.example, a@b.example', {}),
		).toBe('No “https://•••@n8n.example/hook” nor ftp://•••@x.example, a@b.example');
	});

	test('leaves what is no secret', () => {
		expect(redact('the-app-id abc', credential)).toBe('the-app-id abc');
	});
});
