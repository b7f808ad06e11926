import { services } from './services';
import { type Shell, type ShellOptions, openShell } from './shell';
import type { ArmedFault as ArmedFaultOf, Fault as FaultOf, Faults as FaultsOf } from './shell/faults';
import type { RequestEntry as EntryOf, RequestFilter as FilterOf } from './shell/requests';
import type { ServicesOf } from './shell/standIn';

export type { AlimailService } from './services/alimail/service';
export type { App, Permissions } from './services/alimail/apps';
export type { Department, User } from './services/alimail/records';
export type { Seed, SeedDepartment, SeedUser, Seeded } from './services/alimail/seed';
export type { AlimailSettings } from './services/alimail/settings';
export type { AokSendService } from './services/aoksend/service';
export type { OutlookService } from './services/outlook/service';
export type { PostmarkService } from './services/postmark/service';
export type { HookAttempt, HookDelivery, HookEvent } from './services/postmark/hooks';
export type { InboundMessage } from './services/postmark/inboundRecords';
export type { Incoming } from './services/postmark/receiving';
export type { Bounce, Click, Open, StoredAttachment, StoredMessage } from './services/postmark/records';
export type { SendPulseService } from './services/sendpulse/service';
export type { FaultEffect } from './shell/faults';
export type { RequestLog } from './shell/requests';
export type { Credential } from './shell/standIn';

type List = typeof services;
/** The services the sandbox stands in for. */
export type ServiceName = List[number]['name'];
export type Fault = FaultOf<ServiceName>;
export type Faults = FaultsOf<ServiceName>;
export type ArmedFault = ArmedFaultOf<ServiceName>;
export type RequestEntry = EntryOf<ServiceName>;
export type RequestFilter = FilterOf<ServiceName>;
export type SandboxOptions = ShellOptions;

/** The stand-ins of all services: `sandbox.services.postmark`, or `sandbox.postmark` for short. */
export type Sandbox = Shell<List> & ServicesOf<List>;

/**
 * Starts the stand-ins.
 * @throws {Error} EADDRINUSE when the port is taken.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const shell = await openShell(services, options);
	return Object.defineProperties(shell, Object.getOwnPropertyDescriptors(shell.services)) as Sandbox;
}
