import { limitFields } from '../../../core/node/limitFields';
import { perItem } from '../../../core/node/operation';
import { presentFilter, type Watched } from '../changes/kinds';
import type { Directory } from '../connection';
import { conditionFields, rawFilterField, readConditions, readRawFilter } from '../filter/fields';
import { stored } from '../filter/values';
import { attributesField, baseField, readWhere, rowsOf, scopeField } from '../searching';
import { Decoder } from '../values/decode';
import { entryField, findEntry } from './entry';

const USUAL = ['objectGUID', 'objectClass', 'cn', 'description'];
const USUAL_ELSEWHERE = ['entryUUID', 'objectClass', 'cn', 'description'];

export const getAll = perItem({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many entries',
	description: 'List computers, organizational units or any other entries, all or those that match',
	fields: [
		{
			displayName: 'Kind',
			name: 'kind',
			type: 'options',
			options: [
				{ name: 'Any', value: 'any' },
				{ name: 'Computers', value: 'computer' },
				{ name: 'Organizational Units', value: 'unit' },
			],
			default: 'any',
			description: 'What is looked for',
		},
		...limitFields,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			description: 'Only entries that match all of these',
			options: [baseField, scopeField, rawFilterField],
		},
		...conditionFields,
		attributesField,
	],
	read(item) {
		const filters = item.collection('filters');
		return {
			kind: item.option('kind') as Watched,
			limit: item.limit(),
			...readWhere(filters),
			attributes: item.list('attributes'),
			filters: [readConditions(item), readRawFilter(filters)],
		};
	},
	async *call({ kind, filters, ...query }, directory: Directory) {
		const { kind: server } = await directory.info();
		const usual = server === 'activeDirectory' ? USUAL : USUAL_ELSEWHERE;
		yield* rowsOf(directory, {
			...query,
			attributes: query.attributes.length > 0 ? query.attributes : usual,
			filters: [presentFilter(kind, server), ...filters],
		});
	},
});

export const get = perItem({
	name: 'Get',
	value: 'get',
	action: 'Get an entry',
	description: 'Retrieve one entry, whatever it is',
	fields: [entryField, attributesField],
	read: (item) => ({ entry: item.requiredText('entry'), attributes: item.list('attributes') }),
	async call({ entry, attributes }, directory: Directory) {
		const asked =
			attributes.length > 0 ? attributes : (await directory.isActiveDirectory()) ? ['*'] : ['*', '+'];
		const found = await findEntry(directory, entry, asked);
		return new Decoder(await directory.schema(), attributes).row(found);
	},
});

export const compare = perItem({
	name: 'Compare',
	value: 'compare',
	action: 'Compare a value of an entry',
	description: 'Have the directory say whether an attribute has a value, without reading it',
	fields: [
		entryField,
		{
			displayName: 'Attribute Name or ID',
			name: 'attribute',
			type: 'options',
			typeOptions: { loadOptionsMethod: 'getAttributes' },
			required: true,
			default: '',
			description:
				'What is compared. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		},
		{
			displayName: 'Value',
			name: 'value',
			type: 'string',
			required: true,
			default: '',
			description: 'As rows show it',
		},
	],
	read: (item) => ({
		entry: item.requiredText('entry'),
		attribute: item.requiredText('attribute'),
		value: item.requiredText('value'),
	}),
	async call({ entry, attribute, value }, directory: Directory) {
		const { dn } = await findEntry(directory, entry, ['objectClass']);
		const wanted = stored(attribute, value, await directory.schema(), await directory.isActiveDirectory());
		const filter = { compare: '=' as const, attribute, value: wanted };
		// Bytes do not travel in the library's compare request; a search of that one entry asks the same.
		const matches = Buffer.isBuffer(wanted)
			? (await directory.find({ base: dn, scope: 'base', filter, attributes: ['objectClass'] }, 1)).length > 0
			: await directory.compare(dn, attribute, wanted);
		return { dn, attribute, value, matches };
	},
});
