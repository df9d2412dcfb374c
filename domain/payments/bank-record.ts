import type { Issue } from '../kernel/result.ts';

/** What a bank file says, record by record, in file order and as written: the contract of `bank read`. */
export type FileRecord = {
  readonly type: 'file';
  readonly format: 'iso20022' | 'mt940' | 'mt942';
  /** `pain.002`, `camt.053`, …; empty where the root element is not known. */
  readonly message: string;
  /** `001.10`; empty where the file does not say. */
  readonly version: string;
  readonly messageId?: string;
  readonly createdAt?: string;
  readonly declared: { readonly count?: number; readonly sum?: string };
  /** Items that really are in the file: transactions (pain), entries (camt, MT940). */
  readonly counted: { readonly count: number; readonly sum: string };
  readonly issues: readonly Issue[];
};
export type StatusRecord = {
  readonly type: 'status';
  readonly level: 'group' | 'payment' | 'transaction';
  /** Empty where the report names the item but gives no status. */
  readonly status: string;
  readonly originalMessageId?: string;
  readonly paymentInfoId?: string;
  readonly instructionId?: string;
  readonly endToEndId?: string;
  readonly uetr?: string;
  readonly servicerRef?: string;
  readonly amount?: string;
  readonly currency?: string;
  readonly acceptedAt?: string;
  readonly reasonCodes: readonly string[];
};
export type StatementRecord = {
  readonly type: 'statement';
  /** 1 for the first statement of the file. */
  readonly statement: number;
  readonly id: string;
  readonly account: string;
  readonly currency?: string;
  readonly sequence?: string;
};
export type CreditDebit = 'CRDT' | 'DBIT';
export type BalanceRecord = {
  readonly type: 'balance';
  readonly statement: number;
  readonly code: string;
  readonly amount: string;
  readonly currency: string;
  /** Absent where the bank left it out. */
  readonly creditDebit?: CreditDebit;
  readonly date?: string;
};
export type EntryRecord = {
  readonly type: 'entry';
  readonly statement: number;
  /** 1 for the first entry of its statement. */
  readonly entry: number;
  readonly amount: string;
  readonly currency: string;
  readonly creditDebit?: CreditDebit;
  readonly reversal: boolean;
  readonly status: string;
  readonly bookingDate?: string;
  readonly valueDate?: string;
  readonly servicerRef?: string;
  /** How many detail records follow. */
  readonly details: number;
};
export type DetailRecord = {
  readonly type: 'detail';
  readonly statement: number;
  readonly entry: number;
  readonly endToEndId?: string;
  readonly uetr?: string;
  readonly messageId?: string;
  readonly paymentInfoId?: string;
  readonly instructionId?: string;
  readonly servicerRef?: string;
  readonly amount?: string;
  readonly currency?: string;
  readonly creditDebit?: CreditDebit;
  readonly reasonCodes: readonly string[];
  readonly counterparty?: string;
  readonly text?: string;
};
export type ItemRecord = StatusRecord | StatementRecord | BalanceRecord | EntryRecord | DetailRecord;
export type BankRecord = FileRecord | ItemRecord;
