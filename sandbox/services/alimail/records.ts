export type Status = 'NORMAL' | 'FREEZE';
export type EmployeeType = 'EMPLOYEE' | 'SERVICE';

/** A mailbox account, as the sandbox keeps it. Addresses are lower case. */
export interface User {
	/** Order of creation; listings follow it. */
	readonly seq: number;
	readonly id: string;
	readonly email: string;
	emailAliases: string[];
	/** The alias shown as sender, if one was made the default. */
	defaultAlias?: string | undefined;
	name: string;
	nickname?: string | undefined;
	employeeNo?: string | undefined;
	jobTitle?: string | undefined;
	workLocation?: string | undefined;
	officeLocation?: string | undefined;
	homeLocation?: string | undefined;
	departmentIds: string[];
	phone?: string | undefined;
	workPhone?: string | undefined;
	status: Status;
	employeeType: EmployeeType;
	customName?: string | undefined;
	managerId?: string | undefined;
	isHidden: boolean;
	info?: string | undefined;
	forceChangePasswordNextSignIn: boolean;
	isInitialPassword: boolean;
	/** SHA-256 of the password; none for accounts that were seeded. */
	passwordHash?: string;
	/** RFC 3339, like all times here. */
	createdTime: string;
	freezedTime?: string | undefined;
	lastLoginTime?: string;
	lastPasswordChangeTime?: string;
}

export interface Department {
	readonly seq: number;
	readonly id: string;
	name: string;
	/** Only the root has none. */
	parentId?: string;
	createdTime: string;
	isHidden: boolean;
	email?: string | undefined;
	managers: string[];
	hiddenExcludeUsers: string[];
	hiddenExcludeDepartments: string[];
}

export interface Domain {
	id: string;
	domain: string;
	aliases: string[];
	isMaster: boolean;
	createdTime: string;
}

export interface Organization {
	id: string;
	name: string;
	introduction: string;
	telephone: string;
	address: string;
	preferredLanguage: string;
	domain: string;
	createdTime: string;
}

/** The fields of a user that are plain texts and are stored as they come. */
export const TEXT_FIELDS = [
	'nickname',
	'employeeNo',
	'jobTitle',
	'workLocation',
	'officeLocation',
	'homeLocation',
	'phone',
	'workPhone',
	'customName',
	'info',
] as const;
