import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { ActiveDirectory } from '../../../nodes/ActiveDirectory/ActiveDirectory.node';
import { Directory } from '../../../nodes/ActiveDirectory/connection';
import { equal } from '../../../nodes/ActiveDirectory/filter/filter';
import { readSettings } from '../../../nodes/ActiveDirectory/settings';
import { Authority, type Certificate } from '../../../scripts/directory/certificates';
import { writeOperations } from '../../../scripts/faults/operations';
import { operationOf } from '../../../scripts/faults/scene';
import { verdictOf, WORDS } from '../../../scripts/faults/verdict';
import { adCredential, runDirectory } from '../../support/directory';
import { interceptorBefore, type LdapMishap } from '../../support/directory/interceptor';
import { addPerson, ownUnit, PASSWORD, setOn } from '../../support/directory/people';
import { directoryServers } from '../../support/directory/servers';

/** Each write operation against each mishap of a connection, as the fault matrix has them for services that speak HTTP. */

const MISHAPS: Array<[words: string, mishap: LdapMishap]> = [
	['the connection is cut before it arrives', 'cutBefore'],
	['the connection is cut after it was done', 'cutAfter'],
	['the answer breaks off', 'cutInAnswer'],
	['something else than an answer comes', 'noiseAfter'],
	['busy', 51],
	['unavailable', 52],
	['not allowed', 50],
];

interface Scene {
	parameters: INodeParameters;
	/** Whether it was done, and how often; nothing of what only reads. */
	times?(): Promise<number>;
}

/** An entry of its own for each run, so that none finds what another has left. */
interface Stage {
	unit: string;
	login: string;
}

const NEW_PASSWORD = 'Another-Passw0rd';
let admin: Directory;
let unit: string;
let certificate: Certificate;

beforeAll(async () => {
	const { activeDirectory, authority } = directoryServers();
	const host = activeDirectory.address.split(':')[0]!;
	certificate = Authority.in(authority.folder).sign('interceptor', '/CN=interceptor', [`IP:${host}`]);
	admin = new Directory(readSettings(adCredential()));
	unit = await ownUnit(admin);
});
afterAll(async () => await admin.close());

const valueOf = async (dn: string, attribute: string) => (await admin.read(dn, [attribute]))?.[attribute];
const membersOf = async (group: string) => [(await valueOf(group, 'member')) ?? []].flat();
const control = async (dn: string) => Number(await valueOf(dn, 'userAccountControl'));
const countOf = async (login: string) =>
	(
		await admin.find(
			{ base: unit, scope: 'sub', filter: equal('sAMAccountName', login), attributes: ['cn'] },
			5,
		)
	).length;
const yes = (isSo: boolean) => Number(isSo);
const user = (operation: string, more: object = {}) =>
	({ resource: 'user', operation, ...more }) as INodeParameters;

async function person({ login }: Stage, values: Record<string, string[]> = {}): Promise<string> {
	const dn = await addPerson(admin, unit, login);
	if (Object.keys(values).length > 0) await setOn(admin, dn, values);
	return dn;
}

async function groupOf({ login }: Stage, members: string[] = []): Promise<string> {
	const dn = `CN=group of ${login},${unit}`;
	await admin.add(dn, {
		objectClass: ['group'],
		sAMAccountName: [`g-${login}`],
		...(members.length > 0 ? { member: members } : {}),
	});
	return dn;
}

const scenes: Record<string, (stage: Stage) => Promise<Scene>> = {
	'user.create': async ({ login }) => ({
		parameters: user('create', { login, fullName: login, unit, password: PASSWORD }),
		times: async () => await countOf(login),
	}),
	'user.update': async (stage) => {
		const dn = await person(stage);
		const change = [{ attribute: 'department', way: 'replace', value: '研发' }];
		return {
			parameters: user('update', { user: stage.login, changes: { change } }),
			times: async () => yes((await valueOf(dn, 'department')) === '研发'),
		};
	},
	'user.disable': async (stage) => {
		const dn = await person(stage);
		return {
			parameters: user('disable', { user: stage.login }),
			times: async () => yes(((await control(dn)) & 2) === 2),
		};
	},
	'user.enable': async (stage) => {
		const dn = await person(stage, { userAccountControl: ['514'] });
		return {
			parameters: user('enable', { user: stage.login }),
			times: async () => yes(((await control(dn)) & 2) === 0),
		};
	},
	// Only the domain itself can lock an account: what is asked for holds before and after.
	'user.unlock': async (stage) => {
		await person(stage);
		return { parameters: user('unlock', { user: stage.login }) };
	},
	'user.setPassword': async (stage) => {
		await person(stage);
		const options = { mustChange: false };
		return {
			parameters: user('setPassword', { user: stage.login, password: NEW_PASSWORD, options }),
			times: async () => yes((await admin.signIn(`${stage.login}@corp.test`, NEW_PASSWORD)) === undefined),
		};
	},
	'user.forceChange': async (stage) => {
		const dn = await person(stage);
		return {
			parameters: user('forceChange', { user: stage.login }),
			times: async () => yes(String(await valueOf(dn, 'pwdLastSet')) === '0'),
		};
	},
	'user.move': async (stage) => {
		const to = `OU=to ${stage.login},${unit}`;
		await admin.add(to, { objectClass: ['organizationalUnit'] });
		await person(stage);
		return {
			parameters: user('move', { user: stage.login, unit: to }),
			times: async () => yes((await admin.read(`CN=${stage.login},${to}`, ['cn'])) !== undefined),
		};
	},
	'user.delete': async (stage) => {
		await person(stage);
		return {
			parameters: user('delete', { user: stage.login }),
			times: async () => 1 - (await countOf(stage.login)),
		};
	},
	'user.verifyPassword': async (stage) => {
		await person(stage);
		return { parameters: user('verifyPassword', { user: stage.login, password: PASSWORD }) };
	},
	'group.addMember': async (stage) => {
		await person(stage);
		const group = await groupOf(stage);
		return {
			parameters: { resource: 'group', operation: 'addMember', group, user: stage.login },
			times: async () => (await membersOf(group)).length,
		};
	},
	'group.removeMember': async (stage) => {
		const group = await groupOf(stage, [await person(stage)]);
		return {
			parameters: { resource: 'group', operation: 'removeMember', group, user: stage.login },
			times: async () => 1 - (await membersOf(group)).length,
		};
	},
	'user.sync': async ({ login }) => {
		const base = `OU=sync ${login},${unit}`;
		await admin.add(base, { objectClass: ['organizationalUnit'] });
		const value = { employeeNo: login, email: `${login}@corp.test`, name: login };
		return {
			parameters: user('sync', {
				mode: 'apply',
				columns: { mappingMode: 'defineBelow', value },
				scope: { base },
				options: { newUnit: base },
				guards: { maxCreatedPercent: 0, maxShrinkPercent: 0, maxLeaverPercent: 0 },
			}),
			times: async () => await countOf(login),
		};
	},
	'group.create': async ({ login }) => {
		const dn = `CN=${login},${unit}`;
		return {
			parameters: { resource: 'group', operation: 'create', name: login, unit },
			times: async () => yes((await admin.read(dn, ['cn'])) !== undefined),
		};
	},
	'group.delete': async (stage) => {
		const group = await groupOf(stage);
		return {
			parameters: { resource: 'group', operation: 'delete', group },
			times: async () => yes((await admin.read(group, ['cn'])) === undefined),
		};
	},
	'entry.create': async ({ login }) => {
		const dn = `CN=${login},${unit}`;
		return {
			parameters: { resource: 'entry', operation: 'create', dn, objectClasses: 'contact' },
			times: async () => yes((await admin.read(dn, ['cn'])) !== undefined),
		};
	},
	'entry.update': async (stage) => {
		const entry = await groupOf(stage);
		const change = [{ attribute: 'info', way: 'replace', value: 'new' }];
		return {
			parameters: { resource: 'entry', operation: 'update', entry, changes: { change } },
			times: async () => yes((await valueOf(entry, 'info')) === 'new'),
		};
	},
	'entry.move': async (stage) => {
		const entry = await groupOf(stage);
		const to = `CN=moved ${stage.login},${unit}`;
		return {
			parameters: { resource: 'entry', operation: 'move', entry, newName: `moved ${stage.login}` },
			times: async () => yes((await admin.read(to, ['cn'])) !== undefined),
		};
	},
	'entry.delete': async (stage) => {
		const entry = await groupOf(stage);
		return {
			parameters: { resource: 'entry', operation: 'delete', entry },
			times: async () => yes((await admin.read(entry, ['cn'])) === undefined),
		};
	},
	'entry.compare': async (stage) => {
		const entry = await groupOf(stage);
		return {
			parameters: { resource: 'entry', operation: 'compare', entry, attribute: 'cn', value: 'x' },
		};
	},
	'directory.changesSince': async () => ({
		parameters: {
			resource: 'directory',
			operation: 'changesSince',
			watched: 'unit',
			options: { base: unit, scope: 'base' },
		},
	}),
	'directory.testConnection': async () => ({
		parameters: { resource: 'directory', operation: 'testConnection' },
	}),
};

test('every operation that may change something has a scene', () => {
	const played = Object.keys(scenes).map(operationOf).sort();
	expect(played).toEqual(writeOperations(new ActiveDirectory().description).sort());
});

let stages = 0;

interface Played {
	said: Parameters<typeof verdictOf>[0];
	times: number | undefined;
	writes: number;
	wasPlayed: boolean;
}

/** One run behind an interceptor of its own, which a directory that was in trouble before would be remembered by. */
async function play(name: string, mishap: LdapMishap, at: number): Promise<Played> {
	const { activeDirectory, authority } = directoryServers();
	const interceptor = await interceptorBefore(activeDirectory.address, certificate, authority.certificate);
	try {
		const { parameters, times } = await scenes[name]!({ unit, login: `mh-${++stages}` });
		const wasPlayed = interceptor.arm(mishap, at);
		const credential = adCredential({ servers: interceptor.address });
		// A sync takes an item without any content for no row.
		const { rows, failures } = await runDirectory(parameters, [{ item: 1 }], { credential });
		return {
			said: saidOf(rows, failures),
			times: await times?.(),
			writes: interceptor.writes.length,
			wasPlayed: wasPlayed(),
		};
	} finally {
		await interceptor.close();
	}
}

function saidOf(rows: IDataObject[], [failure]: IDataObject[]): Played['said'] {
	if (failure === undefined) return { outcome: rows.length > 0 ? 'done' : 'none' };
	// A sync has its problems in the second output, with their own words.
	if (typeof failure.severity === 'string')
		return {
			outcome: failure.severity === 'unknown' ? 'unknown' : 'refused',
			words: String(failure.message),
			remedy: String(failure.remedy),
		};
	const details = failure.details as IDataObject | undefined;
	return {
		outcome: details?.outcome === 'unknown' ? 'unknown' : 'refused',
		words: String(failure.error),
		remedy: details?.remedy as string | undefined,
	};
}

test.each(Object.keys(scenes))(
	'%s is never done twice, nor told wrongly, whatever befalls a write of it',
	async (name) => {
		const calm = await play(name, 'cutBefore', Infinity);
		expect(calm).toMatchObject({
			said: { outcome: 'done' },
			times: calm.times === undefined ? undefined : 1,
		});
		const cells = Array.from({ length: calm.writes }, (_, at) =>
			MISHAPS.map(([words, mishap]) => ({ words: `${words}, write ${at + 1}`, mishap, at })),
		).flat();
		const wrong = await Promise.all(
			cells.map(async ({ words, mishap, at }) => {
				const { said, times, wasPlayed } = await play(name, mishap, at);
				const found: string[] = verdictOf(said, times).wrong.map((one) => WORDS[one]);
				if (!wasPlayed) found.push('was not played');
				return found.map((one) => `${words}: ${one} (${said.words} → ${said.remedy})`);
			}),
		);
		expect(wrong.flat()).toEqual([]);
	},
	300_000,
);
