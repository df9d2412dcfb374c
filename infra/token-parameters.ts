import { Aws, CfnCondition, CfnParameter, Fn } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** Whose tokens open the API, as values that are known when the stack is deployed. */
export type Tokens = { readonly issuer: string; readonly audience: string; readonly jwksUrl: string };

const URL_PATTERN = 'https://[A-Za-z0-9.-]+(:[0-9]+)?(/[A-Za-z0-9._~/-]*)?';

/**
 * Parameters of the stateless stack. Issuer and audience have no default: a deployment that does not say whose
 * tokens it trusts is refused by CloudFormation, and trusts nobody's by accident.
 */
export function tokenParameters(scope: Construct): Tokens {
  const issuer = new CfnParameter(scope, 'TokenIssuer', {
    description:
      'iss of the tokens to accept: an https URL, letter by letter as the identity provider writes it',
    allowedPattern: `^${URL_PATTERN}$`,
  });
  const audience = new CfnParameter(scope, 'TokenAudience', {
    description: 'aud (or client_id) of the tokens to accept',
    allowedPattern: '^[A-Za-z0-9._:/-]{1,200}$',
  });
  const jwks = new CfnParameter(scope, 'TokenJwksUrl', {
    description: 'Where the functions find the keys; empty: TokenIssuer/.well-known/jwks.json',
    default: '',
    allowedPattern: `^(${URL_PATTERN})?$`,
  });
  const given = new CfnCondition(scope, 'TokenJwksUrlGiven', {
    expression: Fn.conditionNot(Fn.conditionEquals(jwks.valueAsString, '')),
  });
  return {
    issuer: issuer.valueAsString,
    audience: audience.valueAsString,
    jwksUrl: Fn.conditionIf(given.logicalId, jwks.valueAsString, Aws.NO_VALUE).toString(),
  };
}
