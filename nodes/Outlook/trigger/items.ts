import type {
	IBinaryKeyData,
	IDataObject,
	INodeExecutionData,
	IPollFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import { ServiceError } from '../../../core/errors';
import type { Client } from '../../../core/http/client';
import { messagePath } from '../api/messages';
import { filesIn, listAttached, withLinks } from '../attachment/attached';
import type { Chosen } from './chosen';
import { withFate } from './fate';
import { withFiles } from './fields';
import { forgive, hasPatience } from './patience';

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
			row.change === 'gone' ? [] : await listAttached(pathOf(row, chosen, client), client),
		),
	);
	const all: INodeExecutionData[] = [];
	for (const [at, json] of there.entries())
		all.push(await withFilesOf(json, attached[at]!, pathOf(json, chosen, client), client, context));
	return all;
}

const pathOf = ({ id }: IDataObject, { mailbox }: Chosen, client: Client): string =>
	`${messagePath({ mailbox, id: String(id) }, client)}/attachments`;

/** An item with its files, each prepared before the next one is fetched. */
async function withFilesOf(
	json: IDataObject,
	attached: IDataObject[],
	list: string,
	client: Client,
	context: IPollFunctions | IWebhookFunctions,
): Promise<INodeExecutionData> {
	const binary: IBinaryKeyData = {};
	const problems: string[] = json.problem === undefined ? [] : [String(json.problem)];
	for (const { field, name, fetch } of filesIn(attached, list, client)) {
		const file = `${list} ${field}`;
		try {
			const { content, fileName, mimeType } = await fetch();
			forgive(file);
			binary[field] = await context.helpers.prepareBinaryData(content, fileName, mimeType);
		} catch (error) {
			problems.push(problemOf(name, file, error));
		}
	}
	return {
		json: { ...withLinks(json, attached), ...(problems.length === 0 ? {} : { problem: problems.join(' ') }) },
		...(Object.keys(binary).length === 0 ? {} : { binary }),
	};
}

/**
 * What keeps a file from being fetched now and later, such as its size, or for too long: if it failed the look, nothing would start
 * the workflow any more.
 *
 * @param file what tells it from others
 * @throws what may pass, or keeps from all files
 */
function problemOf(name: string, file: string, error: unknown): string {
	const facts = error instanceof ServiceError ? error.facts : undefined;
	if (facts === undefined || facts.status === 401 || facts.status === 403) throw error;
	if (facts.canRetry && hasPatience(file)) throw error;
	forgive(file);
	return `The file “${name}” could not be fetched: ${facts.message}.`;
}
