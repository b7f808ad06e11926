import { type Api, type Asked } from './api';
import { calendarOf, eventView, isWithin, windowOf } from './events';
import { badRequest, GraphError } from './errors';
import { folderView } from './folders';
import { RECOVERABLE } from './mailbox';
import { messageView } from './messageView';
import { filterOf, select } from './odata';
import { idOf, type Item, type Props } from './records';
import type { Store } from './store';

/** What a delta token holds, as nobody but the service may read it. */
interface Cursor {
	/** What has been told, as a place in the log. */
	seq: number;
	/** Where the log had come to when this round began. */
	until: number;
	query: Record<string, string>;
	/** Tokens of before this are too old. */
	epoch: number;
}

const coded = (cursor: Cursor): string => Buffer.from(JSON.stringify(cursor)).toString('base64url');

/** A list, and what of it is told. */
interface Watched {
	store: Store;
	folder: string;
	/** `message` */
	type: string;
	view(item: Item): Props;
	/** What is told as removed whatever becomes of it, since it lies outside of the time that is looked at. */
	isOutside?(item: Item, query: Record<string, string>): boolean;
}

/** “There are other OData query parameters that the delta function for calendarView doesn't support” (learn.microsoft.com/graph/api/event-delta). */
const NOT_OF_VIEWS = ['$select', '$expand', '$filter', '$orderby', '$search'];

/** What changed in a list since a token, page by page (learn.microsoft.com/graph/delta-query-overview). */
export class Deltas {
	/** Bumped to make every token that was given too old. */
	epoch = 0;

	constructor(private readonly api: Api) {}

	routes(): void {
		this.api.on('GET', '/mailFolders/:folder/messages/delta', (asked) => {
			const folder = asked.mailbox.folder(asked.params.folder ?? '').id;
			const view = (item: Item) => messageView(item, asked);
			return this.answer(asked, { store: asked.mailbox.messages, folder, type: 'message', view });
		});
		this.api.on('GET', '/contacts/delta', (asked) => {
			const view = (item: Item) => messageView(item, asked);
			return this.answer(asked, { store: asked.mailbox.contacts, folder: '', type: 'contact', view });
		});
		for (const root of ['', '/calendar', '/calendars/:calendar'])
			this.api.on('GET', `${root}/calendarView/delta`, (asked) => this.events(asked));
		this.api.on('GET', '/mailFolders/delta', (asked) => this.folders(asked));
	}

	private events(asked: Asked): Props {
		const unknown = NOT_OF_VIEWS.filter((name) => name in asked.query);
		if (unknown.length > 0)
			throw badRequest(
				`The following parameters are not supported with change tracking over the 'CalendarView' resource: '${unknown.join(', ')}'.`,
				'ErrorInvalidUrlQuery',
			);
		if (asked.query.$deltatoken === undefined && asked.query.$skiptoken === undefined) windowOf(asked.query);
		return this.answer(asked, {
			store: asked.mailbox.events,
			folder: calendarOf(asked),
			type: 'event',
			view: (item) => eventView(item, asked),
			isOutside: (item, query) => !isWithin(query, item, asked),
		});
	}

	private folders(asked: Asked): Props {
		const cursor = this.cursorOf(asked, asked.mailbox.last);
		const rows = [...asked.mailbox.folders.values()]
			.filter(({ id, seq }) => seq > cursor.seq && id !== RECOVERABLE)
			.map((folder) => folderView(folder, asked.mailbox));
		return this.page(
			asked,
			cursor,
			rows.map((row) => ({ row, seq: 0 })),
		);
	}

	private answer(asked: Asked, { store, folder, type, view, isOutside }: Watched): Props {
		const cursor = this.cursorOf(asked, asked.mailbox.last);
		const isOut = (item: Item) => isOutside?.(item, cursor.query) === true;
		const removed = (one: Pick<Item, 'id' | 'moves' | 'seq'>, reason: string) => ({
			seq: one.seq,
			row: {
				'@odata.type': `#microsoft.graph.${type}`,
				id: idOf(one, asked.immutable),
				'@removed': { reason },
			},
		});
		const isFirst = cursor.seq === 0;
		const wanted = cursor.query.changeType;
		const test = cursor.query.$filter === undefined ? () => true : filterOf(cursor.query.$filter);
		const now = store.in(folder).filter(({ seq }) => seq > cursor.seq);
		const changed = now
			.filter((item) => !isOut(item))
			.filter(({ since }) => wanted === undefined || wanted === (since > cursor.seq ? 'created' : 'updated'))
			.map((item) => ({ seq: item.seq, row: view(item) }))
			.filter(({ row }) => test(row));
		const gone = store.gone
			.filter(
				(one) =>
					!isFirst &&
					one.folder === folder &&
					one.seq > cursor.seq &&
					(wanted === undefined || wanted === 'deleted'),
			)
			.filter((one) => store.items.get(one.id)?.folder !== folder)
			.map((one) => removed(one, one.reason));
		const outside = isFirst ? [] : now.filter(isOut).map((item) => removed(item, 'deleted'));
		return this.page(
			asked,
			cursor,
			[...changed, ...gone, ...outside].sort((a, b) => a.seq - b.seq),
		);
	}

	/** @throws {GraphError} 410 for a token that is too old */
	private cursorOf({ query }: Asked, last: number): Cursor {
		const { $deltatoken, $skiptoken = $deltatoken, ...first } = query;
		if ($skiptoken === undefined) return { seq: 0, until: last, query: first, epoch: this.epoch };
		if ($skiptoken === 'latest') return { seq: last, until: last, query: first, epoch: this.epoch };
		const cursor = JSON.parse(Buffer.from($skiptoken, 'base64url').toString()) as Cursor;
		if (cursor.epoch !== this.epoch)
			throw new GraphError(
				410,
				'SyncStateNotFound',
				'The sync state generation is not found; the sync must start anew.',
			);
		return { ...cursor, until: $deltatoken === undefined ? cursor.until : last };
	}

	private page(asked: Asked, cursor: Cursor, rows: Array<{ seq: number; row: Props }>): Props {
		const size = Number(/odata\.maxpagesize=(\d+)/i.exec(asked.prefer)?.[1] ?? cursor.query.$top ?? 50);
		const page = rows.slice(0, size);
		const isLast = rows.length <= size;
		const link = (name: string, seq: number) =>
			`${this.api.url}${asked.path}?${name}=${coded({ ...cursor, seq })}`;
		return {
			'@odata.context': `${this.api.url}/$metadata#delta`,
			value: page.map(({ row }) => ('@removed' in row ? row : select(row, cursor.query.$select))),
			...(isLast
				? { '@odata.deltaLink': link('$deltatoken', Math.max(cursor.until, cursor.seq)) }
				: { '@odata.nextLink': link('$skiptoken', page.at(-1)!.seq) }),
		};
	}
}
