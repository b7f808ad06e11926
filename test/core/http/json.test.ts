import fc from 'fast-check';
import { parseJson } from '../../../core/http/json';

test.each([
	['{"ID":4323372036854775807}', { ID: '4323372036854775807' }],
	['[-9223372036854775808, 9007199254740993]', ['-9223372036854775808', '9007199254740993']],
	['{"a":[{"ID":\n4323372036854775806,"n":1}]}', { a: [{ ID: '4323372036854775806', n: 1 }] }],
	['4323372036854775807', '4323372036854775807'],
])('whole numbers of %s keep their digits, as text', (text, value) => {
	expect(parseJson(text)).toEqual(value);
});

test.each([
	'{"ID":692560173,"max":9007199254740991,"min":-9007199254740991}',
	'{"rate":0.12345678901234567,"big":1e300,"small":1e-1000000000000000000,"r":12345678901234567.5}',
	'{"text":"4323372036854775807","4323372036854775807":"\\\\","a\\":4323372036854775807":"\\"4323372036854775807"}',
	'[1234567890123456,null,true,"",{}]',
	'4711',
])('everything else is what JavaScript makes of it: %s', (text) => {
	expect(parseJson(text)).toEqual(JSON.parse(text));
});

test('JSON of any shape is read as JavaScript does', () => {
	fc.assert(
		fc.property(fc.json(), fc.constantFrom('', '1234567890123456'), (text, digits) => {
			fc.pre(!/\d{16}/.test(text));
			const framed = `[${text},${JSON.stringify(`${digits}"\\`)}]`;
			expect(parseJson(framed)).toEqual(JSON.parse(framed));
		}),
	);
});

test('a long text does not need a long stack', () => {
	const text = JSON.stringify({ ID: 1234567890123456, Content: '\\"+/'.repeat(500_000) });
	expect(parseJson(text)).toEqual(JSON.parse(text));
});

test('what is no JSON is an error, with long numbers too', () => {
	for (const text of ['', '{', '{"ID":4323372036854775807', '"4323372036854775807'])
		expect(() => parseJson(text)).toThrow(SyntaxError);
});
