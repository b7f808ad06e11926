import { type Html, html, time } from '../../../shell/page/html';
import type { Audience } from '../audience';
import type { Member, Status } from '../records';
import type { MailchimpService } from '../service';

/** What a status means to a reader, by colour and in words. */
export const STATUSES: Record<Status, [color: 'ok' | 'warn' | 'bad' | '', label: string]> = {
	subscribed: ['ok', 'subscribed'],
	unsubscribed: ['warn', 'unsubscribed'],
	cleaned: ['bad', 'cleaned: mail to it bounced'],
	pending: ['warn', 'pending: not confirmed yet'],
	transactional: ['', 'not subscribed (transactional)'],
	archived: ['', 'archived'],
};

export function statusPill({ status, before }: Member): Html {
	const [color, label] = STATUSES[status];
	const was = before === undefined ? '' : `, was ${before}`;
	return html`<span class="pill ${color}">${label}${was}</span>`;
}

export function nameOf({ merge_fields: { FNAME, LNAME } }: Member): string {
	return [FNAME, LNAME]
		.map((part) => String(part ?? ''))
		.filter(Boolean)
		.join(' ');
}

/** `Ana <ana@example.com>`, or what there is of it. */
export function senderOf(name: unknown, address: unknown): string {
	const [who, where] = [name, address].map((part) => String(part ?? ''));
	return who && where ? `${who} <${where}>` : who || where || '';
}

/** A time as it was given, which may have come from a client; nothing stays nothing. */
export const moment = (at: string): string => (Number.isNaN(Date.parse(at)) ? at : time(at));

/** The audiences as the choices of a list. */
export const audienceChoices = ({ audiences }: MailchimpService): Array<[string, string]> => [
	['', 'All audiences'],
	...[...audiences.values()].map(({ id, info }): [string, string] => [id, info.name]),
];

/** What the page calls a record of an audience; the ID of an audience has no dash. */
export const keyOf = ({ id }: Audience, record: { id: string | number }) => `${id}-${record.id}`;

/** All records of a kind, each with its audience and its key. */
export const recordsOf = <T extends { id: string | number }>(
	{ audiences }: MailchimpService,
	of: (audience: Audience) => Iterable<T>,
): Array<{ audience: Audience; record: T; key: string }> =>
	[...audiences.values()].flatMap((audience) =>
		[...of(audience)].map((record) => ({ audience, record, key: keyOf(audience, record) })),
	);
