import type {
	IBinaryKeyData,
	IDataObject,
	INodeExecutionData,
	IPollFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { path } from '../../../core/http/path';
import { withoutNotes } from '../api/messages';
import { listRecords } from '../api/records';
import { rootOf } from '../mailbox';
import type { Chosen } from './chosen';
import { withFate } from './fate';

/** The items of rows, with their files where they are wanted. */
export async function items(
	rows: IDataObject[],
	chosen: Chosen,
	client: Client,
	context: IPollFunctions | IWebhookFunctions,
): Promise<INodeExecutionData[]> {
	const { mailbox, attachments } = chosen;
	const all: INodeExecutionData[] = [];
	for (const row of await withFate(rows, chosen, client)) {
		const wanted = attachments && row.hasAttachments === true;
		all.push({
			json: row,
			...(wanted ? { binary: await files(mailbox, String(row.id), client, context) } : {}),
		});
	}
	return all;
}

async function files(
	mailbox: string,
	id: string,
	client: Client,
	context: IPollFunctions | IWebhookFunctions,
): Promise<IBinaryKeyData> {
	const owner = `${rootOf(mailbox, client)}${path`/messages/${id}`}/attachments`;
	const binary: IBinaryKeyData = {};
	let at = 0;
	for await (const row of listRecords(owner, client, Infinity, {
		$select: 'id,name,contentType,size,isInline',
	})) {
		if (row['@odata.type'] === '#microsoft.graph.referenceAttachment') continue;
		const { name, contentType } = withoutNotes(row);
		const content = await client.send<Buffer>({
			path: `${owner}${path`/${String(row.id)}/$value`}`,
			as: 'bytes',
			answer: () => true,
		});
		binary[`attachment_${at++}`] = await context.helpers.prepareBinaryData(
			content,
			String(name),
			typeof contentType === 'string' && contentType !== '' ? contentType : 'application/octet-stream',
		);
	}
	return binary;
}
