import type { CampaignActivity } from '../../../../sandbox/services/mailchimp/records';
import { byId } from '../../../../scripts/faults/scene';
import { useSandbox } from '../../../support/services';
import { withCampaign, withMember } from '../campaign/support';
import { asked, perform, refusal } from '../operations';

const sandbox = useSandbox();
const mailchimp = () => sandbox.current.mailchimp;

const SHOP = 'https://example.org/shop';
const at = (day: number) => `2026-11-0${day}T10:00:00+00:00`;

/** A campaign that Ana opened twice and clicked, Ben unsubscribed from, and which never reached Cem. */
function sent() {
	const activity = new Map<string, CampaignActivity[]>([
		[
			withMember(mailchimp(), 'ana@example.org').id,
			[
				{ action: 'open', timestamp: at(1) },
				{ action: 'open', timestamp: at(3) },
				{ action: 'click', timestamp: at(3), url: SHOP },
			],
		],
		[
			withMember(mailchimp(), 'ben@example.org').id,
			[{ action: 'unsubscribe', timestamp: at(2), reason: 'Too many 邮件' }],
		],
		[withMember(mailchimp(), 'cem@example.org').id, [{ action: 'bounce', type: 'hard', timestamp: at(1) }]],
	]);
	return withCampaign(mailchimp(), {
		status: 'sent',
		sends: 1,
		emails_sent: 3,
		send_time: at(1),
		content: {
			html: `<a href="${SHOP}">Shop</a> <a href="https://example.org/blog">Blog</a>`,
			plain_text: '',
		},
		activity,
	});
}

const rowsOf = async (operation: string, parameters: object) =>
	(await perform(sandbox.current, operation, { returnAll: true, ...parameters })).rows;

test('the numbers of a campaign, and of all that were sent', async () => {
	const { campaign, chosen } = sent();
	const [report] = await rowsOf('report.get', chosen);
	expect(report).toMatchObject({
		id: campaign.id,
		emails_sent: 3,
		unsubscribed: 1,
		bounces: { hard_bounces: 1, soft_bounces: 0 },
		opens: { opens_total: 2, unique_opens: 1, last_open: at(3) },
		clicks: { clicks_total: 1, unique_clicks: 1 },
	});
	expect(report).not.toHaveProperty('_links');
	withCampaign(mailchimp());
	withCampaign(mailchimp(), { type: 'plaintext', status: 'sent', sends: 1, send_time: at(5) });
	expect(await rowsOf('report.getAll', {})).toHaveLength(2);
	const late = await rowsOf('report.getAll', {
		filters: { type: 'plaintext', sentAfter: '2026-11-04', sentBefore: '2026-11-06' },
	});
	expect(late).toMatchObject([{ type: 'plaintext', send_time: at(5) }]);
});

test('who opened it, also since a time', async () => {
	const { chosen } = sent();
	const opens = await rowsOf('report.getOpens', chosen);
	expect(opens).toMatchObject([
		{ email_address: 'ana@example.org', opens_count: 2, opens: [{ timestamp: at(1) }, { timestamp: at(3) }] },
	]);
	expect(await rowsOf('report.getOpens', { ...chosen, filters: { since: '2026-11-02' } })).toMatchObject([
		{ opens_count: 1 },
	]);
});

test('which links were clicked, and by whom', async () => {
	const { chosen } = sent();
	const links = await rowsOf('report.getClicks', chosen);
	expect(links).toMatchObject([
		{ url: SHOP, total_clicks: 1, unique_clicks: 1 },
		{ url: 'https://example.org/blog', total_clicks: 0 },
	]);
	const clickers = async (at: number) =>
		await rowsOf('report.getClickers', { ...chosen, link: byId(String(links[at]!.id)) });
	expect(await clickers(0)).toMatchObject([{ email_address: 'ana@example.org', clicks: 1 }]);
	expect(await clickers(1)).toEqual([]);
	const { message } = await refusal(sandbox.current, 'report.getClickers', { ...chosen, link: byId(SHOP) });
	expect(message).toBe(`'Link' is not an ID: “${SHOP}”`);
});

test('who unsubscribed and why, to whom it went, and what each did', async () => {
	const { chosen } = sent();
	expect(await rowsOf('report.getUnsubscribes', chosen)).toMatchObject([
		{ email_address: 'ben@example.org', reason: 'Too many 邮件', timestamp: at(2) },
	]);
	expect(
		(await rowsOf('report.getRecipients', chosen)).map(({ status, open_count: opens }) => [status, opens]),
	).toEqual([
		['sent', 2],
		['sent', 0],
		['hard', 0],
	]);
	const activity = await rowsOf('report.getEmailActivity', chosen);
	expect(activity.map((one) => (one.activity as unknown[]).length)).toEqual([3, 0, 1]);
	expect(
		await rowsOf('report.getEmailActivity', {
			...chosen,
			filters: { emailAddress: 'Ana@Example.org', since: '2026-11-02' },
		}),
	).toMatchObject([
		{ email_address: 'ana@example.org', activity: [{ action: 'open' }, { action: 'click' }] },
	]);
});

test('no more is asked for than is wanted, and all of it page by page', async () => {
	const { chosen } = sent();
	const { rows } = await perform(sandbox.current, 'report.getRecipients', {
		...chosen,
		returnAll: false,
		limit: 2,
	});
	expect(rows).toHaveLength(2);
	expect(asked(sandbox.current).at(-1)).toMatch(/sent-to\?.*count=2\b/);
});

test('a draft has no report', async () => {
	const { chosen } = withCampaign(mailchimp());
	expect((await refusal(sandbox.current, 'report.getOpens', chosen)).message).toBe(
		'Mailchimp does not have it',
	);
});
