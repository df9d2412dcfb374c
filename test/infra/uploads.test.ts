import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import { s3Uploads } from '../../adapters/aws/uploads.ts';
import { FLAGS } from '../../infra/build.ts';
import { StatefulStack } from '../../infra/stateful-stack.ts';

type Rule = { AllowedHeaders: string[]; AllowedMethods: string[]; AllowedOrigins: string[] };

/** CORS rules of the buckets, by the beginning of the bucket's logical id. */
function rulesWith(documentsOrigins: string[]): [string, Rule[]][] {
  const app = new App({ context: FLAGS, analyticsReporting: false });
  const stack = new StatefulStack(app, 'data', { prefix: 'cumple', lockDays: 1, documentsOrigins });
  const buckets = Template.fromStack(stack).findResources('AWS::S3::Bucket');
  return Object.entries(buckets).flatMap(([id, { Properties }]) =>
    Properties.CorsConfiguration
      ? [[id.slice(0, 9), Properties.CorsConfiguration.CorsRules] as [string, Rule[]]]
      : [],
  );
}

test('no page of any site may send or fetch objects unless its site is named', () => {
  expect(rulesWith([])).toEqual([]);
});

test('pages of a named site may send documents with the headers that are signed, and nothing else', async () => {
  const rules = rulesWith(['https://portal.example']);
  expect(rules).toEqual([['Documents', [expect.anything()]]]);
  const [rule] = rules[0]![1];
  expect(rule).toMatchObject({
    AllowedOrigins: ['https://portal.example'],
    AllowedMethods: ['PUT', 'GET'],
  });
  const { S3Client } = await import('@aws-sdk/client-s3');
  const s3 = new S3Client({
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example' },
  });
  const declared = { sha256: 'a'.repeat(64), bytes: 3, type: 'application/pdf' };
  const ref = { bucket: 'documents', key: 'claims/x' } as const;
  const signed = await s3Uploads({ DOCUMENTS_BUCKET: 'documents' }, 600, s3).put(
    ref,
    declared,
    '2026-03-10T12:00:00Z',
  );
  // A browser sets the length itself and lets no page set it.
  const named = Object.keys(signed.headers).filter((name) => name !== 'content-length');
  expect([...rule!.AllowedHeaders].sort()).toEqual(named.sort());
});

test.each(['*', 'http://portal.example', 'https://*.example', 'https://portal.example/', 'portal.example'])(
  'the origin %s is refused',
  (origin) => {
    expect(() => rulesWith([origin])).toThrow(/documentsOrigins/);
  },
);
