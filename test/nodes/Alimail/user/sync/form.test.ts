import { sync } from '../../../../../nodes/Alimail/user/sync/sync.operation';
import { getSyncColumns } from '../../../../../nodes/Alimail/user/sync/columns';
import { DEFAULT_LIMITS } from '../../../../../core/sync';

const field = (name: string) => sync.fields.find((found) => found.name === name);

test('the mapping shows the seven columns that nearly everybody has, and asks for no others', async () => {
	const { fields } = await getSyncColumns();
	expect(fields.filter(({ removed }) => removed !== true).map(({ id }) => id)).toEqual([
		'employeeNo',
		'email',
		'name',
		'department',
		'jobTitle',
		'managerEmail',
		'phone',
	]);
	// With false, n8n's editor shows the required ones only, whatever the columns say.
	expect(field('columns')?.typeOptions?.resourceMapper?.addAllFields).toBe(true);
});

test('a notice names the guards that are on, with their values, right before the list to change them', () => {
	const names = sync.fields.map(({ name }) => name);
	expect(names.indexOf('guardNotice')).toBe(names.indexOf('guards') - 1);
	const text = String(field('guardNotice')?.displayName);
	for (const [name, value] of Object.entries(DEFAULT_LIMITS))
		if (name !== 'emptySource' && name !== 'firstLoad')
			expect([name, text]).toEqual([name, expect.stringContaining(String(value))]);
	expect(text).toContain('unfrozen');
});

test('every guard can be changed, and shows the value that it has', () => {
	const options = (field('guards')?.options ?? []) as Array<{ name: string; default: unknown }>;
	expect({
		emptySource: true,
		...Object.fromEntries(options.map(({ name, default: value }) => [name, value])),
	}).toEqual({
		...DEFAULT_LIMITS,
		minRows: 0,
	});
});
