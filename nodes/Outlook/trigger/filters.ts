import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { invalidInput } from '../../../core/errors';
import { splitList, splitNames } from '../../../core/list';
import { checkChoices } from '../../../core/node/parameters/choices';

/** What is told of a message that is there, so that it can be judged. */
const FILTERED = ['messageReceived', 'messageSent', 'messageUpdated'];

const OPTIONS: INodeProperties[] = [
	{
		displayName: 'Categories',
		name: 'categories',
		type: 'string',
		default: '',
		placeholder: 'e.g. Red category, Invoices',
		description: 'Only messages with one of these, as Outlook shows them, with commas between',
	},
	{
		displayName: 'From',
		name: 'from',
		type: 'string',
		default: '',
		placeholder: 'e.g. ana@example.com, @partner.example',
		description:
			'Only messages from one of these addresses, or from anybody at one of these domains, with commas between',
	},
	{
		displayName: 'Has Attachments',
		name: 'hasAttachments',
		type: 'boolean',
		default: true,
		description:
			'Whether only messages with files are told, or, when off, only those without. Pictures within the text are no files.',
	},
	{
		displayName: 'Importance',
		name: 'importance',
		type: 'options',
		options: [
			{ name: 'High', value: 'high' },
			{ name: 'Low', value: 'low' },
			{ name: 'Normal', value: 'normal' },
		],
		default: 'high',
		description: 'Only messages that their sender has marked so',
	},
	{
		displayName: 'Read Status',
		name: 'isRead',
		type: 'options',
		options: [
			{ name: 'Read', value: 'read' },
			{ name: 'Unread', value: 'unread' },
		],
		default: 'unread',
		description: 'Only messages that are so when they are looked at',
	},
	{
		displayName: 'Subject Contains',
		name: 'subject',
		type: 'string',
		default: '',
		placeholder: 'e.g. invoice',
		description: 'Only messages with these words in their subject, in capital letters or not',
	},
];

export const filtersField: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	displayOptions: { show: { event: FILTERED } },
	description:
		'Only messages that fit all of these start the workflow. What does not fit counts as seen: it does not come later.',
	options: OPTIONS,
};

export type Fits = (message: IDataObject) => boolean;

const text = (value: unknown): string =>
	(Array.isArray(value) ? value.join(', ') : String(value ?? '')).trim();
const lower = (value: unknown): string => text(value).toLowerCase();

/** What each filter asks of a message; undefined where it is empty and asks nothing. */
const TESTS: Record<string, (wanted: unknown) => Fits | undefined> = {
	categories(wanted) {
		const names = splitNames(lower(wanted));
		if (names.length === 0) return undefined;
		return ({ categories }) =>
			(categories as string[] | undefined)?.some((one) => names.includes(lower(one))) === true;
	},
	from(wanted) {
		const places = splitList(lower(wanted)).map(placeOf);
		if (places.length === 0) return undefined;
		return ({ from }) => {
			const address = lower(
				((from as IDataObject | undefined)?.emailAddress as IDataObject | undefined)?.address,
			);
			return places.some((place) => place === address || (place.startsWith('@') && address.endsWith(place)));
		};
	},
	hasAttachments: (wanted) => (message) => message.hasAttachments === wanted,
	importance: (wanted) => (message) => lower(message.importance) === wanted,
	isRead: (wanted) => (message) => message.isRead === (wanted === 'read'),
	subject(wanted) {
		const words = lower(wanted);
		return words === '' ? undefined : ({ subject }) => lower(subject).includes(words);
	},
};

/** An address, or a domain with its @. @throws {ServiceError} for what is neither */
function placeOf(entry: string): string {
	const place = entry.includes('@') ? entry : `@${entry}`;
	if (/^[^\s@<>]*@[^\s@<>]+\.[^\s@<>.]+$/.test(place)) return place;
	throw invalidInput(
		'From',
		`'From' has “${entry}”, which is neither an address nor a domain`,
		'Write ana@example.com for one person, or @example.com for everybody there.',
	);
}

/** Whether a message starts the workflow. @throws {ServiceError} for a filter that nothing could fit */
export function filterOf(event: string, read: (name: string) => unknown): Fits {
	if (!FILTERED.includes(event)) return () => true;
	const given = (read('filters') ?? {}) as IDataObject;
	const chosen = Object.keys(given);
	checkChoices(
		OPTIONS.filter(({ type }) => type === 'options'),
		chosen,
		(name) => given[name],
	);
	const tests = chosen.flatMap((name) => TESTS[name]?.(given[name]) ?? []);
	return (message) => tests.every((fits) => fits(message));
}
