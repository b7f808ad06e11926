import type { IDataObject } from 'n8n-workflow';

/** “mfSubmitted 0x4: marked for sending”, “mfUnsent 0x8: still being composed” ([MS-OXCMSG] 2.2.1.6, PidTagMessageFlags). */
export const FLAGS = 'Integer 0x0E07';
const SUBMITTED = 4;

/** MAPI properties of a message, which are not told without being named (https://learn.microsoft.com/graph/api/singlevaluelegacyextendedproperty-get). */
export const expanded = (...ids: string[]): string =>
	`singleValueExtendedProperties($filter=${ids.map((id) => `id eq '${id}'`).join(' or ')})`;

/** Graph writes `SystemTime 0x3fef` for `SystemTime 0x3FEF`, and leaves zeros in front out. */
export function propertyOf(row: IDataObject, id: string): string | undefined {
	const plain = (text: string) => text.toLowerCase().replace(/0x0+/, '0x');
	const all = (row.singleValueExtendedProperties ?? []) as Array<{ id: string; value: string }>;
	return all.find((one) => plain(one.id) === plain(id))?.value;
}

/** Whether a message is no draft any more, be it that it waits for its time. Its flags must have been asked for. */
export const isLetGo = (row: IDataObject): boolean =>
	row.isDraft === false || (Number(propertyOf(row, FLAGS) ?? 0) & SUBMITTED) !== 0;
