import type { Directory } from '../connection';
import { idOf } from '../changes/since';
import { equal } from '../filter/filter';
import { findGroup, memberAttribute } from '../group/group';
import { nameIn } from '../dn';
import { listOf } from '../wire/serverInfo';
import type { KeptGroup } from './known';

export interface FoundGroup extends Pick<KeptGroup, 'dn' | 'name'> {
	id: string;
	/** Number of its last change, at this domain controller; its time elsewhere. */
	changed: string;
	attribute: string;
}

/** A group that is watched. @throws {ServiceError} when it is not there */
export async function watchedGroup(directory: Directory, text: string): Promise<FoundGroup> {
	const isActiveDirectory = await directory.isActiveDirectory();
	const stamp = isActiveDirectory ? 'uSNChanged' : 'modifyTimestamp';
	const attributes = ['cn', 'objectClass', isActiveDirectory ? 'objectGUID' : 'entryUUID', stamp];
	const entry = await findGroup(directory, text, attributes);
	return {
		id: idOf(entry),
		dn: entry.dn,
		name: listOf(entry.cn)[0] ?? nameIn(entry.dn),
		changed: listOf(entry[stamp])[0] ?? '',
		attribute: memberAttribute(entry),
	};
}

/** DNs of a group's members by what identifies them: their GUIDs, elsewhere the DNs themselves. */
export async function membersOf(
	directory: Directory,
	{ dn, attribute }: FoundGroup,
): Promise<Record<string, string>> {
	const members: Record<string, string> = {};
	if (await directory.isActiveDirectory()) {
		// By the members' own entries: what the group holds are DNs, which change with every rename.
		const { baseDn } = await directory.info();
		const query = { base: baseDn, scope: 'sub' as const, filter: equal('memberOf', dn) };
		for await (const entry of directory.search({ ...query, attributes: ['objectGUID'] }))
			members[idOf(entry)] = entry.dn;
		return members;
	}
	for await (const some of directory.values(dn, attribute))
		for (const member of some) members[String(member).toLowerCase()] = String(member);
	return members;
}
