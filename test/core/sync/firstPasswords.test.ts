import { plan, withoutPassword, type Current, type HandedOut } from '../../../core/sync';
import { NOW, record, rows, rules } from './people';

const minutes = (number: number) => new Date(NOW.getTime() - number * 60_000);
const person = { employeeNo: 'E1', email: 'p1@x.com', name: 'Ann' };
const nothing: HandedOut = { since: minutes(60), handed: new Map(), pending: new Set() };

async function found(more: Partial<Current>, before: Partial<HandedOut> = {}, row: object = person) {
	const there = [record('id1', person, { createdAt: minutes(10), ...more })];
	const made = await plan(rows({ ...row }), there, rules());
	return await withoutPassword(made, there, 'employeeNo', { ...nothing, ...before }, 'Reset it.');
}

it('finds whoever was made since the last run that came to its end, whatever else changes', async () => {
	for (const row of [person, { ...person, name: 'New' }]) {
		const [result, ...more] = await found({}, {}, row);
		expect(more).toEqual([]);
		expect(result).toMatchObject({
			action: { kind: 'create', id: 'id1', row: 0, changes: {} },
			status: 'done',
			created: { id: 'id1', firstPassword: 'not known' },
			problem: {
				severity: 'password',
				row: 0,
				message:
					'Item 1 (p1@x.com): the record was created by a run that did not come to its end, so its first password is not known.',
				remedy: 'Reset it.',
			},
		});
	}
});

it.each<[string, Partial<Current>, Partial<HandedOut>, object?]>([
	['is older', { createdAt: minutes(66) }, {}],
	['does not say when it was made', { createdAt: undefined as never }, {}],
	['was signed in to', { used: true }, {}],
	['was made by hand, without a number', { fields: { ...person, employeeNo: '' } }, {}],
	['is protected', { protectedBy: 'is an administrator' }, {}],
	['is disabled', { active: false }, {}],
	['was handed out', {}, { handed: new Map([['id1', minutes(10).getTime()]]) }],
	['was handed out by a target that tells no time', {}, { handed: new Map([['id1', null]]) }],
	['is on no row', {}, {}, { employeeNo: 'E2', email: 'p2@x.com' }],
])('leaves out one that %s', async (_, more, before, row = person) => {
	expect(await found(more, before, row)).toEqual([]);
});

it('takes an id that was given out again for another record', async () => {
	expect(await found({}, { handed: new Map([['id1', minutes(9).getTime()]]) })).toHaveLength(1);
});

it.each([['id1'], ['E1']])(
	'reports %s, of which a run has said that nobody has its password',
	async (mark) => {
		expect(await found({ createdAt: minutes(5000) }, { pending: new Set([mark]) })).toHaveLength(1);
	},
);
