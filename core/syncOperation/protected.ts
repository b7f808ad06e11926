import { hasGap, splitList } from '../list';
import type { ParameterReader } from '../node/parameters/reader';
import { wildcard } from '../node/wildcard';
import { isAddress } from '../mail/address';
import { truncate } from '../text';
import { cleanText } from '../sync';

export interface Protection {
	/** Whether it protects nobody. */
	isEmpty: boolean;
	/** Whether any of an account's addresses fits any of the patterns, whatever the case. */
	protects(addresses: string[]): boolean;
	/** Patterns without a star that have fitted no address so far, as they were typed. */
	unmet(): string[];
}

/**
 * Accounts that are never touched.
 *
 * @throws {ServiceError} for a pattern that can fit nobody: whoever wrote it believes somebody protected who is not.
 */
export function readProtection(form: ParameterReader, name: string): Protection {
	const patterns = readPatterns(form, name);
	const tests = patterns.map((pattern) => ({ pattern, fits: wildcard(pattern.toLowerCase()) }));
	const met = new Set<string>();
	return {
		isEmpty: tests.length === 0,
		protects: (addresses) => {
			const fitting = tests.filter(({ fits }) => addresses.some((address) => fits(address.toLowerCase())));
			for (const { pattern } of fitting) met.add(pattern);
			return fitting.length > 0;
		},
		unmet: () => patterns.filter((pattern) => !pattern.includes('*') && !met.has(pattern)),
	};
}

function readPatterns(form: ParameterReader, name: string): string[] {
	const value = form.value(name);
	const isList = Array.isArray(value);
	const text = isList ? value.map(String).join('\n') : form.text(name);
	const isExpression = String(form.raw(name) ?? '').startsWith('=');
	const patterns = splitList(cleanText(text));
	if (isExpression && (patterns.length === 0 || (!isList && hasGap(text))))
		throw form.fieldError(
			name,
			'has an expression that gives nothing, so it would protect nobody',
			'Check the column that the expression refers to, or type the addresses.',
		);
	for (const pattern of patterns) {
		if (canFit(pattern)) continue;
		throw form.fieldError(
			name,
			`has “${truncate(pattern)}”, which can fit no address, so it would protect nobody`,
			remedyFor(pattern),
		);
	}
	return patterns;
}

/** Whether some address fits: the stars are filled in so that one comes about, if that can be. */
function canFit(pattern: string): boolean {
	if (/^\*+$/.test(pattern)) return true;
	const filled = pattern.includes('@')
		? pattern.replace(/\*+$/, 'a.aa').replace(/\*+/g, 'a')
		: pattern.replace(/\*+/, 'a@a.aa').replace(/\*+/g, 'a');
	return isAddress(filled);
}

function remedyFor(pattern: string): string {
	if (/[<>"()]/.test(pattern)) return 'Write the address alone, without a name and without brackets.';
	if (pattern.startsWith('@')) return `For everybody of a domain, write *${pattern}.`;
	if (/^\/.*\/\w*$/.test(pattern))
		return 'A star stands for any letters: write admin*@example.com, not /^admin/.';
	if (/^[\w.+-]+$/.test(pattern))
		return `Write the whole address, or ${pattern}@* for every domain. A star stands for any letters.`;
	return 'Write addresses like admin@example.com or admin@*, with commas between them.';
}
