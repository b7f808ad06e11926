import type { AlimailService } from '../../../sandbox';
import { byId, scene, type Scenes } from '../scene';

const DOMAIN = byId('yunhe.example');
const called = (alimail: AlimailService, wanted: string): number =>
	alimail.directory.domains.filter(({ domain }) => domain === wanted).length;
const aliases = ({ directory }: AlimailService): string[] =>
	directory.domains.find(({ domain }) => domain === 'yunhe.example')!.aliases;

export const organization: Scenes<AlimailService>['scenes'] = {
	'domain.add': (alimail) =>
		scene('domain.add', { name: 'new.example' }, () => called(alimail, 'new.example')),
	'domain.verify': () => ({
		...scene('domain.verify', { domain: DOMAIN }, () => true),
		times: () => undefined,
	}),
	'domain.addAlias': (alimail) =>
		scene('domain.addAlias', { domain: DOMAIN, alias: 'yh.example' }, () => aliases(alimail).length),
	'domain.removeAlias': (alimail) => {
		aliases(alimail).push('yh.example');
		return scene(
			'domain.removeAlias',
			{ domain: DOMAIN, alias: 'yh.example' },
			() => aliases(alimail).length === 0,
		);
	},
	'domain.delete': (alimail) =>
		scene('domain.delete', { domain: DOMAIN }, () => called(alimail, 'yunhe.example') === 0),
	'organization.update': (alimail) =>
		scene(
			'organization.update',
			{ updateFields: { telephone: '+86 571 1' } },
			() => alimail.directory.organization.telephone === '+86 571 1',
		),
};
