import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { ParameterReader } from '../../core/node/parameters/reader';

/** Choices of an Output. */
export const EVERYTHING: INodePropertyOptions = {
	name: 'Everything',
	value: 'raw',
	description: 'All fields that Outlook has',
};
export const SELECTED: INodePropertyOptions = {
	name: 'Selected Fields',
	value: 'fields',
	description: 'Only those that are chosen under Fields: less is faster',
};

export const SIMPLIFIED: INodePropertyOptions = {
	name: 'Simplified',
	value: 'simple',
	description: 'The fields that most workflows need',
};

/** The Output of what is told in a simplified form, if nothing else is chosen. @param options in the order of the alphabet */
export const simplifiedOutput = (description: string, options: INodePropertyOptions[]): INodeProperties => ({
	displayName: 'Output',
	name: 'output',
	type: 'options',
	options,
	default: 'simple',
	description,
});

/** The Output of what is not told in a simplified form. */
export const outputField: INodeProperties = {
	displayName: 'Output',
	name: 'output',
	type: 'options',
	options: [EVERYTHING, SELECTED],
	default: 'raw',
	description: 'How much to get',
};

/** The choice of fields, shown when the Output is *Selected Fields*. @param labels what each of Graph's properties is called */
export const fieldsField = (labels: Record<string, string>): INodeProperties => ({
	displayName: 'Fields',
	name: 'fields',
	type: 'multiOptions',
	options: Object.entries(labels)
		.map(([value, name]) => ({ name, value, description: value }))
		.toSorted((a, b) => a.name.localeCompare(b.name, 'en')),
	allowArbitraryValues: true,
	default: [],
	displayOptions: { show: { output: ['fields'] } },
	description:
		'Only these fields; the ID always comes too. They count with the Output “Selected Fields” alone. An expression may name others that Graph has, such as {{ ["subject", "changeKey"] }}.',
});

/**
 * The fields to ask for (https://learn.microsoft.com/graph/query-parameters#select-parameter); undefined for all.
 * @param told what other Outputs ask for
 */
export function readSelect(item: ParameterReader, told: Record<string, string[]> = {}): string[] | undefined {
	const output = item.option('output');
	if (output !== SELECTED.value) return told[output];
	const names = item.list('fields');
	if (names.length === 0)
		throw item.fieldError('fields', 'is empty', 'Choose at least one field, or another Output.');
	const wrong = names.find((name) => !/^[a-z]\w*$/i.test(name));
	if (wrong !== undefined)
		throw item.fieldError(
			'fields',
			`has “${wrong}”, which is no name of a field`,
			'Write names as they are in the output, like subject or receivedDateTime.',
		);
	return [...new Set(['id', ...names])];
}

export const asQuery = (select: string[] | undefined): IDataObject =>
	select === undefined ? {} : { $select: select.join(',') };
