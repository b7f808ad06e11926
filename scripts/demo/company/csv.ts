/** One line of the HR export. Dates are YYYY-MM-DD; the head of the company has no manager. */
export interface Employee {
	number: string;
	name: string;
	email: string;
	department: string;
	title: string;
	mobile: string;
	location: string;
	managerEmail: string;
	status: 'Active' | 'Probation' | 'Left';
	startDate: string;
}

export const columns: Array<[heading: string, field: keyof Employee]> = [
	['Employee No', 'number'],
	['Name', 'name'],
	['Email', 'email'],
	['Department', 'department'],
	['Job Title', 'title'],
	['Mobile', 'mobile'],
	['Location', 'location'],
	['Manager Email', 'managerEmail'],
	['Status', 'status'],
	['Start Date', 'startDate'],
];

const byteOrderMark = '\uFEFF';
const quoted = (value: string) => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
const line = (values: string[]) => values.map(quoted).join(',') + '\r\n';

/** As HR systems and Excel write it: UTF-8 with a byte order mark, CRLF, quotes only where RFC 4180 asks for them. */
export function toCsv(rows: Employee[]): string {
	const body = rows.map((row) => line(columns.map(([, field]) => row[field])));
	return byteOrderMark + line(columns.map(([heading]) => heading)) + body.join('');
}

/**
 * The export whose transfer broke off inside row `last` (0-based), after the year of its last field. Cut there the
 * line still has every column, so that a CSV reader takes the file for a sound one: the worst case.
 */
export function toTruncatedCsv(rows: Employee[], last: number): string {
	const whole = toCsv(rows.slice(0, last + 1));
	return whole.slice(0, whole.length - '-00-00\r\n'.length);
}
