import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { hasValidCheckDigits, isNumberKind, type NumberKind } from '../../../domain/kernel/check-digits.ts';

/** Published numbers: kind, number, whether its check digits are right. */
const PUBLISHED = `
pe.cci    01801500001501398282      valid
pe.cci    01136200010004650000      invalid
pe.dni    10117410-2                valid
pe.dni    10117410G                 valid
pe.dni    10117410-3                invalid
pe.ruc    20512333797               valid
pe.ruc    20512333798               invalid
ec.ci     1714307103                valid
ec.ci     1714307104                invalid
ec.ci     171430710                 invalid
ec.ci     9914307103                invalid
ec.ruc    1792060346001             valid
ec.ruc    1763154690001             invalid
sv.dui    04567890-3                valid
sv.dui    12345678-4                valid
sv.dui    98765432-1                invalid
sv.nit    0614-050707-104-8         valid
sv.nit    0614-050707-104-0         invalid
cl.rut    12531909-2                valid
cl.rut    12.531.909-3              invalid
br.cpf    390.533.447-05            valid
br.cpf    231.002.999-00            invalid
br.cpf    111.111.111-11            invalid
br.cnpj   16.727.230/0001-97        valid
br.cnpj   12ABC34501DE35            valid
mx.curp   BOXW310820HNERXN09        valid
mx.curp   BOXW310820HNERXN08        invalid
mx.clabe  032180000118359719        valid
mx.clabe  032180000118359718        invalid
gt.nit    576937-K                  valid
gt.nit    8977112-0                 invalid
iban      SV62CENR00000000000000700025   valid
iban      SV62CENR00000000000000700026   invalid
iban      BR1800360305000010009795493C1  valid
iban      GT82TRAJ01020000001210029690   valid
iban      CR05015202001026284066         valid
iban      DO28BAGR00000001212453611324   valid
iban      DO28BAGR0000000121245361132    invalid
`;

const rows = PUBLISHED.trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/) as [NumberKind, string, string]);

describe('published check-digit vectors', () => {
  it.each(rows)('%s %s is %s', (kind, number, expected) => {
    expect(hasValidCheckDigits(kind, number)).toBe(expected === 'valid');
  });
});

const DATA = new URL('../../../../shared/data/ids/', import.meta.url);
const present = existsSync(DATA);
const load = (name: string) => JSON.parse(readFileSync(new URL(name, DATA), 'utf8'));
const kindOf = (name: string): string => ({ 'pe.dni+dv': 'pe.dni', 'pe.cui': 'pe.dni' })[name] ?? name;

describe.skipIf(!present)('numbers judged by others (skipped where ../shared/data/ids is absent)', () => {
  it('agrees with every published vector', () => {
    const wrong: string[] = [];
    for (const [name, { valid = [], invalid = [] }] of Object.entries<{
      valid?: string[];
      invalid?: string[];
    }>(load('ids.json'))) {
      const kind = kindOf(name);
      if (!isNumberKind(kind)) continue;
      for (const number of valid) if (!hasValidCheckDigits(kind, number)) wrong.push(`${name} ${number}`);
      for (const number of invalid) if (hasValidCheckDigits(kind, number)) wrong.push(`${name} ${number}`);
    }
    expect(wrong).toEqual([]);
  });

  it('agrees with python-stdnum', () => {
    const wrong: string[] = [];
    let judged = 0;
    for (const [name, cases] of Object.entries<[string, boolean][]>(load('stdnum-cases.json'))) {
      const kind = kindOf(name);
      if (!isNumberKind(kind)) continue;
      for (const [number, valid] of cases) {
        judged += 1;
        if (hasValidCheckDigits(kind, number) !== valid) wrong.push(`${name} ${number} ${valid}`);
      }
    }
    expect(judged).toBeGreaterThan(30_000);
    expect(wrong).toEqual([]);
  });
});
