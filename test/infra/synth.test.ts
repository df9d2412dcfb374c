import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { Match } from 'aws-cdk-lib/assertions';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TABLES } from '../../adapters/aws/tables.ts';
import { BUCKETS } from '../../adapters/ports.ts';
import { manifest } from '../../functions/manifest.ts';
import * as data from '../../infra/data.ts';
import { workflowFiles } from '../../infra/workflow-file.ts';
import { type Assembly, statementsOf, synthesise, textOf } from './assembly.ts';
import { httpApiChecks } from './http-api.checks.ts';

let assembly: Assembly;
beforeAll(() => {
  assembly = synthesise();
}, 120_000);
afterAll(() => assembly?.dispose());

// One synthesis serves all checks: it takes longer than they do.
httpApiChecks(() => assembly);

test('synthesises offline, without an account, and cdk-nag finds nothing', () => {
  expect(assembly.printed).toBe('');
  expect(assembly.status).toBe(0);
  expect(assembly.json('validation-report.json')).toMatchObject({ pluginReports: [] });
});

describe('what keeps data', () => {
  test('the buckets and tables are those that the adapters ask for', () => {
    expect(data).toMatchObject({ BUCKETS, TABLES });
  });

  test('every bucket is closed, versioned, under a key of ours, kept, and takes TLS only', () => {
    const buckets = assembly.resources('stateful', 'AWS::S3::Bucket');
    expect(buckets).toHaveLength(BUCKETS.length + 2);
    for (const [id, { Properties, DeletionPolicy }] of buckets) {
      expect(DeletionPolicy, id).toBe('Retain');
      expect(Object.values(Properties.PublicAccessBlockConfiguration as object), id).toEqual([
        true,
        true,
        true,
        true,
      ]);
      const refusals = policyOf(id).filter(({ Effect }) => Effect === 'Deny');
      expect(JSON.stringify(refusals), id).toContain('aws:SecureTransport');
      expect(JSON.stringify(refusals), id).toContain('s3:TlsVersion');
      if (id.startsWith('AccessLogs')) continue;
      expect(Properties.VersioningConfiguration, id).toEqual({ Status: 'Enabled' });
      expect(JSON.stringify(Properties.BucketEncryption), id).toContain('aws:kms');
    }
  });

  const policyOf = (bucket: string) =>
    assembly
      .resources('stateful', 'AWS::S3::BucketPolicy')
      .filter(([, { Properties }]) => textOf(Properties.Bucket) === `<${bucket}>`)
      .flatMap(([, { Properties }]) => statementsOf(Properties.PolicyDocument));

  test('a bucket of ours refuses every upload that could replace an object', () => {
    const ours = assembly
      .resources('stateful', 'AWS::S3::Bucket')
      .filter(([id]) => !id.startsWith('AccessLogs'));
    for (const [id] of ours) {
      const rule = policyOf(id).find(({ Sid }) => Sid === 'OnlyNewObjects');
      expect(rule, id).toMatchObject({
        Effect: 'Deny',
        Principal: { AWS: '*' },
        Action: ['s3:PutObject'],
        Condition: { Null: { 's3:if-none-match': 'true' }, Bool: { 's3:ObjectCreationOperation': 'true' } },
      });
      expect(textOf(rule?.Resource[0])).toBe(`<${id}.Arn>/*`);
    }
  });

  test('evidence is locked for a time; rosters, which people may have erased, are not', () => {
    const retention = assembly
      .resources('stateful', 'AWS::S3::Bucket')
      .filter(([, { Properties }]) => Properties.ObjectLockEnabled)
      .map(([id, { Properties }]) => [
        id.slice(0, 4),
        JSON.stringify(Properties.ObjectLockConfiguration ?? null),
      ]);
    const locked = expect.stringContaining('"Mode":"GOVERNANCE"');
    expect(Object.fromEntries(retention)).toEqual({
      Bulk: expect.not.stringContaining('Mode'),
      Bank: locked,
      Repo: locked,
      Docu: locked,
    });
  });

  test('every table is on demand, recoverable, protected and under its own key', () => {
    const tables = assembly.resources('stateful', 'AWS::DynamoDB::Table');
    expect(tables).toHaveLength(TABLES.length);
    assembly.template('stateful').allResourcesProperties('AWS::DynamoDB::Table', {
      BillingMode: 'PAY_PER_REQUEST',
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      DeletionProtectionEnabled: true,
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
    });
    for (const [id, { DeletionPolicy }] of tables) expect(DeletionPolicy, id).toBe('Retain');
    const expiring = tables
      .filter(([, { Properties }]) => Properties.TimeToLiveSpecification)
      .map(([id]) => id);
    expect(expiring).toEqual([expect.stringMatching(/^Idempotency/)]);
  });

  test('keys rotate and stay, and the stack refuses to be deleted', () => {
    assembly.template('stateful').allResourcesProperties('AWS::KMS::Key', { EnableKeyRotation: true });
    for (const [, key] of assembly.resources('stateful', 'AWS::KMS::Key'))
      expect(key.DeletionPolicy).toBe('Retain');
    const { artifacts } = assembly.json('manifest.json') as {
      artifacts: Record<string, { properties?: object }>;
    };
    expect(artifacts['cumple-stateful']?.properties).toMatchObject({ terminationProtection: true });
  });
});

const BUNDLE_BYTES_MAX = 2_500_000;

describe('functions', () => {
  test('there is one for each line of the manifest, as it says', () => {
    const template = assembly.template('stateless');
    template.resourceCountIs('AWS::Lambda::Function', manifest.length);
    for (const { name, memoryMb, timeoutSeconds } of manifest)
      template.hasResourceProperties('AWS::Lambda::Function', {
        FunctionName: `cumple-${name}`,
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Handler: 'index.handler',
        MemorySize: memoryMb,
        Timeout: timeoutSeconds,
        LoggingConfig: { LogGroup: Match.anyValue() },
        Environment: { Variables: Match.objectLike({ NODE_OPTIONS: '--enable-source-maps' }) },
      });
  });

  test('versions are kept for cycles that run, and each function has its own role', () => {
    const versions = assembly.resources('stateless', 'AWS::Lambda::Version');
    expect(versions).toHaveLength(manifest.length);
    for (const [id, { DeletionPolicy }] of versions) expect(DeletionPolicy, id).toBe('Retain');
    assembly.template('stateless').resourceCountIs('AWS::Lambda::Alias', manifest.length);
    const roles = assembly
      .resources('stateless', 'AWS::Lambda::Function')
      .map(([, { Properties }]) => Properties.Role);
    expect(new Set(roles.map(textOf)).size).toBe(manifest.length);
  });

  test('each bundle is small and stands alone: Node loads it without node_modules and finds a handler', () => {
    const assets = assembly
      .resources('stateless', 'AWS::Lambda::Function')
      .map(([, { Properties }]) => (Properties.Code as { S3Key: string }).S3Key.replace('.zip', ''));
    const paths = assets.map((hash) => join(assembly.dir, `asset.${hash}`, 'index.mjs'));
    // Loading is what a cold start waits for; the SDK is about 1.6 MB of each.
    for (const path of paths) expect(statSync(path).size, path).toBeLessThan(BUNDLE_BYTES_MAX);
    const script = `for (const path of ${JSON.stringify(paths)}) {
      const { handler } = await import(path);
      if (typeof handler !== 'function') throw new Error('no handler in ' + path);
    }`;
    const run = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: assembly.dir,
      env: { AWS_REGION: 'us-east-1' },
      encoding: 'utf8',
    });
    expect(run.stderr).toBe('');
    expect(run.status).toBe(0);
  });
});

describe('permissions', () => {
  const policies = () =>
    assembly.resources('stateless', 'AWS::IAM::Policy').map(([id, { Properties }]) => ({
      id,
      statements: statementsOf(Properties.PolicyDocument),
    }));
  const policyOf = (name: string) =>
    policies().find(({ id }) => id.startsWith(`${name}Policy`))?.statements ?? [];

  /** Actions that AWS gives no resource for (Service Authorization Reference). */
  const NO_RESOURCE =
    /^(xray:Put(TraceSegments|TelemetryRecords)|xray:GetSampling\w+|logs:(\w+LogDelivery|ListLogDeliveries|PutResourcePolicy|DescribeResourcePolicies|DescribeLogGroups))$/;
  const NAMED = [
    /:s3:::cumple-\w+-[^*]*\/\*$/,
    /:function:cumple-\w+:\*$/,
    /:execution:cumple-[\w-]+(\/\*)?:\*$/,
  ];

  test('no action is a wildcard, and a resource only at the end of a name', () => {
    for (const { id, statements } of policies())
      for (const { Action, Resource } of statements) {
        for (const action of Action) expect(action, id).not.toContain('*');
        for (const resource of Resource.map(textOf).filter((text) => text.includes('*'))) {
          if (resource === '*') for (const action of Action) expect(action, id).toMatch(NO_RESOURCE);
          else
            expect(
              NAMED.some((pattern) => pattern.test(resource)),
              `${id}: ${resource}`,
            ).toBe(true);
        }
      }
  });

  test.each(manifest.map((entry) => [entry.name, entry] as const))(
    '%s may do what its needs say',
    (name, entry) => {
      const allowed = policyOf(name).flatMap(({ Action, Resource }) =>
        Action.flatMap((action) => Resource.map((resource) => `${action} ${textOf(resource)}`)),
      );
      const may = (action: string, on: string) =>
        allowed.some((text) => text.startsWith(action) && text.includes(on));
      for (const bucket of BUCKETS) {
        expect(may('s3:GetObject', `:::cumple-${bucket}-`)).toBe(entry.needs.includes(`${bucket}:read`));
        expect(may('s3:PutObject', `:::cumple-${bucket}-`)).toBe(entry.needs.includes(`${bucket}:write`));
      }
      expect(may('dynamodb:GetItem', 'table/cumple-control')).toBe(entry.needs.includes('control:read'));
      expect(may('dynamodb:PutItem', 'table/cumple-control')).toBe(entry.needs.includes('control:write'));
      expect(may('states:SendTaskSuccess', 'stateMachine:cumple-')).toBe(
        entry.needs.includes('workflows:callback'),
      );
      expect(may('states:StartExecution', 'stateMachine:cumple-')).toBe(
        entry.needs.includes('workflows:start'),
      );
      expect(may('s3:GetObject', 'hmac.key')).toBe(entry.needs.includes('keys'));
      expect(may('s3:Delete', '') || may('dynamodb:Scan', '') || may('lambda:', '') || may('iam:', '')).toBe(
        false,
      );
    },
  );

  test('who files and reads cases reaches no money, document, secret or workflow; an auditor writes nothing', () => {
    const may = (name: string) =>
      policyOf(name).flatMap(({ Action, Resource }) =>
        Action.flatMap((action) => Resource.map((resource) => `${action} ${textOf(resource)}`)),
      );
    const [cases, audits] = [may('HttpCaseWorkers'), may('HttpAuditors')];
    expect(cases.filter((text) => /PutObject|states:|hmac|-(bank|documents|reports)-/.test(text))).toEqual(
      [],
    );
    expect(cases.filter((text) => text.startsWith('dynamodb:UpdateItem'))).not.toEqual([]);
    expect(audits.filter((text) => /:(Put|Update|Delete)(Item|Object)|states:|hmac/.test(text))).toEqual([]);
  });

  test('nobody but functions that need it may answer a task token', () => {
    const answering = policies().filter(({ statements }) =>
      statements.some(({ Action }) => Action.includes('states:SendTaskSuccess')),
    );
    const needing = manifest.filter(({ needs }) => needs.includes('workflows:callback'));
    expect(answering).toHaveLength(needing.length);
  });
});

describe('state machines', () => {
  const files = workflowFiles();
  const machineOf = (name: string) =>
    assembly
      .resources('stateless', 'AWS::StepFunctions::StateMachine')
      .find(([, { Properties }]) => Properties.StateMachineName === `cumple-${name}`)![1].Properties;

  test.each(files.map((file) => [file.name, file] as const))(
    '%s: every placeholder is a published version',
    (name, file) => {
      const substitutions = machineOf(name).DefinitionSubstitutions as Record<string, unknown>;
      expect(Object.keys(substitutions).sort()).toEqual(file.placeholders);
      for (const [placeholder, value] of Object.entries(substitutions)) {
        if (placeholder.endsWith('MachineArn')) continue;
        expect(textOf(value)).toMatch(new RegExp(`^<${placeholder.replace(/Arn$/, '')}CurrentVersion\\w+>$`));
      }
    },
  );

  test.each(files.map((file) => [file.name, file] as const))(
    '%s: logged without data, traced, allowed to run',
    (name, file) => {
      const { LoggingConfiguration, TracingConfiguration, RoleArn } = machineOf(name);
      expect(LoggingConfiguration).toMatchObject({ Level: 'ALL', IncludeExecutionData: false });
      expect(TracingConfiguration).toEqual({ Enabled: true });
      const role = textOf(RoleArn).replace(/^<|\.Arn>$/g, '');
      const allowed = assembly
        .resources('stateless', 'AWS::IAM::Policy')
        .filter(([, { Properties }]) => (Properties.Roles as unknown[]).map(textOf).includes(`<${role}>`))
        .flatMap(([, { Properties }]) => statementsOf(Properties.PolicyDocument));
      const resourcesOf = (action: string) =>
        allowed
          .filter(({ Action }) => Action.includes(action))
          .flatMap(({ Resource }) => Resource.map(textOf));
      const called = file.placeholders.filter((placeholder) => !placeholder.endsWith('MachineArn'));
      const invoked = resourcesOf('lambda:InvokeFunction').map((arn) => `${arn.split(':').at(-2)}`);
      expect(invoked.sort()).toEqual(
        called.map((placeholder) => `cumple-${placeholder.replace(/Arn$/, '')}`).sort(),
      );
      const own = `cumple-${name}`;
      if (file.hasDistributedMap) {
        expect(resourcesOf('states:StartExecution').some((arn) => arn.endsWith(`:stateMachine:${own}`))).toBe(
          true,
        );
        expect(resourcesOf('states:StopExecution').some((arn) => arn.endsWith(`:execution:${own}:*`))).toBe(
          true,
        );
        expect(
          resourcesOf('states:RedriveExecution').every((arn) => arn.endsWith(`:execution:${own}/*:*`)),
        ).toBe(true);
      }
    },
  );

  test('a file in the bank inbox starts bank-report with its key, by a role that can do nothing else', () => {
    const rules = assembly.resources('stateless', 'AWS::Events::Rule').map(([, rule]) => rule);
    expect(rules).toHaveLength(1);
    const [rule] = rules;
    const pattern = rule!.Properties.EventPattern as {
      detail: { bucket: { name: unknown[] }; object: unknown };
    };
    expect(pattern).toMatchObject({ source: ['aws.s3'], 'detail-type': ['Object Created'] });
    expect(pattern.detail.bucket.name.map(textOf)).toEqual([expect.stringMatching(/^cumple-bank-/)]);
    expect(pattern.detail.object).toEqual({ key: [{ prefix: 'inbox/' }] });
    const [target, ...more] = rule!.Properties.Targets as Record<string, unknown>[];
    expect(more).toEqual([]);
    expect(target!.InputTransformer).toEqual({
      InputPathsMap: { 'detail-object-key': '$.detail.object.key' },
      InputTemplate: '{"key":<detail-object-key>}',
    });
    const machine = assembly
      .resources('stateless', 'AWS::StepFunctions::StateMachine')
      .find(([, { Properties }]) => Properties.StateMachineName === 'cumple-bank-report')![0];
    expect(textOf(target!.Arn)).toBe(`<${machine}>`);
    const role = textOf(target!.RoleArn).replace(/^<|\.Arn>$/g, '');
    const allowed = assembly
      .resources('stateless', 'AWS::IAM::Policy')
      .filter(([, { Properties }]) => (Properties.Roles as unknown[]).map(textOf).includes(`<${role}>`))
      .flatMap(([, { Properties }]) => statementsOf(Properties.PolicyDocument));
    expect(allowed.map(({ Effect, Action, Resource }) => [Effect, Action, Resource.map(textOf)])).toEqual([
      ['Allow', ['states:StartExecution'], [`<${machine}>`]],
    ]);
    const [queue] = assembly.resources('stateless', 'AWS::SQS::Queue').map(([id]) => id);
    expect(textOf((target!.DeadLetterConfig as { Arn: unknown }).Arn)).toBe(`<${queue}.Arn>`);
    const telling = assembly
      .resources('stateful', 'AWS::S3::Bucket')
      .filter(([, { Properties }]) => Properties.NotificationConfiguration)
      .map(([id, { Properties }]) => [id.slice(0, 4), Properties.NotificationConfiguration]);
    expect(telling).toEqual([['Bank', { EventBridgeConfiguration: { EventBridgeEnabled: true } }]]);
  });

  test('templates stay below the limits of CloudFormation', () => {
    for (const stack of ['stateful', 'stateless'] as const) {
      const template = assembly.json(`cumple-${stack}.template.json`);
      expect(Object.keys(template.Resources as object).length).toBeLessThan(500);
      expect(JSON.stringify(template).length).toBeLessThan(1_000_000);
    }
  });
});
