import type { IDataObject } from 'n8n-workflow';
import { addAudience } from '../../../../sandbox/services/mailchimp/lists';
import type { Campaign, CampaignActivity } from '../../../../sandbox/services/mailchimp/records';
import { byId } from '../../../../scripts/faults/scene';
import { PollHost } from '../../../support/pollHost';
import { credentialFor, useSandbox } from '../../../support/services';
import { withCampaign, withMember } from '../campaign/support';
import { AUDIENCE, asked, perform } from '../operations';

const sandbox = useSandbox();
const mailchimp = () => sandbox.current.mailchimp;
const trigger = (event: string, parameters: IDataObject = {}) =>
	new PollHost({
		type: 'mailchimpActivityTrigger',
		parameters: { event, ...parameters } as never,
		credentials: credentialFor(sandbox.current, 'mailOpsMailchimpApi'),
	});
const polled = async (host: PollHost, mode?: 'manual') => (await host.poll(mode)).map(({ json }) => json);
const now = () => new Date().toISOString().replace(/\.\d+Z$/, '+00:00');
/** Times are of whole seconds: what happens in the second of the start may be before it. */
const aSecond = async () => await new Promise((resolve) => setTimeout(resolve, 1_100));

const sent = (more: Partial<Campaign> = {}) =>
	withCampaign(mailchimp(), { status: 'sent', sends: 1, emails_sent: 2, send_time: now(), ...more });

function did(campaign: Campaign, email: string, ...done: CampaignActivity[]): void {
	const { id } = mailchimp().audience.find(email) ?? withMember(mailchimp(), email);
	campaign.activity.set(id, [...(campaign.activity.get(id) ?? []), ...done]);
}
const open = (): CampaignActivity => ({ action: 'open', timestamp: now() });
const click = (url: string): CampaignActivity => ({ action: 'click', timestamp: now(), url });

async function started(event: string, parameters?: IDataObject): Promise<PollHost> {
	const host = trigger(event, parameters);
	expect(await polled(host)).toEqual([]);
	await aSecond();
	sandbox.current.requests.clear();
	return host;
}

test('opens of two campaigns are told once each, with who and when; none costs more than one request', async () => {
	const [one, two] = [
		sent().campaign,
		sent({ settings: { title: '新闻 🎉', subject_line: 'Zwei' } }).campaign,
	];
	did(one, 'before@example.org', { action: 'open', timestamp: new Date(Date.now() - 60_000).toISOString() });
	const host = await started('emailOpened');
	did(one, 'ana@example.org', open());
	did(two, '安娜@例子.测试', open(), click('https://example.org/shop'));
	const rows = await polled(host);
	expect(rows).toHaveLength(2);
	expect(rows).toEqual(
		expect.arrayContaining([
			expect.objectContaining({
				campaign_id: one.id,
				campaign_title: 'November',
				email_address: 'ana@example.org',
				timestamp: expect.stringMatching(/^\d{4}-/),
			}),
			expect.objectContaining({ campaign_title: '新闻 🎉', email_address: '安娜@例子.测试' }),
		]),
	);
	expect(rows[0]).not.toHaveProperty('_links');
	sandbox.current.requests.clear();
	expect(await polled(host)).toEqual([]);
	await aSecond();
	did(one, 'ana@example.org', open());
	expect(await polled(host)).toMatchObject([{ email_address: 'ana@example.org' }]);
});

test('where nothing happened lately one request is all', async () => {
	const { campaign } = sent();
	did(campaign, 'ana@example.org', { action: 'open', timestamp: '2026-01-01T00:00:00+00:00' });
	const host = await started('emailOpened');
	expect(await polled(host)).toEqual([]);
	expect(asked(sandbox.current)).toEqual([expect.stringMatching(/^GET \/reports\?/)]);
});

test('clicks are told with the address of the link, opens are not among them', async () => {
	const { campaign, chosen } = sent();
	const host = await started('linkClicked', chosen);
	did(campaign, 'ana@example.org', open(), click('https://example.org/a'), click('https://example.org/b'));
	did(sent().campaign, 'ben@example.org', click('https://example.org/other'));
	const rows = await polled(host);
	expect(rows.map(({ url }) => url)).toEqual(['https://example.org/a', 'https://example.org/b']);
	expect(rows[0]).toMatchObject({ email_address: 'ana@example.org', campaign_id: campaign.id });
	expect(rows[0]).not.toHaveProperty('action');
	expect(await polled(host)).toEqual([]);
});

test('2,500 opens between two polls come whole, over several pages, and each once', async () => {
	const { campaign } = sent();
	const host = await started('emailOpened');
	for (let i = 0; i < 2_500; i++) did(campaign, `p${i}@example.org`, open());
	const rows = await polled(host);
	expect(new Set(rows.map(({ email_address: address }) => address)).size).toBe(2_500);
	expect(rows).toHaveLength(2_500);
	expect(await polled(host)).toEqual([]);
});

test('where n8n’s clock is ahead, what happens right after the start is told', async () => {
	mailchimp().moveMinutes(-120);
	const { campaign } = sent();
	const host = await started('emailOpened');
	const timestamp = mailchimp().now().toISOString();
	did(campaign, 'ana@example.org', { action: 'open', timestamp });
	expect(await polled(host)).toMatchObject([{ email_address: 'ana@example.org' }]);
	expect(await polled(host)).toEqual([]);
});

test('a poll that fails half-way loses nothing: the next tells all', async () => {
	const { campaign } = sent();
	const host = await started('emailOpened');
	for (let i = 0; i < 1_500; i++) did(campaign, `p${i}@example.org`, open());
	sandbox.current.faults.add({
		service: 'mailchimp',
		path: /open-details/,
		kind: 'status',
		status: 403,
		after: 1,
	});
	await expect(polled(host)).rejects.toThrow();
	expect(await polled(host)).toHaveLength(1_500);
});

test('what happened while n8n was off is told, from the time it was switched on', async () => {
	const host = trigger('campaignSent');
	await polled(host);
	// Three days ago, as n8n has stored it.
	const state = Object.values(host.saved)[0] as IDataObject;
	const ago = Date.now() - 3 * 24 * 60 * 60_000;
	Object.assign(state, { cursor: ago, startedAt: ago });
	const at = (hours: number) =>
		new Date(ago + hours * 60 * 60_000).toISOString().replace(/\.\d+Z$/, '+00:00');
	const missed = sent({ send_time: at(30), settings: { title: 'Missed' } }).campaign;
	sent({ send_time: at(-30), settings: { title: 'Before' } });
	sent({ status: 'sending', sends: 0, send_time: at(31), settings: { title: 'Under way' } });
	expect(await polled(host)).toMatchObject([{ id: missed.id, status: 'sent' }]);
	expect(await polled(host)).toEqual([]);
});

test('a campaign that takes hours to be sent is told when that is done', async () => {
	const host = await started('campaignSent');
	const { campaign } = sent({ status: 'sending' });
	expect(await polled(host)).toEqual([]);
	await aSecond();
	campaign.status = 'sent';
	expect(await polled(host)).toMatchObject([{ id: campaign.id }]);
	expect(await polled(host)).toEqual([]);
});

test('only campaigns to the chosen audience', async () => {
	const other = addAudience(mailchimp(), { name: 'Press' }, 'bbbbbbbbbb');
	const host = await started('campaignCreated', { audience: byId(other.id) });
	withCampaign(mailchimp(), { create_time: now() });
	const { campaign } = withCampaign(mailchimp(), {
		create_time: now(),
		recipients: { list_id: other.id },
	});
	expect((await polled(host)).map(({ id }) => id)).toEqual([campaign.id]);
});

test('new orders and customers of a store, whole; the list is read with IDs and times only', async () => {
	const store = 'tea-house';
	const make = async (operation: string, form: IDataObject) =>
		await perform(sandbox.current, operation, { store, ...form });
	await make('store.upsert', { id: store, name: 'Tea House', currency: 'eur' });
	const customers = await started('customerCreated', { store: byId(store) });
	const orders = await started('orderPlaced', { store: byId(store) });
	await make('customer.upsert', { id: 'ana', emailAddress: 'ana@example.org', optIn: true });
	const variants = { variant: [{ id: 'g100', title: '100 g', price: 4.5 }] };
	await make('product.upsert', { id: 'green', title: '绿茶 🍵', variants });
	const line = { id: 'l1', product: 'green', variant: 'g100', quantity: 2, price: 4.5 };
	const order = { customer: 'ana', currency: 'EUR', total: 9, lines: { line: [line] } };
	await make('order.upsert', { ...order, id: 'o1', options: { processedAt: now() } });
	await make('order.upsert', { ...order, id: 'old', options: { processedAt: '2026-01-31T09:05:07Z' } });
	sandbox.current.requests.clear();
	expect(await polled(customers)).toMatchObject([{ id: 'ana', email_address: 'ana@example.org' }]);
	expect(await polled(orders)).toMatchObject([{ id: 'o1', order_total: 9, lines: [{ id: 'l1' }] }]);
	expect(asked(sandbox.current)).toHaveLength(4);
	expect(await polled(customers)).toEqual([]);
	expect(await polled(orders)).toEqual([]);
});

test.each([
	[
		'audienceCreated',
		{},
		() => void addAudience(mailchimp(), { name: 'Press 新' }, 'bbbbbbbbbb'),
		{ id: 'bbbbbbbbbb', name: 'Press 新' },
	],
	[
		'segmentCreated',
		{ audience: byId(AUDIENCE) },
		async () => await perform(sandbox.current, 'tag.create', { name: 'VIP 🎉', audience: byId(AUDIENCE) }),
		{ name: 'VIP 🎉', type: 'static' },
	],
	[
		'segmentUpdated',
		{ audience: byId(AUDIENCE) },
		async () => {
			const inAudience = { audience: byId(AUDIENCE) };
			const { rows } = await perform(sandbox.current, 'tag.create', { name: 'Old', ...inAudience });
			const tag = String(rows[0]!.id);
			mailchimp().audience.segments.get(Number(tag))!.created_at = '2026-01-31T09:05:07+00:00';
			await perform(sandbox.current, 'tag.rename', { tag, name: 'New', ...inAudience });
		},
		{ name: 'New', type: 'static' },
	],
] as Array<[string, IDataObject, () => unknown, IDataObject]>)(
	'%s',
	async (event, parameters, happen, row) => {
		// The audience that is there was not made in the very second in which the trigger starts.
		Object.assign(mailchimp().audience, { createdAt: '2026-01-31T09:05:07+00:00' });
		const host = await started(event, parameters);
		await happen();
		sandbox.current.requests.clear();
		expect(await polled(host)).toMatchObject([row]);
		expect(asked(sandbox.current)).toHaveLength(1);
		expect(await polled(host)).toEqual([]);
	},
);

test('a run by hand shows the newest three and stores nothing', async () => {
	const { campaign } = sent();
	for (let i = 0; i < 5; i++)
		did(campaign, `p${i}@example.org`, {
			action: 'open',
			timestamp: new Date(Date.now() - (10 - i) * 60_000).toISOString(),
		});
	const host = trigger('emailOpened');
	expect((await polled(host, 'manual')).map(({ email_address: address }) => address)).toEqual([
		'p2@example.org',
		'p3@example.org',
		'p4@example.org',
	]);
	expect(host.saved).toEqual({});
});

test('another thing to watch begins anew: nothing of what was before is told', async () => {
	const { campaign } = sent();
	const host = await started('emailOpened');
	did(campaign, 'ana@example.org', click('https://example.org/a'));
	Object.assign(host.spec.parameters, { event: 'linkClicked' });
	expect(await polled(host)).toEqual([]);
});

test.each([
	['segmentCreated', {}, "'Audience' is empty"],
	['segmentCreated', { audience: byId('News of the week') }, 'is not an ID'],
	['orderPlaced', {}, "'Store' is empty"],
	['emailOpened', { campaign: byId('Our news!') }, "'Campaign' is not an ID"],
	['opened', {}, 'which is not one of its choices'],
])('%s with %j: told in plain words before anything is asked', async (event, parameters, said) => {
	await expect(polled(trigger(event, parameters))).rejects.toThrow(said);
	expect(asked(sandbox.current)).toEqual([]);
});
