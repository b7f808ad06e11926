import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { dataFolder, makeCompany, type ExpectedDay } from '../../scripts/demo/company';

// The reader that n8n's Extract from File uses.
const { parse } = createRequire(require.resolve('n8n-nodes-base/package.json'))('csv-parse/sync') as {
	parse: (text: Buffer, options: object) => Row[];
};

type Row = Record<
	| 'Employee No'
	| 'Name'
	| 'Email'
	| 'Department'
	| 'Job Title'
	| 'Mobile'
	| 'Location'
	| 'Manager Email'
	| 'Status'
	| 'Start Date',
	string
>;

const company = makeCompany();
const { day1, day2, day3 } = company.expected;
const bytes = ({ file }: ExpectedDay) => readFileSync(resolve(dataFolder, file));
const read = (day: ExpectedDay) => parse(bytes(day), { columns: true, bom: true });
const present = (rows: Row[]) => rows.filter((row) => row.Status !== 'Left');
const count = <T>(list: T[], fits: (entry: T) => boolean) => list.filter(fits).length;
const repeated = (values: string[]) => [...new Set(values.filter((value, i) => values.indexOf(value) !== i))];
const folded = (address: string) => address.toLowerCase();
const tidy = (text: string) => text.trim().replace(/ +/g, ' ');

const first = read(day1);
const second = read(day2);
const third = read(day3);
const staff = present(first);

describe('the exports in the repository', () => {
	it.each([day1, day2, day3])('$file is what the generator writes', (day) => {
		expect(bytes(day).toString('utf8') === company.files[day.file]).toBe(true);
	});

	it('come out the same every time', () => {
		expect(makeCompany().files).toEqual(company.files);
	});

	it.each([day1, day2, day3])('$file has the size that is announced', (day) => {
		const rows = read(day);
		expect([rows.length, present(rows).length]).toEqual([day.rowsInFile, day.rows]);
		expect(bytes(day).subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
	});
});

describe('day 1', () => {
	it('has numbers, addresses and mobiles that nobody shares', () => {
		for (const column of ['Employee No', 'Email', 'Mobile'] as const) {
			expect(repeated(first.map((row) => folded(row[column])))).toEqual([]);
		}
		for (const { Email } of first) expect(Email).toMatch(/^[a-z-]+\.[a-z-]+\d*@yunhe\.example$/);
	});

	it('has a manager for everybody but one, and everybody is led by that one', () => {
		const managers = new Map(staff.map((row) => [row.Email, row['Manager Email']]));
		expect(staff.filter((row) => row['Manager Email'] === '').map((row) => row['Job Title'])).toEqual([
			'CEO',
		]);
		for (const start of staff) {
			let steps = 0;
			for (let at = start.Email; managers.get(at) !== ''; at = managers.get(at) ?? '') {
				expect(managers.has(at)).toBe(true);
				expect(++steps).toBeLessThan(8);
			}
		}
	});

	it('has the departments that are announced, parents first', () => {
		const { newDepartments } = day1;
		expect(new Set(newDepartments)).toEqual(new Set(staff.map((row) => row.Department)));
		expect(newDepartments).toHaveLength(new Set(newDepartments).size);
		for (const [index, path] of newDepartments.entries()) {
			const parent = path.split('/').slice(0, -1).join('/');
			if (parent) expect(newDepartments.slice(0, index)).toContain(parent);
		}
		expect(newDepartments.length).toBeGreaterThanOrEqual(40);
		expect(Math.max(...newDepartments.map((path) => path.split('/').length))).toBe(4);
		expect(newDepartments.some((path) => path.includes('&'))).toBe(true);
	});

	it('has the names that break naive code', () => {
		const names = staff.map((row) => row.Name);
		for (const sign of [/\p{Script=Han}/u, /ä/, /ö/, /ü/, /é/, /ç/, /ñ/, /ø/, /'/, /-/]) {
			expect(names.some((name) => sign.test(name))).toBe(true);
		}
		expect(repeated(names).length).toBeGreaterThan(50);
		expect(bytes(day1).toString()).toContain('"Senior Engineer, Platform"');
	});

	it('adopts the mailboxes that were made by hand and creates the rest', () => {
		const addresses = staff.map((row) => row.Email);
		const found = company.alreadyThere.filter(({ email }) => addresses.includes(email));
		expect(found.filter(({ beforeDay }) => beforeDay === 1).map(({ kind }) => kind)).toEqual([
			'adopted',
			'adopted',
		]);
		expect(found.every(({ number }) => number === undefined)).toBe(true);
		expect([day1.creates, day1.updates, day1.adopted]).toEqual([staff.length - 2, 2, 2]);
	});
});

describe('day 2', () => {
	const before = new Map(staff.map((row) => [row['Employee No'], row]));
	const flawed = new Set(
		day2.problems.filter(({ severity }) => severity !== 'reference').map(({ row }) => row),
	);
	const sound = present(second).filter((_, index) => !flawed.has(index));
	const known = sound.filter((row) => before.has(row['Employee No']));
	const fresh = sound.filter((row) => !before.has(row['Employee No']));
	const was = (row: Row) => before.get(row['Employee No']) ?? row;

	it('changes as many people as announced, counted by comparing the files', () => {
		const orphan = 'nobody.here@yunhe.example';
		const differs = (column: keyof Row) => (row: Row) => tidy(row[column]) !== tidy(was(row)[column]);
		const manager = (row: Row) => differs('Manager Email')(row) && row['Manager Email'] !== orphan;
		expect({
			department: count(known, differs('Department')),
			title: count(known, differs('Job Title')),
			manager: count(known, manager),
			name: count(known, differs('Name')),
		}).toEqual(day2.changes);
		const rest = ['Mobile', 'Location', 'Start Date'] as const;
		for (const row of known) {
			for (const column of rest) expect(row[column]).toBe(was(row)[column]);
			expect(folded(row.Email)).toBe(was(row).Email);
		}
		const changed = count(known, (row) =>
			[differs('Department'), differs('Job Title'), manager, differs('Name')].some((test) => test(row)),
		);
		expect([changed, known.length - changed]).toEqual([day2.updates, day2.unchanged]);
		expect(day2.changes).toEqual({ department: 15, title: 9, manager: 4, name: 2 });
	});

	it('has 12 joiners and somebody who comes back', () => {
		const frozen = company.formerEmployees.map(({ number }) => number);
		const back = fresh.filter((row) => frozen.includes(row['Employee No']));
		const joiners = fresh.filter((row) => !back.includes(row));
		expect([joiners.length, back.length]).toEqual([12, 1]);
		expect([day2.creates, day2.enables]).toEqual([12, 1]);
		expect(company.formerEmployees).toMatchObject([{ email: back[0]!.Email, active: false, beforeDay: 1 }]);
		const addresses = joiners.map((row) => row.Email);
		expect(repeated([...addresses, ...first.map((row) => row.Email)])).toEqual([]);
		const led = joiners.filter((row) => addresses.includes(row['Manager Email']));
		expect(led).toHaveLength(2);
		expect(addresses.indexOf(led[0]!.Email)).toBeLessThan(addresses.indexOf(led[0]!['Manager Email']));
		expect(joiners.filter((row) => /\p{Emoji_Presentation}/u.test(row.Name))).toHaveLength(1);
	});

	it('has one department path that is new, with a new parent', () => {
		const paths = new Set(sound.map((row) => row.Department));
		for (const path of day1.newDepartments) paths.delete(path);
		expect([...paths]).toEqual([day2.newDepartments[1]]);
		expect(day2.newDepartments).toEqual(['研发中心/人工智能实验室', '研发中心/人工智能实验室/LLM Platform']);
	});

	it('lets eight people go, none of whom leads anybody', () => {
		const numbers = new Set(second.map((row) => row['Employee No']));
		const kept = new Set(day2.problems.map(({ mailbox }) => mailbox));
		const gone = staff.filter((row) => !numbers.has(row['Employee No']) && !kept.has(row.Email));
		const left = second.filter((row) => row.Status === 'Left' && before.has(row['Employee No']));
		expect([gone.length, left.length, day2.disables]).toEqual([5, 3, 8]);
		const managers = new Set(second.map((row) => row['Manager Email']));
		for (const { Email } of [...gone, ...left]) expect(managers.has(Email)).toBe(false);
	});

	it('has each problem in the row that is named', () => {
		const rows = present(second);
		const lines = bytes(day2).toString().split('\r\n');
		const numbers = rows.map((row) => row['Employee No']);
		const proof: Record<string, (row: Row) => boolean> = {
			duplicateNumber: (row) => count(numbers, (number) => number === row['Employee No']) === 2,
			missingNumber: (row) => row['Employee No'] === '',
			malformedAddress: (row) => row.Email.endsWith('@yunhe,example'),
			foreignDomain: (row) => row.Email.endsWith('@freemail.example'),
			nameTooLong: (row) => [...row.Name].length === 300,
			unknownManager: (row) => !rows.some(({ Email }) => folded(Email) === row['Manager Email']),
			addressTaken: (row) =>
				company.alreadyThere.some(
					({ email, number, beforeDay }) =>
						email === row.Email && number !== row['Employee No'] && beforeDay === 2,
				),
		};
		for (const problem of day2.problems) {
			const row = rows[problem.row]!;
			expect([problem.kind, proof[problem.kind]!(row)]).toEqual([problem.kind, true]);
			expect(row['Employee No']).toBe(problem.employeeNo);
			expect(lines[problem.line - 1]).toContain(row.Name);
		}
		for (const [kind, holds] of Object.entries(proof)) {
			if (kind === 'unknownManager') continue;
			expect(count(rows, holds)).toBe(count(day2.problems, (problem) => problem.kind === kind));
		}
		const addresses = new Set(sound.map((row) => folded(row.Email)).concat(staff.map((row) => row.Email)));
		const lost = rows.filter((row) => row['Manager Email'] && !addresses.has(row['Manager Email']));
		expect(lost.map((row) => rows.indexOf(row))).toEqual(
			day2.problems.filter(({ kind }) => kind === 'unknownManager').map(({ row }) => row),
		);
	});

	it('leaves every mailbox with exactly one owner', () => {
		expect(day2.activeAfter).toBe(day1.activeAfter + 1 + 12 + 1 - 8);
		const { creates, enables, updates, unchanged, problems } = day2;
		const refused = count(problems, ({ severity }) => severity !== 'reference');
		expect(creates + enables + updates + unchanged + refused).toBe(day2.rows);
	});
});

describe('day 3', () => {
	it('is the beginning of day 2, broken off in the middle of a field', () => {
		const whole = bytes(day2);
		const part = bytes(day3);
		expect(whole.subarray(0, part.length).equals(part)).toBe(true);
		expect(part.toString()).toMatch(/,\d{4}$/);
		expect(third.length / second.length).toBeCloseTo(0.55, 2);
	});

	it('would have cost as many people their mailbox as announced', () => {
		const owners = new Set(staff.map((row) => row.Email));
		for (const row of company.day2.joiners.concat(company.day2.rejoiners)) owners.add(row.email);
		for (const row of company.day2.gone.concat(company.day2.markedLeft)) owners.delete(row.email);
		owners.add(company.alreadyThere.find(({ kind }) => kind === 'namesake')?.email ?? '');
		expect(owners.size).toBe(day3.activeBefore);
		for (const row of present(third)) owners.delete(folded(row.Email));
		for (const { mailbox } of day3.problems) owners.delete(mailbox ?? '');
		expect(owners.size).toBe(day3.wouldDisable);
		expect(day3.shrinkPercent).toBeGreaterThan(40);
		expect(day3).toMatchObject({ hold: 'everything', creates: 0, updates: 0, disables: 0 });
	});
});
