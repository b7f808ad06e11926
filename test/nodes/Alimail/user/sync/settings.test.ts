import type { INodeParameters } from 'n8n-workflow';
import { people, seedPeople, sync, useAlimail, writes } from '../../support';

const sandbox = useAlimail();

beforeEach(() => seedPeople(sandbox.current, people(10)));

/** One person gone, one changed: what a run that goes ahead would write. */
const rows = people(9).map((row) => (row.no === 'E2' ? { ...row, title: 'Lead' } : row));

describe('a setting that is none of its choices stops the run before anything is asked or done', () => {
	test.each<[string, string, INodeParameters]>([
		['a mode in other letters', 'Mode', { mode: 'Preview' }],
		['a mode of another tool', 'Mode', { mode: 'dry-run' }],
		['an empty mode', 'Mode', { mode: '' }],
		['a mode with a blank', 'Mode', { mode: 'preview ' }],
		['a mode from a column that is not there', 'Mode', { mode: '={{ $json.whatever }}' }],
		['a mode from an expression', 'Mode', { mode: "={{ 'Pre' + 'view' }}" }],
		['another word for leavers', 'People Who Left', { leavers: 'remove' }],
		['leavers from nothing', 'People Who Left', { leavers: '={{ $json.leavers }}' }],
		['another way to name departments', 'Department Column Holds', { departmentAs: 'name' }],
		['another way to recognise people', 'Recognise People By', { matchBy: 'email,employeeNo' }],
		['another word for empty cells', 'Empty Cells', { options: { emptyCells: 'Clear' } }],
		['another type of account', 'Type of Account', { scope: { employeeType: 'employee' } }],
		['a type from nothing', 'Type of Account', { scope: { employeeType: '={{ $json.type }}' } }],
	])('%s', async (_, field, parameters) => {
		const { error, users } = await sync(sandbox.current, rows, parameters);
		expect(error?.message).toMatch(
			new RegExp(`^'${field}' is (“.*”|nothing), which is not one of its choices`),
		);
		expect(error?.description).toMatch(/An expression must give one of: [\w,]+ \(/);
		expect(users).toEqual([]);
		expect(writes(sandbox.current)).toBe(0);
	});
});

test('a setting from an expression that gives one of its choices is that choice', async () => {
	const { summary } = await sync(sandbox.current, rows, { mode: "={{ 'pre' + 'view' }}" });
	expect(summary).toMatchObject({ mode: 'preview', updated: 1, frozen: 1 });
	expect(writes(sandbox.current)).toBe(0);
});
