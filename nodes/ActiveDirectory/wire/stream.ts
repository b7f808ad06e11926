import type { Entry } from '../values/decode';
import type { Page } from './session';

export interface Streaming<S> {
	/** The first page, and the connection that its search belongs to. */
	begin(): Promise<{ session: S; page: Page }>;
	next(session: S, cookie: Buffer): Promise<Page>;
	/** @param left where a page that nobody wants would begin; undefined when there is none */
	end(session: S, left: Buffer | undefined): Promise<void>;
	/** The connection is of no use to anybody any more. */
	drop(session: S): void;
	/** Entries wanted at most. */
	limit: number;
}

/** Pages of a search. The next one is on its way while the one before is worked on; never more than these two are kept. */
export async function* streamed<S>({ begin, next, end, drop, limit }: Streaming<S>): AsyncGenerator<Entry[]> {
	const { session, page: first } = await begin();
	let page = first;
	let ahead: Promise<Page> | undefined;
	let given = 0;
	let isLeft = true;
	try {
		for (;;) {
			given += page.entries.length;
			if (page.cookie !== undefined && given < limit) {
				ahead = next(session, page.cookie);
				// It may fail while the page before is still being worked on: it is told when its turn comes.
				ahead.catch(() => undefined);
			}
			yield page.entries;
			if (ahead === undefined) break;
			page = await ahead;
			ahead = undefined;
		}
		isLeft = false;
		await end(session, page.cookie);
	} finally {
		if (isLeft) drop(session);
	}
}
