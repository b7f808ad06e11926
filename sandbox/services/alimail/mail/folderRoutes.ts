import type { FastifyInstance } from 'fastify';
import { conflict, invalid } from '../errors';
import { NAME, TEXT, knownQuery, readBody } from '../fields';
import type { Tenant } from '../tenant';
import { type Folder, type Mailbox, WELL_KNOWN } from './mailbox';

type OfMailbox = { Params: { user: string } };
type OfFolder = { Params: { user: string; folder: string } };

/** `/v2/users/{address}/mailFolders`, one level at a time. */
export function folderRoutes(app: FastifyInstance, tenant: Tenant): void {
	app.get<OfMailbox>('/v2/users/:user/mailFolders', async (request) => {
		const { folderId } = knownQuery(request.query, ['folderId']);
		const mailbox = tenant.post.mailbox(request.params.user);
		const parent = folderId === undefined ? undefined : mailbox.folder(String(folderId)).id;
		return { folders: mailbox.childrenOf(parent).map((folder) => show(folder, mailbox)) };
	});

	app.post<OfMailbox>('/v2/users/:user/mailFolders', async (request) => {
		knownQuery(request.query, []);
		const { displayName } = readBody(request.body, { displayName: NAME }, ['displayName']);
		const mailbox = tenant.post.mailbox(request.params.user);
		if (mailbox.childrenOf(undefined).some((folder) => folder.displayName === displayName))
			throw conflict('FolderExists', `A folder "${String(displayName)}" exists already.`, 'displayName');
		return show(mailbox.addFolder(displayName as string), mailbox);
	});

	app.patch<OfFolder>('/v2/users/:user/mailFolders/:folder', async (request, reply) => {
		knownQuery(request.query, []);
		const { displayName } = readBody(request.body, { displayName: TEXT }, ['displayName']);
		own(tenant.post.mailbox(request.params.user), request.params.folder).displayName = displayName as string;
		return await reply.send();
	});

	// What becomes of the mail in it is not documented: here it refuses.
	app.delete<OfFolder>('/v2/users/:user/mailFolders/:folder', async (request, reply) => {
		knownQuery(request.query, []);
		const mailbox = tenant.post.mailbox(request.params.user);
		const { id } = own(mailbox, request.params.folder);
		if (mailbox.in(id).length + mailbox.childrenOf(id).length > 0)
			throw invalid('The folder is not empty.', 'folder');
		mailbox.folders.delete(id);
		return await reply.send();
	});
}

function own(mailbox: Mailbox, id: string): Folder {
	const folder = mailbox.folder(id);
	if ((Object.values(WELL_KNOWN) as string[]).includes(id))
		throw invalid('A folder of the system cannot be changed.', 'folder');
	return folder;
}

function show(folder: Folder, mailbox: Mailbox): object {
	const messages = mailbox.in(folder.id);
	return {
		...folder,
		childFolderCount: mailbox.childrenOf(folder.id).length,
		totalItemCount: messages.length,
		unreadItemCount: messages.filter(({ isRead }) => !isRead).length,
	};
}
