import type { Row } from '../../../core/node/operation';
import type { Directory } from '../connection';
import { all, any, equal } from '../filter/filter';
import { userModel } from '../user/model';
import { Decoder, type Entry } from '../values/decode';
import { memberAttribute } from './group';

/** Members that are asked for side by side, and logins of one search. */
const AT_ONCE = 50;

/**
 * The members of a group outside Active Directory, where the group alone says who is in it. Who is named and is not there
 * (any more) comes as a row that says so.
 */
export async function* namedMembers(
	directory: Directory,
	group: Entry,
	attributes: string[],
	limit: number,
): AsyncGenerator<Row> {
	const decoder = new Decoder(await directory.schema(), attributes);
	const attribute = memberAttribute(group);
	const read = attribute === 'memberUid' ? byLogin : byDn;
	let left = limit;
	for await (const values of directory.values(group.dn, attribute))
		for (let i = 0; i < values.length && left > 0; i += AT_ONCE) {
			const names = values.slice(i, i + Math.min(AT_ONCE, left)).map(String);
			left -= names.length;
			for (const [name, entry] of await read(directory, names, attributes))
				yield entry === undefined ? { member: name, exists: false } : decoder.row(entry);
		}
}

type Members = Array<[name: string, entry: Entry | undefined]>;

const byDn = async (directory: Directory, dns: string[], attributes: string[]): Promise<Members> =>
	await Promise.all(
		dns.map(async (dn): Promise<Members[number]> => [dn, await directory.read(dn, attributes)]),
	);

async function byLogin(directory: Directory, logins: string[], attributes: string[]): Promise<Members> {
	const { filter, login } = await userModel(directory);
	const query = {
		base: await directory.base(),
		scope: 'sub' as const,
		filter: all(filter, any(...logins.map((name) => equal(login, name)))),
		attributes: [...attributes, login],
	};
	const found = new Map<string, Entry>();
	for await (const entry of directory.search(query)) found.set(String([entry[login]].flat()[0]), entry);
	return logins.map((name) => [name, found.get(name)]);
}
