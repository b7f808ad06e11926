import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { messagePath, withoutNotes, type Target } from '../api/messages';
import { messageField } from '../locators';
import { mailboxField, readMailbox } from '../mailbox';

/** The fields by which a message is named. */
export const targetFields = [mailboxField, messageField];

export const readTarget = (item: ParameterReader): Target => ({
	mailbox: readMailbox(item),
	id: item.requiredText('messageId'),
});

/** Changes a message: the same change twice is the same message. */
export async function change(target: Target, changes: IDataObject, client: Client): Promise<IDataObject> {
	return withoutNotes(
		await client.send({
			method: 'PATCH',
			path: messagePath(target, client),
			body: changes,
			idempotent: true,
			answer: ['id'],
		}),
	);
}
