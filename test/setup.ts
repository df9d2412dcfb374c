// biome-ignore-all lint/suspicious/noConsole: this file is the guard against printing tests.
import { afterEach, beforeEach } from 'vitest';

// A test that prints is a test that hides something: stray console output fails it.
const methods = ['log', 'info', 'warn', 'error', 'debug'] as const;
const original = Object.fromEntries(methods.map((name) => [name, console[name]]));
let printed: string[] = [];

beforeEach(() => {
  printed = [];
  for (const name of methods) {
    console[name] = (...args: unknown[]) => {
      printed.push(`console.${name}: ${args.map(String).join(' ')}`);
    };
  }
});

afterEach(() => {
  Object.assign(console, original);
  if (printed.length > 0) throw new Error(`stray console output:\n${printed.join('\n')}`);
});
