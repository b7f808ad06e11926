import type { IDataObject, IHookFunctions, ITriggerFunctions, IWebhookFunctions } from 'n8n-workflow';
import { invalidInput } from '../../../core/errors';
import type { WantedWebhook } from '../../../core/webhook/reconcile';
import { EVENTS, SMS_EVENTS, type EventType } from './events';

export type TriggerContext = IHookFunctions | ITriggerFunctions | IWebhookFunctions;

export const SOURCES = ['admin', 'api', 'user'] as const;

export interface Settings {
	audience: string;
	types: EventType[];
	sources: string[];
	simplify: boolean;
	catchUp: boolean;
}

export function settingsOf(context: TriggerContext): Settings {
	const read = <T>(name: string, otherwise: T) =>
		context.getNodeParameter(name, otherwise as never, { extractValue: true } as never) as T;
	const audience = String(read('audience', '')).trim();
	if (!/^\w{6,40}$/.test(audience))
		throw invalidInput(
			'Audience',
			audience === '' ? "'Audience' is empty" : `'Audience' is not an ID: “${audience}”`,
			'Choose the audience from the list.',
		);
	const options = read<IDataObject>('options', {});
	return {
		audience,
		types: chosen(read<string[]>('events', []), [...EVENTS, ...SMS_EVENTS], 'Events') as EventType[],
		sources: chosen(read<string[]>('sources', []), SOURCES, 'Sources'),
		simplify: read('simplify', true),
		catchUp: options.catchUp !== false,
	};
}

/** At least one of them, each known, in the order of the alphabet. */
function chosen(given: string[], known: readonly string[], label: string): string[] {
	const strange = given.find((one) => !known.includes(one));
	if (strange !== undefined)
		throw invalidInput(label, `'${label}' has “${strange}”, which is not one`, 'Choose from the list.');
	if (given.length === 0)
		throw invalidInput(label, `'${label}' is empty`, 'Choose what should start the workflow.');
	return [...new Set(given)].sort();
}

/**
 * Whether whoever did it starts the workflow. Only then may a look tell of any change: a contact's record says that it
 * changed, and not by whom (the description of https://mailchimp.com/developer/marketing/api/list-members/).
 */
export const isFromAll = ({ sources }: Settings): boolean =>
	SOURCES.every((source) => sources.includes(source));

/** The one webhook of the trigger. */
export const wantedHooks = ({ audience, types, sources }: Settings): WantedWebhook[] => [
	{ channel: audience, choice: { events: types, sources } },
];
