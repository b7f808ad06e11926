import type { INodeProperties } from 'n8n-workflow';
import { perItem } from '../../../core/node/operation';
import { compose, messageFields, optionsOf, sendAtOption } from './compose';
import { dayLimitOptions, readDayPatience, withinDay } from './dayLimit';
import { fitsInOne, sendAtOnce, sendOnce } from './deliver';

const onceField: INodeProperties = {
	displayName: 'Prevent Double Sending',
	name: 'once',
	type: 'boolean',
	default: true,
	description:
		'Whether each message is first made as a draft, and then let go. It is found again when an answer gets lost, and its ID is known. Without it a small message takes one request instead of two.',
};

export const send = perItem({
	name: 'Send',
	value: 'send',
	action: 'Send a message',
	description: 'Send one message for each item, with files of any size that Outlook takes',
	fields: [...messageFields, onceField, optionsOf([sendAtOption, ...dayLimitOptions])],
	read: async (item, feedback) => ({
		outgoing: await compose(item, feedback),
		once: item.boolean('once'),
		dayPatienceMs: readDayPatience(item.collection('options')),
	}),
	call: async ({ outgoing, once, dayPatienceMs }, client, feedback) =>
		await withinDay(
			async () =>
				once || !fitsInOne(outgoing) ? await sendOnce(outgoing, client) : await sendAtOnce(outgoing, client),
			outgoing.mailbox,
			dayPatienceMs,
			client,
			feedback,
		),
});
