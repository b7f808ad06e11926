import type { Directory } from '../connection';
import { SERVICE } from '../errors/network';
import { ServiceError } from '../../../core/errors';
import { guidOf } from '../values/identifiers';
import { listOf } from '../wire/serverInfo';

/**
 * How far one copy of a directory's data has come. The numbers of Active Directory's domain controllers are their own:
 * those of one say nothing about another, nor about the same one after it was restored from a backup
 * (https://learn.microsoft.com/windows/win32/ad/polling-for-changes-using-usnchanged).
 */
export interface Place {
	/** Which copy: the invocation id of a domain controller's database, or the server's address elsewhere. */
	source: string;
	/** The number of the last change, read before anything else; undefined outside Active Directory. */
	usn?: string;
}

/** Where the server of this run stands now. @throws {ServiceError} */
export async function placeOf(directory: Directory): Promise<Place> {
	const { kind, entry } = await directory.rootDse();
	const one = (name: string) => listOf(entry[name])[0] ?? '';
	if (kind !== 'activeDirectory') return { source: directory.server ?? '' };
	const settings = await directory.read(one('dsServiceName'), ['invocationId']);
	const id = [settings?.invocationId ?? []].flat()[0];
	return {
		source: Buffer.isBuffer(id) && id.length === 16 ? guidOf(id) : one('dsServiceName'),
		usn: one('highestCommittedUSN'),
	};
}

/** Whether all that `before` has seen is known here too, by the same numbers. */
export const goesOnFrom = (before: Place, now: Place): boolean =>
	before.source === now.source &&
	(before.usn === undefined) === (now.usn === undefined) &&
	(before.usn === undefined || BigInt(before.usn) <= BigInt(now.usn!));

/** After reading: all must have come from the one server, whose numbers are kept. @throws {ServiceError} that a repetition mends */
export async function checkSame(directory: Directory, { source }: Place): Promise<void> {
	if ((await placeOf(directory)).source === source) return;
	throw new ServiceError({
		service: SERVICE,
		message: 'The server went away while changes were read, and another one took over',
		remedy: 'Nothing was taken over from it. Run it again; a trigger does so by itself.',
		canRetry: true,
	});
}

/** The filter's number for "after": there is no `>` in LDAP. */
export const after = (usn: string): string => String(BigInt(usn) + 1n);
