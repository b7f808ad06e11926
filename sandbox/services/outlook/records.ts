/** Fields of a record, as the description names them. */
export type Props = Record<string, unknown>;

/** A record of a mailbox: a message, an event, a contact. */
export interface Item {
	/** The ID that stays, whatever happens to it. */
	id: string;
	/** How often it was moved: each time it gets another ID, for who does not ask for the one that stays. */
	moves: number;
	/** The folder (or calendar) it is in. */
	folder: string;
	/** When it was changed last, as a place in the mailbox's log. */
	seq: number;
	/** When it came into this folder, as a place in the log. */
	since: number;
	/** Bumped by each change; stands in its ETag. */
	version: number;
	props: Props;
	/** Whether it was let go and waits for its time. */
	isSubmitted?: boolean;
	/** Of a contact. */
	photo?: { content: Buffer; mimeType: string };
	attachments: Map<string, Attachment>;
}

export interface Attachment {
	id: string;
	props: Props;
	content: Buffer;
}

/** Something that is no longer in a folder. */
export interface Gone {
	id: string;
	moves: number;
	folder: string;
	seq: number;
	reason: 'deleted' | 'changed';
}

/** Whether the request asked for the IDs that stay (learn.microsoft.com/graph/outlook-immutable-id). */
export const wantsImmutable = (prefer: string): boolean => /IdType="?ImmutableId"?/i.test(prefer);

/** The ID as it is told. */
export const idOf = ({ id, moves }: { id: string; moves: number }, immutable: boolean): string =>
	immutable ? `AAkALg${id}` : `AAMkAD${id}-${moves}`;

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** What stands between tags. */
export const plainText = (html: string): string =>
	html
		.replace(/<(style|script)[\s\S]*?<\/\1>/gi, '')
		.replace(/<br\s*\/?>|<\/p>|<\/div>/gi, '\n')
		.replace(/<[^>]+>/g, '')
		.replace(/&nbsp;/g, ' ')
		.replace(/&lt;/g, '<')
		.replace(/&gt;/g, '>')
		.replace(/&amp;/g, '&')
		.trim();

/** `ana@contoso.example` of a recipient. */
export const addressOf = (recipient: unknown): string =>
	textOf((recipient as { emailAddress?: { address?: unknown } } | undefined)?.emailAddress?.address);

export const recipientsOf = (props: Props): unknown[] =>
	['toRecipients', 'ccRecipients', 'bccRecipients'].flatMap(
		(name) => (props[name] as unknown[] | undefined) ?? [],
	);
