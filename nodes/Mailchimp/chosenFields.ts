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
 * (https://mailchimp.com/developer/marketing/docs/methods-parameters/#partial-responses): the chosen ones, or all but the links.
 * @param rows the name of the list that a page has; none for a single record
 */
export function chosenFields(item: ParameterReader, rows?: string): IDataObject {
	const options = item.collection('options');
	const names = options.has('fields') ? options.list('fields') : [];
	if (names.length === 0) return rows === undefined ? noLinks() : noLinks(rows);
	const wrong = names.find((name) => !/^\w+(\.\w+)*$/.test(name));
	if (wrong !== undefined)
		throw options.fieldError(
			'fields',
			`has “${wrong}”, which is no name of a field`,
			'Write names as they are in the output, like email_address or merge_fields.FNAME.',
		);
	const paths = ['id', ...names].map((name) => (rows === undefined ? name : `${rows}.${name}`));
	return { fields: [...(rows === undefined ? [] : ['total_items']), ...new Set(paths)].join(',') };
}
