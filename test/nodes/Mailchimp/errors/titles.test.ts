import { meaningOf } from '../../../../nodes/Mailchimp/errors';
import { TITLES } from '../../../../nodes/Mailchimp/errors/titles';
import { useSandbox } from '../../../support/services';
import { perform, refusal } from '../operations';

const sandbox = useSandbox();

/** The titles as Mailchimp writes them, with the status of each (https://mailchimp.com/developer/marketing/docs/errors/). */
const SAID: Array<[title: string, status: number, known: keyof typeof TITLES]> = [
	['Member Exists', 400, 'memberexists'],
	['Forgotten Email Not Subscribed', 400, 'forgottenemailnotsubscribed'],
	['Member In Compliance State', 400, 'membercompliancestate'],
	['JSON Parse Error', 400, 'jsonparseerror'],
	['InvalidAction', 400, 'invalidaction'],
	['API Key Missing', 401, 'apikeymissing'],
	['API Key Invalid', 401, 'apikeyinvalid'],
	['WrongDatacenter', 403, 'wrongdatacenter'],
	['User Disabled', 403, 'userdisabled'],
	['Forbidden', 403, 'forbidden'],
	['Compliance Related', 403, 'compliancerelated'],
	['Resource Not Found', 404, 'resourcenotfound'],
	['Method Not Allowed', 405, 'methodnotallowed'],
];

test('every title that is explained is tried here', () => {
	expect(SAID.map(([, , known]) => known).sort()).toEqual(Object.keys(TITLES).sort());
});

/** What is known by its words alone. */
const WORDS: Array<[detail: string, message: RegExp, remedy: RegExp]> = [
	['Required fields were not provided: status', /a new one needs a status/, /Set Status to Subscribed/],
	['Your Campaign is not ready to send.', /cannot be sent yet/, /Get Checklist shows what/],
	['Your campaign has no content.', /has no content yet/, /Set Content/],
	['Cannot add "T" because it already exists on the list.', /of this name already/, /another name/],
	[
		'A customer with the provided ID does not exist in the account for this list.',
		/does not know something/,
		/customers and products come before/,
	],
	['The limit of this resource has been reached.', /allows no more/, /Delete one that is not needed/],
];

test.each(WORDS)('“%s” is explained by its words', (detail, message, remedy) => {
	const meaning = meaningOf('Bad Request', detail);
	expect(meaning.message).toMatch(message);
	expect(meaning.remedy).toMatch(remedy);
});

test.each([
	['member.get', { member: 'nobody@example.com' }, /^Check the audience, and the address or ID/],
	['campaign.get', { campaign: '0123456789' }, /^Check the ID: it may have been deleted/],
	['report.get', { campaign: '0123456789' }, /only one that was sent has a report/],
	['batch.get', { batchId: '0123456789' }, /Batch → Get Many shows/],
	['order.get', { store: 'nowhere', order: '7' }, /the one that your shop gives/],
])('what is not there: %s says where to look', async (operation, parameters, remedy) => {
	const { message, details } = await refusal(sandbox.current, operation, parameters);
	expect(message).toBe('Mailchimp does not have it');
	expect(details.remedy).toMatch(remedy);
});

test('a new contact without a status, and a campaign without content, say what to do', async () => {
	const contact = await refusal(sandbox.current, 'member.upsert', {
		emailAddress: 'ana@example.com',
		status: 'unchanged',
	});
	expect(contact).toMatchObject({
		message: 'The contact is not in the audience yet, and a new one needs a status',
		details: { field: 'Status' },
	});
	const { rows } = await perform(sandbox.current, 'campaign.create', { subject: '你好' });
	const { message, details } = await refusal(sandbox.current, 'campaign.send', { campaign: rows[0]?.id });
	expect(message).toBe('The campaign cannot be sent yet: something is missing');
	expect(details.said).toContain('no content');
});

test.each(SAID)(
	'%s is told in plain words, with what to do and what Mailchimp said',
	async (title, status, known) => {
		const body = { type: 'about:blank', title, status, detail: 'In Mailchimp’s own words.', instance: 'x-1' };
		sandbox.current.faults.add({
			service: 'mailchimp',
			method: 'POST',
			path: /members/,
			kind: 'status',
			status,
			body,
			times: Infinity,
		});
		const { message, details } = await refusal(sandbox.current, 'member.create', {
			emailAddress: 'ana@example.com',
		});
		const { message: ours, remedy, field } = TITLES[known]!;
		expect(message).toBe(ours);
		expect(details).toMatchObject({ remedy, status, item: 0, ...(field === undefined ? {} : { field }) });
		expect(JSON.stringify(details)).toContain('In Mailchimp’s own words.');
	},
);
