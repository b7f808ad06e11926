import type { IDataObject } from 'n8n-workflow';
import { readFiles, readHeaders, readPeople, readWords, whenRead } from '../../../core/mail/compose';
import { fromField, mailFields, toField } from '../../../core/mail/fields';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { batched, done, type RunFeedback } from '../../../core/node/operation';
import { checkRecipients, checkSize, filesOf, toRecipient, toShared } from './wireMessage';
import { hintSandboxServer } from '../delivery';
import { templateLocator } from '../template/fields';
import { templateNamed } from '../template/model';
import { BATCH, hintTestToken, WHAT_TO_CHECK } from './batch';
import { bulkNotEnabled, isNotEnabled } from './bulkEnabled';
import { readBulkExtras, readInlineCss } from './extras';
import { bulkOptions } from './options';
import { readTemplateValues, templateValueFields } from './templateValues';

type Recipient = ReturnType<typeof toRecipient> & { TemplateModel: IDataObject };

interface Content {
	Subject?: string;
	HtmlBody?: string | undefined;
	TextBody?: string | undefined;
	TemplateId?: number | undefined;
	TemplateAlias?: string | undefined;
	InlineCss: boolean | undefined;
}

interface BulkMessage {
	/** What the whole request says once. */
	content: ReturnType<typeof toShared> & Content & { Attachments: ReturnType<typeof filesOf> };
	recipient: Recipient;
}

const [, , ...wordFields] = mailFields;
const WRITTEN = { show: { content: ['written'] } };
const SAME = ' It must be the same for all items: use placeholders like {{name}}, as fixed text.';

/** https://postmarkapp.com/developer/api/bulk-email */
export const sendBulk = batched<BulkMessage>({
	name: 'Send Bulk',
	value: 'sendBulk',
	action: 'Send a bulk email',
	description: 'Send one newsletter or announcement to all items, in one request',
	asTool: false,
	fields: [
		{
			displayName:
				'Bulk email must be enabled for your Postmark account: ask Postmark’s support. It goes through broadcast streams only. Items with the same content share one request.',
			name: 'bulkNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Content',
			name: 'content',
			type: 'options',
			options: [
				{ name: 'From a Template', value: 'template', description: 'A template of the Postmark server' },
				{ name: 'Written Here', value: 'written', description: 'The subject and words in the fields below' },
			],
			default: 'written',
			description: 'Where the subject and the words come from',
		},
		{
			...templateLocator,
			displayOptions: { show: { content: ['template'] } },
			description: 'The template with the subject and the words',
		},
		{ ...fromField, description: `${fromField.description} It is the same for all items.` },
		toField,
		...wordFields.map((field) => ({
			...field,
			displayOptions: WRITTEN,
			description: `${field.description}.${SAME}`.replace('..', '.'),
		})),
		...templateValueFields,
		bulkOptions,
	],
	read(item, feedback) {
		const people = readPeople(item);
		const extras = readBulkExtras(item, 'broadcast');
		checkRecipients(people);
		const words = readContent(item, feedback);
		const recipient: Recipient = {
			...toRecipient({ ...people, headers: readHeaders(item.collection('options')) }, extras),
			TemplateModel: readTemplateValues(item),
		};
		return whenRead(readFiles(item, words.HtmlBody, feedback), (files) => {
			checkSize(files, { html: words.HtmlBody, text: words.TextBody });
			const content = { ...toShared(people, extras), ...words, Attachments: filesOf(files) };
			return { content, recipient };
		});
	},
	// No number of recipients is published, only the size of a request.
	chunk: {
		items: Infinity,
		bytes: BATCH.bytes,
		split: ({ content, recipient }) => ({ common: content, own: recipient }),
	},
	async call(messages, client, feedback) {
		hintTestToken(client, feedback);
		try {
			const answer = await client.send<IDataObject>({
				method: 'POST',
				path: '/email/bulk',
				answer: ['Id'],
				json: messages.json('Messages'),
				idempotent: false,
				manualCheck: WHAT_TO_CHECK,
			});
			await hintSandboxServer(client, feedback);
			return messages.indexes.map(() => done({ ...answer }));
		} catch (error) {
			throw isNotEnabled(error) ? bulkNotEnabled(error) : error;
		}
	},
});

function readContent(item: ParameterReader, feedback: RunFeedback): Content {
	const InlineCss = readInlineCss(item);
	if (item.text('content') === 'template')
		return { ...templateNamed(item.resourceId('template')), InlineCss };
	const words = readWords(item, feedback);
	return { Subject: words.subject, HtmlBody: words.html, TextBody: words.text, InlineCss };
}
