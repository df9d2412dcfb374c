import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readBankFile } from '../../../domain/bankfiles/read.ts';

const BAD = new URL('bad/', import.meta.url);

/** Files of one fault each, named by it. Column 2: refused with this code, or read and listed with this issue. */
const FAULTS = `
none-good-statement.xml                read     -
truncated-in-an-entry.xml              refused  FILE_TRUNCATED
truncated-before-the-last-tag.xml      refused  FILE_TRUNCATED
opening-without-closing.sta            refused  FILE_TRUNCATED
empty.xml                              refused  FILE_EMPTY
blank.xml                              refused  BANK_FILE_REFUSED
mismatched-tags.xml                    refused  BANK_FILE_REFUSED
unescaped-ampersand.xml                refused  BANK_FILE_REFUSED
text-after-the-end.xml                 refused  BANK_FILE_REFUSED
second-root.xml                        refused  BANK_FILE_REFUSED
doctype-with-entities.xml              refused  BANK_FILE_REFUSED
external-entity.xml                    refused  BANK_FILE_REFUSED
too-deep.xml                           refused  BANK_FILE_REFUSED
another-message.xml                    refused  BANK_FILE_REFUSED
two-messages.xml                       refused  BANK_FILE_REFUSED
page-of-html.xml                       refused  BANK_FILE_REFUSED
csv-not-xml.xml                        refused  BANK_FILE_REFUSED
byte-that-is-not-utf8.xml              refused  FILE_ENCODING
unknown-encoding.xml                   refused  FILE_ENCODING
utf16-declared-bytes-are-utf8.xml      refused  BANK_FILE_REFUSED
statement-that-does-not-foot.xml       read     NOT_FOOTING
statement-that-does-not-foot.sta       read     NOT_FOOTING
batch-that-does-not-add-up.xml         read     BATCH_NOT_FOOTING
summary-counts-one-more.xml            read     AM18
summary-sums-otherwise.xml             read     AM10
header-counts-one-more.xml             read     AM18
header-sums-otherwise.xml              read     AM10
group-counts-one-less.xml              read     AM19
group-sums-otherwise.xml               read     AM10
balance-without-a-sign.xml             read     CREDIT_DEBIT_MISSING
balance-without-currency.sta           read     BALANCE_FORMAT
amount-with-a-comma.xml                read     AMOUNT_FORMAT
namespace-missing.xml                  read     NAMESPACE_MISSING
namespace-of-another-message.xml       read     NAMESPACE_DIFFERS
`;
const rows = FAULTS.trim()
  .split('\n')
  .map((line) => line.split(/\s+/) as [string, string, string]);

describe('bank files with one fault each', () => {
  it.each(rows)('%s is %s: %s', (name, verdict, code) => {
    const result = readBankFile(readFileSync(new URL(name, BAD)));
    expect(result.ok ? 'read' : 'refused').toBe(verdict);
    if (result.ok) expect(result.value.file.issues[0]?.code ?? '-').toBe(code);
    else expect(result.error.code).toBe(code);
  });

  it('lists every file of the folder', () => {
    expect(readdirSync(BAD).sort()).toEqual(rows.map(([name]) => name).sort());
  });

  it('refuses every prefix of a good statement', () => {
    const whole = readFileSync(new URL('none-good-statement.xml', BAD));
    const end = whole.lastIndexOf('>');
    for (let length = 1; length <= end; length += 7)
      expect(readBankFile(whole.subarray(0, length)).ok, `first ${length} bytes`).toBe(false);
  });

  it('reads the same in chunks of any size', () => {
    const whole = readFileSync(new URL('none-good-statement.xml', BAD));
    const expected = readBankFile(whole);
    for (const size of [1, 2, 3, 7, 100, 300]) {
      const chunks: Uint8Array[] = [];
      for (let at = 0; at < whole.length; at += size) chunks.push(whole.subarray(at, at + size));
      expect(readBankFile(chunks)).toEqual(expected);
    }
  });
});
