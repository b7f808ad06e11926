import { perItem } from '../../../core/node/operation';
import { toServiceError } from '../../../core/errors';
import type { Directory } from '../connection';
import { dnKey, isDn, nameIn, parentOf, rdn, typeIn } from '../dn';
import { findUser, userLocator, userRow } from './user';

export const move = perItem({
	name: 'Move',
	value: 'move',
	action: 'Move a user',
	description: 'Put somebody into another organizational unit, or give the entry another name',
	fields: [
		userLocator,
		{
			displayName: 'To Organizational Unit',
			name: 'unit',
			type: 'string',
			default: '',
			placeholder: 'e.g. OU=Leavers,DC=corp,DC=example,DC=com',
			description: 'Where the entry is to stand. When empty: it stays where it is.',
		},
		{
			displayName: 'New Name',
			name: 'newName',
			type: 'string',
			default: '',
			placeholder: 'e.g. Li Wei',
			description: 'What the entry is to be called. When empty: as before.',
		},
	],
	read(item) {
		const [unit, name] = [item.text('unit'), item.text('newName')];
		if (unit === '' && name === '')
			throw item.fieldError('unit', 'is empty, and so is the new name', 'Fill in one of them.');
		if (unit !== '' && !isDn(unit))
			throw item.fieldError('unit', 'is not a DN', 'Write it like OU=Leavers,DC=corp,DC=example,DC=com.');
		return { user: item.resourceId('user'), unit, name };
	},
	async call({ user, unit, name }, directory: Directory) {
		const { dn } = await findUser(directory, user, ['cn']);
		return await userRow(directory, await moveEntry(directory, dn, unit, name));
	},
});

/** The DN that the entry has then. Nothing is asked for when it stands there already. @throws {ServiceError} */
export async function moveEntry(directory: Directory, dn: string, unit: string, name = ''): Promise<string> {
	const to = `${rdn(typeIn(dn), name || nameIn(dn))},${unit || parentOf(dn)}`;
	if (dnKey(to) === dnKey(dn)) return dn;
	await directory
		.rename(dn, to, {
			manualCheck: `Look in the directory whether it is at ${to}.`,
			reconcile: async () =>
				(await directory.read(dn, ['cn'])) === undefined && (await directory.read(to, ['cn'])) !== undefined
					? MOVED
					: undefined,
		})
		.catch(async (error: unknown) => {
			const fault = toServiceError(error);
			// Directories have different codes for it.
			if (
				unit === '' ||
				fault.outcome !== 'refused' ||
				(await directory.read(unit, ['objectClass'])) !== undefined
			)
				throw fault;
			throw fault.with({
				message: `The directory has no ${unit}`,
				remedy: "Check 'To Organizational Unit': it must be there before.",
			});
		});
	return to;
}

/** Stands for "done": a reconcile that answers with nothing would mean "not done". */
const MOVED = true as unknown as void;
