import { type Field, type Fields, merged } from '../../shell/table/fields';
import type { Given, Table } from '../../shell/table/table';
import { invalid } from './errors';
import { checkAddress } from './memberRules';
import { bodyFields } from './official';
import type { Goods, Store } from './records';
import { type Ask, type Resource, linksTo, route } from './resource';
import type { MailchimpState } from './state';
import { type ChimpTable, described, mountTables } from './table';

/** Stores and what is in them (mailchimp.com/developer/marketing/docs/e-commerce): all under ids of the shop's own. */
const STORES = '/ecommerce/stores';

type Kind = 'customers' | 'products' | 'orders' | 'carts';

const at = (kind: Kind) => `${STORES}/{store_id}/${kind}`;
const listed = (value: unknown) => (value ?? []) as Given[];

/** What Mailchimp answers of a field that never came; nothing of times and choices. */
function blank(fields: Fields): Given {
	const blanks: Array<[string, unknown]> = Object.entries(fields)
		.filter(([, { check, choices }]) => !check && !choices)
		.map(([name, field]) => [name, blankOf(field)]);
	return Object.fromEntries(blanks);
}

function blankOf({ type, fields = {} }: Field): unknown {
	if (type === 'object') return blank(fields);
	if (type === 'array') return [];
	if (type === 'boolean') return false;
	return type === 'string' ? '' : 0;
}

const completed = (path: string, draft: Given): Given =>
	merged(blank(bodyFields('POST', path)), draft, bodyFields('POST', path));

function checkCurrency({ currency_code: code }: Given): void {
	if (code !== undefined && !/^[A-Z]{3}$/.test(String(code)))
		throw invalid('The currency code must be a three-letter ISO 4217 code.');
}

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

/** What is the same for all that a store holds. */
function goods(
	kind: Kind,
	parameter: string,
	own: Pick<Table<Goods, Ask>, 'check' | 'change' | 'matches' | 'examples'> & {
		show(record: Goods, ask: Ask): Given;
		make?(draft: Given, ask: Ask): Given;
	},
): ChimpTable<Goods> {
	const { make, show, ...rest } = own;
	return described<Goods>({
		...rest,
		path: at(kind),
		id: { parameter, field: 'id' },
		records: ({ store }) => store[kind],
		rows: kind,
		beside: ['store_id'],
		unique: { field: 'id' },
		taken: () =>
			`A ${parameter.replace('_id', '')} with the provided ID already exists in the account for this list.`,
		make: (draft, ask) => ({
			...completed(at(kind), make ? make(draft, ask) : draft),
			created_at: ask.state.stamp(),
			updated_at: ask.state.stamp(),
			id: String(draft.id),
		}),
		show: (record, ask) => ({
			...show(record, ask),
			_links: linksTo(ask.state, `${STORES}/${ask.store.id}/${kind}/${record.id}`),
		}),
	});
}

const ADDRESS = { address1: '1 Main St', city: 'Berlin', country: 'Germany', country_code: 'DE' };

const customers = goods('customers', 'customer_id', {
	check({ email_address: address }) {
		if (address !== undefined) checkAddress(String(address));
	},
	show: (record, { store }) => {
		const orders = [...store.orders.values()].filter(({ customer_id: id }) => id === record.id);
		const spent = orders.reduce((sum, { order_total: total }) => sum + Number(total), 0);
		return { ...record, orders_count: orders.length, total_spent: spent };
	},
	examples: {
		create: (n) => ({
			id: `c${n}`,
			email_address: `c${n}@example.com`,
			opt_in_status: true,
			address: ADDRESS,
		}),
		change: { first_name: 'Ana', opt_in_status: false },
	},
});

const products = goods('products', 'product_id', {
	check({ variants }) {
		if (variants !== undefined && listed(variants).length === 0)
			throw invalid('A product needs at least one variant.');
	},
	show: (record, { state, store }) => ({
		...withoutStamps(record),
		currency_code: store.currency_code,
		variants: listed(record.variants).map((variant) => ({
			...blank(bodyFields('POST', at('products')).variants?.items?.fields ?? {}),
			created_at: state.stamp(),
			updated_at: state.stamp(),
			...variant,
			_links: linksTo(state, `${STORES}/${store.id}/products/${record.id}/variants`),
		})),
	}),
	examples: {
		create: (n) => ({
			id: `p${n}`,
			title: `Tea ${n}`,
			variants: [{ id: `v${n}`, title: 'Green', price: 4.5 }],
			published_at_foreign: '2026-01-31T09:05:07+00:00',
		}),
		change: { title: 'Coffee', vendor: 'Ana' },
	},
});

const withoutStamps = ({ created_at: _created, updated_at: _updated, ...rest }: Goods): Given => rest;

/** Somebody that the store knows, or all that it takes to know them. @throws {MailchimpError} 400 */
function buyer({ id, ...more }: Given, ask: Ask): string {
	const key = String(id);
	const known = ask.store.customers.get(key);
	if (known) {
		Object.assign(known, merged(known, more, bodyFields('POST', at('customers'))));
		return key;
	}
	if (more.email_address === undefined || more.opt_in_status === undefined)
		throw invalid('A customer with the provided ID does not exist in the account for this list.');
	customers.check?.(more, ask, undefined);
	ask.store.customers.set(key, customers.make!({ id: key, ...more }, ask));
	return key;
}

function checkLines({ lines }: Given, { store }: Ask): void {
	if (lines !== undefined && listed(lines).length === 0) throw invalid('At least one line is required.');
	for (const { product_id: id, product_variant_id: variant } of listed(lines)) {
		const product = store.products.get(String(id));
		if (!product)
			throw invalid('A product with the provided ID does not exist in the account for this list.');
		if (!listed(product.variants).some((one) => one.id === variant))
			throw invalid('A product variant with the provided ID does not exist in the account for this list.');
	}
}

/** Lines of a change have no id: the one of the same variant goes on. */
function linesAfter(old: unknown, lines: unknown, ask: Ask): Given[] {
	return listed(lines).map((line) => ({
		id:
			listed(old).find((one) => one.product_variant_id === line.product_variant_id)?.id ??
			String(ask.state.newId()),
		...line,
	}));
}

function showLines(record: Goods, { state, store }: Ask, more: Given) {
	return listed(record.lines).map((line) => {
		const product = store.products.get(String(line.product_id));
		const variant = listed(product?.variants).find(({ id }) => id === line.product_variant_id);
		return {
			...more,
			...line,
			product_title: product?.title ?? '',
			product_variant_title: variant?.title ?? '',
			_links: linksTo(state, `${STORES}/${store.id}`),
		};
	});
}

/** An order or a cart: what somebody buys. */
const purchases = (
	kind: 'orders' | 'carts',
	parameter: string,
	own: { show(record: Given, ask: Ask): Given; line: Given } & Pick<
		Table<Goods, Ask>,
		'matches' | 'examples'
	>,
) =>
	goods(kind, parameter, {
		...(own.matches ? { matches: own.matches } : {}),
		examples: own.examples,
		check(given, ask) {
			checkCurrency(given);
			checkLines(given, ask);
		},
		make: ({ customer, ...draft }, ask) => ({ ...draft, customer_id: buyer(customer as Given, ask) }),
		change(record, { customer, lines, ...given }, ask) {
			if (customer !== undefined)
				record.customer_id = buyer({ id: record.customer_id, ...(customer as Given) }, ask);
			if (lines !== undefined) record.lines = linesAfter(record.lines, lines, ask);
			Object.assign(record, given, { updated_at: ask.state.stamp() });
		},
		show: ({ customer_id: id, ...record }, ask) => {
			const customer = ask.store.customers.get(String(id));
			return {
				...own.show(record, ask),
				customer: customer ? customers.show!(customer, ask) : { id },
				lines: showLines(record as Goods, ask, own.line),
			};
		},
	});

const line = (n: number) => ({
	id: `l${n}`,
	product_id: 'tea',
	product_variant_id: 'green',
	quantity: 2,
	price: 4.5,
});

const orders = purchases('orders', 'order_id', {
	line: { discount: 0, image_url: '' },
	matches: (order, query) =>
		(query.customer_id === undefined || order.customer_id === query.customer_id) &&
		(query.campaign_id === undefined || order.campaign_id === query.campaign_id) &&
		(query.has_outreach === undefined || query.has_outreach === (order.outreach_id !== undefined)) &&
		(query.outreach_id === undefined || order.outreach_id === query.outreach_id),
	show: (record, { store }) => ({ ...withoutStamps(record as Goods), store_id: store.id }),
	examples: {
		create: (n) => ({
			id: `o${n}`,
			customer: { id: 'ana' },
			currency_code: 'EUR',
			order_total: 9,
			lines: [line(n)],
			promos: [{ code: 'TEA', type: 'fixed', amount_discounted: 1 }],
			tracking_code: 'prec',
			processed_at_foreign: '2026-01-31T09:05:07+00:00',
			cancelled_at_foreign: '2026-01-31T09:05:07+00:00',
			updated_at_foreign: '2026-01-31T09:05:07+00:00',
		}),
		change: { order_total: 8, financial_status: 'paid' },
		changes: ['customer'],
	},
});

const carts = purchases('carts', 'cart_id', {
	line: {},
	show: (record) => record,
	examples: {
		create: (n) => ({
			id: `k${n}`,
			customer: { id: 'ana' },
			currency_code: 'EUR',
			order_total: 9,
			lines: [line(n)],
		}),
		change: { order_total: 8, checkout_url: 'https://example.com/cart' },
		changes: ['updated_at'],
	},
});

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
