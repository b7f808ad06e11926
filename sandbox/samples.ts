import type { Sandbox } from '.';
import type { SeedUser } from './alimail/seed';
import { accept } from './postmark/sending';

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

/** A little company to look at: 24 mailboxes in nested departments, two of them frozen, and three messages. */
export function seedSmall(sandbox: Sandbox): void {
	const users: SeedUser[] = PEOPLE.flatMap(([name, local], position) => {
		const department = DEPARTMENTS[position % DEPARTMENTS.length];
		const boss = position === 0 ? undefined : 'li.wei@yunhe.example';
		const title = position === 0 ? 'CEO' : 'Team Lead';
		return [
			person(name, local, `E${1001 + position}`, { department, managerEmail: boss, jobTitle: title }),
			person(name, `${local}2`, `E${2001 + position}`, {
				department,
				managerEmail: `${local}@yunhe.example`,
				jobTitle: 'Engineer',
				...(position % 6 === 5 ? { status: 'FREEZE' as const } : {}),
			}),
		];
	});
	sandbox.alimail.seed({ departments: DEPARTMENTS, users });
	const [server] = sandbox.postmark.servers;
	for (const message of MESSAGES) accept(message, { server }, sandbox.postmark, 'sample');
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

const MESSAGES = [
	{
		From: 'HR <hr@yunhe.example>',
		To: '"李伟" <li.wei@yunhe.example>',
		Subject: 'Nightly mailbox sync: 12 created, 8 frozen',
		HtmlBody:
			'<h2 style="font-family:sans-serif">Nightly sync</h2><table border="1" cellpadding="6" style="border-collapse:collapse;font-family:sans-serif"><tr><th>Created</th><th>Changed</th><th>Frozen</th></tr><tr><td>12</td><td>30</td><td>8</td></tr></table><p style="font-family:sans-serif">Nothing needs your attention.</p>',
		TextBody: 'Nightly sync\nCreated 12, changed 30, frozen 8.\nNothing needs your attention.',
		Tag: 'sync-report',
		Metadata: { day: '1' },
	},
	{
		From: 'welcome@yunhe.example',
		To: 'wang.fang@yunhe.example',
		Cc: 'it-helpdesk@yunhe.example',
		Subject: '欢迎加入云禾科技 🎉',
		HtmlBody: '<p>你好，王芳！</p><p>Your mailbox is ready: <b>wang.fang@yunhe.example</b></p>',
		Attachments: [
			{
				Name: 'first-steps.txt',
				Content: Buffer.from('1. Sign in\n2. Change the password\n').toString('base64'),
				ContentType: 'text/plain',
			},
		],
	},
	{
		From: 'noreply@yunhe.example',
		To: 'zhang.min@yunhe.example',
		Subject: 'Password reminder (text only)',
		TextBody: 'Your password expires in 7 days.\n\nhttps://mail.example/',
	},
];
