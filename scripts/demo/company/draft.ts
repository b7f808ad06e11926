import type { Employee } from './csv';
import { departments, executiveOffice, type Department } from './departments';
import { headOf, type Start } from './firstNight';
import { numberAt } from './staff';

type Known = Partial<Employee> & { mailName?: string };

/** The export being written, and the two ways to change it. */
export interface Draft {
	start: Start;
	rows: Employee[];
	/** People to whom nothing has happened yet. */
	take(count: number, fits?: (employee: Employee) => boolean): Employee[];
	/** Somebody new at the end of the file, who answers to the department's head unless told otherwise. */
	join(department: Department, known?: Known): Employee;
}

/** The day on which day 2's joiners start. */
export const today = '2026-03-10';
export const departmentAt = (path: string): Department => {
	const found = departments.find((department) => department.path === path);
	if (!found) throw new Error(`There is no department ${path}.`);
	return found;
};
export const devOps = departmentAt('研发中心/平台部/DevOps');
export const paths = departments.map(({ path }) => path).filter((path) => path !== executiveOffice.path);

/** A copy of day 1 to be changed into day 2. */
export function draftOf(start: Start): Draft {
	const { everyone, recruiter } = start;
	const copies = new Map(everyone.map((employee) => [employee.number, { ...employee }]));
	const bench = start.bench.flatMap(({ number }) => copies.get(number) ?? []);
	const rows = [...copies.values()];
	let next = everyone.length;
	return {
		start,
		rows,
		take(count, fits = () => true) {
			const taken = bench.filter(fits).slice(0, count);
			if (taken.length < count) throw new Error('The company is too small for what happens on day 2.');
			for (const employee of taken) bench.splice(bench.indexOf(employee), 1);
			return taken;
		},
		join(department, known = {}) {
			const managerEmail = known.managerEmail ?? headOf(department.path, everyone).email;
			const number = known.number ?? numberAt(next++);
			const joiner = recruiter.hire(department, { ...known, number, managerEmail, startDate: today });
			rows.push(joiner);
			return joiner;
		},
	};
}
