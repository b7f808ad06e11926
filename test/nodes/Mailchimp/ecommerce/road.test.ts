import type { IDataObject } from 'n8n-workflow';
import { useSandbox } from '../../../support/services';
import { asked, perform, performSome } from '../operations';

const sandbox = useSandbox();
const store = 'tea-house';
const variants = { variant: [{ id: 'g100', title: '100 g', price: 4.5 }] };
const bought = {
	store,
	customer: 'ana',
	currency: 'EUR',
	total: '={{ $json.total ?? 9 }}',
	lines: { line: [{ id: 'l1', product: 'green', variant: 'g100', quantity: 2, price: 4.5 }] },
};
const each = { store, id: '={{ $json.id }}' };
const many = (count: number) => Array.from({ length: count }, (_, at) => ({ id: `x${at}` }));
const shop = () => sandbox.current.mailchimp.stores.get(store)!;
const writes = () => asked(sandbox.current).filter((request) => !request.startsWith('GET'));

beforeEach(async () => {
	await perform(sandbox.current, 'store.upsert', { id: store, name: 'Tea House', currency: 'EUR' });
	await perform(sandbox.current, 'customer.upsert', { store, id: 'ana', emailAddress: 'ana@example.com' });
	await perform(sandbox.current, 'product.upsert', { store, id: 'green', title: '绿茶 🍵', variants });
	sandbox.current.requests.clear();
});

type Kind = 'customers' | 'products' | 'orders' | 'carts';
const KINDS: Array<[Kind, operation: string, parameters: IDataObject, batches: number]> = [
	['customers', 'customer.upsert', { ...each, emailAddress: '={{ $json.id }}@example.com' }, 1],
	['products', 'product.upsert', { ...each, title: '=茶 {{ $json.id }}', variants }, 1],
	['orders', 'order.upsert', { ...each, ...bought }, 1],
	['carts', 'cart.upsert', { ...each, ...bought }, 2],
];

describe.each(KINDS)('many %s', (kind, operation, parameters, batches) => {
	const tell = async (items: IDataObject[], options: IDataObject = {}) =>
		await perform(sandbox.current, operation, { ...parameters, options }, items);

	test('from 50 items on go in batches, those that are there and new ones, and a hint says so', async () => {
		await tell(many(1));
		const before = shop()[kind].get('x0');
		sandbox.current.requests.clear();
		const { rows, hints } = await tell(many(50));
		expect(rows.map(({ id }) => id)).toEqual(many(50).map(({ id }) => id));
		expect(rows[0]).not.toHaveProperty('_links');
		expect(writes()).toEqual(new Array(batches).fill('POST /batches'));
		expect(many(50).every(({ id }) => shop()[kind].has(id))).toBe(true);
		expect(shop()[kind].get('x0')).toBe(before);
		expect(hints).toEqual([
			expect.stringMatching(
				batches === 1
					? /^50 operations in 1 batch of Mailchimp: \d+ requests in all\.$/
					: /^100 operations in 2 batches of Mailchimp: \d+ requests in all\.$/,
			),
		]);
	});

	test('fewer go one by one, with the same result', async () => {
		const { rows, hints } = await tell(many(3));
		expect(rows.map(({ id }) => id)).toEqual(['x0', 'x1', 'x2']);
		expect(writes()).toHaveLength(3);
		expect(hints).toEqual([
			expect.stringMatching(/^3 operations one by one over ten connections: \d+ requests in all\.$/),
		]);
		await tell(many(3), { batchFrom: 3 });
		expect(writes().slice(3)).toEqual(new Array(batches).fill('POST /batches'));
	});

	test('are told once when the answer to the batch got lost', async () => {
		// A batch that only looks may be handed in again.
		sandbox.current.faults.add({
			service: 'mailchimp',
			method: 'POST',
			kind: 'resetAfter',
			after: batches - 1,
		});
		const { rows } = await tell(many(3), { batchFrom: 1 });
		expect(rows).toHaveLength(3);
		expect(writes()).toEqual(new Array(batches).fill('POST /batches'));
		expect(sandbox.current.mailchimp.batches.all.size).toBe(batches);
	});
});

test.each([
	['order.upsert', 'orders'],
	['cart.upsert', 'carts'],
] as const)('%s: each has its own error in a batch as alone', async (operation, kind) => {
	const items = [{ id: 'o1' }, { id: 'o2', who: 'stranger' }, { id: 'o3' }];
	const said = [];
	for (const batchFrom of [1, 0]) {
		const { done, problems } = await performSome(
			sandbox.current,
			operation,
			{ ...each, ...bought, customer: '={{ $json.who ?? "ana" }}', options: { batchFrom } },
			items,
		);
		expect(done).toHaveLength(2);
		said.push(problems.map(({ error, details }) => [error, (details as IDataObject).said]));
		for (const id of ['o1', 'o3']) shop()[kind].delete(id);
	}
	expect(said[0]).toEqual(said[1]);
	expect(said[0]).toEqual([
		[expect.any(String), expect.stringContaining('A customer with the provided ID does not exist')],
	]);
});

test('in a batch too, what nobody can change is told, and nothing of it is written', async () => {
	await perform(sandbox.current, 'customer.upsert', { store, id: 'ben', emailAddress: 'ben@example.com' });
	await perform(sandbox.current, 'cart.upsert', { ...each, ...bought }, [{ id: 'k1' }]);
	const { done, problems } = await performSome(
		sandbox.current,
		'cart.upsert',
		{ ...each, ...bought, customer: '={{ $json.who ?? "ana" }}', options: { batchFrom: 1 } },
		[
			{ id: 'k1', who: 'ben', total: 1 },
			{ id: 'k2', total: 2 },
		],
	);
	expect(done).toHaveLength(1);
	expect(problems.map(({ error }) => error)).toEqual([
		'The cart “k1” was there already, and is not the one that was asked for: it differs in customer',
	]);
	expect(shop().carts.get('k1')).toMatchObject({ order_total: 9, customer_id: 'ana' });
	expect(shop().carts.get('k2')).toMatchObject({ order_total: 2 });
});

test('what two items say of one is said in their order, in batches too', async () => {
	const items = [
		{ id: 'o1', total: 1 },
		{ id: 'o2', total: 1 },
		{ id: 'o1', total: 2 },
		{ id: 'o3', total: 1 },
		{ id: 'o1', total: 3 },
	];
	const { rows, hints } = await perform(
		sandbox.current,
		'order.upsert',
		{ ...each, ...bought, options: { batchFrom: 2 } },
		items,
	);
	expect(rows.map(({ id, order_total: total }) => [id, total])).toEqual(
		items.map(({ id, total }) => [id, total]),
	);
	expect(shop().orders.get('o1')).toMatchObject({ order_total: 3 });
	expect(hints).toEqual([
		expect.stringMatching(/^3 operations in 1 batch of Mailchimp, 2 operations one by one/),
	]);
});

test('what comes after 500 others waits for what was said of the same before', async () => {
	const items = [...many(500), { id: 'x7', name: 'Later' }];
	const { rows } = await perform(
		sandbox.current,
		'customer.upsert',
		{
			...each,
			emailAddress: '={{ $json.id }}@example.com',
			options: { firstName: '={{ $json.name ?? "Early" }}' },
		},
		items,
	);
	expect([rows.length, rows[7]?.first_name, rows[500]?.first_name]).toEqual([501, 'Early', 'Later']);
	expect(shop().customers.get('x7')).toMatchObject({ first_name: 'Later' });
});
