import { officialClient } from '../../../sandbox/mailchimpClient';
import { useSandbox } from '../../../support/services';
import { AUDIENCE, asked, perform, performSome, refusal } from '../operations';

const sandbox = useSandbox();
const store = 'tea-house';
const shop = { id: store, name: 'Tea House', currency: 'eur' };
const variants = { variant: [{ id: 'g100', title: '100 g', price: 4.5 }] };
const line = { id: 'l1', product: 'green', variant: 'g100', quantity: 2, price: 4.5 };
const bought = { store, customer: 'ana', currency: 'EUR', total: 9, lines: { line: [line] } };

async function open() {
	await perform(sandbox.current, 'store.upsert', shop);
	await perform(sandbox.current, 'customer.upsert', {
		store,
		id: 'ana',
		emailAddress: 'ana@example.com',
		optIn: true,
		options: { firstName: 'Ana', city: 'Berlin', country: 'de' },
	});
	await perform(sandbox.current, 'product.upsert', { store, id: 'green', title: '绿茶 🍵', variants });
	sandbox.current.requests.clear();
}

const shopThere = () => sandbox.current.mailchimp.stores.get(store)!;

test('a shop with a customer, a product, an order and a cart is told of, read and deleted', async () => {
	await open();
	const order = await perform(sandbox.current, 'order.upsert', {
		...bought,
		id: 'o1',
		options: { financialStatus: 'paid', processedAt: '2026-01-31T09:05:07Z', tax: '1.5' },
	});
	expect(order.rows).toMatchObject([
		{
			id: 'o1',
			order_total: 9,
			tax_total: 1.5,
			financial_status: 'paid',
			processed_at_foreign: '2026-01-31T09:05:07.000Z',
			customer: { id: 'ana', first_name: 'Ana', address: { city: 'Berlin', country_code: 'DE' } },
			lines: [{ id: 'l1', product_title: '绿茶 🍵', quantity: 2 }],
		},
	]);
	expect(order.rows[0]).not.toHaveProperty('_links');
	await perform(sandbox.current, 'cart.upsert', { ...bought, id: 'k1' });
	for (const [resource, picked, id] of [
		['order', 'order', 'o1'],
		['cart', 'cart', 'k1'],
		['product', 'product', 'green'],
		['customer', 'customer', 'ana'],
	] as const) {
		const parameters = { store, [picked]: id };
		expect((await perform(sandbox.current, `${resource}.get`, parameters)).rows).toMatchObject([{ id }]);
		expect((await perform(sandbox.current, `${resource}.getAll`, { store })).rows).toMatchObject([{ id }]);
		expect((await perform(sandbox.current, `${resource}.delete`, parameters)).rows).toEqual([
			{ deleted: true, id },
		]);
		expect((await perform(sandbox.current, `${resource}.getAll`, { store })).rows).toEqual([]);
	}
	expect((await perform(sandbox.current, 'store.get', { store })).rows).toMatchObject([
		{ list_id: AUDIENCE, currency_code: 'EUR' },
	]);
	expect((await refusal(sandbox.current, 'store.delete', { store })).message).toContain('is not ticked');
	await perform(sandbox.current, 'store.delete', { store, confirmed: true });
	expect((await perform(sandbox.current, 'store.getAll')).rows).toEqual([]);
});

test('customers, products and orders are changed in one request, stores and carts are looked for first', async () => {
	await open();
	await perform(sandbox.current, 'product.upsert', {
		store,
		id: 'green',
		title: 'Green tea',
		variants: { variant: [...variants.variant, { id: 'g200', title: '200 g' }] },
	});
	await perform(sandbox.current, 'cart.upsert', { ...bought, id: 'k1' });
	await perform(sandbox.current, 'cart.upsert', {
		...bought,
		id: 'k1',
		total: 4.5,
		lines: { line: [{ ...line, quantity: 1 }] },
	});
	await perform(sandbox.current, 'store.upsert', { ...shop, name: 'Tea Palace' });
	expect(asked(sandbox.current).map((one) => one.replace(/\?.*/, '').replace(`stores/${store}`, ''))).toEqual(
		[
			'PUT /ecommerce//products/green',
			'GET /ecommerce//carts/k1',
			'POST /ecommerce//carts',
			'GET /ecommerce//carts/k1',
			'PATCH /ecommerce//carts/k1',
			'GET /ecommerce/',
			'PATCH /ecommerce/',
		],
	);
	expect(shopThere()).toMatchObject({ name: 'Tea Palace' });
	expect(shopThere().products.get('green')).toMatchObject({
		title: 'Green tea',
		variants: [{}, { id: 'g200' }],
	});
	expect(shopThere().carts.get('k1')).toMatchObject({ order_total: 4.5, lines: [{ id: 'l1', quantity: 1 }] });
});

test('the last of two items that speak of one counts', async () => {
	await open();
	const { rows } = await perform(
		sandbox.current,
		'cart.upsert',
		{ ...bought, id: 'k1', total: '={{ $json.total }}' },
		[{ total: 1 }, { total: 2 }, { total: 3 }],
	);
	expect(rows).toHaveLength(3);
	expect(shopThere().carts.get('k1')).toMatchObject({ order_total: 3 });
});

test('what nobody can change is told, and not passed over', async () => {
	await open();
	await perform(sandbox.current, 'cart.upsert', { ...bought, id: 'k1' });
	const cart = await refusal(sandbox.current, 'cart.upsert', { ...bought, id: 'k1', customer: 'ben' });
	expect(cart.message).toBe(
		'The cart “k1” was there already, and is not the one that was asked for: it differs in customer',
	);
	const other = await refusal(sandbox.current, 'store.upsert', { ...shop, audience: 'b1b2c3d4e5' });
	expect(other.message).toContain('it differs in list_id');
	expect(sandbox.current.requests.count({ service: 'mailchimp', method: 'PATCH' })).toBe(0);
});

test('made once although the answer got lost', async () => {
	await open();
	sandbox.current.faults.add({ service: 'mailchimp', method: 'POST', kind: 'resetAfter' });
	expect((await perform(sandbox.current, 'cart.upsert', { ...bought, id: 'k1' })).rows).toMatchObject([
		{ id: 'k1', order_total: 9 },
	]);
	expect(sandbox.current.requests.count({ service: 'mailchimp', method: 'POST' })).toBe(1);
});

test('wrong amounts, currencies, addresses and empty lists are told on their items before anything is sent', async () => {
	await open();
	const { done, problems } = await performSome(
		sandbox.current,
		'order.upsert',
		{ ...bought, id: '={{ $json.id }}', currency: '={{ $json.currency }}', total: '={{ $json.total }}' },
		[
			{ id: 'o1', currency: 'EUR', total: 9 },
			{ id: 'o2', currency: '€', total: 9 },
			{ id: 'o3', currency: 'EUR', total: '12,50 €' },
			{ id: 'o4', currency: 'EUR', total: -1 },
			{ id: 'o5', currency: 'EURO', total: 9 },
			{ id: '', currency: 'EUR', total: 9 },
		],
	);
	expect(done).toHaveLength(1);
	expect(problems.map(({ error }) => error)).toEqual([
		"'Currency' is no currency: “€”",
		"'Total' is not an amount: “12,50 €”",
		"'Total' must be 0 or more, and is -1",
		"'Currency' is no currency: “EURO”",
		"'Order ID' is empty",
	]);
	const said = async (operation: string, parameters: object) =>
		(await refusal(sandbox.current, operation, { store, id: 'x', ...parameters })).message;
	expect(await said('order.upsert', { ...bought, lines: {} })).toBe("'Lines' is empty");
	expect(await said('cart.upsert', { ...bought, lines: { line: [{ ...line, quantity: 1.5 }] } })).toBe(
		"'Quantity' is not a whole number: 1.5",
	);
	expect(await said('product.upsert', { title: 'Tea', variants: {} })).toBe("'Variants' is empty");
	expect(await said('product.upsert', { title: 'Tea', variants, options: { url: 'tea' } })).toBe(
		"'URL' is not a web address: “tea”",
	);
	expect(await said('customer.upsert', { emailAddress: 'ana' })).toBe(
		"'Email Address' is not a mail address: “ana”",
	);
	expect(await said('customer.upsert', { id: 'x'.repeat(51), emailAddress: 'a@b.de' })).toContain(
		'has 51 characters',
	);
	expect(await said('customer.upsert', { emailAddress: 'a@b.de', options: { country: 'Germany' } })).toBe(
		"'Country Code' is no country: “GERMANY”",
	);
	expect(sandbox.current.requests.count({ service: 'mailchimp', method: 'PUT' })).toBe(1);
});

test('what the shop did not tell Mailchimp of before is refused in its words, and the rest is done', async () => {
	await open();
	const { done, problems } = await performSome(
		sandbox.current,
		'order.upsert',
		{ ...bought, id: '={{ $json.id }}', customer: '={{ $json.who }}' },
		[
			{ id: 'o1', who: 'ana' },
			{ id: 'o2', who: 'stranger' },
		],
	);
	expect(done).toHaveLength(1);
	expect(problems).toMatchObject([
		{ details: { said: expect.stringContaining('A customer with the provided ID does not exist') } },
	]);
	const { details } = await refusal(sandbox.current, 'order.upsert', {
		...bought,
		id: 'o3',
		lines: { line: [{ ...line, product: 'coffee' }] },
	});
	expect(details.said).toContain('A product with the provided ID does not exist');
	expect((await refusal(sandbox.current, 'order.get', { store: 'nobody', order: 'o1' })).message).toBe(
		'Mailchimp does not have it',
	);
});

test('filters are passed on', async () => {
	await open();
	await perform(sandbox.current, 'order.upsert', { ...bought, id: 'o1', options: { campaign: 'c1' } });
	await perform(sandbox.current, 'order.upsert', { ...bought, id: 'o2' });
	const orders = await perform(sandbox.current, 'order.getAll', { store, filters: { campaign: 'c1' } });
	expect(orders.rows).toMatchObject([{ id: 'o1' }]);
	const nobody = await perform(sandbox.current, 'order.getAll', { store, filters: { customerId: 'ben' } });
	expect(nobody.rows).toEqual([]);
	const people = await perform(sandbox.current, 'customer.getAll', {
		store,
		filters: { emailAddress: 'ana@example.com' },
	});
	expect(people.rows).toMatchObject([{ id: 'ana', orders_count: 2, total_spent: 18 }]);
});

test('the official client is answered in the same way', async () => {
	await open();
	const { ecommerce } = officialClient(sandbox.current);
	const customer = { id: 'ben', email_address: 'ben@example.com', opt_in_status: false };
	expect(await ecommerce.setStoreCustomer!(store, 'ben', customer)).toMatchObject(customer);
	const order = {
		id: 'o1',
		customer: { id: 'ben' },
		currency_code: 'EUR',
		order_total: 9,
		lines: [{ id: 'l1', product_id: 'green', product_variant_id: 'g100', quantity: 2, price: 4.5 }],
	};
	expect(await ecommerce.addStoreOrder!(store, order)).toMatchObject({ id: 'o1', store_id: store });
	expect(await ecommerce.updateOrder!(store, 'o1', { order_total: 8 })).toMatchObject({ order_total: 8 });
	expect(await ecommerce.getStoreOrders!(store)).toMatchObject({ store_id: store, total_items: 1 });
	expect(await ecommerce.addStoreCart!(store, { ...order, id: 'k1' })).toMatchObject({ id: 'k1' });
	await ecommerce.deleteStoreCart!(store, 'k1');
	expect(await ecommerce.getStoreProduct!(store, 'green')).toMatchObject({ currency_code: 'EUR' });
	expect(await ecommerce.stores!()).toMatchObject({ total_items: 1, stores: [{ id: store }] });
	await ecommerce.deleteStore!(store);
	expect(sandbox.current.mailchimp.stores.size).toBe(0);
});
