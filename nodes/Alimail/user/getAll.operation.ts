import { limitFields } from '../../../core/node/limitFields';
import { perItem } from '../../../core/node/operation';
import { departmentLocator } from '../department/fields';
import { departmentId, type DepartmentChoice } from '../department/tree';
import { select } from '../assumed';
import { userPages } from '../connection';
import { all, containing, equals, inSubtree } from './filter';
import { USER_FIELDS } from './model';

/** The fields most workflows need, most used first; "Fields" asks for others. */
const SIMPLE = [
	'id',
	'email',
	'name',
	'employeeNo',
	'departmentIds',
	'jobTitle',
	'managerEmail',
	'phone',
	'status',
	'freezedTime',
];

export const getAll = perItem({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many users',
	description: 'List accounts, all or those that match',
	fields: [
		...limitFields,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			description: 'Only accounts that match all of these',
			options: [
				{
					...departmentLocator,
					required: false,
					description: 'Only members of this department and those below it',
				},
				{
					displayName: 'Employee Number',
					name: 'employeeNo',
					type: 'string',
					default: '',
					placeholder: 'e.g. E10042',
					description: 'Only the account with exactly this number',
				},
				{
					displayName: 'Name or Address Contains',
					name: 'search',
					type: 'string',
					default: '',
					placeholder: 'e.g. wei',
					description: 'Only accounts with this in the name or the address',
				},
				{
					displayName: 'Own Filter Expression',
					name: 'expression',
					type: 'string',
					default: '',
					placeholder: 'e.g. (&(workLocation=Hangzhou)(!(status=FREEZE)))',
					description: 'In Alimail’s own search language, for what the other filters do not offer',
				},
				{
					displayName: 'Status',
					name: 'status',
					type: 'options',
					options: [
						{ name: 'Active', value: 'NORMAL' },
						{ name: 'Frozen', value: 'FREEZE' },
					],
					default: 'NORMAL',
					description: 'Only accounts in this state',
				},
				{
					displayName: 'Type of Account',
					name: 'employeeType',
					type: 'options',
					options: [
						{ name: 'Person', value: 'EMPLOYEE' },
						{ name: 'Shared or Service Account', value: 'SERVICE' },
					],
					default: 'EMPLOYEE',
					description: 'Only accounts of this type',
				},
			],
		},
		{
			displayName: 'Fields',
			name: 'fields',
			type: 'multiOptions',
			options: USER_FIELDS.toSorted().map((name) => ({ name, value: name })),
			default: [],
			description: 'The fields to return, by Alimail’s names. When empty: the ten most used.',
		},
	],
	read(item) {
		const filters = item.collection('filters');
		const department: DepartmentChoice | undefined = filters.has('department')
			? chosen(filters.resourceLocator('department'))
			: undefined;
		const search = filters.text('search');
		const own = filters.text('expression');
		return {
			limit: item.limit(),
			fields: item.list('fields'),
			department,
			filters: [
				...['employeeNo', 'status', 'employeeType']
					.filter((field) => filters.has(field))
					.map((field) => equals(field, filters.text(field), filters.label(field))),
				...(search === '' ? [] : [containing(['name', 'email'], search)]),
				...(own === '' ? [] : [own]),
			],
		};
	},
	async *call({ limit, fields, department, filters }, client) {
		const below = department === undefined ? undefined : await departmentId(client, department, 'Department');
		const filter = all([...(below === undefined || below === '$root' ? [] : [inSubtree(below)]), ...filters]);
		const query = select(client, fields.length > 0 ? fields : SIMPLE);
		if (filter !== '') query.filter = filter;
		yield* client.pages('/v2/users', userPages, query, limit);
	},
});

const chosen = (choice: DepartmentChoice): DepartmentChoice | undefined =>
	choice.value === '' ? undefined : choice;
