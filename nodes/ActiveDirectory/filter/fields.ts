import type { INodeProperties } from 'n8n-workflow';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { all, any, equal, hasBits, inChain, not, present, type Filter } from './filter';
import { FilterFault, parseFilter } from './parse';

/** Conditions to put together by hand; nothing that is typed into a value can become a part of the filter. */
export const conditionFields: INodeProperties[] = [
	{
		displayName: 'Conditions',
		name: 'conditions',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Condition',
		default: {},
		description: 'Only entries that meet these',
		options: [
			{
				displayName: 'Condition',
				name: 'condition',
				values: [
					{
						displayName: 'Attribute Name or ID',
						name: 'attribute',
						type: 'options',
						typeOptions: { loadOptionsMethod: 'getAttributes' },
						default: '',
						description:
							'What is compared. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
					},
					{
						displayName: 'Is',
						name: 'operator',
						type: 'options',
						options: [
							{ name: 'At Least', value: 'atLeast' },
							{ name: 'At Most', value: 'atMost' },
							{ name: 'Containing', value: 'contains' },
							{ name: 'Empty', value: 'isNotSet' },
							{ name: 'Ending With', value: 'endsWith' },
							{ name: 'Equal To', value: 'equals' },
							{ name: 'Filled In', value: 'isSet' },
							{ name: 'In This Group or in Groups Within It', value: 'inChain' },
							{ name: 'Not Equal To', value: 'notEquals' },
							{ name: 'Starting With', value: 'startsWith' },
							{ name: 'With All These Bits', value: 'hasBits' },
						],
						default: 'equals',
						description: 'How it is compared. Bits and groups within groups are for Active Directory.',
					},
					{
						displayName: 'Value',
						name: 'value',
						type: 'string',
						default: '',
						displayOptions: { hide: { operator: ['isSet', 'isNotSet'] } },
						description:
							'As rows show it: a GUID, a SID, a time such as 2026-11-21T09:30:00Z, true or false work too',
					},
				],
			},
		],
	},
	{
		displayName: 'Entries Must Meet',
		name: 'combine',
		type: 'options',
		options: [
			{ name: 'All Conditions', value: 'all' },
			{ name: 'Any Condition', value: 'any' },
		],
		default: 'all',
		description: 'Whether one condition is enough',
	},
];

export const rawFilterField: INodeProperties = {
	displayName: 'Own Filter',
	name: 'filter',
	type: 'string',
	default: '',
	placeholder: 'e.g. (&(department=Sales)(!(title=Trainee)))',
	description:
		'An LDAP filter, for what the conditions do not offer; it counts in addition to them. Put no values from outside into it: use a condition for those.',
};

/** The filter that the conditions make, or undefined when there are none. @throws {ServiceError} naming the field */
export function readConditions(item: ParameterReader): Filter | undefined {
	const rows = item.fixedCollection('conditions', 'condition');
	if (rows.length === 0) return undefined;
	const filters = rows.map(conditionOf);
	return item.option('combine') === 'any' ? any(...filters) : all(...filters);
}

function conditionOf(row: ParameterReader): Filter {
	const attribute = row.requiredText('attribute');
	if (!/^[A-Za-z][\w.-]*(;[\w;-]+)?$/.test(attribute))
		throw row.fieldError(
			'attribute',
			`is not the name of an attribute: “${attribute}”`,
			'Choose it from the list.',
		);
	const operator = row.option('operator');
	if (operator === 'isSet') return present(attribute);
	if (operator === 'isNotSet') return not(present(attribute));
	// An expression that came to nothing must not find everybody.
	const value = row.requiredText('value');
	switch (operator) {
		case 'equals':
			return equal(attribute, value);
		case 'notEquals':
			return not(equal(attribute, value));
		case 'contains':
			return { substrings: attribute, initial: '', any: [value], final: '' };
		case 'startsWith':
			return { substrings: attribute, initial: value, any: [], final: '' };
		case 'endsWith':
			return { substrings: attribute, initial: '', any: [], final: value };
		case 'atLeast':
			return { compare: '>=', attribute, value };
		case 'atMost':
			return { compare: '<=', attribute, value };
		case 'hasBits':
			return hasBits(attribute, row.number('value', { min: 1 }));
		default:
			return inChain(attribute, value);
	}
}

/** A filter as an expert has written it. @throws {ServiceError} that says what is wrong, and where */
export function readRawFilter(item: ParameterReader, name = 'filter'): Filter | undefined {
	const text = item.text(name);
	if (text === '') return undefined;
	try {
		return parseFilter(text);
	} catch (error) {
		if (!(error instanceof FilterFault)) throw error;
		throw item.fieldError(
			name,
			`is not a filter: at character ${error.at}, ${error.message}`,
			'Write it like (&(department=Sales)(title=Manager)).',
		);
	}
}
