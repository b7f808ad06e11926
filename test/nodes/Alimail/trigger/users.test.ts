import type { INodeParameters } from 'n8n-workflow';
import { PollHost } from '../../../support/pollHost';
import { alimailCredential } from '../../../support/services';
import { people, seedPeople, useAlimail } from '../support';

const sandbox = useAlimail();
const alimail = () => sandbox.current.alimail;
const EVERY = ['changed', 'created', 'deleted', 'frozen', 'unfrozen'];

function trigger(more: INodeParameters = {}, credential = {}) {
	const host = new PollHost({
		type: 'alimailTrigger',
		parameters: { watch: 'users', events: EVERY, fields: [], mostDeleted: 20, ...more },
		credentials: alimailCredential(sandbox.current, credential),
	});
	return { host, told: async () => (await host.poll()).map(({ json }) => json) };
}
const user = (number: number) => alimail().user(`person${number}@yunhe.example`)!;
const change = (number: number, changes: object) => alimail().directory.updateUser(user(number), changes);
const remove = (...numbers: number[]) => {
	for (const number of numbers) alimail().directory.deleteUser(user(number));
};
const words = (rows: Array<{ event?: unknown; user?: unknown }>) =>
	rows.map(({ event, user: who }) =>
		`${String(event)} ${String((who as { email?: string } | undefined)?.email ?? '')}`.trim(),
	);

beforeEach(() => seedPeople(sandbox.current, people(20)));

test.each([
	[{ watch: '={{ "Users" }}' }, "'Trigger On' is “Users”, which is not one of its choices"],
	[{ events: '={{ ["created", "Deleted"] }}' }, "'Events' is “Deleted”, which is not one of its choices"],
	[{ events: '={{ "created" }}' }, "'Events' is no list"],
	[{ fields: '={{ ["Email"] }}' }, "'Fields' is “Email”, which is not one of its choices"],
])('what nobody offered is told instead of never coming: %j', async (more, told) => {
	await expect(trigger(more).host.poll()).rejects.toThrow(told);
});

test('the first look tells nothing; then everything is told, once', async () => {
	const { told } = trigger();
	expect(await told()).toEqual([]);
	expect(await told()).toEqual([]);
	alimail().seed({ users: [{ email: 'new@yunhe.example', name: 'New' }] });
	change(3, { jobTitle: 'Director', phone: undefined });
	change(4, { status: 'FREEZE' });
	remove(5);
	const rows = await told();
	expect(words(rows)).toEqual([
		'changed person3@yunhe.example',
		'frozen person4@yunhe.example',
		'created new@yunhe.example',
		'deleted person5@yunhe.example',
	]);
	expect(rows[0]).toEqual({
		event: 'changed',
		id: user(3).id,
		user: expect.objectContaining({ name: 'Person 3', jobTitle: 'Director' }),
		changes: { jobTitle: { from: 'Engineer', to: 'Director' } },
		time: expect.stringMatching(/Z$/),
	});
	expect(rows[3]).toMatchObject({ user: { name: 'Person 5', employeeNo: 'E5' } });
	expect(await told()).toEqual([]);
	change(4, { status: 'NORMAL' });
	expect(words(await told())).toEqual(['unfrozen person4@yunhe.example']);
});

test('only the events and fields that were chosen', async () => {
	const { told } = trigger({ events: ['changed'], fields: ['departmentIds', 'isHidden'] });
	await told();
	const { id } = alimail().department('Sales')!;
	change(1, { departmentIds: [id], isHidden: true });
	change(2, { jobTitle: 'Director', status: 'FREEZE' });
	const [row, ...more] = await told();
	expect(row!.changes).toEqual({
		departmentIds: { from: [alimail().department('R&D/Platform')!.id], to: [id] },
		isHidden: { from: false, to: true },
	});
	expect(more).toEqual([]);
});

test('what is seen while it is not wanted is not told when it is', async () => {
	const { host, told } = trigger({ events: ['created'], fields: ['name'] });
	await told();
	change(1, { jobTitle: 'Director' });
	await told();
	host.spec.parameters = { ...host.spec.parameters, events: EVERY, fields: [] };
	expect(await told()).toEqual([]);
});

test('a list that fails tells nothing and forgets nothing', async () => {
	const { host, told } = trigger();
	await told();
	change(1, { jobTitle: 'Director' });
	sandbox.current.faults.add({
		service: 'alimail',
		method: 'GET',
		path: '/v2/users',
		kind: 'status',
		status: 400,
	});
	await expect(host.poll()).rejects.toThrow('Alimail refused the request');
	expect(words(await told())).toEqual(['changed person1@yunhe.example']);
});

describe('a suspicious list is no wave of leavers', () => {
	test('nobody at all', async () => {
		const { told } = trigger({ mostDeleted: 0 });
		await told();
		remove(...Array.from({ length: 20 }, (_, n) => n + 1));
		expect(words(await told())).toEqual(['heldBack']);
		expect(await told()).toEqual([]);
	});

	test('more than the share: held back, told of once, and told when the share allows', async () => {
		const { host, told } = trigger();
		await told();
		remove(1, 2, 3, 4, 5);
		change(6, { jobTitle: 'Director' });
		const [changed, held] = await told();
		expect(changed).toMatchObject({ event: 'changed' });
		expect(held).toMatchObject({
			event: 'heldBack',
			missing: 5,
			known: 20,
			remedy: expect.stringContaining('Most Deleted'),
		});
		expect(await told()).toEqual([]);
		host.spec.parameters = { ...host.spec.parameters, mostDeleted: 30 };
		expect((await told()).map(({ event }) => event)).toEqual(Array(5).fill('deleted'));
		expect(await told()).toEqual([]);
	});

	test('who is missing in the list and is still there was not deleted', async () => {
		const { told } = trigger();
		await told();
		const { directory } = alimail();
		const { seq } = user(7);
		const kept = directory.sequence[seq];
		directory.sequence[seq] = undefined;
		expect(await told()).toEqual([]);
		directory.sequence[seq] = kept;
		expect(await told()).toEqual([]);
	});

	test('a field that nobody has any more was not given', async () => {
		const { host, told } = trigger();
		await told();
		for (let number = 1; number <= 20; number++) change(number, { jobTitle: undefined });
		expect(await told()).toEqual([]);
		for (let number = 1; number <= 20; number++) change(number, { jobTitle: 'Engineer' });
		change(2, { jobTitle: 'Director' });
		expect(words(await told())).toEqual(['changed person2@yunhe.example']);
		expect(host.saved).toBeDefined();
	});
});

test('another organization begins anew', async () => {
	const { host, told } = trigger();
	await told();
	host.addCredential(
		'mailOpsAlimailApi',
		alimailCredential(sandbox.current, { domain: 'other.example' }).mailOpsAlimailApi,
	);
	change(1, { jobTitle: 'Director' });
	expect(await told()).toEqual([]);
	change(2, { jobTitle: 'Director' });
	expect(words(await told())).toEqual(['changed person2@yunhe.example']);
});

test('by hand it shows a few accounts, and keeps nothing', async () => {
	const { host } = trigger();
	const items = await host.poll('manual');
	expect(items.map(({ json }) => json.event)).toEqual(['created', 'created', 'created']);
	expect(host.saved).toEqual({});
});

test('five thousand accounts are kept in a small text', async () => {
	seedPeople(sandbox.current, people(5_000, 100));
	const { host, told } = trigger();
	await told();
	expect(JSON.stringify(host.saved).length).toBeLessThan(5_000 * 60);
	const before = JSON.stringify(host.saved);
	await told();
	expect(JSON.stringify(host.saved)).toBe(before);
});
