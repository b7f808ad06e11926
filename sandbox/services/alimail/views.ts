import type { Directory } from './directory';
import { withoutEmpty } from './fields';
import type { Department, Domain, User } from './records';

type Views<T> = Record<string, (record: T, directory: Directory) => unknown>;

const userViews: Views<User> = {
	id: (user) => user.id,
	email: (user) => user.email,
	emailAliases: (user) => user.emailAliases,
	name: (user) => user.name,
	nickname: (user) => user.nickname,
	employeeNo: (user) => user.employeeNo,
	jobTitle: (user) => user.jobTitle,
	workLocation: (user) => user.workLocation,
	departmentIds: (user) => user.departmentIds,
	status: (user) => user.status,
	employeeType: (user) => user.employeeType,
	createdTime: (user) => user.createdTime,
	lastLoginTime: (user) => user.lastLoginTime,
	phone: (user) => user.phone,
	workPhone: (user) => user.workPhone,
	officeLocation: (user) => user.officeLocation,
	homeLocation: (user) => user.homeLocation,
	customName: (user) => user.customName,
	info: (user) => user.info,
	isHidden: (user) => user.isHidden,
	avatar: () => ({ bgColor: '#4a6f8f' }),
	freezedTime: (user) => user.freezedTime,
	lastPasswordChangeTime: (user) => user.lastPasswordChangeTime,
	passwordExpireTime: () => undefined,
	lastLoginTime4StandardProtocol: () => undefined,
	lastLoginIp: () => undefined,
	enableClientPassword: () => false,
	isInitialPassword: (user) => user.isInitialPassword,
	forceChangePasswordNextSignIn: (user) => user.forceChangePasswordNextSignIn,
	managerEmail: (user, directory) => managerOf(user, directory)?.email,
	managerInfo: (user, directory) => {
		const manager = managerOf(user, directory);
		if (!manager) return undefined;
		const { id, email, name, nickname } = manager;
		return withoutEmpty({ id, email, name, nickname });
	},
	// Whether the root's own name leads a path is not documented; here it does not.
	departmentPath: (user, directory) => ({
		paths: user.departmentIds.map((id) => ({ segments: directory.pathOf(id) })),
	}),
};

/**
 * Without `$select` only the fields that other clients were seen to get; all further ones come when they are named.
 * A selection replaces the default (glama.ai/mcp/servers/mfc-open/alimail-admin-mcp lists phone, managerEmail and isHidden as such).
 */
const USER_DEFAULT = [
	'id',
	'email',
	'emailAliases',
	'name',
	'nickname',
	'employeeNo',
	'jobTitle',
	'workLocation',
	'departmentIds',
	'status',
	'employeeType',
	'createdTime',
	'lastLoginTime',
];

const departmentViews: Views<Department> = {
	id: (department) => department.id,
	name: (department) => department.name,
	parentId: (department) => department.parentId,
	createdTime: (department) => department.createdTime,
	hasUsers: (department, directory) => directory.members.of(department.id).size > 0,
	hasSubDepartments: (department, directory) => directory.children.of(department.id).size > 0,
	userCount: (department, directory) => directory.members.of(department.id).size,
	canManage: () => true,
	isHidden: (department) => department.isHidden,
	email: (department) => department.email,
	managers: (department) => department.managers,
	hiddenExcludeUsers: (department) => department.hiddenExcludeUsers,
	hiddenExcludeDepartments: (department) => department.hiddenExcludeDepartments,
};

const DEPARTMENT_DEFAULT = ['id', 'name', 'parentId', 'createdTime'];

export const USER_FIELDS: ReadonlySet<string> = new Set(Object.keys(userViews));
export const DEPARTMENT_FIELDS: ReadonlySet<string> = new Set(Object.keys(departmentViews));

export function showUser(user: User, directory: Directory, fields = USER_DEFAULT): object {
	return show(user, directory, userViews, fields);
}

export function showDepartment(
	department: Department,
	directory: Directory,
	fields = DEPARTMENT_DEFAULT,
): object {
	return show(department, directory, departmentViews, fields);
}

export function showDomain(domain: Domain, master: Domain): object {
	return {
		...domain,
		masterDomain: master.domain,
		masterDomainId: master.id,
		isMxVerified: true,
		isVerified: true,
		aliasInfos: domain.aliases.map((alias) => ({ alias, isVerified: true })),
	};
}

function show<T>(record: T, directory: Directory, views: Views<T>, fields: readonly string[]): object {
	const shown: Record<string, unknown> = {};
	for (const field of fields) {
		const value = views[field]?.(record, directory);
		if (value !== undefined && value !== '') shown[field] = value;
	}
	return shown;
}

function managerOf(user: User, directory: Directory): User | undefined {
	return user.managerId === undefined ? undefined : directory.users.get(user.managerId);
}
