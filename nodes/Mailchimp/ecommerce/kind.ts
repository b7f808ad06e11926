import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { path } from '../../../core/http/path';
import { differences, ownOrTheirs, wasThere } from '../../../core/http/wasThere';
import { limitFields } from '../../../core/node/limitFields';
import { perItem, resource, type Resource } from '../../../core/node/operation';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { byDisplayName } from '../../../core/node/properties';
import { inTurn } from '../api/newcomers';
import { listOf, noLinks, withoutLinks } from '../connection';
import { filtersOf, queryOf } from '../filters';
import { storeLocator } from './locators';
import { bodyOf, idIn, type Value } from './values';

/** Stores, and what is in a store: what they differ in. All have an ID of the shop's own. */
export interface Kind {
	name: string;
	value: string;
	description: string;
	/** `an order`, and of many: `orders`, which is also the name in Mailchimp's paths and answers. */
	one: string;
	many: string;
	/** Whether it is a store itself. */
	isStore?: boolean;
	/** Where Get and Delete take the ID from: a picker, or text where nobody would look through a list. */
	picked: INodeProperties;
	mostOfId?: number;
	values: Value[];
	options: Value[];
	filters?: Array<{ field: INodeProperties; parameter: string }>;
	/**
	 * How it is added or changed: with one PUT, or where Mailchimp has none it is looked for first. Then `fixed` are the fields
	 * that nothing can change, and `change` is what of a body may be sent of a change.
	 */
	road: 'put' | { fixed: string[]; change(body: IDataObject): IDataObject };
	upsert: string;
	deletes: string;
	/** A tick without which nothing is deleted. */
	confirmed?: INodeProperties;
}

const at = ({ many, isStore }: Kind, store: string, id: string): string =>
	isStore ? path`/ecommerce/stores/${id}` : path`/ecommerce/stores/${store}/${many}/${id}`;

const listAt = ({ many, isStore }: Kind, store: string): string =>
	isStore ? '/ecommerce/stores' : path`/ecommerce/stores/${store}/${many}`;

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
	perItem({
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
				options: byDisplayName(kind.options.map(({ field }) => field)),
			},
		],
		read: (item) => ({
			store: storeOf(kind, item),
			body: {
				id: idIn(item, 'id', kind.mostOfId),
				...bodyOf(item, kind.values),
				...bodyOf(item.collection('options'), kind.options),
			} as IDataObject & { id: string },
		}),
		call: async ({ store, body }, client) =>
			// What two items of a run say of one is said in their order.
			await inTurn(client, at(kind, store, body.id), async () =>
				withoutLinks(await write(kind, client, store, body)),
			),
	});

async function write(kind: Kind, client: Client, store: string, body: IDataObject & { id: string }) {
	const to = at(kind, store, body.id);
	if (kind.road === 'put')
		return await client.send<IDataObject>({
			method: 'PUT',
			path: to,
			body,
			answer: ['id'],
			idempotent: true,
		});
	const find = async () =>
		await client.get<IDataObject>(to, noLinks()).catch((error: unknown) => {
			if (client.isGone(error)) return undefined;
			throw error;
		});
	const { change, fixed } = kind.road;
	const made = { service: 'Mailchimp', what: `the ${kind.value} “${body.id}”`, field: `${kind.name} ID` };
	const there = await find();
	if (there !== undefined) {
		const different = differences(Object.fromEntries(fixed.map((name) => [name, body[name]])), there);
		if (different.length > 0) throw wasThere(made, different);
		return await client.send<IDataObject>({
			method: 'PATCH',
			path: to,
			body: change(body),
			answer: ['id'],
			idempotent: true,
		});
	}
	return await client.send<IDataObject>({
		method: 'POST',
		path: listAt(kind, store),
		body,
		answer: ['id'],
		idempotent: false,
		async reconcile() {
			const found = await find();
			return found && ownOrTheirs(found, body, made);
		},
		manualCheck: `Run it again: ${made.what} is looked for first.`,
	});
}

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
