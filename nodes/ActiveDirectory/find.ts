import { ServiceError } from '../../core/errors';
import { truncate } from '../../core/text';
import type { Directory } from './connection';
import { isDn } from './dn';
import { SERVICE } from './errors/network';
import { all, any, equal, type Filter } from './filter/filter';
import type { Entry } from './values/decode';
import { guidBytes, guidOf, sidBytes } from './values/identifiers';
import type { ServerKind } from './wire/serverInfo';

/** What is looked for, in words and in the directory's terms. */
export interface Kind {
	/** "user", "group", "entry". */
	word: string;
	filter: Filter;
	/** Attributes that hold the name somebody would type. */
	names: string[];
	/** Attributes to look at for a name with an `@` in it. */
	addresses: string[];
}

/**
 * What people know an entry by: a DN, a GUID, a SID, a mail address or user principal name, `DOMAIN\name`, or the name to
 * sign in with. Undefined for a DN, which is read and not looked for.
 */
export function filterFor(text: string, kind: Kind, server: ServerKind): Filter | undefined {
	if (isDn(text)) return undefined;
	const guid = guidBytes(text);
	if (guid !== undefined)
		return all(
			kind.filter,
			server === 'activeDirectory' ? equal('objectGUID', guid) : equal('entryUUID', guidText(guid)),
		);
	const sid = server === 'activeDirectory' ? sidBytes(text) : undefined;
	if (sid !== undefined) return all(kind.filter, equal('objectSid', sid));
	if (text.includes('@')) return all(kind.filter, any(...kind.addresses.map((name) => equal(name, text))));
	const name = text.replace(/^[^\\]+\\(?=.)/, '');
	return all(kind.filter, any(...kind.names.map((attribute) => equal(attribute, name))));
}

/** An entryUUID is written from left to right. */
const guidText = (bytes: Buffer): string => guidOf(bytes);

/** The one entry that is meant. @throws {ServiceError} when there is none, or more than one */
export async function findOne(
	directory: Directory,
	text: string,
	kind: Kind,
	attributes: string[],
	field: string,
): Promise<Entry> {
	const found = await findUpToTwo(directory, text, kind, attributes);
	if (found.length === 1) return found[0]!;
	throw new ServiceError({
		service: SERVICE,
		field,
		message:
			found.length === 0
				? `There is no ${kind.word} “${truncate(text)}” below ${await directory.base()}`
				: `More than one ${kind.word} is called “${truncate(text)}”: ${found.map(({ dn }) => dn).join(' and ')}`,
		remedy:
			found.length === 0
				? 'Check the spelling, and whether the account of the credential may see it. A DN, a GUID, a SID, a mail address and the name for signing in all work.'
				: 'Use the DN or the GUID of the one that is meant.',
	});
}

/** None, the one that is meant, or two when it is not plain which. */
export async function findUpToTwo(
	directory: Directory,
	text: string,
	kind: Kind,
	attributes: string[],
	base?: string,
): Promise<Entry[]> {
	const { kind: server } = await directory.info();
	const filter = filterFor(text, kind, server);
	if (filter !== undefined)
		return await directory.find({ base: base ?? (await directory.base()), scope: 'sub', filter, attributes });
	const entry = await directory.read(text, attributes);
	return entry === undefined ? [] : [entry];
}
