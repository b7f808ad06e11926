import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { ParameterReader } from '../../core/node/parameters/reader';
import { noLinks } from './connection';

/** The options of an operation that gets records. */
export const chosenFieldsOption: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	description: 'What is wanted of a record',
	options: [
		{
			displayName: 'Excluded Fields',
			name: 'excluded',
			type: 'string',
			default: '',
			placeholder: 'e.g. stats, merge_fields.PHONE',
			description:
				'All fields but these, with commas between, as they are called in the output. Not beside Fields.',
		},
		{
			displayName: 'Fields',
			name: 'fields',
			type: 'string',
			default: '',
			placeholder: 'e.g. email_address, merge_fields.FNAME',
			description:
				'Only these fields, with commas between, as they are called in the output; the ID always comes too. Less is faster.',
		},
	],
};

/**
 * The part of the address that says which fields Mailchimp answers with
 * (https://mailchimp.com/developer/marketing/docs/methods-parameters/#partial-responses): the chosen ones, or all but the links
 * and those that are excluded.
 * @param rows the name of the list that a page has; none for a single record
 */
export function chosenFields(item: ParameterReader, rows?: string): IDataObject {
	const options = item.collection('options');
	const [names, excluded] = [namesIn(options, 'fields'), namesIn(options, 'excluded')];
	const within = (name: string) => (rows === undefined ? name : `${rows}.${name}`);
	if (names.length === 0) {
		const { exclude_fields: links } = rows === undefined ? noLinks() : noLinks(rows);
		return { exclude_fields: [links, ...excluded.map(within)].join(',') };
	}
	if (excluded.length > 0)
		throw options.fieldError(
			'excluded',
			"and 'Fields' are both filled in, and Mailchimp takes one of them",
			'Empty one of the two.',
		);
	const paths = ['id', ...names].map(within);
	return { fields: [...(rows === undefined ? [] : ['total_items']), ...new Set(paths)].join(',') };
}

function namesIn(options: ParameterReader, field: string): string[] {
	const names = options.has(field) ? options.list(field) : [];
	const wrong = names.find((name) => !/^\w+(\.\w+)*$/.test(name));
	if (wrong === undefined) return names;
	throw options.fieldError(
		field,
		`has “${wrong}”, which is no name of a field`,
		'Write names as they are in the output, like email_address or merge_fields.FNAME.',
	);
}
