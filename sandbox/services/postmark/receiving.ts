import { randomUUID } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer';
import { parseAddress, parseAddresses } from './addresses';
import type { HookDelivery } from './hooks';
import type { InboundAttachment, InboundMessage, InboundPayload, InboundRecipient } from './inboundRecords';
import type { PostmarkServer } from './server';
import type { PostmarkState } from './state';

/** A mail from outside. */
export interface Incoming {
	/** `Anna <anna@example.org>` */
	from: string;
	/** By default the server's inbound address; `+hash` before the @ becomes the MailboxHash. */
	to?: string | undefined;
	cc?: string | undefined;
	bcc?: string | undefined;
	replyTo?: string | undefined;
	subject?: string | undefined;
	text?: string | undefined;
	html?: string | undefined;
	tag?: string | undefined;
	headers?: Array<{ Name: string; Value: string }>;
	attachments?:
		| undefined
		| Array<{ name: string; content: Buffer | string; contentType?: string | undefined; contentId?: string }>;
	/** SpamAssassin's points, against the server's InboundSpamThreshold. */
	spamScore?: number | undefined;
	/** By default the first one. */
	server?: PostmarkServer;
	date?: Date;
}

/** Takes a mail in: stored, blocked by a rule, or posted to the server's InboundHookUrl. */
export async function receive(mail: Incoming, server: PostmarkServer, state: PostmarkState) {
	const payload = await payloadOf(mail, server);
	const blockedReason = reasonToBlock(mail, payload, server);
	const message: InboundMessage = {
		payload,
		status: blockedReason ? 'Blocked' : 'Queued',
		blockedReason,
		at: Date.now(),
	};
	server.inbound.set(payload.MessageID, message);
	if (!blockedReason) postInbound(message, server, state);
	return message;
}

/** Without an InboundHookUrl there is nothing to do but keep the message. */
export function postInbound(message: InboundMessage, server: PostmarkServer, state: PostmarkState): void {
	if (!server.config.InboundHookUrl) {
		message.status = 'Processed';
		return;
	}
	message.status = 'Queued';
	state.hooks.post({
		event: 'Inbound',
		serverId: server.id,
		stream: message.payload.MessageStream,
		body: { ...message.payload },
		target: () =>
			server.config.InboundHookUrl ? { url: server.config.InboundHookUrl, headers: {} } : undefined,
		onState: (state) => {
			message.status = STATUS[state];
		},
	});
}

const STATUS: Record<HookDelivery['state'], InboundMessage['status']> = {
	'under way': 'Queued',
	delivered: 'Processed',
	waiting: 'Scheduled',
	stopped: 'Failed',
	'given up': 'Failed',
	refused: 'Failed',
	dropped: 'Failed',
};

/** A rule is an address or a domain of a sender. What the service writes as the reason is only known for "RULE". */
function reasonToBlock(
	{ spamScore = 0 }: Incoming,
	{ FromFull }: InboundPayload,
	server: PostmarkServer,
): string {
	const from = FromFull.Email.toLowerCase();
	const domain = from.slice(from.lastIndexOf('@') + 1);
	for (const { Rule: rule } of server.inboundRules.values()) {
		if (rule.toLowerCase() === from || rule.toLowerCase() === domain) return 'RULE';
	}
	const { InboundSpamThreshold: threshold } = server.config;
	return threshold > 0 && spamScore >= threshold ? 'SPAM' : '';
}

async function payloadOf(mail: Incoming, server: PostmarkServer): Promise<InboundPayload> {
	const list = (text: string | undefined, field: string) =>
		text ? parseAddresses(text, field).map(withHash) : [];
	const from = withHash(parseAddress(mail.from, 'From'));
	const to = list(mail.to ?? server.inboundAddress, 'To');
	const [cc, bcc] = [list(mail.cc, 'Cc'), list(mail.bcc, 'Bcc')];
	const recipients = [...to, ...cc, ...bcc];
	const own = recipients.find(({ Email }) => isOwn(Email, server)) ?? to[0];
	const { text = '', html = '', date = new Date() } = mail;
	const raw = server.config.RawEmailEnabled ? await rawOf(mail, from, to, date) : undefined;
	return {
		FromName: from.Name,
		MessageStream: [...server.streams.values()].find((one) => one.MessageStreamType === 'Inbound')?.ID ?? '',
		From: from.Email,
		FromFull: from,
		To: words(to),
		ToFull: to,
		Cc: words(cc),
		CcFull: cc,
		Bcc: words(bcc),
		BccFull: bcc,
		OriginalRecipient: own?.Email ?? '',
		Subject: mail.subject ?? '',
		MessageID: randomUUID(),
		ReplyTo: mail.replyTo ?? '',
		MailboxHash: own?.MailboxHash ?? '',
		Date: date.toUTCString().replace('GMT', '+0000'),
		TextBody: text,
		HtmlBody: html,
		StrippedTextReply: strippedReply(text),
		Tag: mail.tag ?? '',
		Headers: [
			{ Name: 'X-Spam-Status', Value: (mail.spamScore ?? 0) > 5 ? 'Yes' : 'No' },
			{ Name: 'X-Spam-Score', Value: String(mail.spamScore ?? 0) },
			{ Name: 'Message-ID', Value: `<${randomUUID()}@mail.invalid>` },
			...(mail.headers ?? []),
		],
		Attachments: (mail.attachments ?? []).map(attachmentOf),
		...(raw === undefined ? {} : { RawEmail: raw }),
	};
}

function withHash({ Email, Name }: { Email: string; Name: string }): InboundRecipient {
	return { Email, Name, MailboxHash: /^[^@]*?\+([^@]*)@/.exec(Email)?.[1] ?? '' };
}

function isOwn(address: string, server: PostmarkServer): boolean {
	const [local = '', domain = ''] = address.toLowerCase().split('@');
	return (
		local.split('+')[0] === server.inboundHash ||
		domain === (server.config.InboundDomain.toLowerCase() || '-')
	);
}

function words(list: InboundRecipient[]): string {
	return list.map(({ Email, Name }) => (Name ? `"${Name}" <${Email}>` : Email)).join(', ');
}

function attachmentOf({
	name,
	content,
	contentType = 'application/octet-stream',
	contentId = '',
}: NonNullable<Incoming['attachments']>[number]): InboundAttachment {
	const bytes = Buffer.from(content);
	return {
		Name: name,
		Content: bytes.toString('base64'),
		ContentType: contentType,
		ContentLength: bytes.length,
		ContentID: contentId,
	};
}

/** What was written above the quoted mail; how the service finds it is not public. */
function strippedReply(text: string): string {
	const quote = /^(?:>|On .+wrote:|-{2,} ?Original Message|发件人[:：]|在.+写道[:：])/im.exec(text);
	return quote ? text.slice(0, quote.index).trim() : '';
}

async function rawOf(mail: Incoming, from: InboundRecipient, to: InboundRecipient[], date: Date) {
	const person = ({ Email, Name }: InboundRecipient) => ({ address: Email, name: Name });
	const composer = new MailComposer({
		from: person(from),
		to: to.map(person),
		cc: mail.cc,
		replyTo: mail.replyTo,
		subject: mail.subject,
		text: mail.text,
		html: mail.html,
		date,
		headers: mail.headers?.map(({ Name, Value }) => ({ key: Name, value: Value })),
		attachments: mail.attachments?.map(({ name, content, contentType, contentId }) => ({
			filename: name,
			content,
			contentType,
			cid: contentId,
		})),
	});
	return (await composer.compile().build()).toString();
}
