import type { IBinaryKeyData, IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { ServiceError, toServiceError } from '../../../core/errors';
import type { Client } from '../../../core/http/client';
import { path } from '../../../core/http/path';
import { toNodeError } from '../../../core/node/nodeError';
import { checkChoices } from '../../../core/node/parameters/choices';
import { withoutNotes } from '../api/messages';
import { listRecords } from '../api/records';
import { outlook } from '../connection';
import { rootOf } from '../mailbox';
import { changesSince, type State } from './delta';
import { ofFolders, triggerFields } from './fields';
import { nextEvents, startingSoon, type Told } from './startingSoon';
import { watchOf, type Chosen } from './watch';

const SAMPLE = 3;

/** What is new since the last poll, or null. In a run by hand, a few rows to look at; nothing is stored then. */
export async function poll(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	try {
		const client = await outlook.open(context);
		const chosen = readChosen(context);
		const now = Date.now();
		if (context.getMode() === 'manual') {
			const rows = await samples(chosen, client, now);
			return rows.length === 0 ? null : [await items(rows, chosen, client, context)];
		}
		const kept: IDataObject = context.getWorkflowStaticData('node');
		const { rows, state } = await look({ ...kept }, chosen, client, now);
		const found = await items(rows, chosen, client, context);
		// As the last step: what failed before is looked at again.
		for (const name of Object.keys(kept)) delete kept[name];
		Object.assign(kept, state);
		return found.length === 0 ? null : [found];
	} catch (error) {
		throw toNodeError(context.getNode(), toServiceError(error), undefined);
	}
}

const look = async (kept: IDataObject, chosen: Chosen, client: Client, now: number) =>
	chosen.event === 'eventStarting'
		? await startingSoon(kept as Told, chosen, client, now)
		: await changesSince(kept as State, watchOf(chosen, client, now), client, now);

async function samples(chosen: Chosen, client: Client, now: number): Promise<IDataObject[]> {
	if (chosen.event === 'eventStarting') return await nextEvents(chosen.mailbox, SAMPLE, client, now);
	const { path: list, query } = watchOf(chosen, client, now).samples;
	const rows: IDataObject[] = [];
	for await (const row of listRecords(list, client, SAMPLE, query)) rows.push({ ...row, change: 'present' });
	return rows;
}

function readChosen(context: IPollFunctions): Chosen {
	checkChoices(triggerFields, ['event'], (name) => context.getNodeParameter(name));
	const event = String(context.getNodeParameter('event'));
	const has = (name: string) => context.getNodeParameter(name, false) === true;
	const folder = ofFolders.includes(event) ? readFolder(context) : '';
	return {
		event,
		folder,
		mailbox: String(context.getNodeParameter('mailbox', '') ?? '').trim(),
		withBody: has('withBody'),
		attachments: has('attachments'),
		minutes: Math.min(1_440, Math.max(1, Number(context.getNodeParameter('minutes', 15)) || 15)),
	};
}

function readFolder(context: IPollFunctions): string {
	const folder = String(context.getNodeParameter('folder', 'inbox', { extractValue: true }) ?? '').trim();
	if (folder !== '') return folder;
	throw new ServiceError({
		message: "'Folder' is empty",
		remedy: 'Choose a folder, or enter inbox.',
		field: 'Folder',
		outcome: 'notSent',
	});
}

async function items(
	rows: IDataObject[],
	{ mailbox, attachments }: Chosen,
	client: Client,
	context: IPollFunctions,
): Promise<INodeExecutionData[]> {
	const all: INodeExecutionData[] = [];
	for (const row of rows) {
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
	context: IPollFunctions,
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
