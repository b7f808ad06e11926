import type { INodeParameters } from 'n8n-workflow';
import { people, person, seedPeople, sync, useAlimail, writes } from '../../support';

const sandbox = useAlimail();

/** `left` of 20 are gone, one is new and one has a new title. */
function night(left: number) {
	const rows = people(20 - left).map((row) => (row.no === 'E2' ? { ...row, title: 'Lead' } : row));
	return [...rows, ...people(left, 101)];
}

beforeEach(() => seedPeople(sandbox.current, people(20)));

const frozen = () => sandbox.current.alimail.users().filter(({ status }) => status === 'FREEZE').length;
const guards = (limits: INodeParameters) => ({ guards: limits });

describe('too many leavers: nobody is frozen or deleted, everything else is done', () => {
	test.each([
		[
			'more than 20 percent',
			5,
			{},
			/^5 people would be frozen, of 20 active accounts of this sync \(25 %, limit 20 %\)\.$/,
		],
		['more than a percentage of one’s own', 3, { maxLeaverPercent: 10 }, /limit 10 %/],
		['more than a number of one’s own', 3, { maxLeavers: 2 }, /\(15 %, limit 2\)\.$/],
	])('%s', async (_, left, limits, words) => {
		const { summary, problems, users, hints } = await sync(sandbox.current, night(left), guards(limits));
		expect(summary).toMatchObject({ hold: 'leavers', created: left, updated: 1, frozen: 0, held: left });
		expect(summary.guards).toEqual([
			{
				guard: 'leavers',
				message: expect.stringMatching(words),
				remedy: 'Check that the list is complete; who they are is in the Users output.',
			},
		]);
		expect(hints.join()).toMatch(/^Held back\. Nobody was frozen or deleted, the rest was done\. \d people/);
		expect(problems).toEqual([
			expect.objectContaining({ severity: 'blocked', message: expect.stringMatching(words) }),
		]);
		expect(users.filter(({ status }) => status === 'held')).toHaveLength(left);
		expect(summary.headline).toBe(`${left} created, 1 changed; ${left} held back by a safety check.`);
		expect(frozen()).toBe(0);
	});

	test('fifty is the most of a default run, however large the company', async () => {
		seedPeople(sandbox.current, people(280, 201));
		const all = [...people(20), ...people(280, 201)];
		const { summary } = await sync(sandbox.current, all.slice(51));
		expect(summary.guards).toEqual([
			expect.objectContaining({ message: expect.stringMatching(/^51 people .* limit 50\)\.$/) }),
		]);
		expect(frozen()).toBe(0);
		expect((await sync(sandbox.current, all.slice(50))).summary.hold).toBe('nothing');
	});

	test.each([
		['at the limit', 4, {}],
		[
			'the guards switched off with 0',
			12,
			{ maxLeaverPercent: 0, maxLeavers: 0, maxShrinkPercent: 0, maxCreatedPercent: 0 },
		],
	])('passes: %s', async (_, left, limits) => {
		const { summary } = await sync(sandbox.current, night(left), guards(limits));
		expect(summary).toMatchObject({ hold: 'nothing', frozen: left });
		expect(frozen()).toBe(left);
	});
});

test('a shorter list passes when its guard is switched off or set higher, and the leavers’ guard still stands', async () => {
	const rows = people(14);
	expect((await sync(sandbox.current, rows)).summary.hold).toBe('everything');
	expect((await sync(sandbox.current, rows, guards({ maxShrinkPercent: 0 }))).summary.hold).toBe('leavers');
	expect((await sync(sandbox.current, rows, guards({ maxShrinkPercent: 30 }))).summary.hold).toBe('leavers');
});

test('bad rows pass when their guard is switched off', async () => {
	const rows = people(20).map((row, index) => ({
		...row,
		title: 'Lead',
		...(index % 3 ? {} : { name: '' }),
	}));
	const off = { maxInvalidPercent: 0, maxShrinkPercent: 0, maxColumnPercent: 0 };
	expect((await sync(sandbox.current, rows)).summary).toMatchObject({ hold: 'everything', updated: 0 });
	const { summary } = await sync(sandbox.current, rows, guards(off));
	expect(summary).toMatchObject({ hold: 'nothing', updated: 13, invalid: 7, frozen: 0 });
});

test.each([{ maxLeaverPercent: 120 }, { maxLeavers: -1 }])(
	'a limit that makes no sense stops the run: %j',
	async (limits) => {
		const { error } = await sync(sandbox.current, night(1), guards(limits));
		expect(error!.message).toMatch(/^'Accounts Lost, .*' must be /);
		expect(writes(sandbox.current)).toBe(0);
	},
);

describe('a preview', () => {
	test('changes nothing, and says the same as the run that follows', async () => {
		const preview = await sync(sandbox.current, night(3), { mode: 'preview' });
		expect(writes(sandbox.current)).toBe(0);
		expect(preview.users.map(({ status }) => status)).toEqual(Array.from({ length: 7 }, () => 'planned'));
		expect(preview.users.every(({ action }) => String(action).startsWith('would '))).toBe(true);
		expect(preview.summary).toMatchObject({ mode: 'preview', created: 3, updated: 1, frozen: 3 });
		expect(preview.summary.headline).toBe(
			'Preview, nothing was changed: 3 to create, 1 to change, 3 to freeze.',
		);

		const applied = await sync(sandbox.current, night(3));
		const told = ({ action, reason, row, changes }: Record<string, unknown>) => ({
			action: String(action).replace(/^would /, ''),
			reason,
			row,
			changes,
		});
		expect(applied.users.map(told)).toEqual(preview.users.map(told));
		expect(applied.users.every(({ status }) => status === 'done')).toBe(true);
		for (const name of ['created', 'updated', 'frozen', 'targetAfter', 'problems'])
			expect(applied.summary[name]).toBe(preview.summary[name]);
		expect(Object.keys(applied.summary).sort()).toEqual(Object.keys(preview.summary).sort());
	});

	test('is what a new node does', async () => {
		await sync(sandbox.current, night(3), { mode: undefined as never });
		expect(writes(sandbox.current)).toBe(0);
	});

	test('shows what a guard would hold back, with the code that lets it pass', async () => {
		const { summary } = await sync(sandbox.current, night(6), { mode: 'preview' });
		expect(summary).toMatchObject({ hold: 'leavers', held: 6 });
		expect(summary.approval).toMatch(/^[0-9a-f]{32}$/);
		expect(summary.text).toContain(String(summary.approval));
	});
});

describe('an approved plan', () => {
	const approved = (approval: unknown) => ({ mode: 'approved', approval: String(approval) });

	test('passes with the code of the run that held it back, and only what was still held is done', async () => {
		const first = await sync(sandbox.current, night(6));
		expect(frozen()).toBe(0);
		const before = writes(sandbox.current);
		const { summary, users } = await sync(sandbox.current, night(6), approved(first.summary.approval));
		expect(summary).toMatchObject({ hold: 'nothing', approved: true, frozen: 6, created: 0 });
		expect(users.map(({ action }) => action)).toEqual(Array.from({ length: 6 }, () => 'freeze'));
		expect(frozen()).toBe(6);
		expect(writes(sandbox.current) - before).toBe(6);
	});

	test('passes once only, even when the very same plan comes about again', async () => {
		const { summary: seen } = await sync(sandbox.current, night(6));
		const staticData = {};
		const again = async () => await sync(sandbox.current, night(6), approved(seen.approval), { staticData });
		expect((await again()).summary).toMatchObject({ approved: true, frozen: 6 });
		const { directory } = sandbox.current.alimail;
		for (const user of sandbox.current.alimail.users()) directory.updateUser(user, { status: 'NORMAL' });
		expect((await again()).summary).toMatchObject({ approved: false, hold: 'everything', frozen: 0 });
		expect(frozen()).toBe(0);
	});

	test('does not pass once anything in it has changed, and then nothing at all is done', async () => {
		const { summary: seen } = await sync(sandbox.current, night(6), { mode: 'preview' });
		const rows = [...night(7), person(200)];
		const { summary, hints } = await sync(sandbox.current, rows, approved(seen.approval));
		expect(summary).toMatchObject({ hold: 'everything', approved: false, created: 0, updated: 0 });
		expect(summary.guards).toContainEqual(
			expect.objectContaining({
				guard: 'approval',
				message: `“${String(seen.approval)}” is not the code of this plan: the list or the accounts have changed since.`,
			}),
		);
		expect(hints.join()).toContain('is not the code of this plan');
		expect(writes(sandbox.current)).toBe(0);
	});

	test('does not pass when nothing is held back any more', async () => {
		const { summary: seen } = await sync(sandbox.current, night(6));
		const { summary } = await sync(sandbox.current, people(20), approved(seen.approval));
		expect(summary.hold).toBe('everything');
		expect(summary.updated).toBe(0);
	});

	test('needs a code', async () => {
		const { error } = await sync(sandbox.current, night(6), approved(' '));
		expect(error!.message).toBe("'Approval Code' is empty");
		expect(writes(sandbox.current)).toBe(0);
	});
});
