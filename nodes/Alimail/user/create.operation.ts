import { isAddress } from '../../../core/mail/address';
import { byDisplayName } from '../../../core/node/properties';
import { perItem } from '../../../core/node/operation';
import { departmentLocator } from '../department/fields';
import { memberDepartmentId } from '../department/tree';
import { profileFields } from './fields';
import { generatePassword, passwordFault } from './password';
import { createUser, readProfile } from './write';

export const create = perItem({
	name: 'Create',
	value: 'create',
	action: 'Create a user',
	description: 'Create a mailbox for a person or a shared purpose',
	fields: [
		{
			displayName: 'Email Address',
			name: 'email',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. li.wei@example.com',
			description: 'The new mail address, in one of your own domains',
		},
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 李伟 or Ana Bauer',
			description: 'The person’s real name',
		},
		{ ...departmentLocator, description: 'The department the person belongs to' },
		{
			displayName: 'Initial Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'9 to 64 characters with three of upper case, lower case, digit and special character. When empty, a random one is made and returned once, as "initialPassword".',
		},
		{
			displayName: 'Change Password at First Sign-In',
			name: 'forceChange',
			type: 'boolean',
			default: true,
			description: 'Whether the person must choose a new password when signing in for the first time',
		},
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description: 'What may be added and can be left out',
			options: byDisplayName([
				...profileFields,
				{
					displayName: 'Type of Account',
					name: 'employeeType',
					type: 'options',
					options: [
						{ name: 'Person', value: 'EMPLOYEE' },
						{ name: 'Shared or Service Account', value: 'SERVICE' },
					],
					default: 'EMPLOYEE',
					description: 'Whether the mailbox belongs to a person or to a purpose such as info@',
				},
			]),
		},
	],
	read(item) {
		const email = item.requiredText('email');
		if (!isAddress(email))
			throw item.fieldError(
				'email',
				`is not a mail address: “${email}”`,
				'Enter one like li.wei@example.com.',
			);
		const password = item.text('password');
		const fault = password === '' ? undefined : passwordFault(password);
		if (fault !== undefined)
			throw item.fieldError('password', fault, 'Choose another, or leave it empty to have one made.');
		const more = item.collection('additionalFields');
		return {
			department: item.resourceLocator('department'),
			password,
			user: {
				email,
				name: item.requiredText('name'),
				employeeType: more.text('employeeType') || 'EMPLOYEE',
				forceChangePasswordNextSignIn: item.boolean('forceChange'),
				...readProfile(more),
			},
		};
	},
	async call({ user, department, password }, client) {
		const departmentIds = [await memberDepartmentId(client, department, 'Department')];
		const made = password === '' ? generatePassword() : undefined;
		const created = await createUser(client, { ...user, departmentIds, password: made ?? password });
		return { ...created, ...(made === undefined ? {} : { initialPassword: made }) };
	},
});
