import { toServiceError } from '../../../core/errors';
import type { Directory } from '../connection';
import { all, equal, type Filter } from '../filter/filter';
import type { Entry } from '../values/decode';
import { showDeleted } from '../wire/controls';
import { after } from './place';

/** noSuchObject, insufficientAccessRights, unavailableCriticalExtension: no access, or no such place. */
const NOT_SHOWN = ['32', '50', '12'];

/** What Active Directory keeps of a deleted entry that tells which one it was (MS-ADTS 3.1.1.5.5.1.1). */
export const DELETED_ATTRIBUTES = ['objectGUID', 'objectClass', 'sAMAccountName', 'lastKnownParent', 'cn'];

const placeOfDeleted = async (directory: Directory): Promise<string> =>
	`CN=Deleted Objects,${(await directory.info()).baseDn}`;

/** Whether the account may see what was deleted; by default only administrators may. */
export async function seesDeleted(directory: Directory): Promise<boolean> {
	if (!(await directory.isActiveDirectory())) return false;
	try {
		const dn = await placeOfDeleted(directory);
		return (await directory.read(dn, ['objectClass'], [showDeleted()])) !== undefined;
	} catch (error) {
		const fault = toServiceError(error);
		if (NOT_SHOWN.includes(fault.facts.code ?? '')) return false;
		throw fault;
	}
}

/** What was deleted after a change's number, of entries of one kind. @param filter by class: categories are not kept */
export async function* deletedSince(
	directory: Directory,
	usn: string,
	filter: Filter,
	attributes: string[] = DELETED_ATTRIBUTES,
): AsyncGenerator<Entry> {
	yield* directory.search({
		base: await placeOfDeleted(directory),
		scope: 'sub',
		filter: all(equal('isDeleted', 'TRUE'), filter, {
			compare: '>=',
			attribute: 'uSNChanged',
			value: after(usn),
		}),
		attributes,
		controls: [showDeleted()],
	});
}

/** `CN=Li Wei\0ADEL:…` → `Li Wei`. */
export const nameOfDeleted = (cn: string): string => cn.replace(/[\n\0]DEL:[\da-f-]{36}$/i, '');
