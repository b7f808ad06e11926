import type { ParameterReader } from '../node/parameters/reader';
import { DEFAULT_LIMITS, type Limits } from '../sync';
import type { LeaverChoice, SyncSettings } from './definition';
import { readProtection } from './protected';

/** @throws {ServiceError} for a setting that cannot be meant; nothing has been asked or done yet. */
export function readSettings(form: ParameterReader, choices: LeaverChoice[]): SyncSettings {
	const mode = form.option('mode') as SyncSettings['mode'];
	const options = form.collection('options');
	const leaverChoice = form.option('leavers');
	const action = choices.find(({ value }) => value === leaverChoice)?.does ?? 'nothing';
	return {
		mode,
		approval: mode === 'approved' ? form.requiredText('approval') : '',
		match: form.option('matchBy').split(',') as SyncSettings['match'],
		leaverChoice,
		leavers: {
			action,
			afterDays: action === 'disableThenDelete' ? form.number('afterDays', { min: 1 }) : 0,
		},
		rejoiners: isOn(options, 'rejoin') ? 'enable' : 'nothing',
		protection: readProtection(form, 'protected'),
		...readGuards(form.collection('guards')),
		clearEmpty: options.option('emptyCells') === 'clear',
		...(options.value('firstLine') === undefined
			? {}
			: { firstLine: options.number('firstLine', { min: 1 }) }),
		includeUnchanged: options.boolean('includeUnchanged'),
	};
}

/** An option that is on unless it was added and switched off. */
export const isOn = (options: ParameterReader, name: string): boolean =>
	options.value(name) === undefined || options.boolean(name);

/** Guards that are switched off with a 0. */
const NUMBERS = [
	'maxShrinkPercent',
	'maxLeaverPercent',
	'maxLeavers',
	'maxInvalidPercent',
	'maxCreatedPercent',
	'maxEnabled',
	'maxEnabledPercent',
	'maxRenamedPercent',
	'maxMovedPercent',
	'maxColumnPercent',
] as const;

function readGuards(guards: ParameterReader): Pick<SyncSettings, 'limits' | 'minRows'> {
	const limits: Limits = { ...DEFAULT_LIMITS };
	for (const name of NUMBERS) {
		if (guards.value(name) === undefined) continue;
		const limit = guards.number(name, { min: 0, ...(name.endsWith('Percent') ? { max: 100 } : {}) });
		if (limit === 0) delete limits[name];
		else limits[name] = limit;
	}
	const whole = (name: string) => (guards.value(name) === undefined ? 0 : guards.number(name, { min: 0 }));
	return { limits: { ...limits, firstLoad: whole('firstLoad') }, minRows: whole('minRows') };
}
