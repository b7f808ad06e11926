import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Engine, type Run, type WorkflowFile } from '../../scripts/engine';
import { toGbk } from '../../scripts/demo/company/gbk';
import { applying } from '../../scripts/hrWorkflow';
import { alimailCredential, postmarkCredential, useSandbox } from '../support/services';

const sandbox = useSandbox();
const root = join(__dirname, '../..');
const shipped = JSON.parse(
	readFileSync(join(root, 'workflows/hr-to-mailbox-sync.json'), 'utf8'),
) as WorkflowFile;

const fixture = (name: string) => readFileSync(join(root, 'test/fixtures/sync', name));
const HEADER = 'Employee No,Name,Email,Department,Job Title,Mobile,Location,Manager Email,Status,Start Date';
const NAMES = ['王伟', '李娜', '张敏', '刘洋', '陈静', '杨帆', '赵磊', '黄倩', '周涛', '吴丹'];
const person = (index: number, status = 'Active') =>
	`YH1000${index},${NAMES[index]},p${index}@yunhe.example,${index % 2 ? '研发中心/平台部' : '销售部/华东'},工程师,,,${index ? 'p0@yunhe.example' : ''},${status},2024-01-01`;
const csv = (...rows: string[]) => `${[HEADER, ...rows].join('\r\n')}\r\n`;
const ten = csv(...NAMES.map((_, index) => person(index)));

/** The ten people of the cases as accounts, with these numbers. */
function seed(numberOf: (index: number) => string): void {
	sandbox.current.alimail.seed({
		users: NAMES.map((name, index) => ({
			email: `p${index}@yunhe.example`,
			name,
			employeeNo: numberOf(index),
			department: index % 2 ? '研发中心/平台部' : '销售部/华东',
			jobTitle: '工程师',
			...(index ? { managerEmail: 'p0@yunhe.example' } : {}),
		})),
	});
}

async function night(
	content: Buffer | string,
	{ file = 'export.csv', settings = {}, workflow = applying(shipped, 100) } = {},
): Promise<Run> {
	const path = join(process.env.N8N_USER_FOLDER!, file);
	writeFileSync(path, content);
	const engine = new Engine();
	engine.addCredential('Alimail', alimailCredential(sandbox.current).mailOpsAlimailApi);
	engine.addCredential('Postmark', postmarkCredential(sandbox.current).mailOpsPostmarkServerApi);
	const items = [{ json: { exportFile: path, ...settings } }];
	return await engine.run(workflow, { start: 'Try It Now', items });
}
const summaryOf = (run: Run) => run.json('Sync Mailboxes', 2)[0] ?? {};
const problemsOf = (run: Run) => run.json('Sync Mailboxes', 1);
const writes = () =>
	(['POST', 'PATCH', 'DELETE'] as const).reduce(
		(sum, method) => sum + sandbox.current.requests.count({ service: 'alimail', method, path: /^\/v2\// }),
		0,
	);
const inStep = { hold: 'nothing', sourceRows: 10, unchanged: 10, problems: 0 };

test('it ships as a preview: a first run writes nothing and mails no colleague', async () => {
	const run = await night(ten, { workflow: shipped });
	expect(run.error).toBeUndefined();
	expect(summaryOf(run)).toMatchObject({ mode: 'preview', created: 10 });
	expect(writes()).toBe(0);
	expect(sandbox.current.postmark.messages.map(({ subject }) => subject)).toEqual([
		expect.stringContaining('Preview, nothing was changed'),
	]);
});

describe('how an export is written', () => {
	beforeEach(() => seed((index) => `YH1000${index}`));

	test.each<[string, Buffer | string, object?]>([
		['UTF-8', ten],
		['UTF-8 with a byte order mark', `\ufeff${ten}`],
		['GBK, found by itself', toGbk(ten)],
		['GBK, chosen', toGbk(ten), { encoding: 'gbk' }],
		['GB18030, chosen', toGbk(ten), { encoding: 'gb18030' }],
		['semicolons and a byte order mark', fixture('02-bom-semicolon.csv')],
		['tabs', ten.replaceAll(',', '\t')],
		[
			'rows of nothing but commas',
			fixture('06-trailing-comma-rows.csv').toString().replace('主管', '工程师'),
		],
		['line breaks of Unix', ten.replaceAll('\r\n', '\n')],
	])('%s: ten people, in step', async (_, content, settings = {}) => {
		const run = await night(content, { settings });
		expect(run.error).toBeUndefined();
		expect(summaryOf(run)).toMatchObject(inStep);
		expect(writes()).toBe(0);
	});

	test('the wrong encoding, chosen: nothing is changed, and the digest says why', async () => {
		const run = await night(toGbk(ten), { settings: { encoding: 'utf8' } });
		expect(summaryOf(run)).toMatchObject({ hold: 'everything', updated: 0, frozen: 0 });
		expect(writes()).toBe(0);
		expect(sandbox.current.postmark.messages).toHaveLength(1);
		expect(sandbox.current.postmark.messages[0]!.text).toContain(
			'the file was read in another encoding than it was written in',
		);
	});

	test('a stray quote stops the workflow instead of cutting the list off', async () => {
		const rows = NAMES.map((_, index) => person(index));
		rows[3] = rows[3]!.replace('刘洋', '"刘"洋');
		const run = await night(csv(...rows));
		expect(run.error).toBeDefined();
		expect(sandbox.current.requests.count({ service: 'alimail' })).toBe(0);
	});
});

describe('who is still employed', () => {
	beforeEach(() => seed((index) => `YH1000${index}`));

	test.each(['Active', ' active ', 'EMPLOYED', 'Probation', 'Ａctive', '在职', '试用'])(
		'%j is',
		async (status) => {
			const run = await night(
				csv(...NAMES.map((_, index) => person(index, index === 4 ? status : 'Active'))),
			);
			expect(run.error).toBeUndefined();
			expect(summaryOf(run)).toMatchObject(inStep);
		},
	);

	test.each(['Left', 'left ', 'Resigned', 'TERMINATED', '离职'])('%j is not', async (status) => {
		await night(csv(...NAMES.map((_, index) => person(index, index === 4 ? status : 'Active'))));
		const statuses = sandbox.current.alimail.users().map((user) => user.status);
		expect(statuses.filter((found) => found === 'FREEZE')).toHaveLength(1);
		expect(statuses[4]).toBe('FREEZE');
	});

	test.each([
		[
			'a word that nobody knows',
			csv(person(0), person(1, 'Garden?')),
			/the Status of 1 rows is not known: “Garden\?”/,
		],
		['an empty status', csv(person(0), person(1, '')), /is not known: “”/],
		[
			'no column of that name',
			ten.replace('Status', 'State'),
			/the export has no column Status\. It has: Employee No, Name/,
		],
	])('%s stops the workflow before anything is done', async (_, content, words) => {
		const run = await night(content);
		expect(run.error?.message).toMatch(words);
		expect(sandbox.current.requests.count({ service: 'alimail' })).toBe(0);
	});
});

describe('numbers that a spreadsheet has changed', () => {
	test('a joiner with 2.02411E+11 is named and not created', async () => {
		seed((index) => `20241115000${index}`);
		const run = await night(fixture('03-excel-scientific-joiner.csv'));
		expect(summaryOf(run)).toMatchObject({ created: 0, unchanged: 10, invalid: 1 });
		expect(problemsOf(run)[0]).toMatchObject({
			severity: 'invalid',
			message: expect.stringContaining('"2.02411E+11" was shortened by a spreadsheet'),
		});
		expect(writes()).toBe(0);
	});

	test('lost leading zeros: all named, nobody changed, created or frozen', async () => {
		seed((index) => `0001${index}`);
		const run = await night(fixture('04-leading-zeros-lost.csv'));
		expect(summaryOf(run)).toMatchObject({ hold: 'everything', created: 0, frozen: 0 });
		expect(problemsOf(run).filter(({ row }) => row !== undefined)).toHaveLength(10);
		expect(writes()).toBe(0);
	});

	test('="00010" is 00010', async () => {
		seed((index) => `0001${index}`);
		const joiner = '"=""00099""",新人,xin@yunhe.example,销售部/华东,工程师,,,,Active,2024-01-01\r\n';
		const run = await night(fixture('05-equals-quoted-numbers.csv') + joiner);
		expect(summaryOf(run)).toMatchObject({ created: 1, unchanged: 10, problems: 0 });
		expect(sandbox.current.alimail.user('xin@yunhe.example')!.employeeNo).toBe('00099');
	});

	test('an Excel file whose numbers only look as if they had zeros: all named', async () => {
		sandbox.current.alimail.seed({
			users: Array.from({ length: 6 }, (_, index) => ({
				email: `x${index}@yunhe.example`,
				name: `王${index}`,
				employeeNo: `0010${index}`,
				department: '销售部/华东',
			})),
		});
		const path = (name: string) => ({
			[name]: { main: [[{ node: 'Rows of the Export', type: 'main', index: 0 }]] },
		});
		const applied = applying(shipped, 100);
		const workflow = {
			...applied,
			nodes: applied.nodes.map((node) =>
				node.name === 'Rows of the Export'
					? {
							...node,
							parameters: {
								operation: 'xlsx',
								binaryPropertyName: 'data',
								options: { includeEmptyCells: true },
							},
						}
					: node,
			),
			connections: { ...applied.connections, ...path('Read HR Export') },
		} as WorkflowFile;
		const run = await night(fixture('12-excel.xlsx'), { file: 'export.xlsx', workflow });
		expect(run.error).toBeUndefined();
		expect(summaryOf(run)).toMatchObject({ hold: 'everything', created: 0, updated: 0, frozen: 0 });
		expect(
			problemsOf(run)
				.map(({ message }) => message)
				.join(),
		).toContain(
			'Employee Number "100" has 3 digits where those in Alimail have 5: its leading zeros seem to be lost',
		);
		expect(writes()).toBe(0);
	});
});

test('a colleague whose first password got lost gets a letter that says so', async () => {
	sandbox.current.faults.add({ service: 'alimail', kind: 'resetAfter', method: 'POST', path: '/v2/users' });
	await night(csv(person(0)));
	const letter = sandbox.current.postmark.messages.find(({ subject }) =>
		subject.startsWith('New in your team'),
	)!;
	expect(letter.html).toContain('<code>not known: please ask IT for a new one</code>');
});
