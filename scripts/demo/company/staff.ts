import type { Employee } from './csv';
import { departments, executiveOffice, parentOf, titlesFor, type Department } from './departments';
import { AddressBook, chineseName, latinName, type PersonName } from './names';
import type { Random } from './random';

/** Reports of one lead; a department with more people than that gets several. */
const teamSize = 8;
const probationFrom = '2025-09-10';

/** Hires people one by one: gives each a name, an address that is free and a mobile number nobody else has. */
export class Recruiter {
	private hired = 0;

	constructor(
		private readonly random: Random,
		private readonly addresses: AddressBook,
	) {}

	hire(department: Department, known?: Partial<Employee> & { mailName?: string }): Employee {
		const { mailName, ...given } = known ?? {};
		const person = this.person(department);
		const serial = String(++this.hired).padStart(4, '0');
		const startDate = given.startDate ?? this.date();
		return {
			number: '',
			name: person.name,
			email: given.email ?? this.addresses.claim(mailName ?? person.mailName),
			department: department.path,
			title: this.random.pick(titlesFor(department, given.name ?? person.name)),
			mobile: `${person.locale.mobile} ${serial}`,
			location: this.random.pick(person.locale.cities),
			managerEmail: '',
			status: startDate >= probationFrom ? 'Probation' : 'Active',
			startDate,
			...given,
		};
	}

	private person({ path, staff }: Department): PersonName {
		const chinese = staff === 'chinese' || (staff === 'mixed' && this.random.next() < 0.5);
		return chinese ? chineseName(this.random) : latinName(this.random, path.split('/').at(-1) ?? path);
	}

	/** Most people came lately: the company grew. */
	private date(): string {
		const year = Math.max(this.random.between(2014, 2025), this.random.between(2014, 2025));
		const twoDigits = (value: number) => String(value).padStart(2, '0');
		return `${year}-${twoDigits(this.random.between(1, 12))}-${twoDigits(this.random.between(1, 28))}`;
	}
}

/**
 * `size` people in every department of the tree, ordered by the day they came, numbered `YH10001` and up. Each
 * department has a head, who answers to the head above; larger ones have team leads in between.
 */
export function staffCompany(size: number, recruiter: Recruiter, random: Random): Employee[] {
	const ceo = recruiter.hire(executiveOffice, { title: 'CEO', startDate: '2013-04-01', status: 'Active' });
	const heads = new Map([[executiveOffice.path, ceo]]);
	for (const department of departments.slice(1)) {
		const above = heads.get(parentOf(department.path) ?? executiveOffice.path) ?? ceo;
		const head = recruiter.hire(department, { title: department.titles.head, managerEmail: above.email });
		heads.set(department.path, head);
	}

	const everyone = [...heads.values()];
	const members = new Map<string, Employee[]>();
	while (everyone.length < size) {
		const department = random.weighted(departments, ({ weight }) => weight);
		const member = recruiter.hire(department);
		everyone.push(member);
		members.set(department.path, [...(members.get(department.path) ?? []), member]);
	}
	for (const department of departments) {
		formTeams(members.get(department.path) ?? [], heads.get(department.path) ?? ceo, department.titles.lead);
	}

	everyone.sort((a, b) => a.startDate.localeCompare(b.startDate));
	everyone.forEach((employee, index) => (employee.number = numberAt(index)));
	return everyone;
}

export const numberAt = (index: number) => `YH${10_001 + index}`;

function formTeams(members: Employee[], head: Employee, leadTitle: string): void {
	const leadCount = members.length > teamSize ? Math.ceil(members.length / (teamSize + 1)) : 0;
	const leads = members.slice(0, leadCount);
	for (const [index, member] of members.entries()) {
		const isLead = index < leadCount;
		if (isLead) member.title = leadTitle;
		member.managerEmail = isLead || leadCount === 0 ? head.email : leads[index % leadCount]!.email;
	}
}
