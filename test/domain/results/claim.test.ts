import { describe, expect, it } from 'vitest';
import { CLAIM_STATES, type Claim, ClaimSubmissionSchema } from '../../../domain/records/claim.ts';
import {
  admitClaim,
  CLAIM_EVENTS,
  CLAIM_TRANSITIONS,
  claimDiagram,
  idempotent,
  mayVerify,
  nextState,
  ownClaim,
  requestHash,
  uniquenessKey,
} from '../../../domain/results/claim.ts';

const claim = {
  contract: 'c',
  participant: 'p',
  milestone: 'm',
  submittedOn: '2020-05-01',
  provider: 'a',
  submittedBy: 'ana',
};
const code = (result: { ok: boolean; error?: { code: string } }) => (result.ok ? 'ok' : result.error?.code);

describe('the life of a claim', () => {
  it('every state is reached, and only final ones have no way out', () => {
    const reached = new Set<string>(['received', ...CLAIM_TRANSITIONS.map((t) => t.to)]);
    const left = new Set<string>(CLAIM_TRANSITIONS.map((t) => t.from));
    expect(CLAIM_STATES.filter((state) => !reached.has(state))).toEqual([]);
    expect(CLAIM_STATES.filter((state) => !left.has(state))).toEqual(['reversed']);
  });
  it('each state and event has one outcome, and every other pair is refused', () => {
    for (const from of CLAIM_STATES)
      for (const on of CLAIM_EVENTS) {
        const rows = CLAIM_TRANSITIONS.filter((t) => t.from === from && t.on === on);
        expect(rows.length).toBeLessThanOrEqual(1);
        const actor = rows[0]?.by ?? 'system';
        expect(code(nextState(from, on, actor))).toBe(rows.length === 1 ? 'ok' : 'WRONG_STAGE');
      }
  });
  it.each([
    ['awaiting_verifier', 'confirmed', 'institute', 'NOT_ALLOWED'],
    ['awaiting_verifier', 'confirmed', 'system', 'NOT_ALLOWED'],
    ['awaiting_verifier', 'confirmed', 'verifier', 'ok'],
    ['paid', 'reversed', 'verifier', 'NOT_ALLOWED'],
    ['paid', 'withdrawn', 'institute', 'WRONG_STAGE'],
    ['refused', 'corrected', 'institute', 'ok'],
  ] as const)('%s %s by %s: %s', (state, event, actor, expected) =>
    expect(code(nextState(state, event, actor))).toBe(expected),
  );
  it('draws itself', () => expect(claimDiagram().split('\n')).toHaveLength(CLAIM_TRANSITIONS.length + 3));
});

describe('one person, one milestone, one claim', () => {
  it('a second claim is refused with the date and without the institute', () => {
    const result = admitClaim({ ...claim, provider: 'secret-institute' } as Claim);
    expect(code(result)).toBe('DUPLICATE_CLAIM');
    expect(JSON.stringify(result)).toContain('2020-05-01');
    expect(JSON.stringify(result)).not.toContain('secret-institute');
    expect(code(admitClaim(undefined))).toBe('ok');
  });
  it('the key does not hold the institute', () => expect(uniquenessKey(claim)).toBe('c|p|m'));
  it('a claim on behalf of another institute looks like an unknown participant', () => {
    expect(code(ownClaim('a', 'a'))).toBe('ok');
    expect(ownClaim('a', 'b')).toEqual(ownClaim('a', undefined));
  });
});

describe('idempotency', () => {
  it('first, again, and another body under the same key', () => {
    const hash = requestHash('POST /claims', { b: 1, a: 2 });
    expect(requestHash('POST /claims', { a: 2, b: 1 })).toBe(hash);
    expect(idempotent(undefined, hash)).toEqual({ ok: true, value: { run: true } });
    const stored = { requestHash: hash, answer: { id: 'x' } };
    expect(idempotent(stored, hash)).toEqual({ ok: true, value: { run: false, answer: { id: 'x' } } });
    expect(code(idempotent(stored, requestHash('POST /claims', { a: 3, b: 1 })))).toBe(
      'IDEMPOTENCY_MISMATCH',
    );
  });
});

describe('who verifies', () => {
  it.each([
    [{ id: 'ana' }, 'NOT_ALLOWED'],
    [{ id: 'vera', provider: 'a' }, 'NOT_ALLOWED'],
    [{ id: 'vera', provider: 'b' }, 'ok'],
    [{ id: 'vera' }, 'ok'],
  ])('%o: %s', (verifier, expected) => expect(code(mayVerify(claim, verifier))).toBe(expected));
});

describe('a submission', () => {
  const body = {
    contract: 'c',
    participant: 'p',
    milestone: 'm',
    events: [{ kind: 'job', date: '2020-05-01' }],
    documents: [{ sha256: 'a'.repeat(64), bytes: 10, type: 'application/pdf', name: 'contract.pdf' }],
  };
  it.each([
    ['in order', {}, true],
    ['an undeclared field', { provider: 'b' }, false],
    ['no events', { events: [] }, false],
    ['a bad day', { events: [{ kind: 'job', date: '2020-02-30' }] }, false],
    ['an upper-case hash', { documents: [{ ...body.documents[0], sha256: 'A'.repeat(64) }] }, false],
    ['a document too large', { documents: [{ ...body.documents[0], bytes: 20_000_001 }] }, false],
    ['a program as a document', { documents: [{ ...body.documents[0], type: 'application/x-sh' }] }, false],
  ])('%s', (_, change, valid) =>
    expect(ClaimSubmissionSchema.safeParse({ ...body, ...change }).success).toBe(valid),
  );
});
