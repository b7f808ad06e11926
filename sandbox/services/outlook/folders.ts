import { type Api, type Asked, listOf } from './api';
import { GraphError } from './errors';
import { expandedOf } from './extended';
import { type Folder, type Mailbox, RECOVERABLE, WELL_KNOWN } from './mailbox';
import { destination } from './messages';
import type { Props } from './records';

export function folderView({ id, name, parent, isHidden }: Folder, mailbox: Mailbox): Props {
	const inside = mailbox.messages.in(id);
	return {
		id,
		displayName: name,
		parentFolderId: parent,
		childFolderCount: mailbox.childrenOf(id).length,
		unreadItemCount: inside.filter(({ props }) => props.isRead === false).length,
		totalItemCount: inside.length,
		isHidden,
	};
}

/** @throws {GraphError} 409 */
function demandFree(mailbox: Mailbox, name: unknown, parent: string): string {
	if (typeof name !== 'string' || name.trim() === '')
		throw new GraphError(400, 'ErrorInvalidArgument', 'The folder needs a displayName.');
	if (mailbox.childrenOf(parent).some((folder) => folder.name.toLowerCase() === name.toLowerCase()))
		throw new GraphError(409, 'ErrorFolderExists', 'A folder with the specified name already exists.');
	return name;
}

export function folderRoutes(api: Api): void {
	const list = (asked: Asked, parent: string) => {
		const found = asked.mailbox
			.childrenOf(parent)
			.filter(({ isHidden }) => !isHidden || asked.query.includeHiddenFolders === 'true');
		return listOf(
			found.map((folder) => folderView(folder, asked.mailbox)),
			asked,
			api.url,
		);
	};
	const add = (asked: Asked, parent: string) => {
		const made = asked.mailbox.addFolder(demandFree(asked.mailbox, asked.body.displayName, parent), parent);
		made.isHidden = asked.body.isHidden === true;
		made.extended = asked.body.singleValueExtendedProperties;
		asked.reply.code(201);
		return folderView(made, asked.mailbox);
	};
	const one = ({ mailbox, params }: Asked) => mailbox.folder(params.folder ?? '');
	api.on('GET', '/mailFolders', (asked) => list(asked, 'msgfolderroot'));
	api.on('POST', '/mailFolders', (asked) => add(asked, 'msgfolderroot'));
	api.on('GET', '/mailFolders/:folder/childFolders', (asked) => list(asked, parentOf(asked)));
	api.on('POST', '/mailFolders/:folder/childFolders', (asked) => add(asked, parentOf(asked)));
	api.on('GET', '/mailFolders/:folder', (asked) => {
		const folder = one(asked);
		const carrier = { props: { singleValueExtendedProperties: folder.extended } };
		return { ...folderView(folder, asked.mailbox), ...expandedOf(carrier, asked.query.$expand ?? '') };
	});
	api.on('PATCH', '/mailFolders/:folder', (asked) => {
		const folder = one(asked);
		if (typeof asked.body.displayName === 'string' && asked.body.displayName !== folder.name)
			folder.name = demandFree(asked.mailbox, asked.body.displayName, folder.parent);
		folder.seq = asked.mailbox.next();
		return folderView(folder, asked.mailbox);
	});
	leavingRoutes(api, one);
}

const parentOf = ({ mailbox, params }: Asked): string =>
	params.folder === 'msgfolderroot' ? 'msgfolderroot' : mailbox.folder(params.folder ?? '').id;

function leavingRoutes(api: Api, one: (asked: Asked) => Folder): void {
	const own = (asked: Asked): Folder => {
		const folder = one(asked);
		if (folder.id in WELL_KNOWN || folder.id === RECOVERABLE)
			throw new GraphError(403, 'ErrorDeleteDistinguishedFolder', 'Distinguished folders cannot be deleted.');
		return folder;
	};
	const place = (asked: Asked): string =>
		asked.body.destinationId === 'msgfolderroot' ? 'msgfolderroot' : destination(asked);
	api.on('DELETE', '/mailFolders/:folder', (asked) => {
		const folder = own(asked);
		if (folder.parent === 'deleteditems') remove(asked.mailbox, folder);
		else Object.assign(folder, { parent: 'deleteditems', seq: asked.mailbox.next() });
		asked.reply.code(204);
		return undefined;
	});
	api.on('POST', '/mailFolders/:folder/permanentDelete', (asked) => {
		remove(asked.mailbox, own(asked));
		asked.reply.code(204);
		return undefined;
	});
	api.on('POST', '/mailFolders/:folder/move', (asked) => {
		const folder = own(asked);
		const parent = place(asked);
		demandFree(asked.mailbox, folder.name, parent);
		Object.assign(folder, { parent, seq: asked.mailbox.next() });
		asked.reply.code(201);
		return folderView(folder, asked.mailbox);
	});
	api.on('POST', '/mailFolders/:folder/copy', (asked) => {
		const { mailbox } = asked;
		const folder = one(asked);
		const parent = place(asked);
		const copy = mailbox.addFolder(demandFree(mailbox, folder.name, parent), parent);
		for (const item of mailbox.messages.in(folder.id)) mailbox.messages.add(copy.id, { ...item.props });
		asked.reply.code(201);
		return folderView(copy, mailbox);
	});
}

function remove(mailbox: Mailbox, folder: Folder): void {
	for (const { id } of mailbox.tree(folder.id)) {
		for (const item of mailbox.messages.in(id)) mailbox.messages.remove(item);
		mailbox.folders.delete(id);
	}
}
