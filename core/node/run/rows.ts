import type { IBinaryKeyData, IDataObject } from 'n8n-workflow';

/** A row whose files n8n has stored already. */
export class StoredRow {
	constructor(
		readonly json: IDataObject,
		readonly binary: IBinaryKeyData,
	) {}
}

export type DoneRow = IDataObject | StoredRow;
