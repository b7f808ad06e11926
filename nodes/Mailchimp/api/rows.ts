import type { IDataObject } from 'n8n-workflow';

/** The rows of a list that is known to be short enough to be held whole, such as one that a dropdown shows. */
export async function allRows<T = IDataObject>(rows: AsyncIterable<IDataObject>): Promise<T[]> {
	const found: T[] = [];
	for await (const row of rows) found.push(row as T);
	return found;
}

/** The first row whose field holds this text, in any case of its letters: no two have the same name for Mailchimp. */
export async function rowCalled(
	rows: AsyncIterable<IDataObject>,
	field: string,
	text: string,
): Promise<IDataObject | undefined> {
	for await (const row of rows) if (String(row[field]).toLowerCase() === text.toLowerCase()) return row;
	return undefined;
}
