import { invalid } from '../errors';
import { checkAddress } from '../memberRules';
import type { Goods, Store } from '../records';
import { linksTo } from '../resource';
import { described } from '../table';
import { checkCurrency, completed, STORES } from './goods';

export const stores = described<Store>({
	path: STORES,
	id: { parameter: 'store_id', field: 'id' },
	records: ({ state }) => state.stores,
	rows: 'stores',
	unique: { field: 'id' },
	taken: () => 'A store with the provided ID already exists in the account.',
	check(given, { state }) {
		checkCurrency(given);
		if (given.email_address) checkAddress(String(given.email_address));
		if (given.list_id !== undefined && !state.audiences.has(String(given.list_id)))
			throw invalid('The list does not exist.');
	},
	make: (draft, { state }) => ({
		...(completed(STORES, draft) as Goods & Pick<Store, 'list_id'>),
		created_at: state.stamp(),
		updated_at: state.stamp(),
		customers: new Map(),
		products: new Map(),
		orders: new Map(),
		carts: new Map(),
	}),
	show: ({ customers: _c, products: _p, orders: _o, carts: _k, ...store }, { state }) => ({
		...store,
		list_is_active: state.audiences.has(store.list_id),
		_links: linksTo(state, `${STORES}/${store.id}`),
	}),
	examples: {
		create: (n) => ({ id: `shop${n}`, list_id: 'a1b2c3d4e5', name: `Shop ${n}`, currency_code: 'EUR' }),
		change: { name: 'Tea House', currency_code: 'CNY' },
	},
});
