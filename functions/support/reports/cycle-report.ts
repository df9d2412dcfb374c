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

export type CycleReport = {
  readonly programme: { readonly id: string; readonly name: Bilingual };
  readonly period: string;
  readonly currency: string;
  /** The moment that the report speaks of, from the clock port: never the reader's own clock. */
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
    readonly arrears: string;
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
  readonly anomalies: readonly {
    readonly code: string;
    readonly count: number;
    readonly message: Bilingual;
  }[];
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
