import type { FastifyInstance } from 'fastify';
import { knownQuery, selected, wholeNumber } from './fields';
import type { Tenant } from './tenant';

/** github.com/eryajf/go-alimail, alimail/sharedContact.go. */
const FIELDS: ReadonlySet<string> = new Set(
	'id name folderId email workPhone phone homeAddress createdTime modifiedTime companyName jobTitle workAddress folderPath nickname manager info isHidden'.split(
		' ',
	),
);
/** The others come when they are named, beside these. */
const DEFAULT = ['id', 'name', 'folderId', 'email'];

type OfFolder = { Params: { folder: string } };

/** The largest page is not documented; two clients ask for 100 and 500. */
const MAX_PAGE = 500;

export function contactRoutes(app: FastifyInstance, tenant: Tenant): void {
	const page = <T>(rows: T[], query: Record<string, unknown>): T[] => {
		const offset = wholeNumber(query, 'offset', 0, 0, 1_000_000);
		return rows.slice(offset, offset + wholeNumber(query, 'limit', 20, 1, MAX_PAGE));
	};

	app.get<OfFolder>('/v2/sharedContactFolders/:folder/contacts', async (request) => {
		const query = knownQuery(request.query, ['offset', 'limit', '$select']);
		const fields = new Set([...DEFAULT, ...(selected(query, FIELDS) ?? [])]);
		const folder = tenant.contacts.check(request.params.folder);
		const found = tenant.contacts.contacts.filter(({ folderId }) => folderId === folder);
		const shown = page(found, query).map((contact) =>
			Object.fromEntries(Object.entries(contact).filter(([field]) => fields.has(field))),
		);
		return { contacts: shown, total: found.length };
	});

	app.get<OfFolder>('/v2/sharedContactFolders/:folder/childFolders', async (request) => {
		const query = knownQuery(request.query, ['offset', 'limit']);
		const parent = tenant.contacts.check(request.params.folder);
		const found = [...tenant.contacts.folders.values()].filter(({ parentId }) => parentId === parent);
		return { folders: page(found, query), total: found.length };
	});
}
