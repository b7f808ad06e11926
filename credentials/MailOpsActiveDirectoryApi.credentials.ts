import type { ICredentialType, INodeProperties } from 'n8n-workflow';

/** An account of an Active Directory or another LDAP directory. Tested by the Active Directory node. */
export class MailOpsActiveDirectoryApi implements ICredentialType {
	name = 'mailOpsActiveDirectoryApi';
	displayName = 'MailOps Active Directory API';
	icon = {
		light: 'file:../nodes/ActiveDirectory/activeDirectory.svg',
		dark: 'file:../nodes/ActiveDirectory/activeDirectory.dark.svg',
	} as const;
	documentationUrl = 'https://github.com/mailops/n8n-nodes-mailops/blob/main/docs/active-directory.md';
	/** A directory's password is not for requests of any other node. */
	restrictToSupportedNodes = true as const;
	properties: INodeProperties[] = [
		{
			displayName: 'Servers',
			name: 'servers',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. dc1.corp.example.com, dc2.corp.example.com',
			description:
				'Domain controllers, separated by commas. The second one is asked when the first cannot be reached. Write a port behind the name (:3269) only when it is not the usual one.',
		},
		{
			displayName: 'Encryption',
			name: 'security',
			type: 'options',
			options: [
				{
					name: 'LDAPS (Port 636)',
					value: 'ldaps',
					description: 'Encrypted from the start. The usual choice.',
				},
				{
					name: 'StartTLS (Port 389)',
					value: 'startTls',
					description: 'Encrypted before anything is said',
				},
				{
					name: 'None (Port 389)',
					value: 'plain',
					description: 'Others can read the password on its way. Passwords cannot be checked or set.',
				},
			],
			default: 'ldaps',
			description: 'How the connection is kept from listeners',
		},
		{
			displayName: 'Account',
			name: 'account',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. n8n-service@corp.example.com',
			description:
				'The account the nodes work with: name@domain, DOMAIN\\name, or a DN such as CN=n8n,OU=Service,DC=corp,DC=example,DC=com. Give it only the rights your workflows need; to read, any account will do.',
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'Its password. Choose one that does not run out, or change it here in time.',
		},
		{
			displayName: 'Base DN',
			name: 'baseDn',
			type: 'string',
			default: '',
			placeholder: 'e.g. OU=Staff,DC=corp,DC=example,DC=com',
			description: 'Where searches begin. When empty: the whole domain, as the server names it.',
		},
		{
			displayName: 'Trusted Authority',
			name: 'authorities',
			type: 'string',
			typeOptions: { rows: 4 },
			default: '',
			placeholder: 'e.g. -----BEGIN CERTIFICATE-----',
			description:
				'The certificate (PEM) of the authority that signed the servers’ certificates, when it is your own. Several may follow each other.',
			displayOptions: { hide: { security: ['plain'] } },
		},
		{
			displayName: 'Name in the Certificate',
			name: 'serverName',
			type: 'string',
			default: '',
			placeholder: 'e.g. dc1.corp.example.com',
			description:
				'Only when the servers are entered by address, or by another name than their certificate has',
			displayOptions: { hide: { security: ['plain'] } },
		},
		{
			displayName: 'Ignore Certificate Problems',
			name: 'trustAll',
			type: 'boolean',
			default: false,
			description:
				'Whether any certificate will do. Whoever can put himself between n8n and the server then reads the passwords: only for a trial.',
			displayOptions: { hide: { security: ['plain'] } },
		},
		{
			displayName: 'Client Certificate',
			name: 'clientCertificate',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'Only when the servers ask for one: the certificate of n8n, in PEM form',
			displayOptions: { hide: { security: ['plain'] } },
		},
		{
			displayName: 'Client Key',
			name: 'clientPrivateKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'The key that belongs to the client certificate, in PEM form',
			displayOptions: { hide: { security: ['plain'] } },
		},
		{
			displayName: 'Passphrase of the Key',
			name: 'passphrase',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'When the client key is locked with one',
			displayOptions: { hide: { security: ['plain'] } },
		},
	];
}
