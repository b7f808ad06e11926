import { ServiceError } from '../../../core/errors';
import { counted } from '../../../core/text';
import { presentFilter, unitFilter } from '../changes/kinds';
import { after } from '../changes/place';
import { idOf } from '../changes/since';
import type { Directory } from '../connection';
import { dnKey, isWithin } from '../dn';
import { SERVICE } from '../errors/network';
import { all, any, equal, type Filter } from '../filter/filter';
import { Decoder, type Entry } from '../values/decode';
import { ACCOUNT_DISABLED } from '../values/flags';
import { guidBytes } from '../values/identifiers';
import { generalizedToIso } from '../values/times';
import { listOf } from '../wire/serverInfo';
import { shortened, type Person } from './known';

/** What n8n has to keep of each of them makes a megabyte for 20,000 or so. */
export const MOST_PEOPLE = 50_000;
/** Ids asked for in one search. */
const AT_ONCE = 100;

export interface Found {
	people: Map<string, Person>;
	/** DNs by ids. */
	units: Map<string, string>;
	/** Where people stand who are outside of the base. */
	outside: Map<string, string>;
	/** Ids of people who are not there any more. */
	gone: Set<string>;
	/** The latest time of a change, as the directory writes it; outside Active Directory. */
	latest: string;
}

export interface Watching {
	base: string;
	attributes: string[];
}

/** Reads people and what they stand in. */
export class Reader {
	private constructor(
		private readonly directory: Directory,
		private readonly watching: Watching,
		private readonly isActiveDirectory: boolean,
		private readonly people: Filter,
		private readonly decoder: Decoder,
	) {}

	static async of(directory: Directory, watching: Watching): Promise<Reader> {
		const { kind } = await directory.info();
		const decoder = new Decoder(await directory.schema(), watching.attributes);
		return new Reader(directory, watching, kind === 'activeDirectory', presentFilter('user', kind), decoder);
	}

	/** Everybody below the base. @throws {ServiceError} rather than give a part */
	async all(): Promise<Found> {
		const found = nothing();
		await this.read(found, this.watching.base, any(this.people, unitFilter));
		if (found.people.size > MOST_PEOPLE)
			throw new ServiceError({
				service: SERVICE,
				message: `There are ${counted(found.people.size, 'person', 'people')} below ${this.watching.base}: more than a trigger can keep in mind (${MOST_PEOPLE})`,
				remedy: "Choose a 'Base' further down, and use several triggers.",
			});
		return found;
	}

	/** What was changed after a number, wherever in the domain it stands: somebody may have left the base. */
	async since(usn: string): Promise<Found> {
		const found = nothing();
		const changed: Filter = { compare: '>=', attribute: 'uSNChanged', value: after(usn) };
		const { baseDn } = await this.directory.info();
		const base = isWithin(this.watching.base, baseDn) ? baseDn : this.watching.base;
		await this.read(found, base, all(any(this.people, unitFilter), changed));
		return found;
	}

	/** What was changed at a time or later, below the base. @param time as the directory writes it */
	async sinceTime(time: string): Promise<Found> {
		const found = nothing();
		const changed: Filter = { compare: '>=', attribute: 'modifyTimestamp', value: time };
		await this.read(found, this.watching.base, all(any(this.people, unitFilter), changed));
		return found;
	}

	/** Where those stand who are somewhere else in the domain now. */
	async elsewhere(ids: string[]): Promise<Map<string, string>> {
		const { baseDn } = await this.directory.info();
		const found = new Map<string, string>();
		if (!this.isActiveDirectory || dnKey(baseDn) === dnKey(this.watching.base)) return found;
		for (let i = 0; i < ids.length; i += AT_ONCE) {
			const guids = ids.slice(i, i + AT_ONCE).flatMap((id) => guidBytes(id) ?? []);
			const filter = any(...guids.map((guid) => equal('objectGUID', guid)));
			const query = { base: baseDn, scope: 'sub' as const, filter, attributes: ['objectGUID'] };
			for await (const entry of this.directory.search(query)) found.set(idOf(entry), entry.dn);
		}
		return found;
	}

	/** A few people, to look at. */
	async some(limit: number): Promise<Map<string, Person>> {
		const found = nothing();
		await this.read(found, this.watching.base, this.people, limit);
		return found.people;
	}

	private async read(found: Found, base: string, filter: Filter, limit = Infinity): Promise<void> {
		const { attributes, base: own } = this.watching;
		const needed = this.isActiveDirectory
			? ['objectGUID', 'objectClass', 'userAccountControl', 'whenCreated']
			: ['entryUUID', 'objectClass', 'createTimestamp', 'modifyTimestamp'];
		const query = {
			base,
			scope: 'sub' as const,
			filter,
			attributes: [...new Set([...attributes, ...needed])],
			limit,
		};
		for await (const entry of this.directory.search(query)) {
			const [time = ''] = listOf(entry.modifyTimestamp);
			if (time > found.latest) found.latest = time;
			const id = idOf(entry);
			const isUnit = listOf(entry.objectClass).some((name) => /^(organizationalUnit|container)$/i.test(name));
			if (isUnit) found.units.set(id, entry.dn);
			else if (isWithin(entry.dn, own)) found.people.set(id, this.personOf(entry));
			else found.outside.set(id, entry.dn);
		}
	}

	private personOf(entry: Entry): Person {
		const names = new Map(Object.keys(entry).map((name) => [name.toLowerCase(), name]));
		const [control] = listOf(entry.userAccountControl);
		const [created = ''] = listOf(entry.whenCreated ?? entry.createTimestamp);
		return {
			dn: entry.dn,
			enabled:
				this.isActiveDirectory && control !== undefined ? (Number(control) & ACCOUNT_DISABLED) === 0 : null,
			createdAt: generalizedToIso(created) ?? '',
			values: this.watching.attributes.map((attribute) => {
				const name = names.get(attribute.toLowerCase());
				const value = name === undefined ? undefined : entry[name];
				if (name === undefined || value === undefined || (Array.isArray(value) && value.length === 0))
					return null;
				return shortened(this.decoder.value(name, value));
			}),
		};
	}
}

const nothing = (): Found => ({
	people: new Map(),
	units: new Map(),
	outside: new Map(),
	gone: new Set(),
	latest: '',
});
