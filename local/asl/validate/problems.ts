/** Collects what is wrong, each with the path of the field, in the words of the service. */
export class Problems {
  readonly list: string[] = [];
  schema(message: string, path: string): void {
    this.list.push(`SCHEMA_VALIDATION_FAILED: ${message} at ${path || '/'}`);
  }
  target(message: string, path: string): void {
    this.list.push(`MISSING_TRANSITION_TARGET: ${message} at ${path}`);
  }
}
