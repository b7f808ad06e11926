import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { path } from '../../../core/http/path';
import type { PollLimits } from '../../../core/poll/poll';
import type { Source } from '../../../core/poll/backfill';
import { listOf, noLinks } from '../connection';
import { justAfter, justBefore } from '../times';
import { clicks, opens } from './reported';
import type { Settings } from './settings';

/** Where an event is seen: what happened, and how a row of it becomes an item. */
export interface Watched extends Source<IDataObject> {
	limits: Partial<PollLimits>;
	/** The whole of what the list only names. */
	whole?(row: IDataObject): Promise<IDataObject>;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A list that can be asked for a time: `since_…` and `before_…`. */
interface Dated {
	path: string;
	/** The list's name in an answer. */
	rows: string;
	/** The field that says when. */
	at: string;
	/** What the two parameters are called after `since_` and `before_`. */
	span: string;
	query?: IDataObject;
	overlapMs?: number;
}

const time = (text: unknown): number => Date.parse(String(text ?? ''));
const dated = (client: Client, { path: at, rows, at: field, span, query, overlapMs }: Dated): Watched => ({
	between: (from, until) =>
		client.pages(at, listOf(rows), {
			...query,
			[`since_${span}`]: justBefore(from),
			[`before_${span}`]: justAfter(until),
			...noLinks(rows),
		}),
	id: (row) => `${String(row.id)} ${String(row[field])}`,
	at: (row) => time(row[field]),
	limits: overlapMs === undefined ? {} : { overlapMs },
});

/**
 * A list of a store, which can neither be asked for a time nor put in order: all of it is read, with nothing but IDs and
 * times, and what is new is asked for by itself.
 */
const ofStore = (client: Client, store: string, rows: string, field: string): Watched => ({
	between: () =>
		client.pages(path`/ecommerce/stores/${store}/${rows}`, listOf(rows), {
			fields: `total_items,${rows}.id,${rows}.${field}`,
		}),
	id: (row) => String(row.id),
	at: (row) => time(row[field]),
	// A shop may hand over what happened a while ago.
	limits: { overlapMs: 24 * HOUR },
	async whole(row) {
		const one = path`/ecommerce/stores/${store}/${rows}/${String(row.id)}`;
		return (await client.found(client.get<IDataObject>(one, noLinks()))) ?? row;
	},
});

/** https://mailchimp.com/developer/marketing/api/: the lists named in the paths. */
const SOURCES: Record<string, (client: Client, settings: Settings) => Watched> = {
	audienceCreated: (client) =>
		dated(client, { path: '/lists', rows: 'lists', at: 'date_created', span: 'date_created' }),
	campaignCreated: (client, settings) =>
		dated(client, { ...CAMPAIGNS, at: 'create_time', span: 'create_time', query: inAudience(settings) }),
	campaignSent: (client, settings) =>
		dated(client, {
			...CAMPAIGNS,
			at: 'send_time',
			span: 'send_time',
			query: { status: 'sent', ...inAudience(settings) },
			// It is dated when its sending begins, and sent when that has ended.
			overlapMs: 24 * HOUR,
		}),
	customerCreated: (client, { store }) => ofStore(client, store, 'customers', 'created_at'),
	emailOpened: (client, settings) => ({ ...opens(client, settings), limits: REPORTED }),
	fileUploaded: (client) =>
		dated(client, { path: '/file-manager/files', rows: 'files', at: 'created_at', span: 'created_at' }),
	linkClicked: (client, settings) => ({ ...clicks(client, settings), limits: REPORTED }),
	orderPlaced: (client, { store }) => ofStore(client, store, 'orders', 'processed_at_foreign'),
	segmentCreated: (client, { audience }) => segments(client, audience, 'created_at'),
	segmentUpdated: (client, { audience }) => segments(client, audience, 'updated_at'),
};

const segments = (client: Client, audience: string, at: 'created_at' | 'updated_at'): Watched =>
	dated(client, { path: path`/lists/${audience}/segments`, rows: 'segments', at, span: at });

const CAMPAIGNS = { path: '/campaigns', rows: 'campaigns' };
/** Reports follow what happened after a while. */
const REPORTED: Partial<PollLimits> = { overlapMs: HOUR, most: 5_000 };

const inAudience = ({ audience }: Settings): IDataObject => (audience === '' ? {} : { list_id: audience });

export const watchedBy = (client: Client, settings: Settings): Watched => ({
	...SOURCES[settings.event]!(client, settings),
	clock: client.clock,
	// Mailchimp's times are of whole seconds.
	shortestMs: 1_000,
});
