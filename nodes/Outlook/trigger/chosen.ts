import type {
	IHookFunctions,
	INodeProperties,
	IPollFunctions,
	ITriggerFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import { ServiceError } from '../../../core/errors';
import { splitNames } from '../../../core/list';
import { checkChoices } from '../../../core/node/parameters/choices';
import { ofCalendars, ofFolders } from './fields';
import { filterOf, type Fits } from './filters';

export type AnyContext = IHookFunctions | IPollFunctions | ITriggerFunctions | IWebhookFunctions;

/** What the form of a trigger says. */
export interface Chosen {
	event: string;
	mailbox: string;
	folder: string;
	/** Further folders, and whether those below are looked at too. */
	moreFolders: string[];
	subfolders: boolean;
	/** Calendars by ID; none for the usual one. */
	calendars: string[];
	withBody: boolean;
	attachments: boolean;
	/** Whether a message starts the workflow. */
	fits: Fits;
	/** How long before its start an event is told. */
	minutes: number;
}

export const hasSeveralFolders = ({ moreFolders, subfolders }: Chosen): boolean =>
	moreFolders.length > 0 || subfolders;

/** @throws {ServiceError} for what is not among the choices, or a folder that is not chosen */
export function readChosen(context: AnyContext, fields: INodeProperties[]): Chosen {
	const read = (name: string, otherwise: unknown, how?: object): unknown =>
		context.getNodeParameter(name, otherwise as never, how as never);
	checkChoices(fields, ['event'], (name) => read(name, undefined));
	const event = String(read('event', ''));
	const has = (name: string) => read(name, false) === true;
	const hasFolders = ofFolders.includes(event);
	return {
		event,
		folder: hasFolders ? asFolder(read('folder', 'inbox', { extractValue: true })) : '',
		moreFolders: hasFolders ? asIds(read('moreFolders', [])) : [],
		subfolders: hasFolders && has('subfolders'),
		calendars: ofCalendars.includes(event) ? asIds(read('calendars', [])) : [],
		mailbox: String(read('mailbox', '') ?? '').trim(),
		withBody: has('withBody'),
		attachments: has('attachments'),
		fits: filterOf(event, (name) => read(name, {})),
		minutes: Math.min(1_440, Math.max(1, Number(read('minutes', 15)) || 15)),
	};
}

function asFolder(given: unknown): string {
	const folder = String(given ?? '').trim();
	if (folder !== '') return folder;
	throw new ServiceError({
		message: "'Folder' is empty",
		remedy: 'Choose a folder, or enter inbox.',
		field: 'Folder',
		outcome: 'notSent',
	});
}

/** Each once. From an expression a text with commas, too. */
const asIds = (given: unknown): string[] => [
	...new Set(
		(Array.isArray(given) ? given.map(String) : splitNames(String(given ?? '')))
			.map((id) => id.trim())
			.filter((id) => id !== ''),
	),
];
