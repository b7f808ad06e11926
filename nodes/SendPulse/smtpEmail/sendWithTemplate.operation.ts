import { composeEnvelope, whenRead } from '../../../core/mail/compose';
import { fromField, toField } from '../../../core/mail/fields';
import { perItem } from '../../../core/node/operation';
import { readVariables, variableFields } from '../contact/fields';
import { templateLocator } from '../locators';
import { options } from './options';
import { envelopeOf, sendEmail } from './wire';

/** https://sendpulse.com/integrations/api/smtp: `POST /smtp/emails` with `template` in place of the words. */
export const sendWithTemplate = perItem({
	name: 'Send With Template',
	value: 'sendWithTemplate',
	action: 'Send an email with a template',
	description: 'Send one email for each item, made from a template and its variables',
	fields: [
		fromField,
		toField,
		{
			displayName: 'Subject',
			name: 'subject',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. Your order 4711',
			description: 'The subject line',
		},
		templateLocator,
		...variableFields.map((field) => ({
			...field,
			description: 'What stands in the places of the template',
		})),
		options,
	],
	read(item) {
		item.requiredText('subject');
		const subject = item.words('subject');
		const template = { id: item.resourceId('template'), variables: readVariables(item) };
		return whenRead(composeEnvelope(item), (envelope) => ({ ...envelopeOf(envelope), subject, template }));
	},
	call: async (email, client) => await sendEmail(email, client),
});
