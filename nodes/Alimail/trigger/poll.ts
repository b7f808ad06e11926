import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { invalidInput, toServiceError } from '../../../core/errors';
import type { Client } from '../../../core/http/client';
import { isAddress } from '../../../core/mail/address';
import { toNodeError } from '../../../core/node/nodeError';
import { checkChoices } from '../../../core/node/parameters/choices';
import { atPlace } from '../../../core/poll/atPlace';
import { poll as pollSource, sample } from '../../../core/poll/poll';
import { alimail } from '../connection';
import { folderId } from '../mail/folders';
import { triggerFields } from './fields';
import { arrivals, itemsOf, type Watched } from './messages';
import { lookAtUsers, sampleOfUsers, type UserState } from './users';

/** Mail can become visible later than its time says: after a check for viruses, or when it was delivered late. */
const OVERLAP_MS = 60 * 60_000;

/** What is new since the last poll, or null. In a run by hand, a few rows to look at; nothing is stored then. */
export async function poll(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	try {
		const client = await alimail.open(context);
		checkChoices(triggerFields, ['watch'], (name) => context.getNodeParameter(name));
		const watch = String(context.getNodeParameter('watch'));
		const items = watch === 'messages' ? await ofMessages(client, context) : await ofUsers(client, context);
		return items === null || items.length === 0 ? null : [items];
	} catch (error) {
		throw toNodeError(context.getNode(), toServiceError(error), undefined);
	}
}

async function ofUsers(client: Client, context: IPollFunctions): Promise<INodeExecutionData[] | null> {
	if (context.getMode() === 'manual') return asItems(await sampleOfUsers(client));
	checkChoices(triggerFields, ['events', 'fields'], (name) => context.getNodeParameter(name, []));
	const watch = {
		events: context.getNodeParameter('events', []) as string[],
		fields: context.getNodeParameter('fields', []) as string[],
		mostDeleted: Number(context.getNodeParameter('mostDeleted', 20)),
	};
	if (watch.events.length === 0)
		throw invalidInput('Events', "'Events' is empty", 'Choose at least one event.');
	return await atPlace(context, 'users', async (state) => {
		const { rows, state: next } = await lookAtUsers(client, watch, state as UserState);
		delete state.held;
		Object.assign(state, next);
		const time = new Date().toISOString();
		return asItems(rows.map((row) => ({ ...row, time })));
	});
}

const asItems = (rows: IDataObject[]): INodeExecutionData[] => rows.map((json) => ({ json }));

async function ofMessages(client: Client, context: IPollFunctions): Promise<INodeExecutionData[] | null> {
	const watched = readWatched(context);
	const source = arrivals(client, watched);
	if (context.getMode() === 'manual') return await itemsOf(await sample(source), watched, client, context);
	// Another mailbox begins anew: what came there before is none of its business.
	const place = `messages ${client.account} ${watched.mailbox} ${watched.folder}`;
	return await atPlace(context, place, async (state) => {
		const found = await pollSource(state, source, { overlapMs: OVERLAP_MS });
		if (found === null) return [];
		const gaps = found.gaps.map(({ from, until }) => ({
			json: {
				event: 'gap',
				from: new Date(from).toISOString(),
				until: new Date(until).toISOString(),
				message: 'In this time there were more messages than could be read: some may be missing',
			},
		}));
		return [...(await itemsOf(found.rows, watched, client, context)), ...gaps];
	});
}

function readWatched(context: IPollFunctions): Watched {
	const text = (name: string) =>
		String(context.getNodeParameter(name, '', { extractValue: true }) ?? '').trim();
	const [mailbox, folder] = [text('mailbox'), folderId(text('folder'))];
	if (!isAddress(mailbox))
		throw invalidInput('Mailbox', "'Mailbox' is not a mail address", 'Enter one like support@example.com.');
	if (folder === '') throw invalidInput('Folder', "'Folder' is empty", 'Choose a folder, or enter inbox.');
	const has = (name: string) => context.getNodeParameter(name, false) === true;
	return { mailbox, folder, withBody: has('withBody'), attachments: has('attachments') };
}
