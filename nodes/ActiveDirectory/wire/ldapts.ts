import type * as Ldapts from 'ldapts';

let loaded: typeof Ldapts | undefined;

/** The LDAP library, loaded when a node first talks to a directory: n8n's start does not wait for it. */
export function ldapts(): typeof Ldapts {
	loaded ??= require('ldapts') as typeof Ldapts;
	return loaded;
}
