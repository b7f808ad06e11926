/** What `setup.ts` has started, as the suites see it. */
export interface DirectoryServers {
	/** A domain controller with 10,000 people in OU=Staff and a group of 5,000. */
	activeDirectory: { address: string };
	/** An OpenLDAP with 2,000 people in ou=people; a search gives 500 at most. */
	openLdap: { address: string };
	/** Of the authority that signed their certificates. */
	authority: { folder: string; certificate: string };
}

export const VARIABLE = 'MAILOPS_DIRECTORY_SERVERS';

export const PEOPLE = 10_000;
export const LDAP_PEOPLE = 2_000;

export function directoryServers(): DirectoryServers {
	const said = process.env[VARIABLE];
	if (said === undefined) throw new Error('Run this suite with `npm run test:directory`.');
	return JSON.parse(said) as DirectoryServers;
}
