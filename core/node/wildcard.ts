/** A test for texts in which a star of the pattern stands for any letters: `invoice_*`, `*-admin@example.com`. */
export function wildcard(pattern: string): (text: string) => boolean {
	if (!pattern.includes('*')) return (text) => text === pattern;
	const source = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
	const expression = new RegExp(`^${source}$`, 'u');
	return (text) => expression.test(text);
}
