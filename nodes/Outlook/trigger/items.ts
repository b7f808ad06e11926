import type {
	IBinaryKeyData,
	IDataObject,
	INodeExecutionData,
	IPollFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { path } from '../../../core/http/path';
import { linkPagination } from '../../../core/http/pagination';
import { messagePath } from '../api/messages';
import { BRIEF, contentOf, told } from '../attachment/content';
import type { Chosen } from './chosen';
import { withFate } from './fate';
import { withFiles } from './fields';

/** The items of rows that fit the filters, with their files where they are wanted. */
export async function items(
	rows: IDataObject[],
	chosen: Chosen,
	client: Client,
	context: IPollFunctions | IWebhookFunctions,
): Promise<INodeExecutionData[]> {
	const there = await withFate(rows.filter(chosen.fits), chosen, client);
	if (!chosen.attachments || !withFiles.includes(chosen.event)) return there.map((json) => ({ json }));
	// Side by side: the client has twenty of these lists travel together.
	const attached = await Promise.all(
		there.map(async (row) =>
			row.change === 'gone' ? [] : await listOf(pathOf(row, chosen, client), client),
		),
	);
	const all: INodeExecutionData[] = [];
	for (const [at, json] of there.entries())
		all.push(await withAttached(json, attached[at]!, pathOf(json, chosen, client), client, context));
	return all;
}

const pathOf = ({ id }: IDataObject, { mailbox }: Chosen, client: Client): string =>
	`${messagePath({ mailbox, id: String(id) }, client)}/attachments`;

/** Without a size, so that it may travel with others. */
const inCompany = linkPagination({ rows: 'value', next: '@odata.nextLink', maxSize: Infinity });

/**
 * What is attached to a message. It is asked of each: `hasAttachments` is false where there are inline images only
 * (https://learn.microsoft.com/graph/api/resources/message). A message that is deleted meanwhile has nothing any more.
 */
async function listOf(list: string, client: Client): Promise<IDataObject[]> {
	const all: IDataObject[] = [];
	try {
		for await (const row of client.pages(list, inCompany, { $select: BRIEF })) all.push(told(row));
	} catch (error) {
		if (!client.isGone(error)) throw error;
	}
	return all;
}

/** An item with its files, named as Download of attachments names them; links, which have no content, stand in `links`. */
async function withAttached(
	json: IDataObject,
	attached: IDataObject[],
	list: string,
	client: Client,
	context: IPollFunctions | IWebhookFunctions,
): Promise<INodeExecutionData> {
	const links = attached.filter(({ kind }) => kind === 'link');
	const files = attached.filter(({ kind }) => kind !== 'link');
	const binary: IBinaryKeyData = {};
	for (const [at, row] of files.entries()) {
		const { content, fileName, mimeType } = await contentOf(
			row,
			`${list}${path`/${String(row.id)}`}`,
			client,
		);
		binary[`attachment_${at}`] = await context.helpers.prepareBinaryData(content, fileName, mimeType);
	}
	return {
		json: links.length === 0 ? json : { ...json, links },
		...(files.length === 0 ? {} : { binary }),
	};
}
