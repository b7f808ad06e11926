import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { truncate } from '../../../core/text';

/** What a template's {{placeholders}} are filled with, in one of three ways. */
export const templateValueFields: INodeProperties[] = [
	{
		displayName: 'Template Values',
		name: 'valuesFrom',
		type: 'options',
		options: [
			{
				name: 'From All Fields of the Item',
				value: 'item',
				description: 'The placeholder {{name}} gets the item’s field “name”, and so on',
			},
			{
				name: 'One by One',
				value: 'fields',
				description: 'Say for each placeholder of the template what it gets',
			},
			{ name: 'As JSON', value: 'json', description: 'For lists and values within values' },
		],
		default: 'item',
		description: 'Where the values for the placeholders of the template come from',
	},
	{
		displayName: 'Values',
		name: 'values',
		type: 'resourceMapper',
		noDataExpression: true,
		default: { mappingMode: 'defineBelow', value: null },
		description:
			'What each placeholder gets. The placeholders are read from the template; those left empty stay empty in the email.',
		displayOptions: { show: { valuesFrom: ['fields'] } },
		typeOptions: {
			loadOptionsDependsOn: ['template.value'],
			resourceMapper: {
				resourceMapperMethod: 'getTemplatePlaceholders',
				mode: 'map',
				fieldWords: { singular: 'placeholder', plural: 'placeholders' },
				addAllFields: true,
				supportAutoMap: false,
			},
		},
	},
	{
		displayName: 'Values (JSON)',
		name: 'valuesJson',
		type: 'json',
		default: '{}',
		displayOptions: { show: { valuesFrom: ['json'] } },
		description:
			'A JSON object with a value for each placeholder, such as { "name": "Ana", "items": [{ "title": "Tea" }] }',
	},
];

/** The model of one item's email. Nothing in it is text of ours, so the item's own values go out as they are. */
export function readTemplateValues(item: ParameterReader): IDataObject {
	switch (item.text('valuesFrom')) {
		case 'fields':
			return nested((item.value('values') as { value?: IDataObject | null } | undefined)?.value ?? {}, item);
		case 'json':
			return item.json('valuesJson');
		default:
			return item.input.json;
	}
}

/** `{ 'company.name': 'X' }` → `{ company: { name: 'X' } }`. What was left empty in the form is left out. */
function nested(values: IDataObject, item: ParameterReader): IDataObject {
	const model: IDataObject = {};
	const groups = new Map<string, IDataObject>();
	const filled = Object.entries(values).filter(([, value]) => value !== null && value !== undefined);
	const names = new Set(filled.map(([name]) => name));
	for (const [placeholder, value] of filled) {
		const steps = placeholder.split('.');
		const last = steps.pop()!;
		let at = model;
		for (const [index, step] of steps.entries()) {
			const group = steps.slice(0, index + 1).join('.');
			if (names.has(group)) throw bothValueAndGroup(group, placeholder, item);
			if (!groups.has(group)) groups.set(group, (at[step] = {}));
			at = groups.get(group)!;
		}
		at[last] = parsed(value, placeholder, item);
	}
	return model;
}

const bothValueAndGroup = (group: string, placeholder: string, item: ParameterReader) =>
	item.fieldError(
		'values',
		`has a value for “${truncate(group)}” and one for “${truncate(placeholder)}”: a placeholder is either a value or holds others`,
		`Leave one of the two empty, and use only that one in the template.`,
	);

/** Lists are typed in as JSON; all other text is text. */
function parsed(value: IDataObject[string], placeholder: string, item: ParameterReader): IDataObject[string] {
	if (typeof value !== 'string' || !isList(placeholder, item)) return value;
	if (value.trim() === '') return [];
	try {
		return JSON.parse(value) as IDataObject[string];
	} catch {
		throw item.fieldError(
			'values',
			`has no valid JSON for the list “${placeholder}”`,
			'Write it like [{ "title": "Tea" }, { "title": "Milk" }], or use an expression that gives a list.',
		);
	}
}

function isList(placeholder: string, item: ParameterReader): boolean {
	const { schema } = (item.value('values') ?? {}) as { schema?: Array<{ id?: string; type?: string }> };
	return (schema ?? []).some(({ id, type }) => id === placeholder && type === 'array');
}
