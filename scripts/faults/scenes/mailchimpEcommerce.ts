import type { IDataObject } from 'n8n-workflow';
import { storeOf } from '../../../sandbox/services/mailchimp/ecommerce';
import type { Goods } from '../../../sandbox/services/mailchimp/records';
import type { MailchimpService } from '../../../sandbox/services/mailchimp/service';
import { byId, scene, type Scenes } from '../scene';

const STORE = byId('parent');
const LINE = { id: 'l1', product: 'tea', variant: 'green', quantity: 2, price: 4.5 };
const bought = (id: string) => ({
	store: STORE,
	id,
	customer: byId('ana'),
	currency: 'EUR',
	total: 9,
	lines: { line: [LINE] },
});
const shop = { audience: byId('a1b2c3d4e5'), id: 'shop', currency: 'EUR', name: 'Shop' };

/** Of somebody else's, with the same ID. */
const cartOf = (customer_id: string): Goods => ({
	id: 'k1',
	customer_id,
	currency_code: 'EUR',
	order_total: 9,
	lines: [{ id: 'l1', product_id: 'tea', product_variant_id: 'green', quantity: 2, price: 4.5 }],
});

const removed = (kind: 'orders' | 'carts', picked: string) => (mailchimp: MailchimpService) => {
	const store = storeOf(mailchimp);
	store[kind].set('k1', cartOf('ana'));
	return scene(`${picked}.delete`, { store: STORE, [picked]: 'k1' }, () => !store[kind].has('k1'));
};

const THREE = ['o1', 'o2', 'o3'].map((id) => ({ id }));
const BATCH = { batchFrom: 1 };
/** Three of them in one batch. */
const inABatch = (
	kind: 'customers' | 'products' | 'orders' | 'carts',
	operation: string,
	parameters: IDataObject,
) => {
	return (mailchimp: MailchimpService) => {
		const store = storeOf(mailchimp);
		return scene(
			operation,
			{ store: STORE, ...parameters, id: '={{ $json.id }}', options: BATCH },
			(item) => store[kind].has(THREE[item]?.id ?? ''),
			{ items: THREE },
		);
	};
};

const batched: Scenes<MailchimpService>['scenes'] = {
	'customer.upsert: in a batch': inABatch('customers', 'customer.upsert', {
		emailAddress: '={{ $json.id }}@example.org',
	}),
	'product.upsert: in a batch': inABatch('products', 'product.upsert', {
		title: 'Coffee',
		variants: { variant: [{ id: 'black', title: 'Black' }] },
	}),
	'order.upsert: in a batch': inABatch('orders', 'order.upsert', bought('')),
	'cart.upsert: in a batch': inABatch('carts', 'cart.upsert', bought('')),
	'cart.upsert: in a batch, those that are there': (mailchimp) => {
		const { carts } = storeOf(mailchimp);
		for (const { id } of THREE) carts.set(id, { ...cartOf('ana'), id, order_total: 1 });
		return scene(
			'cart.upsert',
			{ ...bought(''), id: '={{ $json.id }}', options: BATCH },
			(item) => carts.get(THREE[item]?.id ?? '')?.order_total === 9,
			{ items: THREE },
		);
	},
};

/** Stores with what is in them. */
export const ecommerce: Scenes<MailchimpService>['scenes'] = {
	'store.upsert': ({ stores }) => scene('store.upsert', shop, () => stores.has('shop')),
	'store.upsert: one that is there': (mailchimp) => {
		storeOf(mailchimp);
		const { stores } = mailchimp;
		return scene('store.upsert', { ...shop, id: 'parent' }, () => stores.get('parent')?.name === 'Shop');
	},
	'store.delete': (mailchimp) => {
		storeOf(mailchimp);
		return scene('store.delete', { store: STORE, confirmed: true }, () => mailchimp.stores.size === 0);
	},
	'customer.upsert': (mailchimp) => {
		const { customers } = storeOf(mailchimp);
		const parameters = { store: STORE, id: 'ben', emailAddress: 'ben@example.org', optIn: true };
		return scene('customer.upsert', parameters, () => customers.has('ben'));
	},
	'customer.delete': (mailchimp) => {
		const { customers } = storeOf(mailchimp);
		return scene('customer.delete', { store: STORE, customer: byId('ana') }, () => !customers.has('ana'));
	},
	'product.upsert': (mailchimp) => {
		const { products } = storeOf(mailchimp);
		const variants = { variant: [{ id: 'black', title: 'Black' }] };
		const parameters = { store: STORE, id: 'coffee', title: 'Coffee', variants };
		return scene('product.upsert', parameters, () => products.has('coffee'));
	},
	'product.delete': (mailchimp) => {
		const { products } = storeOf(mailchimp);
		return scene('product.delete', { store: STORE, product: byId('tea') }, () => !products.has('tea'));
	},
	'order.upsert': (mailchimp) => {
		const { orders } = storeOf(mailchimp);
		return scene('order.upsert', bought('o1'), () => orders.has('o1'));
	},
	...batched,
	'order.delete': removed('orders', 'order'),
	'cart.upsert': (mailchimp) => {
		const { carts } = storeOf(mailchimp);
		return scene('cart.upsert', bought('k1'), () => carts.has('k1'));
	},
	'cart.upsert: one that is there': (mailchimp) => {
		const { carts } = storeOf(mailchimp);
		carts.set('k1', { ...cartOf('ana'), order_total: 1 });
		return scene('cart.upsert', bought('k1'), () => carts.get('k1')?.order_total === 9);
	},
	'cart.delete': removed('carts', 'cart'),
};
