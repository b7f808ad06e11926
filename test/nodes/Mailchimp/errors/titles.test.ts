import { TITLES } from '../../../../nodes/Mailchimp/errors/titles';
import { useSandbox } from '../../../support/services';
import { refusal } from '../operations';

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
