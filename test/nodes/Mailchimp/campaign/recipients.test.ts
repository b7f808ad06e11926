import { newTag } from '../../../../sandbox/services/mailchimp/audience';
import { byId } from '../../../../scripts/faults/scene';
import { useSandbox } from '../../../support/services';
import { AUDIENCE, asked, perform, refusal } from '../operations';
import { withCampaign, withMember } from './support';

const sandbox = useSandbox();
const mailchimp = () => sandbox.current.mailchimp;

function withTag(...addresses: string[]) {
	const tag = newTag(mailchimp().newId(), 'Staff', mailchimp().stamp());
	mailchimp().audience.segments.set(tag.id, tag);
	for (const address of addresses) tag.hashes.set(withMember(mailchimp(), address).id, mailchimp().stamp());
	return tag;
}

test('a campaign goes to those with a tag only, and is counted as it was asked for', async () => {
	const tag = withTag('ana@example.org');
	withMember(mailchimp(), 'ben@example.org');
	mailchimp().campaignFolders.set('f1', { id: 'f1', name: 'Letters' });
	const { rows } = await perform(sandbox.current, 'campaign.create', {
		subject: 'News',
		segment: byId(tag.id),
		settings: {
			fromName: 'Ana',
			replyTo: 'news@example.org',
			folder: 'f1',
			inlineCss: true,
			trackOpens: false,
			trackTextClicks: true,
			googleAnalytics: 'nov',
		},
	});
	expect(rows[0]).toMatchObject({
		recipients: { recipient_count: 1 },
		settings: { folder_id: 'f1', inline_css: true },
		tracking: { opens: false, html_clicks: true, text_clicks: true, google_analytics: 'nov' },
	});
	const campaign = byId(String(rows[0]!.id));
	await perform(sandbox.current, 'campaign.setContent', { campaign, html: '<p>Hi</p>' });
	const sent = await perform(sandbox.current, 'campaign.send', { campaign });
	expect(sent.rows[0]).toMatchObject({ status: 'sent', emails_sent: 1 });
	const content = await perform(sandbox.current, 'campaign.getContent', { campaign });
	expect(content.rows[0]).toEqual({
		id: campaign.value,
		html: '<p>Hi</p>',
		plain_text: 'Hi',
		archive_html: '<p>Hi</p>',
	});
});

test('a draft gets other recipients: a tag of its own audience, another audience', async () => {
	const tag = withTag('ana@example.org');
	const { campaign, chosen } = withCampaign(mailchimp());
	const change = async (settings: object) =>
		await perform(sandbox.current, 'campaign.update', { ...chosen, settings: settings as never });
	await change({ segment: String(tag.id), trackClicks: false });
	expect(campaign.recipients).toEqual({
		list_id: AUDIENCE,
		segment_opts: { saved_segment_id: tag.id },
	});
	expect(campaign.tracking).toMatchObject({ html_clicks: false, opens: true });
	await change({ list: AUDIENCE });
	expect(campaign.recipients).toEqual({ list_id: AUDIENCE });
	const { details } = await refusal(sandbox.current, 'campaign.update', {
		...chosen,
		settings: { segment: '999999' },
	});
	expect(details).toMatchObject({ said: expect.stringContaining('does not exist in this audience') });
});

test('they are found by folder, type, contact and time, in the order that was asked for', async () => {
	const ana = withMember(mailchimp(), 'ana@example.org');
	const activity = new Map([[ana.id, []]]);
	const old = { status: 'sent', send_time: '2026-01-01T10:00:00+00:00', sends: 1 } as const;
	const first = withCampaign(mailchimp(), { ...old, activity }).campaign;
	const second = withCampaign(mailchimp(), {
		...old,
		send_time: '2026-02-01T10:00:00+00:00',
		activity,
	}).campaign;
	const rss = withCampaign(mailchimp(), { type: 'rss' }).campaign;
	rss.settings.folder_id = 'f1';
	const found = async (filters: object) =>
		(
			await perform(sandbox.current, 'campaign.getAll', { returnAll: true, filters: filters as never })
		).rows.map(({ id }) => id);
	expect(await found({ folder: 'f1' })).toEqual([rss.id]);
	expect(await found({ type: 'rss', list: AUDIENCE })).toEqual([rss.id]);
	expect(await found({ member: 'Ana@example.org', sortBy: 'send_time', sortOrder: 'DESC' })).toEqual([
		second.id,
		first.id,
	]);
	expect(await found({ status: 'sent', sentBefore: '2026-01-15' })).toEqual([first.id]);
	expect(asked(sandbox.current).at(-1)).toContain('before_send_time=2026-01-15T00:00:00+00:00');
	const limited = await perform(sandbox.current, 'campaign.getAll', { returnAll: false, limit: 2 });
	expect(limited.rows).toHaveLength(2);
});

test('they are searched by their words, and when there are more than Mailchimp gives, that is said', async () => {
	withCampaign(mailchimp(), { content: { html: '<p>x</p>', plain_text: 'Autumn 秋季 Sale' } });
	withCampaign(mailchimp());
	const search = async (query: string) => await perform(sandbox.current, 'campaign.getBySearch', { query });
	const { rows, hints } = await search('秋季 sale');
	expect(rows).toEqual([expect.objectContaining({ status: 'save', snippet: 'Autumn 秋季 Sale' })]);
	expect(rows[0]).not.toHaveProperty('_links');
	expect(hints).toEqual([]);
	expect((await search('winter')).rows).toEqual([]);
	for (let i = 0; i < 30; i += 1) withCampaign(mailchimp());
	const many = await search('november');
	expect(many.rows).toHaveLength(30);
	expect(many.hints.join()).toContain('found 32 campaigns for “november”, and gives the first 30');
});
