import { batched } from '../../../core/node/operation';
import { FOLDERS, folderLocator, readFolder } from '../mail/folders';
import { changeMany, HUNDRED, type Change } from './many';
import { readTarget, targetFields } from './target';

export const markRead = batched<Change>({
	name: 'Mark as Read or Unread',
	value: 'markRead',
	action: 'Mark a message as read or unread',
	description: 'Mark messages, up to 100 of a mailbox in one request',
	fields: [
		...targetFields,
		{
			displayName: 'As Read',
			name: 'isRead',
			type: 'boolean',
			default: true,
			description: 'Whether it counts as read; off makes it unread again',
		},
	],
	read: (item) => ({
		...readTarget(item),
		change: { action: item.boolean('isRead') ? 'markRead' : 'markUnread' },
	}),
	chunk: HUNDRED,
	call: async (chunk, client) =>
		await changeMany(
			{
				call: 'batchUpdate',
				isDone: (message, { action }) =>
					message !== undefined && isRead(message.isRead) === (action === 'markRead'),
				row: (id, { action }) => ({ id, isRead: action === 'markRead' }),
			},
			chunk,
			client,
		),
});

/** A field without content may be missing. */
const isRead = (value: unknown): boolean => value === true;

export const move = batched<Change>({
	name: 'Move',
	value: 'move',
	action: 'Move a message',
	description: 'Move messages to another folder, up to 100 of a mailbox in one request',
	fields: [
		...targetFields,
		{
			...folderLocator,
			displayName: 'To Folder',
			description: 'Where to. By ID also inbox, junk and deleted.',
		},
	],
	read: (item) => ({ ...readTarget(item), change: { destinationFolderId: readFolder(item) } }),
	chunk: HUNDRED,
	call: async (chunk, client) =>
		await changeMany(
			{
				call: 'move',
				isDone: (message, { destinationFolderId }) => message?.folderId === destinationFolderId,
				row: (id, { destinationFolderId }) => ({ id, moved: true, folderId: destinationFolderId }),
			},
			chunk,
			client,
		),
});

/** github.com/yamatu/yaerp2.0, mail_alimail.go. */
export const remove = batched<Change>({
	name: 'Delete',
	value: 'delete',
	action: 'Delete a message',
	description: 'Delete messages as their owner would, up to 100 of a mailbox in one request',
	fields: targetFields,
	read: (item) => ({ ...readTarget(item), change: { deleteType: 'USER_DELETED' } }),
	chunk: HUNDRED,
	call: async (chunk, client) =>
		await changeMany(
			{
				call: 'batchDelete',
				isDone: (message) => message === undefined || message.folderId === FOLDERS.deleted,
				row: (id) => ({ id, deleted: true }),
			},
			chunk,
			client,
		),
});
