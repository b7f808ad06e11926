import type { Change } from 'ldapts';
import type { INodeProperties } from 'n8n-workflow';
import { ServiceError } from '../../../core/errors';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import type { Directory } from '../connection';
import { isDn } from '../dn';
import { findUpToTwo } from '../find';
import { stored } from '../filter/values';
import { change, type Values } from '../wire/changes';
import { userKind } from './user';

/** One value of one attribute, and what is to be done with it. */
export interface Wanted {
	attribute: string;
	operation: 'replace' | 'add' | 'delete';
	/** None takes the whole attribute away. */
	values: string[];
}

const attribute: INodeProperties = {
	displayName: 'Attribute Name or ID',
	name: 'attribute',
	type: 'options',
	typeOptions: { loadOptionsMethod: 'getWritableAttributes' },
	default: '',
	description:
		'What is written. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
};
const value: INodeProperties = {
	displayName: 'Value',
	name: 'value',
	type: 'string',
	default: '',
	description:
		'As rows show it. For several values use an expression that gives a list. A manager may be named by login or mail address.',
};

/** Values of a new entry. */
export const attributeFields: INodeProperties = {
	displayName: 'Further Attributes',
	name: 'more',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Attribute',
	default: {},
	description: 'What else is to stand in the entry; empty values are left out',
	options: [{ displayName: 'Attribute', name: 'attribute', values: [attribute, value] }],
};

/** Changes of an entry that is there. */
export const changeFields: INodeProperties = {
	displayName: 'Changes',
	name: 'changes',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Change',
	default: {},
	required: true,
	description: 'Only these attributes are changed, all in one step',
	options: [
		{
			displayName: 'Change',
			name: 'change',
			values: [
				attribute,
				{
					displayName: 'Do',
					name: 'way',
					type: 'options',
					options: [
						{ name: 'Set to This Value', value: 'replace' },
						{ name: 'Add This Value', value: 'add' },
						{ name: 'Remove This Value', value: 'delete' },
						{ name: 'Clear', value: 'clear' },
					],
					default: 'replace',
					description: 'Adding and removing are for attributes with several values',
				},
				{ ...value, displayOptions: { hide: { way: ['clear'] } } },
			],
		},
	],
};

const NAME = /^[A-Za-z][\w.-]*(;[\w;-]+)?$/;

/** @throws {ServiceError} for what has no name or no value */
export function readChanges(item: ParameterReader): Wanted[] {
	const rows = item.fixedCollection('changes', 'change');
	if (rows.length === 0)
		throw item.fieldError('changes', 'names nothing to change', 'Add at least one change.');
	return rows.map((row) => {
		const name = attributeName(row);
		const operation = row.option('way');
		if (operation === 'clear') return { attribute: name, operation: 'replace', values: [] };
		const values = valuesOf(row.value('value'));
		// An expression that came to nothing must not clear anything.
		if (values.length === 0)
			throw row.fieldError('value', 'is empty', "Fill it in, or choose 'Clear' to empty the attribute.");
		return { attribute: name, operation: operation as Wanted['operation'], values };
	});
}

export function readAttributes(item: ParameterReader): Wanted[] {
	return item
		.fixedCollection('more', 'attribute')
		.map((row): Wanted => ({
			attribute: attributeName(row),
			operation: 'add',
			values: valuesOf(row.value('value')),
		}))
		.filter(({ values }) => values.length > 0);
}

function attributeName(row: ParameterReader): string {
	const name = row.requiredText('attribute');
	if (NAME.test(name)) return name;
	throw row.fieldError('attribute', `is not the name of an attribute: “${name}”`, 'Choose it from the list.');
}

function valuesOf(value: unknown): string[] {
	if (value === undefined || value === null || value === '') return [];
	return (Array.isArray(value) ? value : [value]).map(String).filter((one) => one !== '');
}

/** Values in the directory's terms; people named by login or address become their DNs. @throws {ServiceError} */
export async function inStoredForm(
	directory: Directory,
	{ attribute: name, values }: Wanted,
): Promise<Values> {
	const schema = await directory.schema();
	const isActiveDirectory = await directory.isActiveDirectory();
	const isDnHeld = schema.get(name)?.kind === 'dn';
	const found: Values = [];
	for (const one of values)
		found.push(
			isDnHeld && !isDn(one)
				? await personDn(directory, one, name)
				: stored(name, one, schema, isActiveDirectory),
		);
	return found;
}

async function personDn(directory: Directory, text: string, name: string): Promise<string> {
	const found = await findUpToTwo(directory, text, userKind((await directory.info()).kind), ['cn']);
	if (found.length === 1) return found[0]!.dn;
	throw new ServiceError({
		message:
			found.length === 0
				? `'${name}' is to point at “${text}”, whom the directory does not have`
				: `'${name}' is to point at “${text}”, and more than one person is called so`,
		remedy: 'Use the login, the mail address or the DN of one person.',
		field: name,
		outcome: 'notSent',
	});
}

export async function toChanges(directory: Directory, wanted: Wanted[]): Promise<Change[]> {
	const changes: Change[] = [];
	for (const one of wanted)
		changes.push(change(one.operation, one.attribute, await inStoredForm(directory, one)));
	return changes;
}

/** Doing it twice comes to the same, unless values are added or removed one by one. */
export const isRepeatable = (wanted: Wanted[]): boolean =>
	wanted.every(({ operation }) => operation === 'replace');
