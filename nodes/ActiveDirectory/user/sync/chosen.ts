import { ServiceError } from '../../../../core/errors';
import { splitDirectoryNames } from '../../../../core/list';
import type { ParameterReader } from '../../../../core/node/parameters/reader';
import { wildcard } from '../../../../core/node/wildcard';
import type { Directory } from '../../connection';
import { dnKey, isDn } from '../../dn';
import { findGroup } from '../../group/group';
import { listOf } from '../../wire/serverInfo';

export interface Chosen {
	base: string;
	numberAttribute: string;
	forceChange: boolean;
	upnIsMail: boolean;
	/** '' where nothing is said. */
	leaverUnit: string;
	newUnit: string;
	departments: Array<{ fits(department: string): boolean; unit: string; groups: string[] | undefined }>;
}

const dnField = (reader: ParameterReader, name: string): string => {
	const dn = reader.text(name);
	if (dn === '' || isDn(dn)) return dn;
	throw reader.fieldError(name, 'is not a DN', 'Write it like OU=Staff,DC=corp,DC=example,DC=com.');
};

/** The operation's own fields. @throws {ServiceError} naming the field */
export async function readChosen(
	form: ParameterReader,
	scope: ParameterReader,
	options: ParameterReader,
	directory: Directory,
): Promise<Chosen> {
	const departments = form.fixedCollection('departments', 'department').map((row) => {
		const groups = splitDirectoryNames(row.text('groups'));
		return {
			fits: wildcard(row.requiredText('name').toLowerCase()),
			unit: dnField(row, 'unit'),
			groups: groups.length === 0 ? undefined : groups,
		};
	});
	return {
		base: dnField(scope, 'base') || (await directory.base()),
		numberAttribute: options.option('numberAttribute'),
		forceChange: options.value('forceChange') === undefined || options.boolean('forceChange'),
		upnIsMail: options.boolean('upnIsMail'),
		leaverUnit: dnField(options, 'leaverUnit'),
		newUnit: dnField(options, 'newUnit'),
		departments,
	};
}

/** Units must be there before anything is done: half of a run is worse than none. @throws {ServiceError} */
export async function checkUnits(
	directory: Directory,
	units: Array<[field: string, dn: string]>,
): Promise<void> {
	for (const [field, dn] of units) {
		if (dn === '' || (await directory.read(dn, ['objectClass'])) !== undefined) continue;
		throw new ServiceError({
			message: `'${field}' is ${dn}, which the directory does not have or the account may not see`,
			remedy: 'Correct it, or make the unit first. Nothing was done.',
			field,
			outcome: 'notSent',
		});
	}
}

/** The groups that this sync looks after: all that a rule or a row names. */
export class Groups {
	/** By the name in lower case, as it was asked for. */
	private readonly asked = new Map<string, string>();
	private readonly dns = new Map<string, string>();
	private readonly names = new Map<string, string>();

	constructor(private readonly directory: Directory) {}

	/** @throws {ServiceError} for a group that is not there */
	async know(texts: Iterable<string>): Promise<void> {
		for (const text of texts) {
			const key = text.toLowerCase();
			if (this.asked.has(key)) continue;
			const entry = await findGroup(this.directory, text, ['sAMAccountName']);
			const name = listOf(entry.sAMAccountName)[0] ?? entry.dn;
			this.asked.set(key, name);
			this.dns.set(name, entry.dn);
			this.names.set(dnKey(entry.dn), name);
		}
	}

	/** Names as people are compared by: sorted, in one text. */
	shown(texts: string[]): string {
		return [...new Set(texts.map((text) => this.asked.get(text.toLowerCase()) ?? text))].sort().join('; ');
	}

	/** The same of what somebody is in; groups of others are left out. */
	shownOf(memberOf: string[]): string {
		return memberOf
			.flatMap((dn) => this.names.get(dnKey(dn)) ?? [])
			.sort()
			.join('; ');
	}

	dnOf(name: string): string {
		return this.dns.get(name) ?? name;
	}
}
