import { hash } from 'node:crypto';
import { assert } from './assert.ts';
import { isMonth, type Month } from './period.ts';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function base32(bytes: Uint8Array, length: number): string {
  let out = '';
  let buffer = 0;
  let bits = 0;
  for (const byte of bytes) {
    buffer = (buffer << 8) | byte;
    bits += 8;
    while (bits >= 5 && out.length < length) {
      bits -= 5;
      out += BASE32[(buffer >>> bits) & 31];
    }
    buffer &= (1 << bits) - 1;
  }
  return out;
}

/** HMAC-SHA-256 (RFC 2104) prepared once per key; two one-shot hashes are five times faster than createHmac. */
export function keyedHash(key: Uint8Array): (message: string) => Buffer {
  const block = Buffer.alloc(64);
  Buffer.from(key.length > 64 ? hash('sha256', key, 'buffer') : key).copy(block);
  const inner = Buffer.from(block.map((byte) => byte ^ 0x36));
  const outer = Buffer.from(block.map((byte) => byte ^ 0x5c));
  return (message) =>
    hash(
      'sha256',
      Buffer.concat([outer, hash('sha256', Buffer.concat([inner, Buffer.from(message)]), 'buffer')]),
      'buffer',
    );
}

export type PaymentKey = {
  /** Four upper-case letters or digits that stand for the programme. */
  readonly programmeCode: string;
  readonly cycle: Month;
  /** 1 to 99: the order number of the payment run in its month. */
  readonly sequence: number;
  /** Household or provider id. */
  readonly payee: string;
  /** `transfer`, `arrears:…`, `disbursement:…`: what is paid, so that two purposes never collide. */
  readonly purpose: string;
  /** 1 for the first instruction, n+1 for a reissue. */
  readonly attempt: number;
  /** The shard (0 to 1023) whose payment file carries it; written into the id so that a bank's answer finds it. */
  readonly shard: number;
};

/**
 * EndToEndId, 32 characters: programme(4) YYYYMM(6) sequence(2), then base32: the shard (2) and a keyed HMAC
 * (18 characters, 90 bits). Keyed, because a plain hash of an 8-digit national id falls in under a minute. The same payment always
 * gets the same id, so a retry can never look new to the bank.
 */
export function endToEndIds(key: Uint8Array): (payment: PaymentKey) => string {
  const hmac = keyedHash(key);
  return ({ programmeCode, cycle, sequence, payee, purpose, attempt, shard }) => {
    assert(
      /^[A-Z0-9]{4}$/.test(programmeCode),
      `programme code must be 4 letters or digits: ${programmeCode}`,
    );
    assert(sequence >= 1 && sequence <= 99, `sequence must be 1 to 99: ${sequence}`);
    assert(shard >= 0 && shard < 1024, `shard must be 0 to 1023: ${shard}`);
    const tail = base32(hmac([programmeCode, cycle, sequence, payee, purpose, attempt].join('|')), 18);
    const lane = `${BASE32[shard >> 5]}${BASE32[shard & 31]}`;
    return `${programmeCode}${cycle.replace('-', '')}${String(sequence).padStart(2, '0')}${lane}${tail}`;
  };
}

/** The shard that an EndToEndId of ours names; undefined for an id that is not of our form. */
export function shardOfId(endToEndId: string): number | undefined {
  if (!/^[A-Z0-9]{4}\d{8}[A-Z2-7]{20}$/.test(endToEndId)) return undefined;
  return BASE32.indexOf(endToEndId[12]!) * 32 + BASE32.indexOf(endToEndId[13]!);
}

/** A lower-case UUIDv4 (pain.001 UETR) drawn from the keyed hash: one per attempt, never reused. */
export function uetr(hmac: (message: string) => Buffer, endToEndId: string): string {
  const bytes = hmac(`uetr|${endToEndId}`).subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** The cycle that an EndToEndId or the MsgId of a payment file of ours names; undefined for one of another form. */
export function cycleOfReference(reference: string, programmeCode: string): Month | undefined {
  const [, code, year, month] =
    /^([A-Z0-9]{4})(\d{4})(\d\d)\d\d(?:[A-Z2-7]{20}|-\d{3,4}-\d+)$/.exec(reference) ?? [];
  const cycle = `${year}-${month}`;
  return code === programmeCode && isMonth(cycle) ? cycle : undefined;
}
