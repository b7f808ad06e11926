import type { IDataObject } from 'n8n-workflow';
import { writeMember } from '../../../../sandbox/services/mailchimp/memberRules';
import { NODE, runNode } from '../../../support/runNode';
import { useSandbox } from '../../../support/services';
import { asked, AUDIENCE, mapped, operationNode } from '../operations';

const sandbox = useSandbox();

interface Person {
	email: string;
	first?: string;
	dept?: unknown;
	born?: string;
	city?: string;
}

const people = (count: number): Person[] =>
	Array.from({ length: count }, (_, at) => ({
		email: `person${at}@example.com`,
		first: `Name ${at}`,
		dept: at % 2 ? 'Sales' : 'Engineering',
	}));

const COLUMNS = {
	email: '={{ $json.email }}',
	tags: '={{ $json.dept }}',
	'merge:FNAME:text': '={{ $json.first }}',
};

/** How the audience is before a sync: everybody has the tag of the sync. */
function has(list: Person[], more: object = {}): void {
	const { mailchimp } = sandbox.current;
	for (const { email, first, dept } of list)
		writeMember(mailchimp, mailchimp.audience, undefined, {
			given: {
				email_address: email,
				status: 'subscribed',
				merge_fields: { FNAME: first },
				tags: ['Staff', dept],
				...more,
			},
			expects: 'new',
			skipMergeValidation: true,
			source: 'admin',
		});
}

const stored = (email: string) => sandbox.current.mailchimp.audience.find(email);
const tagsOf = (email: string) =>
	sandbox.current.mailchimp.audience
		.tagsOf(stored(email)?.id ?? '')
		.map(({ name }) => name)
		.sort();
const statusOf = (email: string) => stored(email)?.status;

async function sync(rows: object[], parameters: IDataObject = {}) {
	sandbox.current.requests.clear();
	const run = await runNode(
		operationNode(sandbox.current, 'audience.sync', {
			mode: 'apply',
			ownTag: 'Staff',
			columns: mapped(COLUMNS),
			...parameters,
		}),
		rows as never,
	);
	if (run.error) throw run.error;
	return {
		contacts: run.json(NODE, 0),
		problems: run.json(NODE, 1),
		summary: run.json(NODE, 2)[0] as IDataObject,
		requests: asked(sandbox.current),
	};
}

const writes = (requests: string[]) => requests.filter((request) => !request.startsWith('GET'));
const said = (rows: IDataObject[]) =>
	rows.map(({ action, status, reason }) => `${String(action)} ${String(status)}: ${String(reason)}`);

test('joiners, movers and leavers: one reading request for 1,000, one writing request for all who lose no tag', async () => {
	const list = people(1000);
	has(list);
	const rows = list.slice(0, 995);
	rows[3] = { ...rows[3]!, dept: 'Legal' };
	rows[4] = { ...rows[4]!, first: 'Renamed' };
	rows.push({ email: 'Ana@Example.com', first: 'Ana', dept: ['Sales', 'Berlin'] });
	const { contacts, problems, summary, requests } = await sync(rows, { leavers: 'unsubscribe' });
	expect(problems).toEqual([]);
	expect(summary).toMatchObject({ created: 1, updated: 2, removed: 5, requests: 3 });
	expect(requests).toEqual([
		'GET /lists/a1b2c3d4e5/members?fields=total_items,members.id,members.email_address,members.status,members.unsubscribe_reason,members.tags.name,members.merge_fields.FNAME&offset=0&count=1000',
		...Array<string>(2).fill(`POST /lists/${AUDIENCE}`),
	]);
	expect(said(contacts)).toEqual([
		'update done: Changed on the list: Tags',
		'update done: Changed on the list: FNAME',
		'create done: On the list, and no contact has this Email Address',
		...Array<string>(5).fill('remove done: No longer on the list'),
	]);
	expect(tagsOf('person3@example.com')).toEqual(['Legal', 'Staff']);
	expect(stored('person4@example.com')?.merge_fields.FNAME).toBe('Renamed');
	expect(tagsOf('ana@example.com')).toEqual(['Berlin', 'Sales', 'Staff']);
	expect(statusOf('ana@example.com')).toBe('subscribed');
	expect(statusOf('person999@example.com')).toBe('unsubscribed');
	const again = await sync(rows, { leavers: 'unsubscribe' });
	expect(writes(again.requests)).toEqual([]);
	expect(again.contacts).toEqual([]);
});

test('10,000 contacts are read in ten requests', async () => {
	has(people(10_000));
	const { requests, summary } = await sync(people(10_000));
	expect(requests).toHaveLength(10);
	expect(new Set(requests).size).toBe(10);
	expect(summary).toMatchObject({ unchanged: 10_000, problems: 0 });
}, 300_000);

test('takes the tag of the sync among those of a row for what the row has anyhow', async () => {
	const list = people(20);
	has(list);
	const rows = list.map((person) => ({ ...person, dept: ['staff', person.dept] }));
	expect((await sync(rows)).contacts).toEqual([]);
	// Only that is named: the others go, it stays.
	rows[3]!.dept = ['STAFF'];
	rows.push({ email: 'new@example.com', first: 'New', dept: ['Staff', 'Sales'] });
	const { contacts, problems } = await sync(rows);
	expect(problems).toEqual([]);
	expect(said(contacts)).toEqual([
		'update done: Changed on the list: Tags',
		'create done: On the list, and no contact has this Email Address',
	]);
	expect(tagsOf('person3@example.com')).toEqual(['Staff']);
	expect(tagsOf('new@example.com')).toEqual(['Sales', 'Staff']);
	expect((await sync(rows)).contacts).toEqual([]);
});

test('an audience of which somebody goes while it is read is not taken for whole', async () => {
	has(people(2_500));
	const { mailchimp, faults, requests } = sandbox.current;
	const slid = [...mailchimp.audience.members.values()][1_000]!;
	faults.add({
		service: 'mailchimp',
		method: 'GET',
		path: /members/,
		kind: 'slow',
		ms: 500,
		times: 1,
		when: 'after',
	});
	const running = sync(people(2_500));
	const isRead = () => requests.list({ service: 'mailchimp' }).some(({ path }) => path.includes('members'));
	while (!isRead()) await new Promise((done) => setTimeout(done, 5));
	mailchimp.audience.members.delete(stored('person5@example.com')!.id);
	const { problems, summary, requests: sent } = await running;
	expect(problems.map(({ message }) => message)).toContainEqual(
		expect.stringMatching(/^Mailchimp did not show all its contacts/),
	);
	expect(summary.hold).toBe('everything');
	expect(writes(sent)).toEqual([]);
	expect(slid.status).toBe('subscribed');
});

describe('leavers', () => {
	beforeEach(() => has(people(10)));

	test('stay as they are unless something else is chosen', async () => {
		const { requests, contacts } = await sync(people(9));
		expect(writes(requests)).toEqual([]);
		expect(contacts).toEqual([]);
		expect(statusOf('person9@example.com')).toBe('subscribed');
	});

	test('are archived, and come back with their tags', async () => {
		expect((await sync(people(9), { leavers: 'archive' })).summary).toMatchObject({ removed: 1 });
		expect(statusOf('person9@example.com')).toBe('archived');
		expect((await sync(people(9), { leavers: 'archive' })).contacts).toEqual([]);
		const { contacts } = await sync(people(10), { leavers: 'archive' });
		expect(contacts).toEqual([expect.objectContaining({ action: 'create', status: 'done' })]);
		expect(statusOf('person9@example.com')).toBe('subscribed');
	});

	test('are none of those who lack the tag of the sync, unless the whole audience is its own', async () => {
		has([{ email: 'customer@example.com', first: 'Cem' }], { tags: ['Customer'] });
		await sync(people(10), { leavers: 'archive' });
		expect(statusOf('customer@example.com')).toBe('subscribed');
		await sync(people(10), { leavers: 'archive', owns: 'all' });
		expect(statusOf('customer@example.com')).toBe('archived');
	});

	test('in a number that nobody expects are held, shown, and let through by one approval', async () => {
		const held = await sync(people(5), { leavers: 'archive' });
		expect(held.summary).toMatchObject({ hold: 'everything', approved: false });
		expect(writes(held.requests)).toEqual([]);
		const approval = String(held.summary.approval);
		const { summary } = await sync(people(5), { leavers: 'archive', mode: 'approved', approval });
		expect(summary).toMatchObject({ approved: true, removed: 5 });
		expect(statusOf('person9@example.com')).toBe('archived');
	});

	test('are protected by their address', async () => {
		await sync(people(9), { leavers: 'archive', protected: 'person9@*' });
		expect(statusOf('person9@example.com')).toBe('subscribed');
	});
});

describe('who is out of campaigns is never brought back', () => {
	beforeEach(() => has(people(10)));

	test.each([
		['unsubscribed', /^update done: .*Stays removed: unsubscribed \(.*\), and only the person can come back/],
		['cleaned', /^update done: .*Stays removed: the address does not work any more/],
	])('%s', async (status, words) => {
		const { mailchimp } = sandbox.current;
		writeMember(mailchimp, mailchimp.audience, stored('person1@example.com'), {
			given: { status },
			expects: 'old',
			skipMergeValidation: true,
			source: 'user',
		});
		const rows = people(10);
		rows[1] = { ...rows[1]!, first: 'Still written' };
		const { contacts, summary } = await sync(rows);
		expect(said(contacts)).toEqual([expect.stringMatching(words)]);
		expect(summary).toMatchObject({ stayRemoved: 1 });
		expect(statusOf('person1@example.com')).toBe(status);
		expect(stored('person1@example.com')?.merge_fields.FNAME).toBe('Still written');
		expect(said((await sync(rows)).contacts)).toEqual([
			expect.stringMatching(/^none unchanged: .*Stays removed/),
		]);
	});

	test('asked to be forgotten', async () => {
		const { audience } = sandbox.current.mailchimp;
		audience.forgotten.add(stored('person1@example.com')!.id);
		audience.members.delete(stored('person1@example.com')!.id);
		const { problems, summary } = await sync(people(10));
		expect(summary).toMatchObject({ created: 0, failed: 1 });
		expect(problems).toEqual([
			expect.objectContaining({
				message: expect.stringContaining('This contact was deleted for good'),
				remedy: expect.stringContaining('Only the person can come back'),
			}),
		]);
		expect(stored('person1@example.com')).toBeUndefined();
	});

	test('archived after unsubscribing', async () => {
		const { mailchimp } = sandbox.current;
		Object.assign(stored('person1@example.com')!, { status: 'archived', before: 'unsubscribed' });
		const { problems } = await sync(people(10));
		expect(problems[0]?.message).toContain('cannot be subscribed for them');
		expect(mailchimp.audience.find('person1@example.com')?.status).toBe('archived');
	});
});

test('somebody in the audience already is taken over: the tag is put on, nothing else changes', async () => {
	has(people(10));
	has([{ email: 'old@example.com', first: 'Old' }], { tags: ['Customer'] });
	const { contacts } = await sync([...people(10), { email: 'OLD@example.com', first: 'Old' }]);
	expect(said(contacts)).toEqual(['update done: Changed on the list: Tag of This Sync']);
	expect(tagsOf('old@example.com')).toEqual(['Customer', 'Staff']);
});

describe('tags', () => {
	beforeEach(() => has(people(10)));

	test('that no row names are not the sync’s, but for those of its prefix', async () => {
		const { mailchimp } = sandbox.current;
		const { id } = stored('person0@example.com')!;
		for (const tag of ['VIP guest', 'Dept: Old'])
			mailchimp.audience.setTag(id, tag, true, () => mailchimp.newId(), mailchimp.stamp());
		await sync(people(10));
		expect(tagsOf('person0@example.com')).toEqual(['Dept: Old', 'Engineering', 'Staff', 'VIP guest']);
		await sync(people(10), { options: { tagPrefix: 'Dept: ' } });
		expect(tagsOf('person0@example.com')).toEqual(['Dept: Engineering', 'Engineering', 'Staff', 'VIP guest']);
	});

	test('stay when a cell is empty, unless empty cells clear', async () => {
		const rows = people(10);
		rows[0] = { ...rows[0]!, dept: '' };
		expect((await sync(rows)).contacts).toEqual([]);
		await sync(rows, { options: { emptyCells: 'clear' } });
		expect(tagsOf('person0@example.com')).toEqual(['Staff']);
	});
});

test('merge fields of every type are compared as Mailchimp writes them', async () => {
	has(people(10));
	const columns = mapped({
		...COLUMNS,
		'merge:BIRTHDAY:birthday': '={{ $json.born }}',
		'merge:ADDRESS:address:city': '={{ $json.city }}',
		'merge:ADDRESS:address:addr1': '={{ $json.city ? "1 Main St" : "" }}',
		'merge:ADDRESS:address:state': '={{ $json.city ? "BE" : "" }}',
		'merge:ADDRESS:address:zip': '={{ $json.city ? "10115" : "" }}',
	});
	const rows = people(10);
	rows[0] = { ...rows[0]!, born: '1990-11-26', city: 'Berlin' };
	rows[1] = { ...rows[1]!, born: 'soon' };
	const { problems } = await sync(rows, { columns });
	expect(problems).toEqual([
		expect.objectContaining({ row: 2, message: expect.stringContaining('is not a birthday') }),
	]);
	expect(stored('person0@example.com')?.merge_fields).toMatchObject({
		BIRTHDAY: '11/26',
		ADDRESS: { addr1: '1 Main St', city: 'Berlin', state: 'BE', zip: '10115' },
	});
	rows[0] = { ...rows[0]!, city: 'Bonn' };
	expect(said((await sync(rows, { columns })).contacts)).toEqual([
		'update done: Changed on the list: ADDRESS',
	]);
	expect((await sync(rows, { columns })).contacts).toEqual([]);
});

test('new contacts are asked first when that is chosen', async () => {
	has(people(10));
	await sync([...people(10), { email: 'ana@example.com' }], { newStatus: 'pending' });
	expect(statusOf('ana@example.com')).toBe('pending');
});

test('what Mailchimp refuses is a problem of its row, and all others are written', async () => {
	has(people(20));
	const { problems, summary } = await sync([
		...people(20),
		{ email: 'x@fake.example' },
		{ email: 'nobody' },
		{ email: 'ben@example.com', dept: 'x'.repeat(101) },
		{ email: 'cem@example.com' },
	]);
	expect(problems.map(({ row, message }) => `${String(row)}: ${String(message)}`)).toEqual([
		expect.stringMatching(/^22: .*is not a mail address/),
		expect.stringMatching(/^23: .*has a tag of 101 characters/),
		expect.stringMatching(/^21: .*takes this address for a fake one/),
	]);
	expect(summary).toMatchObject({ created: 1 });
});

test('a lost answer and a full house are no reason to do anything twice', async () => {
	has(people(10));
	const rows = [...people(10), { email: 'ana@example.com', first: 'Ana' }];
	sandbox.current.faults.add({ service: 'mailchimp', method: 'POST', kind: 'resetAfter' });
	sandbox.current.faults.add({ service: 'mailchimp', method: 'GET', kind: 'status', status: 429 });
	const { contacts, problems } = await sync(rows);
	expect(problems).toEqual([]);
	expect(contacts).toEqual([expect.objectContaining({ action: 'create', status: 'done' })]);
	expect(stored('ana@example.com')?.activity).toHaveLength(1);
});

test('a preview writes nothing', async () => {
	has(people(10));
	const { requests, summary } = await sync(people(9), { mode: 'preview', leavers: 'archive' });
	expect(writes(requests)).toEqual([]);
	expect(summary).toMatchObject({ mode: 'preview', removed: 1 });
});

test('a merge field that the audience lacks is told', async () => {
	has(people(10));
	const rows = people(10);
	rows[0] = { ...rows[0]!, first: 'New' };
	const { problems } = await sync(rows, {
		columns: mapped({ ...COLUMNS, 'merge:NICK:text': '={{ $json.first }}' }),
	});
	expect(problems[0]?.message).toContain('The audience has no merge field NICK');
});

test('many leavers are archived in one batch', async () => {
	has(people(400));
	const { requests, summary } = await sync(people(400).slice(20), { leavers: 'archive' });
	expect(summary).toMatchObject({ removed: 20, problems: 0 });
	expect(writes(requests)).toEqual(['POST /batches']);
	expect(statusOf('person0@example.com')).toBe('archived');
	expect(statusOf('person20@example.com')).toBe('subscribed');
});
