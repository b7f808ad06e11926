import { SEND_AND_WAIT_OPERATION } from 'n8n-workflow';
import { approvalFields, readQuestion, readWaitLimit } from '../../../core/approval';
import { bccOption, ccOption, replyToOption, toField } from '../../../core/mail/fields';
import { batched, done } from '../../../core/node/operation';
import { mailboxField, readMailbox } from '../mailbox';
import { importanceOption, type Outgoing } from './compose';
import { sendOnce } from './deliver';
import { readPeople, readRecipients } from './people';

type Question = Pick<Outgoing, 'mailbox' | 'message'>;

export const sendAndWait = batched<Question>({
	name: 'Send and Wait for Approval',
	value: SEND_AND_WAIT_OPERATION,
	action: 'Send a message and wait for approval',
	description: 'Ask by mail, and go on with the workflow when somebody has answered',
	// n8n has a tool of its own for asking people, and makes it of this operation.
	asTool: false,
	fields: approvalFields(
		[
			mailboxField,
			{
				...toField,
				description: 'Who is asked. Of several people the first answer counts; separate them with commas.',
			},
		],
		[bccOption, ccOption, importanceOption, replyToOption],
	),
	read(item) {
		const options = item.collection('options');
		const { subject, html } = readQuestion(item);
		const replyTo = readRecipients(options, 'replyTo');
		return {
			mailbox: readMailbox(item),
			message: {
				subject,
				body: { contentType: 'html', content: html },
				...readPeople(item, options),
				...(replyTo.length === 0 ? {} : { replyTo }),
				...(options.has('importance') ? { importance: options.option('importance') } : {}),
			} as Outgoing['message'],
		};
	},
	chunk: { items: 1, bytes: 1_000_000 },
	async call(chunk, client) {
		const [question] = JSON.parse(String(chunk.json())) as [Question];
		chunk.beforeSending();
		return [done(await sendOnce({ ...question, files: [] }, client))];
	},
	waitUntil: (item) => readWaitLimit(item),
});
