import { isAddress } from '../../../core/mail/address';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { perItem } from '../../../core/node/operation';

function address(item: ParameterReader, field: string): string {
	const text = item.requiredText(field);
	if (!isAddress(text))
		throw item.fieldError(field, `is not a mail address: “${text}”`, 'Enter one like ana@example.com.');
	return text;
}

/** https://postmarkapp.com/developer/api/data-removal-api#create-a-data-removal-request */
export const create = perItem({
	name: 'Create',
	value: 'create',
	action: 'Request the removal of personal data',
	description:
		'Have Postmark delete what it keeps about a recipient, for good, in all servers of the account',
	fields: [
		{
			displayName: 'Recipient Address',
			name: 'requestedFor',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. ana@example.com',
			description: 'Whose data is deleted',
		},
		{
			displayName: 'Requested By',
			name: 'requestedBy',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. privacy@example.com',
			description: 'The mail address of whoever is in charge of the request on your side',
		},
		{
			displayName: 'Notify When Completed',
			name: 'notify',
			type: 'boolean',
			default: false,
			description: 'Whether Postmark writes to ‘Requested By’ when the data is deleted',
		},
	],
	read: (item) => ({
		RequestedBy: address(item, 'requestedBy'),
		RequestedFor: address(item, 'requestedFor'),
		NotifyWhenCompleted: item.boolean('notify'),
	}),
	call: async (body, client) =>
		await client.send({
			method: 'POST',
			path: '/data-removals',
			answer: ['ID', 'Status'],
			body,
			idempotent: false,
			manualCheck: 'A second request for the same person does no harm: run it again.',
		}),
});
