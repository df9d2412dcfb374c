import { cases } from './table.ts';

// In March 2026: 125,518 for each child up to seventeen, of which a fifth is kept back; 432,461 with a disability, at any age.
cases(
  'auh',
  `
  what                          | date       | household          | members                    | evidence | gives
  the last day of seventeen     | 2026-03-10 | eligible_family    | C 2008-03-02               | -        | 100414.40 held=25103.60
  eighteen                      |            |                    | C 2008-03-01               |          | 0.00 held=0.00
  a child with a disability     |            |                    | C 2015-01-01 disability    |          | 432461.00 held=0.00
  a grown son with a disability |            |                    | C 1995-01-01 disability    |          | 432461.00 held=0.00
  a child recorded without one  |            |                    | C 2015-01-01 disability=no |          | 100414.40 held=25103.60
  another family                |            | eligible_family=no |                            |          | 0.00
  `,
);
