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
	[
		'<table><tr><td>First password</td><td>oeU+Vw</td></tr><tr><th>Name</th><td>Ana</td></tr></table>Bye',
		'First password oeU+Vw\nName Ana\n\nBye',
	],
	[
		'<table>\n<tr>\n<td><p>Hello</p><p>Code: <b>aB3</b></p></td>\n<td>x</td>\n</tr></table>',
		'Hello\n\nCode: aB3\n\nx',
	],
	['<dl><dt>Code</dt><dd>aB3</dd></dl>', 'Code\naB3'],
	['a<center>b</center>c<address>d</address>e', 'a\nb\nc\nd\ne'],
	['<button>Yes</button><button>No</button>', 'Yes No'],
	['<figure><img src="cid:x"><figcaption>Fig</figcaption></figure>x', 'Fig\nx'],
	['<menu><li>one</li><li>two</li></menu>', ' * one\n * two'],
	['<head><title>Title</title></head><p>Hi</p>', 'Hi'],
	['<h2>Kx7-pQz!aB</h2>', 'Kx7-pQz!aB'],
	['<h1>Your code: aB3xY9</h1>', 'Your code: aB3xY9'],
	[
		'<h6><a href="https://x.example/AbC?t=QwErTy">https://x.example/AbC?t=QwErTy</a></h6>',
		'https://x.example/AbC?t=QwErTy',
	],
	[
		'<table><tr><th><a href="https://x.example/AbC?t=Q&amp;copy=1">Open</a></th></tr></table>',
		'Open [https://x.example/AbC?t=Q&copy=1]',
	],
])('%s', (html, text) => {
	expect(textOf(html)).toBe(text);
});

test('two different bodies in a row are not mixed up', () => {
	expect([textOf('<p>a</p>'), textOf('<p>b</p>'), textOf('<p>a</p>')]).toEqual(['a', 'b', 'a']);
});

test('a picture written into the page does not make a word of it', () => {
	const picture = `<img src="data:image/png;base64,${'A'.repeat(300_000)}">`;
	expect(textOf(`<table><tr><td>Code</td><td>AbC</td></tr></table>${picture}<p>Bye</p>`)).toBe(
		'Code AbC\n\nBye',
	);
});

test('a body too long or too deep for the converter keeps its words', () => {
	const long = textOf(`<p>Hello</p>${'x'.repeat(5_000_000)}`);
	expect(long.split(/\s+/).map((word) => [word[0], word.length])).toEqual([
		['H', 5],
		['x', 5_000_000],
	]);
});

test('long tables and lists whose elements have no end tag are not deep', () => {
	expect(textOf(`<table>${'<tr><td>a<td>b'.repeat(2_000)}</table>`)).toMatch(/^(a b\n){1999}a b$/);
	expect(textOf(`<ul>${'<li>a'.repeat(2_000)}</ul>`)).toMatch(/^( \* a\n){1999} \* a$/);
	expect(textOf('<p>a<br>b<hr>'.repeat(1_000))).toContain('---');
});

test.each([
	[200_000, '<div>', 'Hello\n\nOpen [https://x.example/AbC]\n<Bye>'],
	[20_000, '<div>a', 'a\na\n'],
	[200_000, '<table><tr><td>', 'Hello\n\nOpen [https://x.example/AbC]\n<Bye>'],
	[20_000, '<table><tr><td>x', 'x\n\nx'],
	[20_000, '<ul><li>a', 'a\n\na'],
	[20_000, '<div>a</div>', 'a\na\n'],
	[20_000, '<div></div>', 'Hello'],
	[200_000, '<', '<<<'],
	[200_000, '<a>', 'Hello\n\nOpen\n\n<Bye>'],
])('%i times %s block nobody, and words and links stay', (count, tag, words) => {
	const started = performance.now();
	const text = textOf(
		`${tag.repeat(count)}<style>p{}</style><h1>Hello</h1><div><a href="https://x.example/AbC">Open</a></div>&lt;Bye&gt;`,
	);
	// It is one second or two; what grows with the square of the depth takes minutes.
	expect(performance.now() - started).toBeLessThan(30_000);
	expect(text).toContain(words);
	expect(text).not.toContain('p{}');
});
