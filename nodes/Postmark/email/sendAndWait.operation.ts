import { SEND_AND_WAIT_OPERATION } from 'n8n-workflow';
import { approvalFields, readQuestion, readWaitLimit } from '../../../core/approval';
import { readPeople } from '../../../core/mail/compose';
import { bccOption, ccOption, fromField, replyToOption, toField } from '../../../core/mail/fields';
import { batched } from '../../../core/node/operation';
import { BATCH, sendBatch } from './batch';
import { readBulkExtras } from './extras';
import { markEntries, markOfQuestion, onceAnExecution } from './once';
import { streamOption, tagOption } from './options';
import { toPostmark, type PostmarkMessage } from './wireMessage';

export const sendAndWait = batched<PostmarkMessage>({
	name: 'Send and Wait for Approval',
	value: SEND_AND_WAIT_OPERATION,
	action: 'Send an email and wait for approval',
	description: 'Ask by email, and go on with the workflow when somebody has answered',
	// n8n has a tool of its own for asking people, and makes it of this operation.
	asTool: false,
	fields: approvalFields(
		[
			fromField,
			{
				...toField,
				description: 'Who is asked. Of several people the first answer counts; separate them with commas.',
			},
		],
		[bccOption, ccOption, streamOption, replyToOption, tagOption],
	),
	read: (item) =>
		toPostmark(
			{ ...readPeople(item), ...readQuestion(item), attachments: [], inline: [], headers: [] },
			{ ...readBulkExtras(item, 'outbound'), mark: markEntries(markOfQuestion(item)) },
		),
	chunk: BATCH,
	call: async (messages, client, feedback) => await sendBatch('/email/batch', messages, client, feedback),
	idempotency: onceAnExecution,
	waitUntil: (item) => readWaitLimit(item),
});
