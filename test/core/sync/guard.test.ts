import { DEFAULT_LIMITS, guard, type Limits, plan, type Plan } from '../../../core/sync';
import { record, rows, rules } from './people';

const complete = { sourceComplete: true, targetComplete: true };

/** A plan for people 1…`there` in the target, of whom 1…`stay` are in the source, with `bad` rows without a key. */
function planned(there: number, stay: number, { bad = 0, joiners = 0 } = {}): Plan {
	const person = (number: number) => ({ employeeNo: `E${number}`, email: `p${number}@x.com` });
	const numbers = (from: number, many: number) => Array.from({ length: many }, (_, index) => from + index);
	return plan(
		rows(
			...numbers(1, stay).map(person),
			...numbers(there + 1, joiners).map(person),
			...numbers(1, bad).map(() => ({ name: 'nobody' })),
		),
		numbers(1, there).map((number) => record(`id${number}`, person(number))),
		rules(),
	);
}

const tripped = (made: Plan, limits: Limits = DEFAULT_LIMITS) => {
	const { hold, findings } = guard(made, limits, complete);
	return [hold, ...findings.map(({ guard: name }) => name)];
};

describe('what each guard holds', () => {
	it.each([
		['nothing unusual', planned(100, 90), ['nothing']],
		['no row', planned(10, 0), ['everything', 'emptySource', 'sourceShrank', 'leavers']],
		['no usable row, small', planned(3, 0, { bad: 3 }), ['everything', 'emptySource']],
		['exactly 20 % fewer', planned(10, 8), ['nothing']],
		['more than 20 % fewer', planned(10, 7), ['everything', 'sourceShrank', 'leavers']],
		['others in their place', planned(10, 7, { joiners: 5 }), ['leavers', 'leavers']],
		['more than 50 people', planned(400, 349, { joiners: 51 }), ['leavers', 'leavers']],
		['exactly 50 people', planned(400, 350, { joiners: 50 }), ['nothing']],
		['many unusable rows', planned(10, 10, { bad: 3 }), ['everything', 'invalidRows']],
		['a few unusable rows', planned(10, 10, { bad: 2 }), ['nothing']],
		['a directory too small for percentages', planned(4, 1, { bad: 1 }), ['nothing']],
		['the smallest directory with percentages', planned(5, 3), ['everything', 'sourceShrank', 'leavers']],
	])('%s', (_, made, expected) => {
		expect(tripped(made)).toEqual(expected);
	});

	it('counts only the absolute limit in a small directory', () => {
		expect(tripped(planned(4, 1), { ...DEFAULT_LIMITS, maxLeavers: 2 })).toEqual(['leavers', 'leavers']);
	});

	it('can be switched off one by one', () => {
		const made = planned(100, 0);
		expect(tripped(made, {})).toEqual(['nothing']);
		expect(tripped(made, { maxLeavers: 50 })).toEqual(['leavers', 'leavers']);
		expect(tripped(made, { emptySource: true })).toEqual(['everything', 'emptySource']);
	});

	it('holds everything after an incomplete read of either side', () => {
		for (const side of ['sourceComplete', 'targetComplete']) {
			const verdict = guard(planned(100, 99), {}, { ...complete, [side]: false });
			expect(verdict.hold).toBe('everything');
			expect(verdict.findings.map(({ guard: name }) => name)).toEqual(['incompleteRead']);
		}
	});
});

describe('approval', () => {
	const made = planned(10, 7);
	const { approval } = guard(made, DEFAULT_LIMITS, complete);

	it('lets exactly this plan pass', () => {
		expect(guard(made, DEFAULT_LIMITS, complete, ` ${approval} `)).toMatchObject({
			hold: 'nothing',
			approved: true,
		});
		const shuffled = { ...made, actions: [...made.actions].reverse() };
		expect(guard(shuffled, DEFAULT_LIMITS, complete, approval).approved).toBe(true);
	});

	it('does not fit a plan that has changed since', () => {
		const verdict = guard(planned(10, 6), DEFAULT_LIMITS, complete, approval);
		expect(verdict).toMatchObject({ hold: 'everything', approved: false });
		expect(verdict.approval).not.toBe(approval);
		expect(verdict.findings.at(-1)).toMatchObject({ guard: 'approval' });
	});

	it('covers kind, id, key and changes of what is held, and nothing that is not', () => {
		const change = (edit: (action: Plan['actions'][number]) => object) => {
			const actions = made.actions.map((action) =>
				action.kind === 'disable' ? { ...action, ...edit(action) } : action,
			);
			return guard({ ...made, actions }, DEFAULT_LIMITS, complete, approval).approved;
		};
		expect(change(() => ({ kind: 'delete' }))).toBe(false);
		expect(change(() => ({ id: 'other' }))).toBe(false);
		expect(change(() => ({ key: 'other' }))).toBe(false);
		expect(change(() => ({ changes: { name: { from: 'a', to: 'b' } } }))).toBe(false);
		expect(change(() => ({ reason: 'other words', label: 'other' }))).toBe(true);
		const replaced = planned(10, 7, { joiners: 3 });
		const leaversOnly = guard(replaced, DEFAULT_LIMITS, complete).approval;
		const moreJoiners = planned(10, 7, { joiners: 9 });
		expect(guard(moreJoiners, DEFAULT_LIMITS, complete, leaversOnly).approved).toBe(true);
	});

	it('never passes an incomplete read', () => {
		const read = { ...complete, targetComplete: false };
		const own = guard(made, DEFAULT_LIMITS, read).approval;
		expect(guard(made, DEFAULT_LIMITS, read, own)).toMatchObject({ hold: 'everything', approved: false });
	});

	it('is empty when nothing is held, and a left-over one is named but holds nothing', () => {
		expect(guard(planned(10, 10), DEFAULT_LIMITS, complete).approval).toBe('');
		const verdict = guard(planned(10, 10), DEFAULT_LIMITS, complete, approval);
		expect(verdict).toMatchObject({ hold: 'nothing', approved: false });
		expect(verdict.findings[0].remedy).toContain('clear the approval');
	});
});
