import type { IDataObject, IHookFunctions, ITriggerFunctions, IWebhookFunctions } from 'n8n-workflow';
import { invalidInput } from '../../../core/errors';
import { lookUp } from '../../../core/lookUp';
import type { WantedWebhook } from '../../../core/webhook/reconcile';

/** The choices of the field 'Events', and what Postmark calls them in a webhook's triggers and in its calls. */
export const RECORD_TYPES = {
	bounce: 'Bounce',
	click: 'Click',
	delivery: 'Delivery',
	inbound: 'Inbound',
	open: 'Open',
	spamComplaint: 'SpamComplaint',
	subscriptionChange: 'SubscriptionChange',
} as const;

export type RecordType = (typeof RECORD_TYPES)[keyof typeof RECORD_TYPES];

export interface Settings {
	types: RecordType[];
	/** Empty when only inbound emails are wanted: they have no webhook of a stream. */
	streams: string[];
	firstOpenOnly: boolean;
	includeContent: boolean;
	simplify: boolean;
	attachmentPrefix: string;
	catchUp: boolean;
	replaceInboundHook: boolean;
}

export function settingsOf(context: IHookFunctions | ITriggerFunctions | IWebhookFunctions): Settings {
	const read = <T>(name: string, otherwise: T) => context.getNodeParameter(name, otherwise as never) as T;
	const types = read<string[]>('events', []).map((event) => {
		const type = lookUp(RECORD_TYPES, event);
		if (type === undefined)
			throw invalidInput('Events', `'Events' has “${event}”, which is not one`, 'Choose from the list.');
		return type;
	});
	if (types.length === 0)
		throw invalidInput('Events', "'Events' is empty", 'Choose what should start the workflow.');
	const needsStream = types.some((type) => type !== 'Inbound');
	const streams = needsStream ? [...new Set(read<string[]>('streams', []))] : [];
	if (needsStream && streams.length === 0)
		throw invalidInput(
			'Message Streams',
			"'Message Streams' is empty",
			'Choose whose events should be reported.',
		);
	const options = read<IDataObject>('options', {});
	return {
		types,
		streams,
		firstOpenOnly: types.includes('Open') && read('firstOpenOnly', true),
		includeContent:
			(types.includes('Bounce') || types.includes('SpamComplaint')) && read('includeContent', false),
		simplify: read('simplify', true),
		attachmentPrefix: String(options.attachmentPrefix ?? 'attachment_'),
		catchUp: options.catchUp !== false,
		replaceInboundHook: options.replaceInboundHook === true,
	};
}

/** The webhook of each stream, with its triggers spelt out in full, as Postmark gives them back. */
export function wantedHooks(settings: Settings): WantedWebhook[] {
	return settings.streams.map((channel) => ({ channel, choice: triggersOf(settings) }));
}

/** https://postmarkapp.com/developer/api/webhooks-api#create-webhook */
function triggersOf({ types, firstOpenOnly, includeContent }: Settings) {
	const on = (type: RecordType) => types.includes(type);
	return {
		Open: { Enabled: on('Open'), PostFirstOpenOnly: firstOpenOnly },
		Click: { Enabled: on('Click') },
		Delivery: { Enabled: on('Delivery') },
		Bounce: { Enabled: on('Bounce'), IncludeContent: on('Bounce') && includeContent },
		SpamComplaint: {
			Enabled: on('SpamComplaint'),
			IncludeContent: on('SpamComplaint') && includeContent,
		},
		SubscriptionChange: { Enabled: on('SubscriptionChange') },
	};
}
