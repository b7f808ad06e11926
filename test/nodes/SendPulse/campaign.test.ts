import { FIRST_LIST } from '../../../sandbox/services/sendpulse/account';
import { NODE } from '../../support/runNode';
import { useSandbox } from '../../support/services';
import { byId, problem, run } from './support';

const sandbox = useSandbox();
beforeEach(() => {
	sandbox.current.sendpulse.settings.requestsPerSecond = 1000;
});
const account = () => sandbox.current.sendpulse.account;
const campaigns = () => [...account().campaigns.values()];
const posts = () =>
	sandbox.current.requests.list().filter(({ method, path }) => method === 'POST' && path === '/campaigns');

const FORM = {
	name: 'Spring sale',
	when: 'now',
	recipients: 'list',
	list: byId(FIRST_LIST),
	sender: byId('shop@example.com'),
	senderName: 'Example Shop',
	subject: 'Half price',
	content: 'html',
	html: '<p>Häppy</p>',
};
const create = async (form: object = {}, more = {}) =>
	await run(sandbox.current, 'campaign.create', { ...FORM, ...form }, more);

describe('creating', () => {
	test('the words are encoded, and the answer says how many it goes to', async () => {
		const done = await create();
		expect(done.error).toBeUndefined();
		expect(campaigns()).toMatchObject([
			{
				name: 'Spring sale',
				html: '<p>Häppy</p>',
				senderName: 'Example Shop',
				lists: [FIRST_LIST],
				status: 13,
			},
		]);
		expect(done.json(NODE)).toMatchObject([{ id: campaigns()[0]!.id, name: 'Spring sale', count: 1 }]);
	});

	test('a draft, a time, a template, several lists, options and files', async () => {
		const other = sandbox.current.sendpulse.addList('Other', ['ana@x.example']);
		const at = new Date(Date.now() + 3_600_000).toISOString();
		const items = [
			{
				json: {},
				binary: {
					data: { data: Buffer.from('hi').toString('base64'), mimeType: 'text/plain', fileName: 'a.txt' },
				},
			},
		];
		const done = await create(
			{
				when: 'later',
				sendDate: at,
				content: 'template',
				template: byId(7001),
				options: {
					moreLists: String(other.id),
					attachments: 'data',
					clicks: false,
					utmCampaign: 'x',
					dynamic: true,
				},
			},
			{ items },
		);
		expect(done.error).toBeUndefined();
		await create({ when: 'draft' });
		expect(campaigns()).toMatchObject([
			{ lists: [FIRST_LIST, other.id], files: ['a.txt'], html: '<p>Hello {{name}}</p>', count: 2 },
			{ status: 26 },
		]);
		expect(campaigns()[0]!.sendDate).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
	});

	test.each([
		['a past time', { when: 'later', sendDate: '2020-01-01T09:00' }, 'is past'],
		['a day without a time', { when: 'later', sendDate: '2030-01-01' }, 'has no time of day'],
		['no words', { html: '={{ $json.nothing }}' }, "'HTML Body' is empty"],
		['an expression that stayed text', { subject: 'For {{ $json.name }}' }, 'Subject'],
		['eleven lists', { options: { moreLists: '1,2,3,4,5,6,7,8,9,10' } }, 'makes 11 lists'],
		['a list that is no number', { list: byId('news') }, 'not the ID of a list'],
	])('%s is refused before anything is sent', async (_, form, words) => {
		const { error, details } = await problem(sandbox.current, 'campaign.create', { ...FORM, ...form });
		expect(error).toContain(words);
		expect(details).toMatchObject({ outcome: 'notSent' });
		expect(posts()).toEqual([]);
	});

	test('the fifth in an hour is refused in plain words', async () => {
		const items = Array.from({ length: 4 }, () => ({ json: {} }));
		await create({}, { items });
		expect(campaigns()).toHaveLength(4);
		const { error, details } = await problem(sandbox.current, 'campaign.create', FORM);
		expect(error).toContain('Four campaigns an hour');
		expect(details).toMatchObject({ code: '791', outcome: 'refused' });
		expect(details.remedy).toContain('hour');
	});
});

describe('a create whose answer got lost', () => {
	const lose = (kind: 'resetAfter' | 'resetBefore') =>
		sandbox.current.faults.add({ service: 'sendpulse', method: 'POST', path: /\/campaigns$/, kind });

	test('is found again by its name among the newer ones, and not created twice', async () => {
		await create({}, {});
		const [older] = campaigns();
		lose('resetAfter');
		const done = await create();
		expect(done.error).toBeUndefined();
		expect(campaigns()).toHaveLength(2);
		expect(done.json(NODE)[0]).toMatchObject({ id: campaigns()[1]!.id });
		expect(campaigns()[1]!.id).not.toBe(older!.id);
	});

	test('is created once more when it never arrived, however many of that name are older', async () => {
		await create();
		lose('resetBefore');
		const done = await create();
		expect(done.error).toBeUndefined();
		expect(campaigns()).toHaveLength(2);
	});
});

test('a test goes to its sender alone, and is no campaign', async () => {
	const { name: _name, when: _when, ...form } = FORM;
	const done = await run(sandbox.current, 'campaign.test', form);
	expect(done.json(NODE)).toMatchObject([{ sentTo: 'shop@example.com' }]);
	expect(account().tests).toEqual([{ to: 'shop@example.com', subject: 'Half price' }]);
	expect(campaigns()).toEqual([]);
});

describe('one that is there', () => {
	const first = async () => {
		await create();
		const [campaign] = campaigns();
		return { campaign: campaign!, form: { campaign: byId(campaign!.id) } };
	};

	test('is renamed and moved to another time', async () => {
		const { campaign, form } = await first();
		const updateFields = {
			name: 'Summer',
			subject: 'Now',
			sendDate: new Date(Date.now() + 7_200_000).toISOString(),
		};
		await run(sandbox.current, 'campaign.update', { ...form, updateFields });
		expect(campaign).toMatchObject({
			name: 'Summer',
			subject: 'Now',
			sendDate: expect.stringMatching(/^20/),
		});
		const { error } = await problem(sandbox.current, 'campaign.update', { ...form, updateFields: {} });
		expect(error).toContain('names no field to change');
	});

	test('is cancelled once, also when the answer got lost', async () => {
		const { campaign, form } = await first();
		sandbox.current.faults.add({ service: 'sendpulse', method: 'DELETE', kind: 'resetAfter' });
		const done = await run(sandbox.current, 'campaign.cancel', form);
		expect(done.json(NODE)).toEqual([{ id: String(campaign.id), cancelled: true }]);
		const { details } = await problem(sandbox.current, 'campaign.cancel', form);
		expect(details).toMatchObject({ code: '602' });
	});

	test('is read: state, countries, links, one recipient', async () => {
		const { campaign, form } = await first();
		const stats = async (by: string, more = {}) =>
			(await run(sandbox.current, 'campaign.getStatistics', { ...form, by, ...more })).json(NODE);
		expect((await run(sandbox.current, 'campaign.get', form)).json(NODE)).toMatchObject([
			{ id: campaign.id, statistics: [{ explain: 'Sent', count: 1 }, {}, {}] },
		]);
		expect(await stats('countries')).toEqual([]);
		campaign.status = 3;
		expect(await stats('countries')).toEqual([
			{ country: 'DE', count: 2 },
			{ country: 'CN', count: 1 },
		]);
		expect(await stats('referrals')).toEqual([{ link: 'https://example.com/sale', count: 3 }]);
		expect(await stats('email', { email: 'reader@example.com' })).toMatchObject([
			{ email: 'reader@example.com', detail_status_explain: 'Opened' },
		]);
	});

	test('is in the list, the latest first, and in that of its mailing list', async () => {
		await create();
		await create({ name: 'Second' });
		const all = async (filters: object) =>
			(await run(sandbox.current, 'campaign.getAll', { returnAll: true, filters })).json(NODE);
		expect((await all({})).map(({ name }) => name)).toEqual(['Second', 'Spring sale']);
		expect(await all({ list: String(FIRST_LIST) })).toMatchObject([{ task_name: 'Spring sale' }, {}]);
	});
});
