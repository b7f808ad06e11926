import type { Sandbox } from '../../sandbox';

/** Requests a second that the stand-in allows one account, counted strictly in a sliding window. */
export const RATE = 40;

/** What the stand-in has seen of some workers, each known by the addresses it looks up. */
export interface Seen {
	/** Of the rate, while all of them were at work. */
	share: number;
	/** Answers 429. */
	refused: number;
	/** Requests of the slowest, of those of the quickest, in that time. */
	fairness: number;
}

/** @param prefixes of the addresses, one for each worker */
export function seenBy(sandbox: Sandbox, prefixes: string[]): Seen {
	const all = sandbox.requests.list({ service: 'alimail', path: '/v2/users/:user' });
	const each = prefixes.map((prefix) =>
		all
			.filter(({ path, status }) => status === 200 && path.startsWith(`/v2/users/${prefix}`))
			.map(({ at }) => Date.parse(at)),
	);
	const from = Math.max(...each.map((times) => Math.min(...times)));
	const until = Math.min(...each.map((times) => Math.max(...times)));
	const counts = each.map((times) => times.filter((at) => at > from && at <= until).length);
	const seconds = (until - from) / 1_000;
	return {
		share: counts.reduce((a, b) => a + b, 0) / seconds / RATE,
		refused: all.filter(({ path, status }) => status === 429 && prefixes.some((p) => path.includes(p)))
			.length,
		fairness: Math.min(...counts) / Math.max(...counts),
	};
}

export const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
