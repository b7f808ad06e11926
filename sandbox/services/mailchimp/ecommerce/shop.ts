import { invalid } from '../errors';
import { checkAddress } from '../memberRules';
import { bodyFields } from '../official';
import { linksTo } from '../resource';
import { at, blank, goods, listed, STORES, withoutStamps } from './goods';

const ADDRESS = { address1: '1 Main St', city: 'Berlin', country: 'Germany', country_code: 'DE' };

export const customers = goods('customers', 'customer_id', {
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

export const products = goods('products', 'product_id', {
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
