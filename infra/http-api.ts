import { CfnOutput, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  HttpApi,
  type HttpMethod,
  HttpStage,
  LogGroupLogDestination,
  PayloadFormatVersion,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { GatewayRoute } from './http-contract.ts';
import type { Names } from './names.ts';
import type { StepFunction } from './step-function.ts';
import type { Tokens } from './token-parameters.ts';

/**
 * Requests a second, and at once, that each route takes; above it the gateway answers 429 and no function runs.
 * A CSV of a thousand claims is one request, so people and institutes stay far below. The limit protects the
 * payment cycle, whose functions share the account's concurrency with these.
 */
const THROTTLE = { rateLimit: 20, burstLimit: 40 };

/**
 * What a request leaves in the access log. The route as the table has it (`GET /providers/{provider}/claims`),
 * never the path, query, address or token, so that nobody's id or whereabouts reach a log; `requestId` is the
 * one that the caller and the function's own log have.
 */
const ACCESS_LOG = {
  requestId: '$context.requestId',
  time: '$context.requestTime',
  route: '$context.routeKey',
  status: '$context.status',
  functionStatus: '$context.integration.status',
  milliseconds: '$context.responseLatency',
  functionMilliseconds: '$context.integrationLatency',
  bytes: '$context.responseLength',
};

/**
 * The HTTP API: the routes of the contract, each to the newest version of its audience's function, and a JWT
 * authorizer before every one. What is no route is 404 at the gateway; roles and scopes stay with the handlers.
 */
export function httpApi(
  scope: Construct,
  options: {
    readonly names: Names;
    readonly tokens: Tokens;
    readonly routes: readonly GatewayRoute[];
    readonly functions: ReadonlyMap<string, StepFunction>;
  },
): void {
  const { names, tokens, routes, functions } = options;
  const api = new HttpApi(scope, 'HttpApi', {
    apiName: names.function('http'),
    description: 'Cumple: institutes, verifiers, case workers, administrators, approvers, auditors',
    createDefaultStage: false,
    // Inherited by every route: one that forgets it is closed, not open.
    defaultAuthorizer: new HttpJwtAuthorizer('Tokens', tokens.issuer, { jwtAudience: [tokens.audience] }),
  });
  const integrations = new Map<string, HttpLambdaIntegration>();
  for (const { method, path, functionName } of routes) {
    const answering = functions.get(functionName);
    if (!answering)
      throw new Error(`${method} ${path}: ${functionName} is not an audience of functions/manifest.ts`);
    const integration = integrations.get(functionName) ?? integrationOf(functionName, answering);
    integrations.set(functionName, integration);
    api.addRoutes({ path, methods: [method as HttpMethod], integration });
  }
  const stage = stageOf(scope, api, names);
  new CfnOutput(scope, 'ApiUrl', { value: stage.url, description: 'Where the HTTP API answers' });
}

const integrationOf = (name: string, { live }: StepFunction): HttpLambdaIntegration =>
  new HttpLambdaIntegration(name, live, {
    payloadFormatVersion: PayloadFormatVersion.VERSION_2_0,
    timeout: Duration.seconds(29),
  });

/** The stage without a name, so that paths begin where those of the contract do. */
function stageOf(scope: Construct, api: HttpApi, names: Names): HttpStage {
  const logs = new LogGroup(scope, 'HttpAccessLogs', {
    logGroupName: `/aws/vendedlogs/apigateway/${names.function('http')}`,
    retention: RetentionDays.ONE_YEAR,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  return new HttpStage(scope, 'HttpStage', {
    httpApi: api,
    stageName: '$default',
    autoDeploy: true,
    throttle: THROTTLE,
    accessLogSettings: {
      destination: new LogGroupLogDestination(logs),
      format: AccessLogFormat.custom(JSON.stringify(ACCESS_LOG)),
    },
  });
}
