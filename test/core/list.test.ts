import fc from 'fast-check';
import { hasGap, jsonList, splitDirectoryNames, splitList, splitNames } from '../../core/list';

test.each([
	['a@x.com, b@x.com', ['a@x.com', 'b@x.com']],
	['a@x.com，b@x.com；c@x.com、d@x.com', ['a@x.com', 'b@x.com', 'c@x.com', 'd@x.com']],
	['a@x.com b@x.com\nc@x.com\r\n\td@x.com', ['a@x.com', 'b@x.com', 'c@x.com', 'd@x.com']],
	['a@x.com;b@x.com,,\u3000 ', ['a@x.com', 'b@x.com']],
	['"my file", other', ['my file', 'other']],
	['"a, b"；""', ['a, b']],
	['', []],
	[' ,;，\n', []],
])('%j is the list %j', (text, entries) => {
	expect(splitList(text)).toEqual(entries);
});

test.each([
	['VIP Customer, Trial', ['VIP Customer', 'Trial']],
	['New York，São Paulo；上海、Berlin', ['New York', 'São Paulo', '上海', 'Berlin']],
	['+49 30 1\r\n+49 30 2\n', ['+49 30 1', '+49 30 2']],
	['"Smith, Ltd." , 5" pipes; "a" and "b"', ['Smith, Ltd.', '5" pipes', '"a" and "b"']],
	['""，"x"', ['x']],
	[' ,;，\n', []],
])('%j are the names %j', (text, names) => {
	expect(splitNames(text)).toEqual(names);
});

test.each([
	['VPN Users; CN=Sales,OU=Groups,DC=corp', ['VPN Users', 'CN=Sales,OU=Groups,DC=corp']],
	['销售、VPN Users；市场\r\n财务', ['销售', 'VPN Users', '市场', '财务']],
	['CN=a\\;b\\,c,OU=x;CN=d', ['CN=a\\;b\\,c,OU=x', 'CN=d']],
	[' ; 、\n', []],
])('%j is the list of directory names %j', (text, names) => {
	expect(splitDirectoryNames(text)).toEqual(names);
});

test.each([
	['["Sales, EU", "VIP"]', ['Sales, EU', 'VIP']],
	[' [ ] ', []],
	['[VIP]', undefined],
	['[2024]', undefined],
	['["cut off', undefined],
	['"a", "b"', undefined],
])('%j as data is the list %j', (text, entries) => {
	expect(jsonList(text)).toEqual(entries);
});

test('for any entries and separators: the same entries come out', () => {
	const entry = fc.stringMatching(/^[a-z*@.王-]{1,8}$/u);
	const separator = fc.constantFrom(',', ';', '，', '、', '；', '\n', '\r\n', ' ', '\t', ' , ', '； ');
	fc.assert(
		fc.property(fc.array(fc.tuple(entry, separator), { maxLength: 12 }), (parts) => {
			expect(splitList(parts.flat().join(''))).toEqual(parts.map(([text]) => text));
		}),
	);
});

test.each([
	['a, b', false],
	['a b', false],
	['', true],
	['a, ', true],
	['a,,b', true],
	['，a', true],
	['"a,,b"', false],
])('%j has a gap: %j', (text, gap) => {
	expect(hasGap(text)).toBe(gap);
});
