import type { Client } from '../../../../core/http/client';
import type { ParameterReader } from '../../../../core/node/parameters/reader';
import { wildcard } from '../../../../core/node/wildcard';
import { DEFAULT_LIMITS, type Limits, type Rules } from '../../../../core/sync';
import { departmentId, memberDepartmentId } from '../../department/tree';

/** What the user chose, read once for the run. */
export interface Settings {
	mode: 'preview' | 'apply' | 'approved';
	approval: string;
	match: string[];
	departmentAs: string;
	leavers: Rules['leavers'];
	employeeType: string;
	domain?: string;
	departmentId?: string;
	protects(email: string): boolean;
	limits: Limits;
	minRows: number;
	forceChange: boolean;
	createDepartments: boolean;
	defaultDepartmentId?: string;
	clearEmpty: boolean;
	includeUnchanged: boolean;
	unfreeze: boolean;
}

export async function readSettings(item: ParameterReader, client: Client): Promise<Settings> {
	const mode = item.option('mode') as Settings['mode'];
	const scope = item.collection('scope');
	const options = item.collection('options');
	const leavers = item.option('leavers') as Rules['leavers']['action'];
	const domain = scope.text('domain').toLowerCase().replace(/^@/, '');
	const chosen = async (reader: ParameterReader, name: string, idOf: typeof departmentId) =>
		reader.has(name) ? await idOf(client, reader.resourceLocator(name), reader.label(name)) : undefined;
	const inside = await chosen(scope, 'department', departmentId);
	const forNew = (await chosen(options, 'defaultDepartment', memberDepartmentId)) ?? inside;
	return {
		mode,
		approval: mode === 'approved' ? item.requiredText('approval') : '',
		match: item.option('matchBy').split(','),
		departmentAs: item.option('departmentAs'),
		leavers: {
			action: leavers,
			afterDays: leavers === 'disableThenDelete' ? item.number('afterDays', { min: 1 }) : 0,
		},
		employeeType: scope.option('employeeType'),
		...(domain === '' ? {} : { domain }),
		...(inside === undefined ? {} : { departmentId: inside }),
		protects: matcher(item.list('protected')),
		...readGuards(item.collection('guards')),
		forceChange: on(options, 'forceChange'),
		createDepartments: on(options, 'createDepartments'),
		...(forNew === undefined ? {} : { defaultDepartmentId: forNew }),
		clearEmpty: options.option('emptyCells') === 'clear',
		includeUnchanged: options.boolean('includeUnchanged'),
		unfreeze: on(options, 'unfreeze'),
	};
}

/** An option that is on unless it was added and switched off. */
const on = (options: ParameterReader, name: string): boolean =>
	options.value(name) === undefined || options.boolean(name);

function readGuards(guards: ParameterReader): Pick<Settings, 'limits' | 'minRows'> {
	const names = ['maxShrinkPercent', 'maxLeaverPercent', 'maxLeavers', 'maxInvalidPercent'] as const;
	const limits: Limits = { ...DEFAULT_LIMITS };
	for (const name of names) {
		if (guards.value(name) === undefined) continue;
		const limit = guards.number(name, { min: 0, ...(name === 'maxLeavers' ? {} : { max: 100 }) });
		if (limit === 0) delete limits[name];
		else limits[name] = limit;
	}
	return {
		limits,
		minRows: guards.value('minRows') === undefined ? 0 : guards.number('minRows', { min: 0 }),
	};
}

/** Address patterns, whatever their case. */
function matcher(patterns: string[]): (email: string) => boolean {
	const tests = patterns.map((pattern) => wildcard(pattern.toLowerCase()));
	return (email) => tests.some((test) => test(email.toLowerCase()));
}
