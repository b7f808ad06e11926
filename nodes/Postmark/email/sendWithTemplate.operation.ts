import type { IDataObject } from 'n8n-workflow';
import { composeEnvelope, whenRead } from '../../../core/mail/compose';
import { fromField, toField } from '../../../core/mail/fields';
import { batched } from '../../../core/node/operation';
import { toEnvelope, type PostmarkEnvelope } from './wireMessage';
import { templateLocator } from '../template/fields';
import { templateNamed } from '../template/model';
import { BATCH, sendBatch } from './batch';
import { readExtras, readInlineCss } from './extras';
import { once } from './once';
import { onceFields } from './onceFields';
import { templateOptions } from './options';
import { readTemplateValues, templateValueFields } from './templateValues';

/** https://postmarkapp.com/developer/api/templates-api#email-with-template */
interface TemplatedMessage extends PostmarkEnvelope {
	/** Either of the two. */
	TemplateId?: number | undefined;
	TemplateAlias?: string | undefined;
	TemplateModel?: IDataObject;
	InlineCss?: boolean | undefined;
}

/** https://postmarkapp.com/developer/api/templates-api#send-batch-with-templates */
export const sendWithTemplate = batched<TemplatedMessage>({
	name: 'Send With Template',
	value: 'sendWithTemplate',
	action: 'Send an email with a template',
	description: 'Send one email for each item, with the words of a template and the item’s own values',
	fields: [
		{
			...templateLocator,
			description:
				'The template with the subject and the words of the email. Create and change templates in Postmark, or with the Template resource.',
		},
		fromField,
		toField,
		...templateValueFields,
		...onceFields,
		templateOptions,
	],
	read: (item) =>
		whenRead(composeEnvelope(item), (mail) => {
			const message: TemplatedMessage = toEnvelope(mail, readExtras(item));
			const { TemplateId, TemplateAlias } = templateNamed(item.resourceId('template'));
			message.TemplateId = TemplateId;
			message.TemplateAlias = TemplateAlias;
			message.TemplateModel = readTemplateValues(item);
			message.InlineCss = readInlineCss(item);
			return message;
		}),
	chunk: BATCH,
	call: async (messages, client, feedback) =>
		await sendBatch('/email/batchWithTemplates', messages, client, feedback, 'Messages'),
	idempotency: once,
});
