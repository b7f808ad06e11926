import { textOf } from '../../../core/mail/text';

test.each([
	['<p>Hello <b>you</b></p><p>Bye</p>', 'Hello you\n\nBye'],
	['<a href="https://x.com/a">Open</a>', 'Open [https://x.com/a]'],
	['<a href="https://x.com">https://x.com</a>', 'https://x.com'],
	['<img src="cid:logo" alt="Logo">Hi', 'Hi'],
	['<ul><li>one</li><li>two</li></ul>', ' * one\n * two'],
	['<style>p{color:red}</style><script>alert(1)</script><p>Hi</p>', 'Hi'],
	['<p>云和 &amp; &lt;Co&gt; 🎉</p>', '云和 & <Co> 🎉'],
	[`<p>${'word '.repeat(60).trim()}</p>`, 'word '.repeat(60).trim()],
])('%s', (html, text) => {
	expect(textOf(html)).toBe(text);
});

test('two different bodies in a row are not mixed up', () => {
	expect([textOf('<p>a</p>'), textOf('<p>b</p>'), textOf('<p>a</p>')]).toEqual(['a', 'b', 'a']);
});

test('a body too long or too deep for the converter keeps its words', () => {
	const long = textOf(`<p>Hello</p>${'x'.repeat(5_000_000)}`);
	expect(long.split(/\s+/).map((word) => [word[0], word.length])).toEqual([
		['H', 5],
		['x', 5_000_000],
	]);
	expect(textOf(`${'<div>'.repeat(20_000)}Hello${'</div>'.repeat(20_000)}`)).toContain('Hello');
});
