import { path } from '../../../core/http/path';
import { isAddress } from '../../../core/mail/address';
import { perItem } from '../../../core/node/operation';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { postTraceless } from '../api/traceless';
import { campaignId, campaignLocator } from './fields';

const CHECK = 'Look into the inboxes. Sending a test once more does no harm to the campaign.';

/** https://mailchimp.com/developer/marketing/api/campaigns/send-test-email/ */
export const sendTest = perItem({
	name: 'Send Test',
	value: 'sendTest',
	asTool: false,
	action: 'Send a test of a campaign',
	description: 'Send a campaign to a few addresses of your own, to look at it; its audience gets nothing',
	fields: [
		campaignLocator,
		{
			displayName: 'Email Addresses',
			name: 'addresses',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. ana@example.com, ben@example.com',
			description: 'Who gets the test: addresses with commas between, or a list from an expression',
		},
		{
			displayName: 'Format',
			name: 'format',
			type: 'options',
			options: [
				{ name: 'HTML', value: 'html' },
				{ name: 'Plain Text', value: 'plaintext' },
			],
			default: 'html',
			description: 'Which of its two forms is sent',
		},
	],
	read: (item) => ({
		id: campaignId(item),
		body: { test_emails: readAddresses(item), send_type: item.option('format') },
	}),
	async call({ id, body }, client) {
		await postTraceless(client, {
			path: path`/campaigns/${id}/actions/test`,
			body,
			unknown: 'whether the test was sent',
			check: CHECK,
		});
		return { sent: true, id, ...body };
	},
});

function readAddresses(item: ParameterReader): string[] {
	const addresses = [...new Set(item.list('addresses'))];
	if (addresses.length === 0)
		throw item.fieldError('addresses', 'is empty', 'Enter at least one address of your own.');
	const wrong = addresses.find((address) => !isAddress(address));
	if (wrong !== undefined)
		throw item.fieldError(
			'addresses',
			`holds what is not a mail address: “${wrong}”`,
			'Enter addresses without names, with commas between, like ana@example.com, ben@example.com.',
		);
	return addresses;
}
