import { limitFields } from '../../../core/node/limitFields';
import { perItem } from '../../../core/node/operation';
import type { Directory } from '../connection';
import { conditionFields, rawFilterField, readConditions, readRawFilter } from '../filter/fields';
import { any, hasBits, not, type Filter } from '../filter/filter';
import { attributesField, baseField, readWhere, rowsOf, scopeField } from '../searching';
import { ACCOUNT_DISABLED } from '../values/flags';
import { userModel } from './model';

export const getAll = perItem({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many users',
	description: 'List people, all or those that match',
	fields: [
		...limitFields,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			description: 'Only people that match all of these',
			options: [
				baseField,
				scopeField,
				{
					displayName: 'Name or Mail Contains',
					name: 'search',
					type: 'string',
					default: '',
					placeholder: 'e.g. wei',
					description: 'Only people with this in their name, login or mail address',
				},
				rawFilterField,
				{
					displayName: 'Status',
					name: 'status',
					type: 'options',
					options: [
						{ name: 'Disabled', value: 'disabled' },
						{ name: 'Enabled', value: 'enabled' },
					],
					default: 'enabled',
					description: 'Only accounts in this state (Active Directory)',
				},
			].toSorted((a, b) => a.displayName.localeCompare(b.displayName)) as never,
		},
		...conditionFields,
		attributesField,
	],
	read(item) {
		const filters = item.collection('filters');
		return {
			limit: item.limit(),
			...readWhere(filters),
			attributes: item.list('attributes'),
			status: filters.has('status') ? filters.option('status') : '',
			search: filters.text('search'),
			filters: [readConditions(item), readRawFilter(filters)],
		};
	},
	async *call({ status, search, filters, ...query }, directory: Directory) {
		const { filter, login, usual } = await userModel(directory);
		const disabled = hasBits('userAccountControl', ACCOUNT_DISABLED);
		const isActiveDirectory = await directory.isActiveDirectory();
		yield* rowsOf(directory, {
			...query,
			attributes: query.attributes.length > 0 ? query.attributes : usual,
			filters: [
				filter,
				...filters,
				search === '' ? undefined : containing([login, 'displayName', 'cn', 'mail'], search),
				status === '' || !isActiveDirectory ? undefined : status === 'enabled' ? not(disabled) : disabled,
			],
		});
	},
});

export const containing = (attributes: string[], text: string): Filter =>
	any(...attributes.map((name) => ({ substrings: name, initial: '', any: [text], final: '' })));
