import type { IDataObject } from 'n8n-workflow';
import type { Directory } from './connection';
import { idOf } from './changes/since';
import { parseDn } from './dn';
import type { Values } from './wire/changes';
import { listOf } from './wire/serverInfo';

/** Stands for "done": a reconcile that answers with nothing would mean "not done". */
const CREATED = true as unknown as void;

/**
 * A new entry; where it stands, and its id. After an answer that got lost it is looked for, by its name: had it been there
 * before, the directory would have refused. @throws {ServiceError}
 */
export async function addEntry(
	directory: Directory,
	dn: string,
	attributes: Record<string, Values>,
): Promise<IDataObject> {
	await directory.add(dn, attributes, {
		manualCheck: `Look in the directory whether ${dn} is there.`,
		reconcile: async () => {
			const classes = listOf((await directory.read(dn, ['objectClass']))?.objectClass);
			const wanted = (attributes.objectClass ?? []).map((name) => String(name).toLowerCase());
			const isSame = wanted.every((name) => classes.some((one) => one.toLowerCase() === name));
			return classes.length > 0 && isSame ? CREATED : undefined;
		},
	});
	const id = (await directory.isActiveDirectory()) ? 'objectGUID' : 'entryUUID';
	const entry = await directory.read(dn, [id]);
	return { dn: entry?.dn ?? dn, [id]: entry === undefined ? null : idOf(entry) };
}

/** The part of a DN that an entry must have as an attribute, too. */
export function nameAttribute(dn: string): Record<string, Values> {
	const [first] = parseDn(dn) ?? [];
	return first === undefined ? {} : { [first.type]: [first.value] };
}
