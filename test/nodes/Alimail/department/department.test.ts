import type { IDataObject } from 'n8n-workflow';
import { requests, run, useAlimail, writes } from '../support';

const sandbox = useAlimail();

const byPath = (value: string) => ({ __rl: true, mode: 'path', value });
const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const at = (path: string) => sandbox.current.alimail.department(path);

beforeEach(() =>
	sandbox.current.alimail.seed({
		departments: ['R&D/Platform/Core', 'R&D/Web', 'Sales'],
		users: [{ email: 'li@yunhe.example', department: 'Sales' }],
	}),
);

describe('create', () => {
	test('at the top, and below another by its path, with its settings', async () => {
		const [top] = await run(sandbox.current, 'department.create', { name: 'Finance' });
		expect(top).toMatchObject({ id: at('Finance')!.id, name: 'Finance' });
		const li = sandbox.current.alimail.user('li@yunhe.example')!;
		await run(sandbox.current, 'department.create', {
			name: 'Data',
			parent: byPath('R&D/Platform'),
			additionalFields: { isHidden: true, email: 'data@yunhe.example', managers: li.id },
		});
		expect(at('R&D/Platform/Data')).toMatchObject({
			isHidden: true,
			email: 'data@yunhe.example',
			managers: [li.id],
		});
	});

	test('an answer that is lost: it is looked for below its parent, and not made twice', async () => {
		// A service that allows two departments of one name would otherwise have two.
		sandbox.current.alimail.settings.uniqueDepartmentNames = false;
		sandbox.current.faults.add({
			service: 'alimail',
			method: 'POST',
			path: '/v2/departments',
			kind: 'resetAfter',
		});
		const [made] = await run(sandbox.current, 'department.create', { name: 'Data', parent: byPath('R&D') });
		expect(made!.id).toBe(at('R&D/Data')!.id);
		expect(writes(sandbox.current)).toBe(1);
	});

	test.each([
		['no name', { name: ' ' }, "'Name' is empty"],
		[
			'a parent that is not there',
			{ name: 'Data', parent: byPath('R&D/Gone') },
			'There is no department “R&D/Gone”',
		],
	])('%s is refused before sending', async (_, parameters, message) => {
		await expect(run(sandbox.current, 'department.create', parameters)).rejects.toThrow(message);
		expect(writes(sandbox.current)).toBe(0);
	});
});

test('get: by path and by ID', async () => {
	const [found] = await run(sandbox.current, 'department.get', { department: byPath('r&d/PLATFORM') });
	expect(found).toMatchObject({ id: at('R&D/Platform')!.id, name: 'Platform', hasSubDepartments: true });
	expect(await run(sandbox.current, 'department.get', { department: byId(String(found!.id)) })).toEqual([
		found,
	]);
	await expect(run(sandbox.current, 'department.get', { department: byId('dept-x') })).rejects.toThrow(
		'could not find',
	);
});

describe('get many', () => {
	const list = async (parameters: IDataObject) =>
		await run(sandbox.current, 'department.getAll', { returnAll: true, ...parameters } as never);
	const paths = (rows: IDataObject[]) => rows.map(({ path }) => path).sort();

	test('the whole tree, with paths, asking only departments that have others below them', async () => {
		const tree = await list({});
		expect(paths(tree)).toEqual(['R&D', 'R&D/Platform', 'R&D/Platform/Core', 'R&D/Web', 'Sales']);
		expect(tree[0]).toMatchObject({ id: expect.any(String), name: 'R&D', hasUsers: false });
		// Two departments with others below them, the top, and what lies directly below it.
		expect(requests(sandbox.current)).toBe(4);
	});

	test('the tree below another', async () => {
		expect(paths(await list({ below: byPath('R&D') }))).toEqual(['Platform', 'Platform/Core', 'Web']);
	});

	test('only those directly below', async () => {
		const children = await list({ below: byPath('R&D'), wholeTree: false });
		expect(children.map(({ name }) => name)).toEqual(['Platform', 'Web']);
	});

	test('a limit', async () => {
		expect(await list({ returnAll: false, limit: 2 })).toHaveLength(2);
		expect(await list({ returnAll: false, limit: 1, wholeTree: false })).toHaveLength(1);
	});

	test('more than a page of children', async () => {
		sandbox.current.alimail.seed({ departments: Array.from({ length: 230 }, (_, i) => `Sales/Team ${i}`) });
		const children = await list({ below: byPath('Sales'), wholeTree: false });
		expect(new Set(children.map(({ name }) => name)).size).toBe(230);
	});
});

describe('update', () => {
	test('renamed, moved with everything in it, settings changed', async () => {
		const { id } = at('R&D/Platform')!;
		const [answer] = await run(sandbox.current, 'department.update', {
			department: byPath('R&D/Platform'),
			updateFields: { name: 'Base', parent: byPath('Sales'), isHidden: true },
		});
		expect(answer).toMatchObject({ id, name: 'Base', isHidden: true });
		expect(at('Sales/Base')).toMatchObject({ id, isHidden: true });
		expect(at('Sales/Base/Core')).toBeDefined();
	});

	test('moved to the top', async () => {
		await run(sandbox.current, 'department.update', {
			department: byPath('R&D/Web'),
			updateFields: { parent: byId('$root') },
		});
		expect(at('Web')).toBeDefined();
	});

	test.each([
		[
			'below itself',
			byPath('R&D/Platform/Core'),
			/^“R&D” cannot be moved to “R&D\/Platform\/Core”, which is itself or lies below it/,
		],
		['into itself', byPath('R&D'), /cannot be moved to “R&D”/],
	])('a move %s is refused before sending', async (_, parent, message) => {
		const moving = run(sandbox.current, 'department.update', {
			department: byPath('R&D'),
			updateFields: { parent },
		});
		await expect(moving).rejects.toThrow(message);
		expect(writes(sandbox.current)).toBe(0);
	});

	test.each([true, false])(
		'what was not named stays, whether Alimail takes a part or not (%s)',
		async (partial) => {
			const { alimail } = sandbox.current;
			alimail.settings.partialDepartmentUpdates = partial;
			alimail.seed({ users: [{ email: 'boss@yunhe.example', id: 'boss' }] });
			const web = at('R&D/Web')!;
			const kept = {
				isHidden: true,
				managers: ['boss'],
				hiddenExcludeUsers: ['boss'],
				email: 'web@yunhe.example',
			};
			alimail.directory.updateDepartment(web, { ...kept, hiddenExcludeDepartments: [at('Sales')!.id] });
			const [answer] = await run(sandbox.current, 'department.update', {
				department: byPath('R&D/Web'),
				updateFields: { name: 'Site' },
			});
			expect(answer).toEqual({ id: web.id, name: 'Site' });
			expect(at('R&D/Site')).toMatchObject({ ...kept, hiddenExcludeDepartments: [at('Sales')!.id] });
		},
	);

	test('two items for one department at once: nothing of either is lost', async () => {
		sandbox.current.alimail.settings.partialDepartmentUpdates = false;
		const { id } = at('R&D/Web')!;
		await run(
			sandbox.current,
			'department.update',
			{
				department: byId(id),
				updateFields: {
					name: '={{ $json.name }}',
					email: '={{ $json.email }}',
					isHidden: '={{ $json.hidden }}',
				},
			},
			[{ name: 'Site' }, { hidden: true }, { email: 'site@yunhe.example' }],
		);
		expect(at('R&D/Site')).toMatchObject({ isHidden: true, email: 'site@yunhe.example' });
	});

	test('nothing to change is refused', async () => {
		const updating = run(sandbox.current, 'department.update', {
			department: byPath('R&D'),
			updateFields: {},
		});
		await expect(updating).rejects.toThrow("'Update Fields' names no field to change");
	});
});

describe('delete', () => {
	const remove = async (department: IDataObject) =>
		await run(sandbox.current, 'department.delete', { department } as never);

	test('an empty one', async () => {
		const { id } = at('R&D/Web')!;
		expect(await remove(byPath('R&D/Web'))).toEqual([{ deleted: true, id }]);
		expect(at('R&D/Web')).toBeUndefined();
	});

	test.each([
		['members', 'Sales'],
		['departments', 'R&D'],
	])('one with %s in it is refused before sending, and says what', async (what, path) => {
		await expect(remove(byPath(path))).rejects.toThrow(`The department still has ${what} in it`);
		expect(writes(sandbox.current)).toBe(0);
	});

	test('one with both', async () => {
		sandbox.current.alimail.seed({ users: [{ email: 'wu@yunhe.example', department: 'R&D' }] });
		await expect(remove(byPath('R&D'))).rejects.toThrow('members and departments in it');
	});

	test('the top of the organization', async () => {
		await expect(remove(byId('$root'))).rejects.toThrow('which cannot be deleted');
		expect(requests(sandbox.current)).toBe(0);
	});
});
