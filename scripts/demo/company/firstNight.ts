import type { Employee } from './csv';
import { AddressBook, domain } from './names';
import { Random } from './random';
import { Recruiter, staffCompany } from './staff';

/** A mailbox that is in the target before the sync sees it for the first time. */
export interface ExistingMailbox {
	/** service: nobody's; former: of somebody who left; adopted: a colleague's, made by hand; namesake: somebody else's. */
	kind: 'service' | 'former' | 'adopted' | 'namesake';
	email: string;
	name: string;
	/** Absent when nobody filled it in. */
	number?: string;
	/** False: frozen, `frozenDays` before the first night. */
	active: boolean;
	frozenDays?: number;
	/** The night before which somebody made it: the namesake's appears on the day after the first load. */
	beforeDay: 1 | 2;
}

/** What both nights build on. */
export interface Start {
	random: Random;
	recruiter: Recruiter;
	/** Day 1 as exported, ordered by employee number; a few have already left. */
	everyone: Employee[];
	existing: ExistingMailbox[];
	/** People without reports whose mailbox the first night creates, in random order: day 2 happens to them. */
	bench: Employee[];
}

const activeOnDay1 = 1_000;
const leftBeforeDay1 = 6;

/** The company as HR exports it on the first night. */
export function firstNight(seed: number): Start {
	const random = new Random(seed);
	const addresses = new AddressBook();
	const existing: ExistingMailbox[] = [
		...['postmaster', 'it-helpdesk'].map((mailName): ExistingMailbox => ({
			kind: 'service',
			email: addresses.claim(mailName),
			name: mailName === 'postmaster' ? 'Postmaster' : 'IT Helpdesk 服务台',
			active: true,
			beforeDay: 1,
		})),
		{
			kind: 'former',
			email: addresses.claim('renata.ibanez'),
			name: 'Renata Ibáñez',
			number: 'YH09317',
			active: false,
			// Well within the 30 days after which a sync may be told to delete.
			frozenDays: 12,
			beforeDay: 1,
		},
		{
			kind: 'namesake',
			email: addresses.claim('jiayi.shen'),
			name: '沈佳仪',
			number: 'YH08850',
			active: true,
			beforeDay: 2,
		},
	];

	const recruiter = new Recruiter(random, addresses);
	const everyone = staffCompany(activeOnDay1 + leftBeforeDay1, recruiter, random);
	const managers = new Set(everyone.map((employee) => employee.managerEmail));
	const bench = random.shuffled(everyone.filter((employee) => !managers.has(employee.email)));
	for (const employee of bench.splice(0, leftBeforeDay1)) employee.status = 'Left';
	for (const employee of bench.splice(0, 2)) existing.push(madeByHand(employee));
	return { random, recruiter, everyone, existing, bench };
}

/** IT made the mailbox in a hurry: the address is right, the rest is missing. */
function madeByHand({ email }: Employee): ExistingMailbox {
	return { kind: 'adopted', email, name: email.replace(`@${domain}`, ''), active: true, beforeDay: 1 };
}

/** Who leads the department: the one in it whose manager sits elsewhere. */
export function headOf(path: string, everyone: Employee[]): Employee {
	const inside = everyone.filter((employee) => employee.department === path);
	const addresses = new Set(inside.map((employee) => employee.email));
	const head = inside.find((employee) => !addresses.has(employee.managerEmail));
	if (!head) throw new Error(`The department ${path} has nobody at its head.`);
	return head;
}
