import { ServiceError } from '../../../core/errors';
import type { Client } from '../../../core/http/client';
import { perItem, resource } from '../../../core/node/operation';
import { getMessage, messagePath, type Target } from '../api/messages';
import { messageField } from '../locators';
import { compose, messageFields, sendOptions } from '../message/compose';
import { makeDraft, sendDraft } from '../message/deliver';
import { removeForGood } from '../message/move.operations';
import { inOrder } from '../api/inOrder';
import { change, readTarget, targetFields } from '../message/target';
import { readChanges, updateFields } from '../message/update.operation';
import { get, getAll } from './get.operations';

const send = perItem({
	name: 'Send',
	value: 'send',
	action: 'Send a draft',
	description: 'Let drafts go, each once. Their IDs stay, and find them in Sent Items.',
	fields: targetFields,
	read: readTarget,
	async call(target, client) {
		const { mailbox, id } = target;
		try {
			await inOrder(target, client, async () => await sendDraft(mailbox, id, client));
		} catch (error) {
			const isRefused = error instanceof ServiceError && error.facts.status === 400;
			if (isRefused && (await isToNobody(target, client))) throw error.with(TO_NOBODY);
			throw error;
		}
		return { id, sent: true };
	},
});

const TO_NOBODY = {
	message: 'The draft has nobody in To, CC or BCC',
	remedy: 'Fill in To of the draft, by Draft → Update or in Outlook, and send it again.',
	field: messageField.displayName,
};

/** Whether a draft has no recipient; false also when that cannot be found out. */
async function isToNobody(target: Target, client: Client): Promise<boolean> {
	const select = ['toRecipients', 'ccRecipients', 'bccRecipients'];
	const draft = await getMessage(target, client, { select }).catch(() => undefined);
	return draft !== undefined && select.every((list) => ((draft[list] ?? []) as unknown[]).length === 0);
}

/** A draft may be for somebody else to address. */
const draftFields = messageFields.map((field) =>
	field.name === 'to'
		? {
				...field,
				required: false,
				description:
					'Who receives the email. Separate several addresses with commas; everyone sees all of them. It may stay empty until the draft is sent.',
			}
		: field,
);

const create = perItem({
	name: 'Create',
	value: 'create',
	action: 'Create a draft',
	description: 'Write a message with its files into Drafts, for a person or a later step to send',
	fields: [...draftFields, sendOptions],
	read: async (item, feedback) => await compose(item, feedback, { mayLackTo: true }),
	call: async (outgoing, client) => await makeDraft(outgoing, client),
});

const update = perItem({
	name: 'Update',
	value: 'update',
	action: 'Update a draft',
	description: 'Change the words, people or marks of a draft',
	fields: [...targetFields, updateFields],
	read: (item) => ({ target: readTarget(item), changes: readChanges(item) }),
	call: async ({ target, changes }, client) =>
		await inOrder(target, client, async () => await change(target, changes, client)),
});

const remove = perItem({
	name: 'Delete',
	value: 'delete',
	action: 'Delete a draft',
	description: 'Delete drafts for good',
	fields: targetFields,
	read: readTarget,
	async call(target, client) {
		await inOrder(target, client, async () => await removeForGood(messagePath(target, client), client));
		return { id: target.id, deleted: true };
	},
});

export const draft = resource({
	name: 'Draft',
	value: 'draft',
	description: 'Messages that are not sent yet',
	operations: [send, getAll, get, create, update, remove],
});
