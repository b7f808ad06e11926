import type { IBinaryKeyData, IDataObject, INodeExecutionData, IWebhookFunctions } from 'n8n-workflow';
import type { RecordType, Settings } from './settings';

/** One event as Postmark sends it (https://postmarkapp.com/developer/webhooks/webhooks-overview). */
export type Event = IDataObject;

/** Inbound emails are the only calls without a RecordType. */
export const typeOf = (event: Event): string =>
	String(
		event.RecordType ?? (event.MessageID !== undefined && event.FromFull !== undefined ? 'Inbound' : ''),
	);

/** What makes an event that one: repeats of a call have the same. */
export function idOf(event: Event): string {
	const parts: Record<string, string[]> = {
		Bounce: ['ID'],
		SpamComplaint: ['ID'],
		Delivery: ['MessageID', 'Recipient', 'DeliveredAt'],
		Open: ['MessageID', 'Recipient', 'ReceivedAt', 'FirstOpen'],
		Click: ['MessageID', 'Recipient', 'ReceivedAt', 'OriginalLink'],
		SubscriptionChange: ['MessageStream', 'Recipient', 'ChangedAt', 'SuppressSending'],
		Inbound: ['MessageID'],
	};
	return (parts[typeOf(event)] ?? []).map((name) => String(event[name])).join(' ');
}

export function isWanted(event: Event, { types, firstOpenOnly }: Settings): boolean {
	const type = typeOf(event);
	if (!types.includes(type as RecordType)) return false;
	return type !== 'Open' || !firstOpenOnly || event.FirstOpen !== false;
}

/** Ten fields an event at most, under Postmark's own names. */
const SIMPLE: Record<RecordType, string[]> = {
	Bounce: names('Email Type Description Inactive ID MessageID Subject Metadata BouncedAt'),
	SpamComplaint: names('Email Type Description Inactive ID MessageID Subject Metadata BouncedAt'),
	Delivery: names('Recipient MessageID MessageStream Tag Metadata DeliveredAt Details'),
	Open: names('Recipient FirstOpen MessageID MessageStream Tag Metadata ReceivedAt Platform'),
	Click: names('Recipient OriginalLink MessageID MessageStream Tag Metadata ReceivedAt Platform'),
	SubscriptionChange: names(
		'Recipient SuppressSending SuppressionReason Origin MessageID MessageStream Tag Metadata ChangedAt',
	),
	Inbound: names('From FromName To MailboxHash Subject TextBody StrippedTextReply HtmlBody MessageID Date'),
};

function names(list: string): string[] {
	return list.split(' ');
}

/** The item of an event: as Postmark sent it, or its most used fields; files of an inbound email in binary fields. */
export async function toItem(
	context: IWebhookFunctions,
	event: Event,
	{ simplify, attachmentPrefix }: Settings,
): Promise<INodeExecutionData> {
	const type = typeOf(event) as RecordType;
	const { json, binary } =
		type === 'Inbound' ? await withFiles(context, event, attachmentPrefix) : { json: event, binary: {} };
	return {
		json: simplify ? simple(json, type) : json,
		...(Object.keys(binary).length > 0 && { binary }),
	};
}

function simple(json: IDataObject, type: RecordType): IDataObject {
	const kept = SIMPLE[type].map((name) => [name, json[name] ?? null]);
	return { ...(type === 'Inbound' ? {} : { RecordType: type }), ...Object.fromEntries(kept) };
}

/** Attachments and the raw email leave the JSON, where they would be carried from node to node. */
async function withFiles(context: IWebhookFunctions, { RawEmail, ...event }: Event, prefix: string) {
	const binary: IBinaryKeyData = {};
	const attachments = (Array.isArray(event.Attachments) ? event.Attachments : []) as IDataObject[];
	const Attachments: IDataObject[] = [];
	for (const [i, { Content, ...rest }] of attachments.entries()) {
		const BinaryField = `${prefix}${i}`;
		binary[BinaryField] = await context.helpers.prepareBinaryData(
			Buffer.from(String(Content ?? ''), 'base64'),
			String(rest.Name || BinaryField),
			String(rest.ContentType || 'application/octet-stream'),
		);
		Attachments.push({ ...rest, BinaryField });
	}
	if (typeof RawEmail === 'string')
		binary.rawEmail = await context.helpers.prepareBinaryData(
			Buffer.from(RawEmail),
			`${String(event.MessageID)}.eml`,
			'message/rfc822',
		);
	return { json: { ...event, Attachments }, binary };
}
