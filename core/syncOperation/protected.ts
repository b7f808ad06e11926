import { wildcard } from '../node/wildcard';

/** A test for accounts that are never touched: any address of theirs fits any of the patterns, whatever the case. */
export function protector(patterns: string[]): (addresses: string[]) => boolean {
	const tests = patterns.map((pattern) => wildcard(pattern.toLowerCase()));
	return (addresses) =>
		addresses.some((address) => {
			const plain = address.toLowerCase();
			return tests.some((test) => test(plain));
		});
}
