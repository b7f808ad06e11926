import type { IDataObject } from 'n8n-workflow';
import { path } from '../../../core/http/path';
import { ownOrTheirs } from '../../../core/http/wasThere';
import { isAddress } from '../../../core/mail/address';
import { perItem } from '../../../core/node/operation';
import { moreFields, readMore, signatures } from './fields';

/** https://postmarkapp.com/developer/api/signatures-api#create-signature */
export const create = perItem({
	name: 'Create',
	value: 'create',
	action: 'Create a sender signature',
	description: 'Add an address to send from; its owner gets an email to confirm',
	fields: [
		{
			displayName: 'Email Address',
			name: 'email',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. ana@example.com',
			description: 'The address to send from; public mail services such as Gmail are not accepted',
		},
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. Ana Bauer',
			description: 'The name that recipients see',
		},
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description: 'What may be added and can be left out',
			options: moreFields,
		},
	],
	read(item) {
		const FromEmail = item.requiredText('email');
		if (!isAddress(FromEmail))
			throw item.fieldError(
				'email',
				`is not a mail address: “${FromEmail}”`,
				'Enter one like ana@example.com.',
			);
		return {
			FromEmail,
			Name: item.requiredText('name'),
			...readMore(item.collection('additionalFields')),
		};
	},
	call: async (body, client) =>
		await client.send<IDataObject>({
			method: 'POST',
			path: '/senders',
			answer: ['ID', 'EmailAddress'],
			body,
			idempotent: false,
			// An address exists once (ErrorCode 504), and somebody else may have added it.
			async reconcile() {
				for await (const known of client.pages('/senders', signatures))
					if (String(known.EmailAddress).toLowerCase() === body.FromEmail.toLowerCase())
						return ownOrTheirs(await client.get(path`/senders/${String(known.ID)}`), asFound(body), {
							service: 'Postmark',
							what: `the sender ${body.FromEmail}`,
							field: 'Address',
						});
				return undefined;
			},
			manualCheck: `Look in Postmark whether the account has the sender ${body.FromEmail}.`,
		}),
});

/** What was asked for, as Postmark shows it: its answers have other names for two of the fields. */
const asFound = ({ Name, ...more }: Record<string, string> & { Name: string }) => ({
	Name,
	ReplyToEmailAddress: more.ReplyToEmail ?? '',
	ConfirmationPersonalNote: more.ConfirmationPersonalNote ?? '',
	...(more.ReturnPathDomain === undefined ? {} : { ReturnPathDomain: more.ReturnPathDomain }),
});
