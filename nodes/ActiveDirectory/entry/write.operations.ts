import type { IDataObject } from 'n8n-workflow';
import { splitList } from '../../../core/list';
import { perItem } from '../../../core/node/operation';
import type { Directory } from '../connection';
import { isDn } from '../dn';
import {
	attributeFields,
	changeFields,
	inStoredForm,
	isRepeatable,
	readAttributes,
	readChanges,
	toChanges,
} from '../user/changes';
import { moveEntry } from '../user/move.operation';
import { Decoder } from '../values/decode';
import type { Values } from '../wire/changes';
import { treeDelete } from '../wire/controls';
import { addEntry, nameAttribute } from '../writing';
import { entryField, findEntry } from './entry';

export const create = perItem({
	name: 'Create',
	value: 'create',
	action: 'Create an entry',
	description: 'Add an organizational unit, a computer, a contact or any other entry',
	fields: [
		{
			displayName: 'DN',
			name: 'dn',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. OU=Sales,DC=corp,DC=example,DC=com',
			description: 'Its name, and where it is to stand',
		},
		{
			displayName: 'Object Classes',
			name: 'objectClasses',
			type: 'string',
			required: true,
			default: 'organizationalUnit',
			placeholder: 'e.g. contact',
			description: 'What it is; several are separated by commas',
		},
		attributeFields,
	],
	read(item) {
		const dn = item.requiredText('dn');
		if (!isDn(dn))
			throw item.fieldError('dn', 'is not a DN', 'Write it like OU=Sales,DC=corp,DC=example,DC=com.');
		return { dn, classes: splitList(item.requiredText('objectClasses')), more: readAttributes(item) };
	},
	async call({ dn, classes, more }, directory: Directory): Promise<IDataObject> {
		const attributes: Record<string, Values> = { objectClass: classes, ...nameAttribute(dn) };
		for (const one of more) attributes[one.attribute] = await inStoredForm(directory, one);
		return await addEntry(directory, dn, attributes);
	},
});

export const update = perItem({
	name: 'Update',
	value: 'update',
	action: 'Update an entry',
	description: 'Set, add, remove or clear values of any entry, all in one step',
	fields: [entryField, changeFields],
	read: (item) => ({ entry: item.requiredText('entry'), changes: readChanges(item) }),
	async call({ entry, changes }, directory: Directory) {
		const { dn } = await findEntry(directory, entry, ['objectClass']);
		await directory.modify(dn, await toChanges(directory, changes), { idempotent: isRepeatable(changes) });
		const attributes = changes.map(({ attribute }) => attribute);
		const now = await directory.read(dn, attributes);
		return new Decoder(await directory.schema(), attributes).row(now ?? { dn });
	},
});

export const move = perItem({
	name: 'Move',
	value: 'move',
	action: 'Move or rename an entry',
	description: 'Put an entry elsewhere, or give it another name; what is below it goes with it',
	fields: [
		entryField,
		{
			displayName: 'To',
			name: 'unit',
			type: 'string',
			default: '',
			placeholder: 'e.g. OU=Archive,DC=corp,DC=example,DC=com',
			description: 'Where it is to stand. When empty: it stays where it is.',
		},
		{
			displayName: 'New Name',
			name: 'newName',
			type: 'string',
			default: '',
			placeholder: 'e.g. Sales Europe',
			description: 'What it is to be called. When empty: as before.',
		},
	],
	read(item) {
		const [unit, name] = [item.text('unit'), item.text('newName')];
		if (unit === '' && name === '')
			throw item.fieldError('unit', 'is empty, and so is the new name', 'Fill in one of them.');
		if (unit !== '' && !isDn(unit))
			throw item.fieldError('unit', 'is not a DN', 'Write it like OU=Archive,DC=corp,DC=example,DC=com.');
		return { entry: item.requiredText('entry'), unit, name };
	},
	async call({ entry, unit, name }, directory: Directory) {
		const { dn } = await findEntry(directory, entry, ['objectClass']);
		return { dn: await moveEntry(directory, dn, unit, name), before: dn };
	},
});

export const remove = perItem({
	name: 'Delete',
	value: 'delete',
	action: 'Delete an entry',
	description: 'Take an entry away',
	fields: [
		entryField,
		{
			displayName: 'Delete Everything Below',
			name: 'isTree',
			type: 'boolean',
			default: false,
			description: 'Whether what is below it goes too, however much that is. When off, such an entry stays.',
		},
	],
	read: (item) => ({ entry: item.requiredText('entry'), isTree: item.boolean('isTree') }),
	async call({ entry, isTree }, directory: Directory): Promise<IDataObject> {
		const { dn } = await findEntry(directory, entry, ['objectClass']);
		await directory.delete(dn, isTree ? [treeDelete()] : []);
		return { dn, deleted: true };
	},
});
