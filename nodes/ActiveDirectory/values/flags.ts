/** userAccountControl and msDS-User-Account-Control-Computed (MS-ADTS 2.2.16), by the names that Microsoft gives them. */
const ACCOUNT_FLAGS: Record<string, number> = {
	SCRIPT: 0x1,
	ACCOUNTDISABLE: 0x2,
	HOMEDIR_REQUIRED: 0x8,
	LOCKOUT: 0x10,
	PASSWD_NOTREQD: 0x20,
	PASSWD_CANT_CHANGE: 0x40,
	ENCRYPTED_TEXT_PWD_ALLOWED: 0x80,
	TEMP_DUPLICATE_ACCOUNT: 0x100,
	NORMAL_ACCOUNT: 0x200,
	INTERDOMAIN_TRUST_ACCOUNT: 0x800,
	WORKSTATION_TRUST_ACCOUNT: 0x1000,
	SERVER_TRUST_ACCOUNT: 0x2000,
	DONT_EXPIRE_PASSWORD: 0x10000,
	MNS_LOGON_ACCOUNT: 0x20000,
	SMARTCARD_REQUIRED: 0x40000,
	TRUSTED_FOR_DELEGATION: 0x80000,
	NOT_DELEGATED: 0x100000,
	USE_DES_KEY_ONLY: 0x200000,
	DONT_REQ_PREAUTH: 0x400000,
	PASSWORD_EXPIRED: 0x800000,
	TRUSTED_TO_AUTH_FOR_DELEGATION: 0x1000000,
	PARTIAL_SECRETS_ACCOUNT: 0x4000000,
};

export const ACCOUNT_DISABLED = ACCOUNT_FLAGS.ACCOUNTDISABLE!;
export const NORMAL_ACCOUNT = ACCOUNT_FLAGS.NORMAL_ACCOUNT!;
export const LOCKED_OUT = ACCOUNT_FLAGS.LOCKOUT!;
export const PASSWORD_EXPIRED = ACCOUNT_FLAGS.PASSWORD_EXPIRED!;

export const accountFlags = (value: number): string[] =>
	Object.entries(ACCOUNT_FLAGS).flatMap(([name, bit]) => ((value & bit) === 0 ? [] : [name]));

/** groupType (MS-ADTS 2.2.12). */
export const SCOPES = { global: 0x2, domainLocal: 0x4, universal: 0x8 } as const;
export type GroupScope = keyof typeof SCOPES;
const SECURITY = 0x8000_0000;

export function groupScope(value: number): GroupScope | undefined {
	return (Object.keys(SCOPES) as GroupScope[]).find((name) => (value & SCOPES[name]) !== 0);
}

export const isSecurityGroup = (value: number): boolean => (value & SECURITY) !== 0;

/** As the signed number that the directory keeps. */
export const groupType = (scope: GroupScope, isSecurity: boolean): number =>
	SCOPES[scope] | (isSecurity ? SECURITY : 0) | 0;
