import { limitFields } from '../../../core/node/limitFields';
import { perItem } from '../../../core/node/operation';
import type { Directory } from '../connection';
import { conditionFields, readConditions } from '../filter/fields';
import { inChain } from '../filter/filter';
import { attributesField, baseField, readWhere, rowsOf, scopeField } from '../searching';
import { onlyActiveDirectory } from '../user/status.operations';
import { userModel } from '../user/model';
import { findGroup, groupFilter, groupLocator } from './group';
import { namedMembers } from './named';

/** What most workflows need of a group, in both kinds of directory. */
const USUAL = ['objectGUID', 'sAMAccountName', 'cn', 'description', 'mail', 'groupType', 'managedBy'];
const USUAL_ELSEWHERE = ['entryUUID', 'cn', 'description'];

export const getAll = perItem({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many groups',
	description: 'List groups, all or those that match',
	fields: [
		...limitFields,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			description: 'Where to look',
			options: [baseField, scopeField],
		},
		...conditionFields,
		attributesField,
	],
	read: (item) => ({
		limit: item.limit(),
		...readWhere(item.collection('filters')),
		attributes: item.list('attributes'),
		conditions: readConditions(item),
	}),
	async *call({ conditions, ...query }, directory: Directory) {
		const { kind } = await directory.info();
		const usual = kind === 'activeDirectory' ? USUAL : USUAL_ELSEWHERE;
		yield* rowsOf(directory, {
			...query,
			attributes: query.attributes.length > 0 ? query.attributes : usual,
			filters: [groupFilter(kind), conditions],
		});
	},
});

export const getMembers = perItem({
	name: 'Get Members',
	value: 'getMembers',
	action: 'Get the members of a group',
	description: 'List who is in a group, however many there are',
	fields: [
		groupLocator,
		{
			displayName: 'Include Groups Within It',
			name: 'nested',
			type: 'boolean',
			default: false,
			description:
				'Whether people who are in it by way of other groups come too, and the groups themselves do not (Active Directory)',
		},
		...limitFields,
		attributesField,
	],
	read: (item) => ({
		group: item.requiredText('group'),
		isNested: item.boolean('nested'),
		limit: item.limit(),
		attributes: item.list('attributes'),
	}),
	async *call({ group, isNested, limit, attributes }, directory: Directory) {
		const found = await findGroup(directory, group, ['cn', 'objectClass']);
		if (isNested) await onlyActiveDirectory(directory, 'Looking through groups within groups');
		const { filter, usual } = await userModel(directory);
		const asked = attributes.length > 0 ? attributes : ['objectClass', ...usual];
		if (!(await directory.isActiveDirectory())) {
			yield* namedMembers(directory, found, asked, limit);
			return;
		}
		// The server looks for the members itself: one search with pages, instead of a question for each of them.
		yield* rowsOf(directory, {
			base: '',
			scope: 'sub',
			filters: isNested
				? [filter, inChain('memberOf', found.dn)]
				: [{ compare: '=', attribute: 'memberOf', value: found.dn }],
			attributes: asked,
			limit,
		});
	},
});
