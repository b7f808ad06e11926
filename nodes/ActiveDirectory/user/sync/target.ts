import { invalidInput, ServiceError, toServiceError } from '../../../../core/errors';
import { splitDirectoryNames } from '../../../../core/list';
import { generatePassword } from '../../../../core/password';
import type { Changes, Created, Fields, SyncTarget } from '../../../../core/sync';
import { idOf } from '../../changes/since';
import type { Directory } from '../../connection';
import { isWithin, rdn } from '../../dn';
import { equal } from '../../filter/filter';
import type { Entry } from '../../values/decode';
import { ACCOUNT_DISABLED } from '../../values/flags';
import { generalizedToIso } from '../../values/times';
import { change } from '../../wire/changes';
import { listOf } from '../../wire/serverInfo';
import type { Wanted } from '../changes';
import { createUser } from '../create.operation';
import { moveEntry } from '../move.operation';
import { switchAccount } from '../status.operations';
import type { Chosen, Groups } from './chosen';
import { ATTRIBUTES } from './columns';
import type { Account, Accounts } from './records';

/** Carries a plan out on the accounts of an Active Directory. */
export class DirectoryTarget implements SyncTarget {
	constructor(
		private readonly directory: Directory,
		private readonly chosen: Chosen,
		private readonly groups: Groups,
		private readonly known: Pick<Accounts, 'accounts' | 'byMail'>,
		/** Where leavers are moved; '' to leave them where they are. */
		private readonly leaverUnit: string,
	) {}

	async create({ initialPassword, ...fields }: Fields): Promise<Created> {
		const text = (name: string) => String(fields[name] ?? '');
		const unit = text('unit') || this.chosen.newUnit;
		if (unit === '')
			throw invalidInput(
				'Organizational Unit',
				'A new account needs a place, and neither its row nor its department says which',
				"Add the department under 'By Department', or fill in 'Unit for New Users' under Options.",
			);
		const login = text('login') || loginFrom(text('email'));
		const given = typeof initialPassword === 'string' ? initialPassword : '';
		const password = given || generatePassword();
		const dn = await this.make(fields, { login, unit, password });
		const entry = await this.made(dn, login);
		const id = idOf(entry);
		this.known.accounts.set(id, { dn, control: Number(entry.userAccountControl) });
		if (text('email') !== '') this.known.byMail.set(text('email').toLowerCase(), dn);
		const missing = await this.join(dn, splitDirectoryNames(text('groups')));
		const at = generalizedToIso(listOf(entry.whenCreated)[0] ?? '');
		return {
			id,
			login,
			...(at === undefined ? {} : { createdAt: new Date(at) }),
			...(given === '' ? { initialPassword: password } : {}),
			...(missing.length === 0 ? {} : { groupsMissing: missing }),
		};
	}

	async update(id: string, changes: Changes): Promise<void> {
		const account = this.account(id);
		const values = Object.entries(changes).filter(([field]) => field !== 'unit' && field !== 'groups');
		if (values.length > 0) {
			const writes = await Promise.all(
				values.map(async ([field, { to }]) =>
					change('replace', this.attributeOf(field), await this.stored(field, String(to))),
				),
			);
			await this.directory.modify(account.dn, writes, { idempotent: true });
		}
		if (changes.groups !== undefined) await this.regroup(account, changes.groups.from, changes.groups.to);
		// Last, because the name under which all else is written changes with it.
		if (changes.unit !== undefined) await this.move(account, String(changes.unit.to));
	}

	async disable(id: string): Promise<void> {
		const account = this.account(id);
		await this.switch(account, false);
		if (this.leaverUnit === '') return;
		await this.move(account, this.leaverUnit).catch((error: unknown) => {
			const fault = toServiceError(error);
			throw fault.with({ message: `Disabled, but not moved to ${this.leaverUnit}: ${fault.message}` });
		});
	}

	async enable(id: string, changes: Changes): Promise<void> {
		const account = this.account(id);
		await this.update(id, changes);
		await this.switch(account, true);
		// Who comes back does not stay among those who left.
		const { leaverUnit, newUnit } = this.chosen;
		const isAmongLeavers = leaverUnit !== '' && isWithin(account.dn, leaverUnit);
		if (isAmongLeavers && newUnit !== '' && !isWithin(newUnit, leaverUnit)) await this.move(account, newUnit);
	}

	async delete(id: string): Promise<void> {
		await this.directory.delete(this.account(id).dn);
	}

	/** The account as it was made. @throws {ServiceError} that says that it is there */
	private async made(dn: string, login: string): Promise<Entry> {
		const attributes = ['objectGUID', 'userAccountControl', 'whenCreated'];
		const entry = await this.directory.read(dn, attributes).catch(() => undefined);
		if (entry !== undefined) return entry;
		throw new ServiceError({
			message: `The account of ${login} was made, and then could not be read`,
			remedy: `Look in the directory for ${dn}. The next run goes on with it.`,
			outcome: 'unknown',
		});
	}

	/** Its password is not to be lost over a group: what it is not in yet is told, and the next run puts it there. */
	private async join(dn: string, names: string[]): Promise<string[]> {
		const missing: string[] = [];
		for (const name of names)
			await this.put(dn, name, 'add').catch((error: unknown) => {
				missing.push(`${name}: ${toServiceError(error).message}`);
			});
		return missing;
	}

	private account(id: string): Account {
		const account = this.known.accounts.get(id);
		if (account === undefined) throw new Error(`There is no account ${id}`);
		return account;
	}

	private async switch(account: Account, isEnabled: boolean): Promise<void> {
		await switchAccount(this.directory, account.dn, account.control, isEnabled);
		account.control = isEnabled ? account.control & ~ACCOUNT_DISABLED : account.control | ACCOUNT_DISABLED;
	}

	private async move(account: Account, unit: string): Promise<void> {
		account.dn = await moveEntry(this.directory, account.dn, unit);
	}

	private async regroup(account: Account, from: unknown, to: unknown): Promise<void> {
		const [before, after] = [splitDirectoryNames(String(from ?? '')), splitDirectoryNames(String(to))];
		for (const name of after) if (!before.includes(name)) await this.put(account.dn, name, 'add');
		for (const name of before) if (!after.includes(name)) await this.put(account.dn, name, 'delete');
	}

	/** Doing it twice does no harm: what stands there decides. */
	private async put(dn: string, name: string, way: 'add' | 'delete'): Promise<void> {
		const group = this.groups.dnOf(name);
		await this.directory
			.modify(group, [change(way, 'member', [dn])], { idempotent: true })
			.catch(async (error: unknown) => {
				const query = {
					base: group,
					scope: 'base' as const,
					filter: equal('member', dn),
					attributes: ['cn'],
				};
				const isMember = (await this.directory.find(query, 1)).length > 0;
				if (isMember !== (way === 'add')) throw error;
			});
	}

	private attributeOf(field: string): string {
		if (field === 'employeeNo') return this.chosen.numberAttribute;
		if (field === 'managerEmail') return 'manager';
		return ATTRIBUTES[field] ?? field;
	}

	/** None to clear it. */
	private async stored(field: string, value: string): Promise<string[]> {
		if (value === '') return [];
		if (field !== 'managerEmail') return [value];
		const dn = this.known.byMail.get(value.toLowerCase());
		if (dn !== undefined) return [dn];
		throw new ServiceError({
			message: `The manager ${value} has no account below ${this.chosen.base}`,
			remedy: 'Correct the manager in the source, or widen the base of the scope.',
			field: 'Manager',
			outcome: 'notSent',
		});
	}

	/** The entry is called like its person; where somebody in the unit is called so already, with the login behind it. */
	private async make(
		fields: Fields,
		{ login, unit, password }: { login: string; unit: string; password: string },
	): Promise<string> {
		const name = String(fields.name);
		const more: Wanted[] = [];
		for (const [field, value] of Object.entries(fields)) {
			if (['login', 'unit', 'groups', 'name'].includes(field) || value === undefined || value === '')
				continue;
			const values = await this.stored(field, String(value));
			more.push({ attribute: this.attributeOf(field), operation: 'add', values });
		}
		more.push({ attribute: 'displayName', operation: 'add', values: [name] });
		const taken = await this.directory.read(`${rdn('CN', name)},${unit}`, ['cn']);
		return await createUser(this.directory, {
			login,
			fullName: taken === undefined ? name : `${name} (${login})`,
			unit,
			password,
			isDisabled: false,
			mustChange: this.chosen.forceChange,
			upn: this.chosen.upnIsMail ? String(fields.email) : '',
			more,
		}).catch((error: unknown) => {
			const fault = toServiceError(error);
			if (fault.facts.code !== '68') throw fault;
			throw fault.with({
				message: `There already is an account with the login ${login}`,
				remedy:
					'If it is the same person, give that account the employee number or the address of the row. If not, give the row another login.',
				field: 'Login',
			});
		});
	}
}

/** The part before the @, as far as Active Directory takes it. */
export const loginFrom = (email: string): string =>
	(email.split('@')[0] ?? '')
		.replace(/["/\\[\]:;|=,+*?<>@]/g, '')
		.slice(0, 20)
		.replace(/\.+$/, '');
