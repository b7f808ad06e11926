import { threadHeadersOf } from './extended';
import { addressOf, type Item, textOf } from './records';

/** A message as RFC 5322 writes it, as far as anyone looks. */
export function mimeOf(item: Pick<Item, 'props' | 'attachments'>): string {
	const { props, attachments } = item;
	const body = props.body as { contentType?: string; content?: string } | undefined;
	const to = ((props.toRecipients as unknown[] | undefined) ?? []).map(addressOf).join(', ');
	const head = [
		`From: ${addressOf(props.from)}`,
		`To: ${to}`,
		`Subject: ${textOf(props.subject)}`,
		`Message-ID: ${textOf(props.internetMessageId)}`,
		`Date: ${new Date(textOf(props.sentDateTime) || Date.now()).toUTCString()}`,
		...threadHeadersOf(item).map(({ name, value }) => `${name}: ${value}`),
		'MIME-Version: 1.0',
		`Content-Type: text/${body?.contentType?.toLowerCase() === 'html' ? 'html' : 'plain'}; charset=utf-8`,
		...[...attachments.values()].map(({ props: { name } }) => `X-Attachment: ${textOf(name)}`),
	];
	return `${head.join('\r\n')}\r\n\r\n${textOf(body?.content)}`;
}
