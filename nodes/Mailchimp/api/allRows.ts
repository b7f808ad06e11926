import type { IDataObject } from 'n8n-workflow';

/** The rows of a list that is known to be short enough to be held whole, such as one that a dropdown shows. */
export async function allRows<T = IDataObject>(rows: AsyncIterable<IDataObject>): Promise<T[]> {
	const found: T[] = [];
	for await (const row of rows) found.push(row as T);
	return found;
}
