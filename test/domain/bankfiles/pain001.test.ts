import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { transliterate } from '../../../domain/bankfiles/characters.ts';
import {
  lossyMappings,
  type Pain001Request,
  pain001Totals,
  writePain001,
} from '../../../domain/bankfiles/pain001.ts';
import { BankProfile, PROFILES } from '../../../domain/bankfiles/profile.ts';
import { readBankFile } from '../../../domain/bankfiles/read.ts';
import { releasePain001 } from '../../../domain/bankfiles/release.ts';
import { minor } from '../../../domain/kernel/money.ts';
import type { Instruction } from '../../../domain/payments/instruction.ts';
import { instructionsOf, payable, sampleInstructions } from '../payments/sample.ts';
import { haveSchemas, SKIPPED, schemaErrors } from './xsd.ts';

const request: Pain001Request = {
  messageId: 'TEST20260301-001-1',
  createdAt: '2026-03-05T12:00:00Z',
  initiatingParty: 'Programa de Prueba',
  debtor: {
    name: 'Tesorería del Programa',
    account: { scheme: 'other', number: '0011-0222-33' },
    bankCode: '018',
    country: 'PE',
    town: 'Lima',
  },
  requestedExecutionDate: '2026-03-10',
  paymentInfoIds: { account: 'TEST20260301-001-1-A', cash: 'TEST20260301-001-1-C' },
};
const write = (instructions: readonly Instruction[], change: Partial<Pain001Request> = {}) =>
  [...writePain001({ ...request, ...change }, instructions)].join('');
const provider = payable(8, {
  payeeKind: 'provider',
  purpose: 'disbursement:placement',
  account: { scheme: 'iban', number: 'SV62CENR00000000000000700025', bankCode: 'CENRSVSS' },
});

describe('pain.001.001.09', () => {
  it('is always the same bytes for the same list', async () => {
    const text = write([...sampleInstructions(4), ...instructionsOf([provider])]);
    expect(text).toBe(write([...sampleInstructions(4), ...instructionsOf([provider])]));
    await expect(text).toMatchFileSnapshot('golden/pain001.xml');
  });

  it.skipIf(!haveSchemas)(`passes its schema (${SKIPPED})`, async () => {
    const lists = [
      [...sampleInstructions(9), ...instructionsOf([provider])],
      instructionsOf([payable(1, { method: 'cash' })]),
      instructionsOf([payable(1, { currency: 'CLP', creditorName: '&<>"\'&', town: 'Ñ'.repeat(70) })]),
    ];
    for (const list of lists)
      for (const profile of [PROFILES['iso-default']!, PROFILES['iso-utf8']!])
        expect(await schemaErrors('pain.001.001.09', write(list, { profile }))).toEqual([]);
  });

  it('declares count and sum at both levels in integers', () => {
    const cents = Array.from({ length: 1000 }, (_, index) =>
      payable(index, { method: index < 600 ? 'account' : 'cash', amountMinor: minor(10 + (index % 3)) }),
    );
    const instructions = instructionsOf(
      cents.map((item) => ({
        ...item,
        parts: [{ kind: 'transfer' as const, amountMinor: item.amountMinor }],
      })),
    );
    const totals = pain001Totals(request, instructions);
    expect(totals.groups.map((group) => [group.method, group.count, group.sumMinor])).toEqual([
      ['account', 600, 6600],
      ['cash', 400, 4399],
    ]);
    const text = write(instructions);
    expect(text).toContain('<NbOfTxs>1000</NbOfTxs><CtrlSum>109.99</CtrlSum>');
    expect(text).toContain('<NbOfTxs>600</NbOfTxs><CtrlSum>66.00</CtrlSum>');
    expect(text).toContain('<NbOfTxs>400</NbOfTxs><CtrlSum>43.99</CtrlSum>');
  });

  it('pays cash to a person at a pay point and not to an account', () => {
    const text = write(instructionsOf([payable(3, { payPoint: 'AG-77' })]));
    expect(text).toContain('<BrnchId><Id>AG-77</Id></BrnchId>');
    expect(text).toContain('<Id>40000003</Id><SchmeNm><Cd>NIDN</Cd></SchmeNm>');
    expect(text).not.toContain('<CdtrAcct>');
  });

  it('writes town and country of both sides, always', () => {
    const text = write(sampleInstructions(5));
    expect(text.match(/<TwnNm>[^<]+<\/TwnNm><Ctry>PE<\/Ctry>/g)).toHaveLength(5 + 2);
  });

  it.each<[string, Instruction[], Partial<Pain001Request>]>([
    ['an empty list', [], {}],
    ['an amount of 0', [{ ...sampleInstructions(1)[0]!, amountMinor: minor(0) }], {}],
    ['two currencies', [...sampleInstructions(1), { ...sampleInstructions(2)[1]!, currency: 'USD' }], {}],
    ['an id twice', [...sampleInstructions(1), ...sampleInstructions(1)], {}],
    ['a message id with other characters', [...sampleInstructions(1)], { messageId: 'M_1' }],
    ['an id longer than the bank returns', [...sampleInstructions(1)], { profile: PROFILES['mt940-16']! }],
  ])('refuses to write %s', (_, instructions, change) => {
    expect(() => write(instructions, change)).toThrow();
  });

  it('reads back as what was written, whatever the names and amounts', () => {
    const anything = fc.record({
      amount: fc.integer({ min: 1, max: 99_999_999 }),
      name: fc.string({ unit: 'binary', minLength: 1, maxLength: 140 }),
      town: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
      method: fc.constantFrom('account' as const, 'cash' as const),
    });
    fc.assert(
      fc.property(
        fc.array(anything, { minLength: 1, maxLength: 8 }),
        fc.constantFrom(...Object.keys(PROFILES).slice(0, 3)),
        (list, name) => {
          const instructions = instructionsOf(
            list.map(({ amount, name: creditorName, town, method }, index) =>
              payable(index, {
                amountMinor: minor(amount),
                creditorName,
                town,
                method,
                parts: [{ kind: 'transfer', amountMinor: minor(amount) }],
              }),
            ),
          );
          const released = releasePain001({ ...request, profile: PROFILES[name]! }, instructions);
          expect(released.ok).toBe(true);
        },
      ),
      { seed: 21, numRuns: 100 },
    );
  });

  it('is refused when the bank takes fewer payments or fewer bytes', () => {
    const small = (limits: object) => ({
      ...request,
      profile: BankProfile.parse({ name: 'small', ...limits }),
    });
    for (const limits of [{ maxPayments: 4 }, { maxBytes: 1000 }])
      expect(releasePain001(small(limits), sampleInstructions(5)).ok).toBe(false);
  });

  it("reads back in the bank's encoding", () => {
    const released = releasePain001({ ...request, profile: PROFILES['iso-latin1']! }, sampleInstructions(4));
    expect(released.ok && released.value.bytes.includes(Buffer.from('Ñusta', 'latin1'))).toBe(true);
    expect(released.ok && readBankFile(released.value.bytes).ok).toBe(true);
  });
});

describe('characters that a bank can carry', () => {
  it.each([
    ['María Ñúñez', 'Maria Nunez'],
    ['JOSÉ Ü. GÜEMES', 'JOSE U. GUEMES'],
    ["D'Angelo & Hijos", "D'Angelo + Hijos"],
    ['Straße 5', 'Strasse 5'],
    ['São João', 'Sao Joao'],
    ['a\tb\nc', 'a b c'],
    ['漢字', '..'],
    ['plain (1/2)', 'plain (1/2)'],
  ])('%s → %s', (original, written) => {
    expect(transliterate(original, 'swift')).toBe(written);
  });

  it('latin1 keeps Spanish and loses what it has no sign for', () => {
    expect(transliterate('Ñandú ł', 'latin1')).toBe('Ñandú l');
  });

  it('every loss is listed with the original', () => {
    expect(
      [...lossyMappings(sampleInstructions(2))].map(({ field, original, written }) => [
        field,
        original,
        written,
      ]),
    ).toEqual([
      ['creditorName', "Rosa O'Higgins & Hijos 1", "Rosa O'Higgins + Hijos 1"],
      ['creditorName', 'Ñusta Quispe Mamaní 2', 'Nusta Quispe Mamani 2'],
      ['town', 'Huánuco', 'Huanuco'],
    ]);
  });
});
