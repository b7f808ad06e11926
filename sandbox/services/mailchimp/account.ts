import { MailchimpError, forbidden, named } from './errors';
import type { MailchimpSettings } from './settings';

/** Who asks: a user of the account. Connections are counted for each user, whatever keys they use. */
export interface User {
	loginId: string;
	email: string;
}

/** The account, its users, keys and tokens. Everything is made up. */
export class Account {
	readonly id = '8d3a3db4d97663a9074efcc16';
	readonly dc = 'us6';
	readonly name = 'MailOps Sandbox';
	readonly apiKey = '0123456789abcdef0123456789abcdef-us6';
	readonly clientId = 'sandbox-client';
	readonly clientSecret = 'sandbox-client-secret';
	readonly token = 'sandbox-oauth-token';
	readonly user: User = { loginId: '1001', email: 'owner@mailops.example' };
	private readonly users = new Map<string, User>();
	private readonly codes = new Set<string>();

	constructor(private readonly settings: () => MailchimpSettings) {
		this.reset();
	}

	reset(): void {
		this.users.clear();
		this.codes.clear();
		this.users.set(this.apiKey, this.user);
		this.users.set(this.token, this.user);
	}

	/** A further key; of the same user unless another is given. */
	addKey(key: string, user: User = this.user): void {
		this.users.set(key, user);
	}

	revoke(key: string): void {
		this.users.delete(key);
	}

	/** The key or token of a request stops working. */
	revokeOf(authorization: string): void {
		this.users.delete(secretIn(authorization));
	}

	newCode(): string {
		const code = `code-${this.codes.size + 1}`;
		this.codes.add(code);
		return code;
	}

	/** A code is good once. */
	takeCode(code: string): boolean {
		return this.codes.delete(code);
	}

	userOf(authorization: string | undefined): User | undefined {
		return this.users.get(secretIn(authorization));
	}

	/**
	 * @param dc the data centre of the address; missing on the single host
	 * @throws {MailchimpError} 401, 403
	 */
	signIn(authorization: string | undefined, dc: string | undefined): User {
		const secret = secretIn(authorization);
		if (secret === '') throw named('APIKeyMissing') as MailchimpError;
		const user = this.users.get(secret);
		const ownDc = /-([a-z]+\d+)$/.exec(secret)?.[1] ?? this.dc;
		if (dc !== undefined && dc !== ownDc) throw named('WrongDatacenter') as MailchimpError;
		if (!user) throw named('APIKeyInvalid') as MailchimpError;
		return user;
	}

	/**
	 * What a role may do (mailchimp.com/help/manage-user-levels-in-your-account): viewers read, authors also make campaigns
	 * and templates, managers also send and keep audiences. @throws {MailchimpError} 403
	 */
	mayDo(method: string, path: string): void {
		const { role } = this.settings();
		if (method === 'GET' || role === 'owner' || role === 'admin') return;
		const drafts =
			/^\/(?:campaigns|templates|template-folders|campaign-folders|file-manager)\b/.test(path) &&
			!/\/actions\/(?:send|schedule|resume|create-resend)$/.test(path);
		if (role === 'viewer' || (role === 'author' && !drafts))
			throw forbidden(`The user's role (${role}) does not have permission for this action.`);
	}
}

/** Basic with any name and the key as the password, Bearer, or `apikey` as in older clients, n8n's own node among them. */
function secretIn(authorization = ''): string {
	const [kind = '', value = ''] = authorization.split(' ');
	if (/^(?:bearer|apikey)$/i.test(kind)) return value;
	if (!/^basic$/i.test(kind)) return '';
	return Buffer.from(value, 'base64').toString().split(':').slice(1).join(':');
}
