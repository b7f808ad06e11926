import { composeMail, whenRead } from '../../../core/mail/compose';
import { mailFields } from '../../../core/mail/fields';
import { perItem } from '../../../core/node/operation';
import { options } from './options';
import { sendEmail, toSendPulse } from './wire';

export const send = perItem({
	name: 'Send',
	value: 'send',
	action: 'Send an email',
	description: 'Send one email for each item through the SMTP service',
	fields: [...mailFields, options],
	read: (item, feedback) => {
		item.requiredText('subject');
		return whenRead(composeMail(item, feedback), toSendPulse);
	},
	call: async (email, client) => await sendEmail(email, client),
});
