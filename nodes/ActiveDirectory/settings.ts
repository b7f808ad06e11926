import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { invalidInput } from '../../core/errors';
import { splitList } from '../../core/list';

/** How a connection is kept from listeners. */
export type Security = 'ldaps' | 'startTls' | 'plain';

export interface Target {
	host: string;
	port: number;
}

/** What the credential says, checked. */
export interface DirectorySettings {
	/** In the order of trying. */
	servers: Target[];
	security: Security;
	/** The account that the nodes work with: a DN, name@domain or DOMAIN\name. */
	account: string;
	password: string;
	/** '' for the one that the server names. */
	baseDn: string;
	tls: TlsSettings;
}

export interface TlsSettings {
	/** PEM; trusted beside the authorities that Node.js knows. */
	authorities?: string;
	clientCertificate?: string;
	clientPrivateKey?: string;
	passphrase?: string;
	/** The name that must stand in the certificate, when it is not the server's address. */
	serverName?: string;
	/** Whether any certificate will do. */
	trustAll: boolean;
}

const PORTS: Record<Security, number> = { ldaps: 636, startTls: 389, plain: 389 };

/** @throws {ServiceError} naming the credential's field */
export function readSettings(data: ICredentialDataDecryptedObject): DirectorySettings {
	const security = securityOf(data.security);
	const password = String(data.password ?? '');
	const account = text(data.account);
	if (account === '')
		throw invalidInput(
			'Account',
			"'Account' in the credential is empty",
			'Enter the account to sign in with.',
		);
	if (password === '')
		throw invalidInput(
			'Password',
			"'Password' in the credential is empty",
			'Enter the password: directories take a sign-in without one for an anonymous one.',
		);
	return {
		servers: serversOf(text(data.servers), security),
		security,
		account,
		password,
		baseDn: text(data.baseDn),
		tls: tlsOf(data),
	};
}

const text = (value: unknown): string => String(value ?? '').trim();

function securityOf(value: unknown): Security {
	const security = text(value) || 'ldaps';
	if (security === 'ldaps' || security === 'startTls' || security === 'plain') return security;
	throw invalidInput(
		'Encryption',
		"'Encryption' in the credential is none of its choices",
		'Choose it again.',
	);
}

function serversOf(list: string, security: Security): Target[] {
	const names = splitList(list);
	if (names.length === 0)
		throw invalidInput(
			'Servers',
			"'Servers' in the credential is empty",
			'Enter the name of a domain controller, such as dc1.corp.example.com.',
		);
	return names.map((name) => serverOf(name, security));
}

/** `dc1.corp.example.com`, with a port or an `ldap://` before it as people paste it; IPv6 in brackets. */
function serverOf(name: string, security: Security): Target {
	const [, scheme, host, port] =
		/^(?:(ldaps?):\/\/)?(\[[\da-f:.]+\]|[^\s:/?#@[\]]+)(?::(\d{1,5}))?\/?$/i.exec(name) ?? [];
	const number = port === undefined ? PORTS[security] : Number(port);
	if (host === undefined || number < 1 || number > 65_535)
		throw invalidInput(
			'Servers',
			`'Servers' in the credential has “${name}”, which is not the name of a server`,
			'Write it like dc1.corp.example.com, with :636 behind it when the port is another one.',
		);
	if (scheme !== undefined && (scheme.toLowerCase() === 'ldaps') !== (security === 'ldaps'))
		throw invalidInput(
			'Servers',
			`'Servers' in the credential has “${name}”, and 'Encryption' says otherwise`,
			'Write the name alone, and choose the encryption in its own field.',
		);
	return { host: host.replace(/^\[|\]$/g, ''), port: number };
}

function tlsOf(data: ICredentialDataDecryptedObject): TlsSettings {
	const pem = (name: string, label: string): Record<string, string> => {
		const value = pemOf(text(data[name]));
		if (value === '') return {};
		if (!value.includes('-----BEGIN '))
			throw invalidInput(
				label,
				`'${label}' in the credential is not in PEM form`,
				'Paste the whole text, from -----BEGIN to -----END. A .cer file in binary form has to be exported as Base64 first.',
			);
		return { [name]: value };
	};
	const optional = (name: string) => (text(data[name]) === '' ? {} : { [name]: text(data[name]) });
	return {
		trustAll: data.trustAll === true,
		...pem('authorities', 'Trusted Authority'),
		...pem('clientCertificate', 'Client Certificate'),
		...pem('clientPrivateKey', 'Client Key'),
		...optional('passphrase'),
		...optional('serverName'),
	};
}

/** A single-line field of the editor turns the line breaks of a pasted PEM into spaces. */
function pemOf(value: string): string {
	return value.replace(
		/-----BEGIN ([A-Z ]+)-----([^-]*)-----END \1-----/g,
		(_, kind: string, body: string) =>
			`-----BEGIN ${kind}-----\n${body.trim().split(/\s+/).join('\n')}\n-----END ${kind}-----\n`,
	);
}

export const addressOf = ({ host, port }: Target): string =>
	host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
