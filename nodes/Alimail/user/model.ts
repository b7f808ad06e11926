/**
 * An Alimail account. Fields and their spelling are the API's (github.com/eryajf/go-alimail, alimail/user.go); any may be
 * missing.
 */
export interface User {
	id: string;
	email: string;
	emailAliases?: string[];
	name?: string;
	nickname?: string;
	employeeNo?: string;
	jobTitle?: string;
	workLocation?: string;
	officeLocation?: string;
	homeLocation?: string;
	departmentIds?: string[];
	phone?: string;
	workPhone?: string;
	status?: 'NORMAL' | 'FREEZE';
	/** RFC 3339. */
	createdTime?: string;
	/** RFC 3339. */
	freezedTime?: string;
	/** RFC 3339; missing while nobody has signed in. */
	lastLoginTime?: string;
	customName?: string;
	managerEmail?: string;
	managerInfo?: { email?: string };
	info?: string;
	isHidden?: boolean;
	employeeType?: 'EMPLOYEE' | 'SERVICE';
}

/** Some fields come only when they are asked for, and asking replaces the default: name every wanted one. */
export const USER_FIELDS = [
	'id',
	'email',
	'emailAliases',
	'name',
	'nickname',
	'employeeNo',
	'jobTitle',
	'departmentIds',
	'departmentPath',
	'workLocation',
	'officeLocation',
	'homeLocation',
	'phone',
	'workPhone',
	'customName',
	'managerEmail',
	'managerInfo',
	'info',
	'isHidden',
	'status',
	'employeeType',
	'createdTime',
	'freezedTime',
	'lastLoginTime',
] as const;

export const FROZEN = { status: 'FREEZE' } as const;
export const ACTIVE = { status: 'NORMAL' } as const;
