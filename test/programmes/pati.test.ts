import { cases } from './table.ts';

// 100 a month for six months from sixteen, after six months in the municipality; 300 once for a plan that was validated.
cases(
  'pati',
  `
  what                            | date       | household | members                                     | evidence                    | gives
  a participant, with others      | 2011-02-10 | -         | C 1995-02-01 participant residence_months=6; D 1960-01-01 | C training yes; C works yes | 100.00
  fifteen                         |            |           | C 1995-02-02 participant residence_months=6 |                             | 0.00
  five months in the municipality |            |           | C 1990-01-01 participant residence_months=5 |                             | 0.00
  in formal work                  |            |           | C 1990-01-01 participant residence_months=6 formal_job |                             | 0.00
  studies by day                  |            |           | C 1990-01-01 participant residence_months=6 studies_day_shift |                             | 0.00
  recorded in neither             |            |           | C 1990-01-01 participant residence_months=6 formal_job=no studies_day_shift=no |                             | 100.00
  no training known               |            |           | C 1990-01-01 participant residence_months=6 | C works yes                 | 0.00 held=100.00
  no work known                   |            |           |                                             | C training yes              | 0.00 held=100.00
  did not train                   |            |           | C 1990-01-01 participant residence_months=6; D 1990-01-01 participant residence_months=6 | C training no; C works yes; D training yes; D works yes | 100.00 lost=100.00 D=100.00
  did not work                    |            |           |                                             | C training yes; C works no; D training yes; D works yes | 100.00 lost=100.00 D=100.00
  a plan, validated               | 2011-12-10 |           | C 1990-01-01 participant residence_months=6 plans_validated | C training yes; C works yes | 400.00
  not again in the next year      | +          |           |                                             |                             | 100.00
  until the sixth month           | +4         |           |                                             |                             | 100.00
  no seventh                      | +          |           |                                             |                             | 0.00
  `,
);
