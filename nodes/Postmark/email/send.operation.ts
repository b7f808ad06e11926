import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { Failure } from '../../../core/http/failure';
import { bulk, done, failed, type Part } from '../../../core/node/operation';
import { composeMail } from '../../../core/mail/compose';
import {
	attachmentsOption,
	bccOption,
	ccOption,
	headersOption,
	inlineImagesOption,
	mailFields,
	replyToOption,
} from '../../../core/mail/fields';
import type { Item } from '../../../core/node/item';
import { inactiveIn } from '../errors';
import { toPostmark, type Extras, type PostmarkMessage } from '../message';
import { isTestToken, messageFailure } from '../transport';

/** https://postmarkapp.com/developer/api/email-api#send-batch-emails */
const MAX_MESSAGES = 500;
const MAX_BYTES = 50 * 1000 * 1000;

const options: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		attachmentsOption,
		bccOption,
		ccOption,
		headersOption,
		inlineImagesOption,
		{
			displayName: 'Message Stream Name or ID',
			name: 'messageStream',
			type: 'options',
			typeOptions: { loadOptionsMethod: 'getSendingStreams' },
			default: 'outbound',
			description:
				'The channel the email goes through: transactional mail and broadcasts are kept apart so that one cannot harm the other. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		},
		{
			displayName: 'Metadata',
			name: 'metadata',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add Entry',
			default: {},
			description:
				'Your own data kept with the email, such as an order number. The recipient does not see it.',
			options: [
				{
					displayName: 'Entry',
					name: 'entry',
					values: [
						{
							displayName: 'Name',
							name: 'name',
							type: 'string',
							default: '',
							placeholder: 'e.g. order',
							description: 'Up to 20 characters',
						},
						{
							displayName: 'Value',
							name: 'value',
							type: 'string',
							default: '',
							placeholder: 'e.g. 4711',
							description: 'Up to 80 characters',
						},
					],
				},
			],
		},
		replyToOption,
		{
			displayName: 'Tag',
			name: 'tag',
			type: 'string',
			default: '',
			placeholder: 'e.g. welcome',
			description: 'A word to group emails by in Postmark’s statistics',
		},
		{
			displayName: 'Track Links',
			name: 'trackLinks',
			type: 'options',
			options: [
				{ name: 'In HTML and Text', value: 'HtmlAndText' },
				{ name: 'In HTML Only', value: 'HtmlOnly' },
				{ name: 'In Text Only', value: 'TextOnly' },
				{ name: 'Not at All', value: 'None' },
			],
			default: 'None',
			description: 'Where links are replaced by counted ones, to see which are clicked',
		},
		{
			displayName: 'Track Opens',
			name: 'trackOpens',
			type: 'boolean',
			default: false,
			description: 'Whether a small invisible image shows when the email was opened',
		},
	],
};

export const send = bulk<PostmarkMessage>({
	name: 'Send',
	value: 'send',
	action: 'Send an email',
	description: 'Send one email for each item, up to 500 in one request',
	fields: [...mailFields, options],
	read: async (item) => toPostmark(await composeMail(item), extras(item)),
	chunk: { items: MAX_MESSAGES, bytes: MAX_BYTES },
	async call(messages, client, notes) {
		if (isTestToken(client.credential.serverToken))
			notes.hint(
				'Not delivered: the credential holds Postmark’s test token, which checks emails and sends none.',
			);
		const answers = await client.send<unknown>({
			method: 'POST',
			path: '/email/batch',
			json: messages.json(),
			repeat: 'unknown',
			whatToCheck: WHAT_TO_CHECK,
		});
		const parts = Array.isArray(answers) ? answers.map(partOf) : [];
		if (parts.some(leavesSomeoneOut))
			notes.hint(
				'Some emails went to only a part of their recipients: “Message” in those items names the inactive addresses that Postmark left out.',
			);
		return parts;
	},
});

const WHAT_TO_CHECK = 'Look at the Activity page of the Postmark server whether these emails are there.';

/** One message's answer in a batch: `To` and `MessageID` are missing when it was refused. */
function partOf(answer: unknown): Part {
	const { ErrorCode, Message } = (answer ?? {}) as { ErrorCode?: unknown; Message?: unknown };
	if (typeof ErrorCode !== 'number')
		return failed(
			new Failure({
				service: 'Postmark',
				message: 'An answer came back that does not say whether this email was accepted',
				remedy: WHAT_TO_CHECK,
				outcome: 'unknown',
			}),
		);
	return ErrorCode === 0
		? done({ ...(answer as IDataObject) })
		: failed(messageFailure(ErrorCode, String(Message ?? '')));
}

const leavesSomeoneOut = (part: Part): boolean =>
	'done' in part && inactiveIn(String(part.done.Message)) !== undefined;

function extras(item: Item): Extras {
	const chosen = item.collection('options');
	const trackLinks = chosen.text('trackLinks');
	return {
		messageStream: chosen.text('messageStream') || 'outbound',
		tag: chosen.text('tag'),
		metadata: chosen.rows('metadata', 'entry').map((row) => [row.requiredText('name'), row.text('value')]),
		...(trackLinks !== '' && { trackLinks: trackLinks as NonNullable<Extras['trackLinks']> }),
		...(chosen.has('trackOpens') && { trackOpens: chosen.boolean('trackOpens') }),
	};
}
