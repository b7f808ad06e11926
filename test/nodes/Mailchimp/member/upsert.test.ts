import { useSandbox } from '../../../support/services';
import { asked, AUDIENCE, mapped, perform, performSome } from '../operations';

const sandbox = useSandbox();

const people = (count: number) =>
	Array.from({ length: count }, (_, at) => ({
		email: `person${at}@example.com`,
		name: `Name ${at}`,
		tags: 'Staff',
	}));
const each = {
	emailAddress: '={{ $json.email }}',
	mergeFields: mapped({ FNAME: '={{ $json.name }}' }),
	tags: '={{ $json.tags }}',
};
const stored = (address: string) => sandbox.current.mailchimp.audience.find(address);
const tagsOf = (address: string) =>
	sandbox.current.mailchimp.audience.tagsOf(stored(address)?.id ?? '').map(({ name }) => name);

test('1,000 contacts go in two requests; three are refused for three reasons, each on its own item', async () => {
	const rows = people(1000);
	Object.assign(rows[10]!, { email: 'nobody' });
	Object.assign(rows[600]!, { email: 'someone@fake.example' });
	const { mailchimp } = sandbox.current;
	const { status } = await fetch(`${mailchimp.url}/lists/${AUDIENCE}/members`, {
		method: 'POST',
		headers: { authorization: `Bearer ${mailchimp.apiKey}`, 'content-type': 'application/json' },
		body: JSON.stringify({ email_address: 'person700@example.com', status: 'unsubscribed' }),
	});
	expect(status).toBe(200);
	sandbox.current.requests.clear();
	const { done, problems } = await performSome(sandbox.current, 'member.upsert', each, rows);
	expect(asked(sandbox.current)).toEqual([`POST /lists/${AUDIENCE}`, `POST /lists/${AUDIENCE}`]);
	expect(done).toHaveLength(997);
	expect(done[0]?.json).toMatchObject({
		email_address: 'person0@example.com',
		full_name: 'Name 0',
		created: true,
	});
	expect(
		done.every(({ json, pairedItem }) => {
			const { item } = pairedItem as { item: number };
			return json.email_address === rows[item]!.email;
		}),
	).toBe(true);
	expect(problems.map(({ error, details }) => [(details as { item: number }).item, error])).toEqual([
		[10, "'Email Address' is not a mail address: “nobody”"],
		[600, 'Mailchimp takes this address for a fake one'],
		[700, 'This contact unsubscribed, bounced or is under review, and cannot be subscribed for them'],
	]);
	expect(tagsOf('person999@example.com')).toEqual(['Staff']);
});

test('an address twice, in another case and with spaces, is one contact, and each item has its answer', async () => {
	const { rows, hints } = await perform(sandbox.current, 'member.upsert', each, [
		{ email: 'Ana@Example.com', name: 'Ana', tags: 'One' },
		{ email: ' ana@example.com ', name: 'Anna', tags: ['Two', 'one'] },
	]);
	expect(rows).toHaveLength(2);
	expect(rows[0]?.id).toBe(rows[1]?.id);
	expect(stored('ana@example.com')?.merge_fields.FNAME).toBe('Anna');
	expect(tagsOf('ana@example.com').sort()).toEqual(['One', 'Two']);
	expect(hints.join()).toContain('1 item had the address of an item before');
});

test('a value of the wrong shape, for which Mailchimp refuses a request whole, costs its own item alone', async () => {
	const body = {
		type: 'https://mailchimp.com/developer/marketing/docs/errors/',
		title: 'Invalid Resource',
		status: 400,
		detail:
			"The resource submitted could not be validated. For field-specific details, see the 'errors' array.",
		errors: [{ field: 'language', message: 'Schema describes string, NULL found instead' }],
	};
	const refused = {
		service: 'mailchimp',
		method: 'POST',
		kind: 'status',
		status: 400,
		body,
		times: 2,
	} as const;
	sandbox.current.faults.add(refused);
	const { done, problems } = await performSome(sandbox.current, 'member.upsert', each, people(2));
	expect(problems).toMatchObject([
		{ error: 'Mailchimp refused the value of “language”', details: { item: 0 } },
	]);
	expect(done.map(({ json }) => json.email_address)).toEqual(['person1@example.com']);
	expect(asked(sandbox.current)).toHaveLength(3);
});

test('an IP address and a place are checked before anything is sent', async () => {
	const { done, problems } = await performSome(
		sandbox.current,
		'member.upsert',
		{ ...each, options: { ipSignup: '={{ $json.ip }}', location: '={{ $json.place }}' } },
		[
			{ ...people(1)[0]!, email: 'a@example.com', ip: 'abc', place: '1, 2' },
			{ ...people(1)[0]!, email: 'b@example.com', ip: '2001:db8::7', place: '91, 2' },
			{ ...people(1)[0]!, email: 'c@example.com', ip: '2001:db8::7', place: '-90, 180' },
		],
	);
	expect(problems.map(({ error }) => error)).toEqual([
		"'IP Address of Signup' is no IP address: “abc”",
		"'Location' is “91, 2”",
	]);
	expect(done).toHaveLength(1);
	expect(stored('c@example.com')).toMatchObject({ ip_signup: '2001:db8::7' });
});

describe('of two items about one contact the later counts, wherever in the run they stand', () => {
	const rows = (first: object, last: object) => {
		const all = people(600).map((row) => ({ ...row, status: 'subscribed', tagMode: 'add' }));
		Object.assign(all[0]!, { email: 'Twice@Example.com', ...first });
		Object.assign(all[599]!, { email: ' twice@example.com', ...last });
		return all;
	};
	const run = async (all: object[]) =>
		await performSome(
			sandbox.current,
			'member.upsert',
			{ ...each, status: '={{ $json.status }}', tagMode: '={{ $json.tagMode }}' },
			all as never,
		);

	test('also when the request with the first one had to wait', async () => {
		sandbox.current.faults.add({ service: 'mailchimp', method: 'POST', kind: 'status', status: 429 });
		const { done, hints } = await run(rows({ name: 'old' }, { name: 'NEW' }));
		expect(done).toHaveLength(600);
		expect(stored('twice@example.com')?.merge_fields.FNAME).toBe('NEW');
		expect(hints.join()).toContain('1 item had the address of an item before');
	});

	test('subscribed, then unsubscribed', async () => {
		sandbox.current.faults.add({ service: 'mailchimp', method: 'POST', kind: 'status', status: 429 });
		const { problems } = await run(rows({ status: 'subscribed' }, { status: 'unsubscribed' }));
		expect(problems).toEqual([]);
		expect(stored('twice@example.com')?.status).toBe('unsubscribed');
	});

	test('also when what they say of the tags keeps them in requests of their own', async () => {
		const all = rows({ name: 'old', tags: 'One' }, { name: 'NEW', tags: 'Two' });
		for (const row of all.slice(100)) row.tagMode = 'replace';
		const { problems } = await run(all);
		expect(problems).toEqual([]);
		expect(stored('twice@example.com')?.merge_fields.FNAME).toBe('NEW');
		expect(tagsOf('twice@example.com')).toEqual(['Two']);
	});
});

test('emoji and Chinese arrive as they are', async () => {
	const { rows } = await perform(sandbox.current, 'member.upsert', each, [
		{ email: 'li@example.com', name: '李雷 🎉', tags: '研发部' },
	]);
	expect(rows[0]).toMatchObject({ full_name: '李雷 🎉', tags: [{ name: '研发部' }] });
});

describe('tags', () => {
	const upsert = async (tags: unknown, tagMode: string) =>
		await performSome(sandbox.current, 'member.upsert', { ...each, tagMode }, [
			{ email: 'a@example.com', name: 'A', tags },
		]);

	test('are added, put in place of the others, and never wiped by an empty column', async () => {
		await upsert('One, Two', 'add');
		await upsert('', 'add');
		expect(tagsOf('a@example.com').sort()).toEqual(['One', 'Two']);
		await upsert(['Three'], 'replace');
		expect(tagsOf('a@example.com')).toEqual(['Three']);
		const { problems } = await upsert([], 'replace');
		expect(problems[0]?.error).toMatch(/^'Tags' is empty, and all other tags are to be removed/);
		expect(tagsOf('a@example.com')).toEqual(['Three']);
		await upsert('', 'replaceOrEmpty');
		expect(tagsOf('a@example.com')).toEqual([]);
	});

	test('are taken as Get gives them, and as a column holds a list; what is no name is never made a tag', async () => {
		await upsert('["One", "Two"]', 'add');
		const { rows } = await perform(sandbox.current, 'member.get', { member: 'a@example.com' });
		await upsert(rows[0]?.tags, 'replace');
		expect(tagsOf('a@example.com').sort()).toEqual(['One', 'Two']);
		await upsert([null, '', 'Three'], 'replace');
		expect(tagsOf('a@example.com')).toEqual(['Three']);
		const { problems } = await upsert([{ department: 'Sales' }], 'add');
		expect(problems[0]).toMatchObject({
			error: "'Tags' has lists or objects where texts are expected",
			details: { item: 0, remedy: expect.stringContaining('$json.list.map((entry) => entry.name)') },
		});
		expect(tagsOf('a@example.com')).toEqual(['Three']);
	});

	test('of 101 characters are an error of the item', async () => {
		const { problems } = await upsert('x'.repeat(101), 'add');
		expect(problems[0]?.error).toMatch(/^'Tags' has a tag of 101 characters/);
	});
});

describe('merge fields', () => {
	const upsert = async (values: Record<string, unknown>, options = {}) =>
		await performSome(
			sandbox.current,
			'member.upsert',
			{ emailAddress: 'a@example.com', mergeFields: mapped(values), options },
			[{}],
		);

	test('of every type', async () => {
		await upsert({
			FNAME: 'Ana',
			'ADDRESS:addr1': '1 Main St',
			'ADDRESS:city': 'Berlin',
			'ADDRESS:state': 'BE',
			'ADDRESS:zip': '10115',
			'BIRTHDAY:birthday': '1990-11-26',
		});
		expect(stored('a@example.com')?.merge_fields).toMatchObject({
			FNAME: 'Ana',
			ADDRESS: { addr1: '1 Main St', city: 'Berlin', state: 'BE', zip: '10115' },
			BIRTHDAY: '11/26',
		});
	});

	test('that the audience lacks are told, and all else is written', async () => {
		const { problems } = await upsert({ FNAME: 'Ana', NICK: 'A' });
		expect(problems[0]?.error).toMatch(/^The audience has no merge field NICK: Mailchimp left it out/);
		expect(stored('a@example.com')?.merge_fields.FNAME).toBe('Ana');
	});

	test('of the wrong type, and required ones without a value, name the field and what to do', async () => {
		const wrong = await upsert({ 'BIRTHDAY:birthday': 'soon' });
		expect(wrong.problems[0]?.error).toBe("'Merge Fields' has no birthday for BIRTHDAY: “soon”");
		const half = await upsert({ 'ADDRESS:city': 'Berlin' });
		expect(half.problems[0]).toMatchObject({
			error: expect.stringMatching(/does not take the value of the merge field ADDRESS/),
			details: { field: 'Merge Fields: ADDRESS' },
		});
		sandbox.current.mailchimp.audience.mergeFields.get(2)!.required = true;
		const missing = await upsert({ FNAME: 'Ana' });
		expect(missing.problems[0]?.error).toMatch(/requires the merge field LNAME/);
		const skipped = await upsert({ FNAME: 'Ana' }, { skipMergeValidation: true });
		expect(skipped.done).toHaveLength(1);
	});

	test('are emptied by JSON', async () => {
		await upsert({ FNAME: 'Ana' });
		await upsert({}, { mergeFieldsJson: '{"FNAME":""}' });
		expect(stored('a@example.com')?.merge_fields.FNAME).toBe('');
	});
});

test('an audience that is a name, and one that is not there', async () => {
	const at = async (audience: string) =>
		(await performSome(sandbox.current, 'member.upsert', { ...each, audience }, people(2))).problems;
	expect((await at('My News')).map(({ error }) => error)).toEqual(
		Array(2).fill("'Audience' is not an ID: “My News”"),
	);
	expect((await at('ffffffffff')).map(({ error }) => error)).toEqual(
		Array(2).fill('Mailchimp does not have it'),
	);
});

test('a lost answer is asked for again, since doing it twice does no harm', async () => {
	sandbox.current.faults.add({ service: 'mailchimp', method: 'POST', kind: 'resetAfter' });
	const { rows } = await perform(sandbox.current, 'member.upsert', each, people(3));
	expect(rows).toHaveLength(3);
	expect(sandbox.current.mailchimp.audience.members.size).toBe(3);
});

test('a 429, a 403 without a body and a page of the CDN are waited out', async () => {
	sandbox.current.faults.add({ service: 'mailchimp', method: 'POST', kind: 'status', status: 429 });
	sandbox.current.faults.add({ service: 'mailchimp', method: 'POST', kind: 'emptyBody', status: 403 });
	sandbox.current.faults.add({ service: 'mailchimp', method: 'POST', kind: 'html' });
	const { rows } = await perform(sandbox.current, 'member.upsert', each, people(1));
	expect(rows).toHaveLength(1);
});

test('never more than ten connections of the user, and the user is asked for once', async () => {
	const { rows } = await perform(sandbox.current, 'member.get', { member: '={{ $json.email }}' }, []);
	expect(rows).toEqual([]);
	await perform(sandbox.current, 'member.upsert', each, people(40));
	sandbox.current.requests.clear();
	await perform(sandbox.current, 'member.get', { member: '={{ $json.email }}' }, people(40));
	expect(sandbox.current.requests.list({ service: 'mailchimp' })).toHaveLength(40);
	expect(sandbox.current.mailchimp.connections).toMatchObject({ refused: 0 });
	expect(sandbox.current.mailchimp.connections.peak).toBeLessThanOrEqual(10);
});
