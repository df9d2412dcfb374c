import { describe, expect, it } from 'vitest';
import { EXCEPTIONS_SHOWN } from '../../../functions/support/reports/cycle-report.ts';
import { exceptionRow } from '../../../functions/support/reports/exception-texts.ts';
import { grouped, percent } from '../../../functions/support/reports/html.ts';
import { reconciliationHtml } from '../../../functions/support/reports/reconciliation-html.ts';
import { sampleReport } from './fixture.ts';

const page = (more = {}) => Buffer.from(reconciliationHtml(sampleReport(more))).toString('utf8');

/** What the page says in both languages, a space between cells. */
const textOf = (markup: string) =>
  markup
    .replace(/<\/?(span|b|strong)[^>]*>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/[ \n]+/g, ' ');

describe('reconciliation page', () => {
  it('prints within the margins of a page: its tables give up their padding and the width of their bars', () => {
    const print = page().slice(page().indexOf('@media print'));
    for (const rule of ['main.wrap{padding:0}', 'th,td{padding:4px 5px}', 'td.barcell,.bar{min-width:44px}'])
      expect(print).toContain(rule);
    // The last rule wins: print stands after the one for small screens, which a printed page is as well.
    expect(page().indexOf('@media print')).toBeGreaterThan(page().indexOf('@media(max-width'));
  });
  it('says of evidence that is missing what can be done before and after the cycle closes', () => {
    const { next } = exceptionRow({ stage: 'CrossCheck', code: 'UNVERIFIED_SHARE', subject: 'school' });
    expect(next.es).toMatch(/aún no se aprobó.*ya cerró.*ciclo siguiente/);
    expect(next.en).toMatch(/not approved yet.*has closed.*next one/);
  });
  it('loads nothing: no script, no address, no image, no import', () => {
    const text = page();
    for (const banned of [
      '<script',
      '<link',
      '<img',
      '<iframe',
      'src=',
      '@import',
      'url(',
      'href=',
      'http:',
      'https:',
    ])
      expect(text).not.toContain(banned);
    expect(text).toContain("default-src 'none'");
  });

  it('says everything in Spanish and in English, Spanish first', () => {
    const text = page();
    const count = (needle: string) => text.split(needle).length - 1;
    expect(count('class="es"')).toBe(count('class="en"'));
    expect(text.indexOf('Informe de conciliación')).toBeLessThan(text.indexOf('Reconciliation report'));
    expect(text).toMatch(/^<!doctype html>\n<html lang="es">/);
  });

  it('opens and closes every element in order', () => {
    const open: string[] = [];
    const empty = new Set(['meta', 'input', 'br']);
    for (const [, close, name] of page().matchAll(/<(\/?)([a-z][a-z0-9]*)[^>]*>/g)) {
      if (empty.has(name!)) continue;
      if (close) expect(open.pop()).toBe(name);
      else open.push(name!);
    }
    expect(open).toEqual([]);
  });

  it('shows totals, states, identities, approvals, files and the root', () => {
    const report = sampleReport();
    const text = page();
    for (const value of [
      '241\u202f200.00',
      '9\u202f800.00',
      '221\u202f600.00',
      '209\u202f800.00',
      'luis.mamani',
      report.root!,
    ])
      expect(text).toContain(value);
    expect(text.match(/✓ Cuadra/g)).toHaveLength(3);
    expect(text).toContain('Las cuentas cierran');
    for (const file of report.files) expect(text).toContain(file.path);
  });

  it('leads from payable to instructed, step by step, where the steps are known', () => {
    const steps = page();
    for (const value of ['De lo que corresponde a lo instruido', 'Reemisión de pagos', '(2 hogares)'])
      expect(steps).toContain(value);
    const { bridge: _bridge, ...without } = sampleReport();
    expect(Buffer.from(reconciliationHtml(without)).toString('utf8')).not.toContain('De lo que corresponde');
    expect(page({ disbursements: { count: 3, payable: '77.00' } })).toContain(
      'A proveedores, por resultados verificados',
    );
  });

  it('says what corrections moved, by the cycle that they correct', () => {
    const text = textOf(page());
    expect(text).toContain('Aplicadas: 9, de 8 hogares');
    expect(text).toContain(
      '2026-05 2 400.00 0 0.00 2026-07 4 800.00 2 350.00 TotalTotal 6 1\u202f200.00 2 350.00',
    );
    expect(text).toContain('este ciclo se descontaron 200.00');
    const { corrections: _none, ...without } = sampleReport();
    expect(Buffer.from(reconciliationHtml(without)).toString('utf8')).not.toContain('Correcciones de ciclos');
  });

  it('shows leakage and coverage, what changed since the last cycle, and the anomalies against their limits', () => {
    const text = textOf(page());
    expect(text).toMatch(/FiltraciónLeakage .* 4 1\u202f101 0\.36 %/);
    expect(text).toMatch(/CoberturaCoverage .* 1\u202f097 1\u202f206 90\.96 %/);
    expect(text).toContain('+ Hogares que entranHouseholds entering 31 6\u202f200.00');
    expect(text).toContain('− Cobran menosPaid less 3 580.00');
    expect(text).toContain('Otros 2 territorios');
    expect(text).toMatch(/SHARED_ACCOUNT .* 12 1\u202f206 hogares1\u202f206 households 1\.00 % 2\.5 %/);
    expect(text).toMatch(/UNVERIFIED_SHARE .* 0 2\u202f595 verificaciones2\u202f595 checks 0\.00 % —/);
    const { targeting: _t, changes: _c, ...first } = sampleReport({ anomalies: [] });
    const bare = textOf(Buffer.from(reconciliationHtml(first)).toString('utf8'));
    for (const absent of ['Focalización', 'Cambios desde', 'Anomalías buscadas'])
      expect(bare).not.toContain(absent);
  });

  it('does not say that the books close when they do not, or when nothing was checked', () => {
    const off = page({ identities: [{ name: 'instructed', difference: '-0.01' }] });
    expect(off).toContain('✗ No cuadra');
    expect(off).toContain('Las cuentas no cierran');
    expect(page({ identities: [] })).toContain('Las cuentas no cierran');
  });

  it('escapes what people and banks typed', () => {
    const evil = exceptionRow({ stage: 'X', code: 'BAD_VALUE', subject: '<script>alert(1)</script>"&' });
    const text = page({ exceptions: [evil], exceptionsTotal: 1 });
    expect(text).not.toContain('<script');
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot;&amp;');
  });

  it('lists the first 500 exceptions and says how many more there are, and where', () => {
    const many = Array.from({ length: EXCEPTIONS_SHOWN + 3 }, (_, i) =>
      exceptionRow({ stage: 'Reconcile', code: 'MISSING_STATUS', subject: `E${i}.` }),
    );
    const text = page({ exceptions: many, exceptionsTotal: 12_345 });
    expect(text).toContain('E499.');
    expect(text).not.toContain('E500.');
    expect(text).toContain('Hay 11\u202f845 más en exceptions.csv');
  });

  it('is the same bytes for the same report', () => expect(page()).toBe(page()));
});

it.each([
  [0, '0'],
  [999, '999'],
  ['1234567.50', '1\u202f234\u202f567.50'],
  ['-1000.00', '-1\u202f000.00'],
  ['700', '700'],
])('groups %s as %s', (value, expected) => expect(grouped(value)).toBe(expected));

it.each([
  [0, 0, '0 %'],
  [0, 9, '0 %'],
  [1, 1000, '< 1 %'],
  [999, 1000, '> 99 %'],
  [1000, 1000, '100 %'],
  [2, 3, '67 %'],
])('%d of %d is %s', (part, total, expected) => expect(percent(part, total)).toBe(expected));
