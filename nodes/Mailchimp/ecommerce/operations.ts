import type { INodeProperties } from 'n8n-workflow';
import { limitFields } from '../../../core/node/limitFields';
import { batched, perItem, resource, type Resource } from '../../../core/node/operation';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { byDisplayName } from '../../../core/node/properties';
import { listOf, noLinks } from '../connection';
import { filtersOf, queryOf } from '../filters';
import { batchFromOption, onRoad, readBatchFrom, roadChunk, tellRoad } from '../road';
import { at, listAt, type Kind } from './kind';
import { storeLocator } from './locators';
import { telling, type Telling } from './telling';
import { bodyOf, idIn } from './values';

const storeOf = ({ isStore }: Kind, item: ParameterReader): string =>
	isStore ? '' : item.resourceId('store');
const inStore = ({ isStore }: Kind): INodeProperties[] => (isStore ? [] : [storeLocator]);

/** The five of them, with what can be done (https://mailchimp.com/developer/marketing/docs/e-commerce/). */
export const resourceOf = (kind: Kind): Resource =>
	resource({
		name: kind.name,
		value: kind.value,
		description: kind.description,
		operations: [upsertOf(kind), getAllOf(kind), getOf(kind), removeOf(kind)],
	});

const upsertOf = (kind: Kind) =>
	batched<Telling & { batchFrom: number }>({
		name: 'Create or Update',
		value: 'upsert',
		action: `Create or update ${kind.one}`,
		description: kind.upsert,
		fields: [
			...inStore(kind),
			{
				displayName: `${kind.name} ID`,
				name: 'id',
				type: 'string',
				required: true,
				default: '',
				placeholder: `e.g. ${kind.value}-7`,
				description: `What your shop calls it: ${kind.one} of this ID is changed, and made where there is none`,
			},
			...kind.values.map(({ field }) => field),
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add Option',
				default: {},
				description: 'What is not added stays as it is',
				options: byDisplayName([batchFromOption, ...kind.options.map(({ field }) => field)]),
			},
		],
		read: (item) => ({
			store: storeOf(kind, item),
			body: {
				id: idIn(item, 'id', kind.mostOfId),
				...bodyOf(item, kind.values),
				...bodyOf(item.collection('options'), kind.options),
			} as Telling['body'],
			batchFrom: readBatchFrom(item),
		}),
		chunk: roadChunk(),
		call: onRoad(telling(kind)),
		conclude: tellRoad,
	});

const getAllOf = (kind: Kind) =>
	perItem({
		name: 'Get Many',
		value: 'getAll',
		action: `Get many ${kind.many}`,
		description: kind.isStore ? 'Get the stores of the account' : `Get the ${kind.many} of a store`,
		fields: [
			...inStore(kind),
			...limitFields,
			...(kind.filters ? [filtersOf(kind.filters.map(({ field }) => field))] : []),
		],
		read: (item) => ({
			store: storeOf(kind, item),
			limit: item.limit(),
			query: kind.filters
				? queryOf(
						item.collection('filters'),
						Object.fromEntries(kind.filters.map(({ field, parameter }) => [field.name, parameter])),
					)
				: {},
		}),
		call: ({ store, limit, query }, client) =>
			client.pages(listAt(kind, store), listOf(kind.many), { ...query, ...noLinks(kind.many) }, limit),
	});

const chosen = (kind: Kind, item: ParameterReader) => ({
	store: storeOf(kind, item),
	id: item.resourceId(kind.picked.name),
});

const getOf = (kind: Kind) =>
	perItem({
		name: 'Get',
		value: 'get',
		action: `Get ${kind.one}`,
		description: `Get ${kind.one} with all that Mailchimp knows of it`,
		fields: [...inStore(kind), kind.picked],
		read: (item) => chosen(kind, item),
		call: async ({ store, id }, client) => await client.get(at(kind, store, id), noLinks()),
	});

const removeOf = (kind: Kind) =>
	perItem({
		name: 'Delete',
		value: 'delete',
		action: `Delete ${kind.one}`,
		description: kind.deletes,
		asTool: false,
		fields: [...inStore(kind), kind.picked, ...(kind.confirmed ? [kind.confirmed] : [])],
		read(item) {
			const { confirmed } = kind;
			if (confirmed && !item.boolean(confirmed.name))
				throw item.fieldError(
					confirmed.name,
					'is not ticked, and nothing was deleted',
					'Tick it when it is to be gone for good, with all that is in it.',
				);
			return chosen(kind, item);
		},
		async call({ store, id }, client) {
			await client.delete(at(kind, store, id));
			return { deleted: true, id };
		},
	});
