import type { IDataObject } from 'n8n-workflow';
import {
	idOf,
	sortedAddresses,
	type Finder,
	type Found,
	type FoundMessage,
	type IdempotencyKey,
} from '../../../core/batch/idempotency';
import type { Client } from '../../../core/http/client';
import { TooManyRows } from '../../../core/poll/backfill';
import { newestFirst } from '../../../core/poll/newestFirst';
import { DatedSearch, REACH } from '../api/datedSearch';
import { isTestToken, listOf } from '../connection';

/** How a marked message carries its mark: two entries of its metadata, by which Postmark's search finds it again. */
export const KEY_NAME = 'mailops-key';
export const SCOPE_NAME = 'mailops-scope';

const SEARCH = '/messages/outbound';
const messages = listOf('Messages');
/** Emails that are kept in memory for a run, each some hundred bytes; of more, each key is asked for by itself. */
const MOST_LISTED = 50_000;
const HOUR_MS = 3_600_000;
/** Postmark's clock may be ahead of ours. */
const AHEAD_MS = 24 * HOUR_MS;

/**
 * Finds emails again by the mark in their metadata (https://postmarkapp.com/developer/api/messages-api). All emails of a
 * scope are listed when that takes no more requests than asking for each key.
 */
export class SentMessages implements Finder {
	private readonly lists = new Map<string, Promise<Found | undefined>>();

	constructor(
		private readonly client: Client,
		private readonly total: number,
	) {}

	async before(marks: IdempotencyKey[]): Promise<Found> {
		return await this.find(marks, async (mark) => {
			const name = `${mark.scope} ${mark.days}`;
			const list = this.lists.get(name) ?? this.list(mark, this.total);
			this.lists.set(name, list);
			return await list;
		});
	}

	async now(marks: IdempotencyKey[]): Promise<Found> {
		const wanted = new Set(marks.map(idOf));
		return await this.find(marks, async (mark) => await this.list(mark, marks.length, wanted));
	}

	private async find(
		marks: IdempotencyKey[],
		list: (any: IdempotencyKey) => Promise<Found | undefined>,
	): Promise<Found> {
		const found: Found = new Map();
		// The test token sends nothing, and there is nothing to search with it.
		if (isTestToken(this.client.credential.serverToken)) return found;
		for (const group of byScope(marks)) {
			const known = (await list(group[0]!)) ?? (await this.oneByOne(group));
			for (const mark of group) {
				const one = known.get(idOf(mark));
				if (one !== undefined) found.set(idOf(mark), one);
			}
		}
		return found;
	}

	/** All emails of a scope, or until all `wanted` are found; undefined when that takes more requests than `keys`. */
	private async list(
		{ scope, days }: IdempotencyKey,
		keys: number,
		wanted?: ReadonlySet<string>,
	): Promise<Found | undefined> {
		const found: Found = new Map();
		const filter = { [`metadata_${SCOPE_NAME}`]: scope, fromdate: dayBefore(days) };
		let query: IDataObject | undefined = { ...filter, ...messages.first(messages.maxSize) };
		while (query !== undefined) {
			const answer: IDataObject = await this.client.get(SEARCH, query);
			const total = Number(answer.TotalCount);
			const requests = Math.ceil(total / messages.maxSize);
			if (total > MOST_LISTED || requests > Math.max(1, keys)) return undefined;
			const rows = messages.rows(answer);
			if (rows === undefined) return undefined;
			for (const row of rows) note(row, found);
			if (hasAll(found, wanted)) break;
			if (total > REACH) return await this.listInWindows({ scope, days }, found, wanted);
			const next = messages.next(answer, rows, query, messages.maxSize);
			query = next !== undefined && 'query' in next ? next.query : undefined;
		}
		return found;
	}

	/** More than one search can reach: by shorter and shorter times; undefined when there are too many within a second. */
	private async listInWindows(
		{ scope, days }: Pick<IdempotencyKey, 'scope' | 'days'>,
		found: Found,
		wanted: ReadonlySet<string> | undefined,
	): Promise<Found | undefined> {
		const filter = { [`metadata_${SCOPE_NAME}`]: scope };
		const search = new DatedSearch(this.client, SEARCH, 'Messages', filter, ({ ReceivedAt }) =>
			Date.parse(String(ReceivedAt)),
		);
		const between = search.between.bind(search);
		const now = Date.now();
		try {
			for await (const row of newestFirst({ between }, earliest(days, now), now + AHEAD_MS, REACH)) {
				note(row, found);
				if (hasAll(found, wanted)) break;
			}
		} catch (error) {
			if (error instanceof TooManyRows) return undefined;
			throw error;
		}
		return found;
	}

	private async oneByOne(marks: IdempotencyKey[]): Promise<Found> {
		const found: Found = new Map();
		await Promise.all(
			marks.map(async (mark) => {
				const filter = { [`metadata_${KEY_NAME}`]: mark.key, fromdate: dayBefore(mark.days) };
				for await (const row of this.client.pages(SEARCH, messages, filter)) {
					note(row, found);
					if (found.has(idOf(mark))) return;
				}
			}),
		);
		return found;
	}
}

const hasAll = (found: Found, wanted: ReadonlySet<string> | undefined): boolean =>
	wanted !== undefined && [...wanted].every((id) => found.has(id));

/** The search filters by one entry; the other one is compared here, and both letter by letter. */
function note(row: IDataObject, found: Found): void {
	const { [SCOPE_NAME]: scope, [KEY_NAME]: key } = (row.Metadata ?? {}) as Record<string, unknown>;
	if (typeof scope !== 'string' || typeof key !== 'string') return;
	const id = idOf({ scope, key, days: 0 });
	// Newest first: the later of two replaces nothing.
	if (!found.has(id)) found.set(id, toFound(row));
}

/** The result the item would have had, as far as the search knows it, and which email it was. */
function toFound({ To, Cc, Bcc, Subject, ReceivedAt, MessageID }: IDataObject): FoundMessage {
	const to = addressesOf(To);
	return {
		row: {
			To: to.join(', '),
			SubmittedAt: ReceivedAt,
			MessageID,
			ErrorCode: 0,
			Message: 'Sent. The answer got lost, and the email was found among those that Postmark accepted.',
		},
		message: {
			recipients: sortedAddresses([...to, ...addressesOf(Cc), ...addressesOf(Bcc)]),
			...(typeof Subject === 'string' ? { subject: Subject } : {}),
		},
	};
}

const addressesOf = (people: unknown): string[] =>
	Array.isArray(people) ? (people as Array<{ Email?: unknown }>).map(({ Email }) => String(Email)) : [];

function byScope(marks: IdempotencyKey[]): IdempotencyKey[][] {
	const groups = new Map<string, IdempotencyKey[]>();
	for (const mark of marks) {
		const name = `${mark.scope} ${mark.days}`;
		const group = groups.get(name);
		if (group === undefined) groups.set(name, [mark]);
		else group.push(mark);
	}
	return [...groups.values()];
}

/** Postmark reads a date as a day in the Eastern time of the US: half a day earlier is early enough everywhere. */
const earliest = (days: number, now: number): number => now - days * 24 * HOUR_MS - 12 * HOUR_MS;

const dayBefore = (days: number): string => new Date(earliest(days, Date.now())).toISOString().slice(0, 10);
