import fc from 'fast-check';
import { HIDDEN, trimmed } from '../../core/visible';

const asAnExpression = (text: string) =>
	text.replace(new RegExp(`^[\\s${HIDDEN}]+|[\\s${HIDDEN}]+$`, 'gu'), '');

test('the ends of a text lose what an expression would take from them, and nothing else', () => {
	const signs = fc.constantFrom('a', '王', '😀', ' ', '\n', '\u200b', '\u00ad', '\ufeff', '\u3000', '.');
	fc.assert(
		fc.property(fc.array(signs, { maxLength: 12 }), (parts) => {
			expect(trimmed(parts.join(''))).toBe(asAnExpression(parts.join('')));
		}),
	);
});

test('a long run of blanks inside a text is not gone through from every place of it', () => {
	const text = `a${' '.repeat(2_000_000)}b`;
	const begun = Date.now();
	expect(trimmed(text)).toBe(text);
	// The expression takes ten seconds for a twentieth of it.
	expect(Date.now() - begun).toBeLessThan(5_000);
});
