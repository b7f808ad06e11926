import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { perItem } from '../../../core/node/operation';
import { folderId } from '../api/folders';
import { BRIEF, getMessage, messagePath, withoutNotes, type Target } from '../api/messages';
import { folderLocator } from '../locators';
import { inOrder } from '../api/inOrder';
import { readTarget, targetFields } from './target';

const destinationField = {
	...folderLocator,
	displayName: 'To Folder',
	description: 'Where to. By ID also a name that every mailbox has: inbox, archive, junkemail, deleteditems.',
};

/** Moves a message; its ID stays. One that is there already has been moved by a try whose answer got lost. */
async function moveTo(target: Target, folder: string, client: Client): Promise<IDataObject> {
	const moved = await client.send<IDataObject>({
		method: 'POST',
		path: `${messagePath(target, client)}/move`,
		body: { destinationId: folder },
		idempotent: false,
		answer: ['id'],
		async reconcile() {
			const [now, wanted] = await Promise.all([
				getMessage(target, client),
				folderId(target.mailbox, folder, client),
			]);
			return now.parentFolderId === wanted ? now : undefined;
		},
		manualCheck: 'Look in which folder the message is.',
	});
	return brief(moved);
}

const brief = (row: IDataObject): IDataObject =>
	Object.fromEntries(Object.entries(withoutNotes(row)).filter(([name]) => BRIEF.includes(name)));

export const move = perItem({
	name: 'Move',
	value: 'move',
	action: 'Move a message',
	description: 'Move messages to another folder, up to 20 in one request. Their IDs stay.',
	fields: [...targetFields, destinationField],
	read: (item) => ({ target: readTarget(item), folder: item.resourceId('folder') }),
	call: async ({ target, folder }, client) =>
		await inOrder(target, client, async () => await moveTo(target, folder, client)),
});

export const copy = perItem({
	name: 'Copy',
	value: 'copy',
	action: 'Copy a message',
	description: 'Copy messages to another folder, up to 20 in one request. Gives the copies with their IDs.',
	fields: [...targetFields, destinationField],
	read: (item) => ({ target: readTarget(item), folder: item.resourceId('folder') }),
	call: async ({ target, folder }, client) =>
		brief(
			await client.send({
				method: 'POST',
				path: `${messagePath(target, client)}/copy`,
				body: { destinationId: folder },
				idempotent: false,
				answer: ['id'],
				manualCheck: 'Look in the folder whether the copy is there.',
			}),
		),
});

/** Graph's own delete, of a message that is in Deleted Items already, is for good: a second try must not do that. */
export const remove = perItem({
	name: 'Delete',
	value: 'delete',
	action: 'Delete a message',
	description: 'Move messages to Deleted Items, up to 20 in one request',
	fields: targetFields,
	read: readTarget,
	async call(target, client) {
		const { id } = await inOrder(target, client, async () => await moveTo(target, 'deleteditems', client));
		return { id, deleted: true };
	},
});

export const deletePermanently = perItem({
	name: 'Delete Permanently',
	value: 'deletePermanently',
	action: 'Delete a message permanently',
	description: 'Delete messages for good, up to 20 in one request. No user can bring them back.',
	asTool: false,
	fields: targetFields,
	read: readTarget,
	async call(target, client) {
		await inOrder(target, client, async () => await removeForGood(messagePath(target, client), client));
		return { id: target.id, deleted: true };
	},
});

/** What is gone after a try whose answer got lost was deleted by that try. */
export async function removeForGood(path: string, client: Client): Promise<void> {
	await client.send({
		method: 'POST',
		path: `${path}/permanentDelete`,
		idempotent: false,
		answer: 'anything',
		reconcile: async () => ((await client.isThere(path)) ? undefined : {}),
		manualCheck: 'Look whether it is still there.',
	});
}
