import type { LateEffect } from '../../../domain/payments/late.ts';

/**
 * Everything that the reports of one cycle say, as plain JSON: what `PublishReports` gathers, and what the
 * HTML page and the summary on screen are drawn from. Amounts are decimal strings of `currency`; counts are
 * integers; texts for people come in Spanish and English.
 */
export type Bilingual = { readonly es: string; readonly en: string };

export type CountAndAmount = { readonly count: number; readonly amount: string };
export type ComplianceNumbers = {
  readonly compliant: number;
  readonly non_compliant: number;
  readonly exempt: number;
  readonly unverified: number;
};
export const COMPLIANCE_STATES = ['compliant', 'exempt', 'unverified', 'non_compliant'] as const;
export const BANK_STATES = ['paid', 'pending', 'unclaimed', 'returned', 'rejected', 'exception'] as const;
export type BankState = (typeof BANK_STATES)[number];

/** One open question, as a person reads it: what, where, whose, how much, and what to do next. */
export type ExceptionRow = {
  /** The step that found it: a Task state's name. */
  readonly stage: string;
  readonly code: string;
  readonly message: Bilingual;
  /** Figures of the case, such as `instructed 120.00, debited 102.00`. */
  readonly detail?: Bilingual;
  readonly file?: string;
  readonly line?: number;
  /** Household, person or EndToEndId. */
  readonly subject?: string;
  readonly amount?: string;
  readonly next: Bilingual;
};

export type ReportFile = { readonly path: string; readonly sha256: string; readonly bytes: number };

/** What corrections of one closed cycle moved in this one. */
export type CorrectedOrigin = {
  readonly origin: string;
  readonly arrears: CountAndAmount;
  readonly recoveries: CountAndAmount;
};

/** A kind of anomaly that was looked for, or a case that stood before the approver. */
export type ReportedAnomaly = {
  readonly code: string;
  readonly message: Bilingual;
  readonly count: number;
  /** The definition's name of the kind, and how many it is counted among; absent for held payees. */
  readonly kind?: string;
  readonly of?: number;
  readonly among?: 'households' | 'checks';
  /** `count` of `of` in per cent, two decimals. */
  readonly sharePct?: string;
  /** Above this share the cycle would have stopped; absent where the definition sets no limit. */
  readonly limitPct?: string;
};

export type CycleReport = {
  readonly programme: { readonly id: string; readonly name: Bilingual };
  readonly period: string;
  readonly currency: string;
  /** The moment that the report speaks of: when the cycle was closed, so that a later run says the same. */
  readonly generatedAt: string;
  readonly households: {
    readonly total: number;
    readonly eligible: number;
    readonly entitled: number;
    readonly paid: number;
  };
  readonly transfers: {
    readonly entitled: string;
    readonly payable: string;
    readonly held: string;
    readonly forfeited: string;
    /** Held, or decided otherwise, in earlier cycles, and owed now. */
    readonly arrears: string;
    /** Held in earlier cycles and lost now. */
    readonly lapsed: string;
  };
  /** Providers' verified results that this cycle pays; absent where it settles no contract. */
  readonly disbursements?: { readonly count: number; readonly payable: string };
  readonly instructions: { readonly count: number; readonly total: string };
  /** How payable becomes instructed: payable + arrears + reissued - recovered - payeeHeld = instructed. */
  readonly bridge?: {
    readonly arrears: string;
    readonly reissued: string;
    readonly recovered: string;
    /** Owed to payees that cannot be paid as registered. */
    readonly payeeHeld: string;
    readonly payeesHeld: number;
  };
  readonly bank: Readonly<Record<BankState, CountAndAmount>>;
  /** `instructed`, `netDebits`, `balance` (domain/payments/identities.ts); "0.00" where they hold. */
  readonly identities: readonly { readonly name: string; readonly difference: string }[];
  readonly complianceByCondition: readonly ({
    readonly condition: string;
    readonly name: Bilingual;
  } & ComplianceNumbers)[];
  readonly complianceByTerritory: readonly ({
    readonly territory: string;
    readonly households?: number;
    readonly payable?: string;
  } & ComplianceNumbers)[];
  readonly approvals: readonly {
    readonly role: 'maker' | 'checker1' | 'checker2';
    readonly person: string;
    readonly at: string;
    /** Empty for the maker of a cycle that was never proposed. */
    readonly manifestHash: string;
  }[];
  /** Every kind that the definition asks for, found or not. */
  readonly anomalies: readonly ReportedAnomaly[];
  /** Whom the money reaches, among the households of the roster; shares in per cent, two decimals. */
  readonly targeting?: {
    /** Households that this cycle pays, and those of them that do not meet the eligibility rule now. */
    readonly paid: number;
    readonly paidNotEligible: number;
    readonly leakagePct: string;
    /** Households that meet the rule, and those of them that are paid. */
    readonly meetRule: number;
    readonly meetRulePaid: number;
    readonly coveragePct: string;
  };
  /**
   * Against what the last closed cycle ordered, where there is one to compare with:
   * before + entering - leaving + up - down = now.
   */
  readonly changes?: {
    readonly since: string;
    readonly before: string;
    readonly entering: CountAndAmount;
    readonly leaving: CountAndAmount;
    readonly up: CountAndAmount;
    readonly down: CountAndAmount;
    readonly now: string;
    readonly difference: string;
    /** Those in which something changed; where most money moved first. */
    readonly territories: readonly {
      readonly territory: string;
      readonly entering: number;
      readonly leaving: number;
      readonly difference: string;
    }[];
  };
  /** Corrections of closed cycles that this cycle applied; absent where none was approved before it. */
  readonly corrections?: {
    /** How many, of how many households. */
    readonly applied: number;
    readonly households: number;
    readonly arrears: CountAndAmount;
    /** What was found to be paid too much; what was taken off so far is `bridge.recovered`. */
    readonly recoveries: CountAndAmount;
    /** By the cycle that was corrected, oldest first. */
    readonly origins: readonly CorrectedOrigin[];
  };
  /** What the bank said of closed cycles after their windows; absent where nothing came. */
  readonly late?: {
    /** Reports that came late and were taken by this cycle. */
    readonly reports: number;
    readonly effects: Readonly<Record<LateEffect, CountAndAmount>>;
  };
  /** At most EXCEPTIONS_SHOWN; all of them are in `exceptionsFile`. */
  readonly exceptions: readonly ExceptionRow[];
  readonly exceptionsTotal: number;
  /** Where the whole list is; `exceptions.csv` unless said. */
  readonly exceptionsFile?: string;
  readonly files: readonly ReportFile[];
  /** Root of the hash tree over `files`; the bundle's own root, in manifest.json, covers this report too. */
  readonly root?: string;
};

/** The HTML page lists this many exceptions and says where the rest is. */
export const EXCEPTIONS_SHOWN = 500;
