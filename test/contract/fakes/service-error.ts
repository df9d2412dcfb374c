/** An error as an AWS service answers it. */
export function serviceError(name: string, httpStatusCode: number, more: object = {}): Error {
  return Object.assign(new Error(name), { name, $metadata: { httpStatusCode }, ...more });
}
