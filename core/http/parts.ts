import { gather } from '../connection/gather';
import { AnswerTooLong } from './body';
import type { HttpResponse } from './response';

/** A request on its way, as far as one that carries it has to know it. */
export interface Part {
	method: string;
	path: string;
	query?: Record<string, unknown>;
	headers: Record<string, unknown>;
	body?: unknown;
}

/** How a service takes several requests in one, each with an answer of its own (a JSON `$batch`, say). */
export interface PartsInOne {
	/** Requests in one, at most. */
	size: number;
	/** Such requests of a run on their way side by side, for each group. */
	concurrency: number;
	/** Places that a whole takes of what its parts may have under way: as many as the service works on side by side. Default: 1. */
	places?(parts: Part[]): number;
	/** Requests made ready side by side, at most: more than one whole, when they wait for turns of their own. */
	ready?: number;
	/** Requests with different answers never travel together; undefined: it travels alone. */
	group(part: Part): string | undefined;
	/** Two requests with the same key never travel together. */
	key?(part: Part): string | undefined;
	wrap(parts: Part[]): { path: string; body: unknown };
	/** One answer for each part, in their order; a missing one is of unknown fate. */
	unwrap(answer: HttpResponse, parts: Part[]): Array<HttpResponse | undefined>;
}

/**
 * Lets single requests travel together. The whole that was turned away was turned away for each of its parts, in the
 * same way. Each part is then judged and repeated by itself: throttled parts alone go again. Reads whose answers are
 * too long together are asked for in halves.
 *
 * @param carry sends the request that holds the parts of these passengers.
 */
export function partsCarrier<P extends { part: Part; group: string }>(
	{ size, concurrency, wrap, unwrap, key }: PartsInOne,
	carry: (request: { path: string; body: unknown }, passengers: P[]) => Promise<HttpResponse>,
): (passenger: P) => Promise<HttpResponse | undefined> {
	const together = async (entries: P[]): Promise<Array<HttpResponse | undefined>> => {
		const parts = entries.map(({ part }) => part);
		const answer = await carry(wrap(parts), entries);
		if (answer.status >= 300) return parts.map(() => answer);
		const answers = unwrap(answer, parts);
		return parts.map((_, i) => answers[i]);
	};
	/** With the error of each that is too long by itself. */
	const send = async (entries: P[]): Promise<Array<HttpResponse | AnswerTooLong | undefined>> => {
		try {
			return await together(entries);
		} catch (error) {
			const areReads = entries.every(({ part }) => part.method === 'GET');
			if (!(error instanceof AnswerTooLong) || !areReads) throw error;
			if (entries.length === 1) return [error];
			const half = Math.ceil(entries.length / 2);
			return [...(await send(entries.slice(0, half))), ...(await send(entries.slice(half)))];
		}
	};
	const travel = gather<P, HttpResponse | AnswerTooLong | undefined>({
		size,
		concurrency,
		group: (entry) => entry.group,
		...(key === undefined ? {} : { key: (entry: P) => key(entry.part) }),
		send,
	});
	return async (passenger) => {
		const answer = await travel(passenger);
		if (answer instanceof AnswerTooLong) throw answer;
		return answer;
	};
}
