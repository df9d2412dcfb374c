import type { Ports } from '../../adapters/ports.ts';

let ports: Promise<Ports> | undefined;

/** Gives handlers their ports: the local runtime and tests call it; on Lambda nobody does. */
export function providePorts(next: Ports | undefined): void {
  ports = next && Promise.resolve(next);
}

/** The ports in force; on Lambda the AWS adapters, made once per environment. */
export function currentPorts(): Promise<Ports> {
  ports ??= import('../../adapters/aws/index.ts').then(({ awsPorts }) => awsPorts(process.env));
  return ports;
}
