import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { acknowledgeWildcards } from '../../infra/acknowledge.ts';
import type { World } from '../../infra/grants.ts';
import { httpApi } from '../../infra/http-api.ts';
import { gatewayRoutes } from '../../infra/http-contract.ts';
import { namesIn } from '../../infra/names.ts';
import { stateMachine } from '../../infra/state-machine.ts';
import { workflowFiles } from '../../infra/workflow-file.ts';

let dir = '';
let stack: Stack;
let world: World;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'cumple-workflows-'));
  stack = new Stack(new App({ outdir: join(dir, 'out') }), 'refusals');
  const keys = { data: 'arn:data', control: 'arn:control', secret: 'arn:secret' };
  const tokens = { issuer: 'https://issuer.test', audience: 'cumple', jwksUrl: '' };
  world = { names: namesIn(stack, 'cumple'), keys, workflows: [], tokens };
});
afterAll(() => rmSync(dir, { recursive: true }));

function fileWith(name: string, Resource: string, FunctionName: string) {
  const task = { Type: 'Task', Resource, Arguments: { FunctionName }, End: true };
  writeFileSync(join(dir, `${name}.asl.json`), JSON.stringify({ StartAt: 'A', States: { A: task } }));
  return workflowFiles(dir).find((file) => file.name === name)!;
}

test('a placeholder without a function stops the synthesis', () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: an ASL placeholder
  const file = fileWith('placeholder', 'arn:aws:states:::lambda:invoke', '${NobodyArn}');
  expect(() => stateMachine(stack, file, world, new Map())).toThrow(/NobodyArn.*neither a function/);
});

test('an integration without a written permission stops the synthesis', () => {
  const file = fileWith('integration', 'arn:aws:states:::dynamodb:putItem', 'x');
  expect(() => stateMachine(stack, file, world, new Map())).toThrow(/no permission is written down/);
});

test.each(['*', 'arn:aws:s3:::*', 'arn:aws:dynamodb:r:a:table/*', 'arn:aws:states:r:a:execution:*'])(
  'the wildcard %s has no reason and stops the synthesis',
  (resource) => {
    const statement = new PolicyStatement({ actions: ['a:B'], resources: [resource] });
    expect(() => acknowledgeWildcards(stack, [statement])).toThrow(/without a reason/);
  },
);

test('a route whose audience has no function stops the synthesis', () => {
  const file = join(dir, 'openapi.json');
  const write = (tags: string[]) =>
    writeFileSync(file, JSON.stringify({ paths: { '/x': { get: { operationId: 'getX', tags } } } }));
  write(['case-workers']);
  const routes = gatewayRoutes(file);
  expect(routes).toEqual([{ id: 'getX', method: 'GET', path: '/x', functionName: 'HttpCaseWorkers' }]);
  const { names, tokens } = world;
  expect(() => httpApi(stack, { names, tokens, routes, functions: new Map() })).toThrow(
    /GET \/x: HttpCaseWorkers is not an audience/,
  );
  write(['institutes', 'verifiers']);
  expect(() => gatewayRoutes(file)).toThrow(/getX: a route has one audience/);
});
