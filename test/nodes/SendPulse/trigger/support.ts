import type { Sandbox } from '../../../../sandbox';
import { useTriggers } from '../../../support/triggers';
import { sendPulseCredential } from '../support';

export const useTrigger = () => useTriggers('sendPulseTrigger', (sandbox) => sendPulseCredential(sandbox));

export const reportsOf = ({ sendpulse }: Sandbox) => sendpulse.account.reports;
export const hooksOf = (sandbox: Sandbox) => [...reportsOf(sandbox).webhooks.values()];
