import { mimeOf } from './mime';
import { addressOf, type Props, textOf } from './records';

/** Text in a line of iCal or a vCard (RFC 5545, 3.3.11; RFC 2426, 4). */
const escaped = (value: unknown): string =>
	textOf(value)
		.replace(/[\\;,]/g, '\\$&')
		.replace(/\r?\n/g, '\\n');

/** `2026-12-01T09:00:00` → `20261201T090000` */
const compact = (value: unknown): string =>
	textOf((value as { dateTime?: unknown } | undefined)?.dateTime)
		.replace(/[-:]/g, '')
		.slice(0, 15);
const zoneOf = (value: unknown): string =>
	textOf((value as { timeZone?: unknown } | undefined)?.timeZone) || 'UTC';

const lines = (...all: string[]): string => `${all.join('\r\n')}\r\n`;

const iCalOf = ({ subject, start, end, organizer }: Props): string =>
	lines(
		'BEGIN:VCALENDAR',
		'METHOD:PUBLISH',
		'PRODID:Microsoft Exchange Server 2010',
		'VERSION:2.0',
		'BEGIN:VEVENT',
		`ORGANIZER:MAILTO:${addressOf(organizer)}`,
		`SUMMARY:${escaped(subject)}`,
		`DTSTART;TZID=${zoneOf(start)}:${compact(start)}`,
		`DTEND;TZID=${zoneOf(end)}:${compact(end)}`,
		'END:VEVENT',
		'END:VCALENDAR',
	);

const vCardOf = ({ displayName, surname, givenName }: Props): string =>
	lines(
		'BEGIN:VCARD',
		'PROFILE:VCARD',
		'VERSION:3.0',
		'MAILER:Microsoft Exchange',
		'PRODID:Microsoft Exchange',
		`FN:${escaped(displayName)}`,
		`N:${escaped(surname)};${escaped(givenName)};;;`,
		'END:VCARD',
	);

/** The raw contents of an attached item: vCard, iCal or MIME (learn.microsoft.com/graph/api/attachment-get). */
export function rawOf(item: Props): Buffer {
	const type = textOf(item['@odata.type']).replace('#microsoft.graph.', '');
	const write = { contact: vCardOf, event: iCalOf }[type];
	return Buffer.from(write?.(item) ?? mimeOf({ props: item, attachments: new Map() }));
}
