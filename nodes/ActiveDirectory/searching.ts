import type { INodeProperties } from 'n8n-workflow';
import type { ParameterReader } from '../../core/node/parameters/reader';
import type { Row } from '../../core/node/operation';
import type { Directory } from './connection';
import { isDn } from './dn';
import { all, type Filter } from './filter/filter';
import { withStoredValues } from './filter/values';
import { Decoder } from './values/decode';

export const baseField: INodeProperties = {
	displayName: 'Base',
	name: 'base',
	type: 'string',
	default: '',
	placeholder: 'e.g. OU=Staff,DC=corp,DC=example,DC=com',
	description: 'Where to look, with all that is below it. When empty: the base of the credential.',
};

export const scopeField: INodeProperties = {
	displayName: 'Depth',
	name: 'scope',
	type: 'options',
	options: [
		{ name: 'The Base and All Below It', value: 'sub' },
		{ name: 'Only What Stands Directly Below the Base', value: 'one' },
		{ name: 'Only the Base Itself', value: 'base' },
	],
	default: 'sub',
	description: 'How far down to look',
};

export const attributesField: INodeProperties = {
	displayName: 'Attribute Names or IDs',
	name: 'attributes',
	type: 'multiOptions',
	typeOptions: { loadOptionsMethod: 'getAttributes' },
	default: [],
	description:
		'What to return of each. When empty: what is used most. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
};

export interface Where {
	base: string;
	scope: 'base' | 'one' | 'sub';
}

/** Where to look, from a collection that has `baseField` and `scopeField`. @throws {ServiceError} */
export function readWhere(options: ParameterReader): Where {
	const base = options.text('base');
	if (base !== '' && !isDn(base))
		throw options.fieldError('base', 'is not a DN', 'Write it like OU=Staff,DC=corp,DC=example,DC=com.');
	return { base, scope: options.option('scope') as Where['scope'] };
}

export interface Searching extends Where {
	filters: Array<Filter | undefined>;
	attributes: string[];
	limit: number;
}

/** Rows of a search, values in the terms of the directory on the way there and in plain ones on the way back. */
export async function* rowsOf(
	directory: Directory,
	{ base, scope, filters, attributes, limit }: Searching,
): AsyncGenerator<Row> {
	const schema = await directory.schema();
	const decoder = new Decoder(schema, attributes);
	const filter = withStoredValues(all(...filters), schema, await directory.isActiveDirectory());
	const found = directory.search({
		base: base || (await directory.base()),
		scope,
		filter,
		attributes,
		limit,
	});
	for await (const entry of found) yield decoder.row(entry);
}
