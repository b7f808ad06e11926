import type { AlimailService } from '../../../sandbox';
import { saidOfSync } from '../saidOfSync';
import { byId, scene, type Scene, type Scenes } from '../scene';
import { mail } from './alimailMail';
import { organization } from './alimailOrganization';

const ANA = 'ana@yunhe.example';
/** What was there before anybody asked for it. */
const EARLIER = '2026-01-01T08:00:00Z';

/** An account that is there already. */
function withAna(alimail: AlimailService, more: object = {}): void {
	alimail.seed({ users: [{ email: ANA, name: 'Ana', employeeNo: 'E1', department: 'Sales', ...more }] });
}

const ofUser = (user: string, more: object = {}) => ({ user: byId(user), ...more });

const COLUMNS = {
	mappingMode: 'defineBelow',
	value: {
		employeeNo: '={{ $json.no }}',
		email: '={{ $json.email }}',
		name: '={{ $json.name }}',
		department: '={{ $json.department }}',
	},
};

/** A sync among ten people, with everything else as it is. */
function syncScene(
	alimail: AlimailService,
	rows: (people: Array<Record<string, string>>) => Array<Record<string, string>>,
	times: () => boolean | number,
	more: object = {},
): Scene {
	const people = Array.from({ length: 10 }, (_, index) => ({
		no: `E${index}`,
		email: `person${index}@yunhe.example`,
		name: `Person ${index}`,
		department: 'Sales',
	}));
	alimail.seed({ users: people.map(({ no, ...person }) => ({ ...person, employeeNo: no })) });
	return {
		...scene('user.sync', { mode: 'apply', columns: COLUMNS, ...more }, times),
		items: rows(people),
		said: saidOfSync,
	};
}

const NEW_PERSON = { no: 'E99', email: 'new@yunhe.example', name: 'New Person', department: 'Sales' };

export const alimail: Scenes<AlimailService> = {
	node: 'alimail',
	signIn: /^\/oauth2\//,
	scenes: {
		'user.create': (alimail) =>
			scene(
				'user.create',
				{ email: ANA, name: 'Ana', department: byId('$root'), password: 'Sesame-Street-1' },
				() => alimail.users().filter(({ email }) => email === ANA).length,
			),
		'user.create: somebody has the address': (alimail) => {
			withAna(alimail, { name: 'Another Ana', employeeNo: 'E2' });
			return scene(
				'user.create',
				{ email: ANA, name: 'Ana', department: byId('$root'), password: 'Sesame-Street-1' },
				() => alimail.user(ANA)?.name === 'Ana',
				{ isRefused: true },
			);
		},
		'user.create: a namesake with another password has the address': (alimail) => {
			withAna(alimail, { employeeNo: undefined, createdTime: EARLIER });
			return scene(
				'user.create',
				{ email: ANA, name: 'Ana', department: byId('$root'), password: 'Sesame-Street-1' },
				() => alimail.user(ANA)?.passwordHash !== undefined,
				{ isRefused: true },
			);
		},
		'user.update': (alimail) => {
			withAna(alimail);
			return scene(
				'user.update',
				ofUser(ANA, { updateFields: { jobTitle: 'Director' } }),
				() => alimail.user(ANA)?.jobTitle === 'Director',
			);
		},
		'user.freeze': (alimail) => {
			withAna(alimail);
			return scene('user.freeze', ofUser(ANA), () => alimail.user(ANA)?.status === 'FREEZE');
		},
		'user.unfreeze': (alimail) => {
			withAna(alimail, { status: 'FREEZE' });
			return scene('user.unfreeze', ofUser(ANA), () => alimail.user(ANA)?.status === 'NORMAL');
		},
		'user.delete': (alimail) => {
			withAna(alimail);
			return scene('user.delete', ofUser(ANA), () => alimail.user(ANA) === undefined);
		},
		'user.resetPassword': (alimail) => {
			withAna(alimail, { lastPasswordChangeTime: '2026-01-01T08:00:00Z' });
			return scene(
				'user.resetPassword',
				ofUser(ANA, { password: 'Sesame-Street-2' }),
				() => alimail.user(ANA)?.passwordHash !== undefined,
			);
		},
		'user.addAlias': (alimail) => {
			withAna(alimail);
			return scene(
				'user.addAlias',
				ofUser(ANA, { alias: 'sales@yunhe.example' }),
				() => alimail.user(ANA)!.emailAliases.length,
			);
		},
		'user.removeAlias': (alimail) => {
			withAna(alimail, { emailAliases: ['sales@yunhe.example'] });
			return scene(
				'user.removeAlias',
				ofUser(ANA, { alias: 'sales@yunhe.example' }),
				() => alimail.user(ANA)!.emailAliases.length === 0,
			);
		},
		'user.sync: somebody new': (alimail) =>
			syncScene(
				alimail,
				(people) => [...people, NEW_PERSON],
				() => alimail.users().filter(({ email }) => email === NEW_PERSON.email).length,
			),
		'user.sync: a new department': (alimail) =>
			syncScene(
				alimail,
				(people) => [...people, { ...NEW_PERSON, department: 'Research' }],
				() => {
					const made = alimail.departments().filter(({ name }) => name === 'Research').length;
					return made > 1 ? made : Number(alimail.user(NEW_PERSON.email) !== undefined);
				},
			),
		'user.sync: another name': (alimail) =>
			syncScene(
				alimail,
				(people) => people.map((person) => (person.no === 'E3' ? { ...person, name: 'Married' } : person)),
				() => alimail.user('person3@yunhe.example')?.name === 'Married',
			),
		'user.sync: somebody left': (alimail) =>
			syncScene(
				alimail,
				(people) => people.filter(({ no }) => no !== 'E3'),
				() => alimail.user('person3@yunhe.example')?.status === 'FREEZE',
			),
		'user.sync: somebody left for good': (alimail) =>
			syncScene(
				alimail,
				(people) => people.filter(({ no }) => no !== 'E3'),
				() => alimail.user('person3@yunhe.example') === undefined,
				{ leavers: 'delete' },
			),
		'department.create': (alimail) =>
			scene(
				'department.create',
				{ name: 'Sales', parent: byId('$root') },
				() => alimail.departments().filter(({ name }) => name === 'Sales').length,
			),
		'department.create: one of that name is there': (alimail) => {
			alimail.directory.addDepartment({
				name: 'Sales',
				id: 'theirs',
				parentId: alimail.directory.root.id,
				createdTime: EARLIER,
			});
			return scene(
				'department.create',
				{ name: 'Sales', parent: byId('$root') },
				() => alimail.departments().filter(({ name, id: of }) => name === 'Sales' && of !== 'theirs').length,
				{ isRefused: true },
			);
		},
		'department.ensurePath': (alimail) =>
			scene('department.ensurePath', { path: 'Research/Core' }, () => {
				const made = ['Research', 'Core'].map(
					(wanted) => alimail.departments().filter(({ name }) => name === wanted).length,
				);
				return made.includes(0) ? 0 : Math.max(...made);
			}),
		'department.update': (alimail) => {
			alimail.seed({ departments: [{ path: 'Sales', id: 'sales' }] });
			return scene(
				'department.update',
				{ department: byId('sales'), updateFields: { name: 'Markets' } },
				() => alimail.department('sales')?.name === 'Markets',
			);
		},
		'department.delete': (alimail) => {
			alimail.seed({ departments: [{ path: 'Sales', id: 'sales' }] });
			return scene(
				'department.delete',
				{ department: byId('sales') },
				() => alimail.directory.departments.get('sales') === undefined,
			);
		},
		...mail,
		...organization,
		'custom.request': (alimail) => {
			withAna(alimail);
			return scene(
				'custom.request',
				{ method: 'PATCH', path: `/v2/users/${ANA}`, body: '{"jobTitle":"Director"}' },
				() => alimail.user(ANA)?.jobTitle === 'Director',
			);
		},
	},
};
