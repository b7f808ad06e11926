import fc from 'fast-check';
import { formatAddress, formatAddresses, isAddress, parseAddresses } from '../../../core/mail/address';
import { ServiceError } from '../../../core/errors';

const parse = (text: string) => parseAddresses(text, 'To');
const a = (address: string, name = '') => ({ name, address });

test.each([
	['A <a@x.com>, b@y.com; c@z.com', [a('a@x.com', 'A'), a('b@y.com'), a('c@z.com')]],
	['a@x.com\nb@y.com\r\nc@z.com', [a('a@x.com'), a('b@y.com'), a('c@z.com')]],
	['a@x.com,\n b@y.com,\n', [a('a@x.com'), a('b@y.com')]],
	['"Bauer, Ana" <ana@x.com>, b@y.com', [a('ana@x.com', 'Bauer, Ana'), a('b@y.com')]],
	['"Bauer; Ana" <ana@x.com>; b@y.com', [a('ana@x.com', 'Bauer; Ana'), a('b@y.com')]],
	['"Ana \\"Ace\\" Bauer" <ana@x.com>', [a('ana@x.com', 'Ana "Ace" Bauer')]],
	[
		'李伟 <li.wei@yunhe.example>, "王，芳" <wang@yunhe.example>',
		[a('li.wei@yunhe.example', '李伟'), a('wang@yunhe.example', '王，芳')],
	],
	['Team: a@x.com, B <b@y.com>;', [a('a@x.com'), a('b@y.com', 'B')]],
	['<a@x.com>', [a('a@x.com')]],
	['  a@x.com  ', [a('a@x.com')]],
	['a@x.com b@y.com\tc@z.com', [a('a@x.com'), a('b@y.com'), a('c@z.com')]],
	['王伟 <w@x.com>；李娜 <l@x.com>', [a('w@x.com', '王伟'), a('l@x.com', '李娜')]],
	['w@x.com，l@x.com、z@x.com', [a('w@x.com'), a('l@x.com'), a('z@x.com')]],
	['ana@x.com <Ana@x.com>', [a('Ana@x.com', 'ana@x.com')]],
	['ana@x.com (Ana, at work)', [a('ana@x.com', 'Ana, at work')]],
	['"a@x.com b@y.com" <c@z.com>', [a('c@z.com', 'a@x.com b@y.com')]],
	['Ana a@x.com', [a('a@x.com', 'Ana')]],
	['张三@例子.公司', [a('张三@例子.公司')]],
	['\u200bana@x.com', [a('ana@x.com')]],
	['ana@x.com\u200b, \ufeffb@y.com\u2060', [a('ana@x.com'), a('b@y.com')]],
	['\u200eAna <\u202aana@x.com\u202c>', [a('ana@x.com', 'Ana')]],
	[',, ;', []],
])('%j is read', (text, addresses) => {
	expect(parse(text)).toEqual(addresses);
});

test.each([
	['not an address', '“not an address”'],
	['a@x.com, b@', '“b@”'],
	['a@x', '“a@x”'],
	['@x.com', '“@x.com”'],
	['Ana <>', '“Ana”'],
	[`${'x'.repeat(200)}@x.com`, `“${'x'.repeat(60)}…”`],
	['per\u200bson@x.com', '“per‹U+200B›son@x.com”'],
	['Ana <ana@\u202ex.com>', '“ana@‹U+202E›x.com”'],
	['person8\u00ad@yunhe.example', '“person8‹U+00AD›@yunhe.example”'],
])('%j is refused, and the bad entry is named', (text, named) => {
	expect(() => parse(text)).toThrow(named);
	expect(() => parse(text)).toThrow("'To' has");
});

test.each([
	['a@x.com B <b@y.com>', 'a@x.com'],
	['a <a@x.com> b <b@y.com>', 'b@y.com'],
	['a@x.com | b@y.com', 'b@y.com'],
	['a@x.com|b@y.com', 'b@y.com'],
	['a@x.com / b@y.com', 'b@y.com'],
	['Ana <a@x.com> and others', 'and others'],
	['"Ana <a@x.com>, b@y.com', '@'],
])('%j: somebody would be lost, so it is refused, and what is left over quoted', (text, rest) => {
	expect(() => parse(text)).toThrow(ServiceError);
	expect(() => parse(text)).toThrow(rest);
});

test('whoever is in a list of whatever separators gets the mail, or the list is refused', () => {
	const separator = fc.constantFrom(
		',',
		', ',
		';',
		'；',
		'，',
		'、',
		' ',
		'\n',
		'\t',
		' | ',
		'/',
		' and ',
		'  ',
		'. ',
		':',
	);
	const entry = fc.constantFrom('A <a@x.com>', 'b@x.com', '"C, c" <c@x.com>', '王 <d@x.com>', '<e@x.com>');
	fc.assert(
		fc.property(fc.array(fc.tuple(entry, separator), { minLength: 2, maxLength: 5 }), (parts) => {
			const wanted = parts.map(([text]) => /[a-e]@x\.com/.exec(text)![0]);
			let got: string[];
			try {
				got = parse(parts.map((part) => part.join('')).join('')).map(({ address }) => address);
			} catch (error) {
				expect(error).toBeInstanceOf(ServiceError);
				return;
			}
			expect(new Set(got)).toEqual(new Set(wanted));
		}),
		{ numRuns: 2_000 },
	);
});

test('many bad entries are counted, and the first five named', () => {
	const text = ['a@x.com', ...Array.from({ length: 8 }, (_, i) => `bad${i}`)].join(', ');
	expect(() => parse(text)).toThrow(
		"'To' has 8 entries that are not a mail address: “bad0”, “bad1”, “bad2”, “bad3”, “bad4” and 3 more",
	);
});

test('CR and LF cannot bring in a header: what follows is one more entry, and a bad one', () => {
	expect(() => parse('a@x.com\r\nBcc: b@y.com')).not.toThrow(TypeError);
	for (const text of ['a@x.com\r\nX-Evil: 1', 'A\r\nX-Evil: 1 <a@x.com>', '"A\r\nBcc: b@y.com" <a@x.com>']) {
		let formatted = '';
		try {
			formatted = formatAddresses(parse(text));
		} catch (error) {
			expect(error).toBeInstanceOf(ServiceError);
		}
		expect(formatted).not.toMatch(/[\r\n]/);
	}
});

test('what is written is read back the same, and never holds a control character', () => {
	fc.assert(
		fc.property(
			fc.string({ unit: 'binary', maxLength: 30 }),
			fc.constantFrom('a@x.com', 'li.wei@yunhe.example'),
			(name, address) => {
				const written = formatAddress({ name, address });
				expect(written).not.toMatch(/[\u0000-\u001f\u007f]/);
				const [read, ...more] = parse(written);
				expect(more).toEqual([]);
				expect(read!.address).toBe(address);
			},
		),
		{ numRuns: 500 },
	);
});

test.each([
	['Bauer, Ana', '"Bauer, Ana" <a@x.com>'],
	['Ana "Ace" \\ Bauer', '"Ana \\"Ace\\" \\\\ Bauer" <a@x.com>'],
	['', 'a@x.com'],
])('the name %j is written as %s', (name, written) => {
	expect(formatAddress({ name, address: 'a@x.com' })).toBe(written);
});

test.each(['a@x.com', 'a.b+c@sub.example.com', "o'neil@x.com", '用户@例子.公司'])(
	'%s is an address',
	(text) => {
		expect(isAddress(text)).toBe(true);
	},
);
test.each(['', 'a', 'a@', '@b.com', 'a b@x.com', 'a@x.com\n', 'a@x..com', 'A <a@x.com>', 'a@x.com,b@y.com'])(
	'%j is none',
	(text) => {
		expect(isAddress(text)).toBe(false);
	},
);

test('an address with a character in it that nobody can see is none, and the remedy says so', () => {
	expect(isAddress('per\u200bson@x.com')).toBe(false);
	expect(() => parse('per\u200bson@x.com')).toThrow(
		expect.objectContaining({
			facts: expect.objectContaining({ remedy: expect.stringContaining('type it anew') }),
		}),
	);
});

test('a long run of characters that nobody can see inside an address is not gone through from every place of it', () => {
	const begun = Date.now();
	expect(() => parse(`a${'\u200b'.repeat(200_000)}b@x.com`)).toThrow('not a mail address');
	expect(Date.now() - begun).toBeLessThan(5_000);
});
