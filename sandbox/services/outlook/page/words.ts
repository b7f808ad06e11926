import type { Mailbox } from '../mailbox';
import { textOf } from '../records';
import type { OutlookService } from '../service';

/** `Anna Weber <anna@contoso.example>` of a recipient, an attendee or an organizer. */
export function personOf(given: unknown): string {
	const { name, address } =
		(given as { emailAddress?: { name?: unknown; address?: unknown } } | undefined)?.emailAddress ?? {};
	const [who, where] = [textOf(name), textOf(address)];
	return who !== '' && where !== '' ? `${who} <${where}>` : who || where;
}

export const peopleOf = (given: unknown): string =>
	Array.isArray(given) ? given.map(personOf).join(', ') : '';

export const listOf = (given: unknown): string => (Array.isArray(given) ? given.map(String).join(', ') : '');

/** The text of a record with a body, as the letter of the page takes it. */
export function bodyOf(given: unknown): { html?: string; text?: string } {
	const { contentType, content } = (given as { contentType?: unknown; content?: unknown } | undefined) ?? {};
	if (textOf(content) === '') return {};
	return textOf(contentType).toLowerCase() === 'html' ? { html: textOf(content) } : { text: textOf(content) };
}

/** The mailboxes that were looked into, as the choices of a list. */
export const mailboxChoices = ({ directory }: OutlookService): Array<[string, string]> => [
	['', 'All mailboxes'],
	...directory.opened.map(({ address }): [string, string] => [address, address]),
];

/** All records of a kind, each with its mailbox and with what names it on the page. */
export const recordsOf = <T extends { id: string }>(
	{ directory }: OutlookService,
	of: (mailbox: Mailbox) => Iterable<T>,
): Array<{ mailbox: Mailbox; item: T; key: string }> =>
	directory.opened.flatMap((mailbox) =>
		[...of(mailbox)].map((item) => ({ mailbox, item, key: `${mailbox.address}-${item.id}` })),
	);
