import type { IDataObject } from 'n8n-workflow';
import { breathe } from '../../../../core/breathe';
import type { Client } from '../../../../core/http/client';
import { path } from '../../../../core/http/path';
import type { Current, Fields } from '../../../../core/sync';
import { pages } from '../../connection';
import { variableColumn } from './columns';

export const keyOf = (email: unknown): string => String(email).trim().toLowerCase();

/**
 * Everybody in the list, 100 in a request, and whether these are all. What the numbers of a contact's state mean is not
 * published: who gets no emails is asked for by itself.
 *
 * @param blacklist keys of the addresses that the whole account does not mail
 */
export async function readContacts(
	client: Client,
	list: string,
	mapped: ReadonlySet<string>,
	blacklist: ReadonlySet<string>,
): Promise<{ records: Current[]; complete: boolean }> {
	const at = path`/addressbooks/${list}/emails`;
	const inactive = new Set<string>();
	for await (const { email } of client.pages(at, pages, { not_active: true })) inactive.add(keyOf(email));
	const records = new Map<string, Current>();
	for await (const row of client.pages(at, pages)) {
		const pause = breathe();
		if (pause) await pause;
		const id = keyOf(row.email);
		records.set(id, toCurrent(row, whyNeverBack(id, inactive, blacklist), mapped));
	}
	const { total } = await client.get(`${at}/total`);
	return { records: [...records.values()], complete: records.size >= Number(total) };
}

/** Who gets no emails by a decision that is not a list's to undo. */
function whyNeverBack(
	id: string,
	inactive: ReadonlySet<string>,
	blacklist: ReadonlySet<string>,
): string | undefined {
	if (blacklist.has(id)) return 'the address is on the blacklist of the SendPulse account';
	return inactive.has(id)
		? 'unsubscribed, not confirmed or not reachable, and only the person can change that'
		: undefined;
}

function toCurrent(row: IDataObject, why: string | undefined, mapped: ReadonlySet<string>): Current {
	const isActive = why === undefined;
	return {
		id: keyOf(row.email),
		label: String(row.email),
		fields: { email: String(row.email), ...valuesOf(row.variables, mapped) },
		active: isActive,
		// Who is not mailed is no leaver: deleted, nothing would keep the address from being added again.
		owned: isActive,
		adoptable: true,
		...(isActive ? {} : { rejoin: { allowed: false, reason: why } }),
	};
}

function valuesOf(variables: unknown, mapped: ReadonlySet<string>): Fields {
	const values = (typeof variables === 'object' && variables !== null ? variables : {}) as IDataObject;
	const fields: Fields = {};
	for (const id of mapped) {
		const variable = variableColumn(id);
		if (variable !== undefined) fields[id] = asText(values[variable.name]);
	}
	return fields;
}

/** Some answers have a variable as its value, some as an object around it. */
function asText(value: unknown): string {
	if (value === undefined || value === null) return '';
	if (typeof value !== 'object') return String(value);
	return 'value' in value ? asText(value.value) : '';
}
