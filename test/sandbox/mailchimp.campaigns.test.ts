import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Sandbox, startSandbox } from '../../sandbox';
import { writeMember } from '../../sandbox/services/mailchimp/memberRules';
import type { OpenApi } from '../../sandbox/shell/table/openapi';
import { answerFaults } from '../support/description';
import { mailchimpCall, officialClient, refusal } from './mailchimpClient';

type Json = Record<string, unknown>;

const spec = JSON.parse(
	readFileSync(join(__dirname, '../fixtures/openapi/mailchimp.json'), 'utf8'),
) as OpenApi;

let sandbox: Sandbox;
let client: ReturnType<typeof officialClient>;
beforeAll(async () => {
	sandbox = await startSandbox();
	client = officialClient(sandbox);
});
afterAll(async () => await sandbox.close());
beforeEach(() => {
	sandbox.reset();
	for (const name of ['ana', 'ben'])
		writeMember(sandbox.mailchimp, sandbox.mailchimp.audience, undefined, {
			given: { email_address: `${name}@example.org`, status: 'subscribed' },
			expects: 'new',
			skipMergeValidation: true,
			source: 'admin',
		});
});

const LIST = 'a1b2c3d4e5';
const ONE = '/campaigns/{campaign_id}';

/**
 * What of an answer the description does not know, or has of another type. What it may leave out is not asked for, and what was
 * not sent has an empty time. Copies are described as campaigns are, but for whether their audience is active.
 */
const faults = (method: string, path: string, answer: unknown) =>
	answerFaults(spec, method, path, 200, answer).filter(
		(one) => !/answers no |send_time should match format|actions.*list_is_active too/.test(one),
	);

const made = async (more: Json = {}) => {
	const campaign = await client.campaigns.create!({
		type: 'regular',
		recipients: { list_id: LIST },
		settings: { subject_line: 'News', from_name: 'A', reply_to: 'a@example.org' },
		...more,
	});
	await client.campaigns.setContent!(campaign.id, { html: '<p>News</p>' });
	return String(campaign.id);
};

test('what the official client asks of campaigns is answered as the description says', async () => {
	const { campaigns } = client;
	const id = await made();
	expect(faults('GET', `${ONE}/content`, await campaigns.getContent!(id))).toEqual([]);
	expect(faults('GET', ONE, await campaigns.get!(id))).toEqual([]);
	expect(faults('GET', '/campaigns', await campaigns.list!({ count: 5 }))).toEqual([]);
	const search = await client.searchCampaigns.search!('news');
	expect(search).toMatchObject({ total_items: 1, results: [{ campaign: { id } }] });
	expect(faults('GET', '/search-campaigns', search)).toEqual([]);
	await campaigns.sendTestEmail!(id, { test_emails: ['me@example.org'], send_type: 'html' });
	expect(sandbox.mailchimp.campaigns.get(id)!.tests).toEqual([['me@example.org']]);
	await campaigns.send!(id);
	const copy = await campaigns.replicate!(id);
	expect(faults('POST', `${ONE}/actions/replicate`, copy)).toEqual([]);
	const resend = await mailchimpCall(sandbox, 'POST', `/campaigns/${id}/actions/create-resend`, {
		shortcut_type: 'to_non_openers',
	});
	expect(resend.body).toMatchObject({ status: 'save', recipients: { recipient_count: 2 } });
	expect(faults('POST', `${ONE}/actions/create-resend`, resend.body)).toEqual([]);
});

test('what Mailchimp does not do is refused', async () => {
	const { campaigns } = client;
	const id = await made();
	const act = async (name: string, body?: Json) =>
		(await mailchimpCall(sandbox, 'POST', `/campaigns/${id}/actions/${name}`, body ?? {})).status;
	expect(await act('create-resend')).toBe(400);
	expect(await act('pause')).toBe(400);
	expect(await act('resume')).toBe(400);
	expect(await act('cancel-send')).toBe(403);
	sandbox.mailchimp.settings.pro = true;
	expect(await act('cancel-send')).toBe(400);
	expect(await act('test', { test_emails: [], send_type: 'html' })).toBe(400);
	expect(await act('test', { test_emails: ['nobody'], send_type: 'html' })).toBe(400);
	expect(await act('test', { test_emails: ['a@example.org'], send_type: 'text' })).toBe(400);
	expect((await refusal(campaigns.list!({ status: 'draft' }))).status).toBe(400);
	await campaigns.send!(id);
	expect(await act('create-resend', { shortcut_type: 'to_everybody' })).toBe(400);
	expect((await refusal(campaigns.update!(id, { settings: { title: 'x' } }))).status).toBe(400);
});

test('one that is driven by a feed goes out until it is paused', async () => {
	const { campaigns } = client;
	const id = await made({
		type: 'rss',
		rss_opts: { feed_url: 'https://example.org/feed', frequency: 'daily' },
	});
	await campaigns.send!(id);
	expect(await campaigns.get!(id)).toMatchObject({ status: 'sending' });
	await campaigns.pause!(id);
	expect(await campaigns.get!(id)).toMatchObject({ status: 'paused' });
	await campaigns.resume!(id);
	expect(await campaigns.get!(id)).toMatchObject({ status: 'sending' });
	expect((await refusal(campaigns.replicate!(id))).status).toBe(400);
});

test('templates as the official client asks for them', async () => {
	const { templates } = client;
	const given = { name: 'Letter', html: '<div mc:edit="body">Hi</div>' };
	const template = await templates.create!(given);
	const path = '/templates/{template_id}';
	expect(faults('POST', '/templates', template)).toEqual([]);
	expect(faults('GET', path, await templates.getTemplate!(template.id))).toEqual([]);
	const content = await templates.getDefaultContentForTemplate!(template.id);
	expect(content).toMatchObject({ sections: { body: 'Hi' } });
	expect(faults('GET', `${path}/default-content`, content)).toEqual([]);
	expect(await templates.updateTemplate!(template.id, { ...given, name: 'Card' })).toMatchObject({
		name: 'Card',
	});
	const list = await templates.list!({ sortField: 'name', type: 'user' });
	expect(list).toMatchObject({ total_items: 1 });
	expect(faults('GET', '/templates', list)).toEqual([]);
	const id = await made();
	const fill = async (body: Json) => await client.campaigns.setContent!(id, { template: body });
	expect(await fill({ id: template.id, sections: { body: 'Yo' } })).toMatchObject({
		html: '<div mc:edit="body">Yo</div>',
	});
	expect((await refusal(fill({ id: template.id, sections: { head: 'Yo' } }))).status).toBe(400);
	await templates.deleteTemplate!(template.id);
	expect(await templates.getTemplate!(template.id)).toMatchObject({ active: false });
	expect(await templates.list!()).toMatchObject({ total_items: 0 });
	expect((await refusal(fill({ id: template.id }))).status).toBe(400);
	expect((await refusal(templates.create!({ name: 'x' }))).status).toBe(400);
	expect((await refusal(templates.create!({ ...given, folder_id: 'f9' }))).status).toBe(400);
	expect((await refusal(templates.deleteTemplate!(99))).status).toBe(404);
});

test('reports as the official client asks for them', async () => {
	const { reports } = client;
	const id = await made();
	await client.campaigns.setContent!(id, { html: '<a href="https://example.org/shop">Shop</a>' });
	expect((await refusal(reports.getCampaignReport!(id))).status).toBe(404);
	await client.campaigns.send!(id);
	const [ana, ben] = [...sandbox.mailchimp.campaigns.get(id)!.activity.values()];
	const timestamp = '2026-11-01T10:00:00+00:00';
	ana!.push({ action: 'open', timestamp }, { action: 'click', timestamp, url: 'https://example.org/shop' });
	ben!.push({ action: 'unsubscribe', timestamp });
	const one = '/reports/{campaign_id}';
	const check = async (path: string, answer: Promise<Json>, rows: string, total: number) => {
		const given = await answer;
		expect(faults('GET', path, given)).toEqual([]);
		expect([path, given[rows], given.total_items]).toEqual([path, expect.any(Array), total]);
		return given[rows] as Json[];
	};
	await check('/reports', reports.getAllCampaignReports!(), 'reports', 1);
	expect(faults('GET', one, await reports.getCampaignReport!(id))).toEqual([]);
	await check(`${one}/open-details`, reports.getCampaignOpenDetails!(id), 'members', 1);
	const [link] = await check(`${one}/click-details`, reports.getCampaignClickDetails!(id), 'urls_clicked', 1);
	const clickers = reports.getSubscribersInfo!(id, link!.id);
	const [clicker] = await check(`${one}/click-details/{link_id}/members`, clickers, 'members', 1);
	expect(clicker).toMatchObject({ email_address: 'ana@example.org', clicks: 1 });
	await check(`${one}/unsubscribed`, reports.getUnsubscribedListForCampaign!(id), 'unsubscribes', 1);
	await check(`${one}/sent-to`, reports.getCampaignRecipients!(id), 'sent_to', 2);
	await check(`${one}/email-activity`, reports.getEmailActivityForCampaign!(id), 'emails', 2);
	const hash = String(clicker!.email_id);
	const hers = await reports.getEmailActivityForSubscriber!(id, hash);
	expect(faults('GET', `${one}/email-activity/{subscriber_hash}`, hers)).toEqual([]);
	expect(hers.activity).toHaveLength(2);
	expect((await refusal(reports.getSubscribersInfo!(id, 'nolink'))).status).toBe(404);
});
