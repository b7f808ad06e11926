import type { Seed, SeedUser } from './seed';

const DEPARTMENTS = [
	'研发中心',
	'研发中心/平台部',
	'研发中心/平台部/Core',
	'Sales & Marketing',
	'Sales & Marketing/EMEA',
	'Sales & Marketing/EMEA/DACH',
	'Finance',
	'人力资源部',
];

const PEOPLE: Array<[name: string, local: string]> = [
	['李伟', 'li.wei'],
	['王芳', 'wang.fang'],
	['张敏', 'zhang.min'],
	['陈静', 'chen.jing'],
	['刘洋', 'liu.yang'],
	['赵磊', 'zhao.lei'],
	['Zoë Müller-Lüdenscheidt', 'zoe.mueller'],
	['Seán O’Neill', 'sean.oneill'],
	['François Lefèvre', 'francois.lefevre'],
	['Begoña Muñoz', 'begona.munoz'],
	['Søren Kjær', 'soeren.kjaer'],
	['周杰 🎉', 'zhou.jie'],
];

/** A little company to look at: 24 mailboxes in nested departments, two of them frozen. */
export function company(): Seed {
	const users: SeedUser[] = PEOPLE.flatMap(([name, local], position) => {
		const department = DEPARTMENTS[position % DEPARTMENTS.length];
		const place = department === undefined ? {} : { department };
		const boss = position === 0 ? {} : { managerEmail: 'li.wei@yunhe.example' };
		const title = position === 0 ? 'CEO' : 'Team Lead';
		return [
			person(name, local, `E${1001 + position}`, { ...place, ...boss, jobTitle: title }),
			person(name, `${local}2`, `E${2001 + position}`, {
				...place,
				managerEmail: `${local}@yunhe.example`,
				jobTitle: 'Engineer',
				...(position % 6 === 5 ? { status: 'FREEZE' as const } : {}),
			}),
		];
	});
	return { departments: DEPARTMENTS, users };
}

function person(name: string, local: string, employeeNo: string, more: Partial<SeedUser>): SeedUser {
	return {
		email: `${local}@yunhe.example`,
		name,
		employeeNo,
		phone: `+86 138 0013 ${employeeNo.slice(1)}`,
		workLocation: '杭州',
		...more,
	};
}
