import type { RateLimiter } from './limiter';
import type { HttpResponse } from './response';

/** The limits that a request uses up. */
export class RequestLimits {
	constructor(
		private readonly entries: ReadonlyArray<{
			limiter: RateLimiter;
			refuses?(answer: HttpResponse): boolean;
		}>,
	) {}

	/** The account's first, then those of its parts. */
	get all(): RateLimiter[] {
		return this.entries.map(({ limiter }) => limiter);
	}

	/** The one that an answer 429 is about. */
	refusedBy(answer: HttpResponse): RateLimiter {
		const saying = this.entries.find(({ refuses }) => refuses?.(answer) === true);
		return (saying ?? this.entries.at(-1)!).limiter;
	}

	/** Those that several requests have in common. */
	static common(requests: readonly RequestLimits[]): RequestLimits {
		const [first, ...others] = requests;
		return new RequestLimits(
			first!.entries.filter(({ limiter }) =>
				others.every(({ entries }) => entries.some((one) => one.limiter === limiter)),
			),
		);
	}
}
