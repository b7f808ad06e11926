import { run, useAlimail, writes } from '../support';

const sandbox = useAlimail();

const ensure = async (...paths: string[]) =>
	await run(
		sandbox.current,
		'department.ensurePath',
		{ path: '={{ $json.path }}' },
		paths.map((path) => ({ path })),
	);
const at = (path: string) => sandbox.current.alimail.department(path);

test('makes what is missing, parents first, and nothing the second time', async () => {
	sandbox.current.alimail.seed({ departments: ['R&D'] });
	const [first] = await ensure('R&D/Platform/Core');
	expect(first).toEqual({ id: at('R&D/Platform/Core')!.id, path: 'R&D/Platform/Core', created: true });
	expect(writes(sandbox.current)).toBe(2);
	const [second] = await ensure('R&D/Platform/Core');
	expect(second).toEqual({ ...first, created: false });
	expect(writes(sandbox.current)).toBe(2);
});

test.each([true, false])(
	'twenty items with one path make it once, whether or not the service refuses doubles (%s)',
	async (unique) => {
		sandbox.current.alimail.settings.uniqueDepartmentNames = unique;
		const made = await ensure(...Array.from({ length: 20 }, () => 'A/B/C'));
		expect(made.filter(({ created }) => created)).toHaveLength(1);
		expect(new Set(made.map(({ id }) => id))).toEqual(new Set([at('A/B/C')!.id]));
		expect(writes(sandbox.current)).toBe(3);
		expect(sandbox.current.alimail.departments()).toHaveLength(4);
	},
);

test('paths that share their beginning share its departments', async () => {
	await ensure('A/B/C', 'A/B/D', 'A/E', 'A');
	expect(
		sandbox.current.alimail
			.departments()
			.map(({ name }) => name)
			.sort(),
	).toEqual(['A', 'B', 'C', 'D', 'E', 'Sandbox Company'].sort());
});

test('a slash that belongs to a name', async () => {
	const [made] = await ensure('TCP\\/IP/Core');
	expect(made!.path).toBe('TCP\\/IP/Core');
	expect(sandbox.current.alimail.departments().map(({ name }) => name)).toContain('TCP/IP');
	expect(await ensure('TCP\\/IP/Core')).toEqual([{ ...made, created: false }]);
});

test('names are the same whatever their case, width and white space', async () => {
	sandbox.current.alimail.seed({ departments: ['研发 中心/Platform'] });
	const found = await ensure(
		'研发　中心/ＰＬＡＴＦＯＲＭ',
		' 研发  中心 / platform ',
		'/研发 中心/Platform/',
	);
	expect(found.map(({ id, created }) => [id, created])).toEqual(
		Array.from({ length: 3 }, () => [at('研发 中心/Platform')!.id, false]),
	);
	expect(writes(sandbox.current)).toBe(0);
});

test.each(['A//B', '//', 'A/ /B'])('“%s” is no path', async (path) => {
	await expect(ensure(path)).rejects.toThrow(`'Path' is not a department path: “${path}”`);
	expect(writes(sandbox.current)).toBe(0);
});

test('a cut connection makes nothing twice', async () => {
	sandbox.current.alimail.settings.uniqueDepartmentNames = false;
	sandbox.current.faults.add({
		service: 'alimail',
		method: 'POST',
		path: '/v2/departments',
		kind: 'resetAfter',
		times: 2,
	});
	const [made] = await ensure('A/B');
	expect(made!.id).toBe(at('A/B')!.id);
	expect(sandbox.current.alimail.departments()).toHaveLength(3);
});
