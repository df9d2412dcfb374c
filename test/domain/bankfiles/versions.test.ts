import { describe, expect, it } from 'vitest';
import { readBankFile } from '../../../domain/bankfiles/read.ts';
import { unwrap } from '../../../domain/kernel/result.ts';

const read = (xml: string) => unwrap(readBankFile(Buffer.from(xml)));
const ROOTS = {
  'camt.052': ['BkToCstmrAcctRpt', 'Rpt'],
  'camt.053': ['BkToCstmrStmt', 'Stmt'],
  'camt.054': ['BkToCstmrDbtCdtNtfctn', 'Ntfctn'],
} as const;

/** The same notice in the forms that versions differ by: status, party, amount and agent. */
function camt(message: keyof typeof ROOTS, version: string, prefix = ''): string {
  const [root, wrapper] = ROOTS[message];
  const recent = Number(version.slice(-2)) >= 8;
  const body = `<${root}><GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-03-10T20:00:00</CreDtTm></GrpHdr>
<${wrapper}><Id>S1</Id><ElctrncSeqNb>9</ElctrncSeqNb><Acct><Id><IBAN>SV62CENR00000000000000700025</IBAN></Id></Acct>
<Ntry><Amt Ccy="USD">12.50</Amt><CdtDbtInd>CRDT</CdtDbtInd><RvslInd>true</RvslInd>
${recent ? '<Sts><Cd>BOOK</Cd></Sts>' : '<Sts>BOOK</Sts>'}<BookgDt><DtTm>2026-03-10T11:00:00</DtTm></BookgDt>
<NtryDtls><TxDtls><Refs><EndToEndId>E1</EndToEndId><UETR>AB000000-0000-4000-8000-000000000000</UETR></Refs>
${recent ? '<Amt Ccy="USD">12.50</Amt>' : '<AmtDtls><TxAmt><Amt Ccy="USD">12.50</Amt></TxAmt></AmtDtls>'}
<RltdPties><Dbtr>${recent ? '<Pty><Nm>Ana</Nm></Pty>' : '<Nm>Ana</Nm>'}</Dbtr></RltdPties>
<RmtInf><Ustrd>uno</Ustrd><Ustrd>dos</Ustrd></RmtInf><RtrInf><Rsn>${recent ? '<Cd>AC04</Cd>' : '<Prtry>AC04</Prtry>'}</Rsn></RtrInf></TxDtls></NtryDtls></Ntry>
</${wrapper}></${root}>`;
  if (prefix === '')
    return `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:${message}.${version}">${body}</Document>`;
  const prefixed = body.replace(/<(\/?)(?=[A-Z])/g, `<$1${prefix}:`);
  return `<${prefix}:Document xmlns:${prefix}="urn:iso:std:iso:20022:tech:xsd:${message}.${version}">${prefixed}</${prefix}:Document>`;
}

const VERSIONS = ['001.02', '001.03', '001.04', '001.06', '001.08', '001.10', '001.12', '001.14'];
const cases = (Object.keys(ROOTS) as (keyof typeof ROOTS)[]).flatMap((message) =>
  VERSIONS.map((version) => [message, version] as const),
);

describe('one reader for every version', () => {
  it.each(cases)('%s.%s', (message, version) => {
    for (const prefix of ['', 'ns2']) {
      const { file, records } = read(camt(message, version, prefix));
      expect(file).toMatchObject({ message, version, counted: { count: 1, sum: '12.50' }, issues: [] });
      expect(records[1]).toEqual({
        type: 'entry',
        statement: 1,
        entry: 1,
        amount: '12.50',
        currency: 'USD',
        creditDebit: 'CRDT',
        reversal: true,
        status: 'BOOK',
        bookingDate: '2026-03-10',
        details: 1,
      });
      expect(records[2]).toEqual({
        type: 'detail',
        statement: 1,
        entry: 1,
        endToEndId: 'E1',
        uetr: 'ab000000-0000-4000-8000-000000000000',
        amount: '12.50',
        currency: 'USD',
        reasonCodes: ['AC04'],
        counterparty: 'Ana',
        text: 'uno dos',
      });
    }
  });

  it('reads a document inside an envelope', () => {
    const inner = camt('camt.053', '001.08');
    const { file } = read(
      `<Envelope xmlns="urn:bank"><AppHdr><BizMsgIdr>B1</BizMsgIdr></AppHdr>${inner}</Envelope>`,
    );
    expect(file).toMatchObject({ message: 'camt.053', version: '001.08', messageId: 'M1' });
  });

  it('numbers statements and entries anew in each', () => {
    const one = camt('camt.053', '001.08');
    const twice = one.replace(/(<Stmt>[\s\S]*<\/Stmt>)/, '$1$1');
    const places = read(twice).records.flatMap((item) =>
      item.type === 'entry' ? [[item.statement, item.entry]] : [],
    );
    expect(places).toEqual([
      [1, 1],
      [2, 1],
    ]);
  });

  it('reads UTF-16 and ISO-8859-1 by what the file declares', () => {
    const xml = camt('camt.053', '001.08').replace('>Ana<', '>Ñusta<');
    const latin = Buffer.from(`<?xml version="1.0" encoding="ISO-8859-1"?>${xml}`, 'latin1');
    const wide = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(xml, 'utf16le')]);
    for (const bytes of [latin, wide])
      expect(unwrap(readBankFile(bytes)).records[2]).toMatchObject({ counterparty: 'Ñusta' });
  });

  it.each(['001.03', '001.10', '001.11', '001.14'])('pain.002.%s', (version) => {
    const xml = `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.${version}"><CstmrPmtStsRpt>
<GrpHdr><MsgId>P1</MsgId><CreDtTm>2026-03-10T06:00:00Z</CreDtTm></GrpHdr>
<OrgnlGrpInfAndSts><OrgnlMsgId>M1</OrgnlMsgId><OrgnlMsgNmId>pain.001</OrgnlMsgNmId></OrgnlGrpInfAndSts>
<OrgnlPmtInfAndSts><OrgnlPmtInfId>M1-A</OrgnlPmtInfId><PmtInfSts>RJCT</PmtInfSts><StsRsnInf><Rsn><Cd>AM04</Cd></Rsn></StsRsnInf>
<TxInfAndSts><OrgnlInstrId>I1</OrgnlInstrId><OrgnlEndToEndId>E1</OrgnlEndToEndId><TxSts>RJCT</TxSts>
<StsRsnInf><Rsn><Prtry>X1</Prtry></Rsn></StsRsnInf><StsRsnInf><Rsn><Cd>AC01</Cd></Rsn></StsRsnInf></TxInfAndSts></OrgnlPmtInfAndSts>
</CstmrPmtStsRpt></Document>`;
    expect(read(xml).records).toEqual([
      {
        type: 'status',
        level: 'payment',
        status: 'RJCT',
        originalMessageId: 'M1',
        paymentInfoId: 'M1-A',
        reasonCodes: ['AM04'],
      },
      {
        type: 'status',
        level: 'transaction',
        status: 'RJCT',
        originalMessageId: 'M1',
        paymentInfoId: 'M1-A',
        instructionId: 'I1',
        endToEndId: 'E1',
        reasonCodes: ['X1', 'AC01'],
      },
    ]);
  });
});
