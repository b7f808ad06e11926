import { isAddress } from '../../../../core/mail/address';
import type { Desired, Fields, Finding } from '../../../../core/sync';
import { mergeColumn } from './columns';
import { listOf } from './tags';

/** Days and birthdays as Mailchimp writes them, so that they can be compared: changes the rows in place. */
export function writeDays(rows: Desired[], mapped: ReadonlySet<string>): void {
	const days = [...mapped].flatMap((id) => {
		const type = mergeColumn(id)?.type;
		return type === 'date' || type === 'birthday' ? [{ id, type }] : [];
	});
	if (days.length === 0) return;
	for (const { fields } of rows)
		for (const { id, type } of days) {
			const [day, month, dayOfMonth] = /^\d{4}-(\d\d)-(\d\d)(?=$|[T ])/.exec(String(fields[id] ?? '')) ?? [];
			if (day !== undefined) fields[id] = type === 'date' ? day : `${month}/${dayOfMonth}`;
		}
}

const FORMS: Record<string, [form: RegExp, message: string, remedy: string]> = {
	date: [/^\d{4}-\d\d-\d\d$/, 'is not a date', 'Write it like 2026-11-26 in the source.'],
	birthday: [
		/^\d{1,2}\/\d{1,2}$/,
		'is not a birthday',
		'Write it like 11/26, or as a whole date like 1990-11-26.',
	],
	number: [/^-?\d+(?:\.\d+)?$/, 'is not a number', 'Write it like 42 or 4.2 in the source.'],
};

/** What Mailchimp would refuse of one row, said before anything is sent. */
export function rowCheck(mapped: ReadonlySet<string>): (fields: Fields) => Finding[] {
	const formed = [...mapped].flatMap((field) => {
		const form = FORMS[mergeColumn(field)?.type ?? ''];
		return form === undefined ? [] : [{ field, form }];
	});
	return (fields) => {
		const findings: Finding[] = [];
		if (fields.email !== undefined && !isAddress(String(fields.email)))
			findings.push({
				field: 'email',
				message: 'is not a mail address',
				remedy: 'Correct it in the source.',
			});
		for (const { field, form } of formed) {
			const value = fields[field];
			if (value !== '' && value !== undefined && !form[0].test(String(value)))
				findings.push({ field, message: form[1], remedy: form[2] });
		}
		const long = listOf(fields.tags).find((tag) => tag.length > 100);
		if (long !== undefined)
			findings.push({
				field: 'tags',
				message: `has a tag of ${long.length} characters`,
				remedy: 'A tag has up to 100 characters.',
			});
		return findings;
	};
}
