import { invalid } from '../errors';
import { bodyFields } from '../official';
import type { Goods, Store } from '../records';
import { type Ask, type Resource, route } from '../resource';
import type { MailchimpState } from '../state';
import { type ChimpTable, mountTables } from '../table';
import { at, blank, STORES } from './goods';
import { carts, orders } from './purchases';
import { customers, products } from './shop';
import { stores } from './stores';

export const ecommerceTables = [stores, customers, products, orders, carts] as unknown as Array<
	ChimpTable<object>
>;

/** Adds or changes: one of the description, two that are newer (“Add or update order”, “Create or update product”). */
const PUTS: Array<[ChimpTable<Goods>, isNewer: boolean]> = [
	[customers, false],
	[products, true],
	[orders, true],
];

export function ecommerce(resource: Resource): void {
	mountTables(resource, ecommerceTables);
	for (const [table, isNewer] of PUTS) {
		const path = `${table.path}/{${table.id.parameter}}`;
		route(resource, 'PUT', path, (ask) => put(table, ask), { body: bodyFields('POST', table.path), isNewer });
	}
}

function put(table: ChimpTable<Goods>, ask: Ask): unknown {
	const { body } = ask;
	const records = table.records(ask);
	const id = ask.params[table.id.parameter] ?? '';
	if (body.id !== id) throw invalid('The ID in the body is not the one in the path.');
	const old = records.get(id);
	table.check?.(body, ask, old);
	if (!old) records.set(id, table.make!(body, ask));
	else if (table.change) table.change(old, body, ask);
	else Object.assign(old, body);
	return table.show!(records.get(id)!, ask);
}

/** A store with a customer and a product, for the tests that walk through the tables. */
export function storeOf(state: MailchimpState): Store {
	const known = state.stores.get('parent');
	if (known) return known;
	const stamps = { created_at: state.stamp(), updated_at: state.stamp() };
	const product: Goods = {
		...blank(bodyFields('POST', at('products'))),
		id: 'tea',
		title: 'Tea',
		published_at_foreign: '2026-01-31T09:05:07+00:00',
		variants: [{ id: 'green', title: 'Green' }],
	};
	const store: Store = {
		...blank(bodyFields('POST', STORES)),
		id: 'parent',
		list_id: 'a1b2c3d4e5',
		name: 'Parent',
		currency_code: 'EUR',
		...stamps,
		customers: new Map([
			[
				'ana',
				{
					...blank(bodyFields('POST', at('customers'))),
					id: 'ana',
					email_address: 'ana@example.com',
					opt_in_status: true,
					...stamps,
				},
			],
		]),
		products: new Map([['tea', product]]),
		orders: new Map(),
		carts: new Map(),
	};
	state.stores.set(store.id, store);
	return store;
}
