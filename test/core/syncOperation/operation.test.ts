import type { Changes } from '../../../core/sync';
import { MemoryTarget } from '../sync/memoryTarget';
import { record } from '../sync/people';
import { syncToy } from './toy';

const person = (number: number, more: object = {}) => ({
	employeeNo: `E${number}`,
	email: `p${number}@x.com`,
	name: `N${number}`,
	...more,
});
const people = (count: number) => Array.from({ length: count }, (_, index) => person(index + 1));
const held = (count: number) =>
	people(count).map((fields, index) => record(`id${index + 1}`, fields, { names: [fields.email] }));

test('a service with nothing but a target has the whole sync: joiners, movers, leavers, its own words', async () => {
	const target = new MemoryTarget(held(10));
	const rows = [...people(9), person(11, { managerEmail: 'e2', password: 'very secret' }), person(12)];
	rows[1] = person(2, { name: 'New' });
	const { users, problems, summary } = await syncToy({ target }, rows);
	expect(target.calls.sort()).toEqual(['create E11', 'create E12', 'disable id10', 'update id2']);
	expect(users.map(({ action, status }) => `${String(action)} ${String(status)}`)).toEqual([
		'update done',
		'create done',
		'create done',
		'park done',
	]);
	expect(users[1]).toMatchObject({ id: 'new1', user: { managerEmail: 'p2@x.com' } });
	expect(users[2]).toMatchObject({ id: 'new2', password: 'generated' });
	expect(JSON.stringify(users)).not.toContain('very secret');
	expect(problems).toEqual([]);
	expect(summary).toMatchObject({ created: 2, updated: 1, parked: 1, toy: true });
	expect(summary.text).toContain('Toy sync');
});

test.each([
	['a column that no field is called like', { Shoes: 44, 'Cost Centre': 7 }, '“Shoes”, “Cost Centre”'],
	['the label of a field whose own name is there too', { Number: 'E1' }, '“Number”'],
	['two columns that read the same', { 'e-mail': 'p1@x.com', Email: 'p1@x.com' }, '“email”, “e-mail”'],
])('mapped automatically, the columns that were not used are named: %s', async (_, more, named) => {
	const { hints } = await syncToy({ target: new MemoryTarget(held(2)) }, [person(1, more), person(2)]);
	expect(hints).toEqual([
		expect.stringContaining(`Map Automatically did not use ${named}: no field is called so.`),
	]);
});

test('mapped automatically, nothing is said when every column was used', async () => {
	const { hints } = await syncToy({ target: new MemoryTarget(held(2)) }, people(2));
	expect(hints).toEqual([]);
});

test.each([
	[
		'one by one',
		{ mappingMode: 'defineBelow', value: { email: '={{ $json.email }}', 'own:shoe': '={{ $json.shoe }}' } },
	],
	['automatically', { mappingMode: 'autoMapInputData', value: null }],
])(
	'columns that only the account has are those that the editor has stored, mapped %s',
	async (_, mapping) => {
		const target = new MemoryTarget(held(10));
		const rows = people(10).map((one) => ({ ...one, shoe: 44 }));
		const schema = [
			{ id: 'own:shoe', displayName: 'Shoe Size' },
			{ id: 'other', displayName: 'Other' },
		];
		const { users, hints } = await syncToy({ target }, rows, {
			parameters: {
				matchBy: 'email',
				columns: { ...mapping, schema } as never,
				guards: { maxColumnPercent: 0 },
			},
		});
		expect(hints).toEqual([]);
		expect(users).toHaveLength(10);
		expect(users[0]).toMatchObject({
			reason: 'Changed on the list: Shoe Size',
			changes: { 'own:shoe': { to: '44' } },
		});
	},
);

test('outputs are in the order in which people read', async () => {
	const rows = [...people(6), { ...person(7), employeeNo: '' }];
	const { summary, problems } = await syncToy({ target: new MemoryTarget(held(10)) }, rows);
	expect(Object.keys(summary).slice(0, 10)).toEqual([
		'headline',
		'mode',
		'hold',
		'whatHappened',
		'ifTheListIsWrong',
		'ifItIsReallySo',
		'approval',
		'approved',
		'sourceRows',
		'created',
	]);
	expect(Object.keys(problems.find(({ row }) => row === 7) ?? {}).slice(0, 4)).toEqual([
		'row',
		'message',
		'remedy',
		'label',
	]);
});

test('a preview asks the target for nothing, and each of its items says that it is one', async () => {
	const target = new MemoryTarget(held(10));
	const { summary, users } = await syncToy({ target }, people(9), { parameters: { mode: 'preview' } });
	expect(target.calls).toEqual([]);
	expect(summary).toMatchObject({ mode: 'preview', parked: 1 });
	expect(users).toEqual([
		expect.objectContaining({ mode: 'preview', action: 'would park', status: 'planned' }),
	]);
	expect(Object.keys(users[0]!)[0]).toBe('mode');
});

test('a protected record is protected by any of its addresses', async () => {
	const records = held(10);
	records[9] = { ...records[9]!, names: ['p10@x.com', 'Owner@x.com'] };
	const target = new MemoryTarget(records);
	await syncToy({ target }, people(9));
	expect(target.calls).toEqual([]);
});

test('a list that the service has not given to the end is no reason to do anything', async () => {
	const target = new MemoryTarget(held(10));
	const { summary } = await syncToy({ target, incomplete: true }, [...people(9), person(11)]);
	expect(target.calls).toEqual([]);
	expect(summary).toMatchObject({ hold: 'everything' });
});

test('who may not be enabled is changed, stays as it is, and stands in the report', async () => {
	const records = held(10);
	const rejoin = { allowed: false as const, reason: 'unsubscribed by itself' };
	records[0] = { ...records[0]!, active: false, rejoin };
	records[1] = { ...records[1]!, active: false, rejoin };
	const target = new MemoryTarget(records);
	const rows = [person(1, { name: 'New' }), ...people(10).slice(1)];
	const { users, problems, summary } = await syncToy({ target }, rows);
	expect(target.calls).toEqual(['update id1']);
	expect(users.map(({ action, reason }) => `${String(action)}: ${String(reason)}`)).toEqual([
		'update: Changed on the list: Name. Stays parked: unsubscribed by itself',
		'none: Nothing has changed. Stays parked: unsubscribed by itself',
	]);
	expect(problems).toEqual([]);
	expect(summary).toMatchObject({ stayParked: 2, woken: 0, updated: 1 });
	expect(summary.text).toContain('Stay parked\n- p1@x.com: unsubscribed by itself');
});

/** Writes together what is asked for within one turn of the event loop, 50 at most: as list services take it. */
class GatheringTarget extends MemoryTarget {
	readonly sizes: number[] = [];
	private waiting: Array<() => void> = [];

	constructor(
		readonly width: number,
		records: ConstructorParameters<typeof MemoryTarget>[0],
	) {
		super(records);
	}

	override async update(id: string, changes: Changes): Promise<void> {
		await new Promise<void>((done) => {
			this.waiting.push(done);
			if (this.waiting.length === 1) setTimeout(() => this.flush(), 20);
			if (this.waiting.length === 50) this.flush();
		});
		await super.update(id, changes);
	}

	private flush(): void {
		const all = this.waiting;
		this.waiting = [];
		if (all.length > 0) this.sizes.push(all.length);
		for (const done of all) done();
	}
}

test('a target that gathers gets as many at once as it says', async () => {
	const rows = people(200)
		.map((fields) => ({ ...fields, managerEmail: 'p1@x.com' }))
		.slice(1);
	const target = new GatheringTarget(100, held(200));
	await syncToy({ target }, [person(1), ...rows]);
	expect(target.sizes).toEqual([50, 50, 50, 49]);
});
