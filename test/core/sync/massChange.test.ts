import fc from 'fast-check';
import {
	DEFAULT_LIMITS,
	guard,
	plan,
	type Current,
	type Fields,
	type GuardDecision,
	type Limits,
} from '../../../core/sync';
import { record, rows, rules } from './people';

const complete = { sourceComplete: true, targetComplete: true };
const watched = rules({
	labels: { ...rules().labels, department: 'Department', phone: 'Phone', title: 'Title' },
	roles: { name: 'name', department: 'place' },
});

const person = (number: number, more: Fields = {}): Fields => ({
	employeeNo: `E${number}`,
	email: `p${number}@x.com`,
	name: `Name ${number}`,
	department: `D${number % 7}`,
	title: 'Engineer',
	phone: `1380000${number}`,
	...more,
});
const people = (count: number, more: Fields = {}, from = 1) =>
	Array.from({ length: count }, (_, index) => person(from + index, more));
const held = (list: Fields[], more: Partial<Current> = {}) =>
	list.map((fields) => record(String(fields.employeeNo), fields, more));
/** Every value of a column stands one row too low. */
const slipped = (list: Fields[], field: string) =>
	list.map((fields, index) => ({ ...fields, [field]: list[index === 0 ? 0 : index - 1]![field] }));
const few = (list: Fields[], count: number, more: Fields) =>
	list.map((fields, index) => (index < count ? { ...fields, ...more } : fields));

const night = async (
	source: Fields[],
	there: Current[],
	limits: Limits = DEFAULT_LIMITS,
): Promise<GuardDecision> => await guard(await plan(rows(...source), there, watched), limits, complete);
const names = ({ findings }: GuardDecision) => findings.map(({ guard: name }) => name);

describe('a mass change holds everything, and says how many, who, and what to look at', () => {
	const there = people(200);
	test.each<[string, Fields[], Current[], string, RegExp]>([
		[
			'a column of names that slipped by a row',
			slipped(there, 'name'),
			held(there),
			'renamed',
			/^199 of 200 people would get another name \(100 %, limit 20 %\): "Name 2" → "Name 1" \(p2@x\.com\), /,
		],
		[
			'a column of departments that slipped',
			slipped(there, 'department'),
			held(there),
			'moved',
			/^199 of 200 people would be moved \(100 %, limit 30 %\)/,
		],
		[
			'a column of phones that slipped',
			slipped(there, 'phone'),
			held(there),
			'column',
			/^199 of 200 people would get another Phone \(100 %, limit 50 %\)/,
		],
		[
			'a column emptied for all',
			people(200, { phone: '' }),
			held(there),
			'column',
			/^200 of the 200 people who have a Phone would lose it \(100 %, limit 50 %\): "13800001" → empty/,
		],
		[
			'a column emptied for the few who had a value',
			people(200, { phone: '' }),
			held([...people(30), ...people(170, { phone: '' }, 31)]),
			'column',
			/^30 of the 30 people who have a Phone would lose it/,
		],
		[
			'60 who had left and are in the list again',
			there,
			[...held(there.slice(0, 140)), ...held(there.slice(140), { active: false })],
			'enabled',
			/^60 disabled records would be enabled \(limit 20\)\.$/,
		],
		[
			'5 of 12 who had left',
			people(12),
			[...held(people(7)), ...held(people(5, {}, 8), { active: false })],
			'enabled',
			/^5 disabled records would be enabled \(limit 20 % of 12\)\.$/,
		],
		[
			'300 created beside 20',
			people(320),
			held(people(20)),
			'created',
			/^300 records would be created, and there are only 20 active ones \(limit 20 %\)\.$/,
		],
		['a first load that nobody announced', people(11), [], 'created', /^11 records would be created/],
		[
			'three people, every name another’s',
			slipped(people(3), 'name'),
			held(people(3)),
			'renamed',
			/^2 of 3 people/,
		],
		['two people without a phone', people(2, { phone: '' }), held(people(2)), 'column', /^2 of the 2/],
	])('%s', async (_, source, records, name, message) => {
		const decision = await night(source, records);
		expect(decision.hold).toBe('everything');
		expect(names(decision)).toEqual([name]);
		expect(decision.findings[0]!.message).toMatch(message);
		expect(decision.findings[0]!.remedy).toMatch(/^(Check|Look)/);
		expect(decision.approval).toMatch(/^[0-9a-f]{32}$/);
	});
});

describe('an ordinary night is not held', () => {
	const there = people(200);
	test.each<[string, Fields[], Current[]]>([
		['nothing new', there, held(there)],
		['a marriage season', few(there, 40, { name: 'New' }), held(there)],
		['a reorganisation of a quarter', few(there, 50, { department: 'New' }), held(there)],
		['half with another title', few(there, 100, { title: 'Lead' }), held(there)],
		['a column mapped for the first time', people(200, { phone: '138' }), held(people(200, { phone: '' }))],
		['40 joiners', people(240), held(there)],
		['ten joiners beside nobody', people(10), []],
		['20 who come back', there, [...held(there.slice(20)), ...held(there.slice(0, 20), { active: false })]],
		['one of one comes back', people(1), held(people(1), { active: false })],
		['two of three with another title', few(people(3), 2, { title: 'Lead' }), held(people(3))],
		['one of one with another name', people(1, { name: 'New' }), held(people(1))],
	])('%s', async (_, source, records) => {
		expect(await night(source, records)).toMatchObject({ hold: 'nothing', findings: [] });
	});
});

test('an announced first load passes up to its number, and no further', async () => {
	const limits = { ...DEFAULT_LIMITS, firstLoad: 300 };
	expect((await night(people(300), [], limits)).hold).toBe('nothing');
	const beyond = await night(people(301), [], limits);
	expect(beyond.findings[0]!.message).toBe(
		'301 records would be created, and there are only 0 active ones (limit 20 %, and 300 for the first load).',
	);
});

test('records without a number that are taken over may be called otherwise, in a first load that was announced', async () => {
	const there = held(people(30, { employeeNo: '', name: 'made by hand' }));
	expect(names(await night(people(30), there))).toEqual(['renamed']);
	expect(names(await night(people(30), there, { ...DEFAULT_LIMITS, firstLoad: 30 }))).toEqual([]);
	const known = held(people(30, { name: 'Other' }));
	expect(names(await night(people(30), known, { ...DEFAULT_LIMITS, firstLoad: 30 }))).toEqual(['renamed']);
});

test('each is switched off alone', async () => {
	const { maxRenamedPercent, ...limits } = DEFAULT_LIMITS;
	expect(maxRenamedPercent).toBe(20);
	expect((await night(slipped(people(200), 'name'), held(people(200)), limits)).hold).toBe('nothing');
});

test('protected people and those outside count neither for nor against', async () => {
	const there = held(people(10)).map((entry, index) =>
		index < 7 ? { ...entry, protectedBy: 'is an administrator' } : entry,
	);
	const decision = await night(people(10, { name: 'New' }), there);
	expect(decision.findings.map(({ message }) => message).join()).toContain('3 of 3 people');
});

test('a list wholly outside a narrow scope is neither empty nor full of bad rows', async () => {
	const there = held(people(40), { owned: false });
	const made = await plan(rows(...people(40)), there, watched);
	expect(made.counts).toMatchObject({ rows: 40, validRows: 0, conflictRows: 0, outsideRows: 40 });
	expect(made.problems.every(({ severity }) => severity === 'outside')).toBe(true);
	expect(await guard(made, DEFAULT_LIMITS, complete)).toMatchObject({ hold: 'nothing', findings: [] });
});

test('bad rows are a share of those inside', async () => {
	const there = [...held(people(90), { owned: false }), ...held(people(10, {}, 91))];
	const source = people(100).map((fields, index) =>
		index > 94 ? { ...fields, email: '', employeeNo: '' } : fields,
	);
	const decision = await night(source, there);
	expect(decision.findings.map(({ message }) => message).join()).toContain('5 of 10 rows');
});

test('for any company and column: slipped by a row it is held', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.integer({ min: 3, max: 60 }),
			fc.constantFrom('name', 'department', 'phone'),
			fc.boolean(),
			async (size, field, up) => {
				const all = people(size);
				const order = up ? all : [...all].reverse();
				const decision = await night(slipped(order, field), held(all));
				const changed = order.filter((fields, i) => i > 0 && fields[field] !== order[i - 1]![field]).length;
				const least = field === 'name' ? 2 : 3;
				expect(decision.hold).toBe(changed >= least ? 'everything' : 'nothing');
			},
		),
		{ numRuns: 60 },
	);
});
