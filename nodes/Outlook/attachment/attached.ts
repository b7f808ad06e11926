import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { linkPagination } from '../../../core/http/pagination';
import { path } from '../../../core/http/path';
import { inGroups } from '../../../core/inGroups';
import { WithFiles, type Row } from '../../../core/node/operation';
import { BRIEF, contentOf, told, type Content } from './content';

export const downloadField: INodeProperties = {
	displayName: 'Download Attachments',
	name: 'attachments',
	type: 'boolean',
	default: false,
	description:
		'Whether files, inline images and attached messages, events and contacts too, come as binary fields attachment_0, attachment_1 and so on. Links come in the field links.',
};

/** Without a size, so that it may travel with others. */
const inCompany = linkPagination({ rows: 'value', next: '@odata.nextLink', maxSize: Infinity });

/**
 * What is attached to a message or an event. It is asked of each: `hasAttachments` of a message is false where there are inline
 * images only (https://learn.microsoft.com/graph/api/resources/message). What is deleted meanwhile has nothing any more.
 *
 * @param list path of its attachments.
 */
export async function listAttached(list: string, client: Client): Promise<IDataObject[]> {
	const all: IDataObject[] = [];
	try {
		for await (const row of client.pages(list, inCompany, { $select: BRIEF })) all.push(told(row));
	} catch (error) {
		if (!client.isGone(error)) throw error;
	}
	return all;
}

const isLink = ({ kind }: IDataObject): boolean => kind === 'link';

/** Links have no content: they stand in `links`. */
export function withLinks(json: IDataObject, attached: IDataObject[]): IDataObject {
	const links = attached.filter(isLink);
	return links.length === 0 ? json : { ...json, links };
}

/** What is attached and no link. */
interface AttachedFile {
	/** Of its binary field. */
	field: string;
	name: string;
	fetch(): Promise<Content>;
}

/** All that is no link, to be fetched one after another, named as Download of attachments names it. */
export const filesIn = (attached: IDataObject[], list: string, client: Client): AttachedFile[] =>
	attached
		.filter((one) => !isLink(one))
		.map((row, at) => ({
			field: `attachment_${at}`,
			name: String(row.name ?? ''),
			fetch: async () => await contentOf(row, `${list}${path`/${String(row.id)}`}`, client),
		}));

/** A record with what is attached to it, as `listAttached` has told. */
async function withAttached(
	json: IDataObject,
	attached: IDataObject[],
	list: string,
	client: Client,
): Promise<Row> {
	const files: Record<string, Content> = {};
	for (const { field, fetch } of filesIn(attached, list, client)) files[field] = await fetch();
	const row = withLinks(json, attached);
	return Object.keys(files).length === 0 ? row : new WithFiles(row, files);
}

/** A message or an event with what is attached to it. @param path its own */
export async function getWithAttached(json: IDataObject, path: string, client: Client): Promise<Row> {
	const list = `${path}/attachments`;
	return await withAttached(json, await listAttached(list, client), list, client);
}

/** So many lists of attachments travel in one request; one record has its files in memory. */
const AT_ONCE = 20;

/** Messages or events with what is attached to them, in their order. @param pathOf the path of one */
export async function* eachWithAttached(
	records: AsyncIterable<IDataObject>,
	pathOf: (record: IDataObject) => string,
	client: Client,
): AsyncGenerator<Row> {
	for await (const some of inGroups(records, AT_ONCE)) {
		const lists = some.map((record) => `${pathOf(record)}/attachments`);
		const attached = await Promise.all(lists.map(async (list) => await listAttached(list, client)));
		for (const [at, record] of some.entries())
			yield await withAttached(record, attached[at]!, lists[at]!, client);
	}
}
