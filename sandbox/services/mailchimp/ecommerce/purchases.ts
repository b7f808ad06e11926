import { merged } from '../../../shell/table/fields';
import type { Given, Table } from '../../../shell/table/table';
import { invalid } from '../errors';
import { bodyFields } from '../official';
import type { Goods } from '../records';
import { type Ask, linksTo } from '../resource';
import { at, checkCurrency, goods, listed, STORES, withoutStamps } from './goods';
import { customers } from './shop';

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

export const orders = purchases('orders', 'order_id', {
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

export const carts = purchases('carts', 'cart_id', {
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
