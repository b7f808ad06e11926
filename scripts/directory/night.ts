import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Directory } from '../../nodes/ActiveDirectory/connection';
import { present } from '../../nodes/ActiveDirectory/filter/filter';
import { change } from '../../nodes/ActiveDirectory/wire/changes';
import type { Engine, Run, WorkflowFile } from '../engine';
import { applying } from '../hrWorkflow';
import { loginOf } from './company';
import { BASE, REALM } from './samba';

export const STAFF = `OU=Staff,${BASE}`;
/** Enabled, without a password: what the domain needs of an account that nobody signs in to. */
const ENABLED = '544';
const DISABLED = '546';

/**
 * One night of `workflows/ad-to-mailbox-sync.json`, as a person runs it who has looked at the preview. The engine has the
 * credentials `Active Directory`, `Alimail` and `Postmark`.
 * @param below where the people stand
 * @param firstLoad how many accounts it may create in one run; 0: no first load
 */
export async function adNight(engine: Engine, below: string, firstLoad = 0): Promise<Run> {
	const file = join(__dirname, '../../workflows/ad-to-mailbox-sync.json');
	const workflow = JSON.parse(readFileSync(file, 'utf8')) as WorkflowFile;
	return await engine.run(applying(workflow, firstLoad), {
		start: 'Try It Now',
		items: [{ json: { peopleBelow: below } }],
	});
}

/** How many people. */
export interface StaffChanges {
	joined: number;
	retitled: number;
	disabled: number;
	deleted: number;
}

/** What happens in a company in a day, done to that of `activeDirectoryCompany`; each to somebody else. */
export async function changeStaff(directory: Directory, changes: StaffChanges): Promise<void> {
	const dns = await staffByLogin(directory);
	let number = 0;
	const next = () => dns.get(loginOf(++number))!;
	for (let i = 0; i < changes.retitled; i++)
		await directory.modify(next(), [change('replace', 'title', ['Lead Engineer'])]);
	for (let i = 0; i < changes.disabled; i++)
		await directory.modify(next(), [change('replace', 'userAccountControl', [DISABLED])]);
	for (let i = 0; i < changes.deleted; i++) await directory.delete(next());
	for (let i = 0; i < changes.joined; i++)
		await directory.add(`CN=新人 ${i},${STAFF}`, {
			objectClass: ['user'],
			sAMAccountName: [`new${i}`],
			displayName: [`新人 ${i}`],
			mail: [`new${i}@${REALM}`],
			employeeID: [`E${200_000 + i}`],
			department: ['Department 1'],
			userAccountControl: [ENABLED],
		});
}

async function staffByLogin(directory: Directory): Promise<Map<string, string>> {
	const dns = new Map<string, string>();
	for await (const { dn, sAMAccountName } of directory.search({
		base: STAFF,
		scope: 'sub',
		filter: present('sAMAccountName'),
		attributes: ['sAMAccountName'],
	}))
		dns.set(String(sAMAccountName), dn);
	return dns;
}
