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
import { isTestToken, listOf } from '../connection';

/** How a marked message carries its mark: two entries of its metadata, by which Postmark's search finds it again. */
export const KEY_NAME = 'mailops-key';
export const SCOPE_NAME = 'mailops-scope';

const SEARCH = '/messages/outbound';
const messages = listOf('Messages');
/** The search shows the newest 10,000 messages of its result (https://postmarkapp.com/developer/api/messages-api). */
const MAX_REACH = 10_000;
const HOUR_MS = 3_600_000;

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
			if (total > MAX_REACH || Math.ceil(total / messages.maxSize) > Math.max(1, keys)) return undefined;
			const rows = messages.rows(answer);
			if (rows === undefined) return undefined;
			for (const row of rows) note(row, found);
			if (wanted !== undefined && [...wanted].every((id) => found.has(id))) break;
			const next = messages.next(answer, rows, query, messages.maxSize);
			query = next !== undefined && 'query' in next ? next.query : undefined;
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
function dayBefore(days: number): string {
	return new Date(Date.now() - days * 24 * HOUR_MS - 12 * HOUR_MS).toISOString().slice(0, 10);
}
