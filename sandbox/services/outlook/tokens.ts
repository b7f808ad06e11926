import { randomBytes } from 'node:crypto';
import { GraphError } from './errors';
import type { OutlookSettings } from './settings';

export const TENANT = '5c1f9a10-0000-4000-8000-00000000c0de';
export const CLIENT = { id: 'c1a0e000-0000-4000-8000-0000000000aa', secret: 'sandbox-client-secret' };

/** Who signed in, and what for. */
export interface Grant {
	/** The user's ID; undefined for an app by itself. */
	user?: string;
	permissions: Set<string>;
	expiresAt: number;
}

/** All that the app of the sandbox may do without a user. */
export const APP_ROLES = [
	'Calendars.ReadWrite',
	'Contacts.ReadWrite',
	'Mail.ReadWrite',
	'Mail.Send',
	'MailboxSettings.ReadWrite',
	'User.ReadWrite.All',
];

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** The tokens of one tenant. A refresh token is good for one use: the answer brings the next one. */
export class Tokens {
	private readonly grants = new Map<string, Grant>();
	private readonly refreshes = new Map<string, { user: string; permissions: string[] }>();
	private readonly codes = new Map<string, { user: string; permissions: string[]; challenge?: string }>();
	/** What the app may do without a user. */
	roles = [...APP_ROLES];
	/** Secrets and refresh tokens that no longer work, with the code that says why. */
	refusal: { code: number; message: string } | undefined;
	/** How many tokens were given out. */
	issued = 0;

	constructor(private readonly settings: () => OutlookSettings) {}

	clear(): void {
		for (const kept of [this.grants, this.refreshes, this.codes]) kept.clear();
		this.roles = [...APP_ROLES];
		this.refusal = undefined;
		this.issued = 0;
	}

	code(user: string, permissions: string[], challenge?: string): string {
		const code = randomBytes(12).toString('hex');
		this.codes.set(code, { user, permissions, ...(challenge === undefined ? {} : { challenge }) });
		return code;
	}

	takeCode(code: string): { user: string; permissions: string[]; challenge?: string } | undefined {
		const known = this.codes.get(code);
		this.codes.delete(code);
		return known;
	}

	takeRefresh(token: string): { user: string; permissions: string[] } | undefined {
		const known = this.refreshes.get(token);
		this.refreshes.delete(token);
		return known;
	}

	/** The answer of the token endpoint for a user. */
	forUser({ id, upn }: { id: string; upn: string }, permissions: string[]) {
		const seconds = this.settings().tokenSeconds;
		const refresh = randomBytes(24).toString('hex');
		this.refreshes.set(refresh, { user: id, permissions });
		const scopes = permissions.filter((one) => !/^(openid|profile|email|offline_access)$/.test(one));
		return {
			token_type: 'Bearer',
			scope: scopes.join(' '),
			expires_in: seconds,
			access_token: this.grant(
				{ user: id, permissions: new Set(scopes) },
				{ scp: scopes.join(' '), upn, oid: id },
			),
			refresh_token: refresh,
		};
	}

	forApp() {
		const seconds = this.settings().tokenSeconds;
		return {
			token_type: 'Bearer',
			expires_in: seconds,
			access_token: this.grant({ permissions: new Set(this.roles) }, { roles: this.roles }),
		};
	}

	/** @throws {GraphError} 401 */
	check(authorization = ''): Grant {
		const grant = this.grants.get(authorization.replace(/^Bearer /, ''));
		if (grant === undefined) throw new GraphError(401, 'InvalidAuthenticationToken', 'Invalid access token.');
		if (grant.expiresAt <= Date.now())
			throw new GraphError(
				401,
				'InvalidAuthenticationToken',
				'Lifetime validation failed, the token is expired.',
			);
		return grant;
	}

	revoke(authorization = ''): void {
		this.grants.delete(authorization.replace(/^Bearer /, ''));
	}

	private grant(grant: Omit<Grant, 'expiresAt'>, claims: object): string {
		this.issued += 1;
		const expiresAt = Date.now() + this.settings().tokenSeconds * 1_000;
		const payload = {
			aud: '00000003-0000-0000-c000-000000000000',
			tid: TENANT,
			appid: CLIENT.id,
			app_displayname: 'MailOps sandbox',
			exp: Math.floor(expiresAt / 1_000),
			jti: randomBytes(6).toString('hex'),
			...claims,
		};
		const token = `${encoded({ typ: 'JWT', alg: 'RS256' })}.${encoded(payload)}.${randomBytes(8).toString('base64url')}`;
		this.grants.set(token, { ...grant, expiresAt });
		return token;
	}
}
