import type { IDataObject } from 'n8n-workflow';
import { invalidInput } from '../../../core/errors';
import { perItem } from '../../../core/node/operation';
import type { Directory } from '../connection';
import { isDn, rdn } from '../dn';
import { findUser } from '../user/user';
import { attributeFields, inStoredForm, readAttributes } from '../user/changes';
import { groupType, type GroupScope } from '../values/flags';
import type { Values } from '../wire/changes';
import { addEntry } from '../writing';
import { findGroup, groupLocator } from './group';

export const create = perItem({
	name: 'Create',
	value: 'create',
	action: 'Create a group',
	description: 'Add a group, empty or with its first member',
	fields: [
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. Sales',
			description: 'What the group is called',
		},
		{
			displayName: 'Organizational Unit',
			name: 'unit',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. OU=Groups,DC=corp,DC=example,DC=com',
			description: 'Where the group is to stand',
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			description: 'What is seldom needed: the presets suit most',
			options: [
				{
					displayName: 'First Member',
					name: 'member',
					type: 'string',
					default: '',
					placeholder: 'e.g. li.wei',
					description:
						'Who is in it from the start: login, mail address, DN or ID. Other directories than Active Directory have no empty groups.',
				},
				{
					displayName: 'For Mail Only',
					name: 'isDistribution',
					type: 'boolean',
					default: false,
					description: 'Whether the group cannot be given any rights (Active Directory)',
				},
				{
					displayName: 'Scope',
					name: 'scope',
					type: 'options',
					options: [
						{ name: 'Domain Local', value: 'domainLocal' },
						{ name: 'Global', value: 'global' },
						{ name: 'Universal', value: 'universal' },
					],
					default: 'global',
					description: 'Who may be in it, and where it counts (Active Directory)',
				},
			],
		},
		attributeFields,
	],
	read(item) {
		const options = item.collection('options');
		const unit = item.requiredText('unit');
		if (!isDn(unit))
			throw item.fieldError('unit', 'is not a DN', 'Write it like OU=Groups,DC=corp,DC=example,DC=com.');
		return {
			name: item.requiredText('name'),
			unit,
			member: options.text('member'),
			type: groupType(options.option('scope') as GroupScope, !options.boolean('isDistribution')),
			more: readAttributes(item),
		};
	},
	async call({ name, unit, member, type, more }, directory: Directory): Promise<IDataObject> {
		const isActiveDirectory = await directory.isActiveDirectory();
		if (!isActiveDirectory && member === '')
			throw invalidInput(
				'First Member',
				'A group of this directory cannot be empty',
				"Add the option 'First Member'.",
			);
		const first = member === '' ? undefined : (await findUser(directory, member, ['cn'])).dn;
		const attributes: Record<string, Values> = {
			cn: [name],
			...(isActiveDirectory
				? { objectClass: ['group'], sAMAccountName: [name], groupType: [String(type)] }
				: { objectClass: ['groupOfNames'] }),
			...(first === undefined ? {} : { member: [first] }),
		};
		for (const one of more) attributes[one.attribute] = await inStoredForm(directory, one);
		const dn = `${rdn(isActiveDirectory ? 'CN' : 'cn', name)},${unit}`;
		return await addEntry(directory, dn, attributes);
	},
});

export const remove = perItem({
	name: 'Delete',
	value: 'delete',
	action: 'Delete a group',
	description: 'Take a group away; its members stay',
	fields: [groupLocator],
	read: (item) => item.requiredText('group'),
	async call(group, directory: Directory): Promise<IDataObject> {
		const { dn } = await findGroup(directory, group, ['cn']);
		await directory.delete(dn);
		return { dn, deleted: true };
	},
});
