import { perItem, resource } from '../../../core/node/operation';
import { getMessage, messagePath, SIMPLE } from '../api/messages';
import { compose, messageFields, sendOptions } from '../message/compose';
import { makeDraft, sendDraft } from '../message/deliver';
import { removeForGood } from '../message/move.operations';
import { change, inOrder, readTarget, targetFields } from '../message/target';
import { readChanges, updateFields } from '../message/update.operation';

const send = perItem({
	name: 'Send',
	value: 'send',
	action: 'Send a draft',
	description: 'Let drafts go, each once. Their IDs stay, and find them in Sent Items.',
	fields: targetFields,
	read: readTarget,
	async call(target, client) {
		const { mailbox, id } = target;
		await inOrder(target, client, async () => await sendDraft(mailbox, id, client));
		return { id, sent: true };
	},
});

const get = perItem({
	name: 'Get',
	value: 'get',
	action: 'Get a draft',
	description: 'Get one draft',
	fields: targetFields,
	read: readTarget,
	call: async (target, client) => await getMessage(target, client, { select: SIMPLE }),
});

const create = perItem({
	name: 'Create',
	value: 'create',
	action: 'Create a draft',
	description: 'Write a message with its files into Drafts, for a person or a later step to send',
	fields: [...messageFields, sendOptions],
	read: async (item, feedback) => await compose(item, feedback),
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
	operations: [send, get, create, update, remove],
});
