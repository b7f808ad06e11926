import { AlimailError } from './errors';

export interface SharedContact {
	id: string;
	name: string;
	folderId: string;
	email?: string;
	[field: string]: unknown;
}

export interface SharedContactFolder {
	id: string;
	name: string;
	parentId: string;
}

/** The public contacts of the organization, and their folders below `$root`. */
export class SharedContacts {
	readonly folders = new Map<string, SharedContactFolder>();
	readonly contacts: SharedContact[] = [];

	addFolder(name: string, parentId = '$root'): SharedContactFolder {
		const folder = { id: `contacts-${this.folders.size + 1}`, name, parentId };
		this.folders.set(folder.id, folder);
		return folder;
	}

	add(given: Omit<SharedContact, 'id' | 'folderId'> & { folderId?: string }): SharedContact {
		const contact: SharedContact = {
			folderId: '$root',
			...given,
			name: String(given.name),
			id: `contact-${this.contacts.length + 1}`,
		};
		this.contacts.push(contact);
		return contact;
	}

	/** @throws 404 */
	check(id: string): string {
		if (id !== '$root' && !this.folders.has(id))
			throw new AlimailError(404, 'ContactFolderNotFound', `The contact folder "${id}" does not exist.`);
		return id;
	}
}
