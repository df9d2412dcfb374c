import type { BankEvent } from './bank-event.ts';
import type { Instruction } from './instruction.ts';

export type Match =
  | { readonly found: number }
  | { readonly conflict: readonly [number, number] }
  | { readonly found: undefined };

/**
 * Which instruction an event is about, by the first rung that answers: UETR; EndToEndId; a servicer reference
 * that another event tied to a payment; the instruction id. Two rungs that name different payments are a
 * conflict and match nothing. Amount and date never match by themselves (they are proposals for a person).
 */
export function matcher(
  instructions: readonly Instruction[],
  events: readonly BankEvent[],
): (event: BankEvent) => Match {
  const byUetr = new Map<string, number>();
  const byEndToEnd = new Map<string, number>();
  instructions.forEach((instruction, index) => {
    byUetr.set(instruction.uetr, index);
    byEndToEnd.set(instruction.endToEndId, index);
  });
  const strong = (event: BankEvent): Match => {
    const first = event.uetr === undefined ? undefined : byUetr.get(event.uetr);
    const second = event.endToEndId === undefined ? undefined : byEndToEnd.get(event.endToEndId);
    if (first !== undefined && second !== undefined && first !== second) return { conflict: [first, second] };
    return { found: first ?? second };
  };
  // Most banks always give our own reference back: the weaker rung is prepared when it is first needed.
  let byReference: Map<string, number> | undefined;
  return (event) => {
    const match = strong(event);
    if ('conflict' in match || match.found !== undefined) return match;
    // A reference of ours that no instruction has is somebody else's: weaker rungs must not overrule it.
    if (event.endToEndId !== undefined || event.uetr !== undefined) return match;
    byReference ??= servicerReferences(events, strong);
    const reference = event.servicerRef === undefined ? undefined : byReference.get(event.servicerRef);
    if (reference !== undefined && reference !== AMBIGUOUS) return { found: reference };
    return { found: event.instructionId === undefined ? undefined : byEndToEnd.get(event.instructionId) };
  };
}

const AMBIGUOUS = -1;

function servicerReferences(
  events: readonly BankEvent[],
  strong: (event: BankEvent) => Match,
): Map<string, number> {
  const references = new Map<string, number>();
  for (const event of events) {
    if (event.servicerRef === undefined) continue;
    const match = strong(event);
    if ('conflict' in match || match.found === undefined) continue;
    const known = references.get(event.servicerRef);
    references.set(event.servicerRef, known === undefined || known === match.found ? match.found : AMBIGUOUS);
  }
  return references;
}
