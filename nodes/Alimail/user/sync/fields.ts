import type { INodeProperties } from 'n8n-workflow';
import { departmentLocator } from '../../department/fields';

export const syncFields: INodeProperties[] = [
	{
		displayName: 'Mode',
		name: 'mode',
		type: 'options',
		options: [
			{
				name: 'Preview',
				value: 'preview',
				description: 'Show what would be done, and change nothing',
			},
			{
				name: 'Apply',
				value: 'apply',
				description: 'Create, change and freeze accounts, unless a guard holds it back',
			},
			{
				name: 'Apply Approved Plan',
				value: 'approved',
				description: 'Let through the one plan that a guard held back and a person has looked at',
			},
		],
		default: 'preview',
		description:
			'Start with a preview. All incoming items together are the list of people who should have an account.',
	},
	{
		displayName: 'Approval Code',
		name: 'approval',
		type: 'string',
		default: '',
		placeholder: 'e.g. 5f2c…',
		displayOptions: { show: { mode: ['approved'] } },
		description:
			'The code from the summary of the run that was held back. It fits only that very plan, and only once: when anything has changed since, nothing passes.',
	},
	{
		displayName: 'Columns',
		name: 'columns',
		type: 'resourceMapper',
		noDataExpression: true,
		default: { mappingMode: 'defineBelow', value: null },
		required: true,
		description: 'Which column of the incoming items says what about a person',
		typeOptions: {
			resourceMapper: {
				resourceMapperMethod: 'getSyncColumns',
				mode: 'map',
				fieldWords: { singular: 'column', plural: 'columns' },
				addAllFields: false,
				supportAutoMap: true,
			},
		},
	},
	{
		displayName: 'Recognise People By',
		name: 'matchBy',
		type: 'options',
		options: [
			{ name: 'Employee Number, Then Address', value: 'employeeNo,email' },
			{ name: 'Employee Number Only', value: 'employeeNo' },
			{ name: 'Address Only', value: 'email' },
		],
		default: 'employeeNo,email',
		description:
			'How a row finds its account. The employee number survives a marriage; the address also finds accounts that were made by hand, and then takes over the number.',
	},
	{
		displayName: 'Department Column Holds',
		name: 'departmentAs',
		type: 'options',
		options: [
			{ name: 'Path, Like R&D/Platform/Core', value: 'path' },
			{ name: 'Alimail ID', value: 'id' },
		],
		default: 'path',
		description:
			'How the department column names a department. Without such a column, departments are left alone.',
	},
	{
		displayName: 'People Who Left',
		name: 'leavers',
		type: 'options',
		options: [
			{
				name: 'Delete at Once',
				value: 'delete',
				description: 'Their mail cannot be recovered after 30 days',
			},
			{ name: 'Do Nothing', value: 'nothing', description: 'Their accounts stay open' },
			{
				name: 'Freeze',
				value: 'disable',
				description: 'Nobody can sign in; the mail stays and the seat is kept',
			},
			{
				name: 'Freeze, Delete Later',
				value: 'disableThenDelete',
				description: 'Freeze now, and delete after a number of days',
			},
		],
		default: 'disable',
		description: 'What happens to accounts of this sync whose person is no longer among the incoming items',
	},
	{
		displayName: 'Delete After Days',
		name: 'afterDays',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 30,
		displayOptions: { show: { leavers: ['disableThenDelete'] } },
		description: 'How long an account stays frozen before it is deleted with its mail',
	},
	{
		displayName: 'Scope',
		name: 'scope',
		type: 'collection',
		placeholder: 'Add Limit',
		default: {},
		description: 'Which accounts belong to this sync. Accounts outside are neither changed nor frozen.',
		options: [
			{
				...departmentLocator,
				required: false,
				description: 'Only accounts in this department and those below it',
			},
			{
				displayName: 'Domain',
				name: 'domain',
				type: 'string',
				default: '',
				placeholder: 'e.g. example.com',
				description: 'Only accounts whose address is in this domain',
			},
			{
				displayName: 'Type of Account',
				name: 'employeeType',
				type: 'options',
				options: [
					{ name: 'All', value: 'all' },
					{ name: 'People', value: 'EMPLOYEE' },
					{ name: 'Shared or Service Accounts', value: 'SERVICE' },
				],
				default: 'EMPLOYEE',
				description: 'Only accounts of this type; people when this is not added',
			},
		],
	},
	{
		displayName: 'Protected Accounts',
		name: 'protected',
		type: 'string',
		default: 'postmaster@*, admin@*, administrator@*',
		placeholder: 'e.g. postmaster@*, *-admin@example.com',
		description:
			'Addresses that are never touched in any way, separated by commas. A star stands for any letters. Add your administrators.',
	},
	{
		displayName: 'Guards',
		name: 'guards',
		type: 'collection',
		placeholder: 'Change Guard',
		default: {},
		description:
			'What holds a run back when the incoming list looks broken. All are on with the values shown; add one here to change it. 0 switches it off.',
		options: [
			{
				displayName: 'Accounts Lost, at Most',
				name: 'maxLeavers',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: 50,
				description: 'Nobody is frozen or deleted when it would be more people than this in one run',
			},
			{
				displayName: 'Accounts Lost, Percent at Most',
				name: 'maxLeaverPercent',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 100 },
				default: 20,
				description:
					'Nobody is frozen or deleted when it would be more than this share of the active accounts',
			},
			{
				displayName: 'Bad Rows, Percent at Most',
				name: 'maxInvalidPercent',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 100 },
				default: 20,
				description: 'Nothing at all is done when more than this share of the rows is invalid or duplicate',
			},
			{
				displayName: 'List Shorter, Percent at Most',
				name: 'maxShrinkPercent',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 100 },
				default: 20,
				description:
					'Nothing at all is done when the list has this much fewer people than there are active accounts: it is probably cut off',
			},
			{
				displayName: 'Rows Expected, at Least',
				name: 'minRows',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: 0,
				description: 'Nothing at all is done when fewer rows than this come in, and no approval helps',
			},
		],
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Change Password at First Sign-In',
				name: 'forceChange',
				type: 'boolean',
				default: true,
				description: 'Whether new colleagues must choose a new password when signing in for the first time',
			},
			{
				displayName: 'Create Missing Departments',
				name: 'createDepartments',
				type: 'boolean',
				default: true,
				description: 'Whether departments of a path that do not exist yet are created, parents first',
			},
			{
				...departmentLocator,
				displayName: 'Department for New Users',
				name: 'defaultDepartment',
				required: false,
				description: 'Where new accounts go whose row names no department',
			},
			{
				displayName: 'Empty Cells',
				name: 'emptyCells',
				type: 'options',
				options: [
					{ name: 'Leave the Field as It Is', value: 'leave' },
					{ name: 'Clear the Field', value: 'clear' },
				],
				default: 'leave',
				description: 'What an empty cell of a mapped column means',
			},
			{
				displayName: 'Include Unchanged Users',
				name: 'includeUnchanged',
				type: 'boolean',
				default: false,
				description: 'Whether the Users output also has an item for everyone for whom nothing had to be done',
			},
			{
				displayName: 'Unfreeze People Who Come Back',
				name: 'unfreeze',
				type: 'boolean',
				default: true,
				description: 'Whether a frozen account is opened again when its person is among the incoming items',
			},
		],
	},
];
