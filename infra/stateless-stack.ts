import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { manifest } from '../functions/manifest.ts';
import { bankInbox } from './bank-inbox.ts';
import { bundleFunctions } from './bundle.ts';
import { grantOf, type World } from './grants.ts';
import { httpApi } from './http-api.ts';
import { gatewayRoutes } from './http-contract.ts';
import { namesIn } from './names.ts';
import { stateMachine } from './state-machine.ts';
import type { StatefulStack } from './stateful-stack.ts';
import { type StepFunction, stepFunction } from './step-function.ts';
import { tokenParameters } from './token-parameters.ts';
import { workflowFiles } from './workflow-file.ts';

export type StatelessProps = StackProps & { readonly prefix: string; readonly store: StatefulStack };

/** Functions, state machines and the HTTP API, from functions/manifest.ts, workflows/ and the HTTP contract. */
export class StatelessStack extends Stack {
  constructor(scope: Construct, id: string, { prefix, store, ...props }: StatelessProps) {
    super(scope, id, props);
    this.addStackDependency(store, 'functions refer to buckets and tables by name');
    const files = workflowFiles();
    const world: World = {
      names: namesIn(this, prefix),
      keys: { data: store.dataKey.keyArn, control: store.controlKey.keyArn, secret: store.secretKey.keyArn },
      workflows: files.map(({ name }) => name),
      tokens: tokenParameters(this),
    };
    const bundles = bundleFunctions(manifest);
    const functions = new Map<string, StepFunction>();
    for (const entry of manifest) {
      const grants = entry.needs.map((need) => grantOf(need, world));
      const options = {
        functionName: world.names.function(entry.name),
        code: bundles.codeOf(entry.name),
        grants,
      };
      functions.set(entry.name, stepFunction(this, entry, options));
    }
    bundles.dispose();
    const { names, tokens } = world;
    const machines = new Map(files.map((file) => [file.name, stateMachine(this, file, world, functions)]));
    bankInbox(this, names, machines.get('bank-report')!);
    httpApi(this, { names, tokens, routes: gatewayRoutes(), functions });
  }
}
