import { describe, expect, it } from 'vitest';
import { minor } from '../../../domain/kernel/money.ts';
import { Instruction } from '../../../domain/payments/instruction.ts';
import type { Payable } from '../../../domain/payments/payable.ts';
import { paymentList } from '../../../domain/payments/payment-list.ts';
import { CYCLE, instructionsOf, payable, sampleInstructions } from './sample.ts';

const options = {
  programme: 'prueba',
  cycle: CYCLE,
  endToEndId: ({ payeeId, purpose, attempt }: { payeeId: string; purpose: string; attempt: number }) =>
    `${payeeId}-${purpose}-${attempt}`,
  uetr: () => '00000000-0000-4000-8000-000000000000',
};

describe('payables become instructions', () => {
  it('one for each, in order, whole and valid', () => {
    const instructions = sampleInstructions(7);
    expect(instructions.map((item) => item.payeeId)).toEqual(['H1', 'H2', 'H3', 'H4', 'H5', 'H6', 'H7']);
    for (const item of instructions) expect(Instruction.safeParse(item).success).toBe(true);
    expect(new Set(instructions.map((item) => item.uetr)).size).toBe(7);
  });

  it('one payee may be paid for two purposes, each with its own id', () => {
    const [a, b] = instructionsOf([payable(1), payable(1, { purpose: 'arrears:2026-01' })]);
    expect(a!.endToEndId).not.toBe(b!.endToEndId);
  });

  it('an attempt may depend on the payable', () => {
    const attempt = (item: Payable) => (item.payeeId === 'H2' ? 2 : 1);
    const list = paymentList([payable(1), payable(2)], { ...options, attempt });
    expect(list.ok && list.value.instructions.map((item) => item.attempt)).toEqual([1, 2]);
  });

  const wrongParts = { parts: [{ kind: 'transfer' as const, amountMinor: minor(1) }] };
  it.each<[string, Payable[], string]>([
    ['an amount of 0', [payable(1, { amountMinor: minor(0) })], 'BAD_INPUT'],
    ['an amount below 0', [payable(1, { amountMinor: minor(-5) })], 'BAD_INPUT'],
    ['parts that do not add up', [payable(1, wrongParts)], 'BAD_INPUT'],
    ['an account payee without account', [{ ...payable(3), method: 'account' }], 'BAD_INPUT'],
    ['two currencies', [payable(1), payable(2, { currency: 'USD' })], 'BAD_INPUT'],
    ['two for one payee and purpose', [payable(1), payable(1)], 'CONFLICT'],
  ])('refuses %s, and the whole list with it', (_, payables, code) => {
    const list = paymentList(payables, options);
    expect(list.ok ? 'ok' : list.error.code).toBe(code);
  });

  it('refuses ids that collide', () => {
    const list = paymentList([payable(1), payable(2)], { ...options, endToEndId: () => 'SAME' });
    expect(list.ok ? 'ok' : list.error.code).toBe('CONFLICT');
  });
});
