import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { perItem } from '../../../core/node/operation';
import { getMessage, type Target } from '../api/messages';
import { inOrder } from '../api/inOrder';
import { change, readTarget, targetFields } from './target';

export const markRead = perItem({
	name: 'Mark as Read or Unread',
	value: 'markRead',
	action: 'Mark a message as read or unread',
	description: 'Mark messages, up to 20 in one request',
	fields: [
		...targetFields,
		{
			displayName: 'As Read',
			name: 'isRead',
			type: 'boolean',
			default: true,
			description: 'Whether it counts as read; off makes it unread again',
		},
	],
	read: (item) => ({ target: readTarget(item), isRead: item.boolean('isRead') }),
	call: async ({ target, isRead }, client) =>
		await inOrder(target, client, async () => await change(target, { isRead }, client)),
});

export const flag = perItem({
	name: 'Flag',
	value: 'flag',
	action: 'Flag a message',
	description: 'Flag messages for follow-up, mark the follow-up as complete, or take the flag away',
	fields: [
		...targetFields,
		{
			displayName: 'Status',
			name: 'flagStatus',
			type: 'options',
			options: [
				{ name: 'Complete', value: 'complete', description: 'The follow-up is done' },
				{ name: 'Flagged', value: 'flagged', description: 'To be followed up' },
				{ name: 'Not Flagged', value: 'notFlagged', description: 'No flag' },
			],
			default: 'flagged',
			description: 'What becomes of the flag',
		},
		{
			displayName: 'Due',
			name: 'due',
			type: 'dateTime',
			default: '',
			displayOptions: { show: { flagStatus: ['flagged'] } },
			description: 'Until when to follow up. It needs no time of day.',
		},
	],
	read(item) {
		const flagStatus = item.option('flagStatus');
		const due = flagStatus === 'flagged' ? item.time('due') : undefined;
		const at = due && { dateTime: `${due.day}T00:00:00`, timeZone: 'UTC' };
		// Outlook takes an end only with a beginning.
		return {
			target: readTarget(item),
			flag: { flagStatus, ...(at === undefined ? {} : { startDateTime: at, dueDateTime: at }) },
		};
	},
	call: async ({ target, flag: wanted }, client) =>
		await inOrder(target, client, async () => await change(target, { flag: wanted }, client)),
});

export const categorize = perItem({
	name: 'Categorize',
	value: 'categorize',
	action: 'Categorize a message',
	description: 'Add categories to messages, take some away, or replace all',
	fields: [
		...targetFields,
		{
			displayName: 'Categories',
			name: 'categories',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. Invoice, "To Check"',
			description: 'Their names, with commas between them. Put double quotes around one with a comma in it.',
		},
		{
			displayName: 'What to Do',
			name: 'how',
			type: 'options',
			options: [
				{ name: 'Add', value: 'add', description: 'Beside those it has' },
				{ name: 'Remove', value: 'remove', description: 'Others stay' },
				{ name: 'Replace', value: 'replace', description: 'In the place of all it has' },
			],
			default: 'add',
			description: 'What happens to the categories it has',
		},
	],
	read(item) {
		const categories = item.names('categories');
		if (categories.length === 0)
			throw item.fieldError('categories', 'is empty', 'Enter at least one category.');
		return { target: readTarget(item), categories, how: item.option('how') };
	},
	call: async (wanted, client) =>
		await inOrder(wanted.target, client, async () => await recategorize(wanted, client)),
});

interface Recategorizing {
	target: Target;
	categories: string[];
	how: string;
}

/** Outlook takes only whole lists: what another item adds between the reading and the writing would be lost. */
async function recategorize(
	{ target, categories, how }: Recategorizing,
	client: Client,
): Promise<IDataObject> {
	if (how === 'replace') return await change(target, { categories }, client);
	const { categories: had } = await getMessage(target, client, { select: ['categories'] });
	const before = Array.isArray(had) ? (had as string[]) : [];
	const after =
		how === 'add'
			? [...new Set([...before, ...categories])]
			: before.filter((one) => !categories.includes(one));
	return await change(target, { categories: after }, client);
}
