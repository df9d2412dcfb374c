import { buildApp } from './build.ts';

// `cdk synth` tells where to write in CDK_OUTDIR; plain `CDK_OUTDIR=cdk.out node infra/app.ts` works as well.
buildApp().synth();
