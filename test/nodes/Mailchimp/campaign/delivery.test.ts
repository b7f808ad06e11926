import { useSandbox } from '../../../support/services';
import { asked, perform, performSome, refusal } from '../operations';
import { withCampaign, withMember } from './support';

const sandbox = useSandbox();
const mailchimp = () => sandbox.current.mailchimp;

beforeEach(() => void withMember(mailchimp(), 'ana@example.org'));

describe('a test', () => {
	test('goes to each address once, and says to whom', async () => {
		const { campaign, chosen } = withCampaign(mailchimp());
		const { rows } = await perform(sandbox.current, 'campaign.sendTest', {
			...chosen,
			addresses: 'ana@example.org, ben@example.org；ana@example.org',
			format: 'plaintext',
		});
		const addresses = ['ana@example.org', 'ben@example.org'];
		expect(rows).toEqual([{ sent: true, id: campaign.id, test_emails: addresses, send_type: 'plaintext' }]);
		expect(campaign.tests).toEqual([addresses]);
		expect(campaign.sends).toBe(0);
	});

	test('names what is no address, and what Mailchimp finds missing', async () => {
		const { chosen } = withCampaign(mailchimp(), { content: { html: '', plain_text: '' } });
		const at = async (addresses: string) =>
			await refusal(sandbox.current, 'campaign.sendTest', { ...chosen, addresses });
		expect((await at('Ana')).message).toBe("'Email Addresses' holds what is not a mail address: “Ana”");
		expect((await at(' , ')).message).toBe("'Email Addresses' is empty");
		expect((await at('ana@example.org')).details).toMatchObject({
			said: expect.stringContaining('has no content'),
		});
	});

	test('whose answer got lost, or is a proxy’s, is not sent again and told as unknown', async () => {
		const { campaign, chosen } = withCampaign(mailchimp());
		for (const kind of ['resetAfter', 'emptyBody'] as const) {
			campaign.tests.length = 0;
			sandbox.current.faults.add({ service: 'mailchimp', method: 'POST', path: /test$/, kind });
			const { message, details } = await refusal(sandbox.current, 'campaign.sendTest', {
				...chosen,
				addresses: 'ana@example.org',
			});
			expect(message).toMatch(/not known whether/);
			expect(details).toMatchObject({ remedy: expect.stringContaining('Look into the inboxes') });
			expect(campaign.tests.length).toBeLessThanOrEqual(1);
		}
	});
});

describe('stopping', () => {
	test('a campaign is cancelled while it goes out, and then neither cancelled nor sent again', async () => {
		const { campaign, chosen } = withCampaign(mailchimp(), { status: 'sending', sends: 1 });
		const { details } = await refusal(sandbox.current, 'campaign.cancel', chosen);
		expect(details).toMatchObject({ said: expect.stringContaining('needs Mailchimp Pro') });
		mailchimp().settings.pro = true;
		const { rows } = await perform(sandbox.current, 'campaign.cancel', chosen);
		expect(rows[0]).toMatchObject({ id: campaign.id, status: 'canceled' });
		expect((await perform(sandbox.current, 'campaign.cancel', chosen)).rows[0]).toMatchObject({
			status: 'canceled',
		});
		expect((await refusal(sandbox.current, 'campaign.send', chosen)).message).toMatch(/Nothing was sent/);
		const { message } = await refusal(sandbox.current, 'campaign.cancel', withCampaign(mailchimp()).chosen);
		expect(message).toBe(
			'The campaign is not being sent, and cannot be cancelled: it is of the type “regular”, and its state is “save”',
		);
	});

	test('one that is driven by a feed is paused and goes on, another is not', async () => {
		const { campaign, chosen } = withCampaign(mailchimp(), { type: 'rss', status: 'sending' });
		expect((await perform(sandbox.current, 'campaign.pause', chosen)).rows[0]).toMatchObject({
			status: 'paused',
		});
		expect((await perform(sandbox.current, 'campaign.pause', chosen)).rows[0]).toMatchObject({
			status: 'paused',
		});
		await perform(sandbox.current, 'campaign.resume', chosen);
		expect(campaign.status).toBe('sending');
		const draft = withCampaign(mailchimp(), { type: 'rss' });
		expect((await refusal(sandbox.current, 'campaign.resume', draft.chosen)).message).toMatch(
			/not a paused one/,
		);
		const regular = withCampaign(mailchimp());
		expect((await refusal(sandbox.current, 'campaign.pause', regular.chosen)).message).toMatch(
			/not driven by a feed/,
		);
		expect([draft.campaign.status, regular.campaign.status]).toEqual(['save', 'save']);
	});
});

describe('copies', () => {
	const size = () => mailchimp().campaigns.size;

	test('a campaign is replicated with its content', async () => {
		const { campaign, chosen } = withCampaign(mailchimp());
		const { rows } = await perform(sandbox.current, 'campaign.replicate', chosen);
		expect(rows[0]).toMatchObject({ status: 'save', settings: { title: 'November (copy 01)' } });
		expect(rows[0]).not.toHaveProperty('_links');
		expect(mailchimp().campaigns.get(String(rows[0]!.id))!.content).toEqual(campaign.content);
	});

	test('whose answer got lost is found among the new ones, and not made twice', async () => {
		const { chosen } = withCampaign(mailchimp());
		const { rows } = await perform(sandbox.current, 'campaign.replicate', chosen);
		sandbox.current.faults.add({
			service: 'mailchimp',
			method: 'POST',
			path: /replicate$/,
			kind: 'resetAfter',
		});
		const again = await perform(sandbox.current, 'campaign.replicate', chosen);
		expect(again.rows[0]!.id).not.toBe(rows[0]!.id);
		expect(size()).toBe(3);
	});

	test('of two items, one of which never arrived, are two', async () => {
		const { chosen } = withCampaign(mailchimp());
		sandbox.current.faults.add({
			service: 'mailchimp',
			method: 'POST',
			path: /replicate$/,
			kind: 'resetBefore',
		});
		const { done } = await performSome(sandbox.current, 'campaign.replicate', chosen, [{}, {}]);
		expect(new Set(done.map(({ json }) => json.id)).size).toBe(2);
		expect(size()).toBe(3);
	});

	test('are told as unknown when another new one is in the way', async () => {
		const { chosen } = withCampaign(mailchimp());
		sandbox.current.faults.add({
			service: 'mailchimp',
			method: 'POST',
			path: /replicate$/,
			kind: 'resetAfter',
		});
		const { campaigns } = mailchimp();
		const set = campaigns.set.bind(campaigns);
		// Somebody else copies it at the same time.
		jest.spyOn(campaigns, 'set').mockImplementationOnce((id, copy) => {
			set(`${id}0`, { ...copy, id: `${id}0` });
			return set(id, copy);
		});
		const { message, details } = await refusal(sandbox.current, 'campaign.replicate', chosen);
		expect(message).toMatch(/It is not known whether this was done/);
		expect(details).toMatchObject({ remedy: expect.stringContaining('Look among the newest campaigns') });
		expect(size()).toBe(3);
	});

	test('a sent one is copied for those who did not open it, did not click, or are new', async () => {
		const mailchimpNow = mailchimp();
		const ben = withMember(mailchimpNow, 'ben@example.org');
		const { campaign, chosen } = withCampaign(mailchimpNow);
		expect((await refusal(sandbox.current, 'campaign.createResend', chosen)).message).toBe(
			'The campaign has not been sent: its state is “save”. Nothing was made',
		);
		await perform(sandbox.current, 'campaign.send', chosen);
		campaign.activity.get(ben.id)!.push({ action: 'open', timestamp: mailchimpNow.stamp() });
		const { rows } = await perform(sandbox.current, 'campaign.createResend', chosen);
		expect(rows[0]).toMatchObject({ status: 'save', recipients: { recipient_count: 1 } });
		expect(asked(sandbox.current).filter((one) => /create-resend/.test(one))).toHaveLength(1);
		const { rows: clickers } = await perform(sandbox.current, 'campaign.createResend', {
			...chosen,
			shortcut: 'to_non_clickers',
		});
		expect(clickers[0]).toMatchObject({ recipients: { recipient_count: 2 } });
		for (const did of campaign.activity.values())
			did.push({ action: 'open', timestamp: mailchimpNow.stamp() });
		const { details } = await refusal(sandbox.current, 'campaign.createResend', chosen);
		expect(details).toMatchObject({ said: expect.stringContaining('nobody to send to') });
	});
});
