import type { IDataObject } from 'n8n-workflow';
import { LEFT_OUT } from '../../../core/http/longTexts';

/** A row that came without long texts; `problem` names it when it had any. */
export function withProblem(row: IDataObject): IDataObject {
	if (!JSON.stringify(row).includes(LEFT_OUT)) return row;
	const problem = `What Outlook has of ${String(row.id)} is too long for one answer, so its texts of more than 1 MB are left out.`;
	return { ...row, problem };
}
