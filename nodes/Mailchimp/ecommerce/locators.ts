import { locator } from '../../../core/node/locator';

export const storeLocator = locator({
	displayName: 'Store',
	name: 'store',
	description: 'The store, by its name from the list or by its ID in your shop',
	search: 'searchStores',
	example: 'tea-house',
});

export const customerLocator = locator({
	displayName: 'Customer',
	name: 'customer',
	description: 'The customer of the store, by the address from the list or by the ID in your shop',
	search: 'searchCustomers',
	example: 'customer-7',
});

export const productLocator = locator({
	displayName: 'Product',
	name: 'product',
	description: 'The product of the store, by its title from the list or by its ID in your shop',
	search: 'searchProducts',
	example: 'green-tea',
});
