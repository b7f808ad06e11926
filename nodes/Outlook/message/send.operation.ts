import type { INodeProperties } from 'n8n-workflow';
import { perItem } from '../../../core/node/operation';
import { compose, messageFields, optionsOf, saveOption, sendAtOption } from './compose';
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
	fields: [...messageFields, onceField, optionsOf([saveOption, sendAtOption, ...dayLimitOptions])],
	async read(item, feedback) {
		const options = item.collection('options');
		const leavesNoCopy = options.has('save') && !options.boolean('save');
		return {
			outgoing: { ...(await compose(item, feedback)), leavesNoCopy },
			once: item.boolean('once'),
			dayPatienceMs: readDayPatience(options),
		};
	},
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
