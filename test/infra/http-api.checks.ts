import { describe, expect, test } from 'vitest';
import { allRoutes } from '../../functions/http/openapi.ts';
import { manifest } from '../../functions/manifest.ts';
import { pascal } from '../../infra/names.ts';
import { type Assembly, textOf } from './assembly.ts';

/** Variables of the access log that say nothing of a person: no path, query, address, token or claim. */
const HARMLESS = [
  'requestId',
  'requestTime',
  'routeKey',
  'status',
  'integration.status',
  'responseLatency',
  'integrationLatency',
  'responseLength',
];

/** The HTTP API in a synthesised template; the routes to expect come from the handlers' own tables. */
export function httpApiChecks(assembly: () => Assembly): void {
  const of = (type: string) => assembly().resources('stateless', type);
  const one = (type: string) => {
    const found = of(type);
    expect(found, type).toHaveLength(1);
    return { id: found[0]![0], properties: found[0]![1].Properties };
  };
  const audiences = new Set(allRoutes.map(({ audience }) => `Http${pascal(audience)}`));

  describe('HTTP API', () => {
    test('has every route that the handlers serve, and none more', () => {
      const keys = of('AWS::ApiGatewayV2::Route').map(([, { Properties }]) => String(Properties.RouteKey));
      expect(keys.sort()).toEqual(allRoutes.map(({ method, path }) => `${method} ${path}`).sort());
    });

    test('has no route that takes whatever comes', () => {
      const greedy = of('AWS::ApiGatewayV2::Route')
        .map(([, { Properties }]) => String(Properties.RouteKey))
        .filter((key) => /\+\}|\$default|^ANY /.test(key));
      expect(greedy).toEqual(['GET /programmes/{programme}/reports/{period}/{name+}']);
    });

    test('holds every route against the same tokens, whose issuer and audience must be given', () => {
      const { id, properties } = one('AWS::ApiGatewayV2::Authorizer');
      expect(properties).toMatchObject({
        AuthorizerType: 'JWT',
        IdentitySource: ['$request.header.Authorization'],
        JwtConfiguration: { Issuer: { Ref: 'TokenIssuer' }, Audience: [{ Ref: 'TokenAudience' }] },
      });
      for (const [route, { Properties }] of of('AWS::ApiGatewayV2::Route'))
        expect(Properties, route).toMatchObject({ AuthorizationType: 'JWT', AuthorizerId: { Ref: id } });
      const { Parameters } = assembly().json('cumple-stateless.template.json') as {
        Parameters: Record<string, { Default?: unknown; AllowedPattern: string }>;
      };
      const { TokenIssuer, TokenAudience } = Parameters;
      for (const parameter of [TokenIssuer!, TokenAudience!]) {
        expect(parameter.Default).toBeUndefined();
        expect('').not.toMatch(new RegExp(parameter.AllowedPattern));
      }
      const issuer = new RegExp(TokenIssuer!.AllowedPattern);
      expect('https://cognito-idp.us-east-1.amazonaws.com/us-east-1_AbC123').toMatch(issuer);
      for (const odd of ['http://issuer.test', 'https://', 'https://issuer.test/?x=1', 'issuer.test'])
        expect(odd).not.toMatch(issuer);
    });

    test('sends each route to the newest version of its audience, within the time the gateway waits', () => {
      const integrations = new Map(of('AWS::ApiGatewayV2::Integration'));
      expect(integrations.size).toBe(audiences.size);
      for (const [, { Properties }] of of('AWS::ApiGatewayV2::Route')) {
        const key = String(Properties.RouteKey);
        const { audience } = allRoutes.find(({ method, path }) => `${method} ${path}` === key)!;
        const target = textOf(Properties.Target).replace(/^integrations\/<(.*)>$/, '$1');
        const integration = integrations.get(target)!.Properties;
        expect(textOf(integration.IntegrationUri), key).toMatch(
          new RegExp(`^<Http${pascal(audience)}Live\\w+>$`),
        );
        expect(integration).toMatchObject({
          IntegrationType: 'AWS_PROXY',
          PayloadFormatVersion: '2.0',
          TimeoutInMillis: 29_000,
        });
      }
    });

    test('only the gateway may call, for the paths of the audience and through the alias', () => {
      const { id } = one('AWS::ApiGatewayV2::Api');
      const allowed = of('AWS::Lambda::Permission').map(([, { Properties }]) => {
        expect(Properties).toMatchObject({
          Action: 'lambda:InvokeFunction',
          Principal: 'apigateway.amazonaws.com',
        });
        const [name] = /(?<=^<)Http\w+?(?=Live\w+>$)/.exec(textOf(Properties.FunctionName))!;
        const [, path] = textOf(Properties.SourceArn).split(`<${id}>/*/*`);
        return `${name} ${path}`;
      });
      const wanted = allRoutes.map(({ audience, path }) => `Http${pascal(audience)} ${path}`);
      expect(new Set(allowed)).toEqual(new Set(wanted));
    });

    test('is throttled, logs nothing about a person for a year, and lets no page of another site read', () => {
      const { properties } = one('AWS::ApiGatewayV2::Stage');
      expect(properties).toMatchObject({
        StageName: '$default',
        DefaultRouteSettings: { ThrottlingRateLimit: 20, ThrottlingBurstLimit: 40 },
      });
      const { DestinationArn, Format } = properties.AccessLogSettings as {
        DestinationArn: unknown;
        Format: string;
      };
      const said = Object.values(JSON.parse(Format) as Record<string, string>);
      expect(said.map((text) => text.replace('$context.', '')).sort()).toEqual([...HARMLESS].sort());
      const group = of('AWS::Logs::LogGroup').find(([name]) => textOf(DestinationArn) === `<${name}.Arn>`)!;
      expect(group[1]).toMatchObject({ DeletionPolicy: 'Retain', Properties: { RetentionInDays: 365 } });
      expect(one('AWS::ApiGatewayV2::Api').properties.CorsConfiguration).toBeUndefined();
    });

    test('tells its functions, and no others, whose tokens they accept; only those begin a trace', () => {
      const entries = manifest.filter(({ file }) => file.startsWith('functions/http/'));
      expect(new Set(entries.map(({ name }) => name))).toEqual(audiences);
      const told = of('AWS::Lambda::Function').filter(([, { Properties }]) => {
        const { Variables } = Properties.Environment as { Variables: Record<string, unknown> };
        const names = Object.keys(Variables).filter((name) => name.startsWith('TOKEN_'));
        if (names.length === 0) expect(Properties.TracingConfig).toBeUndefined();
        else {
          expect(names.sort()).toEqual(['TOKEN_AUDIENCE', 'TOKEN_ISSUER', 'TOKEN_JWKS_URL']);
          expect(Properties.TracingConfig).toEqual({ Mode: 'Active' });
        }
        return names.length > 0;
      });
      const named = told.map(([, { Properties }]) => String(Properties.FunctionName).replace('cumple-', ''));
      expect(named.sort()).toEqual([...audiences].sort());
    });

    test('says where it answers', () => {
      const { Outputs } = assembly().json('cumple-stateless.template.json') as {
        Outputs: Record<string, { Value: unknown }>;
      };
      expect(textOf(Outputs.ApiUrl?.Value)).toMatch(/^https:\/\/<HttpApi\w+>\.execute-api\./);
    });
  });
}
