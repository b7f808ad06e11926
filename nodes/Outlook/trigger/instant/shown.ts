import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import type { Client } from '../../../../core/http/client';
import { path } from '../../../../core/http/path';
import { getMessage, withoutNotes } from '../../api/messages';
import { outlook } from '../../connection';
import { rootOf } from '../../mailbox';
import { readChosen, type Chosen } from '../chosen';
import { items } from '../items';
import { firstOf, watchOf } from '../watch';
import { instantFields } from './fields';
import type { Notice } from './notices';

/** In a test of the editor: what the notifications are about, as it is now. Nothing is remembered. */
export async function shown(context: IWebhookFunctions, notices: Notice[]): Promise<IWebhookResponseData> {
	const chosen = readChosen(context, instantFields);
	const client = await outlook.open(context);
	const rows: IDataObject[] = [];
	for (const { changeType, resourceData } of notices) {
		const id = (resourceData as IDataObject | undefined)?.id;
		if (changeType === undefined || typeof id !== 'string') continue;
		rows.push(changeType === 'deleted' ? { id, change: 'gone' } : await present(id, chosen, client));
	}
	const all = await items(rows, chosen, client, context);
	return all.length > 0 ? { workflowData: [all] } : {};
}

async function present(id: string, chosen: Chosen, client: Client): Promise<IDataObject> {
	const { mailbox, event } = chosen;
	const list = { contactChanged: 'contacts', eventChanged: 'events' }[event];
	const select = String(watchOf(chosen, firstOf(chosen), client, Date.now()).query.$select ?? '').split(',');
	const row =
		list === undefined
			? await getMessage({ mailbox, id }, client, { select })
			: withoutNotes(await client.get(`${rootOf(mailbox, client)}/${list}${path`/${id}`}`));
	return { ...row, change: 'present' };
}
