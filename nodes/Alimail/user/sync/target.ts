import type { Client } from '../../../../core/http/client';
import { invalidInput, ServiceError } from '../../../../core/errors';
import type { Changes, Created, Fields, SyncTarget } from '../../../../core/sync';
import { ACTIVE, FROZEN } from '../model';
import { generatePassword } from '../password';
import { momentOf } from './directory';
import { createUser, deleteUser, findUser, patchUser } from '../write';

export interface TargetOptions {
	/** Accounts created here are of this type. */
	employeeType: string;
	forceChange: boolean;
	/** Department for rows that name none. */
	defaultDepartmentId?: string;
	/** The id behind what a row's department column says; makes what is missing. */
	departmentId(value: string): Promise<string>;
}

/** Carries a plan out on Alimail's accounts. */
export class AlimailTarget implements SyncTarget {
	constructor(
		private readonly client: Client,
		private readonly options: TargetOptions,
	) {}

	async create(fields: Fields): Promise<Created> {
		return await inWords(async () => await this.make(fields));
	}

	async update(id: string, changes: Changes): Promise<void> {
		await inWords(async () => await patchUser(this.client, id, await this.written(changes)));
	}

	async disable(id: string): Promise<void> {
		await inWords(async () => await patchUser(this.client, id, FROZEN));
	}

	async enable(id: string, changes: Changes): Promise<void> {
		await inWords(
			async () => await patchUser(this.client, id, { ...ACTIVE, ...(await this.written(changes)) }),
		);
	}

	async delete(id: string): Promise<void> {
		await inWords(async () => await deleteUser(this.client, id));
	}

	private async make({ department, initialPassword, ...fields }: Fields): Promise<Created> {
		const { employeeType, forceChange, defaultDepartmentId } = this.options;
		const given = typeof initialPassword === 'string' && initialPassword !== '' ? initialPassword : undefined;
		const password = given ?? generatePassword();
		const departmentId =
			typeof department === 'string' && department !== ''
				? await this.options.departmentId(department)
				: defaultDepartmentId;
		if (departmentId === undefined)
			throw invalidInput(
				'Department',
				'A new account needs a department, and the row names none',
				"Fill it in, or choose a 'Department for New Users' under Options.",
			);
		const filled = Object.fromEntries(
			Object.entries(fields).filter(([, value]) => value !== '' && value !== undefined),
		);
		const { email, name } = filled as { email: string; name: string };
		const body = {
			...filled,
			email,
			name,
			departmentIds: [departmentId],
			password,
			employeeType,
			forceChangePasswordNextSignIn: forceChange,
		};
		let isFound = false;
		const user = await createUser(this.client, body, () => (isFound = true)).catch(async (error: unknown) => {
			throw await this.whyNotCreated(error, email);
		});
		// Two runs side by side make the same account with two passwords: of one that was only found, nobody knows which.
		const made = { id: user.id, ...momentOf('createdAt', user.createdTime) };
		if (isFound) return { ...made, firstPassword: 'not known' };
		return { ...made, ...(given === undefined ? { initialPassword: password } : {}) };
	}

	private async written(changes: Changes): Promise<Record<string, unknown>> {
		const body: Record<string, unknown> = {};
		for (const [field, { to }] of Object.entries(changes)) {
			if (field === 'department') body.departmentIds = [await this.options.departmentId(String(to))];
			else body[field] = to;
		}
		return body;
	}

	/** A refused create is most often a taken address: somebody has made the account since it was looked for. */
	private async whyNotCreated(error: unknown, email: string): Promise<unknown> {
		if (
			!(error instanceof ServiceError) ||
			error.outcome !== 'refused' ||
			![400, 409].includes(error.facts.status ?? 0)
		)
			return error;
		const taken = await findUser(this.client, email).catch(() => undefined);
		if (taken === undefined) return error;
		return error.withoutSaid().with({
			message: `There already is an account with the address ${email} (${taken.name ?? 'without a name'}, employee number ${taken.employeeNo || 'none'})`,
			remedy:
				'If it is the same person, give that account the employee number of the row, and the next run goes on with it. If not, give the new person another address.',
			field: 'Email Address',
		});
	}
}

/** A problem of the sync is a message and a remedy: Alimail's own words, which name the field, go into the message. */
async function inWords<T>(work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		if (!(error instanceof ServiceError) || error.facts.status !== 400 || error.facts.said === undefined)
			throw error;
		throw error.with({
			message: `${error.message}: ${error.facts.said}`,
			remedy: 'Correct it in the source; the next run tries again.',
		});
	}
}
