import { DEFAULT_LIMITS, guard, type Limits, plan, type Plan } from '../../../core/sync';
import { record, rows, rules } from './people';

const complete = { sourceComplete: true, targetComplete: true };

/** A plan for people 1…`there` in the target, of whom 1…`stay` are in the source, with `bad` rows without a key. */
async function planned(there: number, stay: number, { bad = 0, joiners = 0 } = {}): Promise<Plan> {
	const person = (number: number) => ({ employeeNo: `E${number}`, email: `p${number}@x.com` });
	const numbers = (from: number, many: number) => Array.from({ length: many }, (_, index) => from + index);
	return await plan(
		rows(
			...numbers(1, stay).map(person),
			...numbers(there + 1, joiners).map(person),
			...numbers(1, bad).map(() => ({ name: 'nobody' })),
		),
		numbers(1, there).map((number) => record(`id${number}`, person(number))),
		rules(),
	);
}

const tripped = async (made: Plan, limits: Limits = DEFAULT_LIMITS) => {
	const { hold, findings } = await guard(made, limits, complete);
	return [hold, ...findings.map(({ guard: name }) => name)];
};

describe('what each guard holds', () => {
	it.each([
		['nothing unusual', [100, 90], ['nothing']],
		['no row', [10, 0], ['everything', 'emptySource']],
		['no usable row, small', [3, 0, { bad: 3 }], ['everything', 'emptySource']],
		['exactly 20 % fewer', [10, 8], ['nothing']],
		['more than 20 % fewer', [10, 7], ['everything', 'sourceShrank']],
		['others in their place', [10, 7, { joiners: 5 }], ['leavers', 'leavers']],
		['more than 50 people', [400, 349, { joiners: 51 }], ['leavers', 'leavers']],
		['exactly 50 people', [400, 350, { joiners: 50 }], ['nothing']],
		['many unusable rows', [10, 10, { bad: 3 }], ['everything', 'invalidRows']],
		['a few unusable rows', [10, 10, { bad: 2 }], ['nothing']],
		['one of four gone', [4, 3], ['nothing']],
		['one of four gone, and a row without a key', [4, 3, { bad: 1 }], ['nothing']],
		['two of four gone', [4, 2], ['everything', 'sourceShrank']],
		['two of three rows unusable', [3, 1, { bad: 2 }], ['everything', 'sourceShrank', 'invalidRows']],
		['one of two in another’s place', [2, 1, { joiners: 1 }], ['nothing']],
		['two of two in others’ places', [2, 0, { joiners: 2 }], ['leavers', 'leavers']],
		['the only one in another’s place', [1, 0, { joiners: 1 }], ['leavers', 'leavers']],
		['two of five gone', [5, 3], ['everything', 'sourceShrank']],
	] as Array<[string, Parameters<typeof planned>, string[]]>)('%s', async (_, size, expected) => {
		expect(await tripped(await planned(...size))).toEqual(expected);
	});

	it('can be switched off one by one', async () => {
		const made = await planned(100, 0);
		expect(await tripped(made, {})).toEqual(['nothing']);
		expect(await tripped(made, { maxLeavers: 50 })).toEqual(['leavers', 'leavers']);
		expect(await tripped(made, { emptySource: true })).toEqual(['everything', 'emptySource']);
	});

	it('holds everything after an incomplete read of either side', async () => {
		for (const side of ['sourceComplete', 'targetComplete']) {
			const verdict = await guard(await planned(100, 99), {}, { ...complete, [side]: false });
			expect(verdict.hold).toBe('everything');
			expect(verdict.findings.map(({ guard: name }) => name)).toEqual(['incompleteRead']);
		}
	});
});

describe('approval', () => {
	let made: Plan;
	let approval: string;
	beforeAll(async () => {
		made = await planned(10, 7);
		({ approval } = await guard(made, DEFAULT_LIMITS, complete));
	});

	it('lets exactly this plan pass', async () => {
		expect(await guard(made, DEFAULT_LIMITS, complete, ` ${approval} `)).toMatchObject({
			hold: 'nothing',
			approved: true,
		});
		const shuffled = { ...made, actions: [...made.actions].reverse() };
		expect((await guard(shuffled, DEFAULT_LIMITS, complete, approval)).approved).toBe(true);
	});

	it('does not fit a plan that has changed since', async () => {
		const verdict = await guard(await planned(10, 6), DEFAULT_LIMITS, complete, approval);
		expect(verdict).toMatchObject({ hold: 'everything', approved: false });
		expect(verdict.approval).not.toBe(approval);
		expect(verdict.findings[0]).toMatchObject({ guard: 'approval' });
	});

	it('covers kind, id, key and changes of what is held, and nothing that is not', async () => {
		const change = async (edit: (action: Plan['actions'][number]) => object) => {
			const actions = made.actions.map((action) =>
				action.kind === 'disable' ? { ...action, ...edit(action) } : action,
			);
			return (await guard({ ...made, actions }, DEFAULT_LIMITS, complete, approval)).approved;
		};
		expect(await change(() => ({ kind: 'delete' }))).toBe(false);
		expect(await change(() => ({ id: 'other' }))).toBe(false);
		expect(await change(() => ({ key: 'other' }))).toBe(false);
		expect(await change(() => ({ changes: { name: { from: 'a', to: 'b' } } }))).toBe(false);
		expect(await change(() => ({ reason: 'other words', label: 'other' }))).toBe(true);
		const replaced = await planned(10, 7, { joiners: 3 });
		const leaversOnly = (await guard(replaced, DEFAULT_LIMITS, complete)).approval;
		const moreJoiners = await planned(10, 7, { joiners: 9 });
		expect((await guard(moreJoiners, DEFAULT_LIMITS, complete, leaversOnly)).approved).toBe(true);
	});

	it('never passes an incomplete read', async () => {
		const read = { ...complete, targetComplete: false };
		const own = (await guard(made, DEFAULT_LIMITS, read)).approval;
		expect(await guard(made, DEFAULT_LIMITS, read, own)).toMatchObject({
			hold: 'everything',
			approved: false,
		});
	});

	it('is empty when nothing is held, and a left-over one is named but holds nothing', async () => {
		expect((await guard(await planned(10, 10), DEFAULT_LIMITS, complete)).approval).toBe('');
		const verdict = await guard(await planned(10, 10), DEFAULT_LIMITS, complete, approval);
		expect(verdict).toMatchObject({ hold: 'nothing', approved: false });
		expect(verdict.findings[0]!.remedy).toBe('Nothing needs an approval now: clear the code.');
	});
});
