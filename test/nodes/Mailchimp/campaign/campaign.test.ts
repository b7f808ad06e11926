import { byId } from '../../../../scripts/faults/scene';
import { writeMember } from '../../../../sandbox/services/mailchimp/memberRules';
import { officialClient } from '../../../sandbox/mailchimpClient';
import { useSandbox } from '../../../support/services';
import { AUDIENCE, perform, refusal } from '../operations';

const sandbox = useSandbox();
const mailchimp = () => sandbox.current.mailchimp;

const NEWS = {
	subject: 'News 🎉 新闻',
	settings: { fromName: 'Ana', replyTo: 'news@example.com', title: 'November' },
};

beforeEach(() => {
	writeMember(mailchimp(), mailchimp().audience, undefined, {
		given: { email_address: 'ana@example.com', status: 'subscribed' },
		expects: 'new',
		skipMergeValidation: true,
		source: 'admin',
	});
});

async function draft() {
	const { rows } = await perform(sandbox.current, 'campaign.create', NEWS);
	return byId(String(rows[0]!.id));
}

const withContent = async () => {
	const campaign = await draft();
	await perform(sandbox.current, 'campaign.setContent', { campaign, html: '<p>你好 🎉</p>' });
	return campaign;
};

const kept = ({ value }: { value: string | number }) => mailchimp().campaigns.get(String(value))!;

test('only the fields that are chosen come, with the ID', async () => {
	const campaign = await draft();
	const options = { fields: 'status, settings.subject_line' };
	const wanted = { id: String(campaign.value), status: 'save', settings: { subject_line: 'News 🎉 新闻' } };
	expect((await perform(sandbox.current, 'campaign.get', { campaign, options })).rows).toEqual([wanted]);
	expect((await perform(sandbox.current, 'campaign.getAll', { returnAll: true, options })).rows).toEqual([
		wanted,
	]);
});

test('a draft is made, gets its content, is checked, sent once and found among the sent ones', async () => {
	const campaign = await draft();
	expect(kept(campaign).settings).toMatchObject({
		subject_line: 'News 🎉 新闻',
		from_name: 'Ana',
		title: 'November',
	});
	const checked = async () => (await perform(sandbox.current, 'campaign.getChecklist', { campaign })).rows[0];
	expect(await checked()).toMatchObject({ is_ready: false });
	await perform(sandbox.current, 'campaign.setContent', { campaign, html: '<p>你好 🎉</p>' });
	expect(await checked()).toMatchObject({ is_ready: true });
	expect(kept(campaign).content).toEqual({ html: '<p>你好 🎉</p>', plain_text: '你好 🎉' });
	const { rows } = await perform(sandbox.current, 'campaign.send', { campaign });
	expect(rows[0]).toMatchObject({ id: campaign.value, status: 'sent', emails_sent: 1 });
	const sent = await perform(sandbox.current, 'campaign.getAll', {
		returnAll: true,
		filters: { status: 'sent' },
	});
	expect(sent.rows.map(({ id }) => id)).toEqual([campaign.value]);
	const report = await perform(sandbox.current, 'report.get', { campaign });
	expect(report.rows[0]).toMatchObject({ id: campaign.value, emails_sent: 1, opens: { unique_opens: 0 } });
	expect(kept(campaign).sends).toBe(1);
});

test('a campaign that was sent is not sent again, and says when it was', async () => {
	const campaign = await withContent();
	await perform(sandbox.current, 'campaign.send', { campaign });
	const { message, details } = await refusal(sandbox.current, 'campaign.send', { campaign });
	expect(message).toMatch(/^The campaign was sent already, on \d{4}-.* Nothing was sent/);
	expect(details).toMatchObject({ canRetry: false });
	expect(kept(campaign).sends).toBe(1);
});

test('a sending whose answer got lost is looked up by its state', async () => {
	const campaign = await withContent();
	sandbox.current.faults.add({ service: 'mailchimp', method: 'POST', path: /send$/, kind: 'resetAfter' });
	const { rows } = await perform(sandbox.current, 'campaign.send', { campaign });
	expect(rows[0]).toMatchObject({ status: 'sent' });
	expect(kept(campaign).sends).toBe(1);
});

test('one without content says what is missing', async () => {
	const campaign = await draft();
	const { details } = await refusal(sandbox.current, 'campaign.send', { campaign });
	expect(details).toMatchObject({ said: expect.stringContaining('Your campaign has no content.') });
	expect((await refusal(sandbox.current, 'report.get', { campaign })).message).toBe(
		'Mailchimp does not have it',
	);
	expect(kept(campaign).sends).toBe(0);
});

test('it is scheduled for a quarter of an hour, and made a draft again', async () => {
	const campaign = await withContent();
	const at = async (time: string) => await refusal(sandbox.current, 'campaign.schedule', { campaign, time });
	expect((await at('2099-11-26T10:07:00Z')).message).toMatch(/quarters of an hour only/);
	expect((await at('2099-11-26')).message).toMatch(/has no time of day/);
	const { rows } = await perform(sandbox.current, 'campaign.schedule', {
		campaign,
		time: '2099-11-26T10:15:00Z',
	});
	expect(rows[0]).toMatchObject({ status: 'schedule', send_time: '2099-11-26T10:15:00+00:00' });
	expect((await perform(sandbox.current, 'campaign.unschedule', { campaign })).rows[0]).toMatchObject({
		status: 'save',
	});
	const { details } = await refusal(sandbox.current, 'campaign.schedule', {
		campaign,
		time: '2020-11-26T10:15:00Z',
	});
	expect(details).toMatchObject({ said: expect.stringContaining('has passed') });
});

test('settings are changed, sections of a template filled in, and it is deleted', async () => {
	const campaign = await draft();
	await perform(sandbox.current, 'campaign.update', {
		campaign,
		settings: { subject: 'Other', previewText: 'See' },
	});
	expect(kept(campaign).settings).toMatchObject({
		subject_line: 'Other',
		preview_text: 'See',
		from_name: 'Ana',
	});
	const { rows } = await perform(sandbox.current, 'template.create', {
		name: 'Letter',
		html: '<div mc:edit="header"></div><div mc:edit="body">Bye</div>',
	});
	const sections = { header: '<h1>Hi</h1>' };
	await perform(sandbox.current, 'campaign.setContent', {
		campaign,
		source: 'template',
		template: byId(String(rows[0]!.id)),
		sections,
	});
	expect(kept(campaign).content.html).toMatch(/<h1>Hi<\/h1>.*Bye/);
	await perform(sandbox.current, 'campaign.setContent', { campaign, source: 'text', text: 'Plain' });
	expect(kept(campaign).content.plain_text).toBe('Plain');
	await perform(sandbox.current, 'campaign.delete', { campaign });
	expect(mailchimp().campaigns.size).toBe(0);
});

test('a title in the place of an ID, a tag by its name, and a change of nothing say what to do', async () => {
	const named = await refusal(sandbox.current, 'campaign.get', { campaign: byId('My News') });
	expect(named.message).toBe("'Campaign' is not an ID: “My News”");
	const tag = await refusal(sandbox.current, 'campaign.create', { ...NEWS, segment: 'Staff' });
	expect(tag.message).toBe("'Segment or Tag' is not a number: “Staff”");
	const nothing = await refusal(sandbox.current, 'campaign.update', {
		campaign: byId('cafe000009'),
		settings: {},
	});
	expect(nothing.message).toMatch(/names nothing to change/);
});

test('Mailchimp’s own client finds the stand-in as it expects it', async () => {
	const client = officialClient(sandbox.current);
	const made = await client.campaigns.create!({
		type: 'regular',
		recipients: { list_id: AUDIENCE },
		settings: { subject_line: 'News', from_name: 'A', reply_to: 'a@example.com' },
	});
	await client.campaigns.setContent!(made.id, { html: '<p>News</p>' });
	expect(await client.campaigns.getSendChecklist!(made.id)).toMatchObject({ is_ready: true });
	const copy = await client.campaigns.replicate!(made.id);
	expect(copy).toMatchObject({ status: 'save', settings: { subject_line: 'News' } });
	await client.campaigns.send!(made.id);
	expect(await client.campaigns.get!(made.id)).toMatchObject({ status: 'sent', emails_sent: 1 });
	expect(await client.campaigns.list!({ status: 'sent' })).toMatchObject({ total_items: 1 });
	expect(await client.reports.getCampaignReport!(made.id)).toMatchObject({ emails_sent: 1 });
	await client.campaigns.remove!(copy.id);
	await expect(client.campaigns.get!(copy.id)).rejects.toMatchObject({ status: 404 });
});
