import { randomBytes } from 'node:crypto';
import { AlimailError, bodyOf } from './errors';

/** The modules of the open platform that the sandbox has; an app gets each one apart, to read or to read and write. */
export type Module = 'organization' | 'domains' | 'users' | 'departments' | 'mails' | 'sending' | 'contacts';
/** Sending is a permission of its own (`Mail.Send.All`). */
export type Permissions = Partial<Record<Module, 'read' | 'readWrite'>>;

export interface App {
	/** Sent as `client_id`. */
	id: string;
	/** Sent as `client_secret`. */
	secret: string;
	/** What the page shows it as. */
	label: string;
	permissions: Permissions;
}

const ALL: Permissions = {
	organization: 'readWrite',
	domains: 'readWrite',
	users: 'readWrite',
	departments: 'readWrite',
	mails: 'readWrite',
	sending: 'readWrite',
	contacts: 'readWrite',
};

/** The apps that exist from the start. */
export const standardApps = {
	/** Every permission. */
	full: { id: 'sandbox-app', secret: 'sandbox-secret', label: 'all permissions', permissions: ALL },
	/** Every permission; its secret only works when the form is encoded as it has to be. */
	oddSecret: { id: 'sandbox-odd', secret: 'a+b/c=d&e%20f', label: 'odd secret', permissions: ALL },
	readOnly: {
		id: 'sandbox-reader',
		secret: 'sandbox-reader-secret',
		label: 'read only',
		permissions: {
			organization: 'read',
			domains: 'read',
			users: 'read',
			departments: 'read',
			mails: 'read',
			contacts: 'read',
		},
	},
	/** Accounts only: no departments, no organization, no domains. */
	usersOnly: {
		id: 'sandbox-users',
		secret: 'sandbox-users-secret',
		label: 'users only',
		permissions: { users: 'readWrite' },
	},
} satisfies Record<string, App>;

interface Token {
	app: App;
	/** By the real clock: moving the service's clock does not age tokens. */
	expires: number;
}

/** Registered apps and the tokens they hold. */
export class Apps {
	private apps = new Map<string, App>();
	private tokens = new Map<string, Token>();
	/** Tokens handed out since the last reset. */
	issued = 0;

	constructor() {
		this.reset();
	}

	reset(): void {
		this.apps = new Map(Object.values(standardApps).map((app) => [app.id, app]));
		this.tokens.clear();
		this.issued = 0;
	}

	add(app: Omit<App, 'label'> & { label?: string }): App {
		const whole = { label: app.id, ...app };
		this.apps.set(app.id, whole);
		return whole;
	}

	list(): App[] {
		return [...this.apps.values()];
	}

	find(id: string, secret: string): App | undefined {
		const app = this.apps.get(id);
		return app?.secret === secret ? app : undefined;
	}

	issue(app: App, seconds: number): string {
		this.issued += 1;
		if (this.tokens.size > 1000) this.sweep();
		const token = randomBytes(32).toString('base64url');
		this.tokens.set(token, { app, expires: Date.now() + seconds * 1000 });
		return token;
	}

	/** The app that an Authorization header speaks for. @throws 401 */
	holder(authorization: string | undefined): App {
		const token = this.tokens.get(bearer(authorization));
		if (!token || token.expires <= Date.now()) {
			throw new AlimailError(401, 'InvalidToken', bodyOf(401).message);
		}
		return token.app;
	}

	/** @throws 403 when the app may not do this. */
	demand(app: App, module: Module, write: boolean): void {
		const granted = app.permissions[module];
		if (granted === 'readWrite' || (granted === 'read' && !write)) return;
		throw new AlimailError(
			403,
			'NoPermission',
			`The application lacks the permission to ${write ? 'change' : 'read'} ${module}.`,
			`module: ${module}, access: ${write ? 'readWrite' : 'read'}`,
		);
	}

	revoke(authorization: string | undefined): void {
		this.tokens.delete(bearer(authorization));
	}

	revokeAll(): void {
		this.tokens.clear();
	}

	private sweep(): void {
		const now = Date.now();
		for (const [token, { expires }] of this.tokens) if (expires <= now) this.tokens.delete(token);
	}
}

/** "bearer" and "Bearer" both work at the service. */
function bearer(authorization = ''): string {
	return /^bearer (\S+)$/i.exec(authorization)?.[1] ?? '';
}
